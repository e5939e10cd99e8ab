# /settings and its menus.
settings-title = ⚙️ <b>Einstellungen dieses Chats</b>
settings-line-stopped = ⏸ Zurzeit kommen hier keine Übersichten.
settings-line-times = 🕗 Uhrzeiten: <b>{ $value }</b>
settings-line-days = 📅 Tage: <b>{ $value }</b>
settings-line-zone = 🌍 Zeitzone: <b>{ $value }</b>
settings-line-kinds = 🗂 Arten: <b>{ $value }</b>
settings-line-topics = 🏷 Themen: <b>{ $value }</b>
settings-line-watched = 👁 Beobachtet: <b>{ $value }</b>
settings-line-muted = 🔇 Stumm: <b>{ $value }</b>
settings-line-sources = 📰 Quellen: <b>{ $value }</b>
settings-line-quiet = 🌙 Ruhezeiten: <b>{ $value }</b>
settings-line-sound = 🔔 Nachrichten kommen: <b>{ $value }</b>
settings-line-alerts = 🚨 Eilmeldungen: <b>{ $value }</b>
settings-line-chart = 📊 Wochengrafik: <b>{ $value }</b>
settings-line-language = 🗣 Sprache: <b>{ $value }</b>

settings-all = alle
settings-none = keine
settings-never = nie
settings-every-day = täglich
settings-on-days = am { $days }
settings-all-topics = alle Nachrichten
settings-any-sources = eine genügt
settings-sources-n = mindestens { $n }
settings-alerts-n = { $n ->
    [one] höchstens eine am Tag
   *[other] höchstens { $n } am Tag
}
settings-sound-on = mit Ton
settings-sound-off = lautlos
settings-as-telegram = wie in Telegram

settings-times = 🕗 Uhrzeiten
settings-zone = 🌍 Zeitzone
settings-days = 📅 Tage
settings-kinds = 🗂 Arten
settings-topics = 🏷 Themen
settings-names = 👁 Namen
settings-stories = 🔇 Stummgeschaltet
settings-sources = 📰 Quellen
settings-quiet = 🌙 Ruhezeiten
settings-silent = 🔕 Lautlos senden
settings-with-sound = 🔔 Mit Ton senden
settings-alerts = 🚨 Eilmeldungen
settings-chart = 📊 Grafik
settings-language = 🗣 Sprache
settings-done = ✔️ Fertig
settings-back = ⬅️ Zurück
settings-subscribe = ✅ Übersichten hier empfangen
settings-again = Noch einmal ändern: /settings
settings-not-subscribed = Dieser Chat bekommt noch keine Übersichten. Abonniere sie zuerst; dann lässt sich alles einstellen.

settings-times-menu = 🕗 Wann sollen Übersichten kommen? Jede Uhrzeit lässt sich ändern oder entfernen.
settings-add-time = ➕ Weitere Uhrzeit
settings-which-hour = 🕗 Zu welcher Stunde?
settings-which-minute = 🕗 Und zu welcher Minute?
settings-times-full = Ein Chat bekommt höchstens { $n } Übersichten am Tag.
settings-last-time = Eine Uhrzeit muss bleiben. Willst du keine Übersichten mehr, sende /stop.

settings-zone-menu = 🌍 Wo bist du? Wähl eine Stadt mit deiner Uhrzeit, tipp deine ein oder teile deinen Standort (📎).
settings-region-europe = Europa
settings-region-middle-east = Naher Osten
settings-region-africa = Afrika
settings-region-asia = Asien
settings-region-oceania = Australien, Ozeanien
settings-region-north-america = Nordamerika
settings-region-south-america = Lateinamerika
settings-type-city = ⌨️ Stadt eingeben
settings-ask-city = 🌍 Nach welcher Stadt gehen deine Uhren? Antworte mit ihrem Namen oder teile deinen Standort (📎).
settings-example-zone = Schreib den Befehl mit einer Stadt: <code>/zone Lviv</code>
settings-which-place = Es gibt mehrere Orte namens „{ $words }“. Welcher ist es?
settings-zone-set = ✅ Deine Zeitzone ist <b>{ $zone }</b>; dort ist es { $now }.
settings-no-zone-there = Für diesen Ort kenne ich keine Zeitzone. Sende eine Stadt: <code>/zone Lviv</code>

settings-menu-d = 📅 An welchen Tagen sollen Übersichten kommen? Die nächste enthält auch, was an den Tagen dazwischen geschah.
settings-menu-k = 🗂 Welche Arten von Nachrichten sollen in die Übersicht?
settings-menu-p = 🏷 Welche Themen sollen in die Übersicht?
settings-menu-m = 📰 Wie viele Quellen müssen etwas melden, bevor du davon erfährst?
settings-menu-a = 🚨 Wie viele Eilmeldungen zu großen Ereignissen dürfen neben den Übersichten am Tag kommen?
settings-menu-c = 📊 An welchem Tag soll die Wochengrafik kommen?
settings-menu-l = 🗣 In welcher Sprache soll ich schreiben? Was in Artikeln steht, bleibt im Original.
settings-menu-q = 🌙 Zu welchen Zeiten soll nichts kommen?
settings-quiet-own = ✏️ Andere Zeiten
settings-quiet-from = 🌙 Ab welcher Stunde soll nichts kommen?
settings-quiet-to = 🌙 Und bis zu welcher Stunde?
settings-one-has-to-stay = Eins muss ausgewählt bleiben. Willst du keine Übersichten mehr, sende /stop.

settings-names-menu = 👁 Beobachtete Namen kommen zuerst und auch dann, wenn etwas noch unsicher ist; 🔇 stumme werden weggelassen. Ein Knopf nimmt einen Namen von der Liste.
settings-add-watched = ➕ 👁 Beobachten
settings-add-muted = ➕ 🔇 Stummschalten
settings-ask-watch = 👁 Wen oder was soll ich beobachten? Antworte mit dem Namen einer Person, einer Organisation oder eines Ortes.
settings-ask-mute = 🔇 Über wen oder was willst du nichts mehr lesen? Antworte mit dem Namen einer Person, einer Organisation oder eines Ortes.
settings-example-watch = Schreib den Befehl mit einem Namen: <code>/watch Geneva</code>
settings-example-mute = Schreib den Befehl mit einem Namen: <code>/mute Geneva</code>
settings-watched = 👁 Ab jetzt beobachtet: <b>{ $name }</b>
settings-muted = 🔇 Ab jetzt stumm: <b>{ $name }</b>
settings-wrong-name = Nach diesem Namen kann ich nicht suchen: Er braucht mindestens einen Buchstaben und darf höchstens { $n } Zeichen lang sein.
settings-names-full = Ein Chat kann höchstens { $n } Namen und Geschichten haben. Nimm zuerst in /settings etwas von der Liste.
settings-stories-menu = 🔇 Geschichten, von denen du nichts mehr erfährst. Ein Knopf nimmt eine Geschichte von der Liste.
settings-no-stories = 🔇 Keine Geschichte ist stumm. Mit dem Knopf unter einer Geschichte schaltest du sie stumm.
settings-story-muted = 🔇 Von dieser Geschichte erfährst du nichts mehr: <b>{ $story }</b>
settings-story-unmuted = 🔔 Von dieser Geschichte erfährst du wieder: <b>{ $story }</b>
settings-story-is-muted = Diese Geschichte ist schon stumm.
settings-no-such-story = Diese Geschichte gibt es nicht mehr.
settings-subscribe-first = Abonniere zuerst mit /start; dann kannst du Geschichten stummschalten.
settings-undo = ↩️ Rückgängig
settings-mute-again = 🔇 Wieder stummschalten

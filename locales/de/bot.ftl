# Commands, as Telegram's menu and /help list them.
command-start = was ich kann, und deine erste Übersicht
command-subscribe = Uhrzeit und Zeitzone deiner Übersicht: /subscribe 07:30 Kyiv
command-zone = deine Zeitzone, nach einer Stadt: /zone Lviv
command-watch = mehr über eine Person, Organisation oder einen Ort: /watch Geneva
command-mute = nichts mehr über eine Person, Organisation oder einen Ort: /mute Geneva
command-settings = Uhrzeit, Arten, Themen, beobachtete und stumme Namen, Sprache
command-latest = was seit deiner letzten Übersicht neu ist
command-digest = die heutige Übersicht noch einmal
command-search = alle Nachrichten nach Wörtern durchsuchen: /search grain port
command-story = eine laufende Geschichte von Anfang an
command-timeline = woran eine Person, ein Land oder ein Ort beteiligt war: /timeline Geneva
command-upcoming = geplante Treffen
command-chart = die Woche in einer Grafik
command-outlets = welche Medien berichten, und wie oft
command-export = deine Einstellungen und Übersichten als Datei
command-forget = löscht alles, was ich über diesen Chat weiß
command-stop = keine Übersichten mehr
command-whoami = deine Nutzer-ID und die ID dieses Chats
command-help = alle Befehle

# Answers that belong to no family of commands.
bot-hint = Das habe ich nicht verstanden. Ich reagiere auf Befehle: /help zeigt alle, und in /settings geht alles per Knopfdruck.
bot-help = ❔ Alle Befehle
bot-sorry = Bei mir ist etwas schiefgegangen; es steht in meinem Protokoll. Bitte versuch es in einer Minute noch einmal.
bot-too-long = Das nachzuschlagen dauert zu lange. Bitte such nach etwas Seltenerem oder versuch es später noch einmal.
bot-admins-only = Dieser Befehl ist nur für die Admins dieses Bots. Wenn du dazugehörst, trag die ID, die /whoami anzeigt, in der Konfiguration unter „admins“ ein.
bot-group-admins-only = Nur Admins dieser Gruppe können ihre Einstellungen ändern.
bot-stale = Dieser Knopf ist veraltet. Bitte gib den Befehl noch einmal ein.
bot-too-fast = Das war viel auf einmal. Bitte warte { $seconds ->
    [one] { $seconds } Sekunde
   *[other] { $seconds } Sekunden
}.
bot-for-digests = 📰 Deine Übersicht
bot-for-looking-up = 🔎 Nachschlagen
bot-for-chats = 💬 Dieser Chat
bot-for-admins = 🛠 Für Admins
bot-user-id = Deine Nutzer-ID: <code>{ $id }</code>
bot-no-user = Bei Beiträgen eines Kanals sehe ich keinen Verfasser.
bot-chat-id = Dieser Chat: <code>{ $id }</code>
bot-topic-id = Thema <code>{ $id }</code>
bot-you-are-admin = Du bist Admin dieses Bots.

# /start, /subscribe, /stop.
bot-welcome = 👋 Ich lese die Nachrichten und schicke dir eine Übersicht: wer sich traf, was angegriffen wurde, wer was sagte. Jedes Ereignis kommt nur einmal vor; danach nur noch, was sich geändert hat.
bot-no-sources = ⚠️ Ich habe noch keine Quellen. Bis mein Betreiber welche hinzufügt, gibt es nichts zu berichten.
bot-what-next = Was gerade neu ist: /latest
    Alle Befehle: /help
bot-subscribed = ✅ Abonniert.
bot-stopped = 👋 Hier kommen keine Übersichten mehr. Mit /start geht es zur selben Uhrzeit weiter.
bot-was-stopped = Hier kommen ohnehin keine Übersichten. Abonnieren kannst du mit /start.
bot-daily = Die Übersicht kommt { $days } um <b>{ $times }</b> ({ $zone }).
bot-on-its-way = Die nächste ist schon unterwegs.
bot-first-edition = Die erste: <b>{ $when }</b>; sie umfasst die 24 Stunden davor.
bot-next-edition = Die nächste: <b>{ $when }</b>.
bot-wrong-time = „{ $words }“ verstehe ich nicht als Uhrzeit. Schreib Stunden und Minuten, von 00:00 bis 23:59.
bot-unknown-zone = Ich kenne keine Stadt und keine Zeitzone „{ $words }“.
bot-zone-form = Schreib eine Stadt, etwa <code>Lviv</code> oder <code>Springfield, Missouri</code>, oder den Namen einer Zeitzone, etwa <code>Europe/Kyiv</code>.
bot-examples = Beispiele:
    <code>/subscribe 07:30 Lviv</code>
    <code>/subscribe 07:30 19:00</code>
    <code>/subscribe America/New_York</code>
bot-other-time = 🕗 Andere Uhrzeit
bot-other-zone = 🌍 Andere Zeitzone
bot-settings = ⚙️ Alle Einstellungen
bot-topic-set = 🏷 Du folgst: <b>{ $topics }</b>. Andere Themen: /settings
bot-no-such-topic = ⚠️ Das Thema dieses Links gibt es nicht mehr. Verfügbare Themen: /settings
bot-greeting = 👋 Ich lese die Nachrichten und schicke eine Übersicht: wer sich traf, was angegriffen wurde, wer was sagte. Ein Admin dieser Gruppe kann sie abonnieren, mit Uhrzeit und der Zeitzone einer Stadt:
    <code>/subscribe 07:30 Lviv</code>

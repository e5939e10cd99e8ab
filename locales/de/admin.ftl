# What admins see. Names of commands as Telegram shows them.
command-sources = alle Quellen und wie es um sie steht; /sources add ADDRESS
command-run = alle Quellen jetzt lesen
command-preview = was eine Übersicht jetzt enthielte; /preview CHAT
command-digest_now = die Übersicht dieses Chats jetzt erstellen und senden
command-stats = Zahlen zum ganzen Bot
command-health = Datenbank, Speicher, Warteschlangen, Quellen: läuft alles?
command-subscribers = wer Übersichten bekommt, und wann; /subscribers WORDS
command-broadcast = deine Worte an alle Abonnenten
command-mute_story = eine Geschichte, von der niemand mehr erfährt
command-correct = ein Ereignis als falsch kennzeichnen
command-logs = die letzten Warnungen und Fehler
command-backup = die Datenbank als Datei
command-ban = eine Person oder einen Chat ignorieren; beendet die Übersichten
command-unban = eine Sperre aufheben
command-audit = was Admins zuletzt getan haben

# Answers to wrong arguments.
admin-usage-sources = /sources zeigt alle. Um eine hinzuzufügen, gib ihre Adresse an und, wenn du magst, einen Namen:
    <code>/sources add https://gazette.example.org/ Gazette</code>
admin-usage-preview = /preview zeigt, was ein neuer Abonnent bekäme; mit der ID eines Chats, was dieser bekäme:
    <code>/preview 12345</code>
admin-usage-broadcast = Schreib deinen Text hinter den Befehl, gern formatiert; du siehst ihn, bevor er gesendet wird:
    <code>/broadcast Morgen kommen die Übersichten eine Stunde später.</code>
admin-usage-mute_story = Nenne die Geschichte mit ihrer Nummer oder mit Wörtern; /mute_story allein zeigt die stummen:
    <code>/mute_story grain port</code>
    <code>/mute_story 12</code>
    <code>/mute_story 12 undo</code>
admin-usage-correct = Gib die Nummer des Ereignisses an und den Grund, den die Leser erfahren:
    <code>/correct 12 Das Ministerium hat es bestritten.</code>
    <code>/correct 12 undo</code>
admin-usage-ban = Gib die ID einer Person oder eines Chats an; /subscribers zeigt sie:
    <code>/ban 12345</code>
admin-usage-unban = Gib die ID einer Person oder eines Chats an; /ban allein zeigt, wer gesperrt ist:
    <code>/unban 12345</code>

# What several commands say.
admin-wait = ⏳ Einen Moment …
admin-failed = ❌ Das hat nicht geklappt; warum, steht in /logs.
admin-cancel = Abbrechen
admin-called-off = Abgebrochen; nichts ist passiert.
admin-in-private = Hier würden andere die Antwort mitlesen. Bitte gib diesen Befehl in unserem privaten Chat ein.
admin-more = … und { $n } weitere
admin-minutes = { $n } min
admin-hours = { $n } h
admin-days = { $n ->
    [one] { $n } Tag
   *[other] { $n } Tagen
}
admin-ago = vor { $span }
admin-never = nie
admin-oldest = , am längsten seit { $span }

# /sources and /run.
admin-no-sources = Noch keine Quellen. Gib die Adresse einer Website, eines Feeds oder eines Kanals an: <code>/sources add https://gazette.example.org/</code>
admin-source = { $sign } <b>{ $name }</b> · { $kind }
    { $read } · { $articles ->
    [one] { $articles } Artikel
   *[other] { $articles } Artikel
}, { $rate } am Tag
admin-read-ago = gelesen vor { $span }
admin-never-read = nie gelesen
admin-kind-feed = Feed
admin-kind-listing = Liste
admin-kind-sitemap = Sitemap
admin-kind-channel = Kanal
admin-source-failing = { $failures ->
    [one] { $failures } Fehlversuch
   *[other] { $failures } Fehlversuche
} in Folge, nächster Versuch in { $again }: { $error }
admin-source-silent = nichts Neues seit { $span }, für sie ungewöhnlich
admin-source-moved = dauerhaft umgezogen nach { $to }
admin-source-unverified = ungeprüft: Von ihr wurde noch nie etwas gelesen
admin-source-configured = aus der Konfiguration: dort ändern
admin-check-now = 🔄 Jetzt prüfen
admin-pause = ⏸ Anhalten
admin-resume = ▶️ Fortsetzen
admin-remove = 🗑 Entfernen
admin-all-sources = ‹ Alle Quellen
admin-remove-source = <b>{ $name }</b> entfernen? Die Artikel bleiben.
admin-remove-it = 🗑 Ja, entfernen
admin-removed = 🗑 <b>{ $name }</b> ist entfernt; die Artikel bleiben.
admin-not-found = ❌ { $why }
admin-source-known = Diese Quelle gibt es schon: <b>{ $name }</b>
admin-name-taken = Eine Quelle <b>{ $name }</b> gibt es schon. Gib dieser einen anderen Namen: <code>/sources add ADDRESS NAME</code>
admin-would-collect = <b>{ $name }</b> · { $kind }
    { $url }
    { $entries ->
    [one] { $entries } Eintrag
   *[other] { $entries } Einträge
}, der neueste vom { $newest }:
admin-add-it = ✅ Hinzufügen
admin-added = ✅ <b>{ $name }</b> ist hinzugefügt und wird ab jetzt gelesen.
admin-reading-already = ⏳ Ich lese die Quellen schon.
admin-nothing-to-read = Es gibt keine Quellen zu lesen.
admin-pass = { $sign } { $read } von { $of } Quellen gelesen; neue Einträge: { $new }, gespeicherte Artikel: { $stored }, nicht erhaltene Seiten: { $failed }.
admin-overtaken = Inzwischen geprüft: { $n }.
admin-put-off = ⏳ Vorerst nicht gelesen, weil ihre Server Ruhe verlangen: { $n }.
admin-pass-failed = ⚠️ <b>{ $name }</b>: { $error }
admin-more-sources = … und { $n } weitere: /sources
admin-alert-failing = ⚠️ <b>{ $name }</b> ist seit { $span } nicht lesbar: { $error }
admin-alert-silent = 🔇 <b>{ $name }</b> antwortet, bringt aber seit { $span } nichts Neues: Das ist ungewöhnlich.
admin-alert-brings-news = ✅ <b>{ $name }</b> bringt wieder Neues.
admin-alert-is-read = ✅ <b>{ $name }</b> wird wieder gelesen.
admin-alert-disk-low = ⚠️ Der Datenträger mit dem Datenordner wird voll: { $free } von { $total } sind frei. Ohne Platz wird nichts gespeichert und nichts gesendet. Bitte Platz schaffen oder weniger aufbewahren: [retention] in tidings.toml.
admin-alert-disk-ample = ✅ Der Datenträger mit dem Datenordner hat wieder Platz: { $free } von { $total } sind frei.
admin-alert-templates-broken = ⚠️ Deine eigenen Vorlagen sind fehlerhaft: { $error }
    Bis sie stimmen, entsteht keine Übersicht: Berichtige sie oder nimm „templates“ aus tidings.toml heraus. <code>tidings check</code> probiert sie aus.
admin-alert-templates-right = ✅ Deine eigenen Vorlagen stimmen wieder; Übersichten entstehen.

# /preview and /digest_now.
admin-preview = 👁 Was ein neuer Abonnent jetzt bekäme; wird weder gespeichert noch gesendet:
admin-preview-of = 👁 Was { $chat } jetzt bekäme; wird weder gespeichert noch gesendet:
admin-numbers = Die Nummern dieser Ereignisse für /correct, und ihrer Geschichten für /mute_story:
admin-number = <b>#{ $id }</b> (Geschichte { $story }) { $text }
admin-no-such-subscriber = Ein Chat { $chat } hatte nie ein Abo; /subscribers zeigt alle.
admin-not-subscribed = In diesen Chat kommen keine Übersichten: Abonnieren kannst du mit /start.
admin-digest-on-its-way = ✅ Die Übersicht ist erstellt und unterwegs.
admin-digest-already = Sie wurde in genau dieser Minute schon erstellt.
admin-digest-busy = Gerade werden Übersichten erstellt. Bitte versuch es gleich noch einmal.

# /stats.
admin-stats-sources = Quellen
admin-stats-failing = Quellen mit Fehlern
admin-stats-articles = Artikel
admin-stats-articles-today = Artikel in 24 Stunden
admin-stats-developments = Ereignisse
admin-stats-developments-today = Ereignisse in 24 Stunden
admin-stats-subscribers = Abonnenten
admin-stats-stopped = Abbestellt
admin-stats-gone = Verschwundene Chats
admin-stats-digests-today = Übersichten in 24 Stunden
admin-stats-waiting = Wartende Nachrichten
admin-stats-sent-today = Gesendete Nachrichten in 24 Stunden
admin-stats-parked = Zurückgestellte Nachrichten
admin-stats-articles-a-day = Artikel pro Tag (UTC)
admin-stats-kinds = Ereignisse in 7 Tagen

# /health.
admin-health-database = Datenbank: <b>{ $size }</b>
admin-health-disk = Frei auf dem Datenträger mit dem Datenordner: <b>{ $free }</b>
admin-health-templates = Die Vorlagen sind fehlerhaft, es entsteht keine Übersicht: { $error }
admin-health-fetch = Letzte Quelle gelesen: <b>{ $when }</b>; jetzt fällig: { $due }
admin-health-pages = Abzurufende Seiten: <b>{ $n }</b>
admin-health-unread = Zu lesende Artikel: <b>{ $n }</b>{ $oldest }
admin-health-waiting = Wartende Nachrichten: <b>{ $n }</b>{ $oldest }
admin-health-parked = Aufgegebene Nachrichten: <b>{ $n }</b>
admin-health-delivering = Wird zugestellt: <b>{ $sent }</b> von { $all } gesendet, { $rate } je Sekunde; noch { $left }
admin-health-digest = Letzte Übersicht erstellt: <b>{ $when }</b>
admin-health-poller = Telegram wird nach Updates gefragt; laufende Prozesse: <b>{ $processes }</b>
admin-health-stuck = Steht still: <b>{ $loops }</b>. Bleibt das so, werde ich neu gestartet.
admin-loop-scraping = Quellen lesen
admin-loop-fetching = Seiten abrufen
admin-loop-reading = Artikel lesen
admin-loop-compiling = Übersichten erstellen
admin-loop-delivering = Zustellen
admin-loop-alerting = Admins benachrichtigen
admin-loop-disk = Datenträger beobachten
admin-loop-keeping = Altes löschen
admin-loop-listening = auf Telegram hören
admin-health-errors = Fehler in 24 Stunden: <b>{ $n }</b> (/logs)

# /subscribers and /broadcast.
admin-no-subscribers = Keine Abonnenten mit diesen Wörtern. /subscribers allein zeigt alle.
admin-nobody-yet = Noch hat niemand abonniert.
admin-subscribers = { $n ->
    [one] { $n } Abonnent
   *[other] { $n } Abonnenten
}
admin-subscriber = { $sign } <b>{ $title }</b> · <code>{ $chat }</code> · { $times } { $zone }
admin-state-stopped = abbestellt
admin-state-gone = verschwunden
admin-nobody = Es gibt keine Abonnenten: Niemand würde es bekommen.
admin-broadcast = 📣 Das hier senden an { $n ->
    [one] { $n } Abonnenten
   *[other] { $n } Abonnenten
}?
admin-send-it = 📣 Senden
admin-broadcast-on-its-way = 📣 Unterwegs an { $n ->
    [one] { $n } Abonnenten
   *[other] { $n } Abonnenten
}. Wie viele Nachrichten noch warten, zeigt /stats.

# /mute_story and /correct.
admin-no-such-story = Keine Geschichte „{ $words }“.
admin-story = 🔔 #{ $id } <b>{ $name }</b> · { $n ->
    [one] { $n } Ereignis
   *[other] { $n } Ereignisse
}, letzte Meldung { $last }
admin-muted-story = 🔕 #{ $id } <b>{ $name }</b> · { $n ->
    [one] { $n } Ereignis
   *[other] { $n } Ereignisse
}, letzte Meldung { $last } · stumm für alle
admin-no-such-development = Ein Ereignis #{ $id } gibt es nicht. Die Nummern zeigt /preview.
admin-correct = #{ $id } als falsch kennzeichnen?
    „{ $summary }“
    Gemeldet von { $outlets }; gesendet an { $told ->
    [one] { $told } Abonnenten
   *[other] { $told } Abonnenten
}.
    Die Begründung, wie Leser sie erfahren:
    „{ $why }“
admin-mark-it = ⏹ Kennzeichnen
admin-corrected = ⏹ #{ $id } ist als falsch gekennzeichnet:
    „{ $why }“
    Wer davon erfahren hat, liest das in der nächsten Übersicht.
    <code>/correct { $id } undo</code> nimmt es zurück.
admin-corrected-already = #{ $id } ist schon als falsch gekennzeichnet:
    „{ $why }“
    <code>/correct { $id } undo</code> nimmt es zurück.
admin-correction-undone = #{ $id } ist nicht mehr als falsch gekennzeichnet: „{ $summary }“
admin-not-corrected = #{ $id } ist nicht als falsch gekennzeichnet: „{ $summary }“

# /logs, /audit, /backup.
admin-no-errors = ✅ Keine Warnungen oder Fehler seit meinem Start.
admin-logs = Die letzten { $n } Warnungen und Fehler, die neuesten zuerst:
admin-no-acts = Admins haben noch nichts getan.
admin-backing-up-already = ⏳ Eine Sicherung läuft schon.
admin-backup-failed = ❌ Keine Sicherung erstellt:
admin-backup-caption = Die ganze Datenbank. <code>tidings restore --replace FILE</code> stellt sie wieder her. Sie enthält die Chats der Leser: Behalte sie für dich.
admin-backup-sent = ✅ { $name }, { $size }
admin-backup-too-large = { $name } hat { $size }, mehr als ein Bot senden darf. Sie liegt auf meinem Rechner: <code>{ $path }</code>
admin-backup-kept = { $name }, { $size }, konnte nicht gesendet werden. Sie liegt auf meinem Rechner: <code>{ $path }</code>

# /ban and /unban.
admin-banned = 🚫 { $id } ist gesperrt: Nachrichten von dort werden ignoriert, Übersichten dorthin sind beendet. <code>/unban { $id }</code> hebt die Sperre auf.
admin-banned-already = { $id } ist schon gesperrt.
admin-ban-of-admin = { $id } ist Admin, und Admins lassen sich nicht sperren. Nimm die ID zuerst in der Konfiguration aus „admins“.
admin-unbanned = ✅ { $id } darf den Bot wieder nutzen; mit /start kommen die Übersichten zurück.
admin-not-banned = { $id } ist nicht gesperrt.
admin-bans = { $n ->
    [one] { $n } Sperre
   *[other] { $n } Sperren
}:
admin-ban = 🚫 <code>{ $id }</code> { $title }, seit { $at }

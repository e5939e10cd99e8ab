# /latest, /search, /story, /timeline, /upcoming, /chart, /outlets, /export, /forget.
browse-page = Seite { $page } von { $pages }
browse-more = ➕ Mehr ({ $n })
browse-rest = ➕ <b>Außerdem neu</b>: { $n ->
    [one] { $n } Ereignis
   *[other] { $n } Ereignisse
}
browse-found = 🔎 <b>{ $words }</b>: { $n ->
    [1001] über 1000 Treffer
    [one] { $n } Treffer
   *[other] { $n } Treffer
}
browse-nothing-found = 🔎 Nichts gefunden zu „{ $words }“. Versuch es mit weniger oder anderen Wörtern; gesucht wird in englischen Texten.
browse-search-how = 🔎 Schreib, wonach ich suchen soll: <code>/search grain port</code>
    • Wörter, die zusammenstehen: <code>/search "grain port"</code>
    • ohne ein Wort: <code>/search grain -port</code>
browse-timeline = 🕰 <b>{ $words }</b>, Neuestes zuerst: { $n ->
    [1001] über 1000 Ereignisse
    [one] { $n } Ereignis
   *[other] { $n } Ereignisse
}
browse-no-timeline = 🕰 Zu „{ $words }“ weiß ich nichts. Schreib Namen so wie in englischen Nachrichten; nach Wörtern suchst du mit /search.
browse-timeline-how = 🕰 Schreib, wen oder was du meinst, eine Person, ein Land oder einen Ort: <code>/timeline Geneva</code>
browse-upcoming = 📅 <b>Was ansteht</b>: { $n ->
    [one] { $n } Termin
   *[other] { $n } Termine
}
browse-no-upcoming = 📅 Soweit ich weiß, ist nichts geplant.
browse-stories = 🧵 <b>Laufende Geschichten</b> mit ihren Ereignissen der letzten zwei Wochen. Wähl eine aus:
browse-stories-found = 🧵 Geschichten mit <b>{ $words }</b>. Wähl eine aus:
browse-no-stories = 🧵 Noch läuft keine Geschichte: Sie kommen mit den Nachrichten.
browse-no-such-story = 🧵 Keine Geschichte mit „{ $words }“. Alle laufenden: /story
browse-story-how = 🧵 Schreib, worum es in der Geschichte geht: <code>/story grain</code>. Alle laufenden: /story
browse-story = 🧵 <b>{ $story }</b>
    Seit { $since } · { $n ->
    [one] { $n } Ereignis
   *[other] { $n } Ereignisse
}
browse-story-gone = Diese Geschichte gibt es nicht mehr. Die laufenden: /story
browse-all-stories = 🧵 Alle Geschichten
browse-mute = 🔇 Stummschalten
browse-watch = 👁 Beobachten
browse-unwatch = 👁 Nicht beobachten
browse-subscribe-first = Abonniere zuerst mit /start; dann kannst du Geschichten beobachten.
browse-outlets = 📰 <b>Wer in den letzten 7 Tagen am meisten berichtet hat</b>
browse-no-outlets = 📰 In den letzten 7 Tagen wurde nichts berichtet.
browse-outlet = { $articles ->
    [one] { $articles } Artikel
   *[other] { $articles } Artikel
}, { $developments ->
    [one] { $developments } Ereignis
   *[other] { $developments } Ereignisse
}, zuletzt gesehen { $seen }
browse-no-digest = Hier kam noch keine Übersicht. Was gerade neu ist: /latest
browse-no-digest-here = Hier kommen keine Übersichten. Abonnieren: /start; was gerade neu ist: /latest
browse-export = 📦 Die Einstellungen dieses Chats und die hier gesendeten Übersichten, die ich noch habe.
browse-this-topic = Das gilt nur für dieses Thema: Andere Themen der Gruppe haben ihre eigenen.
browse-nothing-known = Über diesen Chat weiß ich nichts: Er hatte nie ein Abo.
browse-forget = 🗑 Soll ich alles löschen, was ich über diesen Chat weiß: Abo, Einstellungen und die gesendeten Übersichten?
    Das lässt sich nicht rückgängig machen. Vorher eine Kopie sichern: /export
browse-forget-yes = 🗑 Alles löschen
browse-forget-no = Behalten
browse-forgotten = 🗑 Erledigt: Ich weiß nichts mehr über diesen Chat. Mit /start fängst du neu an.
browse-kept = 👍 Alles bleibt, wie es war.

# The picture of the week: what is drawn in it, and what stands below it.
chart-title = Die Woche in Ereignissen
chart-tolls = Tote und Verletzte bei Angriffen
chart-killed = Tote
chart-wounded = Verletzte
chart-nothing = Nichts gemeldet
chart-no-tolls = Keine Toten oder Verletzten gemeldet
chart-caption = 📊 <b>Die letzten 7 Tage</b>: { $developments ->
    [one] { $developments } Ereignis
   *[other] { $developments } Ereignisse
}
    Bei Angriffen { $killed } Tote und { $wounded } Verletzte
    <i>Soweit Berichte Zahlen nennen, nach dem Tag der ersten Meldung.</i>

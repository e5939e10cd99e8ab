# /latest, /search, /story, /timeline, /upcoming, /chart, /outlets, /export, /forget.
browse-page = page { $page } of { $pages }
browse-more = ➕ More ({ $n })
browse-rest = ➕ <b>Also new</b>: { $n ->
    [one] { $n } development
   *[other] { $n } developments
}
browse-found = 🔎 <b>{ $words }</b>: { $n ->
    [1001] more than 1000 results
    [one] { $n } result
   *[other] { $n } results
}
browse-nothing-found = 🔎 Nothing found for “{ $words }”. Fewer or other words may help; articles are searched in English.
browse-search-how = 🔎 Write what to look for: <code>/search grain port</code>
    • words that stand together: <code>/search "grain port"</code>
    • without a word: <code>/search grain -port</code>
browse-timeline = 🕰 <b>{ $words }</b>, the newest first: { $n ->
    [1001] more than 1000 developments
    [one] { $n } development
   *[other] { $n } developments
}
browse-no-timeline = 🕰 I know of nothing with “{ $words }”. Names are matched as English news writes them; /search looks for words.
browse-timeline-how = 🕰 Write whom or what you mean, a person, country or place: <code>/timeline Geneva</code>
browse-upcoming = 📅 <b>Coming up</b>: { $n ->
    [one] { $n } plan
   *[other] { $n } plans
}
browse-no-upcoming = 📅 Nothing is planned as far as I know.
browse-stories = 🧵 <b>Stories that go on</b>, with their developments of the last two weeks. Choose one:
browse-stories-found = 🧵 Stories with <b>{ $words }</b>. Choose one:
browse-no-stories = 🧵 No story goes on yet: they come with the news.
browse-no-such-story = 🧵 No story with “{ $words }”. All that go on: /story
browse-story-how = 🧵 Write what the story is about: <code>/story grain</code>. All that go on: /story
browse-story = 🧵 <b>{ $story }</b>
    Since { $since } · { $n ->
    [one] { $n } development
   *[other] { $n } developments
}
browse-story-gone = This story is not there any more. Those that go on: /story
browse-all-stories = 🧵 All stories
browse-mute = 🔇 Mute this story
browse-watch = 👁 Watch
browse-unwatch = 👁 No longer watch
browse-subscribe-first = Subscribe first, with /start; then a story can be watched.
browse-outlets = 📰 <b>Who reported most in the last 7 days</b>
browse-no-outlets = 📰 Nothing was reported in the last 7 days.
browse-outlet = { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
}, { $developments ->
    [one] { $developments } development
   *[other] { $developments } developments
}, last seen { $seen }
browse-no-digest = No digest was sent here yet. What is new right now: /latest
browse-no-digest-here = No digests are sent here. /start subscribes; what is new right now: /latest
browse-export = 📦 The settings of this chat, and the digests sent here that I still have.
browse-this-topic = This is about this topic alone: other topics of the group have their own.
browse-nothing-known = I know nothing of this chat: it never subscribed.
browse-forget = 🗑 Shall I delete all that I know of this chat: subscription, settings, and the digests that were sent?
    This can't be undone. To have a copy first: /export
browse-forget-yes = 🗑 Delete everything
browse-forget-no = Keep it
browse-forgotten = 🗑 Done: I know nothing of this chat any more. /start begins anew.
browse-kept = 👍 Everything stays as it was.

# The picture of the week: what is drawn in it, and what stands below it.
chart-title = The week in developments
chart-tolls = Killed and wounded in strikes
chart-killed = Killed
chart-wounded = Wounded
chart-nothing = Nothing was reported
chart-no-tolls = No killed or wounded were reported
chart-caption = 📊 <b>The last 7 days</b>: { $developments ->
    [one] { $developments } development
   *[other] { $developments } developments
}
    { $killed } killed and { $wounded } wounded in strikes
    <i>Where reports give numbers, by the day of the first report.</i>

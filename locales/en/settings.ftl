# /settings and its menus.
settings-title = ⚙️ <b>Settings of this chat</b>
settings-line-stopped = ⏸ No digests are sent here now.
settings-line-times = 🕗 Times: <b>{ $value }</b>
settings-line-days = 📅 Days: <b>{ $value }</b>
settings-line-zone = 🌍 Time zone: <b>{ $value }</b>
settings-line-kinds = 🗂 Kinds: <b>{ $value }</b>
settings-line-topics = 🏷 Topics: <b>{ $value }</b>
settings-line-watched = 👁 Watched: <b>{ $value }</b>
settings-line-muted = 🔇 Muted: <b>{ $value }</b>
settings-line-sources = 📰 Sources: <b>{ $value }</b>
settings-line-quiet = 🌙 Quiet hours: <b>{ $value }</b>
settings-line-sound = 🔔 Messages come: <b>{ $value }</b>
settings-line-alerts = 🚨 Alerts: <b>{ $value }</b>
settings-line-chart = 📊 Chart of the week: <b>{ $value }</b>
settings-line-language = 🗣 Language: <b>{ $value }</b>

settings-all = all
settings-none = none
settings-never = never
settings-every-day = every day
settings-on-days = on { $days }
settings-all-topics = all news
settings-any-sources = one is enough
settings-sources-n = { $n } or more
settings-alerts-n = { $n ->
    [one] one a day at most
   *[other] { $n } a day at most
}
settings-sound-on = with a sound
settings-sound-off = silently
settings-as-telegram = as in Telegram

settings-times = 🕗 Times
settings-zone = 🌍 Time zone
settings-days = 📅 Days
settings-kinds = 🗂 Kinds
settings-topics = 🏷 Topics
settings-names = 👁 Names
settings-stories = 🔇 Muted stories
settings-sources = 📰 Sources
settings-quiet = 🌙 Quiet hours
settings-silent = 🔕 Send silently
settings-with-sound = 🔔 Send with a sound
settings-alerts = 🚨 Alerts
settings-chart = 📊 Chart
settings-language = 🗣 Language
settings-done = ✔️ Done
settings-back = ⬅️ Back
settings-subscribe = ✅ Send digests here
settings-again = To change them again: /settings
settings-not-subscribed = This chat gets no digests yet. Subscribe first; then everything can be set.

settings-times-menu = 🕗 When shall digests come? A time can be changed or taken away.
settings-add-time = ➕ Another time
settings-which-hour = 🕗 At which hour?
settings-which-minute = 🕗 And at which minute?
settings-times-full = A chat has { $n } digests a day at most.
settings-last-time = One time has to stay. To end the digests, send /stop.

settings-zone-menu = 🌍 Where are you? Choose a city with your clocks, type yours, or share your location (📎).
settings-region-europe = Europe
settings-region-middle-east = Middle East
settings-region-africa = Africa
settings-region-asia = Asia
settings-region-oceania = Australia, Oceania
settings-region-north-america = North America
settings-region-south-america = Latin America
settings-type-city = ⌨️ Type a city
settings-ask-city = 🌍 Which city are your clocks set by? Answer with its name, or share your location (📎).
settings-example-zone = Write the command with a city: <code>/zone Lviv</code>
settings-which-place = There are several places called “{ $words }”. Which one is it?
settings-zone-set = ✅ Your time zone is <b>{ $zone }</b>, where it is { $now }.
settings-no-zone-there = I know no time zone for that place. Send a city: <code>/zone Lviv</code>

settings-menu-d = 📅 On which days shall digests come? The next one tells what the days between brought.
settings-menu-k = 🗂 Which kinds of news shall digests tell?
settings-menu-p = 🏷 Which topics shall digests tell?
settings-menu-m = 📰 How many sources must report a thing before you are told?
settings-menu-a = 🚨 How many alerts of large events may come a day, besides digests?
settings-menu-c = 📊 On which day shall the chart of the week come?
settings-menu-l = 🗣 In which language shall I speak? What articles say stays as it was written.
settings-menu-q = 🌙 When shall nothing be sent?
settings-quiet-own = ✏️ Other hours
settings-quiet-from = 🌙 From which hour on shall nothing be sent?
settings-quiet-to = 🌙 And until which hour?
settings-one-has-to-stay = One has to stay. To end the digests, send /stop.

settings-names-menu = 👁 Watched names are told first and even where doubtful; 🔇 muted ones are left out. A button takes a name off the list.
settings-add-watched = ➕ 👁 Watch
settings-add-muted = ➕ 🔇 Mute
settings-ask-watch = 👁 Whom or what shall I watch? Answer with the name of a person, organisation or place.
settings-ask-mute = 🔇 Whom or what shall I leave out? Answer with the name of a person, organisation or place.
settings-example-watch = Write the command with a name: <code>/watch Geneva</code>
settings-example-mute = Write the command with a name: <code>/mute Geneva</code>
settings-watched = 👁 Watched from now on: <b>{ $name }</b>
settings-muted = 🔇 Muted from now on: <b>{ $name }</b>
settings-wrong-name = I can't look for such a name: it needs a letter, and may have { $n } characters at most.
settings-names-full = A chat has { $n } names and stories at most. Take one off the list in /settings first.
settings-stories-menu = 🔇 Stories that you are told no more of. A button takes a story off the list.
settings-no-stories = 🔇 No story is muted. The button below a story mutes it.
settings-story-muted = 🔇 You are told no more of this story: <b>{ $story }</b>
settings-story-unmuted = 🔔 You are told of this story again: <b>{ $story }</b>
settings-story-is-muted = This story is muted already.
settings-no-such-story = This story is not there any more.
settings-subscribe-first = Subscribe first, with /start; then a story can be muted.
settings-undo = ↩️ Undo
settings-mute-again = 🔇 Mute again

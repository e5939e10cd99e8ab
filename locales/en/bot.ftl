# Commands, as Telegram's menu and /help list them.
command-start = what I do, and your first digest
command-subscribe = time and zone of your digest: /subscribe 07:30 Kyiv
command-zone = your time zone, by a city: /zone Lviv
command-watch = more about a person, organisation or place: /watch Geneva
command-mute = nothing more about a person, organisation or place: /mute Geneva
command-settings = time, kinds, topics, watched and muted names, language
command-latest = what is new since your last digest
command-digest = today's digest again
command-search = look for words in all the news: /search grain port
command-story = a running story from its beginning
command-timeline = what involved a person, country or place: /timeline Geneva
command-upcoming = meetings that are planned
command-chart = the week in a picture
command-outlets = who reports, and how often
command-export = your settings and digests as a file
command-forget = deletes all that I know of this chat
command-stop = no more digests
command-whoami = your user id and this chat's id
command-help = all commands

# Answers that belong to no family of commands.
bot-hint = I did not understand that. I go by commands: /help lists them, and /settings has a button for everything.
bot-help = ❔ All commands
bot-sorry = Something went wrong on my side; it is in my log. Please try again in a minute.
bot-too-long = That takes too long to look up. Please ask for something rarer, or try again later.
bot-admins-only = This command is for this bot's admins. If you are one, add the id that /whoami shows to “admins” in the configuration.
bot-group-admins-only = Only admins of this group can change its settings.
bot-stale = This button is out of date. Please give the command again.
bot-too-fast = That was a lot at once. Please wait { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}.
bot-for-digests = 📰 Your digest
bot-for-looking-up = 🔎 Look things up
bot-for-chats = 💬 This chat
bot-for-admins = 🛠 For admins
bot-user-id = Your user id: <code>{ $id }</code>
bot-no-user = A channel's posts have no author that I can see.
bot-chat-id = This chat: <code>{ $id }</code>
bot-topic-id = topic <code>{ $id }</code>
bot-you-are-admin = You are an admin of this bot.

# /start, /subscribe, /stop.
bot-welcome = 👋 I read the news and send a digest: who met, what was struck, who said what. Each development is told once; later only what changed.
bot-no-sources = ⚠️ I have no sources yet, so there is nothing to tell until my owner adds some.
bot-what-next = What is new right now: /latest
    All commands: /help
bot-subscribed = ✅ Subscribed.
bot-stopped = 👋 No more digests here. /start brings them back, at the same time.
bot-was-stopped = No digests are sent here anyway. /start subscribes.
bot-daily = A digest comes { $days } at <b>{ $times }</b> ({ $zone }).
bot-on-its-way = The next one is on its way.
bot-first-edition = The first one: <b>{ $when }</b>; it covers the 24 hours before.
bot-next-edition = The next one: <b>{ $when }</b>.
bot-wrong-time = I can't read “{ $words }” as a time. Write hours and minutes, from 00:00 to 23:59.
bot-unknown-zone = I know no city and no time zone “{ $words }”.
bot-zone-form = Write a city, such as <code>Lviv</code> or <code>Springfield, Missouri</code>, or a zone's name, such as <code>Europe/Kyiv</code>.
bot-examples = Examples:
    <code>/subscribe 07:30 Lviv</code>
    <code>/subscribe 07:30 19:00</code>
    <code>/subscribe America/New_York</code>
bot-other-time = 🕗 Another time
bot-other-zone = 🌍 Another time zone
bot-settings = ⚙️ All settings
bot-topic-set = 🏷 You follow: <b>{ $topics }</b>. Other topics: /settings
bot-no-such-topic = ⚠️ The topic of this link is not there any more. Topics that there are: /settings
bot-greeting = 👋 I read the news and send a digest: who met, what was struck, who said what. An admin of this group can subscribe it, with a time and a city for the time zone:
    <code>/subscribe 07:30 Lviv</code>

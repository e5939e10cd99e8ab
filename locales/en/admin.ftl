# What admins see. Names of commands as Telegram shows them.
command-sources = all sources and how they fare; /sources add ADDRESS
command-run = read all sources now
command-preview = what a digest would tell now; /preview CHAT
command-digest_now = compile and send this chat's digest now
command-stats = figures of the whole bot
command-health = database, disk, queues, sources: is all well?
command-subscribers = who gets a digest, and when; /subscribers WORDS
command-broadcast = your words to all subscribers
command-mute_story = a story that nobody is told of any more
command-correct = mark a development as wrong
command-logs = the last warnings and errors
command-backup = the database as a file
command-ban = pass over a person or chat; stops its digests
command-unban = lift a ban
command-audit = what admins did last

# Answers to wrong arguments.
admin-usage-sources = /sources shows them all. To add one, give its address, and a name if you like:
    <code>/sources add https://gazette.example.org/ Gazette</code>
admin-usage-preview = /preview shows what a new subscriber would get; with a chat's id, what that one would:
    <code>/preview 12345</code>
admin-usage-broadcast = Write your words after the command, bold or with links if you like; you see them before they are sent:
    <code>/broadcast Digests will come an hour later tomorrow.</code>
admin-usage-mute_story = Name the story by its number or by words; /mute_story alone lists those that are muted:
    <code>/mute_story grain port</code>
    <code>/mute_story 12</code>
    <code>/mute_story 12 undo</code>
admin-usage-correct = Give the development's number and the reason, which readers are told:
    <code>/correct 12 The ministry has denied it.</code>
    <code>/correct 12 undo</code>
admin-usage-ban = Give the id of a person or chat; /subscribers shows them:
    <code>/ban 12345</code>
admin-usage-unban = Give the id of a person or chat; /ban alone lists who is banned:
    <code>/unban 12345</code>

# What several commands say.
admin-wait = ⏳ One moment…
admin-failed = ❌ That failed; /logs says why.
admin-cancel = Cancel
admin-called-off = Called off; nothing is done.
admin-in-private = Others would read the answer here. Please give this command in our private chat.
admin-more = … and { $n } more
admin-minutes = { $n } min
admin-hours = { $n } h
admin-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
admin-ago = { $span } ago
admin-never = never
admin-oldest = , the oldest for { $span }

# /sources and /run.
admin-no-sources = No sources yet. Give the address of a site, a feed or a channel: <code>/sources add https://gazette.example.org/</code>
admin-source = { $sign } <b>{ $name }</b> · { $kind }
    { $read } · { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
}, { $rate } a day
admin-read-ago = read { $span } ago
admin-never-read = never read
admin-kind-feed = feed
admin-kind-listing = listing
admin-kind-sitemap = sitemap
admin-kind-channel = channel
admin-source-failing = { $failures ->
    [one] { $failures } failure
   *[other] { $failures } failures
} in a row, next try in { $again }: { $error }
admin-source-silent = nothing new for { $span }, which is unlike it
admin-source-moved = moved for good to { $to }
admin-source-unverified = unverified: nothing was ever read of it
admin-source-configured = from the configuration: change it there
admin-check-now = 🔄 Check now
admin-pause = ⏸ Pause
admin-resume = ▶️ Resume
admin-remove = 🗑 Remove
admin-all-sources = ‹ All sources
admin-remove-source = Remove <b>{ $name }</b>? Its articles stay.
admin-remove-it = 🗑 Yes, remove it
admin-removed = 🗑 <b>{ $name }</b> is removed; its articles stay.
admin-not-found = ❌ { $why }
admin-source-known = That is a source already: <b>{ $name }</b>
admin-name-taken = There is a source <b>{ $name }</b> already. Give this one another name: <code>/sources add ADDRESS NAME</code>
admin-would-collect = <b>{ $name }</b> · { $kind }
    { $url }
    { $entries ->
    [one] { $entries } entry
   *[other] { $entries } entries
}, the newest of { $newest }:
admin-add-it = ✅ Add it
admin-added = ✅ <b>{ $name }</b> is added and read from now on.
admin-reading-already = ⏳ I am reading the sources already.
admin-nothing-to-read = There are no sources to read.
admin-pass = { $sign } { $read } of { $of } sources read: { $new } new entries, { $stored } articles stored, { $failed } pages not had.
admin-overtaken = Checked meanwhile: { $n }.
admin-put-off = ⏳ The hosts of { $n } are to be left alone for now.
admin-pass-failed = ⚠️ <b>{ $name }</b>: { $error }
admin-more-sources = … and { $n } more: /sources
admin-alert-failing = ⚠️ <b>{ $name }</b> could not be read for { $span }: { $error }
admin-alert-silent = 🔇 <b>{ $name }</b> answers, but brought nothing new for { $span }: that is unlike it.
admin-alert-brings-news = ✅ <b>{ $name }</b> brings news again.
admin-alert-is-read = ✅ <b>{ $name }</b> is read again.
admin-alert-disk-low = ⚠️ The disk of the data folder gets full: { $free } of { $total } are free. Without room nothing is stored or sent. Make room, or have less kept: [retention] in tidings.toml.
admin-alert-disk-ample = ✅ The disk of the data folder has room again: { $free } of { $total } are free.
admin-alert-templates-broken = ⚠️ Your own templates are broken: { $error }
    No digest can be made until they are right: correct them, or take “templates” out of tidings.toml. <code>tidings check</code> tries them.
admin-alert-templates-right = ✅ Your own templates are right again; digests are made.

# /preview and /digest_now.
admin-preview = 👁 What a new subscriber would get now; neither kept nor sent:
admin-preview-of = 👁 What { $chat } would get now; neither kept nor sent:
admin-numbers = The numbers of these, for /correct, and of their stories, for /mute_story:
admin-number = <b>#{ $id }</b> (story { $story }) { $text }
admin-no-such-subscriber = No chat { $chat } ever subscribed; /subscribers shows them all.
admin-not-subscribed = No digests are sent to this chat: /start subscribes it.
admin-digest-on-its-way = ✅ Compiled; it is on its way.
admin-digest-already = It was compiled in this very minute already.
admin-digest-busy = Digests are being compiled just now. Please try again in a moment.

# /stats.
admin-stats-sources = Sources
admin-stats-failing = Sources failing
admin-stats-articles = Articles
admin-stats-articles-today = Articles in 24 hours
admin-stats-developments = Developments
admin-stats-developments-today = Developments in 24 hours
admin-stats-subscribers = Subscribers
admin-stats-stopped = Subscribers who stopped
admin-stats-gone = Chats gone
admin-stats-digests-today = Digests in 24 hours
admin-stats-waiting = Messages waiting
admin-stats-sent-today = Messages sent in 24 hours
admin-stats-parked = Messages parked
admin-stats-articles-a-day = Articles a day (UTC)
admin-stats-kinds = Developments in 7 days

# /health.
admin-health-database = Database: <b>{ $size }</b>
admin-health-disk = Free on the disk of the data folder: <b>{ $free }</b>
admin-health-templates = Templates are broken, no digest can be made: { $error }
admin-health-fetch = Last source read: <b>{ $when }</b>; due now: { $due }
admin-health-pages = Pages to be fetched: <b>{ $n }</b>
admin-health-unread = Articles to be read: <b>{ $n }</b>{ $oldest }
admin-health-waiting = Messages waiting: <b>{ $n }</b>{ $oldest }
admin-health-parked = Messages given up: <b>{ $n }</b>
admin-health-delivering = Being delivered: <b>{ $sent }</b> of { $all } sent, { $rate } a second; left: { $left }
admin-health-digest = Last digest compiled: <b>{ $when }</b>
admin-health-poller = Telegram is asked for updates; processes at work: <b>{ $processes }</b>
admin-health-stuck = At a standstill: <b>{ $loops }</b>. If that lasts, I am started again.
admin-loop-scraping = reading sources
admin-loop-fetching = fetching pages
admin-loop-reading = reading articles
admin-loop-compiling = compiling digests
admin-loop-delivering = delivering
admin-loop-alerting = telling admins
admin-loop-disk = watching the disk
admin-loop-keeping = deleting what is old
admin-loop-listening = listening to Telegram
admin-health-errors = Errors in 24 hours: <b>{ $n }</b> (/logs)

# /subscribers and /broadcast.
admin-no-subscribers = No subscribers with these words. /subscribers alone shows them all.
admin-nobody-yet = Nobody has subscribed yet.
admin-subscribers = { $n ->
    [one] { $n } subscriber
   *[other] { $n } subscribers
}
admin-subscriber = { $sign } <b>{ $title }</b> · <code>{ $chat }</code> · { $times } { $zone }
admin-state-stopped = stopped
admin-state-gone = gone
admin-nobody = Nobody is subscribed: there is nobody to send it to.
admin-broadcast = 📣 Send this to { $n ->
    [one] { $n } subscriber
   *[other] { $n } subscribers
}?
admin-send-it = 📣 Send it
admin-broadcast-on-its-way = 📣 On its way to { $n ->
    [one] { $n } subscriber
   *[other] { $n } subscribers
}. /stats says how many messages still wait.

# /mute_story and /correct.
admin-no-such-story = No story “{ $words }”.
admin-story = 🔔 #{ $id } <b>{ $name }</b> · { $n ->
    [one] { $n } development
   *[other] { $n } developments
}, the last report { $last }
admin-muted-story = 🔕 #{ $id } <b>{ $name }</b> · { $n ->
    [one] { $n } development
   *[other] { $n } developments
}, the last report { $last } · muted for all
admin-no-such-development = There is no development #{ $id }. /preview shows the numbers.
admin-correct = Mark #{ $id } as wrong?
    “{ $summary }”
    Reported by { $outlets }; told to { $told ->
    [one] { $told } subscriber
   *[other] { $told } subscribers
}.
    The reason, as readers will be told:
    “{ $why }”
admin-mark-it = ⏹ Mark it
admin-corrected = ⏹ #{ $id } is marked as wrong:
    “{ $why }”
    Who was told of it is told so in the next digest.
    <code>/correct { $id } undo</code> takes it back.
admin-corrected-already = #{ $id } is marked as wrong already:
    “{ $why }”
    <code>/correct { $id } undo</code> takes it back.
admin-correction-undone = #{ $id } is no longer marked as wrong: “{ $summary }”
admin-not-corrected = #{ $id } is not marked as wrong: “{ $summary }”

# /logs, /audit, /backup.
admin-no-errors = ✅ No warnings or errors since I was started.
admin-logs = The last { $n } warnings and errors, the latest first:
admin-no-acts = Admins have done nothing yet.
admin-backing-up-already = ⏳ A backup is under way already.
admin-backup-failed = ❌ No backup was made:
admin-backup-caption = The whole database. <code>tidings restore --replace FILE</code> puts it back. Readers' chats are in it: keep it to yourself.
admin-backup-sent = ✅ { $name }, { $size }
admin-backup-too-large = { $name } is { $size }, more than a bot may send. It is kept on my machine: <code>{ $path }</code>
admin-backup-kept = { $name }, { $size }, could not be sent. It is kept on my machine: <code>{ $path }</code>

# /ban and /unban.
admin-banned = 🚫 { $id } is banned: what it says is passed over, and its digests are stopped. <code>/unban { $id }</code> lifts it.
admin-banned-already = { $id } is banned already.
admin-ban-of-admin = { $id } is an admin, and admins can't be banned. Take it out of “admins” in the configuration first.
admin-unbanned = ✅ { $id } may use the bot again; its digests come back when it says /start.
admin-not-banned = { $id } is not banned.
admin-bans = { $n ->
    [one] { $n } ban
   *[other] { $n } bans
}:
admin-ban = 🚫 <code>{ $id }</code> { $title }, since { $at }

# Labels of a digest; the sentences are the articles own.

# How days and hours are written, by the signs of strftime.
digest-date = %a %-d %b %Y
digest-day = %a %-d %b
digest-month = %b %Y
digest-moment = %-d %b %H:%M

# The first lines. “cut-off”: nothing that came later is in it.
digest-window = since { $from }, cut-off { $to } ({ $zone })
digest-totals = { $new } new · { $updated } updated
digest-read = { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
} from { $outlets ->
    [one] { $outlets } outlet
   *[other] { $outlets } outlets
}
digest-nothing-new = Nothing new.
digest-nothing-new-since = Nothing new since { $from } ({ $zone })
digest-no-sources = No sources are set up yet.
digest-unreachable = { $unreachable } of { $sources } sources could not be read.
digest-unread = { $unread ->
    [one] { $unread } of { $sources } sources has not been read yet.
   *[other] { $unread } of { $sources } sources have not been read yet.
}
digest-covers = { $n ->
    [1] This digest also covers the edition of { $first }, which could not be sent.
    [2] This digest also covers the editions of { $first } and { $last }, which could not be sent.
   *[other] This digest also covers the { $n } editions from { $first } to { $last }, which could not be sent.
}
digest-alert = Large development

# Headings.
digest-key = Key developments
digest-coming-up = Coming up
digest-kind-meeting = Meetings
digest-kind-strike = Strikes
digest-kind-agreement = Agreements
digest-kind-statement = Statements

# Beside an item: when it was first seen, when its sentence was published, how many report it.
digest-seen = seen { $time }
digest-published = published { $day }
digest-sources = { $n ->
    [one] { $n } source
   *[other] { $n } sources
}
digest-earlier = Earlier in this story
digest-more = +{ $n } more
digest-unchanged = No change: { $stories }
digest-unchanged-story = { $name } (last: { $day })
digest-withdrawn = Taken back: what was told here on { $day } is wrong
digest-restored = Stands after all: what was told here on { $day } and then taken back

# What changed: “Killed: 5 → 9”.
digest-field-status = Status
digest-field-date = Date
digest-field-place = Place
digest-field-actors = Who
digest-field-killed = Killed
digest-field-wounded = Wounded
digest-field-outcome = Outcome
digest-status-planned = planned
digest-status-occurred = took place
digest-status-cancelled = called off
digest-status-denied = denied
digest-unknown = unknown

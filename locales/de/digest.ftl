# Labels of a digest; the sentences are the articles own.

# How days and hours are written, by the signs of strftime.
digest-date = %a, %-d. %b %Y
digest-day = %a, %-d. %b
digest-month = %b %Y
digest-moment = %-d. %b, %H:%M

# The first lines. “cut-off”: nothing that came later is in it.
digest-window = seit { $from }, Stand { $to } ({ $zone })
digest-totals = { $new } neu · { $updated } aktualisiert
digest-read = { $articles ->
    [one] { $articles } Artikel
   *[other] { $articles } Artikel
} aus { $outlets ->
    [one] { $outlets } Medium
   *[other] { $outlets } Medien
}
digest-nothing-new = Nichts Neues.
digest-nothing-new-since = Nichts Neues seit { $from } ({ $zone })
digest-no-sources = Es sind noch keine Quellen eingerichtet.
digest-unreachable = { $unreachable } von { $sources } Quellen konnten nicht gelesen werden.
digest-unread = { $unread ->
    [one] { $unread } von { $sources } Quellen wurde noch nicht gelesen.
   *[other] { $unread } von { $sources } Quellen wurden noch nicht gelesen.
}
digest-covers = { $n ->
    [1] Diese Ausgabe ersetzt auch die von { $first }, die nicht verschickt werden konnte.
    [2] Diese Ausgabe ersetzt auch die von { $first } und { $last }, die nicht verschickt werden konnten.
   *[other] Diese Ausgabe ersetzt auch { $n } Ausgaben, von { $first } bis { $last }, die nicht verschickt werden konnten.
}
digest-alert = Großes Ereignis

# Headings.
digest-key = Das Wichtigste
digest-coming-up = Was ansteht
digest-kind-meeting = Treffen
digest-kind-strike = Angriffe
digest-kind-agreement = Vereinbarungen
digest-kind-statement = Äußerungen

# Beside an item: when it was first seen, when its sentence was published, how many report it.
digest-seen = gesehen { $time }
digest-published = veröffentlicht { $day }
digest-sources = { $n ->
    [one] { $n } Quelle
   *[other] { $n } Quellen
}
digest-earlier = Was zuvor geschah
digest-more = +{ $n } weitere
digest-unchanged = Unverändert: { $stories }
digest-unchanged-story = { $name } (zuletzt { $day })
digest-withdrawn = Zurückgenommen: Was hier am { $day } stand, ist falsch
digest-restored = Gilt doch: Was hier am { $day } stand und dann zurückgenommen wurde

# What changed: “Killed: 5 → 9”.
digest-field-status = Stand
digest-field-date = Datum
digest-field-place = Ort
digest-field-actors = Wer
digest-field-killed = Tote
digest-field-wounded = Verletzte
digest-field-outcome = Ergebnis
digest-status-planned = geplant
digest-status-occurred = fand statt
digest-status-cancelled = abgesagt
digest-status-denied = bestritten
digest-unknown = unbekannt

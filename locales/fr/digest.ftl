# Labels of a digest; the sentences are the articles own.

# How days and hours are written, by the signs of strftime.
digest-date = %a %-d %b %Y
digest-day = %a %-d %b
digest-month = %b %Y
digest-moment = %-d %b, %H:%M

# The first lines. “cut-off”: nothing that came later is in it.
digest-window = depuis { $from }, bouclage { $to } ({ $zone })
digest-totals = nouveautés : { $new } · mises à jour : { $updated }
digest-read = { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
} de { $outlets ->
    [one] { $outlets } média
   *[other] { $outlets } médias
}
digest-nothing-new = Rien de nouveau.
digest-nothing-new-since = Rien de nouveau depuis { $from } ({ $zone })
digest-no-sources = Aucune source n'est encore configurée.
digest-unreachable = Sources qui n'ont pas pu être lues : { $unreachable } sur { $sources }.
digest-unread = Sources qui n'ont pas encore été lues : { $unread } sur { $sources }.
digest-covers = { $n ->
    [1] Cette édition couvre aussi celle du { $first }, qui n'a pas pu être envoyée.
    [2] Cette édition couvre aussi celles du { $first } et du { $last }, qui n'ont pas pu être envoyées.
   *[other] Cette édition couvre aussi { $n } éditions, du { $first } au { $last }, qui n'ont pas pu être envoyées.
}
digest-alert = Événement majeur

# Headings.
digest-key = L'essentiel
digest-coming-up = À venir
digest-kind-meeting = Rencontres
digest-kind-strike = Frappes
digest-kind-agreement = Accords
digest-kind-statement = Déclarations

# Beside an item: when it was first seen, when its sentence was published, how many report it.
digest-seen = vu { $time }
digest-published = publié { $day }
digest-sources = { $n ->
    [one] { $n } source
   *[other] { $n } sources
}
digest-earlier = Précédemment sur ce sujet
digest-more = +{ $n } de plus
digest-unchanged = Sans changement : { $stories }
digest-unchanged-story = { $name } (dernière info : { $day })
digest-withdrawn = Rectificatif : ce qui a été annoncé ici le { $day } est faux
digest-restored = Finalement exact : ce qui a été annoncé ici le { $day } puis démenti

# What changed: “Killed: 5 → 9”.
digest-field-status = Statut
digest-field-date = Date
digest-field-place = Lieu
digest-field-actors = Qui
digest-field-killed = Morts
digest-field-wounded = Blessés
digest-field-outcome = Résultat
digest-status-planned = prévu
digest-status-occurred = a eu lieu
digest-status-cancelled = annulé
digest-status-denied = démenti
digest-unknown = inconnu

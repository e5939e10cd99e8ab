# Labels of a digest; the sentences are the articles own.

# How days and hours are written, by the signs of strftime.
digest-date = %a, %-d %b %Y
digest-day = %a, %-d %b
digest-month = %b %Y
digest-moment = %-d %b, %H:%M

# The first lines. “cut-off”: nothing that came later is in it.
digest-window = desde el { $from }, cierre { $to } ({ $zone })
digest-totals = nuevos: { $new } · actualizados: { $updated }
digest-read = { $articles ->
    [one] { $articles } artículo
   *[other] { $articles } artículos
} de { $outlets ->
    [one] { $outlets } medio
   *[other] { $outlets } medios
}
digest-nothing-new = Nada nuevo.
digest-nothing-new-since = Nada nuevo desde el { $from } ({ $zone })
digest-no-sources = Aún no hay fuentes configuradas.
digest-unreachable = No se pudieron leer { $unreachable } de { $sources } fuentes.
digest-unread = { $unread ->
    [one] { $unread } de { $sources } fuentes aún no se ha leído.
   *[other] { $unread } de { $sources } fuentes aún no se han leído.
}
digest-covers = { $n ->
    [1] Este resumen incluye también el del { $first }, que no se pudo enviar.
    [2] Este resumen incluye también los del { $first } y del { $last }, que no se pudieron enviar.
   *[other] Este resumen incluye también { $n } ediciones, del { $first } al { $last }, que no se pudieron enviar.
}
digest-alert = Gran acontecimiento

# Headings.
digest-key = Lo más importante
digest-coming-up = Próximamente
digest-kind-meeting = Reuniones
digest-kind-strike = Ataques
digest-kind-agreement = Acuerdos
digest-kind-statement = Declaraciones

# Beside an item: when it was first seen, when its sentence was published, how many report it.
digest-seen = visto { $time }
digest-published = publicado { $day }
digest-sources = { $n ->
    [one] { $n } fuente
   *[other] { $n } fuentes
}
digest-earlier = Antes en esta historia
digest-more = +{ $n } más
digest-unchanged = Sin cambios: { $stories }
digest-unchanged-story = { $name } (lo último: { $day })
digest-withdrawn = Rectificación: lo que se contó aquí el { $day } es erróneo
digest-restored = Sigue en pie: lo que se contó aquí el { $day } y luego se rectificó

# What changed: “Killed: 5 → 9”.
digest-field-status = Estado
digest-field-date = Fecha
digest-field-place = Lugar
digest-field-actors = Quién
digest-field-killed = Muertos
digest-field-wounded = Heridos
digest-field-outcome = Resultado
digest-status-planned = previsto
digest-status-occurred = tuvo lugar
digest-status-cancelled = cancelado
digest-status-denied = desmentido
digest-unknown = desconocido

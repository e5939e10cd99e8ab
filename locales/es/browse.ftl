# /latest, /search, /story, /timeline, /upcoming, /chart, /outlets, /export, /forget.
browse-page = página { $page } de { $pages }
browse-more = ➕ Más ({ $n })
browse-rest = ➕ <b>Además</b>: { $n ->
    [one] { $n } acontecimiento
   *[other] { $n } acontecimientos
}
browse-found = 🔎 <b>{ $words }</b>: { $n ->
    [1001] más de 1000 resultados
    [one] { $n } resultado
   *[other] { $n } resultados
}
browse-nothing-found = 🔎 No se ha encontrado nada con «{ $words }». Prueba con menos palabras u otras; la búsqueda se hace en inglés.
browse-search-how = 🔎 Escribe qué buscar: <code>/search grain port</code>
    • palabras que van juntas: <code>/search "grain port"</code>
    • sin una palabra: <code>/search grain -port</code>
browse-timeline = 🕰 <b>{ $words }</b>, lo más reciente primero: { $n ->
    [1001] más de 1000 acontecimientos
    [one] { $n } acontecimiento
   *[other] { $n } acontecimientos
}
browse-no-timeline = 🕰 No sé nada de «{ $words }». Escribe los nombres como en las noticias en inglés; para buscar palabras, usa /search.
browse-timeline-how = 🕰 Escribe a quién o qué te refieres, una persona, un país o un lugar: <code>/timeline Geneva</code>
browse-upcoming = 📅 <b>Próximamente</b>: { $n ->
    [one] { $n } cita
   *[other] { $n } citas
}
browse-no-upcoming = 📅 Que yo sepa, no hay nada previsto.
browse-stories = 🧵 <b>Historias en curso</b>, con sus acontecimientos de las últimas dos semanas. Elige una:
browse-stories-found = 🧵 Historias con <b>{ $words }</b>. Elige una:
browse-no-stories = 🧵 Aún no hay ninguna historia en curso: llegan con las noticias.
browse-no-such-story = 🧵 No hay ninguna historia con «{ $words }». Todas las que siguen en curso: /story
browse-story-how = 🧵 Escribe de qué trata la historia: <code>/story grain</code>. Todas las que siguen en curso: /story
browse-story = 🧵 <b>{ $story }</b>
    Desde el { $since } · { $n ->
    [one] { $n } acontecimiento
   *[other] { $n } acontecimientos
}
browse-story-gone = Esta historia ya no existe. Las que siguen en curso: /story
browse-all-stories = 🧵 Todas las historias
browse-mute = 🔇 Silenciar
browse-watch = 👁 Seguir
browse-unwatch = 👁 Dejar de seguir
browse-subscribe-first = Suscríbete primero con /start; después podrás seguir una historia.
browse-outlets = 📰 <b>Quién ha informado más en los últimos 7 días</b>
browse-no-outlets = 📰 No se ha publicado nada en los últimos 7 días.
browse-outlet = { $articles ->
    [one] { $articles } artículo
   *[other] { $articles } artículos
}, { $developments ->
    [one] { $developments } acontecimiento
   *[other] { $developments } acontecimientos
}, última vez: { $seen }
browse-no-digest = Aquí aún no se ha enviado ningún resumen. Lo nuevo ahora mismo: /latest
browse-no-digest-here = Aquí no se envían resúmenes. Para suscribirte: /start; lo nuevo ahora mismo: /latest
browse-export = 📦 Los ajustes de este chat y los resúmenes enviados aquí que aún conservo.
browse-this-topic = Se refiere solo a este tema: los demás temas del grupo tienen lo suyo.
browse-nothing-known = No sé nada de este chat: nunca se ha suscrito.
browse-forget = 🗑 ¿Borro todo lo que sé de este chat: suscripción, ajustes y los resúmenes enviados?
    No se puede deshacer. Para guardar antes una copia: /export
browse-forget-yes = 🗑 Borrar todo
browse-forget-no = Conservarlo
browse-forgotten = 🗑 Hecho: ya no sé nada de este chat. Con /start empiezas de nuevo.
browse-kept = 👍 Todo se queda como estaba.

# The picture of the week: what is drawn in it, and what stands below it.
chart-title = La semana en acontecimientos
chart-tolls = Muertos y heridos en ataques
chart-killed = Muertos
chart-wounded = Heridos
chart-nothing = No se informó de nada
chart-no-tolls = No se informó de muertos ni heridos
chart-caption = 📊 <b>Los últimos 7 días</b>: { $developments ->
    [one] { $developments } acontecimiento
   *[other] { $developments } acontecimientos
}
    En ataques, muertos: { $killed }; heridos: { $wounded }
    <i>Cuando las noticias dan cifras, según el día de la primera.</i>

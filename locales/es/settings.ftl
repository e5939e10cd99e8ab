# /settings and its menus.
settings-title = ⚙️ <b>Ajustes de este chat</b>
settings-line-stopped = ⏸ Ahora no se envían resúmenes aquí.
settings-line-times = 🕗 Horas: <b>{ $value }</b>
settings-line-days = 📅 Días: <b>{ $value }</b>
settings-line-zone = 🌍 Zona horaria: <b>{ $value }</b>
settings-line-kinds = 🗂 Tipos: <b>{ $value }</b>
settings-line-topics = 🏷 Temas: <b>{ $value }</b>
settings-line-watched = 👁 Seguidos: <b>{ $value }</b>
settings-line-muted = 🔇 Silenciados: <b>{ $value }</b>
settings-line-sources = 📰 Fuentes: <b>{ $value }</b>
settings-line-quiet = 🌙 Horas de silencio: <b>{ $value }</b>
settings-line-sound = 🔔 Los mensajes llegan: <b>{ $value }</b>
settings-line-alerts = 🚨 Alertas: <b>{ $value }</b>
settings-line-chart = 📊 Gráfico de la semana: <b>{ $value }</b>
settings-line-language = 🗣 Idioma: <b>{ $value }</b>

settings-all = todos
settings-none = ninguna
settings-never = nunca
settings-every-day = todos los días
settings-on-days = los { $days }
settings-all-topics = todas las noticias
settings-any-sources = basta una
settings-sources-n = { $n } o más
settings-alerts-n = { $n ->
    [one] máximo una al día
   *[other] máximo { $n } al día
}
settings-sound-on = con sonido
settings-sound-off = en silencio
settings-as-telegram = el de tu Telegram

settings-times = 🕗 Horas
settings-zone = 🌍 Zona horaria
settings-days = 📅 Días
settings-kinds = 🗂 Tipos
settings-topics = 🏷 Temas
settings-names = 👁 Nombres
settings-stories = 🔇 Silenciadas
settings-sources = 📰 Fuentes
settings-quiet = 🌙 Horas de silencio
settings-silent = 🔕 Sin sonido
settings-with-sound = 🔔 Con sonido
settings-alerts = 🚨 Alertas
settings-chart = 📊 Gráfico
settings-language = 🗣 Idioma
settings-done = ✔️ Listo
settings-back = ⬅️ Volver
settings-subscribe = ✅ Recibir resúmenes aquí
settings-again = Para cambiarlos otra vez: /settings
settings-not-subscribed = Este chat aún no recibe resúmenes. Suscríbete primero; después podrás ajustarlo todo.

settings-times-menu = 🕗 ¿Cuándo deben llegar los resúmenes? Cada hora se puede cambiar o quitar.
settings-add-time = ➕ Otra hora
settings-which-hour = 🕗 ¿A qué hora?
settings-which-minute = 🕗 ¿Y en qué minuto?
settings-times-full = Un chat recibe como máximo { $n } resúmenes al día.
settings-last-time = Tiene que quedar una hora. Para dejar de recibir resúmenes, envía /stop.

settings-zone-menu = 🌍 ¿Dónde estás? Elige una ciudad con tu hora, escribe la tuya o comparte tu ubicación (📎).
settings-region-europe = Europa
settings-region-middle-east = Oriente Medio
settings-region-africa = África
settings-region-asia = Asia
settings-region-oceania = Australia y Oceanía
settings-region-north-america = América del Norte
settings-region-south-america = América Latina
settings-type-city = ⌨️ Escribir una ciudad
settings-ask-city = 🌍 ¿Qué ciudad tiene tu misma hora? Responde con su nombre o comparte tu ubicación (📎).
settings-example-zone = Escribe el comando con una ciudad: <code>/zone Lviv</code>
settings-which-place = Hay varios lugares llamados «{ $words }». ¿Cuál es?
settings-zone-set = ✅ Tu zona horaria es <b>{ $zone }</b>; allí son las { $now }.
settings-no-zone-there = No conozco ninguna zona horaria para ese lugar. Envía una ciudad: <code>/zone Lviv</code>

settings-menu-d = 📅 ¿Qué días deben llegar los resúmenes? El siguiente cuenta también lo ocurrido en los días intermedios.
settings-menu-k = 🗂 ¿Qué tipos de noticias deben contar los resúmenes?
settings-menu-p = 🏷 ¿Qué temas deben tratar los resúmenes?
settings-menu-m = 📰 ¿Cuántas fuentes deben informar de algo antes de que te lo cuente?
settings-menu-a = 🚨 ¿Cuántas alertas de grandes acontecimientos pueden llegar al día, además de los resúmenes?
settings-menu-c = 📊 ¿Qué día debe llegar el gráfico de la semana?
settings-menu-l = 🗣 ¿En qué idioma debo hablarte? Lo que dicen los artículos se queda como se escribió.
settings-menu-q = 🌙 ¿En qué horas no debo enviar nada?
settings-quiet-own = ✏️ Otras horas
settings-quiet-from = 🌙 ¿Desde qué hora no debo enviar nada?
settings-quiet-to = 🌙 ¿Y hasta qué hora?
settings-one-has-to-stay = Tiene que quedar al menos una opción. Para dejar de recibir resúmenes, envía /stop.

settings-names-menu = 👁 Los nombres seguidos salen primero, incluso con noticias dudosas; 🔇 los silenciados se omiten. Un botón quita un nombre de la lista.
settings-add-watched = ➕ 👁 Seguir
settings-add-muted = ➕ 🔇 Silenciar
settings-ask-watch = 👁 ¿A quién o qué quieres seguir? Responde con el nombre de una persona, un organismo o un lugar.
settings-ask-mute = 🔇 ¿De quién o de qué no quieres noticias? Responde con el nombre de una persona, un organismo o un lugar.
settings-example-watch = Escribe el comando con un nombre: <code>/watch Geneva</code>
settings-example-mute = Escribe el comando con un nombre: <code>/mute Geneva</code>
settings-watched = 👁 Desde ahora sigues: <b>{ $name }</b>
settings-muted = 🔇 Desde ahora silencias: <b>{ $name }</b>
settings-wrong-name = No puedo buscar ese nombre: debe tener al menos una letra y como máximo { $n } caracteres.
settings-names-full = Un chat puede tener como máximo { $n } nombres e historias. Quita antes alguno de la lista en /settings.
settings-stories-menu = 🔇 Historias de las que ya no recibes nada. Un botón quita una historia de la lista.
settings-no-stories = 🔇 No hay historias silenciadas. El botón debajo de una historia la silencia.
settings-story-muted = 🔇 Ya no recibirás nada de esta historia: <b>{ $story }</b>
settings-story-unmuted = 🔔 Vuelves a recibir esta historia: <b>{ $story }</b>
settings-story-is-muted = Esta historia ya está silenciada.
settings-no-such-story = Esta historia ya no existe.
settings-subscribe-first = Suscríbete primero con /start; después podrás silenciar una historia.
settings-undo = ↩️ Deshacer
settings-mute-again = 🔇 Silenciar de nuevo

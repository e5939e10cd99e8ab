# What admins see. Names of commands as Telegram shows them.
command-sources = todas las fuentes y su estado; /sources add ADDRESS
command-run = leer ahora todas las fuentes
command-preview = qué contaría un resumen ahora; /preview CHAT
command-digest_now = preparar y enviar ahora el resumen de este chat
command-stats = cifras de todo el bot
command-health = base de datos, disco, colas, fuentes: ¿va todo bien?
command-subscribers = quién recibe resúmenes y cuándo; /subscribers WORDS
command-broadcast = tus palabras a todos los suscriptores
command-mute_story = una historia que ya no se cuenta a nadie
command-correct = marcar un acontecimiento como erróneo
command-logs = los últimos avisos y errores
command-backup = la base de datos en un archivo
command-ban = ignorar a una persona o un chat; detiene sus resúmenes
command-unban = levantar un bloqueo
command-audit = lo último que hicieron los administradores

# Answers to wrong arguments.
admin-usage-sources = /sources las muestra todas. Para añadir una, indica su dirección y, si quieres, un nombre:
    <code>/sources add https://gazette.example.org/ Gazette</code>
admin-usage-preview = /preview muestra lo que recibiría un nuevo suscriptor; con el ID de un chat, lo que recibiría ese chat:
    <code>/preview 12345</code>
admin-usage-broadcast = Escribe tu texto después del comando, con formato si quieres; lo verás antes de que se envíe:
    <code>/broadcast Mañana los resúmenes llegarán una hora más tarde.</code>
admin-usage-mute_story = Indica la historia por su número o con palabras; /mute_story a secas muestra las silenciadas:
    <code>/mute_story grain port</code>
    <code>/mute_story 12</code>
    <code>/mute_story 12 undo</code>
admin-usage-correct = Indica el número del acontecimiento y el motivo, que se dirá a los lectores:
    <code>/correct 12 El ministerio lo ha desmentido.</code>
    <code>/correct 12 undo</code>
admin-usage-ban = Indica el ID de una persona o un chat; /subscribers los muestra:
    <code>/ban 12345</code>
admin-usage-unban = Indica el ID de una persona o un chat; /ban a secas muestra los bloqueados:
    <code>/unban 12345</code>

# What several commands say.
admin-wait = ⏳ Un momento…
admin-failed = ❌ Ha fallado; /logs dice por qué.
admin-cancel = Cancelar
admin-called-off = Cancelado; no se ha hecho nada.
admin-in-private = Aquí otros leerían la respuesta. Envía este comando en nuestro chat privado.
admin-more = … y { $n } más
admin-minutes = { $n } min
admin-hours = { $n } h
admin-days = { $n ->
    [one] { $n } día
   *[other] { $n } días
}
admin-ago = hace { $span }
admin-never = nunca
admin-oldest = , el más antiguo desde hace { $span }

# /sources and /run.
admin-no-sources = Aún no hay fuentes. Indica la dirección de un sitio web, un feed o un canal: <code>/sources add https://gazette.example.org/</code>
admin-source = { $sign } <b>{ $name }</b> · { $kind }
    { $read } · { $articles ->
    [one] { $articles } artículo
   *[other] { $articles } artículos
}, { $rate } al día
admin-read-ago = leída hace { $span }
admin-never-read = nunca leída
admin-kind-feed = feed
admin-kind-listing = listado
admin-kind-sitemap = mapa del sitio
admin-kind-channel = canal
admin-source-failing = { $failures ->
    [one] { $failures } fallo
   *[other] { $failures } fallos
} sin interrupción, próximo intento en { $again }: { $error }
admin-source-silent = sin novedades desde hace { $span }, algo inusual en ella
admin-source-moved = trasladada de forma definitiva a { $to }
admin-source-unverified = sin verificar: nunca se ha leído nada de ella
admin-source-configured = de la configuración: cámbiala allí
admin-check-now = 🔄 Comprobar ahora
admin-pause = ⏸ Pausar
admin-resume = ▶️ Reanudar
admin-remove = 🗑 Eliminar
admin-all-sources = ‹ Todas las fuentes
admin-remove-source = ¿Eliminar <b>{ $name }</b>? Sus artículos se conservan.
admin-remove-it = 🗑 Sí, eliminar
admin-removed = 🗑 <b>{ $name }</b> se ha eliminado; sus artículos se conservan.
admin-not-found = ❌ { $why }
admin-source-known = Esa fuente ya existe: <b>{ $name }</b>
admin-name-taken = Ya hay una fuente <b>{ $name }</b>. Dale otro nombre a esta: <code>/sources add ADDRESS NAME</code>
admin-would-collect = <b>{ $name }</b> · { $kind }
    { $url }
    { $entries ->
    [one] { $entries } entrada
   *[other] { $entries } entradas
}, la más reciente del { $newest }:
admin-add-it = ✅ Añadir
admin-added = ✅ <b>{ $name }</b> se ha añadido y se lee desde ahora.
admin-reading-already = ⏳ Ya estoy leyendo las fuentes.
admin-nothing-to-read = No hay fuentes que leer.
admin-pass = { $sign } { $read } de { $of } fuentes leídas; entradas nuevas: { $new }, artículos guardados: { $stored }, páginas no obtenidas: { $failed }.
admin-overtaken = Comprobadas mientras tanto: { $n }.
admin-put-off = ⏳ Aplazadas porque sus servidores piden una pausa: { $n }.
admin-pass-failed = ⚠️ <b>{ $name }</b>: { $error }
admin-more-sources = … y { $n } más: /sources
admin-alert-failing = ⚠️ No se puede leer <b>{ $name }</b> desde hace { $span }: { $error }
admin-alert-silent = 🔇 <b>{ $name }</b> responde, pero no trae nada nuevo desde hace { $span }: es inusual.
admin-alert-brings-news = ✅ <b>{ $name }</b> vuelve a traer novedades.
admin-alert-is-read = ✅ <b>{ $name }</b> se vuelve a leer.
admin-alert-disk-low = ⚠️ El disco de la carpeta de datos se está llenando: quedan libres { $free } de { $total }. Sin espacio no se guarda ni se envía nada. Libera espacio o conserva menos: [retention] en tidings.toml.
admin-alert-disk-ample = ✅ El disco de la carpeta de datos vuelve a tener espacio: quedan libres { $free } de { $total }.
admin-alert-templates-broken = ⚠️ Tus plantillas tienen un error: { $error }
    Hasta que estén bien no se puede preparar ningún resumen: corrígelas o quita «templates» de tidings.toml. <code>tidings check</code> las prueba.
admin-alert-templates-right = ✅ Tus plantillas vuelven a estar bien; se preparan los resúmenes.

# /preview and /digest_now.
admin-preview = 👁 Lo que recibiría ahora un nuevo suscriptor; no se guarda ni se envía:
admin-preview-of = 👁 Lo que recibiría ahora { $chat }; no se guarda ni se envía:
admin-numbers = Los números de estos acontecimientos, para /correct, y de sus historias, para /mute_story:
admin-number = <b>#{ $id }</b> (historia { $story }) { $text }
admin-no-such-subscriber = Ningún chat { $chat } se ha suscrito nunca; /subscribers los muestra todos.
admin-not-subscribed = A este chat no se envían resúmenes: suscríbelo con /start.
admin-digest-on-its-way = ✅ El resumen está listo y en camino.
admin-digest-already = Ya se preparó en este mismo minuto.
admin-digest-busy = Se están preparando resúmenes ahora mismo. Inténtalo de nuevo en un momento.

# /stats.
admin-stats-sources = Fuentes
admin-stats-failing = Fuentes con fallos
admin-stats-articles = Artículos
admin-stats-articles-today = Artículos en 24 horas
admin-stats-developments = Acontecimientos
admin-stats-developments-today = Acontecimientos en 24 horas
admin-stats-subscribers = Suscriptores
admin-stats-stopped = Suscriptores dados de baja
admin-stats-gone = Chats desaparecidos
admin-stats-digests-today = Resúmenes en 24 horas
admin-stats-waiting = Mensajes en espera
admin-stats-sent-today = Mensajes enviados en 24 horas
admin-stats-parked = Mensajes apartados
admin-stats-articles-a-day = Artículos al día (UTC)
admin-stats-kinds = Acontecimientos en 7 días

# /health.
admin-health-database = Base de datos: <b>{ $size }</b>
admin-health-disk = Libre en el disco de la carpeta de datos: <b>{ $free }</b>
admin-health-templates = Las plantillas tienen un error, no se puede preparar ningún resumen: { $error }
admin-health-fetch = Última fuente leída: <b>{ $when }</b>; pendientes ahora: { $due }
admin-health-pages = Páginas por descargar: <b>{ $n }</b>
admin-health-unread = Artículos por leer: <b>{ $n }</b>{ $oldest }
admin-health-waiting = Mensajes en espera: <b>{ $n }</b>{ $oldest }
admin-health-parked = Mensajes abandonados: <b>{ $n }</b>
admin-health-delivering = En reparto: enviados <b>{ $sent }</b> de { $all }, { $rate } por segundo; quedan { $left }
admin-health-digest = Último resumen preparado: <b>{ $when }</b>
admin-health-poller = Se consultan las novedades de Telegram; procesos en marcha: <b>{ $processes }</b>
admin-health-stuck = Se ha detenido: <b>{ $loops }</b>. Si sigue así, me reiniciaré.
admin-loop-scraping = lectura de fuentes
admin-loop-fetching = descarga de páginas
admin-loop-reading = lectura de artículos
admin-loop-compiling = preparación de resúmenes
admin-loop-delivering = reparto
admin-loop-alerting = avisos a los administradores
admin-loop-disk = vigilancia del disco
admin-loop-keeping = borrado de lo antiguo
admin-loop-listening = escucha de Telegram
admin-health-errors = Errores en 24 horas: <b>{ $n }</b> (/logs)

# /subscribers and /broadcast.
admin-no-subscribers = No hay suscriptores con esas palabras. /subscribers a secas los muestra todos.
admin-nobody-yet = Aún no se ha suscrito nadie.
admin-subscribers = { $n ->
    [one] { $n } suscriptor
   *[other] { $n } suscriptores
}
admin-subscriber = { $sign } <b>{ $title }</b> · <code>{ $chat }</code> · { $times } { $zone }
admin-state-stopped = dado de baja
admin-state-gone = desaparecido
admin-nobody = No hay suscriptores: no hay a quién enviarlo.
admin-broadcast = 📣 ¿Enviar esto a { $n ->
    [one] { $n } suscriptor
   *[other] { $n } suscriptores
}?
admin-send-it = 📣 Enviar
admin-broadcast-on-its-way = 📣 En camino a { $n ->
    [one] { $n } suscriptor
   *[other] { $n } suscriptores
}. /stats dice cuántos mensajes siguen en espera.

# /mute_story and /correct.
admin-no-such-story = No hay ninguna historia «{ $words }».
admin-story = 🔔 #{ $id } <b>{ $name }</b> · { $n ->
    [one] { $n } acontecimiento
   *[other] { $n } acontecimientos
}, última noticia { $last }
admin-muted-story = 🔕 #{ $id } <b>{ $name }</b> · { $n ->
    [one] { $n } acontecimiento
   *[other] { $n } acontecimientos
}, última noticia { $last } · silenciada para todos
admin-no-such-development = No existe el acontecimiento #{ $id }. Los números los muestra /preview.
admin-correct = ¿Marcar #{ $id } como erróneo?
    «{ $summary }»
    Publicado por { $outlets }; enviado a { $told ->
    [one] { $told } suscriptor
   *[other] { $told } suscriptores
}.
    El motivo, tal como lo leerán:
    «{ $why }»
admin-mark-it = ⏹ Marcar
admin-corrected = ⏹ #{ $id } está marcado como erróneo:
    «{ $why }»
    Quienes lo recibieron lo sabrán en el próximo resumen.
    <code>/correct { $id } undo</code> lo revierte.
admin-corrected-already = #{ $id } ya está marcado como erróneo:
    «{ $why }»
    <code>/correct { $id } undo</code> lo revierte.
admin-correction-undone = #{ $id } ya no está marcado como erróneo: «{ $summary }»
admin-not-corrected = #{ $id } no está marcado como erróneo: «{ $summary }»

# /logs, /audit, /backup.
admin-no-errors = ✅ Ningún aviso ni error desde mi inicio.
admin-logs = Los últimos { $n } avisos y errores, primero los más recientes:
admin-no-acts = Los administradores aún no han hecho nada.
admin-backing-up-already = ⏳ Ya hay una copia de seguridad en marcha.
admin-backup-failed = ❌ No se ha hecho la copia de seguridad:
admin-backup-caption = La base de datos completa. <code>tidings restore --replace FILE</code> la restaura. Contiene los chats de los lectores: no la compartas.
admin-backup-sent = ✅ { $name }, { $size }
admin-backup-too-large = { $name } ocupa { $size }, más de lo que un bot puede enviar. Está guardada en mi máquina: <code>{ $path }</code>
admin-backup-kept = { $name }, { $size }, no se ha podido enviar. Está guardada en mi máquina: <code>{ $path }</code>

# /ban and /unban.
admin-banned = 🚫 { $id } está bloqueado: se ignora lo que dice y ya no recibe resúmenes. <code>/unban { $id }</code> levanta el bloqueo.
admin-banned-already = { $id } ya está bloqueado.
admin-ban-of-admin = { $id } es administrador, y no se puede bloquear a los administradores. Quítalo primero de «admins» en la configuración.
admin-unbanned = ✅ { $id } puede volver a usar el bot; sus resúmenes vuelven cuando envíe /start.
admin-not-banned = { $id } no está bloqueado.
admin-bans = { $n ->
    [one] { $n } bloqueo
   *[other] { $n } bloqueos
}:
admin-ban = 🚫 <code>{ $id }</code> { $title }, desde { $at }

# Commands, as Telegram's menu and /help list them.
command-start = qué hago, y tu primer resumen
command-subscribe = hora y zona horaria de tu resumen: /subscribe 07:30 Kyiv
command-zone = tu zona horaria, según una ciudad: /zone Lviv
command-watch = más sobre una persona, un organismo o un lugar: /watch Geneva
command-mute = nada más sobre una persona, un organismo o un lugar: /mute Geneva
command-settings = hora, tipos, temas, nombres seguidos y silenciados, idioma
command-latest = lo nuevo desde tu último resumen
command-digest = el resumen de hoy otra vez
command-search = buscar palabras en todas las noticias: /search grain port
command-story = una historia en curso desde el principio
command-timeline = en qué ha participado una persona, un país o un lugar: /timeline Geneva
command-upcoming = reuniones previstas
command-chart = la semana en un gráfico
command-outlets = qué medios informan y con qué frecuencia
command-export = tus ajustes y resúmenes en un archivo
command-forget = borra todo lo que sé de este chat
command-stop = no más resúmenes
command-whoami = tu ID de usuario y el de este chat
command-help = todos los comandos

# Answers that belong to no family of commands.
bot-hint = No te he entendido. Funciono con comandos: /help los muestra todos y en /settings hay botones para todo.
bot-help = ❔ Todos los comandos
bot-sorry = Algo ha fallado por mi parte; está en mi registro. Inténtalo de nuevo en un minuto.
bot-too-long = Buscar eso lleva demasiado tiempo. Prueba con algo más concreto o inténtalo más tarde.
bot-admins-only = Este comando es solo para los administradores de este bot. Si eres uno de ellos, añade el ID que muestra /whoami a «admins» en la configuración.
bot-group-admins-only = Solo los administradores de este grupo pueden cambiar sus ajustes.
bot-stale = Este botón ya no es válido. Vuelve a enviar el comando.
bot-too-fast = Vas muy rápido. Espera { $seconds ->
    [one] { $seconds } segundo
   *[other] { $seconds } segundos
}.
bot-for-digests = 📰 Tu resumen
bot-for-looking-up = 🔎 Consultar
bot-for-chats = 💬 Este chat
bot-for-admins = 🛠 Para administradores
bot-user-id = Tu ID de usuario: <code>{ $id }</code>
bot-no-user = No puedo ver quién escribe las publicaciones de un canal.
bot-chat-id = Este chat: <code>{ $id }</code>
bot-topic-id = tema <code>{ $id }</code>
bot-you-are-admin = Eres administrador de este bot.

# /start, /subscribe, /stop.
bot-welcome = 👋 Leo las noticias y te envío un resumen: quién se reunió, qué fue atacado, quién dijo qué. Cada acontecimiento se cuenta una sola vez; después, solo lo que haya cambiado.
bot-no-sources = ⚠️ Aún no tengo fuentes, así que no hay nada que contar hasta que mi propietario añada alguna.
bot-what-next = Lo nuevo ahora mismo: /latest
    Todos los comandos: /help
bot-subscribed = ✅ Suscripción activada.
bot-stopped = 👋 Aquí no llegarán más resúmenes. Con /start vuelven, a la misma hora.
bot-was-stopped = Aquí no se envía ningún resumen. Para suscribirte, usa /start.
bot-daily = El resumen llega { $days } a las <b>{ $times }</b> ({ $zone }).
bot-on-its-way = El próximo está en camino.
bot-first-edition = El primero: <b>{ $when }</b>; abarca las 24 horas anteriores.
bot-next-edition = El próximo: <b>{ $when }</b>.
bot-wrong-time = No entiendo «{ $words }» como hora. Escribe horas y minutos, de 00:00 a 23:59.
bot-unknown-zone = No conozco ninguna ciudad ni zona horaria «{ $words }».
bot-zone-form = Escribe una ciudad, como <code>Lviv</code> o <code>Springfield, Missouri</code>, o el nombre de una zona horaria, como <code>Europe/Kyiv</code>.
bot-examples = Ejemplos:
    <code>/subscribe 07:30 Lviv</code>
    <code>/subscribe 07:30 19:00</code>
    <code>/subscribe America/New_York</code>
bot-other-time = 🕗 Otra hora
bot-other-zone = 🌍 Otra zona horaria
bot-settings = ⚙️ Todos los ajustes
bot-topic-set = 🏷 Sigues: <b>{ $topics }</b>. Otros temas: /settings
bot-no-such-topic = ⚠️ El tema de este enlace ya no existe. Temas disponibles: /settings
bot-greeting = 👋 Leo las noticias y envío un resumen: quién se reunió, qué fue atacado, quién dijo qué. Un administrador de este grupo puede suscribirlo, con una hora y la zona horaria de una ciudad:
    <code>/subscribe 07:30 Lviv</code>

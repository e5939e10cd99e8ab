# Commands, as Telegram's menu and /help list them.
command-start = що я вмію, і ваш перший дайджест
command-subscribe = час і часовий пояс дайджесту: /subscribe 07:30 Kyiv
command-zone = ваш часовий пояс за містом: /zone Lviv
command-watch = більше про людину, організацію чи місце: /watch Geneva
command-mute = нічого про людину, організацію чи місце: /mute Geneva
command-settings = час, типи новин, теми, відстежуване й приховане, мова
command-latest = що нового після останнього дайджесту
command-digest = сьогоднішній дайджест ще раз
command-search = пошук слів у всіх новинах: /search grain port
command-story = сюжет від самого початку
command-timeline = усі події з людиною, країною чи місцем: /timeline Geneva
command-upcoming = заплановані зустрічі
command-chart = тиждень в одній діаграмі
command-outlets = хто повідомляє новини і як часто
command-export = ваші налаштування й дайджести у файлі
command-forget = видалити все, що я знаю про цей чат
command-stop = більше не надсилати дайджестів
command-whoami = ваш ID та ID цього чату
command-help = усі команди

# Answers that belong to no family of commands.
bot-hint = Я вас не розумію: я реагую на команди. /help показує їх усі, а в /settings для всього є кнопки.
bot-help = ❔ Усі команди
bot-sorry = У мене стався збій, його записано в журнал. Спробуйте ще раз за хвилину.
bot-too-long = Такий пошук триває надто довго. Уточніть запит або спробуйте пізніше.
bot-admins-only = Ця команда лише для адміністраторів бота. Якщо ви один із них, додайте ID, який показує /whoami, до «admins» у конфігурації.
bot-group-admins-only = Змінювати налаштування групи можуть лише її адміністратори.
bot-stale = Ця кнопка застаріла. Надішліть команду ще раз.
bot-too-fast = Забагато запитів одразу. Зачекайте { $seconds ->
    [one] { $seconds } секунду
    [few] { $seconds } секунди
    [many] { $seconds } секунд
   *[other] { $seconds } секунди
}.
bot-for-digests = 📰 Ваш дайджест
bot-for-looking-up = 🔎 Пошук і перегляд
bot-for-chats = 💬 Цей чат
bot-for-admins = 🛠 Для адміністраторів
bot-user-id = Ваш ID: <code>{ $id }</code>
bot-no-user = Автора дописів у каналі мені не видно.
bot-chat-id = Цей чат: <code>{ $id }</code>
bot-topic-id = тема <code>{ $id }</code>
bot-you-are-admin = Ви адміністратор цього бота.

# /start, /subscribe, /stop.
bot-welcome = 👋 Я читаю новини й надсилаю дайджест: хто з ким зустрівся, по чому завдано ударів, хто що сказав. Про кожну подію розповідаю один раз, а далі — лише про зміни.
bot-no-sources = ⚠️ У мене ще немає джерел, тож розповідати нічого, доки власник бота їх не додасть.
bot-what-next = Що нового просто зараз: /latest
    Усі команди: /help
bot-subscribed = ✅ Підписку оформлено.
bot-stopped = 👋 Дайджестів тут більше не буде. /start поверне їх у той самий час.
bot-was-stopped = Дайджести сюди й так не надходять. Щоб підписатися, надішліть /start.
bot-daily = Дайджест надходить { $days } о <b>{ $times }</b> ({ $zone }).
bot-on-its-way = Наступний уже в дорозі.
bot-first-edition = Перший: <b>{ $when }</b>; у ньому новини за попередні 24 години.
bot-next-edition = Наступний: <b>{ $when }</b>.
bot-wrong-time = Не можу прочитати «{ $words }» як час. Напишіть години й хвилини, від 00:00 до 23:59.
bot-unknown-zone = Не знаю ні міста, ні часового поясу «{ $words }».
bot-zone-form = Напишіть місто, наприклад <code>Lviv</code> чи <code>Springfield, Missouri</code>, або назву часового поясу, наприклад <code>Europe/Kyiv</code>.
bot-examples = Приклади:
    <code>/subscribe 07:30 Lviv</code>
    <code>/subscribe 07:30 19:00</code>
    <code>/subscribe America/New_York</code>
bot-other-time = 🕗 Час
bot-other-zone = 🌍 Часовий пояс
bot-settings = ⚙️ Усі налаштування
bot-topic-set = 🏷 Ви стежите за темами: <b>{ $topics }</b>. Інші теми: /settings
bot-no-such-topic = ⚠️ Теми з цього посилання вже немає. Наявні теми: /settings
bot-greeting = 👋 Я читаю новини й надсилаю дайджест: хто з ким зустрівся, по чому завдано ударів, хто що сказав. Адміністратор групи може підписати її — з часом і містом, за яким визначається часовий пояс:
    <code>/subscribe 07:30 Lviv</code>

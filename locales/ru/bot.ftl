# Commands, as Telegram's menu and /help list them.
command-start = что я умею, и ваш первый дайджест
command-subscribe = время и часовой пояс дайджеста: /subscribe 07:30 Kyiv
command-zone = ваш часовой пояс по городу: /zone Lviv
command-watch = больше о человеке, организации или месте: /watch Geneva
command-mute = ничего о человеке, организации или месте: /mute Geneva
command-settings = время, типы новостей, темы, отслеживаемое и скрытое, язык
command-latest = что нового после последнего дайджеста
command-digest = сегодняшний дайджест ещё раз
command-search = поиск слов во всех новостях: /search grain port
command-story = сюжет с самого начала
command-timeline = все события с человеком, страной или местом: /timeline Geneva
command-upcoming = запланированные встречи
command-chart = неделя на одной диаграмме
command-outlets = кто сообщает новости и как часто
command-export = ваши настройки и дайджесты в файле
command-forget = удалить всё, что я знаю об этом чате
command-stop = больше не присылать дайджесты
command-whoami = ваш ID и ID этого чата
command-help = все команды

# Answers that belong to no family of commands.
bot-hint = Я вас не понимаю: я реагирую на команды. /help показывает их все, а в /settings для всего есть кнопки.
bot-help = ❔ Все команды
bot-sorry = У меня произошёл сбой, он записан в журнал. Попробуйте ещё раз через минуту.
bot-too-long = Такой поиск занимает слишком много времени. Уточните запрос или попробуйте позже.
bot-admins-only = Эта команда только для администраторов бота. Если вы один из них, добавьте ID, который показывает /whoami, в «admins» в конфигурации.
bot-group-admins-only = Менять настройки группы могут только её администраторы.
bot-stale = Эта кнопка устарела. Отправьте команду ещё раз.
bot-too-fast = Слишком много запросов сразу. Подождите { $seconds ->
    [one] { $seconds } секунду
    [few] { $seconds } секунды
    [many] { $seconds } секунд
   *[other] { $seconds } секунды
}.
bot-for-digests = 📰 Ваш дайджест
bot-for-looking-up = 🔎 Поиск и просмотр
bot-for-chats = 💬 Этот чат
bot-for-admins = 🛠 Для администраторов
bot-user-id = Ваш ID: <code>{ $id }</code>
bot-no-user = Автора постов в канале мне не видно.
bot-chat-id = Этот чат: <code>{ $id }</code>
bot-topic-id = тема <code>{ $id }</code>
bot-you-are-admin = Вы администратор этого бота.

# /start, /subscribe, /stop.
bot-welcome = 👋 Я читаю новости и присылаю дайджест: кто с кем встретился, по чему нанесены удары, кто что сказал. О каждом событии рассказываю один раз, а дальше — только об изменениях.
bot-no-sources = ⚠️ У меня ещё нет источников, так что рассказывать нечего, пока владелец бота их не добавит.
bot-what-next = Что нового прямо сейчас: /latest
    Все команды: /help
bot-subscribed = ✅ Подписка оформлена.
bot-stopped = 👋 Дайджестов здесь больше не будет. /start вернёт их в то же время.
bot-was-stopped = Дайджесты сюда и так не приходят. Чтобы подписаться, отправьте /start.
bot-daily = Дайджест приходит { $days } в <b>{ $times }</b> ({ $zone }).
bot-on-its-way = Следующий уже в пути.
bot-first-edition = Первый: <b>{ $when }</b>; в нём новости за предыдущие 24 часа.
bot-next-edition = Следующий: <b>{ $when }</b>.
bot-wrong-time = Не могу прочитать «{ $words }» как время. Напишите часы и минуты, от 00:00 до 23:59.
bot-unknown-zone = Не знаю ни города, ни часового пояса «{ $words }».
bot-zone-form = Напишите город, например <code>Lviv</code> или <code>Springfield, Missouri</code>, либо название часового пояса, например <code>Europe/Kyiv</code>.
bot-examples = Примеры:
    <code>/subscribe 07:30 Lviv</code>
    <code>/subscribe 07:30 19:00</code>
    <code>/subscribe America/New_York</code>
bot-other-time = 🕗 Время
bot-other-zone = 🌍 Часовой пояс
bot-settings = ⚙️ Все настройки
bot-topic-set = 🏷 Вы следите за темами: <b>{ $topics }</b>. Другие темы: /settings
bot-no-such-topic = ⚠️ Темы из этой ссылки больше нет. Доступные темы: /settings
bot-greeting = 👋 Я читаю новости и присылаю дайджест: кто с кем встретился, по чему нанесены удары, кто что сказал. Администратор группы может подписать её — с временем и городом, по которому определяется часовой пояс:
    <code>/subscribe 07:30 Lviv</code>

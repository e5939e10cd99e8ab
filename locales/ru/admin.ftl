# What admins see. Names of commands as Telegram shows them.
command-sources = все источники и их состояние; /sources add ADDRESS
command-run = прочитать все источники сейчас
command-preview = что сейчас было бы в дайджесте; /preview CHAT
command-digest_now = составить и отправить дайджест этого чата сейчас
command-stats = показатели всего бота
command-health = база данных, диск, очереди, источники: всё ли в порядке?
command-subscribers = кто получает дайджесты и когда; /subscribers WORDS
command-broadcast = ваше сообщение всем подписчикам
command-mute_story = сюжет, о котором больше никому не рассказывать
command-correct = отметить событие как ошибочное
command-logs = последние предупреждения и ошибки
command-backup = база данных в файле
command-ban = игнорировать человека или чат и остановить дайджесты
command-unban = снять блокировку
command-audit = последние действия администраторов

# Answers to wrong arguments.
admin-usage-sources = /sources показывает все источники. Чтобы добавить новый, укажите адрес, а при желании — и название:
    <code>/sources add https://gazette.example.org/ Gazette</code>
admin-usage-preview = /preview показывает, что получил бы новый подписчик, а с ID чата — что получил бы этот чат:
    <code>/preview 12345</code>
admin-usage-broadcast = Напишите текст после команды, при желании с форматированием; вы увидите его перед отправкой:
    <code>/broadcast Завтра дайджесты придут на час позже.</code>
admin-usage-mute_story = Укажите номер сюжета или слова; /mute_story без аргументов показывает скрытые:
    <code>/mute_story grain port</code>
    <code>/mute_story 12</code>
    <code>/mute_story 12 undo</code>
admin-usage-correct = Укажите номер события и причину, которую увидят читатели:
    <code>/correct 12 Министерство это опровергло.</code>
    <code>/correct 12 undo</code>
admin-usage-ban = Укажите ID человека или чата; их показывает /subscribers:
    <code>/ban 12345</code>
admin-usage-unban = Укажите ID человека или чата; /ban без аргументов показывает, кто заблокирован:
    <code>/unban 12345</code>

# What several commands say.
admin-wait = ⏳ Минутку…
admin-failed = ❌ Не получилось; почему — см. /logs.
admin-cancel = Отменить
admin-called-off = Отменено; ничего не сделано.
admin-in-private = Здесь ответ увидели бы другие. Отправьте эту команду в наш личный чат.
admin-more = … и ещё { $n }
admin-minutes = { $n } мин
admin-hours = { $n } ч
admin-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
}
admin-ago = { $span } назад
admin-never = никогда
admin-oldest = , самое долгое ожидание — { $span }

# /sources and /run.
admin-no-sources = Источников ещё нет. Укажите адрес сайта, ленты или канала: <code>/sources add https://gazette.example.org/</code>
admin-source = { $sign } <b>{ $name }</b> · { $kind }
    { $read } · { $articles ->
    [one] { $articles } статья
    [few] { $articles } статьи
    [many] { $articles } статей
   *[other] { $articles } статьи
}, { $rate } в день
admin-read-ago = прочитан { $span } назад
admin-never-read = ещё не прочитан
admin-kind-feed = лента
admin-kind-listing = список на странице
admin-kind-sitemap = карта сайта
admin-kind-channel = канал
admin-source-failing = { $failures ->
    [one] { $failures } неудача
    [few] { $failures } неудачи
    [many] { $failures } неудач
   *[other] { $failures } неудачи
} подряд, следующая попытка через { $again }: { $error }
admin-source-silent = ничего нового уже { $span }, для этого источника это необычно
admin-source-moved = навсегда переехал на { $to }
admin-source-unverified = не проверен: оттуда ещё ничего не прочитано
admin-source-configured = из конфигурации: меняйте его там
admin-check-now = 🔄 Проверить сейчас
admin-pause = ⏸ Приостановить
admin-resume = ▶️ Возобновить
admin-remove = 🗑 Удалить
admin-all-sources = ‹ Все источники
admin-remove-source = Удалить <b>{ $name }</b>? Статьи останутся.
admin-remove-it = 🗑 Да, удалить
admin-removed = 🗑 Источник <b>{ $name }</b> удалён; статьи остались.
admin-not-found = ❌ { $why }
admin-source-known = Этот источник уже есть: <b>{ $name }</b>
admin-name-taken = Источник <b>{ $name }</b> уже есть. Дайте этому другое название: <code>/sources add ADDRESS NAME</code>
admin-would-collect = <b>{ $name }</b> · { $kind }
    { $url }
    { $entries ->
    [one] { $entries } запись
    [few] { $entries } записи
    [many] { $entries } записей
   *[other] { $entries } записи
}, самая новая — { $newest }:
admin-add-it = ✅ Добавить
admin-added = ✅ Источник <b>{ $name }</b> добавлен, чтение началось.
admin-reading-already = ⏳ Источники уже читаются.
admin-nothing-to-read = Нет источников для чтения.
admin-pass = { $sign } Прочитано источников: { $read } из { $of }. Новых записей: { $new }, сохранено статей: { $stored }, не получено страниц: { $failed }.
admin-overtaken = Тем временем проверено: { $n }.
admin-put-off = ⏳ Отложено источников, серверы которых пока не следует беспокоить: { $n }.
admin-pass-failed = ⚠️ <b>{ $name }</b>: { $error }
admin-more-sources = … и ещё { $n }: /sources
admin-alert-failing = ⚠️ <b>{ $name }</b> не удаётся прочитать уже { $span }: { $error }
admin-alert-silent = 🔇 <b>{ $name }</b> отвечает, но уже { $span } не даёт ничего нового: для этого источника это необычно.
admin-alert-brings-news = ✅ <b>{ $name }</b> снова даёт новости.
admin-alert-is-read = ✅ <b>{ $name }</b> снова читается.
admin-alert-disk-low = ⚠️ Диск с папкой данных заполняется: свободно { $free } из { $total }. Без места ничего не сохраняется и не отправляется. Освободите место или храните меньше: [retention] в tidings.toml.
admin-alert-disk-ample = ✅ На диске с папкой данных снова есть место: свободно { $free } из { $total }.
admin-alert-templates-broken = ⚠️ В ваших шаблонах ошибка: { $error }
    Пока она не исправлена, дайджесты не составляются: исправьте шаблоны или уберите «templates» из tidings.toml. <code>tidings check</code> их проверяет.
admin-alert-templates-right = ✅ Ваши шаблоны снова в порядке; дайджесты составляются.

# /preview and /digest_now.
admin-preview = 👁 Что сейчас получил бы новый подписчик; не сохранено и не отправлено:
admin-preview-of = 👁 Что сейчас получил бы чат { $chat }; не сохранено и не отправлено:
admin-numbers = Номера событий для /correct и их сюжетов для /mute_story:
admin-number = <b>#{ $id }</b> (сюжет { $story }) { $text }
admin-no-such-subscriber = Чат { $chat } никогда не подписывался; /subscribers показывает всех.
admin-not-subscribed = Дайджесты в этот чат не приходят: подписать его можно через /start.
admin-digest-on-its-way = ✅ Дайджест составлен, он уже в пути.
admin-digest-already = Дайджест уже составлен в эту самую минуту.
admin-digest-busy = Дайджесты как раз составляются. Попробуйте ещё раз чуть позже.

# /stats.
admin-stats-sources = Источники
admin-stats-failing = Источники со сбоями
admin-stats-articles = Статьи
admin-stats-articles-today = Статьи за 24 часа
admin-stats-developments = События
admin-stats-developments-today = События за 24 часа
admin-stats-subscribers = Подписчики
admin-stats-stopped = Отписались
admin-stats-gone = Пропавшие чаты
admin-stats-digests-today = Дайджесты за 24 часа
admin-stats-waiting = Сообщения в очереди
admin-stats-sent-today = Отправленные сообщения за 24 часа
admin-stats-parked = Отложенные сообщения
admin-stats-articles-a-day = Статьи по дням (UTC)
admin-stats-kinds = События за 7 дней

# /health.
admin-health-database = База данных: <b>{ $size }</b>
admin-health-disk = Свободно на диске с папкой данных: <b>{ $free }</b>
admin-health-templates = В шаблонах ошибка, дайджесты не составляются: { $error }
admin-health-fetch = Последнее чтение источника: <b>{ $when }</b>; ждут чтения: { $due }
admin-health-pages = Страницы, которые нужно загрузить: <b>{ $n }</b>
admin-health-unread = Непрочитанные статьи: <b>{ $n }</b>{ $oldest }
admin-health-waiting = Сообщения в очереди: <b>{ $n }</b>{ $oldest }
admin-health-parked = Сообщения, которые не удалось отправить: <b>{ $n }</b>
admin-health-delivering = Доставляется: отправлено <b>{ $sent }</b> из { $all }, { $rate } в секунду; осталось: { $left }
admin-health-digest = Последний дайджест составлен: <b>{ $when }</b>
admin-health-poller = Обновления от Telegram запрашиваются; процессов в работе: <b>{ $processes }</b>
admin-health-stuck = Стоит на месте: <b>{ $loops }</b>. Если так продлится, я перезапущусь.
admin-loop-scraping = чтение источников
admin-loop-fetching = загрузка страниц
admin-loop-reading = чтение статей
admin-loop-compiling = составление дайджестов
admin-loop-delivering = доставка
admin-loop-alerting = оповещение администраторов
admin-loop-disk = наблюдение за диском
admin-loop-keeping = удаление устаревшего
admin-loop-listening = приём сообщений из Telegram
admin-health-errors = Ошибки за 24 часа: <b>{ $n }</b> (/logs)

# /subscribers and /broadcast.
admin-no-subscribers = Подписчиков с такими словами нет. /subscribers без аргументов показывает всех.
admin-nobody-yet = Ещё никто не подписался.
admin-subscribers = { $n ->
    [one] { $n } подписчик
    [few] { $n } подписчика
    [many] { $n } подписчиков
   *[other] { $n } подписчика
}
admin-subscriber = { $sign } <b>{ $title }</b> · <code>{ $chat }</code> · { $times } { $zone }
admin-state-stopped = дайджесты остановлены
admin-state-gone = чат пропал
admin-nobody = Подписчиков нет: отправлять некому.
admin-broadcast = 📣 Отправить это { $n ->
    [one] { $n } подписчику
    [few] { $n } подписчикам
    [many] { $n } подписчикам
   *[other] { $n } подписчика
}?
admin-send-it = 📣 Отправить
admin-broadcast-on-its-way = 📣 Отправляется { $n ->
    [one] { $n } подписчику
    [few] { $n } подписчикам
    [many] { $n } подписчикам
   *[other] { $n } подписчика
}. /stats показывает, сколько сообщений ещё в очереди.

# /mute_story and /correct.
admin-no-such-story = Сюжета «{ $words }» нет.
admin-story = 🔔 #{ $id } <b>{ $name }</b> · { $n ->
    [one] { $n } событие
    [few] { $n } события
    [many] { $n } событий
   *[other] { $n } события
}, последнее сообщение { $last }
admin-muted-story = 🔕 #{ $id } <b>{ $name }</b> · { $n ->
    [one] { $n } событие
    [few] { $n } события
    [many] { $n } событий
   *[other] { $n } события
}, последнее сообщение { $last } · скрыт для всех
admin-no-such-development = События #{ $id } нет. Номера показывает /preview.
admin-correct = Отметить #{ $id } как ошибочное?
    «{ $summary }»
    Сообщили: { $outlets }; разослано { $told ->
    [one] { $told } подписчику
    [few] { $told } подписчикам
    [many] { $told } подписчикам
   *[other] { $told } подписчика
}.
    Причина, которую прочитают подписчики:
    «{ $why }»
admin-mark-it = ⏹ Отметить
admin-corrected = ⏹ #{ $id } отмечено как ошибочное:
    «{ $why }»
    Кто о нём читал, узнает об этом из следующего дайджеста.
    <code>/correct { $id } undo</code> отменит отметку.
admin-corrected-already = #{ $id } уже отмечено как ошибочное:
    «{ $why }»
    <code>/correct { $id } undo</code> отменит отметку.
admin-correction-undone = #{ $id } больше не отмечено как ошибочное: «{ $summary }»
admin-not-corrected = #{ $id } не отмечено как ошибочное: «{ $summary }»

# /logs, /audit, /backup.
admin-no-errors = ✅ С момента запуска не было ни предупреждений, ни ошибок.
admin-logs = Последние предупреждения и ошибки ({ $n }), сначала самые новые:
admin-no-acts = Администраторы ещё ничего не делали.
admin-backing-up-already = ⏳ Резервная копия уже создаётся.
admin-backup-failed = ❌ Резервная копия не создана:
admin-backup-caption = Вся база данных. <code>tidings restore --replace FILE</code> восстановит её. В ней есть чаты читателей: никому её не передавайте.
admin-backup-sent = ✅ { $name }, { $size }
admin-backup-too-large = Размер { $name } — { $size }: это больше, чем может отправить бот. Копия лежит на сервере бота: <code>{ $path }</code>
admin-backup-kept = Не удалось отправить { $name }, { $size }. Копия лежит на сервере бота: <code>{ $path }</code>

# /ban and /unban.
admin-banned = 🚫 { $id }: блокировка включена. Сообщения оттуда игнорируются, дайджесты остановлены. <code>/unban { $id }</code> снимет блокировку.
admin-banned-already = { $id }: блокировка уже включена.
admin-ban-of-admin = { $id } — администратор, а администраторов блокировать нельзя. Сначала уберите этот ID из «admins» в конфигурации.
admin-unbanned = ✅ { $id } снова может пользоваться ботом; дайджесты вернутся после команды /start.
admin-not-banned = { $id }: блокировки нет.
admin-bans = { $n ->
    [one] { $n } блокировка
    [few] { $n } блокировки
    [many] { $n } блокировок
   *[other] { $n } блокировки
}:
admin-ban = 🚫 <code>{ $id }</code> { $title }, с { $at }

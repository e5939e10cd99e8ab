# /latest, /search, /story, /timeline, /upcoming, /chart, /outlets, /export, /forget.
browse-page = стр. { $page } из { $pages }
browse-more = ➕ Ещё ({ $n })
browse-rest = ➕ <b>Что ещё нового</b>: { $n ->
    [one] { $n } событие
    [few] { $n } события
    [many] { $n } событий
   *[other] { $n } события
}
browse-found = 🔎 <b>{ $words }</b>: { $n ->
    [1001] больше 1000 результатов
    [one] { $n } результат
    [few] { $n } результата
    [many] { $n } результатов
   *[other] { $n } результата
}
browse-nothing-found = 🔎 По запросу «{ $words }» ничего не найдено. Попробуйте меньше слов или другие; поиск по статьям работает на английском.
browse-search-how = 🔎 Напишите, что искать: <code>/search grain port</code>
    • слова, стоящие рядом: <code>/search "grain port"</code>
    • без какого-то слова: <code>/search grain -port</code>
browse-timeline = 🕰 <b>{ $words }</b>, сначала самое новое: { $n ->
    [1001] больше 1000 событий
    [one] { $n } событие
    [few] { $n } события
    [many] { $n } событий
   *[other] { $n } события
}
browse-no-timeline = 🕰 Не знаю ничего о «{ $words }». Имена и названия ищутся так, как их пишут англоязычные новости; для поиска слов есть /search.
browse-timeline-how = 🕰 Напишите, кто или что вас интересует — человек, страна или место: <code>/timeline Geneva</code>
browse-upcoming = 📅 <b>Впереди</b>: { $n ->
    [one] { $n } запланированное событие
    [few] { $n } запланированных события
    [many] { $n } запланированных событий
   *[other] { $n } запланированного события
}
browse-no-upcoming = 📅 Насколько мне известно, ничего не запланировано.
browse-stories = 🧵 <b>Текущие сюжеты</b> и их события за последние две недели. Выберите один:
browse-stories-found = 🧵 Сюжеты, где есть <b>{ $words }</b>. Выберите один:
browse-no-stories = 🧵 Текущих сюжетов ещё нет: они появятся вместе с новостями.
browse-no-such-story = 🧵 Сюжета с «{ $words }» нет. Все текущие: /story
browse-story-how = 🧵 Напишите, о чём сюжет: <code>/story grain</code>. Все текущие: /story
browse-story = 🧵 <b>{ $story }</b>
    Начало: { $since } · { $n ->
    [one] { $n } событие
    [few] { $n } события
    [many] { $n } событий
   *[other] { $n } события
}
browse-story-gone = Этого сюжета больше нет. Текущие сюжеты: /story
browse-all-stories = 🧵 Все сюжеты
browse-mute = 🔇 Скрыть сюжет
browse-watch = 👁 Отслеживать
browse-unwatch = 👁 Не отслеживать
browse-subscribe-first = Сначала подпишитесь: /start. Тогда сюжет можно будет отслеживать.
browse-outlets = 📰 <b>Кто сообщал больше всего за последние 7 дней</b>
browse-no-outlets = 📰 За последние 7 дней сообщений не было.
browse-outlet = { $articles ->
    [one] { $articles } статья
    [few] { $articles } статьи
    [many] { $articles } статей
   *[other] { $articles } статьи
}, { $developments ->
    [one] { $developments } событие
    [few] { $developments } события
    [many] { $developments } событий
   *[other] { $developments } события
}, последний раз { $seen }
browse-no-digest = Дайджестов здесь ещё не было. Что нового прямо сейчас: /latest
browse-no-digest-here = Дайджесты сюда не приходят. Подписаться: /start; что нового прямо сейчас: /latest
browse-export = 📦 Настройки этого чата и отправленные сюда дайджесты, которые я ещё храню.
browse-this-topic = Это касается только этой темы: у других тем группы всё своё.
browse-nothing-known = Я ничего не знаю об этом чате: подписки здесь не было.
browse-forget = 🗑 Удалить всё, что я знаю об этом чате: подписку, настройки и отправленные дайджесты?
    Отменить это будет нельзя. Чтобы сначала получить копию: /export
browse-forget-yes = 🗑 Удалить всё
browse-forget-no = Оставить
browse-forgotten = 🗑 Готово: я больше ничего не знаю об этом чате. Начать заново: /start
browse-kept = 👍 Всё осталось как было.

# The picture of the week: what is drawn in it, and what stands below it.
chart-title = Неделя в событиях
chart-tolls = Погибшие и раненые в результате ударов
chart-killed = Погибшие
chart-wounded = Раненые
chart-nothing = Сообщений не было
chart-no-tolls = О погибших и раненых не сообщали
chart-caption = 📊 <b>Последние 7 дней</b>: { $developments ->
    [one] { $developments } событие
    [few] { $developments } события
    [many] { $developments } событий
   *[other] { $developments } события
}
    Погибших в результате ударов: { $killed }, раненых: { $wounded }
    <i>По сообщениям, где есть числа, по дню первого из них.</i>

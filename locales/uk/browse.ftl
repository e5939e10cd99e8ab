# /latest, /search, /story, /timeline, /upcoming, /chart, /outlets, /export, /forget.
browse-page = стор. { $page } з { $pages }
browse-more = ➕ Ще ({ $n })
browse-rest = ➕ <b>Що ще нового</b>: { $n ->
    [one] { $n } подія
    [few] { $n } події
    [many] { $n } подій
   *[other] { $n } події
}
browse-found = 🔎 <b>{ $words }</b>: { $n ->
    [1001] понад 1000 результатів
    [one] { $n } результат
    [few] { $n } результати
    [many] { $n } результатів
   *[other] { $n } результату
}
browse-nothing-found = 🔎 За запитом «{ $words }» нічого не знайдено. Спробуйте менше слів або інші; пошук у статтях працює англійською.
browse-search-how = 🔎 Напишіть, що шукати: <code>/search grain port</code>
    • слова, що стоять поряд: <code>/search "grain port"</code>
    • без якогось слова: <code>/search grain -port</code>
browse-timeline = 🕰 <b>{ $words }</b>, спершу найновіше: { $n ->
    [1001] понад 1000 подій
    [one] { $n } подія
    [few] { $n } події
    [many] { $n } подій
   *[other] { $n } події
}
browse-no-timeline = 🕰 Не знаю нічого про «{ $words }». Імена й назви шукаються так, як їх пишуть англомовні новини; для пошуку слів є /search.
browse-timeline-how = 🕰 Напишіть, хто або що вас цікавить — людина, країна чи місце: <code>/timeline Geneva</code>
browse-upcoming = 📅 <b>Попереду</b>: { $n ->
    [one] { $n } запланована подія
    [few] { $n } заплановані події
    [many] { $n } запланованих подій
   *[other] { $n } запланованої події
}
browse-no-upcoming = 📅 Наскільки мені відомо, нічого не заплановано.
browse-stories = 🧵 <b>Поточні сюжети</b> та їхні події за останні два тижні. Виберіть один:
browse-stories-found = 🧵 Сюжети, де є <b>{ $words }</b>. Виберіть один:
browse-no-stories = 🧵 Поточних сюжетів ще немає: вони з’являться разом із новинами.
browse-no-such-story = 🧵 Сюжету з «{ $words }» немає. Усі поточні: /story
browse-story-how = 🧵 Напишіть, про що сюжет: <code>/story grain</code>. Усі поточні: /story
browse-story = 🧵 <b>{ $story }</b>
    Початок: { $since } · { $n ->
    [one] { $n } подія
    [few] { $n } події
    [many] { $n } подій
   *[other] { $n } події
}
browse-story-gone = Цього сюжету вже немає. Поточні сюжети: /story
browse-all-stories = 🧵 Усі сюжети
browse-mute = 🔇 Приховати сюжет
browse-watch = 👁 Відстежувати
browse-unwatch = 👁 Не відстежувати
browse-subscribe-first = Спершу підпишіться: /start. Тоді сюжет можна буде відстежувати.
browse-outlets = 📰 <b>Хто повідомляв найбільше за останні 7 днів</b>
browse-no-outlets = 📰 За останні 7 днів повідомлень не було.
browse-outlet = { $articles ->
    [one] { $articles } стаття
    [few] { $articles } статті
    [many] { $articles } статей
   *[other] { $articles } статті
}, { $developments ->
    [one] { $developments } подія
    [few] { $developments } події
    [many] { $developments } подій
   *[other] { $developments } події
}, востаннє { $seen }
browse-no-digest = Дайджестів тут ще не було. Що нового просто зараз: /latest
browse-no-digest-here = Дайджести сюди не надходять. Підписатися: /start; що нового просто зараз: /latest
browse-export = 📦 Налаштування цього чату й надіслані сюди дайджести, які я ще зберігаю.
browse-this-topic = Це стосується лише цієї теми: інші теми групи мають своє.
browse-nothing-known = Я нічого не знаю про цей чат: підписки тут не було.
browse-forget = 🗑 Видалити все, що я знаю про цей чат: підписку, налаштування та надіслані дайджести?
    Скасувати це буде неможливо. Щоб спершу отримати копію: /export
browse-forget-yes = 🗑 Видалити все
browse-forget-no = Залишити
browse-forgotten = 🗑 Готово: я більше нічого не знаю про цей чат. Почати заново: /start
browse-kept = 👍 Усе залишилося як було.

# The picture of the week: what is drawn in it, and what stands below it.
chart-title = Тиждень у подіях
chart-tolls = Загиблі й поранені внаслідок ударів
chart-killed = Загиблі
chart-wounded = Поранені
chart-nothing = Повідомлень не було
chart-no-tolls = Про загиблих чи поранених не повідомляли
chart-caption = 📊 <b>Останні 7 днів</b>: { $developments ->
    [one] { $developments } подія
    [few] { $developments } події
    [many] { $developments } подій
   *[other] { $developments } події
}
    Загиблих унаслідок ударів: { $killed }, поранених: { $wounded }
    <i>За повідомленнями, де є числа, за днем першого з них.</i>

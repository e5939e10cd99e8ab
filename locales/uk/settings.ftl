# /settings and its menus.
settings-title = ⚙️ <b>Налаштування цього чату</b>
settings-line-stopped = ⏸ Дайджести сюди зараз не надходять.
settings-line-times = 🕗 Час: <b>{ $value }</b>
settings-line-days = 📅 Дні: <b>{ $value }</b>
settings-line-zone = 🌍 Часовий пояс: <b>{ $value }</b>
settings-line-kinds = 🗂 Типи новин: <b>{ $value }</b>
settings-line-topics = 🏷 Теми: <b>{ $value }</b>
settings-line-watched = 👁 Відстежується: <b>{ $value }</b>
settings-line-muted = 🔇 Приховано: <b>{ $value }</b>
settings-line-sources = 📰 Джерела: <b>{ $value }</b>
settings-line-quiet = 🌙 Тихі години: <b>{ $value }</b>
settings-line-sound = 🔔 Повідомлення надходять: <b>{ $value }</b>
settings-line-alerts = 🚨 Сповіщення: <b>{ $value }</b>
settings-line-chart = 📊 Діаграма тижня: <b>{ $value }</b>
settings-line-language = 🗣 Мова: <b>{ $value }</b>

settings-all = усі
settings-none = немає
settings-never = ніколи
settings-every-day = щодня
settings-on-days = по { $days }
settings-all-topics = усі новини
settings-any-sources = достатньо одного
settings-sources-n = не менше { $n }
settings-alerts-n = { $n ->
    [one] до { $n } разу на день
    [few] до { $n } разів на день
    [many] до { $n } разів на день
   *[other] до { $n } разу на день
}
settings-sound-on = зі звуком
settings-sound-off = без звуку
settings-as-telegram = як у Telegram

settings-times = 🕗 Час
settings-zone = 🌍 Часовий пояс
settings-days = 📅 Дні
settings-kinds = 🗂 Типи новин
settings-topics = 🏷 Теми
settings-names = 👁 Імена й назви
settings-stories = 🔇 Приховані сюжети
settings-sources = 📰 Джерела
settings-quiet = 🌙 Тихі години
settings-silent = 🔕 Вимкнути звук
settings-with-sound = 🔔 Увімкнути звук
settings-alerts = 🚨 Сповіщення
settings-chart = 📊 Діаграма
settings-language = 🗣 Мова
settings-done = ✔️ Готово
settings-back = ⬅️ Назад
settings-subscribe = ✅ Надсилати дайджести сюди
settings-again = Змінити ще щось: /settings
settings-not-subscribed = Цей чат ще не отримує дайджестів. Спершу підпишіться, а тоді налаштуйте все інше.

settings-times-menu = 🕗 Коли надсилати дайджести? Час можна змінити або прибрати.
settings-add-time = ➕ Ще один час
settings-which-hour = 🕗 О котрій годині?
settings-which-minute = 🕗 А хвилини?
settings-times-full = У чаті може бути щонайбільше { $n ->
    [one] { $n } дайджест
    [few] { $n } дайджести
    [many] { $n } дайджестів
   *[other] { $n } дайджесту
} на день.
settings-last-time = Хоча б один час має залишитися. Щоб більше не отримувати дайджестів, надішліть /stop.

settings-zone-menu = 🌍 Де ви? Виберіть місто з вашим часом, введіть своє або поділіться місцезнаходженням (📎).
settings-region-europe = Європа
settings-region-middle-east = Близький Схід
settings-region-africa = Африка
settings-region-asia = Азія
settings-region-oceania = Австралія й Океанія
settings-region-north-america = Північна Америка
settings-region-south-america = Латинська Америка
settings-type-city = ⌨️ Ввести місто
settings-ask-city = 🌍 За часом якого міста ви живете? Надішліть у відповідь його назву або поділіться місцезнаходженням (📎).
settings-example-zone = Додайте до команди місто: <code>/zone Lviv</code>
settings-which-place = Є кілька місць із назвою «{ $words }». Яке з них ваше?
settings-zone-set = ✅ Ваш часовий пояс — <b>{ $zone }</b>, зараз там { $now }.
settings-no-zone-there = Не знаю часового поясу для цього місця. Надішліть місто: <code>/zone Lviv</code>

settings-menu-d = 📅 У які дні надсилати дайджести? Новини пропущених днів увійдуть до наступного.
settings-menu-k = 🗂 Які типи новин включати в дайджести?
settings-menu-p = 🏷 Які теми включати в дайджести?
settings-menu-m = 📰 Скільки джерел має повідомити про подію, перш ніж про неї дізнаєтеся ви?
settings-menu-a = 🚨 Скільки сповіщень про важливі події можна надсилати на день, крім дайджестів?
settings-menu-c = 📊 У який день надсилати діаграму тижня?
settings-menu-l = 🗣 Якою мовою з вами спілкуватися? Тексти статей залишаться мовою оригіналу.
settings-menu-q = 🌙 Коли нічого не надсилати?
settings-quiet-own = ✏️ Інші години
settings-quiet-from = 🌙 З котрої години нічого не надсилати?
settings-quiet-to = 🌙 І до котрої години?
settings-one-has-to-stay = Щось одне має залишитися. Щоб більше не отримувати дайджестів, надішліть /stop.

settings-names-menu = 👁 Новини про те, що ви відстежуєте, йдуть першими, навіть сумнівні; 🔇 новин про приховане немає. Кнопка прибирає ім’я чи назву зі списку.
settings-add-watched = ➕ 👁 Відстежувати
settings-add-muted = ➕ 🔇 Приховати
settings-ask-watch = 👁 За ким або чим стежити? Надішліть у відповідь ім’я людини або назву організації чи місця.
settings-ask-mute = 🔇 Про кого або що не показувати новин? Надішліть у відповідь ім’я людини або назву організації чи місця.
settings-example-watch = Додайте до команди ім’я чи назву: <code>/watch Geneva</code>
settings-example-mute = Додайте до команди ім’я чи назву: <code>/mute Geneva</code>
settings-watched = 👁 Відтепер відстежується: <b>{ $name }</b>
settings-muted = 🔇 Відтепер приховано: <b>{ $name }</b>
settings-wrong-name = Такого я не зможу шукати: потрібна хоча б одна літера, а всього — не більше ніж { $n ->
    [one] { $n } символ
    [few] { $n } символи
    [many] { $n } символів
   *[other] { $n } символу
}.
settings-names-full = У чаті може бути щонайбільше { $n ->
    [one] { $n } запис
    [few] { $n } записи
    [many] { $n } записів
   *[other] { $n } запису
} — імен, назв і сюжетів разом. Спершу приберіть щось зі списку в /settings.
settings-stories-menu = 🔇 Сюжети, про які ви більше не отримуєте новин. Кнопка прибирає сюжет зі списку.
settings-no-stories = 🔇 Прихованих сюжетів немає. Щоб приховати сюжет, натисніть кнопку під ним.
settings-story-muted = 🔇 Новин цього сюжету більше не буде: <b>{ $story }</b>
settings-story-unmuted = 🔔 Новини цього сюжету знову надходитимуть: <b>{ $story }</b>
settings-story-is-muted = Цей сюжет уже приховано.
settings-no-such-story = Цього сюжету вже немає.
settings-subscribe-first = Спершу підпишіться: /start. Тоді сюжет можна буде приховати.
settings-undo = ↩️ Скасувати
settings-mute-again = 🔇 Знову приховати

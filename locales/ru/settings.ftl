# /settings and its menus.
settings-title = ⚙️ <b>Настройки этого чата</b>
settings-line-stopped = ⏸ Дайджесты сюда сейчас не приходят.
settings-line-times = 🕗 Время: <b>{ $value }</b>
settings-line-days = 📅 Дни: <b>{ $value }</b>
settings-line-zone = 🌍 Часовой пояс: <b>{ $value }</b>
settings-line-kinds = 🗂 Типы новостей: <b>{ $value }</b>
settings-line-topics = 🏷 Темы: <b>{ $value }</b>
settings-line-watched = 👁 Отслеживается: <b>{ $value }</b>
settings-line-muted = 🔇 Скрыто: <b>{ $value }</b>
settings-line-sources = 📰 Источники: <b>{ $value }</b>
settings-line-quiet = 🌙 Тихие часы: <b>{ $value }</b>
settings-line-sound = 🔔 Сообщения приходят: <b>{ $value }</b>
settings-line-alerts = 🚨 Оповещения: <b>{ $value }</b>
settings-line-chart = 📊 Диаграмма недели: <b>{ $value }</b>
settings-line-language = 🗣 Язык: <b>{ $value }</b>

settings-all = все
settings-none = нет
settings-never = никогда
settings-every-day = ежедневно
settings-on-days = по { $days }
settings-all-topics = все новости
settings-any-sources = достаточно одного
settings-sources-n = не меньше { $n }
settings-alerts-n = { $n ->
    [one] до { $n } раза в день
    [few] до { $n } раз в день
    [many] до { $n } раз в день
   *[other] до { $n } раза в день
}
settings-sound-on = со звуком
settings-sound-off = без звука
settings-as-telegram = как в Telegram

settings-times = 🕗 Время
settings-zone = 🌍 Часовой пояс
settings-days = 📅 Дни
settings-kinds = 🗂 Типы новостей
settings-topics = 🏷 Темы
settings-names = 👁 Имена и названия
settings-stories = 🔇 Скрытые сюжеты
settings-sources = 📰 Источники
settings-quiet = 🌙 Тихие часы
settings-silent = 🔕 Выключить звук
settings-with-sound = 🔔 Включить звук
settings-alerts = 🚨 Оповещения
settings-chart = 📊 Диаграмма
settings-language = 🗣 Язык
settings-done = ✔️ Готово
settings-back = ⬅️ Назад
settings-subscribe = ✅ Присылать дайджесты сюда
settings-again = Изменить что-то ещё: /settings
settings-not-subscribed = Этот чат ещё не получает дайджесты. Сначала подпишитесь, а потом настройте всё остальное.

settings-times-menu = 🕗 Когда присылать дайджесты? Время можно изменить или убрать.
settings-add-time = ➕ Ещё одно время
settings-which-hour = 🕗 В котором часу?
settings-which-minute = 🕗 А минуты?
settings-times-full = В чате может быть максимум { $n ->
    [one] { $n } дайджест
    [few] { $n } дайджеста
    [many] { $n } дайджестов
   *[other] { $n } дайджеста
} в день.
settings-last-time = Хотя бы одно время должно остаться. Чтобы больше не получать дайджесты, отправьте /stop.

settings-zone-menu = 🌍 Где вы? Выберите город с вашим временем, введите свой или отправьте геопозицию (📎).
settings-region-europe = Европа
settings-region-middle-east = Ближний Восток
settings-region-africa = Африка
settings-region-asia = Азия
settings-region-oceania = Австралия и Океания
settings-region-north-america = Северная Америка
settings-region-south-america = Латинская Америка
settings-type-city = ⌨️ Ввести город
settings-ask-city = 🌍 По времени какого города вы живёте? Отправьте в ответ его название или геопозицию (📎).
settings-example-zone = Добавьте к команде город: <code>/zone Lviv</code>
settings-which-place = Есть несколько мест с названием «{ $words }». Какое из них ваше?
settings-zone-set = ✅ Ваш часовой пояс — <b>{ $zone }</b>, сейчас там { $now }.
settings-no-zone-there = Не знаю часового пояса для этого места. Отправьте город: <code>/zone Lviv</code>

settings-menu-d = 📅 В какие дни присылать дайджесты? Новости пропущенных дней войдут в следующий.
settings-menu-k = 🗂 Какие типы новостей включать в дайджесты?
settings-menu-p = 🏷 Какие темы включать в дайджесты?
settings-menu-m = 📰 Сколько источников должны сообщить о событии, прежде чем о нём узнаете вы?
settings-menu-a = 🚨 Сколько оповещений о важных событиях можно присылать в день, кроме дайджестов?
settings-menu-c = 📊 В какой день присылать диаграмму недели?
settings-menu-l = 🗣 На каком языке с вами общаться? Тексты статей останутся на языке оригинала.
settings-menu-q = 🌙 Когда ничего не присылать?
settings-quiet-own = ✏️ Другие часы
settings-quiet-from = 🌙 С которого часа ничего не присылать?
settings-quiet-to = 🌙 И до которого часа?
settings-one-has-to-stay = Что-то одно должно остаться. Чтобы больше не получать дайджесты, отправьте /stop.

settings-names-menu = 👁 Новости о том, что вы отслеживаете, идут первыми, даже сомнительные; 🔇 новостей о скрытом нет. Кнопка убирает имя или название из списка.
settings-add-watched = ➕ 👁 Отслеживать
settings-add-muted = ➕ 🔇 Скрыть
settings-ask-watch = 👁 За кем или чем следить? Отправьте в ответ имя человека либо название организации или места.
settings-ask-mute = 🔇 О ком или чём не показывать новости? Отправьте в ответ имя человека либо название организации или места.
settings-example-watch = Добавьте к команде имя или название: <code>/watch Geneva</code>
settings-example-mute = Добавьте к команде имя или название: <code>/mute Geneva</code>
settings-watched = 👁 Теперь отслеживается: <b>{ $name }</b>
settings-muted = 🔇 Теперь скрыто: <b>{ $name }</b>
settings-wrong-name = Такое я не смогу искать: нужна хотя бы одна буква, а всего — максимум { $n ->
    [one] { $n } символ
    [few] { $n } символа
    [many] { $n } символов
   *[other] { $n } символа
}.
settings-names-full = В чате может быть максимум { $n ->
    [one] { $n } запись
    [few] { $n } записи
    [many] { $n } записей
   *[other] { $n } записи
} — имён, названий и сюжетов вместе. Сначала уберите что-нибудь из списка в /settings.
settings-stories-menu = 🔇 Сюжеты, о которых вы больше не получаете новостей. Кнопка убирает сюжет из списка.
settings-no-stories = 🔇 Скрытых сюжетов нет. Чтобы скрыть сюжет, нажмите кнопку под ним.
settings-story-muted = 🔇 Новостей этого сюжета больше не будет: <b>{ $story }</b>
settings-story-unmuted = 🔔 Новости этого сюжета снова будут приходить: <b>{ $story }</b>
settings-story-is-muted = Этот сюжет уже скрыт.
settings-no-such-story = Этого сюжета больше нет.
settings-subscribe-first = Сначала подпишитесь: /start. Тогда сюжет можно будет скрыть.
settings-undo = ↩️ Отменить
settings-mute-again = 🔇 Снова скрыть

# What admins see. Names of commands as Telegram shows them.
command-sources = усі джерела та їхній стан; /sources add ADDRESS
command-run = прочитати всі джерела зараз
command-preview = що зараз було б у дайджесті; /preview CHAT
command-digest_now = скласти й надіслати дайджест цього чату зараз
command-stats = показники всього бота
command-health = база даних, диск, черги, джерела: чи все гаразд?
command-subscribers = хто отримує дайджести й коли; /subscribers WORDS
command-broadcast = ваше повідомлення всім підписникам
command-mute_story = сюжет, про який більше нікому не розповідати
command-correct = позначити подію як помилкову
command-logs = останні попередження й помилки
command-backup = база даних у файлі
command-ban = ігнорувати людину чи чат і зупинити дайджести
command-unban = зняти блокування
command-audit = останні дії адміністраторів

# Answers to wrong arguments.
admin-usage-sources = /sources показує всі джерела. Щоб додати нове, укажіть адресу, а за бажання — і назву:
    <code>/sources add https://gazette.example.org/ Gazette</code>
admin-usage-preview = /preview показує, що отримав би новий підписник, а з ID чату — що отримав би цей чат:
    <code>/preview 12345</code>
admin-usage-broadcast = Напишіть текст після команди, за бажання з форматуванням; ви побачите його перед надсиланням:
    <code>/broadcast Завтра дайджести надійдуть на годину пізніше.</code>
admin-usage-mute_story = Укажіть номер сюжету або слова; /mute_story без аргументів показує приховані:
    <code>/mute_story grain port</code>
    <code>/mute_story 12</code>
    <code>/mute_story 12 undo</code>
admin-usage-correct = Укажіть номер події та причину, яку побачать читачі:
    <code>/correct 12 Міністерство це спростувало.</code>
    <code>/correct 12 undo</code>
admin-usage-ban = Укажіть ID людини чи чату; їх показує /subscribers:
    <code>/ban 12345</code>
admin-usage-unban = Укажіть ID людини чи чату; /ban без аргументів показує, кого заблоковано:
    <code>/unban 12345</code>

# What several commands say.
admin-wait = ⏳ Хвилинку…
admin-failed = ❌ Не вдалося; чому — див. /logs.
admin-cancel = Скасувати
admin-called-off = Скасовано; нічого не зроблено.
admin-in-private = Тут відповідь побачили б інші. Надішліть цю команду в наш приватний чат.
admin-more = … і ще { $n }
admin-minutes = { $n } хв
admin-hours = { $n } год
admin-days = { $n ->
    [one] { $n } день
    [few] { $n } дні
    [many] { $n } днів
   *[other] { $n } дня
}
admin-ago = { $span } тому
admin-never = ніколи
admin-oldest = , найдовше чекання — { $span }

# /sources and /run.
admin-no-sources = Джерел ще немає. Укажіть адресу сайту, стрічки чи каналу: <code>/sources add https://gazette.example.org/</code>
admin-source = { $sign } <b>{ $name }</b> · { $kind }
    { $read } · { $articles ->
    [one] { $articles } стаття
    [few] { $articles } статті
    [many] { $articles } статей
   *[other] { $articles } статті
}, { $rate } на день
admin-read-ago = прочитано { $span } тому
admin-never-read = ще не прочитано
admin-kind-feed = стрічка
admin-kind-listing = список на сторінці
admin-kind-sitemap = карта сайту
admin-kind-channel = канал
admin-source-failing = { $failures ->
    [one] { $failures } невдача
    [few] { $failures } невдачі
    [many] { $failures } невдач
   *[other] { $failures } невдачі
} поспіль, наступна спроба через { $again }: { $error }
admin-source-silent = нічого нового вже { $span }, для цього джерела це незвично
admin-source-moved = назавжди переїхало на { $to }
admin-source-unverified = не перевірено: звідти ще нічого не прочитано
admin-source-configured = із конфігурації: змінюйте його там
admin-check-now = 🔄 Перевірити зараз
admin-pause = ⏸ Призупинити
admin-resume = ▶️ Відновити
admin-remove = 🗑 Вилучити
admin-all-sources = ‹ Усі джерела
admin-remove-source = Вилучити <b>{ $name }</b>? Статті залишаться.
admin-remove-it = 🗑 Так, вилучити
admin-removed = 🗑 <b>{ $name }</b> вилучено; статті залишилися.
admin-not-found = ❌ { $why }
admin-source-known = Це джерело вже є: <b>{ $name }</b>
admin-name-taken = Джерело <b>{ $name }</b> уже є. Дайте цьому іншу назву: <code>/sources add ADDRESS NAME</code>
admin-would-collect = <b>{ $name }</b> · { $kind }
    { $url }
    { $entries ->
    [one] { $entries } запис
    [few] { $entries } записи
    [many] { $entries } записів
   *[other] { $entries } запису
}, найновіший — { $newest }:
admin-add-it = ✅ Додати
admin-added = ✅ <b>{ $name }</b> додано, читання почалося.
admin-reading-already = ⏳ Джерела вже читаються.
admin-nothing-to-read = Немає джерел для читання.
admin-pass = { $sign } Прочитано джерел: { $read } з { $of }. Нових записів: { $new }, збережено статей: { $stored }, не отримано сторінок: { $failed }.
admin-overtaken = Тим часом перевірено: { $n }.
admin-put-off = ⏳ Відкладено джерел, сервери яких поки не слід турбувати: { $n }.
admin-pass-failed = ⚠️ <b>{ $name }</b>: { $error }
admin-more-sources = … і ще { $n }: /sources
admin-alert-failing = ⚠️ <b>{ $name }</b> не вдається прочитати вже { $span }: { $error }
admin-alert-silent = 🔇 <b>{ $name }</b> відповідає, але вже { $span } не дає нічого нового: для цього джерела це незвично.
admin-alert-brings-news = ✅ <b>{ $name }</b> знову дає новини.
admin-alert-is-read = ✅ <b>{ $name }</b> знову читається.
admin-alert-disk-low = ⚠️ Диск із текою даних заповнюється: вільно { $free } із { $total }. Без місця нічого не зберігається й не надсилається. Звільніть місце або зберігайте менше: [retention] у tidings.toml.
admin-alert-disk-ample = ✅ На диску з текою даних знову є місце: вільно { $free } із { $total }.
admin-alert-templates-broken = ⚠️ У ваших шаблонах помилка: { $error }
    Доки її не виправлено, дайджести не складаються: виправте шаблони або приберіть «templates» із tidings.toml. <code>tidings check</code> їх перевіряє.
admin-alert-templates-right = ✅ Ваші шаблони знову справні; дайджести складаються.

# /preview and /digest_now.
admin-preview = 👁 Що зараз отримав би новий підписник; не збережено й не надіслано:
admin-preview-of = 👁 Що зараз отримав би чат { $chat }; не збережено й не надіслано:
admin-numbers = Номери подій для /correct і їхніх сюжетів для /mute_story:
admin-number = <b>#{ $id }</b> (сюжет { $story }) { $text }
admin-no-such-subscriber = Чат { $chat } ніколи не підписувався; /subscribers показує всіх.
admin-not-subscribed = Дайджести в цей чат не надходять: підписати його можна через /start.
admin-digest-on-its-way = ✅ Дайджест складено, він уже в дорозі.
admin-digest-already = Дайджест уже складено цієї самої хвилини.
admin-digest-busy = Дайджести саме складаються. Спробуйте ще раз за мить.

# /stats.
admin-stats-sources = Джерела
admin-stats-failing = Джерела зі збоями
admin-stats-articles = Статті
admin-stats-articles-today = Статті за 24 години
admin-stats-developments = Події
admin-stats-developments-today = Події за 24 години
admin-stats-subscribers = Підписники
admin-stats-stopped = Відписалися
admin-stats-gone = Зниклі чати
admin-stats-digests-today = Дайджести за 24 години
admin-stats-waiting = Повідомлення в черзі
admin-stats-sent-today = Надіслані повідомлення за 24 години
admin-stats-parked = Відкладені повідомлення
admin-stats-articles-a-day = Статті за днями (UTC)
admin-stats-kinds = Події за 7 днів

# /health.
admin-health-database = База даних: <b>{ $size }</b>
admin-health-disk = Вільно на диску з текою даних: <b>{ $free }</b>
admin-health-templates = У шаблонах помилка, дайджести не складаються: { $error }
admin-health-fetch = Останнє читання джерела: <b>{ $when }</b>; чекають на читання: { $due }
admin-health-pages = Сторінки, які треба завантажити: <b>{ $n }</b>
admin-health-unread = Непрочитані статті: <b>{ $n }</b>{ $oldest }
admin-health-waiting = Повідомлення в черзі: <b>{ $n }</b>{ $oldest }
admin-health-parked = Повідомлення, які не вдалося надіслати: <b>{ $n }</b>
admin-health-delivering = Доставляється: надіслано <b>{ $sent }</b> із { $all }, { $rate } за секунду; залишилося: { $left }
admin-health-digest = Останній дайджест складено: <b>{ $when }</b>
admin-health-poller = Оновлення від Telegram запитуються; процесів у роботі: <b>{ $processes }</b>
admin-health-stuck = Стоїть на місці: <b>{ $loops }</b>. Якщо так триватиме, я перезапущуся.
admin-loop-scraping = читання джерел
admin-loop-fetching = завантаження сторінок
admin-loop-reading = читання статей
admin-loop-compiling = складання дайджестів
admin-loop-delivering = доставка
admin-loop-alerting = сповіщення адміністраторів
admin-loop-disk = нагляд за диском
admin-loop-keeping = видалення застарілого
admin-loop-listening = прийом повідомлень із Telegram
admin-health-errors = Помилки за 24 години: <b>{ $n }</b> (/logs)

# /subscribers and /broadcast.
admin-no-subscribers = Підписників із такими словами немає. /subscribers без аргументів показує всіх.
admin-nobody-yet = Ще ніхто не підписався.
admin-subscribers = { $n ->
    [one] { $n } підписник
    [few] { $n } підписники
    [many] { $n } підписників
   *[other] { $n } підписника
}
admin-subscriber = { $sign } <b>{ $title }</b> · <code>{ $chat }</code> · { $times } { $zone }
admin-state-stopped = дайджести зупинено
admin-state-gone = чат зник
admin-nobody = Підписників немає: надсилати нікому.
admin-broadcast = 📣 Надіслати це { $n ->
    [one] { $n } підписнику
    [few] { $n } підписникам
    [many] { $n } підписникам
   *[other] { $n } підписника
}?
admin-send-it = 📣 Надіслати
admin-broadcast-on-its-way = 📣 Надсилається { $n ->
    [one] { $n } підписнику
    [few] { $n } підписникам
    [many] { $n } підписникам
   *[other] { $n } підписника
}. /stats показує, скільки повідомлень ще в черзі.

# /mute_story and /correct.
admin-no-such-story = Сюжету «{ $words }» немає.
admin-story = 🔔 #{ $id } <b>{ $name }</b> · { $n ->
    [one] { $n } подія
    [few] { $n } події
    [many] { $n } подій
   *[other] { $n } події
}, останнє повідомлення { $last }
admin-muted-story = 🔕 #{ $id } <b>{ $name }</b> · { $n ->
    [one] { $n } подія
    [few] { $n } події
    [many] { $n } подій
   *[other] { $n } події
}, останнє повідомлення { $last } · приховано для всіх
admin-no-such-development = Події #{ $id } немає. Номери показує /preview.
admin-correct = Позначити #{ $id } як помилкову?
    «{ $summary }»
    Повідомили: { $outlets }; розіслано { $told ->
    [one] { $told } підписнику
    [few] { $told } підписникам
    [many] { $told } підписникам
   *[other] { $told } підписника
}.
    Причина, яку прочитають підписники:
    «{ $why }»
admin-mark-it = ⏹ Позначити
admin-corrected = ⏹ #{ $id } позначено як помилкову:
    «{ $why }»
    Хто про неї читав, дізнається про це з наступного дайджесту.
    <code>/correct { $id } undo</code> скасує позначку.
admin-corrected-already = #{ $id } уже позначено як помилкову:
    «{ $why }»
    <code>/correct { $id } undo</code> скасує позначку.
admin-correction-undone = #{ $id } більше не позначено як помилкову: «{ $summary }»
admin-not-corrected = #{ $id } не позначено як помилкову: «{ $summary }»

# /logs, /audit, /backup.
admin-no-errors = ✅ Від запуску не було ні попереджень, ні помилок.
admin-logs = Останні попередження й помилки ({ $n }), спершу найновіші:
admin-no-acts = Адміністратори ще нічого не робили.
admin-backing-up-already = ⏳ Резервна копія вже створюється.
admin-backup-failed = ❌ Резервну копію не створено:
admin-backup-caption = Уся база даних. <code>tidings restore --replace FILE</code> відновить її. У ній є чати читачів: нікому її не передавайте.
admin-backup-sent = ✅ { $name }, { $size }
admin-backup-too-large = { $name } має розмір { $size }: це більше, ніж може надіслати бот. Копія лежить на сервері бота: <code>{ $path }</code>
admin-backup-kept = Не вдалося надіслати { $name }, { $size }. Копія лежить на сервері бота: <code>{ $path }</code>

# /ban and /unban.
admin-banned = 🚫 { $id } заблоковано: повідомлення звідти ігноруються, дайджести зупинено. <code>/unban { $id }</code> зніме блокування.
admin-banned-already = { $id } уже заблоковано.
admin-ban-of-admin = { $id } — адміністратор, а адміністраторів не можна блокувати. Спершу приберіть цей ID з «admins» у конфігурації.
admin-unbanned = ✅ { $id } знову може користуватися ботом; дайджести повернуться після команди /start.
admin-not-banned = { $id } не заблоковано.
admin-bans = { $n ->
    [one] { $n } блокування
    [few] { $n } блокування
    [many] { $n } блокувань
   *[other] { $n } блокування
}:
admin-ban = 🚫 <code>{ $id }</code> { $title }, з { $at }

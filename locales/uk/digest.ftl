# Labels of a digest; the sentences are the articles own.

# How days and hours are written, by the signs of strftime.
digest-date = %a, %-d %B %Y
digest-day = %a %-d %b
digest-month = %m.%Y
digest-moment = %-d %b %H:%M

# The first lines. “cut-off”: nothing that came later is in it.
digest-window = за період { $from } – { $to } ({ $zone })
digest-totals = нових: { $new } · оновлених: { $updated }
digest-read = { $articles ->
    [one] { $articles } стаття
    [few] { $articles } статті
    [many] { $articles } статей
   *[other] { $articles } статті
} з { $outlets ->
    [one] { $outlets } видання
    [few] { $outlets } видань
    [many] { $outlets } видань
   *[other] { $outlets } видання
}
digest-nothing-new = Нічого нового.
digest-nothing-new-since = Нічого нового після { $from } ({ $zone })
digest-no-sources = Джерел ще не налаштовано.
digest-unreachable = Не вдалося прочитати джерел: { $unreachable } з { $sources }.
digest-unread = Ще не прочитано джерел: { $unread } з { $sources }.
digest-covers = { $n ->
    [1] Цей випуск охоплює й той, який не вдалося надіслати: { $first }.
    [2] Цей випуск охоплює й ті, які не вдалося надіслати: { $first } та { $last }.
    [one] Цей випуск охоплює ще { $n } випуск, який не вдалося надіслати: { $first } – { $last }.
    [few] Цей випуск охоплює ще { $n } випуски, які не вдалося надіслати: { $first } – { $last }.
    [many] Цей випуск охоплює ще { $n } випусків, які не вдалося надіслати: { $first } – { $last }.
   *[other] Цей випуск охоплює ще { $n } випуску, які не вдалося надіслати: { $first } – { $last }.
}
digest-alert = Важлива подія

# Headings.
digest-key = Головне
digest-coming-up = Попереду
digest-kind-meeting = Зустрічі
digest-kind-strike = Удари
digest-kind-agreement = Угоди
digest-kind-statement = Заяви

# Beside an item: when it was first seen, when its sentence was published, how many report it.
digest-seen = помічено { $time }
digest-published = опубліковано { $day }
digest-sources = { $n ->
    [one] { $n } джерело
    [few] { $n } джерела
    [many] { $n } джерел
   *[other] { $n } джерела
}
digest-earlier = Раніше в цьому сюжеті
digest-more = Ще +{ $n }
digest-unchanged = Без змін: { $stories }
digest-unchanged-story = { $name } (востаннє: { $day })
digest-withdrawn = Відкликано: повідомлене тут { $day } — помилка
digest-restored = Усе ж правильно: повідомлене тут { $day } і згодом відкликане

# What changed: “Killed: 5 → 9”.
digest-field-status = Статус
digest-field-date = Дата
digest-field-place = Місце
digest-field-actors = Хто
digest-field-killed = Загиблих
digest-field-wounded = Поранених
digest-field-outcome = Результат
digest-status-planned = заплановано
digest-status-occurred = відбулося
digest-status-cancelled = скасовано
digest-status-denied = спростовано
digest-unknown = невідомо

# Labels of a digest; the sentences are the articles own.

# How days and hours are written, by the signs of strftime.
digest-date = %a, %-d %B %Y
digest-day = %a %-d %b
digest-month = %m.%Y
digest-moment = %-d %b %H:%M

# The first lines. “cut-off”: nothing that came later is in it.
digest-window = за период { $from } – { $to } ({ $zone })
digest-totals = новых: { $new } · обновлённых: { $updated }
digest-read = { $articles ->
    [one] { $articles } статья
    [few] { $articles } статьи
    [many] { $articles } статей
   *[other] { $articles } статьи
} из { $outlets ->
    [one] { $outlets } издания
    [few] { $outlets } изданий
    [many] { $outlets } изданий
   *[other] { $outlets } издания
}
digest-nothing-new = Ничего нового.
digest-nothing-new-since = Ничего нового после { $from } ({ $zone })
digest-no-sources = Источники ещё не настроены.
digest-unreachable = Не удалось прочитать источников: { $unreachable } из { $sources }.
digest-unread = Ещё не прочитано источников: { $unread } из { $sources }.
digest-covers = { $n ->
    [1] Этот выпуск охватывает и тот, который не удалось отправить: { $first }.
    [2] Этот выпуск охватывает и те, которые не удалось отправить: { $first } и { $last }.
    [one] Этот выпуск охватывает ещё { $n } выпуск, который не удалось отправить: { $first } – { $last }.
    [few] Этот выпуск охватывает ещё { $n } выпуска, которые не удалось отправить: { $first } – { $last }.
    [many] Этот выпуск охватывает ещё { $n } выпусков, которые не удалось отправить: { $first } – { $last }.
   *[other] Этот выпуск охватывает ещё { $n } выпуска, которые не удалось отправить: { $first } – { $last }.
}
digest-alert = Важное событие

# Headings.
digest-key = Главное
digest-coming-up = Впереди
digest-kind-meeting = Встречи
digest-kind-strike = Удары
digest-kind-agreement = Соглашения
digest-kind-statement = Заявления

# Beside an item: when it was first seen, when its sentence was published, how many report it.
digest-seen = замечено { $time }
digest-published = опубликовано { $day }
digest-sources = { $n ->
    [one] { $n } источник
    [few] { $n } источника
    [many] { $n } источников
   *[other] { $n } источника
}
digest-earlier = Ранее в этом сюжете
digest-more = Ещё +{ $n }
digest-unchanged = Без изменений: { $stories }
digest-unchanged-story = { $name } (последний раз: { $day })
digest-withdrawn = Отозвано: сообщённое здесь { $day } — ошибка
digest-restored = Всё же верно: сообщённое здесь { $day } и затем отозванное

# What changed: “Killed: 5 → 9”.
digest-field-status = Статус
digest-field-date = Дата
digest-field-place = Место
digest-field-actors = Кто
digest-field-killed = Погибших
digest-field-wounded = Раненых
digest-field-outcome = Результат
digest-status-planned = запланировано
digest-status-occurred = состоялось
digest-status-cancelled = отменено
digest-status-denied = опровергнуто
digest-unknown = неизвестно

//! What a chat chose, in words.

use chrono::{DateTime, NaiveDate, Utc, Weekday};

use super::clock_time;
use crate::bot::admin::shortened;
use crate::locale::Language;
use crate::model::Kind;
use crate::store::choices::{Chosen, What};
use crate::store::subscribers::{Stance, State, Subscriber};

/// Names that a line lists; the rest are counted.
const LISTED: usize = 4;
/// Letters of a name that a line shows.
const SHOWN: usize = 28;

/// All of it, a line a choice, as Telegram HTML.
pub(super) fn all(
    language: Language,
    subscriber: &Subscriber,
    chosen: &[Chosen],
    has_topics: bool,
    now: DateTime<Utc>,
) -> String {
    let choices = &subscriber.choices;
    let mut lines = vec![language.html("settings-title", &[])];
    if subscriber.state != State::Active {
        lines.push(language.html("settings-line-stopped", &[]));
    }
    let mut line = |key: &str, value: String| lines.push(language.html(key, &[("value", value.into())]));
    line("settings-line-times", times(subscriber));
    line("settings-line-days", days(language, &choices.days));
    line("settings-line-zone", format!("{} ({})", subscriber.zone.name(), clock_time(now, subscriber.zone)));
    line("settings-line-kinds", kinds(language, &choices.kinds));
    if has_topics {
        line("settings-line-topics", topics(language, &choices.topics));
    }
    for (stance, key) in [(Stance::Watched, "settings-line-watched"), (Stance::Muted, "settings-line-muted")]
    {
        let names: Vec<String> =
            chosen.iter().filter(|one| one.stance == stance).map(|one| name(&one.what)).collect();
        if !names.is_empty() {
            line(key, listed(&names));
        }
    }
    line("settings-line-sources", sources(language, choices.min_sources));
    line("settings-line-quiet", quiet(language, choices.quiet));
    line("settings-line-sound", sound(language, choices.silent));
    line("settings-line-alerts", alerts(language, choices.alerts));
    line("settings-line-chart", chart(language, choices.chart_day));
    // In a group, and in a channel, there is no one reader whose Telegram would tell.
    let spoken_here = choices.language.or((subscriber.chat_id < 0).then(|| subscriber.language()));
    line("settings-line-language", spoken(language, spoken_here));
    lines.join("\n")
}

/// "07:30, 19:00".
pub(in crate::bot) fn times(subscriber: &Subscriber) -> String {
    let mut times: Vec<_> = subscriber.slots.iter().map(|(_, at)| *at).collect();
    times.sort();
    times.iter().map(|at| at.format("%H:%M").to_string()).collect::<Vec<_>>().join(", ")
}

/// "every day", "on Mon, Tue".
pub(in crate::bot) fn days(language: Language, days: &[Weekday]) -> String {
    if days.is_empty() {
        return language.text("settings-every-day", &[]);
    }
    let names: Vec<String> = days.iter().map(|day| weekday(language, *day, "%a")).collect();
    language.text("settings-on-days", &[("days", names.join(", ").into())])
}

/// A week day's name.
pub(super) fn weekday(language: Language, day: Weekday, pattern: &str) -> String {
    // Any week will do.
    NaiveDate::from_isoywd_opt(2026, 1, day).map_or_else(String::new, |date| language.day(date, pattern))
}

fn kinds(language: Language, kinds: &[String]) -> String {
    let named: Vec<String> = kinds.iter().map(|name| kind(language, &Kind::from(name.clone()))).collect();
    if named.is_empty() { language.text("settings-all", &[]) } else { named.join(", ") }
}

/// "🤝 Meetings"; a kind that the language does not name goes by its heading.
pub(in crate::bot) fn kind(language: Language, kind: &Kind) -> String {
    let key = format!("digest-kind-{kind}");
    let heading = match kind.spec().heading.as_str() {
        _ if language.has(&key) => language.text(&key, &[]),
        "" => kind.to_string(),
        heading => heading.to_owned(),
    };
    format!("{} {heading}", kind.spec().icon).trim().to_owned()
}

/// "all news", "Energy, Grain".
pub(super) fn topics(language: Language, topics: &[String]) -> String {
    if topics.is_empty() { language.text("settings-all-topics", &[]) } else { listed(topics) }
}

/// "any", "2 or more".
pub(super) fn sources(language: Language, least: u16) -> String {
    match least {
        0 | 1 => language.text("settings-any-sources", &[]),
        n => language.text("settings-sources-n", &[("n", n.into())]),
    }
}

/// "none", "22:00–07:00".
pub(super) fn quiet(language: Language, quiet: Option<(chrono::NaiveTime, chrono::NaiveTime)>) -> String {
    match quiet {
        None => language.text("settings-none", &[]),
        Some((from, to)) => format!("{}–{}", from.format("%H:%M"), to.format("%H:%M")),
    }
}

fn sound(language: Language, silent: bool) -> String {
    language.text(if silent { "settings-sound-off" } else { "settings-sound-on" }, &[])
}

/// "none", "up to 3 a day".
pub(super) fn alerts(language: Language, most: u16) -> String {
    match most {
        0 => language.text("settings-none", &[]),
        n => language.text("settings-alerts-n", &[("n", n.into())]),
    }
}

/// "never", "Monday".
pub(super) fn chart(language: Language, day: Option<Weekday>) -> String {
    day.map_or_else(|| language.text("settings-never", &[]), |day| weekday(language, day, "%A"))
}

/// "Deutsch", "as in Telegram".
pub(super) fn spoken(language: Language, chosen: Option<Language>) -> String {
    chosen.map_or_else(|| language.text("settings-as-telegram", &[]), |chosen| chosen.name().to_owned())
}

/// A name as it was written; a story as readers call it.
pub(super) fn name(what: &What) -> String {
    match what {
        What::Name(name) => name.clone(),
        What::Story(id, title) if title.is_empty() => format!("#{id}"),
        What::Story(_, title) => shortened(title, 60),
    }
}

/// "a, b, c +2".
fn listed(names: &[String]) -> String {
    let shown = names.iter().take(LISTED).map(|name| shortened(name, SHOWN));
    let mut list = shown.collect::<Vec<_>>().join(", ");
    if names.len() > LISTED {
        list.push_str(&format!(" +{}", names.len() - LISTED));
    }
    list
}

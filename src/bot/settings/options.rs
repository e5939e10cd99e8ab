//! The choices that are one value of a few, or some of a list: days, kinds, topics, sources, quiet hours, alerts,
//! the day of the chart, the language.

use chrono::{NaiveTime, Weekday};
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

use super::{hours, read_time, week, words};
use crate::bot::call::Call;
use crate::config::Topic;
use crate::locale::Language;
use crate::model::Kind;
use crate::store::subscribers::{Choices, Subscriber};

/// What became of a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Applied {
    /// It is as the button says.
    Done,
    /// The last of a list can't go: none would mean all.
    OneHasToStay,
    /// What it speaks of is gone.
    Stale,
}

/// One button: its words, what it says, and whether that is so.
struct Entry {
    label: String,
    value: String,
    on: bool,
}

/// Quiet hours that are offered.
const QUIET: [&str; 2] = ["2200-0700", "2300-0800"];

/// Whether several of a list may be chosen: then the menu stays open.
pub(super) fn of_several(section: &str) -> bool {
    matches!(section, "d" | "k" | "p")
}

/// The menu of a section; `step` leads through hours of one's own.
pub(super) async fn show(
    call: &Call,
    subscriber: &Subscriber,
    section: &str,
    step: &str,
) -> anyhow::Result<()> {
    let (key, mut rows) = match (section, step) {
        (_, "") => (format!("settings-menu-{section}"), menu(call, &subscriber.choices, section)),
        ("q", "+") => ("settings-quiet-from".to_owned(), hours(|hour| format!("s:q:+{hour:02}00"))),
        ("q", from) => {
            let Some(from) = from.strip_prefix('+').filter(|from| read_time(from).is_some()) else {
                return call.stale().await;
            };
            ("settings-quiet-to".to_owned(), hours(|hour| format!("s:q:{from}-{hour:02}00")))
        }
        _ => return call.stale().await,
    };
    rows.push(vec![call.button("settings-back", if step.is_empty() { "s:" } else { "s:q" })]);
    call.show(&call.say(&key, &[]), Some(InlineKeyboardMarkup::new(rows))).await;
    Ok(())
}

/// Makes the choices as a button says.
pub(super) fn apply(choices: &mut Choices, topics: &[Topic], section: &str, value: &str) -> Applied {
    let done = match section {
        "d" => match on_off(value).and_then(|(day, on)| Some((weekday(day)?, on))) {
            Some((day, on)) => return toggle(&mut choices.days, &week().collect::<Vec<_>>(), &day, on),
            None => None,
        },
        "k" => match on_off(value) {
            Some((kind, on)) if Kind::all().any(|known| known.as_str() == kind) => {
                let all: Vec<String> = Kind::all().map(|kind| kind.to_string()).collect();
                return toggle(&mut choices.kinds, &all, &kind.to_owned(), on);
            }
            _ => None,
        },
        "p" => choose_topic(&mut choices.topics, topics, value),
        "m" => one_of(value, &[1, 2, 3, 5]).map(|least| choices.min_sources = least),
        "a" => one_of(value, &[0, 1, 3, 5]).map(|most| choices.alerts = most),
        "s" => one_of(value, &[0, 1]).map(|silent| choices.silent = silent == 1),
        "c" => none_or(value, "0", weekday).map(|day| choices.chart_day = day),
        "l" => none_or(value, "auto", Language::of_tag).map(|language| choices.language = language),
        "q" => none_or(value, "off", quiet).map(|hours| choices.quiet = hours),
        _ => None,
    };
    if done.is_some() { Applied::Done } else { Applied::Stale }
}

fn menu(call: &Call, choices: &Choices, section: &str) -> Vec<Vec<InlineKeyboardButton>> {
    let entries = entries(call.language, choices, &call.service.app.config.topics, section);
    let columns = if matches!(section, "d" | "l" | "m" | "a" | "c") { 2 } else { 1 };
    let button = |entry: &Entry| {
        let mark = match (entry.on, of_several(section)) {
            (true, _) => "✅ ",
            (false, true) => "▫️ ",
            (false, false) => "",
        };
        InlineKeyboardButton::callback(
            format!("{mark}{}", capital(&entry.label)),
            format!("s:{section}:{}", entry.value),
        )
    };
    entries.chunks(columns).map(|row| row.iter().map(button).collect()).collect()
}

/// A button begins with a capital letter; its words also stand within lines.
fn capital(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn entries(language: Language, choices: &Choices, topics: &[Topic], section: &str) -> Vec<Entry> {
    let entry = |label: String, value: String, on: bool| Entry { label, value, on };
    // Its button says the opposite of what is.
    let toggle = |label: String, id: &str, on: bool| entry(label, format!("{id}:{}", u8::from(!on)), on);
    match section {
        "d" => week()
            .map(|day| {
                let on = choices.days.is_empty() || choices.days.contains(&day);
                toggle(words::weekday(language, day, "%A"), &day.number_from_monday().to_string(), on)
            })
            .collect(),
        "k" => Kind::all()
            .map(|kind| {
                let on = choices.kinds.is_empty() || choices.kinds.iter().any(|name| name == kind.as_str());
                toggle(words::kind(language, &kind), kind.as_str(), on)
            })
            .collect(),
        "p" => {
            let all = entry(words::topics(language, &[]), "all".into(), choices.topics.is_empty());
            let topic = |topic: &Topic| {
                let on = choices.topics.contains(&topic.name);
                toggle(topic.name.chars().take(60).collect(), &topic.slug(), on)
            };
            // Telegram shows a hundred buttons.
            std::iter::once(all).chain(topics.iter().take(90).map(topic)).collect()
        }
        "m" => [1, 2, 3, 5]
            .map(|n| entry(words::sources(language, n), n.to_string(), choices.min_sources.max(1) == n))
            .into(),
        "a" => {
            [0, 1, 3, 5].map(|n| entry(words::alerts(language, n), n.to_string(), choices.alerts == n)).into()
        }
        "c" => std::iter::once(None)
            .chain(week().map(Some))
            .map(|day| {
                let value = day.map_or(0, |day: Weekday| day.number_from_monday());
                entry(words::chart(language, day), value.to_string(), choices.chart_day == day)
            })
            .collect(),
        "l" => std::iter::once(None)
            .chain(Language::ALL.map(Some))
            .map(|one| {
                let value = one.map_or("auto", Language::code);
                entry(words::spoken(language, one), value.into(), choices.language == one)
            })
            .collect(),
        "q" => {
            let offered: Vec<_> = QUIET.into_iter().filter_map(quiet).collect();
            let own = choices.quiet.filter(|own| !offered.contains(own));
            let shown = |one: Option<(NaiveTime, NaiveTime)>| {
                let value = one.map_or_else(
                    || "off".to_owned(),
                    |(from, to)| format!("{}-{}", from.format("%H%M"), to.format("%H%M")),
                );
                entry(words::quiet(language, one), value, choices.quiet == one)
            };
            let own_choice = entry(language.text("settings-quiet-own", &[]), "+".into(), false);
            let kept =
                std::iter::once(None).chain(offered.into_iter().map(Some)).chain(own.map(Some)).map(shown);
            kept.chain([own_choice]).collect()
        }
        _ => Vec::new(),
    }
}

/// `ID:0`, `ID:1`.
fn on_off(value: &str) -> Option<(&str, bool)> {
    match value.rsplit_once(':')? {
        (id, "1") => Some((id, true)),
        (id, "0") => Some((id, false)),
        _ => None,
    }
}

/// Puts one of a list in or out, where an empty list means all of it.
fn toggle<T: PartialEq + Clone>(chosen: &mut Vec<T>, all: &[T], item: &T, on: bool) -> Applied {
    let held = |one: &T| if one == item { on } else { chosen.is_empty() || chosen.contains(one) };
    let next: Vec<T> = all.iter().filter(|one| held(one)).cloned().collect();
    if next.is_empty() {
        return Applied::OneHasToStay;
    }
    *chosen = if next.len() == all.len() { Vec::new() } else { next };
    Applied::Done
}

/// Topics add up, from none, which stands for all news.
fn choose_topic(chosen: &mut Vec<String>, topics: &[Topic], value: &str) -> Option<()> {
    // What the configuration no longer has goes with the first change.
    chosen.retain(|name| topics.iter().any(|topic| topic.name == *name));
    if value == "all" {
        chosen.clear();
        return Some(());
    }
    let (wanted, on) = on_off(value)?;
    let topic = topics.iter().find(|topic| topic.slug() == wanted)?;
    chosen.retain(|name| *name != topic.name);
    if on {
        chosen.push(topic.name.clone());
    }
    Some(())
}

/// What a value says, where one word says that there shall be none.
fn none_or<T>(value: &str, none: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    if value == none { Some(None) } else { read(value).map(Some) }
}

fn one_of(value: &str, values: &[u16]) -> Option<u16> {
    value.parse().ok().filter(|value| values.contains(value))
}

/// A week day by its ISO number.
fn weekday(number: &str) -> Option<Weekday> {
    week().find(|day| day.number_from_monday().to_string() == number)
}

/// `2200-0700`; no time at all is no quiet.
fn quiet(hours: &str) -> Option<(NaiveTime, NaiveTime)> {
    let (from, to) = hours.split_once('-')?;
    let hours = (read_time(from)?, read_time(to)?);
    (hours.0 != hours.1).then_some(hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics(names: &[&str]) -> Vec<Topic> {
        names.iter().map(|name| Topic { name: (*name).to_owned(), words: vec![] }).collect()
    }

    #[test]
    fn a_button_pressed_twice_changes_nothing_twice() {
        let topics = topics(&["Grain & ports", "Énergie"]);
        for (section, value) in [
            ("d", "7:0"),
            ("k", "strike:0"),
            ("p", "grain-ports:1"),
            ("m", "3"),
            ("a", "5"),
            ("s", "1"),
            ("c", "5"),
            ("l", "uk"),
            ("q", "2200-0700"),
        ] {
            let mut once = Choices::default();
            assert_eq!(apply(&mut once, &topics, section, value), Applied::Done, "{section}");
            assert_ne!(once, Choices::default(), "{section}");
            let mut twice = once.clone();
            assert_eq!(apply(&mut twice, &topics, section, value), Applied::Done, "{section}");
            assert_eq!(once, twice, "{section}");
        }
    }

    #[test]
    fn every_button_of_every_menu_is_understood_and_fits_into_telegrams_limit() {
        let long = "ґ".repeat(200);
        let topics = topics(&["Grain & ports", &long]);
        for section in ["d", "k", "p", "m", "a", "c", "l", "q"] {
            for language in Language::ALL {
                let entries = entries(language, &Choices::default(), &topics, section);
                assert!(entries.len() > 2, "{section}");
                for Entry { value, label, .. } in entries.iter().filter(|entry| entry.value != "+") {
                    assert!(!label.is_empty() && format!("s:{section}:{value}").len() <= 64, "{label}");
                    let applied = apply(&mut Choices::default(), &topics, section, value);
                    assert_eq!(applied, Applied::Done, "{section}:{value}");
                }
            }
        }
    }

    #[test]
    fn all_days_are_every_day_and_the_last_one_stays() {
        let mut choices = Choices::default();
        for day in 1..=6 {
            assert_eq!(apply(&mut choices, &[], "d", &format!("{day}:0")), Applied::Done);
        }
        assert_eq!(choices.days, [Weekday::Sun]);
        assert_eq!(apply(&mut choices, &[], "d", "7:0"), Applied::OneHasToStay);
        for day in 1..=6 {
            apply(&mut choices, &[], "d", &format!("{day}:1"));
        }
        assert!(choices.days.is_empty());
    }

    #[test]
    fn what_there_is_not_is_out_of_date() {
        let mut choices = Choices::default();
        for (section, value) in [
            ("d", "8:1"),
            ("d", "1"),
            ("k", "rumour:0"),
            ("p", "gone:1"),
            ("m", "4"),
            ("a", "-1"),
            ("c", "9"),
            ("l", "tlh"),
            ("q", "2200-2200"),
            ("q", "2200"),
            ("y", "1"),
        ] {
            assert_eq!(apply(&mut choices, &[], section, value), Applied::Stale, "{section}:{value}");
        }
        assert_eq!(choices, Choices::default());
    }

    #[test]
    fn a_topic_has_a_slug_that_a_link_may_carry() {
        let slug = |name: String| Topic { name, words: vec![] }.slug();
        assert_eq!(slug("Grain & ports".into()), "grain-ports");
        assert_eq!(slug("Чорне море".into()), "chorne-more");
        assert!(slug("ґ".repeat(200)).len() <= 48);
    }
}

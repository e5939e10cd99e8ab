//! /settings: all that a chat may choose, in one message whose buttons edit it in place.
//!
//! A button says what shall be, never "the other way round": pressed twice, it changes nothing twice. Its data is
//! `s:SECTION:VALUE`; `s:` alone is the overview. One for something that is gone says so and shows what there is.

use chrono::{DateTime, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

use super::call::Call;
use super::commands::ReaderCommand;
use super::subscribe::enter;
use crate::locale::Language;
use crate::store::choices;
use crate::store::subscribers::{self, State, Subscriber};
use options::Applied;

pub(super) mod names;
mod options;
pub(super) mod stories;
mod times;
mod words;
pub(super) mod zone;

pub(super) use words::{days, kind, times};

/// Buttons of the overview, two a row: section and the message that names it.
const SECTIONS: [(&str, &str); 14] = [
    ("t", "settings-times"),
    ("z", "settings-zone"),
    ("d", "settings-days"),
    ("k", "settings-kinds"),
    ("p", "settings-topics"),
    ("n", "settings-names"),
    ("r", "settings-stories"),
    ("m", "settings-sources"),
    ("q", "settings-quiet"),
    ("s", "settings-silent"),
    ("a", "settings-alerts"),
    ("c", "settings-chart"),
    ("l", "settings-language"),
    ("x", "settings-done"),
];

/// /settings.
pub(super) async fn open(call: &Call) -> anyhow::Result<()> {
    if call.changes().await? { overview(call).await } else { Ok(()) }
}

/// A button of the menu: `SECTION[:VALUE]`.
pub(super) async fn press(call: &Call, data: &str) -> anyhow::Result<()> {
    if !call.changes().await? {
        return Ok(());
    }
    let (section, value) = data.split_once(':').unwrap_or((data, ""));
    if section == "on" {
        enter(call, None, None, call.service.app.clock.now()).await?;
        return overview(&call.again().await?).await;
    }
    let Some(subscriber) = &call.subscriber else { return overview(call).await };
    match section {
        "" => overview(call).await,
        "x" => done(call, subscriber).await,
        "t" => times::press(call, subscriber, value).await,
        "z" => zone::press(call, value).await,
        "n" => names::press(call, subscriber, value).await,
        "r" => stories::press(call, subscriber, value).await,
        _ if !SECTIONS.iter().any(|(known, _)| *known == section) => call.stale().await,
        _ if value.is_empty() || value.starts_with('+') => {
            options::show(call, subscriber, section, value).await
        }
        _ => apply(call, subscriber, section, value).await,
    }
}

/// What answers a question of this bot's, as the command that it stands for.
pub(super) fn answer(question: &str, words: &str) -> Option<ReaderCommand> {
    let asked = |key: &str| Language::ALL.iter().any(|language| language.text(key, &[]) == question);
    let words = words.to_owned();
    match () {
        () if asked("settings-ask-city") => Some(ReaderCommand::Zone(words)),
        () if asked("settings-ask-watch") => Some(ReaderCommand::Watch(words)),
        () if asked("settings-ask-mute") => Some(ReaderCommand::Mute(words)),
        () => None,
    }
}

/// Takes up a topic by the slug of its name, as a link brings it; the answer in words.
pub(super) async fn follow(call: &Call, subscriber: &Subscriber, slug: &str) -> anyhow::Result<String> {
    let topics = &call.service.app.config.topics;
    let Some(topic) = topics.iter().find(|topic| topic.slug() == slug) else {
        return Ok(call.say("bot-no-such-topic", &[]));
    };
    let mut choices = subscriber.choices.clone();
    if !choices.topics.contains(&topic.name) {
        choices.topics.push(topic.name.clone());
        subscribers::choose(&call.service.app.db, subscriber.id, &choices, call.service.app.clock.now())
            .await?;
    }
    Ok(call.say("bot-topic-set", &[("topics", words::topics(call.language, &choices.topics).into())]))
}

/// One of the choices that are a value or a few of a list.
async fn apply(call: &Call, subscriber: &Subscriber, section: &str, value: &str) -> anyhow::Result<()> {
    let mut choices = subscriber.choices.clone();
    let applied = options::apply(&mut choices, &call.service.app.config.topics, section, value);
    if applied == Applied::Stale {
        return call.stale().await;
    }
    subscribers::choose(&call.service.app.db, subscriber.id, &choices, call.service.app.clock.now()).await?;
    let call = call.again().await?;
    match &call.subscriber {
        Some(subscriber) if options::of_several(section) => {
            options::show(&call, subscriber, section, "").await?
        }
        _ => overview(&call).await?,
    }
    if applied == Applied::OneHasToStay {
        call.notice(&call.say("settings-one-has-to-stay", &[])).await;
    }
    Ok(())
}

/// All choices in words, with a button for each.
async fn overview(call: &Call) -> anyhow::Result<()> {
    let Some(subscriber) = &call.subscriber else {
        let keyboard = InlineKeyboardMarkup::new([[call.button("settings-subscribe", "s:on")]]);
        call.show(&call.say("settings-not-subscribed", &[]), Some(keyboard)).await;
        return Ok(());
    };
    let mut buttons: Vec<InlineKeyboardButton> = Vec::new();
    for (section, key) in SECTIONS {
        if section == "p" && call.service.app.config.topics.is_empty() {
            continue;
        }
        buttons.push(match section {
            "s" if subscriber.choices.silent => call.button("settings-with-sound", "s:s:0"),
            "s" => call.button(key, "s:s:1"),
            _ => call.button(key, format!("s:{section}")),
        });
    }
    let mut rows: Vec<Vec<InlineKeyboardButton>> = buttons.chunks(2).map(<[_]>::to_vec).collect();
    if subscriber.state != State::Active {
        rows.insert(0, vec![call.button("settings-subscribe", "s:on")]);
    }
    call.show(&in_words(call, subscriber).await?, Some(InlineKeyboardMarkup::new(rows))).await;
    Ok(())
}

/// The menu closed: what was chosen stays in words.
async fn done(call: &Call, subscriber: &Subscriber) -> anyhow::Result<()> {
    let text = format!("{}\n\n{}", in_words(call, subscriber).await?, call.say("settings-again", &[]));
    call.show(&text, None).await;
    Ok(())
}

async fn in_words(call: &Call, subscriber: &Subscriber) -> anyhow::Result<String> {
    let app = &call.service.app;
    let chosen = choices::of(&app.db, subscriber.id).await?;
    let has_topics = !app.config.topics.is_empty();
    Ok(words::all(call.language, subscriber, &chosen, has_topics, app.clock.now()))
}

/// The local time.
fn clock_time(now: DateTime<Utc>, zone: Tz) -> String {
    now.with_timezone(&zone).format("%H:%M").to_string()
}

/// `0730`, as buttons carry it.
fn read_time(digits: &str) -> Option<NaiveTime> {
    let (hour, minute) = digits.split_at_checked(2)?;
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

/// The days of a week, from Monday on.
fn week() -> impl Iterator<Item = Weekday> {
    (0..7).filter_map(|day: u8| Weekday::try_from(day).ok())
}

/// The hours of a day as buttons, six a row.
fn hours(data: impl Fn(u32) -> String) -> Vec<Vec<InlineKeyboardButton>> {
    let button = |hour: u32| InlineKeyboardButton::callback(format!("{hour:02}"), data(hour));
    (0..24)
        .collect::<Vec<u32>>()
        .chunks(6)
        .map(|row| row.iter().map(|hour| button(*hour)).collect())
        .collect()
}

//! /start, /subscribe, /stop: who gets a digest, and when.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::admin::shortened;
use super::call::Call;
use crate::app::digest;
use crate::locale::Language;
use crate::store::stats;
use crate::store::subscribers::{self, Subscriber, Subscription};

/// Subscribes at the default time, or as the chat had chosen before, and says what comes when.
pub(super) async fn start(call: &Call) -> anyhow::Result<()> {
    if !call.changes().await? {
        return Ok(());
    }
    let now = call.service.app.clock.now();
    let subscriber = enter(call, None, None, now).await?;
    let mut paragraphs = vec![call.say("bot-welcome", &[]), when(call, &subscriber, now).await?];
    if stats::open_sources(&call.service.app.db).await? == 0 {
        paragraphs.push(call.say("bot-no-sources", &[]));
    }
    paragraphs.push(call.say("bot-what-next", &[]));
    call.reply(&paragraphs.join("\n\n")).await;
    Ok(())
}

/// Subscribes, or changes time and zone.
pub(super) async fn subscribe(call: &Call, words: &str) -> anyhow::Result<()> {
    if !call.changes().await? {
        return Ok(());
    }
    let wish = match parse(words, call.language) {
        Ok(wish) => wish,
        Err(mend) => {
            call.reply(&format!("{mend}\n\n{}", call.say("bot-examples", &[]))).await;
            return Ok(());
        }
    };
    let now = call.service.app.clock.now();
    let subscriber = enter(call, wish.at, wish.zone, now).await?;
    call.reply(&format!("{} {}", call.say("bot-subscribed", &[]), when(call, &subscriber, now).await?)).await;
    Ok(())
}

/// Ends the digests; what was chosen is kept.
pub(super) async fn stop(call: &Call) -> anyhow::Result<()> {
    if !call.changes().await? {
        return Ok(());
    }
    let was_active = subscribers::stop(&call.service.app.db, call.chat_id, call.thread).await?;
    call.reply(&call.say(if was_active { "bot-stopped" } else { "bot-was-stopped" }, &[])).await;
    Ok(())
}

async fn enter(
    call: &Call,
    at: Option<NaiveTime>,
    zone: Option<Tz>,
    now: DateTime<Utc>,
) -> anyhow::Result<Subscriber> {
    let app = &call.service.app;
    let default = (app.config.schedule.digest, app.config.schedule.zone);
    let wish =
        Subscription { chat_id: call.chat_id, thread_id: call.thread, title: &call.title, at, zone, default };
    subscribers::subscribe(&app.db, &wish, now).await
}

/// "A digest comes every day at 07:30 (Europe/Kyiv). The next one: Monday, 23 November, 07:30."
async fn when(call: &Call, subscriber: &Subscriber, now: DateTime<Utc>) -> anyhow::Result<String> {
    let app = &call.service.app;
    let times: Vec<String> = subscriber.slots.iter().map(|(_, at)| at.format("%H:%M").to_string()).collect();
    let times = times.join(", ");
    let daily = call.say("bot-daily", &[("times", times.into()), ("zone", subscriber.zone.name().into())]);
    let Some(next) = digest::next_edition(app, subscriber.id, now).await? else { return Ok(daily) };
    if next.at <= now {
        return Ok(format!("{daily} {}", call.say("bot-on-its-way", &[])));
    }
    let day = call.language.moment(next.at, subscriber.zone, "%A, %-d %B, %H:%M");
    // The clock may tell nanoseconds; the database keeps microseconds.
    let came_now = now - subscriber.subscribed_at < TimeDelta::milliseconds(1);
    let key = if came_now { "bot-first-edition" } else { "bot-next-edition" };
    Ok(format!("{daily} {}", call.say(key, &[("when", day.into())])))
}

/// What /subscribe was given.
#[derive(Debug, PartialEq, Eq)]
struct Wish {
    at: Option<NaiveTime>,
    zone: Option<Tz>,
}

/// Reads `[time] [zone]`; an error says in HTML what is wrong and how to mend it.
fn parse(words: &str, language: Language) -> Result<Wish, String> {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    if words.is_empty() {
        return Ok(Wish { at: None, zone: None });
    }
    if !first.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(Wish { at: None, zone: Some(parse_zone(words, language)?) });
    }
    let at = parse_time(first)
        .ok_or_else(|| language.html("bot-wrong-time", &[("words", shortened(first, 40).into())]))?;
    let zone = if rest.is_empty() { None } else { Some(parse_zone(rest, language)?) };
    Ok(Wish { at: Some(at), zone })
}

/// `7:30`, `07.30`, `7`.
fn parse_time(word: &str) -> Option<NaiveTime> {
    let (hour, minute) = word.split_once([':', '.']).unwrap_or((word, "00"));
    let digits = |text: &str, longest: usize| {
        (!text.is_empty() && text.len() <= longest && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse::<u32>().ok())
            .flatten()
    };
    let minute = digits(minute, 2).filter(|_| minute.len() == 2)?;
    NaiveTime::from_hms_opt(digits(hour, 2)?, minute, 0)
}

/// An IANA name, whatever its case; blanks stand for underscores.
fn parse_zone(words: &str, language: Language) -> Result<Tz, String> {
    let name = words.replace(' ', "_");
    if let Some(zone) = chrono_tz::TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(&name)) {
        return Ok(*zone);
    }
    let city =
        |zone: &Tz| zone.name().rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&name));
    let mend = match chrono_tz::TZ_VARIANTS.iter().find(|zone| city(zone)) {
        Some(zone) => language.html("bot-did-you-mean", &[("zone", zone.name().into())]),
        None => language.html("bot-zone-form", &[]),
    };
    let unknown = language.html("bot-unknown-zone", &[("words", shortened(words, 40).into())]);
    Err(format!("{unknown} {mend}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Result<Wish, String> {
        parse(words, Language::En)
    }

    fn wish(at: Option<&str>, zone: Option<Tz>) -> Result<Wish, String> {
        Ok(Wish { at: at.map(|at| at.parse().unwrap()), zone })
    }

    #[test]
    fn time_and_zone_may_each_be_given_alone() {
        assert_eq!(read(""), wish(None, None));
        assert_eq!(read("07:30 Europe/Kyiv"), wish(Some("07:30:00"), Some(Tz::Europe__Kyiv)));
        assert_eq!(read("7.05"), wish(Some("07:05:00"), None));
        assert_eq!(read("19"), wish(Some("19:00:00"), None));
        assert_eq!(read("america/new_york"), wish(None, Some(Tz::America__New_York)));
        assert_eq!(read("0:00 america/new york"), wish(Some("00:00:00"), Some(Tz::America__New_York)));
    }

    #[test]
    fn a_wrong_time_is_answered_with_the_mend() {
        for words in ["25:00", "7:60", "7:5", "730", "7:30pm", "9:"] {
            assert!(read(words).unwrap_err().contains("00:00 to 23:59"), "{words}");
        }
    }

    #[test]
    fn a_city_alone_is_answered_with_its_zone() {
        assert!(read("07:30 kyiv").unwrap_err().contains("Europe/Kyiv"));
        assert!(read("07:30 UTC+2").unwrap_err().contains("continent"));
    }

    #[test]
    fn what_the_reader_wrote_is_escaped() {
        let answer = read("<b>&\u{202e}").unwrap_err();
        assert!(answer.contains("&lt;b&gt;&amp;"), "{answer}");
    }
}

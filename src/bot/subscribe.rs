//! /start, /subscribe, /stop: who gets a digest, and when.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use teloxide::utils::html::escape;

use super::{Call, bold};
use crate::app::digest;
use crate::store::stats;
use crate::store::subscribers::{self, Subscriber, Subscription};

const EXAMPLES: &str = "Examples:\n<code>/subscribe 07:30 Europe/Kyiv</code>\n<code>/subscribe 19:00</code>\n\
                        <code>/subscribe America/New_York</code>";

/// Subscribes at the default time, or as the chat had chosen before, and says what comes when.
pub(super) async fn start(call: &Call) -> anyhow::Result<()> {
    let now = call.service.app.clock.now();
    let subscriber = enter(call, None, None, now).await?;
    let mut text = String::from(
        "👋 I read the news and send a digest: who met, what was struck, who said what. Each development is \
         told once; later only what changed.\n\n",
    );
    text.push_str(&when(call, &subscriber, now).await?);
    if stats::open_sources(&call.service.app.db).await? == 0 {
        text.push_str("\n\n⚠️ I have no sources yet, so there is nothing to tell until my owner adds some.");
    }
    text.push_str(
        "\n\nAnother time or zone: <code>/subscribe 07:30 Europe/Kyiv</code>\nWhat is new right now: /latest\n\
         All commands: /help",
    );
    call.reply(&text).await;
    Ok(())
}

/// Subscribes, or changes time and zone.
pub(super) async fn subscribe(call: &Call, words: &str) -> anyhow::Result<()> {
    let wish = match parse(words) {
        Ok(wish) => wish,
        Err(mend) => {
            call.reply(&format!("{mend}\n\n{EXAMPLES}")).await;
            return Ok(());
        }
    };
    let now = call.service.app.clock.now();
    let subscriber = enter(call, wish.at, wish.zone, now).await?;
    call.reply(&format!("✅ Subscribed. {}", when(call, &subscriber, now).await?)).await;
    Ok(())
}

/// Ends the digests; what was chosen is kept.
pub(super) async fn stop(call: &Call) -> anyhow::Result<()> {
    let was_active = subscribers::stop(&call.service.app.db, call.chat_id, call.thread).await?;
    let text = if was_active {
        "👋 No more digests here. /start brings them back, at the same time."
    } else {
        "No digests are sent here anyway. /start subscribes."
    };
    call.reply(text).await;
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
    let daily = format!(
        "A digest comes every day at {} ({}).",
        bold(&times.join(", ")),
        escape(subscriber.zone.name())
    );
    let Some(next) = digest::next_edition(app, subscriber.id, now).await? else { return Ok(daily) };
    if next.at <= now {
        return Ok(format!("{daily} The next one is on its way."));
    }
    let next = bold(&next.at.with_timezone(&subscriber.zone).format("%A, %-d %B, %H:%M").to_string());
    // The clock may tell nanoseconds; the database keeps microseconds.
    let came_now = now - subscriber.subscribed_at < TimeDelta::milliseconds(1);
    Ok(if came_now {
        format!("{daily} The first one: {next}; it covers the 24 hours before.")
    } else {
        format!("{daily} The next one: {next}.")
    })
}

/// What /subscribe was given.
#[derive(Debug, PartialEq, Eq)]
struct Wish {
    at: Option<NaiveTime>,
    zone: Option<Tz>,
}

/// Reads `[time] [zone]`; an error says in HTML what is wrong and how to mend it.
fn parse(words: &str) -> Result<Wish, String> {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    if words.is_empty() {
        return Ok(Wish { at: None, zone: None });
    }
    if !first.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(Wish { at: None, zone: Some(parse_zone(words)?) });
    }
    let at = parse_time(first).ok_or_else(|| {
        format!("I can't read {} as a time. Write hours and minutes, from 00:00 to 23:59.", quoted(first))
    })?;
    let zone = if rest.is_empty() { None } else { Some(parse_zone(rest)?) };
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
fn parse_zone(words: &str) -> Result<Tz, String> {
    let name = words.replace(' ', "_");
    if let Some(zone) = chrono_tz::TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(&name)) {
        return Ok(*zone);
    }
    let city =
        |zone: &Tz| zone.name().rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&name));
    let mend = match chrono_tz::TZ_VARIANTS.iter().find(|zone| city(zone)) {
        Some(zone) => format!("Did you mean <code>{}</code>?", zone.name()),
        None => {
            "Write its name like <code>Europe/Kyiv</code>: continent, slash, a large city of the zone.".into()
        }
    };
    Err(format!("I don't know the time zone {}. {mend}", quoted(words)))
}

/// What the reader wrote, escaped and kept short.
fn quoted(words: &str) -> String {
    let short: String = words.chars().take(40).collect();
    format!("“{}”", escape(&short))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(at: Option<&str>, zone: Option<Tz>) -> Result<Wish, String> {
        Ok(Wish { at: at.map(|at| at.parse().unwrap()), zone })
    }

    #[test]
    fn time_and_zone_may_each_be_given_alone() {
        assert_eq!(parse(""), wish(None, None));
        assert_eq!(parse("07:30 Europe/Kyiv"), wish(Some("07:30:00"), Some(Tz::Europe__Kyiv)));
        assert_eq!(parse("7.05"), wish(Some("07:05:00"), None));
        assert_eq!(parse("19"), wish(Some("19:00:00"), None));
        assert_eq!(parse("america/new_york"), wish(None, Some(Tz::America__New_York)));
        assert_eq!(parse("0:00 america/new york"), wish(Some("00:00:00"), Some(Tz::America__New_York)));
    }

    #[test]
    fn a_wrong_time_is_answered_with_the_mend() {
        for words in ["25:00", "7:60", "7:5", "730", "7:30pm", "9:"] {
            assert!(parse(words).unwrap_err().contains("00:00 to 23:59"), "{words}");
        }
    }

    #[test]
    fn a_city_alone_is_answered_with_its_zone() {
        assert!(parse("07:30 kyiv").unwrap_err().contains("Europe/Kyiv"));
        assert!(parse("07:30 UTC+2").unwrap_err().contains("continent"));
    }

    #[test]
    fn what_the_reader_wrote_is_escaped() {
        let answer = parse("<b>&\u{202e}").unwrap_err();
        assert!(answer.contains("&lt;b&gt;&amp;"), "{answer}");
    }
}

//! /start, /subscribe, /stop: who gets a digest, and when.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use teloxide::types::InlineKeyboardMarkup;

use super::admin::shortened;
use super::call::Call;
use super::settings::{self, zone};
use crate::app::digest;
use crate::locale::Language;
use crate::store::digests;
use crate::store::subscribers::{self, Subscriber, Subscription};
use crate::store::{self, stats};

/// Editions a day, at most.
pub(super) const MOST_TIMES: usize = 4;

/// Subscribes at the default time, or as the chat had chosen before, and says what comes when.
///
/// A link may have brought the reader here for one topic: `t.me/BOT?start=topic_NAME`.
pub(super) async fn start(call: &Call, payload: &str) -> anyhow::Result<()> {
    if !call.changes().await? {
        return Ok(());
    }
    let now = call.service.app.clock.now();
    let subscriber = enter(call, None, None, now).await?;
    let mut paragraphs = vec![call.say("bot-welcome", &[]), when(call, &subscriber, now).await?];
    if let Some(slug) = payload.strip_prefix("topic_") {
        paragraphs.push(settings::follow(call, &subscriber, slug).await?);
    }
    if stats::open_sources(&call.service.app.db).await? == 0 {
        paragraphs.push(call.say("bot-no-sources", &[]));
    }
    paragraphs.push(call.say("bot-what-next", &[]));
    let time = subscriber.slots.first().map(|(_, at)| at.format("%H%M").to_string());
    let keyboard = InlineKeyboardMarkup::new([
        vec![
            call.button("bot-other-time", format!("s:t:{}", time.unwrap_or_else(|| "+".into()))),
            call.button("bot-other-zone", "s:z"),
        ],
        vec![call.button("bot-settings", "s:")],
    ]);
    call.reply_with(&paragraphs.join("\n\n"), Some(keyboard)).await;
    Ok(())
}

/// Subscribes, or changes times and zone.
pub(super) async fn subscribe(call: &Call, words: &str) -> anyhow::Result<()> {
    if !call.changes().await? {
        return Ok(());
    }
    let mend = match parse(words, call.language) {
        Ok(Wish { times, place: None }) => return settle(call, &times, None).await,
        Ok(Wish { times, place: Some(place) }) => match zone::find(&place)[..] {
            [] => zone::unknown(call.language, &place),
            [ref one] => return settle(call, &times, Some(one.zone)).await,
            ref several => {
                zone::which(call, &place, several, &times).await;
                return Ok(());
            }
        },
        Err(mend) => mend,
    };
    call.reply(&format!("{mend}\n\n{}", call.say("bot-examples", &[]))).await;
    Ok(())
}

/// Subscribes at these times in this zone, and says so; what is not given stays, or is the default.
pub(super) async fn settle(call: &Call, times: &[NaiveTime], zone: Option<Tz>) -> anyhow::Result<()> {
    let app = &call.service.app;
    let now = app.clock.now();
    let mut subscriber = enter(call, times.first().copied(), zone, now).await?;
    if times.len() > 1 {
        store::times::set(&app.db, subscriber.id, subscriber.zone, times, now).await?;
        subscriber = subscribers::get(&app.db, subscriber.id).await?.unwrap_or(subscriber);
    }
    let text = format!("{} {}", call.say("bot-subscribed", &[]), when(call, &subscriber, now).await?);
    call.show(&text, Some(InlineKeyboardMarkup::new([[call.button("bot-settings", "s:")]]))).await;
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

/// Subscribes the chat, or revives it; what is not given stays, or is the default.
pub(super) async fn enter(
    call: &Call,
    at: Option<NaiveTime>,
    zone: Option<Tz>,
    now: DateTime<Utc>,
) -> anyhow::Result<Subscriber> {
    let app = &call.service.app;
    let default = (app.config.schedule.digest, app.config.schedule.zone);
    let wish = Subscription {
        chat_id: call.chat_id,
        thread_id: call.thread,
        title: &call.title,
        broadcast: call.is_channel(),
        // A group's is that of who subscribed it, until one is chosen.
        spoken: call.of_user.filter(|_| call.private() || call.subscriber.is_none()),
        at,
        zone,
        default,
    };
    subscribers::subscribe(&app.db, &wish, now).await
}

/// "A digest comes every day at 07:30 (Europe/Kyiv). The next one: Monday, 23 November, 07:30."
pub(super) async fn when(call: &Call, subscriber: &Subscriber, now: DateTime<Utc>) -> anyhow::Result<String> {
    let app = &call.service.app;
    let days = settings::days(call.language, &subscriber.choices.days);
    let args = [
        ("days", days.into()),
        ("times", settings::times(subscriber).into()),
        ("zone", subscriber.zone.name().into()),
    ];
    let daily = call.say("bot-daily", &args);
    let Some(next) = digest::next_edition(app, subscriber.id, now).await? else { return Ok(daily) };
    if next.at <= now {
        return Ok(format!("{daily} {}", call.say("bot-on-its-way", &[])));
    }
    let day = call.language.moment(next.at, subscriber.zone, "%A, %-d %B, %H:%M");
    // The clock may tell nanoseconds; the database keeps microseconds.
    let came_now = now - subscriber.subscribed_at < TimeDelta::milliseconds(1);
    // Who is back within a day gets what is new since the last one.
    let last = digests::last_windows(&app.db, &[subscriber.id]).await?.remove(&subscriber.id);
    let goes_on = |to: DateTime<Utc>| next.window_from(subscriber.subscribed_at, Some(to)) == to.min(next.at);
    let first = came_now && !last.is_some_and(|last| goes_on(last.to));
    let key = if first { "bot-first-edition" } else { "bot-next-edition" };
    Ok(format!("{daily} {}", call.say(key, &[("when", day.into())])))
}

/// What /subscribe was given.
#[derive(Debug, PartialEq, Eq)]
struct Wish {
    times: Vec<NaiveTime>,
    /// A zone's name, or a city.
    place: Option<String>,
}

/// Reads `[times] [zone or city]`; an error says in HTML what is wrong and how to mend it.
fn parse(words: &str, language: Language) -> Result<Wish, String> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let begins_place = |word: &&str| !word.starts_with(|c: char| c.is_ascii_digit());
    let (times, place) = words.split_at(words.iter().position(begins_place).unwrap_or(words.len()));
    let mut read = Vec::new();
    for word in times {
        let time = parse_time(word)
            .ok_or_else(|| language.html("bot-wrong-time", &[("words", shortened(word, 40).into())]))?;
        if !read.contains(&time) {
            read.push(time);
        }
    }
    if read.len() > MOST_TIMES {
        return Err(language.html("settings-times-full", &[("n", MOST_TIMES.into())]));
    }
    Ok(Wish { times: read, place: (!place.is_empty()).then(|| place.join(" ")) })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Result<Wish, String> {
        parse(words, Language::En)
    }

    fn wish(times: &[&str], place: Option<&str>) -> Result<Wish, String> {
        let times = times.iter().map(|at| at.parse().unwrap()).collect();
        Ok(Wish { times, place: place.map(str::to_owned) })
    }

    #[test]
    fn times_and_place_may_each_be_given_alone() {
        assert_eq!(read(""), wish(&[], None));
        assert_eq!(read("07:30 Europe/Kyiv"), wish(&["07:30:00"], Some("Europe/Kyiv")));
        assert_eq!(read("7.05"), wish(&["07:05:00"], None));
        assert_eq!(read("19"), wish(&["19:00:00"], None));
        assert_eq!(read("7:30 19:00 7:30 New York"), wish(&["07:30:00", "19:00:00"], Some("New York")));
        assert_eq!(read("Lviv"), wish(&[], Some("Lviv")));
    }

    #[test]
    fn a_wrong_time_is_answered_with_the_mend() {
        for words in ["25:00", "7:60", "7:5", "730", "7:30pm", "9:", "7:30 25:00 Lviv"] {
            assert!(read(words).unwrap_err().contains("00:00 to 23:59"), "{words}");
        }
        assert!(read("1 2 3 4 5").unwrap_err().contains('4'));
    }

    #[test]
    fn what_the_reader_wrote_is_escaped() {
        let answer = read("7<b>&\u{202e}").unwrap_err();
        assert!(answer.contains("7&lt;b&gt;&amp;"), "{answer}");
    }
}

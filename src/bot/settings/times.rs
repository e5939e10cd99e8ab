//! The times of a chat's digests: added, changed and taken away by buttons.
//!
//! `s:t` lists them. `s:t:WHICH[:HOUR[:MINUTE]]` asks for hour and minute of a time, then sets it: WHICH is the
//! time to be changed, as `0730`, or `+`. `s:t:-:0730` takes one away.

use chrono::NaiveTime;
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

use super::{hours, overview, read_time};
use crate::bot::call::Call;
use crate::bot::subscribe::MOST_TIMES;
use crate::store::{self, subscribers::Subscriber};

/// Minutes that are offered.
const MINUTES: [u32; 4] = [0, 15, 30, 45];

/// What became of a button.
#[derive(Debug, PartialEq, Eq)]
enum Change {
    /// These times from now on; they may be as before.
    Times(Vec<NaiveTime>),
    /// No more than these many fit.
    Full,
    /// The last one can't go.
    Last,
    /// What it speaks of is gone.
    Stale,
}

pub(super) async fn press(call: &Call, subscriber: &Subscriber, data: &str) -> anyhow::Result<()> {
    let times: Vec<NaiveTime> = subscriber.slots.iter().map(|(_, at)| *at).collect();
    let parts: Vec<&str> = data.split(':').collect();
    let change = match parts[..] {
        [""] => return menu(call, &times).await,
        ["-", which] => without(&times, read_time(which)),
        [which] if known(&times, which) => {
            let rows = hours(|hour| format!("s:t:{which}:{hour:02}"));
            return pick(call, "settings-which-hour", rows, "s:t").await;
        }
        [which, hour] if known(&times, which) && read_time(&format!("{hour}00")).is_some() => {
            let button = |minute: &u32| {
                InlineKeyboardButton::callback(
                    format!("{hour}:{minute:02}"),
                    format!("s:t:{which}:{hour}:{minute:02}"),
                )
            };
            let row = MINUTES.iter().map(button).collect();
            return pick(call, "settings-which-minute", vec![row], &format!("s:t:{which}")).await;
        }
        [which, hour, minute] => with(&times, which, read_time(&format!("{hour}{minute}"))),
        _ => Change::Stale,
    };
    match change {
        Change::Times(new) if parts[0] == "-" => {
            set(call, subscriber, &new).await?;
            menu(call, &new).await
        }
        Change::Times(new) => {
            set(call, subscriber, &new).await?;
            overview(&call.again().await?).await
        }
        Change::Stale => call.stale().await,
        refused => {
            menu(call, &times).await?;
            let key = if refused == Change::Full { "settings-times-full" } else { "settings-last-time" };
            call.notice(&call.say(key, &[("n", MOST_TIMES.into())])).await;
            Ok(())
        }
    }
}

async fn set(call: &Call, subscriber: &Subscriber, times: &[NaiveTime]) -> anyhow::Result<()> {
    let app = &call.service.app;
    store::times::set(&app.db, subscriber.id, subscriber.zone, times, app.clock.now()).await
}

/// A row a time: to change it, to take it away.
async fn menu(call: &Call, times: &[NaiveTime]) -> anyhow::Result<()> {
    let mut sorted = times.to_vec();
    sorted.sort();
    let row = |at: &NaiveTime| {
        let digits = at.format("%H%M");
        let mut row = vec![InlineKeyboardButton::callback(
            format!("✏️ {}", at.format("%H:%M")),
            format!("s:t:{digits}"),
        )];
        if times.len() > 1 {
            row.push(InlineKeyboardButton::callback(
                format!("✕ {}", at.format("%H:%M")),
                format!("s:t:-:{digits}"),
            ));
        }
        row
    };
    let mut rows: Vec<Vec<InlineKeyboardButton>> = sorted.iter().map(row).collect();
    if times.len() < MOST_TIMES {
        rows.push(vec![call.button("settings-add-time", "s:t:+")]);
    }
    pick(call, "settings-times-menu", rows, "s:").await
}

async fn pick(
    call: &Call,
    key: &str,
    mut rows: Vec<Vec<InlineKeyboardButton>>,
    back: &str,
) -> anyhow::Result<()> {
    rows.push(vec![call.button("settings-back", back)]);
    call.show(&call.say(key, &[]), Some(InlineKeyboardMarkup::new(rows))).await;
    Ok(())
}

/// Whether a time can be added, or is there to be changed.
fn known(times: &[NaiveTime], which: &str) -> bool {
    which == "+" || read_time(which).is_some_and(|which| times.contains(&which))
}

fn without(times: &[NaiveTime], which: Option<NaiveTime>) -> Change {
    match which {
        Some(which) if !times.contains(&which) => Change::Stale,
        Some(_) if times.len() == 1 => Change::Last,
        Some(which) => Change::Times(times.iter().copied().filter(|at| *at != which).collect()),
        None => Change::Stale,
    }
}

fn with(times: &[NaiveTime], which: &str, new: Option<NaiveTime>) -> Change {
    let mut times = times.to_vec();
    let Some(new) = new else { return Change::Stale };
    if times.contains(&new) {
        // Pressed twice, or chosen twice: it is there.
        return Change::Times(times);
    }
    if which == "+" {
        if times.len() >= MOST_TIMES {
            return Change::Full;
        }
        times.push(new);
        return Change::Times(times);
    }
    match times.iter_mut().find(|at| Some(**at) == read_time(which)) {
        Some(at) => *at = new,
        None => return Change::Stale,
    }
    Change::Times(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(digits: &str) -> NaiveTime {
        read_time(digits).unwrap()
    }

    #[test]
    fn a_time_is_added_changed_and_taken_away_once() {
        let times = vec![at("0800")];
        let both = Change::Times(vec![at("0800"), at("1930")]);
        assert_eq!(with(&times, "+", Some(at("1930"))), both);
        assert_eq!(with(&[at("0800"), at("1930")], "+", Some(at("1930"))), both, "pressed twice");
        assert_eq!(with(&times, "0800", Some(at("0700"))), Change::Times(vec![at("0700")]));
        assert_eq!(
            with(&[at("0700")], "0800", Some(at("0700"))),
            Change::Times(vec![at("0700")]),
            "pressed twice"
        );
        assert_eq!(with(&[at("0700")], "0800", Some(at("0900"))), Change::Stale);
        assert_eq!(without(&[at("0700"), at("0900")], Some(at("0900"))), Change::Times(vec![at("0700")]));
        assert_eq!(without(&[at("0700")], Some(at("0700"))), Change::Last);
        assert_eq!(without(&[at("0700")], Some(at("0900"))), Change::Stale);
    }

    #[test]
    fn a_fifth_time_is_refused_and_nonsense_is_out_of_date() {
        let full: Vec<NaiveTime> = ["0600", "0700", "0800", "0900"].map(at).to_vec();
        assert_eq!(with(&full, "+", Some(at("1000"))), Change::Full);
        assert!(
            ["", "25", "2500", "0760", "07:30", "+730", "ab00"]
                .iter()
                .all(|digits| read_time(digits).is_none())
        );
        assert_eq!(with(&full, "+", read_time("0761")), Change::Stale);
    }
}

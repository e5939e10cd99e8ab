//! What readers look up: the latest, the last digest, words, stories, names, plans, the week's picture, outlets;
//! and what is theirs: an export, and the end of it all.
//!
//! A list is a message of one page, whose buttons turn it in place. A button's data is `b:WHAT:ID:PAGE`: the words
//! that were asked for stand in the database under their id, for 64 bytes hold few of them.

use chrono::TimeDelta;
use chrono_tz::Tz;
use teloxide::types::InlineKeyboardMarkup;
use teloxide::utils::html::escape;

use super::call::Call;
use crate::app::{chart as picture, digest, more};
use crate::deliver::telegram::{self, Manner};
use crate::digest::{Digest, parts};
use crate::store::search;

pub(super) mod own;
mod page;
pub(super) mod lists;
pub(super) mod story;

/// Between two messages to one chat: Telegram allows about one a second.
const PACE: TimeDelta = TimeDelta::seconds(1);
/// Developments that /latest left out and that are behind its button: what is remembered of a question has its bound.
const LEFT_OUT: usize = 100;
/// What stands before their numbers where questions are remembered; no question has a tab.
const NUMBERS: &str = "\t";
/// Outlets that are listed.
const OUTLETS: i64 = 20;

/// What is new since the chat's last digest; for who has none, in the last 24 hours.
pub(super) async fn latest(call: &Call) -> anyhow::Result<()> {
    let app = &call.service.app;
    let subscriber = call.subscriber.as_ref().map(|subscriber| subscriber.id);
    let latest = digest::latest(app, subscriber, Some(call.language), app.clock.now()).await?;
    let parts = digest::messages(app, &latest)?;
    let count = parts.len();
    for (i, mut part) in parts.into_iter().enumerate() {
        if i > 0 {
            app.clock.sleep_until(app.clock.now() + PACE).await;
        }
        // A part that did not arrive leaves a gap that the next one would hide.
        let more = i + 1 == count && !latest.rest.is_empty();
        let keyboard = if more && call.private() { left_out(call, &latest).await } else { None };
        if more && !call.private() {
            part.push_str(&more::line(call.language, latest.rest.len() as i64));
        }
        if call.reply_with(&part, keyboard).await.is_none() {
            break;
        }
    }
    Ok(())
}

/// The button to what found no room; a failure is logged, and costs the button alone.
async fn left_out(call: &Call, latest: &Digest) -> Option<InlineKeyboardMarkup> {
    let app = &call.service.app;
    let numbers: Vec<String> = latest.rest.iter().take(LEFT_OUT).map(|id| id.0.to_string()).collect();
    let words = format!("{NUMBERS}{}", numbers.join(" "));
    match search::ask(&app.db, call.chat_id, &words, app.clock.now()).await {
        Ok(id) => Some(more::button(call.language, numbers.len() as i64, format!("b:e:{id}:0"))),
        Err(error) => {
            tracing::warn!(chat_id = call.chat_id, "the latest goes without its button: {error:#}");
            None
        }
    }
}

/// The week's picture.
pub(super) async fn chart(call: &Call) -> anyhow::Result<()> {
    let app = &call.service.app;
    let picture = picture::chart(app, zone(call), call.language, app.clock.now()).await?;
    send(call, picture.png, &picture.caption).await;
    Ok(())
}

/// Who reports, and how often.
pub(super) async fn outlets(call: &Call) -> anyhow::Result<()> {
    let app = &call.service.app;
    let outlets = search::outlets(&app.db, app.clock.now() - TimeDelta::days(7), OUTLETS).await?;
    if outlets.is_empty() {
        call.reply(&call.say("browse-no-outlets", &[])).await;
        return Ok(());
    }
    let lines = outlets.iter().map(|outlet| {
        let figures = call.say(
            "browse-outlet",
            &[
                ("articles", outlet.articles.into()),
                ("developments", outlet.developments.into()),
                ("seen", call.language.moment(outlet.last_seen, zone(call), "%a %H:%M").into()),
            ],
        );
        format!("• <b>{}</b>\n   <i>{figures}</i>", escape(&page::cut(&outlet.outlet, 60)))
    });
    let text = std::iter::once(call.say("browse-outlets", &[])).chain(lines).collect::<Vec<_>>().join("\n");
    for part in parts::split(&text) {
        call.reply(&part).await;
    }
    Ok(())
}

/// A button of a list: `WHAT:ID:PAGE`.
pub(super) async fn press(call: &Call, data: &str) -> anyhow::Result<()> {
    let mut fields = data.split(':');
    let (what, id, page) = (fields.next(), fields.next().map(str::parse), fields.next().map(str::parse));
    let (Some(what), Some(Ok(id)), Some(Ok(page))) = (what, id, page) else { return call.stale().await };
    match what {
        "d" => lists::left_out(call, id, page).await,
        "e" => lists::left_out_of_latest(call, id, page).await,
        "f" => lists::turn(call, id, page).await,
        "t" => lists::turn_names(call, id, page).await,
        "u" => lists::planned(call, page).await,
        "l" => story::list(call, id, page).await,
        "s" => story::show(call, id, page).await,
        "w" | "v" => story::watch(call, id, page, what == "w").await,
        "x" | "k" => own::confirmed(call, what == "x").await,
        _ => call.stale().await,
    }
}

/// The chat's zone; of one that never subscribed, the configuration's.
fn zone(call: &Call) -> Tz {
    call.subscriber.as_ref().map_or(call.service.app.config.schedule.zone, |subscriber| subscriber.zone)
}

/// A picture where the call came from; its id if it arrived.
async fn send(call: &Call, png: Vec<u8>, caption: &str) -> Option<i32> {
    let manner = Manner::default();
    call.service.app.sends_beside();
    let answer = telegram::send_picture(&call.service.bot, call.chat_id, call.thread, png, caption, &manner);
    call.outcome(answer.await).await
}

//! Stories that a chat wants no more of.
//!
//! `m:STORY` below a message mutes the story, in a message of its own with a way back: `m:STORY:0`, and `m:STORY:1`
//! there again. `s:r` lists the muted ones.

use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

use super::names::MOST;
use super::words;
use crate::bot::call::Call;
use crate::store::choices::{self, What};
use crate::store::subscribers::{Stance, Subscriber};

/// `m:STORY[:0|1]`.
pub(in crate::bot) async fn mute(call: &Call, data: &str) -> anyhow::Result<()> {
    if !call.changes().await? {
        return Ok(());
    }
    let (story, back) = data.split_once(':').unwrap_or((data, ""));
    let app = &call.service.app;
    let Some(what) = choices::story(&app.db, story.parse().unwrap_or(0)).await? else {
        call.notice(&call.say("settings-no-such-story", &[])).await;
        return Ok(());
    };
    let Some(subscriber) = &call.subscriber else {
        call.notice(&call.say("settings-subscribe-first", &[])).await;
        return Ok(());
    };
    let What::Story(id, ..) = what else { return Ok(()) };
    if back == "0" {
        choices::drop_story(&app.db, subscriber.id, id, Stance::Muted).await?;
    } else {
        let chosen = choices::of(&app.db, subscriber.id).await?;
        let muted = chosen.iter().any(|one| {
            one.stance == Stance::Muted && matches!(one.what, What::Story(known, ..) if known == id)
        });
        if back.is_empty() && muted {
            call.notice(&call.say("settings-story-is-muted", &[])).await;
            return Ok(());
        }
        if chosen.len() >= MOST && !muted {
            call.notice(&call.say("settings-names-full", &[("n", MOST.into())])).await;
            return Ok(());
        }
        choices::take_story(&app.db, subscriber.id, Stance::Muted, id, app.clock.now()).await?;
    }
    let (told, button, data) = match back {
        "0" => ("settings-story-unmuted", "settings-mute-again", format!("m:{id}:1")),
        _ => ("settings-story-muted", "settings-undo", format!("m:{id}:0")),
    };
    let text = call.say(told, &[("story", words::name(&what).into())]);
    let keyboard = Some(InlineKeyboardMarkup::new([[call.button(button, data)]]));
    // The message with the story itself stays as it is.
    if back.is_empty() {
        call.reply_with(&text, keyboard).await
    } else {
        call.show(&text, keyboard).await
    };
    Ok(())
}

/// `s:r[:CHOICE]`: the list; a number takes one off it.
pub(super) async fn press(call: &Call, subscriber: &Subscriber, value: &str) -> anyhow::Result<()> {
    let db = &call.service.app.db;
    let gone = !value.is_empty() && !choices::remove(db, subscriber.id, value.parse().unwrap_or(0)).await?;
    let chosen = choices::of(db, subscriber.id).await?;
    let mut rows: Vec<Vec<InlineKeyboardButton>> = chosen
        .iter()
        .filter(|one| matches!(one.what, What::Story(..)))
        .map(|one| {
            let label = format!("✕ {}", words::name(&one.what));
            vec![InlineKeyboardButton::callback(label, format!("s:r:{}", one.id))]
        })
        .collect();
    let key = if rows.is_empty() { "settings-no-stories" } else { "settings-stories-menu" };
    rows.push(vec![call.button("settings-back", "s:")]);
    call.show(&call.say(key, &[]), Some(InlineKeyboardMarkup::new(rows))).await;
    if gone { call.stale().await } else { Ok(()) }
}

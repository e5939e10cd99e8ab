//! /mute_story: a story that nobody is to be told of any more, until it is unmuted.

use teloxide::types::InlineKeyboardButton;

use super::{record, shortened, usage};
use crate::bot::call::Call;
use crate::store::stories::title;
use crate::store::verdicts::{self, Story, Which};

/// Stories that a search shows.
const SHOWN: i64 = 10;

/// `/mute_story NUMBER [undo]`, `/mute_story WORDS`; without either, those that are muted.
pub(super) async fn command(call: &Call, words: &str) -> anyhow::Result<()> {
    let (number, rest) = words.split_once(' ').unwrap_or((words, ""));
    match number.trim_start_matches('#').parse() {
        Ok(id) if rest.is_empty() => return mute(call, id, true).await,
        Ok(id) if rest.eq_ignore_ascii_case("undo") => return mute(call, id, false).await,
        _ => {}
    }
    let which = if words.is_empty() { Which::Muted } else { Which::Words(words) };
    let stories = verdicts::stories(&call.service.app.db, which, SHOWN).await?;
    match (stories.is_empty(), words.is_empty()) {
        (true, true) => usage(call, "mute_story").await,
        (true, false) => {
            call.reply(&call.say("admin-no-such-story", &[("words", shortened(words, 60).into())])).await;
            Ok(())
        }
        (false, _) => {
            show(call, &stories).await;
            Ok(())
        }
    }
}

/// Mutes a story for all, or lets it be told again.
pub(super) async fn mute(call: &Call, id: i64, muted: bool) -> anyhow::Result<()> {
    let app = &call.service.app;
    if verdicts::mute(&app.db, id, muted, app.clock.now()).await? {
        record(call, if muted { "mute_story" } else { "unmute_story" }, id.to_string()).await?;
    }
    let stories = verdicts::stories(&app.db, Which::Id(id), 1).await?;
    match (stories.is_empty(), call.pressed.is_some()) {
        (false, _) => show(call, &stories).await,
        (true, true) => return call.stale().await,
        (true, false) => {
            let text = call.say("admin-no-such-story", &[("words", id.to_string().into())]);
            call.reply(&text).await;
        }
    }
    Ok(())
}

async fn show(call: &Call, stories: &[Story]) {
    let lines: Vec<String> = stories.iter().map(|story| line(call, story)).collect();
    let buttons = stories.iter().map(|story| {
        let (sign, verb) = if story.muted_at.is_some() { ("🔔", "unmute") } else { ("🔕", "mute") };
        let label = format!("{sign} {}", shortened(&name(story), 40));
        vec![InlineKeyboardButton::callback(label, format!("a:{verb}:{}", story.id))]
    });
    call.show(&lines.join("\n\n"), super::keyboard(buttons.collect())).await;
}

fn line(call: &Call, story: &Story) -> String {
    let zone = call.service.app.config.schedule.zone;
    let args = [
        ("id", story.id.to_string().into()),
        ("name", shortened(&name(story), 200).into()),
        ("n", story.developments.into()),
        ("last", call.language.moment(story.last_at, zone, "%-d %b").into()),
    ];
    call.say(if story.muted_at.is_some() { "admin-muted-story" } else { "admin-story" }, &args)
}

fn name(story: &Story) -> String {
    match title(&story.name, story.place.as_deref()) {
        title if title.is_empty() => format!("#{}", story.id),
        title => title,
    }
}

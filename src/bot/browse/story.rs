//! /story: the stories that go on, and one from its beginning.

use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

use super::lists;
use super::page::{self, SIZE};
use crate::app::stories;
use crate::bot::call::Call;
use crate::bot::settings::names::MOST;
use crate::compare::story::LATELY;
use crate::store::stories::{self as store, Shown};
use crate::store::subscribers::Stance;
use crate::store::{choices as chosen, search};

/// Stories on one page, a button each.
const LISTED: i64 = 8;

/// /story [WORDS].
pub(in crate::bot) async fn command(call: &Call, words: &str) -> anyhow::Result<()> {
    if words.is_empty() {
        return list(call, 0, 1).await;
    }
    let Some(id) = lists::ask(call, words, "browse-story-how").await? else { return Ok(()) };
    list(call, id, 1).await
}

/// A link to a story: `story_ID`; `false` if it is no such link.
pub(in crate::bot) async fn linked(call: &Call, payload: &str) -> anyhow::Result<bool> {
    let Some(story) = payload.strip_prefix("story_") else { return Ok(false) };
    show(call, story.parse().unwrap_or(0), 1).await?;
    Ok(true)
}

/// A page of the stories that go on, or of those that were asked for; one alone is opened.
pub(super) async fn list(call: &Call, asked: i64, number: i64) -> anyhow::Result<()> {
    let app = &call.service.app;
    let skip = page::skip(number, LISTED);
    let (stories, words) = if asked == 0 {
        (store::running(&app.db, app.clock.now() - LATELY, skip, LISTED).await?, None)
    } else {
        let Some(words) = lists::asked(call, asked).await? else {
            return call.stale().await;
        };
        (store::find(&app.db, &words, &stories::parties(&words), skip, LISTED).await?, Some(words))
    };
    let heading = match (&words, &stories[..]) {
        (Some(_), [one]) if number == 1 => return show(call, one.id, 1).await,
        (_, []) if number > 1 => return call.stale().await,
        (Some(words), []) => call.say("browse-no-such-story", &[("words", words.as_str().into())]),
        (None, []) => call.say("browse-no-stories", &[]),
        (Some(words), _) => call.say("browse-stories-found", &[("words", words.as_str().into())]),
        (None, _) => call.say("browse-stories", &[]),
    };
    let total = stories.first().map_or(0, |story| story.of);
    let mut rows: Vec<Vec<InlineKeyboardButton>> = stories
        .iter()
        .map(|story| {
            let label = format!("{} · {}", page::cut(&story.title(), 36), story.developments);
            vec![InlineKeyboardButton::callback(label, format!("b:s:{}:1", story.id))]
        })
        .collect();
    let turn = page::buttons("l", asked, number, total, LISTED);
    if !turn.is_empty() {
        rows.push(turn);
    }
    call.show(&heading, (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows))).await;
    Ok(())
}

/// A page of one story.
pub(super) async fn show(call: &Call, id: i64, number: i64) -> anyhow::Result<()> {
    let db = &call.service.app.db;
    let story = store::get(db, id).await?;
    let Some(story) = story else {
        call.notice(&call.say("browse-story-gone", &[])).await;
        return Ok(());
    };
    let page = search::of_story(db, id, page::skip(number, SIZE), SIZE).await?;
    if page.found.is_empty() {
        return call.stale().await;
    }
    let mut rows = vec![page::buttons("s", id, number, page.total, SIZE), choices(call, &story, number)];
    rows.push(vec![call.button("browse-all-stories", "b:l:0:1")]);
    rows.retain(|row| !row.is_empty());
    let text = page::html(call, &heading(call, &story), &page, number);
    call.show(&text, Some(InlineKeyboardMarkup::new(rows))).await;
    Ok(())
}

/// "🧵 Russia – Ukraine / since Mon 3 Mar 2031, 12 developments".
fn heading(call: &Call, story: &Shown) -> String {
    call.say(
        "browse-story",
        &[
            ("story", page::cut(&story.title(), 120).into()),
            ("since", page::moment(call, story.started_at).into()),
            ("n", story.developments.into()),
        ],
    )
}

/// What a chat may do with a story, which stands on this page.
fn choices(call: &Call, story: &Shown, page: i64) -> Vec<InlineKeyboardButton> {
    let chosen = call.subscriber.as_ref().map(|subscriber| &subscriber.choices.stories);
    let watched = chosen.is_some_and(|chosen| chosen.contains(&(Stance::Watched, story.id)));
    let watch = match watched {
        true => call.button("browse-unwatch", format!("b:v:{}:{page}", story.id)),
        false => call.button("browse-watch", format!("b:w:{}:{page}", story.id)),
    };
    vec![call.button("browse-mute", format!("m:{}", story.id)), watch]
}

/// Hears more of a story from now on, or no more than of others; its page again.
pub(super) async fn watch(call: &Call, id: i64, page: i64, more: bool) -> anyhow::Result<()> {
    if !call.changes().await? {
        return Ok(());
    }
    let app = &call.service.app;
    let Some(subscriber) = &call.subscriber else {
        call.notice(&call.say("browse-subscribe-first", &[])).await;
        return Ok(());
    };
    let choices = &subscriber.choices;
    if more && choices.names.len() + choices.stories.len() >= MOST {
        call.notice(&call.say("settings-names-full", &[("n", MOST.into())])).await;
        return Ok(());
    }
    if more {
        chosen::take_story(&app.db, subscriber.id, Stance::Watched, id, app.clock.now()).await?;
    } else {
        chosen::drop_story(&app.db, subscriber.id, id, Stance::Watched).await?;
    }
    show(&call.again().await?, id, page).await
}

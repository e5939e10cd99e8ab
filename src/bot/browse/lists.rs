//! /search, /timeline and /upcoming: lists of developments.

use teloxide::types::InlineKeyboardMarkup;

use super::page::{self, SIZE};
use super::{NUMBERS, zone};
use crate::app::stories;
use crate::bot::call::Call;
use crate::store::rest;
use crate::store::search::{self, Page};

/// Units of a question that are looked for.
const LONGEST: usize = 200;

/// /search WORDS.
pub(in crate::bot) async fn words(call: &Call, words: &str) -> anyhow::Result<()> {
    match ask(call, words, "browse-search-how").await? {
        Some(id) => turn(call, id, 1).await,
        None => Ok(()),
    }
}

/// A page of what words found.
pub(super) async fn turn(call: &Call, id: i64, number: i64) -> anyhow::Result<()> {
    let db = &call.service.app.db;
    let Some(words) = asked(call, id).await? else { return call.stale().await };
    let page = search::by_words(db, &words, page::skip(number, SIZE), SIZE).await?;
    show(call, ("browse-found", "browse-nothing-found"), &words, ("f", id, number), &page).await
}

/// /timeline NAME.
pub(in crate::bot) async fn names(call: &Call, name: &str) -> anyhow::Result<()> {
    match ask(call, name, "browse-timeline-how").await? {
        Some(id) => turn_names(call, id, 1).await,
        None => Ok(()),
    }
}

/// A page of what a name was in.
pub(super) async fn turn_names(call: &Call, id: i64, number: i64) -> anyhow::Result<()> {
    let db = &call.service.app.db;
    let Some(name) = asked(call, id).await? else { return call.stale().await };
    let mut page = Page::default();
    for names in stories::meanings(&name) {
        page = search::by_names(db, &names, page::skip(number, SIZE), SIZE).await?;
        if page.total > 0 {
            break;
        }
    }
    show(call, ("browse-timeline", "browse-no-timeline"), &name, ("t", id, number), &page).await
}

/// /upcoming, or a page of it.
pub(in crate::bot) async fn planned(call: &Call, number: i64) -> anyhow::Result<()> {
    let app = &call.service.app;
    let today = app.clock.now().with_timezone(&zone(call)).date_naive();
    let page = search::planned(&app.db, today, page::skip(number, SIZE), SIZE).await?;
    show(call, ("browse-upcoming", "browse-no-upcoming"), "", ("u", 0, number), &page).await
}

/// What a digest left out; the page 0 is the first one, in a message of its own below the digest's.
pub(super) async fn left_out(call: &Call, digest: i64, number: i64) -> anyhow::Result<()> {
    let ids = rest::of(&call.service.app.db, digest, call.chat_id, call.thread).await?;
    numbered(call, &ids, ("d", digest, number)).await
}

/// What /latest left out: the numbers stand where questions are remembered.
pub(super) async fn left_out_of_latest(call: &Call, id: i64, number: i64) -> anyhow::Result<()> {
    let asked = search::asked(&call.service.app.db, call.chat_id, id).await?;
    let numbers = asked.as_deref().and_then(|asked| asked.strip_prefix(NUMBERS)).unwrap_or_default();
    let ids: Vec<i64> = numbers.split(' ').filter_map(|id| id.parse().ok()).collect();
    numbered(call, &ids, ("e", id, number)).await
}

async fn numbered(call: &Call, ids: &[i64], (what, id, number): (&str, i64, i64)) -> anyhow::Result<()> {
    let shown = number.max(1);
    let page = search::by_ids(&call.service.app.db, ids, page::skip(shown, SIZE), SIZE).await?;
    if page.found.is_empty() {
        return call.stale().await;
    }
    let heading = call.say("browse-rest", &[("n", page.total.into())]);
    let buttons = page::buttons(what, id, shown, page.total, SIZE);
    let keyboard = (!buttons.is_empty()).then(|| InlineKeyboardMarkup::new([buttons]));
    let html = page::html(call, &heading, &page, shown);
    // The digest stays as it is.
    if number == 0 {
        call.reply_with(&html, keyboard).await
    } else {
        call.show(&html, keyboard).await
    };
    Ok(())
}

/// Remembers what was asked for; says how to ask where there is nothing to look for.
pub(super) async fn ask(call: &Call, words: &str, how: &str) -> anyhow::Result<Option<i64>> {
    let words = page::cut(words, LONGEST);
    if !words.chars().any(char::is_alphanumeric) {
        call.reply(&call.say(how, &[])).await;
        return Ok(None);
    }
    let app = &call.service.app;
    search::ask(&app.db, call.chat_id, &words, app.clock.now()).await.map(Some)
}

/// The words that this chat asked for under a number.
pub(super) async fn asked(call: &Call, id: i64) -> anyhow::Result<Option<String>> {
    let asked = search::asked(&call.service.app.db, call.chat_id, id).await?;
    Ok(asked.filter(|asked| !asked.starts_with(NUMBERS)))
}

async fn show(
    call: &Call,
    (found, nothing): (&str, &str),
    words: &str,
    (what, id, number): (&str, i64, i64),
    page: &Page,
) -> anyhow::Result<()> {
    if page.found.is_empty() {
        // What was on a later page may be gone by now.
        if number > 1 {
            return call.stale().await;
        }
        call.show(&call.say(nothing, &[("words", words.into())]), None).await;
        return Ok(());
    }
    let heading = call.say(found, &[("words", words.into()), ("n", page.total.into())]);
    let buttons = page::buttons(what, id, number, page.total, SIZE);
    let keyboard = (!buttons.is_empty()).then(|| InlineKeyboardMarkup::new([buttons]));
    call.show(&page::html(call, &heading, page, number), keyboard).await;
    Ok(())
}

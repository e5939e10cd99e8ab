//! /sources: the list, and a page for each source with what can be done to it.

use chrono::{DateTime, Utc};
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};
use teloxide::utils::html::escape;

use super::{add, later, paged, record, run, shortened, span, turn, usage};
use crate::app::scrape;
use crate::bot::call::Call;
use crate::locale::Language;
use crate::scrape::canonical;
use crate::store::sources::{self, Health};

/// Sources on a page of the list.
const ON_PAGE: i64 = 8;

/// `/sources`, `/sources add ADDRESS [NAME]`.
pub(super) async fn command(call: &Call, words: &str) -> anyhow::Result<()> {
    match words.split_once(' ').unwrap_or((words, "")) {
        ("", _) => list(call, 0).await,
        ("add", rest) if !rest.is_empty() => {
            add::propose(call, rest).await;
            Ok(())
        }
        _ => usage(call, "sources").await,
    }
}

/// All sources and how they fare, a page at a time.
pub(super) async fn list(call: &Call, page: i64) -> anyhow::Result<()> {
    let now = call.service.app.clock.now();
    let sources = sources::health(&call.service.app.db, now).await?;
    if sources.is_empty() {
        call.show(&call.say("admin-no-sources", &[]), None).await;
        return Ok(());
    }
    let (page, pages) = paged(page, sources.len() as i64, ON_PAGE);
    let here = || sources.iter().skip((page * ON_PAGE) as usize).take(ON_PAGE as usize);
    let lines: Vec<String> = here().map(|source| line(call.language, source, 80, now)).collect();
    let button = |source: &Health| {
        let label = format!("{} {}", sign(source), shortened(&source.name, 20));
        InlineKeyboardButton::callback(label, format!("a:source:{}", source.id))
    };
    let mut rows: Vec<_> = here().map(button).collect::<Vec<_>>().chunks(2).map(<[_]>::to_vec).collect();
    rows.push(turn("sources", (page, pages), ""));
    call.show(&lines.join("\n\n"), super::keyboard(rows)).await;
    Ok(())
}

/// One source, with what can be done to it.
pub(super) async fn page(call: &Call, id: i64) -> anyhow::Result<()> {
    match known(call, id).await? {
        Some(source) => {
            let text = text(call, &source, call.service.app.clock.now());
            call.show(&text, Some(keyboard(call, &source))).await;
            Ok(())
        }
        None => call.stale().await,
    }
}

/// Reads a source now, due or not.
pub(super) async fn check(call: &Call, id: i64) -> anyhow::Result<()> {
    let Some(source) = known(call, id).await? else { return call.stale().await };
    let Ok(turn) = call.service.scraping.clone().try_lock_owned() else {
        call.notice(&call.say("admin-reading-already", &[])).await;
        return Ok(());
    };
    record(call, "check", &source.name).await?;
    let asker = call.clone();
    later(call, async move {
        let _turn = turn;
        let reports = scrape::pass(&asker.service.app, std::slice::from_ref(&source.name)).await?;
        let result = run::summary(asker.language, &reports);
        let source = known(&asker, id).await?.unwrap_or(source);
        let now = asker.service.app.clock.now();
        Ok((format!("{}\n\n{result}", text(&asker, &source, now)), Some(keyboard(&asker, &source))))
    })
    .await;
    Ok(())
}

/// Pauses or resumes a source; nothing if it is so already.
pub(super) async fn pause(call: &Call, id: i64, paused: bool) -> anyhow::Result<()> {
    let Some(source) = known(call, id).await?.filter(|source| !source.configured) else {
        return call.stale().await;
    };
    if source.paused != paused {
        let app = &call.service.app;
        sources::set_paused(&app.db, &source.name, paused, app.clock.now()).await?;
        record(call, if paused { "pause" } else { "resume" }, &source.name).await?;
    }
    page(call, id).await
}

/// Asks whether a source is to be removed.
pub(super) async fn ask_to_remove(call: &Call, id: i64) -> anyhow::Result<()> {
    let Some(source) = known(call, id).await?.filter(|source| !source.configured) else {
        return call.stale().await;
    };
    let text = call.say("admin-remove-source", &[("name", shortened(&source.name, 60).into())]);
    let keyboard = InlineKeyboardMarkup::new([[
        call.button("admin-remove-it", format!("a:removed:{id}")),
        call.button("admin-cancel", format!("a:source:{id}")),
    ]]);
    call.show(&text, Some(keyboard)).await;
    Ok(())
}

/// Removes a source; its articles stay.
pub(super) async fn remove(call: &Call, id: i64) -> anyhow::Result<()> {
    let Some(source) = known(call, id).await? else { return call.stale().await };
    let app = &call.service.app;
    if !sources::remove(&app.db, &source.name, app.clock.now()).await? {
        return call.stale().await;
    }
    record(call, "remove", format!("{} {}", source.name, source.url)).await?;
    let keyboard = InlineKeyboardMarkup::new([[call.button("admin-all-sources", "a:sources:0")]]);
    let text = call.say("admin-removed", &[("name", shortened(&source.name, 60).into())]);
    call.show(&text, Some(keyboard)).await;
    Ok(())
}

async fn known(call: &Call, id: i64) -> anyhow::Result<Option<Health>> {
    let app = &call.service.app;
    let sources = sources::health(&app.db, app.clock.now()).await?;
    Ok(sources.into_iter().find(|source| source.id == id))
}

fn text(call: &Call, source: &Health, now: DateTime<Utc>) -> String {
    let language = call.language;
    let mut text = line(language, source, 300, now);
    text.push_str(&format!("\n{}", escape(&shortened(&source.url, 300))));
    if let Some(to) = &source.moved_to {
        let to = shortened(&canonical::host_and_path(to), 200);
        text.push_str(&format!("\n{}", language.html("admin-source-moved", &[("to", to.into())])));
    }
    if source.unverified {
        text.push_str(&format!("\n{}", language.html("admin-source-unverified", &[])));
    }
    if source.configured {
        text.push_str(&format!("\n{}", language.html("admin-source-configured", &[])));
    }
    text
}

/// What can be done to it: what the configuration names is changed there.
fn keyboard(call: &Call, source: &Health) -> InlineKeyboardMarkup {
    let id = source.id;
    let mut rows = vec![vec![call.button("admin-check-now", format!("a:check:{id}"))]];
    if !source.configured {
        let (key, verb) = if source.paused { ("admin-resume", "resume") } else { ("admin-pause", "pause") };
        rows.push(vec![
            call.button(key, format!("a:{verb}:{id}")),
            call.button("admin-remove", format!("a:remove:{id}")),
        ]);
    }
    rows.push(vec![call.button("admin-all-sources", "a:sources:0")]);
    InlineKeyboardMarkup::new(rows)
}

fn sign(source: &Health) -> &'static str {
    match source {
        Health { paused: true, .. } => "⏸",
        Health { failures: 1.., .. } => "⚠️",
        Health { succeeded_at: None, .. } => "🕓",
        Health { silent_since: Some(_), .. } => "🔇",
        _ => "✅",
    }
}

/// "✅ Courier · feed · read 5 min ago · 34 articles, 2.5 a day", and what is wrong.
fn line(language: Language, source: &Health, error_length: usize, now: DateTime<Utc>) -> String {
    let read = match source.succeeded_at {
        Some(at) => language.text("admin-read-ago", &[("span", span(language, now - at).into())]),
        None => language.text("admin-never-read", &[]),
    };
    let args = [
        ("sign", sign(source).into()),
        ("name", shortened(&source.name, 60).into()),
        ("kind", language.text(&format!("admin-kind-{}", source.kind.as_str()), &[]).into()),
        ("read", read.into()),
        ("articles", source.articles.into()),
        ("rate", format!("{:.1}", source.articles_a_day(now)).into()),
    ];
    let mut text = language.html("admin-source", &args);
    if source.failures > 0 {
        let error = source.last_error.as_deref().unwrap_or("?");
        let args = [
            ("failures", source.failures.into()),
            ("again", span(language, source.next_check_at - now).into()),
            ("error", shortened(error, error_length).into()),
        ];
        text.push_str(&format!("\n{}", language.html("admin-source-failing", &args)));
    } else if let Some(since) = source.silent_since {
        let args = [("span", span(language, now - since).into())];
        text.push_str(&format!("\n{}", language.html("admin-source-silent", &args)));
    }
    text
}

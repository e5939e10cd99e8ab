//! What admins are told without asking: that a source has failed for a day, or brings nothing against its habit, that
//! the disk gets full, that templates are broken, and that it is well again. Each once (of disk and templates, by each
//! process); readers never hear of it.

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use teloxide::Bot;

use super::admin::{bytes, shortened, span};
use crate::app::App;
use crate::app::disk::{self, Disk, Told};
use crate::deliver::outbox::Answer;
use crate::deliver::telegram::{self, Manner};
use crate::digest::parts;
use crate::locale::Language;
use crate::store::sources::{self, Ailing, State};
use crate::store::{Guard, subscribers};

/// How long a source has to fail before admins are told.
const PATIENCE: TimeDelta = TimeDelta::days(1);

/// The job that one process does at a time.
const TELLER: &str = "teller";

/// Tells the admins what changed about sources since they were told last; gives the number of sources told of.
///
/// All of it is one message, or as few as it fits in. It counts as told when one admin got it, or all can't be
/// written to; until then it is tried again.
///
/// # Errors
/// The database fails, or Telegram can't be reached.
pub async fn tell_admins(app: &App, bot: &Bot) -> anyhow::Result<usize> {
    if app.config.admins.is_empty() || sources::ailing(&app.db, PATIENCE).await?.is_empty() {
        return Ok(0);
    }
    let Some(job) = Guard::try_take(&app.db, TELLER).await? else { return Ok(0) };
    job.during(tell_of_sources(app, bot)).await
}

async fn tell_of_sources(app: &App, bot: &Bot) -> anyhow::Result<usize> {
    // Looked at again: another process may just have told it.
    let ailing = sources::ailing(&app.db, PATIENCE).await?;
    if ailing.is_empty() {
        return Ok(0);
    }
    let now = app.clock.now();
    tell(app, bot, "sources", |language| {
        let lines: Vec<String> = ailing.iter().map(|source| line(language, source, now)).collect();
        lines.join("\n\n")
    })
    .await?;
    sources::told(&app.db, &ailing).await?;
    Ok(ailing.len())
}

/// Tells log and admins once that the disk of the private database gets full, and once that it has room again.
///
/// The admins count as told as they do of sources; the log has it at once.
///
/// # Errors
/// The database fails, or Telegram can't be reached.
pub async fn tell_of_disk(app: &App, bot: &Bot, watch: &disk::Watch, disk: Disk) -> anyhow::Result<()> {
    if let Some(news) = watch.log.look(disk) {
        match news {
            Told::Low => {
                tracing::warn!(free = disk.free, total = disk.total, "the disk of the data folder gets full");
            }
            Told::Ample => tracing::info!(free = disk.free, "the disk of the data folder has room again"),
        }
        watch.log.told(news);
    }
    let Some(news) = watch.admins.look(disk) else { return Ok(()) };
    let key = match news {
        Told::Low => "admin-alert-disk-low",
        Told::Ample => "admin-alert-disk-ample",
    };
    tell(app, bot, "the disk", |language| {
        language.html(key, &[("free", bytes(disk.free).into()), ("total", bytes(disk.total).into())])
    })
    .await?;
    watch.admins.told(news);
    Ok(())
}

/// Tells the admins once that templates of the owner's own are broken, and once that they are right again: what is
/// broken stops all digests, and only the log would say so. `told`: that they are broken was told last.
///
/// # Errors
/// The database fails, or Telegram can't be reached.
pub async fn tell_of_templates(
    app: &App,
    bot: &Bot,
    told: &AtomicBool,
    faults: &[String],
) -> anyhow::Result<()> {
    let broken = faults.first();
    if broken.is_some() == told.load(Ordering::Relaxed) {
        return Ok(());
    }
    tell(app, bot, "templates", |language| match broken {
        Some(fault) => {
            language.html("admin-alert-templates-broken", &[("error", shortened(fault, 300).into())])
        }
        None => language.html("admin-alert-templates-right", &[]),
    })
    .await?;
    told.store(broken.is_some(), Ordering::Relaxed);
    Ok(())
}

/// Sends words to the admins, each in their own language; an error if it may reach one later and reached none.
async fn tell(app: &App, bot: &Bot, of: &str, words: impl Fn(Language) -> String) -> anyhow::Result<()> {
    let (mut reached, mut later) = (false, None);
    for admin in &app.config.admins {
        let chat = admin.0.cast_signed();
        // In any language rather than not at all: a database in trouble may be what it is about.
        let known = subscribers::by_chat(&app.db, chat, 0).await.ok().flatten();
        let language = known.map(|known| known.language()).unwrap_or_default();
        match send(app, bot, chat, &parts::split(&words(language))).await {
            Answer::Sent(_) => reached = true,
            answer @ (Answer::Unknown(_) | Answer::RetryAfter(_)) => later = Some(answer),
            answer => tracing::warn!(admin = admin.0, ?answer, "an admin can't be told of {of}"),
        }
    }
    match later.filter(|_| !reached) {
        Some(answer) => anyhow::bail!("telling admins of {of}: {answer:?}"),
        None => Ok(()),
    }
}

/// Sends all parts; the first answer that is a refusal, or the last one.
async fn send(app: &App, bot: &Bot, admin: i64, parts: &[String]) -> Answer {
    let mut last = Answer::Unknown("nothing to send".into());
    for part in parts {
        app.sends_beside();
        last = telegram::send(bot, admin, 0, part, &Manner::default()).await;
        if !matches!(last, Answer::Sent(_)) {
            break;
        }
    }
    last
}

fn line(language: Language, source: &Ailing, now: DateTime<Utc>) -> String {
    let name = shortened(&source.name, 60);
    let time = source.since.map_or_else(|| "?".into(), |since| span(language, now - since));
    let error = shortened(source.error.as_deref().unwrap_or("?"), 200);
    let key = match (source.state, source.was) {
        (State::Failing, _) => "admin-alert-failing",
        (State::Silent, _) => "admin-alert-silent",
        (State::Well, State::Silent) => "admin-alert-brings-news",
        (State::Well, _) => "admin-alert-is-read",
    };
    language.html(key, &[("name", name.into()), ("span", time.into()), ("error", error.into())])
}

//! Compiles the editions that are due, and previews what one would tell.
//!
//! In: developments and what each reader was told. Out: a frozen digest with its parts in the outbox, once an
//! edition; or a digest that is only looked at. An edition that fails leaves nothing behind and is due again
//! at the next tick; another reader's is compiled all the same.

/// What is large is told at once.
mod alerts;
/// Editions that are due, compiled and frozen.
mod compile;
/// Which editions are due.
mod due;
/// An edition before its time.
mod now;
/// Whom a digest is for.
mod reader;
/// What readers were told before.
mod told;
/// What a window holds, for all its readers.
mod windows;

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};

use super::App;
use super::pulse::Loop;
use crate::digest::render::Templates;
use crate::digest::{Digest, parts};
use crate::locale::Language;
use crate::schedule::{self, Edition};
use crate::store::digests::{self as store, queue};
use crate::store::{Guard, Trouble};

use compile::{Pass, Stopped};
use windows::{About, Windows};

pub use now::{Asked, compile_now};
pub use reader::Reader;

/// The job that one process does at a time.
const COMPILER: &str = "compiler";

/// What was found before an edition's window may have been stored after its last compiled edition: one
/// article is read and compared in far less than this.
const OVERLAP: TimeDelta = TimeDelta::minutes(15);

/// What one pass over due editions did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Digests frozen, by their ids.
    pub compiled: Vec<i64>,
    /// Editions that failed and are due again, each with the reason; to be logged by the caller.
    pub failed: Vec<String>,
    /// Another process is compiling.
    pub busy: bool,
}

/// Compiles every edition that is due at `now` and was not compiled yet, and the alerts of what is large.
///
/// # Errors
/// The database can't be reached, or the templates can't be used; what fails for one reader is in the outcome.
pub async fn compile_due(app: &App, now: DateTime<Utc>) -> Result<Outcome> {
    compile_due_until(app, now, &|| false).await
}

/// The same until `stopped` says so: what is under way then is finished, and the rest stays due.
///
/// # Errors
/// As [`compile_due`].
pub async fn compile_due_until(app: &App, now: DateTime<Utc>, stopped: Stopped<'_>) -> Result<Outcome> {
    let reports = alerts::unlooked(app).await?;
    if reports.is_none() && !queue::waits(&app.db, now).await? {
        return Ok(Outcome::default());
    }
    alone(app, compile_all(app, reports, now, stopped)).await
}

/// Compiles the editions of one subscriber that are due.
///
/// # Errors
/// As [`compile_due`].
pub async fn compile_due_of(app: &App, subscriber: i64, now: DateTime<Utc>) -> Result<Outcome> {
    if due::of(app, subscriber, now).await?.is_none() {
        return Ok(Outcome::default());
    }
    alone(app, async {
        let (mut pass, mut outcome) = (Pass::new(app, now, &|| false)?, Outcome::default());
        // Asked again under the lock: another process may have compiled it meanwhile.
        let due = due::of(app, subscriber, now).await?;
        compile::compile(app, &mut pass, due.into_iter().collect(), &mut outcome).await?;
        Ok(outcome)
    })
    .await
}

/// Compiles while no other process does.
async fn alone(app: &App, compiling: impl Future<Output = Result<Outcome>>) -> Result<Outcome> {
    let Some(guard) = Guard::try_take(&app.db, COMPILER).await? else {
        return Ok(Outcome { busy: true, ..Outcome::default() });
    };
    guard.during(compiling).await
}

async fn compile_all(
    app: &App,
    reports: Option<i64>,
    now: DateTime<Utc>,
    stopped: Stopped<'_>,
) -> Result<Outcome> {
    let (mut pass, mut outcome) = (Pass::new(app, now, stopped)?, Outcome::default());
    let mut place = queue::Place::FIRST;
    while !pass.is_stopped()
        && let Some((due, last)) = due::next(app, place, now).await?
    {
        app.pulse.beat(Loop::Compiling);
        compile::compile(app, &mut pass, due, &mut outcome).await?;
        place = last;
    }
    // After the editions: what they tell is no alert any more.
    if let Some(reports) = reports.filter(|_| !pass.is_stopped()) {
        match alerts::compile(app, &mut pass, reports, &mut outcome).await {
            Err(error) if Trouble::of(&error).is_some() => return Err(error),
            Err(error) => outcome.failed.push(format!("alerts: {error:#}")),
            Ok(()) => {}
        }
    }
    Ok(outcome)
}

/// The next edition of a subscriber in any of its slots; `None` without a slot.
///
/// # Errors
/// The database fails, or the subscriber's zone is unknown.
pub async fn next_edition(app: &App, subscriber: i64, now: DateTime<Utc>) -> Result<Option<Edition>> {
    let mut next: Option<Edition> = None;
    for slot in queue::slots(&app.db, subscriber).await? {
        let edition = schedule::next_edition(
            slot.at,
            due::zone(&slot)?,
            &slot.weekdays(),
            slot.subscribed_at,
            slot.last_date,
            now,
        );
        next = Some(next.map_or(edition, |next| if edition.at < next.at { edition } else { next }));
    }
    Ok(next)
}

/// The digest that a reader would get of a window; neither frozen nor sent.
///
/// # Errors
/// The database fails.
pub async fn preview(app: &App, reader: &Reader, window: (DateTime<Utc>, DateTime<Utc>)) -> Result<Digest> {
    one(app, reader.clone(), window, window.0, window.1).await
}

/// What is new to a subscriber since the last digest, or else in the last 24 hours; neither frozen nor sent.
///
/// Developments that found no room in the last digest are told here. Never more than the last 7 days. It comes in
/// the language of who asks; `None`: in the subscriber's.
///
/// # Errors
/// The database fails.
pub async fn latest(
    app: &App,
    subscriber: Option<i64>,
    language: Option<Language>,
    now: DateTime<Utc>,
) -> Result<Digest> {
    let reader = match subscriber {
        Some(subscriber) => Reader::of(app, subscriber).await?,
        None => None,
    };
    let last = match &reader {
        Some(Reader { subscriber: Some(subscriber), .. }) => {
            store::last_windows(&app.db, &[*subscriber]).await?.remove(subscriber)
        }
        _ => None,
    };
    // An edition that lies ahead, of a clock that has been put back since, is none.
    let last = last.filter(|last| last.to <= now);
    let mut reader = reader.unwrap_or_else(|| Reader::default_of(app));
    reader.language = language.unwrap_or(reader.language);
    let day_ago = now - TimeDelta::hours(24);
    let (since, from) =
        last.map_or((day_ago, day_ago), |last| (last.from, if last.unsent { last.from } else { last.to }));
    // A chat may have stopped months ago.
    let week_ago = now - TimeDelta::days(7);
    let (since, from) = (since.max(week_ago), from.max(week_ago));
    one(app, reader, (from, now), since, now).await
}

/// One reader's digest of a window, beside its editions.
async fn one(
    app: &App,
    reader: Reader,
    window: (DateTime<Utc>, DateTime<Utc>),
    since: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Digest> {
    let edition = window.1.with_timezone(&reader.zone).date_naive();
    let about = About { reader, edition, window, since, covers: Vec::new() };
    let mut digests = windows::digests(app, &mut Windows::new(until), &[about]).await?;
    digests.pop().context("selecting a digest")
}

/// A frozen digest, as it was compiled; `None` if there is none of that id.
///
/// # Errors
/// The database fails, or the digest was frozen by a version that wrote it otherwise.
pub async fn frozen(app: &App, id: i64) -> Result<Option<Digest>> {
    let content = store::content(&app.db, id).await?;
    content.map(serde_json::from_value).transpose().with_context(|| format!("reading the frozen digest {id}"))
}

/// A digest as messages for Telegram.
///
/// # Errors
/// A template can't be read or rendered.
pub fn messages(app: &App, digest: &Digest) -> Result<Vec<String>> {
    let templates = Templates::load(app.config.templates.as_deref())?;
    Ok(parts::split(&templates.html(digest)?))
}

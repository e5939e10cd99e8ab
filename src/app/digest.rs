//! Compiles the editions that are due, and previews what one would tell.
//!
//! In: developments and what each reader was told. Out: a frozen digest with its parts in the outbox, once an
//! edition; or a digest that is only looked at. An edition that fails leaves nothing behind and is due again
//! at the next tick; another reader's is compiled all the same.

mod alerts;
mod now;
mod told;

use std::collections::BTreeSet;
use std::sync::Mutex;

use anyhow::{Context, Result};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::App;
use super::chart::{Charts, Picture};
use crate::digest::render::Templates;
use crate::digest::select::{self, Input, Wishes};
use crate::digest::{Digest, Totals, parts};
use crate::locale::Language;
use crate::model::{Kind, OwnWords};
use crate::read::own;
use crate::schedule::{self, Edition};
use crate::store::digests::{self as store, Compiled, Slot};
use crate::store::subscribers::{self, Choices, Stance, Subscriber};
use crate::store::{Guard, Trouble};

pub use now::{Asked, compile_now};

/// The job that one process does at a time.
const COMPILER: &str = "compiler";

/// What was found before an edition's window may have been stored after its last compiled edition: one
/// article is read and compared in far less than this.
const OVERLAP: TimeDelta = TimeDelta::minutes(15);

/// Subscribers of whom it was logged that their zone can't be read.
static WITHOUT_ZONE: Mutex<BTreeSet<i64>> = Mutex::new(BTreeSet::new());

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
    compile_due_of(app, None, now).await
}

/// Compiles the editions of one subscriber that are due; `None`: of all active ones.
///
/// # Errors
/// As [`compile_due`].
pub async fn compile_due_of(app: &App, subscriber: Option<i64>, now: DateTime<Utc>) -> Result<Outcome> {
    // Alerts come of the loop alone: who asks for one chat's editions waits for no other chat's.
    let reports = if subscriber.is_none() { alerts::unlooked(app).await? } else { None };
    if reports.is_none() && due(app, subscriber, now).await?.is_empty() {
        return Ok(Outcome::default());
    }
    let Some(guard) = Guard::try_take(&app.db, COMPILER).await? else {
        return Ok(Outcome { busy: true, ..Outcome::default() });
    };
    let outcome = compile_all(app, subscriber, reports, now).await;
    guard.release().await;
    outcome
}

/// The next edition of a subscriber in any of its slots; `None` without a slot.
///
/// # Errors
/// The database fails, or the subscriber's zone is unknown.
pub async fn next_edition(app: &App, subscriber: i64, now: DateTime<Utc>) -> Result<Option<Edition>> {
    let mut next: Option<Edition> = None;
    for slot in store::slots(&app.db, Some(subscriber)).await? {
        let edition = schedule::next_edition(
            slot.at,
            zone(&slot)?,
            &slot.weekdays(),
            slot.subscribed_at,
            slot.last_date,
            now,
        );
        next = Some(next.map_or(edition, |next| if edition.at < next.at { edition } else { next }));
    }
    Ok(next)
}

/// Whom a digest is for.
#[derive(Debug, Clone)]
pub struct Reader {
    /// A subscriber, who was told what its editions told; `None`: one who was told all before the window.
    pub subscriber: Option<i64>,
    /// The zone of dates and times.
    pub zone: Tz,
    /// The language of the labels.
    pub language: Language,
    /// What it wants.
    pub wishes: Wishes,
}

impl Reader {
    /// A new subscriber's choices, by the configuration.
    pub fn default_of(app: &App) -> Reader {
        Reader {
            subscriber: None,
            zone: app.config.schedule.zone,
            language: Language::default(),
            wishes: wishes(app, &Choices::default()),
        }
    }

    /// A subscriber's own choices; `None` if there is no such subscriber.
    ///
    /// # Errors
    /// The database fails.
    pub async fn of(app: &App, subscriber: i64) -> Result<Option<Reader>> {
        let known = subscribers::get(&app.db, subscriber).await?;
        Ok(known.map(|known| Reader::from(app, &known)))
    }

    fn from(app: &App, known: &Subscriber) -> Reader {
        Reader {
            subscriber: Some(known.id),
            zone: known.zone,
            language: known.language(),
            wishes: wishes(app, &known.choices),
        }
    }
}

/// What a chat chose, with what the owner set.
fn wishes(app: &App, choices: &Choices) -> Wishes {
    let config = &app.config;
    let names = |stance: Stance| {
        let chosen = choices.names.iter().filter(|(chosen, _)| *chosen == stance);
        own::watched(&OwnWords {
            watched: chosen.map(|(_, name)| name.clone()).collect(),
            ..OwnWords::default()
        })
    };
    let stories = |stance: Stance| {
        choices.stories.iter().filter(|(chosen, _)| *chosen == stance).map(|(_, story)| *story).collect()
    };
    // A topic that the owner removed no longer restricts.
    let chosen = config.topics.iter().filter(|topic| choices.topics.contains(&topic.name));
    Wishes {
        kinds: choices.kinds.iter().cloned().map(Kind::from).collect(),
        only: chosen.flat_map(|topic| topic.words.clone()).collect(),
        favoured: config.topics.iter().flat_map(|topic| topic.words.clone()).collect(),
        min_sources: usize::from(choices.min_sources),
        watched: own::watched(&config.words).into_iter().chain(names(Stance::Watched)).collect(),
        muted: names(Stance::Muted),
        watched_stories: stories(Stance::Watched),
        muted_stories: stories(Stance::Muted),
    }
}

/// The digest that a reader would get of a window; neither frozen nor sent.
///
/// # Errors
/// The database fails.
pub async fn preview(app: &App, reader: &Reader, window: (DateTime<Utc>, DateTime<Utc>)) -> Result<Digest> {
    let edition = window.1.with_timezone(&reader.zone).date_naive();
    digest(app, reader, edition, window, window.0, window.1).await
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
        Some(Reader { subscriber: Some(subscriber), .. }) => store::last_window(&app.db, *subscriber).await?,
        _ => None,
    };
    let mut reader = reader.unwrap_or_else(|| Reader::default_of(app));
    reader.language = language.unwrap_or(reader.language);
    let edition = now.with_timezone(&reader.zone).date_naive();
    let day_ago = now - TimeDelta::hours(24);
    let (since, from) =
        last.map_or((day_ago, day_ago), |last| (last.from, if last.unsent { last.from } else { last.to }));
    // A chat may have stopped months ago.
    let week_ago = now - TimeDelta::days(7);
    let (since, from) = (since.max(week_ago), from.max(week_ago));
    digest(app, &reader, edition, (from, now), since, now).await
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

/// Slots with the edition that is due, the earliest first: of one subscriber the windows follow each other.
async fn due(app: &App, subscriber: Option<i64>, now: DateTime<Utc>) -> Result<Vec<(Slot, Edition)>> {
    let mut due = Vec::new();
    for slot in store::slots(&app.db, subscriber).await? {
        let zone = match zone(&slot) {
            Ok(zone) => zone,
            Err(error) => {
                // Asked twice a second, told once a process.
                if WITHOUT_ZONE.lock().is_ok_and(|mut told| told.insert(slot.subscriber_id)) {
                    tracing::error!(subscriber = slot.subscriber_id, "no editions: {error:#}");
                }
                continue;
            }
        };
        if let Some(edition) =
            schedule::due(slot.at, zone, &slot.weekdays(), slot.subscribed_at, slot.last_date, now)
        {
            due.push((slot, edition));
        }
    }
    due.sort_by_key(|(slot, edition)| (edition.at, slot.subscriber_id, slot.slot));
    Ok(due)
}

async fn compile_all(
    app: &App,
    subscriber: Option<i64>,
    reports: Option<i64>,
    now: DateTime<Utc>,
) -> Result<Outcome> {
    let templates = Templates::load(app.config.templates.as_deref())?;
    let mut outcome = Outcome::default();
    let mut charts = Charts::default();
    // Asked again under the lock: another process may have compiled them meanwhile.
    for (slot, edition) in due(app, subscriber, now).await? {
        let (subscriber, date) = (slot.subscriber_id, edition.local_date);
        match compile(app, &templates, &mut charts, &slot, edition, now).await {
            Ok(Some(id)) => {
                tracing::info!(digest = id, subscriber, %date, "digest {id} compiled");
                outcome.compiled.push(id);
            }
            Ok(None) => {}
            // The next one would fare alike.
            Err(error) if Trouble::of(&error).is_some() => return Err(error),
            Err(error) => {
                outcome.failed.push(format!("edition {date} of subscriber {subscriber}: {error:#}"));
            }
        }
    }
    // After the editions: what they tell is no alert any more.
    if let Some(reports) = reports
        && let Err(error) = alerts::compile(app, &templates, reports, now, &mut outcome).await
    {
        outcome.failed.push(format!("alerts: {error:#}"));
    }
    Ok(outcome)
}

/// Compiles and freezes one edition; `None` if it was there already.
async fn compile(
    app: &App,
    templates: &Templates,
    charts: &mut Charts,
    slot: &Slot,
    edition: Edition,
    now: DateTime<Utc>,
) -> Result<Option<i64>> {
    let last = store::last_window(&app.db, slot.subscriber_id).await?;
    let next = edition.window_from(slot.subscribed_at, last.map(|last| last.to));
    let (from, since) = match last.filter(|last| last.to == next) {
        // The chat was lost with it and is back: this one is also in its place.
        Some(last) if last.unsent => (last.from, last.from - OVERLAP),
        Some(_) => (next, next - OVERLAP),
        None => (next, next),
    };
    let Some(chat) = subscribers::get(&app.db, slot.subscriber_id).await? else { return Ok(None) };
    let reader = Reader::from(app, &chat);
    // Facts are those of now, so changes that came after the cut-off are told with them.
    let digest = digest(app, &reader, edition.local_date, (from, edition.at), since, now).await?;
    let not_before = chat.choices.quiet.and_then(|quiet| schedule::quiet_until(quiet, chat.zone, now));
    let picture = match chat.choices.chart_comes() {
        Some(day) if day == digest.edition.weekday() => {
            charts.get(app, reader.zone, reader.language, now).await
        }
        _ => None,
    };
    let to = To { subscriber: chat.id, slot: slot.slot, not_before: not_before.unwrap_or(now) };
    freeze(app, templates, &to, &digest, picture, now).await
}

/// Where a frozen digest goes.
struct To {
    subscriber: i64,
    slot: i16,
    /// Its messages are not sent before.
    not_before: DateTime<Utc>,
}

/// Freezes a digest with its messages, and the week's picture if it is the first of its day to have it.
async fn freeze(
    app: &App,
    templates: &Templates,
    to: &To,
    digest: &Digest,
    picture: Option<&Picture>,
    now: DateTime<Utc>,
) -> Result<Option<i64>> {
    let parts = parts::split(&templates.html(digest)?);
    let content = serde_json::to_value(digest).context("freezing a digest as JSON")?;
    let compiled = Compiled {
        subscriber_id: to.subscriber,
        local_date: digest.edition,
        slot: to.slot,
        window: digest.window,
        content: &content,
        told: digest.told(),
        parts: &parts,
        picture: picture.map(|picture| (picture.caption.as_str(), &picture.png[..])),
        not_before: to.not_before,
    };
    store::freeze(&app.db, &compiled, now).await
}

/// Selects a reader's digest of a window: what is news `since`, with what is known at `until`.
async fn digest(
    app: &App,
    reader: &Reader,
    edition: NaiveDate,
    window: (DateTime<Utc>, DateTime<Utc>),
    since: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Digest> {
    let repeats = reader.wishes.min_sources > 1;
    let ids = store::in_window(&app.db, since, window.1, edition, repeats).await?;
    let histories = store::histories(&app.db, &ids, until).await?;
    let told = match reader.subscriber {
        Some(subscriber) => store::told(&app.db, subscriber, &ids).await?,
        None => histories
            .iter()
            .flat_map(|history| {
                let id = history.development.id;
                let changes = history.changes.iter().map(|change| (change.found_at, change.id));
                std::iter::once((history.found_at, 0))
                    .chain(changes)
                    .map(move |(at, change)| (at, (id, change)))
            })
            .filter_map(|(at, told)| (at <= since).then_some(told))
            .collect(),
    };
    let read = store::read(&app.db, window.0, window.1).await?;
    let count = |n: i64| usize::try_from(n).unwrap_or(0);
    let totals = Totals {
        articles: count(read.articles),
        outlets: count(read.outlets),
        sources: count(read.sources),
        unreachable: count(read.unreachable),
        ..Totals::default()
    };
    Ok(select::select(Input {
        edition,
        subscriber: reader.subscriber,
        window,
        since,
        zone: reader.zone,
        language: reader.language,
        wishes: reader.wishes.clone(),
        stories: told::stories(app, reader, edition, &histories).await?,
        withdrawn: told::withdrawn(app, reader, until).await?,
        histories,
        told,
        totals,
    }))
}

fn zone(slot: &Slot) -> Result<Tz> {
    slot.zone.parse().with_context(|| format!("reading the zone of subscriber {}", slot.subscriber_id))
}

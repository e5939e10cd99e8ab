//! Scraping joined with the store: due sources to entries, wanted pages to articles.
//!
//! A source is claimed in a short statement, read with no transaction open, and recorded in one
//! transaction; so are pages. One source or page that fails is recorded in words and stops nothing; one whose
//! host is to be left alone for now is put off, so that it keeps no other waiting.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use futures::StreamExt as _;
use tokio::task::JoinSet;
use url::Url;

use super::App;
use super::outage::{LONGEST_PAUSE, held};
use crate::model::{Entry, Listing};
use crate::scrape::canonical;
use crate::scrape::fetch::{Fetched, Validators};
use crate::store::Trouble;
use crate::store::sources::checks::{self, Check, Listed};
use crate::store::sources::{self, LEASE, Moved, Source};

mod configured;
mod due;
mod failure;
mod habit;
pub(super) mod list;
mod look;
mod pages;

pub use configured::{NAME_TAKEN, added_twice, configured, names_taken, sync_sources};
use configured::{proxy, schedule};
use failure::{Failure, Fault};
use list::Request;
pub use look::{NoLook, check, preview, preview_configured};
pub use pages::{Pages, fetch_pages};

/// Sources that are read at one time.
const AT_ONCE: usize = 16;
/// While sources are read, those that are due meanwhile are looked for so often, in real time.
const LOOK_AGAIN: Duration = Duration::from_millis(500);
/// How long a pass waits for one host's turn, and a look at a source for all.
const PATIENCE: TimeDelta = TimeDelta::minutes(2);
/// How long a pass waits for hosts' turns in all: what is left then is fetched when it is due.
const LONGEST_PASS: TimeDelta = TimeDelta::minutes(15);
/// How long a check waits for the turns of further pages: enough for eight at the longest `Crawl-delay`.
const LONGEST_CHECK: TimeDelta = TimeDelta::minutes(90);
/// A check that takes longer hangs, in real time; its place is wanted for others.
const HUNG: Duration = Duration::from_secs(2 * 60 * 60);

/// How long what was fetched is held while the database is in trouble, in real time.
const HELD: Duration = Duration::from_secs(60);

/// Hosts that are looked up when nobody has answered yet: a few of them are asked.
const OTHERS: i64 = 32;

/// A source's first check takes its newest entries only: so many, and no older than so long.
const BACKLOG_ENTRIES: usize = 50;
/// See [`BACKLOG_ENTRIES`].
const BACKLOG_AGE: TimeDelta = TimeDelta::days(3);

/// A server's answer that makes no sense to a request without validators.
const NOT_MODIFIED: &str = "not modified, though nothing was known of it";

/// What one pass over a source came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceReport {
    /// The source's name.
    pub name: String,
    /// What its list came to, or the failure in words.
    pub list: Result<List, String>,
    /// Its pages that were tried.
    pub pages: Pages,
    /// Those that could not be had, each with its error.
    pub failures: Vec<String>,
}

/// What a source's list came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// The same as the last time.
    Unchanged,
    /// It was read.
    Read {
        /// Entries in it.
        entries: usize,
        /// Of them, those that are new or were edited: their pages are wanted.
        new: u64,
    },
    /// Nothing was asked for: its host is to be left alone until then.
    PutOff(DateTime<Utc>),
    /// It was checked, changed or removed meanwhile: what became of it stands.
    Overtaken,
}

/// Checks the sources that are due until none is; gives their number.
pub async fn scrape_due(app: &App) -> Result<usize> {
    scrape_due_until(app, || false).await
}

/// As [`scrape_due`], and begins no check more once `stopped` says so. A slow source holds up no other.
pub async fn scrape_due_until(app: &App, stopped: impl Fn() -> bool) -> Result<usize> {
    // Tasks of their own: they hold connections to the database while the next are claimed.
    let mut under_way = JoinSet::new();
    let (mut ids, mut started) = (HashSet::new(), 0);
    // What is under way goes on all the same, and may take an hour: a check that is broken off keeps its claim.
    let mut failure = None;
    let mut claims_from = Instant::now();
    loop {
        let stopped = stopped();
        if under_way.len() < AT_ONCE && Instant::now() >= claims_from && !stopped {
            let now = app.clock.now();
            let room = (AT_ONCE - under_way.len()) as i64;
            let claimed = sources::claim_due(&app.db, now, now + LEASE, room).await;
            let claimed = claimed.unwrap_or_else(|error| {
                failure = Some(error);
                claims_from = Instant::now() + LONGEST_PAUSE;
                Vec::new()
            });
            for source in claimed {
                // After a sleep of the machine, what is under way seems left.
                if !ids.insert(source.id) {
                    continue;
                }
                started += 1;
                let deadline = now + LONGEST_CHECK;
                let app = app.clone();
                under_way.spawn(async move {
                    let check = scrape_source(&app, &source, deadline);
                    let checked = match tokio::time::timeout(HUNG, check).await {
                        Ok(checked) => checked.map(drop),
                        Err(_) => {
                            tracing::error!(
                                source = source.name,
                                "a check hung for {HUNG:?} and was given up"
                            );
                            Ok(())
                        }
                    };
                    app.counts.checks.inc();
                    (source.id, checked)
                });
            }
        }
        // Others become due while one is slow.
        match tokio::time::timeout(LOOK_AGAIN, under_way.join_next()).await {
            Ok(Some(ended)) => {
                let (id, checked) = ended?;
                ids.remove(&id);
                failure = failure.or(checked.err());
            }
            Ok(None) => return failure.map_or(Ok(started), Err),
            Err(_) => {}
        }
    }
}

/// One pass now over the named sources, due or not, with all their wanted pages; all active ones for no names.
///
/// Errors if a name is no source's, or the database fails; a source that fails is in its report.
pub async fn pass(app: &App, names: &[String]) -> Result<Vec<SourceReport>> {
    let sources = named(app, names).await?;
    let mut reports: Vec<SourceReport> = Vec::new();
    let deadline = app.clock.now() + LONGEST_PASS;
    let checks: Vec<_> = sources.iter().map(|source| scrape_in_turn(app, source, deadline)).collect();
    let mut outcomes = futures::stream::iter(checks).buffered(AT_ONCE);
    while let Some(report) = outcomes.next().await {
        reports.push(report?);
    }
    let ids: Vec<i64> = sources.iter().map(|source| source.id).collect();
    let mut put_off: Vec<DateTime<Utc>> = Vec::new();
    loop {
        let round = pages::round(app, Some(&ids)).await?;
        for report in &mut reports {
            if let Some(pages) = round.by_source.get(&report.name) {
                report.pages.add(*pages);
            }
            let failures = round.failures.iter().filter(|(source, _)| *source == report.name);
            report.failures.extend(failures.map(|(_, words)| words.clone()));
        }
        put_off.extend(&round.put_off);
        if !round.by_source.is_empty() {
            continue;
        }
        // What hosts did not want to be asked for at once; not what they don't want for long.
        let now = app.clock.now();
        put_off.retain(|until| *until > now);
        match put_off.iter().filter(|until| **until <= deadline.min(now + PATIENCE)).min() {
            Some(next) => app.clock.sleep_until(*next).await,
            None => return Ok(reports),
        }
    }
}

/// Gets an address by the way that the owner set for its source.
async fn get(
    app: &App,
    source: &str,
    url: &Url,
    known: &Validators,
    now: DateTime<Utc>,
) -> Result<Fetched, Failure> {
    let fetcher = app.fetcher.by(proxy(app, source)).map_err(Failure::new)?;
    Ok(fetcher.get_or_ask(url, known, now, || others(app)).await?)
}

/// Whom else the fetcher may ask whether our network is away.
async fn others(app: &App) -> Vec<Url> {
    let by_proxy = app.config.sources.iter().filter(|source| source.proxy.is_some());
    let by_proxy: Vec<String> = by_proxy.map(|source| source.name.clone()).collect();
    let hosts = sources::hosts(&app.db, &by_proxy, OTHERS).await.unwrap_or_else(|error| {
        tracing::warn!(error = format!("{error:#}"), "no telling whether it is our network that is away");
        Vec::new()
    });
    hosts.iter().filter_map(|url| Url::parse(url).ok()).collect()
}

/// Reads one source's list as soon as its host may be asked, and records what came of it.
async fn scrape_in_turn(app: &App, source: &Source, deadline: DateTime<Utc>) -> Result<SourceReport> {
    loop {
        let report = scrape_source(app, source, deadline).await?;
        match report.list {
            Ok(List::PutOff(until)) if until <= deadline.min(app.clock.now() + PATIENCE) => {
                app.clock.sleep_until(until).await;
            }
            _ => return Ok(report),
        }
    }
}

/// Reads one source's list and records what came of it.
///
/// `deadline`: no host's turn is waited for that comes later.
async fn scrape_source(app: &App, source: &Source, deadline: DateTime<Utc>) -> Result<SourceReport> {
    let report = |list| SourceReport {
        name: source.name.clone(),
        list,
        pages: Pages::default(),
        failures: Vec::new(),
    };
    let read = read_list(app, source, deadline).await;
    let now = app.clock.now();
    let stored = match read {
        // What can't be stored is this source's failure, and stops no other.
        Ok(read) => {
            let stored = held(HELD, || store_list(app, source, &read, now)).await;
            match stored {
                Err(error) if Trouble::of(&error).is_some() => return Err(error),
                stored => stored.map_err(|error| Failure::new(format!("{error:#}"))),
            }
        }
        Err(failure) => Err(failure),
    };
    let failure = match stored {
        Ok(list) => return Ok(report(Ok(list))),
        Err(failure) => failure,
    };
    let put_off = |until| held(HELD, move || checks::put_off(&app.db, source, until));
    let recorded = match failure.fault {
        Fault::Overtaken => false,
        Fault::Early(until) => put_off(until).await?,
        Fault::Ours => {
            tracing::warn!(source = source.name, error = failure.words, "source out of reach, as all are");
            put_off(due::when_cut_off(source.id, now)).await?
        }
        Fault::Theirs | Fault::Away | Fault::Forbidden => {
            let failures = source.failures + 1;
            tracing::warn!(source = source.name, failures, error = failure.words, "source failed");
            let next = due::next_try(source.failures, failure.asked, source.id, now);
            let record = || checks::record_failure(&app.db, source, &failure.words, now, next);
            held(HELD, record).await?
        }
    };
    Ok(report(match failure.fault {
        _ if !recorded => Ok(List::Overtaken),
        Fault::Early(until) => Ok(List::PutOff(until)),
        _ => Err(failure.words),
    }))
}

/// What asking for a list gave.
struct Read {
    /// The list and the validators that came with it; `None`: it is the same as the last time.
    list: Option<(Listing, Validators)>,
    /// For how long it holds, as the server has it, and as the list itself has it.
    fresh_for: Option<Duration>,
    lifetime: Option<Duration>,
    moved_to: Option<Url>,
}

async fn store_list(app: &App, source: &Source, read: &Read, now: DateTime<Utc>) -> Result<List> {
    let fresh_for = read.fresh_for.max(read.lifetime);
    let next = due::next_check(&schedule(app, source), app.config.schedule.zone, fresh_for, source.id, now);
    let moved_to = read.moved_to.clone().filter(canonical::fits).map(String::from);
    let moved = due::moved(source.moved.as_ref(), moved_to, now);
    if let Some(moved) = due::settled(moved.as_ref())
        && due::settled(source.moved.as_ref()).is_none()
    {
        tracing::info!(
            source = source.name,
            to = canonical::host_and_path(&moved.to),
            "source moved for good"
        );
    }
    let check = Check { now, next, moved: moved.as_ref() };
    let (recorded, list) = match &read.list {
        None => (checks::record_unchanged(&app.db, source, check).await?, List::Unchanged),
        Some((listing, validators)) => {
            let kept_since = now - TimeDelta::days(app.config.retention.days.into());
            let (wanted, skipped) = backlog(source, listing.entries.clone(), kept_since, now);
            let listed = Listed {
                wanted: &wanted,
                skipped: &skipped,
                etag: validators.etag.as_deref(),
                last_modified: validators.last_modified.as_deref(),
                lifetime: read.lifetime.and_then(|time| time.as_secs().try_into().ok()),
            };
            let recorded = checks::record_listed(&app.db, source, listed, check).await?;
            let new = recorded.map_or(0, |recorded| recorded.new);
            (recorded, List::Read { entries: wanted.len() + skipped.len(), new })
        }
    };
    let Some(recorded) = recorded else { return Ok(List::Overtaken) };
    if recorded.new == 0 {
        habit::look(app, source.id, recorded.newest, now).await?;
    }
    Ok(list)
}

/// Asks for a source's list at the address where it is by now.
async fn read_list(app: &App, source: &Source, deadline: DateTime<Utc>) -> Result<Read, Failure> {
    let (name, kind, selectors) = (source.name.as_str(), source.kind, &source.selectors);
    let url = address(source);
    list::read(app, Request { name, url, kind, selectors, source: Some(source), deadline }).await
}

/// Where a source's list is by now.
fn address(source: &Source) -> &str {
    due::settled(source.moved.as_ref()).map_or(&source.url, |moved: &Moved| &moved.to)
}

async fn named(app: &App, names: &[String]) -> Result<Vec<Source>> {
    let sources = sources::named(&app.db, names).await?;
    match names.iter().find(|name| sources.iter().all(|source| source.name != **name)) {
        Some(unknown) => anyhow::bail!("there is no source {unknown:?}; `tidings sources` lists them"),
        None => Ok(sources),
    }
}

/// Parts what is to be fetched from what a first check leaves alone, and from what is older than anything that is
/// kept: it may have been fetched once, and gone since.
fn backlog(
    source: &Source,
    entries: Vec<Entry>,
    kept_since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> (Vec<Entry>, Vec<Entry>) {
    // An entry with neither link nor words gives nothing to fetch or to read.
    let mut entries: Vec<Entry> = entries
        .into_iter()
        .filter(|entry| entry.link.is_some() || entry.title.is_some() || entry.summary.is_some())
        .collect();
    if source.succeeded_at.is_some() {
        return entries
            .into_iter()
            .partition(|entry| entry.published.or(entry.changed).is_none_or(|date| date >= kept_since));
    }
    // Newest first; where no date says so, a list's own order does.
    let date = |entry: &Entry| entry.published.or(entry.changed).unwrap_or(now);
    entries.sort_by_key(|entry| std::cmp::Reverse(date(entry)));
    let fresh = entries.partition_point(|entry| date(entry) >= now - BACKLOG_AGE);
    let skipped = entries.split_off(fresh.min(BACKLOG_ENTRIES));
    (entries, skipped)
}

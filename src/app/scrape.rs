//! Scraping joined with the store: due sources to entries, wanted pages to articles.
//!
//! A source is claimed in a short statement, read with no transaction open, and recorded in one
//! transaction; so are pages. One source or page that fails is recorded in words and stops nothing.

use std::collections::HashMap;

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use futures::StreamExt as _;
use url::Url;

use super::App;
use crate::model::{Entry, Listing, Page, Selectors, SourceType};
use crate::read::language;
use crate::schedule::Cron;
use crate::scrape::fetch::{Body, FetchError, Fetched, Validators};
use crate::scrape::{article, canonical, feed, listing, wording};
use crate::store::articles::{self, NewArticle, PageState, Stored, TextKind, WantedPage};
use crate::store::sources::{self, LEASE, Listed, NewSource, Source};

/// Sources and pages that are fetched at one time.
const AT_ONCE: usize = 8;
/// Sources or pages claimed in one step.
const BATCH: i64 = 32;

/// A source's first check takes its newest entries only: so many, and no older than so long.
const BACKLOG_ENTRIES: usize = 50;
/// See [`BACKLOG_ENTRIES`].
const BACKLOG_AGE: TimeDelta = TimeDelta::days(3);

/// After a failure a source is tried again in so long, doubled with each further one.
const FIRST_RETRY: TimeDelta = TimeDelta::minutes(5);
/// The longest pause of a failing source; it never stops for good.
const LAST_RETRY: TimeDelta = TimeDelta::hours(6);
/// The longest that a server may send us away for.
const MAX_RETRY_AFTER: TimeDelta = TimeDelta::hours(24);

/// Pauses before a page that could not be had is tried again; after the last one it is given up.
const PAGE_PAUSES: [TimeDelta; 4] =
    [TimeDelta::minutes(30), TimeDelta::hours(2), TimeDelta::hours(6), TimeDelta::hours(24)];

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
}

/// What fetching pages came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pages {
    /// Pages tried.
    pub tried: usize,
    /// Articles that are new, or new versions.
    pub stored: usize,
    /// Pages that could not be had.
    pub failed: usize,
}

/// Brings the configuration's sources into the database.
pub async fn sync_sources(app: &App) -> Result<()> {
    let sources: Vec<NewSource> = app
        .config
        .sources
        .iter()
        .map(|source| NewSource {
            name: source.name.clone(),
            url: source.url.to_string(),
            kind: source.kind,
            outlet: source.outlet.clone().unwrap_or_else(|| source.name.clone()),
            selectors: source.selectors.clone(),
            schedule: None,
        })
        .collect();
    sources::sync(&app.db, &sources, app.clock.now()).await
}

/// Checks the sources that are due; gives their number.
pub async fn scrape_due(app: &App) -> Result<usize> {
    let now = app.clock.now();
    let due = sources::claim_due(&app.db, now, now + LEASE, BATCH).await?;
    // Collected first: a closure over references, kept in the stream, would make this future not Send.
    let checks: Vec<_> = due.iter().map(|source| scrape_source(app, source)).collect();
    let outcomes: Vec<Result<SourceReport>> =
        futures::stream::iter(checks).buffer_unordered(AT_ONCE).collect().await;
    for outcome in outcomes {
        outcome?;
    }
    Ok(due.len())
}

/// Fetches wanted pages, a batch of them; gives the number of pages tried.
pub async fn fetch_pages(app: &App) -> Result<usize> {
    Ok(fetch_batch(app, None).await?.values().map(|pages| pages.tried).sum())
}

/// One pass now over the named sources, due or not, with all their wanted pages; all active ones for no names.
///
/// Errors if a name is no source's, or the database fails; a source that fails is in its report.
pub async fn pass(app: &App, names: &[String]) -> Result<Vec<SourceReport>> {
    let sources = named(app, names).await?;
    let mut reports: Vec<SourceReport> = Vec::new();
    let checks: Vec<_> = sources.iter().map(|source| scrape_source(app, source)).collect();
    let mut outcomes = futures::stream::iter(checks).buffered(AT_ONCE);
    while let Some(report) = outcomes.next().await {
        reports.push(report?);
    }
    let ids: Vec<i64> = sources.iter().map(|source| source.id).collect();
    loop {
        let fetched = fetch_batch(app, Some(&ids)).await?;
        if fetched.is_empty() {
            return Ok(reports);
        }
        for report in &mut reports {
            let Some(pages) = fetched.get(&report.name) else { continue };
            report.pages.tried += pages.tried;
            report.pages.stored += pages.stored;
            report.pages.failed += pages.failed;
        }
    }
}

/// Reads the named sources' lists, or all active ones', and stores nothing; the failure is in words.
pub async fn check(app: &App, names: &[String]) -> Result<Vec<(String, Result<Listing, String>)>> {
    let sources = named(app, names).await?;
    let mut checks = futures::stream::iter(&sources)
        .map(|source| async {
            let url = Url::parse(&source.url).map_err(|error| error.to_string());
            let read = match url {
                Ok(url) => preview_of(app, url, source.kind, &source.selectors).await,
                Err(error) => Err(error),
            };
            (source.name.clone(), read)
        })
        .buffered(AT_ONCE);
    let mut outcomes = Vec::new();
    while let Some(outcome) = checks.next().await {
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

/// What a source would give, before it is stored; the failure is in words.
pub async fn preview(app: &App, source: &NewSource) -> Result<Listing, String> {
    let url = Url::parse(&source.url).map_err(|error| error.to_string())?;
    preview_of(app, url, source.kind, &source.selectors).await
}

/// Reads one source's list and records what came of it.
pub async fn scrape_source(app: &App, source: &Source) -> Result<SourceReport> {
    let report = |list| SourceReport { name: source.name.clone(), list, pages: Pages::default() };
    let read = read_list(app, source).await;
    let now = app.clock.now();
    let stored = match read {
        // What can't be stored is this source's failure, and stops no other.
        Ok(read) => {
            store_list(app, source, read, now).await.map_err(|error| Failure::new(format!("{error:#}")))
        }
        Err(failure) => Err(failure),
    };
    match stored {
        Ok(list) => Ok(report(Ok(list))),
        Err(failure) => {
            let next = failure.next_try(source, now);
            tracing::warn!(
                source = source.name,
                failures = source.failures + 1,
                error = failure.words,
                "source failed"
            );
            sources::record_failure(&app.db, source.id, &failure.words, now, next).await?;
            Ok(report(Err(failure.words)))
        }
    }
}

async fn store_list(
    app: &App,
    source: &Source,
    read: Option<(Listing, Validators)>,
    now: DateTime<Utc>,
) -> Result<List> {
    let next = next_check(app, source, now);
    let Some((listing, validators)) = read else {
        sources::record_unchanged(&app.db, source.id, now, next).await?;
        return Ok(List::Unchanged);
    };
    let (wanted, skipped) = backlog(source, listing.entries, now);
    let listed = Listed {
        wanted: &wanted,
        skipped: &skipped,
        etag: validators.etag.as_deref(),
        last_modified: validators.last_modified.as_deref(),
    };
    let new = sources::record_listed(&app.db, source.id, listed, now, next).await?;
    Ok(List::Read { entries: wanted.len() + skipped.len(), new })
}

/// A source's failure, for the owner.
struct Failure {
    words: String,
    retry_after: Option<DateTime<Utc>>,
}

impl Failure {
    fn new(error: impl std::fmt::Display) -> Failure {
        Failure { words: error.to_string(), retry_after: None }
    }

    fn of(error: FetchError, now: DateTime<Utc>) -> Failure {
        Failure { retry_after: error.retry_after(now), words: error.to_string() }
    }

    fn next_try(&self, source: &Source, now: DateTime<Utc>) -> DateTime<Utc> {
        let doublings = source.failures.clamp(0, 10) as u32;
        let own = now + (FIRST_RETRY * 2_i32.pow(doublings)).min(LAST_RETRY);
        self.retry_after.map_or(own, |asked| asked.clamp(own, now + MAX_RETRY_AFTER))
    }
}

/// The list and the validators that came with it; `None` if it is the same as the last time.
async fn read_list(app: &App, source: &Source) -> Result<Option<(Listing, Validators)>, Failure> {
    let url = Url::parse(&source.url).map_err(Failure::new)?;
    let known = Validators { etag: source.etag.clone(), last_modified: source.last_modified.clone() };
    let fetched = app.fetcher.get(&url, &known).await.map_err(|error| Failure::of(error, app.clock.now()))?;
    let body = match fetched {
        Fetched::Body(body) => body,
        Fetched::NotModified if known == Validators::default() => return Err(Failure::new(NOT_MODIFIED)),
        Fetched::NotModified => return Ok(None),
    };
    let validators = body.validators.clone();
    let listing = parse_list(body, source.kind, &source.selectors).await?;
    Ok(Some((listing, validators)))
}

async fn preview_of(app: &App, url: Url, kind: SourceType, selectors: &Selectors) -> Result<Listing, String> {
    match app.fetcher.get(&url, &Validators::default()).await {
        Ok(Fetched::Body(body)) => parse_list(body, kind, selectors).await.map_err(|failure| failure.words),
        Ok(Fetched::NotModified) => Err(NOT_MODIFIED.to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

async fn parse_list(body: Body, kind: SourceType, selectors: &Selectors) -> Result<Listing, Failure> {
    let selectors = selectors.clone();
    let parse = move || {
        let (bytes, content_type) = (&body.bytes, body.content_type.as_deref());
        match kind {
            SourceType::Feed => feed::parse(bytes, content_type, Some(&body.url)).map_err(Failure::new),
            SourceType::Listing => {
                listing::parse(bytes, content_type, &body.url, &selectors).map_err(Failure::new)
            }
            SourceType::Sitemap | SourceType::Channel => {
                Err(Failure::new(format!("sources of type {} can't be read yet", kind.as_str())))
            }
        }
    };
    tokio::task::spawn_blocking(parse).await.map_err(|_| Failure::new("its list broke the reader"))?
}

async fn named(app: &App, names: &[String]) -> Result<Vec<Source>> {
    let sources = sources::named(&app.db, names).await?;
    match names.iter().find(|name| sources.iter().all(|source| source.name != **name)) {
        Some(unknown) => anyhow::bail!("there is no source {unknown:?}; `tidings sources` lists them"),
        None => Ok(sources),
    }
}

/// Parts what is to be fetched from what a first check leaves alone.
fn backlog(source: &Source, entries: Vec<Entry>, now: DateTime<Utc>) -> (Vec<Entry>, Vec<Entry>) {
    // An entry with neither link nor words gives nothing to fetch or to read.
    let mut entries: Vec<Entry> = entries
        .into_iter()
        .filter(|entry| entry.link.is_some() || entry.title.is_some() || entry.summary.is_some())
        .collect();
    if source.succeeded_at.is_some() {
        return (entries, Vec::new());
    }
    // Newest first; where no date says so, a list's own order does.
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.published.unwrap_or(now)));
    let fresh = entries.partition_point(|entry| entry.published.is_none_or(|date| date >= now - BACKLOG_AGE));
    let skipped = entries.split_off(fresh.min(BACKLOG_ENTRIES));
    (entries, skipped)
}

fn next_check(app: &App, source: &Source, now: DateTime<Utc>) -> DateTime<Utc> {
    let schedule = &app.config.schedule;
    let configured = app.config.sources.iter().find(|known| known.name == source.name);
    let own = match &source.schedule {
        Some(line) => Cron::parse(line).ok(),
        None => configured.and_then(|configured| configured.scrape.clone()),
    };
    own.as_ref()
        .unwrap_or(&schedule.scrape)
        .next_after(now, schedule.zone)
        .unwrap_or(now + TimeDelta::days(1))
}

/// Fetches a batch of wanted pages; what came of it, by source.
async fn fetch_batch(app: &App, of: Option<&[i64]>) -> Result<HashMap<String, Pages>> {
    let now = app.clock.now();
    let wanted = articles::claim_pages(&app.db, of, now, now + LEASE, BATCH).await?;
    let mut outcomes = futures::stream::iter(wanted)
        .map(|page| async {
            let source = page.source.clone();
            (source, try_page(app, page).await)
        })
        .buffer_unordered(AT_ONCE);
    let mut by_source: HashMap<String, Pages> = HashMap::new();
    while let Some((source, outcome)) = outcomes.next().await {
        let pages = by_source.entry(source).or_default();
        let (stored, had) = outcome?;
        pages.tried += 1;
        pages.stored += usize::from(stored != Stored::Known);
        pages.failed += usize::from(!had);
    }
    Ok(by_source)
}

/// As [`fetch_page`]; what can't be stored is this page's failure, and stops no other.
async fn try_page(app: &App, wanted: WantedPage) -> Result<(Stored, bool)> {
    match fetch_page(app, &wanted).await {
        Ok(done) => Ok(done),
        Err(error) => {
            let failure = Failure::new(format!("{error:#}"));
            tracing::warn!(entry = wanted.entry_id, error = failure.words, "page not stored");
            let state = after_failure(&wanted, failure, app.clock.now());
            articles::record_page(&app.db, wanted.entry_id, &state).await?;
            Ok((Stored::Known, false))
        }
    }
}

/// One wanted page to a stored article; whether anything was stored, and whether the page could be had.
async fn fetch_page(app: &App, wanted: &WantedPage) -> Result<(Stored, bool)> {
    let id = wanted.entry_id;
    let link = wanted.link.as_deref().and_then(|link| Url::parse(link).ok());
    let Some(link) = link.filter(|link| matches!(link.scheme(), "http" | "https") && canonical::fits(link))
    else {
        let state = PageState::GivenUp { error: "the entry has no link to a page".into() };
        return Ok((store_summary(app, wanted, None, &state).await?, false));
    };
    let url = canonical::normal(&link);
    if articles::attach(&app.db, id, url.as_str(), &canonical::key(&url)).await? {
        return Ok((Stored::Known, true));
    }
    match read_page(app, &link).await {
        Ok(page) => {
            let now = app.clock.now();
            // The source's headline was written for a list; the page's carries the site's name at times.
            let title = wanted.title.clone().or(page.title);
            let url = page.url.clone().unwrap_or_else(|| url.to_string());
            let article = NewArticle {
                key: canonical::key_of(&url),
                url,
                outlet: wanted.outlet.clone(),
                language: language(title.as_deref(), &page.text),
                wording: wording::of(title.as_deref(), &page.text),
                title,
                text: page.text,
                kind: TextKind::Page,
                author: page.author,
                published_at: published(wanted, page.published, now),
            };
            Ok((articles::store(&app.db, id, &article, &PageState::Had, now).await?, true))
        }
        Err(failure) => {
            let state = after_failure(wanted, failure, app.clock.now());
            Ok((store_summary(app, wanted, Some(&url), &state).await?, false))
        }
    }
}

async fn read_page(app: &App, link: &Url) -> Result<Page, Failure> {
    let fetched = app.fetcher.get(link, &Validators::default()).await;
    let fetched = fetched.map_err(|error| Failure::of(error, app.clock.now()))?;
    let Fetched::Body(Body { bytes, url, content_type, .. }) = fetched else {
        return Err(Failure::new(NOT_MODIFIED));
    };
    let now = app.clock.now();
    let extract = move || article::extract(&bytes, content_type.as_deref(), Some(&url), now);
    tokio::task::spawn_blocking(extract)
        .await
        .map_err(|_| Failure::new("the page broke the reader"))?
        .map_err(Failure::new)
}

/// Until its page can be had, an entry's headline and summary are its article.
async fn store_summary(
    app: &App,
    wanted: &WantedPage,
    url: Option<&Url>,
    state: &PageState,
) -> Result<Stored> {
    let words = wanted.title.as_ref().or(wanted.summary.as_ref());
    if words.is_none() {
        articles::record_page(&app.db, wanted.entry_id, state).await?;
        return Ok(Stored::Known);
    }
    let now = app.clock.now();
    // A list's address may hold a password or token: it is no part of what readers see.
    let url = (wanted.article_url.clone())
        .or_else(|| url.map(Url::to_string))
        .unwrap_or_else(|| format!("entry:{}", wanted.entry_id));
    let text = wanted.summary.clone().unwrap_or_default();
    let article = NewArticle {
        key: canonical::key_of(&url),
        url,
        outlet: wanted.outlet.clone(),
        language: language(wanted.title.as_deref(), &text),
        title: wanted.title.clone(),
        wording: wording::of(wanted.title.as_deref(), &text),
        text,
        kind: TextKind::Summary,
        author: None,
        published_at: published(wanted, None, now),
    };
    articles::store(&app.db, wanted.entry_id, &article, state, now).await
}

/// The language as the text tells it: what a page says of itself is often its template's.
fn language(title: Option<&str>, text: &str) -> Option<String> {
    language::tell(title, text).map(str::to_owned)
}

fn after_failure(wanted: &WantedPage, failure: Failure, now: DateTime<Utc>) -> PageState {
    match PAGE_PAUSES.get(wanted.attempts.max(0) as usize) {
        Some(pause) => {
            let own = now + *pause;
            let at = failure.retry_after.map_or(own, |asked| asked.clamp(own, now + MAX_RETRY_AFTER));
            PageState::Again { error: failure.words, at }
        }
        None => PageState::GivenUp { error: failure.words },
    }
}

/// The feed's date, or else the page's; none, or one in the future, is when the entry was first seen.
fn published(wanted: &WantedPage, page: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
    [wanted.published_at, page].into_iter().flatten().find(|date| *date <= now).unwrap_or(wanted.seen_at)
}

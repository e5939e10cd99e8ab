//! A source's list over HTTP: its first page, and as many further ones as it takes to miss nothing.
//!
//! Pages of a listing or channel go back in time: they are followed until one ends with an entry that is known, or
//! until their bound. A page that fails is the whole check's failure, since what it holds would be passed over the
//! next time. Sitemaps of an index stand beside each other and are all read again: one that fails costs its own.

use std::time::Duration;

use anyhow::Result;
use chrono::{DateTime, Utc};
use url::Url;

use super::failure::{Failure, Fault};
use super::{BACKLOG_AGE, BACKLOG_ENTRIES, NOT_MODIFIED, NoLook, PATIENCE, Read, get};
use crate::app::App;
use crate::model::{Listing, Selectors, SourceType};
use crate::scrape::fetch::{Body, Fetched, Validators};
use crate::scrape::list::{self, Part};
use crate::scrape::{channel, feed};
use crate::store::sources::{LEASE, Source, checks};

/// A list is made sense of in so long; it is a matter of milliseconds.
const PARSING: Duration = Duration::from_secs(30);

/// What is asked for, and how long it may take.
#[derive(Clone, Copy)]
pub(super) struct Request<'a> {
    pub(super) name: &'a str,
    pub(super) url: &'a str,
    pub(super) kind: SourceType,
    pub(super) selectors: &'a Selectors,
    /// The source, where it is checked and not only looked at.
    pub(super) source: Option<&'a Source>,
    /// No host's turn is waited for that comes later.
    pub(super) deadline: DateTime<Utc>,
}

/// One page as it came.
struct Page {
    /// `None`: it is the same as the last time.
    part: Option<(Part, Validators)>,
    /// For how long it holds, as the server has it, and as the list itself has it.
    lifetime: Option<Duration>,
    fresh_for: Option<Duration>,
    moved_to: Option<Url>,
}

/// The list and the validators that came with it.
///
/// A source that is due does not wait for its host's turn, but is put off; a look waits, and so do further pages.
pub(super) async fn read(app: &App, request: Request<'_>) -> Result<Read, Failure> {
    let url = address(request)?;
    let known = request
        .source
        .map(|source| Validators { etag: source.etag.clone(), last_modified: source.last_modified.clone() });
    let known = known.unwrap_or_default();
    let page = match request.source {
        Some(_) => fetch(app, &url, request, &known).await?,
        None => fetch_in_turn(app, &url, request).await?,
    };
    let Page { part, lifetime, fresh_for, moved_to } = page;
    let Some((first, validators)) = part else {
        if known == Validators::default() {
            return Err(Failure::new(NOT_MODIFIED));
        }
        let lifetime = request.source.and_then(|source| source.lifetime);
        let lifetime = lifetime.and_then(|time| time.try_into().ok()).map(Duration::from_secs);
        return Ok(Read { list: None, fresh_for, lifetime, moved_to });
    };
    let list = match request.kind {
        // An index may stay as it is while what it names changes.
        SourceType::Sitemap if !first.further.is_empty() => {
            (parts(app, request, first).await?, Validators::default())
        }
        SourceType::Listing | SourceType::Channel => (pages(app, request, first).await?, validators),
        SourceType::Feed | SourceType::Sitemap => (first.listing, validators),
    };
    Ok(Read { list: Some(list), fresh_for, lifetime, moved_to })
}

fn address(request: Request<'_>) -> Result<Url, Failure> {
    let url = Url::parse(request.url).map_err(Failure::new)?;
    match request.kind {
        SourceType::Channel => Ok(channel::address(request.url).unwrap_or(url)),
        _ => Ok(url),
    }
}

async fn pages(app: &App, request: Request<'_>, first: Part) -> Result<Listing, Failure> {
    let Part { mut listing, mut further } = first;
    for number in 2..=list::most_pages(request.kind, request.selectors) {
        let Some(next) = further.pop() else { break };
        let goes_on = goes_on(app, request.source, &listing).await;
        if !goes_on.map_err(|error| Failure::of_database(&error))? {
            break;
        }
        let page = fetch_in_turn(app, &next, request).await;
        let page = page.map_err(|failure| failure.about(&format!("page {number}")))?;
        let Some((part, _)) = page.part else { break };
        listing.entries.extend(part.listing.entries);
        further = part.further;
    }
    Ok(listing)
}

/// Whether what lies behind the last entry may be unknown, and wanted.
async fn goes_on(app: &App, source: Option<&Source>, listing: &Listing) -> Result<bool> {
    let Some(source) = source else { return Ok(false) };
    let Some(last) = listing.entries.last() else { return Ok(true) };
    if source.succeeded_at.is_none() {
        let since = app.clock.now() - BACKLOG_AGE;
        return Ok(listing.entries.len() < BACKLOG_ENTRIES && last.published.is_none_or(|date| date >= since));
    }
    Ok(!checks::has_entry(&app.db, source.id, &last.id).await?)
}

async fn parts(app: &App, request: Request<'_>, index: Part) -> Result<Listing, Failure> {
    let mut listing = index.listing;
    let mut read = 0;
    let mut lost = None;
    for url in &index.further {
        match fetch_in_turn(app, url, request).await {
            Ok(Page { part: Some((part, _)), .. }) if !part.further.is_empty() => {
                let path = url.path();
                tracing::warn!(sitemap = path, "a sitemap of an index is an index again, and is not read");
                let words = format!("sitemap {path} is an index again; name one of its parts as a source");
                lost = Some(Failure::new(words));
            }
            Ok(Page { part: Some((part, _)), .. }) => {
                read += 1;
                listing.title = listing.title.or(part.listing.title);
                listing.entries.extend(part.listing.entries);
            }
            Ok(_) => {}
            Err(failure @ Failure { fault: Fault::Overtaken, .. }) => return Err(failure),
            Err(failure) => {
                tracing::warn!(sitemap = url.path(), error = failure.words, "a sitemap of an index failed");
                lost = Some(failure.about(&format!("sitemap {}", url.path())));
            }
        }
    }
    match lost {
        Some(failure) if read == 0 => Err(failure),
        _ => Ok(listing),
    }
}

/// What an address gives, whatever it is, as soon as its host may be asked.
pub(in crate::app) async fn body(app: &App, url: &Url) -> Result<Body, NoLook> {
    let known = Validators::default();
    let fetched = in_turn(app, app.clock.now() + PATIENCE, || async {
        Ok(app.fetcher.get(url, &known, app.clock.now()).await?)
    });
    Ok(fetched.await?.body.ok_or_else(|| Failure::new(NOT_MODIFIED))?)
}

/// One page of the list, as soon as its host may be asked. One whose turn does not come in time is a failure: put
/// off, the list would begin anew and come no further.
async fn fetch_in_turn(app: &App, url: &Url, request: Request<'_>) -> Result<Page, Failure> {
    let page = in_turn(app, request.deadline, || async {
        keep_claim(app, request, app.clock.now()).await?;
        let page = fetch(app, url, request, &Validators::default()).await;
        if let Err(Failure { fault: Fault::Early(until), .. }) = page {
            keep_claim(app, request, until.min(request.deadline)).await?;
        }
        page
    });
    match (page.await, request.source) {
        (Err(failure @ Failure { fault: Fault::Early(_), .. }), Some(_)) => {
            Err(Failure { fault: Fault::Theirs, ..failure })
        }
        (page, _) => page,
    }
}

/// Does what asks a host, again and again until it may be asked; not later than `deadline`.
async fn in_turn<T, Asking: Future<Output = Result<T, Failure>>>(
    app: &App,
    deadline: DateTime<Utc>,
    ask: impl Fn() -> Asking,
) -> Result<T, Failure> {
    loop {
        match ask().await {
            Err(Failure { fault: Fault::Early(until), .. }) if until <= deadline => {
                app.clock.sleep_until(until).await;
            }
            outcome => return outcome,
        }
    }
}

/// Keeps other processes from a source that is checked still, for a lease after `at`. One that was removed, changed or
/// checked meanwhile is asked for no more: nothing of it would be stored.
async fn keep_claim(app: &App, request: Request<'_>, at: DateTime<Utc>) -> Result<(), Failure> {
    let Some(source) = request.source else { return Ok(()) };
    match checks::put_off(&app.db, source, at + LEASE).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(Failure { fault: Fault::Overtaken, ..Failure::new("checked or changed meanwhile") }),
        Err(error) => Err(Failure::of_database(&error)),
    }
}

/// One page of the list, unless it is what `known` stands for.
async fn fetch(app: &App, url: &Url, request: Request<'_>, known: &Validators) -> Result<Page, Failure> {
    let now = app.clock.now();
    let Fetched { body, fresh_for, moved_to } = get(app, request.name, url, known, now).await?;
    let Some(body) = body else { return Ok(Page { part: None, lifetime: None, fresh_for, moved_to }) };
    let validators = body.validators.clone();
    let lifetime = match request.kind {
        SourceType::Feed => feed::lifetime(&body.bytes, body.content_type.as_deref()),
        _ => None,
    };
    let (kind, selectors) = (request.kind, request.selectors.clone());
    let parse =
        move || list::parse(kind, &body.bytes, body.content_type.as_deref(), &body.url, &selectors, now);
    let part = tokio::time::timeout(PARSING, tokio::task::spawn_blocking(parse)).await;
    let part = part.map_err(|_| Failure::new("its list takes too long to read"))?;
    let part = part.map_err(|_| Failure::new("its list broke the reader"))?.map_err(Failure::new)?;
    Ok(Page { part: Some((part, validators)), lifetime, fresh_for, moved_to })
}

//! A source's list over HTTP: its first page, and as many further ones as it takes to miss nothing.
//!
//! Pages of a listing or channel go back in time: they are followed until one ends with an entry that is known, or
//! until their bound. A page that fails is the whole check's failure, since what it holds would be passed over the
//! next time. Sitemaps of an index stand beside each other and are all read again: one that fails costs its own.

use std::time::Duration;

use anyhow::Result;
use url::Url;

use super::failure::{Failure, Fault};
use super::{BACKLOG_AGE, BACKLOG_ENTRIES, NOT_MODIFIED, PATIENCE, Read, proxy};
use crate::app::App;
use crate::model::{Listing, Selectors, SourceType};
use crate::scrape::fetch::{Body, FetchError, Fetched, Validators};
use crate::scrape::list::{self, Part};
use crate::scrape::{channel, feed};
use crate::store::sources::{self, Source};

/// What a list is read by.
#[derive(Clone, Copy)]
pub(super) struct From<'a> {
    pub(super) name: &'a str,
    pub(super) url: &'a str,
    pub(super) kind: SourceType,
    pub(super) selectors: &'a Selectors,
    /// The source, where it is checked and not only looked at.
    pub(super) source: Option<&'a Source>,
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
pub(super) async fn read(app: &App, from: From<'_>) -> Result<Read, Failure> {
    let url = address(from)?;
    let known = from
        .source
        .map(|source| Validators { etag: source.etag.clone(), last_modified: source.last_modified.clone() });
    let known = known.unwrap_or_default();
    let page = match from.source {
        Some(_) => fetch(app, &url, from, &known).await?,
        None => fetch_in_turn(app, &url, from).await?,
    };
    let Page { part, lifetime, fresh_for, moved_to } = page;
    let Some((first, validators)) = part else {
        if known == Validators::default() {
            return Err(Failure::new(NOT_MODIFIED));
        }
        let lifetime = from.source.and_then(|source| source.lifetime);
        let lifetime = lifetime.and_then(|time| time.try_into().ok()).map(Duration::from_secs);
        return Ok(Read { list: None, fresh_for, lifetime, moved_to });
    };
    let list = match from.kind {
        // An index may stay as it is while what it names changes.
        SourceType::Sitemap if !first.further.is_empty() => {
            (parts(app, from, first).await?, Validators::default())
        }
        SourceType::Listing | SourceType::Channel => (pages(app, from, first).await?, validators),
        SourceType::Feed | SourceType::Sitemap => (first.listing, validators),
    };
    Ok(Read { list: Some(list), fresh_for, lifetime, moved_to })
}

fn address(from: From<'_>) -> Result<Url, Failure> {
    let url = Url::parse(from.url).map_err(Failure::new)?;
    match from.kind {
        SourceType::Channel => Ok(channel::address(from.url).unwrap_or(url)),
        _ => Ok(url),
    }
}

async fn pages(app: &App, from: From<'_>, first: Part) -> Result<Listing, Failure> {
    let Part { mut listing, mut further } = first;
    for number in 2..=list::most_pages(from.kind, from.selectors) {
        let Some(next) = further.pop() else { break };
        if !goes_on(app, from.source, &listing).await.map_err(|error| Failure::new(format!("{error:#}")))? {
            break;
        }
        let page = fetch_in_turn(app, &next, from).await;
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
    Ok(!sources::has_entry(&app.db, source.id, &last.id).await?)
}

async fn parts(app: &App, from: From<'_>, index: Part) -> Result<Listing, Failure> {
    let mut listing = index.listing;
    let mut read = 0;
    let mut lost = None;
    for url in &index.further {
        match fetch_in_turn(app, url, from).await {
            Ok(Page { part: Some((part, _)), .. }) if !part.further.is_empty() => {
                let path = url.path();
                tracing::warn!(sitemap = path, "a sitemap of an index is an index again, and is not read");
                let words = format!("sitemap {path} is an index again; name one of its parts as a source");
                lost = Some(Failure::new(words));
            }
            Ok(Page { part: Some((part, _)), .. }) => {
                read += 1;
                listing.entries.extend(part.listing.entries);
            }
            Ok(_) => {}
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

/// What an address gives, whatever it is, as soon as its host may be asked; the failure is in words.
pub(in crate::app) async fn body(app: &App, url: &Url) -> Result<Body, String> {
    loop {
        let now = app.clock.now();
        match app.fetcher.get(url, &Validators::default(), now).await {
            Err(FetchError::NotYet { until, .. }) if until <= now + PATIENCE => {
                app.clock.sleep_until(until).await;
            }
            Ok(fetched) => return fetched.body.ok_or_else(|| NOT_MODIFIED.to_owned()),
            Err(error) => return Err(error.to_string()),
        }
    }
}

/// One page of the list, as soon as its host may be asked.
async fn fetch_in_turn(app: &App, url: &Url, from: From<'_>) -> Result<Page, Failure> {
    loop {
        match fetch(app, url, from, &Validators::default()).await {
            Err(Failure { fault: Fault::Early(until), .. }) if until <= app.clock.now() + PATIENCE => {
                app.clock.sleep_until(until).await;
            }
            outcome => return outcome,
        }
    }
}

/// One page of the list, unless it is what `known` stands for.
async fn fetch(app: &App, url: &Url, from: From<'_>, known: &Validators) -> Result<Page, Failure> {
    let now = app.clock.now();
    let fetcher = app.fetcher.by(proxy(app, from.name)).map_err(Failure::new)?;
    let Fetched { body, fresh_for, moved_to } = fetcher.get(url, known, now).await?;
    let Some(body) = body else { return Ok(Page { part: None, lifetime: None, fresh_for, moved_to }) };
    let validators = body.validators.clone();
    let lifetime = match from.kind {
        SourceType::Feed => feed::lifetime(&body.bytes, body.content_type.as_deref()),
        _ => None,
    };
    let (kind, selectors) = (from.kind, from.selectors.clone());
    let parse =
        move || list::parse(kind, &body.bytes, body.content_type.as_deref(), &body.url, &selectors, now);
    let part = tokio::task::spawn_blocking(parse).await;
    let part = part.map_err(|_| Failure::new("its list broke the reader"))?.map_err(Failure::new)?;
    Ok(Page { part: Some((part, validators)), lifetime, fresh_for, moved_to })
}

//! A source's list over HTTP: its first page, and as many further ones as it takes to miss nothing.
//!
//! Pages of a listing or channel go back in time: they are followed until one ends with an entry that is known, or
//! until their bound. A page that fails is the whole check's failure, since what it holds would be passed over the
//! next time. Sitemaps of an index stand beside each other and are all read again: one that fails costs its own.

use anyhow::Result;
use url::Url;

use super::{BACKLOG_AGE, BACKLOG_ENTRIES, Failure, NOT_MODIFIED};
use crate::app::App;
use crate::model::{Listing, Selectors, SourceType};
use crate::scrape::channel;
use crate::scrape::fetch::{Fetched, Validators};
use crate::scrape::list::{self, Part};
use crate::store::sources::{self, Source};

/// What a list is read by.
#[derive(Clone, Copy)]
pub(super) struct From<'a> {
    pub(super) url: &'a str,
    pub(super) kind: SourceType,
    pub(super) selectors: &'a Selectors,
    /// The source, where it is stored already.
    pub(super) source: Option<&'a Source>,
}

/// The list and the validators that came with it; `None` if it is the same as the last time.
pub(super) async fn read(app: &App, from: From<'_>) -> Result<Option<(Listing, Validators)>, Failure> {
    let url = address(from)?;
    let known = from
        .source
        .map(|source| Validators { etag: source.etag.clone(), last_modified: source.last_modified.clone() });
    let Some((first, validators)) = fetch(app, &url, from, &known.unwrap_or_default()).await? else {
        return Ok(None);
    };
    match from.kind {
        SourceType::Sitemap if !first.further.is_empty() => {
            // An index may stay as it is while what it names changes.
            Ok(Some((parts(app, from, first).await?, Validators::default())))
        }
        SourceType::Listing | SourceType::Channel => Ok(Some((pages(app, from, first).await?, validators))),
        SourceType::Feed | SourceType::Sitemap => Ok(Some((first.listing, validators))),
    }
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
    for page in 2..=list::most_pages(from.kind, from.selectors) {
        let Some(next) = further.pop() else { break };
        if !goes_on(app, from.source, &listing).await.map_err(|error| Failure::new(format!("{error:#}")))? {
            break;
        }
        let part = match fetch(app, &next, from, &Validators::default()).await {
            Ok(Some((part, _))) => part,
            Ok(None) => break,
            Err(failure) => return Err(failure.about(&format!("page {page}"))),
        };
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
        match fetch(app, url, from, &Validators::default()).await {
            Ok(Some((part, _))) => {
                read += 1;
                listing.entries.extend(part.listing.entries);
            }
            Ok(None) => {}
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

/// One page of the list; `None` if it is what `known` stands for.
async fn fetch(
    app: &App,
    url: &Url,
    from: From<'_>,
    known: &Validators,
) -> Result<Option<(Part, Validators)>, Failure> {
    let now = app.clock.now();
    let body = match app.fetcher.get(url, known).await.map_err(|error| Failure::of(error, now))? {
        Fetched::Body(body) => body,
        Fetched::NotModified if *known == Validators::default() => return Err(Failure::new(NOT_MODIFIED)),
        Fetched::NotModified => return Ok(None),
    };
    let validators = body.validators.clone();
    let (kind, selectors) = (from.kind, from.selectors.clone());
    let parse =
        move || list::parse(kind, &body.bytes, body.content_type.as_deref(), &body.url, &selectors, now);
    let part =
        tokio::task::spawn_blocking(parse).await.map_err(|_| Failure::new("its list broke the reader"))?;
    Ok(Some((part.map_err(Failure::new)?, validators)))
}

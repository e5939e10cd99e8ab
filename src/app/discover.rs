//! From an address to a source: what it is, and what it would give.

use url::Url;

use super::App;
use super::scrape::{self, list};
use crate::model::{Listing, Selectors, SourceType};
use crate::scrape::channel;
use crate::scrape::discover::{self, Look};
use crate::store::sources::NewSource;

/// A source that was found, not stored yet.
#[derive(Debug, Clone)]
pub struct Found {
    /// What it is.
    pub kind: SourceType,
    /// Where its list is: the feed of a page, if a page was given.
    pub url: Url,
    /// How its list is read.
    pub selectors: Selectors,
    /// What it gives now.
    pub listing: Listing,
    /// How it was found, in words.
    pub how: &'static str,
}

/// Finds the source at an address; `kind`, and the selectors of a listing, say what it has to be.
///
/// The failure is in words: what was tried, and what mends it.
pub async fn discover(
    app: &App,
    address: &str,
    kind: Option<SourceType>,
    selectors: Selectors,
) -> Result<Found, String> {
    let channel = channel::address(address);
    let is_channel = channel.is_some();
    let url = match channel {
        Some(url) => url,
        None => parse(address)?,
    };
    let kind = match kind {
        None if is_channel => Some(SourceType::Channel),
        None if selectors.item.is_some() => Some(SourceType::Listing),
        kind => kind,
    };
    match kind {
        Some(SourceType::Listing) if selectors.item.is_none() => match look(app, &url).await? {
            Look::Page { selectors: Some(guessed), .. } => guess(app, url, *guessed, selectors).await,
            _ => Err(format!("{url}: no list of headlines was found; name its parts by --item and --link")),
        },
        Some(kind) => read(app, url, kind, selectors, "as you say").await,
        None => match look(app, &url).await? {
            Look::Feed => read(app, url, SourceType::Feed, selectors, "by what it gives").await,
            Look::Sitemap => read(app, url, SourceType::Sitemap, selectors, "by what it gives").await,
            Look::Channel => read(app, url, SourceType::Channel, selectors, "by what it gives").await,
            Look::Page { feeds, selectors: guessed } => {
                let mut failures = Vec::new();
                for feed in feeds {
                    match read(app, feed, SourceType::Feed, selectors.clone(), "the page names it").await {
                        Ok(found) if !found.listing.entries.is_empty() => return Ok(found),
                        Ok(found) => failures.push(format!("{}: no entries", found.url)),
                        Err(failure) => failures.push(failure),
                    }
                }
                match guessed {
                    Some(guessed) => guess(app, url, *guessed, selectors).await,
                    None => Err(nothing(&url, &failures)),
                }
            }
        },
    }
}

fn nothing(url: &Url, failures: &[String]) -> String {
    let mut words = format!("{url} is a page without a feed, and no list of headlines was found on it");
    for failure in failures {
        words.push_str(&format!("; its feed {failure}"));
    }
    words.push_str("; give the address of a feed, a sitemap or a list, or name the list's parts by --item");
    words
}

/// An address as people write it: `https://` may be left out.
fn parse(address: &str) -> Result<Url, String> {
    let address = address.trim();
    let whole = if address.contains("://") { address.to_owned() } else { format!("https://{address}") };
    match Url::parse(&whole) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(url),
        Ok(url) => Err(format!("{url} can't be fetched; give an http:// or https:// address")),
        Err(_) => Err(format!("{address:?} is no address; give one like https://example.org/ or @channel")),
    }
}

async fn look(app: &App, url: &Url) -> Result<Look, String> {
    let body = list::body(app, url).await.map_err(|error| format!("{url}: {error}"))?;
    let look = move || discover::look(&body.bytes, body.content_type.as_deref(), &body.url);
    let looked = tokio::task::spawn_blocking(look).await.map_err(|_| format!("{url} broke the reader"))?;
    looked.map_err(|error| format!("{url}: {error}"))
}

/// As a listing by guessed selectors; what the owner said besides counts.
async fn guess(app: &App, url: Url, guessed: Selectors, own: Selectors) -> Result<Found, String> {
    let selectors = Selectors {
        item: guessed.item,
        link: own.link.or(guessed.link),
        title: own.title.or(guessed.title),
        date: own.date.or(guessed.date),
        ..own
    };
    read(app, url, SourceType::Listing, selectors, "its selectors are guessed: look whether all is there")
        .await
}

/// As it would be read each time.
async fn read(
    app: &App,
    url: Url,
    kind: SourceType,
    selectors: Selectors,
    how: &'static str,
) -> Result<Found, String> {
    let source = NewSource {
        name: String::new(),
        url: url.to_string(),
        kind,
        outlet: String::new(),
        selectors,
        schedule: None,
    };
    let listing = scrape::preview(app, &source).await.map_err(|error| format!("{url}: {error}"))?;
    Ok(Found { kind, url, selectors: source.selectors, listing, how })
}

//! From an address to a source: what it is, and what it would give.

use url::Url;

use super::App;
use super::scrape::{self, NoLook, list};
use crate::model::{Listing, Selectors, SourceType};
use crate::scrape::discover::{self, Look};
use crate::scrape::{channel, html};
use crate::store::sources::NewSource;

/// Characters of a name that is taken from the list's title.
const MAX_NAME: usize = 60;

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

/// An address as people write it: a site's, a list's or a channel's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    url: Url,
    /// The same without encryption, where nothing was said of it.
    plain: Option<Url>,
    is_channel: bool,
}

impl Address {
    /// Reads what was written; the failure is in words.
    pub fn parse(written: &str) -> Result<Address, String> {
        if let Some(url) = channel::address(written) {
            return Ok(Address { url, plain: None, is_channel: true });
        }
        let written = written.trim();
        let url = |text: &str| match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(url),
            Ok(url) => Err(format!("{url} can't be fetched; give an http:// or https:// address")),
            Err(_) => {
                Err(format!("{written:?} is no address; give one like https://example.org/ or @channel"))
            }
        };
        if written.contains("://") {
            return Ok(Address { url: url(written)?, plain: None, is_channel: false });
        }
        let plain = url(&format!("http://{written}"))?;
        Ok(Address { url: url(&format!("https://{written}"))?, plain: Some(plain), is_channel: false })
    }
}

/// Finds the source at an address; `kind`, and the selectors of a listing, say what it has to be.
///
/// The failure is in words: what was tried, and what mends it.
pub async fn discover(
    app: &App,
    address: &Address,
    kind: Option<SourceType>,
    selectors: Selectors,
) -> Result<Found, String> {
    let kind = match kind {
        None if address.is_channel => Some(SourceType::Channel),
        None if selectors.item.is_some() => Some(SourceType::Listing),
        kind => kind,
    };
    match (find(app, &address.url, kind, selectors.clone()).await, &address.plain) {
        (Err(NoLook::Away(secure)), Some(plain)) => {
            find(app, plain, kind, selectors).await.map_err(|error| format!("{secure}; {error}"))
        }
        (found, _) => found.map_err(|error| error.to_string()),
    }
}

/// The name that a site gives itself on its first page.
pub async fn site_name(app: &App, url: &Url) -> Option<String> {
    let home = url.join("/").ok()?;
    let body = list::body(app, &home).await.ok()?;
    let name = move || {
        let page = html::parse(&body.bytes, body.content_type.as_deref()).ok()?;
        discover::site_name(&page)
    };
    tokio::task::spawn_blocking(name).await.ok()?
}

/// A name for what was found: the list's title, else its site's name, else its host.
pub async fn name(app: &App, found: &Found) -> String {
    let title = found.listing.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    let name = match title {
        Some(title) => Some(title.to_owned()),
        None => site_name(app, &found.url).await,
    };
    let host = found.url.host_str().unwrap_or_default();
    let name = name.unwrap_or_else(|| host.strip_prefix("www.").unwrap_or(host).to_owned());
    name.chars().take(MAX_NAME).collect::<String>().trim().to_owned()
}

async fn find(app: &App, url: &Url, kind: Option<SourceType>, selectors: Selectors) -> Result<Found, NoLook> {
    const GIVEN: &str = "by what it gives";
    match kind {
        Some(SourceType::Listing) if selectors.item.is_none() => match look(app, url).await? {
            Look::Page { selectors: Some(guessed), .. } => guess(app, url, *guessed, selectors).await,
            _ => Err(NoLook::NoList(format!(
                "{url}: no list of headlines was found; name its parts by --item and --link"
            ))),
        },
        Some(kind) => read(app, url, kind, selectors, "as you say").await,
        None => match look(app, url).await? {
            Look::Feed => read(app, url, SourceType::Feed, selectors, GIVEN).await,
            Look::Sitemap => read(app, url, SourceType::Sitemap, selectors, GIVEN).await,
            Look::Channel => read(app, url, SourceType::Channel, selectors, GIVEN).await,
            Look::Page { feeds, selectors: guessed } => {
                let mut failures = Vec::new();
                for feed in feeds {
                    match read(app, &feed, SourceType::Feed, selectors.clone(), "the page names it").await {
                        Ok(found) if !found.listing.entries.is_empty() => return Ok(found),
                        Ok(found) => failures.push(format!("{}: no entries", found.url)),
                        Err(failure) => failures.push(failure.to_string()),
                    }
                }
                match guessed {
                    Some(guessed) => guess(app, url, *guessed, selectors).await,
                    None => Err(NoLook::NoList(nothing(url, &failures))),
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

async fn look(app: &App, url: &Url) -> Result<Look, NoLook> {
    let body = list::body(app, url).await.map_err(|error| error.at(url))?;
    let look = move || discover::look(&body.bytes, body.content_type.as_deref(), &body.url);
    let looked = tokio::task::spawn_blocking(look).await;
    let looked = looked.unwrap_or_else(|_| Err("it broke the reader".to_owned()));
    looked.map_err(|error| NoLook::NoList(error).at(url))
}

/// As a listing by guessed selectors; what the owner said besides counts.
async fn guess(app: &App, url: &Url, guessed: Selectors, own: Selectors) -> Result<Found, NoLook> {
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
    url: &Url,
    kind: SourceType,
    selectors: Selectors,
    how: &'static str,
) -> Result<Found, NoLook> {
    let source =
        NewSource { name: String::new(), url: url.to_string(), kind, outlet: String::new(), selectors };
    let listing = scrape::preview(app, &source).await.map_err(|error| error.at(url))?;
    Ok(Found { kind, url: url.clone(), selectors: source.selectors, listing, how })
}

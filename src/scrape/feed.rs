//! RSS 0.9x to 2.0, RSS 1.0, Atom 0.3 and 1.0, JSON Feed: bytes to entries.
//!
//! Publishers' feeds are broken in a hundred ways, and a strict reader loses whole feeds to one odd sign. So
//! the text is decoded and repaired first, and elements are recognised by what they mean, in whatever
//! namespace or version; an unfinished element ends where its parent does. Promises: what can't be read is
//! an error, never an empty list; dates are right or none; ids are stable between fetches.

use std::collections::{HashMap, HashSet};

use url::Url;

use crate::model::{Entry, Listing};

use super::{canonical, decode, text};

pub(super) mod element;
mod json;
mod lifetime;
pub(super) mod repair;
mod xml;

pub use lifetime::lifetime;

/// Entries read of one feed, its first ones: what bounds a feed of a million items.
const MAX_ENTRIES: usize = 5_000;
/// Longest id in bytes; of a longer one its digest is kept. An index entry of the store holds no more.
const MAX_ID: usize = 2_000;

/// Why a feed gives no entries.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FeedError {
    /// Nothing but white space.
    #[error("the answer is empty")]
    Empty,
    /// A web page.
    #[error(
        "this is a web page, not a feed; `tidings sources add` finds its feed, or use type = \"listing\""
    )]
    Page,
    /// Neither feed nor page.
    #[error("this is not a feed (RSS, Atom or JSON Feed)")]
    NotAFeed,
    /// It has items, and none could be read.
    #[error("the feed is damaged: none of its items could be read")]
    Damaged,
    /// Not JSON though it looks so.
    #[error("the JSON feed is damaged: {0}")]
    Json(String),
}

/// Reads a feed; `content_type` is the HTTP header's, `base` the URL it came from.
///
/// Without a base, relative links stay as they are written.
pub fn parse(bytes: &[u8], content_type: Option<&str>, base: Option<&Url>) -> Result<Listing, FeedError> {
    let decoded = decode::decode(bytes, content_type).text;
    let start = decoded.trim_start();
    let mut listing = match start.chars().next() {
        None => return Err(FeedError::Empty),
        Some('{') => json::parse(start, base)?,
        Some(_) => parse_xml(start, base)?,
    };
    listing.title = listing.title.map(|title| text::shorten(&title, text::MAX_TITLE));
    distinct(&mut listing.entries);
    Ok(listing)
}

fn parse_xml(document: &str, base: Option<&Url>) -> Result<Listing, FeedError> {
    let document = repair::repair(document);
    let read = xml::read(&document, base);
    if read.listing.entries.is_empty() {
        if !read.is_feed {
            let page = find(&document, "<html").or_else(|| find(&document, "<!doctype html"));
            return Err(if page.is_some() { FeedError::Page } else { FeedError::NotAFeed });
        }
        if find(&document, "<item").or_else(|| find(&document, "<entry")).is_some() {
            return Err(FeedError::Damaged);
        }
    }
    Ok(read.listing)
}

/// Where `tag` stands in `document`, as a whole name, in any case.
fn find(document: &str, tag: &str) -> Option<usize> {
    let lower = document.to_ascii_lowercase();
    lower
        .match_indices(tag)
        .find(|(at, _)| !lower[at + tag.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-'))
        .map(|(at, _)| at)
}

/// An entry's parts as read, before they are made one.
#[derive(Debug, Default)]
struct Draft {
    id: Option<String>,
    link: Option<String>,
    title: Option<String>,
    summary: Option<String>,
    published: Option<chrono::DateTime<chrono::Utc>>,
}

impl Draft {
    /// The entry; its id falls back on the link, then on its words, then on all that the item holds.
    fn finish(self, digest: Digest) -> Entry {
        let summary = self.summary.map(|summary| text::shorten(&summary, text::MAX_SUMMARY));
        let id = [&self.id, &self.link, &self.title, &summary].into_iter().flatten().next();
        let id = id.map_or_else(|| digest.to_string(), |id| bounded(id.clone()));
        let title = self.title.map(|title| text::shorten(&title, text::MAX_TITLE));
        Entry { id, title, link: self.link, published: self.published, changed: None, summary, author: None }
    }
}

/// An id that is no longer than [`MAX_ID`].
fn bounded(id: String) -> String {
    if id.len() <= MAX_ID {
        return id;
    }
    let mut digest = Digest::default();
    digest.add(&id);
    digest.to_string()
}

/// FNV-1a: stable between runs and versions, which the standard library's hashes are not.
#[derive(Debug, Clone, Copy)]
struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Digest(0xcbf2_9ce4_8422_2325)
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Digest {
    fn add(&mut self, text: &str) {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// Some feeds give all their items one id: then the link, the title and the summary tell them apart.
///
/// All that share an id get a longer one, so that none depends on the order. An item that stood alone and
/// later shares its id is listed anew, once; its link makes it the same article. What is alike in all this is
/// one item.
fn distinct(entries: &mut Vec<Entry>) {
    let parts: [fn(&Entry) -> Option<&String>; 3] =
        [|entry| entry.link.as_ref(), |entry| entry.title.as_ref(), |entry| entry.summary.as_ref()];
    for part in parts {
        let mut times: HashMap<String, usize> = HashMap::new();
        for entry in entries.iter() {
            *times.entry(entry.id.clone()).or_default() += 1;
        }
        for entry in entries.iter_mut().filter(|entry| times.get(&entry.id).is_some_and(|times| *times > 1)) {
            if let Some(own) = part(entry) {
                entry.id = bounded(format!("{}#{own}", entry.id));
            }
        }
    }
    let mut seen = HashSet::new();
    entries.retain(|entry| seen.insert(entry.id.clone()));
}

/// An absolute link where there is a base; as written otherwise.
fn resolve(link: &str, base: Option<&Url>) -> Option<String> {
    let link = link.trim();
    // A place within the feed is no page; its address may hold a password or token.
    if link.is_empty() || link.starts_with('#') {
        return None;
    }
    let own = Url::parse(link).ok();
    let joined = base.and_then(|base| base.join(link).ok());
    // What can't be an identity is no link: the normal form may be longer than what is written.
    if own.as_ref().or(joined.as_ref()).is_some_and(|url| !canonical::fits(url)) {
        return None;
    }
    match joined {
        Some(url) if own.is_none() => Some(url.into()),
        _ => Some(link.to_owned()).filter(|link| link.len() <= canonical::MAX_BYTES),
    }
}

/// `None` for an empty text.
fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests;

//! A source's list, of whatever type: bytes to entries, and to the addresses that have more of them.

use chrono::{DateTime, Utc};
use regex::{RegexSet, RegexSetBuilder};
use url::Url;

use crate::model::{Entry, Listing, Selectors, SourceType};

use super::channel::{self, ChannelError};
use super::feed::{self, FeedError};
use super::listing::{self, ListingError};
use super::sitemap::{self, Sitemap, SitemapError};

/// Pages of a listing or channel that are read at most in one check, if its owner does not say.
const PAGES: usize = 5;
/// Bytes that a set of patterns may take when it is compiled.
const MAX_PATTERN: usize = 1 << 20;

/// Why a list gives no entries.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ListError {
    /// As a feed.
    #[error(transparent)]
    Feed(#[from] FeedError),
    /// As a listing page.
    #[error(transparent)]
    Listing(#[from] ListingError),
    /// As a sitemap.
    #[error(transparent)]
    Sitemap(#[from] SitemapError),
    /// As a channel.
    #[error(transparent)]
    Channel(#[from] ChannelError),
    /// A pattern that does not compile.
    #[error("{key} is no list of regular expressions: {why}")]
    Pattern {
        /// The configuration's key.
        key: &'static str,
        /// What is wrong with it.
        why: String,
    },
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its entries.
    pub listing: Listing,
    /// Where there are more: the page with older ones, or the sitemaps of an index.
    pub further: Vec<Url>,
}

/// Reads one page of a source's list that came from `url`.
pub fn parse(
    kind: SourceType,
    bytes: &[u8],
    content_type: Option<&str>,
    url: &Url,
    selectors: &Selectors,
    now: DateTime<Utc>,
) -> Result<Part, ListError> {
    let wanted = Patterns::new(selectors)?;
    let (mut listing, further) = match kind {
        SourceType::Feed => (feed::parse(bytes, content_type, Some(url))?, Vec::new()),
        SourceType::Listing => {
            let page = listing::parse(bytes, content_type, url, selectors)?;
            (page.listing, page.next.into_iter().collect())
        }
        SourceType::Channel => {
            let page = channel::parse(bytes, content_type, url)?;
            (page.listing, page.before.into_iter().collect())
        }
        SourceType::Sitemap => match sitemap::parse(bytes, content_type, url, now)? {
            Sitemap::Pages(listing) => (listing, Vec::new()),
            Sitemap::Index(parts) => (Listing::default(), parts),
        },
    };
    listing.entries.retain(|entry| wanted.takes(entry));
    Ok(Part { listing, further })
}

/// Whether a source of this type can be read by these selectors, for a look at the configuration.
pub fn check(kind: SourceType, selectors: &Selectors) -> Result<(), ListError> {
    Patterns::new(selectors)?;
    if kind == SourceType::Listing {
        listing::check(selectors)?;
    }
    Ok(())
}

/// Pages of a list that are read at most in one check.
pub fn most_pages(kind: SourceType, selectors: &Selectors) -> usize {
    match kind {
        SourceType::Feed => 1,
        SourceType::Sitemap => 1 + sitemap::MAX_PARTS,
        SourceType::Listing if selectors.next.is_none() => 1,
        SourceType::Listing | SourceType::Channel => {
            selectors.pages.map_or(PAGES, |pages| pages.clamp(1, Selectors::MAX_PAGES) as usize)
        }
    }
}

/// Which links are wanted.
struct Patterns {
    include: RegexSet,
    exclude: RegexSet,
}

impl Patterns {
    fn new(selectors: &Selectors) -> Result<Patterns, ListError> {
        let compile = |key, patterns: &[String]| {
            RegexSetBuilder::new(patterns)
                .size_limit(MAX_PATTERN)
                .build()
                .map_err(|error| ListError::Pattern { key, why: error.to_string() })
        };
        Ok(Patterns {
            include: compile("include", &selectors.include)?,
            exclude: compile("exclude", &selectors.exclude)?,
        })
    }

    fn takes(&self, entry: &Entry) -> bool {
        let link = entry.link.as_deref().unwrap_or_default();
        (self.include.is_empty() || self.include.is_match(link)) && !self.exclude.is_match(link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_taken_and_left_by_patterns() {
        let sitemap = "<urlset><url><loc>/world/a</loc></url><url><loc>/world/live-b</loc></url>
                       <url><loc>/sport/c</loc></url></urlset>";
        let selectors = Selectors {
            include: vec!["/world/".into(), "/europe/".into()],
            exclude: vec!["/live-".into()],
            ..Selectors::default()
        };
        let url = Url::parse("https://bay.example/sitemap.xml").unwrap();
        let read = |selectors: &Selectors| {
            let now = "2031-03-04T12:00:00Z".parse().unwrap();
            parse(SourceType::Sitemap, sitemap.as_bytes(), None, &url, selectors, now)
        };
        let part = read(&selectors).unwrap();
        let links: Vec<_> = part.listing.entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(links, ["https://bay.example/world/a"]);
        let error = read(&Selectors { exclude: vec!["(".into()], ..selectors }).unwrap_err();
        assert!(error.to_string().starts_with("exclude is no list of regular expressions"), "{error}");
    }

    #[test]
    fn no_list_can_hurt_whatever_it_is_said_to_be() {
        let noise: Vec<u8> = (0..200_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let post = "<div class=tgme_widget_message data-post=a/1><div class=tgme_widget_message_text>";
        let whole = "<urlset><url><loc>/a</loc><lastmod>2031-03-04</lastmod></url><div class=n><a href=/a>A</a></div>";
        let mut hostile: Vec<Vec<u8>> =
            (0..whole.len()).map(|end| whole.as_bytes()[..end].to_vec()).collect();
        hostile.extend([
            noise,
            b"<div>".repeat(20_000),
            b"<div class=n>".repeat(499),
            b"<a class=n href=/a>Words of a link".repeat(20_000),
            b"<url><loc>/a</loc>".repeat(25_000),
            b"<sitemapindex><sitemap><loc>/a</loc></sitemap>".repeat(12_000),
            post.as_bytes().repeat(240),
            b"<urlset><!ENTITY a '&b;&b;'><url><loc>&a;".repeat(10_000),
            vec![b'<'; 1 << 17],
            vec![0; 1 << 17],
        ]);
        let url = Url::parse("https://bay.example/").unwrap();
        let now = "2031-03-04T12:00:00Z".parse().unwrap();
        let selectors = Selectors { item: Some(".n".into()), ..Selectors::default() };
        for bytes in &hostile {
            for kind in SourceType::ALL {
                if let Ok(part) = parse(kind, bytes, None, &url, &selectors, now) {
                    assert!(part.listing.entries.len() <= 5_000 && part.further.len() <= 8);
                }
            }
            let _ = crate::scrape::discover::look(bytes, None, &url);
            let _ = crate::scrape::opml::parse(bytes);
        }
    }
}

//! What a source is, and what is taken from its list.

use serde::{Deserialize, Serialize};

/// What a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceType {
    /// RSS, Atom or JSON Feed.
    Feed,
    /// An HTML page read by CSS selectors.
    Listing,
    /// A sitemap, or an index of sitemaps.
    Sitemap,
    /// A public Telegram channel's preview page.
    Channel,
}

impl SourceType {
    /// All of them.
    pub const ALL: [SourceType; 4] =
        [SourceType::Feed, SourceType::Listing, SourceType::Sitemap, SourceType::Channel];

    /// The type as it stands in the database and in the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            SourceType::Feed => "feed",
            SourceType::Listing => "listing",
            SourceType::Sitemap => "sitemap",
            SourceType::Channel => "channel",
        }
    }

    /// Reads what [`SourceType::as_str`] wrote; `None` for anything else.
    pub fn parse(text: &str) -> Option<SourceType> {
        SourceType::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl std::str::FromStr for SourceType {
    type Err = String;

    fn from_str(text: &str) -> Result<SourceType, String> {
        SourceType::parse(text).ok_or_else(|| "it is feed, listing, sitemap or channel".to_owned())
    }
}

/// What is taken from a source's list: which elements of a listing page, how many pages, which links.
///
/// An element is named by its CSS selector, and an attribute of it by `selector@attribute`: see [`Pick`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Selectors {
    /// One item of a listing page's list.
    pub item: Option<String>,
    /// Within an item: the link; default the `href` of its first `a`.
    pub link: Option<String>,
    /// Within an item: the headline; default the link's text.
    pub title: Option<String>,
    /// Within an item: the date; default attribute `datetime`, else the text.
    pub date: Option<String>,
    /// Within an item: the summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// How dates are written, in the signs of `strftime`; left out: as they are usually written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_format: Option<String>,
    /// ISO 639-1 code of the language of the dates' months, where a name of theirs means two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// IANA name of the zone of dates that name none; left out: UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// On the page: the link to the next one, with older items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Pages of a listing or channel that are read at most in one check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// Regular expressions: links that match none are left out, if there is one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// Regular expressions: links that match one are left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
}

impl Selectors {
    /// Pages that are read at most in one check, whatever the owner says.
    pub const MAX_PAGES: u32 = 50;
}

/// Where a value stands: an element, or the item itself, and an attribute of it, or its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pick<'a> {
    /// CSS selector; empty: the item itself.
    pub css: &'a str,
    /// The attribute's name.
    pub attribute: Option<&'a str>,
}

impl<'a> Pick<'a> {
    /// Parts `time@datetime` into element and attribute; an `@` within a selector's string is none of it.
    pub fn parse(text: &'a str) -> Pick<'a> {
        let is_name = |name: &str| {
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))
        };
        match text.rsplit_once('@') {
            Some((css, name)) if is_name(name) => Pick { css: css.trim(), attribute: Some(name) },
            _ => Pick { css: text.trim(), attribute: None },
        }
    }
}

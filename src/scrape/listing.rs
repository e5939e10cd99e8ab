//! A listing page to entries, by the CSS selectors that the owner gave.

use scraper::{ElementRef, Html, Selector};
use url::Url;

use crate::model::{Entry, Listing, Selectors};

use super::{canonical, dates, decode, depth, text};

/// Why a listing page gives no entries.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ListingError {
    /// A listing can't do without.
    #[error("a listing needs `item`, the CSS selector of one item of its list")]
    NoItem,
    /// A selector that does not parse.
    #[error("{key} = {selector:?} is no CSS selector: {why}")]
    Selector {
        /// The configuration's key.
        key: &'static str,
        /// As written.
        selector: String,
        /// What is wrong with it.
        why: String,
    },
    /// The page has changed, or the selector never fitted.
    #[error("item = {0:?} matches nothing on the page; has the page changed?")]
    NoMatch(String),
    /// Items, but no link in any of them.
    #[error("{0} items match, but none has a link by link = {1:?}")]
    NoLink(usize, String),
    /// Nested too deep, or too long, to be looked at.
    #[error(transparent)]
    Hostile(#[from] depth::Unfit),
}

/// Whether the selectors parse, for a look at the configuration.
pub fn check(selectors: &Selectors) -> Result<(), ListingError> {
    Parsed::new(selectors).map(|_| ())
}

/// Reads a listing page that came from `base`.
pub fn parse(
    bytes: &[u8],
    content_type: Option<&str>,
    base: &Url,
    selectors: &Selectors,
) -> Result<Listing, ListingError> {
    let parsed = Parsed::new(selectors)?;
    let html = decode::decode(bytes, content_type).text;
    depth::check(&html)?;
    let page = Html::parse_document(&html);
    let base = base_of(&page, base);
    let items: Vec<ElementRef> = page.select(&parsed.item).collect();
    if items.is_empty() {
        return Err(ListingError::NoMatch(selectors.item.clone().unwrap_or_default()));
    }
    let entries: Vec<Entry> = items.iter().filter_map(|item| entry(item, &parsed, &base)).collect();
    if entries.is_empty() {
        return Err(ListingError::NoLink(items.len(), selectors.link.clone().unwrap_or_else(|| "a".into())));
    }
    let title = Selector::parse("title").ok().and_then(|title| page.select(&title).next()).map(|e| words(&e));
    let title = title.flatten().map(|title| text::shorten(&title, text::MAX_TITLE));
    Ok(Listing { title, entries })
}

struct Parsed {
    item: Selector,
    link: Selector,
    title: Option<Selector>,
    date: Option<Selector>,
}

impl Parsed {
    fn new(selectors: &Selectors) -> Result<Parsed, ListingError> {
        let item = selectors.item.as_deref().ok_or(ListingError::NoItem)?;
        let optional = |key, selector: &Option<String>| {
            selector.as_deref().map(|selector| parse_selector(key, selector)).transpose()
        };
        Ok(Parsed {
            item: parse_selector("item", item)?,
            link: parse_selector("link", selectors.link.as_deref().unwrap_or("a"))?,
            title: optional("title", &selectors.title)?,
            date: optional("date", &selectors.date)?,
        })
    }
}

fn parse_selector(key: &'static str, selector: &str) -> Result<Selector, ListingError> {
    Selector::parse(selector).map_err(|error| ListingError::Selector {
        key,
        selector: selector.to_owned(),
        why: error.to_string(),
    })
}

fn entry(item: &ElementRef, selectors: &Parsed, base: &Url) -> Option<Entry> {
    // The item itself may be the link: `item = "a.headline"`.
    let anchor = std::iter::once(*item)
        .filter(|item| selectors.link.matches(item))
        .chain(item.select(&selectors.link))
        .find(|element| element.attr("href").is_some())?;
    let link = base.join(anchor.attr("href")?.trim()).ok()?;
    if !matches!(link.scheme(), "http" | "https") {
        return None;
    }
    // A link to a place on the listing itself is no article.
    let link = Some(canonical::normal(&link))
        .filter(|link| canonical::fits(link) && *link != canonical::normal(base))?;
    let title = match &selectors.title {
        Some(selector) => item.select(selector).next().and_then(|element| words(&element)),
        None => words(&anchor),
    };
    let date = selectors.date.as_ref().and_then(|selector| item.select(selector).next());
    let published = date.and_then(|element| {
        let stated =
            ["datetime", "content", "title"].iter().find_map(|name| dates::parse(element.attr(name)?));
        stated.or_else(|| dates::parse(&words(&element)?))
    });
    let title = title.map(|title| text::shorten(&title, text::MAX_TITLE));
    Some(Entry { id: link.to_string(), title, link: Some(link.into()), published, summary: None })
}

fn words(element: &ElementRef) -> Option<String> {
    let text = element.text().collect::<Vec<_>>().join(" ");
    Some(text::squeeze(&text)).filter(|text| !text.is_empty())
}

/// `<base href>` moves a page's relative links.
fn base_of(page: &Html, url: &Url) -> Url {
    let base = Selector::parse("base[href]").ok();
    base.and_then(|base| page.select(&base).next()?.attr("href").and_then(|href| url.join(href).ok()))
        .unwrap_or_else(|| url.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><head><title>Bay Post</title></head><body>
        <nav><a href='/about'>About</a></nav>
        <div class='news'><h3><a href='/a?utm_source=home'>Storm <em>nears</em></a></h3><time datetime='2026-03-01T08:00:00Z'>today</time></div>
        <div class='news'><h3><a href='b.html'>Port opens</a></h3><span class='d'>1 March 2026</span></div>
        <div class='news'><h3>No link</h3></div></body></html>";

    fn read(selectors: &Selectors) -> Result<Listing, ListingError> {
        parse(PAGE.as_bytes(), None, &Url::parse("https://bay.example/news/").unwrap(), selectors)
    }

    fn selectors(item: &str) -> Selectors {
        Selectors { item: Some(item.into()), ..Selectors::default() }
    }

    #[test]
    fn a_listing_page_gives_links_headlines_and_dates() {
        let listing = read(&Selectors { date: Some("time, .d".into()), ..selectors(".news") }).unwrap();
        assert_eq!(listing.title.as_deref(), Some("Bay Post"));
        let found: Vec<_> = listing
            .entries
            .iter()
            .map(|e| (e.title.as_deref().unwrap(), e.link.as_deref().unwrap()))
            .collect();
        assert_eq!(
            found,
            [("Storm nears", "https://bay.example/a"), ("Port opens", "https://bay.example/news/b.html")]
        );
        assert_eq!(listing.entries[0].published.unwrap().to_rfc3339(), "2026-03-01T08:00:00+00:00");
        assert_eq!(listing.entries[1].published.unwrap().to_rfc3339(), "2026-03-01T00:00:00+00:00");
    }

    #[test]
    fn an_item_may_itself_be_the_link() {
        assert_eq!(read(&selectors(".news a")).unwrap().entries.len(), 2);
    }

    #[test]
    fn a_link_too_long_to_be_stored_is_no_item_and_a_long_headline_is_cut() {
        let html = format!(
            "<p class=n><a href='/{}'>Long</a></p><p class=n><a href='/b'>{}</a></p>",
            "ж".repeat(400),
            "word ".repeat(1000)
        );
        let base = Url::parse("https://bay.example/").unwrap();
        let entries = parse(html.as_bytes(), None, &base, &selectors(".n")).unwrap().entries;
        assert_eq!(
            entries.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(),
            ["https://bay.example/b"]
        );
        assert!(entries[0].title.as_ref().unwrap().chars().count() <= 501);
    }

    #[test]
    fn a_wrong_selector_is_named() {
        let error = check(&Selectors { title: Some("h3[".into()), ..selectors(".news") }).unwrap_err();
        assert!(error.to_string().starts_with("title = \"h3[\" is no CSS selector"), "{error}");
        assert_eq!(check(&Selectors::default()), Err(ListingError::NoItem));
    }

    #[test]
    fn a_changed_page_is_an_error_and_not_an_empty_list() {
        assert_eq!(read(&selectors(".gone")).unwrap_err(), ListingError::NoMatch(".gone".into()));
        assert_eq!(read(&selectors(".news time")).unwrap_err(), ListingError::NoLink(1, "a".into()));
    }
}

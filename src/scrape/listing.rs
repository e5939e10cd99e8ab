//! A listing page to entries, by the CSS selectors that the owner gave.

use scraper::{ElementRef, Selector};
use url::Url;

use crate::model::{Entry, Listing, Pick, Selectors};

use super::html::{self, HtmlError, words};
use super::{canonical, dates, discover, text};

/// Items of one page that are read.
const MAX_ITEMS: usize = 1_000;

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
    #[error("no item of {0} has a link by link = {1:?}")]
    NoLink(usize, String),
    /// Items with links, but one of the other selectors finds nothing in any of them.
    #[error("{key} = {selector:?} matches in no item of {items}; has the page changed?")]
    Nowhere {
        /// How many items there are.
        items: usize,
        /// The configuration's key.
        key: &'static str,
        /// As written.
        selector: String,
    },
    /// What stands where the dates should be can't be read as dates.
    #[error("date = {selector:?} gives {sample:?}, which is no date {}", reading(.format))]
    NoDate {
        /// As written.
        selector: String,
        /// The first of the texts.
        sample: String,
        /// The owner's `date_format`.
        format: Option<String>,
    },
    /// Nested too deep, or too long, to be looked at.
    #[error(transparent)]
    Hostile(#[from] HtmlError),
}

fn reading(format: &Option<String>) -> String {
    match format {
        Some(format) => format!("by date_format = {format:?}"),
        None => "as it stands; say how it is written by date_format, such as \"%d/%m/%Y\"".to_owned(),
    }
}

/// A listing page as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListingPage {
    /// Its title and entries.
    pub listing: Listing,
    /// The page with older entries, on the same site.
    pub next: Option<Url>,
}

/// Whether the selectors parse, for a look at the configuration.
pub fn check(selectors: &Selectors) -> Result<(), ListingError> {
    Parsed::new(selectors).map(|_| ())
}

/// Reads a listing page that came from `base`.
///
/// A selector that matches in no item at all is an error that names it: the page has changed.
pub fn parse(
    bytes: &[u8],
    content_type: Option<&str>,
    base: &Url,
    selectors: &Selectors,
) -> Result<ListingPage, ListingError> {
    let parsed = Parsed::new(selectors)?;
    let page = html::parse(bytes, content_type)?;
    let own = html::base(&page, base);
    let items = html::outermost(&page, &parsed.item, MAX_ITEMS);
    if items.is_empty() {
        return Err(ListingError::NoMatch(selectors.item.clone().unwrap_or_default()));
    }
    let linked: Vec<(ElementRef, Linked)> =
        items.iter().filter_map(|item| Some((*item, parsed.link_of(*item, &own)?))).collect();
    if linked.is_empty() {
        return Err(ListingError::NoLink(items.len(), selectors.link.clone().unwrap_or_else(|| "a".into())));
    }
    for (key, place) in [("title", &parsed.title), ("date", &parsed.date), ("summary", &parsed.summary)] {
        let Some(place) = place else { continue };
        if linked.iter().all(|(item, _)| place.words(*item).is_none()) {
            return Err(ListingError::Nowhere { items: linked.len(), key, selector: place.written.clone() });
        }
    }
    let entries: Vec<Entry> = linked.iter().map(|(item, link)| parsed.entry(*item, link)).collect();
    if let Some(date) = &parsed.date
        && entries.iter().all(|entry| entry.published.is_none())
    {
        let sample = linked.iter().find_map(|(item, _)| date.words(*item)).unwrap_or_default();
        let sample = text::shorten(&sample, 60);
        let (selector, format) = (date.written.clone(), selectors.date_format.clone());
        return Err(ListingError::NoDate { selector, sample, format });
    }
    let next = parsed.next.as_ref().and_then(|next| {
        let link = page.select(&next.css).find_map(|element| next.link(element))?;
        let url = own.join(&link).ok()?;
        (canonical::same_site(&url, base) && url != *base).then_some(url)
    });
    let title = discover::site_name(&page).or_else(|| html::title(&page));
    Ok(ListingPage { listing: Listing { title, entries }, next })
}

/// Where a value stands within an item.
struct Place {
    /// As the owner wrote it.
    written: String,
    css: Selector,
    /// The item itself is meant.
    own: bool,
    attribute: Option<String>,
}

impl Place {
    fn new(key: &'static str, written: &str) -> Result<Place, ListingError> {
        let pick = Pick::parse(written);
        let own = pick.css.is_empty() && pick.attribute.is_some();
        let css = if own { "*" } else { pick.css };
        let css = Selector::parse(css).map_err(|error| ListingError::Selector {
            key,
            selector: written.to_owned(),
            why: error.to_string(),
        })?;
        Ok(Place { written: written.to_owned(), css, own, attribute: pick.attribute.map(str::to_owned) })
    }

    /// The elements that are meant; the item itself may be one: `item = "a.headline"`.
    fn elements<'a>(&'a self, item: ElementRef<'a>) -> impl Iterator<Item = ElementRef<'a>> {
        let itself = std::iter::once(item).filter(|item| self.own || self.css.matches(item));
        itself.chain(item.select(&self.css).filter(|_| !self.own))
    }

    fn value(&self, element: ElementRef) -> Option<String> {
        match &self.attribute {
            Some(name) => element.attr(name).map(text::squeeze).filter(|value| !value.is_empty()),
            None => words(&element),
        }
    }

    /// The first element's words that has some.
    fn words(&self, item: ElementRef) -> Option<String> {
        let stated =
            |element: ElementRef| STATED.iter().find_map(|name| element.attr(name)).map(text::squeeze);
        self.elements(item).find_map(|element| match &self.attribute {
            Some(_) => self.value(element),
            None => self.value(element).or_else(|| stated(element)),
        })
    }

    fn link(&self, element: ElementRef) -> Option<String> {
        let name = self.attribute.as_deref().unwrap_or("href");
        element.attr(name).map(|link| link.trim().to_owned()).filter(|link| !link.is_empty())
    }
}

/// An item's link, and the words of the element that it stands on.
struct Linked {
    url: Url,
    words: Option<String>,
}

struct Parsed<'a> {
    item: Selector,
    link: Place,
    title: Option<Place>,
    date: Option<Place>,
    summary: Option<Place>,
    next: Option<Place>,
    style: dates::Style<'a>,
}

impl<'a> Parsed<'a> {
    fn new(selectors: &'a Selectors) -> Result<Parsed<'a>, ListingError> {
        let item = selectors.item.as_deref().ok_or(ListingError::NoItem)?;
        let optional = |key, selector: &Option<String>| {
            selector.as_deref().map(|selector| Place::new(key, selector)).transpose()
        };
        Ok(Parsed {
            item: Place::new("item", item)?.css,
            link: Place::new("link", selectors.link.as_deref().unwrap_or("a"))?,
            title: optional("title", &selectors.title)?,
            date: optional("date", &selectors.date)?,
            summary: optional("summary", &selectors.summary)?,
            next: optional("next", &selectors.next)?,
            style: dates::Style {
                format: selectors.date_format.as_deref(),
                language: selectors.language.as_deref(),
                zone: selectors.zone.as_deref().and_then(|zone| zone.parse().ok()),
            },
        })
    }

    fn link_of(&self, item: ElementRef, base: &Url) -> Option<Linked> {
        let (element, link) =
            self.link.elements(item).find_map(|element| Some((element, self.link.link(element)?)))?;
        let link = base.join(&link).ok()?;
        if !matches!(link.scheme(), "http" | "https") {
            return None;
        }
        // A link to a place on the listing itself is no article.
        let url = Some(canonical::normal(&link))
            .filter(|link| canonical::fits(link) && *link != canonical::normal(base))?;
        Some(Linked { words: words(&element), url })
    }

    fn entry(&self, item: ElementRef, link: &Linked) -> Entry {
        let title = match &self.title {
            Some(title) => title.words(item),
            None => link.words.clone(),
        };
        let summary = self.summary.as_ref().and_then(|summary| summary.words(item));
        Entry {
            id: link.url.to_string(),
            title: title.map(|title| text::shorten(&title, text::MAX_TITLE)),
            link: Some(link.url.to_string()),
            published: self.date.as_ref().and_then(|date| self.date_of(date, item)),
            changed: None,
            summary: summary.map(|summary| text::shorten(&summary, text::MAX_SUMMARY)),
            author: None,
        }
    }

    fn date_of(&self, date: &Place, item: ElementRef) -> Option<chrono::DateTime<chrono::Utc>> {
        let read = |written: &str| dates::parse_as(written, self.style);
        let element = date.elements(item).next()?;
        if date.attribute.is_some() {
            return read(&date.value(element)?);
        }
        // What machines are told is written in no style of the page's own.
        let stated = STATED.iter().find_map(|name| {
            let value = element.attr(name)?;
            dates::parse_as(value, dates::Style { format: None, ..self.style })
        });
        stated.or_else(|| read(&words(&element)?))
    }
}

/// Attributes in which pages tell machines a date.
const STATED: [&str; 3] = ["datetime", "content", "title"];

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
            .map(|page| page.listing)
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
        let entries = parse(html.as_bytes(), None, &base, &selectors(".n")).unwrap().listing.entries;
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

    #[test]
    fn values_stand_in_attributes_as_well_as_in_texts() {
        let html = "<div class=c data-url='/one' data-when='3/1/2026 10:14'><img alt='Storm nears'><p>At sea.</p></div>
                    <a class=c data-url='/two' data-when='3/2/2026 10:14'><img alt='Port opens'></a>
                    <a class=more rel=next href='?page=2'>Older</a>";
        let page = parse(
            html.as_bytes(),
            None,
            &Url::parse("https://bay.example/news").unwrap(),
            &Selectors {
                link: Some("@data-url".into()),
                title: Some("img@alt".into()),
                date: Some("@data-when".into()),
                date_format: Some("%m/%d/%Y %H:%M".into()),
                zone: Some("America/New_York".into()),
                summary: Some("p".into()),
                next: Some("a[rel=next]".into()),
                ..selectors(".c")
            },
        )
        .unwrap();
        let [first, second] = page.listing.entries.as_slice() else { panic!("{page:?}") };
        assert_eq!(first.link.as_deref(), Some("https://bay.example/one"));
        assert_eq!(first.title.as_deref(), Some("Storm nears"));
        assert_eq!(first.summary.as_deref(), Some("At sea."));
        assert_eq!(first.published.unwrap().to_rfc3339(), "2026-03-01T15:14:00+00:00");
        assert_eq!((second.title.as_deref(), &second.summary), (Some("Port opens"), &None));
        assert_eq!(page.next.unwrap().as_str(), "https://bay.example/news?page=2");
    }

    #[test]
    fn a_selector_that_finds_nothing_in_any_item_is_named() {
        let error = |selectors: Selectors| read(&selectors).unwrap_err().to_string();
        let gone = error(Selectors { date: Some(".published".into()), ..selectors(".news") });
        assert!(gone.starts_with("date = \".published\" matches in no item of 2"), "{gone}");
        let gone = error(Selectors { title: Some("h2".into()), ..selectors(".news") });
        assert!(gone.starts_with("title = \"h2\" matches in no item of 2"), "{gone}");
        let unread = error(Selectors { date: Some("h3".into()), ..selectors(".news") });
        assert!(
            unread.starts_with("date = \"h3\" gives \"Storm nears\", which is no date")
                && unread.contains("date_format"),
            "{unread}"
        );
    }
}

//! A page's bytes to a document that no parser was hurt by, and what is asked of such a document.

use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::{decode, depth, text};

/// Longest page with a list that is looked at, in bytes.
pub const MAX_BYTES: usize = 2 << 20;

/// Why a page is not looked at.
#[derive(Debug, Clone, Copy, thiserror::Error, PartialEq, Eq)]
pub enum HtmlError {
    /// Longer than [`MAX_BYTES`].
    #[error("page over {} MB", MAX_BYTES >> 20)]
    TooLong,
    /// Nested too deep, or of too many elements.
    #[error(transparent)]
    Unfit(#[from] depth::Unfit),
}

/// The document in these bytes.
pub fn parse(bytes: &[u8], content_type: Option<&str>) -> Result<Html, HtmlError> {
    if bytes.len() > MAX_BYTES {
        return Err(HtmlError::TooLong);
    }
    let html = decode::decode(bytes, content_type).text;
    Ok(Html::parse_document(&depth::bare(&html)?))
}

/// A document's own title.
pub fn title(page: &Html) -> Option<String> {
    let title = Selector::parse("title").ok()?;
    let title = page.select(&title).next().and_then(|element| words(&element));
    title.map(|title| text::shorten(&title, text::MAX_TITLE))
}

/// What relative links stand against: `<base href>` moves them.
pub fn base(page: &Html, url: &Url) -> Url {
    let base = Selector::parse("base[href]").ok();
    base.and_then(|base| page.select(&base).next()?.attr("href").and_then(|href| url.join(href).ok()))
        .unwrap_or_else(|| url.clone())
}

/// An element's words, squeezed; `None` if it has none.
pub fn words(element: &ElementRef) -> Option<String> {
    let text = element.text().collect::<Vec<_>>().join(" ");
    Some(text::squeeze(&text)).filter(|text| !text.is_empty())
}

/// The elements of a document that a selector finds, without those within one of them, at most so many.
///
/// Each is looked through on its own: nested ones would cost the square of the page.
pub fn outermost<'a>(page: &'a Html, selector: &Selector, most: usize) -> Vec<ElementRef<'a>> {
    let mut found: Vec<ElementRef> = Vec::new();
    for element in page.select(selector) {
        // In the order of the document what is within an element follows it at once.
        let outer = found.last().map(|last| last.id());
        if outer.is_some_and(|outer| element.ancestors().any(|node| node.id() == outer)) {
            continue;
        }
        if found.len() == most {
            break;
        }
        found.push(element);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nested_is_found_once_and_no_page_is_too_much() {
        let page = parse(b"<div id=a><div id=b></div></div><p><div id=c></div>", None).unwrap();
        let found = |most| -> Vec<_> {
            let divs = outermost(&page, &Selector::parse("div").unwrap(), most);
            divs.into_iter().map(|div| div.attr("id").unwrap().to_owned()).collect()
        };
        assert_eq!(found(9), ["a", "c"]);
        assert_eq!(found(1), ["a"]);
        assert!(matches!(parse("<div>".repeat(100_000).as_bytes(), None), Err(HtmlError::Unfit(_))));
        assert_eq!(parse(&vec![b'x'; MAX_BYTES + 1], None).unwrap_err(), HtmlError::TooLong);
    }
}

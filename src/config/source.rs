//! One `[[source]]`: its keys, and which of them belong to which type.

use chrono::format::{Item, StrftimeItems};
use regex::RegexBuilder;
use toml::Value;
use url::Url;

use super::section::{Section, text_of};
use super::{Selectors, SourceConfig, SourceType};
use crate::model::Pick;

/// Reads one source; `None` if it can't be one.
pub(super) fn source(section: &mut Section<'_>) -> Option<SourceConfig> {
    let name = section.required("name", "the source's name in quotes", text_of);
    let url = section.required("url", "an http or https address in quotes", |value| {
        Url::parse(value.as_str()?)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
    });
    let kind = section.value("type", "\"feed\", \"listing\", \"sitemap\" or \"channel\"", |value| {
        SourceType::parse(value.as_str()?)
    });
    let kind = kind.unwrap_or(SourceType::Feed);
    let outlet = section.value("outlet", "the publisher's name in quotes", text_of);
    let selectors = selectors(section);
    let scrape = section.cron("scrape");
    let proxy = section.value(
        "proxy",
        "a proxy's address without user and password, such as \"http://proxy.example.org:3128\"",
        |value| {
            let schemes = ["http", "https", "socks5", "socks5h"];
            let proxy = Url::parse(value.as_str()?).ok().filter(|url| schemes.contains(&url.scheme()));
            proxy.filter(|url| url.has_host() && url.username().is_empty() && url.password().is_none())
        },
    );
    fits(section, kind, &selectors);
    Some(SourceConfig { name: name?, url: url?, kind, outlet, selectors, scrape, proxy })
}

/// Reads what says how a list is read.
pub(super) fn selectors(section: &mut Section<'_>) -> Selectors {
    let mut selector = |key| {
        let wanted =
            "a CSS selector in quotes, such as \"article h2 a\" or, for an attribute, \"time@datetime\"";
        section.value(key, wanted, |value| text_of(value).filter(|text| is_selector(text)))
    };
    let (item, link, title) = (selector("item"), selector("link"), selector("title"));
    let (date, summary, next) = (selector("date"), selector("summary"), selector("next"));
    let format = "a date's form in the signs of strftime, in quotes, such as \"%d.%m.%Y %H:%M\"";
    let zone = "an IANA time zone in quotes, such as \"Europe/Berlin\"";
    let patterns = "regular expressions in quotes: [\"/world/\"]";
    Selectors {
        item,
        link,
        title,
        date,
        summary,
        next,
        date_format: section
            .value("date_format", format, |value| text_of(value).filter(|text| is_format(text))),
        language: section.value(
            "language",
            "a language's code of two letters in quotes, such as \"de\"",
            |value| {
                text_of(value).filter(|code| code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase()))
            },
        ),
        zone: section
            .value("zone", zone, |value| text_of(value).filter(|zone| zone.parse::<chrono_tz::Tz>().is_ok())),
        pages: section.value(
            "pages",
            &format!("a number of pages from 1 to {}", Selectors::MAX_PAGES),
            |value| {
                u32::try_from(value.as_integer()?)
                    .ok()
                    .filter(|pages| (1..=Selectors::MAX_PAGES).contains(pages))
            },
        ),
        include: section.list("include", patterns, pattern),
        exclude: section.list("exclude", patterns, pattern),
    }
}

fn pattern(value: &Value) -> Option<String> {
    text_of(value).filter(|text| RegexBuilder::new(text).size_limit(1 << 20).build().is_ok())
}

fn is_selector(text: &str) -> bool {
    let pick = Pick::parse(text);
    (pick.css.is_empty() && pick.attribute.is_some()) || scraper::Selector::parse(pick.css).is_ok()
}

fn is_format(format: &str) -> bool {
    let items: Vec<Item> = StrftimeItems::new(format).collect();
    !items.contains(&Item::Error)
        && items.iter().any(|item| !matches!(item, Item::Literal(_) | Item::Space(_)))
}

/// Reports keys that say nothing to a source of this type.
fn fits(section: &mut Section<'_>, kind: SourceType, selectors: &Selectors) {
    const OF_LISTINGS: [&str; 9] =
        ["item", "link", "title", "date", "summary", "next", "date_format", "language", "zone"];
    let is_listing = kind == SourceType::Listing;
    let stray: Vec<&str> = OF_LISTINGS.into_iter().filter(|key| section.table.contains_key(*key)).collect();
    if is_listing && selectors.item.is_none() && !section.table.contains_key("item") {
        section.problem("item", "is missing; a listing needs the CSS selector of one item of its list");
    }
    if !is_listing && !stray.is_empty() {
        let (kind, stray) = (kind.as_str(), stray.join(", "));
        let what =
            format!("is {kind}, but {stray} is for listings; write type = \"listing\" or leave it out");
        section.problem("type", &what);
    }
    let how = ["date_format", "language", "zone"].into_iter().find(|key| section.table.contains_key(*key));
    if let (true, false, Some(key)) = (is_listing, section.table.contains_key("date"), how) {
        section.problem(
            key,
            "says how dates are written, but `date`, the selector of where they stand, is missing",
        );
    }
    if selectors.pages.is_some() && !(kind == SourceType::Channel || is_listing && selectors.next.is_some()) {
        section.problem("pages", "is for channels, and for listings with `next`, the link to the next page");
    }
}

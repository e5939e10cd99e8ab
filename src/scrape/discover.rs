//! What kind of source an address is, by what it gave: a feed, a sitemap, a channel, or a page that leads to one.

use scraper::{Html, Selector};
use url::Url;

use crate::model::Selectors;

use super::feed::{self, FeedError};
use super::{channel, guess, html, sitemap, text};

/// Feeds of a page that are worth a try.
const MAX_FEEDS: usize = 5;

/// Links that look like feeds and are looked at.
const MAX_LINKS: usize = 100;

/// What an address gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// A feed.
    Feed,
    /// A sitemap, or an index of sitemaps.
    Sitemap,
    /// A Telegram channel.
    Channel,
    /// A page.
    Page {
        /// The feeds that it links to, its own first.
        feeds: Vec<Url>,
        /// How the list on it may be read, if it has one.
        selectors: Option<Box<Selectors>>,
    },
}

/// Tells what `url` gave; what is nothing of all is an error in words.
pub fn look(bytes: &[u8], content_type: Option<&str>, url: &Url) -> Result<Look, String> {
    if sitemap::parse(bytes, content_type, url, chrono::DateTime::UNIX_EPOCH).is_ok() {
        return Ok(Look::Sitemap);
    }
    match feed::parse(bytes, content_type, Some(url)) {
        Ok(_) => return Ok(Look::Feed),
        Err(FeedError::Page) => {}
        Err(FeedError::NotAFeed) if is_html(content_type) => {}
        Err(FeedError::NotAFeed) => return Err("this is no feed, sitemap, channel or web page".to_owned()),
        Err(error) => return Err(error.to_string()),
    }
    let page = html::parse(bytes, content_type).map_err(|error| error.to_string())?;
    if channel::is_channel(&page) {
        return Ok(Look::Channel);
    }
    let selectors = guess::selectors(&page, url).map(Box::new);
    Ok(Look::Page { feeds: feeds(&page, url), selectors })
}

/// What a page calls the site that it is of.
pub fn site_name(page: &Html) -> Option<String> {
    ["meta[property='og:site_name'][content]", "meta[name='application-name'][content]"].iter().find_map(
        |tag| {
            let tag = Selector::parse(tag).ok()?;
            let name = text::squeeze(page.select(&tag).next()?.attr("content")?);
            (!name.is_empty()).then(|| text::shorten(&name, text::MAX_TITLE))
        },
    )
}

fn is_html(content_type: Option<&str>) -> bool {
    content_type.is_some_and(|kind| kind.to_ascii_lowercase().contains("html"))
}

/// A page's feeds: those that its head declares, else those that it links to; those of comments last.
fn feeds(page: &Html, url: &Url) -> Vec<Url> {
    let base = html::base(page, url);
    let mut found: Vec<(bool, Url)> = Vec::new();
    for (selector, is_feed) in [
        ("link[href][type]", declared as fn(&scraper::ElementRef) -> bool),
        ("a[href]", linked as fn(&scraper::ElementRef) -> bool),
    ] {
        if !found.is_empty() {
            break;
        }
        let Ok(selector) = Selector::parse(selector) else { continue };
        for element in page.select(&selector).filter(is_feed).take(MAX_LINKS) {
            let Some(link) = element.attr("href").and_then(|href| base.join(href.trim()).ok()) else {
                continue;
            };
            let words = format!("{} {link}", element.attr("title").unwrap_or_default()).to_lowercase();
            let is_new = found.iter().all(|(_, known)| *known != link);
            if matches!(link.scheme(), "http" | "https") && link != *url && is_new {
                found.push((words.contains("comment"), link));
            }
        }
    }
    found.sort_by_key(|(comments, _)| *comments);
    found.truncate(MAX_FEEDS);
    found.into_iter().map(|(_, link)| link).collect()
}

fn declared(link: &scraper::ElementRef) -> bool {
    let has = |name: &str, wanted: &[&str]| {
        let value = link.attr(name).unwrap_or_default().to_ascii_lowercase();
        wanted.iter().any(|wanted| value.contains(wanted))
    };
    has("rel", &["alternate", "feed"])
        && has("type", &["rss+xml", "atom+xml", "rdf+xml", "feed+json", "text/xml", "application/xml"])
}

fn linked(link: &scraper::ElementRef) -> bool {
    let href = link.attr("href").unwrap_or_default().to_ascii_lowercase();
    let path = href.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    ["/rss", "/feed", "/atom", ".rss", "rss.xml", "feed.xml", "atom.xml", "feed.json"]
        .iter()
        .any(|end| path.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Result<Look, String> {
        look(text.as_bytes(), Some("text/html"), &Url::parse("https://bay.example/").unwrap())
    }

    fn feeds_of(head_and_body: &str) -> Vec<String> {
        match told(&format!("<!doctype html><html>{head_and_body}</html>")).unwrap() {
            Look::Page { feeds, .. } => feeds.into_iter().map(String::from).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_kind_is_told_by_what_it_gives() {
        assert_eq!(told("<rss><channel><title>Bay</title></channel></rss>"), Ok(Look::Feed));
        assert_eq!(
            told("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}"),
            Ok(Look::Feed)
        );
        assert_eq!(told("<urlset><url><loc>/a</loc></url></urlset>"), Ok(Look::Sitemap));
        assert_eq!(told("<sitemapindex></sitemapindex>"), Ok(Look::Sitemap));
        assert_eq!(told("<html><div class='tgme_channel_info'></div></html>"), Ok(Look::Channel));
        assert_eq!(told("<html><p>Hi"), Ok(Look::Page { feeds: vec![], selectors: None }));
        assert!(
            look(b"%PDF-1.4", Some("application/pdf"), &Url::parse("https://bay.example/").unwrap()).is_err()
        );
    }

    #[test]
    fn a_page_s_feeds_are_those_that_it_declares_and_comments_come_last() {
        let found = feeds_of(
            "<head><base href='/news/'><link rel=alternate type='application/rss+xml' title='Comments' href='/c.xml'>
             <link rel='ALTERNATE' type='application/atom+xml' href='world.atom'>
             <link rel=alternate type='application/json' href='/wp-json/1'><link rel=alternate hreflang=de href='/de'>
             <link rel='alternate home' type='application/feed+json' href='https://feeds.example/bay.json'></head>
             <body><a href='/rss'>RSS</a></body>",
        );
        assert_eq!(
            found,
            [
                "https://bay.example/news/world.atom",
                "https://feeds.example/bay.json",
                "https://bay.example/c.xml"
            ]
        );
    }

    #[test]
    fn a_page_that_declares_none_may_link_to_one() {
        let found = feeds_of("<body><a href='/about'>About</a><a href='/world/rss.xml?x=1'>RSS</a></body>");
        assert_eq!(found, ["https://bay.example/world/rss.xml?x=1"]);
    }
}

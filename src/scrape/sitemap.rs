//! Sitemaps to entries, and indexes of sitemaps to the sitemaps that may hold news.
//!
//! A site's sitemap may list all that it ever published, so only what is recent counts: by a news sitemap's
//! date, else by the last change. Where neither is given, a bounded number is listed, so that what comes later
//! is seen to be new.

use std::io::Read as _;

use chrono::{DateTime, TimeDelta, Utc};
use quick_xml::Reader;
use quick_xml::events::Event;
use url::Url;

use crate::model::{Entry, Listing};

use super::{canonical, dates, decode, text};

/// Bytes of a sitemap that is read, decompressed.
pub const MAX_BYTES: usize = 20 << 20;
/// Sitemaps of an index that are read in one check.
pub const MAX_PARTS: usize = 8;
/// How old what is listed may be.
const RECENT: TimeDelta = TimeDelta::days(3);
/// Entries of one sitemap that are taken: the first and the last, half of each.
const MAX_ENTRIES: usize = 2_000;

/// Why a sitemap gives no entries.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SitemapError {
    /// Something else.
    #[error("this is not a sitemap: it has neither <urlset> nor <sitemapindex>")]
    NotASitemap,
    /// Broken before its first address.
    #[error("the sitemap is damaged: none of its addresses could be read")]
    Damaged,
    /// It is gzip, and cut or broken.
    #[error("the sitemap's gzip is damaged: {0}")]
    Gzip(String),
    /// Longer than is read.
    #[error("the sitemap is over {} MB; name one of its parts, such as its news sitemap", MAX_BYTES >> 20)]
    TooLong,
}

/// What a sitemap's address gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sitemap {
    /// Pages.
    Pages(Listing),
    /// An index: the sitemaps that may hold news, those changed last first.
    Index(Vec<Url>),
}

/// Reads a sitemap that came from `base`, plain or gzipped.
pub fn parse(
    bytes: &[u8],
    content_type: Option<&str>,
    base: &Url,
    now: DateTime<Utc>,
) -> Result<Sitemap, SitemapError> {
    let unpacked = unpack(bytes)?;
    let bytes = unpacked.as_deref().unwrap_or(bytes);
    let document = decode::decode(bytes, content_type).text;
    let read = read(&document, base, now);
    match read.kind {
        None => Err(SitemapError::NotASitemap),
        Some(_) if read.seen == 0 && document.contains("<loc") => Err(SitemapError::Damaged),
        Some(Kind::Pages) => {
            Ok(Sitemap::Pages(Listing { title: read.publication.clone(), entries: read.entries() }))
        }
        Some(Kind::Index) => Ok(Sitemap::Index(read.parts())),
    }
}

/// The bytes within gzip; `None` where it is none.
fn unpack(bytes: &[u8]) -> Result<Option<Vec<u8>>, SitemapError> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut out = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes)
            .take(MAX_BYTES as u64 + 1)
            .read_to_end(&mut out)
            .map_err(|error| SitemapError::Gzip(error.to_string()))?;
        return if out.len() > MAX_BYTES { Err(SitemapError::TooLong) } else { Ok(Some(out)) };
    }
    Ok(None)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pages,
    Index,
}

/// One `<url>` or `<sitemap>`.
#[derive(Debug, Default)]
struct Item {
    link: Option<Url>,
    changed: Option<DateTime<Utc>>,
    published: Option<DateTime<Utc>>,
    title: Option<String>,
    publication: Option<String>,
}

/// Items in order; of many without a date the first ones and the last ones.
#[derive(Debug, Default)]
struct Items {
    kind: Option<Kind>,
    /// The publisher's name, in a news sitemap.
    publication: Option<String>,
    /// All that had an address.
    seen: usize,
    first: Vec<Item>,
    last: std::collections::VecDeque<Item>,
}

impl Items {
    fn add(&mut self, mut item: Item, now: DateTime<Utc>) {
        if item.link.is_none() {
            return;
        }
        self.publication = self.publication.take().or(item.publication.take());
        self.seen += 1;
        let date = item.published.or(item.changed);
        if date.is_some_and(|date| date < now - RECENT) {
            return;
        }
        if self.first.len() < MAX_ENTRIES / 2 {
            self.first.push(item);
        } else {
            if self.last.len() >= MAX_ENTRIES / 2 {
                self.last.pop_front();
            }
            self.last.push_back(item);
        }
    }

    /// Recent pages. The day of a last change is no day of publication: it only tells what is recent.
    fn entries(self) -> Vec<Entry> {
        let entry = |item: Item| {
            let link = item.link?.to_string();
            Some(Entry {
                id: link.clone(),
                title: item.title.map(|title| text::shorten(&title, text::MAX_TITLE)),
                link: Some(link),
                published: item.published,
                changed: item.changed.filter(|_| item.published.is_none()),
                summary: None,
                author: None,
            })
        };
        self.first.into_iter().chain(self.last).filter_map(entry).collect()
    }

    /// Parts changed last first; then those that don't say, from both ends: archives grow at either.
    fn parts(self) -> Vec<Url> {
        let mut dated = Vec::new();
        let mut undated = std::collections::VecDeque::new();
        for item in self.first.into_iter().chain(self.last) {
            let Some(link) = item.link else { continue };
            match item.changed {
                Some(changed) => dated.push((changed, link)),
                None => undated.push_back(link),
            }
        }
        dated.sort_by_key(|(changed, _)| std::cmp::Reverse(*changed));
        let mut parts: Vec<Url> = dated.into_iter().map(|(_, link)| link).collect();
        while parts.len() < MAX_PARTS {
            match undated.pop_front() {
                Some(link) => parts.push(link),
                None => break,
            }
            parts.extend(undated.pop_back());
        }
        parts.truncate(MAX_PARTS);
        parts
    }
}

/// Which of an item's texts is being read.
#[derive(Debug, Clone, Copy)]
enum Field {
    Link,
    Changed,
    Published,
    Title,
    Publication,
}

/// By local names alone: prefixes and namespaces are written in many ways. What comes before damage stands.
fn read(document: &str, base: &Url, now: DateTime<Utc>) -> Items {
    let mut reader = Reader::from_str(document);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut items = Items::default();
    let mut item: Option<Item> = None;
    let mut field: Option<(Field, String)> = None;
    // Pictures and films of a page have addresses and titles of their own.
    let mut within: Vec<String> = Vec::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) => {
                let name = local(tag.name().as_ref());
                match name.as_str() {
                    "urlset" => items.kind = items.kind.or(Some(Kind::Pages)),
                    "sitemapindex" => items.kind = items.kind.or(Some(Kind::Index)),
                    "url" | "sitemap" => item = Some(Item::default()),
                    "image" | "video" | "publication" => within.push(name),
                    "name" if within == ["publication"] && item.is_some() => {
                        field = Some((Field::Publication, String::new()));
                    }
                    _ if within.is_empty() && item.is_some() => {
                        field = field_of(&name).map(|field| (field, String::new()));
                    }
                    _ => {}
                }
            }
            Event::Text(words) => push(&mut field, &words),
            Event::CData(words) => push(&mut field, &quick_xml::escape::minimal_escape(&*words)),
            Event::GeneralRef(name) => push(&mut field, &format!("&{};", &*name)),
            Event::End(tag) => {
                let name = local(tag.name().as_ref());
                if matches!(name.as_str(), "url" | "sitemap") {
                    within.clear();
                    items.add(item.take().unwrap_or_default(), now);
                } else if within.last() == Some(&name) {
                    within.pop();
                } else if let (Some((field, words)), Some(item)) = (field.take(), &mut item) {
                    fill(item, field, &words, base);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    items
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

fn field_of(name: &str) -> Option<Field> {
    Some(match name {
        "loc" => Field::Link,
        "lastmod" => Field::Changed,
        "publication_date" => Field::Published,
        "title" => Field::Title,
        _ => return None,
    })
}

fn push(field: &mut Option<(Field, String)>, words: &str) {
    if let Some((_, text)) = field
        && text.len() < 10_000
    {
        text.push_str(words);
    }
}

fn fill(item: &mut Item, field: Field, words: &str, base: &Url) {
    let words = text::squeeze(&text::unescape(words));
    match field {
        Field::Link => {
            let link = base.join(&words).ok().filter(|link| matches!(link.scheme(), "http" | "https"));
            item.link = link.map(|link| canonical::normal(&link)).filter(canonical::fits);
        }
        Field::Changed => item.changed = dates::parse(&words),
        Field::Published => item.published = dates::parse(&words),
        Field::Title => item.title = Some(words).filter(|words| !words.is_empty()),
        Field::Publication => {
            item.publication = Some(words)
                .filter(|words| !words.is_empty())
                .map(|words| text::shorten(&words, text::MAX_TITLE));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    const NOW: &str = "2031-03-04T12:00:00Z";

    fn read(document: &[u8]) -> Result<Sitemap, SitemapError> {
        parse(document, None, &Url::parse("https://bay.example/sitemap.xml").unwrap(), NOW.parse().unwrap())
    }

    fn listing(document: &str) -> Listing {
        match read(document.as_bytes()).unwrap() {
            Sitemap::Pages(listing) => listing,
            Sitemap::Index(parts) => panic!("{parts:?}"),
        }
    }

    fn pages(document: &str) -> Vec<Entry> {
        listing(document).entries
    }

    fn parts(document: &str) -> Vec<String> {
        match read(document.as_bytes()).unwrap() {
            Sitemap::Pages(listing) => panic!("{listing:?}"),
            Sitemap::Index(parts) => parts.iter().map(|part| part.path().to_owned()).collect(),
        }
    }

    #[test]
    fn a_news_sitemap_gives_its_publisher_and_headlines_and_dates_of_its_recent_pages() {
        let Listing { title, entries } = listing(
            "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'
               xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>
             <url><loc> https://bay.example/a?x=1&amp;y=2&amp;utm_source=s </loc><n:news>
               <n:publication><n:name>Bay Post</n:name><n:language>en</n:language></n:publication>
               <n:publication_date>2031-03-04T08:00:00+01:00</n:publication_date>
               <n:title><![CDATA[Storm & rain]]></n:title></n:news>
               <image:image><image:loc>https://cdn.example/i.jpg</image:loc><image:title>A boat</image:title></image:image></url>
             <url><loc>https://bay.example/old</loc><n:news>
               <n:publication_date>2031-02-04</n:publication_date><n:title>Old</n:title></n:news></url></urlset>",
        );
        assert_eq!(title.as_deref(), Some("Bay Post"));
        let [entry] = entries.as_slice() else { panic!("{entries:?}") };
        assert_eq!(entry.link.as_deref(), Some("https://bay.example/a?x=1&y=2"));
        assert_eq!(entry.title.as_deref(), Some("Storm & rain"));
        assert_eq!(entry.published.unwrap().to_rfc3339(), "2031-03-04T07:00:00+00:00");
    }

    #[test]
    fn the_day_of_a_change_tells_what_is_recent_and_not_when_it_was_published() {
        let entries = pages(
            "<urlset><url><loc>/new</loc><lastmod>2031-03-03</lastmod></url>
             <url><loc>/old</loc><lastmod>2031-01-03</lastmod></url><url><loc>/undated</loc></url></urlset>",
        );
        let changed = |entry: &Entry| entry.changed.map(|date| date.date_naive().to_string());
        let found: Vec<_> =
            entries.iter().map(|e| (e.link.as_deref().unwrap(), e.published, changed(e))).collect();
        assert_eq!(
            found,
            [
                ("https://bay.example/new", None, Some("2031-03-03".to_owned())),
                ("https://bay.example/undated", None, None)
            ]
        );
    }

    #[test]
    fn an_index_gives_its_parts_that_changed_last_first_and_no_old_ones() {
        let found = parts(
            "<sitemapindex><sitemap><loc>/old.xml</loc><lastmod>2030-03-03</lastmod></sitemap>
             <sitemap><loc>/1.xml</loc></sitemap><sitemap><loc>/2.xml</loc></sitemap>
             <sitemap><loc>/day.xml</loc><lastmod>2031-03-03</lastmod></sitemap>
             <sitemap><loc>/news.xml</loc><lastmod>2031-03-04T11:00:00Z</lastmod></sitemap></sitemapindex>",
        );
        assert_eq!(found, ["/news.xml", "/day.xml", "/1.xml", "/2.xml"]);
        let many: String = (0..100).map(|at| format!("<sitemap><loc>/{at}.xml</loc></sitemap>")).collect();
        let found = parts(&format!("<sitemapindex>{many}</sitemapindex>"));
        assert_eq!(found.len(), MAX_PARTS);
        assert_eq!(found[..2], ["/0.xml", "/99.xml"], "from both ends");
    }

    #[test]
    fn gzip_is_unpacked_and_a_bomb_is_not() {
        let pack = |bytes: &[u8]| {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(bytes).unwrap();
            packed.finish().unwrap()
        };
        let packed = pack(b"<urlset><url><loc>/a</loc></url></urlset>");
        assert!(matches!(read(&packed), Ok(Sitemap::Pages(listing)) if listing.entries.len() == 1));
        assert!(matches!(read(&packed[..packed.len() / 2]), Err(SitemapError::Gzip(_))));
        assert_eq!(read(&pack(&vec![b' '; MAX_BYTES + 1])), Err(SitemapError::TooLong));
    }

    #[test]
    fn a_sitemap_without_dates_is_bounded_and_damage_costs_only_what_follows() {
        let many: String = (0..5_000).map(|at| format!("<url><loc>/{at}</loc></url>")).collect();
        let entries = pages(&format!("<urlset>{many}</urlset>"));
        assert_eq!(entries.len(), MAX_ENTRIES);
        assert!(entries.last().unwrap().id.ends_with("/4999"));
        assert_eq!(pages("<urlset><url><loc>/a</loc></url><url><loc>/b</lo").len(), 1);
        assert_eq!(read(b"<urlset><url><loc>/b</lo"), Err(SitemapError::Damaged));
        assert_eq!(read(b"<html><body>Not found</body></html>"), Err(SitemapError::NotASitemap));
        assert!(pages("<urlset></urlset>").is_empty());
    }
}

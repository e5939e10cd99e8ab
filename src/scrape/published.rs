//! When a page was published: by what it states, or none.
//!
//! For machines (`<meta>`, JSON-LD, `<time>`), or in an element whose name says what it holds, or in the URL. Words
//! of the text are not guessed at, nor is a date of an update taken for one of publication.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use regex::Regex;
use url::Url;

use super::metadata::{self, Metadata, Tag};
use super::{dates, text};

/// The publication time of a page; a date after `now` is not believed.
pub fn published(
    html: &str,
    stated: &Metadata,
    url: Option<&Url>,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let past = |date: &DateTime<Utc>| *date <= now;
    let day = || url.and_then(day_of).filter(past);
    let read = |text: &str| dates::parse(text).filter(past);
    let named = named(&stated.tags, past);
    if let Some((0, date)) = named {
        return Some(date);
    }
    let linked = || stated.dates.iter().find_map(|date| read(date));
    let for_machines = linked().or(named.map(|(_, date)| date)).or_else(|| timed(&stated.tags, past));
    for_machines.or_else(|| match (shown(html, past), day()) {
        // A list of other articles' dates, perhaps.
        (Some(shown), Some(day)) if (shown - day).abs() > TimeDelta::days(2) => Some(day),
        (shown, day) => shown.or(day),
    })
}

/// Names of publication times, the most exact first.
const NAMES: [&str; 14] = [
    "article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "og:pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc.date.issued",
    "dcterms.date",
    "date",
];

/// The date with the best of [`NAMES`], and its place there.
fn named(tags: &[Tag], past: impl Fn(&DateTime<Utc>) -> bool) -> Option<(usize, DateTime<Utc>)> {
    let mut best: Option<(usize, DateTime<Utc>)> = None;
    for tag in tags {
        let date = ["content", "datetime"].iter().find_map(|name| dates::parse(tag.get(name)?));
        let Some(date) = date.filter(&past) else { continue };
        let ranks = tag
            .attributes
            .iter()
            .filter(|(name, _)| matches!(name.as_str(), "property" | "name" | "itemprop"));
        let ranks = ranks.flat_map(|(_, value)| value.split(' ')).filter_map(|value| {
            NAMES
                .iter()
                .position(|known| known.eq_ignore_ascii_case(value))
                .or_else(|| says_published(value).then_some(NAMES.len()))
        });
        if let Some(rank) = ranks.min()
            && best.is_none_or(|(at, _)| rank < at)
        {
            best = Some((rank, date));
        }
    }
    best
}

/// What `<time>` has: the one that is named so, or the only one there is.
fn timed(tags: &[Tag], past: impl Fn(&DateTime<Utc>) -> bool) -> Option<DateTime<Utc>> {
    let times = tags.iter().filter(|tag| tag.name == "time");
    let mut all: Vec<(&Tag, DateTime<Utc>)> =
        times.filter_map(|tag| Some((tag, dates::parse(tag.get("datetime")?).filter(&past)?))).collect();
    let named = |tag: &Tag| tag.get("pubdate").is_some() || tag.get("class").is_some_and(says_published);
    if let Some((_, date)) = all.iter().find(|(tag, _)| named(tag)) {
        return Some(*date);
    }
    all.dedup_by_key(|(_, date)| *date);
    (all.len() == 1).then(|| all[0].1)
}

/// The date in the first element that is called "publish-date" or the like.
fn shown(html: &str, past: impl Fn(&DateTime<Utc>) -> bool) -> Option<DateTime<Utc>> {
    /// Bytes from the element on in which the date stands.
    const NEAR: usize = 300;
    static CALLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"(?i)<(?:span|div|p|li|input|em|small|time|b|dd|td)\s[^<>]{0,200}(?:date|time|publi|posted)[^<>]{0,200}>"#).ok()
    });
    for found in CALLED.as_ref()?.find_iter(html) {
        let Some(tag) = metadata::tag(html, found.start()) else { continue };
        if !["class", "id", "name", "itemprop"].iter().filter_map(|name| tag.get(name)).any(says_published) {
            continue;
        }
        let end = (tag.end + NEAR..html.len()).find(|at| html.is_char_boundary(*at)).unwrap_or(html.len());
        let near = &html[tag.end..end];
        // Up to the element's end, or what it is parted by.
        let near = text::paragraphs(near.split("</div").next().unwrap_or_default());
        let lines = near.lines().take(2).flat_map(|line| line.split(['|', '•', '·'])).map(str::trim);
        let date = tag.get("value").into_iter().chain(lines).find_map(|words| dates::parse(bare(words)));
        if let Some(date) = date.filter(&past) {
            return Some(date);
        }
    }
    None
}

/// Whether a name says that it holds the time of publication: "sn-post-date", "published_date", "entry-date".
fn says_published(name: &str) -> bool {
    static SAYS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:publi(?:sh|shed|cation|c)?|pub|post|posted|article|entry|story|news|author-name)[-_.: ]?(?:on|date|time)\b|(?:date|time)[-_]?(?:publish|posted|created)|\bpublished\b|\bdateline\b").ok()
    });
    static OTHER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)modif|updat|expir|comment|related|revis").ok());
    let has = |regex: &Option<Regex>| regex.as_ref().is_some_and(|regex| regex.is_match(name));
    has(&SAYS) && !has(&OTHER)
}

/// A shown date without "Published on" before it.
fn bare(words: &str) -> &str {
    static LEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:(?:first )?(?:published|posted|publish date|date|on|at)\b[\s:-]*)+").ok()
    });
    LEAD.as_ref().and_then(|lead| lead.find(words)).map_or(words, |lead| &words[lead.end()..])
}

/// The day in a URL's path: `/2031/03/04/`, `/2031/mar/04/`, `-2031-03-04`.
fn day_of(url: &Url) -> Option<DateTime<Utc>> {
    static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:^|[^0-9])((?:19|20)\d\d)[-/_](\d\d?|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[-/_](\d\d?)(?:[^0-9]|$)").ok()
    });
    let found = DAY.as_ref()?.captures(url.path())?;
    let month = &found[2];
    let text = if month.starts_with(|c: char| c.is_ascii_digit()) {
        format!("{}-{month}-{}", &found[1], &found[3])
    } else {
        format!("{} {month} {}", &found[3], &found[1])
    };
    dates::parse(&text).map(|date| date.date_naive().and_time(NaiveTime::MIN).and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str, url: &str) -> Option<String> {
        let now = "2031-03-05T00:00:00Z".parse().unwrap();
        published(html, &metadata::read(html), Url::parse(url).ok().as_ref(), now)
            .map(|date| date.to_rfc3339())
    }

    fn date(html: &str) -> Option<String> {
        of(html, "https://bay.example/pier").map(|date| date.replace("+00:00", ""))
    }

    #[test]
    fn a_date_is_found_where_publishers_put_it() {
        for (html, expected) in [
            (
                "<meta name=x property='article:published' itemprop='datePublished dateCreated' content='2031-03-01T11:00:09Z'>",
                "2031-03-01T11:00:09",
            ),
            ("<meta name='sn-post-date' content='2031/03/01'>", "2031-03-01T00:00:00"),
            (
                "<time class='entry-date' datetime='2031-03-01'></time><time datetime='2031-02-01'></time>",
                "2031-03-01T00:00:00",
            ),
            ("<time datetime='2031-03-01T08:00Z'>1 March</time>", "2031-03-01T08:00:00"),
            ("<span class=\"article-publish-date\">March 1, 2031, 9:02 AM</span>", "2031-03-01T09:02:00"),
            ("<div class='publish-date'>\n Published 11:11 PM EST Mar 1, 2031 </div>", "2031-03-02T04:11:00"),
            (
                "<input class='published_date' type='hidden' value='2031-03-01 02:24:47'>",
                "2031-03-01T02:24:47",
            ),
            (
                "<p class='posted-on'>Posted on <b>Monday, March 3rd, 2031</b> at 11:08 a.m. | 3 comments</p>",
                "2031-03-03T11:08:00",
            ),
        ] {
            assert_eq!(date(html).as_deref(), Some(expected), "{html}");
        }
    }

    #[test]
    fn a_date_of_something_else_is_none_of_publication() {
        for html in [
            "<meta name='last-modified' content='2031-03-01'>",
            "<div class='publish-date updated'>March 1, 2031</div>",
            "<time datetime='2031-03-01'></time><time datetime='2031-02-01'></time>",
            "<p>On March 1, 2031, the pier broke.</p>",
            "<meta property='article:published_time' content='2031-04-01'>",
            "<script type='application/ld+json'>{\"@type\": \"Article\", \"datePublished\": \"0001-01-01T00:00:00Z\"}</script>",
        ] {
            assert_eq!(date(html), None, "{html}");
        }
    }

    #[test]
    fn a_url_s_day_is_the_last_resort_and_checks_what_is_shown() {
        let day = |html: &str, path: &str| of(html, &format!("https://bay.example{path}"));
        assert_eq!(day("", "/2031/03/01/pier").as_deref(), Some("2031-03-01T00:00:00+00:00"));
        assert_eq!(day("", "/2031/mar/01/pier").as_deref(), Some("2031-03-01T00:00:00+00:00"));
        assert_eq!(day("", "/news/pier-2031-03-01").as_deref(), Some("2031-03-01T00:00:00+00:00"));
        assert_eq!(day("", "/120310301/2031/03/pier"), None);
        let other = "<span class=post-date>1 Jan 2031</span>";
        assert_eq!(day(other, "/2031/03/01/pier").as_deref(), Some("2031-03-01T00:00:00+00:00"));
        let same = "<span class=post-date>1 Mar 2031 09:30</span>";
        assert_eq!(day(same, "/2031/03/01/pier").as_deref(), Some("2031-03-01T09:30:00+00:00"));
    }
}

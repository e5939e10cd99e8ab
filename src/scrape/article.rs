//! An article's page to its text, headline, date and canonical URL.
//!
//! Extraction is `trafilatura`'s; around it stands what lets no page crash, hang or bloat the bot: a byte
//! cap, a nesting cap, a thread with a stack of its own and a time limit. What has no text to read (scripts
//! only, a paywall's teaser, noise) is an error, so that the caller can fall back on the feed's summary.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, mpsc};
use std::time::Duration;

use chrono::{DateTime, Utc};
use regex::Regex;
use trafilatura::dom::Document;
use trafilatura::{ExtractResult, ExtractionFocus, HtmlDateMode, Options};
use url::Url;

use crate::model::Page;

use super::{boilerplate, canonical, decode, depth, metadata, mojibake, published, text};

/// Longest page that is read, in bytes.
pub const MAX_BYTES: usize = 2 << 20;
/// Shortest text that counts as an article, in characters.
const MIN_CHARS: usize = 80;
/// Below this a page that says it is not free shows its teaser only.
const TEASER_CHARS: usize = 250;
/// Characters of a byline that are kept.
const MAX_AUTHOR: usize = 200;
/// An article that is less than one in so many letters of its page's prose is looked for again.
const LITTLE: usize = 2;
/// Longest that one page may take.
const TIME_LIMIT: Duration = Duration::from_secs(10);
/// Enough for the nesting that is let through.
const STACK_BYTES: usize = 64 << 20;
/// Pages that may be stuck past their time before no other is begun.
const MAX_STUCK: usize = 4;

/// Why a page gives no article.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PageError {
    /// Longer than [`MAX_BYTES`].
    #[error("page over {} MB", MAX_BYTES >> 20)]
    TooLong,
    /// Nothing that a parser should see.
    #[error(transparent)]
    Unfit(#[from] depth::Unfit),
    /// Noise, or a charset that is not the one it says.
    #[error("not text: more than 0.1 % of its characters are damaged")]
    Damaged,
    /// It took longer than its time, or the extractor broke on it.
    #[error("the page could not be read: {0}")]
    Stuck(&'static str),
    /// The text comes by script.
    #[error("the page has no text without its scripts")]
    ScriptOnly,
    /// Only a teaser is free.
    #[error("the page is behind a paywall")]
    Paywall,
    /// Hardly any text: a video, a gallery, a consent wall.
    #[error("the page has hardly any text")]
    TooShort,
}

/// Reads a page that came from `url`; dates after `now` are not believed. Blocks for up to ten seconds.
pub fn extract(
    bytes: &[u8],
    content_type: Option<&str>,
    url: Option<&Url>,
    now: DateTime<Utc>,
) -> Result<Page, PageError> {
    if bytes.len() > MAX_BYTES {
        return Err(PageError::TooLong);
    }
    let decoded = decode::decode(bytes, content_type);
    if decoded.damaged() {
        return Err(PageError::Damaged);
    }
    let html = decoded.text;
    let bare = depth::bare(&html)?;
    let (html, stated, published, extracted) = guarded({
        let url = url.cloned();
        move || {
            let stated = metadata::read(&html);
            let published = published::published(&html, &stated, url.as_ref(), now);
            let extracted = extracted(&bare, &options(url));
            (html, stated, published, extracted)
        }
    })?;
    let Some(extracted) = extracted else { return Err(Hint::of(&html).why_short()) };
    let (content, found) = (extracted.content_html, extracted.metadata);
    let title = stated.headline(filled(clean(&found.title)), &found.sitename);
    let body = body(&content, title.as_deref());
    let length = body.chars().count();
    if length < MIN_CHARS {
        return Err(Hint::of(&html).why_short());
    }
    if length < TEASER_CHARS && Hint::of(&html).paid {
        return Err(PageError::Paywall);
    }
    // Clean markup may outweigh the damage that its text has.
    if decode::damaged(&body) {
        return Err(PageError::Damaged);
    }
    let author = stated.author.or(filled(clean(&found.author)));
    let canonical = filled(found.url).or(stated.url);
    Ok(Page {
        title: title.map(|title| text::shorten(&title, text::MAX_TITLE)),
        text: body,
        published,
        language: filled(found.language),
        url: own_url(canonical.as_deref(), url),
        author: author.map(|author| text::shorten(&author, MAX_AUTHOR)),
    })
}

/// What the extractor's own rules find, and only where that is little of the page's prose, what it finds beside other
/// extractors: that takes twice as long.
fn extracted(html: &str, options: &Options) -> Option<ExtractResult> {
    let page = Document::parse(html);
    let text = text::paragraphs(html);
    let prose: usize = text.lines().map(str::len).filter(|length| *length > MIN_CHARS).sum();
    let own = trafilatura::extract_document(page.clone_document(), options);
    if own.as_ref().is_ok_and(|own| own.content_text.len() > prose / LITTLE) {
        return own.ok();
    }
    trafilatura::extract_document(page, &options.clone().with_fallback(true)).ok()
}

fn options(url: Option<Url>) -> Options {
    let options = Options::default()
        .with_fallback(false)
        .with_focus(ExtractionFocus::FavorPrecision)
        .with_exclude_comments(true)
        // Dates are read here, by what the page states and nothing else.
        .with_html_date_mode(HtmlDateMode::Disabled);
    match url {
        Some(url) => options.with_url(url),
        None => options,
    }
}

/// Pages that are still at work past their time: a thread can't be ended from outside.
static STUCK: AtomicUsize = AtomicUsize::new(0);

/// Runs `work` on a thread of its own, and waits no longer than the time limit.
fn guarded<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, PageError> {
    if STUCK.load(Ordering::SeqCst) >= MAX_STUCK {
        return Err(PageError::Stuck("too many others take too long"));
    }
    let (send, receive) = mpsc::sync_channel(1);
    let late = Late::default();
    let ends = Ends(late.clone());
    let worker = std::thread::Builder::new().name("page".into()).stack_size(STACK_BYTES).spawn(move || {
        let _ends = ends;
        // Nobody listens any more if it was late.
        let _ = send.send(work());
    });
    if worker.is_err() {
        return Err(PageError::Stuck("no thread for it"));
    }
    receive.recv_timeout(TIME_LIMIT).map_err(|error| match error {
        mpsc::RecvTimeoutError::Timeout => {
            STUCK.fetch_add(1, Ordering::SeqCst);
            late.meet();
            PageError::Stuck("it takes too long")
        }
        mpsc::RecvTimeoutError::Disconnected => PageError::Stuck("the extractor broke on it"),
    })
}

/// Where a page's time-out and its thread's end meet, in whichever order: the later one uncounts the page.
#[derive(Clone, Default)]
struct Late(Arc<AtomicBool>);

impl Late {
    fn meet(&self) {
        if self.0.swap(true, Ordering::SeqCst) {
            STUCK.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

/// A thread's end, by return or by panic.
struct Ends(Late);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.meet();
    }
}

/// One line, mended.
fn clean(text: &str) -> String {
    let text = text::squeeze(text);
    mojibake::mended(&text).unwrap_or(text)
}

/// The text of what was extracted, without boilerplate and a first line that repeats the headline.
fn body(content: &str, title: Option<&str>) -> String {
    let text = text::paragraphs(content);
    let text = mojibake::mended(&text).unwrap_or(text);
    let mut lines: Vec<&str> = text.lines().filter(|line| !boilerplate::is_boilerplate(line)).collect();
    if lines.len() > 1 && title.is_some_and(|title| lines[0].eq_ignore_ascii_case(title)) {
        lines.remove(0);
    }
    lines.join("\n")
}

/// The page's canonical URL where it lies on the page's own site, or else the page's.
fn own_url(stated: Option<&str>, url: Option<&Url>) -> Option<String> {
    let url = url.map(canonical::normal);
    let stated = stated.and_then(|stated| match &url {
        Some(url) => url.join(stated).ok(),
        None => Url::parse(stated).ok(),
    });
    let stated = stated.filter(|stated| matches!(stated.scheme(), "http" | "https"));
    let own = match (stated, url) {
        // A home page as canonical URL would make all of a site's articles one.
        (Some(stated), Some(url))
            if canonical::same_site(&stated, &url) && (stated.path() != "/" || url.path() == "/") =>
        {
            stated
        }
        (_, Some(url)) => url,
        (Some(stated), None) => stated,
        (None, None) => return None,
    };
    Some(canonical::normal(&own)).filter(canonical::fits).map(Url::into)
}

/// What the markup tells about a page with little text.
struct Hint {
    scripted: bool,
    paid: bool,
}

impl Hint {
    fn of(html: &str) -> Hint {
        static SCRIPTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
            Regex::new(r"(?i)(enable|requires?|turn on|activate) javascript|javascript (is|to be) (disabled|enabled|required)|id=.?(root|__next|app).?>\s*</div>").ok()
        });
        static PAID: LazyLock<Option<Regex>> = LazyLock::new(|| {
            Regex::new(
                r#"(?i)"isAccessibleForFree"\s*:\s*"?false|content_tier"?\s+content="?(locked|metered)"#,
            )
            .ok()
        });
        let has = |regex: &Option<Regex>| regex.as_ref().is_some_and(|regex| regex.is_match(html));
        Hint { scripted: has(&SCRIPTED), paid: has(&PAID) }
    }

    fn why_short(&self) -> PageError {
        match self {
            Hint { paid: true, .. } => PageError::Paywall,
            Hint { scripted: true, .. } => PageError::ScriptOnly,
            _ => PageError::TooShort,
        }
    }
}

fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-03-02T00:00:00Z";

    fn read(html: &str, url: &str) -> Result<Page, PageError> {
        extract(html.as_bytes(), None, Url::parse(url).ok().as_ref(), NOW.parse().unwrap())
    }

    fn page(head: &str) -> String {
        let paragraph = "The harbour council met on Sunday and agreed to rebuild the northern pier, \
                         which a storm had broken in January, before the fishing season begins.";
        format!(
            "<html><head><title>Pier to be rebuilt</title>{head}</head><body><nav><a href='/'>Home</a></nav>
             <article><h1>Pier to be rebuilt</h1><p>{paragraph}</p><p>{paragraph}</p><p>Work starts soon.</p></article>
             <footer>Imprint</footer></body></html>"
        )
    }

    #[test]
    fn a_page_gives_its_text_without_what_stands_around_it() {
        let html = page(
            "<link rel='canonical' href='https://bay.example/pier?utm_source=x'>
             <meta property='article:published_time' content='2026-03-01T09:30:00+01:00'>",
        );
        let page = read(&html, "https://m.bay.example/amp/pier").unwrap();
        assert_eq!(page.title.as_deref(), Some("Pier to be rebuilt"));
        assert!(page.text.starts_with("The harbour council"), "{}", page.text);
        assert!(!page.text.contains("Imprint") && !page.text.contains("Home"), "{}", page.text);
        assert_eq!(page.published.unwrap().to_rfc3339(), "2026-03-01T08:30:00+00:00");
        assert_eq!(page.url.as_deref(), Some("https://bay.example/pier"));
        assert_eq!(page.language.as_deref(), Some("en"));
    }

    #[test]
    fn a_canonical_url_of_another_site_is_not_believed() {
        let html = page("<link rel='canonical' href='https://other.example/pier'>");
        assert_eq!(
            read(&html, "https://bay.example/p#x").unwrap().url.as_deref(),
            Some("https://bay.example/p")
        );
    }

    #[test]
    fn a_date_in_the_future_is_not_believed() {
        let html =
            page("<script type='application/ld+json'>{\"datePublished\": \"2027-01-01T00:00:00Z\"}</script>");
        assert_eq!(read(&html, "https://bay.example/p").unwrap().published, None);
    }

    #[test]
    fn a_headline_goes_without_the_site_s_name() {
        let titled = |title: &str, head: &str| {
            let html = page(head).replace("Pier to be rebuilt", title);
            read(&html, "https://bay.example/p").unwrap().title.unwrap()
        };
        let site = "<meta property='og:site_name' content='Bay News'>";
        assert_eq!(titled("Pier opens late | Bay News", site), "Pier opens late");
        assert_eq!(titled("Bay News: Pier opens late", site), "Pier opens late");
        assert_eq!(titled("Pier opens at Bay News", site), "Pier opens at Bay News");
        let shared = "<meta property='og:title' content='Pier opens late'>";
        assert_eq!(titled("Pier opens late - The Bay", shared), "Pier opens late");
    }

    #[test]
    fn what_the_extractor_does_not_find_is_taken_from_json_ld() {
        let html = page(
            r#"<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "author": {"@id": "/ada"},
               "datePublished": "2026-03-01T10:00:00Z"}, {"@type": "Person", "@id": "/ada", "name": "Ada Morn"}]}</script>"#,
        );
        let page = read(&html, "https://bay.example/p").unwrap();
        assert_eq!(page.author.as_deref(), Some("Ada Morn"));
        assert_eq!(page.published.unwrap().to_rfc3339(), "2026-03-01T10:00:00+00:00");
    }

    #[test]
    fn a_text_whose_letters_are_lost_is_not_read_though_its_markup_is_whole() {
        let html = page(&"<meta name='x' content='y'>".repeat(1_000)).replace("harbour", "harb\u{fffd}ur");
        assert_eq!(read(&html, "https://bay.example/p").unwrap_err(), PageError::Damaged);
        let html = page("").replace("Sunday and", "Sunday â€“ itâ€™s settled â€“ and");
        let text = read(&html, "https://bay.example/p").unwrap().text;
        assert!(text.contains("Sunday – it’s settled – and"), "{text}");
    }

    #[test]
    fn the_words_behind_a_script_in_a_sentence_are_read() {
        for name in ["script", "style", "iframe", "noscript"] {
            let inline = format!("Sunday<{name} class='a>b'>x('<p>')</{name} > and");
            let html = page("").replace("Sunday and", &inline);
            assert_eq!(
                read(&html, "https://bay.example/p"),
                read(&page(""), "https://bay.example/p"),
                "{name}"
            );
        }
    }

    #[test]
    fn a_page_without_text_says_why() {
        let scripted =
            "<html><body><div id=\"root\"></div><noscript>Please enable JavaScript</noscript></body></html>";
        assert_eq!(read(scripted, "https://x.example/").unwrap_err(), PageError::ScriptOnly);
        let paid = "<html><body><p>The first line.</p><script>{\"isAccessibleForFree\": false}</script></body></html>";
        assert_eq!(read(paid, "https://x.example/").unwrap_err(), PageError::Paywall);
        assert_eq!(read("", "https://x.example/").unwrap_err(), PageError::TooShort);
    }

    #[test]
    fn no_page_can_hurt() {
        assert_eq!(
            read(&"<div>".repeat(100_000), "https://x.example/").unwrap_err(),
            PageError::Unfit(depth::Unfit::TooDeep)
        );
        assert_eq!(read(&"x".repeat(MAX_BYTES + 1), "https://x.example/").unwrap_err(), PageError::TooLong);
        let noise: Vec<u8> = (0..200_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(extract(&noise, None, None, NOW.parse().unwrap()).unwrap_err(), PageError::Damaged);
    }

    #[test]
    fn a_page_that_breaks_the_extractor_is_an_error() {
        let error = guarded(|| -> () { std::panic::resume_unwind(Box::new(())) }).unwrap_err();
        assert_eq!(error, PageError::Stuck("the extractor broke on it"));
    }

    #[test]
    fn a_page_that_was_late_is_not_stuck_for_ever() {
        let stuck = || STUCK.load(Ordering::SeqCst);
        for thread_ends_first in [true, false] {
            let late = Late::default();
            let ends = Ends(late.clone());
            STUCK.fetch_add(1, Ordering::SeqCst);
            if thread_ends_first {
                drop(ends);
                late.meet();
            } else {
                late.meet();
                assert_eq!(stuck(), 1);
                let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                    let _ends = ends;
                    std::panic::resume_unwind(Box::new(()));
                }));
            }
            assert_eq!(stuck(), 0);
        }
    }
}

//! A public Telegram channel's preview page (`t.me/s/NAME`) to entries: each post is one, with all its words.

use scraper::{ElementRef, Html, Node, Selector};
use url::Url;

use crate::model::{Entry, Listing};

use super::html::{self, HtmlError};
use super::{dates, text};

/// Posts of one page that are read; Telegram shows twenty.
const MAX_POSTS: usize = 200;

/// Why a channel's page gives no posts.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ChannelError {
    /// Telegram shows no posts of it.
    #[error("no posts are shown: there is no such public channel, or it has no preview (t.me/s/NAME)")]
    NoPreview,
    /// There are posts, none of which could be read.
    #[error("the channel's page has changed: {0} posts, and neither words nor a date in any of them")]
    Changed(usize),
    /// Nested too deep to be looked at.
    #[error(transparent)]
    Hostile(#[from] HtmlError),
}

/// A channel's page as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelPage {
    /// The channel's name, and its posts that have words, newest first.
    pub listing: Listing,
    /// The page with the posts before these.
    pub before: Option<Url>,
}

/// The preview page of a channel by any of its names: `@name`, `t.me/name`, `https://t.me/s/name/123`.
///
/// `None` for what is no channel of Telegram's own site; other addresses are used as they are.
pub fn address(text: &str) -> Option<Url> {
    let name = match text.trim().strip_prefix('@') {
        Some(name) => name.to_owned(),
        None => {
            let rest = text.trim().trim_start_matches("https://").trim_start_matches("http://");
            let rest = rest.strip_prefix("www.").unwrap_or(rest);
            let path =
                ["t.me/", "telegram.me/", "telegram.dog/"].iter().find_map(|host| rest.strip_prefix(host))?;
            let path = path.strip_prefix("s/").unwrap_or(path);
            path.split(['/', '?', '#']).next().unwrap_or_default().to_owned()
        }
    };
    let is_name = !SERVICES.contains(&name.as_str())
        && (4..=32).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_name { Url::parse(&format!("https://t.me/s/{name}")).ok() } else { None }
}

/// Paths of Telegram's site that are no names.
const SERVICES: [&str; 8] =
    ["joinchat", "addstickers", "addemoji", "addlist", "addtheme", "share", "proxy", "login"];

/// Whether a page is a channel's.
pub fn is_channel(page: &Html) -> bool {
    select(page.root_element(), ".tgme_channel_info, .tgme_widget_message[data-post]").next().is_some()
}

/// Reads a channel's page that came from `base`.
pub fn parse(bytes: &[u8], content_type: Option<&str>, base: &Url) -> Result<ChannelPage, ChannelError> {
    let page = html::parse(bytes, content_type)?;
    let posts = Selector::parse(".tgme_widget_message[data-post]").ok();
    let posts = posts.map(|posts| html::outermost(&page, &posts, MAX_POSTS)).unwrap_or_default();
    if posts.is_empty() {
        // A channel that has not posted yet, or the page before its first post.
        let none = Listing { title: title_of(&page), entries: Vec::new() };
        let is_channel = is_channel(&page);
        return is_channel
            .then_some(ChannelPage { listing: none, before: None })
            .ok_or(ChannelError::NoPreview);
    }
    let mut entries: Vec<Entry> = posts.iter().filter_map(|post| entry(*post)).collect();
    let any_date = || select(page.root_element(), "time[datetime]").next().is_some();
    if entries.is_empty() && !any_date() {
        return Err(ChannelError::Changed(posts.len()));
    }
    // The page has the oldest post on top.
    entries.reverse();
    let older = select(page.root_element(), "a.tme_messages_more[data-before], link[rel=prev]")
        .find_map(|link| base.join(link.attr("href")?).ok())
        .filter(|url| {
            url.host() == base.host() && url.query().is_some_and(|query| query.contains("before="))
        });
    Ok(ChannelPage { listing: Listing { title: title_of(&page), entries }, before: older })
}

fn title_of(page: &Html) -> Option<String> {
    let named = select(page.root_element(), ".tgme_channel_info_header_title").next();
    let named = named.map(|element| text::squeeze(&element.text().collect::<String>()));
    let title = named.filter(|title| !title.is_empty()).or_else(|| html::title(page))?;
    Some(text::shorten(&title, text::MAX_TITLE))
}

/// A post with words; one of pictures alone, or that says that somebody joined, tells nothing.
fn entry(post: ElementRef) -> Option<Entry> {
    let id = post.attr("data-post")?.trim();
    if id.is_empty() || id.len() > 200 || post.value().classes().any(|class| class == "service_message") {
        return None;
    }
    // A reply quotes the post that it answers, in an element of the same name.
    let words = select(post, ".tgme_widget_message_text")
        .find(|element| !is_within(*element, post, "tgme_widget_message_reply"))
        .map(|element| (headline(element), lines(element)))?;
    let (headline, lines) = words;
    let (title, summary) = match headline {
        Some(title) if lines.starts_with(&title) && lines.len() > title.len() => {
            (Some(title.clone()), lines[title.len()..].trim().to_owned())
        }
        _ => (None, lines),
    };
    if summary.is_empty() {
        return None;
    }
    let date = select(post, ".tgme_widget_message_date time[datetime]").last();
    let link = select(post, "a.tgme_widget_message_date").last().and_then(|link| link.attr("href"));
    let link = link.and_then(|link| Url::parse(link).ok()).filter(|link| link.scheme() == "https");
    let forwarded = select(post, ".tgme_widget_message_forwarded_from_name").next();
    Some(Entry {
        id: id.to_owned(),
        title: title.map(|title| text::shorten(&title, text::MAX_TITLE)),
        link: Some(link.map_or_else(|| format!("https://t.me/{id}"), String::from)),
        published: date.and_then(|date| dates::parse(date.attr("datetime")?)),
        changed: None,
        summary: Some(text::shorten(&summary, text::MAX_SUMMARY)),
        author: forwarded
            .map(|element| text::squeeze(&element.text().collect::<String>()))
            .filter(|name| !name.is_empty())
            .map(|name| text::shorten(&format!("forwarded from {name}"), text::MAX_TITLE)),
    })
}

/// The first line where all of it is bold: what channels have for headlines.
fn headline(element: ElementRef) -> Option<String> {
    let mut title = String::new();
    for child in element.children() {
        let is = |names: &[&str]| child.value().as_element().is_some_and(|e| names.contains(&e.name()));
        if is(&["br"]) {
            break;
        } else if is(&["b", "strong"]) {
            let bold = ElementRef::wrap(child).map(lines).unwrap_or_default();
            // A bold line may end within the element.
            if let Some((first, _)) = bold.split_once('\n') {
                title.push_str(first);
                break;
            }
            title.push_str(&bold);
        } else if is(&["i", "tg-emoji"]) || child.value().as_text().is_some_and(|t| t.trim().is_empty()) {
            // A picture sign, or the space after it.
            let sign = ElementRef::wrap(child).map_or(" ".to_owned(), lines);
            title.push_str(&sign);
        } else {
            return None;
        }
    }
    Some(text::squeeze(&title)).filter(|title| title.split(' ').count() > 2)
}

/// A post's words, a line a line of it.
fn lines(element: ElementRef) -> String {
    let mut out = String::new();
    for node in element.descendants() {
        match node.value() {
            Node::Text(words) => out.push_str(&words.replace(['\n', '\r'], " ")),
            Node::Element(child) if matches!(child.name(), "br" | "blockquote" | "pre") => out.push('\n'),
            _ => {}
        }
    }
    let lines: Vec<String> = out.lines().map(text::squeeze).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn is_within(element: ElementRef, top: ElementRef, class: &str) -> bool {
    element
        .ancestors()
        .take_while(|node| node.id() != top.id())
        .filter_map(ElementRef::wrap)
        .any(|element| element.value().classes().any(|name| name == class))
}

fn select<'a>(element: ElementRef<'a>, selector: &str) -> impl Iterator<Item = ElementRef<'a>> {
    let found: Vec<ElementRef<'a>> =
        Selector::parse(selector).map(|selector| element.select(&selector).collect()).unwrap_or_default();
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(id: &str, inner: &str, date: &str) -> String {
        format!(
            "<div class='tgme_widget_message_wrap js-widget_message_wrap'>
             <div class='tgme_widget_message text_not_supported_wrap js-widget_message' data-post='{id}'>
             <div class='tgme_widget_message_bubble'>{inner}
             <div class='tgme_widget_message_footer'><span class='tgme_widget_message_meta'>edited
             <a class='tgme_widget_message_date' href='https://t.me/{id}'><time datetime='{date}' class='time'>10:14</time></a>
             </span></div></div></div></div>"
        )
    }

    fn words(html: &str) -> String {
        format!("<div class='tgme_widget_message_text js-message_text' dir='auto'>{html}</div>")
    }

    fn read(body: &str) -> Result<ChannelPage, ChannelError> {
        let html = format!(
            "<html><head><title>Karo Wire – Telegram</title><link rel='prev' href='/s/karowire?before=7'></head><body>
             <div class='tgme_channel_info'><div class='tgme_channel_info_header_title'><span>Karo Wire</span></div></div>
             {body}</body></html>"
        );
        parse(html.as_bytes(), None, &Url::parse("https://t.me/s/karowire").unwrap())
    }

    #[test]
    fn posts_are_entries_with_time_words_and_link_newest_first() {
        let page = read(
            &[
                post(
                    "karowire/7",
                    &words("Rain in Karo.<br><br>Roads <a href='/x'>are closed</a>."),
                    "2031-03-04T08:00:00+00:00",
                ),
                post(
                    "karowire/8",
                    &words("<b>Talks end in Varna</b><br/><br/>No deal, the envoy said."),
                    "2031-03-04T09:30:00+02:00",
                ),
            ]
            .concat(),
        )
        .unwrap();
        assert_eq!(page.listing.title.as_deref(), Some("Karo Wire"));
        assert_eq!(page.before.unwrap().as_str(), "https://t.me/s/karowire?before=7");
        let [talks, rain] = page.listing.entries.as_slice() else { panic!("two posts") };
        assert_eq!((talks.id.as_str(), talks.title.as_deref()), ("karowire/8", Some("Talks end in Varna")));
        assert_eq!(talks.summary.as_deref(), Some("No deal, the envoy said."));
        assert_eq!(talks.published.unwrap().to_rfc3339(), "2031-03-04T07:30:00+00:00");
        assert_eq!((rain.title.as_deref(), rain.link.as_deref()), (None, Some("https://t.me/karowire/7")));
        assert_eq!(rain.summary.as_deref(), Some("Rain in Karo.\nRoads are closed."));
    }

    #[test]
    fn a_forwarded_post_says_from_whom_and_a_reply_is_read_without_what_it_answers() {
        let forwarded = "<div class='tgme_widget_message_forwarded_from'>Forwarded from <a
             class='tgme_widget_message_forwarded_from_name' href='https://t.me/varna/5'><span>Varna Port</span></a></div>";
        let reply = "<a class='tgme_widget_message_reply' href='https://t.me/karowire/1'>
             <div class='tgme_widget_message_text js-message_reply_text'>The earlier post</div></a>";
        let inner = format!("{forwarded}{reply}{}", words("Port opens."));
        let page = read(&post("karowire/8", &inner, "2031-03-04T08:00:00+00:00")).unwrap();
        let entry = &page.listing.entries[0];
        assert_eq!(entry.author.as_deref(), Some("forwarded from Varna Port"));
        assert_eq!(entry.summary.as_deref(), Some("Port opens."));
    }

    #[test]
    fn posts_without_words_are_no_entries_and_a_page_without_posts_is_an_error() {
        let photo =
            post("karowire/9", "<a class='tgme_widget_message_photo_wrap'></a>", "2031-03-04T08:00:00+00:00");
        assert!(read(&photo).unwrap().listing.entries.is_empty());
        assert!(read("").unwrap().listing.entries.is_empty(), "nothing posted yet");
        let base = Url::parse("https://t.me/s/nobody").unwrap();
        let nobody = parse(b"<html><div class='tgme_page'>Contact @nobody</div></html>", None, &base);
        assert_eq!(nobody, Err(ChannelError::NoPreview));
        let changed = read("<div class='tgme_widget_message' data-post='karowire/1'><p>Words</p></div>");
        assert_eq!(changed, Err(ChannelError::Changed(1)));
    }

    #[test]
    fn a_channel_is_known_by_any_of_its_names() {
        for text in [
            "@karowire",
            "t.me/karowire",
            "https://t.me/s/karowire",
            "https://t.me/karowire/12?single",
            "http://telegram.me/karowire",
        ] {
            assert_eq!(address(text).unwrap().as_str(), "https://t.me/s/karowire", "{text}");
        }
        for text in
            ["https://bay.example/t.me/karowire", "@x", "t.me/+abcdef", "t.me/joinchat/abc", "karowire"]
        {
            assert_eq!(address(text), None, "{text}");
        }
    }
}

//! RSS and Atom by what their elements mean, from a stream of tags that need not match.

use std::collections::HashMap;

use base64::Engine as _;
use chrono::{DateTime, Utc};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use url::Url;

use crate::model::Listing;
use crate::scrape::{dates, text};

use super::element::{Attributes, Field, Markup, Vocabulary, attributes, field_of, markup_of};
use super::{Digest, Draft, MAX_ENTRIES, canonical, filled, resolve};

/// Deepest nesting that is followed; elements below it are passed over.
const MAX_DEPTH: usize = 200;

/// What a document gave.
pub struct Read {
    /// Its entries.
    pub listing: Listing,
    /// It has a feed's root.
    pub is_feed: bool,
}

/// Reads to the end, or to where nothing can be made of it any more.
pub fn read(document: &str, base: Option<&Url>) -> Read {
    let mut reader = Reader::from_str(document);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    config.expand_empty_elements = true;
    let mut builder = Builder::new(base);
    // An error here is an unfinished tag at the document's end: what came before it stands.
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) => builder.start(&tag),
            Event::End(tag) => builder.end(tag.name().as_ref()),
            Event::Text(words) => builder.text(&words),
            Event::CData(words) => builder.text(&quick_xml::escape::minimal_escape(&*words)),
            Event::GeneralRef(name) => builder.text(&format!("&{};", &*name)),
            Event::Eof => break,
            _ => {}
        }
        if builder.listing.entries.len() >= MAX_ENTRIES {
            break;
        }
    }
    builder.finish()
}

/// A field that is being read.
struct Capture {
    field: Field,
    markup: Markup,
    /// The element's name as written, by which it ends.
    name: String,
    /// Elements of that name open within it.
    nested: usize,
    /// Its content, XML-escaped.
    raw: String,
    attributes: Attributes,
    /// How deep the element stands.
    depth: usize,
}

#[derive(Default)]
struct Item {
    draft: Draft,
    spare_title: Option<String>,
    spare_summary: Option<String>,
    content: Option<String>,
    updated: Option<DateTime<Utc>>,
    permalink: Option<String>,
    /// How well the link at hand fits; the best one is kept.
    link_rank: u8,
    /// Of all its tags and words: an id where nothing else is one.
    digest: Digest,
    /// How deep the item's element stands.
    depth: usize,
}

/// An open element.
struct Open {
    name: String,
    base: Option<Url>,
}

struct Builder {
    listing: Listing,
    is_feed: bool,
    base: Option<Url>,
    prefixes: HashMap<String, Vocabulary>,
    open: Vec<Open>,
    item: Option<Item>,
    capture: Option<Capture>,
}

impl Builder {
    fn new(base: Option<&Url>) -> Builder {
        Builder {
            listing: Listing::default(),
            is_feed: false,
            base: base.cloned(),
            prefixes: HashMap::new(),
            open: Vec::new(),
            item: None,
            capture: None,
        }
    }

    fn start(&mut self, tag: &BytesStart) {
        let name = tag.name().as_ref().to_owned();
        if let Some(item) = &mut self.item {
            item.digest.add(tag);
        }
        if let Some(capture) = &mut self.capture {
            let leaks = matches!(capture.field, Field::Link | Field::Id | Field::Published | Field::Updated);
            if !leaks && !is_item(&name) {
                capture.nested += usize::from(capture.name == name);
                capture.raw.push_str(&format!("<{}>", &**tag));
                return;
            }
            // These hold no elements: its end tag is missing.
            self.close_capture();
        }
        if self.open.len() >= MAX_DEPTH {
            return;
        }
        let attributes = attributes(tag);
        self.declare(&attributes);
        let base = self.base_with(&attributes);
        let (vocabulary, local) = self.meaning(&name);
        let depth = self.open.len() + 1;
        self.open.push(Open { name: name.clone(), base });
        if matches!(local.as_str(), "rss" | "rdf" | "feed" | "channel") {
            self.is_feed = true;
        }
        if vocabulary == Vocabulary::Core && matches!(local.as_str(), "item" | "entry") {
            // An item within an item: the first one's end is missing.
            self.close_item();
            let mut item = Item { depth, ..Item::default() };
            // The oldest kind of feed says it all by attributes.
            let page = self.open.last().and_then(|open| open.base.as_ref());
            item.permalink = attributes.get("href").and_then(|href| resolve(href, page));
            item.updated = attributes.get("lastmod").and_then(|date| dates::parse(date));
            item.draft.id = attributes.get("about").and_then(|about| filled(about.trim().to_owned()));
            self.item = Some(item);
            return;
        }
        let Some(field) = field_of(vocabulary, &local) else { return };
        let wanted = match &self.item {
            Some(item) => depth == item.depth + 1,
            None => field == Field::Title && self.listing.title.is_none() && self.in_head(),
        };
        if wanted {
            let markup = markup_of(&attributes, self.is_atom());
            self.capture =
                Some(Capture { field, markup, name, nested: 0, raw: String::new(), attributes, depth });
        }
    }

    fn text(&mut self, words: &str) {
        if let Some(item) = &mut self.item {
            item.digest.add(words);
        }
        if let Some(capture) = &mut self.capture {
            capture.raw.push_str(words);
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(capture) = &mut self.capture {
            if capture.name == name && capture.nested > 0 {
                capture.nested -= 1;
            } else if capture.name == name || self.item.is_some() && is_item(name) {
                self.close_capture();
            }
            if let Some(capture) = &mut self.capture {
                capture.raw.push_str(&format!("</{name}>"));
                return;
            }
        }
        // An end tag closes what was left open within its element; one that fits none is dropped.
        if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            self.open.truncate(at);
            if self.item.as_ref().is_some_and(|item| self.open.len() < item.depth) {
                self.close_item();
            }
        }
    }

    fn finish(mut self) -> Read {
        // Cut short: the last item may lack its id, and come whole the next time.
        if self.listing.entries.is_empty() {
            self.close_item();
        }
        Read { listing: self.listing, is_feed: self.is_feed }
    }

    fn close_item(&mut self) {
        self.close_capture();
        let Some(item) = self.item.take() else { return };
        self.open.truncate(item.depth - 1);
        let mut draft = item.draft;
        draft.link = draft.link.or(item.permalink);
        draft.title = draft.title.or(item.spare_title);
        draft.summary = draft.summary.or(item.content).or(item.spare_summary);
        draft.published = draft.published.or(item.updated);
        self.listing.entries.push(draft.finish(item.digest));
    }

    fn close_capture(&mut self) {
        let Some(capture) = self.capture.take() else { return };
        let base = self.open.get(capture.depth - 1).and_then(|open| open.base.clone()).or(self.base.clone());
        self.open.truncate(capture.depth - 1);
        let Some(item) = &mut self.item else {
            self.listing.title = capture.words();
            return;
        };
        let draft = &mut item.draft;
        match capture.field {
            Field::Title => draft.title = capture.words().or(draft.title.take()),
            Field::Summary => draft.summary = capture.words().or(draft.summary.take()),
            Field::Content => item.content = capture.words().or(item.content.take()),
            Field::SpareTitle => item.spare_title = item.spare_title.take().or(capture.words()),
            Field::SpareSummary => item.spare_summary = item.spare_summary.take().or(capture.words()),
            Field::Published => draft.published = dates::parse(&capture.literal()).or(draft.published),
            Field::Updated => item.updated = dates::parse(&capture.literal()).or(item.updated),
            Field::Id => {
                let id = capture.literal();
                let is_permalink = capture
                    .attributes
                    .get("ispermalink")
                    .is_none_or(|value| !value.eq_ignore_ascii_case("false"));
                if is_permalink && ["http://", "https://", "/"].iter().any(|start| id.starts_with(start)) {
                    item.permalink = resolve(&id, base.as_ref());
                }
                draft.id = filled(id).or(draft.id.take());
            }
            Field::Link => {
                if let Some((link, rank)) = capture.link(base.as_ref())
                    && rank > item.link_rank
                {
                    draft.link = Some(link);
                    item.link_rank = rank;
                }
            }
        }
    }

    /// Remembers what prefixes stand for; the last declaration counts everywhere.
    fn declare(&mut self, attributes: &Attributes) {
        for (name, value) in attributes {
            if let Some(prefix) = name.strip_prefix("xmlns:") {
                self.prefixes.insert(prefix.to_owned(), Vocabulary::of_uri(value));
            }
        }
    }

    /// An element's vocabulary and its local name in lower case; without a prefix it is the feed's own.
    fn meaning(&self, name: &str) -> (Vocabulary, String) {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let prefix = prefix.to_ascii_lowercase();
        let vocabulary =
            self.prefixes.get(&prefix).copied().unwrap_or_else(|| Vocabulary::of_prefix(&prefix));
        (vocabulary, local.to_ascii_lowercase())
    }

    fn base_with(&self, attributes: &Attributes) -> Option<Url> {
        let outer = self.open.last().and_then(|open| open.base.clone()).or_else(|| self.base.clone());
        match attributes.get("xml:base").or_else(|| attributes.get("base")) {
            None => outer,
            Some(own) => match &outer {
                Some(outer) => outer.join(own.trim()).ok(),
                None => Url::parse(own.trim()).ok(),
            }
            .filter(canonical::fits)
            .or(outer),
        }
    }

    /// Within the root or channel itself, not in an image or an input of it.
    fn in_head(&self) -> bool {
        let parent = self.open.len().checked_sub(2).and_then(|at| self.open.get(at));
        parent.is_some_and(|open| matches!(self.meaning(&open.name).1.as_str(), "feed" | "channel"))
    }

    fn is_atom(&self) -> bool {
        self.open.iter().any(|open| matches!(self.meaning(&open.name).1.as_str(), "feed" | "entry"))
    }
}

impl Capture {
    /// Its content as plain text.
    fn words(&self) -> Option<String> {
        let words = match self.markup {
            Markup::Opaque => return None,
            Markup::Escaped => text::plain(&text::unescape(&self.raw)),
            Markup::Encoded => text::plain(&unpack(&self.raw)?),
            Markup::Plain => text::plain(&self.raw),
        };
        // Said to be plain, and full of tags: publishers err that way often.
        filled(if looks_like_html(&words) { text::plain(&words) } else { words })
    }

    /// Its content as it stands: an address, an id, a date.
    fn literal(&self) -> String {
        text::unescape(&self.raw).trim().to_owned()
    }

    /// Its link, absolute if it can be, and how well it fits as the article's page.
    fn link(&self, base: Option<&Url>) -> Option<(String, u8)> {
        let Some(href) = self.attributes.get("href") else {
            return Some((resolve(&self.literal(), base)?, 4));
        };
        let kind = self.attributes.get("type").map_or("", String::as_str);
        let rank = match self.attributes.get("rel").map_or("alternate", String::as_str) {
            "alternate" | "" if kind.is_empty() || kind.contains("html") => 5,
            "alternate" => 3,
            "related" | "via" => 2,
            "self" => 1,
            _ => return None,
        };
        Some((resolve(href, base)?, rank))
    }
}

/// Text in base64; anything else that is packed so is no text.
fn unpack(raw: &str) -> Option<String> {
    let packed: String = raw.split_whitespace().collect();
    String::from_utf8(base64::engine::general_purpose::STANDARD.decode(packed).ok()?).ok()
}

fn looks_like_html(words: &str) -> bool {
    ["</", "<br", "<p>", "<img "].iter().any(|tag| words.contains(tag)) && words.contains('>')
}

fn is_item(name: &str) -> bool {
    let local = name.rsplit(':').next().unwrap_or(name);
    local.eq_ignore_ascii_case("item") || local.eq_ignore_ascii_case("entry")
}

//! What a feed's element is: which vocabulary, which field, and how its content is written.

use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::events::BytesStart;

use crate::scrape::text;

/// An element's attributes by name.
pub type Attributes = HashMap<String, String>;

/// What an element of a feed is about, whichever namespace says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Headline.
    Title,
    /// The article's page.
    Link,
    /// The item's id.
    Id,
    /// When it was published.
    Published,
    /// When it was changed.
    Updated,
    /// Its summary.
    Summary,
    /// The whole text.
    Content,
    /// A title or summary of an extension: counts where there is no other.
    SpareTitle,
    /// See [`Field::SpareTitle`].
    SpareSummary,
}

/// How an element's content is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// Words, or markup as child elements.
    Plain,
    /// Markup, escaped once more.
    Escaped,
    /// Markup in base64.
    Encoded,
    /// Something that is not words.
    Opaque,
}

/// The namespaces that matter, in all the spellings of their URIs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vocabulary {
    /// RSS and Atom of any version, or none.
    Core,
    /// Dublin Core.
    Dublin,
    /// RSS's module for whole texts.
    Content,
    /// Media RSS.
    Media,
    /// Podcasts.
    Itunes,
    /// Markup.
    Xhtml,
    /// Any other.
    Other,
}

impl Vocabulary {
    /// By its URI, in all its spellings.
    pub fn of_uri(uri: &str) -> Vocabulary {
        let uri = uri.to_ascii_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| uri.contains(part));
        if has(&["purl.org/rss/1.0/modules/content"]) {
            Vocabulary::Content
        } else if has(&["purl.org/dc/"]) {
            Vocabulary::Dublin
        } else if has(&["/mrss"]) {
            Vocabulary::Media
        } else if has(&["itunes"]) {
            Vocabulary::Itunes
        } else if has(&["1999/xhtml"]) {
            Vocabulary::Xhtml
        } else if has(&["purl.org/rss/1.0/modules", "rss/1.0/modules"]) {
            Vocabulary::Other
        } else if uri.is_empty()
            || has(&["purl.org/rss", "/2005/atom", "purl.org/atom", "/rss", "rss2", "rdf/simple"])
        {
            Vocabulary::Core
        } else {
            Vocabulary::Other
        }
    }

    /// Prefixes as everybody writes them, for feeds that don't declare them.
    pub fn of_prefix(prefix: &str) -> Vocabulary {
        match prefix {
            "" | "atom" | "atom10" | "a10" | "rss" => Vocabulary::Core,
            "dc" | "dcterms" => Vocabulary::Dublin,
            "content" => Vocabulary::Content,
            "media" => Vocabulary::Media,
            "itunes" => Vocabulary::Itunes,
            "xhtml" => Vocabulary::Xhtml,
            _ => Vocabulary::Other,
        }
    }
}

/// The field that an element of a local name in lower case stands for.
pub fn field_of(vocabulary: Vocabulary, name: &str) -> Option<Field> {
    use Field::*;
    Some(match (vocabulary, name) {
        (Vocabulary::Core, "title") => Title,
        (Vocabulary::Core, "link") => Link,
        (Vocabulary::Core, "guid" | "id") => Id,
        (Vocabulary::Core, "pubdate" | "published" | "issued") => Published,
        (Vocabulary::Dublin, "issued") => Published,
        (Vocabulary::Dublin, "date") => Published,
        (Vocabulary::Core, "updated" | "modified" | "created")
        | (Vocabulary::Dublin, "modified" | "created") => Updated,
        (Vocabulary::Core, "description" | "summary" | "abstract") => Summary,
        (Vocabulary::Core, "content" | "fullitem") => Content,
        (Vocabulary::Content, "encoded") | (Vocabulary::Xhtml, "body") => Content,
        (Vocabulary::Core, "body") => Content,
        (Vocabulary::Dublin | Vocabulary::Media | Vocabulary::Itunes, "title") => SpareTitle,
        (Vocabulary::Dublin | Vocabulary::Media, "description") => SpareSummary,
        (Vocabulary::Itunes, "summary") => SpareSummary,
        _ => return None,
    })
}

/// RSS escapes its markup; Atom says by `type` (1.0) or `mode` (0.3) whether it does.
pub fn markup_of(attributes: &Attributes, is_atom: bool) -> Markup {
    let kind = attributes.get("type").map(|kind| kind.trim().to_ascii_lowercase()).unwrap_or_default();
    match attributes.get("mode").map(String::as_str) {
        Some("escaped") => return Markup::Escaped,
        Some("base64") => return Markup::Encoded,
        _ => {}
    }
    match kind.as_str() {
        "xhtml" | "application/xhtml+xml" => Markup::Plain,
        "html" | "text/html" => Markup::Escaped,
        "text" | "text/plain" if is_atom => Markup::Plain,
        "" if is_atom => Markup::Plain,
        kind if is_atom && kind.contains('/') && !kind.starts_with("text/") && !kind.ends_with("xml") => {
            if kind == "application/octet-stream" {
                Markup::Encoded
            } else {
                Markup::Opaque
            }
        }
        _ if is_atom => Markup::Plain,
        _ => Markup::Escaped,
    }
}

/// Attributes by name in lower case, without a prefix but for `xml:` and `xmlns:`.
pub fn attributes(tag: &BytesStart) -> Attributes {
    let mut attributes = tag.html_attributes();
    attributes.with_checks(false);
    attributes
        .flatten()
        .map(|attribute| {
            let name = attribute.key.as_ref().to_ascii_lowercase();
            let name = match name.split_once(':') {
                Some((prefix, local)) if prefix != "xml" && prefix != "xmlns" => local.to_owned(),
                _ => name,
            };
            let value: Cow<str> = attribute.value;
            (name, text::unescape(&value))
        })
        .collect()
}

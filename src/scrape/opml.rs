//! OPML, in which readers of feeds exchange their lists: read leniently, written strictly.
//!
//! What is no feed is written as an outline of the type `link`, which other readers pass over, with attributes of
//! our own that say how it is read.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use url::Url;

use crate::model::{Selectors, SourceType};

use super::feed::element::attributes;
use super::{decode, feed::repair, text};

/// Sources that are read of one file.
const MAX_OUTLINES: usize = 10_000;
/// The namespace of our own attributes.
const NAMESPACE: &str = "urn:tidings:opml";

/// A source as a file lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Its name.
    pub name: String,
    /// Where its list is.
    pub url: Url,
    /// What it is.
    pub kind: SourceType,
    /// Its publisher, where the file says so.
    pub outlet: Option<String>,
    /// What is taken from its list.
    pub selectors: Selectors,
}

/// Why a file lists nothing.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum OpmlError {
    /// Another file.
    #[error("this is not OPML: it has no <opml> or <outline>")]
    NotOpml,
    /// Folders and other things only.
    #[error("it lists no feeds: no <outline> has an xmlUrl")]
    Empty,
}

/// The sources that a file lists, each once, and the lines that are no source, in words.
pub fn parse(bytes: &[u8]) -> Result<(Vec<Outline>, Vec<String>), OpmlError> {
    let document = repair::repair(&decode::decode(bytes, None).text);
    let mut reader = Reader::from_str(&document);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut is_opml = false;
    let mut outlines: Vec<Outline> = Vec::new();
    let mut left = Vec::new();
    let mut seen: HashMap<Url, Vec<(SourceType, Selectors)>> = HashMap::new();
    let mut is_new = |found: &Outline| {
        let known = seen.entry(found.url.clone()).or_default();
        let read = (found.kind, found.selectors.clone());
        let is_new = !known.contains(&read);
        known.push(read);
        is_new
    };
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name().as_ref().to_ascii_lowercase();
                is_opml |= matches!(name.as_str(), "opml" | "outline");
                if name == "outline" && outlines.len() < MAX_OUTLINES {
                    match outline(&tag) {
                        Some(Ok(found)) if is_new(&found) => outlines.push(found),
                        Some(Err(why)) => left.push(why),
                        _ => {}
                    }
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    match (is_opml, outlines.is_empty() && left.is_empty()) {
        (false, _) => Err(OpmlError::NotOpml),
        (true, true) => Err(OpmlError::Empty),
        (true, false) => Ok((outlines, left)),
    }
}

/// `None` for a folder.
fn outline(tag: &BytesStart) -> Option<Result<Outline, String>> {
    let attributes = attributes(tag);
    let get =
        |name: &str| attributes.get(name).map(|value| text::squeeze(value)).filter(|value| !value.is_empty());
    let own = get("kind").and_then(|kind| SourceType::parse(&kind));
    let address = match own {
        Some(_) => get("xmlurl").or_else(|| get("url"))?,
        None => get("xmlurl")?,
    };
    let url = match Url::parse(&address) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => url,
        _ => return Some(Err(format!("{address}: not an http or https address"))),
    };
    let host = url.host_str().unwrap_or_default();
    let name = get("title").or_else(|| get("text")).unwrap_or_else(|| host.to_owned());
    let selectors = match attributes.get("selectors").map(|json| serde_json::from_str(json)) {
        None => Selectors::default(),
        Some(Ok(selectors)) => selectors,
        Some(Err(error)) => return Some(Err(format!("{address}: its selectors can't be read: {error}"))),
    };
    Some(Ok(Outline {
        name: text::shorten(&name, text::MAX_TITLE),
        kind: own.unwrap_or(SourceType::Feed),
        outlet: get("outlet"),
        selectors,
        url,
    }))
}

/// A file that lists these sources.
pub fn write(outlines: &[Outline]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\" xmlns:tidings=\"{NAMESPACE}\">\n  \
         <head><title>Tidings: sources</title></head>\n  <body>\n"
    );
    for outline in outlines {
        let mut line = String::from("    <outline");
        let mut add = |name: &str, value: &str| line.push_str(&format!(" {name}=\"{}\"", escape(value)));
        let (kind, address) =
            if outline.kind == SourceType::Feed { ("rss", "xmlUrl") } else { ("link", "url") };
        add("type", kind);
        add("text", &outline.name);
        add("title", &outline.name);
        add(address, outline.url.as_str());
        add("tidings:kind", outline.kind.as_str());
        if let Some(outlet) = &outline.outlet {
            add("tidings:outlet", outlet);
        }
        if outline.selectors != Selectors::default()
            && let Ok(selectors) = serde_json::to_string(&outline.selectors)
        {
            add("tidings:selectors", &selectors);
        }
        out.push_str(&line);
        out.push_str("/>\n");
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let feed = Outline {
            name: "Bay \"Post\" & <Sons>".into(),
            url: Url::parse("https://bay.example/rss?a=1&b=2").unwrap(),
            kind: SourceType::Feed,
            outlet: None,
            selectors: Selectors::default(),
        };
        let listing = Outline {
            name: "Port".into(),
            url: Url::parse("https://port.example/press").unwrap(),
            kind: SourceType::Listing,
            outlet: Some("Port Authority".into()),
            selectors: Selectors {
                item: Some("li > a[href*=\"x\"]".into()),
                exclude: vec!["a&b".into()],
                ..Selectors::default()
            },
        };
        let sources = vec![feed, listing];
        assert_eq!(parse(write(&sources).as_bytes()), Ok((sources, vec![])));
    }

    #[test]
    fn other_readers_files_are_read_as_they_come() {
        let (found, left) = parse(
            b"<?xml version='1.0' encoding='ISO-8859-1'?><!DOCTYPE opml><opml><head><title>caf&eacute;</title></head><body>
              <outline text='World'><outline title='Caf\xe9' xmlurl='http://a.example/?x=1&y=2' type='RSS'>
              <outline text='No title' xmlUrl='http://b.example/feed'/><outline text='Twice' xmlUrl='http://b.example/feed'/>
              <outline xmlUrl='https://c.example/'/><outline text='Mail' xmlUrl='mailto:x@example.org'/>
              <outline text='A page' type='link' url='https://d.example/'/></outline>",
        )
        .unwrap();
        let found: Vec<_> = found.iter().map(|o| (o.name.as_str(), o.url.as_str())).collect();
        assert_eq!(
            found,
            [
                ("Caf\u{e9}", "http://a.example/?x=1&y=2"),
                ("No title", "http://b.example/feed"),
                ("c.example", "https://c.example/")
            ]
        );
        assert_eq!(left, ["mailto:x@example.org: not an http or https address"]);
        assert_eq!(parse(b"<html></html>"), Err(OpmlError::NotOpml));
        assert_eq!(parse(b"<opml><body><outline text='Empty folder'/></body></opml>"), Err(OpmlError::Empty));
    }
}

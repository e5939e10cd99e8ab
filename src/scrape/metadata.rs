//! What a page states for machines: headline, authors, dates, canonical URL.
//!
//! By JSON-LD, `<meta>` (OpenGraph and its kin) and `<link>`. Total: what is malformed states nothing.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::{depth, text};

/// Longest tag that is looked at, in bytes.
const MAX_TAG: usize = 2_000;
/// Longest JSON-LD block that is read, in bytes.
const MAX_LINKED: usize = 512 << 10;
/// JSON-LD's objects nest no deeper where an article's are.
const MAX_DEPTH: usize = 8;
/// Objects of JSON-LD that are looked at.
const MAX_OBJECTS: usize = 1_000;

/// A tag with its attributes.
#[derive(Debug)]
pub struct Tag {
    /// Lower-case name.
    pub name: String,
    /// Lower-case names with resolved values, in their order.
    pub attributes: Vec<(String, String)>,
    /// Where it ends in the page.
    pub end: usize,
}

impl Tag {
    /// An attribute's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What a page states.
#[derive(Debug, Default)]
pub struct Metadata {
    /// `<meta>` and `<time>` tags, and with them `<link>`.
    pub tags: Vec<Tag>,
    /// Headline.
    pub title: Option<String>,
    /// Names of its authors.
    pub author: Option<String>,
    /// Dates of publication by JSON-LD, as they stand there.
    pub dates: Vec<String>,
    /// Canonical URL, as it stands there.
    pub url: Option<String>,
    /// The site's name.
    pub site: Option<String>,
}

impl Metadata {
    /// The headline: the one that was found in the page or else the stated one, without the site's name beside it.
    pub fn headline(&self, found: Option<String>, site: &str) -> Option<String> {
        let title = found.or_else(|| self.title.clone())?;
        // What a page states for sharing is often the same without the site's name.
        let stated = self.title.as_deref().filter(|stated| stated.split(' ').count() >= 3);
        if let Some(stated) = stated.filter(|stated| beside(&title, stated).is_some()) {
            return Some(stated.to_owned());
        }
        let site = self.site.as_deref().unwrap_or(site);
        let bare = beside(&title, site).map(str::to_owned);
        Some(bare.unwrap_or(title))
    }
}

/// What stands in a title beside `part`, where a sign parts the two.
fn beside<'a>(title: &'a str, part: &str) -> Option<&'a str> {
    const PARTING: [char; 7] = ['|', '-', '–', '—', '·', '•', ':'];
    let before = title.strip_suffix(part).filter(|rest| rest.trim_end().ends_with(PARTING));
    let behind = || title.strip_prefix(part).filter(|rest| rest.trim_start().starts_with(PARTING));
    let rest = before.or_else(behind)?.trim_matches(|c: char| c.is_whitespace() || PARTING.contains(&c));
    (!part.is_empty() && !rest.is_empty()).then_some(rest)
}

/// Reads what the page states.
pub fn read(html: &str) -> Metadata {
    static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)<(?:meta|time|link)\s").ok());
    let starts = TAG.as_ref().into_iter().flat_map(|regex| regex.find_iter(html));
    let tags: Vec<Tag> = starts.filter_map(|found| tag(html, found.start())).collect();
    let mut found = Metadata::default();
    let linked = linked(html);
    let by_id: HashMap<&str, &Value> = linked
        .iter()
        .filter(|object| object["name"].is_string())
        .filter_map(|object| Some((object["@id"].as_str()?, object)))
        .collect();
    for article in linked.iter().filter(|object| is_article(object)) {
        let words = |name: &str| article[name].as_str().map(text::plain).filter(|words| !words.is_empty());
        found.title = found.title.or_else(|| words("headline"));
        found.author = found.author.or_else(|| authors(&article["author"], &by_id));
        found.dates.extend(article["datePublished"].as_str().map(str::to_owned));
        found.url = found.url.or_else(|| url_of(article));
    }
    let meta = |names: &[&str]| {
        let named = |tag: &&Tag| {
            let name = tag.get("property").or(tag.get("name")).unwrap_or_default();
            names.iter().any(|known| known.eq_ignore_ascii_case(name))
        };
        let content = tags.iter().find(named).and_then(|tag| tag.get("content"));
        content.map(text::squeeze).filter(|content| !content.is_empty())
    };
    let is_canonical = |tag: &&Tag| tag.get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
    let canonical = tags.iter().find(is_canonical).and_then(|tag| tag.get("href")).map(str::to_owned);
    found.url = canonical.or_else(|| meta(&["og:url"])).or(found.url);
    found.title = meta(&["og:title", "twitter:title"]).or(found.title);
    found.site = meta(&["og:site_name", "application-name"]);
    let author =
        found.author.or_else(|| meta(&["author", "parsely-author", "sailthru.author", "dc.creator"]));
    found.author = author.map(|author| author.trim_start_matches("By ").to_owned());
    found.tags = tags;
    found
}

/// The tag that begins at `start`.
pub fn tag(html: &str, start: usize) -> Option<Tag> {
    static ATTRIBUTE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"([A-Za-z:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"#).ok());
    let end = start + html.as_bytes()[start..].iter().take(MAX_TAG).position(|byte| *byte == b'>')? + 1;
    let whole = &html[start..end];
    let name = whole[1..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let attributes = ATTRIBUTE.as_ref()?.captures_iter(whole).map(|part| {
        let value = part.get(2).or(part.get(3)).or(part.get(4)).map_or("", |value| value.as_str());
        (part[1].to_ascii_lowercase(), text::unescape(value))
    });
    Some(Tag { name: name.to_ascii_lowercase(), attributes: attributes.collect(), end })
}

/// All objects in the page's JSON-LD, those within others too.
fn linked(html: &str) -> Vec<Value> {
    let mut objects = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find("ld+json") {
        rest = &rest[at..];
        let Some(start) = rest.find('>') else { break };
        rest = &rest[start + 1..];
        let end = depth::end_of(rest, "script");
        let json = rest[..end].trim();
        rest = &rest[end..];
        if json.len() > MAX_LINKED {
            continue;
        }
        // Publishers leave bare line ends within strings.
        let value = serde_json::from_str(json)
            .or_else(|_| serde_json::from_str(&json.replace(|c: char| c.is_control(), " ")));
        if let Ok(value) = value {
            collect(value, 0, &mut objects);
        }
    }
    objects
}

fn collect(value: Value, depth: usize, into: &mut Vec<Value>) {
    if depth > MAX_DEPTH || into.len() >= MAX_OBJECTS {
        return;
    }
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| collect(value, depth + 1, into)),
        Value::Object(ref fields) => {
            for inner in ["@graph", "mainEntity", "mainEntityOfPage", "author"] {
                if let Some(inner) = fields.get(inner).filter(|inner| inner.is_object() || inner.is_array()) {
                    collect(inner.clone(), depth + 1, into);
                }
            }
            into.push(value);
        }
        _ => {}
    }
}

fn is_article(object: &Value) -> bool {
    let is = |kind: &Value| {
        kind.as_str()
            .is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report")
    };
    is(&object["@type"]) || object["@type"].as_array().is_some_and(|kinds| kinds.iter().any(is))
}

/// Authors' names: a text, a person, a person of that id elsewhere, or a list of these.
fn authors(value: &Value, by_id: &HashMap<&str, &Value>) -> Option<String> {
    fn names<'a>(value: &'a Value, by_id: &HashMap<&str, &'a Value>, into: &mut Vec<&'a str>) {
        match value {
            Value::String(name) => into.push(name),
            Value::Array(values) => values.iter().for_each(|value| names(value, by_id, into)),
            Value::Object(fields) => {
                let person = match fields.get("@id").and_then(Value::as_str) {
                    Some(id) if !fields.contains_key("name") => by_id.get(id).copied().unwrap_or(value),
                    _ => value,
                };
                // The publisher itself is no byline.
                if !person["@type"].as_str().is_some_and(|kind| kind.ends_with("Organization")) {
                    into.extend(person["name"].as_str());
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    names(value, by_id, &mut found);
    let mut found: Vec<String> =
        found.into_iter().map(text::plain).filter(|name| !name.is_empty() && !name.contains("://")).collect();
    found.dedup();
    (!found.is_empty()).then(|| found.join("; "))
}

fn url_of(article: &Value) -> Option<String> {
    let page = &article["mainEntityOfPage"];
    let url = page.as_str().or_else(|| page["@id"].as_str()).or_else(|| article["url"].as_str())?;
    url.starts_with("http").then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_found_wherever_json_ld_has_it() {
        let page = r#"<script type="application/ld+json">{"@graph": [
            {"@type": "Person", "@id": "/ada", "name": "Ada &amp; Co"},
            {"@type": ["NewsArticle"], "headline": "Pier
              opens", "datePublished": "2031-03-01", "author": [{"@id": "/ada"}, {"name": "Bo Lind"}],
             "mainEntityOfPage": {"@id": "https://bay.example/pier"}}]}</script>
            <script type="application/ld+json">{"broken": </script>"#;
        let stated = read(page);
        assert_eq!(stated.title.as_deref(), Some("Pier opens"));
        assert_eq!(stated.author.as_deref(), Some("Ada & Co; Bo Lind"));
        assert_eq!(stated.dates, ["2031-03-01"]);
        assert_eq!(stated.url.as_deref(), Some("https://bay.example/pier"));
    }

    #[test]
    fn a_publisher_is_no_author_and_opengraph_goes_before_json_ld() {
        let page = r#"<meta content='Pier opens &#8211; at last' property="og:title"><meta name=author content="">
            <meta property=og:url content=https://bay.example/p><meta property="og:site_name" content="Bay News">
            <script type='application/ld+json'>{"@type": "Article", "headline": "Pier", "url": "https://bay.example/q",
            "author": {"@type": "Organization", "name": "Bay News"}}</script>"#;
        let stated = read(page);
        assert_eq!(stated.title.as_deref(), Some("Pier opens – at last"));
        assert_eq!(stated.url.as_deref(), Some("https://bay.example/p"));
        assert_eq!((stated.author, stated.site.as_deref()), (None, Some("Bay News")));
        assert_eq!(read("<meta name=author content='By Ada Morn'>").author.as_deref(), Some("Ada Morn"));
    }

    #[test]
    fn nested_json_ld_ends() {
        let deep = format!("<script type=application/ld+json>{}", "[".repeat(100_000));
        assert_eq!(read(&(deep.clone() + "</script>")).title, None);
        let wide = "<script type='application/ld+json'>".repeat(20_000);
        assert_eq!(read(&wide).title, None);
    }
}

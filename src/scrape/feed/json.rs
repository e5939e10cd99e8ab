//! JSON Feed 1.0 and 1.1.

use serde_json::Value;
use url::Url;

use crate::model::Listing;
use crate::scrape::{dates, text};

use super::{Digest, Draft, FeedError, MAX_ENTRIES, filled, resolve};

/// Reads a JSON feed; relative links stand against `base`.
pub fn parse(document: &str, base: Option<&Url>) -> Result<Listing, FeedError> {
    let feed: Value = serde_json::from_str(document).map_err(|error| FeedError::Json(error.to_string()))?;
    let items = feed.get("items").and_then(Value::as_array).ok_or(FeedError::NotAFeed)?;
    let entries = items.iter().take(MAX_ENTRIES).map(|item| draft(item, base).finish(digest(item))).collect();
    Ok(Listing { title: string(&feed, "title").map(|title| text::squeeze(&title)).and_then(filled), entries })
}

fn draft(item: &Value, base: Option<&Url>) -> Draft {
    let link = string(item, "url").or_else(|| string(item, "external_url"));
    let words = ["summary", "content_text"].iter().find_map(|key| string(item, key));
    let summary = match words.and_then(|words| filled(text::squeeze(&words))) {
        Some(words) => Some(words),
        None => string(item, "content_html").and_then(|html| filled(text::plain(&html))),
    };
    let dates = ["date_published", "date_modified"];
    Draft {
        id: string(item, "id").and_then(filled),
        link: link.and_then(|link| resolve(&link, base)),
        title: string(item, "title").map(|title| text::squeeze(&title)).and_then(filled),
        summary,
        published: dates.iter().find_map(|key| dates::parse(&string(item, key)?)),
    }
}

/// A string, or a number where a publisher gives numbers as ids.
fn string(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn digest(item: &Value) -> Digest {
    let mut digest = Digest::default();
    digest.add(&item.to_string());
    digest
}

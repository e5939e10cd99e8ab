//! A cheap look at a page before a parser sees it: how deep its tags nest.
//!
//! HTML parsers recurse, or take time that grows with the square of the depth; no article nests 500 deep.

use std::collections::HashMap;

/// Deepest nesting that a parser gets to see.
const MAX_DEPTH: usize = 500;

/// A page that no parser should see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the page's tags nest more than {MAX_DEPTH} deep")]
pub struct TooDeep;

/// Elements without an end tag, or whose end is implied by the next one of their kind: they don't pile up.
const FLAT: [&str; 32] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option",
    "optgroup", "html", "head", "body", "a", "nobr",
];

/// Counts open elements per name, so that stray end tags don't hide a nest.
pub fn check(html: &str) -> Result<(), TooDeep> {
    let bytes = html.as_bytes();
    let mut open: HashMap<String, usize> = HashMap::new();
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|b| *b == b'<') {
        at += found + 1;
        let Some(&next) = bytes.get(at) else { break };
        if bytes[at..].starts_with(b"!--") {
            at += html[at..].find("-->").unwrap_or(html.len() - at);
            continue;
        }
        let closes = next == b'/';
        let start = at + usize::from(closes);
        let length = bytes[start..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        if length == 0 || !bytes[start].is_ascii_alphabetic() {
            continue;
        }
        let name = html[start..start + length].to_ascii_lowercase();
        at = start + length;
        if FLAT.contains(&name.as_str()) {
            continue;
        }
        if closes {
            if let Some(count) = open.get_mut(&name).filter(|count| **count > 0) {
                *count -= 1;
                depth -= 1;
            }
            continue;
        }
        if matches!(name.as_str(), "script" | "style" | "textarea" | "title") {
            at += end_of(&html[at..], &name);
            continue;
        }
        depth += 1;
        *open.entry(name).or_default() += 1;
        if depth > MAX_DEPTH {
            return Err(TooDeep);
        }
    }
    Ok(())
}

/// Where raw text ends: at its own end tag, whatever stands before it.
fn end_of(html: &str, name: &str) -> usize {
    html.match_indices("</")
        .find(|(at, _)| {
            html.as_bytes()
                .get(at + 2..at + 2 + name.len())
                .is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
        })
        .map_or(html.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deep_nest_is_told_from_a_long_page() {
        assert_eq!(check(&"<div>".repeat(501)), Err(TooDeep));
        assert_eq!(check(&"<b></i>".repeat(501)), Err(TooDeep));
        assert_eq!(check(&"<div><p>x<br></div>".repeat(100_000)), Ok(()));
        assert_eq!(check(&"<p>x".repeat(100_000)), Ok(()));
        assert_eq!(check(&format!("<script>{}</script>", "'<div>'".repeat(1000))), Ok(()));
        assert_eq!(check("<"), Ok(()));
    }
}

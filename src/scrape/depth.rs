//! A cheap look at a page before a parser sees it: how deep its tags nest.
//!
//! HTML parsers recurse, or take time that grows with the square of the depth; no article nests 500 deep.

use std::collections::HashMap;

/// Deepest nesting that a parser gets to see.
const MAX_DEPTH: usize = 500;

/// Attributes of one tag that are looked at.
const MAX_ATTRIBUTES: usize = 50;

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

/// Elements of [`FLAT`] that end an `<svg>` or `<math>` they stand in; the others nest there as any does.
const NEVER_FOREIGN: [&str; 12] =
    ["br", "embed", "hr", "img", "meta", "p", "li", "dt", "dd", "head", "body", "nobr"];

/// Counts open elements per name, so that stray end tags don't hide a nest.
pub fn check(html: &str) -> Result<(), TooDeep> {
    let bytes = html.as_bytes();
    let mut open: HashMap<String, usize> = HashMap::new();
    let mut depth = 0usize;
    // Open `<svg>` and `<math>`.
    let mut foreign = 0usize;
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
        let is_flat = FLAT.contains(&name.as_str());
        if is_flat && (foreign == 0 || NEVER_FOREIGN.contains(&name.as_str())) {
            continue;
        }
        let is_root = matches!(name.as_str(), "svg" | "math");
        if closes {
            if let Some(count) = open.get_mut(&name).filter(|count| **count > 0) {
                *count -= 1;
                depth -= 1;
                foreign -= usize::from(is_root);
            }
            continue;
        }
        if (foreign > 0 || is_root) && self_closes(&html[at..]) {
            continue;
        }
        foreign += usize::from(is_root);
        if foreign == 0 && matches!(name.as_str(), "script" | "style" | "textarea" | "title") {
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

/// Whether a tag's attributes, quoted as they should be, end in `/>`: in `<svg>` and `<math>` that ends it.
fn self_closes(attributes: &str) -> bool {
    let mut rest = attributes;
    for _ in 0..MAX_ATTRIBUTES {
        let trimmed = rest.trim_ascii_start();
        if trimmed.starts_with("/>") {
            return true;
        }
        let name = trimmed.bytes().take_while(|b| b.is_ascii_alphanumeric() || b":_-.".contains(b)).count();
        let spaced = name > 0 && trimmed.len() < rest.len();
        let Some(value) = trimmed[name..].strip_prefix('=').filter(|_| spaced) else { return false };
        let Some(quote @ ('"' | '\'')) = value.chars().next() else { return false };
        let Some((_, after)) = value[1..].split_once(quote) else { return false };
        rest = after;
    }
    false
}

/// Where raw text ends: at its own end tag, whatever stands before it.
pub(super) fn end_of(html: &str, name: &str) -> usize {
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

    #[test]
    fn in_a_drawing_all_elements_nest_but_those_that_end_at_once() {
        assert_eq!(check(&format!("<svg>{}", "<a>".repeat(501))), Err(TooDeep));
        assert_eq!(check(&format!("<math>{}", "<tr>".repeat(501))), Err(TooDeep));
        assert_eq!(check(&format!("<svg><style>{}", "<g>".repeat(501))), Err(TooDeep));
        assert_eq!(check(&format!("<svg>{}", "<g a=b/>".repeat(501))), Err(TooDeep));
        assert_eq!(check(&format!("<svg>{}</svg>", "<path d='M0 0'/>".repeat(1000))), Ok(()));
        assert_eq!(check(&"<svg><a><path d=\"M0\" /></a></svg><td>x".repeat(1000)), Ok(()));
    }
}

//! A cheap look at a page before a parser sees it: how deep its tags nest, and how many there are.
//!
//! HTML parsers recurse, or take time that grows with the square of the depth or of a tag's attributes, and some
//! kilobytes an element. No article nests 500 deep; of real pages hardly one has two thousand elements.

use std::collections::HashMap;

/// Deepest nesting that a parser gets to see.
const MAX_DEPTH: usize = 500;
/// Most elements.
const MAX_ELEMENTS: usize = 15_000;
/// Most attributes of one tag.
const MAX_ATTRIBUTES: usize = 500;

/// Why no parser should see a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Nested too deep.
    #[error("the page's tags nest more than {MAX_DEPTH} deep")]
    TooDeep,
    /// Too many elements.
    #[error("the page has more than {MAX_ELEMENTS} elements")]
    TooMany,
    /// A tag with too many attributes.
    #[error("a tag of the page has more than {MAX_ATTRIBUTES} attributes")]
    TooWide,
}

/// Elements without an end tag, or whose end is implied by the next one of their kind: they don't pile up.
const FLAT: [&str; 32] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option",
    "optgroup", "html", "head", "body", "a", "nobr",
];

/// Elements of [`FLAT`] that end an `<svg>` or `<math>` they stand in; the others nest there as any does.
const NEVER_FOREIGN: [&str; 12] =
    ["br", "embed", "hr", "img", "meta", "p", "li", "dt", "dd", "head", "body", "nobr"];

/// Elements of a drawing that hold no HTML.
const DRAWN: [&str; 22] = [
    "svg",
    "g",
    "path",
    "use",
    "circle",
    "rect",
    "line",
    "polygon",
    "polyline",
    "ellipse",
    "stop",
    "defs",
    "symbol",
    "lineargradient",
    "radialgradient",
    "clippath",
    "mask",
    "text",
    "tspan",
    "image",
    "a",
    "math",
];

/// Counts open elements per name, so that stray end tags don't hide a nest.
pub fn check(html: &str) -> Result<(), Unfit> {
    let bytes = html.as_bytes();
    let mut open: HashMap<String, usize> = HashMap::new();
    let mut depth = 0usize;
    let mut elements = 0usize;
    // Open `<svg>` and `<math>`.
    let mut foreign = 0usize;
    let mut mixed = false;
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|b| *b == b'<') {
        at += found + 1;
        let Some(&next) = bytes.get(at) else { break };
        // A comment and a bare `<` are nodes too.
        elements += usize::from(next != b'/');
        if elements > MAX_ELEMENTS {
            return Err(Unfit::TooMany);
        }
        if bytes[at..].starts_with(b"!--") {
            at += comment(&bytes[at..]);
            continue;
        }
        let closes = next == b'/';
        let start = at + usize::from(closes);
        if !bytes.get(start).is_some_and(u8::is_ascii_alphabetic) {
            if matches!(next, b'/' | b'!' | b'?') {
                at += bytes[at..].iter().position(|b| *b == b'>').unwrap_or(bytes.len() - at);
            }
            continue;
        }
        let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
        let length = bytes[start..].iter().position(ends).unwrap_or(bytes.len() - start);
        let name = html[start..start + length].to_ascii_lowercase();
        let Tag { length: tag, at_once, attributes } = tag_end(&bytes[start + length..]);
        at = start + length + tag;
        if attributes > MAX_ATTRIBUTES {
            return Err(Unfit::TooWide);
        }
        // HTML within a drawing does not end by `/>`: from there on all is counted.
        mixed |= foreign > 0 && !DRAWN.contains(&name.as_str());
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
        if at_once && (is_root || foreign > 0 && !mixed) {
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
            return Err(Unfit::TooDeep);
        }
    }
    Ok(())
}

/// Where a comment ends that starts at its `!--`.
fn comment(bytes: &[u8]) -> usize {
    let ends = |(at, four): (usize, &[u8])| at > 0 && four.starts_with(b"-->") || at > 2 && four == b"--!>";
    bytes.windows(4).enumerate().position(ends).unwrap_or(bytes.len())
}

/// What follows a tag's name.
struct Tag {
    /// Bytes up to its end.
    length: usize,
    /// It ends by `/>`.
    at_once: bool,
    attributes: usize,
}

/// Where a tag ends, from behind its name on; a `>` within quotes is no end.
fn tag_end(bytes: &[u8]) -> Tag {
    let past = |at: usize, until: &dyn Fn(u8) -> bool| {
        bytes[at..].iter().position(|b| until(*b)).map_or(bytes.len(), |found| at + found)
    };
    let mut at = 0;
    let mut attributes = 0;
    loop {
        at = past(at, &|b| !b.is_ascii_whitespace() && b != b'/');
        if at == bytes.len() || bytes[at] == b'>' {
            return Tag { length: at, at_once: at > 0 && bytes[at - 1] == b'/', attributes };
        }
        attributes += 1;
        // A name may begin with `=`.
        at = past(at + 1, &|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'='));
        let value = past(at, &|b| !b.is_ascii_whitespace());
        if bytes.get(value) != Some(&b'=') {
            continue;
        }
        at = past(value + 1, &|b| !b.is_ascii_whitespace());
        match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => at = (past(at + 1, &|b| b == *quote) + 1).min(bytes.len()),
            _ => {
                at = past(at, &|b| b.is_ascii_whitespace() || b == b'>');
                if bytes.get(at) == Some(&b'>') {
                    return Tag { length: at, at_once: false, attributes };
                }
            }
        }
    }
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
        assert_eq!(check(&"<div>".repeat(501)), Err(Unfit::TooDeep));
        assert_eq!(check(&"<b></i>".repeat(501)), Err(Unfit::TooDeep));
        assert_eq!(check(&"<div><p>x<br></div>".repeat(5_000)), Ok(()));
        assert_eq!(check(&"<p>x".repeat(15_000)), Ok(()));
        assert_eq!(check(&format!("<script>{}</script>", "'<div>'".repeat(1000))), Ok(()));
        assert_eq!(check("<"), Ok(()));
    }

    #[test]
    fn a_page_of_too_many_elements_or_attributes_is_not_parsed() {
        assert_eq!(check(&"<p>x</p>".repeat(15_001)), Err(Unfit::TooMany));
        assert_eq!(check(&"< ".repeat(15_001)), Err(Unfit::TooMany));
        let attributes: String = (0..501).map(|at| format!(" a{at}=1")).collect();
        assert_eq!(check(&format!("<p{attributes}>")), Err(Unfit::TooWide));
        assert_eq!(check(&format!("<p class='{}'>", "x ".repeat(100_000))), Ok(()));
    }

    #[test]
    fn in_a_drawing_all_elements_nest_but_those_that_end_at_once() {
        assert_eq!(check(&format!("<svg>{}", "<a>".repeat(501))), Err(Unfit::TooDeep));
        assert_eq!(check(&format!("<math>{}", "<tr>".repeat(501))), Err(Unfit::TooDeep));
        assert_eq!(check(&format!("<svg><style>{}", "<g>".repeat(501))), Err(Unfit::TooDeep));
        assert_eq!(check(&format!("<svg>{}", "<g a=b/>".repeat(501))), Err(Unfit::TooDeep));
        assert_eq!(check(&format!("<svg><p>{}", "<g/>".repeat(501))), Err(Unfit::TooDeep));
        assert_eq!(check(&format!("<svg>{}</svg>", "<path d='M0 0'/>".repeat(1000))), Ok(()));
        assert_eq!(check(&"<svg><a><path d=\"M0\" /></a></svg><td>x".repeat(1000)), Ok(()));
    }

    #[test]
    fn an_end_tag_that_is_none_does_not_hide_a_nest() {
        for open in ["<div a='</div>'>", "<div><!--!></div>-->", "<div><?</div>", "<div=></div>"] {
            assert_eq!(check(&open.repeat(501)), Err(Unfit::TooDeep), "{open}");
        }
        assert_eq!(check(&"<div a=b/ c = '>' d><!-- <div> --></div>".repeat(1000)), Ok(()));
        assert_eq!(check("<div a='"), Ok(()));
        assert_eq!(check("<div a="), Ok(()));
    }
}

//! A cheap look at a page before a parser sees it: how deep its tags nest, and how many there are.
//!
//! HTML parsers recurse, or take time that grows with the square of the depth or of a tag's attributes, and some
//! kilobytes an element. No article nests 500 deep; of real pages hardly one has two thousand elements.
//! What holds no words is left out on the way: it is half of a page, and a parser that takes such a place for
//! another sees no tag in it that was not counted.

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
const FLAT: [&str; 31] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option", "html",
    "head", "body", "a", "nobr",
];

/// Elements of [`FLAT`] that end an `<svg>` or `<math>` they stand in; the others nest there as any does.
const NEVER_FOREIGN: [&str; 12] =
    ["br", "embed", "hr", "img", "meta", "p", "li", "dt", "dd", "head", "body", "nobr"];

/// Elements within which an end tag ends nothing that was opened outside.
const WALLS: [&str; 8] = ["table", "select", "template", "object", "applet", "marquee", "svg", "math"];

/// Items of lists end only those of their own kind: one after another kind may nest, and counts for so many elements.
const ITEM_WEIGHT: usize = 15;

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

/// Elements whose content is no markup, and of no use here.
const WORDLESS: [&str; 7] = ["script", "style", "iframe", "noembed", "noframes", "noscript", "xmp"];

/// Bytes in which the end of a comment is looked for behind a script's end tag in it.
const LONGEST_COMMENT: usize = 8_000;

/// Elements that a parser opens anew behind what ended while they were open.
const REOPENED: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Of tags that are the same to the letter, so many are opened anew.
const ALIKE: usize = 3;
/// Deepest nesting within such an element that its end tag is sure to end.
const CROSSED: usize = 3;

/// The page without comments and elements without words, if it can hurt no parser: each `<` of it is a tag's that was
/// counted. Open elements are counted per name, so that stray end tags don't hide a nest.
pub fn bare(html: &str) -> Result<String, Unfit> {
    let bytes = html.as_bytes();
    let mut bare = String::with_capacity(html.len());
    let mut kept = 0;
    let mut replace = |from: usize, to: usize, by: &str| {
        bare.push_str(&html[kept..from]);
        bare.push_str(by);
        kept = to;
    };
    let mut open: HashMap<(usize, String), usize> = HashMap::new();
    // Open elements of `WALLS`: their names, and where they began.
    let mut walls: Vec<(String, usize)> = Vec::new();
    let mut depth = 0usize;
    // Of the depth, what is not of `REOPENED`.
    let mut blocks = 0usize;
    let mut elements = 0usize;
    // Open `<svg>` and `<math>`.
    let mut foreign = 0usize;
    let mut mixed = false;
    let mut reopened = Reopened::default();
    let mut in_paragraph = false;
    let mut item_is_li = None;
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|b| *b == b'<') {
        let tag_start = at + found;
        at = tag_start + 1;
        let Some(&next) = bytes.get(at) else { break };
        // A comment and a bare `<` count too.
        elements += usize::from(next != b'/');
        if elements > MAX_ELEMENTS {
            return Err(Unfit::TooMany);
        }
        if bytes[at..].starts_with(b"!--") {
            at += comment(&bytes[at..]);
            replace(tag_start, at, "");
            continue;
        }
        let closes = next == b'/';
        let start = at + usize::from(closes);
        if !bytes.get(start).is_some_and(u8::is_ascii_alphabetic) {
            if matches!(next, b'/' | b'!' | b'?') {
                let is_doctype = bytes.get(at..at + 8).is_some_and(|b| b.eq_ignore_ascii_case(b"!doctype"));
                at += bytes[at..].iter().position(|b| *b == b'>').map_or(bytes.len() - at, |end| end + 1);
                if !is_doctype {
                    replace(tag_start, at, "");
                }
            } else {
                replace(tag_start, at, "&lt;");
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
        let is_wordless = WORDLESS.contains(&name.as_str());
        if !closes && (is_wordless || matches!(name.as_str(), "title" | "textarea")) {
            let content = (at + 1).min(bytes.len());
            if at_once && foreign > 0 {
                at = content;
                replace(tag_start, at, "");
                continue;
            }
            at = content + end_of(&html[content..], &name);
            if is_wordless {
                // Its end tag goes with it: what stands empty in a sentence breaks the sentence off.
                let behind = (at + 2 + name.len()).min(bytes.len());
                at = (behind + tag_end(&bytes[behind..]).length + 1).min(bytes.len());
                replace(tag_start, at, "");
            } else {
                replace(content, at, &html[content..at].replace('<', "&lt;"));
            }
            continue;
        }
        // These end tags stand for an element where there is none to end.
        elements += usize::from(closes && (name == "br" || name == "p" && !in_paragraph));
        if name == "p" {
            in_paragraph = !closes;
        }
        if !closes && matches!(name.as_str(), "li" | "dt" | "dd") {
            let is_li = name == "li";
            elements += usize::from(item_is_li.replace(is_li) == Some(!is_li)) * ITEM_WEIGHT;
        }
        let is_reopened = REOPENED.contains(&name.as_str());
        if is_reopened {
            reopened.meet(&name, &html[tag_start..at], closes, blocks);
        }
        elements += reopened.open.len();
        // HTML within a drawing does not end by `/>`: from there on all is counted.
        mixed |= foreign > 0 && !DRAWN.contains(&name.as_str());
        let is_flat = FLAT.contains(&name.as_str());
        if is_flat && (foreign == 0 || NEVER_FOREIGN.contains(&name.as_str())) {
            continue;
        }
        let is_root = matches!(name.as_str(), "svg" | "math");
        let is_wall = WALLS.contains(&name.as_str());
        if closes {
            if let Some(wall) = walls.iter().rposition(|(wall, _)| *wall == name) {
                walls.truncate(wall);
            }
            let within = walls.last().map_or(0, |(_, start)| *start);
            if let Some(count) = open.get_mut(&(within, name)).filter(|count| **count > 0) {
                *count -= 1;
                depth -= 1;
                blocks -= usize::from(!is_reopened);
                foreign -= usize::from(is_root);
            }
            continue;
        }
        if at_once && (is_root || foreign > 0 && !mixed) {
            continue;
        }
        foreign += usize::from(is_root);
        depth += 1;
        blocks += usize::from(!is_reopened);
        let within = walls.last().map_or(0, |(_, start)| *start);
        if is_wall {
            walls.push((name.clone(), at));
        }
        *open.entry((within, name)).or_default() += 1;
        if depth > MAX_DEPTH {
            return Err(Unfit::TooDeep);
        }
    }
    replace(bytes.len(), bytes.len(), "");
    Ok(bare)
}

/// Elements of [`REOPENED`] that are open: each may come again behind each tag.
#[derive(Default)]
struct Reopened<'a> {
    /// Their names, their tags, and how deep in others they stand.
    open: Vec<(String, &'a str, usize)>,
}

impl<'a> Reopened<'a> {
    fn meet(&mut self, name: &str, tag: &'a str, closes: bool, blocks: usize) {
        // A link ends the one before it.
        if closes || matches!(name, "a" | "nobr") {
            let last = self.open.iter().rposition(|(open, ..)| open == name);
            // What stands across others may stay open for all that.
            let ended = last.filter(|at| !closes || blocks <= self.open[*at].2 + CROSSED);
            ended.map(|at| self.open.remove(at));
        }
        if !closes && self.open.iter().filter(|(_, open, _)| *open == tag).count() < ALIKE {
            self.open.push((name.to_owned(), tag, blocks));
        }
    }
}

/// Where a comment ends that starts at its `!--`.
fn comment(bytes: &[u8]) -> usize {
    let ends = |(at, four): (usize, &[u8])| match four {
        b"--!>" if at > 2 => Some(at + 4),
        _ => (at > 0 && four.starts_with(b"-->")).then_some(at + 3),
    };
    bytes.windows(4).enumerate().find_map(ends).unwrap_or(bytes.len())
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

/// Where raw text ends: at its own end tag, whatever stands before it. That of a script within a comment of a script
/// ends only the inner one.
pub(super) fn end_of(html: &str, name: &str) -> usize {
    let first = end_tag(html, name);
    if name != "script" {
        return first;
    }
    let comment = html[..first].rfind("<!--").map_or("", |at| &html[at..first]);
    let opens = !comment.contains("-->") && comment.to_ascii_lowercase().contains("<script");
    let near = &html.as_bytes()[first..html.len().min(first + LONGEST_COMMENT)];
    let closes = || near.windows(3).position(|three| three == b"-->").map(|at| first + at);
    match opens.then(closes).flatten() {
        Some(at) => at + end_tag(&html[at..], name),
        None => first,
    }
}

fn end_tag(html: &str, name: &str) -> usize {
    let ends = |at: usize| {
        let (found, behind) = html.as_bytes()[at + 2..].split_at_checked(name.len())?;
        let parted = behind.first().is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
        (parted && found.eq_ignore_ascii_case(name.as_bytes())).then_some(at)
    };
    html.match_indices("</").find_map(|(at, _)| ends(at)).unwrap_or(html.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str) -> Result<(), Unfit> {
        bare(html).map(|_| ())
    }

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
    fn what_a_parser_opens_anew_counts_each_time() {
        let fonts: String = (0..20).map(|at| format!("<font size={at}>")).collect();
        assert_eq!(check(&format!("<p>{fonts}{}", "x<p>".repeat(1000))), Err(Unfit::TooMany));
        assert_eq!(check(&format!("<p>{fonts}{}{}", "</font>".repeat(20), "x<p>".repeat(1000))), Ok(()));
        // Across nine others, they are open still.
        let across = format!("{}{}{}", "<div>".repeat(9), "</font>".repeat(20), "</div>".repeat(9));
        assert_eq!(check(&format!("{fonts}{across}{}", "<div>x</div>".repeat(1000))), Err(Unfit::TooMany));
        assert_eq!(check(&"<font size=2><b><a name=x><p>x".repeat(600)), Err(Unfit::TooDeep));
        assert_eq!(check(&"<a name=x><p>x".repeat(3000)), Ok(()));
        assert_eq!(check(&"<p>x</p></p>".repeat(8_000)), Err(Unfit::TooMany));
        assert_eq!(check(&"x</br>".repeat(16_000)), Err(Unfit::TooMany));
    }

    #[test]
    fn an_end_tag_that_stands_behind_a_wall_does_not_hide_a_nest() {
        for wall in WALLS {
            assert_eq!(
                check(&format!("<div><{wall}></div></{wall}>").repeat(501)),
                Err(Unfit::TooDeep),
                "{wall}"
            );
            assert_eq!(check(&format!("<div><{wall}></{wall}></div>").repeat(1000)), Ok(()), "{wall}");
        }
        assert_eq!(check(&"<li><dd>".repeat(501)), Err(Unfit::TooMany));
        assert_eq!(check(&"<ul><li>x<li>y</ul><dl><dt>x<dd>y</dl>".repeat(400)), Ok(()));
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

    #[test]
    fn what_holds_no_words_is_left_out_and_the_words_behind_it_stay() {
        for (html, expected) in [
            ("<!DOCTYPE html><p>a<!-- <b> -->b<!-->c<!--x--!>d", "<!DOCTYPE html><p>abcd"),
            ("<Script x='>'>'</div>'</scripts></SCRIPT ><p>a", "<p>a"),
            ("<p>a<noscript><img></noscript x='>'> b<script>", "<p>a b"),
            ("a<script><!-- <script>x</script> y --></script>b", "ab"),
            ("a<script>'<!--<script>'</script>b<script>c</script>", "ab"),
            ("a<!-- <script>x</script> --><!-- <style>y</style> -->b", "ab"),
            ("<iframe><p></iframe><style>p{}</style>a", "a"),
            ("<title>1 <b> 2</title>3 < 4 <", "<title>1 &lt;b> 2</title>3 &lt; 4 <"),
            ("<svg><style/><path d='M0'/></svg>a", "<svg><path d='M0'/></svg>a"),
            ("<svg><![CDATA[<b>]]></svg><?x ?>a</ x>é", "<svg>]]></svg>aé"),
        ] {
            assert_eq!(bare(html).as_deref(), Ok(expected), "{html}");
        }
    }

    #[test]
    fn no_place_that_a_parser_takes_for_another_hides_a_nest() {
        let nest = "<div>".repeat(501);
        for hidden in [
            "<iframe><script></iframe>",
            "<xmp><b a='</xmp>",
            "<select><title></select>",
            "<script></scripts><b a='</script>",
            "<svg><p><style><b a='</style>",
            "<select><svg><script/><b a='</script></select>",
        ] {
            let bare = bare(&format!("{hidden}{nest}"));
            let seen =
                bare.as_ref().map_or(0, |bare| scraper::Html::parse_document(bare).tree.nodes().count());
            assert!(seen < 20, "{hidden}: {seen}");
        }
        assert!(!bare("<<!-- -->div>").unwrap().contains("<div"));
    }
}

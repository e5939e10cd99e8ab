//! HTML fragments to plain text: titles and summaries of feeds.
//!
//! Linear in its input and total: whatever the markup is, text comes out. Not for whole pages.

use super::depth;

/// Characters of a headline that are kept.
pub const MAX_TITLE: usize = 500;
/// Characters of a summary that are kept; feeds may carry whole articles in it.
pub const MAX_SUMMARY: usize = 20_000;

/// Plain text of an HTML fragment: tags dropped, entities resolved, white space squeezed.
pub fn plain(html: &str) -> String {
    squeeze(&unescape(&strip_tags(html, " ")))
}

/// Plain text of an HTML fragment, a line a paragraph, heading, list item or table row.
pub fn paragraphs(html: &str) -> String {
    // Line breaks of the source are white space; those of the result come from its elements.
    let text = unescape(&strip_tags(&html.replace(['\n', '\r'], " "), "\n"));
    let lines: Vec<String> = text.lines().map(squeeze).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// Runs of white space to one space, none at the ends.
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Resolves character references once; what is no reference stays as it is.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((resolved, length)) => {
                out.push_str(&resolved);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// At most `max` characters, cut at a word's end where there is one, with an ellipsis if cut.
pub fn shorten(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        None => text.to_owned(),
        Some((end, _)) => {
            let end = text[..end].rfind(' ').unwrap_or(end);
            format!("{}…", text[..end].trim_end())
        }
    }
}

/// The reference at the start of `text` (which starts with `&`) and its length in bytes.
fn reference(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(40).position(|b| b == b';')?;
    let name = &text[1..end];
    let resolved = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char_of(code)?.to_string()
        }
        None => quick_xml::escape::resolve_html5_entity(name)?.to_owned(),
    };
    Some((resolved, end + 1))
}

/// Numbers 128 to 159 mean windows-1252's characters in the wild, as HTML's standard has it.
fn char_of(code: u32) -> Option<char> {
    match code {
        0 => None,
        0x80..=0x9f => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[code as u8]).0.chars().next(),
        _ => char::from_u32(code),
    }
}

/// Elements that do not part words.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "ins", "kbd", "mark", "s", "small",
    "span", "strong", "sub", "sup", "u",
];

/// Elements that part words but not paragraphs.
const CELLS: [&str; 4] = ["td", "th", "img", "time"];

fn strip_tags(html: &str, parting: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    // After the last `>` there is no tag: not to be looked for at every `<` again.
    let last = html.rfind('>').unwrap_or(0);
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let ends = html.len() - rest.len() < last || rest.starts_with("<!--");
        let Some(length) = ends.then(|| tag_length(rest)).flatten() else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        let name = tag_name(rest);
        let element = name.trim_start_matches('/');
        if CELLS.contains(&element) {
            out.push(' ');
        } else if !INLINE.contains(&element) {
            out.push_str(parting);
        }
        rest = &rest[length..];
        if name == "script" || name == "style" {
            rest = &rest[depth::end_of(rest, &name)..];
        }
    }
    out.push_str(rest);
    out
}

/// Length of the tag or comment at the start of `text`; `None`: a bare `<`.
fn tag_length(text: &str) -> Option<usize> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return Some(comment.find("-->").map_or(text.len(), |end| end + 7));
    }
    let next = text[1..].chars().next()?;
    if !(next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')) {
        return None;
    }
    text.find('>').map(|end| end + 1)
}

/// Lower-case name of the tag at the start of `text`, with its slash if it is an end tag.
fn tag_name(text: &str) -> String {
    let name = &text[1..];
    let slash = usize::from(name.starts_with('/'));
    let end = name[slash..].find(|c: char| !c.is_ascii_alphanumeric()).map_or(name.len(), |end| end + slash);
    name[..end].to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_words_and_bare_signs_stay() {
        assert_eq!(
            plain("<p>Rain &amp; wind</p><p>in <b>Ka</b>ro&nbsp;town</p>"),
            "Rain & wind in Karo town"
        );
        assert_eq!(plain("5 < 6 & 7 > 3 &unknown; &#150; &#x41;"), "5 < 6 & 7 > 3 &unknown; – A");
        assert_eq!(plain("<script>if (a<b) {}</script>After<style>p{}"), "After");
        assert_eq!(plain("cut <b"), "cut <b");
        assert_eq!(plain("one<script><!-- <script>x</script> y --></script> two"), "one two");
        assert_eq!(plain("one<br/>two<!-- no > --> three"), "one two three");
    }

    #[test]
    fn paragraphs_are_lines() {
        assert_eq!(
            paragraphs("<h2>A</h2><p>one\ntwo <i>three</i></p><ul><li>x</li></ul>"),
            "A\none two three\nx"
        );
    }

    #[test]
    fn markup_without_ends_takes_no_longer_than_other_markup() {
        assert_eq!(plain(&"<a".repeat(500_000)).len(), 1_000_000);
        assert_eq!(plain(&"<script></script>".repeat(60_000)), "");
        assert_eq!(plain(&"<script>".repeat(120_000)), "");
        assert_eq!(plain(&"<!--".repeat(250_000)), "");
        assert_eq!(plain(&"<script><!--<script></script>".repeat(9_000)), "");
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        assert_eq!(shorten("one two three", 9), "one two…");
        assert_eq!(shorten("one", 9), "one");
    }
}

//! What would stop an XML reader, mended in the text beforehand.

/// Drops control characters, comments and the document type (with its entities, and their bombs), and escapes every
/// `<` that begins no markup.
pub fn repair(document: &str) -> String {
    let mut out = String::with_capacity(document.len());
    let mut rest = document;
    // Known beforehand, so that a million declarations that don't end are not each searched to the end.
    let last_bracket = document.rfind(']').unwrap_or(0);
    while let Some(at) = rest.find(|c: char| c == '<' || is_forbidden(c)) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if !rest.starts_with('<') {
            rest = &rest[rest.chars().next().map_or(1, char::len_utf8)..];
        } else if rest.starts_with("<!--") {
            rest = rest.find("-->").map_or("", |end| &rest[end + 3..]);
        } else if rest.starts_with("<![CDATA[") {
            let end = rest.find("]]>").unwrap_or(rest.len());
            out.extend(rest[..end].chars().filter(|c| !is_forbidden(*c)));
            rest = &rest[end..];
        } else if rest.len() > 9 && rest.is_char_boundary(9) && rest[..9].eq_ignore_ascii_case("<!doctype") {
            let begins = document.len() - rest.len();
            rest = &rest[doctype(rest, last_bracket.saturating_sub(begins))..];
        } else if rest[1..]
            .starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '!' | '?' | '_' | ':'))
        {
            out.push('<');
            rest = &rest[1..];
        } else {
            out.push_str("&lt;");
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// Characters that XML does not have.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Length of the document type declaration at the start of `text`, whose last `]` is at `last_bracket`.
fn doctype(text: &str, last_bracket: usize) -> usize {
    let simple = text.find('>').map_or(text.len(), |end| end + 1);
    match text[..simple].find('[') {
        Some(open) if open < last_bracket => match text[open..].find(']') {
            None => simple,
            Some(close) => text[open + close..].find('>').map_or(text.len(), |end| open + close + end + 1),
        },
        _ => simple,
    }
}

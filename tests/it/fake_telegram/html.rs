//! Telegram's HTML as the Bot API parses it: the visible text, or the words in which it refuses.

/// The tags that Telegram knows.
const TAGS: &[&str] = &[
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "span",
    "tg-spoiler",
    "tg-emoji",
    "a",
    "code",
    "pre",
    "blockquote",
];

/// The visible text of Telegram HTML.
///
/// One thing is stricter than Telegram: an `&` that begins no entity it knows is refused, where Telegram shows
/// it as it is. Text that went through an escape never holds one, so it is always a slip.
pub fn visible(html: &str) -> Result<String, String> {
    let mut text = String::new();
    let mut open: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(c) = html[at..].chars().next() {
        match c {
            '&' => {
                let (decoded, length) =
                    entity(&html[at..]).ok_or(format!("Unescaped \"&\" at byte offset {at}"))?;
                text.push(decoded);
                at += length;
            }
            '<' => {
                let end = html[at..].find('>').ok_or(format!("Unclosed start tag at byte offset {at}"))?;
                let tag = &html[at + 1..at + end];
                match tag.strip_prefix('/') {
                    Some(name) => close(&mut open, name.trim(), at)?,
                    None => open.push(start(tag, &open, at)?),
                }
                at += end + 1;
            }
            c => {
                text.push(c);
                at += c.len_utf8();
            }
        }
    }
    match open.last() {
        Some(tag) => Err(format!("Can't find end tag corresponding to start tag \"{tag}\"")),
        None => Ok(text),
    }
}

fn start<'a>(tag: &'a str, open: &[&str], at: usize) -> Result<&'a str, String> {
    let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
    if !TAGS.contains(&name) {
        return Err(format!("Unsupported start tag \"{name}\" at byte offset {at}"));
    }
    let right = match name {
        "a" => {
            attributes.starts_with("href=\"")
                && attributes.ends_with('"')
                && attributes.matches('"').count() == 2
        }
        "span" => attributes == "class=\"tg-spoiler\"",
        "blockquote" => matches!(attributes, "" | "expandable"),
        "code" | "tg-emoji" => true,
        _ => attributes.is_empty(),
    };
    if !right {
        return Err(format!("Unexpected attributes of start tag \"{name}\" at byte offset {at}"));
    }
    if name == "blockquote" && open.contains(&"blockquote") {
        return Err(format!("Nested blockquote at byte offset {at}"));
    }
    Ok(name)
}

fn close(open: &mut Vec<&str>, name: &str, at: usize) -> Result<(), String> {
    match open.pop() {
        None => Err(format!("Unexpected end tag at byte offset {at}")),
        Some(expected) if expected != name => Err(format!(
            "Unmatched end tag at byte offset {at}, expected \"</{expected}>\", found \"</{name}>\""
        )),
        Some(_) => Ok(()),
    }
}

fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.find(';').filter(|end| *end < 12)?;
    let name = &text[1..end];
    let decoded = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((decoded, end + 1))
}

#[test]
fn what_telegram_refuses_is_refused_in_its_words() {
    assert_eq!(
        visible("<b>3 &lt; 5</b> &amp; <a href=\"https://a.example\">more</a>").unwrap(),
        "3 < 5 & more"
    );
    assert_eq!(visible("<p>x</p>").unwrap_err(), "Unsupported start tag \"p\" at byte offset 0");
    assert_eq!(visible("<b>x").unwrap_err(), "Can't find end tag corresponding to start tag \"b\"");
    assert_eq!(
        visible("<b><i>x</b></i>").unwrap_err(),
        "Unmatched end tag at byte offset 7, expected \"</i>\", found \"</b>\""
    );
    assert_eq!(visible("x</b>").unwrap_err(), "Unexpected end tag at byte offset 1");
    assert!(visible("3 < 5").is_err());
    assert!(visible("A&B").is_err() && visible("&nbsp;").is_err());
    assert!(visible("<blockquote><blockquote>x</blockquote></blockquote>").is_err());
}

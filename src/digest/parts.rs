//! Telegram HTML of any length to messages that Telegram takes.
//!
//! A message is split at a blank line, so between items; only an item longer than a message is cut within, at
//! a word, with "…" on both sides. Nothing is lost, and the tags of each part are balanced. The limits are
//! Telegram's, less a reserve: 4096 UTF-16 units of visible text, 32,768 bytes, and 100 entities, beyond
//! which links would silently go dead.

/// Visible UTF-16 units of a part: 4096 less 10 %.
pub const MAX_UNITS: usize = 3686;
/// Bytes of a part with its tags: 32,768 less 10 %.
pub const MAX_BYTES: usize = 29_491;
/// Entities of a part: 100 less 10 %.
pub const MAX_ENTITIES: usize = 90;

/// Splits Telegram HTML; parts are numbered "(1/3)" if there is more than one.
///
/// `html` has to be what the templates promise: tags balanced, everything else escaped.
pub fn split(html: &str) -> Vec<String> {
    let mut parts = Parts::default();
    for (i, block) in html.split("\n\n").map(str::trim).filter(|block| !block.is_empty()).enumerate() {
        let tokens = tokens(block);
        let gap = if i > 0 && !parts.is_empty() { "\n\n" } else { "" };
        if parts.size.plus(Size::of(gap)).plus(size(&tokens)).fits() {
            parts.push_all(gap, &tokens);
        } else {
            parts.next();
            if size(&tokens).plus(parts.size).fits() {
                parts.push_all("", &tokens);
            } else {
                parts.push_cut(&tokens);
            }
        }
    }
    let parts = parts.finish();
    let n = parts.len();
    if n < 2 {
        return parts;
    }
    parts.into_iter().enumerate().map(|(i, part)| format!("{part}\n\n({}/{n})", i + 1)).collect()
}

/// UTF-16 units that a reader sees of Telegram HTML.
pub fn visible_units(html: &str) -> usize {
    size(&tokens(html)).units
}

/// What is wrong with HTML that is to go to Telegram: tags that it does not know, and tags that are not closed.
pub fn faults(html: &str) -> Vec<String> {
    const KNOWN: [&str; 16] = [
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
    let mut faults = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for token in tokens(html) {
        match token {
            Token::Open { tag, name } => {
                if !KNOWN.contains(&name) {
                    faults.push(format!(
                        "Telegram does not take the tag {tag}; use b, i, u, s, a, code, pre or blockquote"
                    ));
                }
                open.push(name);
            }
            Token::Close(tag) => {
                if open.pop() != Some(tag[2..tag.len() - 1].trim()) {
                    faults
                        .push(format!("the tag {tag} closes none that is open; close each tag in its turn"));
                }
            }
            Token::Char(_) => {}
        }
    }
    faults
        .extend(open.iter().map(|name| format!("the tag <{name}> is not closed; write </{name}> after it")));
    faults
}

/// A piece of HTML that is never cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Open {
        tag: &'a str,
        name: &'a str,
    },
    Close(&'a str),
    /// A character, or an entity that stands for one.
    Char(&'a str),
}

impl<'a> Token<'a> {
    fn text(self) -> &'a str {
        match self {
            Token::Open { tag: text, .. } | Token::Close(text) | Token::Char(text) => text,
        }
    }

    fn size(self) -> Size {
        let bytes = self.text().len();
        match self {
            // Its closing tag has to fit too.
            Token::Open { name, .. } => Size { units: 0, bytes: bytes + name.len() + 3, entities: 1 },
            Token::Close(_) => Size::default(),
            Token::Char(text) if text.len() > 1 && text.starts_with('&') => {
                Size { units: 2, bytes, entities: 0 }
            }
            Token::Char(text) => Size::of(text),
        }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Size {
    units: usize,
    bytes: usize,
    entities: usize,
}

impl Size {
    fn of(text: &str) -> Size {
        Size { units: text.encode_utf16().count(), bytes: text.len(), entities: 0 }
    }

    fn plus(self, other: Size) -> Size {
        Size {
            units: self.units + other.units,
            bytes: self.bytes + other.bytes,
            entities: self.entities + other.entities,
        }
    }

    fn fits(self) -> bool {
        self.units <= MAX_UNITS && self.bytes <= MAX_BYTES && self.entities <= MAX_ENTITIES
    }
}

fn size(tokens: &[Token<'_>]) -> Size {
    tokens.iter().fold(Size::default(), |sum, token| sum.plus(token.size()))
}

/// Parts under way: the last one is open.
#[derive(Default)]
struct Parts<'a> {
    done: Vec<String>,
    text: String,
    size: Size,
    /// Tags open now, to be closed at the end of a part and opened again in the next.
    open: Vec<(&'a str, &'a str)>,
}

impl<'a> Parts<'a> {
    fn is_empty(&self) -> bool {
        self.size.units == 0
    }

    fn push_all(&mut self, gap: &str, tokens: &[Token<'a>]) {
        self.text.push_str(gap);
        self.size = self.size.plus(Size::of(gap));
        tokens.iter().for_each(|&token| self.push(token));
    }

    fn push(&mut self, token: Token<'a>) {
        match token {
            Token::Open { tag, name } => self.open.push((tag, name)),
            Token::Close(_) => drop(self.open.pop()),
            Token::Char(_) => {}
        }
        self.text.push_str(token.text());
        self.size = self.size.plus(token.size());
    }

    /// Pushes what does not fit in one part, in stretches that end with a space.
    fn push_cut(&mut self, tokens: &[Token<'a>]) {
        const MARK: &str = "…";
        let room = |size: Size| size.plus(Size::of(MARK)).fits();
        for stretch in tokens.split_inclusive(|token| token.text().trim().is_empty()) {
            if !room(self.size.plus(size(stretch))) && !self.is_empty() {
                self.text.push_str(MARK);
                self.next();
                self.push(Token::Char(MARK));
            }
            for &token in stretch {
                // A word longer than a message is cut between characters.
                if !room(self.size.plus(token.size())) {
                    self.text.push_str(MARK);
                    self.next();
                    self.push(Token::Char(MARK));
                }
                self.push(token);
            }
        }
    }

    /// Ends the part, and starts the next with the same tags open.
    fn next(&mut self) {
        if self.is_empty() {
            return;
        }
        for (_, name) in self.open.iter().rev() {
            self.text.push_str(&format!("</{name}>"));
        }
        let text = std::mem::take(&mut self.text);
        self.done.push(text.trim().to_owned());
        self.size = Size::default();
        for (tag, name) in std::mem::take(&mut self.open) {
            self.push(Token::Open { tag, name });
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.next();
        self.done
    }
}

fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = html;
    while let Some(first) = rest.chars().next() {
        let entity_end = || rest.find(';').filter(|&end| end <= 10).map(|end| end + 1);
        let length = match first {
            '<' => rest.find('>').map(|end| end + 1),
            '&' => entity_end(),
            _ => None,
        };
        let (text, after) = rest.split_at(length.unwrap_or(first.len_utf8()));
        tokens.push(match (first, length) {
            ('<', Some(_)) if text.starts_with("</") => Token::Close(text),
            ('<', Some(_)) => {
                let name = text[1..].split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next();
                Token::Open { tag: text, name: name.unwrap_or_default() }
            }
            _ => Token::Char(text),
        });
        rest = after;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::escape;
    use proptest::prelude::*;

    /// What a reader sees, without part numbers, cut marks and white space.
    fn seen(html: &str) -> String {
        let text: String = tokens(html)
            .into_iter()
            .filter_map(|token| if let Token::Char(text) = token { Some(text) } else { None })
            .collect();
        text.chars().filter(|c| !c.is_whitespace() && *c != '…').collect()
    }

    fn balanced(html: &str) -> bool {
        let mut open = Vec::new();
        for token in tokens(html) {
            match token {
                Token::Open { name, .. } => open.push(name),
                Token::Close(text) if open.pop() != Some(&text[2..text.len() - 1]) => return false,
                _ => {}
            }
        }
        open.is_empty()
    }

    fn without_number(part: &str) -> &str {
        part.rsplit_once("\n\n(").map_or(part, |(text, _)| text)
    }

    #[test]
    fn a_short_digest_is_one_part_without_a_number() {
        assert_eq!(split("<b>Today</b>\n\n• One thing"), ["<b>Today</b>\n\n• One thing"]);
        assert!(split("").is_empty());
    }

    #[test]
    fn parts_are_split_between_items_and_numbered() {
        let item = format!("• <i>{}</i>", "word ".repeat(300).trim());
        let parts = split(&[item.as_str(); 5].join("\n\n"));
        assert_eq!(parts.len(), 3);
        assert!(parts[0].ends_with("\n\n(1/3)") && parts[2].ends_with("\n\n(3/3)"));
        assert!(parts.iter().all(|part| part.starts_with("• <i>word") && balanced(part)));
    }

    #[test]
    fn an_item_longer_than_a_part_is_cut_at_a_word_with_its_tags_closed() {
        let parts = split(&format!("<b>{}</b>", "lorem ".repeat(1000)));
        assert_eq!(parts.len(), 2);
        assert!(without_number(&parts[0]).ends_with("lorem …</b>"), "{}", &parts[0][parts[0].len() - 40..]);
        assert!(parts[1].starts_with("<b>…lorem"));
    }

    #[test]
    fn a_word_longer_than_a_part_is_cut_between_characters() {
        let emoji = "😀".repeat(10_000);
        let parts = split(&emoji);
        assert!(parts.iter().all(|part| visible_units(part) <= 4096));
        assert_eq!(parts.iter().map(|part| seen(without_number(part))).collect::<String>(), emoji);
    }

    #[test]
    fn links_beyond_telegrams_hundred_entities_go_to_the_next_part() {
        let item =
            r#"• a <a href="https://news.example/1">One</a>, <a href="https://news.example/2">Two</a>"#;
        let parts = split(&[item; 100].join("\n\n"));
        assert!(parts.iter().all(|part| part.matches("<a ").count() <= 90));
        assert_eq!(parts.iter().map(|part| part.matches("<a ").count()).sum::<usize>(), 200);
    }

    fn item() -> impl Strategy<Value = String> {
        let text = prop_oneof![
            4 => any::<String>(),
            1 => "[a-z <>&\"]{0,200}",
            1 => (1..6000usize).prop_map(|n| "🜂".repeat(n)),
            1 => (1..3000usize).prop_map(|n| "ab ".repeat(n)),
        ];
        (text, 0..5usize).prop_map(|(text, links)| {
            // As rendered: one line, escaped.
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let text = escape(&line);
            let link = format!(r#"<a href="https://news.example/{text:.40}">outlet</a> "#);
            format!("• <b>{text}</b>\n<i>06:40</i> {}", link.repeat(links))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn nothing_is_lost_and_every_part_fits_with_its_tags_balanced(items in prop::collection::vec(item(), 0..30)) {
            let html = items.join("\n\n");
            let parts = split(&html);
            for part in &parts {
                prop_assert!(visible_units(part) <= 4096 && part.len() <= 32_768);
                prop_assert!(balanced(part));
                let entities = tokens(part).iter().filter(|t| matches!(t, Token::Open { .. })).count();
                prop_assert!(entities <= 100);
            }
            let told: String = parts.iter().map(|part| seen(without_number(part))).collect();
            prop_assert_eq!(told, seen(&html));
        }
    }
}

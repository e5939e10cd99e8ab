//! Texts whose marks and accents were decoded wrongly somewhere on their way ("donâ€™t" for "don’t").
//!
//! The reader reads what was meant; every literal of what it found goes back to what the article has, so that
//! evidence stays literal.

use std::ops::Range;

use crate::model::{Actor, Article, Mention};

/// An article as it was meant, with the way back.
pub struct Mended {
    /// The article to read.
    pub article: Article,
    title: Option<Text>,
    text: Text,
}

/// A mended text; for each stretch that was changed, its bytes here and in the original.
struct Text {
    original: String,
    mended: String,
    changes: Vec<(Range<usize>, Range<usize>)>,
}

/// What Windows-1252 has at 0x80 to 0x9f.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

impl Mended {
    /// The article as it was meant, or `None` if nothing is wrong with it.
    pub fn of(article: &Article) -> Option<Mended> {
        let broken = |text: &str| text.contains(suspect);
        if !broken(&article.text) && !article.title.as_deref().is_some_and(broken) {
            return None;
        }
        let title = article.title.as_deref().map(Text::new);
        let text = Text::new(&article.text);
        if text.changes.is_empty() && title.as_ref().is_none_or(|t| t.changes.is_empty()) {
            return None;
        }
        let article = Article {
            title: title.as_ref().map(|t| t.mended.clone()),
            text: text.mended.clone(),
            ..article.clone()
        };
        Some(Mended { article, title, text })
    }

    /// Puts the article's own words back into what was found in the mended ones.
    pub fn restore(&self, mention: &mut Mention) {
        let evidence = std::mem::take(&mut mention.evidence);
        mention.evidence = self.original(&evidence).unwrap_or_else(|| evidence.clone());
        if mention.evidence == evidence {
            return;
        }
        let put = |literal: &mut String| {
            if let Some(original) = self.original(literal) {
                *literal = original;
            }
        };
        let actor = |a: &mut Actor| put(&mut a.literal);
        mention.actors.iter_mut().for_each(actor);
        mention.speaker.iter_mut().for_each(actor);
        mention.when.iter_mut().for_each(|w| put(&mut w.literal));
        mention.place.iter_mut().for_each(|p| put(&mut p.literal));
        mention.quote.iter_mut().for_each(put);
    }

    fn original(&self, mended: &str) -> Option<String> {
        if mended.is_empty() {
            return None;
        }
        self.title.iter().chain([&self.text]).find_map(|text| text.original(mended))
    }
}

impl Text {
    fn new(original: &str) -> Text {
        let mut text = Text { original: original.to_owned(), mended: String::new(), changes: Vec::new() };
        let mut at = 0;
        while let Some(c) = original[at..].chars().next() {
            let (meant, end) =
                decoded(&original[at..]).map_or((c, at + c.len_utf8()), |(m, len)| (m, at + len));
            let from = text.mended.len();
            text.mended.push(meant);
            if meant != c {
                text.changes.push((from..text.mended.len(), at..end));
            }
            at = end;
        }
        text
    }

    /// The original of a stretch of the mended text.
    fn original(&self, mended: &str) -> Option<String> {
        let start = self.mended.find(mended)?;
        let (from, to) = (self.back(start), self.back(start + mended.len()));
        self.original.get(from..to).map(str::to_owned)
    }

    /// The byte of the original at which a byte of the mended text stands.
    fn back(&self, at: usize) -> usize {
        let before = self.changes.partition_point(|(here, _)| here.end <= at);
        match before.checked_sub(1).and_then(|i| self.changes.get(i)) {
            Some((here, there)) => there.end + (at - here.end),
            None => at,
        }
    }
}

/// Whether a character may be the first of a wrongly decoded one.
fn suspect(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}' | '\u{c2}'..='\u{f4}')
}

/// The character that was meant by the first few, and how many bytes they take here.
fn decoded(text: &str) -> Option<(char, usize)> {
    let mut chars = text.chars();
    let first = chars.next().filter(|c| suspect(*c))?;
    if let Some(meant) = windows(first) {
        return Some((meant, first.len_utf8()));
    }
    let lead = byte(first)?;
    let count = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    };
    let mut bytes = vec![lead];
    let mut len = first.len_utf8();
    for c in chars.take(count - 1) {
        bytes.push(byte(c).filter(|b| (0x80..0xc0).contains(b))?);
        len += c.len_utf8();
    }
    let meant = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    Some((windows(meant).unwrap_or(meant), len))
}

/// The character that Windows-1252 has where a control character stands.
fn windows(c: char) -> Option<char> {
    let at = u32::from(c).checked_sub(0x80)?;
    WINDOWS.get(at as usize).copied().filter(|w| *w != c)
}

/// The byte that a wrong decoder made a character of.
fn byte(c: char) -> Option<u8> {
    match WINDOWS.iter().position(|w| *w == c) {
        Some(at) => u8::try_from(0x80 + at).ok(),
        None => u8::try_from(u32::from(c)).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_accents_are_read_as_they_were_meant() {
        for (broken, meant) in [
            ("donâ\u{80}\u{99}t", "don’t"),
            ("donâ€™t", "don’t"),
            ("â\u{80}\u{9c}Goâ\u{80}\u{9d} â\u{80}\u{94} he", "“Go” — he"),
            ("Ã©tÃ©", "été"),
            ("Â\u{93}River\u{94}", "“River”"),
        ] {
            assert_eq!(Text::new(broken).mended, meant);
        }
    }

    #[test]
    fn what_was_decoded_well_stays() {
        for fine in ["Ñuñoa, Łódź, São Tomé, Île, “Âge d’or”", "été à Évian", "Český Krumlov"]
        {
            assert_eq!(Text::new(fine).mended, fine);
        }
    }

    #[test]
    fn a_stretch_finds_its_original() {
        let text = Text::new("He saidâ€™s â€œwe go.â€\u{9d} Then");
        assert_eq!(text.original("“we go.”").as_deref(), Some("â€œwe go.â€\u{9d}"));
        assert_eq!(text.original("Then").as_deref(), Some("Then"));
    }
}

//! Sentences, words, folding and stems.
//!
//! Text comes in as an article has it; byte ranges into that same text go out, so that evidence stays
//! literal. Every letter and digit lies in a sentence or in its dateline; nothing is changed or dropped.

use std::borrow::Cow;
use std::ops::Range;

/// One sentence, headline or list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in the text, without bullet, dateline and surrounding white space.
    pub range: Range<usize>,
    /// Place, date and agency before it ("KYIV, Nov 3 (Agency)"), without the dash.
    pub dateline: Option<Range<usize>>,
    /// It is the first of its line or paragraph.
    pub starts_paragraph: bool,
}

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters first: "Kyiv", "U.S.", "twenty-six", "F-16", and the possessive "'s".
    Word,
    /// Digits first: "1,330", "2.5", "19:30", "22nd", "17-year-old".
    Number,
    /// Anything else, one sign or a run of the same sign.
    Punct,
}

/// One word, number or sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the text that was given.
    pub range: Range<usize>,
    /// Its text in lower case, with typographic apostrophes and hyphens made plain.
    pub lower: String,
    /// What it is made of.
    pub kind: TokenKind,
    /// It begins with a capital letter.
    pub capitalised: bool,
    /// It has at least two letters, and all are capitals.
    pub all_caps: bool,
}

impl Token {
    /// Whether this is the word or sign `lower`.
    pub fn is(&self, lower: &str) -> bool {
        self.lower == lower
    }

    /// Whether this is one of the words or signs `lowers`.
    pub fn is_any(&self, lowers: &[&str]) -> bool {
        lowers.contains(&self.lower.as_str())
    }

    /// Whether this is a word, not a number or sign.
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }
}

/// The sentences of a text, in order.
///
/// Lines end sentences, so headlines without a full stop part; lines of a hard-wrapped sentence join.
pub fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    for block in blocks(text) {
        let (dateline, mut start) = match dateline(&text[block.clone()]) {
            Some((line, body)) => {
                (Some(block.start + line.start..block.start + line.end), block.start + body)
            }
            None => (None, block.start),
        };
        let mut dateline = dateline;
        let mut first = true;
        let mut push = |range: Range<usize>| {
            if let Some(range) = trimmed(text, range) {
                found.push(Sentence { range, dateline: dateline.take(), starts_paragraph: first });
                first = false;
            }
        };
        for end in boundaries(&text[start..block.end]).into_iter().map(|at| start + at).collect::<Vec<_>>() {
            push(start..end);
            start = end;
        }
        push(start..block.end);
        if let Some(line) = dateline {
            found.push(Sentence { range: line, dateline: None, starts_paragraph: true });
        }
    }
    found
}

/// The words, numbers and signs of a sentence, in order; white space is left out.
pub fn words(sentence: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(sentence.len() / 5 + 1);
    let mut at = 0;
    while let Some(c) = char_at(sentence, at) {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let start = at;
        let kind = if c.is_alphabetic() {
            at = word_end(sentence, start);
            TokenKind::Word
        } else if c.is_ascii_digit() {
            at = number_end(sentence, start);
            TokenKind::Number
        } else if is_apostrophe(c) && possessive_end(sentence, start).is_some() {
            at = start + c.len_utf8() + 1;
            TokenKind::Word
        } else {
            at += c.len_utf8();
            while char_at(sentence, at) == Some(c) {
                at += c.len_utf8();
            }
            TokenKind::Punct
        };
        let raw = &sentence[start..at];
        tokens.push(Token {
            range: start..at,
            lower: lower(raw),
            kind,
            capitalised: c.is_uppercase(),
            all_caps: c.is_uppercase() && is_all_caps(raw),
        });
    }
    tokens
}

/// The comparable form of a word or name: ASCII, lower case, usual transliterations made one.
pub fn fold(word: &str) -> String {
    let ascii: Cow<str> = if word.is_ascii() { word.into() } else { any_ascii::any_ascii(word).into() };
    let mut folded = String::with_capacity(ascii.len());
    for c in ascii.chars() {
        let c = c.to_ascii_lowercase();
        // Doubled letters differ between transliterations more often than they part two words.
        if (c.is_ascii_alphanumeric() || c == ' ') && !(c.is_ascii_alphabetic() && folded.ends_with(c)) {
            folded.push(c);
        } else if c == '-' && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    let stem = folded.trim_end_matches(['y', 'i', 'j']).len();
    if stem >= 2 && stem < folded.len() {
        folded.truncate(stem);
        folded.push('i');
    }
    folded
}

/// A word without its inflection: light, for comparing content words only.
pub fn stem(word: &str) -> String {
    let mut s = fold_letters(word);
    if s.len() <= 3 {
        return s;
    }
    if s.ends_with("ies") && s.len() > 4 {
        s.truncate(s.len() - 3);
        s.push('y');
    } else if ["sses", "xes", "zes", "ches", "shes"].iter().any(|e| s.ends_with(e)) {
        s.truncate(s.len() - 2);
    } else if s.ends_with('s') && !["ss", "us", "is"].iter().any(|e| s.ends_with(e)) {
        s.truncate(s.len() - 1);
    }
    for suffix in ["ing", "ed"] {
        let Some(rest) = s.strip_suffix(suffix) else { continue };
        if rest.len() >= 3 && rest.contains(['a', 'e', 'i', 'o', 'u', 'y']) {
            s.truncate(rest.len());
            let bytes = s.as_bytes();
            let doubled = bytes.len() >= 4 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
            if doubled && !s.ends_with(['l', 's', 'z']) {
                s.pop();
            }
            break;
        }
    }
    if s.len() > 4 && s.ends_with('e') {
        s.pop();
    }
    if s.len() > 3 && s.ends_with('y') {
        s.pop();
        s.push('i');
    }
    s
}

/// Whether a lower-case word carries no content of its own ("the", "said", "mr").
pub fn is_stop_word(lower: &str) -> bool {
    STOP_WORDS.binary_search(&lower).is_ok()
}

fn fold_letters(word: &str) -> String {
    let ascii: Cow<str> = if word.is_ascii() { word.into() } else { any_ascii::any_ascii(word).into() };
    ascii.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

fn lower(raw: &str) -> String {
    if raw.is_ascii() {
        return raw.to_ascii_lowercase();
    }
    let mut lower = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '’' | 'ʼ' | '‘' => lower.push('\''),
            '‐' | '‑' => lower.push('-'),
            _ => lower.extend(c.to_lowercase()),
        }
    }
    lower
}

fn is_all_caps(raw: &str) -> bool {
    let mut letters = 0;
    for c in raw.chars().filter(|c| c.is_alphabetic()) {
        if !c.is_uppercase() {
            return false;
        }
        letters += 1;
    }
    letters >= 2
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

fn char_before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// Where a possessive "'s" that starts here ends.
fn possessive_end(text: &str, at: usize) -> Option<usize> {
    let quote = char_at(text, at)?;
    let s = at + quote.len_utf8();
    let follows = char_at(text, s + 1);
    (is_apostrophe(quote)
        && matches!(text.as_bytes().get(s), Some(b's' | b'S'))
        && !follows.is_some_and(char::is_alphanumeric))
    .then_some(s + 1)
}

fn word_end(text: &str, start: usize) -> usize {
    let mut at = start;
    let mut run = 0; // letters since the last inner sign
    while let Some(c) = char_at(text, at) {
        let next = at + c.len_utf8();
        let after = char_at(text, next);
        if c.is_alphanumeric() || is_mark(c) {
            run += 1;
        } else if is_apostrophe(c) {
            if possessive_end(text, at).is_some() || !after.is_some_and(char::is_alphabetic) {
                break;
            }
            run = 0;
        } else if is_hyphen(c) {
            if !after.is_some_and(char::is_alphanumeric) {
                break;
            }
            run = 0;
        } else if c == '.' {
            // "U.S.", "a.m.": single letters, each with its point.
            let abbreviates = run == 1
                && char_before(text, at).is_some_and(char::is_alphabetic)
                && (after.is_some_and(char::is_alphabetic) && char_at_nth(text, next, 1) == Some('.')
                    || text[start..at].contains('.'));
            if !abbreviates {
                break;
            }
            run = 0;
        } else if c == '&' {
            let joins = run > 0 && after.is_some_and(char::is_uppercase);
            if !joins || !char_before(text, at).is_some_and(char::is_uppercase) {
                break;
            }
            run = 0;
        } else {
            break;
        }
        at = next;
    }
    at
}

fn char_at_nth(text: &str, at: usize, n: usize) -> Option<char> {
    text.get(at..)?.chars().nth(n)
}

/// Combining marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200d}')
}

fn number_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = start;
    loop {
        while digit(at) {
            at += 1;
        }
        if matches!(bytes.get(at), Some(b',' | b'.' | b':')) && digit(at + 1) {
            at += 1;
        } else {
            break;
        }
    }
    let letters = |mut at: usize| {
        while let Some(c) = char_at(text, at).filter(|c| c.is_alphanumeric()) {
            at += c.len_utf8();
        }
        at
    };
    at = letters(at);
    while let Some(c) = char_at(text, at).filter(|c| is_hyphen(*c)) {
        let next = at + c.len_utf8();
        if !char_at(text, next).is_some_and(char::is_alphabetic) {
            break;
        }
        at = letters(next);
    }
    at
}

/// Lines, with the lines of a hard-wrapped sentence joined and bullets left out.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push(at..at + line.len());
        at += line.len();
    }
    let content: Vec<Option<Range<usize>>> = lines.into_iter().map(|line| trimmed(text, line)).collect();
    let wrap = wrap_width(text, &content);
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    for line in content {
        let Some(line) = line else {
            blocks.extend(open.take());
            continue;
        };
        open = match open {
            Some(before) if continues(&text[before.clone()], &text[line.clone()], wrap) => {
                Some(before.start..line.end)
            }
            before => {
                blocks.extend(before);
                Some(line)
            }
        };
    }
    blocks.extend(open);
    for block in &mut blocks {
        block.start += bullet_len(&text[block.clone()]);
    }
    blocks
}

/// The column at which the text is hard-wrapped: its longest line, if lines break within sentences.
fn wrap_width(text: &str, lines: &[Option<Range<usize>>]) -> Option<usize> {
    let width = lines.iter().flatten().map(|l| l.len()).max()?;
    let breaks_inside = lines.windows(2).any(|pair| match pair {
        [Some(a), Some(b)] => is_unfinished(&text[a.clone()]) && starts_lower(&text[b.clone()]),
        _ => false,
    });
    (breaks_inside && (40..=120).contains(&width)).then_some(width)
}

fn continues(before: &str, line: &str, wrap: Option<usize>) -> bool {
    if !is_unfinished(before) || bullet_len(line) > 0 {
        return false;
    }
    let last = before.rsplit(|c: char| !c.is_alphanumeric() && c != '\'').next().unwrap_or_default();
    if starts_lower(line) || before.ends_with(',') || OPEN_ENDS.contains(&last) {
        return true;
    }
    let last_line = before.rsplit('\n').next().unwrap_or(before).len();
    let word = line.split_whitespace().next().map_or(0, str::len);
    wrap.is_some_and(|width| last_line + 1 + word > width)
}

/// Words that no headline ends with.
const OPEN_ENDS: [&str; 14] =
    ["the", "a", "an", "of", "and", "or", "to", "in", "with", "for", "from", "by", "at", "that"];

fn is_unfinished(line: &str) -> bool {
    let end = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
    !end.ends_with(['.', '!', '?', '…', ':', ';', '。']) && !line.is_empty()
}

fn starts_lower(line: &str) -> bool {
    line.chars().next().is_some_and(char::is_lowercase)
}

fn bullet_len(line: &str) -> usize {
    let mut chars = line.char_indices();
    let Some((_, first)) = chars.next() else { return 0 };
    let mark = if matches!(first, '•' | '*' | '-' | '–' | '—' | '▪' | '●' | '·' | '‣' | '◦') {
        first.len_utf8()
    } else {
        return 0;
    };
    let rest = &line[mark..];
    if rest.starts_with(char::is_whitespace) { line.len() - rest.trim_start().len() } else { 0 }
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let piece = &text[range.clone()];
    let start = range.start + piece.len() - piece.trim_start().len();
    let end = range.start + piece.trim_end().len();
    (start < end).then_some(start..end)
}

/// Place, date and agency before a report's first sentence, and where the sentence starts.
fn dateline(block: &str) -> Option<(Range<usize>, usize)> {
    let mut cut = block.len().min(90);
    while !block.is_char_boundary(cut) {
        cut -= 1;
    }
    let head = &block[..cut];
    let (end, body) = [" — ", " – ", " -- ", " - ", ") — ", ")— ", "—", "/. "]
        .iter()
        .filter_map(|dash| {
            let at = head.find(dash)?;
            let keeps = dash.len() - dash.trim_start_matches([')', '/']).len();
            Some((at + keeps, at + dash.len()))
        })
        .min()?;
    let line = head[..end].trim_end();
    let agency = line.ends_with(')') && line.contains('(') || line.ends_with('/');
    let place = line.split(['(', '/']).next().unwrap_or_default();
    let mut words = place.split_whitespace().peekable();
    let first = words.peek()?.trim_matches(|c: char| !c.is_alphanumeric());
    let shouted = is_all_caps(first) && first.len() >= 3;
    let named = place.split_whitespace().count() <= 8
        && place.split_whitespace().all(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    let starts_anew = block[body..].trim_start().starts_with(|c: char| !c.is_lowercase());
    let dated = place.contains(',') || shouted && place.split_whitespace().all(is_all_caps);
    (named && starts_anew && (agency || shouted && dated)).then_some((0..line.len(), body))
}

/// Where sentences of one block end, apart from the last.
fn boundaries(block: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut from = 0;
    while let Some(found) = block[from..].find(['.', '!', '?', '…', '。']) {
        let at = from + found;
        let mut end = at;
        while let Some(c) = char_at(block, end).filter(|c| matches!(c, '.' | '!' | '?' | '…' | '。')) {
            end += c.len_utf8();
        }
        from = end;
        while let Some(c) =
            char_at(block, end).filter(|c| matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»'))
        {
            end += c.len_utf8();
        }
        if ends_sentence(block, at, from, end) {
            ends.push(end);
            from = end;
        }
    }
    ends
}

/// Whether the stop at `at`, with the closing signs up to `end`, ends a sentence.
fn ends_sentence(block: &str, at: usize, stop_end: usize, end: usize) -> bool {
    let rest = &block[end..];
    let next = rest.trim_start();
    let Some(first) = next.chars().next() else { return false };
    let next_word = next
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .next()
        .unwrap_or_default();
    if rest.len() == next.len() {
        // A lost space between paragraphs: "… he said.The ministry …".
        let before = block[..at].bytes().rev().take_while(u8::is_ascii_lowercase).count();
        return before >= 3 && first.is_uppercase() && is_starter(next_word);
    }
    if first.is_lowercase() || matches!(first, ',' | ';' | ':' | '-' | '–' | '—') {
        return false;
    }
    let only_point = &block[at..stop_end] == ".";
    if !only_point || end > stop_end {
        return true;
    }
    let word_start =
        block[..at].rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '‘' | '/'));
    let word = match word_start {
        Some(at_sign) => &block[at_sign + char_at(block, at_sign).map_or(1, char::len_utf8)..at],
        None => &block[..at],
    };
    let lower = word.to_lowercase();
    if TITLES.contains(&lower.as_str()) {
        return false;
    }
    if MONTHS.contains(&lower.as_str()) || matches!(lower.as_str(), "no" | "nos" | "art" | "sec") {
        // "no." ends a sentence as an answer, but not before a figure.
        return !first.is_ascii_digit();
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let initials = letters > 0 && word.split('.').all(|part| part.chars().count() <= 1);
    if initials || LATE.contains(&lower.as_str()) {
        return is_starter(next_word) && word != "I";
    }
    // "1. First item" at the start of a block is a list number.
    !(word_start.is_none() && word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()))
}

fn is_starter(word: &str) -> bool {
    STARTERS.contains(&word)
}

/// Abbreviations that a name follows.
const TITLES: [&str; 33] = [
    "mr", "mrs", "ms", "dr", "gen", "sen", "rep", "gov", "prof", "lt", "col", "maj", "sgt", "capt", "adm",
    "rev", "st", "hon", "pres", "cmdr", "brig", "cpl", "pvt", "fr", "msgr", "amb", "sec-gen", "vs", "supt",
    "insp", "mt", "lieut", "messrs",
];

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];

/// Abbreviations that may end a sentence.
const LATE: [&str; 17] = [
    "inc", "corp", "co", "ltd", "jr", "sr", "etc", "a.m", "p.m", "bros", "u.s", "u.k", "u.n", "e.u", "d.c",
    "est", "dept",
];

/// Words that begin sentences and seldom follow an abbreviation within one.
const STARTERS: [&str; 60] = [
    "The",
    "A",
    "An",
    "In",
    "On",
    "At",
    "He",
    "She",
    "It",
    "They",
    "We",
    "But",
    "And",
    "This",
    "That",
    "These",
    "Those",
    "His",
    "Her",
    "Their",
    "Its",
    "There",
    "As",
    "After",
    "When",
    "While",
    "If",
    "For",
    "With",
    "However",
    "Meanwhile",
    "Also",
    "Both",
    "Some",
    "Many",
    "Most",
    "According",
    "Earlier",
    "Last",
    "No",
    "One",
    "Two",
    "What",
    "Who",
    "Asked",
    "Since",
    "Until",
    "So",
    "Then",
    "Under",
    "During",
    "Despite",
    "Although",
    "Though",
    "From",
    "By",
    "You",
    "Our",
    "Its",
    "Before",
];

/// Sorted, for binary search.
const STOP_WORDS: &[&str] = &[
    "'s",
    "a",
    "about",
    "above",
    "according",
    "added",
    "after",
    "again",
    "against",
    "ago",
    "all",
    "also",
    "although",
    "am",
    "among",
    "an",
    "and",
    "another",
    "any",
    "are",
    "around",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "being",
    "between",
    "both",
    "but",
    "by",
    "can",
    "could",
    "did",
    "do",
    "does",
    "down",
    "during",
    "each",
    "either",
    "every",
    "few",
    "for",
    "former",
    "from",
    "further",
    "had",
    "has",
    "have",
    "he",
    "her",
    "here",
    "hers",
    "him",
    "himself",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "itself",
    "just",
    "last",
    "least",
    "many",
    "may",
    "me",
    "might",
    "more",
    "most",
    "mr",
    "mrs",
    "ms",
    "much",
    "must",
    "my",
    "near",
    "no",
    "nor",
    "not",
    "now",
    "of",
    "off",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "others",
    "our",
    "out",
    "over",
    "own",
    "said",
    "same",
    "saying",
    "says",
    "she",
    "should",
    "since",
    "so",
    "some",
    "such",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "to",
    "told",
    "too",
    "two",
    "under",
    "until",
    "up",
    "upon",
    "us",
    "very",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "would",
    "yet",
    "you",
    "your",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|s| &text[s.range]).collect()
    }

    fn tokens(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|t| &text[t.range]).collect()
    }

    #[test]
    fn titles_initials_months_and_numbers_do_not_end_a_sentence() {
        let text = "Gen. J. R. Harrow met Mr. Ostrow on Jan. 22. They agreed on No. 4 of 2.5 points. Done.";
        assert_eq!(
            split(text),
            ["Gen. J. R. Harrow met Mr. Ostrow on Jan. 22.", "They agreed on No. 4 of 2.5 points.", "Done."]
        );
    }

    #[test]
    fn the_point_of_u_s_ends_a_sentence_only_before_a_new_one() {
        assert_eq!(split("The U.S. President spoke in the U.S. The crowd left.").len(), 2);
    }

    #[test]
    fn headlines_without_a_full_stop_part_at_the_line() {
        assert_eq!(split("Harrow meets Ostrow\nTalks in Velmora end\n").len(), 2);
    }

    #[test]
    fn hard_wrapped_lines_of_one_sentence_join() {
        let text = "The ministers of both countries met on the shore of the lake and\nagreed to meet again in \
                    the spring, the spokesman of Minister\nOstrow said.\n\nThe end.";
        assert_eq!(split(text).len(), 2);
    }

    #[test]
    fn a_dateline_is_kept_apart_from_its_sentence() {
        let text = "VELMORA, Nov 3 (Agency) — Two ministers met.";
        let found = sentences(text);
        assert_eq!(&text[found[0].range.clone()], "Two ministers met.");
        assert_eq!(&text[found[0].dateline.clone().unwrap()], "VELMORA, Nov 3 (Agency)");
    }

    #[test]
    fn a_dash_within_a_sentence_makes_no_dateline() {
        assert!(sentences("Ostrow — a former mayor — left.")[0].dateline.is_none());
        assert!(sentences("Harrow said the talks - the third round - failed.")[0].dateline.is_none());
    }

    #[test]
    fn closing_quotes_stay_with_their_sentence() {
        assert_eq!(
            split("\"We go.\" He left. \"Why?\" she asked."),
            ["\"We go.\"", "He left.", "\"Why?\" she asked."]
        );
    }

    #[test]
    fn tokens_keep_numbers_abbreviations_and_hyphenated_words_whole() {
        assert_eq!(
            tokens("The U.S.'s 1,330 men, a 17-year-old, 10-12 F-16s at 7:30 a.m. don't."),
            [
                "The",
                "U.S.",
                "'s",
                "1,330",
                "men",
                ",",
                "a",
                "17-year-old",
                ",",
                "10",
                "-",
                "12",
                "F-16s",
                "at",
                "7:30",
                "a.m.",
                "don't",
                "."
            ]
        );
    }

    #[test]
    fn transliterations_of_a_name_fold_to_one() {
        for other in ["Ostrovskyy", "Ostrovsky", "Ostrovskiy", "Ostrovskij", "Ostrovskii", "OSTROVSKYI"] {
            assert_eq!(fold(other), fold("Ostrovski"));
        }
        assert_eq!(fold("Müller"), "muler");
    }

    #[test]
    fn inflections_share_a_stem() {
        for family in
            [&["strike", "strikes", "striking"][..], &["attack", "attacked", "attacks"], &["city", "cities"]]
        {
            assert!(family.iter().all(|w| stem(w) == stem(family[0])), "{family:?}");
        }
    }

    #[test]
    fn stop_words_are_sorted() {
        assert!(STOP_WORDS.is_sorted());
        assert!(is_stop_word("the") && !is_stop_word("drone"));
    }

    proptest! {
        #[test]
        fn sentences_cover_every_letter_in_order(text in "(\\PC|[ .\n?!\"—()-]|[A-Za-z]){0,120}") {
            let mut covered = vec![false; text.len()];
            let mut last = 0;
            for s in sentences(&text) {
                for range in s.dateline.into_iter().chain([s.range]) {
                    prop_assert!(range.start >= last && text.get(range.clone()).is_some());
                    last = range.end;
                    covered[range].fill(true);
                }
            }
            for (at, c) in text.char_indices() {
                prop_assert!(covered[at] || !c.is_alphanumeric(), "{at} {c:?} in {text:?}");
            }
        }

        #[test]
        fn tokens_cover_everything_but_white_space(text in "\\PC{0,80}") {
            let mut last = 0;
            for t in words(&text) {
                prop_assert!(text[last..t.range.start].trim().is_empty() && t.range.start < t.range.end);
                last = t.range.end;
            }
            prop_assert!(text[last..].trim().is_empty());
        }

        #[test]
        fn folding_and_stemming_never_fail(word in "\\PC{0,20}") {
            prop_assert!(fold(&word).is_ascii() && stem(&word).is_ascii());
        }
    }
}

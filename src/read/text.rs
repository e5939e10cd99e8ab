//! Words, their folded forms and their stems.
//!
//! A sentence comes in; its tokens go out with byte ranges into it, so that evidence stays literal.
//! Nothing but white space is left out.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashSet;

pub use super::sentences::{Sentence, sentences};

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

/// The word at a place, in lower case; empty beyond the last.
pub(super) fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.lower.as_str())
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
    static SET: LazyLock<HashSet<&str>> = LazyLock::new(|| STOP_WORDS.iter().copied().collect());
    SET.contains(lower)
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

pub(super) fn is_all_caps(raw: &str) -> bool {
    let mut letters = 0;
    for c in raw.chars().filter(|c| c.is_alphabetic()) {
        if !c.is_uppercase() {
            return false;
        }
        letters += 1;
    }
    letters >= 2
}

pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
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
mod tests;

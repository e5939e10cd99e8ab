//! Word lists as data: an embedded text in, phrase and verb look-ups out.
//!
//! A list has `[sections]`. In a section whose name begins with `verbs`, a line is a verb's base, then its irregular
//! past forms and (if irregular) its `-ing` form; `+up` is a particle up to three words on. In one that begins with
//! `nouns`, a line is a singular, and its plural is understood. In all others a line is a phrase as it stands.

use foldhash::HashMap;

use super::document::Token;

/// The form in which a listed word was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A phrase or noun, or a verb's base ("meet").
    Base,
    /// "meets"; for a noun its plural.
    Third,
    /// "met".
    Past,
    /// "meeting".
    Ing,
}

/// A listed word or phrase found in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Tokens taken.
    pub len: usize,
    /// The line's first word or whole phrase, as listed.
    pub lemma: &'static str,
    /// Its form.
    pub form: Form,
}

/// One embedded list: its sections, with the marks of their names beside them.
pub struct Lexicon {
    marks: Vec<u16>,
    sections: Vec<(&'static str, Section)>,
}

/// One section of a list, by first word.
#[derive(Default)]
pub struct Section {
    entries: HashMap<String, Vec<Entry>>,
    /// Marks of the first words: most words of a text are ruled out by these alone.
    marks: [u64; MARKS / 64],
}

/// How many marks are told apart.
const MARKS: usize = 1024;

/// A number that differs between most words, at next to no cost.
#[inline]
pub(super) fn mark(word: &str) -> u16 {
    let bytes = word.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return 0 };
    let middle = bytes[bytes.len() / 2];
    let sum = u32::from(*first) * 67 + u32::from(middle) * 131 + u32::from(*last) * 29;
    ((sum + bytes.len() as u32 * 257) % MARKS as u32) as u16
}

struct Entry {
    rest: Vec<String>,
    gaps: bool,
    lemma: &'static str,
    form: Form,
}

/// Words that a verb and its particle are not parted by.
const BREAKS: &[&str] = &[
    "in", "during", "at", "of", "for", "on", "by", "after", "before", "that", "about", "from", "as", "and",
    "to", "with",
];

impl Lexicon {
    /// Reads an embedded list; lines before the first section are ignored.
    pub fn parse(text: &'static str) -> Lexicon {
        let mut sections: Vec<(&'static str, Section)> = Vec::new();
        let mut open = 0;
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if let Some(section) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                open = sections.iter().position(|(name, _)| *name == section).unwrap_or(sections.len());
                if open == sections.len() {
                    sections.push((section, Section::default()));
                }
            } else if !line.is_empty()
                && let Some((name, section)) = sections.get_mut(open)
            {
                section.add(name, line);
            }
        }
        Lexicon { marks: sections.iter().map(|(name, _)| mark(name)).collect(), sections }
    }

    /// The section of that name; an empty one if there is none.
    #[inline]
    pub fn section(&self, name: &str) -> &Section {
        static EMPTY: std::sync::LazyLock<Section> = std::sync::LazyLock::new(Section::default);
        let wanted = mark(name);
        let found =
            self.marks.iter().zip(&self.sections).find(|(mark, (n, _))| **mark == wanted && *n == name);
        found.map_or_else(|| &*EMPTY, |(_, (_, section))| section)
    }
}

impl Section {
    /// The longest entry that begins at token `at`.
    pub fn at(&self, tokens: &[Token<'_>], at: usize) -> Option<Match> {
        let token = tokens.get(at)?;
        let entries = self.under(&token.low, token.mark)?;
        entries
            .iter()
            .filter_map(|e| e.len_at(tokens, at).map(|len| Match { len, lemma: e.lemma, form: e.form }))
            .max_by_key(|m| m.len)
    }

    /// Whether a word is an entry by itself.
    pub fn has(&self, low: &str) -> bool {
        self.under(low, mark(low)).is_some_and(|entries| entries.iter().any(|e| e.rest.is_empty()))
    }

    /// Whether any entry begins at a token of the range.
    pub fn any(&self, tokens: &[Token<'_>], range: std::ops::Range<usize>) -> bool {
        range.into_iter().any(|i| self.at(tokens, i).is_some_and(|m| i + m.len <= tokens.len()))
    }

    #[inline]
    fn under(&self, first: &str, mark: u16) -> Option<&[Entry]> {
        if self.marks[usize::from(mark) / 64] & (1 << (mark % 64)) == 0 {
            return None;
        }
        self.entries.get(first).map(Vec::as_slice)
    }

    fn add(&mut self, section: &str, line: &'static str) {
        if section.starts_with("verbs") {
            return self.add_verb(line);
        }
        let words: Vec<&str> = line.split([' ', '-']).collect();
        self.insert(&words, line, Form::Base, false);
        if section.starts_with("nouns")
            && let Some((last, first)) = words.split_last()
        {
            let plural = with_s(last);
            let mut words: Vec<&str> = first.to_vec();
            words.push(&plural);
            self.insert(&words, line, Form::Third, false);
        }
    }

    fn add_verb(&mut self, line: &'static str) {
        let mut words = line.split_whitespace();
        let Some(base) = words.next() else { return };
        let (particles, irregular): (Vec<&str>, Vec<&str>) = words.partition(|w| w.starts_with('+'));
        let particles: Vec<&str> = particles.into_iter().map(|p| &p[1..]).collect();
        let (ing, past): (Vec<&str>, Vec<&str>) =
            irregular.into_iter().partition(|w| w.ends_with("ing") && w.len() > base.len());
        let mut put = |word: &str, form| {
            let mut words = vec![word];
            words.extend(&particles);
            self.insert(&words, base, form, true);
        };
        put(base, Form::Base);
        put(&with_s(base), Form::Third);
        if past.is_empty() {
            put(&with_ed(base), Form::Past);
        }
        past.into_iter().for_each(|w| put(w, Form::Past));
        if ing.is_empty() {
            put(&with_ing(base), Form::Ing);
        }
        ing.into_iter().for_each(|w| put(w, Form::Ing));
    }

    fn insert(&mut self, words: &[&str], lemma: &'static str, form: Form, gaps: bool) {
        let Some((first, rest)) = words.split_first() else { return };
        let rest = rest.iter().map(|w| (*w).to_owned()).collect();
        let mark = mark(first);
        self.marks[usize::from(mark) / 64] |= 1 << (mark % 64);
        self.entries.entry((*first).to_owned()).or_default().push(Entry { rest, gaps, lemma, form });
    }
}

impl Entry {
    fn len_at(&self, tokens: &[Token<'_>], at: usize) -> Option<usize> {
        let mut next = at + 1;
        for word in &self.rest {
            let reach = if self.gaps { 4 } else { 1 };
            let found = tokens
                .iter()
                .skip(next)
                .take(reach)
                .take_while(|t| !t.punct && (t.low == *word || !BREAKS.contains(&t.low.as_str())))
                .position(|t| t.low == *word)?;
            next += found + 1;
        }
        Some(next - at)
    }
}

fn with_s(word: &str) -> String {
    if ["s", "sh", "ch", "x", "z"].iter().any(|e| word.ends_with(e)) {
        format!("{word}es")
    } else if consonant_y(word) {
        format!("{}ies", &word[..word.len() - 1])
    } else {
        format!("{word}s")
    }
}

fn with_ed(word: &str) -> String {
    if word.ends_with('e') {
        format!("{word}d")
    } else if consonant_y(word) {
        format!("{}ied", &word[..word.len() - 1])
    } else {
        format!("{word}ed")
    }
}

fn with_ing(word: &str) -> String {
    match word.strip_suffix('e') {
        Some(stem) if !word.ends_with("ee") => format!("{stem}ing"),
        _ => format!("{word}ing"),
    }
}

fn consonant_y(word: &str) -> bool {
    let mut ends = word.chars().rev();
    ends.next() == Some('y') && ends.next().is_some_and(|c| !"aeiou".contains(c))
}

//! A sentence in pieces, and the names that the gazetteer knows at each of them.
//!
//! A sentence and its words come in; hyphenated words are taken apart, and the longest known name that starts at
//! each piece goes out with all places that it may mean, and with the countries and surnames of the sentence.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::gazetteer::{self, Class, Sense};
use super::super::place_words::*;
use super::super::text::{self, Token, TokenKind};

/// A word, a part of a hyphenated word, or a sign.
pub(super) struct Piece<'t> {
    pub text: &'t str,
    /// Its bytes in the sentence.
    pub range: Range<usize>,
    pub is_word: bool,
    /// It begins with a capital.
    pub capital: bool,
}

/// A run of pieces that the gazetteer knows.
pub(super) struct Found {
    pub start: usize,
    /// The piece after its last.
    pub end: usize,
    /// The places that it may mean.
    pub senses: Vec<&'static Sense>,
}

/// A sentence laid out for the search.
pub(super) struct Scan<'t> {
    pub text: &'t str,
    pub pieces: Vec<Piece<'t>>,
    /// The longest known name that starts at each piece.
    pub found: Vec<Option<Found>>,
    /// ISO codes of the countries that the sentence names in any way.
    pub countries: BTreeSet<&'static str>,
    /// Most words carry capitals: a capital says nothing.
    pub title_case: bool,
    /// All its words are in capitals.
    pub shouts: bool,
}

impl<'t> Scan<'t> {
    /// Takes a sentence apart and looks its names up.
    pub(super) fn new(text: &'t str, tokens: &[Token]) -> Scan<'t> {
        let title_case = is_title_case(tokens);
        let shouts = tokens.iter().filter(|t| t.is_word() && t.lower.len() > 1).all(|t| t.all_caps);
        let mut pieces = Vec::with_capacity(tokens.len() + 4);
        for token in tokens {
            let word = &text[token.range.clone()];
            if token.kind != TokenKind::Word || !word.contains(['-', '‐', '‑']) {
                let (is_word, capital) = (token.is_word(), token.capitalised);
                pieces.push(Piece { text: word, range: token.range.clone(), is_word, capital });
                continue;
            }
            let mut start = token.range.start;
            for part in word.split_inclusive(['-', '‐', '‑']) {
                let bare = part.trim_end_matches(['-', '‐', '‑']);
                let capital = bare.starts_with(char::is_uppercase);
                pieces.push(Piece { text: bare, range: start..start + bare.len(), is_word: true, capital });
                start += part.len();
            }
        }
        let mut scan =
            Scan { text, pieces, found: Vec::new(), countries: BTreeSet::new(), title_case, shouts };
        scan.found = (0..scan.pieces.len()).map(|at| scan.match_at(at)).collect();
        scan.countries = scan.named_countries();
        scan
    }

    /// The piece, if it is a word.
    pub(super) fn word(&self, at: usize) -> Option<&Piece<'t>> {
        self.pieces.get(at).filter(|piece| piece.is_word)
    }

    /// Whether a piece reads so.
    pub(super) fn is(&self, at: usize, text: &str) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.text == text)
    }

    /// Whether a hyphen, and nothing else, parts this piece from the one before it.
    pub(super) fn hyphen_before(&self, at: usize) -> bool {
        at > 0
            && at < self.pieces.len()
            && matches!(
                &self.text[self.pieces[at - 1].range.end..self.pieces[at].range.start],
                "-" | "‐" | "‑"
            )
    }

    /// The longest known name that starts here.
    fn match_at(&self, start: usize) -> Option<Found> {
        let first = self.word(start).filter(|piece| piece.capital)?;
        if let Some(sense) = gazetteer::exact(first.text) {
            return Some(Found { start, end: start + 1, senses: vec![sense] });
        }
        if let Some(senses) = self.state(start) {
            return Some(Found { start, end: start + 1, senses });
        }
        // "N. Korea", "S. Sudan"
        let side = match first.text {
            "N" | "N." => Some("North"),
            "S" | "S." => Some("South"),
            _ => None,
        };
        if let Some(side) = side {
            let next = start + 1 + usize::from(self.is(start + 1, "."));
            let name = self.word(next).filter(|p| p.capital && next > start + 1 || first.text.len() > 1)?;
            let senses: Vec<_> = gazetteer::senses_of(&gazetteer::key_of(&format!("{side} {}", name.text)))
                .filter(|s| s.class == Class::Country)
                .collect();
            return (!senses.is_empty()).then_some(Found { start, end: next + 1, senses });
        }
        let mut key = gazetteer::piece_key(first.text);
        let longest = gazetteer::longest(&key);
        if longest == 0 {
            return None;
        }
        let mut found = None;
        let (mut end, mut words) = (start + 1, 1);
        loop {
            let last = &self.pieces[end - 1];
            let senses: Vec<_> = gazetteer::senses_of(&key)
                .filter(|s| last.capital || s.class == Class::Area || s.name.ends_with("City"))
                .collect();
            if !(senses.is_empty() || words == 1 && is_never_a_place(first.text)) {
                found = Some(Found { start, end, senses });
            }
            if words == longest {
                break;
            }
            let Some(next) = self.word(end) else { break };
            let next_key = gazetteer::piece_key(next.text);
            end += 1;
            if next_key.is_empty() || gazetteer::is_article(&next_key) {
                continue;
            }
            key.push(' ');
            key.push_str(&next_key);
            words += 1;
        }
        found
    }

    /// ISO codes of the countries that it names, by name, people, capital or seat.
    fn named_countries(&self) -> BTreeSet<&'static str> {
        let mut countries = BTreeSet::new();
        let mut at = 0;
        while at < self.pieces.len() {
            let Some(found) = &self.found[at] else {
                at += 1;
                continue;
            };
            let first = found.senses[0];
            let names_country = match first.class {
                Class::Country => !first.is_personal || self.before(at).preposition.is_some(),
                Class::People | Class::Seat | Class::Area => true,
                Class::City => first.is_capital,
                Class::Division => self.state(at).is_some(),
            };
            countries.extend(first.country.filter(|_| names_country));
            at = found.end;
        }
        countries
    }

    /// Last words of runs of capitalised words that are no known places.
    pub(super) fn surnames(&self) -> Vec<String> {
        let mut surnames = Vec::new();
        for at in 1..self.pieces.len() {
            let (Some(before), Some(last)) = (self.word(at - 1), self.word(at)) else { continue };
            let runs = before.capital && last.capital && !self.word(at + 1).is_some_and(|next| next.capital);
            if runs
                && !text::is_stop_word(&before.text.to_lowercase())
                && !is_direction(before.text)
                && !is_class_word(last.text)
                && self.found[at - 1].as_ref().is_none_or(|found| {
                    let first = found.senses[0];
                    let town = matches!(first.class, Class::City | Class::Division) && !first.is_capital;
                    found.end == at && (first.is_personal || town)
                })
            {
                surnames.push(text::fold(last.text));
            }
        }
        surnames
    }
}

/// Whether most words carry capitals, so that a capital says nothing.
fn is_title_case(tokens: &[Token]) -> bool {
    let content = tokens.iter().filter(|t| t.is_word() && !text::is_stop_word(&t.lower));
    let (all, capital) =
        content.fold((0, 0), |(all, capital), t| (all + 1, capital + usize::from(t.capitalised)));
    all >= 4 && capital * 10 >= all * 9
}

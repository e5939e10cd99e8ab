//! What the words around a name say of it: prepositions, kinds of place, sites, the wider place.

use super::super::gazetteer::{self, Class, Sense};
use super::super::place_words::*;
use super::super::text;
use super::pieces::{Found, Scan};

/// What stands before a name.
#[derive(Default)]
pub(super) struct Before {
    pub preposition: Option<&'static str>,
    /// What "city of" or "region of" says of it: the name can only be a place.
    pub class_word: Option<&'static str>,
    /// A direction ("eastern"): the same.
    pub direction: bool,
}

impl Scan<'_> {
    /// Reads leftwards from a name, over what may stand between it and its preposition.
    pub(super) fn before(&self, start: usize) -> Before {
        let mut before = Before::default();
        let mut at = start;
        while at > 0 {
            at -= 1;
            let Some(piece) = self.word(at) else { break };
            let lower = piece.text.to_ascii_lowercase();
            let class_word = class_of(&lower).filter(|_| at + 1 < start && self.is(at + 1, "of"));
            if let Some(class) = class_word {
                before.class_word.get_or_insert(class);
                before.preposition = None;
            } else if let Some(preposition) = PREPOSITIONS.iter().find(|p| **p == lower) {
                if before.preposition.is_none() {
                    before.preposition = Some(*preposition);
                }
                // "of" may belong to a class word or direction before it.
                if *preposition != "of" {
                    break;
                }
            } else if is_direction(&lower) {
                before.direction = true;
                if before.preposition == Some("of") {
                    before.preposition = Some("near");
                }
            } else if !(lower == "the" || lower == "a" || MODIFIERS.contains(&lower.as_str())) {
                // The people's adjective before a class word: "the Ukrainian city of".
                let people = before.class_word.is_some() && gazetteer::demonym(piece.text).is_some();
                if !people {
                    break;
                }
            }
        }
        before
    }

    /// A capitalised word right before, which makes the name a part of a longer one.
    pub(super) fn name_before(&self, start: usize) -> bool {
        let Some(at) = self.with_article(start).checked_sub(1) else { return false };
        let Some(piece) = self.word(at).filter(|piece| piece.capital) else { return false };
        let lower = piece.text.to_ascii_lowercase();
        !(text::is_stop_word(&lower)
            || piece.text.starts_with(['\'', '’'])
            || is_direction(&lower)
            || is_class_word(&lower)
            || self.hyphen_before(start)
            || at == 0 && is_verb_like(&lower)
            || is_never_a_place(piece.text)
            || gazetteer::demonym(piece.text).is_some()
            || gazetteer::exact(piece.text).is_some()
            || gazetteer::country(piece.text).is_some())
    }

    /// A capitalised word right after that is no body's, office's or place's.
    pub(super) fn name_after(&self, end: usize) -> bool {
        self.word(end).is_some_and(|piece| {
            let lower = piece.text.to_ascii_lowercase();
            piece.capital
                && !self.hyphen_before(end)
                && !piece.text.starts_with(['\'', '’'])
                && !is_class_word(&lower)
                && !BODY_WORDS.contains(&lower.as_str())
                && gazetteer::exact(piece.text).is_none()
                && gazetteer::demonym(piece.text).is_none()
        })
    }

    /// Whether a site in the town is named by it: "Arn market", "Arn's main bus station", "the market of Arn".
    pub(super) fn has_site(&self, start: usize, end: usize) -> bool {
        let site = |at: usize| {
            self.word(at)
                .is_some_and(|p| !p.capital && TOWN_SITES.contains(&p.text.to_ascii_lowercase().as_str()))
        };
        let possessed = self.word(end).is_some_and(|p| matches!(p.text, "'s" | "’s"));
        let from = end + usize::from(possessed);
        let after = (from..from + 3)
            .take_while(|at| self.word(*at).is_some_and(|p| !p.capital && !text::is_stop_word(p.text)))
            .any(site);
        let before = start.checked_sub(2).is_some_and(|at| self.is(start - 1, "of") && site(at));
        after || before
    }

    /// "region", "city" or "site" if the word after the name says so.
    pub(super) fn class_after(&self, end: usize) -> Option<&'static str> {
        let piece = self.word(end).filter(|_| !self.hyphen_before(end))?;
        let lower = piece.text.to_ascii_lowercase();
        class_of(&lower).filter(|class| *class == "region" || *class == "city" && lower != "port")
    }

    /// The American state whose name is cut short here: "Arn, Conn.".
    pub(super) fn state(&self, at: usize) -> Option<Vec<&'static Sense>> {
        let word = self.word(at).filter(|_| at > 1 && self.is(at - 1, ","))?;
        let (_, name) = STATES.iter().find(|(short, _)| *short == word.text)?;
        let dotted = word.text.contains('.') || self.is(at + 1, ".") || word.text == "DC";
        let town = self.word(at - 2).is_some_and(|p| p.capital);
        let senses = gazetteer::senses_of(&gazetteer::key_of(name));
        let senses: Vec<_> =
            senses.filter(|s| s.class == Class::Division && s.country == Some("US")).collect();
        (dotted && town && !senses.is_empty()).then_some(senses)
    }

    /// The wider place before a name: "Nova's Arn", "the Novan town of Arn".
    pub(super) fn owner(&self, start: usize) -> Option<&[&'static Sense]> {
        let mut at = start;
        let mut class = false;
        while let Some(piece) = at.checked_sub(1).and_then(|k| self.pieces.get(k)) {
            let lower = piece.text.to_ascii_lowercase();
            let kind = class_of(&lower).is_some() || lower == "capital";
            let skips = kind
                || is_direction(&lower)
                || matches!(lower.as_str(), "of" | "'s" | "’s" | "main" | "second");
            if !skips || piece.capital {
                break;
            }
            class |= kind
                || lower.ends_with('s') && !piece.is_word
                || lower.ends_with("'s")
                || lower.ends_with("’s");
            at -= 1;
        }
        let outer = self.found[..at].iter().flatten().find(|found| found.end == at)?;
        let wide = matches!(outer.senses[0].class, Class::Country | Class::People);
        (class && wide).then_some(outer.senses.as_slice())
    }

    /// The country that the words beside a town put it in, where the gazetteer knows only towns of its name elsewhere.
    pub(super) fn elsewhere(&self, found: &Found) -> Option<&'static str> {
        let towns =
            found.senses.iter().all(|s| matches!(s.class, Class::City | Class::Division) && !s.is_capital);
        let behind = || {
            let outer = self.apposed(found.end)?;
            let same = |f: &&Found| std::ptr::eq(f.senses.as_slice(), outer);
            let end = self.found.iter().flatten().find(same)?.end;
            // "After the attack in Arn, Nova said": no place of Nova's.
            let ends = match self.pieces.get(end) {
                None => true,
                Some(next) if next.text == "," => {
                    self.pieces.get(end + 1).is_some_and(|p| p.is_word && !p.capital)
                }
                Some(next) => !next.is_word || self.is(found.end, "in") || matches!(next.text, "on" | "at"),
            };
            ends.then_some(outer)
        };
        let outer = self.owner(found.start).or_else(behind)?;
        let wide = |o: &&&Sense| match o.class {
            Class::Country | Class::People => true,
            Class::Division => self.state(found.end + 1).is_some(),
            _ => false,
        };
        let country = outer.first().filter(wide)?.country?;
        (towns && found.senses.iter().all(|s| s.country != Some(country))).then_some(country)
    }

    /// The wider place after a comma or "in": "Miami, Florida", "Sumy, in eastern Ukraine", "Arn in Nova".
    pub(super) fn apposed(&self, end: usize) -> Option<&[&'static Sense]> {
        if !self.is(end, ",") && !self.is(end, "in") {
            return None;
        }
        let mut at = end + usize::from(self.is(end, ","));
        while self.word(at).is_some_and(|p| {
            let lower = p.text.to_ascii_lowercase();
            matches!(lower.as_str(), "in" | "the") || is_direction(&lower)
        }) {
            at += 1;
        }
        let outer = self.found.get(at)?.as_ref()?;
        let ends = self.pieces.get(outer.end).is_none_or(|piece| piece.text != "'s" && piece.text != "’s");
        ends.then_some(outer.senses.as_slice())
    }

    /// Whether only commas and "and" part a name that ends at byte `from` from piece `start`.
    pub(super) fn joins(&self, from: usize, start: usize) -> bool {
        let between: Vec<_> =
            self.pieces[..start].iter().rev().take_while(|piece| piece.range.start >= from).collect();
        !between.is_empty()
            && between.len() <= 2
            && between.iter().all(|p| matches!(p.text, "," | "and" | "or" | "&"))
    }

    /// The piece at which the name starts with its Arabic article ("al-Shadadi").
    pub(super) fn with_article(&self, start: usize) -> usize {
        let article = start > 0
            && self.word(start - 1).is_some_and(|piece| {
                let lower = piece.text.to_ascii_lowercase();
                (matches!(lower.as_str(), "al" | "el") || gazetteer::is_article(&lower) && lower != "the")
                    && (self.hyphen_before(start) || piece.capital && matches!(lower.as_str(), "al" | "el"))
            });
        start - usize::from(article)
    }
}

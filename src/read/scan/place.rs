//! Names that begin with a place: a country, a people, a capital or a town, with what follows it.
//!
//! A place of the sentence comes in; the organ, office holder, body or person that it begins goes out, or the place
//! itself, as one who acts or only as where something is.

use super::super::document::Token;
use super::super::gazetteer;
use super::super::lexicon::Match;
use super::super::places::PlaceUse;
use super::super::text;
use super::{Found, NAMES, Scan, What};
use crate::model::PlaceLevel;

impl Scan<'_, '_> {
    /// A country, demonym, capital or other place, with the organ, office or person after it.
    pub(super) fn at_place(&self, first: usize, place: usize, last: usize) -> Option<Found> {
        let hit = &self.sentence.places[place];
        let tokens = self.tokens();
        let country = hit.government.or(hit.place.country.as_deref()).and_then(gazetteer::country_by_code);
        let demonym = hit.use_ == PlaceUse::Demonym;
        let governs = hit.government.is_some() || demonym && country.is_some();
        // A town's name that is a given name before a surname, or a surname after an office, is a person's.
        let town =
            hit.place.level <= PlaceLevel::City && hit.government.is_none() && hit.use_ == PlaceUse::Bare;
        if town
            && tokens.get(last).is_some_and(|t| t.cap && self.name_word(last) && !t.joined)
            && !self.bodylike(first, last + 1)
        {
            let end = self.run_end(first, None);
            if end > last {
                return self.classify(first, end);
            }
        }
        let mut after = last;
        if tokens.get(after).is_some_and(|t| t.low == "'s") {
            after += 1;
        }
        let national = governs && (hit.use_ != PlaceUse::Location || after > last);
        // "Nova Party", "Kherson Hospital": a place within a longer name.
        if !demonym
            && after == last
            && let Some(end) = self.body_end(first, last)
            && end > last
            && self.bodylike(last, end)
        {
            return Some(self.body(first, end, country));
        }
        if let Some(country) = country.filter(|_| national) {
            let its = |last: usize, words: String, what: What| {
                Some(Found { first, last, words, office: None, country: Some(country), what })
            };
            if let Some((skip, m)) = longest_after(tokens, after, "ministries") {
                let last = after + skip + m.len;
                let mut words = if demonym { hit.place.literal.clone() } else { country.name.to_owned() };
                for t in &tokens[after..last] {
                    words.push(' ');
                    words.push_str(&capital(t.text));
                }
                return its(last, words, What::Body);
            }
            if let Some((end, office)) = self.office(after) {
                return Some(self.after_office(first, end, office, Some(country)));
            }
            if after > last && tokens.get(after).is_some_and(|t| t.cap) {
                let end = self.run_end(after, None);
                if end > after
                    && !self.bodylike(after, end)
                    && !self.certain_at(after)
                    && let Some(person) =
                        self.classify(after, end).filter(|f| matches!(f.what, What::Person | What::Single))
                {
                    return Some(Found { first, country: Some(country), ..person });
                }
            }
            if let Some((skip, m)) = longest_after(tokens, after, "organs") {
                return its(after + skip + m.len, country.name.to_owned(), What::Country);
            }
        }
        let what = match hit.use_ {
            PlaceUse::Demonym => What::Adjective,
            PlaceUse::Bare if governs && !self.within(place) => What::Country,
            PlaceUse::Location if governs && self.sends(first) => What::Country,
            _ => What::Place,
        };
        let seat = what == What::Country
            && hit.place.level != PlaceLevel::Country
            && gazetteer::seat(&hit.place.literal).is_some();
        if seat {
            let words = hit.place.literal.clone();
            return Some(Found { first, last, words, office: None, country, what: What::Body });
        }
        let words = match (what, country) {
            (What::Place, Some(_)) if hit.place.level != PlaceLevel::Country => hit.place.name.clone(),
            (_, Some(country)) => country.name.to_owned(),
            (_, None) => hit.place.name.clone(),
        };
        Some(Found { first, last, words, office: None, country, what })
    }

    /// Whether it only says where the place before it lies ("Linz, Austria").
    fn within(&self, place: usize) -> bool {
        let (Some(before), hit) =
            (place.checked_sub(1).map(|i| &self.sentence.places[i]), &self.sentence.places[place])
        else {
            return false;
        };
        let between = &self.sentence.text[before.range.end.min(hit.range.start)..hit.range.start];
        between.trim() == ","
            && before.place.level < hit.place.level
            && before.place.country == hit.place.country
    }

    /// Whether those before it come from this country: "officials from A", "the presidents of A and B".
    fn sends(&self, first: usize) -> bool {
        let tokens = self.tokens();
        let Some(of) = (first.saturating_sub(8)..first).rev().find(|&i| tokens[i].is(&["from", "of"])) else {
            return false;
        };
        // "envoys from A and from B"
        let again = of > 1 && tokens[of - 1].low == "and";
        let former = (of.saturating_sub(6)..of).rev().find(|&i| tokens[i].is(&["from", "of", "for"]));
        let of = former.filter(|_| again).unwrap_or(of);
        let link = |t: &Token<'_>| t.is(&[",", "and", "the", "from", "of", "for"]);
        let listed = tokens[of + 1..first].iter().all(|t| t.cap || link(t));
        let organ = |i: usize| {
            NAMES.section("organs").at(tokens, i).is_some_and(|m| i + m.len == of)
                || NAMES.section("offices").at(tokens, i).is_some_and(|m| i + m.len == of)
        };
        listed && (of.saturating_sub(3)..of).any(organ)
    }
}

/// The word with a capital.
fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// A listed phrase at `at` or after up to two lower-case words; how many were skipped, and the phrase.
fn longest_after(tokens: &[Token<'_>], at: usize, section: &str) -> Option<(usize, Match)> {
    (0..3)
        .take_while(|skip| {
            *skip == 0
                || tokens
                    .get(at + skip - 1)
                    .is_some_and(|t| !t.punct && !t.cap && !text::is_stop_word(&t.low))
        })
        .find_map(|skip| Some((skip, NAMES.section(section).at(tokens, at + skip)?)))
}

//! Places that the gazetteer does not know, shown by the words around them.

use super::super::gazetteer;
use super::super::place_words::*;
use super::super::text;
use super::pieces::Scan;
use super::{Context, PlaceHit, PlaceUse};
use crate::model::{Place, PlaceLevel};

impl Scan<'_> {
    /// "Gulf of Arn", "Bay of Arn": a stretch of water that goes by the name of a place.
    pub(super) fn waters(&self, start: usize) -> Option<(PlaceHit, usize)> {
        let water = self.word(start).is_some_and(|p| p.capital && WATERS.contains(&p.text));
        let named = water && self.is(start + 1, "of") && self.word(start + 2).is_some_and(|p| p.capital);
        if !named || self.found[start].is_some() {
            return None;
        }
        let end = self.found[start + 2].as_ref().map_or(start + 3, |found| found.end);
        let range = self.pieces[start].range.start..self.pieces[end - 1].range.end;
        let literal = self.text[range.clone()].to_owned();
        let place =
            Place { name: literal.clone(), country: None, region: None, level: PlaceLevel::Region, literal };
        let preposition = self.before(start).preposition;
        let hit =
            PlaceHit { range, place, use_: PlaceUse::Location, preposition, population: 0, government: None };
        Some((hit, end))
    }

    /// A town that another sentence of the document shows to be one, and that the gazetteer lacks.
    pub(super) fn town(&self, at: usize, context: &Context) -> Option<(PlaceHit, usize)> {
        let piece = self.word(at).filter(|p| p.capital && context.towns.contains(p.text))?;
        let beside = self.name_before(at) || self.name_after(at + 1);
        if beside || context.surnames.contains(&text::fold(piece.text)) {
            return None;
        }
        let literal = piece.text.to_owned();
        let place =
            Place { name: literal.clone(), country: None, region: None, level: PlaceLevel::City, literal };
        let preposition = self.before(at).preposition;
        let located = preposition.is_some_and(|p| STRONG.contains(&p)) || self.has_site(at, at + 1);
        let use_ = if located { PlaceUse::Location } else { PlaceUse::Bare };
        let range = piece.range.clone();
        Some((PlaceHit { range, place, use_, preposition, population: 0, government: None }, at + 1))
    }

    /// A place that the gazetteer does not know, where the words around it say that it is one.
    pub(super) fn unknown(&self, start: usize) -> Option<(PlaceHit, usize)> {
        let first = self.word(start).filter(|piece| piece.capital && !is_never_a_place(piece.text))?;
        if gazetteer::demonym(first.text).is_some() {
            return None;
        }
        if start > 0
            && self.word(start - 1).is_some_and(|p| p.capital && !text::is_stop_word(&p.text.to_lowercase()))
        {
            return None;
        }
        let mut end = start + 1;
        // "Saint Aldo's Island": a possessive goes on if the word after it ends the name.
        let possessive = |at: usize| {
            at == start + 2
                && self.word(at).is_some_and(|p| p.text.starts_with(['\'', '’']))
                && self.word(at + 1).is_some_and(|p| p.capital && is_class_word(p.text))
        };
        while end < start + 5
            && (self.word(end).is_some_and(|p| p.capital && !p.text.starts_with(['\'', '’']))
                || possessive(end))
        {
            end += 1;
        }
        let before = self.before(start);
        let located =
            before.preposition.is_some_and(|p| STRONG.contains(&p) || matches!(p, "on" | "from" | "to"));
        let last = self.pieces[end - 1].text.to_ascii_lowercase();
        let (level, end) = if let Some(class) = before.class_word {
            (level_of(class), end)
        } else if !located || self.title_case {
            return None;
        } else if end > start + 1 && SITES.contains(&last.as_str()) {
            (PlaceLevel::Site, end)
        } else if let Some(after) = self.word(end).map(|piece| piece.text.to_ascii_lowercase()) {
            if SITES.contains(&after.as_str()) {
                (PlaceLevel::Site, end + 1)
            } else {
                // "the Andean town of Arn": the name before the class word is an adjective.
                let class = class_of(&after).filter(|_| !self.is(end + 1, "of"))?;
                (level_of(class), if class == "region" { end + 1 } else { end })
            }
        } else {
            return None;
        };
        let range = self.pieces[self.with_article(start)].range.start..self.pieces[end - 1].range.end;
        let literal = self.text[range.clone()].to_owned();
        let place = Place { name: literal.clone(), country: None, region: None, level, literal };
        let use_ = PlaceUse::Location;
        Some((
            PlaceHit { range, place, use_, preposition: before.preposition, population: 0, government: None },
            end,
        ))
    }
}

/// The level that a class word gives a place.
fn level_of(class: &str) -> PlaceLevel {
    match class {
        "region" => PlaceLevel::Region,
        "city" => PlaceLevel::City,
        _ => PlaceLevel::Site,
    }
}

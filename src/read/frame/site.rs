//! The place of an event: named near its words, or the town that the article was written from.

use std::ops::Range;

use super::super::document::{Document, Sentence, Token};
use super::super::names::Stands;
use super::super::places::{self, PlaceUse};
use crate::model::{ActorRole, Place, PlaceLevel};

/// The place where something happens: the most exact one near the words at `at`.
pub fn place(sentence: &Sentence<'_>, clause: &Range<usize>, at: usize, bare: bool) -> Option<Place> {
    let tokens = &sentence.tokens;
    let mut best: Option<((bool, PlaceLevel, usize), Place)> = None;
    for hit in &sentence.places {
        let token = sentence.token_at(hit.range.start);
        let named = sentence
            .name_at(token)
            .is_none_or(|n| n.stands == Stands::Place || bare && n.actor.role == ActorRole::Country);
        let acting = sentence.name_at(token).is_some_and(|n| n.stands == Stands::Actor);
        let usable = match hit.use_ {
            PlaceUse::Location => !acting,
            PlaceUse::Bare => bare && named,
            PlaceUse::Demonym => false,
        };
        if !usable || !bare && !located(sentence, token) {
            continue;
        }
        // A place told of talks in another part of the sentence is not the attack's.
        let comma = token < at && tokens[token..at].iter().any(|t| t.low == ",");
        let talks = tokens[token.saturating_sub(4)..token]
            .iter()
            .any(|t| t.is(&["talks", "meeting", "summit", "negotiations"]));
        let opening =
            tokens[..token].iter().all(|t| t.punct || t.is(&["in", "at", "near"]) || t.cap && token < 4);
        if bare && comma && talks
            || !bare
                && comma
                && !opening
                && tokens[token..at].iter().any(|t| t.is(&["announces", "announced", "says", "said"]))
        {
            continue;
        }
        let rank =
            (!clause.contains(&token), hit.place.level, token.abs_diff(at) + usize::from(token < at) * 4);
        if best.as_ref().is_none_or(|(r, _)| rank < *r) {
            best = Some((rank, hit.place.clone()));
        }
    }
    best.filter(|(rank, _)| !rank.0 || rank.2 < 14).map(|(_, p)| city_of(p))
}

/// Whether a preposition of place stands before a name, or a comma after a narrower place.
pub fn located(sentence: &Sentence<'_>, token: usize) -> bool {
    let tokens = &sentence.tokens;
    let skip = |t: &Token<'_>| {
        t.is(&[
            "the", "city", "town", "village", "capital", "resort", "of", "southern", "northern", "eastern",
            "western", "central", "port", "nearby", "state", "region", "province", "'s",
        ]) || t.low == ","
            || t.cap
    };
    let before = tokens[..token].iter().rev().take(6).find(|t| !skip(t));
    before.is_some_and(|t| {
        t.is(&[
            "in", "at", "near", "to", "outside", "inside", "into", "around", "for", "from", "between",
            "visited", "visits", "visit",
        ])
    }) && !tokens[token.saturating_sub(2)..token].iter().any(|t| t.is(&["from"]))
}

/// A seat of government is shown as the city where it stands.
pub fn city_of(place: Place) -> Place {
    let Some(country) =
        crate::read::gazetteer::seat(&place.literal).filter(|_| place.level == PlaceLevel::Site)
    else {
        return place;
    };
    let found = places::find(&format!("in {}", country.capital));
    found.into_iter().next().map_or(place.clone(), |hit| Place { literal: place.literal, ..hit.place })
}

/// The place of a name that the sentence does not show to be one, if the gazetteer knows it.
pub fn known_place(name: &str) -> Option<Place> {
    if !crate::read::gazetteer::is_place_name(name) {
        return None;
    }
    places::find(&format!("in {name}")).into_iter().next().map(|hit| hit.place)
}

/// "here", "in this lakeside city": the place that the report is dated from.
pub fn here(doc: &Document<'_>, sentence: &Sentence<'_>, part: &Range<usize>) -> Option<Place> {
    const TOWNS: [&str; 6] = ["city", "town", "capital", "port", "village", "resort"];
    let tokens = &sentence.tokens;
    let here = part.clone().any(|i| {
        tokens[i].low == "here"
            && !tokens[i].quoted
            && tokens
                .get(i + 1)
                .is_none_or(|t| t.punct || t.cap || t.is(&["on", "this", "late", "after", "with", "to"]))
    });
    let this = part.clone().any(|i| {
        tokens[i].low == "this"
            && !tokens[i].quoted
            && tokens[i + 1..].iter().take(4).take_while(|t| !t.punct).any(|t| t.is(&TOWNS))
    });
    (here || this).then(|| dateline(doc)).flatten()
}

/// The town that an article was written from: "ARN, Nova".
pub fn dateline(doc: &Document<'_>) -> Option<Place> {
    let literal = doc.dateline?.split([',', '(', '/']).next()?.trim();
    let words: Vec<String> = literal.split_whitespace().map(capitalised).collect();
    let name = words.join(" ");
    let literal = literal.to_owned();
    let unknown = || Place {
        name: name.clone(),
        country: None,
        region: None,
        level: PlaceLevel::City,
        literal: literal.clone(),
    };
    let known = known_place(&name).map(|place| Place { literal: literal.clone(), ..place });
    Some(known.unwrap_or_else(unknown)).filter(|place| place.level == PlaceLevel::City)
}

fn capitalised(shouted: &str) -> String {
    let mut chars = shouted.chars();
    let first: String = chars.by_ref().take(1).collect();
    first + &chars.as_str().to_lowercase()
}

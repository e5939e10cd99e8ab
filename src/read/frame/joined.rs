//! Mentions of one event within an article, made one.

use std::ops::Range;

use chrono::Days;

use super::super::document::Sentence;
use super::super::gazetteer;
use super::party::push;
use super::telling::{content, evidence};
use crate::model::{Actor, ActorRole, Kind, Mention, Place, PlaceLevel, Precision, Status, When};

/// A mention with what every kind fills alike.
pub fn mention(
    kind: Kind,
    status: Status,
    sentence: &Sentence<'_>,
    clause: &Range<usize>,
    at: usize,
    rule: &str,
) -> Mention {
    let evidence = evidence(sentence, clause, at);
    Mention {
        kind,
        status,
        actors: Vec::new(),
        speaker: None,
        when: None,
        place: None,
        killed: None,
        wounded: None,
        campaign: false,
        quote: None,
        words: content(&evidence),
        evidence,
        prominent: sentence.prominent(),
        background: false,
        rule: rule.to_owned(),
        score: if sentence.prominent() { 0.8 } else { 0.6 },
    }
}

/// Whether two places may be one: equal, unknown, or one within the other.
pub fn places_agree(a: Option<&Place>, b: Option<&Place>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    if gazetteer::key(&a.name) == gazetteer::key(&b.name) {
        return true;
    }
    let known = |p: &Place| p.country.is_some();
    let (wide, narrow) = if a.level > b.level { (a, b) } else { (b, a) };
    match (wide.level, narrow.level) {
        (PlaceLevel::Country, _) => !known(narrow) || wide.country == narrow.country,
        (PlaceLevel::Region, PlaceLevel::City | PlaceLevel::Site) => {
            narrow.region.is_none()
                || narrow.region == wide.region
                || narrow.region.as_deref() == Some(&wide.name)
        }
        (PlaceLevel::City, PlaceLevel::Site) => true,
        _ => false,
    }
}

/// Whether two days may be one: unknown, taken from the publication day, or at most a day apart.
pub fn days_agree(a: Option<&When>, b: Option<&When>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    if a.literal.is_empty() || b.literal.is_empty() {
        return true;
    }
    a.from <= b.to + Days::new(1) && b.from <= a.to + Days::new(1)
}

/// Puts what a second mention of the same event says into the first; the better evidence stays.
pub fn join(into: &mut Mention, other: Mention) {
    // Of a meeting, the sentence that names the persons tells most.
    let persons = |m: &Mention| {
        let persons = m.actors.iter().filter(|a| a.role == ActorRole::Person).count();
        if m.kind == Kind::MEETING { persons.min(2) } else { 0 }
    };
    let better = |m: &Mention| {
        (
            m.prominent,
            persons(m)
                + usize::from(m.place.is_some())
                + usize::from(m.when.as_ref().is_some_and(|w| !w.literal.is_empty()))
                + usize::from(m.killed.is_some())
                + usize::from(m.wounded.is_some())
                + m.actors.len().min(3),
        )
    };
    let swap = better(&other) > better(into);
    let (mut best, rest) = if swap { (other, into.clone()) } else { (into.clone(), other) };
    take_in(&mut best, rest);
    *into = best;
}

/// Fills what a mention leaves open from another of the same event.
pub fn take_in(best: &mut Mention, rest: Mention) {
    for actor in rest.actors {
        push(&mut best.actors, actor);
    }
    // A house that speaks by its spokesman: the person is the speaker.
    let named = |a: &Option<Actor>| a.as_ref().is_some_and(|a| a.role == ActorRole::Person);
    if !named(&best.speaker) && (named(&rest.speaker) || best.speaker.is_none()) {
        best.speaker = rest.speaker;
    }
    best.killed = best.killed.take().or(rest.killed);
    best.wounded = best.wounded.take().or(rest.wounded);
    best.quote = best.quote.take().or(rest.quote);
    let exact = |w: &Option<When>| w.as_ref().is_some_and(|w| !w.literal.is_empty());
    // "next week" in one sentence is "on 1 February" in another.
    let finer = |a: &Option<When>, b: &Option<When>| {
        let day = |w: &Option<When>| w.as_ref().is_some_and(|w| w.precision == Precision::Day);
        day(b) && !day(a) && best.kind == Kind::MEETING
    };
    if exact(&rest.when) && (!exact(&best.when) || finer(&best.when, &rest.when)) || best.when.is_none() {
        best.when = rest.when;
    }
    best.place = match (best.place.take(), rest.place) {
        (Some(a), Some(b)) if b.level < a.level => Some(b),
        (a, b) => a.or(b),
    };
    for word in rest.words {
        if !best.words.contains(&word) {
            best.words.push(word);
        }
    }
    best.prominent |= rest.prominent;
    best.background &= rest.background;
    best.score = best.score.max(rest.score);
}

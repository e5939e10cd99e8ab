//! The day of an event: named in its clause, or told from another's.

use std::ops::Range;

use super::super::dates::{DateHit, DateRole, Direction};
use super::super::document::{Document, Sentence};
use crate::model::{Precision, When};

/// The day that a clause names, or else its sentence.
pub fn when(
    doc: &Document<'_>,
    sentence: &Sentence<'_>,
    clause: &Range<usize>,
    at: usize,
    future: bool,
) -> Option<When> {
    day_named(doc, sentence, clause, at, future, |hit| {
        // A day to come is none of an event told as over.
        future || !(hit.ahead && hit.when.from > doc.day())
    })
}

/// The day for which something was planned that will not be: never the day on which it was called off.
pub fn planned_day(
    doc: &Document<'_>,
    sentence: &Sentence<'_>,
    clause: &Range<usize>,
    at: usize,
) -> Option<When> {
    day_named(doc, sentence, clause, at, false, |hit| hit.ahead || hit.when.from > doc.day())
}

/// The day to which a sentence says that an event has been moved.
pub fn new_day(doc: &Document<'_>, sentence: &Sentence<'_>) -> Option<When> {
    let hits = doc.dates(sentence, Direction::Future);
    hits.iter().find(|h| h.role == DateRole::Moved && h.when.to >= doc.day()).map(|h| h.when.clone())
}

/// The day of what follows "hours before", "a day before", "two days after" at a token, told from the
/// sentence's own day; `None` if the sentence does not say how long before or after.
pub fn day_off(doc: &Document<'_>, sentence: &Sentence<'_>, clause: usize) -> Option<When> {
    let tokens = &sentence.tokens;
    let hits = doc.dates(sentence, Direction::Past);
    let own = hits.iter().find(|h| {
        h.role == DateRole::At
            && h.relative_to_event.is_none()
            && h.when.precision == Precision::Day
            && h.when.to <= doc.day()
            && sentence.token_at(h.range.start) < clause
    });
    let from = own.map_or(doc.day(), |h| h.when.to);
    let ends = |h: &&DateHit| sentence.token_at(h.range.end.saturating_sub(1)) + 1 == clause;
    let led = |words: &[&str]| tokens[..clause].iter().rev().skip(1).take(2).any(|t| t.is(words));
    let (day, literal) = match hits.iter().find(|h| h.relative_to_event.is_some() && ends(h)) {
        Some(hit) => {
            let days = chrono::TimeDelta::days(-hit.relative_to_event.unwrap_or_default());
            (from.checked_add_signed(days)?, hit.when.literal.clone())
        }
        None if led(&["hours", "minutes", "shortly", "hour"]) => {
            (from, own.map_or_else(String::new, |h| h.when.literal.clone()))
        }
        None => return None,
    };
    Some(When { from: day, to: day, precision: Precision::Day, literal })
}

fn day_named(
    doc: &Document<'_>,
    sentence: &Sentence<'_>,
    clause: &Range<usize>,
    at: usize,
    future: bool,
    fits: impl Fn(&DateHit) -> bool,
) -> Option<When> {
    let direction = if future { Direction::Future } else { Direction::Past };
    let hits = doc.dates(sentence, direction);
    let mut best: Option<((bool, bool, usize), When)> = None;
    // "the biggest this year" says nothing of the day.
    let loose = |w: &When| {
        matches!(w.precision, Precision::Month | Precision::Year) && w.from <= doc.day() && doc.day() <= w.to
    };
    // "a day before the vote" is told from the vote's day.
    let anchored = |h: &DateHit| {
        h.relative_to_event.is_some()
            && (h.when.literal.ends_with("before") || h.when.literal.ends_with("after"))
            && sentence.tokens.get(sentence.token_at(h.range.end)).is_some_and(|t| !t.punct)
    };
    let usable = |h: &&DateHit| h.role == DateRole::At && !anchored(h) && !loose(&h.when) && fits(h);
    for hit in hits.iter().filter(usable) {
        let token = sentence.token_at(hit.range.start);
        if in_relative(sentence, token, at) {
            continue;
        }
        // "will meet on Friday, he said on Monday": the day of saying is the last to be the event's.
        let said = spoken_on(sentence, token);
        if said && future {
            continue;
        }
        let rank = (!clause.contains(&token), said, token.abs_diff(at));
        if best.as_ref().is_none_or(|(r, _)| rank < *r) {
            best = Some((rank, hit.when.clone()));
        }
    }
    best.filter(|((outside, _, distance), _)| !outside || hits.len() == 1 && *distance < 12).map(|(_, w)| w)
}

/// Whether a token stands in a relative clause between commas before another: "A, who had left on Friday, met B".
fn in_relative(sentence: &Sentence<'_>, token: usize, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let from = tokens[..token].iter().rposition(|t| t.low == ",").filter(|_| token < at);
    from.is_some_and(|comma| tokens[comma + 1].is(&["who", "which", "whose"]))
        && tokens[token..at].iter().any(|t| t.low == ",")
}

/// Whether a day is the one on which something was said: "said on Monday", "told reporters late on Monday".
fn spoken_on(sentence: &Sentence<'_>, token: usize) -> bool {
    let mut before = sentence.tokens[..token]
        .iter()
        .rev()
        .take(4)
        .skip_while(|t| t.is(&["on", "late", "early", "reporters", "journalists", "parliament"]));
    before.next().is_some_and(|t| {
        t.is(&["said", "says", "told", "announced", "confirmed", "reported", "added", "reporters"])
    })
}

/// The day of publication, for an event that is told as the day's news.
pub fn today(doc: &Document<'_>) -> When {
    When { from: doc.day(), to: doc.day(), precision: Precision::Day, literal: String::new() }
}

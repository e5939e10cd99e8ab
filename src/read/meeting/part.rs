//! The part of a sentence that tells one encounter: without who says so, and without the next encounter.

use std::ops::Range;

use super::WORDS;
use crate::model::Precision;
use crate::read::dates::{DateRole, Direction};
use crate::read::document::{Document, Sentence};
use crate::read::places::PlaceUse;

/// The stretch that tells one encounter.
pub struct Part {
    /// Its tokens.
    pub range: Range<usize>,
    /// What stands before this token is told of something else: days there are none of the encounter's.
    pub floor: usize,
    /// Likewise what stands from this token on.
    pub ceiling: usize,
    /// The next encounter is held apart by its words ("and another round is planned").
    pub parted: bool,
}

const SAID: &[&str] = &[
    "said",
    "says",
    "told",
    "announced",
    "confirmed",
    "added",
    "reported",
    "adding",
    "saying",
    "warned",
    "denied",
    "denies",
    "warns",
    "insisted",
];

/// The part of a clause that tells the encounter whose words are given.
pub fn of(sentence: &Sentence<'_>, clause: &Range<usize>, words: &Range<usize>) -> Part {
    let tokens = &sentence.tokens;
    let at = words.start;
    let mut range = unattributed(sentence, clause, at);
    let mut floor = 0;
    // "let it be known on Monday that she would not meet B": the day is that of the words.
    let that = (clause.start..at.min(clause.end)).rev().find(|&i| tokens[i].low == "that" && i + 1 < at);
    if let Some(that) = that
        && (that.saturating_sub(9)..that).any(|i| {
            WORDS.section("verbs speech").at(tokens, i).is_some()
                || tokens[i].is(&["known", "clear", "public"])
        })
    {
        floor = that + 1;
        range.start = range.start.max(floor);
    }
    // "their presidents, who spoke on Saturday, will meet": what stands aside is told of the party.
    if let Some(aside) = aside(sentence, &range, at) {
        floor = floor.max(aside);
        range.start = aside;
    }
    let mut found = Part { range, floor, ceiling: tokens.len(), parted: false };
    if let Some(left) = begins(sentence, &found.range, at) {
        found.range.start = left;
        found.floor = found.floor.max(left);
    }
    if let Some((right, parted)) = next(sentence, &found.range, words.end) {
        found.range.end = right;
        found.ceiling = right;
        found.parted = parted;
    }
    found
}

/// The clause without who says so: "B said that" before it, ", B said on Monday" after it.
fn unattributed(sentence: &Sentence<'_>, clause: &Range<usize>, at: usize) -> Range<usize> {
    let tokens = &sentence.tokens;
    let mut part = clause.clone();
    if let Some(said) = (part.start..at.min(part.end)).rev().find(|&i| tokens[i].is(SAID)) {
        // "told reporters he", "said on Monday that": the words up to the subject are the speaker's.
        let that = (said + 1..at).take(8).find(|&i| tokens[i].low == "that");
        part.start = that.unwrap_or(said) + 1;
    }
    if let Some(said) = (at + 1..part.end).find(|&i| tokens[i].is(SAID))
        && let Some(comma) = (at + 1..said).rev().take(14).find(|&i| tokens[i].low == ",")
    {
        part.end = comma;
    }
    part
}

/// Where a relative clause between commas ends that stands before a token.
fn aside(sentence: &Sentence<'_>, part: &Range<usize>, at: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    let close = (part.start..at).rev().take(10).find(|&i| tokens[i].low == ",")?;
    let open = (part.start..close).rev().take(40).find(|&i| tokens[i].is(&["who", "whose", "which"]))?;
    (open > 0 && tokens[open - 1].low == ",").then_some(close + 1)
}

/// Where an encounter begins that is told after another in one clause ("held talks and will meet B").
fn begins(sentence: &Sentence<'_>, part: &Range<usize>, at: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    let joint = (part.start..at)
        .rev()
        .take(16)
        .find(|&i| joins(sentence, i) && (joint(sentence, i) || (i + 1..at).all(|k| light(sentence, k))))?;
    let first = (part.start..joint).any(|i| tells(sentence, i));
    (first && !tokens[joint].quoted).then_some(joint + 1)
}

/// Where the next encounter begins that the clause tells, and whether its words hold it apart.
fn next(sentence: &Sentence<'_>, part: &Range<usize>, end: usize) -> Option<(usize, bool)> {
    let tokens = &sentence.tokens;
    (end..part.end).filter(|&i| joins(sentence, i)).find_map(|at| {
        let clause = joint(sentence, at)
            && (at + 1..(at + 12).min(part.end))
                .take_while(|&i| tokens[i].low != ",")
                .any(|i| tells(sentence, i));
        if clause {
            return Some((at, true));
        }
        let other = (at + 1..part.end)
            .find(|&i| !light(sentence, i) || is_encounter(sentence, i))
            .filter(|&i| is_encounter(sentence, i))?;
        let apart = (at + 1..other).any(|i| {
            tokens[i].is(&["will", "would", "had", "another", "second", "third", "next", "further"])
                || WORDS.section("planned before").at(tokens, i).is_some()
        });
        Some((at, apart))
    })
}

/// ", and": a clause with a subject of its own may follow.
fn joint(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    at > 0 && tokens[at].is(&["and", "but", "while"]) && tokens[at - 1].low == ","
}

/// Whether a token tells an encounter by whatever noun or verb.
fn tells(sentence: &Sentence<'_>, at: usize) -> bool {
    let verb = ["verbs meet", "verbs host"].iter().any(|s| {
        WORDS.section(s).at(&sentence.tokens, at).is_some_and(|m| m.lemma != "discuss" && m.lemma != "call")
    });
    is_encounter(sentence, at) || verb && sentence.name_at(at).is_none()
}

/// "in Lima on Monday and in Quito on Friday": the "and" between two places that have each a day.
pub fn second(doc: &Document<'_>, sentence: &Sentence<'_>, after: Range<usize>) -> Option<usize> {
    let tokens = &sentence.tokens;
    let hits = doc.dates(sentence, Direction::Past);
    let day = |r: Range<usize>| {
        let mut days = hits.iter().filter(|h| h.role == DateRole::At && h.when.precision == Precision::Day);
        days.any(|h| r.contains(&sentence.token_at(h.range.start)))
    };
    let placed = |r: Range<usize>| {
        let mut places = sentence.places.iter().filter(|p| p.use_ != PlaceUse::Demonym);
        places.any(|p| r.contains(&sentence.token_at(p.range.start)))
    };
    after.clone().find(|&i| {
        let then = i + 1 + usize::from(tokens.get(i + 1).is_some_and(|t| t.is(&["again", "then", "later"])));
        let sited = tokens.get(then).is_some_and(|t| t.is(&["in", "at"])) && then + 1 < after.end;
        let plain = |r: Range<usize>| !tokens[r].iter().any(|t| t.is(&["that", "who", "said", "to", ";"]));
        let end = (then + 9).min(after.end);
        tokens[i].low == "and"
            && sited
            && plain(after.start..end)
            && placed(after.start..i)
            && day(after.start..i)
            && placed(then..(then + 5).min(end))
            && day(then..end)
    })
}

/// A word that may join two encounters in one clause.
fn joins(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.tokens[at].is(&["and", "but", "while", ",", "then"])
}

/// Whether a word may stand between "and" and the encounter that it adds.
fn light(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let token = &tokens[at];
    !token.punct
        && (token.low.ends_with("ly")
            || token.is(&[
                "a", "an", "the", "another", "his", "her", "their", "its", "that", "they", "he", "she", "it",
                "will", "would", "has", "have", "had", "is", "are", "was", "were", "to", "be", "been", "of",
                "on", "in", "at",
            ])
            || ["modifiers", "adverbs", "planned before", "verbs light", "formal", "set to", "verbs intend"]
                .iter()
                .any(|s| WORDS.section(s).at(tokens, at).is_some())
            || WORDS.section("nouns measure").has(&token.low)
            || WORDS.section("nouns round").at(tokens, at).is_some()
            || token.cap && crate::read::dates::is_day_word(&token.low)
            || token.low == "due")
}

/// Whether a token tells an encounter of its own.
pub fn is_encounter(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let noun = ["nouns", "nouns linked"].iter().any(|s| WORDS.section(s).at(tokens, at).is_some())
        || WORDS.section("nouns round").at(tokens, at).is_some()
            && at > 0
            && WORDS.section("again").at(tokens, at - 1).is_some();
    let met = WORDS.section("verbs meet").at(tokens, at).is_some_and(|m| m.lemma == "meet");
    (noun || met) && sentence.name_at(at).is_none()
}

//! Which day's words of a sentence date its attack, and which date something else.

use super::WORDS;
use super::parts::Act;
use crate::model::{Precision, When};
use crate::read::dates::{DateHit, DateRole, Direction};
use crate::read::document::{Document, Sentence};
use crate::read::frame;

/// The day that the words right after the act give: "were shot dead in a shop in Arn on Tuesday".
pub(super) fn day_right_after(doc: &Document<'_>, sentence: &Sentence<'_>, act: &Act) -> Option<When> {
    const REACH: usize = 12;
    let from = act.trigger.words.end;
    let plain = |to: usize| {
        sentence.tokens[from..to].iter().all(|t| {
            !t.punct
                && !t.is(&[
                    "that", "which", "who", "to", "before", "after", "and", "but", "as", "while", "when",
                    "died", "dies", "said", "buried", "rose", "risen",
                ])
        })
    };
    // "Friday's attack" is dated already.
    let led = |h: &DateHit| {
        let end = sentence.token_at(h.range.end.saturating_sub(1)) + 1;
        end <= act.trigger.words.start
            && end + 3 >= act.trigger.words.start
            && h.when.precision == Precision::Day
    };
    if doc.dates(sentence, Direction::Past).iter().any(led) {
        return None;
    }
    let hit = doc.dates(sentence, Direction::Past).iter().find(|h| {
        let token = sentence.token_at(h.range.start);
        token >= from && token <= from + REACH && token < act.range.end && plain(token)
    })?;
    let day = hit.role == DateRole::At
        && hit.relative_to_event.is_none()
        && !hit.ahead
        && hit.when.precision == Precision::Day
        && hit.when.from == hit.when.to
        && sentence.tokens[sentence.token_at(hit.range.start).saturating_sub(1)].low == "on";
    day.then(|| hit.when.clone())
}

/// The day that names the attack or its arms: "Monday's rocket attack", "by Friday's shells".
pub(super) fn named_by_day(doc: &Document<'_>, sentence: &Sentence<'_>, act: &Act) -> Option<When> {
    let tokens = &sentence.tokens;
    let hit = doc.dates(sentence, Direction::Past).iter().find(|h| {
        let end = sentence.token_at(h.range.end.saturating_sub(1)) + 1;
        let owns = |i: usize| tokens.get(i).is_some_and(|t| t.is(&["'s", "’s"]));
        let from = if owns(end) { end + 1 } else { end };
        let day = h.when.precision == Precision::Day && h.when.from == h.when.to;
        let possessive = owns(end) || owns(end.saturating_sub(1));
        let arms = (from..(from + 3).min(tokens.len()))
            .any(|i| ["nouns strong", "nouns weak"].iter().any(|s| WORDS.section(s).at(tokens, i).is_some()));
        day && possessive && arms && act.range.contains(&from)
    })?;
    Some(hit.when.clone())
}

/// Whether the sentence before one, far down, tells of older years: what follows without a day goes on with them.
pub(super) fn amid_history(doc: &Document<'_>, nth: usize) -> bool {
    let Some(before) = nth.checked_sub(1).map(|i| &doc.sentences[i]) else { return false };
    !doc.sentences[nth].prominent()
        && doc.dates(before, Direction::Past).iter().any(|h| {
            matches!(h.when.precision, Precision::Year | Precision::Month)
                && (doc.day() - h.when.to).num_days() > 60
        })
}

/// Words of what is named by its day or its place: "Friday's summit", "the Arn talks".
pub(super) const TALKS: [&str; 12] = [
    "round",
    "talks",
    "meeting",
    "summit",
    "session",
    "election",
    "elections",
    "vote",
    "ballot",
    "conference",
    "hearing",
    "referendum",
];

/// Whether the words of a day name talks or a vote by it: "the October round", "Friday's summit".
pub(super) fn dates_talks(sentence: &Sentence<'_>, when: &When) -> bool {
    let Some(start) = sentence.text.find(when.literal.as_str()).filter(|_| !when.literal.is_empty()) else {
        return false;
    };
    let next = sentence.token_at((start + when.literal.len()).saturating_sub(1)) + 1;
    let next = next + usize::from(sentence.tokens.get(next).is_some_and(|t| t.low == "'s"));
    sentence.tokens.get(next).is_some_and(|t| t.is(&TALKS))
}

/// Whether a day before the act is that of what was said of it: "on Tuesday denied shelling Arn", "will meet on Friday
/// to discuss the raid".
pub(super) fn dates_saying(sentence: &Sentence<'_>, when: &When, at: usize) -> bool {
    const TELLS: [&str; 7] = ["said", "says", "told", "announced", "reported", "confirmed", "counted"];
    const SAYS: [&str; 37] = [
        "mourned",
        "mourns",
        "buried",
        "buries",
        "lowered",
        "lowers",
        "revised",
        "corrected",
        "reopened",
        "visited",
        "identified",
        "arrested",
        "charged",
        "meet",
        "meets",
        "met",
        "convene",
        "convenes",
        "convened",
        "discuss",
        "vote",
        "debate",
        "speak",
        "denied",
        "denies",
        "condemned",
        "condemns",
        "accused",
        "accuses",
        "blamed",
        "blames",
        "withdrew",
        "retracted",
        "disowned",
        "deplored",
        "acknowledged",
        "admitted",
    ];
    let Some(start) = sentence.text.find(when.literal.as_str()).filter(|_| !when.literal.is_empty()) else {
        return false;
    };
    let first = sentence.token_at(start);
    let last = sentence.token_at((start + when.literal.len()).saturating_sub(1));
    let beside = &sentence.tokens[first.saturating_sub(3)..(last + 2).min(sentence.tokens.len())];
    // "examined on Tuesday the car that blew up": the day is that of the main clause.
    // "In November, shells that fell": that of what is told.
    let fronted = |i: usize| first < 2 && i < last + 5;
    let related = (at.saturating_sub(3)..at).any(|i| {
        i > last
            && !fronted(i)
            && sentence.tokens[i].is(&["that", "which", "who"])
            && sentence.tokens[i + 1..at].iter().all(|t| t.is(&["was", "were", "had", "been", "have", "has"]))
    });
    // "Doctors said on Monday that nine had died in the attack": it is known, and was before.
    let known = sentence.tokens[at.saturating_sub(4)..at]
        .windows(2)
        .any(|w| w[0].is(&["in", "of", "after", "from", "by", "for"]) && w[1].is(&["the", "that"]))
        && beside.iter().any(|t| t.is(&TELLS));
    related || last < at && (known || beside.iter().any(|t| t.is(&SAYS)))
}

/// Whether the words of a day stand after a token.
pub(super) fn dated_after(sentence: &Sentence<'_>, when: &When, at: usize) -> bool {
    let from = sentence.tokens[at].start;
    sentence.text.get(from..).is_some_and(|rest| rest.contains(when.literal.as_str()))
}

/// "since the morning", "in the evening": the day of the article.
pub(super) fn today(
    doc: &Document<'_>,
    sentence: &Sentence<'_>,
    range: &std::ops::Range<usize>,
) -> Option<When> {
    let tokens = &sentence.tokens;
    let at = range.clone().find(|&i| {
        tokens[i].is(&["since", "in"])
            && tokens.get(i + 1).is_some_and(|t| t.low == "the")
            && tokens.get(i + 2).is_some_and(|t| t.is(&["morning", "afternoon", "evening"]))
            && !tokens.get(i + 3).is_some_and(|t| t.is(&["of", "after"]))
    })?;
    let literal = sentence.slice(at + 1, at + 3).to_owned();
    Some(When { literal, ..frame::today(doc) })
}

//! The day that an article tells of, for what it tells without a day: that of publication, unless the dateline has
//! another, or the lead is of the day before and nothing in the text is of the day of publication.

use super::dates::{self, DateHit, DateRole, Direction};
use super::document::{Document, Sentence, tokens};
use crate::model::{Kind, Mention, Precision, Status, When};

/// A dateline this many days old is that of another text.
const OLDEST_DATELINE: i64 = 3;
/// How many sentences of the body may give the day of the news.
const HEAD: usize = 2;
/// How many words on each side of a day tell of what it is.
const ASIDE: usize = 14;

/// Takes the day of publication, which stands in for want of another, from what is told in an article of the day before:
/// its day is that of the dateline, that of the lead if an occasion is told, or none that is known.
pub(super) fn settle(doc: &Document<'_>, mentions: &mut [Mention]) {
    let stands_in =
        |m: &Mention| m.when.as_ref().is_some_and(|w| w.literal.is_empty() && w.from == doc.day());
    let unsettled = |m: &&mut Mention| m.status == Status::Occurred && stands_in(m);
    if !mentions.iter().any(stands_in) {
        return;
    }
    let dateline = of_dateline(doc);
    let lead = of_the_day_before(doc);
    if dateline.is_none() && lead.is_none() {
        return;
    }
    for mention in mentions.iter_mut().filter(unsettled) {
        let event =
            lead.clone().filter(|_| mention.kind == Kind::STATEMENT && has_occasion(&mention.evidence));
        mention.when = dateline.clone().or(event);
    }
}

/// Whether words tell of the occasion on which something was said: "told reporters on the tarmac", "said afterwards".
fn has_occasion(evidence: &str) -> bool {
    const OCCASIONS: [&str; 8] = [
        "reporters",
        "journalists",
        "conference",
        "briefing",
        "afterwards",
        "afterward",
        "statement",
        "televised",
    ];
    tokens(evidence).iter().any(|t| !t.quoted && t.is(&OCCASIONS))
}

/// Whether a date is one whole day of something that has happened.
pub(super) fn is_day(hit: &DateHit) -> bool {
    let day = hit.when.precision == Precision::Day && hit.when.from == hit.when.to;
    hit.role == DateRole::At && day && !hit.ahead && hit.relative_to_event.is_none()
}

/// "NOVA, May 3 (ARN)", in a report of 4 May.
fn of_dateline(doc: &Document<'_>) -> Option<When> {
    let line = doc.dateline?;
    let hits = dates::find(line, doc.published, Direction::Past);
    let hit =
        hits.into_iter().find(|h| (1..=OLDEST_DATELINE).contains(&(doc.day() - h.when.to).num_days()))?;
    let day = hit.when.precision == Precision::Day && hit.when.from == hit.when.to;
    day.then(|| When { literal: line.trim().to_owned(), ..hit.when })
}

/// The day before publication, if the lead is dated to it, and no sentence to the day itself.
fn of_the_day_before(doc: &Document<'_>) -> Option<When> {
    let body = || doc.sentences.iter().filter(|s| !s.title);
    let past = |s| doc.dates(s, Direction::Past).iter().find(|h| is_day(h) && !to_come(s, h));
    let (sentence, hit) = body().take(HEAD).find_map(|s| Some((s, past(s)?)))?;
    let today = |h: &DateHit| {
        h.when.precision == Precision::Day && h.when.from <= doc.day() && doc.day() <= h.when.to
    };
    let now = body().any(|s| doc.dates(s, Direction::Past).iter().any(today));
    (!now && (doc.day() - hit.when.to).num_days() == 1).then(|| worded(sentence, hit.when.clone()))
}

/// "will sit on Sunday", "asked them to leave on Sunday": not the day of what is told.
fn to_come(sentence: &Sentence<'_>, hit: &DateHit) -> bool {
    let at = sentence.token_at(hit.range.start);
    let mut before = sentence.tokens[..at].iter().rev().take(12).take_while(|t| !t.punct).enumerate();
    before.any(|(i, t)| {
        t.is(&["will", "would", "shall", "could", "may", "might", "if"]) || i < 4 && t.low == "to"
    })
}

/// A day with the words of its sentence beside it, for another sentence that it dates.
pub(super) fn worded(sentence: &Sentence<'_>, when: When) -> When {
    let Some(start) = sentence.text.find(when.literal.as_str()) else { return when };
    let last = sentence.token_at((start + when.literal.len()).saturating_sub(1)) + 1;
    let (from, to) =
        (sentence.token_at(start).saturating_sub(ASIDE), (last + ASIDE).min(sentence.tokens.len()));
    When { literal: sentence.slice(from, to).to_owned(), ..when }
}

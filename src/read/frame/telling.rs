//! How an event is told: as background or news, and in which words.

use std::ops::Range;

use chrono::{Days, NaiveDate};

use super::super::dates::MONTHS;
use super::super::document::{Document, Sentence};
use super::super::text;
use super::clause::Clause;
use crate::model::When;

/// Longest evidence, in words.
const MAX_EVIDENCE: usize = 60;

/// Whether the words show an older event, told as context.
pub fn background(
    doc: &Document<'_>,
    sentence: &Sentence<'_>,
    clause: &Clause,
    at: usize,
    when: Option<&When>,
) -> bool {
    let tokens = &sentence.tokens;
    let recent = doc.day().checked_sub_days(Days::new(4)).unwrap_or(NaiveDate::MIN);
    if when.is_some_and(|w| w.to < recent) {
        return true;
    }
    let window = &tokens[clause.range.clone()];
    let pair = |a: &[&str], b: &[&str]| window.windows(2).any(|w| w[0].is(a) && w[1].is(b));
    let spans = &["week", "month", "year", "summer", "autumn", "winter", "spring"];
    let last = &["last", "previous", "past"];
    if pair(last, spans)
        || pair(last, &MONTHS)
        || pair(&["earlier"], &["this"]) && !pair(&["this"], &["week", "day", "morning"])
        || pair(&["recent"], &["days", "weeks", "months", "years"])
        || pair(&["months", "years", "weeks", "month", "year"], &["ago", "earlier", "after"])
        || window.iter().any(|t| t.is(&["previously", "previous"]))
    {
        return true;
    }
    let followed = matches!(clause.opens, Some("followed" | "follows" | "follow"));
    // "hours after the talks", "comes after", "since the attack"
    let before_opener = clause.range.start.checked_sub(2).and_then(|i| tokens.get(i));
    let after = clause.opens == Some("after")
        && before_opener.is_some_and(|t| {
            t.is(&[
                "hours", "days", "weeks", "months", "years", "day", "week", "month", "year", "comes", "come",
                "came", "shortly", "soon",
            ])
        });
    let pluperfect =
        tokens[clause.range.start..at].windows(2).any(|w| w[0].is(&["had"]) && !w[1].is(&["to"]))
            && !sentence.prominent()
            && !tokens[..at].iter().any(|t| t.is(&["said", "added", "reported", "told", "announced"]));
    let first_time = at > 0 && tokens[at - 1].low == "first" && !sentence.prominent();
    first_time || followed || after || clause.opens == Some("since") || pluperfect
}

/// The sentence, or where it is too long the part around its clause.
pub fn evidence(sentence: &Sentence<'_>, clause: &Range<usize>, at: usize) -> String {
    let count = |text: &str| text.split_whitespace().count();
    if count(sentence.text) <= MAX_EVIDENCE {
        return sentence.text.trim().to_owned();
    }
    let part = sentence.slice(clause.start, clause.end);
    if (8..=MAX_EVIDENCE).contains(&count(part)) {
        return part.to_owned();
    }
    let (mut first, mut last) = (at, at + 1);
    while count(sentence.slice(first, last)) < MAX_EVIDENCE - 2 && (first > 0 || last < sentence.tokens.len())
    {
        first = first.saturating_sub(1);
        last = (last + 1).min(sentence.tokens.len());
    }
    sentence.slice(first, last).to_owned()
}

/// Content words of a text, stemmed and folded, each once.
pub fn content(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for token in text::words(text) {
        if token.kind == text::TokenKind::Punct || text::is_stop_word(&token.lower) || token.lower == "'s" {
            continue;
        }
        let stem = text::stem(&token.lower);
        if !words.contains(&stem) {
            words.push(stem);
        }
    }
    words
}

//! What recurs or has lasted: a rate, a habit or a stretch of attacks is no single one.

use super::acts::Said;
use super::parts::Act;
use crate::read::document::Token;

/// Adverbs of what happens again and again.
const OFTEN: [&str; 8] =
    ["regularly", "routinely", "frequently", "constantly", "daily", "nightly", "continually", "incessantly"];
/// Units of a rate, or of how long something lasts.
const UNIT: [&str; 4] = ["day", "night", "week", "month"];
const SPANS: [&str; 8] = ["hours", "days", "nights", "weeks", "months", "years", "year", "decades"];

/// Whether an act's clause tells how often attacks come: "an average of 20 shells fell every day".
pub(super) fn recurs(said: &Said<'_, '_>, act: &Act) -> bool {
    let tokens = &said.sentence.tokens;
    let near = act.trigger.words.start.saturating_sub(14).max(act.range.start)
        ..(act.trigger.words.end + 14).min(act.range.end);
    near.clone().any(|i| {
        let unit = tokens.get(i + 1).is_some_and(|t| t.is(&UNIT));
        let each = tokens[i].is(&["every", "each"]) && unit;
        // "claims 200 lives a day"; "struck a day after" is no rate.
        let rate = tokens[i].is(&["a", "per"])
            && unit
            && tokens.get(i + 2).is_none_or(|t| t.punct)
            && tokens[near.start..i].iter().any(number)
            && !tokens[near.start..i]
                .iter()
                .rev()
                .take(2)
                .any(|t| t.is(&["for", "in", "within", "over", "after"]));
        let average = tokens[i].low == "average" && tokens.get(i + 1).is_some_and(|t| t.low == "of");
        !tokens[i].quoted && (each || rate || average || tokens[i].is(&OFTEN))
    })
}

/// Whether the noun of an attack is told as a stretch of time, or its verb as going on for one: "after five days of
/// rocket attacks", "has been shelling the hills for weeks".
pub(super) fn lasts(said: &Said<'_, '_>, act: &Act) -> bool {
    let tokens = &said.sentence.tokens;
    let at = act.trigger.words.start;
    let stretch = (at.saturating_sub(7).max(act.range.start)..at).any(|i| {
        tokens[i].is(&SPANS)
            && tokens.get(i + 1).is_some_and(|t| t.low == "of")
            && tokens[i + 2..at].iter().all(|t| {
                !t.punct && (t.is(&["and", "the"]) || !t.is(&["a", "an", "in", "on", "by", "that", "after"]))
            })
    });
    let been = !act.trigger.noun()
        && at > 1
        && tokens[at].low.ends_with("ing")
        && tokens[at - 1].low == "been"
        && tokens[at - 2..at]
            .iter()
            .chain(tokens[at.saturating_sub(3)..at].iter())
            .any(|t| t.is(&["has", "have", "had"]));
    let span = |i: usize| {
        tokens[i].low == "for"
            && tokens[i + 1..].iter().take(5).any(|t| t.is(&SPANS) || t.is(&["week", "month"]))
    };
    act.trigger.noun() && stretch || been && (at..act.range.end.min(at + 14)).any(span)
}

fn number(token: &Token<'_>) -> bool {
    token.text.starts_with(|c: char| c.is_ascii_digit()) || !crate::read::numbers::find(&token.low).is_empty()
}

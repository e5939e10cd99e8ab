//! Campaigns: many attacks over days or weeks, told as one with a toll that sums them up.

use super::WORDS;
use super::acts::Said;
use super::parts::Act;
use crate::model::{Precision, When};
use crate::read::tolls::TollHit;

/// The rule of a campaign's mention.
pub(super) const RULE: &str = "campaign";

/// Whether an act is a campaign: it has no day of its own, and its words or its toll sum up.
pub(super) fn is_one(said: &Said<'_, '_>, act: &Act, when: Option<&When>, killed: &[&TollHit]) -> bool {
    let tokens = &said.sentence.tokens;
    let sums = killed.first().is_some_and(|t| t.cumulative)
        || WORDS.section("toll of many").any(tokens, act.range.clone());
    if sums && !killed.is_empty() {
        return true;
    }
    let day = when.is_some_and(|w| w.precision == Precision::Day && w.from == w.to);
    let perfect = act.range.clone().any(|i| {
        tokens[i].is(&["has", "have"])
            && tokens[i + 1..]
                .iter()
                .take(4)
                .any(|t| t.is(&["killed", "died", "been", "left", "claimed", "wounded", "injured"]))
    });
    let many = WORDS.section("campaigns").any(tokens, act.range.clone());
    perfect && many && !killed.is_empty() && (!day || nth_day(said, act))
}

/// "on the sixth day of an offensive": the day is the campaign's own.
fn nth_day(said: &Said<'_, '_>, act: &Act) -> bool {
    let tokens = &said.sentence.tokens;
    act.range.clone().any(|i| {
        tokens[i].is(&["day", "week", "month"])
            && tokens.get(i + 1).is_some_and(|t| t.low == "of")
            && tokens[i + 1..].iter().take(4).any(|t| WORDS.section("campaigns").has(&t.low))
    })
}

/// Whether a sentence without an act gives the toll of a campaign.
pub(super) fn sums_up(said: &Said<'_, '_>) -> bool {
    let tokens = &said.sentence.tokens;
    said.tolls.killed.iter().chain(&said.tolls.wounded).any(|t| t.cumulative)
        || WORDS.section("sums up").any(tokens, 0..tokens.len())
}

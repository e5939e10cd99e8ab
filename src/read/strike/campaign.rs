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
    if when.is_some_and(|w| w.precision == Precision::Day && w.from == w.to) {
        return false;
    }
    let tokens = &said.sentence.tokens;
    let perfect = act.range.clone().any(|i| {
        tokens[i].is(&["has", "have"])
            && tokens[i + 1..].iter().take(4).any(|t| t.is(&["killed", "died", "been", "left", "claimed", "wounded", "injured"]))
    });
    let many = WORDS.section("campaigns").any(tokens, act.range.clone());
    killed.first().is_some_and(|t| t.cumulative) || perfect && many && !killed.is_empty()
}

/// Whether a sentence without an act gives the toll of a campaign.
pub(super) fn sums_up(said: &Said<'_, '_>) -> bool {
    let tokens = &said.sentence.tokens;
    said.tolls.killed.iter().chain(&said.tolls.wounded).any(|t| t.cumulative)
        || WORDS.section("sums up").any(tokens, 0..tokens.len())
}

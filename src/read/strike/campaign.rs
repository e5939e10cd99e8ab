//! Campaigns: many attacks over days or weeks, told as one with a toll that sums them up.

use std::ops::Range;

use super::WORDS;
use super::acts::{Said, TOLL};
use super::parts::Act;
use crate::model::{Precision, When};
use crate::read::tolls::TollHit;

/// The rule of a campaign's mention.
pub(super) const RULE: &str = "campaign";

/// Whether an act is a campaign: it has no day of its own, and its words or its toll sum up.
pub(super) fn is_one(said: &Said<'_, '_>, act: &Act, when: Option<&When>, killed: &[&TollHit]) -> bool {
    let tokens = &said.sentence.tokens;
    // "the worst loss so far": measured by it, and one attack.
    let measured = act.range.clone().any(|i| {
        tokens[i].low.ends_with("iest") || tokens[i].is(&["worst", "biggest", "largest", "greatest"])
    });
    let sums = killed.first().is_some_and(|t| t.cumulative)
        || WORDS.section("toll of many").any(tokens, act.range.clone());
    if sums && !measured && !killed.is_empty() || act.trigger.lemma == TOLL && said.armed.long {
        return true;
    }
    let day = when.is_some_and(|w| w.precision == Precision::Day && w.from == w.to);
    let many = WORDS.section("campaigns").any(tokens, act.range.clone());
    // In a lead "have killed ten" is the news of the day.
    let so_far = perfect_in(said, act.range.clone()) && !day && !said.sentence.prominent();
    let lasts = nth_day(said, act) || said.tolls.long || ongoing(said, &act.range);
    many && !killed.is_empty()
        && (so_far || (said.sentence.title || perfect_in(said, act.range.clone())) && lasts)
}

/// "the fighting has claimed 340 lives": what goes on has a toll so far.
pub(super) fn ongoing(said: &Said<'_, '_>, range: &Range<usize>) -> bool {
    const GOES_ON: [&str; 8] =
        ["fighting", "offensive", "war", "conflict", "campaign", "siege", "insurgency", "violence"];
    const TAKES: [&str; 8] =
        ["killed", "claimed", "cost", "left", "taken", "wounded", "injured", "displaced"];
    let tokens = &said.sentence.tokens;
    range.clone().any(|i| {
        let next = &tokens[(i + 1).min(tokens.len())..(i + 6).min(tokens.len())];
        tokens[i].is(&["has", "have"])
            && tokens[i.saturating_sub(10)..i].iter().any(|t| t.is(&GOES_ON))
            && next.iter().any(|t| t.is(&TAKES))
    })
}

/// Whether it sums up months or years: far from the news, what a war has cost and no event.
pub(super) fn long(said: &Said<'_, '_>) -> bool {
    said.sentence.tokens.iter().any(|t| {
        t.is(&["year", "years", "months", "decade", "decades", "tally"])
            || t.cap && crate::read::dates::is_month(&t.low)
    })
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

/// Whether it counts the dead of years: history, and no development.
pub(super) fn of_years(said: &Said<'_, '_>, act: &Act) -> bool {
    act.range.clone().any(|i| said.sentence.tokens[i].is(&["years", "year", "decades"]))
}

/// "have been killed", without a day: the toll so far.
pub(super) fn perfect(said: &Said<'_, '_>) -> bool {
    perfect_in(said, 0..said.sentence.tokens.len())
}

fn perfect_in(said: &Said<'_, '_>, mut range: Range<usize>) -> bool {
    let tokens = &said.sentence.tokens;
    range.any(|i| {
        tokens[i].is(&["has", "have"])
            && tokens[i + 1..].iter().take(4).any(|t| {
                t.is(&["killed", "died", "been", "left", "claimed", "cost", "taken", "wounded", "injured"])
            })
    })
}

/// Whether a sentence without an act gives the toll of a campaign.
pub(super) fn sums_up(said: &Said<'_, '_>) -> bool {
    let tokens = &said.sentence.tokens;
    said.tolls.killed.iter().chain(&said.tolls.wounded).any(|t| t.cumulative)
        || WORDS.section("sums up").any(tokens, 0..tokens.len())
}

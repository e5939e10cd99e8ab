//! What the numbers of dead and wounded tell of two reports: one attack, one whose toll grows, or another.

use super::link::Part;
use super::phrases;
use super::words::{Lore, alike};
use super::{Context, Span, TollField};
use crate::model::{Development, Mention, Toll};

/// A toll from which on a slightly different one is the same count.
const MANY: u32 = 10;

/// Neither toll nor words tell that it is the same attack: in a war a town is hit again and again by the same side.
pub(super) fn only_the_town(mention: &Mention, at: &Context, facts: &Development, lore: &Lore) -> bool {
    let mut apart = Span::of_mention(mention, at).gap(Span::of_development(facts));
    // Told as news without a day: it is of the day of the report.
    let day_open = mention.when.is_none() && !mention.background && mention.killed.is_some();
    if day_open && !phrases::had_died(&mention.evidence) {
        apart = apart.max((at.day() - Span::of_development(facts).to).num_days());
    }
    let same = |field: TollField| match (field.of(mention), field.known(facts)) {
        (Some(a), Some(b)) => {
            a.value == b.value && a.value > 2
                || a.value.min(b.value) >= MANY && a.value.abs_diff(b.value) <= b.value / 10
        }
        _ => false,
    };
    let least = match apart {
        // Two reports of one night that name no town tell of the night as a whole.
        0 if mention.place.is_none() || facts.place.is_none() => 0.0,
        0 => 0.09,
        1 => 0.12,
        _ => 0.2,
    };
    !TollField::ALL.into_iter().any(same) && !grown(mention, facts) && alike(mention, facts, lore) < least
}

/// Hours in which other outlets tell of the same further deaths.
const SAME_NEWS: i64 = 30;

/// The toll after further deaths that a report tells without a total: "two more have died", "three of the wounded died".
///
/// They are counted from what was known before the last reports: those may have told of the same deaths.
pub(super) fn with_further(mention: &Mention, at: &Context, facts: &Development) -> Option<Toll> {
    let (more, literal) = phrases::further_deaths(&mention.evidence)?;
    let last = facts.memory.latest.first().map(|t| (at.published - t.published).num_hours());
    let before = facts.memory.before.as_ref().filter(|_| last.is_some_and(|h| h.abs() <= SAME_NEWS));
    let base = before.and_then(|b| b.killed.as_ref()).or(facts.killed.as_ref())?;
    Some(Toll { value: base.value.saturating_add(more), at_least: base.at_least, literal })
}

/// Days in which the next count of a campaign comes.
const COUNTS: i64 = 14;

/// Whether a count of many attacks may be of what is known: a campaign, or the attack that opened one.
pub(super) fn of_campaign(mention: &Mention, facts: &Development) -> bool {
    mention.campaign && (facts.campaign || phrases::opens_campaign(&facts.summary))
}

/// Whether two campaigns are one: days apart, by the counts alone, for each day has its own.
pub(super) fn same_campaign(mention: &Mention, at: &Context, facts: &Development) -> Part {
    let apart = (at.published - facts.last_reported).num_days().abs();
    let reason = format!("counted {apart} days apart");
    match (&mention.killed, &facts.killed) {
        _ if apart > COUNTS => Part::veto(reason),
        (Some(now), Some(was)) if now.value < was.value / 2 || now.value > was.value.saturating_mul(20) => {
            Part::veto(format!("{reason}, killed {} against {}", now.value, was.value))
        }
        // A count that is known goes before an attack that may have opened the campaign.
        _ if !facts.campaign => Part::is(0.5, reason),
        _ => Part::is(if apart <= 5 { 1.0 } else { 0.7 }, reason),
    }
}

/// The toll of what is known has grown; the day given may be that of the count.
pub(super) fn grown(mention: &Mention, facts: &Development) -> bool {
    let Some(was) = &facts.killed else { return false };
    let further = phrases::further_deaths(&mention.evidence).map(|(more, _)| more);
    let Some(now) = &mention.killed else { return further.is_some() };
    further.is_some_and(|more| now.value <= more)
        || (was.value..=was.value.saturating_mul(3).saturating_add(10)).contains(&now.value)
            && phrases::more_died(&mention.evidence)
}

/// Both give the same number of dead, and it is not one that many attacks have.
pub(super) fn same_toll(mention: &Mention, facts: &Development) -> bool {
    matches!((&mention.killed, &facts.killed), (Some(now), Some(was)) if now.value == was.value && now.value > 2)
}

/// The same number of dead, and so many that another attack hardly has it too.
pub(super) fn same_high_toll(mention: &Mention, facts: &Development) -> bool {
    same_toll(mention, facts) && mention.killed.as_ref().is_some_and(|t| t.value >= MANY)
}

/// Far fewer dead than are known, on another day, and nothing that takes them back: another attack.
pub(super) fn another_toll(mention: &Mention, at: &Context, facts: &Development) -> bool {
    let (Some(now), Some(was)) = (&mention.killed, &facts.killed) else { return false };
    let apart = Span::of_mention(mention, at).gap(Span::of_development(facts)) > 0;
    let fewer = now.value <= was.value / 2 && !now.at_least;
    apart
        && mention.prominent
        && fewer
        && super::revise::lowered(&mention.evidence).is_none()
        && !phrases::more_died(&mention.evidence)
}

pub(super) fn toll(mention: &Mention, facts: &Development) -> Part {
    let mut value: f32 = 0.5;
    let mut reasons = vec![];
    for field in TollField::ALL {
        let (Some(now), Some(was)) = (field.of(mention), field.known(facts)) else { continue };
        // "At least ten" are no fewer than thirty.
        if now.at_least && now.value < was.value && field == TollField::Wounded {
            continue;
        }
        let (now, was) = (now.value, was.value);
        value += if now == was {
            if now > 2 { 0.5 } else { 0.2 }
        } else if now.min(was) >= MANY && now.abs_diff(was) <= was / 10 {
            // 26 by one count, 27 by another.
            0.5
        } else if now > was && now <= was.saturating_mul(4).saturating_add(10) {
            if grown(mention, facts) { 0.3 } else { 0.0 }
        } else if now < was && now.saturating_mul(3) >= was {
            -0.1
        } else {
            -0.4
        };
        reasons.push(format!("{} {now} against {was}", field.as_str()));
    }
    let reason = if reasons.is_empty() { "tolls open".to_owned() } else { reasons.join(", ") };
    Part::is(value.clamp(0.0, 1.0), reason)
}

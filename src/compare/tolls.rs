//! What the numbers of dead and wounded tell of two reports: one attack, one whose toll grows, or another.

use super::link::Part;
use super::phrases;
use super::words::{Lore, alike};
use super::{Context, Span, TollField};
use crate::model::{Development, Mention};

/// A toll from which on a slightly different one is the same count.
const MANY: u32 = 10;

/// Neither toll nor words tell that it is the same attack: in a war a town is hit again and again by the same side.
pub(super) fn only_the_town(mention: &Mention, at: &Context, facts: &Development, lore: &Lore) -> bool {
    let apart = Span::of_mention(mention, at).gap(Span::of_development(facts));
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

/// The toll of what is known has grown; the day given may be that of the count.
pub(super) fn grown(mention: &Mention, facts: &Development) -> bool {
    let (Some(now), Some(was)) = (&mention.killed, &facts.killed) else { return false };
    (was.value..=was.value.saturating_mul(3).saturating_add(10)).contains(&now.value)
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

//! Further words of one occasion: what a speaker said who was heard on that day, or the day before, elsewhere.
//!
//! Outlets pick other sentences of one speech, and a day later they quote it again; the words tell little of which
//! it is. So what another article brings of a speaker who has just been told waits: it is kept as known without
//! having been told, until a third article has it. Not where it is a quotation of some length, or said on another
//! day by both texts, or where the outlet that told the first leads with it: then it is something else.

use super::words::{self, Lore};
use super::{Context, actors, link, sayings};
use crate::model::{Actor, ActorRole, Development, Mention, Shape};

/// Days from one report of a speaker's words to the next that may be of the same occasion.
const DAYS: i64 = 1;

/// Whether words that fit nothing known are further ones of a speaker whom another article has told.
pub(super) fn is_further<'a>(
    mention: &Mention,
    at: &Context,
    told: impl Iterator<Item = &'a Development>,
    lore: &Lore,
) -> bool {
    if mention.kind.spec().shape != Shape::Speech || sayings::quotes_at_length(&mention.evidence) {
        return false;
    }
    let mut told = told.filter(|facts| facts.kind == mention.kind && !facts.background);
    told.any(|facts| {
        let own = facts.memory.latest.iter().any(|told| told.outlet == at.outlet);
        link::days_on(mention, at, facts) <= DAYS
            && link::apart(mention, at, facts) == 0
            && !(mention.prominent && own)
            && (is_heard(mention, facts) || may_be_heard(mention, at, facts, lore))
    })
}

/// Articles that have words which wait; with the next that has them they are news.
const ARTICLES: usize = 2;

/// What was said is known without having been told, and this report does not make it news yet.
pub(super) fn waits_on(mention: &Mention, facts: &Development) -> bool {
    if mention.kind.spec().shape != Shape::Speech {
        return false;
    }
    let context = sayings::is_standing(&facts.summary) || sayings::is_said_before(&facts.summary);
    if context { !mention.prominent } else { facts.memory.articles.len() < ARTICLES }
}

/// The speaker is the one who was told.
fn is_heard(mention: &Mention, facts: &Development) -> bool {
    let this = speaker(mention.speaker.as_ref(), &mention.actors);
    let that = speaker(facts.speaker.as_ref(), &facts.actors);
    this.zip(that).is_some_and(|(this, that)| actors::alike(this, that) >= 0.9)
}

/// The speaker may be the one who was told, by an office or for a state, and much of the words is the same.
fn may_be_heard(mention: &Mention, at: &Context, facts: &Development, lore: &Lore) -> bool {
    const MUCH: f32 = 0.3;
    words::speaker(mention, facts).agrees(actors::MAY_BE)
        && words::said(mention, facts, link::days_on(mention, at, facts), lore).agrees(MUCH)
}

/// The one whose words they are; a state has many mouths.
fn speaker<'a>(named: Option<&'a Actor>, actors: &'a [Actor]) -> Option<&'a Actor> {
    named.or(actors.first()).filter(|a| matches!(a.role, ActorRole::Person | ActorRole::Body))
}

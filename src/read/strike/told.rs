//! What the sentences of an article tell of one attack, put together.

use super::acts::Said;
use super::{campaign, has};
use crate::model::Mention;
use crate::read::document::Sentence;
use crate::read::frame;

/// An attack as told so far.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub mention: Mention,
    /// The headline tells it best so far.
    pub title: bool,
    /// The words set it apart from the one told before.
    pub apart: bool,
    /// It is a campaign with its cumulative toll.
    pub campaign: bool,
}

/// Adds what a sentence tells: to the attack that it tells of, or as one more.
pub(super) fn add(told: &mut Vec<Told>, new: Told) {
    match told.iter_mut().find(|known| same(known, &new)) {
        Some(known) => join(known, new),
        None => told.push(new),
    }
}

/// A toll told in a sentence of its own belongs to the attack told before it.
pub(super) fn follow(told: &mut [Told], said: &Said<'_, '_>) {
    if !said.toll() || has(said.sentence, "disaster") {
        return;
    }
    let sums = campaign::sums_up(said);
    let Some(last) = told.iter_mut().rfind(|t| t.campaign == sums) else { return };
    if last.mention.background || last.mention.killed.is_some() && last.mention.wounded.is_some() {
        return;
    }
    let first = |hits: &[crate::read::tolls::TollHit]| hits.first().map(|t| t.toll.clone());
    last.mention.killed = last.mention.killed.take().or_else(|| first(&said.tolls.killed));
    last.mention.wounded = last.mention.wounded.take().or_else(|| first(&said.tolls.wounded));
}

/// Whether the words set an attack apart from the one told before: "troops also shelled", "in a separate raid".
pub(super) fn apart(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    at > 0 && tokens[at - 1].low == "also"
        || tokens[..at]
            .iter()
            .rev()
            .take(12)
            .any(|t| t.is(&["separate", "separately", "elsewhere", "another", "meanwhile"]))
}

/// Whether two mentions of one article tell of one attack.
fn same(a: &Told, b: &Told) -> bool {
    let (x, y) = (&a.mention, &b.mention);
    let attacker = |m: &Mention| m.actors.first().and_then(|x| x.country.clone());
    let other_side = match (attacker(x), attacker(y)) {
        (Some(p), Some(q)) => p != q && x.actors.len() > 1 && y.actors.len() > 1,
        _ => false,
    };
    let apart = (a.apart != b.apart) && x.place.is_none() != y.place.is_none();
    a.campaign == b.campaign
        && x.background == y.background
        && !other_side
        && !apart
        && frame::places_agree(x.place.as_ref(), y.place.as_ref())
        && frame::days_agree(x.when.as_ref(), y.when.as_ref())
}

/// Puts a second telling into the first. The fuller one is the evidence; of two as full the body's, for a headline
/// leaves out what a sentence says.
fn join(known: &mut Told, new: Told) {
    let fullness = |t: &Told| {
        let m = &t.mention;
        let dated = m.when.as_ref().is_some_and(|w| !w.literal.is_empty());
        let slots = [m.place.is_some(), dated, m.killed.is_some(), m.wounded.is_some()];
        (m.prominent, slots.iter().filter(|s| **s).count(), !t.title)
    };
    let swap = fullness(&new) > fullness(known);
    let (mut best, rest) = if swap { (new, known.clone()) } else { (known.clone(), new) };
    frame::take_in(&mut best.mention, rest.mention);
    *known = best;
}

//! Developments that turn out to be one: found twice while their reports were too vague to tell.
//!
//! Where a report fits two developments well, and these two fit each other, the younger is merged into the
//! older. Not where one article told both: it knew them apart.

use super::change;
use super::link;
use super::words::Lore;
use super::{Comparison, Context, Known, Merge};
use crate::model::{Development, Mention, Shape};

/// From this score on two developments are one.
const SURE: f32 = 0.65;

/// Merges what an article's reports show to be one.
pub(super) fn twins(comparison: &mut Comparison, known: &[Known], at: &Context, lore: &Lore) {
    let told: Vec<_> = comparison.reports.iter().map(|r| r.facts.id).collect();
    let busy = |id| {
        comparison.merges.iter().any(|m| m.from == id || m.into == id)
            || comparison.moves.iter().any(|m| m.from == id || m.to == id)
    };
    let free: Vec<&Known> =
        known.iter().filter(|k| !k.told_here && !told.contains(&k.facts.id) && !busy(k.facts.id)).collect();
    let mut merges = vec![];
    for report in &mut comparison.reports {
        let id = report.facts.id;
        if id.0 < 1 || busy(id) || report.facts.kind.spec().shape == Shape::Speech || report.facts.background
        {
            continue;
        }
        for twin in &free {
            let other = &twin.facts;
            if other.kind != report.facts.kind
                || other.background
                || merges.iter().any(|m: &Merge| m.from == other.id || m.into == other.id)
            {
                continue;
            }
            let fits = report.mentions.iter().any(|m| {
                let fit = link::fit(m, at, twin, lore);
                fit.links() && fit.score >= SURE
            });
            if fits && are_one(&report.facts, other, at, lore) {
                let older =
                    (report.facts.first_reported, report.facts.id) <= (other.first_reported, other.id);
                // The one that the article tells stays, so that its report has a home; ids follow age.
                let (into, from) =
                    if older { (report.facts.id, other.id) } else { (other.id, report.facts.id) };
                report.facts = united(&report.facts, other);
                report.facts.id = into;
                merges.push(Merge { from, into });
            }
        }
    }
    comparison.merges.extend(merges);
}

/// No article told both, and each fits the other.
fn are_one(a: &Development, b: &Development, at: &Context, lore: &Lore) -> bool {
    let apart = a.memory.articles.iter().any(|x| b.memory.articles.contains(x));
    let fits = |a: &Development, b: &Development| {
        let mention = as_told(a);
        let at = Context { published: a.last_reported, outlet: at.outlet.clone() };
        let known = Known { facts: b.clone(), tolls: vec![], told_here: false };
        let fit = link::fit(&mention, &at, &known, lore);
        fit.links() && fit.score >= SURE
    };
    !apart && a.status == b.status && fits(a, b) && fits(b, a)
}

/// A development as one report would tell it.
fn as_told(facts: &Development) -> Mention {
    Mention {
        kind: facts.kind.clone(),
        status: facts.status,
        actors: facts.actors.clone(),
        speaker: facts.speaker.clone(),
        when: facts.when.clone(),
        place: facts.place.clone(),
        killed: facts.killed.clone(),
        wounded: facts.wounded.clone(),
        quote: None,
        evidence: facts.summary.clone(),
        prominent: true,
        campaign: facts.campaign,
        background: facts.background,
        words: facts.words.clone(),
        rule: String::new(),
        score: 1.0,
    }
}

/// What is known of both.
fn united(a: &Development, b: &Development) -> Development {
    let (older, younger) = if a.first_reported <= b.first_reported { (a, b) } else { (b, a) };
    let at = Context { published: younger.last_reported, outlet: String::new() };
    let known = Known { facts: older.clone(), tolls: vec![], told_here: false };
    let mut facts = change::apply(&as_told(younger), &at, &known).2;
    facts.first_reported = older.first_reported.min(younger.first_reported);
    facts.last_reported = older.last_reported.max(younger.last_reported);
    facts.memory.prints.extend(&younger.memory.prints);
    facts.memory.articles.extend(&younger.memory.articles);
    // What is one now stays one.
    facts.memory.latest.clear();
    facts.memory.before = None;
    facts
}

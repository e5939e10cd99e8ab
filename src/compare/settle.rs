//! The articles of one instant of publication, put together as they would be in any other order.
//!
//! Most dates are days, and a day's articles come in whatever order a file or a feed has them. What one of them
//! was told as is settled when it comes; but where its reports belong, and what is known after all of them, must
//! not depend on that order. So the reports of the instant are taken back to the facts before it and put
//! together again, the fullest article first. What one article told as one stays one, what it told as two two.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::link::{self, Fit};
use super::words::Lore;
use super::{
    Comparison, Context, Decision, Known, Merge, Move, OutletToll, Report, TollField, change, is_old,
    remember,
};
use crate::model::{Development, DevelopmentId, Kind, Relation, Telling};

/// Comparisons that one article may cost here; beyond it the order in which articles came stands.
const MOST: usize = 40_000;
/// Ids of developments that are found here start below those of the article's own.
const FIRST_ID: i64 = -1_000_000;

/// What one article tells of one development.
struct Unit {
    telling: Telling,
    /// Where it was put before.
    at: DevelopmentId,
    /// It is the report with this index of the article that is compared.
    report: Option<usize>,
}

/// A development of the instant: the facts before it, and what is told of it.
struct Cluster {
    before: Option<Development>,
    units: Vec<usize>,
    facts: Development,
}

/// Settles the reports of an article with those of the same instant.
pub(super) fn instant(comparison: &mut Comparison, known: &[Known], at: &Context, lore: &Lore) {
    if known.iter().any(|k| k.told_here) {
        // A new version of an article that was compared: nothing came from outside.
        return;
    }
    let kinds: BTreeSet<Kind> = comparison.reports.iter().map(|r| r.facts.kind.clone()).collect();
    for kind in kinds {
        of_kind(&kind, comparison, known, at, lore);
    }
}

fn of_kind(kind: &Kind, comparison: &mut Comparison, known: &[Known], at: &Context, lore: &Lore) {
    let of_instant =
        |facts: &Development| facts.memory.latest.first().is_some_and(|t| t.published == at.published);
    let known: Vec<&Development> = known.iter().map(|k| &k.facts).filter(|f| f.kind == *kind).collect();
    let (peers, others): (Vec<&Development>, Vec<&Development>) = known.iter().partition(|f| of_instant(f));
    if peers.is_empty() {
        return;
    }
    let mut units: Vec<Unit> = Vec::new();
    for peer in &peers {
        units.extend(peer.memory.latest.iter().map(|t| Unit {
            telling: t.clone(),
            at: peer.id,
            report: None,
        }));
    }
    for (index, report) in comparison.reports.iter().enumerate().filter(|(_, r)| r.facts.kind == *kind) {
        let Some(telling) = report.facts.memory.latest.last() else { continue };
        units.push(Unit { telling: telling.clone(), at: report.facts.id, report: Some(index) });
    }
    if units.len() * (units.len() + others.len()) > MOST {
        return;
    }
    // What one article teaches of a person holds for the others, whichever came first.
    for mention in units.iter_mut().flat_map(|u| &mut u.telling.mentions) {
        *mention = lore.placed(mention);
    }
    // Canonical: by what they say alone.
    units.sort_by_cached_key(|u| {
        let prints: Vec<u64> = u.telling.mentions.iter().map(remember::print).collect();
        (Reverse(u.telling.weight), u.telling.article, prints)
    });
    let before = |f: &&Development| f.memory.before.as_deref().map(|b| Development { id: f.id, ..b.clone() });
    let mut bases: Vec<Development> =
        peers.iter().filter_map(before).chain(others.iter().map(|f| (*f).clone())).collect();
    bases.sort_by(|a, b| (a.first_reported, &a.summary).cmp(&(b.first_reported, &b.summary)));
    let mut clusters: Vec<Cluster> =
        bases.into_iter().map(|b| Cluster { facts: b.clone(), before: Some(b), units: vec![] }).collect();
    for index in 0..units.len() {
        place(index, &units, &mut clusters, lore);
    }
    // What all reports of the instant have left is as it was before them.
    let stays = |c: &Cluster| c.before.as_ref().is_some_and(|b| peers.iter().any(|p| p.id == b.id));
    clusters.retain(|c| !c.units.is_empty() || stays(c));
    name(&mut clusters, &units);
    record(comparison, clusters, &units, &peers, lore);
}

/// Puts a unit where it fits best, or by itself.
fn place(index: usize, units: &[Unit], clusters: &mut Vec<Cluster>, lore: &Lore) {
    let unit = &units[index];
    let at = context(&unit.telling);
    let mut best: Option<(usize, Fit)> = None;
    for (i, cluster) in clusters.iter().enumerate() {
        // Two reports of one article never become one, even where they say the same.
        let both_here = |u: &Unit| u.report.is_some() && unit.report.is_some();
        if cluster.units.iter().any(|u| both_here(&units[*u]) || parts(&units[*u].telling, &unit.telling)) {
            continue;
        }
        let known = Known { facts: cluster.facts.clone(), tolls: vec![], told_here: false };
        for mention in &unit.telling.mentions {
            let fit = link::fit(mention, &at, &known, lore);
            if fit.links() && best.as_ref().is_none_or(|(_, b)| fit.better_than(b)) {
                best = Some((i, fit));
            }
        }
    }
    let i = match best {
        Some((i, _)) => i,
        None => {
            let Some(first) = unit.telling.mentions.first() else { return };
            let facts = change::first(first, &at);
            clusters.push(Cluster { before: None, units: vec![], facts });
            clusters.len() - 1
        }
    };
    let cluster = &mut clusters[i];
    let fresh = cluster.before.is_none() && cluster.units.is_empty();
    cluster.facts = after(&cluster.facts, fresh, unit);
    cluster.units.push(index);
}

/// One article tells both, as two things; its own copy tells the same.
fn parts(a: &Telling, b: &Telling) -> bool {
    let prints = |t: &Telling| t.mentions.iter().map(remember::print).collect::<Vec<u64>>();
    a.article == b.article && prints(a) != prints(b)
}

/// The facts after a unit; `fresh`: it is the first of them.
fn after(facts: &Development, fresh: bool, unit: &Unit) -> Development {
    let at = context(&unit.telling);
    let mut now = facts.clone();
    for mention in unit.telling.mentions.iter().skip(usize::from(fresh)) {
        let known = Known { facts: now, tolls: said_before(&unit.telling), told_here: false };
        now = change::apply(mention, &at, &known).2;
    }
    remember::keep(&mut now, (!fresh).then_some(facts), unit.telling.clone());
    now
}

fn context(telling: &Telling) -> Context {
    Context { published: telling.published, outlet: telling.outlet.clone() }
}

/// What its publisher had said before it: more, where it lowered a toll.
fn said_before(telling: &Telling) -> Vec<OutletToll> {
    let fields = telling.lowered.iter().filter_map(|field| TollField::parse(field));
    let more = |field| OutletToll {
        outlet: telling.outlet.clone(),
        field,
        value: u32::MAX,
        published: DateTime::<Utc>::MIN_UTC,
    };
    fields.map(more).collect()
}

/// Gives each cluster its id: that of the facts before it, else the oldest that its reports had and none has.
fn name(clusters: &mut [Cluster], units: &[Unit]) {
    let mut taken: BTreeSet<DevelopmentId> =
        clusters.iter().filter_map(|c| c.before.as_ref()).map(|b| b.id).collect();
    let mut next = FIRST_ID;
    let ids = |c: &Cluster| -> Vec<DevelopmentId> {
        let units = c.units.iter().map(|u| &units[*u]);
        let mut ids: Vec<DevelopmentId> =
            units.filter(|u| u.report.is_none() || u.at.0 < 1).map(|u| u.at).collect();
        ids.sort_by_key(|id| (id.0 < 1, id.0));
        ids
    };
    let mut order: Vec<usize> = (0..clusters.len()).filter(|i| clusters[*i].before.is_none()).collect();
    order.sort_by_key(|i| ids(&clusters[*i]).first().map(|id| (id.0 < 1, id.0)));
    for cluster in clusters.iter_mut() {
        if let Some(before) = &cluster.before {
            cluster.facts.id = before.id;
        }
    }
    for i in order {
        let id = ids(&clusters[i]).into_iter().find(|id| !taken.contains(id)).unwrap_or_else(|| {
            next -= 1;
            DevelopmentId(next)
        });
        taken.insert(id);
        clusters[i].facts.id = id;
    }
}

/// Puts down where the reports are now, what the developments are, and which are no more.
fn record(
    comparison: &mut Comparison,
    clusters: Vec<Cluster>,
    units: &[Unit],
    peers: &[&Development],
    lore: &Lore,
) {
    let moved =
        |c: &Cluster| c.units.iter().any(|u| units[*u].report.is_none() && units[*u].at != c.facts.id);
    let left: BTreeSet<DevelopmentId> = clusters
        .iter()
        .flat_map(|c| c.units.iter().map(move |u| (u, c.facts.id)))
        .filter(|(u, id)| units[**u].at != *id)
        .map(|(u, _)| units[*u].at)
        .collect();
    for cluster in &clusters {
        let id = cluster.facts.id;
        let changed = moved(cluster) || left.contains(&id);
        for unit in cluster.units.iter().map(|u| &units[*u]) {
            match unit.report {
                None if unit.at != id => comparison.moves.push(Move {
                    from: unit.at,
                    to: id,
                    published: unit.telling.published,
                    outlet: unit.telling.outlet.clone(),
                    evidence: unit.telling.evidence.clone(),
                }),
                None => {}
                Some(index) => {
                    let report = &mut comparison.reports[index];
                    if changed || unit.at != id {
                        tell_again(report, cluster, units, unit, lore);
                    }
                    report.facts = cluster.facts.clone();
                }
            }
        }
        let told = cluster.units.iter().any(|u| units[*u].report.is_some());
        if changed && !told {
            comparison.others.push(cluster.facts.clone());
        }
    }
    for peer in peers.iter().filter(|p| clusters.iter().all(|c| c.facts.id != p.id)) {
        let into = clusters.iter().find(|c| c.units.iter().any(|u| units[*u].at == peer.id));
        if let Some(into) = into {
            comparison.merges.push(Merge { from: peer.id, into: into.facts.id });
        }
    }
}

/// What a report is, seen against all else that is known of its development now.
fn tell_again(report: &mut Report, cluster: &Cluster, units: &[Unit], unit: &Unit, lore: &Lore) {
    let at = context(&unit.telling);
    let mut rest = cluster.before.clone();
    for other in cluster.units.iter().map(|u| &units[*u]).filter(|u| u.report.is_none()) {
        let Some(first) = other.telling.mentions.first() else { continue };
        let start = rest.clone().unwrap_or_else(|| change::first(first, &context(&other.telling)));
        rest = Some(after(&start, rest.is_none(), other));
    }
    let tolls = std::mem::take(&mut report.tolls);
    let mut again: Option<Report> = None;
    let mut facts = rest;
    for mention in &unit.telling.mentions {
        let decision = match &facts {
            None => Decision {
                target: None,
                relation: if is_old(mention, &at) { Relation::Repeat } else { Relation::New },
                changes: vec![],
                facts: change::first(mention, &at),
                score: report.score,
                why: "with others of that day: nothing like it".to_owned(),
                tried: vec![],
            },
            Some(known) => {
                let tolls = said_before(&unit.telling);
                let known = Known { facts: known.clone(), tolls, told_here: again.is_some() };
                let fit = link::fit(mention, &at, &known, lore);
                let (relation, changes, facts) = change::apply(mention, &at, &known);
                Decision {
                    target: Some(cluster.facts.id),
                    relation,
                    changes,
                    facts,
                    score: fit.score,
                    why: format!("with others of that day: at {:.2}: {}", fit.score, fit.reasons()),
                    tried: vec![fit.tried(&known, true)],
                }
            }
        };
        facts = Some(decision.facts.clone());
        match &mut again {
            Some(again) => again.join(mention, decision),
            None => again = Some(Report::first(mention, decision)),
        }
    }
    if let Some(again) = again {
        *report = Report { tolls, ..again };
    }
}

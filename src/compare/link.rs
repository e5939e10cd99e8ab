//! Whether a mention and a development are one event: a score over actors, place, date, tolls and words.
//!
//! Each kind weighs them its own way ([`crate::model::KindSpec`]). A conflict (another city, another week, other people) is a veto: no
//! agreement elsewhere outweighs it. The reasons are kept, so that a wrong link can be traced.

use super::actors::{Sure, attack_actors, participants};
use super::phrases;
use super::places::nearness;
use super::remember;
use super::tolls::{
    another_toll, grown, of_campaign, only_the_town, same_campaign, same_high_toll, same_toll, toll,
};
use super::words::{Lore, alike, said, speaker, words};
use super::{Context, Known, Span, days, is_background};
use crate::model::{
    Actor, ActorRole, Development, Facet, Mention, Place, PlaceLevel, Shape, Status, Tried, Weighed,
};

/// A toll that grows is of an attack that is known: which one may be told by less.
const GROWN: f32 = 0.5;

/// Scores no further apart than this are as good as one.
const NEAR: f32 = 0.02;

/// How well a mention fits a development.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    /// 0 to 1; 0 after a veto.
    pub score: f32,
    /// What agreed before and beside a veto, to name the nearest.
    agreed: f32,
    needs: f32,
    vetoed: bool,
    parts: Vec<Weighed>,
}

impl Fit {
    /// Nothing weighed yet; from `needs` on it links.
    fn open(needs: f32) -> Fit {
        Fit { score: 0.0, agreed: 0.0, needs, vetoed: false, parts: vec![] }
    }

    pub fn links(&self) -> bool {
        !self.vetoed && self.score >= self.needs
    }

    pub fn better_than(&self, other: &Fit) -> bool {
        // Of two that fit about as well the older is meant: what came later may be its own double.
        let lead = if self.links() && other.links() { NEAR } else { 0.0 };
        (self.links(), self.agreed) > (other.links(), other.agreed + lead)
    }

    pub fn reasons(&self) -> String {
        let reason = |part: &Weighed| match part.value {
            Some(_) => part.reason.clone(),
            None => format!("veto: {}", part.reason),
        };
        self.parts.iter().map(reason).collect::<Vec<_>>().join("; ")
    }

    /// What was tried, for the trace; `linked`: the mention was put there.
    pub fn tried(self, known: &Known, linked: bool) -> Tried {
        Tried {
            development: known.facts.id,
            summary: known.facts.summary.clone(),
            linked,
            score: self.score,
            needs: self.needs,
            parts: self.parts,
        }
    }

    fn add(&mut self, facet: Facet, weight: f32, Part { value, reason }: Part) {
        match value {
            Some(value) => {
                self.score += weight * value;
                self.agreed = self.score;
            }
            None => {
                self.vetoed = true;
                self.score = 0.0;
            }
        }
        self.parts.push(Weighed { facet, weight, value, reason });
    }
}

/// One piece of evidence: 0 to 1, or `None` for a conflict.
pub(super) struct Part {
    value: Option<f32>,
    reason: String,
}

impl Part {
    pub fn is(value: f32, reason: impl Into<String>) -> Part {
        Part { value: Some(value), reason: reason.into() }
    }

    pub fn veto(reason: impl Into<String>) -> Part {
        Part { value: None, reason: reason.into() }
    }
}

/// Weighs a mention against a development of its kind.
pub(super) fn fit(mention: &Mention, at: &Context, known: &Known, lore: &Lore) -> Fit {
    let kind = mention.kind.spec();
    if remember::has_told(&known.facts, mention, at) {
        let mut fit = Fit::open(kind.links.usual);
        fit.add(Facet::Words, 1.0, Part::is(1.0, "told in these very words"));
        return fit;
    }
    let (placed, placing);
    let (mut mention, mut known) = (mention, known);
    if kind.shape != Shape::Speech {
        // "The Marovka attack": the name is there, if not as where it was.
        if let (None, Some(place)) = (&mention.place, &known.facts.place)
            && named(place, &mention.evidence)
        {
            placed = Mention { place: Some(place.clone()), ..mention.clone() };
            mention = &placed;
        } else if let (Some(place), None) = (&mention.place, &known.facts.place)
            && named(place, &known.facts.summary)
        {
            let facts = Development { place: Some(place.clone()), ..known.facts.clone() };
            placing = Known { facts, ..known.clone() };
            known = &placing;
        }
    }
    let facts = &known.facts;
    let on = days_on(mention, at, facts);
    let here = if known.told_here { kind.links.here } else { kind.links.usual };
    let aside = if mention.prominent || on > 0 { kind.links.usual } else { kind.links.aside };
    let mut fit = Fit::open(here.min(aside));
    let other = mention.campaign != facts.campaign && !of_campaign(mention, facts);
    if other && !(same_day(mention, at, facts) && same_toll(mention, facts)) {
        fit.add(Facet::Words, 1.0, Part::veto("one attack against a campaign of many"));
        return fit;
    }
    for (facet, weight) in kind.weights.facets().into_iter().filter(|(_, weight)| *weight > 0.0) {
        let part = match (facet, kind.shape) {
            (Facet::Actors, Shape::Parties) => {
                let likeness = alike(mention, facts, lore);
                let sure = Sure {
                    same_day: same_day(mention, at, facts),
                    there: same_town(mention, facts) && apart(mention, at, facts) <= 1,
                    here: known.told_here,
                    likeness,
                };
                participants(mention, facts, sure)
            }
            (Facet::Actors, Shape::Attack) => {
                let part = attack_actors(mention, facts, same_high_toll(mention, facts));
                // Both sides attack in a campaign.
                if part.value.is_none() && of_campaign(mention, facts) {
                    Part::is(0.5, "two sides of a campaign")
                } else {
                    part
                }
            }
            (Facet::Actors, Shape::Speech) => speaker(mention, facts),
            (Facet::Place, _) => place(mention, known, lore),
            (Facet::Date, _) if of_campaign(mention, facts) => same_campaign(mention, at, facts),
            (Facet::Date, _) => date(mention, at, known, lore),
            (Facet::Toll, _) => toll(mention, facts),
            (Facet::Words, Shape::Speech) => said(mention, facts, on, lore),
            (Facet::Words, _) => words(mention, facts, lore),
        };
        fit.add(facet, weight, part);
        if fit.vetoed {
            fit.agreed = 0.5 * (fit.agreed + kind.weights.words.max(0.3) * alike(mention, facts, lore));
            return fit;
        }
    }
    if of_campaign(mention, facts) {
        return fit;
    }
    if kind.shape == Shape::Attack && only_the_town(mention, at, facts, lore) {
        fit.add(Facet::Words, 1.0, Part::veto("days apart with nothing alike but the town"));
    }
    if kind.shape == Shape::Attack && !fit.vetoed {
        if another_toll(mention, at, facts) {
            fit.add(Facet::Toll, 1.0, Part::veto("days apart with far fewer dead"));
        } else if grown(mention, facts) || takes_back(mention, facts, lore) {
            fit.needs = fit.needs.min(GROWN);
        }
    }
    fit
}

/// A report is withdrawn in the words in which it was told.
fn takes_back(mention: &Mention, facts: &Development, lore: &Lore) -> bool {
    super::revise::is_withdrawn(&mention.evidence) && alike(mention, facts, lore) >= 0.3
}

fn named(place: &Place, text: &str) -> bool {
    let names = [&place.name, &place.literal];
    place.level != PlaceLevel::Country && names.iter().any(|name| phrases::names(text, name))
}

/// Days from what is known to have been said to what a report says.
fn days_on(mention: &Mention, at: &Context, facts: &Development) -> i64 {
    let day = mention.when.as_ref().map_or(at.day(), |w| w.to);
    let was = facts.when.as_ref().map_or(facts.first_reported.date_naive(), |w| w.to);
    (day - was).num_days().abs()
}

/// Days between the two, by what is told of them.
fn apart(mention: &Mention, at: &Context, facts: &Development) -> i64 {
    Span::of_mention(mention, at).gap(Span::of_development(facts))
}

/// Both have a day of their own, given or stood in for, and it is one; or a plan is told without one on the
/// eve or the day of the other.
fn same_day(mention: &Mention, at: &Context, facts: &Development) -> bool {
    let (a, b) = (Span::of_mention(mention, at), Span::of_development(facts));
    let known = |s: &Span| s.exact || s.stand_in.is_some();
    let near = mention.when.is_none()
        && mention.status == Status::Planned
        && b.exact
        && (b.from - at.day()).num_days().abs() <= 1;
    near || known(&a) && known(&b) && a.gap(b) == 0
}

fn place(mention: &Mention, known: &Known, lore: &Lore) -> Part {
    let facts = &known.facts;
    let its_own = mention.kind.spec().shape == Shape::Attack;
    let (Some(a), Some(b)) = (&mention.place, &facts.place) else {
        // Two reports of one night that name no town tell of the night as a whole.
        let whole = its_own && wide(&mention.place) && wide(&facts.place);
        return Part::is(if whole { 0.6 } else { 0.4 }, "place open");
    };
    let reason = format!("place ({} | {})", a.name, b.name);
    match nearness(a, b) {
        Some(value) => Part::is(value, reason),
        None if mention.status == Status::Planned && facts.status == Status::Planned && is_moved(mention) => {
            Part::is(0.4, format!("moved: {reason}"))
        }
        None if !its_own && !known.told_here && (named(b, &mention.evidence) || named(a, &facts.summary)) => {
            Part::is(0.6, format!("both named: {reason}"))
        }
        // A country beside a meeting is often what it was about, or who came.
        None if !its_own && [a, b].iter().any(|p| p.level == PlaceLevel::Country) => {
            let takes_part = |p: &&&Place| {
                p.level == PlaceLevel::Country
                    && mention
                        .actors
                        .iter()
                        .chain(&facts.actors)
                        .any(|x| x.country.is_some() && x.country == p.country)
            };
            let value = if [a, b].iter().any(|p| takes_part(&p)) { 0.4 } else { 0.1 };
            Part::is(value, format!("perhaps another place: {reason}"))
        }
        // A sentence on a toll names the places of whatever else it tells.
        None if its_own
            && grown(mention, facts)
            && elsewhere(a, b)
            && alike(mention, facts, lore) >= 0.15 =>
        {
            Part::is(0.4, format!("perhaps another place: {reason}"))
        }
        None => Part::veto(format!("another place: {reason}")),
    }
}

/// In two countries, or one of them in none.
fn elsewhere(a: &Place, b: &Place) -> bool {
    a.country.is_none() || b.country.is_none() || a.country != b.country
}

/// The text says that a plan was moved: then another day or place is no conflict.
fn is_moved(mention: &Mention) -> bool {
    if phrases::is_moved(&mention.evidence) {
        return true;
    }
    const MOVED: [&str; 8] = ["postpon", "reschedul", "delay", "move", "shift", "relocat", "defer", "push"];
    mention.words.iter().any(|w| MOVED.iter().any(|m| w.starts_with(m)))
}

/// The text says that it is another one in a row.
fn is_next(mention: &Mention) -> bool {
    let text = mention.evidence.to_lowercase();
    [
        "next round",
        "new round",
        "second round",
        "third round",
        "fourth round",
        "another round",
        "once again",
        "fresh round",
        "further round",
        "meet again",
        "talk again",
        "convene again",
        "reconvene",
    ]
    .iter()
    .any(|n| text.contains(n))
}

fn date(mention: &Mention, at: &Context, known: &Known, lore: &Lore) -> Part {
    let (facts, kind) = (&known.facts, mention.kind.spec());
    let (a, b) = (Span::of_mention(mention, at), Span::of_development(facts));
    let gap = a.gap(b);
    let reason = format!("{gap} days apart");
    let both_exact = a.exact && b.exact;
    if let (Some(this), Some(that)) =
        (round(&mention.evidence, mention.status), round(&facts.summary, facts.status))
        && this != that
    {
        return Part::veto(format!("round {this} against round {that}"));
    }
    let planned = mention.status != Status::Occurred && facts.status == Status::Planned;
    if is_next(mention) && facts.status == Status::Occurred && mention.status == Status::Planned {
        return Part::veto("the next one in a row");
    }
    let ahead = facts.when.as_ref().is_some_and(|w| (w.from - at.day()).num_days() > 1);
    if facts.status == Status::Planned && mention.status == Status::Occurred && ahead {
        return Part::veto(format!("{reason}, planned for later"));
    }
    // Talks may go on the next day; what an article tells beside them as planned is something else.
    let slack = i64::from(!known.told_here);
    let later = a.exact && a.from > at.day() && a.from > days(b.to, slack);
    let held = facts.status == Status::Occurred && (b.exact || b.stand_in.is_some());
    if mention.status == Status::Planned && held && later {
        return Part::veto(format!("{reason}, planned after one that was held"));
    }
    let due = facts.when.as_ref().is_some_and(|w| w.from <= at.day());
    if facts.status == Status::Planned && mention.status == Status::Occurred && mention.background && !due {
        return Part::veto(format!("{reason}, an older one: the plan is not yet due"));
    }
    if facts.status == Status::Cancelled && mention.status == Status::Occurred && !(both_exact && gap == 0) {
        return Part::veto("it was called off");
    }
    let lowers = super::revise::lowered(&mention.evidence).is_some() && same_town(mention, facts);
    if kind.shape == Shape::Attack && gap > 0 && (grown(mention, facts) || lowers) {
        // The day beside a toll is often that of the count; the attack was before.
        let age = (at.day() - b.to).num_days();
        let after = b.from > a.to;
        return match age {
            _ if after => Part::veto(format!("{reason}, a later attack")),
            0..=3 => Part::is(0.7, format!("{age} days before the count")),
            4..=14 => Part::is(0.4, format!("{age} days before the count")),
            _ => Part::veto(format!("{age} days before the count")),
        };
    }
    if mention.background && mention.when.is_none() && kind.shape != Shape::Speech {
        // "After their meeting": the latest one is meant.
        let age = (at.day() - b.to).num_days().max(0);
        // Two persons meet and telephone often.
        let by_name =
            kind.shape == Shape::Parties && mention.actors.iter().all(|a| a.role == ActorRole::Person);
        return match age {
            0..=7 => Part::is(0.8, format!("{age} days before")),
            8..=45 => Part::is(0.5, format!("{age} days before")),
            46..=200 if !by_name => Part::is(0.2, format!("{age} days before")),
            _ => Part::veto(format!("{age} days before")),
        };
    }
    // "In March" fits everything in March.
    let vague = |s: &Span| s.stand_in.is_none() && (s.to - s.from).num_days() > 3;
    // What is planned without a day and told as held within days is mostly the same.
    let soon = facts.status == Status::Planned
        && facts.when.is_none()
        && mention.status == Status::Occurred
        && (0..=4).contains(&(at.day() - facts.last_reported.date_naive()).num_days());
    let most = if vague(&a) || vague(&b) && !soon { 0.6 } else { 1.0 };
    let context = !mention.prominent || is_background(mention, at);
    let met = if both_exact { 1.0 } else { 0.8 };
    let value: f32 = match (kind.shape, gap) {
        (Shape::Speech, 0) => 1.0,
        (Shape::Speech, 1) => 0.8,
        (Shape::Speech, 2) => 0.5,
        (Shape::Speech, 3..=7) if !both_exact => 0.2,

        (Shape::Attack, 0) => met,
        (Shape::Attack, 1) if same_town(mention, facts) => 0.6,
        (Shape::Attack, 1) if wide(&mention.place) && wide(&facts.place) => 0.4,
        // Only the same town tells that it is still the same attack.
        (Shape::Attack, _) if !same_town(mention, facts) => return Part::veto(reason),
        (Shape::Attack, 2) if !both_exact => 0.4,
        // "The bombing of the market, which cost 19 lives": the day beside it may be that of other news.
        (Shape::Attack, 2..=60)
            if !mention.prominent && same_toll(mention, facts) && alike(mention, facts, lore) >= 0.2 =>
        {
            0.2
        }
        (Shape::Attack, 3..=10) if !both_exact && (context || mention.status == Status::Denied) => 0.2,

        (Shape::Parties, 0) => met,
        // A house sits again and again: on another day it is another session.
        (Shape::Parties, 2..) if both_exact && is_session(mention, facts) => return Part::veto(reason),
        (Shape::Parties, 1) => 0.7,
        (Shape::Parties, 2) => 0.4,
        (Shape::Parties, 3..=21) if planned && (is_moved(mention) || !a.exact || !b.exact) => 0.3,
        (Shape::Parties, 3..=4) if !both_exact => 0.3,
        // What was agreed may fall apart weeks later.
        (Shape::Parties, 3..=60)
            if mention.status == Status::Cancelled && kind.undone.contains(&Status::Cancelled) =>
        {
            0.4
        }
        (Shape::Parties, 5..=14) if !both_exact && (context || facts.status == Status::Planned) => 0.2,
        // What two said "at talks in Vard", without a day, is mostly of the talks there that are known.
        (Shape::Parties, 5..=14)
            if !a.exact && same_two(mention, facts) && phrases::is_beside(&mention.evidence) =>
        {
            0.2
        }

        _ => return Part::veto(reason),
    };
    let value = value.min(most);
    if kind.by_phone && a_call_against_a_visit(mention, facts) {
        return Part::is(0.0, format!("{reason}, by phone against in person"));
    }
    Part::is(value, reason)
}

/// The same two persons in the same town.
fn same_two(mention: &Mention, facts: &Development) -> bool {
    let persons = mention.actors.iter().filter(|a| a.role == ActorRole::Person).count();
    persons > 1 && same_town(mention, facts) && super::actors::agree(mention, facts)
}

/// Both are of one house that sits by itself.
fn is_session(mention: &Mention, facts: &Development) -> bool {
    let house = |actors: &[Actor]| matches!(actors, [one] if one.role == ActorRole::Body);
    mention.status == Status::Occurred
        && facts.status == Status::Occurred
        && house(&mention.actors)
        && house(&facts.actors)
}

/// Which of a row it is; what has occurred is not the one that is still to come.
fn round(text: &str, status: Status) -> Option<usize> {
    phrases::round(text, status == Status::Occurred)
}

/// No town or region is named.
fn wide(place: &Option<Place>) -> bool {
    place.as_ref().is_none_or(|p| p.level == PlaceLevel::Country)
}

fn same_town(mention: &Mention, facts: &Development) -> bool {
    let (Some(a), Some(b)) = (&mention.place, &facts.place) else { return false };
    nearness(a, b).is_some_and(|n| n >= 0.9) && a.level != PlaceLevel::Country
}

/// One spoke by phone of what the other has at a place.
fn a_call_against_a_visit(mention: &Mention, facts: &Development) -> bool {
    let phone = |words: &[String]| words.iter().any(|w| w.starts_with("phon") || w.starts_with("telephon"));
    let here = phone(&mention.words) || phrases::is_by_phone(&mention.evidence);
    let there = phone(&facts.words) || phrases::is_by_phone(&facts.summary);
    // A sentence that has a place too tells of a call beside it.
    let (call, called) = (here && mention.place.is_none(), there && facts.place.is_none());
    call && !there && facts.place.is_some() || called && !here && mention.place.is_some()
}

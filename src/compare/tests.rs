//! What is told of running stories: invented people, real rules.

use chrono::NaiveTime;

use super::*;
use crate::model::{Actor, ActorRole, Kind, Place, PlaceLevel, Precision, Relation, When};

/// Several mentions in one article.
mod article;
/// Context, told apart from news.
mod context;
/// Stories that run on.
mod follow;
/// Which meetings are one.
mod meetings;
/// Towns of one name.
mod namesakes;
/// The order of articles, their repetition, and what later ones show of earlier ones.
mod order;
/// What is taken back, corrected, summed up or spoken of.
mod revise;
/// Which words are one statement.
mod statements;
/// Which strikes are one, and their tolls.
mod strikes;

/// Keeps what a store would keep, and finds candidates by the same keys.
#[derive(Default)]
struct Archive {
    known: Vec<Known>,
    /// Which developments were merged into which.
    merged: Vec<(DevelopmentId, DevelopmentId)>,
    next: i64,
}

impl Archive {
    fn tell(&mut self, outlet: &str, day: &str, mentions: &[Mention]) -> Vec<Report> {
        let published = date(day).and_time(NaiveTime::MIN).and_utc();
        let at = Context { published, outlet: outlet.to_owned() };
        let wanted: Vec<String> = mentions.iter().flat_map(|m| keys(m, published)).collect();
        let found = self.known.iter().filter(|k| keys_of(&k.facts).iter().any(|key| wanted.contains(key)));
        let Comparison { mut reports, others, moves, merges } =
            article(mentions, &at, found.cloned().collect());
        let mut stored = std::collections::HashMap::new();
        for facts in reports.iter().map(|r| &r.facts).chain(&others) {
            let id = *stored.entry(facts.id).or_insert_with(|| {
                self.next += i64::from(facts.id.0 < 1);
                if facts.id.0 < 1 { DevelopmentId(self.next) } else { facts.id }
            });
            let facts = Development { id, ..facts.clone() };
            match self.known.iter_mut().find(|k| k.facts.id == id) {
                Some(known) => known.facts = facts,
                None => self.known.push(Known { facts, tolls: vec![], told_here: false }),
            }
        }
        for report in &mut reports {
            report.facts.id = stored[&report.facts.id];
            let known = self.known.iter_mut().find(|k| k.facts.id == report.facts.id).expect("it is known");
            for (field, toll) in &report.tolls {
                known.tolls.retain(|t| t.outlet != outlet || t.field != *field);
                let outlet = outlet.to_owned();
                known.tolls.push(OutletToll { outlet, field: *field, value: toll.value, published });
            }
        }
        let of = |id| stored.get(&id).copied().unwrap_or(id);
        for (from, to) in moves.iter().map(|m| (m.from, m.to)) {
            assert!(self.known.iter().any(|k| k.facts.id == of(from) || k.facts.id == of(to)));
        }
        for merge in merges {
            self.merged.push((of(merge.from), of(merge.into)));
            self.known.retain(|k| k.facts.id != of(merge.from));
        }
        reports
    }

    /// The outlets that told each development, with its facts: one line each, in an order of their own.
    fn groups(&self) -> Vec<String> {
        let line = |k: &Known| {
            let mut outlets: Vec<&str> = k.facts.memory.latest.iter().map(|t| t.outlet.as_str()).collect();
            outlets.sort_unstable();
            let value = |t: &Option<Toll>| t.as_ref().map(|t| t.value);
            let place = k.facts.place.as_ref().map(|p| p.name.as_str());
            let when = k.facts.when.as_ref().map(|w| (w.from, w.to));
            let tolls = (value(&k.facts.killed), value(&k.facts.wounded));
            format!("{outlets:?} {} {:?} {place:?} {when:?} {tolls:?}", k.facts.kind, k.facts.status)
        };
        let mut lines: Vec<String> = self.known.iter().map(line).collect();
        lines.sort();
        lines
    }

    fn one(&mut self, outlet: &str, day: &str, mention: Mention) -> Report {
        let mut reports = self.tell(outlet, day, &[mention]);
        assert_eq!(reports.len(), 1);
        reports.remove(0)
    }
}

fn date(day: &str) -> NaiveDate {
    day.parse().expect("a day")
}

fn actor(name: &str, role: ActorRole, country: Option<&str>) -> Actor {
    let key = name.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    Actor { name: name.into(), key, role, country: country.map(Into::into), literal: name.into() }
}

fn person(name: &str, country: &str) -> Actor {
    actor(name, ActorRole::Person, Some(country))
}

fn country(name: &str, code: &str) -> Actor {
    actor(name, ActorRole::Country, Some(code))
}

fn city(name: &str, country: &str) -> Place {
    let country = Some(country.into());
    Place { name: name.into(), country, region: None, level: PlaceLevel::City, literal: name.into() }
}

fn land(name: &str, code: &str) -> Place {
    Place { level: PlaceLevel::Country, ..city(name, code) }
}

fn toll(value: u32) -> Toll {
    Toll { value, at_least: false, literal: value.to_string() }
}

fn mention(kind: Kind, evidence: &str) -> Mention {
    let words = evidence
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() > 3)
        .map(|w| w.to_lowercase().trim_end_matches(['s', 'e', 'd']).to_owned())
        .collect();
    Mention {
        kind,
        status: Status::Occurred,
        actors: vec![],
        speaker: None,
        when: None,
        place: None,
        killed: None,
        wounded: None,
        campaign: false,
        quote: None,
        evidence: evidence.into(),
        prominent: true,
        background: false,
        words,
        rule: "test".into(),
        score: 1.0,
    }
}

fn meeting(evidence: &str, actors: &[Actor]) -> Mention {
    Mention { actors: actors.to_vec(), ..mention(Kind::MEETING, evidence) }
}

pub(super) fn strike(evidence: &str, place: Option<Place>) -> Mention {
    let actors = vec![country("Valdia", "VA"), country("Ostrova", "OS")];
    Mention { actors, place, ..mention(Kind::STRIKE, evidence) }
}

fn statement(evidence: &str, speaker: Actor) -> Mention {
    Mention { actors: vec![speaker.clone()], speaker: Some(speaker), ..mention(Kind::STATEMENT, evidence) }
}

trait With: Sized {
    fn planned(self) -> Self;
    fn on(self, day: &str) -> Self;
    fn at(self, place: Place) -> Self;
    fn in_passing(self) -> Self;
    fn in_the_past(self) -> Self;
    fn tolls(self, killed: Option<u32>, wounded: Option<u32>) -> Self;
}

impl With for Mention {
    fn planned(self) -> Self {
        Mention { status: Status::Planned, ..self }
    }
    fn on(self, day: &str) -> Self {
        let (from, to) = (date(day), date(day));
        Mention { when: Some(When { from, to, precision: Precision::Day, literal: day.into() }), ..self }
    }
    fn at(self, place: Place) -> Self {
        Mention { place: Some(place), ..self }
    }
    fn in_passing(self) -> Self {
        Mention { prominent: false, ..self }
    }
    fn in_the_past(self) -> Self {
        Mention { background: true, prominent: false, ..self }
    }
    fn tolls(self, killed: Option<u32>, wounded: Option<u32>) -> Self {
        Mention { killed: killed.map(toll), wounded: wounded.map(toll), ..self }
    }
}

fn amara() -> Actor {
    person("Amara Tolen", "VA")
}

fn brin() -> Actor {
    person("Jorun Brin", "OS")
}

fn changed(report: &Report) -> Vec<(&str, &str, &str)> {
    report.changes.iter().map(|c| (c.field.as_str(), c.was.as_str(), c.now.as_str())).collect()
}

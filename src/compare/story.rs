//! Which story a development belongs to: by whom it is between.
//!
//! Two parties that a development and a story share make it the story's: of several the one with the most shared
//! and the fewest besides, then the latest. What has one party only, as a raid of which just the town is known or
//! one side's statement, goes to the liveliest story of late that has the party. All else begins a story.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::{Actor, ActorRole, Development, Shape, Story};

/// How long after its last report a story is still open.
pub const OPEN: TimeDelta = TimeDelta::days(60);
/// What is of late.
pub const LATELY: TimeDelta = TimeDelta::days(14);
/// Parties of one development that count: beyond, it is a congress.
const MOST: usize = 16;
/// Parties that a story's name lists; the rest are counted.
const NAMED: usize = 4;

/// Whom a development is between, sorted: codes of countries, and keys of bodies that belong to none.
///
/// The place of an attack is a party; that of talks only where the guests do not tell two sides already, for many
/// meet on neutral ground, and a body of no country anywhere; that of a speech is none.
pub fn parties(facts: &Development) -> Vec<String> {
    let actors = facts.actors.iter().chain(&facts.speaker);
    let mut parties: BTreeSet<String> = actors.filter_map(party).collect();
    let host = match facts.kind.spec().shape {
        Shape::Attack => true,
        Shape::Parties => parties.len() < 2 && !facts.actors.iter().any(is_body),
        Shape::Speech => false,
    };
    let place = facts.place.as_ref().filter(|_| host);
    parties.extend(place.and_then(|place| place.country.clone()));
    parties.into_iter().take(MOST).collect()
}

/// The country that an actor acts for, or the body that it is.
fn party(actor: &Actor) -> Option<String> {
    actor.country.clone().or_else(|| is_body(actor).then(|| actor.key.clone()))
}

/// A body that belongs to no country.
fn is_body(actor: &Actor) -> bool {
    actor.role == ActorRole::Body && actor.country.is_none() && !actor.key.is_empty()
}

/// The story that a development of these parties belongs to, last reported `at`; `None`: it begins one.
pub fn belongs_to(parties: &[String], open: &[Story], at: DateTime<Utc>) -> Option<i64> {
    let open = open.iter().filter(|story| story.last > at - OPEN);
    let story = match parties {
        [] => None,
        [party] => open
            .filter(|story| story.lately > 0 && story.last > at - LATELY && story.parties.contains(party))
            .max_by_key(|story| (story.lately, story.last, Reverse(story.id))),
        _ => open.filter(|story| holds(&story.parties, parties)).max_by_key(|story| {
            let shared = shared(&story.parties, parties);
            (shared, Reverse(story.parties.len() - shared), story.last, Reverse(story.id))
        }),
    };
    story.map(|story| story.id)
}

/// Whether a development of these parties may be of a story between `story`.
///
/// Half of the story's parties at least: what two of nine who met do by themselves is another story.
pub fn holds(story: &[String], parties: &[String]) -> bool {
    let shared = shared(story, parties);
    match parties.len() {
        0 => false,
        1 => shared == 1,
        _ => shared >= 2 && shared * 2 >= story.len(),
    }
}

fn shared(story: &[String], parties: &[String]) -> usize {
    parties.iter().filter(|party| story.contains(party)).count()
}

/// A story's name for people: "Russia – Ukraine", "Kenya: M23".
///
/// Countries are named by `country`, bodies as `facts` has them.
pub fn name(
    parties: &[String],
    facts: &Development,
    country: impl Fn(&str) -> Option<&'static str>,
) -> String {
    let body = |party: &String| {
        let mut actors = facts.actors.iter().chain(&facts.speaker);
        actors.find(|actor| actor.key == *party).map_or_else(|| party.clone(), |actor| actor.name.clone())
    };
    let mut countries: Vec<String> = Vec::new();
    let mut bodies: Vec<String> = Vec::new();
    for party in parties {
        match country(party) {
            Some(name) => countries.push(name.to_owned()),
            None => bodies.push(body(party)),
        }
    }
    let rest = parties.len().saturating_sub(NAMED);
    bodies.truncate(NAMED.saturating_sub(countries.len()));
    countries.truncate(NAMED);
    let sides = [countries.join(" – "), bodies.join(" – ")];
    let name = sides.into_iter().filter(|side| !side.is_empty()).collect::<Vec<_>>().join(": ");
    if rest > 0 { format!("{name} +{rest}") } else { name }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::model::{DevelopmentId, Kind, Memory, Place, PlaceLevel, Status};

    fn at(day: u32) -> DateTime<Utc> {
        NaiveDate::from_ymd_opt(2031, 3, day).unwrap().and_hms_opt(8, 0, 0).unwrap().and_utc()
    }

    fn actor(name: &str, role: ActorRole, country: Option<&str>) -> Actor {
        let (key, literal) = (name.to_lowercase(), name.to_owned());
        Actor { name: name.to_owned(), key, role, country: country.map(str::to_owned), literal }
    }

    fn state(code: &str) -> Actor {
        actor(&format!("State of {code}"), ActorRole::Country, Some(code))
    }

    fn development(kind: Kind, actors: Vec<Actor>, country: Option<&str>) -> Development {
        let place = country.map(|code| Place {
            name: "Karo".into(),
            country: Some(code.into()),
            region: None,
            level: PlaceLevel::City,
            literal: "Karo".into(),
        });
        Development {
            id: DevelopmentId(0),
            kind,
            status: Status::Occurred,
            actors,
            speaker: None,
            when: None,
            place,
            killed: None,
            wounded: None,
            campaign: false,
            outcome: None,
            summary: "It was.".into(),
            words: vec![],
            background: false,
            first_reported: at(1),
            last_reported: at(1),
            memory: Memory::default(),
        }
    }

    fn story(id: i64, parties: &[&str], day: u32, lately: i64) -> Story {
        Story { id, parties: owned(parties), last: at(day), lately }
    }

    fn owned(parties: &[&str]) -> Vec<String> {
        parties.iter().map(|party| (*party).to_owned()).collect()
    }

    fn to(parties: &[&str], open: &[Story]) -> Option<i64> {
        belongs_to(&owned(parties), open, at(20))
    }

    #[test]
    fn parties_are_countries_by_whoever_acts_for_them_and_bodies_that_have_none() {
        let morn = actor("Ada Morn", ActorRole::Person, Some("KE"));
        let front = actor("Chaco Front", ActorRole::Body, None);
        let stranger = actor("Jon Bly", ActorRole::Person, None);
        let talks = development(Kind::MEETING, vec![morn, front, stranger], Some("CH"));
        assert_eq!(parties(&talks), ["KE", "chaco front"], "neutral ground is no party");
        let council = actor("Council of Nine", ActorRole::Body, None);
        let session = development(Kind::MEETING, vec![council], Some("US"));
        assert_eq!(parties(&session), ["council of nine"], "nor is where a body of no country sits");
    }

    #[test]
    fn where_an_attack_struck_is_a_party_and_where_a_speech_was_held_is_none() {
        assert_eq!(parties(&development(Kind::STRIKE, vec![], Some("UA"))), ["UA"]);
        assert_eq!(parties(&development(Kind::STRIKE, vec![state("RU")], Some("UA"))), ["RU", "UA"]);
        assert_eq!(parties(&development(Kind::STATEMENT, vec![state("RU")], Some("UA"))), ["RU"]);
        assert_eq!(parties(&development(Kind::MEETING, vec![state("RU")], Some("UA"))), ["RU", "UA"]);
    }

    #[test]
    fn of_stories_that_share_two_parties_the_one_with_most_shared_and_fewest_besides_is_meant() {
        let open = [
            story(1, &["NO", "PY", "RU", "UA"], 19, 9),
            story(2, &["RU", "UA"], 10, 1),
            story(3, &["RU", "US"], 19, 9),
        ];
        assert_eq!(to(&["RU", "UA"], &open), Some(2));
        assert_eq!(to(&["NO", "RU", "UA"], &open), Some(1));
        assert_eq!(to(&["KE", "UA"], &open), None, "one shared party is not enough where two act");
    }

    #[test]
    fn of_equals_the_latest_is_meant_and_of_twins_the_first() {
        let open =
            [story(1, &["RU", "UA"], 3, 1), story(2, &["RU", "UA"], 9, 1), story(3, &["RU", "UA"], 9, 1)];
        assert_eq!(to(&["RU", "UA"], &open), Some(2));
        let turned: Vec<Story> = open.into_iter().rev().collect();
        assert_eq!(to(&["RU", "UA"], &turned), Some(2));
    }

    #[test]
    fn two_of_many_who_met_are_another_story() {
        assert_eq!(to(&["RU", "US"], &[story(1, &["CN", "DE", "FR", "RU", "US"], 19, 1)]), None);
    }

    #[test]
    fn one_party_alone_goes_to_the_liveliest_story_of_late() {
        let open = [
            story(1, &["RU", "UA"], 18, 30),
            story(2, &["UA"], 19, 2),
            story(3, &["PL", "UA"], 2, 99),
            story(4, &["KE"], 19, 99),
        ];
        assert_eq!(to(&["UA"], &open), Some(1));
        assert_eq!(to(&["NO"], &open), None);
        assert_eq!(to(&["PL"], &open), None, "its last report is too old");
        assert_eq!(to(&[], &open), None);
    }

    #[test]
    fn a_story_without_reports_for_two_months_is_over() {
        let old = Story { last: at(20) - OPEN, ..story(1, &["RU", "UA"], 1, 0) };
        assert_eq!(to(&["RU", "UA"], &[old]), None);
    }

    #[test]
    fn a_story_is_called_by_its_countries_and_then_its_bodies() {
        let country = |code: &str| match code {
            "KE" => Some("Kenya"),
            "RU" => Some("Russia"),
            "UA" => Some("Ukraine"),
            _ => None,
        };
        let facts = development(Kind::STRIKE, vec![actor("M23", ActorRole::Body, None)], None);
        assert_eq!(name(&owned(&["RU", "UA"]), &facts, country), "Russia – Ukraine");
        assert_eq!(name(&owned(&["KE", "m23"]), &facts, country), "Kenya: M23");
        assert_eq!(name(&owned(&["m23"]), &facts, country), "M23");
        let many = owned(&["KE", "RU", "UA", "m23", "other", "third"]);
        assert_eq!(name(&many, &facts, country), "Kenya – Russia – Ukraine: M23 +2");
    }
}

//! For whom a person acts: an article that gives the office teaches it to those that drop it.
//!
//! In come the actors of developments in which a person appeared lately; a person whose reports name two
//! countries keeps none, for then it is not known which of them the text means.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::candidates::months;
use super::days;
use crate::model::{Actor, ActorRole, Kind, Mention, Shape};

/// Days for which an office that was read is taken to be held.
const HELD_DAYS: i64 = 120;

/// The keys of developments that may tell for whom the persons without a country act.
pub fn keys_of_strangers(mentions: &[Mention], published: DateTime<Utc>) -> Vec<String> {
    let day = published.date_naive();
    let months = months(days(day, -HELD_DAYS), day);
    let strangers: BTreeSet<&str> =
        actors(mentions).filter(|a| is_stranger(a)).map(|a| a.key.as_str()).collect();
    Kind::all()
        .filter(|kind| kind.spec().shape != Shape::Attack)
        .flat_map(|kind| months.iter().map(move |month| format!("{kind}|{month}|a:")).collect::<Vec<_>>())
        .flat_map(|stem| strangers.iter().map(move |key| format!("{stem}{key}")))
        .collect()
}

/// Gives each person without a country the one that all of `known` agree on.
pub fn give_sides(mentions: &mut [Mention], known: &[Actor]) {
    let mut sides: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for actor in known.iter().filter(|a| a.role == ActorRole::Person) {
        if let Some(country) = &actor.country {
            sides.entry(&actor.key).or_default().insert(country);
        }
    }
    for mention in mentions {
        for actor in mention.actors.iter_mut().chain(&mut mention.speaker).filter(|a| is_stranger(a)) {
            if let Some(countries) = sides.get(actor.key.as_str())
                && countries.len() == 1
            {
                actor.country = countries.first().map(|c| (*c).to_owned());
            }
        }
    }
}

fn actors(mentions: &[Mention]) -> impl Iterator<Item = &Actor> {
    mentions.iter().flat_map(|m| m.actors.iter().chain(&m.speaker))
}

fn is_stranger(actor: &Actor) -> bool {
    actor.role == ActorRole::Person && actor.country.is_none() && !actor.key.is_empty()
}

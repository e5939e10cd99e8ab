//! Who attacked and who was hit.

use std::ops::Range;

use crate::model::{Actor, ActorRole};
use crate::read::document::Sentence;
use crate::read::frame;
use crate::read::names::{Name, Stands};

/// Attacker first, target second, where the words say so; and whether they name an attacker.
pub(super) fn of(sentence: &Sentence<'_>, clause: &Range<usize>, words: &Range<usize>) -> (Vec<Actor>, bool) {
    let tokens = &sentence.tokens;
    let mut actors: Vec<Actor> = Vec::new();
    let party = |n: &&Name| {
        n.stands != Stands::Media && n.stands != Stands::Place && n.actor.role != ActorRole::Person
    };
    let by = (words.end..clause.end)
        .find(|&i| tokens[i].is(&["by", "from"]))
        .and_then(|by| sentence.names.iter().filter(party).find(|n| n.first > by && n.first <= by + 4));
    let before =
        sentence.names.iter().filter(party).rfind(|n| n.last <= words.start && n.last + 6 > words.start);
    let attacker = by.or(before);
    if let Some(name) = attacker {
        actors.push(name.actor.clone());
    }
    if let Some(name) =
        sentence.names.iter().filter(party).find(|n| n.first >= words.end && n.first < words.end + 8)
    {
        frame::push(&mut actors, name.actor.clone());
    }
    (actors, attacker.is_some())
}

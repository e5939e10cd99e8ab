//! Those who are told of by whom they speak for, or by where they sit.

use super::super::document::Sentence;
use super::super::names::Name;
use super::super::text;
use super::described::Described;
use super::speaker::Who;
use crate::model::{Actor, ActorRole};

impl Described {
    /// One who is named by whom he speaks for: "A B's spokesman".
    pub fn speaks_for(&self, sentence: &Sentence<'_>, person: &Actor) -> Who {
        let noun = sentence.slice(self.last - 1, self.last).to_lowercase();
        let name = format!("{}'s {noun}", person.name);
        let literal = sentence.slice(self.first, self.last).to_owned();
        let actor = Actor {
            key: text::fold(&name),
            name,
            role: ActorRole::Group,
            country: person.country.clone(),
            literal,
        };
        Who { actor, rule: "spokesman says", start: self.first, unnamed: false }
    }

    /// Those who are told of by where they sit: "officials in Nova".
    pub fn seated(&self, sentence: &Sentence<'_>, seat: &Name) -> Who {
        let literal = sentence.slice(self.first, seat.last).to_owned();
        let actor = Actor {
            key: text::fold(&literal),
            name: literal.clone(),
            role: ActorRole::Group,
            country: seat.actor.country.clone(),
            literal,
        };
        Who { actor, rule: "description says", start: self.first, unnamed: true }
    }
}

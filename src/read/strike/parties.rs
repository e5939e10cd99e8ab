//! Who attacked and who was hit.

use std::ops::Range;

use super::WORDS;
use super::acts::Trigger;
use crate::model::{Actor, ActorRole};
use crate::read::document::Sentence;
use crate::read::frame;
use crate::read::names::{Name, Stands};

/// The two sides of an attack, as far as the words name them.
#[derive(Debug, Clone, Default)]
pub(super) struct Sides {
    pub attacker: Option<Actor>,
    pub target: Option<Actor>,
}

impl Sides {
    /// Attacker first, target second.
    pub fn actors(&self) -> Vec<Actor> {
        let mut actors = Vec::new();
        for actor in self.attacker.iter().chain(&self.target) {
            frame::push(&mut actors, actor.clone());
        }
        actors
    }

    /// Whether the other attacked: one's attacker is no attacker of the other, or is who was hit there.
    pub fn against(&self, other: &Sides) -> bool {
        let country = |a: &Option<Actor>| a.as_ref().and_then(|a| a.country.clone());
        let (a, b) = (country(&self.attacker), country(&other.attacker));
        let hit_there = |attacker: &Option<String>, sides: &Sides| {
            attacker.is_some() && *attacker == country(&sides.target)
        };
        a != b && (a.is_some() && b.is_some() || hit_there(&a, other) || hit_there(&b, self))
    }
}

/// Whether a name is only that of who tells of it: "…, the Interior Ministry said", "according to the army".
fn tells(sentence: &Sentence<'_>, name: &Name) -> bool {
    const SAYS: [&str; 9] =
        ["said", "says", "say", "told", "reported", "reports", "confirmed", "announced", "added"];
    let tokens = &sentence.tokens;
    let said = (name.last..tokens.len().min(name.last + 4))
        .take_while(|&i| !tokens[i].punct || tokens[i].low == "'s")
        .find(|&i| tokens[i].is(&SAYS) && !tokens[i].quoted);
    // "The army said it had shelled the port": it tells of itself.
    let itself = |i: usize| tokens[i + 1..].iter().take(3).any(|t| t.is(&["it", "its", "they", "their"]));
    let said = said.is_some_and(|i| !itself(i));
    let source = tokens[name.first.saturating_sub(4)..name.first]
        .windows(2)
        .any(|w| w[0].low == "according" && w[1].low == "to");
    said || source
}

/// The sides of the act at a word; the subject of a passive was hit.
pub(super) fn of(sentence: &Sentence<'_>, clause: &Range<usize>, trigger: &Trigger) -> Sides {
    let tokens = &sentence.tokens;
    let words = &trigger.words;
    let party = |n: &&Name| {
        n.stands != Stands::Media
            && n.stands != Stands::Place
            && n.actor.role != ActorRole::Person
            && !tells(sentence, n)
    };
    let auxiliary = tokens[words.start.saturating_sub(3)..words.start]
        .iter()
        .any(|t| t.is(&["was", "were", "been", "being", "is", "are"]));
    let headline = trigger.harm()
        && tokens.get(words.end).is_some_and(|t| t.is(&["in", "by", "as", "when", "after", "on"]));
    let passive = !trigger.noun() && (auxiliary || headline);
    let by = (words.end..clause.end)
        .find(|&i| tokens[i].is(&["by", "from"]))
        .and_then(|by| sentence.names.iter().filter(party).find(|n| n.first > by && n.first <= by + 4));
    // "Velmoran jets", "a Velmoran air strike": whose arms they are.
    let owns = |n: &&Name| {
        let arms = |i: usize| {
            ["weapons", "nouns strong", "nouns weak"].iter().any(|s| WORDS.section(s).at(tokens, i).is_some())
        };
        clause.contains(&n.first)
            && (n.last..(n.last + 3).min(tokens.len())).take_while(|&i| !tokens[i].punct).any(arms)
    };
    let owner = sentence.names.iter().filter(party).find(owns);
    let reach = if passive { 16 } else { 6 };
    let not_owner = |n: &&Name| owner.is_none_or(|o| o.first != n.first);
    let before = sentence
        .names
        .iter()
        .filter(party)
        .filter(not_owner)
        .rfind(|n| n.last <= words.start && n.last + reach > words.start);
    // "before Arnian talks": the talks' party, not this one's.
    let at_talks = |n: &&Name| tokens.get(n.last).is_some_and(|t| t.is(&super::days::TALKS));
    let after = sentence
        .names
        .iter()
        .filter(party)
        .filter(not_owner)
        .filter(|n| !at_talks(n))
        .find(|n| n.first >= words.end && n.first < words.end + 8);
    // "An Arnian was killed by rocket fire": whoever stands before the harm was hit.
    let harmed = |n: &&Name| {
        trigger.noun()
            && tokens[n.last..words.start].iter().any(|t| {
                t.is(&[
                    "killed", "wounded", "injured", "hit", "struck", "dead", "died", "die", "dies", "damaged",
                ])
            })
    };
    let (attacker, target) = if passive || before.as_ref().is_some_and(harmed) {
        (by.or(owner), before)
    } else {
        (by.or(owner).or(before), after)
    };
    let actor = |n: Option<&Name>| n.map(|n| n.actor.clone());
    Sides { attacker: actor(attacker), target: actor(target) }
}

//! What the sentences before say of whom "he", "it", "the group" and "the mayor" mean.

use super::super::document::{Document, Sentence};
use super::super::frame;
use super::super::names::{Name, Stands};
use super::Spoken;
use super::described::{Described, can_speak, governor};
use crate::model::{Actor, ActorRole};

/// Who was spoken of last, for pronouns; and the bodies that the article names in full.
#[derive(Default)]
pub(super) struct Memory {
    /// "he", "she".
    person: Option<Actor>,
    /// How far back that person was spoken of, in sentences; another's name counts as more.
    far: usize,
    /// "it": the house that spoke last.
    pub body: Option<Actor>,
    /// "the group": the body named last.
    pub named: Option<Actor>,
    pub cast: Vec<Actor>,
    /// Persons with the words that name them, office included, in lower case.
    holders: Vec<(String, Actor)>,
}

/// The persons of a sentence with their offices, before the name or behind it: "A B, the mayor of Nova,".
fn holders<'s>(sentence: &'s Sentence<'_>) -> impl Iterator<Item = (String, Actor)> + 's {
    sentence.names.iter().filter(|n| frame::person(&n.actor)).map(|n| {
        let rest = &sentence.tokens[n.last..];
        let behind = rest.iter().skip(1).take(8).take_while(|t| !t.punct || t.low == "'s").count();
        let apposed = rest.first().is_some_and(|t| t.low == ",")
            && sentence.name_at(n.last + 1).is_none_or(|o| !frame::person(&o.actor));
        let words = if apposed { sentence.slice(n.last + 1, n.last + 1 + behind) } else { "" };
        (format!("{} {} ", n.actor.literal, words).to_lowercase(), n.actor.clone())
    })
}

/// Whether a sentence tells the words of one who is not named: "an envoy of the bloc said".
fn somebody(sentence: &Sentence<'_>) -> bool {
    let tokens = &sentence.tokens;
    let says = |i: usize| tokens[i].is(&["said", "says", "told", "tells", "added"]) && !tokens[i].quoted;
    (1..tokens.len()).filter(|&i| says(i)).any(|at| {
        let near = &tokens[at.saturating_sub(14)..at];
        let clause = near.iter().rposition(|t| t.is(&[";", "\"", "."])).map_or(near, |i| &near[i + 1..]);
        let pronoun = clause.last().is_some_and(|t| t.is(&["he", "she", "they", "it", "who"]));
        !pronoun && clause.first().is_some_and(|t| t.is(&["a", "an", "one", "another"]))
            || !pronoun
                && clause.len() < 14
                && clause.iter().any(|t| t.is(&["a", "an", "one", "another"]))
                && !clause.iter().any(|t| t.is(&["in", "at", "on", "after", "during"]))
    })
}

/// How far a pronoun reaches back.
const REACH: usize = 2;

impl Memory {
    /// Whom "he" or "she" means, if somebody was spoken of just before.
    pub fn he(&self) -> Option<&Actor> {
        self.person.as_ref().filter(|_| self.far <= REACH)
    }

    /// What is known before the first sentence: the bodies, and whom a "he" at the very start means.
    pub fn of(doc: &Document<'_>) -> Memory {
        let mut cast: Vec<Actor> = Vec::new();
        for name in doc.sentences.iter().flat_map(|s| &s.names) {
            if name.actor.role == ActorRole::Body && name.actor.name.contains(' ') && can_speak(name) {
                frame::push(&mut cast, name.actor.clone());
            }
        }
        let person = doc.sentences.iter().take(5).flat_map(|s| &s.names).find(|n| frame::person(&n.actor));
        let holders = doc.sentences.iter().flat_map(holders).collect();
        Memory { person: person.map(|n| n.actor.clone()), far: 0, body: None, named: None, cast, holders }
    }

    /// The one person whom the article names with the described office.
    pub fn holder(&self, sentence: &Sentence<'_>, found: &Described) -> Option<&Actor> {
        const SAME: [&str; 3] = ["prime minister", "pm", "premier"];
        let office = found.office(sentence)?;
        let called: &[&str] = if SAME.contains(&office.as_str()) { &SAME } else { &[office.as_str()] };
        let country = found.owner().and_then(|o| o.country.as_deref());
        let fits = |literal: &str, actor: &Actor| {
            called.iter().any(|o| {
                literal.strip_prefix(o).is_some_and(|r| r.starts_with(' '))
                    || literal.contains(&format!(" {o} "))
            }) && (country.is_none() || actor.country.is_none() || actor.country.as_deref() == country)
        };
        let mut holders =
            self.holders.iter().filter(|(literal, actor)| fits(literal, actor)).map(|(_, actor)| actor);
        let one = holders.next()?;
        holders.all(|other| other.key == one.key).then_some(one)
    }

    /// Takes in a sentence: who spoke in it, or else who acted.
    pub fn hear(&mut self, sentence: &Sentence<'_>, spoken: &[Spoken]) {
        let tokens = &sentence.tokens;
        let named = spoken.iter().rev().find(|s| s.speaker.role == ActorRole::Person);
        let subject = || {
            sentence.names.iter().find(|n| {
                n.stands == Stands::Actor
                    && frame::person(&n.actor)
                    && governor(sentence, n.first).is_none()
                    && (n.first <= 3
                        || tokens[n.first - 1].is(&[",", "and", "but"])
                            && tokens.get(n.last).is_some_and(|t| !t.punct && !t.is(&["and", "or"])))
                    && tokens.get(n.last).is_none_or(|t| t.low != "'s")
            })
        };
        if let Some(person) = named.map(|s| &s.speaker).or_else(|| subject().map(|n| &n.actor)) {
            self.person = Some(person.clone());
            self.far = 0;
        } else if somebody(sentence) {
            // "A fisherman said …": he whom the next sentence means has no name.
            self.person = None;
        } else {
            let other = |n: &Name| {
                frame::person(&n.actor) && self.person.as_ref().is_some_and(|p| p.key != n.actor.key)
            };
            self.far += if sentence.names.iter().any(other) { 2 } else { 1 };
        }
        if let Some(last) = spoken.last() {
            self.body = Some(last.speaker.clone()).filter(|s| s.role == ActorRole::Body);
        }
        if let Some(body) =
            sentence.names.iter().rev().find(|n| can_speak(n) && n.actor.role == ActorRole::Body)
        {
            self.named = Some(body.actor.clone());
        }
    }
}

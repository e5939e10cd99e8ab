//! What the sentences before say of whom "he", "it", "the group" and "the mayor" mean.

use foldhash::HashMap;

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
    /// Keys of men and women, as far as a word beside the name tells.
    sexes: HashMap<String, Sex>,
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

/// Whom a pronoun may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sex {
    Man,
    Woman,
}

impl Sex {
    /// Of a pronoun, a title, or a word for what somebody is.
    fn of(low: &str) -> Option<Sex> {
        match low {
            "she" | "her" | "ms" | "mrs" | "miss" | "lady" | "queen" | "princess" | "actress" | "wife"
            | "daughter" | "mother" | "sister" | "widow" | "aunt" | "niece" | "grandmother"
            | "girlfriend" | "dame" | "baroness" => Some(Sex::Woman),
            "he" | "his" | "mr" | "sir" | "lord" | "king" | "prince" | "husband" | "son" | "father"
            | "brother" | "uncle" | "nephew" | "grandfather" | "boyfriend" | "pope" | "sheikh"
            | "ayatollah" | "imam" => Some(Sex::Man),
            low if low.ends_with("woman") => Some(Sex::Woman),
            _ => None,
        }
    }

    /// Of a named person, by the title in the name or the word before it.
    fn told(sentence: &Sentence<'_>, name: &Name) -> Option<Sex> {
        let own = sentence.tokens[name.first..name.last].iter().find_map(|t| Sex::of(&t.low));
        let comma = |i: usize| usize::from(sentence.tokens[i].low == ",");
        let before = || {
            let at = name.first.checked_sub(1)?;
            let at = at.checked_sub(comma(at))?;
            Sex::of(&sentence.tokens[at].low)
                .filter(|_| !sentence.tokens[at].is(&["he", "she", "his", "her"]))
        };
        own.or_else(before)
    }
}

impl Memory {
    /// Whom "he" or "she" means, if somebody was spoken of just before.
    pub fn he(&self, pronoun: &str) -> Option<&Actor> {
        let fits = |p: &&Actor| {
            let (told, meant) = (self.sexes.get(&p.key), Sex::of(pronoun));
            told.is_none() || meant.is_none() || told.copied() == meant
        };
        self.person.as_ref().filter(|_| self.far <= REACH).filter(fits)
    }

    /// Whether the article names a person with more than the bare name.
    pub fn knows(&self, person: &Actor) -> bool {
        let plain = person.name.to_lowercase();
        self.holders.iter().any(|(words, actor)| actor.key == person.key && words.trim() != plain)
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
        let mut sexes = HashMap::default();
        for sentence in &doc.sentences {
            for name in sentence.names.iter().filter(|n| frame::person(&n.actor)) {
                if let Some(sex) = Sex::told(sentence, name) {
                    sexes.entry(name.actor.key.clone()).or_insert(sex);
                }
            }
        }
        let person = person.map(|n| n.actor.clone());
        Memory { person, far: 0, body: None, named: None, cast, sexes, holders }
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

//! Words that stand for those told of before: "he", "they", "the two leaders", "their ministers".
//!
//! A token and the thread of the article come in; the party that the word there means goes out.

use super::super::WORDS;
use super::super::thread::Thread;
use super::{Party, Sort, modifies};
use crate::model::{Actor, ActorRole};
use crate::read::document::{Sentence, Token};
use crate::read::frame;
use crate::read::gazetteer;
use crate::read::lexicon::Form;
use crate::read::names::{self, Stands};

/// The party that a word for those told of before means.
pub(super) fn find(sentence: &Sentence<'_>, at: usize, thread: &Thread) -> Option<Party> {
    let tokens = &sentence.tokens;
    let token = tokens.get(at).filter(|t| !t.quoted)?;
    let make = |last: usize, actors: Vec<Actor>, plural: bool| {
        (!actors.is_empty()).then_some(Party { first: at, last, actors, sort: Sort::Before, plural })
    };
    if token.is(&["he", "she"]) {
        return make(at + 1, he(sentence, at, thread).into_iter().collect(), false);
    }
    if token.low == "they" {
        return make(at + 1, thread.pair.clone(), true);
    }
    if token.low == "their" {
        let end = (at + 1..(at + 3).min(tokens.len()))
            .find_map(|i| WORDS.section("nouns party").at(tokens, i).map(|m| (i + m.len, m.form)))
            .filter(|(_, form)| *form == Form::Third);
        let states = owners(sentence, at, thread);
        return end.filter(|_| states.len() == 2).and_then(|(end, _)| make(end, states, true));
    }
    let the = usize::from(token.low == "the");
    let two = tokens.get(at + the).is_some_and(|t| t.is(&["two", "both", "three", "pair"]));
    if the == 0 && token.low != "both" {
        return None;
    }
    let mut end = at + the + usize::from(two);
    let role =
        (end..(end + 3).min(tokens.len())).find(|&i| WORDS.section("nouns party").at(tokens, i).is_some());
    let heads = role.is_some_and(|i| {
        let plural = tokens[i].low.ends_with('s');
        let bare = i == end || two && tokens[end..i].iter().all(|t| !t.punct && modifies(t));
        plural && bare && tokens.get(i + 1).is_none_or(|t| !t.is(&["of", "from"]))
    });
    if heads {
        end = role.map_or(end, |i| i + 1);
    } else if !two || tokens.get(end).is_some_and(|t| !t.punct && !t.cap && !verb_like(t)) {
        return None;
    }
    if !two
        && !tokens
            .get(end - 1)
            .is_some_and(|t| t.is(&["sides", "parties", "delegations", "leaders", "teams"]))
    {
        return None;
    }
    let nations = tokens[end - 1].is(&[
        "countries",
        "nations",
        "neighbours",
        "neighbors",
        "governments",
        "armies",
        "sides",
    ]);
    let mut actors = thread.pair.clone();
    if nations {
        let codes = actors.iter().filter_map(|a| a.country.as_deref());
        let mut countries: Vec<Actor> = Vec::new();
        for country in codes.filter_map(gazetteer::country_by_code) {
            frame::push(&mut countries, names::country_actor(country, sentence.slice(at, end).to_owned()));
        }
        if countries.len() > 1 {
            actors = countries;
        }
    }
    make(end, actors, true)
}

/// The two states spoken of: "their prime ministers" are those of the last two.
fn owners(sentence: &Sentence<'_>, at: usize, thread: &Thread) -> Vec<Actor> {
    let states = sentence.names.iter().filter(|n| n.last <= at && n.actor.role == ActorRole::Country);
    let mut found: Vec<Actor> = Vec::new();
    for name in states.filter(|n| n.stands == Stands::Actor) {
        frame::push(&mut found, name.actor.clone());
    }
    if found.is_empty() { thread.states.clone() } else { found }
}

/// Whether a word goes on with the verb of which "both" or "the two" is the subject.
fn verb_like(token: &Token<'_>) -> bool {
    token.is(&[
        "are", "were", "will", "have", "had", "met", "spoke", "agreed", "also", "would", "last", "then",
        "later",
    ])
}

/// Whom "he", "she", "his" and "her" at a token mean.
pub(in crate::read::meeting) fn he(sentence: &Sentence<'_>, at: usize, thread: &Thread) -> Option<Actor> {
    person_before(sentence, at).or_else(|| thread.person.clone())
}

/// The person who is the subject of the sentence so far.
fn person_before(sentence: &Sentence<'_>, at: usize) -> Option<Actor> {
    let name = sentence
        .names
        .iter()
        .find(|n| n.last <= at && n.stands == Stands::Actor && n.actor.role == ActorRole::Person)?;
    let owned = sentence.tokens.get(name.last).is_some_and(|t| t.low == "'s");
    (!owned).then(|| name.actor.clone())
}

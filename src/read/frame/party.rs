//! Lists of actors, going right and left of a word.

use super::super::document::{Sentence, Token};
use super::super::names::{Name, Stands};
use crate::model::{Actor, ActorRole};

/// The list of actors that begins at a token, going right ("with A, B's envoy and C").
pub fn list_right(sentence: &Sentence<'_>, from: usize) -> (Vec<Actor>, usize) {
    let tokens = &sentence.tokens;
    let mut actors = Vec::new();
    let mut at = from;
    let mut loose = 0;
    while at < tokens.len() {
        if let Some(name) = sentence.name_at(at) {
            if acts(sentence, name) {
                push(&mut actors, name.actor.clone());
                loose = 0;
            }
            at = name.last;
            continue;
        }
        let token = &tokens[at];
        let from = token.is(&["from", "of"])
            && (at + 1..at + 3).any(|i| {
                sentence
                    .name_at(i)
                    .is_some_and(|n| n.stands == Stands::Actor && n.actor.role == ActorRole::Country)
            });
        let stop = token.punct && !token.is(&[",", "'s", "\"", "-", "'", "&"])
            || ends_list(token) && !from
            || token.low == "," && !goes_on(sentence, at + 1)
            || loose > 6;
        if stop {
            break;
        }
        loose += 1;
        at += 1;
    }
    (actors, at)
}

/// The first token of the list of names that ends at token `to`.
pub fn list_start(sentence: &Sentence<'_>, to: usize) -> usize {
    let mut start = to;
    for name in sentence.names.iter().rev().filter(|n| n.last <= to) {
        let between = sentence.tokens.get(name.last..start).unwrap_or_default();
        if start != to && !between.iter().all(|t| t.is(&[",", "and", "plus", "&", "the"]))
            || !acts(sentence, name)
        {
            break;
        }
        start = name.first;
    }
    start
}

/// The first list of actors of a sentence, before a token: its subject as a rule.
pub fn subject(sentence: &Sentence<'_>, before: usize) -> Vec<Actor> {
    let first = sentence
        .names
        .iter()
        .find(|n| n.last <= before && n.stands == Stands::Actor && n.actor.role != ActorRole::Body);
    first.map_or_else(Vec::new, |n| {
        let mut actors = list_right(sentence, n.first).0;
        actors.truncate(4);
        actors
    })
}

/// The list of actors nearest before a token ("A, B and C to meet").
pub fn list_left(sentence: &Sentence<'_>, to: usize, floor: usize) -> Vec<Actor> {
    let Some(last) =
        sentence.names.iter().rposition(|n| n.last <= to && n.first >= floor && acts(sentence, n))
    else {
        return Vec::new();
    };
    let mut first = last;
    while first > 0 {
        let (a, b) = (&sentence.names[first - 1], &sentence.names[first]);
        let between = sentence.tokens.get(a.last..b.first).unwrap_or_default();
        let listed = between
            .iter()
            .all(|t| t.is(&[",", "and", "plus", "&", "'s", "the"]) || !t.punct && !ends_list(t))
            && between.len() <= 6
            && (sentence.tokens[b.first].joined
                || between.iter().any(|t| t.is(&[",", "and", "plus", "&"]))
                || !acts(sentence, a));
        if a.first < floor || !listed {
            break;
        }
        first -= 1;
    }
    let mut actors = Vec::new();
    for name in &sentence.names[first..=last] {
        if acts(sentence, name) {
            push(&mut actors, name.actor.clone());
        }
    }
    actors
}

/// Whether a name may be a party: an actor, or a country in a compound of two.
pub fn acts(sentence: &Sentence<'_>, name: &Name) -> bool {
    let joined = |at: usize| sentence.tokens.get(at).is_some_and(|t| t.joined);
    match name.stands {
        Stands::Actor => true,
        Stands::Place | Stands::Adjective => {
            name.actor.role == ActorRole::Country
                && (joined(name.first) || joined(name.last))
                && sentence.name_at(name.last).is_some()
        }
        Stands::Media => false,
    }
}

/// Whether an actor is surely a person: named in full, or with an office or title.
pub fn person(actor: &Actor) -> bool {
    actor.role == ActorRole::Person && (actor.name.contains(' ') || actor.literal.contains(' '))
}

/// Adds an actor unless an equal one is there.
pub fn push(actors: &mut Vec<Actor>, actor: Actor) {
    match actors.iter_mut().find(|a| a.key == actor.key) {
        Some(known) if known.name.len() < actor.name.len() => known.name = actor.name,
        Some(_) => {}
        None => actors.push(actor),
    }
}

fn goes_on(sentence: &Sentence<'_>, from: usize) -> bool {
    (from..(from + 6).min(sentence.tokens.len()))
        .take_while(|&i| {
            !ends_list(&sentence.tokens[i]) && (!sentence.tokens[i].punct || sentence.tokens[i].low == ",")
        })
        .any(|i| sentence.name_at(i).is_some())
}

/// Prepositions, relatives and finite auxiliaries: a list of names does not go past them.
fn ends_list(token: &Token<'_>) -> bool {
    const ENDS: &[&str] = &[
        "in",
        "on",
        "at",
        "to",
        "for",
        "about",
        "over",
        "after",
        "before",
        "during",
        "amid",
        "by",
        "from",
        "as",
        "since",
        "until",
        "via",
        "ahead",
        "under",
        "despite",
        "who",
        "which",
        "that",
        "where",
        "when",
        "is",
        "was",
        "are",
        "were",
        "will",
        "would",
        "has",
        "have",
        "had",
        "said",
        "says",
        "say",
        "told",
        "but",
        "while",
        "if",
        "into",
        "against",
        "because",
        "may",
        "could",
        "should",
        "be",
        "been",
        "it",
        "he",
        "she",
        "they",
        "we",
        "next",
        "this",
        "today",
        "tomorrow",
        "yesterday",
        "later",
        "earlier",
        "last",
    ];
    !token.punct && ENDS.contains(&token.low.as_str())
}

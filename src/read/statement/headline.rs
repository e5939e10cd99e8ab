//! Speakers that a headline sets off by a dash or a colon.

use super::super::document::Sentence;
use super::super::frame;
use super::super::gazetteer;
use super::super::names::{Name, Stands};
use super::Spoken;
use super::described::{self, Sort, can_speak, governor};
use super::memory::Memory;
use super::speech;
use crate::model::{Actor, ActorRole};

/// "… — Ministry", "Name: …", "…: Name".
pub(super) fn set_off(sentence: &Sentence<'_>, memory: &Memory) -> Option<Spoken> {
    if !sentence.title {
        return None;
    }
    dash(sentence, memory).or_else(|| colon(sentence)).or_else(|| after_colon(sentence, memory))
}

fn spoken(speaker: Actor, at: usize, rule: &'static str) -> Option<Spoken> {
    Some(Spoken { speaker, at, rule, weak: false, trailing: false })
}

/// "Palace weighs the treaty — spokesman", "No plans — Ministry".
fn dash(sentence: &Sentence<'_>, memory: &Memory) -> Option<Spoken> {
    let tokens = &sentence.tokens;
    let last = tokens.iter().rposition(|t| !t.punct)?;
    let dash = tokens.iter().rposition(|t| t.low == "—").filter(|&dash| last > dash && last <= dash + 6)?;
    let reporter = sentence.names.iter().any(|n| n.first > dash && n.stands == Stands::Media);
    if reporter || tokens[dash + 1].is(&["and", "but", "or"]) {
        return None;
    }
    if let Some(name) = sentence.name_at(last).filter(|n| n.first <= dash + 4) {
        return if name.stands == Stands::Media {
            None
        } else {
            spoken(name.actor.clone(), name.first, "headline dash")
        };
    }
    let found = described::ending_at(sentence, last + 1)?;
    // The house that the headline begins with.
    let house = sentence.names.first().filter(|n| n.first == 0 && n.stands == Stands::Actor);
    match (found.sort, house) {
        (Sort::Mouth, None) => None,
        (Sort::Mouth | Sort::Office, Some(name)) if last <= dash + 3 => {
            spoken(name.actor.clone(), dash + 1, "headline dash")
        }
        (Sort::Mouth, _) => None,
        _ => spoken(found.actor(sentence, &memory.cast), found.first, "headline dash"),
    }
}

/// "Name: …", "Name in letter: '…'", "Name to rebels: lay down arms".
fn colon(sentence: &Sentence<'_>) -> Option<Spoken> {
    let tokens = &sentence.tokens;
    let colon = (0..tokens.len()).find(|&i| tokens[i].low == ":" && !clock(sentence, i))?;
    let quoted = tokens.get(colon + 1).is_some_and(|t| t.low == "\"");
    let free = |n: &&Name| {
        n.stands != Stands::Media && can_speak(n) && governor(sentence, n.first).is_none() && n.last <= colon
    };
    let close = sentence.names.iter().filter(free).find(|n| n.last == colon && n.first <= 3);
    let addressed = || {
        sentence.names.iter().filter(free).find(|n| {
            n.first <= 3
                && n.actor.role != ActorRole::Country
                && colon < n.last + 8
                && (quoted || tokens[n.last].low == "to")
                && !(n.last..colon).any(|i| speech::is_verb(sentence, i))
        })
    };
    let name = close.or_else(addressed)?;
    let town = !name.actor.name.contains(' ') && gazetteer::is_place_name(&name.actor.name);
    // "Nine days in Nova: …", "Peace for Nova: …" tell the matter, not the speaker.
    let led = tokens[..name.first].iter().any(|t| {
        t.is(&[
            "in", "on", "at", "for", "to", "from", "with", "after", "before", "over", "against", "into",
            "near",
        ]) || t.low.starts_with(|c: char| c.is_ascii_digit())
    });
    // "Nova: 20 killed": the country or town that the report is about.
    let about = (town || name.actor.role == ActorRole::Country)
        && !quoted
        && !tokens[colon + 1..].iter().any(|t| {
            t.is(&[
                "will", "would", "must", "should", "can", "cannot", "not", "no", "never", "we", "i", "ready",
                "is", "are", "have", "has",
            ])
        });
    if led || about || actions(sentence, colon + 1) {
        return None;
    }
    spoken(name.actor.clone(), name.first, "headline colon")
}

/// "Jet shot down over Nova: Ministry".
fn after_colon(sentence: &Sentence<'_>, memory: &Memory) -> Option<Spoken> {
    let tokens = &sentence.tokens;
    let last = tokens.iter().rposition(|t| !t.punct)?;
    let colon = tokens
        .iter()
        .rposition(|t| t.low == ":")
        .filter(|&c| c > 3 && last > c && last <= c + 6 && !clock(sentence, c))?;
    if let Some(name) = sentence.name_at(last) {
        let alone = (colon + 1..name.first).all(|i| sentence.name_at(i).is_some() || tokens[i].cap);
        return (alone && can_speak(name) && name.actor.role != ActorRole::Country
            || name.first == colon + 1 && can_speak(name))
        .then(|| spoken(name.actor.clone(), name.first, "headline colon"))
        .flatten();
    }
    let found = described::ending_at(sentence, last + 1)?;
    if found.first > colon + 1 && sentence.name_at(colon + 1).is_none_or(|n| n.last != found.first) {
        return None;
    }
    if found.sort == Sort::Mouth {
        let owner = found.owner().filter(|o| o.role == ActorRole::Body)?;
        return spoken(owner.clone(), found.first, "headline colon");
    }
    spoken(found.actor(sentence, &memory.cast), found.first, "headline colon")
}

/// Whether a colon stands within a time of day.
fn clock(sentence: &Sentence<'_>, colon: usize) -> bool {
    let digit =
        |i: usize| sentence.tokens.get(i).is_some_and(|t| t.low.starts_with(|c: char| c.is_ascii_digit()));
    colon > 0 && digit(colon - 1) && digit(colon + 1)
}

/// Whether a headline's second part tells what parties did: "A and B agree to …", "rivals sign …".
fn actions(sentence: &Sentence<'_>, from: usize) -> bool {
    let Some(name) = sentence.names.iter().find(|n| n.first >= from && n.first <= from + 2) else {
        return false;
    };
    let (actors, end) = frame::list_right(sentence, name.first);
    actors.len() > 1
        && (name.last..end.max(name.last))
            .any(|i| sentence.tokens[i].is(&["agree", "sign", "reach", "strike", "meet"]))
}

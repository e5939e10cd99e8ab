//! Formal sessions: a house that debates, sits or is addressed needs no second party.

use super::WORDS;
use super::cast::Cast;
use super::mood::{self, Mood};
use super::party::{self, Party, Sort};
use super::sense;
use super::setting;
use super::telling::{Manner, Telling};
use crate::model::{Actor, ActorRole};
use crate::read::frame;
use crate::read::lexicon::{Form, Match};
use crate::read::text;

/// The session told at `at`: by a verb of a house, a noun of sitting, or words to a house.
pub fn find(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let tokens = &cast.sentence.tokens;
    if word(cast, at).is_some() {
        return addressed(cast, at);
    }
    let called = WORDS.section("verbs call in").at(tokens, at);
    if let Some(telling) = called.and_then(|m| called_in(cast, at, m.len, m.form)) {
        return Some(telling);
    }
    let heard = |m: &Match| {
        m.form == Form::Past
            && m.lemma != "tell"
            && at > 0
            && tokens[at - 1].is(&["was", "were", "been", "be"])
    };
    let sitting = WORDS
        .section("verbs sit")
        .at(tokens, at)
        .or_else(|| WORDS.section("verbs address").at(tokens, at).filter(heard));
    if let Some(telling) = sitting.and_then(|m| sits(cast, at, m.len, m.form)) {
        return Some(telling);
    }
    let m = WORDS.section("nouns session").at(tokens, at)?;
    let telling = session(cast, at, m.len)?;
    (!tokens[at].quoted).then_some(telling)
}

/// "told the Security Council on Friday": the house sat to hear it.
fn addressed(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let house = house_at(cast, at)?;
    let clause = frame::clause(sentence, at);
    let verb = (clause.range.start.max(house.0.saturating_sub(4))..house.0)
        .rev()
        .find(|&i| WORDS.section("verbs address").at(tokens, i).is_some())?;
    let m = WORDS.section("verbs address").at(tokens, verb)?;
    let (mood, group) = mood::of_verb(tokens, verb, m.form, clause.range.start);
    let day = (house.1..(house.1 + 4).min(tokens.len())).any(|i| {
        tokens[i].cap && crate::read::dates::is_day_word(&tokens[i].low)
            || tokens[i].is(&["yesterday", "today"])
    });
    let subject = cast.subject(group, clause.range.start);
    if !day || matches!(mood, Mood::Unreal | Mood::Maybe) {
        return None;
    }
    Some(telling(at..house.1, clause, subject, vec![house.2], mood, "a house is addressed"))
}

/// "The president convened her security council on Monday": the house is the object.
fn called_in(cast: &Cast<'_, '_>, at: usize, len: usize, form: Form) -> Option<Telling> {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let clause = frame::clause(sentence, at);
    // "called her council together": the house stands within the verb.
    let house = (at + 1..(at + len + 6).min(clause.range.end))
        .take_while(|&i| !tokens[i].punct || tokens[i].low == "'s")
        .find(|&i| word(cast, i).is_some())
        .and_then(|i| house_at(cast, i))?;
    let between = &tokens[at + len..house.0.max(at + len)];
    let (mood, group) = mood::of_verb(tokens, at, form, clause.range.start);
    let subject = cast.subject(group, clause.range.start);
    let direct = between.iter().all(|t| !t.is(&["to", "by", "of", "in", "before", "from", "for", "with"]));
    if !direct || form == Form::Ing || subject.is_empty() || matches!(mood, Mood::Unreal | Mood::Maybe) {
        return None;
    }
    Some(telling(at..house.1, clause, subject, vec![house.2], mood, "a house is called in"))
}

/// "Parliament will debate the bill on Monday", "The assembly began a debate".
fn sits(cast: &Cast<'_, '_>, at: usize, len: usize, form: Form) -> Option<Telling> {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let clause = frame::clause(sentence, at);
    // "The council, meeting in Lima on Monday, urged": the verb stands beside the house.
    let among = form == Form::Ing
        && at > 0
        && tokens[at - 1].low == ","
        && tokens
            .get(at + len)
            .is_some_and(|t| t.is(&["in", "at", "on", "behind", "late", "through", "by", "for", "via"]));
    if form == Form::Ing && !among {
        return None;
    }
    let (mood, group) =
        if among { (Mood::Done, at) } else { mood::of_verb(tokens, at, form, clause.range.start) };
    let first = (clause.range.start..group)
        .rev()
        .take(12)
        .find(|&i| word(cast, i).is_some() || WORDS.section("bodies").at(tokens, i).is_some())?;
    let body = word(cast, first).is_none();
    let (_, end, house) = house_at(cast, first)?;
    // The board of a company is news where the company has a name.
    if tokens[at].is(&["meet", "meets", "met"]) && sense::unlike(cast, at) {
        return None;
    }
    // "approved the treaty" is a vote, "rejected the claim" is none.
    let passes = WORDS.section("verbs pass").at(tokens, at).is_some();
    let matter = (at + len..(at + len + 7).min(tokens.len()))
        .take_while(|&i| !tokens[i].punct && tokens[i].low != "of")
        .any(|i| WORDS.section("nouns voted").at(tokens, i).is_some());
    if passes && !matter {
        return None;
    }
    let board = tokens[first].is(&["board", "directors"]);
    let owner = |i: usize| sentence.name_at(i).is_some() || cast.at(i).is_some_and(|p| p.sort != Sort::Role);
    let its = first > 0 && sentence.tokens[first - 1].is(&["its", "their", "'s"]);
    if board && !its && !(first.saturating_sub(3)..(first + 6).min(group)).any(owner) {
        return None;
    }
    let between = &tokens[end.min(group)..group];
    let passive = tokens[group..at].iter().any(|t| t.is(&["was", "were", "is", "are", "be", "been"]))
        && form == Form::Past;
    let aside = between.len() > 2 && between[0].low == "," && between[between.len() - 1].low == ",";
    // "a commission of the two sides", "the council of the bloc"
    let of = between.len() <= 6
        && between.first().is_some_and(|t| t.low == "of")
        && between.iter().all(|t| !t.punct || t.low == "'s");
    // "the council, which is to meet on Friday"
    let apposed = between.len() <= 2
        && between.first().is_some_and(|t| t.low == ",")
        && between.iter().skip(1).all(|t| t.is(&["which", "who"]))
        && (among || between.len() == 2);
    let direct = aside
        || of
        || apposed
        || between.len() <= 3
            && between.iter().all(|t| {
                t.low == "\""
                    || !t.punct
                        && (t.cap
                            || crate::read::dates::is_day_word(&t.low)
                            || t.is(&["on", "late", "early", "evening", "morning", "night"]))
            });
    // "The council was briefed by its envoy on Sunday"
    let passive = passive && WORDS.section("verbs address").at(tokens, at).is_none();
    if !direct
        || passive
        || tokens.get(end).is_some_and(|t| t.low == "'s")
        || matches!(mood, Mood::Unreal | Mood::Maybe)
    {
        return None;
    }
    let mut told = telling(at..at + len, clause, Vec::new(), vec![house], mood, "a house sits");
    if body || WORDS.section("verbs vote").at(tokens, at).is_some() {
        // A board or a panel meets often: a day or a place makes it news.
        told.manner = Manner::Room;
        told.formal = len > 1;
    }
    Some(told)
}

/// "a closed session of parliament", "an emergency session of the Council", "the Security Council meeting".
fn session(cast: &Cast<'_, '_>, at: usize, len: usize) -> Option<Telling> {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let clause = frame::clause(sentence, at);
    let end = at + len;
    let before = (at.saturating_sub(6)..at).rev().find(|&i| word(cast, i).is_some_and(|len| i + len <= at));
    let after = (end..(end + 8).min(tokens.len()))
        .take_while(|&i| !tokens[i].punct || tokens[i].low == "'s")
        .find(|&i| word(cast, i).is_some())
        .filter(|&i| {
            let near = i <= end + 3 && tokens.get(end).is_some_and(|t| t.low == "in");
            near || tokens.get(end).is_some_and(|t| t.is(&["of", "by"]))
        })
        .filter(|_| at == 0 || tokens[at - 1].low != "court");
    // "has summoned the members to a plenary sitting"
    let summons = (clause.range.start..at)
        .rev()
        .take(9)
        .any(|i| WORDS.section("verbs call in").at(tokens, i).is_some())
        && (at.saturating_sub(4)..at).any(|i| tokens[i].is(&["to", "for"]));
    let formal = tokens[at.saturating_sub(3)..at]
        .iter()
        .any(|t| t.is(&["emergency", "extraordinary", "closed", "special", "urgent", "plenary"]));
    let near = before.filter(|&i| {
        house_at(cast, i).is_some_and(|(_, last, _)| {
            let gap = tokens.get(last..at).unwrap_or_default();
            gap.iter().all(|t| !t.punct || t.low == "'s")
        })
    });
    let far = (0..at).rev().find(|&i| summons && formal && word(cast, i).is_some());
    // "In an emergency session on Friday, the Senate voted"
    let comma =
        (end..(end + 6).min(tokens.len())).find(|&i| tokens[i].low == ",").filter(|_| formal && at < 5);
    let next = comma.and_then(|c| (c + 1..(c + 6).min(tokens.len())).find(|&i| word(cast, i).is_some()));
    let (_, _, house) = near.or(after).or(far).or(next).and_then(|i| house_at(cast, i))?;
    // "at ease in committee hearings": the habit of a house is no sitting.
    let habit =
        tokens[at].low == "hearings" && !tokens[at.saturating_sub(5)..at].iter().any(|t| t.is(&["the"]));
    if habit && !WORDS.section("verbs light").any(tokens, at.saturating_sub(6)..at) {
        return None;
    }
    let part = &tokens[clause.range.clone()];
    let wished = mood::wished(tokens, at.saturating_sub(7)..at);
    let planned =
        part.iter().any(|t| t.is(&["will", "would", "planned", "scheduled", "due", "upcoming", "to"])) && {
            let ahead = (clause.range.start..at).any(|i| {
                tokens[i].is(&["will", "would", "planned", "scheduled", "due", "upcoming"])
                    || tokens[i].low == "to" && WORDS.section("verbs light").at(tokens, i + 1).is_some()
            });
            ahead || matches!(clause.opens, Some("before" | "ahead"))
        };
    // "cancelled a session of parliament", "the sitting was called off"
    let off = (at.saturating_sub(7)..at).any(|i| {
        WORDS.section("cancelled").at(tokens, i).is_some_and(|m| {
            let gap = tokens.get(i + m.len..at).unwrap_or_default();
            !gap.iter().any(|t| t.punct && t.low != "'s" || t.is(&["at", "in", "to", "for", "by"]))
        })
    }) || WORDS.section("cancelled").any(tokens, end..(end + 9).min(clause.range.end.max(end)));
    // "which opens on Wednesday"
    let now = (end..(end + 6).min(tokens.len()))
        .find_map(|i| WORDS.section("verbs run").at(tokens, i))
        .is_some_and(|m| matches!(m.form, Form::Third | Form::Base));
    let mood = if wished {
        Mood::Unreal
    } else if off {
        Mood::Off
    } else if planned || summons {
        Mood::Planned
    } else if now {
        Mood::Now
    } else {
        Mood::Done
    };
    Some(telling(at..end, clause, Vec::new(), vec![house], mood, "session of a house"))
}

fn telling(
    words: std::ops::Range<usize>,
    clause: frame::Clause,
    subject: Vec<&Party>,
    mut actors: Vec<Actor>,
    mood: Mood,
    rule: &'static str,
) -> Telling {
    actors.extend(party::actors(&subject).into_iter().filter(|a| a.role == ActorRole::Person));
    Telling { actors, named: 1, manner: Manner::House, ..Telling::plain(words, clause, &[], mood, rule) }
}

/// How many words name a house at a token; "the Council" does where its full name was told before.
fn word(cast: &Cast<'_, '_>, at: usize) -> Option<usize> {
    let tokens = &cast.sentence.tokens;
    let listed = WORDS.section("houses").at(tokens, at).map(|m| m.len);
    let counted = at > 0 && tokens[at - 1].low == "member";
    listed.or_else(|| ((tokens[at].cap || counted) && told(cast, at, 1).is_some()).then_some(1))
}

/// The house told of before whose longer name ends with these words.
fn told<'c>(cast: &'c Cast<'_, '_>, at: usize, len: usize) -> Option<&'c Actor> {
    let tokens = &cast.sentence.tokens;
    let bare = len == 1
        && tokens.get(at)?.is(&["council", "assembly", "chamber", "committee", "commission"])
        && at.checked_sub(1).is_none_or(|i| tokens[i].is(&["the", "member"]));
    let ends = |house: &&Actor| house.name.to_lowercase().ends_with(&format!(" {}", tokens[at].low));
    cast.houses.iter().rev().filter(|_| bare).find(ends)
}

/// The houses that a sentence names in full.
pub fn heard(cast: &Cast<'_, '_>) -> Vec<Actor> {
    let full = |&i: &usize| WORDS.section("houses").at(&cast.sentence.tokens, i).is_some_and(|m| m.len > 1);
    (0..cast.sentence.tokens.len())
        .filter(full)
        .filter_map(|i| house_at(cast, i))
        .map(|(_, _, house)| house)
        .collect()
}

/// The house named around a token: its first token, the one after its last, and the actor.
fn house_at(cast: &Cast<'_, '_>, at: usize) -> Option<(usize, usize, Actor)> {
    let sentence = cast.sentence;
    if let Some(house) = told(cast, at, word(cast, at).unwrap_or(1)) {
        let literal = sentence.slice(at, at + 1).to_owned();
        return Some((at, at + 1, Actor { literal, ..house.clone() }));
    }
    let m = WORDS
        .section("houses")
        .at(&sentence.tokens, at)
        .or_else(|| WORDS.section("bodies").at(&sentence.tokens, at))?;
    // "the Peace and Security Council" is another house than the one whose name ends its own.
    let longer = at > 2 && sentence.tokens[at - 1].low == "and" && sentence.tokens[at - 2].cap;
    let party = cast.at(at).filter(|p| p.last >= at + m.len && (!longer || p.first < at - 1));
    if let Some(party) = party.filter(|p| p.actors.iter().all(|a| a.role != ActorRole::Person)) {
        let actor = party.actors.first()?.clone();
        return Some((party.first, party.last, Actor { key: key(&actor), ..actor }));
    }
    let (at, m) = if longer { (at - 2, Match { len: m.len + 2, ..m }) } else { (at, m) };
    let words = sentence.slice(at, at + m.len);
    let owner = at.checked_sub(2).and_then(|i| sentence.name_at(i)).filter(|n| {
        n.actor.role == ActorRole::Country
            && sentence.tokens.get(n.last).is_some_and(|t| t.low == "'s")
            && n.last + 1 == at
    });
    let name = owner.map_or_else(|| words.to_owned(), |n| format!("{} {words}", n.actor.name));
    let country = owner.and_then(|n| n.actor.country.clone());
    let actor =
        Actor { key: text::fold(&name), name, role: ActorRole::Body, country, literal: words.to_owned() };
    Some((at, at + m.len, Actor { key: key(&actor), ..actor }))
}

/// One key for all names of the world's council and assembly.
fn key(house: &Actor) -> String {
    let name = house.name.to_lowercase();
    let world = setting::WORLD.iter().find(|house| {
        name.strip_suffix(**house)
            .is_some_and(|of| matches!(of.trim(), "" | "un" | "united nations" | "the united nations"))
    });
    world.map_or_else(|| house.key.clone(), |house| text::fold(&format!("un {house}")))
}

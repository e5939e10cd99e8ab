//! Those who come together without a word of meeting: they gather, are summoned or expected somewhere, are closeted,
//! or settle something by telephone.

use super::WORDS;
use super::cast::Cast;
use super::mood::{self, Mood};
use super::party::{Party, Sort};
use super::telling::{Manner, Telling};
use super::{part, setting};
use crate::model::ActorRole;
use crate::read::frame::{self, Clause};
use crate::read::lexicon::{Form, Match};

/// The encounter told at a token.
pub fn find(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let tokens = &cast.sentence.tokens;
    let gather = WORDS.section("verbs gather").at(tokens, at);
    closeted(cast, at)
        .or_else(|| gather.and_then(|m| gathers(cast, at, m)))
        .or_else(|| summoned(cast, at))
        .or_else(|| expected(cast, at))
        .or_else(|| by_phone(cast, at))
}

/// "Gathered in Lima on Sunday, ministers agreed": a participle at the start, and those who come after the comma.
fn closeted(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let tokens = &cast.sentence.tokens;
    let m = WORDS.section("verbs led").at(tokens, at)?;
    let opens = at == 0 || tokens[at - 1].is(&["\"", "—"]) && at < 3;
    let sited =
        tokens.get(at + m.len)?.is(&["in", "at", "on", "for", "behind", "around", "late", "together"]);
    if !opens || !sited || !matches!(m.form, Form::Past | Form::Ing) {
        return None;
    }
    let comma = (at + 1..tokens.len()).take(28).filter(|&i| tokens[i].low == ",").find(|&i| {
        cast.parties.iter().any(|p| p.first > i && p.first <= i + 5)
            && !cast.parties.iter().any(|p| p.last == i)
    })?;
    let (list, _) = cast.right(comma + 1);
    if list.len() < 2 && !list.iter().any(|p| p.plural) {
        return None;
    }
    let clause = Clause { range: at..tokens.len(), opens: None };
    Some(Telling::plain(at..at + m.len, clause, &list, Mood::Done, "they are closeted"))
}

/// "Ministers are to gather in Lima on Friday".
fn gathers(cast: &Cast<'_, '_>, at: usize, m: Match) -> Option<Telling> {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let clause = frame::clause(sentence, at);
    let (mood, group) = mood::of_verb(tokens, at, m.form, clause.range.start);
    let subject = cast.subject(group, clause.range.start);
    let official = subject.iter().any(|p| p.plural) || subject.len() > 1;
    // "A panel of lawyers will gather in Lima next week": no party by name, so a day and a place must show it.
    let body = !official
        && (group.saturating_sub(7).max(clause.range.start)..group)
            .any(|i| WORDS.section("bodies").at(tokens, i).is_some());
    let next = tokens.get(at + m.len);
    if !official && !body
        || m.form == Form::Ing
        || !next.is_some_and(|t| {
            t.is(&["in", "at", "on", "for", "there", "here", "again", "next", "this", "tomorrow", "later"])
                || t.cap
        })
    {
        return None;
    }
    Some(Telling {
        firm: false,
        loose: body,
        ..Telling::plain(at..at + m.len, clause, &subject, mood, "they gather")
    })
}

/// "Mediators have summoned the two sides to Lima on Saturday".
fn summoned(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let m = WORDS.section("verbs summon").at(tokens, at)?;
    let (list, end) = cast.right(at + m.len);
    let many = list.len() > 1 || list.iter().any(|p| p.plural);
    let to = tokens.get(end).is_some_and(|t| t.low == "to") && setting::named(sentence, end + 1);
    let clause = frame::clause(sentence, at);
    let (mood, group) = mood::of_verb(tokens, at, m.form, clause.range.start);
    if !many || !to || matches!(mood, Mood::Unreal | Mood::Maybe | Mood::Denied | Mood::Off) {
        return None;
    }
    let mut all = cast.subject(group, clause.range.start);
    all.retain(|p| p.sort == Sort::Named);
    all.extend(list);
    Some(Telling {
        loose: true,
        ..Telling::plain(at..at + m.len, clause, &all, Mood::Planned, "they are summoned")
    })
}

/// "Envoys of both camps are expected in Lima on Tuesday": those whose office is to meet.
fn expected(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let due = tokens[at].is(&["expected", "due", "awaited"]) && at > 0 && tokens[at - 1].is(&["are", "were"]);
    let sited = tokens.get(at + 1).is_some_and(|t| t.low == "in") && setting::named(sentence, at + 2);
    if !due || !sited {
        return None;
    }
    let clause = frame::clause(sentence, at);
    let told = (clause.range.start..clause.range.end).any(|i| part::is_encounter(sentence, i));
    let list = cast.subject(at - 1, clause.range.start);
    let envoys = list
        .iter()
        .any(|p| p.plural && (p.first..p.last).any(|i| WORDS.section("nouns envoy").at(tokens, i).is_some()));
    (envoys && !told).then(|| Telling {
        loose: true,
        ..Telling::plain(at..at + 1, clause, &list, Mood::Planned, "they are expected")
    })
}

/// "A and B settled it by telephone": two who do anything by telephone have spoken.
fn by_phone(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let far = WORDS.section("by phone").at(tokens, at).filter(|m| m.len > 1);
    // "handed it to B over lunch"
    let meal = (tokens[at].low == "over" && WORDS.section("meals").at(tokens, at + 1).is_some())
        .then_some(Match { len: 2, lemma: "over", form: Form::Base });
    let m = far.or(meal)?;
    let clause = frame::clause(sentence, at);
    let led = tokens[at].is(&["by", "over", "on"]) && !tokens[at].quoted;
    let joint = |i: &usize| tokens[*i].is(&[",", "who", "that", ";"]);
    let first =
        clause.range.clone().take_while(|i| *i < at).filter(joint).last().unwrap_or(clause.range.start);
    let last = (at..clause.range.end).find(joint).unwrap_or(clause.range.end);
    let own = |i: usize| meal.is_some() && i == at + 1;
    let told = (first..last)
        .any(|i| part::is_encounter(sentence, i) && !own(i) || tokens[i].is(&["interview", "said"]));
    if !led || told {
        return None;
    }
    let floor = clause.range.start;
    let will = (floor..at).any(|i| tokens[i].is(&["will", "would"]));
    let not = (floor..at).any(|i| tokens[i].is(&["not", "never", "could", "should", "may", "if"]));
    let official = |p: &&Party| {
        p.sort != Sort::Role
            && p.actors.iter().all(|a| matches!(a.role, ActorRole::Person | ActorRole::Country))
    };
    let subject = cast.subject(at, floor);
    let object: Vec<&Party> = cast
        .parties
        .iter()
        .filter(|p| (p.last == at || meal.is_some() && p.last + 1 == at) && p.first >= floor)
        .collect();
    // "was on the telephone to B"
    let was = at > 0 && tokens[at - 1].is(&["is", "was", "were", "been"]);
    let to = was && far.is_some() && tokens.get(at + m.len).is_some_and(|t| t.is(&["to", "with"]));
    let rung = if to { cast.right(at + m.len + 1).0 } else { Vec::new() };
    let mut all: Vec<&Party> = subject.into_iter().chain(object).chain(rung).filter(official).collect();
    all.dedup_by_key(|p| p.first);
    // "Peru and Chile said that their presidents, who made peace by telephone": the states stand for them.
    if all.is_empty()
        && cast
            .subject(at, floor)
            .iter()
            .any(|p| p.plural && tokens[..p.first].last().is_some_and(|t| t.low == "their"))
    {
        let states = |p: &&Party| p.last < at && p.actors.iter().all(|a| a.role == ActorRole::Country);
        all = cast.parties.iter().filter(|p| p.sort == Sort::Named).filter(states).collect();
    }
    let owned = all.iter().all(|p| p.actors.iter().all(|a| a.role == ActorRole::Country));
    let persons = if owned { all.len() } else { 0 }
        + all.iter().flat_map(|p| &p.actors).filter(|a| a.role == ActorRole::Person).count();
    if persons == 0 || all.iter().map(|p| p.actors.len()).sum::<usize>() < 2 || not {
        return None;
    }
    let mood = if will { Mood::Planned } else { Mood::Done };
    Some(Telling {
        manner: if far.is_some() { Manner::Phone } else { Manner::Room },
        ..Telling::plain(
            at..at + m.len,
            clause,
            &all,
            mood,
            if far.is_some() { "they speak by telephone" } else { "over a meal" },
        )
    })
}

//! Encounters told by a verb: "A met B", "A and B will speak by phone", "A received B".

use std::collections::HashSet;

use super::WORDS;
use super::cast::Cast;
use super::company;
use super::gather;
use super::mood::{self, Mood};
use super::party::{Party, Sort};
use super::sense::{office, stands, states};
use super::telling::{Manner, Telling};
use crate::model::{Actor, ActorRole};
use crate::read::frame;
use crate::read::lexicon::{Form, Match};
use crate::read::names::Stands;
use crate::read::text;

/// The encounter told by a verb at `at`; several where it says "with A and with B".
pub fn find(cast: &Cast<'_, '_>, at: usize) -> Vec<Telling> {
    let tokens = &cast.sentence.tokens;
    // "a talk-show host"
    if tokens.get(at + 1).is_some_and(|t| t.joined) {
        return Vec::new();
    }
    let meet = WORDS.section("verbs meet").at(tokens, at);
    let host = WORDS.section("verbs host").at(tokens, at);
    if let Some(m) = meet.filter(|m| stands(cast, at, m)) {
        return meets(cast, at, m);
    }
    if let Some(m) = host {
        return hosts(cast, at, m).into_iter().collect();
    }
    company::find(cast, at).or_else(|| gather::find(cast, at)).into_iter().collect()
}

fn meets(cast: &Cast<'_, '_>, at: usize, m: Match) -> Vec<Telling> {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let clause = frame::clause(sentence, at);
    let adjunct = m.form == Form::Ing
        && at > 0
        && tokens[at - 1].is(&["after", "before", "by", "on", "when", "while", "—"]);
    let (mut mood, group) = mood::of_verb(tokens, at, m.form, clause.range.start);
    if (mood::denied(tokens, clause.range.start..group) || mood::untrue(tokens, clause.range.start..group))
        && matches!(mood, Mood::Done | Mood::Now | Mood::Before)
    {
        mood = Mood::Denied;
    }
    // "sent B to Lima for meeting with A"
    if m.form == Form::Ing && at > 0 && tokens[at - 1].low == "for" && goes(tokens, clause.range.start..at) {
        mood = Mood::Planned;
    }
    // "has secured an hour with B on Saturday"
    if m.lemma == "secure" && mood == Mood::Done {
        mood = Mood::Planned;
    }
    if adjunct {
        mood = if tokens[at - 1].low == "before" { Mood::Planned } else { Mood::Done };
    }
    let mut subject = cast.subject(group, clause.range.start);
    if subject.is_empty() {
        // "after meeting A, B said", "B, who met A": the subject of the sentence around it.
        subject = cast.subject(clause.range.start, 0);
    }
    let mut from = at + m.len;
    while tokens.get(from).is_some_and(|t| {
        t.is(&[
            "with",
            "again",
            "separately",
            "privately",
            "in",
            "person",
            "face",
            "to",
            "there",
            "alone",
            "up",
            "late",
            "early",
        ]) || t.low.ends_with("ly")
    }) {
        from += 1;
    }
    from = office(cast, from);
    let reach = if m.lemma == "discuss" { 9 } else { 6 };
    let phone = WORDS.section("by phone").any(tokens, at + 1..(at + m.len + reach).min(tokens.len()));
    let spoken = matches!(m.lemma, "speak" | "talk" | "phone" | "telephone" | "discuss" | "call" | "ring");
    let (mut objects, mut end) = cast.right(from);
    let him = cast.his(from).filter(|_| objects.is_empty());
    objects.extend(
        him.into_iter()
            .filter(|him| !subject.iter().any(|s| s.actors.iter().any(|a| him.actors.contains(a)))),
    );
    let states = if objects.is_empty() && sentence.title { states(cast, from) } else { Vec::new() };
    objects.extend(&states);
    if objects.is_empty() {
        // "spoke by telephone late Thursday with his counterpart"
        let reach = from.saturating_sub(1)..(from + 10).min(clause.range.end.max(from));
        if let Some(with) = reach.into_iter().find(|&i| {
            tokens[i].low == "with" && tokens[i - 1].low != ","
                || spoken && tokens[i].low == "to" && tokens[i - 1].is(&["phone", "telephone"])
                || spoken && tokens[i].low == "to" && phone
        }) {
            (objects, end) = cast.right(with + 1);
        }
    }
    // "After meeting A, B said": who speaks is none of the list.
    if subject.is_empty()
        && adjunct
        && objects.len() > 1
        && let Some(speaker) = objects.pop_if(|s| {
            tokens[s.first.saturating_sub(4)..s.first].iter().any(|t| t.low == ",")
                && tokens
                    .get(s.last)
                    .is_some_and(|t| !t.punct && !t.is(&["of", "for", "in", "from", "at", "on", "and"]))
        })
    {
        subject.push(speaker);
    }
    if subject.is_empty() && adjunct {
        subject = cast.parties.iter().find(|p| p.first >= end && p.sort == Sort::Named).into_iter().collect();
    }
    let crowd = if objects.is_empty() && m.lemma == "meet" { crowd(cast, from, &subject) } else { None };
    objects.extend(&crowd);
    objects.retain(|o| !subject.iter().any(|s| s.first == o.first));
    if m.lemma == "discuss" {
        let named = subject.iter().filter(|p| p.sort != Sort::Role).count();
        if named < 2 || !(phone || sentence.title) {
            return Vec::new();
        }
        objects.clear();
    }
    // "is to talk" of a lone party, "spoke to reporters": no encounter.
    let both = !subject.is_empty() && !objects.is_empty();
    let condition = mood::condition(tokens, &clause, at);
    // "would meet A only if the ships left"
    let only = (at..tokens.len()).take(24).find(|&i| tokens[i].low == "if").is_some_and(|i| {
        tokens[i - 1].low == "only" || tokens[group..at].iter().any(|t| t.is(&["would", "could"]))
    });
    if condition || only {
        return Vec::new();
    }
    // "talked for three hours near Lima"
    let days = |i: &usize| {
        let t = &tokens[*i];
        t.is(&["on", "late", "early", "again", "for"]) || t.cap && crate::read::dates::is_day_word(&t.low)
    };
    let reach = (at + 1..(at + m.len + 5).min(tokens.len())).take_while(|i| *i == at + 1 || days(i)).last();
    let until = tokens.get(at + m.len).is_some_and(|t| t.is(&["until", "till", "past"]));
    let long = until
        || (at + 1..reach.map_or(at + 1, |i| i + 1).max((at + m.len + 1).min(tokens.len()))).any(|i| {
            tokens[i].low == "for"
                && WORDS.section("nouns measure").any(tokens, i + 1..(i + 5).min(tokens.len()))
        }) && !tokens[at..end.min(tokens.len())].iter().any(|t| t.is(&["with", "to"]));
    if long {
        objects.clear();
    }
    let both = both && !long;
    // "They spoke for three hours": of the meeting told before.
    let both_before = objects.is_empty() && subject.iter().any(|p| p.sort == Sort::Before && p.plural);
    let among = objects.is_empty() && (subject.len() > 1 || subject.iter().any(|p| p.plural));
    let long = among && long;
    if m.lemma == "see" && objects.is_empty() && !among {
        return Vec::new();
    }
    let alone = WORDS.section("alone").any(tokens, at + 1..(at + 5).min(tokens.len()));
    // "Peru to talk to Chile and Bolivia"
    let state = |p: &&Party| {
        p.sort == Sort::Named
            && p.actors.iter().all(|a| matches!(a.role, ActorRole::Country | ActorRole::Person))
    };
    let addressed = sentence.title
        && mood == Mood::Planned
        && matches!(m.lemma, "talk" | "speak")
        && !objects.is_empty()
        && objects.iter().all(state)
        && !subject.is_empty();
    // "as they sat down" is no encounter by itself.
    if m.lemma == "sit" && objects.is_empty() {
        let next = tokens.get(at + m.len);
        let so = sentence.title || next.is_some_and(|t| t.is(&["in", "at", "for", "on", "face", "together"]));
        if !so {
            return Vec::new();
        }
    }
    // "A, B talk trade over dinner"
    let talk = m.lemma == "talk" && m.len == 1 && sentence.title;
    let tough = tokens.get(at + 1).is_some_and(|t| t.is(&["tough", "up", "down", "about", "of"]));
    let persons = subject.iter().flat_map(|p| &p.actors).filter(|a| a.role == ActorRole::Person).count();
    let shown = addressed
        || talk && !tough && persons > 1 && objects.is_empty()
        || both
        || long
        || phone
        || m.lemma == "discuss"
        || among && (both_before || alone);
    if spoken && !shown {
        return Vec::new();
    }
    if !both && !among || m.lemma == "speak" && !phone && !objects.is_empty() && speech_of_body(&objects) {
        return Vec::new();
    }
    let group_floor = clause.range.start;
    let tell = |objects: &[&Party]| {
        let mut all = subject.clone();
        all.extend(objects);
        let part = clause.range.start..clause.range.end.max(end.min(tokens.len()));
        let clause = frame::Clause { range: part, ..clause.clone() };
        let rule = if both { "one meets another" } else { "they meet" };
        let far = phone || matches!(m.lemma, "phone" | "telephone" | "call" | "ring");
        Telling {
            manner: if far { Manner::Phone } else { Manner::Room },
            definite: spoken && !phone && both_before,
            spoken: spoken && !phone && !addressed,
            arrived: mood == Mood::Planned && came(tokens, group_floor..group),
            ..Telling::plain(at..at + m.len, clause, &all, mood, rule)
        }
    };
    let mut tellings = vec![tell(&objects)];
    // One who speaks by phone with counterparts in two countries makes two calls.
    let called: Vec<Actor> = objects.iter().flat_map(|p| p.actors.clone()).collect();
    let homes: HashSet<_> = called.iter().filter_map(|a| a.country.as_deref()).collect();
    let alone = subject.len() == 1 && subject.iter().all(|p| !p.plural);
    if phone && alone && called.len() > 1 && homes.len() == called.len() {
        let one = |actor: &Actor| {
            let mut telling = tell(&objects);
            telling.actors.retain(|a| a.key == actor.key || !called.iter().any(|c| c.key == a.key));
            telling
        };
        tellings = called.iter().map(one).collect();
    }
    // "met A in Lima on Monday and B in Quito on Friday"
    if both && let Some((joint, more)) = second(cast, end, clause.range.end) {
        let mut other = tell(&more);
        other.part = joint + 1..clause.range.end;
        other.words = joint + 1..joint + 2;
        tellings.iter_mut().for_each(|t| t.part.end = joint);
        tellings.push(other);
    }
    // "with A and with B" are two conversations.
    let mut next = end;
    if let Some(more) = (end..(end + 8).min(tokens.len().saturating_sub(1)))
        .take_while(|&i| !tokens[i].punct || tokens[i].low == ",")
        .find(|&i| tokens[i].is(&["and", ","]) && tokens[i + 1].is(&["with"]))
    {
        next = more;
    }
    while both && tokens.get(next).is_some_and(|t| t.is(&["and", ","])) {
        let with =
            next + 1 + usize::from(tokens.get(next + 1).is_some_and(|t| t.is(&["and", "then", "later"])));
        if tokens.get(with).is_none_or(|t| t.low != "with") {
            break;
        }
        let (more, after) = cast.right(with + 1);
        if more.is_empty() {
            break;
        }
        tellings.push(tell(&more));
        next = after;
    }
    tellings
}

/// "and B in Quito on Friday": whom one meets next, with the "and" before them.
fn second<'c>(cast: &'c Cast<'_, '_>, end: usize, limit: usize) -> Option<(usize, Vec<&'c Party>)> {
    let tokens = &cast.sentence.tokens;
    let set = |i: usize| {
        tokens
            .get(i)
            .is_some_and(|t| t.is(&["in", "on", "at"]) || t.cap && crate::read::dates::is_day_word(&t.low))
    };
    let joint = (end + 1..limit.min(end + 9)).find(|&i| tokens[i].low == "and").filter(|_| set(end))?;
    let (more, after) = cast.right(joint + 1);
    let person = |p: &&Party| p.sort == Sort::Named && p.actors.iter().all(|a| a.role == ActorRole::Person);
    (more.len() == 1 && more.iter().all(person) && set(after)).then_some((joint, more))
}

/// A verb of going or sending some words before.
fn goes(tokens: &[crate::read::document::Token<'_>], before: std::ops::Range<usize>) -> bool {
    before
        .rev()
        .take(10)
        .any(|i| ["verbs go", "verbs send"].iter().any(|s| WORDS.section(s).at(tokens, i).is_some()))
}

/// "sent an envoy to meet": a past verb of going before the infinitive.
fn came(tokens: &[crate::read::document::Token<'_>], before: std::ops::Range<usize>) -> bool {
    before.rev().take(10).any(|i| {
        ["verbs go", "verbs send"]
            .iter()
            .any(|s| WORDS.section(s).at(tokens, i).is_some_and(|m| m.form == Form::Past))
    })
}

/// "President Okada met the organisers": people of no office, whom a named person meets.
fn crowd(cast: &Cast<'_, '_>, from: usize, subject: &[&Party]) -> Option<Party> {
    let tokens = &cast.sentence.tokens;
    let named =
        subject.iter().any(|p| p.sort != Sort::Role && p.actors.iter().any(|a| a.role == ActorRole::Person));
    let head = (from..(from + 5).min(tokens.len()))
        .take_while(|&i| !tokens[i].punct && !tokens[i].cap)
        .find(|&i| {
            let next = tokens.get(i + 1);
            tokens[i].low.len() > 4
                && tokens[i].low.ends_with('s')
                && !tokens[i].low.ends_with("ss")
                && next.is_none_or(|t| t.punct && t.low != "'s" || text::is_stop_word(&t.low))
        })?;
    let words = cast.sentence.slice(from, head + 1);
    let actor = Actor {
        name: words.to_lowercase(),
        key: text::fold(words),
        role: ActorRole::Group,
        country: None,
        literal: words.to_owned(),
    };
    let plain = tokens[from..head]
        .iter()
        .all(|t| !text::is_stop_word(&t.low) || t.is(&["the", "some", "other", "his", "her"]));
    (named && plain).then(|| Party {
        first: from,
        last: head + 1,
        actors: vec![actor],
        sort: Sort::Role,
        plural: true,
    })
}

/// "spoke to the Security Council" is a speech.
fn speech_of_body(objects: &[&Party]) -> bool {
    objects.iter().all(|p| p.actors.iter().all(|a| a.role == ActorRole::Body) || p.sort == Sort::Role)
}

/// "A received B", "A was received by B", "A hosts B".
fn hosts(cast: &Cast<'_, '_>, at: usize, m: Match) -> Option<Telling> {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let clause = frame::clause(sentence, at);
    let (mood, group) = mood::of_verb(tokens, at, m.form, clause.range.start);
    let passive = m.form == Form::Past
        && tokens[group..at].iter().any(|t| t.is(&["was", "were", "been", "be", "being"]));
    let mut subject = cast.subject(group, clause.range.start);
    if subject.is_empty() {
        subject = cast.subject(clause.range.start, 0);
    }
    // "the talk-show host Ana Quispe": one alone "hosts".
    if m.form == Form::Base && group == at && subject.len() == 1 && !subject[0].plural {
        return None;
    }
    let by =
        passive.then(|| (at + 1..at + 4).find(|&i| tokens.get(i).is_some_and(|t| t.low == "by"))).flatten();
    if passive && by.is_none() {
        return None;
    }
    let (mut objects, end) = cast.right(by.map_or(at + m.len, |b| b + 1));
    if objects.is_empty() && !passive {
        objects.extend(cast.his(at + m.len));
    }
    let person = |ps: &[&Party]| {
        ps.iter().any(|p| {
            p.sort != Sort::Role
                && p.actors.iter().any(|a| {
                    // "an IMF mission" may be a guest; "the Air Medal" is none.
                    let people = a.role != ActorRole::Body
                        || a.literal.rsplit(' ').next().is_some_and(|w| w.starts_with(char::is_lowercase));
                    a.role == ActorRole::Person || a.literal.contains(' ') && people
                })
        }) || ps.iter().any(|p| p.sort != Sort::Named && p.plural)
    };
    let people = objects.iter().flat_map(|p| &p.actors).any(|a| a.role == ActorRole::Person);
    if m.lemma == "welcome" && !people {
        return None;
    }
    let near = objects.first().is_some_and(|p| {
        p.first <= by.unwrap_or(at + m.len) + 5
            && tokens[at + m.len..p.first].iter().all(|t| !t.is(&["support", "of", "aid", "from", "for"]))
            && cast.sentence.tokens.get(p.last).is_none_or(|t| t.low != "'s")
    });
    let plain = (sentence.title || passive) && subject.len() == 1;
    if !near || subject.is_empty() || !person(&objects) || !(person(&subject) || plain) {
        return None;
    }
    let all: Vec<&Party> = subject.into_iter().chain(objects).collect();
    let part = clause.range.start..clause.range.end.max(end.min(tokens.len()));
    let clause = frame::Clause { range: part, ..clause };
    Some(Telling::plain(at..at + m.len, clause, &all, mood, "host receives guest"))
}

/// Whether a token is within a name, or names who reports the news; "the Lake Security Summit" is a summit.
pub fn named(cast: &Cast<'_, '_>, at: usize) -> bool {
    let tokens = &cast.sentence.tokens;
    // "Second Round Set for 3 May" in a headline is no name.
    let again = cast.sentence.title
        && at > 0
        && WORDS.section("again").at(tokens, at - 1).is_some_and(|m| m.len == 2);
    !again
        && cast.sentence.name_at(at).is_some_and(|n| {
            let summit = n.last == at + 1
                && n.actor.role != ActorRole::Person
                && tokens[at].is(&["summit", "conference"]);
            n.stands == Stands::Media || n.first < at && !summit
        })
        && !text::is_stop_word(&tokens[at].low)
}

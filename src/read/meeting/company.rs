//! Those who keep company without a word of meeting: they lunch, share a table, take their seats, spend an hour
//! with each other, come away with a deal.

use super::WORDS;
use super::cast::Cast;
use super::mood::{self, Mood};
use super::party::{Party, Sort};
use super::telling::Telling;
use super::{part, setting};
use crate::model::ActorRole;
use crate::read::document::Token;
use crate::read::frame::{self, Clause};
use crate::read::lexicon::{Form, Match};

/// What takes a guest, and by which word.
const GUEST: &[(&str, &str)] =
    &[("verbs company with", "with"), ("verbs company on", "on"), ("verbs company to", "to")];

/// The encounter told at a token.
pub fn find(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let tokens = &cast.sentence.tokens;
    if tokens[at].quoted && !cast.sentence.title {
        return None;
    }
    keeps(cast, at)
        .or_else(|| joins(cast, at))
        .or_else(|| grants(cast, at))
        .or_else(|| serves(cast, at))
        .or_else(|| shares(cast, at))
        .or_else(|| settles(cast, at))
        .or_else(|| comes(cast, at))
        .or_else(|| invited(cast, at))
        .or_else(|| convenes(cast, at))
        .or_else(|| hours(cast, at))
}

/// A verb with its clause, its mood and its subject.
struct Act<'c> {
    clause: Clause,
    mood: Mood,
    subject: Vec<&'c Party>,
    end: usize,
}

/// The verb at a token as an act that is real or announced; `None` if it is wished, denied or a condition.
fn act<'c>(cast: &'c Cast<'_, '_>, at: usize, m: Match) -> Option<Act<'c>> {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let clause = frame::clause(sentence, at);
    let led = at > 0 && tokens[at - 1].is(&["after", "before", "by", "while", "when"]);
    // "lunching with B" beside another verb is told as that is.
    if m.form == Form::Ing && !led && !of_being(tokens, at) || sentence.name_at(at).is_some() {
        return None;
    }
    let (mut mood, group) = mood::of_verb(tokens, at, m.form, clause.range.start);
    if led {
        mood = if tokens[at - 1].low == "before" { Mood::Planned } else { Mood::Done };
    }
    // "the food served to A", "a table shared by them" are no acts of the subject.
    let passive = m.form == Form::Past
        && tokens[group..at].iter().any(|t| t.is(&["was", "were", "been", "be", "being", "is", "are"]));
    let condition = mood::condition(tokens, &clause, at) || mood::denied(tokens, clause.range.start..group);
    // Players of roles and of games keep company too.
    let played = ["fiction", "players"].iter().any(|s| WORDS.section(s).any(tokens, 0..tokens.len()));
    let passive = passive && m.lemma != "closet";
    if passive || condition || played || matches!(mood, Mood::Unreal | Mood::Denied | Mood::Maybe | Mood::Off)
    {
        return None;
    }
    let mut subject = cast.subject(group, clause.range.start);
    if subject.is_empty() && (led || clause.range.start > 0) {
        subject = cast.subject(clause.range.start, 0);
    }
    Some(Act { clause, mood, subject, end: at + m.len })
}

/// "is lunching".
fn of_being(tokens: &[Token<'_>], at: usize) -> bool {
    (at.saturating_sub(2)..at).any(|i| tokens[i].is(&["is", "are", "was", "were", "be", "been"]))
}

/// The telling of an act by these parties.
fn tell(
    cast: &Cast<'_, '_>,
    at: usize,
    act: Act<'_>,
    parties: &[&Party],
    end: usize,
    rule: &'static str,
) -> Telling {
    // ", who asked for help on Monday" is told of the guest.
    let tokens = &cast.sentence.tokens;
    let limit = act.clause.range.end.max(end);
    let aside =
        (end..limit).find(|&i| i > 0 && tokens[i].is(&["who", "whose", "which"]) && tokens[i - 1].low == ",");
    let range = act.clause.range.start..aside.map_or(limit, |i| i - 1);
    let clause = Clause { range, ..act.clause };
    Telling::plain(at..act.end, clause, parties, act.mood, rule)
}

/// "A lunched with B", "A spent the afternoon in Lima with B", "A dropped in on B", "A paid a visit to B".
fn keeps(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let tokens = &cast.sentence.tokens;
    let mut found = GUEST.iter().filter_map(|(s, word)| Some((WORDS.section(s).at(tokens, at)?, *word)));
    found.find_map(|(m, by)| keeps_by(cast, at, m, by))
}

fn keeps_by(cast: &Cast<'_, '_>, at: usize, m: Match, by: &str) -> Option<Telling> {
    let tokens = &cast.sentence.tokens;
    let act = act(cast, at, m)?;
    // "spent an hour and a half at the palace with B"
    let limit = (act.end + 12).min(act.clause.range.end);
    let prep = (act.end..limit)
        .take_while(|&i| !tokens[i].punct && !tokens[i].is(&["who", "that", "but", "which"]))
        .find(|&i| tokens[i].low == by)?;
    if prep > act.end + 1 && by != "with" {
        return None;
    }
    let (list, end) = cast.right(prep + 1);
    let mut list: Vec<&Party> = list;
    list.extend(cast.his(prep + 1).filter(|_| list.is_empty()));
    list.retain(|p| !act.subject.iter().any(|s| s.actors == p.actors));
    // "called on B to resign" is a demand.
    let asks = tokens.get(end).is_some_and(|t| t.is(&["to", "for"]));
    if m.lemma == "call"
        && m.len == 1
        && (asks
            || !sited(tokens, end)
            || act.mood != Mood::Planned && tokens.get(end).is_none_or(|t| t.punct)
            || !persons(&list))
    {
        return None;
    }
    let guests = list.iter().any(|p| party(p));
    if act.subject.is_empty() || !guests || !persons(&act.subject) && !persons(&list) || owns(tokens, end) {
        return None;
    }
    let all: Vec<&Party> = act.subject.iter().copied().chain(list).collect();
    Some(tell(cast, at, act, &all, end, "they keep company"))
}

/// "A visited B at her house", "A joined B for breakfast", "A had B to dinner": the guest right after the verb.
fn joins(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let tokens = &cast.sentence.tokens;
    let m = WORDS.section("verbs company").at(tokens, at)?;
    let (mut list, mut end) = cast.right(at + m.len);
    if list.is_empty()
        && let Some(him) = cast.his(at + m.len)
    {
        (list, end) = (vec![him], him.last);
    }
    let near = list.first().is_some_and(|p| p.first <= at + m.len + 2);
    let meal = tokens.get(end).is_some_and(|t| t.is(&["to", "for", "over", "at"]))
        && (end + 1..(end + 4).min(tokens.len())).any(|i| WORDS.section("meals").at(tokens, i).is_some());
    let seen = matches!(m.lemma, "visit" | "seek") && sited(tokens, end);
    if !near || !persons(&list) || owns(tokens, end) || !(meal || seen) {
        return None;
    }
    let act = act(cast, at, m)?;
    if act.subject.is_empty() || !act.subject.iter().any(|p| party(p)) {
        return None;
    }
    let all: Vec<&Party> = act.subject.iter().copied().chain(list).collect();
    Some(tell(cast, at, act, &all, end, "they keep company"))
}

/// "A gave B an hour", "A granted B an audience"; "an hour to leave" is a deadline.
fn grants(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let tokens = &cast.sentence.tokens;
    let m = WORDS.section("verbs grant").at(tokens, at)?;
    let (mut list, mut end) = cast.right(at + m.len);
    if list.is_empty()
        && let Some(him) = cast.his(at + m.len)
    {
        (list, end) = (vec![him], him.last);
    }
    let time = (end..(end + 4).min(tokens.len()))
        .take_while(|&i| !tokens[i].punct)
        .find(|&i| WORDS.section("nouns time given").at(tokens, i).is_some())?;
    let closed =
        tokens.get(time + 1).is_none_or(|t| t.punct || t.is(&["in", "at", "on", "of", "late", "and"]));
    let act = act(cast, at, m)?;
    if list.is_empty() || !closed || act.subject.is_empty() || !persons(&act.subject) || !persons(&list) {
        return None;
    }
    let all: Vec<&Party> = act.subject.iter().copied().chain(list).collect();
    Some(tell(cast, at, act, &all, time + 1, "they keep company"))
}

/// "A poured tea on the terrace for B".
fn serves(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let tokens = &cast.sentence.tokens;
    let m = WORDS.section("verbs serve").at(tokens, at)?;
    let drink = (at + m.len..(at + m.len + 4).min(tokens.len()))
        .find(|&i| WORDS.section("meals").at(tokens, i).is_some());
    let act = act(cast, at, m)?;
    let (list, end) = match drink {
        Some(drink) => {
            let limit = (drink + 12).min(act.clause.range.end);
            let to = (drink + 1..limit)
                .take_while(|&i| !tokens[i].punct)
                .filter(|&i| tokens[i].is(&["to", "for"]))
                .find(|&i| cast.right(i + 1).0.first().is_some_and(|p| p.first <= i + 4))?;
            cast.right(to + 1)
        }
        None => return None,
    };
    if !persons(&act.subject) || !list.iter().any(|p| party(p) && !p.plural) {
        return None;
    }
    let all: Vec<&Party> = act.subject.iter().copied().chain(list).collect();
    Some(tell(cast, at, act, &all, end, "they keep company"))
}

/// "A and B shared a table", "The two took their places at a long table", "The delegates came out with a paper".
fn shares(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let tokens = &cast.sentence.tokens;
    let m = WORDS.section("verbs share").at(tokens, at)?;
    let act = act(cast, at, m)?;
    let next = tokens.get(act.end);
    let many = act.subject.len() > 1 || act.subject.iter().any(|p| p.plural);
    // "never before shared a room"
    let never = (at.saturating_sub(4)..at).any(|i| tokens[i].is(&["never", "rarely", "seldom", "often"]));
    // "emerged with the highest rates", "a table of results"
    let leaves =
        matches!(m.lemma, "emerge") || m.lemma == "come" && tokens[act.end - 1].is(&["with", "from", "of"]);
    let envoy = |p: &&Party| {
        p.sort == Sort::Before || envoys(tokens, p) || p.actors.iter().all(|a| a.role == ActorRole::Person)
    };
    if leaves && !act.subject.iter().any(envoy) || next.is_some_and(|t| t.low == "of" && m.lemma == "share") {
        return None;
    }
    let parted = m.lemma != "part" || (act.end..act.end + 5).any(|i| outcome(tokens, i));
    let done = !matches!(m.lemma, "come" | "emerge" | "walk" | "get")
        || m.len > 2
        || next.is_some_and(|t| !t.is(&["as", "like", "to"]));
    if !many || never || !parted || !done || !act.subject.iter().any(|p| party(p)) || !talkers(&act.subject) {
        return None;
    }
    let subject = act.subject.clone();
    // Two by name, or a day and a place beside the words.
    let known = subject.iter().filter(|p| p.sort != Sort::Role).map(|p| p.actors.len()).sum::<usize>() > 1;
    let end = act.end;
    Some(Telling {
        loose: !known || m.lemma == "shake",
        ..tell(cast, at, act, &subject, end, "they come together")
    })
}

/// "with", "without", "after": how they part.
fn outcome(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| t.is(&["with", "without", "after", "having", "agreed"]))
}

/// "A and B hammered out a truce in Lima on Sunday": two persons who settle something somewhere have met.
fn settles(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let m = WORDS.section("verbs settle").at(tokens, at)?;
    let act = act(cast, at, m)?;
    let told = act.clause.range.clone().any(|i| part::is_encounter(sentence, i))
        || WORDS.section("by phone").any(tokens, act.clause.range.clone());
    if told || !matches!(act.mood, Mood::Done | Mood::Before) {
        return None;
    }
    let mut all = act.subject.clone();
    let mut end = act.end;
    if let Some(with) = (act.end..(act.end + 9).min(act.clause.range.end))
        .take_while(|&i| !tokens[i].punct)
        .find(|&i| tokens[i].low == "with")
    {
        let (list, after) = cast.right(with + 1);
        end = after;
        all.extend(list);
    }
    let each = |p: &&Party| {
        p.sort != Sort::Role && p.actors.iter().all(|a| a.role == ActorRole::Person) || envoys(tokens, p)
    };
    let people = all.iter().all(each);
    let count: usize =
        all.iter().map(|p| if p.plural { p.actors.len().max(2) } else { p.actors.len() }).sum();
    // Who hammers something out does so with the other; a deal may be struck from afar.
    let close = WORDS.section("verbs settle close").at(tokens, at).is_some();
    (people && count > 1 && !all.is_empty())
        .then(|| Telling { loose: !close, ..tell(cast, at, act, &all, end, "they come together") })
}

/// "Chad and Niger will come to Lima on Friday": states do not travel, their envoys do.
fn comes(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let m = WORDS.section("verbs go").at(tokens, at)?;
    let to = tokens.get(at + m.len).is_some_and(|t| t.low == "to")
        && setting::named(sentence, at + m.len + 1)
        && tokens.get(at + m.len + 1).is_some_and(|t| t.cap || t.low == "the");
    if !to || WORDS.section("verbs send").at(tokens, at).is_some() {
        return None;
    }
    let act = act(cast, at, m)?;
    let states = |p: &&Party| {
        p.sort == Sort::Named && !p.plural && p.actors.iter().all(|a| a.role == ActorRole::Country)
    };
    let told = act.clause.range.clone().any(|i| part::is_encounter(sentence, i));
    if told || act.subject.len() != 2 || !act.subject.iter().all(states) || act.mood == Mood::Now {
        return None;
    }
    let subject = act.subject.clone();
    let end = act.end;
    Some(Telling { firm: false, ..tell(cast, at, act, &subject, end, "they come together") })
}

/// "A and B have accepted an invitation to Lima", "A accepted an invitation from B to Lima".
fn invited(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let tokens = &cast.sentence.tokens;
    let m = WORDS.section("verbs accept").at(tokens, at)?;
    let act = act(cast, at, m)?;
    let mut all = act.subject.clone();
    let from = (act.end..(act.end + 3).min(tokens.len())).find(|&i| tokens[i].is(&["from", "by", "of"]));
    let (list, end) = from.map_or((Vec::new(), act.end), |i| cast.right(i + 1));
    let hosted = !list.is_empty();
    all.extend(list);
    all.retain(|p| party(p));
    let to = (end..(end + 2).min(tokens.len())).any(|i| tokens[i].low == "to");
    if all.iter().map(|p| p.actors.len()).sum::<usize>() < 2 || !persons(&all) || !to {
        return None;
    }
    let act = Act { mood: Mood::Planned, ..act };
    Some(Telling { loose: hosted, ..tell(cast, at, act, &all, end, "they are invited") })
}

/// "A convened his security chiefs in Lima on Sunday": those who serve under one, with a day and a place.
fn convenes(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let tokens = &cast.sentence.tokens;
    let m = WORDS.section("verbs call in").at(tokens, at)?;
    let own = tokens.get(at + m.len).is_some_and(|t| t.is(&["his", "her", "its", "their"]));
    let (list, end) = cast.right(at + m.len);
    let act = act(cast, at, m)?;
    let chiefs = list.len() == 1 && list.iter().all(|p| p.plural && p.sort == Sort::Role);
    if !own || !chiefs || act.subject.len() != 1 || act.subject.iter().any(|p| p.sort == Sort::Role) {
        return None;
    }
    let all: Vec<&Party> = act.subject.iter().copied().chain(list).collect();
    Some(Telling { loose: true, ..tell(cast, at, act, &all, end, "they come together") })
}

/// "flew home after three hours with B", "said this after an evening with B".
fn hours(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    WORDS.section("nouns time spent").at(tokens, at)?;
    let after = (at.saturating_sub(5)..at).rev().find(|&i| tokens[i].is(&["after", "following", "from"]))?;
    let plain = tokens[after + 1..at].iter().all(|t| !t.punct && !t.is(&["the", "with", "who"]));
    if !plain || tokens.get(at + 1)?.low != "with" {
        return None;
    }
    let (list, end) = cast.right(at + 2);
    let clause = frame::clause(sentence, at);
    let subject = cast.subject(after, frame::clause(sentence, after.saturating_sub(1)).range.start);
    if !persons(&subject) || !list.iter().any(|p| party(p)) || owns(tokens, end) {
        return None;
    }
    let all: Vec<&Party> = subject.iter().copied().chain(list).collect();
    let act = Act { clause, mood: Mood::Done, subject: Vec::new(), end: at + 1 };
    Some(tell(cast, at, act, &all, end, "they keep company"))
}

/// A day, a place or the end of the clause follows.
fn sited(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_none_or(|t| {
        t.low == "."
            || t.is(&["at", "in", "on", "late", "early", "yesterday", "today", "this", "before"])
            || t.cap && crate::read::dates::is_day_word(&t.low)
    })
}

/// Whether what was read last only owns what follows ("visited Okada's house").
fn owns(tokens: &[Token<'_>], end: usize) -> bool {
    end > 0 && tokens[end - 1].low == "'s" || tokens.get(end).is_some_and(|t| t.low == "'s" || t.joined)
}

/// Whether a party is one of persons, states or bodies with a name, or holds an office.
fn party(p: &Party) -> bool {
    p.sort != Sort::Named || p.actors.iter().any(|a| a.role != ActorRole::Group || p.plural)
}

/// Whether a person is among them, by name or by an office of one.
fn persons(list: &[&Party]) -> bool {
    list.iter()
        .any(|p| p.actors.iter().any(|a| a.role == ActorRole::Person) || p.sort == Sort::Role && !p.plural)
}

/// Whether they are people of state, not only people: an office, a state, a body, a group by name.
fn talkers(list: &[&Party]) -> bool {
    list.iter().any(|p| {
        p.sort != Sort::Named
            || p.actors
                .iter()
                .any(|a| a.role != ActorRole::Person || a.country.is_some() || a.literal.contains(' '))
    })
}

/// Whether a party is of those whose office is to meet.
fn envoys(tokens: &[Token<'_>], p: &Party) -> bool {
    p.plural && (p.first..p.last).any(|i| WORDS.section("nouns envoy").at(tokens, i).is_some())
}

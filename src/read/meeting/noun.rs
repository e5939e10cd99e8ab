//! Encounters told by a noun: "A and B held talks", "A's meeting with B", "talks between A and B collapsed".

use std::ops::Range;

use super::WORDS;
use super::cast::Cast;
use super::mood::{self, Mood};
use super::part;
use super::party::{self, Party, Sort};
use super::phrase::{complements, phrase};
use super::predicate::relative;
use super::sense;
use super::telling::{Manner, Telling};
use crate::model::ActorRole;
use crate::read::document::Token;
use crate::read::frame;
use crate::read::names::Stands;

/// Who acts.
mod agent;
/// What governs the noun phrase.
mod governor;
/// Whether it is real.
mod status;

use agent::agent;
use governor::{Governor, governor};
use status::{arrived, status};

/// The encounter told by a noun at `at`, and those beside it ("separate meetings with A and with B").
pub fn all(cast: &Cast<'_, '_>, at: usize) -> Vec<Telling> {
    let Some(first) = find(cast, at) else { return Vec::new() };
    let tokens = &cast.sentence.tokens;
    let (given, _, mut next) = complements(cast, first.words.end, first.part.end);
    let mut tellings = vec![first];
    while !given.is_empty() && tokens.get(next).is_some_and(|t| t.is(&["and", ","])) {
        let with =
            next + 1 + usize::from(tokens.get(next + 1).is_some_and(|t| t.is(&["and", "then", "later"])));
        let (more, after) = cast.right(with + 1);
        if tokens.get(with).is_none_or(|t| t.low != "with") || more.is_empty() {
            break;
        }
        let mut other = Telling { apart: true, ..tellings[0].clone() };
        other.actors.retain(|a| !given.iter().any(|p| p.actors.iter().any(|g| g.key == a.key)));
        other.actors.extend(party::actors(&more));
        tellings.push(other);
        next = after;
    }
    tellings
}

/// The encounter told by a noun at `at`.
fn find(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let strong = WORDS.section("nouns").at(tokens, at);
    let linked = WORDS.section("nouns linked").at(tokens, at);
    let round = WORDS.section("nouns round").at(tokens, at).filter(|_| {
        let known = !cast.pair.is_empty()
            || (0..at).any(|i| WORDS.section("nouns").at(tokens, i).is_some() && cast.at(i).is_none());
        known
            && tokens.get(at + 1).is_none_or(|t| t.low != "of")
            && (at.saturating_sub(3)..at)
                .any(|i| WORDS.section("again").at(tokens, i).is_some_and(|m| i + m.len > at))
    });
    let len = [strong, linked, round].into_iter().flatten().map(|m| m.len).max()?;
    let end = at + len;
    if not_a_noun(cast, at, len)
        || tokens.get(end).is_some_and(|t| t.is(&["room", "place", "point", "hall", "rooms", "points"]))
    {
        return None;
    }
    let phrase = phrase(cast, at, end);
    if tokens[at].quoted && phrase.owners.is_empty() && !sentence.title {
        return None;
    }
    let clause = frame::clause(sentence, at);
    if WORDS.section("not parties").any(tokens, at.saturating_sub(3)..at) {
        return None;
    }
    let ringing = WORDS.section("by phone").any(tokens, phrase.range.start..(end + 4).min(tokens.len()));
    let mut owners = phrase.owners.clone();
    owners.sort_unstable();
    let mut own: Vec<&Party> = owners.iter().map(|&i| &cast.parties[i]).collect();
    let (given, joined, after) = complements(cast, end, clause.range.end.max(end));
    let phone = ringing || tokens[at].is(&["call", "calls"]);
    let formal = WORDS.section("formal").any(tokens, phrase.range.start..at);
    let firm = strong.is_some() || ringing || formal;
    let event = firm || WORDS.section("nouns event").at(tokens, at).is_some();
    let governor = governor(cast, &phrase, &clause);
    let mut mood = status(cast, &phrase, &governor, &clause, after);
    // "went to a hotel for a two-hour discussion": its length is told.
    let measured = WORDS.section("nouns measure").any(tokens, phrase.range.start..at)
        && ["hour", "minute"]
            .iter()
            .any(|m| tokens[phrase.range.start..at].iter().any(|t| t.low.starts_with(m)));
    if measured && mood == Some(Mood::Planned) && arrived(tokens, &governor, &clause) {
        mood = Some(Mood::Done);
    }
    if matches!(mood, None | Some(Mood::Done)) && heads_for(cast, clause.range.start..phrase.range.start) {
        mood = Some(Mood::Planned);
    }
    let closed = joined && given.len() + own.len() > 1
        || phrase.compound && own.len() > 1
        || joined && given.iter().any(|p| p.plural) && !matches!(governor, Governor::Object(..));
    let mut agents: Vec<&Party> = Vec::new();
    let owned = !phrase.owners.is_empty();
    if own.is_empty() && !closed || own.len() < 2 && given.is_empty() && !phrase.compound {
        agents = agent(cast, &phrase, &governor, &clause, after, given.is_empty());
        if !firm && !event && !matches!(governor, Governor::Object(..)) && given.is_empty() {
            agents.clear();
        }
    }
    // "details of the talks", told by officials: who tells of them is no party.
    let known = phrase.definite && given.is_empty() && !owned && !cast.met.is_empty();
    if known && matches!(governor, Governor::Adjunct(_)) && agents.iter().all(|a| a.sort == Sort::Role) {
        agents.clear();
    }
    agents.retain(|a| !given.iter().chain(&own).any(|p| p.first == a.first));
    if !own.is_empty() && agents.iter().any(|a| a.sort == Sort::Role && !a.plural) {
        agents.clear();
    }
    // "In his call with A, B urged": the owner comes later.
    let later = phrase.range.start == 1 && agents.iter().any(|a| a.first > end);
    if let Some(his) = cast.his(phrase.range.start).filter(|_| !later) {
        agents = vec![his];
    }
    let mut all = agents;
    all.append(&mut own);
    // "No Lima summit: A pulls out"
    if all.is_empty() && mood == Some(Mood::Off) && sentence.title {
        all.extend(cast.parties.iter().find(|p| p.first >= end && p.sort == Sort::Named));
    }
    // "A third round will begin", "the next meeting": of those who met before.
    let again = WORDS.section("again").any(tokens, phrase.range.start..end);
    all.extend(given.iter());
    let mut actors = party::actors(&all);
    let same = again && all.iter().all(|p| p.sort == Sort::Role && !owned);
    if same && !cast.met.is_empty() {
        actors.clone_from(&cast.met);
    }
    // "the Lake Security Summit": its name is the party that all others belong to.
    if actors.is_empty()
        && let Some(name) = sentence.name_at(at).filter(|n| n.first < at && n.last == end)
        && name.actor.role == ActorRole::Body
    {
        actors.push(name.actor.clone());
    }
    // "It was the third meeting between them", "would be the first encounter": said of one told before.
    let stated = phrase.range.start > 0
        && tokens[phrase.range.start - 1].is(&["is", "was", "were", "be", "been", "are"]);
    let sited = tokens.get(end).is_some_and(|t| t.is(&["in", "at"]))
        && sentence.places.iter().any(|p| (end + 1..end + 4).contains(&sentence.token_at(p.range.start)));
    let parties = all.iter().filter(|p| p.sort != Sort::Role).count();
    let follows = again && (!cast.pair.is_empty() || round.is_some());
    let bare = given.is_empty() && !follows;
    let linked = phrase.compound && owned || parties > 1;
    let beside =
        matches!(governor, Governor::Adjunct(i) if tokens[i].is(&["in", "of", "on", "about", "over"]));
    // "met B on negotiations with C": what the encounter before it is about.
    let matter = (clause.range.start..phrase.range.start).any(|i| part::is_encounter(sentence, i));
    let loose = bare && (!firm && !linked || mood.is_none() && !phrase.definite)
        || beside && (given.is_empty() || matter);
    // "A's jets bomb camp hours before talks": the talks only tell when.
    let timed = matches!(governor, Governor::Adjunct(i) if i > 0
        && tokens[i].low == "before"
        && tokens[i - 1].is(&["hours", "minutes", "days", "day", "weeks"]));
    if timed && sentence.title && given.is_empty() && parties < 2 {
        return None;
    }
    let vague = mood.is_none() || beside && given.is_empty();
    let mood = mood.unwrap_or(Mood::Done);
    // "whether Friday's meeting of A and B could go ahead": the meeting has its day.
    let dayed = (phrase.range.start..at).any(|i| {
        tokens[i].cap && crate::read::dates::is_day_word(&tokens[i].low) && tokens[i + 1].low == "'s"
    });
    let mood = if dayed && mood == Mood::Maybe { Mood::Planned } else { mood };
    let condition = mood::condition(tokens, &clause, at) && !dayed;
    // "a call for talks with B"
    let start = phrase.range.start;
    if condition || mood::wished(tokens, start.saturating_sub(4).max(clause.range.start.min(start))..start) {
        return None;
    }
    Some(Telling {
        words: at..end,
        part: clause.range.start..clause.range.end.max(after.min(tokens.len())),
        arrived: !measured && mood == Mood::Planned && arrived(tokens, &governor, &clause),
        beside: relative(tokens, &(end..clause.range.end))
            .filter(|_| matches!(governor, Governor::Subject))
            .map_or(0, |r| r.end),
        named: if same { actors.len() } else { parties },
        actors,
        mood,
        opens: clause.opens,
        manner: if phone { Manner::Phone } else { Manner::Room },
        firm,
        silent: vague,
        definite: stated || phrase.definite && given.is_empty() && !owned && !again && !sited,
        spoken: false,
        formal,
        event,
        loose,
        again,
        apart: false,
        noun: Some(phrase.range.clone()),
        rule: match governor {
            Governor::Object(..) => "they hold talks",
            Governor::Adjunct(_) => "at or after talks",
            Governor::Subject => "talks take place",
        },
    })
}

/// "A to speak for the bloc at talks with B": a headline's infinitive right after a name is to come.
fn heads_for(cast: &Cast<'_, '_>, before: Range<usize>) -> bool {
    let (sentence, tokens) = (cast.sentence, &cast.sentence.tokens);
    let verb = |t: &Token<'_>| !t.cap && !t.punct && !t.is(&["the", "a", "an", "his", "her", "their"]);
    sentence.title
        && before.into_iter().any(|i| {
            tokens[i].low == "to"
                && i > 0
                && sentence.name_at(i - 1).is_some_and(|n| n.stands == Stands::Actor)
                && tokens.get(i + 1).is_some_and(verb)
        })
}

/// "to talk", "will visit", "meeting the minister" are verbs.
fn not_a_noun(cast: &Cast<'_, '_>, at: usize, len: usize) -> bool {
    let tokens = &cast.sentence.tokens;
    let before = at.checked_sub(1).and_then(|i| tokens.get(i));
    let base = !tokens[at].low.ends_with('s') && tokens[at].low != "meeting";
    // "sit down" is no "sit-down".
    if tokens[at].low == "sit" && len == 2 && !tokens[at + 1].joined {
        return true;
    }
    // "a call for talks" is a wish, "a call for two hours" none.
    let wish = tokens[at].is(&["call", "calls"])
        && tokens.get(at + 1).is_some_and(|t| t.low == "for")
        && !WORDS.section("nouns measure").any(tokens, at + 2..(at + 6).min(tokens.len()));
    if wish {
        return true;
    }
    len == 1
        && (base
            && before.is_some_and(|t| {
                t.is(&["to", "will", "not", "we", "they", "i", "you", "can", "could", "would"])
            })
            || tokens[at].low == "meeting" && sense::gerund(cast, at)
            || tokens[at].low == "talks" && before.is_some_and(|t| t.is(&["he", "she", "it", "who"])))
}

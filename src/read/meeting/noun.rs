//! Encounters told by a noun: "A and B held talks", "A's meeting with B", "talks between A and B collapsed".

use std::ops::Range;

use super::WORDS;
use super::cast::Cast;
use super::mood::{self, Mood};
use super::part;
use super::party::{self, Party, Sort};
use super::phrase::{Phrase, complements, phrase};
use super::predicate::{adjunct, predicate, put_off, relative};
use super::sense;
use super::telling::{Manner, Telling};
use crate::model::ActorRole;
use crate::read::document::Token;
use crate::read::frame::{self, Clause};
use crate::read::lexicon::Form;
use crate::read::names::Stands;

/// Prepositions under which a meeting may stand.
const PREPOSITIONS: &[&str] = &[
    "at",
    "after",
    "during",
    "in",
    "for",
    "to",
    "into",
    "before",
    "of",
    "from",
    "on",
    "following",
    "about",
    "amid",
    "by",
    "over",
    "with",
];

/// Verbs whose object is spoken to.
const TOLD: &[&str] =
    &["told", "urged", "assured", "warned", "asked", "thanked", "reminded", "informed", "congratulated"];

/// What governs the phrase.
enum Place {
    /// The object of a verb at a token.
    Object(usize, Form),
    /// After a preposition at a token.
    Adjunct(usize),
    /// The subject, or a headline's only noun.
    Subject,
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
    let phone = WORDS.section("by phone").any(tokens, phrase.range.start..(end + 4).min(tokens.len()));
    let mut owners = phrase.owners.clone();
    owners.sort_unstable();
    let mut own: Vec<&Party> = owners.iter().map(|&i| &cast.parties[i]).collect();
    let (given, joined, after) = complements(cast, end, clause.range.end.max(end));
    let ringing = phone;
    let phone = phone || tokens[at].is(&["call", "calls"]);
    let formal = WORDS.section("formal").any(tokens, phrase.range.start..at);
    let firm = strong.is_some() || ringing || formal;
    let event = firm || WORDS.section("nouns event").at(tokens, at).is_some();
    let place = governor(cast, &phrase, &clause);
    let mut mood = status(cast, &phrase, &place, &clause, after);
    // "went to a hotel for a two-hour discussion": its length is told.
    let measured = WORDS.section("nouns measure").any(tokens, phrase.range.start..at)
        && ["hour", "minute"]
            .iter()
            .any(|m| tokens[phrase.range.start..at].iter().any(|t| t.low.starts_with(m)));
    if measured && mood == Some(Mood::Planned) && arrived(tokens, &place, &clause) {
        mood = Some(Mood::Done);
    }
    if matches!(mood, None | Some(Mood::Done)) && heads_for(cast, clause.range.start..phrase.range.start) {
        mood = Some(Mood::Planned);
    }
    let closed = joined && given.len() + own.len() > 1
        || phrase.compound && own.len() > 1
        || joined && given.iter().any(|p| p.plural) && !matches!(place, Place::Object(..));
    let mut agents: Vec<&Party> = Vec::new();
    let owned = !phrase.owners.is_empty();
    if own.is_empty() && !closed || own.len() < 2 && given.is_empty() && !phrase.compound {
        agents = agent(cast, &phrase, &place, &clause, after, given.is_empty());
        if !firm && !event && !matches!(place, Place::Object(..)) && given.is_empty() {
            agents.clear();
        }
    }
    // "details of the talks", told by officials: who tells of them is no party.
    let known = phrase.definite && given.is_empty() && !owned && !cast.met.is_empty();
    if known && matches!(place, Place::Adjunct(_)) && agents.iter().all(|a| a.sort == Sort::Role) {
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
    let beside = matches!(place, Place::Adjunct(i) if tokens[i].is(&["in", "of", "on", "about", "over"]));
    // "met B on negotiations with C": what the encounter before it is about.
    let matter = (clause.range.start..phrase.range.start).any(|i| part::is_encounter(sentence, i));
    let loose = bare && (!firm && !linked || mood.is_none() && !phrase.definite)
        || beside && (given.is_empty() || matter);
    // "A's jets bomb camp hours before talks": the talks only tell when.
    let timed = matches!(place, Place::Adjunct(i) if i > 0
        && tokens[i].low == "before"
        && tokens[i - 1].is(&["hours", "minutes", "days", "day", "weeks"]));
    if timed && sentence.title && given.is_empty() && parties < 2 {
        return None;
    }
    let vague = mood.is_none() || beside && given.is_empty();
    let mood = mood.unwrap_or(Mood::Done);
    // "a call for talks with B"
    // "whether Friday's meeting of A and B could go ahead": the meeting has its day.
    let dayed = (phrase.range.start..at).any(|i| {
        tokens[i].cap && crate::read::dates::is_day_word(&tokens[i].low) && tokens[i + 1].low == "'s"
    });
    let mood = if dayed && mood == Mood::Maybe { Mood::Planned } else { mood };
    let condition = mood::condition(tokens, &clause, at) && !dayed;
    if condition
        || mood::wished(
            tokens,
            phrase.range.start.saturating_sub(4).max(clause.range.start.min(phrase.range.start))
                ..phrase.range.start,
        )
    {
        return None;
    }
    Some(Telling {
        words: at..end,
        part: clause.range.start..clause.range.end.max(after.min(tokens.len())),
        arrived: !measured && mood == Mood::Planned && arrived(tokens, &place, &clause),
        beside: relative(tokens, &(end..clause.range.end))
            .filter(|_| matches!(place, Place::Subject))
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
        rule: match place {
            Place::Object(..) => "they hold talks",
            Place::Adjunct(_) => "at or after talks",
            Place::Subject => "talks take place",
        },
    })
}

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

/// What governs the phrase: the verb whose object it is, a preposition, or nothing.
fn governor(cast: &Cast<'_, '_>, phrase: &Phrase, clause: &Clause) -> Place {
    let tokens = &cast.sentence.tokens;
    let start = phrase.range.start;
    let floor = clause.range.start;
    for i in (floor..start).rev().take(7) {
        let token = &tokens[i];
        if token.punct && token.low != "\"" && token.low != "'s" {
            break;
        }
        for section in ["verbs light", "verbs off", "verbs plan", "verbs wish", "verbs refuse"] {
            if let Some(m) = WORDS.section(section).at(tokens, i)
                && cast.sentence.name_at(i).is_none()
            {
                return Place::Object(i, m.form);
            }
        }
        let off = token.is(&["of", "from", "in", "at"]).then(|| {
            (i.saturating_sub(3)..i).find_map(|v| {
                let part = WORDS.section("verbs take part").at(tokens, v).filter(|m| v + m.len == i);
                let m = part.or_else(|| WORDS.section("verbs off").at(tokens, v))?;
                (v + m.len >= i).then_some(Place::Object(v, m.form))
            })
        });
        if let Some(object) = off.flatten() {
            return object;
        }
        // "plan to go ahead with talks"
        let ahead = (i.saturating_sub(2)..i).find_map(|v| {
            let m = WORDS.section("verbs light").at(tokens, v)?;
            let with = m.len == 2 && v + m.len >= i && token.low == "with";
            with.then_some(Place::Object(v, m.form))
        });
        if let Some(object) = ahead {
            return object;
        }
        // "met on Friday and another round is planned": a subject of its own.
        if token.low == "and" && i > floor && i + 1 == start && fresh(tokens, start) {
            // "called off his trip and the meeting with A": the verb holds for both.
            let off = (floor.max(i.saturating_sub(9))..i)
                .find_map(|v| WORDS.section("verbs off").at(tokens, v).map(|m| Place::Object(v, m.form)));
            let own = (phrase.end..clause.range.end.min(phrase.end + 8)).any(|k| {
                tokens[k].is(&["was", "were", "will", "is", "are", "has", "have"])
                    || WORDS.section("verbs run").at(tokens, k).is_some_and(|m| m.form == Form::Past)
            });
            return off.filter(|_| !own).unwrap_or(Place::Subject);
        }
        if token.is(PREPOSITIONS) {
            return Place::Adjunct(i);
        }
        let light = token.is(&["a", "the", "an", "new", "further", "first", "second", "third"]);
        if cast.at(i).is_some() && !light {
            break;
        }
    }
    let governs = clause
        .opens
        .is_some_and(|w| !matches!(w, "as" | "while" | "when" | "because" | "but" | "although" | "though"));
    if governs && start == floor && start > 0 {
        return Place::Adjunct(start - 1);
    }
    Place::Subject
}

/// Who acts: the subject of the governing verb, or of the sentence where talks are only spoken of beside it.
fn agent<'c>(
    cast: &'c Cast<'_, '_>,
    phrase: &Phrase,
    place: &Place,
    clause: &Clause,
    after: usize,
    lone: bool,
) -> Vec<&'c Party> {
    let tokens = &cast.sentence.tokens;
    let floor = clause.range.start;
    let near = |list: Vec<&'c Party>, to: usize, reach: usize| {
        let close = list.last().is_some_and(|p| p.last + reach >= to);
        if close { list } else { Vec::new() }
    };
    match place {
        Place::Object(verb, form) => {
            let (_, group) = mood::of_verb(tokens, *verb, *form, floor);
            let subject = near(cast.subject(group, floor), group, 14);
            if subject.is_empty() && floor > 0 { cast.subject(floor, 0) } else { subject }
        }
        Place::Adjunct(at) => {
            let before = cast.subject(*at, floor);
            let apart = !tokens[*at].is(&["after", "following", "during", "before", "at"]);
            let told = before.last().is_some_and(|p| {
                apart && (p.last..*at).any(|i| WORDS.section("verbs speech").at(tokens, i).is_some())
            });
            if told {
                return sent(cast, *at, floor).unwrap_or_default();
            }
            // "A asked B, in a phone call, to open the border"
            if let [one] = before[..]
                && lone
                && WORDS.section("by phone").any(tokens, phrase.range.start..phrase.end)
                && tokens.get(one.last).is_some_and(|t| t.is(TOLD))
            {
                let whom = cast.right(one.last + 1).0.into_iter().filter(|p| p.sort == Sort::Named);
                return std::iter::once(one).chain(whom).collect();
            }
            if !before.is_empty() {
                return sent(cast, *at, floor).unwrap_or(before);
            }
            let around = cast.subject(floor, 0);
            if !around.is_empty() || floor > 1 {
                return around;
            }
            // "In talks with A, B agreed", "In a call, A told B": the subject comes later.
            let Some(first) = cast.parties.iter().find(|p| {
                // "After talks in Lima, A and B": the place is none of them.
                let sited = p.first > 0
                    && tokens[p.first - 1].is(&["in", "at", "near"])
                    && tokens.get(p.last).is_some_and(|t| t.low == ",");
                p.first >= after
                    && !sited
                    && tokens.get(p.first.saturating_sub(1)).is_none_or(|t| !t.is(&["with", "of"]))
            }) else {
                return Vec::new();
            };
            let mut list = cast.right(first.first).0;
            if lone && tokens.get(first.last).is_some_and(|t| t.is(TOLD)) {
                list.extend(cast.right(first.last + 1).0.into_iter().filter(|p| p.sort == Sort::Named));
            }
            list
        }
        Place::Subject => {
            let _ = phrase;
            Vec::new()
        }
    }
}

/// "sent A to Nova for talks": the one sent takes part, not the sender.
fn sent<'c>(cast: &'c Cast<'_, '_>, at: usize, floor: usize) -> Option<Vec<&'c Party>> {
    let tokens = &cast.sentence.tokens;
    let verb = (floor..at).rev().find(|&i| WORDS.section("verbs send").at(tokens, i).is_some())?;
    let (list, _) = cast.right(verb + 1);
    (!list.is_empty()).then_some(list)
}

/// The reality of an encounter told by a noun.
fn status(
    cast: &Cast<'_, '_>,
    phrase: &Phrase,
    place: &Place,
    clause: &Clause,
    after: usize,
) -> Option<Mood> {
    let tokens = &cast.sentence.tokens;
    let modifiers = phrase.range.start..phrase.head;
    let has = |section: &str, range: Range<usize>| WORDS.section(section).any(tokens, range);
    let none =
        tokens[phrase.range.start.saturating_sub(1)..phrase.head].iter().any(|t| t.is(&["no", "without"]));
    let tail = phrase.end..clause.range.end.min(phrase.end.max(after) + 16);
    let tail =
        tail.start..tail.end.max(relative(tokens, &tail).map_or(0, |r| (r.end + 12).min(clause.range.end)));
    let said = |r: Range<usize>| {
        r.start..r.clone().find(|&i| tokens[i].is(&["said", "says", "told", ";"])).unwrap_or(r.end)
    };
    let tail = said(tail);
    let off_after = has("cancelled", tail.clone()) && !tail.clone().any(|i| put_off(tokens, i));
    let mut mood = match place {
        Place::Object(verb, form) => {
            let (mood, _) = mood::of_verb(tokens, *verb, *form, clause.range.start);
            let is = |section: &str| WORDS.section(section).at(tokens, *verb).is_some();
            if is("verbs off") {
                let spared = matches!(mood, Mood::Unreal | Mood::Denied | Mood::Maybe);
                if spared || delayed(tokens, *verb, tail.clone()) { Mood::Planned } else { Mood::Off }
            } else if tokens[*verb].low.starts_with("threaten") {
                // "threatens the talks due on Monday": they are in danger, and still to be.
                Mood::Planned
            } else if is("verbs wish") {
                Mood::Unreal
            } else if is("verbs refuse") {
                // "ruled out talks with B": none was to be, unless they had a day.
                let dayed = tokens[modifiers.clone()].iter().any(|t| t.low == "'s") || phrase.definite;
                if dayed { Mood::Denied } else { Mood::Unreal }
            } else if is("verbs plan") {
                // "confirms the beginning of talks"
                let begun = ["confirm", "announce"].iter().any(|w| tokens[*verb].low.starts_with(w))
                    && tokens[modifiers.clone()]
                        .iter()
                        .any(|t| t.is(&["beginning", "start", "end", "close", "opening", "conclusion"]));
                if begun {
                    mood
                } else if matches!(mood, Mood::Unreal | Mood::Denied) {
                    Mood::Denied
                } else {
                    Mood::Planned
                }
            } else if mood == Mood::Denied && is("verbs take part") {
                // "would not attend the meeting"
                Mood::Off
            } else {
                mood
            }
        }
        // "the cancellation of Wednesday's meeting"
        Place::Adjunct(at)
            if tokens[*at].low == "of"
                && *at > 0
                && tokens[at - 1].is(&["cancellation", "postponement", "suspension", "scrapping"]) =>
        {
            Mood::Off
        }
        Place::Adjunct(at) => adjunct(tokens, *at, clause),
        Place::Subject => predicate(tokens, tail.clone()).unwrap_or(Mood::Done),
    };
    // "a meeting of A and B would be hard to arrange"
    let any = tokens[phrase.range.start].is(&["a", "an", "any", "such"]) && matches!(place, Place::Subject);
    let would = tail.clone().find(|&i| tokens[i].low == "would");
    if let Some(i) = would.filter(|_| any && mood == Mood::Planned)
        && !(i + 1..i + 5).any(|k| WORDS.section("verbs run").at(tokens, k).is_some())
    {
        mood = Mood::Maybe;
    }
    let silent = matches!(place, Place::Subject) && predicate(tokens, tail.clone()).is_none();
    if !matches!(place, Place::Object(..)) && off_after {
        mood = Mood::Off;
    }
    if matches!(mood, Mood::Done | Mood::Now)
        && (has("planned before", modifiers.clone())
            || has("planned after", tail.clone()) && matches!(place, Place::Adjunct(_)))
    {
        mood = Mood::Planned;
    }
    let start = phrase.range.start;
    let no_plan = (start.saturating_sub(5)..start).any(|i| {
        tokens[i].is(&["no", "any"])
            && tokens.get(i + 1).is_some_and(|t| t.is(&["plan", "plans", "intention", "talk", "question"]))
    });
    if no_plan {
        return Some(Mood::Unreal);
    }
    if mood::denied(tokens, clause.range.start..start)
        && matches!(mood, Mood::Done | Mood::Now | Mood::Before)
    {
        mood = Mood::Denied;
    }
    if has("possible", modifiers) && mood != Mood::Off {
        mood = Mood::Maybe;
    }
    if none {
        mood = match mood {
            Mood::Planned => Mood::Denied,
            _ if has("planned after", tail) => Mood::Denied,
            // "No Lima summit: A pulls out"
            _ if cast.sentence.title
                && ["verbs off", "cancelled"].iter().any(|s| has(s, phrase.end..tokens.len())) =>
            {
                Mood::Off
            }
            _ => Mood::Unreal,
        };
    }
    (!silent || !matches!(mood, Mood::Done | Mood::Now)).then_some(mood)
}

/// Whether a noun phrase begins with words of its own ("another round", "the second session").
fn fresh(tokens: &[Token<'_>], start: usize) -> bool {
    let article = tokens[start].is(&["a", "an", "the", "another", "their", "his", "her", "its"]);
    article || WORDS.section("again").at(tokens, start).is_some()
}

/// "put off the talks by two days", "delayed the summit until after the vote": it is still to be.
fn delayed(tokens: &[Token<'_>], verb: usize, tail: Range<usize>) -> bool {
    WORDS.section("moved").at(tokens, verb).is_some()
        && tail.into_iter().any(|i| {
            let some = tokens
                .get(i + 2)
                .is_some_and(|t| WORDS.section("nouns measure").has(t.low.trim_end_matches('s')));
            tokens[i].is(&["until", "till"]) || tokens[i].low == "by" && some
        })
}

/// "came on Sunday for talks": the past verb of going before them.
fn arrived(tokens: &[Token<'_>], place: &Place, clause: &Clause) -> bool {
    let Place::Adjunct(at) = place else { return false };
    tokens[*at].is(&["for", "to", "into"])
        && (clause.range.start.min(*at)..*at).rev().take(12).any(|i| {
            ["verbs go", "verbs send"]
                .iter()
                .any(|s| WORDS.section(s).at(tokens, i).is_some_and(|m| m.form == Form::Past))
        })
}

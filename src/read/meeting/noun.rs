//! Encounters told by a noun: "A and B held talks", "A's meeting with B", "talks between A and B collapsed".

use std::ops::Range;

use super::WORDS;
use super::mood::{self, Mood};
use super::party::{self, Cast, Party, Sort};
use super::telling::{Manner, Telling};
use super::verb;
use crate::model::{ActorRole, PlaceLevel};
use crate::read::document::Token;
use crate::read::frame::{self, Clause};
use crate::read::lexicon::Form;
use crate::read::names::Stands;
use crate::read::places::PlaceUse;
use crate::read::text;

/// A noun of an encounter with what stands before it.
struct Phrase {
    /// From its first modifier on.
    range: Range<usize>,
    /// The noun's first token.
    head: usize,
    /// After the noun.
    end: usize,
    definite: bool,
    owners: Vec<usize>,
    /// "A-B talks".
    compound: bool,
}

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
pub fn find(cast: &Cast<'_, '_>, at: usize) -> Option<Telling> {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let strong = WORDS.section("nouns").at(tokens, at);
    let linked = WORDS.section("nouns linked").at(tokens, at);
    let round = WORDS.section("nouns round").at(tokens, at).filter(|_| {
        !cast.pair.is_empty()
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
    let mood = status(cast, &phrase, &place, &clause, after);
    let closed = joined && given.len() + own.len() > 1
        || phrase.compound && own.len() > 1
        || joined && given.iter().any(|p| p.plural) && !matches!(place, Place::Object(..));
    let mut agents: Vec<&Party> = Vec::new();
    if own.is_empty() && !closed || own.len() < 2 && given.is_empty() && !phrase.compound {
        agents = agent(cast, &phrase, &place, &clause, after);
        if !firm && !event && !matches!(place, Place::Object(..)) && given.is_empty() {
            agents.clear();
        }
    }
    agents.retain(|a| !given.iter().chain(&own).any(|p| p.first == a.first));
    if !own.is_empty() && agents.iter().any(|a| a.sort == Sort::Role && !a.plural) {
        agents.clear();
    }
    if let Some(his) = cast.his(phrase.range.start) {
        agents = vec![his];
    }
    let mut all = agents;
    all.append(&mut own);
    let owned = !phrase.owners.is_empty();
    // "A third round will begin", "the next meeting": of those who met before.
    let again = WORDS.section("again").any(tokens, phrase.range.start..end);
    all.extend(given.iter());
    let mut actors = party::actors(&all);
    let same = again && all.iter().all(|p| p.sort == Sort::Role && !owned);
    if same && !cast.pair.is_empty() {
        actors.clone_from(&cast.pair);
    }
    // "It was the third meeting between them", "would be the first encounter": said of one told before.
    let stated = phrase.range.start > 0
        && tokens[phrase.range.start - 1].is(&["is", "was", "were", "be", "been", "are"]);
    let sited = tokens.get(end).is_some_and(|t| t.is(&["in", "at"]))
        && sentence.places.iter().any(|p| (end + 1..end + 4).contains(&sentence.token_at(p.range.start)));
    let parties = all.iter().filter(|p| p.sort != Sort::Role).count();
    let follows = again && !cast.pair.is_empty();
    let bare = given.is_empty() && !follows;
    let linked = phrase.compound && owned || parties > 1;
    let beside = matches!(place, Place::Adjunct(i) if tokens[i].is(&["in", "of", "on", "about", "over"]));
    let loose =
        bare && (!firm && !linked || mood.is_none() && !phrase.definite) || beside && given.is_empty();
    let mood = mood.unwrap_or(Mood::Done);
    // "a call for talks with B"
    let condition = (clause.range.start..at).any(|i| tokens[i].is(&["if", "whether", "unless"]))
        || matches!(clause.opens, Some("if" | "unless"));
    if condition || mood::wished(tokens, phrase.range.start.saturating_sub(4)..phrase.range.start) {
        return None;
    }
    Some(Telling {
        words: at..end,
        part: clause.range.start..clause.range.end.max(after.min(tokens.len())),
        agreed: match place {
            Place::Object(verb, _) if WORDS.section("verbs decide").at(tokens, verb).is_some() => verb,
            _ => 0,
        },
        arrived: arrived(tokens, &place, &clause),
        beside: relative(tokens, &(end..clause.range.end))
            .filter(|_| matches!(place, Place::Subject))
            .map_or(0, |r| r.end),
        named: if same { actors.len() } else { parties },
        actors,
        mood,
        opens: clause.opens,
        manner: if phone { Manner::Phone } else { Manner::Room },
        firm,
        definite: stated || phrase.definite && given.is_empty() && !owned && !again && !sited,
        spoken: false,
        formal,
        event,
        loose,
        noun: Some(phrase.range.clone()),
        rule: match place {
            Place::Object(..) => "they hold talks",
            Place::Adjunct(_) => "at or after talks",
            Place::Subject => "talks take place",
        },
    })
}

/// "to talk", "will visit", "meeting the minister" are verbs.
fn not_a_noun(cast: &Cast<'_, '_>, at: usize, len: usize) -> bool {
    let tokens = &cast.sentence.tokens;
    let before = at.checked_sub(1).and_then(|i| tokens.get(i));
    let base = !tokens[at].low.ends_with('s') && tokens[at].low != "meeting";
    len == 1
        && (base
            && before.is_some_and(|t| {
                t.is(&["to", "will", "not", "we", "they", "i", "you", "can", "could", "would"])
            })
            || tokens[at].low == "meeting" && verb::gerund(cast, at)
            || tokens[at].low == "talks" && before.is_some_and(|t| t.is(&["he", "she", "it", "who"])))
}

/// The noun with its modifiers, owners and measures ("two days of A's peace talks").
fn phrase(cast: &Cast<'_, '_>, at: usize, end: usize) -> Phrase {
    let sentence = cast.sentence;
    let tokens = &sentence.tokens;
    let mut found =
        Phrase { range: at..end, head: at, end, definite: false, owners: Vec::new(), compound: false };
    let mut left = at;
    let mut loose = 0;
    while left > 0 {
        let token = &tokens[left - 1];
        if let Some(i) = cast.parties.iter().rposition(|p| p.last == left) {
            let party = &cast.parties[i];
            let owner = tokens.get(left).is_some_and(|t| t.low == "'s");
            let joined = tokens.get(left).is_some_and(|t| t.joined) || tokens[party.first].joined;
            let people = party.sort == Sort::Role && left == at;
            if owner || joined {
                found.owners.push(i);
                found.compound |= joined;
                left = party.first;
                // "A, B and C's talks", "A-B talks"
                while let Some(more) =
                    cast.parties[..i].iter().rposition(|p| p.last <= left).filter(|_| i > 0)
                {
                    let between = &tokens[cast.parties[more].last..left];
                    let linked = between.is_empty()
                        || between.len() <= 2 && between.iter().all(|t| t.is(&["and", ",", "&", "the"]));
                    if !linked || found.owners.contains(&more) || between.is_empty() && !tokens[left].joined {
                        break;
                    }
                    found.owners.push(more);
                    left = cast.parties[more].first;
                }
                if owner {
                    found.range.start = left;
                    return found;
                }
                continue;
            }
            if people || party.sort == Sort::Named && party.actors.iter().all(|a| a.role == ActorRole::Group)
            {
                // "the leaders' summit", "foreign ministers meeting"
                found.owners.push(i);
                left = party.first;
                continue;
            }
            if party.sort == Sort::Before || party.actors.iter().any(|a| a.role == ActorRole::Person) {
                break;
            }
            let seat = sentence.places.iter().any(|p| sentence.token_at(p.range.start) == party.first)
                && crate::read::gazetteer::seat(sentence.slice(party.first, party.last)).is_some();
            // "the Geneva talks" are talks in a city, "Mercosur talks" are of a body.
            let city = left == at
                && sentence.places.iter().any(|p| {
                    sentence.token_at(p.range.start) == party.first
                        && p.use_ != PlaceUse::Demonym
                        && p.place.level == PlaceLevel::City
                })
                && party.last == party.first + 1;
            if seat || city {
                left = party.first;
                continue;
            }
            if party.sort == Sort::Named && left == at && !token.punct {
                // "EU summit", "Mercosur talks"
                found.owners.push(i);
                found.compound = true;
                left = party.first;
                continue;
            }
            break;
        }
        if let Some(name) = sentence.name_at(left - 1) {
            // "the Geneva talks", "a Kenyan meeting"
            if name.stands == Stands::Actor && name.actor.role == ActorRole::Person {
                break;
            }
            left = name.first;
            continue;
        }
        let weekday = token.cap && crate::read::dates::is_day_word(&token.low);
        if token.is(&["his", "her", "their"]) {
            left -= 1;
            break;
        }
        if token.is(&[
            "the", "this", "that", "these", "those", "a", "an", "both", "no", "any", "another", "its",
            "such", "some",
        ]) {
            found.definite = token.is(&["the", "this", "that", "these", "those", "both"]);
            left -= 1;
            break;
        }
        if token.low == "of" && left >= 2 && WORDS.section("nouns measure").at(tokens, left - 2).is_some() {
            left -= 2;
            continue;
        }
        if token.low == "'s" || token.low == "\"" || weekday {
            left -= 1;
            continue;
        }
        let verb = [
            "verbs light",
            "verbs off",
            "verbs plan",
            "verbs meet",
            "verbs wish",
            "verbs refuse",
            "verbs speech",
        ]
        .iter()
        .any(|s| WORDS.section(s).at(tokens, left - 1).is_some_and(|m| m.len == 1))
            && !WORDS.section("modifiers").has(&token.low);
        if token.punct
            || verb
            || text::is_stop_word(&token.low) && !WORDS.section("modifiers").has(&token.low)
            || loose > 5
        {
            break;
        }
        loose += 1;
        left -= 1;
    }
    found.range.start = left;
    let their = tokens.get(left).filter(|_| left < at);
    if their.is_some_and(|t| t.is(&["his", "her", "their"])) {
        found.definite = true;
    }
    found
}

/// "with A and B", "between A and B", "of A and B": the parties, whether they are all, and where they end.
fn complements<'c>(cast: &'c Cast<'_, '_>, end: usize, limit: usize) -> (Vec<&'c Party>, bool, usize) {
    let tokens = &cast.sentence.tokens;
    let mut at = end;
    let mut matter = false;
    while at < limit.min(end + 14) {
        let token = &tokens[at];
        let all = token.is(&["between", "involving", "among"]) || token.low == "of" && at == end;
        if token.low == "with" || all && !matter {
            let (list, after) = cast.right(at + 1);
            if !list.is_empty() {
                return (list, all, after);
            }
        }
        matter |= token.is(&["on", "over", "about", "to", "discuss", "aimed", "regarding", "concerning"]);
        let ends = token.punct && !token.is(&[",", "'s", "\""])
            || token.is(&[
                "said", "says", "who", "will", "was", "were", "is", "are", "has", "have", "had", "that",
                "and", "but",
            ]);
        if ends {
            break;
        }
        at += 1;
    }
    (Vec::new(), false, end)
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
        let off = token.is(&["of", "from"]).then(|| {
            (i.saturating_sub(3)..i).find_map(|v| {
                let m = WORDS.section("verbs off").at(tokens, v)?;
                (v + m.len >= i).then_some(Place::Object(v, m.form))
            })
        });
        if let Some(object) = off.flatten() {
            return object;
        }
        if token.is(PREPOSITIONS) {
            return Place::Adjunct(i);
        }
        let light = token.is(&["a", "the", "an", "new", "further", "first", "second", "third"]);
        if cast.at(i).is_some() && !light {
            break;
        }
    }
    if clause.opens.is_some() && start == floor && start > 0 {
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
            if !before.is_empty() {
                return sent(cast, *at, floor).unwrap_or(before);
            }
            let around = cast.subject(floor, 0);
            if !around.is_empty() || floor > 1 {
                return around;
            }
            // "In talks with A, B agreed", "In a call, A told B": the subject comes later.
            let Some(first) = cast.parties.iter().find(|p| {
                p.first >= after
                    && tokens.get(p.first.saturating_sub(1)).is_none_or(|t| !t.is(&["with", "of"]))
            }) else {
                return Vec::new();
            };
            let mut list = vec![first];
            if tokens.get(first.last).is_some_and(|t| {
                t.is(&[
                    "told",
                    "urged",
                    "assured",
                    "warned",
                    "asked",
                    "thanked",
                    "reminded",
                    "informed",
                    "congratulated",
                ])
            }) {
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
    let off_after = has("cancelled", tail.clone());
    let mut mood = match place {
        Place::Object(verb, form) => {
            let (mood, _) = mood::of_verb(tokens, *verb, *form, clause.range.start);
            let is = |section: &str| WORDS.section(section).at(tokens, *verb).is_some();
            if is("verbs off") {
                let spared = matches!(mood, Mood::Unreal | Mood::Denied | Mood::Maybe);
                if spared { Mood::Planned } else { Mood::Off }
            } else if is("verbs wish") {
                Mood::Unreal
            } else if is("verbs refuse") {
                Mood::Denied
            } else if is("verbs plan") {
                if matches!(mood, Mood::Unreal | Mood::Denied) { Mood::Denied } else { Mood::Planned }
            } else if mood == Mood::Denied && is("verbs take part") {
                // "would not attend the meeting"
                Mood::Off
            } else {
                mood
            }
        }
        Place::Adjunct(at) => adjunct(tokens, *at, clause),
        Place::Subject => predicate(tokens, tail.clone()).unwrap_or(Mood::Done),
    };
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
    if no_plan
        || mood::denied(tokens, clause.range.start..start)
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
            _ if cast.sentence.title => Mood::Off,
            _ => Mood::Unreal,
        };
    }
    (!silent || !matches!(mood, Mood::Done | Mood::Now)).then_some(mood)
}

/// "after talks" are over, "ahead of talks" and "flew out for talks" are to come, "at talks" are as the rest is.
fn adjunct(tokens: &[Token<'_>], at: usize, clause: &Clause) -> Mood {
    let word = tokens[at].low.as_str();
    let ahead = word == "of" && at > 0 && tokens[at - 1].low == "ahead";
    let before = clause.range.start.min(at)..at;
    let goes = before.clone().rev().take(12).any(|i| {
        WORDS.section("verbs go").at(tokens, i).is_some()
            || WORDS.section("verbs send").at(tokens, i).is_some()
            || WORDS.section("verbs plan").at(tokens, i).is_some()
    });
    let will = before.rev().take(12).any(|i| {
        tokens[i].is(&["will", "would", "'ll"])
            || tokens[i].low == "to"
                && i > 0
                && tokens[i - 1].is(&["is", "are", "due", "set", "expected", "scheduled"])
    });
    match word {
        _ if ahead => Mood::Planned,
        "before" => Mood::Planned,
        "for" | "to" | "into" if goes => Mood::Planned,
        "for" => Mood::Planned,
        "after" | "following" | "from" | "by" => Mood::Done,
        _ if will => Mood::Planned,
        "to" => Mood::Planned,
        _ => Mood::Done,
    }
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

/// A relative clause between commas right at the beginning of a stretch.
fn relative(tokens: &[Token<'_>], range: &Range<usize>) -> Option<Range<usize>> {
    let which = range.clone().find(|&i| tokens[i].is(&["which", "who", "where"]))?;
    let comma = which > 0 && tokens[which - 1].low == ",";
    let end = (which..range.end).find(|&i| tokens[i].low == ",")?;
    comma.then_some(which..end + 1)
}

/// What is said of talks that are the subject.
fn predicate(tokens: &[Token<'_>], whole: Range<usize>) -> Option<Mood> {
    // ", which were to have begun on Tuesday," says what no longer holds, or is beside the point.
    let tail = relative(tokens, &whole).map_or(whole.start, |r| r.end)..whole.end;
    let negated = tail.clone().any(|i| tokens[i].is(&["not", "never", "n't"]));
    for i in tail {
        let next = tokens.get(i + 1);
        if WORDS.section("moved").at(tokens, i).is_some() {
            return Some(Mood::Planned);
        }
        match tokens[i].low.as_str() {
            "will" | "would" => return Some(if negated { Mood::Off } else { Mood::Planned }),
            "may" | "might" | "could" => return Some(Mood::Maybe),
            "is" | "are"
                if next.is_some_and(|t| t.is(&["to", "due", "set", "planned", "scheduled", "expected"])) =>
            {
                return Some(if negated { Mood::Denied } else { Mood::Planned });
            }
            "was" | "were" | "had"
                if next.is_some_and(|t| {
                    t.is(&["to", "due", "set", "planned", "scheduled", "expected", "been"])
                }) =>
            {
                let planned = tokens[i + 1..]
                    .iter()
                    .take(4)
                    .any(|t| t.is(&["to", "due", "set", "planned", "scheduled", "expected"]));
                if planned {
                    let perfect = tokens[i + 1..].iter().take(5).any(|t| t.low == "have");
                    return Some(if perfect { Mood::Off } else { Mood::Planned });
                }
            }
            "to" if next.is_some_and(|t| {
                t.is(&["take", "be", "begin", "start", "resume", "open", "continue", "go", "focus"])
            }) =>
            {
                return Some(Mood::Planned);
            }
            "planned" | "scheduled" | "due" | "set" | "expected" | "slated" | "pencilled" | "fixed"
            | "arranged" => {
                return Some(if negated { Mood::Denied } else { Mood::Planned });
            }
            "took" | "began" | "begin" | "begins" | "started" | "start" | "starts" | "ended" | "end"
            | "ends" | "opened" | "opens" | "open" | "collapsed" | "collapse" | "lasted" | "resumed"
            | "resume" | "held" | "concluded" | "broke" | "failed" | "was" | "were" | "is" | "are" => {
                if negated {
                    return Some(Mood::Off);
                }
                return Some(Mood::Done);
            }
            _ => {}
        }
    }
    None
}

//! What the frames of all kinds share: clauses, lists of actors, day and place, status, evidence, joining.

use std::ops::Range;

use chrono::{Days, NaiveDate};

use super::dates::{DateHit, DateRole, Direction};
use super::document::{Document, Sentence, Token};
use super::names::{Name, Stands};
use super::places::PlaceUse;
use super::text;
use crate::model::{Actor, ActorRole, Kind, Mention, Place, PlaceLevel, Precision, Status, When};

/// Longest evidence, in words.
const MAX_EVIDENCE: usize = 60;

/// A part of a sentence with one predicate, and the word that opens it.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Its tokens.
    pub range: Range<usize>,
    /// The conjunction or preposition that opens it ("after").
    pub opens: Option<&'static str>,
}

const OPENERS: &[&str] = &[
    "after",
    "before",
    "while",
    "when",
    "amid",
    "following",
    "because",
    "although",
    "though",
    "but",
    "since",
    "until",
    "despite",
    "as",
    "ahead",
    "whereas",
    "if",
    "unless",
    "followed",
    "follows",
    "follow",
];

/// The clause around a token.
pub fn clause(sentence: &Sentence<'_>, at: usize) -> Clause {
    let tokens = &sentence.tokens;
    let mut first = at;
    let mut opens = None;
    while first > 0 {
        let left = &tokens[first - 1];
        if let Some(open) = aside(tokens, first - 1, ")") {
            first = open;
            continue;
        }
        if left.punct && left.is(&[";", "—", ":", "(", ")", "•"]) {
            break;
        }
        if let Some(word) = opener(tokens, first - 1) {
            opens = Some(word);
            break;
        }
        first -= 1;
    }
    let mut last = at + 1;
    while last < tokens.len() {
        let right = &tokens[last];
        if let Some(close) = aside(tokens, last, "(") {
            last = close + 1;
            continue;
        }
        if right.punct && right.is(&[";", "—", ":", "(", ")", "•"]) || opener(tokens, last).is_some() {
            break;
        }
        last += 1;
    }
    Clause { range: first..last, opens }
}

/// The other mark of a bracketed abbreviation that begins or ends at a token ("the Column (CLN) was").
fn aside(tokens: &[Token<'_>], at: usize, mark: &str) -> Option<usize> {
    if tokens[at].low != mark {
        return None;
    }
    if mark == "(" {
        (at + 1..tokens.len()).take(4).find(|&i| tokens[i].low == ")")
    } else {
        (0..at).rev().take(4).find(|&i| tokens[i].low == "(")
    }
}

fn opener(tokens: &[Token<'_>], at: usize) -> Option<&'static str> {
    let token = tokens.get(at)?;
    let word = OPENERS.iter().copied().find(|w| *w == token.low)?;
    let next = tokens.get(at + 1);
    let part = match word {
        // "as well as", "as a result", "as many as", "such as", "as part of" open no clause.
        "as" => {
            next.is_some_and(|t| {
                !t.is(&["well", "many", "much", "part", "a", "an", "soon", "early", "of", "saying"])
            }) && !at.checked_sub(1).and_then(|p| tokens.get(p)).is_some_and(|t| {
                t.is(&["well", "many", "such", "much", "soon", "known", "early", "described"])
            })
        }
        "ahead" => next.is_some_and(|t| t.low == "of"),
        "after" => next.is_none_or(|t| t.low != "all"),
        "followed" | "follows" | "follow" => true,
        _ => true,
    };
    part.then_some(word)
}

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

/// The day that a clause names, or else its sentence.
pub fn when(
    doc: &Document<'_>,
    sentence: &Sentence<'_>,
    clause: &Range<usize>,
    at: usize,
    future: bool,
) -> Option<When> {
    day_named(doc, sentence, clause, at, future, |hit| {
        // A day to come is none of an event told as over.
        future || !(hit.ahead && hit.when.from > doc.day())
    })
}

/// The day for which something was planned that will not be: never the day on which it was called off.
pub fn planned_day(
    doc: &Document<'_>,
    sentence: &Sentence<'_>,
    clause: &Range<usize>,
    at: usize,
) -> Option<When> {
    day_named(doc, sentence, clause, at, false, |hit| hit.ahead || hit.when.from > doc.day())
}

/// The day to which a sentence says that an event has been moved.
pub fn new_day(doc: &Document<'_>, sentence: &Sentence<'_>) -> Option<When> {
    let hits = doc.dates(sentence, Direction::Future);
    hits.iter().find(|h| h.role == DateRole::Moved && h.when.to >= doc.day()).map(|h| h.when.clone())
}

/// The day of what follows "hours before", "a day before", "two days after" at a token, told from the
/// sentence's own day; `None` if the sentence does not say how long before or after.
pub fn day_off(doc: &Document<'_>, sentence: &Sentence<'_>, clause: usize) -> Option<When> {
    let tokens = &sentence.tokens;
    let hits = doc.dates(sentence, Direction::Past);
    let own = hits.iter().find(|h| {
        h.role == DateRole::At
            && h.relative_to_event.is_none()
            && h.when.precision == Precision::Day
            && h.when.to <= doc.day()
            && sentence.token_at(h.range.start) < clause
    });
    let from = own.map_or(doc.day(), |h| h.when.to);
    let ends = |h: &&DateHit| sentence.token_at(h.range.end.saturating_sub(1)) + 1 == clause;
    let led = |words: &[&str]| tokens[..clause].iter().rev().skip(1).take(2).any(|t| t.is(words));
    let (day, literal) = match hits.iter().find(|h| h.relative_to_event.is_some() && ends(h)) {
        Some(hit) => {
            let days = chrono::TimeDelta::days(-hit.relative_to_event.unwrap_or_default());
            (from.checked_add_signed(days)?, hit.when.literal.clone())
        }
        None if led(&["hours", "minutes", "shortly", "hour"]) => {
            (from, own.map_or_else(String::new, |h| h.when.literal.clone()))
        }
        None => return None,
    };
    Some(When { from: day, to: day, precision: Precision::Day, literal })
}

fn day_named(
    doc: &Document<'_>,
    sentence: &Sentence<'_>,
    clause: &Range<usize>,
    at: usize,
    future: bool,
    fits: impl Fn(&DateHit) -> bool,
) -> Option<When> {
    let direction = if future { Direction::Future } else { Direction::Past };
    let hits = doc.dates(sentence, direction);
    let mut best: Option<((bool, bool, usize), When)> = None;
    // "the biggest this year" says nothing of the day.
    let loose = |w: &When| {
        matches!(w.precision, Precision::Month | Precision::Year) && w.from <= doc.day() && doc.day() <= w.to
    };
    // "a day before the vote" is told from the vote's day.
    let anchored = |h: &DateHit| {
        h.relative_to_event.is_some()
            && (h.when.literal.ends_with("before") || h.when.literal.ends_with("after"))
            && sentence.tokens.get(sentence.token_at(h.range.end)).is_some_and(|t| !t.punct)
    };
    let usable = |h: &&DateHit| h.role == DateRole::At && !anchored(h) && !loose(&h.when) && fits(h);
    for hit in hits.iter().filter(usable) {
        let token = sentence.token_at(hit.range.start);
        if in_relative(sentence, token, at) {
            continue;
        }
        // "will meet on Friday, he said on Monday": the day of saying is the last to be the event's.
        let said = spoken_on(sentence, token);
        if said && future {
            continue;
        }
        let rank = (!clause.contains(&token), said, token.abs_diff(at));
        if best.as_ref().is_none_or(|(r, _)| rank < *r) {
            best = Some((rank, hit.when.clone()));
        }
    }
    best.filter(|((outside, _, distance), _)| !outside || hits.len() == 1 && *distance < 12).map(|(_, w)| w)
}

/// Whether a token stands in a relative clause between commas before another: "A, who had left on Friday, met B".
fn in_relative(sentence: &Sentence<'_>, token: usize, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let from = tokens[..token].iter().rposition(|t| t.low == ",").filter(|_| token < at);
    from.is_some_and(|comma| tokens[comma + 1].is(&["who", "which", "whose"]))
        && tokens[token..at].iter().any(|t| t.low == ",")
}

/// Whether a day is the one on which something was said: "said on Monday", "told reporters late on Monday".
fn spoken_on(sentence: &Sentence<'_>, token: usize) -> bool {
    let mut before = sentence.tokens[..token]
        .iter()
        .rev()
        .take(4)
        .skip_while(|t| t.is(&["on", "late", "early", "reporters", "journalists", "parliament"]));
    before.next().is_some_and(|t| {
        t.is(&["said", "says", "told", "announced", "confirmed", "reported", "added", "reporters"])
    })
}

/// The day of publication, for an event that is told as the day's news.
pub fn today(doc: &Document<'_>) -> When {
    When { from: doc.day(), to: doc.day(), precision: Precision::Day, literal: String::new() }
}

/// The place where something happens: the most exact one near the words at `at`.
pub fn place(sentence: &Sentence<'_>, clause: &Range<usize>, at: usize, bare: bool) -> Option<Place> {
    let tokens = &sentence.tokens;
    let mut best: Option<((bool, PlaceLevel, usize), Place)> = None;
    for hit in &sentence.places {
        let token = sentence.token_at(hit.range.start);
        let named = sentence
            .name_at(token)
            .is_none_or(|n| n.stands == Stands::Place || bare && n.actor.role == ActorRole::Country);
        let acting = sentence.name_at(token).is_some_and(|n| n.stands == Stands::Actor);
        let usable = match hit.use_ {
            PlaceUse::Location => !acting,
            PlaceUse::Bare => bare && named,
            PlaceUse::Demonym => false,
        };
        if !usable || !bare && !located(sentence, token) {
            continue;
        }
        // A place told of talks in another part of the sentence is not the attack's.
        let comma = token < at && tokens[token..at].iter().any(|t| t.low == ",");
        let talks = tokens[token.saturating_sub(4)..token]
            .iter()
            .any(|t| t.is(&["talks", "meeting", "summit", "negotiations"]));
        let opening =
            tokens[..token].iter().all(|t| t.punct || t.is(&["in", "at", "near"]) || t.cap && token < 4);
        if bare && comma && talks
            || !bare
                && comma
                && !opening
                && tokens[token..at].iter().any(|t| t.is(&["announces", "announced", "says", "said"]))
        {
            continue;
        }
        let rank =
            (!clause.contains(&token), hit.place.level, token.abs_diff(at) + usize::from(token < at) * 4);
        if best.as_ref().is_none_or(|(r, _)| rank < *r) {
            best = Some((rank, hit.place.clone()));
        }
    }
    best.filter(|(rank, _)| !rank.0 || rank.2 < 14).map(|(_, p)| city_of(p))
}

/// Whether a preposition of place stands before a name, or a comma after a narrower place.
pub fn located(sentence: &Sentence<'_>, token: usize) -> bool {
    let tokens = &sentence.tokens;
    let skip = |t: &Token<'_>| {
        t.is(&[
            "the", "city", "town", "village", "capital", "resort", "of", "southern", "northern", "eastern",
            "western", "central", "port", "nearby", "state", "region", "province", "'s",
        ]) || t.low == ","
            || t.cap
    };
    let before = tokens[..token].iter().rev().take(6).find(|t| !skip(t));
    before.is_some_and(|t| {
        t.is(&[
            "in", "at", "near", "to", "outside", "inside", "into", "around", "for", "from", "between",
            "visited", "visits", "visit",
        ])
    }) && !tokens[token.saturating_sub(2)..token].iter().any(|t| t.is(&["from"]))
}

/// A seat of government is shown as the city where it stands.
pub fn city_of(place: Place) -> Place {
    let Some(country) = super::gazetteer::seat(&place.literal).filter(|_| place.level == PlaceLevel::Site)
    else {
        return place;
    };
    let found = super::places::find(&format!("in {}", country.capital));
    found.into_iter().next().map_or(place.clone(), |hit| Place { literal: place.literal, ..hit.place })
}

/// The place of a name that the sentence does not show to be one, if the gazetteer knows it.
pub fn known_place(name: &str) -> Option<Place> {
    if !super::gazetteer::is_place_name(name) {
        return None;
    }
    super::places::find(&format!("in {name}")).into_iter().next().map(|hit| hit.place)
}

/// "here", "in this lakeside city": the place that the report is dated from.
pub fn here(doc: &Document<'_>, sentence: &Sentence<'_>, part: &Range<usize>) -> Option<Place> {
    const TOWNS: [&str; 6] = ["city", "town", "capital", "port", "village", "resort"];
    let tokens = &sentence.tokens;
    let here = part.clone().any(|i| {
        tokens[i].low == "here"
            && !tokens[i].quoted
            && tokens
                .get(i + 1)
                .is_none_or(|t| t.punct || t.cap || t.is(&["on", "this", "late", "after", "with", "to"]))
    });
    let this = part.clone().any(|i| {
        tokens[i].low == "this"
            && !tokens[i].quoted
            && tokens[i + 1..].iter().take(4).take_while(|t| !t.punct).any(|t| t.is(&TOWNS))
    });
    (here || this).then(|| dateline(doc)).flatten()
}

/// The town that an article was written from: "ARN, Nova".
pub fn dateline(doc: &Document<'_>) -> Option<Place> {
    let literal = doc.dateline?.split([',', '(', '/']).next()?.trim();
    let words: Vec<String> = literal.split_whitespace().map(capitalised).collect();
    let name = words.join(" ");
    let literal = literal.to_owned();
    let unknown = || Place {
        name: name.clone(),
        country: None,
        region: None,
        level: PlaceLevel::City,
        literal: literal.clone(),
    };
    let known = known_place(&name).map(|place| Place { literal: literal.clone(), ..place });
    Some(known.unwrap_or_else(unknown)).filter(|place| place.level == PlaceLevel::City)
}

fn capitalised(shouted: &str) -> String {
    let mut chars = shouted.chars();
    let first: String = chars.by_ref().take(1).collect();
    first + &chars.as_str().to_lowercase()
}

/// Whether the words show an older event, told as context.
pub fn background(
    doc: &Document<'_>,
    sentence: &Sentence<'_>,
    clause: &Clause,
    at: usize,
    when: Option<&When>,
) -> bool {
    let tokens = &sentence.tokens;
    let recent = doc.day().checked_sub_days(Days::new(4)).unwrap_or(NaiveDate::MIN);
    if when.is_some_and(|w| w.to < recent) {
        return true;
    }
    let window = &tokens[clause.range.clone()];
    let pair = |a: &[&str], b: &[&str]| window.windows(2).any(|w| w[0].is(a) && w[1].is(b));
    let spans = &[
        "week",
        "month",
        "year",
        "summer",
        "autumn",
        "winter",
        "spring",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if pair(&["last", "previous", "past"], spans)
        || pair(&["earlier"], &["this"]) && !pair(&["this"], &["week", "day", "morning"])
        || pair(&["recent"], &["days", "weeks", "months", "years"])
        || pair(&["months", "years", "weeks", "month", "year"], &["ago", "earlier", "after"])
        || window.iter().any(|t| t.is(&["previously", "previous"]))
    {
        return true;
    }
    let followed = matches!(clause.opens, Some("followed" | "follows" | "follow"));
    // "hours after the talks", "comes after", "since the attack"
    let before_opener = clause.range.start.checked_sub(2).and_then(|i| tokens.get(i));
    let after = clause.opens == Some("after")
        && before_opener.is_some_and(|t| {
            t.is(&[
                "hours", "days", "weeks", "months", "years", "day", "week", "month", "year", "comes", "come",
                "came", "shortly", "soon",
            ])
        });
    let pluperfect =
        tokens[clause.range.start..at].windows(2).any(|w| w[0].is(&["had"]) && !w[1].is(&["to"]))
            && !sentence.prominent()
            && !tokens[..at].iter().any(|t| t.is(&["said", "added", "reported", "told", "announced"]));
    let first_time = at > 0 && tokens[at - 1].low == "first" && !sentence.prominent();
    first_time || followed || after || clause.opens == Some("since") || pluperfect
}

/// The sentence, or where it is too long the part around its clause.
pub fn evidence(sentence: &Sentence<'_>, clause: &Range<usize>, at: usize) -> String {
    let count = |text: &str| text.split_whitespace().count();
    if count(sentence.text) <= MAX_EVIDENCE {
        return sentence.text.trim().to_owned();
    }
    let part = sentence.slice(clause.start, clause.end);
    if (8..=MAX_EVIDENCE).contains(&count(part)) {
        return part.to_owned();
    }
    let (mut first, mut last) = (at, at + 1);
    while count(sentence.slice(first, last)) < MAX_EVIDENCE - 2 && (first > 0 || last < sentence.tokens.len())
    {
        first = first.saturating_sub(1);
        last = (last + 1).min(sentence.tokens.len());
    }
    sentence.slice(first, last).to_owned()
}

/// Content words of a text, stemmed and folded, each once.
pub fn content(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for token in text::words(text) {
        if token.kind == text::TokenKind::Punct || text::is_stop_word(&token.lower) || token.lower == "'s" {
            continue;
        }
        let stem = text::stem(&token.lower);
        if !words.contains(&stem) {
            words.push(stem);
        }
    }
    words
}

/// A mention with what every kind fills alike.
pub fn mention(
    kind: Kind,
    status: Status,
    sentence: &Sentence<'_>,
    clause: &Range<usize>,
    at: usize,
    rule: &str,
) -> Mention {
    let evidence = evidence(sentence, clause, at);
    Mention {
        kind,
        status,
        actors: Vec::new(),
        speaker: None,
        when: None,
        place: None,
        killed: None,
        wounded: None,
        campaign: false,
        quote: None,
        words: content(&evidence),
        evidence,
        prominent: sentence.prominent(),
        background: false,
        rule: rule.to_owned(),
        score: if sentence.prominent() { 0.8 } else { 0.6 },
    }
}

/// Whether two places may be one: equal, unknown, or one within the other.
pub fn places_agree(a: Option<&Place>, b: Option<&Place>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    if super::gazetteer::key(&a.name) == super::gazetteer::key(&b.name) {
        return true;
    }
    let known = |p: &Place| p.country.is_some();
    let (wide, narrow) = if a.level > b.level { (a, b) } else { (b, a) };
    match (wide.level, narrow.level) {
        (PlaceLevel::Country, _) => !known(narrow) || wide.country == narrow.country,
        (PlaceLevel::Region, PlaceLevel::City | PlaceLevel::Site) => {
            narrow.region.is_none()
                || narrow.region == wide.region
                || narrow.region.as_deref() == Some(&wide.name)
        }
        (PlaceLevel::City, PlaceLevel::Site) => true,
        _ => false,
    }
}

/// Whether two days may be one: unknown, taken from the publication day, or at most a day apart.
pub fn days_agree(a: Option<&When>, b: Option<&When>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    if a.literal.is_empty() || b.literal.is_empty() {
        return true;
    }
    a.from <= b.to + Days::new(1) && b.from <= a.to + Days::new(1)
}

/// Puts what a second mention of the same event says into the first; the better evidence stays.
pub fn join(into: &mut Mention, other: Mention) {
    // Of a meeting, the sentence that names the persons tells most.
    let persons = |m: &Mention| {
        let persons = m.actors.iter().filter(|a| a.role == ActorRole::Person).count();
        if m.kind == Kind::MEETING { persons.min(2) } else { 0 }
    };
    let better = |m: &Mention| {
        (
            m.prominent,
            persons(m)
                + usize::from(m.place.is_some())
                + usize::from(m.when.as_ref().is_some_and(|w| !w.literal.is_empty()))
                + usize::from(m.killed.is_some())
                + usize::from(m.wounded.is_some())
                + m.actors.len().min(3),
        )
    };
    let swap = better(&other) > better(into);
    let (mut best, rest) = if swap { (other, into.clone()) } else { (into.clone(), other) };
    take_in(&mut best, rest);
    *into = best;
}

/// Fills what a mention leaves open from another of the same event.
pub fn take_in(best: &mut Mention, rest: Mention) {
    for actor in rest.actors {
        push(&mut best.actors, actor);
    }
    // A house that speaks by its spokesman: the person is the speaker.
    let named = |a: &Option<Actor>| a.as_ref().is_some_and(|a| a.role == ActorRole::Person);
    if !named(&best.speaker) && (named(&rest.speaker) || best.speaker.is_none()) {
        best.speaker = rest.speaker;
    }
    best.killed = best.killed.take().or(rest.killed);
    best.wounded = best.wounded.take().or(rest.wounded);
    best.quote = best.quote.take().or(rest.quote);
    let exact = |w: &Option<When>| w.as_ref().is_some_and(|w| !w.literal.is_empty());
    // "next week" in one sentence is "on 1 February" in another.
    let finer = |a: &Option<When>, b: &Option<When>| {
        let day = |w: &Option<When>| w.as_ref().is_some_and(|w| w.precision == Precision::Day);
        day(b) && !day(a) && best.kind == Kind::MEETING
    };
    if exact(&rest.when) && (!exact(&best.when) || finer(&best.when, &rest.when)) || best.when.is_none() {
        best.when = rest.when;
    }
    best.place = match (best.place.take(), rest.place) {
        (Some(a), Some(b)) if b.level < a.level => Some(b),
        (a, b) => a.or(b),
    };
    for word in rest.words {
        if !best.words.contains(&word) {
            best.words.push(word);
        }
    }
    best.prominent |= rest.prominent;
    best.background &= rest.background;
    best.score = best.score.max(rest.score);
}

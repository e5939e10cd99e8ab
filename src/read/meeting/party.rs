//! Who can take part: the named actors of a sentence, holders of offices and groups without a name, and the
//! words that stand for those told of before.

use super::WORDS;
use super::thread::Thread;
use crate::model::{Actor, ActorRole};
use crate::read::document::{Sentence, Token};
use crate::read::frame;
use crate::read::lexicon::Form;
use crate::read::names;
use crate::read::text;

/// Words for those told of before.
pub(super) mod before;

/// One who can take part, with the stretch of the sentence that names them.
#[derive(Debug, Clone)]
pub struct Party {
    /// First token, without an article.
    pub first: usize,
    /// The token after the last.
    pub last: usize,
    /// Who is meant; several where a word stands for all who met before.
    pub actors: Vec<Actor>,
    /// How it names them.
    pub sort: Sort,
    /// More than one: they can meet among themselves.
    pub plural: bool,
}

/// How a party is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// By a name.
    Named,
    /// By an office or a role alone ("the rebel leaders").
    Role,
    /// By a word for those told of before ("he", "the two").
    Before,
}

/// The party that is named from a token on.
pub(super) fn find(sentence: &Sentence<'_>, at: usize, thread: &Thread) -> Option<Party> {
    named(sentence, at).or_else(|| before::find(sentence, at, thread)).or_else(|| role(sentence, at))
}

/// The actors of a list of parties, each once.
pub fn actors(parties: &[&Party]) -> Vec<Actor> {
    let mut all: Vec<Actor> = Vec::new();
    for actor in parties.iter().flat_map(|p| &p.actors) {
        frame::push(&mut all, actor.clone());
    }
    all
}

/// Prepositions that make what follows them no subject.
pub(super) const GOVERN: &[&str] = &[
    "of",
    "in",
    "with",
    "for",
    "to",
    "from",
    "by",
    "at",
    "between",
    "about",
    "against",
    "on",
    "over",
    "near",
    "into",
    "under",
    "among",
    "toward",
    "towards",
    "via",
    "than",
    "like",
    "without",
    "including",
];
/// Words that begin a noun phrase.
pub(super) const DETERMINERS: &[&str] = &[
    "the", "a", "an", "his", "her", "their", "its", "both", "two", "three", "four", "several", "some", "all",
    "other", "another", "these", "those", "this", "that", "no", "any", "our", "my",
];

/// A word that may stand before a noun: no mark, no preposition, no verb.
pub(super) fn modifies(token: &Token<'_>) -> bool {
    const NEVER: &[&str] = &[
        "said", "says", "say", "told", "who", "which", "that", "where", "when", "is", "was", "are", "were",
        "will", "would", "has", "have", "had", "but", "while", "if", "because", "may", "could", "should",
        "be", "been", "it", "or", "not", "met", "after", "before", "during", "as", "since", "until",
        "despite", "amid",
    ];
    token.is(&["'s", "'", "\""])
        || !token.punct && !GOVERN.contains(&token.low.as_str()) && !NEVER.contains(&token.low.as_str())
}

/// A word that is a verb rather than a modifier.
pub(super) fn verbal(token: &Token<'_>) -> bool {
    token.low.ends_with("ed") && token.low.len() > 4
        || ["verbs meet", "verbs light", "verbs speech"].iter().any(|s| WORDS.section(s).has(&token.low))
}

/// A person, state or body by name.
fn named(sentence: &Sentence<'_>, at: usize) -> Option<Party> {
    let name = sentence.name_at(at).filter(|n| n.first == at)?;
    if !frame::acts(sentence, name) && !fronted(sentence, name) {
        // "Kenya's transport minister and rail chiefs" begins with a place; nothing else of it acts.
        return None;
    }
    if name.actor.role == ActorRole::Body && of_office(sentence, name) {
        return None;
    }
    let low = text::fold(&name.actor.literal);
    let plural = name.actor.role == ActorRole::Group
        || name.actor.role == ActorRole::Country && name.actor.literal.contains(' ') && low.ends_with('s');
    // "Ana Quispe of Peru"
    let home = (name.actor.role == ActorRole::Person
        && sentence.tokens.get(name.last).is_some_and(|t| t.is(&["of", "from"])))
    .then(|| sentence.name_at(name.last + 1))
    .flatten()
    .filter(|n| n.first == name.last + 1 && n.actor.role == ActorRole::Country);
    let mut actor = name.actor.clone();
    if let Some(home) = home
        && actor.country.is_none()
    {
        actor.country.clone_from(&home.actor.country);
    }
    let last = home.map_or(name.last, |n| n.last);
    Some(Party { first: name.first, last, actors: vec![actor], sort: Sort::Named, plural })
}

/// "the Treasury chief Ana Quispe": a body that tells whose office a person has takes no part itself.
fn of_office(sentence: &Sentence<'_>, body: &names::Name) -> bool {
    let person = |n: &&names::Name| n.first >= body.last && n.first <= body.last + 2;
    sentence.names.iter().find(person).is_some_and(|n| {
        let gap = &sentence.tokens[body.last..n.first];
        frame::person(&n.actor) && gap.iter().all(|t| WORDS.section("nouns party").has(&t.low))
    })
}

/// "After talks in Lima, Chad and Niger have signed": states after a place told first, and before their verb.
fn fronted(sentence: &Sentence<'_>, name: &names::Name) -> bool {
    let tokens = &sentence.tokens;
    let opens = tokens.first().is_some_and(|t| t.is(&["after", "at", "in", "during", "following"]));
    if !opens || name.actor.role != ActorRole::Country {
        return false;
    }
    let link = |at: usize| tokens.get(at).is_some_and(|t| t.low == "and");
    let next =
        |at: usize| sentence.name_at(at).filter(|n| n.first == at && n.actor.role == ActorRole::Country);
    let left = |at: usize| at.checked_sub(1).and_then(|i| sentence.name_at(i));
    // The two are linked by "and"; a comma and a place after "in" stand before the first.
    let (first, last) = if link(name.last) {
        (name.first, next(name.last + 1).map(|n| n.last))
    } else if name.first > 1 && link(name.first - 1) {
        (left(name.first - 1).map_or(0, |n| n.first), Some(name.last))
    } else {
        return false;
    };
    let comma = first > 1 && tokens[first - 1].low == ",";
    let placed =
        comma && left(first - 1).is_some_and(|n| n.first > 0 && tokens[n.first - 1].is(&["in", "at"]));
    let verb = last.and_then(|at| tokens.get(at)).is_some_and(|t| {
        t.is(&["have", "had", "will", "are", "were"])
            || t.low.ends_with("ed") && t.low.len() > 4
            || ["verbs meet", "verbs light"].iter().any(|s| WORDS.section(s).has(&t.low))
    });
    placed && verb
}

/// "separatist leaders", "the army chief": people known by their role alone.
fn role(sentence: &Sentence<'_>, at: usize) -> Option<Party> {
    let tokens = &sentence.tokens;
    let mut last = at;
    let mut found = None;
    while let Some(m) = WORDS.section("nouns party").at(tokens, last) {
        if last > at && tokens[last].joined {
            break;
        }
        last += m.len;
        found = Some(m);
        if sentence.name_at(last).is_some() {
            break;
        }
    }
    let m = found?;
    let head = tokens.get(last - 1)?;
    // Only the head may be left; what comes before it is looked at for the words to show.
    let mut first = at;
    while first > 0
        && sentence.name_at(first - 1).is_none()
        && !tokens[first - 1].punct
        && !tokens[first - 1].is(DETERMINERS)
        && modifies(&tokens[first - 1])
        && !verbal(&tokens[first - 1])
        && !text::is_stop_word(&tokens[first - 1].low)
        && at - first < 2
    {
        first -= 1;
    }
    // "side effects", "a power plant": the word only modifies another.
    let next = tokens.get(last);
    let plain = m.form == Form::Base && !head.is(&["authorities"]);
    if plain
        && next.is_some_and(|t| {
            !t.punct
                && !t.cap
                && !text::is_stop_word(&t.low)
                && !t.low.ends_with("ed")
                && !t.low.ends_with("ing")
                && !finite(t)
        })
    {
        return None;
    }
    let homes = if head.is(&["counterpart", "counterparts"]) { homes(sentence, last) } else { Vec::new() };
    if let Some((_, end)) = homes.last() {
        let actors = homes.iter().map(|(actor, _)| actor.clone()).collect();
        return Some(Party { first: at, last: *end, actors, sort: Sort::Named, plural: homes.len() > 1 });
    }
    let words = sentence.slice(first, last).to_lowercase();
    let plural = m.form == Form::Third
        || tokens[at].low == "heads" && m.len > 1
        || head.is(&["authorities", "sides", "police", "delegation", "team"]);
    let actor = Actor {
        key: text::fold(&words),
        name: words,
        role: ActorRole::Group,
        country: None,
        literal: sentence.slice(first, last).to_owned(),
    };
    Some(Party { first: at, last, actors: vec![actor], sort: Sort::Role, plural })
}

/// Whether a word may be the finite verb after a noun.
fn finite(token: &Token<'_>) -> bool {
    token.low.ends_with('s') && !token.low.ends_with("ss")
        || [
            "verbs meet",
            "verbs light",
            "verbs speech",
            "verbs host",
            "verbs gather",
            "verbs off",
            "verbs sit",
        ]
        .iter()
        .any(|s| WORDS.section(s).has(&token.low))
        || WORDS.section("adverbs").has(&token.low)
        || WORDS.section("set to").has(&token.low)
        || token.is(&[
            "late",
            "early",
            "left",
            "took",
            "came",
            "went",
            "flew",
            "spoke",
            "shook",
            "broke",
            "end",
            "begin",
            "yesterday",
            "today",
            "tomorrow",
        ])
}

/// "counterparts in Kenya and Ghana": the countries, with the token after each.
fn homes(sentence: &Sentence<'_>, from: usize) -> Vec<(Actor, usize)> {
    let tokens = &sentence.tokens;
    let mut found: Vec<(Actor, usize)> = Vec::new();
    let mut at = from;
    if !tokens.get(at).is_some_and(|t| t.is(&["in", "from", "of"])) {
        return found;
    }
    at += 1;
    while let Some(token) = tokens.get(at) {
        match sentence.name_at(at) {
            Some(name) if name.actor.role == ActorRole::Country => {
                found.push((name.actor.clone(), name.last));
                at = name.last;
            }
            Some(_) => break,
            None if token.is(&["the", "and", ","]) => at += 1,
            None => break,
        }
    }
    found
}

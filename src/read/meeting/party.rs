//! Who can take part: the named actors of a sentence, holders of offices and groups without a name, and the
//! words that stand for those told of before.

use super::WORDS;
use super::thread::Thread;
use crate::model::{Actor, ActorRole};
use crate::read::document::{Sentence, Token};
use crate::read::frame;
use crate::read::gazetteer;
use crate::read::lexicon::Form;
use crate::read::names::{self, Stands};
use crate::read::text;

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

/// The parties of one sentence, in order.
pub struct Cast<'s, 'a> {
    /// The sentence.
    pub sentence: &'s Sentence<'a>,
    /// Its parties.
    pub parties: Vec<Party>,
    /// Those who met in what was told before.
    pub pair: Vec<Actor>,
    /// Those of them who are told to have met.
    pub met: Vec<Actor>,
    /// The houses that the article has named in full.
    pub houses: Vec<Actor>,
    /// Whom "his" and "her" mean, by the token.
    owners: Vec<Party>,
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

/// Words between two parties of one list.
const LINKS: &[&str] =
    &[",", "and", "plus", "&", "the", "a", "an", "his", "her", "their", "both", "as", "well"];
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
const DETERMINERS: &[&str] = &[
    "the", "a", "an", "his", "her", "their", "its", "both", "two", "three", "four", "several", "some", "all",
    "other", "another", "these", "those", "this", "that", "no", "any", "our", "my",
];

impl<'s, 'a> Cast<'s, 'a> {
    /// Finds the parties of a sentence.
    pub fn of(sentence: &'s Sentence<'a>, thread: &Thread) -> Cast<'s, 'a> {
        let tokens = &sentence.tokens;
        let mut parties: Vec<Party> = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let party =
                named(sentence, at).or_else(|| before(sentence, at, thread)).or_else(|| role(sentence, at));
            match party {
                Some(party) => {
                    at = party.last.max(at + 1);
                    parties.push(party);
                }
                None => at += 1,
            }
        }
        let owners = (0..tokens.len())
            .filter(|&i| tokens[i].is(&["his", "her", "him"]) && !tokens[i].quoted)
            .filter_map(|i| {
                let who = person_before(sentence, i).or_else(|| thread.person.clone())?;
                Some(Party { first: i, last: i + 1, actors: vec![who], sort: Sort::Before, plural: false })
            });
        let owners = owners.collect();
        let (pair, met, houses) = (thread.pair.clone(), thread.met.clone(), thread.houses.clone());
        let mut cast = Cast { sentence, parties, pair, met, houses, owners };
        cast.join_heads();
        cast.join_appositions();
        cast
    }

    /// The parties listed from a token on, going right, and where the list ends; modifiers may come first.
    pub fn right(&self, from: usize) -> (Vec<&Party>, usize) {
        let tokens = &self.sentence.tokens;
        let mut list: Vec<&Party> = Vec::new();
        let mut at = from;
        for party in self.parties.iter().filter(|p| p.last > from) {
            if party.first < at {
                break;
            }
            let gap = &tokens[at..party.first];
            let fits = if list.is_empty() {
                gap.len() <= 6 && gap.iter().all(|t| modifies(t))
            } else {
                let linked = gap.iter().any(|t| t.is(&["and", ",", "plus", "&"])) || gap.is_empty();
                linked && gap.len() <= 6 && gap.iter().all(|t| t.low == "," || t.is(LINKS) || modifies(t))
            };
            if !fits {
                break;
            }
            list.push(party);
            at = party.last;
            // A possessor is none of the list: "met Okada's envoy".
            if tokens.get(at).is_some_and(|t| t.low == "'s") {
                at += 1;
            }
        }
        (list, at)
    }

    /// The parties that are the subject of what stands at `before`; nothing left of `floor` is looked at.
    pub fn subject(&self, before: usize, floor: usize) -> Vec<&Party> {
        if let Some(whom) = self.antecedent(before) {
            return whom;
        }
        // "A, who met B on Sunday, told": the verb after the aside is A's.
        let tokens = &self.sentence.tokens;
        let close = before.checked_sub(1).filter(|&i| tokens[i].low == ",");
        let who =
            close.and_then(|c| (floor.max(c.saturating_sub(40))..c).rev().find(|&i| tokens[i].low == "who"));
        if let Some(whom) =
            who.filter(|&i| i > 0 && tokens[i - 1].low == ",").and_then(|i| self.antecedent(i + 1))
        {
            return whom;
        }
        // A name in brackets is short for the one before it.
        let short = |p: &Party| p.first > 0 && tokens[p.first - 1].low == "(";
        let fits = |p: &&Party| {
            p.last <= before && p.first >= floor && !short(p) && !self.governed(p) && !self.owns(p)
        };
        let Some(last) = self.parties.iter().rposition(|p| fits(&p)) else { return Vec::new() };
        // "A met B and will see C": B is the first verb's object.
        let joined = before > 0 && tokens[before - 1].is(&["and", "then", "but"]);
        let verb = (floor..self.parties[last].first)
            .rev()
            .take(9)
            .take_while(|&i| self.parties[last].first - i <= 4 || self.at(i).is_none())
            .find(|&i| ["verbs meet", "verbs host"].iter().any(|s| WORDS.section(s).at(tokens, i).is_some()));
        if let Some(verb) = verb.filter(|_| joined) {
            return self.subject(verb, floor);
        }
        let mut first = last;
        while first > 0 {
            let (a, b) = (&self.parties[first - 1], &self.parties[first]);
            let gap = self.sentence.tokens.get(a.last..b.first).unwrap_or_default();
            let linked = gap.iter().any(|t| t.is(&["and", "plus", "&", ","])) || gap.is_empty();
            let listed =
                linked && gap.len() <= 6 && gap.iter().all(|t| t.low == "," || t.is(LINKS) || modifies(t));
            if !listed || a.first < floor {
                break;
            }
            first -= 1;
        }
        // "In Lima, A and B": the place is none of the list.
        let sited = |p: &Party| tokens[..p.first].last().is_some_and(|t| t.is(&["in", "at", "near", "from"]));
        if first < last
            && sited(&self.parties[first])
            && tokens.get(self.parties[first].last).is_some_and(|t| t.low == ",")
        {
            first += 1;
        }
        // "with A, B and C": the first of the list tells what governs it.
        if self.governed(&self.parties[first]) {
            return Vec::new();
        }
        self.parties[first..=last].iter().filter(|p| !self.owns(p)).collect()
    }

    /// "with A and B, who will meet": those right before a relative clause whose verb stands at `before`.
    fn antecedent(&self, before: usize) -> Option<Vec<&Party>> {
        let tokens = &self.sentence.tokens;
        let who = before.checked_sub(1).filter(|&i| tokens[i].low == "who")?;
        let comma = usize::from(who > 0 && tokens[who - 1].low == ",");
        let last = self.parties.iter().rposition(|p| p.last + comma == who)?;
        let mut first = last;
        while first > 0 && !self.parties[last].plural {
            let (a, b) = (&self.parties[first - 1], &self.parties[first]);
            let gap = tokens.get(a.last..b.first).unwrap_or_default();
            if !gap.iter().any(|t| t.is(&["and", "&"])) || !gap.iter().all(|t| t.is(LINKS)) || comma == 0 {
                break;
            }
            first -= 1;
        }
        Some(self.parties[first..=last].iter().collect())
    }

    /// Whom a possessive pronoun at a token means.
    pub fn his(&self, token: usize) -> Option<&Party> {
        self.owners.iter().find(|p| p.first == token)
    }

    /// The party that a token belongs to.
    pub fn at(&self, token: usize) -> Option<&Party> {
        self.parties.iter().find(|p| p.first <= token && token < p.last)
    }

    /// Whether a preposition stands before a party.
    fn governed(&self, party: &Party) -> bool {
        let tokens = &self.sentence.tokens;
        if tokens[party.first].is(&["he", "she", "they"]) {
            return false;
        }
        let told = tokens[..party.first].iter().rev().find(|t| !t.is(DETERMINERS));
        if told.is_some_and(|t| t.is(&["told", "tells", "informed", "asked", "urged"])) {
            return true;
        }
        let before = tokens[..party.first]
            .iter()
            .rev()
            .take(5)
            .find(|t| !t.is(DETERMINERS) && (t.cap || !modifies(t) || verbal(t)));
        // "the delegation, led by Okada, will meet": its head meets for it.
        let head = tokens[..party.first].iter().rev().take(6).skip_while(|t| t.low != "by").nth(1);
        let heads = head.is_some_and(|t| t.is(&["led", "headed", "chaired"]));
        // "On the margins A and B held talks"
        let opens = party.first > 1
            && WORDS.section("nouns measure").has(tokens[party.first - 1].low.trim_end_matches('s'))
            && tokens[..party.first].iter().take(1).any(|t| t.is(&["on", "at", "in"]))
            && party.first < 5;
        !opens && before.is_some_and(|t| t.is(GOVERN)) && !(heads && before.is_some_and(|t| t.low == "by"))
    }

    /// Whether a party is the owner of what follows.
    fn owns(&self, party: &Party) -> bool {
        self.sentence.tokens.get(party.last).is_some_and(|t| t.low == "'s")
    }
}

/// The actors of a list of parties, each once; those without a name only while they are needed.
pub fn actors(parties: &[&Party]) -> Vec<Actor> {
    let mut all: Vec<Actor> = Vec::new();
    for actor in parties.iter().flat_map(|p| &p.actors) {
        frame::push(&mut all, actor.clone());
    }
    all
}

/// A word that may stand before a noun: no mark, no preposition, no verb.
fn modifies(token: &Token<'_>) -> bool {
    const NEVER: &[&str] = &[
        "said", "says", "say", "told", "who", "which", "that", "where", "when", "is", "was", "are", "were",
        "will", "would", "has", "have", "had", "but", "while", "if", "because", "may", "could", "should",
        "be", "been", "it", "or", "not", "met", "after", "before", "during", "as", "since", "until",
        "despite", "amid", "while",
    ];
    token.is(&["'s", "'", "\""])
        || !token.punct && !GOVERN.contains(&token.low.as_str()) && !NEVER.contains(&token.low.as_str())
}

/// A word that is a verb rather than a modifier.
fn verbal(token: &Token<'_>) -> bool {
    token.low.ends_with("ed") && token.low.len() > 4
        || ["verbs meet", "verbs light", "verbs speech"].iter().any(|s| WORDS.section(s).has(&token.low))
}

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

/// The two states spoken of: "their prime ministers" are those of the last two.
fn owners(sentence: &Sentence<'_>, at: usize, thread: &Thread) -> Vec<Actor> {
    let states = sentence.names.iter().filter(|n| n.last <= at && n.actor.role == ActorRole::Country);
    let mut found: Vec<Actor> = Vec::new();
    for name in states.filter(|n| n.stands == Stands::Actor) {
        frame::push(&mut found, name.actor.clone());
    }
    if found.is_empty() { thread.states.clone() } else { found }
}

/// "he", "the two leaders", "both sides", "they", "their ministers".
fn before(sentence: &Sentence<'_>, at: usize, thread: &Thread) -> Option<Party> {
    let tokens = &sentence.tokens;
    let token = tokens.get(at).filter(|t| !t.quoted)?;
    let make = |last: usize, actors: Vec<Actor>, plural: bool| {
        (!actors.is_empty()).then_some(Party { first: at, last, actors, sort: Sort::Before, plural })
    };
    if token.is(&["he", "she"]) {
        return make(
            at + 1,
            person_before(sentence, at).or_else(|| thread.person.clone()).into_iter().collect(),
            false,
        );
    }
    if token.low == "they" {
        return make(at + 1, thread.pair.clone(), true);
    }
    if token.low == "their" {
        let end = (at + 1..(at + 3).min(tokens.len()))
            .find_map(|i| WORDS.section("nouns party").at(tokens, i).map(|m| (i + m.len, m.form)))
            .filter(|(_, form)| *form == Form::Third);
        let states = owners(sentence, at, thread);
        return end.filter(|_| states.len() == 2).and_then(|(end, _)| make(end, states, true));
    }
    let the = usize::from(token.low == "the");
    let two = tokens.get(at + the).is_some_and(|t| t.is(&["two", "both", "three", "pair"]));
    if the == 0 && token.low != "both" {
        return None;
    }
    let mut end = at + the + usize::from(two);
    let role =
        (end..(end + 3).min(tokens.len())).find(|&i| WORDS.section("nouns party").at(tokens, i).is_some());
    let heads = role.is_some_and(|i| {
        let plural = tokens[i].low.ends_with('s');
        let bare = i == end || two && tokens[end..i].iter().all(|t| !t.punct && modifies(t));
        plural && bare && tokens.get(i + 1).is_none_or(|t| !t.is(&["of", "from"]))
    });
    if heads {
        end = role.map_or(end, |i| i + 1);
    } else if !two || tokens.get(end).is_some_and(|t| !t.punct && !t.cap && !verb_like(t)) {
        return None;
    }
    if !two
        && !tokens
            .get(end - 1)
            .is_some_and(|t| t.is(&["sides", "parties", "delegations", "leaders", "teams"]))
    {
        return None;
    }
    let nations = tokens[end - 1].is(&[
        "countries",
        "nations",
        "neighbours",
        "neighbors",
        "governments",
        "armies",
        "sides",
    ]);
    let mut actors = thread.pair.clone();
    if nations {
        let codes = actors.iter().filter_map(|a| a.country.as_deref());
        let mut countries: Vec<Actor> = Vec::new();
        for country in codes.filter_map(gazetteer::country_by_code) {
            frame::push(&mut countries, names::country_actor(country, sentence.slice(at, end).to_owned()));
        }
        if countries.len() > 1 {
            actors = countries;
        }
    }
    make(end, actors, true)
}

fn verb_like(token: &Token<'_>) -> bool {
    token.is(&[
        "are", "were", "will", "have", "had", "met", "spoke", "agreed", "also", "would", "last", "then",
        "later",
    ])
}

/// The person who is the subject of the sentence so far: whom "he" means.
fn person_before(sentence: &Sentence<'_>, at: usize) -> Option<Actor> {
    let name = sentence
        .names
        .iter()
        .find(|n| n.last <= at && n.stands == Stands::Actor && n.actor.role == ActorRole::Person)?;
    let owned = sentence.tokens.get(name.last).is_some_and(|t| t.low == "'s");
    (!owned).then(|| name.actor.clone())
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

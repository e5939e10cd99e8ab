//! Persons, countries and bodies named in an article, one actor under all its names.
//!
//! Sentences come in with their places found; each goes out with its names in order. A person is known by
//! capitals, an office or title before it, or a full name elsewhere in the article; no list of persons is used.

use foldhash::{HashMap, HashSet};

use super::document::{Sentence, plain};
use super::gazetteer;
use super::ordinary::ordinary;
use super::scan::{Found, NAMES, Scan, What};
use super::short;
use super::text;
use crate::model::{Actor, ActorRole};

/// A name in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// Its first token, office and title included.
    pub first: usize,
    /// The token after its last.
    pub last: usize,
    /// Who or what it names.
    pub actor: Actor,
    /// How it stands in the sentence.
    pub stands: Stands,
}

/// How a name stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// As somebody who can act.
    Actor,
    /// As a people's adjective ("Russian drones").
    Adjective,
    /// As a place; it acts only where a government may be meant.
    Place,
    /// As who reports the news.
    Media,
}

/// What an article says of the persons it names in full.
#[derive(Default)]
pub struct Known {
    /// Folded surname to the fullest name and the country acted for.
    pub people: HashMap<String, Person>,
    /// Folded names of bodies and things: their words are not persons.
    pub bodies: HashSet<String>,
    /// Office words to the surname of the one who holds it; `None` if several do.
    pub offices: HashMap<String, Option<String>>,
    /// Words that the article also has in lower case.
    pub lower: HashSet<String>,
    /// Folded single names that stand as a body's does ("Nova officials"), and those of storms and operations.
    pub groups: HashSet<String>,
    /// Folded single names of storms, operations and the like.
    pub things: HashSet<String>,
    /// Folded surnames of those who report the news.
    reporters: HashSet<String>,
    /// Folded single names as they stand in the article.
    singles: HashSet<String>,
    /// Folded last words of names to the first word that the article calls the person by.
    called: HashMap<String, String>,
    /// There is a body, so that whoever matters is named there too.
    pub body: bool,
}

/// A person as the article names them.
#[derive(Clone)]
pub struct Person {
    /// Fullest name.
    pub name: String,
    /// ISO code of the country acted for.
    pub country: Option<String>,
    /// Named with a country and no lesser office: "A's Okada", "President Okada of A".
    pub heads: bool,
}

/// Names all sentences of an article.
pub fn name(sentences: &mut [Sentence<'_>]) {
    let mut known = Known { body: sentences.iter().filter(|s| !s.title).count() > 3, ..Known::default() };
    for sentence in sentences.iter() {
        for token in sentence.tokens.iter().filter(|t| !t.cap && !t.punct && t.low.len() > 2) {
            if !known.lower.contains(&token.low) {
                known.lower.insert(token.low.clone());
            }
        }
    }
    // What each sentence gave, and how many persons were known then: its names hang on these alone.
    let mut scanned: Vec<(usize, Vec<Found>)> = Vec::new();
    scanned.resize_with(sentences.len(), Default::default);
    // Bodies first, for a headline in capitals takes its names from the body of the article.
    for title_case in [false, true] {
        let sentences = sentences.iter().zip(&mut scanned).filter(|(s, _)| s.title_case == title_case);
        for (sentence, scanned) in sentences {
            *scanned = (known.people.len(), Scan { sentence, known: &known }.run());
            for one in &scanned.1 {
                known.learn(one, sentence);
            }
        }
    }
    known.call_by_first();
    let all = if known.called.is_empty() { known.people.len() } else { usize::MAX };
    for (sentence, (persons, found)) in sentences.iter_mut().zip(scanned) {
        let found = if persons == all { found } else { Scan { sentence, known: &known }.run() };
        sentence.names = found.into_iter().filter_map(|f| known.resolve(f, sentence)).collect();
        join_lists(sentence);
    }
    short::join(sentences);
}

impl Known {
    fn learn(&mut self, found: &Found, sentence: &Sentence<'_>) {
        if matches!(found.what, What::Person | What::Single) && !found.words.contains(' ') {
            let key = text::fold(&found.words);
            if found.what == What::Single
                && !ordinary(&plain(&found.words))
                && follows_body(sentence, found.last)
            {
                self.groups.insert(key.clone());
            }
            self.singles.insert(key);
        }
        match found.what {
            What::Place if found.first > 0 && is_storm(sentence, found.first - 1) => {
                self.things.insert(text::fold(&found.words));
            }
            What::Person | What::Single if found.what == What::Person || found.country.is_some() => {
                let Some(surname) = surname(&found.words) else { return };
                let country = found.country.map(|c| c.code.to_owned());
                let person = self.people.entry(surname.clone()).or_insert_with(|| Person {
                    name: found.words.clone(),
                    country: None,
                    heads: true,
                });
                person.heads &= found.office.as_deref().is_none_or(|o| {
                    matches!(o, "leader" | "president" | "prime minister" | "pm" | "premier" | "chancellor")
                });
                if found.words.split(' ').count() > person.name.split(' ').count()
                    && !namesakes(&found.words, &person.name)
                {
                    person.name = found.words.clone();
                }
                if person.country.is_none() {
                    person.country = country;
                }
                if let Some(office) = &found.office {
                    let holder = self.offices.entry(office.clone()).or_insert_with(|| Some(surname.clone()));
                    if holder.as_deref() != Some(surname.as_str()) {
                        *holder = None;
                    }
                }
            }
            What::Media => {
                // "Nova correspondent Ada Morn", "the Lantern's Ada Morn"
                let theirs = sentence.tokens[found.first..found.last]
                    .iter()
                    .any(|t| t.is(&["'s", "correspondent", "reporter", "journalist", "columnist"]));
                let words = if theirs { sentence.tokens[found.last - 1].text } else { found.words.as_str() };
                if theirs || found.office.is_some() {
                    self.reporters.extend(surname(words));
                }
            }
            What::Body => {
                self.bodies.extend(found.words.split(' ').map(text::fold));
            }
            _ => {}
        }
    }

    /// Persons whom the article calls by the first word of the name ("Ban Sokha … Ban said"), and not by the last.
    fn call_by_first(&mut self) {
        let by_first: Vec<(String, String)> = self
            .people
            .iter()
            .filter_map(|(key, person)| Some((key, text::fold(person.name.split_once(' ')?.0))))
            .filter(|(key, first)| {
                first != *key
                    && self.singles.contains(first)
                    && !self.singles.contains(*key)
                    && !self.people.contains_key(first)
                    && self.people.values().filter(|p| opens_with(&p.name, first)).count() == 1
            })
            .map(|(key, first)| (key.clone(), first))
            .collect();
        for (key, first) in by_first {
            if let Some(person) = self.people.remove(&key) {
                self.people.entry(first.clone()).or_insert(person);
            }
            for holder in self.offices.values_mut().filter(|h| h.as_deref() == Some(key.as_str())) {
                *holder = Some(first.clone());
            }
            self.called.insert(key, first);
        }
    }

    /// Surname as the article uses it.
    fn key(&self, words: &str) -> Option<String> {
        let key = surname(words)?;
        let called = self.called.get(&key).filter(|first| text::fold(words).starts_with(first.as_str()));
        Some(called.cloned().unwrap_or(key))
    }

    /// The one person named with this country, where a head of state or government is meant.
    fn head(&self, office: &str, country: Option<&gazetteer::Country>) -> Option<String> {
        let code = country?.code;
        if !matches!(office, "leader" | "president" | "prime minister" | "pm" | "premier" | "chancellor") {
            return None;
        }
        let mut theirs = self.people.iter().filter(|(_, p)| p.country.as_deref() == Some(code) && p.heads);
        let one = theirs.next().map(|(key, _)| key.clone());
        one.filter(|_| theirs.next().is_none())
    }

    fn resolve(&self, found: Found, sentence: &Sentence<'_>) -> Option<Name> {
        let Found { first, last, words, office, country, what } = found;
        let literal = sentence.slice(first, last).to_owned();
        let code = country.map(|c| c.code.to_owned());
        let (actor, stands) = match what {
            What::Single if self.things.contains(&text::fold(&words)) => {
                let key = key_of(&words);
                (Actor { name: words, key, role: ActorRole::Body, country: code, literal }, Stands::Place)
            }
            What::Person | What::Single => {
                let key = self.key(&words)?;
                let same = |p: &&Person| subset(&words, &p.name) && !namesakes(&words, &p.name);
                // "Tom Weir", where "Weir" is Ada Weir.
                let key = match self.people.get(&key) {
                    Some(p) if namesakes(&words, &p.name) => text::fold(&words),
                    _ => key,
                };
                let before = |words: &[&str]| first > 0 && sentence.tokens[first - 1].is(words);
                let alone = !words.contains(' ');
                if alone && before(BODY_BEFORE) {
                    (Actor { name: words, key, role: ActorRole::Body, country: code, literal }, Stands::Actor)
                } else if let Some(person) = self.people.get(&key).filter(same) {
                    let country = code.or_else(|| person.country.clone());
                    (person_actor(person.name.clone(), key, country, literal), Stands::Actor)
                } else if what == What::Single && self.reporters.contains(&key) {
                    (Actor { name: words, key, role: ActorRole::Body, country: code, literal }, Stands::Media)
                } else if what == What::Single
                    && (self.bodies.contains(&key) || self.groups.contains(&key) || before(&["the"]))
                {
                    (Actor { name: words, key, role: ActorRole::Body, country: code, literal }, Stands::Actor)
                } else if what == What::Single && many(sentence, &words, last) {
                    (
                        Actor { name: words, key, role: ActorRole::Group, country: code, literal },
                        Stands::Actor,
                    )
                } else {
                    (person_actor(words, key, code, literal), Stands::Actor)
                }
            }
            What::Office => {
                let office = office.unwrap_or_default();
                // "the Nova Ministry spokesman": one of the ministry's, not whoever is called spokesman elsewhere.
                let of_another = country.is_none()
                    && first > 0
                    && (sentence.tokens[first - 1].cap && !sentence.title_case
                        || sentence.tokens[first - 1].low == "'s");
                if of_another {
                    return None;
                }
                let holder =
                    self.offices.get(&office).cloned().flatten().or_else(|| self.head(&office, country));
                let person = holder.as_ref().and_then(|key| Some((key.clone(), self.people.get(key)?)));
                match (person, country) {
                    (Some((key, p)), c) if c.is_none() || p.country.as_deref() == c.map(|c| c.code) => {
                        (person_actor(p.name.clone(), key, p.country.clone(), literal), Stands::Actor)
                    }
                    (_, Some(c)) => (country_actor(c, literal), Stands::Actor),
                    _ => return None,
                }
            }
            What::Body => {
                let key = key_of(&words);
                (Actor { name: words, key, role: ActorRole::Body, country: code, literal }, Stands::Actor)
            }
            What::Group => {
                let key = key_of(&words);
                (Actor { name: words, key, role: ActorRole::Group, country: code, literal }, Stands::Actor)
            }
            What::Country => (country_actor(country?, literal), Stands::Actor),
            What::Adjective => match country {
                Some(c) => (country_actor(c, literal), Stands::Adjective),
                None => return None,
            },
            What::Place if country.is_some_and(|c| c.name == words) => match country {
                Some(c) => (country_actor(c, literal), Stands::Place),
                None => return None,
            },
            What::Place => {
                let key = key_of(&words);
                (Actor { name: words, key, role: ActorRole::Body, country: code, literal }, Stands::Place)
            }
            What::Media => {
                let key = key_of(&words);
                (Actor { name: words, key, role: ActorRole::Body, country: None, literal }, Stands::Media)
            }
        };
        Some(Name { first, last, actor, stands })
    }
}

/// "UK, French and German leaders": each adjective of a list acts if the last one does.
fn join_lists(sentence: &mut Sentence<'_>) {
    let mut listed_before = false;
    for i in (1..sentence.names.len()).rev() {
        let (left, right) = sentence.names.split_at_mut(i);
        let (Some(a), Some(b)) = (left.last_mut(), right.first()) else { continue };
        let between = sentence.tokens.get(a.last..b.first).unwrap_or_default();
        let listed = between.len() <= 2 && between.iter().all(|t| t.is(&[",", "and", "&"]));
        let plural = b.actor.role == ActorRole::Country
            && b.stands == Stands::Actor
            && (b.actor.literal.ends_with('s') || listed_before);
        let compound = between.is_empty() && sentence.tokens.get(b.first).is_some_and(|t| t.joined);
        if a.stands != Stands::Actor
            && a.actor.role == ActorRole::Country
            && (listed && plural || compound && b.stands == Stands::Actor)
        {
            a.stands = Stands::Actor;
            listed_before = true;
        } else {
            listed_before = false;
        }
    }
}

fn person_actor(name: String, key: String, country: Option<String>, literal: String) -> Actor {
    Actor { name, key, role: ActorRole::Person, country, literal }
}

/// The actor that stands for a country.
pub fn country_actor(country: &gazetteer::Country, literal: String) -> Actor {
    Actor {
        name: country.name.to_owned(),
        key: gazetteer::key(country.name),
        role: ActorRole::Country,
        country: Some(country.code.to_owned()),
        literal,
    }
}

/// Whether what follows a single name shows that it is a body's: "Nova officials", "Nova militants".
fn follows_body(sentence: &Sentence<'_>, last: usize) -> bool {
    sentence.tokens.get(last).is_some_and(|t| !t.cap && NAMES.section("body followers").has(&t.low))
}

/// Words before a single name that make it no person's: "the power company Nova".
const BODY_BEFORE: &[&str] = &[
    "company", "firm", "airline", "bank", "charity", "giant", "maker", "operator", "party", "group",
    "agency", "supplier", "utility", "retailer", "carrier", "insurer", "startup",
];

/// Whether a single name is a people's or a following's, by its ending and the verb behind it: "Novans have".
fn many(sentence: &Sentence<'_>, words: &str, last: usize) -> bool {
    let plural = ["have", "are", "were", "say", "do", "want", "fear", "believe"];
    words.ends_with('s') && sentence.tokens.get(last).is_some_and(|t| t.is(&plural))
}

/// Whether the name after this token is a storm's, an operation's, a flight's.
pub fn is_storm(sentence: &Sentence<'_>, before: usize) -> bool {
    NAMES.section("things named").has(&sentence.tokens[before].low)
}

/// Surname in the form in which transliterations compare equal.
fn surname(words: &str) -> Option<String> {
    let first = words.split(' ').next().unwrap_or(words);
    if words.split_once('-').is_some_and(|(_, rest)| rest.starts_with(char::is_lowercase))
        && words.contains(' ')
    {
        return Some(text::fold(first));
    }
    let last = words
        .rsplit([' ', '\n'])
        .find(|w| !w.is_empty() && !NAMES.section("after names").has(plain(w).trim_end_matches('.')))?;
    let last = family_first(words).unwrap_or(last);
    let key = text::fold(last);
    (key.len() > 1).then_some(key)
}

/// The first word of a Chinese or Korean name as English has it: family name first ("Wu Lianyi", "Oh Min Seo").
fn family_first(words: &str) -> Option<&str> {
    let mut parts = words.split(' ');
    let (family, given, more) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() || !NAMES.section("family first").has(&plain(family)) {
        return None;
    }
    let given_name = match more {
        Some(more) => given.len() <= 5 && more.len() <= 5 && given.len() > 1,
        None => given.len() > 1 && syllables(&plain(given), 2),
    };
    given_name.then_some(family)
}

/// Whether a word is at most so many Chinese syllables in Latin letters.
fn syllables(word: &str, left: usize) -> bool {
    const FINALS: &[&str] = &[
        "iang", "iong", "uang", "ang", "eng", "ian", "iao", "ing", "ong", "uai", "uan", "ai", "an", "ao",
        "ei", "en", "er", "ia", "ie", "in", "iu", "ou", "ua", "ue", "ui", "un", "uo", "a", "e", "i", "o",
        "u",
    ];
    if word.is_empty() {
        return true;
    }
    if left == 0 {
        return false;
    }
    let initials = ["zh", "ch", "sh"].iter().find(|i| word.starts_with(**i)).map_or_else(
        || usize::from(word.starts_with(|c: char| "bpmfdtnlgkhjqxrzcsyw".contains(c))),
        |i| i.len(),
    );
    FINALS.iter().any(|f| word[initials..].strip_prefix(f).is_some_and(|rest| syllables(rest, left - 1)))
}

/// Whether the first word of a name folds to this.
fn opens_with(name: &str, first: &str) -> bool {
    name.split(' ').next().is_some_and(|word| text::fold(word) == first)
}

/// Whether two full names with one surname are two persons': no given name or initial in common.
fn namesakes(a: &str, b: &str) -> bool {
    // "Oh Min Seo" is not "Oh Jae-in".
    if let (Some(x), Some(y)) = (family_first(a), family_first(b)) {
        let given = |name: &str, family: &str| text::fold(&name[family.len()..].replace([' ', '-'], ""));
        return given(a, x) != given(b, y);
    }
    let given = |name: &str| -> Vec<String> {
        let words: Vec<String> = name.split(' ').map(text::fold).collect();
        words[..words.len().saturating_sub(1)].to_vec()
    };
    let (a, b) = (given(a), given(b));
    let alike = |x: &String, y: &String| {
        let short = x.len().min(y.len()).min(3);
        x.get(..short) == y.get(..short)
    };
    let names = |g: &[String]| !g.is_empty() && g.iter().all(|w| !ordinary(w));
    names(&a) && names(&b) && !a.iter().any(|x| b.iter().any(|y| alike(x, y)))
}

/// Whether every word of `part` is one of `whole`, or an initial of one.
fn subset(part: &str, whole: &str) -> bool {
    let whole: Vec<String> = whole.split(' ').map(text::fold).collect();
    part.split(' ').map(text::fold).all(|w| whole.contains(&w) || w.len() < 2 || part.split(' ').count() > 1)
}

fn key_of(words: &str) -> String {
    let folded = text::fold(words);
    folded.strip_prefix("the ").map_or_else(|| folded.clone(), str::to_owned)
}

//! Persons, countries and bodies named in an article, one actor under all its names.
//!
//! Sentences come in with their places found; each goes out with its names in order. A person is known by
//! capitals, an office or title before it, or a full name elsewhere in the article; no list of persons is used.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::document::{Sentence, Token, plain};
use super::gazetteer;
use super::lexicon::{Lexicon, Match};
use super::places::PlaceUse;
use super::text;
use crate::model::{Actor, ActorRole, PlaceLevel};

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

static NAMES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../../lexicon/actors.txt")));
/// Ordinary words; the value tells whether it is one of the rarer.
static ORDINARY: LazyLock<HashMap<&'static str, bool>> = LazyLock::new(|| {
    let mut rare = false;
    let lines = include_str!("../../lexicon/ordinary.txt").lines().filter(|l| !l.starts_with('#'));
    lines
        .filter_map(|line| {
            rare |= line == "[rare]";
            Some((line, rare))
        })
        .collect()
});

/// Whether a lower-case word is an ordinary English word, in any regular inflection.
pub fn ordinary(low: &str) -> bool {
    const ENDINGS: &[(&str, &str)] = &[
        ("ies", "y"),
        ("ied", "y"),
        ("es", "e"),
        ("es", ""),
        ("s", ""),
        ("ed", "e"),
        ("ed", ""),
        ("ing", "e"),
        ("ing", ""),
        ("ly", ""),
        ("ness", ""),
    ];
    ORDINARY.contains_key(low)
        || ENDINGS.iter().any(|(end, instead)| {
            low.strip_suffix(end).is_some_and(|stem| {
                let noun = || stem.strip_suffix("ness").is_some_and(|s| ORDINARY.contains_key(s));
                stem.len() >= 3
                    && (ORDINARY.contains_key(stem)
                        || noun()
                        || ORDINARY.contains_key(format!("{stem}{instead}").as_str()))
            })
        })
}

/// Whether a word is in capitals only where a headline's style puts it there.
pub fn styled(low: &str) -> bool {
    ordinary(low) && !rare(low) && !NAMES.section("offices").has(low) && !NAMES.section("bodies").has(low)
}

/// What an article says of the persons it names in full.
#[derive(Default)]
struct Known {
    /// Folded surname to the fullest name and the country acted for.
    people: HashMap<String, Person>,
    /// Folded names of bodies and things: their words are not persons.
    bodies: HashSet<String>,
    /// Office words to the surname of the one who holds it; `None` if several do.
    offices: HashMap<String, Option<String>>,
    /// Words that the article also has in lower case.
    lower: HashSet<String>,
    /// There is a body, so that whoever matters is named there too.
    body: bool,
}

#[derive(Clone)]
struct Person {
    name: String,
    country: Option<String>,
    /// Named with a country and no lesser office: "A's Okada", "President Okada of A".
    heads: bool,
}

/// Names all sentences of an article.
pub fn name(sentences: &mut [Sentence<'_>]) {
    let mut known = Known { body: sentences.iter().filter(|s| !s.title).count() > 3, ..Known::default() };
    for sentence in sentences.iter() {
        let ordinary = sentence.tokens.iter().filter(|t| !t.cap && !t.punct && t.low.len() > 2);
        known.lower.extend(ordinary.map(|t| t.low.clone()));
    }
    // Bodies first, for a headline in capitals takes its names from the body of the article.
    for title_case in [false, true] {
        for sentence in sentences.iter().filter(|s| s.title_case == title_case) {
            let scan = Scan { sentence, known: &known };
            let found: Vec<Found> = scan.run();
            for one in &found {
                known.learn(one);
            }
        }
    }
    for sentence in sentences.iter_mut() {
        let found = Scan { sentence, known: &known }.run();
        sentence.names = found.into_iter().filter_map(|f| known.resolve(f, sentence)).collect();
        join_lists(sentence);
    }
}

/// A name as one sentence has it, before the article is consulted.
struct Found {
    first: usize,
    last: usize,
    /// The name alone, without office.
    words: String,
    office: Option<String>,
    country: Option<&'static gazetteer::Country>,
    what: What,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    /// Two or more capitalised words, or one after an office or title.
    Person,
    /// One capitalised word.
    Single,
    /// The holder of an office, by office alone.
    Office,
    Body,
    Group,
    /// A country or its organ as one who acts.
    Country,
    Adjective,
    Place,
    Media,
}

struct Scan<'s, 'a> {
    sentence: &'s Sentence<'a>,
    known: &'s Known,
}

impl Scan<'_, '_> {
    fn tokens(&self) -> &[Token<'_>] {
        &self.sentence.tokens
    }

    fn run(&self) -> Vec<Found> {
        let tokens = self.tokens();
        let mut found: Vec<Found> = Vec::new();
        let mut place_at: HashMap<usize, (usize, usize)> = HashMap::new();
        for (i, hit) in self.sentence.places.iter().enumerate() {
            let first = self.sentence.token_at(hit.range.start);
            let last = self.sentence.token_at(hit.range.end.saturating_sub(1)) + 1;
            place_at.insert(first, (i, last.min(tokens.len())));
        }
        let mut at = 0;
        while at < tokens.len() {
            let one = match place_at.get(&at) {
                Some(&(place, last)) => self.at_place(at, place, last),
                None => self.at_word(at, &place_at),
            };
            match one {
                Some(one) => {
                    at = one.last.max(at + 1);
                    found.push(one);
                }
                None => at += 1,
            }
        }
        found
    }

    /// A country, demonym, capital or other place, with the organ, office or person after it.
    fn at_place(&self, first: usize, place: usize, last: usize) -> Option<Found> {
        let hit = &self.sentence.places[place];
        let tokens = self.tokens();
        let country =
            hit.government.as_deref().or(hit.place.country.as_deref()).and_then(gazetteer::country_by_code);
        let demonym = hit.use_ == PlaceUse::Demonym;
        let governs = hit.government.is_some() || demonym && country.is_some();
        // A town's name that is a given name before a surname, or a surname after an office, is a person's.
        let town =
            hit.place.level <= PlaceLevel::City && hit.government.is_none() && hit.use_ == PlaceUse::Bare;
        if town
            && tokens.get(last).is_some_and(|t| t.cap && self.name_word(last) && !t.joined)
            && !self.bodylike(first, last + 1)
        {
            let end = self.run_end(first, None);
            if end > last {
                return self.classify(first, end);
            }
        }
        let mut after = last;
        if tokens.get(after).is_some_and(|t| t.low == "'s") {
            after += 1;
        }
        let national = governs && (hit.use_ != PlaceUse::Location || after > last);
        // "Nova Party", "Kherson Hospital": a place within a longer name.
        if hit.use_ != PlaceUse::Demonym
            && after == last
            && let Some(end) = self.body_end(first, last)
            && end > last
            && self.bodylike(last, end)
        {
            return Some(self.body(first, end, country));
        }
        if national {
            if let Some(m) = longest_after(tokens, after, "ministries") {
                let head = if hit.use_ == PlaceUse::Demonym {
                    hit.place.literal.clone()
                } else {
                    country?.name.to_owned()
                };
                let mut words = head;
                for t in &tokens[after..after + m.0 + m.1.len] {
                    words.push(' ');
                    words.push_str(&capital(t.text));
                }
                return Some(Found {
                    first,
                    last: after + m.0 + m.1.len,
                    words,
                    office: None,
                    country,
                    what: What::Body,
                });
            }
            if let Some((end, office)) = self.office(after) {
                return Some(self.after_office(first, end, office, country));
            }
            if after > last && tokens.get(after).is_some_and(|t| t.cap) {
                let end = self.run_end(after, None);
                if end > after
                    && !self.bodylike(after, end)
                    && self
                        .sentence
                        .places
                        .iter()
                        .enumerate()
                        .all(|(i, p)| self.sentence.token_at(p.range.start) != after || !self.certain(i))
                    && let Some(person) =
                        self.classify(after, end).filter(|f| matches!(f.what, What::Person | What::Single))
                {
                    return Some(Found { first, country, ..person });
                }
            }
            if let Some((skip, m)) = longest_after(tokens, after, "organs") {
                let what = if country.is_some() { What::Country } else { What::Group };
                let words = country.map_or_else(
                    || self.sentence.slice(first, after + m.len).to_owned(),
                    |c| c.name.to_owned(),
                );
                return Some(Found { first, last: after + skip + m.len, words, office: None, country, what });
            }
        }
        let what = match hit.use_ {
            PlaceUse::Demonym => What::Adjective,
            PlaceUse::Bare if governs && !self.within(place) => What::Country,
            PlaceUse::Location if governs && self.sends(first) => What::Country,
            _ => What::Place,
        };
        let seat = what == What::Country
            && hit.place.level != PlaceLevel::Country
            && gazetteer::seat(&hit.place.literal).is_some();
        if seat {
            return Some(Found {
                first,
                last,
                words: hit.place.literal.clone(),
                office: None,
                country,
                what: What::Body,
            });
        }
        let words = match (what, country) {
            (What::Place, Some(_)) if hit.place.level != PlaceLevel::Country => hit.place.name.clone(),
            (_, Some(country)) => country.name.to_owned(),
            (_, None) => hit.place.name.clone(),
        };
        Some(Found { first, last, words, office: None, country, what })
    }

    /// Whether it only says where the place before it lies ("Linz, Austria").
    fn within(&self, place: usize) -> bool {
        let (Some(before), hit) =
            (place.checked_sub(1).map(|i| &self.sentence.places[i]), &self.sentence.places[place])
        else {
            return false;
        };
        let between = &self.sentence.text[before.range.end.min(hit.range.start)..hit.range.start];
        between.trim() == ","
            && before.place.level < hit.place.level
            && before.place.country == hit.place.country
    }

    /// Whether those before it come from this country: "officials from A", "the presidents of A and B".
    fn sends(&self, first: usize) -> bool {
        let tokens = self.tokens();
        let Some(of) = (first.saturating_sub(8)..first).rev().find(|&i| tokens[i].is(&["from", "of"])) else {
            return false;
        };
        let listed = tokens[of + 1..first].iter().all(|t| t.cap || t.is(&[",", "and", "the"]));
        let organ = |i: usize| {
            NAMES.section("organs").at(tokens, i).is_some_and(|m| i + m.len == of)
                || NAMES.section("offices").at(tokens, i).is_some_and(|m| i + m.len == of)
        };
        listed && (of.saturating_sub(3)..of).any(organ)
    }

    fn at_word(&self, first: usize, places: &HashMap<usize, (usize, usize)>) -> Option<Found> {
        let tokens = self.tokens();
        let token = &tokens[first];
        if token.punct {
            return None;
        }
        if let Some(media) = NAMES.section("media").at(tokens, first)
            && (token.cap || token.is(&["reports", "media"]))
        {
            let last = first + media.len;
            return Some(Found {
                first,
                last,
                words: media.lemma.to_owned(),
                office: None,
                country: None,
                what: What::Media,
            });
        }
        if let Some(words) = NAMES.section("group words").at(tokens, first)
            && let Some(group) = NAMES.section("groups").at(tokens, first + words.len)
        {
            let last = first + words.len + group.len;
            let mut words = self.sentence.slice(first, last).to_owned();
            if !token.cap {
                words = words.to_lowercase();
            }
            return Some(Found { first, last, words, office: None, country: None, what: What::Group });
        }
        let institution =
            token.cap && tokens.get(first + 1).is_some_and(|t| t.cap && NAMES.section("bodies").has(&t.low));
        if let Some((end, office)) = self.office(first).filter(|_| !institution) {
            return Some(self.after_office(first, end, office, None));
        }
        if let Some(title) = NAMES.section("titles").at(tokens, first)
            && token.cap
        {
            let at =
                first + title.len + usize::from(tokens.get(first + title.len).is_some_and(|t| t.low == "."));
            let end = self.run_end(at, Some(places));
            if end > at {
                let words = self.sentence.slice(at, end).to_owned();
                return Some(Found {
                    first,
                    last: end,
                    words,
                    office: None,
                    country: None,
                    what: What::Person,
                });
            }
        }
        let end = self.run_end(first, Some(places));
        if end == first {
            return None;
        }
        self.classify(first, end)
    }

    /// What stands after an office: a person, "of" a country, or nobody.
    fn after_office(
        &self,
        first: usize,
        end: usize,
        office: String,
        mut country: Option<&'static gazetteer::Country>,
    ) -> Found {
        let tokens = self.tokens();
        let mut last = end;
        let mut at = end;
        // "president of the Republic of Nova", "prime ministers of A and B" (the second is joined later).
        if tokens.get(at).is_some_and(|t| t.is(&["of", "for", "to"])) {
            let from = self.sentence.tokens.get(at + 1..).unwrap_or_default();
            let skip = from
                .iter()
                .take_while(|t| t.is(&["the", "kingdom", "republic", "state", "of", "people", "'s"]))
                .count();
            let place =
                self.sentence.places.iter().find(|p| self.sentence.token_at(p.range.start) == at + 1 + skip);
            if let Some(hit) = place
                && let Some(code) = &hit.government
                && tokens[at].low == "of"
            {
                country = gazetteer::country_by_code(code);
                last = self.sentence.token_at(hit.range.end.saturating_sub(1)) + 1;
                at = last;
            }
        }
        if tokens.get(at).is_some_and(|t| t.low == ",") && last == end {
            at += 1;
        }
        let comma = at > last;
        if let Some(title) = NAMES.section("titles").at(tokens, at).filter(|_| tokens[at].cap) {
            at += title.len;
        }
        let run = self.run_end(at, None);
        if run > at
            && !(comma && run < at + 2)
            && self
                .sentence
                .places
                .iter()
                .enumerate()
                .all(|(i, p)| self.sentence.token_at(p.range.start) != at || !self.certain(i))
        {
            let words = self.sentence.slice(at, run).to_owned();
            let all_ordinary =
                tokens[at..run].iter().all(|t| ordinary(&t.low) || self.known.lower.contains(&t.low));
            if !self.bodylike(at, run) && !(all_ordinary && self.sentence.title_case) && !comma {
                return Found { first, last: run, words, office: Some(office), country, what: What::Person };
            }
        }
        let words = country.map_or_else(String::new, |c| c.name.to_owned());
        Found { first, last, words, office: Some(office), country, what: What::Office }
    }

    /// The end of the office that begins here, and its words in lower case.
    fn office(&self, first: usize) -> Option<(usize, String)> {
        let tokens = self.tokens();
        let mut at = first;
        let mut office = None;
        while at < tokens.len() && at < first + 6 {
            if let Some(m) = NAMES.section("offices").at(tokens, at) {
                at += m.len;
                office = Some((at, m.lemma.to_owned()));
                if tokens.get(at).is_some_and(|t| t.low == "." && m.lemma.len() < 8) {
                    at += 1;
                    office = Some((at, m.lemma.to_owned()));
                }
            } else if let Some(m) = NAMES.section("office words").at(tokens, at) {
                at += m.len;
            } else {
                break;
            }
        }
        office
    }

    /// The end of the run of capitalised words that begins here; the start itself if none does.
    fn run_end(&self, first: usize, places: Option<&HashMap<usize, (usize, usize)>>) -> usize {
        let tokens = self.tokens();
        let mut at = first;
        while let Some(token) = tokens.get(at) {
            if at > first && places.is_some_and(|p| p.get(&at).is_some_and(|&(i, _)| self.certain(i))) {
                break;
            }
            let starts = at == first;
            if token.cap && self.name_word(at) {
                if !starts
                    && (NAMES.section("offices").at(tokens, at).is_some() && token.low.len() > 3
                        || token.joined && self.parts(at))
                {
                    break;
                }
                at += 1;
                // An initial's dot.
                continue;
            }
            let two = at >= first + 2 && token.low.len() <= 5;
            if !starts
                && token.joined
                && !token.cap
                && given_name_ending(&token.low, two)
                && tokens[at - 1].cap
            {
                at += 1;
                continue;
            }
            let bound = token.is(&["al", "el", "as", "ad", "ar", "ul", "ur", "uz", "e", "y", "st"]);
            if bound && !starts && !tokens.get(at + 1).is_some_and(|t| t.joined) {
                break;
            }
            let particle = !starts || token.is(&["al", "el", "van", "von", "de", "bin"]);
            if particle
                && NAMES.section("particles").has(&token.low)
                && !token.cap
                && tokens.get(at + 1).is_some_and(|t| {
                    (t.cap
                        || !starts
                            && NAMES.section("particles").has(&t.low)
                            && tokens.get(at + 2).is_some_and(|u| u.cap))
                        && (!starts || t.joined || token.low.len() > 2)
                })
                && (!starts || tokens[at + 1].joined || !token.is(&["al", "el"]))
            {
                at += 1;
                continue;
            }
            break;
        }
        at
    }

    /// Whether a place's name cannot be a part of a person's.
    fn certain(&self, place: usize) -> bool {
        let hit = &self.sentence.places[place];
        hit.use_ == PlaceUse::Demonym || hit.government.is_some() || hit.place.level >= PlaceLevel::Region
    }

    /// Whether a hyphen before this word parts two names ("Weir-Okada talks") and does not join one.
    fn parts(&self, at: usize) -> bool {
        let tokens = self.tokens();
        let before = &tokens[at - 1];
        if NAMES.section("particles").has(&before.low) {
            return false;
        }
        if self.known.people.contains_key(&text::fold(&tokens[at].low))
            && self.known.people.contains_key(&text::fold(&before.low))
        {
            return true;
        }
        // "A-B talks": a compound of two single names before a lower-case noun, and no first name before it.
        let single = at < 2 || !tokens[at - 2].cap || tokens[at - 2].punct || !self.name_word(at - 2);
        let noun = tokens.get(at + 1).is_some_and(|t| {
            t.is(&[
                "talks",
                "meeting",
                "summit",
                "call",
                "phone",
                "conversation",
                "negotiations",
                "telephone",
                "encounter",
            ]) || t.joined
        });
        single && noun
    }

    /// Whether the capital of a word is a name's.
    fn name_word(&self, at: usize) -> bool {
        let tokens = self.tokens();
        let token = &tokens[at];
        let contracted = token
            .low
            .split_once('\'')
            .is_some_and(|(head, _)| head.len() > 1 && (ordinary(head) || text::is_stop_word(head)));
        if NAMES.section("never").has(&token.low)
            || contracted
            || token.low.chars().all(|c| !c.is_alphabetic())
        {
            return false;
        }
        let opens = at == 0
            || tokens[at - 1].is(&["\"", ":", "—", ".", "-", "•", "*", "(", "?", "!", "...", "…"])
            || at == 1 && tokens[0].punct;
        let common = ordinary(&token.low) || self.known.lower.contains(&token.low);
        if opens
            && ORDINARY.get(token.low.as_str()) == Some(&true)
            && !self.known.lower.contains(&token.low)
            && self.subject(at)
        {
            return true;
        }
        if opens && common && !self.known.people.contains_key(&text::fold(&token.low)) {
            // "Rice said" is a person only if the article says so elsewhere; "Brown Weir" may be one.
            return tokens.get(at + 1).is_some_and(|t| {
                t.cap
                    && !t.punct
                    && !ordinary(&t.low)
                    && !NAMES.section("never").has(&t.low)
                    && !self.sentence.title_case
            }) && !super::text::is_stop_word(&token.low)
                && !token.low.ends_with("ing")
                && !NAMES.section("openers").has(&token.low);
        }
        if self.sentence.title_case && common {
            return self.known.people.contains_key(&text::fold(&token.low));
        }
        !super::text::is_stop_word(&token.low) || token.text.len() > 3 && !common
    }

    /// Whether what follows a rare word makes it the subject of a headline's verb ("Grouse meets").
    fn subject(&self, at: usize) -> bool {
        let tokens = self.tokens();
        let token = &tokens[at];
        let sole = !NAMES.section("offices").has(&token.low)
            && !token.low.ends_with('s')
            && !token.low.ends_with("ing");
        sole && !self.sentence.title_case
            && tokens.get(at + 1).is_some_and(|t| {
                !t.cap
                    && (t.is(&["says", "said", "meets", "met", "to", "and", "'s", "tells", "told"])
                        || t.low.ends_with('s') && ordinary(&t.low) && t.low.len() > 3)
            })
    }

    fn classify(&self, first: usize, end: usize) -> Option<Found> {
        let tokens = self.tokens();
        if let Some(end) = self.body_end(first, end) {
            if NAMES.section("media").has(&tokens[end - 1].low) {
                let words = self.sentence.slice(first, end).to_owned();
                return Some(Found {
                    first,
                    last: end,
                    words,
                    office: None,
                    country: None,
                    what: What::Media,
                });
            }
            return Some(self.body(first, end, None));
        }
        let token = &tokens[first];
        let words = self.sentence.slice(first, end).to_owned();
        if NAMES.section("media").has(&tokens[end - 1].low) && end > first + 1 {
            return Some(Found { first, last: end, words, office: None, country: None, what: What::Media });
        }
        let make =
            |what| Some(Found { first, last: end, words: words.clone(), office: None, country: None, what });
        let shouting =
            tokens.iter().filter(|t| !t.punct && t.text.len() > 3).all(|t| t.text == t.text.to_uppercase());
        let letters: Vec<char> = token.text.chars().filter(|c| c.is_alphabetic()).collect();
        if end == first + 1
            && letters.len() > 1
            && letters.len() < 8
            && letters.iter().filter(|c| c.is_uppercase()).count() > 1
            && letters.iter().filter(|c| c.is_lowercase()).count() < 2
            && !shouting
        {
            return make(What::Body);
        }
        if end > first + 1 {
            let acronym = |t: &Token<'_>| t.text.len() > 2 && t.text.chars().all(char::is_uppercase);
            if !shouting && tokens[first..end].iter().any(acronym) {
                return make(What::Body);
            }
            return make(What::Person);
        }
        let known = self.known.people.contains_key(&text::fold(&token.low));
        if !known
            && self.sentence.title_case
            && !self.known.lower.is_empty()
            && (first == 0 || !ordinary(&token.low) && self.known.body)
        {
            return None;
        }
        if !known && !rare(&token.low) && (ordinary(&token.low) || self.known.lower.contains(&token.low)) {
            return None;
        }
        make(What::Single)
    }

    /// The end of a body's name that goes on from a run of capitals ("Ministry of Foreign Affairs").
    fn body_end(&self, first: usize, end: usize) -> Option<usize> {
        let tokens = self.tokens();
        let mut end = end;
        loop {
            let run = self.run_end(end, None);
            if run > end && !tokens[end].joined {
                end = run;
                continue;
            }
            let of = tokens.get(end).is_some_and(|t| t.is(&["of", "for"]));
            if of && self.bodylike(first, end) {
                let the = usize::from(tokens.get(end + 1).is_some_and(|t| t.low == "the"));
                let from = end + 1 + the;
                let run = self.run_end(from, None);
                if run > from {
                    end = run;
                    continue;
                }
            }
            break;
        }
        // A place before "body words" alone is the place ("Nova War"); the body needs a word of its own.
        (self.bodylike(first, end) && end > first + 1).then_some(end)
    }

    fn bodylike(&self, first: usize, end: usize) -> bool {
        self.tokens()[first.min(end)..end].iter().any(|t| t.cap && NAMES.section("bodies").has(&t.low))
    }

    fn body(&self, first: usize, end: usize, country: Option<&'static gazetteer::Country>) -> Found {
        let tokens = self.tokens();
        let thing = NAMES.section("places in names").has(&tokens[end - 1].low);
        let what = if thing { What::Place } else { What::Body };
        Found {
            first,
            last: end,
            words: self.sentence.slice(first, end).to_owned(),
            office: None,
            country,
            what,
        }
    }
}

impl Known {
    fn learn(&mut self, found: &Found) {
        match found.what {
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
                if found.words.split(' ').count() > person.name.split(' ').count() {
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
            What::Body => {
                self.bodies.extend(found.words.split(' ').map(text::fold));
            }
            _ => {}
        }
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
            What::Person | What::Single => {
                let key = surname(&words)?;
                if let Some(person) = self.people.get(&key).filter(|p| subset(&words, &p.name)) {
                    let country = code.or_else(|| person.country.clone());
                    (person_actor(person.name.clone(), key, country, literal), Stands::Actor)
                } else if what == What::Single && self.bodies.contains(&key) {
                    (Actor { name: words, key, role: ActorRole::Body, country: code, literal }, Stands::Actor)
                } else {
                    (person_actor(words, key, code, literal), Stands::Actor)
                }
            }
            What::Office => {
                let office = office.unwrap_or_default();
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

/// The part after a hyphen of a Korean or Chinese given name ("Jae-in"), and not of a compound ("-led").
fn given_name_ending(low: &str, two: bool) -> bool {
    low.len() <= 5
        && (two || !ordinary(low))
        && !matches!(
            low,
            "led"
                | "era"
                | "run"
                | "born"
                | "made"
                | "hit"
                | "like"
                | "held"
                | "style"
                | "in"
                | "based"
                | "wide"
                | "elect"
                | "aged"
                | "free"
        )
        || matches!(low, "in" | "un" | "ho" | "hye" | "jin")
}

/// Whether a lower-case word is an ordinary, but rarer one.
fn rare(low: &str) -> bool {
    ORDINARY.get(low) == Some(&true)
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
        .find(|w| !w.is_empty() && !matches!(plain(w).as_str(), "jr" | "jr." | "sr" | "ii" | "iii"))?;
    let key = text::fold(last);
    (key.len() > 1).then_some(key)
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

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// A listed phrase at `at` or after up to two lower-case words; how many were skipped, and the phrase.
fn longest_after(tokens: &[Token<'_>], at: usize, section: &str) -> Option<(usize, Match)> {
    (0..3)
        .take_while(|skip| {
            *skip == 0
                || tokens
                    .get(at + skip - 1)
                    .is_some_and(|t| !t.punct && !t.cap && !text::is_stop_word(&t.low))
        })
        .find_map(|skip| Some((skip, NAMES.section(section).at(tokens, at + skip)?)))
}

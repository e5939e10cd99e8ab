//! The names in one sentence, before the rest of the article is consulted.
//!
//! Tokens and places come in; persons, offices, bodies, groups and countries go out, each with its stretch of
//! the sentence and what it seems to be.

/// Bodies.
mod body;
/// Runs of capitals.
mod run;

use foldhash::{HashMap, HashMapExt};
use std::sync::LazyLock;

use super::document::{Sentence, Token};
use super::gazetteer;
use super::lexicon::{Lexicon, Match};
use super::names::Known;
use super::ordinary::{ordinary, rare};
use super::places::PlaceUse;
use super::text;
use crate::model::PlaceLevel;

/// What stands before, after and within names.
pub static NAMES: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::parse(include_str!("../../lexicon/actors.txt")));

/// A name as one sentence has it.
pub struct Found {
    /// Its first token, office and title included.
    pub first: usize,
    /// The token after its last.
    pub last: usize,
    /// The name alone, without office.
    pub words: String,
    /// The office in lower case, where one stands with it.
    pub office: Option<String>,
    /// The country acted for, where the words say so.
    pub country: Option<&'static gazetteer::Country>,
    /// What it seems to be.
    pub what: What,
}

/// What a name seems to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Two or more capitalised words, or one after an office or title.
    Person,
    /// One capitalised word.
    Single,
    /// The holder of an office, by office alone.
    Office,
    /// A named body.
    Body,
    /// A group without a name of its own.
    Group,
    /// A country or its organ as one who acts.
    Country,
    /// A people's adjective.
    Adjective,
    /// A place, or a thing named as places are.
    Place,
    /// Who reports the news.
    Media,
}

/// A sentence to be searched, and what the article says elsewhere.
pub struct Scan<'s, 'a> {
    /// The sentence.
    pub sentence: &'s Sentence<'a>,
    /// What its article says.
    pub known: &'s Known,
}

impl Scan<'_, '_> {
    fn tokens(&self) -> &[Token<'_>] {
        &self.sentence.tokens
    }

    /// The names of the sentence, in order, not overlapping.
    pub fn run(&self) -> Vec<Found> {
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
        let country = hit.government.or(hit.place.country.as_deref()).and_then(gazetteer::country_by_code);
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
        // "envoys from A and from B"
        let again = of > 1 && tokens[of - 1].low == "and";
        let former = (of.saturating_sub(6)..of).rev().find(|&i| tokens[i].is(&["from", "of", "for"]));
        let of = former.filter(|_| again).unwrap_or(of);
        let link = |t: &Token<'_>| t.is(&[",", "and", "the", "from", "of", "for"]);
        let listed = tokens[of + 1..first].iter().all(|t| t.cap || link(t));
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
            let mut last = first + media.len;
            // "Nova TV correspondent Ada Morn"
            if tokens
                .get(last)
                .is_some_and(|t| t.is(&["correspondent", "reporter", "journalist", "columnist"]))
            {
                last = self.run_end(last + 1, Some(places));
            }
            // "the Lantern's Ada Morn": who reports, too.
            if tokens.get(last).is_some_and(|t| t.low == "'s") {
                let end = self.run_end(last + 1, Some(places));
                last = if end > last + 2 { end } else { last };
            }
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
            let other = self.bodylike(at, run) || all_ordinary && self.sentence.title_case;
            if !other && !comma {
                // "Nova correspondent Ada Morn": who reports.
                let reports =
                    matches!(office.as_str(), "correspondent" | "reporter" | "anchor" | "columnist");
                let what = if reports { What::Media } else { What::Person };
                return Found { first, last: run, words, office: Some(office), country, what };
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

    fn classify(&self, first: usize, end: usize) -> Option<Found> {
        let tokens = self.tokens();
        // "Speaker of the House Ada Morn"
        if end > first + 1
            && first > 0
            && tokens[first - 1].low == "the"
            && tokens[first].is(&["house", "senate", "congress", "parliament"])
            && !self.bodylike(first + 1, end)
        {
            return Some(self.body(first, first + 1, None));
        }
        if let Some(end) = self.body_end(first, end) {
            let agency = end > first + 1 && tokens[end - 1].low == "agency" && tokens[end - 2].low == "news";
            if agency || NAMES.section("media").has(&tokens[end - 1].low) {
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
        if self.reports(first, end) {
            let words = self.sentence.slice(first, end).to_owned();
            return Some(Found { first, last: end, words, office: None, country: None, what: What::Media });
        }
        let token = &tokens[first];
        let reporter = first > 0
            && tokens[first - 1].is(&["correspondent", "reporter", "anchor", "columnist"])
            && end > first + 1;
        if reporter {
            let words = self.sentence.slice(first, end).to_owned();
            return Some(Found { first, last: end, words, office: None, country: None, what: What::Media });
        }
        let storm =
            first.checked_sub(1).filter(|&i| tokens[i].cap && super::names::is_storm(self.sentence, i));
        if storm.is_some() || end > first + 1 && super::names::is_storm(self.sentence, first) {
            let from = first + usize::from(storm.is_none());
            let words = self.sentence.slice(from, end).to_owned();
            return Some(Found {
                first: from,
                last: end,
                words,
                office: None,
                country: None,
                what: What::Place,
            });
        }
        // "Comedian Ada Morn": what the person does opens the sentence.
        let first = first + usize::from(end > first + 2 && first == 0 && occupation(&token.low));
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
            let capitals = |t: &Token<'_>| t.text.chars().all(|c| !c.is_lowercase());
            if !shouting && tokens[first..end].iter().all(|t| capitals(t) && ordinary(&t.low)) {
                return None;
            }
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
            && (first == 0 && ordinary(&token.low) || !ordinary(&token.low) && self.known.body)
        {
            return None;
        }
        if !known && !rare(&token.low) && (ordinary(&token.low) || self.known.lower.contains(&token.low)) {
            return None;
        }
        make(What::Single)
    }
}

/// An ordinary word for what somebody does, by its ending.
fn occupation(low: &str) -> bool {
    ["ian", "ist", "or", "er", "ant", "man", "woman"].iter().any(|end| low.ends_with(end))
        && low.len() > 5
        && ordinary(low)
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

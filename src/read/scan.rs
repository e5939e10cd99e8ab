//! The names in one sentence, before the rest of the article is consulted.
//!
//! Tokens and places come in; persons, offices, bodies, groups and countries go out, each with its stretch of
//! the sentence and what it seems to be.

/// Bodies.
mod body;
/// Offices.
mod office;
/// Names that begin with a place.
mod place;
/// Runs of capitals.
mod run;

use foldhash::{HashMap, HashMapExt};
use std::sync::LazyLock;

use super::document::{Sentence, Token};
use super::gazetteer;
use super::lexicon::Lexicon;
use super::names::Known;
use super::ordinary::{ordinary, rare};
use super::text;

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

    /// A paper, group, office, titled person or run of capitals that begins here.
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

    /// A name by its own words alone.
    fn plain(&self, first: usize, last: usize, what: What) -> Found {
        let words = self.sentence.slice(first, last).to_owned();
        Found { first, last, words, office: None, country: None, what }
    }

    /// What a run of capitalised words seems to be; `None`: no name.
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
            let agency = tokens[end - 1].low == "agency" && tokens[end - 2].low == "news";
            return Some(if agency {
                self.plain(first, end, What::Media)
            } else {
                self.body(first, end, None)
            });
        }
        let reporter = first > 0
            && tokens[first - 1].is(&["correspondent", "reporter", "anchor", "columnist"])
            && end > first + 1;
        if reporter || self.reports(first, end) {
            return Some(self.plain(first, end, What::Media));
        }
        let token = &tokens[first];
        let storm =
            first.checked_sub(1).filter(|&i| tokens[i].cap && super::names::is_storm(self.sentence, i));
        if storm.is_some() || end > first + 1 && super::names::is_storm(self.sentence, first) {
            let from = first + usize::from(storm.is_none());
            return Some(self.plain(from, end, What::Place));
        }
        // "Comedian Ada Morn": what the person does opens the sentence.
        let first = first + usize::from(end > first + 2 && first == 0 && occupation(&token.low));
        if NAMES.section("media").has(&tokens[end - 1].low) && end > first + 1 {
            return Some(self.plain(first, end, What::Media));
        }
        let make = |what| Some(self.plain(first, end, what));
        let shouting =
            tokens.iter().filter(|t| !t.punct && t.text.len() > 3).all(|t| t.text == t.text.to_uppercase());
        // "MoD", "UNSC": letters.
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

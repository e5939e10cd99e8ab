//! The owner's own words in reading: several names of one actor or place, and phrases that tell nothing.
//!
//! An alias is found word by word, whatever the rest of the reader takes it for, and named as its first name
//! is. A word that the owner writes with a capital must have one.

use std::collections::HashMap;

use super::document::{Document, Sentence, Token, tokens};
use super::mended::Mended;
use super::names::{Name, Stands};
use super::places::{self, PlaceHit, PlaceUse};
use super::{gazetteer, text};
use crate::model::{Actor, ActorRole, Alias, Article, Mention, Named, OwnWords, Place, PlaceLevel, Watched};

/// Prepositions before which a name is where something happens.
const WHERE: &[&str] =
    &["in", "at", "near", "to", "from", "outside", "inside", "on", "over", "into", "around", "off"];

/// Reads articles as the owner has it; the default has no words of its own.
#[derive(Debug, Default)]
pub struct Reader {
    /// By the first word of the phrase.
    names: HashMap<String, Vec<Phrase>>,
    ignored: Vec<Phrase>,
}

#[derive(Debug, Clone)]
struct Phrase {
    /// Each word in lower case, and whether it must have a capital.
    words: Vec<(String, bool)>,
    meaning: Meaning,
}

#[derive(Debug, Clone)]
enum Meaning {
    Actor(Actor),
    Place(Box<PlaceHit>),
    Nothing,
}

impl Reader {
    /// Makes the owner's words ready for reading.
    pub fn new(own: &OwnWords) -> Reader {
        let mut reader = Reader::default();
        for alias in &own.aliases {
            let meaning = meaning(alias);
            for name in std::iter::once(&alias.name).chain(&alias.also) {
                let phrase = Phrase::new(name, meaning.clone());
                if let Some((first, _)) = phrase.words.first() {
                    reader.names.entry(first.clone()).or_default().push(phrase);
                }
            }
        }
        // The longest first: "the Front" stands in "the Front of the North".
        reader.names.values_mut().for_each(|list| list.sort_by_key(|p| std::cmp::Reverse(p.words.len())));
        reader.ignored = own.ignored.iter().map(|phrase| Phrase::new(phrase, Meaning::Nothing)).collect();
        reader.ignored.retain(|phrase| !phrase.words.is_empty());
        reader
    }

    /// All mentions in an article, one an event, kind by kind in the order of the text.
    pub fn read(&self, article: &Article) -> Vec<Mention> {
        let Some(mended) = Mended::of(article) else {
            return super::mentions(&Document::new(article, self));
        };
        let mut found = super::mentions(&Document::new(&mended.article, self));
        found.iter_mut().for_each(|mention| mended.restore(mention));
        found
    }

    /// Whether a sentence tells nothing by the owner's word.
    pub(super) fn ignores(&self, sentence: &Sentence<'_>) -> bool {
        let any =
            |phrase: &Phrase| (0..sentence.tokens.len()).any(|at| phrase.is_at(&sentence.tokens, at, false));
        self.ignored.iter().any(any)
    }

    /// Places under their other names; they stand in for what was found there.
    pub(super) fn name_places(&self, sentence: &mut Sentence<'_>) {
        for (first, last, meaning) in self.found(sentence) {
            let Meaning::Place(known) = meaning else { continue };
            let range = sentence.tokens[first].start..sentence.tokens[last - 1].end();
            let before = first.checked_sub(1).and_then(|i| sentence.tokens.get(i));
            let preposition = before.and_then(|t| WHERE.iter().copied().find(|w| t.low == *w));
            let use_ = if preposition.is_some() { PlaceUse::Location } else { PlaceUse::Bare };
            let mut hit = PlaceHit { range, use_, preposition, ..*known };
            hit.place.literal = sentence.slice(first, last).to_owned();
            sentence.places.retain(|p| p.range.end <= hit.range.start || hit.range.end <= p.range.start);
            let at = sentence.places.partition_point(|p| p.range.start < hit.range.start);
            sentence.places.insert(at, hit);
        }
    }

    /// Actors under their other names; an office or title before them stays with them.
    pub(super) fn name_actors(&self, sentence: &mut Sentence<'_>) {
        for (first, last, meaning) in self.found(sentence) {
            let Meaning::Actor(actor) = meaning else { continue };
            let overlaps = |n: &Name| n.first < last && first < n.last;
            let (mut from, mut to, mut stands, mut country) = (first, last, Stands::Actor, None);
            for name in sentence.names.iter().filter(|n| overlaps(n)) {
                (from, to) = (from.min(name.first), to.max(name.last));
                country = name.actor.country.clone().filter(|_| name.stands == Stands::Actor);
                if name.stands == Stands::Place {
                    stands = Stands::Place;
                }
            }
            let literal = sentence.slice(from, to).to_owned();
            let country = actor.country.clone().or(country);
            let name = Name { first: from, last: to, actor: Actor { literal, country, ..actor }, stands };
            sentence.names.retain(|n| !overlaps(n));
            let at = sentence.names.partition_point(|n| n.first < from);
            sentence.names.insert(at, name);
        }
    }

    /// The aliases in a sentence, in order, not overlapping: first token, token after the last, meaning.
    fn found(&self, sentence: &Sentence<'_>) -> Vec<(usize, usize, Meaning)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < sentence.tokens.len() && !self.names.is_empty() {
            let list = self.names.get(&sentence.tokens[at].low).map_or(&[][..], Vec::as_slice);
            match list.iter().find(|phrase| phrase.is_at(&sentence.tokens, at, true)) {
                Some(phrase) => {
                    found.push((at, at + phrase.words.len(), phrase.meaning.clone()));
                    at += phrase.words.len();
                }
                None => at += 1,
            }
        }
        found
    }
}

impl Phrase {
    fn new(text: &str, meaning: Meaning) -> Phrase {
        Phrase { words: tokens(text).into_iter().map(|t| (t.low, t.cap)).collect(), meaning }
    }

    fn is_at(&self, tokens: &[Token<'_>], at: usize, capitals: bool) -> bool {
        let fits = |(token, (low, cap)): (&Token<'_>, &(String, bool))| {
            token.low == *low && (!capitals || !cap || token.cap)
        };
        tokens.get(at..at + self.words.len()).is_some_and(|some| some.iter().zip(&self.words).all(fits))
    }
}

/// What an alias's first name means, as the reader has it unless the owner says so.
fn meaning(alias: &Alias) -> Meaning {
    let name = &alias.name;
    let place = || places::find(&format!("in {name}")).into_iter().find(|hit| hit.place.literal == *name);
    let site = || {
        let place = Place {
            name: name.clone(),
            country: None,
            region: None,
            level: PlaceLevel::Site,
            literal: name.clone(),
        };
        let hit = PlaceHit {
            range: 0..0,
            place,
            use_: PlaceUse::Location,
            preposition: None,
            population: 0,
            government: None,
        };
        Meaning::Place(Box::new(hit))
    };
    let actor = |role: Option<ActorRole>| {
        let told = Article {
            outlet: String::new(),
            title: None,
            text: format!("{name} said so on Monday."),
            published: chrono::DateTime::UNIX_EPOCH,
        };
        let document = Document::new(&told, &Reader::default());
        let read = document.sentences.first().and_then(|s| s.names.first()).map(|n| n.actor.clone());
        let read = read.filter(|a| role.is_none_or(|role| a.role == role));
        let role = role.unwrap_or(ActorRole::Body);
        let key = match role {
            ActorRole::Person => name.rsplit(' ').next().map(text::fold).unwrap_or_default(),
            _ => text::fold(name),
        };
        let plain = || Actor { name: name.clone(), key, role, country: None, literal: name.clone() };
        Meaning::Actor(Actor { name: name.clone(), ..read.unwrap_or_else(plain) })
    };
    match alias.is {
        Some(Named::Person) => actor(Some(ActorRole::Person)),
        Some(Named::Body) => actor(Some(ActorRole::Body)),
        Some(Named::Place) => place().map_or_else(site, |hit| Meaning::Place(Box::new(hit))),
        None if gazetteer::is_place_name(name) => {
            place().map_or_else(|| actor(None), |hit| Meaning::Place(Box::new(hit)))
        }
        None => actor(None),
    }
}

/// The watched names, each with the country that it may name; a place also by its usual name.
pub fn watched(own: &OwnWords) -> Vec<Watched> {
    let country = |name: &String| gazetteer::country(name).map(|country| country.code.to_owned());
    let names = own.watched.iter().flat_map(|name| {
        let usual = gazetteer::usual(name).filter(|usual| usual != name).map(str::to_owned);
        std::iter::once(name.clone()).chain(usual)
    });
    names.map(|name| Watched { country: country(&name), name }).collect()
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};

    use super::*;

    fn reader(ignored: &[&str]) -> Reader {
        let alias = |name: &str, also: &[&str], is| Alias {
            name: name.into(),
            also: also.iter().map(|a| (*a).to_owned()).collect(),
            is,
        };
        Reader::new(&OwnWords {
            aliases: vec![
                alias("Amara Tolen", &["The Iron Gardener"], Some(Named::Person)),
                alias("Lake Front", &["the Front", "Frente del Lago"], Some(Named::Body)),
                alias("Kisumu", &["Port Florence"], None),
                alias("Nova Zarya", &["New Dawn"], Some(Named::Place)),
            ],
            watched: vec![],
            ignored: ignored.iter().map(|phrase| (*phrase).to_owned()).collect(),
        })
    }

    fn read(reader: &Reader, text: &str) -> Vec<Mention> {
        reader.read(&Article {
            outlet: "The Daily Lantern".into(),
            title: None,
            text: text.into(),
            published: Utc.with_ymd_and_hms(2027, 3, 8, 9, 0, 0).single().expect("a valid time"),
        })
    }

    fn first(text: &str) -> Mention {
        read(&reader(&[]), text).into_iter().next().expect("a mention")
    }

    fn told(mention: &Mention) -> (Vec<&str>, Option<&str>) {
        (
            mention.actors.iter().map(|a| a.name.as_str()).collect(),
            mention.place.as_ref().map(|p| p.name.as_str()),
        )
    }

    #[test]
    fn an_actor_and_a_place_are_one_under_all_their_names() {
        let meeting = "The Iron Gardener met President Haru Okada in Port Florence on Sunday.";
        let plain =
            first(&meeting.replace("The Iron Gardener", "Amara Tolen").replace("Port Florence", "Kisumu"));
        let aliased = first(meeting);
        assert_eq!(told(&aliased), (vec!["Amara Tolen", "Haru Okada"], Some("Kisumu")));
        assert_eq!(told(&plain), told(&aliased));
        assert_eq!(plain.actors[0].key, aliased.actors[0].key);
        assert_eq!(aliased.actors[0].literal, "The Iron Gardener");
        assert_eq!(aliased.place.unwrap().literal, "Port Florence");
    }

    #[test]
    fn a_body_and_a_village_that_no_list_has_are_known_by_the_owner() {
        let m = first("Kenya and the Front held talks in New Dawn on Sunday.");
        assert_eq!(told(&m), (vec!["Kenya", "Lake Front"], Some("Nova Zarya")));
        let spanish = first("Kenya and Frente del Lago held talks in Nova Zarya on Sunday.");
        assert_eq!(told(&spanish), told(&m));
    }

    #[test]
    fn a_word_with_a_capital_is_no_alias_without_one() {
        let m = read(&reader(&[]), "Kenya and Uganda held talks at the front on Sunday.");
        assert_eq!(told(&m[0]).0, ["Kenya", "Uganda"]);
    }

    #[test]
    fn a_sentence_with_an_ignored_phrase_tells_nothing() {
        let text =
            "Kenya and Uganda held talks in Kisumu on Sunday. In other news, drones hit Juba, killing two.";
        assert_eq!(read(&reader(&[]), text).len(), 2);
        let left = read(&reader(&["in other NEWS"]), text);
        assert_eq!(left.len(), 1, "{left:#?}");
        assert!(read(&reader(&["held talks", "drones"]), text).is_empty());
    }

    #[test]
    fn a_watched_name_may_be_a_country() {
        let own = OwnWords { watched: vec!["Kenya".into(), "Lake Front".into()], ..OwnWords::default() };
        let codes: Vec<Option<String>> = watched(&own).into_iter().map(|w| w.country).collect();
        assert_eq!(codes, [Some("KE".to_owned()), None]);
    }
}

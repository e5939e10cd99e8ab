//! Places named in a sentence, and how they are used.
//!
//! A sentence comes in, with what the document says elsewhere; places go out with literal byte ranges. A
//! town whose name is also a word or a surname counts only where the sentence shows that a place is meant.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

/// What the words around a name say.
mod around;
/// Places of the gazetteer.
mod known;
/// The sentence and the names in it.
mod pieces;
/// Which place is meant.
mod sense;
/// Places of no gazetteer.
mod unknown;

use pieces::Scan;

use super::place_words::{STRONG, TOWN_SITES};
use super::text::{self, Token};
use crate::model::{Place, PlaceLevel};

/// How a sentence uses a place's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceUse {
    /// Where something is or happens ("in Kyiv", "Kyiv region", "Miami, Florida").
    Location,
    /// A people's or nation's adjective or noun ("Russian", "Iranians", "Iran-backed").
    Demonym,
    /// Neither: subject, object or attribute; may stand for a government ("Moscow said").
    Bare,
}

/// One place named in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceHit {
    /// Bytes of the name in the sentence, with a class word ("Kyiv region"), without preposition.
    pub range: Range<usize>,
    /// The place, resolved where the gazetteer knows it.
    pub place: Place,
    /// How the sentence uses it.
    pub use_: PlaceUse,
    /// The preposition that governs it ("in", "on", "of"), in lower case.
    pub preposition: Option<&'static str>,
    /// Inhabitants, 0 where unknown.
    pub population: u32,
    /// ISO code of the country whose government the word may stand for: countries, capitals, seats.
    pub government: Option<&'static str>,
}

/// What a document says elsewhere, to tell places of one name apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Context {
    /// ISO codes of the countries that the document names.
    countries: BTreeSet<&'static str>,
    /// ISO code of the country that most sentences name, if one stands out: the article is about it.
    main: Option<&'static str>,
    /// Folded last words of longer names ("Blake Harrow"): alone they mean that person or body.
    surnames: HashSet<String>,
    /// Towns that some sentence shows to be places ("in Arn"): the others mean the same by the name.
    towns: BTreeSet<String>,
}

impl Context {
    /// The countries that all sentences name, by name, people, capital or seat, and the surnames in them.
    fn of(scans: &[Scan<'_>]) -> Context {
        let mut context = Context::default();
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        for scan in scans {
            scan.countries.iter().for_each(|c| *counts.entry(c).or_default() += 1);
            context.countries.extend(&scan.countries);
            if !scan.title_case {
                context.surnames.extend(scan.surnames());
            }
        }
        let top = counts.values().copied().max().unwrap_or_default();
        let mut leaders = counts.iter().filter(|(_, n)| **n == top);
        context.main = leaders.next().map(|(c, _)| *c).filter(|_| leaders.next().is_none());
        context
    }
}

/// The places named in one sentence alone, in order, not overlapping.
pub fn find(text: &str) -> Vec<PlaceHit> {
    Scan::new(text, &text::words(text)).hits(&Context::default())
}

/// The places named in each sentence of a document, which tells places of one name apart; words come with it.
pub(super) fn find_all<'t>(sentences: impl Iterator<Item = (&'t str, &'t [Token])>) -> Vec<Vec<PlaceHit>> {
    let scans: Vec<Scan<'t>> = sentences.map(|(text, words)| Scan::new(text, words)).collect();
    let mut context = Context::of(&scans);
    let mut all: Vec<Vec<PlaceHit>> = scans.iter().map(|scan| scan.hits(&context)).collect();
    let shown = |hit: &&PlaceHit| {
        hit.place.level == PlaceLevel::City
            && hit.use_ == PlaceUse::Location
            && hit.preposition.is_none_or(|p| STRONG.contains(&p) || p == "of")
            && hit.place.literal.chars().count() > 2
    };
    context.towns = all.iter().flatten().filter(shown).map(|hit| hit.place.literal.clone()).collect();
    for (scan, hits) in scans.iter().zip(&mut all) {
        let missing = |town: &String| {
            scan.text.contains(town.as_str()) && !hits.iter().any(|hit| hit.place.literal == *town)
        };
        if context.towns.iter().any(missing) {
            *hits = scan.hits(&context);
        }
    }
    all
}

/// Whether a word names a site that each town has, as its market or its station.
pub(super) fn is_town_site(lower: &str) -> bool {
    TOWN_SITES.contains(&lower)
}

impl Scan<'_> {
    /// The places, in order, not overlapping.
    fn hits(&self, context: &Context) -> Vec<PlaceHit> {
        let mut hits: Vec<PlaceHit> = Vec::new();
        let mut at = 0;
        while at < self.pieces.len() {
            let known = self.found[at].as_ref().and_then(|found| {
                let hit = self.known(found, context, hits.last())?;
                Some((hit, found.end))
            });
            let hit =
                self.waters(at).or(known).or_else(|| self.unknown(at)).or_else(|| self.town(at, context));
            match hit {
                Some((mut hit, end)) => {
                    // An article that belongs to the place before.
                    if hits.last().is_some_and(|last| hit.range.start < last.range.end) {
                        hit.range.start = self.pieces[at].range.start;
                        let literal = self.text[hit.range.clone()].to_owned();
                        if hit.place.name == hit.place.literal {
                            hit.place.name.clone_from(&literal);
                        }
                        hit.place.literal = literal;
                    }
                    hits.push(hit);
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
        hits
    }
}

#[cfg(test)]
mod tests;

//! Places named in a sentence, and how they are used.
//!
//! A sentence comes in, with what the document says elsewhere; places go out with literal byte ranges. A
//! town whose name is also a word or a surname counts only where the sentence shows that a place is meant.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::Place;

/// How a sentence uses a place's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceUse {
    /// Where something is or happens ("in Kyiv", "Kyiv region", "Miami, Florida").
    Location,
    /// A people's or nation's adjective or noun ("Russian", "Iranians").
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
    /// Inhabitants, 0 where unknown.
    pub population: u32,
    /// ISO code of the country whose government the word may stand for: countries, capitals, seats.
    pub government: Option<String>,
}

/// What a document says elsewhere, to tell places of one name apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// ISO codes of the countries that the document names.
    pub countries: BTreeSet<String>,
}

impl Context {
    /// The countries that a whole text names, by name, people, capital or seat.
    pub fn of(_text: &str) -> Context {
        Context::default()
    }
}

/// The places named in one sentence, in order, not overlapping.
pub fn find(text: &str) -> Vec<PlaceHit> {
    find_in(text, &Context::default())
}

/// As [`find`], with the document's context to choose between places of one name.
pub fn find_in(_text: &str, _context: &Context) -> Vec<PlaceHit> {
    Vec::new()
}

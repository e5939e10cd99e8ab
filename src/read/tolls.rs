//! Killed and wounded named in a sentence.
//!
//! Vague words ("dozens", "several") give no toll, and a part ("including three children") is none.

use std::ops::Range;

use crate::model::Toll;

/// One toll named in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TollHit {
    /// Bytes of the number, or of the person or persons it counts.
    pub range: Range<usize>,
    /// The number, with its literal words.
    pub toll: Toll,
}

/// The tolls named in a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tolls {
    /// Killed; the first is the sentence's own, the current one.
    pub killed: Vec<TollHit>,
    /// Wounded.
    pub wounded: Vec<TollHit>,
    /// It says that nobody was killed or hurt ("no casualties").
    pub none: bool,
}

/// The tolls of one sentence.
pub fn find(_text: &str) -> Tolls {
    Tolls::default()
}

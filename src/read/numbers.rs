//! Numbers named in a sentence, in words and figures, and what they count.

use std::ops::Range;

/// What a number tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberKind {
    /// How many of something.
    Count,
    /// Years lived ("a 17-year-old").
    Age,
    /// A calendar year or a day of a month.
    Date,
    /// A time of day.
    Time,
    /// A sum of money.
    Money,
    /// A share.
    Percent,
    /// A length, weight, speed or span of time.
    Measure,
    /// A rank or a name ("third", "No. 10", "Su-34").
    Label,
}

/// How a number bounds the true one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// The number itself.
    Exact,
    /// "at least", "more than", "no fewer than".
    AtLeast,
    /// "up to", "fewer than".
    AtMost,
    /// "about", "some", "nearly".
    About,
}

/// One number in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberHit {
    /// Bytes of the number with the words that bound it ("at least three").
    pub range: Range<usize>,
    /// The number, for a range its lower end; `None` if the word is vague ("dozens").
    pub value: Option<u64>,
    /// Upper end of a range.
    pub upper: Option<u64>,
    /// How it bounds the true number.
    pub bound: Bound,
    /// What it tells.
    pub kind: NumberKind,
}

/// The numbers of one sentence, in order, not overlapping.
pub fn find(_text: &str) -> Vec<NumberHit> {
    Vec::new()
}

//! What tells a text from other texts.

use std::collections::HashMap;

/// Of the smaller of two texts the share of prints that makes one a copy of the other. Reports of one event by
/// different writers share up to a tenth, and follow-ups of one agency up to three tenths.
const COPIED: f64 = 0.35;
/// Prints that copies share at least.
const LEAST_SHARED: usize = 4;
/// Of these, prints beyond the one sentence that has most of them: one that stands under all of an outlet's
/// texts makes no copies of its short ones …
const LEAST_BEYOND: usize = 3;
/// … unless what is shared is so much of the smaller text.
const MOSTLY: f64 = 0.7;
/// Prints by which copies are looked for.
const KEYS: usize = 16;

/// The wording of a text: by it an edit is told from none, and a copy from another writer's text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording {
    /// One hash of headline and text, the same as long as these say the same.
    pub essence: i64,
    /// Hashes of runs of words, ascending; empty for a text too short to be told by them.
    pub prints: Vec<i64>,
    /// For each print the number of the sentence in which it stands.
    pub sentences: Vec<usize>,
}

impl Wording {
    /// The prints by which copies are found: the least, for a copy that has a print has it among its least too.
    pub fn keys(&self) -> &[i64] {
        &self.prints[..self.prints.len().min(KEYS)]
    }

    /// Whether this and the text of `prints` (ascending) are one text, whole or cut, in however many words changed.
    pub fn is_copy_of(&self, prints: &[i64]) -> bool {
        let mut by_sentence: HashMap<usize, usize> = HashMap::new();
        for at in prints.iter().filter_map(|print| self.prints.binary_search(print).ok()) {
            *by_sentence.entry(self.sentences.get(at).copied().unwrap_or_default()).or_default() += 1;
        }
        let shared: usize = by_sentence.values().sum();
        let beyond = shared - by_sentence.values().max().copied().unwrap_or_default();
        let smaller = self.prints.len().min(prints.len());
        let part = if beyond >= LEAST_BEYOND { COPIED } else { MOSTLY };
        shared >= LEAST_SHARED && shared as f64 >= smaller as f64 * part
    }
}

//! What tells a text from other texts.

/// Of the smaller of two texts the share of prints that makes one a copy of the other. Reports of one event by
/// different writers share up to a tenth, and follow-ups of one agency up to three tenths.
const COPIED: f64 = 0.35;
/// Prints that copies share at least.
const LEAST_SHARED: usize = 4;
/// Prints that one long sentence may have, which stands under all texts of an outlet, or was taken over …
const ONE_SENTENCE: usize = 12;
/// … so that texts which share no more are copies only where that is most of the smaller one.
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
}

impl Wording {
    /// The prints by which copies are found: the least, for a copy that has a print has it among its least too.
    pub fn keys(&self) -> &[i64] {
        &self.prints[..self.prints.len().min(KEYS)]
    }

    /// Whether this and the text of `prints` (ascending) are one text, whole or cut, in however many words changed.
    pub fn is_copy_of(&self, prints: &[i64]) -> bool {
        let shared = prints.iter().filter(|print| self.prints.binary_search(print).is_ok()).count();
        let smaller = self.prints.len().min(prints.len());
        let part = if shared > ONE_SENTENCE { COPIED } else { MOSTLY };
        shared >= LEAST_SHARED && shared as f64 >= smaller as f64 * part
    }
}

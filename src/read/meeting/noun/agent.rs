//! Who acts in an encounter told by a noun, where the phrase itself does not name them.
//!
//! The phrase and what governs it come in; the subject of the governing verb, or of the sentence that speaks of the
//! encounter beside it, goes out.

use super::super::WORDS;
use super::super::cast::Cast;
use super::super::mood;
use super::super::party::{Party, Sort};
use super::super::phrase::Phrase;
use super::governor::Governor;
use crate::read::frame::Clause;

/// Verbs whose object is spoken to.
const TOLD: &[&str] =
    &["told", "urged", "assured", "warned", "asked", "thanked", "reminded", "informed", "congratulated"];

/// Who acts: the subject of the governing verb, or of the sentence where talks are only spoken of beside it.
pub(super) fn agent<'c>(
    cast: &'c Cast<'_, '_>,
    phrase: &Phrase,
    governor: &Governor,
    clause: &Clause,
    after: usize,
    lone: bool,
) -> Vec<&'c Party> {
    let tokens = &cast.sentence.tokens;
    let floor = clause.range.start;
    let near = |list: Vec<&'c Party>, to: usize, reach: usize| {
        let close = list.last().is_some_and(|p| p.last + reach >= to);
        if close { list } else { Vec::new() }
    };
    match governor {
        Governor::Object(verb, form) => {
            let (_, group) = mood::of_verb(tokens, *verb, *form, floor);
            let subject = near(cast.subject(group, floor), group, 14);
            if subject.is_empty() && floor > 0 { cast.subject(floor, 0) } else { subject }
        }
        Governor::Adjunct(at) => {
            let before = cast.subject(*at, floor);
            let apart = !tokens[*at].is(&["after", "following", "during", "before", "at"]);
            let told = before.last().is_some_and(|p| {
                apart && (p.last..*at).any(|i| WORDS.section("verbs speech").at(tokens, i).is_some())
            });
            if told {
                return sent(cast, *at, floor).unwrap_or_default();
            }
            // "A asked B, in a phone call, to open the border"
            if let [one] = before[..]
                && lone
                && WORDS.section("by phone").any(tokens, phrase.range.start..phrase.end)
                && tokens.get(one.last).is_some_and(|t| t.is(TOLD))
            {
                let whom = cast.right(one.last + 1).0.into_iter().filter(|p| p.sort == Sort::Named);
                return std::iter::once(one).chain(whom).collect();
            }
            if !before.is_empty() {
                return sent(cast, *at, floor).unwrap_or(before);
            }
            let around = cast.subject(floor, 0);
            if !around.is_empty() || floor > 1 {
                return around;
            }
            // "In talks with A, B agreed", "In a call, A told B": the subject comes later.
            let Some(first) = cast.parties.iter().find(|p| {
                // "After talks in Lima, A and B": the place is none of them.
                let sited = p.first > 0
                    && tokens[p.first - 1].is(&["in", "at", "near"])
                    && tokens.get(p.last).is_some_and(|t| t.low == ",");
                p.first >= after
                    && !sited
                    && tokens.get(p.first.saturating_sub(1)).is_none_or(|t| !t.is(&["with", "of"]))
            }) else {
                return Vec::new();
            };
            let mut list = cast.right(first.first).0;
            if lone && tokens.get(first.last).is_some_and(|t| t.is(TOLD)) {
                list.extend(cast.right(first.last + 1).0.into_iter().filter(|p| p.sort == Sort::Named));
            }
            list
        }
        Governor::Subject => Vec::new(),
    }
}

/// "sent A to Nova for talks": the one sent takes part, not the sender.
fn sent<'c>(cast: &'c Cast<'_, '_>, at: usize, floor: usize) -> Option<Vec<&'c Party>> {
    let tokens = &cast.sentence.tokens;
    let verb = (floor..at).rev().find(|&i| WORDS.section("verbs send").at(tokens, i).is_some())?;
    let (list, _) = cast.right(verb + 1);
    (!list.is_empty()).then_some(list)
}

//! What governs the noun phrase of an encounter: the verb whose object it is, a preposition, or nothing.

use super::super::WORDS;
use super::super::cast::Cast;
use super::super::phrase::Phrase;
use crate::read::document::Token;
use crate::read::frame::Clause;
use crate::read::lexicon::Form;

/// Prepositions under which a meeting may stand.
const PREPOSITIONS: &[&str] = &[
    "at",
    "after",
    "during",
    "in",
    "for",
    "to",
    "into",
    "before",
    "of",
    "from",
    "on",
    "following",
    "about",
    "amid",
    "by",
    "over",
    "with",
];

/// What governs the phrase.
pub(super) enum Governor {
    /// The object of a verb at a token.
    Object(usize, Form),
    /// After a preposition at a token.
    Adjunct(usize),
    /// The subject, or a headline's only noun.
    Subject,
}

/// Looks leftwards from the phrase for what governs it.
pub(super) fn governor(cast: &Cast<'_, '_>, phrase: &Phrase, clause: &Clause) -> Governor {
    let tokens = &cast.sentence.tokens;
    let start = phrase.range.start;
    let floor = clause.range.start;
    for i in (floor..start).rev().take(7) {
        let token = &tokens[i];
        if token.punct && token.low != "\"" && token.low != "'s" {
            break;
        }
        for section in ["verbs light", "verbs off", "verbs plan", "verbs wish", "verbs refuse"] {
            if let Some(m) = WORDS.section(section).at(tokens, i)
                && cast.sentence.name_at(i).is_none()
            {
                return Governor::Object(i, m.form);
            }
        }
        let off = token.is(&["of", "from", "in", "at"]).then(|| {
            (i.saturating_sub(3)..i).find_map(|v| {
                let part = WORDS.section("verbs take part").at(tokens, v).filter(|m| v + m.len == i);
                let m = part.or_else(|| WORDS.section("verbs off").at(tokens, v))?;
                (v + m.len >= i).then_some(Governor::Object(v, m.form))
            })
        });
        if let Some(object) = off.flatten() {
            return object;
        }
        // "plan to go ahead with talks"
        let ahead = (i.saturating_sub(2)..i).find_map(|v| {
            let m = WORDS.section("verbs light").at(tokens, v)?;
            let with = m.len == 2 && v + m.len >= i && token.low == "with";
            with.then_some(Governor::Object(v, m.form))
        });
        if let Some(object) = ahead {
            return object;
        }
        // "met on Friday and another round is planned": a subject of its own.
        if token.low == "and" && i > floor && i + 1 == start && fresh(tokens, start) {
            // "called off his trip and the meeting with A": the verb holds for both.
            let off = (floor.max(i.saturating_sub(9))..i)
                .find_map(|v| WORDS.section("verbs off").at(tokens, v).map(|m| Governor::Object(v, m.form)));
            let own = (phrase.end..clause.range.end.min(phrase.end + 8)).any(|k| {
                tokens[k].is(&["was", "were", "will", "is", "are", "has", "have"])
                    || WORDS.section("verbs run").at(tokens, k).is_some_and(|m| m.form == Form::Past)
            });
            return off.filter(|_| !own).unwrap_or(Governor::Subject);
        }
        if token.is(PREPOSITIONS) {
            return Governor::Adjunct(i);
        }
        let light = token.is(&["a", "the", "an", "new", "further", "first", "second", "third"]);
        if cast.at(i).is_some() && !light {
            break;
        }
    }
    let governs = clause
        .opens
        .is_some_and(|w| !matches!(w, "as" | "while" | "when" | "because" | "but" | "although" | "though"));
    if governs && start == floor && start > 0 {
        return Governor::Adjunct(start - 1);
    }
    Governor::Subject
}

/// Whether a noun phrase begins with words of its own ("another round", "the second session").
fn fresh(tokens: &[Token<'_>], start: usize) -> bool {
    let article = tokens[start].is(&["a", "an", "the", "another", "their", "his", "her", "its"]);
    article || WORDS.section("again").at(tokens, start).is_some()
}

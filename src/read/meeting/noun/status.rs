//! Whether an encounter told by a noun is real: held, planned, called off, denied, or only thought of.
//!
//! The phrase and what governs it come in; the mood goes out, or nothing where no word tells.

use std::ops::Range;

use super::super::WORDS;
use super::super::cast::Cast;
use super::super::mood::{self, Mood};
use super::super::phrase::Phrase;
use super::super::predicate::{adjunct, predicate, put_off, relative};
use super::governor::Governor;
use crate::read::document::Token;
use crate::read::frame::Clause;
use crate::read::lexicon::Form;

/// The reality of an encounter told by a noun.
pub(super) fn status(
    cast: &Cast<'_, '_>,
    phrase: &Phrase,
    governor: &Governor,
    clause: &Clause,
    after: usize,
) -> Option<Mood> {
    let tokens = &cast.sentence.tokens;
    let modifiers = phrase.range.start..phrase.head;
    let has = |section: &str, range: Range<usize>| WORDS.section(section).any(tokens, range);
    let none =
        tokens[phrase.range.start.saturating_sub(1)..phrase.head].iter().any(|t| t.is(&["no", "without"]));
    let tail = phrase.end..clause.range.end.min(phrase.end.max(after) + 16);
    let tail =
        tail.start..tail.end.max(relative(tokens, &tail).map_or(0, |r| (r.end + 12).min(clause.range.end)));
    let said = |r: Range<usize>| {
        r.start..r.clone().find(|&i| tokens[i].is(&["said", "says", "told", ";"])).unwrap_or(r.end)
    };
    let tail = said(tail);
    let off_after = has("cancelled", tail.clone()) && !tail.clone().any(|i| put_off(tokens, i));
    let mut mood = match governor {
        Governor::Object(verb, form) => {
            let (mood, _) = mood::of_verb(tokens, *verb, *form, clause.range.start);
            let is = |section: &str| WORDS.section(section).at(tokens, *verb).is_some();
            if is("verbs off") {
                let spared = matches!(mood, Mood::Unreal | Mood::Denied | Mood::Maybe);
                if spared || delayed(tokens, *verb, tail.clone()) { Mood::Planned } else { Mood::Off }
            } else if tokens[*verb].low.starts_with("threaten") {
                // "threatens the talks due on Monday": they are in danger, and still to be.
                Mood::Planned
            } else if is("verbs wish") {
                Mood::Unreal
            } else if is("verbs refuse") {
                // "ruled out talks with B": none was to be, unless they had a day.
                let dayed = tokens[modifiers.clone()].iter().any(|t| t.low == "'s") || phrase.definite;
                if dayed { Mood::Denied } else { Mood::Unreal }
            } else if is("verbs plan") {
                // "confirms the beginning of talks"
                let begun = ["confirm", "announce"].iter().any(|w| tokens[*verb].low.starts_with(w))
                    && tokens[modifiers.clone()]
                        .iter()
                        .any(|t| t.is(&["beginning", "start", "end", "close", "opening", "conclusion"]));
                if begun {
                    mood
                } else if matches!(mood, Mood::Unreal | Mood::Denied) {
                    Mood::Denied
                } else {
                    Mood::Planned
                }
            } else if mood == Mood::Denied && is("verbs take part") {
                // "would not attend the meeting"
                Mood::Off
            } else {
                mood
            }
        }
        // "the cancellation of Wednesday's meeting"
        Governor::Adjunct(at)
            if tokens[*at].low == "of"
                && *at > 0
                && tokens[at - 1].is(&["cancellation", "postponement", "suspension", "scrapping"]) =>
        {
            Mood::Off
        }
        Governor::Adjunct(at) => adjunct(tokens, *at, clause),
        Governor::Subject => predicate(tokens, tail.clone()).unwrap_or(Mood::Done),
    };
    // "a meeting of A and B would be hard to arrange"
    let any =
        tokens[phrase.range.start].is(&["a", "an", "any", "such"]) && matches!(governor, Governor::Subject);
    let would = tail.clone().find(|&i| tokens[i].low == "would");
    if let Some(i) = would.filter(|_| any && mood == Mood::Planned)
        && !(i + 1..i + 5).any(|k| WORDS.section("verbs run").at(tokens, k).is_some())
    {
        mood = Mood::Maybe;
    }
    let silent = matches!(governor, Governor::Subject) && predicate(tokens, tail.clone()).is_none();
    if !matches!(governor, Governor::Object(..)) && off_after {
        mood = Mood::Off;
    }
    if matches!(mood, Mood::Done | Mood::Now)
        && (has("planned before", modifiers.clone())
            || has("planned after", tail.clone()) && matches!(governor, Governor::Adjunct(_)))
    {
        mood = Mood::Planned;
    }
    let start = phrase.range.start;
    let no_plan = (start.saturating_sub(5)..start).any(|i| {
        tokens[i].is(&["no", "any"])
            && tokens.get(i + 1).is_some_and(|t| t.is(&["plan", "plans", "intention", "talk", "question"]))
    });
    if no_plan {
        return Some(Mood::Unreal);
    }
    if mood::denied(tokens, clause.range.start..start)
        && matches!(mood, Mood::Done | Mood::Now | Mood::Before)
    {
        mood = Mood::Denied;
    }
    if has("possible", modifiers) && mood != Mood::Off {
        mood = Mood::Maybe;
    }
    if none {
        mood = match mood {
            Mood::Planned => Mood::Denied,
            _ if has("planned after", tail) => Mood::Denied,
            // "No Lima summit: A pulls out"
            _ if cast.sentence.title
                && ["verbs off", "cancelled"].iter().any(|s| has(s, phrase.end..tokens.len())) =>
            {
                Mood::Off
            }
            _ => Mood::Unreal,
        };
    }
    (!silent || !matches!(mood, Mood::Done | Mood::Now)).then_some(mood)
}

/// "put off the talks by two days", "delayed the summit until after the vote": it is still to be.
fn delayed(tokens: &[Token<'_>], verb: usize, tail: Range<usize>) -> bool {
    WORDS.section("moved").at(tokens, verb).is_some()
        && tail.into_iter().any(|i| {
            let some = tokens
                .get(i + 2)
                .is_some_and(|t| WORDS.section("nouns measure").has(t.low.trim_end_matches('s')));
            tokens[i].is(&["until", "till"]) || tokens[i].low == "by" && some
        })
}

/// "came on Sunday for talks": the past verb of going before them.
pub(super) fn arrived(tokens: &[Token<'_>], governor: &Governor, clause: &Clause) -> bool {
    let Governor::Adjunct(at) = governor else { return false };
    tokens[*at].is(&["for", "to", "into"])
        && (clause.range.start.min(*at)..*at).rev().take(12).any(|i| {
            ["verbs go", "verbs send"]
                .iter()
                .any(|s| WORDS.section(s).at(tokens, i).is_some_and(|m| m.form == Form::Past))
        })
}

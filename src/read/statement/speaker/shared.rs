//! The subject that a verb of speech shares with the verbs before it: "A walked through B and promised".
//!
//! The token at which the second verb's part begins comes in; whoever the clause before it is about goes out.

use std::ops::Range;

use super::super::super::document::Sentence;
use super::super::super::names::Name;
use super::super::described::{self, Sort, can_speak, governor};
use super::super::memory::Memory;
use super::{Who, whole};
use crate::model::ActorRole;

/// The subject that the verb after `at` shares with those before: "A walked through B and promised".
pub(in crate::read::statement) fn subject(
    sentence: &Sentence<'_>,
    at: usize,
    memory: &Memory,
) -> Option<Who> {
    let start = clause_start(sentence, at);
    first_subject(sentence, start..at, memory)
        .or_else(|| (start > 0).then(|| first_subject(sentence, 0..at, memory)).flatten())
}

/// The first free subject within a stretch of tokens.
fn first_subject(sentence: &Sentence<'_>, within: Range<usize>, memory: &Memory) -> Option<Who> {
    let tokens = &sentence.tokens;
    let (start, at) = (within.start, within.end);
    let mut i = start;
    while i < at {
        if let Some(name) = sentence.name_at(i) {
            let (from, to) = list_around(sentence, name);
            let free = governor(sentence, from).is_none_or(|g| g < start);
            let owns = tokens.get(to).is_some_and(|t| t.low == "'s") || sentence.name_at(to).is_some();
            // "pro-Nova rebels": the name belongs to the noun.
            let noun = name.actor.role != ActorRole::Person
                && described::ending_at(sentence, (to + 1).min(tokens.len())).is_some_and(|f| f.first <= to);
            if noun {
                i = to;
                continue;
            }
            // A verb follows the subject; a name that a verb precedes is its object.
            if free && !owns && can_speak(name) && name.last < at {
                return Some(Who::named(&name.actor, "name did and says", name.first));
            }
            i = to.max(i + 1);
            continue;
        }
        if tokens[i].is(&["he", "she"]) && !tokens[i].quoted {
            return memory.he(&tokens[i].low).map(|p| Who::named(p, "pronoun says", i));
        }
        if i > start
            && let Some(found) = described::ending_at(sentence, i)
            && found.sort != Sort::Mouth
            && !tokens[i].low.ends_with('s')
            && tokens[i].low != "'s"
            && governor(sentence, found.first).is_none_or(|g| g < start)
            && found.definite
        {
            return whole(sentence, &found, memory);
        }
        i += 1;
    }
    None
}

/// Where the main or subordinate clause begins in which `at` stands.
fn clause_start(sentence: &Sentence<'_>, at: usize) -> usize {
    const OPENERS: &[&str] = &[
        ";", "after", "before", "while", "when", "because", "although", "though", "since", "if", "whereas",
        "as",
    ];
    let tokens = &sentence.tokens;
    match tokens[..at].iter().rposition(|t| t.is(OPENERS) && !t.quoted) {
        None => 0,
        // "While A did this, B did that and said …"
        Some(0) => tokens[..at].iter().position(|t| t.low == ",").map_or(1, |i| i + 1),
        Some(opener) if tokens[opener].low == "as" => 0,
        Some(opener) => opener + 1,
    }
}

/// The stretch of a list of names: "the presidents of A and B".
fn list_around(sentence: &Sentence<'_>, name: &Name) -> (usize, usize) {
    let tokens = &sentence.tokens;
    let (mut first, mut last) = (name.first, name.last);
    while first > 1
        && tokens[first - 1].is(&["and", ",", "&"])
        && let Some(left) = sentence.name_at(first - 2)
    {
        first = left.first;
    }
    while tokens.get(last).is_some_and(|t| t.is(&["and", "&"]))
        && let Some(right) = sentence.name_at(last + 1)
    {
        last = right.last;
    }
    (first, last)
}

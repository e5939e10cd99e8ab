//! The clauses of a sentence, each with one predicate.

use std::ops::Range;

use super::super::document::{Sentence, Token};

/// A part of a sentence with one predicate, and the word that opens it.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Its tokens.
    pub range: Range<usize>,
    /// The conjunction or preposition that opens it ("after").
    pub opens: Option<&'static str>,
}

const OPENERS: &[&str] = &[
    "after",
    "before",
    "while",
    "when",
    "amid",
    "following",
    "because",
    "although",
    "though",
    "but",
    "since",
    "until",
    "despite",
    "as",
    "ahead",
    "whereas",
    "if",
    "unless",
    "followed",
    "follows",
    "follow",
];

/// The clause around a token.
pub fn clause(sentence: &Sentence<'_>, at: usize) -> Clause {
    let tokens = &sentence.tokens;
    let mut first = at;
    let mut opens = None;
    while first > 0 {
        let left = &tokens[first - 1];
        if let Some(open) = aside(tokens, first - 1, ")") {
            first = open;
            continue;
        }
        if left.punct && left.is(&[";", "—", ":", "(", ")", "•"]) {
            break;
        }
        if let Some(word) = opener(tokens, first - 1) {
            opens = Some(word);
            break;
        }
        first -= 1;
    }
    let mut last = at + 1;
    while last < tokens.len() {
        let right = &tokens[last];
        if let Some(close) = aside(tokens, last, "(") {
            last = close + 1;
            continue;
        }
        if right.punct && right.is(&[";", "—", ":", "(", ")", "•"]) || opener(tokens, last).is_some() {
            break;
        }
        last += 1;
    }
    Clause { range: first..last, opens }
}

/// The other mark of a bracketed abbreviation that begins or ends at a token ("the Column (CLN) was").
fn aside(tokens: &[Token<'_>], at: usize, mark: &str) -> Option<usize> {
    if tokens[at].low != mark {
        return None;
    }
    if mark == "(" {
        (at + 1..tokens.len()).take(4).find(|&i| tokens[i].low == ")")
    } else {
        (0..at).rev().take(4).find(|&i| tokens[i].low == "(")
    }
}

fn opener(tokens: &[Token<'_>], at: usize) -> Option<&'static str> {
    let token = tokens.get(at)?;
    let word = OPENERS.iter().copied().find(|w| *w == token.low)?;
    let next = tokens.get(at + 1);
    let part = match word {
        // "as well as", "as a result", "as many as", "such as", "as part of" open no clause.
        "as" => {
            next.is_some_and(|t| {
                !t.is(&["well", "many", "much", "part", "a", "an", "soon", "early", "of", "saying"])
            }) && !at.checked_sub(1).and_then(|p| tokens.get(p)).is_some_and(|t| {
                t.is(&["well", "many", "such", "much", "soon", "known", "early", "described"])
            })
        }
        "ahead" => next.is_some_and(|t| t.low == "of"),
        "after" => next.is_none_or(|t| t.low != "all"),
        "followed" | "follows" | "follow" => true,
        _ => true,
    };
    part.then_some(word)
}

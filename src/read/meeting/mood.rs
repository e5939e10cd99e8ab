//! How a verb stands: told as done, to come, wished for, denied or called off.

use std::ops::Range;

use super::WORDS;
use crate::read::document::Token;
use crate::read::frame::Clause;
use crate::read::lexicon::Form;

/// What the words say of an encounter's reality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It happened or goes on.
    Done,
    /// It is told in the present: a day to come makes it planned.
    Now,
    /// It had happened before what is told.
    Before,
    /// It is announced or expected.
    Planned,
    /// It was to be, and will not.
    Off,
    /// It is said not to be going to happen, or not to have happened although told.
    Denied,
    /// It may come to pass.
    Maybe,
    /// It is asked for, or a condition, or did not happen: no encounter.
    Unreal,
}

/// A verb's mood, and the first token of its group ("is due to meet").
pub fn of_verb(tokens: &[Token<'_>], verb: usize, form: Form, floor: usize) -> (Mood, usize) {
    let mut at = verb;
    let mut to = false;
    let mut perfect = false;
    let mut negated = false;
    let mut off = false;
    let mut passive = false;
    let mut mood = None;
    let mut present = matches!(form, Form::Third | Form::Base);
    while at > floor {
        let token = &tokens[at - 1];
        if let Some(open) = aside(tokens, at - 1, floor) {
            off |= tokens[open..at].windows(2).any(|w| w[0].low == "after" && w[1].low == "all");
            at = open;
            continue;
        }
        if token.punct && token.low != "\"" {
            break;
        }
        match token.low.as_str() {
            "to" if form == Form::Base || passive || perfect => to = true,
            "will" | "shall" | "'ll" | "won't" | "would" | "'d" => {
                negated |= token.low == "won't";
                mood.get_or_insert(if perfect && token.low == "would" {
                    Mood::Unreal
                } else {
                    Mood::Planned
                });
            }
            "may" | "might" | "could" | "can" | "should" | "must" | "cannot" | "can't" => {
                negated |= matches!(token.low.as_str(), "cannot" | "can't");
                mood.get_or_insert(if perfect { Mood::Unreal } else { Mood::Maybe });
            }
            "not" | "n't" | "never" | "neither" => negated = true,
            "didn't" | "hasn't" | "haven't" | "hadn't" | "don't" | "doesn't" | "isn't" | "aren't"
            | "wasn't" | "weren't" => {
                negated = true;
            }
            "have" | "has" | "had" | "having" => {
                if at >= 2 && tokens[at - 2].low == "to" {
                    perfect = true;
                } else {
                    mood.get_or_insert(if to {
                        Mood::Unreal
                    } else if token.low == "had" {
                        Mood::Before
                    } else {
                        Mood::Done
                    });
                    perfect = true;
                }
            }
            "is" | "are" | "was" | "were" | "be" | "been" | "being" | "'re" => {
                let past = token.is(&["was", "were"]);
                // "were to have met", "had been due to meet": it fell through.
                let lapsed =
                    perfect && past || token.low == "been" && at >= 2 && tokens[at - 2].is(&["had", "'d"]);
                if to && lapsed && mood == Some(Mood::Planned) {
                    mood = Some(Mood::Off);
                } else if to {
                    mood.get_or_insert(if lapsed { Mood::Off } else { Mood::Planned });
                } else {
                    passive = true;
                    present |= form == Form::Ing && !past;
                }
            }
            "did" | "do" | "does" => {}
            _ if to && mood.is_none() && WORDS.section("verbs wish").has(&token.low) => {
                mood = Some(Mood::Unreal)
            }
            _ if to && mood.is_none() && WORDS.section("verbs refuse").has(&token.low) => {
                mood = Some(Mood::Denied)
            }
            _ if to && mood.is_none() && WORDS.section("not sure").has(&token.low) => {
                mood = Some(Mood::Unreal)
            }
            _ if to && mood.is_none() && WORDS.section("verbs intend").has(&token.low) => {
                mood = Some(Mood::Planned)
            }
            _ if to && WORDS.section("set to").has(&token.low) => {}
            _ if token.low.ends_with("ly") || WORDS.section("adverbs").has(&token.low) => {}
            _ => break,
        }
        at -= 1;
    }
    if mood.is_none() && !to && form == Form::Base && at > floor && tokens[at - 1].is(&["and", "then"]) {
        // "is to fly in on Monday and see B": the first verb's words hold for the second.
        let led =
            (floor..at - 1).rev().take(16).take_while(|&i| !tokens[i].punct || tokens[i].low == ",").find(
                |&i| {
                    tokens[i].is(&["to", "will", "would"])
                        && tokens.get(i + 1).is_some_and(|t| !t.cap && !t.punct)
                },
            );
        if let Some(led) = led {
            return of_verb(tokens, led + 1, Form::Base, floor);
        }
    }
    let mood = match mood {
        Some(mood) => mood,
        None if to => led(tokens, at, floor),
        None if present => Mood::Now,
        None => Mood::Done,
    };
    let mood = match (mood, negated) {
        (mood, false) => mood,
        // "would not, after all, meet": it was to be.
        (Mood::Planned, true) if off || after_all(tokens, verb) => Mood::Off,
        (Mood::Planned, true) => Mood::Denied,
        (_, true) => Mood::Unreal,
    };
    (mood, at)
}

/// "will not receive B on Friday after all".
fn after_all(tokens: &[Token<'_>], verb: usize) -> bool {
    tokens[verb..].windows(2).take(16).any(|w| w[0].low == "after" && w[1].low == "all")
}

/// "would not, after all, meet": where a few words between commas begin, if they end at a token.
fn aside(tokens: &[Token<'_>], at: usize, floor: usize) -> Option<usize> {
    if tokens[at].low != "," {
        return None;
    }
    let open = (floor.max(at.saturating_sub(6))..at).rev().find(|&i| tokens[i].low == ",")?;
    let auxiliary = tokens[..open].last().is_some_and(|t| {
        t.is(&[
            "will", "would", "not", "to", "has", "have", "had", "may", "could", "is", "are", "was", "were",
        ])
    });
    (auxiliary && open > floor).then_some(open)
}

/// "sent him there to meet", "urged the leaders to meet": the verb before an infinitive, a few words off.
fn led(tokens: &[Token<'_>], to: usize, floor: usize) -> Mood {
    let before = floor.max(to.saturating_sub(9))..to;
    for i in before.rev() {
        let token = &tokens[i];
        if token.punct && !token.is(&["'s", "\"", ","]) {
            break;
        }
        if WORDS.section("verbs wish").at(tokens, i).is_some() {
            return Mood::Unreal;
        }
        if WORDS.section("verbs refuse").at(tokens, i).is_some() {
            return Mood::Denied;
        }
        if WORDS.section("verbs intend").at(tokens, i).is_some()
            || WORDS.section("verbs go").at(tokens, i).is_some()
        {
            return Mood::Planned;
        }
    }
    Mood::Planned
}

/// Whether the words say that something is wished, offered or a condition only.
pub fn wished(tokens: &[Token<'_>], before: Range<usize>) -> bool {
    before.clone().any(|i| {
        tokens[i].is(&["if", "unless", "whether", "without", "until"])
            || WORDS.section("wishes").at(tokens, i).is_some_and(|m| i + m.len <= before.end)
    })
}

/// Whether what stands at a token only holds if something else does: "if", "once both sides agree, they would".
pub fn condition(tokens: &[Token<'_>], clause: &Clause, at: usize) -> bool {
    let before = clause.range.start.min(at)..at;
    let once = tokens.iter().take(3).take_while(|t| !t.cap || t.low == "once").any(|t| t.low == "once")
        && tokens[before.clone()].iter().any(|t| t.is(&["would", "could", "will"]));
    once || before.into_iter().any(|i| tokens[i].is(&["if", "whether", "unless"]))
        || matches!(clause.opens, Some("if" | "unless"))
}

/// "called a report that A had met B pure fiction": what is reported is said to be untrue.
pub fn untrue(tokens: &[Token<'_>], before: Range<usize>) -> bool {
    let report = before.clone().find(|&i| {
        tokens[i].is(&["report", "reports", "claim", "claims", "rumours", "rumors", "allegations", "account"])
    });
    report.is_some() && WORDS.section("untrue").any(tokens, 0..tokens.len())
}

/// Whether what follows is denied: "denied that his envoy had met", "dismissed reports of a meeting".
pub fn denied(tokens: &[Token<'_>], before: Range<usize>) -> bool {
    before.into_iter().any(|i| {
        WORDS.section("verbs deny").at(tokens, i).is_some_and(|m| m.form != Form::Ing)
            && !(i > 0 && tokens[i - 1].is(&["not", "neither", "nor", "never"]))
    })
}

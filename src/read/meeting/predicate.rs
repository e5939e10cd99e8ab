//! What is said of an encounter told by a noun: the verb whose subject it is, and the preposition it stands under.

use std::ops::Range;

use super::WORDS;
use super::mood::Mood;
use crate::read::document::Token;
use crate::read::frame::Clause;
use crate::read::lexicon::Form;

/// "after talks" are over, "ahead of talks" and "flew out for talks" are to come, "at talks" are as the rest is.
pub fn adjunct(tokens: &[Token<'_>], at: usize, clause: &Clause) -> Mood {
    let word = tokens[at].low.as_str();
    let ahead = word == "of" && at > 0 && tokens[at - 1].low == "ahead";
    let before = clause.range.start.min(at)..at;
    let goes = before.clone().rev().take(12).any(|i| {
        WORDS.section("verbs go").at(tokens, i).is_some()
            || WORDS.section("verbs send").at(tokens, i).is_some()
            || WORDS.section("verbs plan").at(tokens, i).is_some()
    });
    let will = before.rev().take(12).any(|i| {
        tokens[i].is(&["will", "would", "'ll"])
            || tokens[i].low == "to"
                && i > 0
                && tokens[i - 1].is(&["is", "are", "due", "set", "expected", "scheduled"])
    });
    let met = gathered(tokens, clause.range.start.min(at)..at);
    match word {
        "for" | "to" if absent(tokens, clause.range.start.min(at)..at) => Mood::Off,
        _ if ahead => Mood::Planned,
        "before" => Mood::Planned,
        "into" | "to" if back(tokens, at) => Mood::Done,
        "for" | "to" | "into" if goes && met.is_none() => Mood::Planned,
        // "ministers gather in Lima for a summit"
        "for" if met.is_some() => {
            if met == Some(Form::Past) {
                Mood::Done
            } else {
                Mood::Now
            }
        }
        "for" if will => Mood::Planned,
        // "is in Lima for talks": there already.
        "for" => there(tokens, clause.range.start.min(at)..at).unwrap_or(Mood::Planned),
        "after" | "following" | "from" | "by" => Mood::Done,
        _ if will => Mood::Planned,
        "to" => Mood::Planned,
        _ => Mood::Done,
    }
}

/// The form in which the verb before says that they come together, if it tells that they do or did.
fn gathered(tokens: &[Token<'_>], before: Range<usize>) -> Option<Form> {
    let is = |section: &str, i: usize| WORDS.section(section).at(tokens, i).map(|m| m.form);
    let last = before.rev().take(14).find(|&i| {
        ["verbs go", "verbs send", "verbs gather", "verbs host"].iter().any(|s| is(s, i).is_some())
    })?;
    let form =
        is("verbs gather", last).or_else(|| is("verbs host", last)).filter(|form| *form != Form::Ing)?;
    let told = last > 0 && !tokens[last - 1].is(&["to", "will", "would", "may", "could", "not", "have"]);
    told.then_some(form)
}

/// "was in Lima on Sunday for talks", "A in Lima for talks": who is there holds them.
fn there(tokens: &[Token<'_>], before: Range<usize>) -> Option<Mood> {
    let sited = before.clone().rev().take(9).find(|&i| {
        tokens[i].is(&["in", "at"]) && tokens.get(i + 1).is_some_and(|t| t.cap || t.is(&["the", "town"]))
    })?;
    let be = tokens[..sited].last()?;
    match be.low.as_str() {
        "was" | "were" => Some(Mood::Done),
        "is" | "are" => Some(Mood::Now),
        _ => None,
    }
}

/// "will not be sending envoys to Lima for talks": who does not come calls them off for their part.
fn absent(tokens: &[Token<'_>], before: Range<usize>) -> bool {
    before.into_iter().any(|i| {
        let goes = ["verbs go", "verbs send"].iter().any(|s| WORDS.section(s).at(tokens, i).is_some());
        let group = &tokens[i.saturating_sub(4)..i];
        goes && group.iter().any(|t| t.is(&["will", "would"]))
            && group.iter().any(|t| t.is(&["not", "never"]))
    })
}

/// "went straight into talks", "returned to the table": they are there.
fn back(tokens: &[Token<'_>], at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|i| {
        let went = WORDS.section("verbs go").at(tokens, i).is_some_and(|m| m.form == Form::Past);
        went && (tokens[at].low == "into" || tokens[i].is(&["returned", "went", "came"]))
    })
}

/// A relative clause between commas right at the beginning of a stretch.
pub fn relative(tokens: &[Token<'_>], range: &Range<usize>) -> Option<Range<usize>> {
    let which = range.clone().find(|&i| tokens[i].is(&["which", "who", "where"]))?;
    let comma = which > 0 && tokens[which - 1].low == ",";
    let end = (which..range.end).find(|&i| tokens[i].low == ",")?;
    comma.then_some(which..end + 1)
}

/// What is said of talks that are the subject.
pub fn predicate(tokens: &[Token<'_>], whole: Range<usize>) -> Option<Mood> {
    // ", which were to have begun on Tuesday," says what no longer holds, or is beside the point.
    let tail = relative(tokens, &whole).map_or(whole.start, |r| r.end)..whole.end;
    let negated = tail.clone().any(|i| tokens[i].is(&["not", "never", "n't"]));
    let to_be = |t: &Token<'_>| t.low == "to" || WORDS.section("arranged").has(&t.low);
    for i in tail {
        let next = tokens.get(i + 1);
        if put_off(tokens, i) {
            return Some(Mood::Planned);
        }
        match tokens[i].low.as_str() {
            "will" | "would" => return Some(if negated { Mood::Off } else { Mood::Planned }),
            "may" | "might" | "could" => return Some(Mood::Maybe),
            "is" | "are" | "was" | "were" | "has" | "have" | "had" => {
                let past = tokens[i].is(&["was", "were", "had"]);
                let group = tokens[i + 1..].iter().take(4);
                let mut group = group.take_while(|t| !t.punct && !t.is(&["in", "at", "on", "by"]));
                if group.any(to_be) {
                    let perfect = past && tokens[i + 1..].iter().take(5).any(|t| t.low == "have");
                    return Some(match (negated, past) {
                        (true, false) => Mood::Denied,
                        _ if perfect => Mood::Off,
                        _ => Mood::Planned,
                    });
                }
                if tokens[i].is(&["is", "are", "was", "were"]) {
                    return Some(if negated { Mood::Off } else { Mood::Done });
                }
            }
            "to" if next.is_some_and(|t| {
                t.is(&["take", "be", "begin", "start", "resume", "open", "continue", "go", "focus"])
            }) =>
            {
                return Some(Mood::Planned);
            }
            word if WORDS.section("arranged").has(word) && !tokens[i].is(&["agreed", "announced"]) => {
                return Some(if negated { Mood::Denied } else { Mood::Planned });
            }
            _ => {
                if let Some(m) = WORDS.section("verbs run").at(tokens, i) {
                    return Some(match (negated, m.form) {
                        (true, _) => Mood::Off,
                        (false, Form::Past) => Mood::Done,
                        (false, _) => Mood::Now,
                    });
                }
            }
        }
    }
    None
}

/// "moved", "postponed to", "put off by two days": the meeting is to be on another day.
pub fn put_off(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(m) = WORDS.section("moved").at(tokens, at) else { return false };
    // Without a day or a length of time, what is put off is off.
    let firm = WORDS.section("cancelled").at(tokens, at).is_none_or(|c| c.len < m.len);
    firm || tokens.iter().skip(at + m.len).take(5).any(|t| t.is(&["to", "until", "till", "by"]))
}

//! Whether a sentence sums up a war or a span of time.

use super::super::text::{Token, word};
use super::harm::harm;
use super::ordinal::ordinal;

/// Whether the numbers of a sentence are of many events ("since the war began", "this year").
pub(super) fn is_cumulative(tokens: &[Token]) -> bool {
    let span = tokens.iter().enumerate().any(|(at, t)| {
        // "since May 2, when shells killed five": those five are of one day.
        let one_day = (at + 1..at + 7).any(|i| word(tokens, i) == "," && word(tokens, i + 1) == "when");
        // "the heaviest attack since the war began, killing nine": those nine are of one attack.
        let measured = tokens[at.saturating_sub(8)..at].iter().any(|t| {
            t.lower.ends_with("iest")
                || t.is_any(&["worst", "biggest", "largest", "greatest", "first", "fiercest", "most"])
        });
        t.is("since")
            && !one_day
            && !measured
            && (at + 1..at + 7).any(|i| {
                matches!(
                    word(tokens, i),
                    "war"
                        | "began"
                        | "start"
                        | "started"
                        | "beginning"
                        | "invasion"
                        | "conflict"
                        | "ceasefire"
                        | "truce"
                        | "launched"
                        | "outbreak"
                ) || word(tokens, i).len() == 4 && word(tokens, i).bytes().all(|b| b.is_ascii_digit())
                    || super::super::dates::is_month(word(tokens, i))
            })
    });
    let phrase = tokens.windows(2).any(|pair| {
        matches!(
            (pair[0].lower.as_str(), pair[1].lower.as_str()),
            ("this", "year")
                | ("last", "year")
                | ("per", "year")
                | ("a", "year")
                | ("two", "years")
                | ("three", "years")
        )
    });
    span || phrase || long_fighting(tokens)
}

/// "ten days of clashes that have cost 75 lives": the dead of the fighting, not of a day in it.
fn long_fighting(tokens: &[Token]) -> bool {
    (1..tokens.len()).any(|at| {
        let that = (at + 2..(at + 22).min(tokens.len())).any(|i| {
            let from = i + 1 + usize::from(matches!(word(tokens, i + 1), "has" | "have" | "had"));
            matches!(word(tokens, i), "that" | "which")
                && (harm(word(tokens, from)).is_some_and(|h| h.kills)
                    || matches!(word(tokens, from), "cost" | "claimed" | "left" | "taken"))
        });
        let so_far = (at.saturating_sub(14)..at).any(|i| {
            matches!(word(tokens, i), "has" | "have" | "had")
                && (i + 1..i + 4).any(|j| harm(word(tokens, j)).is_some_and(|h| h.kills))
        });
        (that || so_far) && measures(tokens, at)
    })
}

/// Whether a sentence speaks of fighting that lasted for days or weeks.
pub(super) fn is_long(tokens: &[Token]) -> bool {
    (1..tokens.len()).any(|at| measures(tokens, at))
}

/// Whether the word at `at` measures how long fighting lasted: "ten days of clashes", "a nine-day offensive".
fn measures(tokens: &[Token], at: usize) -> bool {
    let fighting = |mut range: std::ops::Range<usize>| range.any(|i| FIGHTING.contains(&word(tokens, i)));
    let spell = matches!(word(tokens, at), "days" | "weeks" | "months" | "day" | "week" | "month");
    let compound =
        word(tokens, at).split_once('-').is_some_and(|(_, unit)| matches!(unit, "day" | "week" | "month"));
    let nth = spell
        && word(tokens, at - 1).len() > 3
        && (word(tokens, at - 1) == "first" || ordinal(word(tokens, at - 1)).is_some())
        && tokens[at.saturating_sub(7)..at].iter().any(|t| FIGHTING.contains(&t.lower.as_str()));
    nth || spell && word(tokens, at + 1) == "of" && fighting(at + 2..at + 6)
        || compound && fighting(at + 1..at + 4)
}

/// What lasts for days and weeks.
const FIGHTING: [&str; 19] = [
    "fighting",
    "violence",
    "war",
    "bombardment",
    "strikes",
    "airstrikes",
    "raids",
    "attacks",
    "clashes",
    "shelling",
    "conflict",
    "siege",
    "hostilities",
    "unrest",
    "bombing",
    "offensive",
    "campaign",
    "battles",
    "bloodshed",
];

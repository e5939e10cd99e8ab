//! Whether a word stands as a verb of meeting: "saw the minister separately", no "saw the sea".

use super::WORDS;
use super::cast::Cast;
use super::party::{Party, Sort};
use crate::model::ActorRole;
use crate::read::document::Token;
use crate::read::lexicon::{Form, Match};

/// Whether the word stands as a verb whose object may be a party.
pub fn stands(cast: &Cast<'_, '_>, at: usize, m: &Match) -> bool {
    let tokens = &cast.sentence.tokens;
    let before = at.checked_sub(1).and_then(|i| tokens.get(i));
    let passive = before.is_some_and(|t| t.is(&["be", "was", "were", "been", "is", "are", "being"]));
    if m.lemma == "meet" {
        let passive = passive
            || before.is_some_and(|t| t.is(&["also", "immediately", "quickly", "widely", "often"]))
                && at >= 2
                && tokens[at - 2].is(&["was", "were", "is", "are", "been"]);
        if m.form == Form::Past && passive || unlike(cast, at) {
            return false;
        }
        // "a meet", "the meeting" are nouns.
        if m.form == Form::Base && before.is_some_and(|t| t.is(&["a", "the", "this"])) {
            return false;
        }
    }
    if matches!(m.lemma, "phone" | "telephone")
        && (m.form == Form::Base || before.is_some_and(|t| t.is(&["by", "the", "on", "over", "a"])))
    {
        return before.is_some_and(|t| t.is(&["to", "will", "would"]));
    }
    // "talks with" after a preposition or an adjective is the noun.
    if m.lemma == "talk" && m.form == Form::Third {
        return cast.parties.iter().any(|p| p.last == at) || before.is_some_and(|t| t.low == "who");
    }
    if m.lemma == "discuss" {
        return m.form != Form::Ing;
    }
    // "rang his Peruvian counterpart": nobody is rung but by telephone.
    if m.lemma == "ring" && m.form == Form::Past && guest(cast, at + m.len) {
        return true;
    }
    if matches!(m.lemma, "call" | "ring") {
        return m.form != Form::Ing && m.form != Form::Base && called(cast, at + m.len);
    }
    if m.lemma == "see" {
        let goes = (at.saturating_sub(10)..at).any(|i| WORDS.section("verbs go").at(tokens, i).is_some());
        let due = at
            .checked_sub(2)
            .and_then(|i| tokens.get(i))
            .is_some_and(|t| t.is(&["due", "set", "scheduled", "expected", "is", "are", "was", "were"]));
        if mutual(tokens, at + m.len) || m.form == Form::Past && received(cast, at + m.len) {
            return true;
        }
        // "is to fly in and see B"
        let to = before.is_some_and(|t| t.low == "to" || t.low == "and" && goes);
        let (_, after) = cast.right(office(cast, at + m.len));
        let set = (after..(after + 2).min(tokens.len())).any(|i| {
            tokens[i].is(&["in", "at", "on", "next"]) || crate::read::dates::is_day_word(&tokens[i].low)
        });
        // "will see Prime Minister B, as agreed"
        let closed = tokens.get(after).is_none_or(|t| t.punct && t.low != "'s");
        let due = due || (set || closed) && before.is_some_and(|t| t.low == "will");
        let to = to || before.is_some_and(|t| t.low == "will");
        return m.form == Form::Base && to && (goes || due) && guest(cast, office(cast, at + m.len));
    }
    m.form != Form::Ing || m.len > 1 || gerund(cast, at)
}

/// "each other", "one another".
fn mutual(tokens: &[Token<'_>], at: usize) -> bool {
    let pair = |a: &str, b: &str| {
        tokens.get(at).is_some_and(|t| t.low == a) && tokens.get(at + 1).is_some_and(|t| t.low == b)
    };
    pair("each", "other") || pair("one", "another")
}

/// "saw A and B during a break", "saw the minister separately": an encounter, not a sight.
fn received(cast: &Cast<'_, '_>, from: usize) -> bool {
    let tokens = &cast.sentence.tokens;
    let (list, end) = cast.right(from);
    let person = list.iter().any(|p| {
        p.first <= from + 2 && p.sort == Sort::Named && p.actors.iter().all(|a| a.role == ActorRole::Person)
    });
    let aside = (end..(end + 3).min(tokens.len())).any(|i| {
        tokens[i].is(&["during", "separately", "privately", "beforehand", "afterwards", "alone", "sidelines"])
    });
    person && aside
}

/// Whether a person follows at once, by name or by office.
fn guest(cast: &Cast<'_, '_>, from: usize) -> bool {
    let (list, _) = cast.right(from);
    list.first().is_some_and(|p| {
        p.first <= from + 3 && !p.plural && p.actors.iter().all(|a| a.role != ActorRole::Body)
    })
}

/// "the host, President Okada": where the party begins.
pub fn office(cast: &Cast<'_, '_>, from: usize) -> usize {
    let tokens = &cast.sentence.tokens;
    let mut at = from;
    at += usize::from(tokens.get(at).is_some_and(|t| t.is(&["the", "his", "her", "their"])));
    let host = tokens.get(at).is_some_and(|t| t.is(&["host", "guest", "visitor", "rival", "opponent"]));
    let comma = tokens.get(at + 1).is_some_and(|t| t.low == ",");
    if host && comma { at + 2 } else { from }
}

/// "to talk to Chile and Bolivia": countries after "to" that are talked to, not gone to.
pub fn states(cast: &Cast<'_, '_>, from: usize) -> Vec<Party> {
    let sentence = cast.sentence;
    let mut list: Vec<Party> = Vec::new();
    let mut at = from;
    while let Some(token) = sentence.tokens.get(at) {
        match sentence.name_at(at).filter(|n| n.first == at && n.actor.role == ActorRole::Country) {
            Some(n) => {
                let (first, last, actors) = (n.first, n.last, vec![n.actor.clone()]);
                list.push(Party { first, last, actors, sort: Sort::Named, plural: false });
                at = n.last;
            }
            None if token.is(&["the", "and", ","]) => at += 1,
            None => break,
        }
    }
    let owned = sentence.tokens.get(at).is_some_and(|t| t.low == "'s");
    if owned { Vec::new() } else { list }
}

/// Why one calls another.
const WHY_CALL: &[&str] = &[
    "congratulate",
    "thank",
    "urge",
    "express",
    "offer",
    "ask",
    "convey",
    "tell",
    "warn",
    "brief",
    "concede",
    "apologise",
    "apologize",
    "inform",
    "wish",
    "reassure",
    "assure",
    "complain",
    "explain",
    "invite",
];

/// "called Okada on Sunday", "called Okada to thank him": a telephone call, no name-calling.
fn called(cast: &Cast<'_, '_>, from: usize) -> bool {
    let tokens = &cast.sentence.tokens;
    let (list, end) = cast.right(from);
    let person = list.len() == 1
        && list[0].first <= from + 2
        && list[0].sort == Sort::Named
        && list[0].actors.iter().all(|a| a.role == ActorRole::Person);
    let day = |i: usize| {
        tokens.get(i).is_some_and(|t| {
            t.cap && crate::read::dates::is_day_word(&t.low) || t.is(&["yesterday", "today"])
        })
    };
    let on =
        tokens.get(end).is_some_and(|t| t.is(&["on", "late", "early"])) && (day(end + 1) || day(end + 2));
    let to = tokens.get(end).is_some_and(|t| t.low == "to")
        && tokens.get(end + 1).is_some_and(|t| WORDS.section("matters").has(&t.low) || t.is(WHY_CALL));
    // "A calls B over border killings"
    let over = cast.sentence.title && tokens.get(end).is_some_and(|t| t.is(&["over", "after", "amid"]));
    person && (day(end) || on || to || over)
}

/// "meeting" as a verb form: "after meeting the minister", "is meeting Okada".
pub fn gerund(cast: &Cast<'_, '_>, at: usize) -> bool {
    let tokens = &cast.sentence.tokens;
    let led = at.checked_sub(1).and_then(|i| tokens.get(i)).is_none_or(|t| {
        t.is(&[
            "after", "before", "is", "are", "was", "were", "be", "been", "of", "by", "on", "and", "when",
            "while", ",", "from", "about", "without", "keep", "avoid", "for", "—",
        ]) || t.low.ends_with("ly")
    });
    let next = tokens.get(at + 1);
    let with = next.is_some_and(|t| t.low == "with")
        && at
            .checked_sub(1)
            .and_then(|i| tokens.get(i))
            .is_none_or(|t| !t.is(&["and", ",", "of", "by", "on", "about"]));
    let party = cast.parties.iter().find(|p| p.last > at + 1).is_some_and(|p| p.first <= at + 4)
        && next.is_some_and(|t| {
            !t.is(&[
                "of", "between", "in", "at", "on", "that", "was", "will", "is", "to", "for", "room", "place",
            ])
        })
        && (next.is_some_and(|t| {
            t.cap || t.is(&["his", "her", "their", "the", "a", "an", "both", "senior", "top"])
        }) || cast.at(at + 1).is_some());
    let among = at > 0
        && tokens[at - 1].low == ","
        && next.is_some_and(|t| t.is(&["in", "through", "at", "for", "behind", "late", "on", "via", "by"]));
    led && (party || with) || among
}

/// Whether what is met is a need, a deadline or resistance, not a party.
pub fn unlike(cast: &Cast<'_, '_>, at: usize) -> bool {
    let tokens = &cast.sentence.tokens;
    (at + 1..(at + 5).min(tokens.len()))
        .take_while(|&i| !tokens[i].punct && tokens[i].low != "to" && cast.at(i).is_none())
        .any(|i| WORDS.section("not met").at(tokens, i).is_some())
}

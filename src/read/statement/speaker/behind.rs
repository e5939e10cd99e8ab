//! The subject behind its verb: "…," said A; "said the ministry"; "according to A"; "denounced by A".
//!
//! The token behind the verb comes in; the name, office or house that stands there goes out.

use super::super::super::document::Sentence;
use super::super::super::frame;
use super::super::super::names::{Name, Stands};
use super::super::super::text;
use super::super::WORDS;
use super::super::described::{self, Sort, can_speak};
use super::super::memory::Memory;
use super::{Who, whole};
use crate::model::ActorRole;

/// Who speaks, as told from a token on.
pub(in crate::read::statement) fn subject(
    sentence: &Sentence<'_>,
    from: usize,
    memory: &Memory,
) -> Option<Who> {
    let tokens = &sentence.tokens;
    let mut i = from;
    let mut mouth = false;
    while i < (from + 8).min(tokens.len()) {
        if let Some(name) = sentence.name_at(i) {
            let noun = tokens.get(name.last).is_some_and(|t| t.low == "'s")
                || matches!(name.stands, Stands::Adjective | Stands::Place)
                || name.actor.role == ActorRole::Country && tokens.get(name.last).is_some_and(|t| !t.punct);
            if noun && let Some(who) = described_from(sentence, name.last, memory) {
                return Some(who);
            }
            if noun && tokens.get(name.last).is_some_and(|t| t.is(&["'s", "'", "’"])) {
                i = name.last + 1;
                continue;
            }
            if !can_speak(name) {
                return None;
            }
            if let Some(person) =
                apposed(sentence, name.last).filter(|_| name.actor.role == ActorRole::Country)
            {
                return Some(Who::named(&person.actor, "said name", i));
            }
            let rule = if mouth { "spokesman says" } else { "said name" };
            return Some(Who::named(&name.actor, rule, i));
        }
        let token = &tokens[i];
        if let Some(who) = described_from(sentence, i, memory) {
            return Some(who);
        }
        if WORDS.section("mouths").has(&token.low) {
            mouth = true;
            i += 1;
            continue;
        }
        let open = token.is(&["the", "a", "an", "his", "her", "its", "their"])
            || mouth && token.is(&["for", "of", "from", "by", "at", "released", "issued", "published"]);
        if token.punct || token.quoted || !open && text::is_stop_word(&token.low) {
            return None;
        }
        i += 1;
    }
    None
}

/// The description that begins at or soon after `from` and is not followed by a name of its own.
fn described_from(sentence: &Sentence<'_>, from: usize, memory: &Memory) -> Option<Who> {
    let tokens = &sentence.tokens;
    for end in from + 1..=(from + 4).min(tokens.len()) {
        if sentence.name_at(end - 1).is_some() {
            return None;
        }
        let Some(found) = described::ending_at(sentence, end) else {
            if tokens[end - 1].punct {
                return None;
            }
            continue;
        };
        // A longer head ("trade ministry spokesman"), or a name: "coach A B".
        let longer = end < tokens.len()
            && (sentence.name_at(end).is_some() || described::ending_at(sentence, end + 1).is_some());
        if longer {
            continue;
        }
        let goes_on = ["for", "of", "from", "at", "by", "released", "issued", "published"];
        if found.sort == Sort::Mouth && tokens.get(end).is_some_and(|t| t.is(&goes_on)) {
            return None;
        }
        if let Some(person) = apposed(sentence, end) {
            return Some(Who::named(&person.actor, "said name", from));
        }
        return whole(sentence, &found, memory);
    }
    None
}

/// The person named behind an office: "said the minister, A B."
fn apposed<'s>(sentence: &'s Sentence<'_>, end: usize) -> Option<&'s Name> {
    let comma = sentence.tokens.get(end).is_some_and(|t| t.low == ",");
    sentence.name_at(end + 1).filter(|n| comma && n.first == end + 1 && frame::person(&n.actor))
}

//! Meetings: named parties meet, talk by phone, or sit in a formal session.
//!
//! A laid-out article comes in, its meetings go out, one mention each: planned, held, called off or denied.
//! Each sentence is searched for words of an encounter (a verb, a noun, a house that sits). Who takes part is
//! read from the subject, the objects and the complements of these words; whether it is real, from the tense and
//! mood of the verb that carries it. The thread of the article then joins what later sentences add.

mod cast;
mod company;
mod gather;
mod house;
mod join;
mod mood;
mod noun;
mod part;
mod party;
mod phrase;
mod predicate;
mod sense;
mod setting;
mod telling;
mod thread;
mod verb;
mod visit;

use std::sync::LazyLock;

use super::document::Document;
use super::lexicon::Lexicon;
use crate::model::Mention;
use cast::Cast;
use telling::{Manner, Told};
use thread::Thread;

static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../../lexicon/meeting.txt")));

/// Words by which those told of before are meant.
const BEFORE: &[&str] = &["sides", "two", "both", "they", "pair", "parties"];

/// The meetings of an article.
pub fn find(doc: &Document<'_>) -> Vec<Mention> {
    let mut thread = Thread::default();
    for sentence in &doc.sentences {
        let mut cast = Cast::of(sentence, &thread);
        let mut at = 0;
        while at < sentence.tokens.len() {
            let told = thread.found.len();
            let end = read(doc, &cast, at, &mut thread);
            at = end.max(at + 1);
            // "talks between A and B ended; the sides will meet again": they are known from here on.
            if thread.found.len() > told
                && sentence.tokens[at.min(sentence.tokens.len())..].iter().any(|t| t.is(BEFORE))
            {
                cast = Cast::of(sentence, &thread);
            }
        }
        thread.heard(&cast);
    }
    thread.found.retain(|m| m.score > 0.45);
    thread.found
}

/// Reads what is told at one token into the thread; returns where to go on.
fn read(doc: &Document<'_>, cast: &Cast<'_, '_>, at: usize, thread: &mut Thread) -> usize {
    let token = &cast.sentence.tokens[at];
    if token.punct {
        return at;
    }
    if let Some(mention) = visit::find(doc, cast, at) {
        thread.add(Told {
            mention,
            whole: true,
            definite: false,
            moved: false,
            summit: false,
            silent: false,
            again: false,
            apart: false,
            manner: Manner::Room,
        });
        return cast.sentence.tokens.len();
    }
    let mut tellings = house::find(cast, at).map_or_else(Vec::new, |t| vec![t]);
    if tellings.is_empty() && !verb::named(cast, at) {
        tellings = noun::all(cast, at);
        if tellings.is_empty() {
            tellings = verb::find(cast, at);
        }
    }
    let mut end = at;
    for telling in tellings {
        end = end.max(telling.words.end);
        for telling in telling.parted(doc, cast.sentence) {
            if let Some(told) = telling.told(doc, cast.sentence) {
                thread.add(told);
            }
        }
    }
    end
}

#[cfg(test)]
mod tests;

//! An article to mentions: who met, struck or said what, where and when.
//!
//! `read` is pure: the same article gives the same mentions, each with literal evidence. A kind is one
//! module and one word list, named in `KINDS`.

/// Days named in a sentence.
pub mod dates;
/// The language of a text.
pub mod language;
/// Facts of countries, divisions, cities, seats of government.
pub mod gazetteer;
/// Numbers in words and figures.
pub mod numbers;
mod place_words;
/// Places named in a sentence.
pub mod places;
/// A text's sentences.
pub mod sentences;
/// Words, folding and stems.
pub mod text;
/// Killed and wounded.
pub mod tolls;
/// Time zones of cities.
pub mod zones;

/// Captions and bylines.
mod captions;
/// An article laid out for reading.
pub mod document;
/// Texts that were decoded wrongly.
mod mended;
/// What the frames of all kinds share.
pub mod frame;
/// Word lists as data.
pub mod lexicon;
/// The day that an article tells of.
mod news_day;
/// Ordinary English words.
pub mod ordinary;
/// The owner's own words.
pub mod own;
/// The names in one sentence.
pub mod scan;
/// Bodies under their letters.
mod short;
/// Persons, countries and bodies, one actor under all its names in an article.
pub mod names;

/// Agreements.
pub mod agreement;
/// Meetings.
pub mod meeting;
/// Statements.
pub mod statement;
/// Armed attacks.
pub mod strike;

use document::Document;

pub use own::Reader;

use crate::model::{Article, Kind, Mention};

/// A kind of event and the function that finds its mentions.
pub struct KindReader {
    /// The kind that it finds.
    pub kind: Kind,
    /// All mentions of the kind in an article, one an event.
    pub find: fn(&Document<'_>) -> Vec<Mention>,
}

/// Every kind that is read.
pub const KINDS: &[KindReader] = &[
    KindReader { kind: Kind::MEETING, find: meeting::find },
    KindReader { kind: Kind::STRIKE, find: strike::find },
    KindReader { kind: Kind::STATEMENT, find: statement::find },
    KindReader { kind: agreement::KIND, find: agreement::find },
];

/// All mentions in an article, one an event, kind by kind in the order of the text.
pub fn read(article: &Article) -> Vec<Mention> {
    Reader::default().read(article)
}

/// Below the lead of the report of an event, one statement is told for so many words of it.
const MINOR_STATEMENT: usize = 100;

fn mentions(document: &Document<'_>) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = KINDS.iter().flat_map(|kind| (kind.find)(document)).collect();
    // "Shells hit Nova, the army said": the attack, and no words of the army's besides.
    let told: Vec<Mention> = mentions.iter().filter(|m| m.kind != Kind::STATEMENT).cloned().collect();
    mentions
        .retain(|m| m.kind != Kind::STATEMENT || !told.iter().any(|event| statement::tells_only(m, event)));
    // The report of a raid or a summit: what is said below its lead is seldom its news, in a brief least of all.
    if told.iter().any(|m| m.prominent && !m.background) {
        let words: usize = document.sentences.iter().map(|s| s.tokens.len()).sum();
        let mut room = words / MINOR_STATEMENT;
        mentions.retain(|m| {
            let minor = m.kind == Kind::STATEMENT && !m.prominent;
            let kept = !minor || room > 0;
            room = room.saturating_sub(usize::from(minor));
            kept
        });
    }
    news_day::settle(document, &mut mentions);
    mentions
}

#[cfg(test)]
mod tests;

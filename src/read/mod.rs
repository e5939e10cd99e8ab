//! An article to mentions: who met, struck or said what, where and when.
//!
//! [`read`] is pure: the same article gives the same mentions, each with literal evidence. A kind is one
//! module and one word list, named in [`KINDS`].

/// Facts of countries, divisions, cities, seats of government.
pub mod gazetteer;
/// Places named in a sentence.
pub mod places;
/// Days named in a sentence.
pub mod dates;
/// Numbers in words and figures.
pub mod numbers;
/// Killed and wounded.
pub mod tolls;
/// Sentences, words, folding and stems.
pub mod text;

/// Word lists as data.
pub mod lexicon;
/// An article laid out for reading.
pub mod document;
/// Persons, countries and bodies.
pub mod names;
/// What the frames of all kinds share.
pub mod frame;

/// Meetings.
pub mod meeting;
/// Armed attacks.
pub mod strike;
/// Statements.
pub mod statement;

use document::Document;

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
];

/// All mentions in an article, one an event, kind by kind in the order of the text.
pub fn read(article: &Article) -> Vec<Mention> {
    let document = Document::new(article);
    KINDS.iter().flat_map(|kind| (kind.find)(&document)).collect()
}

#[cfg(test)]
mod tests;

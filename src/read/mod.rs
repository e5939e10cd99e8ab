//! Text to mentions.

use crate::model::{Article, Mention};

/// The mentions of an article.
pub fn read(_: &Article) -> Vec<Mention> {
    vec![]
}

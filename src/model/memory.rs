//! What comparing remembers of a development's reports: to know a text again, and to settle what has no order.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Development, Mention};

/// The reports of a development, as far as later ones are compared with them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// Prints of what was told, the oldest first: the same again is a repeat.
    pub prints: Vec<u64>,
    /// Prints of the articles that told it, the oldest first: what one article tells as two is not one.
    pub articles: Vec<u64>,
    /// What articles of the last instant of publication told: among them there is no first.
    pub latest: Vec<Telling>,
    /// The facts before these; `None` if the development began with them.
    pub before: Option<Box<Development>>,
}

/// What one article told of a development.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Telling {
    /// The article's print.
    pub article: u64,
    /// How much the article tells: the fullest of an instant comes first.
    pub weight: u32,
    /// Its publisher.
    pub outlet: String,
    /// When it was published.
    pub published: DateTime<Utc>,
    /// The evidence that stands for the report.
    pub evidence: String,
    /// Tolls (`killed`, `wounded`) that its publisher lowered by it.
    #[serde(default)]
    pub lowered: Vec<String>,
    /// All that it says of the development, in its order.
    pub mentions: Vec<Mention>,
}

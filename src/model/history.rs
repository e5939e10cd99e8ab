//! A development with all that was stored of it: what digests and `explain` are made from.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Development, Mention, Relation};

/// A development with its reports, its changes, and each outlet's toll.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// Its facts as last known.
    pub development: Development,
    /// The story that it belongs to.
    #[serde(default)]
    pub story: Option<i64>,
    /// When it was first compared: what a window of editions is about.
    pub found_at: DateTime<Utc>,
    /// What articles said of it, in order of publication.
    pub reports: Vec<Report>,
    /// What changed, in the order in which it was found.
    pub changes: Vec<PastChange>,
    /// What each outlet says of the toll, last.
    pub tolls: Vec<OutletToll>,
}

/// What one version of an article says of a development, and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Its id in the store.
    pub id: i64,
    /// The publisher.
    pub outlet: String,
    /// The article's canonical URL.
    pub url: String,
    /// The agency text that the article carries, where it is known to be one.
    pub origin: Option<i64>,
    /// What it added to what was known before it.
    pub relation: Relation,
    /// What the article says, with its evidence.
    pub mention: Mention,
    /// When the article was published.
    pub reported_at: DateTime<Utc>,
    /// When the article was first seen.
    pub seen_at: DateTime<Utc>,
    /// When the report was compared.
    pub found_at: DateTime<Utc>,
}

/// A stored change: was → now, by which report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastChange {
    /// Its id in the store.
    pub id: i64,
    /// The [`Report`] that has the new value.
    pub report: i64,
    /// The fact: status, date, place, actors, killed, wounded, outcome.
    pub field: String,
    /// Its value before; "unknown" where none was known.
    pub was: String,
    /// Its value now.
    pub now: String,
    /// When it was found.
    pub found_at: DateTime<Utc>,
}

/// What one outlet says of the toll, last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutletToll {
    /// The publisher.
    pub outlet: String,
    /// `killed` or `wounded`.
    pub field: String,
    /// The number; for a range its lower end.
    pub value: u32,
    /// Said to be a lower bound.
    pub at_least: bool,
    /// The [`Report`] that says so.
    pub report: i64,
}

//! A story: developments that belong together over weeks.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A story that goes on, as far as it decides what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Its id in the store.
    pub id: i64,
    /// Whom it is between: codes of countries, keys of bodies without one; sorted.
    pub parties: Vec<String>,
    /// Publication of its last report.
    pub last: DateTime<Utc>,
    /// Its developments of late.
    pub lately: i64,
}

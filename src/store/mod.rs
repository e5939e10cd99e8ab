//! All SQL.

/// Developments, their reports, changes and tolls; the queue of articles to be read.
pub mod developments;

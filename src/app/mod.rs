//! The steps that join stages with the store, and the loops that run them.

/// Editions that are due, previews, and what is new since the last digest.
pub mod digest;
/// What waits in the outbox goes to Telegram.
pub mod deliver;
/// Unread articles to mentions, and mentions to developments.
pub mod read;

use crate::clock::Clock;
use crate::config::Config;

/// What every step needs; clones share connections and the clock.
#[derive(Debug, Clone)]
pub struct App {
    /// What the owner set.
    pub config: std::sync::Arc<Config>,
    /// The database.
    pub db: sqlx::PgPool,
    /// The one clock.
    pub clock: Clock,
}

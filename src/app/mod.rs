//! The steps that join stages with the store, and the loops that run them.

/// The week in a picture.
pub mod chart;
/// What waits in the outbox goes to Telegram.
pub mod deliver;
/// Editions that are due, previews, and what is new since the last digest.
pub mod digest;
/// What kind of source an address is, and what it would give.
pub mod discover;
/// The last warnings and errors of this process.
pub mod journal;
/// The way to what found no room in a digest.
pub mod more;
/// Unread articles to mentions, and mentions to developments.
pub mod read;
/// The loops that run everything until told to stop.
pub mod run;
/// Due sources to entries, wanted pages to articles.
pub mod scrape;
/// Which developments belong together over weeks, and what names mean.
pub mod stories;

use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use anyhow::Context;

use crate::clock::Clock;
use crate::config::Config;
use crate::read::Reader;
use crate::scrape::fetch::{Fetcher, Settings};

/// What every step needs; clones share connections and the clock.
#[derive(Debug, Clone)]
pub struct App {
    /// What the owner set.
    pub config: Arc<Config>,
    /// The database.
    pub db: sqlx::PgPool,
    /// The one clock.
    pub clock: Clock,
    /// The way to sources and pages.
    pub fetcher: Fetcher,
    /// Reads articles, with the owner's own words.
    pub reader: Arc<Reader>,
    /// The last report among which large developments were looked for, for alerts.
    alerted: Arc<AtomicI64>,
}

impl App {
    /// Joins what every step needs.
    ///
    /// Errors if the system's TLS can't be set up.
    pub fn new(config: Arc<Config>, db: sqlx::PgPool) -> anyhow::Result<App> {
        let settings = Settings {
            allowed: config.allow_hosts.clone(),
            ignore_robots: config.ignore_robots.clone(),
            contact: config.contact.clone(),
            ..Settings::default()
        };
        let fetcher = Fetcher::new(settings).context("setting up HTTP")?;
        let clock = config.clock.clone();
        let reader = Arc::new(Reader::new(&config.words));
        Ok(App { config, db, clock, fetcher, reader, alerted: Arc::default() })
    }
}

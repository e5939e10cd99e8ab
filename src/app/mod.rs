//! The steps that join stages with the store, and the loops that run them.

/// The week in a picture.
pub mod chart;
/// What waits in the outbox goes to Telegram.
pub mod deliver;
/// Editions that are due, previews, and what is new since the last digest.
pub mod digest;
/// What kind of source an address is, and what it would give.
pub mod discover;
/// Whether all is well, on a port of this machine: for monitors, and for Prometheus.
pub mod health;
/// The last warnings and errors of this process.
pub mod journal;
/// What this process did, counted, and what there is, as metrics.
pub mod metrics;
/// Whether the loops still turn.
pub mod pulse;
/// The way to what found no room in a digest.
pub mod more;
/// How full the disk of the data folder is.
pub mod disk;
/// What is older than the owner wants to keep goes.
pub mod keep;
/// Spells in which the database is in trouble.
pub mod outage;
/// Unread articles to mentions, and mentions to developments.
pub mod read;
/// The loops that run everything until told to stop.
pub mod run;
/// Due sources to entries, wanted pages to articles.
pub mod scrape;
/// Which developments belong together over weeks, and what names mean.
pub mod stories;
/// Looks after the process: tells systemd that all is well, and ends what does not end.
pub mod watchdog;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use anyhow::Context;

use crate::clock::Clock;
use crate::config::Config;
use crate::digest::render;
use crate::read::Reader;
use crate::scrape::fetch::{Fetcher, Settings};
use metrics::Counts;
use pulse::Pulse;

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
    /// Whether the loops still turn.
    pub pulse: Pulse,
    /// What this process did.
    pub counts: Counts,
    /// Trouble with the database, told once by whoever meets it first.
    pub outages: outage::Outages,
    /// The last report among which large developments were looked for, for alerts.
    alerted: Arc<AtomicI64>,
    /// Messages sent beside the outbox that its pace was not charged with yet.
    beside: Arc<AtomicU32>,
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
        let (pulse, counts, alerted) = (Pulse::default(), Counts::default(), Arc::default());
        Ok(App {
            config,
            db,
            clock,
            fetcher,
            reader,
            pulse,
            counts,
            outages: Default::default(),
            alerted,
            beside: Arc::default(),
        })
    }

    /// What is wrong with the owner's own templates; `None` where there are none.
    pub fn template_faults(&self) -> Option<Vec<String>> {
        self.config.templates.as_deref().map(|folder| render::check(Some(folder)))
    }

    /// Notes that a message goes to Telegram beside the outbox, at once: the outbox yields.
    pub fn sends_beside(&self) {
        self.beside.fetch_add(1, Ordering::Relaxed);
    }
}

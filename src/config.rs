//! What the owner set: secrets from the environment, the rest from one TOML file.

use std::fmt;
use std::path::PathBuf;

use chrono::NaiveTime;
use chrono_tz::Tz;
use teloxide::types::UserId;
use url::Url;

pub use crate::model::{Selectors, SourceType};

/// The whole configuration, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the private Postgres and other files live (`TIDINGS_DATA`).
    pub data_dir: PathBuf,
    /// An outside Postgres (`DATABASE_URL`); `None`: the private cluster in `data_dir`.
    pub database_url: Option<Secret>,
    /// The bot's account (`TELOXIDE_TOKEN`, `TELOXIDE_API_URL`); `None`: no bot, no delivery.
    pub telegram: Option<Telegram>,
    /// Sources of the file, in its order.
    pub sources: Vec<SourceConfig>,
    /// Telegram users who may give admin commands.
    pub admins: Vec<UserId>,
    /// Hosts (name or address, with `:port` or without) exempt from the private-address guard.
    pub allow_hosts: Vec<String>,
    /// When to scrape, and a new subscriber's default edition.
    pub schedule: Schedule,
    /// Named word lists that a reader may follow.
    pub topics: Vec<Topic>,
    /// A folder whose templates replace the built-in ones of the same name.
    pub templates: Option<PathBuf>,
    /// The instant at which the clock starts and its rate (`TIDINGS_NOW`, `TIDINGS_CLOCK_RATE`).
    pub clock: crate::clock::Clock,
}

/// A value that no log or error shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// The bot's account.
#[derive(Debug, Clone)]
pub struct Telegram {
    /// The token from @BotFather.
    pub token: Secret,
    /// Another Bot API server than Telegram's own.
    pub api_url: Option<Url>,
}

/// One `[[source]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceConfig {
    /// Unique name, shown to readers as the outlet unless `outlet` says otherwise.
    pub name: String,
    /// Where the list is.
    pub url: Url,
    /// What it is.
    pub kind: SourceType,
    /// The publisher, where several sources are one outlet's.
    pub outlet: Option<String>,
    /// Selectors of a listing.
    pub selectors: Selectors,
    /// A cron line of its own.
    pub scrape: Option<String>,
}

/// `[schedule]`.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// Cron line (five fields) for sources without one of their own.
    pub scrape: String,
    /// Local time of a new subscriber's edition.
    pub digest: NaiveTime,
    /// Zone of the cron lines and of new subscribers.
    pub zone: Tz,
}

/// One `[[topic]]`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Its name.
    pub name: String,
    /// Words that put a development under it.
    pub words: Vec<String>,
}

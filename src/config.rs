//! What the owner set: secrets from the environment, the rest from one TOML file.
//!
//! `Config::load` takes the environment and gives a checked `Config`, or every `Problem` at once,
//! each with its key and its mend.

mod catalogue;
mod environment;
mod file;
mod lines;
mod owner;
mod section;
mod source;

pub use catalogue::catalogue;
pub use environment::Environment;
pub use owner::{denied, user};

use std::fmt;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use teloxide::types::UserId;
use url::Url;

use crate::clock::Clock;
use crate::schedule::Cron;

use crate::model::OwnWords;
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
    /// Digests go at up to 1,000 messages a second, for Stars.
    pub paid_broadcast: bool,
    /// Whether there is a file: a folder without one is not a file without sources.
    pub has_file: bool,
    /// Whether all of the file is known: it could be read, and is TOML.
    pub file_is_whole: bool,
    /// Whether nothing in it is wrong.
    pub file_is_right: bool,
    /// Sources of the file, in its order.
    pub sources: Vec<SourceConfig>,
    /// Telegram users who may give admin commands.
    pub admins: Vec<UserId>,
    /// Hosts (name or address, with `:port` or without) exempt from the private-address guard.
    pub allow_hosts: Vec<String>,
    /// Hosts, written so too, whose robots.txt is not asked for.
    pub ignore_robots: Vec<String>,
    /// How publishers reach the owner; told to them in each request.
    pub contact: Option<String>,
    /// When to scrape, and a new subscriber's default edition.
    pub schedule: Schedule,
    /// Named word lists that a reader may follow.
    pub topics: Vec<Topic>,
    /// The owner's own names and phrases.
    pub words: OwnWords,
    /// A folder whose templates replace the built-in ones of the same name.
    pub templates: Option<PathBuf>,
    /// Where this machine is told whether all is well (`[health] listen`); `None`: nowhere.
    pub health: Option<SocketAddr>,
    /// How long things are kept.
    pub retention: Retention,
    /// The clock, set and sped up by `TIDINGS_NOW` and `TIDINGS_CLOCK_RATE`.
    pub clock: Clock,
}

/// The variables of the environment that are secret, and the way to systemd: no child process needs them.
pub const SECRETS: [&str; 3] = ["TELOXIDE_TOKEN", "DATABASE_URL", "NOTIFY_SOCKET"];

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
#[derive(Debug, Clone)]
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
    pub scrape: Option<Cron>,
    /// The proxy by which it is read.
    pub proxy: Option<Url>,
}

/// `[schedule]`.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// When to scrape sources without a cron line of their own.
    pub scrape: Cron,
    /// Local time of a new subscriber's edition.
    pub digest: NaiveTime,
    /// Zone of the cron lines and of new subscribers.
    pub zone: Tz,
}

/// `[retention]`: how long things are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Days for which articles, developments and editions are kept after they were last of use.
    pub days: u32,
    /// Months after which a chat that left is forgotten.
    pub gone_months: u32,
}

impl Default for Retention {
    fn default() -> Retention {
        Retention { days: 400, gone_months: 6 }
    }
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

impl Topic {
    /// Its name as links and buttons carry it: letters, digits, `_` and `-`, 48 at most.
    pub fn slug(&self) -> String {
        let plain = any_ascii::any_ascii(&self.name);
        let words = plain.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|w| !w.is_empty());
        words.collect::<Vec<_>>().join("-").to_lowercase().chars().take(48).collect()
    }
}

/// One thing that is wrong, and what mends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The key or variable, with its place in a list (`source[2].url`).
    pub key: String,
    /// What is wrong, and what to write instead.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.what)
    }
}

/// Every problem that was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => write!(f, "the configuration has a problem")?,
            many => write!(f, "the configuration has {many} problems")?,
        }
        self.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl Config {
    /// Reads and checks everything; `needs_bot` makes a missing token a problem too.
    ///
    /// # Errors
    /// Every problem at once.
    pub fn load(environment: &Environment, needs_bot: bool) -> Result<Config, Problems> {
        match Config::examine(environment, needs_bot) {
            (Some(config), problems) if problems.is_empty() => Ok(config),
            (_, problems) => Err(Problems(problems)),
        }
    }

    /// Like [`Config::load`], but as if there were no configuration file: for what needs none.
    ///
    /// # Errors
    /// Every problem at once.
    pub fn without_file(environment: &Environment, needs_bot: bool) -> Result<Config, Problems> {
        match Config::checked(environment, needs_bot, file::File::default(), Vec::new()) {
            (Some(config), problems) if problems.is_empty() => Ok(config),
            (_, problems) => Err(Problems(problems)),
        }
    }

    /// Every problem, and what stands without what is wrong: for a look at the rest, not to work with.
    ///
    /// `None` where it is not known which database is meant.
    pub fn examine(environment: &Environment, needs_bot: bool) -> (Option<Config>, Vec<Problem>) {
        let mut problems = Vec::new();
        let file = read_file(environment, &mut problems);
        Config::checked(environment, needs_bot, file, problems)
    }

    fn checked(
        environment: &Environment,
        needs_bot: bool,
        file: file::File,
        mut problems: Vec<Problem>,
    ) -> (Option<Config>, Vec<Problem>) {
        let file_is_right = problems.is_empty();
        let telegram = telegram(environment, needs_bot, &mut problems);
        let clock = clock(environment, &mut problems).unwrap_or_else(Clock::system);
        let before = problems.len();
        let database_url = environment.get("DATABASE_URL").map(|url| Secret(url.to_owned()));
        if let Some(Secret(url)) = &database_url
            && !(url.starts_with("postgres://") || url.starts_with("postgresql://"))
        {
            problems.push(Problem {
                key: "DATABASE_URL".to_owned(),
                what: "is not a Postgres address; write postgres://user:password@host/database, \
                       or leave it out for a private Postgres"
                    .to_owned(),
            });
        }
        let data_dir = data_dir(environment, &mut problems);
        if problems.len() > before {
            return (None, problems);
        }
        let config = Config {
            data_dir,
            database_url,
            telegram,
            paid_broadcast: file.paid_broadcast,
            has_file: file.is_there,
            file_is_whole: file.is_whole,
            file_is_right,
            sources: file.sources,
            admins: file.admins,
            allow_hosts: file.allow_hosts,
            ignore_robots: file.ignore_robots,
            contact: file.contact,
            schedule: file.schedule,
            topics: file.topics,
            words: file.words,
            templates: file.templates,
            health: file.health,
            retention: file.retention,
            clock,
        };
        (Some(config), problems)
    }
}

/// The configuration file's path, and whether it was named or is the default.
pub fn file_path(environment: &Environment) -> (PathBuf, bool) {
    match environment.get("TIDINGS_CONFIG") {
        Some(path) => (PathBuf::from(path), true),
        None => (PathBuf::from("tidings.toml"), false),
    }
}

/// The `[lexicon]` of a configuration file, without the rest of it.
///
/// # Errors
/// Every problem of the file at once.
pub fn words(path: &Path) -> Result<OwnWords, Problems> {
    let mut problems = Vec::new();
    let file = parse_file(path, "name the file that has the [lexicon]", &mut problems);
    if problems.is_empty() { Ok(file.words) } else { Err(Problems(problems)) }
}

/// Reads what one argument says of how a list is read, by its key of a `[[source]]`; what is wrong is in words.
pub fn said(key: &'static str) -> impl Fn(&str) -> Result<String, String> + Clone + Send + Sync + 'static {
    move |text| {
        let value = match key {
            "include" | "exclude" => toml::Value::from(vec![text]),
            _ => toml::Value::from(text),
        };
        let mut problems = Vec::new();
        let table = toml::Table::from_iter([(key.to_owned(), value)]);
        source::selectors(&mut section::Section::new(table, String::new(), &mut problems));
        match problems.pop() {
            // That it is wrong, and what it is, the command line says itself.
            Some(Problem { what, .. }) => {
                Err(what.split_once(" is wrong; ").map_or(what.clone(), |(_, mend)| mend.to_owned()))
            }
            None => Ok(text.trim().to_owned()),
        }
    }
}

/// Checks what a list of sources says of how one is read, by the keys of a `[[source]]`.
///
/// # Errors
/// Every problem at once.
pub fn selectors(said: &Selectors) -> Result<Selectors, Problems> {
    let mut problems = Vec::new();
    let table = toml::Table::try_from(said).unwrap_or_default();
    let checked = source::selectors(&mut section::Section::new(table, String::new(), &mut problems));
    if problems.is_empty() { Ok(checked) } else { Err(Problems(problems)) }
}

fn parse_file(path: &Path, mend: &str, problems: &mut Vec<Problem>) -> file::File {
    match std::fs::read_to_string(path) {
        Ok(text) => file::parse(&text, &path.display().to_string(), problems),
        Err(e) => {
            problems.push(Problem {
                key: path.display().to_string(),
                what: match owner::denied(path, &e) {
                    Some(whose) => format!("cannot be read: {whose}"),
                    None if e.kind() == ErrorKind::IsADirectory => {
                        "is a folder: name the file in it".to_owned()
                    }
                    None if e.kind() == ErrorKind::InvalidData => {
                        "cannot be read: save it as UTF-8 text".to_owned()
                    }
                    None => format!("cannot be read ({e}); {mend}"),
                },
            });
            file::File { is_whole: false, ..file::File::default() }
        }
    }
}

fn read_file(environment: &Environment, problems: &mut Vec<Problem>) -> file::File {
    let (path, named) = file_path(environment);
    // Without a file there are no sources yet; admins may add them by command.
    if !named && matches!(path.try_exists(), Ok(false)) {
        return file::File::default();
    }
    let mend = "copy tidings.example.toml there, or set TIDINGS_CONFIG to where it is";
    parse_file(&path, mend, problems)
}

fn telegram(environment: &Environment, needed: bool, problems: &mut Vec<Problem>) -> Option<Telegram> {
    let mut wrong = false;
    let api_url = environment.get("TELOXIDE_API_URL").and_then(|text| match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Some(url),
        _ => {
            problems.push(Problem {
                key: "TELOXIDE_API_URL".to_owned(),
                what: "is not an http or https address; leave it out for Telegram's own server".to_owned(),
            });
            wrong = true;
            None
        }
    });
    let Some(token) = environment.get("TELOXIDE_TOKEN") else {
        if needed {
            problems.push(Problem {
                key: "TELOXIDE_TOKEN".to_owned(),
                what: "is not set; ask @BotFather for a token and put TELOXIDE_TOKEN=… into .env".to_owned(),
            });
        }
        return None;
    };
    let well_formed = token.split_once(':').is_some_and(|(id, secret)| {
        !id.is_empty()
            && id.bytes().all(|b| b.is_ascii_digit())
            && !secret.is_empty()
            && secret.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    });
    if !well_formed {
        problems.push(Problem {
            key: "TELOXIDE_TOKEN".to_owned(),
            what: "is not a bot token; @BotFather gives one like 123456:ABC-DEF".to_owned(),
        });
        return None;
    }
    // Telegram's own server is not asked in the place of another.
    (!wrong).then(|| Telegram { token: Secret(token.to_owned()), api_url })
}

fn clock(environment: &Environment, problems: &mut Vec<Problem>) -> Option<Clock> {
    let before = problems.len();
    let start = environment.get("TIDINGS_NOW").and_then(|text| match text.parse::<DateTime<Utc>>() {
        Ok(start) => Some(start),
        Err(_) => {
            problems.push(Problem {
                key: "TIDINGS_NOW".to_owned(),
                what: format!("{text:?} is not an instant; write it as 2026-03-01T06:00:00Z"),
            });
            None
        }
    });
    let rate = environment.get("TIDINGS_CLOCK_RATE").and_then(|text| match text.parse::<f64>() {
        Ok(rate) if rate.is_finite() && (0.001..=1e6).contains(&rate) => Some(rate),
        _ => {
            problems.push(Problem {
                key: "TIDINGS_CLOCK_RATE".to_owned(),
                what: format!("{text:?} is not a rate; write a number from 0.001 to 1000000, such as 60"),
            });
            None
        }
    });
    if problems.len() > before {
        return None;
    }
    Some(match (start, rate) {
        (None, None) => Clock::system(),
        (start, rate) => {
            Clock::simulated(start.unwrap_or_else(|| Clock::system().now()), rate.unwrap_or(1.0))
        }
    })
}

/// `TIDINGS_DATA`, or the system's usual place: root's home is closed to the user that Postgres runs as.
fn data_dir(environment: &Environment, problems: &mut Vec<Problem>) -> PathBuf {
    if let Some(path) = environment.get("TIDINGS_DATA") {
        return std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path));
    }
    if rustix::process::geteuid().is_root() {
        return PathBuf::from("/var/lib/tidings");
    }
    if let Some(path) = environment.get("XDG_DATA_HOME") {
        return PathBuf::from(path).join("tidings");
    }
    match environment.get("HOME") {
        Some(home) => PathBuf::from(home).join(".local/share/tidings"),
        None => {
            problems.push(Problem {
                key: "TIDINGS_DATA".to_owned(),
                what: "is not set, nor is HOME; set TIDINGS_DATA to a folder for the database".to_owned(),
            });
            PathBuf::new()
        }
    }
}

#[cfg(test)]
mod tests;

//! The TOML file: every wrong key and value is reported, not only the first.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use chrono::NaiveTime;
use chrono_tz::Tz;
use teloxide::types::UserId;
use toml::{Table, Value};

use super::lines::{Lines, line};
use super::section::{Section, text_of};
use super::source::source;
use super::{Problem, Retention, Schedule, SourceConfig, Topic};
use crate::model::{Alias, Named, OwnWords};
use crate::schedule::Cron;

/// What the file says; the default is what holds without a file.
pub(super) struct File {
    pub is_there: bool,
    /// It could be read and is TOML.
    pub is_whole: bool,
    pub paid_broadcast: bool,
    pub sources: Vec<SourceConfig>,
    pub admins: Vec<UserId>,
    pub allow_hosts: Vec<String>,
    pub ignore_robots: Vec<String>,
    pub contact: Option<String>,
    pub schedule: Schedule,
    pub topics: Vec<Topic>,
    pub words: OwnWords,
    pub templates: Option<PathBuf>,
    pub health: Option<SocketAddr>,
    pub retention: Retention,
}

impl Default for File {
    fn default() -> File {
        File {
            is_there: false,
            is_whole: true,
            paid_broadcast: false,
            sources: Vec::new(),
            admins: Vec::new(),
            allow_hosts: Vec::new(),
            ignore_robots: Vec::new(),
            contact: None,
            schedule: Schedule { scrape: every_quarter(), digest: morning(), zone: Tz::UTC },
            topics: Vec::new(),
            words: OwnWords::default(),
            templates: None,
            health: None,
            retention: Retention::default(),
        }
    }
}

#[expect(clippy::expect_used, reason = "a constant that a test parses")]
fn every_quarter() -> Cron {
    Cron::parse("*/15 * * * *").expect("a valid cron line")
}

#[expect(clippy::expect_used, reason = "a constant")]
fn morning() -> NaiveTime {
    NaiveTime::from_hms_opt(8, 0, 0).expect("a valid time")
}

/// Parses the text of the file `name`; what is wrong goes to `problems` and falls back on the default.
pub(super) fn parse(text: &str, name: &str, problems: &mut Vec<Problem>) -> File {
    let table = match Table::from_str(text) {
        Ok(table) => table,
        Err(e) => {
            let line = e.span().map_or(1, |span| line(text, &span));
            problems.push(Problem {
                key: format!("{name}, line {line}"),
                what: format!("not TOML: {}", with_mend(e.message())),
            });
            return File { is_whole: false, ..File::default() };
        }
    };
    let before = problems.len();
    let file = read(table, problems);
    let lines = Lines::of(text);
    problems[before..].iter_mut().for_each(|problem| lines.place(problem));
    file
}

/// What the parser says of values is in the words of its grammar.
fn with_mend(message: &str) -> String {
    match ["string", "array"].into_iter().any(|word| message.contains(word)) {
        true => format!("{message}; texts stand in straight quotes (\"), lists end with ]"),
        false => message.to_owned(),
    }
}

fn read(table: Table, problems: &mut Vec<Problem>) -> File {
    let usual = File::default();
    let mut top = Section::new(table, String::new(), problems);
    let admins = top.list("admins", "Telegram user ids: admins = [12345]; /whoami tells yours", |value| {
        value.as_integer().and_then(|id| u64::try_from(id).ok()).map(UserId)
    });
    let host = |value: &Value| {
        let host = value.as_str()?.trim().to_ascii_lowercase();
        Some(host).filter(|host| !host.is_empty() && !host.contains('/'))
    };
    let allow_hosts =
        top.list("allow_hosts", "host names or addresses: allow_hosts = [\"127.0.0.1:8080\"]", host);
    let ignore_robots = top.list("ignore_robots", "host names: ignore_robots = [\"news.example.org\"]", host);
    let contact =
        top.value("contact", "an e-mail or web address in quotes, of ASCII letters and signs", |value| {
            text_of(value)
                .filter(|text| text.len() <= 200 && text.bytes().all(|b| b == b' ' || b.is_ascii_graphic()))
        });
    let templates =
        top.value("templates", "a folder's path in quotes", |value| value.as_str().map(PathBuf::from));
    let schedule = top.table("schedule").map_or(usual.schedule.clone(), |mut section| {
        let schedule = Schedule {
            scrape: section.cron("scrape").unwrap_or(usual.schedule.scrape),
            digest: section
                .value("digest", "a time of day in quotes, such as \"07:30\"", |value| {
                    NaiveTime::parse_from_str(value.as_str()?, "%H:%M").ok()
                })
                .unwrap_or(usual.schedule.digest),
            zone: section
                .value("zone", "an IANA time zone in quotes, such as \"Europe/Berlin\"", |value| {
                    value.as_str()?.parse().ok()
                })
                .unwrap_or(usual.schedule.zone),
        };
        section.finish();
        schedule
    });
    let health = top.table("health").and_then(|mut section| {
        // Whoever wants it elsewhere puts a proxy before it, which can ask for a password.
        let wanted = "an address of this machine alone, with a port: listen = \"127.0.0.1:9464\"";
        let listen = section.value("listen", wanted, |value| {
            value.as_str()?.parse().ok().filter(|address: &SocketAddr| address.ip().is_loopback())
        });
        section.finish();
        listen
    });
    let paid_broadcast = top.table("telegram").is_some_and(|mut section| {
        let paid = section.value("paid_broadcast", "true or false", Value::as_bool).unwrap_or(false);
        section.finish();
        paid
    });
    const WORDS: &str = "words in quotes: words = [\"grain\", \"port\"]";
    let topics = top.tables("topic", |section| {
        let name = section.required("name", "the topic's name in quotes", text_of);
        let words = section.required("words", WORDS, |value| {
            let words: Option<Vec<String>> = value.as_array()?.iter().map(text_of).collect();
            words.filter(|words| !words.is_empty())
        });
        Some(Topic { name: name?, words: words? })
    });
    let words = top.table("lexicon").map(own_words).unwrap_or_default();
    let retention = top.table("retention").map(retention).unwrap_or_default();
    let sources = top.tables("source", source);
    top.finish();
    duplicates(&sources, problems);
    // What its keys say is not what is meant: a look at it would find false problems.
    let sources = sources.into_iter().filter_map(|(source, is_right)| is_right.then_some(source)).collect();
    let topics: Vec<Topic> = topics.into_iter().map(|(topic, _)| topic).collect();
    topics_alike(&topics, problems);
    two_named_alike(&words, problems);
    if let Some(folder) = &templates
        && !folder.is_dir()
    {
        problems.push(Problem {
            key: "templates".to_owned(),
            what: format!("{} is not a folder; create it or leave the key out", folder.display()),
        });
    }
    File {
        is_there: true,
        is_whole: true,
        paid_broadcast,
        sources,
        admins,
        allow_hosts,
        ignore_robots,
        contact,
        schedule,
        topics,
        words,
        templates,
        health,
        retention,
    }
}

/// A story goes on for 60 days after its last report, and is told with what was told of it in 60 days.
const LEAST_DAYS: u32 = 90;

fn retention(mut section: Section<'_>) -> Retention {
    let usual = Retention::default();
    let number = |value: &Value| value.as_integer().and_then(|number| u32::try_from(number).ok());
    let retention = Retention {
        days: section
            .value("days", &format!("a number of days from {LEAST_DAYS} to 36500"), |value| {
                number(value).filter(|days| (LEAST_DAYS..=36_500).contains(days))
            })
            .unwrap_or(usual.days),
        gone_months: section
            .value("gone_months", "a number of months from 1 to 1200", |value| {
                number(value).filter(|months| (1..=1200).contains(months))
            })
            .unwrap_or(usual.gone_months),
    };
    section.finish();
    retention
}

fn own_words(mut section: Section<'_>) -> OwnWords {
    const NAMES: &str = "names in quotes: [\"Chaco Front\", \"Kisumu\"]";
    // A phrase of a letter or two would leave nothing to tell.
    let phrase = |value: &Value| text_of(value).filter(|text| text.chars().count() > 2);
    let words = OwnWords {
        watched: section.list("watch", NAMES, text_of),
        ignored: section.list("ignore", "phrases of three letters or more: [\"live blog\"]", phrase),
        aliases: section
            .tables("alias", |section| {
                let name = section.required("name", "the name to show, in quotes", text_of);
                let also = section.required("also", NAMES, |value| {
                    let names: Option<Vec<String>> = value.as_array()?.iter().map(text_of).collect();
                    names.filter(|names| !names.is_empty())
                });
                let is = section.value("is", "\"person\", \"body\" or \"place\"", |value| {
                    match value.as_str()? {
                        "person" => Some(Named::Person),
                        "body" => Some(Named::Body),
                        "place" => Some(Named::Place),
                        _ => None,
                    }
                });
                Some(Alias { name: name?, also: also?, is })
            })
            .into_iter()
            .map(|(alias, _)| alias)
            .collect(),
    };
    section.finish();
    words
}

/// A name that stands for two would be taken for the first.
fn two_named_alike(words: &OwnWords, problems: &mut Vec<Problem>) {
    let mut owners: HashMap<String, &str> = HashMap::new();
    for alias in &words.aliases {
        for name in std::iter::once(&alias.name).chain(&alias.also) {
            let first = owners.insert(name.to_lowercase(), &alias.name);
            if let Some(first) = first {
                let what =
                    format!("{name:?} stands for {first:?} and for {:?}; leave it out of one", alias.name);
                problems.push(Problem { key: "lexicon.alias.also".to_owned(), what });
            }
        }
    }
}

/// A link or button that follows one would follow the other.
fn topics_alike(topics: &[Topic], problems: &mut Vec<Problem>) {
    for (i, topic) in topics.iter().enumerate() {
        if let Some(other) = topics[..i].iter().find(|other| other.slug() == topic.slug()) {
            problems.push(Problem {
                key: "topic.name".to_owned(),
                what: format!(
                    "{:?} and {:?} are one topic to links and buttons, which have {:?} for both; rename one",
                    other.name,
                    topic.name,
                    topic.slug()
                ),
            });
        }
    }
}

fn duplicates(sources: &[(SourceConfig, bool)], problems: &mut Vec<Problem>) {
    for (i, (source, _)) in sources.iter().enumerate() {
        if sources[..i].iter().any(|(other, _)| other.name == source.name) {
            problems.push(Problem {
                key: "source.name".to_owned(),
                what: format!("{:?} is the name of two sources; names must differ", source.name),
            });
        }
    }
}

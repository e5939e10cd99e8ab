//! The TOML file: every wrong key and value is reported, not only the first.

use std::collections::HashMap;
use std::path::PathBuf;
use std::str::FromStr;

use chrono::NaiveTime;
use chrono_tz::Tz;
use teloxide::types::UserId;
use toml::{Table, Value};
use url::Url;

use super::{Problem, Schedule, Selectors, SourceConfig, SourceType, Topic};
use crate::model::{Alias, Named, OwnWords};
use crate::schedule::Cron;

/// What the file says; the default is what holds without a file.
pub(super) struct File {
    pub sources: Vec<SourceConfig>,
    pub admins: Vec<UserId>,
    pub allow_hosts: Vec<String>,
    pub ignore_robots: Vec<String>,
    pub contact: Option<String>,
    pub schedule: Schedule,
    pub topics: Vec<Topic>,
    pub words: OwnWords,
    pub templates: Option<PathBuf>,
}

impl Default for File {
    fn default() -> File {
        File {
            sources: Vec::new(),
            admins: Vec::new(),
            allow_hosts: Vec::new(),
            ignore_robots: Vec::new(),
            contact: None,
            schedule: Schedule { scrape: every_quarter(), digest: morning(), zone: Tz::UTC },
            topics: Vec::new(),
            words: OwnWords::default(),
            templates: None,
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
            let line = e.span().map_or(1, |span| 1 + text[..span.start].matches('\n').count());
            problems.push(Problem {
                key: format!("{name}, line {line}"),
                what: format!("not TOML: {}", e.message()),
            });
            return File::default();
        }
    };
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
    let topics = top.tables("topic", |section| {
        let name = section.required("name", "the topic's name in quotes", text_of);
        let words = section.list("words", "words in quotes: words = [\"grain\", \"port\"]", text_of);
        Some(Topic { name: name?, words })
    });
    let words = top.table("lexicon").map(own_words).unwrap_or_default();
    let sources = top.tables("source", source);
    top.finish();
    duplicates(&sources, problems);
    two_named_alike(&words, problems);
    if let Some(folder) = &templates
        && !folder.is_dir()
    {
        problems.push(Problem {
            key: "templates".to_owned(),
            what: format!("{} is not a folder; create it or leave the key out", folder.display()),
        });
    }
    File { sources, admins, allow_hosts, ignore_robots, contact, schedule, topics, words, templates }
}

fn text_of(value: &Value) -> Option<String> {
    value.as_str().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn source(section: &mut Section<'_>) -> Option<SourceConfig> {
    let name = section.required("name", "the source's name in quotes", text_of);
    let url = section.required("url", "an http or https address in quotes", |value| {
        Url::parse(value.as_str()?)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
    });
    let kind = section.value("type", "\"feed\" or \"listing\"", |value| match value.as_str()? {
        "feed" => Some(SourceType::Feed),
        "listing" => Some(SourceType::Listing),
        _ => None,
    });
    let kind = kind.unwrap_or(SourceType::Feed);
    let outlet = section.value("outlet", "the publisher's name in quotes", text_of);
    let mut selector = |key| {
        section.value(key, "a CSS selector in quotes, such as \"article h2 a\"", |value| {
            text_of(value).filter(|text| scraper::Selector::parse(text).is_ok())
        })
    };
    let selectors = Selectors {
        item: selector("item"),
        link: selector("link"),
        title: selector("title"),
        date: selector("date"),
    };
    let scrape = section.cron("scrape");
    let proxy = section.value(
        "proxy",
        "a proxy's address without user and password, such as \"http://proxy.example.org:3128\"",
        |value| {
            let schemes = ["http", "https", "socks5", "socks5h"];
            let proxy = Url::parse(value.as_str()?).ok().filter(|url| schemes.contains(&url.scheme()));
            proxy.filter(|url| url.has_host() && url.username().is_empty() && url.password().is_none())
        },
    );
    if kind == SourceType::Listing && selectors.item.is_none() && !section.table.contains_key("item") {
        section.problem("item", "is missing; a listing needs the CSS selector of one item of its list");
    }
    if kind == SourceType::Feed && selectors != Selectors::default() {
        section
            .problem("type", "is feed, but selectors are given; write type = \"listing\" or leave them out");
    }
    Some(SourceConfig { name: name?, url: url?, kind, outlet, selectors, scrape, proxy })
}

fn own_words(mut section: Section<'_>) -> OwnWords {
    const NAMES: &str = "names in quotes: [\"Chaco Front\", \"Kisumu\"]";
    // A phrase of a letter or two would leave nothing to tell.
    let phrase = |value: &Value| text_of(value).filter(|text| text.chars().count() > 2);
    let words = OwnWords {
        watched: section.list("watch", NAMES, text_of),
        ignored: section.list("ignore", "phrases of three letters or more: [\"live blog\"]", phrase),
        aliases: section.tables("alias", |section| {
            let name = section.required("name", "the name to show, in quotes", text_of);
            let also = section.required("also", NAMES, |value| {
                let names: Option<Vec<String>> = value.as_array()?.iter().map(text_of).collect();
                names.filter(|names| !names.is_empty())
            });
            let is =
                section.value("is", "\"person\", \"body\" or \"place\"", |value| match value.as_str()? {
                    "person" => Some(Named::Person),
                    "body" => Some(Named::Body),
                    "place" => Some(Named::Place),
                    _ => None,
                });
            Some(Alias { name: name?, also: also?, is })
        }),
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

fn duplicates(sources: &[SourceConfig], problems: &mut Vec<Problem>) {
    for (i, source) in sources.iter().enumerate() {
        if sources[..i].iter().any(|other| other.name == source.name) {
            problems.push(Problem {
                key: "source.name".to_owned(),
                what: format!("{:?} is the name of two sources; names must differ", source.name),
            });
        }
    }
}

/// A table whose known keys are asked for one by one; what is left at the end is unknown.
struct Section<'a> {
    table: Table,
    path: String,
    asked: Vec<&'static str>,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Section<'a> {
    fn new(table: Table, path: String, problems: &'a mut Vec<Problem>) -> Section<'a> {
        Section { table, path, asked: Vec::new(), problems }
    }

    fn problem(&mut self, key: &str, what: &str) {
        self.problems.push(Problem { key: format!("{}{key}", self.path), what: what.to_owned() });
    }

    fn value<T>(&mut self, key: &'static str, wanted: &str, read: impl Fn(&Value) -> Option<T>) -> Option<T> {
        self.asked.push(key);
        let value = self.table.get(key)?;
        let read = read(value);
        if read.is_none() {
            let what = format!("{} is wrong; it takes {wanted}", shown(value));
            self.problem(key, &what);
        }
        read
    }

    fn required<T>(
        &mut self,
        key: &'static str,
        wanted: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        if !self.table.contains_key(key) {
            self.problem(key, &format!("is missing; it takes {wanted}"));
        }
        self.value(key, wanted, read)
    }

    fn list<T>(&mut self, key: &'static str, wanted: &str, read: impl Fn(&Value) -> Option<T>) -> Vec<T> {
        self.value(key, wanted, |value| value.as_array()?.iter().map(&read).collect()).unwrap_or_default()
    }

    fn cron(&mut self, key: &'static str) -> Option<Cron> {
        self.asked.push(key);
        let value = self.table.get(key)?;
        let wrong = match value.as_str().map(Cron::parse) {
            Some(Ok(cron)) => return Some(cron),
            Some(Err(e)) => format!("{e:#}"),
            None => format!("{} is not a cron line in quotes", shown(value)),
        };
        self.problem(key, &format!("{wrong}; write five fields, such as \"*/15 * * * *\""));
        None
    }

    fn table(&mut self, key: &'static str) -> Option<Section<'_>> {
        let table = self.value(key, &format!("a table: [{key}]"), |value| value.as_table().cloned())?;
        Some(Section::new(table, format!("{}{key}.", self.path), self.problems))
    }

    fn tables<T>(&mut self, key: &'static str, read: impl Fn(&mut Section<'_>) -> Option<T>) -> Vec<T> {
        let wanted = format!("tables: [[{key}]]");
        let tables = self.list(key, &wanted, |value| value.as_table().cloned());
        let mut found = Vec::new();
        for (i, table) in tables.into_iter().enumerate() {
            let mut section = Section::new(table, format!("{}{key}[{}].", self.path, i + 1), self.problems);
            found.extend(read(&mut section));
            section.finish();
        }
        found
    }

    /// Reports the keys that nobody asked for.
    fn finish(mut self) {
        let unknown: Vec<String> =
            self.table.keys().filter(|key| !self.asked.contains(&key.as_str())).cloned().collect();
        for key in unknown {
            let what = format!("is not a known key; known here: {}", self.asked.join(", "));
            self.problem(&key, &what);
        }
    }
}

fn shown(value: &Value) -> String {
    let url = value.as_str().and_then(|text| Url::parse(text).ok());
    if url.is_some_and(|url| url.password().is_some()) {
        return "an address with a password".to_owned();
    }
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text,
    }
}

//! Publishers for a simulated week: each with its own form, charset, wishes and troubles, and a log of what it
//! was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use tidings::clock::Clock;
use tokio::net::TcpListener;

/// Entries that a list shows, its newest ones.
const LISTED: i64 = 12;
/// Entries that are there at the start.
const BEFORE: i64 = 3;
/// Sources on one host.
pub const ON_A_HOST: usize = 5;
/// The delay that some hosts ask for.
pub const DELAY: TimeDelta = TimeDelta::seconds(30);
/// The time for which throttling sources send us away.
pub const AWAY: TimeDelta = TimeDelta::minutes(90);
/// For how long the lists of some sources hold.
pub const FRESH: TimeDelta = TimeDelta::minutes(45);

/// What is peculiar about a source, or about a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    None,
    /// 500, in the hours of [`SPELLS`].
    Fails,
    /// As much, by a body that breaks off.
    BreaksOff,
    /// 429 with a `Retry-After`, once in each spell.
    Throttles,
    /// A permanent redirect, from the second day on.
    Moves,
    /// `Cache-Control: max-age`.
    Caches,
    /// RSS `ttl`.
    Ttl,
}

/// Hours in which what is in trouble shows it.
pub const SPELLS: [(i64, i64); 3] = [(9, 20), (47, 53), (119, 127)];

/// One source.
#[derive(Debug, Clone)]
pub struct Source {
    pub id: usize,
    pub trouble: Trouble,
    charset: &'static str,
    pub json: bool,
    every: TimeDelta,
    start: DateTime<Utc>,
}

/// One request.
#[derive(Debug, Clone)]
pub struct Asked {
    pub at: DateTime<Utc>,
    pub host: usize,
    pub what: What,
    pub status: u16,
    /// It came with the validator that the last answer had.
    pub conditional: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Robots,
    List { source: usize, moved: bool },
    Page { private: bool },
}

/// All publishers.
pub struct World {
    pub sources: Vec<Source>,
    pub hosts: Vec<String>,
    pub log: Arc<Mutex<Vec<Asked>>>,
}

struct Host {
    index: usize,
    name: String,
    sources: Vec<Source>,
    clock: Clock,
    start: DateTime<Utc>,
    /// The last instant at which something is published.
    end: DateTime<Utc>,
    log: Arc<Mutex<Vec<Asked>>>,
    /// Per source: spells in which it has sent us away.
    sent_away: Mutex<HashMap<usize, Vec<usize>>>,
    /// Per source: the validator of its last answer.
    etags: Mutex<HashMap<usize, String>>,
}

impl Source {
    fn new(id: usize, start: DateTime<Utc>) -> Source {
        use Trouble::*;
        let troubles = [None, Fails, Throttles, Moves, Caches, Ttl, BreaksOff];
        let charsets = ["utf-8", "windows-1251", "windows-1252", "utf-16le"];
        let hours = [2, 3, 5, 8, 13, 21];
        Source {
            id,
            trouble: troubles[id % troubles.len()],
            charset: charsets[id % charsets.len()],
            json: id % 9 == 8,
            every: TimeDelta::hours(hours[id % hours.len()]),
            start: start + TimeDelta::minutes((id as i64 * 37) % 120),
        }
    }

    /// The path of its list.
    pub fn list(&self) -> String {
        format!("/s{}/feed", self.id)
    }

    /// Numbers of the entries published by then.
    pub fn published(&self, by: DateTime<Utc>) -> std::ops::Range<i64> {
        0..(BEFORE + (by - self.start).num_seconds().div_euclid(self.every.num_seconds()) + 1).max(0)
    }

    /// Where the page of an entry is; some are private on hosts whose robots.txt forbids such.
    pub fn page(&self, entry: i64) -> String {
        let private =
            if robots_of(self.id / ON_A_HOST) == Robots::Forbids && entry % 4 == 1 { "/private" } else { "" };
        format!("{private}/s{}/e{entry}", self.id)
    }

    /// A title with letters of its charset.
    pub fn title(&self, entry: i64) -> String {
        let letters = match self.charset {
            "windows-1251" if !self.json => "Новости порта",
            "windows-1252" if !self.json => "Café à Besançon",
            _ => "Łódź – 漁港 €",
        };
        format!("{letters} {}-{entry}", self.id)
    }

    fn date(&self, entry: i64) -> DateTime<Utc> {
        self.start + self.every * (entry - BEFORE) as i32
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Robots {
    Missing,
    Forbids,
    Delays,
    /// It fails in the spells; what it said before holds.
    Fails,
}

/// What a host's robots.txt is like.
pub fn robots_of(host: usize) -> Robots {
    [Robots::Missing, Robots::Forbids, Robots::Delays, Robots::Fails][host % 4]
}

/// The number of the spell in which an instant lies.
fn spell(start: DateTime<Utc>, at: DateTime<Utc>) -> Option<usize> {
    let hour = (at - start).num_hours();
    SPELLS.iter().position(|(from, to)| (*from..*to).contains(&hour))
}

impl World {
    /// So many sources, on hosts of their own ports; they publish until `end`.
    pub async fn start(sources: usize, clock: &Clock, end: DateTime<Utc>) -> World {
        let start = clock.now();
        let sources: Vec<Source> = (0..sources).map(|id| Source::new(id, start)).collect();
        let log: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let mut hosts = Vec::new();
        for (index, sources) in sources.chunks(ON_A_HOST).enumerate() {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let name = listener.local_addr().unwrap().to_string();
            let host = Host {
                index,
                name: name.clone(),
                sources: sources.to_vec(),
                clock: clock.clone(),
                start,
                end,
                log: log.clone(),
                sent_away: Mutex::default(),
                etags: Mutex::default(),
            };
            let router = Router::new().fallback(answer).with_state(Arc::new(host));
            tokio::spawn(async move { axum::serve(listener, router).await });
            hosts.push(name);
        }
        World { sources, hosts, log }
    }
}

async fn answer(State(host): State<Arc<Host>>, uri: Uri, headers: HeaderMap) -> Response {
    let now = host.clock.now();
    let path = uri.path();
    let (what, conditional, response) = match path {
        "/robots.txt" => (What::Robots, false, host.robots(now)),
        _ if path.ends_with("/feed") => {
            let moved = path.starts_with("/new/");
            let source = host.source(path).expect("a list that exists");
            let known = headers.get(header::IF_NONE_MATCH).and_then(|tag| tag.to_str().ok());
            let conditional = known == host.etags.lock().unwrap().get(&source.id).map(String::as_str);
            let response = host.list(source, moved, known, now);
            (What::List { source: source.id, moved }, conditional, response)
        }
        _ => {
            let source = host.source(path).expect("a page that exists");
            (What::Page { private: path.starts_with("/private") }, false, host.page(source, path))
        }
    };
    let status = response.status().as_u16();
    host.log.lock().unwrap().push(Asked { at: now, host: host.index, what, status, conditional });
    response
}

impl Host {
    fn source(&self, path: &str) -> Option<&Source> {
        let id = path.split('/').find_map(|part| part.strip_prefix('s')?.parse::<usize>().ok())?;
        self.sources.iter().find(|source| source.id == id)
    }

    fn robots(&self, now: DateTime<Utc>) -> Response {
        match robots_of(self.index) {
            Robots::Missing => StatusCode::NOT_FOUND.into_response(),
            Robots::Forbids => "User-agent: *\nDisallow: /private/\n".into_response(),
            Robots::Delays => {
                format!("User-agent: *\nCrawl-delay: {}\n", DELAY.num_seconds()).into_response()
            }
            Robots::Fails if spell(self.start, now).is_some() => StatusCode::BAD_GATEWAY.into_response(),
            Robots::Fails => "User-agent: otherbot\nDisallow: /\n".into_response(),
        }
    }

    fn list(&self, source: &Source, moved: bool, known: Option<&str>, now: DateTime<Utc>) -> Response {
        let spell = spell(self.start, now);
        match source.trouble {
            Trouble::Fails if spell.is_some() => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            Trouble::BreaksOff if spell.is_some() => {
                let broken = futures::stream::iter([Ok("<rss>"), Err(std::io::Error::other("gone"))]);
                return Body::from_stream(broken).into_response();
            }
            Trouble::Throttles => {
                let mut sent_away = self.sent_away.lock().unwrap();
                let times = sent_away.entry(source.id).or_default();
                if let Some(spell) = spell
                    && !times.contains(&spell)
                {
                    times.push(spell);
                    let away = [(header::RETRY_AFTER, AWAY.num_seconds().to_string())];
                    return (StatusCode::TOO_MANY_REQUESTS, away).into_response();
                }
            }
            Trouble::Moves if !moved && now - self.start > TimeDelta::days(1) => {
                let to = [(header::LOCATION, format!("/new{}", source.list()))];
                return (StatusCode::MOVED_PERMANENTLY, to).into_response();
            }
            _ => {}
        }
        let entries = source.published(now.min(self.end));
        let etag = format!("\"{}-{}\"", source.id, entries.end);
        let fresh = match source.trouble {
            Trouble::Caches => format!("max-age={}", FRESH.num_seconds()),
            _ => "no-cache".to_owned(),
        };
        let headers = [(header::ETAG, etag.clone()), (header::CACHE_CONTROL, fresh)];
        self.etags.lock().unwrap().insert(source.id, etag.clone());
        if known == Some(etag.as_str()) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        let shown = (entries.end - LISTED).max(0)..entries.end;
        let (content_type, bytes) =
            if source.json { self.json(source, shown) } else { self.rss(source, shown) };
        (headers, [(header::CONTENT_TYPE, content_type)], bytes).into_response()
    }

    /// Its own entries, and for the second source of a host some of the first one's by other links.
    fn items(
        &self,
        source: &Source,
        shown: std::ops::Range<i64>,
    ) -> Vec<(String, String, String, DateTime<Utc>)> {
        let own = shown.rev().map(|entry| {
            let link = format!("http://{}{}", self.name, source.page(entry));
            (format!("{}-{entry}", source.id), link, source.title(entry), source.date(entry))
        });
        let mut items: Vec<_> = own.collect();
        if source.id % ON_A_HOST == 1 {
            let first = &self.sources[0];
            let entries = first.published(self.clock.now().min(self.end));
            let shared = entries.rev().take(LISTED as usize).filter(|entry| entry % 3 == 0).map(|entry| {
                let link = format!("http://{}{}?utm_source=s{}", self.name, first.page(entry), source.id);
                (format!("shared-{entry}"), link, format!("Report {}-{entry}", first.id), first.date(entry))
            });
            items.extend(shared);
        }
        items
    }

    fn rss(&self, source: &Source, shown: std::ops::Range<i64>) -> (String, Vec<u8>) {
        let items: String = self
            .items(source, shown)
            .into_iter()
            .map(|(id, link, title, date)| {
                let date = date.to_rfc2822();
                format!(
                    "<item><guid isPermaLink='false'>{id}</guid><link>{link}</link><title>{title}</title>\
                     <pubDate>{date}</pubDate></item>"
                )
            })
            .collect();
        let ttl = if source.trouble == Trouble::Ttl {
            format!("<ttl>{}</ttl>", FRESH.num_minutes())
        } else {
            String::new()
        };
        let declared = if source.charset == "windows-1251" { " encoding='windows-1251'" } else { "" };
        let text = format!(
            "<?xml version='1.0'{declared}?><rss version='2.0'><channel><title>s{}</title>{ttl}{items}</channel></rss>",
            source.id
        );
        match source.charset {
            "windows-1251" => {
                ("application/rss+xml".into(), encoding_rs::WINDOWS_1251.encode(&text).0.into_owned())
            }
            "windows-1252" => {
                let bytes = encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
                ("application/rss+xml; charset=iso-8859-1".into(), bytes)
            }
            "utf-16le" => {
                let units = std::iter::once(0xfeff).chain(text.encode_utf16());
                ("text/xml".into(), units.flat_map(u16::to_le_bytes).collect())
            }
            _ => ("application/rss+xml".into(), text.into_bytes()),
        }
    }

    fn json(&self, source: &Source, shown: std::ops::Range<i64>) -> (String, Vec<u8>) {
        let items: Vec<serde_json::Value> = self
            .items(source, shown)
            .into_iter()
            .map(|(id, link, title, date)| {
                serde_json::json!({ "id": id, "url": link, "title": title, "date_published": date.to_rfc3339() })
            })
            .collect();
        let feed = serde_json::json!({
            "version": "https://jsonfeed.org/version/1.1", "title": format!("s{}", source.id), "items": items
        });
        ("application/feed+json".into(), feed.to_string().into_bytes())
    }

    fn page(&self, source: &Source, path: &str) -> Response {
        let canonical = format!("http://{}{path}", self.name);
        let number = path.rsplit('e').next().unwrap();
        let html = format!(
            "<html><head><title>Report</title><link rel='canonical' href='{canonical}'></head><body><article>\
             <h1>Report {number} of {}</h1><p>The harbour office of port {} said on that day that boat number \
             {number} had come in with its whole crew and a full hold after nine days at sea.</p></article></body></html>",
            source.id, source.id
        );
        ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
    }
}

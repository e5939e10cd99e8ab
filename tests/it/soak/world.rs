//! Publishers and a Telegram for a month that passes in minutes: nothing is kept in memory, all is made up when it is
//! asked for.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, AtomicU64, Ordering};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use tidings::clock::Clock;
use tokio::net::TcpListener;
use url::Url;

/// Entries that a list shows, its newest ones.
const LISTED: u64 = 20;
/// Articles about one thing that happened, by several publishers.
const REPORTS: u64 = 4;

const CITIES: [&str; 16] = [
    "Odesa",
    "Kharkiv",
    "Varna",
    "Constanta",
    "Mombasa",
    "Kisumu",
    "Nairobi",
    "Dnipro",
    "Kherson",
    "Burgas",
    "Galati",
    "Eldoret",
    "Nakuru",
    "Sumy",
    "Poltava",
    "Batumi",
];
const SIDES: [(&str, &str); 8] = [
    ("Norwegian", "Icelandic"),
    ("Kenyan", "Ugandan"),
    ("Russian", "Ukrainian"),
    ("French", "German"),
    ("Turkish", "Greek"),
    ("Polish", "Lithuanian"),
    ("Georgian", "Armenian"),
    ("Bulgarian", "Romanian"),
];
const PERSONS: [&str; 8] = ["Tolen", "Brin", "Morn", "Arvelan", "Kestrin", "Dovane", "Orlesca", "Hathrin"];

const BUILDINGS: [&str; 12] = [
    "harbour",
    "railway",
    "library",
    "airport",
    "stadium",
    "refinery",
    "museum",
    "hospital",
    "market",
    "university",
    "cathedral",
    "observatory",
];
const FATES: [&str; 4] =
    ["reopen in May", "be sold to its workers", "close before winter", "be rebuilt by soldiers"];

/// The publishers: source number s has published article n by `start + (n * sources + s) * pause`.
#[derive(Debug)]
pub struct Publishers {
    pub lists: Vec<Url>,
}

struct Publisher {
    source: u64,
    sources: u64,
    name: String,
    pause: TimeDelta,
    start: DateTime<Utc>,
    clock: Clock,
}

impl Publishers {
    /// So many sources, each on a host of its own, with so many articles a day in all.
    pub async fn start(sources: u64, articles_a_day: u64, clock: &Clock) -> Publishers {
        let mut lists = Vec::new();
        let (start, pause) = (clock.now(), TimeDelta::days(1) / i32::try_from(articles_a_day).unwrap());
        for source in 0..sources {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let name = listener.local_addr().unwrap().to_string();
            lists.push(Url::parse(&format!("http://{name}/feed")).unwrap());
            let publisher = Publisher { source, sources, name, pause, start, clock: clock.clone() };
            let router = Router::new()
                .route("/feed", get(feed))
                .route("/a/{n}", get(page))
                .fallback(|| async { StatusCode::NOT_FOUND })
                .with_state(Arc::new(publisher));
            tokio::spawn(async move { axum::serve(listener, router).await });
        }
        Publishers { lists }
    }
}

impl Publisher {
    fn at(&self, n: u64) -> DateTime<Utc> {
        self.start + self.pause * i32::try_from(n * self.sources + self.source).unwrap()
    }

    /// How many articles it has published.
    fn published(&self) -> u64 {
        let passed = (self.clock.now() - self.start).num_milliseconds() / self.pause.num_milliseconds();
        u64::try_from(passed).map_or(0, |all| (all + self.sources - self.source) / self.sources)
    }

    /// Headline and text of an article.
    fn words(&self, n: u64) -> (String, String) {
        let all = n * self.sources + self.source;
        // Every twentieth comes back to what happened two days before.
        let two_days =
            u64::try_from(TimeDelta::days(2).num_milliseconds() / self.pause.num_milliseconds()).unwrap();
        let back = if all % 20 == 7 { two_days } else { 0 };
        let (event, report) = (all.saturating_sub(back) / REPORTS, all % REPORTS + 2 * u64::from(back > 0));
        let pick = |place: u64, of: u64| mixed(event * 8 + place) % of;
        let city = CITIES[pick(0, 16) as usize];
        let (one, other) = SIDES[pick(1, 8) as usize];
        let person = PERSONS[pick(2, 8) as usize];
        let killed = 2 + pick(3, 9) + report;
        let (headline, lead) = match pick(4, 8) {
            0 | 1 => (
                format!("Drones strike {city}, killing {killed}"),
                format!(
                    "Drones struck {city} overnight, killing {killed} people and wounding {}, officials said.",
                    killed * 3
                ),
            ),
            2 => {
                let day = self.at(n) + TimeDelta::days(3);
                let day = day.format("%-d %B");
                (
                    format!("{one} and {other} ministers to meet in {city} on {day}"),
                    format!(
                        "The {one} and {other} foreign ministers will meet in {city} on {day}, an aide said."
                    ),
                )
            }
            3 => (
                format!("{one} and {other} ministers meet in {city}"),
                format!(
                    "The {one} and {other} foreign ministers met in {city} on {}.",
                    self.at(n).format("%A")
                ),
            ),
            4 => {
                let (what, fate) = (BUILDINGS[pick(5, 12) as usize], FATES[pick(6, 4) as usize]);
                (
                    format!("{person} says {what} of {city} will {fate}"),
                    format!("\"The {what} of {city} will {fate},\" Prime Minister Amara {person} said."),
                )
            }
            // Most news is of another kind.
            _ => (
                format!("Harvest fair number {event} of {city} draws a crowd"),
                format!("The harvest fair of {city} opened with music, and number {event} won a prize."),
            ),
        };
        // Two of four carry an agency's text word for word.
        let author = if report < 2 { event } else { all };
        let filler: Vec<String> = (0..12)
            .map(|line| {
                let word = |place: u64| mixed(author * 64 + line * 4 + place) % 100_000;
                format!(
                    "The harbour office of quay {} noted boat {} with {} crates.",
                    word(0),
                    word(1),
                    word(2)
                )
            })
            .collect();
        (headline, format!("{lead} {}", filler.join(" ")))
    }
}

/// A number that looks random, the same for the same one.
fn mixed(n: u64) -> u64 {
    let mut x = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    for _ in 0..2 {
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    }
    x ^ (x >> 31)
}

async fn feed(State(publisher): State<Arc<Publisher>>) -> Response {
    let published = publisher.published();
    let items: String = (published.saturating_sub(LISTED)..published)
        .rev()
        .map(|n| {
            format!(
                "<item><guid isPermaLink='false'>{}-{n}</guid><link>http://{}/a/{n}</link><title>{}</title>\
                 <pubDate>{}</pubDate></item>",
                publisher.source,
                publisher.name,
                publisher.words(n).0,
                publisher.at(n).to_rfc2822(),
            )
        })
        .collect();
    let text = format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>News</title>{items}</channel></rss>"
    );
    ([(header::CONTENT_TYPE, "application/rss+xml; charset=utf-8")], text).into_response()
}

async fn page(State(publisher): State<Arc<Publisher>>, Path(n): Path<u64>) -> Response {
    let (headline, text) = publisher.words(n);
    let html = format!(
        "<html><head><title>{headline}</title></head><body><nav><a href='/'>Home</a></nav><article><h1>{headline}</h1>\
         <p>{text}</p></article><footer>All rights reserved</footer></body></html>"
    );
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

/// A Telegram that counts what is sent; some chats have blocked the bot.
pub struct Counting {
    pub url: Url,
    sent: Arc<Sent>,
}

#[derive(Default)]
struct Sent {
    messages: AtomicU64,
    last: AtomicI32,
}

/// One chat in so many has blocked the bot.
const BLOCKED: i64 = 50;

impl Counting {
    pub async fn start() -> Counting {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let sent = Arc::new(Sent::default());
        let router = Router::new().fallback(answer).with_state(sent.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Counting { url, sent }
    }

    /// Messages so far.
    pub fn messages(&self) -> u64 {
        self.sent.messages.load(Ordering::Relaxed)
    }
}

async fn answer(State(sent): State<Arc<Sent>>, body: String) -> Response {
    let fields: serde_json::Value = serde_json::from_str(&body).unwrap_or_default();
    let chat = fields["chat_id"].as_i64().unwrap_or(1);
    if chat % BLOCKED == 0 {
        let refusal = json!({ "ok": false, "error_code": 403, "description": "Forbidden: bot was blocked by the user" });
        return (StatusCode::FORBIDDEN, axum::Json(refusal)).into_response();
    }
    sent.messages.fetch_add(1, Ordering::Relaxed);
    let id = sent.last.fetch_add(1, Ordering::Relaxed) + 1;
    let message = json!({
        "message_id": id, "date": 1_700_000_000, "text": "seen",
        "chat": { "id": chat, "type": "private", "first_name": "Reader" },
    });
    axum::Json(json!({ "ok": true, "result": message })).into_response()
}

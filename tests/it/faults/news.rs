//! Publishers of the trials: so many strikes a day in invented reports, told by several feeds on hosts of their own
//! that count who asks for them at one time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use tokio::net::TcpListener;

/// Feeds.
pub const SOURCES: usize = 4;
/// Articles a day, of all feeds.
pub const A_DAY: usize = 24;

const CITIES: [&str; 36] = [
    "Asuncion",
    "Montevideo",
    "Lima",
    "Quito",
    "Bogota",
    "Caracas",
    "Managua",
    "Havana",
    "Kingston",
    "Rabat",
    "Tunis",
    "Dakar",
    "Accra",
    "Lagos",
    "Nairobi",
    "Kampala",
    "Lusaka",
    "Harare",
    "Maputo",
    "Luanda",
    "Windhoek",
    "Antananarivo",
    "Colombo",
    "Kathmandu",
    "Dhaka",
    "Hanoi",
    "Manila",
    "Jakarta",
    "Tashkent",
    "Bishkek",
    "Tbilisi",
    "Yerevan",
    "Baku",
    "Nicosia",
    "Tirana",
    "Sarajevo",
];
const TARGETS: [&str; 5] = ["a fuel depot", "a power station", "a bus station", "a bridge", "a warehouse"];

/// The running publishers.
pub struct News {
    pub hosts: Vec<String>,
    shared: Arc<Shared>,
}

struct Shared {
    /// The first day.
    start: NaiveDate,
    /// Days whose articles are published.
    days: AtomicUsize,
    lists: [Asked; SOURCES],
}

/// Who asks for one list.
#[derive(Default)]
struct Asked {
    times: AtomicUsize,
    under_way: AtomicUsize,
    most: AtomicUsize,
}

/// A request under way; also one that the other side breaks off.
struct UnderWay<'a>(&'a Asked);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::SeqCst);
    }
}

impl News {
    /// Starts with nothing published.
    pub async fn start(start: NaiveDate) -> News {
        let shared = Arc::new(Shared { start, days: AtomicUsize::new(0), lists: Default::default() });
        let mut hosts = Vec::new();
        for source in 0..SOURCES {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let host = listener.local_addr().unwrap().to_string();
            let router = Router::new().fallback(answer).with_state((shared.clone(), source, host.clone()));
            tokio::spawn(async move { axum::serve(listener, router).await });
            hosts.push(host);
        }
        News { hosts, shared }
    }

    /// Publishes the articles of so many days.
    pub fn publish(&self, days: usize) {
        self.shared.days.store(days, Ordering::SeqCst);
    }

    /// How often lists were asked for, and by how many at one time at most.
    pub fn asked(&self) -> (usize, usize) {
        let lists = &self.shared.lists;
        let times = lists.iter().map(|asked| asked.times.load(Ordering::SeqCst)).sum();
        (times, lists.iter().map(|asked| asked.most.load(Ordering::SeqCst)).max().unwrap())
    }

    /// The validator of what is published now.
    pub fn etag(&self) -> String {
        format!("\"{}\"", self.shared.days.load(Ordering::SeqCst))
    }
}

async fn answer(
    State((shared, source, host)): State<(Arc<Shared>, usize, String)>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let path = uri.path();
    if path != "/feed" {
        let article = path.strip_prefix("/a").and_then(|number| number.parse().ok());
        return article.map_or(StatusCode::NOT_FOUND.into_response(), |number| {
            ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page(shared.start, number)).into_response()
        });
    }
    let asked = &shared.lists[source];
    asked.times.fetch_add(1, Ordering::SeqCst);
    let now = asked.under_way.fetch_add(1, Ordering::SeqCst) + 1;
    let _under_way = UnderWay(asked);
    asked.most.fetch_max(now, Ordering::SeqCst);
    let days = shared.days.load(Ordering::SeqCst);
    // Long enough that two at one time meet.
    tokio::time::sleep(Duration::from_millis(40)).await;
    let etag = format!("\"{days}\"");
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let numbers = (days.saturating_sub(2) * A_DAY..days * A_DAY).filter(|number| number % SOURCES == source);
    let items: String = numbers
        .map(|number| {
            format!(
                "<item><title>{}</title><link>http://{host}/a{number}</link><guid>a{number}</guid>\
                 <pubDate>{}</pubDate></item>",
                title(number),
                published(shared.start, number).to_rfc2822()
            )
        })
        .collect();
    let feed = format!("<rss version='2.0'><channel><title>Feed {source}</title>{items}</channel></rss>");
    ([(header::CONTENT_TYPE, "application/rss+xml".to_owned()), (header::ETAG, etag)], feed).into_response()
}

fn published(start: NaiveDate, number: usize) -> DateTime<Utc> {
    let day = start.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::days((number / A_DAY) as i64);
    day + TimeDelta::minutes(1 + (number % A_DAY) as i64)
}

/// Where, at what, and how many: no two of some days alike.
fn event(number: usize) -> (&'static str, &'static str, usize) {
    (CITIES[number % CITIES.len()], TARGETS[number % TARGETS.len()], 2 + number % 37)
}

fn title(number: usize) -> String {
    let (city, target, killed) = event(number);
    format!("Drone strike on {target} in {city} kills {killed}")
}

fn page(start: NaiveDate, number: usize) -> String {
    let (city, target, killed) = event(number);
    let day = (published(start, number) - TimeDelta::days(1)).format("%A");
    format!(
        "<!doctype html><html lang='en'><head><title>{title}</title></head><body><article><h1>{title}</h1>\
         <p>A drone strike on {target} in {city} killed {killed} people on {day} evening, the regional hospital \
         said.</p><p>Firefighters worked through the night, and the road to the north stayed closed until the \
         morning while crews cleared the debris from both lanes.</p><p>Schools nearby are to stay closed for the \
         rest of the week, the town hall said, and buses run by another street.</p></article></body></html>",
        title = title(number),
    )
}

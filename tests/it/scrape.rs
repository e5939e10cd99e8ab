//! Scraping against a local server that answers as the real web does: well, badly, and with malice.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tidings::app::App;
use tidings::app::read::{Outcome, not_read, read_next};
use tidings::app::scrape::{self, List, SourceReport};
use tidings::clock::Clock;
use tidings::config::{Config, SourceConfig};
use tidings::model::SourceType;
use tidings::scrape::fetch::{FetchError, Fetcher, Limits, Settings, Validators};
use tidings::store::developments::dossiers;
use tidings::store::sources::{Health, checks};
use tidings::store::{Database, sources};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use url::Url;

use crate::support;

const NOW: &str = "2031-03-04T12:00:00Z";

#[tokio::test]
async fn one_source_that_fails_stops_nothing() {
    let site = Site::start().await;
    site.answer("/good", feed(&[item("Pier opens", &site.url("/pier"), "Tue, 04 Mar 2031 08:00:00 GMT")]));
    site.answer("/pier", page("Pier opens"));
    site.answer("/missing", status("404 Not Found"));
    site.answer("/broken", status("500 Internal Server Error"));
    site.answer("/garbage", body("application/xml", &noise(50_000)));
    site.answer("/page", page("A page, not a feed"));
    site.answer("/empty", body("application/xml", b""));
    site.answer("/nothing", Answer::Whole(Vec::new()));
    let expected = [
        ("missing", "404 Not Found"),
        ("broken", "500 Internal Server Error"),
        ("garbage", "this is not a feed"),
        ("page", "this is a web page, not a feed"),
        ("empty", "the answer is empty"),
        ("nothing", "the connection broke"),
    ];
    let names: Vec<&str> = expected.iter().map(|(name, _)| *name).chain(["good"]).collect();
    let newsroom = Newsroom::open(&site, &names).await;
    let reports = scrape::pass(&newsroom.app, &[]).await.unwrap();
    for (name, words) in expected {
        let error = report(&reports, name).list.as_ref().unwrap_err();
        assert!(error.starts_with(words), "{name}: {error}");
    }
    let good = report(&reports, "good");
    assert_eq!(good.list, Ok(List::Read { entries: 1, new: 1 }));
    assert_eq!((good.pages.stored, good.pages.failed), (1, 0));
    let health = newsroom.health().await;
    let missing = health.iter().find(|source| source.name == "missing").unwrap();
    assert_eq!((missing.failures, missing.last_error.as_deref()), (1, Some("404 Not Found")));
    assert_eq!(health.iter().filter(|source| source.last_error.is_some()).count(), 6);
    newsroom.close().await;
}

#[tokio::test]
async fn a_failing_source_is_tried_less_and_less_often_and_recovers() {
    let site = Site::start().await;
    site.answer("/feed", status("503 Service Unavailable\r\nRetry-After: 7200"));
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    assert_eq!(scrape::scrape_due(&newsroom.app).await.unwrap(), 1);
    newsroom.pass_time(TimeDelta::minutes(119));
    assert_eq!(scrape::scrape_due(&newsroom.app).await.unwrap(), 0, "asked to stay away for two hours");
    site.answer("/feed", status("500 Oops"));
    newsroom.pass_time(TimeDelta::minutes(2));
    assert_eq!(scrape::scrape_due(&newsroom.app).await.unwrap(), 1);
    newsroom.pass_time(TimeDelta::minutes(9));
    assert_eq!(scrape::scrape_due(&newsroom.app).await.unwrap(), 0, "the second failure doubles the pause");
    site.answer("/feed", feed(&[]));
    newsroom.pass_time(TimeDelta::minutes(2));
    assert_eq!(scrape::scrape_due(&newsroom.app).await.unwrap(), 1);
    let health = &newsroom.health().await[0];
    assert_eq!((health.failures, health.last_error.as_deref()), (0, None));
    newsroom.close().await;
}

#[tokio::test]
async fn an_unchanged_list_is_asked_for_by_its_validators() {
    let site = Site::start().await;
    let list = feed(&[item("Pier opens", &site.url("/pier"), "Tue, 04 Mar 2031 08:00:00 GMT")]);
    site.answer("/feed", list.with("ETag: \"v1\"\r\nLast-Modified: Tue, 04 Mar 2031 08:00:00 GMT"));
    site.answer("/pier", page("Pier opens"));
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    scrape::pass(&newsroom.app, &[]).await.unwrap();
    site.answer("/feed", status("304 Not Modified"));
    let reports = scrape::pass(&newsroom.app, &[]).await.unwrap();
    assert_eq!(reports[0].list, Ok(List::Unchanged));
    let asked = site.requests("/feed");
    assert!(!asked[0].contains("if-none-match"), "{}", asked[0]);
    assert!(asked[1].contains("if-none-match: \"v1\""), "{}", asked[1]);
    assert!(asked[1].contains("if-modified-since: tue, 04 mar 2031 08:00:00 gmt"), "{}", asked[1]);
    assert!(asked[1].contains("user-agent: tidings/"), "{}", asked[1]);
    newsroom.close().await;
}

#[tokio::test]
async fn an_article_in_two_sources_is_stored_once() {
    let site = Site::start().await;
    let date = "Tue, 04 Mar 2031 08:00:00 GMT";
    site.answer("/world", feed(&[item("Pier opens", &site.url("/pier?utm_source=world"), date)]));
    site.answer("/coast", feed(&[item("Pier opens at last", &site.url("/amp/pier#top"), date)]));
    let canonical = format!("<link rel='canonical' href='{}'>", site.url("/pier"));
    site.answer("/pier?utm_source=world", page_with("Pier opens", &canonical));
    site.answer("/amp/pier", page_with("Pier opens", &canonical));
    let newsroom = Newsroom::open(&site, &["world", "coast"]).await;
    let reports = scrape::pass(&newsroom.app, &[]).await.unwrap();
    assert!(reports.iter().all(|report| report.pages.failed == 0), "{reports:?}");
    assert_eq!(newsroom.urls().await, [site.url("/pier")]);
    newsroom.close().await;
}

#[tokio::test]
async fn one_text_in_two_outlets_is_one_origin() {
    let site = Site::start().await;
    let date = "Tue, 04 Mar 2031 08:00:00 GMT";
    for (list, path) in [("/world", "/a"), ("/coast", "/b")] {
        site.answer(list, feed(&[item("Pier opens", &site.url(path), date)]));
        site.answer(path, page("Pier opens"));
    }
    let newsroom = Newsroom::open(&site, &["world", "coast"]).await;
    scrape::pass(&newsroom.app, &[]).await.unwrap();
    assert_eq!(newsroom.urls().await.len(), 2);
    let origins: i64 =
        sqlx::query_scalar("select count(*) from origin").fetch_one(&newsroom.app.db).await.unwrap();
    assert_eq!(origins, 1);
    newsroom.close().await;
}

#[tokio::test]
async fn a_page_that_can_t_be_had_is_read_by_its_summary_and_tried_again() {
    let site = Site::start().await;
    let mut listed = item("Pier opens", &site.url("/pier"), "Tue, 04 Mar 2031 08:00:00 GMT");
    listed = listed.replace("</item>", "<description>The mayor opened the pier.</description></item>");
    site.answer("/feed", feed(&[listed]));
    site.answer("/pier", status("403 Forbidden"));
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    let reports = scrape::pass(&newsroom.app, &[]).await.unwrap();
    assert_eq!((reports[0].pages.stored, reports[0].pages.failed), (1, 1));
    assert_eq!(newsroom.versions().await, [(1, "summary".into(), "wanted".into())]);

    site.answer("/pier", page("Pier opens"));
    assert_eq!(scrape::fetch_pages(&newsroom.app).await.unwrap(), 0, "not at once");
    newsroom.pass_time(TimeDelta::minutes(31));
    assert_eq!(scrape::fetch_pages(&newsroom.app).await.unwrap(), 1);
    assert_eq!(newsroom.versions().await, [(2, "page".into(), "had".into())], "a new version, to be read");
    newsroom.close().await;
}

#[tokio::test]
async fn what_is_in_another_language_is_stored_counted_and_not_read() {
    let site = Site::start().await;
    let listed =
        |at: u32, title: &str| item(title, &site.url(&format!("/{at}")), "Tue, 04 Mar 2031 08:00:00 GMT");
    let titles = [
        "Le président Tolen rencontre la chancelière Brin dans le port de Varna",
        "Tolen rencontre Brin pour la deuxième fois à Varna, selon le ministère",
        "President Tolen meets Chancellor Brin in Rio de Janeiro",
        "Президент встретился с канцлером в Варне",
    ];
    let items: Vec<String> = (0..).zip(titles).map(|(at, title)| listed(at, title)).collect();
    site.answer("/mixed", feed(&items));
    site.answer("/english", feed(&[listed(9, "Pier opens")]));
    site.answer("/9", page("Pier opens"));
    let newsroom = Newsroom::open(&site, &["mixed", "english"]).await;
    scrape::pass(&newsroom.app, &[]).await.unwrap();
    let now = newsroom.app.clock.now();
    while read_next(&newsroom.app.db, &newsroom.app.reader, &newsroom.app.clock).await.unwrap()
        != Outcome::Empty
    {}
    assert_eq!(
        not_read(&newsroom.app.db, now).await.unwrap(),
        [
            "2 of 4 articles of mixed in 30 days are in French: not read",
            "1 of 4 articles of mixed in 30 days is in Russian: not read"
        ]
    );
    let found = dossiers(&newsroom.app.db, None).await.unwrap();
    let told: Vec<&str> = found.iter().map(|dossier| dossier.facts.summary.as_str()).collect();
    assert_eq!(told, [titles[2]]);
    newsroom.close().await;
}

#[tokio::test]
async fn a_page_that_never_comes_is_given_up_after_some_days() {
    let site = Site::start().await;
    site.answer("/feed", feed(&[item("Pier opens", &site.url("/pier"), "Tue, 04 Mar 2031 08:00:00 GMT")]));
    site.answer("/pier", status("403 Forbidden"));
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    scrape::pass(&newsroom.app, &[]).await.unwrap();
    for _ in 0..10 {
        newsroom.pass_time(TimeDelta::hours(25));
        scrape::fetch_pages(&newsroom.app).await.unwrap();
    }
    assert_eq!(site.requests("/pier").len(), 5);
    newsroom.close().await;
}

#[tokio::test]
async fn a_first_check_leaves_the_archive_alone_for_good() {
    let site = Site::start().await;
    let mut items: Vec<String> = (0..60)
        .map(|at| {
            item(&format!("Report {at}"), &site.url(&format!("/r{at}")), "Tue, 04 Mar 2031 08:00:00 GMT")
        })
        .collect();
    items.push(item("Long ago", &site.url("/old"), "Tue, 04 Feb 2031 08:00:00 GMT"));
    site.answer("/feed", feed(&items));
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    let reports = scrape::pass(&newsroom.app, &[]).await.unwrap();
    assert_eq!(reports[0].list, Ok(List::Read { entries: 61, new: 50 }));
    let reports = scrape::pass(&newsroom.app, &[]).await.unwrap();
    assert_eq!(reports[0].list, Ok(List::Read { entries: 61, new: 0 }));
    assert_eq!(site.requests("/old").len(), 0);
    newsroom.close().await;
}

#[tokio::test]
async fn a_date_in_the_future_is_when_the_entry_was_seen() {
    let site = Site::start().await;
    site.answer("/feed", feed(&[item("Pier opens", &site.url("/pier"), "Tue, 04 Mar 2042 08:00:00 GMT")]));
    site.answer("/pier", page("Pier opens"));
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    scrape::pass(&newsroom.app, &[]).await.unwrap();
    let published: DateTime<Utc> =
        sqlx::query_scalar("select published_at from article").fetch_one(&newsroom.app.db).await.unwrap();
    assert_eq!(published, NOW.parse::<DateTime<Utc>>().unwrap());
    newsroom.close().await;
}

#[tokio::test]
async fn sources_follow_the_configuration() {
    let site = Site::start().await;
    site.answer("/a", feed(&[]));
    site.answer("/b", feed(&[]));
    let newsroom = Newsroom::open(&site, &["a", "b"]).await;
    let mut app = newsroom.app.clone();
    let mut config = (*app.config).clone();
    config.sources.remove(0);
    app.config = Arc::new(config);
    scrape::sync_sources(&app).await.unwrap();
    let names =
        |reports: Vec<SourceReport>| reports.into_iter().map(|report| report.name).collect::<Vec<_>>();
    assert_eq!(names(scrape::pass(&app, &[]).await.unwrap()), ["b"]);
    let error = scrape::pass(&app, &["a".into()]).await.unwrap_err().to_string();
    assert!(error.starts_with("there is no source \"a\""), "{error}");
    scrape::sync_sources(&newsroom.app).await.unwrap();
    assert_eq!(names(scrape::pass(&newsroom.app, &[]).await.unwrap()), ["a", "b"]);
    let config = Config { has_file: false, sources: Vec::new(), ..(*newsroom.app.config).clone() };
    app.config = Arc::new(config);
    scrape::sync_sources(&app).await.unwrap();
    let kept = names(scrape::pass(&app, &[]).await.unwrap());
    assert_eq!(kept, ["a", "b"], "a folder without a file is no file without sources");
    drop(app);
    newsroom.close().await;
}

#[tokio::test]
async fn a_listing_page_is_a_source_by_its_selectors() {
    let site = Site::start().await;
    let list = "<html><body><div class='n'><a href='/pier'>Pier opens</a></div></body></html>";
    site.answer("/list", body("text/html", list.as_bytes()));
    site.answer("/pier", page("Pier opens"));
    let mut newsroom = Newsroom::open(&site, &["list"]).await;
    let mut config = (*newsroom.app.config).clone();
    config.sources[0].kind = SourceType::Listing;
    config.sources[0].selectors.item = Some(".n".into());
    newsroom.app.config = Arc::new(config);
    scrape::sync_sources(&newsroom.app).await.unwrap();
    let reports = scrape::pass(&newsroom.app, &[]).await.unwrap();
    assert_eq!(reports[0].list, Ok(List::Read { entries: 1, new: 1 }));
    assert_eq!(newsroom.urls().await, [site.url("/pier")]);
    newsroom.close().await;
}

#[tokio::test]
async fn a_name_that_resolves_to_a_private_address_is_not_dialled() {
    let site = Site::start().await;
    site.answer("/feed", feed(&[]));
    let url = Url::parse(&site.url("/feed").replace("127.0.0.1", "localhost")).unwrap();
    let now = NOW.parse().unwrap();
    let guarded = Fetcher::new(Settings::default()).unwrap();
    let error = guarded.get(&url, &Validators::default(), now).await.unwrap_err();
    assert!(matches!(error, FetchError::Private(_)), "{error}");
    assert!(error.to_string().ends_with("add localhost to allow_hosts to permit it"), "{error}");
    let settings = Settings { allowed: vec!["localhost".into()], ..Settings::default() };
    Fetcher::new(settings).unwrap().get(&url, &Validators::default(), now).await.unwrap();
    let file = Url::parse("file:///etc/passwd").unwrap();
    let error = guarded.get(&file, &Validators::default(), now).await.unwrap_err();
    assert!(matches!(error, FetchError::Scheme(_)), "{error}");
}

#[tokio::test]
async fn an_edited_article_is_read_again_and_stored_as_a_new_version() {
    let site = Site::start().await;
    let date = "Tue, 04 Mar 2031 08:00:00 GMT";
    site.answer("/feed", feed(&[item("Pier opens", &site.url("/pier"), date)]));
    site.answer("/pier", page("Pier opens"));
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    scrape::pass(&newsroom.app, &[]).await.unwrap();
    site.answer("/feed", feed(&[item("Pier opens late", &site.url("/pier"), date)]));
    newsroom.pass_time(TimeDelta::hours(2));
    let reports = scrape::pass(&newsroom.app, &[]).await.unwrap();
    assert_eq!(reports[0].list, Ok(List::Read { entries: 1, new: 1 }));
    assert_eq!(newsroom.versions().await, [(2, "page".into(), "had".into())]);
    let reports = scrape::pass(&newsroom.app, &[]).await.unwrap();
    assert_eq!(reports[0].list, Ok(List::Read { entries: 1, new: 0 }), "the same again is no edit");
    assert_eq!(site.requests("/pier").len(), 2);
    newsroom.close().await;
}

#[tokio::test]
async fn an_entry_without_a_link_does_not_show_its_list_s_address() {
    let site = Site::start().await;
    site.answer("/feed", feed(&["<item><title>Pier opens</title></item>".into()]));
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    scrape::pass(&newsroom.app, &[]).await.unwrap();
    let urls = newsroom.urls().await;
    assert!(urls.len() == 1 && urls[0].starts_with("entry:"), "{urls:?}");
    newsroom.close().await;
}

#[tokio::test]
async fn a_link_too_long_to_be_stored_costs_nothing_else() {
    let site = Site::start().await;
    let date = "Tue, 04 Mar 2031 08:00:00 GMT";
    let long: String = (0..2_000u32).map(|at| format!("{:x}", at.wrapping_mul(2_654_435_761))).collect();
    let items =
        [item("Long", &site.url(&format!("/{long}")), date), item("Pier opens", &site.url("/pier"), date)];
    site.answer("/feed", feed(&items));
    site.answer("/pier", page("Pier opens"));
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    let reports = scrape::pass(&newsroom.app, &[]).await.unwrap();
    assert_eq!(reports[0].list, Ok(List::Read { entries: 2, new: 2 }));
    assert_eq!(newsroom.urls().await[1], site.url("/pier"));
    newsroom.close().await;
}

#[tokio::test]
async fn a_source_at_a_new_address_starts_anew_and_one_added_again_is_not_paused() {
    let site = Site::start().await;
    site.answer("/a", status("500 Oops"));
    site.answer("/b", status("304 Not Modified"));
    let newsroom = Newsroom::open(&site, &["a"]).await;
    let now = newsroom.app.clock.now();
    scrape::pass(&newsroom.app, &[]).await.unwrap();
    sources::set_paused(&newsroom.app.db, "a", true, now).await.unwrap();
    let mut app = newsroom.app.clone();
    let mut config = (*app.config).clone();
    let source = config.sources.remove(0);
    app.config = Arc::new(config.clone());
    scrape::sync_sources(&app).await.unwrap();
    config.sources.push(SourceConfig { url: Url::parse(&site.url("/b")).unwrap(), ..source });
    app.config = Arc::new(config);
    scrape::sync_sources(&app).await.unwrap();
    let health = &sources::health(&app.db, now).await.unwrap()[0];
    assert_eq!((health.paused, health.failures, health.last_error.as_deref()), (false, 0, None));
    let reports = scrape::pass(&app, &[]).await.unwrap();
    assert_eq!(reports[0].list, Err("not modified, though nothing was known of it".into()));
    drop(app);
    newsroom.close().await;
}

#[tokio::test]
async fn a_failure_of_a_check_that_was_overtaken_does_not_count() {
    let site = Site::start().await;
    let endless = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
    site.answer("/a", Answer::Pour(endless, b" ".to_vec(), Duration::from_millis(100)));
    let newsroom = Newsroom::open(&site, &["a"]).await;
    let (db, now) = (&newsroom.app.db, newsroom.app.clock.now());
    let overtake = async {
        while site.requests("/a").is_empty() {
            tokio::task::yield_now().await;
        }
        let source = sources::named(db, &["a".into()]).await.unwrap().remove(0);
        checks::record_unchanged(db, &source, checks::Check { now, next: now, moved: None }).await.unwrap();
    };
    let (reports, ()) = tokio::join!(scrape::pass(&newsroom.app, &[]), overtake);
    assert_eq!(reports.unwrap()[0].list, Ok(List::Overtaken));
    assert_eq!(newsroom.health().await[0].failures, 0);
    newsroom.close().await;
}

/// A database with sources of one site.
pub struct Newsroom {
    pub app: App,
    database: Database,
}

impl Newsroom {
    /// Each name is a feed at its path.
    pub async fn open(site: &Site, names: &[&str]) -> Newsroom {
        Newsroom::of(names.iter().map(|name| (*name, site.url(&format!("/{name}")))).collect()).await
    }

    /// Each name is a feed at the same path of its own site.
    pub async fn open_all(sites: &[(&Site, &str)], path: &str) -> Newsroom {
        Newsroom::of(sites.iter().map(|(site, name)| (*name, site.url(path))).collect()).await
    }

    async fn of(feeds: Vec<(&str, String)>) -> Newsroom {
        let database = support::database().await;
        let feeds = feeds.into_iter().map(|(name, url)| (name.to_owned(), Url::parse(&url).unwrap()));
        let config = support::config(feeds, "*/15 * * * *", Clock::manual(NOW.parse().unwrap()));
        let hosts = config.allow_hosts.clone();
        let mut app = App::new(Arc::new(config), database.pool.clone()).unwrap();
        let limits = Limits {
            read: Duration::from_secs(2),
            total: Duration::from_secs(3),
            body: 1 << 20,
            ..Limits::default()
        };
        let settings = Settings { allowed: hosts, limits, ..Settings::default() };
        app.fetcher = Fetcher::new(settings).unwrap();
        scrape::sync_sources(&app).await.unwrap();
        Newsroom { app, database }
    }

    pub async fn health(&self) -> Vec<Health> {
        sources::health(&self.app.db, self.app.clock.now()).await.unwrap()
    }

    pub fn pass_time(&self, by: TimeDelta) {
        self.app.clock.set(self.app.clock.now() + by);
    }

    pub async fn urls(&self) -> Vec<String> {
        sqlx::query_scalar("select url from article order by url").fetch_all(&self.app.db).await.unwrap()
    }

    /// The newest version of each article, what its text is, and what its page has come to.
    pub async fn versions(&self) -> Vec<(i32, String, String)> {
        sqlx::query_as(
            "select version, text_kind, page_state
             from article join article_version using (article_id, version) join entry using (article_id)
             order by article_id",
        )
        .fetch_all(&self.app.db)
        .await
        .unwrap()
    }

    pub async fn close(self) {
        drop(self.app);
        self.database.close().await.unwrap();
    }
}

pub fn report<'a>(reports: &'a [SourceReport], name: &str) -> &'a SourceReport {
    reports.iter().find(|report| report.name == name).unwrap()
}

/// What a path answers with.
#[derive(Clone)]
pub enum Answer {
    /// Head and body as they go over the wire.
    Whole(Vec<u8>),
    /// First bytes, and then the same ones again and again, with a pause between.
    Pour(Vec<u8>, Vec<u8>, Duration),
}

impl Answer {
    /// The same with more header lines.
    pub fn with(self, headers: &str) -> Answer {
        let Answer::Whole(bytes) = self else { panic!("no head") };
        let at = bytes.windows(2).position(|pair| pair == b"\r\n").unwrap();
        Answer::Whole([&bytes[..at], b"\r\n", headers.as_bytes(), &bytes[at..]].concat())
    }
}

pub fn body(content_type: &str, bytes: &[u8]) -> Answer {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    Answer::Whole([head.as_bytes(), bytes].concat())
}

pub fn status(line: &str) -> Answer {
    Answer::Whole(format!("HTTP/1.1 {line}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").into_bytes())
}

pub fn redirect(to: &str) -> Answer {
    status(&format!("302 Found\r\nLocation: {to}"))
}

pub fn feed(items: &[String]) -> Answer {
    let xml = format!("<rss version='2.0'><channel><title>News</title>{}</channel></rss>", items.concat());
    body("application/rss+xml", xml.as_bytes())
}

pub fn item(title: &str, link: &str, date: &str) -> String {
    format!("<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate></item>")
}

pub fn page(title: &str) -> Answer {
    page_with(title, "")
}

pub fn page_with(title: &str, head: &str) -> Answer {
    let paragraph = "The mayor opened the northern pier on Tuesday, two years after a storm had broken it, and thanked \
                     the builders who had worked through the winter.";
    let html = format!(
        "<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1><p>{paragraph}</p>
         <p>Boats may moor there again from Friday on, the harbour office said.</p></article></body></html>"
    );
    body("text/html; charset=utf-8", html.as_bytes())
}

pub fn noise(length: u32) -> Vec<u8> {
    (0..length).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

/// A server on a port of its own; what it was asked is remembered.
pub struct Site {
    port: u16,
    answers: Arc<Mutex<HashMap<String, Answer>>>,
    asked: Arc<Mutex<Vec<(String, String)>>>,
    listening: Mutex<Option<JoinHandle<()>>>,
}

impl Site {
    pub async fn start() -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let site = Site { port, answers: Arc::default(), asked: Arc::default(), listening: Mutex::default() };
        site.listen(listener);
        site
    }

    fn listen(&self, listener: TcpListener) {
        let (answers, asked) = (self.answers.clone(), self.asked.clone());
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, answers.clone(), asked.clone()));
            }
        });
        *self.listening.lock().unwrap() = Some(listening);
    }

    /// Refuses connections from now on.
    pub async fn go_down(&self) {
        let listening = self.listening.lock().unwrap().take().unwrap();
        listening.abort();
        assert!(listening.await.unwrap_err().is_cancelled());
    }

    /// Takes connections again, at the same address.
    pub async fn come_up(&self) {
        self.listen(TcpListener::bind(("127.0.0.1", self.port)).await.unwrap());
    }

    pub fn answer(&self, path: &str, answer: Answer) {
        self.answers.lock().unwrap().insert(path.into(), answer);
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host())
    }

    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The heads of the requests for a path, in lower case.
    pub fn requests(&self, path: &str) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|(asked, _)| asked == path).map(|(_, head)| head.clone()).collect()
    }
}

async fn serve(
    mut stream: TcpStream,
    answers: Arc<Mutex<HashMap<String, Answer>>>,
    asked: Arc<Mutex<Vec<(String, String)>>>,
) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            // Who begins a TLS connection is at the wrong place.
            Ok(0x16) if head.is_empty() => return,
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let head = String::from_utf8(head).unwrap();
    let path = head.split(' ').nth(1).unwrap().to_owned();
    asked.lock().unwrap().push((path.clone(), head.to_lowercase()));
    let answer = answers.lock().unwrap().get(&path).cloned().unwrap_or_else(|| status("404 Not Found"));
    // A client that has enough hangs up: that is not this server's failure.
    let _ = match answer {
        Answer::Whole(bytes) => stream.write_all(&bytes).await,
        Answer::Pour(start, piece, pause) => pour(&mut stream, &start, &piece, pause).await,
    };
}

async fn pour(stream: &mut TcpStream, start: &[u8], piece: &[u8], pause: Duration) -> std::io::Result<()> {
    stream.write_all(start).await?;
    loop {
        stream.write_all(piece).await?;
        tokio::time::sleep(pause).await;
    }
}

//! Manners on the web, and what admins hear of sources, against local servers on a clock set by hand.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use teloxide::types::UserId;
use tidings::app::scrape::{self, List};
use tidings::bot::alert::tell_admins;
use tidings::clock::Clock;
use tidings::config::Config;
use tidings::model::SourceType;
use tidings::scrape::fetch::{FetchError, Fetcher, Settings, Validators};
use url::Url;

use crate::fake_telegram::{FakeTelegram, Fault};
use crate::scrape::{Answer, Newsroom, Site, body, feed, item, page, redirect, status};

const DATE: &str = "Tue, 04 Mar 2031 08:00:00 GMT";
const ADMIN: i64 = 700;

fn robots(text: &str) -> Answer {
    body("text/plain", text.as_bytes())
}

fn moved(to: &str) -> Answer {
    status(&format!("301 Moved Permanently\r\nLocation: {to}"))
}

/// Scrapes what is due and fetches what is wanted, at the clock's now.
async fn work(newsroom: &Newsroom) {
    scrape::scrape_due(&newsroom.app).await.unwrap();
    scrape::fetch_pages(&newsroom.app).await.unwrap();
}

/// Lets time pass in steps, and works at each.
async fn live(newsroom: &Newsroom, steps: usize, step: TimeDelta) {
    for _ in 0..steps {
        newsroom.pass_time(step);
        work(newsroom).await;
    }
}

#[tokio::test]
async fn a_page_that_robots_txt_forbids_is_read_by_its_summary_and_never_asked_for() {
    let site = Site::start().await;
    site.answer(
        "/robots.txt",
        robots("User-agent: *\nDisallow: /members/\n\nUser-agent: otherbot\nDisallow: /\n"),
    );
    site.answer("/feed", feed(&[item("Pier opens", &site.url("/members/pier"), DATE)]));
    site.answer("/members/pier", page("Pier opens"));
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    let reports = scrape::pass(&newsroom.app, &[]).await.unwrap();
    assert_eq!(reports[0].list, Ok(List::Read { entries: 1, new: 1 }));
    assert_eq!(newsroom.versions().await, [(1, "summary".into(), "given_up".into())]);
    live(&newsroom, 8, TimeDelta::hours(3)).await;
    assert_eq!(site.requests("/members/pier").len(), 0);
    assert_eq!(site.requests("/robots.txt").len(), 2, "once a day");
    newsroom.close().await;
}

#[tokio::test]
async fn a_redirect_to_a_forbidden_address_is_not_followed() {
    let site = Site::start().await;
    site.answer("/robots.txt", robots("User-agent: tidings\nDisallow: /members/\n"));
    site.answer("/feed", redirect("/members/feed"));
    site.answer("/members/feed", feed(&[]));
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    let reports = scrape::pass(&newsroom.app, &[]).await.unwrap();
    let error = reports[0].list.as_ref().unwrap_err();
    assert!(error.contains("does not let bots read this address"), "{error}");
    assert_eq!(site.requests("/members/feed").len(), 0);
    newsroom.close().await;
}

#[tokio::test]
async fn the_owner_may_ignore_a_host_s_robots_txt() {
    let site = Site::start().await;
    site.answer("/robots.txt", robots("User-agent: *\nDisallow: /\n"));
    site.answer("/feed", feed(&[]));
    let url = Url::parse(&site.url("/feed")).unwrap();
    let ask = async |ignore_robots: Vec<String>| {
        let settings = Settings { allowed: vec![site.host()], ignore_robots, ..Settings::default() };
        Fetcher::new(settings).unwrap().get(&url, &Validators::default(), DateTime::UNIX_EPOCH).await
    };
    let error = ask(vec![]).await.unwrap_err();
    assert!(error.to_string().ends_with(&format!("add {} to ignore_robots", site.host())), "{error}");
    assert!(ask(vec![site.host()]).await.is_ok());
    assert_eq!(site.requests("/robots.txt").len(), 1);
}

#[tokio::test]
async fn nothing_is_asked_for_while_a_host_s_robots_txt_can_t_be_had() {
    let site = Site::start().await;
    site.answer("/robots.txt", status("503 Service Unavailable"));
    site.answer("/feed", feed(&[]));
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    work(&newsroom).await;
    live(&newsroom, 5, TimeDelta::minutes(5)).await;
    assert_eq!((site.requests("/feed").len(), site.requests("/robots.txt").len()), (0, 1));
    let error = newsroom.health().await.remove(0).last_error.unwrap();
    assert!(error.contains("robots.txt") && error.ends_with("503 Service Unavailable"), "{error}");

    site.answer("/robots.txt", status("404 Not Found"));
    live(&newsroom, 4, TimeDelta::minutes(40)).await;
    assert!(!site.requests("/feed").is_empty(), "no robots.txt allows everything");
    assert_eq!(newsroom.health().await[0].failures, 0);
    newsroom.close().await;
}

#[tokio::test]
async fn rules_once_read_hold_while_they_can_t_be_read_anew() {
    let site = Site::start().await;
    site.answer("/robots.txt", robots("User-agent: *\nDisallow: /members/\n"));
    site.answer("/feed", feed(&[]));
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    work(&newsroom).await;
    site.answer("/robots.txt", status("500 Oops"));
    live(&newsroom, 3, TimeDelta::hours(13)).await;
    assert_eq!(site.requests("/feed").len(), 4);
    newsroom.close().await;
}

#[tokio::test]
async fn a_host_that_asks_for_a_delay_is_asked_no_sooner() {
    let site = Site::start().await;
    site.answer("/robots.txt", robots("User-agent: *\nCrawl-delay: 20\n"));
    let items: Vec<String> =
        (0..4).map(|at| item(&format!("Report {at}"), &site.url(&format!("/r{at}")), DATE)).collect();
    site.answer("/feed", feed(&items));
    for at in 0..4 {
        site.answer(&format!("/r{at}"), page(&format!("Report {at}")));
    }
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    work(&newsroom).await;
    let asked = || (0..4).map(|at| site.requests(&format!("/r{at}")).len()).sum::<usize>();
    assert_eq!(asked(), 0, "the list was just asked for");
    for pages in 1..=4 {
        live(&newsroom, 1, TimeDelta::seconds(19)).await;
        assert_eq!(asked(), pages - 1);
        live(&newsroom, 1, TimeDelta::seconds(1)).await;
        assert_eq!(asked(), pages, "one after twenty seconds");
    }
    assert_eq!(newsroom.urls().await.len(), 4);
    assert!(
        newsroom.versions().await.iter().all(|(version, kind, _)| (*version, kind.as_str()) == (1, "page"))
    );
    newsroom.close().await;
}

#[tokio::test]
async fn an_index_of_sitemaps_whose_host_asks_for_a_long_delay_is_read_in_one_check() {
    let site = Site::start().await;
    site.answer("/robots.txt", robots("User-agent: *\nCrawl-delay: 300\n"));
    site.answer(
        "/index",
        body("application/xml", b"<sitemapindex><sitemap><loc>/news</loc></sitemap></sitemapindex>"),
    );
    let page = format!("<urlset><url><loc>{}</loc></url></urlset>", site.url("/pier"));
    site.answer("/news", body("application/xml", page.as_bytes()));
    let mut newsroom = Newsroom::open(&site, &["index"]).await;
    let mut config = Config::clone(&newsroom.app.config);
    config.sources[0].kind = SourceType::Sitemap;
    newsroom.app.config = Arc::new(config);
    scrape::sync_sources(&newsroom.app).await.unwrap();
    let start = newsroom.app.clock.now();
    newsroom.app.clock = Clock::simulated(start, 1_000.0);
    assert_eq!(scrape::scrape_due(&newsroom.app).await.unwrap(), 1);
    assert!(newsroom.app.clock.now() >= start + TimeDelta::seconds(300));
    assert_eq!((site.requests("/index").len(), site.requests("/news").len()), (1, 1));
    let health = newsroom.health().await.remove(0);
    assert!(health.succeeded_at.is_some() && health.last_error.is_none(), "{health:?}");
    newsroom.close().await;
}

#[tokio::test]
async fn the_target_of_a_redirect_is_asked_no_sooner_than_it_wants() {
    let (site, target) = (Site::start().await, Site::start().await);
    site.answer("/feed", moved(&target.url("/feed")));
    target.answer("/robots.txt", robots("User-agent: *\nCrawl-delay: 60\n"));
    target.answer("/feed", moved(&site.url("/back")));
    site.answer("/back", feed(&[]));
    let settings = Settings { allowed: vec![site.host(), target.host()], ..Settings::default() };
    let fetcher = Fetcher::new(settings).unwrap();
    let url = Url::parse(&site.url("/feed")).unwrap();
    let start = DateTime::UNIX_EPOCH;
    let ask =
        async |seconds| fetcher.get(&url, &Validators::default(), start + TimeDelta::seconds(seconds)).await;
    assert!(ask(0).await.is_ok());
    let early = ask(59).await;
    assert!(
        matches!(&early, Err(FetchError::NotYet { host, until })
            if *host == target.host() && *until == start + TimeDelta::seconds(60)),
        "{early:?}"
    );
    assert_eq!(target.requests("/feed").len(), 1);
    assert!(ask(60).await.is_ok());
}

#[tokio::test]
async fn a_host_that_is_slow_to_tell_its_rules_is_asked_no_sooner_for_that() {
    let (site, target) = (Site::start().await, Site::start().await);
    let rules = "User-agent: *\nCrawl-delay: 60\n#";
    // The last of six more bytes comes after half a second.
    let length = rules.len() + 6;
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{rules}");
    target.answer("/robots.txt", Answer::Pour(head.into(), b".".to_vec(), Duration::from_millis(100)));
    target.answer("/feed", feed(&[]));
    site.answer("/feed", redirect(&target.url("/feed")));
    let start = DateTime::UNIX_EPOCH;
    for asked in [&target, &site] {
        let settings = Settings { allowed: vec![site.host(), target.host()], ..Settings::default() };
        let fetcher = Fetcher::new(settings).unwrap();
        let url = Url::parse(&asked.url("/feed")).unwrap();
        let ask = async |at| fetcher.get(&url, &Validators::default(), at).await;
        ask(start).await.unwrap();
        let early = ask(start + TimeDelta::seconds(60)).await;
        assert!(
            matches!(&early, Err(FetchError::NotYet { host, until })
                if *host == target.host() && *until >= start + TimeDelta::milliseconds(60_500)),
            "{early:?}"
        );
    }
}

#[tokio::test]
async fn a_redirect_s_target_that_is_away_is_named() {
    let (site, target) = (Site::start().await, Site::start().await);
    site.answer("/feed", moved(&target.url("/feed")));
    let newsroom = Newsroom::open_all(&[(&site, "a"), (&target, "b")], "/feed").await;
    target.go_down().await;
    work(&newsroom).await;
    let error = newsroom.health().await[0].last_error.clone().unwrap();
    let words = format!("redirected to {}: could not connect", target.host());
    assert!(error.starts_with(&words) && !error.contains("nobody else"), "{error}");
    newsroom.close().await;
}

#[tokio::test]
async fn a_host_that_says_too_many_is_left_alone_by_all_its_sources() {
    let site = Site::start().await;
    site.answer("/a", status("429 Too Many Requests\r\nRetry-After: 3600"));
    let newsroom = Newsroom::open(&site, &["a"]).await;
    work(&newsroom).await;
    site.answer("/a", feed(&[]));
    site.answer("/b", feed(&[]));
    let url = Url::parse(&site.url("/b")).unwrap();
    let now = newsroom.app.clock.now();
    let ask = async |at| newsroom.app.fetcher.get(&url, &Validators::default(), at).await;
    let early = ask(now + TimeDelta::minutes(59)).await;
    assert!(matches!(early, Err(FetchError::NotYet { until, .. }) if until == now + TimeDelta::hours(1)));
    assert!(ask(now + TimeDelta::hours(1)).await.is_ok());
    assert_eq!(newsroom.health().await[0].last_error.as_deref(), Some("429 Too Many Requests"));
    newsroom.close().await;
}

#[tokio::test]
async fn a_page_that_waits_while_its_host_sends_others_away_is_not_given_up() {
    let site = Site::start().await;
    site.answer("/robots.txt", robots("User-agent: *\nCrawl-delay: 1\n"));
    let paths: Vec<String> = (0..8).map(|at| format!("/r{at}")).collect();
    let items: Vec<String> = paths.iter().map(|path| item(path, &site.url(path), DATE)).collect();
    site.answer("/feed", feed(&items));
    for path in &paths {
        site.answer(path, status("429 Too Many Requests\r\nRetry-After: 3600"));
    }
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    work(&newsroom).await;
    for _ in 0..8 {
        live(&newsroom, 20, TimeDelta::seconds(1)).await;
        live(&newsroom, 1, TimeDelta::minutes(60)).await;
    }
    let asked: usize = paths.iter().map(|path| site.requests(path).len()).sum();
    assert!((6..=9).contains(&asked), "{asked} requests in eight hours, sent away for an hour by each");
    assert_eq!(newsroom.versions().await, vec![(1, "summary".into(), "wanted".into()); 8]);
    for path in &paths {
        site.answer(path, page(path));
    }
    for _ in 0..30 {
        live(&newsroom, 1, TimeDelta::minutes(60)).await;
        live(&newsroom, 20, TimeDelta::seconds(1)).await;
    }
    assert_eq!(newsroom.versions().await, vec![(2, "page".into(), "had".into()); 8]);
    newsroom.close().await;
}

#[tokio::test]
async fn a_list_is_not_asked_for_while_it_is_fresh() {
    let site = Site::start().await;
    site.answer("/cached", feed(&[]).with("Cache-Control: public, max-age=3600"));
    let with_ttl = "<rss version='2.0'><channel><title>N</title><ttl>60</ttl></channel></rss>";
    site.answer("/ttl", body("application/rss+xml", with_ttl.as_bytes()).with("ETag: \"1\""));
    site.answer("/plain", feed(&[]));
    let newsroom = Newsroom::open(&site, &["cached", "ttl", "plain"]).await;
    work(&newsroom).await;
    live(&newsroom, 59, TimeDelta::minutes(1)).await;
    let asked = |path: &str| site.requests(path).len();
    assert_eq!((asked("/cached"), asked("/ttl"), asked("/plain")), (1, 1, 4));
    live(&newsroom, 2, TimeDelta::minutes(1)).await;
    assert_eq!((asked("/cached"), asked("/ttl")), (2, 2));
    site.answer("/ttl", status("304 Not Modified"));
    live(&newsroom, 125, TimeDelta::minutes(1)).await;
    assert_eq!(asked("/ttl"), 4, "what has not changed holds as long");
    newsroom.close().await;
}

#[tokio::test]
async fn an_outage_of_our_own_network_is_no_fault_of_the_sources() {
    let (a, b, c) = (Site::start().await, Site::start().await, Site::start().await);
    for site in [&a, &b, &c] {
        site.answer("/feed", feed(&[]));
    }
    let newsroom = Newsroom::open_all(&[(&a, "a"), (&b, "b"), (&c, "c")], "/feed").await;
    work(&newsroom).await;
    for site in [&a, &b, &c] {
        site.go_down().await;
    }
    live(&newsroom, 12, TimeDelta::hours(1)).await;
    let health = newsroom.health().await;
    assert!(health.iter().all(|source| source.failures == 0 && source.last_error.is_none()), "{health:?}");

    for site in [&a, &b] {
        site.come_up().await;
    }
    live(&newsroom, 1, TimeDelta::minutes(6)).await;
    live(&newsroom, 1, TimeDelta::minutes(6)).await;
    let now = newsroom.app.clock.now();
    let health = newsroom.health().await;
    assert!(
        health[..2].iter().all(|source| source.succeeded_at > Some(now - TimeDelta::minutes(15))),
        "{health:?}"
    );
    assert!(health[2].failures > 0, "the one that is still away while others answer: {:?}", health[2]);
    newsroom.close().await;
}

#[tokio::test]
async fn an_outage_that_lasts_since_before_the_start_counts_against_no_source() {
    let (a, b) = (Site::start().await, Site::start().await);
    for site in [&a, &b] {
        site.answer("/feed", feed(&[]));
        site.go_down().await;
    }
    let newsroom = Newsroom::open_all(&[(&a, "a"), (&b, "b")], "/feed").await;
    scrape::pass(&newsroom.app, &["a".to_owned()]).await.unwrap();
    let health = newsroom.health().await;
    assert!(health.iter().all(|source| source.failures == 0), "{health:?}");

    b.come_up().await;
    newsroom.pass_time(TimeDelta::minutes(2));
    scrape::pass(&newsroom.app, &["a".to_owned()]).await.unwrap();
    assert_eq!(newsroom.health().await[0].failures, 1, "another one answers");
    newsroom.close().await;
}

#[tokio::test]
async fn a_feed_that_moved_for_good_is_asked_for_where_it_is_now_and_looked_for_again_if_it_fails_there() {
    let site = Site::start().await;
    site.answer("/feed", moved("/new/feed"));
    site.answer("/new/feed", feed(&[item("Pier opens", &site.url("/pier"), DATE)]));
    site.answer("/pier", page("Pier opens"));
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    work(&newsroom).await;
    live(&newsroom, 23, TimeDelta::hours(1)).await;
    assert_eq!(site.requests("/feed").len(), 24, "a redirect of some hours may be a slip");
    live(&newsroom, 24, TimeDelta::hours(1)).await;
    assert!(site.requests("/feed").len() <= 26, "{}", site.requests("/feed").len());
    assert_eq!(site.requests("/new/feed").len(), 48);
    let health = newsroom.health().await.remove(0);
    assert_eq!((health.url, health.moved_to), (site.url("/feed"), Some(site.url("/new/feed"))));
    assert_eq!(newsroom.urls().await.len(), 1, "nothing comes twice by it");

    let before = site.requests("/feed").len();
    scrape::sync_sources(&newsroom.app).await.unwrap();
    live(&newsroom, 1, TimeDelta::hours(1)).await;
    assert_eq!(site.requests("/feed").len(), before, "a restart forgets nothing");
    assert!(scrape::check(&newsroom.app, &[]).await.unwrap().remove(0).1.is_ok());
    assert!(scrape::preview_configured(&newsroom.app).await.unwrap().remove(0).1.is_ok());
    assert_eq!(site.requests("/feed").len(), before, "a look goes where it is too");

    site.answer("/new/feed", status("410 Gone"));
    site.answer("/feed", feed(&[]));
    live(&newsroom, 2, TimeDelta::hours(1)).await;
    let health = newsroom.health().await.remove(0);
    assert_eq!((health.failures, health.moved_to), (0, None), "the old address leads on");
    newsroom.close().await;
}

#[tokio::test]
async fn a_publisher_can_see_who_asks_and_whom_to_write_to() {
    let site = Site::start().await;
    site.answer("/feed", feed(&[]));
    let url = Url::parse(&site.url("/feed")).unwrap();
    let contact = Some("editor@news.example".to_owned());
    let settings = Settings { allowed: vec![site.host()], contact, ..Settings::default() };
    let fetcher = Fetcher::new(settings).unwrap();
    fetcher.get(&url, &Validators::default(), DateTime::UNIX_EPOCH).await.unwrap();
    let head = &site.requests("/feed")[0];
    assert!(head.contains("user-agent: tidings/") && head.contains("; editor@news.example)"), "{head}");
    assert!(!head.contains("cookie"), "{head}");
}

#[tokio::test]
async fn a_cookie_is_not_kept() {
    let site = Site::start().await;
    site.answer("/feed", feed(&[]).with("Set-Cookie: id=1; Path=/"));
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    scrape::pass(&newsroom.app, &[]).await.unwrap();
    scrape::pass(&newsroom.app, &[]).await.unwrap();
    let requests = site.requests("/feed");
    assert_eq!(requests.len(), 2);
    assert!(requests.iter().all(|head| !head.contains("cookie:")));
    newsroom.close().await;
}

#[tokio::test]
async fn a_source_may_go_by_a_proxy_which_still_leads_to_no_private_address() {
    let proxy = Site::start().await;
    proxy.answer("http://93.184.215.14/feed", feed(&[item("Pier opens", "http://93.184.215.14/pier", DATE)]));
    proxy.answer("http://93.184.215.14/pier", page("Pier opens"));
    let site = Site::start().await;
    let mut newsroom = Newsroom::open(&site, &["feed", "inwards", "named"]).await;
    let mut config = Config::clone(&newsroom.app.config);
    let urls = ["http://93.184.215.14/feed", "http://10.0.0.1/feed", "http://localhost:9/feed"];
    for (source, url) in config.sources.iter_mut().zip(urls) {
        source.url = Url::parse(url).unwrap();
        source.proxy = Some(Url::parse(&proxy.url("/")).unwrap());
    }
    newsroom.app.config = Arc::new(config);
    scrape::sync_sources(&newsroom.app).await.unwrap();
    scrape::scrape_due(&newsroom.app).await.unwrap();
    newsroom.pass_time(TimeDelta::seconds(1));
    scrape::fetch_pages(&newsroom.app).await.unwrap();
    assert_eq!(newsroom.urls().await, ["http://93.184.215.14/pier"]);
    let health = newsroom.health().await;
    for (source, address) in health[1..].iter().zip(["10.0.0.1", ""]) {
        let error = source.last_error.as_deref().unwrap();
        assert!(error.starts_with(&format!("address {address}")) && error.contains("is private"), "{error}");
    }
    newsroom.close().await;
}

#[tokio::test]
async fn a_proxy_of_a_source_that_is_away_is_no_outage_of_our_own_network() {
    let (site, proxy) = (Site::start().await, Site::start().await);
    proxy.go_down().await;
    let mut newsroom = Newsroom::open(&site, &["a", "b"]).await;
    let mut config = Config::clone(&newsroom.app.config);
    for (source, url) in config.sources.iter_mut().zip(["http://93.184.215.14/", "http://93.184.215.15/"]) {
        source.url = Url::parse(url).unwrap();
        source.proxy = Some(Url::parse(&proxy.url("/")).unwrap());
    }
    newsroom.app.config = Arc::new(config);
    scrape::sync_sources(&newsroom.app).await.unwrap();
    work(&newsroom).await;
    let health = newsroom.health().await;
    assert!(health.iter().all(|source| source.failures == 1), "the owner is to hear of it: {health:?}");
    newsroom.close().await;
}

/// A newsroom with an admin, and a Telegram that reaches them.
async fn with_admin(site: &Site, names: &[&str]) -> (Newsroom, FakeTelegram) {
    let mut newsroom = Newsroom::open(site, names).await;
    let admins = vec![UserId(ADMIN.unsigned_abs())];
    newsroom.app.config = Arc::new(Config { admins, ..Config::clone(&newsroom.app.config) });
    (newsroom, FakeTelegram::start().await)
}

/// Lives on, telling admins all along; what they heard meanwhile.
async fn heard(newsroom: &Newsroom, telegram: &FakeTelegram, steps: usize, step: TimeDelta) -> Vec<String> {
    let before = telegram.texts(ADMIN).len();
    for _ in 0..steps {
        live(newsroom, 1, step).await;
        tell_admins(&newsroom.app, &telegram.bot()).await.unwrap();
    }
    telegram.texts(ADMIN).split_off(before)
}

#[tokio::test]
async fn admins_are_told_once_that_a_source_has_failed_for_a_day_and_once_that_it_recovered() {
    let site = Site::start().await;
    site.answer("/good", feed(&[]));
    site.answer("/bad", status("500 Oops"));
    site.answer("/worse", status("404 Not Found"));
    let (newsroom, telegram) = with_admin(&site, &["good", "bad", "worse"]).await;
    work(&newsroom).await;
    assert!(heard(&newsroom, &telegram, 23, TimeDelta::hours(1)).await.is_empty());
    let told = heard(&newsroom, &telegram, 72, TimeDelta::hours(1)).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("bad could not be read for") && told[0].contains("500"), "{}", told[0]);
    assert!(told[0].contains("worse could not be read for"), "both in one message: {}", told[0]);

    site.answer("/bad", feed(&[]));
    let told = heard(&newsroom, &telegram, 48, TimeDelta::hours(1)).await;
    assert_eq!(told, ["✅ bad is read again."]);
    newsroom.close().await;
}

#[tokio::test]
async fn admins_are_told_once_that_a_source_fell_silent_against_its_habit_and_once_that_it_speaks_again() {
    let site = Site::start().await;
    let list = |count: usize| {
        let items = (0..count).map(|at| item(&format!("Report {at}"), &site.url(&format!("/r{at}")), DATE));
        feed(&items.collect::<Vec<_>>())
    };
    let (newsroom, telegram) = with_admin(&site, &["steady", "seldom"]).await;
    site.answer("/seldom", list(1));
    for count in 1..=12 {
        site.answer("/steady", list(count));
        assert!(heard(&newsroom, &telegram, 1, TimeDelta::hours(10)).await.is_empty());
    }
    assert!(heard(&newsroom, &telegram, 2, TimeDelta::hours(10)).await.is_empty(), "not after twenty hours");
    let told = heard(&newsroom, &telegram, 20, TimeDelta::hours(10)).await;
    assert_eq!(told, ["🔇 steady answers, but brought nothing new for 30 h: that is unlike it."]);
    assert!(newsroom.health().await[0].silent_since.is_some());

    site.answer("/steady", list(13));
    let told = heard(&newsroom, &telegram, 3, TimeDelta::hours(10)).await;
    assert_eq!(told, ["✅ steady brings news again."]);
    newsroom.close().await;
}

#[tokio::test]
async fn an_admin_out_of_reach_is_told_later_and_one_who_blocked_the_bot_holds_up_nothing() {
    let site = Site::start().await;
    site.answer("/bad", status("500 Oops"));
    let (mut newsroom, telegram) = with_admin(&site, &["bad"]).await;
    work(&newsroom).await;
    live(&newsroom, 30, TimeDelta::hours(1)).await;
    telegram.once(ADMIN, Fault::BadGateway);
    tell_admins(&newsroom.app, &telegram.bot()).await.unwrap_err();
    assert_eq!(tell_admins(&newsroom.app, &telegram.bot()).await.unwrap(), 1);
    assert_eq!(telegram.texts(ADMIN).len(), 1);

    let blocked = 701;
    telegram.always(blocked, Fault::BLOCKED);
    let admins = vec![UserId(blocked.unsigned_abs())];
    newsroom.app.config = Arc::new(Config { admins, ..Config::clone(&newsroom.app.config) });
    site.answer("/bad", feed(&[]));
    live(&newsroom, 1, TimeDelta::hours(7)).await;
    assert_eq!(tell_admins(&newsroom.app, &telegram.bot()).await.unwrap(), 1);
    assert_eq!(tell_admins(&newsroom.app, &telegram.bot()).await.unwrap(), 0, "not tried for ever");
    newsroom.close().await;
}

#[tokio::test]
async fn the_list_of_sources_says_how_each_fares() {
    let site = Site::start().await;
    let items: Vec<String> =
        (0..3).map(|at| item(&format!("Report {at}"), &site.url(&format!("/r{at}")), DATE)).collect();
    site.answer("/feed", feed(&items));
    site.answer("/bad", status("500 Oops"));
    let newsroom = Newsroom::open(&site, &["feed", "bad"]).await;
    work(&newsroom).await;
    live(&newsroom, 2, TimeDelta::days(1)).await;
    let health = newsroom.health().await;
    let now = newsroom.app.clock.now();
    assert_eq!((health[0].articles, health[0].succeeded_at), (3, Some(now)));
    assert_eq!(format!("{:.1}", health[0].articles_a_day(now)), "1.5");
    assert_eq!((health[1].failures, health[1].succeeded_at), (3, None));
    assert_eq!(health[1].failing_since, Some(now - TimeDelta::days(2)));
    newsroom.close().await;
}

//! A week of scraping in minutes: publishers that throttle, fail, move and declare their wishes, on a clock that
//! a test moves. Nothing is missed, nothing comes twice, and every wish is kept.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use tidings::app::{App, scrape};
use tidings::clock::Clock;
use tidings::store::Database;
use url::Url;

use crate::support;
use world::{AWAY, Asked, DELAY, FRESH, ON_A_HOST, Robots, SPELLS, Trouble, What, World, robots_of};

mod world;

#[tokio::test]
async fn in_a_week_of_twenty_sources_nothing_is_missed_or_doubled_and_every_wish_is_kept() {
    week(20, 1).await;
}

#[tokio::test]
#[ignore = "takes minutes: cargo test --test it -- --ignored --nocapture a_week_of_two_hundred"]
async fn in_a_week_of_two_hundred_sources_nothing_is_missed_or_doubled_and_every_wish_is_kept() {
    week(200, 4).await;
}

/// Lets a week pass; each list is due so often an hour.
async fn week(sources: usize, an_hour: usize) {
    let began = Instant::now();
    let start: DateTime<Utc> = "2031-03-03T00:00:00Z".parse().unwrap();
    let clock = Clock::manual(start);
    // One more day without news, for what is behind.
    let (published_until, end) = (start + TimeDelta::days(6), start + TimeDelta::days(7));
    let minutes: Vec<String> = (0..an_hour).map(|at| (at * 60 / an_hour).to_string()).collect();
    let world = World::start(sources, &clock, published_until).await;
    let (app, database) = open(&world, &clock, &format!("{} * * * *", minutes.join(","))).await;
    while clock.now() < end {
        while scrape::scrape_due(&app).await.unwrap() + scrape::fetch_pages(&app).await.unwrap() > 0 {}
        clock.set(next_due(&app).await.max(clock.now() + TimeDelta::minutes(1)));
    }
    nothing_is_missed_or_doubled(&app, &world, published_until).await;
    let log = world.log.lock().unwrap().clone();
    every_wish_is_kept(&world, &log, start, 7 * 24 * an_hour);
    report(&log, sources, began);
    drop(app);
    database.close().await.unwrap();
}

/// When the next list or page is due.
async fn next_due(app: &App) -> DateTime<Utc> {
    sqlx::query_scalar(
        "select least((select min(next_check_at) from source),
                      (select min(page_not_before) from entry where page_state = 'wanted'))",
    )
    .fetch_one(&app.db)
    .await
    .unwrap()
}

async fn open(world: &World, clock: &Clock, schedule: &str) -> (App, Database) {
    let database = support::database().await;
    let feeds = world.sources.iter().map(|source| {
        let url = format!("http://{}{}", world.hosts[source.id / ON_A_HOST], source.list());
        (format!("s{}", source.id), Url::parse(&url).unwrap())
    });
    let config = support::config(feeds, schedule, clock.clone());
    let app = App::new(Arc::new(config), database.pool.clone()).unwrap();
    scrape::sync_sources(&app).await.unwrap();
    (app, database)
}

async fn nothing_is_missed_or_doubled(app: &App, world: &World, until: DateTime<Utc>) {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "select name, title from entry join source using (source_id) where title not like 'Report %'",
    )
    .fetch_all(&app.db)
    .await
    .unwrap();
    let mut listed: HashMap<String, BTreeSet<String>> = HashMap::new();
    for (name, title) in rows {
        assert!(listed.entry(name).or_default().insert(title.clone()), "{title} twice");
    }
    let mut pages = BTreeSet::new();
    for source in &world.sources {
        let host = &world.hosts[source.id / ON_A_HOST];
        let entries = source.published(until);
        let titles: BTreeSet<String> = entries.clone().map(|entry| source.title(entry)).collect();
        assert_eq!(listed[&format!("s{}", source.id)], titles, "entries of {source:?}");
        pages.extend(entries.map(|entry| format!("http://{host}{}", source.page(entry))));
    }
    let urls: Vec<String> =
        sqlx::query_scalar("select url from article order by url").fetch_all(&app.db).await.unwrap();
    assert_eq!(urls.len(), pages.len(), "an article is missing, or there twice");
    assert_eq!(BTreeSet::from_iter(urls), pages);
    let open: i64 = sqlx::query_scalar(
        "select count(*) from entry where page_state <> 'had' and not (page_state = 'given_up' and link like '%/private/%')",
    )
    .fetch_one(&app.db)
    .await
    .unwrap();
    assert_eq!(open, 0, "pages that were not had");
}

fn every_wish_is_kept(world: &World, log: &[Asked], start: DateTime<Utc>, times_due: usize) {
    assert!(log.iter().all(|asked| asked.what != What::Page { private: true }), "robots.txt was not obeyed");
    let away = AWAY;
    for host in 0..world.hosts.len() {
        let asked: Vec<&Asked> = log.iter().filter(|asked| asked.host == host).collect();
        let robots = asked.iter().filter(|asked| asked.what == What::Robots).count();
        // Once a day; and while it fails, no more than twice an hour.
        let most = if robots_of(host) == Robots::Fails { 8 + 2 * 20 } else { 8 };
        assert!(robots <= most, "{robots} requests for the robots.txt of host {host}");
        let others: Vec<&Asked> = asked.iter().copied().filter(|asked| asked.what != What::Robots).collect();
        for pair in others.windows(2) {
            let pause = pair[1].at - pair[0].at;
            // The second step of a redirect within a host follows at once.
            let hop = is_hop(pair[0], pair[1]);
            if robots_of(host) == Robots::Delays && !hop {
                assert!(pause >= DELAY, "{pair:?}");
            }
        }
        for (at, refused) in others.iter().enumerate().filter(|(_, asked)| asked.status == 429) {
            let until = refused.at + away;
            // What was under way at that instant can't be called back.
            let early = others[at + 1..].iter().find(|asked| asked.at > refused.at && asked.at < until);
            assert!(early.is_none(), "sent away at {}: {early:?}", refused.at);
        }
    }
    for source in &world.sources {
        let lists: Vec<&Asked> = log
            .iter()
            .filter(|asked| matches!(asked.what, What::List { source: id, .. } if id == source.id))
            .collect();
        let answered = |asked: &Asked| matches!(asked.status, 200 | 304);
        // By the schedule, and some tries after failures.
        let times = lists.iter().filter(|asked| asked.status != 301).count();
        assert!(times <= times_due + 40, "{source:?} was asked for {times} times");
        for pair in lists.windows(2) {
            let pause = pair[1].at - pair[0].at;
            let fresh = matches!(source.trouble, Trouble::Caches);
            let ttl = source.trouble == Trouble::Ttl;
            if answered(pair[0]) && (fresh || ttl && !source.json) {
                assert!(pause >= FRESH, "{source:?} {pair:?}");
            }
            assert!(is_hop(pair[0], pair[1]) || pause >= TimeDelta::minutes(1), "{source:?} {pair:?}");
            assert!(
                pair[1].conditional || !answered(pair[0]) || source.trouble == Trouble::BreaksOff,
                "{pair:?}"
            );
        }
        if matches!(source.trouble, Trouble::Fails) {
            let (from, to) = SPELLS[0];
            let spell = start + TimeDelta::hours(from)..start + TimeDelta::hours(to);
            let asked = lists.iter().filter(|asked| spell.contains(&asked.at)).count();
            // 5, 10, 20, 40, 80, 160 and 320 minutes.
            assert!((3..=8).contains(&asked), "{asked} requests in eleven hours of failures of {source:?}");
        }
        if source.trouble == Trouble::Moves {
            let day_three = start + TimeDelta::days(2) + TimeDelta::hours(2);
            let late = lists.iter().filter(|asked| asked.at > day_three && asked.status == 301).count();
            assert!(late <= 2, "{source:?} was asked for at its old address {late} times");
        }
    }
}

/// Whether the second request is the redirect's target of the first: the new list of the same source.
fn is_hop(from: &Asked, to: &Asked) -> bool {
    match (from.what, to.what) {
        (What::List { source, .. }, What::List { source: id, moved: true }) => {
            from.status == 301 && source == id
        }
        _ => false,
    }
}

#[expect(clippy::print_stdout, reason = "the figures are what the long test is run for")]
fn report(log: &[Asked], sources: usize, began: Instant) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for asked in log {
        let what = match asked.what {
            What::Robots => "robots.txt",
            What::List { .. } => "list",
            What::Page { .. } => "page",
        };
        *counts.entry(format!("{what} {}", asked.status)).or_default() += 1;
    }
    println!(
        "{sources} sources, {} requests in {:.0} s: {counts:?}",
        log.len(),
        began.elapsed().as_secs_f64()
    );
}

//! A month in accelerated time, by the steps that `tidings run` repeats: memory stays flat, the database grows no
//! more than retention lets it, and no error comes twice.
//!
//! The clock stands still while there is work, but for what waits for Telegram's rates; so the month takes as long as
//! its work.
//! Each simulated day a line says how it fares.

#![allow(clippy::print_stdout, reason = "whoever waits for an hour wants to see how it fares")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use sqlx::AssertSqlSafe;
use tidings::app::deliver::Courier;
use tidings::app::keep::{Kept, Outcome as Keeping, keep};
use tidings::app::read::{Outcome, read_next};
use tidings::app::{App, digest, scrape};
use tidings::clock::Clock;
use tidings::config::{Config, Retention};
use tidings::deliver::telegram;
use tidings::schedule::Cron;
use tidings::store::subscribers::{self, Choices, Subscription};
use tidings::store::{Database, Process, backup};
use tokio::sync::watch;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use crate::fake_telegram::TOKEN;
use crate::support;
use world::{Counting, Publishers};

mod world;

/// How large the world is.
#[derive(Debug, Clone, Copy)]
struct Size {
    days: i64,
    sources: u64,
    articles_a_day: u64,
    subscribers: i64,
    /// Days of retention: fewer than an owner may set, so that it bites within the month.
    kept: u32,
}

impl Size {
    /// Days after which as much goes as comes.
    fn settled(self) -> usize {
        5 * self.kept as usize
    }
}

#[tokio::test]
async fn some_days_leave_the_database_as_retention_has_it() {
    soak(Size { days: 8, sources: 4, articles_a_day: 40, subscribers: 20, kept: 3 }).await;
}

#[tokio::test]
#[ignore = "takes an hour or more: cargo test --release --test it -- --ignored --nocapture a_month_leaves; SOAK_DAYS, \
            SOAK_SOURCES, SOAK_ARTICLES, SOAK_SUBSCRIBERS and SOAK_KEPT make it smaller"]
async fn a_month_leaves_memory_flat_and_the_database_as_retention_has_it() {
    let size = Size {
        days: set("SOAK_DAYS", 30),
        sources: set("SOAK_SOURCES", 200),
        articles_a_day: set("SOAK_ARTICLES", 3_000),
        subscribers: set("SOAK_SUBSCRIBERS", 5_000),
        kept: set("SOAK_KEPT", 4),
    };
    let needed = size.settled() + 10;
    assert!(size.days >= needed as i64, "with {} days kept it takes {needed} days: set SOAK_DAYS", size.kept);
    soak(size).await;
}

fn set<T: std::str::FromStr>(name: &str, usual: T) -> T {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// What a simulated day left.
#[derive(Debug, Clone)]
struct Day {
    /// Bytes of this process that are resident.
    memory: u64,
    /// Bytes of the database's files, with the room that is free in them.
    database: u64,
    /// Bytes of what the database holds, without indexes and free room.
    held: u64,
    articles: i64,
    developments: i64,
    digests: i64,
    /// What retention dropped.
    went: Kept,
}

async fn soak(size: Size) {
    let log = Log::default();
    let _logging = tracing::subscriber::set_default(tracing_subscriber::registry().with(log.clone()));
    let start: DateTime<Utc> = "2031-03-03T00:00:00Z".parse().unwrap();
    let clock = Clock::manual(start);
    let publishers = Publishers::start(size.sources, size.articles_a_day, &clock).await;
    let telegram = Counting::start().await;
    let (app, database) = open(&publishers, &clock, size.kept).await;
    subscribe(&app, size.subscribers).await;
    let bot = telegram::account(TOKEN, Some(&telegram.url)).unwrap();
    let process = Process::register(&app.db).await.unwrap();
    let courier = Courier::new(app.clone(), bot, process.number());
    let go = watch::channel(false).1;
    let mut days: Vec<Day> = Vec::new();
    for day in 1..=size.days {
        let (began, midnight, before) = (Instant::now(), start + TimeDelta::days(day), telegram.messages());
        while clock.now() < midnight {
            step(&app, &courier, &go).await;
        }
        let keeping = Instant::now();
        let kept = match keep(&app, &go).await.unwrap() {
            Keeping::Done(kept) => kept,
            // Readers were not there long enough.
            Keeping::Owed(_) if day <= 2 => Kept::default(),
            other => panic!("{other:?} on day {day}"),
        };
        let keeping = keeping.elapsed();
        // On the real clock Postgres has a day to clean up by itself.
        sqlx::raw_sql("vacuum analyze").execute(&app.db).await.unwrap();
        let now = measure(&app, kept).await;
        println!(
            "day {day}: {} MB, database {} MB, {} MB of it held; {} articles, {} developments, {} digests; {} \
             messages; went: {} articles, {} developments, {} digests in {:.1} s; {:.0} s",
            now.memory / 1_000_000,
            now.database / 1_000_000,
            now.held / 1_000_000,
            now.articles,
            now.developments,
            now.digests,
            telegram.messages() - before,
            now.went.articles,
            now.went.developments,
            now.went.digests,
            keeping.as_secs_f64(),
            began.elapsed().as_secs_f64(),
        );
        days.push(now);
    }
    assert!(telegram.messages() as i64 > size.subscribers * (size.days - 1) / 2, "hardly anything was sent");
    log.hold();
    hold(size, &days);
    drop((courier, process, app));
    database.close().await.unwrap();
}

/// One round of the loops of `tidings run`, side by side; what one brings after another found nothing more to do waits
/// for the next round. Then the clock moves on.
async fn step(app: &App, courier: &Courier, go: &watch::Receiver<bool>) {
    let now = app.clock.now();
    let later = now + TimeDelta::minutes(10);
    let collect = async {
        while scrape::scrape_due(app).await.unwrap() + scrape::fetch_pages(app).await.unwrap() > 0 {}
    };
    let read =
        async { while read_next(&app.db, &app.reader, &app.clock).await.unwrap() != Outcome::Empty {} };
    let compile = async {
        let compiled = digest::compile_due(app, now).await.unwrap();
        assert!(compiled.failed.is_empty(), "{:?}", compiled.failed);
    };
    let deliver = async {
        // What waits for Telegram's rates goes as the clock moves on.
        while let Some(next) = courier.deliver_due(go).await.unwrap().next.filter(|next| *next < later) {
            app.clock.set(next.max(app.clock.now() + TimeDelta::milliseconds(50)));
        }
    };
    tokio::join!(collect, read, compile, deliver);
    app.clock.set(later.max(app.clock.now()));
}

async fn open(publishers: &Publishers, clock: &Clock, kept: u32) -> (App, Database) {
    let database = support::database().await;
    let feeds = (1..).zip(&publishers.lists).map(|(n, url)| (format!("Source {n}"), url.clone()));
    let mut config = Config {
        retention: Retention { days: kept, gone_months: 1 },
        ..support::config(feeds, "0 */2 * * *", clock.clone())
    };
    // Not all at once: so all loops have something to do at any time.
    for (round, source) in (0..12).cycle().zip(&mut config.sources) {
        let (hour, minute) = (round / 6, round % 6 * 10);
        source.scrape = Some(Cron::parse(&format!("{minute} {hour}-23/2 * * *")).unwrap());
    }
    let app = App::new(Arc::new(config), database.pool.clone()).unwrap();
    scrape::sync_sources(&app).await.unwrap();
    (app, database)
}

/// Readers in several zones and with several wishes, at all quarters of the hours.
async fn subscribe(app: &App, subscribers: i64) {
    let zones =
        [chrono_tz::UTC, chrono_tz::Europe::Berlin, chrono_tz::America::New_York, chrono_tz::Asia::Kathmandu];
    for n in 1..=subscribers {
        let minute = u32::try_from(n * 15 % 1440).unwrap();
        let wish = Subscription {
            at: NaiveTime::from_hms_opt(minute / 60, minute % 60, 0),
            zone: Some(zones[n as usize % zones.len()]),
            ..support::daily(n, "00:00", chrono_tz::UTC)
        };
        let known = subscribers::subscribe(&app.db, &wish, app.clock.now()).await.unwrap();
        let wishes = match n % 5 {
            0 => Choices { kinds: vec!["strike".into()], ..Choices::default() },
            1 => Choices { min_sources: 2, ..Choices::default() },
            _ => continue,
        };
        subscribers::choose(&app.db, known.id, &wishes, app.clock.now()).await.unwrap();
    }
}

async fn measure(app: &App, went: Kept) -> Day {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
    let (articles, developments, digests) = sqlx::query_as(
        "select (select count(*) from article), (select count(*) from development), (select count(*) from digest)",
    )
    .fetch_one(&app.db)
    .await
    .unwrap();
    Day {
        memory: resident.and_then(|kb| kb.trim().parse::<u64>().ok()).unwrap_or(0) * 1024,
        database: backup::size(&app.db).await.unwrap().unsigned_abs(),
        held: held(app).await,
        articles,
        developments,
        digests,
        went,
    }
}

/// The bytes of all values in all rows, as they are stored.
async fn held(app: &App) -> u64 {
    let tables: Vec<String> = sqlx::query_scalar(
        "select format('select coalesce(sum(%s), 0)::bigint as held from %I',
                       string_agg(format('coalesce(pg_column_size(%I), 0)', column_name), ' + '), table_name)
         from information_schema.columns join information_schema.tables using (table_schema, table_name)
         where table_schema = current_schema() and table_type = 'BASE TABLE' group by table_name",
    )
    .fetch_all(&app.db)
    .await
    .unwrap();
    let all = format!("select sum(held)::bigint from ({}) as tables", tables.join(" union all "));
    let held: i64 = sqlx::query_scalar(AssertSqlSafe(all)).fetch_one(&app.db).await.unwrap();
    held.unsigned_abs()
}

/// Half of the days since retention had settled against the other half.
///
/// An edition stays as long as a development that it told last. One that is reported for long holds an edition of each
/// reader, so that editions, and with them the files, go up and down by thousands; what the database takes for each
/// edition does so less. What is small beside editions, `keep` looks at.
fn hold(size: Size, days: &[Day]) {
    let settled = size.settled();
    // The short form shares its process with other tests, and ends before.
    let alone = size.days > 10;
    let since = &days[settled.min(days.len() - 2)..];
    let (then, now) = since.split_at(since.len() / 2);
    let last = &days[days.len() - 1];
    for (what, went) in [
        ("articles", days.iter().map(|day| day.went.articles).sum::<u64>()),
        ("developments", days.iter().map(|day| day.went.developments).sum()),
        ("editions", days.iter().map(|day| day.went.digests).sum()),
        ("messages", days.iter().map(|day| day.went.thinned).sum()),
        ("items", days.iter().map(|day| day.went.stripped).sum()),
    ] {
        assert!(went > 0, "no {what} went");
    }
    let grown = |of: fn(&Day) -> u64, spare: f64| {
        let mean = |days: &[Day]| days.iter().map(of).sum::<u64>() as f64 / days.len() as f64;
        (mean(now) - spare) / mean(then)
    };
    let spare = 20e6;
    let memory = grown(|day| day.memory, spare);
    assert!(!alone || memory < 1.05, "memory grew {memory:.3} times: {then:?} → {now:?}");
    // By one per cent a day it would grow by five in this time. Files have room that is free, more or less of it.
    let held = grown(|day| 1_000 * day.held / day.digests as u64, 0.0);
    assert!(!alone || held < 1.04, "what an edition takes grew {held:.3} times: {then:?} → {now:?}");
    let most = if alone { 1.1 } else { 1.3 };
    let files = grown(|day| 1_000 * day.database / day.digests as u64, 0.0);
    assert!(!alone || files < 1.06, "the files of an edition grew {files:.3} times: {then:?} → {now:?}");
    let database = grown(|day| day.database, if alone { 0.0 } else { spare });
    assert!(database < most, "the database grew {database:.3} times: {then:?} → {now:?}");
    let digests = grown(|day| day.digests as u64, 0.0);
    assert!(digests < most, "digests grew {digests:.3} times: {then:?} → {now:?}");
    // These don't hang on what is reported for long.
    let most = if alone { 1.05 } else { 1.3 };
    let articles = grown(|day| day.articles as u64, 0.0);
    assert!(articles < most, "articles grew {articles:.3} times: {then:?} → {now:?}");
    let developments = grown(|day| day.developments as u64, 0.0);
    assert!(developments < most, "developments grew {developments:.3} times: {then:?} → {now:?}");
    if alone {
        println!(
            "grew: memory {memory:.3}, held for an edition {held:.3}, its files {files:.3}, all files {database:.3}, \
             editions {digests:.3}, articles {articles:.3}, developments {developments:.3}"
        );
    }
    // What is reported once stays for the days that are kept after it was listed last.
    let kept = i64::from(size.kept) + 4 + (20 * size.sources / size.articles_a_day) as i64;
    let most = kept * size.articles_a_day as i64;
    assert!(last.articles < most, "{} articles, where {most} are expected at most", last.articles);
}

/// Counts what is logged, by its words.
#[derive(Debug, Clone, Default)]
struct Log(Arc<Mutex<BTreeMap<(Severity, String), u64>>>);

/// Errors before warnings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Severity {
    Error,
    Warning,
}

impl Log {
    /// No error came twice; says which did, and which warnings.
    fn hold(&self) {
        let counted = self.0.lock().unwrap();
        for ((level, words), times) in counted.iter() {
            println!("{level:?} {times} times: {words}");
        }
        let repeated: Vec<_> =
            counted.iter().filter(|((level, _), times)| *level == Severity::Error && **times > 1).collect();
        assert!(repeated.is_empty(), "{repeated:?}");
    }
}

impl<S: Subscriber> Layer<S> for Log {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let level = match *event.metadata().level() {
            Level::ERROR => Severity::Error,
            Level::WARN => Severity::Warning,
            _ => return,
        };
        if event.metadata().target().starts_with("tidings") {
            let mut words = Words(String::new());
            event.record(&mut words);
            *self.0.lock().unwrap().entry((level, words.0)).or_default() += 1;
        }
    }
}

struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}

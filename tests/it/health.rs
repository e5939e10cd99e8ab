//! What monitors are told, while all is well and while it is not.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;
use tidings::app::health::Port;
use tidings::app::pulse::{Loop, Pulse};
use tidings::app::run;
use tidings::clock::Clock;
use tidings::config::Config;
use tokio::sync::watch;

use crate::setup::{ADMIN, Setup};
use crate::support;

/// A port of this machine with what it tells, for an app.
struct Monitored {
    base: String,
    http: reqwest::Client,
    _served: tokio::task::JoinHandle<anyhow::Error>,
}

impl Monitored {
    async fn new(setup: &Setup) -> Monitored {
        let port = Port::open(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let base = format!("http://{}", port.address().unwrap());
        let _served = tokio::spawn(port.serve(setup.app.clone()));
        Monitored { base, http: reqwest::Client::new(), _served }
    }

    async fn healthz(&self) -> (u16, Value) {
        let answer = self.http.get(format!("{}/healthz", self.base)).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Waits until that is so.
    async fn until(&self, so: impl Fn(u16, &Value) -> bool) -> Value {
        let mut last = Value::Null;
        for _ in 0..600 {
            let (status, report) = self.healthz().await;
            if so(status, &report) {
                return report;
            }
            last = report;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it never came to that: {last:#}")
    }

    async fn metrics(&self) -> String {
        let answer = self.http.get(format!("{}/metrics", self.base)).send().await.unwrap();
        assert_eq!(
            answer.headers()["content-type"],
            "application/openmetrics-text; version=1.0.0; charset=utf-8"
        );
        answer.text().await.unwrap()
    }
}

/// Reading may take a second, all else an hour.
fn only_reading_is_urgent(which: Loop) -> Duration {
    Duration::from_secs(if which == Loop::Reading { 1 } else { 3600 })
}

/// The value of a metric, with its labels as they are written.
fn value(page: &str, name: &str) -> Option<f64> {
    let line = page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))?;
    line.parse().ok()
}

#[tokio::test]
async fn a_loop_that_hangs_is_told_by_name_and_ends_the_process() {
    let mut setup = Setup::new().await;
    setup.app.pulse = Pulse::new(only_reading_is_urgent);
    let monitored = Monitored::new(&setup).await;
    let (stop, stopped) = watch::channel(false);
    let (app, bot) = (setup.app.clone(), setup.telegram.bot());
    let running = tokio::spawn(async move { run::run(&app, bot, stopped).await });
    let well = monitored.until(|status, _| status == 200).await;
    assert_eq!(well["loops"].as_object().unwrap().len(), 9, "{well:#}");
    assert_eq!((&well["ok"], &well["loops"]["reading"]["ok"]), (&true.into(), &true.into()));

    // A lock that nobody gives back: whoever looks for articles to be read waits for ever.
    let mut lock = setup.app.db.begin().await.unwrap();
    sqlx::raw_sql("lock table article_version in access exclusive mode").execute(&mut *lock).await.unwrap();
    let stuck =
        monitored.until(|status, report| status == 503 && report["loops"]["reading"]["ok"] == false).await;
    let loops = stuck["loops"].as_object().unwrap();
    let bad: Vec<&String> =
        loops.iter().filter(|(_, told)| told["ok"] == false).map(|(name, _)| name).collect();
    assert_eq!(bad, ["reading"], "{stuck:#}");
    let page = monitored.metrics().await;
    assert_eq!(value(&page, "tidings_loop_stuck{loop=\"reading\"}"), Some(1.0), "{page}");
    assert_eq!(value(&page, "tidings_loop_stuck{loop=\"scraping\"}"), Some(0.0), "{page}");

    let error = running.await.unwrap().unwrap_err().to_string();
    assert!(error.starts_with("reading has not come round for "), "{error}");
    drop(stop);
}

#[tokio::test]
async fn a_database_that_does_not_answer_and_a_poll_that_nobody_makes_are_no_health() {
    let setup = Setup::new().await;
    let monitored = Monitored::new(&setup).await;
    let (status, report) = monitored.healthz().await;
    assert_eq!((status, &report["telegram"]["ok"]), (503, &false.into()), "nobody polls: {report:#}");

    setup.app.pulse.polls(true);
    let well = monitored.until(|status, _| status == 200).await;
    assert_eq!(well["telegram"]["polled_here"], true);
    setup.app.db.close().await;
    let away = monitored.until(|status, _| status == 503).await;
    assert_eq!((&away["database"]["ok"], &away["telegram"]["ok"]), (&false.into(), &true.into()), "{away:#}");
    let page = monitored.metrics().await;
    assert_eq!(value(&page, "tidings_database_up"), Some(0.0));
    assert_eq!(value(&page, "tidings_articles"), None, "what is not known is not told as 0");
}

#[tokio::test]
async fn broken_templates_are_shown_and_are_no_reason_for_a_restart() {
    let mut setup = Setup::new().await;
    let folder = support::folder();
    std::fs::write(folder.path().join("digest.html"), "{% if %}").unwrap();
    let config = Config { templates: Some(folder.path().to_owned()), ..(*setup.app.config).clone() };
    setup.app.config = config.into();
    let monitored = Monitored::new(&setup).await;
    setup.app.pulse.polls(true);
    let broken = monitored.until(|_, report| report["templates"]["ok"] == false).await;
    assert_eq!(broken["ok"], true, "{broken:#}");
    let bot = crate::bot::Running::with(setup);
    let shown = bot.ask(ADMIN, "/health").await;
    assert!(shown.contains("Templates are broken") && shown.contains("digest.html"), "{shown}");
    bot.end().await;
}

#[tokio::test]
async fn admins_are_told_which_loop_is_at_a_standstill() {
    let mut setup = Setup::new().await;
    setup.app.pulse =
        Pulse::new(|which| if which == Loop::Reading { Duration::ZERO } else { Duration::from_secs(3600) });
    let pulse = setup.app.pulse.clone();
    let bot = crate::bot::Running::with(setup);
    assert!(!bot.ask(ADMIN, "/health").await.contains("At a standstill"));
    pulse.beat(Loop::Reading);
    let answer = bot.ask(ADMIN, "/health").await;
    assert!(answer.contains("⚠️ At a standstill: reading articles. If that lasts"), "{answer}");
    bot.end().await;
}

#[tokio::test]
async fn what_is_behind_is_told_and_is_no_reason_for_a_restart() {
    let setup = Setup::new().await;
    let monitored = Monitored::new(&setup).await;
    setup.app.pulse.polls(true);
    setup.queue(5, &["one", "two"]).await;
    setup.pass(chrono::TimeDelta::minutes(40));
    sqlx::query(
        "insert into source (name, url, type, outlet, next_check_at, created_at, failures)
         values ('Courier', 'http://127.0.0.1:1/', 'feed', 'Courier', $1, $1, 3)",
    )
    .bind(setup.now())
    .execute(&setup.app.db)
    .await
    .unwrap();
    let report = monitored.until(|status, _| status == 200).await;
    assert_eq!(report["outbox"], serde_json::json!({ "waiting": 2, "oldest_seconds": 2400 }));
    assert_eq!(report["sources"], serde_json::json!({ "active": 1, "failing": 1 }));
    let page = monitored.metrics().await;
    for (name, expected) in [
        ("tidings_outbox_waiting", 2.0),
        ("tidings_outbox_age_seconds", 2400.0),
        ("tidings_sources", 1.0),
        ("tidings_sources_failing", 1.0),
        ("tidings_subscribers", 1.0),
        ("tidings_database_up", 1.0),
    ] {
        assert_eq!(value(&page, name), Some(expected), "{name}: {page}");
    }
}

#[tokio::test]
async fn what_is_done_is_counted_and_every_metric_is_explained_to_owners() {
    // A clock that runs: a part that failed is waited for.
    let clock = Clock::simulated("2026-03-01T06:00:00Z".parse().unwrap(), 20.0);
    let setup = Setup::on(clock).await;
    let monitored = Monitored::new(&setup).await;
    let (stop, stopped) = watch::channel(false);
    let (app, bot) = (setup.app.clone(), setup.telegram.bot());
    let running = tokio::spawn(async move { run::run(&app, bot, stopped).await });
    setup.telegram.once(5, crate::fake_telegram::Fault::RetryAfter(1));
    setup.queue(5, &["one"]).await;
    setup.queue(6, &["two"]).await;
    setup.telegram.messages(5, 1).await;
    setup.telegram.messages(6, 1).await;
    setup.telegram.say(ADMIN, ADMIN, "/whoami");
    setup.telegram.messages(ADMIN, 1).await;
    stop.send_replace(true);
    running.await.unwrap().unwrap();

    let page = monitored.metrics().await;
    for (name, least) in [
        ("tidings_parts_total{outcome=\"sent\"}", 2.0),
        ("tidings_parts_total{outcome=\"flood_wait\"}", 1.0),
        ("tidings_updates_total", 1.0),
        ("process_resident_memory_bytes", 1e6),
        ("tidings_database_size_bytes", 1e6),
    ] {
        assert!(value(&page, name).is_some_and(|value| value >= least), "{name}: {page}");
    }
    assert!(page.ends_with("# EOF\n"), "{page}");
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/operations.md");
    let docs = std::fs::read_to_string(docs).unwrap();
    let names: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE "))
        .filter_map(|line| line.split_once(' '))
        .map(|(name, _)| name)
        .collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        assert!(docs.contains(&format!("`{name}")), "{name} is not explained in docs/operations.md");
    }
}

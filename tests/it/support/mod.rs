//! What the integration tests stand on: a real Postgres, a fresh database for each test.
//!
//! With `DATABASE_URL` that server is used; otherwise one private cluster is started per test process, in a
//! temporary folder, and is gone when the process is, however it ends.

#![allow(dead_code, reason = "each test module uses its part")]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use chrono::NaiveTime;
use chrono_tz::Tz;
use tidings::clock::Clock;
use tidings::config::{Config, Environment, Schedule, Secret, SourceConfig};
use tidings::model::{Selectors, SourceType};
use tidings::schedule::Cron;
use tidings::store::subscribers::Subscription;
use tidings::store::{self, Database};
use url::Url;

/// A fresh database with the current schema; it goes when it is dropped or closed.
pub async fn database() -> Database {
    let server = tokio::task::spawn_blocking(server).await.unwrap();
    let beside = store::connect(server.url.as_ref(), &server.data_dir).await.unwrap();
    let database = store::scratch(&beside).await.unwrap();
    beside.close().await.unwrap();
    database
}

/// A configuration whose sources are feeds, on hosts of the test's own.
pub fn config(feeds: impl IntoIterator<Item = (String, Url)>, scrape: &str, clock: Clock) -> Config {
    let feed = |(name, url)| SourceConfig {
        name,
        url,
        kind: SourceType::Feed,
        outlet: None,
        selectors: Selectors::default(),
        scrape: None,
        proxy: None,
    };
    let sources: Vec<SourceConfig> = feeds.into_iter().map(feed).collect();
    Config {
        has_file: true,
        allow_hosts: sources.iter().map(|source| source.url.authority().to_owned()).collect(),
        sources,
        schedule: Schedule {
            scrape: Cron::parse(scrape).unwrap(),
            digest: NaiveTime::MIN,
            zone: chrono_tz::UTC,
        },
        clock,
        ..Config::without_file(&Environment::from([("TIDINGS_DATA", "/nowhere")]), false).unwrap()
    }
}

/// A chat that wants its digest at this hour ("07:00") there, as it is before it chooses anything itself.
pub fn daily(chat: i64, hour: &str, zone: Tz) -> Subscription<'static> {
    Subscription {
        chat_id: chat,
        thread_id: 0,
        title: "",
        broadcast: false,
        spoken: None,
        at: None,
        zone: None,
        default: (hour.parse().unwrap(), zone),
    }
}

/// A temporary folder for files; it goes when it is dropped.
pub fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("tidings-test-").tempdir().unwrap()
}

/// A temporary data folder that other users may enter, as the server's user has to; it goes with this process,
/// and a server that is still at work there is stopped.
pub fn folder_until_exit() -> PathBuf {
    let folder = tempfile::Builder::new().prefix("tidings-test-").tempdir().unwrap().keep();
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o755)).unwrap();
    clean_up_after_exit(&folder, &folder);
    folder
}

/// Stops the server of `data_dir`, if one runs, and removes `remove`, once this process has ended.
///
/// Statics are never dropped, and a killed process drops nothing: a shell waits for the end of its input,
/// which comes with the end of the process that holds the other side.
#[expect(clippy::zombie_processes, reason = "it outlives this process")]
pub fn clean_up_after_exit(data_dir: &Path, remove: &Path) {
    const SCRIPT: &str = r#"
        read -r _
        pid=$(head -n 1 "$1/postgres/postmaster.pid" 2>/dev/null)
        if [ -n "$pid" ]; then
            kill -INT "$pid" 2>/dev/null
            for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$pid" 2>/dev/null || break; sleep 0.2; done
            kill -QUIT "$pid" 2>/dev/null
        fi
        rm -rf "$2"
    "#;
    let mut shell = Command::new("sh");
    shell.args(["-c", SCRIPT, "sh"]).arg(data_dir).arg(remove);
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = std::os::unix::process::CommandExt::process_group(&mut shell, 0).spawn().unwrap();
    // Held open to the end of this process.
    std::mem::forget(child.stdin.take());
}

struct Server {
    url: Option<Secret>,
    data_dir: PathBuf,
    /// Keeps the private cluster up between tests.
    _held: Option<Database>,
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        if let Ok(url) = std::env::var("DATABASE_URL") {
            return Server { url: Some(Secret(url)), data_dir: PathBuf::new(), _held: None };
        }
        let data_dir = folder_until_exit();
        // A runtime of its own, which outlives the tests' as the server does.
        let runtime = Box::leak(Box::new(tokio::runtime::Runtime::new().unwrap()));
        let held = runtime.block_on(async {
            let database = store::connect(None, &data_dir).await.unwrap();
            // Tests lose nothing that has to survive a power cut.
            for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
                let statement = format!("alter system set {setting} = off");
                sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&database.pool).await.unwrap();
            }
            sqlx::raw_sql("select pg_reload_conf()").execute(&database.pool).await.unwrap();
            database
        });
        Server { url: None, data_dir, _held: Some(held) }
    })
}

//! The token and the password are nowhere but where the owner put them: not in logs of any level, errors, tables,
//! command lines or the environment of other programs, whatever goes wrong.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::ConnectOptions;
use sqlx::postgres::PgPool;

use super::program::{Ended, Place};
use crate::cluster::{made_folder, server_pid};
use crate::fake_telegram::{FakeTelegram, Fault, TOKEN};
use crate::setup::ADMIN;
use crate::support;

/// As in an address, where some characters are written otherwise.
const PASSWORD: &str = "Hidden%2FPass-77";
const PLAIN: &str = "Hidden/Pass-77";

/// What must be nowhere: the token's number alone is the bot's, which everybody may know.
fn secrets() -> [&'static str; 3] {
    [TOKEN.split_once(':').unwrap().1, PASSWORD, PLAIN]
}

#[track_caller]
fn assert_clean(what: &str, text: &str) {
    for secret in secrets() {
        if let Some(at) = text.find(secret) {
            let before: String =
                text[..at].chars().rev().take(200).collect::<Vec<_>>().into_iter().rev().collect();
            panic!("{secret} in {what}, after: {before}");
        }
    }
}

#[track_caller]
fn assert_silent(ended: &Ended) {
    assert_clean("the log", &ended.stderr);
    assert_clean("the results", &ended.stdout);
}

/// Everything in all tables.
async fn assert_not_stored(db: &PgPool) {
    let tables: Vec<String> =
        sqlx::query_scalar("select tablename::text from pg_tables where schemaname = 'public'")
            .fetch_all(db)
            .await
            .unwrap();
    assert!(tables.len() > 10);
    for table in tables {
        let rows = format!("select coalesce(string_agg(t::text, ' '), '') from {table} t");
        let text: String = sqlx::query_scalar(sqlx::AssertSqlSafe(rows)).fetch_one(db).await.unwrap();
        assert_clean(&format!("the table {table}"), &text);
    }
}

/// Looks at the command lines of all processes, again and again, until it is told to stop.
struct CommandLines {
    stop: Arc<AtomicBool>,
    seen: std::thread::JoinHandle<BTreeSet<String>>,
}

impl CommandLines {
    fn watch() -> CommandLines {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let seen = std::thread::spawn(move || {
            let mut seen = BTreeSet::new();
            while !stopped.load(Ordering::Relaxed) {
                for process in std::fs::read_dir("/proc").unwrap().flatten() {
                    let line = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
                    seen.insert(String::from_utf8_lossy(&line).replace('\0', " "));
                }
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
            seen
        });
        CommandLines { stop, seen }
    }

    fn end(self) -> BTreeSet<String> {
        self.stop.store(true, Ordering::Relaxed);
        self.seen.join().unwrap()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_is_told_at_any_level_of_the_log_whatever_goes_wrong_with_telegram() {
    let (database, telegram) = (support::database().await, FakeTelegram::start().await);
    let mut url = database.pool.connect_options().to_url_lossy();
    url.set_password(Some(PASSWORD)).unwrap();
    assert!(url.as_str().contains(&format!(":{PASSWORD}@")), "{url}");
    let place =
        Place::new().with_telegram(&telegram).with("DATABASE_URL", url.as_str()).with("RUST_LOG", "trace");
    place.configure(&format!(
        "admins = [{ADMIN}]\n[[source]]\nname = \"Away\"\nurl = \"http://127.0.0.1:1/\"\n"
    ));
    let lines = CommandLines::watch();
    let program = place.start(&["run"]);
    telegram.say(5, 5, "/start");
    telegram.messages(5, 1).await;
    for fault in [
        Fault::BadGateway,
        Fault::Garbage,
        Fault::LostAnswer,
        Fault::Refuse(500, "Internal Server Error"),
        Fault::Refuse(401, "Unauthorized"),
        Fault::NOT_FOUND,
    ] {
        telegram.once(5, fault);
        telegram.say(5, 5, "/whoami");
        telegram.drained().await;
    }
    for words in ["Internal Server Error", "Conflict: terminated by other getUpdates request"] {
        let polls = telegram.calls("getupdates");
        telegram.refuse_next("getupdates", 500, words);
        telegram.say(6, 6, "/whoami");
        telegram.called("getupdates", polls + 2).await;
    }
    for (asked, command) in (1..).zip(["/whoami", "/health", "/stats", "/logs", "/backup"]) {
        telegram.say(ADMIN, ADMIN, command);
        telegram.messages(ADMIN, asked).await;
    }
    telegram.edited(ADMIN, ".backup").await;
    for text in telegram.texts(ADMIN) {
        assert_clean("what admins are shown", &text);
    }
    let ended = program.stop().await;
    ended.assert_stopped();
    assert_silent(&ended);
    for library in ["TRACE", "hyper", "sqlx", "Telegram can't be asked"] {
        assert!(ended.stderr.contains(library), "{library} says nothing, so nothing is proven");
    }
    assert_not_stored(&database.pool).await;
    let lines = lines.end();
    assert!(lines.iter().any(|line| line.contains("tidings run")), "{lines:?}");
    lines.iter().for_each(|line| assert_clean("a command line", line));
    database.close().await.unwrap();
}

#[tokio::test]
async fn no_secret_is_told_by_errors_that_end_the_program() {
    let telegram = FakeTelegram::start().await;
    let anywhere =
        |url: &str| Place::new().with_telegram(&telegram).with("DATABASE_URL", url).with("RUST_LOG", "trace");
    for url in [
        // Nobody listens; no such port; no such host; no address; another program's address.
        format!("postgres://news:{PASSWORD}@127.0.0.1:1/news"),
        format!("postgres://news:{PASSWORD}@127.0.0.1:99999/news"),
        format!("postgres://news:{PASSWORD}@no-such-host.invalid/news"),
        format!("postgres://news:{PASSWORD}@127.0.0.1/news?sslmode=perhaps"),
        format!("postgres:{PASSWORD}"),
        // A sign in the password that ends the host; digits before it are a port.
        format!("postgres://news:12?{PASSWORD}@127.0.0.1/news"),
        format!("postgres://news:p@ss/{PASSWORD}@127.0.0.1/news"),
        format!("mysql://news:{PASSWORD}@127.0.0.1/news"),
    ] {
        for command in ["run", "check"] {
            let ended = anywhere(&url).run(&[command]).await;
            assert_eq!(ended.status.code(), Some(1), "{url}: {ended:?}");
            assert!(
                ended.stderr.contains("DATABASE_URL") || ended.stdout.contains("DATABASE_URL"),
                "{ended:?}"
            );
            assert_silent(&ended);
        }
    }
    // A line of .env that can't be read may be the one that holds the secret.
    let place = Place::new();
    std::fs::write(
        place.folder.path().join(".env"),
        format!("# The bot's\nTELOXIDE_TOKEN={TOKEN} and \"more\n"),
    )
    .unwrap();
    let ended = place.run(&["run"]).await;
    ended.assert_failed(&[".env, line 2"]);
    assert_silent(&ended);
}

#[tokio::test]
async fn a_token_that_is_refused_or_malformed_and_a_telegram_that_is_away_tell_no_token() {
    let database = support::database().await;
    let url = database.pool.connect_options().to_url_lossy();
    let key = TOKEN.split_once(':').unwrap().1;
    let place = || Place::new().with("DATABASE_URL", url.as_str()).with("RUST_LOG", "trace");
    let telegram = FakeTelegram::start().await;
    // The right key under another number is a wrong token.
    let refused = place().with_telegram(&telegram).with("TELOXIDE_TOKEN", &format!("54321:{key}"));
    let ended = refused.run(&["run"]).await;
    ended.assert_failed(&["Telegram refuses the token in TELOXIDE_TOKEN"]);
    assert_silent(&ended);

    let malformed = place().with_telegram(&telegram).with("TELOXIDE_TOKEN", &format!("12345:{key}!"));
    let ended = malformed.run(&["run"]).await;
    ended.assert_failed(&["TELOXIDE_TOKEN"]);
    assert_silent(&ended);

    // The errors of the HTTP client hold the address that was asked for, token and all.
    let away = place().with("TELOXIDE_TOKEN", TOKEN).with("TELOXIDE_API_URL", "http://127.0.0.1:1/");
    let program = away.start(&["run"]);
    while !program.said().contains("Telegram can't be asked for updates") {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let ended = program.stop().await;
    ended.assert_stopped();
    assert_silent(&ended);
    let ended = away.run(&["check"]).await;
    assert_silent(&ended);
    database.close().await.unwrap();
}

#[tokio::test]
async fn the_private_database_server_is_not_told_the_token() {
    let data = made_folder().await;
    let telegram = FakeTelegram::start().await;
    let place = Place::new().with_telegram(&telegram).with("TIDINGS_DATA", data.to_str().unwrap());
    let program = place.start(&["run"]);
    telegram.say(5, 5, "/whoami");
    telegram.messages(5, 1).await;
    let server = server_pid(&data).unwrap();
    let environment = std::fs::read(format!("/proc/{server}/environ")).unwrap();
    let environment = String::from_utf8_lossy(&environment).into_owned();
    assert!(environment.contains("LC_ALL=C"), "{environment}");
    assert_clean("the server's environment", &environment);
    // What its owner gave the program itself is in its own environment: its user may read that, and root.
    let own = std::fs::read(format!("/proc/{}/environ", program.pid())).unwrap();
    assert!(String::from_utf8_lossy(&own).contains(TOKEN));
    program.stop().await.assert_stopped();
}

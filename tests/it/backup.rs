//! A backup holds everything, and a restore is all of it or nothing.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde_json::Value;
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, PgPool};
use tempfile::TempDir;
use tidings::app::{App, digest as editions};
use tidings::clock::Clock;
use tidings::config::Secret;
use tidings::store::subscribers::{self, Subscription};
use tidings::store::{self, Database, Process, backup, restore};

use crate::digest::{at, full};
use crate::end_to_end::program::Place;
use crate::{editions as stored, support};

const FIRST: &str = "2026-03-12T06:00:00Z";

/// A world in a database: a subscriber, eight developments, and the first edition.
async fn fill(db: &PgPool) {
    let wish = Subscription {
        title: "Readers' \"room\" \\ \t1",
        at: Some(NaiveTime::from_hms_opt(7, 0, 0).unwrap()),
        zone: Some(chrono_tz::Europe::Berlin),
        ..support::daily(77, "00:00", chrono_tz::UTC)
    };
    subscribers::subscribe(db, &wish, at("2026-03-11T12:00:00Z")).await.unwrap();
    for mut history in full() {
        stored::store(db, &mut history).await;
    }
    compile(db, at(FIRST)).await;
    let mut later = stored::strike(9, at("2026-03-12T21:00:00Z"));
    stored::store(db, &mut later).await;
}

/// Compiles what is due; the digests that come of it, with their messages.
async fn compile(db: &PgPool, now: DateTime<Utc>) -> Vec<(Value, Vec<String>)> {
    let config = support::config([], "*/15 * * * *", Clock::manual(now));
    let app = App::new(config.into(), db.clone()).unwrap();
    let outcome = editions::compile_due(&app, now).await.unwrap();
    assert_eq!((outcome.compiled.len(), outcome.failed.len()), (1, 0));
    sqlx::query_as(
        "select content, array(select body from delivery p where p.digest_id = d.digest_id order by part)
         from edition d where digest_id = any($1)",
    )
    .bind(&outcome.compiled)
    .fetch_all(db)
    .await
    .unwrap()
}

/// What every table holds, as far as it is counted.
async fn rows(db: &PgPool) -> Vec<(String, i64)> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
    )
    .fetch_all(db)
    .await
    .unwrap();
    let mut rows = Vec::new();
    for table in tables {
        let count = format!("select count(*) from {table}");
        let count = sqlx::query_scalar(AssertSqlSafe(count)).fetch_one(db).await.unwrap();
        rows.push((table, count));
    }
    rows
}

/// The address of the server that tests share, if it is one of elsewhere.
fn url() -> Option<Secret> {
    std::env::var("DATABASE_URL").ok().map(Secret)
}

async fn run(db: &PgPool, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(db).await.unwrap();
}

async fn write(db: &PgPool, file: &Path) -> u64 {
    backup::write(db, url().as_ref(), file, false).await.unwrap()
}

async fn refused(db: &PgPool, file: &Path, replace: bool) -> String {
    let before = rows(db).await;
    let error = restore::restore(db, url().as_ref(), file, replace).await.unwrap_err();
    assert_eq!(rows(db).await, before, "nothing has changed");
    format!("{error:#}")
}

/// A world with its backup, and a database that is as new.
struct Pair {
    full: Database,
    fresh: Database,
    folder: TempDir,
    file: PathBuf,
}

impl Pair {
    async fn new() -> Pair {
        let (full, fresh) = (support::database().await, support::database().await);
        let folder = support::folder();
        let file = folder.path().join("tidings.backup");
        fill(&full.pool).await;
        write(&full.pool, &file).await;
        Pair { full, fresh, folder, file }
    }

    async fn close(self) {
        self.full.close().await.unwrap();
        self.fresh.close().await.unwrap();
    }
}

#[tokio::test]
async fn what_is_restored_goes_on_as_if_nothing_had_happened() {
    let pair = Pair::new().await;
    let db = &pair.fresh.pool;
    let restored = restore::restore(db, url().as_ref(), &pair.file, false).await.unwrap();
    assert_eq!((restored.articles, restored.developments, restored.subscribers), (14, 9, 1), "{restored:?}");
    assert_eq!(rows(db).await, rows(&pair.full.pool).await);
    let next = at(FIRST) + TimeDelta::days(1);
    let here = compile(db, next).await;
    assert_eq!(here, compile(&pair.full.pool, next).await);
    assert!(here[0].1.iter().any(|body| body.contains("Strike 9 hit a port.")), "{here:?}");
    pair.close().await;
}

#[tokio::test]
async fn a_backup_is_for_its_owner_alone_and_never_in_the_place_of_another_unasked() {
    let pair = Pair::new().await;
    let (db, file) = (&pair.full.pool, &pair.file);
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::write(file, "precious").unwrap();
    let error = backup::write(db, url().as_ref(), file, false).await.unwrap_err().to_string();
    assert!(error.contains("--force"), "{error}");
    assert_eq!(std::fs::read(file).unwrap(), b"precious");
    let bytes = backup::write(db, url().as_ref(), file, true).await.unwrap();
    assert_eq!(file.metadata().unwrap().len(), bytes);
    assert!(bytes > 1_000);
    let nowhere = pair.folder.path().join("missing").join("file");
    let error = format!("{:#}", backup::write(db, url().as_ref(), &nowhere, false).await.unwrap_err());
    assert!(error.contains("is its folder there"), "{error}");
    let left = std::fs::read_dir(pair.folder.path()).unwrap().count();
    assert_eq!(left, 1, "nothing half written is left");
    pair.close().await;
}

#[tokio::test]
async fn a_database_that_holds_something_is_replaced_only_when_that_is_said() {
    let pair = Pair::new().await;
    let db = &pair.fresh.pool;
    run(
        db,
        "insert into source (name, url, type, outlet, next_check_at, created_at)
             values ('Mine', 'https://mine.example', 'feed', 'Mine', now(), now())",
    )
    .await;
    let error = refused(db, &pair.file, false).await;
    assert!(error.contains("1 sources") && error.contains("--replace"), "{error}");
    restore::restore(db, url().as_ref(), &pair.file, true).await.unwrap();
    assert_eq!(rows(db).await, rows(&pair.full.pool).await);
    // Over itself, with what came since.
    run(db, "update subscriber set title = 'changed'").await;
    restore::restore(db, url().as_ref(), &pair.file, true).await.unwrap();
    let title: String = sqlx::query_scalar("select title from subscriber").fetch_one(db).await.unwrap();
    assert!(title.starts_with("Readers'"), "{title}");
    pair.close().await;
}

#[tokio::test]
async fn a_file_that_is_cut_off_damaged_or_foreign_changes_nothing() {
    let pair = Pair::new().await;
    let db = &pair.fresh.pool;
    let bytes = std::fs::read(&pair.file).unwrap();
    let broken = pair.folder.path().join("broken");
    for length in [bytes.len() - 1, bytes.len() - 200, bytes.len() * 2 / 3, bytes.len() / 4, 20, 0] {
        std::fs::write(&broken, &bytes[..length]).unwrap();
        for replace in [false, true] {
            let error = refused(db, &broken, replace).await;
            assert!(error.contains("broken"), "{length}: {error}");
        }
    }
    // In the packed rows of a table: the last tenth is data.
    let mut flipped = bytes.clone();
    let at = bytes.len() - bytes.len() / 20;
    flipped[at..at + 40].iter_mut().for_each(|byte| *byte ^= 0x5a);
    std::fs::write(&broken, &flipped).unwrap();
    let error = refused(&pair.full.pool, &broken, true).await;
    assert!(error.contains("cut off or damaged") || error.contains("as it was"), "{error}");
    std::fs::write(&broken, "create table article (id int);").unwrap();
    assert!(refused(db, &broken, false).await.contains("is not a backup that can be read here"));
    assert!(refused(db, &pair.folder.path().join("missing"), false).await.contains("opening"));
    assert!(refused(db, pair.folder.path(), false).await.contains("is not a file"));
    let other = support::database().await;
    run(&other.pool, "drop table delivery, told, digest cascade").await;
    let foreign = pair.folder.path().join("foreign");
    write(&other.pool, &foreign).await;
    assert!(refused(db, &foreign, false).await.contains("not one of Tidings"));
    other.close().await.unwrap();
    pair.close().await;
}

#[tokio::test]
async fn a_newer_version_s_backup_or_database_is_left_alone() {
    let pair = Pair::new().await;
    let (db, newer) = (&pair.fresh.pool, pair.folder.path().join("newer"));
    run(&pair.full.pool, "insert into _sqlx_migrations values (9999, 'later', now(), true, '\\x00', 1)")
        .await;
    write(&pair.full.pool, &newer).await;
    let error = refused(db, &newer, true).await;
    assert!(error.contains("newer Tidings") && error.contains("9999"), "{error}");
    // The other way: what is there is newer than this program.
    let error = refused(&pair.full.pool, &pair.file, true).await;
    assert!(error.contains("not to be replaced by this version"), "{error}");
    pair.close().await;
}

/// A database as version 10 of the schema had it, with a chat and its edition.
async fn older() -> Database {
    let older = support::database().await;
    run(&older.pool, "drop schema public cascade; create schema public").await;
    let first = sqlx::migrate!().iter().filter(|known| known.version <= 10).cloned().collect();
    Migrator::with_migrations(first).run(&older.pool).await.unwrap();
    run(
        &older.pool,
        "insert into source (name, url, type, outlet, next_check_at, created_at)
             values ('Old', 'https://old.example', 'feed', 'Old', now(), now());
         insert into subscriber (chat_id, title, zone, created_at, subscribed_at)
             values (5, 'Before', 'Europe/Berlin', now(), now());
         insert into edition_slot (subscriber_id, slot, at) values (1, 0, '07:00');
         insert into digest (subscriber_id, local_date, slot, window_from, window_to, content, compiled_at)
             values (1, '2026-03-01', 0, now(), now(), '{}', now())",
    )
    .await;
    older
}

#[tokio::test]
async fn a_backup_of_an_older_version_is_brought_up_to_date_in_the_place_of_a_current_database() {
    let (pair, older) = (Pair::new().await, older().await);
    let (db, file) = (&pair.full.pool, pair.folder.path().join("older"));
    write(&older.pool, &file).await;
    let restored = restore::restore(db, url().as_ref(), &file, true).await.unwrap();
    assert_eq!((restored.sources, restored.articles, restored.digests), (1, 0, 1), "{restored:?}");
    sqlx::migrate!().run(db).await.unwrap();
    // What came with the newer version works.
    run(db, "update edition_slot set due_at = now(); update subscriber set zone = 'Asia/Tokyo'").await;
    let anew: bool =
        sqlx::query_scalar("select due_at < '1971-01-01' from edition_slot").fetch_one(db).await.unwrap();
    assert!(anew, "the edition is reckoned anew");
    restore::restore(db, url().as_ref(), &pair.file, true).await.unwrap();
    assert_eq!(subscribers_of(db).await, ["Readers' \"room\" \\ \t1"]);

    // One that can't be brought up to date changes nothing.
    run(&older.pool, "create index told_taken_back on told (subscriber_id)").await;
    let stuck = pair.folder.path().join("stuck");
    write(&older.pool, &stuck).await;
    for db in [db, &pair.fresh.pool] {
        let error = refused(db, &stuck, true).await;
        assert!(error.contains("told_taken_back") && error.contains("is as it was"), "{error}");
    }
    assert_eq!(subscribers_of(db).await, ["Readers' \"room\" \\ \t1"]);
    older.close().await.unwrap();
    pair.close().await;
}

async fn subscribers_of(db: &PgPool) -> Vec<String> {
    sqlx::query_scalar("select title from subscriber").fetch_all(db).await.unwrap()
}

#[tokio::test]
async fn where_there_is_no_database_none_is_made_to_be_backed_up() {
    let place = Place::new();
    let data = support::folder_until_exit();
    let here = place.with("TIDINGS_DATA", data.to_str().unwrap());
    let told = format!("there is no Tidings database in {}", data.display());
    here.run(&["backup", "none.backup"]).await.assert_failed(&[&told, "TIDINGS_DATA or DATABASE_URL"]);
    assert_eq!(std::fs::read_dir(&data).unwrap().count(), 0, "nothing was made");
    // A server, but nothing of Tidings on it.
    let empty = store::connect(None, &data).await.unwrap();
    here.run(&["backup", "none.backup"]).await.assert_failed(&[&told]);
    empty.close().await.unwrap();
}

#[tokio::test]
async fn tables_of_another_program_are_never_replaced() {
    let pair = Pair::new().await;
    let db = &pair.fresh.pool;
    run(
        db,
        "drop view live_process; drop table _sqlx_migrations, subscriber, digest, told, delivery cascade",
    )
    .await;
    let error = refused(db, &pair.file, true).await;
    assert!(error.contains("tables of another program"), "{error}");
    run(db, "drop schema public cascade; create schema public; create table ledger (total int)").await;
    restore::restore(db, url().as_ref(), &pair.file, false).await.unwrap();
    let ledger: i64 = sqlx::query_scalar("select count(*) from ledger").fetch_one(db).await.unwrap();
    assert_eq!(ledger, 0, "it is still there");

    // A backup is of Tidings alone, also where there was a ledger.
    let (beside, together) = (&pair.full.pool, pair.folder.path().join("together"));
    run(
        beside,
        "create table ledger (page int generated always as identity, total int); insert into ledger values (default, 7);
         create view totals as select total from ledger",
    )
    .await;
    write(beside, &together).await;
    restore::restore(db, url().as_ref(), &together, true).await.unwrap();
    run(beside, "update ledger set total = 8").await;
    restore::restore(beside, url().as_ref(), &together, true).await.unwrap();
    let total: i32 = sqlx::query_scalar("select total from totals").fetch_one(beside).await.unwrap();
    assert_eq!(total, 8, "it is as it was");
    let ledger: i64 = sqlx::query_scalar("select count(*) from ledger").fetch_one(db).await.unwrap();
    assert_eq!(ledger, 0, "nothing came into it");
    // Nor does what hangs on our tables go with them.
    run(beside, "create view headline as select article_id from article").await;
    let error = refused(beside, &together, true).await;
    assert!(error.contains("view headline depends on table article"), "{error}");
    pair.close().await;
}

#[tokio::test]
async fn nothing_is_restored_while_a_process_runs_on_the_database() {
    let pair = Pair::new().await;
    let db = &pair.fresh.pool;
    let process = Process::register(db).await.unwrap();
    assert!(refused(db, &pair.file, true).await.contains("stop it first"));
    drop(process);
    // The server takes a moment to notice.
    let gone = "select count(*) from live_process";
    while sqlx::query_scalar::<_, i64>(gone).fetch_one(db).await.unwrap() > 0 {
        tokio::task::yield_now().await;
    }
    restore::restore(db, url().as_ref(), &pair.file, true).await.unwrap();
    pair.close().await;
}

#[tokio::test]
async fn a_backup_moves_from_a_private_database_to_an_outside_one_and_back() {
    let place = Place::new();
    let data = support::folder_until_exit();
    let place = place.with("TIDINGS_DATA", data.to_str().unwrap());
    let private = store::open(None, &data).await.unwrap();
    fill(&private.pool).await;
    let next = at(FIRST) + TimeDelta::days(1);
    let ended = place.run(&["backup", "one.backup"]).await;
    assert!(ended.status.success() && ended.stdout.starts_with("one.backup: "), "{ended:?}");
    place.run(&["backup", "one.backup"]).await.assert_failed(&["--force"]);
    let told = compile(&private.pool, next).await;
    private.close().await.unwrap();

    // Another server, on which the database is another role's.
    let server = support::folder_until_exit();
    let beside = store::connect(None, &server).await.unwrap();
    run(&beside.pool, "create role keeper login").await;
    run(&beside.pool, "create database news owner keeper").await;
    let address = format!("postgres://keeper@localhost/news?host={}", server.join("socket").display());
    let outside = place.clone().with("DATABASE_URL", &address);
    let ended = outside.run(&["restore", "one.backup"]).await;
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(ended.stdout, "one.backup: 0 sources, 14 articles, 9 developments, 1 subscriber, 1 digest\n");
    let news = store::open(Some(&Secret(address.clone())), &data).await.unwrap();
    assert_eq!(compile(&news.pool, next).await, told);
    let owner: String =
        sqlx::query_scalar("select tableowner::text from pg_tables where tablename = 'article'")
            .fetch_one(&news.pool)
            .await
            .unwrap();
    assert_eq!(owner, "keeper");
    outside.run(&["restore", "one.backup"]).await.assert_failed(&["holds 0 sources", "--replace"]);
    let ended = outside.run(&["backup", "two.backup"]).await;
    assert!(ended.status.success(), "{ended:?}");

    let home = place.with("TIDINGS_DATA", support::folder_until_exit().to_str().unwrap());
    let ended = home.run(&["restore", "two.backup"]).await;
    assert!(ended.stdout.ends_with("1 subscriber, 2 digests\n"), "{ended:?}");
    news.close().await.unwrap();
    beside.close().await.unwrap();
}

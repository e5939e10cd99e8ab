//! Databases: scratch ones, migrations, names of processes, jobs.

use std::collections::BTreeSet;
use std::path::Path;

use regex::Regex;
use sqlx::ConnectOptions as _;
use tidings::config::Secret;
use tidings::store::{self, Database, Guard, Process};

use crate::support;

#[tokio::test]
async fn each_test_has_a_database_of_its_own_with_the_whole_schema() {
    let (one, other) = tokio::join!(support::database(), support::database());
    sqlx::raw_sql("insert into origin (first_seen_at) values (now())").execute(&one.pool).await.unwrap();
    let count = |pool| async move {
        sqlx::query_scalar::<_, i64>("select count(*) from origin").fetch_one(pool).await.unwrap()
    };
    assert_eq!(count(&one.pool).await, 1);
    assert_eq!(count(&other.pool).await, 0);
    one.close().await.unwrap();
    other.close().await.unwrap();
}

#[tokio::test]
async fn a_process_is_known_by_its_number_as_long_as_it_lives() {
    let database = support::database().await;
    let alive = |number: i32| {
        let pool = database.pool.clone();
        async move {
            sqlx::query_scalar::<_, bool>("select exists (select from live_process where number = $1)")
                .bind(number)
                .fetch_one(&pool)
                .await
                .unwrap()
        }
    };
    let process = Process::register(&database.pool).await.unwrap();
    let other = Process::register(&database.pool).await.unwrap();
    assert_ne!(process.number(), other.number());
    assert!(alive(process.number()).await);

    let number = process.number();
    drop(process);
    while alive(number).await {
        tokio::task::yield_now().await;
    }
    assert!(alive(other.number()).await);
}

#[tokio::test]
async fn one_process_at_a_time_has_a_job() {
    let database = support::database().await;
    let first = Guard::try_take(&database.pool, "poller").await.unwrap().unwrap();
    assert!(Guard::try_take(&database.pool, "poller").await.unwrap().is_none());
    assert!(Guard::try_take(&database.pool, "compiler").await.unwrap().is_some());
    first.release().await;
    while Guard::try_take(&database.pool, "poller").await.unwrap().is_none() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_scratch_database_is_gone_when_it_is_closed_dropped_or_its_process_was_killed() {
    let beside = support::database().await;
    let there = |name: String| {
        let pool = beside.pool.clone();
        async move {
            sqlx::query_scalar::<_, bool>("select exists (select from pg_database where datname = $1)")
                .bind(name)
                .fetch_one(&pool)
                .await
                .unwrap()
        }
    };
    let name_of = |database: &Database| database.pool.connect_options().get_database().unwrap().to_owned();

    let closed = store::scratch(&beside).await.unwrap();
    let name = name_of(&closed);
    assert!(there(name.clone()).await);
    closed.close().await.unwrap();
    assert!(!there(name).await);

    let dropped = store::scratch(&beside).await.unwrap();
    let name = name_of(&dropped);
    drop(dropped);
    assert!(!there(name).await);

    // Nobody holds its lock, as after a kill.
    let left = format!("tidings_scratch_{}", i32::MAX);
    let statement = sqlx::AssertSqlSafe(format!("create database {left}"));
    sqlx::raw_sql(statement).execute(&beside.pool).await.unwrap();
    let next = store::scratch(&beside).await.unwrap();
    assert!(!there(left).await);
    next.close().await.unwrap();
    beside.close().await.unwrap();
}

/// References to tables whose rows go, where the rows that refer to them are found by a look at all there are.
///
/// Sources are kept for ever, removed ones too.
const UNFOUND: &str = "
    select c.conrelid::regclass || ' (' || string_agg(a.attname, ', ' order by k.place) || ')'
    from pg_constraint c
         cross join unnest(c.conkey) with ordinality as k (attnum, place)
         join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
    where c.contype = 'f' and c.confrelid <> 'source'::regclass and not exists (
        select from pg_index i
        where i.indrelid = c.conrelid and i.indisvalid
          and (i.indkey::smallint[])[0:cardinality(c.conkey) - 1] = c.conkey
          -- One of those that are not null holds all that refer to something.
          and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) = '(' || a.attname || ' IS NOT NULL)'))
    group by c.oid, c.conrelid order by 1";

#[tokio::test]
async fn every_reference_that_a_deletion_follows_has_an_index() {
    let database = support::database().await;
    let unfound = async || sqlx::query_scalar::<_, String>(UNFOUND).fetch_all(&database.pool).await.unwrap();
    assert_eq!(unfound().await, [""; 0]);
    let without = "create table note (digest_id bigint references digest on delete cascade, at date);
                   create index on note (at, digest_id);
                   create index on note (digest_id) where at is not null";
    sqlx::raw_sql(without).execute(&database.pool).await.unwrap();
    assert_eq!(unfound().await, ["note (digest_id)"]);
    sqlx::raw_sql("create index on note (digest_id) where digest_id is not null")
        .execute(&database.pool)
        .await
        .unwrap();
    assert_eq!(unfound().await, [""; 0]);
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_database_that_can_t_be_had_is_told_once_with_the_mend_and_no_place_in_a_source() {
    let database = support::database().await;
    let name = database.pool.connect_options().get_database().unwrap().to_owned();
    let role = format!("closed_{name}");
    let run = async |sql: String| {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&database.pool).await.unwrap();
    };
    run(format!("create role {role} login password 'x'; revoke create on schema public from public")).await;
    run("drop table _sqlx_migrations".to_owned()).await;
    let latin = format!("latin_{name}");
    run(format!("create database {latin} encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0"))
        .await;
    for (user, database_name, words) in [
        (None, latin.as_str(), "has no equivalent in encoding \"LATIN1\": make one that holds all signs"),
        (None, "missing", "does not exist: make it, as its superuser: create database \"missing\" owner "),
        (Some("nobody_at_all"), &name, "create role \"nobody_at_all\" login password"),
        (
            Some(role.as_str()),
            &name,
            &format!(
                "permission denied for schema public: if it is for Tidings alone, give it to the role, as its superuser: alter database \"{name}\" owner to \"{role}\""
            ),
        ),
    ] {
        let options = (*database.pool.connect_options()).clone().database(database_name);
        let options = match user {
            Some(user) => options.username(user).password("x"),
            None => options,
        };
        let url = Secret(options.to_url_lossy().into());
        let error = store::explain(&store::open(Some(&url), Path::new("/nowhere")).await.unwrap_err());
        let head = format!("the database {database_name} as {}", user.unwrap_or(options.get_username()));
        assert!(error.starts_with(&head) && error.contains(words), "{error}");
        assert!(!error.contains(" at line ") && !error.contains("error returned"), "{error}");
        let why = words.split(": ").next().unwrap();
        assert_eq!(error.matches(why).count(), 1, "{error}");
    }
    run(format!("drop role {role}")).await;
    run(format!("drop database {latin} with (force)")).await;
    database.close().await.unwrap();
}

/// What the oldest PostgreSQL that the program takes, 13, does not know yet.
const NEWER: [&str; 6] =
    ["nulls not distinct", "merge into", "multirange", "compression lz4", "security_invoker", "any_value"];

#[test]
fn the_schema_asks_for_nothing_newer_than_the_oldest_postgresql() {
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations")).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap().to_lowercase();
        let newer: Vec<&&str> = NEWER.iter().filter(|newer| text.contains(**newer)).collect();
        assert!(newer.is_empty(), "{}: {newer:?}", path.display());
    }
}

/// What a process of an older version, at work beside a newer one, would miss or fail by.
const TAKES_AWAY: &str = r"\b(drop|rename|set not null|alter (type|(column )?\w+ (set data )?type)|add constraint)\b|\bunique index\b";

/// A key that is made anew, under its old name and of the same columns: whoever names it finds it.
const KEY_IN_ANOTHER_ORDER: &str = "drop constraint told_once, add constraint told_once primary key";

#[test]
fn migrations_after_the_ninth_only_add() {
    let (takes, adds) = (Regex::new(TAKES_AWAY).unwrap(), Regex::new(r"\badd column\b[^,;]*").unwrap());
    let comment = Regex::new("--.*").unwrap();
    let mut found = BTreeSet::new();
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations")).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap().to_lowercase();
        let text = comment.replace_all(&text, "").split_whitespace().collect::<Vec<_>>().join(" ");
        // Nobody misses an index, or the old order of a key.
        let text = text.replace("drop index", "").replace(KEY_IN_ANOTHER_ORDER, "");
        // An older version's rows would lack it.
        let wanted = |added: &str| added.contains("not null") && !added.contains("default");
        if takes.is_match(&text) || adds.find_iter(&text).any(|added| wanted(added.as_str())) {
            found.insert(path.file_stem().unwrap().to_string_lossy().into_owned());
        }
    }
    // These did, while no version had to work beside another.
    assert_eq!(found, BTreeSet::from(["0007_wording", "0009_choices"].map(str::to_owned)));
}

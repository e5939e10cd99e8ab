//! Many readers at one hour: each gets its own edition, and how long all of them take.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use serde_json::Value;
use tidings::app::digest as editions;
use tidings::model::{History, Kind};
use tokio::sync::watch;

use super::{World, store};
use crate::digest::{at, history};

/// Developments of a window.
const DEVELOPMENTS: i64 = 60;
/// Developments of one story.
const OF_A_STORY: i64 = 5;

/// Developments of one day, each reported by five outlets, each story's by each day's.
async fn day_of(world: &World, found: &str) {
    for n in 1..=DEVELOPMENTS {
        let kind = if n % 3 == 0 { Kind::MEETING } else { Kind::STRIKE };
        let told =
            format!("On {found} the envoys of town {n} spoke of the port, the corridor and the prisoners.");
        let outlets: Vec<String> = (0..5).map(|outlet| format!("Outlet {}", (n + outlet) % 9)).collect();
        let outlets: Vec<&str> = outlets.iter().map(String::as_str).collect();
        let mut history: History = history(n, kind, &told, &outlets);
        history.found_at = at(found) + TimeDelta::minutes(n);
        for (report, at) in history.reports.iter_mut().zip(0..) {
            let time = history.found_at + TimeDelta::seconds(at);
            report.url = format!("{}?{found}", report.url);
            (report.reported_at, report.seen_at, report.found_at) = (time, time, time);
        }
        store(&world.app.db, &mut history).await;
        let story = (n - 1) / OF_A_STORY + 1;
        world
            .run(&format!(
                "update development set story_id = {story} where development_id = {}",
                history.development.id
            ))
            .await;
    }
}

/// As many subscribers as that, of one hour in one zone, with a day of news and the next one's.
async fn readers(readers: i64) -> World {
    let world = World::new().await;
    world
        .run(&format!(
            "with chat as (
                 insert into subscriber (chat_id, zone, created_at, subscribed_at)
                 select 1000 + n, 'Europe/Berlin', '2026-03-11T12:00Z', '2026-03-11T12:00Z'
                 from generate_series(2, {readers}) n returning subscriber_id)
             insert into edition_slot (subscriber_id, slot, at) select subscriber_id, 0, '07:00' from chat"
        ))
        .await;
    world
        .run(&format!(
            "insert into story (name, parties, started_at, last_at)
             select 'A' || n || ' – B' || n, array['A' || n, 'B' || n], '2026-03-11', '2026-03-11'
             from generate_series(1, {}) n",
            DEVELOPMENTS / OF_A_STORY
        ))
        .await;
    world.run("analyze").await;
    day_of(&world, "2026-03-11T12:00:00Z").await;
    world
}

/// What each reader's edition of a day holds.
async fn contents(world: &World, day: &str) -> BTreeMap<i64, Value> {
    let rows: Vec<(i64, Value)> = sqlx::query_as(
        "select subscriber_id, e.content from digest join edition e using (digest_id)
             where local_date = $1::text::date",
    )
    .bind(day)
    .fetch_all(&world.app.db)
    .await
    .unwrap();
    rows.into_iter().collect()
}

#[tokio::test]
async fn readers_of_one_hour_get_together_what_each_would_get_alone() {
    let world = readers(8).await;
    // Each third wants meetings alone, some two sources or another language; one has another zone of the same hour.
    world
        .run(
            "update subscriber set kinds = case when subscriber_id % 3 = 0 then '{meeting}'::text[] else '{}' end,
                 min_sources = 1 + subscriber_id % 2, language = case when subscriber_id % 4 = 0 then 'de' end,
                 zone = case when subscriber_id % 5 = 0 then 'Europe/Paris' else zone end",
        )
        .await;
    // Who muted a story, and who was told of some developments before.
    world
        .run(
            "insert into choice (subscriber_id, stance, story_id, created_at)
             select subscriber_id, 'muted', 1 + subscriber_id % 4, '2026-03-11' from subscriber",
        )
        .await;
    for (day, edition, next) in [
        ("2026-03-12", "2026-03-12T06:00:00Z", "2026-03-12T12:00:00Z"),
        ("2026-03-13", "2026-03-13T06:00:00Z", "2026-03-13T12:00:00Z"),
        ("2026-03-14", "2026-03-14T06:00:00Z", "2026-03-14T12:00:00Z"),
    ] {
        let outcome = editions::compile_due(&world.app, at(edition)).await.unwrap();
        assert_eq!((outcome.compiled.len(), outcome.failed), (8, vec![]));
        let together = contents(&world, day).await;
        let items = |content: &Value| format!("{} {}", content["items"], content["coming_up"]);
        let different: BTreeSet<String> = together.values().map(items).collect();
        let stored: i64 = sqlx::query_scalar(
            "select count(distinct item_list_id) from digest where local_date = $1::text::date",
        )
        .bind(day)
        .fetch_one(&world.app.db)
        .await
        .unwrap();
        assert_eq!(stored, different.len() as i64, "what readers are told alike is stored once");
        world.run(&format!("delete from digest where local_date = '{day}'")).await;
        for subscriber in together.keys() {
            let alone = editions::compile_due_of(&world.app, *subscriber, at(edition)).await.unwrap();
            assert_eq!(alone.compiled.len(), 1);
        }
        assert_eq!(contents(&world, day).await, together);
        assert!((4..8).contains(&different.len()), "some readers differ and some don't");
        day_of(&world, next).await;
    }
    world.close().await;
}

#[tokio::test]
async fn a_stop_ends_compiling_with_the_edition_that_is_under_way_and_the_others_stay_due() {
    let world = readers(8).await;
    let ids: Vec<i64> = sqlx::query_scalar("select subscriber_id from subscriber order by subscriber_id")
        .fetch_all(&world.app.db)
        .await
        .unwrap();
    // The third reader's edition can't be stored as long as this is held.
    let mut held = world.app.db.begin().await.unwrap();
    let hold = "select from subscriber where subscriber_id = $1 for update";
    sqlx::query(hold).bind(ids[2]).execute(&mut *held).await.unwrap();
    let (told, stop) = watch::channel(false);
    let (app, now) = (world.app.clone(), at("2026-03-12T06:00:00Z"));
    let compiling =
        tokio::spawn(async move { editions::compile_due_until(&app, now, &|| *stop.borrow()).await });
    let waits = "select exists (select from pg_locks l join pg_stat_activity a using (pid)
                 where not l.granted and a.datname = current_database())";
    while !sqlx::query_scalar::<_, bool>(waits).fetch_one(&mut *held).await.unwrap() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    told.send_replace(true);
    held.rollback().await.unwrap();

    let before = compiling.await.unwrap().unwrap();
    assert_eq!((before.compiled.len(), before.failed.len()), (3, 0));
    let after = editions::compile_due(&world.app, now).await.unwrap();
    assert_eq!((after.compiled.len(), after.failed.len()), (5, 0));
    assert_eq!(contents(&world, "2026-03-12").await.into_keys().collect::<Vec<_>>(), ids);
    world.close().await;
}

#[tokio::test]
#[ignore = "a measurement, of some minutes: cargo test --test it editions_a_second -- --ignored --nocapture"]
async fn editions_a_second() {
    for count in [1_000, 10_000] {
        let world = readers(count).await;
        let mut said = Vec::new();
        for (edition, next) in [
            ("2026-03-12T06:00:00Z", "2026-03-12T12:00:00Z"),
            ("2026-03-13T06:00:00Z", "2026-03-13T12:00:00Z"),
            ("2026-03-14T06:00:00Z", "2026-03-14T12:00:00Z"),
        ] {
            let began = Instant::now();
            let outcome = editions::compile_due(&world.app, at(edition)).await.unwrap();
            let took = began.elapsed().as_secs_f64();
            assert_eq!((outcome.compiled.len() as i64, outcome.failed.len()), (count, 0), "{edition}");
            said.push(format!("{:.0}", count as f64 / took));
            day_of(&world, next).await;
            world.run("analyze").await;
        }
        editions::compile_due(&world.app, at("2026-03-14T13:00:00Z")).await.unwrap();
        let began = Instant::now();
        for second in 0..10 {
            let now = at("2026-03-14T13:00:00Z") + TimeDelta::seconds(second);
            assert!(editions::compile_due(&world.app, now).await.unwrap().compiled.is_empty());
        }
        let idle = began.elapsed().as_secs_f64() * 100.0;
        println!(
            "{count} readers: {} editions a second on three days; an idle tick {idle:.2} ms",
            said.join(", ")
        );
        world.close().await;
    }
}

#[tokio::test]
#[ignore = "a measurement, of some minutes: cargo test --test it an_idle_tick -- --ignored --nocapture"]
async fn an_idle_tick_of_a_hundred_thousand() {
    let world = readers(100_000).await;
    // Spread over the hours of a day.
    world.run("update edition_slot set at = '07:00'::time + subscriber_id % 24 * interval '1 hour'").await;
    let now = at("2026-03-11T12:00:01Z");
    let began = Instant::now();
    editions::compile_due(&world.app, now).await.unwrap();
    println!("100000 slots reckoned anew in {:.1} s", began.elapsed().as_secs_f64());
    let began = Instant::now();
    for second in 1..=100 {
        let outcome = editions::compile_due(&world.app, now + TimeDelta::seconds(second)).await.unwrap();
        assert_eq!(outcome, editions::Outcome::default());
    }
    println!("an idle tick takes {:.2} ms", began.elapsed().as_secs_f64() * 10.0);
    world.close().await;
}

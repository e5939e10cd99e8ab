//! The queue of editions: who is looked at when, and that nobody is forgotten.

use chrono::{NaiveTime, Weekday};
use chrono_tz::Tz;
use sqlx::Row;
use tidings::app::digest::{self as editions, Outcome};
use tidings::store::subscribers::{self, Choices};
use tidings::store::times;

use super::{FIRST, World, store, strike};
use crate::digest::at;

impl World {
    /// When the subscriber's slots are looked at next, by their numbers.
    async fn looked_at(&self) -> Vec<String> {
        sqlx::query(
            "select coalesce(to_char(due_at at time zone 'UTC', 'MM-DD HH24:MI'), 'never') from edition_slot
             where subscriber_id = $1 order by slot",
        )
        .bind(self.subscriber)
        .fetch_all(&self.app.db)
        .await
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect()
    }

    /// What a tick leaves behind that has nothing to compile.
    async fn idle(&self, now: &str) -> Vec<String> {
        assert_eq!(self.compile(now).await, Outcome::default(), "{now}");
        self.looked_at().await
    }
}

#[tokio::test]
async fn a_slot_is_looked_at_when_its_next_edition_is_due_and_anew_after_each_change() {
    let world = World::new().await;
    let (db, id) = (&world.app.db, world.subscriber);
    let time = |text: &str| text.parse::<NaiveTime>().unwrap();
    assert_eq!(world.idle("2026-03-11T13:00:00Z").await, ["03-12 06:00"]);
    world.edition(FIRST).await;
    assert_eq!(world.looked_at().await, ["03-12 06:00"], "it stays until it is seen to be there");
    assert_eq!(world.idle("2026-03-12T06:00:01Z").await, ["03-13 06:00"]);

    let now = at("2026-03-12T10:00:00Z");
    times::set(db, id, Tz::Europe__Berlin, &[time("07:00"), time("12:00")], now).await.unwrap();
    assert_eq!(world.idle("2026-03-12T10:00:00Z").await, ["03-13 06:00", "03-12 11:00"]);
    times::set(db, id, Tz::Asia__Kathmandu, &[time("07:00")], now).await.unwrap();
    assert_eq!(world.idle("2026-03-12T10:00:00Z").await, ["03-13 01:15"]);
    // Once a day at least, whatever the days.
    let days = Choices { days: vec![Weekday::Mon], ..Choices::default() };
    subscribers::choose(db, id, &days, now).await.unwrap();
    assert_eq!(world.idle("2026-03-12T10:00:00Z").await, ["03-13 10:00"]);
    assert_eq!(world.idle("2026-03-13T10:00:00Z").await, ["03-14 10:00"]);
    subscribers::choose(db, id, &Choices::default(), now).await.unwrap();
    assert_eq!(world.idle("2026-03-12T10:00:00Z").await, ["03-13 01:15"]);

    subscribers::stop(db, 77, 0).await.unwrap();
    assert_eq!(world.idle("2026-03-14T10:00:00Z").await, ["never"]);
    world.run("update subscriber set state = 'active', subscribed_at = '2026-03-14T12:00Z'").await;
    assert_eq!(world.idle("2026-03-14T12:00:00Z").await, ["03-15 01:15"]);
    world.close().await;
}

#[tokio::test]
async fn what_a_replica_of_an_older_version_compiles_or_changes_comes_neither_twice_nor_late() {
    let world = World::new().await;
    world.edition(FIRST).await;
    world.idle("2026-03-12T06:00:01Z").await;
    // It knows nothing of the queue.
    world
        .run(
            "insert into digest (subscriber_id, local_date, slot, window_from, window_to, content, compiled_at)
             select subscriber_id, '2026-03-13', 0, window_to, '2026-03-13T06:00Z', e.content, '2026-03-13T06:00Z'
             from digest join edition e using (digest_id)",
        )
        .await;
    assert_eq!(world.idle("2026-03-13T06:00:00Z").await, ["03-14 06:00"]);
    world.run("update edition_slot set at = '12:00'").await;
    assert_eq!(world.edition("2026-03-14T11:00:00Z").await.window.0, at("2026-03-13T06:00:00Z"));
    world.run("insert into edition_slot (subscriber_id, slot, at) values (1, 1, '13:00')").await;
    world.edition("2026-03-14T12:00:00Z").await;
    world.close().await;
}

#[tokio::test]
async fn what_was_reckoned_wrongly_is_put_right_within_a_day() {
    let world = World::new().await;
    world.edition(FIRST).await;
    world.idle("2026-03-12T06:00:01Z").await;
    // The zone's clocks go back an hour, by rules that came after the reckoning.
    world.run("update edition_slot set due_at = '2026-03-13T05:00Z'").await;
    assert_eq!(world.idle("2026-03-13T05:00:00Z").await, ["03-13 06:00"]);
    // Or an hour on: it is late once.
    world.run("update edition_slot set due_at = '2026-03-13T07:00Z'").await;
    assert_eq!(world.idle("2026-03-13T06:30:00Z").await, ["03-13 07:00"]);
    assert_eq!(world.edition("2026-03-13T07:00:00Z").await.window.1, at("2026-03-13T06:00:00Z"));
    world.close().await;
}

#[tokio::test]
async fn however_many_editions_fail_the_others_come() {
    let world = World::new().await;
    // All of them before the one that comes, and more than are taken at once.
    world
        .run(
            "with chat as (
                 insert into subscriber (chat_id, zone, created_at, subscribed_at)
                 select 1000 + n, 'Europe/Berlin', '2026-03-11T12:00Z', '2026-03-11T12:00Z'
                 from generate_series(1, 300) n returning subscriber_id)
             insert into edition_slot (subscriber_id, slot, at) select subscriber_id, 0, '06:00' from chat",
        )
        .await;
    world
        .run(&format!(
            "alter table delivery add constraint refused check (subscriber_id = {})",
            world.subscriber
        ))
        .await;
    world.run("update edition_slot set due_at = '2026-03-12T05:00Z' where at = '06:00'").await;
    world.run("update edition_slot set due_at = '2026-03-12T06:00Z' where at = '07:00'").await;
    let outcome = world.compile(FIRST).await;
    assert_eq!((outcome.compiled.len(), outcome.failed.len()), (1, 300));
    world.run("alter table delivery drop constraint refused").await;
    let outcome = world.compile("2026-03-12T06:00:01Z").await;
    assert_eq!((outcome.compiled.len(), outcome.failed.len()), (300, 0), "due until they come");
    world.close().await;
}

#[tokio::test]
async fn a_clock_that_was_a_week_ahead_for_a_moment_costs_no_edition_and_tells_nothing_twice() {
    let world = World::new().await;
    world.edition(FIRST).await;
    store(&world.app.db, &mut strike(1, at("2026-03-12T11:00:00Z"))).await;
    let ahead = world.edition("2026-03-19T12:00:00Z").await;
    assert_eq!((ahead.window.1, ahead.items.len()), (at("2026-03-19T06:00:00Z"), 1));
    assert_eq!(world.idle("2026-03-19T12:00:30Z").await, ["03-20 06:00"]);
    world.run("update subscriber set not_before = '2026-03-19T12:00:31Z'").await;

    // It is put back.
    assert_eq!(world.idle("2026-03-12T12:01:00Z").await, ["03-13 06:00"]);
    let held: i64 = sqlx::query_scalar(
        "select count(*) from delivery join subscriber s using (subscriber_id)
         where greatest(delivery.not_before, s.not_before) > '2026-03-12T12:01Z'",
    )
    .fetch_one(&world.app.db)
    .await
    .unwrap();
    assert_eq!(held, 0, "what was told ahead goes out now");
    store(&world.app.db, &mut strike(2, at("2026-03-12T15:00:00Z"))).await;
    let next = world.edition("2026-03-13T06:00:00Z").await;
    assert_eq!((next.window, next.items.len()), ((at(FIRST), at("2026-03-13T06:00:00Z")), 1));
    assert!(next.covers.is_empty() && next.items[0].text.contains("Strike 2"), "{:?}", next.items);
    for day in 14..=20 {
        let edition = world.edition(&format!("2026-03-{day}T06:00:00Z")).await;
        assert_eq!(edition.window.0, at(&format!("2026-03-{}T06:00:00Z", day - 1)));
    }
    world.close().await;
}

#[tokio::test]
async fn an_edition_is_asked_for_and_the_latest_told_though_the_clock_was_a_week_ahead() {
    let world = World::new().await;
    world.edition(FIRST).await;
    world.edition("2026-03-19T12:00:00Z").await;
    store(&world.app.db, &mut strike(1, at("2026-03-12T15:00:00Z"))).await;
    let now = at("2026-03-12T16:00:00Z");
    let latest = editions::latest(&world.app, Some(world.subscriber), None, now).await.unwrap();
    assert_eq!(latest.items.len(), 1);
    let asked = editions::compile_now(&world.app, world.subscriber, now).await.unwrap();
    let editions::Asked::Compiled(id) = asked else { panic!("{asked:?}") };
    let asked = editions::frozen(&world.app, id).await.unwrap().unwrap();
    assert_eq!((asked.window, asked.items.len()), ((at(FIRST), now), 1));
    world.close().await;
}

#[tokio::test]
async fn two_processes_whose_clocks_differ_by_days_compile_an_edition_twice_at_most() {
    let world = World::new().await;
    world.edition(FIRST).await;
    for _ in 0..2 {
        world.edition("2026-03-19T06:00:00Z").await;
        world.idle("2026-03-12T12:00:00Z").await;
    }
    for _ in 0..3 {
        assert_eq!(world.compile("2026-03-19T06:00:00Z").await, Outcome::default());
        assert_eq!(world.compile("2026-03-12T12:00:00Z").await, Outcome::default());
    }
    world.close().await;
}

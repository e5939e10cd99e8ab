//! Editions in a real database: compiled once, told once, nothing lost between them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use sqlx::PgPool;
use tidings::app::App;
use tidings::app::digest::{self as editions, Outcome};
use tidings::clock::Clock;
use tidings::config::{Config, Topic};
use tidings::digest::{Badge, Digest, Notice};
use tidings::locale::Language;
use tidings::model::*;
use tidings::store::developments::{self, NewReport};
use tidings::store::subscribers::{self, Choices, Stance};
use tidings::store::{Database, choices, digests};

use crate::digest::{at, change, full, history, place};
use crate::support;

mod alerts;
mod many;
mod missed;
mod queue;
mod told;

/// The first edition, at 07:00 in Berlin.
const FIRST: &str = "2026-03-12T06:00:00Z";

pub struct World {
    pub app: App,
    database: Database,
    pub subscriber: i64,
}

impl World {
    /// One subscriber since the day before, one source that was just read.
    pub async fn new() -> World {
        let database = support::database().await;
        let zone = Tz::Europe__Berlin;
        let mut config = Config {
            topics: vec![Topic { name: "ports".into(), words: vec!["port".into(), "harbour".into()] }],
            ..support::config([], "*/15 * * * *", Clock::manual(at(FIRST)))
        };
        config.schedule.digest = NaiveTime::from_hms_opt(7, 0, 0).unwrap();
        config.schedule.zone = zone;
        let app = App::new(config.into(), database.pool.clone()).unwrap();
        let wish = support::daily(77, "07:00", zone);
        let subscriber = subscribers::subscribe(&app.db, &wish, at("2026-03-11T12:00:00Z")).await.unwrap().id;
        let world = World { app, database, subscriber };
        world.source_read_at(FIRST).await;
        world
    }

    async fn source_read_at(&self, time: &str) {
        sqlx::query(
            "insert into source (name, url, type, outlet, next_check_at, checked_at, succeeded_at, created_at)
             values ('s', 'https://s.example', 'feed', 's', $1 + interval '15 min', $1, $1, $1)
             on conflict on constraint source_name_key do update set checked_at = $1, succeeded_at = $1,
                 next_check_at = excluded.next_check_at",
        )
        .bind(at(time))
        .execute(&self.app.db)
        .await
        .unwrap();
    }

    async fn compile(&self, now: &str) -> Outcome {
        editions::compile_due(&self.app, at(now)).await.unwrap()
    }

    /// Compiles, and reads the one digest that comes of it.
    async fn edition(&self, now: &str) -> Digest {
        let outcome = self.compile(now).await;
        assert_eq!((outcome.compiled.len(), outcome.failed.len()), (1, 0), "{now}");
        editions::frozen(&self.app, outcome.compiled[0]).await.unwrap().unwrap()
    }

    async fn parts(&self) -> Vec<String> {
        sqlx::query_scalar("select body from delivery where state = 'waiting' order by digest_id, part")
            .fetch_all(&self.app.db)
            .await
            .unwrap()
    }

    /// How many lists of items are stored for all editions together.
    async fn lists(&self) -> i64 {
        sqlx::query_scalar("select count(*) from item_list").fetch_one(&self.app.db).await.unwrap()
    }

    async fn choose(&self, choices: Choices) {
        subscribers::choose(&self.app.db, self.subscriber, &choices, at(FIRST)).await.unwrap();
    }

    pub async fn run(&self, sql: &str) {
        sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).execute(&self.app.db).await.unwrap();
    }

    pub async fn close(self) {
        drop(self.app);
        self.database.close().await.unwrap();
    }
}

/// Stores a development with its reports and changes, as reading them would have; gives it its id.
pub async fn store(db: &PgPool, history: &mut History) {
    let mut tx = db.begin().await.unwrap();
    history.development.id = DevelopmentId(0);
    let id = developments::save(&mut tx, &history.development, &[], history.found_at).await.unwrap();
    history.development.id = id;
    tx.commit().await.unwrap();
    for report in &history.reports {
        add(db, history, report).await;
    }
}

/// Stores one report of a stored development with the changes that it brought.
async fn add(db: &PgPool, history: &History, report: &Report) {
    let mut tx = db.begin().await.unwrap();
    let article: i64 = sqlx::query_scalar(
        "with stored as (insert into article (url, outlet, published_at, first_seen_at)
                         values ($1, $2, $3, $4) returning article_id)
         insert into article_version (article_id, version, text, text_kind, fetched_at)
         select article_id, 1, '', 'page', $4 from stored returning article_id",
    )
    .bind(&report.url)
    .bind(&report.outlet)
    .bind(report.reported_at)
    .bind(report.seen_at)
    .fetch_one(&mut *tx)
    .await
    .unwrap();
    let changes: Vec<Change> = history
        .changes
        .iter()
        .filter(|change| change.report == report.id)
        .map(|c| Change { field: c.field.clone(), was: c.was.clone(), now: c.now.clone() })
        .collect();
    let new = NewReport {
        development: history.development.id,
        article_id: article,
        version: 1,
        outlet: &report.outlet,
        published: report.reported_at,
        relation: report.relation,
        mention: &report.mention,
        changes: &changes,
        tolls: vec![],
        why: "test",
        score: 1.0,
        traces: &[],
    };
    developments::save(&mut tx, &history.development, &[], report.found_at).await.unwrap();
    developments::report(&mut tx, &new, report.found_at).await.unwrap();
    tx.commit().await.unwrap();
}

/// A strike with one report, found at that time.
pub fn strike(n: i64, found: DateTime<Utc>) -> History {
    let mut history = history(n, Kind::STRIKE, &format!("Strike {n} hit a port."), &["Corvel Post"]);
    history.found_at = found;
    for report in &mut history.reports {
        (report.reported_at, report.seen_at, report.found_at) = (found, found, found);
    }
    history
}

#[tokio::test]
async fn an_edition_is_compiled_once_and_each_development_told_once() {
    let world = World::new().await;
    for mut history in full() {
        store(&world.app.db, &mut history).await;
    }
    assert_eq!(world.compile("2026-03-12T05:59:59Z").await, Outcome::default());
    let first = world.edition(FIRST).await;
    assert_eq!((first.totals.new, first.items.len(), first.coming_up.len()), (8, 6, 2));
    assert_eq!((first.totals.articles, first.totals.outlets, first.totals.sources), (13, 4, 1));
    assert_eq!(first.window, (at("2026-03-11T06:00:00Z"), at(FIRST)));
    let parts = world.parts().await;
    assert!(parts.len() == 1 && parts[0].contains("<b>Strikes</b>"), "{parts:?}");

    assert_eq!(world.compile("2026-03-12T06:10:00Z").await, Outcome::default());
    assert_eq!(world.parts().await, parts);

    world.source_read_at("2026-03-13T05:45:00Z").await;
    let second = world.edition("2026-03-13T06:00:03Z").await;
    assert!(second.items.is_empty());
    assert_eq!(second.notice(), Some(Notice::NothingNew));
    assert_eq!(second.coming_up.iter().map(|item| item.badge).collect::<Vec<_>>(), [Badge::Planned]);
    assert_eq!(second.window, (at(FIRST), at("2026-03-13T06:00:00Z")));
    world.close().await;
}

#[tokio::test]
async fn two_processes_that_compile_at_once_make_one_digest() {
    let world = World::new().await;
    store(&world.app.db, &mut full().remove(1)).await;
    let now = at(FIRST);
    let (a, b, c) = tokio::join!(
        editions::compile_due(&world.app, now),
        editions::compile_due(&world.app, now),
        editions::compile_due(&world.app, now)
    );
    let compiled: usize = [a, b, c].into_iter().map(|outcome| outcome.unwrap().compiled.len()).sum();
    assert_eq!(compiled, 1);
    assert_eq!((world.parts().await.len(), world.lists().await), (1, 1));

    // Also without the lock: the edition's row decides.
    let content = serde_json::json!({});
    let again = digests::Compiled {
        subscriber_id: world.subscriber,
        local_date: "2026-03-12".parse().unwrap(),
        slot: 0,
        window: (now, now),
        content: &content,
        list: digests::List::New { items: &content, lines: &content },
        told: vec![],
        restored: vec![],
        merged: &[],
        parts: &["never".to_owned()],
        picture: None,
        not_before: now,
    };
    assert!(digests::freeze(&world.app.db, &again, now).await.unwrap().is_none());
    assert_eq!((world.parts().await.len(), world.lists().await), (1, 1));
    world.close().await;
}

#[tokio::test]
async fn a_change_after_the_first_edition_is_told_as_was_and_now_in_the_next() {
    let world = World::new().await;
    let mut history = full().remove(1);
    store(&world.app.db, &mut history).await;
    world.edition(FIRST).await;

    change(&mut history, "killed", "5", "9", "Meridian", "2026-03-12T15:00:00Z");
    add(&world.app.db, &history, history.reports.last().unwrap()).await;
    for reader in [None, Some(world.subscriber)] {
        let latest = editions::latest(&world.app, reader, None, at("2026-03-12T20:00:00Z")).await.unwrap();
        assert_eq!(latest.items[0].badge, Badge::Update);
    }

    let second = world.edition("2026-03-13T06:00:00Z").await;
    let told = &second.items[0];
    assert_eq!((told.badge, told.changes.len()), (Badge::Update, 1));
    assert_eq!((told.changes[0].was.as_str(), told.changes[0].now.as_str()), ("5", "9"));
    assert_eq!(told.changes[0].source.as_ref().unwrap().outlet, "Meridian");
    assert!(world.edition("2026-03-14T06:00:00Z").await.items.is_empty());
    world.close().await;
}

#[tokio::test]
async fn a_report_stored_while_an_edition_was_compiled_is_told_in_the_next() {
    let world = World::new().await;
    world.edition(FIRST).await;
    store(&world.app.db, &mut strike(1, at(FIRST) - TimeDelta::seconds(5))).await;
    assert_eq!(world.edition("2026-03-13T06:00:00Z").await.items.len(), 1);
    assert_eq!(world.edition("2026-03-14T06:00:00Z").await.items.len(), 0);
    world.close().await;
}

#[tokio::test]
async fn what_found_no_room_is_told_by_latest_and_not_carried_into_the_next_edition() {
    let world = World::new().await;
    for n in 1..=20 {
        store(&world.app.db, &mut strike(n, at("2026-03-11T12:00:00Z"))).await;
    }
    let first = world.edition(FIRST).await;
    assert_eq!((first.items.len(), first.more), (12, 8));
    let latest =
        editions::latest(&world.app, Some(world.subscriber), None, at("2026-03-12T08:00:00Z")).await.unwrap();
    assert_eq!(latest.items.len(), 8);
    assert!(world.edition("2026-03-13T06:00:00Z").await.items.is_empty());
    world.close().await;
}

#[tokio::test]
async fn what_was_dropped_unsent_is_told_when_the_chat_comes_back_within_a_day() {
    let world = World::new().await;
    store(&world.app.db, &mut strike(1, at("2026-03-11T12:00:00Z"))).await;
    assert_eq!(world.edition(FIRST).await.items.len(), 1);
    subscribers::mark_gone(&world.app.db, 77, "blocked").await.unwrap();
    let wish = support::daily(77, "07:00", Tz::Europe__Berlin);
    subscribers::subscribe(&world.app.db, &wish, at("2026-03-12T08:00:00Z")).await.unwrap();
    assert_eq!(world.compile("2026-03-12T08:00:01Z").await, Outcome::default());
    let second = world.edition("2026-03-13T06:00:00Z").await;
    assert_eq!((second.items.len(), second.items[0].badge), (1, Badge::New));
    world.close().await;
}

#[tokio::test]
async fn an_edition_that_fails_is_named_in_the_outcome_and_due_again() {
    let world = World::new().await;
    sqlx::query("alter table delivery add constraint refused check (body = '')")
        .execute(&world.app.db)
        .await
        .unwrap();
    let outcome = world.compile(FIRST).await;
    assert!(outcome.compiled.is_empty() && outcome.failed[0].contains("2026-03-12"), "{outcome:?}");
    sqlx::query("alter table delivery drop constraint refused").execute(&world.app.db).await.unwrap();
    world.edition(FIRST).await;
    world.close().await;
}

#[tokio::test]
async fn latest_looks_back_a_week_at_most() {
    let world = World::new().await;
    store(&world.app.db, &mut strike(1, at("2026-03-11T12:00:00Z"))).await;
    world.edition(FIRST).await;
    store(&world.app.db, &mut strike(2, at("2026-03-12T12:00:00Z"))).await;
    store(&world.app.db, &mut strike(3, at("2026-04-12T12:00:00Z"))).await;
    let latest =
        editions::latest(&world.app, Some(world.subscriber), None, at("2026-04-13T12:00:00Z")).await.unwrap();
    assert_eq!((latest.items.len(), latest.window.0), (1, at("2026-04-06T12:00:00Z")));
    world.close().await;
}

#[tokio::test]
async fn a_preview_freezes_nothing_and_a_stopped_chat_gets_no_edition() {
    let world = World::new().await;
    store(&world.app.db, &mut full().remove(1)).await;
    let reader = editions::Reader::default_of(&world.app);
    let window = (at("2026-03-11T06:00:00Z"), at(FIRST));
    let preview = editions::preview(&world.app, &reader, window).await.unwrap();
    assert_eq!((preview.items.len(), preview.subscriber), (1, None));
    assert!(editions::messages(&world.app, &preview).unwrap()[0].contains("fuel depot"));
    assert!(world.parts().await.is_empty());

    subscribers::stop(&world.app.db, 77, 0).await.unwrap();
    assert_eq!(world.compile(FIRST).await, Outcome::default());
    world.close().await;
}

#[tokio::test]
async fn silence_of_a_source_that_fails_is_not_called_nothing_new() {
    let world = World::new().await;
    sqlx::query("update source set failures = 3, succeeded_at = '2026-03-11T12:00Z', last_error = '500'")
        .execute(&world.app.db)
        .await
        .unwrap();
    let digest = world.edition(FIRST).await;
    assert_eq!(digest.notice(), Some(Notice::Unreachable));
    assert!(world.parts().await[0].contains("1 of 1 sources could not be read"));
    world.close().await;
}

#[tokio::test]
async fn the_next_edition_is_said_in_the_subscribers_zone() {
    let world = World::new().await;
    let next = |now: &'static str| editions::next_edition(&world.app, world.subscriber, at(now));
    assert_eq!(next("2026-03-11T12:00:00Z").await.unwrap().unwrap().at, at(FIRST));
    world.edition(FIRST).await;
    // The clocks change on 29 March: 07:00 in Berlin is then an hour earlier.
    assert_eq!(next("2026-03-28T12:00:00Z").await.unwrap().unwrap().at, at("2026-03-28T06:00:00Z"));
    world.edition("2026-03-28T12:00:00Z").await;
    assert_eq!(next("2026-03-28T12:00:00Z").await.unwrap().unwrap().at, at("2026-03-29T05:00:00Z"));
    world.close().await;
}

#[tokio::test]
async fn one_readers_trouble_does_not_hold_anothers_edition() {
    let world = World::new().await;
    sqlx::query(
        "with other as (insert into subscriber (chat_id, zone, created_at, subscribed_at)
                        values (78, 'Nowhere/Land', $1, $1) returning subscriber_id)
         insert into edition_slot select subscriber_id, 0, '07:00' from other",
    )
    .bind(at("2026-03-11T12:00:00Z"))
    .execute(&world.app.db)
    .await
    .unwrap();
    assert_eq!(world.compile(FIRST).await.compiled.len(), 1);
    world.close().await;
}

/// A strike that outlets report, one every minute.
fn reported(n: i64, found: &str, outlets: &[&str]) -> History {
    let mut history = history(n, Kind::STRIKE, &format!("Strike {n} hit a port."), outlets);
    history.found_at = at(found);
    for (report, minutes) in history.reports.iter_mut().zip(0..) {
        let time = at(found) + TimeDelta::minutes(minutes);
        (report.reported_at, report.seen_at, report.found_at) = (time, time, time);
    }
    history
}

#[tokio::test]
async fn a_chat_gets_what_it_chose_in_its_language() {
    let world = World::new().await;
    for mut history in full() {
        store(&world.app.db, &mut history).await;
    }
    store(&world.app.db, &mut strike(9, at("2026-03-11T12:00:00Z"))).await;
    let ports = Choices { topics: vec!["ports".into()], language: Some(Language::De), ..Choices::default() };
    world.choose(ports).await;
    let digest = world.edition(FIRST).await;
    let texts: Vec<&str> = digest.items.iter().map(|item| item.text.as_str()).collect();
    assert_eq!(texts, ["Strike 9 hit a port."]);
    assert_eq!(digest.coming_up[0].place.as_deref(), Some("Port Saleh"));
    let message = world.parts().await.remove(0);
    assert!(message.contains("Angriffe") && message.contains("1 Quelle:"), "{message}");

    // A topic that the owner removed restricts no longer.
    let removed = Choices { topics: vec!["rivers".into()], ..Choices::default() };
    world.choose(removed).await;
    assert_eq!(world.edition("2026-03-13T06:00:00Z").await.items.len(), 0, "its window has nothing new");
    let latest =
        editions::latest(&world.app, Some(world.subscriber), None, at("2026-03-13T08:00:00Z")).await.unwrap();
    assert!(latest.items.is_empty());
    world.close().await;
}

#[tokio::test]
async fn a_muted_place_is_left_out_by_whatever_name_it_was_muted() {
    let world = World::new().await;
    for (n, name) in (1..).zip(["Kyiv", "Odesa", "Lviv"]) {
        let mut history = strike(n, at("2026-03-11T12:00:00Z"));
        history.development.place = Some(place(name));
        store(&world.app.db, &mut history).await;
    }
    for name in ["Kiev", "Одеса"] {
        choices::name(&world.app.db, world.subscriber, Stance::Muted, name, at(FIRST)).await.unwrap();
    }
    let digest = world.edition(FIRST).await;
    let texts: Vec<&str> = digest.items.iter().map(|item| item.text.as_str()).collect();
    assert_eq!(texts, ["Strike 3 hit a port."]);
    world.close().await;
}

#[tokio::test]
async fn who_asks_for_two_sources_is_told_of_a_strike_in_the_edition_after_the_second() {
    let world = World::new().await;
    world.choose(Choices { min_sources: 2, ..Choices::default() }).await;
    let mut history = reported(1, "2026-03-11T12:00:00Z", &["Corvel Post"]);
    store(&world.app.db, &mut history).await;
    assert!(world.edition(FIRST).await.items.is_empty());
    let mut second = history.reports[0].clone();
    (second.outlet, second.url) = ("Bay Radio".into(), "https://bay.example/1".into());
    (second.relation, second.found_at) = (Relation::Repeat, at("2026-03-12T12:00:00Z"));
    add(&world.app.db, &history, &second).await;
    let told = world.edition("2026-03-13T06:00:00Z").await;
    assert_eq!((told.items.len(), told.items[0].badge), (1, Badge::New));
    assert!(world.edition("2026-03-14T06:00:00Z").await.items.is_empty());
    world.close().await;
}

#[tokio::test]
async fn a_chat_of_week_days_gets_the_days_between_with_the_next_edition() {
    let world = World::new().await;
    // 12 March 2026 is a Thursday.
    world.choose(Choices { days: vec![Weekday::Thu, Weekday::Mon], ..Choices::default() }).await;
    world.edition(FIRST).await;
    store(&world.app.db, &mut strike(1, at("2026-03-13T12:00:00Z"))).await;
    for day in ["2026-03-13T06:00:00Z", "2026-03-14T12:00:00Z", "2026-03-15T20:00:00Z"] {
        assert_eq!(world.compile(day).await, Outcome::default());
    }
    let next =
        editions::next_edition(&world.app, world.subscriber, at("2026-03-13T12:00:00Z")).await.unwrap();
    assert_eq!(next.unwrap().at, at("2026-03-16T06:00:00Z"));
    let monday = world.edition("2026-03-16T06:00:00Z").await;
    assert_eq!((monday.window.0, monday.items.len()), (at(FIRST), 1));
    world.close().await;
}

#[tokio::test]
async fn in_quiet_hours_an_edition_waits_for_their_end() {
    let world = World::new().await;
    let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    world.choose(Choices { quiet: Some((time(22, 0), time(8, 30))), ..Choices::default() }).await;
    world.edition(FIRST).await;
    let not_before: Vec<DateTime<Utc>> =
        sqlx::query_scalar("select not_before from delivery").fetch_all(&world.app.db).await.unwrap();
    assert_eq!(not_before, [at("2026-03-12T07:30:00Z")]);
    world.close().await;
}

/// Zones whose clocks change by an hour, by half an hour, or not at all.
const ZONES: [Tz; 5] = [
    Tz::Europe__Berlin,
    Tz::America__New_York,
    Tz::Asia__Kathmandu,
    Tz::Australia__Lord_Howe,
    Tz::Pacific__Apia,
];

#[tokio::test]
async fn over_both_changes_of_2026_each_slot_has_one_digest_a_local_day() {
    let world = World::new().await;
    // Local times that are skipped, doubled or neither in one of the zones.
    let times = ["00:10", "01:45", "02:30", "07:00", "23:50"];
    let changes = ["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01"];
    world.run("delete from subscriber").await;
    for change in changes {
        let noon = at(&format!("{change}T12:00:00Z"));
        let (start, end) = (noon - TimeDelta::days(3), noon + TimeDelta::days(3));
        let mut chats = BTreeMap::new();
        for (zone, n) in ZONES.into_iter().zip(1..) {
            let chat_id = noon.timestamp() + n;
            let wish = support::daily(chat_id, times[0], zone);
            let id = subscribers::subscribe(&world.app.db, &wish, start).await.unwrap().id;
            for (time, slot) in times.iter().zip(0..).skip(1) {
                world.run(&format!("insert into edition_slot values ({id}, {slot}, '{time}')")).await;
            }
            chats.insert(id, zone);
        }
        let mut now = start;
        while now < end {
            let outcome = editions::compile_due(&world.app, now).await.unwrap();
            assert!(outcome.failed.is_empty(), "{outcome:?}");
            now += TimeDelta::minutes(10);
        }
        type Told = (i64, i16, NaiveDate, DateTime<Utc>, DateTime<Utc>, i64);
        let told: Vec<Told> = sqlx::query_as(
            "select subscriber_id, slot, local_date, window_from, window_to,
                    (select count(*) from delivery p where p.digest_id = d.digest_id)
             from digest d order by subscriber_id, window_to, slot",
        )
        .fetch_all(&world.app.db)
        .await
        .unwrap();
        for (id, zone) in &chats {
            let of: Vec<_> = told.iter().filter(|told| told.0 == *id).collect();
            for pair in of.windows(2) {
                assert_eq!(pair[0].4, pair[1].3, "{zone}: a window begins where the last ended");
            }
            for (slot, time) in (0_i16..).zip(times) {
                let days: Vec<NaiveDate> = of.iter().filter(|t| t.1 == slot).map(|told| told.2).collect();
                // The days of which the slot's hour lies between start and end: each of them, once.
                let local = |instant: DateTime<Utc>| instant.with_timezone(zone).naive_local();
                let due = |day: &NaiveDate| {
                    let wall = day.and_time(time.parse().unwrap());
                    local(start) < wall && wall <= local(end - TimeDelta::minutes(10))
                };
                let expected: Vec<NaiveDate> = local(start).date().iter_days().take(8).filter(due).collect();
                assert_eq!(days, expected, "{zone} at {time} around {change}");
            }
            assert!(of.iter().all(|told| told.5 == 1), "{zone}: one message a digest");
            let walls: Vec<NaiveTime> = of.iter().map(|told| told.4.with_timezone(zone).time()).collect();
            assert!(walls.iter().all(|wall| wall.second() == 0), "{zone}: {walls:?}");
        }
        world.run("delete from subscriber").await;
    }
    world.close().await;
}

//! What is old goes, what is open stays, and nothing comes again because it went.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde_json::Value;
use tidings::app::App;
use tidings::app::digest as editions;
use tidings::app::keep::{Keeper, Kept, Outcome, keep};
use tidings::app::read::{self, read_next};
use tidings::app::scrape::{self, List};
use tidings::clock::Clock;
use tidings::config::{Config, Retention};
use tidings::model::DevelopmentId;
use tidings::store::developments::{self, Replayed};
use tidings::store::{Database, Guard, retention, subscribers, told, verdicts};
use tokio::sync::watch;

use crate::scrape::{Newsroom, Site, feed, item, page, status};
use crate::support;

mod left;
mod worlds;

/// Days that are kept here.
const DAYS: i64 = 90;

/// A database with an app whose clock a test moves.
struct World {
    app: App,
    database: Database,
}

impl World {
    async fn new(now: &str) -> World {
        let retention = Retention { days: DAYS as u32, gone_months: 6 };
        World::configured(Config { retention, ..support::config([], "*/15 * * * *", Clock::manual(at(now))) })
            .await
    }

    async fn configured(config: Config) -> World {
        let database = support::database().await;
        World { app: App::new(Arc::new(config), database.pool.clone()).unwrap(), database }
    }

    fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    async fn subscribe(&self, chat_id: i64) -> i64 {
        let wish = support::daily(chat_id, "07:00", Tz::UTC);
        subscribers::subscribe(&self.app.db, &wish, self.now()).await.unwrap().id
    }

    /// Reads articles now: outlet and headline; the text says the same once more.
    async fn read(&self, articles: &[(&str, String)]) {
        let told: i64 = self.number("select coalesce(max(article_id), 0) from article").await;
        let articles: Vec<Replayed> = articles
            .iter()
            .zip(told + 1..)
            .map(|((outlet, title), n)| Replayed {
                id: n.to_string(),
                outlet: (*outlet).into(),
                published: self.now() - TimeDelta::minutes(5),
                title: Some(title.clone()),
                text: format!("{title}, officials said."),
                language: None,
            })
            .collect();
        developments::insert_replayed(&self.app.db, &articles, self.now()).await.unwrap();
        while read_next(&self.app.db, &Default::default(), &self.app.clock).await.unwrap()
            != read::Outcome::Empty
        {}
    }

    /// Compiles what is due, as if it had been sent at once; each subscriber's digest.
    async fn compile(&self) -> BTreeMap<i64, Value> {
        let outcome = editions::compile_due(&self.app, self.now()).await.unwrap();
        assert!(outcome.failed.is_empty(), "{:?}", outcome.failed);
        sqlx::query("update delivery set state = 'sent', sent_at = $1 where state = 'waiting'")
            .bind(self.now())
            .execute(&self.app.db)
            .await
            .unwrap();
        let digests: Vec<(i64, Value)> = sqlx::query_as(
            "select subscriber_id, e.content from digest join edition e using (digest_id)
                 where digest_id = any($1)",
        )
        .bind(&outcome.compiled)
        .fetch_all(&self.app.db)
        .await
        .unwrap();
        digests.into_iter().collect()
    }

    async fn keep(&self) -> Kept {
        match self.try_keep().await {
            Outcome::Done(kept) => kept,
            other => panic!("{other:?}"),
        }
    }

    async fn try_keep(&self) -> Outcome {
        keep(&self.app, &watch::channel(false).1).await.unwrap()
    }

    /// Until a query waits for another's lock.
    async fn until_one_waits(&self) {
        let waits = "select exists (select from pg_stat_activity
                                    where wait_event_type = 'Lock' and datname = current_database())";
        while !sqlx::query_scalar::<_, bool>(waits).fetch_one(&self.app.db).await.unwrap() {
            tokio::task::yield_now().await;
        }
    }

    async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.app.db).await.unwrap()
    }

    fn pass(&self, time: TimeDelta) {
        self.app.clock.set(self.now() + time);
    }

    /// How many items the first edition that is left has, and how many that are coming up.
    async fn first_edition(&self) -> (i64, i64) {
        sqlx::query_as(
            "select jsonb_array_length(content -> 'items')::bigint, jsonb_array_length(content -> 'coming_up')::bigint
             from edition order by digest_id limit 1",
        )
        .fetch_one(&self.app.db)
        .await
        .unwrap()
    }

    async fn close(self) {
        drop(self.app);
        self.database.close().await.unwrap();
    }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[tokio::test]
async fn what_is_fetched_is_kept_for_400_days_if_nothing_else_is_set() {
    let usual = support::config([], "*/15 * * * *", Clock::manual(at("2031-01-02T06:30:00Z")));
    let world = World::configured(usual).await;
    world.read(&[("Bay Radio", "Missiles hit Varna, wounding eleven".into())]).await;
    for (days, left) in [(399, 1), (2, 0)] {
        world.pass(TimeDelta::days(days));
        world.keep().await;
        for count in ["select count(*) from article", "select count(*) from development"] {
            assert_eq!(world.number(count).await, left, "{count} after {days} days more");
        }
    }
    world.close().await;
}

#[tokio::test]
async fn what_is_planned_is_told_once_however_long_ago_that_was_and_taken_back_too() {
    let world = World::new("2031-01-02T06:30:00Z").await;
    world.subscribe(1).await;
    let planned = "Norwegian and Icelandic ministers to meet in Oslo on 10 May".to_owned();
    world
        .read(&[("Harbour Wire", planned), ("Bay Radio", "Missiles hit Varna, wounding eleven".into())])
        .await;
    world.pass(TimeDelta::hours(1));
    let first = world.compile().await;
    let items = |digest: &BTreeMap<i64, Value>, list: &str| {
        digest.values().next().unwrap()[list].as_array().unwrap().len()
    };
    assert_eq!((items(&first, "items"), items(&first, "coming_up")), (1, 1));
    for _ in 0..5 {
        world.pass(TimeDelta::days(20));
        world.compile().await;
    }
    let kept = world.keep().await;
    assert_eq!((kept.developments, kept.articles, kept.thinned), (1, 1, 1), "the strike went: {kept:?}");
    // The first edition stays for what it told of the meeting, and holds no more.
    assert_eq!(world.first_edition().await, (0, 1));
    world.pass(TimeDelta::days(1));
    let next = world.compile().await;
    let digest = next.values().next().unwrap();
    assert_eq!(digest["coming_up"][0]["badge"], "planned", "it is not new: {digest}");
    let id = world.number("select development_id from development where status = 'planned'").await;
    verdicts::withdraw(&world.app.db, id, Some("no such talks"), world.now()).await.unwrap();
    let dossier = developments::dossiers(&world.app.db, Some(DevelopmentId(id))).await.unwrap().remove(0);
    assert_eq!(dossier.withdrawn, Some((world.now(), Some("no such talks".to_owned()))));
    world.pass(TimeDelta::days(1));
    let next = world.compile().await;
    assert_eq!(next.values().next().unwrap()["withdrawn"][0]["why"], "no such talks", "{next:?}");
    // Once its day is long over, it goes with all that was told of it.
    world.pass(TimeDelta::days(300));
    assert!(
        matches!(world.try_keep().await, Outcome::Owed(_)),
        "an edition about what is old by now is owed"
    );
    world.compile().await;
    world.pass(TimeDelta::days(1));
    world.compile().await;
    assert_eq!(world.keep().await.developments, 1);
    assert_eq!(world.number("select count(*) from told").await, 0);
    assert_eq!(world.number("select count(*) from article").await, 0);
    assert_eq!(
        world.number("select count(*) from digest").await,
        2,
        "the last ones, by whose windows it goes on"
    );
    world.close().await;
}

#[tokio::test]
async fn an_old_edition_loses_its_items_one_after_the_other_as_they_are_over() {
    let world = World::new("2031-01-02T06:30:00Z").await;
    world.subscribe(1).await;
    world
        .read(&[
            ("Harbour Wire", "Norwegian and Icelandic ministers to meet in Oslo on 10 May".into()),
            ("Bay Radio", "Missiles hit Varna, wounding eleven".into()),
            ("Coast Post", "Drones strike port of Burgas, killing 3".into()),
        ])
        .await;
    world.pass(TimeDelta::hours(1));
    world.compile().await;
    assert_eq!(world.first_edition().await, (2, 1));
    world.pass(TimeDelta::days(5));
    let toll = "Death toll of drone strike on port of Burgas rises to 5";
    world.read(&[("Coast Post", toll.into())]).await;
    world.pass(TimeDelta::days(1));
    world.compile().await;
    assert_eq!(world.number("select count(*) from development").await, 3);
    for (days, left) in [(87, (1, 1)), (5, (0, 1))] {
        world.pass(TimeDelta::days(days));
        world.compile().await;
        let kept = world.keep().await;
        assert_eq!((kept.developments, kept.stripped), (1, 1), "{kept:?}");
        assert_eq!(world.first_edition().await, left);
    }
    world.close().await;
}

#[tokio::test]
async fn what_editions_list_together_stays_whole_while_a_chat_that_stopped_has_it_in_its_last_one() {
    let world = World::new("2031-01-02T06:30:00Z").await;
    world.subscribe(1).await;
    world.subscribe(2).await;
    world
        .read(&[
            ("Harbour Wire", "Norwegian and Icelandic ministers to meet in Oslo on 10 May".into()),
            ("Bay Radio", "Missiles hit Varna, wounding eleven".into()),
        ])
        .await;
    world.pass(TimeDelta::hours(1));
    assert_eq!(world.compile().await.len(), 2);
    assert_eq!(world.number("select count(*) from item_list").await, 1, "they tell the same");
    subscribers::stop(&world.app.db, 1, 0).await.unwrap();
    for _ in 0..5 {
        world.pass(TimeDelta::days(20));
        world.compile().await;
    }
    let kept = world.keep().await;
    assert_eq!((kept.developments, kept.thinned, kept.stripped), (1, 1, 0), "{kept:?}");
    assert_eq!(world.first_edition().await, (1, 1));
    told::forget(&world.app.db, 1, 0).await.unwrap();
    assert_eq!(world.keep().await.stripped, 1);
    assert_eq!(world.first_edition().await, (0, 1), "the other one's, which is thinned out");
    world.close().await;
}

#[tokio::test]
async fn of_what_goes_on_for_long_the_edition_that_told_of_it_last_is_kept_and_none_before() {
    let world = World::new("2031-01-02T06:30:00Z").await;
    // More than are thinned out in one go, all compiled at one instant.
    let readers = 101;
    for chat in 1..=readers {
        world.subscribe(chat).await;
    }
    let rises =
        |to: u32| [("Bay Radio", format!("Death toll of drone strike on port of Varna rises to {to}"))];
    for news in [[("Harbour Wire", "Drones strike port of Varna, killing 3".to_owned())], rises(5), rises(7)]
    {
        world.read(&news).await;
        world.pass(TimeDelta::hours(1));
        world.compile().await;
        world.pass(TimeDelta::hours(23));
    }
    assert_eq!(world.number("select count(*) from development").await, 1);
    let told = "select count(distinct digest_id) from told";
    assert_eq!(world.number(told).await, 3 * readers, "it was told as new, and each rise of its toll");
    // It is reported once more, without anything new, so that it is not over when the editions have become old.
    world.pass(TimeDelta::days(9));
    world.read(&rises(7)).await;
    for _ in 0..2 {
        world.pass(TimeDelta::days(44));
        world.compile().await;
    }
    assert_eq!(
        (world.number("select count(*) from development").await, world.number(told).await),
        (1, 3 * readers)
    );
    assert_eq!(world.keep().await.digests, 2 * readers as u64, "the two that told of it first");
    assert_eq!(world.number(told).await, readers);
    assert_eq!(world.number("select count(*) from told").await, 3 * readers, "nothing of it is told again");
    assert_eq!(world.keep().await, Kept::default(), "a second pass finds nothing");
    world.pass(TimeDelta::days(1));
    let id = world.number("select development_id from development").await;
    verdicts::withdraw(&world.app.db, id, Some("no such talks"), world.now()).await.unwrap();
    world.pass(TimeDelta::days(1));
    let next = world.compile().await;
    let withdrawn = &next.values().next().unwrap()["withdrawn"][0];
    assert_eq!(withdrawn["why"], "no such talks", "{next:?}");
    assert!(withdrawn["text"].as_str().unwrap().contains("rises to 7"), "as it was told last: {withdrawn}");
    world.close().await;
}

#[tokio::test]
async fn a_chat_whose_zone_is_unknown_holds_back_nothing_that_is_old() {
    let world = World::new("2031-01-02T06:30:00Z").await;
    let lost = world.subscribe(1).await;
    world.read(&[("Bay Radio", "Missiles hit Varna, wounding eleven".into())]).await;
    world.pass(TimeDelta::days(300));
    assert_eq!(world.try_keep().await, Outcome::Owed(lost), "its first edition is owed");
    sqlx::query("update subscriber set zone = 'Atlantis/Old_Town'").execute(&world.app.db).await.unwrap();
    assert_eq!(world.keep().await.developments, 1);
    world.close().await;
}

#[tokio::test]
async fn an_item_that_a_list_still_names_stays_and_one_that_it_names_no_more_goes() {
    let site = Site::start().await;
    // Without dates: nothing but the entry tells that they are old.
    let undated = |name: &str| {
        format!(
            "<item><title>{name} opens</title><link>{}</link><guid>{name}</guid></item>",
            site.url(&format!("/{name}"))
        )
    };
    for name in ["pier", "mill", "lock"] {
        site.answer(&format!("/{name}"), page(&format!("{name} opens")));
    }
    let mut newsroom = Newsroom::open(&site, &["feed"]).await;
    let mut config = Config::clone(&newsroom.app.config);
    config.retention = Retention { days: DAYS as u32, gone_months: 6 };
    newsroom.app.config = Arc::new(config);
    let (app, keep) =
        (&newsroom.app, async || match keep(&newsroom.app, &watch::channel(false).1).await.unwrap() {
            Outcome::Done(kept) => (kept.entries, kept.articles),
            other => panic!("{other:?}"),
        });
    let pass = async |expected: List| {
        let reports = scrape::pass(app, &[]).await.unwrap();
        assert_eq!(reports[0].list, Ok(expected));
        while read_next(&app.db, &app.reader, &app.clock).await.unwrap() != read::Outcome::Empty {}
    };
    site.answer("/feed", feed(&[undated("pier"), undated("mill")]).with("ETag: \"v1\""));
    pass(List::Read { entries: 2, new: 2 }).await;
    // For months the list is the same: read again, or known by its validators.
    newsroom.pass_time(TimeDelta::days(DAYS + 10));
    site.answer("/feed", status("304 Not Modified"));
    pass(List::Unchanged).await;
    assert_eq!(keep().await, (0, 0), "an unchanged list still names them");
    site.answer("/feed", feed(&[undated("pier"), undated("lock")]));
    pass(List::Read { entries: 2, new: 1 }).await;
    assert_eq!(keep().await, (1, 1), "the mill is no longer named");
    newsroom.pass_time(TimeDelta::days(DAYS + 10));
    pass(List::Read { entries: 2, new: 0 }).await;
    assert_eq!(keep().await, (0, 0));
    assert_eq!(newsroom.urls().await, [site.url("/lock"), site.url("/pier")]);
    assert_eq!(site.requests("/pier").len(), 1, "an old item was fetched once");
    newsroom.close().await;
}

#[tokio::test]
async fn what_is_dated_before_all_that_is_kept_is_not_collected_again() {
    let site = Site::start().await;
    site.answer("/pier", page("Pier opens"));
    site.answer("/new", page("Mill opens"));
    site.answer("/feed", feed(&[item("Mill opens", &site.url("/new"), "Tue, 04 Mar 2031 08:00:00 GMT")]));
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    scrape::pass(&newsroom.app, &[]).await.unwrap();
    let old = item("Pier opens", &site.url("/pier"), "Mon, 01 Oct 2029 08:00:00 GMT");
    site.answer("/feed", feed(&[old]));
    newsroom.pass_time(TimeDelta::hours(1));
    scrape::pass(&newsroom.app, &[]).await.unwrap();
    assert_eq!(newsroom.urls().await, [site.url("/new")]);
    assert!(site.requests("/pier").is_empty());
    newsroom.close().await;
}

#[tokio::test]
async fn a_development_that_an_article_is_just_being_compared_with_stays() {
    let world = World::new("2031-01-02T06:30:00Z").await;
    world.read(&[("Bay Radio", "Missiles hit Varna, wounding eleven".into())]).await;
    world.pass(TimeDelta::days(DAYS + 1));
    let mut reading = world.app.db.begin().await.unwrap();
    developments::claim(&mut reading).await.unwrap();
    let report = async {
        world.until_one_waits().await;
        sqlx::query("update development set last_reported_at = $1")
            .bind(world.now())
            .execute(&mut *reading)
            .await
            .unwrap();
        reading.commit().await.unwrap();
    };
    let (kept, ()) = tokio::join!(world.keep(), report);
    assert_eq!((kept.developments, kept.articles), (0, 0));
    world.pass(TimeDelta::days(DAYS + 1));
    assert_eq!(world.keep().await.developments, 1);
    world.close().await;
}

#[tokio::test]
async fn an_edition_that_told_what_is_just_being_merged_stays() {
    let world = World::new("2031-01-02T06:30:00Z").await;
    world.subscribe(1).await;
    world.read(&[("Bay Radio", "Missiles hit Varna, wounding eleven".into())]).await;
    world.pass(TimeDelta::hours(1));
    world.compile().await;
    for _ in 0..2 {
        world.pass(TimeDelta::days(60));
        world.compile().await;
    }
    let mut merging = world.app.db.begin().await.unwrap();
    developments::claim(&mut merging).await.unwrap();
    let told = "with was as (delete from told returning *) select digest_id from was";
    let first = world.number(told).await;
    sqlx::query("insert into told select subscriber_id, development_id, 0, $1 from subscriber, development")
        .bind(first)
        .execute(&mut *merging)
        .await
        .unwrap();
    let merge = async {
        world.until_one_waits().await;
        merging.commit().await.unwrap();
    };
    let before = world.now() - TimeDelta::days(DAYS);
    let (gone, ()) = tokio::join!(retention::digests(&world.app.db, before, DateTime::UNIX_EPOCH), merge);
    assert_eq!(gone.unwrap().done, 0);
    assert_eq!(world.number("select count(*) from told").await, 1, "it is not told again");
    world.close().await;
}

#[tokio::test]
async fn one_process_at_a_time_keeps_and_it_stops_when_it_is_told_to() {
    let world = World::new("2031-01-02T06:30:00Z").await;
    world.read(&[("Bay Radio", "Missiles hit Varna, wounding eleven".into())]).await;
    world.pass(TimeDelta::days(DAYS + 1));
    let guard = Guard::try_take(&world.app.db, "keeper").await.unwrap().unwrap();
    assert_eq!(world.try_keep().await, Outcome::Busy);
    guard.release().await;
    let stopped = watch::channel(true).1;
    assert_eq!(keep(&world.app, &stopped).await.unwrap(), Outcome::Stopped);
    assert_eq!(world.number("select count(*) from article").await, 1);
    // Once a day, and at the start.
    let (keeper, go) = (Keeper::default(), watch::channel(false).1);
    keeper.keep_daily(&world.app, &go).await.unwrap();
    assert_eq!(world.number("select count(*) from article").await, 0);
    world.read(&[("Bay Radio", "Missiles hit Varna, wounding eleven".into())]).await;
    sqlx::query("update article set first_seen_at = '2030-01-01', published_at = '2030-01-01'")
        .execute(&world.app.db)
        .await
        .unwrap();
    sqlx::query("delete from toll").execute(&world.app.db).await.unwrap();
    sqlx::query("delete from report").execute(&world.app.db).await.unwrap();
    keeper.keep_daily(&world.app, &go).await.unwrap();
    assert_eq!(world.number("select count(*) from article").await, 1, "not again on the same day");
    world.pass(TimeDelta::days(1));
    keeper.keep_daily(&world.app, &go).await.unwrap();
    assert_eq!(world.number("select count(*) from article").await, 0);
    world.close().await;
}

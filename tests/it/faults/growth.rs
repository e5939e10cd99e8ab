//! How far it goes: articles read and messages sent a minute, by one program and by two on one database.

use std::time::{Duration, Instant};

use sqlx::{ConnectOptions, PgPool};

use super::world::{Phase, World, judge};
use crate::support;

/// Articles that wait to be read.
const ARTICLES: i64 = 4000;

#[tokio::test]
#[ignore = "takes minutes, in an optimised build: scripts/faults growth"]
async fn what_one_program_and_two_do_in_a_minute() {
    for programs in [1, 2] {
        let database = support::database().await;
        let db = judge(database.pool.connect_options().as_ref().clone());
        let world = World::new(2000, &db).await;
        let url = db.connect_options().to_url_lossy();
        let places: Vec<_> = (0..programs).map(|_| world.place(Some(url.as_str()))).collect();
        let mut course = world.course();
        unread(&db).await;

        let running: Vec<_> = places.iter().map(|place| course.run(place)).collect();
        let read = "select count(*) from article where read_version = version";
        let articles = a_minute(&db, read, ARTICLES).await;
        course.done(&world, &db).await;
        for program in running {
            program.stop().await.assert_stopped();
        }
        while course.phase == Phase::News {
            course.next(&world);
        }
        let running: Vec<_> = places.iter().map(|place| course.run(place)).collect();
        let compiled = a_minute(&db, "select count(*) from digest", world.readers).await;
        let sent = "select count(*) from delivery where state = 'sent'";
        let waiting: i64 = sqlx::query_scalar("select count(*) from delivery").fetch_one(&db).await.unwrap();
        let sent = a_minute(&db, sent, waiting).await;
        println!(
            "{programs} programs: {articles:.0} articles read, {compiled:.0} editions compiled, {sent:.0} messages sent a \
             minute"
        );
        for program in running {
            program.stop().await.assert_stopped();
        }
        db.close().await;
        database.close().await.unwrap();
    }
}

/// Articles as they are stored, each with an event of its own; older than the news of the first day.
async fn unread(db: &PgPool) {
    let cities = ["Lima", "Quito", "Accra", "Lagos", "Nairobi", "Hanoi", "Baku", "Tirana", "Dakar", "Lusaka"];
    for number in 0..ARTICLES {
        let city = cities[(number % 10) as usize];
        let text = format!(
            "A drone strike on a fuel depot in {city} killed {} people on Sunday, the army said. The road to the north \
             stayed closed until the morning while crews cleared it. {}",
            2 + number % 90,
            "Schools nearby are to stay closed for the rest of the week, the town hall said. ".repeat(12)
        );
        let stored = "with a as (insert into article (url, key, outlet, published_at, first_seen_at)
                          values ($1, $1, $2, timestamptz '2031-01-01' + $3 * interval '15 minutes', '2031-03-02')
                          returning article_id)
                      insert into article_version (article_id, version, title, text, text_kind, language, fetched_at)
                      select article_id, 1, $4, $5, 'page', 'en', '2031-03-02' from a";
        sqlx::query(stored)
            .bind(format!("http://archive.example/{number}"))
            .bind(format!("Outlet {}", number % 50))
            .bind(number as f64)
            .bind(format!("Drone strike on a fuel depot in {city}"))
            .bind(text)
            .execute(db)
            .await
            .unwrap();
    }
}

/// How much a count grows in a minute, taken until it is at `end`.
async fn a_minute(db: &PgPool, count: &'static str, end: i64) -> f64 {
    let counted = || async { sqlx::query_scalar::<_, i64>(count).fetch_one(db).await.unwrap() };
    let mut start = counted().await;
    let mut since = Instant::now();
    let until = since + Duration::from_secs(600);
    loop {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let now = counted().await;
        // From the first on: what comes before is the start.
        if start == 0 && now > 0 {
            (start, since) = (now, Instant::now());
        }
        if now >= end {
            return (now - start) as f64 / since.elapsed().as_secs_f64() * 60.0;
        }
        assert!(Instant::now() < until, "{count}: {now} of {end}");
    }
}

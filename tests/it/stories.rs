//! Stories in a real database: what is read finds its story, and merges follow.

use chrono::{DateTime, Utc};
use sqlx::PgPool;
use tidings::app::read::{Outcome, read_next};
use tidings::clock::Clock;
use tidings::model::DevelopmentId;
use tidings::store::developments::{self, Replayed};
use tidings::store::subscribers::Stance;
use tidings::store::{choices, stories};

use crate::support;

fn now() -> DateTime<Utc> {
    "2031-03-20T06:00:00Z".parse().unwrap()
}

/// Reads articles of one outlet each: day and headline.
pub async fn read(db: &PgPool, articles: &[(&str, &str)]) {
    let told: i64 = sqlx::query_scalar("select count(*) from article").fetch_one(db).await.unwrap();
    let articles: Vec<Replayed> = articles
        .iter()
        .zip(told..)
        .map(|((day, title), n)| Replayed {
            id: n.to_string(),
            outlet: format!("Outlet {n}"),
            published: format!("{day}T00:00:00Z").parse().unwrap(),
            title: Some((*title).into()),
            text: String::new(),
            language: None,
        })
        .collect();
    developments::insert_replayed(db, &articles, now()).await.unwrap();
    let clock = Clock::manual(now());
    while read_next(db, &Default::default(), &clock).await.unwrap() != Outcome::Empty {}
    sqlx::query("update article set url = 'https://news.example/' || external_id || '?a=1&b=2'")
        .execute(db)
        .await
        .unwrap();
}

/// Each development's sentence with the name of its story, by the first report.
async fn told(db: &PgPool) -> Vec<(String, Option<String>)> {
    sqlx::query_as(
        "select d.facts ->> 'summary', s.name from development d left join story s using (story_id)
         where d.merged_into is null order by d.first_reported_at, d.development_id",
    )
    .fetch_all(db)
    .await
    .unwrap()
}

#[tokio::test]
async fn developments_between_the_same_parties_are_one_story_and_lone_strikes_join_it() {
    let database = support::database().await;
    let db = &database.pool;
    let articles = [
        ("2031-03-03", "Russian drones strike port of Odesa, killing two"),
        ("2031-03-06", "Russian and Ukrainian negotiators meet in Istanbul"),
        ("2031-03-08", "Missiles hit Kharkiv, wounding eleven"),
        ("2031-03-09", "Norwegian and Icelandic ministers meet in Oslo"),
    ];
    read(db, &articles).await;
    let told = told(db).await;
    let names: Vec<&str> = told.iter().filter_map(|(_, name)| name.as_deref()).collect();
    assert_eq!(
        names,
        ["Russia – Ukraine", "Russia – Ukraine", "Russia – Ukraine", "Iceland – Norway"],
        "{told:?}"
    );
    let running = stories::running(db, "2031-03-01T00:00:00Z".parse().unwrap(), 0, 9).await.unwrap();
    assert_eq!(running.iter().map(|s| s.developments).collect::<Vec<_>>(), [3, 1]);
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_story_is_the_same_however_often_it_is_read() {
    let articles = [
        ("2031-03-03", "Russian drones strike port of Odesa, killing two"),
        ("2031-03-04", "Missiles hit Kharkiv, wounding eleven"),
        ("2031-03-05", "Death toll of drone strike on Odesa rises to five"),
        ("2031-03-06", "Russian and Ukrainian negotiators meet in Istanbul"),
    ];
    let mut before = None;
    for _ in 0..2 {
        let database = support::database().await;
        read(&database.pool, &articles).await;
        let told = told(&database.pool).await;
        assert!(before.is_none_or(|before| before == told));
        before = Some(told);
        database.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_merged_development_is_of_the_others_story_and_an_empty_story_goes() {
    let database = support::database().await;
    let db = &database.pool;
    let articles = [
        ("2031-03-03", "Drones strike port of Constanta, killing two"),
        ("2031-03-04", "Missiles hit Varna, wounding eleven"),
    ];
    read(db, &articles).await;
    let ids: Vec<(i64, i64)> =
        sqlx::query_as("select development_id, story_id from development order by development_id")
            .fetch_all(db)
            .await
            .unwrap();
    assert_ne!(ids[0].1, ids[1].1);
    let mut tx = db.begin().await.unwrap();
    developments::merge(&mut tx, DevelopmentId(ids[1].0), DevelopmentId(ids[0].0)).await.unwrap();
    tx.commit().await.unwrap();
    let left: Vec<i64> = sqlx::query_scalar("select story_id from story").fetch_all(db).await.unwrap();
    assert_eq!(left, [ids[0].1]);
    let of: Vec<i64> =
        sqlx::query_scalar("select distinct story_id from development").fetch_all(db).await.unwrap();
    assert_eq!(of, left);
    database.close().await.unwrap();
}

/// Merges the last development, which is all of its story, into the first; each story left with what is chosen of it.
async fn merged_away(articles: &[(&str, &str)]) -> (Vec<(i64, Vec<String>, bool)>, i64, i64) {
    let database = support::database().await;
    let db = &database.pool;
    read(db, articles).await;
    let ids: Vec<(i64, i64)> =
        sqlx::query_as("select development_id, story_id from development order by development_id")
            .fetch_all(db)
            .await
            .unwrap();
    let (into, from) = (ids[0], *ids.last().unwrap());
    for chat in [7, 8] {
        let subscriber: i64 = sqlx::query_scalar(
            "insert into subscriber (chat_id, zone, created_at, subscribed_at) values ($1, 'UTC', $2, $2)
             returning subscriber_id",
        )
        .bind(chat)
        .bind(now())
        .fetch_one(db)
        .await
        .unwrap();
        let stance = if chat == 7 { Stance::Watched } else { Stance::Muted };
        choices::take_story(db, subscriber, stance, from.1, now()).await.unwrap();
    }
    sqlx::query("update story set muted_at = $2 where story_id = $1")
        .bind(from.1)
        .bind(now())
        .execute(db)
        .await
        .unwrap();
    let mut tx = db.begin().await.unwrap();
    developments::merge(&mut tx, DevelopmentId(from.0), DevelopmentId(into.0)).await.unwrap();
    tx.commit().await.unwrap();
    let left = sqlx::query_as(
        "select s.story_id, array(select c.stance from choice c where c.story_id = s.story_id order by c.stance),
                s.muted_at is not null
         from story s order by s.story_id",
    )
    .fetch_all(db)
    .await
    .unwrap();
    database.close().await.unwrap();
    (left, into.1, from.1)
}

#[tokio::test]
async fn what_was_chosen_of_a_story_that_empties_holds_for_the_one_it_went_into() {
    let (left, into, _) = merged_away(&[
        ("2031-03-03", "Drones strike port of Constanta, killing two"),
        ("2031-03-04", "Missiles hit Varna, wounding eleven"),
    ])
    .await;
    let of = |stance: Stance| stance.as_str().to_owned();
    assert_eq!(left, [(into, vec![of(Stance::Muted), of(Stance::Watched)], true)]);

    // A larger story is not silenced by a small one that goes into it.
    let (left, into, from) = merged_away(&[
        ("2031-03-03", "Russian drones strike port of Odesa, killing two"),
        ("2031-03-06", "Russian and Ukrainian negotiators meet in Istanbul"),
        ("2031-03-09", "Norwegian and Icelandic ministers meet in Oslo"),
    ])
    .await;
    let (watched, muted) = (vec![of(Stance::Watched)], vec![of(Stance::Muted)]);
    assert_eq!(left, [(into, watched, false), (from, muted, true)]);
}

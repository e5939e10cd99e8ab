//! Reports that move and developments that merge: everything follows, and nothing is told twice.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sqlx::PgPool;
use tidings::app::read::{Outcome, read_next};
use tidings::clock::Clock;
use tidings::model::DevelopmentId;
use tidings::store::developments::{self as store, Dossier, Moved, Replayed};
use tidings::store::{digests, verdicts};

use crate::support;

fn now() -> DateTime<Utc> {
    "2031-03-09T06:00:00Z".parse().unwrap()
}

/// Two strikes that the reader parts, the first with a toll that rose.
async fn two_strikes(db: &PgPool) -> Vec<Dossier> {
    let article = |id: &str, day: &str, outlet: &str, title: &str| Replayed {
        id: id.into(),
        outlet: outlet.into(),
        published: format!("{day}T00:00:00Z").parse().unwrap(),
        title: Some(title.into()),
        text: String::new(),
        language: None,
    };
    let articles = [
        article("a", "2031-03-03", "Herald", "Drones strike port of Constanta, killing two"),
        article("b", "2031-03-04", "Post", "Death toll of drone strike on Constanta rises to five"),
        article("c", "2031-03-04", "Echo", "Missiles hit Varna, wounding eleven"),
    ];
    store::insert_replayed(db, &articles, now()).await.unwrap();
    let clock = Clock::manual(now());
    while read_next(db, &Default::default(), &clock).await.unwrap() != Outcome::Empty {}
    let dossiers = store::dossiers(db, None).await.unwrap();
    assert_eq!(dossiers.iter().map(|d| d.reports.len()).collect::<Vec<_>>(), [2, 1]);
    dossiers
}

/// A subscriber who was told the developments and the change.
async fn reader_told(db: &PgPool, told: &[DevelopmentId]) -> i64 {
    let subscriber: i64 = sqlx::query_scalar(
        "insert into subscriber (chat_id, zone, created_at, subscribed_at) values (7, 'UTC', $1, $1)
         returning subscriber_id",
    )
    .bind(now())
    .fetch_one(db)
    .await
    .unwrap();
    let digest: i64 = sqlx::query_scalar(
        "insert into digest (subscriber_id, local_date, slot, window_from, window_to, content, compiled_at)
         values ($1, '2031-03-05', 0, $2, $2, '{}', $2) returning digest_id",
    )
    .bind(subscriber)
    .bind(now())
    .fetch_one(db)
    .await
    .unwrap();
    for id in told {
        sqlx::query(
            "insert into told (subscriber_id, development_id, change_id, digest_id)
             select $1, $2, 0, $3
             union select $1, development_id, change_id, $3 from change where development_id = $2",
        )
        .bind(subscriber)
        .bind(id.0)
        .bind(digest)
        .execute(db)
        .await
        .unwrap();
    }
    subscriber
}

async fn of(db: &PgPool, table: &str, id: DevelopmentId) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table} where development_id = $1")))
        .bind(id.0)
        .fetch_one(db)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_merged_development_is_one_with_all_reports_and_counts_as_told() {
    let database = support::database().await;
    let db = &database.pool;
    let strikes = two_strikes(db).await;
    let (older, younger) = (strikes[0].facts.id, strikes[1].facts.id);
    let subscriber = reader_told(db, &[younger]).await;
    let mut tx = db.begin().await.unwrap();
    store::merge(&mut tx, younger, older).await.unwrap();
    tx.commit().await.unwrap();
    let dossiers = store::dossiers(db, None).await.unwrap();
    assert_eq!(dossiers.len(), 1);
    let reports: Vec<_> =
        dossiers[0].reports.iter().map(|r| (r.article.as_str(), r.relation.as_str())).collect();
    assert_eq!(reports, [("a", "new"), ("b", "update"), ("c", "new")]);
    assert_eq!(of(db, "toll", younger).await, 0);
    let told = told(db, subscriber, older).await;
    assert_eq!(told, HashSet::from([(older, 0)]));
    database.close().await.unwrap();
}

/// What a subscriber was told of a development.
async fn told(db: &PgPool, subscriber: i64, of: DevelopmentId) -> HashSet<(DevelopmentId, i64)> {
    digests::told(db, &[subscriber], &[of]).await.unwrap().remove(&subscriber).unwrap_or_default()
}

#[tokio::test]
async fn changes_of_an_article_that_reports_both_of_two_that_merge_are_told_of_the_one_that_stays() {
    let database = support::database().await;
    let db = &database.pool;
    let strikes = two_strikes(db).await;
    let (rising, other) = (strikes[0].facts.id, strikes[1].facts.id);
    // The article of the rising toll tells of the other strike too.
    sqlx::query(
        "insert into report (development_id, article_id, version, relation, evidence, mention, why, score,
                             reported_at, found_at)
         select $2, article_id, version, 'repeat', evidence, mention, why, score, reported_at, found_at
         from report where development_id = $1 and relation = 'update'",
    )
    .bind(rising.0)
    .bind(other.0)
    .execute(db)
    .await
    .unwrap();
    let mut tx = db.begin().await.unwrap();
    store::merge(&mut tx, rising, other).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((of(db, "change", rising).await, of(db, "change", other).await), (0, 1));
    assert_eq!((of(db, "toll", rising).await, of(db, "toll", other).await), (0, 3));
    assert_eq!(store::dossiers(db, Some(other)).await.unwrap()[0].reports.len(), 3);
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_development_merged_twice_over_counts_as_told_all_the_same() {
    let database = support::database().await;
    let db = &database.pool;
    let strikes = two_strikes(db).await;
    let (first, second) = (strikes[0].facts.id, strikes[1].facts.id);
    let third: i64 = sqlx::query_scalar(
        "insert into development (kind, status, facts, keys, first_reported_at, last_reported_at, found_at)
         select kind, status, facts, keys, first_reported_at, last_reported_at, found_at from development
         where development_id = $1 returning development_id",
    )
    .bind(first.0)
    .fetch_one(db)
    .await
    .unwrap();
    let third = DevelopmentId(third);
    let subscriber = reader_told(db, &[third]).await;
    let mut tx = db.begin().await.unwrap();
    store::merge(&mut tx, third, second).await.unwrap();
    store::merge(&mut tx, second, first).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(told(db, subscriber, first).await, HashSet::from([(first, 0)]));
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_report_that_moves_takes_its_changes_along_told_or_not() {
    let database = support::database().await;
    let db = &database.pool;
    let strikes = two_strikes(db).await;
    let (from, to) = (strikes[0].facts.id, strikes[1].facts.id);
    let subscriber = reader_told(db, &[from]).await;
    let report = &strikes[0].reports[1];
    let moved =
        Moved { from, to, published: report.published, outlet: &report.outlet, evidence: &report.evidence };
    let mut tx = db.begin().await.unwrap();
    store::move_reports(&mut tx, &moved).await.unwrap();
    store::told_as(&mut tx, from, to).await.unwrap();
    tx.commit().await.unwrap();
    let dossiers = store::dossiers(db, None).await.unwrap();
    assert_eq!(dossiers.iter().map(|d| d.reports.len()).collect::<Vec<_>>(), [1, 2]);
    assert_eq!((of(db, "change", from).await, of(db, "change", to).await), (0, 1));
    assert_eq!((of(db, "toll", from).await, of(db, "toll", to).await), (1, 2));
    // The development and the change of the report that moved.
    assert_eq!(told(db, subscriber, to).await.len(), 2);
    database.close().await.unwrap();
}

#[tokio::test]
async fn who_was_told_a_development_that_merged_later_is_told_once_that_it_was_wrong() {
    let database = support::database().await;
    let db = &database.pool;
    let strikes = two_strikes(db).await;
    let (older, younger) = (strikes[0].facts.id, strikes[1].facts.id);
    let subscriber = reader_told(db, &[younger]).await;
    sqlx::query("update digest set content = $1")
        .bind(serde_json::json!({ "items": [{ "development": younger.0 }], "coming_up": [] }))
        .execute(db)
        .await
        .unwrap();
    let wrong = async || digests::withdrawn(db, &[subscriber], now()).await.unwrap();
    // The mark stands on the one that goes, and is the other's from then on.
    verdicts::withdraw(db, younger.0, Some("It was a drill"), now()).await.unwrap();
    let told: Vec<i64> = wrong().await.iter().map(|row| row.development_id).collect();
    assert_eq!(told, [younger.0]);
    let mut tx = db.begin().await.unwrap();
    store::merge(&mut tx, younger, older).await.unwrap();
    tx.commit().await.unwrap();
    let told: Vec<_> = wrong().await.into_iter().map(|row| (row.development_id, row.why)).collect();
    assert_eq!(told, [(older.0, Some("It was a drill".to_owned()))]);
    // Told under either name, it is told.
    sqlx::query(
        "insert into told (subscriber_id, development_id, change_id, digest_id)
         select subscriber_id, $1, -1, digest_id from digest",
    )
    .bind(younger.0)
    .execute(db)
    .await
    .unwrap();
    assert!(wrong().await.is_empty());
    database.close().await.unwrap();
}

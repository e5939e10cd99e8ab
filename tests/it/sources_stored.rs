//! What is stored of sources and their entries, against a real Postgres.

use chrono::{DateTime, TimeDelta, Utc};
use tidings::model::{Entry, Selectors, SourceType};
use tidings::store::Database;
use tidings::store::articles::{self, PageState};
use tidings::store::sources::checks::{self, Check, Listed};
use tidings::store::sources::{self, Health, NewSource, Source};

use crate::support;

#[tokio::test]
async fn an_edit_that_comes_while_its_page_is_read_is_read_too() {
    let store = Store::open().await;
    store.list("Pier opens", store.now).await;
    let claimed = store.claim(store.now).await;
    let later = store.now + TimeDelta::minutes(1);
    store.list("Pier opens late", later).await;
    articles::record_page(&store.database.pool, claimed[0].claim(), &PageState::Had).await.unwrap();
    let claimed = store.claim(store.now + TimeDelta::hours(1)).await;
    assert_eq!(
        claimed.iter().map(|page| page.title.as_deref()).collect::<Vec<_>>(),
        [Some("Pier opens late")]
    );
    articles::record_page(&store.database.pool, claimed[0].claim(), &PageState::Had).await.unwrap();
    assert!(store.claim(store.now + TimeDelta::days(1)).await.is_empty());
    store.close().await;
}

#[tokio::test]
async fn an_edit_alone_does_not_end_a_source_s_silence() {
    let store = Store::open().await;
    store.list("Pier opens", store.now).await;
    sources::set_silent(&store.database.pool, store.source().await.id, Some(store.now)).await.unwrap();
    store.list("Pier opens late", store.now + TimeDelta::days(2)).await;
    assert!(store.health().await.silent_since.is_some());
    store.close().await;
}

#[tokio::test]
async fn a_paused_source_s_pages_are_not_fetched_and_one_that_is_resumed_starts_without_failures() {
    let store = Store::open().await;
    let (db, now) = (&store.database.pool, store.now);
    store.list("Pier opens", now).await;
    checks::record_failure(db, &store.source().await, "down", now, now).await.unwrap();
    sources::set_paused(db, "bay", true, now).await.unwrap();
    assert_eq!((store.health().await.failures, store.claim(now).await.len()), (1, 0));
    sources::set_paused(db, "bay", false, now).await.unwrap();
    let health = store.health().await;
    assert_eq!((health.failures, health.failing_since, health.last_error), (0, None, None));
    assert_eq!(store.claim(now).await.len(), 1);
    store.close().await;
}

#[tokio::test]
async fn a_check_that_outlasts_its_claim_changes_nothing_of_what_a_later_one_stored() {
    let store = Store::open().await;
    let (db, now) = (&store.database.pool, store.now);
    let slow = sources::claim_due(db, now, now + sources::LEASE, 1).await.unwrap().remove(0);
    let later = now + sources::LEASE;
    let quick = sources::claim_due(db, later, later + sources::LEASE, 1).await.unwrap().remove(0);
    assert!(store.list_as(&quick, "Pier opens late", later).await);
    let stored = store.health().await;

    let end = later + TimeDelta::minutes(1);
    assert!(!store.list_as(&slow, "Pier opens", end).await);
    let check = Check { now: end, next: end + TimeDelta::hours(1), moved: None };
    assert!(checks::record_unchanged(db, &slow, check).await.unwrap().is_none());
    assert!(!checks::record_failure(db, &slow, "down", end, end + TimeDelta::hours(1)).await.unwrap());
    assert!(!checks::put_off(db, &slow, end + TimeDelta::hours(1)).await.unwrap());
    let health = store.health().await;
    assert_eq!((health.succeeded_at, health.failures), (stored.succeeded_at, 0));
    assert_eq!(health.next_check_at, stored.next_check_at);
    assert_eq!(store.claim(end).await[0].title.as_deref(), Some("Pier opens late"));
    store.close().await;
}

#[tokio::test]
async fn a_check_under_way_stores_nothing_of_a_source_that_is_read_in_another_way_by_now_or_removed() {
    let store = Store::open().await;
    let (db, now) = (&store.database.pool, store.now);
    store.list("Pier opens", now).await;
    let before = store.source().await;
    let world = Selectors { include: vec!["/world/".into()], ..Selectors::default() };
    let narrowed = NewSource { selectors: world, ..bay() };
    sources::sync(db, std::slice::from_ref(&narrowed), now).await.unwrap();
    assert!(!store.list_as(&before, "Pier opens late", now).await);
    assert_eq!(store.source().await.etag, None, "the old way's list says nothing of the new one's");

    let before = store.source().await;
    sources::sync(db, &[], now).await.unwrap();
    assert!(!checks::record_failure(db, &before, "down", now, now).await.unwrap());
    sources::sync(db, &[narrowed], now).await.unwrap();
    assert_eq!(store.health().await.failures, 0);
    store.close().await;
}

#[tokio::test]
async fn a_source_whose_way_of_reading_was_written_shorter_is_checked_and_known_as_any() {
    let store = Store::open().await;
    sqlx::query("update source set selectors = '{}'").execute(&store.database.pool).await.unwrap();
    store.list("Pier opens", store.now).await;
    assert_eq!(store.health().await.succeeded_at, Some(store.now));
    let NewSource { url, kind, selectors, .. } = bay();
    let same = sources::same(&store.database.pool, &url, kind, Some(&selectors)).await.unwrap();
    assert_eq!(same.len(), 1, "and it is known by its address");
    store.close().await;
}

#[tokio::test]
async fn a_source_that_was_removed_and_comes_back_is_unread() {
    let store = Store::open().await;
    let (db, now) = (&store.database.pool, store.now);
    store.list("Pier opens", now).await;
    assert!(sources::remove(db, "bay", now).await.unwrap());
    assert!(sources::add(db, &bay(), false, now).await.unwrap());
    let health = store.health().await;
    assert_eq!((health.unverified, health.succeeded_at), (true, None));
    store.close().await;
}

#[tokio::test]
async fn a_paused_source_that_is_moved_into_the_file_is_not_paused() {
    let store = Store::open().await;
    sources::set_paused(&store.database.pool, "bay", true, store.now).await.unwrap();
    sources::sync(&store.database.pool, &[bay()], store.now).await.unwrap();
    let health = store.health().await;
    assert_eq!((health.configured, health.paused), (true, false));
    store.close().await;
}

#[tokio::test]
async fn what_is_known_of_a_list_goes_with_its_type_and_address() {
    let store = Store::open().await;
    store.list("Pier opens", store.now).await;
    let known = store.source().await;
    assert_eq!((known.etag.as_deref(), known.lifetime), (Some("\"1\""), Some(600)));
    let sitemap = NewSource { kind: SourceType::Sitemap, ..bay() };
    sources::sync(&store.database.pool, std::slice::from_ref(&sitemap), store.now).await.unwrap();
    let known = store.source().await;
    assert_eq!((known.etag.as_deref(), known.lifetime), (None, Some(600)));
    let moved = NewSource { url: "https://bay.example/new".into(), ..sitemap };
    sources::sync(&store.database.pool, &[moved], store.now).await.unwrap();
    assert_eq!(store.source().await.lifetime, None);
    store.close().await;
}

#[tokio::test]
async fn of_two_who_add_one_name_at_one_time_one_is_told_that_it_is_taken() {
    let store = Store::open().await;
    let pool = &store.database.pool;
    let port = NewSource { name: "port".into(), url: "https://port.example/rss".into(), ..bay() };
    let other = NewSource { url: "https://other.example/rss".into(), ..port.clone() };
    let (one, two) =
        tokio::join!(sources::add(pool, &port, true, store.now), sources::add(pool, &other, true, store.now));
    assert!(one.unwrap() != two.unwrap());
    assert!(!sources::add(pool, &other, true, store.now).await.unwrap());
    store.close().await;
}

#[tokio::test]
async fn what_was_checked_or_put_off_by_a_clock_that_is_put_back_is_due_and_to_one_alone() {
    let store = Store::open().await;
    let (db, now, day) = (&store.database.pool, store.now, TimeDelta::days(1));
    let due = async || sources::claim_due(db, now, now + sources::LEASE, 9).await.unwrap();
    let week = now + day * 7;
    assert_eq!(sources::claim_due(db, week, week + sources::LEASE, 9).await.unwrap().len(), 1);
    store.list("Pier opens", week).await;

    let claimed = due().await.remove(0);
    assert_eq!((claimed.checked_at, claimed.succeeded_at), (Some(now), Some(now)));
    assert!(due().await.is_empty(), "another has it");
    let check = Check { now, next: now + day * 30, moved: None };
    assert!(checks::record_unchanged(db, &claimed, check).await.unwrap().is_some());
    assert!(due().await.is_empty(), "however seldom it is read");

    let page = store.claim(now).await.remove(0).claim();
    assert!(store.claim(now).await.is_empty(), "another has it");
    let again = PageState::Again { error: "down".into(), at: now + day };
    articles::record_page(db, page, &again).await.unwrap();
    assert!(store.claim(now).await.is_empty(), "a day is no long pause");
    assert_eq!(store.claim(now + day).await.len(), 1);
    store.close().await;
}

fn bay() -> NewSource {
    NewSource {
        name: "bay".into(),
        url: "https://bay.example/rss".into(),
        kind: SourceType::Feed,
        outlet: "Bay Post".into(),
        selectors: Selectors::default(),
    }
}

/// A store with one source, added by command.
struct Store {
    database: Database,
    now: DateTime<Utc>,
}

impl Store {
    async fn open() -> Store {
        let (database, now) = (support::database().await, "2031-03-04T12:00:00Z".parse().unwrap());
        assert!(sources::add(&database.pool, &bay(), true, now).await.unwrap());
        Store { database, now }
    }

    async fn source(&self) -> Source {
        sources::named(&self.database.pool, &["bay".into()]).await.unwrap().remove(0)
    }

    async fn health(&self) -> Health {
        sources::health(&self.database.pool, self.now).await.unwrap().remove(0)
    }

    /// The source lists its one entry under this headline.
    async fn list(&self, title: &str, now: DateTime<Utc>) {
        assert!(self.list_as(&self.source().await, title, now).await);
    }

    /// The same to one who knows the source as it was; whether it was stored.
    async fn list_as(&self, source: &Source, title: &str, now: DateTime<Utc>) -> bool {
        let entry = Entry {
            id: "1".into(),
            title: Some(title.into()),
            link: None,
            published: None,
            changed: None,
            summary: None,
            author: None,
        };
        let listed = Listed {
            wanted: &[entry],
            skipped: &[],
            etag: Some("\"1\""),
            last_modified: None,
            lifetime: Some(600),
        };
        let check = Check { now, next: now, moved: None };
        let recorded = checks::record_listed(&self.database.pool, source, listed, check).await.unwrap();
        recorded.is_some()
    }

    async fn claim(&self, now: DateTime<Utc>) -> Vec<articles::WantedPage> {
        let until = now + TimeDelta::minutes(10);
        articles::claim_pages(&self.database.pool, None, now, until, 10).await.unwrap()
    }

    async fn close(self) {
        self.database.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_source_of_the_file_never_takes_the_place_of_another_that_a_command_added() {
    let store = Store::open().await;
    let (db, now) = (&store.database.pool, store.now);
    let namesake = NewSource { url: "https://other.example/feed".into(), ..bay() };
    assert_eq!(sources::sync(db, &[namesake], now).await.unwrap(), ["bay"]);
    assert!(!store.health().await.configured);
    assert!(sources::sync(db, &[], now).await.unwrap().is_empty());
    assert_eq!(store.source().await.url, bay().url, "and leaving the file removes it not");
    store.close().await;
}

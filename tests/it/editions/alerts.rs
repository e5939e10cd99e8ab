//! What is large is told at once.

use chrono::NaiveTime;
use tidings::app::digest::Outcome;
use tidings::digest::Badge;
use tidings::store::subscribers::{self, Choices};

use super::{FIRST, World, add, reported, store};
use crate::digest::{at, change};

#[tokio::test]
async fn a_large_development_is_told_at_once_and_its_updates_by_the_digest() {
    let world = World::new().await;
    world.choose(Choices { alerts: 2, ..Choices::default() }).await;
    world.edition(FIRST).await;
    let outlets = ["Corvel Post", "Bay Radio", "The Meridian"];
    store(&world.app.db, &mut reported(1, "2026-03-12T10:00:00Z", &outlets[..2])).await;
    assert_eq!(world.compile("2026-03-12T10:05:00Z").await, Outcome::default(), "two are not enough");
    let mut large = reported(2, "2026-03-12T11:00:00Z", &outlets);
    store(&world.app.db, &mut large).await;
    let alert = world.edition("2026-03-12T11:05:00Z").await;
    assert!(alert.alert && alert.items.len() == 1, "{alert:?}");
    assert!(world.parts().await[1].contains("⚡"));
    // Nothing new was reported, so nothing is looked for.
    assert_eq!(world.compile("2026-03-12T11:06:00Z").await, Outcome::default());

    store(&world.app.db, &mut reported(3, "2026-03-12T12:00:00Z", &outlets)).await;
    assert_eq!(world.edition("2026-03-12T12:05:00Z").await.items.len(), 1);
    store(&world.app.db, &mut reported(4, "2026-03-12T13:00:00Z", &outlets)).await;
    assert_eq!(world.compile("2026-03-12T13:05:00Z").await, Outcome::default(), "two a day");
    let slots: Vec<i16> = sqlx::query_scalar("select slot from digest order by digest_id")
        .fetch_all(&world.app.db)
        .await
        .unwrap();
    assert_eq!(slots, [0, -1, -2]);

    change(&mut large, "killed", "unknown", "3", "Harbour", "2026-03-12T18:00:00Z");
    add(&world.app.db, &large, large.reports.last().unwrap()).await;
    let second = world.edition("2026-03-13T06:00:00Z").await;
    assert_eq!(second.window.0, at(FIRST), "alerts leave the window alone");
    let mut told: Vec<(&str, Badge)> =
        second.items.iter().map(|item| (item.text.as_str(), item.badge)).collect();
    told.sort_unstable_by_key(|told| told.0);
    let hit = [("Strike 1 hit a port.", Badge::New), ("Strike 2 hit a port.", Badge::Update)];
    assert_eq!(told, [hit[0], hit[1], ("Strike 4 hit a port.", Badge::New)]);
    world.close().await;
}

#[tokio::test]
async fn in_quiet_hours_no_alert_comes_and_the_digest_tells_it() {
    let world = World::new().await;
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let quiet = Some((time(22), time(6)));
    world.choose(Choices { alerts: 5, quiet, ..Choices::default() }).await;
    world.edition(FIRST).await;
    let outlets = ["Corvel Post", "Bay Radio", "The Meridian"];
    store(&world.app.db, &mut reported(1, "2026-03-12T23:00:00Z", &outlets)).await;
    assert_eq!(world.compile("2026-03-12T23:05:00Z").await, Outcome::default());
    let digest = world.edition("2026-03-13T06:00:00Z").await;
    assert!(!digest.alert && digest.items.len() == 1);
    world.close().await;
}

#[tokio::test]
async fn one_unreadable_zone_holds_up_no_other_chats_alerts() {
    let world = World::new().await;
    world.choose(Choices { alerts: 2, ..Choices::default() }).await;
    world
        .run(
            "insert into subscriber (chat_id, zone, alerts, created_at, subscribed_at)
             values (78, 'Nowhere/Land', 2, '2026-03-11', '2026-03-11'), (79, 'UTC', 0, '2026-03-11', '2026-03-11')",
        )
        .await;
    world.edition(FIRST).await;
    let outlets = ["Corvel Post", "Bay Radio", "The Meridian"];
    store(&world.app.db, &mut reported(1, "2026-03-12T11:00:00Z", &outlets)).await;
    assert!(world.edition("2026-03-12T11:05:00Z").await.alert);
    let readable = subscribers::active(&world.app.db).await.unwrap();
    assert_eq!(readable.iter().map(|chat| chat.chat_id).collect::<Vec<_>>(), [77, 79]);
    let alerted = subscribers::alerted(&world.app.db, 0, 9).await.unwrap();
    assert_eq!(alerted.iter().map(|chat| chat.chat_id).collect::<Vec<_>>(), [77]);

    // What hinders all alerts is told like an edition that failed, and they are looked for again.
    store(&world.app.db, &mut reported(2, "2026-03-12T12:00:00Z", &outlets)).await;
    world.run("alter table toll rename to lost").await;
    let outcome = world.compile("2026-03-12T12:05:00Z").await;
    assert!(outcome.failed.len() == 1 && outcome.failed[0].starts_with("alerts: "), "{outcome:?}");
    world.run("alter table lost rename to toll").await;
    assert!(world.edition("2026-03-12T12:06:00Z").await.alert);
    world.close().await;
}

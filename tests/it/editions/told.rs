//! What a reader was told before: running stories, and what was judged anew.

use chrono::NaiveDate;
use tidings::model::DevelopmentId;
use tidings::store::verdicts;

use super::{FIRST, World, store, strike};
use crate::digest::at;

#[tokio::test]
async fn what_was_taken_back_is_told_once_to_those_who_were_told() {
    let world = World::new().await;
    let mut wrong = strike(1, at("2026-03-11T12:00:00Z"));
    store(&world.app.db, &mut wrong).await;
    world.edition(FIRST).await;
    let mut unseen = strike(2, at("2026-03-12T12:00:00Z"));
    store(&world.app.db, &mut unseen).await;
    world
        .run("update development set withdrawn_at = '2026-03-12T15:00Z', withdrawn_why = 'It was a drill'")
        .await;
    let second = world.edition("2026-03-13T06:00:00Z").await;
    assert!(second.items.is_empty(), "who was not told never is");
    let told: Vec<_> = second
        .withdrawn
        .iter()
        .map(|told| (told.development, told.text.as_str(), told.told.to_string(), told.why.as_deref()))
        .collect();
    let text = "Strike 1 hit a port.";
    assert_eq!(told, [(wrong.development.id, text, "2026-03-12".to_owned(), Some("It was a drill"))]);
    let message = world.parts().await.remove(1);
    assert!(message.contains("⏹") && message.contains("It was a drill"), "{message}");
    assert!(message.contains("https://corvel-post.example/1"), "{message}");
    assert!(world.edition("2026-03-14T06:00:00Z").await.withdrawn.is_empty());
    world.close().await;
}

#[tokio::test]
async fn a_storys_history_is_what_this_reader_was_told_and_a_quiet_story_fades_out_in_a_week() {
    let world = World::new().await;
    let story =
        |id: DevelopmentId| format!("update development set story_id = 1 where development_id = {id}");
    world
        .run(
            "insert into story (name, parties, started_at, last_at)
             values ('Arlund – Bessaria', '{AR,BE}', '2026-03-11', '2026-03-11')",
        )
        .await;
    let mut first = strike(1, at("2026-03-11T12:00:00Z"));
    store(&world.app.db, &mut first).await;
    world.run(&story(first.development.id)).await;
    let told = world.edition(FIRST).await;
    assert!(told.items[0].history.is_empty() && told.unchanged.is_empty());

    let quiet = world.edition("2026-03-13T06:00:00Z").await;
    let named: Vec<_> = quiet.unchanged.iter().map(|story| (story.name.as_str(), story.last)).collect();
    assert_eq!(named, [("Arlund – Bessaria", "2026-03-12".parse::<NaiveDate>().unwrap())]);

    let mut next = strike(2, at("2026-03-13T12:00:00Z"));
    store(&world.app.db, &mut next).await;
    world.run(&story(next.development.id)).await;
    let third = world.edition("2026-03-14T06:00:00Z").await;
    assert!(third.unchanged.is_empty());
    let history: Vec<_> = third.items[0].history.iter().map(|e| (e.development, e.text.as_str())).collect();
    assert_eq!(history, [(first.development.id, "Strike 1 hit a port.")]);
    assert!(world.parts().await.concat().contains("<blockquote expandable>"));

    assert!(!world.edition("2026-03-21T06:00:00Z").await.unchanged.is_empty());
    assert!(world.edition("2026-03-22T06:00:00Z").await.unchanged.is_empty());
    // Muted by an admin, for all.
    world.run("update story set muted_at = '2026-03-22'").await;
    let mut muted = strike(3, at("2026-03-22T12:00:00Z"));
    store(&world.app.db, &mut muted).await;
    world.run(&story(muted.development.id)).await;
    assert!(world.edition("2026-03-23T06:00:00Z").await.items.is_empty());
    world.close().await;
}

#[tokio::test]
async fn a_storys_history_is_of_the_last_sixty_days() {
    let world = World::new().await;
    let of_story = "update development set story_id = 1";
    world
        .run(
            "insert into story (name, parties, started_at, last_at)
             values ('Arlund – Bessaria', '{AR,BE}', '2026-03-11', '2026-03-11')",
        )
        .await;
    let mut tell = Vec::new();
    for (n, found, edition) in [
        (1, "2026-03-11T12:00:00Z", FIRST),
        (2, "2026-04-29T12:00:00Z", "2026-04-30T05:00:00Z"),
        (3, "2026-05-20T12:00:00Z", "2026-05-21T05:00:00Z"),
    ] {
        store(&world.app.db, &mut strike(n, at(found))).await;
        world.run(of_story).await;
        let edition = world.edition(edition).await;
        tell.push(edition.items[0].history.iter().map(|earlier| earlier.text.clone()).collect::<Vec<_>>());
    }
    assert_eq!(
        tell,
        [vec![], vec!["Strike 1 hit a port.".to_owned()], vec!["Strike 2 hit a port.".to_owned()]]
    );
    world.close().await;
}

#[tokio::test]
async fn what_stands_after_all_is_told_once_to_those_who_were_told_that_it_is_wrong() {
    let world = World::new().await;
    let db = &world.app.db;
    let mut struck = strike(1, at("2026-03-11T12:00:00Z"));
    store(db, &mut struck).await;
    let id = struck.development.id;
    world.edition(FIRST).await;
    let mark = async |why: Option<&str>, now: &str| {
        assert!(verdicts::withdraw(db, id.0, why, at(now)).await.unwrap().is_some());
    };
    // Marked and unmarked between two editions: nobody was told, so nobody is.
    mark(Some("It was a drill"), "2026-03-12T10:00:00Z").await;
    mark(None, "2026-03-12T11:00:00Z").await;
    let second = world.edition("2026-03-13T06:00:00Z").await;
    assert!(second.withdrawn.is_empty() && second.restored.is_empty());

    mark(Some("It was a drill"), "2026-03-13T10:00:00Z").await;
    assert_eq!(world.edition("2026-03-14T06:00:00Z").await.withdrawn.len(), 1);
    mark(None, "2026-03-14T10:00:00Z").await;
    let fourth = world.edition("2026-03-15T06:00:00Z").await;
    assert!(fourth.withdrawn.is_empty() && fourth.items.is_empty(), "{fourth:?}");
    let told: Vec<_> = fourth.restored.iter().map(|told| (told.development, told.text.as_str())).collect();
    assert_eq!(told, [(id, "Strike 1 hit a port.")]);
    let message = world.parts().await.remove(3);
    assert!(message.contains("↩️ <b>Stands after all: what was told here on Thu 12 Mar"), "{message}");
    assert!(!message.contains("Nothing new"), "{message}");

    let fifth = world.edition("2026-03-16T06:00:00Z").await;
    assert!(fifth.restored.is_empty() && fifth.withdrawn.is_empty(), "once");
    // Wrong again: told again.
    mark(Some("A drill after all"), "2026-03-16T10:00:00Z").await;
    assert_eq!(world.edition("2026-03-17T06:00:00Z").await.withdrawn.len(), 1);
    world.close().await;
}

#[tokio::test]
async fn a_quiet_story_is_named_by_two_parties_or_a_place_or_not_at_all() {
    let world = World::new().await;
    world
        .run(
            "insert into story (name, parties, place, started_at, last_at) values
                 ('Army', '{army}', null, '2026-03-11', '2026-03-11'),
                 ('Army', '{army}', 'Karo', '2026-03-11', '2026-03-11'),
                 ('Arlund – Bessaria', '{AR,BE}', null, '2026-03-11', '2026-03-11')",
        )
        .await;
    for n in 1..=3 {
        let mut struck = strike(n, at("2026-03-11T12:00:00Z"));
        store(&world.app.db, &mut struck).await;
        let id = struck.development.id;
        world.run(&format!("update development set story_id = {n} where development_id = {id}")).await;
    }
    world.edition(FIRST).await;
    let quiet = world.edition("2026-03-13T06:00:00Z").await;
    let named: Vec<&str> = quiet.unchanged.iter().map(|story| story.name.as_str()).collect();
    assert_eq!(named, ["Army (Karo)", "Arlund – Bessaria"]);
    world.close().await;
}

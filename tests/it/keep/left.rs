//! Chats that left: what they chose is kept for some months, in case they come back.

use chrono::TimeDelta;
use tidings::app::keep::Outcome;
use tidings::store::subscribers::{self, Stance, State};
use tidings::store::{choices, told};

use super::{World, at};

#[tokio::test]
async fn a_chat_that_left_is_forgotten_after_some_months_unless_it_comes_back() {
    let world = World::new("2031-01-02T06:30:00Z").await;
    let db = &world.app.db;
    let gone = world.subscribe(1).await;
    let back = world.subscribe(2).await;
    let stays = world.subscribe(3).await;
    let forgotten = world.subscribe(4).await;
    world
        .read(&[
            ("Bay Radio", "Missiles hit Varna, wounding eleven".into()),
            ("Coast Post", "Drones strike port of Burgas, killing 3".into()),
        ])
        .await;
    choices::name(db, back, Stance::Muted, "Varna", world.now()).await.unwrap();
    choices::name(db, forgotten, Stance::Muted, "Burgas", world.now()).await.unwrap();
    world.pass(TimeDelta::hours(1));
    assert_eq!(world.compile().await.len(), 4);
    assert_eq!(world.number("select count(*) from item_list").await, 3, "two are told the same");
    assert!(told::forget(db, 4, 0).await.unwrap());
    tidings::store::search::ask(db, 1, "grain", world.now()).await.unwrap();
    subscribers::mark_gone(db, 1, "blocked").await.unwrap();
    subscribers::stop(db, 2, 0).await.unwrap();
    world.pass(TimeDelta::hours(1));
    world.keep().await;
    assert_eq!(world.number("select count(*) from item_list").await, 3, "an edition may be about to have it");
    // Five months later nobody more is forgotten; one comes back as it was, and leaves once more.
    world.app.clock.set(at("2031-06-20T07:00:00Z"));
    assert!(matches!(world.try_keep().await, Outcome::Owed(_)));
    assert_eq!(
        world.number("select count(*) from item_list").await,
        2,
        "what only the forgotten one was told is gone"
    );
    assert_eq!(world.subscribe(2).await, back);
    let chosen = subscribers::get(db, back).await.unwrap().unwrap();
    assert_eq!((chosen.state, chosen.choices.names.len()), (State::Active, 1));
    subscribers::stop(db, 2, 0).await.unwrap();
    world.compile().await;
    // Half a year after the first left.
    world.app.clock.set(at("2031-07-03T08:00:00Z"));
    world.compile().await;
    let Outcome::Done(kept) = world.try_keep().await else { panic!("not done") };
    assert_eq!(kept.subscribers, 1);
    assert!(subscribers::get(db, gone).await.unwrap().is_none());
    assert!(subscribers::get(db, back).await.unwrap().is_some(), "it was here until June");
    assert_eq!(world.number("select count(*) from asked").await, 0);
    world.app.clock.set(at("2031-12-21T08:00:00Z"));
    world.try_keep().await;
    assert!(subscribers::get(db, back).await.unwrap().is_none());
    assert!(subscribers::get(db, stays).await.unwrap().is_some());
    assert_eq!(world.number("select count(distinct subscriber_id) from digest").await, 1);
    world.close().await;
}

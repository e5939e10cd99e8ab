//! Editions that could not be sent: the last one comes, is also in the others' place, and says so.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use tidings::app::digest::{self as editions, Outcome};
use tidings::digest::Digest;
use tidings::store::subscribers::{self, Choices};
use tidings::store::times;

use super::{FIRST, World, store, strike};
use crate::digest::at;

/// When editions were due that a digest also stands for.
fn covers(digest: &Digest) -> Vec<String> {
    digest.covers.iter().map(|at| at.format("%d %b %H:%M").to_string()).collect()
}

impl World {
    /// Compiles the one edition of which that is the message.
    async fn message(&self, now: &str) -> (Digest, String) {
        let digest = self.edition(now).await;
        (digest, self.parts().await.pop().unwrap())
    }

    /// The subscriber's times from now on.
    async fn times(&self, times: &[&str], now: &str) {
        let times: Vec<NaiveTime> = times.iter().map(|time| time.parse().unwrap()).collect();
        times::set(&self.app.db, self.subscriber, Tz::Europe__Berlin, &times, at(now)).await.unwrap();
    }

    async fn pictures(&self) -> Vec<String> {
        sqlx::query_scalar(
            "select d.local_date::text || ' ' || d.slot from delivery join digest d using (digest_id)
             where picture is not null order by 1",
        )
        .fetch_all(&self.app.db)
        .await
        .unwrap()
    }
}

#[tokio::test]
async fn after_three_days_away_one_digest_comes_and_says_in_whose_place() {
    let world = World::new().await;
    let (first, message) = world.message(FIRST).await;
    assert!(first.covers.is_empty() && !message.contains("also covers"), "{message}");
    store(&world.app.db, &mut strike(1, at("2026-03-13T12:00:00Z"))).await;

    let (late, message) = world.message("2026-03-16T09:00:00Z").await;
    assert_eq!(late.window, (at(FIRST), at("2026-03-16T06:00:00Z")));
    assert_eq!(covers(&late), ["13 Mar 06:00", "14 Mar 06:00", "15 Mar 06:00"]);
    let said = "also covers the 3 editions from Fri 13 Mar to Sun 15 Mar, which could not be sent.";
    assert!(late.items.len() == 1 && message.contains(said), "{message}");
    assert!(editions::messages(&world.app, &late).unwrap()[0].contains(said));
    assert_eq!(world.compile("2026-03-16T09:00:01Z").await, Outcome::default());

    let (next, message) = world.message("2026-03-17T06:00:00Z").await;
    assert!(next.covers.is_empty() && !message.contains("also covers"), "{message}");
    let (_, message) = world.message("2026-03-19T06:00:00Z").await;
    assert!(message.contains("the edition of Wed 18 Mar, which"), "{message}");
    let (_, message) = world.message("2026-03-22T06:00:00Z").await;
    assert!(message.contains("the editions of Fri 20 Mar and Sat 21 Mar, which"), "{message}");
    world.close().await;
}

#[tokio::test]
async fn who_subscribed_before_the_bot_was_away_is_owed_what_came_after_that_alone() {
    let world = World::new().await;
    // Subscribed at noon on the 11th.
    let first = world.edition("2026-03-14T06:00:00Z").await;
    assert_eq!(covers(&first), ["12 Mar 06:00", "13 Mar 06:00"]);
    world.close().await;
}

#[tokio::test]
async fn over_a_change_of_clocks_the_editions_between_are_those_of_the_clocks() {
    let world = World::new().await;
    world.edition(FIRST).await;
    for (last, back, between) in [
        ("2026-03-27T06:00:00Z", "2026-03-31T08:00:00Z", ["28 Mar 06:00", "29 Mar 05:00", "30 Mar 05:00"]),
        ("2026-10-23T05:00:00Z", "2026-10-27T08:00:00Z", ["24 Oct 05:00", "25 Oct 06:00", "26 Oct 06:00"]),
    ] {
        world.edition(last).await;
        let late = world.edition(back).await;
        assert_eq!(covers(&late), between);
        assert_eq!(late.window.0, at(last));
    }
    world.close().await;
}

#[tokio::test]
async fn of_two_slots_a_day_the_last_one_comes_alone_and_names_the_hours_of_the_others() {
    let world = World::new().await;
    world.times(&["07:00", "18:00"], "2026-03-11T18:00:00Z").await;
    assert!(world.edition(FIRST).await.covers.is_empty());
    assert!(world.edition("2026-03-12T17:00:00Z").await.covers.is_empty());

    // The evening's of the 13th and the morning's of the 14th are both due.
    let (late, message) = world.message("2026-03-14T08:00:00Z").await;
    assert_eq!(covers(&late), ["13 Mar 06:00", "13 Mar 17:00"]);
    assert_eq!(late.window, (at("2026-03-12T17:00:00Z"), at("2026-03-14T06:00:00Z")));
    assert!(message.contains("the editions of Fri 07:00 and Fri 18:00, which"), "{message}");
    assert_eq!(world.compile("2026-03-14T08:00:01Z").await, Outcome::default());
    assert!(world.edition("2026-03-14T17:00:00Z").await.covers.is_empty());

    let (late, message) = world.message("2026-03-15T17:30:00Z").await;
    assert_eq!(covers(&late), ["15 Mar 06:00"]);
    assert!(message.contains("the edition of Sun 07:00, which"), "{message}");
    world.close().await;
}

#[tokio::test]
async fn days_that_the_chat_left_out_are_no_editions() {
    let world = World::new().await;
    use Weekday::*;
    world.choose(Choices { days: vec![Mon, Tue, Wed, Thu, Fri], ..Choices::default() }).await;
    world.edition(FIRST).await;
    world.edition("2026-03-13T06:00:00Z").await;
    assert!(world.edition("2026-03-16T06:00:00Z").await.covers.is_empty(), "a weekend");
    assert_eq!(world.compile("2026-03-21T12:00:00Z").await.compiled.len(), 1);
    let late = world.edition("2026-03-24T06:00:00Z").await;
    assert_eq!(covers(&late), ["23 Mar 06:00"]);
    world.close().await;
}

#[tokio::test]
async fn a_weekly_edition_that_could_not_be_sent_comes_days_later_and_not_a_week_later() {
    let world = World::new().await;
    // 12 March 2026 is a Thursday.
    world.choose(Choices { days: vec![Weekday::Thu], ..Choices::default() }).await;
    world.edition(FIRST).await;
    store(&world.app.db, &mut strike(1, at("2026-03-13T12:00:00Z"))).await;
    let late = world.edition("2026-03-22T08:00:00Z").await;
    assert_eq!((late.window, late.items.len()), ((at(FIRST), at("2026-03-19T06:00:00Z")), 1));
    assert_eq!(world.compile("2026-03-22T08:00:01Z").await, Outcome::default());
    assert_eq!(world.edition("2026-03-26T06:00:00Z").await.window.0, at("2026-03-19T06:00:00Z"));

    // One that was asked for meanwhile has told it all; a day that comes in late is owed from the next one on.
    let asked = editions::compile_now(&world.app, world.subscriber, at("2026-04-03T12:00:00Z")).await;
    assert!(matches!(asked, Ok(editions::Asked::Compiled(_))), "{asked:?}");
    assert_eq!(world.compile("2026-04-04T08:00:00Z").await, Outcome::default());
    let days = Choices { days: vec![Weekday::Thu, Weekday::Sat], ..Choices::default() };
    subscribers::choose(&world.app.db, world.subscriber, &days, at("2026-04-04T09:00:00Z")).await.unwrap();
    assert_eq!(world.compile("2026-04-04T10:00:00Z").await, Outcome::default());
    world.close().await;
}

#[tokio::test]
async fn a_time_that_was_chosen_after_it_had_passed_is_no_edition_that_did_not_come() {
    let world = World::new().await;
    world.edition(FIRST).await;
    world.times(&["07:00", "09:00"], "2026-03-12T10:00:00Z").await;
    assert!(world.edition("2026-03-13T06:00:00Z").await.covers.is_empty());
    assert!(world.edition("2026-03-13T08:00:00Z").await.covers.is_empty());
    // Another hour for the morning's, which had come: the evening's is tomorrow's.
    world.times(&["20:00"], "2026-03-13T09:00:00Z").await;
    assert!(world.edition("2026-03-14T19:00:00Z").await.covers.is_empty());
    world.close().await;
}

#[tokio::test]
async fn an_edition_that_was_asked_for_stands_for_one_that_was_due() {
    let world = World::new().await;
    world.edition(FIRST).await;
    let asked = editions::compile_now(&world.app, world.subscriber, at("2026-03-13T06:00:01Z")).await;
    assert!(matches!(asked, Ok(editions::Asked::Compiled(_))), "{asked:?}");
    assert_eq!(world.compile("2026-03-13T06:00:02Z").await, Outcome::default());
    let next = world.edition("2026-03-14T06:00:00Z").await;
    assert!(next.covers.is_empty() && next.window.0 == at("2026-03-13T06:00:01Z"), "{next:?}");
    world.close().await;
}

#[tokio::test]
async fn the_weeks_chart_of_a_day_on_which_no_edition_came_comes_with_the_next_one() {
    let world = World::new().await;
    world.choose(Choices { chart_day: Some(Weekday::Fri), ..Choices::default() }).await;
    world.edition(FIRST).await;
    assert!(world.pictures().await.is_empty());
    world.edition("2026-03-14T06:00:00Z").await;
    world.edition("2026-03-15T06:00:00Z").await;
    assert_eq!(world.pictures().await, ["2026-03-14 0"]);
    world.close().await;
}

#[tokio::test]
async fn a_chart_that_came_in_the_morning_does_not_come_again_for_the_evening() {
    let world = World::new().await;
    world.choose(Choices { chart_day: Some(Weekday::Fri), ..Choices::default() }).await;
    world.times(&["07:00", "18:00"], "2026-03-11T18:00:00Z").await;
    world.edition("2026-03-12T17:00:00Z").await;
    world.edition("2026-03-13T06:00:00Z").await;
    let late = world.edition("2026-03-14T06:00:00Z").await;
    assert_eq!(covers(&late), ["13 Mar 17:00"]);
    assert_eq!(world.pictures().await, ["2026-03-13 0"]);
    world.close().await;
}

#[tokio::test]
async fn a_year_away_is_one_digest() {
    let world = World::new().await;
    world.edition(FIRST).await;
    let back: DateTime<Utc> = at(FIRST) + TimeDelta::days(365);
    let (late, message) = world.message(&back.to_rfc3339()).await;
    assert_eq!(late.covers.len(), 364);
    assert!(message.contains("the 364 editions from Fri 13 Mar"), "{message}");
    world.close().await;
}

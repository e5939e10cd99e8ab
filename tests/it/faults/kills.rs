//! The program is killed at moments drawn by chance, in all it does, and started again at once.

use std::os::unix::process::ExitStatusExt;
use std::time::Instant;

use super::chance::Chance;
use super::ledger::{Ledger, User, fits_together};
use super::world::{Phase, World, judge};
use crate::support;

#[tokio::test]
async fn a_program_killed_at_any_moment_loses_nothing_and_doubles_only_what_was_in_flight() {
    kills(6, 40).await;
}

#[tokio::test]
#[ignore = "takes ten minutes: scripts/faults kills"]
async fn two_hundred_kills_among_five_hundred_readers_lose_nothing_and_double_only_what_was_in_flight() {
    kills(200, 500).await;
}

/// Kills the program so often while it is at work.
#[expect(clippy::print_stdout, reason = "the figures are what the long form is run for")]
async fn kills(count: usize, readers: i64) {
    let began = Instant::now();
    let database = support::database().await;
    let db = judge(database.pool.connect_options().as_ref().clone());
    let world = World::new(readers, &db).await;
    let user = User::new(&db, "one").await;
    let place = world.place(Some(user.url.as_str()));
    let mut course = world.course();
    let (mut chance, mut ledger) = (Chance::new(1), Ledger::default());
    let (mut at_news, mut at_editions, mut while_sending) = (0, 0, 0);
    while at_news + at_editions < count {
        let program = course.run(&place);
        // Half a second goes into starting.
        chance.moment(400, 2800).await;
        let ended = program.kill().await;
        assert_eq!(ended.status.signal(), Some(9), "it had ended by itself: {}", ended.stderr);
        user.is_gone(&db).await;
        while_sending += usize::from(ledger.killed(&db).await > 0);
        if course.is_done(&world, &db).await {
            course.next(&world);
        } else if course.phase == Phase::News {
            at_news += 1;
        } else {
            at_editions += 1;
        }
    }
    course.finish(&world, &place, &db).await;
    let accounts = ledger.settle(&world, &db).await;
    fits_together(&world, &course, &db).await;
    assert!(accounts.in_a_digest.1 >= 3, "{accounts}");
    println!(
        "{at_news} kills while news was fetched and read, {at_editions} while editions were compiled and sent \
         ({while_sending} with parts in flight), {} days, {readers} readers, in {:.0} s: {accounts}",
        course.day + 1,
        began.elapsed().as_secs_f64(),
    );
    user.end(&db).await;
    db.close().await;
    database.close().await.unwrap();
}

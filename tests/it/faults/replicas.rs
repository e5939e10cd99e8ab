//! Two programs on one database, each killed and started again at moments drawn by chance: they share all work, and
//! none of it is done twice.

use std::os::unix::process::ExitStatusExt;
use std::time::{Duration, Instant};

use sqlx::ConnectOptions;

use super::chance::Chance;
use super::ledger::{Ledger, User, fits_together};
use super::world::{World, judge};
use crate::end_to_end::program::Running;
use crate::support;

/// Readers who ask have ids from here on.
const ASKERS: i64 = 1_000_000;

#[tokio::test]
async fn two_programs_that_are_killed_in_turn_lose_nothing_and_do_nothing_twice() {
    replicas(4, 30).await;
}

#[tokio::test]
#[ignore = "takes six minutes: scripts/faults replicas"]
async fn two_programs_that_are_killed_a_hundred_times_lose_nothing_and_do_nothing_twice() {
    replicas(100, 300).await;
}

#[expect(clippy::print_stdout, reason = "the figures are what the long form is run for")]
async fn replicas(rounds: usize, readers: i64) {
    let began = Instant::now();
    let database = support::database().await;
    let db = judge(database.pool.connect_options().as_ref().clone());
    let world = World::new(readers, &db).await;
    let users = [User::new(&db, "one").await, User::new(&db, "other").await];
    let places = users.each_ref().map(|user| world.place(Some(user.url.as_str())));
    let mut course = world.course();
    let (mut chance, mut ledger) = (Chance::new(2), Ledger::of_replicas(&db).await);
    let (mut round, mut asked, mut both, mut elsewhere) = (0, 0, 0, 0);
    let mut killed = Vec::new();
    let mut running = places.each_ref().map(|place| Some(course.run(place)));
    while round < rounds {
        chance.moment(100, 1600).await;
        world.telegram.say(ASKERS + asked, ASKERS + asked, "/whoami");
        asked += 1;
        chance.moment(100, 1600).await;
        if course.is_done(&world, &db).await {
            // The clock can jump only while nothing runs.
            elsewhere += stop(running).await;
            course.next(&world);
            running = places.each_ref().map(|place| Some(course.run(place)));
            continue;
        }
        round += 1;
        let one = chance.below(2) as usize;
        let doomed: &[usize] = if chance.below(5) == 0 { &[0, 1] } else { &[one] };
        both += doomed.len() - 1;
        for &number in doomed {
            killed.extend(users[number].number(&db).await);
            let ended = running[number].take().unwrap().kill().await;
            assert_eq!(ended.status.signal(), Some(9), "it had ended by itself: {}", ended.stderr);
            elsewhere += polled_elsewhere(&ended.stderr);
        }
        for &number in doomed {
            users[number].is_gone(&db).await;
        }
        ledger.killed(&db).await;
        for &number in doomed {
            running[number] = Some(course.run(&places[number]));
        }
    }
    elsewhere += stop(running).await;
    // All updates are taken: the last ones by who does the rest.
    course.finish(&world, &places[0], &db).await;
    let answers: Vec<usize> = (0..asked).map(|asker| world.telegram.texts(ASKERS + asker).len()).collect();
    let unanswered = answers.iter().filter(|times| **times == 0).count();
    ledger.taken_over(&killed, &db).await;
    let accounts = ledger.settle(&world, &db).await;
    fits_together(&world, &course, &db).await;
    let (times, most) = world.news.asked();
    assert_eq!(most, 1, "a list was fetched by two at one time");
    assert_eq!(elsewhere, 0, "two polled at one time");
    assert_eq!(unanswered, 0, "of {asked} questions");
    let twice = answers.iter().filter(|times| **times > 1).count();
    // Each is asked so long before the next kill that few are under way then.
    assert!(twice <= 1 + answers.len() / 10, "{twice} of {asked} questions were answered twice");
    println!(
        "{rounds} rounds ({both} of both at once), {} days, {readers} readers, in {:.0} s: {accounts}; lists asked \
         for {times} times, {most} at one time; {asked} questions, {twice} answered twice",
        course.day + 1,
        began.elapsed().as_secs_f64(),
    );
    for user in users {
        user.end(&db).await;
    }
    db.close().await;
    database.close().await.unwrap();
}

/// Stops all; how often they found that another one polls.
async fn stop(running: [Option<Running>; 2]) -> usize {
    let mut elsewhere = 0;
    for program in running.into_iter().flatten() {
        let ended = program.stop().await;
        // One that is told to stop while it starts ends at once, by the signal.
        assert!(ended.status.success() || ended.status.signal() == Some(15), "{ended:?}");
        elsewhere += polled_elsewhere(&ended.stderr);
    }
    elsewhere
}

/// A poll of a killed program that is ended by the next one's is told to nobody.
fn polled_elsewhere(log: &str) -> usize {
    log.matches("another program polls").count()
}

#[tokio::test]
async fn a_command_that_was_taken_and_not_answered_is_answered_by_the_next_program() {
    let database = support::database().await;
    let db = judge(database.pool.connect_options().as_ref().clone());
    let world = World::new(0, &db).await;
    let place = world.place(Some(db.connect_options().to_url_lossy().as_str()));
    let course = world.course();
    // The answer waits for a table: the command is taken, and its chat not stored.
    let mut locked = db.begin().await.unwrap();
    sqlx::query("lock table subscriber in exclusive mode").execute(&mut *locked).await.unwrap();
    let program = course.run(&place);
    world.telegram.say(5, 5, "/subscribe 07:30");
    let waits = "select exists (select from pg_stat_activity where application_name = 'tidings'
                                and wait_event_type = 'Lock' and query like '%subscriber%')";
    while !sqlx::query_scalar::<_, bool>(waits).fetch_one(&db).await.unwrap() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let polls = world.telegram.calls("getupdates");
    world.telegram.called("getupdates", polls + 2).await;
    program.kill().await;
    locked.rollback().await.unwrap();
    assert!(world.telegram.texts(5).is_empty());

    let program = course.run(&place);
    assert!(world.telegram.messages(5, 1).await[0].text.contains("07:30"));
    program.stop().await.assert_stopped();
    db.close().await;
    database.close().await.unwrap();
}

//! Connections are cut at random moments, many a second: in the middle of transactions, between them, and those that
//! hold a process's name and jobs.

use std::time::{Duration, Instant};

use sqlx::ConnectOptions;

use super::chance::Chance;
use super::ledger::{Ledger, fits_together};
use super::world::{World, judge};
use crate::support;

#[tokio::test]
async fn connections_that_are_cut_in_the_middle_of_transactions_leave_nothing_half_written() {
    cuts(60, 40).await;
}

#[tokio::test]
#[ignore = "takes minutes: scripts/faults cuts"]
async fn thousands_of_connections_that_are_cut_leave_nothing_half_written() {
    cuts(3000, 300).await;
}

#[expect(clippy::print_stdout, reason = "the figures are what the long form is run for")]
async fn cuts(count: usize, readers: i64) {
    let began = Instant::now();
    let database = support::database().await;
    let db = judge(database.pool.connect_options().as_ref().clone());
    let world = World::new(readers, &db).await;
    let place = world.place(Some(db.connect_options().to_url_lossy().as_str()));
    let (mut course, mut chance) = (world.course(), Chance::new(4));
    let (mut cut, mut amid) = (0, 0);
    let mut program = course.at_work(&place, &db).await;
    while cut < count {
        chance.moment(5, 60).await;
        assert!(program.lives(), "it ended by itself: {}", program.said());
        // Rather one that is in a transaction than one that idles; one that is only coming up has no state yet.
        let one = "select pg_terminate_backend(pid), coalesce(state, 'idle') <> 'idle' from pg_stat_activity
                   where application_name = 'tidings' and datname = current_database() and pid <> pg_backend_pid()
                   order by state = 'idle', random() limit 1";
        let ended: Option<(bool, bool)> = sqlx::query_as(one).fetch_optional(&db).await.unwrap();
        if let Some((true, at_work)) = ended {
            cut += 1;
            amid += usize::from(at_work);
        }
        // A program needs moments of peace to come to the end of anything.
        if cut % 10 == 0 {
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        if course.is_done(&world, &db).await {
            program.stop().await.assert_stopped();
            course.next(&world);
            program = course.at_work(&place, &db).await;
        }
    }
    course.done(&world, &db).await;
    program.stop().await.assert_stopped();
    course.finish(&world, &place, &db).await;
    let accounts = Ledger::default().settle(&world, &db).await;
    fits_together(&world, &course, &db).await;
    println!(
        "{cut} connections cut, {amid} of them at work, {} days, {readers} readers, in {:.0} s: {accounts}",
        course.day + 1,
        began.elapsed().as_secs_f64(),
    );
    db.close().await;
    database.close().await.unwrap();
}

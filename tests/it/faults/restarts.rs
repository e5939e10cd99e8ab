//! The database server is stopped and started again and again, in each way, while the program works: the program
//! never ends, nothing is lost or doubled, and work goes on within seconds.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::kill_process;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{ConnectOptions, Connection, PgConnection, PgPool};
use tidings::store;

use super::chance::Chance;
use super::ledger::{Ledger, fits_together};
use super::postgres::{Postgres, WAYS};
use super::world::{Course, Phase, World, judge};
use crate::cluster::{made_folder, server_pid};
use crate::end_to_end::program::{Place, Running};

/// Within this time the program has its name again.
const BACK: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_server_that_stops_and_starts_loses_and_doubles_nothing() {
    outside(4, 40).await;
}

#[tokio::test]
#[ignore = "takes four minutes: scripts/faults restarts"]
async fn a_server_that_stops_and_starts_fifty_times_loses_and_doubles_nothing() {
    outside(50, 300).await;
}

#[tokio::test]
async fn a_private_server_that_is_stopped_is_started_again_and_nothing_is_lost_or_doubled() {
    private(4, 40).await;
}

#[tokio::test]
#[ignore = "takes four minutes: scripts/faults restarts"]
async fn a_private_server_that_is_stopped_fifty_times_is_started_again_and_nothing_is_lost_or_doubled() {
    private(50, 300).await;
}

async fn outside(count: usize, readers: i64) {
    let mut server = Postgres::start(&[]).await;
    let options = server.options("tidings");
    let url = options.to_url_lossy().to_string();
    store::open(Some(&tidings::config::Secret(url.clone())), Path::new("/nowhere"))
        .await
        .unwrap()
        .close()
        .await
        .unwrap();
    let mut trial = Trial::new(readers, judge(options), |world| world.place(Some(&url))).await;
    for _ in 0..count {
        trial.some_work().await;
        let way = trial.chance.of(&WAYS);
        server.down(way).await;
        trial.chance.moment(0, 1500).await;
        server.up().await;
        trial.has_its_name_again(Instant::now()).await;
    }
    trial.end("an outside server", count).await;
}

async fn private(count: usize, readers: i64) {
    let data = made_folder().await;
    // We have a share in the server, so that it outlives the program's stops; the program alone looks after it.
    let held = store::open(None, &data).await.unwrap();
    let db = judge(private_options(&data));
    let mut trial =
        Trial::new(readers, db, |world| world.place(None).with("TIDINGS_DATA", data.to_str().unwrap())).await;
    for _ in 0..count {
        trial.some_work().await;
        let server = server_pid(&data).unwrap();
        let since = Instant::now();
        kill_process(server, trial.chance.of(&WAYS)).unwrap();
        while server_pid(&data).is_none_or(|now| now == server) {
            assert!(since.elapsed() < BACK, "nobody starts it");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        trial.has_its_name_again(since).await;
    }
    trial.end("a private server", count).await;
    held.close().await.unwrap();
}

fn private_options(data: &Path) -> PgConnectOptions {
    let socket: PathBuf = data.join("socket");
    PgConnectOptions::new_without_pgpass()
        .socket(socket)
        .username("tidings")
        .database("tidings")
        .ssl_mode(PgSslMode::Disable)
}

/// A program at work on a server that goes and comes.
struct Trial {
    began: Instant,
    db: PgPool,
    world: World,
    place: Place,
    course: Course,
    chance: Chance,
    program: Option<Running>,
    /// How long it took each time until the program had its name again.
    back: Vec<Duration>,
    /// Logged by all programs so far.
    errors: usize,
}

impl Trial {
    async fn new(readers: i64, db: PgPool, place: impl FnOnce(&World) -> Place) -> Trial {
        let world = World::new(readers, &db).await;
        let (place, course) = (place(&world), world.course());
        let program = Some(course.at_work(&place, &db).await);
        let (chance, began) = (Chance::new(3), Instant::now());
        Trial { began, db, world, place, course, chance, program, back: Vec::new(), errors: 0 }
    }

    /// Lets the program work for a while, with work left at its end.
    async fn some_work(&mut self) {
        loop {
            self.chance.moment(200, 1500).await;
            self.still_runs();
            if !self.course.is_done(&self.world, &self.db).await {
                return;
            }
            self.stop().await;
            self.course.next(&self.world);
            self.program = Some(self.course.at_work(&self.place, &self.db).await);
        }
    }

    /// Waits until the program has got a connection again, and with it its name.
    async fn has_its_name_again(&mut self, since: Instant) {
        loop {
            assert!(since.elapsed() < BACK, "it has not got its name again");
            self.still_runs();
            if let Ok(mut connection) = PgConnection::connect_with(self.db.connect_options().as_ref()).await {
                let alive = "select exists (select from live_process)";
                let alive = sqlx::query_scalar::<_, bool>(alive).fetch_one(&mut connection).await;
                let _ = connection.close().await;
                if alive.unwrap_or(false) {
                    break;
                }
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.back.push(since.elapsed());
    }

    async fn stop(&mut self) {
        let ended = self.program.take().unwrap().stop().await;
        ended.assert_stopped();
        self.errors += ended.stderr.matches("ERROR ").count();
    }

    fn still_runs(&mut self) {
        let program = self.program.as_mut().unwrap();
        let ended = !program.lives();
        assert!(!ended, "it ended by itself: {}", program.said());
    }

    #[expect(clippy::print_stdout, reason = "the figures are what the long form is run for")]
    async fn end(mut self, what: &str, count: usize) {
        self.course.done(&self.world, &self.db).await;
        self.stop().await;
        if self.course.phase == Phase::News {
            self.course.next(&self.world);
            self.course.finish(&self.world, &self.place, &self.db).await;
        }
        let accounts = Ledger::default().settle(&self.world, &self.db).await;
        fits_together(&self.world, &self.course, &self.db).await;
        self.back.sort_unstable();
        println!(
            "{what} stopped {count} times, {} days, {} readers, in {:.0} s: {accounts}; its name again after {:.1} s \
             in the middle, {:.1} s at most; {} errors logged",
            self.course.day + 1,
            self.world.readers,
            self.began.elapsed().as_secs_f64(),
            self.back[self.back.len() / 2].as_secs_f64(),
            self.back.last().unwrap().as_secs_f64(),
            self.errors,
        );
        assert!(self.errors <= count, "a spell is told once");
    }
}

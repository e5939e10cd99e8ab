//! A server that refuses: no more connections, or no changes. The program says so once with the mend, waits, and
//! goes on by itself when the server is willing.

use std::path::Path;
use std::time::Duration;

use sqlx::{ConnectOptions, Connection, PgConnection, PgPool};
use tidings::store;

use super::ledger::{Ledger, fits_together};
use super::postgres::Postgres;
use super::world::{Course, World, judge};
use crate::end_to_end::program::{Place, Running};

/// A server, and what the program needs to work on it.
struct Trial {
    server: Postgres,
    db: PgPool,
    world: World,
    place: Place,
    course: Course,
}

impl Trial {
    async fn new(settings: &[&str]) -> Trial {
        let server = Postgres::start(settings).await;
        let options = server.options("tidings");
        let url = options.to_url_lossy().to_string();
        let fresh = store::open(Some(&tidings::config::Secret(url.clone())), Path::new("/nowhere")).await;
        fresh.unwrap().close().await.unwrap();
        let db = judge(options);
        let world = World::new(30, &db).await;
        let (place, course) = (world.place(Some(&url)), world.course());
        Trial { server, db, world, place, course }
    }

    /// Cuts the program's connections.
    async fn cut(&self) {
        let cut = "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'tidings'";
        sqlx::query(cut).execute(&self.db).await.unwrap();
    }

    /// The rest of the day goes as if nothing had been.
    async fn end(mut self, program: Running) {
        self.course.done(&self.world, &self.db).await;
        let ended = program.stop().await;
        ended.assert_stopped();
        let blamed: Vec<&str> = ended.stderr.lines().filter(|line| line.contains("source failed")).collect();
        assert!(blamed.is_empty(), "the database's trouble is no source's: {blamed:#?}");
        self.course.next(&self.world);
        self.course.finish(&self.world, &self.place, &self.db).await;
        let accounts = Ledger::default().settle(&self.world, &self.db).await;
        assert_eq!(accounts.doubled, 0);
        fits_together(&self.world, &self.course, &self.db).await;
    }
}

/// Waits until the program says this.
pub async fn says(program: &Running, words: &str) {
    let waiting = async {
        while !program.said().contains(words) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let said = tokio::time::timeout(Duration::from_secs(40), waiting).await;
    assert!(said.is_ok(), "it does not say {words:?}: {}", program.said());
}

/// Asserts that the spell was one error with these words; before it there may be one of the connections that the
/// trial cut itself.
#[track_caller]
pub fn one_error(said: &str, words: &str) {
    let errors: Vec<&str> = said.lines().filter(|line| line.contains("ERROR ")).collect();
    let cut =
        usize::from(errors.first().is_some_and(|error| error.contains("the database can't be reached")));
    assert!(errors.len() == cut + 1 && errors[cut].contains(words), "{errors:#?} in {said}");
}

#[tokio::test]
async fn a_database_that_takes_no_changes_is_told_once_and_work_goes_on_when_it_does() {
    let trial = Trial::new(&[]).await;
    let program = trial.course.run(&trial.place);
    says(&program, "the bot listens").await;
    // New connections alone find it so.
    let mut connection = PgConnection::connect_with(&trial.server.options("postgres")).await.unwrap();
    let set = "alter database tidings set default_transaction_read_only = on";
    sqlx::raw_sql(set).execute(&mut connection).await.unwrap();
    trial.cut().await;
    says(&program, "the database takes no changes").await;
    let reset = "alter database tidings reset default_transaction_read_only";
    sqlx::raw_sql(reset).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    says(&program, "the database works again").await;
    one_error(&program.said(), "set default_transaction_read_only off");
    trial.end(program).await;
}

#[tokio::test]
async fn a_server_without_a_free_connection_is_told_once_and_work_goes_on_when_there_is_one() {
    let trial = Trial::new(&["max_connections=20", "superuser_reserved_connections=0"]).await;
    let program = trial.course.run(&trial.place);
    says(&program, "the bot listens").await;
    // Others take all that there are, also those that the program gives back.
    trial.cut().await;
    let mut others = Vec::new();
    while !program.said().contains("takes no more connections") {
        match PgConnection::connect_with(&trial.server.options("postgres")).await {
            Ok(connection) => others.push(connection),
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
        assert!(others.len() < 25);
    }
    drop(others);
    says(&program, "the database works again").await;
    one_error(&program.said(), "raise its max_connections");
    trial.end(program).await;
}

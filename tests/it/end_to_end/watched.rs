//! The program under a service manager: it says when it is ready and that it is well, and stops in time whatever
//! hangs.

use std::os::unix::net::UnixDatagram;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use sqlx::ConnectOptions;
use tokio::net::TcpListener;

use super::program::{Place, Running};
use crate::cluster::{made_folder, server_pid};
use crate::fake_telegram::FakeTelegram;
use crate::setup::ADMIN;
use crate::support;

/// What a service manager hears.
struct Manager {
    socket: UnixDatagram,
    folder: tempfile::TempDir,
}

impl Manager {
    fn new() -> Manager {
        let folder = support::folder();
        let socket = UnixDatagram::bind(folder.path().join("notify")).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        Manager { socket, folder }
    }

    /// The place told where the manager listens, and how often it wants to hear.
    fn manages(&self, place: Place) -> Place {
        place
            .with("NOTIFY_SOCKET", self.folder.path().join("notify").to_str().unwrap())
            .with("WATCHDOG_USEC", "1000000")
    }

    /// Waits for a message with this line in it.
    fn hears(&self, line: &str) {
        let mut heard = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            let length = match self.socket.recv(&mut buffer) {
                Ok(length) => length,
                Err(error) => panic!("{line} was not heard ({error}), but {heard:?}"),
            };
            let message = String::from_utf8_lossy(&buffer[..length]).into_owned();
            if message.lines().any(|said| said == line) {
                return;
            }
            heard.push(message);
        }
    }
}

fn place(telegram: &FakeTelegram, database: &tidings::store::Database) -> Place {
    let url = database.pool.connect_options().to_url_lossy();
    let place = Place::new().with_telegram(telegram).with("DATABASE_URL", url.as_str());
    place.configure(&format!("admins = [{ADMIN}]\n[health]\nlisten = \"127.0.0.1:0\"\n"));
    place
}

/// The health port, as the log says it.
fn port(program: &Running) -> String {
    let said = program.said();
    let port = said.split("health=\"").nth(1).and_then(|rest| rest.split('"').next());
    port.unwrap_or_else(|| panic!("no port in: {said}")).to_owned()
}

async fn healthz(program: &Running) -> u16 {
    reqwest::get(format!("http://{}/healthz", port(program))).await.unwrap().status().as_u16()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_manager_hears_that_it_is_ready_and_well_and_that_it_stops() {
    let (database, telegram) = (support::database().await, FakeTelegram::start().await);
    let manager = Manager::new();
    let program = manager.manages(place(&telegram, &database)).start(&["run"]);
    manager.hears("READY=1");
    manager.hears("STATUS=0 sources, 0 subscribers");
    for _ in 0..2 {
        manager.hears("WATCHDOG=1");
    }
    telegram.say(5, 5, "/whoami");
    telegram.messages(5, 1).await;
    assert_eq!(healthz(&program).await, 200);
    let said = program.said();
    for words in
        ["Tidings begins", "version=\"0.1.0\"", "zone=\"UTC\"", "next_look_at_editions=\"none\"", "database="]
    {
        assert!(said.contains(words), "{words} is not in: {said}");
    }
    program.signal(Signal::TERM);
    manager.hears("STOPPING=1");
    program.end().await.assert_stopped();
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_check_beside_a_program_at_work_finds_its_port_in_order() {
    let (database, telegram) = (support::database().await, FakeTelegram::start().await);
    let place = place(&telegram, &database);
    let program = place.start(&["run"]);
    telegram.say(5, 5, "/whoami");
    telegram.messages(5, 1).await;
    let address = port(&program);
    place.configure(&format!("admins = [{ADMIN}]\n[health]\nlisten = \"{address}\"\n"));
    let line = format!("ok       health: `tidings run` is at work and answers at {address}");
    let checked = place.run(&["check"]).await;
    assert!(checked.stdout.contains(&line), "{}", checked.stdout);
    program.stop().await.assert_stopped();
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_stop_takes_less_than_ten_seconds_whatever_hangs() {
    let (database, telegram) = (support::database().await, FakeTelegram::start().await);
    // A source that takes the request and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = place(&telegram, &database);
    place.configure(&format!(
        "admins = [{ADMIN}]\nallow_hosts = [\"127.0.0.1\"]\n[[source]]\nname = \"Silent\"\nurl = \"http://{}/\"\n",
        silent.local_addr().unwrap()
    ));
    let program = place.start(&["run"]);
    let (_connection, _) = silent.accept().await.unwrap();
    telegram.say(5, 5, "/start");
    telegram.messages(5, 1).await;
    // A Telegram that takes messages and never answers.
    telegram.hold_answers_after(0);
    telegram.say(5, 5, "/whoami");
    telegram.held(1).await;
    // A database that answers nothing any more, also not to who is in the middle of a statement.
    let mut lock = database.pool.begin().await.unwrap();
    let tables = "source, entry, article, development, digest, delivery, subscriber, ban";
    let statement = format!("lock table {tables} in access exclusive mode");
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut *lock).await.unwrap();
    telegram.say(6, 6, "/start");
    // All loops have come to their next look at the database.
    let waiting = "select count(*) from pg_locks where not granted
                   and database = (select oid from pg_database where datname = current_database())";
    while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&mut *lock).await.unwrap() < 4 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let told = Instant::now();
    let ended = program.stop().await;
    assert!(told.elapsed() < Duration::from_secs(10), "it took {:?}: {}", told.elapsed(), ended.stderr);
    ended.assert_stopped();
    drop(lock);
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_program_that_cannot_end_in_order_is_ended_by_force_within_ten_seconds() {
    let (data, telegram) = (made_folder().await, FakeTelegram::start().await);
    let place = Place::new().with_telegram(&telegram).with("TIDINGS_DATA", data.to_str().unwrap());
    let program = place.start(&["run"]);
    telegram.say(5, 5, "/whoami");
    telegram.messages(5, 1).await;
    // Its server is to be stopped by one program at a time, and another does not come to an end with it.
    let turn = std::fs::File::open(data.join("postgres.turn")).unwrap();
    turn.lock().unwrap();
    let told = Instant::now();
    let ended = program.stop().await;
    let took = told.elapsed();
    assert!(took > Duration::from_secs(7) && took < Duration::from_secs(10), "{took:?}: {}", ended.stderr);
    ended.assert_failed(&["it did not stop in time: ended by force"]);

    drop(turn);
    let program = place.start(&["run"]);
    telegram.say(5, 5, "/whoami");
    telegram.messages(5, 2).await;
    program.stop().await.assert_stopped();
    assert_eq!(server_pid(&data), None, "the server that was left is taken over, and stopped");
}

/// The short form, on a shorter patience: `health::a_loop_that_hangs_is_told_by_name_and_ends_the_process`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes ten minutes: cargo test --test it -- --ignored a_program_whose_loop_hangs"]
async fn a_program_whose_loop_hangs_says_so_and_ends_to_be_started_again() {
    let (database, telegram) = (support::database().await, FakeTelegram::start().await);
    let manager = Manager::new();
    let mut program = manager.manages(place(&telegram, &database)).start(&["run"]);
    manager.hears("READY=1");
    // From here on the manager does not listen, which must hold up nothing.
    let mut lock = database.pool.begin().await.unwrap();
    // For longer than a transaction of the program may stand idle.
    let held =
        "set local idle_in_transaction_session_timeout = 0; lock table delivery in access exclusive mode";
    sqlx::raw_sql(held).execute(&mut *lock).await.unwrap();
    while !program.said().contains("delivering is stuck") {
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert!(program.lives(), "it ended too early: {}", program.said());
    }
    assert_eq!(healthz(&program).await, 503);
    while program.lives() {
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert!(!program.said().contains("delivering goes on"), "{}", program.said());
    }
    program.end().await.assert_failed(&["delivering has not come round for 540 s"]);
    drop(lock);
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_program_whose_own_database_server_takes_long_to_come_up_hears_the_stop() {
    let (data, telegram) = (made_folder().await, FakeTelegram::start().await);
    let folder = data.join("postgres");
    // A server by its command line, which replays its log for ever.
    let mut server = std::process::Command::new("sh")
        .args(["-c", "read _", "postgres"])
        .arg(&folder)
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let starting = format!("{}\n{}\n0\n5432\n/none\n\n1 2\nstarting\n", server.id(), folder.display());
    std::fs::write(folder.join("postmaster.pid"), starting).unwrap();
    let place = Place::new().with_telegram(&telegram).with("TIDINGS_DATA", data.to_str().unwrap());
    let program = place.start(&["run"]);
    while !data.join("postgres.turn").exists() {
        tokio::task::yield_now().await;
    }
    program.stop().await.assert_stopped();
    server.kill().unwrap();
    server.wait().unwrap();
}

//! The program is stopped and killed while it sends, and started again: nothing is lost, and what comes twice
//! was in flight.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use futures::future::join_all;
use rustix::process::Signal;
use sqlx::ConnectOptions;
use tidings::clock::Clock;
use tidings::demo::newsroom::Newsroom;
use tidings::demo::server::Server;
use tidings::store::Database;
use tidings::store::digests::{self, Compiled, List};
use tidings::store::subscribers;

use super::program::{Place, Running};
use crate::cluster::{made_folder, runs, server_pid};
use crate::fake_telegram::{FakeTelegram, TOKEN};
use crate::setup::ADMIN;
use crate::support;

const CHATS: i64 = 6;
const PARTS: usize = 4;

/// Subscribers whose editions were compiled and not sent.
struct Outbox {
    database: Database,
    telegram: FakeTelegram,
}

impl Outbox {
    async fn new() -> Outbox {
        let database = support::database().await;
        let telegram = FakeTelegram::start().await;
        let due: DateTime<Utc> = "2026-03-01T07:00:00Z".parse().unwrap();
        for chat in 1..=CHATS {
            let wish = support::daily(chat, "08:00", Tz::Europe__Berlin);
            let reader = subscribers::subscribe(&database.pool, &wish, due).await.unwrap();
            let nothing = serde_json::json!({});
            let edition = Compiled {
                subscriber_id: reader.id,
                local_date: "2026-03-01".parse().unwrap(),
                slot: 0,
                window: (due - chrono::TimeDelta::days(1), due),
                content: &nothing,
                list: List::New { items: &nothing, lines: &nothing },
                told: vec![],
                restored: vec![],
                merged: &[],
                parts: &parts(chat),
                picture: None,
                not_before: due,
            };
            digests::freeze(&database.pool, &edition, due).await.unwrap().unwrap();
        }
        Outbox { database, telegram }
    }

    /// Starts the program, in a place of its own, at an hour of the editions' day.
    fn start(&self, hour: u32) -> Running {
        let place = Place::new()
            .with_telegram(&self.telegram)
            .with("DATABASE_URL", self.database.pool.connect_options().to_url_lossy().as_str())
            .with("TIDINGS_NOW", &format!("2026-03-01T{hour:02}:00:00Z"))
            .with("TIDINGS_CLOCK_RATE", "20");
        place.configure(&format!("admins = [{ADMIN}]\n"));
        place.start(&["run"])
    }

    /// Waits until nothing is left to be sent, by asking the bot.
    async fn sent(&self) {
        loop {
            let asked = self.telegram.texts(ADMIN).len();
            self.telegram.say(ADMIN, ADMIN, "/stats");
            let answers = self.telegram.messages(ADMIN, asked + 1).await;
            if answers[asked].text.contains("Messages waiting: 0\n") {
                return;
            }
        }
    }

    /// Chats and texts of parts in a state.
    async fn parts(&self, state: &str) -> Vec<(i64, String)> {
        sqlx::query_as(
            "select chat_id, body from delivery join subscriber using (subscriber_id)
             where delivery.state = $1 order by delivery_id",
        )
        .bind(state)
        .fetch_all(&self.database.pool)
        .await
        .unwrap()
    }

    /// Asserts that each chat got all parts in order; gives what came twice.
    fn doubled(&self) -> Vec<(i64, String)> {
        let mut doubled = Vec::new();
        for chat in 1..=CHATS {
            let mut texts = self.telegram.texts(chat);
            doubled.extend(texts.windows(2).filter(|two| two[0] == two[1]).map(|two| (chat, two[0].clone())));
            assert!(texts.windows(3).all(|three| three[0] != three[2]), "one kill, three times: {texts:?}");
            texts.dedup();
            assert_eq!(texts, parts(chat));
        }
        doubled
    }
}

fn parts(chat: i64) -> Vec<String> {
    (1..=PARTS).map(|part| format!("part {part} for {chat}")).collect()
}

/// Kills the program once so many messages were sent, with the answers to the next ones held back or not.
async fn kill_after(count: usize, hold: bool) {
    let outbox = Outbox::new().await;
    let mut held = Vec::new();
    if hold {
        outbox.telegram.hold_answers_after(count);
    }
    let program = outbox.start(8);
    if hold {
        // The parts that are left are of so many chats at least, and each has one in flight.
        held = outbox.telegram.held((CHATS as usize * PARTS - count).div_ceil(PARTS)).await;
    } else {
        outbox.telegram.accepted(count).await;
    }
    program.kill().await;
    let in_flight = outbox.parts("sending").await;
    outbox.telegram.release_answers();

    let program = outbox.start(9);
    outbox.sent().await;
    program.stop().await.assert_stopped();
    let doubled = outbox.doubled();
    assert!(doubled.iter().all(|part| in_flight.contains(part)), "{doubled:?} of {in_flight:?}");
    assert!(held.iter().all(|part| doubled.contains(part)), "{held:?} of {doubled:?}");
    assert_eq!(outbox.parts("sent").await.len(), CHATS as usize * PARTS);
    outbox.database.close().await.unwrap();
}

#[tokio::test]
async fn a_program_killed_while_it_sends_loses_nothing_and_doubles_only_what_was_in_flight() {
    join_all([(0, true), (1, true), (9, true), (22, true), (13, false)].map(|(n, hold)| kill_after(n, hold)))
        .await;
}

#[tokio::test]
async fn a_program_told_to_stop_finishes_what_is_in_flight_and_begins_nothing_more() {
    let outbox = Outbox::new().await;
    outbox.telegram.hold_answers_after(0);
    let program = outbox.start(8);
    outbox.telegram.held(CHATS as usize).await;
    let polls = outbox.telegram.calls("getupdates");
    program.signal(Signal::TERM);
    let told = Instant::now();
    // The bot's last call acknowledges what it took: the stop was heard.
    outbox.telegram.called("getupdates", polls + 1).await;
    outbox.telegram.release_answers();
    program.end().await.assert_stopped();
    assert!(told.elapsed() < Duration::from_secs(10));
    assert_eq!(outbox.parts("sent").await.len(), CHATS as usize);
    assert_eq!(outbox.parts("sending").await, []);

    let program = outbox.start(9);
    outbox.sent().await;
    program.stop().await.assert_stopped();
    assert_eq!(outbox.doubled(), []);
    outbox.database.close().await.unwrap();
}

#[tokio::test]
async fn a_telegram_that_never_answers_does_not_hold_up_the_stop_and_no_part_is_lost() {
    let outbox = Outbox::new().await;
    outbox.telegram.hold_answers_after(3);
    let program = outbox.start(8);
    let held = outbox.telegram.held(CHATS as usize).await;
    let told = Instant::now();
    program.stop().await.assert_stopped();
    assert!(told.elapsed() < Duration::from_secs(10), "it took {:?}", told.elapsed());
    let in_flight = outbox.parts("sending").await;
    outbox.telegram.release_answers();

    let program = outbox.start(9);
    outbox.sent().await;
    program.stop().await.assert_stopped();
    let doubled = outbox.doubled();
    assert!(held.iter().all(|part| doubled.contains(part)), "{held:?} of {doubled:?}");
    assert!(doubled.iter().all(|part| in_flight.contains(part)), "{doubled:?} of {in_flight:?}");
    outbox.database.close().await.unwrap();
}

#[tokio::test]
async fn what_a_killed_program_had_in_flight_another_one_sends() {
    let outbox = Outbox::new().await;
    outbox.telegram.hold_answers_after(5);
    let (killed, other) = (outbox.start(8), outbox.start(8));
    outbox.telegram.held(CHATS as usize).await;
    killed.kill().await;
    let in_flight = outbox.parts("sending").await;
    outbox.telegram.release_answers();
    outbox.sent().await;
    other.stop().await.assert_stopped();
    let doubled = outbox.doubled();
    assert!(doubled.iter().all(|part| in_flight.contains(part)), "{doubled:?} of {in_flight:?}");
    assert_eq!(outbox.parts("sent").await.len(), CHATS as usize * PARTS);
    outbox.database.close().await.unwrap();
}

#[tokio::test]
async fn the_program_with_its_own_database_outlives_a_kill_and_leaves_no_server_behind() {
    let data = made_folder().await;
    let telegram = FakeTelegram::start().await;
    let clock = Clock::manual("2031-03-04T06:30:00Z".parse().unwrap());
    let outlets = Server::start(Newsroom::bundled().unwrap().into(), clock).await.unwrap();
    let mut place = Place::new()
        .with_telegram(&telegram)
        .with("TIDINGS_DATA", data.to_str().unwrap())
        .with("RUST_LOG", "debug")
        .with("TIDINGS_NOW", "2031-03-04T06:30:00Z");
    // Admins may ask as often as they need, and this one asks until the news is read.
    let mut config = format!("admins = [6]\nallow_hosts = {:?}\n", outlets.hosts());
    for source in outlets.sources().unwrap().iter().filter(|source| source.selectors.item.is_none()) {
        config.push_str(&format!("[[source]]\nname = {:?}\nurl = {:?}\n", source.name, source.url.as_str()));
    }
    place.configure(&config);

    let program = place.start(&["run"]);
    telegram.say(5, 5, "/subscribe 08:00 Europe/Berlin");
    assert!(telegram.messages(5, 1).await[0].text.contains("The first one: Tuesday, 4 March, 08:00"));
    let second = place.run(&["run"]).await;
    second.assert_failed(&["already works on the data folder", data.to_str().unwrap(), "stop it first"]);
    for asked in 1.. {
        telegram.say(6, 6, "/latest");
        if telegram.messages(6, asked).await[asked - 1].text.contains("Villa Hayes") {
            break;
        }
    }
    let server = server_pid(&data).unwrap();
    let killed = program.kill().await;
    assert_eq!(killed.stdout, "");
    assert!(runs(server), "the server outlives the program");

    place = place.with("TIDINGS_NOW", "2031-03-04T07:00:01Z");
    let program = place.start(&["run"]);
    let digest = telegram.messages(5, 2).await.swap_remove(1);
    assert!(digest.raw.contains("<a href=\"http://127.0.0.1:"), "{}", digest.raw);
    let told = Instant::now();
    let ended = program.stop().await;
    assert!(told.elapsed() < Duration::from_secs(10));
    ended.assert_stopped();
    assert_eq!(server_pid(&data), None);
    for log in [killed.stderr, ended.stderr] {
        assert!(log.contains("DEBUG") && !log.contains(TOKEN.split_once(':').unwrap().1));
    }

    // A third time, nothing is told twice.
    let program = place.start(&["run"]);
    telegram.say(5, 5, "/whoami");
    telegram.messages(5, 3).await;
    let server = server_pid(&data).unwrap();
    program.stop().await.assert_stopped();
    assert_eq!(telegram.texts(5).len(), 3);
    assert!(!runs(server));
}

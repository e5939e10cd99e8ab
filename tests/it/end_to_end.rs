//! The whole product: from outlets' pages to a reader's chat, over two days; and, in the modules under this
//! one, the program itself as its owner starts it, kills it and gives it wrong input.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use teloxide::types::UserId;
use tidings::app::{App, digest as editions, run, scrape};
use tidings::clock::Clock;
use tidings::config::Config;
use tidings::demo::newsroom::Newsroom;
use tidings::demo::server::Server;
use tidings::digest::{Badge, Digest};
use tidings::store::Database;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::fake_telegram::{FakeTelegram, Message};
use crate::setup::ADMIN;
use crate::support;

mod killed;
mod output;
pub mod program;
mod proxied;
mod secrets;
mod watched;
mod wrong_input;

const READER: i64 = 5;

/// Everything that `tidings run` runs, on a clock that the test moves.
struct World {
    app: App,
    newsroom: Arc<Newsroom>,
    telegram: FakeTelegram,
    stop: watch::Sender<bool>,
    running: JoinHandle<anyhow::Result<()>>,
    database: Database,
    _outlets: Server,
}

impl World {
    async fn start(now: &str) -> World {
        let clock = Clock::manual(at(now));
        let newsroom = Arc::new(Newsroom::bundled().unwrap());
        let outlets = Server::start(newsroom.clone(), clock.clone()).await.unwrap();
        let mut config = Config {
            sources: outlets.sources().unwrap(),
            allow_hosts: outlets.hosts(),
            admins: vec![UserId(ADMIN.unsigned_abs())],
            ..support::config([], "*/15 * * * *", clock)
        };
        config.schedule.digest = NaiveTime::from_hms_opt(20, 0, 0).unwrap();
        let database = support::database().await;
        let app = App::new(Arc::new(config), database.pool.clone()).unwrap();
        scrape::sync_sources(&app).await.unwrap();
        let telegram = FakeTelegram::start().await;
        let (stop, stopped) = watch::channel(false);
        let (whole, bot) = (app.clone(), telegram.bot());
        let running = tokio::spawn(async move { run::run(&whole, bot, stopped).await });
        World { app, newsroom, telegram, stop, running, database, _outlets: outlets }
    }

    async fn ask(&self, user: i64, text: &str) -> String {
        let before = self.telegram.texts(user).len();
        self.telegram.say(user, user, text);
        self.telegram.messages(user, before + 1).await.swap_remove(before).text
    }

    /// Moves the clock, and waits until all that is published by then was fetched, read and compared.
    ///
    /// A list that is read while the clock leaps tells what was there before, and is due again only in a quarter of an
    /// hour: so much is left to go by in steps.
    async fn read_all_by(&self, time: &str) {
        let leap = at(time) - TimeDelta::minutes(17);
        let published_by = |by| self.newsroom.stories.iter().filter(|story| story.published <= by).count();
        let published = published_by(leap);
        assert_eq!(
            published,
            published_by(at(time)),
            "what comes in the last minutes may be read after them"
        );
        self.app.clock.set(leap);
        let read = "select count(*) from article where read_version = version";
        while sqlx::query_scalar::<_, i64>(read).fetch_one(&self.app.db).await.unwrap() < published as i64 {
            // A talk with the bot takes the time between two looks.
            self.ask(ADMIN, "/stats").await;
            self.app.clock.set(at(time).min(self.app.clock.now() + TimeDelta::seconds(1)));
        }
        self.app.clock.set(at(time));
    }

    /// Moves the clock to an edition's hour; the digest, and the messages that the reader gets by it.
    async fn edition(&self, time: &str) -> (Digest, Vec<Message>) {
        let before = self.telegram.texts(READER).len();
        self.app.clock.set(at(time));
        self.come(before + 1).await;
        let (digest, parts): (i64, i64) = sqlx::query_as(
            "select digest_id, count(*) from delivery group by digest_id order by digest_id desc limit 1",
        )
        .fetch_one(&self.app.db)
        .await
        .unwrap();
        self.come(before + parts as usize).await;
        let messages = self.telegram.messages(READER, before + parts as usize).await;
        (editions::frozen(&self.app, digest).await.unwrap().unwrap(), messages[before..].to_vec())
    }

    /// Lets time go by until the reader has so many messages: the pace counts what the bot answered before them.
    async fn come(&self, count: usize) {
        let coming = async {
            while self.telegram.texts(READER).len() < count {
                self.app.clock.set(self.app.clock.now() + TimeDelta::milliseconds(100));
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let came = tokio::time::timeout(Duration::from_secs(30), coming).await;
        assert!(came.is_ok(), "waited for {count} messages: {:#?}", self.telegram.texts(READER));
    }

    async fn end(self) {
        self.stop.send_replace(true);
        self.running.await.unwrap().unwrap();
        drop(self.app);
        self.database.close().await.unwrap();
    }
}

fn at(time: &str) -> DateTime<Utc> {
    time.parse().unwrap()
}

fn joined(messages: &[Message]) -> String {
    messages.iter().map(|message| message.raw.as_str()).collect::<Vec<_>>().join("\n\n")
}

#[tokio::test]
async fn a_subscriber_is_told_each_morning_what_is_new_and_what_changed_and_nothing_twice() {
    let world = World::start("2031-03-03T09:00:00Z").await;
    assert!(world.ask(READER, "/start").await.contains("every day at 20:00 (UTC)"));
    let answer = world.ask(READER, "/subscribe 08:00 Europe/Berlin").await;
    assert!(
        answer.contains("08:00 (Europe/Berlin)") && answer.contains("Tuesday, 4 March, 08:00"),
        "{answer}"
    );

    world.read_all_by("2031-03-04T06:59:00Z").await;
    assert_eq!(world.telegram.texts(READER).len(), 2, "an edition came before its hour");
    let (first, messages) = world.edition("2031-03-04T07:00:00Z").await;
    let text = joined(&messages);
    assert!(text.contains("Villa Hayes"), "{text}");
    assert!(first.items.iter().all(|item| item.badge == Badge::New), "{text}");
    for item in &first.items {
        assert!(item.links.iter().any(|link| text.contains(&format!("<a href=\"{}\">", link.url))), "{text}");
    }

    world.read_all_by("2031-03-05T06:59:00Z").await;
    let (second, messages) = world.edition("2031-03-05T07:00:00Z").await;
    let text = joined(&messages);
    assert!(text.contains("<s>4</s> → <b>7</b>"), "the toll of Villa Hayes rose: {text}");
    let told: HashMap<_, _> = first.told().into_iter().collect();
    for item in &second.items {
        let known = told.contains_key(&item.development);
        assert_eq!(item.badge == Badge::New, !known, "{item:#?}");
        assert_eq!(item.changes.is_empty(), !known, "{item:#?}");
    }
    assert!(second.items.iter().any(|item| item.badge == Badge::New), "{text}");
    assert_eq!(second.window, (first.window.1, at("2031-03-05T07:00:00Z")));

    // Hours later there is still one digest a day.
    world.read_all_by("2031-03-05T12:00:00Z").await;
    let parts: i64 = sqlx::query_scalar("select count(*) from delivery where state = 'sent'")
        .fetch_one(&world.app.db)
        .await
        .unwrap();
    assert_eq!(world.telegram.texts(READER).len() as i64, 2 + parts);
    world.end().await;
}

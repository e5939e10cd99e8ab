//! An app with its own database and Telegram, on a clock that stands still until the test moves it.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use tempfile::TempDir;
use tidings::app::App;
use tidings::clock::Clock;
use tidings::config::{Config, Environment};
use tidings::store::Database;
use tidings::store::subscribers::{self, Subscriber, Subscription};

use crate::fake_telegram::FakeTelegram;
use crate::support;

/// The one admin.
pub const ADMIN: i64 = 77;

/// What a test of bot or delivery works with.
pub struct Setup {
    pub app: App,
    pub telegram: FakeTelegram,
    _database: Database,
    _folder: TempDir,
}

impl Setup {
    /// No sources, one admin, 08:00 in Berlin by default; it is 06:00 UTC on a Sunday in spring.
    pub async fn new() -> Setup {
        Setup::on(Clock::manual("2026-03-01T06:00:00Z".parse().unwrap())).await
    }

    /// The same on another clock.
    pub async fn on(clock: Clock) -> Setup {
        Setup::configured(clock, "").await
    }

    /// The same with more tables in the configuration.
    pub async fn configured(clock: Clock, tables: &str) -> Setup {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tidings.toml");
        let text = format!(
            "admins = [{ADMIN}]\nallow_hosts = [\"127.0.0.1\"]\n[schedule]\ndigest = \"08:00\"\nzone = \"Europe/Berlin\"\n{tables}"
        );
        std::fs::write(&file, text).unwrap();
        let environment = Environment::from([
            ("TIDINGS_CONFIG", file.to_str().unwrap()),
            ("TIDINGS_DATA", folder.path().to_str().unwrap()),
        ]);
        let mut config = Config::load(&environment, false).unwrap();
        config.clock = clock;
        let database = support::database().await;
        let app = App::new(Arc::new(config), database.pool.clone()).unwrap();
        Setup { app, telegram: FakeTelegram::start().await, _database: database, _folder: folder }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    pub fn pass(&self, time: TimeDelta) {
        self.app.clock.set(self.now() + time);
    }

    /// A chat with a digest of these parts in its outbox.
    pub async fn queue(&self, chat: i64, parts: &[&str]) -> Subscriber {
        self.queue_in_topic(chat, 0, parts).await
    }

    /// A forum topic with a digest of these parts in its outbox.
    pub async fn queue_in_topic(&self, chat: i64, thread: i32, parts: &[&str]) -> Subscriber {
        let wish = Subscription { thread_id: thread, ..support::daily(chat, "08:00", Tz::Europe__Berlin) };
        let subscriber = subscribers::subscribe(&self.app.db, &wish, self.now()).await.unwrap();
        let digest: i64 = sqlx::query_scalar(
            "insert into digest (subscriber_id, local_date, slot, window_from, window_to, content, compiled_at)
             select $1, date '2026-03-01' + count(*)::integer, 0, $2, $2, '{}', $2 from digest where subscriber_id = $1
             returning digest_id",
        )
        .bind(subscriber.id)
        .bind(self.now())
        .fetch_one(&self.app.db)
        .await
        .unwrap();
        for (part, body) in (1_i16..).zip(parts) {
            sqlx::query(
                "insert into delivery (digest_id, subscriber_id, part, body, not_before) values ($1, $2, $3, $4, $5)",
            )
            .bind(digest)
            .bind(subscriber.id)
            .bind(part)
            .bind(body)
            .bind(self.now())
            .execute(&self.app.db)
            .await
            .unwrap();
        }
        subscriber
    }

    /// Very many chats, from 1 on, each with words to all in so many parts.
    pub async fn queue_for_all(&self, chats: i64, parts: i32) {
        let (db, now) = (&self.app.db, self.now());
        let subscribe = "insert into subscriber (chat_id, zone, created_at, subscribed_at)
                         select chat, 'UTC', $2, $2 from generate_series(1, $1) as chat";
        sqlx::query(subscribe).bind(chats).bind(now).execute(db).await.unwrap();
        let queue = "insert into delivery (subscriber_id, part, body, not_before)
                     select subscriber_id, part, 'part ' || part, $2
                     from subscriber cross join generate_series(1, $1) as part order by subscriber_id, part";
        sqlx::query(queue).bind(parts).bind(now).execute(db).await.unwrap();
        // As the server does by itself, within a minute.
        sqlx::query("analyze").execute(db).await.unwrap();
    }

    /// State and error of all parts, in the order of their ids.
    pub async fn outbox(&self) -> Vec<(String, Option<String>)> {
        sqlx::query_as("select state, error from delivery order by delivery_id")
            .fetch_all(&self.app.db)
            .await
            .unwrap()
    }
}

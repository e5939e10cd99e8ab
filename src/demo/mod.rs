//! The bundled newsroom and the demo that runs the whole pipeline on it.
//!
//! `Demo` puts the newsroom's `server::Server` behind the real thing: a scratch database on the owner's
//! server (whose own database is not touched), HTTP, the stages, one invented subscriber. Only the clock is
//! set: it moves from one scraping pass to the next, and at the subscriber's hour an edition is compiled.

/// The articles, as data files.
pub mod newsroom;
/// The outlets' sites on the loopback address.
pub mod server;

use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::app::deliver::Courier;
use crate::app::{App, digest, read, scrape};
use crate::clock::Clock;
use crate::config::{Config, Schedule};
use crate::deliver::telegram;
use crate::digest::Digest;
use crate::schedule::Cron;
use crate::store::{self, Database, Process, digests, subscribers};
use newsroom::Newsroom;
use server::Server;

/// Between two scraping passes.
const BETWEEN_PASSES: TimeDelta = TimeDelta::hours(2);

/// The longest flood wait that is sat out.
const PATIENCE: TimeDelta = TimeDelta::minutes(1);

/// A run over the newsroom's days.
#[derive(Debug)]
pub struct Demo {
    app: App,
    database: Database,
    _server: Server,
    /// Days of which an edition is still to be compiled, the next one last.
    editions: Vec<NaiveDate>,
}

impl Demo {
    /// Starts the newsroom on its first morning, with nothing known and one subscriber: `chat`.
    ///
    /// `config` says where Telegram and templates are; sources and schedule are the demo's own. The
    /// scratch database is made on the server of `beside`.
    ///
    /// # Errors
    /// No scratch database can be made, or no local port opened.
    pub async fn start(config: &Config, beside: &Database, chat: i64) -> Result<Demo> {
        let newsroom = Arc::new(Newsroom::bundled()?);
        let schedule = Schedule {
            scrape: Cron::parse("*/15 * * * *").context("reading the demo's cron line")?,
            digest: NaiveTime::from_hms_opt(8, 0, 0).context("reading the demo's hour")?,
            zone: Tz::UTC,
        };
        let days = newsroom.days();
        let first = days.first().context("finding the newsroom's first day")?;
        // After the first day's edition would have been due: the first digest comes on the second day.
        let opening = first.and_time(schedule.digest).and_utc() + TimeDelta::hours(1);
        let clock = Clock::manual(opening);

        let database = store::scratch(beside).await?;
        let server = Server::start(newsroom, clock.clone()).await?;
        let wish = subscribers::Subscription {
            chat_id: chat,
            thread_id: 0,
            title: "The demo's reader",
            broadcast: false,
            spoken: None,
            at: None,
            zone: None,
            default: (schedule.digest, schedule.zone),
        };
        subscribers::subscribe(&database.pool, &wish, opening).await?;
        let config = Config {
            has_file: true,
            sources: server.sources()?,
            allow_hosts: server.hosts(),
            schedule,
            clock,
            ..config.clone()
        };
        let app = App::new(Arc::new(config), database.pool.clone())?;
        scrape::sync_sources(&app).await?;
        let editions = days.iter().rev().filter_map(|day| day.succ_opt()).collect();
        Ok(Demo { app, database, _server: server, editions })
    }

    /// Lives through a day: scraping passes with reading and comparing, then the edition; `None` at the end.
    ///
    /// `progress` is told what goes on, a line a step.
    ///
    /// # Errors
    /// The database fails.
    pub async fn next_edition(&mut self, mut progress: impl FnMut(&str)) -> Result<Option<Digest>> {
        let Some(day) = self.editions.pop() else { return Ok(None) };
        let due = day.and_time(self.app.config.schedule.digest).and_utc();
        let mut read = 0;
        while self.app.clock.now() < due {
            self.app.clock.set((self.app.clock.now() + BETWEEN_PASSES).min(due));
            read += self.pass().await?;
        }
        progress(&format!("{}: {read} articles read and compared", due.format("%A %-d %B, %H:%M")));
        self.edition(due).await.map(Some)
    }

    /// Sends what waits for the subscriber by Telegram; the count of messages.
    ///
    /// Telegram's own pace is kept: between two messages to a chat this really waits.
    ///
    /// # Errors
    /// The token is missing, Telegram refuses a message for good, or the database fails.
    pub async fn send(&self) -> Result<usize> {
        let account = self.app.config.telegram.as_ref().context("sending without TELOXIDE_TOKEN")?;
        let bot = telegram::account(&account.token.0, account.api_url.as_ref())?;
        let process = Process::register(&self.app.db).await?;
        let courier = Courier::new(self.app.clone(), bot, process.number());
        let (_stop, never) = tokio::sync::watch::channel(false);
        let mut sent = 0;
        loop {
            let summary = courier.deliver_due(&never).await?;
            sent += summary.sent;
            ensure!(summary.lost == 0, "Telegram refused {} of the demo's messages", summary.lost);
            let Some(next) = summary.next else { return Ok(sent) };
            // The clock stands still while it is not moved, so Telegram's waits are waited by the wall.
            let wait = (next - self.app.clock.now()).max(TimeDelta::milliseconds(50));
            ensure!(wait <= PATIENCE, "Telegram takes no message for {} s; try later", wait.num_seconds());
            tokio::time::sleep(wait.to_std().context("waiting for Telegram")?).await;
            self.app.clock.set(self.app.clock.now() + wait);
        }
    }

    /// Ends connections and removes the scratch database.
    ///
    /// # Errors
    /// The database can't be removed.
    pub async fn close(self) -> Result<()> {
        self.database.close().await
    }

    /// One pass over the sources and all that they gave; the number of articles read.
    async fn pass(&self) -> Result<usize> {
        scrape::pass(&self.app, &[]).await?;
        let mut articles = 0;
        while let read::Outcome::Read { .. } =
            read::read_next(&self.app.db, &self.app.reader, &self.app.clock).await?
        {
            articles += 1;
        }
        Ok(articles)
    }

    /// Compiles the edition that is due now and gives it back as frozen.
    async fn edition(&self, due: DateTime<Utc>) -> Result<Digest> {
        let compiled = digest::compile_due(&self.app, due).await?;
        let [id] = compiled.compiled[..] else {
            bail!("the edition of {} was not compiled; the log says why", due.date_naive());
        };
        let frozen =
            digests::content(&self.app.db, id).await?.context("reading the edition just compiled")?;
        serde_json::from_value(frozen).context("reading a frozen digest")
    }
}

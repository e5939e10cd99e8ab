//! What the trials run on: publishers, a Telegram, readers by the hundred, and days that pass in seconds.
//!
//! A day has two phases. In the first its news is published, fetched and read, on a fast clock; in the second the
//! editions of eight o'clock are compiled and sent, at twenty times real speed: leases, which are 90 s long, last
//! longer than any send there. The clock goes on where it stood when a program is started again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use sqlx::{ConnectOptions, PgPool};
use tidings::clock::Clock;
use tidings::store::subscribers;

use super::news::{A_DAY, News};
use crate::end_to_end::program::{Place, Running};
use crate::fake_telegram::FakeTelegram;
use crate::setup::ADMIN;
use crate::support;

/// Work that is not done and does not go on for so long is a failure.
const STANDSTILL: Duration = Duration::from_secs(60);

/// What makes a digest three messages long.
const FILLER: &str = "Notes of the desk follow here, so that a digest of a dozen reports is as long as those of \
                      a busy month, when each item has its history. ";

/// Everything around the program.
pub struct World {
    pub telegram: FakeTelegram,
    pub news: News,
    pub readers: i64,
    templates: Arc<tempfile::TempDir>,
}

/// Where the time stands.
pub struct Course {
    pub day: usize,
    pub phase: Phase,
    clock: Clock,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    News,
    Editions,
}

impl Phase {
    /// How fast the clock runs.
    fn rate(self) -> f64 {
        match self {
            Phase::News => 100.0,
            Phase::Editions => 20.0,
        }
    }
}

fn start() -> NaiveDate {
    "2031-03-03".parse().unwrap()
}

impl World {
    /// So many readers, stored in this database.
    pub async fn new(readers: i64, db: &PgPool) -> World {
        let templates = support::folder();
        let built_in = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/digest.html"));
        let line = "{{ item.text }}\n";
        let long = built_in.unwrap().replace(line, &format!("{line}{}\n", FILLER.repeat(5)));
        std::fs::write(templates.path().join("digest.html"), long).unwrap();
        let joined = start().and_hms_opt(0, 0, 0).unwrap().and_utc();
        for chat in 1..=readers {
            let wish = support::daily(chat, "08:00", chrono_tz::UTC);
            subscribers::subscribe(db, &wish, joined).await.unwrap();
        }
        let (telegram, news) = (FakeTelegram::start().await, News::start(start()).await);
        World { telegram, news, readers, templates: Arc::new(templates) }
    }

    /// A folder for one program on the database of `url`; `None`: a private one.
    pub fn place(&self, url: Option<&str>) -> Place {
        let mut place = Place::new().with_telegram(&self.telegram);
        if let Some(url) = url {
            place = place.with("DATABASE_URL", url);
        }
        let mut config = format!(
            "admins = [{ADMIN}]\nallow_hosts = {:?}\ntemplates = {:?}\n[schedule]\nscrape = \"*/5 * * * *\"\n",
            self.news.hosts,
            self.templates.path()
        );
        for (number, host) in self.news.hosts.iter().enumerate() {
            config.push_str(&format!("[[source]]\nname = \"s{number}\"\nurl = \"http://{host}/feed\"\n"));
        }
        place.configure(&config);
        place
    }

    /// The first day's beginning; its news is published.
    pub fn course(&self) -> Course {
        self.news.publish(1);
        Course { day: 0, phase: Phase::News, clock: Clock::simulated(at(0, Phase::News), Phase::News.rate()) }
    }
}

fn at(day: usize, phase: Phase) -> DateTime<Utc> {
    let minutes = match phase {
        Phase::News => 45,
        Phase::Editions => 8 * 60,
    };
    start().and_time(NaiveTime::MIN).and_utc() + TimeDelta::days(day as i64) + TimeDelta::minutes(minutes)
}

impl Course {
    /// Starts the program at this time.
    pub fn run(&self, place: &Place) -> Running {
        let place = place.clone().with("TIDINGS_NOW", &self.clock.now().to_rfc3339());
        place.with("TIDINGS_CLOCK_RATE", &self.phase.rate().to_string()).start(&["run"])
    }

    /// Starts the program, and waits until it is at work: one that finds no database at its start ends.
    pub async fn at_work(&self, place: &Place, db: &PgPool) -> Running {
        let mut program = self.run(place);
        let named = "select exists (select from live_process)";
        while !sqlx::query_scalar::<_, bool>(named).fetch_one(db).await.unwrap() {
            assert!(program.lives(), "it does not start: {}", program.said());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        program
    }

    /// Whether this phase's work is done.
    pub async fn is_done(&self, world: &World, db: &PgPool) -> bool {
        self.try_is_done(world, db).await.unwrap()
    }

    /// As [`Course::is_done`], where the database may be away.
    pub async fn try_is_done(&self, world: &World, db: &PgPool) -> sqlx::Result<bool> {
        Ok(match self.phase {
            Phase::News => {
                let read = "select count(*) from article where read_version = version";
                let read: i64 = sqlx::query_scalar(read).fetch_one(db).await?;
                read as usize >= (self.day + 1) * A_DAY
            }
            Phase::Editions => {
                let left = "select $1 - (select count(*) from digest where local_date = $2)
                                + (select count(*) from delivery where state in ('waiting', 'sending'))";
                let day = at(self.day, Phase::Editions).date_naive();
                let left: i64 = sqlx::query_scalar(left).bind(world.readers).bind(day).fetch_one(db).await?;
                left == 0
            }
        })
    }

    /// Goes on to the next phase, when nothing runs.
    pub fn next(&mut self, world: &World) {
        let before = self.phase;
        (self.phase, self.day) = match before {
            Phase::News => (Phase::Editions, self.day),
            Phase::Editions => (Phase::News, self.day + 1),
        };
        if self.phase == Phase::News {
            world.news.publish(self.day + 1);
        }
        let now = self.clock.now().max(at(self.day, self.phase));
        assert!(before == Phase::Editions || now < at(self.day, Phase::Editions) + TimeDelta::minutes(1));
        self.clock = Clock::simulated(now, self.phase.rate());
    }

    /// Waits until this phase's work is done, as long as it goes on.
    pub async fn done(&self, world: &World, db: &PgPool) {
        let (mut seen, mut since) = (String::new(), Instant::now());
        while !self.try_is_done(world, db).await.unwrap_or(false) {
            tokio::time::sleep(Duration::from_millis(50)).await;
            let open = open(db).await;
            if open != seen {
                (seen, since) = (open, Instant::now());
            }
            assert!(
                since.elapsed() < STANDSTILL,
                "the work of day {} ({:?}) stands still: {seen}",
                self.day,
                self.phase
            );
        }
    }

    /// Lets one program do what is left, to the end of the day.
    pub async fn finish(&mut self, world: &World, place: &Place, db: &PgPool) {
        loop {
            // One that is told to stop while it starts ends at once, by the signal.
            if !self.is_done(world, db).await {
                let program = self.run(place);
                self.done(world, db).await;
                program.stop().await.assert_stopped();
            }
            if self.phase == Phase::Editions {
                return;
            }
            self.next(world);
        }
    }
}

/// What is open, for who wonders.
async fn open(db: &PgPool) -> String {
    let open = "select 'articles ' || count(*) || ', read '
                       || count(*) filter (where read_version = version) from article
                union all select 'entries ' || page_state || ' ' || count(*) from entry group by page_state
                union all select 'digests ' || count(*) from digest
                union all select 'deliveries ' || state || ' ' || count(*) from delivery group by state";
    let lines: Vec<String> = sqlx::query_scalar(open).fetch_all(db).await.unwrap_or_default();
    lines.join("; ")
}

/// Connections of the test's own to a database, told from the program's by their name.
pub fn judge(options: sqlx::postgres::PgConnectOptions) -> PgPool {
    sqlx::postgres::PgPoolOptions::new()
        .max_connections(3)
        .connect_lazy_with(options.application_name("judge").disable_statement_logging())
}

//! What is older than the owner wants to keep goes, once a day; and chats that left long ago are forgotten.
//!
//! In: the days and months of `[retention]`. Out: a smaller database, in which nothing is missing that an edition
//! could tell or that would come again: see `store::retention` for what is held by what. One process at a time does
//! it, in small batches, and leaves off at the stop; the next pass goes on from there.

use std::sync::Mutex;

use anyhow::{Context, Result};
use chrono::{DateTime, Months, TimeDelta, Utc};
use chrono_tz::Tz;
use tokio::sync::watch;

use super::App;
use super::pulse::Loop;
use crate::store::Guard;
use crate::store::retention::{self as store, Swept};

/// The job that one process does at a time.
const KEEPER: &str = "keeper";
/// From one pass to the next.
const DAILY: TimeDelta = TimeDelta::days(1);
/// From a pass that could not be done to the next.
const AGAIN: TimeDelta = TimeDelta::hours(1);

/// What one pass dropped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    /// Developments, without those merged into them.
    pub developments: u64,
    /// Stories.
    pub stories: u64,
    /// Entries of sources' lists.
    pub entries: u64,
    /// Articles.
    pub articles: u64,
    /// Editions.
    pub digests: u64,
    /// Old editions whose messages went.
    pub thinned: u64,
    /// Lists of old editions of which items went: what is open stays.
    pub stripped: u64,
    /// Chats that left.
    pub subscribers: u64,
}

/// What came of one pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done(Kept),
    /// It was told to stop.
    Stopped,
    /// Another process is at it.
    Busy,
    /// An edition about what is old by now is still to be compiled for this subscriber.
    Owed(i64),
}

/// When the next pass is due, in this process.
#[derive(Debug, Default)]
pub struct Keeper {
    next: Mutex<Option<DateTime<Utc>>>,
}

impl Keeper {
    /// Makes a pass if a day has gone since the last one.
    ///
    /// # Errors
    /// The database fails.
    pub async fn keep_daily(&self, app: &App, stop: &watch::Receiver<bool>) -> Result<()> {
        let now = app.clock.now();
        if self.next.lock().is_ok_and(|next| next.is_some_and(|next| now < next)) {
            return Ok(());
        }
        let pause = match keep(app, stop).await? {
            Outcome::Done(kept) => {
                if kept != Kept::default() {
                    tracing::info!(?kept, "what is older than {} days went", app.config.retention.days);
                }
                DAILY
            }
            Outcome::Owed(subscriber) => {
                tracing::warn!(subscriber, "nothing old goes before the editions that are owed are compiled");
                AGAIN
            }
            Outcome::Busy => AGAIN,
            Outcome::Stopped => TimeDelta::zero(),
        };
        if let Ok(mut next) = self.next.lock() {
            *next = Some(now + pause);
        }
        Ok(())
    }
}

/// Drops what is old and not open, until nothing more of it is there or `stop` turns true.
///
/// # Errors
/// The database fails: what was dropped until then stays dropped.
pub async fn keep(app: &App, stop: &watch::Receiver<bool>) -> Result<Outcome> {
    let Some(guard) = Guard::try_take(&app.db, KEEPER).await? else { return Ok(Outcome::Busy) };
    guard.during(keep_all(app, stop)).await
}

async fn keep_all(app: &App, stop: &watch::Receiver<bool>) -> Result<Outcome> {
    let (db, now, retention) = (&app.db, app.clock.now(), app.config.retention);
    let before = now - TimeDelta::days(retention.days.into());
    let left = now.checked_sub_months(Months::new(retention.gone_months)).context("counting months")?;
    let mut kept = Kept::default();
    for subscriber in store::left(db, left, now).await? {
        if *stop.borrow() {
            return Ok(Outcome::Stopped);
        }
        app.pulse.beat(Loop::Keeping);
        kept.subscribers += u64::from(store::forget(db, subscriber, left).await?);
    }
    store::acts(db, before).await?;
    let begin = DateTime::UNIX_EPOCH;
    // Those of chats that were forgotten don't wait for what others are owed.
    all(app, stop, begin, |_| store::lists(db, now)).await?;
    // Without a zone that can be read, none is ever compiled.
    let owed = store::owed(db, before).await?;
    if let Some(owed) = owed.iter().find(|owed| owed.zone.parse::<Tz>().is_ok()) {
        return Ok(Outcome::Owed(owed.subscriber_id));
    }
    // In this order: what holds something goes before what it holds.
    kept.developments = all(app, stop, begin, |from| store::developments(db, before, from)).await?;
    kept.stories = all(app, stop, begin, |_| store::stories(db, before)).await?;
    kept.digests = all(app, stop, begin, |from| store::digests(db, before, from)).await?;
    kept.thinned = all(app, stop, begin, |from| store::thin_digests(db, before, from)).await?;
    // Those that passed on all that they told.
    kept.digests += all(app, stop, begin, |from| store::digests(db, before, from)).await?;
    all(app, stop, begin, |_| store::lists(db, now)).await?;
    kept.stripped = all(app, stop, (begin, 0), |place| store::strip_lists(db, before, place)).await?;
    all(app, stop, begin, |_| store::broadcasts(db, before)).await?;
    kept.entries = all(app, stop, begin, |_| store::entries(db, before)).await?;
    kept.articles = all(app, stop, begin, |from| store::articles(db, before, from)).await?;
    all(app, stop, begin, |_| store::origins(db, before)).await?;
    Ok(if *stop.borrow() { Outcome::Stopped } else { Outcome::Done(kept) })
}

/// Batch after batch, until none is left or it is told to stop; how many were done.
async fn all<Place, F, Fut>(app: &App, stop: &watch::Receiver<bool>, first: Place, batch: F) -> Result<u64>
where
    F: Fn(Place) -> Fut,
    Fut: Future<Output = Result<Swept<Place>>>,
{
    let (mut done, mut from) = (0, Some(first));
    while let Some(start) = from.filter(|_| !*stop.borrow()) {
        app.pulse.beat(Loop::Keeping);
        let swept = batch(start).await?;
        done += swept.done;
        from = swept.next;
    }
    Ok(done)
}

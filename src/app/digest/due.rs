//! Which editions are due.
//!
//! Of one subscriber at most one is, whatever slots it has: the latest that was not compiled, in whose place the
//! others are not owed any more. What is looked at and not due is put off to its next edition.

use std::collections::BTreeSet;
use std::sync::Mutex;

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::app::App;
use crate::schedule::{self, Edition};
use crate::store::digests::queue::{self, LONGEST, Place, Slot};

/// Places of the queue that are read at once.
const BATCH: i64 = 250;

/// Subscribers of whom it was logged that their zone can't be read.
static WITHOUT_ZONE: Mutex<BTreeSet<i64>> = Mutex::new(BTreeSet::new());

/// An edition that is due.
#[derive(Debug, Clone)]
pub(super) struct Due {
    /// The edition.
    pub edition: Edition,
    /// Its slot.
    pub slot: i16,
    /// Other slots whose editions are due too, with their days: this one is in their place.
    pub merged: Vec<(i16, NaiveDate)>,
    /// All slots of the subscriber.
    pub slots: Vec<Slot>,
}

impl Due {
    /// Whose it is.
    pub fn subscriber(&self) -> i64 {
        self.slots.first().map_or(0, |slot| slot.subscriber_id)
    }

    /// When the editions were due that did not come since `after`, the earliest first.
    pub fn missed(&self, after: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        let of = |slot: &Slot| {
            let zone = zone(slot).unwrap_or_default();
            let between = (after.max(slot.subscribed_at), self.edition.at);
            schedule::between(slot.at, zone, &slot.weekdays(), slot.last_date, between)
        };
        let missed: BTreeSet<DateTime<Utc>> =
            self.slots.iter().flat_map(of).map(|edition| edition.at).collect();
        missed.into_iter().collect()
    }
}

/// The edition that is due of one subscriber, in whatever state it is.
pub(super) async fn of(app: &App, subscriber: i64, now: DateTime<Utc>) -> Result<Option<Due>> {
    latest(slots(app, subscriber, now).await?, now)
}

/// All slots of a subscriber, of whose editions none lies ahead.
pub(super) async fn slots(app: &App, subscriber: i64, now: DateTime<Utc>) -> Result<Vec<Slot>> {
    queue::set_aside(&app.db, &[subscriber], now).await?;
    queue::slots(&app.db, subscriber).await
}

/// The editions that are due among the next of the queue, the earliest first, and the last place that was looked
/// at; `None`: nothing more is to be looked at.
pub(super) async fn next(app: &App, after: Place, now: DateTime<Utc>) -> Result<Option<(Vec<Due>, Place)>> {
    let places = queue::next(&app.db, now, after, BATCH).await?;
    let Some(last) = places.last().copied() else { return Ok(None) };
    let subscribers: BTreeSet<i64> = places.iter().map(|place| place.subscriber_id).collect();
    let subscribers: Vec<i64> = subscribers.into_iter().collect();

    queue::set_aside(&app.db, &subscribers, now).await?;
    // Nobody changes what is put off here between the look and the putting off.
    let mut tx = app.db.begin().await.context("looking at the queue of editions")?;
    let slots = queue::take(&mut tx, &subscribers).await?;
    let (mut due, mut off) = (Vec::new(), Vec::new());
    for slots in slots.chunk_by(|one, other| one.subscriber_id == other.subscriber_id) {
        let found = if slots[0].active {
            readable(latest(slots.to_vec(), now), slots[0].subscriber_id)
        } else {
            None
        };
        match found {
            // It stays in the queue until it is compiled.
            Some(found) => due.push(found),
            None => off.extend(slots.iter().map(|slot| (slot.subscriber_id, slot.slot, look_at(slot, now)))),
        }
    }
    queue::put_off(&mut tx, &off).await?;
    tx.commit().await.context("putting editions off")?;
    due.sort_by_key(|due| (due.edition.at, due.subscriber()));
    Ok(Some((due, last)))
}

/// When a slot without an edition that is due is looked at next; `None`: its chat gets none.
fn look_at(slot: &Slot, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let next = zone(slot).map(|zone| {
        schedule::next_edition(slot.at, zone, &slot.weekdays(), slot.subscribed_at, slot.last_date, now).at
    });
    slot.active.then(|| next.map_or(now + LONGEST, |next| next.min(now + LONGEST)))
}

/// The latest edition of a subscriber's slots that is due and was not compiled.
fn latest(slots: Vec<Slot>, now: DateTime<Utc>) -> Result<Option<Due>> {
    let mut due: Vec<(Edition, i16)> = Vec::new();
    for slot in &slots {
        let edition =
            schedule::due(slot.at, zone(slot)?, &slot.weekdays(), slot.subscribed_at, slot.last_date, now);
        due.extend(edition.map(|edition| (edition, slot.slot)));
    }
    due.sort_by_key(|(edition, slot)| (edition.at, *slot));
    let Some((edition, slot)) = due.pop() else { return Ok(None) };
    let merged = due.into_iter().map(|(edition, slot)| (slot, edition.local_date)).collect();
    Ok(Some(Due { edition, slot, merged, slots }))
}

/// What was found; that a zone can't be read is told once a process.
fn readable(found: Result<Option<Due>>, subscriber: i64) -> Option<Due> {
    found.unwrap_or_else(|error| {
        if WITHOUT_ZONE.lock().is_ok_and(|mut told| told.insert(subscriber)) {
            tracing::error!(subscriber, "no editions: {error:#}");
        }
        None
    })
}

/// The zone of a slot's subscriber.
pub(super) fn zone(slot: &Slot) -> Result<Tz> {
    slot.zone.parse().with_context(|| format!("reading the zone of subscriber {}", slot.subscriber_id))
}

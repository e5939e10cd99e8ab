//! The queue of editions: which slots are to be looked at, and when they are next.
//!
//! A slot waits here until the next edition of it falls due, and for a day at most. That it is looked at does not
//! mean that an edition is owed: that is decided by the slot's last day, so a slot that is looked at too often,
//! by whomever, is no edition too many.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc, Weekday};
use sqlx::{PgConnection, PgExecutor, PgPool};

/// A subscriber's slot, with what decides whether an edition is due.
#[derive(Debug, Clone)]
pub struct Slot {
    /// The subscriber.
    pub subscriber_id: i64,
    /// Whether it gets editions.
    pub active: bool,
    /// The slot.
    pub slot: i16,
    /// Local time.
    pub at: NaiveTime,
    /// IANA name of the subscriber's zone.
    pub zone: String,
    /// ISO week days of the editions; empty: every day.
    pub days: Vec<i16>,
    /// When the subscriber came.
    pub subscribed_at: DateTime<Utc>,
    /// The last local date compiled for this slot, or that is not owed.
    pub last_date: Option<NaiveDate>,
}

impl Slot {
    /// The week days of the editions; empty: every day.
    pub fn weekdays(&self) -> Vec<Weekday> {
        let day = |number: &i16| Weekday::try_from(u8::try_from(number - 1).ok()?).ok();
        self.days.iter().filter_map(day).collect()
    }
}

/// All slots of a subscriber, in whatever state it is.
pub async fn slots(db: &PgPool, subscriber: i64) -> Result<Vec<Slot>> {
    sqlx::query_as!(
        Slot,
        r#"select s.subscriber_id, s.state = 'active' as "active!", e.slot, e.at, s.zone, s.days, s.subscribed_at,
                  greatest(e.passed, (select max(d.local_date) from digest d
                                      where d.subscriber_id = s.subscriber_id and d.slot = e.slot)) as last_date
           from subscriber s join edition_slot e using (subscriber_id)
           where s.subscriber_id = $1 order by e.slot"#,
        subscriber
    )
    .fetch_all(db)
    .await
    .with_context(|| format!("reading the editions of subscriber {subscriber}"))
}

/// A place in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// When the slot is to be looked at.
    pub due_at: DateTime<Utc>,
    /// Whose it is.
    pub subscriber_id: i64,
}

impl Place {
    /// Before all others.
    pub const FIRST: Place = Place { due_at: DateTime::UNIX_EPOCH, subscriber_id: 0 };
}

/// Whether any slot is to be looked at.
pub async fn waits(db: &PgPool, now: DateTime<Utc>) -> Result<bool> {
    // The first of the index, whatever the planner takes to be due.
    sqlx::query_scalar!(r#"select coalesce(min(due_at) <= $1, false) as "waits!" from edition_slot"#, now)
        .fetch_one(db)
        .await
        .context("asking whether editions are due")
}

/// When a slot is next to be looked at after `now`; `None` if none waits.
pub async fn upcoming(db: &PgPool, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    sqlx::query_scalar!("select min(due_at) from edition_slot where due_at > $1 and due_at < 'infinity'", now)
        .fetch_one(db)
        .await
        .context("asking when editions are due next")
}

/// The places behind `after` whose slots are to be looked at, the earliest first.
pub async fn next(db: &PgPool, now: DateTime<Utc>, after: Place, most: i64) -> Result<Vec<Place>> {
    sqlx::query_as!(
        Place,
        "select due_at, subscriber_id from edition_slot
         where due_at <= $1 and (due_at, subscriber_id) > ($2, $3)
         order by due_at, subscriber_id limit $4",
        now,
        after.due_at,
        after.subscriber_id,
        most
    )
    .fetch_all(db)
    .await
    .context("reading the queue of editions")
}

/// All slots of these subscribers, by subscriber, locked until they are put off.
///
/// What is being changed this moment is left out: the change has it looked at again.
pub async fn take(tx: &mut PgConnection, subscribers: &[i64]) -> Result<Vec<Slot>> {
    sqlx::query_as!(
        Slot,
        r#"select s.subscriber_id, s.state = 'active' as "active!", e.slot, e.at, s.zone, s.days, s.subscribed_at,
                  greatest(e.passed, (select max(d.local_date) from digest d
                                      where d.subscriber_id = s.subscriber_id and d.slot = e.slot)) as last_date
           from subscriber s join edition_slot e using (subscriber_id)
           where s.subscriber_id = any($1) order by s.subscriber_id, e.slot
           for update of e skip locked"#,
        subscribers
    )
    .fetch_all(tx)
    .await
    .context("reading the editions of subscribers")
}

/// Has slots looked at next at these instants; `None`: when something of them changes.
pub async fn put_off(tx: &mut PgConnection, slots: &[(i64, i16, Option<DateTime<Utc>>)]) -> Result<()> {
    let subscribers: Vec<i64> = slots.iter().map(|slot| slot.0).collect();
    let numbers: Vec<i16> = slots.iter().map(|slot| slot.1).collect();
    let next: Vec<Option<DateTime<Utc>>> = slots.iter().map(|slot| slot.2).collect();
    sqlx::query!(
        "update edition_slot e set due_at = coalesce(n.due_at, 'infinity')
         from unnest($1::bigint[], $2::smallint[], $3::timestamptz[]) as n (subscriber_id, slot, due_at)
         where e.subscriber_id = n.subscriber_id and e.slot = n.slot
           and e.due_at <> coalesce(n.due_at, 'infinity')",
        &subscribers,
        &numbers,
        &next as &[Option<DateTime<Utc>>]
    )
    .execute(tx)
    .await
    .context("putting editions off")
    .map(drop)
}

/// Lets editions of a subscriber's slots pass, up to a local day.
pub async fn pass(db: impl PgExecutor<'_>, subscriber: i64, slots: &[(i16, NaiveDate)]) -> Result<()> {
    let (numbers, days): (Vec<i16>, Vec<NaiveDate>) = slots.iter().copied().unzip();
    sqlx::query!(
        "update edition_slot e set passed = greatest(e.passed, p.day)
         from unnest($2::smallint[], $3::date[]) as p (slot, day)
         where e.subscriber_id = $1 and e.slot = p.slot",
        subscriber,
        &numbers,
        &days
    )
    .execute(db)
    .await
    .with_context(|| format!("letting editions of subscriber {subscriber} pass"))
    .map(drop)
}

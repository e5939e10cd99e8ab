//! The queue of editions: which slots are to be looked at, and when they are next.
//!
//! A slot waits here until the next edition of it falls due, and for a day at most. That it is looked at does not
//! mean that an edition is owed: that is decided by the slot's last day, so a slot that is looked at too often,
//! by whomever, is no edition too many.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use sqlx::{PgConnection, PgExecutor, PgPool};

/// How long a slot is not looked at, at most: what was reckoned by other rules of its zone is put right.
pub const LONGEST: TimeDelta = TimeDelta::hours(24);

/// What lies further ahead than this was written by a clock that has been put back since: a slot's next look, an
/// edition.
const PUT_BACK: TimeDelta = TimeDelta::hours(25);

/// An edition that counts no more has its slot so many further on, behind those of editions that were asked for.
const SET_ASIDE: i16 = 10_000;

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
    sqlx::query_scalar!(
        r#"select coalesce(min(due_at) <= $1, false)
                  or exists (select from edition_slot where due_at > $2 and due_at < 'infinity') as "waits!"
           from edition_slot"#,
        now,
        now + PUT_BACK
    )
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
        r#"select due_at as "due_at!", subscriber_id as "subscriber_id!" from (
               (select due_at, subscriber_id from edition_slot
                where due_at <= $1 and (due_at, subscriber_id) > ($2, $3)
                order by due_at, subscriber_id limit $4)
               union all
               (select due_at, subscriber_id from edition_slot
                where due_at > $5 and due_at < 'infinity' and (due_at, subscriber_id) > ($2, $3)
                order by due_at, subscriber_id limit $4)) waiting
           order by due_at, subscriber_id limit $4"#,
        now,
        after.due_at,
        after.subscriber_id,
        most,
        now + PUT_BACK
    )
    .fetch_all(db)
    .await
    .context("reading the queue of editions")
}

/// Sets aside the editions of subscribers that lie more than a day ahead, of a clock that has been put back since.
///
/// What they told stays told, and the next edition goes on from where the first of them did. What waits for such an
/// hour waits no more; where it is quiet, that is seen when it is claimed. An edition is set aside once: of two
/// processes whose clocks differ by days neither has it compiled again and again.
pub async fn set_aside(db: &PgPool, subscribers: &[i64], now: DateTime<Utc>) -> Result<()> {
    const DOING: &str = "setting aside editions that lie ahead";
    let ahead = now + PUT_BACK;
    let mut tx = db.begin().await.context(DOING)?;
    // By a chat's clocks it is tomorrow at most.
    let passed = sqlx::query!(
        "update edition_slot set passed = $2::date - 1 where subscriber_id = any($1) and passed > $2::date + 1",
        subscribers,
        now.date_naive()
    );
    passed.execute(&mut *tx).await.context(DOING)?;
    let aside = sqlx::query_scalar!(
        "update digest d
         set slot = d.slot + $4, window_from = a.until, window_to = a.until
         from (select subscriber_id, least(min(window_from), $3) as until from digest
               where subscriber_id = any($1) and slot >= 0 and window_to > $2 group by subscriber_id) a
         where d.subscriber_id = a.subscriber_id and d.slot >= 0 and d.slot < $4 and d.window_to > $2
           and not exists (select from digest o where o.subscriber_id = d.subscriber_id
                             and o.local_date = d.local_date and o.slot = d.slot + $4)
         returning d.subscriber_id",
        subscribers,
        ahead,
        now,
        SET_ASIDE
    );
    let aside = aside.fetch_all(&mut *tx).await.context(DOING)?;
    if !aside.is_empty() {
        tracing::warn!(editions = aside.len(), "the clock was ahead: editions that it compiled do not count");
        let rested = sqlx::query!(
            "update subscriber set not_before = null where subscriber_id = any($1) and not_before > $2",
            &aside,
            ahead
        );
        rested.execute(&mut *tx).await.context(DOING)?;
        let waiting = sqlx::query!(
            "update delivery set not_before = $3
             where subscriber_id = any($1) and state = 'waiting' and not_before > $2",
            &aside,
            ahead,
            now
        );
        waiting.execute(&mut *tx).await.context(DOING)?;
    }
    tx.commit().await.context(DOING)
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

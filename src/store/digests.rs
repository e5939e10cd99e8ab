//! Editions: who is due, what a window holds, and what was compiled.
//!
//! An edition is frozen in one transaction with what it told and the parts to be sent, so either all of it is
//! there or nothing; a second compiler of the same edition finds the row and writes nothing.

mod histories;
mod stories;

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use serde_json::Value;
use sqlx::PgPool;

use super::deliveries;
use crate::model::DevelopmentId;

pub use histories::{histories, in_window, large_since, last_report, told};
pub use stories::{StoryRow, WithdrawnRow, stories, withdrawn};

/// A source that fails now counts as unread if it was not read for this long before the cut-off.
const FRESH: TimeDelta = TimeDelta::hours(3);

/// A subscriber's slot, with what decides whether an edition is due.
#[derive(Debug, Clone)]
pub struct Slot {
    /// The subscriber.
    pub subscriber_id: i64,
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
    /// The last local date compiled for this slot, or that its time was chosen too late for.
    pub last_date: Option<NaiveDate>,
}

impl Slot {
    /// The week days of the editions; empty: every day.
    pub fn weekdays(&self) -> Vec<Weekday> {
        let day = |number: &i16| Weekday::try_from(u8::try_from(number - 1).ok()?).ok();
        self.days.iter().filter_map(day).collect()
    }
}

/// Slots of active subscribers, or of one subscriber in whatever state.
pub async fn slots(db: &PgPool, subscriber: Option<i64>) -> Result<Vec<Slot>> {
    sqlx::query_as!(
        Slot,
        r#"select s.subscriber_id, e.slot, e.at, s.zone, s.days, s.subscribed_at,
                  greatest(e.passed, (select max(d.local_date) from digest d
                                      where d.subscriber_id = s.subscriber_id and d.slot = e.slot)) as last_date
           from subscriber s join edition_slot e using (subscriber_id)
           where case when $1::bigint is null then s.state = 'active' else s.subscriber_id = $1 end
           order by s.subscriber_id, e.slot"#,
        subscriber
    )
    .fetch_all(db)
    .await
    .context("reading the editions of subscribers")
}

/// The window of an edition, and what became of it.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// Where it starts.
    pub from: DateTime<Utc>,
    /// The cut-off.
    pub to: DateTime<Utc>,
    /// Dropped before any part was sent: what it told is still to be told.
    pub unsent: bool,
}

/// The window of a subscriber's last edition in any slot; alerts are none.
pub async fn last_window(db: &PgPool, subscriber: i64) -> Result<Option<Window>> {
    sqlx::query_as!(
        Window,
        r#"select window_from as "from", window_to as "to",
                  exists (select from delivery p where p.digest_id = d.digest_id and p.state = 'dropped')
                  and not exists (select from delivery p where p.digest_id = d.digest_id and p.state = 'sent')
                      as "unsent!"
           from digest d where subscriber_id = $1 and slot >= 0 order by window_to desc limit 1"#,
        subscriber
    )
    .fetch_optional(db)
    .await
    .with_context(|| format!("reading the last window of subscriber {subscriber}"))
}

/// What was read for a window.
#[derive(Debug, Clone, Copy)]
pub struct Read {
    /// Articles first seen in it.
    pub articles: i64,
    /// Their outlets.
    pub outlets: i64,
    /// Sources that are to be read.
    pub sources: i64,
    /// Of these: never read, failing for hours, or overdue since before the window.
    pub unreachable: i64,
}

/// Counts what was read for a window.
pub async fn read(db: &PgPool, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Read> {
    sqlx::query_as!(
        Read,
        r#"with seen as (
               select count(*) as articles, count(distinct outlet) as outlets from article
               where first_seen_at > $1 and first_seen_at <= $2),
           asked as (
               select count(*) as sources,
                      count(*) filter (where succeeded_at is null
                          or failures > 0 and succeeded_at < $3
                          or succeeded_at < $1 and next_check_at <= $2) as unreachable
               from source where removed_at is null and not paused)
           select articles as "articles!", outlets as "outlets!", sources as "sources!",
                  unreachable as "unreachable!"
           from seen, asked"#,
        from,
        to,
        to - FRESH
    )
    .fetch_one(db)
    .await
    .context("counting what a window read")
}

/// A compiled edition, to be frozen.
#[derive(Debug)]
pub struct Compiled<'a> {
    /// Whose it is.
    pub subscriber_id: i64,
    /// The day in the subscriber's zone.
    pub local_date: NaiveDate,
    /// The slot; of alerts -1, -2 and so on.
    pub slot: i16,
    /// Its window.
    pub window: (DateTime<Utc>, DateTime<Utc>),
    /// The digest.
    pub content: &'a Value,
    /// Developments that it tells, with the changes that count as told.
    pub told: Vec<(DevelopmentId, &'a [i64])>,
    /// Messages in order, as Telegram HTML.
    pub parts: &'a [String],
    /// A picture that comes behind them: its caption and the PNG.
    pub picture: Option<(&'a str, &'a [u8])>,
    /// Nothing is sent before.
    pub not_before: DateTime<Utc>,
}

/// Freezes an edition: the digest, what it told, and its parts in the outbox. Returns the digest's id.
///
/// `None`: the edition was compiled already, and nothing was written.
pub async fn freeze(db: &PgPool, edition: &Compiled<'_>, now: DateTime<Utc>) -> Result<Option<i64>> {
    let doing =
        || format!("freezing the edition {} of subscriber {}", edition.local_date, edition.subscriber_id);
    let mut tx = db.begin().await.with_context(doing)?;
    let id = sqlx::query_scalar!(
        "insert into digest (subscriber_id, local_date, slot, window_from, window_to, content, compiled_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict on constraint digest_edition_key do nothing
         returning digest_id",
        edition.subscriber_id,
        edition.local_date,
        edition.slot,
        edition.window.0,
        edition.window.1,
        edition.content,
        now
    )
    .fetch_optional(&mut *tx)
    .await
    .with_context(doing)?;
    let Some(id) = id else { return Ok(None) };

    let told: (Vec<i64>, Vec<i64>) = edition
        .told
        .iter()
        .flat_map(|(development, changes)| {
            std::iter::once(0).chain(changes.iter().copied()).map(|change| (development.0, change))
        })
        .unzip();
    sqlx::query!(
        "insert into told (subscriber_id, development_id, change_id, digest_id)
         select $1, t.development_id, t.change_id, $2
         from unnest($3::bigint[], $4::bigint[]) as t (development_id, change_id)
         on conflict on constraint told_once do nothing",
        edition.subscriber_id,
        id,
        &told.0,
        &told.1
    )
    .execute(&mut *tx)
    .await
    .with_context(doing)?;
    sqlx::query!(
        "insert into delivery (digest_id, subscriber_id, part, body, not_before)
         select $1, s.subscriber_id, p.part::smallint, p.body, greatest($4, s.not_before)
         from subscriber s, unnest($3::text[]) with ordinality as p (body, part)
         where s.subscriber_id = $2 order by p.part",
        id,
        edition.subscriber_id,
        edition.parts,
        edition.not_before
    )
    .execute(&mut *tx)
    .await
    .with_context(doing)?;
    if let Some((caption, png)) = edition.picture {
        deliveries::enclose(&mut tx, id, caption, png).await?;
    }
    tx.commit().await.with_context(doing)?;
    Ok(Some(id))
}

/// How many alerts a subscriber got on a day of its zone.
pub async fn alerts(db: &PgPool, subscriber: i64, local_date: NaiveDate) -> Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from digest where subscriber_id = $1 and local_date = $2 and slot < 0"#,
        subscriber,
        local_date
    )
    .fetch_one(db)
    .await
    .with_context(|| format!("counting the alerts of subscriber {subscriber}"))
}

/// A frozen edition of a subscriber.
pub async fn content(db: &PgPool, digest: i64) -> Result<Option<Value>> {
    sqlx::query_scalar!("select content from digest where digest_id = $1", digest)
        .fetch_optional(db)
        .await
        .with_context(|| format!("reading digest {digest}"))
}

//! Editions: who is due, what a window holds, and what was compiled.
//!
//! An edition is frozen in one transaction with what it told and the parts to be sent, so either all of it is
//! there or nothing; a second compiler of the same edition finds the row and writes nothing.

mod histories;
/// Which slots are to be looked at, and when they are next.
pub mod queue;
mod stories;

use std::collections::HashMap;

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::Value;
use sqlx::PgPool;

use super::deliveries;
use crate::model::DevelopmentId;

pub use histories::{Told, histories, in_window, large_since, last_report, told};
pub use stories::{JudgedRow, StoryRow, restored, stories, withdrawn};

/// A source that fails now counts as unread if it was not read for this long before the cut-off.
const FRESH: TimeDelta = TimeDelta::hours(3);

/// The window of an edition, and what became of it.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// The day in the subscriber's zone.
    pub local_date: NaiveDate,
    /// Where it starts.
    pub from: DateTime<Utc>,
    /// The cut-off.
    pub to: DateTime<Utc>,
    /// Dropped before any part was sent: what it told is still to be told.
    pub unsent: bool,
}

/// The windows of subscribers' last editions in any slot; alerts are none.
pub async fn last_windows(db: &PgPool, subscribers: &[i64]) -> Result<HashMap<i64, Window>> {
    let rows = sqlx::query!(
        r#"select d.subscriber_id, d.local_date, d.window_from, d.window_to,
                  exists (select from delivery p where p.digest_id = d.digest_id and p.state = 'dropped')
                  and not exists (select from delivery p where p.digest_id = d.digest_id and p.state = 'sent')
                      as "unsent!"
           from unnest($1::bigint[]) as s (id) cross join lateral (
               select * from digest where subscriber_id = s.id and slot >= 0
               order by window_to desc, slot limit 1) d"#,
        subscribers
    )
    .fetch_all(db)
    .await
    .context("reading the last windows of subscribers")?;
    let window = |local_date, from, to, unsent| Window { local_date, from, to, unsent };
    Ok(rows
        .into_iter()
        .map(|row| (row.subscriber_id, window(row.local_date, row.window_from, row.window_to, row.unsent)))
        .collect())
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
    /// Of these: asked and never read, failing for hours, or overdue since before the window.
    pub unreachable: i64,
    /// And those that nobody has got an answer of yet.
    pub unread: i64,
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
                      count(*) filter (where succeeded_at is null and checked_at is not null
                          or failures > 0 and succeeded_at < $3
                          or succeeded_at < $1 and next_check_at <= $2) as unreachable,
                      count(*) filter (where checked_at is null) as unread
               from source where removed_at is null and not paused)
           select articles as "articles!", outlets as "outlets!", sources as "sources!",
                  unreachable as "unreachable!", unread as "unread!"
           from seen, asked"#,
        from,
        to,
        to - FRESH
    )
    .fetch_one(db)
    .await
    .context("counting what a window read")
}

/// The items of an edition: those that are compiled together and tell the same have one list.
#[derive(Debug)]
pub enum List<'a> {
    /// It was frozen with another edition, under this id.
    Known(i64),
    /// It is frozen with this one.
    New {
        /// The items, and what is coming up.
        items: &'a Value,
        /// The sentence of each, by the id of its development.
        lines: &'a Value,
    },
}

/// An edition that was frozen.
#[derive(Debug, Clone, Copy)]
pub struct Frozen {
    /// The edition.
    pub digest: i64,
    /// The list of its items.
    pub list: i64,
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
    /// The digest without its items.
    pub content: &'a Value,
    /// Its items.
    pub list: List<'a>,
    /// Developments that it tells, with the changes that count as told.
    pub told: Vec<(DevelopmentId, &'a [i64])>,
    /// Developments that it tells to stand after all.
    pub restored: Vec<DevelopmentId>,
    /// Slots in whose place it is too, with the last local day that is no longer owed.
    pub merged: &'a [(i16, NaiveDate)],
    /// Messages in order, as Telegram HTML.
    pub parts: &'a [String],
    /// A picture that comes behind them: its caption and the PNG.
    pub picture: Option<(&'a str, &'a [u8])>,
    /// Nothing is sent before.
    pub not_before: DateTime<Utc>,
}

/// Freezes an edition: the digest, what it told, and its parts in the outbox.
///
/// `None`: the edition was compiled already, and nothing was written.
pub async fn freeze(db: &PgPool, edition: &Compiled<'_>, now: DateTime<Utc>) -> Result<Option<Frozen>> {
    let doing =
        || format!("freezing the edition {} of subscriber {}", edition.local_date, edition.subscriber_id);
    let told: (Vec<i64>, Vec<i64>) = edition
        .told
        .iter()
        .flat_map(|(development, changes)| {
            std::iter::once(0).chain(changes.iter().copied()).map(|change| (development.0, change))
        })
        .unzip();
    let (known, items, lines) = match edition.list {
        List::Known(id) => (Some(id), None, None),
        List::New { items, lines } => (None, Some(items), Some(lines)),
    };
    let mut tx = db.begin().await.with_context(doing)?;
    // What is told to stand after all may be taken back again.
    if !edition.restored.is_empty() {
        let restored: Vec<i64> = edition.restored.iter().map(|id| id.0).collect();
        sqlx::query!(
            "delete from told t using development d
             where t.subscriber_id = $1 and t.change_id = -1 and d.development_id = t.development_id
               and coalesce(d.merged_into, d.development_id) = any ($2)",
            edition.subscriber_id,
            &restored
        )
        .execute(&mut *tx)
        .await
        .with_context(doing)?;
    }
    // One statement: thousands of editions fall due at once.
    let frozen = sqlx::query_as!(
        Frozen,
        r#"with list as (
             insert into item_list (items, lines, compiled_at) select $12, $13, $7 where $14::bigint is null
             returning item_list_id
         ), frozen as (
             insert into digest (subscriber_id, local_date, slot, window_from, window_to, content, compiled_at,
                                 item_list_id)
             values ($1, $2, $3, $4, $5, $6, $7, coalesce($14, (select item_list_id from list)))
             on conflict on constraint digest_edition_key do nothing
             returning digest_id, item_list_id
         ), telling as (
             insert into told (subscriber_id, development_id, change_id, digest_id)
             select $1, t.development_id, t.change_id, f.digest_id
             from frozen f cross join unnest($8::bigint[], $9::bigint[]) as t (development_id, change_id)
             on conflict on constraint told_once do nothing
         ), queued as (
             insert into delivery (digest_id, subscriber_id, part, body, not_before)
             select f.digest_id, s.subscriber_id, p.part::smallint, p.body, greatest($11, s.not_before)
             from frozen f cross join subscriber s cross join unnest($10::text[]) with ordinality as p (body, part)
             where s.subscriber_id = $1 order by p.part
         )
         select digest_id as digest, item_list_id as "list!" from frozen"#,
        edition.subscriber_id,
        edition.local_date,
        edition.slot,
        edition.window.0,
        edition.window.1,
        edition.content,
        now,
        &told.0,
        &told.1,
        edition.parts,
        edition.not_before,
        items,
        lines,
        known
    )
    .fetch_optional(&mut *tx)
    .await
    .with_context(doing)?;
    // With it goes the list that was to come with it.
    let Some(frozen) = frozen else { return Ok(None) };
    if !edition.merged.is_empty() {
        queue::pass(&mut *tx, edition.subscriber_id, edition.merged).await?;
    }
    if let Some((caption, png)) = edition.picture {
        deliveries::enclose(&mut tx, frozen.digest, caption, png).await?;
    }
    tx.commit().await.with_context(doing)?;
    Ok(Some(frozen))
}

/// How many alerts subscribers got, each on a day of its zone; who got none is not there.
pub async fn alerts(db: &PgPool, of: &[(i64, NaiveDate)]) -> Result<HashMap<i64, i64>> {
    let (subscribers, days): (Vec<i64>, Vec<NaiveDate>) = of.iter().copied().unzip();
    let rows = sqlx::query!(
        r#"select d.subscriber_id, count(*) as "n!"
           from unnest($1::bigint[], $2::date[]) as s (id, day)
           join digest d on d.subscriber_id = s.id and d.local_date = s.day and d.slot < 0
           group by d.subscriber_id"#,
        &subscribers,
        &days
    )
    .fetch_all(db)
    .await
    .context("counting alerts")?;
    Ok(rows.into_iter().map(|row| (row.subscriber_id, row.n)).collect())
}

/// A frozen edition of a subscriber.
pub async fn content(db: &PgPool, digest: i64) -> Result<Option<Value>> {
    sqlx::query_scalar!(r#"select content as "content!" from edition where digest_id = $1"#, digest)
        .fetch_optional(db)
        .await
        .with_context(|| format!("reading digest {digest}"))
}

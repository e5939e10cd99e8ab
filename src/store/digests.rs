//! Editions: who is due, what a window holds, and what was compiled.
//!
//! An edition is frozen in one transaction with what it told and the parts to be sent, so either all of it is
//! there or nothing; a second compiler of the same edition finds the row and writes nothing.

use std::collections::HashSet;

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde_json::Value;
use sqlx::PgPool;
use sqlx::types::Json;

use crate::model::{Development, DevelopmentId, History, Mention, OutletToll, PastChange, Relation, Report};

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
    /// Kinds that the subscriber wants; empty: all.
    pub kinds: Vec<String>,
    /// When the subscriber came.
    pub subscribed_at: DateTime<Utc>,
    /// The last local date compiled for this slot, or that its time was chosen too late for.
    pub last_date: Option<NaiveDate>,
}

/// Slots of active subscribers, or of one subscriber in whatever state.
pub async fn slots(db: &PgPool, subscriber: Option<i64>) -> Result<Vec<Slot>> {
    sqlx::query_as!(
        Slot,
        r#"select s.subscriber_id, e.slot, e.at, s.zone, s.kinds, s.subscribed_at,
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

/// The window of a subscriber's last edition in any slot.
pub async fn last_window(db: &PgPool, subscriber: i64) -> Result<Option<Window>> {
    sqlx::query_as!(
        Window,
        r#"select window_from as "from", window_to as "to",
                  exists (select from delivery p where p.digest_id = d.digest_id and p.state = 'dropped')
                  and not exists (select from delivery p where p.digest_id = d.digest_id and p.state = 'sent')
                      as "unsent!"
           from digest d where subscriber_id = $1 order by window_to desc limit 1"#,
        subscriber
    )
    .fetch_optional(db)
    .await
    .with_context(|| format!("reading the last window of subscriber {subscriber}"))
}

/// Developments reported as news or changed after `since` and up to `to`, and those planned for `today` or
/// later, with what was known of them at `until`.
pub async fn histories(
    db: &PgPool,
    since: DateTime<Utc>,
    to: DateTime<Utc>,
    today: NaiveDate,
    until: DateTime<Utc>,
) -> Result<Vec<History>> {
    let mut histories: Vec<History> = sqlx::query!(
        r#"select development_id, facts as "facts: Json<Development>", background, found_at
           from development
           where merged_into is null and not background and development_id in (
               select development_id from report
               where found_at > $1 and found_at <= $2 and relation <> 'repeat'
               union
               select development_id from development
               where merged_into is null and not background
                 and status = 'planned' and date_to >= $3 and found_at <= $2)
           order by development_id"#,
        since,
        to,
        today
    )
    .fetch_all(db)
    .await
    .context("reading the developments of a window")?
    .into_iter()
    .map(|row| History {
        development: Development {
            id: DevelopmentId(row.development_id),
            background: row.background,
            ..row.facts.0
        },
        found_at: row.found_at,
        reports: vec![],
        changes: vec![],
        tolls: vec![],
    })
    .collect();
    let ids: Vec<i64> = histories.iter().map(|history| history.development.id.0).collect();
    let of = |id: i64| ids.binary_search(&id).ok();

    let reports = sqlx::query!(
        r#"select r.development_id, r.report_id, r.relation, r.mention as "mention: Json<Mention>",
                  r.reported_at, r.found_at, a.outlet, a.url, a.first_seen_at, v.origin_id as "origin_id?"
           from report r
           join article a using (article_id)
           join article_version v on v.article_id = r.article_id and v.version = r.version
           where r.development_id = any($1) and r.found_at <= $2
           order by r.reported_at, r.report_id"#,
        &ids,
        until
    )
    .fetch_all(db)
    .await
    .context("reading the reports of a window's developments")?;
    for row in reports {
        let Some(at) = of(row.development_id) else { continue };
        histories[at].reports.push(Report {
            id: row.report_id,
            outlet: row.outlet,
            url: row.url,
            origin: row.origin_id,
            relation: Relation::parse(&row.relation)
                .with_context(|| format!("reading the relation of report {}", row.report_id))?,
            mention: row.mention.0,
            reported_at: row.reported_at,
            seen_at: row.first_seen_at,
            found_at: row.found_at,
        });
    }

    let changes = sqlx::query!(
        "select change_id, development_id, report_id, field, was, now, found_at from change
         where development_id = any($1) and found_at <= $2 order by change_id",
        &ids,
        until
    )
    .fetch_all(db)
    .await
    .context("reading the changes of a window's developments")?;
    for row in changes {
        let Some(at) = of(row.development_id) else { continue };
        histories[at].changes.push(PastChange {
            id: row.change_id,
            report: row.report_id,
            field: row.field,
            was: row.was,
            now: row.now,
            found_at: row.found_at,
        });
    }

    let tolls = sqlx::query!(
        "select development_id, outlet, field, value, at_least, report_id from toll
         where development_id = any($1) order by development_id, outlet, field",
        &ids
    )
    .fetch_all(db)
    .await
    .context("reading the tolls of a window's developments")?;
    for row in tolls {
        let Some(at) = of(row.development_id) else { continue };
        histories[at].tolls.push(OutletToll {
            outlet: row.outlet,
            field: row.field,
            value: u32::try_from(row.value).unwrap_or(0),
            at_least: row.at_least,
            report: row.report_id,
        });
    }
    Ok(histories)
}

/// What of these developments a subscriber was told: the development itself as 0, its changes by their ids.
///
/// What was told of a development that was merged into another counts for the other.
pub async fn told(
    db: &PgPool,
    subscriber: i64,
    of: &[DevelopmentId],
) -> Result<HashSet<(DevelopmentId, i64)>> {
    let ids: Vec<i64> = of.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select coalesce(d.merged_into, d.development_id) as "development_id!", t.change_id
           from told t join development d using (development_id)
           where t.subscriber_id = $1 and (d.development_id = any($2) or d.merged_into = any($2))"#,
        subscriber,
        &ids
    )
    .fetch_all(db)
    .await
    .with_context(|| format!("reading what subscriber {subscriber} was told"))?;
    Ok(rows.into_iter().map(|row| (DevelopmentId(row.development_id), row.change_id)).collect())
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
    /// The slot.
    pub slot: i16,
    /// Its window.
    pub window: (DateTime<Utc>, DateTime<Utc>),
    /// The digest.
    pub content: &'a Value,
    /// Developments that it tells, with the changes that count as told.
    pub told: Vec<(DevelopmentId, &'a [i64])>,
    /// Messages in order, as Telegram HTML.
    pub parts: &'a [String],
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
         select $1, $2, p.part::smallint, p.body, $4
         from unnest($3::text[]) with ordinality as p (body, part)",
        id,
        edition.subscriber_id,
        edition.parts,
        now
    )
    .execute(&mut *tx)
    .await
    .with_context(doing)?;
    tx.commit().await.with_context(doing)?;
    Ok(Some(id))
}

/// A frozen edition of a subscriber.
pub async fn content(db: &PgPool, digest: i64) -> Result<Option<Value>> {
    sqlx::query_scalar!("select content from digest where digest_id = $1", digest)
        .fetch_optional(db)
        .await
        .with_context(|| format!("reading digest {digest}"))
}

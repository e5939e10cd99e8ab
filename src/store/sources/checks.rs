//! What a check of a source found: its entries, the validators of its list, or a failure.
//!
//! A list is stored in one transaction: new entries, validators and the next check together, so that validators never
//! run ahead of the entries they vouch for. Nothing is stored if the source was changed, or checked by another process,
//! since the check began.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;
use sqlx::{PgPool, Postgres, Transaction};

use super::{Moved, Source, clean};
use crate::model::{Entry, Selectors};

/// A list that was read.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// Its entries whose pages are wanted.
    pub wanted: &'a [Entry],
    /// Entries too old to be fetched, remembered so that they don't seem new the next time.
    pub skipped: &'a [Entry],
    /// Validators that came with it.
    pub etag: Option<&'a str>,
    /// As `etag`.
    pub last_modified: Option<&'a str>,
    /// Seconds for which it holds, as it says itself.
    pub lifetime: Option<i32>,
}

/// When a check was, and what follows from it.
#[derive(Debug, Clone, Copy)]
pub struct Check<'a> {
    /// When it was.
    pub now: DateTime<Utc>,
    /// When the next one is due.
    pub next: DateTime<Utc>,
    /// Where the address redirects for good, as far as it is known by now.
    pub moved: Option<&'a Moved>,
}

/// What was recorded of a check.
#[derive(Debug, Clone, Copy)]
pub struct Recorded {
    /// Entries that are new or were edited.
    pub new: u64,
    /// When the newest of all its entries was first seen.
    pub newest: Option<DateTime<Utc>>,
}

/// Whether an entry of a source is known.
pub async fn has_entry(db: &PgPool, id: i64, key: &str) -> Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from entry where source_id = $1 and key = $2) as "known!""#,
        id,
        clean(key)
    )
    .fetch_one(db)
    .await
    .with_context(|| format!("looking for an entry of source {id}"))
}

/// Stores what a list said, in one transaction; `None`, and nothing is stored, if another check came between.
pub async fn record_listed(
    db: &PgPool,
    source: &Source,
    listed: Listed<'_>,
    check: Check<'_>,
) -> Result<Option<Recorded>> {
    let Some(mut tx) = standing(db, source).await? else { return Ok(None) };
    let id = source.id;
    let wanted = insert_entries(&mut tx, id, listed.wanted, "wanted", check.now).await?;
    insert_entries(&mut tx, id, listed.skipped, "given_up", check.now).await?;
    let named = listed.wanted.iter().chain(listed.skipped).map(|entry| clean(&entry.id)).collect();
    stamp(&mut tx, id, named, check.now.date_naive()).await?;
    sqlx::query!(
        "update source set etag = $2, last_modified = $3, lifetime = $5, listed_on = $6,
             silent_since = case when $4 then null else silent_since end
         where source_id = $1",
        id,
        listed.etag,
        listed.last_modified,
        wanted.contains(&Put::New),
        listed.lifetime,
        check.now.date_naive(),
    )
    .execute(&mut *tx)
    .await
    .with_context(|| format!("storing the validators of source {id}"))?;
    let newest = record_check(&mut tx, id, check).await?;
    tx.commit().await.context("storing entries")?;
    Ok(Some(Recorded { new: wanted.len() as u64, newest }))
}

/// A transaction in which a source stays as it was when its check began; `None`: it is not so any more.
///
/// A check that lasted for longer than its claim finds that another process has checked the source meanwhile; and what
/// was read of another address, or in another way, says nothing of the list that it is by now.
async fn standing(db: &PgPool, source: &Source) -> Result<Option<Transaction<'static, Postgres>>> {
    let mut tx = db.begin().await.context("recording a check")?;
    let now = sqlx::query!(
        r#"select url, type as kind, selectors as "selectors: Json<Selectors>" from source
           where source_id = $1 and checked_at is not distinct from $2 and removed_at is null
           for no key update"#,
        source.id,
        source.checked_at,
    );
    let now = now.fetch_optional(&mut *tx).await;
    let now = now.with_context(|| format!("looking at source {}", source.id))?;
    // Compared as they are read: what is left out when it is written differs between versions.
    let same = now.is_some_and(|now| {
        now.url == source.url && now.kind == source.kind.as_str() && now.selectors.0 == source.selectors
    });
    Ok(same.then_some(tx))
}

/// What became of an entry that is not as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Put {
    New,
    Edited,
}

/// New entries, and those whose words or date changed: their pages are wanted again, at most once an hour.
///
/// Entries that were skipped stay so.
async fn insert_entries(
    tx: &mut sqlx::PgConnection,
    source: i64,
    entries: &[Entry],
    state: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Put>> {
    let column = |of: fn(&Entry) -> &Option<String>| -> Vec<Option<String>> {
        entries.iter().map(|entry| of(entry).as_deref().map(clean)).collect()
    };
    let keys: Vec<String> = entries.iter().map(|entry| clean(&entry.id)).collect();
    let dates: Vec<Option<DateTime<Utc>>> = entries.iter().map(|entry| entry.published).collect();
    let rows = sqlx::query_scalar!(
        r#"insert into entry (source_id, key, link, title, summary, published_at, seen_at, page_state, page_not_before,
                            author)
         select $1, key, link, title, summary, published_at, $7, $8, $7, author
         from (select distinct on (key) *
               from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $9::text[])
                    with ordinality as e (key, link, title, summary, published_at, author, place)
               order by key, place) e
         order by place
         on conflict on constraint entry_key do update set
             link = excluded.link, title = excluded.title, summary = excluded.summary,
             published_at = excluded.published_at, author = excluded.author, page_state = 'wanted', page_error = null,
             revision = entry.revision + 1,
             page_attempts = case when entry.page_state = 'wanted' then entry.page_attempts else 0 end,
             page_not_before = case when entry.page_state = 'wanted' then entry.page_not_before
                                    else greatest($7, entry.page_not_before + interval '1 hour') end
         where excluded.page_state = 'wanted' and (entry.page_state <> 'given_up' or entry.page_error is not null)
           and (excluded.title, excluded.summary, excluded.published_at)
               is distinct from (entry.title, entry.summary, entry.published_at)
         returning revision = 0 as "new!""#,
        source,
        &keys,
        &column(|entry| &entry.link) as _,
        &column(|entry| &entry.title) as _,
        &column(|entry| &entry.summary) as _,
        &dates as _,
        now,
        state,
        &column(|entry| &entry.author) as _,
    )
    .fetch_all(tx)
    .await
    .with_context(|| format!("storing entries of source {source}"))?;
    Ok(rows.into_iter().map(|new| if new { Put::New } else { Put::Edited }).collect())
}

/// Notes on which day a list last named its entries, at most once a day: those that it names stay.
async fn stamp(tx: &mut sqlx::PgConnection, source: i64, named: Vec<String>, today: NaiveDate) -> Result<()> {
    sqlx::query!(
        "update entry set listed_on = $3 where source_id = $1 and key = any($2) and listed_on <> $3",
        source,
        &named,
        today,
    )
    .execute(tx)
    .await
    .map(drop)
    .with_context(|| format!("noting which entries source {source} lists"))
}

/// Records that a list is what it was; `None`, and nothing is recorded, if another check came between.
pub async fn record_unchanged(db: &PgPool, source: &Source, check: Check<'_>) -> Result<Option<Recorded>> {
    let Some(mut tx) = standing(db, source).await? else { return Ok(None) };
    let newest = record_check(&mut tx, source.id, check).await?;
    tx.commit().await.context("recording a check")?;
    Ok(Some(Recorded { new: 0, newest }))
}

/// The part of a check that succeeded which is always the same; when the newest entry was first seen.
async fn record_check(
    connection: &mut sqlx::PgConnection,
    id: i64,
    check: Check<'_>,
) -> Result<Option<DateTime<Utc>>> {
    sqlx::query_scalar!(
        "update source set next_check_at = $3, checked_at = $2, succeeded_at = $2, failures = 0, last_error = null,
             failing_since = null, moved_to = $4, moved_seen = $5, moved_since = $6
         where source_id = $1
         returning (select max(seen_at) from entry where entry.source_id = $1)",
        id,
        check.now,
        check.next,
        check.moved.map(|moved| &moved.to),
        check.moved.map_or(0, |moved| moved.seen),
        check.moved.map(|moved| moved.since),
    )
    .fetch_one(connection)
    .await
    .with_context(|| format!("recording a check of source {id}"))
}

/// Records that a list was not asked for, which is no failure; it is tried at `next`.
///
/// `false`, and nothing is recorded, if another check came between.
pub async fn put_off(db: &PgPool, source: &Source, next: DateTime<Utc>) -> Result<bool> {
    let Some(mut tx) = standing(db, source).await? else { return Ok(false) };
    sqlx::query!("update source set next_check_at = $2 where source_id = $1", source.id, next)
        .execute(&mut *tx)
        .await
        .with_context(|| format!("putting off source {}", source.id))?;
    tx.commit().await.context("putting off a check")?;
    Ok(true)
}

/// Records that a list could not be read; it is tried again at `next`, and never given up.
///
/// A new address that fails is forgotten: the old one may lead elsewhere by now. `false`, and nothing is recorded, if
/// another check came between.
pub async fn record_failure(
    db: &PgPool,
    source: &Source,
    error: &str,
    now: DateTime<Utc>,
    next: DateTime<Utc>,
) -> Result<bool> {
    let Some(mut tx) = standing(db, source).await? else { return Ok(false) };
    sqlx::query!(
        "update source set next_check_at = $4, checked_at = $3, failures = failures + 1, last_error = $2,
             failing_since = coalesce(failing_since, $3), moved_to = null, moved_seen = 0, moved_since = null
         where source_id = $1",
        source.id,
        clean(error),
        now,
        next,
    )
    .execute(&mut *tx)
    .await
    .with_context(|| format!("recording a failure of source {}", source.id))?;
    tx.commit().await.context("recording a failure")?;
    Ok(true)
}

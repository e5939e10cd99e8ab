//! Sources: what is scraped, when next, and what became of it the last time.
//!
//! A source's list is stored in one transaction: new entries, validators and the next check together, so
//! that validators never run ahead of the entries they vouch for.

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgPool;
use sqlx::types::Json;

use crate::model::{Entry, Selectors, SourceType};

/// A source as the scraper needs it.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its id.
    pub id: i64,
    /// Its unique name.
    pub name: String,
    /// Where its list is.
    pub url: String,
    /// What it is.
    pub kind: SourceType,
    /// Its publisher.
    pub outlet: String,
    /// Selectors of a listing.
    pub selectors: Selectors,
    /// A cron line of its own.
    pub schedule: Option<String>,
    /// Validators of its list as last stored.
    pub etag: Option<String>,
    /// As `etag`.
    pub last_modified: Option<String>,
    /// Failures in a row.
    pub failures: i32,
    /// When its list was read last; `None`: never.
    pub succeeded_at: Option<DateTime<Utc>>,
    /// When a look at it first found that it can be read.
    pub verified_at: Option<DateTime<Utc>>,
}

/// A source to be stored.
#[derive(Debug, Clone)]
pub struct NewSource {
    /// Its unique name.
    pub name: String,
    /// Where its list is.
    pub url: String,
    /// What it is.
    pub kind: SourceType,
    /// Its publisher.
    pub outlet: String,
    /// Selectors of a listing.
    pub selectors: Selectors,
    /// A cron line of its own.
    pub schedule: Option<String>,
}

/// A source's health, for lists of sources.
#[derive(Debug, Clone)]
pub struct Health {
    /// Its unique name.
    pub name: String,
    /// Where its list is.
    pub url: String,
    /// `feed`, `listing`, …
    pub kind: String,
    /// From the configuration file, and so read-only in commands.
    pub configured: bool,
    /// Not checked until it is resumed.
    pub paused: bool,
    /// When its list was last read.
    pub succeeded_at: Option<DateTime<Utc>>,
    /// When it is due.
    pub next_check_at: DateTime<Utc>,
    /// Failures in a row.
    pub failures: i32,
    /// The last failure in words, if the last check failed.
    pub last_error: Option<String>,
    /// Articles stored of it.
    pub articles: i64,
    /// Nothing was ever read of it: neither in scraping nor by a look at it.
    pub unverified: bool,
}

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
}

/// Brings the sources of the configuration file into the database; those that left it are removed.
pub async fn sync(db: &PgPool, sources: &[NewSource], now: DateTime<Utc>) -> Result<()> {
    let mut tx = db.begin().await.context("syncing sources")?;
    let names: Vec<String> = sources.iter().map(|source| source.name.clone()).collect();
    sqlx::query!(
        "update source set removed_at = $2
         where origin = 'config' and removed_at is null and not name = any($1)",
        &names,
        now
    )
    .execute(&mut *tx)
    .await
    .context("removing sources that left the configuration")?;
    for source in sources {
        insert(&mut tx, source, "config", None, now).await?;
    }
    tx.commit().await.context("syncing sources")
}

/// Adds a source by command, or brings a removed one back; `verified`: a look at it has succeeded.
///
/// `false`: the name is taken.
pub async fn add(db: &PgPool, source: &NewSource, verified: bool, now: DateTime<Utc>) -> Result<bool> {
    let mut tx = db.begin().await.context("adding a source")?;
    let taken = sqlx::query_scalar!(
        r#"select exists (select from source where name = $1 and removed_at is null) as "taken!""#,
        source.name
    )
    .fetch_one(&mut *tx)
    .await
    .with_context(|| format!("looking for source {}", source.name))?;
    if !taken {
        insert(&mut tx, source, "command", verified.then_some(now), now).await?;
    }
    tx.commit().await.context("adding a source")?;
    Ok(!taken)
}

async fn insert(
    tx: &mut sqlx::PgConnection,
    source: &NewSource,
    origin: &str,
    verified_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    // Another URL is another list: its validators, its record and its due time start anew.
    sqlx::query!(
        "insert into source (name, url, type, outlet, selectors, origin, schedule, next_check_at, created_at,
                             verified_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)
         on conflict on constraint source_name_key do update set
             url = $2, type = $3, outlet = $4, selectors = $5, origin = $6, schedule = $7, removed_at = null,
             etag = case when source.url = $2 and source.selectors = $5 then source.etag end,
             last_modified = case when source.url = $2 and source.selectors = $5 then source.last_modified end,
             succeeded_at = case when source.url = $2 then source.succeeded_at end,
             failures = case when source.url = $2 then source.failures else 0 end,
             last_error = case when source.url = $2 then source.last_error end,
             verified_at = coalesce($9, case when source.url = $2 then source.verified_at end),
             paused = source.paused and source.removed_at is null,
             next_check_at =
                 case when source.url = $2 and source.removed_at is null then source.next_check_at else $8 end",
        source.name,
        source.url,
        source.kind.as_str(),
        source.outlet,
        Json(&source.selectors) as _,
        origin,
        source.schedule,
        now,
        verified_at,
    )
    .execute(tx)
    .await
    .with_context(|| format!("storing source {}", source.name))?;
    Ok(())
}

/// The name of the source with this address, if there is one.
pub async fn at(db: &PgPool, url: &str) -> Result<Option<String>> {
    sqlx::query_scalar!("select name from source where url = $1 and removed_at is null limit 1", url)
        .fetch_optional(db)
        .await
        .context("looking for a source by its address")
}

/// All sources as they would be stored, in the order in which they came.
pub async fn all(db: &PgPool) -> Result<Vec<NewSource>> {
    let rows = sqlx::query!(
        r#"select name, url, type as kind, outlet, selectors as "selectors: Json<Selectors>", schedule
           from source where removed_at is null order by source_id"#
    )
    .fetch_all(db)
    .await
    .context("listing sources")?;
    let mut sources = Vec::new();
    for row in rows {
        let Some(kind) = SourceType::parse(&row.kind) else { continue };
        let selectors = row.selectors.0;
        let (name, url, outlet, schedule) = (row.name, row.url, row.outlet, row.schedule);
        sources.push(NewSource { name, url, kind, outlet, selectors, schedule });
    }
    Ok(sources)
}

/// Records that a source's list can be read.
pub async fn verify(db: &PgPool, id: i64, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update source set verified_at = $2 where source_id = $1 and verified_at is null", id, now)
        .execute(db)
        .await
        .with_context(|| format!("recording that source {id} can be read"))?;
    Ok(())
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

/// Takes sources that are due, oldest first; nobody else gets them before `until`.
pub async fn claim_due(
    db: &PgPool,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Source>> {
    let rows = sqlx::query_as!(
        Row,
        r#"with due as (
               select source_id from source
               where removed_at is null and not paused and next_check_at <= $1
               order by next_check_at, source_id
               limit $3
               for update skip locked
           )
           update source s set next_check_at = $2 from due where s.source_id = due.source_id
           returning s.source_id, s.name, s.url, s.type as kind, s.outlet, s.selectors as "selectors: Json<Selectors>",
                     s.schedule, s.etag, s.last_modified, s.failures, s.succeeded_at, s.verified_at"#,
        now,
        until,
        limit
    )
    .fetch_all(db)
    .await
    .context("claiming due sources")?;
    rows.into_iter().map(Row::source).collect()
}

/// Sources by name, due or not, paused or not; all active ones for no names.
pub async fn named(db: &PgPool, names: &[String]) -> Result<Vec<Source>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select source_id, name, url, type as kind, outlet, selectors as "selectors: Json<Selectors>", schedule,
                  etag, last_modified, failures, succeeded_at, verified_at
           from source
           where removed_at is null and (name = any($1) or (cardinality($1::text[]) = 0 and not paused))
           order by source_id"#,
        names
    )
    .fetch_all(db)
    .await
    .context("listing sources")?;
    rows.into_iter().map(Row::source).collect()
}

/// Stores what a list said, in one transaction; gives the number of entries that are new or were edited.
pub async fn record_listed(
    db: &PgPool,
    id: i64,
    listed: Listed<'_>,
    now: DateTime<Utc>,
    next: DateTime<Utc>,
) -> Result<u64> {
    let mut tx = db.begin().await.context("storing entries")?;
    let mut new = 0;
    for (entries, state) in [(listed.wanted, "wanted"), (listed.skipped, "given_up")] {
        let stored = insert_entries(&mut tx, id, entries, state, now).await?;
        new += if state == "wanted" { stored } else { 0 };
    }
    sqlx::query!(
        "update source set etag = $2, last_modified = $3, next_check_at = $5, checked_at = $4, succeeded_at = $4,
             failures = 0, last_error = null
         where source_id = $1",
        id,
        listed.etag,
        listed.last_modified,
        now,
        next,
    )
    .execute(&mut *tx)
    .await
    .with_context(|| format!("recording a check of source {id}"))?;
    tx.commit().await.context("storing entries")?;
    Ok(new)
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
) -> Result<u64> {
    let column = |of: fn(&Entry) -> &Option<String>| -> Vec<Option<String>> {
        entries.iter().map(|entry| of(entry).as_deref().map(clean)).collect()
    };
    let keys: Vec<String> = entries.iter().map(|entry| clean(&entry.id)).collect();
    let dates: Vec<Option<DateTime<Utc>>> = entries.iter().map(|entry| entry.published).collect();
    let done = sqlx::query!(
        "insert into entry (source_id, key, link, title, summary, published_at, seen_at, page_state, page_not_before,
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
             page_attempts = case when entry.page_state = 'wanted' then entry.page_attempts else 0 end,
             page_not_before = case when entry.page_state = 'wanted' then entry.page_not_before
                                    else greatest($7, entry.page_not_before + interval '1 hour') end
         where excluded.page_state = 'wanted' and (entry.page_state <> 'given_up' or entry.page_error is not null)
           and (excluded.title, excluded.summary, excluded.published_at)
               is distinct from (entry.title, entry.summary, entry.published_at)",
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
    .execute(tx)
    .await
    .with_context(|| format!("storing entries of source {source}"))?;
    Ok(done.rows_affected())
}

/// Records that a list is what it was.
pub async fn record_unchanged(db: &PgPool, id: i64, now: DateTime<Utc>, next: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "update source set next_check_at = $3, checked_at = $2, succeeded_at = $2, failures = 0, last_error = null
         where source_id = $1",
        id,
        now,
        next,
    )
    .execute(db)
    .await
    .with_context(|| format!("recording a check of source {id}"))?;
    Ok(())
}

/// Records that a list could not be read; it is tried again at `next`, and never given up.
pub async fn record_failure(
    db: &PgPool,
    id: i64,
    error: &str,
    now: DateTime<Utc>,
    next: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update source set next_check_at = $4, checked_at = $3, failures = failures + 1, last_error = $2
         where source_id = $1",
        id,
        clean(error),
        now,
        next,
    )
    .execute(db)
    .await
    .with_context(|| format!("recording a failure of source {id}"))?;
    Ok(())
}

/// All sources with their health, in the order in which they came.
pub async fn health(db: &PgPool) -> Result<Vec<Health>> {
    sqlx::query_as!(
        Health,
        r#"select name, url, type as kind, origin = 'config' as "configured!", paused, succeeded_at, next_check_at,
                  failures, last_error,
                  (select count(*) from article where article.source_id = source.source_id) as "articles!",
                  succeeded_at is null and verified_at is null as "unverified!"
           from source where removed_at is null order by source_id"#
    )
    .fetch_all(db)
    .await
    .context("listing sources")
}

/// Pauses or resumes a source; a resumed one is due at once. `false`: there is none of that name.
pub async fn set_paused(db: &PgPool, name: &str, paused: bool, now: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query!(
        "update source set paused = $2, next_check_at = case when $2 then next_check_at else $3 end
         where name = $1 and removed_at is null",
        name,
        paused,
        now,
    )
    .execute(db)
    .await
    .with_context(|| format!("pausing source {name}"))?;
    Ok(done.rows_affected() > 0)
}

/// Removes a source that a command added; its articles stay. `false`: there is none of that name.
pub async fn remove(db: &PgPool, name: &str, now: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query!(
        "update source set removed_at = $2 where name = $1 and removed_at is null and origin = 'command'",
        name,
        now,
    )
    .execute(db)
    .await
    .with_context(|| format!("removing source {name}"))?;
    Ok(done.rows_affected() > 0)
}

/// A claim lasts so long: a process that died with it does not keep a source from the others.
pub const LEASE: TimeDelta = TimeDelta::minutes(10);

/// Postgres stores no NUL.
pub(super) fn clean(text: &str) -> String {
    text.replace('\0', "")
}

struct Row {
    source_id: i64,
    name: String,
    url: String,
    kind: String,
    outlet: String,
    selectors: Json<Selectors>,
    schedule: Option<String>,
    etag: Option<String>,
    last_modified: Option<String>,
    failures: i32,
    succeeded_at: Option<DateTime<Utc>>,
    verified_at: Option<DateTime<Utc>>,
}

impl Row {
    fn source(self) -> Result<Source> {
        let kind = SourceType::parse(&self.kind)
            .with_context(|| format!("source {} is of an unknown type {}", self.name, self.kind))?;
        Ok(Source {
            id: self.source_id,
            name: self.name,
            url: self.url,
            kind,
            outlet: self.outlet,
            selectors: self.selectors.0,
            schedule: self.schedule,
            etag: self.etag,
            last_modified: self.last_modified,
            failures: self.failures,
            succeeded_at: self.succeeded_at,
            verified_at: self.verified_at,
        })
    }
}

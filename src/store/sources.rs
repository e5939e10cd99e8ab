//! Sources: what is scraped, when next, and what became of it the last time.
//!
//! A source's list is stored in one transaction: new entries, validators and the next check together, so
//! that validators never run ahead of the entries they vouch for.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use sqlx::{PgPool, Postgres, Transaction};

use crate::model::{Entry, Selectors, SourceType};

mod health;

pub use health::{Ailing, Health, Pauses, State, ailing, health, pauses, set_silent, told};

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
    /// Validators of its list as last stored.
    pub etag: Option<String>,
    /// As `etag`.
    pub last_modified: Option<String>,
    /// Failures in a row.
    pub failures: i32,
    /// When it was checked last, well or not: what is found in a check stands only if none came between.
    pub checked_at: Option<DateTime<Utc>>,
    /// When its list was read last; `None`: never.
    pub succeeded_at: Option<DateTime<Utc>>,
    /// When a look at it first found that it can be read.
    pub verified_at: Option<DateTime<Utc>>,
    /// Seconds for which its list holds, as the list says itself.
    pub lifetime: Option<i32>,
    /// Where its address redirects for good, if it does.
    pub moved: Option<Moved>,
}

/// Where a source's address redirects for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The new address.
    pub to: String,
    /// Checks in a row that were sent there.
    pub seen: i32,
    /// When the first of them was.
    pub since: DateTime<Utc>,
}

/// A source to be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// Brings the sources of the configuration file into the database; those that left it are removed.
///
/// Gives the names that other sources have, which a command added: these stay as they are.
pub async fn sync(db: &PgPool, sources: &[NewSource], now: DateTime<Utc>) -> Result<Vec<String>> {
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
    let mut taken = Vec::new();
    for source in sources {
        let other = sqlx::query_scalar!(
            r#"select exists (select from source where name = $1 and origin = 'command' and removed_at is null
                             and url <> $2) as "other!""#,
            source.name,
            source.url
        );
        if other.fetch_one(&mut *tx).await.context("syncing sources")? {
            taken.push(source.name.clone());
            continue;
        }
        insert(&mut tx, source, "config", None, now).await?;
    }
    tx.commit().await.context("syncing sources")?;
    Ok(taken)
}

/// Adds a source by command, or brings a removed one back; `verified`: a look at it has succeeded.
///
/// `false`: the name is taken.
pub async fn add(db: &PgPool, source: &NewSource, verified: bool, now: DateTime<Utc>) -> Result<bool> {
    let mut connection = db.acquire().await.context("adding a source")?;
    insert(&mut connection, source, "command", verified.then_some(now), now).await
}

/// `false`: a command's name is taken; the configuration has every name that it wants.
async fn insert(
    connection: &mut sqlx::PgConnection,
    source: &NewSource,
    origin: &str,
    verified_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<bool> {
    // Another URL is another list: its validators, its record and its due time start anew; the record of one that was
    // removed does so too. What the file names is not paused: no command could resume it.
    let done = sqlx::query!(
        "insert into source (name, url, type, outlet, selectors, origin, next_check_at, created_at, verified_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7, $8)
         on conflict on constraint source_name_key do update set
             url = $2, type = $3, outlet = $4, selectors = $5, origin = $6, removed_at = null,
             etag = case when source.url = $2 and source.type = $3 and source.selectors = $5
                         then source.etag end,
             last_modified = case when source.url = $2 and source.type = $3 and source.selectors = $5
                                  then source.last_modified end,
             lifetime = case when source.url = $2 then source.lifetime end,
             checked_at = case when source.url = $2 and source.removed_at is null then source.checked_at end,
             succeeded_at = case when source.url = $2 and source.removed_at is null then source.succeeded_at end,
             failures = case when source.url = $2 and source.removed_at is null then source.failures else 0 end,
             last_error = case when source.url = $2 and source.removed_at is null then source.last_error end,
             verified_at =
                 coalesce($8, case when source.url = $2 and source.removed_at is null then source.verified_at end),
             failing_since = case when source.url = $2 and source.removed_at is null then source.failing_since end,
             silent_since = case when source.url = $2 and source.removed_at is null then source.silent_since end,
             told = case when source.url = $2 and source.removed_at is null then source.told end,
             moved_to = case when source.url = $2 then source.moved_to end,
             moved_seen = case when source.url = $2 then source.moved_seen else 0 end,
             moved_since = case when source.url = $2 then source.moved_since end,
             paused = source.paused and source.removed_at is null and $6 = 'command',
             next_check_at =
                 case when source.url = $2 and source.removed_at is null then source.next_check_at else $7 end
         where $6 = 'config' or source.removed_at is not null",
        source.name,
        source.url,
        source.kind.as_str(),
        source.outlet,
        Json(&source.selectors) as _,
        origin,
        now,
        verified_at,
    )
    .execute(connection)
    .await
    .with_context(|| format!("storing source {}", source.name))?;
    Ok(done.rows_affected() > 0)
}

/// A source that is a list already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Same {
    /// Its name.
    pub name: String,
    /// It comes from the configuration file.
    pub configured: bool,
}

/// The sources that are this list already: of its address and type, and read in the same way; `None`: in any way.
///
/// Where nothing is said of how a listing is read, one that is read in some way is the same.
pub async fn same(
    db: &PgPool,
    url: &str,
    kind: SourceType,
    selectors: Option<&Selectors>,
) -> Result<Vec<Same>> {
    let rows = sqlx::query!(
        r#"select name, origin = 'config' as "configured!", selectors as "selectors: Json<Selectors>" from source
           where url = $1 and type = $2 and removed_at is null order by source_id"#,
        url,
        kind.as_str(),
    )
    .fetch_all(db)
    .await
    .context("looking for a source by its address")?;
    let in_any_way =
        selectors.is_none_or(|said| kind == SourceType::Listing && *said == Selectors::default());
    let (alike, others): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|row| Some(&row.selectors.0) == selectors);
    let others = others.into_iter().filter(|_| in_any_way);
    let same = alike.into_iter().chain(others);
    Ok(same.map(|row| Same { name: row.name, configured: row.configured }).collect())
}

/// All sources as they would be stored, in the order in which they came.
pub async fn all(db: &PgPool) -> Result<Vec<NewSource>> {
    let rows = sqlx::query!(
        r#"select name, url, type as kind, outlet, selectors as "selectors: Json<Selectors>"
           from source where removed_at is null order by source_id"#
    )
    .fetch_all(db)
    .await
    .context("listing sources")?;
    let mut sources = Vec::new();
    for row in rows {
        let Some(kind) = SourceType::parse(&row.kind) else { continue };
        let selectors = row.selectors.0;
        sources.push(NewSource { name: row.name, url: row.url, kind, outlet: row.outlet, selectors });
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
                     s.etag, s.last_modified, s.failures, s.checked_at, s.succeeded_at, s.verified_at, s.lifetime,
                     s.moved_to, s.moved_seen, s.moved_since"#,
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
        r#"select source_id, name, url, type as kind, outlet, selectors as "selectors: Json<Selectors>",
                  etag, last_modified, failures, checked_at, succeeded_at, verified_at, lifetime, moved_to, moved_seen,
                  moved_since
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

/// Pauses or resumes a source; a resumed one is due at once, and its failures of before are forgotten.
/// `false`: there is none of that name.
pub async fn set_paused(db: &PgPool, name: &str, paused: bool, now: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query!(
        "update source set paused = $2, told = null,
             next_check_at = case when $2 then next_check_at else $3 end,
             failures = case when $2 then failures else 0 end,
             failing_since = case when $2 then failing_since end,
             last_error = case when $2 then last_error end
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
    etag: Option<String>,
    last_modified: Option<String>,
    failures: i32,
    checked_at: Option<DateTime<Utc>>,
    succeeded_at: Option<DateTime<Utc>>,
    verified_at: Option<DateTime<Utc>>,
    lifetime: Option<i32>,
    moved_to: Option<String>,
    moved_seen: i32,
    moved_since: Option<DateTime<Utc>>,
}

impl Row {
    fn source(self) -> Result<Source> {
        let kind = SourceType::parse(&self.kind)
            .with_context(|| format!("source {} is of an unknown type {}", self.name, self.kind))?;
        let moved = self.moved_to.zip(self.moved_since);
        Ok(Source {
            id: self.source_id,
            name: self.name,
            url: self.url,
            kind,
            outlet: self.outlet,
            selectors: self.selectors.0,
            etag: self.etag,
            last_modified: self.last_modified,
            failures: self.failures,
            checked_at: self.checked_at,
            succeeded_at: self.succeeded_at,
            verified_at: self.verified_at,
            lifetime: self.lifetime,
            moved: moved.map(|(to, since)| Moved { to, seen: self.moved_seen, since }),
        })
    }
}

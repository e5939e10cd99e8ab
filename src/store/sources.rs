//! Sources: what is scraped, and when next.
//!
//! Sources come in from the configuration and from commands, and go out to the scraper when they are due, each to one
//! process at a time.

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use sqlx::{PgExecutor, PgPool};

use crate::model::{Selectors, SourceType};

/// What a check of a source found.
pub mod checks;
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
    let others = taken(&mut *tx, sources).await?;
    for source in sources.iter().filter(|source| !others.contains(&source.name)) {
        insert(&mut tx, source, "config", None, now).await?;
    }
    tx.commit().await.context("syncing sources")?;
    Ok(others)
}

/// The names of these that a command gave to another list.
pub async fn taken(db: impl PgExecutor<'_>, sources: &[NewSource]) -> Result<Vec<String>> {
    let (names, urls): (Vec<String>, Vec<String>) =
        sources.iter().map(|source| (source.name.clone(), source.url.clone())).unzip();
    sqlx::query_scalar!(
        "select s.name from unnest($1::text[], $2::text[]) with ordinality as c (name, url, place)
         join source s using (name)
         where s.origin = 'command' and s.removed_at is null and s.url <> c.url order by c.place",
        &names,
        &urls
    )
    .fetch_all(db)
    .await
    .context("looking for names that commands gave")
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

/// Takes sources that are due, oldest first; nobody else gets them before `until`.
///
/// Due is also what was checked in the future: until then nobody would look at it.
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
               where removed_at is null and not paused and (next_check_at <= $1 or checked_at > $4)
               order by next_check_at, source_id
               limit $3
               for update skip locked
           )
           update source s
           set next_check_at = $2,
               checked_at = case when s.checked_at > $4 then $1 else s.checked_at end,
               succeeded_at = case when s.succeeded_at > $4 then $1 else s.succeeded_at end
           from due where s.source_id = due.source_id
           returning s.source_id, s.name, s.url, s.type as kind, s.outlet, s.selectors as "selectors: Json<Selectors>",
                     s.etag, s.last_modified, s.failures, s.checked_at, s.succeeded_at, s.verified_at, s.lifetime,
                     s.moved_to, s.moved_seen, s.moved_since"#,
        now,
        until,
        limit,
        now + PUT_BACK
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

/// An address on each host that sources are read from, those first that were read last; none of the sources that are
/// named.
pub async fn hosts(db: &PgPool, but: &[String], most: i64) -> Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select min(coalesce(moved_to, url)) as "url!"
           from source
           where removed_at is null and not paused and name <> all ($1)
           group by lower(substring(coalesce(moved_to, url) from '^[^:]+://([^/?#]*)'))
           order by max(succeeded_at) desc nulls last, 1
           limit $2"#,
        but,
        most
    )
    .fetch_all(db)
    .await
    .context("looking for hosts of sources")
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

/// A source that was checked later than this was checked by a clock that has been put back since.
const PUT_BACK: TimeDelta = TimeDelta::hours(1);

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

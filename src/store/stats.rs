//! Figures for admins.

use anyhow::Context;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sqlx::PgPool;

use super::process::POLLER;

/// Sources that are neither paused nor removed.
///
/// # Errors
/// The database fails.
pub async fn open_sources(db: &PgPool) -> anyhow::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from source where removed_at is null and not paused"#)
        .fetch_one(db)
        .await
        .context("counting the sources")
}

/// Counts over the whole bot by their keys, in the order to be shown.
///
/// # Errors
/// The database fails.
pub async fn figures(db: &PgPool, now: DateTime<Utc>) -> anyhow::Result<Vec<(&'static str, i64)>> {
    let f = sqlx::query!(
        r#"select
             (select count(*) from source where removed_at is null and not paused) as "sources!",
             (select count(*) from source where removed_at is null and not paused and failures > 0) as "failing!",
             (select count(*) from article) as "articles!",
             (select count(*) from article where first_seen_at > $1) as "articles_day!",
             (select count(*) from development where merged_into is null and not background) as "developments!",
             (select count(*) from development
              where merged_into is null and not background and found_at > $1) as "developments_day!",
             (select count(*) from subscriber where state = 'active') as "active!",
             (select count(*) from subscriber where state = 'stopped') as "stopped!",
             (select count(*) from subscriber where state = 'gone') as "gone!",
             (select count(*) from digest where compiled_at > $1) as "digests_day!",
             (select count(*) from delivery where state in ('waiting', 'sending')) as "waiting!",
             (select count(*) from delivery where sent_at > $1) as "sent_day!",
             (select count(*) from delivery where state = 'parked') as "parked!""#,
        now - TimeDelta::days(1),
    )
    .fetch_one(db)
    .await
    .context("counting for the figures")?;
    Ok(vec![
        ("sources", f.sources),
        ("failing", f.failing),
        ("articles", f.articles),
        ("articles-today", f.articles_day),
        ("developments", f.developments),
        ("developments-today", f.developments_day),
        ("subscribers", f.active),
        ("stopped", f.stopped),
        ("gone", f.gone),
        ("digests-today", f.digests_day),
        ("waiting", f.waiting),
        ("sent-today", f.sent_day),
        ("parked", f.parked),
    ])
}

/// Articles first seen a day (UTC), the earliest first; days without any are left out.
///
/// # Errors
/// The database fails.
pub async fn articles_a_day(db: &PgPool, since: DateTime<Utc>) -> anyhow::Result<Vec<(NaiveDate, i64)>> {
    let rows = sqlx::query!(
        r#"select (first_seen_at at time zone 'UTC')::date as "day!", count(*) as "n!"
           from article where first_seen_at > $1 group by 1 order by 1"#,
        since,
    )
    .fetch_all(db)
    .await
    .context("counting articles by day")?;
    Ok(rows.into_iter().map(|row| (row.day, row.n)).collect())
}

/// Developments found since then by kind, the most frequent kind first.
///
/// # Errors
/// The database fails.
pub async fn developments_by_kind(db: &PgPool, since: DateTime<Utc>) -> anyhow::Result<Vec<(String, i64)>> {
    let rows = sqlx::query!(
        r#"select kind, count(*) as "n!" from development
           where found_at > $1 and merged_into is null and not background
           group by kind order by 2 desc, kind"#,
        since,
    )
    .fetch_all(db)
    .await
    .context("counting developments by kind")?;
    Ok(rows.into_iter().map(|row| (row.kind, row.n)).collect())
}

/// How the bot fares: what waits, since when, and what was done last.
#[derive(Debug, Clone)]
pub struct Vitals {
    /// Sources that are due.
    pub sources_due: i64,
    /// Pages that are wanted and may be asked for.
    pub pages_wanted: i64,
    /// Article versions that are not read yet.
    pub unread: i64,
    /// When the longest waiting of these was first seen.
    pub oldest_unread: Option<DateTime<Utc>>,
    /// Messages in the outbox.
    pub waiting: i64,
    /// Since when the longest waiting one could have gone.
    pub oldest_waiting: Option<DateTime<Utc>>,
    /// Messages that were given up.
    pub parked: i64,
    /// When a source was last read.
    pub last_fetch: Option<DateTime<Utc>>,
    /// When a digest was last compiled.
    pub last_digest: Option<DateTime<Utc>>,
    /// Whether a process asks Telegram for updates.
    pub polled: bool,
    /// Processes that run on this database.
    pub processes: i64,
}

/// Looks how the bot fares.
///
/// # Errors
/// The database fails.
pub async fn vitals(db: &PgPool, now: DateTime<Utc>) -> anyhow::Result<Vitals> {
    // A chat that is told to wait by Telegram holds up nobody: its messages are not late before that is over.
    sqlx::query_as!(
        Vitals,
        r#"select
             (select count(*) from source
              where removed_at is null and not paused and next_check_at <= $1) as "sources_due!",
             (select count(*) from entry
              where page_state = 'wanted' and page_not_before <= $1) as "pages_wanted!",
             (select count(*) from article where read_version is distinct from version) as "unread!",
             (select min(first_seen_at) from article where read_version is distinct from version) as oldest_unread,
             (select count(*) from delivery where state in ('waiting', 'sending')) as "waiting!",
             (select min(greatest(d.not_before, s.not_before)) from delivery d join subscriber s using (subscriber_id)
              where d.state in ('waiting', 'sending') and s.state = 'active'
                and greatest(d.not_before, s.not_before) <= $1) as oldest_waiting,
             (select count(*) from delivery where state = 'parked') as "parked!",
             (select max(succeeded_at) from source) as last_fetch,
             (select max(compiled_at) from digest) as last_digest,
             exists (select from pg_locks
                     where locktype = 'advisory' and objsubid = 1 and granted
                       and database = (select oid from pg_database where datname = current_database())
                       and (classid::bigint << 32) | objid::bigint = hashtextextended($2, 0)) as "polled!",
             (select count(*) from live_process) as "processes!""#,
        now,
        POLLER,
    )
    .fetch_one(db)
    .await
    .context("looking how the bot fares")
}

/// What there is and what waits, for monitors: asked for every few seconds, so nothing that reads a whole table
/// that grows, but for counts of articles and developments by their keys.
#[derive(Debug, Clone)]
pub struct Gauges {
    /// Sources that are neither paused nor removed.
    pub sources: i64,
    /// Of them, those whose last checks failed.
    pub failing: i64,
    /// Of them, those that are due.
    pub due: i64,
    /// Pages that are wanted and may be asked for.
    pub pages_wanted: i64,
    /// Articles.
    pub articles: i64,
    /// Article versions that are not read yet.
    pub unread: i64,
    /// When the longest waiting of these was first seen.
    pub oldest_unread: Option<DateTime<Utc>>,
    /// Developments that are told as news.
    pub developments: i64,
    /// Chats that get digests.
    pub subscribers: i64,
    /// Messages in the outbox.
    pub waiting: i64,
    /// Since when the longest waiting one could have gone.
    pub oldest_waiting: Option<DateTime<Utc>>,
    /// Whether a process asks Telegram for updates.
    pub polled: bool,
    /// Processes that run on this database.
    pub processes: i64,
    /// Bytes of the database.
    pub bytes: i64,
}

/// Looks what there is and what waits.
///
/// # Errors
/// The database fails.
pub async fn gauges(db: &PgPool, now: DateTime<Utc>) -> anyhow::Result<Gauges> {
    sqlx::query_as!(
        Gauges,
        r#"select
             s.sources as "sources!", s.failing as "failing!", s.due as "due!",
             (select count(*) from entry
              where page_state = 'wanted' and page_not_before <= $1) as "pages_wanted!",
             (select count(*) from article) as "articles!",
             (select count(*) from article where read_version is distinct from version) as "unread!",
             (select min(first_seen_at) from article where read_version is distinct from version) as oldest_unread,
             (select count(*) from development where merged_into is null and not background) as "developments!",
             (select count(*) from subscriber where state = 'active') as "subscribers!",
             (select count(*) from delivery where state in ('waiting', 'sending')) as "waiting!",
             (select min(greatest(d.not_before, s.not_before)) from delivery d join subscriber s using (subscriber_id)
              where d.state in ('waiting', 'sending') and s.state = 'active'
                and greatest(d.not_before, s.not_before) <= $1) as oldest_waiting,
             exists (select from pg_locks
                     where locktype = 'advisory' and objsubid = 1 and granted
                       and database = (select oid from pg_database where datname = current_database())
                       and (classid::bigint << 32) | objid::bigint = hashtextextended($2, 0)) as "polled!",
             (select count(*) from live_process) as "processes!",
             pg_database_size(current_database()) as "bytes!"
           from (select count(*) as sources, count(*) filter (where failures > 0) as failing,
                        count(*) filter (where next_check_at <= $1) as due
                 from source where removed_at is null and not paused) s"#,
        now,
        POLLER,
    )
    .fetch_one(db)
    .await
    .context("looking what there is and what waits")
}

/// Articles of one source that are in one language.
#[derive(Debug, Clone)]
pub struct InLanguage {
    /// The source's name.
    pub source: String,
    /// ISO 639-1 code, or `und`.
    pub language: String,
    /// How many articles are in it.
    pub articles: i64,
    /// Of how many of that source.
    pub of: i64,
}

/// Languages of the articles first seen since then, by source; those whose language is not told are left out.
///
/// # Errors
/// The database fails.
pub async fn languages(db: &PgPool, since: DateTime<Utc>) -> anyhow::Result<Vec<InLanguage>> {
    sqlx::query_as!(
        InLanguage,
        r#"select s.name as source, l.language as "language!", l.articles as "articles!", l.of_all as "of!"
           from (select a.source_id, v.language, count(*) as articles,
                        sum(count(*)) over (partition by a.source_id)::bigint as of_all
                 from article a join article_version v on v.article_id = a.article_id and v.version = a.version
                 where a.first_seen_at > $1
                 group by a.source_id, v.language) l
           join source s using (source_id)
           where l.language is not null and s.removed_at is null
           order by s.name, l.articles desc, l.language"#,
        since
    )
    .fetch_all(db)
    .await
    .context("counting articles by language")
}

//! Figures for admins.

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgPool;

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

/// Counts over the whole bot, in the order to be shown.
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
        ("Sources", f.sources),
        ("Sources failing", f.failing),
        ("Articles", f.articles),
        ("Articles in 24 hours", f.articles_day),
        ("Developments", f.developments),
        ("Developments in 24 hours", f.developments_day),
        ("Subscribers", f.active),
        ("Subscribers who stopped", f.stopped),
        ("Chats gone", f.gone),
        ("Digests in 24 hours", f.digests_day),
        ("Messages waiting", f.waiting),
        ("Messages sent in 24 hours", f.sent_day),
        ("Messages parked", f.parked),
    ])
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

//! The queue of articles to be read.
//!
//! The one transaction that reads an article holds the lock from `claim` to its commit: articles are compared
//! one after the other, in the order of publication, whatever number of processes share the database.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};

/// The number of the advisory lock that one reader holds at a time.
pub(in crate::store) const READER_LOCK: i64 = 0x7469_6469_6e67_0001;

/// An article version that waits to be read.
#[derive(Debug, Clone)]
pub struct Unread {
    /// The article.
    pub article_id: i64,
    /// Its newest version.
    pub version: i32,
    /// Its publisher.
    pub outlet: String,
    /// Headline.
    pub title: Option<String>,
    /// Body.
    pub text: String,
    /// ISO 639-1 code, if known.
    pub language: Option<String>,
    /// Publication time.
    pub published_at: DateTime<Utc>,
}

/// Takes the oldest unread article; no other reader proceeds before the transaction ends.
pub async fn claim(tx: &mut PgConnection) -> Result<Option<Unread>> {
    // All queries of this transaction are short; where the planner takes one for a long one, compiling it or
    // starting workers would cost a hundred times more than running it.
    sqlx::query!(
        "select pg_advisory_xact_lock($1) as lock,
                set_config('jit', 'off', true) as jit,
                set_config('max_parallel_workers_per_gather', '0', true) as workers",
        READER_LOCK
    )
    .fetch_one(&mut *tx)
    .await
    .context("waiting for the reader's lock")?;
    sqlx::query_as!(
        Unread,
        r#"select a.article_id, a.version, a.outlet, v.title, v.text, v.language, a.published_at
           from article a join article_version v on v.article_id = a.article_id and v.version = a.version
           where a.read_version is distinct from a.version
           order by a.published_at, a.article_id
           limit 1"#
    )
    .fetch_optional(tx)
    .await
    .context("claiming the oldest unread article")
}

/// Records that a version was read.
pub async fn mark_read(
    tx: &mut PgConnection,
    article_id: i64,
    version: i32,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update article set read_version = $2, read_at = $3 where article_id = $1",
        article_id,
        version,
        now
    )
    .execute(tx)
    .await
    .with_context(|| format!("marking article {article_id} as read"))?;
    Ok(())
}

/// An article from a file, to be read as if it had been scraped.
#[derive(Debug, Clone)]
pub struct Replayed {
    /// Its id in the file.
    pub id: String,
    /// Its publisher.
    pub outlet: String,
    /// When it was published.
    pub published: DateTime<Utc>,
    /// Headline.
    pub title: Option<String>,
    /// Body.
    pub text: String,
    /// ISO 639-1 code, if it could be told.
    pub language: Option<String>,
}

/// Stores articles of a file, in their order, in one transaction; all are unread.
pub async fn insert_replayed(db: &PgPool, articles: &[Replayed], now: DateTime<Utc>) -> Result<()> {
    let mut tx = db.begin().await.context("starting a transaction")?;
    for article in articles {
        sqlx::query!(
            "with stored as (
                 insert into article (url, outlet, external_id, published_at, first_seen_at)
                 values ('replay:' || $1, $2, $1, $3, $7)
                 returning article_id)
             insert into article_version (article_id, version, title, text, text_kind, language, fetched_at)
             select article_id, 1, $4, $5, 'page', $6, $7 from stored",
            article.id,
            article.outlet,
            article.published,
            article.title,
            article.text,
            article.language,
            now
        )
        .execute(&mut *tx)
        .await
        .with_context(|| format!("storing article {}", article.id))?;
    }
    tx.commit().await.context("storing the replayed articles")
}

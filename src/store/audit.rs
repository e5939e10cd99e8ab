//! What admins did: one row an act, written and never changed.

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::{PgExecutor, PgPool};

/// One act of an admin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// When.
    pub at: DateTime<Utc>,
    /// Telegram's id of the admin.
    pub admin: i64,
    /// The chat in which it was ordered.
    pub chat_id: i64,
    /// What was done, in a word.
    pub act: String,
    /// To what.
    pub detail: String,
}

/// Records an act.
///
/// # Errors
/// The database fails.
pub async fn record(db: impl PgExecutor<'_>, act: &Act) -> anyhow::Result<()> {
    sqlx::query!(
        "insert into audit (at, admin, chat_id, act, detail) values ($1, $2, $3, $4, $5)",
        act.at,
        act.admin,
        act.chat_id,
        act.act,
        super::sources::clean(&act.detail),
    )
    .execute(db)
    .await
    .map(drop)
    .with_context(|| format!("recording an admin's act: {}", act.act))
}

/// The last acts, the latest first.
///
/// # Errors
/// The database fails.
pub async fn last(db: &PgPool, skip: i64, limit: i64) -> anyhow::Result<Vec<Act>> {
    sqlx::query_as!(
        Act,
        "select at, admin, chat_id, act, detail from audit order by audit_id desc offset $1 limit $2",
        skip,
        limit,
    )
    .fetch_all(db)
    .await
    .context("reading what admins did")
}

/// How many acts there are.
///
/// # Errors
/// The database fails.
pub async fn count(db: &PgPool) -> anyhow::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "n!" from audit"#)
        .fetch_one(db)
        .await
        .context("counting what admins did")
}

//! Who may not use the bot: people and chats, by Telegram's ids.

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::PgPool;

use super::subscribers::{self, State};

/// A person or chat that may not use the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ban {
    /// Telegram's id.
    pub id: i64,
    /// Since when.
    pub at: DateTime<Utc>,
    /// The chat's name, if it ever subscribed.
    pub title: Option<String>,
}

/// Bans a person or chat and stops its subscriptions; `false` if it was banned already.
///
/// # Errors
/// The database fails.
pub async fn add(db: &PgPool, id: i64, admin: i64, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let done = sqlx::query!(
        "insert into ban (user_id, banned_at, banned_by) values ($1, $2, $3) on conflict do nothing",
        id,
        now,
        admin,
    )
    .execute(db)
    .await
    .with_context(|| format!("banning {id}"))?;
    // Whether or not it is new: what an earlier attempt left undone is done now.
    subscribers::leave(db, id, None, State::Stopped, Some("banned")).await?;
    Ok(done.rows_affected() > 0)
}

/// Lifts a ban; `false` if there was none.
///
/// # Errors
/// The database fails.
pub async fn lift(db: &PgPool, id: i64) -> anyhow::Result<bool> {
    let done = sqlx::query!("delete from ban where user_id = $1", id)
        .execute(db)
        .await
        .with_context(|| format!("lifting the ban of {id}"))?;
    Ok(done.rows_affected() > 0)
}

/// Whether one of these people and chats is banned.
///
/// # Errors
/// The database fails.
pub async fn any(db: &PgPool, ids: &[i64]) -> anyhow::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from ban where user_id = any ($1)) as "banned!""#, ids)
        .fetch_one(db)
        .await
        .context("looking whether somebody is banned")
}

/// A group became a supergroup: its ban goes with it.
///
/// # Errors
/// The database fails.
pub async fn follow(db: &PgPool, from: i64, to: i64) -> anyhow::Result<()> {
    sqlx::query!(
        "insert into ban (user_id, banned_at, banned_by)
         select $2, banned_at, banned_by from ban where user_id = $1
         on conflict do nothing",
        from,
        to,
    )
    .execute(db)
    .await
    .map(drop)
    .with_context(|| format!("moving the ban of {from} to {to}"))
}

/// All bans, the latest first.
///
/// # Errors
/// The database fails.
pub async fn all(db: &PgPool) -> anyhow::Result<Vec<Ban>> {
    sqlx::query_as!(
        Ban,
        r#"select user_id as id, banned_at as at,
                  (select title from subscriber where chat_id = user_id and title <> '' limit 1) as title
           from ban order by banned_at desc, user_id"#
    )
    .fetch_all(db)
    .await
    .context("reading the bans")
}

//! What an admin was shown and may confirm: a source to add, words to all, a development to mark as wrong.
//!
//! A proposal is settled once, by the first who confirms it or calls it off; a second press, an old keyboard,
//! and a bot that was restarted in between find it settled, or too old, and do nothing.

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use sqlx::{PgConnection, PgPool};

use super::sources::NewSource;

/// For how long it can be confirmed.
const LIFETIME: TimeDelta = TimeDelta::days(1);

/// What may be confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposal {
    /// A source to be added.
    Source(Box<NewSource>),
    /// Telegram HTML for all subscribers, in parts.
    Broadcast(Vec<String>),
    /// A development to be marked as wrong.
    Correction {
        /// The development.
        development: i64,
        /// What is wrong.
        why: String,
    },
}

/// Keeps a proposal; gives its id.
///
/// # Errors
/// The database fails.
pub async fn make(db: &PgPool, proposal: &Proposal, now: DateTime<Utc>) -> anyhow::Result<i64> {
    sqlx::query_scalar!(
        "insert into proposal (made_at, what) values ($1, $2) returning proposal_id",
        now,
        Json(proposal) as _,
    )
    .fetch_one(db)
    .await
    .context("keeping a proposal")
}

/// Settles a proposal in the caller's transaction; `None` if it was settled before, or is too old.
///
/// # Errors
/// The database fails.
pub async fn settle(tx: &mut PgConnection, id: i64, now: DateTime<Utc>) -> anyhow::Result<Option<Proposal>> {
    let found = sqlx::query_scalar!(
        r#"update proposal set settled_at = $2
           where proposal_id = $1 and settled_at is null and made_at > $3
           returning what as "what: Json<Proposal>""#,
        id,
        now,
        now - LIFETIME,
    )
    .fetch_optional(tx)
    .await
    .with_context(|| format!("settling proposal {id}"))?;
    Ok(found.map(|what| what.0))
}

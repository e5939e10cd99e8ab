//! Chats come, stop, are lost and move.

use anyhow::Context;
use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use sqlx::{PgConnection, PgPool};

use super::{State, Subscriber, get};
use crate::locale::Language;
use crate::store::times;

/// What [`subscribe`] is to write; what is `None` stays, or is the default for a chat not yet known.
#[derive(Debug, Clone)]
pub struct Subscription<'a> {
    /// The chat.
    pub chat_id: i64,
    /// The forum topic; 0: the chat itself.
    pub thread_id: i32,
    /// The chat's name, for admins.
    pub title: &'a str,
    /// It is a channel.
    pub broadcast: bool,
    /// The language that its reader's Telegram has.
    pub spoken: Option<Language>,
    /// Local time of its one edition a day.
    pub at: Option<NaiveTime>,
    /// Zone of all slots.
    pub zone: Option<Tz>,
    /// Time and zone of a chat that never chose.
    pub default: (NaiveTime, Tz),
}

/// Subscribes a chat, revives it, or changes its time and zone; idempotent.
///
/// # Errors
/// The database fails.
pub async fn subscribe(
    db: &PgPool,
    wish: &Subscription<'_>,
    now: DateTime<Utc>,
) -> anyhow::Result<Subscriber> {
    let doing = || format!("subscribing chat {}", wish.chat_id);
    let mut tx = db.begin().await.with_context(doing)?;
    // The chat first, then what waits for it: the order in which a chat that leaves or moves is locked.
    let zone_before = sqlx::query_scalar!(
        "select zone from subscriber where chat_id = $1 and thread_id = $2 for update",
        wish.chat_id,
        wish.thread_id
    )
    .fetch_optional(&mut *tx)
    .await
    .with_context(doing)?;
    // An edition may have been compiled while the chat stopped: who comes back is not sent old news.
    sqlx::query!(
        "update delivery set state = 'dropped', leased_by = null, leased_until = null, error = 'not subscribed'
         where state in ('waiting', 'sending') and subscriber_id in (
             select subscriber_id from subscriber where chat_id = $1 and thread_id = $2 and state <> 'active')",
        wish.chat_id,
        wish.thread_id,
    )
    .execute(&mut *tx)
    .await
    .with_context(doing)?;
    // Editions count from subscribed_at: who was active all along misses nothing, who comes back starts anew.
    let id = sqlx::query_scalar!(
        "insert into subscriber as s (chat_id, thread_id, title, zone, created_at, subscribed_at, spoken, broadcast)
         values ($1, $2, $3, coalesce($4, $5), $6, $6, $7, $8)
         on conflict on constraint subscriber_chat_key do update set
             title = excluded.title,
             broadcast = excluded.broadcast,
             zone = coalesce($4, s.zone),
             spoken = coalesce($7, s.spoken),
             state = 'active',
             state_reason = null,
             not_before = case when s.state = 'active' then s.not_before end,
             subscribed_at = case when s.state = 'active' then s.subscribed_at else excluded.subscribed_at end
         returning subscriber_id",
        wish.chat_id,
        wish.thread_id,
        wish.title,
        wish.zone.map(|z| z.name()),
        wish.default.1.name(),
        now,
        wish.spoken.map(Language::code),
        wish.broadcast,
    )
    .fetch_one(&mut *tx)
    .await
    .with_context(doing)?;
    untell(&mut tx, &[id]).await.with_context(doing)?;
    let held = sqlx::query_scalar!("select at from edition_slot where subscriber_id = $1 order by slot", id)
        .fetch_all(&mut *tx)
        .await
        .with_context(doing)?;
    let wished = match wish.at {
        Some(at) => vec![at],
        None if held.is_empty() => vec![wish.default.0],
        None => held,
    };
    let before = zone_before.and_then(|zone| zone.parse().ok());
    let zone = wish.zone.or(before).unwrap_or(wish.default.1);
    times::write(&mut tx, id, (zone, before != Some(zone)), &wished, now).await.with_context(doing)?;
    tx.commit().await.with_context(doing)?;
    get(db, id).await?.with_context(doing)
}

/// Stops a chat's editions and drops what waits for it; `false` if it was not active.
///
/// # Errors
/// The database fails.
pub async fn stop(db: &PgPool, chat_id: i64, thread_id: i32) -> anyhow::Result<bool> {
    leave(db, chat_id, Some(thread_id), State::Stopped, None).await
}

/// Marks a chat, with all its topics, as lost to the bot and drops what waits for it.
///
/// # Errors
/// The database fails.
pub async fn mark_gone(db: &PgPool, chat_id: i64, reason: &str) -> anyhow::Result<bool> {
    leave(db, chat_id, None, State::Gone, Some(reason)).await
}

/// Takes a chat, or one topic of it, out of service and drops what waits for it; `false` if it was not active.
pub(in crate::store) async fn leave(
    db: &PgPool,
    chat_id: i64,
    thread_id: Option<i32>,
    state: State,
    reason: Option<&str>,
) -> anyhow::Result<bool> {
    let doing = || format!("marking chat {chat_id} as {}", state.as_str());
    let mut tx = db.begin().await.with_context(doing)?;
    let left = sqlx::query_scalar!(
        "with left_now as (
             update subscriber set state = $3, state_reason = $4
             where chat_id = $1 and ($2::integer is null or thread_id = $2) and state = 'active'
             returning subscriber_id
         ), dropped as (
             update delivery set state = 'dropped', leased_by = null, leased_until = null, error = coalesce($4, $3)
             where subscriber_id in (select subscriber_id from left_now) and state in ('waiting', 'sending')
         )
         select subscriber_id from left_now",
        chat_id,
        thread_id,
        state.as_str(),
        reason,
    )
    .fetch_all(&mut *tx)
    .await
    .with_context(doing)?;
    untell(&mut tx, &left).await.with_context(doing)?;
    tx.commit().await.with_context(doing)?;
    Ok(!left.is_empty())
}

/// What a digest told that was dropped before any part was sent is news again; the digest itself stays compiled.
async fn untell(tx: &mut PgConnection, subscribers: &[i64]) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from told where subscriber_id = any ($1) and digest_id in (
             select digest_id from digest d
             where d.subscriber_id = any ($1)
               and exists (select from delivery p where p.digest_id = d.digest_id and p.state = 'dropped')
               and not exists (select from delivery p where p.digest_id = d.digest_id and p.state = 'sent'))",
        subscribers,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Gives a chat its new id (a group became a supergroup), for all its topics.
///
/// Where the new id has a row of its own, that one stays and takes over what still waits for the old one. If it
/// was lost, it comes back as one that subscribed `now`.
///
/// # Errors
/// The database fails.
pub async fn move_chat(db: &PgPool, from: i64, to: i64, now: DateTime<Utc>) -> anyhow::Result<()> {
    let doing = || format!("moving chat {from} to {to}");
    let mut tx = db.begin().await.with_context(doing)?;
    // In the order in which a chat that leaves is locked: the chat first, then what waits for it.
    sqlx::query!(
        "select from subscriber where chat_id in ($1, $2) order by subscriber_id for update",
        from,
        to
    )
    .execute(&mut *tx)
    .await
    .with_context(doing)?;
    // Only what waits is handed over, not the row: its history would clash with the other's.
    sqlx::query!(
        "update delivery d set subscriber_id = there.subscriber_id
         from subscriber here join subscriber there on there.chat_id = $2 and there.thread_id = here.thread_id
         where here.chat_id = $1 and d.subscriber_id = here.subscriber_id and d.state in ('waiting', 'sending')
           and there.state <> 'stopped'",
        from,
        to,
    )
    .execute(&mut *tx)
    .await
    .with_context(doing)?;
    sqlx::query!(
        "update subscriber there set state = 'active', state_reason = null, subscribed_at = $3
         from subscriber here
         where here.chat_id = $1 and there.chat_id = $2 and there.thread_id = here.thread_id
           and here.state = 'active' and there.state = 'gone'",
        from,
        to,
        now,
    )
    .execute(&mut *tx)
    .await
    .with_context(doing)?;
    // What is still open here belongs to a chat whose new id said /stop.
    sqlx::query!(
        "update delivery d set state = 'dropped', leased_by = null, leased_until = null, error = 'stopped'
         from subscriber here join subscriber there on there.chat_id = $2 and there.thread_id = here.thread_id
         where here.chat_id = $1 and d.subscriber_id = here.subscriber_id and d.state in ('waiting', 'sending')",
        from,
        to,
    )
    .execute(&mut *tx)
    .await
    .with_context(doing)?;
    sqlx::query!(
        "update subscriber here set state = 'gone', state_reason = $3
         where here.chat_id = $1
           and exists (select from subscriber there where there.chat_id = $2 and there.thread_id = here.thread_id)",
        from,
        to,
        format!("moved to {to}"),
    )
    .execute(&mut *tx)
    .await
    .with_context(doing)?;
    sqlx::query!(
        "update subscriber here set chat_id = $2
         where here.chat_id = $1
           and not exists (select from subscriber there where there.chat_id = $2 and there.thread_id = here.thread_id)",
        from,
        to,
    )
    .execute(&mut *tx)
    .await
    .with_context(doing)?;
    tx.commit().await.with_context(doing)
}

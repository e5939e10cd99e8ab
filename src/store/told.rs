//! What a chat was told, for itself to have again; and the end of all that is known of it.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgPool;

use super::retention;

/// Editions that an export holds at most, the latest.
const MOST: i64 = 1000;

/// One message of an edition, as it was sent.
#[derive(Debug, Clone)]
pub struct Told {
    /// The message in the outbox.
    pub delivery_id: i64,
    /// The edition.
    pub digest_id: i64,
    /// Its day.
    pub local_date: NaiveDate,
    /// Its window.
    pub window_from: DateTime<Utc>,
    /// The cut-off.
    pub window_to: DateTime<Utc>,
    /// Telegram HTML; the caption, if there is a picture.
    pub body: String,
    /// A PNG.
    pub picture: Option<Vec<u8>>,
}

/// The messages of the last edition of a subscriber, in order.
pub async fn last(db: &PgPool, subscriber: i64) -> Result<Vec<Told>> {
    sqlx::query_as!(
        Told,
        "select p.delivery_id, d.digest_id, d.local_date, d.window_from, d.window_to, p.body, p.picture
         from delivery p join digest d using (digest_id)
         where d.digest_id = (select digest_id from digest where subscriber_id = $1 and slot >= 0
                              order by window_to desc, digest_id desc limit 1)
         order by p.part",
        subscriber
    )
    .fetch_all(db)
    .await
    .with_context(|| format!("reading the last edition of subscriber {subscriber}"))
}

/// The messages of a subscriber's editions, of the latest thousand, that retention left; in order, without pictures.
pub async fn all(db: &PgPool, subscriber: i64) -> Result<Vec<Told>> {
    sqlx::query_as!(
        Told,
        "select p.delivery_id, d.digest_id, d.local_date, d.window_from, d.window_to, p.body, null::bytea as picture
         from (select * from digest where subscriber_id = $1 order by window_to desc, digest_id desc limit $2) d
         join delivery p using (digest_id)
         order by d.window_to, d.digest_id, p.part",
        subscriber,
        MOST
    )
    .fetch_all(db)
    .await
    .with_context(|| format!("reading the editions of subscriber {subscriber}"))
}

/// Deletes a chat or forum topic with its choices, its editions and its questions; `false` if nothing was known.
pub async fn forget(db: &PgPool, chat_id: i64, thread_id: i32) -> Result<bool> {
    let doing = || format!("forgetting chat {chat_id}");
    // What the chat was told may just be passed on or merged.
    let mut tx = retention::begin(db).await.with_context(doing)?;
    let chat =
        sqlx::query!("delete from subscriber where chat_id = $1 and thread_id = $2", chat_id, thread_id)
            .execute(&mut *tx)
            .await
            .with_context(doing)?;
    // Questions are the whole chat's: they stay for its other topics.
    let asked = sqlx::query!(
        "delete from asked where chat_id = $1 and not exists (select from subscriber where chat_id = $1)",
        chat_id
    )
    .execute(&mut *tx)
    .await
    .with_context(doing)?;
    tx.commit().await.with_context(doing)?;
    Ok(chat.rows_affected() + asked.rows_affected() > 0)
}

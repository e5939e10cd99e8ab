//! The outbox: parts claimed in a short committed update, sent with no transaction open, then recorded.
//!
//! A claim names its process and a time. A part whose process is gone (the advisory lock of its number is
//! free) or whose lease has lapsed can be claimed again, so a crash costs at most a second copy of the
//! messages that were in flight. A process that only lost its connection has its number back within seconds: so long
//! after the claim nobody takes it for gone. Per subscriber only the earliest open part can be claimed: parts arrive in
//! the order in which they were queued, one at a time. Each claim counts an attempt: who comes back late, after another has claimed the part,
//! is known by the count and changes nothing.

use anyhow::Context;
use chrono::{DateTime, NaiveTime, Utc};
use sqlx::{PgConnection, PgPool};

/// A claimed part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The delivery's id.
    pub id: i64,
    /// Whom it is for.
    pub subscriber_id: i64,
    /// The chat's id now.
    pub chat_id: i64,
    /// The forum topic; 0: the chat itself.
    pub thread_id: i32,
    /// Telegram HTML; the caption, if there is a picture.
    pub body: String,
    /// A PNG.
    pub picture: Option<Vec<u8>>,
    /// Sent without a sound.
    pub silent: bool,
    /// Claims so far, this one included.
    pub attempts: i32,
    /// Refusals by Telegram so far.
    pub refusals: i32,
    /// IANA name of the subscriber's zone.
    pub zone: String,
    /// Where its quiet hours begin, in local time.
    pub quiet_from: Option<NaiveTime>,
    /// And where they end.
    pub quiet_to: Option<NaiveTime>,
}

/// Claims the part that is due longest, if its chat is not among `resting`.
///
/// # Errors
/// The database fails.
pub async fn claim(
    db: &PgPool,
    process: i32,
    resting: &[i64],
    now: DateTime<Utc>,
    leased_until: DateTime<Utc>,
) -> anyhow::Result<Option<Claimed>> {
    sqlx::query_as!(
        Claimed,
        "update delivery d set state = 'sending', attempts = d.attempts + 1, leased_by = $1, leased_until = $4
         from subscriber s
         where s.subscriber_id = d.subscriber_id and d.delivery_id = (
             select d.delivery_id
             from delivery d join subscriber s using (subscriber_id)
             where d.state in ('waiting', 'sending') and d.not_before <= $3
               and s.state = 'active' and (s.not_before is null or s.not_before <= $3)
               and s.chat_id <> all ($2)
               and (d.state = 'waiting' or d.leased_until <= $3
                    or d.leased_until <= $4::timestamptz - interval '20 seconds' and not exists (select from live_process p where p.number = d.leased_by))
               and not exists (
                   select from delivery e
                   where e.subscriber_id = d.subscriber_id and e.state in ('waiting', 'sending')
                     and e.delivery_id < d.delivery_id)
             order by d.not_before, d.delivery_id
             limit 1
             for update of d skip locked)
         returning d.delivery_id as id, d.subscriber_id, s.chat_id, s.thread_id, d.body, d.picture, s.silent,
             d.attempts, d.refusals, s.zone, s.quiet_from, s.quiet_to",
        process,
        resting,
        now,
        leased_until,
    )
    .fetch_optional(db)
    .await
    .context("claiming a part")
}

/// Puts a picture behind an edition's last part, unless another edition of its day has one; those that were sent
/// on other days go, for nobody asks for them again.
///
/// # Errors
/// The database fails.
pub(super) async fn enclose(
    tx: &mut PgConnection,
    digest: i64,
    caption: &str,
    png: &[u8],
) -> anyhow::Result<()> {
    sqlx::query!(
        "update delivery p set picture = null
         from digest d join digest o using (subscriber_id)
         where d.digest_id = $1 and o.local_date < d.local_date and p.digest_id = o.digest_id
           and p.picture is not null and p.state = 'sent'",
        digest,
    )
    .execute(&mut *tx)
    .await
    .with_context(|| format!("clearing the pictures before digest {digest}"))?;
    sqlx::query!(
        "insert into delivery (digest_id, subscriber_id, part, body, picture, not_before)
         select d.digest_id, d.subscriber_id, max(p.part) + 1, $2, $3, max(p.not_before)
         from digest d join delivery p using (digest_id)
         where d.digest_id = $1 and not exists (
             select from digest o join delivery q using (digest_id)
             where o.subscriber_id = d.subscriber_id and o.local_date = d.local_date and q.picture is not null)
         group by d.digest_id",
        digest,
        caption,
        png,
    )
    .execute(tx)
    .await
    .map(drop)
    .with_context(|| format!("enclosing a picture with digest {digest}"))
}

/// Records that a part is with the reader.
///
/// # Errors
/// The database fails.
pub async fn sent(db: &PgPool, id: i64, message_id: i32, now: DateTime<Utc>) -> anyhow::Result<()> {
    // Whatever its state: the chat may have said /stop meanwhile, and the message is there all the same.
    sqlx::query!(
        "update delivery set state = 'sent', message_id = $2, sent_at = $3, error = null,
             leased_by = null, leased_until = null
         where delivery_id = $1",
        id,
        message_id,
        now,
    )
    .execute(db)
    .await
    .map(drop)
    .with_context(|| format!("recording delivery {id} as sent"))
}

/// Puts a part back in its place until `until`, with what happened.
///
/// # Errors
/// The database fails.
pub async fn retry(
    db: &PgPool,
    part: &Claimed,
    until: DateTime<Utc>,
    reason: &str,
    refused: bool,
) -> anyhow::Result<()> {
    sqlx::query!(
        "update delivery set state = 'waiting', not_before = $2, error = $3, refusals = refusals + $4,
             leased_by = null, leased_until = null
         where delivery_id = $1 and state = 'sending' and attempts = $5",
        part.id,
        until,
        reason,
        i32::from(refused),
        part.attempts,
    )
    .execute(db)
    .await
    .map(drop)
    .with_context(|| format!("recording delivery {} to be tried again", part.id))
}

/// Puts a part back in its place at once and lets all its chat wait until `until`.
///
/// # Errors
/// The database fails.
pub async fn chat_later(db: &PgPool, part: &Claimed, until: DateTime<Utc>) -> anyhow::Result<()> {
    sqlx::query!(
        "with back as (
             update delivery set state = 'waiting', error = 'flood wait', leased_by = null, leased_until = null
             where delivery_id = $1 and state = 'sending' and attempts = $4
         )
         update subscriber set not_before = $3 where chat_id = $2",
        part.id,
        part.chat_id,
        until,
        part.attempts,
    )
    .execute(db)
    .await
    .map(drop)
    .with_context(|| format!("recording the flood wait of chat {}", part.chat_id))
}

/// Puts a part back in its place at once, uncounted.
///
/// # Errors
/// The database fails.
pub async fn release(db: &PgPool, part: &Claimed) -> anyhow::Result<()> {
    sqlx::query!(
        "update delivery set state = 'waiting', leased_by = null, leased_until = null
         where delivery_id = $1 and state = 'sending' and attempts = $2",
        part.id,
        part.attempts,
    )
    .execute(db)
    .await
    .map(drop)
    .with_context(|| format!("releasing delivery {}", part.id))
}

/// Gives a part up for good, keeping the reason; with `whole_chat` the subscriber's other open parts too.
///
/// # Errors
/// The database fails.
pub async fn park(db: &PgPool, part: &Claimed, reason: &str, whole_chat: bool) -> anyhow::Result<()> {
    sqlx::query!(
        "with refused as (
             update delivery set state = 'parked', error = $2, refusals = refusals + 1,
                 leased_by = null, leased_until = null
             where delivery_id = $1 and state = 'sending' and attempts = $4
             returning delivery_id, subscriber_id
         )
         update delivery d set state = 'parked', error = $2, leased_by = null, leased_until = null
         from refused r
         where $3 and d.subscriber_id = r.subscriber_id and d.delivery_id <> r.delivery_id
           and d.state in ('waiting', 'sending')",
        part.id,
        reason,
        whole_chat,
        part.attempts,
    )
    .execute(db)
    .await
    .map(drop)
    .with_context(|| format!("parking delivery {}", part.id))
}

/// When the first part may fall due, of those that are first in their chat's line; `None` if nothing is open.
///
/// # Errors
/// The database fails.
pub async fn next_due(db: &PgPool) -> anyhow::Result<Option<DateTime<Utc>>> {
    sqlx::query_scalar!(
        r#"select min(due) as "due" from (
             select distinct on (d.subscriber_id) greatest(d.not_before, s.not_before, d.leased_until) as due
             from delivery d join subscriber s using (subscriber_id)
             where d.state in ('waiting', 'sending') and s.state = 'active'
             order by d.subscriber_id, d.delivery_id) first_in_line"#,
    )
    .fetch_one(db)
    .await
    .context("looking when the next part is due")
}

/// Queues an admin's words for these subscribers, each not before its time, in the caller's transaction.
///
/// # Errors
/// The database fails.
pub async fn queue_for_all(
    tx: &mut PgConnection,
    to: &[(i64, DateTime<Utc>)],
    parts: &[String],
) -> anyhow::Result<()> {
    let (subscribers, times): (Vec<i64>, Vec<DateTime<Utc>>) = to.iter().copied().unzip();
    sqlx::query!(
        "insert into delivery (subscriber_id, part, body, not_before)
         select s.subscriber_id, p.part::smallint, p.body, s.not_before
         from unnest($1::bigint[], $2::timestamptz[]) as s (subscriber_id, not_before),
              unnest($3::text[]) with ordinality as p (body, part)
         order by s.subscriber_id, p.part",
        &subscribers,
        &times,
        parts,
    )
    .execute(tx)
    .await
    .map(drop)
    .context("queueing words for all")
}

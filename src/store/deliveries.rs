//! The outbox: parts claimed in a short committed update, sent with no transaction open, then recorded.
//!
//! A claim names its process and a time. A part whose process is gone (the advisory lock of its number is
//! free) or whose lease has lapsed can be claimed again, so a crash costs at most a second copy of the
//! messages that were in flight. A process that only lost its connection has its number back within seconds: so long
//! after the claim nobody takes it for gone. Per subscriber only the earliest open part can be claimed: parts arrive in
//! the order in which they were queued, one at a time. Each claim counts an attempt: who comes back late, after
//! another has claimed the part, is known by the count and changes nothing.
//!
//! The pace is one bot's, so it is kept here, for all processes: the row of `pace` says when the next message may
//! go, and a chat's `not_before` when it has rested, or has waited as Telegram told it to. What holds a chat's
//! first part is noted on those behind it too, so that however many chats wait, a claim finds the others at once.

mod claim;
mod quiet;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{PgConnection, PgPool};

pub use claim::{Claim, Claimed, claim, hold, next_turn};
pub(super) use quiet::wake;
pub use quiet::{Hours, due_with_hours, put_off};

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

/// Puts a part back in its place until `until`, with what happened; those behind it wait as long.
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
        "with back as (
             update delivery set state = 'waiting', not_before = $2, error = $3, refusals = refusals + $4,
                 leased_by = null, leased_until = null
             where delivery_id = $1 and state = 'sending' and attempts = $5
             returning subscriber_id
         )
         update delivery d set not_before = $2
         from back
         where d.subscriber_id = back.subscriber_id and d.delivery_id > $1 and d.state = 'waiting'
           and d.not_before < $2",
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
        "with chat as (
             update subscriber set not_before = $3 where chat_id = $2 returning subscriber_id
         ), back as (
             update delivery set state = 'waiting', not_before = $3, error = 'flood wait',
                 leased_by = null, leased_until = null
             where delivery_id = $1 and state = 'sending' and attempts = $4 and exists (select from chat)
         )
         update delivery d set not_before = $3
         from chat
         where d.subscriber_id = chat.subscriber_id and d.delivery_id <> $1 and d.state = 'waiting'
           and d.not_before < $3",
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
         select s.subscriber_id, p.part::smallint, p.body, greatest(t.not_before, s.not_before)
         from unnest($1::bigint[], $2::timestamptz[]) as t (subscriber_id, not_before)
              join subscriber s using (subscriber_id),
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

/// How far the messages are that may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Messages in the outbox that nobody is sending, those included that may not go yet.
    pub waiting: i64,
    /// Messages that a process is sending.
    pub sending: i64,
    /// Messages that were given up.
    pub parked: i64,
    /// Messages that may go now.
    pub due: i64,
    /// Since when the longest waiting of these may.
    pub since: Option<DateTime<Utc>>,
    /// Messages sent since then.
    pub sent: i64,
    /// Messages sent in the last minute.
    pub sent_last_minute: i64,
    /// When this was counted.
    pub at: DateTime<Utc>,
}

impl Progress {
    /// Messages a second over the last minute, or since they may go, if that is less.
    pub fn rate(&self) -> f64 {
        let minute = TimeDelta::minutes(1);
        let time = self.since.map_or(minute, |since| (self.at - since).clamp(TimeDelta::seconds(1), minute));
        self.sent_last_minute as f64 / time.as_seconds_f64()
    }

    /// How long it takes until all are sent that may go now; `None` while none is sent.
    pub fn left(&self) -> Option<TimeDelta> {
        let seconds = self.due as f64 / self.rate();
        seconds.is_finite().then(|| TimeDelta::seconds(seconds as i64))
    }
}

/// Counts what waits, what is under way, and how fast it goes.
///
/// # Errors
/// The database fails.
pub async fn progress(db: &PgPool, now: DateTime<Utc>) -> anyhow::Result<Progress> {
    sqlx::query_as!(
        Progress,
        r#"with open as (
             select count(*) filter (where state = 'waiting') as waiting,
                    count(*) filter (where state = 'sending') as sending,
                    count(*) filter (where not_before <= $1) as due,
                    min(not_before) filter (where not_before <= $1) as since
             from delivery where state in ('waiting', 'sending')
         )
         select waiting as "waiting!", sending as "sending!", due as "due!", since,
                (select count(*) from delivery where state = 'parked') as "parked!",
                (select count(*) from delivery where sent_at >= since) as "sent!",
                (select count(*) from delivery where sent_at > $2) as "sent_last_minute!",
                $1::timestamptz as "at!"
         from open"#,
        now,
        now - TimeDelta::minutes(1),
    )
    .fetch_one(db)
    .await
    .context("counting how far the messages are")
}

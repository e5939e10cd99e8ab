//! Parts that wait for the end of their chats' quiet hours.
//!
//! Quiet hours may begin while a part waits, and only who claims it sees that. He gives it back as if he had not
//! claimed it, and puts off on the way what else he would meet next.

use anyhow::Context;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use sqlx::{PgConnection, PgPool};

use super::Claimed;

/// Parts that are looked through at one time.
const LOOKED_THROUGH: i64 = 1_000;

/// A subscriber with quiet hours whose next part is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// The subscriber.
    pub subscriber_id: i64,
    /// IANA name of its zone.
    pub zone: String,
    /// Where its quiet hours begin and end, in local time.
    pub from: NaiveTime,
    /// As `from`.
    pub to: NaiveTime,
}

/// The subscribers with quiet hours for which one of the parts is first in line that are due longest.
///
/// # Errors
/// The database fails.
pub async fn due_with_hours(db: &PgPool, now: DateTime<Utc>) -> anyhow::Result<Vec<Hours>> {
    sqlx::query_as!(
        Hours,
        r#"select s.subscriber_id, s.zone, s.quiet_from as "from!", s.quiet_to as "to!"
           from (select delivery_id, subscriber_id from delivery
                 where state = 'waiting' and not_before <= $1
                 order by not_before, delivery_id limit $2) d
           join subscriber s using (subscriber_id)
           where s.quiet_from is not null and s.quiet_to is not null and not exists (
               select from delivery e
               where e.subscriber_id = d.subscriber_id and e.state in ('waiting', 'sending')
                 and e.delivery_id < d.delivery_id)"#,
        now,
        LOOKED_THROUGH,
    )
    .fetch_all(db)
    .await
    .context("looking for chats with quiet hours")
}

/// Puts off all that waits for these subscribers, each until its time, and gives back what was claimed for them by
/// `process`, uncounted: their chats need no rest, and the pace gets back `turns` if nobody has claimed anything since.
///
/// Who waits for a row here while he holds others could wait for ever: what another changes is left to him, and seen
/// to be quiet when it is claimed again.
///
/// # Errors
/// The database fails.
pub async fn put_off(
    db: &PgPool,
    process: i32,
    claimed: &[Claimed],
    until: &[(i64, DateTime<Utc>)],
    turns: TimeDelta,
    rested: DateTime<Utc>,
) -> anyhow::Result<()> {
    let ids: Vec<i64> = claimed.iter().map(|part| part.id).collect();
    let chats: Vec<i64> = claimed.iter().map(|part| part.chat_id).collect();
    let (subscribers, times): (Vec<i64>, Vec<DateTime<Utc>>) = until.iter().copied().unzip();
    sqlx::query!(
        "with off as (
             select d.delivery_id, q.until
             from unnest($1::bigint[], $2::timestamptz[]) as q (subscriber_id, until)
                  join delivery d using (subscriber_id)
             where d.state = 'waiting' and d.not_before < q.until
                or d.delivery_id = any ($3) and d.state = 'sending' and d.leased_by = $4
             for no key update of d skip locked
         ), paced as (
             update pace set next_at = next_at - $5::bigint * interval '1 microsecond' where next_at = $6
         ), chats as (
             select subscriber_id from subscriber where chat_id = any ($7) and not_before <= $8
             for no key update skip locked
         ), rested as (
             update subscriber s set not_before = null from chats where s.subscriber_id = chats.subscriber_id
         )
         update delivery d set state = 'waiting', not_before = off.until, error = null, leased_by = null,
             leased_until = null, attempts = d.attempts - case when d.state = 'sending' then 1 else 0 end
         from off where d.delivery_id = off.delivery_id",
        &subscribers,
        &times,
        &ids,
        process,
        turns.num_microseconds().unwrap_or(0),
        claimed.first().map(|part| part.next_at),
        &chats,
        rested,
    )
    .execute(db)
    .await
    .map(drop)
    .context("putting parts off until the end of quiet hours")
}

/// Lets a chat's parts go that wait for nothing but the end of quiet hours, for it has changed them; if it is quiet
/// still, that is seen when they are claimed.
///
/// What waits for anything else has an error, or is behind one that has, or its chat waits. Older versions noted quiet
/// hours as one.
pub(in crate::store) async fn wake(
    tx: &mut PgConnection,
    subscriber: i64,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update delivery d set not_before = $2
         where subscriber_id = $1 and state = 'waiting' and not_before > $2
           and not exists (
               select from delivery e
               where e.subscriber_id = $1 and e.state in ('waiting', 'sending') and e.delivery_id <= d.delivery_id
                 and e.error <> 'quiet hours')",
        subscriber,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

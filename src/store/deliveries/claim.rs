//! Claims, at the pace of one bot, whatever the number of processes.
//!
//! The row of `pace` says when the next message may go, and a chat's `not_before` when it has rested. Who holds the
//! pace's row claims alone; he waits for nobody meanwhile.

use anyhow::Context;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use sqlx::PgPool;

use crate::store::rest::Left;

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
    /// Where its quiet hours begin and end, in local time.
    pub quiet_from: Option<NaiveTime>,
    /// As `quiet_from`.
    pub quiet_to: Option<NaiveTime>,
    /// The digest that it is of; `None`: an admin's words to all.
    pub digest_id: Option<i64>,
    /// How many developments found no room in the digest, if the digest's text ends with this part.
    pub left_out: Option<i32>,
    /// The language of the digest's labels.
    pub language: Option<String>,
    /// The chat is a channel.
    pub broadcast: bool,
    /// When the pace lets the next message go.
    pub next_at: DateTime<Utc>,
}

impl Claimed {
    /// What the digest left out that ends with this part; `None`: nothing, or it does not end with it.
    pub fn left(&self) -> Option<Left> {
        let count = i64::from(self.left_out.filter(|count| *count > 0)?);
        let language = self.language.clone().unwrap_or_default();
        Some(Left {
            digest: self.digest_id?,
            count,
            language,
            private: self.chat_id > 0,
            broadcast: self.broadcast,
        })
    }
}

/// Who claims, and how fast messages may go.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// The process; its advisory lock is held.
    pub process: i32,
    /// Chats that it has a message under way to.
    pub busy: &'a [i64],
    /// Parts at most, each of another chat.
    pub most: usize,
    /// Until when the parts belong to the process.
    pub leased_until: DateTime<Utc>,
    /// Between two messages over all chats.
    pub every: TimeDelta,
    /// What an idle moment saves up at most.
    pub saved: TimeDelta,
    /// What messages beside the outbox took of the pace since the last claim.
    pub beside: TimeDelta,
    /// How far that pushes it on at most.
    pub debt: TimeDelta,
    /// Between two messages to one person.
    pub person_rests: TimeDelta,
    /// Between two messages to a group or channel.
    pub group_rests: TimeDelta,
}

/// A pace that is further on than this was kept by a clock that has been put back since.
const PUT_BACK: TimeDelta = TimeDelta::minutes(2);

/// Claims the parts that are due longest, if it is time for them by the pace of all processes, and lets their
/// chats rest.
///
/// # Errors
/// The database fails.
pub async fn claim(db: &PgPool, claim: &Claim<'_>, now: DateTime<Utc>) -> anyhow::Result<Vec<Claimed>> {
    let micros = |time: TimeDelta| time.num_microseconds().unwrap_or(i64::MAX);
    // Who locks the pace waits for nobody from then on, and others wait for him: claims come one after another.
    // Where answers alone would take the whole pace, one part goes all the same whenever its turn would be.
    // A chat that another process rested meanwhile is seen to rest when its row is locked.
    sqlx::query_as!(
        Claimed,
        r#"with kept as (
             select greatest(case when next_at > $5 then $4 else next_at end, $4) as at
             from pace
             where $6::bigint > 0
                or (select min(not_before) from delivery where state in ('waiting', 'sending')) <= $1
             for update
         ), turn as (
             select greatest(at, least(at + $6 * interval '1 microsecond', $7)) as at from kept
         ), due as (
             select d.delivery_id, d.not_before, s.chat_id
             from delivery d join subscriber s using (subscriber_id)
             where ((select at from turn) <= $1
                    or (select at from kept) <= $1 and (select at from turn) >= $7)
               and d.state in ('waiting', 'sending') and d.not_before <= $1
               and s.state = 'active' and (s.not_before is null or s.not_before <= $1)
               and s.chat_id <> all ($3)
               and (d.state = 'waiting' or d.leased_until <= $1
                    or d.leased_until <= $12::timestamptz - interval '20 seconds'
                       and not exists (select from live_process p where p.number = d.leased_by))
               and not exists (
                   select from delivery e
                   where e.subscriber_id = d.subscriber_id and e.state in ('waiting', 'sending')
                     and e.delivery_id < d.delivery_id)
             order by d.not_before, d.delivery_id
             limit $8
             for no key update of d, s skip locked
         ), placed as (
             select due.*, row_number() over (order by not_before, delivery_id) as place from due
         ), chosen as (
             select distinct on (p.chat_id) p.delivery_id, p.chat_id
             from placed p cross join turn t
             where (p.place - 1) * $9::bigint * interval '1 microsecond' <= greatest($1 - t.at, interval '0')
             order by p.chat_id, p.place
         ), paced as (
             update pace set next_at = t.at + (select count(*) from chosen) * $9 * interval '1 microsecond'
             from turn t where $6 > 0 or exists (select from chosen)
         ), chats as (
             select s.subscriber_id from subscriber s join chosen using (chat_id) for no key update of s skip locked
         ), rested as (
             update subscriber s
             set not_before = $1 + case when s.chat_id < 0 then $11::bigint else $10::bigint end * interval '1 microsecond'
             where s.subscriber_id in (select subscriber_id from chats)
         )
         update delivery d set state = 'sending', attempts = d.attempts + 1, leased_by = $2, leased_until = $12
         from chosen c, subscriber s
         where d.delivery_id = c.delivery_id and s.subscriber_id = d.subscriber_id
         returning d.delivery_id as id, d.subscriber_id, s.chat_id, s.thread_id, d.body, d.picture, s.silent,
             d.attempts, d.refusals, s.zone, s.quiet_from, s.quiet_to, s.broadcast, d.digest_id,
             (select jsonb_array_length(coalesce(g.content -> 'rest', '[]')) from digest g
              where g.digest_id = d.digest_id and d.picture is null and not exists (
                  select from delivery q
                  where q.digest_id = d.digest_id and q.part > d.part and q.picture is null)) as left_out,
             (select g.content ->> 'language' from digest g where g.digest_id = d.digest_id) as language,
             (select at from turn) + (select count(*) from chosen) * $9 * interval '1 microsecond' as "next_at!""#,
        now,
        claim.process,
        claim.busy,
        now - claim.saved,
        now + PUT_BACK,
        micros(claim.beside),
        now + claim.debt,
        i64::try_from(claim.most).unwrap_or(i64::MAX),
        micros(claim.every),
        micros(claim.person_rests),
        micros(claim.group_rests),
        claim.leased_until,
    )
    .fetch_all(db)
    .await
    .context("claiming parts")
}

/// When the next message may go, if that is later than `now`.
///
/// # Errors
/// The database fails.
pub async fn next_turn(db: &PgPool, now: DateTime<Utc>) -> anyhow::Result<Option<DateTime<Utc>>> {
    sqlx::query_scalar!("select next_at from pace where next_at > $1 and next_at <= $2", now, now + PUT_BACK)
        .fetch_optional(db)
        .await
        .context("looking at the pace")
}

/// Lets no message of the outbox go before `until`.
///
/// # Errors
/// The database fails.
pub async fn hold(db: &PgPool, until: DateTime<Utc>) -> anyhow::Result<()> {
    sqlx::query!("update pace set next_at = greatest(next_at, $1)", until)
        .execute(db)
        .await
        .map(drop)
        .context("holding all messages")
}

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

use anyhow::Context;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use sqlx::{PgConnection, PgPool};

use super::rest::Left;

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
    /// The digest that it is of; `None`: an admin's words to all.
    pub digest_id: Option<i64>,
    /// How many developments found no room in the digest, if the digest's text ends with this part.
    pub left_out: Option<i32>,
    /// The chat is a channel.
    pub broadcast: bool,
    /// The language of the digest's labels, likewise.
    pub language: Option<String>,
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

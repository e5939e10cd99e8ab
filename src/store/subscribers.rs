//! Chats with their schedule and state.
//!
//! A chat or forum topic is one row for ever: stopping and leaving change its state, coming back revives it
//! with what it had chosen.

use std::collections::BTreeSet;
use std::sync::Mutex;

use anyhow::Context;
use chrono::{DateTime, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;
use sqlx::{PgConnection, PgPool};

use super::times;
use crate::locale::Language;

/// A subscriber's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Gets editions.
    Active,
    /// Said /stop.
    Stopped,
    /// Lost to the bot: blocked, kicked, deleted.
    Gone,
}

impl State {
    /// The state as it stands in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Active => "active",
            State::Stopped => "stopped",
            State::Gone => "gone",
        }
    }

    fn parse(text: &str) -> anyhow::Result<State> {
        [State::Active, State::Stopped, State::Gone]
            .into_iter()
            .find(|state| state.as_str() == text)
            .with_context(|| format!("reading the subscriber state {text:?}"))
    }
}

/// A chat or forum topic with its schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscriber {
    /// Its id in the store.
    pub id: i64,
    /// Telegram's id of the chat; negative for groups and channels.
    pub chat_id: i64,
    /// The forum topic; 0: the chat itself.
    pub thread_id: i32,
    /// Zone of its editions.
    pub zone: Tz,
    /// What it chose beyond time and zone.
    pub choices: Choices,
    /// The language that its reader's Telegram had last, in a group that of who subscribed it; `None` where Telegram
    /// does not say.
    pub spoken: Option<Language>,
    /// Its state.
    pub state: State,
    /// When it subscribed last; the first edition covers the 24 hours before it.
    pub subscribed_at: DateTime<Utc>,
    /// Its editions a day: slot and local time, in the order of slots.
    pub slots: Vec<(i16, NaiveTime)>,
}

impl Subscriber {
    /// The language of what comes unasked: the chat's choice, or else its reader's.
    pub fn language(&self) -> Language {
        self.choices.language.or(self.spoken).unwrap_or_default()
    }
}

/// What a chat chose beyond time and zone; the default is that of a chat that never chose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Of the interface; `None`: as Telegram has it of who writes.
    pub language: Option<Language>,
    /// Kinds it wants; empty: all.
    pub kinds: Vec<String>,
    /// Week days of its editions; empty: every day.
    pub days: Vec<Weekday>,
    /// Names of the configuration's topics that it wants; empty: whatever there is.
    pub topics: Vec<String>,
    /// Sources that a development must have at least; 0 and 1: any.
    pub min_sources: u16,
    /// Digests come without a sound.
    pub silent: bool,
    /// Local times between which nothing is sent.
    pub quiet: Option<(NaiveTime, NaiveTime)>,
    /// Alerts of large developments a day, at most.
    pub alerts: u16,
    /// The day on which the week's chart comes.
    pub chart_day: Option<Weekday>,
    /// Actors and places that it wants more of, or none of.
    pub names: Vec<(Stance, String)>,
    /// Stories that it wants more of, or none of.
    pub stories: Vec<(Stance, i64)>,
}

impl Choices {
    /// The day with whose edition the week's chart comes: the chosen one, or the next that has an edition.
    pub fn chart_comes(&self) -> Option<Weekday> {
        let chosen = self.chart_day?;
        let from_it = std::iter::successors(Some(chosen), |day| Some(day.succ()));
        from_it.take(7).find(|day| self.days.is_empty() || self.days.contains(day))
    }
}

/// Whether a chat wants more of something, or none of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stance {
    /// More: ranked up.
    Watched,
    /// None: left out.
    Muted,
}

impl Stance {
    /// The stance as it stands in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Stance::Watched => "watched",
            Stance::Muted => "muted",
        }
    }

    pub(super) fn parse(text: &str) -> Stance {
        if text == "watched" { Stance::Watched } else { Stance::Muted }
    }
}

/// What [`subscribe`] is to write; what is `None` stays, or is the default for a chat not yet known.
#[derive(Debug, Clone)]
pub struct Subscription<'a> {
    /// The chat.
    pub chat_id: i64,
    /// The forum topic; 0: the chat itself.
    pub thread_id: i32,
    /// The chat's name, for admins.
    pub title: &'a str,
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
        "insert into subscriber as s (chat_id, thread_id, title, zone, created_at, subscribed_at, spoken)
         values ($1, $2, $3, coalesce($4, $5), $6, $6, $7)
         on conflict on constraint subscriber_chat_key do update set
             title = excluded.title,
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
pub(super) async fn leave(
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

/// A subscriber as a list for admins has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The chat's name.
    pub title: String,
    /// Telegram's id of the chat.
    pub chat_id: i64,
    /// The forum topic; 0: the chat itself.
    pub thread_id: i32,
    /// IANA name of its zone.
    pub zone: String,
    /// Local times of its editions.
    pub times: Vec<NaiveTime>,
    /// `active`, `stopped` or `gone`.
    pub state: String,
    /// Why it is so, if that is known.
    pub reason: Option<String>,
    /// How many there are in the whole list.
    pub of: i64,
}

/// Subscribers whose title, id, zone or state have all these words, active ones first; of all, if there are none.
///
/// # Errors
/// The database fails.
pub async fn search(db: &PgPool, words: &str, skip: i64, limit: i64) -> anyhow::Result<Vec<Listed>> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    sqlx::query_as!(
        Listed,
        r#"select title, chat_id, thread_id, zone, state, state_reason as reason, count(*) over () as "of!",
                  array(select e.at from edition_slot e where e.subscriber_id = s.subscriber_id
                        order by e.at) as "times!"
           from subscriber s
           where not exists (
               select from unnest($1::text[]) as w (word)
               where strpos(lower(concat_ws(' ', title, chat_id, zone, state)), w.word) = 0)
           order by array_position(array['active', 'stopped', 'gone'], state), subscriber_id desc
           offset $2 limit $3"#,
        &words,
        skip,
        limit,
    )
    .fetch_all(db)
    .await
    .context("looking for subscribers")
}

/// One subscriber.
///
/// # Errors
/// The database fails, or holds a zone that chrono-tz does not know.
pub async fn get(db: &PgPool, id: i64) -> anyhow::Result<Option<Subscriber>> {
    load(db, Some(id), None, None).await?.pop().transpose()
}

/// The subscriber of a chat or forum topic, whatever its state.
///
/// # Errors
/// The database fails, or holds a zone that chrono-tz does not know.
pub async fn by_chat(db: &PgPool, chat_id: i64, thread_id: i32) -> anyhow::Result<Option<Subscriber>> {
    load(db, None, Some((chat_id, thread_id)), None).await?.pop().transpose()
}

/// The subscribers of a chat, the chat itself before its topics, whatever their state.
///
/// # Errors
/// The database fails.
pub async fn of_chat(db: &PgPool, chat_id: i64) -> anyhow::Result<Vec<(i64, i32)>> {
    let rows = sqlx::query!(
        "select subscriber_id, thread_id from subscriber where chat_id = $1 order by thread_id",
        chat_id
    )
    .fetch_all(db)
    .await
    .with_context(|| format!("looking for the subscribers of chat {chat_id}"))?;
    Ok(rows.into_iter().map(|row| (row.subscriber_id, row.thread_id)).collect())
}

/// All active subscribers, in the order of their ids; one that can't be read is logged and left out.
///
/// # Errors
/// The database fails.
pub async fn active(db: &PgPool) -> anyhow::Result<Vec<Subscriber>> {
    Ok(readable(load(db, None, None, Some((State::Active, 0))).await?))
}

/// Those of them that want alerts.
///
/// # Errors
/// The database fails.
pub async fn alerted(db: &PgPool) -> anyhow::Result<Vec<Subscriber>> {
    Ok(readable(load(db, None, None, Some((State::Active, 1))).await?))
}

/// Without those that can't be read, which are logged once a process.
fn readable(loaded: Vec<anyhow::Result<Subscriber>>) -> Vec<Subscriber> {
    static TOLD: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let read = |loaded: anyhow::Result<Subscriber>| {
        loaded
            .inspect_err(|error| {
                let error = format!("{error:#}");
                if TOLD.lock().is_ok_and(|mut told| told.insert(error.clone())) {
                    tracing::error!("left out: {error}");
                }
            })
            .ok()
    };
    loaded.into_iter().filter_map(read).collect()
}

/// By its id, by its chat, or all of a state with so many alerts a day at least.
async fn load(
    db: &PgPool,
    id: Option<i64>,
    chat: Option<(i64, i32)>,
    state: Option<(State, i16)>,
) -> anyhow::Result<Vec<anyhow::Result<Subscriber>>> {
    let rows = sqlx::query!(
        r#"select s.subscriber_id, s.chat_id, s.thread_id, s.zone, s.kinds, s.state, s.subscribed_at,
                s.language, s.days, s.topics, s.min_sources, s.silent, s.quiet_from, s.quiet_to, s.alerts,
                s.chart_day, s.spoken,
                coalesce((select array_agg(e.slot order by e.slot) from edition_slot e
                          where e.subscriber_id = s.subscriber_id), '{}') as "slots!",
                coalesce((select array_agg(e.at order by e.slot) from edition_slot e
                          where e.subscriber_id = s.subscriber_id), '{}') as "times!",
                coalesce((select array_agg(c.stance order by c.choice_id) from choice c
                          where c.subscriber_id = s.subscriber_id), '{}') as "stances!",
                coalesce((select array_agg(coalesce(c.name, '') order by c.choice_id) from choice c
                          where c.subscriber_id = s.subscriber_id), '{}') as "names!",
                coalesce((select array_agg(coalesce(c.story_id, 0) order by c.choice_id) from choice c
                          where c.subscriber_id = s.subscriber_id), '{}') as "stories!"
         from subscriber s
         where ($1::bigint is null or s.subscriber_id = $1)
           and ($2::bigint is null or (s.chat_id = $2 and s.thread_id = $3))
           and ($4::text is null or s.state = $4 and s.alerts >= $5)
         order by s.subscriber_id"#,
        id,
        chat.map(|c| c.0),
        chat.map(|c| c.1),
        state.map(|of| of.0.as_str()),
        state.map(|of| of.1),
    )
    .fetch_all(db)
    .await
    .context("reading subscribers")?;
    let subscribers = rows
        .into_iter()
        .map(|row| {
            let chosen = || row.stances.iter().map(|stance| Stance::parse(stance));
            let choices = Choices {
                language: row.language.as_deref().and_then(Language::of_tag),
                kinds: row.kinds,
                days: row.days.into_iter().filter_map(weekday).collect(),
                topics: row.topics,
                min_sources: row.min_sources.unsigned_abs(),
                silent: row.silent,
                quiet: row.quiet_from.zip(row.quiet_to),
                alerts: row.alerts.unsigned_abs(),
                chart_day: row.chart_day.and_then(weekday),
                names: chosen().zip(row.names).filter(|(_, name)| !name.is_empty()).collect(),
                stories: chosen().zip(row.stories).filter(|(_, story)| *story != 0).collect(),
            };
            Ok(Subscriber {
                id: row.subscriber_id,
                chat_id: row.chat_id,
                thread_id: row.thread_id,
                zone: row
                    .zone
                    .parse()
                    .with_context(|| format!("reading subscriber {}", row.subscriber_id))?,
                choices,
                spoken: row.spoken.as_deref().and_then(Language::of_tag),
                state: State::parse(&row.state)?,
                subscribed_at: row.subscribed_at,
                slots: row.slots.into_iter().zip(row.times).collect(),
            })
        })
        .collect();
    Ok(subscribers)
}

/// Writes what a chat chose, but for names and stories, which have functions of their own.
///
/// On a week day that comes in, times that have passed hold from the next time on.
///
/// # Errors
/// The database fails.
pub async fn choose(db: &PgPool, id: i64, choices: &Choices, now: DateTime<Utc>) -> anyhow::Result<()> {
    let doing = || format!("writing what subscriber {id} chose");
    let mut tx = db.begin().await.with_context(doing)?;
    let before = sqlx::query!("select days, zone from subscriber where subscriber_id = $1 for update", id)
        .fetch_one(&mut *tx)
        .await
        .with_context(doing)?;
    let days: Vec<i16> = choices.days.iter().map(|day| number(*day)).collect();
    sqlx::query!(
        "update subscriber set language = $2, kinds = $3, days = $4, topics = $5, min_sources = $6, silent = $7,
             quiet_from = $8, quiet_to = $9, alerts = $10, chart_day = $11
         where subscriber_id = $1",
        id,
        choices.language.map(Language::code),
        &choices.kinds,
        &days,
        &choices.topics,
        i16::try_from(choices.min_sources.max(1)).unwrap_or(i16::MAX),
        choices.silent,
        choices.quiet.map(|quiet| quiet.0),
        choices.quiet.map(|quiet| quiet.1),
        i16::try_from(choices.alerts).unwrap_or(i16::MAX),
        choices.chart_day.map(number),
    )
    .execute(&mut *tx)
    .await
    .with_context(doing)?;
    let had = |day: &i16| before.days.is_empty() || before.days.contains(day);
    let all: Vec<i16> = (1..=7).collect();
    if !(if days.is_empty() { &all } else { &days }).iter().all(had) {
        let zone = before.zone.parse().with_context(doing)?;
        times::let_pass(&mut tx, id, zone, now).await.with_context(doing)?;
    }
    tx.commit().await.with_context(doing)
}

/// A week day by its ISO number.
fn weekday(number: i16) -> Option<Weekday> {
    Weekday::try_from(u8::try_from(number - 1).ok()?).ok()
}

/// The ISO number of a week day.
fn number(day: Weekday) -> i16 {
    i16::try_from(day.number_from_monday()).unwrap_or(1)
}

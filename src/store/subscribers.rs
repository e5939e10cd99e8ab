//! Chats with their schedule and state.
//!
//! A chat or forum topic is one row for ever: stopping and leaving change its state, coming back revives it
//! with what it had chosen.

mod chosen;
mod list;
mod state;

use std::collections::BTreeSet;
use std::sync::Mutex;

use anyhow::Context;
use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use sqlx::PgPool;

use crate::locale::Language;

use chosen::weekday;
pub use chosen::{Choices, Stance, choose};
pub use list::{Listed, search};
pub(super) use state::leave;
pub use state::{Subscription, mark_gone, move_chat, stop, subscribe};

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

/// One subscriber.
///
/// # Errors
/// The database fails, or holds a zone that chrono-tz does not know.
pub async fn get(db: &PgPool, id: i64) -> anyhow::Result<Option<Subscriber>> {
    load(db, Which::These(&[id])).await?.pop().transpose()
}

/// These subscribers, in the order of their ids; one that can't be read is logged and left out.
///
/// # Errors
/// The database fails.
pub async fn these(db: &PgPool, ids: &[i64]) -> anyhow::Result<Vec<Subscriber>> {
    Ok(readable(load(db, Which::These(ids)).await?))
}

/// The subscriber of a chat or forum topic, whatever its state.
///
/// # Errors
/// The database fails, or holds a zone that chrono-tz does not know.
pub async fn by_chat(db: &PgPool, chat_id: i64, thread_id: i32) -> anyhow::Result<Option<Subscriber>> {
    load(db, Which::Of(chat_id, thread_id)).await?.pop().transpose()
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

/// How many chats get digests.
///
/// # Errors
/// The database fails.
pub async fn count_active(db: &PgPool) -> anyhow::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from subscriber where state = 'active'"#)
        .fetch_one(db)
        .await
        .context("counting the subscribers")
}

/// All active subscribers, in the order of their ids; one that can't be read is logged and left out.
///
/// # Errors
/// The database fails.
pub async fn active(db: &PgPool) -> anyhow::Result<Vec<Subscriber>> {
    Ok(readable(load(db, Which::Active { alerts: 0, after: 0, most: i64::MAX }).await?))
}

/// Those of them that want alerts, behind one in the order of their ids.
///
/// # Errors
/// The database fails.
pub async fn alerted(db: &PgPool, after: i64, most: i64) -> anyhow::Result<Vec<Subscriber>> {
    Ok(readable(load(db, Which::Active { alerts: 1, after, most }).await?))
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

/// Which subscribers are read.
#[derive(Clone, Copy)]
enum Which<'a> {
    /// Those of these ids.
    These(&'a [i64]),
    /// That of a chat or forum topic.
    Of(i64, i32),
    /// Active ones that want so many alerts a day at least, behind an id, and so many at most.
    Active { alerts: i16, after: i64, most: i64 },
}

async fn load(db: &PgPool, which: Which<'_>) -> anyhow::Result<Vec<anyhow::Result<Subscriber>>> {
    let (mut ids, mut chat, mut active, mut page) = (None, None, None, (0, i64::MAX));
    match which {
        Which::These(these) => ids = Some(these),
        Which::Of(chat_id, thread_id) => chat = Some((chat_id, thread_id)),
        Which::Active { alerts, after, most } => (active, page) = (Some(alerts), (after, most)),
    }
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
         where ($1::bigint[] is null or s.subscriber_id = any($1))
           and ($2::bigint is null or (s.chat_id = $2 and s.thread_id = $3))
           and ($4::smallint is null or s.state = 'active' and s.alerts >= $4)
           and s.subscriber_id > $5
         order by s.subscriber_id limit $6"#,
        ids,
        chat.map(|c| c.0),
        chat.map(|c| c.1),
        active,
        page.0,
        page.1,
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

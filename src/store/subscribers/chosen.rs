//! What a chat chose beyond time and zone.

use anyhow::Context;
use chrono::{DateTime, NaiveTime, Utc, Weekday};
use sqlx::PgPool;

use crate::locale::Language;
use crate::store::{deliveries, times};

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

    pub(in crate::store) fn parse(text: &str) -> Stance {
        if text == "watched" { Stance::Watched } else { Stance::Muted }
    }
}

/// Writes what a chat chose, but for names and stories, which have functions of their own.
///
/// On a week day that comes in, times that have passed hold from the next time on. What waits for the end of quiet
/// hours that were changed waits for that of the new ones.
///
/// # Errors
/// The database fails.
pub async fn choose(db: &PgPool, id: i64, choices: &Choices, now: DateTime<Utc>) -> anyhow::Result<()> {
    let doing = || format!("writing what subscriber {id} chose");
    let mut tx = db.begin().await.with_context(doing)?;
    let before = sqlx::query!(
        "select days, zone, quiet_from, quiet_to from subscriber where subscriber_id = $1 for update",
        id
    )
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
    if before.quiet_from.zip(before.quiet_to) != choices.quiet {
        deliveries::wake(&mut tx, id, now).await.with_context(doing)?;
    }
    tx.commit().await.with_context(doing)
}

/// A week day by its ISO number.
pub(super) fn weekday(number: i16) -> Option<Weekday> {
    Weekday::try_from(u8::try_from(number - 1).ok()?).ok()
}

/// The ISO number of a week day.
fn number(day: Weekday) -> i16 {
    i16::try_from(day.number_from_monday()).unwrap_or(1)
}

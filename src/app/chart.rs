//! What seven days brought, drawn for a zone in a language.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use anyhow::{Context, Result};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use tokio::task::spawn_blocking;

use super::App;
use crate::digest::chart::{self, Day};
use crate::locale::Language;
use crate::schedule;
use crate::store::search;

/// Days that the picture shows.
const DAYS: u64 = 7;

/// A picture with what is said below it, as Telegram HTML.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The PNG.
    pub png: Vec<u8>,
    /// The caption.
    pub caption: String,
}

/// The week up to today, in a zone and a language.
///
/// # Errors
/// The database fails, or the picture can't be drawn.
pub async fn chart(app: &App, zone: Tz, language: Language, now: DateTime<Utc>) -> Result<Picture> {
    let days = week(app, zone, now).await?;
    let sum = |of: fn(&Day) -> u64| days.iter().map(of).sum::<u64>();
    let caption = language.html(
        "chart-caption",
        &[
            ("developments", sum(|day| day.kinds.iter().map(|(_, n)| u64::from(*n)).sum()).into()),
            ("killed", sum(|day| day.killed.into()).into()),
            ("wounded", sum(|day| day.wounded.into()).into()),
        ],
    );
    let png = spawn_blocking(move || chart::draw(&days, language)).await.context("drawing the week")??;
    Ok(Picture { png, caption })
}

/// The pictures of one pass over editions, each drawn once.
#[derive(Debug, Default)]
pub(super) struct Charts(HashMap<(Tz, Language), Option<Picture>>);

impl Charts {
    /// The week up to `now`, the same in the whole pass.
    ///
    /// A picture that can't be had is logged: editions go without.
    pub(super) async fn get(
        &mut self,
        app: &App,
        zone: Tz,
        language: Language,
        now: DateTime<Utc>,
    ) -> Option<&Picture> {
        match self.0.entry((zone, language)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let drawn = chart(app, zone, language, now).await.inspect_err(|error| {
                    tracing::error!(%zone, "the week's picture does not come with its edition: {error:#}");
                });
                place.insert(drawn.ok())
            }
        }
        .as_ref()
    }
}

async fn week(app: &App, zone: Tz, now: DateTime<Utc>) -> Result<Vec<Day>> {
    let today = now.with_timezone(&zone).date_naive();
    let dates: Vec<NaiveDate> =
        (0..DAYS).rev().filter_map(|back| today.checked_sub_days(Days::new(back))).collect();
    let first = dates.first().copied().unwrap_or(today);
    let from = schedule::instant(first.and_time(NaiveTime::MIN), zone);
    let brought = search::brought(&app.db, from, now, zone.name()).await?;
    let count = |n: i64| u32::try_from(n).unwrap_or(0);
    Ok(dates
        .into_iter()
        .map(|date| {
            let of_day = || brought.iter().filter(move |row| row.day == date);
            Day {
                date,
                kinds: of_day().map(|row| (row.kind.clone().into(), count(row.developments))).collect(),
                killed: count(of_day().map(|row| row.killed).sum()),
                wounded: count(of_day().map(|row| row.wounded).sum()),
            }
        })
        .collect())
}

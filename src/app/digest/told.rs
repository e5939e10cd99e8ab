//! What a reader was told before and an edition comes back to: running stories, and what was taken back.

use std::collections::{BTreeSet, HashMap};

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{App, Reader, store};
use crate::digest::select::StoryTold;
use crate::digest::{Earlier, Item, Withdrawn};
use crate::model::{DevelopmentId, History};

/// How far back what was told of a story is its history.
const HISTORY: TimeDelta = TimeDelta::days(60);
/// How far back stories are looked for that have nothing new.
const LATELY: TimeDelta = TimeDelta::days(7);

/// What a reader was told of the stories of these developments, and of any other of late.
pub(super) async fn stories(
    app: &App,
    reader: &Reader,
    edition: NaiveDate,
    histories: &[History],
) -> Result<HashMap<i64, StoryTold>> {
    let Some(subscriber) = reader.subscriber else { return Ok(HashMap::new()) };
    let here: BTreeSet<i64> = histories.iter().filter_map(|history| history.story).collect();
    let here: Vec<i64> = here.into_iter().collect();
    let mut stories: HashMap<i64, StoryTold> = HashMap::new();
    let since = (edition - HISTORY, edition - LATELY);
    for row in store::stories(&app.db, subscriber, &here, since).await? {
        let name = if row.name.is_empty() { row.place.unwrap_or_default() } else { row.name };
        let story = stories.entry(row.story_id).or_insert_with(|| StoryTold {
            name,
            last: row.told,
            developments: Vec::new(),
        });
        story.last = row.told;
        let day = row.day.map(|day| day.0).filter(|day| !day.literal.is_empty()).map(|day| day.from);
        let day = day.unwrap_or_else(|| row.first_reported_at.with_timezone(&reader.zone).date_naive());
        let earlier = Earlier { development: DevelopmentId(row.development_id), day, text: row.text };
        story.developments.push(earlier);
    }
    stories.retain(|_, story| !story.name.is_empty());
    stories.values_mut().for_each(|story| story.developments.sort_by_key(|earlier| earlier.day));
    Ok(stories)
}

/// What a reader is to be told to be wrong.
pub(super) async fn withdrawn(app: &App, reader: &Reader, until: DateTime<Utc>) -> Result<Vec<Withdrawn>> {
    let Some(subscriber) = reader.subscriber else { return Ok(Vec::new()) };
    let rows = store::withdrawn(&app.db, subscriber, until).await?.into_iter();
    rows.map(|row| {
        let item: Item = serde_json::from_value(row.item)
            .with_context(|| format!("reading how development {} was told", row.development_id))?;
        Ok(Withdrawn {
            development: DevelopmentId(row.development_id),
            text: item.text,
            told: row.told,
            why: row.why,
            links: item.links,
        })
    })
    .collect()
}

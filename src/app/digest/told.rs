//! What readers were told before and an edition comes back to: running stories, and what was judged anew.

use std::collections::{BTreeSet, HashMap};

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{App, Reader, store};
use crate::digest::select::StoryTold;
use crate::digest::{Earlier, Item, Withdrawn};
use crate::model::{DevelopmentId, History};
use crate::store::digests::{JudgedRow, StoryRow};

/// How far back what was told of a story is its history.
const HISTORY: TimeDelta = TimeDelta::days(60);
/// How far back stories are looked for that have nothing new.
const LATELY: TimeDelta = TimeDelta::days(7);

/// What a reader was told of stories, by their ids.
type Stories = HashMap<i64, StoryTold>;

/// What readers were told of the stories of these developments, and of any other of late, by their subscribers.
pub(super) async fn stories(
    app: &App,
    readers: &[&Reader],
    edition: NaiveDate,
    histories: &[History],
) -> Result<HashMap<i64, Stories>> {
    let by_id: HashMap<i64, &Reader> =
        readers.iter().filter_map(|reader| Some((reader.subscriber?, *reader))).collect();
    if by_id.is_empty() {
        return Ok(HashMap::new());
    }
    let subscribers: Vec<i64> = by_id.keys().copied().collect();
    let here: BTreeSet<i64> = histories.iter().filter_map(|history| history.story).collect();
    let here: Vec<i64> = here.into_iter().collect();
    let since = (edition - HISTORY, edition - LATELY);
    let mut told: HashMap<i64, Stories> = HashMap::new();
    let ids: Vec<DevelopmentId> = histories.iter().map(|history| history.development.id).collect();
    for row in store::stories(&app.db, &subscribers, &here, &ids, since).await? {
        let Some(reader) = by_id.get(&row.subscriber_id) else { continue };
        let stories = told.entry(row.subscriber_id).or_default();
        let story = stories.entry(row.story_id).or_insert_with(|| StoryTold {
            name: name(&row),
            last: row.told,
            developments: Vec::new(),
        });
        story.last = row.told;
        if row.text.is_empty() {
            continue;
        }
        let day = row.day.map(|day| day.0).filter(|day| !day.literal.is_empty()).map(|day| day.from);
        let day = day.unwrap_or_else(|| row.first_reported_at.with_timezone(&reader.zone).date_naive());
        let earlier = Earlier { development: DevelopmentId(row.development_id), day, text: row.text };
        story.developments.push(earlier);
    }
    for story in told.values_mut().flat_map(HashMap::values_mut) {
        story.developments.sort_by_key(|earlier| earlier.day);
    }
    Ok(told)
}

/// What tells a story from others: two parties, or where it is ("Kenya (Karo)"). "Army" alone tells nothing.
fn name(row: &StoryRow) -> String {
    match (&row.place, row.name.as_str()) {
        (_, name) if row.parties.len() > 1 => name.to_owned(),
        (Some(place), "") => place.clone(),
        (Some(place), name) if !name.contains(place.as_str()) => format!("{name} ({place})"),
        (Some(_), name) => name.to_owned(),
        (None, _) => String::new(),
    }
}

/// What a reader is to be told of what it was told.
#[derive(Debug, Default)]
pub(super) struct Judged {
    /// It is wrong.
    pub withdrawn: Vec<Withdrawn>,
    /// It was told to be wrong, and stands.
    pub restored: Vec<Withdrawn>,
}

/// What readers are to be told of what they were told.
pub(super) async fn judged(
    app: &App,
    subscribers: &[i64],
    until: DateTime<Utc>,
) -> Result<HashMap<i64, Judged>> {
    let mut judged: HashMap<i64, Judged> = HashMap::new();
    if subscribers.is_empty() {
        return Ok(judged);
    }
    for row in store::withdrawn(&app.db, subscribers, until).await? {
        judged.entry(row.subscriber_id).or_default().withdrawn.push(told(row)?);
    }
    for row in store::restored(&app.db, subscribers).await? {
        judged.entry(row.subscriber_id).or_default().restored.push(told(row)?);
    }
    Ok(judged)
}

fn told(row: JudgedRow) -> Result<Withdrawn> {
    let item: Item = serde_json::from_value(row.item)
        .with_context(|| format!("reading how development {} was told", row.development_id))?;
    Ok(Withdrawn {
        development: DevelopmentId(row.development_id),
        text: item.text,
        told: row.told,
        why: row.why,
        links: item.links,
    })
}

//! What a reader was told of running stories, and what of it was taken back.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::PgPool;
use sqlx::types::Json;

use crate::model::When;

/// One development of a story, as one edition told it.
#[derive(Debug, Clone)]
pub struct StoryRow {
    /// The story.
    pub story_id: i64,
    /// Whom it is between, in words.
    pub name: String,
    /// Where it is, as far as its developments agree.
    pub place: Option<String>,
    /// The development.
    pub development_id: i64,
    /// The edition's day.
    pub told: NaiveDate,
    /// The sentence.
    pub text: String,
    /// The development's day, as last known.
    pub day: Option<Json<When>>,
    /// Publication of its first report.
    pub first_reported_at: DateTime<Utc>,
}

/// What a subscriber was told of these stories, and of any other since a day; by the editions' days.
///
/// Without stories that are muted for all, and without developments that were taken back.
pub async fn stories(db: &PgPool, subscriber: i64, of: &[i64], since: NaiveDate) -> Result<Vec<StoryRow>> {
    sqlx::query_as!(
        StoryRow,
        r#"select s.story_id, s.name, s.place, d.development_id, g.local_date as told, i.item ->> 'text' as "text!",
                  nullif(d.facts -> 'when', 'null') as "day: Json<When>", d.first_reported_at
           from told t
           join development d using (development_id)
           join story s using (story_id)
           join digest g using (digest_id)
           cross join lateral jsonb_array_elements((g.content -> 'items') || (g.content -> 'coming_up')) as i (item)
           where t.subscriber_id = $1 and t.change_id >= 0
             and d.merged_into is null and d.withdrawn_at is null and s.muted_at is null
             and (s.story_id = any($2) or g.local_date >= $3)
             and (i.item ->> 'development')::bigint = t.development_id
           group by s.story_id, d.development_id, g.digest_id, i.item ->> 'text'
           order by g.local_date, g.digest_id, d.development_id"#,
        subscriber,
        of,
        since
    )
    .fetch_all(db)
    .await
    .with_context(|| format!("reading the stories that subscriber {subscriber} was told of"))
}

/// A development that was taken back, as a subscriber was told of it.
#[derive(Debug, Clone)]
pub struct WithdrawnRow {
    /// The development.
    pub development_id: i64,
    /// The reason.
    pub why: Option<String>,
    /// The edition's day.
    pub told: NaiveDate,
    /// The item of that edition.
    pub item: Value,
}

/// What a subscriber was told last of developments taken back by `until`, and was not told to be wrong.
pub async fn withdrawn(db: &PgPool, subscriber: i64, until: DateTime<Utc>) -> Result<Vec<WithdrawnRow>> {
    sqlx::query_as!(
        WithdrawnRow,
        r#"select distinct on (d.development_id)
                  d.development_id, d.withdrawn_why as why, g.local_date as told, i.item as "item!"
           from development d
           join told t using (development_id)
           join digest g using (digest_id)
           cross join lateral jsonb_array_elements((g.content -> 'items') || (g.content -> 'coming_up')) as i (item)
           where d.withdrawn_at <= $2 and t.subscriber_id = $1 and t.change_id >= 0
             and ((i.item ->> 'development')::bigint in (
                     select m.development_id from development m
                     where m.development_id = d.development_id or m.merged_into = d.development_id)
                  or i.item -> 'with' @> jsonb_build_array(jsonb_build_array(d.development_id)))
             and not exists (select from told c where c.subscriber_id = $1
                             and c.development_id = d.development_id and c.change_id = -1)
           order by d.development_id, g.local_date desc, g.digest_id desc"#,
        subscriber,
        until
    )
    .fetch_all(db)
    .await
    .with_context(|| format!("reading what subscriber {subscriber} was told and is wrong"))
}

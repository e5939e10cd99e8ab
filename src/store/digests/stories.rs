//! What a reader was told of running stories, and what of it was taken back.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::PgPool;
use sqlx::types::Json;

use crate::model::When;

/// Developments of one story that are looked at: some more than an edition tells, which its history leaves out.
const MOST_OF_A_STORY: i64 = 24;

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

/// What a subscriber was told last of the developments of these stories since the first of two days, and of any
/// other story since the second; by the editions' days, and of each story the newest.
///
/// Without stories that are muted for all, and without developments that were taken back.
pub async fn stories(
    db: &PgPool,
    subscriber: i64,
    of: &[i64],
    (since, others_since): (NaiveDate, NaiveDate),
) -> Result<Vec<StoryRow>> {
    sqlx::query_as!(
        StoryRow,
        r#"with told_last as (
               select distinct on (d.development_id) d.development_id, d.story_id, g.local_date, g.digest_id
               from told t
               join development d using (development_id)
               join story s using (story_id)
               join digest g using (digest_id)
               where t.subscriber_id = $1 and t.change_id >= 0
                 and d.merged_into is null and d.withdrawn_at is null and s.muted_at is null
                 and g.local_date >= case when s.story_id = any($2) then $3::date else $4::date end
               order by d.development_id, g.local_date desc, g.digest_id desc),
           newest as (
               select *, row_number() over (
                   partition by story_id order by local_date desc, digest_id desc, development_id desc) as place
               from told_last)
           select s.story_id, s.name, s.place, d.development_id, n.local_date as told, i.item ->> 'text' as "text!",
                  nullif(d.facts -> 'when', 'null') as "day: Json<When>", d.first_reported_at
           from newest n
           join development d using (development_id)
           join story s on s.story_id = n.story_id
           join digest g using (digest_id)
           cross join lateral jsonb_array_elements((g.content -> 'items') || (g.content -> 'coming_up')) as i (item)
           where n.place <= $5 and (i.item ->> 'development')::bigint = n.development_id
           order by n.local_date, n.digest_id, n.development_id"#,
        subscriber,
        of,
        since,
        others_since,
        MOST_OF_A_STORY
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

/// What a subscriber was told last, themselves or what was merged into them, of developments taken back by `until`, and was not told to be wrong.
pub async fn withdrawn(db: &PgPool, subscriber: i64, until: DateTime<Utc>) -> Result<Vec<WithdrawnRow>> {
    sqlx::query_as!(
        WithdrawnRow,
        r#"select distinct on (d.development_id)
                  d.development_id, d.withdrawn_why as why, g.local_date as told, i.item as "item!"
           from told t
           join development m on m.development_id = t.development_id
           join development d on d.development_id = coalesce(m.merged_into, m.development_id)
           join digest g using (digest_id)
           cross join lateral jsonb_array_elements((g.content -> 'items') || (g.content -> 'coming_up')) as i (item)
           where d.withdrawn_at <= $2 and t.subscriber_id = $1 and t.change_id >= 0
             and exists (
                 select from development o
                 where (o.development_id = d.development_id or o.merged_into = d.development_id)
                   and ((i.item ->> 'development')::bigint = o.development_id
                        or i.item -> 'with' @> jsonb_build_array(jsonb_build_array(o.development_id))))
             and not exists (
                 select from told c join development o using (development_id)
                 where c.subscriber_id = $1 and c.change_id = -1
                   and (o.development_id = d.development_id or o.merged_into = d.development_id))
           order by d.development_id, g.local_date desc, g.digest_id desc"#,
        subscriber,
        until
    )
    .fetch_all(db)
    .await
    .with_context(|| format!("reading what subscriber {subscriber} was told and is wrong"))
}

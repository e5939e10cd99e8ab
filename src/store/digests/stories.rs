//! What readers were told of running stories, and what of it was judged anew.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::PgPool;
use sqlx::types::Json;

use crate::model::{DevelopmentId, When};

/// Developments of one story that are looked at: some more than its history shows, which has them by their days.
const MOST_OF_A_STORY: i32 = 8;

/// One development of a story, as one edition told it.
#[derive(Debug, Clone)]
pub struct StoryRow {
    /// Who was told.
    pub subscriber_id: i64,
    /// The story.
    pub story_id: i64,
    /// Whom it is between, in words.
    pub name: String,
    /// Countries and bodies that it is between.
    pub parties: Vec<String>,
    /// Where it is, as far as its developments agree.
    pub place: Option<String>,
    /// The development.
    pub development_id: i64,
    /// The edition's day.
    pub told: NaiveDate,
    /// The sentence; empty for a story that is none of those asked for.
    pub text: String,
    /// The development's day, as last known.
    pub day: Option<Json<When>>,
    /// Publication of its first report.
    pub first_reported_at: DateTime<Utc>,
}

/// What subscribers were told last of the developments of these stories since the first of two days, and that they
/// were told of any other story since the second; by the editions' days, and of each story the newest.
///
/// Those of `window`, which an edition may tell anew, come beside them. Without stories that are muted for all, and
/// without developments that were taken back.
pub async fn stories(
    db: &PgPool,
    subscribers: &[i64],
    of: &[i64],
    window: &[DevelopmentId],
    (since, others_since): (NaiveDate, NaiveDate),
) -> Result<Vec<StoryRow>> {
    let window: Vec<i64> = window.iter().map(|id| id.0).collect();
    sqlx::query_as!(
        StoryRow,
        r#"with last as (
               select g.subscriber_id, t.development_id, max(g.digest_id) as digest_id
               from digest g join told t using (digest_id)
               where g.subscriber_id = any($1) and g.local_date >= least($3::date, $4::date) and t.change_id >= 0
               group by g.subscriber_id, t.development_id),
           told_last as (
               select l.subscriber_id, d.development_id, d.story_id, g.local_date, g.digest_id
               from last l
               join development d using (development_id)
               join story s using (story_id)
               join digest g using (digest_id)
               where d.merged_into is null and d.withdrawn_at is null and s.muted_at is null
                 and g.local_date >= case when s.story_id = any($2) then $3::date else $4::date end),
           newest as (
               select * from (
                   select *, row_number() over (
                       partition by subscriber_id, story_id, development_id = any($6)
                       order by local_date desc, digest_id desc, development_id desc) as place
                   from told_last) l
               where place <= case when story_id = any($2) then $5 else 1 end),
           sentence as (
               select e.digest_id, i.development_id::bigint as development_id, i.text
               from (select distinct digest_id from newest where story_id = any($2)) n
               join edition e using (digest_id)
               cross join lateral jsonb_each_text(e.lines) as i (development_id, text))
           select n.subscriber_id, s.story_id, s.name, s.parties, s.place, d.development_id,
                  n.local_date as told, coalesce(i.text, '') as "text!",
                  nullif(d.facts -> 'when', 'null') as "day: Json<When>", d.first_reported_at
           from newest n
           left join sentence i on i.digest_id = n.digest_id and i.development_id = n.development_id
           join development d on d.development_id = n.development_id
           join story s on s.story_id = n.story_id
           where i.text is not null or n.story_id <> all($2)
           order by n.subscriber_id, n.local_date, n.digest_id, n.development_id"#,
        subscribers,
        of,
        since,
        others_since,
        MOST_OF_A_STORY,
        &window
    )
    .fetch_all(db)
    .await
    .context("reading the stories that subscribers were told of")
}

/// A development that was judged anew, as a subscriber was told of it.
#[derive(Debug, Clone)]
pub struct JudgedRow {
    /// Who was told.
    pub subscriber_id: i64,
    /// The development.
    pub development_id: i64,
    /// Why it is wrong, if it is.
    pub why: Option<String>,
    /// The edition's day.
    pub told: NaiveDate,
    /// The item of that edition.
    pub item: Value,
}

/// What subscribers were told last, themselves or what was merged into them, of developments taken back by `until`,
/// and were not told to be wrong.
pub async fn withdrawn(db: &PgPool, subscribers: &[i64], until: DateTime<Utc>) -> Result<Vec<JudgedRow>> {
    sqlx::query_as!(
        JudgedRow,
        r#"with untold as materialized (
               select t.subscriber_id, d.development_id, d.withdrawn_why, t.digest_id
               from development d
               join development m on m.development_id = d.development_id or m.merged_into = d.development_id
               join told t on t.development_id = m.development_id and t.subscriber_id = any($1) and t.change_id >= 0
               where d.withdrawn_at <= $2 and d.merged_into is null
                 and not exists (
                     select from told c join development o using (development_id)
                     where c.subscriber_id = t.subscriber_id and c.change_id = -1
                       and (o.development_id = d.development_id or o.merged_into = d.development_id)))
           select distinct on (u.subscriber_id, u.development_id)
                  u.subscriber_id, u.development_id, u.withdrawn_why as why, g.local_date as told, i.item as "item!"
           from untold u
           join digest g using (digest_id)
           join edition e using (digest_id)
           cross join lateral jsonb_array_elements((e.content -> 'items') || (e.content -> 'coming_up')) as i (item)
           where exists (
               select from development o
               where (o.development_id = u.development_id or o.merged_into = u.development_id)
                 and ((i.item ->> 'development')::bigint = o.development_id
                      or i.item -> 'with' @> jsonb_build_array(jsonb_build_array(o.development_id))))
           order by u.subscriber_id, u.development_id, g.local_date desc, g.digest_id desc"#,
        subscribers,
        until
    )
    .fetch_all(db)
    .await
    .context("reading what subscribers were told and is wrong")
}

/// What subscribers were told to be wrong and is no longer marked so, as they were told of it before.
pub async fn restored(db: &PgPool, subscribers: &[i64]) -> Result<Vec<JudgedRow>> {
    sqlx::query_as!(
        JudgedRow,
        r#"select distinct on (c.subscriber_id, d.development_id)
                  c.subscriber_id, d.development_id, d.withdrawn_why as why, g.local_date as told, i.item as "item!"
           from told c
           join development o on o.development_id = c.development_id
           join development d on d.development_id = coalesce(o.merged_into, o.development_id)
           join development m on m.development_id = d.development_id or m.merged_into = d.development_id
           join told t on t.development_id = m.development_id and t.subscriber_id = c.subscriber_id and t.change_id >= 0
           join digest g on g.digest_id = t.digest_id
           join edition e on e.digest_id = t.digest_id
           cross join lateral jsonb_array_elements((e.content -> 'items') || (e.content -> 'coming_up')) as i (item)
           where c.subscriber_id = any($1) and c.change_id = -1 and d.withdrawn_at is null
             and ((i.item ->> 'development')::bigint = m.development_id
                  or i.item -> 'with' @> jsonb_build_array(jsonb_build_array(m.development_id)))
           order by c.subscriber_id, d.development_id, g.local_date desc, g.digest_id desc"#,
        subscribers
    )
    .fetch_all(db)
    .await
    .context("reading what subscribers were told to be wrong and stands")
}

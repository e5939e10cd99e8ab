//! The names and stories that a chat wants more of, or none of.

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::PgPool;

use super::stories;
use super::subscribers::Stance;

/// One thing that a chat chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Its id in the store.
    pub id: i64,
    /// Whether more of it, or none.
    pub stance: Stance,
    /// What.
    pub what: What,
}

/// What a chat may want more of, or none of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// An actor or a place.
    Name(String),
    /// A story: its id, and what readers call it.
    Story(i64, String),
}

/// All that a subscriber chose, in the order in which it was chosen.
///
/// # Errors
/// The database fails.
pub async fn of(db: &PgPool, subscriber: i64) -> anyhow::Result<Vec<Chosen>> {
    let rows = sqlx::query!(
        r#"select c.choice_id, c.stance, c.name, s.story_id as "story_id?", s.name as "story?", s.place
           from choice c left join story s using (story_id)
           where c.subscriber_id = $1 order by c.choice_id"#,
        subscriber
    )
    .fetch_all(db)
    .await
    .with_context(|| format!("reading what subscriber {subscriber} chose"))?;
    let chosen = |id, stance: String, what| Chosen { id, stance: Stance::parse(&stance), what };
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let what = match (row.name, row.story_id, row.story) {
                (Some(name), ..) => What::Name(name),
                (_, Some(id), Some(story)) => What::Story(id, stories::title(&story, row.place.as_deref())),
                _ => return None,
            };
            Some(chosen(row.choice_id, row.stance, what))
        })
        .collect())
}

/// Takes up a name, whatever its case; another stance on it gives way.
///
/// # Errors
/// The database fails.
pub async fn name(
    db: &PgPool,
    subscriber: i64,
    stance: Stance,
    name: &str,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    sqlx::query!(
        "with before as (
             update choice set stance = $2 where subscriber_id = $1 and lower(name) = lower($3) returning 1
         )
         insert into choice (subscriber_id, stance, name, created_at)
         select $1, $2, $3, $4 where not exists (select from before)
         on conflict on constraint choice_name_once do nothing",
        subscriber,
        stance.as_str(),
        name,
        now,
    )
    .execute(db)
    .await
    .with_context(|| format!("writing a name that subscriber {subscriber} chose"))
    .map(drop)
}

/// Takes up a story; another stance on it gives way.
///
/// # Errors
/// The database fails.
pub async fn take_story(
    db: &PgPool,
    subscriber: i64,
    stance: Stance,
    story: i64,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    sqlx::query!(
        "insert into choice (subscriber_id, stance, story_id, created_at)
         select $1, $2, story_id, $4 from story where story_id = $3
         on conflict on constraint choice_story_once do update set stance = excluded.stance",
        subscriber,
        stance.as_str(),
        story,
        now,
    )
    .execute(db)
    .await
    .with_context(|| format!("writing story {story} that subscriber {subscriber} chose"))
    .map(drop)
}

/// A story; `None` if there is none of that id.
///
/// # Errors
/// The database fails.
pub async fn story(db: &PgPool, story: i64) -> anyhow::Result<Option<What>> {
    let row = sqlx::query!("select name, place from story where story_id = $1", story)
        .fetch_optional(db)
        .await
        .with_context(|| format!("reading story {story}"))?;
    Ok(row.map(|row| What::Story(story, stories::title(&row.name, row.place.as_deref()))))
}

/// Drops a choice by its id; `false` if the subscriber has none of that id.
///
/// # Errors
/// The database fails.
pub async fn remove(db: &PgPool, subscriber: i64, choice: i64) -> anyhow::Result<bool> {
    let dropped =
        sqlx::query!("delete from choice where subscriber_id = $1 and choice_id = $2", subscriber, choice)
            .execute(db)
            .await
            .with_context(|| format!("dropping choice {choice} of subscriber {subscriber}"))?;
    Ok(dropped.rows_affected() > 0)
}

/// No longer watches or mutes a story; `false` if it had no such stance on it.
///
/// # Errors
/// The database fails.
pub async fn drop_story(db: &PgPool, subscriber: i64, story: i64, stance: Stance) -> anyhow::Result<bool> {
    let dropped = sqlx::query!(
        "delete from choice where subscriber_id = $1 and story_id = $2 and stance = $3",
        subscriber,
        story,
        stance.as_str(),
    )
    .execute(db)
    .await
    .with_context(|| format!("dropping what subscriber {subscriber} chose of story {story}"))?;
    Ok(dropped.rows_affected() > 0)
}

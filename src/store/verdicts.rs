//! Stories and developments as admins judge them: muted for all, marked wrong.

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::{PgExecutor, PgPool};

/// A story, for admins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Its id.
    pub id: i64,
    /// The names of its parties.
    pub name: String,
    /// Where.
    pub place: Option<String>,
    /// Publication of its last report.
    pub last_at: DateTime<Utc>,
    /// Since when it is muted for all.
    pub muted_at: Option<DateTime<Utc>>,
    /// Its developments.
    pub developments: i64,
}

/// Which stories are looked for.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// The one of this id.
    Id(i64),
    /// Those whose name, place or sentences have these words.
    Words(&'a str),
    /// Those that are muted.
    Muted,
}

/// Stories, the latest first.
///
/// # Errors
/// The database fails.
pub async fn stories(db: &PgPool, which: Which<'_>, limit: i64) -> anyhow::Result<Vec<Story>> {
    let (id, words) = match which {
        Which::Id(id) => (Some(id), None),
        Which::Words(words) => (None, Some(words)),
        Which::Muted => (None, None),
    };
    sqlx::query_as!(
        Story,
        r#"select story_id as id, name, place, last_at, muted_at,
                  (select count(*) from development d
                   where d.story_id = s.story_id and d.merged_into is null) as "developments!"
           from story s
           where case when $1::bigint is not null then story_id = $1
                      when $2::text is not null then
                          to_tsvector('english', name || ' ' || coalesce(place, ''))
                              @@ plainto_tsquery('english', $2)
                          or exists (select from development d
                                     where d.story_id = s.story_id and d.merged_into is null
                                       and d.words @@ plainto_tsquery('english', $2))
                      else muted_at is not null end
           order by last_at desc, story_id desc limit $3"#,
        id,
        words,
        limit,
    )
    .fetch_all(db)
    .await
    .context("looking for stories")
}

/// Mutes a story for all, or lets it be told again; `false` if there is none of that id, or it is so already.
///
/// # Errors
/// The database fails.
pub async fn mute(db: &PgPool, id: i64, muted: bool, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let done = sqlx::query!(
        "update story set muted_at = case when $2 then $3::timestamptz end
         where story_id = $1 and (muted_at is null) = $2",
        id,
        muted,
        now,
    )
    .execute(db)
    .await
    .with_context(|| format!("muting story {id}"))?;
    Ok(done.rows_affected() > 0)
}

/// A development, as an admin is shown it before it is marked as wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Its id: that of the one it was merged into.
    pub id: i64,
    /// The sentence that tells it.
    pub summary: String,
    /// Its outlets.
    pub outlets: Vec<String>,
    /// Chats that were told.
    pub told: i64,
    /// Since when it is marked as wrong.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// What is wrong.
    pub withdrawn_why: Option<String>,
}

/// A development by its number; of a merged one, what it was merged into.
///
/// # Errors
/// The database fails.
pub async fn development(db: &PgPool, id: i64) -> anyhow::Result<Option<Judged>> {
    sqlx::query_as!(
        Judged,
        r#"select d.development_id as id, coalesce(d.facts ->> 'summary', '') as "summary!",
                  array(select distinct a.outlet from report r join article a using (article_id)
                        where r.development_id = d.development_id order by a.outlet) as "outlets!",
                  (select count(distinct t.subscriber_id) from told t join development m using (development_id)
                   where d.development_id in (m.development_id, m.merged_into)) as "told!",
                  d.withdrawn_at, d.withdrawn_why
           from development asked join development d
               on d.development_id = coalesce(asked.merged_into, asked.development_id)
           where asked.development_id = $1"#,
        id,
    )
    .fetch_optional(db)
    .await
    .with_context(|| format!("reading development {id}"))
}

/// Marks a development, or what it was merged into, as wrong, with the reason, or takes the mark back (`why` is `None`).
/// Gives the number of what was marked; `None` if it is so already.
///
/// # Errors
/// The database fails.
pub async fn withdraw(
    db: impl PgExecutor<'_>,
    id: i64,
    why: Option<&str>,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<i64>> {
    sqlx::query_scalar!(
        "update development set withdrawn_at = case when $2::text is not null then $3::timestamptz end,
             withdrawn_why = $2
         where development_id = (select coalesce(merged_into, development_id) from development
                                 where development_id = $1)
           and merged_into is null and (withdrawn_at is null) = ($2::text is not null)
         returning development_id",
        id,
        why,
        now,
    )
    .fetch_optional(db)
    .await
    .with_context(|| format!("marking development {id} as wrong"))
}

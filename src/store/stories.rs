//! Stories: which developments belong together, and what a reader sees of them.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};

use super::search::lookup;
use super::subscribers::Stance;
use crate::model::{Development, DevelopmentId, PlaceLevel, Story};

/// Stories that one development is weighed against at most.
const MOST_OPEN: i64 = 50;
/// Developments beyond which one story is as lively as another.
const LIVELY: i64 = 100;

/// The story that a development is of.
#[derive(Debug, Clone)]
pub struct Current {
    /// The story.
    pub story: i64,
    /// Its parties.
    pub parties: Vec<String>,
    /// It has no other development.
    pub alone: bool,
}

/// Writes what a development is found by.
pub async fn set_about(tx: &mut PgConnection, id: DevelopmentId, about: &[String]) -> Result<()> {
    sqlx::query!("update development set about = $2 where development_id = $1 and about <> $2", id.0, about)
        .execute(tx)
        .await
        .with_context(|| format!("writing what development {id} is found by"))
        .map(drop)
}

/// The story that a development is of, if any.
pub async fn current(tx: &mut PgConnection, id: DevelopmentId) -> Result<Option<Current>> {
    sqlx::query_as!(
        Current,
        r#"select s.story_id as story, s.parties,
                  not exists (select from development o
                              where o.story_id = s.story_id and o.development_id <> $1
                                and o.merged_into is null) as "alone!"
           from development d join story s using (story_id) where d.development_id = $1"#,
        id.0
    )
    .fetch_optional(tx)
    .await
    .with_context(|| format!("looking for the story of development {id}"))
}

/// Stories with any of these parties that were reported of since `open`, those that share most first.
///
/// The parties stand in a subquery, so that the planner does not take each for one that many stories have.
pub async fn open(
    tx: &mut PgConnection,
    parties: &[String],
    open: DateTime<Utc>,
    lately: DateTime<Utc>,
) -> Result<Vec<Story>> {
    sqlx::query_as!(
        Story,
        r#"select s.story_id as id, s.parties, s.last_at as last,
                  (select count(*) from (
                       select from development d
                       where d.story_id = s.story_id and d.last_reported_at > $3 and d.merged_into is null
                       limit $5) l) as "lately!"
           from (select *, (select count(*) from unnest(parties) p where p = any($1)) as shared
                 from story where parties && (select $1::text[]) and last_at > $2
                 order by shared desc, last_at desc, story_id limit $4) s
           order by s.story_id"#,
        parties,
        open,
        lately,
        MOST_OPEN,
        LIVELY
    )
    .fetch_all(tx)
    .await
    .context("looking for stories that go on")
}

/// Begins a story; its id.
pub async fn begin(
    tx: &mut PgConnection,
    parties: &[String],
    name: &str,
    facts: &Development,
) -> Result<i64> {
    sqlx::query_scalar!(
        "insert into story (name, parties, started_at, last_at) values ($1, $2, $3, $4) returning story_id",
        name,
        parties,
        facts.first_reported,
        facts.last_reported
    )
    .fetch_one(tx)
    .await
    .context("beginning a story")
}

/// Gives a story the parties that its one development has by now.
pub async fn rename(tx: &mut PgConnection, story: i64, parties: &[String], name: &str) -> Result<()> {
    sqlx::query!("update story set parties = $2, name = $3 where story_id = $1", story, parties, name)
        .execute(tx)
        .await
        .with_context(|| format!("renaming story {story}"))
        .map(drop)
}

/// Puts a development into a story, which lasts from its first report to its last.
///
/// The story's place is that of its developments as long as they agree.
pub async fn put(tx: &mut PgConnection, id: DevelopmentId, story: i64, facts: &Development) -> Result<()> {
    let place = facts.place.as_ref().filter(|place| place.level != PlaceLevel::Country);
    sqlx::query!(
        "with put as (
             update development set story_id = $2 where development_id = $1 and story_id is distinct from $2)
         update story s
         set started_at = least(s.started_at, $3), last_at = greatest(s.last_at, $4),
             place = case
                 when not exists (select from development d where d.story_id = $2 and d.development_id <> $1)
                     then $5
                 when $5::text is null or s.place = $5 then s.place
             end
         where s.story_id = $2",
        id.0,
        story,
        facts.first_reported,
        facts.last_reported,
        place.map(|place| place.name.as_str())
    )
    .execute(tx)
    .await
    .with_context(|| format!("putting development {id} into story {story}"))
    .map(drop)
}

/// Drops a story that has no development left: the last, `id` or what it was merged into, is of story `into` now.
///
/// Who watched it watches that one. A mute goes along only where `id` is all of the other story: of a larger one
/// nobody said that it should be silent. Then the story stays, for what is still to come of it.
pub async fn sweep(tx: &mut PgConnection, story: i64, into: i64, id: DevelopmentId) -> Result<()> {
    let doing = || format!("dropping story {story} for {into}");
    let of = sqlx::query!(
        r#"select not exists (select from development d where d.story_id = $1) as "empty!",
                  not exists (select from development d where d.story_id = $2 and d.development_id <> $3
                                and d.merged_into is null) as "alone!""#,
        story,
        into,
        id.0
    )
    .fetch_one(&mut *tx)
    .await
    .with_context(doing)?;
    if !of.empty {
        return Ok(());
    }
    let watched = Stance::Watched.as_str();
    sqlx::query!(
        "with gone as (delete from choice where story_id = $1 and (stance = $3 or $4) returning *)
         insert into choice (subscriber_id, stance, story_id, created_at)
         select subscriber_id, stance, $2, created_at from gone order by choice_id
         on conflict on constraint choice_story_once do nothing",
        story,
        into,
        watched,
        of.alone
    )
    .execute(&mut *tx)
    .await
    .with_context(doing)?;
    if of.alone {
        sqlx::query!(
            "update story s set muted_at = o.muted_at from story o
             where s.story_id = $2 and o.story_id = $1 and s.muted_at is null",
            story,
            into
        )
        .execute(&mut *tx)
        .await
        .with_context(doing)?;
    }
    sqlx::query!(
        "delete from story s where s.story_id = $1 and (s.muted_at is null or $2)
             and not exists (select from choice c where c.story_id = s.story_id)",
        story,
        of.alone
    )
    .execute(tx)
    .await
    .with_context(doing)
    .map(drop)
}

/// A development that was merged into another is of the other's story.
pub(super) async fn merged(tx: &mut PgConnection, from: DevelopmentId, into: DevelopmentId) -> Result<()> {
    let left = current(tx, from).await?;
    sqlx::query!(
        "update development set story_id = (select story_id from development where development_id = $2)
         where development_id = $1 or merged_into = $2",
        from.0,
        into.0
    )
    .execute(&mut *tx)
    .await
    .with_context(|| format!("giving development {from} the story of {into}"))?;
    match (left, current(tx, into).await?) {
        (Some(left), Some(other)) if left.story != other.story => {
            sweep(tx, left.story, other.story, into).await
        }
        _ => Ok(()),
    }
}

/// A story as readers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its id in the store.
    pub id: i64,
    /// The names of its parties.
    pub name: String,
    /// Where all of it is.
    pub place: Option<String>,
    /// Publication of its first report.
    pub started_at: DateTime<Utc>,
    /// And of its last.
    pub last_at: DateTime<Utc>,
    /// Its developments; of a list, those of late.
    pub developments: i64,
    /// Stories in the whole list.
    pub of: i64,
}

impl Shown {
    /// What readers call it.
    pub fn title(&self) -> String {
        title(&self.name, self.place.as_deref())
    }
}

/// What readers call a story: "Russia – Ukraine", "Kenya (Karo)".
pub fn title(name: &str, place: Option<&str>) -> String {
    match place {
        Some(place) if name.is_empty() => place.to_owned(),
        Some(place) if !name.contains(place) => format!("{name} ({place})"),
        _ => name.to_owned(),
    }
}

/// Stories that were reported of since `lately`, the liveliest first.
pub async fn running(db: &PgPool, lately: DateTime<Utc>, skip: i64, most: i64) -> Result<Vec<Shown>> {
    let (_turn, mut tx) = lookup(db).await?;
    sqlx::query_as!(
        Shown,
        r#"select s.story_id as id, s.name, s.place, s.started_at, s.last_at, l.n as "developments!",
                  count(*) over () as "of!"
           from story s cross join lateral (
               select count(*) as n from development d
               where d.story_id = s.story_id and d.last_reported_at > $1 and d.merged_into is null
                 and not d.background and d.withdrawn_at is null) l
           where s.last_at > $1 and s.muted_at is null and l.n > 0
           order by l.n desc, s.last_at desc, s.story_id
           offset $2 limit $3"#,
        lately,
        skip,
        most
    )
    .fetch_all(&mut *tx)
    .await
    .context("listing the stories that go on")
}

/// Stories between all of `parties`, and stories with developments of these words; the latest first.
pub async fn find(db: &PgPool, words: &str, parties: &[String], skip: i64, most: i64) -> Result<Vec<Shown>> {
    let (_turn, mut tx) = lookup(db).await?;
    sqlx::query_as!(
        Shown,
        r#"with hit as (
               select story_id, count(*) as n from development
               where words @@ websearch_to_tsquery('english', $1) and story_id is not null
                 and merged_into is null and not background and withdrawn_at is null
               group by story_id)
           select s.story_id as id, s.name, s.place, s.started_at, s.last_at, l.n as "developments!",
                  count(*) over () as "of!"
           from story s left join hit using (story_id) cross join lateral (
               select count(*) as n from development d
               where d.story_id = s.story_id and d.merged_into is null and not d.background
                 and d.withdrawn_at is null) l
           where s.muted_at is null and l.n > 0 and (hit.n > 0 or s.parties @> $2)
           order by s.parties @> $2 desc, s.last_at desc, s.story_id
           offset $3 limit $4"#,
        words,
        parties,
        skip,
        most
    )
    .fetch_all(&mut *tx)
    .await
    .context("looking for stories")
}

/// One story; `None` if it is not there, or muted for all.
pub async fn get(db: &PgPool, story: i64) -> Result<Option<Shown>> {
    sqlx::query_as!(
        Shown,
        r#"select s.story_id as id, s.name, s.place, s.started_at, s.last_at, l.n as "developments!", 1::bigint as "of!"
           from story s cross join lateral (
               select count(*) as n from development d
               where d.story_id = s.story_id and d.merged_into is null and not d.background
                 and d.withdrawn_at is null) l
           where s.story_id = $1 and s.muted_at is null and l.n > 0"#,
        story
    )
    .fetch_optional(db)
    .await
    .with_context(|| format!("reading story {story}"))
}

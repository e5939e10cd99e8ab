//! Developments and articles as readers look for them: by words, by names, by story, by what is planned.

use std::time::Duration;

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use crate::model::{Change, Development, DevelopmentId};

/// Questions of a chat whose pages can still be turned.
const REMEMBERED: i64 = 30;

/// What is counted of what was found: more than a thousand is told as that, in words.
const COUNTED: i64 = 1_001;

/// Lookups at one time: anybody may ask, and all that the program does shares its connections.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// How long a lookup waits for its turn.
const PATIENCE: Duration = Duration::from_secs(30);

/// Begins a reader's lookup when it is its turn; each of its queries is ended after a few seconds.
pub(super) async fn lookup(
    db: &PgPool,
) -> Result<(SemaphorePermit<'static>, Transaction<'static, Postgres>)> {
    const DOING: &str = "beginning a lookup";
    let turn =
        timeout(PATIENCE, AT_ONCE.acquire()).await.context("waiting for other lookups")?.context(DOING)?;
    let mut tx = db.begin().await.context(DOING)?;
    sqlx::raw_sql("set local statement_timeout = '5s'").execute(&mut *tx).await.context(DOING)?;
    Ok((turn, tx))
}

/// A page of what was found.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// What it shows, in order.
    pub found: Vec<Found>,
    /// All that was found, on whatever page; by words or names 1001 at most.
    pub total: i64,
}

/// A development, or an article that brought none of these.
#[derive(Debug, Clone)]
pub enum Found {
    /// A development with its outlets' reports and its changes.
    Development(Box<Development>, Vec<Source>, Vec<Change>),
    /// An article.
    Article {
        /// Its headline, or how it begins.
        title: String,
        /// When it was published.
        published: DateTime<Utc>,
        /// Where.
        source: Source,
    },
}

/// Where something is to be read.
#[derive(Debug, Clone, Deserialize)]
pub struct Source {
    /// The publisher.
    pub outlet: String,
    /// The article.
    pub url: String,
}

/// Developments told in these words, and articles with these words that brought none of them; the newest first.
pub async fn by_words(db: &PgPool, words: &str, skip: i64, most: i64) -> Result<Page> {
    let (_turn, mut tx) = lookup(db).await?;
    let rows = sqlx::query!(
        r#"with asked as (select websearch_to_tsquery('english', $1) as query),
           found as (
               select development_id, last_reported_at as at from development, asked
               where words @@ query and merged_into is null and not background and withdrawn_at is null),
           hit as (
               select development_id, null::bigint as article_id, at from found
               union all
               select null, a.article_id, a.published_at
               from asked, article_version v join article a using (article_id, version)
               where v.words @@ query
                 and not exists (select from report r join found using (development_id)
                                 where r.article_id = a.article_id)
               order by at desc, development_id, article_id limit $4)
           select development_id, article_id, count(*) over () as "of!" from hit
           order by at desc, development_id, article_id
           offset $2 limit $3"#,
        words,
        skip,
        most,
        COUNTED
    )
    .fetch_all(&mut *tx)
    .await
    .context("looking for words")?;
    let total = rows.first().map_or(0, |row| row.of);
    let ids: Vec<i64> = rows.iter().filter_map(|row| row.development_id).collect();
    let mut developments = developments(&mut tx, &ids).await?.into_iter();
    let mut found = Vec::new();
    for row in rows {
        match row.article_id {
            None => found.extend(developments.next()),
            Some(article) => found.extend(self::article(&mut tx, article).await?),
        }
    }
    Ok(Page { found, total })
}

/// Developments that are about any of these names, the newest first.
pub async fn by_names(db: &PgPool, names: &[String], skip: i64, most: i64) -> Result<Page> {
    let (_turn, mut tx) = lookup(db).await?;
    let rows = sqlx::query!(
        r#"select development_id, count(*) over () as "of!" from (
               select development_id, first_reported_at from development
               where about && (select $1::text[]) and merged_into is null and not background
                 and withdrawn_at is null
               order by first_reported_at desc, development_id desc limit $4) hit
           order by first_reported_at desc, development_id desc
           offset $2 limit $3"#,
        names,
        skip,
        most,
        COUNTED
    )
    .fetch_all(&mut *tx)
    .await
    .context("looking for names")?;
    page(&mut tx, rows.iter().map(|row| row.development_id).collect(), rows.first().map(|row| row.of)).await
}

/// The developments of a story from its beginning.
pub async fn of_story(db: &PgPool, story: i64, skip: i64, most: i64) -> Result<Page> {
    let (_turn, mut tx) = lookup(db).await?;
    let rows = sqlx::query!(
        r#"select development_id, count(*) over () as "of!" from development
           where story_id = $1 and merged_into is null and not background and withdrawn_at is null
           order by first_reported_at, development_id
           offset $2 limit $3"#,
        story,
        skip,
        most
    )
    .fetch_all(&mut *tx)
    .await
    .with_context(|| format!("reading the developments of story {story}"))?;
    page(&mut tx, rows.iter().map(|row| row.development_id).collect(), rows.first().map(|row| row.of)).await
}

/// These developments in their order, but for what was taken back or merged.
pub async fn by_ids(db: &PgPool, ids: &[i64], skip: i64, most: i64) -> Result<Page> {
    let (_turn, mut tx) = lookup(db).await?;
    let rows = sqlx::query!(
        r#"select development_id, count(*) over () as "of!"
           from unnest($1::bigint[]) with ordinality as wanted (id, place)
           join development on development_id = wanted.id
           where merged_into is null and withdrawn_at is null
           order by wanted.place
           offset $2 limit $3"#,
        ids,
        skip,
        most
    )
    .fetch_all(&mut *tx)
    .await
    .context("looking for developments by their numbers")?;
    page(&mut tx, rows.iter().map(|row| row.development_id).collect(), rows.first().map(|row| row.of)).await
}

/// What is planned for a day or later, by date.
pub async fn planned(db: &PgPool, from: NaiveDate, skip: i64, most: i64) -> Result<Page> {
    let (_turn, mut tx) = lookup(db).await?;
    let rows = sqlx::query!(
        r#"select development_id, count(*) over () as "of!" from development
           where status = 'planned' and date_to >= $1 and merged_into is null and not background
             and withdrawn_at is null
           order by date_from, date_to, development_id
           offset $2 limit $3"#,
        from,
        skip,
        most
    )
    .fetch_all(&mut *tx)
    .await
    .context("looking for what is planned")?;
    page(&mut tx, rows.iter().map(|row| row.development_id).collect(), rows.first().map(|row| row.of)).await
}

async fn page(tx: &mut PgConnection, ids: Vec<i64>, total: Option<i64>) -> Result<Page> {
    Ok(Page { found: developments(tx, &ids).await?, total: total.unwrap_or(0) })
}

/// Developments in the order of their ids as given, each with an article of each outlet.
async fn developments(tx: &mut PgConnection, ids: &[i64]) -> Result<Vec<Found>> {
    let rows = sqlx::query!(
        r#"select d.development_id, d.facts as "facts: Json<Development>",
                  coalesce((
                      select jsonb_agg(jsonb_build_object('outlet', l.outlet, 'url', l.url)
                                       order by l.own desc, l.at, l.outlet)
                      from (select a.outlet, bool_or(r.evidence = d.facts ->> 'summary') as own,
                                   min(r.reported_at) as at,
                                   (array_agg(a.url order by r.evidence = d.facts ->> 'summary' desc,
                                                             r.reported_at, r.report_id))[1] as url
                            from report r join article a using (article_id)
                            where r.development_id = d.development_id
                            group by a.outlet) l), '[]') as "sources!: Json<Vec<Source>>",
                  coalesce((
                      select jsonb_agg(jsonb_build_object('field', c.field, 'was', c.was, 'now', c.now)
                                       order by c.change_id)
                      from change c where c.development_id = d.development_id), '[]') as "changes!: Json<Vec<Change>>"
           from unnest($1::bigint[]) with ordinality as wanted (id, place)
           join development d on d.development_id = wanted.id
           order by wanted.place"#,
        ids
    )
    .fetch_all(tx)
    .await
    .context("reading the developments that were found")?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let facts = Development { id: DevelopmentId(row.development_id), ..row.facts.0 };
            Found::Development(Box::new(facts), row.sources.0, row.changes.0)
        })
        .collect())
}

async fn article(tx: &mut PgConnection, id: i64) -> Result<Option<Found>> {
    let row = sqlx::query!(
        r#"select coalesce(nullif(v.title, ''), left(v.text, 300)) as "title!", a.published_at, a.outlet, a.url
           from article a join article_version v using (article_id, version) where a.article_id = $1"#,
        id
    )
    .fetch_optional(tx)
    .await
    .with_context(|| format!("reading article {id}"))?;
    Ok(row.map(|row| Found::Article {
        title: row.title,
        published: row.published_at,
        source: Source { outlet: row.outlet, url: row.url },
    }))
}

/// Remembers what a chat asked for, under a number that fits a button.
pub async fn ask(db: &PgPool, chat_id: i64, words: &str, now: DateTime<Utc>) -> Result<i64> {
    let id = sqlx::query_scalar!(
        "insert into asked (chat_id, words, asked_at) values ($1, $2, $3)
         on conflict on constraint asked_once do update set asked_at = excluded.asked_at
         returning asked_id",
        chat_id,
        words,
        now
    )
    .fetch_one(db)
    .await
    .context("remembering a question")?;
    sqlx::query!(
        "delete from asked where chat_id = $1 and asked_id not in (
             select asked_id from asked where chat_id = $1
             order by asked_id = $2 desc, asked_id desc limit $3)",
        chat_id,
        id,
        REMEMBERED
    )
    .execute(db)
    .await
    .context("forgetting older questions")?;
    Ok(id)
}

/// What a chat asked for under a number; `None` if that was too long ago.
pub async fn asked(db: &PgPool, chat_id: i64, id: i64) -> Result<Option<String>> {
    sqlx::query_scalar!("select words from asked where chat_id = $1 and asked_id = $2", chat_id, id)
        .fetch_optional(db)
        .await
        .context("looking for a question")
}

/// How much an outlet reports.
#[derive(Debug, Clone)]
pub struct Outlet {
    /// The publisher.
    pub outlet: String,
    /// Articles first seen since a time.
    pub articles: i64,
    /// Developments that they report.
    pub developments: i64,
    /// When the last was seen.
    pub last_seen: DateTime<Utc>,
}

/// Who reported most since a time.
pub async fn outlets(db: &PgPool, since: DateTime<Utc>, most: i64) -> Result<Vec<Outlet>> {
    let (_turn, mut tx) = lookup(db).await?;
    sqlx::query_as!(
        Outlet,
        r#"select a.outlet, count(distinct a.article_id) as "articles!",
                  count(distinct r.development_id) as "developments!", max(a.first_seen_at) as "last_seen!"
           from article a left join report r using (article_id)
           where a.first_seen_at > $1
           group by a.outlet
           order by 2 desc, 3 desc, 1
           limit $2"#,
        since,
        most
    )
    .fetch_all(&mut *tx)
    .await
    .context("counting who reports")
}

/// What one day brought of one kind.
#[derive(Debug, Clone)]
pub struct Brought {
    /// The day in the reader's zone.
    pub day: NaiveDate,
    /// The kind.
    pub kind: String,
    /// Developments first reported on it.
    pub developments: i64,
    /// Killed in them, as known now.
    pub killed: i64,
    /// Wounded in them, as known now.
    pub wounded: i64,
}

/// What was first reported from one instant to another, by day in a zone and by kind.
///
/// What sums up the toll of weeks adds nothing to a day's.
pub async fn brought(
    db: &PgPool,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    zone: &str,
) -> Result<Vec<Brought>> {
    sqlx::query_as!(
        Brought,
        r#"select (first_reported_at at time zone $3)::date as "day!", kind, count(*) as "developments!",
                  coalesce(sum((facts -> 'killed' ->> 'value')::bigint) filter (where counts), 0)::bigint as "killed!",
                  coalesce(sum((facts -> 'wounded' ->> 'value')::bigint) filter (where counts), 0)::bigint as "wounded!"
           from (select *, status = 'occurred' and (facts -> 'campaign') is distinct from 'true' as counts
                 from development
                 where found_at >= $1 and first_reported_at >= $1 and first_reported_at < $2
                   and merged_into is null and not background and withdrawn_at is null) d
           group by 1, 2 order by 1, 2"#,
        from,
        to,
        zone
    )
    .fetch_all(db)
    .await
    .context("counting what a week brought")
}

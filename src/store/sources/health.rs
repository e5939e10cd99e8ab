//! How sources fare, and what their admins were told of it.

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgPool;

/// A source's health, for lists of sources.
#[derive(Debug, Clone)]
pub struct Health {
    /// Its id.
    pub id: i64,
    /// Its unique name.
    pub name: String,
    /// Where its list is.
    pub url: String,
    /// `feed`, `listing`, …
    pub kind: String,
    /// From the configuration file, and so read-only in commands.
    pub configured: bool,
    /// Not checked until it is resumed.
    pub paused: bool,
    /// When its list was last read.
    pub succeeded_at: Option<DateTime<Utc>>,
    /// When it is due.
    pub next_check_at: DateTime<Utc>,
    /// Failures in a row.
    pub failures: i32,
    /// The last failure in words, if the last check failed.
    pub last_error: Option<String>,
    /// The first of these failures.
    pub failing_since: Option<DateTime<Utc>>,
    /// Its newest entry, where that is older than its habit allows.
    pub silent_since: Option<DateTime<Utc>>,
    /// Where its address redirects for good, if it does.
    pub moved_to: Option<String>,
    /// Articles stored of it.
    pub articles: i64,
    /// Of them, those of the last seven days.
    pub articles_week: i64,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// Nothing was ever read of it: neither in scraping nor by a look at it.
    pub unverified: bool,
}

impl Health {
    /// Articles a day, over the last week or since it was added.
    pub fn articles_a_day(&self, now: DateTime<Utc>) -> f64 {
        let days = (now - self.created_at).num_minutes() as f64 / 1_440.0;
        self.articles_week as f64 / days.clamp(1.0, 7.0)
    }
}

/// All sources with their health, in the order in which they came.
pub async fn health(db: &PgPool, now: DateTime<Utc>) -> Result<Vec<Health>> {
    sqlx::query_as!(
        Health,
        r#"select source_id as id, name, url, type as kind, origin = 'config' as "configured!", paused, succeeded_at, next_check_at,
                  failures, last_error, failing_since, silent_since, moved_to, created_at,
                  coalesce(articles, 0) as "articles!", coalesce(articles_week, 0) as "articles_week!",
                  succeeded_at is null and verified_at is null as "unverified!"
           from source
           left join (select source_id, count(*) as articles,
                             count(*) filter (where first_seen_at > $1) as articles_week
                      from article group by source_id) counted using (source_id)
           where removed_at is null order by source_id"#,
        now - TimeDelta::days(7),
    )
    .fetch_all(db)
    .await
    .context("listing sources")
}

/// How a source has brought news: what its habit is told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pauses {
    /// Checks that brought something new.
    pub times: i64,
    /// The longest pause between two of them.
    pub longest: TimeDelta,
}

/// A source's pauses since then.
pub async fn pauses(db: &PgPool, id: i64, since: DateTime<Utc>) -> Result<Pauses> {
    let found = sqlx::query!(
        r#"select count(*) as "times!", coalesce(extract(epoch from max(pause)), 0)::bigint as "longest!"
           from (select seen_at - lag(seen_at) over (order by seen_at) as pause
                 from (select distinct seen_at from entry
                       where source_id = $1 and seen_at > $2) seen) pauses"#,
        id,
        since,
    )
    .fetch_one(db)
    .await
    .with_context(|| format!("looking at the pauses of source {id}"))?;
    Ok(Pauses { times: found.times, longest: TimeDelta::seconds(found.longest) })
}

/// Records since when a source is silent; `None`: it is not.
pub async fn set_silent(db: &PgPool, id: i64, since: Option<DateTime<Utc>>) -> Result<()> {
    sqlx::query!(
        "update source set silent_since = $2 where source_id = $1 and silent_since is distinct from $2",
        id,
        since,
    )
    .execute(db)
    .await
    .with_context(|| format!("recording the silence of source {id}"))?;
    Ok(())
}

/// What admins are told of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It has failed for long.
    Failing,
    /// It has brought nothing new for longer than is its habit.
    Silent,
    /// Neither.
    Well,
}

/// A source whose state is not the one that its admins were told last.
#[derive(Debug, Clone)]
pub struct Ailing {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its state.
    pub state: State,
    /// What they were told last.
    pub was: State,
    /// Since when it is so.
    pub since: Option<DateTime<Utc>>,
    /// The last failure in words.
    pub error: Option<String>,
}

/// Sources of which there is something to tell; `patience`: how long one has to fail for that.
///
/// Only checks count: a source that failed once and was not asked since is not failing all the time.
pub async fn ailing(db: &PgPool, patience: TimeDelta) -> Result<Vec<Ailing>> {
    let rows = sqlx::query!(
        r#"select source_id, name, told, failures > 0 as "failing!", last_error,
                  case when failures > 0 then failing_since else silent_since end as since
           from source
           where removed_at is null and not paused
             and case when failures > 0
                      then told is distinct from 'failing' and checked_at - failing_since >= make_interval(secs => $1)
                      else told is distinct from case when silent_since is not null then 'silent' end end
           order by source_id"#,
        patience.as_seconds_f64(),
    )
    .fetch_all(db)
    .await
    .context("looking for sources that ail")?;
    Ok(rows
        .into_iter()
        .map(|row| Ailing {
            id: row.source_id,
            name: row.name,
            state: match (row.failing, row.since) {
                (true, _) => State::Failing,
                (false, Some(_)) => State::Silent,
                (false, None) => State::Well,
            },
            was: match row.told.as_deref() {
                Some("failing") => State::Failing,
                Some("silent") => State::Silent,
                _ => State::Well,
            },
            since: row.since,
            error: row.last_error,
        })
        .collect())
}

/// Records that admins were told the state of these sources.
pub async fn told(db: &PgPool, sources: &[Ailing]) -> Result<()> {
    let ids: Vec<i64> = sources.iter().map(|source| source.id).collect();
    let states: Vec<Option<String>> = sources
        .iter()
        .map(|source| match source.state {
            State::Failing => Some("failing".to_owned()),
            State::Silent => Some("silent".to_owned()),
            State::Well => None,
        })
        .collect();
    sqlx::query!(
        "update source set told = state from unnest($1::bigint[], $2::text[]) as t (id, state) where source_id = id",
        &ids,
        &states as _,
    )
    .execute(db)
    .await
    .context("recording what admins were told")?;
    Ok(())
}

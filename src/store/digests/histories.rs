//! Which developments an edition is about, with all that is known of them, and what of it a reader was told.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgPool;
use sqlx::types::Json;

use crate::model::{Development, DevelopmentId, History, Mention, OutletToll, PastChange, Relation, Report};

/// What a subscriber was told: a development with 0, a change of it with the change's id.
pub type Told = HashSet<(DevelopmentId, i64)>;

/// Developments reported as news or changed after `since` and up to `to`, and those planned for `today` or later.
///
/// With `repeats` also those that were only reported again: for who asks for several sources, the second makes
/// news. Without what was taken back, and without stories that are muted for all.
pub async fn in_window(
    db: &PgPool,
    since: DateTime<Utc>,
    to: DateTime<Utc>,
    today: NaiveDate,
    repeats: bool,
) -> Result<Vec<DevelopmentId>> {
    let ids = sqlx::query_scalar!(
        r#"select development_id
           from development d
           where merged_into is null and not background and withdrawn_at is null
             and not exists (select from story s where s.story_id = d.story_id and s.muted_at is not null)
             and development_id in (
               select development_id from report
               where found_at > $1 and found_at <= $2 and (relation <> 'repeat' or $4)
               union
               select development_id from development
               where merged_into is null and not background
                 and status = 'planned' and date_to >= $3 and found_at <= $2)
           order by development_id"#,
        since,
        to,
        today,
        repeats
    )
    .fetch_all(db)
    .await
    .context("reading the developments of a window")?;
    Ok(ids.into_iter().map(DevelopmentId).collect())
}

/// The id of the last report that was stored; 0: there is none.
pub async fn last_report(db: &PgPool) -> Result<i64> {
    sqlx::query_scalar!(r#"select coalesce(max(report_id), 0) as "id!" from report"#)
        .fetch_one(db)
        .await
        .context("reading the last report's id")
}

/// Developments first found after `since` that may be large: so many sources or so many killed.
pub async fn large_since(
    db: &PgPool,
    since: DateTime<Utc>,
    sources: usize,
    killed: u32,
) -> Result<Vec<DevelopmentId>> {
    let ids = sqlx::query_scalar!(
        r#"select d.development_id
           from development d
           where d.found_at > $1 and d.merged_into is null and not d.background and d.withdrawn_at is null
             and not exists (select from story s where s.story_id = d.story_id and s.muted_at is not null)
             and (coalesce((d.facts -> 'killed' ->> 'value')::bigint, 0) >= $3
                  or (select count(distinct a.outlet) from report r join article a using (article_id)
                      where r.development_id = d.development_id) >= $2)
           order by d.development_id"#,
        since,
        i64::try_from(sources).unwrap_or(i64::MAX),
        i64::from(killed)
    )
    .fetch_all(db)
    .await
    .context("looking for large developments")?;
    Ok(ids.into_iter().map(DevelopmentId).collect())
}

/// These developments, in the order of their ids, with what was known of them at `until`.
pub async fn histories(db: &PgPool, of: &[DevelopmentId], until: DateTime<Utc>) -> Result<Vec<History>> {
    let ids: Vec<i64> = of.iter().map(|id| id.0).collect();
    let mut histories: Vec<History> = sqlx::query!(
        r#"select development_id, facts as "facts: Json<Development>", background, story_id, found_at
           from development where development_id = any($1) order by development_id"#,
        &ids
    )
    .fetch_all(db)
    .await
    .context("reading the developments of an edition")?
    .into_iter()
    .map(|row| History {
        development: Development {
            id: DevelopmentId(row.development_id),
            background: row.background,
            ..row.facts.0
        },
        story: row.story_id,
        found_at: row.found_at,
        reports: vec![],
        changes: vec![],
        tolls: vec![],
    })
    .collect();
    let ids: Vec<i64> = histories.iter().map(|history| history.development.id.0).collect();
    let of = |id: i64| ids.binary_search(&id).ok();

    let reports = sqlx::query!(
        r#"select r.development_id, r.report_id, r.relation, r.mention as "mention: Json<Mention>",
                  r.reported_at, r.found_at, a.outlet, a.url, a.first_seen_at, v.origin_id as "origin_id?"
           from report r
           join article a using (article_id)
           join article_version v on v.article_id = r.article_id and v.version = r.version
           where r.development_id = any($1) and r.found_at <= $2
           order by r.reported_at, r.report_id"#,
        &ids,
        until
    )
    .fetch_all(db)
    .await
    .context("reading the reports of a window's developments")?;
    for row in reports {
        let Some(at) = of(row.development_id) else { continue };
        histories[at].reports.push(Report {
            id: row.report_id,
            outlet: row.outlet,
            url: row.url,
            origin: row.origin_id,
            relation: Relation::parse(&row.relation)
                .with_context(|| format!("reading the relation of report {}", row.report_id))?,
            mention: row.mention.0,
            reported_at: row.reported_at,
            seen_at: row.first_seen_at,
            found_at: row.found_at,
        });
    }

    let changes = sqlx::query!(
        "select change_id, development_id, report_id, field, was, now, found_at from change
         where development_id = any($1) and found_at <= $2 order by change_id",
        &ids,
        until
    )
    .fetch_all(db)
    .await
    .context("reading the changes of a window's developments")?;
    for row in changes {
        let Some(at) = of(row.development_id) else { continue };
        histories[at].changes.push(PastChange {
            id: row.change_id,
            report: row.report_id,
            field: row.field,
            was: row.was,
            now: row.now,
            found_at: row.found_at,
        });
    }

    let tolls = sqlx::query!(
        "select development_id, outlet, field, value, at_least, report_id from toll
         where development_id = any($1) order by development_id, outlet, field",
        &ids
    )
    .fetch_all(db)
    .await
    .context("reading the tolls of a window's developments")?;
    for row in tolls {
        let Some(at) = of(row.development_id) else { continue };
        histories[at].tolls.push(OutletToll {
            outlet: row.outlet,
            field: row.field,
            value: u32::try_from(row.value).unwrap_or(0),
            at_least: row.at_least,
            report: row.report_id,
        });
    }
    Ok(histories)
}

/// What of these developments subscribers were told: the development itself as 0, its changes by their ids.
///
/// What was told of a development that was merged into another counts for the other. Who was told nothing of them
/// is not there.
pub async fn told(db: &PgPool, subscribers: &[i64], of: &[DevelopmentId]) -> Result<HashMap<i64, Told>> {
    let ids: Vec<i64> = of.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select t.subscriber_id, coalesce(d.merged_into, d.development_id) as "development_id!", t.change_id
           from told t join development d using (development_id)
           where t.subscriber_id = any($1) and (d.development_id = any($2) or d.merged_into = any($2))"#,
        subscribers,
        &ids
    )
    .fetch_all(db)
    .await
    .context("reading what subscribers were told")?;
    let mut told: HashMap<i64, Told> = HashMap::new();
    for row in rows {
        told.entry(row.subscriber_id).or_default().insert((DevelopmentId(row.development_id), row.change_id));
    }
    Ok(told)
}

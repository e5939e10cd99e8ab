//! Developments that turn out to be one: reports move, and what was told of either stays told.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::model::DevelopmentId;
use crate::store::stories;

/// Reports that belong to another development than was thought.
#[derive(Debug, Clone, Copy)]
pub struct Moved<'a> {
    /// Where they are.
    pub from: DevelopmentId,
    /// Where they belong.
    pub to: DevelopmentId,
    /// When their articles were published.
    pub published: DateTime<Utc>,
    /// Who published them.
    pub outlet: &'a str,
    /// Their evidence.
    pub evidence: &'a str,
}

/// Moves reports with their changes and tolls; what they were told as stays.
pub async fn move_reports(tx: &mut PgConnection, moved: &Moved<'_>) -> Result<()> {
    let reports = sqlx::query_scalar!(
        "update report r set development_id = $2
         from article a
         where a.article_id = r.article_id and r.development_id = $1 and r.reported_at = $3 and r.evidence = $4
           and a.outlet = $5
           and not exists (select from report t where t.development_id = $2 and t.article_id = r.article_id)
         returning r.report_id",
        moved.from.0,
        moved.to.0,
        moved.published,
        moved.evidence,
        moved.outlet
    )
    .fetch_all(&mut *tx)
    .await
    .with_context(|| format!("moving reports from development {} to {}", moved.from, moved.to))?;
    follow(tx, &reports, moved.from, moved.to).await?;
    // A change that was told is told, wherever it belongs now.
    sqlx::query!(
        "update told set development_id = $2
         where development_id = $3 and change_id in (select change_id from change where report_id = any($1))",
        &reports,
        moved.to.0,
        moved.from.0
    )
    .execute(tx)
    .await
    .with_context(|| format!("moving what was told to development {}", moved.to))?;
    Ok(())
}

/// Counts a development as told to all who were told the one that its reports stood under.
pub async fn told_as(tx: &mut PgConnection, from: DevelopmentId, to: DevelopmentId) -> Result<()> {
    sqlx::query!(
        "insert into told (subscriber_id, development_id, change_id, digest_id)
         select subscriber_id, $2, change_id, digest_id from told where development_id = $1 and change_id = 0
         on conflict do nothing",
        from.0,
        to.0
    )
    .execute(tx)
    .await
    .with_context(|| format!("counting development {to} as told with {from}"))?;
    Ok(())
}

/// Makes two developments one: all of the younger is the older's from now on, what was told of it included.
///
/// Where an article reports both, its report of the older stands for it; the other's changes and tolls follow.
pub async fn merge(tx: &mut PgConnection, from: DevelopmentId, into: DevelopmentId) -> Result<()> {
    let reports = sqlx::query_scalar!("select report_id from report where development_id = $1", from.0)
        .fetch_all(&mut *tx)
        .await
        .with_context(|| format!("finding the reports of development {from}"))?;
    sqlx::query!(
        "update report r set development_id = $2
         where r.development_id = $1
           and not exists (select from report t where t.development_id = $2 and t.article_id = r.article_id)",
        from.0,
        into.0
    )
    .execute(&mut *tx)
    .await
    .with_context(|| format!("merging development {from} into {into}"))?;
    follow(tx, &reports, from, into).await?;
    // One that had taken in others hands them on; keys find what is left of it no more.
    sqlx::query!(
        "update development set merged_into = $2, keys = case when development_id = $1 then '{}' else keys end
         where development_id = $1 or merged_into = $1",
        from.0,
        into.0
    )
    .execute(&mut *tx)
    .await
    .with_context(|| format!("closing development {from}"))?;
    // What was wrong is wrong, whatever it is part of now.
    sqlx::query!(
        "update development i set withdrawn_at = coalesce(i.withdrawn_at, f.withdrawn_at),
             withdrawn_why = coalesce(i.withdrawn_why, f.withdrawn_why)
         from development f
         where i.development_id = $2 and f.development_id = $1 and f.withdrawn_at is not null",
        from.0,
        into.0
    )
    .execute(&mut *tx)
    .await
    .with_context(|| format!("taking back development {into} with {from}"))?;
    stories::merged(tx, from, into).await
}

/// Changes and tolls follow their reports.
async fn follow(
    tx: &mut PgConnection,
    reports: &[i64],
    from: DevelopmentId,
    to: DevelopmentId,
) -> Result<()> {
    if reports.is_empty() {
        return Ok(());
    }
    sqlx::query!("update change set development_id = $2 where report_id = any($1)", reports, to.0)
        .execute(&mut *tx)
        .await
        .with_context(|| format!("moving changes to development {to}"))?;
    // Of two tolls of one outlet the later published stands.
    sqlx::query!(
        "insert into toll (development_id, outlet, field, value, at_least, report_id)
         select $3, outlet, field, value, at_least, report_id from toll
         where development_id = $2 and report_id = any($1)
         on conflict (development_id, outlet, field) do update
         set value = excluded.value, at_least = excluded.at_least, report_id = excluded.report_id
         where (select reported_at from report where report_id = toll.report_id)
             < (select reported_at from report where report_id = excluded.report_id)",
        reports,
        from.0,
        to.0
    )
    .execute(&mut *tx)
    .await
    .with_context(|| format!("moving tolls to development {to}"))?;
    sqlx::query!("delete from toll where development_id = $2 and report_id = any($1)", reports, from.0)
        .execute(tx)
        .await
        .with_context(|| format!("clearing tolls of development {from}"))?;
    Ok(())
}

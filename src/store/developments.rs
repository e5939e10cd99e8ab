//! Developments, their reports, changes and tolls.

mod dossier;
mod merges;
mod unread;

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::model::{Actor, Change, Development, DevelopmentId, Mention, Relation, Trace};

pub use dossier::{Dossier, Filed, dossiers};
pub use merges::{Moved, merge, move_reports, told_as};
pub(super) use unread::READER_LOCK;
pub use unread::{Replayed, Unread, claim, insert_replayed, mark_read};

/// Candidates that one article is compared with at most, the last reported first.
const MOST_CANDIDATES: i64 = 400;

/// A development that a mention may belong to.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its facts.
    pub facts: Development,
    /// The article has told it in this version or an older one.
    pub told_here: bool,
}

/// Developments under any of the keys, and those that an older version of the article told, by id.
///
/// The keys stand in a subquery, so that the planner does not see them: it would take each for one that many rows
/// have, and read the whole table.
pub async fn candidates(tx: &mut PgConnection, keys: &[String], article_id: i64) -> Result<Vec<Candidate>> {
    let rows = sqlx::query!(
        r#"with told as (select distinct development_id from report where article_id = $2),
           keyed as (
               select development_id from development
               where keys && (select $1::text[]) and merged_into is null
               order by last_reported_at desc, development_id desc
               limit $3)
           select d.development_id, d.facts as "facts: Json<Development>",
                  exists (select from told t where t.development_id = d.development_id) as "told_here!"
           from development d
           where d.development_id in (select development_id from told union select development_id from keyed)
           order by d.development_id"#,
        keys,
        article_id,
        MOST_CANDIDATES
    )
    .fetch_all(tx)
    .await
    .context("searching candidate developments")?;
    Ok(rows
        .into_iter()
        .map(|row| Candidate {
            facts: Development { id: DevelopmentId(row.development_id), ..row.facts.0 },
            told_here: row.told_here,
        })
        .collect())
}

/// Persons with a country, in developments under any of the keys: the last reported 400 of these.
pub async fn persons(tx: &mut PgConnection, keys: &[String]) -> Result<Vec<Actor>> {
    if keys.is_empty() {
        return Ok(vec![]);
    }
    sqlx::query_scalar!(
        r#"select distinct actor as "actor!: Json<Actor>"
           from (select facts from development
                 where keys && (select $1::text[]) and merged_into is null
                 order by last_reported_at desc, development_id desc
                 limit $2) d,
                jsonb_array_elements(d.facts -> 'actors' || coalesce(d.facts -> 'speaker', '[]')) actor
           where actor ->> 'role' = 'person' and actor ->> 'country' is not null
           order by 1"#,
        keys,
        MOST_CANDIDATES
    )
    .fetch_all(tx)
    .await
    .map(|rows| rows.into_iter().map(|row| row.0).collect())
    .context("searching for whom persons act")
}

/// What one outlet said of a toll, last.
#[derive(Debug, Clone)]
pub struct OutletToll {
    /// Of which development.
    pub development_id: i64,
    /// The publisher.
    pub outlet: String,
    /// `killed` or `wounded`.
    pub field: String,
    /// The number.
    pub value: i32,
    /// When that was published.
    pub published: DateTime<Utc>,
}

/// The tolls that outlets gave for these developments.
pub async fn tolls(tx: &mut PgConnection, of: &[DevelopmentId]) -> Result<Vec<OutletToll>> {
    let ids: Vec<i64> = of.iter().map(|id| id.0).collect();
    sqlx::query_as!(
        OutletToll,
        r#"select t.development_id, t.outlet, t.field, t.value,
                  r.reported_at as published
           from toll t join report r using (report_id)
           where t.development_id = any($1)
           order by t.development_id, t.outlet, t.field"#,
        &ids
    )
    .fetch_all(tx)
    .await
    .context("reading tolls")
}

/// Stores a development's facts: inserts it if its id is below 1. Returns its id.
pub async fn save(
    tx: &mut PgConnection,
    facts: &Development,
    keys: &[String],
    now: DateTime<Utc>,
) -> Result<DevelopmentId> {
    let (from, to) = facts.when.as_ref().map_or((None, None), |w| (Some(w.from), Some(w.to.max(w.from))));
    if facts.id.0 < 1 {
        let id = sqlx::query_scalar!(
            "insert into development (kind, status, date_from, date_to, facts, keys, background,
                                      first_reported_at, last_reported_at, found_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             returning development_id",
            facts.kind.as_str(),
            facts.status.as_str(),
            from,
            to,
            Json(facts) as _,
            keys,
            facts.background,
            facts.first_reported,
            facts.last_reported,
            now
        )
        .fetch_one(tx)
        .await
        .context("inserting a development")?;
        return Ok(DevelopmentId(id));
    }
    // One that was context until now is found now: that is what a window of editions asks for.
    sqlx::query!(
        "update development
         set status = $2, date_from = $3, date_to = $4, facts = $5, keys = $6,
             found_at = case when background and not $7 then $10 else found_at end,
             background = $7, first_reported_at = $8, last_reported_at = $9
         where development_id = $1",
        facts.id.0,
        facts.status.as_str(),
        from,
        to,
        Json(facts) as _,
        keys,
        facts.background,
        facts.first_reported,
        facts.last_reported,
        now
    )
    .execute(tx)
    .await
    .with_context(|| format!("updating development {}", facts.id))?;
    Ok(facts.id)
}

/// What an article version says of a development.
#[derive(Debug)]
pub struct NewReport<'a> {
    /// The development.
    pub development: DevelopmentId,
    /// The article.
    pub article_id: i64,
    /// Its version.
    pub version: i32,
    /// Its publisher.
    pub outlet: &'a str,
    /// When it was published.
    pub published: DateTime<Utc>,
    /// Relation to what was known.
    pub relation: Relation,
    /// The mention whose evidence stands for the report.
    pub mention: &'a Mention,
    /// What it changes.
    pub changes: &'a [Change],
    /// Field (`killed`, `wounded`), number, whether it is a lower bound.
    pub tolls: Vec<(&'static str, u32, bool)>,
    /// Why it was linked or not.
    pub why: &'a str,
    /// How well it fits.
    pub score: f32,
    /// Each mention, and what it was weighed against.
    pub traces: &'a [Trace],
}

/// Stores a report with its changes and tolls.
pub async fn report(tx: &mut PgConnection, report: &NewReport<'_>, now: DateTime<Utc>) -> Result<()> {
    let id = sqlx::query_scalar!(
        "insert into report (development_id, article_id, version, relation, evidence, mention, why, score,
                             reported_at, found_at, trace)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         returning report_id",
        report.development.0,
        report.article_id,
        report.version,
        report.relation.as_str(),
        report.mention.evidence,
        Json(report.mention) as _,
        report.why,
        report.score,
        report.published,
        now,
        Json(report.traces) as _
    )
    .fetch_one(&mut *tx)
    .await
    .with_context(|| {
        format!("inserting the report of development {} by article {}", report.development, report.article_id)
    })?;
    for change in report.changes {
        sqlx::query!(
            "insert into change (development_id, report_id, field, was, now, found_at)
             values ($1, $2, $3, $4, $5, $6)",
            report.development.0,
            id,
            change.field,
            change.was,
            change.now,
            now
        )
        .execute(&mut *tx)
        .await
        .with_context(|| format!("inserting a change of development {}", report.development))?;
    }
    for (field, value, at_least) in &report.tolls {
        // An older article that is read late says nothing of what its outlet says last.
        sqlx::query!(
            "insert into toll (development_id, outlet, field, value, at_least, report_id)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (development_id, outlet, field) do update
             set value = excluded.value, at_least = excluded.at_least, report_id = excluded.report_id
             where (select reported_at from report where report_id = toll.report_id) <= $7",
            report.development.0,
            report.outlet,
            field,
            i32::try_from(*value).unwrap_or(i32::MAX),
            at_least,
            id,
            report.published
        )
        .execute(&mut *tx)
        .await
        .with_context(|| format!("recording a toll of development {}", report.development))?;
    }
    Ok(())
}

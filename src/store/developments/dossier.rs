//! Everything that was said of a development, for a person to trace a line.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use sqlx::PgPool;
use sqlx::types::Json;

use crate::model::{Change, Development, DevelopmentId, Mention, Trace};

/// A development with everything that was said of it.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// Its facts.
    pub facts: Development,
    /// When an admin marked it as wrong, and why.
    pub withdrawn: Option<(DateTime<Utc>, Option<String>)>,
    /// Its reports, in the order in which they were read.
    pub reports: Vec<Filed>,
}

/// One report of a dossier.
#[derive(Debug, Clone)]
pub struct Filed {
    /// The article's id in the file that it was replayed from, or else its URL.
    pub article: String,
    /// Its publisher.
    pub outlet: String,
    /// When it was published.
    pub published: DateTime<Utc>,
    /// `new`, `update` or `repeat`.
    pub relation: String,
    /// The literal words.
    pub evidence: String,
    /// The mention that was compared.
    pub mention: Mention,
    /// Why it was linked or not.
    pub why: String,
    /// How well it fits.
    pub score: f32,
    /// Each mention, and what it was weighed against.
    pub traces: Vec<Trace>,
    /// Where the article is to be read; `None` if it was replayed from a file.
    pub url: Option<String>,
    /// What it changed.
    pub changes: Vec<Change>,
}

/// Dossiers in the order of their ids: of one development, or of what it was merged into; or of all.
pub async fn dossiers(db: &PgPool, of: Option<DevelopmentId>) -> Result<Vec<Dossier>> {
    let only = match of {
        // One that was merged is told with what it was merged into.
        Some(id) => Some(
            sqlx::query_scalar!(
                r#"select coalesce(merged_into, development_id) as "id!" from development where development_id = $1"#,
                id.0
            )
            .fetch_optional(db)
            .await
            .context("looking for a development")?
            .unwrap_or(id.0),
        ),
        None => None,
    };
    let mut dossiers: Vec<Dossier> = sqlx::query!(
        r#"select development_id, facts as "facts: Json<Development>", withdrawn_at, withdrawn_why
           from development
           where merged_into is null and ($1::bigint is null or development_id = $1)
           order by development_id"#,
        only
    )
    .fetch_all(db)
    .await
    .context("reading developments")?
    .into_iter()
    .map(|row| Dossier {
        facts: Development { id: DevelopmentId(row.development_id), ..row.facts.0 },
        withdrawn: row.withdrawn_at.map(|at| (at, row.withdrawn_why)),
        reports: vec![],
    })
    .collect();
    let reports = sqlx::query!(
        r#"select r.development_id, coalesce(a.external_id, a.url) as "article!", a.outlet,
                  case when a.external_id is null then a.url end as url, r.trace as "trace: Json<Vec<Trace>>",
                  r.reported_at, r.relation, r.evidence, r.mention as "mention: Json<Mention>", r.why, r.score,
                  coalesce((select jsonb_agg(jsonb_build_object('field', c.field, 'was', c.was, 'now', c.now)
                                             order by c.change_id)
                            from change c where c.report_id = r.report_id), '[]') as "changes!: Json<Vec<Change>>"
           from report r join article a using (article_id)
           where $1::bigint is null or r.development_id = $1
           order by r.development_id, r.report_id"#,
        only
    )
    .fetch_all(db)
    .await
    .context("reading reports")?;
    for row in reports {
        let Ok(at) = dossiers.binary_search_by_key(&row.development_id, |d| d.facts.id.0) else { continue };
        dossiers[at].reports.push(Filed {
            article: row.article,
            outlet: row.outlet,
            published: row.reported_at,
            relation: row.relation,
            evidence: row.evidence,
            mention: row.mention.0,
            why: row.why,
            score: row.score,
            traces: row.trace.0,
            url: row.url,
            changes: row.changes.0,
        });
    }
    Ok(dossiers)
}

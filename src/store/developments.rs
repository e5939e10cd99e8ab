//! Developments, their reports, changes and tolls; and the queue of articles to be read.
//!
//! The one transaction that reads an article holds the lock from `claim` to its commit: articles are compared
//! one after the other, in the order of publication, whatever number of processes share the database.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{PgConnection, PgPool};

use crate::model::{Actor, Change, Development, DevelopmentId, Mention, Relation, Trace};

/// The number of the advisory lock that one reader holds at a time.
const READER_LOCK: i64 = 0x7469_6469_6e67_0001;
/// Candidates that one article is compared with at most, the last reported first.
const MOST_CANDIDATES: i64 = 400;

/// An article version that waits to be read.
#[derive(Debug, Clone)]
pub struct Unread {
    /// The article.
    pub article_id: i64,
    /// Its newest version.
    pub version: i32,
    /// Its publisher.
    pub outlet: String,
    /// Headline.
    pub title: Option<String>,
    /// Body.
    pub text: String,
    /// ISO 639-1 code, if known.
    pub language: Option<String>,
    /// Publication time.
    pub published_at: DateTime<Utc>,
}

/// Takes the oldest unread article; no other reader proceeds before the transaction ends.
pub async fn claim(tx: &mut PgConnection) -> Result<Option<Unread>> {
    // All queries of this transaction are short; where the planner takes one for a long one, compiling it or
    // starting workers would cost a hundred times more than running it.
    sqlx::query!(
        "select pg_advisory_xact_lock($1) as lock,
                set_config('jit', 'off', true) as jit,
                set_config('max_parallel_workers_per_gather', '0', true) as workers",
        READER_LOCK
    )
    .fetch_one(&mut *tx)
    .await
    .context("waiting for the reader's lock")?;
    sqlx::query_as!(
        Unread,
        r#"select a.article_id, a.version, a.outlet, v.title, v.text, v.language, a.published_at
           from article a join article_version v on v.article_id = a.article_id and v.version = a.version
           where a.read_version is distinct from a.version
           order by a.published_at, a.article_id
           limit 1"#
    )
    .fetch_optional(tx)
    .await
    .context("claiming the oldest unread article")
}

/// Records that a version was read.
pub async fn mark_read(
    tx: &mut PgConnection,
    article_id: i64,
    version: i32,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update article set read_version = $2, read_at = $3 where article_id = $1",
        article_id,
        version,
        now
    )
    .execute(tx)
    .await
    .with_context(|| format!("marking article {article_id} as read"))?;
    Ok(())
}

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
    super::stories::merged(tx, from, into).await
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

/// A development with everything that was said of it.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// Its facts.
    pub facts: Development,
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
        r#"select development_id, facts as "facts: Json<Development>" from development
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

/// An article from a file, to be read as if it had been scraped.
#[derive(Debug, Clone)]
pub struct Replayed {
    /// Its id in the file.
    pub id: String,
    /// Its publisher.
    pub outlet: String,
    /// When it was published.
    pub published: DateTime<Utc>,
    /// Headline.
    pub title: Option<String>,
    /// Body.
    pub text: String,
    /// ISO 639-1 code, if it could be told.
    pub language: Option<String>,
}

/// Stores articles of a file, in their order, in one transaction; all are unread.
pub async fn insert_replayed(db: &PgPool, articles: &[Replayed], now: DateTime<Utc>) -> Result<()> {
    let mut tx = db.begin().await.context("starting a transaction")?;
    for article in articles {
        sqlx::query!(
            "with stored as (
                 insert into article (url, outlet, external_id, published_at, first_seen_at)
                 values ('replay:' || $1, $2, $1, $3, $7)
                 returning article_id)
             insert into article_version (article_id, version, title, text, text_kind, language, fetched_at)
             select article_id, 1, $4, $5, 'page', $6, $7 from stored",
            article.id,
            article.outlet,
            article.published,
            article.title,
            article.text,
            article.language,
            now
        )
        .execute(&mut *tx)
        .await
        .with_context(|| format!("storing article {}", article.id))?;
    }
    tx.commit().await.context("storing the replayed articles")
}

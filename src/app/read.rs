//! Reads the next stored article and compares it with what is known.
//!
//! One transaction an article: claimed, read, compared, stored, marked as read. A crash leaves it unread and
//! nothing half told. Articles are taken by publication, one at a time, so each sees what came before it. One
//! that breaks the comparing or that the database refuses is left without mentions, or it would hold up the rest.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{Acquire, PgConnection, PgPool};
use tokio::task::{JoinError, spawn_blocking};

use super::stories;
use crate::clock::Clock;
use crate::compare::{self, Comparison, Known, TollField};
use crate::model::{Article, DevelopmentId, Mention};
use crate::read::{Reader, language};
use crate::store::developments::{self as store, NewReport, Unread};
use crate::store::stats::{self, InLanguage};

/// What one step of reading did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// An article was read.
    Read {
        /// Its id.
        article: i64,
        /// The mentions found in it.
        mentions: usize,
    },
    /// Nothing waits to be read.
    Empty,
}

/// Reads and compares the oldest unread article version.
pub async fn read_next(db: &PgPool, reader: &Arc<Reader>, clock: &Clock) -> Result<Outcome> {
    let mut tx = db.begin().await.context("starting a transaction")?;
    let Some(unread) = store::claim(&mut tx).await? else { return Ok(Outcome::Empty) };
    // Only now: another reader may have been waited for, and editions look no further back than for what is found.
    let now = clock.now();
    let (article_id, version) = (unread.article_id, unread.version);
    let mentions = mentions(&unread, Arc::clone(reader)).await;
    let mut found = mentions.len();
    if found > 0 {
        let mut told = try_to_tell(&mut tx, &unread, mentions.clone(), now).await;
        if told.as_ref().is_err_and(is_of_what_went) {
            told = try_to_tell(&mut tx, &unread, mentions, now).await;
        }
        match told {
            Ok(()) => {}
            Err(error) if is_of_the_article(&error) => {
                tracing::error!(
                    article = article_id,
                    "not compared; article left without mentions: {error:#}"
                );
                found = 0;
            }
            Err(error) => return Err(error.context(format!("comparing article {article_id}"))),
        }
    }
    store::mark_read(&mut tx, article_id, version, now).await?;
    tx.commit().await.with_context(|| format!("storing what article {article_id} says"))?;
    Ok(Outcome::Read { article: article_id, mentions: found })
}

/// Tells what an article says, or nothing of it.
async fn try_to_tell(
    tx: &mut PgConnection,
    unread: &Unread,
    mentions: Vec<Mention>,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut attempt = tx.begin().await.context("starting to compare an article")?;
    match tell(&mut attempt, unread, mentions, now).await {
        Ok(()) => attempt.commit().await.with_context(|| format!("telling article {}", unread.article_id)),
        Err(error) => {
            if is_of_the_article(&error) {
                let article = unread.article_id;
                attempt.rollback().await.with_context(|| format!("forgetting article {article}"))?;
            }
            Err(error)
        }
    }
}

/// Whether something that it refers to was deleted meanwhile, as a chat that was told; the next look does not see it.
fn is_of_what_went(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| match cause.downcast_ref::<sqlx::Error>() {
        Some(sqlx::Error::Database(refused)) => refused.is_foreign_key_violation(),
        _ => false,
    })
}

/// Whether the same article would fail again: its data was refused, or it broke the comparing.
///
/// All else, as a lost connection or a full disk, may be over at the next try.
fn is_of_the_article(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let panicked = cause.downcast_ref::<JoinError>().is_some_and(JoinError::is_panic);
        panicked
            || match cause.downcast_ref::<sqlx::Error>() {
                // Data exception, integrity constraint, program limit.
                Some(sqlx::Error::Database(refused)) => refused
                    .code()
                    .is_some_and(|code| ["22", "23", "54"].iter().any(|class| code.starts_with(class))),
                Some(sqlx::Error::ColumnDecode { .. } | sqlx::Error::Encode(_)) => true,
                _ => false,
            }
    })
}

/// Days over which what could not be read is counted.
const COUNTED_DAYS: i64 = 30;

/// What was stored but not read for its language: a line a source and language.
///
/// # Errors
/// The database fails.
pub async fn not_read(db: &PgPool, now: DateTime<Utc>) -> Result<Vec<String>> {
    let languages = stats::languages(db, now - TimeDelta::days(COUNTED_DAYS)).await?;
    let unread = languages.into_iter().filter(|l| !language::is_read(&l.language));
    Ok(unread
        .map(|l| {
            let InLanguage { source, language: code, articles, of } = l;
            let (name, are) = (language::name(&code), if articles == 1 { "is" } else { "are" });
            format!(
                "{articles} of {of} articles of {source} in {COUNTED_DAYS} days {are} in {name}: not read"
            )
        })
        .collect())
}

/// The article's mentions; none in a language that can't be read.
async fn mentions(unread: &Unread, reader: Arc<Reader>) -> Vec<Mention> {
    if unread.language.as_deref().is_some_and(|code| !language::is_read(code)) {
        return vec![];
    }
    let article = Article {
        outlet: unread.outlet.clone(),
        title: unread.title.clone(),
        text: unread.text.clone(),
        published: unread.published_at,
    };
    // Off the runtime's threads, for a long text takes a while; and a text that breaks the reader must not
    // stop the queue for ever.
    match spawn_blocking(move || reader.read(&article)).await {
        Ok(mentions) => mentions,
        Err(error) => {
            tracing::error!(article = unread.article_id, %error, "reader failed; article left without mentions");
            vec![]
        }
    }
}

async fn tell(
    tx: &mut PgConnection,
    unread: &Unread,
    mentions: Vec<Mention>,
    now: DateTime<Utc>,
) -> Result<()> {
    // Off the runtime's threads as well, each step that may take long, and so that a panic ends this article alone.
    let published = unread.published_at;
    let (mut mentions, strangers) = spawn_blocking(move || {
        let strangers = compare::keys_of_strangers(&mentions, published);
        (mentions, strangers)
    })
    .await
    .context("finding what to look for")?;
    let persons = store::persons(tx, &strangers).await?;
    let (mentions, keys) = spawn_blocking(move || {
        compare::give_sides(&mut mentions, &persons);
        let mut keys: Vec<String> = mentions.iter().flat_map(|m| compare::keys(m, published)).collect();
        keys.sort_unstable();
        keys.dedup();
        (mentions, keys)
    })
    .await
    .context("finding what to compare with")?;
    let known = known(tx, &keys, unread.article_id).await?;
    let at = compare::Context { published, outlet: unread.outlet.clone() };
    let compared =
        spawn_blocking(move || compare::article(&mentions, &at, known)).await.context("comparing")?;
    store_compared(tx, unread, compared, now).await
}

/// Stores what an article brought: developments first, for reports move to them and merges name them.
async fn store_compared(
    tx: &mut PgConnection,
    unread: &Unread,
    compared: Comparison,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut stored: HashMap<DevelopmentId, DevelopmentId> = HashMap::new();
    let facts = compared.reports.iter().map(|report| &report.facts).chain(&compared.others);
    for facts in facts {
        let id = store::save(tx, facts, &compare::keys_of(facts), now).await?;
        stories::follow(tx, id, facts).await?;
        stored.insert(facts.id, id);
    }
    let of = |id: DevelopmentId| stored.get(&id).copied().unwrap_or(id);
    for moved in &compared.moves {
        let moved = store::Moved {
            from: of(moved.from),
            to: of(moved.to),
            published: moved.published,
            outlet: &moved.outlet,
            evidence: &moved.evidence,
        };
        store::move_reports(tx, &moved).await?;
        // All that it has was told under another name.
        if compared.others.iter().any(|facts| facts.id.0 < 1 && of(facts.id) == moved.to) {
            store::told_as(tx, moved.from, moved.to).await?;
        }
    }
    for merge in &compared.merges {
        store::merge(tx, of(merge.from), of(merge.into)).await?;
    }
    for mut report in compared.reports {
        report.traces.iter_mut().flat_map(|t| &mut t.tried).for_each(|t| t.development = of(t.development));
        let report = NewReport {
            development: of(report.facts.id),
            article_id: unread.article_id,
            version: unread.version,
            outlet: &unread.outlet,
            published: unread.published_at,
            relation: report.relation,
            mention: &report.mention,
            changes: &report.changes,
            tolls: report.tolls.iter().map(|(f, t)| (f.as_str(), t.value, t.at_least)).collect(),
            why: &report.why,
            score: report.score,
            traces: &report.traces,
        };
        store::report(tx, &report, now).await?;
    }
    Ok(())
}

async fn known(tx: &mut PgConnection, keys: &[String], article_id: i64) -> Result<Vec<Known>> {
    let candidates = store::candidates(tx, keys, article_id).await?;
    let ids: Vec<DevelopmentId> = candidates.iter().map(|c| c.facts.id).collect();
    let tolls = store::tolls(tx, &ids).await?;
    Ok(candidates
        .into_iter()
        .map(|c| Known {
            tolls: tolls
                .iter()
                .filter(|t| t.development_id == c.facts.id.0)
                .filter_map(|t| {
                    Some(compare::OutletToll {
                        outlet: t.outlet.clone(),
                        field: TollField::parse(&t.field)?,
                        value: u32::try_from(t.value).ok()?,
                        published: t.published,
                    })
                })
                .collect(),
            facts: c.facts,
            told_here: c.told_here,
        })
        .collect())
}

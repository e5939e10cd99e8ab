//! Reads the next stored article and compares it with what is known.
//!
//! One transaction an article: claimed, read, compared, stored, marked as read. A crash leaves it unread and
//! nothing half told. Articles are taken by publication, one at a time, so each sees what came before it.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};

use crate::compare::{self, Known, TollField};
use crate::model::{Article, DevelopmentId, Mention};
use crate::store::developments::{self as store, NewReport, Unread};

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
pub async fn read_next(db: &PgPool, now: DateTime<Utc>) -> Result<Outcome> {
    let mut tx = db.begin().await.context("starting a transaction")?;
    let Some(unread) = store::claim(&mut tx).await? else { return Ok(Outcome::Empty) };
    let (article_id, version) = (unread.article_id, unread.version);
    let mentions = mentions(&unread).await;
    let found = mentions.len();
    if found > 0 {
        tell(&mut tx, &unread, mentions, now)
            .await
            .with_context(|| format!("comparing article {article_id}"))?;
    }
    store::mark_read(&mut tx, article_id, version, now).await?;
    tx.commit().await.with_context(|| format!("storing what article {article_id} says"))?;
    Ok(Outcome::Read { article: article_id, mentions: found })
}

/// The article's mentions; none in a language that can't be read.
async fn mentions(unread: &Unread) -> Vec<Mention> {
    if unread.language.as_deref().is_some_and(|code| !code.starts_with("en")) {
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
    match tokio::task::spawn_blocking(move || crate::read::read(&article)).await {
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
    mut mentions: Vec<Mention>,
    now: DateTime<Utc>,
) -> Result<()> {
    let strangers = compare::keys_of_strangers(&mentions, unread.published_at);
    compare::give_sides(&mut mentions, &store::persons(tx, &strangers).await?);
    let mut keys: Vec<String> = mentions.iter().flat_map(|m| compare::keys(m, unread.published_at)).collect();
    keys.sort_unstable();
    keys.dedup();
    let known = known(tx, &keys, unread.article_id).await?;
    let at = compare::Context { published: unread.published_at, outlet: unread.outlet.clone() };
    for report in compare::article(&mentions, &at, known) {
        let id = store::save(tx, &report.facts, &compare::keys_of(&report.facts), now).await?;
        let report = NewReport {
            development: id,
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

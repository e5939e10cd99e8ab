//! Entries whose pages are wanted, and the articles made of them: once per canonical URL, with versions.

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{PgConnection, PgPool};

use super::sources::clean;
use crate::model::Wording;

/// An entry whose page is to be fetched.
#[derive(Debug, Clone)]
pub struct WantedPage {
    /// The entry's id.
    pub entry_id: i64,
    /// How often it was edited before.
    pub revision: i32,
    /// The source's name.
    pub source: String,
    /// What the source is: `feed`, `channel`, …
    pub kind: String,
    /// The source's publisher.
    pub outlet: String,
    /// The page.
    pub link: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Summary.
    pub summary: Option<String>,
    /// When the source says it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// Who it is by, where the source says so.
    pub author: Option<String>,
    /// When it was first listed.
    pub seen_at: DateTime<Utc>,
    /// Attempts on its page that failed.
    pub attempts: i32,
    /// The URL of the article that was made of it already.
    pub article_url: Option<String>,
}

impl WantedPage {
    /// What tells it from the same entry after another edit.
    pub fn claim(&self) -> Claim {
        Claim { entry_id: self.entry_id, revision: self.revision }
    }
}

/// An entry as it was when its page was claimed: an edit that comes meanwhile is not yet read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The entry's id.
    pub entry_id: i64,
    /// How often it was edited before.
    pub revision: i32,
}

/// Where an article's text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// Its page.
    Page,
    /// The source's summary, since the page could not be had.
    Summary,
}

/// An article to be stored.
#[derive(Debug, Clone)]
pub struct NewArticle {
    /// Canonical URL.
    pub url: String,
    /// What it is known by: the same for its twins for other devices.
    pub key: String,
    /// Publisher.
    pub outlet: String,
    /// Headline; title and text are not both empty.
    pub title: Option<String>,
    /// Body.
    pub text: String,
    /// What tells headline and text from others.
    pub wording: Wording,
    /// Where the text comes from.
    pub kind: TextKind,
    /// ISO 639-1 code, if known.
    pub language: Option<String>,
    /// Byline.
    pub author: Option<String>,
    /// Publication time, or first seen.
    pub published_at: DateTime<Utc>,
}

/// What is to become of an entry's page.
#[derive(Debug, Clone)]
pub enum PageState {
    /// It was read.
    Had,
    /// It is tried again.
    Again {
        /// What went wrong.
        error: String,
        /// Not before this.
        at: DateTime<Utc>,
    },
    /// It was not asked for, which is no attempt.
    PutOff {
        /// It is tried then.
        at: DateTime<Utc>,
    },
    /// It is not tried any more.
    GivenUp {
        /// What went wrong the last time.
        error: String,
    },
}

/// What storing an article came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// A new article.
    New,
    /// A new version of a known one: to be read again.
    Version,
    /// Nothing that was not there.
    Known,
}

/// No page is put off for longer than a day, and an hour more for an edit: what is not due for longer was put off by a
/// clock that has been put back since.
const LONGEST: TimeDelta = TimeDelta::hours(26);

/// Takes entries whose pages are due, of the given sources or of all active ones; nobody else gets them before
/// `until`.
pub async fn claim_pages(
    db: &PgPool,
    sources: Option<&[i64]>,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<WantedPage>> {
    sqlx::query_as!(
        WantedPage,
        r#"with due as (
               select entry_id from entry join source using (source_id)
               where page_state = 'wanted' and (page_not_before <= $2 or page_not_before > $5)
                 and (source_id = any($1) or ($1::bigint[] is null and not paused and removed_at is null))
               order by page_not_before, entry_id
               limit $4
               for update of entry skip locked
           )
           update entry e set page_not_before = $3
           from due, source s
           where e.entry_id = due.entry_id and s.source_id = e.source_id
           returning e.entry_id, e.revision, s.name as source, s.type as kind, s.outlet, e.link, e.author, e.title,
                     e.summary, e.published_at, e.seen_at, e.page_attempts as attempts,
                     (select url from article a where a.article_id = e.article_id) as article_url"#,
        sources,
        now,
        until,
        limit,
        now + LONGEST,
    )
    .fetch_all(db)
    .await
    .context("claiming wanted pages")
}

/// Attaches the entry to an article that was read from this URL already, or from a twin's by its key.
///
/// `false`: there is none, or it is the entry's own, whose page is wanted again.
pub async fn attach(db: &PgPool, claim: Claim, url: &str, key: &str) -> Result<bool> {
    let done = sqlx::query!(
        "update entry set article_id = a.article_id, page_error = null,
             page_state = case when revision = $4 then 'had' else page_state end
         from article a join article_version v on v.article_id = a.article_id and v.version = a.version
         where entry_id = $1 and (a.url = $2 or a.key = $3) and v.text_kind = 'page'
           and entry.article_id is distinct from a.article_id",
        claim.entry_id,
        url,
        key,
        claim.revision,
    )
    .execute(db)
    .await
    .with_context(|| format!("looking for an article of entry {}", claim.entry_id))?;
    Ok(done.rows_affected() > 0)
}

/// Stores an entry's article and what becomes of its page, in one transaction.
pub async fn store(
    db: &PgPool,
    claim: Claim,
    article: &NewArticle,
    page: &PageState,
    now: DateTime<Utc>,
) -> Result<Stored> {
    let mut tx = db.begin().await.context("storing an article")?;
    let (article_id, stored) = upsert(&mut tx, claim.entry_id, article, now)
        .await
        .with_context(|| format!("storing the article of entry {}", claim.entry_id))?;
    set_page(&mut tx, claim, Some(article_id), page).await?;
    tx.commit().await.context("storing an article")?;
    Ok(stored)
}

/// Records what becomes of an entry's page of which nothing can be stored.
pub async fn record_page(db: &PgPool, claim: Claim, page: &PageState) -> Result<()> {
    let mut connection = db.acquire().await.context("recording a page")?;
    set_page(&mut connection, claim, None, page).await
}

/// The number of the advisory lock under which texts are put beside others, one after the other: or of two copies
/// that come at one time neither would find the other.
const WORDING_LOCK: i64 = 0x7469_6469_6e67_0002;

async fn upsert(
    tx: &mut PgConnection,
    entry_id: i64,
    article: &NewArticle,
    now: DateTime<Utc>,
) -> Result<(i64, Stored)> {
    if !article.wording.prints.is_empty() {
        sqlx::query!("select pg_advisory_xact_lock($1) as lock", WORDING_LOCK).fetch_one(&mut *tx).await?;
    }
    // An article made of the summary, under the feed's link, may turn out to have another canonical URL.
    sqlx::query!(
        "update article a set url = $2, key = $3 from entry e
         where e.entry_id = $1 and a.article_id = e.article_id and a.key is distinct from $3
           and not exists (select from article other
                           where (other.url = $2 or other.key = $3) and other.article_id <> a.article_id)",
        entry_id,
        article.url,
        article.key,
    )
    .execute(&mut *tx)
    .await?;
    if let Some(id) = listed_anew(tx, article, now).await? {
        return Ok((id, Stored::Known));
    }
    let inserted = sqlx::query_scalar!(
        "insert into article (url, key, source_id, outlet, published_at, first_seen_at)
         select $2, $3, e.source_id, $4, $5, $6 from entry e where e.entry_id = $1
         on conflict do nothing
         returning article_id",
        entry_id,
        article.url,
        article.key,
        clean(&article.outlet),
        article.published_at,
        now,
    )
    .fetch_optional(&mut *tx)
    .await?;
    if let Some(id) = inserted {
        insert_version(tx, id, 1, article, now).await?;
        return Ok((id, Stored::New));
    }
    // Locked, so that two sources of one article make their versions one after the other.
    let known = sqlx::query!(
        "select article_id, version from article where url = $1 or key = $2 order by url = $1 desc limit 1 for update",
        article.url,
        article.key,
    )
    .fetch_one(&mut *tx)
    .await?;
    let latest = sqlx::query!(
        "select essence, text_kind from article_version where article_id = $1 and version = $2",
        known.article_id,
        known.version,
    )
    .fetch_one(&mut *tx)
    .await?;
    let is_page = latest.text_kind == "page";
    let same = latest.essence == Some(article.wording.essence);
    // A summary says nothing that a page does not say better.
    if (article.kind == TextKind::Summary && is_page)
        || (same && (is_page || article.kind == TextKind::Summary))
    {
        return Ok((known.article_id, Stored::Known));
    }
    let version = known.version + 1;
    insert_version(tx, known.article_id, version, article, now).await?;
    sqlx::query!("update article set version = $2 where article_id = $1", known.article_id, version)
        .execute(&mut *tx)
        .await?;
    Ok((known.article_id, Stored::Version))
}

/// The article that its outlet published at another URL before, word for word: re-dated, or moved.
async fn listed_anew(tx: &mut PgConnection, article: &NewArticle, now: DateTime<Utc>) -> Result<Option<i64>> {
    // A headline with hardly a text may be another day's.
    if article.wording.prints.is_empty() {
        return Ok(None);
    }
    let id = sqlx::query_scalar!(
        "select a.article_id from article_version v
         join article a on a.article_id = v.article_id and a.version = v.version
         where v.essence = $1 and v.fetched_at > $2 and a.outlet = $3
           and not exists (select from article known where known.url = $4 or known.key = $5)
         order by a.article_id limit 1",
        article.wording.essence,
        now - COPIES_WITHIN,
        clean(&article.outlet),
        article.url,
        article.key,
    )
    .fetch_optional(tx)
    .await?;
    Ok(id)
}

async fn insert_version(
    tx: &mut PgConnection,
    article_id: i64,
    version: i32,
    article: &NewArticle,
    now: DateTime<Utc>,
) -> Result<()> {
    let origin = origin(tx, &article.wording, now).await?;
    let kind = match article.kind {
        TextKind::Page => "page",
        TextKind::Summary => "summary",
    };
    sqlx::query!(
        "insert into article_version (article_id, version, origin_id, title, text, text_kind, language, author,
                                      fetched_at, essence, prints)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        article_id,
        version,
        origin,
        article.title.as_deref().map(clean),
        clean(&article.text),
        kind,
        article.language,
        article.author.as_deref().map(clean),
        now,
        article.wording.essence,
        &article.wording.prints,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into print (print, fetched_at, article_id, version) select print, $2, $3, $4 from unnest($1::bigint[]) print",
        article.wording.keys(),
        now,
        article_id,
        version,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("delete from print where fetched_at < $1", now - COPIES_WITHIN).execute(tx).await?;
    Ok(())
}

/// Copies of a text are published, and an article is listed anew, within so long.
const COPIES_WITHIN: TimeDelta = TimeDelta::days(30);
/// Texts that are looked at for each print, the newest: a phrase under all of an outlet's texts leads to no more.
const LOOKED_AT: i64 = 40;

/// The origin of a text: the same for every outlet that carries it, whole or cut, with a few words changed.
async fn origin(tx: &mut PgConnection, wording: &Wording, now: DateTime<Utc>) -> Result<Option<i64>> {
    if wording.prints.is_empty() {
        return Ok(None);
    }
    let alike = sqlx::query!(
        r#"select v.prints, v.origin_id as "origin_id!"
           from (select distinct found.article_id, found.version
                 from unnest($1::bigint[]) wanted (print)
                 cross join lateral (
                     select article_id, version from print p
                     where p.print = wanted.print and p.fetched_at > $2
                     order by fetched_at desc limit $3
                 ) found) found
           join article_version v on v.article_id = found.article_id and v.version = found.version
           where v.origin_id is not null
           order by v.fetched_at, v.article_id"#,
        wording.keys(),
        now - COPIES_WITHIN,
        LOOKED_AT,
    )
    .fetch_all(&mut *tx)
    .await?;
    if let Some(copy) = alike.iter().find(|text| wording.is_copy_of(&text.prints)) {
        return Ok(Some(copy.origin_id));
    }
    let id = sqlx::query_scalar!("insert into origin (first_seen_at) values ($1) returning origin_id", now)
        .fetch_one(tx)
        .await?;
    Ok(Some(id))
}

/// Of an entry that was edited since it was claimed the page is wanted again.
async fn set_page(
    connection: &mut PgConnection,
    claim: Claim,
    article_id: Option<i64>,
    page: &PageState,
) -> Result<()> {
    let (state, error, at) = match page {
        PageState::Had => ("had", None, None),
        PageState::Again { error, at } => ("wanted", Some(error), Some(*at)),
        PageState::PutOff { at } => ("wanted", None, Some(*at)),
        PageState::GivenUp { error } => ("given_up", Some(error), None),
    };
    sqlx::query!(
        "update entry set article_id = coalesce($2, article_id), page_error = $4,
             page_state = case when revision = $6 then $3 else 'wanted' end,
             page_not_before = coalesce($5, page_not_before),
             page_attempts = page_attempts + case when $4::text is null then 0 else 1 end
         where entry_id = $1",
        claim.entry_id,
        article_id,
        state,
        error.map(|error| clean(error)),
        at,
        claim.revision,
    )
    .execute(connection)
    .await
    .with_context(|| format!("recording the page of entry {}", claim.entry_id))?;
    Ok(())
}

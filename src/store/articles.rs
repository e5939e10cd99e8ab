//! Entries whose pages are wanted, and the articles made of them: once per canonical URL, with versions.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};

use super::sources::clean;

/// An entry whose page is to be fetched.
#[derive(Debug, Clone)]
pub struct WantedPage {
    /// The entry's id.
    pub entry_id: i64,
    /// Its source.
    pub source_id: i64,
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
    /// Canonical URL: its identity.
    pub url: String,
    /// Publisher.
    pub outlet: String,
    /// Headline; title and text are not both empty.
    pub title: Option<String>,
    /// Body.
    pub text: String,
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

/// Takes entries whose pages are due, of the given sources or of all; nobody else gets them before `until`.
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
               select entry_id from entry
               where page_state = 'wanted' and page_not_before <= $2 and ($1::bigint[] is null or source_id = any($1))
               order by page_not_before, entry_id
               limit $4
               for update skip locked
           )
           update entry e set page_not_before = $3
           from due, source s
           where e.entry_id = due.entry_id and s.source_id = e.source_id
           returning e.entry_id, e.source_id, s.name as source, s.type as kind, s.outlet, e.link, e.author, e.title, e.summary, e.published_at,
                     e.seen_at, e.page_attempts as attempts,
                     (select url from article a where a.article_id = e.article_id) as article_url"#,
        sources,
        now,
        until,
        limit,
    )
    .fetch_all(db)
    .await
    .context("claiming wanted pages")
}

/// Attaches the entry to an article that was read from this URL already. `false`: there is none, or it is
/// the entry's own, whose page is wanted again.
pub async fn attach(db: &PgPool, entry_id: i64, url: &str) -> Result<bool> {
    let done = sqlx::query!(
        "update entry set article_id = a.article_id, page_state = 'had', page_error = null
         from article a join article_version v on v.article_id = a.article_id and v.version = a.version
         where entry_id = $1 and a.url = $2 and v.text_kind = 'page' and entry.article_id is distinct from a.article_id",
        entry_id,
        url,
    )
    .execute(db)
    .await
    .with_context(|| format!("looking for an article of entry {entry_id}"))?;
    Ok(done.rows_affected() > 0)
}

/// Stores an entry's article and what becomes of its page, in one transaction.
pub async fn store(
    db: &PgPool,
    entry_id: i64,
    article: &NewArticle,
    page: &PageState,
    now: DateTime<Utc>,
) -> Result<Stored> {
    let mut tx = db.begin().await.context("storing an article")?;
    let (article_id, stored) = upsert(&mut tx, entry_id, article, now)
        .await
        .with_context(|| format!("storing the article of entry {entry_id}"))?;
    set_page(&mut tx, entry_id, Some(article_id), page).await?;
    tx.commit().await.context("storing an article")?;
    Ok(stored)
}

/// Records what becomes of an entry's page of which nothing can be stored.
pub async fn record_page(db: &PgPool, entry_id: i64, page: &PageState) -> Result<()> {
    let mut connection = db.acquire().await.context("recording a page")?;
    set_page(&mut connection, entry_id, None, page).await
}

async fn upsert(
    tx: &mut PgConnection,
    entry_id: i64,
    article: &NewArticle,
    now: DateTime<Utc>,
) -> Result<(i64, Stored)> {
    // An article made of the summary, under the feed's link, may turn out to have another canonical URL.
    sqlx::query!(
        "update article a set url = $2 from entry e
         where e.entry_id = $1 and a.article_id = e.article_id and a.url <> $2
           and not exists (select from article other where other.url = $2)",
        entry_id,
        article.url,
    )
    .execute(&mut *tx)
    .await?;
    let inserted = sqlx::query_scalar!(
        "insert into article (url, source_id, outlet, published_at, first_seen_at)
         select $2, e.source_id, $3, $4, $5 from entry e where e.entry_id = $1
         on conflict on constraint article_url_key do nothing
         returning article_id",
        entry_id,
        article.url,
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
    let known =
        sqlx::query!("select article_id, version from article where url = $1 for update", article.url)
            .fetch_one(&mut *tx)
            .await?;
    let latest = sqlx::query!(
        "select title, text, text_kind from article_version where article_id = $1 and version = $2",
        known.article_id,
        known.version,
    )
    .fetch_one(&mut *tx)
    .await?;
    let is_page = latest.text_kind == "page";
    let same = folded(&latest.text) == folded(&article.text)
        && latest.title.as_deref().map(folded) == article.title.as_deref().map(folded);
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

async fn insert_version(
    tx: &mut PgConnection,
    article_id: i64,
    version: i32,
    article: &NewArticle,
    now: DateTime<Utc>,
) -> Result<()> {
    let origin = origin(tx, article, now).await?;
    let kind = match article.kind {
        TextKind::Page => "page",
        TextKind::Summary => "summary",
    };
    sqlx::query!(
        "insert into article_version (article_id, version, origin_id, title, text, text_kind, language, author,
                                      fetched_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        article_id,
        version,
        origin,
        article.title.as_deref().map(clean),
        clean(&article.text),
        kind,
        article.language,
        article.author.as_deref().map(clean),
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Texts of fewer words are alike by chance.
const MIN_ORIGIN_WORDS: usize = 20;

/// The origin of a text: the same for every outlet that carries it word for word.
async fn origin(tx: &mut PgConnection, article: &NewArticle, now: DateTime<Utc>) -> Result<Option<i64>> {
    let folded = folded(&article.text);
    if folded.split(' ').count() < MIN_ORIGIN_WORDS {
        return Ok(None);
    }
    // The update changes nothing, but makes the row come back.
    let id = sqlx::query_scalar!(
        "insert into origin (fingerprint, first_seen_at) values (sha256(convert_to($1, 'UTF8')), $2)
         on conflict on constraint origin_fingerprint_key do update set fingerprint = excluded.fingerprint
         returning origin_id",
        folded,
        now,
    )
    .fetch_one(tx)
    .await?;
    Ok(Some(id))
}

/// A text's words in lower case: what does not change with typography.
fn folded(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

async fn set_page(
    connection: &mut PgConnection,
    entry_id: i64,
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
        "update entry set article_id = coalesce($2, article_id), page_state = $3, page_error = $4,
             page_not_before = coalesce($5, page_not_before),
             page_attempts = page_attempts + case when $4::text is null then 0 else 1 end
         where entry_id = $1",
        entry_id,
        article_id,
        state,
        error.map(|error| clean(error)),
        at,
    )
    .execute(connection)
    .await
    .with_context(|| format!("recording the page of entry {entry_id}"))?;
    Ok(())
}

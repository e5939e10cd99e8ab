//! Wanted pages to articles: many at once, each host at its own pace.

use std::collections::HashMap;

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use url::Url;

use super::failure::{Failure, Fault};
use super::{HELD, NOT_MODIFIED, due, get};
use crate::app::App;
use crate::app::outage::held;
use crate::model::{Page, SourceType};
use crate::read::language;
use crate::scrape::fetch::{Body, Validators};
use crate::scrape::{article, canonical, wording};
use crate::store::Trouble;
use crate::store::articles::{self, NewArticle, PageState, Stored, TextKind, WantedPage};
use crate::store::sources::LEASE;

/// Pages that are fetched at one time.
const AT_ONCE: usize = 16;
/// Pages tried in one round: the slowest ones are waited for at its end.
const ROUND: usize = 128;
/// A page whose host is to be left alone for longer than this is read by its summary meanwhile.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// What fetching pages came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pages {
    /// Pages tried.
    pub tried: usize,
    /// Articles that are new, or new versions.
    pub stored: usize,
    /// Pages that could not be had.
    pub failed: usize,
}

impl Pages {
    pub(super) fn add(&mut self, more: Pages) {
        self.tried += more.tried;
        self.stored += more.stored;
        self.failed += more.failed;
    }
}

/// What a round came to.
#[derive(Debug, Default)]
pub(super) struct Round {
    /// Of pages that were tried.
    pub by_source: HashMap<String, Pages>,
    /// Pages that could not be had: the source's name, and the page with its error.
    pub failures: Vec<(String, String)>,
    /// When pages that were not are tried.
    pub put_off: Vec<DateTime<Utc>>,
}

/// What trying a page came to.
enum Tried {
    Done {
        stored: Stored,
        /// Why the page could not be had.
        failed: Option<String>,
    },
    /// Nothing was asked for, or nobody could be reached.
    PutOff(DateTime<Utc>),
}

/// Fetches pages that are wanted now, a round of them; gives the number of pages tried.
pub async fn fetch_pages(app: &App) -> Result<usize> {
    Ok(round(app, None).await?.by_source.values().map(|pages| pages.tried).sum())
}

/// Fetches wanted pages of some sources or of all. A slow one holds up no other before the round's end.
pub(super) async fn round(app: &App, of: Option<&[i64]>) -> Result<Round> {
    let mut round = Round::default();
    let mut under_way = FuturesUnordered::new();
    let mut started = 0;
    // What is under way is finished all the same: a page that is broken off keeps its claim.
    let mut failure = None;
    loop {
        if started < ROUND && under_way.len() <= AT_ONCE / 2 && failure.is_none() {
            let now = app.clock.now();
            let room = (AT_ONCE - under_way.len()) as i64;
            match articles::claim_pages(&app.db, of, now, now + LEASE, room).await {
                Ok(pages) => {
                    started += pages.len();
                    under_way.extend(pages.into_iter().map(|page| try_page(app, page)));
                }
                Err(error) => failure = Some(error),
            }
        }
        match under_way.next().await {
            Some(Ok((source, Tried::Done { stored, failed }))) => {
                let stored = usize::from(stored != Stored::Known);
                let page = Pages { tried: 1, stored, failed: usize::from(failed.is_some()) };
                app.counts.page(page);
                round.failures.extend(failed.map(|words| (source.clone(), words)));
                round.by_source.entry(source).or_default().add(page);
            }
            Some(Ok((_, Tried::PutOff(until)))) => round.put_off.push(until),
            Some(Err(error)) => failure = failure.or(Some(error)),
            None => return failure.map_or(Ok(round), Err),
        }
    }
}

/// As [`fetch_page`], with the source's name; what can't be stored is this page's failure, and stops no other.
async fn try_page(app: &App, wanted: WantedPage) -> Result<(String, Tried)> {
    let id = wanted.entry_id;
    let tried = match fetch_page(app, &wanted).await {
        Ok(tried) => tried,
        Err(error) if Trouble::of(&error).is_some() => return Err(error),
        Err(error) => {
            let failure = Failure::new(format!("{error:#}"));
            tracing::warn!(entry = id, error = failure.words, "page not stored");
            let words = failure.words.clone();
            let state = after_failure(&wanted, failure, app.clock.now());
            record(app, &wanted, &state).await?;
            Tried::Done { stored: Stored::Known, failed: Some(words) }
        }
    };
    let tried = match tried {
        Tried::PutOff(until) => {
            record(app, &wanted, &PageState::PutOff { at: until }).await?;
            tried
        }
        Tried::Done { stored, failed } => {
            let page =
                wanted.link.as_deref().or(wanted.title.as_deref()).unwrap_or("an entry without a link");
            Tried::Done { stored, failed: failed.map(|words| format!("{page}: {words}")) }
        }
    };
    Ok((wanted.source, tried))
}

async fn record(app: &App, wanted: &WantedPage, state: &PageState) -> Result<()> {
    held(HELD, || articles::record_page(&app.db, wanted.claim(), state)).await
}

/// Stores what was fetched, though the database be away for a while.
async fn store(app: &App, wanted: &WantedPage, article: &NewArticle, state: &PageState) -> Result<Stored> {
    let now = app.clock.now();
    held(HELD, || articles::store(&app.db, wanted.claim(), article, state, now)).await
}

/// One wanted page to a stored article.
async fn fetch_page(app: &App, wanted: &WantedPage) -> Result<Tried> {
    let id = wanted.entry_id;
    let link = wanted.link.as_deref().and_then(|link| Url::parse(link).ok());
    let Some(link) = link.filter(|link| matches!(link.scheme(), "http" | "https") && canonical::fits(link))
    else {
        let words = "the entry has no link to a page";
        let state = PageState::GivenUp { error: words.into() };
        let stored = store_summary(app, wanted, None, &state).await?;
        return Ok(Tried::Done { stored, failed: Some(words.into()) });
    };
    let url = canonical::normal(&link);
    if wanted.kind == SourceType::Channel.as_str() {
        return Ok(Tried::Done { stored: store_post(app, wanted, &url).await?, failed: None });
    }
    let key = canonical::key(&url);
    let attach = || articles::attach(&app.db, wanted.claim(), url.as_str(), &key);
    if held(HELD, attach).await? {
        return Ok(Tried::Done { stored: Stored::Known, failed: None });
    }
    let now = app.clock.now();
    match read_page(app, &wanted.source, &link).await {
        Ok(page) => {
            let now = app.clock.now();
            // The source's headline was written for a list; the page's carries the site's name at times.
            let title = wanted.title.clone().or(page.title);
            let url = page.url.unwrap_or_else(|| url.to_string());
            let article = NewArticle {
                author: page.author.or_else(|| wanted.author.clone()),
                published_at: published(wanted, page.published, now),
                ..article_of(wanted, url, title, page.text, TextKind::Page, now)
            };
            let stored = store(app, wanted, &article, &PageState::Had).await?;
            Ok(Tried::Done { stored, failed: None })
        }
        Err(Failure { fault: Fault::Early(until), .. }) if until <= now + PATIENCE => {
            Ok(Tried::PutOff(until))
        }
        Err(Failure { fault: Fault::Ours, .. }) => Ok(Tried::PutOff(due::when_cut_off(id, now))),
        Err(failure) => {
            let words = failure.words.clone();
            let state = after_failure(wanted, failure, app.clock.now());
            let stored = store_summary(app, wanted, Some(&url), &state).await?;
            Ok(Tried::Done { stored, failed: Some(words) })
        }
    }
}

async fn read_page(app: &App, source: &str, link: &Url) -> Result<Page, Failure> {
    let fetched = get(app, source, link, &Validators::default(), app.clock.now()).await?;
    let Some(Body { bytes, url, content_type, .. }) = fetched.body else {
        return Err(Failure::new(NOT_MODIFIED));
    };
    let now = app.clock.now();
    let extract = move || article::extract(&bytes, content_type.as_deref(), Some(&url), now);
    tokio::task::spawn_blocking(extract)
        .await
        .map_err(|_| Failure::new("the page broke the reader"))?
        .map_err(Failure::new)
}

/// A channel's post is an article as it stands in the list; one that was edited is a new version.
async fn store_post(app: &App, wanted: &WantedPage, url: &Url) -> Result<Stored> {
    let (title, text) = (wanted.title.clone(), wanted.summary.clone().unwrap_or_default());
    let now = app.clock.now();
    let article = article_of(wanted, url.to_string(), title, text, TextKind::Page, now);
    store(app, wanted, &article, &PageState::Had).await
}

/// Until its page can be had, an entry's headline and summary are its article.
async fn store_summary(
    app: &App,
    wanted: &WantedPage,
    url: Option<&Url>,
    state: &PageState,
) -> Result<Stored> {
    let words = wanted.title.as_ref().or(wanted.summary.as_ref());
    if words.is_none() {
        record(app, wanted, state).await?;
        return Ok(Stored::Known);
    }
    let now = app.clock.now();
    // A list's address may hold a password or token: it is no part of what readers see.
    let url = (wanted.article_url.clone())
        .or_else(|| url.map(Url::to_string))
        .unwrap_or_else(|| format!("entry:{}", wanted.entry_id));
    let (title, text) = (wanted.title.clone(), wanted.summary.clone().unwrap_or_default());
    let article = article_of(wanted, url, title, text, TextKind::Summary, now);
    store(app, wanted, &article, state).await
}

/// An article with author and date as the list gives them.
fn article_of(
    wanted: &WantedPage,
    url: String,
    title: Option<String>,
    text: String,
    kind: TextKind,
    now: DateTime<Utc>,
) -> NewArticle {
    NewArticle {
        key: canonical::key_of(&url),
        url,
        outlet: wanted.outlet.clone(),
        // What a page says of its language is often its template's.
        language: language::tell(title.as_deref(), &text).map(str::to_owned),
        wording: wording::of(title.as_deref(), &text),
        title,
        text,
        kind,
        author: wanted.author.clone(),
        published_at: published(wanted, None, now),
    }
}

fn after_failure(wanted: &WantedPage, failure: Failure, now: DateTime<Utc>) -> PageState {
    let next = match failure.fault {
        Fault::Early(at) => return PageState::PutOff { at: due::in_turn(at, now) },
        Fault::Forbidden => None,
        Fault::Theirs | Fault::Away | Fault::Ours | Fault::Overtaken => {
            due::next_page_try(wanted.attempts, failure.asked, now)
        }
    };
    match next {
        Some(at) => PageState::Again { error: failure.words, at },
        None => PageState::GivenUp { error: failure.words },
    }
}

/// The feed's date, or else the page's; none, or one in the future, is when the entry was first seen.
fn published(wanted: &WantedPage, page: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
    [wanted.published_at, page].into_iter().flatten().find(|date| *date <= now).unwrap_or(wanted.seen_at)
}

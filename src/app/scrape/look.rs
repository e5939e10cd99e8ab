//! A look at what sources would give; nothing of it is stored.

use anyhow::Result;
use futures::StreamExt as _;
use url::Url;

use super::failure::{Failure, Fault};
use super::list::{self, Request};
use super::{AT_ONCE, NOT_MODIFIED, PATIENCE, address, configured, named};
use crate::app::App;
use crate::model::Listing;
use crate::store::sources::{self, NewSource};

/// Why a look at a source shows nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoLook {
    /// Nothing was asked for: its host is to be left alone for now. It is nobody's failure.
    #[error("{0}")]
    Early(String),
    /// There is no way to its host.
    #[error("{0}")]
    Away(String),
    /// What it gives is no list.
    #[error("{0}")]
    NoList(String),
}

impl NoLook {
    /// The same with the address that was looked at.
    pub(in crate::app) fn at(self, url: &Url) -> NoLook {
        match self {
            NoLook::Early(words) => NoLook::Early(format!("{url}: {words}")),
            NoLook::Away(words) => NoLook::Away(format!("{url}: {words}")),
            NoLook::NoList(words) => NoLook::NoList(format!("{url}: {words}")),
        }
    }
}

impl From<Failure> for NoLook {
    fn from(failure: Failure) -> NoLook {
        match failure.fault {
            Fault::Early(_) => NoLook::Early(failure.words),
            Fault::Away | Fault::Ours => NoLook::Away(failure.words),
            // A look claims nothing that could be overtaken.
            Fault::Theirs | Fault::Forbidden | Fault::Overtaken => NoLook::NoList(failure.words),
        }
    }
}

/// Reads the named sources' lists, or all active ones', and stores nothing but that they could be read.
pub async fn check(app: &App, names: &[String]) -> Result<Vec<(String, Result<Listing, NoLook>)>> {
    let sources = named(app, names).await?;
    let mut checks = futures::stream::iter(&sources)
        .map(|source| async {
            let (url, kind, selectors) = (address(source), source.kind, &source.selectors);
            let deadline = app.clock.now() + PATIENCE;
            let request = Request { name: &source.name, url, kind, selectors, source: None, deadline };
            let read = look(app, request).await;
            if read.is_ok() && source.verified_at.is_none() {
                sources::verify(&app.db, source.id, app.clock.now()).await?;
            }
            anyhow::Ok((source.name.clone(), read))
        })
        .buffered(AT_ONCE);
    let mut outcomes = Vec::new();
    while let Some(outcome) = checks.next().await {
        outcomes.push(outcome?);
    }
    Ok(outcomes)
}

/// What each source of the configuration would give, in their order; nothing is stored.
///
/// One that is known to have moved is asked for where it is by now.
pub async fn preview_configured(app: &App) -> Result<Vec<(String, Result<Listing, NoLook>)>> {
    let mut configured = configured(app);
    let names: Vec<String> = configured.iter().map(|source| source.name.clone()).collect();
    let known = sources::named(&app.db, &names).await?;
    for source in &mut configured {
        if let Some(known) = known.iter().find(|known| known.name == source.name && known.url == source.url) {
            source.url = address(known).to_owned();
        }
    }
    let looks = configured.iter().map(|source| async { (source.name.clone(), preview(app, source).await) });
    Ok(futures::stream::iter(looks.collect::<Vec<_>>()).buffered(AT_ONCE).collect().await)
}

/// What a source would give, before it is stored.
pub async fn preview(app: &App, source: &NewSource) -> Result<Listing, NoLook> {
    let (url, kind, selectors) = (source.url.as_str(), source.kind, &source.selectors);
    let deadline = app.clock.now() + PATIENCE;
    look(app, Request { name: &source.name, url, kind, selectors, source: None, deadline }).await
}

async fn look(app: &App, request: Request<'_>) -> Result<Listing, NoLook> {
    let list = list::read(app, request).await?.list;
    Ok(list.ok_or_else(|| NoLook::NoList(NOT_MODIFIED.to_owned()))?.0)
}

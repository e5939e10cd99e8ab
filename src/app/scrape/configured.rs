//! The configuration's sources: how they come into the database, and what the owner set for each.

use anyhow::Result;
use url::Url;

use crate::app::App;
use crate::schedule::Cron;
use crate::store::sources::{self, NewSource, Source};

/// What is wrong with a source of the configuration that has a command's name, and the mend.
pub const NAME_TAKEN: &str = "a command added another source of this name, so that of the configuration is not read: \
                              give it another name there, or remove the other with `tidings sources remove`";

/// Brings the configuration's sources into the database, if there is one.
pub async fn sync_sources(app: &App) -> Result<()> {
    if !app.config.has_file {
        return Ok(());
    }
    for name in sources::sync(&app.db, &configured(app), app.clock.now()).await? {
        tracing::error!(source = name, "{NAME_TAKEN}");
    }
    Ok(())
}

/// The configuration's sources as they would be stored.
pub fn configured(app: &App) -> Vec<NewSource> {
    app.config
        .sources
        .iter()
        .map(|source| NewSource {
            name: source.name.clone(),
            url: source.url.to_string(),
            kind: source.kind,
            outlet: source.outlet.clone().unwrap_or_else(|| source.name.clone()),
            selectors: source.selectors.clone(),
        })
        .collect()
}

/// Sources of the configuration that are not read, since a command added another one of their name.
pub async fn names_taken(app: &App) -> Result<Vec<String>> {
    sources::taken(&app.db, &configured(app)).await
}

/// Sources of the configuration that a command added too, each with the other's name: their list is read twice.
pub async fn added_twice(app: &App) -> Result<Vec<(String, String)>> {
    let mut twice = Vec::new();
    for source in configured(app) {
        let same = sources::same(&app.db, &source.url, source.kind, Some(&source.selectors)).await?;
        // One that the file has under two names is plain to see there.
        let other = same.into_iter().find(|same| !same.configured && same.name != source.name);
        twice.extend(other.map(|other| (source.name.clone(), other.name)));
    }
    Ok(twice)
}

/// The proxy that the owner set for a source.
pub(super) fn proxy<'a>(app: &'a App, name: &str) -> Option<&'a Url> {
    app.config.sources.iter().find(|source| source.name == name)?.proxy.as_ref()
}

/// A source's own cron line, or the one for all.
pub(super) fn schedule(app: &App, source: &Source) -> Cron {
    let configured = app.config.sources.iter().find(|known| known.name == source.name);
    let own = configured.and_then(|configured| configured.scrape.clone());
    own.unwrap_or_else(|| app.config.schedule.scrape.clone())
}

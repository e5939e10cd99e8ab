//! `tidings sources`: what is scraped and how it fares; add, pause, remove, exchange.
//!
//! Sources of the configuration file are read-only here: they are changed in the file.

use std::collections::HashSet;

use anyhow::{Result, bail};
use chrono::{DateTime, Utc};
use tidings::app::App;
use tidings::app::scrape::{self, NoLook};
use tidings::config::{Config, Environment};
use tidings::model::Listing;
use tidings::store::sources::{self, Health};
use url::Url;

use super::count;

mod add;
mod exchange;

/// Lists and manages sources.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List the sources and how they fare.
    List,
    /// Read sources now and show what they would give; no entry is stored.
    Check {
        /// Names of sources; all that are not paused if none is given.
        #[arg(value_name = "SOURCE")]
        names: Vec<String>,
    },
    /// Add a source by its address; what it would give is shown first.
    Add(Box<add::Args>),
    /// Stop checking sources until they are resumed.
    Pause {
        /// Their names.
        #[arg(required = true, value_name = "SOURCE")]
        names: Vec<String>,
    },
    /// Check paused sources again.
    Resume {
        /// Their names.
        #[arg(required = true, value_name = "SOURCE")]
        names: Vec<String>,
    },
    /// Remove sources that were added here; their articles stay.
    Remove {
        /// Their names.
        #[arg(required = true, value_name = "SOURCE")]
        names: Vec<String>,
    },
    /// Add the feeds of an OPML file.
    Import(exchange::Import),
    /// Print all sources as OPML.
    Export,
}

/// Does what was asked and prints its result.
pub async fn run(args: Args, environment: &Environment) -> Result<()> {
    with_sources(environment, async |app| match args.action.unwrap_or(Action::List) {
        Action::List => list(app).await,
        Action::Check { names } => check(app, &names).await,
        Action::Add(args) => add::run(app, *args).await,
        Action::Pause { names } => pause(app, &names, true).await,
        Action::Resume { names } => pause(app, &names, false).await,
        Action::Remove { names } => remove(app, &names).await,
        Action::Import(args) => exchange::import(app, &args).await,
        Action::Export => exchange::export(app).await,
    })
    .await
}

/// Opens the database with the configuration's sources in it.
pub async fn with_sources(
    environment: &Environment,
    work: impl AsyncFnOnce(&App) -> Result<()>,
) -> Result<()> {
    let config = Config::load(environment, false)?;
    super::with_app(config, async |app, _| {
        scrape::sync_sources(app).await?;
        work(app).await
    })
    .await
}

/// A source's name, or with its host, its path or a number where that is another's.
fn free_name(name: &str, url: &Url, taken: &HashSet<String>) -> String {
    let host = url.host_str().unwrap_or_default();
    let path = url.path().trim_matches('/');
    let with_host = format!("{name} ({host})");
    let numbered = (2..).map(|number| format!("{with_host} {number}"));
    let names = [name.to_owned(), with_host.clone(), format!("{name} ({host}/{path})")];
    names.into_iter().chain(numbered).find(|name| !taken.contains(name)).unwrap_or(with_host)
}

async fn list(app: &App) -> Result<()> {
    let now = app.clock.now();
    let sources = sources::health(&app.db, now).await?;
    if sources.is_empty() {
        eprintln!("no sources; `tidings sources add ADDRESS` adds one, or a [[source]] in the configuration");
    }
    for source in &sources {
        super::print_line(&line(source, now))?;
    }
    Ok(())
}

fn line(source: &Health, now: DateTime<Utc>) -> String {
    let day = |at: DateTime<Utc>| at.format("%Y-%m-%d %H:%M UTC");
    let read = source.succeeded_at.map_or("not read yet".to_owned(), |at| format!("read {}", day(at)));
    let state = match (&source.last_error, source.failing_since, source.silent_since) {
        _ if source.paused => "paused".to_owned(),
        (Some(error), Some(since), _) => {
            format!("failing since {} ({} in a row): {error}; {read}", day(since), source.failures)
        }
        (None, _, Some(since)) => format!("{read}; silent since {}, which is unlike it", day(since)),
        _ => read,
    };
    let origin = if source.configured { ", from the configuration" } else { "" };
    let unverified = if source.unverified { ", unverified" } else { "" };
    let moved = source.moved_to.as_ref().map_or(String::new(), |to| format!(" (moved to {to})"));
    format!(
        "{} ({}{origin}{unverified}) {}{moved}: {state}; {}, {:.1} a day",
        source.name,
        source.kind,
        source.url,
        count(source.articles, "article", "articles"),
        source.articles_a_day(now)
    )
}

async fn check(app: &App, names: &[String]) -> Result<()> {
    let mut failed = 0;
    let checks = scrape::check(app, names).await?;
    for (name, outcome) in &checks {
        match outcome {
            Ok(listing) => show(name, listing, 3)?,
            Err(NoLook::Early(words)) => super::print_line(&format!("{name}: not asked: {words}"))?,
            Err(NoLook::Away(error) | NoLook::NoList(error)) => {
                failed += 1;
                super::print_line(&format!("{name}: failed: {error}"))?;
            }
        }
    }
    if failed > 0 {
        bail!("{failed} of {} failed", count(checks.len(), "source", "sources"));
    }
    Ok(())
}

/// What a list gives: how much, how new, and its first entries.
fn show(name: &str, listing: &Listing, most: usize) -> Result<()> {
    let newest = listing.entries.iter().filter_map(|entry| entry.published).max();
    let changed = listing.entries.iter().filter_map(|entry| entry.changed).max();
    let newest = match (newest, changed) {
        (Some(at), _) => format!("newest {}", at.format("%Y-%m-%d %H:%M UTC")),
        (None, Some(at)) => format!("last changed {}", at.format("%Y-%m-%d %H:%M UTC")),
        (None, None) => "no dates".to_owned(),
    };
    super::print_line(&format!("{name}: {}, {newest}", count(listing.entries.len(), "entry", "entries")))?;
    for entry in listing.entries.iter().take(most) {
        let date = entry.published.or(entry.changed);
        let date = date.map_or("no date".to_owned(), |at| at.format("%Y-%m-%d %H:%M").to_string());
        let words = entry.title.as_deref().or(entry.summary.as_deref()).unwrap_or("(no headline)");
        let words: String = words.lines().next().unwrap_or_default().chars().take(100).collect();
        super::print_line(&format!("  {date:<16}  {words}"))?;
        if let Some(link) = &entry.link {
            super::print_line(&format!("  {:<16}  {link}", ""))?;
        }
    }
    Ok(())
}

async fn pause(app: &App, names: &[String], paused: bool) -> Result<()> {
    are_own(app, names).await?;
    for name in names {
        sources::set_paused(&app.db, name, paused, app.clock.now()).await?;
        super::print_line(&format!("{} {name}", if paused { "paused" } else { "resumed" }))?;
    }
    Ok(())
}

async fn remove(app: &App, names: &[String]) -> Result<()> {
    are_own(app, names).await?;
    for name in names {
        sources::remove(&app.db, name, app.clock.now()).await?;
        super::print_line(&format!("removed {name}"))?;
    }
    Ok(())
}

/// Errors, before anything is done, if one of the names is no source's, or a source's of the configuration.
async fn are_own(app: &App, names: &[String]) -> Result<()> {
    let known = sources::health(&app.db, app.clock.now()).await?;
    for name in names {
        match known.iter().find(|source| source.name == *name) {
            None => bail!("there is no source {name:?}; `tidings sources` lists them"),
            Some(source) if source.configured => {
                bail!("{name:?} comes from the configuration; change or take out its [[source]] there");
            }
            Some(_) => {}
        }
    }
    Ok(())
}

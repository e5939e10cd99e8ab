//! `tidings sources`: what is scraped and how it fares; add, pause, remove.
//!
//! Sources of the configuration file are read-only here: they are changed in the file.

use anyhow::{Result, bail};
use chrono::{DateTime, Utc};
use tidings::app::App;
use tidings::app::scrape;
use tidings::config::{Config, Environment};
use tidings::model::{Selectors, SourceType};
use tidings::scrape::listing;
use tidings::store::sources::{self, Health, NewSource};
use url::Url;

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
    /// Read sources now and show what they would give; nothing is stored.
    Check {
        /// Names of sources; all that are not paused if none is given.
        #[arg(value_name = "SOURCE")]
        names: Vec<String>,
    },
    /// Add a feed, or a listing page with its selectors.
    Add(Box<Add>),
    /// Stop checking a source until it is resumed.
    Pause {
        /// The source's name.
        name: String,
    },
    /// Check a paused source again.
    Resume {
        /// The source's name.
        name: String,
    },
    /// Remove a source that was added here; its articles stay.
    Remove {
        /// The source's name.
        name: String,
    },
}

#[derive(Debug, clap::Args)]
struct Add {
    /// A name of its own, shown as the outlet.
    name: String,
    /// The feed's or the listing page's address.
    url: Url,
    /// The publisher, where several sources are one outlet's.
    #[arg(long)]
    outlet: Option<String>,
    /// CSS selector of one item: makes it a listing page.
    #[arg(long, value_name = "SELECTOR")]
    item: Option<String>,
    /// CSS selector of the link within an item.
    #[arg(long, value_name = "SELECTOR", requires = "item")]
    link: Option<String>,
    /// CSS selector of the headline within an item.
    #[arg(long, value_name = "SELECTOR", requires = "item")]
    title: Option<String>,
    /// CSS selector of the date within an item.
    #[arg(long, value_name = "SELECTOR", requires = "item")]
    date: Option<String>,
}

/// Does what was asked and prints its result.
pub async fn run(args: Args, environment: &Environment) -> Result<()> {
    with_sources(environment, async |app| match args.action.unwrap_or(Action::List) {
        Action::List => list(app).await,
        Action::Check { names } => check(app, &names).await,
        Action::Add(source) => add(app, *source).await,
        Action::Pause { name } => pause(app, &name, true).await,
        Action::Resume { name } => pause(app, &name, false).await,
        Action::Remove { name } => remove(app, &name).await,
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
        // A folder without the owner's file must not look like a file without sources.
        if !app.config.sources.is_empty() {
            scrape::sync_sources(app).await?;
        }
        work(app).await
    })
    .await
}

async fn list(app: &App) -> Result<()> {
    let now = app.clock.now();
    let sources = sources::health(&app.db, now).await?;
    if sources.is_empty() {
        eprintln!("no sources; add a [[source]] to the configuration, or `tidings sources add NAME URL`");
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
    let moved = source.moved_to.as_ref().map_or(String::new(), |to| format!(" (moved to {to})"));
    format!(
        "{} ({}{origin}) {}{moved}: {state}; {} articles, {:.1} a day",
        source.name,
        source.kind,
        source.url,
        source.articles,
        source.articles_a_day(now)
    )
}

async fn check(app: &App, names: &[String]) -> Result<()> {
    let mut failed = 0;
    let checks = scrape::check(app, names).await?;
    for (name, outcome) in &checks {
        match outcome {
            Ok(listing) => {
                let newest = listing.entries.iter().filter_map(|entry| entry.published).max();
                let newest = newest.map_or("no dates".to_owned(), |at| {
                    format!("newest {}", at.format("%Y-%m-%d %H:%M UTC"))
                });
                super::print_line(&format!("{name}: {} entries, {newest}", listing.entries.len()))?;
                for title in listing.entries.iter().filter_map(|entry| entry.title.as_deref()).take(3) {
                    super::print_line(&format!("  {title}"))?;
                }
            }
            Err(error) => {
                failed += 1;
                super::print_line(&format!("{name}: failed: {error}"))?;
            }
        }
    }
    if failed > 0 {
        bail!("{failed} of {} sources could not be read", checks.len());
    }
    Ok(())
}

async fn add(app: &App, add: Add) -> Result<()> {
    if !matches!(add.url.scheme(), "http" | "https") {
        bail!("{} can't be fetched; give an http:// or https:// address", add.url);
    }
    let kind = if add.item.is_some() { SourceType::Listing } else { SourceType::Feed };
    let selectors = Selectors { item: add.item, link: add.link, title: add.title, date: add.date };
    if kind == SourceType::Listing {
        listing::check(&selectors)?;
    }
    let source = NewSource {
        outlet: add.outlet.unwrap_or_else(|| add.name.clone()),
        name: add.name,
        url: add.url.into(),
        kind,
        selectors,
        schedule: None,
    };
    let listing =
        scrape::preview(app, &source).await.map_err(|error| anyhow::anyhow!("{}: {error}", source.url))?;
    if !sources::add(&app.db, &source, app.clock.now()).await? {
        bail!("there is a source {:?} already; give another name", source.name);
    }
    super::print_line(&format!("added {}: {} entries now", source.name, listing.entries.len()))
}

async fn pause(app: &App, name: &str, paused: bool) -> Result<()> {
    if !sources::set_paused(&app.db, name, paused, app.clock.now()).await? {
        bail!("there is no source {name:?}; `tidings sources` lists them");
    }
    super::print_line(&format!("{} {name}", if paused { "paused" } else { "resumed" }))
}

async fn remove(app: &App, name: &str) -> Result<()> {
    if app.config.sources.iter().any(|source| source.name == name) {
        bail!("{name:?} comes from the configuration; take its [[source]] out there");
    }
    if !sources::remove(&app.db, name, app.clock.now()).await? {
        bail!("there is no source {name:?}; `tidings sources` lists them");
    }
    super::print_line(&format!("removed {name}"))
}

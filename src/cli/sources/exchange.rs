//! `tidings sources import` and `export`: lists of sources as OPML.

use std::collections::HashSet;
use std::path::PathBuf;

use anyhow::{Context, Result};
use tidings::app::App;
use tidings::config;
use tidings::model::Selectors;
use tidings::scrape::list;
use tidings::scrape::opml::{self, Outline};
use tidings::store::sources::{self, NewSource};
use url::Url;

use super::count;

/// Adds the feeds of a file.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// An OPML file, as other readers of feeds export it.
    file: PathBuf,
    /// Show, and save nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Adds what is new in a file; nothing is read of it yet.
pub async fn import(app: &App, args: &Import) -> Result<()> {
    let file = args.file.display();
    let bytes = std::fs::read(&args.file).with_context(|| format!("reading {file}"))?;
    let (outlines, mut left) = opml::parse(&bytes).with_context(|| format!("reading {file}"))?;
    let mut names: HashSet<String> = sources::all(&app.db).await?.into_iter().map(|s| s.name).collect();
    let mut new = Vec::new();
    // All are looked for before one is added: a file may list an address twice, read in two ways.
    for outline in outlines {
        let same =
            sources::same(&app.db, outline.url.as_str(), outline.kind, Some(&outline.selectors)).await?;
        match same.first() {
            Some(known) => super::super::print_line(&format!("known  {}: {}", known.name, outline.url))?,
            None => new.push(outline),
        }
    }
    let mut added = 0;
    for outline in new {
        let selectors = match usable(&outline) {
            Ok(selectors) => selectors,
            Err(error) => {
                left.push(format!("{}: {error:#}", outline.url));
                continue;
            }
        };
        let name = super::free_name(&outline.name, &outline.url, &names);
        super::super::print_line(&format!("new    {name} ({}): {}", outline.kind.as_str(), outline.url))?;
        let source = NewSource {
            outlet: outline.outlet.unwrap_or_else(|| name.clone()),
            name: name.clone(),
            url: outline.url.into(),
            kind: outline.kind,
            selectors,
        };
        names.insert(name);
        if !args.dry_run {
            added += u32::from(sources::add(&app.db, &source, false, app.clock.now()).await?);
        }
    }
    for line in left {
        super::super::print_line(&format!("left   {line}"))?;
    }
    match args.dry_run {
        true => eprintln!("nothing is saved"),
        false => eprintln!(
            "{} added; `tidings sources check` tells which can be read",
            count(added, "source", "sources")
        ),
    }
    Ok(())
}

/// How its list is read, checked as what the configuration and `add` say.
fn usable(outline: &Outline) -> Result<Selectors> {
    let selectors = config::selectors(&outline.selectors)?;
    list::check(outline.kind, &selectors)?;
    Ok(selectors)
}

/// Prints all sources, those of the configuration too.
pub async fn export(app: &App) -> Result<()> {
    let mut outlines = Vec::new();
    for source in sources::all(&app.db).await? {
        let url =
            Url::parse(&source.url).with_context(|| format!("reading the address of {}", source.name))?;
        let outlet = (source.outlet != source.name).then_some(source.outlet);
        outlines.push(Outline {
            name: source.name,
            url,
            kind: source.kind,
            outlet,
            selectors: source.selectors,
        });
    }
    super::super::print(&opml::write(&outlines))
}

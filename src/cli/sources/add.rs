//! `tidings sources add`: finds out what an address is, shows what it would give, and saves it.

use std::io::{BufRead as _, IsTerminal as _};

use anyhow::{Context, Result, bail};
use tidings::app::App;
use tidings::app::discover::{self, Address, Found};
use tidings::config;
use tidings::model::{Selectors, SourceType};
use tidings::store::sources::{self, NewSource};

use super::count;

/// Entries that are shown before it is saved.
const SHOWN: usize = 5;

/// What to add, and how to read it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A feed, a site, a page with a list, a sitemap, or a public Telegram channel (@name).
    #[arg(required_unless_present = "catalogue", value_name = "ADDRESS", value_parser = Address::parse)]
    address: Option<Address>,
    /// A name of its own, shown as the outlet; its title if left out, with its host where that is taken.
    #[arg(long)]
    name: Option<String>,
    /// The publisher, where several sources are one outlet's.
    #[arg(long)]
    outlet: Option<String>,
    /// What it is, if it is taken for something else: feed, listing, sitemap, channel.
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<SourceType>,
    /// Add a catalogue of well-known world-news feeds; `--dry-run` lists them.
    #[arg(long, conflicts_with_all = ["address", "name", "outlet", "kind", "Reading"])]
    catalogue: bool,
    /// Save without asking.
    #[arg(long, short)]
    yes: bool,
    /// Show, and save nothing.
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    #[command(flatten)]
    reading: Reading,
}

/// What is taken from the list; an attribute is named by `selector@attribute`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "How the list is read")]
struct Reading {
    /// CSS selector of one item: makes it a listing page.
    #[arg(long, value_name = "SELECTOR", value_parser = config::said("item"))]
    item: Option<String>,
    /// Within an item: the link.
    #[arg(long, value_name = "SELECTOR", value_parser = config::said("link"))]
    link: Option<String>,
    /// Within an item: the headline.
    #[arg(long, value_name = "SELECTOR", value_parser = config::said("title"))]
    title: Option<String>,
    /// Within an item: the date.
    #[arg(long, value_name = "SELECTOR", value_parser = config::said("date"))]
    date: Option<String>,
    /// Within an item: the summary.
    #[arg(long, value_name = "SELECTOR", value_parser = config::said("summary"))]
    summary: Option<String>,
    /// How dates are written: "%d.%m.%Y %H:%M".
    #[arg(long, value_name = "FORM", value_parser = config::said("date_format"))]
    date_format: Option<String>,
    /// Language of the months' names: "de".
    #[arg(long, value_name = "CODE", value_parser = config::said("language"))]
    language: Option<String>,
    /// Zone of dates that name none: "Europe/Berlin".
    #[arg(long, value_parser = config::said("zone"))]
    zone: Option<String>,
    /// The link to the next page, with older items.
    #[arg(long, value_name = "SELECTOR", value_parser = config::said("next"))]
    next: Option<String>,
    /// Pages that are read at most in one check.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=i64::from(Selectors::MAX_PAGES)))]
    pages: Option<u32>,
    /// Take links that match this regular expression only; may be given more than once.
    #[arg(long, value_name = "REGEX", value_parser = config::said("include"))]
    include: Vec<String>,
    /// Leave out links that match this regular expression; may be given more than once.
    #[arg(long, value_name = "REGEX", value_parser = config::said("exclude"))]
    exclude: Vec<String>,
}

impl From<Reading> for Selectors {
    fn from(said: Reading) -> Selectors {
        Selectors {
            item: said.item,
            link: said.link,
            title: said.title,
            date: said.date,
            summary: said.summary,
            date_format: said.date_format,
            language: said.language,
            zone: said.zone,
            next: said.next,
            pages: said.pages,
            include: said.include,
            exclude: said.exclude,
        }
    }
}

/// Finds, shows, asks and saves.
pub async fn run(app: &App, args: Args) -> Result<()> {
    let Some(address) = args.address else {
        return catalogue(app, args.yes, args.dry_run).await;
    };
    let found = discover::discover(app, &address, args.kind, args.reading.into()).await;
    let found = found.map_err(anyhow::Error::msg)?;
    fits(&found)?;
    warn_of_little(&found);
    let same = sources::same(&app.db, found.url.as_str(), found.kind, Some(&found.selectors)).await?;
    if let Some(known) = same.first() {
        bail!("{} is a source already: {:?}", found.url, known.name);
    }
    let name = match args.name {
        Some(name) => name,
        None => {
            let taken = sources::all(&app.db).await?.into_iter().map(|source| source.name).collect();
            super::free_name(&discover::name(app, &found).await, &found.url, &taken)
        }
    };
    super::super::print_line(&format!("{} {} ({})", found.kind.as_str(), found.url, found.how))?;
    super::show(&name, &found.listing, SHOWN)?;
    let said = selectors_of(&found.selectors);
    if !said.is_empty() {
        super::super::print_line(&format!("  read by: {said}"))?;
    }
    let source = NewSource {
        outlet: args.outlet.unwrap_or_else(|| name.clone()),
        name,
        url: found.url.into(),
        kind: found.kind,
        selectors: found.selectors,
    };
    if !wanted(&format!("Add it as {:?}?", source.name), args.yes, args.dry_run).await? {
        return Ok(());
    }
    if !sources::add(&app.db, &source, true, app.clock.now()).await? {
        bail!("there is a source {:?} already; give another name by --name", source.name);
    }
    super::super::print_line(&format!("added {}", source.name))
}

/// Says what will be missed: a pattern may be wrong, and a list cut off.
fn warn_of_little(found: &Found) {
    let Found { selectors, listing, .. } = found;
    let patterns = !(selectors.include.is_empty() && selectors.exclude.is_empty());
    if listing.entries.is_empty() && patterns {
        eprintln!("nothing in the list passes --include and --exclude now");
    }
    let bare = listing.entries.iter().filter(|entry| entry.link.is_none() && entry.title.is_none()).count();
    if bare > 0 {
        eprintln!("{} of {} without link and headline: the list may be cut off", bare, listing.entries.len());
    }
}

/// Whether what was said of the list says something to what was found.
fn fits(found: &Found) -> Result<()> {
    let Found { url, kind, selectors, .. } = found;
    let (pages, include, exclude) = (selectors.pages, selectors.include.clone(), selectors.exclude.clone());
    let bare = Selectors { pages, include, exclude, ..Selectors::default() };
    let is_listing = *kind == SourceType::Listing;
    let kind_is = kind.as_str();
    if !is_listing && *selectors != bare {
        bail!(
            "{url} is a {kind_is}: what is said of items is for listings; add --type listing to read it as one"
        );
    }
    if pages.is_some() && !(*kind == SourceType::Channel || is_listing && selectors.next.is_some()) {
        bail!("{url} is a {kind_is}: --pages is for channels, and for listings with --next");
    }
    let how = [
        ("date-format", &selectors.date_format),
        ("language", &selectors.language),
        ("zone", &selectors.zone),
    ];
    if let (None, Some((key, _))) = (&selectors.date, how.iter().find(|(_, said)| said.is_some())) {
        bail!("--{key} says how dates are written, and nothing says where they stand: add --date");
    }
    Ok(())
}

/// The selectors as they would stand in the configuration.
fn selectors_of(selectors: &Selectors) -> String {
    let table = toml::Table::try_from(selectors).unwrap_or_default();
    table.iter().map(|(key, value)| format!("{key} = {value}")).collect::<Vec<_>>().join(", ")
}

async fn catalogue(app: &App, yes: bool, dry_run: bool) -> Result<()> {
    let mut new = Vec::new();
    for source in config::catalogue() {
        if sources::same(&app.db, source.url.as_str(), source.kind, None).await?.is_empty() {
            new.push(source);
        }
    }
    for source in &new {
        super::super::print_line(&format!(
            "{} ({}, unverified) {}",
            source.name,
            source.kind.as_str(),
            source.url
        ))?;
    }
    if new.is_empty()
        || !wanted(&format!("Add {}?", count(new.len(), "source", "sources")), yes, dry_run).await?
    {
        return Ok(());
    }
    let mut added = 0_u32;
    for source in new {
        let source = NewSource {
            outlet: source.outlet.unwrap_or_else(|| source.name.clone()),
            name: source.name,
            url: source.url.into(),
            kind: source.kind,
            selectors: source.selectors,
        };
        match sources::add(&app.db, &source, false, app.clock.now()).await? {
            true => added += 1,
            false => eprintln!("{:?} is the name of another source: left out", source.name),
        }
    }
    eprintln!(
        "`tidings sources check` reads them and tells which can't be; `tidings sources remove` takes one out"
    );
    super::super::print_line(&format!("added {}", count(added, "source", "sources")))
}

/// Whether to save: as the flags say, else as the person at the terminal says.
async fn wanted(question: &str, yes: bool, dry_run: bool) -> Result<bool> {
    if dry_run {
        eprintln!("nothing is saved");
        return Ok(false);
    }
    if yes {
        return Ok(true);
    }
    if !std::io::stdin().is_terminal() {
        bail!("not saved, since nobody is there to be asked; add --yes to save it");
    }
    eprint!("{question} [y/N] ");
    let answer = tokio::task::spawn_blocking(|| {
        let mut answer = String::new();
        std::io::stdin().lock().read_line(&mut answer).map(|_| answer)
    });
    let answer = answer.await.context("asking")?.context("reading the answer")?;
    let agreed = matches!(answer.trim().to_lowercase().as_str(), "y" | "yes");
    if !agreed {
        eprintln!("nothing is saved");
    }
    Ok(agreed)
}

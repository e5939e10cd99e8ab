//! `tidings fetch`: one scraping pass now, a line a source; what it brought is read and compared.

use anyhow::{Result, bail};
use tidings::app::App;
use tidings::app::read::{Outcome, read_next};
use tidings::app::scrape::{self, List, SourceReport};
use tidings::config::Environment;

use super::{count, print_line};

/// Checks sources now, due or not, and fetches their pages.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Names of sources; all that are not paused if none is given.
    #[arg(value_name = "SOURCE")]
    sources: Vec<String>,
}

/// Prints a line a source, and one for each page that could not be had; fails if a source did.
pub async fn run(args: Args, environment: &Environment) -> Result<()> {
    super::sources::with_sources(environment, async |app| pass(app, &args.sources).await).await
}

async fn pass(app: &App, names: &[String]) -> Result<()> {
    let reports = scrape::pass(app, names).await?;
    if reports.is_empty() {
        bail!(
            "there are no sources to read: `tidings sources add ADDRESS` adds one, `tidings sources resume NAME` ends a pause"
        );
    }
    for report in &reports {
        print_line(&line(report))?;
        for failure in &report.failures {
            print_line(&format!("  {failure}"))?;
        }
    }
    let mut articles = 0;
    while let Outcome::Read { .. } = read_next(&app.db, &app.reader, &app.clock).await? {
        articles += 1;
    }
    let read = count(articles, "article", "articles");
    eprintln!("{read} read and compared; `tidings digest` shows what is new");
    match reports.iter().filter(|report| report.list.is_err()).count() {
        0 => Ok(()),
        failed => bail!("{failed} of {} failed", count(reports.len(), "source", "sources")),
    }
}

fn line(report: &SourceReport) -> String {
    let list = match &report.list {
        Ok(List::Unchanged) => "unchanged".to_owned(),
        Ok(List::Read { entries, new }) => format!("{}, {new} new", count(*entries, "entry", "entries")),
        Ok(List::PutOff(until)) => {
            format!("not asked: its host is to be left alone until {}", until.format("%Y-%m-%d %H:%M:%S UTC"))
        }
        Ok(List::Overtaken) => "checked meanwhile".to_owned(),
        Err(error) => format!("failed: {error}"),
    };
    let pages = report.pages;
    if pages.tried == 0 {
        return format!("{}: {list}", report.name);
    }
    let had = pages.tried - pages.failed;
    let tried = count(pages.tried, "page", "pages");
    let stored = count(pages.stored, "article", "articles");
    let known = match had.saturating_sub(pages.stored) {
        0 => String::new(),
        known => format!(", {known} known already"),
    };
    format!("{}: {list}; {had} of {tried} read, {stored} stored{known}", report.name)
}

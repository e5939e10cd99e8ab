//! `tidings fetch`: one scraping pass now, a line a source; what it brought is read and compared.

use anyhow::{Result, bail};
use tidings::app::App;
use tidings::app::read::{Outcome, read_next};
use tidings::app::scrape::{self, List, SourceReport};
use tidings::config::Environment;

/// Checks sources now, due or not, and fetches their pages.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Names of sources; all that are not paused if none is given.
    #[arg(value_name = "SOURCE")]
    sources: Vec<String>,
}

/// Prints a line a source; fails if no source at all could be read.
pub async fn run(args: Args, environment: &Environment) -> Result<()> {
    super::sources::with_sources(environment, async |app| pass(app, &args.sources).await).await
}

async fn pass(app: &App, names: &[String]) -> Result<()> {
    let reports = scrape::pass(app, names).await?;
    if reports.is_empty() {
        bail!(
            "there are no sources; `tidings sources add ADDRESS` adds one, or a [[source]] in the configuration"
        );
    }
    for report in &reports {
        super::print_line(&line(report))?;
    }
    let mut articles = 0;
    while let Outcome::Read { .. } = read_next(&app.db, &app.reader, app.clock.now()).await? {
        articles += 1;
    }
    eprintln!("{articles} articles read and compared; `tidings digest` shows what is new");
    if reports.iter().all(|report| report.list.is_err()) {
        bail!("no source could be read");
    }
    Ok(())
}

fn line(report: &SourceReport) -> String {
    let list = match &report.list {
        Ok(List::Unchanged) => "unchanged".to_owned(),
        Ok(List::Read { entries, new }) => format!("{entries} entries, {new} new"),
        Err(error) => format!("failed: {error}"),
    };
    let pages = report.pages;
    if pages.tried == 0 {
        return format!("{}: {list}", report.name);
    }
    let had = pages.tried - pages.failed;
    format!("{}: {list}; {had} of {} pages read, {} articles stored", report.name, pages.tried, pages.stored)
}

//! `tidings restore`: the database from one file.

use std::path::PathBuf;

use anyhow::{Context, Result};
use tidings::config::{Config, Environment};
use tidings::store::{self, RunLock, restore};

use super::count;

/// Puts what `tidings backup` wrote into the database, all of it or nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file that `tidings backup` or the command /backup wrote.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Put it in the place of what the database holds.
    #[arg(long)]
    replace: bool,
}

/// Restores the file, and says what it held.
pub async fn run(args: Args, environment: &Environment) -> Result<()> {
    let config = Config::without_file(environment, false)?;
    // Before a database is made for nothing.
    std::fs::File::open(&args.file).with_context(|| format!("opening {}", args.file.display()))?;
    let url = config.database_url.as_ref();
    let _lock = RunLock::take(&config.data_dir, "restore")?;
    let database = store::connect(url, &config.data_dir).await?;
    let restored = restore::restore(&database.pool, url, &args.file, args.replace).await;
    let closed = database.close().await;
    let held = restored?;
    closed?;
    super::print_line(&format!(
        "{}: {}, {}, {}, {}, {}",
        args.file.display(),
        count(held.sources, "source", "sources"),
        count(held.articles, "article", "articles"),
        count(held.developments, "development", "developments"),
        count(held.subscribers, "subscriber", "subscribers"),
        count(held.digests, "digest", "digests"),
    ))
}

//! `tidings backup`: the whole database as one file.

use std::path::PathBuf;

use anyhow::Result;
use tidings::config::{Config, Environment};
use tidings::store::backup;

/// Writes the whole database to one file, which `tidings restore` puts back; `tidings run` may go on meanwhile.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file to be written.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Replace the file if it is there.
    #[arg(long)]
    force: bool,
}

/// Writes the file, and says how large it is.
pub async fn run(args: Args, environment: &Environment) -> Result<()> {
    // A mistake in the file of sources must not keep anybody from a backup.
    let config = Config::without_file(environment, false)?;
    let url = config.database_url.as_ref();
    // Its schema as it is: a backup is made before an upgrade.
    let database = backup::connect(url, &config.data_dir).await?;
    let written = backup::write(&database.pool, url, &args.file, args.force).await;
    let closed = database.close().await;
    let bytes = written?;
    closed?;
    super::print_line(&format!("{}: {bytes} bytes", args.file.display()))
}

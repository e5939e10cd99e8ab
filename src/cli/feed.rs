//! `tidings feed`: feed files to JSON, one object a line, with no database and no network.

use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::{Value, json};
use tidings::scrape::feed;

use super::files;

/// Reads feed files and prints what is in them.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Feeds: RSS, Atom or JSON Feed, plain or gzipped.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The URL that relative links stand against.
    #[arg(long, value_name = "URL")]
    base: Option<url::Url>,
}

/// Prints a line a file, in the order of the files.
pub fn run(args: Args) -> Result<()> {
    let base = args.base.as_ref();
    files::each(&args.files, |file| line(file, base))
}

fn line(file: &Path, base: Option<&url::Url>) -> Result<Value> {
    let bytes = match files::read(file, MAX_BYTES)? {
        Ok(bytes) => bytes,
        Err(error) => return Ok(json!({"file": file.display().to_string(), "error": error})),
    };
    Ok(match feed::parse(&bytes, None, base) {
        Ok(listing) => json!({
            "file": file.display().to_string(),
            "title": listing.title,
            "entries": listing.entries,
        }),
        Err(error) => json!({"file": file.display().to_string(), "error": error.to_string()}),
    })
}

/// Longest feed that is read, as in fetching.
const MAX_BYTES: usize = 10 << 20;

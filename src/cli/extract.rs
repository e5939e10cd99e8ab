//! `tidings extract`: page files to JSON, one object a line, with no database and no network.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tidings::config::{Config, Environment};
use tidings::scrape::article;
use url::Url;

use super::files;

/// Reads page files and prints the article in each.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Pages: .html or .html.gz.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Where the pages came from: lines of file name, tab, URL.
    #[arg(long, value_name = "FILE")]
    url_list: Option<PathBuf>,
}

/// Prints a line a file, in the order of the files.
pub fn run(args: Args, environment: &Environment) -> Result<()> {
    let urls = match &args.url_list {
        Some(list) => url_list(list)?,
        None => HashMap::new(),
    };
    let now = Config::without_file(environment, false)?.clock.now();
    files::each(&args.files, |file| {
        let name = file.display().to_string();
        let page = match files::read(file, article::MAX_BYTES)? {
            Ok(bytes) => article::extract(&bytes, None, url_of(&urls, file), now).map_err(|e| e.to_string()),
            Err(error) => Err(error),
        };
        Ok(line(&name, page))
    })
}

fn line(file: &str, page: Result<tidings::model::Page, String>) -> Value {
    match page {
        Ok(page) => json!({
            "file": file,
            "title": page.title,
            "text": page.text,
            "published": page.published,
            "language": page.language,
            "url": page.url,
            "author": page.author,
        }),
        Err(error) => json!({"file": file, "error": error}),
    }
}

/// The file's URL by its whole path, its name, or its name without endings.
fn url_of<'a>(urls: &'a HashMap<String, Url>, file: &Path) -> Option<&'a Url> {
    let name = file.file_name()?.to_str()?;
    let bare = name.strip_suffix(".gz").unwrap_or(name);
    let stem = bare.strip_suffix(".html").unwrap_or(bare);
    [file.to_str()?, name, bare, stem].into_iter().find_map(|name| urls.get(name))
}

fn url_list(list: &Path) -> Result<HashMap<String, Url>> {
    let place = |at: usize| format!("{}:{}", list.display(), at + 1);
    let text = std::fs::read_to_string(list).with_context(|| format!("reading {}", list.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            let (name, url) = line
                .split_once('\t')
                .with_context(|| format!("{}: no tab; write name, tab, URL", place(at)))?;
            let url = Url::parse(url.trim()).with_context(|| format!("{}: no URL", place(at)))?;
            Ok((name.trim().to_owned(), url))
        })
        .collect()
}

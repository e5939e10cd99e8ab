//! `tidings eval`: replays a folder's articles and scores what is found against its gold labels.
//!
//! The folder holds `articles.jsonl`, as `replay` takes it, and `gold.jsonl`, one development a line.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;
use serde_json::json;
use tidings::config::Environment;
use tidings::evaluate::{self, Figures, Found, Gold, Item, Miss, Prf};

use super::replay;

/// Replays articles and scores what is found against gold labels.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A folder with `articles.jsonl` and `gold.jsonl`.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Print the figures as one JSON object.
    #[arg(long)]
    json: bool,
    /// Also list, on stderr, up to so many reports that are missed and as many that are spurious.
    #[arg(long, value_name = "N", default_value_t = 0)]
    misses: usize,
}

/// Replays, scores, and prints the figures on stdout.
pub async fn run(args: Args, environment: &Environment) -> Result<()> {
    let (articles, gold) = (args.folder.join("articles.jsonl"), args.folder.join("gold.jsonl"));
    let items: Vec<Item> = lines(&articles)?;
    let gold: Vec<Gold> = lines(&gold)?;
    let dossiers = replay::replay(&replay::load(&[articles])?, &Default::default(), environment).await?;
    let found: Vec<Found> = dossiers
        .iter()
        .map(|d| serde_json::from_value(replay::as_json(d)).context("reading what the replay found"))
        .collect::<Result<_>>()?;
    let outcome = evaluate::score(&items, &gold, &found);
    for (label, misses) in [("MISSED", &outcome.missed), ("SPURIOUS", &outcome.spurious)] {
        for Miss { article, kind, development, evidence } in misses.iter().take(args.misses) {
            eprintln!("{label:<8} {article} {kind:<9} {development}: {evidence:?}");
        }
    }
    if args.json {
        return super::print_line(&json!(outcome.figures).to_string());
    }
    super::print(&table(&outcome.figures))
}

/// One JSON value a line.
fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), at + 1))
        })
        .collect()
}

fn table(figures: &Figures) -> String {
    let mut out = String::new();
    let mut row = |group: &str, name: &str, v: &Prf, more: String| {
        let _ = writeln!(
            out,
            "{group:<9} {name:<10} P {:.3}  R {:.3}  F1 {:.3}   gold {} found {}{more}",
            v.p, v.r, v.f1, v.gold, v.system
        );
    };
    for kind in evaluate::KINDS.iter().chain(&["all"]) {
        row("detection", kind, &figures.detection[*kind], String::new());
    }
    row("linking", "b-cubed", &figures.linking, String::new());
    let n = &figures.novelty;
    let share = |value: Option<f64>| value.map_or_else(|| "none".to_owned(), |v| format!("{v:.3}"));
    let more = format!(
        "   balanced {:.3}   update recall {} of {}   changes {} of {}",
        n.balanced,
        share(n.update_recall),
        n.updates,
        share(n.changes),
        n.changes_of
    );
    row("novelty", "tell", &n.tell, more);
    for field in evaluate::SLOTS {
        row("slot", field, &figures.slots[field], String::new());
    }
    if figures.unsupported > 0 {
        let _ = writeln!(out, "evidence not literally in its article: {} reports", figures.unsupported);
    }
    out
}

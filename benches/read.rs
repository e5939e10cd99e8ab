//! How fast articles are read, and in how much memory.
//!
//! `cargo bench --bench read -- FILE.jsonl…` reads the articles of the files (`{"title", "text", "date"}`, one a
//! line, as `tidings replay` takes them); without a file those of the bundled newsroom. Each round reads all of
//! them on one thread; words are what white space parts. Time is the thread's own where the system tells it, so
//! that other work on the machine counts little.

#![expect(clippy::print_stdout, reason = "it prints its figures")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::Value;
use tidings::demo::newsroom::Newsroom;
use tidings::model::Article;
use tidings::read::read;

/// Rounds are read until so much time has gone, three at least.
const ENOUGH: Duration = Duration::from_secs(5);

fn main() -> Result<()> {
    let files: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let articles = if files.is_empty() { bundled()? } else { from_files(&files)? };
    ensure!(!articles.is_empty(), "no articles");
    let words: usize = articles.iter().map(words).sum();
    println!("articles {}, words {words}", articles.len());

    let before = used();
    black_box(read(&articles[0]));
    println!("first article, with the gazetteer and word lists {:.3} s", (used() - before).as_secs_f64());

    let (mut rounds, mut all, mut best) = (0, Duration::ZERO, Duration::MAX);
    while rounds < 3 || all < ENOUGH {
        let before = used();
        for article in &articles {
            black_box(read(article));
        }
        let round = used() - before;
        (rounds, all, best) = (rounds + 1, all + round, best.min(round));
    }
    let rate = |time: Duration| words as f64 / time.as_secs_f64();
    println!(
        "words/s {:.0} on average of {rounds} rounds, {:.0} in the best",
        rate(all / rounds),
        rate(best)
    );
    if let Some(peak) = peak_memory() {
        println!("peak memory {:.0} MB", peak as f64 / 1e6);
    }
    Ok(())
}

fn words(article: &Article) -> usize {
    let title = article.title.as_deref().unwrap_or_default();
    title.split_whitespace().count() + article.text.split_whitespace().count()
}

fn bundled() -> Result<Vec<Article>> {
    let stories = Newsroom::bundled()?.stories.into_iter();
    Ok(stories
        .map(|s| Article { outlet: s.outlet, title: Some(s.title), text: s.text, published: s.published })
        .collect())
}

fn from_files(files: &[String]) -> Result<Vec<Article>> {
    let mut articles = Vec::new();
    for file in files {
        let lines = std::fs::read_to_string(file).with_context(|| format!("reading {file}"))?;
        for (at, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            articles.push(article(line).with_context(|| format!("{file}:{}", at + 1))?);
        }
    }
    Ok(articles)
}

fn article(line: &str) -> Result<Article> {
    let fields: Value = serde_json::from_str(line).context("not JSON")?;
    let text = |name: &str| fields[name].as_str().map(str::to_owned);
    Ok(Article {
        outlet: text("outlet").unwrap_or_default(),
        title: text("title"),
        text: text("text").unwrap_or_default(),
        published: date(&text("date").context("no \"date\"")?)?,
    })
}

fn date(text: &str) -> Result<DateTime<Utc>> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Ok(day.and_time(NaiveTime::MIN).and_utc());
    }
    Ok(DateTime::parse_from_rfc3339(text).with_context(|| format!("\"date\" is {text:?}"))?.to_utc())
}

/// Processor time of this thread; where the system does not tell it, time on the wall.
fn used() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let nanoseconds = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = nanoseconds.and_then(|line| line.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// The most memory that this process has had, in bytes.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

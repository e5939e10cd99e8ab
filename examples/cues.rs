//! What `scripts/background` learns from: each attack and meeting that articles tell, with its cues.
//!
//! `cargo run --example cues -- FILE.jsonl` reads articles as `tidings replay` takes them and prints a JSON
//! object a mention.

#![expect(clippy::print_stdout, reason = "it prints what it reads")]

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::{Value, json};
use tidings::compare::{Context, cues};
use tidings::model::{Article, Shape};
use tidings::read::read;

fn main() -> Result<()> {
    for file in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&file).with_context(|| file.clone())?;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            tell(&serde_json::from_str(line)?)?;
        }
    }
    Ok(())
}

fn tell(line: &Value) -> Result<()> {
    let field = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
    let article = Article {
        outlet: field("outlet"),
        title: Some(field("title")).filter(|title| !title.trim().is_empty()),
        text: field("text"),
        published: instant(&field("date"))?,
    };
    let at = Context { published: article.published, outlet: article.outlet.clone() };
    for mention in read(&article).iter().filter(|m| m.kind.spec().shape != Shape::Speech) {
        let cues: BTreeMap<&str, bool> = cues(mention, &at).into_iter().collect();
        let actors: Vec<&str> = mention.actors.iter().map(|a| a.name.as_str()).collect();
        let mention = json!({
            "article": line["id"],
            "kind": mention.kind,
            "evidence": mention.evidence,
            "actors": actors,
            "place": mention.place.as_ref().map(|p| &p.name),
            "cues": cues,
        });
        println!("{mention}");
    }
    Ok(())
}

/// A day, or an instant.
fn instant(text: &str) -> Result<DateTime<Utc>> {
    match text.parse::<NaiveDate>() {
        Ok(day) => Ok(day.and_time(NaiveTime::MIN).and_utc()),
        Err(_) => Ok(DateTime::parse_from_rfc3339(text).context("no date")?.to_utc()),
    }
}

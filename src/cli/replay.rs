//! `tidings replay`: articles of files, read in the order of their dates in a scratch store.
//!
//! Input is checked whole before anything is read: an error names file and line, and nothing is printed.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::{Value, json};
use sqlx::PgPool;
use tidings::app::read::{Outcome, read_next};
use tidings::clock::Clock;
use tidings::config::{self, Config, Environment};
use tidings::model::{DevelopmentId, OwnWords, Place, Precision};
use tidings::read::{Reader, language};
use tidings::store::developments::{self as store, Dossier, Replayed};

use super::explain;

/// Reads articles in date order and compares each with what came before.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files with one article a line: {"id","date","outlet","title","text"}.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print one JSON object a development.
    #[arg(long)]
    json: bool,
    /// Print evidence, sources and history of this development instead.
    #[arg(long, value_name = "ID")]
    explain: Option<i64>,
    /// Read with the [lexicon] of this configuration file; without it no configuration is used.
    #[arg(long, value_name = "TOML")]
    lexicon: Option<PathBuf>,
}

/// Replays the files and prints the developments on stdout.
pub async fn run(args: Args, environment: &Environment) -> Result<()> {
    let words = args.lexicon.as_deref().map(config::words).transpose()?.unwrap_or_default();
    let dossiers = replay(&load(&args.files)?, &words, environment).await?;
    if let Some(id) = args.explain {
        let Some(dossier) = dossiers.iter().find(|d| d.facts.id == DevelopmentId(id)) else {
            bail!("no development {id} in this replay; run it without --explain to see the ids");
        };
        return super::print(&explain::full(dossier));
    }
    let shown = |d| if args.json { as_json(d).to_string() } else { explain::brief(d) };
    super::print(&dossiers.iter().map(|d| shown(d) + "\n").collect::<String>())
}

/// Reads the articles in a scratch store and compares each with what came before.
pub async fn replay(
    articles: &[Replayed],
    words: &OwnWords,
    environment: &Environment,
) -> Result<Vec<Dossier>> {
    let reader = Arc::new(Reader::new(words));
    let config = Config::without_file(environment, false)?;
    let beside = tidings::store::connect(config.database_url.as_ref(), &config.data_dir).await?;
    let scratch = tidings::store::scratch(&beside).await?;
    let dossiers = read_all(&scratch.pool, articles, &reader, config.clock.now()).await;
    scratch.close().await?;
    beside.close().await?;
    dossiers
}

async fn read_all(
    db: &PgPool,
    articles: &[Replayed],
    reader: &Arc<Reader>,
    now: DateTime<Utc>,
) -> Result<Vec<Dossier>> {
    store::insert_replayed(db, articles, now).await?;
    let clock = Clock::manual(now);
    while read_next(db, reader, &clock).await? != Outcome::Empty {}
    store::dossiers(db, None).await
}

/// A development as `--json` prints it.
pub fn as_json(dossier: &Dossier) -> Value {
    let facts = &dossier.facts;
    let when = facts.when.as_ref();
    let reports: Vec<Value> = dossier
        .reports
        .iter()
        .map(|r| {
            json!({
                "article": r.article,
                "relation": r.relation,
                "evidence": r.evidence,
                "changes": r.changes,
                "rule": r.mention.rule,
                "why": r.why,
            })
        })
        .collect();
    json!({
        "id": facts.id,
        "kind": facts.kind,
        "status": facts.status,
        "date": when.and_then(explain::day),
        "date_end": when.filter(|w| w.precision == Precision::Day && w.to > w.from).map(|w| w.to.to_string()),
        "place": facts.place.as_ref().map(Place::spelled),
        "actors": facts.actors.iter().map(|a| &a.name).collect::<Vec<_>>(),
        "speaker": facts.speaker.as_ref().map(|s| &s.name),
        "killed": facts.killed.as_ref().map(|t| t.value),
        "wounded": facts.wounded.as_ref().map(|t| t.value),
        "summary": facts.summary,
        "reports": reports,
    })
}

/// All articles of the files in strict order: by date, then as they stand.
pub fn load(files: &[PathBuf]) -> Result<Vec<Replayed>> {
    let mut articles = Vec::new();
    let mut seen: HashMap<String, String> = HashMap::new();
    for file in files {
        let bytes = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
        for (at, line) in bytes.split(|b| *b == b'\n').enumerate() {
            let place = || format!("{}:{}", file.display(), at + 1);
            let line = if at == 0 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
            if line.trim_ascii().is_empty() {
                continue;
            }
            let article = parse(line).with_context(place)?;
            if let Some(first) = seen.insert(article.id.clone(), place()) {
                bail!(
                    "{}: id {:?} is given twice, first at {first}; give each article its own",
                    place(),
                    article.id
                );
            }
            articles.push(article);
        }
    }
    articles.sort_by_key(|a: &Replayed| a.published);
    Ok(articles)
}

/// One line of a file.
fn parse(line: &[u8]) -> Result<Replayed> {
    let line = std::str::from_utf8(line).context("not UTF-8")?;
    let value: Value = serde_json::from_str(line).context("not JSON")?;
    let Value::Object(fields) = &value else { bail!("not a JSON object") };
    let text_of = |name: &str| -> Result<Option<String>> {
        match fields.get(name) {
            None | Some(Value::Null) => Ok(None),
            // Postgres stores no NUL.
            Some(Value::String(text)) => Ok(Some(text.replace('\0', ""))),
            Some(_) => bail!("\"{name}\" is not a string"),
        }
    };
    let required = |name: &str| -> Result<String> {
        match text_of(name)? {
            Some(text) if !text.trim().is_empty() => Ok(text),
            _ => bail!("no \"{name}\""),
        }
    };
    let id = required("id")?;
    let published = date(&required("date")?)?;
    let outlet = required("outlet")?;
    let title = text_of("title")?.filter(|t| !t.trim().is_empty());
    let text = text_of("text")?.unwrap_or_default();
    text_of("url")?;
    if title.is_none() && text.trim().is_empty() {
        bail!("neither \"title\" nor \"text\"");
    }
    let language = language::tell(title.as_deref(), &text).map(str::to_owned);
    Ok(Replayed { id, outlet, published, title, text, language })
}

fn date(text: &str) -> Result<DateTime<Utc>> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d")
        && text.len() == 10
    {
        return Ok(day.and_time(NaiveTime::MIN).and_utc());
    }
    let Ok(instant) = DateTime::parse_from_rfc3339(text) else {
        bail!("\"date\" is {text:?}: give a day (2026-01-31) or RFC 3339 (2026-01-31T08:00:00Z)");
    };
    Ok(instant.to_utc())
}

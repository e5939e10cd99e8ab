//! `tidings explain`: evidence, rule, score, sources and history of one development.

use std::fmt::Write as _;

use anyhow::{Result, bail};
use tidings::config::{Config, Environment};
use tidings::model::{Actor, DevelopmentId, Precision, When};
use tidings::store::developments::{self as store, Dossier, Filed};

/// Prints evidence, sources and history of one development.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The development's number.
    #[arg(value_name = "DEVELOPMENT")]
    id: i64,
}

/// Prints the development on stdout.
pub async fn run(args: Args, environment: &Environment) -> Result<()> {
    let config = Config::load(environment, false)?;
    let id = DevelopmentId(args.id);
    let dossiers = super::with_app(config, async |app, _| store::dossiers(&app.db, Some(id)).await).await?;
    let Some(dossier) = dossiers.first() else {
        bail!("no development {}; a digest's JSON and `tidings replay --json` show the ids", args.id);
    };
    super::print(&full(dossier))
}

/// A development and all that was said of it, for a person to trace a line.
pub fn full(dossier: &Dossier) -> String {
    let mut out = outline(dossier);
    for report in &dossier.reports {
        let _ = writeln!(out);
        let _ = writeln!(out, "{}", headline(report));
        let _ = writeln!(out, "  evidence  {}", report.evidence);
        for change in &report.changes {
            let _ = writeln!(out, "  change    {}: {} → {}", change.field, change.was, change.now);
        }
        let m = &report.mention;
        let _ = writeln!(
            out,
            "  rule      {} (score {:.2}){}",
            m.rule,
            m.score,
            if m.background { ", background" } else { "" }
        );
        let _ = writeln!(out, "  status    {}", m.status.as_str());
        if !m.actors.is_empty() {
            let _ = writeln!(out, "  actors    {}", resolved_actors(&m.actors));
        }
        if let Some(speaker) = &m.speaker {
            let _ = writeln!(out, "  speaker   {}", resolved_actors(std::slice::from_ref(speaker)));
        }
        if let Some(when) = &m.when {
            let _ = writeln!(out, "  date      {}", resolved(&day(when).unwrap_or_default(), &when.literal));
        }
        if let Some(place) = &m.place {
            let _ = writeln!(out, "  place     {}", resolved(&place.name, &place.literal));
        }
        for (name, toll) in [("killed", &m.killed), ("wounded", &m.wounded)] {
            if let Some(toll) = toll {
                let _ = writeln!(out, "  {name:<9} {}", resolved(&toll.value.to_string(), &toll.literal));
            }
        }
        let _ = writeln!(out, "  why       {}", report.why);
    }
    out
}

/// A development with one line a report.
pub fn brief(dossier: &Dossier) -> String {
    let mut out = outline(dossier);
    for report in &dossier.reports {
        let _ = writeln!(out, "  {}", headline(report));
        for change in &report.changes {
            let _ = writeln!(out, "          {}: {} → {}", change.field, change.was, change.now);
        }
    }
    out
}

/// A date as JSON has it: a day, a month, or none.
pub fn day(when: &When) -> Option<String> {
    match when.precision {
        Precision::Day => Some(when.from.to_string()),
        Precision::Week | Precision::Month => {
            let (from, to) = (when.from.format("%Y-%m").to_string(), when.to.format("%Y-%m").to_string());
            (from == to).then_some(from)
        }
        Precision::Year => None,
    }
}

fn outline(dossier: &Dossier) -> String {
    let facts = &dossier.facts;
    let mut out = format!("{}  {}, {}", facts.id, facts.kind, facts.status.as_str());
    if let Some(date) = facts.when.as_ref().and_then(day) {
        let _ = write!(out, ", {date}");
    }
    if let Some(place) = &facts.place {
        let _ = write!(out, ", {}", place.name);
    }
    for (name, toll) in [("killed", &facts.killed), ("wounded", &facts.wounded)] {
        if let Some(toll) = toll {
            let _ = write!(out, ", {name} {}{}", if toll.at_least { "at least " } else { "" }, toll.value);
        }
    }
    let _ = writeln!(out);
    let mut names: Vec<&str> = facts.speaker.iter().chain(&facts.actors).map(|a| a.name.as_str()).collect();
    // A statement's speaker is its actor too.
    names.dedup();
    if !names.is_empty() {
        let _ = writeln!(out, "  {}", names.join(", "));
    }
    let _ = writeln!(out, "  {}", facts.summary);
    out
}

fn headline(report: &Filed) -> String {
    format!(
        "{:<6} {}  {}  {}",
        report.relation,
        report.published.format("%Y-%m-%d %H:%M"),
        report.outlet,
        report.article
    )
}

fn resolved_actors(actors: &[Actor]) -> String {
    let told = |a: &Actor| match &a.country {
        Some(country) => format!("{} [{country}]", resolved(&a.name, &a.literal)),
        None => resolved(&a.name, &a.literal),
    };
    actors.iter().map(told).collect::<Vec<_>>().join("; ")
}

/// A value with the words that it was resolved from, where they differ.
fn resolved(value: &str, literal: &str) -> String {
    if literal.is_empty() {
        format!("{value} (day of publication)")
    } else if value == literal {
        value.to_owned()
    } else {
        format!("{value} (from “{literal}”)")
    }
}

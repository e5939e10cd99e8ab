//! `tidings explain`: evidence, rule, score, sources and history of one development.

use std::fmt::Write as _;

use anyhow::{Result, bail};
use tidings::config::{Config, Environment};
use tidings::model::{Actor, DevelopmentId, Mention, Precision, Tried, Weighed, When};
use tidings::store::developments::{self as store, Dossier, Filed};

/// Prints evidence, sources and history of one development.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The development's number.
    #[arg(value_name = "DEVELOPMENT", value_parser = number)]
    id: i64,
}

/// A development's number, as a digest shows it (`#12`) or without its mark.
fn number(text: &str) -> Result<i64, String> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    digits.parse().map_err(|_| "give the number that `tidings digest` shows, as 12".to_owned())
}

/// Prints the development on stdout.
pub async fn run(args: Args, environment: &Environment) -> Result<()> {
    let config = Config::load(environment, false)?;
    let id = DevelopmentId(args.id);
    let dossiers = super::with_app(config, async |app, _| store::dossiers(&app.db, Some(id)).await).await?;
    let Some(dossier) = dossiers.first() else {
        bail!("no development {}; `tidings digest` shows each item's number, as #12", args.id);
    };
    super::print(&full(dossier))
}

/// A development and all that was said of it, for a person to trace a line.
pub fn full(dossier: &Dossier) -> String {
    let mut out = outline(dossier);
    let changes = dossier.reports.iter().flat_map(|report| report.changes.iter().map(move |c| (report, c)));
    for (at, (report, change)) in changes.enumerate() {
        let label = if at == 0 { "\nhistory   " } else { "          " };
        let since = format!("{}, {}", report.published.format("%Y-%m-%d %H:%M"), report.outlet);
        let _ = writeln!(out, "{label}{}: {} → {} ({since})", change.field, change.was, change.now);
    }
    for report in &dossier.reports {
        let _ = writeln!(out, "\n{}", headline(report));
        if let Some(url) = report.url.as_ref().filter(|url| **url != report.article) {
            let _ = writeln!(out, "  url       {url}");
        }
        for change in &report.changes {
            let _ = writeln!(out, "  change    {}: {} → {}", change.field, change.was, change.now);
        }
        if report.traces.is_empty() {
            mention(&mut out, &report.mention);
        }
        for (at, trace) in report.traces.iter().enumerate() {
            if at > 0 {
                let _ = writeln!(out, "  and");
            }
            mention(&mut out, &trace.mention);
            trace.tried.iter().for_each(|tried| weighed(&mut out, tried));
        }
        if report.traces.iter().all(|trace| trace.tried.is_empty()) {
            let _ = writeln!(out, "  why       {}", report.why);
        }
    }
    out
}

/// What was read, by which rule, and from which words.
fn mention(out: &mut String, m: &Mention) {
    let _ = writeln!(out, "  evidence  {}", m.evidence);
    let place = if m.prominent { ", in headline or lead" } else { "" };
    let background = if m.background { ", background" } else { "" };
    let _ = writeln!(out, "  rule      {} (score {:.2}{place}{background})", m.rule, m.score);
    let _ = writeln!(out, "  status    {}", m.status.as_str());
    if !m.actors.is_empty() {
        let _ = writeln!(out, "  actors    {}", resolved_actors(&m.actors));
    }
    if let Some(speaker) = &m.speaker {
        let _ = writeln!(out, "  speaker   {}", resolved_actors(std::slice::from_ref(speaker)));
    }
    if let Some(when) = &m.when {
        let days =
            if when.to > when.from { format!("{} to {}", when.from, when.to) } else { when.from.to_string() };
        let _ = writeln!(out, "  date      {}", resolved(&days, &when.literal));
    }
    if let Some(place) = &m.place {
        let _ = writeln!(out, "  place     {}", resolved(&place.name, &place.literal));
    }
    for (name, toll) in [("killed", &m.killed), ("wounded", &m.wounded)] {
        if let Some(toll) = toll {
            let bound = if toll.at_least { "at least " } else { "" };
            let _ =
                writeln!(out, "  {name:<9} {}", resolved(&format!("{bound}{}", toll.value), &toll.literal));
        }
    }
    if let Some(quote) = &m.quote {
        let _ = writeln!(out, "  quote     {quote}");
    }
}

/// A development that a mention was weighed against: what each part gave, and what decided.
fn weighed(out: &mut String, tried: &Tried) {
    let label = if tried.linked { "linked" } else { "not" };
    let whose = match tried.development.0 {
        id if id < 1 => "what the same article told before".to_owned(),
        id => id.to_string(),
    };
    let _ = writeln!(
        out,
        "  {label:<9} {whose}: {:.2}, needed {:.2}{}",
        tried.score,
        tried.needs,
        if tried.linked { String::new() } else { format!(" “{}”", tried.summary) }
    );
    for Weighed { facet, weight, value, reason } in &tried.parts {
        let gave = match value {
            Some(value) => format!("{:.2} of {weight:.2}", weight * value),
            None => "conflict".to_owned(),
        };
        let _ = writeln!(out, "            {:<6} {gave:<12} {reason}", facet.as_str());
    }
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
    if let Some((at, why)) = &dossier.withdrawn {
        let why = why.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
        let _ = writeln!(out, "  marked as wrong by an admin, {}{why}", at.format("%Y-%m-%d %H:%M"));
    }
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

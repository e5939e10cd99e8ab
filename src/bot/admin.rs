//! /sources, /run, /stats: what the owner's admins see and set in motion.

use chrono::{DateTime, TimeDelta, Utc};
use teloxide::utils::html::escape;

use super::{Call, bold};
use crate::app::read;
use crate::app::scrape::{self, List, SourceReport};
use crate::deliver::telegram;
use crate::digest::parts;
use crate::scrape::canonical;
use crate::store::sources::{self, Health};
use crate::store::stats;

/// Sources that a result names; the rest are counted.
const NAMED: usize = 15;

/// All sources and how they fare.
pub(super) async fn sources(call: &Call) -> anyhow::Result<()> {
    let app = &call.service.app;
    let now = app.clock.now();
    let sources = sources::health(&app.db, now).await?;
    if sources.is_empty() {
        let how = "No sources yet. Add <code>[[source]]</code> tables to the configuration and restart, or give \
                   the command <code>tidings sources add</code>.";
        call.reply(how).await;
        return Ok(());
    }
    // A blank line is where a long list is split into messages.
    let lines: Vec<String> = sources.iter().map(|source| health(source, now)).collect();
    for part in parts::split(&lines.join("\n\n")) {
        call.reply(&part).await;
    }
    Ok(())
}

/// Reads all sources now: answers at once, works on in the background, and edits the result in.
pub(super) async fn run(call: &Call) -> anyhow::Result<()> {
    let Ok(turn) = call.service.scraping.clone().try_lock_owned() else {
        call.reply("⏳ I am reading the sources already.").await;
        return Ok(());
    };
    let answer = call.reply("⏳ Reading all sources …").await;
    let call = call.clone();
    tokio::spawn(async move {
        let _turn = turn;
        let result = match scrape::pass(&call.service.app, &[]).await {
            Ok(reports) => summary(&reports),
            Err(error) => {
                tracing::error!("a pass over all sources that an admin asked for: {error:#}");
                "❌ The pass failed; my log says why.".into()
            }
        };
        match answer {
            Some(message) => {
                let edited = telegram::edit(&call.service.bot, call.chat_id, message, &result).await;
                tracing::info!(chat_id = call.chat_id, ?edited, "a pass that an admin asked for is done");
            }
            None => drop(call.reply(&result).await),
        }
    });
    Ok(())
}

/// Figures of the whole bot.
pub(super) async fn stats(call: &Call) -> anyhow::Result<()> {
    let (db, now) = (&call.service.app.db, call.service.app.clock.now());
    let figures = stats::figures(db, now).await?;
    let mut lines: Vec<String> =
        figures.iter().map(|(name, value)| format!("{}: <b>{value}</b>", escape(name))).collect();
    let not_read = read::not_read(db, now).await?;
    lines.extend(not_read.iter().take(NAMED).map(|line| escape(&shortened(line, 200))));
    if not_read.len() > NAMED {
        lines.push(format!("… and {} more", not_read.len() - NAMED));
    }
    call.reply(&lines.join("\n")).await;
    Ok(())
}

/// "✅ Courier · feed · read 5 min ago · 34 articles, 2.5 a day", and what is wrong.
fn health(source: &Health, now: DateTime<Utc>) -> String {
    let sign = match source {
        Health { paused: true, .. } => "⏸",
        Health { failures: 1.., .. } => "⚠️",
        Health { succeeded_at: None, .. } => "🕓",
        Health { silent_since: Some(_), .. } => "🔇",
        _ => "✅",
    };
    let read = match source.succeeded_at {
        Some(at) => format!("read {} ago", span(now - at)),
        None => "never read".into(),
    };
    let name = bold(&shortened(&source.name, 60));
    let mut text = format!(
        "{sign} {name} · {} · {read} · {} articles, {:.1} a day",
        escape(&source.kind),
        source.articles,
        source.articles_a_day(now)
    );
    if source.failures > 0 {
        let error = source.last_error.as_deref().unwrap_or("no reason known");
        let again = span(source.next_check_at - now);
        let since =
            source.failing_since.map_or_else(String::new, |since| format!(" for {}", span(now - since)));
        text.push_str(&format!(
            "\n{} failures in a row{since}, next try in {again}: {}",
            source.failures,
            escape(&shortened(error, 200))
        ));
    } else if let Some(since) = source.silent_since {
        text.push_str(&format!("\nnothing new for {}, which is unlike it", span(now - since)));
    }
    if let Some(to) = &source.moved_to {
        text.push_str(&format!(
            "\nmoved for good to {}",
            escape(&shortened(&canonical::host_and_path(to), 200))
        ));
    }
    text
}

/// "✅ 12 sources read: 30 new entries, 28 articles stored.", and the ones that failed.
fn summary(reports: &[SourceReport]) -> String {
    if reports.is_empty() {
        return "There are no sources to read.".into();
    }
    let failed: Vec<(&str, &str)> =
        reports.iter().filter_map(|r| Some((r.name.as_str(), r.list.as_ref().err()?.as_str()))).collect();
    let new: u64 = reports
        .iter()
        .map(|report| match report.list {
            Ok(List::Read { new, .. }) => new,
            _ => 0,
        })
        .sum();
    let stored: usize = reports.iter().map(|report| report.pages.stored).sum();
    let pages_failed: usize = reports.iter().map(|report| report.pages.failed).sum();
    let put_off = reports.iter().filter(|report| matches!(report.list, Ok(List::PutOff(_)))).count();
    let overtaken = reports.iter().filter(|report| matches!(report.list, Ok(List::Overtaken))).count();
    let sign = if failed.is_empty() { "✅" } else { "⚠️" };
    let mut text = format!(
        "{sign} {} of {} sources read: {new} new entries, {stored} articles stored, {pages_failed} pages not had.",
        reports.len() - failed.len() - put_off - overtaken,
        reports.len(),
    );
    if put_off > 0 {
        text.push_str(&format!("\nThe hosts of {put_off} are to be left alone for now."));
    }
    if overtaken > 0 {
        text.push_str(&format!("\nChecked meanwhile: {overtaken}."));
    }
    for (name, error) in failed.iter().take(NAMED) {
        text.push_str(&format!("\n⚠️ {}: {}", bold(&shortened(name, 40)), escape(&shortened(error, 60))));
    }
    if failed.len() > NAMED {
        text.push_str(&format!("\n… and {} more: /sources", failed.len() - NAMED));
    }
    text
}

pub(super) fn span(time: TimeDelta) -> String {
    let minutes = time.num_minutes().max(0);
    match minutes {
        0..120 => format!("{minutes} min"),
        120..2880 => format!("{} h", minutes / 60),
        _ => format!("{} days", minutes / 1440),
    }
}

pub(super) fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    text.chars().take(longest - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::scrape::Pages;

    #[test]
    fn a_result_of_ten_thousand_failing_sources_is_one_message() {
        let report = SourceReport {
            name: "<&>".repeat(50),
            list: Err("<&>".repeat(500)),
            pages: Pages { tried: 1, stored: 0, failed: 1 },
        };
        let text = summary(&vec![report; 10_000]);
        assert!(
            parts::visible_units(&text) <= parts::MAX_UNITS && text.len() <= parts::MAX_BYTES,
            "{}",
            text.len()
        );
        assert!(text.contains("and 9985 more"));
    }

    #[test]
    fn spans_are_told_in_the_largest_fitting_unit() {
        let told = [0, 119, 120, 2879, 2880].map(|minutes| span(TimeDelta::minutes(minutes)));
        assert_eq!(told, ["0 min", "119 min", "2 h", "47 h", "2 days"]);
    }
}

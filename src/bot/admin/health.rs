//! /health: whether all is well, and if not, what.

use chrono::{DateTime, TimeDelta, Utc};

use super::{shortened, span};
use crate::app::deliver::LARGE;
use crate::app::disk::Disk;
use crate::app::journal;
use crate::app::pulse::Loop;
use crate::bot::call::Call;
use crate::store::{backup, deliveries, stats};

/// An article is read, and a message sent, sooner than this.
const SLOW: TimeDelta = TimeDelta::minutes(15);
/// Some source is read more often than this.
const LONG_SINCE_FETCH: TimeDelta = TimeDelta::hours(3);
/// Errors that are younger are news.
const RECENT: TimeDelta = TimeDelta::hours(24);

/// How database, disk, queues, sources, poller and this process's loops fare; each with its sign.
pub(super) async fn health(call: &Call) -> anyhow::Result<()> {
    let app = &call.service.app;
    let now = app.clock.now();
    let vitals = stats::vitals(&app.db, now).await?;
    let sources = stats::open_sources(&app.db).await?;
    let progress = deliveries::progress(&app.db, now).await?;
    let size = backup::size(&app.db).await?;
    let disk = Disk::of(&app.config);
    let errors = journal::last().iter().filter(|entry| entry.error && entry.at > now - RECENT).count();

    let ago = |at: Option<DateTime<Utc>>| match at {
        Some(at) => call.language.text("admin-ago", &[("span", span(call.language, now - at).into())]),
        None => call.language.text("admin-never", &[]),
    };
    let for_long = |since: Option<DateTime<Utc>>, long: TimeDelta| since.is_some_and(|at| now - at > long);
    let oldest = |since: Option<DateTime<Utc>>| match since {
        Some(at) => call.language.text("admin-oldest", &[("span", span(call.language, now - at).into())]),
        None => String::new(),
    };
    let line = |well: bool, key: &str, args: &[(&'static str, String)]| {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        format!("{} {}", if well { "✅" } else { "⚠️" }, call.say(&format!("admin-health-{key}"), &args))
    };
    let count = |n: i64| n.to_string();
    let beats = app.pulse.beats();
    let stuck: Vec<String> = beats
        .iter()
        .filter(|beat| beat.is_stuck())
        .map(|beat| call.language.text(name(beat.which), &[]))
        .collect();
    let left = progress.left().map_or("?".into(), |left| span(call.language, left));
    let delivering = line(
        true,
        "delivering",
        &[
            ("sent", count(progress.sent)),
            ("all", count(progress.sent + progress.due)),
            ("rate", format!("{:.1}", progress.rate())),
            ("left", left),
        ],
    );
    let mut lines = vec![
        line(true, "database", &[("size", bytes(size.unsigned_abs()))]),
        line(
            sources > 0 && vitals.last_fetch.is_some_and(|at| now - at < LONG_SINCE_FETCH),
            "fetch",
            &[("when", ago(vitals.last_fetch)), ("due", count(vitals.sources_due))],
        ),
        line(true, "pages", &[("n", count(vitals.pages_wanted))]),
        line(
            !for_long(vitals.oldest_unread, SLOW),
            "unread",
            &[("n", count(vitals.unread)), ("oldest", oldest(vitals.oldest_unread))],
        ),
        line(
            !for_long(vitals.oldest_waiting, SLOW),
            "waiting",
            &[("n", count(vitals.waiting)), ("oldest", oldest(vitals.oldest_waiting))],
        ),
        line(vitals.parked == 0, "parked", &[("n", count(vitals.parked))]),
        line(true, "digest", &[("when", ago(vitals.last_digest))]),
        line(vitals.polled, "poller", &[("processes", count(vitals.processes))]),
        line(errors == 0, "errors", &[("n", errors.to_string())]),
    ];
    if let Some(disk) = disk {
        lines.insert(1, line(!disk.is_low(), "disk", &[("free", bytes(disk.free))]));
    }
    if let Some(fault) = app.template_faults().unwrap_or_default().first() {
        lines.push(line(false, "templates", &[("error", shortened(fault, 200))]));
    }
    if !stuck.is_empty() {
        lines.push(line(false, "stuck", &[("loops", stuck.join(", "))]));
    }
    if progress.due >= LARGE {
        lines.push(delivering);
    }
    call.reply(&lines.join("\n")).await;
    Ok(())
}

/// The message that names what a loop does.
fn name(which: Loop) -> &'static str {
    match which {
        Loop::Scraping => "admin-loop-scraping",
        Loop::Fetching => "admin-loop-fetching",
        Loop::Reading => "admin-loop-reading",
        Loop::Compiling => "admin-loop-compiling",
        Loop::Delivering => "admin-loop-delivering",
        Loop::Alerting => "admin-loop-alerting",
        Loop::Disk => "admin-loop-disk",
        Loop::Keeping => "admin-loop-keeping",
        Loop::Listening => "admin-loop-listening",
    }
}

/// "1.4 GB".
pub(in crate::bot) fn bytes(n: u64) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"];
    let (mut value, mut unit) = (n as f64, 0);
    while value >= 1000.0 && unit + 1 < units.len() {
        (value, unit) = (value / 1000.0, unit + 1);
    }
    if unit == 0 { format!("{n} B") } else { format!("{value:.1} {}", units[unit]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_the_largest_fitting_unit() {
        assert_eq!(
            [0, 999, 1000, 49_000_000, 5 << 40].map(bytes),
            ["0 B", "999 B", "1.0 kB", "49.0 MB", "5.5 TB"]
        );
    }
}

//! What this process did, counted, and what there is, as metrics that Prometheus reads.
//!
//! Counts are this process's, from 0 at its start; gauges of the database are the same from every process on it,
//! and are taken when they are asked for. What each means: docs/operations.md.

use std::sync::atomic::AtomicU64;

use chrono::{DateTime, Utc};
use prometheus_client::encoding::text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

use super::pulse::Pulse;
use super::scrape::Pages;
use crate::deliver::outbox::Step;
use crate::store::stats::Gauges;

type Label = [(&'static str, &'static str); 1];

/// What this process did; clones count together.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Checks of sources, whatever came of them.
    pub checks: Counter,
    /// Article versions that were read.
    pub articles_read: Counter,
    /// Digests compiled.
    pub digests: Counter,
    /// Updates that Telegram gave.
    pub updates: Counter,
    articles_stored: Counter,
    pages: Family<Label, Counter>,
    parts: Family<Label, Counter>,
}

impl Counts {
    /// A page was tried.
    pub fn page(&self, page: Pages) {
        self.articles_stored.inc_by(page.stored as u64);
        let outcome = if page.failed > 0 { "failed" } else { "had" };
        self.pages.get_or_create(&[("outcome", outcome)]).inc();
    }

    /// A part was sent, with this outcome.
    pub fn part(&self, step: &Step) {
        let outcome = match step {
            Step::Sent { .. } => "sent",
            Step::ChatLater { .. } => "flood_wait",
            Step::Retry { .. } => "retried",
            Step::Moved { .. } => "moved",
            Step::Gone { .. } => "gone",
            Step::Parked { .. } => "parked",
        };
        self.parts.get_or_create(&[("outcome", outcome)]).inc();
    }
}

/// All metrics in OpenMetrics text; those of the database where it answered.
///
/// # Errors
/// None that is known: the text is written to memory.
pub fn page(
    counts: &Counts,
    pulse: &Pulse,
    gauges: Option<&Gauges>,
    now: DateTime<Utc>,
) -> Result<String, std::fmt::Error> {
    let mut registry = Registry::default();
    process(&mut registry, pulse);
    let own = registry.sub_registry_with_prefix("tidings");
    counted(own, counts);
    beats(own, pulse);
    gauge(own, "database_up", "Whether the database answered", f64::from(u8::from(gauges.is_some())));
    if let Some(gauges) = gauges {
        stored(own, gauges, now);
    }
    let mut page = String::new();
    text::encode(&mut page, &registry)?;
    Ok(page)
}

fn counted(own: &mut Registry, counts: &Counts) {
    let Counts { checks, articles_read, digests, updates, articles_stored, pages, parts } = counts.clone();
    own.register("source_checks", "Checks of sources by this process", checks);
    own.register("pages", "Pages that this process tried to fetch, by outcome", pages);
    own.register("articles_stored", "Articles, or new versions, that this process stored", articles_stored);
    own.register("articles_read", "Article versions that this process read", articles_read);
    own.register("digests_compiled", "Digests that this process compiled", digests);
    own.register("parts", "Messages of digests that this process tried to send, by outcome", parts);
    own.register("updates", "Updates of Telegram that this process handled", updates);
}

fn beats(own: &mut Registry, pulse: &Pulse) {
    let ages = Family::<Label, Gauge<f64, AtomicU64>>::default();
    let stuck = Family::<Label, Gauge>::default();
    for beat in pulse.beats() {
        let label = [("loop", beat.which.name())];
        ages.get_or_create(&label).set(beat.age.as_secs_f64());
        stuck.get_or_create(&label).set(i64::from(beat.is_stuck()));
    }
    own.register_with_unit("loop_beat_age", "Since a loop came round last", Unit::Seconds, ages);
    own.register("loop_stuck", "Whether a loop has not come round for too long", stuck);
    if let Some(age) = pulse.unanswered() {
        let help = "Since Telegram answered the poll of this process, where it polls";
        seconds(own, "poll_age", help, age.as_secs_f64());
    }
}

fn stored(own: &mut Registry, there: &Gauges, now: DateTime<Utc>) {
    let age =
        |since: Option<DateTime<Utc>>| since.map_or(0.0, |since| (now - since).as_seconds_f64().max(0.0));
    for (name, help, value) in [
        ("sources", "Sources that are neither paused nor removed", there.sources),
        ("sources_failing", "Sources whose last checks failed", there.failing),
        ("sources_due", "Sources that are due", there.due),
        ("pages_wanted", "Pages that are wanted and may be asked for", there.pages_wanted),
        ("articles", "Articles in the database", there.articles),
        ("articles_unread", "Article versions that are not read yet", there.unread),
        ("developments", "Developments that are told as news", there.developments),
        ("subscribers", "Chats that get digests", there.subscribers),
        ("outbox_waiting", "Messages of digests that wait to be sent", there.waiting),
        ("polled", "Whether a process polls Telegram", i64::from(there.polled)),
        ("processes", "Processes that run on this database", there.processes),
    ] {
        gauge(own, name, help, value as f64);
    }
    let size = Gauge::<f64, AtomicU64>::default();
    size.set(there.bytes as f64);
    own.register_with_unit("database_size", "Size of the database", Unit::Bytes, size);
    seconds(
        own,
        "articles_unread_age",
        "Since the longest unread article was seen",
        age(there.oldest_unread),
    );
    seconds(own, "outbox_age", "For how long a message could have been sent", age(there.oldest_waiting));
}

/// What every program tells of itself, by the names that Prometheus has for it.
fn process(registry: &mut Registry, pulse: &Pulse) {
    seconds(registry, "process_uptime", "Since this process began its work", pulse.uptime().as_secs_f64());
    if let Some(bytes) = resident() {
        let size = Gauge::<f64, AtomicU64>::default();
        size.set(bytes as f64);
        let help = "Memory of this process, without that of its private database";
        registry.register_with_unit("process_resident_memory", help, Unit::Bytes, size);
    }
    let version = prometheus_client::metrics::info::Info::new([("version", env!("CARGO_PKG_VERSION"))]);
    registry.register("tidings_build", "The version", version);
}

/// The memory that this process holds, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(kilobytes.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

fn gauge(registry: &mut Registry, name: &str, help: &str, value: f64) {
    let gauge = Gauge::<f64, AtomicU64>::default();
    gauge.set(value);
    registry.register(name, help, gauge);
}

fn seconds(registry: &mut Registry, name: &str, help: &str, value: f64) {
    let gauge = Gauge::<f64, AtomicU64>::default();
    gauge.set(value);
    registry.register_with_unit(name, help, Unit::Seconds, gauge);
}

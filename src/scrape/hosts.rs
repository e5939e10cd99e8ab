//! What is remembered of hosts: their rules, and when each may be asked again.
//!
//! All of it is in memory and bounded; after a restart a host's robots.txt is asked for once more.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use super::robots::Rules;

/// Between two requests to a host that asks for no delay itself.
const GAP: TimeDelta = TimeDelta::seconds(1);
/// The longest delay that a host's robots.txt may ask for.
const LONGEST_GAP: TimeDelta = TimeDelta::minutes(10);
/// The longest time for which a host can send us away.
const LONGEST_HOLD: TimeDelta = TimeDelta::hours(24);
/// A host that was asked later than this was asked by a clock that has been put back since: what it kept is forgotten.
const PUT_BACK: TimeDelta = TimeDelta::hours(1);
/// Requests to one host under way at once; one where it asks for a delay.
const AT_ONCE: usize = 2;

/// Hosts remembered; a feed may link to any number.
const MAX_HOSTS: usize = 1_000;
/// Bytes of robots.txt files behind the rules remembered.
const MAX_RULES: usize = 16 << 20;

/// The hosts that were asked lately.
#[derive(Debug, Default)]
pub struct Hosts(Mutex<HashMap<String, Arc<Host>>>);

/// One host.
#[derive(Debug)]
pub struct Host {
    /// Locked while its robots.txt is fetched: who else wants it waits for it.
    pub rules: tokio::sync::Mutex<Option<Known>>,
    pace: Mutex<Pace>,
    weight: AtomicUsize,
}

/// What is known of a host's rules.
#[derive(Debug, Clone)]
pub struct Known {
    /// The rules, or why they can't be had.
    pub rules: Result<Arc<Rules>, NoRules>,
    /// When they are asked for again.
    pub until: DateTime<Utc>,
}

impl Known {
    /// Whether it still says something of `url`.
    pub fn holds(&self, url: &Url, now: DateTime<Utc>) -> bool {
        let other = matches!(&self.rules, Err(NoRules::Away { scheme, .. }) if scheme != url.scheme());
        now < self.until && !other
    }
}

/// Why a host's rules can't be had, in words.
#[derive(Debug, Clone)]
pub enum NoRules {
    /// It does not give them.
    Refused(String),
    /// It can't be connected to, in this scheme.
    Away {
        /// `http` or `https`.
        scheme: String,
        /// What went wrong.
        what: String,
    },
}

#[derive(Debug)]
struct Pace {
    under_way: usize,
    /// No request before this.
    free_at: DateTime<Utc>,
    /// The last slot given to one that was sent away.
    promised: DateTime<Utc>,
    used_at: DateTime<Utc>,
}

/// A request under way; the host is free for another when it is dropped.
#[derive(Debug)]
pub struct Turn(Arc<Host>);

impl Hosts {
    /// The host of a URL: the same for http and https.
    pub fn of(&self, url: &Url, now: DateTime<Utc>) -> Arc<Host> {
        let mut hosts = lock(&self.0);
        let key = key(url);
        if let Some(host) = hosts.get(&key) {
            let mut pace = lock(&host.pace);
            if pace.used_at > now + PUT_BACK {
                (pace.free_at, pace.promised) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MIN_UTC);
            }
            pace.used_at = now;
            return host.clone();
        }
        make_room(&mut hosts);
        hosts.entry(key).or_insert(Host::new(now)).clone()
    }
}

/// A URL's host, with its port where that is not the usual one.
pub fn key(url: &Url) -> String {
    url.authority().rsplit('@').next().unwrap_or_default().to_ascii_lowercase()
}

/// Forgets hosts that were not asked for longest until there is room for one more.
fn make_room(hosts: &mut HashMap<String, Arc<Host>>) {
    let mut weight: usize = hosts.values().map(|host| host.weight.load(Ordering::Relaxed)).sum();
    while hosts.len() >= MAX_HOSTS || weight > MAX_RULES {
        let oldest = hosts.iter().min_by_key(|(_, host)| lock(&host.pace).used_at);
        let Some(oldest) = oldest.map(|(key, _)| key.clone()) else { return };
        weight -= hosts.remove(&oldest).map_or(0, |host| host.weight.load(Ordering::Relaxed));
    }
}

impl Host {
    fn new(now: DateTime<Utc>) -> Arc<Host> {
        let pace = Pace {
            under_way: 0,
            free_at: DateTime::<Utc>::MIN_UTC,
            promised: DateTime::<Utc>::MIN_UTC,
            used_at: now,
        };
        Arc::new(Host { rules: tokio::sync::Mutex::default(), pace: Mutex::new(pace), weight: 0.into() })
    }

    /// Says how many bytes of robots.txt stand behind the rules of this host.
    pub fn weigh(&self, bytes: usize) {
        self.weight.store(bytes, Ordering::Relaxed);
    }

    /// A turn at this host, or when to try again.
    ///
    /// Those who are sent away get times one gap apart, so that they don't all come back at once. `own`: the
    /// host is the owner's, and only what it asks for itself is kept.
    pub fn turn(
        self: &Arc<Host>,
        rules: &Rules,
        own: bool,
        now: DateTime<Utc>,
    ) -> Result<Turn, DateTime<Utc>> {
        let asked = rules.delay().map(|delay| bounded(delay, LONGEST_GAP)).filter(|delay| !delay.is_zero());
        let gap = asked.unwrap_or_default().max(if own { TimeDelta::zero() } else { GAP });
        let at_once = match (asked, own) {
            (Some(_), _) => 1,
            (None, true) => usize::MAX,
            (None, false) => AT_ONCE,
        };
        let mut pace = lock(&self.pace);
        if now >= pace.free_at && pace.under_way < at_once {
            pace.under_way += 1;
            pace.free_at = now + gap;
            return Ok(Turn(self.clone()));
        }
        let soonest = pace.free_at.max(now + TimeDelta::milliseconds(100));
        pace.promised = if pace.promised < now { soonest } else { soonest.max(pace.promised + gap) };
        Err(pace.promised)
    }

    /// Leaves the host alone until then, as it asked; its longest wish is bounded.
    pub fn hold(&self, until: DateTime<Utc>, now: DateTime<Utc>) {
        let mut pace = lock(&self.pace);
        pace.free_at = pace.free_at.max(until.min(now + LONGEST_HOLD));
    }
}

impl Turn {
    /// Whether it is a turn at this host.
    pub fn is_at(&self, host: &Arc<Host>) -> bool {
        Arc::ptr_eq(&self.0, host)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut pace = lock(&self.0.pace);
        pace.under_way = pace.under_way.saturating_sub(1);
    }
}

fn bounded(time: Duration, longest: TimeDelta) -> TimeDelta {
    TimeDelta::from_std(time).map_or(longest, |time| time.min(longest))
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

#[cfg(test)]
mod tests;

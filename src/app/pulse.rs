//! Whether the loops of `tidings run` still turn.
//!
//! In: a beat of each loop whenever it has come round, whatever came of it: a loop that fails and tries again is
//! no hang, and a restart would not mend what it waits for. Out: which loop has not come round for too long. In
//! real time, since what hangs is real: a connection that nobody closes, a lock that nobody gives back. The time
//! that the machine sleeps does not count.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// A loop that has been stuck for so many times its patience is dead: the process is to be started again.
const DEAD: u32 = 3;

/// A loop of `tidings run`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loop {
    /// Sources that are due.
    Scraping,
    /// Pages that are wanted.
    Fetching,
    /// Articles that are not read.
    Reading,
    /// Editions that are due.
    Compiling,
    /// What waits in the outbox.
    Delivering,
    /// What admins are told unasked.
    Alerting,
    /// The room on the disk.
    Disk,
    /// What is older than the owner wants to keep.
    Keeping,
    /// Telegram's updates.
    Listening,
}

impl Loop {
    /// Its name in logs, on the health port and in metrics.
    pub fn name(self) -> &'static str {
        match self {
            Loop::Scraping => "scraping",
            Loop::Fetching => "fetching",
            Loop::Reading => "reading",
            Loop::Compiling => "compiling",
            Loop::Delivering => "delivering",
            Loop::Alerting => "alerting",
            Loop::Disk => "watching the disk",
            Loop::Keeping => "keeping",
            Loop::Listening => "listening",
        }
    }

    /// Longer than it ever takes to come round, also on a slow machine with a slow database.
    pub fn patience(self) -> Duration {
        let minutes = match self {
            // They beat while they work; what takes longest is one answer of the database or of Telegram.
            Loop::Scraping | Loop::Delivering | Loop::Listening => 3,
            // One article, some hundred editions, one batch of what is old.
            Loop::Reading | Loop::Compiling | Loop::Alerting | Loop::Disk | Loop::Keeping => 10,
            // A round of pages on slow hosts.
            Loop::Fetching => 30,
        };
        Duration::from_secs(minutes * 60)
    }
}

/// The beats of one process; clones share them.
#[derive(Debug, Clone)]
pub struct Pulse(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    patience: fn(Loop) -> Duration,
    started: Instant,
    beats: Mutex<BTreeMap<Loop, Instant>>,
    /// When Telegram last answered the poll of this process; `None`: it does not poll.
    answered: Mutex<Option<Instant>>,
}

/// How long ago a loop came round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beat {
    /// Which.
    pub which: Loop,
    /// Since then; nothing while it rests.
    pub age: Duration,
    /// More is too long.
    pub patience: Duration,
}

impl Beat {
    /// It has not come round for too long.
    pub fn is_stuck(&self) -> bool {
        self.age > self.patience
    }

    /// It has not for so long that it will not any more.
    pub fn is_dead(&self) -> bool {
        self.age > self.patience * DEAD
    }
}

impl Default for Pulse {
    fn default() -> Pulse {
        Pulse::new(Loop::patience)
    }
}

impl Pulse {
    /// No loop has begun; each is stuck once it has not come round for its `patience`.
    pub fn new(patience: fn(Loop) -> Duration) -> Pulse {
        let (beats, answered) = (Mutex::default(), Mutex::default());
        Pulse(Arc::new(Inner { patience, started: Instant::now(), beats, answered }))
    }

    /// The loop has come round.
    pub fn beat(&self, which: Loop) {
        self.rest(which, Duration::ZERO);
    }

    /// The loop has come round, and does nothing for so long.
    pub fn rest(&self, which: Loop, pause: Duration) {
        let next = Instant::now() + pause;
        lock(&self.0.beats).insert(which, next);
    }

    /// All loops that have begun.
    pub fn beats(&self) -> Vec<Beat> {
        let now = Instant::now();
        let beat = |(which, at): (&Loop, &Instant)| Beat {
            which: *which,
            age: now.saturating_duration_since(*at),
            patience: (self.0.patience)(*which),
        };
        lock(&self.0.beats).iter().map(beat).collect()
    }

    /// This process polls, and Telegram has just answered it; or it does not poll any more.
    pub fn polls(&self, polls: bool) {
        *lock(&self.0.answered) = polls.then(Instant::now);
    }

    /// How long ago Telegram answered this process's poll; `None` where another polls, or none.
    pub fn unanswered(&self) -> Option<Duration> {
        lock(&self.0.answered).map(|at| at.elapsed())
    }

    /// How long the process has been at work.
    pub fn uptime(&self) -> Duration {
        self.0.started.elapsed()
    }

    /// Resolves once a loop is dead, with which.
    pub async fn dead(&self) -> Beat {
        loop {
            if let Some(dead) = self.beats().into_iter().find(Beat::is_dead) {
                return dead;
            }
            // A hundredth of the shortest patience would do; a second is soon enough for minutes.
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(which: Loop) -> Duration {
        if which == Loop::Reading { Duration::from_millis(1) } else { Duration::from_secs(3600) }
    }

    #[tokio::test]
    async fn the_loop_that_does_not_come_round_is_the_one_that_is_named() {
        let pulse = Pulse::new(short);
        for which in [Loop::Scraping, Loop::Reading] {
            pulse.beat(which);
        }
        assert_eq!(pulse.dead().await.which, Loop::Reading);
        let stuck: Vec<Loop> = pulse.beats().iter().filter(|b| b.is_stuck()).map(|b| b.which).collect();
        assert_eq!(stuck, [Loop::Reading]);
        assert!(pulse.beats().iter().all(|beat| beat.is_dead() == (beat.which == Loop::Reading)));
    }

    #[test]
    fn a_loop_that_rests_or_has_not_begun_is_not_stuck() {
        let pulse = Pulse::new(|_| Duration::ZERO);
        assert!(pulse.beats().is_empty());
        pulse.rest(Loop::Alerting, Duration::from_secs(3600));
        assert!(!pulse.beats()[0].is_stuck());
    }

    #[test]
    fn what_is_stuck_is_not_dead_at_once() {
        let patience = Duration::from_secs(60);
        let beat = |seconds| Beat { which: Loop::Reading, age: Duration::from_secs(seconds), patience };
        assert_eq!(
            [60, 61, 180, 181].map(|s| (beat(s).is_stuck(), beat(s).is_dead())),
            [(false, false), (true, false), (true, false), (true, true)]
        );
    }

    #[test]
    fn it_is_known_for_how_long_telegram_has_not_answered_who_polls() {
        let pulse = Pulse::default();
        assert_eq!(pulse.unanswered(), None);
        pulse.polls(true);
        assert!(pulse.unanswered().is_some());
        pulse.polls(false);
        assert_eq!(pulse.unanswered(), None);
    }
}

//! The one place that reads the system's clock.
//!
//! Everything else takes `now` as an argument. A simulated clock starts at a set instant and runs at a
//! set rate, so that days of schedule pass in seconds; a manual clock stands still until a test moves it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

/// A clock; clones share the time.
#[derive(Debug, Clone)]
pub struct Clock(Inner);

#[derive(Debug, Clone)]
enum Inner {
    /// System time, shifted to `start` when the clock was made, running `rate` times faster.
    Running { start: DateTime<Utc>, since: std::time::Instant, rate: f64 },
    /// Stands still until it is set.
    Manual { now: Arc<Mutex<DateTime<Utc>>>, moved: Arc<watch::Sender<()>> },
}

impl Clock {
    /// The system's time.
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    pub fn system() -> Clock {
        Clock::simulated(Utc::now(), 1.0)
    }

    /// Starts at `start` and runs `rate` times as fast as the system's clock.
    pub fn simulated(start: DateTime<Utc>, rate: f64) -> Clock {
        Clock(Inner::Running { start, since: std::time::Instant::now(), rate })
    }

    /// Stands at `now` until [`Clock::set`] moves it.
    pub fn manual(now: DateTime<Utc>) -> Clock {
        Clock(Inner::Manual { now: Arc::new(Mutex::new(now)), moved: Arc::new(watch::channel(()).0) })
    }

    /// The time on this clock.
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Inner::Running { start, since, rate } => {
                let micros = since.elapsed().as_secs_f64() * rate * 1e6;
                *start + TimeDelta::microseconds(micros as i64)
            }
            Inner::Manual { now, .. } => *now.lock().unwrap_or_else(|poisoned| poisoned.into_inner()),
        }
    }

    /// Moves a manual clock; a running clock is not moved.
    pub fn set(&self, to: DateTime<Utc>) {
        if let Inner::Manual { now, moved } = &self.0 {
            *now.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = to;
            moved.send_replace(());
        }
    }

    /// Waits until this clock shows `until`: shorter on a clock that runs faster.
    pub async fn sleep_until(&self, until: DateTime<Utc>) {
        match &self.0 {
            Inner::Running { rate, .. } => {
                let left = (until - self.now()).to_std().unwrap_or(Duration::ZERO);
                tokio::time::sleep(left.div_f64(rate.max(1e-6))).await;
            }
            Inner::Manual { moved, .. } => {
                let mut moves = moved.subscribe();
                while self.now() < until {
                    if moves.changed().await.is_err() {
                        return;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn a_manual_clock_wakes_a_sleeper_only_when_it_is_moved_past_the_hour() {
        let clock = Clock::manual(instant("2026-03-01T00:00:00Z"));
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(instant("2026-03-01T07:00:00Z")).await }
        });
        tokio::task::yield_now().await;
        clock.set(instant("2026-03-01T06:59:59Z"));
        tokio::task::yield_now().await;
        assert!(!sleeper.is_finished());
        clock.set(instant("2026-03-01T07:00:00Z"));
        sleeper.await.unwrap();
    }

    #[test]
    fn a_simulated_clock_runs_at_its_rate() {
        let clock = Clock::simulated(instant("2026-03-01T00:00:00Z"), 3600.0);
        let before = std::time::Instant::now();
        let shown = clock.now() - instant("2026-03-01T00:00:00Z");
        assert!(shown.num_seconds() >= 0);
        assert!(shown.as_seconds_f64() <= before.elapsed().as_secs_f64() * 3600.0 + 3600.0);
    }
}

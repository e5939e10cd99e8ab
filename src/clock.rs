//! The one place that reads the system's clock.
//!
//! Everything else takes `now` as an argument. A simulated clock starts at a set instant and runs at a
//! set rate, so that days of schedule pass in seconds; a manual clock stands still until a test moves it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

/// The longest wait before the system's clock is looked at again.
const SLICE: Duration = Duration::from_secs(60);

/// A clock; clones share the time.
#[derive(Debug, Clone)]
pub struct Clock(Inner);

#[derive(Debug, Clone)]
enum Inner {
    /// The system's time, with its steps and through its sleeps.
    System,
    /// From `start` when the clock was made, running `rate` times faster than real time.
    Running { start: DateTime<Utc>, since: std::time::Instant, rate: f64 },
    /// Stands still until it is set.
    Manual { now: Arc<Mutex<DateTime<Utc>>>, moved: Arc<watch::Sender<()>> },
}

impl Clock {
    /// The system's time.
    pub fn system() -> Clock {
        Clock(Inner::System)
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
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Inner::System => Utc::now(),
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
            // In slices: a step of the system's clock, or a sleep of the machine, is seen within one.
            Inner::System => {
                while let Ok(left) = (until - self.now()).to_std()
                    && !left.is_zero()
                {
                    tokio::time::sleep(left.min(SLICE)).await;
                }
            }
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
        let before = std::time::Instant::now();
        let clock = Clock::simulated(instant("2026-03-01T00:00:00Z"), 1e6);
        let started = std::time::Instant::now();
        while started.elapsed() < Duration::from_millis(1) {
            std::hint::spin_loop();
        }
        let least = started.elapsed();
        let shown = (clock.now() - instant("2026-03-01T00:00:00Z")).as_seconds_f64();
        assert!(shown >= least.as_secs_f64() * 1e6);
        assert!(shown <= before.elapsed().as_secs_f64() * 1e6);
    }
}

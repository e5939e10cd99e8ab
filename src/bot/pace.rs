//! How much one person may ask at once: so many questions on stock, one more every few seconds. Pure.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

/// Questions that a person has on stock.
const STOCK: i32 = 20;
/// The time in which one more comes in.
const REFILL: TimeDelta = TimeDelta::seconds(3);
/// People remembered before those with a full stock are forgotten.
const REMEMBERED: usize = 10_000;

/// What is left of each person's stock.
#[derive(Debug, Default)]
pub(super) struct Pace(HashMap<i64, Stock>);

#[derive(Debug)]
struct Stock {
    /// When it is full again: all that is left of it is told by that.
    full_at: DateTime<Utc>,
    /// Was told that it is used up, and has asked on since.
    told: bool,
}

/// What to do with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Answer it.
    Answer,
    /// Say that it is too much, and for how many seconds.
    Refuse(i64),
    /// Pass it over: that was said already.
    Ignore,
}

impl Pace {
    /// Takes one from the stock of `who`.
    pub(super) fn take(&mut self, who: i64, now: DateTime<Utc>) -> Verdict {
        if self.0.len() >= REMEMBERED {
            self.0.retain(|_, stock| stock.full_at > now);
        }
        let stock = self.0.entry(who).or_insert(Stock { full_at: now, told: false });
        let after = stock.full_at.max(now) + REFILL;
        let over = after - (now + REFILL * STOCK);
        if over <= TimeDelta::zero() {
            *stock = Stock { full_at: after, told: false };
            Verdict::Answer
        } else if stock.told {
            Verdict::Ignore
        } else {
            stock.told = true;
            Verdict::Refuse(over.num_seconds() + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_too_much_is_told_once_and_answered_again_after_the_wait() {
        let mut pace = Pace::default();
        let now: DateTime<Utc> = "2026-03-01T07:00:00Z".parse().unwrap();
        assert!((0..STOCK).all(|_| pace.take(1, now) == Verdict::Answer));
        let Verdict::Refuse(seconds) = pace.take(1, now) else { panic!("not refused") };
        assert_eq!(pace.take(1, now), Verdict::Ignore);
        assert_eq!(pace.take(2, now), Verdict::Answer, "others are not held up");
        assert_eq!(pace.take(1, now + TimeDelta::seconds(seconds)), Verdict::Answer);
    }

    #[test]
    fn a_flood_of_strangers_is_forgotten_again() {
        let mut pace = Pace::default();
        let now: DateTime<Utc> = "2026-03-01T07:00:00Z".parse().unwrap();
        for who in 0..REMEMBERED as i64 {
            pace.take(who, now);
        }
        pace.take(-1, now + TimeDelta::minutes(5));
        assert_eq!(pace.0.len(), 1);
    }
}

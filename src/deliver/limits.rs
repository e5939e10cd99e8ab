//! How fast messages may go: the rates of one bot's account, as numbers. The store keeps the pace over all processes.
//!
//! Telegram lets about 30 messages a second through over all chats (1,000 with paid broadcasts), one a second
//! to a person and 20 a minute to a group or channel. The pace over all chats is a token bucket, told by one
//! instant: when the next message may go. Each that goes moves it on by `every`; an idle moment leaves it
//! behind `now`, by `saved` at most.

use chrono::{DateTime, TimeDelta, Utc};

/// Between two messages to one person.
pub const PERSON_RESTS: TimeDelta = TimeDelta::seconds(1);
/// Between two messages to a group or channel, with all its topics: 20 a minute.
pub const GROUP_RESTS: TimeDelta = TimeDelta::seconds(3);

/// The most that answers to commands hold up the outbox: what they took longer ago than this counts no more.
pub const DEBT: TimeDelta = TimeDelta::seconds(1);

/// When chats that are told to wait no longer than this come one after another, the bot as a whole is too fast.
pub const SHORT_WAIT: TimeDelta = TimeDelta::seconds(60);

/// The pace over all chats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Between two messages, on average.
    pub every: TimeDelta,
    /// What an idle moment saves up, so that who wakes late loses nothing.
    pub saved: TimeDelta,
    /// Messages under way at once: more than this many answers are never waited for.
    pub in_flight: usize,
}

impl Rate {
    /// 29.25 a second: with what is saved up, no second holds more than 30.
    pub const FREE: Rate = Rate {
        every: TimeDelta::microseconds(34_188),
        saved: TimeDelta::microseconds(17_094),
        in_flight: 64,
    };
    /// 966 a second: no second holds more than 1,000.
    pub const PAID: Rate = Rate {
        every: TimeDelta::microseconds(1_035),
        saved: TimeDelta::microseconds(32_000),
        in_flight: 128,
    };

    /// How many messages may go now, where the next one may go at `next`.
    pub fn now(&self, next: DateTime<Utc>, now: DateTime<Utc>) -> usize {
        let saved = (now - next).min(self.saved).num_microseconds().unwrap_or(0);
        let every = self.every.num_microseconds().unwrap_or(1);
        if saved < 0 { 0 } else { usize::try_from(saved / every + 1).unwrap_or(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The most messages that any second holds, and how many a minute takes of one who wakes `late` each time.
    fn walk(rate: Rate, late: TimeDelta) -> (usize, usize) {
        let (mut now, mut next, mut sends) = (TimeDelta::zero(), -rate.saved, Vec::new());
        while now < TimeDelta::seconds(60) {
            if next <= now {
                sends.push(now);
                next = next.max(now - rate.saved) + rate.every;
            } else {
                now = next + late;
            }
        }
        let within =
            |n: usize| sends[n..].iter().take_while(|at| **at < sends[n] + TimeDelta::seconds(1)).count();
        ((0..sends.len()).map(within).max().unwrap(), sends.len())
    }

    #[test]
    fn no_second_holds_more_than_telegram_allows_and_97_in_100_are_used() {
        for late in [0, 1, 2, 10].map(TimeDelta::milliseconds) {
            let (most, sent) = walk(Rate::FREE, late);
            assert!(most <= 30 && sent >= 60 * 30 * 97 / 100, "{most} in a second, {sent} in a minute");
        }
        let (most, sent) = walk(Rate::PAID, TimeDelta::milliseconds(5));
        assert!(most <= 1000 && sent >= 60 * 950, "{most} in a second, {sent} in a minute");
    }
}

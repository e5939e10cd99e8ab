//! How fast parts may go: token buckets over `now`, no clock and no waiting of their own.
//!
//! Telegram lets about 30 messages a second through over all chats, one a second to a chat and 20 a minute to
//! a group or channel. `Limits` says which chats must wait, when the next send may be, and is told of each.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

/// Sends a second over all chats. With [`BURST`] no second holds more than 30.
const ALL_CHATS: f64 = 29.4;
/// Sends that an idle moment may save up: enough that a wake-up some milliseconds late loses nothing.
const BURST: f64 = 1.5;
/// Between two sends to one person.
const PRIVATE_GAP: TimeDelta = TimeDelta::seconds(1);
/// Between two sends to a group or channel: 20 a minute.
const GROUP_GAP: TimeDelta = TimeDelta::seconds(3);

/// The rates of one bot account, as this process uses them.
#[derive(Debug)]
pub struct Limits {
    all: Bucket,
    /// When each chat that was written to lately may be written to again.
    chats: HashMap<i64, DateTime<Utc>>,
}

impl Limits {
    /// All at rest.
    pub fn new(now: DateTime<Utc>) -> Limits {
        Limits { all: Bucket { tokens: BURST, at: now }, chats: HashMap::new() }
    }

    /// Chats that may not be written to yet.
    pub fn resting(&mut self, now: DateTime<Utc>) -> Vec<i64> {
        self.chats.retain(|_, free| *free > now);
        self.chats.keys().copied().collect()
    }

    /// Takes the token of one send to any chat, or says when there will be one.
    pub fn take(&mut self, now: DateTime<Utc>) -> Result<(), DateTime<Utc>> {
        self.all.take(now)
    }

    /// Gives the token back: there was nothing to send.
    pub fn give_back(&mut self) {
        self.all.tokens = (self.all.tokens + 1.0).min(BURST);
    }

    /// Notes that a chat is written to now.
    pub fn wrote_to(&mut self, chat_id: i64, now: DateTime<Utc>) {
        // Groups, supergroups and channels have negative ids.
        let gap = if chat_id < 0 { GROUP_GAP } else { PRIVATE_GAP };
        self.chats.insert(chat_id, now + gap);
    }

    /// When the first resting chat may be written to again.
    pub fn first_rested(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.chats.values().copied().filter(|free| *free > now).min()
    }
}

/// A token bucket of [`BURST`] tokens, filled at [`ALL_CHATS`] a second.
#[derive(Debug)]
struct Bucket {
    tokens: f64,
    at: DateTime<Utc>,
}

impl Bucket {
    fn take(&mut self, now: DateTime<Utc>) -> Result<(), DateTime<Utc>> {
        let passed = (now - self.at).as_seconds_f64().max(0.0);
        self.tokens = (self.tokens + passed * ALL_CHATS).min(BURST);
        self.at = self.at.max(now);
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return Ok(());
        }
        let wait = (1.0 - self.tokens) / ALL_CHATS;
        // Rounded up, so that at that instant there is a whole token.
        Err(now + TimeDelta::microseconds((wait * 1e6).ceil() as i64 + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> DateTime<Utc> {
        "2026-03-01T07:00:00Z".parse().unwrap()
    }

    #[test]
    fn no_second_holds_more_than_thirty_sends_and_almost_thirty_are_used() {
        let mut limits = Limits::new(start());
        let mut now = start();
        let mut sends: Vec<DateTime<Utc>> = Vec::new();
        while now < start() + TimeDelta::seconds(60) {
            match limits.take(now) {
                Ok(()) => sends.push(now),
                // A loop that wakes a little late each time.
                Err(next) => now = next + TimeDelta::milliseconds(2),
            }
        }
        for (n, first) in sends.iter().enumerate() {
            let within = sends[n..].iter().take_while(|at| **at < *first + TimeDelta::seconds(1)).count();
            assert!(within <= 30, "{within} sends within the second after {first}");
        }
        assert!(sends.len() >= 60 * 29, "{} sends in a minute", sends.len());
    }

    #[test]
    fn a_person_rests_a_second_and_a_group_three() {
        let mut limits = Limits::new(start());
        limits.wrote_to(5, start());
        limits.wrote_to(-5, start());
        assert_eq!(limits.resting(start()).len(), 2);
        assert_eq!(limits.first_rested(start()), Some(start() + TimeDelta::seconds(1)));
        assert_eq!(limits.resting(start() + TimeDelta::seconds(1)), [-5]);
        assert_eq!(limits.resting(start() + TimeDelta::seconds(3)), [0; 0]);
    }

    #[test]
    fn a_token_given_back_is_there_again() {
        let mut limits = Limits::new(start());
        limits.take(start()).unwrap();
        assert!(limits.take(start()).is_err());
        limits.give_back();
        assert!(limits.take(start()).is_ok());
    }
}

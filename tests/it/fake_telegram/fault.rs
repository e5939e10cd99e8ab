//! What goes wrong: by a test's script, or by chance that a seed decides.

use std::time::Duration;

/// What goes wrong with a send to a chat.
#[derive(Debug, Clone, Copy)]
pub enum Fault {
    /// 429 with these seconds.
    RetryAfter(u32),
    /// Any refusal, by code and words.
    Refuse(u16, &'static str),
    /// The group is a supergroup now.
    Migrated(i64),
    /// 502 with a page of HTML; the message is not taken.
    BadGateway,
    /// An answer that is no JSON, under status 200; the message is not taken.
    Garbage,
    /// The message is taken, and the connection cut before the answer.
    LostAnswer,
    /// The message is taken, and no answer ever given.
    Silence,
}

impl Fault {
    /// The user blocked the bot.
    pub const BLOCKED: Fault = Fault::Refuse(403, "Forbidden: bot was blocked by the user");
    /// The bot was removed from a group.
    pub const KICKED: Fault = Fault::Refuse(403, "Forbidden: bot was kicked from the group chat");
    /// No such chat.
    pub const NOT_FOUND: Fault = Fault::Refuse(400, "Bad Request: chat not found");
}

/// What goes wrong by chance, as shares from 0 to 1.
///
/// It is decided by the seed, the chat and how often that chat was tried, so it is the same in each run, in
/// whatever order the chats come.
#[derive(Debug, Clone, Copy, Default)]
pub struct Weather {
    /// Another seed, other victims.
    pub seed: u64,
    /// Sends that end in a 502 and are not taken; teloxide waits ten seconds after each.
    pub server_errors: f64,
    /// Sends that are taken, and whose connection is cut before the answer.
    pub lost_answers: f64,
    /// Sends whose answer takes [`Weather::delay`].
    pub slow_answers: f64,
    /// How long a slow answer takes, in real time.
    pub delay: Duration,
    /// Updates that come once more after they were acknowledged.
    pub doubled_updates: f64,
}

impl Weather {
    /// What befalls the `count`th try of a chat.
    pub(super) fn fault(&self, chat: i64, count: u64) -> Option<Fault> {
        let drawn = self.draw(1, chat, count);
        if drawn < self.server_errors {
            Some(Fault::BadGateway)
        } else if drawn < self.server_errors + self.lost_answers {
            Some(Fault::LostAnswer)
        } else {
            None
        }
    }

    /// How long its answer takes.
    pub(super) fn delay(&self, chat: i64, count: u64) -> Option<Duration> {
        (self.draw(2, chat, count) < self.slow_answers).then_some(self.delay)
    }

    /// Whether an update comes twice.
    pub(super) fn doubles(&self, update: i64) -> bool {
        self.draw(3, update, 0) < self.doubled_updates
    }

    /// From 0 to 1, evenly.
    fn draw(&self, what: u64, of: i64, count: u64) -> f64 {
        let mixed = [what, of.cast_unsigned(), count].into_iter().fold(self.seed, |seed, n| mix(seed ^ n));
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A step of splitmix64.
fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[test]
fn a_share_of_a_twentieth_befalls_about_a_twentieth_and_the_same_each_time() {
    let weather = Weather { seed: 7, lost_answers: 0.05, ..Weather::default() };
    let struck = || (1..=10_000).filter(|chat| weather.fault(*chat, 1).is_some()).collect::<Vec<i64>>();
    assert!((400..600).contains(&struck().len()), "{}", struck().len());
    assert_eq!(struck(), struck());
}

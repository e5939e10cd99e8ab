//! Telegram's limits: so many messages a second over all chats, to one person, and a minute to a group.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};
use tidings::clock::Clock;

/// Messages a second over all chats, and with paid broadcasts.
const ALL: usize = 30;
const PAID: usize = 1000;
/// Messages that a person may get at once, of one a second.
const BURST: i32 = 3;
/// Messages a minute to a group or channel.
const GROUP: usize = 20;

/// What was taken lately, on a clock.
pub struct Rates {
    clock: Clock,
    /// Whether what is too much is refused, or only counted.
    strict: bool,
    last_second: VecDeque<DateTime<Utc>>,
    /// When what a person got is forgotten.
    people: HashMap<i64, DateTime<Utc>>,
    /// The last minute of each group.
    groups: HashMap<i64, VecDeque<DateTime<Utc>>>,
    /// The most messages that any second held.
    pub most_in_a_second: usize,
    /// Sends that were answered with 429.
    pub refused: usize,
}

impl Rates {
    pub fn new(clock: Clock, strict: bool) -> Rates {
        Rates {
            clock,
            strict,
            last_second: VecDeque::new(),
            people: HashMap::new(),
            groups: HashMap::new(),
            most_in_a_second: 0,
            refused: 0,
        }
    }

    /// Takes one message, or says how many seconds are to be waited.
    pub fn take(&mut self, chat: i64, paid: bool) -> Result<(), u32> {
        let now = self.clock.now();
        drop_before(&mut self.last_second, now - TimeDelta::seconds(1));
        let wait = if self.last_second.len() >= if paid { PAID } else { ALL } {
            Some(1)
        } else if chat < 0 {
            let group = self.groups.entry(chat).or_default();
            drop_before(group, now - TimeDelta::minutes(1));
            (group.len() >= GROUP).then(|| seconds(group[0] + TimeDelta::minutes(1) - now))
        } else {
            let forgotten = *self.people.get(&chat).unwrap_or(&now);
            let over = forgotten - (now + TimeDelta::seconds(1) * (BURST - 1));
            (over > TimeDelta::zero()).then(|| seconds(over))
        };
        if let Some(wait) = wait.filter(|_| self.strict) {
            self.refused += 1;
            return Err(wait);
        }
        self.last_second.push_back(now);
        self.most_in_a_second = self.most_in_a_second.max(self.last_second.len());
        if chat < 0 {
            self.groups.entry(chat).or_default().push_back(now);
        } else {
            let forgotten = self.people.entry(chat).or_insert(now);
            *forgotten = (*forgotten).max(now) + TimeDelta::seconds(1);
        }
        Ok(())
    }
}

fn drop_before(times: &mut VecDeque<DateTime<Utc>>, earliest: DateTime<Utc>) {
    while times.front().is_some_and(|time| *time <= earliest) {
        times.pop_front();
    }
}

/// Rounded up, as Telegram tells them.
fn seconds(wait: TimeDelta) -> u32 {
    u32::try_from((wait.num_milliseconds() + 999) / 1000).unwrap_or(1).max(1)
}

#[test]
fn thirty_a_second_three_at_once_to_a_person_and_twenty_a_minute_to_a_group_are_taken() {
    let clock = Clock::manual("2026-03-01T07:00:00Z".parse().unwrap());
    let mut rates = Rates::new(clock.clone(), true);
    let pass = |seconds| clock.set(clock.now() + TimeDelta::seconds(seconds));
    assert!((1..=30).all(|chat| rates.take(chat, false).is_ok()));
    assert_eq!((rates.take(31, false), rates.take(31, true)), (Err(1), Ok(())));
    pass(1);
    let mut burst = || (0..4).map(|_| rates.take(50, false).is_ok()).collect::<Vec<_>>();
    assert_eq!(burst(), [true, true, true, false]);
    pass(1);
    assert_eq!(burst(), [true, false, false, false]);
    for _ in 0..20 {
        pass(1);
        assert_eq!(rates.take(-5, false), Ok(()));
    }
    assert_eq!(rates.take(-5, false), Err(41));
    assert_eq!((rates.refused, rates.most_in_a_second), (6, 31));
}

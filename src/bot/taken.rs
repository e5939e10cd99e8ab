//! Updates that were taken and are not done with.
//!
//! Telegram forgets an update as soon as a later one is asked for. So only what is done with, or takes too long, is
//! passed by: a process that is killed leaves the rest to the next one. Until then Telegram gives what is under way
//! again and again; it is known here and passed over. So is what comes once more though it was done with.
//!
//! A process that loses the job of polling leaves what it has not begun to whoever polls next. If it has the job
//! again, what Telegram gives, and what it gives no more, tells which of that another process has handled.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use teloxide::types::UpdateId;
use tokio::sync::{Notify, watch};

/// A command that takes longer is passed by: a kill loses it.
const WAITED_FOR: Duration = Duration::from_secs(60);
/// Telegram gives a hundred updates at most from the first that is not done with. With so many behind it others
/// soon find no room.
const CROWD: usize = 50;
/// And then a command is passed by that takes longer than this.
const WAITED_FOR_IN_A_CROWD: Duration = Duration::from_secs(2);
/// Updates passed by, by which one that comes twice is known. Their ids tell no more than that: after a quiet week
/// they start anew.
const REMEMBERED: usize = 1000;

/// What was taken.
#[derive(Debug, Default)]
pub struct Taken(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    updates: Mutex<Updates>,
    done: Notify,
}

#[derive(Debug, Default)]
struct Updates {
    /// From the first that is not done with.
    known: BTreeMap<u32, State>,
    /// The last that were passed by.
    past: VecDeque<u32>,
    /// Behind all that is passed by.
    next: i32,
}

#[derive(Debug)]
enum State {
    /// Its turn has not come.
    Waits(Taking),
    /// It is being handled.
    Begun(Taking),
    /// To be taken anew, unless another process has it by now.
    Left,
    Done,
}

/// One can be taken, left and taken anew.
#[derive(Debug, Clone)]
struct Taking {
    since: Instant,
    left: watch::Sender<bool>,
}

/// An update that was taken; dropped, it is done with, unless it was left.
#[derive(Debug)]
pub struct UnderWay {
    id: u32,
    /// Whether it was taken before, and left.
    pub again: bool,
    /// Whether it is left: who takes it anew has it.
    left: watch::Receiver<bool>,
    shared: Arc<Shared>,
}

impl Taken {
    /// Takes an update; `None`: it was taken before.
    pub fn take(&self, id: UpdateId, now: Instant) -> Option<UnderWay> {
        let mut updates = self.updates();
        let again = match updates.known.get(&id.0) {
            Some(State::Left) => true,
            None if !updates.past.contains(&id.0) => false,
            _ => return None,
        };
        let (left, told) = watch::channel(false);
        updates.known.insert(id.0, State::Waits(Taking { since: now, left }));
        Some(UnderWay { id: id.0, again, left: told, shared: self.0.clone() })
    }

    /// From where Telegram is to be asked: the first update that is not done with, but for what takes too long.
    pub fn offset(&self, now: Instant) -> i32 {
        let mut updates = self.updates();
        loop {
            let longest = if updates.known.len() < CROWD { WAITED_FOR } else { WAITED_FOR_IN_A_CROWD };
            let Some(first) = updates.known.first_entry() else { break };
            let awaited = match first.get() {
                State::Waits(taking) | State::Begun(taking) => now.duration_since(taking.since) < longest,
                State::Left => true,
                State::Done => false,
            };
            if awaited {
                break;
            }
            let id = *first.key();
            first.remove();
            updates.past.push_back(id);
            updates.next = UpdateId(id).as_offset();
        }
        let forgotten = updates.past.len().saturating_sub(REMEMBERED);
        updates.past.drain(..forgotten);
        updates.known.keys().next().map_or(updates.next, |first| first.cast_signed())
    }

    /// Up to where Telegram may forget: behind all before the first update that is not done with, however long that
    /// takes.
    pub fn done(&self) -> i32 {
        let updates = self.updates();
        let first = updates.known.iter().find(|(_, state)| !matches!(state, State::Done));
        let behind =
            updates.known.keys().next_back().map_or(updates.next, |last| UpdateId(*last).as_offset());
        first.map_or(behind, |(id, _)| id.cast_signed())
    }

    /// Leaves all whose turn has not come, as if they had not been taken: another process may be given them.
    pub fn leave(&self) {
        for state in self.updates().known.values_mut() {
            if let State::Waits(taking) = state {
                taking.left.send_replace(true);
                *state = State::Left;
            }
        }
    }

    /// Takes note of what Telegram gave from an offset on: what was left and is not among it was handled by another
    /// process, for whom Telegram has forgotten it. Behind the last that was given nothing is known, unless numbers
    /// have started anew.
    pub fn given(&self, offset: i32, ids: &[UpdateId]) {
        let mut updates = self.updates();
        let last = ids.iter().max().filter(|last| last.0.cast_signed() >= offset);
        let told = |id: u32| last.is_none_or(|last| id < last.0) && !ids.contains(&UpdateId(id));
        let left = updates.known.iter().filter(|(id, state)| matches!(state, State::Left) && told(**id));
        for id in left.map(|(id, _)| *id).collect::<Vec<_>>() {
            updates.known.remove(&id);
            updates.past.push_back(id);
        }
    }

    /// Waits until one more update is done with.
    pub async fn one_done(&self) {
        self.0.done.notified().await;
    }

    fn updates(&self) -> MutexGuard<'_, Updates> {
        self.0.updates()
    }
}

impl Shared {
    fn updates(&self) -> MutexGuard<'_, Updates> {
        self.updates.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl UnderWay {
    /// Its turn has come; `false`: it was left meanwhile.
    pub fn begin(&self) -> bool {
        let mut updates = self.shared.updates();
        if *self.left.borrow() {
            return false;
        }
        // Unless it was passed by.
        if let Some(state) = updates.known.get_mut(&self.id)
            && let State::Waits(taking) = state
        {
            *state = State::Begun(taking.clone());
        }
        true
    }

    /// Resolves when it is left; what has begun is not left any more.
    pub async fn left(&self) {
        if self.left.clone().wait_for(|left| *left).await.is_err() {
            std::future::pending().await
        }
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut updates = self.shared.updates();
        if !*self.left.borrow()
            && let Some(state) = updates.known.get_mut(&self.id)
        {
            *state = State::Done;
        }
        drop(updates);
        self.shared.done.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    #[test]
    fn an_update_is_asked_for_until_it_and_those_before_it_are_done_and_taken_once() {
        let (taken, now) = (Taken::default(), Instant::now());
        let first = taken.take(UpdateId(7), now).unwrap();
        let second = taken.take(UpdateId(8), now).unwrap();
        assert!(taken.take(UpdateId(7), now).is_none());
        drop(second);
        assert_eq!(taken.offset(now), 7);
        assert!(taken.take(UpdateId(8), now).is_none(), "it comes again with the first");
        drop(first);
        assert_eq!(taken.offset(now), 9);
        assert!(taken.take(UpdateId(8), now).is_none(), "it comes again though it was done with");
    }

    #[test]
    fn an_update_that_was_left_is_asked_for_and_taken_anew_and_one_that_has_begun_is_not() {
        let (taken, now) = (Taken::default(), Instant::now());
        let [begun, left, done] = [7, 8, 9].map(|id| taken.take(UpdateId(id), now).unwrap());
        drop(done);
        assert!(begun.begin() && !begun.again);
        taken.leave();
        let later = now + 2 * WAITED_FOR;
        assert_eq!(taken.offset(later), 8, "however long Telegram can't be asked");
        taken.given(8, &[UpdateId(8), UpdateId(9)]);
        let again = taken.take(UpdateId(8), later).unwrap();
        assert!(again.again && !left.begin());
        assert_eq!(taken.offset(later + WAITED_FOR), 10, "it is passed by");
        assert!(!left.begin() && again.begin(), "its first taking has no say");
        drop((begun, left, again));
        assert_eq!(taken.offset(later), 10);
    }

    #[tokio::test]
    async fn who_waits_with_an_update_is_told_that_it_is_left_and_who_has_begun_is_not() {
        let (taken, now) = (Taken::default(), Instant::now());
        let [begun, waits] = [7, 8].map(|id| taken.take(UpdateId(id), now).unwrap());
        assert!(begun.begin());
        taken.leave();
        waits.left().await;
        assert_eq!(begun.left().now_or_never(), None);
    }

    #[test]
    fn updates_that_were_left_and_that_telegram_gives_no_more_were_handled_by_another_process() {
        let (taken, now) = (Taken::default(), Instant::now());
        let left: Vec<_> = (1..=300).map(|id| taken.take(UpdateId(id), now).unwrap()).collect();
        taken.leave();
        let given: Vec<_> = (11..=110).map(UpdateId).collect();
        taken.given(1, &given);
        assert_eq!(taken.offset(now), 11, "the first ten");
        given.iter().for_each(|id| drop(taken.take(*id, now).unwrap()));
        assert_eq!(taken.offset(now), 111, "of those behind the last nothing is known");
        taken.given(111, &[UpdateId(299), UpdateId(301)]);
        assert_eq!(taken.offset(now), 299);
        taken.given(299, &[]);
        assert_eq!(taken.offset(now), 111, "and nothing is passed by");
        assert!([1, 200, 299, 300].iter().all(|id| taken.take(UpdateId(*id), now).is_none()));
        assert!(!left.iter().any(UnderWay::begin));
    }

    #[test]
    fn updates_that_were_handled_elsewhere_hide_none_whose_numbers_start_anew() {
        let (taken, now) = (Taken::default(), Instant::now());
        let left = taken.take(UpdateId(1_000_000), now);
        taken.leave();
        drop(left);
        taken.given(1_000_000, &[UpdateId(500)]);
        drop(taken.take(UpdateId(500), now).unwrap());
        assert_eq!(taken.offset(now), 501);
    }

    #[test]
    fn an_update_that_was_passed_by_cannot_be_left() {
        let (taken, now) = (Taken::default(), Instant::now());
        let slow = taken.take(UpdateId(7), now).unwrap();
        assert_eq!((taken.offset(now + WAITED_FOR), taken.done()), (8, 8));
        taken.leave();
        assert!(slow.begin());
    }

    #[test]
    fn the_last_word_passes_by_nothing_that_is_under_way() {
        let (taken, now) = (Taken::default(), Instant::now());
        drop(taken.take(UpdateId(1), now));
        let crowd: Vec<_> = (2..=99).map(|id| taken.take(UpdateId(id), now).unwrap()).collect();
        drop(taken.take(UpdateId(100), now));
        assert_eq!(taken.done(), 2);
        drop(crowd);
        assert_eq!(taken.done(), 101);
    }

    #[test]
    fn a_command_that_takes_minutes_holds_up_no_other() {
        let (taken, now) = (Taken::default(), Instant::now());
        let slow = taken.take(UpdateId(7), now);
        let other = taken.take(UpdateId(8), now + WAITED_FOR);
        assert_eq!(taken.offset(now + WAITED_FOR - Duration::from_secs(1)), 7);
        assert_eq!(taken.offset(now + WAITED_FOR), 8);
        drop((slow, other));
        assert_eq!(taken.offset(now), 9);
    }

    #[test]
    fn a_slow_command_keeps_none_of_a_crowd_from_its_turn() {
        let (taken, now) = (Taken::default(), Instant::now());
        let telegram =
            |offset: i32| (7..=157).map(UpdateId).filter(move |id| id.as_offset() > offset).take(100);
        let slow = taken.take(UpdateId(7), now).unwrap();
        let first: Vec<_> = telegram(7).filter_map(|id| taken.take(id, now)).collect();
        assert_eq!((first.len(), taken.offset(now)), (99, 7), "it may yet be done with");
        drop(first);
        let later = now + WAITED_FOR_IN_A_CROWD;
        let offset = taken.offset(later);
        assert_eq!(offset, 107, "all that Telegram gave is passed by");
        let second: Vec<_> = telegram(offset).filter_map(|id| taken.take(id, later)).collect();
        assert_eq!(second.len(), 51);
        assert!(taken.take(UpdateId(7), later).is_none(), "it is still under way");
        drop((slow, second));
        assert_eq!(taken.offset(later), 158);
    }

    #[test]
    fn a_lane_of_slow_commands_keeps_none_of_a_crowd_from_its_turn() {
        let (taken, now) = (Taken::default(), Instant::now());
        let slow: Vec<_> = (1..=20).map(|n| taken.take(UpdateId(5 * n), now).unwrap()).collect();
        (1..=100).filter(|id| id % 5 != 0).for_each(|id| drop(taken.take(UpdateId(id), now)));
        let offset = taken.offset(now + WAITED_FOR_IN_A_CROWD);
        assert!((50..=60).contains(&offset), "{offset}");
        drop(slow);
        assert_eq!(taken.offset(now), 101);
    }
}

//! Updates that were taken and are not done with.
//!
//! Telegram forgets an update as soon as a later one is asked for. So only what is done with is passed by: a
//! process that is killed leaves the rest to the next one. Until then Telegram gives what is under way again and
//! again; it is known here and passed over.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use teloxide::types::UpdateId;
use tokio::sync::Notify;

/// A command that takes longer is not waited for: Telegram gives a hundred updates at most, and others come behind.
const LONGEST: Duration = Duration::from_secs(60);

/// What was taken; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Taken(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    updates: Mutex<Updates>,
    done: Notify,
}

#[derive(Debug, Default)]
struct Updates {
    /// From the first that is not done with; `None`: it is done.
    known: BTreeMap<u32, Option<Instant>>,
    /// Behind all that is done with.
    next: i32,
}

/// An update under way; dropped, it is done with.
#[derive(Debug)]
pub struct UnderWay {
    id: u32,
    shared: Arc<Shared>,
}

impl Taken {
    /// Takes an update; `None`: it was taken before.
    pub fn take(&self, id: UpdateId, now: Instant) -> Option<UnderWay> {
        let mut updates = self.updates();
        if updates.known.contains_key(&id.0) {
            return None;
        }
        updates.known.insert(id.0, Some(now));
        Some(UnderWay { id: id.0, shared: self.0.clone() })
    }

    /// From where Telegram is to be asked: the first update that is not done with.
    pub fn offset(&self, now: Instant) -> i32 {
        let mut updates = self.updates();
        while let Some((&id, &since)) = updates.known.first_key_value()
            && since.is_none_or(|since| now.duration_since(since) > LONGEST)
        {
            updates.known.pop_first();
            updates.next = UpdateId(id).as_offset();
        }
        updates.known.keys().next().map_or(updates.next, |first| first.cast_signed())
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

impl Drop for UnderWay {
    fn drop(&mut self) {
        if let Some(since) = self.shared.updates().known.get_mut(&self.id) {
            *since = None;
        }
        self.shared.done.notify_one();
    }
}

#[cfg(test)]
mod tests {
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
    }

    #[test]
    fn a_command_that_takes_minutes_holds_up_no_other() {
        let (taken, now) = (Taken::default(), Instant::now());
        let slow = taken.take(UpdateId(7), now);
        let other = taken.take(UpdateId(8), now + LONGEST);
        assert_eq!(taken.offset(now + LONGEST + Duration::from_secs(1)), 8);
        drop((slow, other));
        assert_eq!(taken.offset(now), 9);
    }
}

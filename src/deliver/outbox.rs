//! What becomes of a part after Telegram's answer: pure decisions.
//!
//! In: an `Answer` and how often the part was tried. Out: a `Step` for the store to record. A part is
//! given up only after Telegram itself refused it `REFUSALS` times; a crash, a lost connection or a server
//! error is never held against it, however often it happens.

use chrono::{DateTime, TimeDelta, Utc};

/// How long a claimed part belongs to its process.
///
/// Longer than one send can take: the client gives up after 17 s, a server error costs 10 s more, and a part
/// that can't be parsed is sent a second time as plain text.
pub const LEASE: TimeDelta = TimeDelta::seconds(90);

/// Refusals by Telegram after which a part is parked.
pub const REFUSALS: i32 = 4;

/// What Telegram answered, or that it did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Taken, under this message id.
    Sent(i32),
    /// A flood wait for this chat, in seconds.
    RetryAfter(u32),
    /// The group became a supergroup with this chat id.
    MovedTo(i64),
    /// The chat no longer takes messages from the bot: blocked, kicked, deleted, deactivated.
    Gone(String),
    /// The chat takes no messages as things stand: rights, a closed topic. Its other parts fare alike.
    ChatRefused(String),
    /// This part is refused; others of the chat may pass.
    PartRefused(String),
    /// No telling whether it was taken: no answer, a server error, or a fault that is not the part's.
    Unknown(String),
}

/// What to record of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It is with the reader.
    Sent {
        /// Telegram's id of the message.
        message_id: i32,
    },
    /// The whole chat waits until then; the part stays first in its line.
    ChatLater {
        /// When the flood wait is over.
        until: DateTime<Utc>,
    },
    /// The part waits until then and is tried again.
    Retry {
        /// When to try.
        until: DateTime<Utc>,
        /// What happened.
        reason: String,
        /// Whether Telegram refused it, which counts towards parking.
        refused: bool,
    },
    /// The chat's id changed; the part goes to the new one at once.
    Moved {
        /// The supergroup's id.
        chat_id: i64,
    },
    /// The subscriber is gone; the open parts are dropped.
    Gone {
        /// Telegram's words.
        reason: String,
    },
    /// Refused too often: kept with the reason, and out of the way of what follows.
    Parked {
        /// Telegram's words.
        reason: String,
        /// Whether the chat's other open parts are parked with it.
        whole_chat: bool,
    },
}

/// Decides what becomes of a part that was claimed `attempts` times and refused `refusals` times before.
pub fn decide(answer: Answer, attempts: i32, refusals: i32, now: DateTime<Utc>) -> Step {
    match answer {
        Answer::Sent(message_id) => Step::Sent { message_id },
        // A second on top: the wait is told in whole seconds.
        Answer::RetryAfter(seconds) => {
            Step::ChatLater { until: now + TimeDelta::seconds(i64::from(seconds) + 1) }
        }
        // A chat that moves with every attempt would be asked for ever.
        Answer::MovedTo(_) if attempts > 5 => refused("moved again and again".into(), true, refusals, now),
        Answer::MovedTo(chat_id) => Step::Moved { chat_id },
        Answer::Gone(reason) => Step::Gone { reason },
        Answer::ChatRefused(reason) => refused(reason, true, refusals, now),
        Answer::PartRefused(reason) => refused(reason, false, refusals, now),
        Answer::Unknown(reason) => Step::Retry { until: now + backoff(attempts), reason, refused: false },
    }
}

/// One minute, ten, an hour: time for an owner to mend rights, without knocking for ever.
fn refused(reason: String, whole_chat: bool, refusals: i32, now: DateTime<Utc>) -> Step {
    if refusals + 1 >= REFUSALS {
        return Step::Parked { reason, whole_chat };
    }
    let wait = match refusals {
        ..=0 => TimeDelta::minutes(1),
        1 => TimeDelta::minutes(10),
        _ => TimeDelta::hours(1),
    };
    Step::Retry { until: now + wait, reason, refused: true }
}

/// 2 s, 4 s, 8 s … up to five minutes.
fn backoff(attempts: i32) -> TimeDelta {
    TimeDelta::seconds(1_i64 << attempts.clamp(1, 9)).min(TimeDelta::minutes(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-03-01T07:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_part_is_parked_only_at_its_fourth_refusal() {
        for refusals in 0..3 {
            let step = decide(Answer::PartRefused("Bad Request: no".into()), 1, refusals, now());
            assert!(matches!(step, Step::Retry { refused: true, .. }), "{step:?}");
        }
        let step = decide(Answer::PartRefused("Bad Request: no".into()), 1, 3, now());
        assert_eq!(step, Step::Parked { reason: "Bad Request: no".into(), whole_chat: false });
    }

    #[test]
    fn lost_connections_never_park_a_part_and_are_tried_again_within_five_minutes() {
        for attempts in 1..1000 {
            match decide(Answer::Unknown("no answer".into()), attempts, 3, now()) {
                Step::Retry { until, refused: false, .. } => {
                    assert!(until > now() && until <= now() + TimeDelta::minutes(5));
                }
                step => panic!("{step:?}"),
            }
        }
    }

    #[test]
    fn a_twelve_hour_flood_wait_is_waited_out_by_that_chat() {
        let step = decide(Answer::RetryAfter(43_200), 1, 0, now());
        assert_eq!(step, Step::ChatLater { until: now() + TimeDelta::seconds(43_201) });
    }

    #[test]
    fn a_lease_outlasts_two_sends_that_end_in_a_server_error() {
        assert!(LEASE > TimeDelta::seconds(2 * (17 + 10)));
    }
}

//! What waits in the outbox goes to Telegram: claim, send, record.
//!
//! In: parts that are due. Out: messages in chats, and each part's fate in the database. A claim is committed
//! before the send and no transaction is open during it; so a crash at any moment loses nothing, and doubles
//! at most what was in flight. Each chat's parts go in order, one at a time; another chat never waits for it.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::stream::{FuturesUnordered, StreamExt};
use teloxide::Bot;
use tokio::sync::{Mutex, watch};

use super::App;
use crate::deliver::limits::Limits;
use crate::deliver::outbox::{self, Step};
use crate::deliver::telegram::{self, Manner};
use crate::schedule;
use crate::store::{deliveries, subscribers};

/// Sends under way at once. At 30 a second there are more only while many answers take over two seconds.
const IN_FLIGHT: usize = 64;

/// How often the outbox is looked at while sends are under way.
const LOOK_AGAIN: TimeDelta = TimeDelta::milliseconds(250);

/// What falls due within this time is waited for: longer than any rest of a chat.
const SOON: TimeDelta = TimeDelta::seconds(5);

/// Why a part waits that could go.
const QUIET: &str = "quiet hours";

/// Carries parts to Telegram for one process; clones share its rates.
#[derive(Debug, Clone)]
pub struct Courier {
    app: App,
    bot: Bot,
    process: i32,
    pace: Arc<Mutex<Pace>>,
}

/// What keeps sends apart within this process.
#[derive(Debug)]
struct Pace {
    limits: Limits,
    /// Chats with a send under way. Also guards a slow send whose lease lapses on a sped-up clock.
    in_flight: HashSet<i64>,
}

/// What came of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A part was claimed and sent; this is what was recorded of it.
    Done(Step),
    /// The rate over all chats is used up until then.
    NotYet(DateTime<Utc>),
    /// No part can be claimed now.
    Empty,
}

/// What came of a pass over all that was due.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Parts that are with their readers.
    pub sent: usize,
    /// Parts to be tried again: flood waits, moved chats, refusals, lost answers.
    pub later: usize,
    /// Parts given up: refused too often, or their chat is gone.
    pub lost: usize,
    /// When something may be due again; `None` if nothing is open.
    pub next: Option<DateTime<Utc>>,
}

impl Courier {
    /// A courier that claims in the name of `process`, whose advisory lock is held.
    pub fn new(app: App, bot: Bot, process: i32) -> Courier {
        let limits = Limits::new(app.clock.now());
        let pace = Pace { limits, in_flight: HashSet::new() };
        Courier { app, bot, process, pace: Arc::new(Mutex::new(pace)) }
    }

    /// Claims, sends and records one part that is due.
    ///
    /// # Errors
    /// The database fails. A claimed part is then claimed again when its lease has lapsed.
    pub async fn deliver_next(&self) -> anyhow::Result<Outcome> {
        match self.claim().await? {
            Claim::Part(part) => self.carry(*part).await.map(Outcome::Done),
            Claim::NotYet(until) => Ok(Outcome::NotYet(until)),
            Claim::Empty => Ok(Outcome::Empty),
        }
    }

    /// Delivers what is due, many chats at once, until nothing more can go now or `stop` turns true.
    ///
    /// What is under way when `stop` turns true is finished and recorded.
    ///
    /// # Errors
    /// The database fails; sends under way are finished first.
    pub async fn deliver_due(&self, stop: &watch::Receiver<bool>) -> anyhow::Result<Summary> {
        let mut summary = Summary::default();
        let mut under_way = FuturesUnordered::new();
        let mut failure = None;
        loop {
            let may_claim = under_way.len() < IN_FLIGHT && failure.is_none() && !*stop.borrow();
            let claim = if may_claim { self.claim().await } else { Ok(Claim::Empty) };
            let mut token_at = None;
            match claim {
                Ok(Claim::Part(part)) => {
                    under_way.push(self.carry(*part));
                    continue;
                }
                Ok(Claim::NotYet(until)) => token_at = Some(until),
                Ok(Claim::Empty) => {}
                Err(error) => failure = Some(error),
            }
            // While a slow answer is waited for, tokens come in, chats have rested, and parts fall due.
            let look_again = token_at.unwrap_or(self.app.clock.now() + LOOK_AGAIN);
            let finished = tokio::select! {
                finished = under_way.next() => finished,
                () = self.app.clock.sleep_until(look_again), if may_claim && !under_way.is_empty() => continue,
            };
            match finished {
                Some(Ok(step)) => summary.count(&step),
                Some(Err(error)) => failure = Some(error),
                None => {
                    if let Some(error) = failure {
                        return Err(error);
                    }
                    summary.next = self.next(token_at).await?;
                    return Ok(summary);
                }
            }
        }
    }

    /// Delivers what is due, and what falls due within seconds because of the rates.
    ///
    /// # Errors
    /// The database fails; sends under way are finished first.
    pub async fn deliver_all(&self, stop: &watch::Receiver<bool>) -> anyhow::Result<Summary> {
        let mut all = Summary::default();
        loop {
            let pass = self.deliver_due(stop).await?;
            all.sent += pass.sent;
            all.later += pass.later;
            all.lost += pass.lost;
            all.next = pass.next;
            let now = self.app.clock.now();
            let Some(soon) = pass.next.filter(|next| *next <= now + SOON && !*stop.borrow()) else {
                return Ok(all);
            };
            // Other chats' parts may fall due meanwhile.
            self.app.clock.sleep_until(soon.min(now + LOOK_AGAIN)).await;
        }
    }

    async fn claim(&self) -> anyhow::Result<Claim> {
        // Held over the query, so that two topics of one chat are not claimed at once.
        let mut pace = self.pace.lock().await;
        let now = self.app.clock.now();
        if let Err(until) = pace.limits.take(now) {
            return Ok(Claim::NotYet(until));
        }
        let mut resting = pace.limits.resting(now);
        resting.extend(&pace.in_flight);
        let claimed = deliveries::claim(&self.app.db, self.process, &resting, now, now + outbox::LEASE).await;
        match claimed {
            Ok(Some(part)) => {
                pace.in_flight.insert(part.chat_id);
                pace.limits.wrote_to(part.chat_id, now);
                Ok(Claim::Part(Box::new(part)))
            }
            Ok(None) => {
                pace.limits.give_back();
                Ok(Claim::Empty)
            }
            Err(error) => {
                pace.limits.give_back();
                Err(error)
            }
        }
    }

    async fn carry(&self, mut part: deliveries::Claimed) -> anyhow::Result<Step> {
        if let Some(until) = quiet(&part, self.app.clock.now()) {
            let kept = deliveries::retry(&self.app.db, &part, until, QUIET, false).await;
            self.pace.lock().await.in_flight.remove(&part.chat_id);
            return kept.map(|()| Step::Retry { until, reason: QUIET.into(), refused: false });
        }
        let (bot, chat, thread) = (&self.bot, part.chat_id, part.thread_id);
        let keyboard = super::more::below(&self.app.db, part.id).await;
        let manner = Manner { silent: part.silent, keyboard };
        let answer = match part.picture.take() {
            Some(png) => telegram::send_picture(bot, chat, thread, png, &part.body, &manner).await,
            None => telegram::send(bot, chat, thread, &part.body, &manner).await,
        };
        let now = self.app.clock.now();
        let step = outbox::decide(answer, part.attempts, part.refusals, now);
        let recorded = self.record(&part, &step, now).await;
        self.pace.lock().await.in_flight.remove(&part.chat_id);
        recorded.map(|()| step)
    }

    async fn record(
        &self,
        part: &deliveries::Claimed,
        step: &Step,
        now: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let db = &self.app.db;
        let (delivery, chat_id) = (part.id, part.chat_id);
        match step {
            Step::Sent { message_id } => deliveries::sent(db, part.id, *message_id, now).await,
            Step::ChatLater { until } => {
                tracing::warn!(delivery, chat_id, %until, "Telegram asks a chat to wait");
                deliveries::chat_later(db, part, *until).await
            }
            Step::Retry { until, reason, refused } => {
                tracing::warn!(delivery, chat_id, %until, reason, refused, "a part was not delivered: it is tried again");
                deliveries::retry(db, part, *until, reason, *refused).await
            }
            Step::Moved { chat_id: to } => {
                tracing::info!(delivery, chat_id, to, "a group became a supergroup");
                subscribers::move_chat(db, part.chat_id, *to, now).await?;
                deliveries::release(db, part).await
            }
            Step::Gone { reason } => {
                tracing::info!(delivery, chat_id, reason, "a chat is gone");
                subscribers::mark_gone(db, part.chat_id, reason).await.map(drop)
            }
            Step::Parked { reason, whole_chat } => {
                tracing::error!(delivery, chat_id, reason, "Telegram refused a part too often: it is parked");
                deliveries::park(db, part, reason, *whole_chat).await
            }
        }
    }

    /// When to look again: the outbox's own time, but not before this process may send.
    async fn next(&self, token_at: Option<DateTime<Utc>>) -> anyhow::Result<Option<DateTime<Utc>>> {
        if token_at.is_some() {
            return Ok(token_at);
        }
        let Some(due) = deliveries::next_due(&self.app.db).await? else { return Ok(None) };
        let now = self.app.clock.now();
        if due > now {
            return Ok(Some(due));
        }
        // Due, and yet not to be claimed: its chat rests, or another process has it.
        let rested = self.pace.lock().await.limits.first_rested(now);
        Ok(Some(rested.unwrap_or(now + TimeDelta::seconds(1))))
    }
}

/// The end of the quiet hours that it is for a part's chat: they may have begun since it was queued.
fn quiet(part: &deliveries::Claimed, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    schedule::quiet_until(part.quiet_from.zip(part.quiet_to)?, part.zone.parse().ok()?, now)
}

enum Claim {
    Part(Box<deliveries::Claimed>),
    NotYet(DateTime<Utc>),
    Empty,
}

impl Summary {
    fn count(&mut self, step: &Step) {
        match step {
            Step::Sent { .. } => self.sent += 1,
            Step::ChatLater { .. } | Step::Retry { .. } | Step::Moved { .. } => self.later += 1,
            Step::Gone { .. } | Step::Parked { .. } => self.lost += 1,
        }
    }
}

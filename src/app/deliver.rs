//! What waits in the outbox goes to Telegram: claim, send, record.
//!
//! In: parts that are due. Out: messages in chats, and each part's fate in the database. A claim is committed
//! before the send and no transaction is open during it; so a crash at any moment loses nothing, and doubles
//! at most what was in flight. Each chat's parts go in order, one at a time; another chat never waits for it.
//! The pace over all chats is one for all processes, and kept in the database; answers to commands don't wait
//! for it, and are charged to it.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::Context;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use teloxide::Bot;
use tokio::sync::{Mutex, watch};
use tokio::task::JoinSet;

use super::App;
use super::more;
use super::outage::held;
use super::pulse::Loop;
use crate::deliver::limits::{self, Rate};
use crate::deliver::outbox::{self, Step};
use crate::deliver::telegram::{self, Manner};
use crate::schedule;
use crate::store::Trouble;
use crate::store::deliveries::{self, Claimed, Progress};
use crate::store::subscribers;

/// How often the outbox is looked at while sends are under way.
const LOOK_AGAIN: TimeDelta = TimeDelta::milliseconds(250);

/// What falls due within this time is waited for: longer than any rest of a chat.
const SOON: TimeDelta = TimeDelta::seconds(5);

/// How often it is logged how far a large fan-out is.
const TELL: TimeDelta = TimeDelta::seconds(30);

/// A fan-out of which it is: one that takes over half a minute.
pub const LARGE: i64 = 1000;

/// Chats that are told to wait in a row before all of them are held.
const FLOODS: u32 = 3;

/// How long the record of a part waits for the database's answer: a network that swallows it says no word, and the
/// chat would wait as long.
const ANSWER: Duration = Duration::from_secs(20);

/// Carries parts to Telegram for one process; clones share what is under way.
#[derive(Debug, Clone)]
pub struct Courier {
    app: App,
    bot: Bot,
    process: i32,
    rate: Rate,
    patience: Duration,
    state: Arc<Mutex<State>>,
}

/// What a process knows of its own sends.
#[derive(Debug)]
struct State {
    /// Chats with a send under way. Also guards a slow send whose lease lapses on a sped-up clock.
    in_flight: HashSet<i64>,
    /// Before this no claim succeeds; another process may have moved it on since.
    next_at: DateTime<Utc>,
    /// Chats in a row that were told to wait a moment.
    floods: u32,
    /// When it was last told how far a large fan-out is.
    told_at: DateTime<Utc>,
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
        Courier::patient(app, bot, process, ANSWER)
    }

    /// The same that waits so long for the database's answer to the record of a part.
    pub fn patient(app: App, bot: Bot, process: i32, patience: Duration) -> Courier {
        let rate = if app.config.paid_broadcast { Rate::PAID } else { Rate::FREE };
        let state = State {
            in_flight: HashSet::new(),
            next_at: DateTime::UNIX_EPOCH,
            floods: 0,
            told_at: app.clock.now(),
        };
        Courier { app, bot, process, rate, patience, state: Arc::new(Mutex::new(state)) }
    }

    /// Delivers what is due, many chats at once, until nothing more can go now or `stop` turns true.
    ///
    /// What is under way when `stop` turns true is finished and recorded.
    ///
    /// # Errors
    /// The database fails; sends under way are finished first.
    pub async fn deliver_due(&self, stop: &watch::Receiver<bool>) -> anyhow::Result<Summary> {
        let mut summary = Summary::default();
        // Tasks of their own: who waits here for a connection must not keep those who have one from going on.
        let mut under_way = JoinSet::new();
        let mut failure = None;
        loop {
            self.app.pulse.beat(Loop::Delivering);
            let may_claim = under_way.len() < self.rate.in_flight && failure.is_none() && !*stop.borrow();
            let mut turn_at = None;
            if may_claim {
                match self.claim(self.rate.in_flight - under_way.len()).await {
                    Ok(Claim::Parts(parts)) if parts.is_empty() => {}
                    Ok(Claim::Parts(parts)) => {
                        let now = self.app.clock.now();
                        let (quiet, parts): (Vec<_>, Vec<_>) =
                            parts.into_iter().partition(|part| quiet_until(part, now).is_some());
                        for part in parts {
                            let courier = self.clone();
                            under_way.spawn(async move { courier.carry(part).await });
                        }
                        if !quiet.is_empty() {
                            failure = self.put_off(&quiet, now).await.err();
                        }
                        continue;
                    }
                    Ok(Claim::NotYet(until)) => turn_at = Some(until),
                    Err(error) => failure = Some(error),
                }
            }
            // While a slow answer is waited for, our turn comes, chats have rested, and parts fall due.
            let look_again = turn_at.unwrap_or(self.app.clock.now() + LOOK_AGAIN);
            let finished = tokio::select! {
                finished = under_way.join_next() => finished,
                // Also where no more may go now: what is under way may wait for a database that is away for hours.
                () = self.app.clock.sleep_until(look_again), if !under_way.is_empty() => continue,
            };
            match finished.map(|ended| ended.context("a send broke").flatten()) {
                Some(Ok(step)) => {
                    summary.count(&step);
                    failure = failure.or(self.tell().await.err());
                }
                Some(Err(error)) => failure = Some(error),
                None => {
                    if let Some(error) = failure {
                        return Err(error);
                    }
                    summary.next = self.next(turn_at).await?;
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

    /// Claims so many parts at most, if it is our turn.
    async fn claim(&self, most: usize) -> anyhow::Result<Claim> {
        // Held over the query, so that no two claims of this process cross.
        let mut state = self.state.lock().await;
        let now = self.app.clock.now();
        // Not for long, or the clock was put back since.
        if state.next_at > now && state.next_at <= now + limits::SHORT_WAIT + SOON {
            return Ok(Claim::NotYet(state.next_at));
        }
        let beside = self.app.beside.swap(0, Ordering::Relaxed);
        let busy: Vec<i64> = state.in_flight.iter().copied().collect();
        let claim = deliveries::Claim {
            process: self.process,
            busy: &busy,
            most: most.min(self.rate.now(state.next_at, now)).max(1),
            leased_until: now + outbox::LEASE,
            every: self.rate.every,
            saved: self.rate.saved,
            beside: self.rate.every * i32::try_from(beside).unwrap_or(i32::MAX),
            debt: limits::DEBT,
            person_rests: limits::PERSON_RESTS,
            group_rests: limits::GROUP_RESTS,
        };
        let parts = deliveries::claim(&self.app.db, &claim, now).await.inspect_err(|_| {
            self.app.beside.fetch_add(beside, Ordering::Relaxed);
        })?;
        match parts.first() {
            Some(part) => state.next_at = part.next_at,
            None => {
                if let Some(next) = deliveries::next_turn(&self.app.db, now).await? {
                    state.next_at = next;
                    return Ok(Claim::NotYet(next));
                }
            }
        }
        state.in_flight.extend(parts.iter().map(|part| part.chat_id));
        Ok(Claim::Parts(parts))
    }

    /// Puts off what was claimed in chats where it is quiet, and what else is due in such chats: else they would be
    /// met one after another.
    async fn put_off(&self, claimed: &[Claimed], now: DateTime<Utc>) -> anyhow::Result<()> {
        let is_other = |chat: &i64| claimed.iter().all(|part| part.chat_id != *chat);
        self.state.lock().await.in_flight.retain(is_other);
        let mut until: BTreeMap<i64, DateTime<Utc>> = BTreeMap::new();
        until.extend(claimed.iter().filter_map(|part| Some((part.subscriber_id, quiet_until(part, now)?))));
        for hours in deliveries::due_with_hours(&self.app.db, now).await? {
            let end = ends(&hours.zone, Some((hours.from, hours.to)), now);
            until.extend(end.map(|end| (hours.subscriber_id, end)));
        }
        let until: Vec<(i64, DateTime<Utc>)> = until.into_iter().collect();
        let turns = self.rate.every * i32::try_from(claimed.len()).unwrap_or(i32::MAX);
        let rested = now + limits::GROUP_RESTS;
        deliveries::put_off(&self.app.db, self.process, claimed, &until, turns, rested).await?;
        self.state.lock().await.next_at -= turns;
        Ok(())
    }

    async fn carry(&self, mut part: Claimed) -> anyhow::Result<Step> {
        let (bot, chat, thread) = (&self.bot, part.chat_id, part.thread_id);
        let keyboard = part.left().and_then(|left| more::below(left, &mut part.body));
        let manner = Manner { silent: part.silent, paid: self.app.config.paid_broadcast, keyboard };
        let answer = match part.picture.take() {
            Some(png) => telegram::send_picture(bot, chat, thread, png, &part.body, &manner).await,
            None => telegram::send(bot, chat, thread, &part.body, &manner).await,
        };
        let now = self.app.clock.now();
        let step = outbox::decide(answer, part.attempts, part.refusals, now);
        self.app.counts.part(&step);
        // What Telegram took must not go out again because the database is away: the chat stays ours until it is known.
        let record = || async {
            let answered = tokio::time::timeout(self.patience, self.record(&part, &step, now)).await;
            answered.unwrap_or_else(|_| Err(Trouble::Away.into()))
        };
        let recorded = held(Duration::MAX, record).await;
        let mut state = self.state.lock().await;
        state.in_flight.remove(&part.chat_id);
        recorded?;
        // Chats are told to wait one by one; where all are, it is the bot that is too fast.
        match step {
            Step::ChatLater { until } if until <= now + limits::SHORT_WAIT => state.floods += 1,
            _ => state.floods = 0,
        }
        if let Step::ChatLater { until } = step
            && state.floods >= FLOODS
        {
            tracing::warn!(%until, "Telegram asks the whole bot to wait");
            state.floods = 0;
            state.next_at = until;
            deliveries::hold(&self.app.db, until).await?;
        }
        Ok(step)
    }

    async fn record(&self, part: &Claimed, step: &Step, now: DateTime<Utc>) -> anyhow::Result<()> {
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

    /// Logs now and then how far a large fan-out is.
    async fn tell(&self) -> anyhow::Result<()> {
        let now = self.app.clock.now();
        {
            let mut state = self.state.lock().await;
            if now < state.told_at + TELL {
                return Ok(());
            }
            state.told_at = now;
        }
        let progress = deliveries::progress(&self.app.db, now).await?;
        if progress.due >= LARGE {
            tracing::info!("delivering: {}", told(&progress));
        }
        Ok(())
    }

    /// When to look again: the outbox's own time, but not before it is our turn.
    async fn next(&self, turn_at: Option<DateTime<Utc>>) -> anyhow::Result<Option<DateTime<Utc>>> {
        if turn_at.is_some() {
            return Ok(turn_at);
        }
        let Some(due) = deliveries::next_due(&self.app.db).await? else { return Ok(None) };
        let now = self.app.clock.now();
        // Due, and yet not to be claimed: another process has it.
        Ok(Some(if due > now { due } else { now + TimeDelta::seconds(1) }))
    }
}

/// "12,000 of 50,000 sent, 29.1/s, about 21 min left".
fn told(progress: &Progress) -> String {
    let left = progress.left().map_or(String::new(), |left| match left.num_minutes() {
        0 => ", less than a minute left".to_owned(),
        minutes => format!(", about {minutes} min left"),
    });
    let (sent, all) = (thousands(progress.sent), thousands(progress.sent + progress.due));
    format!("{sent} of {all} sent, {:.1}/s{left}", progress.rate())
}

/// "12,000".
fn thousands(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The end of the quiet hours that it is for a part's chat: they may have begun since it was queued.
fn quiet_until(part: &Claimed, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    ends(&part.zone, part.quiet_from.zip(part.quiet_to), now)
}

/// The end of these quiet hours; `None`: it is not quiet.
fn ends(zone: &str, hours: Option<(NaiveTime, NaiveTime)>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    schedule::quiet_until(hours?, zone.parse().ok()?, now)
}

enum Claim {
    /// None: nothing can go now.
    Parts(Vec<Claimed>),
    /// It is not our turn yet.
    NotYet(DateTime<Utc>),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_with_the_rate_and_the_time_that_is_left() {
        let at: DateTime<Utc> = "2026-03-01T07:00:00Z".parse().unwrap();
        let since = Some(at - TimeDelta::minutes(7));
        let mut progress = Progress {
            waiting: 38_040,
            sending: 2,
            parked: 0,
            due: 38_000,
            since,
            sent: 12_000,
            sent_last_minute: 1746,
            at,
        };
        assert_eq!(told(&progress), "12,000 of 50,000 sent, 29.1/s, about 21 min left");
        // Under way for ten seconds only.
        (progress.since, progress.sent_last_minute) = (Some(at - TimeDelta::seconds(10)), 290);
        assert!(told(&progress).ends_with("29.0/s, about 21 min left"), "{}", told(&progress));
        progress.sent_last_minute = 0;
        assert_eq!(told(&progress), "12,000 of 50,000 sent, 0.0/s");
    }
}

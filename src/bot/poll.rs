//! Updates by long polling, handed out so that no chat waits for another.
//!
//! The loop is our own, over teloxide's requests, and not its Dispatcher: which error ends the bot (a wrong
//! token), which waits (another poller, a server in trouble) and which is mended (a webhook left behind) is
//! decided here, where the Dispatcher's listener tells them to a handler that cannot act, and a stop is one
//! signal that is seen at every wait.

use std::collections::HashMap;
use std::future::IntoFuture;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use futures::FutureExt;
use futures::future::join_all;
use teloxide::payloads::GetUpdatesSetters;
use teloxide::requests::Requester;
use teloxide::types::{AllowedUpdate, ChatId, Update, UpdateKind, UserId};
use teloxide::{ApiError, Bot, RequestError};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::pace::{Pace, Verdict};
use super::taken::{Taken, UnderWay};
use super::{Service, help};
use crate::app::App;
use crate::app::pulse::{Loop, Pulse};
use crate::deliver::telegram::{describe, mend};
use crate::store::{Guard, POLLER};

/// How long Telegram holds a request open without news, in seconds: under the client's own time-out of 17 s.
const POLL_SECONDS: u32 = 10;
/// A request for updates that has no end by then hangs: the client's own time-out should have ended it.
const HUNG: Duration = Duration::from_secs(30);
/// How long the database may take to give the job, or to take it back.
const PATIENCE: Duration = Duration::from_secs(10);
/// A command that takes longer hangs, and its chat's next ones wait for it. What is long by its nature is done
/// beside the line.
const GIVEN_UP: Duration = Duration::from_secs(120);
/// How often a process that stands by asks for the job.
const STAND_BY: Duration = Duration::from_secs(5);
/// How soon Telegram is asked again while all that it gives is under way.
const AGAIN: Duration = Duration::from_millis(500);
/// How long commands under way may take after a stop.
const GRACE: Duration = Duration::from_secs(4);
/// And the last word to Telegram after that.
const LAST_WORD: Duration = Duration::from_millis(1500);

/// Answers commands until `stop` turns true.
///
/// Of several processes on one database one polls, the others stand by. An unreachable or sick Telegram is
/// waited for, as is another program that polls with the same token.
///
/// # Errors
/// Telegram refuses the token.
pub async fn run(app: App, bot: Bot, mut stop: watch::Receiver<bool>) -> anyhow::Result<()> {
    let Some(username) = introduce(&app.pulse, &bot, &mut stop).await? else { return Ok(()) };
    let service =
        Service { app, bot, username, scraping: Default::default(), backing_up: Default::default() };
    // Beside the loop: while Telegram is slow it takes minutes.
    tokio::spawn(help::set_menus(service.clone()));
    let pulse = service.app.pulse.clone();
    // What is under way goes on when the job is lost, and is still known when it comes back.
    let (mut lanes, taken) = (Lanes::new(GIVEN_UP), Taken::default());
    while !*stop.borrow() {
        pulse.beat(Loop::Listening);
        let job = timeout(PATIENCE, Guard::try_take(&service.app.db, POLLER)).await;
        match job.map_err(anyhow::Error::from).flatten() {
            Ok(Some(mut job)) => {
                service.app.outages.ended("the bot");
                tracing::info!(username = service.username, "the bot listens");
                pulse.polls(true);
                let ended = poll(&service, &mut job, &mut lanes, &taken, &mut stop).await;
                pulse.polls(false);
                // One that can't be given back goes with its connection.
                let _ = timeout(PATIENCE, job.release()).await;
                ended?;
            }
            Ok(None) => {
                service.app.outages.ended("the bot");
                pause(STAND_BY, &mut stop).await;
            }
            Err(error) => {
                if !service.app.outages.began(&service.app.db, "the bot", &error).await {
                    tracing::warn!(wait = ?STAND_BY, "the bot can't ask the database for its job: {error:#}");
                }
                pause(STAND_BY, &mut stop).await;
            }
        }
    }
    lanes.finish(GRACE).await;
    Ok(())
}

/// Hands out updates until the stop, and then finishes what is under way; or until the job is lost with its
/// connection.
async fn poll(
    service: &Service,
    job: &mut Guard,
    lanes: &mut Lanes,
    taken: &Taken,
    stop: &mut watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let lost = job.lost();
    tokio::pin!(lost);
    // Another process may poll by then, and has what was not begun. Any request would end its own.
    let leave = || {
        tracing::warn!("the connection that made this process the poller was lost");
        taken.leave();
        Ok(())
    };
    let mut troubles = 0;
    loop {
        service.app.pulse.beat(Loop::Listening);
        let offset = taken.offset(Instant::now());
        let request = service.bot.get_updates().offset(offset).timeout(POLL_SECONDS).allowed_updates([
            AllowedUpdate::Message,
            AllowedUpdate::ChannelPost,
            AllowedUpdate::CallbackQuery,
            AllowedUpdate::MyChatMember,
        ]);
        let answer = tokio::select! {
            biased;
            () = &mut lost => return leave(),
            () = stopped(stop) => break,
            answer = timeout(HUNG, request.into_future()) => answer,
        };
        match answer {
            Ok(Ok(updates)) => {
                troubles = 0;
                service.app.pulse.polls(true);
                taken.given(offset, &updates.iter().map(|update| update.id).collect::<Vec<_>>());
                let mut known = !updates.is_empty();
                for update in updates {
                    if let Some(under_way) = taken.take(update.id, Instant::now()) {
                        known = false;
                        service.app.counts.updates.inc();
                        lanes.take(service, update, under_way);
                    }
                }
                if known {
                    tokio::select! {
                        () = taken.one_done() => {}
                        _ = pause(AGAIN, stop) => {}
                    }
                }
            }
            Err(_) => tracing::warn!("asking Telegram for updates hung: asking anew"),
            Ok(Err(error)) => {
                troubles += 1;
                let wait = trouble(&service.bot, &error, troubles).await?;
                service.app.pulse.rest(Loop::Listening, wait);
                tokio::select! {
                    () = &mut lost => return leave(),
                    goes_on = pause(wait, stop) => if !goes_on { break },
                }
            }
        }
    }
    lanes.finish(GRACE).await;
    // Tells Telegram what is done with, so that it does not come again after the restart.
    let acknowledge = service.bot.get_updates().offset(taken.done()).limit(1).timeout(0);
    let acknowledged = tokio::select! {
        biased;
        () = &mut lost => return leave(),
        acknowledged = timeout(LAST_WORD, acknowledge.into_future()) => acknowledged,
    };
    match acknowledged {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => tracing::warn!(error = describe(&error), "the last updates may come again"),
        Err(_) => tracing::warn!("the last updates may come again: Telegram does not answer"),
    }
    Ok(())
}

/// The bot's user name, asked for until Telegram answers; `None` if `stop` came first.
async fn introduce(
    pulse: &Pulse,
    bot: &Bot,
    stop: &mut watch::Receiver<bool>,
) -> anyhow::Result<Option<String>> {
    for troubles in 1.. {
        pulse.beat(Loop::Listening);
        let answer = tokio::select! {
            answer = bot.get_me() => answer,
            () = stopped(stop) => return Ok(None),
        };
        match answer {
            Ok(me) => return Ok(Some(me.user.username.unwrap_or_default())),
            Err(error) => {
                let wait = trouble(bot, &error, troubles).await?;
                pulse.rest(Loop::Listening, wait);
                if !pause(wait, stop).await {
                    return Ok(None);
                }
            }
        }
    }
    Ok(None)
}

/// Says in the log what is wrong, mends what can be mended, and says how long to wait.
async fn trouble(bot: &Bot, error: &RequestError, troubles: u32) -> anyhow::Result<Duration> {
    let backoff = Duration::from_secs(1 << troubles.saturating_sub(1).min(6));
    let text = describe(error);
    let mend = mend(bot);
    match error {
        RequestError::Api(ApiError::InvalidToken) => anyhow::bail!(
            "Telegram refuses the token in TELOXIDE_TOKEN: copy it again from @BotFather (/mybots, API Token){mend}"
        ),
        RequestError::RetryAfter(wait) => {
            tracing::warn!(seconds = wait.seconds(), "Telegram asks the bot to wait");
            Ok(wait.duration())
        }
        _ if text.contains("webhook is active") => {
            tracing::warn!("a webhook is set for this bot and keeps its updates: deleting it");
            match bot.delete_webhook().await {
                Ok(_) => Ok(Duration::ZERO),
                Err(error) => {
                    tracing::warn!(error = describe(&error), "deleting the webhook");
                    Ok(backoff)
                }
            }
        }
        RequestError::Api(ApiError::TerminatedByOtherGetUpdates) => {
            tracing::warn!(
                wait = ?backoff,
                "another program polls with this bot's token: stop it, or give each its own"
            );
            Ok(backoff)
        }
        _ => {
            tracing::warn!(error = text, wait = ?backoff, "Telegram can't be asked for updates: trying again{mend}");
            Ok(backoff)
        }
    }
}

/// Waits; `false` if `stop` came first.
async fn pause(wait: Duration, stop: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        () = tokio::time::sleep(wait) => true,
        () = stopped(stop) => false,
    }
}

/// Resolves when the stop signal is given, or nobody is left to give it.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// One line of tasks a chat: a chat's updates are handled in order, chats beside each other.
struct Lanes {
    lines: HashMap<Option<ChatId>, JoinHandle<()>>,
    pace: Pace,
    longest: Duration,
}

impl Lanes {
    fn new(longest: Duration) -> Lanes {
        Lanes { lines: HashMap::new(), pace: Pace::default(), longest }
    }

    fn take(&mut self, service: &Service, update: Update, under_way: UnderWay) {
        let service = service.clone();
        // What is said between people in a group is nobody's question; admins may ask as they need.
        let asker = asker(&update).filter(|who| !service.is_admin(Some(UserId(who.unsigned_abs()))));
        if let Some(who) = asker.filter(|_| !under_way.again) {
            match self.pace.take(who, service.app.clock.now()) {
                Verdict::Answer => {}
                Verdict::Ignore => return,
                Verdict::Refuse(seconds) => {
                    // Beside the line, which may be long by now.
                    tokio::spawn(service.refuse(update, seconds));
                    return;
                }
            }
        }
        let (lane, id) = (update.chat().map(|chat| chat.id), update.id.0);
        self.push(lane, id, service.handle(update, under_way));
    }

    /// Does the work after all that came before it in its lane; what hangs or panics there holds up nothing.
    fn push(&mut self, lane: Option<ChatId>, update: u32, work: impl Future<Output = ()> + Send + 'static) {
        self.lines.retain(|_, last| !last.is_finished());
        let (before, longest) = (self.lines.remove(&lane), self.longest);
        let task = tokio::spawn(async move {
            if let Some(before) = before {
                let _ = before.await;
            }
            // It must not end the process: the update would come again after the restart, and end it again.
            match timeout(longest, AssertUnwindSafe(work).catch_unwind()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => tracing::error!(update, "an update broke its handler"),
                Err(_) => tracing::error!(update, "handling an update hung for {longest:?} and was given up"),
            }
        });
        self.lines.insert(lane, task);
    }

    /// Waits so long for what is under way.
    async fn finish(&mut self, grace: Duration) {
        let all = join_all(std::mem::take(&mut self.lines).into_values());
        if timeout(grace, all).await.is_err() {
            tracing::warn!(
                "some commands were not finished in time: those that were not passed by come again"
            );
        }
    }
}

/// Who asks something of the bot by this update: a person, or a channel.
fn asker(update: &Update) -> Option<i64> {
    match &update.kind {
        UpdateKind::CallbackQuery(query) => Some(query.from.id.0.cast_signed()),
        UpdateKind::Message(message) | UpdateKind::ChannelPost(message) => {
            let asks = message.chat.is_private() || message.text().is_some_and(|text| text.starts_with('/'));
            let who = message.from.as_ref().map_or(message.chat.id.0, |user| user.id.0.cast_signed());
            asks.then_some(who)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};
    use std::sync::{Arc, Mutex};

    use super::*;

    #[tokio::test]
    async fn a_command_that_hangs_or_breaks_holds_up_neither_its_chat_nor_another() {
        let done = Arc::new(Mutex::new(Vec::new()));
        let says = |word: &'static str| {
            let done = Arc::clone(&done);
            async move { done.lock().unwrap().push(word) }
        };
        let (one, other) = (Some(ChatId(1)), Some(ChatId(2)));
        let mut lanes = Lanes::new(Duration::from_millis(20));
        lanes.push(one, 1, pending());
        lanes.push(one, 2, async { panic!("a handler broke") });
        lanes.push(one, 3, says("after both"));
        lanes.push(other, 4, says("beside"));
        lanes.finish(GIVEN_UP).await;
        assert_eq!(*done.lock().unwrap(), ["beside", "after both"]);
    }

    #[tokio::test]
    async fn what_a_chat_asks_is_done_in_its_order() {
        let done = Arc::new(Mutex::new(Vec::new()));
        let mut lanes = Lanes::new(GIVEN_UP);
        for n in 0..20 {
            let done = Arc::clone(&done);
            lanes.push(None, n, ready(()).then(move |()| async move { done.lock().unwrap().push(n) }));
        }
        lanes.finish(GIVEN_UP).await;
        assert_eq!(*done.lock().unwrap(), (0..20).collect::<Vec<_>>());
    }
}

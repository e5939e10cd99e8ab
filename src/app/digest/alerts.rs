//! Alerts: what is large is told at once to those who want that, as an edition of its own.
//!
//! An alert is an edition in a slot below 0 of the local day: -1, -2 and so on, up to the day's limit of the chat.
//! What it tells counts as told, so the next digest tells its updates only. In quiet hours none comes: the digest
//! tells it then.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::compile::{Pass, To, freeze};
use super::{App, OVERLAP, Outcome, Reader, store};
use crate::app::pulse::Loop;
use crate::digest::alert::{KILLED, ORIGINS_WATCHED, alert};
use crate::digest::select::Input;
use crate::digest::{Digest, Totals};
use crate::model::{DevelopmentId, History};
use crate::schedule;
use crate::store::Trouble;
use crate::store::digests::{Told, Window};
use crate::store::subscribers::{self, Subscriber};

/// How long a development is fresh: what grows large later is left to the digest.
const FRESH: TimeDelta = TimeDelta::hours(6);

/// Chats that are looked at together.
const BATCH: i64 = 250;

/// The last report, if there are reports among which no alert was looked for.
pub(super) async fn unlooked(app: &App) -> Result<Option<i64>> {
    let last = store::last_report(&app.db).await?;
    Ok((last > app.alerted.load(Ordering::Relaxed)).then_some(last))
}

/// Compiles the alerts that are due, up to the report `last`.
pub(super) async fn compile(app: &App, pass: &mut Pass<'_>, last: i64, outcome: &mut Outcome) -> Result<()> {
    let failed = outcome.failed.len();
    let ids = store::large_since(&app.db, pass.now - FRESH, ORIGINS_WATCHED, KILLED).await?;
    let large: Arc<[History]> = store::histories(&app.db, &ids, pass.now).await?.into();
    let mut after = 0;
    while !large.is_empty() && !pass.is_stopped() {
        let chats = subscribers::alerted(&app.db, after, BATCH).await?;
        let Some(chat) = chats.last() else { break };
        after = chat.id;
        app.pulse.beat(Loop::Compiling);
        compile_for(app, pass, chats, &ids, &large, outcome).await?;
    }
    // What failed or was not come to is looked for again.
    if outcome.failed.len() == failed && !pass.is_stopped() {
        app.alerted.fetch_max(last, Ordering::Relaxed);
    }
    Ok(())
}

/// Compiles the alerts of these chats.
async fn compile_for(
    app: &App,
    pass: &mut Pass<'_>,
    mut chats: Vec<Subscriber>,
    ids: &[DevelopmentId],
    large: &Arc<[History]>,
    outcome: &mut Outcome,
) -> Result<()> {
    let now = pass.now;
    chats.retain(|chat| {
        chat.choices.quiet.is_none_or(|quiet| schedule::quiet_until(quiet, chat.zone, now).is_none())
    });
    let today = |chat: &Subscriber| now.with_timezone(&chat.zone).date_naive();
    let days: Vec<(i64, NaiveDate)> = chats.iter().map(|chat| (chat.id, today(chat))).collect();
    let sent = store::alerts(&app.db, &days).await?;
    let sent = |chat: &Subscriber| sent.get(&chat.id).copied().unwrap_or(0);
    chats.retain(|chat| sent(chat) < i64::from(chat.choices.alerts));
    let subscribers: Vec<i64> = chats.iter().map(|chat| chat.id).collect();
    let mut told = store::told(&app.db, &subscribers, ids).await?;
    let last = store::last_windows(&app.db, &subscribers).await?;
    for chat in chats {
        if pass.is_stopped() {
            break;
        }
        let told = told.remove(&chat.id).unwrap_or_default();
        let Some(digest) = select(app, &chat, last.get(&chat.id), told, large, now) else { continue };
        let frozen = async {
            let slot = i16::try_from(-sent(&chat) - 1).context("counting alerts")?;
            let to = To { subscriber: chat.id, slot, merged: &[], not_before: now };
            freeze(app, &mut pass.layouts, &to, digest, None, now).await
        };
        match frozen.await {
            Ok(Some(id)) => {
                tracing::info!(digest = id, subscriber = chat.id, "alert {id} compiled");
                outcome.compiled.push(id);
            }
            Ok(None) => {}
            // The next one would fare alike.
            Err(error) if Trouble::of(&error).is_some() => return Err(error),
            Err(error) => outcome.failed.push(format!("alert of subscriber {}: {error:#}", chat.id)),
        }
    }
    Ok(())
}

/// The alert of one chat, if there is something to tell.
fn select(
    app: &App,
    chat: &Subscriber,
    last: Option<&Window>,
    told: Told,
    large: &Arc<[History]>,
    now: DateTime<Utc>,
) -> Option<Digest> {
    if large.iter().all(|history| told.contains(&(history.development.id, 0))) {
        return None;
    }
    let since =
        (now - FRESH).max(chat.subscribed_at).max(last.map_or(DateTime::UNIX_EPOCH, |l| l.to - OVERLAP));
    let reader = Reader::from(app, chat);
    alert(&Input {
        edition: now.with_timezone(&chat.zone).date_naive(),
        subscriber: Some(chat.id),
        window: (since, now),
        since,
        covers: Vec::new(),
        zone: chat.zone,
        language: reader.language,
        wishes: reader.wishes,
        histories: large.clone(),
        told,
        stories: HashMap::new(),
        withdrawn: Vec::new(),
        restored: Vec::new(),
        totals: Totals::default(),
    })
}

//! Alerts: what is large is told at once to those who want that, as an edition of its own.
//!
//! An alert is an edition in a slot below 0 of the local day: -1, -2 and so on, up to the day's limit of the chat.
//! What it tells counts as told, so the next digest tells its updates only. In quiet hours none comes: the digest
//! tells it then.

use std::collections::HashMap;
use std::sync::atomic::Ordering;

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};

use super::{App, OVERLAP, Outcome, Reader, To, freeze, store};
use crate::digest::Totals;
use crate::digest::alert::{KILLED, ORIGINS_WATCHED, alert};
use crate::digest::render::Templates;
use crate::digest::select::Input;
use crate::model::{DevelopmentId, History};
use crate::schedule;
use crate::store::subscribers::{self, Subscriber};

/// How long a development is fresh: what grows large later is left to the digest.
const FRESH: TimeDelta = TimeDelta::hours(6);

/// The last report, if there are reports among which no alert was looked for.
pub(super) async fn unlooked(app: &App) -> Result<Option<i64>> {
    let last = store::last_report(&app.db).await?;
    Ok((last > app.alerted.load(Ordering::Relaxed)).then_some(last))
}

/// Compiles the alerts that are due, up to the report `last`.
pub(super) async fn compile(
    app: &App,
    templates: &Templates,
    last: i64,
    now: DateTime<Utc>,
    outcome: &mut Outcome,
) -> Result<()> {
    let chats = subscribers::alerted(&app.db).await?;
    let failed = outcome.failed.len();
    if !chats.is_empty() {
        let ids = store::large_since(&app.db, now - FRESH, ORIGINS_WATCHED, KILLED).await?;
        let large = store::histories(&app.db, &ids, now).await?;
        for chat in chats.iter().filter(|_| !large.is_empty()) {
            match compile_one(app, templates, chat, &ids, &large, now).await {
                Ok(Some(id)) => {
                    tracing::info!(digest = id, subscriber = chat.id, "alert {id} compiled");
                    outcome.compiled.push(id);
                }
                Ok(None) => {}
                Err(error) => outcome.failed.push(format!("alert of subscriber {}: {error:#}", chat.id)),
            }
        }
    }
    // What failed is looked for again.
    if outcome.failed.len() == failed {
        app.alerted.fetch_max(last, Ordering::Relaxed);
    }
    Ok(())
}

async fn compile_one(
    app: &App,
    templates: &Templates,
    chat: &Subscriber,
    ids: &[DevelopmentId],
    large: &[History],
    now: DateTime<Utc>,
) -> Result<Option<i64>> {
    let choices = &chat.choices;
    if choices.quiet.is_some_and(|quiet| schedule::quiet_until(quiet, chat.zone, now).is_some()) {
        return Ok(None);
    }
    let today = now.with_timezone(&chat.zone).date_naive();
    let sent = store::alerts(&app.db, chat.id, today).await?;
    if sent >= i64::from(choices.alerts) {
        return Ok(None);
    }
    let told = store::told(&app.db, chat.id, ids).await?;
    if ids.iter().all(|id| told.contains(&(*id, 0))) {
        return Ok(None);
    }
    let last = store::last_window(&app.db, chat.id).await?;
    let since =
        (now - FRESH).max(chat.subscribed_at).max(last.map_or(DateTime::UNIX_EPOCH, |l| l.to - OVERLAP));
    let reader = Reader::from(app, chat);
    let digest = alert(&Input {
        edition: today,
        subscriber: Some(chat.id),
        window: (since, now),
        since,
        zone: chat.zone,
        language: reader.language,
        wishes: reader.wishes,
        histories: large.to_vec(),
        told,
        stories: HashMap::new(),
        withdrawn: Vec::new(),
        totals: Totals::default(),
    });
    let Some(digest) = digest else { return Ok(None) };
    let slot = i16::try_from(-sent - 1).context("counting alerts")?;
    let to = To { subscriber: chat.id, slot, not_before: now };
    freeze(app, templates, &to, &digest, None, now).await
}

//! An edition before its time, because an admin asked for it.

use anyhow::{Context, Result};
use chrono::{DateTime, Timelike, Utc};

use super::{COMPILER, compile, zone};
use crate::app::App;
use crate::app::chart::Charts;
use crate::digest::render::Templates;
use crate::schedule::Edition;
use crate::store::{Guard, digests as store};

/// Slots from here on are editions that were asked for: one for each minute of a day.
const ASKED_FOR: i16 = 1_000;

/// What came of asking for an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It is frozen, and in the outbox.
    Compiled(i64),
    /// It was asked for in this minute already.
    Already,
    /// Editions are being compiled.
    Busy,
    /// The subscriber has no edition a day.
    NoSlot,
}

/// Compiles an edition of a subscriber now, of all that is new since the last one; the next one goes on from it.
///
/// Within one minute it is the same edition, so that a request that comes twice is answered once.
///
/// # Errors
/// The database fails, or the templates can't be used.
pub async fn compile_now(app: &App, subscriber: i64, now: DateTime<Utc>) -> Result<Asked> {
    let Some(slot) = store::slots(&app.db, Some(subscriber)).await?.into_iter().next() else {
        return Ok(Asked::NoSlot);
    };
    let Some(guard) = Guard::try_take(&app.db, COMPILER).await? else { return Ok(Asked::Busy) };
    let local = now.with_timezone(&zone(&slot)?);
    let minute = i16::try_from(local.hour() * 60 + local.minute()).context("counting minutes")?;
    let edition = Edition { local_date: local.date_naive(), at: now };
    let slot = store::Slot { slot: ASKED_FOR + minute, ..slot };
    let compiled = async {
        let templates = Templates::load(app.config.templates.as_deref())?;
        compile(app, &templates, &mut Charts::default(), &slot, edition, now).await
    };
    let compiled = compiled.await;
    guard.release().await;
    Ok(compiled?.map_or(Asked::Already, Asked::Compiled))
}

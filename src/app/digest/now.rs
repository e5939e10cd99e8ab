//! An edition before its time, because an admin asked for it.

use anyhow::{Context, Result, anyhow};
use chrono::{DateTime, Timelike, Utc};

use super::compile::{Pass, compile};
use super::due::{self, Due};
use super::{Outcome, alone};
use crate::app::App;
use crate::schedule::Edition;

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
    let slots = due::slots(app, subscriber, now).await?;
    let Some(slot) = slots.first() else { return Ok(Asked::NoSlot) };
    let local = now.with_timezone(&due::zone(slot)?);
    let minute = i16::try_from(local.hour() * 60 + local.minute()).context("counting minutes")?;
    let edition = Edition { local_date: local.date_naive(), at: now };
    let due = Due { edition, slot: ASKED_FOR + minute, merged: Vec::new(), slots };
    let compiled = alone(app, async {
        let (mut pass, mut outcome) = (Pass::new(app, now, &|| false)?, Outcome::default());
        compile(app, &mut pass, vec![due], &mut outcome).await?;
        Ok(outcome)
    });
    let mut outcome = compiled.await?;
    match outcome.failed.pop() {
        Some(failed) => Err(anyhow!(failed)),
        None if outcome.busy => Ok(Asked::Busy),
        None => Ok(outcome.compiled.pop().map_or(Asked::Already, Asked::Compiled)),
    }
}

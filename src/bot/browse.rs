//! /latest: what is known now.

use chrono::TimeDelta;

use super::call::Call;
use crate::app::digest;

/// Between two messages to one chat: Telegram allows about one a second.
const PACE: TimeDelta = TimeDelta::seconds(1);

/// What is new since the chat's last digest; for who has none, in the last 24 hours.
pub(super) async fn latest(call: &Call) -> anyhow::Result<()> {
    let app = &call.service.app;
    let latest = digest::latest(app, call.subscriber.as_ref().map(|s| s.id), app.clock.now()).await?;
    for (i, part) in digest::messages(app, &latest)?.iter().enumerate() {
        if i > 0 {
            app.clock.sleep_until(app.clock.now() + PACE).await;
        }
        // A part that did not arrive leaves a gap that the next one would hide.
        if call.reply(part).await.is_none() {
            break;
        }
    }
    Ok(())
}

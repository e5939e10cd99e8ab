//! /latest: what is known now.

use super::Call;
use crate::app::digest;
use crate::store::subscribers;

/// What is new since the chat's last digest; for who has none, in the last 24 hours.
pub(super) async fn latest(call: &Call) -> anyhow::Result<()> {
    let app = &call.service.app;
    let subscriber = subscribers::by_chat(&app.db, call.chat_id, call.thread).await?;
    let latest = digest::latest(app, subscriber.map(|s| s.id), app.clock.now()).await?;
    for part in digest::messages(app, &latest)? {
        // A part that did not arrive leaves a gap that the next one would hide.
        if call.reply(&part).await.is_none() {
            break;
        }
    }
    Ok(())
}

//! /broadcast: words of an admin's to all, through the outbox, once they are confirmed.

use sqlx::PgConnection;

use super::{act, confirm, usage};
use crate::bot::call::Call;
use crate::digest::parts;
use crate::locale::escape;
use crate::schedule;
use crate::store::proposals::{self, Proposal};
use crate::store::subscribers::{self, Subscriber};
use crate::store::{audit, deliveries};

/// Shows what would be sent, and to how many.
pub(super) async fn propose(call: &Call, words: &str) -> anyhow::Result<()> {
    if words.is_empty() {
        return usage(call, "broadcast").await;
    }
    let app = &call.service.app;
    let to = subscribers::active(&app.db).await?.len();
    if to == 0 {
        call.reply(&call.say("admin-nobody", &[])).await;
        return Ok(());
    }
    // Laid out by hand, it goes as it is; the command before it does not.
    let laid_out =
        call.laid_out.as_deref().map(str::trim_start).filter(|html| html.starts_with("/broadcast"));
    let html = laid_out.and_then(|html| html.split_once(char::is_whitespace)).map(|(_, rest)| rest.trim());
    let parts = parts::split(html.unwrap_or(&escape(words)));
    let id = proposals::make(&app.db, &Proposal::Broadcast(parts.clone()), app.clock.now()).await?;
    // As the readers will see it; the question comes apart, for the words may fill a message.
    for part in &parts {
        call.reply(part).await;
    }
    let question = call.say("admin-broadcast", &[("n", to.into())]);
    call.reply_with(&question, confirm(call, "admin-send-it", id)).await;
    Ok(())
}

/// Puts it into the outbox for all who are active now, together with the proposal's end.
pub(super) async fn queue(call: &Call, tx: &mut PgConnection, parts: &[String]) -> anyhow::Result<String> {
    let app = &call.service.app;
    let now = app.clock.now();
    let awake = |to: &Subscriber| {
        let quiet = to.choices.quiet.and_then(|quiet| schedule::quiet_until(quiet, to.zone, now));
        quiet.unwrap_or(now)
    };
    let to: Vec<_> = subscribers::active(&app.db).await?.iter().map(|to| (to.id, awake(to))).collect();
    deliveries::queue_for_all(tx, &to, parts).await?;
    audit::record(tx, &act(call, "broadcast", format!("to {}: {}", to.len(), parts.join(" ")))).await?;
    Ok(call.say("admin-broadcast-on-its-way", &[("n", to.len().into())]))
}

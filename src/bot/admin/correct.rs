//! /correct: marks a development as wrong, once it is confirmed; who was told is told so in the next digest.

use sqlx::PgConnection;

use super::{act, confirm, record, shortened, usage};
use crate::bot::call::Call;
use crate::store::proposals::{self, Proposal};
use crate::store::{audit, verdicts};

/// `/correct NUMBER REASON`, `/correct NUMBER undo`.
pub(super) async fn command(call: &Call, words: &str) -> anyhow::Result<()> {
    let (number, why) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let Ok(id) = number.trim_start_matches('#').parse::<i64>() else { return usage(call, "correct").await };
    if why.is_empty() {
        return usage(call, "correct").await;
    }
    let app = &call.service.app;
    let now = app.clock.now();
    let Some(found) = verdicts::development(&app.db, id).await? else {
        call.reply(&call.say("admin-no-such-development", &[("id", id.to_string().into())])).await;
        return Ok(());
    };
    let shown = |key: &str, why: &str| {
        let args = [
            ("id", found.id.to_string().into()),
            ("summary", shortened(&found.summary, 600).into()),
            ("outlets", shortened(&found.outlets.join(", "), 300).into()),
            ("told", found.told.into()),
            ("why", shortened(why, 600).into()),
        ];
        call.say(key, &args)
    };
    if why.eq_ignore_ascii_case("undo") {
        let undone = verdicts::withdraw(&app.db, found.id, None, now).await?;
        if undone.is_some() {
            record(call, "correct_undo", format!("#{}", found.id)).await?;
        }
        call.reply(&shown(
            if undone.is_some() { "admin-correction-undone" } else { "admin-not-corrected" },
            "",
        ))
        .await;
        return Ok(());
    }
    if found.withdrawn_at.is_some() {
        let before = found.withdrawn_why.as_deref().unwrap_or("?");
        call.reply(&shown("admin-corrected-already", before)).await;
        return Ok(());
    }
    let proposal = Proposal::Correction { development: found.id, why: shortened(why, 600) };
    let proposal = proposals::make(&app.db, &proposal, now).await?;
    call.reply_with(&shown("admin-correct", why), confirm(call, "admin-mark-it", proposal)).await;
    Ok(())
}

/// Marks what was confirmed, together with the proposal's end.
pub(super) async fn mark(call: &Call, tx: &mut PgConnection, id: i64, why: &str) -> anyhow::Result<String> {
    let now = call.service.app.clock.now();
    let Some(id) = verdicts::withdraw(&mut *tx, id, Some(why), now).await? else {
        // Another proposal for it was confirmed first.
        return Ok(call.say("bot-stale", &[]));
    };
    audit::record(tx, &act(call, "correct", format!("#{id}: {why}"))).await?;
    Ok(call.say("admin-corrected", &[("id", id.to_string().into()), ("why", why.into())]))
}

//! /ban and /unban: people and chats whose updates are passed over.

use teloxide::types::UserId;

use super::{record, shortened, usage};
use crate::bot::call::Call;
use crate::store::bans;

/// Bans that are listed.
const SHOWN: usize = 30;

/// `/ban ID`; without an id, who is banned.
pub(super) async fn ban(call: &Call, words: &str) -> anyhow::Result<()> {
    if words.is_empty() {
        return list(call).await;
    }
    let Ok(id) = words.parse::<i64>() else { return usage(call, "ban").await };
    let said = |key: &str| call.say(key, &[("id", id.to_string().into())]);
    if u64::try_from(id).is_ok_and(|id| call.service.is_admin(Some(UserId(id)))) {
        call.reply(&said("admin-ban-of-admin")).await;
        return Ok(());
    }
    let app = &call.service.app;
    let admin = call.user.map_or(0, |user| user.0.cast_signed());
    let new = bans::add(&app.db, id, admin, app.clock.now()).await?;
    if new {
        record(call, "ban", id.to_string()).await?;
    }
    call.reply(&said(if new { "admin-banned" } else { "admin-banned-already" })).await;
    Ok(())
}

/// `/unban ID`.
pub(super) async fn unban(call: &Call, words: &str) -> anyhow::Result<()> {
    let Ok(id) = words.parse::<i64>() else { return usage(call, "unban").await };
    let lifted = bans::lift(&call.service.app.db, id).await?;
    if lifted {
        record(call, "unban", id.to_string()).await?;
    }
    let key = if lifted { "admin-unbanned" } else { "admin-not-banned" };
    call.reply(&call.say(key, &[("id", id.to_string().into())])).await;
    Ok(())
}

async fn list(call: &Call) -> anyhow::Result<()> {
    let bans = bans::all(&call.service.app.db).await?;
    if bans.is_empty() {
        return usage(call, "ban").await;
    }
    let zone = call.service.app.config.schedule.zone;
    let mut lines = vec![call.say("admin-bans", &[("n", bans.len().into())])];
    lines.extend(bans.iter().take(SHOWN).map(|ban| {
        let args = [
            ("id", ban.id.to_string().into()),
            ("title", shortened(ban.title.as_deref().unwrap_or("?"), 60).into()),
            ("at", call.language.moment(ban.at, zone, "%-d %b %Y").into()),
        ];
        call.say("admin-ban", &args)
    }));
    call.reply(&lines.join("\n")).await;
    Ok(())
}

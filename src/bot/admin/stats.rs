//! /stats: figures of the whole bot.

use chrono::TimeDelta;

use super::shortened;
use crate::app::read;
use crate::bot::call::Call;
use crate::bot::settings;
use crate::locale::escape;
use crate::model::Kind;
use crate::store::stats;

/// Languages that are named; the rest are counted.
const NAMED: usize = 15;

/// Figures of the whole bot.
pub(super) async fn stats(call: &Call) -> anyhow::Result<()> {
    let (db, now) = (&call.service.app.db, call.service.app.clock.now());
    let week_ago = now - TimeDelta::days(7);
    let figures = stats::figures(db, now).await?;
    let mut lines: Vec<String> = figures
        .iter()
        .map(|(key, value)| format!("{}: <b>{value}</b>", call.say(&format!("admin-stats-{key}"), &[])))
        .collect();
    let articles = stats::articles_a_day(db, week_ago).await?;
    let articles: Vec<String> =
        articles.iter().map(|(day, n)| format!("{} <b>{n}</b>", call.language.day(*day, "%a"))).collect();
    let kinds = stats::developments_by_kind(db, week_ago).await?;
    let kinds: Vec<String> = kinds
        .iter()
        .map(|(kind, n)| {
            format!("{} <b>{n}</b>", escape(&settings::kind(call.language, &Kind::from(kind.clone()))))
        })
        .collect();
    for (key, counts) in [("articles-a-day", articles), ("kinds", kinds)] {
        if !counts.is_empty() {
            lines.push(format!("{}: {}", call.say(&format!("admin-stats-{key}"), &[]), counts.join(" · ")));
        }
    }
    let not_read = read::not_read(db, now).await?;
    lines.extend(not_read.iter().take(NAMED).map(|line| escape(&shortened(line, 200)).into_owned()));
    if not_read.len() > NAMED {
        lines.push(call.say("admin-more", &[("n", (not_read.len() - NAMED).into())]));
    }
    call.reply(&lines.join("\n")).await;
    Ok(())
}

//! What the owner's admins see and set in motion: one family of commands a file.
//!
//! Who is no admin, by the user id of the very update, is refused here, before a command or a button is looked
//! at. A button's data is `a:VERB:NUMBER:REST`; pages are numbers too. What has to be confirmed is kept as a
//! proposal, which is settled once. What an admin does, and not merely looks at, is recorded.

use std::future::Future;
use std::panic::AssertUnwindSafe;

use anyhow::anyhow;
use chrono::TimeDelta;
use futures::FutureExt as _;
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

use super::call::Call;
use super::commands::AdminCommand;
use crate::locale::Language;
use crate::store::audit::{self, Act};
use crate::store::proposals::{self, Proposal};

mod add;
mod backup;
mod bans;
mod broadcast;
mod correct;
mod health;
mod logs;
mod preview;
mod run;
mod sources;
mod stats;
mod stories;
mod subscribers;

pub(super) use health::bytes;

/// What a button does.
#[derive(Debug, Clone, Copy)]
enum Verb {
    Sources,
    Source,
    Check,
    Pause,
    Resume,
    Remove,
    Removed,
    Subscribers,
    Logs,
    Audit,
    Mute,
    Unmute,
    Yes,
    No,
}

/// The verbs as they stand in buttons.
const VERBS: [(&str, Verb); 14] = [
    ("sources", Verb::Sources),
    ("source", Verb::Source),
    ("check", Verb::Check),
    ("pause", Verb::Pause),
    ("resume", Verb::Resume),
    ("remove", Verb::Remove),
    ("removed", Verb::Removed),
    ("subscribers", Verb::Subscribers),
    ("logs", Verb::Logs),
    ("audit", Verb::Audit),
    ("mute", Verb::Mute),
    ("unmute", Verb::Unmute),
    ("yes", Verb::Yes),
    ("no", Verb::No),
];

/// The verbs of all admins' buttons, which stand after `a:`.
pub fn buttons() -> impl Iterator<Item = &'static str> {
    VERBS.iter().map(|(name, _)| *name)
}

/// Telegram HTML with the buttons below it.
type Answer = (String, Option<InlineKeyboardMarkup>);

/// An admins' command.
pub(super) async fn command(call: &Call, command: AdminCommand) -> anyhow::Result<()> {
    if !allowed(call).await {
        return Ok(());
    }
    match command {
        AdminCommand::Sources(words) => sources::command(call, &words).await,
        AdminCommand::Run => run::run(call).await,
        AdminCommand::Preview(words) => preview::preview(call, &words).await,
        AdminCommand::DigestNow => preview::digest_now(call).await,
        AdminCommand::Stats => stats::stats(call).await,
        AdminCommand::Health => health::health(call).await,
        AdminCommand::Subscribers(words) if private(call).await => subscribers::page(call, 0, &words).await,
        AdminCommand::Broadcast(words) => broadcast::propose(call, &words).await,
        AdminCommand::MuteStory(words) => stories::command(call, &words).await,
        AdminCommand::Correct(words) => correct::command(call, &words).await,
        AdminCommand::Logs if private(call).await => logs::logs(call, 0).await,
        AdminCommand::Backup if private(call).await => backup::backup(call).await,
        AdminCommand::Ban(words) => bans::ban(call, &words).await,
        AdminCommand::Unban(words) => bans::unban(call, &words).await,
        AdminCommand::Audit if private(call).await => logs::audit(call, 0).await,
        // They were told why.
        AdminCommand::Subscribers(_) | AdminCommand::Logs | AdminCommand::Backup | AdminCommand::Audit => {
            Ok(())
        }
    }
}

/// An admins' button: `VERB:NUMBER:REST`.
pub(super) async fn press(call: &Call, data: &str) -> anyhow::Result<()> {
    if !allowed(call).await {
        return Ok(());
    }
    let mut words = data.splitn(3, ':');
    let (verb, number, rest) = (words.next(), words.next(), words.next().unwrap_or_default());
    let verb = VERBS.iter().find(|(name, _)| Some(*name) == verb).map(|(_, verb)| *verb);
    let number = number.and_then(|number| number.parse::<i64>().ok());
    let (Some(verb), Some(number)) = (verb, number) else { return call.stale().await };
    match verb {
        Verb::Sources => sources::list(call, number).await,
        Verb::Source => sources::page(call, number).await,
        Verb::Check => sources::check(call, number).await,
        Verb::Pause => sources::pause(call, number, true).await,
        Verb::Resume => sources::pause(call, number, false).await,
        Verb::Remove => sources::ask_to_remove(call, number).await,
        Verb::Removed => sources::remove(call, number).await,
        Verb::Subscribers => subscribers::page(call, number, rest).await,
        Verb::Logs => logs::logs(call, number).await,
        Verb::Audit => logs::audit(call, number).await,
        Verb::Mute => stories::mute(call, number, true).await,
        Verb::Unmute => stories::mute(call, number, false).await,
        Verb::Yes => settle(call, number, true).await,
        Verb::No => settle(call, number, false).await,
    }
}

/// Says that it is for admins, unless who asks is one.
async fn allowed(call: &Call) -> bool {
    if call.is_admin() {
        return true;
    }
    let user = call.user.map(|user| user.0);
    tracing::warn!(user, chat_id = call.chat_id, "an admin's command or button was refused");
    call.notice(&call.say("bot-admins-only", &[])).await;
    false
}

/// Says that others would read it too, unless it is the admin's own chat.
async fn private(call: &Call) -> bool {
    if !call.private() {
        call.reply(&call.say("admin-in-private", &[])).await;
    }
    call.private()
}

/// Does what was proposed, or calls it off; only the first press finds it.
async fn settle(call: &Call, id: i64, yes: bool) -> anyhow::Result<()> {
    let app = &call.service.app;
    let mut tx = app.db.begin().await?;
    let Some(proposal) = proposals::settle(&mut tx, id, app.clock.now()).await? else {
        return call.stale().await;
    };
    let text = match proposal {
        _ if !yes => call.say("admin-called-off", &[]),
        Proposal::Source(source) => {
            // The proposal is used up, whether or not the name is still free.
            tx.commit().await?;
            return add::add(call, &source).await;
        }
        Proposal::Broadcast(parts) => broadcast::queue(call, &mut tx, &parts).await?,
        Proposal::Correction { development, why } => correct::mark(call, &mut tx, development, &why).await?,
    };
    tx.commit().await?;
    call.show(&text, None).await;
    Ok(())
}

/// The buttons of a proposal.
fn confirm(call: &Call, yes: &str, id: i64) -> Option<InlineKeyboardMarkup> {
    let buttons =
        [call.button(yes, format!("a:yes:{id}")), call.button("admin-cancel", format!("a:no:{id}"))];
    Some(InlineKeyboardMarkup::new([buttons]))
}

/// Answers at once, works on beside the chat's line, and edits the result in.
async fn later(call: &Call, work: impl Future<Output = anyhow::Result<Answer>> + Send + 'static) {
    let message = call.show(&call.say("admin-wait", &[]), None).await;
    let call = call.clone();
    tokio::spawn(async move {
        // Who waits for the answer gets one, also if the work breaks.
        let done = AssertUnwindSafe(work).catch_unwind().await;
        let (html, keyboard) = done.unwrap_or_else(|_| Err(anyhow!("it broke"))).unwrap_or_else(|error| {
            tracing::error!("what an admin asked for failed: {error:#}");
            (call.say("admin-failed", &[]), None)
        });
        match message {
            Some(message) => call.edit(message, &html, keyboard).await,
            None => call.reply_with(&html, keyboard).await,
        }
    });
}

/// What an admin does, as it is recorded.
fn act(call: &Call, act: &str, detail: impl Into<String>) -> Act {
    let admin = call.user.map_or(0, |user| user.0.cast_signed());
    let at = call.service.app.clock.now();
    Act { at, admin, chat_id: call.chat_id, act: act.to_owned(), detail: detail.into() }
}

async fn record(call: &Call, what: &str, detail: impl Into<String>) -> anyhow::Result<()> {
    audit::record(&call.service.app.db, &act(call, what, detail)).await
}

/// Wrong arguments: how the command is given, with an example.
async fn usage(call: &Call, command: &str) -> anyhow::Result<()> {
    call.reply(&call.say(&format!("admin-usage-{command}"), &[])).await;
    Ok(())
}

/// The page that there is, from a page's number out of a button, and how many there are.
fn paged(page: i64, length: i64, on_page: i64) -> (i64, i64) {
    let pages = ((length + on_page - 1) / on_page).max(1);
    (page.clamp(0, pages - 1), pages)
}

/// Rows of buttons, if there is any.
fn keyboard(rows: Vec<Vec<InlineKeyboardButton>>) -> Option<InlineKeyboardMarkup> {
    let rows: Vec<_> = rows.into_iter().filter(|row| !row.is_empty()).collect();
    (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows))
}

/// The way to the pages before and after.
fn turn(verb: &str, (page, pages): (i64, i64), rest: &str) -> Vec<InlineKeyboardButton> {
    let to =
        |page: i64, label: String| InlineKeyboardButton::callback(label, format!("a:{verb}:{page}:{rest}"));
    let mut row = Vec::new();
    if page > 0 {
        row.push(to(page - 1, format!("‹ {page}/{pages}")));
    }
    if page + 1 < pages {
        row.push(to(page + 1, format!("{}/{pages} ›", page + 2)));
    }
    row
}

/// A time that passed, in the largest unit that fits.
pub(super) fn span(language: Language, time: TimeDelta) -> String {
    let minutes = time.num_minutes().max(0);
    let (key, n) = match minutes {
        0..120 => ("admin-minutes", minutes),
        120..2880 => ("admin-hours", minutes / 60),
        _ => ("admin-days", minutes / 1440),
    };
    language.text(key, &[("n", n.into())])
}

pub(super) fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    text.chars().take(longest - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_in_the_largest_fitting_unit() {
        let told = [0, 119, 120, 2879, 2880].map(|minutes| span(Language::En, TimeDelta::minutes(minutes)));
        assert_eq!(told, ["0 min", "119 min", "2 h", "47 h", "2 days"]);
    }

    #[test]
    fn a_page_that_is_gone_is_the_last_one() {
        assert_eq!(paged(0, 0, 8), (0, 1));
        assert_eq!(paged(5, 17, 8), (2, 3));
        assert_eq!(paged(-1, 17, 8), (0, 3));
    }
}

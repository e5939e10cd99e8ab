//! /help and /whoami, and the menus of commands that Telegram shows.

use teloxide::payloads::SetMyCommandsSetters;
use teloxide::requests::Requester;
use teloxide::types::{BotCommand, BotCommandScope, ChatId, Recipient};
use teloxide::utils::command::BotCommands;
use teloxide::utils::html::escape;

use super::{AdminCommand, Call, ReaderCommand, Service};
use crate::deliver::telegram::describe;

/// The commands that the one who asks may use.
pub(super) async fn help(call: &Call) -> anyhow::Result<()> {
    let mut text = list(&ReaderCommand::bot_commands());
    if call.service.is_admin(call.user) {
        text.push_str("\nFor admins:\n");
        text.push_str(&list(&AdminCommand::bot_commands()));
    }
    call.reply(&text).await;
    Ok(())
}

/// The ids that a configuration asks for.
pub(super) async fn whoami(call: &Call) -> anyhow::Result<()> {
    let user = match call.user {
        Some(user) => format!("Your user id: <code>{user}</code>"),
        None => "A channel's posts have no author that I can see.".into(),
    };
    let topic =
        if call.thread == 0 { String::new() } else { format!(", topic <code>{}</code>", call.thread) };
    let role = if call.service.is_admin(call.user) { "\nYou are an admin of this bot." } else { "" };
    call.reply(&format!("{user}\nThis chat: <code>{}</code>{topic}{role}", call.chat_id)).await;
    Ok(())
}

/// Sets the menus: the readers' for all, the admins' in each admin's own chat.
///
/// A failure is logged and leaves the old menus: commands work without them.
pub(super) async fn set_menus(service: &Service) {
    let readers = ReaderCommand::bot_commands();
    if let Err(error) = service.bot.set_my_commands(readers.clone()).await {
        tracing::warn!(error = describe(&error), "setting the menu of commands");
    }
    let all: Vec<BotCommand> = readers.into_iter().chain(AdminCommand::bot_commands()).collect();
    for admin in &service.app.config.admins {
        let Ok(chat) = i64::try_from(admin.0) else { continue };
        let scope = BotCommandScope::Chat { chat_id: Recipient::Id(ChatId(chat)) };
        if let Err(error) = service.bot.set_my_commands(all.clone()).scope(scope).await {
            // An admin who never wrote to the bot has no chat with it yet.
            tracing::info!(user = admin.0, error = describe(&error), "no menu of commands for an admin");
        }
    }
}

fn list(commands: &[BotCommand]) -> String {
    commands
        .iter()
        .map(|c| format!("/{} – {}\n", c.command.trim_start_matches('/'), escape(&c.description)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_keeps_to_telegrams_limits() {
        let all = ReaderCommand::bot_commands().into_iter().chain(AdminCommand::bot_commands());
        for BotCommand { command, description } in all {
            let name = command.trim_start_matches('/');
            assert!((1..=32).contains(&name.len()), "{name}");
            assert!(
                name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'),
                "{name}"
            );
            assert!((3..=256).contains(&description.chars().count()), "{name}");
        }
    }
}

//! /help and /whoami, and the menus of commands that Telegram shows.

use teloxide::payloads::SetMyCommandsSetters;
use teloxide::requests::Requester;
use teloxide::types::{BotCommand, BotCommandScope, ChatId, InlineKeyboardMarkup, Recipient};
use teloxide::utils::html::escape;

use super::Service;
use super::call::Call;
use super::commands;
use crate::deliver::telegram::describe;
use crate::locale::Language;

/// The readers' commands by what they are for: the heading, and the command with which the next family begins.
const FAMILIES: [(&str, &str); 3] =
    [("bot-for-digests", "latest"), ("bot-for-looking-up", "export"), ("bot-for-chats", "")];

/// The commands that the one who asks may use.
pub(super) async fn help(call: &Call) -> anyhow::Result<()> {
    let readers = commands::for_readers(call.language);
    let mut families: Vec<(&str, &[BotCommand])> = Vec::new();
    let mut rest = &readers[..];
    for (heading, first_of_next) in FAMILIES {
        let end = rest.iter().position(|command| command.command == first_of_next).unwrap_or(rest.len());
        let (family, others) = rest.split_at(end);
        families.push((heading, family));
        rest = others;
    }
    let admins = commands::for_admins(call.language);
    if call.is_admin() {
        families.push(("bot-for-admins", &admins));
    }
    let text: Vec<String> = families
        .into_iter()
        .map(|(heading, commands)| format!("<b>{}</b>\n{}", call.say(heading, &[]), list(commands)))
        .collect();
    call.show(&text.join("\n"), None).await;
    Ok(())
}

/// What a group is told that the bot was added to.
pub(super) async fn greet(call: &Call) -> anyhow::Result<()> {
    let keyboard = InlineKeyboardMarkup::new([[call.button("settings-subscribe", "s:on")]]);
    call.reply_with(&call.say("bot-greeting", &[]), Some(keyboard)).await;
    Ok(())
}

/// The ids that a configuration asks for.
pub(super) async fn whoami(call: &Call) -> anyhow::Result<()> {
    let user = match call.user {
        Some(user) => call.say("bot-user-id", &[("id", user.to_string().into())]),
        None => call.say("bot-no-user", &[]),
    };
    let mut text = format!("{user}\n{}", call.say("bot-chat-id", &[("id", call.chat_id.to_string().into())]));
    if call.thread != 0 {
        text.push_str(&format!(", {}", call.say("bot-topic-id", &[("id", call.thread.to_string().into())])));
    }
    if call.is_admin() {
        text.push_str(&format!("\n{}", call.say("bot-you-are-admin", &[])));
    }
    call.reply(&text).await;
    Ok(())
}

/// Sets the menus, in every language: the readers' for all, the admins' in each admin's own chat.
///
/// A failure is logged and leaves the old menus: commands work without them.
pub(super) async fn set_menus(service: Service) {
    // A menu without a language is for who has one that is not offered.
    let languages = std::iter::once(None).chain(Language::ALL.into_iter().map(Some));
    for language in languages {
        let readers = commands::for_readers(language.unwrap_or_default());
        let mut request = service.bot.set_my_commands(readers.clone());
        request.language_code = language.map(|language| language.code().to_owned());
        if let Err(error) = request.await {
            tracing::warn!(error = describe(&error), "setting the menu of commands");
        }
        let all: Vec<BotCommand> =
            readers.into_iter().chain(commands::for_admins(language.unwrap_or_default())).collect();
        for admin in &service.app.config.admins {
            let Ok(chat) = i64::try_from(admin.0) else { continue };
            let scope = BotCommandScope::Chat { chat_id: Recipient::Id(ChatId(chat)) };
            let mut request = service.bot.set_my_commands(all.clone()).scope(scope);
            request.language_code = language.map(|language| language.code().to_owned());
            if let Err(error) = request.await {
                // An admin who never wrote to the bot has no chat with it yet.
                tracing::info!(user = admin.0, error = describe(&error), "no menu of commands for an admin");
            }
        }
    }
}

fn list(commands: &[BotCommand]) -> String {
    commands.iter().map(|c| format!("/{} – {}\n", c.command, with_example(c))).collect()
}

/// A description whose example can be copied by a tap; as a link it would send the bare command.
fn with_example(command: &BotCommand) -> String {
    let example = format!("/{} ", command.command);
    match command.description.split_once(&example) {
        Some((said, words)) => format!("{}<code>{example}{}</code>", escape(said), escape(words)),
        None => escape(&command.description),
    }
}

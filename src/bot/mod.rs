//! The Telegram commands of readers and admins.
//!
//! In: updates by long polling (`run`). Out: answers in the chat, changes in the store. The commands of one
//! family stand in one file: subscribing, browsing, help, and the admins' own. An admin is known by the user id
//! of each single update; an answer goes to the chat and topic that asked.

use teloxide::types::{ChatMemberUpdated, Message, Update, UpdateKind, UserId};
use teloxide::utils::command::{BotCommands, ParseError};
use teloxide::utils::html::escape;

use crate::app::App;
use crate::deliver::outbox::Answer;
use crate::deliver::telegram;
use crate::store::subscribers;

mod admin;
/// What admins are told without asking: sources that fail or fall silent, and recover.
pub mod alert;
mod browse;
mod help;
mod poll;
mod subscribe;

pub use poll::run;

/// What everyone may ask.
#[derive(BotCommands, Debug, Clone, PartialEq, Eq)]
#[command(rename_rule = "lowercase")]
enum ReaderCommand {
    #[command(description = "what I do, and your first digest")]
    Start,
    #[command(description = "time and zone of your digest: /subscribe 07:30 Europe/Kyiv")]
    Subscribe(String),
    #[command(description = "what is new since your last digest")]
    Latest,
    #[command(description = "no more digests")]
    Stop,
    #[command(description = "your user id and this chat's id")]
    Whoami,
    #[command(description = "all commands")]
    Help,
}

/// What only the owner's admins may ask.
#[derive(BotCommands, Debug, Clone, Copy, PartialEq, Eq)]
#[command(rename_rule = "lowercase")]
enum AdminCommand {
    #[command(description = "all sources and how they fare")]
    Sources,
    #[command(description = "read all sources now")]
    Run,
    #[command(description = "figures of the whole bot")]
    Stats,
}

/// What all commands work with.
#[derive(Debug, Clone)]
struct Service {
    app: App,
    bot: teloxide::Bot,
    username: String,
    /// Held while a scraping pass that an admin asked for is under way.
    scraping: std::sync::Arc<tokio::sync::Mutex<()>>,
}

/// One command: who gave it, and where the answer goes.
#[derive(Debug, Clone)]
struct Call {
    service: Service,
    chat_id: i64,
    /// The forum topic; 0: the chat itself.
    thread: i32,
    private: bool,
    /// The chat's name, for admins.
    title: String,
    /// `None` in channels, where posts have no author.
    user: Option<UserId>,
}

impl Service {
    fn is_admin(&self, user: Option<UserId>) -> bool {
        user.is_some_and(|user| self.app.config.admins.contains(&user))
    }

    /// Handles one update; whatever fails is logged here, so that the next one is handled.
    async fn handle(self, update: Update) {
        let id = update.id.0;
        let done = match update.kind {
            UpdateKind::Message(message) | UpdateKind::ChannelPost(message) => self.on_message(message).await,
            UpdateKind::MyChatMember(change) => self.on_membership(change).await,
            _ => Ok(()),
        };
        if let Err(error) = done {
            tracing::error!(update = id, "handling an update: {error:#}");
        }
    }

    async fn on_message(&self, message: Message) -> anyhow::Result<()> {
        if let Some(to) = message.migrate_to_chat_id() {
            let now = self.app.clock.now();
            return subscribers::move_chat(&self.app.db, message.chat.id.0, to.0, now).await;
        }
        let call = Call::of(self.clone(), &message);
        let Some(text) = message.text() else {
            return if call.private && message.from.is_some() { call.hint().await } else { Ok(()) };
        };
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let answered = match parse(&line, &self.username) {
            Parsed::Reader(command) => call.read(command).await,
            Parsed::Admin(command) => call.administer(command).await,
            Parsed::NotMine => Ok(()),
            // In groups others talk to each other, and other bots have commands too.
            Parsed::Unknown if !call.private => Ok(()),
            Parsed::Unknown => call.hint().await,
        };
        if let Err(error) = answered {
            let sorry = "Something went wrong on my side; it is in my log. Please try again in a minute.";
            call.reply(sorry).await;
            return Err(error);
        }
        Ok(())
    }

    /// Blocked, unblocked, added, removed. Coming back is the reader's to say, with /start.
    async fn on_membership(&self, change: ChatMemberUpdated) -> anyhow::Result<()> {
        let chat_id = change.chat.id.0;
        if change.new_chat_member.kind.is_present() {
            tracing::info!(chat_id, "the bot was let into a chat");
            return Ok(());
        }
        let reason = if change.chat.is_private() { "blocked by the user" } else { "removed from the chat" };
        if subscribers::mark_gone(&self.app.db, chat_id, reason).await? {
            tracing::info!(chat_id, reason, "a chat is gone");
        }
        Ok(())
    }
}

impl Call {
    fn of(service: Service, message: &Message) -> Call {
        let chat = &message.chat;
        let title = chat.title().or(chat.username()).or(chat.first_name()).unwrap_or_default().to_owned();
        // Replies in plain groups carry a thread id too, but sending to that is refused.
        let thread = message.thread_id.filter(|_| message.is_topic_message).map_or(0, |thread| thread.0.0);
        let user = message.from.as_ref().map(|user| user.id);
        Call { service, chat_id: chat.id.0, thread, private: chat.is_private(), title, user }
    }

    async fn read(&self, command: ReaderCommand) -> anyhow::Result<()> {
        match command {
            ReaderCommand::Start => subscribe::start(self).await,
            ReaderCommand::Subscribe(words) => subscribe::subscribe(self, &words).await,
            ReaderCommand::Stop => subscribe::stop(self).await,
            ReaderCommand::Latest => browse::latest(self).await,
            ReaderCommand::Whoami => help::whoami(self).await,
            ReaderCommand::Help => help::help(self).await,
        }
    }

    async fn administer(&self, command: AdminCommand) -> anyhow::Result<()> {
        if !self.service.is_admin(self.user) {
            let user = self.user.map(|user| user.0);
            tracing::warn!(user, chat_id = self.chat_id, ?command, "an admin command was refused");
            self.reply(
                "This command is for this bot's admins. If you are one, add the id that /whoami shows to \
                 <code>admins</code> in the configuration.",
            )
            .await;
            return Ok(());
        }
        match command {
            AdminCommand::Sources => admin::sources(self).await,
            AdminCommand::Run => admin::run(self).await,
            AdminCommand::Stats => admin::stats(self).await,
        }
    }

    async fn hint(&self) -> anyhow::Result<()> {
        self.reply("I understand commands only. /help lists them.").await;
        Ok(())
    }

    /// Sends Telegram HTML to where the command came from; the message's id if it arrived.
    ///
    /// What does not arrive is logged here and not tried again: the reader can ask again.
    async fn reply(&self, html: &str) -> Option<i32> {
        match telegram::send(&self.service.bot, self.chat_id, self.thread, html).await {
            Answer::Sent(message_id) => return Some(message_id),
            Answer::Gone(reason) => {
                let gone = subscribers::mark_gone(&self.service.app.db, self.chat_id, &reason).await;
                tracing::info!(chat_id = self.chat_id, reason, failed = gone.is_err(), "a chat is gone");
            }
            answer => tracing::warn!(chat_id = self.chat_id, ?answer, "a reply was not delivered"),
        }
        None
    }
}

/// What a text is to this bot.
#[derive(Debug, PartialEq, Eq)]
enum Parsed {
    Reader(ReaderCommand),
    Admin(AdminCommand),
    /// A command to another bot, by name.
    NotMine,
    /// No command of this bot.
    Unknown,
}

fn parse(line: &str, username: &str) -> Parsed {
    match (ReaderCommand::parse(line, username), AdminCommand::parse(line, username)) {
        (Ok(command), _) => Parsed::Reader(command),
        (_, Ok(command)) => Parsed::Admin(command),
        (Err(ParseError::WrongBotName(_)), _) => Parsed::NotMine,
        _ => Parsed::Unknown,
    }
}

/// `<b>`, escaped.
fn bold(text: &str) -> String {
    format!("<b>{}</b>", escape(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_may_name_the_bot_and_another_bots_command_is_left_alone() {
        assert_eq!(parse("/latest", "tidings_bot"), Parsed::Reader(ReaderCommand::Latest));
        assert_eq!(parse("/latest@tidings_bot", "tidings_bot"), Parsed::Reader(ReaderCommand::Latest));
        assert_eq!(parse("/latest@other_bot", "tidings_bot"), Parsed::NotMine);
        assert_eq!(parse("/sources@tidings_bot", "tidings_bot"), Parsed::Admin(AdminCommand::Sources));
        assert_eq!(parse("/weather", "tidings_bot"), Parsed::Unknown);
        assert_eq!(parse("hello", "tidings_bot"), Parsed::Unknown);
    }

    #[test]
    fn a_deep_link_and_idle_words_do_not_hinder_a_command() {
        assert_eq!(parse("/start topic_x", "tidings_bot"), Parsed::Reader(ReaderCommand::Start));
        assert_eq!(
            parse("/subscribe 07:30 Europe/Kyiv", "tidings_bot"),
            Parsed::Reader(ReaderCommand::Subscribe("07:30 Europe/Kyiv".into()))
        );
        assert_eq!(
            parse("/subscribe", "tidings_bot"),
            Parsed::Reader(ReaderCommand::Subscribe(String::new()))
        );
    }
}

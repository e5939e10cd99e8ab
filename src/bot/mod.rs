//! The Telegram commands of readers and admins.
//!
//! In: updates by long polling (`run`). Out: answers in the chat, changes in the store. The commands and buttons
//! of one family stand in one file: subscribing, settings, browsing, help, and the admins' own. An admin is known
//! by the user id of each single update; an answer goes to the chat and topic that asked.
//!
//! A button's data is `FAMILY:…`, 64 bytes at most; what it means is its family's to say. A press that finds
//! nothing to do, since another came first or the menu is old, changes nothing.

use std::time::Duration;

use crate::app::App;
use crate::app::outage::held;
use crate::deliver::telegram;
use crate::store::subscribers::{self, Stance};
use crate::store::{bans, took_too_long};
use call::{Call, ChatKind};
use commands::{Parsed, ReaderCommand, parse};
use taken::UnderWay;
use teloxide::types::{
    CallbackQuery, ChatMemberUpdated, InlineKeyboardMarkup, Message, Update, UpdateKind, UserId,
};

mod admin;
/// What admins are told without asking: sources that fail or fall silent, a disk that gets full, and recoveries.
pub mod alert;
mod browse;
mod call;
mod commands;
mod help;
mod pace;
mod poll;
mod settings;
mod subscribe;
mod taken;

pub use admin::buttons as admin_buttons;
pub use poll::run;

/// How long an update is kept, in real time, while the database is in trouble: it is passed by after so long.
const KEPT: Duration = Duration::from_secs(60);

/// What all commands work with.
#[derive(Debug, Clone)]
struct Service {
    app: App,
    bot: teloxide::Bot,
    username: String,
    /// Held while a scraping pass that an admin asked for is under way.
    scraping: std::sync::Arc<tokio::sync::Mutex<()>>,
    /// Held while a backup is under way.
    backing_up: std::sync::Arc<tokio::sync::Mutex<()>>,
}

impl Service {
    fn is_admin(&self, user: Option<UserId>) -> bool {
        user.is_some_and(|user| self.app.config.admins.contains(&user))
    }

    /// Handles one update, unless it was left meanwhile; whatever fails is logged here, so that the next one is
    /// handled.
    async fn handle(self, update: Update, under_way: UnderWay) {
        let id = update.id.0;
        let whose = tokio::select! {
            whose = held(KEPT, || self.whose(&update)) => whose,
            () = under_way.left() => return,
        };
        if !under_way.begin() {
            return;
        }
        let done = match (whose, update.kind) {
            (Err(error), _) => Err(error),
            (Ok(Whose::Call(call)), UpdateKind::Message(message) | UpdateKind::ChannelPost(message)) => {
                self.on_message(*call, message).await
            }
            (Ok(Whose::Call(call)), UpdateKind::CallbackQuery(query)) => on_button(*call, query).await,
            (Ok(Whose::Call(call)), UpdateKind::MyChatMember(_)) => on_arrival(*call).await,
            (Ok(Whose::Nobody), UpdateKind::Message(message)) => self.on_migration(message).await,
            (Ok(Whose::Nobody), UpdateKind::MyChatMember(change)) => self.on_removal(change).await,
            (Ok(Whose::Nobody), UpdateKind::CallbackQuery(query)) => {
                telegram::toast(&self.bot, &query.id, None, false).await;
                Ok(())
            }
            _ => Ok(()),
        };
        if let Err(error) = done {
            tracing::error!(update = id, "handling an update: {error:#}");
        }
    }

    /// Who asks, and where.
    async fn whose(&self, update: &Update) -> anyhow::Result<Whose> {
        if self.passes_over(update).await? {
            return Ok(Whose::Banned);
        }
        let service = self.clone();
        let call = match &update.kind {
            UpdateKind::Message(message) | UpdateKind::ChannelPost(message)
                if message.migrate_to_chat_id().is_none() =>
            {
                Some(Call::of_message(service, message).await?)
            }
            UpdateKind::CallbackQuery(query) => Call::of_button(service, query).await?,
            UpdateKind::MyChatMember(change)
                if change.new_chat_member.kind.is_present() && !change.old_chat_member.kind.is_present() =>
            {
                Some(Call::of_membership(service, change).await?)
            }
            _ => None,
        };
        Ok(call.map_or(Whose::Nobody, |call| Whose::Call(Box::new(call))))
    }

    /// Whether an update comes from a person or chat that is banned; what admins say counts everywhere.
    async fn passes_over(&self, update: &Update) -> anyhow::Result<bool> {
        let user = update.from().map(|user| user.id);
        if self.is_admin(user) {
            return Ok(false);
        }
        let chat = update.chat().map(|chat| chat.id.0);
        // A group that becomes a supergroup does not slip out of its ban.
        if let UpdateKind::Message(message) = &update.kind
            && let Some(to) = message.migrate_to_chat_id()
        {
            bans::follow(&self.app.db, message.chat.id.0, to.0).await?;
        }
        let ids: Vec<i64> = user.map(|user| user.0.cast_signed()).into_iter().chain(chat).collect();
        bans::any(&self.app.db, &ids).await
    }

    /// Says to who asks too much how long to wait.
    async fn refuse(self, update: Update, seconds: i64) {
        // Who is banned is told nothing; nor is anybody while the database can't say who that is.
        if let Ok(Whose::Call(call)) = self.whose(&update).await {
            call.notice(&call.say("bot-too-fast", &[("seconds", seconds.into())])).await;
        }
    }

    async fn on_message(&self, call: Call, message: Message) -> anyhow::Result<()> {
        // What is passed on are another's words: an admin who forwards a command gives none.
        let own = message.forward_origin().is_none();
        let text = message.text().filter(|_| own).unwrap_or_default();
        let question = message.reply_to_message().and_then(|asked| asked.text());
        let answered = match parse(text, &self.username) {
            Parsed::Reader(command) => call.read(command).await,
            Parsed::Admin(command) => admin::command(&call, command).await,
            Parsed::NotMine => Ok(()),
            // In groups others talk to each other, and other bots have commands too.
            Parsed::Unknown if !call.private() || message.from.is_none() => Ok(()),
            Parsed::Unknown => {
                match (message.location(), question.and_then(|asked| settings::answer(asked, text.trim()))) {
                    (Some(place), _) => settings::zone::shared(&call, place).await,
                    (None, Some(command)) => call.read(command).await,
                    (None, None) => call.hint().await,
                }
            }
        };
        if let Err(error) = answered {
            call.reply(&call.say(sorry(&error), &[])).await;
            return Err(error);
        }
        Ok(())
    }

    /// A group that becomes a supergroup.
    async fn on_migration(&self, message: Message) -> anyhow::Result<()> {
        let Some(to) = message.migrate_to_chat_id() else { return Ok(()) };
        let now = self.app.clock.now();
        held(KEPT, || subscribers::move_chat(&self.app.db, message.chat.id.0, to.0, now)).await
    }

    /// Blocked or removed; or another standing in a chat.
    async fn on_removal(&self, change: ChatMemberUpdated) -> anyhow::Result<()> {
        if change.new_chat_member.kind.is_present() {
            return Ok(());
        }
        let chat_id = change.chat.id.0;
        let reason = if change.chat.is_private() { "blocked by the user" } else { "removed from the chat" };
        if held(KEPT, || subscribers::mark_gone(&self.app.db, chat_id, reason)).await? {
            tracing::info!(chat_id, reason, "a chat is gone");
        }
        Ok(())
    }
}

/// Who asks something by an update.
enum Whose {
    /// Somebody who is banned.
    Banned,
    /// Nobody is answered: a chat moves or is gone, or a button's message is too old.
    Nobody,
    Call(Box<Call>),
}

/// Unblocked or added. Coming back is the reader's to say, with /start; a group is greeted.
async fn on_arrival(call: Call) -> anyhow::Result<()> {
    tracing::info!(chat_id = call.chat_id, "the bot was let into a chat");
    if call.kind == ChatKind::Group { help::greet(&call).await } else { Ok(()) }
}

async fn on_button(call: Call, query: CallbackQuery) -> anyhow::Result<()> {
    let pressed = call.press(query.data.as_deref().unwrap_or_default()).await;
    if let Err(error) = &pressed {
        call.notice(&call.say(sorry(error), &[])).await;
    }
    // Ends the waiting where nothing was shown over the chat; a second answer is ignored.
    telegram::toast(&call.service.bot, &query.id, None, false).await;
    pressed
}

/// What a reader is told of what failed.
fn sorry(error: &anyhow::Error) -> &'static str {
    if took_too_long(error) { "bot-too-long" } else { "bot-sorry" }
}

impl Call {
    async fn read(&self, command: ReaderCommand) -> anyhow::Result<()> {
        match command {
            ReaderCommand::Start(payload) if browse::story::linked(self, &payload).await? => Ok(()),
            ReaderCommand::Start(payload) => subscribe::start(self, &payload).await,
            ReaderCommand::Subscribe(words) => subscribe::subscribe(self, &words).await,
            ReaderCommand::Settings => settings::open(self).await,
            ReaderCommand::Zone(words) => settings::zone::command(self, &words).await,
            ReaderCommand::Watch(name) => settings::names::command(self, Stance::Watched, &name).await,
            ReaderCommand::Mute(name) => settings::names::command(self, Stance::Muted, &name).await,
            ReaderCommand::Stop => subscribe::stop(self).await,
            ReaderCommand::Latest => browse::latest(self).await,
            ReaderCommand::Digest => browse::own::digest(self).await,
            ReaderCommand::Search(words) => browse::lists::words(self, &words).await,
            ReaderCommand::Story(words) => browse::story::command(self, &words).await,
            ReaderCommand::Timeline(name) => browse::lists::names(self, &name).await,
            ReaderCommand::Upcoming => browse::lists::planned(self, 1).await,
            ReaderCommand::Chart => browse::chart(self).await,
            ReaderCommand::Outlets => browse::outlets(self).await,
            ReaderCommand::Export => browse::own::export(self).await,
            ReaderCommand::Forget => browse::own::forget(self).await,
            ReaderCommand::Whoami => help::whoami(self).await,
            ReaderCommand::Help => help::help(self).await,
        }
    }

    /// A button: `FAMILY:…`.
    async fn press(&self, data: &str) -> anyhow::Result<()> {
        let (family, data) = data.split_once(':').unwrap_or((data, ""));
        match family {
            "a" => admin::press(self, data).await,
            "b" => browse::press(self, data).await,
            "h" => help::help(self).await,
            "m" => settings::stories::mute(self, data).await,
            "s" => settings::press(self, data).await,
            "z" => settings::zone::choose(self, data).await,
            _ => self.stale().await,
        }
    }

    async fn hint(&self) -> anyhow::Result<()> {
        let keyboard = InlineKeyboardMarkup::new([[self.button("bot-help", "h")]]);
        self.reply_with(&self.say("bot-hint", &[]), Some(keyboard)).await;
        Ok(())
    }
}

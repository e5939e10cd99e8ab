//! One thing that a reader or admin asked for, by a command or a button: who, where, in which language; and the
//! way back.

use std::time::Duration;

use teloxide::requests::Requester;
use teloxide::types::{
    CallbackQuery, CallbackQueryId, Chat, ChatId, ChatMemberUpdated, InlineKeyboardButton,
    InlineKeyboardMarkup, Message, MessageEntity, MessageEntityKind, User, UserId,
};
use teloxide::utils::render::Renderer;

use super::Service;
use crate::deliver::outbox::Answer;
use crate::deliver::telegram::{self, Manner};
use crate::locale::{Args, Language};
use crate::store::subscribers::{self, Subscriber};

/// The longest that an answer to a command waits where Telegram asks for it, in seconds.
const PATIENCE: u32 = 5;

/// One command or button: who gave or pressed it, and where the answer goes.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) service: Service,
    pub(super) chat_id: i64,
    /// The forum topic; 0: the chat itself.
    pub(super) thread: i32,
    pub(super) kind: ChatKind,
    /// The chat's name, for admins.
    pub(super) title: String,
    /// `None` in channels, where posts have no author, and for groups' admins who write as the group.
    pub(super) user: Option<UserId>,
    /// An admin of the group who writes as the group itself.
    pub(super) anonymous: bool,
    /// The chat's row, if it ever subscribed.
    pub(super) subscriber: Option<Subscriber>,
    /// Of the answer: the chat's choice, or else as Telegram has it of who asks.
    pub(super) language: Language,
    /// As Telegram has it of who asks.
    pub(super) of_user: Option<Language>,
    /// The message that was written, as Telegram HTML, where its writer laid it out.
    pub(super) laid_out: Option<String>,
    /// The button that was pressed: the answer is edited into its message.
    pub(super) pressed: Option<Pressed>,
}

/// A button that was pressed.
#[derive(Debug, Clone)]
pub(super) struct Pressed {
    pub(super) query: CallbackQueryId,
    pub(super) message_id: i32,
}

/// The sort of a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChatKind {
    Private,
    Group,
    Channel,
}

impl Call {
    /// A command, or whatever else was written.
    pub(super) async fn of_message(service: Service, message: &Message) -> anyhow::Result<Call> {
        // Replies in plain groups carry a thread id too, but sending to that is refused.
        let thread = message.thread_id.filter(|_| message.is_topic_message).map_or(0, |thread| thread.0.0);
        let from = message.from.as_ref();
        let anonymous = message.sender_chat.as_ref().is_some_and(|chat| chat.id == message.chat.id);
        let user = from.filter(|_| !anonymous).map(|user| user.id);
        let call =
            Call::new(service, &message.chat, thread, (user, anonymous), language_of(from), None).await?;
        Ok(Call { laid_out: laid_out(message), ..call })
    }

    /// A chat that the bot was let into.
    pub(super) async fn of_membership(service: Service, change: &ChatMemberUpdated) -> anyhow::Result<Call> {
        let language = language_of(Some(&change.from));
        Call::new(service, &change.chat, 0, (Some(change.from.id), false), language, None).await
    }

    /// A button; `None` where its message is too old for Telegram to say where it is.
    pub(super) async fn of_button(service: Service, query: &CallbackQuery) -> anyhow::Result<Option<Call>> {
        let Some(message) = query.regular_message() else { return Ok(None) };
        let thread = message.thread_id.filter(|_| message.is_topic_message).map_or(0, |thread| thread.0.0);
        let pressed = Pressed { query: query.id.clone(), message_id: message.id.0 };
        let (user, language) = ((Some(query.from.id), false), language_of(Some(&query.from)));
        Call::new(service, &message.chat, thread, user, language, Some(pressed)).await.map(Some)
    }

    async fn new(
        service: Service,
        chat: &Chat,
        thread: i32,
        (user, anonymous): (Option<UserId>, bool),
        of_user: Option<Language>,
        pressed: Option<Pressed>,
    ) -> anyhow::Result<Call> {
        let title = chat.title().or(chat.username()).or(chat.first_name()).unwrap_or_default().to_owned();
        let kind = match chat {
            _ if chat.is_private() => ChatKind::Private,
            _ if chat.is_channel() => ChatKind::Channel,
            _ => ChatKind::Group,
        };
        let (chat_id, subscriber, language) = (chat.id.0, None, of_user.unwrap_or_default());
        let call = Call {
            service,
            chat_id,
            thread,
            kind,
            title,
            user,
            anonymous,
            subscriber,
            language,
            of_user,
            laid_out: None,
            pressed,
        };
        call.again().await
    }

    /// The same call with what the chat has chosen by now.
    pub(super) async fn again(&self) -> anyhow::Result<Call> {
        let subscriber = subscribers::by_chat(&self.service.app.db, self.chat_id, self.thread).await?;
        let own = subscriber.as_ref().and_then(|subscriber| subscriber.choices.language);
        let language = own.or(self.of_user).unwrap_or_default();
        Ok(Call { subscriber, language, ..self.clone() })
    }

    pub(super) fn private(&self) -> bool {
        self.kind == ChatKind::Private
    }

    pub(super) fn is_channel(&self) -> bool {
        self.kind == ChatKind::Channel
    }

    pub(super) fn is_admin(&self) -> bool {
        self.service.is_admin(self.user)
    }

    /// A message in the chat's language, as Telegram HTML; what stands in it is escaped.
    pub(super) fn say(&self, key: &str, args: Args<'_>) -> String {
        self.language.html(key, args)
    }

    /// A button in the chat's language.
    pub(super) fn button(&self, key: &str, data: impl Into<String>) -> InlineKeyboardButton {
        InlineKeyboardButton::callback(self.language.text(key, &[]), data)
    }

    /// Whether who asks may change what the chat gets: in a group its admins alone.
    ///
    /// In a channel only its admins can write; a private chat is its reader's own.
    ///
    /// # Errors
    /// Telegram does not say who the group's admins are.
    pub(super) async fn may_change(&self) -> anyhow::Result<bool> {
        if self.kind == ChatKind::Private || self.anonymous || self.is_admin() {
            return Ok(true);
        }
        match (self.kind, self.user) {
            (ChatKind::Channel, None) => Ok(true),
            (_, None) => Ok(false),
            (_, Some(user)) => {
                let member = self.service.bot.get_chat_member(ChatId(self.chat_id), user).await;
                let member = member.map_err(|error| {
                    anyhow::anyhow!("asking who the admins of a chat are: {}", telegram::describe(&error))
                })?;
                Ok(member.is_privileged())
            }
        }
    }

    /// Says that only the group's admins may, unless who asks is one; `true` if they may go on.
    pub(super) async fn changes(&self) -> anyhow::Result<bool> {
        let may = self.may_change().await?;
        if !may {
            self.notice(&self.say("bot-group-admins-only", &[])).await;
        }
        Ok(may)
    }

    /// A new message of Telegram HTML where the call came from; its id if it arrived.
    ///
    /// What does not arrive is logged here and not tried again: the reader can ask again.
    pub(super) async fn reply(&self, html: &str) -> Option<i32> {
        self.reply_with(html, None).await
    }

    /// [`Call::reply`] with buttons.
    pub(super) async fn reply_with(&self, html: &str, keyboard: Option<InlineKeyboardMarkup>) -> Option<i32> {
        let manner = Manner { keyboard, ..Manner::default() };
        let send = || {
            self.service.app.sends_beside();
            telegram::send(&self.service.bot, self.chat_id, self.thread, html, &manner)
        };
        let mut answer = send().await;
        // Several messages in a row are more than Telegram takes of one chat at once.
        if let Answer::RetryAfter(seconds @ ..=PATIENCE) = answer {
            tokio::time::sleep(Duration::from_secs(seconds.into())).await;
            answer = send().await;
        }
        self.outcome(answer).await
    }

    /// The answer: in place of the message whose button was pressed, else as a new one.
    pub(super) async fn show(&self, html: &str, keyboard: Option<InlineKeyboardMarkup>) -> Option<i32> {
        match &self.pressed {
            None => self.reply_with(html, keyboard).await,
            Some(pressed) => self.edit(pressed.message_id, html, keyboard).await,
        }
    }

    /// A question: in private Telegram opens the field for the answer, elsewhere an example shows the command.
    pub(super) async fn question(&self, key: &str, example: &str) {
        if !self.private() {
            self.reply(&self.say(example, &[])).await;
            return;
        }
        let question = self.say(key, &[]);
        self.service.app.sends_beside();
        let answer = telegram::ask(&self.service.bot, self.chat_id, self.thread, &question).await;
        self.outcome(answer).await;
    }

    /// New words and buttons in a message of the bot's.
    pub(super) async fn edit(
        &self,
        message_id: i32,
        html: &str,
        keyboard: Option<InlineKeyboardMarkup>,
    ) -> Option<i32> {
        self.service.app.sends_beside();
        let answer = telegram::edit(&self.service.bot, self.chat_id, message_id, html, keyboard).await;
        self.outcome(answer).await
    }

    /// A short notice, without tags: over the chat if a button was pressed, else as a message.
    pub(super) async fn notice(&self, text: &str) {
        match &self.pressed {
            Some(pressed) => telegram::toast(&self.service.bot, &pressed.query, Some(text), true).await,
            None => drop(self.reply(text).await),
        }
    }

    /// Says that a button is out of date.
    pub(super) async fn stale(&self) -> anyhow::Result<()> {
        self.notice(&self.say("bot-stale", &[])).await;
        Ok(())
    }

    /// What became of an answer, logged if it did not arrive.
    pub(super) async fn outcome(&self, answer: Answer) -> Option<i32> {
        match answer {
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

/// Bold, links and the like that a writer set by hand; what Telegram marks by itself is no layout.
fn laid_out(message: &Message) -> Option<String> {
    use MessageEntityKind as Kind;
    let own = |entity: &MessageEntity| {
        matches!(
            entity.kind,
            Kind::Bold
                | Kind::Italic
                | Kind::Underline
                | Kind::Strikethrough
                | Kind::Spoiler
                | Kind::Blockquote
                | Kind::ExpandableBlockquote
                | Kind::Code
                | Kind::Pre { .. }
                | Kind::TextLink { .. }
        )
    };
    let mut entities = message.entities()?.to_vec();
    entities.retain(own);
    (!entities.is_empty()).then(|| Renderer::new(message.text().unwrap_or_default(), &entities).as_html())
}

fn language_of(user: Option<&User>) -> Option<Language> {
    Language::of_tag(user?.language_code.as_deref()?)
}

//! A Bot API of our own for tests: strict where Telegram is strict, and as unkind as it can be.
//!
//! It keeps messages and updates in memory, refuses what Telegram refuses in Telegram's words, and answers with
//! the faults that a test scripts for a chat, or leaves to a seeded chance. Asked to, it keeps Telegram's rates.
//! Waiting for messages is by notification, with a time limit that fails the test.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tidings::clock::Clock;
use tokio::sync::Notify;

mod answers;
mod fault;
mod form;
mod html;
mod keyboard;
mod methods;
mod people;
mod rates;

pub use fault::{Fault, Weather};
pub use form::File;
pub use keyboard::Button;

use answers::message_json;
use rates::Rates;

/// The token that the fake takes.
pub const TOKEN: &str = "12345:fake-token";
/// The bot's user name.
pub const BOT: &str = "tidings_test_bot";
/// How long a test waits before it fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running fake; clones are the same one.
#[derive(Clone)]
pub struct FakeTelegram {
    /// Where it listens.
    pub url: url::Url,
    shared: Arc<Shared>,
}

/// A message that was sent to a chat and accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: i32,
    /// The forum topic; 0: none.
    pub thread: i64,
    /// As sent, markup included.
    pub raw: String,
    /// As the reader sees it.
    pub text: String,
    /// The buttons below it.
    pub buttons: Vec<Vec<Button>>,
    /// The picture or file that it carries; its text is the caption.
    pub file: Option<File>,
    /// It opens the field for an answer.
    pub asks: bool,
}

impl Message {
    /// The data of its buttons.
    pub fn data(&self) -> Vec<&str> {
        self.buttons.iter().flatten().map(|button| button.data.as_str()).collect()
    }
}

#[derive(Default)]
struct Shared {
    state: Mutex<Inner>,
    changed: Notify,
}

#[derive(Default)]
struct Inner {
    messages: BTreeMap<i64, Vec<Message>>,
    /// Order of all accepted messages, by chat.
    order: Vec<i64>,
    /// Messages are not kept, but for their order.
    forgets: bool,
    updates: VecDeque<Value>,
    /// Updates that come once more, though they were acknowledged.
    again: Vec<Value>,
    next_update: i64,
    next_message: i32,
    once: HashMap<i64, VecDeque<Fault>>,
    always: HashMap<i64, Fault>,
    weather: Weather,
    /// How often each chat was tried, as far as there is weather.
    tries: HashMap<i64, u64>,
    /// Messages that were taken, and whose connection was cut before the answer.
    lost: usize,
    rates: Option<Rates>,
    /// The last getUpdates; an earlier one that still waits is ended with 409.
    poll: u64,
    conflicts: usize,
    refuse_methods: HashMap<&'static str, VecDeque<(u16, &'static str)>>,
    webhook: bool,
    /// By scope and language; each command with its description.
    menus: BTreeMap<(String, String), Vec<(String, String)>>,
    /// Languages of users, where one was said.
    languages: HashMap<i64, &'static str>,
    /// Standing of users in chats, where it is not that of a member.
    roles: HashMap<(i64, i64), &'static str>,
    /// What was shown to who pressed a button, by the press; `None`: the waiting was ended without words.
    presses: HashMap<String, Option<String>>,
    /// Words shown to presses that are not done yet.
    words: HashMap<String, Option<String>>,
    calls: HashMap<String, usize>,
    /// So many messages are answered; answers to later ones are held back.
    answered: Option<usize>,
    /// Chats and texts of messages that were taken and whose answers are, or were, held back.
    held: Vec<(i64, String)>,
}

impl FakeTelegram {
    /// Starts on a free port of this machine.
    pub async fn start() -> FakeTelegram {
        let shared = Arc::new(Shared::default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let router = axum::Router::new().fallback(methods::answer).with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        FakeTelegram { url, shared }
    }

    /// A bot with the right token.
    pub fn bot(&self) -> teloxide::Bot {
        tidings::deliver::telegram::account(TOKEN, Some(&self.url)).unwrap()
    }

    /// A bot that gives up an answer sooner than after the usual 17 s.
    pub fn hasty_bot(&self, patience: Duration) -> teloxide::Bot {
        let client = teloxide::net::default_reqwest_settings().timeout(patience).build().unwrap();
        teloxide::Bot::with_client(TOKEN, client).set_api_url(self.url.clone())
    }

    /// Telegram's rates are kept from now on, by this clock: what is too much is refused with 429.
    pub fn keep_rates(&self, clock: Clock) {
        self.lock().rates = Some(Rates::new(clock, true));
    }

    /// How much comes at once is measured from now on, by this clock, and nothing refused.
    pub fn measure_rates(&self, clock: Clock) {
        self.lock().rates = Some(Rates::new(clock, false));
    }

    /// Things go wrong by chance from now on.
    pub fn weather(&self, weather: Weather) {
        self.lock().weather = weather;
    }

    /// Messages are no longer kept, only the order of their chats: for very many of them.
    pub fn forget_messages(&self) {
        self.lock().forgets = true;
    }

    /// The next send to a chat goes wrong; several line up.
    pub fn once(&self, chat: i64, fault: Fault) {
        self.lock().once.entry(chat).or_default().push_back(fault);
    }

    /// Every send to a chat goes wrong.
    pub fn always(&self, chat: i64, fault: Fault) {
        self.lock().always.insert(chat, fault);
    }

    /// The next call of a method (in lower case) is refused.
    pub fn refuse_next(&self, method: &'static str, code: u16, words: &'static str) {
        self.lock().refuse_methods.entry(method).or_default().push_back((code, words));
    }

    /// Answers so many more messages; later ones are taken too, but their answers held back.
    pub fn hold_answers_after(&self, count: usize) {
        let mut inner = self.lock();
        inner.answered = Some(inner.order.len() + count);
    }

    /// Gives the answers that are held back, and holds no more.
    pub fn release_answers(&self) {
        self.lock().answered = None;
        self.shared.changed.notify_waiters();
    }

    /// Waits until the answers to `count` messages are held back; chats and texts of all of these.
    pub async fn held(&self, count: usize) -> Vec<(i64, String)> {
        self.until(&format!("{count} answers held back"), |inner| {
            (inner.held.len() >= count).then(|| inner.held.clone())
        })
        .await
    }

    /// A webhook is set, as by a program that used the token before.
    pub fn set_webhook(&self) {
        self.lock().webhook = true;
    }

    /// Waits until a chat holds `count` messages; all of them.
    pub async fn messages(&self, chat: i64, count: usize) -> Vec<Message> {
        self.until(&format!("{count} messages in chat {chat}"), |inner| {
            inner.messages.get(&chat).filter(|messages| messages.len() >= count).cloned()
        })
        .await
    }

    /// Waits until `count` messages were accepted in all chats.
    pub async fn accepted(&self, count: usize) {
        self.until(&format!("{count} messages"), |inner| (inner.order.len() >= count).then_some(())).await;
    }

    /// The texts that a chat holds now.
    pub fn texts(&self, chat: i64) -> Vec<String> {
        self.lock().messages.get(&chat).into_iter().flatten().map(|m| m.text.clone()).collect()
    }

    /// The messages that a chat holds now.
    pub fn all(&self, chat: i64) -> Vec<Message> {
        self.lock().messages.get(&chat).cloned().unwrap_or_default()
    }

    /// Waits until no message of a chat has this text.
    pub async fn without(&self, chat: i64, text: &str) {
        self.until(&format!("no {text:?} in chat {chat}"), |inner| {
            let mut messages = inner.messages.get(&chat).into_iter().flatten();
            (!messages.any(|message| message.text == text)).then_some(())
        })
        .await;
    }

    /// The newest message of a chat.
    pub fn newest(&self, chat: i64) -> Message {
        self.lock().messages[&chat].last().unwrap().clone()
    }

    /// The chats of all accepted messages, in order of arrival.
    pub fn order(&self) -> Vec<i64> {
        self.lock().order.clone()
    }

    /// Sends that were refused for coming too fast.
    pub fn floods(&self) -> usize {
        self.lock().rates.as_ref().map_or(0, |rates| rates.refused)
    }

    /// The most messages that any second held, since rates are kept or measured.
    pub fn most_in_a_second(&self) -> usize {
        self.lock().rates.as_ref().map_or(0, |rates| rates.most_in_a_second)
    }

    /// Messages that were taken, and whose connection was cut before the answer.
    pub fn lost_answers(&self) -> usize {
        self.lock().lost
    }

    /// How often a method (in lower case) was called.
    pub fn calls(&self, method: &str) -> usize {
        self.lock().calls.get(method).copied().unwrap_or(0)
    }

    /// How often a getUpdates was ended by another one.
    pub fn conflicts(&self) -> usize {
        self.lock().conflicts
    }

    /// Waits until a method (in lower case) was called `count` times.
    pub async fn called(&self, method: &str, count: usize) {
        self.until(&format!("{count} calls of {method}"), |inner| {
            (inner.calls.get(method).copied().unwrap_or(0) >= count).then_some(())
        })
        .await;
    }

    /// Waits until a message of a chat is edited to hold `words`.
    pub async fn edited(&self, chat: i64, words: &str) -> Message {
        self.until(&format!("a message with {words:?} in chat {chat}"), |inner| {
            inner.messages.get(&chat)?.iter().find(|m| m.text.contains(words)).cloned()
        })
        .await
    }

    /// The commands of a menu, by scope (`default`, `chat 5`).
    pub fn menu(&self, scope: &str) -> Option<Vec<String>> {
        let menu = self.described_menu(scope, "")?;
        Some(menu.into_iter().map(|(name, _)| name).collect())
    }

    /// The commands of a menu with their descriptions, by scope and language; no language: for all others.
    pub fn described_menu(&self, scope: &str, language: &str) -> Option<Vec<(String, String)>> {
        self.lock().menus.get(&(scope.to_owned(), language.to_owned())).cloned()
    }

    /// Waits until all updates were taken and acknowledged.
    pub async fn drained(&self) {
        self.until("all updates taken", |inner| {
            (inner.updates.is_empty() && inner.again.is_empty()).then_some(())
        })
        .await;
    }

    async fn until<T>(&self, what: &str, found: impl Fn(&Inner) -> Option<T>) -> T {
        let waiting = async {
            loop {
                // Listening before looking: what changes in between is not missed.
                let changed = self.shared.changed.notified();
                if let Some(found) = found(&self.lock()) {
                    return found;
                }
                changed.await;
            }
        };
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(found) => found,
            Err(_) => panic!("waited for {what}; there is {:#?}", self.lock().messages),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.shared.state.lock().unwrap()
    }
}

impl Inner {
    fn accept(&mut self, chat: i64, mut message: Message) -> Value {
        self.next_message += 1;
        message.id = self.next_message;
        self.order.push(chat);
        let answer = message_json(chat, &message);
        if !self.forgets {
            self.messages.entry(chat).or_default().push(message);
        }
        answer
    }
}

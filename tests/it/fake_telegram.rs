//! A Bot API of our own for tests: strict where Telegram is strict, and as unkind as it can be.
//!
//! It keeps messages and updates in memory, refuses what Telegram refuses in Telegram's words, and answers with
//! the faults that a test scripts for a chat. Waiting for messages is by notification, with a time limit that
//! fails the test.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::Notify;

mod form;
mod html;
mod keyboard;

pub use form::File;
pub use keyboard::Button;

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

/// What goes wrong with a send to a chat.
#[derive(Debug, Clone, Copy)]
pub enum Fault {
    /// 429 with these seconds.
    RetryAfter(u32),
    /// Any refusal, by code and words.
    Refuse(u16, &'static str),
    /// The group is a supergroup now.
    Migrated(i64),
    /// 502 with a page of HTML; the message is not taken.
    BadGateway,
    /// An answer that is no JSON, under status 200; the message is not taken.
    Garbage,
    /// The message is taken, and the connection cut before the answer.
    LostAnswer,
}

impl Fault {
    /// The user blocked the bot.
    pub const BLOCKED: Fault = Fault::Refuse(403, "Forbidden: bot was blocked by the user");
    /// The bot was removed from a group.
    pub const KICKED: Fault = Fault::Refuse(403, "Forbidden: bot was kicked from the group chat");
    /// No such chat.
    pub const NOT_FOUND: Fault = Fault::Refuse(400, "Bad Request: chat not found");
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
    updates: VecDeque<Value>,
    next_update: i64,
    next_message: i32,
    once: HashMap<i64, VecDeque<Fault>>,
    always: HashMap<i64, Fault>,
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
        let router = axum::Router::new().fallback(answer).with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        FakeTelegram { url, shared }
    }

    /// A bot with the right token.
    pub fn bot(&self) -> teloxide::Bot {
        tidings::deliver::telegram::account(TOKEN, Some(&self.url)).unwrap()
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

    /// Somebody writes in a private chat (`chat == user`), a group, or a supergroup.
    pub fn say(&self, chat: i64, user: i64, text: &str) {
        let from = self.lock().person(user);
        self.message(chat, json!({ "from": from, "text": text }));
    }

    /// Somebody writes in a forum topic.
    pub fn say_in_topic(&self, chat: i64, thread: i64, user: i64, text: &str) {
        let from = self.lock().person(user);
        let topic = json!({
            "from": from, "text": text, "message_thread_id": thread, "is_topic_message": true
        });
        self.message(chat, topic);
    }

    /// Somebody answers a message of the bot's.
    pub fn answer(&self, chat: i64, user: i64, asked: &Message, text: &str) {
        let from = self.lock().person(user);
        self.message(
            chat,
            json!({ "from": from, "text": text, "reply_to_message": message_json(chat, asked) }),
        );
    }

    /// Somebody shares a place.
    pub fn share_location(&self, chat: i64, user: i64, latitude: f64, longitude: f64) {
        let from = self.lock().person(user);
        let place = json!({ "latitude": latitude, "longitude": longitude });
        self.message(chat, json!({ "from": from, "location": place }));
    }

    /// Telegram has it from now on that a user speaks this language.
    pub fn speaks(&self, user: i64, language: &'static str) {
        self.lock().languages.insert(user, language);
    }

    /// A user's standing in a chat from now on: `creator`, `administrator`, `member`, `left`.
    pub fn role(&self, chat: i64, user: i64, status: &'static str) {
        self.lock().roles.insert((chat, user), status);
    }

    /// Presses a button that the chat shows now, in its newest message with it; what was shown over the chat.
    pub async fn press(&self, chat: i64, user: i64, data: &str) -> Option<String> {
        let shown = self.lock().messages.get(&chat).and_then(|messages| {
            messages.iter().rev().find(|message| message.data().contains(&data)).map(|message| message.id)
        });
        let Some(id) = shown else {
            panic!("no button {data:?} in chat {chat}: {:#?}", self.lock().messages.get(&chat))
        };
        self.press_old(chat, user, id, data).await
    }

    /// Presses a button that a message showed once: an old menu, or a second press before the first was answered.
    pub async fn press_old(&self, chat: i64, user: i64, message: i32, data: &str) -> Option<String> {
        let query = {
            let mut inner = self.lock();
            let sent = inner.messages[&chat].iter().find(|sent| sent.id == message).unwrap();
            let sent = message_json(chat, sent);
            let query = format!("query-{}", inner.next_update + 1);
            let press = json!({
                "id": query, "from": inner.person(user), "chat_instance": "1", "data": data, "message": sent,
            });
            inner.update("callback_query", press);
            query
        };
        self.shared.changed.notify_waiters();
        // The bot ends the waiting when all is done, also where it showed words before.
        self.until(&format!("the press of {data} answered"), |inner| inner.presses.get(&query).cloned()).await
    }

    /// Any message in a chat, by its fields beyond id, date and chat.
    pub fn message(&self, chat: i64, mut fields: Value) {
        let mut inner = self.lock();
        inner.next_message += 1;
        fields["message_id"] = json!(inner.next_message);
        fields["date"] = json!(1_700_000_000);
        fields["chat"] = chat_of(chat);
        inner.update("message", fields);
        drop(inner);
        self.shared.changed.notify_waiters();
    }

    /// A post in a channel.
    pub fn post(&self, channel: i64, text: &str) {
        let mut inner = self.lock();
        inner.next_message += 1;
        let post = json!({
            "message_id": inner.next_message, "date": 1_700_000_000, "text": text,
            "chat": { "id": channel, "type": "channel", "title": "Channel" },
        });
        inner.update("channel_post", post);
        drop(inner);
        self.shared.changed.notify_waiters();
    }

    /// The bot's standing in a chat changes: `member`, `left` or `kicked`.
    pub fn membership(&self, chat: i64, status: &str) {
        let was = if status == "member" { "kicked" } else { "member" };
        self.standing(chat, chat.abs(), was, status);
    }

    /// The bot's standing in a chat is changed by a user.
    pub fn standing(&self, chat: i64, user: i64, was: &str, is: &str) {
        let mut inner = self.lock();
        let change = json!({
            "chat": chat_of(chat), "from": inner.person(user), "date": 1_700_000_000,
            "old_chat_member": member(was, me()), "new_chat_member": member(is, me()),
        });
        inner.update("my_chat_member", change);
        drop(inner);
        self.shared.changed.notify_waiters();
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
        self.until("all updates taken", |inner| inner.updates.is_empty().then_some(())).await;
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
    fn update(&mut self, kind: &str, content: Value) {
        self.next_update += 1;
        let mut update = json!({ "update_id": self.next_update });
        update[kind] = content;
        self.updates.push_back(update);
    }

    fn person(&self, id: i64) -> Value {
        let mut person = json!({ "id": id, "is_bot": false, "first_name": "Reader" });
        if let Some(language) = self.languages.get(&id) {
            person["language_code"] = json!(language);
        }
        person
    }

    fn accept(&mut self, chat: i64, mut message: Message) -> Value {
        self.next_message += 1;
        message.id = self.next_message;
        self.order.push(chat);
        let answer = message_json(chat, &message);
        self.messages.entry(chat).or_default().push(message);
        answer
    }
}

async fn answer(State(shared): State<Arc<Shared>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let path = uri.path().trim_start_matches('/');
    let Some((token, method)) = path.strip_prefix("bot").and_then(|rest| rest.split_once('/')) else {
        return refuse(404, "Not Found");
    };
    if token != TOKEN {
        return refuse(401, "Unauthorized");
    }
    let method = method.to_lowercase();
    let content_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (fields, file) = form::read(content_type, &body);
    let scripted = {
        let mut inner = shared.state.lock().unwrap();
        *inner.calls.entry(method.clone()).or_default() += 1;
        inner.refuse_methods.get_mut(method.as_str()).and_then(VecDeque::pop_front)
    };
    shared.changed.notify_waiters();
    if let Some((code, words)) = scripted {
        return refuse(code, words);
    }
    let response = match method.as_str() {
        "getme" => done(me()),
        "getupdates" => get_updates(&shared, &fields).await,
        "getwebhookinfo" => {
            let url = if shared.state.lock().unwrap().webhook { "https://old.example/hook" } else { "" };
            done(json!({ "url": url, "has_custom_certificate": false, "pending_update_count": 0 }))
        }
        "deletewebhook" => {
            shared.state.lock().unwrap().webhook = false;
            done(json!(true))
        }
        "sendmessage" => {
            let answer = send(&shared, &fields, "text", None);
            held_back(&shared, &fields).await;
            answer
        }
        "sendphoto" | "senddocument" => match file {
            None => refuse(400, "Bad Request: there is no file in the request"),
            Some(file) if method == "sendphoto" && !file.bytes.starts_with(b"\x89PNG") => {
                refuse(400, "Bad Request: IMAGE_PROCESS_FAILED")
            }
            file => send(&shared, &fields, "caption", file),
        },
        "editmessagetext" => edit(&shared, &fields),
        "answercallbackquery" => answer_press(&shared, &fields),
        "getchatmember" => {
            let inner = shared.state.lock().unwrap();
            let (chat, user) = (number(&fields["chat_id"]), number(&fields["user_id"]));
            let status = inner.roles.get(&(chat, user)).copied().unwrap_or("member");
            done(member(status, inner.person(user)))
        }
        "getchatadministrators" => done(json!([])),
        "setmycommands" => set_commands(&shared, &fields),
        _ => refuse(404, "Not Found"),
    };
    shared.changed.notify_waiters();
    response
}

async fn get_updates(shared: &Shared, fields: &Value) -> Response {
    let offset = number(&fields["offset"]);
    let limit = fields["limit"].as_u64().unwrap_or(100) as usize;
    let wait = Duration::from_secs(fields["timeout"].as_u64().unwrap_or(0));
    let mine = {
        let mut inner = shared.state.lock().unwrap();
        if inner.webhook {
            return refuse(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the \
                 webhook first",
            );
        }
        inner.updates.retain(|update| number(&update["update_id"]) >= offset);
        inner.poll += 1;
        inner.poll
    };
    shared.changed.notify_waiters();
    let waiting = async {
        loop {
            let changed = shared.changed.notified();
            {
                let mut inner = shared.state.lock().unwrap();
                if inner.poll != mine {
                    inner.conflicts += 1;
                    return refuse(
                        409,
                        "Conflict: terminated by other getUpdates request; make sure that only one bot instance \
                         is running",
                    );
                }
                if !inner.updates.is_empty() {
                    return done(json!(inner.updates.iter().take(limit).collect::<Vec<_>>()));
                }
            }
            changed.await;
        }
    };
    tokio::time::timeout(wait, waiting).await.unwrap_or_else(|_| done(json!([])))
}

/// Records what is shown to who pressed a button. The bot may answer twice, words first: the last answer says
/// that it is done.
fn answer_press(shared: &Shared, fields: &Value) -> Response {
    let query = fields["callback_query_id"].as_str().unwrap_or_default().to_owned();
    let text = fields["text"].as_str().map(str::to_owned);
    if text.as_ref().is_some_and(|text| text.chars().count() > 200 || text.contains("</")) {
        return refuse(400, "Bad Request: MESSAGE_TOO_LONG, or tags, which a notice does not show");
    }
    let mut inner = shared.state.lock().unwrap();
    if text.is_some() {
        inner.words.insert(query, text);
    } else {
        let words = inner.words.remove(&query).flatten();
        inner.presses.entry(query).or_insert(words);
    }
    done(json!(true))
}

fn send(shared: &Shared, fields: &Value, field: &str, file: Option<File>) -> Response {
    let chat = number(&fields["chat_id"]);
    let mut inner = shared.state.lock().unwrap();
    let fault = match inner.once.get_mut(&chat).and_then(VecDeque::pop_front) {
        Some(fault) => Some(fault),
        None => inner.always.get(&chat).copied(),
    };
    match fault {
        None | Some(Fault::LostAnswer) => {}
        Some(Fault::RetryAfter(seconds)) => {
            return respond(
                429,
                json!({
                    "ok": false, "error_code": 429, "parameters": { "retry_after": seconds },
                    "description": format!("Too Many Requests: retry after {seconds}"),
                }),
            );
        }
        Some(Fault::Migrated(to)) => {
            return respond(
                400,
                json!({
                    "ok": false, "error_code": 400, "parameters": { "migrate_to_chat_id": to },
                    "description": "Bad Request: group chat was upgraded to a supergroup chat",
                }),
            );
        }
        Some(Fault::Refuse(code, words)) => return refuse(code, words),
        Some(Fault::BadGateway) => {
            return (StatusCode::BAD_GATEWAY, "<html><h1>502 Bad Gateway</h1></html>").into_response();
        }
        Some(Fault::Garbage) => return "<html>maintenance</html>".into_response(),
    }
    let raw = fields[field].as_str().unwrap_or_default();
    let longest = if file.is_some() { 1024 } else { 4096 };
    let (text, buttons) = match (checked(raw, fields, longest, file.is_none()), keyboard::read(fields)) {
        (Ok(text), Ok(buttons)) => (text, buttons),
        (Err(words), _) | (_, Err(words)) => return refuse(400, &words),
    };
    let message = inner.accept(
        chat,
        Message {
            id: 0,
            thread: number(&fields["message_thread_id"]),
            raw: raw.to_owned(),
            text: text.trim().to_owned(),
            buttons,
            file,
            asks: fields["reply_markup"]["force_reply"].as_bool() == Some(true),
        },
    );
    if matches!(fault, Some(Fault::LostAnswer)) {
        let cut = futures::stream::iter([Ok(Bytes::from("{")), Err(std::io::Error::other("cut"))]);
        return Response::new(Body::from_stream(cut));
    }
    done(message)
}

/// Waits while the answer to a message that was just taken is to be held back.
async fn held_back(shared: &Shared, fields: &Value) {
    let holds = |inner: &Inner| inner.answered.is_some_and(|answered| inner.order.len() > answered);
    {
        let mut inner = shared.state.lock().unwrap();
        if !holds(&inner) {
            return;
        }
        let chat = number(&fields["chat_id"]);
        let text = inner.messages.get(&chat).and_then(|messages| messages.last()).map(|m| m.text.clone());
        inner.held.push((chat, text.unwrap_or_default()));
    }
    shared.changed.notify_waiters();
    loop {
        let changed = shared.changed.notified();
        if !holds(&shared.state.lock().unwrap()) {
            return;
        }
        changed.await;
    }
}

fn edit(shared: &Shared, fields: &Value) -> Response {
    let chat = number(&fields["chat_id"]);
    let raw = fields["text"].as_str().unwrap_or_default();
    let (text, buttons) = match (checked(raw, fields, 4096, true), keyboard::read(fields)) {
        (Ok(text), Ok(buttons)) => (text, buttons),
        (Err(words), _) | (_, Err(words)) => return refuse(400, &words),
    };
    let mut inner = shared.state.lock().unwrap();
    let id = number(&fields["message_id"]);
    let Some(message) =
        inner.messages.get_mut(&chat).and_then(|m| m.iter_mut().find(|m| i64::from(m.id) == id))
    else {
        return refuse(400, "Bad Request: message to edit not found");
    };
    if message.file.is_some() {
        return refuse(400, "Bad Request: there is no text in the message to edit");
    }
    if message.raw == raw && message.buttons == buttons {
        return refuse(
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the \
             same as a current content and reply markup of the message",
        );
    }
    message.raw = raw.to_owned();
    message.text = text.trim().to_owned();
    message.buttons = buttons;
    done(message_json(chat, message))
}

/// The visible text within Telegram's limits, or its refusal.
fn checked(raw: &str, fields: &Value, longest: usize, required: bool) -> Result<String, String> {
    if raw.len() > 32_768 {
        return Err("Bad Request: message is too long".into());
    }
    let text = match fields["parse_mode"].as_str() {
        Some("HTML") => {
            html::visible(raw).map_err(|words| format!("Bad Request: can't parse entities: {words}"))?
        }
        Some(mode) => return Err(format!("Bad Request: the fake knows no parse mode {mode}")),
        None => raw.to_owned(),
    };
    if required && text.trim().is_empty() {
        return Err("Bad Request: message text is empty".into());
    }
    if text.trim().encode_utf16().count() > longest {
        let what = if required { "message" } else { "message caption" };
        return Err(format!("Bad Request: {what} is too long"));
    }
    Ok(text)
}

fn set_commands(shared: &Shared, fields: &Value) -> Response {
    let commands = fields["commands"].as_array().cloned().unwrap_or_default();
    if commands.len() > 100 {
        return refuse(400, "Bad Request: BOT_COMMANDS_TOO_MUCH");
    }
    let mut names = Vec::new();
    for command in commands {
        let name = command["command"].as_str().unwrap_or_default().trim_start_matches('/').to_owned();
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if !(1..=32).contains(&name.len()) || !name.bytes().all(allowed) {
            return refuse(400, "Bad Request: BOT_COMMAND_INVALID");
        }
        let description = command["description"].as_str().unwrap_or_default().to_owned();
        if !(3..=256).contains(&description.chars().count()) {
            return refuse(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID");
        }
        names.push((name, description));
    }
    let scope = &fields["scope"];
    let scope = match scope["type"].as_str() {
        None => "default".to_owned(),
        Some("chat") => format!("chat {}", scope["chat_id"]),
        Some(other) => other.to_owned(),
    };
    let language = fields["language_code"].as_str().unwrap_or_default().to_owned();
    if !language.is_empty() && language.len() != 2 {
        return refuse(400, "Bad Request: LANG_CODE_INVALID");
    }
    shared.state.lock().unwrap().menus.insert((scope, language), names);
    done(json!(true))
}

/// A number, also where a form has it as text.
fn number(value: &Value) -> i64 {
    value.as_i64().or_else(|| value.as_str()?.parse().ok()).unwrap_or(0)
}

fn done(result: Value) -> Response {
    respond(200, json!({ "ok": true, "result": result }))
}

fn refuse(code: u16, words: &str) -> Response {
    respond(code, json!({ "ok": false, "error_code": code, "description": words }))
}

fn respond(code: u16, answer: Value) -> Response {
    (StatusCode::from_u16(code).unwrap(), axum::Json(answer)).into_response()
}

fn message_json(chat: i64, message: &Message) -> Value {
    let mut json = json!({
        "message_id": message.id, "date": 1_700_000_000, "chat": chat_of(chat), "from": me(),
    });
    match &message.file {
        None => json["text"] = json!(message.text),
        Some(file) => {
            json["caption"] = json!(message.text);
            json["document"] =
                json!({ "file_id": "f", "file_unique_id": "u", "file_size": file.bytes.len() });
        }
    }
    if message.thread != 0 {
        json["message_thread_id"] = json!(message.thread);
        json["is_topic_message"] = json!(true);
    }
    json
}

fn chat_of(id: i64) -> Value {
    match id {
        1.. => json!({ "id": id, "type": "private", "first_name": "Reader" }),
        ..=-1_000_000_000_000 => json!({ "id": id, "type": "supergroup", "title": "Supergroup" }),
        _ => json!({ "id": id, "type": "group", "title": "Group" }),
    }
}

/// A user's standing in a chat, with what Telegram says of it.
fn member(status: &str, user: Value) -> Value {
    let mut member = json!({ "status": status, "user": user });
    match status {
        "kicked" => member["until_date"] = json!(0),
        "creator" => member["is_anonymous"] = json!(false),
        "administrator" => {
            let rights = "can_be_edited is_anonymous can_manage_chat can_change_info can_delete_messages \
                          can_manage_video_chats can_invite_users can_restrict_members can_promote_members \
                          can_post_stories can_edit_stories can_delete_stories";
            rights.split_whitespace().for_each(|right| member[right] = json!(false));
        }
        _ => {}
    }
    member
}

fn me() -> Value {
    json!({
        "id": 12345, "is_bot": true, "first_name": "Tidings", "username": BOT, "can_join_groups": true,
        "can_read_all_group_messages": false, "supports_inline_queries": false,
        "can_connect_to_business": false, "has_main_web_app": false,
    })
}

//! The methods of the Bot API that the bot uses, as strict as Telegram's.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::answers::{done, me, member, message_json, refuse, respond};
use super::fault::Fault;
use super::{File, Inner, Message, Shared, TOKEN, form, html, keyboard};

pub async fn answer(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
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
            let answer = send(&shared, &fields, "text", None).await;
            held_back(&shared, &fields).await;
            answer
        }
        "sendphoto" | "senddocument" => match file {
            None => refuse(400, "Bad Request: there is no file in the request"),
            Some(file) if method == "sendphoto" && !file.bytes.starts_with(b"\x89PNG") => {
                refuse(400, "Bad Request: IMAGE_PROCESS_FAILED")
            }
            file => send(&shared, &fields, "caption", file).await,
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
        let (taken, left): (VecDeque<Value>, VecDeque<Value>) = std::mem::take(&mut inner.updates)
            .into_iter()
            .partition(|update| number(&update["update_id"]) < offset);
        inner.updates = left;
        let again = taken.into_iter().filter(|update| inner.weather.doubles(number(&update["update_id"])));
        let again: Vec<Value> = again.collect();
        inner.again.extend(again);
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
                let again = std::mem::take(&mut inner.again);
                let updates: Vec<&Value> = again.iter().chain(&inner.updates).take(limit).collect();
                if !updates.is_empty() {
                    return done(json!(updates));
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

async fn send(shared: &Shared, fields: &Value, field: &str, file: Option<File>) -> Response {
    let chat = number(&fields["chat_id"]);
    let (fault, delay) = {
        let mut inner = shared.state.lock().unwrap();
        (inner.fault(chat, fields), inner.delay(chat))
    };
    let answer = match fault {
        None | Some(Fault::LostAnswer | Fault::Silence) => take(shared, chat, fields, field, file),
        Some(Fault::RetryAfter(seconds)) => respond(
            429,
            json!({
                "ok": false, "error_code": 429, "parameters": { "retry_after": seconds },
                "description": format!("Too Many Requests: retry after {seconds}"),
            }),
        ),
        Some(Fault::Migrated(to)) => respond(
            400,
            json!({
                "ok": false, "error_code": 400, "parameters": { "migrate_to_chat_id": to },
                "description": "Bad Request: group chat was upgraded to a supergroup chat",
            }),
        ),
        Some(Fault::Refuse(code, words)) => refuse(code, words),
        Some(Fault::BadGateway) => {
            (StatusCode::BAD_GATEWAY, "<html><h1>502 Bad Gateway</h1></html>").into_response()
        }
        Some(Fault::Garbage) => "<html>maintenance</html>".into_response(),
    };
    // What was taken is seen by who waits for it, however late the answer is.
    shared.changed.notify_waiters();
    if let Some(delay) = delay {
        tokio::time::sleep(delay).await;
    }
    match fault {
        Some(Fault::LostAnswer) if answer.status().is_success() => {
            shared.state.lock().unwrap().lost += 1;
            let cut = futures::stream::iter([Ok(Bytes::from("{")), Err(std::io::Error::other("cut"))]);
            Response::new(Body::from_stream(cut))
        }
        Some(Fault::Silence) => std::future::pending().await,
        _ => answer,
    }
}

impl Inner {
    /// What goes wrong with a send to a chat: as scripted, or else by the rates, or else by chance.
    fn fault(&mut self, chat: i64, fields: &Value) -> Option<Fault> {
        *self.tries.entry(chat).or_default() += 1;
        let scripted = self.once.get_mut(&chat).and_then(VecDeque::pop_front);
        if let Some(fault) = scripted.or_else(|| self.always.get(&chat).copied()) {
            return Some(fault);
        }
        // A form has it as text.
        let paid = ["true", "\"true\""].contains(&fields["allow_paid_broadcast"].to_string().as_str());
        if let Some(Err(seconds)) = self.rates.as_mut().map(|rates| rates.take(chat, paid)) {
            return Some(Fault::RetryAfter(seconds));
        }
        self.weather.fault(chat, self.tries[&chat])
    }

    fn delay(&self, chat: i64) -> Option<Duration> {
        self.weather.delay(chat, self.tries.get(&chat).copied().unwrap_or(0))
    }
}

/// Takes a message that is as Telegram wants it.
fn take(shared: &Shared, chat: i64, fields: &Value, field: &str, file: Option<File>) -> Response {
    let raw = fields[field].as_str().unwrap_or_default();
    let longest = if file.is_some() { 1024 } else { 4096 };
    let (text, buttons) = match (checked(raw, fields, longest, file.is_none()), keyboard::read(fields)) {
        (Ok(text), Ok(buttons)) => (text, buttons),
        (Err(words), _) | (_, Err(words)) => return refuse(400, &words),
    };
    let message = shared.state.lock().unwrap().accept(
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

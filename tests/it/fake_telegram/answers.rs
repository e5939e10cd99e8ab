//! What Telegram's answers look like.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::{BOT, Message};

pub fn done(result: Value) -> Response {
    respond(200, json!({ "ok": true, "result": result }))
}

pub fn refuse(code: u16, words: &str) -> Response {
    respond(code, json!({ "ok": false, "error_code": code, "description": words }))
}

pub fn respond(code: u16, answer: Value) -> Response {
    (StatusCode::from_u16(code).unwrap(), axum::Json(answer)).into_response()
}

pub fn message_json(chat: i64, message: &Message) -> Value {
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

pub fn chat_of(id: i64) -> Value {
    match id {
        1.. => json!({ "id": id, "type": "private", "first_name": "Reader" }),
        ..=-1_000_000_000_000 => json!({ "id": id, "type": "supergroup", "title": "Supergroup" }),
        _ => json!({ "id": id, "type": "group", "title": "Group" }),
    }
}

/// A user's standing in a chat, with what Telegram says of it.
pub fn member(status: &str, user: Value) -> Value {
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

pub fn me() -> Value {
    json!({
        "id": 12345, "is_bot": true, "first_name": "Tidings", "username": BOT, "can_join_groups": true,
        "can_read_all_group_messages": false, "supports_inline_queries": false,
        "can_connect_to_business": false, "has_main_web_app": false,
    })
}

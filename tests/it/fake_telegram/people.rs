//! What people do: they write, press buttons, share places, and let the bot in and out.

use serde_json::{Value, json};

use super::answers::{chat_of, me, member, message_json};
use super::{FakeTelegram, Inner, Message};

impl FakeTelegram {
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
}

impl Inner {
    fn update(&mut self, kind: &str, content: Value) {
        self.next_update += 1;
        let mut update = json!({ "update_id": self.next_update });
        update[kind] = content;
        self.updates.push_back(update);
    }

    pub(super) fn person(&self, id: i64) -> Value {
        let mut person = json!({ "id": id, "is_bot": false, "first_name": "Reader" });
        if let Some(language) = self.languages.get(&id) {
            person["language_code"] = json!(language);
        }
        person
    }
}

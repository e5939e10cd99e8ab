//! /preview and /digest_now: what an edition would tell, and this chat's edition before its time.

use chrono::TimeDelta;

use super::{later, record, shortened, usage};
use crate::app::digest::{self, Asked};
use crate::bot::call::Call;
use crate::digest::{Digest, parts};
use crate::store::subscribers::{self, State};

/// Between two messages to one chat: Telegram allows about one a second.
const PACE: TimeDelta = TimeDelta::seconds(1);

/// `/preview`: what a new subscriber would get now; `/preview CHAT [TOPIC]`: what that one would.
pub(super) async fn preview(call: &Call, words: &str) -> anyhow::Result<()> {
    let db = &call.service.app.db;
    let ids: Result<Vec<i64>, _> = words.split_whitespace().map(str::parse).collect();
    let (chat, topic) = match ids.as_deref() {
        Ok([]) => (None, None),
        Ok([chat]) => (Some(*chat), None),
        Ok([chat, topic]) => (Some(*chat), Some(*topic)),
        _ => return usage(call, "preview").await,
    };
    let subscriber = match chat {
        None => None,
        Some(chat) => {
            let of_chat = subscribers::of_chat(db, chat).await?;
            let wanted = |thread: i32| topic.is_none_or(|topic| topic == i64::from(thread));
            let Some((id, _)) = of_chat.into_iter().find(|(_, thread)| wanted(*thread)) else {
                call.reply(&call.say("admin-no-such-subscriber", &[("chat", chat.to_string().into())])).await;
                return Ok(());
            };
            Some(id)
        }
    };
    let asker = call.clone();
    later(call, async move {
        let app = &asker.service.app;
        // What a new subscriber would get is shown as the admin would get it.
        let language = subscriber.is_none().then_some(asker.language);
        let digest = digest::latest(app, subscriber, language, app.clock.now()).await?;
        let mut messages = digest::messages(app, &digest)?.into_iter();
        let first = messages.next().unwrap_or_default();
        let key = if subscriber.is_some() { "admin-preview-of" } else { "admin-preview" };
        let chat = chat.unwrap_or_default().to_string();
        let head = asker.say(key, &[("chat", chat.into())]);
        // The rest goes after the first is in its place.
        let rest: Vec<String> = messages.chain(numbers(&asker, &digest)).collect();
        let after = asker.clone();
        tokio::spawn(async move {
            for part in rest {
                let clock = &after.service.app.clock;
                clock.sleep_until(clock.now() + PACE).await;
                if after.reply(&part).await.is_none() {
                    break;
                }
            }
        });
        Ok((format!("{head}\n\n{first}"), None))
    })
    .await;
    Ok(())
}

/// What the commands for a development and its story ask for, which a digest does not show.
fn numbers(call: &Call, digest: &Digest) -> Vec<String> {
    let lines: Vec<String> = digest
        .items
        .iter()
        .chain(&digest.coming_up)
        .map(|item| {
            let story = item.story.map_or_else(|| "–".to_owned(), |story| story.to_string());
            let args = [
                ("id", item.development.0.to_string().into()),
                ("story", story.into()),
                ("text", shortened(&item.text, 80).into()),
            ];
            call.say("admin-number", &args)
        })
        .collect();
    if lines.is_empty() {
        return Vec::new();
    }
    parts::split(&format!("{}\n\n{}", call.say("admin-numbers", &[]), lines.join("\n\n")))
}

/// Compiles and sends this chat's edition now.
pub(super) async fn digest_now(call: &Call) -> anyhow::Result<()> {
    let Some(subscriber) = call.subscriber.as_ref().filter(|known| known.state == State::Active) else {
        call.reply(&call.say("admin-not-subscribed", &[])).await;
        return Ok(());
    };
    let (asker, id) = (call.clone(), subscriber.id);
    later(call, async move {
        let app = &asker.service.app;
        let key = match digest::compile_now(app, id, app.clock.now()).await? {
            Asked::Compiled(digest) => {
                record(&asker, "digest_now", format!("digest {digest}")).await?;
                "admin-digest-on-its-way"
            }
            Asked::Already => "admin-digest-already",
            Asked::Busy => "admin-digest-busy",
            Asked::NoSlot => "admin-not-subscribed",
        };
        Ok((asker.say(key, &[]), None))
    })
    .await;
    Ok(())
}

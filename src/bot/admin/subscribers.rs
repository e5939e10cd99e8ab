//! /subscribers: who gets a digest, and when; to be searched by words.

use super::{paged, shortened, turn};
use crate::bot::call::Call;
use crate::store::subscribers::{self, Listed};

/// Subscribers on a page.
const ON_PAGE: i64 = 10;
/// Bytes of the words that go into a button, of Telegram's 64.
const WORDS: usize = 40;

/// A page of the subscribers that have all these words; of all, if there are none.
pub(super) async fn page(call: &Call, page: i64, words: &str) -> anyhow::Result<()> {
    let db = &call.service.app.db;
    let ends = words.char_indices().map(|(at, c)| at + c.len_utf8());
    let words = &words[..ends.take_while(|end| *end <= WORDS).last().unwrap_or(0)];
    let length = subscribers::search(db, words, 0, 1).await?.first().map_or(0, |first| first.of);
    if length == 0 {
        let key = if words.is_empty() { "admin-nobody-yet" } else { "admin-no-subscribers" };
        call.show(&call.say(key, &[]), None).await;
        return Ok(());
    }
    let (page, pages) = paged(page, length, ON_PAGE);
    let found = subscribers::search(db, words, page * ON_PAGE, ON_PAGE).await?;
    let mut lines = vec![call.say("admin-subscribers", &[("n", length.into())])];
    lines.extend(found.iter().map(|subscriber| line(call, subscriber)));
    call.show(&lines.join("\n\n"), super::keyboard(vec![turn("subscribers", (page, pages), words)])).await;
    Ok(())
}

/// "✅ Reader · 123 · 08:00 Europe/Berlin", and why it gets none.
fn line(call: &Call, subscriber: &Listed) -> String {
    let sign = match subscriber.state.as_str() {
        "active" => "✅",
        "stopped" => "⏸",
        _ => "🚫",
    };
    let chat = match subscriber.thread_id {
        0 => subscriber.chat_id.to_string(),
        thread => format!("{} {thread}", subscriber.chat_id),
    };
    let title = if subscriber.title.trim().is_empty() { "?" } else { &subscriber.title };
    let times: Vec<String> = subscriber.times.iter().map(|at| at.format("%H:%M").to_string()).collect();
    let args = [
        ("sign", sign.into()),
        ("title", shortened(title, 60).into()),
        ("chat", chat.into()),
        ("times", times.join(", ").into()),
        ("zone", subscriber.zone.as_str().into()),
    ];
    let mut line = call.say("admin-subscriber", &args);
    if let state @ ("stopped" | "gone") = subscriber.state.as_str() {
        line.push_str(&format!(" · {}", call.say(&format!("admin-state-{state}"), &[])));
    }
    match &subscriber.reason {
        Some(reason) => format!("{line}: {}", crate::locale::escape(&shortened(reason, 100))),
        None => line,
    }
}

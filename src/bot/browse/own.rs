//! What is the chat's own: the last digest again, all of it as a file, and the end of it.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use teloxide::types::{InlineKeyboardMarkup, InputFile};

use super::{PACE, send};
use crate::app::more;
use crate::bot::call::Call;
use crate::deliver::telegram;
use crate::locale::Language;
use crate::store::rest;
use crate::store::subscribers::{Stance, Subscriber};
use crate::store::told::{self, Told};

/// /digest: the last edition, as it was sent.
pub(in crate::bot) async fn digest(call: &Call) -> anyhow::Result<()> {
    let app = &call.service.app;
    let last = match &call.subscriber {
        Some(subscriber) => told::last(&app.db, subscriber.id).await?,
        None => vec![],
    };
    if last.is_empty() {
        let key = if call.subscriber.is_some() { "browse-no-digest" } else { "browse-no-digest-here" };
        call.reply(&call.say(key, &[])).await;
    }
    for (i, mut part) in last.into_iter().enumerate() {
        if i > 0 {
            app.clock.sleep_until(app.clock.now() + PACE).await;
        }
        let sent = match part.picture {
            Some(png) => send(call, png, &part.body).await,
            None => {
                let left = rest::left_out(&app.db, part.delivery_id).await?;
                let keyboard = left.and_then(|left| more::below(left, &mut part.body));
                call.reply_with(&part.body, keyboard).await
            }
        };
        if sent.is_none() {
            break;
        }
    }
    Ok(())
}

/// /export: settings and editions as a JSON document.
pub(in crate::bot) async fn export(call: &Call) -> anyhow::Result<()> {
    let Some(subscriber) = &call.subscriber else {
        call.reply(&call.say("browse-nothing-known", &[])).await;
        return Ok(());
    };
    let app = &call.service.app;
    let told = told::all(&app.db, subscriber.id).await?;
    let mut document = exported(subscriber, &told);
    document["exported_at"] = json!(app.clock.now());
    let file = InputFile::memory(serde_json::to_vec_pretty(&document)?).file_name("tidings.json");
    let (bot, caption) = (&call.service.bot, of_this_topic(call, "browse-export"));
    app.sends_beside();
    let answer = telegram::send_file(bot, call.chat_id, call.thread, file, &caption).await;
    call.outcome(answer).await;
    Ok(())
}

fn exported(subscriber: &Subscriber, told: &[Told]) -> Value {
    let choices = &subscriber.choices;
    let names = |wanted: Stance| -> Vec<&str> {
        choices.names.iter().filter(|(stance, _)| *stance == wanted).map(|(_, name)| name.as_str()).collect()
    };
    let stories = |wanted: Stance| -> Vec<i64> {
        choices.stories.iter().filter(|(stance, _)| *stance == wanted).map(|(_, story)| *story).collect()
    };
    let mut digests: BTreeMap<i64, Value> = BTreeMap::new();
    for part in told {
        let digest = digests.entry(part.digest_id).or_insert_with(|| {
            json!({ "date": part.local_date, "window": [part.window_from, part.window_to], "messages": [] })
        });
        if let Some(messages) = digest["messages"].as_array_mut() {
            messages.push(json!(part.body));
        }
    }
    json!({
        "chat": { "id": subscriber.chat_id, "topic": subscriber.thread_id },
        "subscription": {
            "state": subscriber.state.as_str(),
            "zone": subscriber.zone.name(),
            "times": subscriber.slots.iter().map(|(_, at)| at.format("%H:%M").to_string()).collect::<Vec<_>>(),
            "subscribed_at": subscriber.subscribed_at,
        },
        "choices": {
            "language": choices.language.map(Language::code),
            "spoken": subscriber.spoken.map(Language::code),
            "kinds": choices.kinds,
            "days": choices.days.iter().map(|day| day.number_from_monday()).collect::<Vec<_>>(),
            "topics": choices.topics,
            "min_sources": choices.min_sources,
            "silent": choices.silent,
            "quiet": choices.quiet.map(|(from, to)| [from, to]),
            "alerts": choices.alerts,
            "chart_day": choices.chart_day.map(|day| day.number_from_monday()),
            "watched": names(Stance::Watched),
            "muted": names(Stance::Muted),
            "watched_stories": stories(Stance::Watched),
            "muted_stories": stories(Stance::Muted),
        },
        "digests": digests.into_values().collect::<Vec<_>>(),
    })
}

/// What is said of a chat; in a forum, where each topic has its own, that the others are not meant.
fn of_this_topic(call: &Call, key: &str) -> String {
    let said = call.say(key, &[]);
    if call.thread == 0 { said } else { format!("{said}\n\n{}", call.say("browse-this-topic", &[])) }
}

/// /forget: asks first.
pub(in crate::bot) async fn forget(call: &Call) -> anyhow::Result<()> {
    if !call.changes().await? {
        return Ok(());
    }
    let row = [call.button("browse-forget-yes", "b:x:0:0"), call.button("browse-forget-no", "b:k:0:0")];
    call.reply_with(&of_this_topic(call, "browse-forget"), Some(InlineKeyboardMarkup::new([row]))).await;
    Ok(())
}

/// The answer to what /forget asked.
pub(super) async fn confirmed(call: &Call, yes: bool) -> anyhow::Result<()> {
    if !call.changes().await? {
        return Ok(());
    }
    if yes {
        told::forget(&call.service.app.db, call.chat_id, call.thread).await?;
    }
    let key = if yes { "browse-forgotten" } else { "browse-kept" };
    call.show(&call.say(key, &[]), None).await;
    Ok(())
}

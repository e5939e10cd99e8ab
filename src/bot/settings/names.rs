//! Names of persons, bodies and places that a chat watches or mutes.

use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

use super::words;
use crate::bot::call::Call;
use crate::store::choices::{self, Chosen, What};
use crate::store::subscribers::{Stance, Subscriber};

/// Letters of a name, at most.
const LONGEST: usize = 60;
/// Names and stories of a chat, at most: each has its button, and Telegram shows a hundred.
pub(in crate::bot) const MOST: usize = 40;

/// /watch and /mute, with a name.
pub(in crate::bot) async fn command(call: &Call, stance: Stance, typed: &str) -> anyhow::Result<()> {
    if !call.changes().await? {
        return Ok(());
    }
    let Some(subscriber) = &call.subscriber else { return super::overview(call).await };
    if typed.is_empty() {
        return ask(call, stance).await;
    }
    let Some(name) = clean(typed) else {
        call.reply(&call.say("settings-wrong-name", &[("n", LONGEST.into())])).await;
        return Ok(());
    };
    let app = &call.service.app;
    let chosen = choices::of(&app.db, subscriber.id).await?;
    let same =
        |one: &Chosen| matches!(&one.what, What::Name(known) if known.to_lowercase() == name.to_lowercase());
    if chosen.len() >= MOST && !chosen.iter().any(same) {
        call.reply(&call.say("settings-names-full", &[("n", MOST.into())])).await;
        return Ok(());
    }
    choices::name(&app.db, subscriber.id, stance, &name, app.clock.now()).await?;
    let key = if stance == Stance::Watched { "settings-watched" } else { "settings-muted" };
    let keyboard = InlineKeyboardMarkup::new([[call.button("settings-names", "s:n")]]);
    call.reply_with(&call.say(key, &[("name", name.into())]), Some(keyboard)).await;
    Ok(())
}

/// `s:n[:…]`: the list; `w` and `m` ask for a name, a number takes one off the list.
pub(super) async fn press(call: &Call, subscriber: &Subscriber, value: &str) -> anyhow::Result<()> {
    match value {
        "" => {}
        "w" => return ask(call, Stance::Watched).await,
        "m" => return ask(call, Stance::Muted).await,
        id => {
            let id = id.parse().unwrap_or(0);
            if !choices::remove(&call.service.app.db, subscriber.id, id).await? {
                list(call, subscriber).await?;
                return call.stale().await;
            }
        }
    }
    list(call, subscriber).await
}

async fn list(call: &Call, subscriber: &Subscriber) -> anyhow::Result<()> {
    let chosen = choices::of(&call.service.app.db, subscriber.id).await?;
    let mut rows: Vec<Vec<InlineKeyboardButton>> = chosen
        .iter()
        .filter(|one| matches!(one.what, What::Name(_)))
        .map(|one| {
            let mark = if one.stance == Stance::Watched { "👁" } else { "🔇" };
            let label = format!("✕ {mark} {}", words::name(&one.what));
            vec![InlineKeyboardButton::callback(label, format!("s:n:{}", one.id))]
        })
        .collect();
    rows.push(vec![call.button("settings-add-watched", "s:n:w"), call.button("settings-add-muted", "s:n:m")]);
    rows.push(vec![call.button("settings-back", "s:")]);
    call.show(&call.say("settings-names-menu", &[]), Some(InlineKeyboardMarkup::new(rows))).await;
    Ok(())
}

async fn ask(call: &Call, stance: Stance) -> anyhow::Result<()> {
    let (question, example) = match stance {
        Stance::Watched => ("settings-ask-watch", "settings-example-watch"),
        Stance::Muted => ("settings-ask-mute", "settings-example-mute"),
    };
    call.question(question, example).await;
    Ok(())
}

/// A name without marks that are not seen; `None` if it is too long, or has no letter.
fn clean(typed: &str) -> Option<String> {
    // Marks of direction would turn round what stands beside the name.
    let unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let seen: String = typed.chars().filter(|c| !unseen(*c)).collect();
    let name = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    (name.chars().count() <= LONGEST && name.chars().any(char::is_alphanumeric)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_letters_and_loses_what_is_not_seen() {
        assert_eq!(clean(" Chaco   Front "), Some("Chaco Front".into()));
        assert_eq!(clean("\u{202e}<b>&\u{200f}"), Some("<b>&".into()));
        assert_eq!(clean("Зеленський"), Some("Зеленський".into()));
        assert_eq!(clean(&"ж".repeat(60)), Some("ж".repeat(60)));
    }

    #[test]
    fn what_is_too_long_or_has_no_letter_is_no_name() {
        for typed in ["", "🇺🇦🔥", "\u{202e}", "&<>", &"x".repeat(61), &"x".repeat(10_000)] {
            assert_eq!(clean(typed), None, "{typed}");
        }
    }
}

//! What goes below a digest that left something out: to one person the button that leads to it.
//!
//! In groups and channels whoever pressed it would make the bot post for all. There a line says how many they are,
//! and the command that tells them.

use sqlx::PgPool;
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

use crate::locale::Language;
use crate::store::rest::{self, Left};

/// The button below a message of the outbox, or the line at its end, if it is the last of a digest that left
/// something out.
///
/// A failure is logged, and costs that alone: the message goes all the same.
pub async fn below(db: &PgPool, delivery: i64, body: &mut String) -> Option<InlineKeyboardMarkup> {
    let left = rest::left_out(db, delivery).await.unwrap_or_else(|error| {
        tracing::warn!(delivery, "a message goes without what tells of more: {error:#}");
        None
    });
    let Left { digest, count, language, private } = left?;
    let language = Language::of_tag(&language).unwrap_or_default();
    if private {
        return Some(button(language, count, format!("b:d:{digest}:0")));
    }
    // There is room for it: the parts of a digest stay well below Telegram's limit.
    body.push_str(&format!("{}: /latest", line(language, count)));
    None
}

/// "➕ More (12)".
pub fn button(language: Language, count: i64, data: String) -> InlineKeyboardMarkup {
    let label = language.text("browse-more", &[("n", count.into())]);
    InlineKeyboardMarkup::new([[InlineKeyboardButton::callback(label, data)]])
}

/// "+12 more", below a digest in a group.
pub fn line(language: Language, count: i64) -> String {
    format!("\n\n{}", language.html("digest-more", &[("n", count.into())]))
}

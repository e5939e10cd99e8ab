//! The button below a digest that leads to what found no room in it.

use sqlx::PgPool;
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

use crate::locale::Language;
use crate::store::rest::{self, Left};

/// What goes below a message of the outbox: the button, if it is the last of a digest that left something out.
///
/// A failure is logged, and costs the button alone: the message goes all the same.
pub async fn below(db: &PgPool, delivery: i64) -> Option<InlineKeyboardMarkup> {
    let left = rest::left_out(db, delivery).await.unwrap_or_else(|error| {
        tracing::warn!(delivery, "a message goes without its button: {error:#}");
        None
    });
    left.map(|Left { digest, count, language }| {
        let language = Language::of_tag(&language).unwrap_or_default();
        button(language, count, format!("b:d:{digest}:0"))
    })
}

/// "➕ More (12)".
pub fn button(language: Language, count: i64, data: String) -> InlineKeyboardMarkup {
    let label = language.text("browse-more", &[("n", count.into())]);
    InlineKeyboardMarkup::new([[InlineKeyboardButton::callback(label, data)]])
}

//! What goes below a digest that left something out: to one person the button that leads to it.
//!
//! In groups and channels whoever pressed it would make the bot post for all. There a line says how many they are,
//! and in groups the command that tells them; in a channel its readers can't write.

use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

use crate::locale::Language;
use crate::store::rest::Left;

/// The button below the last message of a digest that left something out, or the line at the message's end.
pub fn below(left: Left, body: &mut String) -> Option<InlineKeyboardMarkup> {
    let Left { digest, count, language, private, broadcast } = left;
    let language = Language::of_tag(&language).unwrap_or_default();
    if private {
        return Some(button(language, count, format!("b:d:{digest}:0")));
    }
    // There is room for it: the parts of a digest stay well below Telegram's limit.
    body.push_str(&line(language, count));
    if !broadcast {
        body.push_str(": /latest");
    }
    None
}

/// "➕ More (12)".
pub fn button(language: Language, count: i64, data: String) -> InlineKeyboardMarkup {
    let label = language.text("browse-more", &[("n", count.into())]);
    InlineKeyboardMarkup::new([[InlineKeyboardButton::callback(label, data)]])
}

/// "+12 more", below a digest in a group or channel.
pub fn line(language: Language, count: i64) -> String {
    format!("\n\n{}", language.html("digest-more", &[("n", count.into())]))
}

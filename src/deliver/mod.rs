//! Parts to Telegram: what to send when, and what Telegram's answers mean.
//!
//! `telegram` sends one part and says in one `Answer`(outbox::Answer) what came of it, `outbox` decides
//! from the answer what becomes of the part, `limits` says when the next one may go. Nothing here knows the
//! store: `app::deliver` claims the parts and records the decisions.

/// How fast: all chats together, and each chat.
pub mod limits;
/// What becomes of a part after Telegram's answer.
pub mod outbox;
/// One part out, one answer back; what Telegram's words mean.
pub mod telegram;

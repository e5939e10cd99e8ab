//! All SQL.

/// The outbox: parts claimed, sent and recorded.
pub mod deliveries;
/// Chats with their schedule and state.
pub mod subscribers;

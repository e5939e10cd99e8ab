//! All SQL.

/// The outbox: parts claimed, sent and recorded.
pub mod deliveries;
/// Figures for admins.
pub mod stats;
/// Chats with their schedule and state.
pub mod subscribers;

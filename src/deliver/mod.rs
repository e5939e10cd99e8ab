//! Parts to Telegram.

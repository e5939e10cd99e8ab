//! Tidings reads the news and tells what changed.
//!
//! Data flows one way; the modules stand here in that order.
//!
//! ```text
//! sources → fetch → extract → store → read → compare → digest → deliver → Telegram
//! ```
//!
//! The stages (`scrape`, `read`, `compare`, `digest`, `deliver`) know the [`model`] and nothing of each
//! other or of the store; [`app`] is the one place that joins a stage with the [`store`].

/// The vocabulary: articles, mentions, developments, changes, digests.
pub mod model;

/// What the owner set: secrets from the environment, the rest from one TOML file.
pub mod config;
/// The one place that reads the system's clock; it can be set and sped up.
pub mod clock;
/// Cron lines and editions in a reader's own zone.
pub mod schedule;
/// The interface's words, in each language that it is offered in.
pub mod locale;

/// Sources to entries, pages to articles: polite HTTP, feeds, listings, article text.
pub mod scrape;
/// An article's text to mentions: who met, struck or said what, where and when.
pub mod read;
/// A mention against what is known: new, an update with its changes, or a repeat.
pub mod compare;
/// Developments to one reader's edition: selected, ranked, rendered, cut into parts.
pub mod digest;
/// Parts to Telegram: what to send when, and what Telegram's answers mean.
pub mod deliver;

/// All SQL, and the private Postgres that needs no set-up.
pub mod store;
/// The steps that join stages with the store, and the loops that run them.
pub mod app;
/// The Telegram commands of readers and admins.
pub mod bot;
/// The bundled newsroom and the demo that runs the whole pipeline on it.
pub mod demo;
/// What a replay found against gold labels: how much, how well put together, how often told.
pub mod evaluate;

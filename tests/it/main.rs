//! The integration tests: one binary, so that it links once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "these are tests, their helpers too")]

mod admin;
mod architecture;
mod articles;
mod bot;
mod browse;
mod cluster;
mod database;
mod deliver;
mod demo;
mod digest;
mod editions;
mod end_to_end;
mod fake_telegram;
mod gold;
mod hostile;
mod hostile_pages;
mod merges;
mod messages;
mod polite;
mod replay;
mod scrape;
mod settings;
mod setup;
mod sources;
mod sources_stored;
mod sources_told;
mod stories;
mod support;
mod truth;
mod week;

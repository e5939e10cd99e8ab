//! The integration tests: one binary, so that it links once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "these are tests, their helpers too")]

mod admin;
mod architecture;
mod articles;
mod backup;
mod bot;
mod browse;
mod cluster;
mod database;
mod deliver;
mod demo;
mod digest;
mod doubled;
mod editions;
mod end_to_end;
mod fake_telegram;
mod fan_out;
mod faults;
mod gold;
mod health;
mod hostile;
mod hostile_pages;
mod keep;
mod merges;
mod messages;
mod outcomes;
mod pace;
mod polite;
mod replay;
mod scrape;
mod settings;
mod setup;
mod soak;
mod sources;
mod sources_stored;
mod sources_told;
mod stories;
mod support;
mod troubles;
mod truth;
mod week;

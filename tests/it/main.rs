//! The integration tests: one binary, so that it links once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "these are tests, their helpers too")]

mod architecture;
mod cluster;
mod bot;
mod database;
mod deliver;
mod demo;
mod digest;
mod fake_telegram;
mod setup;
mod editions;
mod support;

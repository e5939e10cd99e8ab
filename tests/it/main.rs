//! The integration tests: one binary, so that it links once.

mod architecture;
mod bot;
mod database;
mod deliver;
mod digest;
mod fake_telegram;
mod scrape;
mod setup;
mod support;

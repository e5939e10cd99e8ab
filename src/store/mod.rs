//! All SQL, and the private Postgres that needs no set-up.
//!
//! `open` gives a `Database` with the current schema: the one that `DATABASE_URL` names, or one in a
//! private cluster that lives in the data folder (`cluster`). Nothing outside this module speaks SQL.
//! A `Database` is closed with `Database::close`; one that is only dropped is cleaned up as well, but
//! blocks its thread meanwhile.

mod address;
mod cluster;
mod connect;
mod folder;
mod process;
mod scratch;
mod trouble;

/// Wanted pages, and the articles made of them.
pub mod articles;
/// What admins did.
pub mod audit;
/// The database as one file.
pub mod backup;
/// Who may not use the bot.
pub mod bans;
/// The names and stories that chats want more of, or none of.
pub mod choices;
/// The outbox: parts claimed, sent and recorded.
pub mod deliveries;
/// Developments, their reports, changes and tolls; the queue of articles to be read.
pub mod developments;
/// Editions: who is due, what a window holds, what was compiled.
pub mod digests;
/// What an admin was shown and may confirm, once.
pub mod proposals;
/// Developments and articles as readers look for them.
pub mod search;
/// What is older than the owner wants to keep.
pub mod retention;
/// A database from one file.
pub mod restore;
/// Sources: what is scraped, when next, and with what success.
pub mod sources;
/// Figures for admins.
pub mod stats;
/// Stories and developments as admins judge them: muted for all, marked wrong.
pub mod verdicts;
/// Which developments belong together.
pub mod stories;
/// Chats with their schedule and state.
pub mod subscribers;
/// The times of day of their editions.
pub mod times;
/// What found no room in a digest.
pub mod rest;
/// What a chat was told, for itself to have again.
pub mod told;

pub use connect::{Database, connect, open};
pub use folder::{RunLock, check_folder};
pub use process::{Guard, POLLER, Process};
pub use scratch::scratch;
pub use trouble::{Trouble, explain, renew, took_too_long};

//! What the program is promised to survive: kills, a database server that dies or refuses, replicas beside it. The
//! real program as a process, real Postgres, and a fake Telegram without rates. Each trial has a short form here and
//! a long one, which `scripts/faults` runs.

mod chance;
mod cuts;
mod growth;
mod kills;
mod ledger;
mod news;
mod postgres;
pub mod refusals;
mod replicas;
mod restarts;
mod silence;
mod small_disk;
mod world;

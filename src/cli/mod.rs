//! One file a command; each has its `Args` and a `run`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the command line prints")]

use std::process::ExitCode;

/// The commands.
#[derive(clap::Subcommand)]
pub enum Command {}

/// Runs one command and turns its result into the exit status.
pub fn run(command: Command) -> ExitCode {
    match command {}
}

//! One file a command; each has its `Args` and a `run`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the command line prints")]

use std::process::ExitCode;

mod demo;
mod digest;
mod explain;
mod extract;
mod feed;
mod fetch;
mod files;
mod replay;
mod sources;

/// The commands.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Show what an edition tells.
    Digest(digest::Args),
    /// Run the whole pipeline on a bundled newsroom and print each day's digest.
    Demo(demo::Args),
    /// Read articles from files in date order and compare each with what came before.
    Replay(replay::Args),
    /// Print evidence, sources and history of one development.
    Explain(explain::Args),
    /// Scrape once now: a line a source.
    Fetch(fetch::Args),
    /// List and manage what is scraped.
    Sources(sources::Args),
    /// Read page files (.html, .html.gz) and print one JSON object a line.
    Extract(extract::Args),
    /// Read feed files and print one JSON object a line.
    Feed(feed::Args),
}

/// Runs one command and turns its result into the exit status.
pub fn run(command: Command) -> ExitCode {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("tidings: starting the runtime: {error}");
            return ExitCode::FAILURE;
        }
    };
    let result = runtime.block_on(async {
        match command {
            Command::Digest(args) => digest::run(args).await,
            Command::Demo(args) => demo::run(args).await,
            Command::Replay(args) => replay::run(args).await,
            Command::Explain(args) => explain::run(args).await,
            Command::Fetch(args) => fetch::run(args).await,
            Command::Sources(args) => sources::run(args).await,
            Command::Extract(args) => extract::run(args),
            Command::Feed(args) => feed::run(args),
        }
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tidings: {error:#}");
            ExitCode::FAILURE
        }
    }
}

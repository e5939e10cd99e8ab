//! The command line: results on stdout, progress and logs on stderr; exit status 0 done, 1 failed, 2 wrong use.

mod cli;

use std::process::ExitCode;

use clap::Parser;

/// Reads the news and tells what changed.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: cli::Command,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    cli::run(arguments.command)
}

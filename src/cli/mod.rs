//! One file a command; each has its `Args` and a `run`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the command line prints")]

use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tidings::app::App;
use tidings::config::{Config, Environment};
use tidings::store::{self, Database};
use tokio::signal::unix::{SignalKind, signal};

mod backup;
mod check;
mod demo;
mod digest;
mod eval;
mod explain;
mod extract;
mod feed;
mod fetch;
mod files;
mod log;
mod replay;
mod restore;
mod run;
mod sources;

/// The commands.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Scrape, compare, compile and deliver by schedule, and answer in Telegram, until told to stop.
    Run,
    /// Run the whole pipeline on a bundled newsroom and print each day's digest.
    Demo(demo::Args),
    /// Scrape once now: a line a source, and one for each page that could not be had.
    Fetch(fetch::Args),
    /// Show what an edition tells.
    Digest(digest::Args),
    /// Read articles from files in date order and compare each with what came before.
    Replay(replay::Args),
    /// Replay a folder's articles and score what is found against its gold labels.
    Eval(eval::Args),
    /// Read page files (.html, .html.gz) and print one JSON object a line.
    Extract(extract::Args),
    /// Read feed files and print one JSON object a line.
    Feed(feed::Args),
    /// Print evidence, sources and history of one development.
    Explain(explain::Args),
    /// List and manage what is scraped.
    Sources(sources::Args),
    /// Write the whole database to one file.
    Backup(backup::Args),
    /// Put a backup into an empty database, or in the place of what is there.
    Restore(restore::Args),
    /// Check configuration, data folder, token, health port, templates, database and sources: every problem with its
    /// mend.
    Check,
}

/// Runs one command and turns its result into the exit status.
pub fn run(command: Command) -> ExitCode {
    let environment = Environment::read();
    let filter = environment.as_ref().ok().and_then(|environment| environment.get("RUST_LOG"));
    let secrets = environment.as_ref().map(Environment::secrets).unwrap_or_default();
    let usual = if matches!(command, Command::Run) { log::OF_RUN } else { log::USUAL };
    log::begin(filter.unwrap_or(usual), secrets.clone());
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("tidings: starting the runtime: {error}");
            return ExitCode::FAILURE;
        }
    };
    let result = runtime.block_on(async {
        let environment = &environment?;
        match command {
            Command::Run => run::run(environment).await,
            Command::Extract(args) => extract::run(args, environment),
            Command::Feed(args) => feed::run(args),
            Command::Demo(args) => stoppable(demo::run(args, environment)).await,
            Command::Fetch(args) => stoppable(fetch::run(args, environment)).await,
            Command::Digest(args) => stoppable(digest::run(args, environment)).await,
            Command::Replay(args) => stoppable(replay::run(args, environment)).await,
            Command::Eval(args) => stoppable(eval::run(args, environment)).await,
            Command::Explain(args) => stoppable(explain::run(args, environment)).await,
            Command::Sources(args) => stoppable(sources::run(args, environment)).await,
            Command::Backup(args) => stoppable(backup::run(args, environment)).await,
            Command::Restore(args) => stoppable(restore::run(args, environment)).await,
            Command::Check => stoppable(check::run(environment)).await,
        }
    });
    // A page that is being parsed can't be stopped; it must not keep the process.
    runtime.shutdown_timeout(Duration::from_secs(1));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tidings: {}", log::blot(&store::explain(&error), &secrets));
            ExitCode::FAILURE
        }
    }
}

/// Work that a signal ends early; what it opened (a private Postgres) is closed all the same.
async fn stoppable(work: impl Future<Output = Result<()>>) -> Result<()> {
    let mut term = signal(SignalKind::terminate()).context("listening for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("listening for Ctrl-C")?;
    tokio::select! {
        done = work => done,
        _ = term.recv() => bail!("stopped by SIGTERM"),
        _ = interrupt.recv() => bail!("stopped by Ctrl-C"),
    }
}

/// Opens the owner's database, does `work` on it, and closes it.
async fn with_app<T>(config: Config, work: impl AsyncFnOnce(&App, &Database) -> Result<T>) -> Result<T> {
    let database = store::open(config.database_url.as_ref(), &config.data_dir).await?;
    with_database(config, database, work).await
}

/// Does `work` on a database that is open, and closes it.
async fn with_database<T>(
    config: Config,
    database: Database,
    work: impl AsyncFnOnce(&App, &Database) -> Result<T>,
) -> Result<T> {
    let done = match App::new(config.into(), database.pool.clone()) {
        Ok(app) => work(&app, &database).await,
        Err(error) => Err(error),
    };
    let closed = database.close().await;
    // The work's own error says more than that of closing after it.
    let done = done?;
    closed?;
    Ok(done)
}

/// "1 entry", "2 entries".
fn count(number: impl TryInto<u64>, one: &str, many: &str) -> String {
    match number.try_into().unwrap_or(u64::MAX) {
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}

/// A chat's number as an argument.
fn chat(text: &str) -> Result<i64, &'static str> {
    text.parse()
        .map_err(|_| "it takes a chat's number, such as 12345 or -1002345; /whoami in the chat tells it")
}

/// Writes one line of a result to stdout.
fn print_line(line: &str) -> Result<()> {
    print(&format!("{line}\n"))
}

/// Writes a result to stdout; a reader who has seen enough (`| head`) is no error.
fn print(text: &str) -> Result<()> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(error).context("writing to stdout")
        }
        _ => Ok(()),
    }
}

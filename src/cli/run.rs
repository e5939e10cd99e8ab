//! `tidings run`: schedule, scraping, bot and delivery, until SIGTERM or Ctrl-C.

use anyhow::Context;
use tidings::app;
use tidings::config::{Config, Environment};
use tidings::deliver::telegram;
use tidings::store::RunLock;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Runs until the process is told to stop; what is in flight is finished first.
pub async fn run(environment: &Environment) -> anyhow::Result<()> {
    let config = Config::load(environment, true)?;
    let account = config.telegram.clone().context("TELOXIDE_TOKEN is not set")?;
    let bot = telegram::account(&account.token.0, account.api_url.as_ref())?;
    let _lock = RunLock::take(&config.data_dir)?;
    let stop = stop_on_signals()?;
    super::with_app(config, async |app, database| {
        app::scrape::sync_sources(app).await?;
        for (name, other) in app::scrape::added_twice(app).await? {
            tracing::warn!(source = name, same = other, "the configuration and a command name one list");
        }
        let watcher = tokio::spawn(database.watch());
        let ended = app::run::run(app, bot, stop).await;
        watcher.abort();
        ended
    })
    .await
}

/// Turns true at the first SIGTERM or Ctrl-C; a second one ends the process at once.
fn stop_on_signals() -> anyhow::Result<watch::Receiver<bool>> {
    let (told, stop) = watch::channel(false);
    let mut term = signal(SignalKind::terminate()).context("listening for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("listening for Ctrl-C")?;
    tokio::spawn(async move {
        for already in [false, true] {
            tokio::select! {
                _ = term.recv() => {}
                _ = interrupt.recv() => {}
            }
            if already {
                tracing::warn!("stopped at once");
                std::process::exit(1);
            }
            tracing::info!("stopping; once more to stop at once");
            told.send_replace(true);
            // One stop may come as two signals: to the process, and to its group.
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        }
    });
    Ok(stop)
}

//! `tidings run`: schedule, scraping, bot and delivery, until SIGTERM or Ctrl-C.

use anyhow::Context;
use tidings::app::health::Port;
use tidings::app::{self, App};
use tidings::config::{Config, Environment};
use tidings::deliver::telegram;
use tidings::store::digests::queue;
use tidings::store::{self, Database, RunLock, stats, subscribers};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Runs until the process is told to stop; what is in flight is finished first.
pub async fn run(environment: &Environment) -> anyhow::Result<()> {
    let config = Config::load(environment, true)?;
    let account = config.telegram.clone().context("TELOXIDE_TOKEN is not set")?;
    let bot = telegram::account(&account.token.0, account.api_url.as_ref())?;
    let _lock = RunLock::take(&config.data_dir, "run")?;
    let stop = stop_on_signals()?;
    let port = match config.health {
        Some(address) => Some(Port::open(address).await?),
        None => None,
    };
    let mut told = stop.clone();
    let database = tokio::select! {
        opened = store::open(config.database_url.as_ref(), &config.data_dir) => opened?,
        // After a crash the private server replays its log first, which may take long.
        _ = told.wait_for(|stop| *stop) => return Ok(()),
    };
    super::with_database(config, database, async |app, database| {
        app::scrape::sync_sources(app).await?;
        for (name, other) in app::scrape::added_twice(app).await? {
            tracing::warn!(source = name, same = other, "the configuration and a command name one list");
        }
        let status = beginning(app, database, port.as_ref()).await?;
        app::watchdog::start(app.pulse.clone(), stop.clone(), status).context("starting the watchdog")?;
        let watcher = tokio::spawn(database.watch());
        let leave = watcher.abort_handle();
        let broken = async {
            match watcher.await {
                Err(error) if error.is_panic() => anyhow::Error::from(error),
                // An outside database needs none.
                _ => std::future::pending().await,
            }
        };
        let served = async {
            match port {
                Some(port) => port.serve(app.clone()).await,
                None => std::future::pending().await,
            }
        };
        let ended = tokio::select! {
            ended = app::run::run(app, bot, stop) => ended,
            error = served => Err(error.context("serving the health port")),
            error = broken => Err(error.context("looking after the database server")),
        };
        leave.abort();
        ended
    })
    .await
}

/// Says in the log what begins; the short form of it, for systemd.
async fn beginning(app: &App, database: &Database, port: Option<&Port>) -> anyhow::Result<String> {
    let now = app.clock.now();
    let (sources, chats) = (stats::open_sources(&app.db).await?, subscribers::count_active(&app.db).await?);
    let zone = app.config.schedule.zone;
    let next = queue::upcoming(&app.db, now).await?;
    let next = next.map_or("none".to_owned(), |at| at.with_timezone(&zone).format("%F %H:%M").to_string());
    let health = match port {
        Some(port) => port.address().context("asking for the health port")?.to_string(),
        None => "nowhere".to_owned(),
    };
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        configuration = if app.config.has_file { "read" } else { "no tidings.toml in this folder" },
        sources,
        subscribers = chats,
        zone = zone.name(),
        next_look_at_editions = next,
        database = database.place(),
        health,
        "Tidings begins"
    );
    Ok(format!("{sources} sources, {chats} subscribers"))
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
            tokio::task::spawn_blocking(app::watchdog::stopping);
            // One stop may come as two signals: to the process, and to its group.
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        }
    });
    Ok(stop)
}

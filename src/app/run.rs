//! The loops of `tidings run`: scrape, read, compile, deliver, and the bot, until told to stop.
//!
//! Each loop repeats one step until it finds nothing to do, then naps. A step that fails (the database is
//! away) is tried again after a growing pause. A loop that panics ends the process with an error, so that
//! it is restarted as a whole instead of living on by half.

use std::future::Future;
use std::time::Duration;

use anyhow::{Context, anyhow};
use teloxide::Bot;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::deliver::Courier;
use super::{App, digest, outage, read, scrape};
use crate::store::Process;

/// The pause after a step that found nothing to do, in real time.
const NAP: Duration = Duration::from_millis(500);

/// The pause of what is not urgent, in real time.
const REST: Duration = Duration::from_secs(60);

/// The longest pause after steps that failed.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// How long what is in flight may take after the stop. Service managers kill after 10 s, and the database is
/// still to be closed.
const GRACE: Duration = Duration::from_secs(8);

/// Whether a step found something to do.
enum Step {
    Worked,
    Idle,
    /// What there is to do can wait.
    Resting,
}

/// Runs everything until `stop` turns true, then finishes what is in flight.
///
/// # Errors
/// A loop ended that should not have: the process is to be restarted.
pub async fn run(app: &App, bot: Bot, stop: watch::Receiver<bool>) -> anyhow::Result<()> {
    let process = Process::register(&app.db).await.context("naming this process")?;
    let courier = Courier::new(app.clone(), bot.clone(), process.number());
    let mut loops = JoinSet::new();
    loops.spawn(repeat("scraping", app.clone(), stop.clone(), |app, stop| async move {
        let checked = scrape::scrape_due_until(&app, || *stop.borrow()).await?;
        Ok(if checked > 0 { Step::Worked } else { Step::Idle })
    }));
    // Beside it, so that many pages of slow hosts don't keep lists from being read.
    loops.spawn(repeat("fetching pages", app.clone(), stop.clone(), |app, _| async move {
        Ok(if scrape::fetch_pages(&app).await? > 0 { Step::Worked } else { Step::Idle })
    }));
    loops.spawn(repeat("reading", app.clone(), stop.clone(), |app, _| async move {
        Ok(match read::read_next(&app.db, &app.reader, app.clock.now()).await? {
            read::Outcome::Read { .. } => Step::Worked,
            read::Outcome::Empty => Step::Idle,
        })
    }));
    loops.spawn(repeat("compiling", app.clone(), stop.clone(), |app, _| async move {
        let compiled = digest::compile_due(&app, app.clock.now()).await?;
        // What fails is due again at once: the pause between failures keeps it from being tried all the time.
        match (compiled.compiled.is_empty(), compiled.failed.is_empty()) {
            (false, _) => Ok(Step::Worked),
            (true, true) => Ok(Step::Idle),
            (true, false) => Err(anyhow!(compiled.failed.join("; "))),
        }
    }));
    loops.spawn(repeat("delivering", app.clone(), stop.clone(), move |_, stop| {
        let courier = courier.clone();
        async move {
            let summary = courier.deliver_all(&stop).await?;
            Ok(if summary.sent > 0 { Step::Worked } else { Step::Idle })
        }
    }));
    let teller = bot.clone();
    loops.spawn(repeat("telling admins of sources", app.clone(), stop.clone(), move |app, _| {
        let bot = teller.clone();
        async move {
            crate::bot::alert::tell_admins(&app, &bot).await?;
            // Nothing here is urgent, and what is told is told in one.
            Ok(Step::Resting)
        }
    }));
    loops.spawn(crate::bot::run(app.clone(), bot, stop.clone()));
    supervise(loops, stop).await
}

/// Waits for the stop and then for the loops; a loop that ends before the stop is an error.
async fn supervise(
    mut loops: JoinSet<anyhow::Result<()>>,
    mut stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let ended = tokio::select! {
        _ = stop.wait_for(|stop| *stop) => None,
        ended = loops.join_next() => ended,
    };
    if let Some(ended) = ended.filter(|_| !*stop.borrow()) {
        return Err(match ended {
            Ok(Ok(())) => anyhow!("a loop ended without a reason"),
            Ok(Err(error)) => error,
            Err(panic) => anyhow!(panic).context("a loop broke"),
        });
    }
    let finish = async {
        while let Some(ended) = loops.join_next().await {
            ended.context("a loop broke while stopping")??;
        }
        Ok(())
    };
    match tokio::time::timeout(GRACE, finish).await {
        Ok(finished) => finished,
        // Nothing is lost: what was in flight is claimed again at the next start.
        Err(_) => {
            tracing::warn!("stopped before everything in flight was finished");
            Ok(())
        }
    }
}

async fn repeat<F, Fut>(
    name: &'static str,
    app: App,
    mut stop: watch::Receiver<bool>,
    step: F,
) -> anyhow::Result<()>
where
    F: Fn(App, watch::Receiver<bool>) -> Fut,
    Fut: Future<Output = anyhow::Result<Step>> + Send,
{
    let mut failures = 0_u32;
    while !*stop.borrow() {
        let pause = match step(app.clone(), stop.clone()).await {
            Ok(worked) => {
                if failures > 0 && !app.outages.ended(name) {
                    tracing::info!(failures, "{name} works again");
                }
                failures = 0;
                match worked {
                    Step::Worked => continue,
                    Step::Idle => NAP,
                    Step::Resting => REST,
                }
            }
            Err(error) if app.outages.began(&app.db, name, &error).await => {
                failures += 1;
                (NAP * 2_u32.pow(failures.min(3))).min(outage::LONGEST_PAUSE)
            }
            Err(error) => {
                let pause = (NAP * 2_u32.saturating_pow(failures.min(6))).min(LONGEST_PAUSE);
                failures += 1;
                // One line a spell: a database that is away for an hour is one event.
                if failures == 1 {
                    tracing::error!("{name} failed, to be tried again: {error:#}");
                }
                pause
            }
        };
        let _ = tokio::time::timeout(pause, stop.wait_for(|stop| *stop)).await;
    }
    Ok(())
}

//! The loops of `tidings run`: scrape, read, compile, deliver, and the bot, until told to stop.
//!
//! Each loop repeats one step until it finds nothing to do, then naps. A step that fails (the database is
//! away) is tried again after a growing pause. A loop that panics, or has not come round for long, ends the process
//! with an error, so that it is restarted as a whole instead of living on by half.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::{Context, anyhow};
use teloxide::Bot;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::deliver::Courier;
use super::pulse::Loop;
use super::{App, digest, disk, keep, outage, read, scrape};
use crate::store::{Process, explain};

/// The pause after a step that found nothing to do, in real time.
const NAP: Duration = Duration::from_millis(500);

/// The pause of what is not urgent, in real time.
const REST: Duration = Duration::from_secs(60);

/// The longest pause after steps that failed.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// How long what is in flight may take after the stop. Owners are told 10 s in all, and the database is still to
/// be closed.
const GRACE: Duration = Duration::from_secs(6);

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
/// A loop ended that should not have, or is stuck: the process is to be restarted.
pub async fn run(app: &App, bot: Bot, stop: watch::Receiver<bool>) -> anyhow::Result<()> {
    let mut process = Process::register(&app.db).await.context("naming this process")?;
    let courier = Courier::new(app.clone(), bot.clone(), process.number());
    let mut loops = JoinSet::new();
    loops.spawn(repeat(Loop::Scraping, app.clone(), stop.clone(), |app, stop| async move {
        // Asked whenever it looks for more.
        let stopped = || {
            app.pulse.beat(Loop::Scraping);
            *stop.borrow()
        };
        let checked = scrape::scrape_due_until(&app, stopped).await?;
        Ok(if checked > 0 { Step::Worked } else { Step::Idle })
    }));
    // Beside it, so that many pages of slow hosts don't keep lists from being read.
    loops.spawn(repeat(Loop::Fetching, app.clone(), stop.clone(), |app, _| async move {
        Ok(if scrape::fetch_pages(&app).await? > 0 { Step::Worked } else { Step::Idle })
    }));
    loops.spawn(repeat(Loop::Reading, app.clone(), stop.clone(), |app, _| async move {
        Ok(match read::read_next(&app.db, &app.reader, &app.clock).await? {
            read::Outcome::Read { .. } => {
                app.counts.articles_read.inc();
                Step::Worked
            }
            read::Outcome::Empty => Step::Idle,
        })
    }));
    loops.spawn(repeat(Loop::Compiling, app.clone(), stop.clone(), |app, stop| async move {
        let compiled = digest::compile_due_until(&app, app.clock.now(), &|| *stop.borrow()).await?;
        app.counts.digests.inc_by(compiled.compiled.len() as u64);
        // What fails is due again at once: the pause between failures keeps it from being tried all the time.
        match (compiled.compiled.is_empty(), compiled.failed.is_empty()) {
            (false, _) => Ok(Step::Worked),
            (true, true) => Ok(Step::Idle),
            (true, false) => Err(anyhow!(compiled.failed.join("; "))),
        }
    }));
    loops.spawn(repeat(Loop::Delivering, app.clone(), stop.clone(), move |_, stop| {
        let courier = courier.clone();
        async move {
            let summary = courier.deliver_all(&stop).await?;
            Ok(if summary.sent > 0 { Step::Worked } else { Step::Idle })
        }
    }));
    let teller = bot.clone();
    loops.spawn(repeat(Loop::Alerting, app.clone(), stop.clone(), move |app, _| {
        let bot = teller.clone();
        async move {
            crate::bot::alert::tell_admins(&app, &bot).await?;
            // Nothing here is urgent, and what is told is told in one.
            Ok(Step::Resting)
        }
    }));
    let teller = bot.clone();
    let watched = Arc::new((disk::Watch::default(), AtomicBool::default()));
    loops.spawn(repeat(Loop::Disk, app.clone(), stop.clone(), move |app, _| {
        let (bot, watched) = (teller.clone(), watched.clone());
        async move {
            let (disk, templates) = &*watched;
            let told_of_disk = match disk::Disk::of(&app.config) {
                Some(now) => crate::bot::alert::tell_of_disk(&app, &bot, disk, now).await,
                None => Ok(()),
            };
            // The one is looked at also where the other can't be told.
            if let Some(faults) = app.template_faults() {
                crate::bot::alert::tell_of_templates(&app, &bot, templates, &faults).await?;
            }
            told_of_disk?;
            Ok(Step::Resting)
        }
    }));
    let keeper = Arc::new(keep::Keeper::default());
    loops.spawn(repeat(Loop::Keeping, app.clone(), stop.clone(), move |app, stop| {
        let keeper = keeper.clone();
        async move { keeper.keep_daily(&app, &stop).await.map(|()| Step::Resting) }
    }));
    loops.spawn(crate::bot::run(app.clone(), bot, stop.clone()));
    let broken = async {
        tokio::select! {
            beat = app.pulse.dead() => anyhow!(
                "{} has not come round for {} s: it ends here, to be started again",
                beat.which.name(),
                beat.age.as_secs()
            ),
            // Others would take its leases for void.
            error = process.broken() => error.context("keeping this process's name"),
        }
    };
    supervise(loops, broken, stop).await
}

/// Waits for the stop and then for the loops; a loop that ends before the stop is an error, and so is what `broken`
/// resolves to.
async fn supervise(
    mut loops: JoinSet<anyhow::Result<()>>,
    broken: impl Future<Output = anyhow::Error>,
    mut stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let ended = tokio::select! {
        _ = stop.wait_for(|stop| *stop) => None,
        ended = loops.join_next() => ended,
        error = broken => return Err(error),
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

async fn repeat<F, Fut>(which: Loop, app: App, mut stop: watch::Receiver<bool>, step: F) -> anyhow::Result<()>
where
    F: Fn(App, watch::Receiver<bool>) -> Fut,
    Fut: Future<Output = anyhow::Result<Step>> + Send,
{
    let name = which.name();
    let mut failures = 0_u32;
    while !*stop.borrow() {
        app.pulse.beat(which);
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
                if app.outages.ended(name) {
                    failures = 0;
                }
                let pause = (NAP * 2_u32.saturating_pow(failures.min(6))).min(LONGEST_PAUSE);
                failures += 1;
                // One line a spell: a database that is away for an hour is one event.
                if failures == 1 {
                    tracing::error!("{name} failed, to be tried again: {}", explain(&error));
                }
                pause
            }
        };
        app.pulse.rest(which, pause);
        let _ = tokio::time::timeout(pause, stop.wait_for(|stop| *stop)).await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of these loops, with the stop given or not.
    async fn outcome(
        loops: impl IntoIterator<Item = futures::future::BoxFuture<'static, anyhow::Result<()>>>,
        stopped: bool,
    ) -> anyhow::Result<()> {
        let (_told, stop) = watch::channel(stopped);
        supervise(loops.into_iter().collect(), std::future::pending(), stop).await
    }

    #[tokio::test]
    async fn a_loop_that_panics_fails_or_ends_ends_all_with_the_reason() {
        use futures::FutureExt as _;
        let lives = || std::future::pending().boxed();
        let broke = async { panic!("index out of bounds") }.boxed();
        let error = format!("{:#}", outcome([lives(), broke], false).await.unwrap_err());
        assert!(error.contains("a loop broke") && error.contains("index out of bounds"), "{error}");
        let failed = async { Err(anyhow!("Telegram refuses the token")) }.boxed();
        let error = outcome([lives(), failed], false).await.unwrap_err();
        assert_eq!(error.to_string(), "Telegram refuses the token");
        let ended = async { Ok(()) }.boxed();
        assert!(outcome([lives(), ended], false).await.is_err());
    }

    #[tokio::test]
    async fn a_panic_after_the_stop_is_told_too_and_an_end_is_well() {
        use futures::FutureExt as _;
        outcome([async { Ok(()) }.boxed(), async { Ok(()) }.boxed()], true).await.unwrap();
        let error = outcome([async { panic!("while stopping") }.boxed()], true).await.unwrap_err();
        assert!(format!("{error:#}").contains("while stopping"), "{error:#}");
    }

    #[tokio::test]
    async fn what_is_broken_beside_the_loops_ends_them() {
        let (_told, stop) = watch::channel(false);
        let mut loops = JoinSet::new();
        loops.spawn(std::future::pending());
        let error = supervise(loops, async { anyhow!("reading is stuck") }, stop).await.unwrap_err();
        assert_eq!(error.to_string(), "reading is stuck");
    }
}

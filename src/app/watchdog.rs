//! Looks after the process from a thread of its own, which no blocked runtime holds up.
//!
//! It tells systemd, if that started the process, that all is well (`WATCHDOG=1`) as long as every loop comes
//! round, and what goes on (`STATUS=`); it says in the log which loop is stuck and when it goes on; and it ends the
//! process where that does not end by itself: after a stop, or after a loop is dead. Nothing is lost by that: what
//! was in flight is claimed again, as after a kill.

use std::collections::BTreeSet;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::{Duration, Instant};

use sd_notify::NotifyState;
use tokio::sync::watch;

use super::pulse::{Beat, Loop, Pulse};

/// How often it looks.
const LOOK: Duration = Duration::from_millis(500);

/// What is to be told to systemd while it does not listen; more goes unsaid.
const UNHEARD: usize = 8;

/// How long an orderly end may take. Owners and service managers are told 10 s.
const LAST: Duration = Duration::from_secs(9);

/// Watches until the process ends; `status` is what systemd shows while all is well.
///
/// # Errors
/// No thread can be started.
pub fn start(pulse: Pulse, stop: watch::Receiver<bool>, status: String) -> std::io::Result<()> {
    let (manager, heard) = sync_channel::<String>(UNHEARD);
    // Apart, for who does not listen may block who tells.
    std::thread::Builder::new().name("notify".into()).spawn(move || {
        tell(&[NotifyState::Ready]);
        heard.iter().for_each(|said| tell(&[NotifyState::Custom(&said)]));
    })?;
    let watchdog = Watchdog { pulse, stop, status, manager };
    std::thread::Builder::new().name("watchdog".into()).spawn(move || watchdog.watch()).map(drop)
}

/// The process has been told to stop. Blocks where systemd does not listen.
pub fn stopping() {
    tell(&[NotifyState::Stopping, NotifyState::Status("finishing what is in flight")]);
}

struct Watchdog {
    pulse: Pulse,
    stop: watch::Receiver<bool>,
    status: String,
    manager: SyncSender<String>,
}

impl Watchdog {
    fn watch(self) {
        // Twice in the time that systemd gives.
        let wanted = sd_notify::watchdog_enabled().map(|time| time / 2);
        let (mut told, mut ending, mut stuck) = (Instant::now(), None, BTreeSet::new());
        self.say(format!("STATUS={}", self.status));
        loop {
            std::thread::sleep(LOOK.min(wanted.unwrap_or(LOOK)));
            if *self.stop.borrow() {
                end_after(*ending.get_or_insert_with(Instant::now), "it did not stop in time");
                continue;
            }
            stuck = self.told_apart(stuck);
            if self.pulse.beats().iter().any(Beat::is_dead) {
                end_after(*ending.get_or_insert_with(Instant::now), "it could not be ended in order");
            }
            if stuck.is_empty() && wanted.is_some_and(|wanted| told.elapsed() >= wanted) {
                self.say("WATCHDOG=1".into());
                told = Instant::now();
            }
        }
    }

    /// Says which loops have got stuck, and which of those that were go on; those that are.
    fn told_apart(&self, before: BTreeSet<Loop>) -> BTreeSet<Loop> {
        let beats: Vec<Beat> = self.pulse.beats().into_iter().filter(Beat::is_stuck).collect();
        let stuck: BTreeSet<Loop> = beats.iter().map(|beat| beat.which).collect();
        for beat in beats.iter().filter(|beat| !before.contains(&beat.which)) {
            let (name, seconds) = (beat.which.name(), beat.age.as_secs());
            tracing::error!("{name} is stuck: it has not come round for {seconds} s");
            self.say(format!("STATUS={name} is stuck"));
        }
        for which in before.difference(&stuck) {
            tracing::info!("{} goes on", which.name());
        }
        if stuck.is_empty() && !before.is_empty() {
            self.say(format!("STATUS={}", self.status));
        }
        stuck
    }

    /// Nobody may listen, or not now: then it goes unsaid.
    fn say(&self, state: String) {
        let _ = self.manager.try_send(state);
    }
}

/// Ends the process by force once the time for an orderly end is over.
fn end_after(since: Instant, why: &str) {
    if since.elapsed() > LAST {
        tracing::error!("{why}: ended by force; what was in flight is done at the next start");
        std::process::exit(1);
    }
}

/// Without systemd nobody listens, and that is well.
fn tell(state: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(state) {
        tracing::warn!(%error, "systemd can't be told how it goes");
    }
}

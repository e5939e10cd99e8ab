//! A private Postgres that needs no set-up, in the data folder.
//!
//! In comes a data folder, out goes a running server that listens on a Unix socket in a folder of its own
//! user alone, and on no network port. What it promises:
//!
//! - It is initialised once, under a temporary name: a crash half-way leaves nothing half-made.
//! - Processes share it. Each holds a shared lock while it uses it; whoever goes last stops the server,
//!   whether or not it started it. Starting and stopping take turns under a second lock.
//! - A server left over from a killed process is joined; what a dead one left is cleared.
//! - As root, the server runs as another user, since Postgres refuses root.
//!
//! Everything here blocks; callers are async and wrap it. Locks are the kernel's: they end with their process.

mod identity;
mod pidfile;
pub(super) mod programs;
#[cfg(test)]
mod tests;

use std::fs::{File, Permissions, TryLockError};
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Weak};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};

use super::folder::refused;
use identity::Identity;
use pidfile::{PidFile, State};

/// The superuser of a private cluster; its socket is open to the server's user and root alone.
pub const USER: &str = "tidings";

/// Names the socket's file; no network port is opened.
pub const PORT: u16 = 5432;

/// How often a state that is waited for is looked at.
const POLL: Duration = Duration::from_millis(20);

/// How long it may take until a server is there and comes up. How long that takes itself is its own affair: after a
/// crash it replays its log, and would begin anew if it were broken off.
const START_LIMIT: Duration = Duration::from_secs(120);

/// How often it is said that a server still comes up.
const STILL: Duration = Duration::from_secs(30);

/// How long a server that starts may take to write its file, once it has made it.
const HALF_WRITTEN: Duration = Duration::from_secs(1);

/// How long a stop may take: it writes everything down.
const STOP_LIMIT: Duration = Duration::from_secs(30);

/// A share in the running server of one data folder.
#[derive(Debug)]
pub struct Cluster {
    data: PathBuf,
    identity: Identity,
    /// `None` once the share is given back.
    share: Mutex<Option<Share>>,
    /// The share is to be given back: no server is waited for any more.
    leaving: AtomicBool,
}

#[derive(Debug)]
struct Share {
    /// Holds the shared lock.
    users: File,
    /// The server, if we started it: it has to be reaped by us.
    child: Option<Child>,
}

impl Cluster {
    /// Joins the server of `data_dir`, and starts it first if it does not run; also returns its socket's
    /// folder. Blocks: for seconds where the folder is new, and until `waiting` is gone where the server takes long.
    ///
    /// # Errors
    /// Each with its mend: no server programs, a folder of another version, a folder that the server's user
    /// can't reach, a server that does not come up (with the end of its log).
    pub fn join(data_dir: &Path, waiting: &Weak<()>) -> anyhow::Result<(Cluster, PathBuf)> {
        let data = data_folder(data_dir)?;
        let identity = Identity::choose(&data.join("postgres"))?;
        let cluster = Cluster { data, identity, share: Mutex::new(None), leaving: AtomicBool::new(false) };
        let turn = cluster.take_turn()?;
        let users = lock_file(&cluster.data.join("postgres.users"))?;
        // Only a process that stops the server locks others out, and it would hold the turn.
        users.lock_shared().context("sharing the database server")?;
        let mut share = Share { users, child: None };
        let given_up = || waiting.strong_count() == 0;
        let socket = match cluster.ensure_running(&mut share, START_LIMIT, given_up) {
            Err(_) if given_up() => {
                share.interrupt();
                bail!("stopped before the database server had come up");
            }
            started => started?,
        };
        *cluster.share() = Some(share);
        drop(turn);
        Ok((cluster, socket))
    }

    /// Starts the server again if it died; says whether it had to. Nothing once the share is given back.
    ///
    /// # Errors
    /// As [`Cluster::join`].
    pub fn revive(&self) -> anyhow::Result<bool> {
        let mut share = self.share();
        let Some(share) = share.as_mut() else { return Ok(false) };
        share.reap();
        // One that is going down was told to: systemd tells all processes of a service at once.
        let lives = PidFile::read(&self.folder()).is_some_and(|file| file.lives(&self.folder()));
        if lives || self.running().is_some() {
            return Ok(false);
        }
        let _turn = self.take_turn()?;
        self.ensure_running(share, START_LIMIT, || self.leaving.load(Ordering::Relaxed))?;
        Ok(true)
    }

    /// Gives the share back, and stops the server if this was the last one. Doing it twice is harmless.
    ///
    /// # Errors
    /// The server does not stop in time; it is left running then, and joined by the next command.
    pub fn leave(&self) -> anyhow::Result<()> {
        self.leaving.store(true, Ordering::Relaxed);
        let Some(mut share) = self.share().take() else { return Ok(()) };
        let _turn = self.take_turn()?;
        share.users.unlock().context("leaving the database server")?;
        match share.users.try_lock() {
            Ok(()) => self.stop(&mut share),
            Err(TryLockError::WouldBlock) => Ok(()),
            Err(TryLockError::Error(error)) => Err(error).context("looking who uses the database server"),
        }
    }

    fn share(&self) -> MutexGuard<'_, Option<Share>> {
        self.share.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// The cluster's files.
    fn folder(&self) -> PathBuf {
        self.data.join("postgres")
    }

    fn log(&self) -> PathBuf {
        self.data.join("postgres.log")
    }

    /// Waits for our turn to start or stop the server.
    fn take_turn(&self) -> anyhow::Result<Turn> {
        let file = lock_file(&self.data.join("postgres.turn"))?;
        let deadline = Instant::now() + START_LIMIT;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Turn(file)),
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => sleep(POLL),
                Err(TryLockError::WouldBlock) => {
                    bail!(
                        "another process has been starting the server of {} for too long",
                        self.data.display()
                    )
                }
                Err(TryLockError::Error(error)) => return Err(error).context("locking the data folder"),
            }
        }
    }

    /// The socket's folder of a server that takes connections.
    fn running(&self) -> Option<PathBuf> {
        let file = PidFile::read(&self.folder())?;
        let answers =
            file.state == State::Ready && UnixStream::connect(file.socket.join(socket_name())).is_ok();
        answers.then_some(file.socket)
    }

    /// Whether a server listens, whatever its file says.
    fn listens(&self) -> anyhow::Result<bool> {
        Ok(UnixStream::connect(self.socket_folder()?.join(socket_name())).is_ok())
    }

    /// Whether a server tells that it comes up.
    fn starts(&self) -> bool {
        let file = PidFile::read(&self.folder());
        file.is_some_and(|file| file.state == State::Starting && file.lives(&self.folder()))
    }

    /// Brings the server up, or waits for one that comes up; returns the socket's folder. Needs the turn.
    ///
    /// It may take `limit` until one comes up, and then as long as that takes.
    fn ensure_running(
        &self,
        share: &mut Share,
        limit: Duration,
        given_up: impl Fn() -> bool,
    ) -> anyhow::Result<PathBuf> {
        let began = Instant::now();
        let (mut deadline, mut told) = (began + limit, began);
        loop {
            if let Some(socket) = self.running() {
                return Ok(socket);
            }
            ensure!(!given_up(), "the database server of {} is still coming up", self.data.display());
            let ended = share.reap();
            if let Some(status) = ended {
                let log = self.log_tail();
                // Children of a killed server end by themselves in a moment.
                let transient = log.contains("pre-existing shared memory block");
                ensure!(
                    transient && began.elapsed() < limit,
                    "{}the database server ended ({status}):\n{log}",
                    if self.disk_is_full() {
                        "the disk of the database is full, free space on it: "
                    } else {
                        ""
                    }
                );
                sleep(POLL * 10);
            }
            if share.child.is_none() {
                let folder = self.folder();
                match PidFile::read(&folder) {
                    // Somebody else's is coming up, or going down.
                    Some(file) if file.lives(&folder) => {}
                    // Or it is just writing what it is; it listens whatever became of that.
                    None if PidFile::is_there(&folder)
                        && (began.elapsed() < HALF_WRITTEN || self.listens()?) => {}
                    file => {
                        file.map_or_else(|| PidFile::remove(&folder), |file| file.disown(&folder))
                            .context("clearing what a dead server left")?;
                        share.child = Some(self.start()?);
                    }
                }
            }
            let now = Instant::now();
            if self.starts() {
                deadline = now + limit;
                if now > told + STILL {
                    tracing::info!(
                        seconds = began.elapsed().as_secs(),
                        "the database server is still coming up: after a crash it first replays its log"
                    );
                    told = now;
                }
            }
            ensure!(
                now < deadline,
                "the database server of {} does not answer; the end of {}:\n{}",
                self.data.display(),
                self.log().display(),
                self.log_tail()
            );
            sleep(POLL);
        }
    }

    fn start(&self) -> anyhow::Result<Child> {
        self.identity.check_reach(&self.data)?;
        self.initialise()?;
        let folder = self.folder();
        let version = std::fs::read_to_string(folder.join("PG_VERSION"))
            .with_context(|| format!("reading the version of {}", folder.display()))?;
        let major = version.trim().parse().with_context(|| format!("{} has no version", folder.display()))?;
        let programs = programs::find(Some(major))?;

        let socket = self.socket_folder()?;
        self.identity.private_folder(&socket)?;
        for left in [socket_name(), format!("{}.lock", socket_name())] {
            // No server lives: a lock with a number that another process got since would stop ours.
            let _ = std::fs::remove_file(socket.join(left));
        }

        let mut directories = std::ffi::OsString::from("unix_socket_directories=\"");
        directories.push(&socket);
        directories.push("\"");
        let mut command = self.identity.command(&programs.bin.join("postgres"), &self.data);
        command.arg("-D").arg(&folder).arg("-p").arg(PORT.to_string());
        command.arg("-c").arg(directories);
        for setting in [
            "listen_addresses=",
            "unix_socket_permissions=0700",
            "logging_collector=off",
            "log_destination=stderr",
            "log_checkpoints=off",
            // Its compile time shows in short queries, of which all of ours are.
            "jit=off",
        ] {
            command.args(["-c", setting]);
        }
        self.log_to(&mut command)?;
        tracing::debug!(folder = %folder.display(), "starting the database server");
        command.spawn().with_context(|| format!("running {}", programs.bin.join("postgres").display()))
    }

    /// Makes the cluster's files, unless they are there.
    fn initialise(&self) -> anyhow::Result<()> {
        let folder = self.folder();
        if folder.join("PG_VERSION").exists() {
            return Ok(());
        }
        ensure!(
            !folder.exists() || std::fs::remove_dir(&folder).is_ok(),
            "{} is not a database: move it away, or set TIDINGS_DATA to another folder",
            folder.display()
        );
        let programs = programs::find(None)?;
        let fresh = self.data.join(format!("postgres.new-{}", std::process::id()));
        self.clear_unfinished()?;
        tracing::info!(folder = %folder.display(), "making the database, once");

        // Upper and lower case beyond ASCII need C.UTF-8, which not every system has.
        let mut failure = String::new();
        for locale in ["C.UTF-8", "C"] {
            self.identity.private_folder(&fresh)?;
            let output = self
                .identity
                .command(&programs.bin.join("initdb"), &self.data)
                .args(["--auth=trust", "--encoding=UTF8", "--username", USER, "--locale", locale, "-D"])
                .arg(&fresh)
                .output()
                .with_context(|| format!("running {}", programs.bin.join("initdb").display()))?;
            if output.status.success() {
                std::fs::rename(&fresh, &folder)
                    .with_context(|| format!("putting the database in its place {}", folder.display()))?;
                return File::open(&self.data)
                    .and_then(|data| data.sync_all())
                    .context("writing the data folder");
            }
            failure = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            self.clear_unfinished()?;
        }
        bail!("the database could not be made in {}:\n{failure}", self.data.display())
    }

    /// Removes what an interrupted `initdb` left.
    fn clear_unfinished(&self) -> anyhow::Result<()> {
        for entry in std::fs::read_dir(&self.data).context("reading the data folder")? {
            let entry = entry.context("reading the data folder")?;
            if entry.file_name().as_bytes().starts_with(b"postgres.new-") {
                // An `initdb` whose parent was killed may still write there; then the next one clears it.
                let _ = std::fs::remove_dir_all(entry.path());
            }
        }
        Ok(())
    }

    /// Where the socket goes: into the data folder, unless its path is too long for a socket (Linux takes
    /// 107 bytes, macOS 103) or can't stand in a setting.
    fn socket_folder(&self) -> anyhow::Result<PathBuf> {
        let inside = self.data.join("socket");
        let odd = inside.to_str().is_none_or(|path| path.contains(['"', '\n', '\\']));
        if !odd && inside.join(socket_name()).as_os_str().len() <= 103 {
            return Ok(inside);
        }
        // The folder's identity on this machine, so that every process comes to the same name.
        let data = self.data.metadata().context("looking at the data folder")?;
        Ok(PathBuf::from(format!("/tmp/tidings-{:x}-{:x}", data.dev(), data.ino())))
    }

    fn stop(&self, share: &mut Share) -> anyhow::Result<()> {
        let folder = self.folder();
        let Some(file) = PidFile::read(&folder) else { return Ok(()) };
        file.stop();
        let deadline = Instant::now() + STOP_LIMIT;
        while file.lives(&folder) {
            ensure!(Instant::now() < deadline, "the database server does not stop; it is left running");
            sleep(POLL);
        }
        if let Some(mut child) = share.child.take() {
            child.wait().context("waiting for the database server's end")?;
        }
        if file.socket.starts_with("/tmp") {
            // It may hold what others put there; then it stays.
            let _ = std::fs::remove_dir(&file.socket);
        }
        Ok(())
    }

    /// Sends Postgres' own output to the log file; one old log is kept.
    fn log_to(&self, command: &mut Command) -> anyhow::Result<()> {
        const LIMIT: u64 = 10 * 1024 * 1024;
        let path = self.log();
        if path.metadata().is_ok_and(|log| log.len() > LIMIT) {
            std::fs::rename(&path, path.with_extension("log.old")).context("putting the old log away")?;
        }
        // Statements that fail stand in it, with what they hold. One of an older version was open to all.
        let log = File::options()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(&path)
            .and_then(|log| log.set_permissions(Permissions::from_mode(0o600)).map(|()| log))
            .map_err(|error| refused(&path, &error))?;
        command.stdout(log.try_clone().context("sharing the log")?).stderr(log).stdin(Stdio::null());
        Ok(())
    }

    /// The server's log can't say so: it is on that disk.
    fn disk_is_full(&self) -> bool {
        rustix::fs::statvfs(&self.data).is_ok_and(|disk| disk.f_bavail * disk.f_frsize < 1 << 20)
    }

    /// The last lines of the server's log.
    fn log_tail(&self) -> String {
        let text = std::fs::read(self.log()).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(8)..].join("\n")
    }
}

/// Whether a cluster was made in a data folder before.
pub(super) fn is_made(data_dir: &Path) -> bool {
    data_dir.join("postgres").join("PG_VERSION").exists()
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(error) = self.leave() {
            tracing::warn!(error = format!("{error:#}"), "leaving the database server");
        }
    }
}

impl Share {
    /// Takes note if the server that we started has ended.
    fn reap(&mut self) -> Option<std::process::ExitStatus> {
        let status = self.child.as_mut()?.try_wait().ok()??;
        self.child = None;
        Some(status)
    }

    /// Tells the server to end, if we started it, and does not wait for it.
    fn interrupt(&self) {
        if let Some(child) = &self.child {
            let _ = kill_process(Pid::from_child(child), Signal::INT);
        }
    }
}

/// The turn to start or stop the server; given back when dropped.
struct Turn(File);

impl Drop for Turn {
    fn drop(&mut self) {
        // Said aloud: a program that is being started elsewhere in this process still has the file open.
        let _ = self.0.unlock();
    }
}

fn socket_name() -> String {
    format!(".s.PGSQL.{PORT}")
}

/// The data folder's full path; it is made where missing, open enough for the server's user to pass.
fn data_folder(path: &Path) -> anyhow::Result<PathBuf> {
    let refused = |error| refused(path, &error);
    if let Some(above) = path.parent() {
        std::fs::create_dir_all(above).map_err(refused)?;
    }
    match std::fs::create_dir(path) {
        Ok(()) => std::fs::set_permissions(path, PermissionsExt::from_mode(0o755)).map_err(refused)?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(refused(error)),
    }
    path.canonicalize().with_context(|| format!("finding the data folder {}", path.display()))
}

fn lock_file(path: &Path) -> anyhow::Result<File> {
    File::options().create(true).truncate(false).write(true).open(path).map_err(|error| refused(path, &error))
}

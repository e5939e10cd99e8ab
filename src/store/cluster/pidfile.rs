//! `postmaster.pid`, in which a server tells who it is, where its socket is, and whether it is ready.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, fchown};
use std::path::{Path, PathBuf};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use super::programs;

/// What the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PidFile {
    /// The server's process.
    pub pid: Pid,
    /// The folder of its socket.
    pub socket: PathBuf,
    /// How far it is.
    pub state: State,
}

/// How far a server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It comes up: after a crash it first replays its log.
    Starting,
    /// It takes connections.
    Ready,
    /// It goes down.
    Stopping,
}

/// The file's name in a cluster's folder.
const NAME: &str = "postmaster.pid";

impl PidFile {
    /// Reads the file of the cluster in `folder`; `None` if there is none, or it is not whole.
    pub fn read(folder: &Path) -> Option<PidFile> {
        parse(&std::fs::read_to_string(folder.join(NAME)).ok()?)
    }

    /// Whether there is a file, whole or not.
    pub fn is_there(folder: &Path) -> bool {
        folder.join(NAME).exists()
    }

    /// Removes a file that is not whole, by which Postgres would refuse to start for ever. No server may live there.
    ///
    /// # Errors
    /// It can't be removed.
    pub fn remove(folder: &Path) -> std::io::Result<()> {
        match std::fs::remove_file(folder.join(NAME)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    /// Whether the server of `folder` lives: a process that ended unreaped, or another one that got the
    /// number since, is not it.
    pub fn lives(&self, folder: &Path) -> bool {
        // Only "no such process" is a no: another user's process answers "not permitted".
        if test_kill_process(self.pid) == Err(rustix::io::Errno::SRCH) {
            return false;
        }
        match command_line(self.pid) {
            Some(line) => line.contains("postgres") && line.contains(&*folder.to_string_lossy()),
            None => false,
        }
    }

    /// Asks the server to end: it breaks off clients and writes everything down.
    pub fn stop(&self) {
        // Already gone is as good.
        let _ = kill_process(self.pid, Signal::INT);
    }

    /// Puts our own number in place of that of a process which is not the server (it has got the number
    /// since, or ended unreaped), since Postgres would take it for a live server and refuse to start.
    ///
    /// The file itself stays: from the rest of it Postgres sees whether the old server's children still
    /// use the shared memory. It knows its parent's number to be harmless.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn disown(&self, folder: &Path) -> std::io::Result<()> {
        let path = folder.join(NAME);
        let text = std::fs::read_to_string(&path)?;
        let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
        // Aside, and then in one: half a file would keep Postgres from starting.
        let aside = folder.join(format!("{NAME}.new"));
        let mut file = File::create(&aside)?;
        write!(file, "{}\n{rest}", std::process::id())?;
        let old = path.metadata()?;
        file.set_permissions(old.permissions())?;
        fchown(&file, Some(old.uid()), Some(old.gid()))?;
        file.sync_all()?;
        std::fs::rename(&aside, &path)
    }
}

/// Lines: pid, folder, start time, port, socket folder, address, shared memory, state.
fn parse(text: &str) -> Option<PidFile> {
    let mut lines = text.lines();
    let pid = Pid::from_raw(lines.next()?.trim().parse().ok()?)?;
    let socket = PathBuf::from(lines.nth(3)?);
    let state = match lines.nth(2).map(str::trim) {
        Some("ready") => State::Ready,
        Some("stopping") => State::Stopping,
        _ => State::Starting,
    };
    Some(PidFile { pid, socket, state })
}

/// The process's command line; `None` if there is none, or it ended and waits to be reaped.
fn command_line(pid: Pid) -> Option<String> {
    let pid = pid.as_raw_nonzero();
    if Path::new("/proc/self/cmdline").exists() {
        let line = std::fs::read(format!("/proc/{pid}/cmdline")).ok()?;
        // One that waits to be reaped has an empty command line.
        return (!line.is_empty()).then(|| String::from_utf8_lossy(&line).replace('\0', " "));
    }
    let mut ps = programs::command("ps");
    let output = ps.args(["-ww", "-o", "command=", "-p", &pid.to_string()]).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const READY: &str = "4242\n/data/postgres\n1764000000\n5432\n/data/socket\n\n 123 4\nready   \n";

    #[test]
    fn a_ready_server_tells_its_process_and_socket() {
        let file = parse(READY).unwrap();
        assert_eq!(file.pid.as_raw_nonzero().get(), 4242);
        assert_eq!(file.socket, PathBuf::from("/data/socket"));
        assert_eq!(file.state, State::Ready);
    }

    #[test]
    fn a_starting_server_is_not_ready_and_half_a_file_is_none() {
        let state = |written| parse(&READY.replace("ready   ", written)).unwrap().state;
        assert_eq!(
            ["starting", "", "stopping"].map(state),
            [State::Starting, State::Starting, State::Stopping]
        );
        assert_eq!(parse("4242\n/data/postgres\n"), None);
        assert_eq!(parse(""), None);
    }

    #[test]
    fn a_file_that_is_disowned_is_whole_at_every_moment() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(NAME), READY).unwrap();
        let mut before = File::open(folder.path().join(NAME)).unwrap();
        PidFile::read(folder.path()).unwrap().disown(folder.path()).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut before, &mut text).unwrap();
        assert_eq!(text, READY);
        let after = std::fs::read_to_string(folder.path().join(NAME)).unwrap();
        assert_eq!(after, READY.replace("4242", &std::process::id().to_string()));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_number_that_another_process_got_since_is_not_the_server() {
        let own = Pid::from_raw(std::process::id().cast_signed()).unwrap();
        let file = PidFile { pid: own, socket: PathBuf::new(), state: State::Ready };
        assert!(!file.lives(Path::new("/data/postgres")));
    }
}

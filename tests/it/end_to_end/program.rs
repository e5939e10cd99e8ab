//! The program as its owner runs it: a process with a data folder, a configuration and an environment.

use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tokio::process::{Child, Command};

use crate::fake_telegram::{FakeTelegram, TOKEN};
use crate::support;

/// How long a process may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where the program is run.
#[derive(Clone)]
pub struct Place {
    /// Configuration and output; the data folder too, unless the environment names another.
    pub folder: Arc<tempfile::TempDir>,
    environment: Vec<(String, String)>,
}

/// What a process left.
#[derive(Debug)]
pub struct Ended {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
}

/// A process that runs; dropping it kills it.
pub struct Running {
    child: Child,
    stdout: PathBuf,
    stderr: PathBuf,
    /// Kept as long as the process may write there.
    _folder: Arc<tempfile::TempDir>,
}

impl Place {
    /// An empty configuration and nothing in the environment.
    pub fn new() -> Place {
        let folder = Arc::new(support::folder());
        let config = folder.path().join("tidings.toml");
        let data = folder.path().join("data");
        let place = Place { folder, environment: Vec::new() }
            .with("TIDINGS_CONFIG", config.to_str().unwrap())
            .with("TIDINGS_DATA", data.to_str().unwrap());
        place.configure("");
        place
    }

    /// The same with a token for this Telegram.
    pub fn with_telegram(self, telegram: &FakeTelegram) -> Place {
        self.with("TELOXIDE_TOKEN", TOKEN).with("TELOXIDE_API_URL", telegram.url.as_str())
    }

    /// Sets a variable.
    pub fn with(mut self, name: &str, value: &str) -> Place {
        self.environment.retain(|(known, _)| known != name);
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Writes the configuration.
    pub fn configure(&self, text: &str) {
        std::fs::write(self.folder.path().join("tidings.toml"), text).unwrap();
    }

    /// The same with no configuration any more.
    pub fn without_file(mut self) -> Place {
        self.environment.retain(|(name, _)| name != "TIDINGS_CONFIG");
        std::fs::remove_file(self.folder.path().join("tidings.toml")).unwrap();
        self
    }

    /// Starts the program.
    pub fn start(&self, arguments: &[&str]) -> Running {
        let output = |name: &str| {
            let path = tempfile::Builder::new().prefix(name).tempfile_in(self.folder.path()).unwrap();
            path.keep().unwrap()
        };
        // Files, since a pipe that nobody reads would fill up and hold the program.
        let ((out, stdout), (err, stderr)) = (output("stdout"), output("stderr"));
        let child = Command::new(env!("CARGO_BIN_EXE_tidings"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::from(out))
            .stderr(Stdio::from(err))
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        Running { child, stdout, stderr, _folder: self.folder.clone() }
    }

    /// Runs the program to its end.
    pub async fn run(&self, arguments: &[&str]) -> Ended {
        self.start(arguments).end().await
    }
}

impl Running {
    /// Tells the process something.
    pub fn signal(&self, signal: Signal) {
        let number = self.child.id().and_then(|id| Pid::from_raw(id.cast_signed())).unwrap();
        kill_process(number, signal).unwrap();
    }

    /// Its number.
    pub fn pid(&self) -> u32 {
        self.child.id().unwrap()
    }

    /// It has not ended.
    pub fn lives(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// What it has said on stderr by now.
    pub fn said(&self) -> String {
        read(&self.stderr)
    }

    /// Waits for its end.
    pub async fn end(mut self) -> Ended {
        let status = match tokio::time::timeout(PATIENCE, self.child.wait()).await {
            Ok(status) => status.unwrap(),
            Err(_) => panic!("it does not end; it said:\n{}", read(&self.stderr)),
        };
        Ended { status, stdout: read(&self.stdout), stderr: read(&self.stderr) }
    }

    /// Tells it to stop, and waits for its end.
    pub async fn stop(self) -> Ended {
        self.signal(Signal::TERM);
        self.end().await
    }

    /// Kills it.
    pub async fn kill(self) -> Ended {
        self.signal(Signal::KILL);
        self.end().await
    }
}

impl Ended {
    /// Exit status 0, and nothing on stdout: a service prints no results.
    #[track_caller]
    pub fn assert_stopped(&self) {
        assert!(self.status.success(), "{}\n{}", self.status, self.stderr);
        assert_eq!(self.stdout, "");
    }

    /// Exit status 1, with these words on stderr.
    #[track_caller]
    pub fn assert_failed(&self, words: &[&str]) {
        assert_eq!(self.status.code(), Some(1), "{}", self.stderr);
        for word in words {
            assert!(self.stderr.contains(word), "{word:?} is not in: {}", self.stderr);
        }
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

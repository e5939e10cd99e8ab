//! A Postgres of a trial's own, on a network port: to be stopped in each way in which servers stop.

use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{Connection, PgConnection};

use crate::cluster::made_folder;

/// The ways in which a server stops: it ends its clients, it breaks off, it is killed.
pub const WAYS: [Signal; 3] = [Signal::INT, Signal::QUIT, Signal::KILL];

/// The server; it ends when it is dropped.
pub struct Postgres {
    folder: PathBuf,
    port: u16,
    settings: Vec<String>,
    child: Option<Child>,
}

impl Postgres {
    /// Starts one with these settings.
    pub async fn start(settings: &[&str]) -> Postgres {
        let folder = made_folder().await.join("postgres");
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
        let mut postgres = Postgres { folder, port, settings, child: None };
        postgres.up().await;
        postgres
    }

    /// The way to a database of it.
    pub fn options(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .host("127.0.0.1")
            .port(self.port)
            .username("tidings")
            .database(database)
            .ssl_mode(PgSslMode::Disable)
    }

    /// Starts the server, and waits until it takes connections. What a killed one left may be in its way for a moment.
    pub async fn up(&mut self) {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let ended = self.child.as_mut().is_none_or(|child| child.try_wait().unwrap().is_some());
            if ended {
                self.child = Some(self.spawn());
            }
            if let Ok(connection) = PgConnection::connect_with(&self.options("postgres")).await {
                connection.close().await.unwrap();
                return;
            }
            assert!(Instant::now() < until, "the server does not start");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Stops it in one of the [`WAYS`], and waits for its end.
    pub async fn down(&mut self, way: Signal) {
        let mut child = self.child.take().unwrap();
        kill_process(Pid::from_child(&child), way).unwrap();
        tokio::task::spawn_blocking(move || child.wait().unwrap()).await.unwrap();
    }

    /// Gives a folder to the server's user.
    pub fn give(&self, folder: &Path) {
        let owner = self.folder.metadata().unwrap();
        std::os::unix::fs::chown(folder, Some(owner.uid()), Some(owner.gid())).unwrap();
    }

    fn spawn(&self) -> Child {
        // How the cluster's own server was started: the program first.
        let started = std::fs::read_to_string(self.folder.join("postmaster.opts")).unwrap();
        let mut command = Command::new(started.split(' ').next().unwrap());
        command.arg("-D").arg(&self.folder).args(["-p", &self.port.to_string()]);
        for setting in ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"] {
            command.args(["-c", setting]);
        }
        for setting in &self.settings {
            command.args(["-c", setting]);
        }
        if rustix::process::geteuid().is_root() {
            let owner = self.folder.metadata().unwrap();
            command.uid(owner.uid()).gid(owner.gid());
        }
        command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = kill_process(Pid::from_child(&child), Signal::QUIT);
            let _ = child.wait();
        }
    }
}

//! The way to a database with the current schema.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::time::Duration;

use anyhow::{Context, anyhow};
use sqlx::migrate::MigrateError;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sqlx::{Connection, PgConnection, PgPool};

use super::address;
use super::cluster::{self, Cluster};
use super::scratch::Scratch;
use super::trouble;
use crate::config::Secret;

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a connection that comes back may take to say that it is there still: what was under way when it was given
/// back is waited for.
const ANSWER: Duration = Duration::from_secs(2);

/// How long connections that are in use may take to come back at the end.
const PARTING: Duration = Duration::from_secs(1);

/// Connections at most: replicas share one server's hundred.
const CONNECTIONS: u32 = 10;

/// A database, and our share in the server that runs it.
#[derive(Debug)]
pub struct Database {
    /// Its connections.
    pub pool: PgPool,
    // Fields drop in order: the scratch database goes while the server still runs.
    scratch: Option<Scratch>,
    server: Server,
}

/// Who runs the server.
#[derive(Debug)]
pub(super) enum Server {
    /// Somebody else, behind `DATABASE_URL`.
    Outside(Box<PgConnectOptions>),
    /// We and other commands on the same data folder.
    Private {
        /// Our share.
        cluster: Arc<Cluster>,
        /// Where it lives.
        data_dir: PathBuf,
        /// How to connect.
        options: Box<PgConnectOptions>,
    },
}

/// Opens the database of `database_url`, or the private one in `data_dir`, and brings its schema up to date.
///
/// # Errors
/// Each with its mend: the server can't be reached or started, or a newer Tidings made the schema.
pub async fn open(database_url: Option<&Secret>, data_dir: &Path) -> anyhow::Result<Database> {
    let database = connect(database_url, data_dir).await?;
    migrate(&database.pool).await?;
    Ok(database)
}

/// Like [`open`], but leaves the schema as it is.
///
/// # Errors
/// The server can't be reached or started.
pub async fn connect(database_url: Option<&Secret>, data_dir: &Path) -> anyhow::Result<Database> {
    let server = match database_url {
        Some(url) => Server::Outside(Box::new(named(address::parse(url)?))),
        None => Server::private(data_dir).await?,
    };
    let pool = match &server {
        Server::Outside(options) => {
            address::reach(options, PATIENCE).await?;
            pool(options)
        }
        Server::Private { options, .. } => {
            ensure_database(options).await?;
            pool(options)
        }
    };
    Ok(Database { pool, scratch: None, server })
}

impl Database {
    pub(super) fn of_scratch(pool: PgPool, scratch: Scratch, server: Server) -> Database {
        Database { pool, scratch: Some(scratch), server }
    }

    /// Where it is, in words: a host, or a folder. No secret.
    pub fn place(&self) -> String {
        match &self.server {
            Server::Outside(options) => address::place(options),
            Server::Private { data_dir, .. } => data_dir.display().to_string(),
        }
    }

    pub(super) fn server(&self) -> &Server {
        &self.server
    }

    /// Ends all connections; the last user of a private server also stops it.
    ///
    /// # Errors
    /// A scratch database can't be dropped, or the server does not stop.
    pub async fn close(mut self) -> anyhow::Result<()> {
        // What hangs and does not give its connection back is ended with the process.
        let _ = tokio::time::timeout(PARTING, self.pool.close()).await;
        if let Some(scratch) = self.scratch.take() {
            scratch.remove().await?;
        }
        if let Server::Private { cluster, .. } = &self.server {
            let cluster = Arc::clone(cluster);
            blocking(move || cluster.leave()).await?;
        }
        Ok(())
    }

    /// Restarts a private server whenever it dies, until the database is closed; to be spawned.
    pub fn watch(&self) -> impl Future<Output = ()> + Send + 'static {
        let cluster = match &self.server {
            Server::Private { cluster, .. } => Arc::downgrade(cluster),
            Server::Outside(_) => Weak::new(),
        };
        watch(cluster)
    }
}

impl Server {
    async fn private(data_dir: &Path) -> anyhow::Result<Server> {
        let data_dir = data_dir.to_owned();
        // Gone with this future, if it is dropped.
        let here = Arc::new(());
        let (cluster, socket) = blocking({
            let (data_dir, waiting) = (data_dir.clone(), Arc::downgrade(&here));
            move || Cluster::join(&data_dir, &waiting)
        })
        .await?;
        let options = PgConnectOptions::new_without_pgpass()
            .socket(socket)
            .port(cluster::PORT)
            .username(cluster::USER)
            .database("tidings")
            .ssl_mode(PgSslMode::Disable);
        Ok(Server::Private { cluster: Arc::new(cluster), data_dir, options: Box::new(named(options)) })
    }

    /// Another share in the same server.
    pub(super) async fn again(&self) -> anyhow::Result<Server> {
        match self {
            Server::Outside(options) => Ok(Server::Outside(options.clone())),
            Server::Private { data_dir, .. } => Server::private(data_dir).await,
        }
    }

    /// How to connect to the main database.
    pub(super) fn options(&self) -> &PgConnectOptions {
        match self {
            Server::Outside(options) | Server::Private { options, .. } => options,
        }
    }
}

/// A pool whose connections are made when they are needed.
pub(super) fn pool(options: &PgConnectOptions) -> PgPool {
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .after_connect(|connection, _| Box::pin(look_after_us(connection)))
        .after_release(|connection, _| Box::pin(answers(connection)))
        .connect_lazy_with(options.clone())
}

/// Has the server look every half a minute whether we are there still, and end a transaction in which we say nothing
/// for long: a machine that lost its power says no word, nor does a process that was stopped or a container that was
/// paused, and their locks would stay for hours.
///
/// Five minutes are far more than one article takes, and less than those who wait take for a hang.
pub(super) async fn look_after_us(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::raw_sql(
        "set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3;
         set idle_in_transaction_session_timeout = '5min'",
    )
    .execute(connection)
    .await
    .map(drop)
}

/// Whether a connection that comes back is there still. The pool asks too, but without an end: where a network
/// swallows what is sent, its place would stay taken for hours.
async fn answers(connection: &mut PgConnection) -> sqlx::Result<bool> {
    let asked = tokio::time::timeout(ANSWER, connection.ping()).await;
    asked.map_err(|_| sqlx::Error::Io(std::io::ErrorKind::TimedOut.into()))?.map(|()| true)
}

/// Brings the schema up to date; processes that start at once take turns.
pub(super) async fn migrate(pool: &PgPool) -> anyhow::Result<()> {
    match sqlx::migrate!().run(pool).await {
        Err(MigrateError::VersionMissing(version)) => Err(anyhow!(
            "a newer Tidings has changed this database (migration {version}): use that version or a newer one"
        )),
        Err(MigrateError::VersionMismatch(version)) => Err(anyhow!(
            "another Tidings made this database (its migration {version} differs): use that one, or another database"
        )),
        Err(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) => {
            let doing = "bringing the database's schema up to date";
            let options = pool.connect_options();
            Err(address::closed(&options, &error)
                .or_else(|| address::narrow(&options, &error))
                .or_else(|| trouble::of(&error).map(anyhow::Error::from))
                .unwrap_or_else(|| anyhow::Error::from(error).context(doing)))
        }
        result => result.context("bringing the database's schema up to date"),
    }
}

async fn watch(cluster: Weak<Cluster>) {
    const PAUSE: Duration = Duration::from_secs(1);
    let (mut pause, mut told) = (PAUSE, false);
    loop {
        tokio::time::sleep(pause).await;
        let Some(cluster) = cluster.upgrade() else { return };
        pause = match blocking(move || cluster.revive()).await {
            Ok(revived) => {
                if revived || told {
                    tracing::warn!("the database server had died; it runs again");
                }
                told = false;
                PAUSE
            }
            Err(error) => {
                // Once a spell: a disk that is full for a night is one event.
                if !told {
                    tracing::error!("the database server died and does not start: {error:#}");
                }
                told = true;
                (pause * 2).min(Duration::from_secs(15))
            }
        };
    }
}

fn named(options: PgConnectOptions) -> PgConnectOptions {
    options.application_name("tidings")
}

/// Makes the private cluster's database, unless it is there.
async fn ensure_database(options: &PgConnectOptions) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect_with(&options.clone().database("postgres"))
        .await
        .context("connecting to the private database server")?;
    let there = sqlx::query_scalar!(
        r#"select exists (select from pg_database where datname = 'tidings') as "there!""#
    )
    .fetch_one(&mut connection)
    .await
    .context("looking for the database in the private server")?;
    if !there {
        match sqlx::raw_sql("create database tidings").execute(&mut connection).await {
            Ok(_) => {}
            // Another command has just made it.
            Err(sqlx::Error::Database(error))
                if matches!(error.code().as_deref(), Some("42P04" | "23505")) => {}
            Err(error) => return Err(error).context("making the database in the private server"),
        }
    }
    connection.close().await.context("closing a connection")
}

/// Runs what blocks on a thread where it may.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
) -> anyhow::Result<T> {
    tokio::task::spawn_blocking(work).await.context("running a blocking step")?
}

//! Who holds what among processes that share one Postgres: session advisory locks, which end with their
//! holder, however it ends.
//!
//! They need sessions of their own: a pooler between us and Postgres has to pool by session.

use std::time::Duration;

use anyhow::{Context, anyhow};
use sqlx::{Connection, PgConnection, PgPool};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::connect::look_after_us;
use super::scratch::random_number;
use super::trouble::Trouble;

/// The first key of the advisory locks of processes; the view `live_process` has the same number.
const LOCKS: i32 = 0x7469_6469;

/// The job of the one process that asks Telegram for updates.
pub const POLLER: &str = "poller";

/// How often a lock's connection is looked after: what it stands for is lost with it, and others may have it at once.
const PULSE: Duration = Duration::from_secs(1);

/// How long a busy server may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long the holder of a job may say nothing, where it does so every [`PULSE`]; others stand by in vain meanwhile.
const SILENCE: Duration = Duration::from_secs(60);

/// A process's name in leases: a random number, whose advisory lock it holds as long as it lives.
///
/// A lease by a number that the view `live_process` does not show is void.
#[derive(Debug)]
pub struct Process {
    number: i32,
    keeper: JoinHandle<()>,
}

impl Process {
    /// Takes a number; its lock is held on a connection of its own and taken again if that is lost.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn register(pool: &PgPool) -> anyhow::Result<Process> {
        loop {
            let number = random_number();
            if let Some(connection) = hold(pool, number).await? {
                let keeper = tokio::spawn(keep(pool.clone(), number, connection));
                return Ok(Process { number, keeper });
            }
        }
    }

    /// Resolves only if the keeping broke: leases by this number may then be taken for void.
    pub async fn broken(&mut self) -> anyhow::Error {
        match (&mut self.keeper).await {
            Ok(()) => anyhow!("the keeper ended"),
            Err(error) => error.into(),
        }
    }

    /// The number, from 1; never that of another live process.
    pub fn number(&self) -> i32 {
        self.number
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.keeper.abort();
    }
}

/// Whether a process that names itself so works on this database.
///
/// # Errors
/// The database can't be reached.
pub(super) async fn someone_runs(pool: &PgPool) -> anyhow::Result<bool> {
    // As the view `live_process`, which a database of whatever schema may not have.
    sqlx::query_scalar!(
        r#"select exists (
               select from pg_locks
               where locktype = 'advisory' and classid::bigint = $1 and objsubid = 2 and granted
                 and database = (select oid from pg_database where datname = current_database())) as "runs!""#,
        i64::from(LOCKS)
    )
    .fetch_one(pool)
    .await
    .context("looking whether `tidings run` works on the database")
}

/// A job that one process at a time may do, by name: the poller, the compiler. Given back when dropped.
///
/// It is said again and again, beside the job, that its holder is there: who falls silent loses it.
#[derive(Debug)]
pub struct Guard {
    /// The keeper waits for its end.
    held: oneshot::Sender<()>,
    keeper: JoinHandle<()>,
}

impl Guard {
    /// Takes the job `name` in this database; `None` while another process has it.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn try_take(pool: &PgPool, name: &str) -> anyhow::Result<Option<Guard>> {
        Guard::take_until_silent(pool, name, SILENCE).await
    }

    /// The same, where the job is lost to a process that says nothing for so long.
    ///
    /// # Errors
    /// As [`Guard::try_take`].
    pub async fn take_until_silent(
        pool: &PgPool,
        name: &str,
        silence: Duration,
    ) -> anyhow::Result<Option<Guard>> {
        let mut connection = own_connection(pool).await?;
        // A process that was stopped, or whose container is paused, has its connections still. Servers before
        // PostgreSQL 14 don't know the setting.
        let taking = sqlx::query!(
            r#"select pg_try_advisory_lock(hashtextextended($1, 0)) as "taken!",
                   (select set_config(name, $2, false) from pg_settings where name = 'idle_session_timeout') as silence"#,
            name,
            silence.as_millis().to_string(),
        )
        .fetch_one(&mut connection);
        let answer = in_time(taking).await.with_context(|| format!("taking the job {name}"))?;
        Ok(answer.taken.then(|| {
            let (held, given_back) = oneshot::channel();
            Guard { held, keeper: tokio::spawn(hold_until(given_back, connection)) }
        }))
    }

    /// Does the job, and gives it back. Breaks it off once it is lost: another process may have it by then.
    ///
    /// # Errors
    /// The job's own, or it was lost.
    pub async fn during<T>(mut self, job: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
        let done = tokio::select! {
            done = job => done,
            () = self.lost() => Err(anyhow!(Trouble::Away).context("a job was lost with its connection")),
        };
        self.release().await;
        done
    }

    /// Resolves when the job is lost, with its connection; to be raced against the job itself.
    pub async fn lost(&mut self) {
        self.held.closed().await;
    }

    /// Gives the job back, and waits until others can take it.
    pub async fn release(self) {
        drop(self.held);
        let _ = self.keeper.await;
    }
}

/// Keeps a job's connection alive until the job is given back; ends before that if the connection is lost.
async fn hold_until(given_back: oneshot::Receiver<()>, mut connection: PgConnection) {
    let lost = async {
        while alive(&mut connection).await {
            tokio::time::sleep(PULSE).await;
        }
    };
    tokio::select! {
        _ = given_back => {}
        () = lost => return,
    }
    // Given back first: the server may notice only later that the connection was closed. If either fails, the
    // connection is gone, and the lock with it.
    let giving = async {
        let _ = sqlx::raw_sql("select pg_advisory_unlock_all()").execute(&mut connection).await;
        let _ = connection.close().await;
    };
    let _ = tokio::time::timeout(PATIENCE, giving).await;
}

async fn keep(pool: PgPool, number: i32, mut connection: PgConnection) {
    loop {
        tokio::time::sleep(PULSE).await;
        if alive(&mut connection).await {
            continue;
        }
        // What else fails by it is told elsewhere; parts that we have in flight are ours for some time yet.
        tracing::debug!(process = number, "the connection that holds this process's name was lost");
        // It may be slow and not dead: as long as we keep it, it keeps the lock from us.
        drop(connection);
        connection = loop {
            match hold(&pool, number).await {
                Ok(Some(again)) => break again,
                // The server has not noticed yet that the old session, which holds it, is gone.
                Ok(None) => {}
                Err(error) => tracing::debug!(process = number, error = format!("{error:#}"), "not yet back"),
            }
            tokio::time::sleep(PULSE / 4).await;
        };
    }
}

async fn hold(pool: &PgPool, number: i32) -> anyhow::Result<Option<PgConnection>> {
    let mut connection = own_connection(pool).await?;
    let taking = sqlx::query_scalar!(r#"select pg_try_advisory_lock($1, $2) as "taken!""#, LOCKS, number)
        .fetch_one(&mut connection);
    let taken = in_time(taking).await.context("taking this process's name")?;
    Ok(taken.then_some(connection))
}

async fn own_connection(pool: &PgPool) -> anyhow::Result<PgConnection> {
    let connecting = async {
        let mut connection = PgConnection::connect_with(&pool.connect_options()).await?;
        look_after_us(&mut connection).await?;
        Ok::<_, sqlx::Error>(connection)
    };
    in_time(connecting).await.context("connecting for an advisory lock")
}

/// A server that takes what is sent and says no more would be waited for without end.
async fn in_time<T>(asking: impl Future<Output = sqlx::Result<T>>) -> sqlx::Result<T> {
    tokio::time::timeout(PATIENCE, asking).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
}

async fn alive(connection: &mut PgConnection) -> bool {
    matches!(tokio::time::timeout(PATIENCE, connection.ping()).await, Ok(Ok(())))
}

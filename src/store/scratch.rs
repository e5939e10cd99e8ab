//! A database of its own for replay, demo and tests: current schema, no rows, gone at the end.
//!
//! It is a copy of a template that stays on the server, one per schema (`tidings_template_…`). Each scratch
//! database has a number, whose advisory lock its user holds: one that no lock stands for was left by a
//! killed process, and the next to come sweeps it away.

use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState};

use anyhow::Context;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::connect::{Database, migrate, pool};

/// The first key of the advisory locks of scratch databases; the second is the number, 0 for the template.
const LOCKS: i32 = 0x7363_7261;

/// Makes a fresh database with the current schema beside `beside`, whose own schema may be of any age.
///
/// It has its own share in the server: either may be closed first.
///
/// # Errors
/// The server can't be reached, or the user may not make databases.
pub async fn scratch(beside: &Database) -> anyhow::Result<Database> {
    let server = beside.server().again().await?;
    let options = server.options().clone();
    let mut keeper =
        PgConnection::connect_with(&options).await.context("connecting for a scratch database")?;
    sweep(&mut keeper).await?;
    let template = ensure_template(&mut keeper, &options).await?;

    let number = random_number();
    // The lock first: without it, a sweep would take the new database for a left one.
    sqlx::query!("select pg_advisory_lock($1, $2)", LOCKS, number)
        .execute(&mut keeper)
        .await
        .context("locking a scratch database")?;
    let name = format!("tidings_scratch_{number}");
    run(&mut keeper, format!("create database {name} template {template}")).await?;
    let scratch = Scratch { name, keeper: Some(keeper), options };
    let options = scratch.options.clone().database(&scratch.name);
    Ok(Database::of_scratch(pool(&options), scratch, server))
}

/// A number from 1, by which a process or a scratch database is known.
pub(super) fn random_number() -> i32 {
    let random = RandomState::new().build_hasher().finish();
    i32::try_from(random >> 33).map_or(1, |number| number.max(1))
}

/// The scratch database to be removed; dropping this blocks until it is.
#[derive(Debug)]
pub(super) struct Scratch {
    name: String,
    /// Holds the lock.
    keeper: Option<PgConnection>,
    options: PgConnectOptions,
}

impl Scratch {
    /// Removes the database.
    pub(super) async fn remove(mut self) -> anyhow::Result<()> {
        let Some(mut keeper) = self.keeper.take() else { return Ok(()) };
        run(&mut keeper, format!("drop database if exists {} with (force)", self.name)).await?;
        keeper.close().await.context("closing a connection")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if self.keeper.take().is_none() {
            return;
        }
        let (name, options) = (self.name.clone(), self.options.clone());
        // The connection's own runtime may be ending: a thread with another one does it.
        let removal = std::thread::spawn(move || -> anyhow::Result<()> {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut connection = PgConnection::connect_with(&options).await?;
                run(&mut connection, format!("drop database if exists {name} with (force)")).await?;
                Ok(connection.close().await?)
            })
        });
        if let Ok(Err(error)) = removal.join() {
            tracing::debug!(
                error = format!("{error:#}"),
                "a scratch database is left for the next one to sweep"
            );
        }
    }
}

/// Drops scratch databases whose process is gone.
async fn sweep(connection: &mut PgConnection) -> anyhow::Result<()> {
    let left = sqlx::query_scalar!(
        r#"
        select datname::text as "name!"
        from pg_database
        where datname ~ '^tidings_scratch_[0-9]+$'
          and substring(datname from '[0-9]+$')::bigint not in (
              select objid::bigint from pg_locks
              where locktype = 'advisory' and classid::bigint = $1 and objsubid = 2 and granted
          )
        "#,
        i64::from(LOCKS)
    )
    .fetch_all(&mut *connection)
    .await
    .context("looking for left scratch databases")?;
    for name in left {
        // Another process may be sweeping too; whatever stays is the next one's.
        if let Err(error) = run(connection, format!("drop database if exists {name} with (force)")).await {
            tracing::debug!(error = format!("{error:#}"), "a left scratch database stays");
        }
    }
    Ok(())
}

/// The template of the current schema; it is made where missing, and takes the place of older ones.
async fn ensure_template(
    connection: &mut PgConnection,
    options: &PgConnectOptions,
) -> anyhow::Result<String> {
    let name = template_name();
    sqlx::query!("select pg_advisory_lock($1, 0)", LOCKS)
        .execute(&mut *connection)
        .await
        .context("locking the template database")?;
    let names = sqlx::query_scalar!(
        r#"select datname::text as "name!" from pg_database where datname ~ '^tidings_template_[0-9a-f]+(_new)?$'"#
    )
    .fetch_all(&mut *connection)
    .await
    .context("looking for the template database")?;

    if !names.contains(&name) {
        for old in names {
            if let Err(error) = run(connection, format!("drop database if exists {old} with (force)")).await {
                tracing::debug!(error = format!("{error:#}"), "an old template database stays");
            }
        }
        // Under another name until it is whole.
        run(connection, format!("create database {name}_new template template0")).await?;
        let fresh = pool(&options.clone().database(&format!("{name}_new")));
        migrate(&fresh).await?;
        fresh.close().await;
        run(connection, format!("alter database {name}_new rename to {name}")).await?;
        // A connection to it would stand in the way of copying it.
        run(connection, format!("alter database {name} with allow_connections false")).await?;
    }
    sqlx::query_scalar!("select pg_advisory_unlock($1, 0)", LOCKS)
        .fetch_one(&mut *connection)
        .await
        .context("unlocking the template database")?;
    Ok(name)
}

fn template_name() -> String {
    let mut hasher = DefaultHasher::new();
    for migration in sqlx::migrate!().iter() {
        migration.checksum.hash(&mut hasher);
    }
    format!("tidings_template_{:016x}", hasher.finish())
}

/// Runs a statement on a database as a whole; its parts are names made here.
async fn run(connection: &mut PgConnection, statement: String) -> anyhow::Result<()> {
    let doing =
        format!("running `{statement}` (the user of DATABASE_URL needs the right to create databases)");
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(connection).await.context(doing)?;
    Ok(())
}

//! Trouble of the database as a whole: what is wrong with it, and what mends that.
//!
//! A query that is wrong fails for itself. A server that is away, has no room or takes no changes fails them all:
//! whoever meets that waits and tries again, and blames no source, article or chat for it.

use std::time::Duration;

use sqlx::{Connection, PgConnection, PgPool};
use thiserror::Error;
use tokio::time::error::Elapsed;

/// How long a look at the server may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is wrong with the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Trouble {
    /// It can't be reached: it is down, restarts, cut the connection, or does not answer.
    #[error("the database can't be reached: see that its server runs")]
    Away,
    /// Its disk is full.
    #[error("the disk of the database is full: free space on it")]
    Full,
    /// It takes no changes.
    #[error(
        "the database takes no changes: set default_transaction_read_only off, or connect to the primary"
    )]
    ReadOnly,
    /// It takes no more connections, or has no memory left.
    #[error(
        "the database server takes no more connections: raise its max_connections, or end what holds them"
    )]
    Crowded,
    /// All connections of this process are in use, or the server is away: no telling which.
    #[error(
        "no connection to the database is free: its queries take too long, or something locks its tables"
    )]
    Waiting,
}

impl Trouble {
    /// The trouble that an error comes of; `None`: the error is the query's own.
    pub fn of(error: &anyhow::Error) -> Option<Trouble> {
        error.chain().find_map(|cause| match cause.downcast_ref::<Trouble>() {
            Some(trouble) => Some(*trouble),
            None => cause.downcast_ref::<sqlx::Error>().and_then(of),
        })
    }

    /// What it is, as far as a look at the server tells more.
    pub async fn looked_into(self, db: &PgPool) -> Trouble {
        if self != Trouble::Waiting {
            return self;
        }
        let options = db.connect_options();
        match tokio::time::timeout(PATIENCE, PgConnection::connect_with(&options)).await {
            Ok(Ok(connection)) => {
                let _ = connection.close().await;
                self
            }
            Ok(Err(error)) => of(&error).filter(|found| *found != self).unwrap_or(Trouble::Away),
            Err(_) => Trouble::Away,
        }
    }
}

/// An error with what it comes of, for people: nothing twice, and without the places in libraries' sources.
pub fn explain(error: &anyhow::Error) -> String {
    let mut said: Vec<String> = Vec::new();
    for cause in error.chain() {
        // What lies below it says the same again.
        if let Some(error) = cause.downcast_ref::<sqlx::Error>() {
            said.push(plain(error));
            break;
        }
        let words = cause.to_string();
        if !said.last().is_some_and(|last| last.ends_with(&words)) {
            said.push(words);
        }
    }
    said.join(": ")
}

/// What the database, or the way to it, said.
pub(super) fn plain(error: &sqlx::Error) -> String {
    match error {
        // Their own words add the line of Postgres' source, or only that a database was spoken to.
        sqlx::Error::Database(refused) => refused.message().to_owned(),
        sqlx::Error::Io(error) => error.to_string(),
        sqlx::Error::Tls(error) | sqlx::Error::Configuration(error) => error.to_string(),
        error => error.to_string(),
    }
}

/// The trouble that an error of the database is, or comes of.
pub(super) fn of(error: &sqlx::Error) -> Option<Trouble> {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => {
            Some(Trouble::Away)
        }
        sqlx::Error::PoolTimedOut => Some(Trouble::Waiting),
        sqlx::Error::Database(refused) => match refused.code().as_deref()? {
            "53100" => Some(Trouble::Full),
            "25006" => Some(Trouble::ReadOnly),
            code if code.starts_with("53") => Some(Trouble::Crowded),
            // Shut down, crashed, starting up; a connection that broke, or was ended for our silence.
            code if code.starts_with("57P") || code.starts_with("08") || code == "25P03" => {
                Some(Trouble::Away)
            }
            _ => None,
        },
        _ => None,
    }
}

/// Whether an error comes of a query that the server ended, for it took longer than it may, or that had no turn in time.
pub fn took_too_long(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let refused = cause.downcast_ref::<sqlx::Error>().and_then(|error| error.as_database_error());
        refused.and_then(|refused| refused.code()).as_deref() == Some("57014") || cause.is::<Elapsed>()
    })
}

/// Closes the connections that nobody uses: what a server has set for new ones holds for them at last.
pub async fn renew(db: &PgPool) {
    while let Some(connection) = db.try_acquire() {
        // Not politely: the server may be away.
        let _ = connection.detach().close_hard().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_nothing_twice() {
        let away = sqlx::Error::from(std::io::Error::other("reset"));
        assert_eq!(explain(&anyhow::Error::from(away).context("storing a list")), "storing a list: reset");
        let twice = anyhow::anyhow!("reset").context("reading a page: reset").context("fetching");
        assert_eq!(explain(&twice), "fetching: reading a page: reset");
    }

    #[tokio::test]
    async fn what_had_no_turn_in_time_took_too_long() {
        let waited = tokio::time::timeout(Duration::ZERO, std::future::pending::<()>()).await.unwrap_err();
        assert!(took_too_long(&anyhow::Error::from(waited).context("waiting for other lookups")));
        assert!(!took_too_long(&anyhow::Error::from(sqlx::Error::RowNotFound)));
    }

    #[test]
    fn what_is_the_querys_own_is_no_trouble_of_the_database() {
        let trouble = |error: sqlx::Error| Trouble::of(&anyhow::Error::from(error).context("storing a list"));
        assert_eq!(trouble(sqlx::Error::RowNotFound), None);
        assert_eq!(trouble(sqlx::Error::PoolTimedOut), Some(Trouble::Waiting));
        assert_eq!(trouble(std::io::Error::other("reset").into()), Some(Trouble::Away));
        assert_eq!(
            Trouble::of(&anyhow::Error::from(Trouble::Away).context("recording")),
            Some(Trouble::Away)
        );
        assert_eq!(Trouble::of(&anyhow::anyhow!("no list")), None);
    }
}

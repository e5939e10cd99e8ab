//! Why nothing came, in words for the owner.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use url::Url;

use crate::scrape::guard::PrivateAddress;

/// Why nothing came.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Neither http nor https.
    #[error("{0}: addresses can't be fetched, only http: and https:")]
    Scheme(String),
    /// An address that is not to be dialled.
    #[error(transparent)]
    Private(#[from] PrivateAddress),
    /// The host's rules are against it.
    #[error(
        "the robots.txt of {host} does not let bots read this address; if its owner lets you, add {host} to ignore_robots"
    )]
    Forbidden {
        /// The host.
        host: String,
    },
    /// The host's rules can't be had, and until they are, nothing is asked for.
    #[error("the robots.txt of {host} can't be had, and nothing is asked for without: {why}")]
    NoRules {
        /// The host.
        host: String,
        /// What went wrong.
        why: String,
        /// When they are asked for again.
        until: DateTime<Utc>,
    },
    /// Nothing was asked: the host is to be left alone for now. No failure of anybody's.
    #[error("{host} is not to be asked before {}", until.format("%Y-%m-%d %H:%M:%S UTC"))]
    NotYet {
        /// The host.
        host: String,
        /// When to try again.
        until: DateTime<Utc>,
    },
    /// The server says no.
    #[error("{}", words(*status))]
    Status {
        /// Its status.
        status: StatusCode,
        /// When it wants to be asked again.
        retry_after: Option<DateTime<Utc>>,
    },
    /// A redirect without a usable target, or too many of them.
    #[error("redirected {0}")]
    Redirect(String),
    /// Too slow.
    #[error("timed out after {} s", .0.as_secs_f32())]
    TimedOut(Duration),
    /// Too long.
    #[error("body over {} MB", .0 >> 20)]
    TooLong(usize),
    /// No connection.
    #[error("{what}{}", if *.cut_off { "; nobody else can be reached from here either" } else { "" })]
    Unreachable {
        /// What was to be had: after a redirect, its target.
        url: Url,
        /// What went wrong.
        what: String,
        /// Nobody can be reached from here: no fault of the source.
        cut_off: bool,
    },
    /// A connection that broke, or a body that did.
    #[error("{0}")]
    Broken(String),
}

impl FetchError {
    /// When the server wants to be asked again, if it said so.
    pub fn retry_after(&self) -> Option<DateTime<Utc>> {
        match self {
            FetchError::Status { retry_after, .. } => *retry_after,
            FetchError::NoRules { until, .. } | FetchError::NotYet { until, .. } => Some(*until),
            _ => None,
        }
    }
}

/// "404 Not Found".
fn words(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    }
}

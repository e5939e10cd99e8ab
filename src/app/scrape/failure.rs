//! Why a list or a page could not be had, as the scraper takes it.

use chrono::{DateTime, Utc};

use crate::scrape::fetch::FetchError;
use crate::store::Trouble;

/// What went wrong.
#[derive(Debug)]
pub struct Failure {
    /// In words, for the owner.
    pub words: String,
    /// When the server wants to be asked again.
    pub asked: Option<DateTime<Utc>>,
    /// Whose fault it is.
    pub fault: Fault,
}

/// Whose fault a failure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The publisher's: it counts.
    Theirs,
    /// Theirs, as far as can be told: there is no way to their host. It counts.
    Away,
    /// Theirs for good: trying again makes no sense.
    Forbidden,
    /// Our network's or our database's: nobody could be reached, or nothing recorded.
    Ours,
    /// Nobody's: nothing was asked for, since the host is to be left alone until then.
    Early(DateTime<Utc>),
    /// Nobody's: the source was checked, changed or removed meanwhile.
    Overtaken,
}

impl Failure {
    /// A failure to make something of what came.
    pub fn new(error: impl std::fmt::Display) -> Failure {
        Failure { words: error.to_string(), asked: None, fault: Fault::Theirs }
    }

    /// What the database did not do for a check: no fault of the source where it is in trouble as a whole.
    pub fn of_database(error: &anyhow::Error) -> Failure {
        let fault = if Trouble::of(error).is_some() { Fault::Ours } else { Fault::Theirs };
        Failure { fault, ..Failure::new(format!("{error:#}")) }
    }

    /// The same, of a part of the list.
    pub fn about(self, part: &str) -> Failure {
        Failure { words: format!("{part}: {}", self.words), ..self }
    }
}

impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Failure {
        let fault = match error {
            FetchError::Unreachable { cut_off: true, .. } => Fault::Ours,
            FetchError::Unreachable { .. } => Fault::Away,
            FetchError::NotYet { until, .. } => Fault::Early(until),
            FetchError::Forbidden { .. } => Fault::Forbidden,
            _ => Fault::Theirs,
        };
        Failure { words: error.to_string(), asked: error.retry_after(), fault }
    }
}

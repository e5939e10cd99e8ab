//! The last warnings and errors of this process, kept in memory for its admins.
//!
//! In: what is logged, as a layer beside the one that writes the log. Out: the last fifty entries, each with its
//! time and level. Nothing secret is kept: the log holds none, and what looks like a token or a password is
//! blotted out here all the same, for this is read out in a chat.

use std::collections::VecDeque;
use std::fmt::{Debug, Write as _};
use std::sync::{LazyLock, Mutex};

use chrono::{DateTime, Utc};
use regex::Regex;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

use crate::clock::Clock;

/// How many entries are kept.
const KEPT: usize = 50;
/// Characters of an entry; an error with its causes is shorter.
const LONGEST: usize = 1_000;

/// The log is the process's, and so are its last entries.
static LAST: Mutex<VecDeque<Entry>> = Mutex::new(VecDeque::new());

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// An error; else a warning.
    pub error: bool,
    /// What, with its fields.
    pub text: String,
}

/// The layer that keeps warnings and errors.
#[derive(Debug, Clone)]
pub struct Journal {
    clock: Clock,
}

impl Journal {
    /// A layer that takes the times of its entries from `clock`.
    pub fn new(clock: Clock) -> Journal {
        Journal { clock }
    }
}

/// The last entries, the latest first.
pub fn last() -> Vec<Entry> {
    LAST.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).iter().rev().cloned().collect()
}

impl<S: Subscriber> Layer<S> for Journal {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let level = *event.metadata().level();
        if level > Level::WARN {
            return;
        }
        let mut words = Words::default();
        event.record(&mut words);
        let text: String = without_secrets(&format!("{}{}", words.message, words.fields));
        let text = text.chars().take(LONGEST).collect();
        let entry = Entry { at: self.clock.now(), error: level == Level::ERROR, text };
        let mut last = LAST.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if last.len() >= KEPT {
            last.pop_front();
        }
        last.push_back(entry);
    }
}

/// An event's message, and its fields as `name=value`.
#[derive(Default)]
struct Words {
    message: String,
    fields: String,
}

impl Visit for Words {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "message" => self.message.push_str(value),
            name => drop(write!(self.fields, " {name}={value}")),
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        match field.name() {
            "message" => drop(write!(self.message, "{value:?}")),
            name => drop(write!(self.fields, " {name}={value:?}")),
        }
    }
}

/// Blots out bots' tokens, what stands before the host of an address, and values of telling names.
pub fn without_secrets(text: &str) -> String {
    #[expect(clippy::expect_used, reason = "patterns that are compiled in and tested")]
    static SECRETS: LazyLock<[(Regex, &str); 3]> = LazyLock::new(|| {
        let secret = |pattern: &str| Regex::new(pattern).expect("a pattern");
        [
            (secret(r"\d{5,}:[A-Za-z0-9_-]{8,}"), "***"),
            (secret(r"://[^\s/@]+@"), "://***@"),
            (secret(r"(?i)\b(\w*(?:token|password|passwd|secret|api_?key))(\s*[=:]\s*)[^\s&,;]+"), "$1$2***"),
        ]
    });
    SECRETS.iter().fold(text.to_owned(), |text, (secret, blot)| secret.replace_all(&text, *blot).into_owned())
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::layer::SubscriberExt as _;

    use super::*;

    #[test]
    fn the_last_fifty_warnings_and_errors_are_kept_with_level_and_time() {
        let clock = Clock::manual("2026-03-01T07:00:00Z".parse().unwrap());
        let journal = tracing_subscriber::registry().with(Journal::new(clock.clone()));
        tracing::subscriber::with_default(journal, || {
            for n in 0..60 {
                tracing::warn!(n, "a part was not delivered");
            }
            tracing::info!("a chat is gone");
            tracing::error!(error = "no route", "scraping failed: {}", "postgres://me:hidden@db/news");
        });
        let last = last();
        assert_eq!(last.len(), KEPT);
        assert_eq!(
            last[0],
            Entry {
                at: clock.now(),
                error: true,
                text: "scraping failed: postgres://***@db/news error=no route".into()
            }
        );
        assert_eq!((last[1].error, last[1].text.as_str()), (false, "a part was not delivered n=59"));
    }

    #[test]
    fn what_looks_like_a_secret_is_blotted_out_and_the_rest_left() {
        for (text, kept) in [
            ("POST https://api.telegram.org/bot535362388:AAF7-g0gYncWnm5Iyf/sendMessage", "535362388"),
            ("proxy socks5://user:pa:ss@proxy.example:1080 refused", "user:pa"),
            ("https://a.example/?api_key=abc123&x=1 gave 403", "abc123"),
            ("Token: abc123", "abc123"),
        ] {
            let clean = without_secrets(text);
            assert!(!clean.contains(kept) && clean.contains("***"), "{clean}");
        }
        for text in ["127.0.0.1:54321 refused at 12:30", "source 12345: nothing new", "a tokenizer broke"] {
            assert_eq!(without_secrets(text), text);
        }
    }
}

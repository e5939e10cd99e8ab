//! The log: to stderr, since stdout is for results.
//!
//! Libraries write what they like at the levels of debugging, addresses with the bot's token in them for example.
//! So each line is searched for the environment's own secrets before it is written, and they are blotted out.

use std::io::{IsTerminal as _, Write};
use std::sync::Arc;

use tidings::app::journal::{self, Journal};
use tidings::clock::Clock;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

/// What is kept for admins, whatever is written; pages' broken metadata and slow statements are nobody's to mend, and
/// what fails in the pool of connections is told by who needs one.
pub const USUAL: &str = "warn,trafilatura=off,sqlx=error,sqlx_core::pool=off";
/// What is written without `RUST_LOG` by `run`, which has nothing but its log to say how it fares.
pub const OF_RUN: &str = "warn,trafilatura=off,sqlx=error,sqlx_core::pool=off,tidings=info";

/// Begins to write what passes `filter`, and to keep the last errors for admins; panics are logged too.
pub fn begin(filter: &str, secrets: Vec<String>) {
    let secrets: Arc<[String]> = secrets.into();
    let written = tracing_subscriber::fmt::layer()
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(move || Blotted { to: std::io::stderr(), secrets: Arc::clone(&secrets) })
        .with_filter(EnvFilter::builder().parse_lossy(filter));
    let kept = Journal::new(Clock::system()).with_filter(EnvFilter::builder().parse_lossy(USUAL));
    tracing_subscriber::registry().with(written).with(kept).init();
    std::panic::set_hook(Box::new(|panic| {
        tracing::error!("{}", journal::without_secrets(&panic.to_string().replace('\n', " ")));
    }));
}

/// Writes whole entries without the secrets in them.
struct Blotted<W> {
    to: W,
    secrets: Arc<[String]>,
}

impl<W: Write> Write for Blotted<W> {
    fn write(&mut self, entry: &[u8]) -> std::io::Result<usize> {
        self.to.write_all(blot(&String::from_utf8_lossy(entry), &self.secrets).as_bytes())?;
        Ok(entry.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}

/// A text without the secrets in it.
pub fn blot(text: &str, secrets: &[String]) -> String {
    secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), "***"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_written_whole_but_for_its_secrets() {
        let mut blotted =
            Blotted { to: Vec::new(), secrets: vec!["12345:abc".into(), "hidden".into()].into() };
        blotted.write_all(b"POST /bot12345:abc/GetMe as \xff hidden\n").unwrap();
        assert_eq!(String::from_utf8(blotted.to).unwrap(), "POST /bot***/GetMe as \u{fffd} ***\n");
    }
}

//! Spells in which the database is in trouble: told once each, waited out, and over when every loop works again.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use anyhow::Result;
use sqlx::PgPool;

use crate::store::{Trouble, explain, renew};

/// The first pause before what could not be recorded is tried again, in real time.
const PAUSE: Duration = Duration::from_millis(250);
/// The longest: a database that is back is at work within seconds.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(4);

/// The spell that it is now, if it is one; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Outages(Arc<Mutex<Spell>>);

#[derive(Debug, Default)]
struct Spell {
    trouble: Option<Trouble>,
    since: Option<Instant>,
    /// Who failed by it and has not worked since.
    ailing: BTreeSet<&'static str>,
}

impl Outages {
    /// Takes note of a failure of `who`; `false`: it is none of the database's. The first of a spell is logged.
    pub async fn began(&self, db: &PgPool, who: &'static str, error: &anyhow::Error) -> bool {
        let Some(trouble) = Trouble::of(error) else { return false };
        let trouble = trouble.looked_into(db).await;
        if trouble == Trouble::ReadOnly {
            // What the server sets for new connections stays with old ones.
            renew(db).await;
        }
        let mut spell = self.spell();
        spell.ailing.insert(who);
        // A server that goes down fails queries in several ways: only what names another mend is news.
        let vague = matches!(trouble, Trouble::Away | Trouble::Waiting);
        if spell.trouble.is_none() || (spell.trouble != Some(trouble) && !vague) {
            spell.trouble = Some(trouble);
            spell.since.get_or_insert_with(Instant::now);
            tracing::error!(error = explain(error), "{trouble}; work waits for it");
        }
        true
    }

    /// Takes note that `who` works; `false`: it had not failed by the database.
    pub fn ended(&self, who: &'static str) -> bool {
        let mut spell = self.spell();
        let ailed = spell.ailing.remove(who);
        if ailed && spell.ailing.is_empty() {
            let seconds = spell.since.map_or(0, |since| since.elapsed().as_secs());
            *spell = Spell::default();
            tracing::info!(seconds, "the database works again");
        }
        ailed
    }

    fn spell(&self) -> MutexGuard<'_, Spell> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// Records what was fetched or sent, and tries again for so long while the database is in trouble: that is no
/// failure of a source or chat, and what is in our hands is neither fetched nor sent a second time for it.
///
/// # Errors
/// It can't be recorded, for a reason of its own or within that time.
pub async fn held<T, Recording: Future<Output = Result<T>>>(
    patience: Duration,
    record: impl Fn() -> Recording,
) -> Result<T> {
    let since = Instant::now();
    let mut pause = PAUSE;
    loop {
        match record().await {
            Err(error) if Trouble::of(&error).is_some() && since.elapsed() < patience => {
                tracing::debug!(error = format!("{error:#}"), "not recorded yet");
            }
            done => return done,
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

//! Whether it is a host that can't be reached, or the whole network: the latter is no fault of a source.

use std::collections::{HashSet, VecDeque};
use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use super::hosts::{key, lock};

/// Hosts that answered lately, kept as witnesses.
const WITNESSES: usize = 4;
/// A verdict holds so long.
const VERDICT: TimeDelta = TimeDelta::minutes(1);

/// Tells a host that is away from a network of ours that is.
#[derive(Debug, Default)]
pub struct Reach {
    seen: Mutex<Seen>,
    /// Locked while witnesses are asked.
    verdict: tokio::sync::Mutex<Option<(DateTime<Utc>, bool)>>,
}

#[derive(Debug, Default)]
struct Seen {
    /// The last one last.
    answered: VecDeque<(String, Url)>,
    /// Since anyone answered.
    unreached: HashSet<String>,
}

impl Reach {
    /// A host answered, whatever it said.
    pub fn answered(&self, url: &Url) {
        let mut seen = lock(&self.seen);
        seen.unreached.clear();
        let key = key(url);
        if seen.answered.back().is_some_and(|(last, _)| *last == key) {
            return;
        }
        seen.answered.retain(|(known, _)| *known != key);
        seen.answered.push_back((key, url.clone()));
        if seen.answered.len() > WITNESSES {
            seen.answered.pop_front();
        }
    }

    /// A host could not be reached: whether that is because nobody can be.
    ///
    /// Asks other hosts that answered lately, by `probe`; where none is known, as after a start, some of those that
    /// `listed` gives. Without these, two hosts out of reach are taken for all.
    pub async fn is_cut_off<Listed, Probed>(
        &self,
        url: &Url,
        now: DateTime<Utc>,
        listed: impl FnOnce() -> Listed,
        probe: impl Fn(Url) -> Probed,
    ) -> bool
    where
        Listed: Future<Output = Vec<Url>>,
        Probed: Future<Output = bool>,
    {
        let host = key(url);
        let mut witnesses: Vec<Url> = {
            let mut seen = lock(&self.seen);
            seen.unreached.insert(host.clone());
            seen.answered.iter().filter(|(known, _)| *known != host).map(|(_, url)| url.clone()).collect()
        };
        let mut verdict = self.verdict.lock().await;
        if let Some((at, cut_off)) = *verdict
            && now - at < VERDICT
        {
            return cut_off;
        }
        if witnesses.is_empty() {
            let mut hosts = HashSet::from([host]);
            witnesses = listed().await;
            witnesses.retain(|url| hosts.insert(key(url)));
            witnesses.truncate(WITNESSES);
        }
        if witnesses.is_empty() {
            return lock(&self.seen).unreached.len() > 1;
        }
        let answers = futures::future::join_all(witnesses.into_iter().map(probe)).await;
        let cut_off = !answers.contains(&true);
        *verdict = Some((now, cut_off));
        cut_off
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(seconds: i64) -> DateTime<Utc> {
        "2031-03-04T12:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::seconds(seconds)
    }

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[tokio::test]
    async fn a_host_out_of_reach_while_another_answers_is_at_fault_itself() {
        let reach = Reach::default();
        reach.answered(&url("https://up.example/"));
        let listed = || async { unreachable!("there is a witness") };
        let cut_off = async |host: &str, seconds, answers: bool| {
            reach.is_cut_off(&url(host), after(seconds), listed, |_| async move { answers }).await
        };
        assert!(!cut_off("https://down.example/", 0, true).await);
        assert!(!cut_off("https://gone.example/", 0, false).await, "just asked");
        assert!(cut_off("https://gone.example/", 61, false).await);
    }

    #[tokio::test]
    async fn without_a_witness_others_that_are_listed_are_asked() {
        let cut_off = async |listed: &[&str], answers: bool| {
            let listed: Vec<Url> = listed.iter().copied().map(url).collect();
            let probe = |witness: Url| async move {
                assert_eq!(witness.host_str(), Some("b.example"));
                answers
            };
            let failed = url("https://a.example/feed");
            Reach::default().is_cut_off(&failed, after(0), || async { listed }, probe).await
        };
        let both = ["https://a.example/feed", "https://a.example/2", "https://b.example/"];
        assert!(cut_off(&both, false).await);
        assert!(!cut_off(&both, true).await);
        assert!(!cut_off(&both[..2], false).await);
    }

    #[tokio::test]
    async fn without_a_witness_two_hosts_out_of_reach_are_taken_for_all() {
        let reach = Reach::default();
        let cut_off = async |host: &str| {
            let nobody = |_| async { unreachable!("there is nobody to ask") };
            reach.is_cut_off(&url(host), after(0), || async { Vec::new() }, nobody).await
        };
        assert!(!cut_off("https://a.example/").await);
        assert!(!cut_off("https://a.example/2").await, "still one");
        assert!(cut_off("https://b.example/").await);
    }
}

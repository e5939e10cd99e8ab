//! Whether it is a host that can't be reached, or the whole network: the latter is no fault of a source.

use std::collections::{BTreeMap, HashSet, VecDeque};
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
    /// Of the owner's sources: to be asked while no witness is known.
    listed: Vec<(String, Url)>,
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

    /// The addresses of which any should answer.
    pub fn list(&self, urls: impl Iterator<Item = Url>) {
        lock(&self.seen).listed = urls.map(|url| (key(&url), url)).collect();
    }

    /// A host could not be reached: whether that is because nobody can be.
    ///
    /// Asks other hosts that answered lately, by `probe`; where none is known, as after a start, some that are
    /// listed. Without these, two hosts out of reach are taken for all.
    pub async fn is_cut_off<F>(&self, url: &Url, now: DateTime<Utc>, probe: impl Fn(Url) -> F) -> bool
    where
        F: Future<Output = bool>,
    {
        let key = key(url);
        let witnesses: Vec<Url> = {
            let mut seen = lock(&self.seen);
            seen.unreached.insert(key.clone());
            let mut others: BTreeMap<&str, &Url> = BTreeMap::new();
            let other = |(known, _): &&(String, Url)| *known != key;
            for (known, url) in seen.answered.iter().filter(other) {
                others.insert(known, url);
            }
            if others.is_empty() {
                let listed = seen.listed.iter().filter(other).map(|(known, url)| (known.as_str(), url));
                others.extend(listed);
            }
            others.into_values().take(WITNESSES).cloned().collect()
        };
        if witnesses.is_empty() {
            return lock(&self.seen).unreached.len() > 1;
        }
        let mut verdict = self.verdict.lock().await;
        if let Some((at, cut_off)) = *verdict
            && now - at < VERDICT
        {
            return cut_off;
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
        assert!(!reach.is_cut_off(&url("https://down.example/"), after(0), |_| async { true }).await);
        assert!(
            !reach.is_cut_off(&url("https://gone.example/"), after(0), |_| async { false }).await,
            "just asked"
        );
        assert!(reach.is_cut_off(&url("https://gone.example/"), after(61), |_| async { false }).await);
    }

    #[tokio::test]
    async fn without_a_witness_others_that_are_listed_are_asked() {
        let urls = || ["https://a.example/feed", "https://a.example/2", "https://b.example/"].map(url);
        let listed = |of: &[Url]| {
            let reach = Reach::default();
            reach.list(of.iter().cloned());
            reach
        };
        let asked = |answers: bool| {
            move |witness: Url| async move {
                assert_eq!(witness.host_str(), Some("b.example"));
                answers
            }
        };
        assert!(listed(&urls()).is_cut_off(&url("https://a.example/feed"), after(0), asked(false)).await);
        assert!(!listed(&urls()).is_cut_off(&url("https://a.example/feed"), after(0), asked(true)).await);
        let alone = listed(&urls()[..2]);
        assert!(!alone.is_cut_off(&url("https://a.example/feed"), after(0), asked(false)).await);
    }

    #[tokio::test]
    async fn without_a_witness_two_hosts_out_of_reach_are_taken_for_all() {
        let reach = Reach::default();
        let nobody = |_| async { unreachable!("there is nobody to ask") };
        assert!(!reach.is_cut_off(&url("https://a.example/"), after(0), nobody).await);
        assert!(!reach.is_cut_off(&url("https://a.example/2"), after(0), nobody).await, "still one");
        assert!(reach.is_cut_off(&url("https://b.example/"), after(0), nobody).await);
    }
}

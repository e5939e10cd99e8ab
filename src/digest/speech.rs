//! Which statements are news of their own, and which only attribute an event that is told as such.

use std::collections::{HashMap, HashSet};

use crate::model::{History, Mention, Report, Shape, Status};

pub(super) fn is_speech(history: &History) -> bool {
    history.development.kind.spec().shape == Shape::Speech
}

/// What each article tells of events other than statements.
fn events_by_article(histories: &[History]) -> HashMap<&str, Vec<&Mention>> {
    let mut events: HashMap<&str, Vec<&Mention>> = HashMap::new();
    for history in histories.iter().filter(|history| !is_speech(history)) {
        for report in &history.reports {
            events.entry(&report.url).or_default().push(&report.mention);
        }
    }
    events
}

/// Reports of statements that are no more than the attribution of an event ("… will meet on Friday, the ministry
/// said") that their article tells as such.
pub(super) fn attributions(histories: &[History]) -> HashSet<i64> {
    let events = events_by_article(histories);
    let attribution = |report: &&Report| {
        let said = &report.mention;
        // Words that are quoted are news beside what has happened, but not beside a plan that they announce.
        let counts = |event: &&Mention| said.quote.is_none() || event.status == Status::Planned;
        let mut told = events.get(report.url.as_str()).into_iter().flatten().copied().filter(counts);
        told.any(|event| tells(&said.evidence, event))
    };
    let speeches = histories.iter().filter(|history| is_speech(history));
    speeches.flat_map(|history| &history.reports).filter(attribution).map(|report| report.id).collect()
}

/// Whether a statement is news of its own: a headline, a lead or two sources carry it.
pub(super) fn carries_news(history: &History, attributions: &HashSet<i64>) -> bool {
    let own: Vec<&Report> =
        history.reports.iter().filter(|report| !attributions.contains(&report.id)).collect();
    let outlets: HashSet<&str> = own.iter().map(|report| report.outlet.as_str()).collect();
    outlets.len() > 1 || own.iter().any(|report| report.mention.prominent)
}

/// Whether a sentence tells an event: it is the event's evidence, or names its place with its day or its dead.
fn tells(sentence: &str, event: &Mention) -> bool {
    let names =
        |words: Option<&str>| words.is_some_and(|words| !words.is_empty() && sentence.contains(words));
    sentence == event.evidence
        || names(event.place.as_ref().map(|place| &*place.literal))
            && (names(event.when.as_ref().map(|when| &*when.literal))
                || names(event.killed.as_ref().map(|toll| &*toll.literal)))
}

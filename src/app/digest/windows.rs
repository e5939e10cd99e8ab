//! What a window holds is read once for all its readers, and what each was told for many of them at a time.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use anyhow::Result;
use chrono::{DateTime, NaiveDate, Utc};

use super::{App, Reader, store, told};
use crate::digest::select::{self, Input};
use crate::digest::{Digest, Totals};
use crate::model::{DevelopmentId, History};
use crate::store::digests::Told;

/// Windows' totals, and digests of one window, that are kept: of zones, hours and choices that fall due about the same
/// time.
const MOST: usize = 12;

/// Reports in the windows that are kept: as a day has, many times over; as weeks have that are caught up, once or twice.
const MOST_REPORTS: usize = 50_000;

/// What an edition is about.
#[derive(Debug, Clone)]
pub(super) struct About {
    /// Whom it is for.
    pub reader: Reader,
    /// Its day.
    pub edition: NaiveDate,
    /// Its window.
    pub window: (DateTime<Utc>, DateTime<Utc>),
    /// What was found after this is news.
    pub since: DateTime<Utc>,
    /// When editions were due that did not come, and in whose place it is.
    pub covers: Vec<DateTime<Utc>>,
}

/// Since when, the cut-off, the day, and whether repeats count.
type Key = (DateTime<Utc>, DateTime<Utc>, NaiveDate, bool);

impl About {
    fn key(&self) -> Key {
        (self.since, self.window.1, self.edition, self.reader.wishes.min_sources > 1)
    }
}

/// What windows hold that does not depend on who reads it, as it is known at one instant.
#[derive(Debug)]
pub(super) struct Windows {
    until: DateTime<Utc>,
    kept: Kept,
    totals: HashMap<(DateTime<Utc>, DateTime<Utc>), Totals>,
}

impl Windows {
    /// None is known yet; facts are those of `until`.
    pub fn new(until: DateTime<Utc>) -> Windows {
        Windows { until, kept: Kept::default(), totals: HashMap::new() }
    }

    async fn histories(&mut self, app: &App, key: Key) -> Result<Arc<[History]>> {
        if let Some(known) = self.kept.histories.get(&key) {
            return Ok(known.clone());
        }
        let (since, to, edition, repeats) = key;
        let ids = store::in_window(&app.db, since, to, edition, repeats).await?;
        self.kept.make_room(ids.len());
        let histories: Arc<[History]> = store::histories(&app.db, &ids, self.until).await?.into();
        self.kept.keep(key, histories.clone());
        Ok(histories)
    }

    async fn totals(&mut self, app: &App, window: (DateTime<Utc>, DateTime<Utc>)) -> Result<Totals> {
        if let Some(known) = self.totals.get(&window) {
            return Ok(*known);
        }
        let read = store::read(&app.db, window.0, window.1).await?;
        let count = |n: i64| usize::try_from(n).unwrap_or(0);
        let totals = Totals {
            articles: count(read.articles),
            outlets: count(read.outlets),
            sources: count(read.sources),
            unreachable: count(read.unreachable),
            unread: count(read.unread),
            ..Totals::default()
        };
        if self.totals.len() >= MOST {
            self.totals.clear();
        }
        self.totals.insert(window, totals);
        Ok(totals)
    }
}

/// The developments of windows, as many as memory may hold.
#[derive(Debug, Default)]
struct Kept {
    histories: HashMap<Key, Arc<[History]>>,
    reports: usize,
}

impl Kept {
    /// Before a window of so many developments is read, each of which has a report: it is held beside the others.
    fn make_room(&mut self, developments: usize) {
        if self.reports + developments > MOST_REPORTS {
            *self = Kept::default();
        }
    }

    fn keep(&mut self, key: Key, histories: Arc<[History]>) {
        self.reports += histories.iter().map(|history| history.reports.len()).sum::<usize>();
        self.histories.insert(key, histories);
    }
}

/// Selects a digest for each, in their order.
pub(super) async fn digests(app: &App, windows: &mut Windows, of: &[About]) -> Result<Vec<Digest>> {
    let mut same: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (place, about) in of.iter().enumerate() {
        same.entry(about.key()).or_default().push(place);
    }
    let mut digests: Vec<(usize, Digest)> = Vec::with_capacity(of.len());
    for (key, places) in same {
        let histories = windows.histories(app, key).await?;
        let ids: Vec<DevelopmentId> = histories.iter().map(|history| history.development.id).collect();
        let readers: Vec<&Reader> = places.iter().map(|place| &of[*place].reader).collect();
        let subscribers: Vec<i64> = readers.iter().filter_map(|reader| reader.subscriber).collect();
        let mut told = store::told(&app.db, &subscribers, &ids).await?;
        let mut stories = told::stories(app, &readers, key.2, &histories).await?;
        let mut judged = told::judged(app, &subscribers, windows.until).await?;
        let mut known = Vec::new();
        for place in places {
            let about = &of[place];
            let who = about.reader.subscriber;
            let judged = who.and_then(|who| judged.remove(&who)).unwrap_or_default();
            let told = match who {
                Some(who) => told.remove(&who).unwrap_or_default(),
                None => told_before(&histories, about.since),
            };
            let input = Input {
                edition: about.edition,
                subscriber: who,
                window: about.window,
                since: about.since,
                covers: about.covers.clone(),
                zone: about.reader.zone,
                language: about.reader.language,
                wishes: about.reader.wishes.clone(),
                stories: who.and_then(|who| stories.remove(&who)).unwrap_or_default(),
                withdrawn: judged.withdrawn,
                restored: judged.restored,
                histories: histories.clone(),
                told,
                totals: windows.totals(app, about.window).await?,
            };
            digests.push((place, select_once(&mut known, input)));
        }
    }
    digests.sort_by_key(|(place, _)| *place);
    Ok(digests.into_iter().map(|(_, digest)| digest).collect())
}

/// The digest of one who may be told the same as another was: most readers never chose anything.
fn select_once(known: &mut Vec<(Input, Digest)>, input: Input) -> Digest {
    if let Some((_, digest)) = known.iter().find(|(other, _)| other.is_like(&input)) {
        return Digest { subscriber: input.subscriber, ..digest.clone() };
    }
    let digest = select::select(input.clone());
    if known.len() >= MOST {
        known.clear();
    }
    known.push((input, digest.clone()));
    digest
}

/// What one was told who was told all that there was until then.
fn told_before(histories: &[History], since: DateTime<Utc>) -> Told {
    let all = histories.iter().flat_map(|history| {
        let id = history.development.id;
        let changes = history.changes.iter().map(|change| (change.found_at, change.id));
        std::iter::once((history.found_at, 0)).chain(changes).map(move |(at, change)| (at, (id, change)))
    });
    all.filter_map(|(at, told)| (at <= since).then_some(told)).collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use serde_json::json;

    use super::*;
    use crate::model::Report;

    /// A window of one development with so many reports.
    fn window(reports: usize) -> Arc<[History]> {
        let at = DateTime::UNIX_EPOCH;
        let mention = json!({
            "kind": "strike", "status": "occurred", "actors": [], "evidence": "It was.", "prominent": true,
            "background": false, "words": [], "rule": "test", "score": 0.9
        });
        let report = json!({
            "id": 1, "outlet": "Wire", "url": "https://wire.example", "relation": "repeat", "mention": mention,
            "reported_at": at, "seen_at": at, "found_at": at
        });
        let development = json!({
            "id": 1, "kind": "strike", "status": "occurred", "actors": [], "summary": "It was.", "words": [],
            "background": false, "first_reported": at, "last_reported": at
        });
        let history = json!({
            "development": development, "found_at": at, "reports": [], "changes": [], "tolls": []
        });
        let report: Report = serde_json::from_value(report).unwrap();
        let history: History = serde_json::from_value(history).unwrap();
        [History { reports: vec![report; reports], ..history }].into()
    }

    fn key(hour: i64) -> Key {
        let at = DateTime::UNIX_EPOCH + TimeDelta::hours(hour);
        (at, at, at.date_naive(), false)
    }

    #[test]
    fn windows_are_kept_by_what_they_hold_and_not_by_their_number() {
        let mut kept = Kept::default();
        for hour in 0..100 {
            kept.make_room(1);
            kept.keep(key(hour), window(10));
        }
        assert_eq!((kept.histories.len(), kept.reports), (100, 1_000), "days of many readers");
        kept.make_room(1);
        kept.keep(key(100), window(MOST_REPORTS - 2_000));
        kept.make_room(500);
        assert_eq!(kept.histories.len(), 101, "there is room still");
        kept.make_room(1_001);
        assert_eq!((kept.histories.len(), kept.reports), (0, 0), "weeks are not held beside others");
    }
}

//! A development as one edition tells it: its sentence, what changed, where its tolls conflict, its sources.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};

use super::rank::{DANGLES, ON_TOPIC, WATCHED, rank};
use super::select::{DOUBTFUL, Input};
use super::watch::{has_word, is_watched};
use super::wording::{clean, dangles, names_day, says_date, sentence};
use super::{Badge, Dispute, Item, ItemChange, Link, Mark};
use crate::model::{History, Mention, PastChange, Relation, Report, Status, Toll};

/// A development as this edition tells it, if it does; attributions of what is told elsewhere don't speak for it.
pub(super) fn item(history: &History, attributions: &HashSet<i64>, input: &Input) -> Option<Item> {
    let development = &history.development;
    let wishes = &input.wishes;
    let off_topic = !wishes.only.is_empty() && !has_word(history, &wishes.only);
    if development.background || off_topic || is_watched(development, &wishes.muted) {
        return None;
    }
    let reports: Vec<&Report> = history
        .reports
        .iter()
        .filter(|report| !report.mention.background && !attributions.contains(&report.id))
        .collect();
    let told = input.told.contains(&(development.id, 0));
    let planned = development.status == Status::Planned;
    // A day that no words stand behind is only the day of publication, and no fact.
    let day = development.when.as_ref().filter(|when| !when.literal.is_empty());
    if planned && day.is_some_and(|when| when.to < input.edition) {
        return None;
    }

    let unseen: Vec<&PastChange> =
        history.changes.iter().filter(|change| !input.told.contains(&(development.id, change.id))).collect();
    let changes = if told { net_changes(&unseen, &history.reports) } else { Vec::new() };
    let news = if told {
        !changes.is_empty() && unseen.iter().any(|change| change.found_at > input.since)
    } else {
        let since = |at: DateTime<Utc>| at > input.since;
        let news = || reports.iter().filter(|report| report.relation != Relation::Repeat);
        news().any(|report| since(report.found_at))
            // It waited for the sources that this reader asks for.
            || news().next().is_some() && borne_out(&reports, wishes.min_sources).is_some_and(since)
    };
    let off = matches!(development.status, Status::Cancelled | Status::Denied);
    let badge = match (news, told) {
        (true, false) if off => Badge::Cancelled,
        (true, true) if off && changes.iter().any(|change| change.field == "status") => Badge::Cancelled,
        (true, false) => Badge::New,
        (true, true) => Badge::Update,
        (false, _) if planned && day.is_some() => Badge::Planned,
        (false, _) => return None,
    };

    // The last report of each changed fact.
    let changed_by: BTreeMap<&str, i64> = match told {
        true => unseen.iter().map(|change| (change.field.as_str(), change.report)).collect(),
        false => BTreeMap::new(),
    };
    let links_from = best_report(history, &reports, &changed_by)?;
    let (links, origins) = links(links_from, &reports);
    if origins < wishes.min_sources {
        return None;
    }
    let score = reports.iter().map(|report| report.mention.score).fold(0.0, f32::max);
    let watched = is_watched(development, &wishes.watched)
        || history.story.is_some_and(|story| wishes.watched_stories.contains(&story));
    if score < DOUBTFUL && origins < 2 && !watched {
        return None;
    }
    let disputes = disputes(history);
    let marks = [
        (origins >= 3, Mark::Confirmed),
        (origins == 1, Mark::OneSource),
        (!disputes.is_empty(), Mark::Disputed),
    ];
    let text = sentence(&links_from.mention, &links_from.outlet);
    let place = development.place.as_ref().filter(|place| {
        let text = text.to_lowercase();
        [&place.name, &place.literal]
            .into_iter()
            .all(|name| name.is_empty() || !text.contains(&name.to_lowercase()))
    });
    // A plan is listed by its day, whatever its sentence says.
    let when = day.filter(|when| planned || !says_date(&text, when));
    let published = links_from.reported_at.with_timezone(&input.zone).date_naive();
    let bonus = [
        (watched, WATCHED),
        (has_word(history, &wishes.favoured), ON_TOPIC),
        (dangles(&text, links_from.mention.speaker.as_ref()), -DANGLES),
    ];
    let bonus: f64 = bonus.into_iter().filter_map(|(is, worth)| is.then_some(worth)).sum();
    Some(Item {
        development: development.id,
        kind: development.kind.clone(),
        key: false,
        planned,
        badge,
        marks: marks.into_iter().filter_map(|(is, mark)| is.then_some(mark)).collect(),
        place: place.map(|place| clean(&place.name, 80)),
        when: when.cloned(),
        published: names_day(&text, day).then_some(published),
        rank: rank(history, badge, origins, score) + bonus,
        told_changes: history.changes.iter().map(|change| change.id).collect(),
        with: Vec::new(),
        story: history.story,
        history: Vec::new(),
        first_seen: reports.iter().map(|report| report.seen_at).min()?,
        text,
        changes,
        disputes,
        origins,
        links,
    })
}

/// The report whose evidence tells the development best as it is now known; of an update, what changed.
fn best_report<'a>(
    history: &History,
    reports: &[&'a Report],
    changed_by: &BTreeMap<&str, i64>,
) -> Option<&'a Report> {
    let development = &history.development;
    let fit = |report: &Report| {
        let mention = &report.mention;
        let words = mention.evidence.split_whitespace().count();
        let same = |now: &Option<Toll>, says: &Option<Toll>| match (now, says) {
            (Some(now), Some(says)) if now.value == says.value => 2.0,
            (Some(_), Some(_)) => -2.0,
            _ => 0.0,
        };
        [
            if mention.status == development.status { 4.0 } else { 0.0 },
            if changed_by.values().any(|&id| id == report.id) { 2.5 } else { 0.0 },
            same(&development.killed, &mention.killed),
            same(&development.wounded, &mention.wounded),
            if mention.evidence == development.summary { 1.5 } else { 0.0 },
            if mention.place.is_some() { 0.5 } else { 0.0 },
            if mention.prominent { 0.5 } else { 0.0 },
            if dangles(&sentence(mention, &report.outlet), mention.speaker.as_ref()) { -2.0 } else { 0.0 },
            if (5..=45).contains(&words) { 0.0 } else { -1.0 },
            f64::from(mention.score),
        ]
        .iter()
        .sum::<f64>()
    };
    reports
        .iter()
        .filter(|report| !sentence(&report.mention, &report.outlet).is_empty())
        .max_by(|a, b| fit(a).total_cmp(&fit(b)).then(b.reported_at.cmp(&a.reported_at)))
        .copied()
}

/// One link an outlet, the best report's first, then one of each other origin; and how many sources count.
///
/// Sources are counted by origin: twenty copies of one agency text are one, and so are two texts of one outlet.
fn links(best: &Report, reports: &[&Report]) -> (Vec<Link>, usize) {
    let (mut firsts, mut copies) = (vec![best], Vec::new());
    let (mut origins, mut outlets) = (HashSet::from([origin(best)]), HashSet::from([best.outlet.as_str()]));
    // Of each outlet its newest report: the one that has the facts as they stand.
    for report in reports.iter().rev() {
        let new_origin = origins.insert(origin(report));
        if outlets.insert(&report.outlet) {
            if new_origin { &mut firsts } else { &mut copies }.push(*report);
        }
    }
    let count = origins.len().min(outlets.len());
    (firsts.into_iter().chain(copies).map(link).collect(), count)
}

/// Where a report's text is from: the agency text that it carries, or its outlet.
fn origin(report: &Report) -> String {
    match report.origin {
        Some(origin) => format!("#{origin}"),
        None => report.outlet.clone(),
    }
}

/// When a development came to have so many sources, if more than one is asked for.
fn borne_out(reports: &[&Report], sources: usize) -> Option<DateTime<Utc>> {
    let mut by_time = reports.to_vec();
    by_time.sort_by_key(|report| report.found_at);
    let (mut origins, mut outlets) = (HashSet::new(), HashSet::new());
    let enough = by_time.into_iter().find(|report| {
        origins.insert(origin(report));
        outlets.insert(report.outlet.as_str());
        origins.len().min(outlets.len()) >= sources
    });
    enough.filter(|_| sources > 1).map(|report| report.found_at)
}

fn link(report: &Report) -> Link {
    Link { outlet: clean(&report.outlet, 60), url: report.url.clone(), origin: report.origin }
}

/// Changes that the reader has not seen, each fact once: from what was told to what is known now.
fn net_changes(unseen: &[&PastChange], reports: &[Report]) -> Vec<ItemChange> {
    let mut net: Vec<ItemChange> = Vec::new();
    for change in unseen {
        let source = reports.iter().find(|report| report.id == change.report).map(link);
        let now = clean(&change.now, 200);
        match net.iter_mut().find(|known| known.field == change.field) {
            Some(known) => (known.now, known.source) = (now, source),
            None => {
                let was = clean(&change.was, 200);
                net.push(ItemChange { field: change.field.clone(), was, now, source });
            }
        }
    }
    net.retain(|change| change.was != change.now);
    net
}

/// Tolls in conflict: an outlet's exact number that is lower than what another had said before it.
///
/// A higher number later is not a conflict but a toll that rose; "at least five" does not contradict nine. Nor is
/// a number that the toll had on its way up, and that an outlet still has.
fn disputes(history: &History) -> Vec<Dispute> {
    let report = |id: i64| history.reports.iter().find(|report| report.id == id);
    let mut disputes = Vec::new();
    for field in ["killed", "wounded"] {
        let said: Vec<(u32, bool, &Report)> = history
            .tolls
            .iter()
            .filter(|toll| toll.field == field)
            .filter_map(|toll| Some((toll.value, toll.at_least, report(toll.report)?)))
            .collect();
        // The lowest that was said up to a report: what the toll rose from.
        let lowest_until = |until: DateTime<Utc>| {
            let before = history.reports.iter().filter(|report| report.reported_at <= until);
            before.filter_map(|report| toll_of(&report.mention, field)).min()
        };
        let conflict = |low: &(u32, bool, &Report), high: &(u32, bool, &Report)| {
            low.0 < high.0
                && !low.1
                && low.2.reported_at > high.2.reported_at
                && lowest_until(high.2.reported_at).is_none_or(|lowest| low.0 < lowest)
        };
        let pairs = said.iter().flat_map(|low| said.iter().map(move |high| (low, high)));
        let widest = pairs.filter(|(low, high)| conflict(low, high)).max_by_key(|(low, high)| high.0 - low.0);
        if let Some((low, high)) = widest {
            let (low, high) = ((low.0, link(low.2)), (high.0, link(high.2)));
            disputes.push(Dispute { field: field.to_owned(), low, high });
        }
    }
    disputes
}

fn toll_of(mention: &Mention, field: &str) -> Option<u32> {
    let toll = if field == "killed" { &mention.killed } else { &mention.wounded };
    toll.as_ref().map(|toll| toll.value)
}

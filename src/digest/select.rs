//! The histories that a window touches to the items of one edition: chosen, worded, ranked, given their place.
//!
//! Left out are background, the doubtful, what somebody said in passing, plans whose day has gone by, and
//! what brought only repeats. What the
//! reader was told before comes again only with a change, shown against what the reader was told. Plans stand
//! under "coming up" until they are held or their day is past.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::watch;
use super::wording::{clean, dangles, says_date, sentence};
use super::{Badge, Digest, Dispute, Item, ItemChange, Link, Mark, Totals};
use crate::model::{
    DevelopmentId, History, Kind, Mention, PastChange, Relation, Report, Shape, Status, Toll, Watched,
};

/// Items that a digest has room for, beside those coming up.
pub const BUDGET: usize = 12;
/// Room for what is coming up.
pub const BUDGET_COMING_UP: usize = 8;
/// What it is worth in rank that the owner watches somebody or some place in it.
const WATCHED: f64 = 1.5;
/// A development below this score by one source alone is left out (0 to 1).
pub const DOUBTFUL: f32 = 0.5;

/// What an edition is selected from.
#[derive(Debug, Clone)]
pub struct Input {
    /// The day of the edition in the reader's zone.
    pub edition: NaiveDate,
    /// Whose edition it is.
    pub subscriber: Option<i64>,
    /// The window that the edition is about.
    pub window: (DateTime<Utc>, DateTime<Utc>),
    /// Reports and changes found after this are news: the window's start, or a little before it.
    ///
    /// A report that was being stored while the last edition was compiled bears a time before its end; what
    /// was told keeps the overlap from coming twice.
    pub since: DateTime<Utc>,
    /// The reader's zone.
    pub zone: Tz,
    /// The kinds that the reader wants; empty: all.
    pub kinds: Vec<Kind>,
    /// What the owner watches: ranked up, and told even where doubtful.
    pub watched: Vec<Watched>,
    /// Developments found, changed or planned, at most one history each.
    pub histories: Vec<History>,
    /// What the reader was told: a development with 0, a change of it with the change's id.
    pub told: HashSet<(DevelopmentId, i64)>,
    /// Articles, outlets and sources of the window; developments are counted here.
    pub totals: Totals,
}

/// Selects, ranks and places one edition's items.
pub fn select(input: Input) -> Digest {
    let wanted =
        |history: &&History| input.kinds.is_empty() || input.kinds.contains(&history.development.kind);
    let attributions = attributions(&input.histories);
    let told = input
        .histories
        .iter()
        .filter(wanted)
        .filter(|history| !is_speech(history) || carries_news(history, &attributions))
        .filter_map(|history| item(history, &attributions, &input))
        .collect();
    let told = one_for_each_sentence(told);
    let updated = |item: &Item| input.told.contains(&(item.development, 0));
    let news = || told.iter().filter(|item| item.badge != Badge::Planned);
    let totals = Totals {
        new: news().filter(|item| !updated(item)).count(),
        updated: news().filter(|item| updated(item)).count(),
        ..input.totals
    };

    let (mut coming_up, mut items): (Vec<_>, Vec<_>) = told.into_iter().partition(|item| item.planned);
    items.sort_by(by_rank);
    let mut more = items.len().saturating_sub(BUDGET);
    items.truncate(BUDGET);

    // What is new among the plans before what was told already, then the nearest; shown by date.
    coming_up
        .sort_by(|a, b| (a.badge == Badge::Planned).cmp(&(b.badge == Badge::Planned)).then(by_day(a, b)));
    more += coming_up.iter().skip(BUDGET_COMING_UP).filter(|item| item.badge != Badge::Planned).count();
    coming_up.truncate(BUDGET_COMING_UP);
    coming_up.sort_by(by_day);

    Digest {
        edition: input.edition,
        subscriber: input.subscriber,
        window: input.window,
        zone: input.zone,
        totals,
        items: place(items),
        coming_up,
        more,
    }
}

fn is_speech(history: &History) -> bool {
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
fn attributions(histories: &[History]) -> HashSet<i64> {
    let events = events_by_article(histories);
    let attribution = |report: &&Report| {
        let told = events.get(report.url.as_str()).into_iter().flatten();
        report.mention.quote.is_none() && told.into_iter().any(|event| tells(&report.mention.evidence, event))
    };
    let speeches = histories.iter().filter(|history| is_speech(history));
    speeches.flat_map(|history| &history.reports).filter(attribution).map(|report| report.id).collect()
}

/// Whether a statement is news of its own: a headline, a lead or two sources carry it.
fn carries_news(history: &History, attributions: &HashSet<i64>) -> bool {
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

/// One item for each sentence: what a reader would see twice is told once, and counts as told for both.
fn one_for_each_sentence(mut items: Vec<Item>) -> Vec<Item> {
    // What changed is kept, then what is planned, then the more important.
    items.sort_by(|a, b| {
        let first = |item: &Item| (item.changes.is_empty(), !item.planned);
        first(a).cmp(&first(b)).then(by_rank(a, b))
    });
    let mut kept: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        match kept.iter_mut().find(|known| known.text.to_lowercase() == item.text.to_lowercase()) {
            Some(known) if item.changes.is_empty() => known.with.push((item.development, item.told_changes)),
            _ => kept.push(item),
        }
    }
    kept
}

/// The place of a kind's section: the known ones first, then any other by its name.
pub fn section_order(kind: &Kind) -> (usize, String) {
    (Kind::all().position(|known| known == *kind).unwrap_or(usize::MAX), kind.to_string())
}

fn by_rank(a: &Item, b: &Item) -> std::cmp::Ordering {
    b.rank.total_cmp(&a.rank).then(a.development.cmp(&b.development))
}

fn by_day(a: &Item, b: &Item) -> std::cmp::Ordering {
    let day = |item: &Item| item.when.as_ref().map_or(NaiveDate::MAX, |when| when.from);
    day(a).cmp(&day(b)).then(a.development.cmp(&b.development))
}

/// Ranked items to their order in the digest: key developments, then section by section.
fn place(ranked: Vec<Item>) -> Vec<Item> {
    // A handful is read at a glance, section by section; key developments are for more than that.
    let keys = match ranked.len() {
        0..5 => 0,
        5..9 => 3,
        9..11 => 4,
        _ => 5,
    };
    let mut placed = Vec::with_capacity(ranked.len());
    let mut rest = ranked;
    spread(&mut rest, keys, &mut placed);
    placed.iter_mut().for_each(|item| item.key = true);

    let mut sections: BTreeMap<_, Vec<Item>> = BTreeMap::new();
    for item in rest {
        sections.entry(section_order(&item.kind)).or_default().push(item);
    }
    for mut section in sections.into_values() {
        let n = section.len();
        spread(&mut section, n, &mut placed);
    }
    placed
}

/// Moves the first `n` of `from` to `to`, passing over a source that has the last two places while another can.
fn spread(from: &mut Vec<Item>, n: usize, to: &mut Vec<Item>) {
    fn outlet(item: &Item) -> Option<&str> {
        item.links.first().map(|link| link.outlet.as_str())
    }
    for _ in 0..n.min(from.len()) {
        let full = match &to[..] {
            [.., a, b] if outlet(a) == outlet(b) => outlet(a).map(str::to_owned),
            _ => None,
        };
        let next =
            from.iter().position(|item| full.is_none() || outlet(item) != full.as_deref()).unwrap_or(0);
        to.push(from.remove(next));
    }
}

/// A development as this edition tells it, if it does; attributions of what is told elsewhere don't speak for it.
fn item(history: &History, attributions: &HashSet<i64>, input: &Input) -> Option<Item> {
    let development = &history.development;
    if development.background {
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
        reports.iter().any(|report| report.relation != Relation::Repeat && report.found_at > input.since)
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
    let score = reports.iter().map(|report| report.mention.score).fold(0.0, f32::max);
    let watched = watch::is_watched(development, &input.watched);
    if score < DOUBTFUL && origins < 2 && !watched {
        return None;
    }
    let disputes = disputes(history);
    let marks = [
        (origins >= 3, Mark::Confirmed),
        (origins == 1, Mark::OneSource),
        (!disputes.is_empty(), Mark::Disputed),
    ];
    let text = sentence(&links_from.mention);
    let place = development.place.as_ref().filter(|place| {
        let text = text.to_lowercase();
        [&place.name, &place.literal]
            .into_iter()
            .all(|name| name.is_empty() || !text.contains(&name.to_lowercase()))
    });
    // A plan is listed by its day, whatever its sentence says.
    let when = day.filter(|when| planned || !says_date(&text, when));
    Some(Item {
        development: development.id,
        kind: development.kind.clone(),
        key: false,
        planned,
        badge,
        marks: marks.into_iter().filter_map(|(is, mark)| is.then_some(mark)).collect(),
        place: place.map(|place| clean(&place.name, 80)),
        when: when.cloned(),
        rank: rank(history, badge, origins, score) - if dangles(&text) { 0.8 } else { 0.0 }
            + if watched { WATCHED } else { 0.0 },
        told_changes: history.changes.iter().map(|change| change.id).collect(),
        with: Vec::new(),
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
            if dangles(&sentence(mention)) { -2.0 } else { 0.0 },
            if (5..=45).contains(&words) { 0.0 } else { -1.0 },
            f64::from(mention.score),
        ]
        .iter()
        .sum::<f64>()
    };
    reports
        .iter()
        .filter(|report| !sentence(&report.mention).is_empty())
        .max_by(|a, b| fit(a).total_cmp(&fit(b)).then(b.reported_at.cmp(&a.reported_at)))
        .copied()
}

/// One link an outlet, the best report's first, then one of each other origin; and how many sources count.
///
/// Sources are counted by origin: twenty copies of one agency text are one, and so are two texts of one outlet.
fn links(best: &Report, reports: &[&Report]) -> (Vec<Link>, usize) {
    let origin = |report: &Report| match report.origin {
        Some(origin) => format!("#{origin}"),
        None => report.outlet.clone(),
    };
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
/// A higher number later is not a conflict but a toll that rose; "at least five" does not contradict nine.
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
        let pairs = said.iter().flat_map(|low| said.iter().map(move |high| (low, high)));
        let widest = pairs
            .filter(|(low, high)| low.0 < high.0 && !low.1 && low.2.reported_at > high.2.reported_at)
            .max_by_key(|(low, high)| high.0 - low.0);
        if let Some((low, high)) = widest {
            let (low, high) = ((low.0, link(low.2)), (high.0, link(high.2)));
            disputes.push(Dispute { field: field.to_owned(), low, high });
        }
    }
    disputes
}

/// How much an item matters: by sources, kind, magnitude, novelty, and how sure its reading is.
fn rank(history: &History, badge: Badge, origins: usize, score: f32) -> f64 {
    let development = &history.development;
    let toll = |toll: &Option<Toll>| f64::from(toll.as_ref().map_or(0, |toll| toll.value)).ln_1p();
    let novelty = match badge {
        Badge::New => 0.6,
        Badge::Cancelled => 0.8,
        Badge::Update => 0.4,
        Badge::Planned => 0.0,
    };
    let prominent = history.reports.iter().any(|report| report.mention.prominent);
    (origins as f64).ln_1p() * 1.2
        + development.kind.spec().rank
        + toll(&development.killed) * 0.5
        + toll(&development.wounded) * 0.2
        + novelty
        + f64::from(u8::from(prominent)) * 0.3
        + f64::from(score)
}

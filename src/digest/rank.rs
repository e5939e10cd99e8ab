//! How much an item matters, which items a digest has room for, and in which order they stand.
//!
//! Diversity counts beside rank: at most [`OF_A_STORY`] items are of one story, half of the room is kept from one
//! outlet while others have something, and no more than two items in a row are of one outlet.

use std::collections::{BTreeMap, HashMap};

use super::{Badge, Item};
use crate::model::{History, Kind, Toll};

/// What it is worth in rank that the reader or the owner watches somebody, some place or the story.
pub(super) const WATCHED: f64 = 1.5;
/// What it is worth that it has words of a topic.
pub(super) const ON_TOPIC: f64 = 0.8;
/// What it costs that its sentence leans on the one before it.
pub(super) const DANGLES: f64 = 0.8;
/// Items of one story in one digest.
const OF_A_STORY: usize = 4;

/// How much a development matters: by sources, kind, magnitude, novelty, and how sure its reading is.
pub(super) fn rank(history: &History, badge: Badge, origins: usize, score: f32) -> f64 {
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

pub(super) fn by_rank(a: &Item, b: &Item) -> std::cmp::Ordering {
    b.rank.total_cmp(&a.rank).then(a.development.cmp(&b.development))
}

/// The place of a kind's section: the known ones first, then any other by its name.
pub fn section_order(kind: &Kind) -> (usize, String) {
    (Kind::all().position(|known| known == *kind).unwrap_or(usize::MAX), kind.to_string())
}

/// The `room` items, of those in order of rank, that a digest tells; still in that order.
pub(super) fn choose(ranked: Vec<Item>, room: usize) -> Vec<Item> {
    let mut stories: HashMap<i64, usize> = HashMap::new();
    let mut outlets: HashMap<String, usize> = HashMap::new();
    let (mut chosen, mut passed_over) = (Vec::new(), Vec::new());
    for item in ranked {
        let of_story = item.story.map(|story| stories.entry(story).or_default());
        if of_story.as_ref().is_some_and(|n| **n == OF_A_STORY) {
            continue;
        }
        let of_outlet = outlets.entry(outlet(&item).unwrap_or_default().to_owned()).or_default();
        if *of_outlet == room / 2 {
            passed_over.push(item);
        } else if chosen.len() < room {
            *of_outlet += 1;
            of_story.into_iter().for_each(|n| *n += 1);
            chosen.push(item);
        }
    }
    let left = room - chosen.len();
    let fits = |item: &Item, stories: &mut HashMap<i64, usize>| match item.story {
        Some(story) => {
            let n = stories.entry(story).or_default();
            *n += 1;
            *n <= OF_A_STORY
        }
        None => true,
    };
    chosen.extend(passed_over.into_iter().filter(|item| fits(item, &mut stories)).take(left));
    chosen.sort_by(by_rank);
    chosen
}

/// Ranked items to their order in the digest: key developments, then section by section.
pub(super) fn place(ranked: Vec<Item>) -> Vec<Item> {
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

fn outlet(item: &Item) -> Option<&str> {
    item.links.first().map(|link| link.outlet.as_str())
}

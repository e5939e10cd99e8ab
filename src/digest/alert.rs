//! What is large enough to be told at once, and not only in the next digest.

use std::collections::HashMap;

use super::rank::by_rank;
use super::select::{DOUBTFUL, Input, candidates, empty};
use super::speech::is_speech;
use super::watch::is_watched;
use super::{Badge, Digest, Item};
use crate::model::{DevelopmentId, History};

/// Origins from which on an event is large.
pub const ORIGINS: usize = 3;
/// Origins from which on it is large, if the reader or the owner watches somebody or some place in it.
pub const ORIGINS_WATCHED: usize = 2;
/// Killed from which on it is large, whoever reports it.
pub const KILLED: u32 = 50;
/// What one alert has room for.
const BUDGET: usize = 3;

/// The alert that a reader would get now; `None` if nothing is large that the reader was not told.
///
/// Large is what has happened (no plan) and is borne out by [`ORIGINS`] sources, or by [`ORIGINS_WATCHED`] if it
/// is watched, or killed [`KILLED`]; of what somebody said only what is watched.
pub fn alert(input: &Input) -> Option<Digest> {
    let histories: HashMap<DevelopmentId, &History> =
        input.histories.iter().map(|history| (history.development.id, history)).collect();
    let large = |item: &Item| {
        let new = matches!(item.badge, Badge::New | Badge::Cancelled)
            && !item.planned
            && !input.told.contains(&(item.development, 0));
        new && histories.get(&item.development).is_some_and(|history| is_large(history, item, input))
    };
    let mut items: Vec<Item> = candidates(input).into_iter().filter(large).collect();
    items.sort_by(by_rank);
    items.truncate(BUDGET);
    (!items.is_empty()).then(|| Digest { alert: true, items, ..empty(input) })
}

fn is_large(history: &History, item: &Item, input: &Input) -> bool {
    let sure = history.reports.iter().any(|report| report.mention.score >= DOUBTFUL);
    let killed = history.development.killed.as_ref().map_or(0, |toll| toll.value);
    let watched = is_watched(&history.development, &input.wishes.watched)
        || item.story.is_some_and(|story| input.wishes.watched_stories.contains(&story));
    let by_itself = item.origins >= ORIGINS || killed >= KILLED;
    sure && (by_itself && !is_speech(history) || watched && item.origins >= ORIGINS_WATCHED)
}

//! The histories that a window touches to the items of one edition: chosen, worded, ranked, given their place.
//!
//! Left out are background, the doubtful, what somebody said in passing, plans whose day has gone by, what
//! brought only repeats, and what the reader wants none of. What the reader was told before comes again only
//! with a change, shown against what the reader was told. Plans stand under "coming up" until they are held or
//! their day is past.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::item::item;
use super::rank::{by_rank, choose, place};
use super::speech::{attributions, carries_news, is_speech};
use super::wording::clean;
use super::{Badge, Digest, Earlier, Item, Totals, Unchanged, Withdrawn};
use crate::locale::Language;
use crate::model::{DevelopmentId, History, Kind, Watched};

pub use super::rank::section_order;

/// Items that a digest has room for, beside those coming up.
pub const BUDGET: usize = 12;
/// Room for what is coming up.
pub const BUDGET_COMING_UP: usize = 8;
/// A development below this score by one source alone is left out (0 to 1).
pub const DOUBTFUL: f32 = 0.5;
/// Lines of a story's history.
const EARLIER: usize = 4;
/// Characters of such a line.
const LINE: usize = 160;
/// How long a story that was told of and brings nothing is still named.
const FADES: TimeDelta = TimeDelta::days(7);
/// Stories without change that are named.
const FADING: usize = 4;

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
    /// The language of the labels.
    pub language: Language,
    /// What the reader wants.
    pub wishes: Wishes,
    /// Editions that did not come and that this one stands for.
    pub covers: Vec<DateTime<Utc>>,
    /// Developments found, changed or planned, at most one history each; the same for every reader of a window.
    pub histories: Arc<[History]>,
    /// What the reader was told: a development with 0, a change of it with the change's id.
    pub told: HashSet<(DevelopmentId, i64)>,
    /// What the reader was told of stories, by their ids.
    pub stories: HashMap<i64, StoryTold>,
    /// What the reader was told and is to be told that it is wrong.
    pub withdrawn: Vec<Withdrawn>,
    /// What the reader was told to be wrong and stands after all.
    pub restored: Vec<Withdrawn>,
    /// Articles, outlets and sources of the window; developments are counted here.
    pub totals: Totals,
}

impl Input {
    /// Whether another gives the same digest, but for whose it is; the histories must be the very same.
    pub fn is_like(&self, other: &Input) -> bool {
        Arc::ptr_eq(&self.histories, &other.histories)
            && (self.edition, self.window, self.since) == (other.edition, other.window, other.since)
            && (self.zone, self.language, self.totals) == (other.zone, other.language, other.totals)
            && (&self.covers, &self.wishes, &self.told) == (&other.covers, &other.wishes, &other.told)
            && (&self.stories, &self.withdrawn, &self.restored)
                == (&other.stories, &other.withdrawn, &other.restored)
    }
}

/// What a reader wants more of, and none of; the default is whatever there is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wishes {
    /// Kinds; empty: all.
    pub kinds: Vec<Kind>,
    /// Only developments that have one of these words or phrases; empty: all.
    pub only: Vec<String>,
    /// Words and phrases that rank a development up.
    pub favoured: Vec<String>,
    /// Sources that a development must have at least; 0 and 1: any.
    pub min_sources: usize,
    /// Names that rank a development up, and have it told even where doubtful.
    pub watched: Vec<Watched>,
    /// Names whose developments are left out.
    pub muted: Vec<Watched>,
    /// Stories whose developments are ranked up.
    pub watched_stories: HashSet<i64>,
    /// Stories whose developments are left out.
    pub muted_stories: HashSet<i64>,
}

/// What a reader was told of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryTold {
    /// Whom it is between, or where; empty where that would not tell it from others.
    pub name: String,
    /// The day of the last edition that told of it.
    pub last: NaiveDate,
    /// What was told, by its days.
    pub developments: Vec<Earlier>,
}

/// Selects, ranks and places one edition's items.
pub fn select(input: Input) -> Digest {
    let told = candidates(&input);
    let updated = |item: &Item| input.told.contains(&(item.development, 0));
    let news = || told.iter().filter(|item| item.badge != Badge::Planned);
    let totals = Totals {
        new: news().filter(|item| !updated(item)).count(),
        updated: news().filter(|item| updated(item)).count(),
        ..input.totals
    };
    let mut with_news: HashSet<i64> = news().filter_map(|item| item.story).collect();

    let (mut coming_up, mut items): (Vec<_>, Vec<_>) = told.into_iter().partition(|item| item.planned);
    items.sort_by(by_rank);
    let mut rest: Vec<DevelopmentId> = items.iter().map(|item| item.development).collect();
    items = choose(items, BUDGET);
    rest.retain(|id| items.iter().all(|item| item.development != *id));

    // What is new among the plans before what was told already, then the nearest; shown by date.
    coming_up
        .sort_by(|a, b| (a.badge == Badge::Planned).cmp(&(b.badge == Badge::Planned)).then(by_day(a, b)));
    let later = coming_up.iter().skip(BUDGET_COMING_UP).filter(|item| item.badge != Badge::Planned);
    rest.extend(later.map(|item| item.development));
    coming_up.truncate(BUDGET_COMING_UP);
    coming_up.sort_by(by_day);
    // What is still to come was told before, and yet the story is not one of which there is nothing to tell.
    with_news.extend(coming_up.iter().filter_map(|item| item.story));
    let unchanged = unchanged(&input, &with_news);

    let mut digest = Digest { totals, coming_up, more: rest.len(), rest, unchanged, ..empty(&input) };
    digest.items = place(items);
    (digest.withdrawn, digest.restored) = (input.withdrawn, input.restored);
    tell_stories(&mut digest, &input.stories);
    digest
}

/// An edition that tells nothing.
pub(super) fn empty(input: &Input) -> Digest {
    Digest {
        edition: input.edition,
        subscriber: input.subscriber,
        window: input.window,
        zone: input.zone,
        language: input.language,
        alert: false,
        covers: input.covers.clone(),
        totals: input.totals,
        items: Vec::new(),
        coming_up: Vec::new(),
        more: 0,
        rest: Vec::new(),
        withdrawn: Vec::new(),
        restored: Vec::new(),
        unchanged: Vec::new(),
    }
}

/// All that this edition could tell, one item a sentence.
pub(super) fn candidates(input: &Input) -> Vec<Item> {
    let kinds = &input.wishes.kinds;
    let attributions = attributions(&input.histories);
    let told = input
        .histories
        .iter()
        .filter(|history| kinds.is_empty() || kinds.contains(&history.development.kind))
        .filter(|history| history.story.is_none_or(|story| !input.wishes.muted_stories.contains(&story)))
        .filter(|history| !is_speech(history) || carries_news(history, &attributions))
        .filter_map(|history| item(history, &attributions, input))
        .collect();
    one_for_each_sentence(told)
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

fn by_day(a: &Item, b: &Item) -> std::cmp::Ordering {
    let day = |item: &Item| item.when.as_ref().map_or(NaiveDate::MAX, |when| when.from);
    day(a).cmp(&day(b)).then(a.development.cmp(&b.development))
}

/// Gives the first item of each story what the reader was told of the story before.
fn tell_stories(digest: &mut Digest, stories: &HashMap<i64, StoryTold>) {
    let here: HashSet<DevelopmentId> = digest.told().iter().map(|(id, _)| *id).collect();
    let mut done = HashSet::new();
    for item in digest.items.iter_mut().chain(&mut digest.coming_up) {
        let story = item.story.filter(|_| item.badge != Badge::Planned).filter(|story| done.insert(*story));
        let Some(known) = story.and_then(|story| stories.get(&story)) else { continue };
        let earlier: Vec<&Earlier> =
            known.developments.iter().filter(|earlier| !here.contains(&earlier.development)).collect();
        let short = |earlier: &&Earlier| Earlier { text: clean(&earlier.text, LINE), ..(*earlier).clone() };
        item.history = earlier.iter().skip(earlier.len().saturating_sub(EARLIER)).map(short).collect();
    }
}

/// Stories that were told of lately and stand nowhere in this edition, the latest first.
fn unchanged(input: &Input, with_news: &HashSet<i64>) -> Vec<Unchanged> {
    let quiet = |id: &i64, story: &StoryTold| {
        !story.name.is_empty()
            && !with_news.contains(id)
            && !input.wishes.muted_stories.contains(id)
            && story.last >= input.edition - FADES
    };
    let mut stories: Vec<Unchanged> = input
        .stories
        .iter()
        .filter(|(id, story)| quiet(id, story))
        .map(|(id, story)| Unchanged { story: *id, name: story.name.clone(), last: story.last })
        .collect();
    stories.sort_by_key(|story| (std::cmp::Reverse(story.last), story.story));
    stories.truncate(FADING);
    stories
}

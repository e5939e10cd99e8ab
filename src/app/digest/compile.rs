//! Editions that are due, compiled many at a time, each frozen on its own.

use std::collections::HashMap;

use anyhow::{Context, Result};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use siphasher::sip128::SipHasher13;

use super::due::Due;
use super::windows::{About, Windows, digests};
use super::{App, OVERLAP, Outcome, Reader, store};
use crate::app::chart::{Charts, Picture};
use crate::digest::render::Templates;
use crate::digest::{Digest, parts};
use crate::schedule;
use crate::store::Trouble;
use crate::store::digests::{Compiled, List, Window, queue};
use crate::store::subscribers::{self, Subscriber};

/// Digests that are kept for others.
const MOST: usize = 48;

/// Whether compiling is to end.
pub(super) type Stopped<'a> = &'a (dyn Fn() -> bool + Send + Sync);

/// What editions share that are compiled in one go.
pub(super) struct Pass<'a> {
    /// When it is.
    pub now: DateTime<Utc>,
    /// Digests that others are told too.
    pub layouts: Layouts,
    charts: Charts,
    windows: Windows,
    stopped: Stopped<'a>,
}

impl<'a> Pass<'a> {
    /// Nothing is drawn or read yet.
    pub fn new(app: &App, now: DateTime<Utc>, stopped: Stopped<'a>) -> Result<Pass<'a>> {
        let templates = Templates::load(app.config.templates.as_deref())?;
        let layouts = Layouts { templates, kept: Vec::new(), lists: HashMap::new() };
        Ok(Pass { now, layouts, charts: Charts::default(), windows: Windows::new(now), stopped })
    }

    /// What is not begun yet is left for the next time.
    pub fn is_stopped(&self) -> bool {
        (self.stopped)()
    }
}

/// The latest digests, laid out for all who are told the same; and what was listed, stored once.
pub(super) struct Layouts {
    templates: Templates,
    kept: Vec<Layout>,
    /// The ids of lists that were frozen, by the hash of their items.
    lists: HashMap<u128, i64>,
}

/// A digest that is nobody's.
struct Layout {
    digest: Digest,
    messages: Vec<String>,
    /// The hash of its items.
    items: u128,
}

impl Layouts {
    /// The place of a digest that is nobody's.
    fn of(&mut self, digest: &Digest) -> Result<usize> {
        let known = match self.kept.iter().position(|layout| layout.digest == *digest) {
            Some(known) => known,
            None => {
                let messages = parts::split(&self.templates.html(digest)?);
                let items = SipHasher13::new().hash(digest.listed().to_string().as_bytes()).as_u128();
                if self.kept.len() >= MOST {
                    self.kept.remove(0);
                }
                self.kept.push(Layout { digest: digest.clone(), messages, items });
                self.kept.len() - 1
            }
        };
        Ok(known)
    }
}

/// An edition with whom it is for and what it is about.
struct Planned {
    due: Due,
    chat: Subscriber,
    about: About,
    /// Its day and those of the editions in whose place it is, but for days that had one.
    days: Vec<NaiveDate>,
}

/// Compiles and freezes editions of different subscribers, until it is told to stop.
///
/// # Errors
/// The database fails; what fails for one reader is in the outcome.
pub(super) async fn compile(
    app: &App,
    pass: &mut Pass<'_>,
    due: Vec<Due>,
    outcome: &mut Outcome,
) -> Result<()> {
    let planned = plan(app, due).await?;
    let abouts: Vec<About> = planned.iter().map(|planned| planned.about.clone()).collect();
    // One reader's trouble is no other's: what can't be had for all is asked for one by one.
    let mut together = digests(app, &mut pass.windows, &abouts).await.unwrap_or_default().into_iter();
    for planned in planned {
        if pass.is_stopped() {
            break;
        }
        let (subscriber, date) = (planned.chat.id, planned.about.edition);
        match finish(app, pass, planned, together.next()).await {
            Ok(Some(id)) => {
                tracing::info!(digest = id, subscriber, %date, "digest {id} compiled");
                outcome.compiled.push(id);
            }
            Ok(None) => {}
            // The next one would fare alike.
            Err(error) if Trouble::of(&error).is_some() => return Err(error),
            Err(error) => {
                outcome.failed.push(format!("edition {date} of subscriber {subscriber}: {error:#}"));
            }
        }
    }
    Ok(())
}

/// What editions are about, by what their readers chose and when they had the last one.
async fn plan(app: &App, due: Vec<Due>) -> Result<Vec<Planned>> {
    let subscribers: Vec<i64> = due.iter().map(Due::subscriber).collect();
    let chats = subscribers::these(&app.db, &subscribers).await?;
    let mut chats: HashMap<i64, Subscriber> = chats.into_iter().map(|chat| (chat.id, chat)).collect();
    let last = store::last_windows(&app.db, &subscribers).await?;
    let mut planned = Vec::with_capacity(due.len());
    for due in due {
        let Some(chat) = chats.remove(&due.subscriber()) else { continue };
        let last = last.get(&chat.id).copied();
        if last.is_some_and(|last| last.to >= due.edition.at) {
            // One that was asked for, or an edition of another slot, has told it all.
            let mut passed = due.merged.clone();
            passed.push((due.slot, due.edition.local_date));
            queue::pass(&app.db, chat.id, &passed).await?;
            continue;
        }
        planned.push(Planned::new(app, due, chat, last));
    }
    Ok(planned)
}

impl Planned {
    fn new(app: &App, due: Due, chat: Subscriber, last: Option<Window>) -> Planned {
        let edition = due.edition;
        let next = edition.window_from(chat.subscribed_at, last.map(|last| last.to));
        let (from, since) = match last.filter(|last| last.to == next) {
            // The chat was lost with it and is back: this one is also in its place.
            Some(last) if last.unsent => (last.from, last.from - OVERLAP),
            Some(_) => (next, next - OVERLAP),
            None => (next, next),
        };
        let covers = due.missed(last.map_or(chat.subscribed_at, |last| last.to));
        let mut days: Vec<NaiveDate> =
            covers.iter().map(|at| at.with_timezone(&chat.zone).date_naive()).collect();
        days.retain(|day| last.is_none_or(|last| *day > last.local_date));
        days.push(edition.local_date);
        let reader = Reader::from(app, &chat);
        let about = About { reader, edition: edition.local_date, window: (from, edition.at), since, covers };
        Planned { due, chat, about, days }
    }
}

/// Freezes an edition, selected before or now; `None` if it was there already.
async fn finish(
    app: &App,
    pass: &mut Pass<'_>,
    planned: Planned,
    digest: Option<Digest>,
) -> Result<Option<i64>> {
    let Planned { due, chat, about, days } = planned;
    let digest = match digest {
        Some(digest) => digest,
        None => digests(app, &mut pass.windows, &[about]).await?.pop().context("selecting a digest")?,
    };
    let not_before = chat.choices.quiet.and_then(|quiet| schedule::quiet_until(quiet, chat.zone, pass.now));
    let picture = match chat.choices.chart_comes() {
        // Also where the edition of that day did not come.
        Some(day) if days.iter().any(|date| date.weekday() == day) => {
            pass.charts.get(app, chat.zone, chat.language(), pass.now).await
        }
        _ => None,
    };
    let to = To {
        subscriber: chat.id,
        slot: due.slot,
        merged: &due.merged,
        not_before: not_before.unwrap_or(pass.now),
    };
    freeze(app, &mut pass.layouts, &to, digest, picture, pass.now).await
}

/// Where a frozen digest goes.
pub(super) struct To<'a> {
    /// To whom.
    pub subscriber: i64,
    /// As which edition of its day.
    pub slot: i16,
    /// Slots in whose place it is too, with the days that are no longer owed.
    pub merged: &'a [(i16, NaiveDate)],
    /// Its messages are not sent before.
    pub not_before: DateTime<Utc>,
}

/// Freezes a digest with its messages and the week's picture if it is the first of its day to have it; its id, or `None`
/// if it was there already.
pub(super) async fn freeze(
    app: &App,
    layouts: &mut Layouts,
    to: &To<'_>,
    mut digest: Digest,
    picture: Option<&Picture>,
    now: DateTime<Utc>,
) -> Result<Option<i64>> {
    let subscriber = digest.subscriber.take();
    let at = layouts.of(&digest)?;
    let Layouts { kept, lists, .. } = layouts;
    let Layout { digest: shared, messages, items: hash } = &kept[at];
    let known = lists.get(hash).copied();
    let (items, lines) = if known.is_none() { (shared.listed(), shared.lines()) } else { Default::default() };
    // The rest of it is this reader's own.
    digest.items.clear();
    digest.coming_up.clear();
    let content =
        serde_json::to_value(Digest { subscriber, ..digest }).context("freezing a digest as JSON")?;
    let compiled = Compiled {
        subscriber_id: to.subscriber,
        local_date: shared.edition,
        slot: to.slot,
        window: shared.window,
        content: &content,
        list: known.map_or(List::New { items: &items, lines: &lines }, List::Known),
        told: shared.told(),
        restored: shared.restored.iter().map(|restored| restored.development).collect(),
        merged: to.merged,
        parts: messages,
        picture: picture.map(|picture| (picture.caption.as_str(), &picture.png[..])),
        not_before: to.not_before,
    };
    match store::freeze(&app.db, &compiled, now).await {
        Ok(Some(frozen)) => {
            lists.insert(*hash, frozen.list);
            Ok(Some(frozen.digest))
        }
        Ok(None) => Ok(None),
        // Should it be the list, the next edition brings its own.
        Err(error) => {
            lists.remove(hash);
            Err(error)
        }
    }
}

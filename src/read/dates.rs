//! Days and spans of days named in a sentence, resolved against the publication date.

use std::ops::Range;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};

use crate::model::When;

/// Which way a clause looks, by its tense: decides what "Thursday" means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// It tells what happened: a bare weekday is today or up to six days ago.
    #[default]
    Past,
    /// It tells what is planned: a bare weekday is today or up to six days ahead.
    Future,
}

/// What a date is to the clause that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateRole {
    /// When something happens.
    At,
    /// When something began that goes on ("since July", "from 3 May").
    Since,
    /// A limit or deadline ("by 8 August", "until New Year").
    Until,
}

/// One date expression in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateHit {
    /// Bytes of the expression, without a preposition before it.
    pub range: Range<usize>,
    /// The days meant.
    pub when: When,
    /// What it is to its clause.
    pub role: DateRole,
    /// Days from another event's day ("the day before" is -1): see [`DateHit::rebased`].
    pub relative_to_event: Option<i64>,
    /// More than 60 days before publication: an event of this date is background.
    pub old: bool,
}

impl DateHit {
    /// The days meant if the event that the expression refers to was on `anchor`.
    ///
    /// Only an expression relative to an event moves; any other is returned as it is.
    pub fn rebased(&self, anchor: NaiveDate) -> When {
        match self.relative_to_event.map(|days| shifted(anchor, days)) {
            Some(day) => When { from: day, to: day, ..self.when.clone() },
            None => self.when.clone(),
        }
    }
}

/// The date expressions of one sentence, in order, not overlapping.
pub fn find(_text: &str, _published: DateTime<Utc>, _direction: Direction) -> Vec<DateHit> {
    Vec::new()
}

/// The day that a bare weekday means in a text published on `published`; the day itself is today.
pub fn resolve_weekday(weekday: Weekday, published: NaiveDate, direction: Direction) -> NaiveDate {
    let named = i64::from(weekday.num_days_from_monday());
    let today = i64::from(published.weekday().num_days_from_monday());
    match direction {
        Direction::Past => shifted(published, -(today - named).rem_euclid(7)),
        Direction::Future => shifted(published, (named - today).rem_euclid(7)),
    }
}

fn shifted(day: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) };
    moved.unwrap_or(day)
}

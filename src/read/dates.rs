//! Days and spans of days named in a sentence, resolved against the publication date.

use std::ops::Range;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc, Weekday};

use super::text::{self, Token};
use crate::model::{Precision, When};

mod calendar;
mod words;

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
    /// The new day of an event that was put off or brought forward ("moved to Saturday").
    Moved,
    /// A day that no longer holds ("moved from Thursday", "instead of Thursday").
    Was,
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
    /// The words beside it say that it lies ahead ("planned for Friday", "called off Friday's visit").
    pub ahead: bool,
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
///
/// A date without a year is the one nearest to publication that the direction allows.
pub fn find(text: &str, published: DateTime<Utc>, direction: Direction) -> Vec<DateHit> {
    find_in(text, &text::words(text), published, direction)
}

/// As [`find`], from the sentence's words.
pub(super) fn find_in(
    text: &str,
    tokens: &[Token],
    published: DateTime<Utc>,
    direction: Direction,
) -> Vec<DateHit> {
    let today = published.date_naive();
    let reader = Reader { text, tokens, today, direction };
    let mut hits = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.at(at) {
            Some((hit, end)) => {
                hits.push(hit);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    hits
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

/// What an expression means, before it is a hit.
struct Meaning {
    end: usize,
    from: NaiveDate,
    to: NaiveDate,
    precision: Precision,
    relative: Option<i64>,
}

impl Meaning {
    fn day(end: usize, day: NaiveDate) -> Meaning {
        Meaning { end, from: day, to: day, precision: Precision::Day, relative: None }
    }

    fn span(end: usize, from: NaiveDate, to: NaiveDate, precision: Precision) -> Meaning {
        Meaning { end, from, to: to.max(from), precision, relative: None }
    }
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    today: NaiveDate,
    direction: Direction,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        text::word(self.tokens, at)
    }

    fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.word(at))
    }

    /// The date expression that starts at this token, and where it ends.
    fn at(&self, at: usize) -> Option<(DateHit, usize)> {
        let mut meaning = self.meaning(at)?;
        let role = self.role(at, meaning.end);
        let ahead = matches!(role, DateRole::Moved | DateRole::Was) || self.lies_ahead(at, meaning.end);
        if ahead && self.direction == Direction::Past {
            let future = Reader { direction: Direction::Future, ..*self };
            meaning = future.meaning(at)?;
        }
        let range = self.tokens[at].range.start..self.tokens[meaning.end - 1].range.end;
        let literal = self.text[range.clone()].to_owned();
        let when = When { from: meaning.from, to: meaning.to, precision: meaning.precision, literal };
        let old = (self.today - meaning.to).num_days() > OLD_DAYS;
        Some((DateHit { range, when, role, relative_to_event: meaning.relative, ahead, old }, meaning.end))
    }

    fn meaning(&self, at: usize) -> Option<Meaning> {
        self.calendar(at)
            .or_else(|| self.weekday(at))
            .or_else(|| self.named(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.year(at))
    }

    /// Where the words that lead to an expression begin: articles and adverbs may stand between.
    fn lead(&self, at: usize) -> usize {
        let mut back = at;
        while matches!(self.before(back, 1), "the" | "late" | "early" | "at" | "least" | "mid") {
            back -= 1;
        }
        back
    }

    /// Whether an event is said to be moved in the words before `at`: "moved", "put back", "brought forward".
    fn moved(&self, at: usize) -> bool {
        (at.saturating_sub(12)..at)
            .rev()
            .take_while(|i| !matches!(self.word(*i), ";" | "." | "said" | "says"))
            .any(|i| {
                let word = self.word(i);
                MOVES.contains(&word)
                    || matches!(
                        word,
                        "put" | "puts" | "bring" | "brings" | "brought" | "move" | "pushed" | "pushes"
                    ) && (i + 1..at).any(|k| matches!(self.word(k), "back" | "off" | "forward" | "up"))
            })
    }

    /// Whether an event is said, shortly before `at`, to be moved to some place.
    fn moved_on(&self, at: usize) -> bool {
        (at.saturating_sub(8)..at).any(|i| {
            let place = self.word(i + 1) == "to" && self.tokens.get(i + 2).and_then(weekday_of).is_none();
            MOVES.contains(&self.word(i))
                && place
                && self.month(i + 2).is_none()
                && self.day_number(i + 2).is_none()
        })
    }

    /// Whether the words beside an expression show a day to come, whatever the tense of the clause.
    fn lies_ahead(&self, at: usize, end: usize) -> bool {
        let back = self.lead(at);
        let linked = matches!(self.before(back, 1), "for" | "on" | "in");
        let clause = |reach: usize| {
            (back.saturating_sub(reach)..back)
                .rev()
                .take_while(|i| !matches!(self.word(*i), ";" | "." | "said" | "says" | "announced" | "that"))
        };
        let planned = linked
            && clause(7).any(|i| {
                PLANS.contains(&self.word(i))
                    // "had been due on Monday" may be past, "killed in a planned raid" is.
                    && !matches!(self.before(i, 1), "a" | "the" | "was" | "were" | "been")
                    || PLANS.contains(&self.word(i)) && self.before(back, 1) == "for"
            });
        let owns = matches!(self.word(end), "'s" | "'");
        let named = (end..end + 3).any(|i| ENCOUNTERS.contains(&self.word(i)));
        let before_it = matches!(self.before(back, 1), "before")
            || self.before(back, 1) == "of" && self.before(back, 2) == "ahead";
        let called_off = self.before(back, 1) != "on" && clause(6).any(|i| CALLS_OFF.contains(&self.word(i)));
        planned || (owns || named) && (before_it || called_off)
    }

    fn role(&self, at: usize, end: usize) -> DateRole {
        // "since last July", "by the end of": articles and adverbs may stand between.
        let back = self.lead(at);
        let first = (at.saturating_sub(8)..at)
            .rev()
            .take_while(|i| !matches!(self.word(*i), ";" | "." | "," | "to" | "until"))
            .any(|i| matches!(self.word(i), "originally" | "initially"));
        match (self.before(back, 1), self.before(back, 2)) {
            ("to" | "until" | "till" | "for", _) if self.moved(back) => DateRole::Moved,
            // "moved to Lima on Friday"
            ("on", _) if self.moved_on(back) => DateRole::Moved,
            ("from", _) if self.moved(back) => DateRole::Was,
            ("of", "instead") | ("than", "rather") => DateRole::Was,
            ("for" | "on", _) if first => DateRole::Was,
            ("before" | "of", "ahead") | ("before", _) if self.lies_ahead(at, end) => DateRole::At,
            ("since" | "starting" | "beginning", _) | ("from", "as") => DateRole::Since,
            ("from", _) if !matches!(self.word(end), "to" | "until") => DateRole::Since,
            ("by" | "until" | "till" | "before", _) => DateRole::Until,
            ("than", "later") => DateRole::Until,
            _ => DateRole::At,
        }
    }
}

/// An event this many days before publication is background.
const OLD_DAYS: i64 = 60;

/// What days are counted in.
const TIME_UNITS: [&str; 14] = [
    "day", "days", "week", "weeks", "month", "months", "year", "years", "decade", "decades", "hour", "hours",
    "minute", "minutes",
];

/// Verbs that give an event another day.
const MOVES: [&str; 20] = [
    "pushed",
    "pushes",
    "pushing",
    "moving",
    "moved",
    "moves",
    "shifted",
    "shifts",
    "rescheduled",
    "reschedules",
    "postponed",
    "postpones",
    "postpone",
    "reschedule",
    "delayed",
    "delays",
    "deferred",
    "adjourned",
    "advanced",
    "changed",
];

/// Words of plans that a day follows: "planned for Friday", "due in Lima on Friday".
const PLANS: [&str; 11] = [
    "planned",
    "scheduled",
    "set",
    "due",
    "expected",
    "slated",
    "fixed",
    "arranged",
    "timed",
    "booked",
    "billed",
];

/// Words that call an event off; a day that is the event's follows.
const CALLS_OFF: [&str; 16] = [
    "off",
    "cancel",
    "cancels",
    "cancelled",
    "canceled",
    "cancelling",
    "canceling",
    "scrap",
    "scraps",
    "scrapped",
    "postpones",
    "postponed",
    "postpone",
    "shelves",
    "skips",
    "boycott",
];

/// What may be called off, or lie ahead, under the name of its day.
const ENCOUNTERS: [&str; 14] = [
    "talks",
    "meeting",
    "visit",
    "summit",
    "trip",
    "session",
    "conference",
    "negotiations",
    "call",
    "round",
    "hearing",
    "meetings",
    "visits",
    "consultations",
];

const TIMES_OF_DAY: [&str; 6] = ["morning", "afternoon", "evening", "night", "noon", "midnight"];

fn weekday_of(token: &Token) -> Option<Weekday> {
    if !token.capitalised {
        return None;
    }
    let weekday = match token.lower.as_str() {
        "monday" | "mon" => Weekday::Mon,
        "tuesday" | "tue" | "tues" => Weekday::Tue,
        "wednesday" | "wed" => Weekday::Wed,
        "thursday" | "thu" | "thurs" => Weekday::Thu,
        "friday" | "fri" => Weekday::Fri,
        "saturday" => Weekday::Sat,
        "sunday" => Weekday::Sun,
        _ => return None,
    };
    Some(weekday)
}

fn month_number(lower: &str) -> Option<u32> {
    let short = if lower == "sept" { "sep" } else { lower };
    let at = MONTHS.iter().position(|month| *month == short || month[..3] == *short)?;
    Some(at as u32 + 1)
}

/// The months in full, in lower case.
pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn end_of_month(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    let next = first + Months::new(1);
    next.pred_opt().unwrap_or(next)
}

/// Whether this lower-case word names a month, in full or cut short.
pub(super) fn is_month(lower: &str) -> bool {
    month_number(lower).is_some()
}

/// Whether this lower-case word names a weekday or a month.
pub fn is_day_word(lower: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.contains(&lower) || is_month(lower)
}

fn shifted(day: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) };
    moved.unwrap_or(day)
}

#[cfg(test)]
mod tests;

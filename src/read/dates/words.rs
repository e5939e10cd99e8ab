//! Days by words: weekdays, "yesterday", "last spring", "three weeks ago", a year.

use chrono::{Datelike, NaiveDate};

use super::{
    Direction, Meaning, Reader, TIME_UNITS, TIMES_OF_DAY, end_of_month, resolve_weekday, shifted, weekday_of,
};
use crate::model::Precision;
use crate::read::numbers;
use crate::read::text::{self, TokenKind};

impl Reader<'_> {
    /// "Thursday", "late Thursday", "last Thursday", "Thursday and Friday", "next Monday".
    pub(super) fn weekday(&self, at: usize) -> Option<Meaning> {
        let prefix = self.word(at);
        let prefixed = matches!(prefix, "last" | "next" | "this" | "late" | "early" | "past" | "coming");
        let named = if prefixed { at + 1 } else { at };
        let weekday = weekday_of(self.tokens.get(named)?)?;
        let today = self.today;
        let day = match prefix {
            "last" | "past" => match (today - resolve_weekday(weekday, today, Direction::Past)).num_days() {
                0 => shifted(today, -7),
                days => shifted(today, -days),
            },
            "next" | "coming" => {
                match (resolve_weekday(weekday, today, Direction::Future) - today).num_days() {
                    0 => shifted(today, 7),
                    days => shifted(today, days),
                }
            }
            _ => resolve_weekday(weekday, today, self.direction),
        };
        let mut end = named + 1;
        // "Monday, Jan. 22": the date says it; "Monday's" is the same day.
        let comma = usize::from(self.word(end) == ",");
        if self.month(end + comma).is_some()
            || self.day_number(end + comma).is_some() && self.month(end + comma + 1).is_some()
        {
            let mut dated = self.calendar(end + comma)?;
            dated.end = dated.end.max(end);
            return Some(dated);
        }
        if TIMES_OF_DAY.contains(&self.word(end)) {
            end += 1;
        }
        // "on Thursday week" is a week later than on Thursday.
        if self.word(end) == "week" && !prefixed {
            let day = resolve_weekday(weekday, today, Direction::Future);
            return Some(Meaning::day(end + 1, shifted(day, 7)));
        }
        // "moved from Thursday to Saturday" is no span.
        let apart = self.word(end) == "to" && self.moved(at);
        let joined = !apart && matches!(self.word(end), "and" | "to" | "-" | "–" | "or");
        if let Some(second) = joined.then(|| self.tokens.get(end + 1).and_then(weekday_of)).flatten() {
            let days = (i64::from(second.num_days_from_monday()) - i64::from(weekday.num_days_from_monday()))
                .rem_euclid(7);
            let last = shifted(day, days);
            // "Thursday and Friday" of the past must not reach past today.
            let back =
                if self.direction == Direction::Past && last > today && prefix != "next" { -7 } else { 0 };
            return Some(Meaning::span(end + 2, shifted(day, back), shifted(last, back), Precision::Day));
        }
        Some(Meaning::day(end, day))
    }

    /// "yesterday", "the day before", "this weekend", "last month", "overnight".
    pub(super) fn named(&self, at: usize) -> Option<Meaning> {
        let today = self.today;
        let word = |by: usize| self.word(at + by);
        let day = |by: i64, len: usize| Some(Meaning::day(at + len, shifted(today, by)));
        let relative = |by: i64, len: usize| {
            let day = shifted(today, by);
            Some(Meaning { relative: Some(by), ..Meaning::day(at + len, day) })
        };
        let monday = shifted(today, -i64::from(today.weekday().num_days_from_monday()));
        let week = |by: i64, len: usize| {
            let from = shifted(monday, by * 7);
            Some(Meaning::span(at + len, from, shifted(from, 6), Precision::Week))
        };
        let weekend = |by: i64, len: usize| {
            let saturday = shifted(monday, 5 + by * 7);
            Some(Meaning::span(at + len, saturday, shifted(saturday, 1), Precision::Week))
        };
        let first = today.with_day(1)?;
        match (word(0), word(1), word(2)) {
            ("day", "before", "yesterday") => day(-2, 3),
            ("day", "after", "tomorrow") => day(2, 3),
            ("day", "before" | "earlier", _) => relative(-1, 2),
            ("day", "after" | "later", _) => relative(1, 2),
            ("previous" | "preceding", "day" | "night" | "evening", _) => relative(-1, 2),
            ("next" | "following", "day" | "morning", _) if self.before(at, 1) == "the" => relative(1, 2),
            ("same", "day", _) => relative(0, 2),
            ("yesterday", "morning" | "evening" | "afternoon" | "night", _) => day(-1, 2),
            ("yesterday", ..) => day(-1, 1),
            ("tomorrow", "morning" | "evening" | "afternoon" | "night", _) => day(1, 2),
            ("tomorrow", ..) => day(1, 1),
            ("today" | "tonight", ..) => day(0, 1),
            ("this", "morning" | "evening" | "afternoon", _) => day(0, 2),
            ("last", "night", _) => day(-1, 2),
            ("earlier" | "later", "today", _) => day(0, 2),
            // A night spans two days; the reports come the morning after.
            ("overnight", ..) => Some(Meaning::span(at + 1, shifted(today, -1), today, Precision::Day)),
            ("last" | "previous" | "past", "week", _) => week(-1, 2),
            ("next" | "coming", "week", _) => week(1, 2),
            ("this", "week", _) => week(0, 2),
            ("last", "weekend", _) => weekend(-1, 2),
            ("next" | "coming", "weekend", _) => {
                weekend(i64::from(today.weekday().num_days_from_monday() >= 5), 2)
            }
            ("this", "weekend", _) => weekend(self.weekend_shift(), 2),
            ("weekend", ..)
                if matches!(self.before(at, 1), "the" | "a")
                    && matches!(self.before(at, 2), "over" | "at" | "on" | "during") =>
            {
                weekend(self.weekend_shift(), 1)
            }
            ("last" | "previous", "month", _) => {
                let to = first.pred_opt()?;
                Some(Meaning::span(at + 2, to.with_day(1)?, to, Precision::Month))
            }
            ("next", "month", _) => {
                let from = end_of_month(first).succ_opt()?;
                Some(Meaning::span(at + 2, from, end_of_month(from), Precision::Month))
            }
            ("this" | "later", "month", _) | ("later" | "earlier", "this", "month") => {
                let len = if word(1) == "this" { 3 } else { 2 };
                Some(Meaning::span(at + len, first, end_of_month(first), Precision::Month))
            }
            ("earlier" | "later", "this", "week") => week(0, 3),
            ("earlier" | "later", "this", "year") => {
                let year = today.year();
                let (from, to) =
                    (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?);
                let earlier = word(0) == "earlier";
                let (from, to) = if earlier { (from, today) } else { (today, to) };
                Some(Meaning::span(at + 3, from, to, Precision::Year))
            }
            ("last" | "previous" | "this" | "next", "year", _) => {
                let by = match word(0) {
                    "this" => 0,
                    "next" => 1,
                    _ => -1,
                };
                self.whole_year(at + 2, today.year() + by)
            }
            ("last" | "this" | "next", "spring" | "summer" | "autumn" | "fall" | "winter", _) => {
                self.season(at + 2, word(1), word(0))
            }
            ("new", "year", next) => {
                let len = if next == "'s" { 3 } else { 2 };
                let day = self.nearest(1, 1, None)?;
                Some(Meaning::day(at + len, day))
            }
            ("christmas", ..) => Some(Meaning::day(at + 1, self.nearest(12, 25, None)?)),
            // "on the 15th"
            (_, next, _)
                if self.before(at, 1) == "the"
                    && matches!(self.before(at, 2), "on" | "by" | "until" | "since") =>
            {
                let token = self.tokens.get(at).filter(|t| {
                    t.lower.ends_with("th")
                        || t.lower.ends_with("st")
                        || t.lower.ends_with("nd")
                        || t.lower.ends_with("rd")
                })?;
                let number = self.day_number(at).filter(|_| token.kind == TokenKind::Number)?;
                let ends = next.is_empty()
                    || self.tokens.get(at + 1).is_some_and(|t| !t.is_word() || text::is_stop_word(&t.lower));
                ends.then(|| self.day_of_month(at + 1, number)).flatten()
            }
            _ => None,
        }
    }

    /// Over "this weekend" and "over the weekend": the last one if the clause tells what happened.
    pub(super) fn weekend_shift(&self) -> i64 {
        let weekday = self.today.weekday().num_days_from_monday();
        if self.direction == Direction::Past && weekday < 5 { -1 } else { 0 }
    }

    pub(super) fn day_of_month(&self, end: usize, day: u32) -> Option<Meaning> {
        let this = self.today.with_day(day);
        let found = match (this, self.direction) {
            (Some(date), Direction::Past) if date <= self.today => date,
            (Some(date), Direction::Future) if date >= self.today => date,
            (_, Direction::Past) => self.today.with_day(1)?.pred_opt()?.with_day(day)?,
            (_, Direction::Future) => end_of_month(self.today).succ_opt()?.with_day(day)?,
        };
        Some(Meaning::day(end, found))
    }

    pub(super) fn whole_year(&self, end: usize, year: i32) -> Option<Meaning> {
        let (from, to) = (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?);
        Some(Meaning::span(end, from, to, Precision::Year))
    }

    /// Northern seasons, as news agencies use them.
    pub(super) fn season(&self, end: usize, season: &str, prefix: &str) -> Option<Meaning> {
        let start = match season {
            "spring" => 3,
            "summer" => 6,
            "winter" => 12,
            _ => 9,
        };
        let year = |by: i32| NaiveDate::from_ymd_opt(self.today.year() + by, start, 1);
        let from = match prefix {
            "last" => {
                [year(0)?, year(-1)?, year(-2)?].into_iter().find(|from| shifted(*from, 91) <= self.today)?
            }
            "next" => [year(0)?, year(1)?].into_iter().find(|from| *from > self.today)?,
            _ => year(0)?,
        };
        Some(Meaning::span(end, from, shifted(from, 90), Precision::Year))
    }

    /// "two weeks ago", "in three days", "three days later".
    pub(super) fn counted(&self, at: usize) -> Option<Meaning> {
        let (count, unit_at) = match (self.word(at), self.word(at + 1)) {
            ("a", "few" | "couple") => return None,
            ("a" | "an" | "one", _) => (1, at + 1),
            ("several" | "many" | "some", _) => return None,
            _ if !(at + 1..at + 6).any(|i| TIME_UNITS.contains(&self.word(i))) => return None,
            _ => {
                let (span, hit) =
                    numbers::find_in(&self.tokens[at..self.tokens.len().min(at + 5)]).into_iter().next()?;
                (i64::try_from(hit.value.filter(|n| *n < 1000 && span.start == 0)?).ok()?, at + span.end)
            }
        };
        let (days, precision) = match self.word(unit_at) {
            "day" | "days" => (1, Precision::Day),
            "week" | "weeks" => (7, Precision::Week),
            "month" | "months" => (30, Precision::Month),
            "year" | "years" => (365, Precision::Year),
            "decade" | "decades" => (3652, Precision::Year),
            "hour" | "hours" | "minute" | "minutes" => (0, Precision::Day),
            _ => return None,
        };
        let by = count.saturating_mul(days);
        let mut meaning = match self.word(unit_at + 1) {
            "ago" => Meaning::day(unit_at + 2, shifted(self.today, -by)),
            "earlier" | "before" if days > 0 => {
                Meaning { relative: Some(-by), ..Meaning::day(unit_at + 2, shifted(self.today, -by)) }
            }
            "later" | "after" if days > 0 => {
                Meaning { relative: Some(by), ..Meaning::day(unit_at + 2, shifted(self.today, by)) }
            }
            _ if self.before(at, 1) == "in" && self.direction == Direction::Future && days > 0 => {
                Meaning::day(unit_at + 1, shifted(self.today, by))
            }
            _ => return None,
        };
        let slack = match precision {
            Precision::Day => 0,
            Precision::Week => 3,
            Precision::Month => 15,
            Precision::Year => 183,
        };
        (meaning.from, meaning.to) = (shifted(meaning.from, -slack), shifted(meaning.to, slack));
        meaning.precision = precision;
        Some(meaning)
    }

    /// "in 2019", "the 2015 accord": a year by itself.
    pub(super) fn year(&self, at: usize) -> Option<Meaning> {
        let year = self.year_number(at)?;
        let counts = self.tokens.get(at + 1).is_some_and(|next| {
            next.is_word()
                && !next.capitalised
                && next.lower.ends_with('s')
                && !text::is_stop_word(&next.lower)
        });
        let led = matches!(
            self.before(at, 1),
            "in" | "since"
                | "of"
                | "by"
                | "until"
                | "from"
                | "late"
                | "early"
                | "mid"
                | "the"
                | "and"
                | "-"
                | "–"
                | "before"
                | "after"
                | "("
        );
        (led || !counts && (1990..2060).contains(&year)).then(|| self.whole_year(at + 1, year)).flatten()
    }
}

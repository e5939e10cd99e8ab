//! Days and months by their numbers and names: "Jan. 22", "22-23 January 2026", "in August 2025".

use chrono::{Datelike, Days, NaiveDate};

use super::{Direction, Meaning, Reader, end_of_month, month_number};
use crate::model::Precision;
use crate::read::text::TokenKind;

impl Reader<'_> {
    /// "Jan. 22", "22 January 2026", "January 22-23", "July 28 and 29, 2025", "in August 2025", "2026-01-22".
    pub(super) fn calendar(&self, at: usize) -> Option<Meaning> {
        if let Some(iso) = self.iso(at) {
            return Some(iso);
        }
        let mut day = None;
        let mut last_day = None;
        let mut cursor = at;
        // "the 22nd of January", "22-23 January"
        if let Some(first) = self.day_number(cursor) {
            day = Some(first);
            cursor += 1;
            if let Some((second, end)) = self.second_day(cursor, first) {
                last_day = Some(second);
                cursor = end;
            }
            if self.word(cursor) == "of" {
                cursor += 1;
            }
        }
        let month = self.month(cursor)?;
        cursor += 1;
        if self.word(cursor) == "." && self.word(cursor - 1).len() <= 4 {
            cursor += 1;
        }
        if day.is_none()
            && let Some(first) = self.day_number(cursor)
        {
            day = Some(first);
            cursor += 1;
            if let Some((second, end)) = self.second_day(cursor, first) {
                last_day = Some(second);
                cursor = end;
            }
        }
        // A range over two months: "July 28 to August 2".
        let mut end_month = None;
        if day.is_some()
            && last_day.is_none()
            && matches!(self.word(cursor), "to" | "-" | "–" | "until" | "through")
            && !(self.word(cursor) == "to" && self.moved(at))
        {
            if let Some(month) = self.month(cursor + 1).filter(|_| self.day_number(cursor + 2).is_some()) {
                end_month = Some(month);
                last_day = self.day_number(cursor + 2);
                cursor += 3;
            } else if let Some(second) = self.day_number(cursor + 1)
                && let Some(month) = self.month(cursor + 2)
            {
                end_month = Some(month);
                last_day = Some(second);
                cursor += 3;
            }
        }
        let comma = usize::from(self.word(cursor) == "," || self.word(cursor) == "of");
        let year = self.year_number(cursor + comma);
        if year.is_some() {
            cursor += comma + 1;
        } else if self.word(cursor - 1) == "." && day.is_none() && cursor == self.tokens.len() {
            cursor -= 1;
        }
        // "May" and "March" alone are words: they need a day, a year or "in" before.
        let word = self.word(at);
        if day.is_none() && year.is_none() && matches!(word, "may" | "march" | "mar" | "sun") {
            let led = matches!(
                self.before(at, 1),
                "in" | "since"
                    | "by"
                    | "until"
                    | "early"
                    | "late"
                    | "mid"
                    | "last"
                    | "next"
                    | "of"
                    | "this"
                    | "from"
            );
            if !led {
                return None;
            }
        }
        // "Li Jun", "Jan Novak": a month cut short needs a day, a year or its dot.
        let short = word.len() == 3 && word != "may" && self.word(at + 1) != ".";
        if day.is_none() && year.is_none() && short {
            return None;
        }
        let Some(first) = day else {
            return self.month_span(at, cursor, month, year);
        };
        let guess = |day: u32| self.nearest(month, day, year);
        let from = guess(first)?;
        let to = match (last_day, end_month) {
            (Some(last), Some(end_month)) => {
                let to = NaiveDate::from_ymd_opt(from.year(), end_month, last)?;
                if to < from { NaiveDate::from_ymd_opt(from.year() + 1, end_month, last)? } else { to }
            }
            (Some(last), None) => NaiveDate::from_ymd_opt(from.year(), month, last)?,
            (None, _) => from,
        };
        Some(Meaning::span(cursor, from, to, Precision::Day))
    }

    fn iso(&self, at: usize) -> Option<Meaning> {
        let token = self.tokens.get(at).filter(|t| t.kind == TokenKind::Number && t.lower.len() == 4)?;
        let text = self.text.get(token.range.start..token.range.start + 10)?;
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        let end = (at..self.tokens.len()).find(|i| self.tokens[*i].range.end >= token.range.start + 10)?;
        Some(Meaning::day(end + 1, day))
    }

    /// A month without a day: the one nearest in the direction.
    pub(super) fn month_span(&self, at: usize, end: usize, month: u32, year: Option<i32>) -> Option<Meaning> {
        let prefix = self.before(at, 1);
        let year = year.unwrap_or_else(|| {
            let now = self.today.year();
            match (prefix, self.direction) {
                ("last", _) => {
                    if month < self.today.month() {
                        now
                    } else {
                        now - 1
                    }
                }
                ("next", _) => {
                    if month > self.today.month() {
                        now
                    } else {
                        now + 1
                    }
                }
                (_, Direction::Past) if month > self.today.month() => now - 1,
                // "in January" of a plan told in December.
                (_, Direction::Future) if month < self.today.month() => now + 1,
                _ => now,
            }
        });
        let from = NaiveDate::from_ymd_opt(year, month, 1)?;
        let to = end_of_month(from);
        Some(match prefix {
            "early" => Meaning::span(end, from, from + Days::new(9), Precision::Week),
            "mid" => Meaning::span(end, from + Days::new(10), from + Days::new(19), Precision::Week),
            "late" => Meaning::span(end, from + Days::new(19), to, Precision::Week),
            _ => Meaning::span(end, from, to, Precision::Month),
        })
    }

    /// The year of this day of a month that lies nearest, in the direction of the clause.
    pub(super) fn nearest(&self, month: u32, day: u32, year: Option<i32>) -> Option<NaiveDate> {
        if let Some(year) = year {
            return NaiveDate::from_ymd_opt(year, month, day);
        }
        let in_year = |by: i32| NaiveDate::from_ymd_opt(self.today.year() + by, month, day);
        let days = |date: &NaiveDate| (*date - self.today).num_days();
        let candidates = [in_year(-1), in_year(0), in_year(1)].into_iter().flatten();
        // A plan lies ahead and a report behind, but half a year the other way is nearer than a year.
        candidates.min_by_key(|date| {
            let ahead = days(date);
            let wrong_way = match self.direction {
                Direction::Past => ahead > 0,
                Direction::Future => ahead < 0,
            };
            ahead.abs() * if wrong_way { 3 } else { 1 }
        })
    }

    pub(super) fn second_day(&self, at: usize, first: u32) -> Option<(u32, usize)> {
        let joins = matches!(self.word(at), "-" | "–" | "and" | "to" | "&" | "or")
            && !(self.word(at) == "to" && self.moved(at));
        let second = joins.then(|| self.day_number(at + 1)).flatten().filter(|second| *second > first)?;
        // "28 to 29 August" is a range, "28 to August 2" is read by the caller.
        let plain =
            self.word(at) != "to" || self.month(at + 2).is_none() || self.month(at.wrapping_sub(2)).is_none();
        plain.then_some((second, at + 2))
    }

    /// A day of a month: "22", "22nd".
    pub(super) fn day_number(&self, at: usize) -> Option<u32> {
        let token = self.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
        let digits = token.lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &token.lower[digits.len()..];
        let day = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
        matches!(suffix, "" | "st" | "nd" | "rd" | "th").then_some(day)
    }

    pub(super) fn year_number(&self, at: usize) -> Option<i32> {
        let token = self.tokens.get(at).filter(|t| t.kind == TokenKind::Number && t.lower.len() == 4)?;
        token.lower.parse().ok().filter(|year| (1900..2100).contains(year))
    }

    pub(super) fn month(&self, at: usize) -> Option<u32> {
        let token = self.tokens.get(at).filter(|t| t.capitalised)?;
        month_number(&token.lower)
    }
}

//! Days and spans of days named in a sentence, resolved against the publication date.

use std::ops::Range;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc, Weekday};

use super::numbers;
use super::text::{self, Token, TokenKind};
use crate::model::{Precision, When};

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
        self.tokens.get(at).map_or("", |token| token.lower.as_str())
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

    /// "Jan. 22", "22 January 2026", "January 22-23", "July 28 and 29, 2025", "in August 2025", "2026-01-22".
    fn calendar(&self, at: usize) -> Option<Meaning> {
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
    fn month_span(&self, at: usize, end: usize, month: u32, year: Option<i32>) -> Option<Meaning> {
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
    fn nearest(&self, month: u32, day: u32, year: Option<i32>) -> Option<NaiveDate> {
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

    fn second_day(&self, at: usize, first: u32) -> Option<(u32, usize)> {
        let joins = matches!(self.word(at), "-" | "–" | "and" | "to" | "&" | "or")
            && !(self.word(at) == "to" && self.moved(at));
        let second = joins.then(|| self.day_number(at + 1)).flatten().filter(|second| *second > first)?;
        // "28 to 29 August" is a range, "28 to August 2" is read by the caller.
        let plain =
            self.word(at) != "to" || self.month(at + 2).is_none() || self.month(at.wrapping_sub(2)).is_none();
        plain.then_some((second, at + 2))
    }

    /// A day of a month: "22", "22nd".
    fn day_number(&self, at: usize) -> Option<u32> {
        let token = self.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
        let digits = token.lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &token.lower[digits.len()..];
        let day = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
        matches!(suffix, "" | "st" | "nd" | "rd" | "th").then_some(day)
    }

    fn year_number(&self, at: usize) -> Option<i32> {
        let token = self.tokens.get(at).filter(|t| t.kind == TokenKind::Number && t.lower.len() == 4)?;
        token.lower.parse().ok().filter(|year| (1900..2100).contains(year))
    }

    fn month(&self, at: usize) -> Option<u32> {
        let token = self.tokens.get(at).filter(|t| t.capitalised)?;
        month_number(&token.lower)
    }

    /// "Thursday", "late Thursday", "last Thursday", "Thursday and Friday", "next Monday".
    fn weekday(&self, at: usize) -> Option<Meaning> {
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
    fn named(&self, at: usize) -> Option<Meaning> {
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
    fn weekend_shift(&self) -> i64 {
        let weekday = self.today.weekday().num_days_from_monday();
        if self.direction == Direction::Past && weekday < 5 { -1 } else { 0 }
    }

    fn day_of_month(&self, end: usize, day: u32) -> Option<Meaning> {
        let this = self.today.with_day(day);
        let found = match (this, self.direction) {
            (Some(date), Direction::Past) if date <= self.today => date,
            (Some(date), Direction::Future) if date >= self.today => date,
            (_, Direction::Past) => self.today.with_day(1)?.pred_opt()?.with_day(day)?,
            (_, Direction::Future) => end_of_month(self.today).succ_opt()?.with_day(day)?,
        };
        Some(Meaning::day(end, found))
    }

    fn whole_year(&self, end: usize, year: i32) -> Option<Meaning> {
        let (from, to) = (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?);
        Some(Meaning::span(end, from, to, Precision::Year))
    }

    /// Northern seasons, as news agencies use them.
    fn season(&self, end: usize, season: &str, prefix: &str) -> Option<Meaning> {
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
    fn counted(&self, at: usize) -> Option<Meaning> {
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
    fn year(&self, at: usize) -> Option<Meaning> {
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

const MONTHS: [&str; 12] = [
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

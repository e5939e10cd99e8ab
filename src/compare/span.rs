//! The days in which an event lies, by its date or by what its status and publication let expect.

use chrono::NaiveDate;

use super::{Context, days};
use crate::model::{Development, Kind, Mention, Precision, Status, When};

/// Days in which the event lies, by its date or by what its status and publication let expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// The text gives the day.
    pub exact: bool,
    /// The publication day that stands in for one that the text does not give.
    pub stand_in: Option<NaiveDate>,
}

impl Span {
    pub fn of_mention(mention: &Mention, at: &Context) -> Span {
        Span::given(mention.when.as_ref(), &mention.kind).unwrap_or_else(|| {
            let back = if mention.background { 180 } else { mention.kind.spec().delay };
            Span::expected(mention.status, at.day(), back)
        })
    }

    pub fn of_development(facts: &Development) -> Span {
        Span::given(facts.when.as_ref(), &facts.kind).unwrap_or_else(|| {
            let back = if facts.background { 180 } else { facts.kind.spec().delay };
            let first = facts.first_reported.date_naive();
            let span = Span::expected(facts.status, first, back);
            // A plan without a day lives on for as long as it is spoken of.
            let last =
                if facts.status == Status::Occurred { first } else { facts.last_reported.date_naive() };
            Span { to: days(span.to, (last - first).num_days().max(0)), ..span }
        })
    }

    fn given(when: Option<&When>, kind: &Kind) -> Option<Span> {
        let when = when?;
        Some(if when.literal.is_empty() {
            // The publication day stands in for one that the text does not give.
            Span {
                from: days(when.from, -kind.spec().delay),
                to: when.to,
                exact: false,
                stand_in: Some(when.to),
            }
        } else {
            Span { from: when.from, to: when.to, exact: when.precision == Precision::Day, stand_in: None }
        })
    }

    fn expected(status: Status, day: NaiveDate, back: i64) -> Span {
        let to = if status == Status::Occurred { day } else { days(day, 30) };
        let stand_in = (status == Status::Occurred && back < 30).then_some(day);
        Span { from: days(day, -back), to, exact: false, stand_in }
    }

    /// Days between the two spans; 0 if they touch.
    pub fn gap(self, other: Span) -> i64 {
        if let (Some(a), Some(b)) = (self.stand_in, other.stand_in) {
            return ((a - b).num_days().abs() - 1).max(0);
        }
        (self.from - other.to).num_days().max((other.from - self.to).num_days()).max(0)
    }
}

//! Whether a source has fallen silent: it answers, and brings nothing new for longer than it ever did.

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};

use crate::app::App;
use crate::store::sources::{self, Pauses};

/// The days before its newest entry that tell a source's habit.
const DAYS: TimeDelta = TimeDelta::days(30);
/// It has a habit if in these days it brought something new so often.
const TIMES: i64 = 10;
/// Nobody is silent before so long.
const LEAST: TimeDelta = TimeDelta::days(1);

/// Looks whether a source that was read at `now` and brought nothing new is silent by its habit.
pub async fn look(app: &App, id: i64, newest: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<()> {
    // Most are looked at no further: their habit counts only after a day.
    let Some(newest) = newest.filter(|newest| now - *newest > LEAST) else { return Ok(()) };
    let pauses = sources::pauses(&app.db, id, newest - DAYS).await?;
    sources::set_silent(&app.db, id, is_silent(pauses, now - newest).then_some(newest)).await
}

/// Silent: for over a day, and for over twice the longest pause between two times that it brought something.
fn is_silent(pauses: Pauses, quiet: TimeDelta) -> bool {
    pauses.times >= TIMES && quiet > LEAST && quiet > pauses.longest * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_silent_after_twice_its_longest_pause_and_over_a_day() {
        let hourly = Pauses { times: 600, longest: TimeDelta::hours(3) };
        assert!(!is_silent(hourly, TimeDelta::hours(23)));
        assert!(is_silent(hourly, TimeDelta::hours(25)));
        let weekdays_only = Pauses { times: 60, longest: TimeDelta::hours(64) };
        assert!(!is_silent(weekdays_only, TimeDelta::hours(128)));
        assert!(is_silent(weekdays_only, TimeDelta::hours(129)));
    }

    #[test]
    fn a_source_that_seldom_brings_anything_has_no_habit() {
        let seldom = Pauses { times: 9, longest: TimeDelta::hours(3) };
        assert!(!is_silent(seldom, TimeDelta::days(20)));
    }
}

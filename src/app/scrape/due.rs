//! When a source or a page is asked for again. Pure: what happened comes in, an instant goes out.
//!
//! A server's wishes are bounded both ways: nobody makes us come more often than the owner's schedule says, and
//! nobody keeps us away for long. Instants are spread a little, so that not everything happens on the minute.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::schedule::Cron;
use crate::store::sources::Moved;

/// The longest that a list is held for fresh: a wrong `max-age` must not cost entries.
const LONGEST_FRESH: TimeDelta = TimeDelta::hours(2);
/// After a failure a source is tried again in so long, doubled with each further one.
const FIRST_RETRY: TimeDelta = TimeDelta::minutes(5);
/// The longest pause of a failing source; it never stops for good.
const LAST_RETRY: TimeDelta = TimeDelta::hours(6);
/// The longest that a server may send us away for.
const MAX_RETRY_AFTER: TimeDelta = TimeDelta::hours(24);
/// What is due is spread over a sixteenth of the wait, and over no more than this.
const MAX_JITTER: TimeDelta = TimeDelta::minutes(1);

/// Pauses before a page that could not be had is tried again; after the last one it is given up.
const PAGE_PAUSES: [TimeDelta; 4] =
    [TimeDelta::minutes(30), TimeDelta::hours(2), TimeDelta::hours(6), TimeDelta::hours(24)];

/// A permanent redirect is followed for good when it was met in so many checks in a row …
const MOVED_CHECKS: i32 = 5;
/// … over so long.
const MOVED_FOR: TimeDelta = TimeDelta::hours(24);

/// The next check of a list that was read at `now`: by the schedule, but not while it is fresh.
pub fn next_check(
    schedule: &Cron,
    zone: Tz,
    fresh_for: Option<Duration>,
    id: i64,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let fresh =
        fresh_for.map_or(TimeDelta::zero(), |time| TimeDelta::from_std(time).unwrap_or(LONGEST_FRESH));
    let next = schedule.next_after(now, zone).unwrap_or(now + TimeDelta::days(1));
    spread(next.max(now + fresh.min(LONGEST_FRESH)), id, now)
}

/// The next try of a list that failed `failures` times before, and whose server asked for `asked`.
pub fn next_try(failures: i32, asked: Option<DateTime<Utc>>, id: i64, now: DateTime<Utc>) -> DateTime<Utc> {
    let own = now + (FIRST_RETRY * 2_i32.pow(failures.clamp(0, 10) as u32)).min(LAST_RETRY);
    spread(within_bounds(own, asked, now), id, now)
}

/// The next try of what failed because nobody can be reached from here.
pub fn when_cut_off(id: i64, now: DateTime<Utc>) -> DateTime<Utc> {
    spread(now + FIRST_RETRY, id, now)
}

/// The next try of a page that failed `attempts` times before; `None`: it is given up.
pub fn next_page_try(
    attempts: i32,
    asked: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let own = now + *PAGE_PAUSES.get(attempts.max(0) as usize)?;
    Some(within_bounds(own, asked, now))
}

/// The next try of a page whose host has no turn before `turn`: however many wait for it, it is asked again in a day.
pub fn in_turn(turn: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    turn.min(now + MAX_RETRY_AFTER)
}

fn within_bounds(own: DateTime<Utc>, asked: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
    asked.map_or(own, |asked| asked.min(now + MAX_RETRY_AFTER).max(own))
}

/// A little later than `at`: another for each source and time, and the same each time one looks.
fn spread(at: DateTime<Utc>, id: i64, now: DateTime<Utc>) -> DateTime<Utc> {
    let most = ((at - now) / 16).min(MAX_JITTER).num_seconds().max(0);
    let mut hasher = DefaultHasher::new();
    (id, at).hash(&mut hasher);
    at + TimeDelta::seconds((hasher.finish() % (most as u64 + 1)) as i64)
}

/// The address to ask for: the new one, once the old one has led there for long enough.
pub fn settled(moved: Option<&Moved>) -> Option<&Moved> {
    moved.filter(|moved| moved.seen >= MOVED_CHECKS)
}

/// What is known of a move after a check that redirected to `to` for good.
pub fn moved(known: Option<&Moved>, to: Option<String>, now: DateTime<Utc>) -> Option<Moved> {
    let to = match (to, settled(known)) {
        // Asked at its new address, a list redirects no more.
        (None, settled) => return settled.cloned(),
        (Some(to), _) => to,
    };
    match known.filter(|known| known.to == to) {
        None => Some(Moved { to, seen: 1, since: now }),
        // The last step is taken when the time has passed as well.
        Some(known) => {
            let most = if now - known.since >= MOVED_FOR { MOVED_CHECKS } else { MOVED_CHECKS - 1 };
            Some(Moved { to, seen: (known.seen + 1).min(most), since: known.since })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> DateTime<Utc> {
        "2031-03-04T12:00:00Z".parse().unwrap()
    }

    fn check(line: &str, fresh: Option<u64>) -> TimeDelta {
        let cron = Cron::parse(line).unwrap();
        next_check(&cron, Tz::UTC, fresh.map(Duration::from_secs), 7, start()) - start()
    }

    fn between(time: TimeDelta, least: i64, most: i64) {
        assert!((least..=most).contains(&time.num_seconds()), "{time}");
    }

    #[test]
    fn a_list_is_checked_by_its_schedule_and_not_while_it_is_fresh() {
        between(check("*/15 * * * *", None), 900, 960);
        between(check("*/15 * * * *", Some(60)), 900, 960);
        between(check("*/15 * * * *", Some(3_600)), 3_600, 3_660);
        between(check("*/15 * * * *", Some(31_536_000)), 7_200, 7_260);
        between(check("*/15 * * * *", Some(u64::MAX)), 7_200, 7_260);
    }

    #[test]
    fn sources_that_are_due_on_the_same_minute_are_spread_over_it() {
        let cron = Cron::parse("*/15 * * * *").unwrap();
        let mut seconds: Vec<i64> = (0..200)
            .map(|id| (next_check(&cron, Tz::UTC, None, id, start()) - start()).num_seconds())
            .collect();
        seconds.sort_unstable();
        seconds.dedup();
        assert!(seconds.len() > 40, "{seconds:?}");
    }

    #[test]
    fn pauses_after_failures_double_up_to_a_bound_and_never_end() {
        let pause = |failures| next_try(failures, None, 7, start()) - start();
        between(pause(0), 300, 319);
        between(pause(1), 600, 638);
        between(pause(6), 19_200, 19_260);
        between(pause(7), 21_600, 21_660);
        between(pause(i32::MAX), 21_600, 21_660);
    }

    #[test]
    fn a_server_may_ask_for_more_patience_but_for_no_haste_and_no_eternity() {
        let asked = |seconds| next_try(3, Some(start() + TimeDelta::seconds(seconds)), 7, start()) - start();
        between(asked(1), 2_400, 2_460);
        between(asked(7_200), 7_200, 7_260);
        between(asked(10_000_000), 86_400, 86_460);
        let asked = |seconds| next_page_try(0, Some(start() + TimeDelta::seconds(seconds)), start());
        assert_eq!(asked(1), Some(start() + TimeDelta::minutes(30)));
        assert_eq!(asked(7_200), Some(start() + TimeDelta::hours(2)));
        assert_eq!(next_page_try(4, None, start()), None);
        assert_eq!(in_turn(start() + TimeDelta::hours(2), start()), start() + TimeDelta::hours(2));
        assert_eq!(in_turn(start() + TimeDelta::days(7), start()), start() + TimeDelta::days(1));
    }

    #[test]
    fn an_address_is_given_up_for_a_new_one_after_five_redirects_over_a_day() {
        let to = || Some("https://new.example/feed".to_owned());
        let mut known = None;
        for hour in 0..24 {
            known = moved(known.as_ref(), to(), start() + TimeDelta::hours(hour));
            assert_eq!(settled(known.as_ref()), None, "hour {hour}");
        }
        known = moved(known.as_ref(), to(), start() + TimeDelta::hours(24));
        assert!(settled(known.as_ref()).is_some());
        assert_eq!(moved(known.as_ref(), None, start() + TimeDelta::hours(25)), known, "asked there");
    }

    #[test]
    fn a_redirect_that_stops_or_leads_elsewhere_is_no_move() {
        let to = |name: &str| Some(format!("https://{name}.example/feed"));
        let known = moved(None, to("new"), start());
        assert_eq!(moved(known.as_ref(), None, start()), None);
        let other = moved(known.as_ref(), to("other"), start() + TimeDelta::hours(1)).unwrap();
        assert_eq!((other.seen, other.since), (1, start() + TimeDelta::hours(1)));
    }
}

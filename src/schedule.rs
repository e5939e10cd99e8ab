//! When things are due: cron lines, and editions in a reader's own zone. Pure: `now` comes in, instants go out.
//!
//! Both are said in wall-clock time, which twice a year has a gap or repeats itself. The same rule holds
//! for both: a time that the clocks skip counts as the first instant after the gap, a time that they
//! show twice counts the first time only. So nothing is skipped, and nothing comes twice.

use std::str::FromStr;

use anyhow::{Context, bail, ensure};
use chrono::{
    DateTime, Datelike, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
    Weekday,
};
use chrono_tz::Tz;

/// A cron line of the usual five fields: minute, hour, day of month, month, day of week.
#[derive(Debug, Clone)]
pub struct Cron {
    /// One pattern; two where both kinds of day are restricted, since cron then means either.
    patterns: Vec<cron::Schedule>,
}

impl Cron {
    /// Reads a cron line, such as `*/15 * * * *` or `30 7 * * mon-fri`.
    ///
    /// Week days are the usual ones: 0 and 7 are Sunday, 1 is Monday. An error names the field.
    pub fn parse(line: &str) -> anyhow::Result<Cron> {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [minute, hour, day, month, weekday] = fields[..] else {
            bail!(
                "a cron line has five fields (minute hour day month weekday), such as `*/15 * * * *`; \
                 `{line}` has {}",
                fields.len()
            );
        };
        check_field("minute", minute, "0-59", &format!("0 {minute} * * * *"))?;
        check_field("hour", hour, "0-23", &format!("0 0 {hour} * * *"))?;
        check_field("day", day, "1-31", &format!("0 0 0 {day} * *"))?;
        check_field("month", month, "1-12 or jan-dec", &format!("0 0 0 * {month} *"))?;
        let days = weekdays(weekday).with_context(|| {
            format!("cron field weekday: `{weekday}` is not 0-7 or sun-sat, a range, a list or a step")
        })?;

        let days_of: [(&str, &str); 2] = [(day, "*"), ("*", &days)];
        let either = !day.starts_with('*') && !weekday.starts_with('*');
        let patterns = if either { days_of.to_vec() } else { vec![(day, days.as_str())] };
        let patterns = patterns
            .into_iter()
            .map(|(day, days)| cron::Schedule::from_str(&format!("0 {minute} {hour} {day} {month} {days}")))
            .collect::<Result<Vec<_>, _>>()
            .with_context(|| format!("reading the cron line `{line}`"))?;
        let cron = Cron { patterns };
        ensure!(
            cron.next_wall(NaiveDateTime::default()).is_some(),
            "the cron line `{line}` names no day there is"
        );
        Ok(cron)
    }

    /// The first instant after `now` at which the line fires in `zone`; `None` after the year 2100.
    pub fn next_after(&self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let mut wall = now.with_timezone(&zone).naive_local();
        loop {
            wall = self.next_wall(wall)?;
            // In the second pass of a repeated hour the wall times lie ahead but their instants are past.
            let at = instant(wall, zone);
            if at > now {
                return Some(at);
            }
        }
    }

    fn next_wall(&self, after: NaiveDateTime) -> Option<NaiveDateTime> {
        let after = after.and_utc();
        self.patterns.iter().filter_map(|p| p.after(&after).next()).min().map(|next| next.naive_utc())
    }
}

/// One edition of a subscriber's slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edition {
    /// The day in the subscriber's zone: with the slot, the edition's identity.
    pub local_date: NaiveDate,
    /// When it falls due, and the end of its window.
    pub at: DateTime<Utc>,
}

impl Edition {
    /// The edition of `local_date` for a slot at `time` in `zone`.
    pub fn on(local_date: NaiveDate, time: NaiveTime, zone: Tz) -> Edition {
        Edition { local_date, at: instant(local_date.and_time(time), zone) }
    }

    /// Where its window starts, given the end of the subscriber's last window.
    ///
    /// A first edition covers the last 24 hours, or all since subscribing if it was missed for longer. An
    /// edition from before an earlier subscription ended does not count as the last one.
    pub fn window_from(
        self,
        subscribed_at: DateTime<Utc>,
        last_window_to: Option<DateTime<Utc>>,
    ) -> DateTime<Utc> {
        let day = TimeDelta::hours(24);
        match last_window_to {
            Some(to) if to >= subscribed_at - day => to.min(self.at),
            _ => subscribed_at.min(self.at - day),
        }
    }
}

/// The edition that is due at `now` and was not compiled yet.
///
/// `last` is the last local date compiled for this slot. Of editions missed in a pause only the latest is
/// due: its window covers what the others would have. It has editions on these week `days` alone; none: on all.
pub fn due(
    time: NaiveTime,
    zone: Tz,
    days: &[Weekday],
    subscribed_at: DateTime<Utc>,
    last: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Option<Edition> {
    let today = now.with_timezone(&zone).date_naive();
    // The latest that has come is a week old at most, on whatever days they are.
    let latest = std::iter::successors(Some(today), NaiveDate::pred_opt)
        .take(8)
        .filter(|date| has_edition(*date, days))
        .map(|date| Edition::on(date, time, zone))
        .find(|edition| edition.at <= now)?;
    (latest.at > subscribed_at && last.is_none_or(|last| latest.local_date > last)).then_some(latest)
}

/// The next edition to come: one that is due already, or the first after `now`.
pub fn next_edition(
    time: NaiveTime,
    zone: Tz,
    days: &[Weekday],
    subscribed_at: DateTime<Utc>,
    last: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Edition {
    if let Some(edition) = due(time, zone, days, subscribed_at, last, now) {
        return edition;
    }
    let today = now.with_timezone(&zone).date_naive();
    let mut date = last.map_or(today, |last| today.max(last + Days::new(1)));
    loop {
        let edition = Edition::on(date, time, zone);
        if has_edition(date, days) && edition.at > now && edition.at > subscribed_at {
            return edition;
        }
        date = date + Days::new(1);
    }
}

/// The editions of a slot that fell due between two instants, these left out, later than the local date `last`.
pub fn between(
    time: NaiveTime,
    zone: Tz,
    days: &[Weekday],
    last: Option<NaiveDate>,
    (after, before): (DateTime<Utc>, DateTime<Utc>),
) -> Vec<Edition> {
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    // A gap can push an edition past midnight: it may be that of the day before.
    let first = day(after) - Days::new(1);
    let first = last.map_or(first, |last| first.max(last + Days::new(1)));
    first
        .iter_days()
        .take_while(|date| *date <= day(before))
        .filter(|date| has_edition(*date, days))
        .map(|date| Edition::on(date, time, zone))
        .filter(|edition| after < edition.at && edition.at < before)
        .collect()
}

fn has_edition(date: NaiveDate, days: &[Weekday]) -> bool {
    days.is_empty() || days.contains(&date.weekday())
}

/// The end of the quiet hours that it is in `zone` at `now`; `None`: it is not quiet.
///
/// Hours that end before they begin go round midnight.
pub fn quiet_until(quiet: (NaiveTime, NaiveTime), zone: Tz, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let (from, to) = quiet;
    let local = now.with_timezone(&zone).naive_local();
    let (day, time) = (local.date(), local.time());
    let is_quiet = if from <= to { from <= time && time < to } else { from <= time || time < to };
    let end = if time < to { day } else { day + Days::new(1) };
    // Where the clocks go back, the end may have come in their first pass.
    is_quiet.then(|| instant(end.and_time(to), zone)).filter(|end| *end > now)
}

/// The instant at which a zone's clocks first show a wall-clock time, or first pass it in a gap.
pub fn instant(wall: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc(),
        LocalResult::None => after_gap(wall, zone),
    }
}

/// The first instant whose local time is past a wall-clock time that the clocks skip.
fn after_gap(wall: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let passed = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local() >= wall;
    // Local time grows but for folds, and no fold lies within a day of a gap: bisect to the second.
    let (mut before, mut after) =
        (wall.and_utc() - TimeDelta::hours(48), wall.and_utc() + TimeDelta::hours(48));
    while after - before > TimeDelta::seconds(1) {
        let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
        if passed(middle) {
            after = middle;
        } else {
            before = middle;
        }
    }
    after
}

fn check_field(name: &str, field: &str, range: &str, line: &str) -> anyhow::Result<()> {
    let zero_step =
        field.split(',').any(|part| part.split_once('/').is_some_and(|(_, n)| n.parse() == Ok(0)));
    let read = !zero_step && !field.contains('?') && cron::Schedule::from_str(line).is_ok();
    ensure!(read, "cron field {name}: `{field}` is not {range}, a range, a list or a step (`*/15`)");
    Ok(())
}

/// Usual week days to those of the `cron` crate, which counts 1 to 7 from Sunday.
fn weekdays(field: &str) -> Option<String> {
    if field == "*" {
        return Some("*".to_owned());
    }
    let mut days = [false; 7];
    for part in field.split(',') {
        let (span, step) = match part.split_once('/') {
            Some((span, step)) => (span, step.parse::<usize>().ok().filter(|&step| step > 0)?),
            None => (part, 1),
        };
        let (from, to) = match span.split_once('-') {
            _ if span == "*" => (0, 6),
            Some((from, to)) => (weekday(from)?, weekday(to)?),
            None if step > 1 => (weekday(span)?, 6),
            None => (weekday(span)?, weekday(span)?),
        };
        // `sat-sun` and `5-0` go round the end of the week.
        let to = if to < from { to + 7 } else { to };
        (from..=to).step_by(step).for_each(|day| days[day % 7] = true);
    }
    let days: Vec<String> = (0..7).filter(|&day| days[day]).map(|day| (day + 1).to_string()).collect();
    Some(days.join(","))
}

fn weekday(name: &str) -> Option<usize> {
    const NAMES: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    let name = name.to_ascii_lowercase();
    NAMES.iter().position(|&known| known == name).or_else(|| name.parse().ok().filter(|&day| day <= 7))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn time(text: &str) -> NaiveTime {
        text.parse().unwrap()
    }

    fn fires(line: &str, zone: Tz, from: &str, n: usize) -> Vec<String> {
        let cron = Cron::parse(line).unwrap();
        let mut now = at(from);
        (0..n)
            .map(|_| {
                now = cron.next_after(now, zone).unwrap();
                now.with_timezone(&zone).format("%a %d %b %H:%M %z").to_string()
            })
            .collect()
    }

    #[test]
    fn one_to_five_are_monday_to_friday_and_both_0_and_7_are_sunday() {
        let days = fires("0 7 * * 1-5", Tz::UTC, "2026-11-20T00:00:00Z", 3);
        assert_eq!(days, ["Fri 20 Nov 07:00 +0000", "Mon 23 Nov 07:00 +0000", "Tue 24 Nov 07:00 +0000"]);
        for sunday in ["0", "7", "sun", "SUN"] {
            let days = fires(&format!("0 7 * * {sunday}"), Tz::UTC, "2026-11-20T00:00:00Z", 1);
            assert_eq!(days, ["Sun 22 Nov 07:00 +0000"], "{sunday}");
        }
        assert_eq!(weekdays("sat-sun").unwrap(), "1,7");
        assert_eq!(weekdays("5-7").unwrap(), "1,6,7");
        assert_eq!(weekdays("*/2").unwrap(), "1,3,5,7");
    }

    #[test]
    fn two_restricted_days_mean_either() {
        let days = fires("0 7 1 * mon", Tz::UTC, "2026-11-24T00:00:00Z", 2);
        assert_eq!(days, ["Mon 30 Nov 07:00 +0000", "Tue 01 Dec 07:00 +0000"]);
    }

    #[test]
    fn an_error_names_the_field() {
        for (line, word) in [
            ("61 * * * *", "minute"),
            ("*/0 * * * *", "minute"),
            ("50-10 * * * *", "minute"),
            ("0 24 * * *", "hour"),
            ("0 0 32 * *", "day"),
            ("0 0 * foo *", "month"),
            ("0 0 * * 8", "weekday"),
            ("0 0 * * mo", "weekday"),
            ("0 0 * *", "five fields"),
            ("0 0 0 * * *", "five fields"),
            ("@daily", "five fields"),
            ("0 0 31 2 *", "no day"),
        ] {
            let error = format!("{:#}", Cron::parse(line).expect_err(line));
            assert!(error.contains(word), "{line}: {error}");
        }
    }

    #[test]
    fn a_time_in_the_spring_gap_fires_at_the_first_instant_after_it() {
        let days = fires("30 2 * * *", Tz::Europe__Berlin, "2026-03-28T00:00:00Z", 3);
        assert_eq!(days, ["Sat 28 Mar 02:30 +0100", "Sun 29 Mar 03:00 +0200", "Mon 30 Mar 02:30 +0200"]);
        let hours = fires("*/30 * * * *", Tz::Europe__Berlin, "2026-03-29T00:20:00Z", 3);
        assert_eq!(hours, ["Sun 29 Mar 01:30 +0100", "Sun 29 Mar 03:00 +0200", "Sun 29 Mar 03:30 +0200"]);
    }

    #[test]
    fn a_time_in_the_autumn_fold_fires_once() {
        let days = fires("30 2 * * *", Tz::Europe__Berlin, "2026-10-24T12:00:00Z", 2);
        assert_eq!(days, ["Sun 25 Oct 02:30 +0200", "Mon 26 Oct 02:30 +0100"]);
        let days = fires("45 1 * * *", Tz::Australia__Lord_Howe, "2026-04-04T00:00:00Z", 2);
        assert_eq!(days, ["Sun 05 Apr 01:45 +1100", "Mon 06 Apr 01:45 +1030"]);
    }

    const ZONES: [Tz; 5] = [
        Tz::Europe__Berlin,
        Tz::America__New_York,
        Tz::Asia__Kathmandu,
        Tz::Australia__Lord_Howe,
        Tz::Pacific__Apia,
    ];

    #[test]
    fn every_local_day_has_exactly_one_edition_over_both_changes_of_2026() {
        let mut compiled = 0;
        for zone in ZONES {
            for slot in ["00:00", "00:30", "01:45", "02:00", "02:30", "07:00", "23:59"] {
                let subscribed = at("2026-03-01T12:00:00Z");
                let (mut now, mut last, mut to) = (subscribed, None, None);
                while now < at("2026-11-20T00:00:00Z") {
                    if let Some(edition) = due(time(slot), zone, &[], subscribed, last, now) {
                        if let Some(last) = last {
                            assert_eq!(edition.local_date, last + Days::new(1), "{zone} {slot}");
                            assert_eq!(edition.window_from(subscribed, to), to.unwrap());
                        }
                        assert!(now - edition.at < TimeDelta::minutes(15), "{zone} {slot} late");
                        assert_eq!(
                            due(time(slot), zone, &[], subscribed, Some(edition.local_date), now),
                            None
                        );
                        (last, to) = (Some(edition.local_date), Some(edition.at));
                        compiled += 1;
                    }
                    now += TimeDelta::minutes(15);
                }
            }
        }
        assert!((ZONES.len() * 7 * 262..=ZONES.len() * 7 * 265).contains(&compiled), "{compiled}");
    }

    #[test]
    fn after_a_pause_only_the_latest_missed_edition_comes_and_covers_the_others() {
        let subscribed = at("2026-05-01T12:00:00Z");
        let last = NaiveDate::from_ymd_opt(2026, 5, 4);
        let edition =
            due(time("07:00"), Tz::Europe__Berlin, &[], subscribed, last, at("2026-05-09T10:00:00Z"))
                .unwrap();
        assert_eq!(edition.local_date.to_string(), "2026-05-09");
        let to = at("2026-05-04T05:00:00Z");
        assert_eq!(edition.window_from(subscribed, Some(to)), to);
    }

    #[test]
    fn a_first_edition_covers_the_last_24_hours_and_comes_after_subscribing() {
        let subscribed = at("2026-05-01T12:00:00Z");
        let (slot, zone) = (time("07:00"), Tz::Europe__Berlin);
        assert_eq!(due(slot, zone, &[], subscribed, None, at("2026-05-01T13:00:00Z")), None);
        let next = next_edition(slot, zone, &[], subscribed, None, subscribed);
        assert_eq!(next.at, at("2026-05-02T05:00:00Z"));
        assert_eq!(next.window_from(subscribed, None), at("2026-05-01T05:00:00Z"));
        let back_after_a_month = next.window_from(subscribed, Some(at("2026-04-01T05:00:00Z")));
        assert_eq!(back_after_a_month, at("2026-05-01T05:00:00Z"));
    }

    #[test]
    fn the_next_edition_is_tomorrows_once_todays_was_compiled() {
        let (slot, zone, subscribed) = (time("07:00"), Tz::Asia__Kathmandu, at("2026-05-01T12:00:00Z"));
        let now = at("2026-05-03T01:00:00Z");
        let before = next_edition(slot, zone, &[], subscribed, NaiveDate::from_ymd_opt(2026, 5, 2), now);
        assert_eq!(
            (before.local_date.to_string(), before.at),
            ("2026-05-03".into(), at("2026-05-03T01:15:00Z"))
        );
        let now = at("2026-05-03T02:00:00Z");
        let waiting = next_edition(slot, zone, &[], subscribed, NaiveDate::from_ymd_opt(2026, 5, 2), now);
        assert_eq!(waiting.local_date.to_string(), "2026-05-03");
        let after = next_edition(slot, zone, &[], subscribed, NaiveDate::from_ymd_opt(2026, 5, 3), now);
        assert_eq!(after.local_date.to_string(), "2026-05-04");
    }

    #[test]
    fn an_edition_falls_on_the_chosen_week_days_only() {
        let (slot, zone, subscribed) = (time("07:00"), Tz::Europe__Berlin, at("2026-05-01T12:00:00Z"));
        let days = [Weekday::Mon, Weekday::Thu];
        let last = NaiveDate::from_ymd_opt(2026, 5, 4);
        // 4 May 2026 is a Monday.
        assert_eq!(due(slot, zone, &days, subscribed, last, at("2026-05-06T12:00:00Z")), None);
        let thursday = due(slot, zone, &days, subscribed, last, at("2026-05-07T05:00:00Z")).unwrap();
        assert_eq!(thursday.local_date.to_string(), "2026-05-07");
        let next = next_edition(slot, zone, &days, subscribed, last, at("2026-05-04T12:00:00Z"));
        assert_eq!(next, thursday);
        // Thursday's was missed: it comes on Friday, or whenever there is somebody to send it.
        for late in ["2026-05-08T12:00:00Z", "2026-05-10T12:00:00Z", "2026-05-11T04:59:59Z"] {
            assert_eq!(due(slot, zone, &days, subscribed, last, at(late)), Some(thursday), "{late}");
        }
        let monday = due(slot, zone, &days, subscribed, last, at("2026-05-11T05:00:00Z")).unwrap();
        assert_eq!(monday.local_date.to_string(), "2026-05-11");
    }

    #[test]
    fn an_edition_of_one_week_day_that_was_missed_comes_until_the_next_one_and_no_earlier_than_subscribing() {
        let (slot, zone, monday) = (time("07:00"), Tz::Europe__Berlin, [Weekday::Mon]);
        let due = |subscribed: &str, last, now: &str| {
            due(slot, zone, &monday, at(subscribed), last, at(now)).map(|due| due.local_date.to_string())
        };
        let before = NaiveDate::from_ymd_opt(2026, 4, 27);
        for now in ["2026-05-04T05:00:00Z", "2026-05-06T08:00:00Z", "2026-05-11T04:59:59Z"] {
            assert_eq!(due("2026-04-20T12:00:00Z", before, now).as_deref(), Some("2026-05-04"), "{now}");
        }
        assert_eq!(due("2026-05-05T12:00:00Z", None, "2026-05-06T08:00:00Z"), None);
    }

    #[test]
    fn quiet_hours_may_go_round_midnight_and_end_on_time() {
        let until = |from: &str, to: &str, now: &str| {
            quiet_until((time(from), time(to)), Tz::Europe__Berlin, at(now)).map(|end| end.to_rfc3339())
        };
        let seven = Some("2026-05-05T05:00:00+00:00".to_owned());
        assert_eq!(until("22:00", "07:00", "2026-05-04T20:00:00Z"), seven);
        assert_eq!(until("22:00", "07:00", "2026-05-05T04:59:59Z"), seven);
        assert_eq!(until("22:00", "07:00", "2026-05-05T05:00:00Z"), None);
        assert_eq!(until("01:00", "07:00", "2026-05-05T00:00:00Z"), seven);
        assert_eq!(until("01:00", "07:00", "2026-05-04T22:00:00Z"), None);
        assert_eq!(until("07:00", "07:00", "2026-05-05T05:00:00Z"), None);
        // The night in which 02:30 is skipped.
        let end = until("22:00", "02:30", "2026-03-28T23:00:00Z");
        assert_eq!(end.as_deref(), Some("2026-03-29T01:00:00+00:00"));
    }

    proptest! {
        #[test]
        fn a_cron_line_fires_strictly_later_and_never_twice_for_one_wall_time(
            zone in prop::sample::select(ZONES.to_vec()),
            start in at("2026-03-01T00:00:00Z").timestamp()..at("2026-11-20T00:00:00Z").timestamp(),
            line in prop::sample::select(vec!["*/15 * * * *", "30 2 * * *", "45 1 * * 0", "0 0 * * *", "7 1-3 * * *"]),
        ) {
            let cron = Cron::parse(line).unwrap();
            let mut now = Utc.timestamp_opt(start, 0).unwrap();
            let mut walls: Vec<NaiveDateTime> = Vec::new();
            for _ in 0..12 {
                let next = cron.next_after(now, zone).unwrap();
                prop_assert!(next > now);
                // Nothing is skipped: no earlier instant between them fires.
                let earlier = cron.next_after(next - TimeDelta::seconds(1), zone).unwrap();
                prop_assert_eq!(earlier, next);
                let wall = next.with_timezone(&zone).naive_local();
                prop_assert!(!walls.contains(&wall), "{} twice", wall);
                walls.push(wall);
                now = next;
            }
        }
    }
}

use super::*;
use proptest::prelude::*;

/// A Thursday.
fn published() -> DateTime<Utc> {
    "2026-01-22T10:00:00Z".parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn days(text: &str, direction: Direction) -> (NaiveDate, NaiveDate) {
    let hit =
        find(text, published(), direction).into_iter().next().unwrap_or_else(|| panic!("no date in {text}"));
    (hit.when.from, hit.when.to)
}

fn past(text: &str) -> (NaiveDate, NaiveDate) {
    days(text, Direction::Past)
}

#[test]
fn weekdays_resolve_by_the_direction_of_the_clause() {
    assert_eq!(past("They met on Tuesday.").0, day("2026-01-20"));
    assert_eq!(past("They met late Thursday.").0, day("2026-01-22"));
    assert_eq!(past("They met last Thursday.").0, day("2026-01-15"));
    assert_eq!(days("They will meet on Tuesday.", Direction::Future).0, day("2026-01-27"));
    assert_eq!(days("They will meet next Thursday.", Direction::Future).0, day("2026-01-29"));
    assert_eq!(past("They met Monday and Tuesday."), (day("2026-01-19"), day("2026-01-20")));
    assert_eq!(
        days("Talks on Friday and Saturday.", Direction::Future),
        (day("2026-01-23"), day("2026-01-24"))
    );
}

#[test]
fn calendar_days_resolve_in_every_usual_form() {
    for text in [
        "on Jan. 20",
        "on 20 January 2026",
        "January 20, 2026",
        "on Tuesday, Jan. 20,",
        "the 20th of January",
        "on 2026-01-20",
    ] {
        assert_eq!(past(text), (day("2026-01-20"), day("2026-01-20")), "{text}");
    }
    assert_eq!(days("January 22-23", Direction::Future), (day("2026-01-22"), day("2026-01-23")));
    assert_eq!(past("July 28 and 29, 2025"), (day("2025-07-28"), day("2025-07-29")));
    assert_eq!(past("from December 30 to January 2"), (day("2025-12-30"), day("2026-01-02")));
    assert_eq!(past("on December 30"), (day("2025-12-30"), day("2025-12-30")));
    assert_eq!(days("on February 3", Direction::Future).0, day("2026-02-03"));
    assert_eq!(past("on the 15th").0, day("2026-01-15"));
}

#[test]
fn months_weeks_and_years_are_spans() {
    assert_eq!(past("in August 2025"), (day("2025-08-01"), day("2025-08-31")));
    assert_eq!(past("in December"), (day("2025-12-01"), day("2025-12-31")));
    assert_eq!(past("last month"), (day("2025-12-01"), day("2025-12-31")));
    assert_eq!(days("next week", Direction::Future), (day("2026-01-26"), day("2026-02-01")));
    assert_eq!(past("over the weekend"), (day("2026-01-17"), day("2026-01-18")));
    assert_eq!(days("this weekend", Direction::Future), (day("2026-01-24"), day("2026-01-25")));
    assert_eq!(past("in 2019"), (day("2019-01-01"), day("2019-12-31")));
    assert_eq!(past("earlier this year"), (day("2026-01-01"), day("2026-01-22")));
}

#[test]
fn words_for_days_count_from_publication() {
    assert_eq!(past("yesterday").0, day("2026-01-21"));
    assert_eq!(days("tomorrow", Direction::Future).0, day("2026-01-23"));
    assert_eq!(past("three days ago").0, day("2026-01-19"));
    assert_eq!(past("overnight"), (day("2026-01-21"), day("2026-01-22")));
    assert_eq!(past("last night").0, day("2026-01-21"));
}

#[test]
fn the_day_before_is_counted_from_another_event() {
    let hit = find("The ministers had met the day before.", published(), Direction::Past).remove(0);
    assert_eq!(hit.relative_to_event, Some(-1));
    assert_eq!(hit.rebased(day("2026-01-10")).from, day("2026-01-09"));
}

#[test]
fn limits_and_beginnings_are_told_from_dates_of_events() {
    let role = |text: &str| find(text, published(), Direction::Past).remove(0).role;
    assert_eq!(role("if there is no truce by 8 August"), DateRole::Until);
    assert_eq!(role("until New Year"), DateRole::Until);
    assert_eq!(role("since July"), DateRole::Since);
    assert_eq!(role("on 8 August"), DateRole::At);
}

#[test]
fn a_year_and_a_date_long_past_are_old() {
    let old = |text: &str| find(text, published(), Direction::Past).remove(0).old;
    assert!(old("in 2015") && old("on 30 January 2015") && old("two years ago"));
    assert!(!old("on Monday") && !old("two weeks ago") && !old("in December"));
}

#[test]
fn of_a_day_moved_the_new_one_holds_and_lies_ahead() {
    let hits = |text: &str| -> Vec<(DateRole, NaiveDate)> {
        find(text, published(), Direction::Past).into_iter().map(|h| (h.role, h.when.from)).collect()
    };
    let (friday, sunday) = (day("2026-01-23"), day("2026-01-25"));
    for text in [
        "The summit has been moved from Friday to Sunday.",
        "The hearing was put back from Friday to Sunday.",
        "Organisers rescheduled the signing from Friday to Sunday because of fog.",
    ] {
        assert_eq!(hits(text), [(DateRole::Was, friday), (DateRole::Moved, sunday)], "{text}");
    }
    assert_eq!(hits("The vote was brought forward to Friday"), [(DateRole::Moved, friday)]);
    assert_eq!(hits("Fog pushes the hearing to Sunday"), [(DateRole::Moved, sunday)]);
    assert_eq!(hits("Talks postponed until Sunday"), [(DateRole::Moved, sunday)]);
    assert_eq!(
        hits("They moved it to Sunday from Friday"),
        [(DateRole::Moved, sunday), (DateRole::Was, friday)]
    );
    assert_eq!(
        hits("The council will sit on Sunday instead of Friday.").last(),
        Some(&(DateRole::Was, friday))
    );
    assert_eq!(
        hits("The session was moved from January 23 to January 25."),
        [(DateRole::Was, friday), (DateRole::Moved, sunday)]
    );
    assert_eq!(hits("They talked from Monday to Wednesday.").len(), 1);
}

#[test]
fn a_day_that_something_is_planned_for_lies_ahead_in_any_tense() {
    let first = |text: &str| find(text, published(), Direction::Past).remove(0).when.from;
    for text in [
        "He dropped out of the meeting planned for Friday.",
        "She cancelled Friday's talks.",
        "Minister calls off Friday visit",
        "They spoke ahead of Friday's summit.",
        "The round scheduled to begin in Quito on Friday fell through.",
    ] {
        assert_eq!(first(text), day("2026-01-23"), "{text}");
    }
    for text in [
        "She cancelled the talks on Friday.",
        "Troops attacked on Friday.",
        "It followed Friday's talks.",
        "He said on Friday that a meeting was planned.",
    ] {
        assert_eq!(first(text), day("2026-01-16"), "{text}");
    }
}

#[test]
fn words_that_only_look_like_dates_are_none() {
    for text in ["It may rain.", "They march on.", "2000 soldiers left.", "The second round.", "Mar said no."]
    {
        assert!(find(text, published(), Direction::Past).is_empty(), "{text}");
    }
}

proptest! {
    #[test]
    fn ranges_are_literal_and_in_order(
        text in "((on|the|last|next|Monday|May|Jan.|22|2026|-|to|and|two|weeks|ago|year|31|weekend|since|\\PC) ?){0,24}",
        future: bool,
    ) {
        let direction = if future { Direction::Future } else { Direction::Past };
        let mut last = 0;
        for hit in find(&text, published(), direction) {
            prop_assert!(hit.range.start >= last && hit.when.from <= hit.when.to);
            prop_assert_eq!(text.get(hit.range.clone()), Some(hit.when.literal.as_str()));
            last = hit.range.end;
        }
    }
}

#[test]
fn a_name_is_no_month_cut_short() {
    for text in ["Li Jun met them.", "Jan Novak met them.", "They met Mar Costa."] {
        assert!(find(text, published(), Direction::Past).is_empty(), "{text}");
    }
    assert_eq!(past("They met in Dec.").0, day("2025-12-01"));
    assert_eq!(past("They met on Jan 20").0, day("2026-01-20"));
}

#[test]
fn a_day_is_a_new_one_after_a_new_place() {
    let hit = &find("It has been moved to Lima on Friday.", published(), Direction::Future)[0];
    assert_eq!(hit.role, DateRole::Moved);
    assert_eq!(days("They will meet on Friday week.", Direction::Future).0, day("2026-01-30"));
}

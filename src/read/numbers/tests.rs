use super::*;
use proptest::prelude::*;

fn first(text: &str) -> (Option<u64>, NumberKind, Bound) {
    let hit = find(text).remove(0);
    (hit.value, hit.kind, hit.bound)
}

#[test]
fn numbers_in_words_and_figures_have_their_value() {
    for (text, value) in [
        ("twenty-six people", 26),
        ("1,330 people", 1330),
        ("2.5 million people", 2_500_000),
        ("two hundred and fifty people", 250),
        ("three thousand five hundred people", 3500),
        ("a dozen people", 12),
        ("two dozen people", 24),
        ("half a dozen people", 6),
        ("a hundred people", 100),
        ("One person", 1),
        ("3.4bn people", 3_400_000_000),
    ] {
        assert_eq!(first(text), (Some(value), NumberKind::Count, Bound::Exact), "{text}");
    }
}

#[test]
fn vague_words_have_no_value() {
    for text in ["dozens of people", "tens of thousands of people", "several people", "a few people"] {
        assert_eq!(first(text).0, None, "{text}");
    }
}

#[test]
fn words_before_or_after_bound_a_number() {
    assert_eq!(first("at least three people"), (Some(3), NumberKind::Count, Bound::AtLeast));
    assert_eq!(first("more than 50 people").2, Bound::AtLeast);
    assert_eq!(first("no fewer than ten people").2, Bound::AtLeast);
    assert_eq!(first("50 or more people").2, Bound::AtLeast);
    assert_eq!(first("up to 50 people").2, Bound::AtMost);
    assert_eq!(first("nearly 50 people").2, Bound::About);
}

#[test]
fn a_range_has_both_ends() {
    for text in ["between 10 and 12 people", "10-12 people", "10 to 12 people", "From 10 to 12 people"] {
        let hit = find(text).remove(0);
        assert_eq!((hit.value, hit.upper), (Some(10), Some(12)), "{text}");
    }
}

#[test]
fn ages_years_times_money_shares_and_measures_are_no_counts() {
    for (text, kind) in [
        ("a 17-year-old", NumberKind::Age),
        ("a six-year-old boy", NumberKind::Age),
        ("Ostrow, 43, said", NumberKind::Age),
        ("in 2019", NumberKind::Date),
        ("Jan. 22", NumberKind::Date),
        ("at 7:30", NumberKind::Time),
        ("$50 million", NumberKind::Money),
        ("50 million euros", NumberKind::Money),
        ("12 percent", NumberKind::Percent),
        ("30 kilometers", NumberKind::Measure),
        ("the third round", NumberKind::Label),
        ("No. 10", NumberKind::Label),
    ] {
        assert_eq!(first(text).1, kind, "{text}");
    }
}

proptest! {
    #[test]
    fn ranges_are_valid_and_in_order(text in "((one|hundred|and|dozen|of|at least|between|10|-|1,330|2.5|million|\\PC) ?){0,30}") {
        let mut last = 0;
        for hit in find(&text) {
            prop_assert!(hit.range.start >= last && text.get(hit.range.clone()).is_some());
            last = hit.range.end;
        }
    }
}

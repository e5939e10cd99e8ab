use super::*;
use proptest::prelude::*;

fn tokens(text: &str) -> Vec<&str> {
    words(text).into_iter().map(|t| &text[t.range]).collect()
}

#[test]
fn tokens_keep_numbers_abbreviations_and_hyphenated_words_whole() {
    assert_eq!(
        tokens("The U.S.'s 1,330 men, a 17-year-old, 10-12 F-16s at 7:30 a.m. don't."),
        [
            "The",
            "U.S.",
            "'s",
            "1,330",
            "men",
            ",",
            "a",
            "17-year-old",
            ",",
            "10",
            "-",
            "12",
            "F-16s",
            "at",
            "7:30",
            "a.m.",
            "don't",
            "."
        ]
    );
}

#[test]
fn transliterations_of_a_name_fold_to_one() {
    for other in ["Ostrovskyy", "Ostrovsky", "Ostrovskiy", "Ostrovskij", "Ostrovskii", "OSTROVSKYI"] {
        assert_eq!(fold(other), fold("Ostrovski"));
    }
    assert_eq!(fold("Müller"), "muler");
}

#[test]
fn inflections_share_a_stem() {
    for family in
        [&["strike", "strikes", "striking"][..], &["attack", "attacked", "attacks"], &["city", "cities"]]
    {
        assert!(family.iter().all(|w| stem(w) == stem(family[0])), "{family:?}");
    }
}

#[test]
fn stop_words_are_told_from_words_of_content() {
    assert!(is_stop_word("the") && !is_stop_word("drone"));
}

proptest! {
    #[test]
    fn tokens_cover_everything_but_white_space(text in "\\PC{0,80}") {
        let mut last = 0;
        for t in words(&text) {
            prop_assert!(text[last..t.range.start].trim().is_empty() && t.range.start < t.range.end);
            last = t.range.end;
        }
        prop_assert!(text[last..].trim().is_empty());
    }

    #[test]
    fn folding_and_stemming_never_fail(word in "\\PC{0,20}") {
        prop_assert!(fold(&word).is_ascii() && stem(&word).is_ascii());
    }
}

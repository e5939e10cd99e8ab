use super::*;
use proptest::prelude::*;

#[test]
fn countries_answer_to_names_short_forms_and_codes() {
    for name in ["United States", "U.S.", "US", "USA", "America"] {
        assert_eq!(country(name).map(|c| c.code), Some("US"), "{name}");
    }
    assert_eq!(country("Türkiye").map(|c| c.code), Some("TR"));
    assert_eq!(country("us"), None);
    assert_eq!(country("Velmora"), None);
}

#[test]
fn peoples_capitals_and_seats_name_their_country() {
    for word in ["Russian", "Russians", "Soviet"] {
        assert_eq!(demonym(word).map(|c| c.code), Some("RU"), "{word}");
    }
    assert_eq!(demonym("North Korean").map(|c| c.code), Some("KP"));
    assert_eq!(capital_of("Kiev").map(|c| c.code), Some("UA"));
    assert_eq!(capital_of("Kharkiv"), None);
    assert_eq!(seat("the Kremlin").map(|c| c.code), Some("RU"));
    assert_eq!(seat("Elysee").map(|c| c.code), Some("FR"));
}

#[test]
fn spellings_of_one_place_have_one_key() {
    for (a, b) in [
        ("Kiev", "Kyiv"),
        ("Kharkov", "Kharkiv"),
        ("Odessa", "Odesa"),
        ("Jabalya", "Jabaliya"),
        ("Khan Younis", "Khan Yunis"),
        ("Ar Raqqah", "Raqqa"),
        ("Peking", "Beijing"),
        ("U.S.", "United States"),
    ] {
        assert_eq!(key(a), key(b), "{a} {b}");
    }
    assert_ne!(key("Kyiv"), key("Kharkiv"));
}

#[test]
fn hand_written_rows_have_all_their_columns_and_known_countries() {
    for [code, name, ..] in rows(include_str!("../../../lexicon/countries.tsv")) {
        assert!(is_code(code) && !name.is_empty(), "{code} {name}");
    }
    for [name, code, ..] in rows(include_str!("../../../lexicon/seats.tsv")) {
        assert!(country_by_code(code).is_some(), "{name}");
    }
    for [code, name, ..] in rows(include_str!("../../../lexicon/names.tsv")) {
        assert!(country_by_code(code).is_some() && is_place_name(name), "{name}");
    }
}

#[test]
fn every_country_finds_itself_by_name() {
    for c in &TABLES.countries {
        assert_eq!(country(c.name).map(|found| found.code), Some(c.code), "{}", c.name);
        assert!(c.capital.is_empty() || capital_of(c.capital).is_some(), "capital of {}", c.name);
    }
}

proptest! {
    #[test]
    fn a_key_is_its_own_key(name in "\\PC{0,24}") {
        let once = key_of(&name);
        prop_assert!(once.is_ascii());
    }
}

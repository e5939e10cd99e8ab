use super::*;
use proptest::prelude::*;

fn names(text: &str) -> Vec<String> {
    find(text).into_iter().map(|hit| hit.place.name).collect()
}

fn first(text: &str) -> PlaceHit {
    find(text).into_iter().next().unwrap()
}

#[test]
fn a_place_after_in_or_near_is_a_location_and_a_capital_that_speaks_is_not() {
    assert_eq!(first("Two ministers met in Kyiv on Friday.").use_, PlaceUse::Location);
    let speaker = first("Moscow said it had agreed.");
    assert_eq!((speaker.use_, speaker.government), (PlaceUse::Bare, Some("RU")));
    assert_eq!(first("Talks between Kyiv and Moscow stalled.").use_, PlaceUse::Bare);
}

#[test]
fn a_people_is_a_demonym_of_its_country() {
    let hit = first("Russian drones struck a depot.");
    assert_eq!((hit.use_, hit.place.country.as_deref()), (PlaceUse::Demonym, Some("RU")));
    assert_eq!(first("Iran-backed fighters left.").use_, PlaceUse::Demonym);
}

#[test]
fn spellings_resolve_to_one_usual_name() {
    assert_eq!(names("Shelling hit Kharkov and Kiev."), ["Kharkiv", "Kyiv"]);
    assert_eq!(names("A raid near Ar-Raqqah."), ["Raqqa"]);
}

#[test]
fn a_region_is_not_its_city() {
    let hit = first("Shelling in the Kharkiv region went on.");
    assert_eq!((hit.place.level, hit.place.literal.as_str()), (PlaceLevel::Region, "Kharkiv region"));
    assert_eq!(first("Shelling in Kharkiv went on.").place.level, PlaceLevel::City);
}

#[test]
fn an_apposed_region_or_country_chooses_between_towns_of_one_name() {
    assert_eq!(first("They met in Athens, Georgia, in May.").place.region.as_deref(), Some("Georgia"));
    assert_eq!(first("They met in Athens, Greece.").place.country.as_deref(), Some("GR"));
    assert_eq!(first("They met in Athens.").place.country.as_deref(), Some("GR"));
}

#[test]
fn surnames_and_common_words_are_no_towns() {
    for text in [
        "Lincoln said the vote was fair.",
        "Reading the report, he left.",
        "Mobile phones were found.",
        "Nice words, she said.",
        "Mary Jackson spoke to Preston Oldham.",
        "Of all the ships, one sank.",
    ] {
        assert_eq!(names(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(names("They met in Nice on Monday."), ["Nice"]);
}

#[test]
fn first_names_and_acronyms_are_no_towns() {
    for text in ["Vladimir Ostrovar spoke first.", "NATO met again.", "Boris Sumar and Ivan Kolm left."] {
        assert_eq!(names(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(names("A fire broke out in Vladimir."), ["Vladimir"]);
}

#[test]
fn a_city_stays_a_city_before_its_country() {
    assert_eq!(first("They met in Geneva, Switzerland.").place.level, PlaceLevel::City);
}

#[test]
fn a_name_that_the_document_gives_a_person_is_no_town() {
    let said = ["Kara Bergen leads the ministry.", "Norway waits.", "Bergen said it was over."];
    let words: Vec<Vec<Token>> = said.iter().map(|text| text::words(text)).collect();
    assert!(find_all(said.into_iter().zip(words.iter().map(Vec::as_slice))).pop().unwrap().is_empty());
}

#[test]
fn unknown_names_are_places_where_the_words_say_so() {
    let village = first("A drone fell in the village of Qaskolm.");
    assert_eq!((village.place.name.as_str(), village.place.level), ("Qaskolm", PlaceLevel::City));
    let airport = first("They met at Zvarn Ostok Airport.");
    assert_eq!((airport.place.name.as_str(), airport.place.level), ("Zvarn Ostok Airport", PlaceLevel::Site));
    assert_eq!(first("Floods in Qaskolm province killed two.").place.level, PlaceLevel::Region);
    assert!(find("Qaskolm said it was over.").is_empty());
}

#[test]
fn seas_and_contested_areas_are_regions() {
    assert_eq!(names("A ship sank in the Red Sea off the Gaza Strip."), ["Red Sea", "Gaza"]);
    assert_eq!(first("Fighting in Donbass.").place.country.as_deref(), Some("UA"));
}

#[test]
fn us_is_a_country_and_us_is_not() {
    assert_eq!(names("The US and the U.S. told us."), ["United States", "United States"]);
}

#[test]
fn seats_stand_for_their_governments() {
    let hit = first("The Kremlin denied it.");
    assert_eq!((hit.government, hit.use_), (Some("RU"), PlaceUse::Bare));
}

proptest! {
    #[test]
    fn ranges_are_literal_and_in_order(text in "((in|near|the|Kyiv|Al|al-Bab|Red|Sea|region|of|US|,|-|'s|\\PC) ?){0,30}") {
        let mut last = 0;
        for hit in find(&text) {
            prop_assert!(hit.range.start >= last);
            prop_assert_eq!(text.get(hit.range.clone()), Some(hit.place.literal.as_str()));
            last = hit.range.end;
        }
    }
}

#[test]
fn the_country_named_beside_a_town_says_which_town_it_is() {
    for (sentence, country) in [
        ("Shots were fired in Luque in Paraguay on Sunday.", "PY"),
        ("Envoys met in Luque, Paraguay.", "PY"),
        ("Two died in the Paraguayan town of Luque.", "PY"),
        ("Two died in Paraguay's Luque.", "PY"),
        ("A ferry sank off Cartagena in Spain.", "ES"),
        ("The Spanish port of Cartagena was shut.", "ES"),
        ("Riots broke out in Georgia's second city, Kutaisi.", "GE"),
    ] {
        let hits = find(sentence);
        let town = hits.iter().find(|h| h.place.level == PlaceLevel::City).expect("a town");
        assert_eq!(town.place.country.as_deref(), Some(country), "{sentence}");
    }
}

#[test]
fn a_point_of_the_compass_may_be_cut_short() {
    assert_eq!(
        names("Talks in N. Korea failed; S. Sudan did not send anyone."),
        ["North Korea", "South Sudan"]
    );
}

#[test]
fn a_state_cut_short_says_where_a_town_lies() {
    let hits = find("Shots were heard in Luque, Ore., on Friday.");
    assert_eq!(hits[0].place.country.as_deref(), Some("US"));
    assert_eq!(names("He lives in Augusta, Ga., now.")[0], "Augusta");
}

#[test]
fn a_place_in_a_council_s_name_is_not_where_it_meets() {
    let hits = find("Envoys of the Council for Security and Cooperation in Peru left.");
    assert_eq!(hits[0].use_, PlaceUse::Bare);
}

#[test]
fn a_town_with_namesakes_abroad_tells_a_country_only_beside_it() {
    let land = |text: &str| find(text).into_iter().next_back().expect("a town").place.country;
    assert_eq!(land("Shells fell on a school in Filadelfia."), None);
    assert_eq!(land("Paraguay's army shelled a school in Filadelfia.").as_deref(), Some("PY"));
    assert_eq!(land("Shells fell on a school in Villa Hayes.").as_deref(), Some("PY"), "there is no other");
}

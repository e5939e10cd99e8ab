//! Towns of one name in two countries.

use super::*;

#[test]
fn a_country_read_off_a_bare_name_is_none_of_an_attack_that_is_known_to_be_elsewhere() {
    let told = |code: &str, land: &str| {
        let attack = strike("Shells hit a school in Marovka, killing three", Some(city("Marovka", code)));
        let actors = vec![Actor { literal: "Marovka".into(), ..country(land, code) }];
        Mention { actors, ..attack.on("2031-03-04").tolls(Some(3), None) }
    };
    let mut archive = Archive::default();
    let first = archive.one("Herald", "2031-03-04", told("OS", "Osteria"));
    let bare = archive.one("Post", "2031-03-04", told("VE", "Venda"));
    assert_eq!(bare.facts.id, first.facts.id);
    let lands: Vec<&str> = bare.facts.actors.iter().map(|actor| actor.name.as_str()).collect();
    assert_eq!(lands, ["Osteria"]);
}

#[test]
fn a_report_that_says_where_a_town_lies_tells_it_for_the_others() {
    let told = |text, place| strike(text, Some(place)).on("2031-03-04").tolls(Some(3), None);
    let mut archive = Archive::default();
    let bare = Place { country: None, ..city("Marovka", "OS") };
    archive.one("Herald", "2031-03-04", told("Shells hit a school in Marovka, killing three", bare));
    let text = "Three were killed when shells hit a school in Marovka in Osteria";
    let later = archive.one("Post", "2031-03-05", told(text, city("Marovka", "OS")));
    assert_eq!(later.facts.place.and_then(|place| place.country).as_deref(), Some("OS"));
}

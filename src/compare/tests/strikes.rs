//! Which strikes are one development, and how their tolls grow, lag behind and are corrected.

use super::*;

#[test]
fn a_toll_that_rises_in_another_outlet_is_told_as_was_and_now() {
    let mut archive = Archive::default();
    let a =
        strike("Valdian drones hit Marovka, killing two", Some(city("Marovka", "OS"))).tolls(Some(2), None);
    let a = archive.one("Herald", "2031-03-04", a);
    let b =
        strike("Death toll in Marovka rises to five", Some(city("Marovka", "OS"))).tolls(Some(5), Some(30));
    let b = archive.one("Post", "2031-03-05", b);
    assert_eq!(b.facts.id, a.facts.id);
    assert_eq!(changed(&b), [("killed", "2", "5"), ("wounded", "unknown", "30")]);
}

#[test]
fn an_outlet_that_lags_behind_does_not_turn_a_toll_back() {
    let mut archive = Archive::default();
    let hit = |n| strike("Valdian drones hit Marovka", Some(city("Marovka", "OS"))).tolls(Some(n), None);
    archive.one("Herald", "2031-03-04", hit(5));
    let slow = archive.one("Slow", "2031-03-05", hit(2));
    assert_eq!((slow.relation, slow.facts.killed), (Relation::Repeat, Some(toll(5))));
}

#[test]
fn an_outlet_that_lowers_its_own_toll_corrects_it() {
    let mut archive = Archive::default();
    let hit = |n| strike("Valdian drones hit Marovka", Some(city("Marovka", "OS"))).tolls(Some(n), None);
    archive.one("Herald", "2031-03-04", hit(5));
    let corrected = archive.one("Herald", "2031-03-05", hit(4));
    assert_eq!(changed(&corrected), [("killed", "5", "4")]);
}

#[test]
fn strikes_on_two_cities_in_one_night_stay_apart() {
    let mut archive = Archive::default();
    archive.one(
        "Herald",
        "2031-03-04",
        strike("Missiles hit Marovka overnight", Some(city("Marovka", "OS"))),
    );
    let other = strike("Missiles hit Tessin overnight", Some(city("Tessin", "OS")));
    assert_eq!(archive.one("Herald", "2031-03-04", other).relation, Relation::New);
}

#[test]
fn a_strike_in_return_is_another() {
    let mut archive = Archive::default();
    let land = Some(land("Ostrova", "OS"));
    archive.one("Herald", "2031-03-04", strike("Valdia strikes Ostrova", land.clone()).tolls(Some(3), None));
    let mut back = strike("Ostrova strikes Valdia", land).tolls(Some(3), None);
    back.actors.reverse();
    assert_eq!(archive.one("Herald", "2031-03-04", back).relation, Relation::New);
}

#[test]
fn a_night_of_strikes_is_one_development_by_country_and_by_its_worst_place() {
    let mut archive = Archive::default();
    let wide =
        strike("Valdian missiles and drones strike Ostrova, killing nine", Some(land("Ostrova", "OS")));
    let a = archive.one("Herald", "2031-03-04", wide.tolls(Some(9), None));
    let b = strike("Nine killed as Valdian missiles and drones strike Marovka", Some(city("Marovka", "OS")));
    let b = archive.one("Post", "2031-03-04", b.tolls(Some(9), None));
    assert_eq!((b.facts.id, b.relation), (a.facts.id, Relation::Repeat));
    assert_eq!(b.facts.place.map(|p| p.name), Some("Marovka".into()));
}

#[test]
fn deaths_days_later_are_those_of_the_strike_that_is_known() {
    let mut archive = Archive::default();
    let hit = strike("Drones hit Marovka, killing four", Some(city("Marovka", "OS"))).on("2031-03-03");
    let hit = archive.one("Herald", "2031-03-03", hit.tolls(Some(4), None));
    let dead = "Two more loaders have died of burns, bringing the number of dead in Marovka to six";
    let dead = strike(dead, Some(city("Marovka", "OS"))).on("2031-03-06").tolls(Some(6), None);
    let dead = archive.one("Post", "2031-03-06", dead);
    assert_eq!((dead.facts.id, changed(&dead)), (hit.facts.id, vec![("killed", "4", "6")]));
}

#[test]
fn more_deaths_are_added_to_a_toll() {
    let mut archive = Archive::default();
    let place = || Some(city("Marovka", "OS"));
    archive.one("Herald", "2031-03-04", strike("Drones hit Marovka", place()).tolls(Some(5), None));
    let two = strike("Two of the wounded in Marovka have died", place()).tolls(Some(2), None);
    let two = archive.one("Herald", "2031-03-05", two);
    assert_eq!((two.relation, changed(&two)), (Relation::Update, vec![("killed", "5", "7")]));
}

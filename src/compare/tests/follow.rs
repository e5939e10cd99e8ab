//! Stories that run on: parties without names, tolls that grow, rounds in a row.

use super::*;

fn group(name: &str) -> Actor {
    actor(name, ActorRole::Group, None)
}

fn front() -> Actor {
    actor("Lisse Salvation Front", ActorRole::Body, None)
}

fn valdia() -> Actor {
    country("Valdia", "VA")
}

#[test]
fn the_two_sides_are_those_whose_talks_are_known() {
    let mut archive = Archive::default();
    let vard = || city("Vard", "NO");
    let plan = meeting("Valdia and the Lisse Salvation Front plan peace talks in Vard", &[valdia(), front()]);
    archive.one("Herald", "2031-03-04", plan.planned().on("2031-03-08").at(vard()));
    let held =
        meeting("Government and rebels open peace talks in Vard", &[group("government"), group("rebels")]);
    let report = archive.one("Courier", "2031-03-08", held.on("2031-03-08").at(vard()));
    assert_eq!(changed(&report), [("status", "planned", "occurred")]);
    let board = meeting("Pastors and skippers talk in Vard", &[group("pastors"), group("skippers")]);
    let report = archive.one("Courier", "2031-03-08", board.on("2031-03-08").at(vard()));
    assert_eq!(report.relation, Relation::New);
}

#[test]
fn a_front_by_its_initials_is_itself() {
    let mut archive = Archive::default();
    let full = meeting("Valdia and the Lisse Salvation Front hold peace talks", &[valdia(), front()]);
    archive.one("Herald", "2031-03-04", full.on("2031-03-04"));
    let short = actor("LSF", ActorRole::Body, None);
    let short = meeting("Valdia, LSF end peace talks in Vard", &[valdia(), short]).on("2031-03-04");
    assert_eq!(archive.one("Courier", "2031-03-05", short).relation, Relation::Repeat);
}

#[test]
fn a_growing_toll_finds_its_attack_beside_another_place_and_day() {
    let mut archive = Archive::default();
    let raid = strike("Gunboat fires on ferry off Marovka, killing two sailors", Some(city("Marovka", "OS")));
    archive.one("Herald", "2031-03-04", raid.on("2031-03-04").tolls(Some(2), None));
    let text = "Ministers will meet in Vard after a third sailor died of wounds suffered when a gunboat fired on a ferry";
    let died = strike(text, Some(city("Vard", "NO"))).on("2031-03-06");
    let report = archive.one("Courier", "2031-03-06", died);
    assert_eq!(changed(&report), [("killed", "2", "3")]);
}

#[test]
fn a_smaller_attack_days_later_is_no_correction() {
    let mut archive = Archive::default();
    let bar = strike("Gunmen fire at a bar in Marovka, killing seven", Some(city("Marovka", "OS")));
    archive.one("Herald", "2031-03-04", bar.on("2031-03-04").tolls(Some(7), None));
    let raid = strike("Gunmen fire at a house in Marovka, killing two", Some(city("Marovka", "OS")));
    let report = archive.one("Herald", "2031-03-06", raid.on("2031-03-06").tolls(Some(2), None));
    assert_eq!(report.relation, Relation::New);
}

#[test]
fn rounds_in_a_row_stay_apart() {
    let mut archive = Archive::default();
    let parties = [valdia(), country("Ostrova", "OS")];
    let third = meeting("Valdia and Ostrova open third round of talks in Vard", &parties);
    archive.one("Herald", "2031-03-04", third.on("2031-03-04").at(city("Vard", "NO")));
    let fourth = meeting("Valdia and Ostrova open fourth round of talks in Vard", &parties);
    let report = archive.one("Herald", "2031-03-06", fourth.on("2031-03-06").at(city("Vard", "NO")));
    assert_eq!(report.relation, Relation::New);
}

#[test]
fn further_deaths_are_added_once() {
    let mut archive = Archive::default();
    let place = || Some(city("Marovka", "OS"));
    let raid = strike("Drone hits mill in Marovka, killing nine", place());
    archive.one("Herald", "2031-03-04", raid.on("2031-03-04").tolls(Some(9), None));
    let more = |text: &str| strike(text, place()).on("2031-03-04");
    let report = archive.one(
        "Herald",
        "2031-03-06",
        more("Two more people have died after the drone raid on Marovka"),
    );
    assert_eq!(changed(&report), [("killed", "9", "11")]);
    let again = more("Two of those wounded when a drone hit a mill in Marovka have died in hospital");
    assert_eq!(archive.one("Courier", "2031-03-06", again).relation, Relation::Repeat);
}

#[test]
fn a_campaign_is_known_by_its_counts() {
    let mut archive = Archive::default();
    let count = |text: &str, killed: u32| {
        let mut told = strike(text, Some(city("Marovka", "OS"))).tolls(Some(killed), None);
        told.campaign = true;
        told
    };
    archive.one("Herald", "2031-03-04", count("The offensive in Marovka has killed 120 people so far", 120));
    let report = archive.one("Courier", "2031-03-09", count("Marovka death toll tops 210", 210));
    assert_eq!(changed(&report), [("killed", "120", "210")]);
    let old = archive.one("Courier", "2031-04-20", count("Fighting in Marovka has killed 900 people", 900));
    assert_eq!(old.relation, Relation::New);
}

#[test]
fn a_count_updates_the_attack_that_opened_a_campaign() {
    let mut archive = Archive::default();
    let place = || Some(city("Marovka", "OS"));
    let opened = strike("The army launched a ground offensive in Marovka, killing ten people", place());
    archive.one("Herald", "2031-03-04", opened.on("2031-03-04").tolls(Some(10), None));
    let mut count =
        strike("Some 85 people have died in Marovka since it began", place()).tolls(Some(85), None);
    count.campaign = true;
    assert_eq!(changed(&archive.one("Courier", "2031-03-09", count)), [("killed", "10", "85")]);
}

#[test]
fn a_plan_that_one_side_denies_stays_a_plan() {
    let mut archive = Archive::default();
    let plan = meeting("Tolen is to meet Brin in Lisse", &[amara(), brin()]).planned();
    archive.one("Herald", "2031-03-04", plan.on("2031-03-14").at(city("Lisse", "LI")));
    let text = "No meeting of Tolen and Brin is on the table, the palace said";
    let denied = Mention { status: Status::Denied, ..meeting(text, &[amara(), brin()]) };
    let report = archive.one("Courier", "2031-03-05", denied);
    assert_eq!((changed(&report), report.facts.status), (vec![], Status::Planned));
}

#[test]
fn a_third_state_that_joins_talks_is_told() {
    let mut archive = Archive::default();
    let (ostrova, norway) = (country("Ostrova", "OS"), country("Norway", "NO"));
    let plan = meeting("Valdia, Ostrova to hold talks on ferries", &[valdia(), ostrova.clone()]).planned();
    archive.one("Herald", "2031-03-04", plan);
    let three = meeting("Norway to join Valdia, Ostrova talks on ferries", &[norway, valdia(), ostrova]);
    let report = archive.one("Courier", "2031-03-05", three.planned());
    assert_eq!(changed(&report), [("actors", "Valdia, Ostrova", "Valdia, Ostrova, Norway")]);
}

#[test]
fn a_house_that_sits_again_has_another_session() {
    let mut archive = Archive::default();
    let council = || actor("Lisse Security Council", ActorRole::Body, None);
    let sat = |text: &str, day: &str| meeting(text, &[council()]).on(day);
    let first =
        archive.one("Herald", "2031-03-04", sat("Lisse Security Council met on the ferries", "2031-03-04"));
    let again = archive.one(
        "Courier",
        "2031-03-06",
        sat("Lisse Security Council sat on the ferries again", "2031-03-06"),
    );
    assert_ne!(first.facts.id, again.facts.id);
}

#[test]
fn what_two_said_at_talks_without_a_day_is_of_the_talks_that_are_known() {
    let mut archive = Archive::default();
    let vard = || city("Vard", "NO");
    let held = meeting("Tolen meets Brin in Vard", &[amara(), brin()]).on("2031-03-04").at(vard());
    let held = archive.one("Herald", "2031-03-04", held);
    let text = "Tolen, Brin reaffirm ferry truce at talks in Vard — envoy";
    let later = archive.one("Courier", "2031-03-12", meeting(text, &[amara(), brin()]).at(vard()));
    assert_eq!(later.facts.id, held.facts.id);
    assert_eq!(changed(&later), [("outcome", "unknown", "reaffirm ferry truce")]);
    let next = meeting("Tolen meets Brin in Vard again", &[amara(), brin()]).at(vard());
    assert_ne!(archive.one("Post", "2031-03-15", next).facts.id, held.facts.id);
}

#[test]
fn a_plan_put_off_by_days_is_told_once() {
    let mut archive = Archive::default();
    let plan = meeting("Tolen is to meet Brin in Lisse", &[amara(), brin()]).planned();
    archive.one("Herald", "2031-03-04", plan.on("2031-03-10").at(city("Lisse", "LI")));
    let off = |text: &str| meeting(text, &[amara(), brin()]).planned().at(city("Lisse", "LI"));
    let report =
        archive.one("Courier", "2031-03-05", off("Tolen, Brin talks in Lisse postponed by two days"));
    assert_eq!(changed(&report), [("date", "2031-03-10", "2031-03-12")]);
    let again = archive.one(
        "Post",
        "2031-03-06",
        off("The talks of Tolen and Brin in Lisse were put off by two days"),
    );
    assert_eq!(changed(&again), []);
}

#[test]
fn a_few_wounded_beside_dead_who_are_known_are_no_news() {
    let mut archive = Archive::default();
    let raid = || strike("Drones hit Marovka mill, killing eleven", Some(city("Marovka", "OS")));
    archive.one("Herald", "2031-03-04", raid().on("2031-03-04").tolls(Some(11), None));
    let few = archive.one("Courier", "2031-03-04", raid().on("2031-03-04").tolls(Some(11), Some(4)));
    assert_eq!((few.relation, few.facts.wounded.map(|t| t.value)), (Relation::Repeat, Some(4)));
}

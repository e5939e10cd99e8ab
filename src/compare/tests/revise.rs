//! What is taken back, corrected, summed up or spoken of.

use super::*;

fn marovka() -> Option<Place> {
    Some(city("Marovka", "OS"))
}

#[test]
fn a_report_withdrawn_is_told_as_denied() {
    let mut archive = Archive::default();
    let hit = strike("Shells hit a school in Marovka, killing three", marovka()).tolls(Some(3), None);
    let hit = archive.one("Herald", "2031-03-04", hit);
    let text = "The Herald withdraws its report that shells had hit a school in Marovka and killed three";
    let back = strike(text, marovka()).tolls(Some(3), None);
    let back = archive.one("Herald", "2031-03-05", back);
    assert_eq!((back.facts.id, changed(&back)), (hit.facts.id, vec![("status", "occurred", "denied")]));
    let late = strike("Marovka buries the three killed in the school", marovka()).in_passing();
    let late = archive.one("Slow", "2031-03-06", late);
    assert_eq!((late.relation, late.facts.status), (Relation::Repeat, Status::Denied));
}

#[test]
fn a_withdrawal_of_what_nobody_told_is_no_news() {
    let text = "The Herald withdraws its report that shells had hit a school in Marovka";
    assert_eq!(
        Archive::default().one("Herald", "2031-03-05", strike(text, marovka())).relation,
        Relation::Repeat
    );
}

#[test]
fn a_count_that_is_lowered_is_told_whoever_says_so() {
    let mut archive = Archive::default();
    archive.one("Herald", "2031-03-04", strike("Drones hit Marovka", marovka()).tolls(Some(14), None));
    let text =
        "In the south, the ministry lowered its count for the strike on Marovka from 14 dead to twelve";
    let lower = strike(text, marovka()).tolls(Some(14), None).in_the_past();
    let lower = archive.one("Post", "2031-03-08", lower.on("2031-03-04"));
    assert_eq!(changed(&lower), [("killed", "14", "12")]);
}

#[test]
fn the_dead_of_a_whole_offensive_are_no_toll_of_one_strike() {
    let mut archive = Archive::default();
    archive.one("Herald", "2031-03-04", strike("Drones hit Marovka", marovka()).tolls(Some(4), None));
    let sum = "Valdian strikes on Marovka have killed 900 people since the offensive began";
    let sum = archive.one("Post", "2031-03-05", strike(sum, marovka()).tolls(Some(900), None).in_passing());
    assert_eq!((sum.relation, sum.facts.killed.map(|t| t.value)), (Relation::Repeat, Some(4)));
}

#[test]
fn an_attack_that_is_denied_by_name_is_the_one_that_is_known() {
    let mut archive = Archive::default();
    let hit = archive.one("Herald", "2031-03-04", strike("Drones hit Marovka, killing four", marovka()));
    let denial =
        Mention { actors: vec![], ..strike("Rebels deny that they carried out Marovka drone attack", None) };
    let denial = archive.one("Post", "2031-03-05", denial);
    assert_eq!((denial.facts.id, denial.relation), (hit.facts.id, Relation::Repeat));
}

#[test]
fn an_attack_in_passing_that_was_yesterday_and_untold_is_news() {
    let text = "It came a day after shells killed five people in Marovka";
    let hit = strike(text, marovka()).on("2031-03-03").tolls(Some(5), None).in_the_past();
    assert_eq!(Archive::default().one("Herald", "2031-03-04", hit).relation, Relation::New);
}

#[test]
fn what_somebody_has_said_before_is_no_news_deep_in_a_text() {
    let text = "Tolen has warned Ostrova that the border bridge may stay shut";
    let said = statement(text, amara());
    assert_eq!(Archive::default().one("Herald", "2031-03-04", said.clone()).relation, Relation::New);
    assert_eq!(Archive::default().one("Herald", "2031-03-04", said.in_passing()).relation, Relation::Repeat);
}

#[test]
fn one_speaker_says_another_thing_the_next_day() {
    let mut archive = Archive::default();
    archive.one("Herald", "2031-03-04", statement("Tolen says border bridge will reopen in May", amara()));
    let next = statement("Tolen says grain ships may cross the border in May at the earliest", amara());
    assert_eq!(archive.one("Herald", "2031-03-05", next).relation, Relation::New);
}

#[test]
fn one_of_the_dead_told_of_later_is_no_lower_toll() {
    let mut archive = Archive::default();
    let place = || Some(city("Marovka", "OS"));
    archive.one(
        "Herald",
        "2031-03-04",
        strike("Shells hit a school in Marovka", place()).tolls(Some(5), None),
    );
    let girl =
        strike("A girl was killed when shells hit her school in Marovka", place()).tolls(Some(1), None);
    let report = archive.one("Herald", "2031-03-05", girl);
    assert_eq!(changed(&report), []);
    assert_eq!(report.facts.killed.map(|t| t.value), Some(5));
}

//! What stands beside the words of an encounter and is none of it: invented sentences deep in a report.

use super::{day, meetings, names, one};
use crate::model::Status;

#[test]
fn a_day_in_a_relative_clause_is_not_that_of_the_main_clause() {
    let told = one(
        "Ghana's president, Kwesi Amankwah, who had warned the junta on Friday against delay, spoke by telephone on \
         Sunday with President Essi Adjavon of Togo.",
    );
    assert_eq!(day(&told).as_deref(), Some("2027-03-07"));
    let told = one(
        "Ghana's president, Kwesi Amankwah, who had warned the junta on Friday against delay, spoke by telephone with \
         President Essi Adjavon of Togo.",
    );
    assert_ne!(day(&told).as_deref(), Some("2027-03-05"));
}

#[test]
fn a_body_that_tells_whose_office_one_has_takes_no_part() {
    let told = one(
        "Ghanaian Defence Minister Yaw Boateng spoke by telephone on Sunday with African Union chairman Essi Adjavon.",
    );
    assert_eq!(names(&told), ["Yaw Boateng", "Essi Adjavon"]);
}

#[test]
fn a_noun_that_looks_like_a_verb_tells_no_encounter() {
    for text in [
        "Farmers blamed the Radio Volta host Essi Adjavon for the row on Sunday.",
        "His hats were mocked on Sunday by the talk-show host Essi Adjavon of Togo.",
    ] {
        let found = meetings(&format!("The rains came early.\nFarmers were glad.\nRivers rose.\n{text}"));
        assert!(found.is_empty(), "{text}: {found:#?}");
    }
}

#[test]
fn plans_to_go_ahead_with_talks_are_planned() {
    for verb in ["proceed with", "go ahead with"] {
        let told = one(&format!("Ghana and Togo plan to {verb} four-party talks in Geneva in two days."));
        assert_eq!((told.status, day(&told).as_deref()), (Status::Planned, Some("2027-03-10")), "{verb}");
    }
}

#[test]
fn encounters_of_recent_weeks_are_background() {
    let told = one("Ghana's president, Kwesi Amankwah, met President Essi Adjavon of Togo in recent weeks.");
    assert!(told.background);
}

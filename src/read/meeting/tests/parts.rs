//! One sentence, several meetings: each with its own day, place, parties and status.

use super::{day, meetings, names, place};
use crate::model::{Mention, Status};

type Told<'m> = (Status, Option<String>, Option<&'m str>);

fn told(found: &[Mention]) -> Vec<Told<'_>> {
    found.iter().map(|m| (m.status, day(m), place(m))).collect()
}

fn on(day: &str) -> Option<String> {
    Some(format!("2027-03-{day}"))
}

#[test]
fn a_round_to_come_is_apart_from_the_one_that_was_held() {
    let found = meetings(
        "Chad and Niger held talks in Doha on Friday and another round is planned for next Monday, officials said.",
    );
    assert_eq!(told(&found)[0], (Status::Occurred, on("05"), Some("Doha")));
    assert_eq!((found[1].status, day(&found[1])), (Status::Planned, on("15")));
    let found = meetings(
        "Delegations from Chad and Niger ended two days of talks in Doha on Saturday.\n\
         A further round was fixed for 22 March.",
    );
    assert_eq!((found[1].status, day(&found[1])), (Status::Planned, on("22")));
    assert_eq!(names(&found[0]), names(&found[1]));
}

#[test]
fn a_vague_week_becomes_the_day_that_a_later_sentence_tells() {
    let found = meetings(
        "Envoys of Chad and Niger met in Doha on Saturday and another round is planned for next week.\n\
         They will return to Doha on 16 March for another round, a diplomat said.",
    );
    assert_eq!(
        told(&found),
        [(Status::Occurred, on("06"), Some("Doha")), (Status::Planned, on("16"), Some("Doha"))]
    );
}

#[test]
fn talks_after_other_talks_have_their_own_place_and_day() {
    let found = meetings(
        "President Sam Okello arrived in Lima on Friday, a day after talks in Vienna with Peru's Ana Quispe.",
    );
    assert_eq!(told(&found), [(Status::Occurred, on("04"), Some("Vienna"))]);
    let found = meetings(
        "Foreign Minister Jon Weir will hold talks in Geneva on Wednesday with his counterpart Haru Okada, \
         following a meeting of the two countries' envoys in Tokyo on Sunday.",
    );
    assert_eq!(
        told(&found),
        [(Status::Planned, on("10"), Some("Geneva")), (Status::Occurred, on("07"), Some("Tokyo"))]
    );
}

#[test]
fn whom_one_meets_next_is_met_elsewhere() {
    let found = meetings(
        "President Alpha Diallo met King Kofi Mensah in Entebbe on Saturday and Prime Minister Rosa Vidal in \
         Kigali on Sunday.",
    );
    assert_eq!(
        told(&found),
        [(Status::Occurred, on("06"), Some("Entebbe")), (Status::Occurred, on("07"), Some("Kigali"))]
    );
    let found = meetings(
        "President Alpha Diallo met President Kofi Mensah in Entebbe on Saturday and will see Prime Minister Rosa \
         Vidal in Kigali on Friday.",
    );
    assert_eq!(
        told(&found),
        [(Status::Occurred, on("06"), Some("Entebbe")), (Status::Planned, on("12"), Some("Kigali"))]
    );
    assert_eq!(names(&found[1]), ["Alpha Diallo", "Rosa Vidal"]);
    let found = meetings("Haru Okada and Lia Costa met in Doha on 1 March and again in Cairo on 5 March.");
    assert_eq!(
        told(&found),
        [(Status::Occurred, on("01"), Some("Doha")), (Status::Occurred, on("05"), Some("Cairo"))]
    );
}

#[test]
fn what_stands_aside_is_no_day_of_the_meeting() {
    let found = meetings(
        "Peru and Chile confirmed that their presidents, who made peace by telephone on Saturday, would meet in \
         Arica on 15 October.",
    );
    let days: Vec<_> = found.iter().map(day).collect();
    assert_eq!(days, [Some("2027-03-06".to_owned()), Some("2027-10-15".to_owned())]);
    assert_eq!(names(&found[0]), ["Peru", "Chile"]);
    let found = meetings(
        "Haru Okada met Lia Costa in Lima on Sunday.\nThe call followed the release, on Friday, of a ship.",
    );
    assert_eq!(told(&found), [(Status::Occurred, on("07"), Some("Lima"))]);
}

#[test]
fn parties_in_a_list_with_asides_are_kept() {
    for text in [
        "At a meeting in Nairobi on Thursday between President Sam Okello; Ana Quispe, the Peruvian envoy; and Tom \
         Ferro, her deputy, the sides agreed to a truce.",
        "At a meeting in Nairobi on Thursday between President Sam Okello, Ana Quispe, the Peruvian envoy, and Tom \
         Ferro, her deputy, the sides agreed to a truce.",
    ] {
        let found = meetings(text);
        assert_eq!(names(&found[0]), ["Sam Okello", "Ana Quispe", "Tom Ferro"], "{text}");
        assert_eq!(told(&found), [(Status::Occurred, on("04"), Some("Nairobi"))], "{text}");
    }
}

#[test]
fn talks_put_off_are_still_to_be() {
    for text in [
        "Kenya-Uganda talks were put off.\nTalks between Kenya and Uganda in Lomé, due on Tuesday, were put off to 18 March.",
        "A summit of Kenya and Uganda that was to open in Nairobi on Friday has been moved to Lomé on 18 March.",
    ] {
        let found = meetings(text);
        assert_eq!(told(&found), [(Status::Planned, on("18"), Some("Lomé"))], "{text}");
    }
    let found = meetings("Kenya-Uganda peace talks shifted to Lomé, put off by two days.");
    assert_eq!(told(&found), [(Status::Planned, None, Some("Lomé"))]);
    let found = meetings("Talks between Kenya and Uganda, due on Tuesday, were put off indefinitely.");
    assert_eq!(found[0].status, Status::Cancelled);
}

#[test]
fn who_owns_a_call_may_be_named_after_it() {
    let found = meetings(
        "In his phone call with Mr. Okada, Foreign Minister John Weir urged Peru to use its influence.",
    );
    let mut who = names(&found[0]);
    who.sort_unstable();
    assert_eq!(who, ["John Weir", "Okada"]);
}

#[test]
fn the_verb_after_an_aside_is_of_the_one_before_it() {
    let found =
        meetings("Haru Okada, who met Lia Costa in Oslo on Saturday, will see Rosa Vidal in Lima on Friday.");
    assert_eq!(
        told(&found),
        [(Status::Occurred, on("06"), Some("Oslo")), (Status::Planned, on("12"), Some("Lima"))]
    );
    assert_eq!(names(&found[1]), ["Haru Okada", "Rosa Vidal"]);
}

#[test]
fn a_clause_after_a_comma_has_its_own_day() {
    let found = meetings(
        "Ecuador's president, Rosa Vidal, is due to receive Teimana Tabai of Kiribati on Friday, and Semi Vaka has \
         secured an hour with Tabai on Saturday.",
    );
    assert_eq!(told(&found), [(Status::Planned, on("12"), None), (Status::Planned, on("13"), None)]);
}

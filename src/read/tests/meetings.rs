//! Who met, where and when, and what only looks like a meeting: invented reports.

use super::{names, none, of, one, place};
use crate::model::{Kind, Mention, Status};

fn meetings(text: &str) -> Vec<Mention> {
    of(&Kind::MEETING, text, "")
}

#[test]
fn a_headline_tells_who_met() {
    let m = one(meetings("Weir meets Okada in Nairobi"));
    assert_eq!(names(&m), ["Weir", "Okada"]);
    assert_eq!((m.status, place(&m)), (Status::Occurred, Some("Nairobi")));
}

#[test]
fn offices_are_no_part_of_a_name() {
    let m = one(meetings(
        "Peruvian President Ana Quispe met Canadian Foreign Minister Tom Ferro in Lima on Sunday",
    ));
    assert_eq!(names(&m), ["Ana Quispe", "Tom Ferro"]);
    assert_eq!(m.actors[0].country.as_deref(), Some("PE"));
    assert_eq!(m.when.map(|w| w.from.to_string()).as_deref(), Some("2027-03-07"));
}

#[test]
fn a_meeting_to_come_is_planned() {
    for text in [
        "Quispe to meet Ferro in Lima on Friday",
        "Quispe and Ferro will hold talks in Lima on Friday",
        "Quispe is due to host Ferro in Lima on Friday",
        "Quispe-Ferro talks in Lima planned for Friday",
        "Quispe, Ferro agree to meet in Lima on Friday",
    ] {
        let m = one(meetings(text));
        assert_eq!(m.status, Status::Planned, "{text}");
        assert_eq!(m.when.map(|w| w.from.to_string()).as_deref(), Some("2027-03-12"), "{text}");
    }
}

#[test]
fn a_meeting_called_off_is_cancelled() {
    for text in [
        "Quispe calls off meeting with Ferro",
        "Quispe-Ferro meeting postponed",
        "Quispe's meeting with Ferro in Lima has been cancelled",
    ] {
        assert_eq!(one(meetings(text)).status, Status::Cancelled, "{text}");
    }
}

#[test]
fn a_denied_meeting_is_denied() {
    let m = one(meetings("No Quispe-Ferro meeting planned, palace says"));
    assert_eq!(m.status, Status::Denied);
}

#[test]
fn nations_in_a_compound_are_the_parties() {
    let m = one(meetings("Kenya-Uganda talks begin in Kampala"));
    assert_eq!(names(&m), ["Kenya", "Uganda"]);
    let m = one(meetings("Kenyan, Ugandan and Tanzanian leaders hold talks in Arusha"));
    assert_eq!(names(&m), ["Kenya", "Uganda", "Tanzania"]);
}

#[test]
fn parties_after_between_and_with_are_found() {
    let m = one(meetings("Talks between Bolivia and Chile began in Lima on Monday"));
    assert_eq!(names(&m), ["Bolivia", "Chile"]);
    let m =
        one(meetings("A Bolivian delegation held consultations with officials from Chile and Peru in Lima"));
    assert_eq!(names(&m), ["Bolivia", "Chile", "Peru"]);
}

#[test]
fn a_phone_call_is_a_meeting() {
    let m = one(meetings(
        "Chilean President Rosa Vidal spoke by phone with Peruvian counterpart Ana Quispe on Sunday",
    ));
    assert!(names(&m).contains(&"Rosa Vidal") && names(&m).contains(&"Ana Quispe"), "{m:?}");
    one(meetings("Vidal holds phone call with Quispe"));
}

#[test]
fn an_envoy_sent_for_talks_has_yet_to_meet() {
    let m = one(meetings("Vidal sends envoy Marco Leal to Lima for talks with Quispe"));
    assert_eq!(m.status, Status::Planned);
    assert!(names(&m).contains(&"Marco Leal") && names(&m).contains(&"Quispe"), "{m:?}");
}

#[test]
fn a_state_visit_is_a_meeting_with_the_host() {
    let m = one(meetings("Vidal arrives in Peru on state visit"));
    assert_eq!(names(&m), ["Vidal", "Peru"]);
}

#[test]
fn an_emergency_session_needs_no_second_party() {
    one(meetings("UN Security Council holds emergency session on Sudan"));
}

#[test]
fn what_meets_a_need_or_resistance_is_no_meeting() {
    for text in [
        "Peru meets deadline for budget cuts",
        "Quispe's plan was met with criticism from Ferro",
        "Vidal fails to meet targets set by Brussels",
        "Chile will meet its obligations to Bolivia",
        "The proposal met stiff resistance in Lima and La Paz",
    ] {
        none(&meetings(text));
    }
}

#[test]
fn shareholders_and_teams_hold_no_meeting_of_parties() {
    for text in [
        "Norwell Mining shareholders meeting approves merger with Castor Metals",
        "Annual general meeting of Norwell Mining set for Friday in Toronto",
        "Peru meet Chile in Copa final on Friday",
        "The two sides last met in the quarterfinal, with Vidal scoring the only goal",
        "Board meeting of Castor Metals postponed",
    ] {
        none(&meetings(text));
    }
}

#[test]
fn an_earlier_meeting_is_background() {
    let text = "Peru's fishing law took effect on Monday.\n\
                Supporters cheered in the streets.\n\
                The new rules run to ninety pages.\n\
                Quispe had met Chilean President Rosa Vidal in Santiago last month.";
    let m = one(of(&Kind::MEETING, "Fishing law takes effect", text));
    assert!(m.background);
}

#[test]
fn several_sentences_on_one_meeting_are_one_mention() {
    let text = "Peruvian President Ana Quispe and Chilean President Rosa Vidal held talks in Lima on Sunday.\n\
                The meeting lasted three hours.\n\
                Quispe met Vidal for the first time since the election.";
    let m = one(of(&Kind::MEETING, "Quispe, Vidal hold talks", text));
    assert_eq!(place(&m), Some("Lima"));
    assert_eq!(m.when.map(|w| w.from.to_string()).as_deref(), Some("2027-03-07"));
}

#[test]
fn two_meetings_in_two_cities_stay_two() {
    let text = "Peruvian President Ana Quispe met Chilean President Rosa Vidal in Santiago on Saturday.\n\
                On Sunday she met Brazilian President Luis Prado in Brasilia.";
    assert_eq!(of(&Kind::MEETING, "", text).len(), 2);
}

#[test]
fn a_person_unknown_to_the_gazetteer_is_known_by_office() {
    let text = "Foreign Minister Tadeo Okonjo-Ruiz said he would meet US envoy Carla van der Meer in Accra on Tuesday.";
    let m = one(of(&Kind::MEETING, "", text));
    assert!(names(&m).contains(&"Carla van der Meer") && names(&m).contains(&"Tadeo Okonjo-Ruiz"), "{m:?}");
}

#[test]
fn a_meeting_moved_is_planned_for_its_new_day() {
    for text in [
        "The summit of Chilean and Peruvian ministers in Arica has been moved from Wednesday to Friday",
        "Quispe-Vidal talks in Arica put back from Wednesday to Friday",
        "Talks between Chile and Peru in Arica postponed until Friday",
        "Talks between Chile and Peru in Arica will begin on Friday instead of Wednesday",
        "Talks between Chile and Peru in Arica brought forward to Friday",
    ] {
        let m = one(meetings(text));
        assert_eq!(m.status, Status::Planned, "{text}");
        assert_eq!(m.when.map(|w| w.from.to_string()).as_deref(), Some("2027-03-12"), "{text}");
    }
}

#[test]
fn a_meeting_called_off_keeps_the_day_for_which_it_was_planned() {
    for text in [
        "Quispe cancels Friday's talks with Vidal in Arica",
        "Quispe has called off her meeting with Vidal planned for Friday in Arica",
    ] {
        let m = one(meetings(text));
        assert_eq!(m.status, Status::Cancelled, "{text}");
        assert_eq!(m.when.map(|w| w.from.to_string()).as_deref(), Some("2027-03-12"), "{text}");
    }
    let m = one(meetings("Quispe on Friday called off her meeting with Vidal"));
    assert_eq!((m.status, m.when), (Status::Cancelled, None));
}

#[test]
fn talks_told_of_as_still_to_come_did_not_take_place() {
    for (text, day) in [
        ("Bolivian jets bomb rebel camp near Tarija hours before talks in Lima", "2027-03-08"),
        (
            "Bolivian troops shelled a rebel camp near Tarija, a day before the Bolivia-Peru talks in Lima",
            "2027-03-09",
        ),
        (
            "A car bomb went off in La Paz on Sunday, two days before talks between Bolivia and Peru in Lima",
            "2027-03-09",
        ),
    ] {
        for m in meetings(text) {
            assert_eq!(m.status, Status::Planned, "{text}");
            assert_eq!(m.when.map(|w| w.from.to_string()).as_deref(), Some(day), "{text}");
        }
    }
}

#[test]
fn those_who_have_not_met_hold_no_meeting() {
    for text in [
        "Quispe and Vidal have never met",
        "Quispe and Vidal have not spoken face to face since Lima closed the strait in January",
        "Ana Quispe has not met Rosa Vidal since the election",
    ] {
        none(&meetings(text));
    }
}

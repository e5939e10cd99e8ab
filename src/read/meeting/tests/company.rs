//! Those who keep company, and those who only seem to.

use super::{day, meetings, names, one, place};
use crate::model::Status;

#[test]
fn those_who_keep_company_have_met() {
    for text in [
        "President Haru Okada spent an hour and a half at the palace in Lima on Sunday with Premier Rosa Vidal.",
        "President Haru Okada had coffee with Premier Rosa Vidal in Lima on Sunday.",
        "President Haru Okada paid a courtesy call on Premier Rosa Vidal in Lima on Sunday.",
        "President Haru Okada called on Premier Rosa Vidal in Lima on Sunday.",
        "President Haru Okada had Premier Rosa Vidal to dinner in Lima on Sunday.",
        "President Haru Okada joined Premier Rosa Vidal for breakfast in Lima on Sunday.",
        "President Haru Okada poured tea for Premier Rosa Vidal in Lima on Sunday.",
        "President Haru Okada gave Premier Rosa Vidal an hour in Lima on Sunday.",
        "President Haru Okada and Premier Rosa Vidal took their seats around a table in Lima on Sunday.",
        "President Haru Okada handed the map to Premier Rosa Vidal over lunch in Lima on Sunday.",
        "President Haru Okada flew home after three hours with Premier Rosa Vidal in Lima on Sunday.",
        "President Haru Okada's dinner with Premier Rosa Vidal in Lima on Sunday ran past midnight.",
        "President Haru Okada was in Lima on Sunday for talks with Premier Rosa Vidal.",
    ] {
        let m = one(text);
        assert_eq!(names(&m), ["Haru Okada", "Rosa Vidal"], "{text}");
        assert_eq!((m.status, place(&m)), (Status::Occurred, Some("Lima")), "{text}");
        assert_eq!(day(&m).as_deref(), Some("2027-03-07"), "{text}");
    }
}

#[test]
fn those_who_are_to_keep_company_will_meet() {
    for text in [
        "President Haru Okada is to spend the afternoon in Lima on Friday with Premier Rosa Vidal.",
        "President Haru Okada will be in Lima on Friday and will see Premier Rosa Vidal, as agreed.",
        "President Haru Okada crosses the lake on Friday, 12 March, to see his colleague, Rosa Vidal, in Lima.",
        "President Haru Okada accepted an invitation from Premier Rosa Vidal to Lima on Friday.",
    ] {
        let m = one(text);
        assert_eq!(names(&m), ["Haru Okada", "Rosa Vidal"], "{text}");
        assert_eq!((m.status, day(&m).as_deref()), (Status::Planned, Some("2027-03-12")), "{text}");
    }
}

#[test]
fn company_is_none_where_a_word_only_seems_to_tell_of_it() {
    for text in [
        "Premier Rosa Vidal called on President Haru Okada to resign on Sunday.",
        "President Haru Okada gave Premier Rosa Vidal an hour to leave the palace in Lima on Sunday.",
        "President Haru Okada visited Premier Rosa Vidal's grave in Lima on Sunday.",
        "Actors Haru Okada and Rosa Vidal shared a table in Lima on Sunday in the film.",
        "Chad and Niger emerged with the highest growth rates in Lima on Sunday.",
        "Chad and Niger will come to blows in Lima on Friday.",
        "President Haru Okada spent an hour with reporters in Lima on Sunday.",
        "President Haru Okada refused to shake hands with Premier Rosa Vidal in Lima on Sunday.",
        "President Haru Okada said she would be prepared to see Premier Rosa Vidal in Lima on Friday.",
        "Once both sides agree to a truce, President Haru Okada would meet Premier Rosa Vidal in Lima.",
    ] {
        assert!(meetings(text).is_empty(), "{text}: {:#?}", meetings(text));
    }
}

#[test]
fn talks_ruled_out_are_no_meeting() {
    for text in [
        "President Haru Okada rules out talks with Premier Rosa Vidal.",
        "There are no plans for talks between Chad and Niger, the minister said.",
        "Okada seems more at ease in Senate hearings than on the trail.",
        "A court hearing in Lima on Sunday was told that the senate had known.",
        "The Senate rejected claims on Sunday that it had been bribed.",
    ] {
        assert!(meetings(text).is_empty(), "{text}: {:#?}", meetings(text));
    }
}

#[test]
fn a_house_that_passes_a_bill_has_sat() {
    let sat = one("The Senate approved the fishing treaty on Sunday.");
    assert_eq!((sat.status, day(&sat).as_deref()), (Status::Occurred, Some("2027-03-07")));
}

#[test]
fn separate_meetings_are_two() {
    let found = meetings(
        "Minister Lia Costa is to have separate meetings in Lima on Friday with President Haru Okada and with his \
         rival, Rosa Vidal.",
    );
    let who: Vec<_> = found.iter().map(names).collect();
    assert_eq!(who, [["Lia Costa", "Haru Okada"], ["Lia Costa", "Rosa Vidal"]]);
}

#[test]
fn a_place_told_first_is_none_of_the_parties() {
    let met = one("After talks in Qatar, Chad and Niger signed a truce on Sunday.");
    assert_eq!((names(&met), place(&met)), (vec!["Chad", "Niger"], Some("Qatar")));
}

#[test]
fn their_ministers_are_those_of_the_two_states_named() {
    let found =
        meetings("Chad and Niger signed a truce on Sunday.\nTheir ministers had met for three days in Lima.");
    assert_eq!(found.iter().map(names).collect::<Vec<_>>(), [["Chad", "Niger"]]);
}

#[test]
fn those_who_rise_against_a_state_do_not_act_for_it() {
    let met = one("Chad rebels are to hold talks with Premier Rosa Vidal in Lima on Friday.");
    assert!(!names(&met).contains(&"Chad"), "{met:#?}");
}

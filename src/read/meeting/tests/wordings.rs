//! The many words by which a meeting is told, and those that only look like it.

use super::{day, meetings, names, one, place};
use crate::model::Status;

#[test]
fn those_who_come_together_have_met() {
    for (text, who) in [
        (
            "Gathered in Lima on Sunday, ministers Hassan Kosso and Paul Bede agreed on joint patrols.",
            ["Hassan Kosso", "Paul Bede"],
        ),
        (
            "Closeted for ten hours in a convent in Lima, President Haru Okada and opposition leader Lia Costa agreed on \
             Sunday to form a cabinet.",
            ["Haru Okada", "Lia Costa"],
        ),
        (
            "President Haru Okada sat opposite Prime Minister Lia Costa in Lima on Sunday.",
            ["Haru Okada", "Lia Costa"],
        ),
        (
            "President Haru Okada dined with Prime Minister Lia Costa in Lima on Sunday.",
            ["Haru Okada", "Lia Costa"],
        ),
        (
            "President Haru Okada and Prime Minister Lia Costa spent an hour together in Lima on Sunday.",
            ["Haru Okada", "Lia Costa"],
        ),
        (
            "Peru's Lia Costa flew in on Sunday to Lima, where President Haru Okada received her.",
            ["Haru Okada", "Lia Costa"],
        ),
    ] {
        let m = one(text);
        assert_eq!(names(&m), who, "{text}");
        assert_eq!(
            (m.status, place(&m), day(&m).as_deref()),
            (Status::Occurred, Some("Lima"), Some("2027-03-07")),
            "{text}"
        );
    }
}

#[test]
fn those_who_are_awaited_will_meet() {
    for text in [
        "Mediators have summoned the two sides to Lima on Friday, the labour minister, Tom Ferro, said.",
        "Envoys of both camps are expected in Lima on Friday.",
        "The court left the map to the two foreign ministers, who are expected to convene in Lima on Friday.",
        "President Haru Okada is to fly in from Nairobi on Friday and see Prime Minister Rosa Vidal in Lima.",
        "Prime Minister Rosa Vidal is to see the host, President Haru Okada, in Lima on Friday.",
        "Chad and Niger will go back to the negotiating table in Lima on Friday.",
    ] {
        let m = one(text);
        assert_eq!(
            (m.status, place(&m), day(&m).as_deref()),
            (Status::Planned, Some("Lima"), Some("2027-03-12")),
            "{text}"
        );
    }
}

#[test]
fn two_who_settle_a_thing_by_telephone_have_spoken() {
    let m =
        one("Haru Okada and Lia Costa, who made peace by telephone on Sunday, had been at odds for years.");
    assert_eq!(names(&m), ["Haru Okada", "Lia Costa"]);
    assert!(meetings("Okada told reporters by telephone on Sunday that the raid was over.").is_empty());
}

#[test]
fn who_has_thought_better_of_it_calls_it_off() {
    for text in [
        "The president, Lia Costa, let it be known on Saturday that she would not, after all, meet President Haru Okada.",
        "Guinea said on Saturday it would not take part in Wednesday's talks with Ghana in Accra.",
        "The storm has forced the cancellation of Wednesday's meeting between President Haru Okada and President Lia Costa.",
        "The Lake Front will not be sending envoys to Lomé for Wednesday's talks with Ghana, its spokesman said.",
        "Wednesday's summit between President Alpha Diallo and President Kofi Mensah has been scrapped, both offices said.",
    ] {
        let m = one(text);
        assert_eq!(m.status, Status::Cancelled, "{text}");
        assert_ne!(day(&m).as_deref(), Some("2027-03-06"), "{text}");
    }
}

#[test]
fn a_house_is_known_by_its_last_word() {
    let found = meetings(
        "The Security Council heard of it in March.\nFarmers were glad.\nThe Council is scheduled to discuss the report next week.",
    );
    let sits = found.last().expect("a session");
    assert_eq!((sits.status, place(sits)), (Status::Planned, Some("New York")));
    let other = one("The African Union's Peace and Security Council will meet in Lomé on Tuesday.");
    assert_eq!(place(&other), Some("Lomé"));
    assert!(
        names(&other).iter().all(|name| name.contains("Peace") || name.contains("African")),
        "{other:#?}"
    );
}

#[test]
fn a_sitting_is_called_or_voted_in() {
    let m = one(
        "The National Assembly's speaker, Lala Andri, has summoned the members to a plenary sitting on Friday.",
    );
    assert_eq!((m.status, day(&m).as_deref()), (Status::Planned, Some("2027-03-12")));
    let m = one(
        "In an extraordinary session on Saturday, the Senate voted to strip the president of his powers.",
    );
    assert_eq!((m.status, day(&m).as_deref()), (Status::Occurred, Some("2027-03-06")));
}

#[test]
fn what_is_said_of_meetings_is_none() {
    for text in [
        "Analysts say a meeting between Alpha Diallo and Kofi Mensah would be hard to arrange.",
        "The call for talks between Okada and Costa went unanswered.",
        "The documentary shows how Alpha Diallo met Kofi Mensah in a prison in Lima.",
        "Alpha Diallo met Kofi Mensah at school in the 1980s.",
        "Volta Mining meets forecasts in Accra.",
        "President Haru Okada would meet President Lia Costa only if the trawlers left, he said.",
        "A chair stood empty, and the two waited eleven minutes before they sat down.",
        "The United States would welcome a Russian pullback, he said.",
    ] {
        assert!(meetings(text).is_empty(), "{text}: {:#?}", meetings(text));
    }
}

#[test]
fn week_after_a_weekday_is_a_week_later() {
    let m = one("President Haru Okada will meet Prime Minister Lia Costa in Lima on Thursday week.");
    assert_eq!(day(&m).as_deref(), Some("2027-03-18"));
}

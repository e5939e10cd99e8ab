//! Meetings in running text: who met, whether, when and where, by invented reports.

use chrono::{TimeZone, Utc};

use crate::model::{Article, Kind, Mention, Status};
use crate::read::read;

mod asides;
mod company;
mod parts;
mod wordings;

/// The meetings of a body published on Monday, 8 March 2027.
fn meetings(text: &str) -> Vec<Mention> {
    let article = Article {
        outlet: "The Lake Herald".to_owned(),
        title: None,
        text: text.to_owned(),
        published: Utc.with_ymd_and_hms(2027, 3, 8, 9, 0, 0).single().expect("a valid time"),
    };
    read(&article).into_iter().filter(|m| m.kind == Kind::MEETING).collect()
}

/// The one meeting of a sentence that stands deep in a report.
#[track_caller]
fn one(sentence: &str) -> Mention {
    let mut found = meetings(&format!("The rains came early.\nFarmers were glad.\nRivers rose.\n{sentence}"));
    assert_eq!(found.len(), 1, "{sentence}: {found:#?}");
    found.remove(0)
}

fn day(mention: &Mention) -> Option<String> {
    mention.when.as_ref().map(|w| w.from.to_string())
}

fn place(mention: &Mention) -> Option<&str> {
    mention.place.as_ref().map(|p| p.name.as_str())
}

fn names(mention: &Mention) -> Vec<&str> {
    mention.actors.iter().map(|a| a.name.as_str()).collect()
}

#[test]
fn encounters_are_told_by_many_verbs() {
    for (text, who) in [
        (
            "Ghana's president, Kwesi Amankwah, sat down with Essi Adjavon in Lomé on Sunday.",
            ["Kwesi Amankwah", "Essi Adjavon"],
        ),
        (
            "President Essi Adjavon received the Ghanaian foreign minister, Yaw Boateng, in Lomé on Sunday.",
            ["Essi Adjavon", "Yaw Boateng"],
        ),
        (
            "Rebel leader Koffi Dzidzor was received by President Essi Adjavon in Lomé on Sunday.",
            ["Koffi Dzidzor", "Essi Adjavon"],
        ),
        (
            "President Kwesi Amankwah held talks in Lomé on Sunday with Essi Adjavon.",
            ["Kwesi Amankwah", "Essi Adjavon"],
        ),
        (
            "Yaw Boateng spoke in Lomé on Sunday after talks with President Essi Adjavon.",
            ["Yaw Boateng", "Essi Adjavon"],
        ),
    ] {
        let m = one(text);
        assert_eq!(names(&m), who, "{text}");
        assert_eq!((m.status, place(&m)), (Status::Occurred, Some("Lomé")), "{text}");
        assert_eq!(day(&m).as_deref(), Some("2027-03-07"), "{text}");
    }
}

#[test]
fn the_tense_and_mood_of_the_verb_tell_whether_it_takes_place() {
    for (text, status, when) in [
        (
            "Envoys from Ghana and Togo are expected in Lomé on Thursday for a second round of talks.",
            Status::Planned,
            Some("2027-03-11"),
        ),
        (
            "President Kwesi Amankwah is meeting President Essi Adjavon in Lomé on Thursday.",
            Status::Planned,
            Some("2027-03-11"),
        ),
        (
            "Negotiators from Ghana and Togo resume talks in Lomé on Thursday.",
            Status::Planned,
            Some("2027-03-11"),
        ),
        (
            "Talks between Ghana and Togo in Lomé have been fixed for 22 March.",
            Status::Planned,
            Some("2027-03-22"),
        ),
        (
            "A Ghanaian delegation arrived in Lomé on Sunday for talks with the Togolese government.",
            Status::Planned,
            None,
        ),
        (
            "Ghana and Togo called off talks that were to have begun in Lomé on Thursday.",
            Status::Cancelled,
            Some("2027-03-11"),
        ),
        ("A planned summit of the Lake States in Lomé was called off on Sunday.", Status::Cancelled, None),
        (
            "The Togolese government denied that its envoy had met rebel leader Koffi Dzidzor in Lomé.",
            Status::Denied,
            None,
        ),
    ] {
        let m = one(text);
        assert_eq!((m.status, day(&m).as_deref(), place(&m)), (status, when, Some("Lomé")), "{text}");
    }
}

#[test]
fn what_is_wished_or_a_condition_is_no_meeting() {
    for text in [
        "President Rosa Vidal said she was ready to meet President Ana Quispe in Lima at any time.",
        "President Rosa Vidal called for talks with President Ana Quispe in Lima.",
        "President Rosa Vidal has repeatedly offered to hold talks with President Ana Quispe.",
        "If the fleet returns, President Rosa Vidal will meet President Ana Quispe on Friday.",
        "Analysts see little prospect of talks between Chile and Peru.",
    ] {
        assert!(meetings(text).is_empty(), "{text}: {:#?}", meetings(text));
    }
}

#[test]
fn games_marriages_and_careers_are_no_news_of_meetings() {
    for text in [
        "The two teams met in the final in Lima on Saturday.",
        "The couple met in Lima in 1988 and married two years later.",
        "The rivers meet north of the town of Bouar.",
        "Vidal spoke to reporters in Lima on Sunday.",
        "Daudi Kiprono, who died on Sunday, met three popes and two queens in his long career.",
        "The company's annual meeting in Arica on Thursday will elect a new board.",
        "A round of artillery fire hit Bouar on Sunday.",
        "Tens of thousands gathered in Lima on Sunday to protest against the treaty.",
    ] {
        assert!(meetings(text).is_empty(), "{text}: {:#?}", meetings(text));
    }
}

#[test]
fn a_house_in_session_needs_no_second_party() {
    for (text, status, when) in [
        ("Peru's Congress will debate the fishing treaty on Wednesday.", Status::Planned, "2027-03-10"),
        (
            "The UN Security Council is to meet on Tuesday to discuss the fighting in Togo.",
            Status::Planned,
            "2027-03-09",
        ),
        (
            "The envoy, Carla Meer, told the Security Council on Sunday that the truce held.",
            Status::Occurred,
            "2027-03-07",
        ),
        ("He spoke on Sunday after a closed session of parliament.", Status::Occurred, "2027-03-07"),
        (
            "The crisis committee, chaired by President Adjavon, met in Lomé on Sunday.",
            Status::Occurred,
            "2027-03-07",
        ),
    ] {
        let m = one(text);
        assert_eq!((m.status, day(&m).as_deref()), (status, Some(when)), "{text}");
        assert_ne!(place(&m), Some("Togo"), "{text}");
    }
}

#[test]
fn a_call_has_no_place() {
    for text in [
        "Chilean President Rosa Vidal phoned her Peruvian counterpart, Ana Quispe, on Sunday to discuss the row in Lima.",
        "Presidents Rosa Vidal of Chile and Ana Quispe of Peru spoke by telephone in Lima on Sunday.",
        "In a phone call on Sunday, Chilean President Rosa Vidal told Peru's Ana Quispe to stay out of Lima.",
        "Chilean President Rosa Vidal called Peruvian President Ana Quispe on Sunday to congratulate her.",
    ] {
        assert_eq!(place(&one(text)), None, "{text}");
    }
}

#[test]
fn who_calls_several_in_turn_holds_several_meetings() {
    let text = "Togo's foreign minister, Koffi Senyo, spoke by phone with his counterparts in Ghana and Benin \
                and with the president of Kenya, Daudi Kiprono.";
    assert_eq!(meetings(text).len(), 3);
}

#[test]
fn the_two_and_the_talks_are_those_told_before() {
    let found = meetings(
        "The finance ministers of Kenya and Uganda met in Kampala on Saturday.\n\
         The talks lasted nine hours.\n\
         The two are to meet again in Nairobi on Thursday.",
    );
    let told: Vec<_> = found.iter().map(|m| (m.status, place(m), day(m))).collect();
    assert_eq!(
        told,
        [
            (Status::Occurred, Some("Kampala"), Some("2027-03-06".to_owned())),
            (Status::Planned, Some("Nairobi"), Some("2027-03-11".to_owned())),
        ]
    );
    assert_eq!(names(&found[0]), names(&found[1]));
}

#[test]
fn a_round_without_parties_is_of_those_who_met_before() {
    let found = meetings(
        "Ghana's government and the Northern Front opened talks in Lomé on Sunday.\n\
         A second round has been fixed for 22 March in Cotonou, the mediator said.",
    );
    assert_eq!(found.len(), 2, "{found:#?}");
    assert_eq!((found[1].status, place(&found[1])), (Status::Planned, Some("Cotonou")));
    assert_eq!(names(&found[0]), names(&found[1]));
}

#[test]
fn a_capital_is_named_by_its_country() {
    assert_eq!(place(&one("Ghana and Togo held talks in the Kenyan capital on Sunday.")), Some("Nairobi"));
    assert_eq!(place(&one("Ghana and Togo held talks in Kenya's capital on Sunday.")), Some("Nairobi"));
}

#[test]
fn a_body_alone_sits_where_a_day_and_a_place_are_told() {
    let board = one("The company's board is to meet in Oslo on Friday to weigh the bid.");
    assert_eq!(board.status, Status::Planned);
    assert_eq!(day(&board).as_deref(), Some("2027-03-12"));
    assert_eq!(board.place.as_ref().map(|p| p.name.as_str()), Some("Oslo"));
}

#[test]
fn what_had_been_due_is_called_off() {
    let lapsed =
        one("President Adisa Okoro and Chancellor Lena Brandt had been due to meet in Vienna on Thursday.");
    assert_eq!(lapsed.status, Status::Cancelled);
}

#[test]
fn where_binds_the_place() {
    let met = one(
        "Chancellor Lena Brandt flew to Nairobi from Vienna, where she met President Adisa Okoro on Sunday.",
    );
    assert_eq!(met.place.as_ref().map(|p| p.name.as_str()), Some("Vienna"));
}

#[test]
fn one_sent_for_a_meeting_has_yet_to_meet() {
    let sent = one(
        "President Adisa Okoro sent Foreign Minister Lena Brandt to Tunis for meeting with President Karim Haddad.",
    );
    assert_eq!(sent.status, Status::Planned);
}

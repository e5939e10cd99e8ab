//! What readers are told of an article, and what not: invented reports.

use chrono::{TimeZone, Utc};

use super::read;
use crate::model::{Article, Kind, Mention};

/// What is told of meetings.
mod meetings;
/// What is told of words.
mod statements;
/// What is told of attacks.
mod strikes;

/// Monday, 8 March 2027.
fn article(title: &str, text: &str) -> Article {
    Article {
        outlet: "The Daily Lantern".to_owned(),
        title: (!title.is_empty()).then(|| title.to_owned()),
        text: text.to_owned(),
        published: Utc.with_ymd_and_hms(2027, 3, 8, 9, 0, 0).single().expect("a valid time"),
    }
}

fn of(kind: &Kind, title: &str, text: &str) -> Vec<Mention> {
    read(&article(title, text)).into_iter().filter(|m| m.kind == *kind).collect()
}

fn names(mention: &Mention) -> Vec<&str> {
    mention.actors.iter().map(|a| a.name.as_str()).collect()
}

fn place(mention: &Mention) -> Option<&str> {
    mention.place.as_ref().map(|p| p.name.as_str())
}

#[track_caller]
fn one(mut found: Vec<Mention>) -> Mention {
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

#[track_caller]
fn none(found: &[Mention]) {
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_kind_has_its_reader() {
    let read: Vec<&Kind> = super::KINDS.iter().map(|reader| &reader.kind).collect();
    assert!(Kind::all().all(|kind| read.contains(&&kind)), "{read:?}");
    assert!(read.iter().all(|kind| Kind::all().any(|known| known == **kind)), "{read:?}");
}

#[test]
fn headlines_in_title_case_take_names_from_the_body() {
    let text = "Peruvian President Ana Quispe met Chilean President Rosa Vidal in Lima on Sunday.\n\
                They spoke of fish and roads.\n\
                The weather was fine.\n\
                Nothing was signed.";
    let m = one(of(&Kind::MEETING, "Quispe And Vidal Hold Talks On Fishing Rights", text));
    assert_eq!(names(&m), ["Ana Quispe", "Rosa Vidal"]);
}

#[test]
fn evidence_is_literal_and_short() {
    let text = "Peruvian President Ana Quispe, who has led the country for six years and who had long resisted any new \
                treaty on fishing in the cold waters off the southern coast, met Chilean President Rosa Vidal, a former \
                judge from Valdivia who won a second term in the spring after a campaign about roads, schools and the \
                price of bread, in Lima on Sunday for four hours of talks about fish, copper, roads and the railway that \
                both have promised to build before the decade is over.";
    for m in read(&article("", text)) {
        assert!(text.contains(&m.evidence), "{}", m.evidence);
        assert!(m.evidence.split_whitespace().count() <= 60);
    }
}

#[test]
fn a_town_lies_in_the_country_that_the_article_is_about() {
    let text = "Paraguay's army said on Sunday that it had retaken the bridge.\n\
                A drone attack killed three people in Filadelfia, and Paraguay closed its border.";
    let m = one(of(&Kind::STRIKE, "", text));
    assert_eq!(m.place.and_then(|p| p.country).as_deref(), Some("PY"));
}

#[test]
fn the_title_repeated_in_the_text_is_read_once() {
    let title = "Weir meets Okada in Nairobi";
    let m = one(of(&Kind::MEETING, title, "Weir meets Okada in Nairobi."));
    assert_eq!(m.evidence, title);
}

#[test]
fn elections_mergers_coups_and_floods_are_none_of_the_three_events() {
    for text in [
        "Norwell Mining to merge with Castor Metals",
        "Soldiers seize power in Lomé, dissolve parliament",
        "Quispe wins second term in Peru election",
        "Rivers burst banks in Mozambique, thousands flee",
        "Lima beat Cusco 3-1 to top league",
    ] {
        let found = read(&article(text, ""));
        assert!(found.iter().all(|m| m.kind == Kind::STATEMENT), "{found:#?}");
    }
}

#[test]
fn reading_twice_gives_the_same() {
    let a = article(
        "Weir meets Okada in Nairobi",
        "Weir said: \"We met as friends.\" A drone strike hit Nyala, killing 3.",
    );
    assert_eq!(read(&a), read(&a));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_with_literal_evidence(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "Quispe", "meets", "talks", "Kenya-Uganda", "strike", "killed", "12", "said", "\"", "‘", "’", "'s", ",", ".", "\n", "—",
            ":", "in", "Lima", "Nairobi", "President", "of", "the", "UN", "Security Council", "drone", "hit", "on Friday", "and",
            "with", "Rosa Vidal", "ahead of", "after", "called off", "he", "May", "Georgia", "Jordan", "US", "U.S.", "Mr.", "van",
            "der", "al-Nur", "Kremlin", "(", ")", "…", "é", "São Paulo", "meeting", "No", "to", "for", "state visit", "round",
        ]), 0..60)) {
        let text = words.join(" ");
        let (title, body) = text.split_at(text.char_indices().nth(text.chars().count() / 3).map_or(0, |(i, _)| i));
        for m in read(&article(title, body)) {
            proptest::prop_assert!(title.contains(&m.evidence) || body.contains(&m.evidence), "{:?}", m.evidence);
            proptest::prop_assert!(m.evidence.split_whitespace().count() <= 60);
        }
    }
}

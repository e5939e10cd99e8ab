//! Who says what: invented headlines and sentences, by the way in which they name the speaker.

use chrono::{TimeZone, Utc};

use super::super::read;
use crate::model::{Article, Kind, Mention};

mod days;

fn statements(title: &str, text: &str) -> Vec<Mention> {
    let article = Article {
        outlet: "The Daily Lantern".to_owned(),
        title: (!title.is_empty()).then(|| title.to_owned()),
        text: text.to_owned(),
        published: Utc.with_ymd_and_hms(2027, 3, 8, 9, 0, 0).single().expect("a valid time"),
    };
    read(&article).into_iter().filter(|m| m.kind == Kind::STATEMENT).collect()
}

#[track_caller]
fn said_by(title: &str, text: &str, expected: &[&str]) {
    let found = statements(title, text);
    let mut names: Vec<&str> =
        found.iter().filter_map(|m| m.speaker.as_ref().map(|s| s.name.as_str())).collect();
    let mut expected = expected.to_vec();
    names.sort_unstable();
    expected.sort_unstable();
    assert_eq!(names, expected, "{title} {text}");
}

#[test]
fn a_headline_names_its_speaker_in_many_ways() {
    for (title, speaker) in [
        ("Quispe to miners: go home before Sunday", "Quispe"),
        ("Deposed leader Quispe in smuggled letter: 'I will come back'", "Quispe"),
        ("Harbour will stay shut for a month: Peruvian Foreign Ministry", "Peruvian Foreign Ministry"),
        ("Harbour Union Leader Blasts 'Insulting' Pay Offer", "Harbour Union Leader"),
        ("Rebel alliance denies it burned the bridge", "Rebel alliance"),
        ("'We will play to the last whistle,' says coach Okada-Weir", "Okada-Weir"),
        ("Unasul Calls for Release of Quispe", "Unasul"),
        ("Peru court orders release of miners", "Peru court"),
    ] {
        said_by(title, "", &[speaker]);
    }
}

#[test]
fn a_headline_s_label_is_no_speaker() {
    for title in [
        "Peru: Eight days without water",
        "Harbour gates close at 9:00 pm",
        "Roads open but major questions remain",
        "Lima calls off fishing talks",
        "Lima recalls envoy",
        "EU adds nine mines to list",
        "Okada claims third title in Nairobi",
        "Weir declared dead in Lima",
        "Weir slams into wall at Lima rally",
    ] {
        said_by(title, "", &[]);
    }
}

#[test]
fn an_institution_speaks_by_its_noun() {
    said_by(
        "",
        "The electoral commission said on Sunday that it would count again.",
        &["Electoral commission"],
    );
    said_by(
        "",
        "Peru's electoral commission ordered two stations off the air.",
        &["Peru's electoral commission"],
    );
    said_by("", "The government in Lima accused Chile of taking the harbour.", &["Peru"]);
    said_by("", "A spokesman for the Andes Alliance said the road was theirs.", &["Andes Alliance"]);
    said_by(
        "",
        "Separatist militants in the south vowed on Sunday to hold their own vote.",
        &["Separatist militants"],
    );
}

#[test]
fn a_subject_is_shared_by_verbs_that_follow() {
    said_by(
        "",
        "President Ana Quispe walked through the ruins of Callao on Sunday and promised that every family would \
         have a house.",
        &["Ana Quispe"],
    );
    said_by(
        "",
        "President Ana Quispe spoke by phone with Chile's Rosa Vidal, telling her that no fish needed a passport.",
        &["Ana Quispe"],
    );
    said_by(
        "",
        "Chile closed its border after Peruvian rebels burned a bridge and said they would burn more.",
        &["Peruvian rebels"],
    );
}

#[test]
fn a_speaker_stands_behind_the_verb_or_its_preposition() {
    said_by("", "Three boats are missing, according to Admiral Tom Ferro.", &["Tom Ferro"]);
    said_by("", "The vote was denounced by the Andes Alliance as a farce.", &["Andes Alliance"]);
    said_by("", "\"We sail tomorrow,\" said Chile's foreign minister, Rosa Vidal.", &["Rosa Vidal"]);
    said_by("", "Tom Ferro, an analyst, said Vidal has failed her voters.", &["Tom Ferro"]);
    said_by("", "The road is shut, according to a new Lantern-Ferro poll.", &[]);
}

#[test]
fn appositions_do_not_hide_the_speaker() {
    said_by(
        "",
        "Tom Ferro, the minister of mines, fish and forests, warned that the dam would break.",
        &["Tom Ferro"],
    );
    said_by("", "Tom Ferro of the Andes Institute told reporters that the dam was safe.", &["Tom Ferro"]);
    said_by("", "The Palace, which said it knew of no letter, asked for patience.", &["Palace"]);
}

#[test]
fn what_others_are_said_to_have_said_is_the_outer_speaker_s() {
    said_by(
        "",
        "President Ana Quispe said on Sunday that Chile's Rosa Vidal had denied the plan.",
        &["Ana Quispe"],
    );
    said_by(
        "",
        "President Ana Quispe said the harbour would open on Monday, the foreign ministry said.",
        &["Ana Quispe"],
    );
    said_by("", "Tom Ferro, whom Peru's army claims to have wounded, is in Lima.", &[]);
    said_by("", "Tom Ferro said Rosa Vidal told him to leave the harbour.", &["Tom Ferro"]);
}

#[test]
fn headline_and_text_with_office_and_name_are_one_statement() {
    said_by(
        "Peruvian PM warns of shortage of bread",
        "Prime Minister Tom Ferro warned on Sunday that a shortage of bread was near.",
        &["Tom Ferro"],
    );
}

#[test]
fn quotations_that_go_on_are_one_statement() {
    said_by(
        "",
        "President Ana Quispe said on Sunday that the harbour would never be sold to anybody.\n\
         \"Our fathers built it stone by stone with their own hands,\" she said.\n\
         \"We shall not be the ones to lose it,\" she said.",
        &["Ana Quispe"],
    );
}

#[test]
fn captions_and_bylines_say_nothing() {
    said_by(
        "",
        "1 of 9. Tom Ferro, who said he had lost his boat, stands on the quay of Callao.\n\n\
         By Ada Morn and Ben Weir\n\n\
         President Ana Quispe said on Sunday that the harbour would open again within the month.\n\n\
         Fishermen had asked for help since the storm of last week, which sank some forty boats.",
        &["Ana Quispe"],
    );
}

#[test]
fn names_are_told_from_storms_bodies_and_reporters() {
    said_by("", "Hurricane Ida claimed six lives in Haiti.", &[]);
    let found = statements(
        "",
        "Samizda officials met in Lima.\nSamizda said on Sunday that the talks were over.\nThe rest is silence.",
    );
    let roles: Vec<_> = found.iter().filter_map(|m| m.speaker.as_ref().map(|s| s.role)).collect();
    assert_eq!(roles, [crate::model::ActorRole::Body]);
    said_by("", "The BBC's Ada Morn says the road to Callao is shut.", &[]);
}

#[test]
fn family_names_that_come_first_are_the_surname() {
    let text = "Chinese Premier Wu Lianyi said on Sunday that the dam was safe.\n\
                The dam had been shut for a week.\n\
                \"The water will flow again by Friday and the fields will be green,\" Wu said.";
    let found = statements("", text);
    assert!(found.iter().all(|m| m.speaker.as_ref().is_some_and(|s| s.name == "Wu Lianyi")), "{found:#?}");
    said_by("", "Kubat Sadyr uulu warned that the night would be cold.", &["Kubat Sadyr uulu"]);
}

#[test]
fn the_source_of_an_attack_s_facts_makes_no_statement() {
    said_by("", "Shells hit a market in Lima on Sunday, killing four people, the army said.", &[]);
    said_by(
        "",
        "Shells hit a market in Lima on Sunday, killing four people, Tom Ferro said.",
        &["Tom Ferro"],
    );
}

#[test]
fn words_of_long_ago_are_background() {
    for (text, old) in [
        ("\"The sea owes us nothing,\" Ana Quispe told a Lima newspaper last month.", true),
        ("Ana Quispe, in a speech last month, warned that the harbour would silt up.", true),
        ("Ana Quispe said last week that the harbour would silt up.", true),
        ("Singer Rosa Vidal, who died on Sunday, denied that she ever missed a show.", false),
        ("Ana Quispe said on Sunday that the harbour had silted up in 2019.", false),
    ] {
        let found = statements("", text);
        assert!(!found.is_empty() && found.iter().all(|m| m.background == old), "{text} {found:#?}");
    }
    said_by("", "\"The sea owes us nothing,\" Ana Quispe told a Lima newspaper in 2019.", &[]);
    let dead = "Singer Rosa Vidal dies at 84\n\nVidal denied that she had ever missed a show.";
    assert!(statements("", dead).iter().all(|m| m.background), "{dead}");
}

#[test]
fn a_pronoun_means_nobody_where_it_may_mean_two() {
    let after = |first: &str| format!("{first} \"We have seen nothing like it in thirty years,\" he said.");
    said_by(
        "",
        &after("The dam was planned by Tom Ferro. A fisherman from Callao said the water was brown."),
        &[],
    );
    said_by("", &after("The dam was planned for years. Ms. Ana Quispe opened it."), &[]);
    said_by("", &after("The dam was planned for years. Mr. Tom Ferro opened it."), &["Tom Ferro"]);
}

#[test]
fn persons_of_one_surname_stay_apart() {
    said_by(
        "",
        "Ana Quispe opened the dam on Sunday. \"It will hold,\" Ana Quispe said. Her brother, Luis Quispe, warned \
         that it would not.",
        &["Ana Quispe", "Luis Quispe"],
    );
    said_by(
        "",
        "Wu Lianyi, the governor, said that the dam would hold. Wu Taoran, a rival, warned that it would not.",
        &["Wu Lianyi", "Wu Taoran"],
    );
}

#[test]
fn papers_and_agencies_are_no_speakers() {
    for text in [
        "A national newspaper, Verdad Andina, suggested that the dam was unsafe.",
        "The daily Verdad Andina said that the dam was unsafe.",
        "CHASKI, the state news agency, said that the dam was safe.",
        "Lantern correspondent Ada Morn said that the dam was dry.",
        "The dam had cracked, reports the Daily Lantern.",
    ] {
        said_by("", text, &[]);
    }
}

#[test]
fn a_list_needs_its_and() {
    said_by(
        "",
        "In a phone call with Tom Ferro, President Ana Quispe warned that the dam would break.",
        &["Ana Quispe"],
    );
}

#[test]
fn a_quotation_may_go_on_from_the_sentence_before() {
    let text = "The dam was opened on Sunday.\n\nFew came to see it.\n\nThe rain had stopped.\n\n“The road was \
                flooded. Nobody could have passed it that night,” Tom Ferro told reporters.";
    let found = statements("", text);
    assert!(found.iter().any(|m| m.quote.as_deref().is_some_and(|q| q.starts_with("Nobody"))), "{found:#?}");
    said_by("", "\"The road will be open by noon,'' Tom Ferro said on Sunday.", &["Tom Ferro"]);
}

#[test]
fn what_is_asked_counted_ordered_or_done_is_no_statement() {
    for text in [
        "Did Ana Quispe say that the dam would hold?",
        "The clinic of the port is small. The Red Cross said it had received 20 bodies.",
        "President Ana Quispe ordered three days of mourning.",
        "Peru's army called 900 reservists into service.",
        "Ferro, who died after a long illness, had led the club for four years and claimed scalps abroad.",
        "The state maintains roads in the south.",
        "WEIR: Welcome back.\n\nFERRO: Ana Quispe said that the dam would hold.\n\nWEIR: She did.\n\nFERRO: \
         Yes.\n\nWEIR: Luis Quispe denied that.",
    ] {
        said_by("", text, &[]);
    }
    said_by("", "Ana Quispe claimed that she had won.", &["Ana Quispe"]);
    said_by("", "Ana Quispe claimed the army had burned the bridge.", &["Ana Quispe"]);
}

#[test]
fn who_spoke_says_what_follows_in_the_participle() {
    said_by(
        "",
        "Gunmen shot four herders near Arn, investigators of the Andes Council said on Sunday, confirming that the \
         herders had no arms.",
        &[],
    );
}

#[test]
fn a_relative_clause_speaks_for_the_house_before_its_town() {
    let found =
        statements("", "Word came from the trade ministry in Lima, which called the levy \"a plain theft\".");
    let speaker = found.first().and_then(|m| m.speaker.as_ref()).map(|s| s.name.to_lowercase());
    assert!(speaker.is_some_and(|s| s.contains("trade ministry")), "{found:#?}");
    let lead = "The mast fell on Sunday. It had stood for years. The road was shut.";
    said_by("", &format!("{lead} Nobody was hurt, the power company Lumen-Sur said."), &[]);
}

#[test]
fn those_who_speak_for_a_state_or_a_person_are_told_apart_from_it() {
    for (text, speaker) in [
        ("Peruvian officials said on Sunday that the port would close.", "Peruvian officials"),
        ("Officials in Lima denounced the vote as illegal.", "Officials in Lima"),
        ("A spokesman for Ana Quispe said the palace needed more time.", "Ana Quispe's spokesman"),
        ("The levy will stand, the army spokesman said on Sunday.", "Army"),
        ("Pro-Peruvian militants in eastern Ecuador vowed on Sunday to hold the vote.", "Peruvian militants"),
        ("NATO, the Pentagon and the White House all said they saw no retreat.", "NATO"),
    ] {
        said_by("", text, &[speaker]);
    }
    let text = "Ana Quispe went home. Her spokesman said the palace needed more time.";
    said_by("", text, &["Ana Quispe's spokesman"]);
}

#[test]
fn what_a_court_rules_is_said_and_what_a_person_finds_or_pleads_is_not() {
    said_by(
        "",
        "The Constitutional Court ruled on Sunday that the levy broke the law.",
        &["Constitutional Court"],
    );
    said_by("", "Ana Quispe found that the door was open.", &[]);
    said_by("", "Ana Quispe pleaded guilty on Sunday to theft.", &[]);
    said_by("", "Ana Quispe pleaded for time \"to count the nets\".", &["Ana Quispe"]);
    said_by("", "The mediator Ana Quispe was able to announce that both sides would come.", &["Ana Quispe"]);
}

#[test]
fn what_was_said_before_is_background() {
    let lead = "The pass was shut on Sunday. Snow fell. Carts turned back.";
    for text in [
        "Ana Quispe warned on Wednesday that the pass would be shut.",
        "Ana Quispe reiterated earlier this month that the pass would be shut.",
    ] {
        let found = statements("", &format!("{lead} {text}"));
        assert!(found.len() == 1 && found.iter().all(|m| m.background), "{text} {found:#?}");
    }
    let found = statements("", "Ana Quispe had earlier warned that the pass would be shut.");
    assert!(found.len() == 1 && found.iter().all(|m| m.background), "{found:#?}");
    let found =
        statements("", &format!("{lead} Ana Quispe had to admit on Sunday that she was \"plainly wrong\"."));
    assert!(found.iter().all(|m| !m.background) && !found.is_empty(), "{found:#?}");
}

#[test]
fn of_what_one_says_below_the_lead_the_first_is_told() {
    let text = "The pass was shut on Sunday. Snow fell. Carts turned back. Ana Quispe called for a new road to the \
                coast. Later that night, Ana Quispe said the bakers were \"the pride of the hills\".";
    let found = statements("", text);
    assert!(found.iter().any(|m| m.evidence.contains("new road")), "{found:#?}");
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn a_brief_on_a_raid_tells_little_of_what_is_said_below_its_lead() {
    let raid =
        "Jets bombed the harbour of Arn on Sunday, killing four sailors. Nobody knew why. Boats burned.";
    let said = "The minister Ana Quispe said the raid was \"a crime against the sea\". The envoy Luis Ferro said it \
                was \"the act of cowards\". The bishop Pavel Weir said it was \"a night of shame\".";
    assert!(statements("", &format!("{raid} {said}")).len() < 3);
    assert_eq!(statements("", &format!("Rain fell on Arn. Nobody knew why. Boats rocked. {said}")).len(), 3);
}

#[test]
fn a_day_between_the_addressed_and_what_they_were_told_is_when_it_was_said() {
    let day = |text: &str| {
        let found = statements("", text);
        found[0].when.as_ref().map(|w| w.from.to_string())
    };
    let told = day(
        "Ilka Moreau, Belgium's finance minister, told the budget committee on Friday that taxes would rise.",
    );
    assert_eq!(told.as_deref(), Some("2027-03-05"));
    let matter = day("Ilka Moreau, Belgium's finance minister, said the vote on Friday would be the last.");
    assert_eq!(matter.as_deref(), Some("2027-03-08"));
}

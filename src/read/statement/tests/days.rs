//! On which day words were said: invented sentences around words that give no day. The article is of Monday, 8 March.

use super::statements;

/// The day of the words that a piece of a sentence stands in, with what it was read from.
fn day_of(text: &str, piece: &str) -> Option<(String, String)> {
    let found = statements("", text);
    let mention = found.iter().find(|m| m.evidence.contains(piece));
    let when = mention.unwrap_or_else(|| panic!("nothing told of {piece}: {found:?}")).when.as_ref();
    when.map(|w| (w.from.to_string(), w.literal.clone()))
}

#[track_caller]
fn said_on(text: &str, piece: &str, day: &str, from: &str) {
    let (found, literal) = day_of(text, piece).unwrap_or_default();
    assert_eq!(found, day, "{text}");
    assert!(literal.contains(from), "{literal}");
}

const LEAD: &str = "The ferry between Callao and Arica will stop for the winter. Nobody aboard was told. ";

#[test]
fn the_speaker_s_doings_just_before_give_the_day() {
    for (before, from) in [
        ("Peruvian Transport Minister Ada Quispe visited the harbour on Saturday.", "Saturday"),
        (
            "At a news conference in Tacna on Saturday, Transport Minister Ada Quispe took no questions.",
            "Saturday",
        ),
        (
            "Gulls circled during a telephone call on Saturday between Ada Quispe and Tom Okada.",
            "Saturday between",
        ),
        ("Transport Minister Ada Quispe said on Saturday that the hull was sound.", "Saturday that"),
    ] {
        let text = format!("{LEAD}{before} Crews were paid. \"No ship is worth a life,\" Ada Quispe said.");
        let piece = if before.contains("hull") { "hull" } else { "worth a life" };
        said_on(&text, piece, "2027-03-06", from.split(' ').next().unwrap_or(from));
        if piece != "hull" {
            said_on(
                &text,
                piece,
                "2027-03-06",
                before.split(' ').next_back().unwrap_or("").trim_end_matches('.'),
            );
        }
    }
}

#[test]
fn a_pronoun_carries_the_day_on() {
    let text = format!(
        "{LEAD}Transport Minister Ada Quispe flew to Tacna on Saturday.\n\nShe met nobody. \"No ship is worth a life,\" she said."
    );
    said_on(&text, "worth a life", "2027-03-06", "flew to Tacna on Saturday");
}

#[test]
fn what_follows_may_give_the_day() {
    for after in
        ["She spoke at the harbour office on Saturday.", "Her remarks came on Saturday after a long walk."]
    {
        let text =
            format!("{LEAD}\"No ship is worth a life,\" Ada Quispe, the mayor of Tacna, said. {after}");
        said_on(&text, "worth a life", "2027-03-06", "Saturday");
    }
}

#[test]
fn a_day_of_something_else_is_not_carried() {
    for before in [
        "Mayor Ada Quispe had left the harbour on Saturday.",
        "Mayor Ada Quispe will visit the harbour on Saturday.",
        "Mayor Ada Quispe, who inherited the ship that sank on Saturday, is a lawyer.",
        "Mayor Ada Quispe toured the harbour on Saturday. On Sunday, crews went home.",
        "Tom Okada toured the harbour on Saturday.",
    ] {
        let text = format!("{LEAD}{before} \"No ship is worth a life,\" Mayor Ada Quispe said.");
        let literal = day_of(&text, "worth a life").map(|(_, literal)| literal);
        assert_eq!(literal.as_deref(), Some(""), "{text}");
    }
}

#[test]
fn talks_before_the_words_give_their_day() {
    said_on(
        "The Andean Council voiced regret at the closure after meeting on Sunday to discuss a fortnight of delays.",
        "voiced regret",
        "2027-03-07",
        "Sunday",
    );
    said_on(
        "Mayor Ada Quispe condemned the delays in a paper released by her office on Sunday, which lists them all.",
        "condemned",
        "2027-03-07",
        "Sunday",
    );
    said_on(
        "The rally came a day after Mayor Ada Quispe told the Andean Council that the ferry was unsafe. \
         Holding up a bent rivet, Mayor Ada Quispe urged the council to \"look at it\".",
        "bent rivet",
        "2027-03-07",
        "day after",
    );
}

#[test]
fn words_of_an_occasion_long_past_have_no_day() {
    let text = format!("{LEAD}At a recent hearing Mayor Ada Quispe rejected \"every word\" of the report.");
    let found = statements("", &text);
    let mention = found.iter().find(|m| m.evidence.contains("recent hearing")).expect("told");
    assert!(mention.background && mention.when.is_none());
}

#[test]
fn a_report_of_the_day_before_does_not_date_words_to_its_own() {
    let text = "The ferry between Callao and Arica stopped on Sunday for the winter. Crews went home.\n\n\
                \"No ship is worth a life,\" Mayor Ada Quispe said.";
    assert_eq!(day_of(text, "worth a life"), None);
    // An occasion that is told is that of the news.
    said_on(
        &text.replace("Quispe said", "Quispe told reporters"),
        "worth a life",
        "2027-03-07",
        "stopped on Sunday",
    );
    let text = text.replace("Crews went home.", "Crews went home on Monday.");
    assert_eq!(day_of(&text, "worth a life"), Some(("2027-03-08".to_owned(), String::new())));
}

#[test]
fn a_dateline_gives_the_day() {
    let text = "TACNA, March 6 (Lantern) - The ferry between Callao and Arica stopped for the winter. Crews went home.\n\n\
                \"No ship is worth a life,\" Mayor Ada Quispe said.";
    said_on(text, "worth a life", "2027-03-06", "March 6");
}

#[test]
fn a_body_is_one_with_the_letters_behind_its_name() {
    let text = format!(
        "{LEAD}The Coastal Action Front (CAF) urged the government on Saturday to reopen the line. \
         \"The harbour is a national interest,\" the CAF said."
    );
    let found = statements("", &text);
    let names: Vec<&str> = found.iter().filter_map(|m| m.speaker.as_ref().map(|s| s.name.as_str())).collect();
    assert_eq!(names, ["Coastal Action Front"]);
}

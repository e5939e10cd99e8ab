//! Who said what, and on which day, and what is no statement: invented reports.

use super::{none, of, one};
use crate::model::{Kind, Mention};

fn statements(text: &str) -> Vec<Mention> {
    of(&Kind::STATEMENT, text, "")
}

#[test]
fn a_headline_carries_a_statement() {
    for (text, speaker) in [
        ("Quispe says Peru will not devalue its currency", "Quispe"),
        ("Peru will not devalue its currency, says Quispe", "Quispe"),
        ("Quispe: Peru will not devalue its currency", "Quispe"),
        ("'We will not devalue', Quispe tells parliament", "Quispe"),
        ("Quispe urges neighbours to open borders", "Quispe"),
        ("Quispe denies plan to leave trade bloc", "Quispe"),
    ] {
        let m = one(statements(text));
        assert_eq!(m.speaker.as_ref().map(|s| s.name.as_str()), Some(speaker), "{text}");
    }
}

#[test]
fn a_house_speaks_after_the_dash() {
    let m = one(statements("No plans to change the fishing treaty — Peruvian Foreign Ministry"));
    assert_eq!(m.speaker.map(|s| s.name).as_deref(), Some("Peruvian Foreign Ministry"));
    none(&statements("No plans to change the fishing treaty — Reuters"));
}

#[test]
fn a_quotation_is_literal() {
    let text =
        "Peruvian President Ana Quispe said on Monday that the border \"will stay open for every farmer\".";
    let m = one(of(&Kind::STATEMENT, "", text));
    assert_eq!(m.quote.as_deref(), Some("will stay open for every farmer"));
    assert_eq!(m.speaker.map(|s| s.name).as_deref(), Some("Ana Quispe"));
}

#[test]
fn the_speaker_of_a_reply_is_the_one_named_before() {
    let text = "Peruvian President Ana Quispe opened the new port in Callao on Monday.\n\
                \"This port will feed our whole coast,\" she said.";
    let m = one(of(&Kind::STATEMENT, "", text));
    assert_eq!(m.speaker.map(|s| s.name).as_deref(), Some("Ana Quispe"));
}

#[test]
fn nobody_in_particular_makes_no_statement() {
    for text in [
        "Officials say rains will continue in Lima",
        "Prices will rise, analysts said",
        "Witnesses said the road was closed",
    ] {
        none(&statements(text));
    }
}

#[test]
fn headline_and_lead_are_one_statement() {
    let text = "Peruvian President Ana Quispe said the fishing treaty is \"dead\" after the vote in Santiago.\n\
                Quispe said fishermen had waited for years.";
    let m = one(of(&Kind::STATEMENT, "Quispe says fishing treaty is dead", text));
    assert_eq!(m.speaker.map(|s| s.name).as_deref(), Some("Ana Quispe"));
}

#[test]
fn a_statement_is_of_the_day_on_which_it_was_said() {
    for (text, day) in [
        ("Chile says it will hold elections on Sunday", "2027-03-08"),
        ("Peruvian President Ana Quispe said on Saturday that the port would open in May.", "2027-03-06"),
        (
            "Peruvian President Ana Quispe on Sunday accused Chile of breaking the treaty last year.",
            "2027-03-07",
        ),
        (
            "Peruvian President Ana Quispe told parliament late on Friday that the attack of Thursday was a crime.",
            "2027-03-05",
        ),
        ("On Saturday, Chilean President Rosa Vidal warned that talks would fail.", "2027-03-06"),
        ("Chilean President Rosa Vidal condemned Thursday's attack on the port.", "2027-03-08"),
        ("Chilean President Rosa Vidal warned that ships would be seized by Friday.", "2027-03-08"),
    ] {
        let m = one(of(&Kind::STATEMENT, "", text));
        assert_eq!(m.when.map(|w| w.from.to_string()).as_deref(), Some(day), "{text}");
    }
}

#[test]
fn deals_quarrels_and_claims_of_responsibility_are_no_statements() {
    for text in [
        "Nine Days in Arica: Peru and Chile Agree to Share the Harbour",
        "Peru, Chile agree to lift tariffs on copper",
        "Peru and Chile accuse each other of firing first",
        "Quispe and Vidal blamed one another for the failure",
        "Red Dawn Front claims responsibility for Lima bombing",
        "Red Dawn Front claimed the attack on the port",
    ] {
        none(&statements(text));
    }
    assert_eq!(statements("Vidal: Peru must open the harbour").len(), 1);
    assert_eq!(statements("Vidal claims that the attack was staged").len(), 1);
}

#[test]
fn headline_and_lead_of_one_quotation_are_one_statement() {
    let found = of(
        &Kind::STATEMENT,
        "Vidal: 'No gun of ours fired on Arica'",
        "\"No gun of ours fired on Arica,\" Chile's president, Rosa Vidal, told senators on Sunday, and offered maps.",
    );
    let m = one(found);
    assert_eq!(m.when.map(|w| w.from.to_string()).as_deref(), Some("2027-03-07"));
}

#[test]
fn a_bystander_is_no_speaker_of_note() {
    let text = "Shells hit a market in Arica on Sunday, the army said.\n\
                \"We ran to the cellar and waited there,\" said Tomas Ibarra, the baker.";
    let found = of(&Kind::STATEMENT, "Shells hit market in Arica", text);
    assert!(
        found
            .iter()
            .filter(|m| m.speaker.as_ref().is_some_and(|s| s.name.contains("Ibarra")))
            .all(|m| !m.prominent && m.score < 0.6),
        "{found:#?}"
    );
}

//! Who agreed with whom, and what only sounds like it.

use chrono::{TimeZone, Utc};

use super::find;
use crate::model::{Article, Mention, Status};
use crate::read::Reader;
use crate::read::document::Document;

/// Monday, 8 March 2027.
fn read(title: &str, text: &str) -> Vec<Mention> {
    let article = Article {
        outlet: "The Daily Lantern".to_owned(),
        title: (!title.is_empty()).then(|| title.to_owned()),
        text: text.to_owned(),
        published: Utc.with_ymd_and_hms(2027, 3, 8, 9, 0, 0).single().expect("a valid time"),
    };
    find(&Document::new(&article, &Reader::default()))
}

fn names(mention: &Mention) -> Vec<&str> {
    mention.actors.iter().map(|a| a.name.as_str()).collect()
}

#[test]
fn what_is_signed_or_reached_has_its_parties() {
    for (text, status, parties) in [
        ("Kenya and Uganda sign fishing pact", Status::Occurred, ["Kenya", "Uganda"]),
        ("Kenya signs trade deal with Uganda", Status::Occurred, ["Kenya", "Uganda"]),
        ("Kenya, Uganda to sign fishing accord on Thursday", Status::Planned, ["Kenya", "Uganda"]),
        ("Kenya-Uganda ceasefire takes effect", Status::Occurred, ["Kenya", "Uganda"]),
        ("Truce between Kenya and Uganda collapses", Status::Cancelled, ["Kenya", "Uganda"]),
        ("Kenya withdraws from border treaty with Uganda", Status::Cancelled, ["Kenya", "Uganda"]),
        ("Norway brokers ceasefire between Kenya and Uganda", Status::Occurred, ["Kenya", "Uganda"]),
        ("Kenya and Uganda agree to open border for grain", Status::Occurred, ["Kenya", "Uganda"]),
        ("Kenya and Uganda agree on a ten-point plan for the lake", Status::Occurred, ["Kenya", "Uganda"]),
        (
            "A memorandum of understanding between Kenya and Uganda was signed in Kisumu on Sunday.",
            Status::Occurred,
            ["Kenya", "Uganda"],
        ),
        (
            "Kenya said on Sunday it had reached an agreement with Uganda on the price of power.",
            Status::Occurred,
            ["Kenya", "Uganda"],
        ),
        (
            "Kenya and Uganda ended two days of talks without a pact, but agreed to open a road for grain.",
            Status::Occurred,
            ["Kenya", "Uganda"],
        ),
        (
            "President Odile Weir and Prime Minister Haru Okada will sign a treaty in Nairobi on Friday.",
            Status::Planned,
            ["Odile Weir", "Haru Okada"],
        ),
    ] {
        let found = if text.ends_with('.') { read("", text) } else { read(text, "") };
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        assert_eq!((found[0].status, names(&found[0])), (status, parties.to_vec()), "{text}");
    }
}

#[test]
fn what_is_hoped_for_mentioned_or_said_is_no_agreement() {
    for text in [
        "Kenya and Uganda agreed that the lake is overfished.",
        "Kenya and Uganda agree to meet in Kisumu on Friday",
        "Kenya and Uganda agree to resume talks",
        "Kenya and Uganda fail to reach deal on fishing",
        "Kenya and Uganda close to signing a deal, minister says",
        "Kenya urges Uganda to sign fishing pact",
        "Kenya hopes to reach an agreement with Uganda",
        "Kenya accuses Uganda of breaking ceasefire",
        "Kenya proposes ceasefire to Uganda",
        "Kenya said it could sign a deal with Uganda within weeks.",
        "No deal was reached between Kenya and Uganda.",
        "Under the deal between Kenya and Uganda, boats pay a fee.",
        "If Kenya and Uganda sign a deal, prices will fall.",
        "Kenya and Uganda deal with flood damage",
        "Weir signs record deal with Meridian Music",
        "Striker Okada signs deal with Rovers",
        "Experts agree on causes of drought in Kenya",
        "Weir, Okada agree on foreign policy",
        "Weir agreed with Okada on Sunday.",
        "Kenya and Uganda discuss ceasefire plan",
    ] {
        let found = read("", text);
        assert!(found.is_empty(), "{text}: {found:#?}");
        let found = read(text.trim_end_matches('.'), "");
        assert!(found.is_empty(), "{text} (as a headline): {found:#?}");
    }
}

#[test]
fn an_old_agreement_is_background() {
    let text = "Boats were seized on Sunday. Kenya and Uganda signed a fishing treaty in Kisumu in May 2019.";
    let found = read("Boats seized on Lake Victoria", text);
    assert!(found.iter().all(|m| m.background), "{found:#?}");
}

#[test]
fn companies_agree_to_buy_one_another() {
    let found = read("Corvel Shipping Group agrees to buy Harbour Freight Ltd for $2 billion", "");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(names(&found[0]).len(), 2, "{found:#?}");
}

#[test]
fn the_day_of_an_end_is_not_that_of_the_agreement() {
    let found = read("", "Kenya withdrew from a border treaty with Uganda on Sunday.");
    assert_eq!((found[0].status, &found[0].when), (Status::Cancelled, &None));
}

//! Several mentions in one article: told once, told apart, told in passing.

use super::*;

#[test]
fn an_article_reports_a_development_once_with_all_changes() {
    let mut archive = Archive::default();
    let vard = || city("Vard", "NO");
    let plan = meeting("Tolen to meet Brin in Vard", &[amara(), brin()]).planned();
    archive.one("Herald", "2031-03-04", plan.on("2031-03-05").at(vard()));
    let reports = archive.tell(
        "Post",
        "2031-03-05",
        &[
            meeting("Tolen meets Brin in Vard", &[amara(), brin()]).on("2031-03-05").at(vard()),
            meeting("The talks ended without a deal", &[amara(), brin()]).on("2031-03-05").at(vard()),
        ],
    );
    assert_eq!(reports.len(), 1);
    let fields: Vec<&str> = reports[0].changes.iter().map(|c| c.field.as_str()).collect();
    assert_eq!(fields, ["status", "outcome"]);
    assert_eq!(reports[0].mention.evidence, "Tolen meets Brin in Vard");
}

#[test]
fn two_attacks_that_an_article_tells_apart_stay_apart() {
    let mut archive = Archive::default();
    let place = || Some(city("Marovka", "OS"));
    let reports = archive.tell(
        "Post",
        "2031-03-05",
        &[
            strike("Drones hit a bus in Marovka, killing two", place()).tolls(Some(2), None),
            strike("Drones hit a depot in Marovka, killing four", place()).tolls(Some(4), None),
        ],
    );
    assert_eq!(reports.len(), 2);
}

#[test]
fn reports_of_one_article_never_share_a_development_beside_a_peer_of_the_same_instant() {
    let mut archive = Archive::default();
    let hit = || strike("Drones hit Marovka, killing two", Some(city("Marovka", "OS"))).tolls(Some(2), None);
    archive.one("Herald", "2031-03-05", hit());
    let reports = archive.tell("Post", "2031-03-05", &[hit(), hit()]);
    let ids: std::collections::BTreeSet<DevelopmentId> = reports.iter().map(|r| r.facts.id).collect();
    assert_eq!(ids.len(), reports.len());
}

#[test]
fn an_article_tells_of_a_meeting_and_of_an_older_one_in_passing() {
    let mut archive = Archive::default();
    let pair = [amara(), brin()];
    archive.one("Herald", "2031-02-18", meeting("Tolen meets Brin", &pair).on("2031-02-18"));
    let reports = archive.tell(
        "Post",
        "2031-03-05",
        &[
            meeting("Tolen and Brin met on Tuesday", &pair).on("2031-03-04"),
            meeting("They had met on February 18", &pair).on("2031-02-18").in_the_past(),
        ],
    );
    assert_eq!(reports.iter().map(|r| r.relation).collect::<Vec<_>>(), [Relation::New, Relation::Repeat]);
    assert_eq!(reports[1].facts.id, DevelopmentId(1));
}

#[test]
fn a_quotation_is_one_statement_in_headline_and_text() {
    let mut archive = Archive::default();
    let quoted = |evidence: &str, speaker| {
        let quote = Some("No boat of ours was near the reef".to_owned());
        Mention { quote, ..statement(evidence, speaker) }
    };
    let head = quoted("Tolen: ‘No Boat of Ours Was Near the Reef’", amara());
    let body = "“No boat of ours was near the reef,” Valdia’s minister, Amara Tolen, told the chamber";
    let reports = archive.tell("Herald", "2031-03-04", &[head, quoted(body, country("Valdia", "VA"))]);
    assert_eq!(reports.len(), 1);
}

#[test]
fn an_article_names_the_envoys_of_the_sides_that_its_headline_names() {
    let mut archive = Archive::default();
    let sides = [country("Valdia", "VA"), actor("Marsh Movement", ActorRole::Body, None)];
    let head = meeting("Valdia, Marsh Movement agree on truce at talks in Lisse", &sides);
    let envoys = [actor("Oren Dask", ActorRole::Person, None), actor("Mira Quell", ActorRole::Person, None)];
    let body = meeting("It holds from noon, a host said after talks between Dask and Quell", &envoys);
    let reports = archive.tell("Herald", "2031-03-04", &[head.at(city("Lisse", "LI")), body.in_passing()]);
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].facts.summary, "Valdia, Marsh Movement agree on truce at talks in Lisse");
}

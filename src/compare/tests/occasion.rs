//! Further words of a speaker who was told: held until a third article has them.

use super::*;

fn says(text: &str) -> Mention {
    statement(text, amara())
}

/// What a second article's words of Tolen are, the day after her promise was told.
fn after_her_promise(day: &str, mention: Mention) -> Relation {
    let mut archive = Archive::default();
    archive.one("Herald", "2031-03-04", says("Tolen says border bridge will reopen in May"));
    archive.one("Courier", day, mention).relation
}

#[test]
fn other_words_of_a_speaker_who_was_just_told_wait() {
    let hails = || says("Tolen hails the ferrymen's patience");
    assert_eq!(after_her_promise("2031-03-05", hails()), Relation::Repeat);
    assert_eq!(after_her_promise("2031-03-07", hails()), Relation::New);
    let another = statement("Brin hails the ferrymen's patience", brin());
    assert_eq!(after_her_promise("2031-03-05", another), Relation::New);
    let quoted = says("“Without the ferrymen nobody here would have eaten,” Tolen told reporters");
    assert_eq!(after_her_promise("2031-03-05", quoted), Relation::New);
}

#[test]
fn a_state_has_many_mouths() {
    let mut archive = Archive::default();
    let state = || country("Valdia", "VA");
    archive.one("Herald", "2031-03-04", statement("Valdia says border bridge will reopen", state()));
    let other = statement("Valdia recalls its envoy over herring", state());
    assert_eq!(archive.one("Courier", "2031-03-05", other).relation, Relation::New);
}

#[test]
fn words_that_wait_are_told_when_a_third_article_has_them() {
    let mut archive = Archive::default();
    archive.one("Herald", "2031-03-04", says("Tolen says border bridge will reopen in May"));
    let wait = archive.one("Courier", "2031-03-05", says("Tolen hails ferrymen's patience during blockade"));
    assert_eq!((wait.relation, wait.facts.background), (Relation::Repeat, true));
    let aside = Mention { prominent: false, ..says("Tolen hailed the patience of ferrymen during blockade") };
    assert_eq!(archive.one("Gazette", "2031-03-05", aside).relation, Relation::Repeat);
    let lead = says("Ferrymen's patience during blockade hailed by Tolen");
    let told = archive.one("Journal", "2031-03-05", lead);
    assert_eq!((told.relation, told.facts.background), (Relation::New, false));
    assert_eq!(told.facts.id, wait.facts.id);
}

#[test]
fn whether_words_wait_does_not_depend_on_the_order_of_a_day() {
    let first = says("Tolen says border bridge will reopen in May");
    let day = [
        says("Tolen hails ferrymen's patience during blockade"),
        Mention { prominent: false, ..says("Tolen hailed the patience of ferrymen during blockade") },
        says("Ferrymen's patience during blockade hailed by Tolen"),
    ];
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let mut archive = Archive::default();
        archive.one("Herald", "2031-03-04", first.clone());
        let reports = order.map(|i| archive.one(&format!("Outlet {i}"), "2031-03-05", day[i].clone()));
        let told = reports.iter().map(|r| r.relation).collect::<Vec<_>>();
        assert_eq!(told, [Relation::Repeat, Relation::Repeat, Relation::New]);
        assert!(archive.known.iter().all(|k| !k.facts.background));
    }
}

#[test]
fn one_quotation_is_known_again_though_its_sentences_are_others() {
    let quoting = |text: &str| Mention { quote: Some("a bridge is no toy".to_owned()), ..says(text) };
    let mut archive = Archive::default();
    let first = archive.one("Herald", "2031-03-04", quoting("Tolen rebukes skippers over blockade"));
    let again = archive.one("Courier", "2031-03-05", quoting("Valdia's president defends ferry ban"));
    assert_eq!((again.facts.id, again.relation), (first.facts.id, Relation::Repeat));
}

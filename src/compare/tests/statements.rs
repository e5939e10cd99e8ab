//! Which words are one statement.

use super::*;

#[test]
fn one_statement_in_headlines_of_two_outlets_is_one() {
    let mut archive = Archive::default();
    let a = archive.one(
        "Herald",
        "2031-03-04",
        statement("Tolen says border bridge will reopen in May", amara()),
    );
    let b =
        archive.one("Post", "2031-03-04", statement("Border bridge to reopen in May, says Tolen", amara()));
    assert_eq!((b.facts.id, b.relation), (a.facts.id, Relation::Repeat));
}

#[test]
fn two_topics_of_one_speaker_on_one_day_are_two_statements() {
    let mut archive = Archive::default();
    archive.one("Herald", "2031-03-04", statement("Tolen says border bridge will reopen in May", amara()));
    let other = statement("Tolen rules out higher taxes on grain exports", amara());
    assert_eq!(archive.one("Herald", "2031-03-04", other).relation, Relation::New);
}

#[test]
fn the_same_words_of_another_speaker_are_another_statement() {
    let mut archive = Archive::default();
    archive.one("Herald", "2031-03-04", statement("Border bridge will reopen in May", amara()));
    let other = statement("Border bridge will reopen in May", brin());
    assert_eq!(archive.one("Herald", "2031-03-04", other).relation, Relation::New);
}

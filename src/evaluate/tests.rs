use super::*;

fn items() -> Vec<Item> {
    [
        ("n1", "2031-03-03", "Drones hit Marovka, killing two"),
        ("n2", "2031-03-04", "Marovka toll rises to five"),
        ("n3", "2031-03-05", "Tolen to meet Brin in Lisse on Friday"),
    ]
    .map(|(id, date, title)| Item {
        id: id.into(),
        date: date.into(),
        title: Some(title.into()),
        text: String::new(),
    })
    .into()
}

fn gold() -> Vec<Gold> {
    let text = r#"[
        {"dev_id": "d1", "kind": "strike", "status": "occurred", "date": "2031-03-03", "place": "Marovka", "killed": 5,
         "mentions": [
            {"article_id": "n1", "relation": "first_report", "evidence": "Drones hit Marovka, killing two"},
            {"article_id": "n2", "relation": "update", "evidence": "Marovka toll rises to five", "changed": "killed 2→5"}]},
        {"dev_id": "d2", "kind": "meeting", "status": "planned", "date": "2031-03-07", "place": "Lisse",
         "actors": ["Ada Tolen", "Jorun Brin"],
         "mentions": [{"article_id": "n3", "relation": "first_report", "evidence": "Tolen to meet Brin in Lisse on Friday"}]}]"#;
    serde_json::from_str(text).unwrap()
}

/// What was found: the strike with these relations and this change, the meeting with this evidence.
fn found(relation: &str, now: &str, meeting: &str) -> Vec<Found> {
    let text = format!(
        r#"[{{"id": 1, "kind": "strike", "status": "occurred", "date": "2031-03-03", "place": "Marovka", "killed": 5,
             "reports": [
                {{"article": "n1", "relation": "new", "evidence": "Drones hit Marovka"}},
                {{"article": "n2", "relation": "{relation}", "evidence": "Marovka toll rises",
                  "changes": [{{"field": "killed", "was": "2", "now": "{now}"}}]}}]}},
            {{"id": 2, "kind": "meeting", "status": "planned", "date": "2031-03-07", "place": "Lisse",
             "actors": ["Tolen", "Brin"], "reports": [{{"article": "n3", "relation": "new", "evidence": "{meeting}"}}]}}]"#
    );
    serde_json::from_str(&text).unwrap()
}

#[test]
fn all_that_is_right_scores_one() {
    let outcome = score(&items(), &gold(), &found("update", "5", "Tolen to meet Brin in Lisse"));
    let figures = outcome.figures;
    assert_eq!((figures.detection["all"].f1, figures.linking.f1, figures.unsupported), (1.0, 1.0, 0));
    assert_eq!((figures.novelty.update_recall, figures.novelty.changes), (Some(1.0), Some(1.0)));
    assert!(SLOTS.iter().all(|s| figures.slots[*s].f1 == 1.0 || figures.slots[*s].gold == 0));
    assert!(outcome.missed.is_empty() && outcome.spurious.is_empty());
}

#[test]
fn evidence_that_is_not_in_the_article_is_spurious_and_its_event_missed() {
    let outcome = score(&items(), &gold(), &found("update", "5", "Tolen met Brin"));
    assert_eq!(outcome.figures.unsupported, 1);
    assert_eq!((outcome.missed[0].article.as_str(), outcome.spurious[0].article.as_str()), ("n3", "n3"));
    assert_eq!(outcome.figures.detection["meeting"].f1, 0.0);
}

#[test]
fn an_update_told_as_a_repeat_or_with_another_value_costs_novelty() {
    let repeat = score(&items(), &gold(), &found("repeat", "5", "Tolen to meet Brin")).figures.novelty;
    assert_eq!((repeat.update_recall, repeat.changes), (Some(0.0), Some(1.0)));
    assert!(repeat.tell.r < 1.0);
    let other = score(&items(), &gold(), &found("update", "4", "Tolen to meet Brin")).figures.novelty;
    assert_eq!((other.update_recall, other.changes), (Some(1.0), Some(0.0)));
}

#[test]
fn what_gold_only_allows_is_neither_rewarded_nor_punished() {
    let mut gold = gold();
    gold[1].main = false;
    let figures = score(&items(), &gold, &found("update", "5", "Tolen to meet Brin")).figures;
    assert_eq!((figures.detection["meeting"].gold, figures.detection["meeting"].system), (0, 0));
}

#[test]
fn reports_of_one_event_in_two_developments_cost_linking() {
    let mut found = found("update", "5", "Tolen to meet Brin");
    let second = found[0].reports.pop().unwrap();
    found.push(Found { id: 3, reports: vec![second], ..found[0].clone() });
    let linking = score(&items(), &gold(), &found).figures.linking;
    assert_eq!(linking.p, 1.0);
    assert!((linking.r - 2.0 / 3.0).abs() < 1e-9);
}

#[test]
fn transliterations_and_ranks_of_a_place_are_one() {
    assert_eq!(alike::fold_place(Some("Kharkiv Oblast, Ukraine")), alike::fold_place(Some("Kharkov")));
    assert_ne!(alike::fold_place(Some("Lisse")), alike::fold_place(Some("Marovka")));
}

//! What is told as context, and what of it is the event that is known.

use super::*;

fn marovka() -> Option<Place> {
    Some(city("Marovka", "OS"))
}

fn nobody(mention: Mention) -> Mention {
    Mention { actors: vec![], ..mention }
}

#[test]
fn an_attack_that_mourning_or_a_trial_is_about_is_context() {
    let told = |text: &str| nobody(strike(text, marovka())).on("2031-03-01").in_passing();
    for text in [
        "He came to mourn the victims of Saturday's attack on the mill at Marovka",
        "The court tried two men over the attack on the mill at Marovka",
    ] {
        let report = Archive::default().one("Herald", "2031-03-04", told(text));
        assert_eq!(report.relation, Relation::Repeat, "{text}");
        assert!(
            report.why.starts_with("told as context (") && report.why.contains("a trial"),
            "{}",
            report.why
        );
    }
    let news = nobody(strike("Drones hit the mill at Marovka, police said", marovka())).on("2031-03-04");
    assert_eq!(Archive::default().one("Herald", "2031-03-04", news.in_passing()).relation, Relation::New);
}

#[test]
fn an_attack_is_known_by_its_town_and_dead_beside_the_day_of_other_news() {
    let mut archive = Archive::default();
    let hit = strike("Two bombs hit the hospital at Marovka, killing nineteen", marovka());
    let hit = archive.one("Herald", "2031-03-04", hit.on("2031-03-03").tolls(Some(19), None));
    let text = "Separately, envoys on Tuesday published findings on the bombing of the hospital at Marovka, which cost 19 lives";
    let later = strike(text, marovka()).on("2031-03-18").tolls(Some(19), None).in_passing();
    let later = archive.one("Post", "2031-03-19", later);
    assert_eq!((later.facts.id, later.relation), (hit.facts.id, Relation::Repeat));
    let other = strike("Bombs hit a hospital at Marovka", marovka()).on("2031-03-18").tolls(Some(4), None);
    assert_eq!(archive.one("Post", "2031-03-19", other.in_passing()).relation, Relation::New);
}

#[test]
fn two_attacks_on_a_town_that_share_no_more_than_it_are_two() {
    let mut archive = Archive::default();
    let first = strike("Mortars killed a driver who brought food to the garrison", marovka());
    archive.one("Herald", "2031-03-04", first.on("2031-03-04").tolls(Some(1), None));
    let second = strike("Aircraft levelled two television studios", marovka()).on("2031-03-04");
    assert_eq!(archive.one("Post", "2031-03-04", second).relation, Relation::New);
}

#[test]
fn a_council_that_sits_is_its_session_however_else_its_headline_is_read() {
    let mut archive = Archive::default();
    let council = || actor("Harbour Council", ActorRole::Body, None);
    let plan = meeting("The Harbour Council will hold an emergency session on the ambush", &[council()]);
    archive.one("Herald", "2031-03-04", plan.planned().on("2031-03-05"));
    let lisse = actor("Lisse", ActorRole::Person, None);
    let held =
        meeting("Harbour Council, meeting in emergency session, condemns Lisse ambush", &[lisse, council()]);
    assert_eq!(changed(&archive.one("Post", "2031-03-05", held)), [("status", "planned", "occurred")]);
}

#[test]
fn what_an_article_plans_beside_what_was_held_is_another_meeting() {
    let mut archive = Archive::default();
    let held = meeting("Envoys of Tolen and Brin meet in Vard", &[amara(), brin()]).at(city("Vard", "NO"));
    let plan = meeting("Tolen is to meet Brin on Thursday", &[amara(), brin()]).planned().on("2031-03-05");
    let reports = archive.tell("Herald", "2031-03-04", &[held, plan]);
    assert_eq!(reports.len(), 2);
}

#[test]
fn talks_put_off_by_two_days_are_still_planned() {
    let mut archive = Archive::default();
    let put_off = meeting("Talks of Tolen and Brin put off by two days", &[amara(), brin()]);
    let put_off = Mention { status: Status::Cancelled, ..put_off };
    assert_eq!(archive.one("Herald", "2031-03-04", put_off.clone()).facts.status, Status::Planned);
    let off = Mention { evidence: "Talks of Tolen and Brin put off".into(), ..put_off };
    assert_eq!(Archive::default().one("Herald", "2031-03-04", off).facts.status, Status::Cancelled);
}

#[test]
fn background_is_a_repeat_even_if_it_was_never_news() {
    let mut archive = Archive::default();
    let old = meeting("The two last met in Lisse a year ago", &[amara(), brin()]).on("2030-03-02");
    assert_eq!(archive.one("Herald", "2031-03-04", old.clone().in_the_past()).relation, Relation::Repeat);
    assert_eq!(archive.one("Post", "2031-03-05", old).relation, Relation::Repeat);
}

#[test]
fn what_was_known_in_the_past_is_new_when_first_told_as_news() {
    let mut archive = Archive::default();
    let hit =
        strike("Valdian drones hit Marovka on February 24", Some(city("Marovka", "OS"))).on("2031-02-24");
    let a = archive.one("Herald", "2031-03-04", hit.clone().in_the_past());
    let b = archive.one("Post", "2031-03-04", hit);
    assert_eq!((b.facts.id, b.relation), (a.facts.id, Relation::New));
    assert!(!b.facts.background);
}

#[test]
fn a_position_held_for_long_is_background() {
    let mut archive = Archive::default();
    let old = statement("Tolen has repeatedly said that the border bridge stays shut", amara());
    assert_eq!(archive.one("Herald", "2031-03-04", old).relation, Relation::Repeat);
}

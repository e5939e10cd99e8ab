//! Which meetings are one development, and what later reports change of them.

use super::*;

#[test]
fn a_planned_meeting_that_took_place_is_told_as_an_update() {
    let mut archive = Archive::default();
    let plan = meeting("Tolen to meet Brin in Lisse on Thursday", &[amara(), brin()]);
    let plan = archive.one("Herald", "2031-03-04", plan.planned().on("2031-03-06").at(city("Lisse", "LI")));
    assert_eq!(plan.relation, Relation::New);
    let held = meeting("Tolen and Brin met for three hours", &[brin(), amara()]);
    let held = archive.one("Post", "2031-03-07", held.on("2031-03-06"));
    assert_eq!((held.facts.id, held.relation), (plan.facts.id, Relation::Update));
    assert_eq!(changed(&held), [("status", "planned", "occurred")]);
    assert_eq!(held.facts.summary, "Tolen and Brin met for three hours");
}

#[test]
fn a_meeting_that_is_called_off_is_told_as_an_update() {
    let mut archive = Archive::default();
    let plan = meeting("Tolen to meet Brin in Lisse", &[amara(), brin()]).planned().at(city("Lisse", "LI"));
    archive.one("Herald", "2031-03-04", plan);
    let off =
        meeting("Meeting of Tolen and Brin in Lisse cancelled", &[amara(), brin()]).at(city("Lisse", "LI"));
    let off = archive.one("Post", "2031-03-05", Mention { status: Status::Cancelled, ..off });
    assert_eq!(changed(&off), [("status", "planned", "cancelled")]);
}

#[test]
fn a_plan_that_gets_its_day_is_told_as_an_update() {
    let mut archive = Archive::default();
    archive.one("Herald", "2031-03-04", meeting("Tolen to meet Brin", &[amara(), brin()]).planned());
    let dated = meeting("Tolen and Brin to meet on 9 March", &[amara(), brin()]).planned().on("2031-03-09");
    let dated = archive.one("Post", "2031-03-05", dated);
    assert_eq!(changed(&dated), [("date", "unknown", "2031-03-09")]);
}

#[test]
fn a_plan_told_again_after_it_was_carried_out_changes_nothing() {
    let mut archive = Archive::default();
    let pair = [amara(), brin()];
    archive.one("Herald", "2031-03-04", meeting("Tolen to meet Brin", &pair).planned().on("2031-03-06"));
    archive.one("Herald", "2031-03-06", meeting("Tolen meets Brin", &pair).on("2031-03-06"));
    let late =
        archive.one("Slow", "2031-03-06", meeting("Tolen to meet Brin", &pair).planned().on("2031-03-06"));
    assert_eq!((late.relation, late.facts.status), (Relation::Repeat, Status::Occurred));
}

#[test]
fn one_meeting_in_other_words_is_one_development() {
    let mut archive = Archive::default();
    let a = archive.one("Herald", "2031-03-04", meeting("Tolen holds talks with Brin", &[amara(), brin()]));
    let b = meeting("Leaders of Valdia and Ostrova sit down in Lisse", &[brin(), amara()]);
    let b = archive.one("Post", "2031-03-04", b.at(city("Lisse", "LI")));
    assert_eq!((b.facts.id, b.relation), (a.facts.id, Relation::Repeat));
}

#[test]
fn delegations_in_one_city_on_one_day_are_their_leaders() {
    let mut archive = Archive::default();
    let lands = [country("Valdia", "VA"), country("Ostrova", "OS")];
    let a = meeting("Valdia and Ostrova open talks in Lisse", &lands).at(city("Lisse", "LI"));
    let a = archive.one("Herald", "2031-03-04", a);
    let b = meeting("Tolen and Brin confer in Lisse", &[amara(), brin()]).at(city("Lisse", "LI"));
    let b = archive.one("Post", "2031-03-04", b);
    assert_eq!(b.facts.id, a.facts.id);
}

#[test]
fn talks_of_which_a_headline_names_one_side_are_those_of_both() {
    let both = [country("Valdia", "VA"), country("Ostrova", "OS")];
    let plan = meeting("Valdia and Ostrova will meet in Lisse on Thursday", &both);
    let plan = plan.planned().on("2031-03-06").at(city("Lisse", "LI"));
    let open = |sides: &[Actor]| {
        let mut archive = Archive::default();
        let first = archive.one("Herald", "2031-03-04", plan.clone());
        let held = meeting("Foes begin to talk at last", sides).at(city("Lisse", "LI"));
        let held = archive.one("Post", "2031-03-06", held);
        (held.relation, held.facts.id == first.facts.id)
    };
    assert_eq!(open(&both[..1]), (Relation::Update, true));
    // A minister may meet many people there.
    assert!(!open(&[amara()]).1);
}

#[test]
fn a_summit_is_known_by_its_name() {
    let body = |name: &str| actor(name, ActorRole::Body, None);
    let leaders = actor("leaders of nine states", ActorRole::Group, None);
    let first = "Leaders of nine states come to Lisse for the Northern Ferry Summit";
    let first = meeting(first, &[leaders]).planned().on("2031-03-06").at(city("Lisse", "LI"));
    let later = |name: &str| {
        let mut archive = Archive::default();
        let first = archive.one("Herald", "2031-03-04", first.clone());
        let text = format!("She sets out for Lisse, where the {name} opens on Thursday");
        let later = meeting(&text, &[body(name)]).planned().on("2031-03-06").at(city("Lisse", "LI"));
        archive.one("Post", "2031-03-05", later).facts.id == first.facts.id
    };
    assert!(later("Northern Ferry Summit"));
}

#[test]
fn the_same_people_a_week_later_meet_anew() {
    let mut archive = Archive::default();
    let pair = [amara(), brin()];
    let a = archive.one("Herald", "2031-03-04", meeting("Tolen meets Brin in Lisse", &pair).on("2031-03-04"));
    let b = archive.one("Herald", "2031-03-11", meeting("Tolen meets Brin in Lisse", &pair).on("2031-03-11"));
    let c = archive.one("Herald", "2031-03-19", meeting("Tolen meets Brin", &pair));
    assert_eq!([b.relation, c.relation], [Relation::New; 2]);
    assert_ne!(a.facts.id, b.facts.id);
}

#[test]
fn the_next_round_is_another_meeting() {
    let mut archive = Archive::default();
    let pair = [country("Valdia", "VA"), country("Ostrova", "OS")];
    archive.one("Herald", "2031-03-04", meeting("Valdia and Ostrova end talks", &pair).on("2031-03-04"));
    let next = meeting("Valdia and Ostrova agree on a second round of talks", &pair).planned();
    assert_eq!(archive.one("Herald", "2031-03-05", next).relation, Relation::New);
}

#[test]
fn a_president_meets_two_people_on_one_day() {
    let mut archive = Archive::default();
    archive.one("Herald", "2031-03-04", meeting("Tolen meets Brin", &[amara(), brin()]));
    let other = meeting("Tolen meets Okello", &[amara(), person("Miriam Okello", "KW")]);
    assert_eq!(archive.one("Herald", "2031-03-04", other).relation, Relation::New);
}

#[test]
fn a_visit_that_is_called_off_finds_its_plan_by_one_party() {
    let mut archive = Archive::default();
    let plan = meeting("Tolen to receive Brin in Lisse on Thursday", &[amara(), brin()]).planned();
    let plan = archive.one("Herald", "2031-03-04", plan.on("2031-03-06").at(city("Lisse", "LI")));
    let off = meeting("Her meeting with Jorun Brin has been called off", &[brin()]);
    let off = archive.one("Post", "2031-03-05", Mention { status: Status::Cancelled, ..off });
    assert_eq!((off.facts.id, changed(&off)), (plan.facts.id, vec![("status", "planned", "cancelled")]));
    assert_eq!(off.facts.when.map(|w| w.to), Some(date("2031-03-06")));
}

#[test]
fn a_weekday_that_a_cancelled_plan_had_lies_ahead() {
    let mut archive = Archive::default();
    let pair = [amara(), brin()];
    let plan = meeting("Tolen to meet Brin on Friday", &pair).planned().on("2031-03-07");
    let plan = archive.one("Herald", "2031-03-04", plan);
    let mut off = meeting("Tolen has cancelled her meeting with Brin, planned for Friday", &pair);
    off = Mention { status: Status::Cancelled, background: true, ..off.on("2031-02-28") };
    off.when.as_mut().expect("a day").literal = "Friday".into();
    let off = archive.one("Post", "2031-03-06", off);
    assert_eq!((off.facts.id, changed(&off)), (plan.facts.id, vec![("status", "planned", "cancelled")]));
}

#[test]
fn a_meeting_that_is_moved_keeps_its_development() {
    let mut archive = Archive::default();
    let lands = [country("Valdia", "VA"), country("Ostrova", "OS")];
    let plan = meeting("Valdia and Ostrova to meet in Lisse on Thursday", &lands).planned();
    let plan = archive.one("Herald", "2031-03-03", plan.on("2031-03-06").at(city("Lisse", "LI")));
    let moved = meeting("The talks of Valdia and Ostrova have been moved from Thursday to Saturday", &lands);
    let moved = archive.one("Post", "2031-03-04", moved.on("2031-03-01"));
    assert_eq!((moved.facts.id, moved.facts.status), (plan.facts.id, Status::Planned));
    assert_eq!(changed(&moved), [("date", "2031-03-06", "2031-03-08")]);
}

#[test]
fn a_truce_that_is_called_is_no_phone_call() {
    let mut archive = Archive::default();
    let lands = [country("Valdia", "VA"), country("Ostrova", "OS")];
    let a = meeting("Valdia and Ostrova meet in Lisse", &lands).on("2031-03-04").at(city("Lisse", "LI"));
    let a = archive.one("Herald", "2031-03-04", a);
    let b = meeting("Valdia and Ostrova called a truce when they met in Lisse", &lands);
    let b = archive.one("Post", "2031-03-04", b.on("2031-03-04").at(city("Lisse", "LI")));
    assert_eq!(b.facts.id, a.facts.id);
}

#[test]
fn a_body_is_one_by_its_full_and_its_short_name() {
    let mut archive = Archive::default();
    let full = actor("League of Isles Harbour Board", ActorRole::Body, None);
    let a = archive.one("Herald", "2031-03-04", meeting("Board meets on the ferry", &[full]));
    let short = actor("Harbour Board", ActorRole::Body, None);
    let b = archive.one("Post", "2031-03-04", meeting("Harbour Board sits over ferry", &[short]));
    let c = archive.one("Echo", "2031-03-04", meeting("Emergency sitting of the Harbour Board held", &[]));
    assert_eq!([b.facts.id, c.facts.id], [a.facts.id; 2]);
}

#[test]
fn envoys_without_an_office_meet_where_their_sides_meet() {
    let mut archive = Archive::default();
    let sides = [country("Valdia", "VA"), actor("Marsh Movement", ActorRole::Body, None)];
    let a = meeting("Valdia, Marsh Movement to resume talks in Lisse", &sides).planned();
    let a = archive.one("Herald", "2031-03-04", a.on("2031-03-06").at(city("Lisse", "LI")));
    let envoys = [actor("Oren Dask", ActorRole::Person, None), actor("Mira Quell", ActorRole::Person, None)];
    let b = meeting("Dask and Quell due back in Lisse", &envoys).planned();
    let b = archive.one("Post", "2031-03-04", b.on("2031-03-06").at(city("Lisse", "LI")));
    assert_eq!((b.facts.id, b.relation), (a.facts.id, Relation::Repeat));
}

#[test]
fn a_minister_who_comes_for_a_known_side_changes_nothing() {
    let mut archive = Archive::default();
    let first = [country("Valdia", "VA"), country("Ostrova", "OS")];
    let a = meeting("Valdia and Ostrova meet in Lisse", &first).on("2031-03-04").at(city("Lisse", "LI"));
    archive.one("Herald", "2031-03-04", a);
    let b = meeting("Tolen and Brin meet in Lisse", &[amara(), brin()]).on("2031-03-04");
    let b = archive.one("Post", "2031-03-04", b.at(city("Lisse", "LI")));
    assert_eq!((b.relation, b.changes), (Relation::Repeat, vec![]));
}

#[test]
fn a_persons_side_is_learned_unless_two_are_told() {
    let stranger = || meeting("Dask meets Brin", &[actor("Oren Dask", ActorRole::Person, None), brin()]);
    let mut mentions = [stranger()];
    let published = date("2031-03-04").and_time(NaiveTime::MIN).and_utc();
    assert!(keys_of_strangers(&mentions, published).contains(&"statement|2031-02|a:dask".to_owned()));
    give_sides(&mut mentions, &[person("Oren Dask", "VA")]);
    assert_eq!(mentions[0].actors[0].country.as_deref(), Some("VA"));
    let mut mentions = [stranger()];
    give_sides(&mut mentions, &[person("Oren Dask", "VA"), person("Ilse Dask", "OS")]);
    assert_eq!(mentions[0].actors[0].country, None);
}

#[test]
fn a_plan_without_a_day_is_what_delegations_held_in_that_city_the_next_day() {
    let mut archive = Archive::default();
    let group = actor("island leaders", ActorRole::Group, None);
    let plan = meeting("Tolen to meet island leaders, Brin in Lisse", &[amara(), group, brin()]).planned();
    let plan = archive.one("Herald", "2031-03-04", plan.at(city("Lisse", "LI")));
    let lands = [country("Valdia", "VA"), country("Ostrova", "OS")];
    let held = meeting("Valdia and Ostrova make headway at talks in Lisse", &lands).on("2031-03-05");
    let held = archive.one("Post", "2031-03-05", held.at(city("Lisse", "LI")));
    assert_eq!((held.facts.id, held.relation), (plan.facts.id, Relation::Update));
}

#[test]
fn who_came_for_a_country_keeps_a_later_guest_apart() {
    let mut archive = Archive::default();
    let host = || person("Sela Moren", "LI");
    let a = meeting("Moren to receive Ostrovan leader in Lisse", &[host(), country("Ostrova", "OS")]);
    archive.one("Herald", "2031-03-03", a.planned().on("2031-03-04").at(city("Lisse", "LI")));
    let b = meeting("Moren begins talks with Brin in Lisse", &[host(), brin()]).on("2031-03-04");
    archive.one("Herald", "2031-03-04", b.at(city("Lisse", "LI")));
    let envoy = actor("Oren Dask", ActorRole::Person, None);
    let c = meeting("Moren, Dask speak of bridges at talks in Lisse", &[host(), envoy]);
    assert_eq!(archive.one("Post", "2031-03-05", c.at(city("Lisse", "LI"))).relation, Relation::New);
}

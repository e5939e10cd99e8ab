//! The order of articles, their repetition, and what later ones show of earlier ones.

use super::*;

fn lisse() -> Place {
    city("Lisse", "LI")
}

fn marovka() -> Option<Place> {
    Some(city("Marovka", "OS"))
}

/// One day's articles, some of them vague.
fn a_day() -> Vec<Vec<Mention>> {
    let lands = [country("Valdia", "VA"), country("Ostrova", "OS")];
    vec![
        vec![
            meeting("Tolen and Brin meet in Lisse", &[amara(), brin()]).on("2031-03-04").at(lisse()),
            statement("Tolen says border bridge will reopen in May", amara()),
        ],
        vec![meeting("Valdia and Ostrova hold talks in Lisse", &lands).on("2031-03-04").at(lisse())],
        vec![meeting("Brin sits down with Tolen over the bridge", &[brin(), amara()]).on("2031-03-04")],
        vec![strike("Drones hit Marovka, killing two", marovka()).tolls(Some(2), None)],
        vec![
            strike("Drone strike on Marovka kills four and wounds nine", marovka()).tolls(Some(4), Some(9)),
            statement("Border bridge to reopen in May, says Tolen", amara()),
        ],
        vec![strike("Missiles hit Tessin", Some(city("Tessin", "OS"))).tolls(Some(1), None)],
        vec![strike("Valdia strikes Ostrova overnight", Some(land("Ostrova", "OS")))],
    ]
}

fn told(order: &[usize], day: &[Vec<Mention>]) -> Archive {
    let mut archive = Archive::default();
    for i in order {
        archive.tell(&format!("Outlet {i}"), "2031-03-04", &day[*i]);
    }
    archive
}

#[test]
fn the_order_of_a_days_articles_changes_neither_groups_nor_facts() {
    let day = a_day();
    let mut outcomes = std::collections::BTreeSet::new();
    let mut orders = 0;
    permute(&mut (0..day.len()).collect::<Vec<_>>(), 0, &mut |order| {
        orders += 1;
        // All 5,040 would take a minute.
        if orders % 37 == 0 {
            outcomes.insert(told(order, &day).groups());
        }
    });
    assert_eq!(outcomes.len(), 1, "{outcomes:#?}");
}

#[test]
fn what_was_told_stays_as_it_was_told_whatever_comes_later() {
    let day = a_day();
    let tell = |until: usize| -> Vec<(Relation, Vec<crate::model::Change>, String)> {
        let mut archive = Archive::default();
        let mut all = vec![];
        for (i, mentions) in day.iter().enumerate().take(until) {
            let reports = archive.tell(&format!("Outlet {i}"), "2031-03-04", mentions);
            all.extend(reports.into_iter().map(|r| (r.relation, r.changes, r.mention.evidence)));
        }
        all
    };
    let whole = tell(day.len());
    for until in 0..day.len() {
        let part = tell(until);
        assert_eq!(part, whole[..part.len()]);
    }
}

#[test]
fn the_same_articles_once_more_bring_only_repeats() {
    let day = a_day();
    let mut archive = told(&[3, 0, 6, 1, 4, 2, 5], &day);
    for (i, mentions) in day.iter().enumerate() {
        for report in archive.tell(&format!("Outlet {i}"), "2031-03-04", mentions) {
            assert_eq!(report.relation, Relation::Repeat, "{}", report.mention.evidence);
        }
    }
}

#[test]
fn an_article_read_again_in_its_own_outlet_corrects_nothing() {
    let mut archive = Archive::default();
    let hit = |n| strike("Drones hit Marovka", marovka()).tolls(Some(n), None);
    archive.one("Herald", "2031-03-04", hit(5));
    assert_eq!(archive.one("Herald", "2031-03-05", hit(4)).relation, Relation::Update);
    let copy = archive.one("Herald", "2031-03-05", hit(4));
    assert_eq!((copy.relation, copy.facts.killed), (Relation::Repeat, Some(toll(4))));
}

#[test]
fn a_vague_report_stands_where_the_fuller_ones_of_its_day_put_it() {
    // The vague one comes first and would have taken in whichever followed it.
    let vague = strike("Four killed in drone strike", None).tolls(Some(4), Some(9));
    let there =
        strike("Drone strike on Marovka kills four and wounds nine", marovka()).tolls(Some(4), Some(9));
    let elsewhere =
        strike("Drone strike on Tessin kills one", Some(city("Tessin", "OS"))).tolls(Some(1), None);
    let mut archive = Archive::default();
    archive.tell("A", "2031-03-04", &[vague]);
    archive.tell("B", "2031-03-04", &[elsewhere]);
    archive.tell("C", "2031-03-04", &[there]);
    let groups = archive.groups();
    assert!(groups.iter().any(|g| g.starts_with("[\"A\", \"C\"]")), "{groups:#?}");
}

#[test]
fn what_reports_of_a_day_leave_is_as_it_was_and_lends_its_place_to_no_other() {
    let old = strike("Shells hit the grain port of Marovka", marovka()).on("2031-03-04");
    // Told without a day, it could be of the old attack; the fuller article of that day has its own.
    let vague = strike("Envoys met after thirteen soldiers were killed as Valdia shelled Marovka", marovka());
    let vague = vague.tolls(Some(13), None).in_the_past();
    let fresh = strike("Valdia shelled Marovka, killing thirteen soldiers and hurting six", marovka());
    let fresh = fresh.on("2031-03-10").tolls(Some(13), Some(6));
    let told = |first: (&str, &Mention), second: (&str, &Mention)| {
        let mut archive = Archive::default();
        let known = archive.one("Herald", "2031-03-04", old.clone());
        archive.one(first.0, "2031-03-11", first.1.clone());
        archive.one(second.0, "2031-03-11", second.1.clone());
        let left = archive.known.iter().find(|k| k.facts.id == known.facts.id).expect("it stays");
        assert_eq!((left.facts.killed.as_ref(), archive.merged.len()), (None, 0));
        let groups = archive.groups();
        assert!(groups.iter().any(|g| g.starts_with("[\"Echo\", \"Post\"]")), "{groups:#?}");
    };
    told(("Post", &vague), ("Echo", &fresh));
    told(("Echo", &fresh), ("Post", &vague));
}

#[test]
fn a_strike_found_twice_is_one_once_a_report_fits_both() {
    let mut archive = Archive::default();
    let nameless = |text: &str, place| Mention { actors: vec![], ..strike(text, place) };
    // Too vague to be one with the other: no town, no attacker.
    let vague =
        nameless("Twelve dead and thirty hurt as shells hit shipbuilding warehouse", None).on("2031-03-03");
    let vague = archive.one("Herald", "2031-03-04", vague.tolls(Some(12), Some(30)));
    let town =
        archive.one("Post", "2031-03-05", strike("Marovka comes under fire", marovka()).on("2031-03-03"));
    assert_ne!(town.facts.id, vague.facts.id);
    let both = strike(
        "Shells that hit shipbuilding warehouse in Marovka left twelve dead and thirty hurt",
        marovka(),
    );
    let both = archive.one("Echo", "2031-03-06", both.on("2031-03-03").tolls(Some(12), Some(30)));
    assert_eq!(archive.merged, [(town.facts.id, vague.facts.id)], "{}", both.why);
    assert_eq!((both.facts.id, both.facts.killed.map(|t| t.value)), (vague.facts.id, Some(12)));
    let again = strike("Marovka buries those of the shipbuilding warehouse", marovka()).on("2031-03-03");
    let again = archive.one("Herald", "2031-03-07", again.tolls(Some(12), None));
    assert_eq!((again.facts.id, again.relation), (vague.facts.id, Relation::Repeat));
}

#[test]
fn what_one_article_tells_as_two_is_not_merged() {
    let mut archive = Archive::default();
    let mill = strike("Shells hit mill in Marovka, killing twelve", marovka()).on("2031-03-03");
    let port = strike("Twelve die as bombs fall on Tessin port", Some(city("Tessin", "OS"))).on("2031-03-03");
    archive.tell("Herald", "2031-03-04", &[mill.tolls(Some(12), None), port.tolls(Some(12), None)]);
    let wide = strike("Twelve dead in Ostrova as shells hit mill and port", Some(land("Ostrova", "OS")));
    archive.tell("Post", "2031-03-05", &[wide.on("2031-03-03").tolls(Some(12), None)]);
    assert_eq!(archive.merged, []);
}

fn permute(order: &mut Vec<usize>, from: usize, visit: &mut impl FnMut(&[usize])) {
    if from == order.len() {
        return visit(order);
    }
    for i in from..order.len() {
        order.swap(from, i);
        permute(order, from + 1, visit);
        order.swap(from, i);
    }
}

#[test]
fn a_replay_of_the_same_texts_tells_nothing_again() {
    let mut archive = Archive::default();
    let pair = [amara(), brin()];
    let days = [
        ("2031-03-04", meeting("Tolen to meet Brin in Lisse", &pair).planned().on("2031-03-06")),
        ("2031-03-06", meeting("Tolen meets Brin in Lisse", &pair).on("2031-03-06")),
        ("2031-03-07", strike("Drones hit Marovka", Some(city("Marovka", "OS"))).tolls(Some(2), None)),
        (
            "2031-03-08",
            strike("Marovka toll rises to three", Some(city("Marovka", "OS"))).tolls(Some(3), None),
        ),
        ("2031-03-08", statement("Tolen says border bridge will reopen in May", amara())),
    ];
    for (day, mention) in &days {
        assert_ne!(archive.one("Herald", day, mention.clone()).relation, Relation::Repeat);
    }
    for (day, mention) in &days {
        assert_eq!(
            archive.one("Echo", day, mention.clone()).relation,
            Relation::Repeat,
            "{}",
            mention.evidence
        );
    }
}

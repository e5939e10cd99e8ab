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
    permute(&mut (0..day.len()).collect::<Vec<_>>(), 0, &mut |order| {
        outcomes.insert(told(order, &day).groups());
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
    archive.one("Herald", "2031-03-05", hit(4));
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
fn a_strike_found_twice_is_one_once_a_report_names_it_well() {
    let mut archive = Archive::default();
    let region = |name: &str| Place { level: PlaceLevel::Region, ..city(name, "OS") };
    let marovka = || Place { region: Some("Lower Marsh".into()), ..city("Marovka", "OS") };
    let wide = strike("Shells fall on Lower Marsh", Some(region("Lower Marsh"))).on("2031-03-03");
    let wide = archive.one("Herald", "2031-03-04", wide.tolls(Some(12), Some(30)));
    let town = Mention { actors: vec![], ..strike("Twelve dead at Marovka mill", Some(marovka())) };
    let town = archive.one("Post", "2031-03-05", town.on("2031-03-04").tolls(Some(12), None));
    assert_ne!(town.facts.id, wide.facts.id);
    let both =
        strike("Shells that fell on Marovka in Lower Marsh killed twelve at the mill", Some(marovka()));
    let both = archive.one("Echo", "2031-03-06", both.on("2031-03-03").tolls(Some(12), Some(30)));
    assert_eq!(both.relation, Relation::Repeat);
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

//! Random worlds are lived through twice, with retention and without: both tell the same.

use chrono::TimeDelta;
use tidings::app::keep::Kept;
use tidings::store::developments;
use tidings::store::subscribers::{self, Choices, Stance};
use tidings::store::{choices, verdicts};

use super::{DAYS, World, at};

/// Items of lists that no edition of theirs, all of them thinned, counts as told any more.
const LEFT_OVER: &str =
    "select count(*)
     from item_list l cross join jsonb_array_elements((items -> 'items') || (items -> 'coming_up')) as i (item)
     where not exists (select from digest d join delivery p using (digest_id) where d.item_list_id = l.item_list_id)
       and not exists (
           select from digest d join told t using (digest_id)
           where d.item_list_id = l.item_list_id
             and (t.development_id = (item ->> 'development')::bigint
                  or item -> 'with' @> jsonb_build_array(jsonb_build_array(t.development_id))))";

/// Editions whose sentences are not those of their items.
const OTHER_LINES: &str = "select count(*) from edition
     where lines <> coalesce((
         select jsonb_object_agg(item ->> 'development', item ->> 'text')
         from jsonb_array_elements((content -> 'items') || (content -> 'coming_up')) as i (item)), '{}')";

/// Lists that no edition has, and that none could be about to have.
const ORPHANS: &str = "select count(*) from item_list l
     where l.compiled_at < (select max(compiled_at) from item_list) - interval '1 day'
       and not exists (select from digest d where d.item_list_id = l.item_list_id)";

/// Lists that several editions have.
const SHARED: &str = "select count(*) from (
     select from digest where item_list_id is not null group by item_list_id having count(*) > 1) shared";

/// Gives a third of the editions of a day what a process of an older version would have frozen.
const BY_AN_OLDER_VERSION: &str =
    "update digest d set content = e.content, item_list_id = null, lines = case when d.digest_id % 2 = 0 then e.lines end
     from edition e where e.digest_id = d.digest_id and d.digest_id % 3 = 0 and d.compiled_at = $1";

/// Drops the lists that such a process would not have stored.
const WITHOUT_EDITION: &str =
    "delete from item_list l where not exists (select from digest d where d.item_list_id = l.item_list_id)";

/// A number below `of` that is the same for the same seed and place.
fn random(seed: u64, place: u64, of: u64) -> u64 {
    let mut x = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ place.wrapping_mul(0xd1b5_4a32_d192_ed03);
    for _ in 0..3 {
        x ^= x >> 31;
        x = x.wrapping_mul(0x94d0_49bb_1331_11eb);
    }
    (x >> 33) % of
}

const CITIES: [&str; 8] =
    ["Odesa", "Kharkiv", "Varna", "Constanta", "Mombasa", "Kisumu", "Nairobi", "Dnipro"];
const OUTLETS: [&str; 3] = ["Harbour Wire", "Corvel Post", "Bay Radio"];

/// What outlets publish on one day of a random world: strikes whose tolls rise, days later too, talks that are planned
/// far ahead, moved, held and called off, and what is said.
fn news(seed: u64, day: i64) -> Vec<(&'static str, String)> {
    let pick = |place: u64, of: u64| random(seed, day as u64 * 100 + place, of);
    let outlet = |place: u64| OUTLETS[pick(place, 3) as usize];
    let city = |place: u64| CITIES[pick(place, 8) as usize];
    let date = |in_days: i64| {
        (at("2031-01-01T07:00:00Z") + TimeDelta::days(day + in_days)).format("%-d %B").to_string()
    };
    let mut news = Vec::new();
    let killed = 2 + pick(1, 9);
    news.push((outlet(2), format!("Drones strike port of {}, killing {killed}", city(3))));
    if pick(4, 2) == 0 {
        news.push((outlet(5), format!("Drone strike on port of {} kills {}", city(3), killed + 2)));
    }
    // What an earlier day brought, again and with more.
    let back = 1 + pick(6, 120) as i64;
    if back < day {
        let then = |place: u64, of: u64| random(seed, (day - back) as u64 * 100 + place, of);
        let killed = 4 + then(1, 9);
        let city = CITIES[then(3, 8) as usize];
        news.push((outlet(7), format!("Death toll of drone strike on {city} rises to {killed}")));
    }
    match pick(8, 5) {
        0 => {
            let ahead = date(20 + pick(9, 140) as i64);
            news.push((outlet(10), format!("Norwegian and Icelandic ministers to meet in Oslo on {ahead}")));
        }
        1 => news.push((outlet(10), "Kenyan and Ugandan ministers meet in Nairobi".into())),
        2 => news
            .push((outlet(10), format!("Russian and Ukrainian negotiators meet in Istanbul on {}", date(0)))),
        3 => news.push((outlet(10), format!("Grain corridor will reopen in {}, Tolen says", city(11)))),
        _ => {}
    }
    news
}

#[tokio::test]
async fn a_random_world_tells_the_same_with_retention_as_without() {
    random_world(1, 92, 108).await;
}

#[tokio::test]
#[ignore = "takes minutes: cargo test --test it -- --ignored many_random_worlds"]
async fn many_random_worlds_tell_the_same_with_retention_as_without() {
    for seed in 1..=20 {
        random_world(seed, 110, 260).await;
    }
}

/// Lives through the same days twice, once with retention each day from `first` on, and compares all that is told.
async fn random_world(seed: u64, first: i64, days: i64) {
    let (whole, kept) = (World::new("2031-01-01T07:00:00Z").await, World::new("2031-01-01T07:00:00Z").await);
    for world in [&whole, &kept] {
        world.subscribe(1).await;
        let weekly = world.subscribe(2).await;
        let wishes = Choices { days: vec![chrono::Weekday::Mon], min_sources: 2, ..Choices::default() };
        subscribers::choose(&world.app.db, weekly, &wishes, world.now()).await.unwrap();
        let away = world.subscribe(3).await;
        let wishes = Choices { days: vec![chrono::Weekday::Thu], ..Choices::default() };
        subscribers::choose(&world.app.db, away, &wishes, world.now()).await.unwrap();
        choices::name(&world.app.db, away, Stance::Watched, "Kenya", world.now()).await.unwrap();
        // Who is told what the first is, and leaves in the end.
        world.subscribe(4).await;
    }
    let (mut went, mut older, mut shared) = (Kept::default(), 0, 0);
    for day in 1..=days {
        let articles = if day % 2 == 0 { news(seed, day) } else { Vec::new() };
        for world in [&whole, &kept] {
            world.pass(TimeDelta::days(1));
            world.read(&articles).await;
            match (day, random(seed, day as u64 * 100 + 50, 9)) {
                // A chat that leaves for some weeks.
                (40, _) => drop(subscribers::stop(&world.app.db, 3, 0).await.unwrap()),
                (75, _) => drop(world.subscribe(3).await),
                (98, _) => drop(subscribers::stop(&world.app.db, 4, 0).await.unwrap()),
                // An admin marks something as wrong, old things too.
                (_, 0) => {
                    let id = world
                        .number("select coalesce(max(development_id), 0) from development where merged_into is null")
                        .await
                        - random(seed, day as u64, 60) as i64;
                    verdicts::withdraw(&world.app.db, id, Some("mistaken"), world.now()).await.unwrap();
                }
                _ => {}
            }
        }
        let told = kept.compile().await;
        let expected = whole.compile().await;
        for (subscriber, digest) in &expected {
            assert_eq!(
                told.get(subscriber),
                Some(digest),
                "world {seed}, day {day}, subscriber {subscriber}"
            );
        }
        assert_eq!(told.len(), expected.len(), "world {seed}, day {day}");
        if day >= first {
            // Some were frozen by an older version.
            let made_old = sqlx::query(BY_AN_OLDER_VERSION).bind(kept.now()).execute(&kept.app.db).await;
            older += made_old.unwrap().rows_affected();
            sqlx::query(WITHOUT_EDITION).execute(&kept.app.db).await.unwrap();
            shared += kept.number(SHARED).await;
            let gone = kept.keep().await;
            went.developments += gone.developments;
            went.digests += gone.digests;
            went.articles += gone.articles;
            went.thinned += gone.thinned;
            went.stripped += gone.stripped;
            assert_eq!(kept.number(LEFT_OVER).await, 0, "world {seed}, day {day}");
            assert_eq!(kept.number(ORPHANS).await, 0, "world {seed}, day {day}");
            assert_eq!(kept.number(OTHER_LINES).await, 0, "world {seed}, day {day}");
        }
    }
    // Retention did something, and what is left is whole.
    assert!(went.developments > 0 && went.digests > 0 && went.articles > 0 && went.thinned > 0, "{went:?}");
    assert!(
        went.stripped > 0 && older > 0 && shared > 0,
        "{went:?}, {older} of an older version, {shared} shared"
    );
    let all = developments::dossiers(&whole.app.db, None).await.unwrap();
    let left = developments::dossiers(&kept.app.db, None).await.unwrap();
    let before = kept.now() - TimeDelta::days(DAYS);
    let shown = |dossier: &developments::Dossier| format!("{dossier:?}");
    for dossier in &all {
        match left.iter().find(|other| other.facts.id == dossier.facts.id) {
            Some(other) => assert_eq!(shown(other), shown(dossier), "world {seed}"),
            None => assert!(dossier.facts.last_reported < before, "world {seed}: {:?}", dossier.facts),
        }
    }
    assert!(left.len() < all.len());
    assert_eq!(kept.keep().await, Kept::default(), "a second pass finds nothing");
    whole.close().await;
    kept.close().await;
}

//! The demo, run whole: what its digests must tell, and must not.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::process::Command;

use tidings::config::{Config, Environment};
use tidings::demo::Demo;
use tidings::demo::newsroom::Newsroom;
use tidings::digest::{Badge, Digest, Item};
use tidings::model::{DevelopmentId, Kind};
use tokio::sync::OnceCell;

use crate::fake_telegram::{self, FakeTelegram};
use crate::support;

/// Articles that speak of strikes, attacks, tolls or meetings of another sort: their paths' last parts.
const TRAPS: [&str; 16] = [
    "belgian-trains-stop",
    "striker-okonjo-hits-three",
    "norrvik-shareholders-meeting-approves-dividend",
    "carmakers-strike-a-deal-over-battery-steel",
    "quake-kills-nine-in-papua-new-guinea",
    "bristol-bridge-toll-plan-met-with-criticism",
    "tenor-dies",
    "lightning-strike-kills-two-hikers",
    "lyon-hospitals",
    "a-short-history-of-fish-and-quarrels",
    "dockers-strike-hits-rotterdam",
    "film-shoot",
    "box-office",
    "marathon",
    "papua-new-guinea-quake-toll-21",
    "belgian-unions-call-off-strike",
];

/// Events that several outlets tell: kind, and the articles of which each tells the event as its news.
const SHARED: [(Kind, &[&str]); 8] = [
    (
        Kind::STRIKE,
        &[
            "drones-hit-fuel-depot-outside-paraguayan-capital",
            "four-dead-as-rebel-drones-set-paraguay-fuel-depot-ablaze",
            "villa-hayes-depot-burns",
            "paraguay-depot",
        ],
    ),
    (Kind::STRIKE, &["paraguay-jets-strike-front-camps", "paraguay-air-raid"]),
    (Kind::STRIKE, &["shells-hit-school-in-filadelfia", "filadelfia-school-shelled", "filadelfia-school"]),
    (
        Kind::STRIKE,
        &[
            "drone-attack-on-concepcion-river-port",
            "concepcion-port-attacked",
            "drones-sink-barge-on-the-paraguay",
            "concepcion",
        ],
    ),
    (
        Kind::MEETING,
        &[
            "norway-iceland-freeze-herring-quotas",
            "ministers-freeze-herring-quota",
            "herring-truce-in-the-faroes",
        ],
    ),
    (
        Kind::MEETING,
        &["prime-ministers-speak-by-phone-on-herring", "norway-iceland-leaders-discuss-herring-in-call"],
    ),
    (Kind::MEETING, &["security-council-meets-on-paraguay", "un-paraguay"]),
    (
        Kind::MEETING,
        &[
            "paraguay-front-agree-ten-day-truce",
            "ten-days-of-quiet-for-the-chaco",
            "truce-from-wednesday",
            "truce",
        ],
    ),
];

/// The digests of one run; tests share it.
async fn digests() -> &'static [Digest] {
    static DIGESTS: OnceCell<Vec<Digest>> = OnceCell::const_new();
    DIGESTS
        .get_or_init(|| async {
            let beside = support::database().await;
            let environment = Environment::from([("TIDINGS_DATA", "/nowhere")]);
            let config = Config::without_file(&environment, false).unwrap();
            let mut demo = Demo::start(&config, &beside, 1).await.unwrap();
            let mut digests = Vec::new();
            while let Some(digest) = demo.next_edition(|_| {}).await.unwrap() {
                digests.push(digest);
            }
            demo.close().await.unwrap();
            beside.close().await.unwrap();
            digests
        })
        .await
}

fn all(digests: &[Digest]) -> impl Iterator<Item = &Item> {
    digests.iter().flat_map(|digest| digest.items.iter().chain(&digest.coming_up))
}

/// The last parts of the paths of an item's sources.
fn slugs(item: &Item) -> BTreeSet<&str> {
    item.links.iter().filter_map(|link| link.url.rsplit('/').next()).collect()
}

#[tokio::test]
async fn the_traps_and_the_shared_events_are_articles_of_the_newsroom() {
    let newsroom = Newsroom::bundled().unwrap();
    let known: HashSet<&str> = newsroom.stories.iter().map(|story| story.slug.as_str()).collect();
    for slug in TRAPS.iter().chain(SHARED.iter().flat_map(|(_, slugs)| *slugs)) {
        assert!(known.contains(slug), "no article {slug}");
    }
}

#[tokio::test]
async fn each_day_has_a_digest_with_sections_and_all_that_was_published_was_read() {
    let digests = digests().await;
    assert!(digests.len() >= 7);
    for digest in digests {
        assert!(digest.items.len() + digest.coming_up.len() > 0, "{} tells nothing", digest.edition);
        assert_eq!((digest.totals.sources, digest.totals.unreachable), (5, 0), "{}", digest.edition);
    }
    let read: usize = digests.iter().map(|digest| digest.totals.articles).sum();
    assert_eq!(read, Newsroom::bundled().unwrap().stories.len());
    for kind in [Kind::MEETING, Kind::STRIKE, Kind::STATEMENT] {
        let days = digests.iter().filter(|digest| digest.items.iter().any(|item| item.kind == kind)).count();
        assert!(days >= 4, "only {days} days have a {kind}");
    }
    assert!(digests.iter().any(|digest| !digest.coming_up.is_empty()));
}

#[tokio::test]
async fn every_item_links_a_page_of_the_newsroom() {
    for item in all(digests().await) {
        assert!(!item.links.is_empty(), "{:?} has no source", item.text);
        for link in &item.links {
            assert!(link.url.starts_with("http://127.0.0.1:"), "{}", link.url);
        }
    }
}

#[tokio::test]
async fn no_trap_is_told_as_a_strike_or_a_meeting() {
    for item in all(digests().await).filter(|item| item.kind != Kind::STATEMENT) {
        for trap in TRAPS {
            assert!(!slugs(item).contains(trap), "{trap} is told as a {}: {:?}", item.kind, item.text);
        }
    }
}

#[tokio::test]
async fn no_development_is_told_as_new_twice() {
    let mut told: HashMap<DevelopmentId, &str> = HashMap::new();
    for item in all(digests().await).filter(|item| item.badge == Badge::New) {
        let before = told.insert(item.development, &item.text);
        assert!(before.is_none(), "{} is new again: {:?}, {:?}", item.development, before, item.text);
    }
}

#[tokio::test]
async fn an_event_that_several_outlets_tell_is_one_item_with_several_sources() {
    for (kind, articles) in SHARED {
        let of_event: Vec<&Item> = all(digests().await)
            .filter(|item| {
                item.kind == kind
                    && item.links.first().is_some_and(|link| {
                        articles.iter().any(|slug| link.url.ends_with(&format!("/{slug}")))
                    })
            })
            .collect();
        let ids: HashSet<DevelopmentId> = of_event.iter().map(|item| item.development).collect();
        let texts: Vec<&str> = of_event.iter().map(|item| item.text.as_str()).collect();
        assert_eq!(ids.len(), 1, "{}: {texts:#?}", articles[0]);
        let outlets: HashSet<&str> =
            of_event.iter().flat_map(|item| &item.links).map(|link| link.outlet.as_str()).collect();
        assert!(outlets.len() >= 2, "{}: only {outlets:?}", articles[0]);
    }
}

#[tokio::test]
async fn what_changed_is_told_as_was_and_now() {
    let digests = digests().await;
    let changes: Vec<(&str, &str, &str)> = all(digests)
        .flat_map(|item| &item.changes)
        .map(|change| (change.field.as_str(), change.was.as_str(), change.now.as_str()))
        .collect();
    let told = |field: &str, was: &str, now: &str| {
        let there = changes.contains(&(field, was, now));
        assert!(there, "no {field}: {was} → {now} in {changes:#?}");
    };
    told("status", "planned", "occurred");
    told("status", "planned", "cancelled");
    told("killed", "4", "7");
    assert!(changes.iter().any(|(field, ..)| *field == "date"), "the moved meeting: {changes:#?}");
}

#[tokio::test]
async fn an_agency_text_that_a_second_outlet_carries_is_one_source() {
    const ONE_TEXT: [&str; 2] =
        ["/paraguay-front-end-first-talks-since-january", "/paraguay-front-end-first-talks"];
    let told: Vec<&Item> = all(digests().await)
        .filter(|item| item.links.iter().any(|link| ONE_TEXT.iter().any(|end| link.url.ends_with(end))))
        .collect();
    assert!(!told.is_empty());
    for item in told {
        let origins: HashSet<Option<i64>> = item
            .links
            .iter()
            .filter(|link| ONE_TEXT.iter().any(|end| link.url.ends_with(end)))
            .map(|link| link.origin)
            .collect();
        assert_eq!(origins.len(), 1, "{:?} has {:?}", item.text, item.links);
        assert!(item.origins <= item.links.len() && origins.iter().all(Option::is_some));
    }
}

#[tokio::test]
async fn with_a_token_each_digest_also_goes_to_the_chat_once() {
    let telegram = FakeTelegram::start().await;
    let beside = support::database().await;
    let environment = Environment::from([
        ("TIDINGS_DATA", "/nowhere"),
        ("TELOXIDE_TOKEN", fake_telegram::TOKEN),
        ("TELOXIDE_API_URL", telegram.url.as_str()),
    ]);
    let config = Config::without_file(&environment, true).unwrap();
    let mut demo = Demo::start(&config, &beside, 5).await.unwrap();
    let digest = demo.next_edition(|_| {}).await.unwrap().unwrap();
    let sent = demo.send().await.unwrap();
    let texts = telegram.texts(5);
    assert_eq!((texts.len(), demo.send().await.unwrap()), (sent, 0));
    let first = &digest.items[0].text;
    assert!(texts.iter().any(|text| text.contains(first.as_str())), "{first:?} is not in {texts:#?}");
}

#[test]
fn without_database_and_token_the_command_prints_the_digests_as_one_array() {
    let data = support::folder_until_exit();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tidings"));
    for variable in ["DATABASE_URL", "TELOXIDE_TOKEN", "TIDINGS_CONFIG", "TIDINGS_NOW"] {
        command.env_remove(variable);
    }
    command.args(["demo", "--json"]).env("TIDINGS_DATA", &data).env("RUST_LOG", "info").current_dir(&data);
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let digests: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert!(digests.len() >= 6);
    let told =
        |digest: &&serde_json::Value| digest["items"].as_array().is_some_and(|items| !items.is_empty());
    assert!(digests.iter().filter(told).count() >= 6);
    for digest in &digests {
        for key in ["edition", "subscriber", "window", "items", "coming_up", "totals"] {
            assert!(digest.get(key).is_some(), "no {key}: {digest}");
        }
        for key in ["development", "kind", "badge", "text", "changes", "sources"] {
            let mut told =
                ["items", "coming_up"].into_iter().filter_map(|list| digest[list].as_array()).flatten();
            assert!(told.all(|item| item.get(key).is_some()), "no {key}: {digest}");
        }
    }
    assert!(errors.lines().count() > digests.len(), "a line a step: {errors}");
}

//! Articles read and compared through the store: order, repetition, and what the command prints.

use std::process::{Command, Output};

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use sqlx::PgPool;
use tidings::app::read::{Outcome, read_next};
use tidings::clock::Clock;
use tidings::store::developments::{self as store, Dossier, Replayed};

use crate::support;

/// A small newsroom: an invented war, told by three outlets over five days.
const NEWS: [(&str, &str, &str, &str); 12] = [
    (
        "2031-03-03",
        "Herald",
        "Prime Minister Amara Tolen to meet President Jorun Brin in Vienna on Thursday",
        "Prime Minister Amara Tolen will meet President Jorun Brin in Vienna on Thursday, her office said.",
    ),
    (
        "2031-03-03",
        "Post",
        "Drones strike port of Constanta, killing two",
        "Drones struck the port of Constanta early on Monday, killing two people, officials said.",
    ),
    ("2031-03-04", "Echo", "Death toll of drone strike on Constanta rises to five", ""),
    ("2031-03-04", "Herald", "Tolen says grain corridor will reopen in May", ""),
    ("2031-03-04", "Post", "Grain corridor to reopen in May, Tolen says", ""),
    (
        "2031-03-05",
        "Echo",
        "Tolen travels to Vienna ahead of meeting with Brin",
        "Prime Minister Amara Tolen left for Vienna, where she will meet President Jorun Brin on Thursday.",
    ),
    (
        "2031-03-06",
        "Herald",
        "Tolen meets Brin in Vienna",
        "Prime Minister Amara Tolen met President Jorun Brin in Vienna on Thursday. They spoke for three hours.",
    ),
    ("2031-03-06", "Post", "Tolen and Brin hold talks in Vienna", ""),
    (
        "2031-03-07",
        "Echo",
        "Missiles hit Varna, wounding eleven",
        "Missiles hit apartment blocks in Varna on Friday, wounding eleven people.",
    ),
    ("2031-03-07", "Herald", "Brin: no second meeting is planned before the election", ""),
    ("2031-03-08", "Post", "Missile strike on Varna wounded eleven, killed one", ""),
    ("2031-03-08", "Echo", "Rail strike to go ahead as unions strike no deal", ""),
];

fn article(suffix: &str, at: usize) -> Replayed {
    let (date, outlet, title, text) = NEWS[at];
    Replayed {
        id: format!("n{at}{suffix}"),
        outlet: outlet.into(),
        published: format!("{date}T00:00:00Z").parse().unwrap(),
        title: Some(title.into()),
        text: text.into(),
        language: None,
    }
}

fn now() -> DateTime<Utc> {
    "2031-03-09T06:00:00Z".parse().unwrap()
}

async fn read_all(db: &PgPool, articles: &[Replayed]) -> Vec<Dossier> {
    store::insert_replayed(db, articles, now()).await.unwrap();
    let clock = Clock::manual(now());
    while read_next(db, &Default::default(), &clock).await.unwrap() != Outcome::Empty {}
    store::dossiers(db, None).await.unwrap()
}

#[tokio::test]
async fn what_waited_for_another_reader_is_found_when_it_is_read_and_so_within_an_edition_s_time() {
    let database = support::database().await;
    let db = &database.pool;
    store::insert_replayed(db, &[article("", 1)], now()).await.unwrap();
    let clock = Clock::manual(now());
    let read = now() + TimeDelta::hours(1);
    let mut other = db.begin().await.unwrap();
    store::claim(&mut other).await.unwrap();
    let ends = async {
        let waits = "select exists (select from pg_stat_activity
                                    where wait_event_type = 'Lock' and datname = current_database())";
        while !sqlx::query_scalar::<_, bool>(waits).fetch_one(db).await.unwrap() {
            tokio::task::yield_now().await;
        }
        clock.set(read);
        other.rollback().await.unwrap();
    };
    let reader = Default::default();
    let (outcome, ()) = tokio::join!(read_next(db, &reader, &clock), ends);
    assert!(matches!(outcome.unwrap(), Outcome::Read { mentions: 1.., .. }));
    let found: Vec<DateTime<Utc>> =
        sqlx::query_scalar("select found_at from development").fetch_all(db).await.unwrap();
    assert_eq!(found, [read]);
    database.close().await.unwrap();
}

/// Article, development, relation and changes of each report, in the order of reading.
fn told(dossiers: &[Dossier]) -> Vec<(String, i64, String, String)> {
    let mut told: Vec<_> = dossiers
        .iter()
        .flat_map(|d| {
            d.reports.iter().map(move |r| {
                (
                    r.article.clone(),
                    d.facts.id.0,
                    r.relation.clone(),
                    format!("{:?} {}", r.changes, r.evidence),
                )
            })
        })
        .collect();
    told.sort();
    told
}

#[tokio::test]
async fn an_article_that_the_database_refuses_holds_up_no_other() {
    let database = support::database().await;
    refuse(&database.pool, "new.outlet = 'Echo'", "program_limit_exceeded").await;
    let articles: Vec<Replayed> = (0..NEWS.len()).map(|i| article("", i)).collect();
    let dossiers = read_all(&database.pool, &articles).await;
    let reports: Vec<&str> =
        dossiers.iter().flat_map(|d| d.reports.iter().map(|r| r.article.as_str())).collect();
    assert!(!reports.contains(&"n2") && !reports.contains(&"n8"), "{reports:?}");
    assert!(reports.contains(&"n1") && reports.contains(&"n6") && reports.contains(&"n10"), "{reports:?}");
}

#[tokio::test]
async fn an_article_that_refers_to_what_goes_just_then_is_compared_once_more() {
    let database = support::database().await;
    sqlx::query("create sequence tries").execute(&database.pool).await.unwrap();
    refuse(&database.pool, "nextval('tries') = 1", "foreign_key_violation").await;
    let articles: Vec<Replayed> = (0..NEWS.len()).map(|i| article("", i)).collect();
    let dossiers = read_all(&database.pool, &articles).await;
    assert!(
        dossiers.iter().any(|d| d.reports.iter().any(|r| r.article == "n1")),
        "the first that has a toll"
    );
}

/// Refuses tolls, in Postgres' words for the condition and the error.
async fn refuse(db: &PgPool, when: &str, error: &str) {
    let sql = format!(
        "create function refuse() returns trigger language plpgsql as $$ begin
             if {when} then raise 'refused' using errcode = '{error}'; end if;
             return new;
         end $$;
         create trigger refuse before insert on toll for each row execute function refuse()"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(db).await.unwrap();
}

#[tokio::test]
async fn a_word_longer_than_an_index_takes_is_read_all_the_same() {
    let database = support::database().await;
    let mut long = article("", 3);
    let word: String = (0..9000u32).map(|i| char::from(b'a' + (i * i / 7 % 26) as u8)).collect();
    long.title = Some(format!("Tolen says grain corridor will reopen in May at {word}"));
    assert_eq!(read_all(&database.pool, &[long]).await.len(), 1);
}

#[tokio::test]
async fn a_story_is_told_once_and_then_by_its_changes() {
    let database = support::database().await;
    let articles: Vec<Replayed> = (0..NEWS.len()).map(|i| article("", i)).collect();
    let dossiers = read_all(&database.pool, &articles).await;
    let strike = dossiers
        .iter()
        .find(|d| d.facts.kind.as_str() == "strike" && d.reports.iter().any(|r| r.article == "n1"))
        .expect("the strike on Constanta is found");
    let update = strike.reports.iter().find(|r| r.article == "n2").expect("its second report is linked");
    assert_eq!(update.relation, "update");
    assert_eq!(
        update.changes.iter().map(|c| (c.was.as_str(), c.now.as_str())).collect::<Vec<_>>(),
        [("2", "5")]
    );
    let meeting = dossiers
        .iter()
        .find(|d| d.facts.kind.as_str() == "meeting" && d.reports.iter().any(|r| r.article == "n0"))
        .expect("the meeting in Vienna is found");
    let held =
        meeting.reports.iter().find(|r| r.article == "n6").expect("the meeting held is the one planned");
    assert!(held.changes.iter().any(|c| c.field == "status" && c.now == "occurred"), "{:?}", held.changes);
    assert!(
        dossiers.iter().all(|d| d.reports.iter().all(|r| r.article != "n11")),
        "a rail strike is no strike"
    );
    database.close().await.unwrap();
}

#[tokio::test]
async fn the_same_texts_under_other_ids_tell_nothing_again() {
    let database = support::database().await;
    let mut articles: Vec<Replayed> = (0..NEWS.len()).map(|i| article("", i)).collect();
    read_all(&database.pool, &articles).await;
    articles = (0..NEWS.len()).map(|i| article("-again", i)).collect();
    let dossiers = read_all(&database.pool, &articles).await;
    let again: Vec<_> = told(&dossiers)
        .into_iter()
        .filter(|(id, _, relation, _)| id.ends_with("-again") && relation != "repeat")
        .collect();
    assert!(again.is_empty(), "told again: {again:#?}");
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_page_that_replaces_its_summary_repeats_what_the_summary_told() {
    let database = support::database().await;
    let first = article("", 1);
    read_all(&database.pool, std::slice::from_ref(&first)).await;
    sqlx::raw_sql(
        "insert into article_version (article_id, version, title, text, text_kind, fetched_at)
         select article_id, 2, title, text || ' Firefighters put out a blaze.', 'page', fetched_at from article_version;
         update article set version = 2",
    )
    .execute(&database.pool)
    .await
    .unwrap();
    let dossiers = read_all(&database.pool, &[]).await;
    assert_eq!(dossiers.len(), 1);
    let relations: Vec<&str> = dossiers[0].reports.iter().map(|r| r.relation.as_str()).collect();
    assert_eq!(relations, ["new", "repeat"]);
    database.close().await.unwrap();
}

#[tokio::test]
async fn an_article_in_another_language_is_read_without_mentions() {
    let database = support::database().await;
    let foreign = Replayed { language: Some("de".into()), ..article("", 1) };
    assert!(read_all(&database.pool, &[foreign]).await.is_empty());
    let left = sqlx::query_scalar!("select count(*) from article where read_version is null")
        .fetch_one(&database.pool)
        .await
        .unwrap();
    assert_eq!(left, Some(0));
    database.close().await.unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn what_comes_after_an_article_does_not_change_what_was_told_before(
        order in Just((0..NEWS.len()).collect::<Vec<_>>()).prop_shuffle(),
        cut in 1..NEWS.len(),
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let (whole, part) = runtime.block_on(async {
            let mut articles: Vec<Replayed> = order.iter().map(|i| article("", *i)).collect();
            articles.sort_by_key(|a| a.published);
            let whole = support::database().await;
            let all = told(&read_all(&whole.pool, &articles).await);
            whole.close().await.unwrap();
            articles.truncate(cut);
            let ids: Vec<String> = articles.iter().map(|a| a.id.clone()).collect();
            let part = support::database().await;
            let some = told(&read_all(&part.pool, &articles).await);
            part.close().await.unwrap();
            (all.into_iter().filter(|t| ids.contains(&t.0)).collect::<Vec<_>>(), some)
        });
        prop_assert_eq!(whole, part);
    }
}

/// Which articles tell each development, and what is known of it after all of them.
fn known(dossiers: &[Dossier]) -> Vec<String> {
    let mut known: Vec<String> = dossiers
        .iter()
        .map(|d| {
            let mut articles: Vec<&str> = d.reports.iter().map(|r| r.article.as_str()).collect();
            articles.sort_unstable();
            let f = &d.facts;
            let when = f.when.as_ref().map(|w| (w.from, w.to));
            let tolls = (f.killed.as_ref().map(|t| t.value), f.wounded.as_ref().map(|t| t.value));
            let place = f.place.as_ref().map(|p| &p.name);
            format!("{articles:?} {} {:?} {when:?} {place:?} {tolls:?}", f.kind, f.status)
        })
        .collect();
    known.sort();
    known
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn the_order_of_a_days_articles_changes_neither_groups_nor_facts(
        order in Just((0..NEWS.len()).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let outcome = |order: Vec<usize>| runtime.block_on(async move {
            let mut articles: Vec<Replayed> = order.iter().map(|i| article("", *i)).collect();
            articles.sort_by_key(|a| a.published);
            let database = support::database().await;
            let known = known(&read_all(&database.pool, &articles).await);
            database.close().await.unwrap();
            known
        });
        prop_assert_eq!(outcome((0..NEWS.len()).collect()), outcome(order));
    }
}

fn replay(input: &str, arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("news.jsonl");
    std::fs::write(&file, input).unwrap();
    Command::new(env!("CARGO_BIN_EXE_tidings")).arg("replay").arg(&file).args(arguments).output().unwrap()
}

#[test]
fn a_bad_line_is_named_and_nothing_is_printed() {
    let good = r#"{"id":"a","date":"2031-03-03","outlet":"Herald","title":"Tolen meets Brin","text":""}"#;
    let cases = [
        ("{", "not JSON"),
        (r#"{"id":"b","outlet":"Herald","title":"T","text":""}"#, "no \"date\""),
        (r#"{"id":"b","date":"3 March","outlet":"Herald","title":"T","text":""}"#, "\"date\" is \"3 March\""),
        (r#"{"id":"a","date":"2031-03-03","outlet":"Post","title":"T","text":""}"#, "given twice"),
        (r#"{"id":"b","date":"2031-03-03","outlet":"Post","title":null,"text":""}"#, "neither"),
    ];
    for (bad, says) in cases {
        let output = replay(&format!("{good}\n{bad}\n"), &["--json"]);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{errors}");
        assert!(output.stdout.is_empty());
        assert!(errors.contains("news.jsonl:2") && errors.contains(says), "{errors}");
    }
}

#[tokio::test]
async fn an_agreement_is_planned_signed_and_falls_apart() {
    let database = support::database().await;
    let articles: Vec<Replayed> = [
        ("2031-03-03", "Herald", "Kenya, Uganda to sign fishing treaty in Kisumu on Friday"),
        ("2031-03-07", "Post", "Kenya and Uganda sign fishing treaty in Kisumu"),
        ("2031-03-08", "Echo", "Kenya signs fishing treaty with Uganda"),
        ("2031-03-29", "Herald", "Kenya-Uganda fishing treaty collapses"),
        ("2031-03-30", "Post", "Kenya and Uganda agree to meet in Kisumu on Friday"),
    ]
    .into_iter()
    .map(|(date, outlet, title)| Replayed {
        id: date.into(),
        outlet: outlet.into(),
        published: format!("{date}T00:00:00Z").parse().unwrap(),
        title: Some(title.into()),
        text: String::new(),
        language: None,
    })
    .collect();
    let dossiers = read_all(&database.pool, &articles).await;
    let agreements: Vec<&Dossier> =
        dossiers.iter().filter(|d| d.facts.kind.as_str() == "agreement").collect();
    assert_eq!(agreements.len(), 1, "{agreements:#?}");
    let told: Vec<(&str, Vec<&str>)> = agreements[0]
        .reports
        .iter()
        .map(|r| (r.relation.as_str(), r.changes.iter().map(|c| c.now.as_str()).collect()))
        .collect();
    let expected =
        [("new", vec![]), ("update", vec!["occurred"]), ("repeat", vec![]), ("update", vec!["cancelled"])];
    assert_eq!(told, expected);
}

/// An invented port under attack three times, told by two outlets.
const PORT: &str = r#"{"id":"p1","date":"2031-03-03","outlet":"Herald","title":"Drones hit port of Constanta, killing two","text":"Drones struck the port of Constanta early on Monday, killing two people and wounding at least three, officials said."}
{"id":"p2","date":"2031-03-04","outlet":"Echo","title":"Death toll of drone strike on Constanta rises to five","text":""}
{"id":"p3","date":"2031-03-09","outlet":"Echo","title":"Drones strike Constanta, wounding six","text":""}
"#;

#[test]
fn explain_shows_what_a_line_was_read_from_and_what_it_was_weighed_against() {
    let output = replay(PORT, &["--explain", "1"]);
    let told = String::from_utf8(output.stdout).unwrap();
    for part in [
        "history   killed: 2 → 5 (2031-03-04 00:00, Echo)",
        "  date      2031-03-03 (from “Monday”)",
        "  place     Constanţa (from “Constanta”)",
        "  wounded   at least 3 (from “at least three”)",
        "  linked    1: 0.",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    let output = replay(PORT, &["--explain", "2"]);
    let told = String::from_utf8(output.stdout).unwrap();
    let against = "  not       1: 0.00, needed 0.60 “Death toll of drone strike on Constanta rises to five”";
    assert!(told.contains(against), "{told}");
    assert!(told.contains("date   conflict     "), "{told}");
}

#[tokio::test]
async fn what_a_mention_was_weighed_against_is_stored_under_its_lasting_number() {
    let database = support::database().await;
    let articles: Vec<Replayed> = (0..NEWS.len()).map(|i| article("", i)).collect();
    let dossiers = read_all(&database.pool, &articles).await;
    let ids: Vec<i64> = dossiers.iter().map(|d| d.facts.id.0).collect();
    let mut linked = 0;
    for (dossier, report) in dossiers.iter().flat_map(|d| d.reports.iter().map(move |r| (d, r))) {
        assert!(report.traces.iter().any(|t| t.mention == report.mention), "{report:#?}");
        for tried in report.traces.iter().flat_map(|t| &t.tried) {
            assert!(ids.contains(&tried.development.0), "{tried:?}");
            assert!(!tried.linked || tried.development == dossier.facts.id, "{tried:?}");
            linked += usize::from(tried.linked);
        }
    }
    assert!(linked > 2, "{linked}");
    database.close().await.unwrap();
}

#[test]
fn a_replay_takes_the_owners_words_from_the_file_that_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let lexicon = folder.path().join("own.toml");
    std::fs::write(
        &lexicon,
        "[lexicon]\nignore = [\"weather desk\"]\n
         [[lexicon.alias]]\nname = \"Amara Tolen\"\nalso = [\"The Iron Gardener\"]\nis = \"person\"\n",
    )
    .unwrap();
    let input = r#"{"id":"a","date":"2031-03-03","outlet":"Herald","title":"Amara Tolen meets Jorun Brin in Vienna","text":""}
{"id":"b","date":"2031-03-03","outlet":"Echo","title":"The Iron Gardener meets Jorun Brin in Vienna","text":""}
{"id":"c","date":"2031-03-03","outlet":"Post","title":"Weather desk: hail hits Varna, Brin meets Okada in Oslo","text":""}
"#;
    let groups = |arguments: &[&str]| {
        let output = replay(input, arguments);
        let told = String::from_utf8(output.stdout).unwrap();
        told.lines()
            .map(|line| {
                serde_json::from_str::<serde_json::Value>(line).unwrap()["reports"].as_array().unwrap().len()
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(groups(&["--json", "--lexicon", lexicon.to_str().unwrap()]), [2]);
    assert_ne!(groups(&["--json"]), [2]);
    std::fs::write(&lexicon, "[lexicon]\nignored = []\n").unwrap();
    let output = replay(input, &["--json", "--lexicon", lexicon.to_str().unwrap()]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.stdout.is_empty() && errors.contains("lexicon.ignored (line 2): is not a known key"),
        "{errors}"
    );
}

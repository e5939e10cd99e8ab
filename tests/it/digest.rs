//! What an edition tells, and what it looks like.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use tidings::digest::render::Templates;
use tidings::digest::select::{BUDGET, Input, StoryTold, Wishes, select};
use tidings::digest::{Badge, Digest, Earlier, Mark, Notice, Totals, Withdrawn, alert, parts};
use tidings::locale::Language;
use tidings::model::*;

const EDITION: &str = "2026-03-12T05:00:00Z";

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn when(text: &str, literal: &str) -> When {
    When { from: day(text), to: day(text), precision: Precision::Day, literal: literal.into() }
}

pub fn place(name: &str) -> Place {
    Place { name: name.into(), country: None, region: None, level: PlaceLevel::City, literal: name.into() }
}

pub fn toll(value: u32) -> Toll {
    Toll { value, at_least: false, literal: value.to_string() }
}

/// A development with one report by each outlet, all found in the window.
pub fn history(id: i64, kind: Kind, evidence: &str, outlets: &[&str]) -> History {
    let mention = Mention {
        kind: kind.clone(),
        status: Status::Occurred,
        actors: vec![],
        speaker: None,
        when: None,
        place: None,
        killed: None,
        wounded: None,
        campaign: false,
        quote: None,
        evidence: evidence.into(),
        prominent: true,
        background: false,
        words: vec![],
        rule: "test".into(),
        score: 0.9,
    };
    let first = at("2026-03-11T09:00:00Z") + TimeDelta::minutes(7 * id);
    let reports: Vec<Report> = outlets
        .iter()
        .zip(0..)
        .map(|(outlet, i)| Report {
            id: id * 100 + i,
            outlet: (*outlet).into(),
            url: format!("https://{}.example/{id}", outlet.to_lowercase().replace(' ', "-")),
            origin: None,
            relation: if i == 0 { Relation::New } else { Relation::Repeat },
            mention: mention.clone(),
            reported_at: first + TimeDelta::minutes(i),
            seen_at: first + TimeDelta::minutes(i),
            found_at: first + TimeDelta::minutes(i + 1),
        })
        .collect();
    let development = Development {
        id: DevelopmentId(id),
        kind,
        status: Status::Occurred,
        actors: vec![],
        speaker: None,
        when: None,
        place: None,
        killed: None,
        wounded: None,
        summary: evidence.into(),
        words: vec![],
        campaign: false,
        outcome: None,
        background: false,
        first_reported: first,
        last_reported: first,
        memory: Memory::default(),
    };
    History { development, story: None, found_at: first, reports, changes: vec![], tolls: vec![] }
}

pub fn planned(mut history: History, on: Option<&str>) -> History {
    history.development.status = Status::Planned;
    history.development.when = on.map(|on| when(on, "on Monday"));
    history.reports.iter_mut().for_each(|report| report.mention.status = Status::Planned);
    history
}

/// Adds a change that a new report of `outlet` brought.
pub fn change(history: &mut History, field: &str, was: &str, now: &str, outlet: &str, found: &str) {
    let mut report = history.reports[0].clone();
    report.id = history.development.id.0 * 100 + 50 + history.changes.len() as i64;
    report.relation = Relation::Update;
    report.outlet = outlet.into();
    report.url = format!("https://{}.example/update/{}", outlet.to_lowercase(), report.id);
    (report.reported_at, report.found_at) = (at(found), at(found));
    history.changes.push(PastChange {
        id: report.id + 1000,
        report: report.id,
        field: field.into(),
        was: was.into(),
        now: now.into(),
        found_at: at(found),
    });
    history.reports.push(report);
}

fn input(histories: Vec<History>) -> Input {
    Input {
        edition: day("2026-03-12"),
        subscriber: Some(1),
        window: (at("2026-03-11T05:00:00Z"), at(EDITION)),
        since: at("2026-03-11T05:00:00Z"),
        zone: Tz::Europe__Berlin,
        language: Language::En,
        wishes: Wishes::default(),
        covers: vec![],
        histories: histories.into(),
        told: HashSet::new(),
        stories: HashMap::new(),
        withdrawn: vec![],
        restored: vec![],
        totals: Totals { articles: 31, outlets: 4, sources: 5, ..Totals::default() },
    }
}

fn wishing(wishes: Wishes, histories: Vec<History>) -> Input {
    Input { wishes, ..input(histories) }
}

pub fn digest_of(histories: Vec<History>) -> Digest {
    select(input(histories))
}

/// The messages of a digest in English and in German, as they are sent.
fn messages(digest: &Digest) -> String {
    let messages = [Language::En, Language::De].map(|language| {
        let parts = parts::split(&html(&Digest { language, ..digest.clone() }));
        parts.iter().for_each(|part| drop(seen(part)));
        parts.join("\n===== next message\n")
    });
    messages.join("\n\n##### German\n\n")
}

fn told(input: Input, told: &[(i64, i64)]) -> Input {
    Input { told: told.iter().map(|&(id, change)| (DevelopmentId(id), change)).collect(), ..input }
}

pub fn html(digest: &Digest) -> String {
    Templates::load(None).unwrap().html(digest).unwrap()
}

pub fn text(digest: &Digest) -> String {
    Templates::load(None).unwrap().text(digest).unwrap()
}

pub fn full() -> Vec<History> {
    let mut talks = history(
        1,
        Kind::MEETING,
        "The foreign ministers of Arlund and Bessaria met in Corvel on Wednesday to discuss the grain corridor.",
        &["Harbour Wire", "Corvel Post", "The Meridian", "Bay Radio"],
    );
    talks.development.when = Some(when("2026-03-11", "on Wednesday"));
    talks.development.place = Some(place("Corvel"));
    let mut strike = history(
        2,
        Kind::STRIKE,
        "A drone strike on a fuel depot killed five people overnight.",
        &["Corvel Post", "Harbour Wire"],
    );
    strike.development.place = Some(place("Tessaly"));
    strike.development.killed = Some(toll(5));
    let mut shelling = history(
        3,
        Kind::STRIKE,
        "Shelling wounded two people in Ostmark, the governor said.",
        &["Bay Radio"],
    );
    shelling.development.place = Some(place("Ostmark"));
    let off = {
        let mut off = history(4, Kind::MEETING, "Talks in Lindholm have been called off.", &["The Meridian"]);
        off.development.status = Status::Cancelled;
        off
    };
    let said = history(
        5,
        Kind::STATEMENT,
        "\"We will not leave the table,\" Bessaria's president Ada Morn said.",
        &["Harbour Wire", "Corvel Post"],
    );
    let election = history(6, Kind::named("election"), "Arlund elects a new assembly", &["Bay Radio"]);
    let mut summit = planned(
        history(7, Kind::MEETING, "Leaders of the five bay states will meet on Monday.", &["Harbour Wire"]),
        Some("2026-03-16"),
    );
    summit.development.place = Some(place("Port Saleh"));
    let undated = planned(history(8, Kind::MEETING, "A second round is planned.", &["Corvel Post"]), None);
    vec![talks, strike, shelling, off, said, election, summit, undated]
}

#[test]
fn what_the_owner_watches_comes_first_and_is_told_even_where_doubtful() {
    let doubtful = |id: i64| {
        let mut history = history(id, Kind::STRIKE, &format!("Strike {id} hit a port."), &["A"]);
        history.reports[0].mention.score = 0.3;
        history
    };
    let mut quay = doubtful(1);
    quay.development.place = Some(Place { country: Some("KE".into()), ..place("Port Saleh") });
    let mut envoy = history(2, Kind::STATEMENT, "The port stays open, its master said.", &["A"]);
    envoy.development.actors = vec![Actor {
        name: "Ada Morn".into(),
        key: "morn".into(),
        role: ActorRole::Person,
        country: None,
        literal: "Ada Morn".into(),
    }];
    let told = |names: &[(&str, Option<&str>)]| {
        let watched = names
            .iter()
            .map(|(name, country)| Watched { name: (*name).to_owned(), country: country.map(str::to_owned) });
        let other = history(3, Kind::STRIKE, "A strike hit a mill.", &["B"]);
        let histories = vec![quay.clone(), envoy.clone(), doubtful(4), other];
        let wishes = Wishes { watched: watched.collect(), ..Wishes::default() };
        let digest = select(Input { wishes, ..input(histories) });
        digest.items.iter().map(|item| (item.development.0, item.rank)).collect::<Vec<_>>()
    };
    let ids = |told: &[(i64, f64)]| told.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    let rank = |told: &[(i64, f64)], id: i64| told.iter().find(|(i, _)| *i == id).unwrap().1;
    let plain = told(&[]);
    assert_eq!(ids(&plain), [3, 2]);
    for watched in [("port saleh", None), ("Kenya", Some("KE"))] {
        assert_eq!(ids(&told(&[watched])), [1, 3, 2], "{watched:?}");
    }
    let morn = told(&[("Morn", None)]);
    assert_eq!(ids(&morn), [3, 2]);
    assert!(rank(&morn, 2) > rank(&plain, 2) + 1.0);
    assert!((rank(&morn, 3) - rank(&plain, 3)).abs() < 1e-9);
}

#[test]
fn a_full_digest_has_key_developments_sections_and_what_is_coming_up() {
    let mut digest = select(Input { subscriber: None, ..input(full()) });
    digest.more = 2;
    insta::assert_snapshot!("full_html", messages(&digest));
    insta::assert_snapshot!("full_text", text(&digest));
}

#[test]
fn an_update_says_what_changed_from_what_the_reader_was_told() {
    let mut strike = full().remove(1);
    change(&mut strike, "killed", "3", "5", "Corvel", "2026-03-10T08:00:00Z");
    change(&mut strike, "killed", "5", "8", "Meridian", "2026-03-11T08:00:00Z");
    change(&mut strike, "killed", "8", "9", "Bay", "2026-03-11T09:00:00Z");
    let mut moved = full().remove(6);
    change(&mut moved, "date", "2026-03-14", "2026-03-16", "Bay", "2026-03-11T10:00:00Z");
    let digest = select(told(input(vec![strike, moved]), &[(2, 0), (2, 1250), (7, 0)]));
    assert_eq!(digest.items[0].badge, Badge::Update);
    assert_eq!(
        (digest.items[0].changes[0].was.as_str(), digest.items[0].changes[0].now.as_str()),
        ("5", "9")
    );
    assert_eq!(digest.totals.updated, 2);
    insta::assert_snapshot!("update_html", messages(&digest));
    insta::assert_snapshot!("update_text", text(&digest));
}

#[test]
fn nothing_new_is_one_line_and_only_if_the_sources_could_be_read() {
    let digest = select(input(vec![]));
    assert_eq!(digest.notice(), Some(Notice::NothingNew));
    insta::assert_snapshot!("nothing_html", messages(&digest));

    let mut unread = input(vec![]);
    unread.totals.unreachable = 2;
    let digest = select(unread);
    assert_eq!(digest.notice(), Some(Notice::Unreachable));
    insta::assert_snapshot!("unreachable_html", messages(&digest));

    let mut added = input(vec![]);
    added.totals.unread = 1;
    let digest = select(added);
    assert_eq!(digest.notice(), Some(Notice::Unread));
    assert!(messages(&digest).contains("1 of 5 sources has not been read yet."), "{}", messages(&digest));

    let mut none = input(vec![]);
    none.totals = Totals::default();
    assert_eq!(select(none).notice(), Some(Notice::NoSources));
}

#[test]
fn a_digest_with_items_also_says_which_sources_could_not_be_read() {
    let mut unread = input(full());
    unread.totals.unreachable = 1;
    assert!(html(&select(unread)).contains("1 of 5 sources could not be read"));
}

#[test]
fn hostile_titles_are_shown_as_they_are_and_inject_nothing() {
    let long = "word ".repeat(2000);
    let titles = [
        "<script>alert(1)</script> & \"quotes\" </b></a>",
        "\u{202e}evil reversed\u{2066} مرحبا",
        "😀😀😀",
        long.trim(),
        "two\n\nparagraphs\0 and a control",
        "\u{200f}marks of \u{200e}direction",
        "{{ digest }} {% raw %}",
    ];
    let histories: Vec<History> = titles
        .iter()
        .zip(1..)
        .map(|(title, id)| {
            let mut history = history(id, Kind::STATEMENT, title, &["A <b>&\" outlet"]);
            history.reports[0].url = "https://news.example/\"><script>?a=1&b=2".into();
            history
        })
        .collect();
    let digest = select(input(histories));
    let html = html(&digest);
    assert_eq!(digest.items.len(), titles.len());
    assert!(!html.contains("<script") && !html.contains(['\u{202e}', '\u{200f}', '\u{200e}', '\0']));
    let parts = parts::split(&html);
    assert!(parts.iter().all(|part| parts::visible_units(part) <= 4096));
    insta::assert_snapshot!("hostile_html", messages(&digest));
}

#[test]
fn a_link_that_no_reader_could_open_is_only_named() {
    let mut history = history(1, Kind::STATEMENT, "The port stays open, its master said.", &["Corvel Post"]);
    history.reports[0].url = "javascript:alert(1)".into();
    let html = html(&select(input(vec![history])));
    assert!(html.contains("Corvel Post") && !html.contains("javascript"));
}

#[test]
fn a_development_stands_in_one_place_only() {
    let digest = select(input(full()));
    let mut ids: Vec<_> = digest.told().into_iter().map(|(id, _)| id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 8);
    assert_eq!(digest.coming_up.iter().map(|item| item.development.0).collect::<Vec<_>>(), [7, 8]);
    assert!(digest.items.iter().all(|item| item.development.0 < 7));
    assert_eq!(digest.items.iter().filter(|item| item.key).count(), 3);
}

#[test]
fn what_was_told_is_not_told_again_without_a_change() {
    let all: Vec<(i64, i64)> = (1..=8).map(|id| (id, 0)).collect();
    let digest = select(told(input(full()), &all));
    assert!(digest.items.is_empty());
    assert_eq!(digest.notice(), Some(Notice::NothingNew));
    // The calendar still shows what has a day ahead, but not as new.
    assert_eq!(digest.coming_up.len(), 1);
    assert_eq!(digest.coming_up[0].badge, Badge::Planned);
}

#[test]
fn a_sentence_that_tells_two_developments_is_told_once_and_counts_for_both() {
    let said = "Arlund's president Ada Morn said she met the premier of Bessaria in Corvel.";
    let meeting = history(1, Kind::MEETING, said, &["Corvel Post", "Bay Radio"]);
    let statement = history(2, Kind::STATEMENT, said, &["Corvel Post"]);
    let digest = select(input(vec![meeting, statement]));
    assert_eq!((digest.items.len(), digest.totals.new), (1, 1));
    assert_eq!(digest.items[0].kind, Kind::MEETING);
    assert_eq!(digest.told().iter().map(|(id, _)| id.0).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_sentence_reads_well_alone() {
    let said = |evidence: &str| {
        let mut history = history(1, Kind::STATEMENT, evidence, &["Corvel Post"]);
        history.reports[0].mention.speaker = Some(Actor {
            name: "Ada Morn".into(),
            key: "morn".into(),
            role: ActorRole::Person,
            country: None,
            literal: "Morn".into(),
        });
        select(input(vec![history])).items.remove(0).text
    };
    assert_eq!(said("She said the port stays open."), "Ada Morn said the port stays open.");
    assert_eq!(said("But the port stays open, Morn said."), "The port stays open, Morn said.");
    assert_eq!(said("It stays open, Morn said."), "It stays open, Morn said.");
}

#[test]
fn of_an_events_reports_the_one_that_stands_alone_and_has_the_newest_facts_gives_the_sentence() {
    let mut strike = history(1, Kind::STRIKE, "The attack came as talks went on.", &["One", "Two", "Three"]);
    strike.development.killed = Some(toll(9));
    for (i, (evidence, killed)) in
        [("A drone killed five in Ostmark.", 5), ("A drone killed nine in Ostmark.", 9)]
            .into_iter()
            .enumerate()
    {
        strike.reports[i + 1].mention.evidence = evidence.into();
        strike.reports[i + 1].mention.killed = Some(toll(killed));
    }
    let item = select(input(vec![strike])).items.remove(0);
    assert_eq!(
        (item.text.as_str(), item.links[0].outlet.as_str()),
        ("A drone killed nine in Ostmark.", "Three")
    );
}

#[test]
fn a_day_that_no_words_stand_behind_is_not_shown() {
    let mut talks = history(1, Kind::MEETING, "Ministers met in Corvel.", &["Corvel Post"]);
    talks.development.when = Some(when("2026-03-11", ""));
    assert_eq!(select(input(vec![talks.clone()])).items[0].when, None);
    talks.development.when = Some(when("2026-03-11", "late Wednesday"));
    assert!(text(&select(input(vec![talks.clone()]))).contains("Wed 11 Mar"));
    talks.reports[0].mention.evidence = "Ministers met in Corvel on March 11.".into();
    assert_eq!(select(input(vec![talks])).items[0].when, None);
}

#[test]
fn a_plan_whose_day_has_gone_by_is_dropped() {
    let past = planned(history(1, Kind::MEETING, "They will meet on Monday.", &["A"]), Some("2026-03-11"));
    let digest = select(input(vec![past]));
    assert!(digest.items.is_empty() && digest.coming_up.is_empty());
}

#[test]
fn a_planned_meeting_that_took_place_is_told_as_an_update() {
    let mut held = history(1, Kind::MEETING, "They will meet on Wednesday.", &["Corvel Post"]);
    held.reports[0].mention.status = Status::Planned;
    change(&mut held, "status", "planned", "occurred", "Meridian", "2026-03-11T18:00:00Z");
    held.reports[1].mention.status = Status::Occurred;
    held.reports[1].mention.evidence = "The two sides met for six hours.".into();
    let digest = select(told(input(vec![held]), &[(1, 0)]));
    assert!(digest.coming_up.is_empty());
    assert_eq!(digest.items[0].badge, Badge::Update);
    assert_eq!(digest.items[0].text, "The two sides met for six hours.");
    assert_eq!(digest.items[0].links[0].outlet, "Meridian");
}

#[test]
fn an_update_is_told_in_the_words_of_the_report_that_brought_it() {
    let mut talks =
        history(1, Kind::MEETING, "Ministers hold talks in Corvel on the corridor", &["Corvel Post"]);
    change(&mut talks, "outcome", "unknown", "no breakthrough", "Meridian", "2026-03-11T18:00:00Z");
    talks.reports[1].mention.evidence = "Talks in Corvel close with no breakthrough".into();
    let item = select(told(input(vec![talks]), &[(1, 0)])).items.remove(0);
    assert_eq!(item.text, "Talks in Corvel close with no breakthrough");
    assert_eq!(item.links[0].url, item.changes[0].source.as_ref().unwrap().url);
}

#[test]
fn a_new_reader_gets_an_older_development_that_changed_as_new_with_its_newest_facts() {
    let mut strike = full().remove(1);
    strike.reports.iter_mut().for_each(|report| report.found_at = at("2026-03-02T08:00:00Z"));
    change(&mut strike, "killed", "3", "5", "Meridian", "2026-03-11T08:00:00Z");
    let digest = select(input(vec![strike]));
    assert_eq!(digest.items[0].badge, Badge::New);
    assert!(digest.items[0].changes.is_empty());
    assert_eq!(digest.told(), [(DevelopmentId(2), [1250].as_slice())]);
}

#[test]
fn background_the_doubtful_and_mere_repeats_are_left_out() {
    let mut background = history(1, Kind::STRIKE, "A year ago a strike hit the town.", &["A"]);
    background.development.background = true;
    let mut doubtful = history(2, Kind::STRIKE, "Something may have struck something.", &["A"]);
    doubtful.reports[0].mention.score = 0.2;
    let mut repeat = history(3, Kind::STRIKE, "The depot still burns.", &["A"]);
    repeat.reports[0].relation = Relation::Repeat;
    assert!(select(input(vec![background, doubtful, repeat])).items.is_empty());
}

#[test]
fn twenty_copies_of_one_agency_text_are_one_source() {
    let names: Vec<String> = (0..20).map(|i| format!("Outlet {i}")).collect();
    let outlets: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut copies = history(1, Kind::STRIKE, "A missile hit the port.", &outlets);
    copies.reports.iter_mut().for_each(|report| report.origin = Some(7));
    let digest = select(input(vec![copies.clone()]));
    assert_eq!((digest.items[0].origins, digest.items[0].links.len()), (1, 20));
    assert_eq!(digest.items[0].marks, [Mark::OneSource]);

    copies.reports[3].origin = None;
    copies.reports[4].origin = Some(8);
    let digest = select(input(vec![copies]));
    assert_eq!(
        (digest.items[0].origins, digest.items[0].marks.as_slice()),
        (3, [Mark::Confirmed].as_slice())
    );
}

#[test]
fn a_lower_toll_after_a_higher_one_is_disputed_and_a_rising_one_is_not() {
    let mut strike = history(1, Kind::STRIKE, "A missile hit the port.", &["Early", "Late"]);
    let outlet_toll = |outlet: &str, value, report| OutletToll {
        outlet: outlet.into(),
        field: "killed".into(),
        value,
        at_least: false,
        report,
    };
    strike.tolls = vec![outlet_toll("Early", 9, 100), outlet_toll("Late", 4, 101)];
    let digest = select(input(vec![strike.clone()]));
    assert!(digest.items[0].marks.contains(&Mark::Disputed));
    assert!(text(&digest).contains("❗ Killed: 4 (Late) – 9 (Early)"), "{}", text(&digest));

    strike.tolls = vec![outlet_toll("Early", 4, 100), outlet_toll("Late", 9, 101)];
    assert!(select(input(vec![strike])).items[0].disputes.is_empty());
}

#[test]
fn about_a_dozen_items_are_told_and_the_rest_is_counted_not_marked_as_told() {
    let many = (1..=40).map(|id| history(id, Kind::STATEMENT, &format!("Speaker {id} spoke."), &["A", "B"]));
    let digest = select(input(many.collect()));
    assert_eq!((digest.items.len(), digest.more, digest.totals.new), (BUDGET, 28, 40));
    assert_eq!(digest.told().len(), BUDGET);
}

#[test]
fn no_more_than_two_in_a_row_are_from_one_source_while_another_has_something() {
    let mut many: Vec<History> =
        (1..=6).map(|id| history(id, Kind::STRIKE, &format!("Strike {id} hit a port."), &["A"])).collect();
    many.extend((7..=9).map(|id| history(id, Kind::STRIKE, &format!("Strike {id} hit a port."), &["B"])));
    for history in &mut many[..6] {
        history.development.killed = Some(toll(50));
    }
    let digest = select(input(many));
    let outlets: Vec<&str> = digest.items.iter().map(|item| item.links[0].outlet.as_str()).collect();
    assert_eq!(outlets, ["A", "A", "B", "A", "A", "B", "A", "A", "B"]);
}

#[test]
fn a_reader_of_one_kind_gets_that_kind_only() {
    let digest = select(wishing(Wishes { kinds: vec![Kind::STRIKE], ..Wishes::default() }, full()));
    assert!(digest.coming_up.is_empty());
    assert_eq!(digest.items.len(), 2);
}

#[test]
fn a_frozen_digest_reads_back_as_it_was_and_its_json_has_the_sources_as_urls() {
    let digest = select(input(full()));
    let frozen = serde_json::to_value(&digest).unwrap();
    assert_eq!(serde_json::from_value::<Digest>(frozen).unwrap(), digest);
    let json = digest.to_json().unwrap();
    for item in json["items"].as_array().unwrap().iter().chain(json["coming_up"].as_array().unwrap()) {
        assert!(item["sources"][0].as_str().unwrap().starts_with("https://"));
        assert!(item["changes"].is_array() && item["badge"].is_string() && item["text"].is_string());
    }
    assert_eq!(json["edition"], "2026-03-12");
    assert_eq!(json["window"][1], EDITION);
}

#[test]
fn an_owners_templates_replace_the_built_in_ones_and_their_faults_are_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("digest.txt"), "{{ date }}: {{ totals.new }} new").unwrap();
    let digest = select(input(full()));
    let templates = Templates::load(Some(folder.path())).unwrap();
    assert_eq!(templates.text(&digest).unwrap(), "Thu 12 Mar 2026: 8 new");
    assert_eq!(tidings::digest::render::check(Some(folder.path())), Vec::<String>::new());

    std::fs::write(folder.path().join("digest.html"), "{% for %}").unwrap();
    std::fs::write(folder.path().join("digest.txt"), "{{ no_such_name }}").unwrap();
    let problems = tidings::digest::render::check(Some(folder.path()));
    assert!(problems[0].contains("digest.html"), "{problems:?}");
    std::fs::write(folder.path().join("digest.html"), "<script>{{ date }}</script>").unwrap();
    let problems = tidings::digest::render::check(Some(folder.path()));
    assert!(problems.iter().any(|p| p.contains("digest.html") && p.contains("script")), "{problems:?}");
    assert!(problems.iter().any(|p| p.contains("digest.txt")), "{problems:?}");
    for (fault, named) in [
        ("<b>{{ date }}", "<b> is not closed"),
        ("{{ date }}</i>", "</i> closes none"),
        ("{{ t('digest-no-such-word') }}", "digest-no-such-word"),
    ] {
        std::fs::write(folder.path().join("digest.html"), fault).unwrap();
        let problems = tidings::digest::render::check(Some(folder.path()));
        assert!(problems.iter().any(|p| p.contains("digest.html") && p.contains(named)), "{problems:?}");
    }
    assert_eq!(tidings::digest::render::check(None), Vec::<String>::new());
}

#[test]
fn a_digest_of_one_thing_is_light() {
    insta::assert_snapshot!("light_html", messages(&select(input(full()[..1].to_vec()))));
}

#[test]
fn a_long_digest_is_parted_between_items() {
    let body = "The envoys of the two sides spoke about the corridor, the port and the prisoners for hours ";
    let many = (1..=40).map(|id| {
        let outlets: Vec<String> = (0..3).map(|n| format!("Outlet {}", (id + n) % 7)).collect();
        let outlets: Vec<&str> = outlets.iter().map(String::as_str).collect();
        let kind = if id % 2 == 0 { Kind::MEETING } else { Kind::STRIKE };
        history(id, kind, &format!("{}in town {id}.", body.repeat(5)), &outlets)
    });
    let digest = select(input(many.collect()));
    assert!(parts::split(&html(&digest)).len() > 1);
    insta::assert_snapshot!("long_html", messages(&digest));
}

#[test]
fn what_an_admin_took_back_is_told_once_with_the_reason_and_what_it_was() {
    let told = select(input(full()[1..2].to_vec())).items.remove(0);
    let withdrawn = Withdrawn {
        development: told.development,
        text: told.text,
        told: day("2026-03-10"),
        why: Some("The depot is in another country & <b>older</b>".into()),
        links: told.links,
    };
    let digest = select(Input { withdrawn: vec![withdrawn], ..input(vec![]) });
    assert_eq!(digest.notice(), None);
    assert_eq!(digest.told(), [(DevelopmentId(2), [-1].as_slice())]);
    insta::assert_snapshot!("withdrawn_html", messages(&digest));
    insta::assert_snapshot!("withdrawn_text", text(&digest));
}

#[test]
fn a_digest_that_stands_for_editions_that_did_not_come_says_so_in_every_language() {
    let said = |language: Language, covers: &[&str]| {
        let covers = covers.iter().map(|text| at(text)).collect();
        let digest = select(Input { language, covers, ..input(vec![]) });
        let page = html(&digest);
        // Below the first lines, in the same paragraph.
        page.lines().take_while(|line| !line.is_empty()).last().unwrap().to_owned()
    };
    let days = ["2026-03-07T05:00:00Z", "2026-03-10T05:00:00Z", "2026-03-11T05:00:00Z"];
    // By the hour, where a day has several, or had one that came.
    let hours = ["2026-03-10T05:00:00Z", "2026-03-10T17:00:00Z"];
    let month: Vec<String> = (1..=21).map(|day| format!("2026-02-{day:02}T05:00:00Z")).collect();
    let month: Vec<&str> = month.iter().map(String::as_str).collect();
    let lines: Vec<String> = Language::ALL
        .into_iter()
        .flat_map(|language| {
            [&days[2..], &days[1..], &days[..], &hours[..], &month[..]].map(|covers| said(language, covers))
        })
        .collect();
    insta::assert_snapshot!("covers_html", lines.join("\n"));

    let mut digest = select(Input { covers: vec![at(days[2])], ..input(full()) });
    assert!(
        text(&digest)
            .contains("\nThis digest also covers the edition of Wed 11 Mar, which could not be sent.\n")
    );
    assert_eq!(digest.to_json().unwrap()["covers"], serde_json::json!(["2026-03-11T05:00:00Z"]));
    digest.covers.clear();
    assert!(!text(&digest).contains("also covers") && !html(&digest).contains("also covers"));
}

#[test]
fn what_stands_after_all_says_what_was_told_and_that_it_was_taken_back() {
    let told = select(input(full()[1..2].to_vec())).items.remove(0);
    let restored = Withdrawn {
        development: told.development,
        text: told.text,
        told: day("2026-03-10"),
        why: None,
        links: told.links,
    };
    let digest = select(Input { restored: vec![restored], ..input(vec![]) });
    assert_eq!(digest.notice(), None);
    assert!(digest.told().is_empty(), "it was told long ago");
    insta::assert_snapshot!("restored_html", messages(&digest));
    insta::assert_snapshot!("restored_text", text(&digest));
}

fn of_story(mut history: History, story: i64) -> History {
    history.story = Some(story);
    history
}

fn known_story(name: &str, last: &str, earlier: i64) -> StoryTold {
    let developments = (1..=earlier).map(|n| Earlier {
        development: DevelopmentId(100 + n),
        day: day("2026-02-20") + TimeDelta::days(n),
        text: format!("Round {n} of the talks ended. {}", "And so on. ".repeat(40)),
    });
    StoryTold { name: name.into(), last: day(last), developments: developments.collect() }
}

#[test]
fn a_storys_first_item_has_what_the_reader_was_told_of_it_and_quiet_stories_fade_out() {
    let stories = HashMap::from([
        (1, known_story("Arlund – Bessaria", "2026-03-10", 6)),
        (2, known_story("Corvel – Karo <Front>", "2026-03-08", 2)),
        (3, known_story("Lindholm – Tessaly", "2026-03-01", 1)),
    ]);
    let mut histories = full()[..2].to_vec();
    histories.iter_mut().for_each(|history| history.story = Some(1));
    let digest = select(Input { stories, ..input(histories) });
    let earlier: Vec<Vec<i64>> = digest
        .items
        .iter()
        .map(|item| item.history.iter().map(|earlier| earlier.development.0).collect())
        .collect();
    assert_eq!(earlier, [vec![103, 104, 105, 106], vec![]]);
    let quiet: Vec<i64> = digest.unchanged.iter().map(|story| story.story).collect();
    assert_eq!(quiet, [2], "3 was last told of more than a week ago");
    insta::assert_snapshot!("story_html", messages(&digest));
    insta::assert_snapshot!("story_text", text(&digest));
}

#[test]
fn a_quiet_story_is_no_news_and_a_muted_one_is_not_named() {
    let stories = HashMap::from([(2, known_story("Corvel – Karo", "2026-03-08", 2))]);
    let digest = select(Input { stories: stories.clone(), ..input(vec![]) });
    assert_eq!((digest.notice(), digest.unchanged.len()), (Some(Notice::NothingNew), 1));
    let wishes = Wishes { muted_stories: [2].into(), ..Wishes::default() };
    let muted = select(Input { stories, wishes, ..input(vec![of_story(full().remove(0), 2)]) });
    assert!(muted.items.is_empty() && muted.unchanged.is_empty());
}

#[test]
fn a_story_with_something_coming_up_is_not_one_without_change() {
    let stories = HashMap::from([
        (1, known_story("Arlund – Bessaria", "2026-03-10", 1)),
        (2, known_story("Corvel – Karo", "2026-03-08", 1)),
    ]);
    let talks = history(1, Kind::MEETING, "Arlund and Bessaria will meet on Monday.", &["Wire"]);
    let talks = of_story(planned(talks, Some("2026-03-16")), 1);
    let digest = select(Input { stories, ..told(input(vec![talks]), &[(1, 0)]) });
    assert_eq!(digest.coming_up.iter().map(|item| item.badge).collect::<Vec<_>>(), [Badge::Planned]);
    let quiet: Vec<i64> = digest.unchanged.iter().map(|story| story.story).collect();
    assert_eq!(quiet, [2]);
}

#[test]
fn no_story_has_more_than_four_items_and_no_outlet_floods_a_digest() {
    let of =
        |id: i64, outlet: &str| history(id, Kind::STRIKE, &format!("Strike {id} hit a port."), &[outlet]);
    let mut many: Vec<History> = (1..=20).map(|id| of(id, "Loud")).collect();
    many.iter_mut().for_each(|history| history.development.killed = Some(toll(90)));
    many[..8].iter_mut().for_each(|history| history.story = Some(7));
    many.extend((21..=24).map(|id| of(id, &format!("Quiet {id}"))));
    let digest = select(input(many));
    let of_story = digest.items.iter().filter(|item| item.story == Some(7)).count();
    let quiet = digest.items.iter().filter(|item| item.links[0].outlet != "Loud").count();
    assert_eq!((digest.items.len(), of_story, quiet, digest.more), (BUDGET, 4, 4, 12));
}

#[test]
fn a_reader_of_topics_gets_what_has_their_words_and_a_topic_ranks_up_for_all() {
    let told = |wishes: Wishes| {
        let digest = select(wishing(wishes, full()));
        let mut ids: Vec<i64> = digest.told().iter().map(|(id, _)| id.0).collect();
        ids.sort_unstable();
        ids
    };
    let only = |words: &[&str]| {
        told(Wishes { only: words.iter().map(|w| (*w).to_owned()).collect(), ..Wishes::default() })
    };
    assert_eq!(only(&["Grain Corridor"]), [1]);
    assert_eq!(only(&["grain", "ostmark"]), [1, 3]);
    assert_eq!(only(&["tessaly"]), [2], "the place counts");
    assert!(only(&["grai"]).is_empty(), "whole words alone");

    let rank = |favoured: &[&str]| {
        let favoured = favoured.iter().map(|w| (*w).to_owned()).collect();
        let digest = select(wishing(Wishes { favoured, ..Wishes::default() }, full()));
        digest.items.iter().find(|item| item.development.0 == 3).unwrap().rank
    };
    assert!(rank(&["ostmark"]) > rank(&[]));
}

#[test]
fn muted_names_are_left_out_and_watched_stories_rank_up() {
    let name = |name: &str| Watched { name: name.into(), country: None };
    let digest = select(wishing(Wishes { muted: vec![name("tessaly")], ..Wishes::default() }, full()));
    assert!(digest.items.iter().all(|item| item.development.0 != 2));
    let rank = |watched_stories| {
        let mut histories = full();
        histories[5].story = Some(3);
        let digest = select(wishing(Wishes { watched_stories, ..Wishes::default() }, histories));
        digest.items.iter().find(|item| item.development.0 == 6).unwrap().rank
    };
    assert!(rank([3].into()) > rank([].into()) + 1.0);
}

#[test]
fn who_asks_for_two_sources_is_told_when_the_second_comes() {
    let mut late = history(1, Kind::STRIKE, "A missile hit the port.", &["Early", "Late"]);
    late.reports[0].found_at = at("2026-03-10T08:00:00Z");
    late.reports[1].found_at = at("2026-03-11T18:00:00Z");
    let alone = history(2, Kind::STRIKE, "A missile hit the mill.", &["Early"]);
    let told = |min_sources| {
        let wishes = Wishes { min_sources, ..Wishes::default() };
        let digest = select(wishing(wishes, vec![late.clone(), alone.clone()]));
        digest.items.iter().map(|item| item.development.0).collect::<Vec<_>>()
    };
    assert_eq!(told(1), [2], "the first was news before the window");
    assert_eq!(told(2), [1]);
    assert!(told(3).is_empty());
}

#[test]
fn an_earlier_stage_of_a_toll_is_no_dispute() {
    let mut strike = history(1, Kind::STRIKE, "A missile hit the port.", &["First", "Second", "Slow"]);
    for (report, killed) in strike.reports.iter_mut().zip([4, 9, 4]) {
        report.mention.killed = Some(toll(killed));
    }
    let outlet_toll = |outlet: &str, value, report| OutletToll {
        outlet: outlet.into(),
        field: "killed".into(),
        value,
        at_least: false,
        report,
    };
    strike.tolls = vec![outlet_toll("Second", 9, 101), outlet_toll("Slow", 4, 102)];
    assert!(select(input(vec![strike.clone()])).items[0].disputes.is_empty());
    // Two was never said while it rose.
    strike.tolls[1].value = 2;
    strike.reports[2].mention.killed = Some(toll(2));
    let digest = select(input(vec![strike]));
    assert_eq!(digest.items[0].disputes[0].low.0, 2);
    let text = text(&digest);
    for url in ["https://second.example/1", "https://slow.example/1"] {
        assert!(text.contains(url), "{text}");
    }
}

#[test]
fn talks_that_a_quotation_announces_are_told_once() {
    let mut talks =
        history(1, Kind::MEETING, "Envoys will meet in Corvel on Monday, Ada Morn said.", &["Corvel Post"]);
    talks = planned(talks, Some("2026-03-16"));
    talks.reports[0].mention.place = Some(place("Corvel"));
    talks.reports[0].mention.when = Some(when("2026-03-16", "on Monday"));
    let mut said = history(
        2,
        Kind::STATEMENT,
        "“We will sit down in Corvel on Monday, and not rise without a paper,” Ada Morn said.",
        &["Corvel Post"],
    );
    said.reports[0].url = talks.reports[0].url.clone();
    said.reports[0].mention.quote = Some("We will sit down in Corvel on Monday".into());
    let told = |talks: &History| {
        let digest = select(input(vec![talks.clone(), said.clone()]));
        (digest.items.len(), digest.coming_up.len())
    };
    assert_eq!(told(&talks), (0, 1));
    // Beside what has happened the words are news.
    talks.reports[0].mention.status = Status::Occurred;
    talks.development.status = Status::Occurred;
    assert_eq!(told(&talks), (2, 0));
}

#[test]
fn a_sentence_that_names_a_day_has_the_date_of_its_publication_beside_it() {
    let said =
        history(1, Kind::STATEMENT, "The port stays open, its master said on Tuesday.", &["Corvel Post"]);
    let digest = select(input(vec![said]));
    assert_eq!(digest.items[0].published, Some(day("2026-03-11")));
    assert!(html(&digest).contains("published Wed 11 Mar"));
}

#[test]
fn what_is_large_is_told_at_once() {
    let of =
        |id: i64, outlets: &[&str]| history(id, Kind::STRIKE, &format!("Strike {id} hit a port."), outlets);
    let large = |input: &Input| -> Vec<i64> {
        let digest = alert::alert(input);
        digest.iter().flat_map(|digest| &digest.items).map(|item| item.development.0).collect()
    };
    let three = of(1, &["A", "B", "C"]);
    let two = of(2, &["A", "B"]);
    let mut deadly = of(3, &["A"]);
    deadly.development.killed = Some(toll(50));
    let mut plan = planned(of(4, &["A", "B", "C"]), Some("2026-03-16"));
    plan.development.kind = Kind::MEETING;
    let said = history(5, Kind::STATEMENT, "The port stays open, Ada Morn said.", &["A", "B", "C"]);
    let all = vec![three, two, deadly, plan, said];
    assert_eq!(large(&input(all.clone())), [3, 1]);
    assert_eq!(large(&told(input(all.clone()), &[(3, 0)])), [1], "once told, its updates wait");
    let mut watched = all.clone();
    watched[1].development.place = Some(place("Port Saleh"));
    let wishes =
        Wishes { watched: vec![Watched { name: "Port Saleh".into(), country: None }], ..Wishes::default() };
    assert_eq!(large(&wishing(wishes, watched)), [2, 3, 1]);
    assert_eq!(alert::alert(&input(vec![])), None);
    let digest = alert::alert(&input(all)).unwrap();
    insta::assert_snapshot!("alert_html", messages(&digest));
}

/// What a reader sees of Telegram HTML; panics unless its tags are known and balanced.
fn seen(html: &str) -> String {
    let mut open: Vec<&str> = Vec::new();
    let mut seen = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').expect("a tag that ends");
        seen.push_str(&rest[..start]);
        let tag = &rest[start + 1..end];
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None => open.push(tag.split(' ').next().unwrap()),
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{open:?}");
    assert_eq!(parts::faults(html), Vec::<String>::new());
    seen.push_str(rest);
    seen.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_articles_hold_every_item_is_told_in_messages_that_telegram_takes(
        told in prop::collection::vec((any::<String>(), any::<String>(), any::<String>(), 0..4usize), 0..20),
    ) {
        let kinds = [Kind::MEETING, Kind::STRIKE, Kind::STATEMENT, Kind("élection <i>".into())];
        let histories = told.iter().zip(1..).map(|((text, outlet, place_name, kind), id)| {
            let mut history = history(id, kinds[*kind].clone(), text, &[outlet.as_str(), "Corvel Post"]);
            history.development.place = Some(place(place_name));
            history
        });
        let digest = select(input(histories.collect()));
        let html = html(&digest);
        let parts = parts::split(&html);
        for part in &parts {
            prop_assert!(parts::visible_units(part) <= 4096 && part.len() <= 32_768);
            seen(part);
        }
        let all = seen(&html);
        for item in &digest.items {
            prop_assert!(all.contains(&item.text), "{:?} is not in {:?}", item.text, all);
        }
    }
}

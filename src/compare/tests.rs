//! What is told of running stories: invented people, real rules.

use chrono::NaiveTime;

use super::*;
use crate::model::{Actor, ActorRole, Kind, Place, PlaceLevel, Precision, Relation, When};

/// Context, told apart from news.
mod context;
/// Stories that run on.
mod follow;
/// Towns of one name.
mod namesakes;
/// The order of articles, their repetition, and what later ones show of earlier ones.
mod order;
/// What is taken back, corrected, summed up or spoken of.
mod revise;

/// Keeps what a store would keep, and finds candidates by the same keys.
#[derive(Default)]
struct Archive {
    known: Vec<Known>,
    /// Which developments were merged into which.
    merged: Vec<(DevelopmentId, DevelopmentId)>,
    next: i64,
}

impl Archive {
    fn tell(&mut self, outlet: &str, day: &str, mentions: &[Mention]) -> Vec<Report> {
        let published = date(day).and_time(NaiveTime::MIN).and_utc();
        let at = Context { published, outlet: outlet.to_owned() };
        let wanted: Vec<String> = mentions.iter().flat_map(|m| keys(m, published)).collect();
        let found = self.known.iter().filter(|k| keys_of(&k.facts).iter().any(|key| wanted.contains(key)));
        let Comparison { mut reports, others, moves, merges } =
            article(mentions, &at, found.cloned().collect());
        let mut stored = std::collections::HashMap::new();
        for facts in reports.iter().map(|r| &r.facts).chain(&others) {
            let id = *stored.entry(facts.id).or_insert_with(|| {
                self.next += i64::from(facts.id.0 < 1);
                if facts.id.0 < 1 { DevelopmentId(self.next) } else { facts.id }
            });
            let facts = Development { id, ..facts.clone() };
            match self.known.iter_mut().find(|k| k.facts.id == id) {
                Some(known) => known.facts = facts,
                None => self.known.push(Known { facts, tolls: vec![], told_here: false }),
            }
        }
        for report in &mut reports {
            report.facts.id = stored[&report.facts.id];
            let known = self.known.iter_mut().find(|k| k.facts.id == report.facts.id).expect("it is known");
            for (field, toll) in &report.tolls {
                known.tolls.retain(|t| t.outlet != outlet || t.field != *field);
                let outlet = outlet.to_owned();
                known.tolls.push(OutletToll { outlet, field: *field, value: toll.value, published });
            }
        }
        let of = |id| stored.get(&id).copied().unwrap_or(id);
        for (from, to) in moves.iter().map(|m| (m.from, m.to)) {
            assert!(self.known.iter().any(|k| k.facts.id == of(from) || k.facts.id == of(to)));
        }
        for merge in merges {
            self.merged.push((of(merge.from), of(merge.into)));
            self.known.retain(|k| k.facts.id != of(merge.from));
        }
        reports
    }

    /// The outlets that told each development, with its facts: one line each, in an order of their own.
    fn groups(&self) -> Vec<String> {
        let line = |k: &Known| {
            let mut outlets: Vec<&str> = k.facts.memory.latest.iter().map(|t| t.outlet.as_str()).collect();
            outlets.sort_unstable();
            let value = |t: &Option<Toll>| t.as_ref().map(|t| t.value);
            let place = k.facts.place.as_ref().map(|p| p.name.as_str());
            let when = k.facts.when.as_ref().map(|w| (w.from, w.to));
            let tolls = (value(&k.facts.killed), value(&k.facts.wounded));
            format!("{outlets:?} {} {:?} {place:?} {when:?} {tolls:?}", k.facts.kind, k.facts.status)
        };
        let mut lines: Vec<String> = self.known.iter().map(line).collect();
        lines.sort();
        lines
    }

    fn one(&mut self, outlet: &str, day: &str, mention: Mention) -> Report {
        let mut reports = self.tell(outlet, day, &[mention]);
        assert_eq!(reports.len(), 1);
        reports.remove(0)
    }
}

fn date(day: &str) -> NaiveDate {
    day.parse().expect("a day")
}

fn actor(name: &str, role: ActorRole, country: Option<&str>) -> Actor {
    let key = name.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    Actor { name: name.into(), key, role, country: country.map(Into::into), literal: name.into() }
}

fn person(name: &str, country: &str) -> Actor {
    actor(name, ActorRole::Person, Some(country))
}

fn country(name: &str, code: &str) -> Actor {
    actor(name, ActorRole::Country, Some(code))
}

fn city(name: &str, country: &str) -> Place {
    let country = Some(country.into());
    Place { name: name.into(), country, region: None, level: PlaceLevel::City, literal: name.into() }
}

fn land(name: &str, code: &str) -> Place {
    Place { level: PlaceLevel::Country, ..city(name, code) }
}

fn toll(value: u32) -> Toll {
    Toll { value, at_least: false, literal: value.to_string() }
}

fn mention(kind: Kind, evidence: &str) -> Mention {
    let words = evidence
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() > 3)
        .map(|w| w.to_lowercase().trim_end_matches(['s', 'e', 'd']).to_owned())
        .collect();
    Mention {
        kind,
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
        words,
        rule: "test".into(),
        score: 1.0,
    }
}

fn meeting(evidence: &str, actors: &[Actor]) -> Mention {
    Mention { actors: actors.to_vec(), ..mention(Kind::MEETING, evidence) }
}

pub(super) fn strike(evidence: &str, place: Option<Place>) -> Mention {
    let actors = vec![country("Valdia", "VA"), country("Ostrova", "OS")];
    Mention { actors, place, ..mention(Kind::STRIKE, evidence) }
}

fn statement(evidence: &str, speaker: Actor) -> Mention {
    Mention { actors: vec![speaker.clone()], speaker: Some(speaker), ..mention(Kind::STATEMENT, evidence) }
}

trait With: Sized {
    fn planned(self) -> Self;
    fn on(self, day: &str) -> Self;
    fn at(self, place: Place) -> Self;
    fn in_passing(self) -> Self;
    fn in_the_past(self) -> Self;
    fn tolls(self, killed: Option<u32>, wounded: Option<u32>) -> Self;
}

impl With for Mention {
    fn planned(self) -> Self {
        Mention { status: Status::Planned, ..self }
    }
    fn on(self, day: &str) -> Self {
        let (from, to) = (date(day), date(day));
        Mention { when: Some(When { from, to, precision: Precision::Day, literal: day.into() }), ..self }
    }
    fn at(self, place: Place) -> Self {
        Mention { place: Some(place), ..self }
    }
    fn in_passing(self) -> Self {
        Mention { prominent: false, ..self }
    }
    fn in_the_past(self) -> Self {
        Mention { background: true, prominent: false, ..self }
    }
    fn tolls(self, killed: Option<u32>, wounded: Option<u32>) -> Self {
        Mention { killed: killed.map(toll), wounded: wounded.map(toll), ..self }
    }
}

fn amara() -> Actor {
    person("Amara Tolen", "VA")
}

fn brin() -> Actor {
    person("Jorun Brin", "OS")
}

fn changed(report: &Report) -> Vec<(&str, &str, &str)> {
    report.changes.iter().map(|c| (c.field.as_str(), c.was.as_str(), c.now.as_str())).collect()
}

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
fn a_toll_that_rises_in_another_outlet_is_told_as_was_and_now() {
    let mut archive = Archive::default();
    let a =
        strike("Valdian drones hit Marovka, killing two", Some(city("Marovka", "OS"))).tolls(Some(2), None);
    let a = archive.one("Herald", "2031-03-04", a);
    let b =
        strike("Death toll in Marovka rises to five", Some(city("Marovka", "OS"))).tolls(Some(5), Some(30));
    let b = archive.one("Post", "2031-03-05", b);
    assert_eq!(b.facts.id, a.facts.id);
    assert_eq!(changed(&b), [("killed", "2", "5"), ("wounded", "unknown", "30")]);
}

#[test]
fn an_outlet_that_lags_behind_does_not_turn_a_toll_back() {
    let mut archive = Archive::default();
    let hit = |n| strike("Valdian drones hit Marovka", Some(city("Marovka", "OS"))).tolls(Some(n), None);
    archive.one("Herald", "2031-03-04", hit(5));
    let slow = archive.one("Slow", "2031-03-05", hit(2));
    assert_eq!((slow.relation, slow.facts.killed), (Relation::Repeat, Some(toll(5))));
}

#[test]
fn an_outlet_that_lowers_its_own_toll_corrects_it() {
    let mut archive = Archive::default();
    let hit = |n| strike("Valdian drones hit Marovka", Some(city("Marovka", "OS"))).tolls(Some(n), None);
    archive.one("Herald", "2031-03-04", hit(5));
    let corrected = archive.one("Herald", "2031-03-05", hit(4));
    assert_eq!(changed(&corrected), [("killed", "5", "4")]);
}

#[test]
fn strikes_on_two_cities_in_one_night_stay_apart() {
    let mut archive = Archive::default();
    archive.one(
        "Herald",
        "2031-03-04",
        strike("Missiles hit Marovka overnight", Some(city("Marovka", "OS"))),
    );
    let other = strike("Missiles hit Tessin overnight", Some(city("Tessin", "OS")));
    assert_eq!(archive.one("Herald", "2031-03-04", other).relation, Relation::New);
}

#[test]
fn a_strike_in_return_is_another() {
    let mut archive = Archive::default();
    let land = Some(land("Ostrova", "OS"));
    archive.one("Herald", "2031-03-04", strike("Valdia strikes Ostrova", land.clone()).tolls(Some(3), None));
    let mut back = strike("Ostrova strikes Valdia", land).tolls(Some(3), None);
    back.actors.reverse();
    assert_eq!(archive.one("Herald", "2031-03-04", back).relation, Relation::New);
}

#[test]
fn a_night_of_strikes_is_one_development_by_country_and_by_its_worst_place() {
    let mut archive = Archive::default();
    let wide =
        strike("Valdian missiles and drones strike Ostrova, killing nine", Some(land("Ostrova", "OS")));
    let a = archive.one("Herald", "2031-03-04", wide.tolls(Some(9), None));
    let b = strike("Nine killed as Valdian missiles and drones strike Marovka", Some(city("Marovka", "OS")));
    let b = archive.one("Post", "2031-03-04", b.tolls(Some(9), None));
    assert_eq!((b.facts.id, b.relation), (a.facts.id, Relation::Repeat));
    assert_eq!(b.facts.place.map(|p| p.name), Some("Marovka".into()));
}

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
fn an_article_reports_a_development_once_with_all_changes() {
    let mut archive = Archive::default();
    let vard = || city("Vard", "NO");
    let plan = meeting("Tolen to meet Brin in Vard", &[amara(), brin()]).planned();
    archive.one("Herald", "2031-03-04", plan.on("2031-03-05").at(vard()));
    let reports = archive.tell(
        "Post",
        "2031-03-05",
        &[
            meeting("Tolen meets Brin in Vard", &[amara(), brin()]).on("2031-03-05").at(vard()),
            meeting("The talks ended without a deal", &[amara(), brin()]).on("2031-03-05").at(vard()),
        ],
    );
    assert_eq!(reports.len(), 1);
    let fields: Vec<&str> = reports[0].changes.iter().map(|c| c.field.as_str()).collect();
    assert_eq!(fields, ["status", "outcome"]);
    assert_eq!(reports[0].mention.evidence, "Tolen meets Brin in Vard");
}

#[test]
fn two_attacks_that_an_article_tells_apart_stay_apart() {
    let mut archive = Archive::default();
    let place = || Some(city("Marovka", "OS"));
    let reports = archive.tell(
        "Post",
        "2031-03-05",
        &[
            strike("Drones hit a bus in Marovka, killing two", place()).tolls(Some(2), None),
            strike("Drones hit a depot in Marovka, killing four", place()).tolls(Some(4), None),
        ],
    );
    assert_eq!(reports.len(), 2);
}

#[test]
fn reports_of_one_article_never_share_a_development_beside_a_peer_of_the_same_instant() {
    let mut archive = Archive::default();
    let hit = || strike("Drones hit Marovka, killing two", Some(city("Marovka", "OS"))).tolls(Some(2), None);
    archive.one("Herald", "2031-03-05", hit());
    let reports = archive.tell("Post", "2031-03-05", &[hit(), hit()]);
    let ids: std::collections::BTreeSet<DevelopmentId> = reports.iter().map(|r| r.facts.id).collect();
    assert_eq!(ids.len(), reports.len());
}

#[test]
fn an_article_tells_of_a_meeting_and_of_an_older_one_in_passing() {
    let mut archive = Archive::default();
    let pair = [amara(), brin()];
    archive.one("Herald", "2031-02-18", meeting("Tolen meets Brin", &pair).on("2031-02-18"));
    let reports = archive.tell(
        "Post",
        "2031-03-05",
        &[
            meeting("Tolen and Brin met on Tuesday", &pair).on("2031-03-04"),
            meeting("They had met on February 18", &pair).on("2031-02-18").in_the_past(),
        ],
    );
    assert_eq!(reports.iter().map(|r| r.relation).collect::<Vec<_>>(), [Relation::New, Relation::Repeat]);
    assert_eq!(reports[1].facts.id, DevelopmentId(1));
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
fn deaths_days_later_are_those_of_the_strike_that_is_known() {
    let mut archive = Archive::default();
    let hit = strike("Drones hit Marovka, killing four", Some(city("Marovka", "OS"))).on("2031-03-03");
    let hit = archive.one("Herald", "2031-03-03", hit.tolls(Some(4), None));
    let dead = "Two more loaders have died of burns, bringing the number of dead in Marovka to six";
    let dead = strike(dead, Some(city("Marovka", "OS"))).on("2031-03-06").tolls(Some(6), None);
    let dead = archive.one("Post", "2031-03-06", dead);
    assert_eq!((dead.facts.id, changed(&dead)), (hit.facts.id, vec![("killed", "4", "6")]));
}

#[test]
fn more_deaths_are_added_to_a_toll() {
    let mut archive = Archive::default();
    let place = || Some(city("Marovka", "OS"));
    archive.one("Herald", "2031-03-04", strike("Drones hit Marovka", place()).tolls(Some(5), None));
    let two = strike("Two of the wounded in Marovka have died", place()).tolls(Some(2), None);
    let two = archive.one("Herald", "2031-03-05", two);
    assert_eq!((two.relation, changed(&two)), (Relation::Update, vec![("killed", "5", "7")]));
}

#[test]
fn a_quotation_is_one_statement_in_headline_and_text() {
    let mut archive = Archive::default();
    let quoted = |evidence: &str, speaker| {
        let quote = Some("No boat of ours was near the reef".to_owned());
        Mention { quote, ..statement(evidence, speaker) }
    };
    let head = quoted("Tolen: ‘No Boat of Ours Was Near the Reef’", amara());
    let body = "“No boat of ours was near the reef,” Valdia’s minister, Amara Tolen, told the chamber";
    let reports = archive.tell("Herald", "2031-03-04", &[head, quoted(body, country("Valdia", "VA"))]);
    assert_eq!(reports.len(), 1);
}

#[test]
fn a_position_held_for_long_is_background() {
    let mut archive = Archive::default();
    let old = statement("Tolen has repeatedly said that the border bridge stays shut", amara());
    assert_eq!(archive.one("Herald", "2031-03-04", old).relation, Relation::Repeat);
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

#[test]
fn an_article_names_the_envoys_of_the_sides_that_its_headline_names() {
    let mut archive = Archive::default();
    let sides = [country("Valdia", "VA"), actor("Marsh Movement", ActorRole::Body, None)];
    let head = meeting("Valdia, Marsh Movement agree on truce at talks in Lisse", &sides);
    let envoys = [actor("Oren Dask", ActorRole::Person, None), actor("Mira Quell", ActorRole::Person, None)];
    let body = meeting("It holds from noon, a host said after talks between Dask and Quell", &envoys);
    let reports = archive.tell("Herald", "2031-03-04", &[head.at(city("Lisse", "LI")), body.in_passing()]);
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].facts.summary, "Valdia, Marsh Movement agree on truce at talks in Lisse");
}

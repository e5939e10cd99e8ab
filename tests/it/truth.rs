//! Every line of a digest is true: each number, date, place and quotation in it is literally in its evidence, or
//! resolved from words there that `tidings explain` shows; and every item links what it was told from.
//!
//! The judge reads nothing itself: it has the article's text and the mentions that were stored of it. It runs over
//! the demo's newsroom and, where `TIDINGS_TRUTH` names one, over a JSONL file of the form that `replay` takes.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use sqlx::PgPool;
use sqlx::types::Json;
use tidings::app::{digest as editions, read};
use tidings::clock::Clock;
use tidings::demo::newsroom::Newsroom;
use tidings::digest::{Digest, Item};
use tidings::model::{DevelopmentId, Mention, Trace, When};
use tidings::store::developments::{Replayed, insert_replayed};
use tidings::store::subscribers;

use crate::digest::{at, history, place, toll, when};
use crate::setup::Setup;
use crate::support;

/// One report of a development, with what its article says.
struct Source {
    url: String,
    published: DateTime<Utc>,
    text: String,
    mentions: Vec<Mention>,
}

#[tokio::test]
async fn every_line_of_the_demos_digests_is_true() {
    let newsroom = Newsroom::bundled().unwrap();
    let articles = newsroom.stories.iter().map(|story| Replayed {
        id: format!("{}/{}", story.outlet, story.slug),
        outlet: story.outlet.clone(),
        published: story.published,
        title: Some(story.title.clone()),
        text: story.text.clone(),
        language: Some("en".into()),
    });
    let told = judge(articles.collect()).await;
    assert!(told > 35, "only {told} items were told");
}

#[tokio::test]
async fn every_line_told_of_the_articles_that_an_environment_names_is_true() {
    // Without the variable, of the gold articles.
    let gold = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gold/articles.jsonl");
    let path = std::env::var("TIDINGS_TRUTH").unwrap_or_else(|_| gold.into());
    let text = std::fs::read_to_string(&path).unwrap();
    let articles: Vec<Replayed> = text.lines().filter(|line| !line.trim().is_empty()).map(article).collect();
    let told = judge(articles).await;
    assert!(told > 10, "only {told} items were told of {path}");
}

/// Reads the articles day by day and judges each day's digest; the number of items.
#[expect(clippy::print_stdout, reason = "the figures are shown to who asks for them")]
async fn judge(mut articles: Vec<Replayed>) -> usize {
    articles.sort_by_key(|article| article.published);
    let setup = Setup::new().await;
    let app = &setup.app;
    let mut days: BTreeMap<NaiveDate, Vec<Replayed>> = BTreeMap::new();
    for article in articles {
        days.entry(article.published.date_naive()).or_default().push(article);
    }
    let morning = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(30);
    let first = *days.keys().next().unwrap();
    let wish = support::daily(5, "06:00", Tz::UTC);
    let since = morning(first) - TimeDelta::hours(30);
    subscribers::subscribe(&app.db, &wish, since).await.unwrap();

    let (mut items, mut faults, mut told) = (0, Vec::new(), Vec::new());
    for (day, articles) in days {
        let now = morning(day);
        insert_replayed(&app.db, &articles, now - TimeDelta::minutes(5)).await.unwrap();
        // Articles of a file have no address of their own.
        sqlx::query(
            "update article set url = 'https://news.example/' || article_id where url like 'replay:%'",
        )
        .execute(&app.db)
        .await
        .unwrap();
        let before = Clock::manual(now - TimeDelta::minutes(1));
        while read::read_next(&app.db, &app.reader, &before).await.unwrap() != read::Outcome::Empty {}
        let outcome = editions::compile_due(app, now).await.unwrap();
        assert_eq!((outcome.compiled.len(), outcome.failed), (1, vec![]), "{day}");
        let digest = editions::frozen(app, outcome.compiled[0]).await.unwrap().unwrap();
        for item in digest.items.iter().chain(&digest.coming_up) {
            items += 1;
            let sources = sources(&app.db, item.development).await;
            let wrong = untrue(item, &digest, &sources, &told);
            faults.extend(wrong.iter().map(|fault| format!("{day} #{}: {fault}", item.development)));
        }
        told.extend(digest.items.iter().chain(&digest.coming_up).map(|item| item.text.clone()));
    }
    println!("{items} items, {} faults", faults.len());
    assert!(faults.is_empty(), "{} faults in {items} items:\n{}", faults.len(), faults.join("\n"));
    items
}

fn article(line: &str) -> Replayed {
    let value: serde_json::Value = serde_json::from_str(line).unwrap();
    let field = |name: &str| value[name].as_str().map(str::to_owned);
    let date = field("date").unwrap();
    Replayed {
        id: field("id").unwrap(),
        outlet: field("outlet").unwrap(),
        published: date.parse().unwrap_or_else(|_| at(&format!("{date}T00:00:00Z"))),
        title: field("title").filter(|title| !title.trim().is_empty()),
        text: field("text").unwrap_or_default(),
        language: Some("en".into()),
    }
}

async fn sources(db: &PgPool, of: DevelopmentId) -> Vec<Source> {
    type Row = (String, DateTime<Utc>, String, Json<Mention>, Json<Vec<Trace>>);
    let rows: Vec<Row> = sqlx::query_as(
        "select a.url, r.reported_at, coalesce(v.title, '') || ' . ' || v.text, r.mention, r.trace
         from report r join article a using (article_id)
         join article_version v on v.article_id = r.article_id and v.version = r.version
         join development d using (development_id)
         where coalesce(d.merged_into, d.development_id) = $1",
    )
    .bind(of.0)
    .fetch_all(db)
    .await
    .unwrap();
    rows.into_iter()
        .map(|(url, published, text, mention, traces)| {
            let mut mentions = vec![mention.0];
            mentions.extend(traces.0.into_iter().map(|trace| trace.mention));
            Source { url, published, text, mentions }
        })
        .collect()
}

/// What of an item is not borne out, a line each.
fn untrue(item: &Item, digest: &Digest, sources: &[Source], told: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut check = |is: bool, what: String| {
        if !is {
            faults.push(format!("{what} ({:?})", item.text));
        }
    };
    let web = |url: &str| url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    check(item.links.iter().any(|link| web(&link.url)), "no link".into());
    check((1..=item.links.len()).contains(&item.origins), format!("{} sources", item.origins));
    let first = item.links.first().map(|link| link.url.as_str()).unwrap_or_default();
    let of_first: Vec<&Source> = sources.iter().filter(|source| source.url == first).collect();
    check(of_first.iter().any(|source| says(source, &item.text)), "the sentence is not its evidence".into());
    if let Some(day) = item.published {
        let is = |source: &&Source| source.published.with_timezone(&digest.zone).date_naive() == day;
        check(of_first.iter().any(is), format!("not published on {day}"));
    }
    if let Some(place) = &item.place {
        let said: Vec<_> = mentions(sources).map(|(_, mention)| mention.place.as_ref()).collect();
        check(shows_place(sources, place), format!("place {place} of {said:?}"));
    }
    if let Some(when) = &item.when {
        let same = |said: &When| (said.from, said.to) == (when.from, when.to);
        check(shows_day(sources, same, false), format!("day {} to {}", when.from, when.to));
    }
    for change in &item.changes {
        for (value, was) in [(&change.was, true), (&change.now, false)] {
            check(shows(sources, &change.field, value, was), format!("{} {value}", change.field));
        }
    }
    for dispute in &item.disputes {
        for (value, link) in [&dispute.low, &dispute.high] {
            let of_link: Vec<&Source> = sources.iter().filter(|source| source.url == link.url).collect();
            let is = of_link.iter().any(|source| shows_toll(source, &dispute.field, *value));
            check(is, format!("disputed {} {value}", dispute.field));
        }
    }
    for earlier in &item.history {
        let words = earlier.text.trim_end_matches('…');
        check(told.iter().any(|told| told.starts_with(words)), format!("history {:?}", earlier.text));
    }
    faults
}

/// Words in plain small letters: accents, marks of quotation, white space and other signs aside.
fn words(text: &str) -> Vec<String> {
    let text = any_ascii::any_ascii(text);
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.map(str::to_lowercase).collect()
}

/// Whether a text has these words, in a row.
fn has(text: &str, part: &str) -> bool {
    let (text, part) = (words(text), words(part));
    !part.is_empty() && text.windows(part.len()).any(|some| some == part)
}

/// Whether a sentence is evidence of a report, literally but for its head and for a pronoun that is the speaker.
fn says(source: &Source, sentence: &str) -> bool {
    let shown = sentence.trim_end_matches('…');
    let shown_words = words(shown);
    source.mentions.iter().filter(|mention| has(&source.text, &mention.evidence)).any(|mention| {
        if words(shown).is_empty() {
            return mention.evidence.contains(shown);
        }
        let evidence = words(&mention.evidence);
        let fits = |evidence: &[String]| evidence.windows(shown_words.len()).any(|some| some == shown_words);
        let named = mention.speaker.as_ref().map(|speaker| words(&speaker.name)).unwrap_or_default();
        let pronouns =
            evidence.iter().enumerate().filter(|(_, w)| ["he", "she", "they"].contains(&w.as_str()));
        let with_name = |(i, _): (usize, &String)| [&evidence[..i], &named, &evidence[i + 1..]].concat();
        fits(&evidence) || pronouns.map(with_name).any(|evidence| fits(&evidence))
    })
}

fn mentions(sources: &[Source]) -> impl Iterator<Item = (&Source, &Mention)> {
    sources.iter().flat_map(|source| source.mentions.iter().map(move |mention| (source, mention)))
}

fn shows_place(sources: &[Source], name: &str) -> bool {
    mentions(sources).any(|(source, mention)| {
        let place = mention.place.as_ref();
        place.is_some_and(|place| {
            [&*place.name, place.spelled()].contains(&name) && has(&source.text, &place.literal)
        })
    })
}

/// `by_default`: the day of publication will do, which no words stand behind.
fn shows_day(sources: &[Source], same: impl Fn(&When) -> bool, by_default: bool) -> bool {
    mentions(sources).any(|(source, mention)| {
        let when = mention.when.as_ref().filter(|when| same(when));
        when.is_some_and(|when| has(&source.text, &when.literal))
            || by_default && {
                let day = source.published.date_naive();
                same(&When {
                    from: day,
                    to: day,
                    precision: tidings::model::Precision::Day,
                    literal: String::new(),
                })
            }
    })
}

fn shows_toll(source: &Source, field: &str, value: u32) -> bool {
    source.mentions.iter().any(|mention| {
        let toll = if field == "killed" { &mention.killed } else { &mention.wounded };
        toll.as_ref().is_some_and(|toll| toll.value == value && has(&source.text, &toll.literal))
    })
}

/// Whether a value of a change is shown by a report; what was not known before needs none.
fn shows(sources: &[Source], field: &str, value: &str, was: bool) -> bool {
    if was && value == "unknown" {
        return true;
    }
    match field {
        "killed" | "wounded" => {
            let digits: String = value.chars().filter(char::is_ascii_digit).collect();
            digits.parse().is_ok_and(|n| sources.iter().any(|source| shows_toll(source, field, n)))
        }
        "date" => {
            let span = |when: &When| match (when.from, when.to) {
                (from, to) if from == to => from.to_string(),
                (from, to) => format!("{from} to {to}"),
            };
            let same = |when: &When| span(when) == value || when.from.format("%Y-%m").to_string() == value;
            shows_day(sources, same, was)
        }
        "place" => shows_place(sources, value),
        "status" => mentions(sources).any(|(_, mention)| mention.status.as_str() == value),
        "actors" => value.split(", ").all(|name| {
            mentions(sources).any(|(source, mention)| {
                let mut actors = mention.actors.iter();
                actors.any(|actor| actor.name == name && has(&source.text, &actor.literal))
            })
        }),
        _ => sources.iter().any(|source| has(&source.text, value)),
    }
}

#[test]
fn an_item_that_its_evidence_does_not_bear_out_is_caught() {
    let evidence = "A drone killed five people in Ostmark on Wednesday, the governor said.";
    let mut told = history(1, tidings::model::Kind::STRIKE, evidence, &["Corvel Post"]);
    let report = &mut told.reports[0];
    let (url, published) = (report.url.clone(), report.reported_at);
    let mention = &mut report.mention;
    (mention.place, mention.killed) = (Some(place("Ostmark")), Some(toll(5)));
    mention.killed.as_mut().unwrap().literal = "five".into();
    mention.when = Some(when("2026-03-11", "on Wednesday"));
    let source = Source {
        url,
        published,
        text: format!("Drone hits town. {evidence} More follows."),
        mentions: vec![mention.clone()],
    };
    (told.development.place, told.development.when) = (mention.place.clone(), mention.when.clone());
    told.development.killed = mention.killed.clone();
    let digest = crate::digest::digest_of(vec![told]);
    let item = digest.items[0].clone();
    let sources = [source];
    let faults = |item: &Item| untrue(item, &digest, &sources, &[]).len();
    assert_eq!(untrue(&item, &digest, &sources, &[]), Vec::<String>::new());

    let changed = |field: &str, was: &str, now: &str| tidings::digest::ItemChange {
        field: field.into(),
        was: was.into(),
        now: now.into(),
        source: None,
    };
    let with = |change| Item { changes: vec![change], ..item.clone() };
    assert_eq!(faults(&with(changed("killed", "unknown", "5"))), 0);
    let later = NaiveDate::from_ymd_opt(2026, 3, 11).unwrap() + Days::new(1);
    let falsified: HashMap<&str, Item> = HashMap::from([
        ("another number", Item { text: item.text.replace("five", "six"), ..item.clone() }),
        ("another place", Item { text: item.text.replace("Ostmark", "Westmark"), ..item.clone() }),
        ("another day", Item { text: item.text.replace("Wednesday", "Thursday"), ..item.clone() }),
        ("words put in", Item { text: item.text.replace("people", "young people"), ..item.clone() }),
        ("a place beside it", Item { place: Some("Westmark".into()), ..item.clone() }),
        ("a date beside it", Item { when: Some(when("2026-03-12", "on Wednesday")), ..item.clone() }),
        ("a day of publication", Item { published: Some(later), ..item.clone() }),
        ("a toll", with(changed("killed", "unknown", "6"))),
        ("what was", with(changed("killed", "4", "5"))),
        ("a status", with(changed("status", "unknown", "cancelled"))),
        ("an outcome", with(changed("outcome", "unknown", "no breakthrough"))),
        ("sources", Item { origins: 2, ..item.clone() }),
        ("no link", Item { links: vec![], ..item.clone() }),
    ]);
    for (what, item) in falsified {
        assert!(faults(&item) > 0, "{what} was not caught");
    }
}

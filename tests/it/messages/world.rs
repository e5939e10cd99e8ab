//! An invented world with a day full of news, and the messages that a language has.

use std::collections::BTreeMap;

use fluent_syntax::{ast, parser};
use tidings::model::{Actor, ActorRole, History, Kind};

use super::Album;
use crate::digest::{change, full, history, place, planned, toll, when};
use crate::editions::store;

const TOWNS: [&str; 8] =
    ["Corvel", "Tessaly", "Ostmark", "Lindholm", "Port Saleh", "Kisumo", "Valdrune", "Bay of Anstruther"];
const PAPERS: [&str; 5] = ["Post", "Wire", "Radio", "Morning Chronicle & Advertiser", "Gazette"];

/// The names of forty outlets.
pub fn outlets() -> Vec<String> {
    PAPERS.iter().flat_map(|paper| TOWNS.iter().map(move |town| format!("{town} {paper}"))).collect()
}

/// A day full of news, in stories of which one is long.
pub async fn full_day(album: &Album) {
    for mut history in histories() {
        store(&album.bot.setup.app.db, &mut history).await;
    }
    album
        .run(
            "insert into story (name, parties, place, started_at, last_at)
             select name, parties, place, '2026-03-10', '2026-03-11T20:00Z'
             from (values ('Arlund – Bessaria', '{arlund,bessaria}'::text[], null),
                          ('Federation of the Eastern Bay Islands – United Provinces of Lower Tessaly and Ostmark',
                           '{bay,provinces}', 'Port Saleh'),
                          ('Valdrune', '{valdrune}', null)) s (name, parties, place);
             insert into story (name, parties, started_at, last_at)
             select 'Corvel – District ' || n, array['d' || n], '2026-03-10', '2026-03-11T08:00Z'
             from generate_series(1, 9) n;
             update development set story_id = 1, about = '{arlund,bessaria}' where development_id % 3 = 1;
             update development set story_id = 2 where development_id % 3 = 2;
             update development set story_id = 3 where development_id % 12 = 0;
             update development set story_id = 3 + development_id / 6 where development_id % 6 = 3 and development_id < 57;
             insert into source (name, url, type, outlet, next_check_at, checked_at, succeeded_at, created_at)
             values ('Corvel Wire', 'https://wire.example/feed', 'feed', 'Corvel Wire', '2026-03-12T06:10Z',
                     '2026-03-12T05:55Z', '2026-03-12T05:55Z', '2026-02-01')",
        )
        .await;
}

/// What happened: what the digest's tests have, and forty developments more.
fn histories() -> Vec<History> {
    let outlets = outlets();
    let mut all = full();
    change(&mut all[1], "killed", "5", "9", "Bay Radio", "2026-03-11T20:00:00Z");
    all[1].development.killed = Some(toll(9));
    let changes = [
        (0, "status", "planned", "occurred"),
        (0, "place", "Corvel", "Tessaly"),
        (0, "actors", "Arlund", "Arlund, Bessaria"),
        (2, "wounded", "2", "5"),
        (2, "date", "2026-03-10", "2026-03-11"),
        (2, "outcome", "unknown", "a fire in the silo"),
        (3, "status", "planned", "cancelled"),
        (4, "status", "occurred", "denied"),
    ];
    for (n, field, was, now) in changes {
        change(&mut all[n], field, was, now, "Meridian", "2026-03-11T20:00:00Z");
    }
    let told: Vec<&str> = outlets[..7].iter().map(String::as_str).collect();
    all.push(history(
        60,
        Kind::STATEMENT,
        "The locks of Tessaly stay shut, their keeper said on Tuesday.",
        &told,
    ));
    for n in 0..40_usize {
        let (id, town) = (9 + n as i64, TOWNS[n % TOWNS.len()]);
        let (kind, evidence) = match n % 5 {
            0 => (
                Kind::STRIKE,
                format!(
                    "Drones struck a grain terminal in {town} before dawn, killing {} and setting two warehouses on \
                     fire, the harbour master's office said.",
                    n + 2
                ),
            ),
            1 => (
                Kind::MEETING,
                format!(
                    "Envoys of Arlund and Bessaria met in {town} for round {n} of the talks on the grain corridor."
                ),
            ),
            2 => (
                Kind::STATEMENT,
                format!(
                    "“We will keep the port of {town} open, whatever round {n} brings,” Transport Minister Ada Morn said."
                ),
            ),
            3 => (
                Kind::named("agreement"),
                format!(
                    "Arlund and the United Provinces signed an agreement on pilots and lights off {town}, annex {n}."
                ),
            ),
            _ => (
                Kind::MEETING,
                format!(
                    "The foreign ministers of the five bay states will meet in {town} to discuss quotas, protocol {n}."
                ),
            ),
        };
        let told: Vec<&str> =
            (0..=(n % 7)).map(|i| outlets[(n * 3 + i * 5) % outlets.len()].as_str()).collect();
        let mut one = history(id, kind.clone(), &evidence, &told);
        one.development.place = Some(place(town));
        if kind == Kind::STRIKE {
            one.development.killed = Some(toll(n as u32 + 2));
        }
        if n % 5 == 4 {
            let day = format!("2026-03-{}", 13 + n / 5);
            one = planned(one, Some(&day));
            one.development.when = Some(when(&day, "next week"));
        }
        if n % 5 == 2 {
            one.development.speaker = Some(Actor {
                name: "Ada Morn".into(),
                key: "morn".into(),
                role: ActorRole::Person,
                country: None,
                literal: "Ada Morn".into(),
            });
        }
        all.push(one);
    }
    all
}

/// The messages of a language by their keys, each as a pattern of what it says.
pub fn texts_of(code: &str) -> BTreeMap<String, String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(code);
    let mut patterns = BTreeMap::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let parsed = parser::parse(text.as_str()).unwrap();
        for entry in parsed.body {
            let ast::Entry::Message(message) = entry else { continue };
            let pattern = pattern(message.value.as_ref().unwrap());
            // An example can be copied by a tap.
            let pattern = pattern.replace(": /", ": (<code>)?/").replace("; /", "; (<code>)?/");
            let letters = pattern.chars().filter(|c| c.is_alphabetic()).count();
            // A few letters are found anywhere: they are to be all of a line, of a button, or between tags.
            let end = if pattern.ends_with(r"\.") { "" } else { r"\s*($|[<|):,.·\]✅])" };
            let whole = format!(r"(?m)(^|[>|⌨(:,.·\]✅▫️💬💤–✕…] ?)\s*{pattern}{end}");
            patterns.insert(message.id.name.to_owned(), if letters < 18 { whole } else { pattern });
        }
    }
    patterns
}

fn pattern(of: &ast::Pattern<&str>) -> String {
    let element = |element: &ast::PatternElement<&str>| match element {
        ast::PatternElement::TextElement { value } => regex::escape(value).replace('\n', r"\n\s*"),
        ast::PatternElement::Placeable { expression: ast::Expression::Select { variants, .. } } => {
            let variants: Vec<String> = variants.iter().map(|variant| pattern(&variant.value)).collect();
            format!("({})", variants.join("|"))
        }
        ast::PatternElement::Placeable { .. } => r"(.|\n){0,300}?".to_owned(),
    };
    of.elements.iter().map(element).collect()
}

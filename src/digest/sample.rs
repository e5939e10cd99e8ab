//! Digests that have one of everything, for templates to be tried on.

use chrono::{DateTime, Days, NaiveDate};
use chrono_tz::Tz;

use super::{Badge, Digest, Dispute, Earlier, Item, ItemChange, Link, Mark, Totals, Unchanged, Withdrawn};
use crate::locale::Language;
use crate::model::{DevelopmentId, Kind, Precision, When};

/// A full digest with every badge and mark, a long one, one item alone, an alert, and nothing new.
pub(super) fn samples() -> Vec<Digest> {
    let full = full();
    let (item, plan) = (full.items[0].clone(), full.coming_up.clone());
    let bare = Digest {
        items: vec![],
        coming_up: vec![],
        withdrawn: vec![],
        restored: vec![],
        covers: vec![],
        unchanged: vec![],
        more: 0,
        rest: vec![],
        ..full.clone()
    };
    let quiet = Totals { unreachable: 0, ..full.totals };
    vec![
        Digest { items: vec![Item { text: "word ".repeat(1000), ..item.clone() }; 12], ..full.clone() },
        Digest { items: vec![item.clone()], ..bare.clone() },
        Digest { items: vec![item], alert: true, ..bare.clone() },
        Digest { coming_up: plan, totals: quiet, ..bare.clone() },
        Digest { totals: quiet, ..bare.clone() },
        Digest { totals: Totals { unread: 1, ..quiet }, ..bare.clone() },
        Digest { totals: Totals { sources: 0, ..quiet }, ..bare.clone() },
        bare,
        full,
    ]
}

fn full() -> Digest {
    let at = DateTime::UNIX_EPOCH;
    let day = at.date_naive();
    let badges = [Badge::New, Badge::Update, Badge::Cancelled];
    let marks = [Mark::Confirmed, Mark::OneSource, Mark::Disputed];
    let items = badges.iter().zip(marks).flat_map(|(&badge, mark)| {
        let item = Item { badge, marks: vec![mark], ..item(day) };
        [Item { key: true, ..item.clone() }, item]
    });
    let told = Withdrawn {
        development: DevelopmentId(2),
        text: "A sample of <text>".to_owned(),
        told: day,
        why: Some("a <reason>".to_owned()),
        links: vec![link()],
    };
    Digest {
        edition: day,
        subscriber: None,
        window: (at, at),
        zone: Tz::UTC,
        language: Language::default(),
        alert: false,
        covers: vec![at],
        totals: Totals { new: 1, updated: 2, articles: 5, outlets: 2, sources: 2, unreachable: 1, unread: 0 },
        items: items.collect(),
        coming_up: vec![Item { badge: Badge::Planned, planned: true, marks: vec![], ..item(day) }],
        more: 1,
        rest: vec![DevelopmentId(1)],
        withdrawn: vec![Withdrawn { why: None, ..told.clone() }, told.clone()],
        restored: vec![told],
        unchanged: vec![Unchanged { story: 1, name: "A – <B>".to_owned(), last: day }],
    }
}

fn link() -> Link {
    Link { outlet: "Sample & Co".to_owned(), url: "https://news.example/1".to_owned(), origin: None }
}

fn item(day: NaiveDate) -> Item {
    let change = |field: &str, was: &str, now: &str| ItemChange {
        field: field.to_owned(),
        was: was.to_owned(),
        now: now.to_owned(),
        source: Some(link()),
    };
    let to = day + Days::new(2);
    Item {
        development: DevelopmentId(1),
        kind: Kind::STRIKE,
        key: false,
        planned: false,
        badge: Badge::New,
        marks: vec![],
        text: "A sample of <text>".to_owned(),
        place: Some("Somewhere".to_owned()),
        when: Some(When { from: day, to, precision: Precision::Day, literal: "these days".to_owned() }),
        published: Some(day),
        changes: vec![
            change("killed", "1", "2"),
            change("status", "planned", "cancelled"),
            change("date", "unknown", "1970-01"),
        ],
        disputes: vec![Dispute { field: "wounded".to_owned(), low: (1, link()), high: (2, link()) }],
        origins: 5,
        links: vec![link()],
        first_seen: DateTime::UNIX_EPOCH,
        rank: 1.0,
        told_changes: vec![],
        with: vec![],
        story: Some(1),
        history: vec![Earlier { development: DevelopmentId(3), day, text: "What was <before>".to_owned() }],
    }
}

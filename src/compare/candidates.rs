//! Index keys: `kind|month|a:actor`, `kind|month|p:place`, `kind|month|w:word`, and of parties their pairs of
//! countries, `meeting|month|s:FR+NO`, for a headline names persons where another names their states.
//!
//! A development is found by the months of its event and of its first report; a mention looks in the months
//! that its event may lie in. So the number of candidates depends on how much happens in a month, never on
//! the size of the archive.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::{Context, Span, days};
use crate::model::{Actor, Development, Kind, Mention, Place, Shape};

/// Longest words of a text that serve as keys: a long word is a rare one.
const WORD_KEYS: usize = 10;
/// Capitalised words of a text that names no place by itself.
const NAME_KEYS: usize = 12;
/// Countries of parties whose pairs serve as keys.
const SIDES: usize = 4;
/// Letters from which on a word is long.
const LONG: usize = 6;
/// Letters of a key at most: an index takes no item of some thousand bytes.
const KEY_LETTERS: usize = 64;
/// Months that one event can stand under.
const MOST_MONTHS: usize = 8;

/// The keys under which a mention's development may be stored.
pub fn keys(mention: &Mention, published: DateTime<Utc>) -> Vec<String> {
    let at = Context { published, outlet: String::new() };
    let span = Span::of_mention(mention, &at);
    let slack = mention.kind.spec().window;
    let mut months = months(days(span.from, -slack), days(span.to, slack));
    months.extend(self::months(days(at.day(), -slack), at.day()));
    let place = mention.place.as_ref();
    let actors = mention.actors.iter().chain(&mention.speaker);
    let mut keys = spell(&mention.kind, &months, actors, place, &mention.words);
    if mention.place.is_none() && mention.kind.spec().shape != Shape::Speech {
        // "The Marovka attack" may name a place that a development has.
        let names: BTreeSet<String> = mention
            .evidence
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().count() > 3 && w.starts_with(char::is_uppercase))
            .map(str::to_lowercase)
            .take(NAME_KEYS)
            .collect();
        keys.extend(
            months.iter().flat_map(|m| names.iter().map(move |n| key(&mention.kind, m, &format!("p:{n}")))),
        );
    }
    keys
}

/// The keys under which a development is stored.
pub fn keys_of(facts: &Development) -> Vec<String> {
    let span = Span::of_development(facts);
    let mut months = months(span.from, span.to);
    let first = facts.first_reported.date_naive();
    months.extend(self::months(first, first));
    let place = facts.place.as_ref();
    let actors = facts.actors.iter().chain(&facts.speaker);
    spell(&facts.kind, &months, actors, place, &facts.words)
}

fn spell<'a>(
    kind: &Kind,
    months: &BTreeSet<String>,
    actors: impl Iterator<Item = &'a Actor> + Clone,
    place: Option<&Place>,
    words: &[String],
) -> Vec<String> {
    let named = actors.clone().map(|a| &a.key).filter(|key| !key.is_empty());
    let mut things: BTreeSet<String> = named.map(|key| format!("a:{key}")).collect();
    if kind.spec().shape == Shape::Parties {
        // Guests meet in few countries besides their own: one text has the town, one the country.
        let host = place.and_then(|p| p.country.as_deref());
        let guests = |c: &&str| actors.clone().all(|a| a.country.as_deref() != Some(*c));
        things.extend(host.filter(guests).map(|c| format!("c:{c}")));
        let sides: BTreeSet<&str> = actors.filter_map(|a| a.country.as_deref()).take(2 * SIDES).collect();
        let sides: Vec<&str> = sides.into_iter().take(SIDES).collect();
        for (i, a) in sides.iter().enumerate() {
            things.extend(sides[i + 1..].iter().map(|b| format!("s:{a}+{b}")));
        }
    }
    things.extend(place.map(|p| format!("p:{}", p.name.to_lowercase())));
    let mut long: Vec<&String> = words.iter().filter(|w| w.chars().count() >= LONG).collect();
    long.sort_by_key(|w| (std::cmp::Reverse(w.chars().count()), *w));
    things.extend(long.into_iter().take(WORD_KEYS).map(|w| format!("w:{w}")));
    months.iter().flat_map(|m| things.iter().map(move |t| key(kind, m, t))).collect()
}

fn key(kind: &Kind, month: &str, thing: &str) -> String {
    format!("{kind}|{month}|{thing}").chars().take(KEY_LETTERS).collect()
}

pub(super) fn months(from: NaiveDate, to: NaiveDate) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut day = to;
    while found.len() < MOST_MONTHS {
        found.insert(day.format("%Y-%m").to_string());
        if (day.year(), day.month()) <= (from.year(), from.month()) {
            break;
        }
        day = days(day.with_day(1).unwrap_or(day), -1);
    }
    found
}

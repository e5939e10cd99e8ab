//! Texts, names and places as an evaluation compares them: folded, transliterations of one sound together.

use std::collections::BTreeSet;

use super::{Found, Gold, Item, Mention, Report};

/// Longest evidence, in words.
const MAX_EVIDENCE: usize = 60;

const STOP: [&str; 35] = [
    "a", "an", "the", "of", "to", "in", "on", "at", "for", "and", "or", "with", "by", "from", "as", "is",
    "was", "were", "be", "been", "has", "have", "had", "it", "its", "his", "her", "their", "that", "this",
    "said", "says", "say", "will", "would",
];

/// Content words in plain lower-case letters.
fn words(text: &str) -> Vec<String> {
    let plain: String = any_ascii::any_ascii(text).to_lowercase();
    plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !STOP.contains(w) && !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// One ending for the transliterations -iy, -yy, -ii, -ij, -y, -i.
fn fold_ending(word: &str) -> String {
    let stem = ["iy", "yy", "ii", "ij", "y", "i"].iter().find_map(|end| word.strip_suffix(end));
    stem.map_or_else(|| word.to_owned(), |stem| format!("{stem}i"))
}

/// A name's last word, folded.
fn fold(name: &str) -> Option<String> {
    words(name).last().map(|last| fold_ending(last))
}

/// A place's first part without its rank, folded: "Kharkiv Oblast, Ukraine" is "kharkiv".
pub fn fold_place(name: Option<&str>) -> String {
    const RANKS: [&str; 9] =
        ["region", "oblast", "province", "city", "district", "governorate", "state", "county", "prefecture"];
    let parts = words(name.unwrap_or_default().split(',').next().unwrap_or_default());
    let kept: Vec<&String> = parts.iter().filter(|w| !RANKS.contains(&w.as_str())).collect();
    let kept = if kept.is_empty() { parts.iter().collect() } else { kept };
    let joined: String = kept.iter().map(|w| fold_ending(w)).collect();
    [("kiiv", "kiev"), ("kiev", "kyiv"), ("odessa", "odesa"), ("kharkov", "kharkiv")]
        .iter()
        .fold(joined, |name, (from, to)| name.replace(from, to))
}

/// One kind of quote mark and dash, single spaces.
fn flat(text: &str) -> String {
    let marks: String = text
        .chars()
        .map(|c| match c {
            '‘' | '’' => '\'',
            '“' | '”' => '"',
            '–' | '—' => '-',
            c => c,
        })
        .collect();
    marks.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether evidence stands literally in its article, at most 60 words of it.
pub fn is_literal(item: &Item, evidence: &str) -> bool {
    let said = flat(evidence);
    let whole = flat(&format!("{} {}", item.title.as_deref().unwrap_or_default(), item.text));
    !said.is_empty() && said.split(' ').count() <= MAX_EVIDENCE && whole.contains(&said)
}

fn names<'a>(actors: &'a [String], speaker: &'a Option<String>) -> BTreeSet<String> {
    actors.iter().chain(speaker).filter_map(|n| fold(n)).collect()
}

/// Share of the smaller set that the larger holds too.
fn containment(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let few = a.len().min(b.len());
    if few == 0 { 0.0 } else { a.intersection(b).count() as f64 / few as f64 }
}

/// The larger of word overlap and agreement of actors and place, 0 to a little over 1: words break ties.
pub fn likeness(gold: &Gold, mention: &Mention, found: &Found, report: &Report) -> f64 {
    let set = |text: &str| words(text).into_iter().collect::<BTreeSet<_>>();
    let text = containment(&set(&mention.evidence), &set(&report.evidence));
    let actors = containment(
        &names(&gold.facts.actors, &gold.facts.speaker),
        &names(&found.facts.actors, &found.facts.speaker),
    );
    let (a, b) = (fold_place(gold.facts.place.as_deref()), fold_place(found.facts.place.as_deref()));
    let place = if !a.is_empty() && a == b { 1.0 } else { 0.0 };
    let slots = match gold.facts.kind.as_str() {
        "strike" => 0.8 * place + 0.2 * actors,
        "meeting" => 0.6 * actors + 0.4 * place,
        _ => 0.5 * actors,
    };
    slots.max(text) + 0.01 * text
}

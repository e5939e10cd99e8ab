//! What a replay found against a gold file: how much of it is there, put together, and told once.
//!
//! In come articles, gold developments and found developments; out go `Figures` and the reports that are missing
//! or spurious. Pure. Found reports and gold mentions of one article and kind are paired one to one, the most alike
//! first. Of developments that are not `main`, and of background, finding them is neither rewarded nor punished. A
//! report whose evidence is not literally in its article is spurious. Linking is measured by B-cubed (Bagga and
//! Baldwin 1998) over the pairs; novelty by whether a report is told or known; slots by values given and right.

/// Texts, names and places as they are compared.
mod alike;
/// Precision, recall, B-cubed.
mod measure;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use measure::Prf;

/// The kinds that are scored.
pub const KINDS: [&str; 3] = ["meeting", "strike", "statement"];

/// An article that was replayed.
#[derive(Debug, Clone, Deserialize)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// Day (or instant) of publication.
    pub date: String,
    /// Headline.
    pub title: Option<String>,
    /// Body.
    #[serde(default)]
    pub text: String,
}

/// A development of the gold file.
#[derive(Debug, Clone, Deserialize)]
pub struct Gold {
    /// Its id.
    pub dev_id: String,
    /// Its facts.
    #[serde(flatten)]
    pub facts: Facts,
    /// It is reported as news, so that missing it counts.
    #[serde(default = "yes")]
    pub main: bool,
    /// What articles say of it.
    pub mentions: Vec<Mention>,
}

/// A development that a replay found, as `tidings replay --json` prints it.
#[derive(Debug, Clone, Deserialize)]
pub struct Found {
    /// Its id.
    pub id: i64,
    /// Its facts.
    #[serde(flatten)]
    pub facts: Facts,
    /// What articles say of it.
    pub reports: Vec<Report>,
}

/// What is compared of a development.
#[derive(Debug, Clone, Deserialize)]
pub struct Facts {
    /// `meeting`, `strike`, `statement`; others are not scored.
    pub kind: String,
    /// `planned`, `occurred`, `cancelled`, `denied`.
    pub status: Option<String>,
    /// Day, or month.
    pub date: Option<String>,
    /// Town, region or country.
    pub place: Option<String>,
    /// Who takes part.
    #[serde(default)]
    pub actors: Vec<String>,
    /// Who says it.
    pub speaker: Option<String>,
    /// The last toll of dead.
    pub killed: Option<u32>,
    /// The last toll of wounded.
    pub wounded: Option<u32>,
}

/// What one article says of a gold development.
#[derive(Debug, Clone, Deserialize)]
pub struct Mention {
    /// The article.
    pub article_id: String,
    /// `first_report`, `update`, `repeat`, `background`.
    pub relation: String,
    /// The same within the part of a corpus that is scored, where that differs.
    pub relation_in_split: Option<String>,
    /// Literal words.
    pub evidence: String,
    /// What an update changes: "killed 3→5", "planned→occurred".
    pub changed: Option<String>,
}

/// What one article says of a found development.
#[derive(Debug, Clone, Deserialize)]
pub struct Report {
    /// The article.
    pub article: String,
    /// `new`, `update`, `repeat`.
    pub relation: String,
    /// Literal words.
    pub evidence: String,
    /// What an update changes.
    #[serde(default)]
    pub changes: Vec<Change>,
}

/// One change of a found development.
#[derive(Debug, Clone, Deserialize)]
pub struct Change {
    /// Which fact.
    pub field: String,
    /// Its value now.
    pub now: String,
}

/// All figures of one evaluation.
#[derive(Debug, Clone, Serialize)]
pub struct Figures {
    /// What is found, by kind, and of `all`.
    pub detection: BTreeMap<String, Prf>,
    /// Reports put together: B-cubed.
    pub linking: Prf,
    /// Told or known.
    pub novelty: Novelty,
    /// Values by field.
    pub slots: BTreeMap<String, Prf>,
    /// Reports whose evidence is not in their article.
    pub unsupported: usize,
}

/// How well news is told from what is known.
#[derive(Debug, Clone, Serialize)]
pub struct Novelty {
    /// Of what is told.
    #[serde(flatten)]
    pub tell: Prf,
    /// Mean of the shares of news told and of known left: 0.5 is chance.
    pub balanced: f64,
    /// Gold updates that were found as updates.
    pub update_recall: Option<f64>,
    /// How many gold updates there are among the pairs.
    pub updates: usize,
    /// Changes of tolls and status whose new value was found.
    pub changes: Option<f64>,
    /// How many such changes there are among the pairs.
    pub changes_of: usize,
}

/// A report on which gold and found differ.
#[derive(Debug, Clone, Serialize)]
pub struct Miss {
    /// The article.
    pub article: String,
    /// The kind.
    pub kind: String,
    /// The development, gold's or found.
    pub development: String,
    /// The literal words.
    pub evidence: String,
}

/// The figures with what they leave out.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// All figures.
    pub figures: Figures,
    /// In gold and not found.
    pub missed: Vec<Miss>,
    /// Found and not in gold.
    pub spurious: Vec<Miss>,
}

type GoldAt<'a> = (&'a Gold, &'a Mention);
type FoundAt<'a> = (&'a Found, &'a Report);

/// From this likeness on a mention and a report are paired.
const PAIR: f64 = 0.34;

/// Scores what was found in `items` against `gold`.
pub fn score(items: &[Item], gold: &[Gold], found: &[Found]) -> Outcome {
    let articles: HashMap<&str, &Item> = items.iter().map(|i| (i.id.as_str(), i)).collect();
    let mut wanted: BTreeMap<(&str, &str), Vec<GoldAt<'_>>> = BTreeMap::new();
    for (g, m) in gold.iter().flat_map(|g| g.mentions.iter().map(move |m| (g, m))) {
        if KINDS.contains(&g.facts.kind.as_str()) && articles.contains_key(m.article_id.as_str()) {
            wanted.entry((&m.article_id, &g.facts.kind)).or_default().push((g, m));
        }
    }
    let mut had: BTreeMap<(&str, &str), Vec<FoundAt<'_>>> = BTreeMap::new();
    let mut unsupported: Vec<FoundAt<'_>> = Vec::new();
    for (f, r) in found.iter().flat_map(|f| f.reports.iter().map(move |r| (f, r))) {
        let Some(item) = articles.get(r.article.as_str()) else { continue };
        if !KINDS.contains(&f.facts.kind.as_str()) {
        } else if alike::is_literal(item, &r.evidence) {
            had.entry((&r.article, &f.facts.kind)).or_default().push((f, r));
        } else {
            unsupported.push((f, r));
        }
    }
    let keys: BTreeSet<(&str, &str)> = wanted.keys().chain(had.keys()).copied().collect();
    let mut pairs: Vec<(GoldAt<'_>, FoundAt<'_>)> = Vec::new();
    let (mut missed, mut spurious) = (Vec::new(), unsupported.clone());
    for key in keys {
        let (left, right) = (wanted.remove(&key).unwrap_or_default(), had.remove(&key).unwrap_or_default());
        let (some, unmet, extra) = paired(left, right);
        pairs.extend(some);
        missed.extend(unmet);
        spurious.extend(extra);
    }
    let figures = Figures {
        detection: detection(&pairs, &missed, &spurious),
        linking: measure::b_cubed(
            &pairs.iter().map(|((g, _), (f, _))| (g.dev_id.as_str(), f.id)).collect::<Vec<_>>(),
        ),
        novelty: novelty(&pairs),
        slots: SLOTS.iter().map(|s| ((*s).to_owned(), slot(s, &pairs, &articles))).collect(),
        unsupported: unsupported.len(),
    };
    Outcome {
        figures,
        missed: missed.iter().filter(|m| required(m)).map(|(g, m)| miss(g, m)).collect(),
        spurious: spurious
            .iter()
            .map(|(f, r)| Miss {
                article: r.article.clone(),
                kind: f.facts.kind.clone(),
                development: f.id.to_string(),
                evidence: r.evidence.clone(),
            })
            .collect(),
    }
}

fn miss(gold: &Gold, mention: &Mention) -> Miss {
    Miss {
        article: mention.article_id.clone(),
        kind: gold.facts.kind.clone(),
        development: gold.dev_id.clone(),
        evidence: mention.evidence.clone(),
    }
}

type Paired<'a> = (Vec<(GoldAt<'a>, FoundAt<'a>)>, Vec<GoldAt<'a>>, Vec<FoundAt<'a>>);

/// Pairs of one article and kind, the most alike first; then what is left of either side.
fn paired<'a>(left: Vec<GoldAt<'a>>, right: Vec<FoundAt<'a>>) -> Paired<'a> {
    let mut scored: Vec<(f64, usize, usize)> = Vec::new();
    for (i, (g, m)) in left.iter().enumerate() {
        for (j, (f, r)) in right.iter().enumerate() {
            scored.push((alike::likeness(g, m, f, r), i, j));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then((b.1, b.2).cmp(&(a.1, a.2))));
    let (mut used_left, mut used_right) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (likeness, i, j) in scored {
        if likeness >= PAIR && !used_left.contains(&i) && !used_right.contains(&j) {
            used_left.insert(i);
            used_right.insert(j);
            pairs.push((left[i], right[j]));
        }
    }
    let unmet = (0..left.len()).filter(|i| !used_left.contains(i)).map(|i| left[i]).collect();
    let extra = (0..right.len()).filter(|j| !used_right.contains(j)).map(|j| right[j]).collect();
    (pairs, unmet, extra)
}

fn relation(mention: &Mention) -> &str {
    mention.relation_in_split.as_deref().unwrap_or(&mention.relation)
}

fn required((gold, mention): &GoldAt<'_>) -> bool {
    gold.main && relation(mention) != "background"
}

fn detection(
    pairs: &[(GoldAt<'_>, FoundAt<'_>)],
    missed: &[GoldAt<'_>],
    spurious: &[FoundAt<'_>],
) -> BTreeMap<String, Prf> {
    let of = |kind: &str| {
        let ok = |k: &str| kind == "all" || k == kind;
        let right = pairs.iter().filter(|(g, _)| ok(&g.0.facts.kind) && required(g)).count();
        let gold = right + missed.iter().filter(|g| ok(&g.0.facts.kind) && required(g)).count();
        let said = right + spurious.iter().filter(|f| ok(&f.0.facts.kind)).count();
        Prf::of(right, said, gold)
    };
    KINDS.iter().chain(&["all"]).map(|kind| ((*kind).to_owned(), of(kind))).collect()
}

fn novelty(pairs: &[(GoldAt<'_>, FoundAt<'_>)]) -> Novelty {
    let tell: Vec<(bool, bool)> = pairs
        .iter()
        .map(|((_, m), (_, r))| {
            (
                matches!(relation(m), "first_report" | "update"),
                matches!(r.relation.as_str(), "new" | "update"),
            )
        })
        .collect();
    let count = |f: &dyn Fn(&(bool, bool)) -> bool| tell.iter().filter(|t| f(t)).count();
    let share =
        |side: bool| count(&|t| t.0 == side && t.1 == side) as f64 / count(&|t| t.0 == side).max(1) as f64;
    let ratio = |right: usize, of: usize| (of > 0).then(|| right as f64 / of as f64);
    let updates: Vec<_> = pairs.iter().filter(|((_, m), _)| relation(m) == "update").collect();
    let as_updates = updates.iter().filter(|(_, (_, r))| r.relation == "update").count();
    let wanted: Vec<(String, String, &Report)> = pairs
        .iter()
        .flat_map(|((_, m), (_, r))| {
            measure::changes(m.changed.as_deref().unwrap_or_default()).into_iter().map(|(f, n)| (f, n, *r))
        })
        .collect();
    let had =
        wanted.iter().filter(|(f, n, r)| r.changes.iter().any(|c| c.field == *f && c.now == *n)).count();
    Novelty {
        tell: Prf::of(count(&|t| t.0 && t.1), count(&|t| t.1), count(&|t| t.0)),
        balanced: (share(true) + share(false)) / 2.0,
        update_recall: ratio(as_updates, updates.len()),
        updates: updates.len(),
        changes: ratio(had, wanted.len()),
        changes_of: wanted.len(),
    }
}

/// The facts whose values are scored.
pub const SLOTS: [&str; 5] = ["date", "place", "killed", "wounded", "status"];

fn slot(field: &str, pairs: &[(GoldAt<'_>, FoundAt<'_>)], articles: &HashMap<&str, &Item>) -> Prf {
    let (mut have, mut said, mut right) = (0, 0, 0);
    for ((g, m), (f, _)) in pairs {
        let value = |facts: &Facts| match field {
            "date" => facts.date.clone(),
            "place" => facts.place.clone(),
            "killed" => facts.killed.map(|n| n.to_string()),
            "wounded" => facts.wounded.map(|n| n.to_string()),
            _ => facts.status.clone().filter(|s| s != "occurred"),
        };
        let (a, mut b) = (value(&g.facts), value(&f.facts));
        let same = match field {
            "date" => {
                let day: String = articles
                    .get(m.article_id.as_str())
                    .map_or_else(String::new, |i| i.date.chars().take(10).collect());
                // Months are not scored, nor an event of the article's own day.
                if a.as_deref().is_some_and(|a| a.len() != 10 || days_apart(a, &day) == Some(0)) {
                    continue;
                }
                if a.is_none() && b.as_deref().is_some_and(|b| days_apart(b, &day) == Some(0)) {
                    b = None;
                }
                a.as_deref().zip(b.as_deref()).and_then(|(a, b)| days_apart(a, b)).is_some_and(|d| d <= 1)
            }
            "place" if g.facts.kind == "statement" => continue,
            "place" => alike::fold_place(a.as_deref()) == alike::fold_place(b.as_deref()),
            _ => a == b,
        };
        have += usize::from(a.is_some());
        said += usize::from(b.is_some());
        right += usize::from(a.is_some() && b.is_some() && same);
    }
    Prf::of(right, said, have)
}

fn days_apart(a: &str, b: &str) -> Option<i64> {
    let day = |text: &str| NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok();
    Some((day(a)? - day(b)?).num_days().abs())
}

fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests;

//! Precision and recall, B-cubed, and the changes that a gold label spells.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

/// Precision, recall and their harmonic mean.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Prf {
    /// Share of what was said that is right.
    pub p: f64,
    /// Share of what there is that was said.
    pub r: f64,
    /// Harmonic mean of both.
    pub f1: f64,
    /// How many there are.
    pub gold: usize,
    /// How many were said.
    pub system: usize,
}

impl Prf {
    /// `right` of `said` are right, of `gold` that there are.
    pub fn of(right: usize, said: usize, gold: usize) -> Prf {
        let share = |of: usize| if of == 0 { 0.0 } else { right as f64 / of as f64 };
        Prf { gold, system: said, ..Prf::mean(share(said), share(gold)) }
    }

    fn mean(p: f64, r: f64) -> Prf {
        Prf { p, r, f1: if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }, gold: 0, system: 0 }
    }
}

/// B-cubed precision and recall of found clusters against gold ones, over pairs of both (Bagga and Baldwin 1998).
pub fn b_cubed<G: Eq + Hash + Copy, F: Eq + Hash + Copy>(pairs: &[(G, F)]) -> Prf {
    if pairs.is_empty() {
        return Prf::mean(0.0, 0.0);
    }
    let (mut by_gold, mut by_found, mut both) = (HashMap::new(), HashMap::new(), HashMap::new());
    for (g, f) in pairs {
        *by_gold.entry(*g).or_insert(0.0) += 1.0;
        *by_found.entry(*f).or_insert(0.0) += 1.0;
        *both.entry((*g, *f)).or_insert(0.0) += 1.0;
    }
    let mean = |of: &dyn Fn(&(G, F)) -> f64| pairs.iter().map(of).sum::<f64>() / pairs.len() as f64;
    let (p, r) = (mean(&|x| both[x] / by_found[&x.1]), mean(&|x| both[x] / by_gold[&x.0]));
    Prf { gold: pairs.len(), system: pairs.len(), ..Prf::mean(p, r) }
}

/// Fields with their new values in a gold label: "killed 3→5", "planned→occurred".
pub fn changes(label: &str) -> Vec<(String, String)> {
    static TOLL: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(killed|wounded)[^,;→]*→\s*(\d+)").ok());
    static STATUS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"planned→(occurred|cancelled)").ok());
    let tolls = TOLL.iter().flat_map(|r| r.captures_iter(label)).map(|c| (c[1].into(), c[2].into()));
    let status = STATUS.iter().flat_map(|r| r.captures_iter(label)).map(|c| ("status".into(), c[1].into()));
    tolls.chain(status).collect()
}

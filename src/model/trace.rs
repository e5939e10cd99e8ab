//! How a mention came to belong to a development: what it was weighed against, and with what result.

use serde::{Deserialize, Serialize};

use super::{DevelopmentId, Facet, Mention};

/// One mention, and what it was weighed against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// The mention as it was meant.
    pub mention: Mention,
    /// The development that it belongs to, if one was known, and the nearest others; the nearest first.
    pub tried: Vec<Tried>,
}

/// A development that a mention was weighed against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tried {
    /// Its id; below 1 for one that the same article told first.
    pub development: DevelopmentId,
    /// The sentence that told it best at that time.
    pub summary: String,
    /// The mention was found to belong to it.
    pub linked: bool,
    /// How well the mention fits it, 0 to 1; 0 after a veto.
    pub score: f32,
    /// From which score on it would belong to it.
    pub needs: f32,
    /// What was compared, up to a veto.
    pub parts: Vec<Weighed>,
}

/// One part of a comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Weighed {
    /// What was compared.
    pub facet: Facet,
    /// What it weighs.
    pub weight: f32,
    /// How alike the two are, 0 to 1; `None` for a conflict that no other part outweighs.
    pub value: Option<f32>,
    /// Why.
    pub reason: String,
}

impl Tried {
    /// How much spoke for it before any veto.
    pub fn reached(&self) -> f32 {
        self.parts.iter().map(|part| part.weight * part.value.unwrap_or(0.0)).sum()
    }
}

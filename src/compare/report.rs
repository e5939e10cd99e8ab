//! One mention decided, and what one article says of one development put together from its mentions.

use super::{Context, Known, TollField, background, change, is_old, link, words};
use crate::model::{Change, Development, DevelopmentId, Mention, Relation, Shape, Toll, Trace, Tried};

/// Developments that a mention's trace keeps, beside the one that it belongs to.
const NEAREST: usize = 3;

/// What one article says of one development, decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The development after it; its id is 0 (or less) if the article is the first to tell it.
    pub facts: Development,
    /// Its relation to what was known before the article.
    pub relation: Relation,
    /// What it changes; empty unless the relation is an update.
    pub changes: Vec<Change>,
    /// The mention that tells it best: its evidence stands for the report.
    pub mention: Mention,
    /// All that the article says of it, as it is meant.
    pub(super) mentions: Vec<Mention>,
    /// What it says of tolls, the last of each.
    pub tolls: Vec<(TollField, Toll)>,
    /// How well it fits.
    pub score: f32,
    /// The reasons.
    pub why: String,
    /// Each mention, and what it was weighed against.
    pub traces: Vec<Trace>,
}

/// What was decided on one mention.
pub(in crate::compare) struct Decision {
    /// The development it belongs to; `None`: a new one.
    pub target: Option<DevelopmentId>,
    pub relation: Relation,
    /// Empty unless the relation is an update.
    pub changes: Vec<Change>,
    /// The development after it.
    pub facts: Development,
    /// How well it fits the target, or the nearest development if it is new: 0 to 1.
    pub score: f32,
    pub why: String,
    /// What it was weighed against: its target and the nearest others.
    pub tried: Vec<Tried>,
}

/// Decides on one mention against the known developments.
pub(super) fn decide(
    mention: &Mention,
    at: &Context,
    known: &[Known],
    taken: &[DevelopmentId],
    lore: &words::Lore,
) -> Decision {
    let mut best: Option<(&Known, link::Fit)> = None;
    let mut others: Vec<Tried> = Vec::new();
    let apart = mention.kind.spec().shape == Shape::Attack;
    for k in known.iter().filter(|k| k.facts.kind == mention.kind && !(apart && taken.contains(&k.facts.id)))
    {
        let fit = link::fit(mention, at, k, lore);
        let worse = match &best {
            Some((_, b)) if !fit.better_than(b) => Some((k, fit)),
            _ => best.replace((k, fit)),
        };
        others.extend(worse.map(|(k, fit)| fit.tried(k, false)));
    }
    others.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.reached().total_cmp(&a.reached())));
    others.truncate(NEAREST);
    match best {
        Some((k, fit)) if fit.links() => {
            let (relation, changes, facts) = change::apply(mention, at, k);
            Decision {
                target: Some(k.facts.id),
                relation,
                changes,
                facts,
                score: fit.score,
                why: format!("linked at {:.2}: {}", fit.score, fit.reasons()),
                tried: std::iter::once(fit.tried(k, true)).chain(others).collect(),
            }
        }
        nearest => Decision {
            target: None,
            relation: if is_old(mention, at) { Relation::Repeat } else { Relation::New },
            changes: vec![],
            facts: change::first(mention, at),
            score: nearest.as_ref().map_or(0.0, |(_, fit)| fit.score),
            why: as_context(mention, at)
                + &match &nearest {
                    Some((k, fit)) => {
                        format!(
                            "not linked; nearest is {} at {:.2}: {}",
                            k.facts.id,
                            fit.score,
                            fit.reasons()
                        )
                    }
                    None => "nothing like it was known".to_owned(),
                },
            tried: nearest.map(|(k, fit)| fit.tried(k, false)).into_iter().chain(others).collect(),
        },
    }
}

/// Why what nobody told before is no news.
fn as_context(mention: &Mention, at: &Context) -> String {
    if mention.background && mention.kind.spec().shape != Shape::Speech {
        format!("told as context ({}); ", background::reasons(mention, at))
    } else {
        String::new()
    }
}

impl Report {
    pub(super) fn first(mention: &Mention, decision: Decision) -> Report {
        let tolls = TollField::ALL.into_iter().filter_map(|f| Some((f, f.of(mention)?.clone()))).collect();
        Report {
            facts: decision.facts,
            relation: decision.relation,
            changes: decision.changes,
            mention: mention.clone(),
            mentions: vec![mention.clone()],
            tolls,
            score: decision.score,
            why: decision.why,
            traces: vec![Trace { mention: mention.clone(), tried: decision.tried }],
        }
    }

    /// Another mention of the same article: one report still, with the changes of both.
    pub(super) fn join(&mut self, mention: &Mention, decision: Decision) {
        self.facts = decision.facts;
        self.mentions.push(mention.clone());
        self.traces.push(Trace { mention: mention.clone(), tried: decision.tried });
        for field in TollField::ALL {
            if let Some(toll) = field.of(mention) {
                self.tolls.retain(|(f, t)| *f != field || t.value > toll.value);
                if !self.tolls.iter().any(|(f, _)| *f == field) {
                    self.tolls.push((field, toll.clone()));
                }
            }
        }
        let tells_more = match (self.relation, decision.relation) {
            (Relation::New, _) => false,
            (_, Relation::New) => true,
            (Relation::Repeat, Relation::Update) => true,
            _ => false,
        };
        if tells_more {
            self.relation = decision.relation;
            self.mention = mention.clone();
            self.score = decision.score;
            self.why = decision.why;
        }
        if self.relation == Relation::Update {
            for change in decision.changes {
                match self.changes.iter_mut().find(|c| c.field == change.field) {
                    Some(earlier) => earlier.now = change.now,
                    None => self.changes.push(change),
                }
            }
        } else {
            self.changes.clear();
        }
    }
}

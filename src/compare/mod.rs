//! A mention against what is known: new, an update with its changes, or a repeat.
//!
//! In come one article's mentions and the known developments that `keys` found; out goes one `Report` a
//! development. Pure: no clock, no store. Promises: an article is compared only with what is given; conflicts
//! (another city, another week, other people) veto a link however many words agree; a report changes a fact
//! only if a reader would want to be told; at most one report per article and development.

/// Participants: names, delegations, attacker and target.
mod actors;
/// Index keys, so that a mention meets only developments that it may belong to.
mod candidates;
/// What a report changes in what is known.
mod change;
/// Whether a mention and a development are one event: a score, its reasons, vetoes.
mod link;
/// What the wording tells beyond the frame.
mod phrases;
/// Places: the same, or one within the other.
mod places;
/// What takes back or corrects what was told.
mod revise;
/// For whom a person acts, learned from other articles.
mod sides;
/// Words: how much they tell, and whether two statements are one.
mod words;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::model::{
    Change, Development, DevelopmentId, Kind, Mention, Precision, Relation, Status, Toll, When,
};

pub use candidates::{keys, keys_of};
pub use sides::{give_sides, keys_of_strangers};

/// The article whose mentions are compared.
#[derive(Debug, Clone)]
pub struct Context {
    /// When it was published.
    pub published: DateTime<Utc>,
    /// Its publisher.
    pub outlet: String,
}

impl Context {
    /// The day of publication.
    fn day(&self) -> NaiveDate {
        self.published.date_naive()
    }
}

/// A development as known before a mention, with what its reports said of it.
#[derive(Debug, Clone)]
pub struct Known {
    /// Its facts.
    pub facts: Development,
    /// What each outlet said of the toll, last.
    pub tolls: Vec<OutletToll>,
    /// The article that is compared has told it already, in this version or an older one.
    pub told_here: bool,
}

/// What one outlet said of a toll, last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutletToll {
    /// The publisher.
    pub outlet: String,
    /// Killed or wounded.
    pub field: TollField,
    /// The number.
    pub value: u32,
    /// When that was published.
    pub published: DateTime<Utc>,
}

/// Which toll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TollField {
    /// The dead.
    Killed,
    /// The wounded.
    Wounded,
}

impl TollField {
    /// Both, in the order in which they are told.
    pub const ALL: [TollField; 2] = [TollField::Killed, TollField::Wounded];

    /// The name as it stands in the database and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            TollField::Killed => "killed",
            TollField::Wounded => "wounded",
        }
    }

    /// Reads what [`TollField::as_str`] wrote; `None` for anything else.
    pub fn parse(text: &str) -> Option<TollField> {
        TollField::ALL.into_iter().find(|f| f.as_str() == text)
    }

    /// What a mention says of it.
    pub fn of(self, mention: &Mention) -> Option<&Toll> {
        match self {
            TollField::Killed => mention.killed.as_ref(),
            TollField::Wounded => mention.wounded.as_ref(),
        }
    }

    fn known(self, facts: &Development) -> Option<&Toll> {
        match self {
            TollField::Killed => facts.killed.as_ref(),
            TollField::Wounded => facts.wounded.as_ref(),
        }
    }

    fn set(self, facts: &mut Development, toll: Toll) {
        match self {
            TollField::Killed => facts.killed = Some(toll),
            TollField::Wounded => facts.wounded = Some(toll),
        }
    }
}

/// What was decided on one mention.
struct Decision {
    /// The development it belongs to; `None`: a new one.
    target: Option<DevelopmentId>,
    relation: Relation,
    /// Empty unless the relation is an update.
    changes: Vec<Change>,
    /// The development after it.
    facts: Development,
    /// How well it fits the target, or the nearest development if it is new: 0 to 1.
    score: f32,
    why: String,
}

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
    /// What it says of tolls, the last of each.
    pub tolls: Vec<(TollField, Toll)>,
    /// How well it fits.
    pub score: f32,
    /// The reasons.
    pub why: String,
}

/// Compares one article's mentions, in their order, with what is known: one report a development.
///
/// Later mentions see what earlier ones said. Developments that are new come with ids below 1.
pub fn article(mentions: &[Mention], at: &Context, mut known: Vec<Known>) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    let mut lore = words::Lore::among(&known);
    lore.learn(mentions);
    lore.place(&mut known);
    for mention in mentions {
        let mention = &phrases::as_meant(lore.placed(mention), at);
        let mut decision = decide(mention, at, &known, &lore);
        let id = decision.target.unwrap_or(DevelopmentId(-(known.len() as i64)));
        decision.facts.id = id;
        match known.iter_mut().find(|k| k.facts.id == id) {
            Some(k) => {
                k.facts = decision.facts.clone();
                k.told_here = true;
            }
            None => known.push(Known { facts: decision.facts.clone(), tolls: vec![], told_here: true }),
        }
        match reports.iter_mut().find(|r| r.facts.id == id) {
            Some(report) => report.join(mention, decision),
            None => reports.push(Report::first(mention, decision)),
        }
    }
    reports
}

/// Decides on one mention against the known developments.
fn decide(mention: &Mention, at: &Context, known: &[Known], lore: &words::Lore) -> Decision {
    let mut best: Option<(&Known, link::Fit)> = None;
    for k in known.iter().filter(|k| k.facts.kind == mention.kind) {
        let fit = link::fit(mention, at, k, lore);
        if best.as_ref().is_none_or(|(_, b)| fit.better_than(b)) {
            best = Some((k, fit));
        }
    }
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
            }
        }
        nearest => Decision {
            target: None,
            relation: if is_old(mention, at) { Relation::Repeat } else { Relation::New },
            changes: vec![],
            facts: change::first(mention, at),
            score: nearest.as_ref().map_or(0.0, |(_, fit)| fit.score),
            why: match nearest {
                Some((k, fit)) => {
                    format!("not linked; nearest is {} at {:.2}: {}", k.facts.id, fit.score, fit.reasons())
                }
                None => "nothing like it was known".to_owned(),
            },
        },
    }
}

impl Report {
    fn first(mention: &Mention, decision: Decision) -> Report {
        let tolls = TollField::ALL.into_iter().filter_map(|f| Some((f, f.of(mention)?.clone()))).collect();
        Report {
            facts: decision.facts,
            relation: decision.relation,
            changes: decision.changes,
            mention: mention.clone(),
            tolls,
            score: decision.score,
            why: decision.why,
        }
    }

    /// Another mention of the same article: one report still, with the changes of both.
    fn join(&mut self, mention: &Mention, decision: Decision) {
        self.facts = decision.facts;
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

/// Not news where it is first heard of: context, or a report withdrawn that nobody had brought.
fn is_old(mention: &Mention, at: &Context) -> bool {
    is_background(mention, at)
        || mention.status == Status::Denied && revise::is_withdrawn(&mention.evidence)
        || mention.kind == Kind::STRIKE && mention.killed.is_none() && revise::is_spoken_of(&mention.evidence)
}

/// An older event told as context, by the reader's word, by its date, or by the wording.
fn is_background(mention: &Mention, at: &Context) -> bool {
    const OLD_DAYS: i64 = 21;
    let text = mention.evidence.as_str();
    if mention.kind == Kind::STATEMENT {
        return mention.background
            || phrases::is_standing(text)
            || !mention.prominent && phrases::is_said_before(text);
    }
    if mention.status == Status::Planned {
        return mention.background;
    }
    let age = mention.when.as_ref().map(|w| (at.day() - w.to).num_days());
    mention.background && !is_fresh(mention, at)
        || age.is_some_and(|age| age > OLD_DAYS)
        || !mention.prominent && phrases::is_of_an_older_year(text, at.day().year())
}

/// Told in passing, but of yesterday: news for whom nobody told it yet.
fn is_fresh(mention: &Mention, at: &Context) -> bool {
    const FRESH_DAYS: i64 = 2;
    let given = |w: &&When| w.precision == Precision::Day && !w.literal.is_empty();
    mention
        .when
        .as_ref()
        .filter(given)
        .is_some_and(|w| (0..=FRESH_DAYS).contains(&(at.day() - w.to).num_days()))
}

/// Days in which the event lies, by its date or by what its status and publication let expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    from: NaiveDate,
    to: NaiveDate,
    /// The text gives the day.
    exact: bool,
    /// The publication day that stands in for one that the text does not give.
    stand_in: Option<NaiveDate>,
}

impl Span {
    fn of_mention(mention: &Mention, at: &Context) -> Span {
        Span::given(mention.when.as_ref(), &mention.kind).unwrap_or_else(|| {
            let back = if mention.background { 180 } else { usual_delay(&mention.kind) };
            Span::expected(mention.status, at.day(), back)
        })
    }

    fn of_development(facts: &Development) -> Span {
        Span::given(facts.when.as_ref(), &facts.kind).unwrap_or_else(|| {
            let back = if facts.background { 180 } else { usual_delay(&facts.kind) };
            let first = facts.first_reported.date_naive();
            let span = Span::expected(facts.status, first, back);
            // A plan without a day lives on for as long as it is spoken of.
            let last =
                if facts.status == Status::Occurred { first } else { facts.last_reported.date_naive() };
            Span { to: days(span.to, (last - first).num_days().max(0)), ..span }
        })
    }

    fn given(when: Option<&When>, kind: &Kind) -> Option<Span> {
        let when = when?;
        Some(if when.literal.is_empty() {
            // The publication day stands in for one that the text does not give.
            Span {
                from: days(when.from, -usual_delay(kind)),
                to: when.to,
                exact: false,
                stand_in: Some(when.to),
            }
        } else {
            Span { from: when.from, to: when.to, exact: when.precision == Precision::Day, stand_in: None }
        })
    }

    fn expected(status: Status, day: NaiveDate, back: i64) -> Span {
        let to = if status == Status::Occurred { day } else { days(day, 30) };
        let stand_in = (status == Status::Occurred && back < 30).then_some(day);
        Span { from: days(day, -back), to, exact: false, stand_in }
    }

    /// Days between the two spans; 0 if they touch.
    fn gap(self, other: Span) -> i64 {
        if let (Some(a), Some(b)) = (self.stand_in, other.stand_in) {
            return ((a - b).num_days().abs() - 1).max(0);
        }
        (self.from - other.to).num_days().max((other.from - self.to).num_days()).max(0)
    }
}

/// Days by which a report without a date may trail its event.
fn usual_delay(kind: &Kind) -> i64 {
    if *kind == Kind::STATEMENT { 1 } else { 2 }
}

/// A day shifted by whole days; at the calendar's end it stays.
fn days(day: NaiveDate, shift: i64) -> NaiveDate {
    chrono::TimeDelta::try_days(shift).and_then(|d| day.checked_add_signed(d)).unwrap_or(day)
}

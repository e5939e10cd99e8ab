//! A mention against what is known: new, an update with its changes, or a repeat.
//!
//! In come one article's mentions and the known developments that `keys` found; out goes one `Report` a
//! development. Pure: no clock, no store. Promises: an article is compared only with what is given; conflicts
//! (another city, another week, other people) veto a link however many words agree; a report changes a fact
//! only if a reader would want to be told; at most one report per article and development.

/// Participants: names, delegations, attacker and target.
mod actors;
/// Whether an event is told as news or as context.
mod background;
/// Index keys, so that a mention meets only developments that it may belong to.
mod candidates;
/// What a report changes in what is known.
mod change;
/// Groups without a name of their own.
mod groups;
/// Whether a mention and a development are one event: a score, its reasons, vetoes.
mod link;
/// What the wording tells beyond the frame.
mod phrases;
/// Places: the same, or one within the other.
mod places;
/// What a development keeps of its reports, and whether a text is one of them.
mod remember;
/// One mention decided, and an article's report of one development.
mod report;
/// What takes back or corrects what was told.
mod revise;
/// The articles of one instant, put together as in any other order.
mod settle;
/// When and how something was said, by its wording.
mod sayings;
/// For whom a person acts, learned from other articles.
mod sides;
/// The days in which an event lies.
mod span;
/// Which developments belong together over weeks.
pub mod story;
/// What the numbers of dead and wounded tell.
mod tolls;
/// Developments that turn out to be one.
mod unite;
/// Words: how much they tell, and whether two statements are one.
mod words;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::model::{Development, DevelopmentId, Mention, Shape, Status, Toll};

use report::{Decision, decide};
use span::Span;

pub use candidates::{keys, keys_of};
pub use report::Report;
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

/// What an article brought: its reports, and what they showed of earlier ones.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// One report a development.
    pub reports: Vec<Report>,
    /// Developments of which it tells nothing, but whose facts or reports are others now; those with ids
    /// below 1 are new.
    pub others: Vec<Development>,
    /// Earlier reports that belong to another development.
    pub moves: Vec<Move>,
    /// Developments that turned out to be one.
    pub merges: Vec<Merge>,
}

/// Reports that belong to another development than was thought; what they were told as stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Where they were.
    pub from: DevelopmentId,
    /// Where they belong: an id of this comparison's developments.
    pub to: DevelopmentId,
    /// When their articles were published.
    pub published: DateTime<Utc>,
    /// Who published them.
    pub outlet: String,
    /// Their evidence.
    pub evidence: String,
}

/// Two developments are one: all reports of `from` belong to `into`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// The younger.
    pub from: DevelopmentId,
    /// The older.
    pub into: DevelopmentId,
}

/// Compares one article's mentions, in their order, with what is known: one report a development.
///
/// Later mentions see what earlier ones said. Developments that are new come with ids below 1. Articles of one
/// instant of publication have no order: with each that comes, all of them are put together anew, so that
/// their groups and facts are those of any other order. What was told of a report stays as it was told.
pub fn article(mentions: &[Mention], at: &Context, mut known: Vec<Known>) -> Comparison {
    let mut lore = words::Lore::among(&known);
    lore.learn(mentions);
    lore.place(&mut known);
    let mut mentions: Vec<Mention> =
        mentions.iter().map(|mention| as_meant(lore.placed(mention), at)).collect();
    groups::give_parties(&mut mentions);
    let reports = in_order(&mentions, at, known.clone(), &lore);
    let mut comparison = Comparison { reports, ..Comparison::default() };
    remember::tell(&mut comparison.reports, &known, &mentions, at);
    settle::instant(&mut comparison, &known, at, &lore);
    unite::twins(&mut comparison, &known, at, &lore);
    comparison
}

/// The mention as it is meant, told as news or as context.
fn as_meant(mention: Mention, at: &Context) -> Mention {
    let mut mention = phrases::as_meant(mention, at);
    if mention.kind.spec().shape != Shape::Speech {
        mention.background = background::is_context(&mention, at);
    }
    mention
}

/// The cues by which an attack or a meeting is told as news or as context, and which of them a mention has.
pub fn cues(mention: &Mention, at: &Context) -> Vec<(&'static str, bool)> {
    background::cues(&phrases::as_meant(mention.clone(), at), at)
}

/// The reports of an article in the order of its mentions.
fn in_order(mentions: &[Mention], at: &Context, mut known: Vec<Known>, lore: &words::Lore) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    for mention in mentions {
        let taken: Vec<DevelopmentId> = reports.iter().map(|report| report.facts.id).collect();
        let mut decision = decide(mention, at, &known, &taken, lore);
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

/// Not news where it is first heard of: context, or a report withdrawn that nobody had brought.
fn is_old(mention: &Mention, at: &Context) -> bool {
    is_background(mention, at)
        || mention.status == Status::Denied && revise::is_withdrawn(&mention.evidence)
        || mention.kind.spec().shape == Shape::Attack
            && mention.killed.is_none()
            && revise::is_spoken_of(&mention.evidence)
}

/// An older event told as context, by the reader's word, by its date, or by the wording.
fn is_background(mention: &Mention, at: &Context) -> bool {
    const OLD_DAYS: i64 = 21;
    let text = mention.evidence.as_str();
    if mention.kind.spec().shape == Shape::Speech {
        return mention.background
            || sayings::is_standing(text)
            || !mention.prominent && (sayings::is_said_before(text) || sayings::is_held(text));
    }
    if mention.status == Status::Planned {
        return mention.background;
    }
    let age = mention.when.as_ref().map(|w| (at.day() - w.to).num_days());
    mention.background
        || age.is_some_and(|age| age > OLD_DAYS)
        || !mention.prominent && phrases::is_of_an_older_year(text, at.day().year())
}

/// A day shifted by whole days; at the calendar's end it stays.
fn days(day: NaiveDate, shift: i64) -> NaiveDate {
    chrono::TimeDelta::try_days(shift).and_then(|d| day.checked_add_signed(d)).unwrap_or(day)
}

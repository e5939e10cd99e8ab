//! The vocabulary that all stages share; plain data, no behaviour beyond its own meaning.
//!
//! source → `Entry` → `Page` → `Article` → `Mention` → `Development` → digest

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

mod history;
mod kind;
mod memory;
mod own;
mod source;
mod story;
mod trace;
mod wording;

pub use history::{History, OutletToll, PastChange, Report};
pub use kind::{Facet, Kind, KindSpec, Links, Shape, Weights};
pub use memory::{Memory, Telling};
pub use own::{Alias, Named, OwnWords, Watched};
pub use source::{Pick, Selectors, SourceType};
pub use story::Story;
pub use trace::{Trace, Tried, Weighed};
pub use wording::Wording;

/// How far an event has come, as its reports have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Announced, expected, agreed upon; not yet begun.
    Planned,
    /// Begun, going on, or over.
    Occurred,
    /// Called off or put off without a date.
    Cancelled,
    /// Said not to have happened, or not to be going to.
    Denied,
}

impl Status {
    /// The status as it stands in the database and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Planned => "planned",
            Status::Occurred => "occurred",
            Status::Cancelled => "cancelled",
            Status::Denied => "denied",
        }
    }

    /// Reads what [`Status::as_str`] wrote; `None` for anything else.
    pub fn parse(text: &str) -> Option<Status> {
        [Status::Planned, Status::Occurred, Status::Cancelled, Status::Denied]
            .into_iter()
            .find(|s| s.as_str() == text)
    }
}

/// One item of a source's list: not yet an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The source's own id of the item (guid, Atom id), or its link: stable between fetches.
    pub id: String,
    /// Headline as plain text.
    pub title: Option<String>,
    /// Absolute link to the article's page where one could be resolved.
    pub link: Option<String>,
    /// When the source says it was published (or else updated).
    pub published: Option<DateTime<Utc>>,
    /// When it was changed last, where the list says that alone: a sitemap's day is no day of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<DateTime<Utc>>,
    /// Summary as plain text; of a channel's post all its words.
    pub summary: Option<String>,
    /// Who it is by, where the list says so: the channel that a post was forwarded from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
}

/// What a source's list said when it was read: a feed, or a listing page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The feed's or page's own title.
    pub title: Option<String>,
    /// Its items, in its order.
    pub entries: Vec<Entry>,
}

/// What an article's page gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Headline.
    pub title: Option<String>,
    /// Body as plain text, paragraphs parted by newlines, without the headline.
    pub text: String,
    /// When the page says it was published.
    pub published: Option<DateTime<Utc>>,
    /// ISO 639-1 code of the text's language, if it could be told.
    pub language: Option<String>,
    /// The canonical URL, only where it lies within the page's own site.
    pub url: Option<String>,
    /// Byline.
    pub author: Option<String>,
}

/// A stored report, as the reader gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The publisher: two sources of one publisher are one outlet.
    pub outlet: String,
    /// Headline; title and text are not both empty.
    pub title: Option<String>,
    /// Body as plain text; may be empty.
    pub text: String,
    /// Publication time, or where none is known the time it was first seen.
    pub published: DateTime<Utc>,
}

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// The day, or a span of named days.
    Day,
    /// A week or a part of a month: `from` and `to` bound it.
    Week,
    /// A month.
    Month,
    /// A year or a season.
    Year,
}

/// A day or span of days, resolved from words in the evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// First day.
    pub from: NaiveDate,
    /// Last day; the same as `from` for one day.
    pub to: NaiveDate,
    /// How exactly it is known.
    pub precision: Precision,
    /// The words it was resolved from ("late Thursday"), in the evidence or a sentence beside it; empty if it is the
    /// publication day by default.
    pub literal: String,
}

/// A place, resolved against the gazetteer where it is known there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Name to show and to compare by: the gazetteer's usual English name, or the literal words.
    pub name: String,
    /// ISO 3166-1 alpha-2 code of its country, if known.
    pub country: Option<String>,
    /// The region (first-level division) it lies in, if known.
    pub region: Option<String>,
    /// What kind of place: decides whether two places may be one ("Kyiv" within "Ukraine").
    pub level: PlaceLevel,
    /// The words in the text.
    pub literal: String,
}

impl Place {
    /// The name as the text spells it ("Kiev"); the usual one where the text only leads to it ("the Kremlin").
    pub fn spelled(&self) -> &str {
        let written =
            |word: &str| word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase);
        let (spelt, usual) = (self.literal.as_str(), self.name.as_str());
        let one = spelt.chars().next() == usual.chars().next() && spelt.len().abs_diff(usual.len()) < 4;
        let own = self.level == PlaceLevel::City && one && spelt.split([' ', '-']).all(written);
        if own { spelt } else { usual }
    }
}

/// The size of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceLevel {
    /// A building, site or place that the gazetteer does not know.
    Site,
    /// A city, town or village.
    City,
    /// A first-level division, or a known wider area.
    Region,
    /// A country.
    Country,
}

/// Who acts or is acted upon: a person, government, force or body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Fullest name in the article ("Ada Morn"), or a country's name for its government or forces.
    pub name: String,
    /// Folded form for comparing: surname or body, transliterations folded; equal keys may be one actor.
    pub key: String,
    /// What sort of actor.
    pub role: ActorRole,
    /// ISO 3166-1 alpha-2 code of the country it acts for, if the text or the gazetteer says so.
    pub country: Option<String>,
    /// The words in the text.
    pub literal: String,
}

/// The sort of an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActorRole {
    /// A named person.
    Person,
    /// A country, its government, forces or delegation.
    Country,
    /// A named body: a ministry, alliance, party, company, armed group.
    Body,
    /// A group without a name of its own ("European leaders").
    Group,
}

/// A number of killed or wounded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toll {
    /// The number; for a range its lower end.
    pub value: u32,
    /// Said to be a lower bound ("at least", "more than").
    pub at_least: bool,
    /// The words in the text.
    pub literal: String,
}

/// What one article says of one event. No mention without evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The kind of event.
    pub kind: Kind,
    /// How far it has come, by this article.
    pub status: Status,
    /// Participants of a meeting; attacker first and target second of a strike; the speaker of a statement.
    pub actors: Vec<Actor>,
    /// Who said it, for a statement.
    pub speaker: Option<Actor>,
    /// When the event takes or took place; `None` if the text does not say.
    pub when: Option<When>,
    /// Where; `None` if the text does not say.
    pub place: Option<Place>,
    /// Killed, for a strike.
    pub killed: Option<Toll>,
    /// Wounded, for a strike.
    pub wounded: Option<Toll>,
    /// A strike that sums up many: a campaign, with the toll of weeks.
    #[serde(default)]
    pub campaign: bool,
    /// The literal quotation, for a statement that has one.
    pub quote: Option<String>,
    /// Literal sentence or part of one (at most 60 words) in the article's title or text.
    pub evidence: String,
    /// Whether `evidence` or a part of the frame stands in the headline or the lead.
    pub prominent: bool,
    /// An older event, told as context.
    pub background: bool,
    /// Content words of the evidence, folded and stemmed, for comparing.
    pub words: Vec<String>,
    /// The rule that found it, for `explain`.
    pub rule: String,
    /// How sure the reader is, 0 to 1; a digest leaves the doubtful out.
    pub score: f32,
}

/// A development's id in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DevelopmentId(pub i64);

impl fmt::Display for DevelopmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One event in the world as last known, with what comparing needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Development {
    /// Its id; 0 before it is stored.
    pub id: DevelopmentId,
    /// The kind of event.
    pub kind: Kind,
    /// Status as last known.
    pub status: Status,
    /// All actors that reports named, in order of first naming.
    pub actors: Vec<Actor>,
    /// Who said it, for a statement.
    pub speaker: Option<Actor>,
    /// Day as last known.
    pub when: Option<When>,
    /// Place as last known, the most exact.
    pub place: Option<Place>,
    /// Killed as last known.
    pub killed: Option<Toll>,
    /// Wounded as last known.
    pub wounded: Option<Toll>,
    /// A strike that sums up many, with the toll of weeks.
    #[serde(default)]
    pub campaign: bool,
    /// How a meeting went or ended, in the literal words of one report.
    #[serde(default)]
    pub outcome: Option<String>,
    /// The sentence that tells it best so far (literal evidence of one report).
    pub summary: String,
    /// Content words of its reports' evidence, folded and stemmed.
    pub words: Vec<String>,
    /// Known from background only: it was never reported as news.
    pub background: bool,
    /// Publication time of the first report.
    pub first_reported: DateTime<Utc>,
    /// Publication time of the last report.
    pub last_reported: DateTime<Utc>,
    /// What comparing remembers of its reports.
    #[serde(default)]
    pub memory: Memory,
}

/// A report's relation to what was known before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// The first report of the development.
    New,
    /// It changes a fact that a reader would want to be told.
    Update,
    /// Nothing new, or background.
    Repeat,
}

impl Relation {
    /// The relation as it stands in the database and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::New => "new",
            Relation::Update => "update",
            Relation::Repeat => "repeat",
        }
    }

    /// Reads what [`Relation::as_str`] wrote; `None` for anything else.
    pub fn parse(text: &str) -> Option<Relation> {
        [Relation::New, Relation::Update, Relation::Repeat].into_iter().find(|r| r.as_str() == text)
    }
}

/// One change of a development's facts: was → now. Values are as shown to a reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The fact: status, date, place, actors, killed, wounded, outcome.
    pub field: String,
    /// Its value before; "unknown" where none was known.
    pub was: String,
    /// Its value now.
    pub now: String,
}

//! Developments to one reader's edition: `select`, `render`, `parts`. Pure.
//!
//! In come the histories of the developments that a window touches (`select::Input`); out goes a `Digest`:
//! what is told, in which order, with which sources. It is frozen as JSON when an edition is compiled, so it
//! holds facts, not layout; `render::Templates` lays it out, `parts::split` cuts it for Telegram.
//!
//! Promises: a development stands in one place of a digest; its sentence is evidence of a linked
//! report; an update says what changed since this reader was told.

/// What is large enough to be told at once.
pub mod alert;
pub mod chart;
pub mod parts;
pub mod render;
pub mod select;

mod item;
mod rank;
mod sample;
mod speech;
mod view;
mod watch;
mod wording;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::locale::Language;
use crate::model::{DevelopmentId, Kind, When};

/// What counts as told, in the place of a change, of a development that was taken back.
pub const WITHDRAWN: i64 = -1;

/// One edition for one window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    /// The day of the edition in the reader's zone.
    pub edition: NaiveDate,
    /// Whose edition it is; `None`: nobody's, a preview.
    pub subscriber: Option<i64>,
    /// From (not included) and to: the second is the information cut-off.
    pub window: (DateTime<Utc>, DateTime<Utc>),
    /// The reader's zone.
    #[serde(with = "zone_name")]
    pub zone: Tz,
    /// The language of its labels; the sentences are the articles' own.
    #[serde(default)]
    pub language: Language,
    /// It tells what is large at once, outside of the reader's hours.
    #[serde(default)]
    pub alert: bool,
    /// Editions that did not come and in whose place it is too: when each was due.
    #[serde(default)]
    pub covers: Vec<DateTime<Utc>>,
    /// Counts for the first lines.
    pub totals: Totals,
    /// What is told, in order: key developments first, then section by section.
    pub items: Vec<Item>,
    /// What is planned for today or later, by date.
    pub coming_up: Vec<Item>,
    /// Developments that found no room.
    pub more: usize,
    /// These, the more important first.
    #[serde(default)]
    pub rest: Vec<DevelopmentId>,
    /// What the reader was told and an admin took back.
    #[serde(default)]
    pub withdrawn: Vec<Withdrawn>,
    /// What the reader was told to be wrong and stands after all.
    #[serde(default)]
    pub restored: Vec<Withdrawn>,
    /// Stories that the reader was told of within a week and that brought nothing.
    #[serde(default)]
    pub unchanged: Vec<Unchanged>,
}

/// A development that the reader was told and that an admin judged anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The development.
    pub development: DevelopmentId,
    /// The sentence by which the reader was told.
    pub text: String,
    /// The day of the edition that told it.
    pub told: NaiveDate,
    /// Why it is wrong, in the admin's words.
    pub why: Option<String>,
    /// The reports that it was told from.
    pub links: Vec<Link>,
}

/// A story without change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unchanged {
    /// The story.
    pub story: i64,
    /// Whom it is between.
    pub name: String,
    /// The day of the edition that told of it last.
    pub last: NaiveDate,
}

/// What a window held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Developments that are new to the reader, those without room included.
    pub new: usize,
    /// Developments told before that changed, those without room included.
    pub updated: usize,
    /// Articles first seen in the window.
    pub articles: usize,
    /// Outlets that they came from.
    pub outlets: usize,
    /// Sources that are read.
    pub sources: usize,
    /// Of these, the ones that could not be.
    pub unreachable: usize,
    /// Of the others, the ones that were not asked yet.
    #[serde(default)]
    pub unread: usize,
}

/// One development, as one digest tells it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The development.
    pub development: DevelopmentId,
    /// Its kind: the section it stands in.
    pub kind: Kind,
    /// Told among the numbered key developments, not in its section.
    pub key: bool,
    /// Still to come: it stands under "coming up".
    pub planned: bool,
    /// What it is to this reader.
    pub badge: Badge,
    /// How well its sources bear it out.
    pub marks: Vec<Mark>,
    /// One sentence: evidence of the first of `links`, literal but for a pronoun at its head.
    pub text: String,
    /// Where, if the sentence does not say.
    pub place: Option<String>,
    /// When, if the sentence says it otherwise than as a date.
    pub when: Option<When>,
    /// When the sentence was published, if it names a day ("on Thursday") that `when` does not resolve.
    #[serde(default)]
    pub published: Option<NaiveDate>,
    /// What changed since the reader was told.
    pub changes: Vec<ItemChange>,
    /// Tolls on which outlets differ.
    pub disputes: Vec<Dispute>,
    /// Sources that count: texts of different origin by different outlets.
    pub origins: usize,
    /// The outlets' reports; the one that `text` is from first, then one of each other origin.
    pub links: Vec<Link>,
    /// When the development's first article was seen.
    pub first_seen: DateTime<Utc>,
    /// What it was ranked by; higher is more important.
    pub rank: f64,
    /// Changes that count as told with this item.
    pub told_changes: Vec<i64>,
    /// Other developments that the same sentence tells, with their changes: they count as told too.
    pub with: Vec<(DevelopmentId, Vec<i64>)>,
    /// The story that it belongs to.
    #[serde(default)]
    pub story: Option<i64>,
    /// What the reader was told of the story before, the earliest first.
    #[serde(default)]
    pub history: Vec<Earlier>,
}

/// An earlier development of a story, as the reader was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// The development.
    pub development: DevelopmentId,
    /// Its day, or that of its first report.
    pub day: NaiveDate,
    /// The sentence.
    pub text: String,
}

/// What a development is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Badge {
    /// Not told before.
    New,
    /// Told before; something changed.
    Update,
    /// Called off, denied or corrected.
    Cancelled,
    /// Told before, still to come.
    Planned,
}

/// How well sources bear a development out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Three or more origins report it.
    Confirmed,
    /// One origin only.
    OneSource,
    /// Outlets' tolls conflict.
    Disputed,
}

/// was → now, with the source of the new value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemChange {
    /// The fact: status, date, place, actors, killed, wounded, outcome.
    pub field: String,
    /// What the reader was told; "unknown" where nothing was.
    pub was: String,
    /// What it is now.
    pub now: String,
    /// Who says so.
    pub source: Option<Link>,
}

/// A toll on which outlets differ at the same time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// `killed` or `wounded`.
    pub field: String,
    /// The lowest number and who says it.
    pub low: (u32, Link),
    /// The highest number and who says it.
    pub high: (u32, Link),
}

/// A report that bears an item out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The publisher.
    pub outlet: String,
    /// The article.
    pub url: String,
    /// The agency text that it carries, where it is known to be one.
    pub origin: Option<i64>,
}

/// Why a digest has nothing to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The sources were read and had nothing new.
    NothingNew,
    /// Some could not be read, so silence proves nothing.
    Unreachable,
    /// Some were not read yet, as one that was just added.
    Unread,
    /// No source is set up.
    NoSources,
}

impl Digest {
    /// What to say first, if there is something to say beside the items.
    pub fn notice(&self) -> Option<Notice> {
        let silent = self.items.is_empty()
            && self.withdrawn.is_empty()
            && self.restored.is_empty()
            && self.coming_up.iter().all(|item| item.badge == Badge::Planned);
        match self.totals {
            Totals { sources: 0, .. } if silent => Some(Notice::NoSources),
            Totals { unreachable: 1.., .. } => Some(Notice::Unreachable),
            Totals { unread: 1.., .. } => Some(Notice::Unread),
            _ if silent => Some(Notice::NothingNew),
            _ => None,
        }
    }

    /// What counts as told once this edition is frozen: each development, with the changes it included.
    ///
    /// Developments that found no room are not among them: they may come with their next change, and are
    /// else left to /latest. They are not carried over, since an old item would push out a new one.
    pub fn told(&self) -> Vec<(DevelopmentId, &[i64])> {
        self.items
            .iter()
            .chain(&self.coming_up)
            .flat_map(|item| {
                let with = item.with.iter().map(|(id, changes)| (*id, changes.as_slice()));
                std::iter::once((item.development, item.told_changes.as_slice())).chain(with)
            })
            .chain(self.withdrawn.iter().map(|withdrawn| (withdrawn.development, [WITHDRAWN].as_slice())))
            .collect()
    }

    /// What is stored once for all who are told the same: the items, as in the digest itself.
    pub fn listed(&self) -> Value {
        json!({ "items": self.items, "coming_up": self.coming_up })
    }

    /// The sentence of each item, by the id of its development.
    pub fn lines(&self) -> Value {
        let items = self.items.iter().chain(&self.coming_up);
        items.map(|item| (item.development.0.to_string(), Value::from(item.text.as_str()))).collect()
    }

    /// The digest as `tidings digest --format json` prints it: as frozen, and `sources` as URLs.
    pub fn to_json(&self) -> serde_json::Result<Value> {
        let mut value = serde_json::to_value(self)?;
        for (list, items) in [("items", &self.items), ("coming_up", &self.coming_up)] {
            for (value, item) in value[list].as_array_mut().into_iter().flatten().zip(items) {
                value["sources"] = item.links.iter().map(|link| json!(link.url)).collect();
            }
        }
        Ok(value)
    }
}

/// A zone as its IANA name.
mod zone_name {
    use chrono_tz::Tz;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(zone: &Tz, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(zone.name())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Tz, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(D::Error::custom)
    }
}

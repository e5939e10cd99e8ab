//! A kind of development is data: its name, and what the stages need to know of it.
//!
//! The data are the head of the kind's word list, lines of TOML before its first section. A new kind is a list
//! in `LISTS` and a module that reads it; no stage asks which kind it has before it, only what is said here.

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Status;

/// The word lists, in the order in which a digest has its sections.
const LISTS: &[&str] = &[
    include_str!("../../lexicon/meeting.txt"),
    include_str!("../../lexicon/strike.txt"),
    include_str!("../../lexicon/agreement.txt"),
    include_str!("../../lexicon/statement.txt"),
];

static SPECS: LazyLock<Vec<KindSpec>> =
    LazyLock::new(|| LISTS.iter().filter_map(|list| KindSpec::parse(list).ok()).collect());

/// What stands in for a kind that another version stored.
static UNKNOWN: LazyLock<KindSpec> = LazyLock::new(KindSpec::default);

/// A kind of development, by its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Kind(pub Cow<'static, str>);

impl Kind {
    /// Named parties meet, talk by phone, or sit in a formal session.
    pub const MEETING: Kind = Kind::named("meeting");
    /// An armed attack: drone, missile, air, shelling, bombing, shooting.
    pub const STRIKE: Kind = Kind::named("strike");
    /// A named speaker or institution says something on a matter.
    pub const STATEMENT: Kind = Kind::named("statement");

    /// The kind of that name.
    pub const fn named(name: &'static str) -> Kind {
        Kind(Cow::Borrowed(name))
    }

    /// Every kind that is known, in the order of a digest's sections.
    pub fn all() -> impl Iterator<Item = Kind> {
        SPECS.iter().map(|spec| Kind::named(&spec.name))
    }

    /// The kind's name as it stands in the database and in JSON.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is known of it; of an unknown kind, what holds for most.
    pub fn spec(&self) -> &'static KindSpec {
        SPECS.iter().find(|spec| spec.name == self.0).unwrap_or(&UNKNOWN)
    }
}

impl From<String> for Kind {
    fn from(name: String) -> Self {
        Kind(name.into())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who stands where in an event: decides how its actors, its days and its words are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// Parties come together: who they are tells most, and a place beside them may be what they talk about.
    Parties,
    /// One side acts on another: the place is the event's own and tells most.
    Attack,
    /// One speaks: the words tell most, and a place tells nothing.
    Speech,
}

/// What the stages need to know of a kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KindSpec {
    /// Its name in the database and in JSON.
    pub name: String,
    /// The heading of its section in a digest.
    pub heading: String,
    /// The mark before its items.
    pub icon: String,
    /// What it weighs in the order of a digest, 0 to 1.
    pub rank: f64,
    /// Who stands where in it.
    pub shape: Shape,
    /// What each part of two reports weighs in telling whether they are of one event; they sum to 1.
    pub weights: Weights,
    /// From which score on two reports are of one event.
    pub links: Links,
    /// Days by which a report without a date may trail its event.
    pub delay: i64,
    /// Days around a report's date in which its event is looked for.
    pub window: i64,
    /// It is announced with its day and place, which may be moved.
    pub plans: bool,
    /// It goes well or ill, and reports say so.
    pub outcomes: bool,
    /// It may be by phone; then it has no place, and is not the visit of that day.
    pub by_phone: bool,
    /// What may still be said of it after it has occurred: that it is denied, that it is off.
    pub undone: Vec<Status>,
}

/// What each part of two reports weighs; what weighs nothing is not compared.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Weights {
    /// Who acts.
    pub actors: f32,
    /// Where.
    pub place: f32,
    /// When.
    pub date: f32,
    /// How many killed and wounded.
    pub toll: f32,
    /// In which words.
    pub words: f32,
}

impl Weights {
    /// Each facet with its weight, in the order in which they are compared.
    pub fn facets(&self) -> [(Facet, f32); 5] {
        [
            (Facet::Actors, self.actors),
            (Facet::Place, self.place),
            (Facet::Date, self.date),
            (Facet::Toll, self.toll),
            (Facet::Words, self.words),
        ]
    }
}

/// What of two reports is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Facet {
    /// Who acts.
    Actors,
    /// Where.
    Place,
    /// When.
    Date,
    /// How many killed and wounded.
    Toll,
    /// In which words.
    Words,
}

impl Facet {
    /// Its name as it is shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Facet::Actors => "actors",
            Facet::Place => "place",
            Facet::Date => "date",
            Facet::Toll => "toll",
            Facet::Words => "words",
        }
    }
}

/// From which score on two reports are of one event, 0 to 1.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Links {
    /// As a rule.
    pub usual: f32,
    /// Where the same article has told it already.
    pub here: f32,
    /// Where neither headline nor lead carries it.
    pub aside: f32,
}

impl KindSpec {
    /// Reads the head of a word list.
    fn parse(list: &str) -> Result<KindSpec, toml::de::Error> {
        let head = list.find("\n[").map_or(list, |end| &list[..end]);
        toml::from_str(head)
    }

    /// Whether it has killed and wounded.
    pub fn tolls(&self) -> bool {
        self.weights.toll > 0.0
    }
}

impl Default for KindSpec {
    fn default() -> KindSpec {
        KindSpec {
            name: String::new(),
            heading: String::new(),
            icon: "▪️".to_owned(),
            rank: 0.7,
            shape: Shape::Parties,
            weights: Weights { actors: 0.5, place: 0.2, date: 0.2, toll: 0.0, words: 0.1 },
            links: Links::default(),
            delay: 2,
            window: 7,
            plans: false,
            outcomes: false,
            by_phone: false,
            undone: vec![Status::Denied],
        }
    }
}

impl Default for Links {
    fn default() -> Links {
        Links { usual: 0.6, here: 0.6, aside: 0.6 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_begins_with_what_the_stages_need() {
        for list in LISTS {
            let spec = KindSpec::parse(list).unwrap();
            let sum: f32 = spec.weights.facets().iter().map(|(_, weight)| weight).sum();
            assert!((sum - 1.0).abs() < 1e-6, "the weights of {} sum to {sum}", spec.name);
            assert!(![&spec.name, &spec.heading, &spec.icon].iter().any(|text| text.is_empty()), "{spec:?}");
            assert_eq!(Kind::from(spec.name.clone()).spec().heading, spec.heading, "two are called alike");
        }
        assert_eq!(Kind::all().count(), LISTS.len());
    }

    #[test]
    fn a_kind_of_another_version_has_what_holds_for_most() {
        let spec = Kind::named("eclipse").spec();
        assert_eq!((spec.name.as_str(), spec.icon.as_str()), ("", "▪️"));
    }

    #[test]
    fn a_misspelt_line_of_a_head_is_refused() {
        assert!(KindSpec::parse("name = \"eclipse\"\nhading = \"Eclipses\"\n\n[nouns]\neclipse\n").is_err());
    }
}

//! Words beside a name that tell what kind of place it is, or that it is none.

use super::text;

/// "city", "region" or "site" for a word that says what kind of place a name is.
pub(super) fn class_of(lower: &str) -> Option<&'static str> {
    match lower {
        "city" | "town" | "village" | "settlement" | "hamlet" | "capital" | "port" | "township"
        | "municipality" | "commune" | "resort" | "cities" | "towns" | "villages" | "stronghold" => {
            Some("city")
        }
        "region" | "oblast" | "province" | "governorate" | "state" | "county" | "prefecture"
        | "voivodeship" | "krai" | "regions" | "provinces" | "raion" | "district" | "peninsula"
        | "territory" | "republic" | "enclave" | "emirate" | "canton" | "valley" => Some("region"),
        "suburb" | "neighborhood" | "neighbourhood" | "island" | "islands" | "suburbs" | "outskirts" => {
            Some("site")
        }
        _ => None,
    }
}

pub(super) fn is_class_word(word: &str) -> bool {
    class_of(&word.to_ascii_lowercase()).is_some()
}

pub(super) fn is_direction(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let bare = lower.strip_suffix("ern").unwrap_or(&lower);
    matches!(
        bare,
        "north"
            | "south"
            | "east"
            | "west"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "central"
    ) || matches!(
        lower.as_str(),
        "downtown" | "occupied" | "nearby" | "neighboring" | "neighbouring" | "coastal" | "mainland"
    )
}

pub(super) fn is_verb_like(lower: &str) -> bool {
    lower.ends_with("ed") || lower.ends_with("ing") || lower.ends_with('s')
}

/// Words that begin sentences, months and days: never a town, though towns of these names exist.
pub(super) fn is_never_a_place(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    lower.len() < 2 || text::is_stop_word(&lower) || NEVER.contains(&lower.as_str())
}

/// Prepositions after which a place may be where something happens.
pub(super) const PREPOSITIONS: [&str; 28] = [
    "in",
    "at",
    "near",
    "outside",
    "around",
    "inside",
    "across",
    "throughout",
    "within",
    "off",
    "over",
    "into",
    "toward",
    "towards",
    "from",
    "to",
    "on",
    "through",
    "via",
    "of",
    "for",
    "by",
    "with",
    "against",
    "between",
    "about",
    "under",
    "upon",
];

/// Prepositions that only a place, or a time, follows.
pub(super) const STRONG: [&str; 11] =
    ["in", "at", "near", "outside", "around", "inside", "across", "throughout", "within", "into", "off"];

/// Prepositions after which a place's name stands for those who act.
pub(super) const ACTOR_PREPOSITIONS: [&str; 8] =
    ["for", "by", "with", "against", "between", "about", "under", "of"];

/// Words between a preposition or class word and a name that keep them together.
pub(super) const MODIFIERS: [&str; 16] = [
    "capital",
    "city",
    "town",
    "village",
    "port",
    "region",
    "province",
    "country",
    "historic",
    "ancient",
    "besieged",
    "border",
    "frontline",
    "war",
    "torn",
    "held",
];

/// Waters and lands named after a place: "Gulf of Arn".
pub(super) const WATERS: [&str; 8] =
    ["Gulf", "Bay", "Strait", "Straits", "Sea", "Bight", "Isthmus", "Valley"];

/// Sites of which each town has one, so that the name before or after them is the town's.
pub(super) const TOWN_SITES: [&str; 18] = [
    "market",
    "markets",
    "station",
    "hospital",
    "airport",
    "airfield",
    "port",
    "harbour",
    "harbor",
    "bazaar",
    "outskirts",
    "suburb",
    "suburbs",
    "centre",
    "center",
    "streets",
    "barracks",
    "stadium",
];

/// The states of the United States as papers shorten them after a town: "Arn, Conn."
pub(super) const STATES: [(&str, &str); 46] = [
    ("Ala", "Alabama"),
    ("Ariz", "Arizona"),
    ("Ark", "Arkansas"),
    ("Calif", "California"),
    ("Colo", "Colorado"),
    ("Conn", "Connecticut"),
    ("Del", "Delaware"),
    ("Fla", "Florida"),
    ("Ga", "Georgia"),
    ("Ill", "Illinois"),
    ("Ind", "Indiana"),
    ("Kan", "Kansas"),
    ("Ky", "Kentucky"),
    ("La", "Louisiana"),
    ("Md", "Maryland"),
    ("Mass", "Massachusetts"),
    ("Mich", "Michigan"),
    ("Minn", "Minnesota"),
    ("Miss", "Mississippi"),
    ("Mo", "Missouri"),
    ("Mont", "Montana"),
    ("Neb", "Nebraska"),
    ("Nev", "Nevada"),
    ("N.H.", "New Hampshire"),
    ("N.J.", "New Jersey"),
    ("N.M.", "New Mexico"),
    ("N.Y.", "New York"),
    ("N.C.", "North Carolina"),
    ("N.D.", "North Dakota"),
    ("Okla", "Oklahoma"),
    ("Ore", "Oregon"),
    ("Pa", "Pennsylvania"),
    ("R.I.", "Rhode Island"),
    ("S.C.", "South Carolina"),
    ("S.D.", "South Dakota"),
    ("Tenn", "Tennessee"),
    ("Tex", "Texas"),
    ("Vt", "Vermont"),
    ("Va", "Virginia"),
    ("Wash", "Washington"),
    ("W.Va", "West Virginia"),
    ("Wis", "Wisconsin"),
    ("Wyo", "Wyoming"),
    ("D.C.", "District of Columbia"),
    ("DC", "District of Columbia"),
    ("D.C", "District of Columbia"),
];

/// What a body is for: "Organisation for Security and Cooperation in Nova".
pub(super) const MATTERS: [&str; 14] = [
    "cooperation",
    "co-operation",
    "security",
    "development",
    "peace",
    "justice",
    "trade",
    "rights",
    "democracy",
    "research",
    "education",
    "unity",
    "reform",
    "studies",
];

/// Last words of the names of buildings and grounds.
pub(super) const SITES: [&str; 44] = [
    "airport",
    "airfield",
    "airbase",
    "base",
    "palace",
    "stadium",
    "university",
    "hospital",
    "prison",
    "refinery",
    "camp",
    "square",
    "bridge",
    "dam",
    "plant",
    "station",
    "hall",
    "hotel",
    "church",
    "mosque",
    "cathedral",
    "mountains",
    "river",
    "sea",
    "crossing",
    "street",
    "avenue",
    "park",
    "school",
    "market",
    "monastery",
    "temple",
    "harbor",
    "harbour",
    "terminal",
    "shipyard",
    "depot",
    "barracks",
    "forest",
    "bay",
    "arena",
    "tower",
    "checkpoint",
    "resort",
];

/// Words after a place's name that make it an attribute of a body or office, not of a person.
pub(super) const BODY_WORDS: [&str; 44] = [
    "mayor",
    "governor",
    "police",
    "airport",
    "university",
    "stock",
    "exchange",
    "times",
    "post",
    "prime",
    "president",
    "minister",
    "foreign",
    "ministry",
    "government",
    "parliament",
    "court",
    "army",
    "defense",
    "defence",
    "forces",
    "national",
    "international",
    "central",
    "high",
    "air",
    "city",
    "state",
    "region",
    "oblast",
    "province",
    "embassy",
    "summit",
    "agreement",
    "accords",
    "conference",
    "declaration",
    "peace",
    "security",
    "king",
    "crown",
    "sea",
    "river",
    "strip",
];

/// Names of towns somewhere that mean something else almost everywhere.
pub(super) const NEVER: [&str; 58] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mr",
    "mrs",
    "dr",
    "president",
    "prime",
    "minister",
    "king",
    "queen",
    "prince",
    "general",
    "police",
    "army",
    "christian",
    "christmas",
    "easter",
    "union",
    "league",
    "god",
    "lord",
    "church",
    "university",
    "central",
    "independence",
    "liberty",
    "justice",
    "best",
    "media",
    "opposition",
    "police",
    "young",
    "big",
    "great",
    "new",
    "old",
    "state",
    "bank",
    "world",
    "van",
    "de",
];

//! The words of tolls: what tells of killed and wounded, who may be counted, and what stands about a count.

use super::super::text::Token;

/// A word that tells of killed or wounded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Harm {
    pub kills: bool,
    pub form: Form,
}

/// How such a word stands to its number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// "killed": the number follows, or stands before if passive.
    Either,
    /// "killing", "kills": the number follows.
    Active,
    /// "dead", "died", "fatalities": the number stands before.
    After,
    /// "deaths", "lives": "12 deaths", "the deaths of 12".
    Noun,
    /// "toll": the number follows "to", "at", "of".
    Toll,
    /// "treated", "in hospital": the number stands before.
    Care,
    /// "lost nine men", "cost the garrison nine men": persons with their number follow.
    Lost,
    /// "fell": persons with their number stand right before.
    Fell,
    /// "cut down", "blown up": as [`Form::Either`], but only of persons.
    Persons,
}

pub(super) fn harm(lower: &str) -> Option<Harm> {
    let (kills, form) = match lower {
        "killed" | "murdered" | "slain" | "massacred" | "martyred" | "beheaded" | "slaughtered"
        | "butchered" | "executed" | "gunned" | "mowed" | "assassinated" => (true, Form::Either),
        "killing" | "kills" | "kill" | "murdering" | "assassinating" | "assassinate" => (true, Form::Active),
        "dead" | "died" | "dies" | "die" | "perished" | "fatalities" => (true, Form::After),
        "deaths" | "lives" | "death" => (true, Form::Noun),
        "toll" => (true, Form::Toll),
        "wounded" | "injured" | "hurt" | "maimed" => (false, Form::Either),
        "maiming" | "wounding" | "injuring" | "injures" | "injure" | "wounds" | "wound" | "hurting"
        | "hurts" => (false, Form::Active),
        "lost" | "loses" | "losing" | "cost" | "costing" => (true, Form::Lost),
        "injuries" => (false, Form::Noun),
        "hospitalised" | "hospitalized" | "treated" => (false, Form::After),
        _ => return None,
    };
    Some(Harm { kills, form })
}

/// Words that tell of dead and hurt without being a harm word.
pub(super) const TELLING: &[&str] = &[
    "life",
    "treatment",
    "burns",
    "ward",
    "wards",
    "shot",
    "hit",
    "fell",
    "cut",
    "picked",
    "blown",
    "fatally",
    "mortally",
    "casualties",
    "casualty",
    "victims",
    "bodies",
    "treated",
    "hospital",
    "hospitalised",
    "hospitalized",
];

/// What one is in hospital for without having been attacked.
pub(super) const ILLNESSES: [&str; 12] = [
    "virus",
    "disease",
    "fever",
    "ebola",
    "cholera",
    "malaria",
    "measles",
    "flu",
    "influenza",
    "infection",
    "poisoning",
    "symptoms",
];

/// After "fell" these tell of no death: "fell to", "fell ill", "fell back".
pub(super) const FELL_ON: [&str; 30] = [
    "to", "ill", "sick", "back", "into", "from", "for", "short", "behind", "off", "over", "asleep", "silent",
    "out", "foul", "under", "through", "apart", "victim", "down", "below", "by", "away", "prey", "on",
    "onto", "as", "sharply", "prisoner", "among",
];

/// Verbs that kill with their particle: "were cut down", "blown up", "picked off".
pub(super) const KILLS_WITH: [(&str, &str); 4] =
    [("cut", "down"), ("picked", "off"), ("blown", "up"), ("mown", "down")];

/// What is done to death.
pub(super) const TO_DEATH: [&str; 10] =
    ["hacked", "beaten", "stoned", "burned", "burnt", "shot", "stabbed", "put", "bludgeoned", "clubbed"];

/// The number that an ordinal stands for, from the second on: "fourth", "22nd".
pub(super) fn ordinal(lower: &str) -> Option<u32> {
    if let Some(at) = ORDINALS.iter().position(|word| *word == lower) {
        return Some(at as u32 + 2);
    }
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &lower[digits.len()..];
    matches!(suffix, "st" | "nd" | "rd" | "th").then(|| digits.parse().ok()).flatten().filter(|n| *n > 1)
}

pub(super) const ORDINALS: [&str; 19] = [
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// After these, "of" and a number tell an age or a number of children.
pub(super) const AGED: [&str; 22] = [
    "girl", "boy", "man", "woman", "child", "baby", "toddler", "teenager", "youth", "mother", "father",
    "son", "daughter", "pupil", "student", "girls", "boys", "children", "sister", "brother", "widow",
    "parent",
];

/// Singular words for several.
pub(super) const GROUPS: [&str; 8] =
    ["crew", "family", "couple", "team", "staff", "police", "personnel", "pair"];

/// Offices that one person holds.
pub(super) const OFFICES: [&str; 26] = [
    "major",
    "sergeant",
    "lieutenant",
    "brigadier",
    "admiral",
    "ambassador",
    "councillor",
    "sheikh",
    "archbishop",
    "pastor",
    "mayor",
    "governor",
    "minister",
    "president",
    "general",
    "colonel",
    "commander",
    "captain",
    "judge",
    "senator",
    "deputy",
    "journalist",
    "reporter",
    "leader",
    "bishop",
    "chief",
];

/// Verbs that raise a toll "to nine the number of dead".
pub(super) const RAISES: [&str; 9] =
    ["bringing", "brings", "brought", "raising", "raises", "raised", "taking", "pushing", "lifting"];

pub(super) fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.lower.as_str())
}

pub(super) fn is_one(lower: &str) -> bool {
    matches!(lower, "a" | "an" | "another")
}

pub(super) fn is_plural(lower: &str) -> bool {
    lower.ends_with('s') || matches!(lower, "children" | "men" | "women" | "people" | "police" | "personnel")
}

pub(super) fn is_person(lower: &str) -> bool {
    let singular = lower.strip_suffix('s').unwrap_or(lower);
    PERSONS.contains(&singular)
        || PERSONS.contains(&lower)
        || (lower.ends_with("men") || lower.ends_with("man") || lower.ends_with("women")) && lower.len() > 4
        || (singular.ends_with("boy") || singular.ends_with("girl")) && singular.len() > 5
}

/// Those who may be counted among killed and wounded; singular.
pub(super) const PERSONS: &[&str] = &[
    "people",
    "person",
    "civilian",
    "soldier",
    "troop",
    "child",
    "children",
    "woman",
    "women",
    "man",
    "men",
    "boy",
    "girl",
    "baby",
    "infant",
    "toddler",
    "teenager",
    "teen",
    "student",
    "pupil",
    "teacher",
    "worker",
    "employee",
    "staff",
    "resident",
    "villager",
    "local",
    "passenger",
    "driver",
    "pedestrian",
    "police",
    "officer",
    "cop",
    "guard",
    "medic",
    "doctor",
    "nurse",
    "paramedic",
    "rescuer",
    "firefighter",
    "journalist",
    "reporter",
    "militant",
    "fighter",
    "rebel",
    "insurgent",
    "terrorist",
    "combatant",
    "member",
    "commander",
    "victim",
    "other",
    "national",
    "citizen",
    "foreigner",
    "tourist",
    "pilgrim",
    "worshipper",
    "worshiper",
    "protester",
    "demonstrator",
    "refugee",
    "migrant",
    "prisoner",
    "hostage",
    "crew",
    "sailor",
    "marine",
    "pilot",
    "peacekeeper",
    "personnel",
    "servicemen",
    "farmer",
    "mother",
    "father",
    "son",
    "daughter",
    "brother",
    "sister",
    "wife",
    "husband",
    "couple",
    "Palestinian",
    "trooper",
    "patient",
    "waiter",
    "waitress",
    "barber",
    "baker",
    "mechanic",
    "porter",
    "clerk",
    "cashier",
    "conductor",
    "cleaner",
    "surgeon",
    "midwife",
    "orphan",
    "widow",
    "settler",
    "nomad",
    "deckhand",
    "shopper",
    "trader",
    "vendor",
    "seller",
    "merchant",
    "shopkeeper",
    "herder",
    "shepherd",
    "bystander",
    "passerby",
    "adult",
    "schoolchildren",
    "relative",
    "neighbour",
    "neighbor",
    "conscript",
    "recruit",
    "reservist",
    "cadet",
    "gendarme",
    "commando",
    "paratrooper",
    "guerrilla",
    "separatist",
    "extremist",
    "jihadist",
    "attacker",
    "assailant",
    "bomber",
    "inmate",
    "detainee",
    "captive",
    "visitor",
    "guest",
    "customer",
    "diner",
    "motorist",
    "cyclist",
    "miner",
    "engineer",
    "labourer",
    "laborer",
    "builder",
    "volunteer",
    "missionary",
    "priest",
    "nun",
    "monk",
    "cleric",
    "mourner",
    "elder",
    "lawmaker",
    "lawyer",
    "judge",
    "activist",
    "supporter",
    "contractor",
    "bodyguard",
    "spectator",
    "player",
    "athlete",
    "musician",
    "grandmother",
    "grandfather",
    "uncle",
    "aunt",
    "cousin",
    "nephew",
    "niece",
    "sibling",
    "twin",
    "seamstress",
    "cook",
    "cameraman",
    "interpreter",
    "translator",
    "diplomat",
    "official",
    "peacekeeper",
    "sergeant",
    "lieutenant",
    "corporal",
    "private",
];

/// Those counted may be "members of one family": the body is no count.
pub(super) const BODIES: [&str; 16] = [
    "family",
    "household",
    "crew",
    "unit",
    "patrol",
    "team",
    "staff",
    "party",
    "platoon",
    "squad",
    "battalion",
    "brigade",
    "group",
    "class",
    "congregation",
    "clan",
];

/// What is counted near harm words without being persons.
pub(super) const THINGS: [&str; 66] = [
    "attempts",
    "weeks",
    "months",
    "years",
    "hours",
    "minutes",
    "missions",
    "sorties",
    "raids",
    "explosions",
    "blasts",
    "bombings",
    "incidents",
    "occasions",
    "provinces",
    "districts",
    "sites",
    "targets",
    "schools",
    "hospitals",
    "churches",
    "mosques",
    "shops",
    "trucks",
    "buses",
    "boats",
    "ships",
    "planes",
    "jets",
    "helicopters",
    "aircraft",
    "positions",
    "checkpoints",
    "bases",
    "camps",
    "mortars",
    "drones",
    "missiles",
    "rockets",
    "buildings",
    "houses",
    "homes",
    "vehicles",
    "cars",
    "tanks",
    "bombs",
    "shells",
    "strikes",
    "attacks",
    "apartments",
    "cows",
    "sheep",
    "cattle",
    "animals",
    "dogs",
    "horses",
    "regions",
    "cities",
    "towns",
    "villages",
    "countries",
    "days",
    "floors",
    "rounds",
    "shots",
    "times",
];

/// Words between a harm verb and its number that change nothing.
pub(super) const FILLERS: [&str; 13] = [
    "down",
    "also",
    "the",
    "another",
    "off",
    "up",
    "dead",
    "in",
    "all",
    "reported",
    "confirmed",
    "further",
    "still",
];

pub(super) const PASSIVE: [&str; 16] = [
    "was",
    "were",
    "been",
    "being",
    "be",
    "are",
    "is",
    "get",
    "got",
    "getting",
    "left",
    "reported",
    "feared",
    "believed",
    "found",
    "confirmed",
];

/// Words between "toll" and its number.
pub(super) const TOLL_LINKS: [&str; 20] = [
    "to",
    "at",
    "of",
    "reached",
    "reaches",
    "hit",
    "hits",
    "passed",
    "passes",
    "surpasses",
    "surpassed",
    "topped",
    "tops",
    "is",
    "was",
    "stands",
    ":",
    "exceeds",
    "exceeded",
    "now",
];

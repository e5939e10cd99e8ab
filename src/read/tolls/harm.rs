//! The words that tell of killed and wounded, and those that stand between them and their number.
//!
//! A word comes in; whether it tells of dead or hurt goes out, and on which side of it the number stands.

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
    "hospital",
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

/// Verbs that raise a toll "to nine the number of dead".
pub(super) const RAISES: [&str; 9] =
    ["bringing", "brings", "brought", "raising", "raises", "raised", "taking", "pushing", "lifting"];

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

/// What makes a harm verb passive: the number stands before it.
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

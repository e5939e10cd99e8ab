//! Whether an attack or a meeting is told as news or recalled as context: weighed cues of its wording and date.
//!
//! Each cue says little by itself, all of them together mostly enough. Their weights are learned from labelled
//! articles (`lexicon/background.tsv`, made by `scripts/background`). What always holds is decided beside them:
//! a toll that has grown, the count of a campaign, a report withdrawn, a meeting called off in the lead is news.

use std::sync::LazyLock;

use chrono::Datelike;
use regex::Regex;

use super::{Context, phrases, revise};
use crate::model::{Mention, Precision, Shape, Status};

/// Cues by name, and how much each speaks for context; below 0 it speaks for news.
type Cues = Vec<(&'static str, f32)>;

/// The weights: a cue's name and its weight, a line; `always` counts for each mention.
static WEIGHTS: LazyLock<Vec<(&str, f32)>> = LazyLock::new(|| {
    include_str!("../../lexicon/background.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (name, weight) = line.split_once('\t')?;
            Some((name, weight.parse().ok()?))
        })
        .collect()
});

/// Whether a mention is an older event told as context.
pub(super) fn is_context(mention: &Mention, at: &Context) -> bool {
    let news = revise::is_withdrawn(&mention.evidence)
        || phrases::more_died(&mention.evidence)
        || mention.campaign
            && mention.killed.is_some()
            && !mention.background
            && counted_by_somebody(mention)
        || mention.status == Status::Cancelled && mention.prominent;
    !news && weighed(mention, at).iter().map(|(_, gives)| gives).sum::<f32>() > 0.0
}

/// The count of a campaign is news where somebody gives it; far from the news and by nobody it is history.
fn counted_by_somebody(mention: &Mention) -> bool {
    mention.prominent || COUNTS.is_in(&mention.evidence)
}

/// Why a mention is told as context, for `explain`: the strongest cues first.
pub(super) fn reasons(mention: &Mention, at: &Context) -> String {
    // Its mark is now what was decided; the reader had set it if nothing else decides so.
    let mut unmarked = mention.clone();
    unmarked.background = false;
    let marked = !is_context(&unmarked, at);
    unmarked.background = marked;
    let mut weighed = weighed(&unmarked, at);
    weighed.retain(|(name, _)| *name != "always");
    weighed.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    weighed.iter().map(|(name, gives)| format!("{name} {gives:+.1}")).collect::<Vec<_>>().join(", ")
}

fn weighed(mention: &Mention, at: &Context) -> Cues {
    let weight = |name: &str| WEIGHTS.iter().find(|(known, _)| *known == name).map_or(0.0, |(_, w)| *w);
    cues(mention, at).into_iter().filter(|(_, on)| *on).map(|(name, _)| (name, weight(name))).collect()
}

/// The cues, and which of them a mention has.
pub(super) fn cues(mention: &Mention, at: &Context) -> Vec<(&'static str, bool)> {
    let text = mention.evidence.as_str();
    let given = mention.when.as_ref().filter(|w| !w.literal.is_empty());
    let age = given.map(|w| (at.day() - w.to).num_days());
    // What is told in passing of today or yesterday is news for whom nobody told it yet.
    let fresh = given.is_some_and(|w| w.precision == Precision::Day)
        && age.is_some_and(|age| (0..=FRESH_DAYS).contains(&age));
    let attack = mention.kind.spec().shape == Shape::Attack;
    let planned = mention.status == Status::Planned;
    let old = !mention.prominent && !planned && age.is_some_and(|age| age > FRESH_DAYS);
    vec![
        ("always", true),
        ("attack", attack),
        ("prominent", mention.prominent),
        ("read as background", mention.background && !fresh),
        ("aside, days old", old),
        ("aside, in passing", !mention.prominent && PASSING.is_in(text)),
        ("an older year", phrases::is_of_an_older_year(text, at.day().year())),
        ("since", SINCE.is_in(text)),
        ("a stretch of attacks", attack && STRETCH.is_in(text)),
        ("what a trial or a tribute is about", TOPIC.is_in(text)),
        ("with who says so", SAYS.is_in(text)),
        ("planned", planned),
        ("wounded counted", mention.wounded.is_some()),
        ("nobody named", mention.actors.is_empty()),
    ]
}

/// Days for which an event is fresh.
const FRESH_DAYS: i64 = 1;

/// Nouns of attacks.
const ATTACK: &str = "(?:attacks?|strikes?|raids?|shelling|bombings?|assaults?|bombardments?|offensive|killings?|shootings?|massacre|ambush|siege)";
/// Nouns of meetings.
const MEETING: &str = "(?:talks|meetings?|summit|visit|session|negotiations|encounter|call|conversation)";
/// What makes a noun a known one.
const KNOWN: &str = r"(?:the|that|those|this|these|its|their|his|her|\w+['’]s)";

/// Words to look for; a broken pattern is nowhere, and a test holds each of them.
struct Words(LazyLock<Option<Regex>>);

impl Words {
    fn is_in(&self, text: &str) -> bool {
        phrases::has(&self.0, text)
    }
}

/// "The summit follows the raid on the port": the event is what other news is placed by.
static PASSING: Words = Words(LazyLock::new(|| {
    phrases::pattern(&format!(
        r"(?i)\b(?:after|following|before|ahead of|since|during|amid|despite|in spite of|for|from|at|in|over|by|of) (?:an?|{KNOWN})\b(?:[^,;]{{0,60}})\b(?:{ATTACK}|{MEETING})\b|\bfollow(?:s|ed) (?:an?|{KNOWN})\b(?:[^,;]{{0,40}})\b(?:{ATTACK}|{MEETING})\b"
    ))
}));

static SINCE: Words = Words(LazyLock::new(|| phrases::pattern(r"(?i)\bsince\b")));

/// "After five days of rocket attacks": many events, told as one stretch of time.
static STRETCH: Words = Words(LazyLock::new(|| {
    phrases::pattern(&format!(
        r"(?i)\b(?:days|weeks|months|years?|decades) of (?:[\w'’-]+ ){{0,5}}(?:{ATTACK}|fighting|clashes|violence|war|rockets?|hostilities)\b"
    ))
}));

/// "Charged with taking part in the attack", "mourned the dead of Monday's raid".
static TOPIC: Words = Words(LazyLock::new(|| {
    let about = r"(?:participat\w+|part|role|complicity|hand|involv\w+|responsib\w+|charg\w+|accus\w+|convict\w+|sentenc\w+|suspect\w*|blam\w+|investigat\w+|findings|inquiry|probe|trial|tried|report|anniversary|memor\w+|victims|condolences|mourn\w*|funerals?|survivors?|detained|arrest\w*|held|behind|over|condemn\w*|denounc\w+|apolog\w+|plann\w+|planting|carrying out)";
    let of = "(?:(?:on|in|of|into|for|over|with|behind|to|at|from) )?";
    phrases::pattern(&format!(
        r"(?i)\b{about} (?:\w+ )?{of}(?:an?|last|{KNOWN}) (?:[\w’'-]+ ){{0,4}}(?:{ATTACK}|bomb|people|dozens|deaths?)\b"
    ))
}));

/// Who gives a count, or that it is a count.
static COUNTS: Words = Words(LazyLock::new(|| {
    phrases::pattern(
        r"(?i)\b(?:sa(?:y|ys|id)|according to|reported|reports|tally|toll|counted|figures|now|so far|since)\b",
    )
}));

/// Fresh news says who brings it.
static SAYS: Words = Words(LazyLock::new(|| {
    phrases::pattern(
        r"(?i)\b(?:said|says|told|warned|urged|accused|blamed|called|announced|demanded|condemned|rejected|insisted|vowed|denied)\b",
    )
}));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wording_places_an_event_behind_the_news() {
        let has = |words: &Words, texts: &[&str]| texts.iter().all(|text| words.is_in(text));
        assert!(has(
            &PASSING,
            &[
                "She flew home after Monday's talks in Lisse",
                "The summit follows the raid on the port",
                "He stepped down over the shelling of Marovka",
            ]
        ));
        assert!(has(&SINCE, &["It is the third raid since May"]));
        assert!(has(&STRETCH, &["The truce ends three weeks of daily rocket attacks"]));
        assert!(has(
            &TOPIC,
            &[
                "Two men were charged with taking part in the attack on the mill",
                "They mourned the victims of Monday's raid",
            ]
        ));
        assert!(has(&SAYS, &["Drones hit Marovka at dawn, the governor said"]));
        assert!(has(&COUNTS, &["Medics say that 90 have died", "The toll stands at 90"]));
        assert!(!COUNTS.is_in("Raids have also killed around 90 people"));
        assert!(!PASSING.is_in("Drones hit Marovka at dawn"));
        assert!(!TOPIC.is_in("Drones attacked a mill in Marovka"));
        assert!(!STRETCH.is_in("Talks open in five days"));
    }

    #[test]
    fn each_cue_has_a_weight_and_each_weight_a_cue() {
        let mention = crate::compare::tests::strike("Drones hit Marovka at dawn", None);
        let at = Context { published: chrono::DateTime::UNIX_EPOCH, outlet: String::new() };
        let cues: Vec<&str> = cues(&mention, &at).into_iter().map(|(name, _)| name).collect();
        for name in &cues {
            assert!(WEIGHTS.iter().any(|(known, _)| known == name), "no weight: {name}");
        }
        assert_eq!(WEIGHTS.len(), cues.len());
    }
}

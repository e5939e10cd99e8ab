//! The words in a sentence that tell of an armed act, and how sure each is.
//!
//! A noun or verb that names an armed attack counts by itself; a common one ("hit", "strike", "killed") only with
//! arms, forces, dead or a target about it.

use std::ops::Range;

use super::{Armed, WORDS, has};
use crate::model::ActorRole;
use crate::read::document::Sentence;
use crate::read::lexicon::{Form, Match};
use crate::read::names::Stands;
use crate::read::tolls::Tolls;

/// From this score on a word tells of an armed act.
const TELLS: f32 = 0.5;

/// A word or phrase that tells of an armed act.
#[derive(Debug, Clone)]
pub(super) struct Trigger {
    /// Its tokens.
    pub words: Range<usize>,
    /// Which list it stands in.
    pub rule: &'static str,
    /// The line of the list.
    pub lemma: &'static str,
    /// 0 to 1.
    pub score: f32,
}

impl Trigger {
    /// Whether it tells the harm and not what did it ("killed", "wounded").
    pub fn harm(&self) -> bool {
        self.rule == "armed verb" && HARM.contains(&self.lemma)
    }

    /// Whether it is a noun.
    pub fn noun(&self) -> bool {
        self.rule.ends_with("noun")
    }
}

/// Verbs of what an attack does to people and things.
const HARM: &[&str] = &[
    "kill", "wound", "injure", "destroy", "damage", "smash", "die", "hurt", "execute", "murder", "maim",
    "perish", "cut", "claim", "take", "lose",
];

/// Those of them that tell of no armed act without a number of dead.
const COUNTED: &[&str] = &["die", "execute", "murder", "perish", "cut", "claim", "take", "lose", "pick"];

/// What a sentence says, gathered once.
pub(super) struct Said<'s, 'a> {
    pub sentence: &'s Sentence<'a>,
    pub tolls: &'s Tolls,
    pub forces: bool,
    pub hurt: bool,
    pub armed: Armed,
}

impl<'s, 'a> Said<'s, 'a> {
    pub fn new(sentence: &'s Sentence<'a>, armed: Armed) -> Self {
        Said {
            sentence,
            tolls: sentence.tolls(),
            forces: has(sentence, "forces"),
            hurt: has(sentence, "hurt") || !sentence.tolls().killed.is_empty(),
            armed,
        }
    }

    /// Whether it gives a number of killed or wounded.
    pub fn toll(&self) -> bool {
        !self.tolls.killed.is_empty() || !self.tolls.wounded.is_empty() || !self.tolls.further.is_empty()
    }

    /// Whether it gives a number of killed.
    pub fn deaths(&self) -> bool {
        !self.tolls.killed.is_empty() || !self.tolls.further.is_empty()
    }

    /// Whether a word of a list stands in a range, outside another.
    pub fn other(&self, section: &str, range: Range<usize>, but: &Range<usize>) -> bool {
        let tokens = &self.sentence.tokens;
        range
            .into_iter()
            .any(|i| i < tokens.len() && !but.contains(&i) && WORDS.section(section).at(tokens, i).is_some())
    }
}

/// All words of a sentence that tell of an armed act, in order.
pub(super) fn find(said: &Said<'_, '_>) -> Vec<Trigger> {
    let tokens = &said.sentence.tokens;
    let mut vetoed: Option<Vec<Range<usize>>> = None;
    let mut found: Vec<Trigger> = Vec::new();
    for at in 0..tokens.len() {
        let listed =
            LISTS.iter().filter_map(|&(section, rule)| Some((WORDS.section(section).at(tokens, at)?, rule)));
        let mut best: Option<Trigger> = None;
        for (listed, rule) in listed {
            let words = at..at + listed.len;
            let part_of_name = said
                .sentence
                .name_at(at)
                .is_some_and(|n| n.stands == Stands::Media || n.last > n.first + 1 && tokens[at].cap);
            // ‘Rocket Attack’, quoted in capitals, is the name of a work.
            let work =
                tokens[at].quoted && tokens[at].cap && tokens.get(at + 1).is_none_or(|t| t.cap || t.punct);
            if work {
                continue;
            }
            if tokens[at].punct
                || part_of_name
                || rule.ends_with("verb") && listed.form == Form::Base && !finite(said.sentence, at)
            {
                continue;
            }
            if rule == "armed verb"
                && HARM.contains(&listed.lemma)
                && adjective(said.sentence, at, listed.form)
            {
                continue;
            }
            let vetoed = vetoed.get_or_insert_with(|| super::unarmed::phrases(said.sentence));
            if vetoed.iter().any(|v| v.start < words.end && words.start < v.end) {
                continue;
            }
            let score = score(said, &words, rule, listed);
            if score >= TELLS && best.as_ref().is_none_or(|b| score > b.score) {
                best = Some(Trigger { words, rule, lemma: listed.lemma, score });
            }
        }
        found.extend(best);
    }
    if found.is_empty() {
        found.extend(toll_of_arms(said));
    }
    found
}

/// "Arn death toll tops 40": in an article on arms, what heads it is their toll.
fn toll_of_arms(said: &Said<'_, '_>) -> Option<Trigger> {
    let sentence = said.sentence;
    let at = sentence.tokens.iter().position(|t| t.low == TOLL)?;
    let siege = sentence.tokens.iter().any(|t| t.is(&["siege", "hostage", "hostages"]));
    let armed = sentence.prominent() && (said.armed.article || siege) && !said.armed.disaster;
    (armed && !said.tolls.killed.is_empty()).then_some(Trigger {
        words: at..at + 1,
        rule: "armed noun",
        lemma: TOLL,
        score: 0.6,
    })
}

/// The lemma of a toll that stands for its attack.
pub(super) const TOLL: &str = "toll";

const LISTS: &[(&str, &str)] = &[
    ("nouns strong", "attack noun"),
    ("verbs strong", "attack verb"),
    ("nouns weak", "armed noun"),
    ("verbs weak", "armed verb"),
    ("verbs down", DOWNED),
];

/// The rule of a manned aircraft that was shot down.
pub(super) const DOWNED: &str = "downed aircraft";

/// Verbs that tell of many other things than arms: they need a weapon beside them.
const AMBIGUOUS: &[&str] = &[
    "explode", "launch", "fire", "lob", "hurl", "rip", "tear", "slam", "rock", "land", "carry", "throw",
    "plant", "resume", "mount", "drop", "rain", "fall", "spray", "trade", "exchange", "come", "fly", "crash",
    "plough", "empty", "pump", "rake", "toss", "fling",
];

fn score(said: &Said<'_, '_>, words: &Range<usize>, rule: &str, listed: Match) -> f32 {
    let tokens = &said.sentence.tokens;
    let near = words.start.saturating_sub(8)..(words.end + 8).min(tokens.len());
    let arms = said.other("weapons", near.clone(), words);
    match rule {
        "attack noun" => 0.8,
        DOWNED => {
            let end = (words.end + 6).min(tokens.len());
            // "by a missile": what it was shot down with.
            let end = (words.end..end).find(|&i| tokens[i].low == "by").unwrap_or(end);
            let around = words.start.saturating_sub(14)..end;
            let unmanned = around.clone().any(|i| {
                tokens[i].low.starts_with("drone")
                    || tokens[i].low.starts_with("missile")
                    || tokens[i].is(&["uav", "uavs", "rocket", "rockets", "bill", "law"])
            });
            let shot = listed.lemma == "shoot" || said.armed.article && listed.form == Form::Past;
            if said.other("manned", around, words) && !unmanned && shot { 0.8 } else { 0.0 }
        }
        "attack verb" => {
            let placed = !said.sentence.places.is_empty();
            let armed = said.forces || said.hurt || arms || said.armed.article;
            let itself = WORDS.section("weapons").any(tokens, near);
            if armed || placed || itself { 0.8 } else { 0.3 }
        }
        "armed noun" => noun(said, words, listed, arms),
        _ => verb(said, words, listed, arms),
    }
}

/// A common noun of attacks: "strike", "raid", "blast", "rocket".
fn noun(said: &Said<'_, '_>, words: &Range<usize>, listed: Match, arms: bool) -> f32 {
    let weapon_itself = WORDS.section("weapons").at(&said.sentence.tokens, words.start).is_some();
    let around = words.start.saturating_sub(4)..(words.end + 5).min(said.sentence.tokens.len());
    let habitual = WORDS.section("general").any(&said.sentence.tokens, around.clone());
    let score = match listed.lemma {
        "fighting" | "offensive" if said.deaths() && super::campaign::ongoing(said, &around) => return 0.6,
        "fighting" | "clash" if said.deaths() && leaves_dead(said, words.end) => return 0.55,
        "battle" | "fighting" | "clash" if !said.toll() && (!said.forces || habitual) => return 0.0,
        "strike" | "attack" | "raid" | "barrage" | "salvo" | "assault" => 0.3,
        "blast" | "explosion" | "shooting" | "offensive" | "battle" | "fighting" | "clash" => 0.1,
        _ if weapon_itself => return if said.hurt && said.toll() { 0.55 } else { 0.1 },
        _ => 0.0,
    };
    weigh(said, words, "armed noun", listed, arms, score + if said.hurt || said.toll() { 0.25 } else { 0.0 })
}

/// "The fighting left four dead": it is the subject of its toll.
fn leaves_dead(said: &Said<'_, '_>, from: usize) -> bool {
    let tokens = &said.sentence.tokens;
    (from..(from + 3).min(tokens.len()))
        .take_while(|&i| !tokens[i].punct)
        .any(|i| tokens[i].is(&["left", "killed", "claimed", "leaves", "kills", "leaving"]))
}

/// A common verb of attacks: "hit", "storm", "fire", "kill".
fn verb(said: &Said<'_, '_>, words: &Range<usize>, listed: Match, arms: bool) -> f32 {
    let tokens = &said.sentence.tokens;
    let lemma = listed.lemma;
    let close = |reach: usize| words.start.saturating_sub(reach)..(words.end + reach).min(tokens.len());
    let itself = lemma == "empty" && words.len() > 3;
    if AMBIGUOUS.contains(&lemma)
        && !itself
        && !said.other("weapons", close(6), words)
        && WORDS.section("nouns strong").at(tokens, words.end + 1).is_none()
        && !said.other("nouns weak", close(4), words)
    {
        return 0.0;
    }
    let harm = HARM.contains(&lemma);
    if harm && by_arms(said, words) {
        return 0.7;
    }
    let subject = words.start.saturating_sub(3)..words.start;
    let thrown = listed.form != Form::Base && said.other("weapons", subject, words);
    let score = match lemma {
        _ if thrown && !harm && !tokens[words.start - 1].punct => 0.3,
        _ if itself => 0.5,
        "shoot" | "hack" if said.deaths() && listed.form != Form::Ing => 0.35,
        "attack" | "strike" | "hit" | "pound" | "raid" | "target" | "storm" | "batter" | "shoot" => {
            if listed.form == Form::Ing { 0.1 } else { 0.2 }
        }
        _ if AMBIGUOUS.contains(&lemma) || lemma == "clash" => 0.1,
        _ if COUNTED.contains(&lemma) && !said.deaths() => 0.0,
        // Armed men who do it: no weapon need be named.
        _ if COUNTED.contains(&lemma) && said.other("attackers", close(4).start..words.start, words) => 0.4,
        _ if harm && (arms || said.forces || said.armed.article) && !said.armed.disaster => 0.1,
        _ => 0.0,
    };
    if harm && score == 0.0 {
        return 0.0;
    }
    weigh(said, words, "armed verb", listed, arms, score + if said.toll() { 0.25 } else { 0.0 })
}

fn weigh(said: &Said<'_, '_>, words: &Range<usize>, rule: &str, listed: Match, arms: bool, base: f32) -> f32 {
    let tokens = &said.sentence.tokens;
    let at = words.start;
    let national = said.sentence.names.iter().any(|n| {
        n.stands != Stands::Media
            && n.actor.role != ActorRole::Person
            && n.last + 2 > at
            && n.first < at
            && n.last <= at
    });
    let object = (words.end..(words.end + 5).min(tokens.len())).any(|i| {
        said.sentence.places.iter().any(|p| said.sentence.token_at(p.range.start) == i)
            || WORDS.section("military targets").at(tokens, i).is_some()
    });
    let figurative = (words.end..(words.end + 6).min(tokens.len()))
        .take_while(|&i| !tokens[i].punct)
        .any(|i| WORDS.section("figurative").at(tokens, i).is_some());
    // In an article on arms "the attacks" are armed ones; its verbs may still be others'.
    let about = if rule.ends_with("noun") { 0.2 } else { 0.1 };
    let mut score = base;
    for (sign, weight) in
        [(arms, 0.3), (said.forces, 0.15), (national, 0.2), (object, 0.15), (said.armed.article, about)]
    {
        score += if sign { weight } else { 0.0 };
    }
    if matches!(listed.lemma, "blast" | "explosion") && !arms && !said.forces && !said.armed.article {
        score -= 0.2;
    }
    let police = tokens.iter().any(|t| t.is(&["arrested", "arrests", "detained", "seized", "drugs"]));
    if listed.lemma == "raid" && police && !arms {
        score -= 0.3;
    }
    if figurative && !arms {
        score -= 0.3;
    }
    score.min(0.9)
}

/// Whether armed men or arms did the harm, as the verb's agent or its means: "was wounded by a gunman".
fn by_arms(said: &Said<'_, '_>, words: &Range<usize>) -> bool {
    let tokens = &said.sentence.tokens;
    let Some(by) = (words.end..(words.end + 4).min(tokens.len())).find(|&i| tokens[i].is(&["by", "in"]))
    else {
        return false;
    };
    let noun = by + 1..(by + 6).min(tokens.len());
    let stop = noun.clone().find(|&i| tokens[i].punct).unwrap_or(noun.end);
    let armed = |section: &str| WORDS.section(section).any(tokens, by + 1..stop);
    tokens[by].low == "by" && (armed("attackers") || armed("weapons")) || armed("nouns strong")
}

/// "one wounded survivor", "the damaged bridge": a participle before its noun tells no act.
fn adjective(sentence: &Sentence<'_>, at: usize, form: Form) -> bool {
    let tokens = &sentence.tokens;
    let led = at > 0
        && (tokens[at - 1]
            .is(&["a", "an", "the", "one", "only", "his", "her", "their", "some", "badly", "of"])
            || tokens[at - 1].text.starts_with(|c: char| c.is_ascii_digit()));
    let noun = tokens
        .get(at + 1)
        .is_some_and(|t| !t.punct && !crate::read::text::is_stop_word(&t.low) && !t.cap && t.low.len() > 3);
    let passive = at > 1 && tokens[at - 2].is(&["was", "were", "been", "is", "are"]);
    form == Form::Past && led && noun && !passive
}

/// Whether a base form is a finite verb here ("rebels bomb") and not the noun or a purpose ("arms to destroy tanks").
fn finite(sentence: &Sentence<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|i| &sentence.tokens[i]) else { return false };
    if before.low == "to" {
        return at > 1
            && sentence.tokens[at - 2].is(&["used", "began", "continued", "started", "went", "returned"]);
    }
    before.low.ends_with("men")
        || before.is(&["will", "did", "police", "who", "still", "troops", "forces"])
        || !before.punct && before.low.len() > 3 && before.low.ends_with('s') && sentence.prominent()
}

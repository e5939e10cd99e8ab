//! What words tell: a rare one much, one that every report has little; and whether two statements are one.

use std::collections::{BTreeSet, HashMap};

use super::Known;
use super::actors;
use super::groups;
use super::link::Part;
use super::sayings;
use crate::model::{ActorRole, Development, Mention};

/// Weighted overlap of the words, 0 to 1.
pub(super) fn alike(mention: &Mention, facts: &Development, lore: &Lore) -> f32 {
    lore.likeness(&mention.words.iter().collect(), &facts.words.iter().collect())
}

pub(super) fn words(mention: &Mention, facts: &Development, lore: &Lore) -> Part {
    let likeness = alike(mention, facts, lore);
    Part::is((likeness * 1.5).min(1.0), format!("words alike {likeness:.2}"))
}

/// What the known developments teach: how rare a word is, and for which country a person acts.
#[derive(Debug, Default)]
pub(super) struct Lore {
    developments: usize,
    having: HashMap<String, usize>,
    lands: HashMap<String, String>,
}

impl Lore {
    pub fn among(known: &[Known]) -> Lore {
        let mut having = HashMap::new();
        for word in known.iter().flat_map(|k| &k.facts.words) {
            *having.entry(word.clone()).or_default() += 1;
        }
        let mut lands = HashMap::new();
        for actor in known.iter().flat_map(|k| &k.facts.actors) {
            if let (ActorRole::Person, Some(country)) = (actor.role, &actor.country) {
                lands.entry(actor.key.clone()).or_insert_with(|| country.clone());
            }
        }
        Lore { developments: known.len(), having, lands }
    }

    /// Learns from the article itself: its text gives the offices that its headline drops.
    pub fn learn(&mut self, mentions: &[Mention]) {
        for actor in mentions.iter().flat_map(|m| m.actors.iter().chain(&m.speaker)) {
            if let (ActorRole::Person, Some(country)) = (actor.role, &actor.country) {
                self.lands.insert(actor.key.clone(), country.clone());
            }
        }
    }

    /// The mention, its persons without a country given the one that they act for elsewhere.
    pub fn placed(&self, mention: &Mention) -> Mention {
        let mut mention = mention.clone();
        for actor in mention.actors.iter_mut().chain(&mut mention.speaker) {
            if actor.role == ActorRole::Person && actor.country.is_none() {
                actor.country = self.lands.get(&actor.key).cloned();
            }
        }
        mention
    }

    /// Gives persons of known developments the country that an article gave since.
    pub fn place(&self, known: &mut [Known]) {
        for known in known {
            for actor in known.facts.actors.iter_mut().chain(&mut known.facts.speaker) {
                if actor.role == ActorRole::Person && actor.country.is_none() {
                    actor.country = self.lands.get(&actor.key).cloned();
                }
            }
        }
    }

    /// 1 for a word that few have, towards 0 for one that all have.
    fn weight(&self, word: &str) -> f32 {
        const ENOUGH: f32 = 8.0;
        let having = self.having.get(word).copied().unwrap_or(0) as f32;
        let all = self.developments as f32 + ENOUGH;
        ((all / (having + 1.0)).ln() / all.ln()).clamp(0.0, 1.0)
    }

    /// Weighted overlap of two texts: between cosine and containment of the shorter, 0 to 1.
    fn likeness(&self, a: &BTreeSet<&String>, b: &BTreeSet<&String>) -> f32 {
        let sum = |words: &mut dyn Iterator<Item = &&String>| words.map(|w| self.weight(w)).sum::<f32>();
        let (x, y) = (sum(&mut a.iter()).max(1.5), sum(&mut b.iter()).max(1.5));
        let shared = sum(&mut a.intersection(b));
        (shared / (x * y).sqrt() + shared / x.min(y)) / 2.0 + 0.0
    }
}

pub(super) fn speaker(mention: &Mention, facts: &Development) -> Part {
    let (Some(a), Some(b)) = (
        mention.speaker.as_ref().or(mention.actors.first()),
        facts.speaker.as_ref().or(facts.actors.first()),
    ) else {
        return Part::veto("no speaker");
    };
    let reason = format!("speaker ({} | {})", a.name, b.name);
    // A house may speak by many; only what is known to be its own voice counts.
    let strangers = [a.role, b.role].contains(&ActorRole::Body) && a.country.is_none() | b.country.is_none();
    let likeness = actors::alike(a, b).max(match () {
        () if groups::is_same(a, b) => 0.8,
        // "The rebel leader" may be anybody.
        () if groups::is_unnamed(a) && groups::may_stand_for(a, b)
            || groups::is_unnamed(b) && groups::may_stand_for(b, a) =>
        {
            actors::MAY_BE
        }
        () => 0.0,
    });
    match if strangers && likeness < 0.5 { 0.0 } else { likeness } {
        0.0 => Part::veto(reason),
        value => Part::is(value, reason),
    }
}

/// What was said decides on a statement: one speaker says many things on one day, and more from day to day.
pub(super) fn said(mention: &Mention, facts: &Development, days: i64, lore: &Lore) -> Part {
    let speakers: Vec<String> = mention
        .speaker
        .iter()
        .chain(&facts.speaker)
        .flat_map(|s| s.name.split_whitespace().map(letters).collect::<Vec<_>>())
        .collect();
    let content = |words: &'_ [String]| -> Vec<String> {
        words.iter().filter(|w| !speakers.iter().any(|s| sayings::is_of(s, w))).cloned().collect()
    };
    let (a, b) = (content(&mention.words), content(&facts.words));
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (a.iter().collect(), b.iter().collect());
    let shared = a.intersection(&b).count();
    let likeness = lore.likeness(&a, &b);
    let of_names =
        a.intersection(&b).filter(|w| is_name(w, &mention.evidence) && is_name(w, &facts.summary)).count();
    let reason =
        format!("said alike {likeness:.2}, {shared} words shared, {of_names} of names, {days} days on");
    let told = || facts.memory.latest.iter().flat_map(|telling| &telling.mentions);
    let quoted = mention.quote.as_deref().is_some_and(|q| sayings::quotes_alike(q, &facts.summary))
        || told().any(|other| quotes_of(mention, other) || quotes_of(other, mention))
        || sayings::share_a_quote(&mention.evidence, &facts.summary)
        || days <= 1
            && (echoes(&mention.evidence, &mention.words, &facts.words)
                || echoes(&facts.summary, &facts.words, &mention.words));
    if quoted {
        return Part::is(1.0, "the same quotation");
    }
    // What was said on another day is something else, unless much of it is the same.
    let (least, doubt) = match days {
        0 => (2, 0.05),
        1 => (3, 0.4),
        _ => (4, 0.45),
    };
    // A state says many things by many mouths.
    let many = mention.speaker.as_ref().is_some_and(|s| s.role != ActorRole::Person);
    let doubt = doubt + if many { 0.1 } else { 0.0 };
    let state = mention.speaker.as_ref().is_some_and(|s| s.role == ActorRole::Country);
    let topic = if days == 0 && of_names > 0 && mention.prominent && !state { TOPIC } else { 0.0 };
    if shared < least {
        return Part::is(topic, reason);
    }
    // Two words shared by long sentences are by chance.
    let by_chance = shared < 3 && a.len().min(b.len()) > 4;
    let value = (1.7 * likeness).min(1.0) * if by_chance { 0.5 } else { 1.0 };
    Part::is((value - doubt).max(topic), reason)
}

/// What one report quotes is in the words or the quotation of another.
fn quotes_of(one: &Mention, other: &Mention) -> bool {
    let Some(quote) = one.quote.as_deref() else { return false };
    [Some(other.evidence.as_str()), other.quote.as_deref()]
        .into_iter()
        .flatten()
        .any(|text| sayings::quotes_alike(quote, text))
}

/// A phrase that a text quotes is in the words of another.
fn echoes(text: &str, stems: &[String], others: &[String]) -> bool {
    sayings::phrases_of(text, stems).any(|phrase| phrase.iter().all(|stem| others.contains(stem)))
}

/// The letters of a name, folded.
fn letters(name: &str) -> String {
    any_ascii::any_ascii(name).to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect()
}

/// What a headline is worth that speaks of the same land or body as another of that speaker that day.
const TOPIC: f32 = 0.25;

/// A word of this text that stands there with a capital.
fn is_name(stem: &str, text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|w| {
        w.starts_with(char::is_uppercase) && any_ascii::any_ascii(w).to_lowercase().starts_with(stem)
    })
}

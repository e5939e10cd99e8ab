//! Towns without a name in the gazetteer, and towns that a text names by other words ("here", "the city").

use std::ops::Range;

use super::WORDS;
use super::acts::Trigger;
use crate::model::{ActorRole, Place, PlaceLevel};
use crate::read::document::{Document, Sentence};
use crate::read::frame;
use crate::read::names::{Name, Stands};
use crate::read::places::{PlaceHit, PlaceUse};

/// A town that the gazetteer lacks, shown to be one by a preposition.
pub(super) fn unknown_town<'s>(
    doc: &Document<'_>,
    sentence: &'s Sentence<'_>,
    range: &Range<usize>,
) -> Option<&'s Name> {
    let tokens = &sentence.tokens;
    sentence.names.iter().find(|n| {
        if !range.contains(&n.first) || n.first == 0 || sentence.title_case {
            return false;
        }
        let possessed = n.first > 1
            && tokens[n.first - 1].low == "'s"
            && sentence.name_at(n.first - 2).is_some_and(|p| p.stands == Stands::Place);
        let of = tokens[n.first - 1].low == "of"
            && tokens[n.first.saturating_sub(4)..n.first - 1].iter().any(|t| {
                t.is(&[
                    "south",
                    "north",
                    "east",
                    "west",
                    "outskirts",
                    "market",
                    "village",
                    "town",
                    "station",
                    "shelling",
                    "bombing",
                    "bombardment",
                ])
            });
        let located = tokens[n.first - 1].is(&["in", "near", "on", "at", "outside", "around"]) || of;
        let town = n.actor.role == ActorRole::Person
            && n.actor.country.is_none()
            && n.actor.literal == n.actor.name
            && n.last <= n.first + 2;
        let ends = tokens.get(n.last).is_none_or(|t| {
            t.punct || t.low != "'s" && !t.cap && !t.is(&["said", "says", "and"]) || t.is(&["and", "'s"])
        });
        town && ends && (possessed || located) && !speaks(doc, n)
    })
}

/// "the Arn bombing": an attack goes by the name of its town, a murder by its victim's.
pub(super) fn named_after<'s>(
    doc: &Document<'_>,
    sentence: &'s Sentence<'_>,
    trigger: &Trigger,
) -> Option<&'s Name> {
    // "shelled Arn": what is shelled is a place.
    const AT_PLACES: [&str; 8] = ["shell", "bomb", "bombard", "pound", "storm", "raze", "overrun", "strafe"];
    if AT_PLACES.contains(&trigger.lemma) && !trigger.noun() {
        let name = sentence.names.iter().find(|n| n.first == trigger.words.end)?;
        let town = name.actor.role == ActorRole::Person
            && name.actor.country.is_none()
            && name.actor.literal == name.actor.name
            && name.last == name.first + 1;
        return (town && !sentence.title_case && !speaks(doc, name)).then_some(name);
    }
    if !trigger.noun()
        || matches!(trigger.lemma, "assassination" | "killing" | "murder")
        || sentence.title_case
    {
        return None;
    }
    let name = sentence.names.iter().rfind(|n| n.last <= trigger.words.start)?;
    let between = &sentence.tokens[name.last..trigger.words.start];
    let town = name.actor.role == ActorRole::Person
        && name.actor.country.is_none()
        && name.actor.literal == name.actor.name
        && name.last == name.first + 1;
    let longer = name.first > 0 && sentence.tokens[name.first - 1].cap;
    let beside = !longer
        && between.iter().all(|t| !t.punct && !t.cap && WORDS.section("weapons").has(&t.low))
        && between.len() < 3;
    (town && beside && !speaks(doc, name)).then_some(name)
}

/// Whether a name is a person's elsewhere in the article: it says something, or is called by a title.
fn speaks(doc: &Document<'_>, name: &Name) -> bool {
    doc.sentences.iter().any(|s| {
        s.names.iter().any(|n| {
            n.actor.key == name.actor.key
                && (s.tokens.get(n.last).is_some_and(|t| t.is(&["said", "says", "told", "who"]))
                    || n.first > 0 && s.tokens[n.first - 1].is(&["said", "says", "by", "with"])
                    || n.actor.name != name.actor.name)
        })
    })
}

/// "here", "this city": the dateline's place; "the city": the last one named before.
pub(super) fn here(doc: &Document<'_>, sentence: &Sentence<'_>) -> Option<Place> {
    let tokens = &sentence.tokens;
    let town = |i: usize| {
        let noun = (i + 1..(i + 4).min(tokens.len()))
            .find(|&j| !tokens[j].cap && tokens[j].is(&["city", "town", "village", "port", "capital"]));
        let site = |j: usize| tokens.get(j + 2).is_some_and(|t| crate::read::places::is_town_site(&t.low));
        noun.is_some_and(|j| {
            tokens.get(j + 1).is_none_or(|t| !t.cap && t.low != "of" && (t.low != "'s" || site(j)))
        })
    };
    if (0..tokens.len())
        .any(|i| tokens[i].low == "here" && i > 0 && !tokens[i - 1].cap || tokens[i].low == "this" && town(i))
    {
        return frame::dateline(doc);
    }
    let the = (0..tokens.len()).any(|i| tokens[i].low == "the" && town(i));
    let before = doc.sentences.iter().take_while(|s| s.text.as_ptr() != sentence.text.as_ptr());
    let first = (0..tokens.len()).find(|&i| tokens[i].low == "the" && town(i)).unwrap_or_default();
    // "the Kenyan town": one of that country.
    let whose = sentence.places.iter().find(|hit| {
        let token = sentence.token_at(hit.range.start);
        hit.use_ == PlaceUse::Demonym && (first + 1..first + 3).contains(&token)
    });
    let country = whose.and_then(|hit| hit.place.country.clone());
    let fits =
        |p: &PlaceHit| p.place.level == PlaceLevel::City && (country.is_none() || p.place.country == country);
    let same = sentence.places.iter().rfind(|p| fits(p) && sentence.token_at(p.range.start) < first);
    if let Some(hit) = same.filter(|_| the) {
        return Some(hit.place.clone());
    }
    // "sympathetic to Arn", "from Arn": named, and not where the text has come to.
    let led = |p: &PlaceHit| !p.preposition.is_some_and(|p| matches!(p, "to" | "from" | "with" | "by"));
    let named = before.filter(|s| !s.title).flat_map(|s| s.places.iter().filter(|p| fits(p) && led(p)));
    named.last().map(|p| p.place.clone()).filter(|_| the)
}

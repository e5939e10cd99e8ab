//! What a sentence without an attack of its own tells of one: its toll, if nothing says that it is another's.

use super::acts::Said;
use super::told::Told;
use super::{WORDS, campaign, has};
use crate::model::{Place, PlaceLevel, Precision};
use crate::read::dates::{DateRole, Direction};
use crate::read::document::{Document, Sentence, Token};
use crate::read::frame;
use crate::read::places::PlaceUse;
use crate::read::tolls::TollHit;

/// So many sentences on, a toll may still be of the attack told before.
const FOLLOWS: usize = 3;
/// So many, where the article tells of no other attack.
const FAR: usize = 14;

/// More dead than this are of a war sooner than of the attack told before.
const MOST: u32 = 500;

/// A toll told in a sentence of its own belongs to the attack told before it, or to the only one of the article.
pub(super) fn follow(told: &mut [Told], doc: &Document<'_>, said: &Said<'_, '_>, at: usize) {
    if !said.toll() || has(said.sentence, "disaster") {
        return;
    }
    let sums = campaign::sums_up(said) || told.iter().any(|t| t.campaign) && campaign::perfect(said);
    let news = |t: &Told| t.campaign == sums && !t.mention.background && !t.alluded;
    let alone = told.iter().filter(|t| news(t)).count() == 1;
    let reach = if alone { FAR } else { FOLLOWS };
    let others =
        told.iter().filter(|t| t.campaign || t.mention.background).map(|t| t.mention.evidence.to_lowercase());
    let others = others.collect::<Vec<String>>();
    let named = |t: &Told| {
        let place = t.mention.place.as_ref().filter(|p| p.level <= PlaceLevel::City);
        place.is_some_and(|p| {
            said.sentence.places.iter().any(|hit| hit.preposition == Some("in") && hit.place.name == p.name)
        })
    };
    // "Another five were hurt in Arn": the attack on Arn, if the last was elsewhere.
    let at_place = told.iter().rposition(|t| news(t) && named(t));
    let told = match at_place {
        Some(i) => &mut told[..=i],
        None => told,
    };
    let reach = if at_place.is_some() { FAR } else { reach };
    let Some(last) = told.iter_mut().rfind(|t| t.campaign == sums && at <= t.at + reach) else { return };
    if speaks_of(said, &last.mention.evidence.to_lowercase(), &others) {
        return;
    }
    if last.mention.background || !of_it(doc, said, last, at) {
        return;
    }
    // "21 people were killed on Tuesday": where several attacks are told, the day's dead are of them all.
    let of_the_day = || doc.dates(said.sentence, Direction::Past).iter().any(|h| h.role == DateRole::At);
    if !alone && at_place.is_none() && !last.campaign && of_the_day() {
        return;
    }
    // What a witness says he saw is no count.
    let near = at <= last.at + FOLLOWS;
    let first = |hits: &[TollHit]| {
        // Far on, one killed is of another matter sooner than of this.
        let plain = |t: &&TollHit| {
            !said.sentence.tokens[said.sentence.token_at(t.range.start)].quoted
                && (near || t.toll.value > 1)
                && (sums || t.toll.value <= MOST)
        };
        hits.iter().find(plain).map(|t| t.toll.clone())
    };
    let (killed, wounded) = (first(&said.tolls.killed), first(&said.tolls.wounded));
    last.mention.killed = last.mention.killed.take().or(killed);
    last.mention.wounded = last.mention.wounded.take().or(wounded);
}

/// Whether "the raid" of a sentence is what others told of and not the attack itself.
fn speaks_of(said: &Said<'_, '_>, own: &str, others: &[String]) -> bool {
    let tokens = &said.sentence.tokens;
    let nouns = (1..tokens.len()).filter(|&i| {
        tokens[i - 1].is(&["the", "that"])
            && ["nouns strong", "nouns weak"].iter().any(|l| WORDS.section(l).has(&tokens[i].low))
    });
    nouns
        .map(|i| &tokens[i].low)
        .any(|noun| !own.contains(noun.as_str()) && others.iter().any(|o| o.contains(noun.as_str())))
}

/// Whether the toll of a sentence may be the attack's: no other day, no other town, and nothing that sets it apart.
fn of_it(doc: &Document<'_>, said: &Said<'_, '_>, told: &Told, at: usize) -> bool {
    let sentence = said.sentence;
    let tokens = &sentence.tokens;
    let day = told.mention.when.as_ref().map_or(doc.day(), |w| w.from);
    let older = doc.dates(sentence, Direction::Past).iter().any(|h| {
        h.role == DateRole::At && (h.when.precision != Precision::Day || (day - h.when.to).num_days() > 1)
    });
    let ago = tokens.iter().any(|t| t.is(&["ago", "previously", "separate", "separately", "elsewhere"]))
        || tokens
            .windows(2)
            .any(|w| w[0].is(&["last", "earlier"]) && w[1].is(&["week", "month", "year", "this"]));
    // Where the words have moved on to another town, its dead are told.
    let near = told.mention.place.is_none() && at <= told.at + 1;
    let elsewhere = !near && doc.sentences[told.at + 1..=at].iter().any(|s| moves_on(s, told));
    told.campaign || !older && !ago && !elsewhere
}

/// Whether a sentence is set in another town than the attack; a hospital may stand anywhere.
fn moves_on(sentence: &Sentence<'_>, told: &Told) -> bool {
    scene_of(sentence, told).is_some()
}

/// The town that a sentence is set in, if it is another than the attack's.
pub(super) fn scene_of(sentence: &Sentence<'_>, told: &Told) -> Option<Place> {
    let scene = told.mention.place.as_ref();
    let care =
        |before: &[Token<'_>]| before.iter().any(|t| t.is(&["hospital", "hospitals", "clinic", "treated"]));
    let other = sentence.places.iter().find(|hit| {
        let token = sentence.token_at(hit.range.start);
        let before = &sentence.tokens[token.saturating_sub(2)..token];
        // "in the hitherto calm port of Arn"
        let town =
            matches!(before, [noun, of] if of.low == "of" && noun.is(&["city", "town", "village", "port", "capital"]));
        (hit.use_ == PlaceUse::Location || hit.use_ != PlaceUse::Demonym && town)
            && hit.place.level == PlaceLevel::City
            && (town || hit.preposition.is_some_and(|p| matches!(p, "in" | "at" | "near" | "outside" | "of")))
            && (scene.is_none() || !frame::places_agree(scene, Some(&hit.place)))
            && !care(&sentence.tokens[..token])
    });
    other.map(|hit| hit.place.clone())
}

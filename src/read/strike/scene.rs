//! Where an attack took place.
//!
//! A place is the scene where the words put it there: the object of the attack ("shelled Arn"), a preposition of place
//! after it ("near Arn"), or a name before the noun ("the Arn bombing"). Where the fire came from, who fired it, where
//! it was told and where talks were held are none.

use std::ops::Range;

use super::WORDS;
use super::acts::Said;
use super::days;
use super::parts::Act;
use super::towns::{here, named_after, unknown_town};
use crate::model::{ActorRole, Place, PlaceLevel};
use crate::read::document::{Document, Sentence};
use crate::read::frame;
use crate::read::names::{Name, Stands};
use crate::read::places::{PlaceHit, PlaceUse};

/// Where an act of a sentence took place, as far as the sentence says.
pub(super) fn of(doc: &Document<'_>, said: &Said<'_, '_>, act: &Act) -> Option<Place> {
    scene(doc, said, act).map(of_town)
}

/// "Arn hotel", "Arn checkpoint": a site that goes by its town.
fn of_town(place: Place) -> Place {
    let words: Vec<&str> = place.name.split_whitespace().collect();
    let site = |w: &str| WORDS.section("military targets").has(w);
    match words.as_slice() {
        [name, kind] if place.level == PlaceLevel::Site && site(kind) && !name.contains('-') => {
            let name = (*name).to_owned();
            match frame::known_place(&name).filter(|p| p.level == PlaceLevel::City) {
                Some(known) => Place { literal: place.literal, ..known },
                None => Place { name, level: PlaceLevel::City, ..place },
            }
        }
        _ => place,
    }
}

fn scene(doc: &Document<'_>, said: &Said<'_, '_>, act: &Act) -> Option<Place> {
    if let Some(place) = where_it_was(said.sentence, act) {
        return Some(place);
    }
    let clause = frame::clause(said.sentence, act.trigger.words.start);
    let near = clause.range.start.max(act.range.start)..clause.range.end.min(act.range.end);
    let whole = if act.sole && !act.earlier { 0..said.sentence.tokens.len() } else { act.range.clone() };
    let close = best(said.sentence, &near, act);
    let narrow = near.len() < whole.len() && close.as_ref().is_none_or(|p| p.level != PlaceLevel::City);
    if let Some(name) = unknown_town(doc, said.sentence, &near)
        .filter(|n| narrow && !other_half(said.sentence, n.last, &act.trigger.words))
    {
        return Some(town(name, close));
    }
    let known =
        close.or_else(|| best(said.sentence, &act.range, act)).or_else(|| best(said.sentence, &whole, act));
    if known.as_ref().is_some_and(|p| p.level == PlaceLevel::City) {
        return known;
    }
    let unknown = unknown_town(doc, said.sentence, &act.range)
        .filter(|n| !other_half(said.sentence, n.last, &act.trigger.words))
        .or_else(|| named_after(doc, said.sentence, &act.trigger));
    match (unknown, known) {
        (Some(name), known) => Some(town(name, known)),
        (None, known) => {
            let told = || act.trigger.harm().then(|| where_told(said.sentence)).flatten();
            known
                .or_else(|| here(doc, said.sentence))
                .or_else(|| palace(doc, said.sentence, &act.range))
                .or_else(told)
        }
    }
}

/// "The minister went on to Arn, where shells killed three": the place that "where" stands for.
fn where_it_was(sentence: &Sentence<'_>, act: &Act) -> Option<Place> {
    let at = act.trigger.words.start;
    let relative = (at.saturating_sub(4)..at).rfind(|&i| sentence.tokens[i].low == "where")?;
    let near = |hit: &&PlaceHit| {
        let end = sentence.token_at(hit.range.end.saturating_sub(1)) + 1;
        hit.use_ != PlaceUse::Demonym && (end..end + 3).contains(&relative)
    };
    sentence.places.iter().rfind(near).map(|hit| hit.place.clone())
}

/// "Doctors in Arn said that nine were killed": those who count the dead are where they died.
fn where_told(sentence: &Sentence<'_>) -> Option<Place> {
    let counts = |token: usize| {
        sentence.tokens[token.saturating_sub(5)..token].iter().any(|t| {
            t.is(&[
                "medical",
                "health",
                "hospital",
                "doctors",
                "medics",
                "residents",
                "witnesses",
                "police",
                "rescuers",
            ])
        })
    };
    let near = |hit: &&PlaceHit| {
        hit.preposition == Some("in")
            && hit.place.level != PlaceLevel::Country
            && counts(sentence.token_at(hit.range.start))
    };
    sentence.places.iter().find(near).map(|hit| hit.place.clone())
}

/// A town that the gazetteer lacks, in the land that is named beside it.
fn town(name: &Name, known: Option<Place>) -> Place {
    let (country, region) = known.map_or((None, None), |k| {
        (k.country, (k.level == PlaceLevel::Region).then_some(k.name).or(k.region))
    });
    let literal = name.actor.literal.clone();
    Place { name: literal.clone(), country, region, level: PlaceLevel::City, literal }
}

/// The town that a headline names by a preposition, for a text that speaks of its matter without it.
pub(super) fn of_title(doc: &Document<'_>) -> Option<Place> {
    let title = doc.sentences.iter().find(|s| s.title)?;
    let led = |hit: &&PlaceHit| {
        hit.place.level == PlaceLevel::City
            && hit.preposition.is_some_and(|p| matches!(p, "in" | "at" | "near" | "outside" | "on"))
    };
    let known = title.places.iter().find(led).map(|hit| hit.place.clone());
    known.or_else(|| unknown_town(doc, title, &(0..title.tokens.len())).map(|name| town(name, None)))
}

/// The place that a part of a sentence names as the scene of its act.
pub(super) fn in_part(said: &Said<'_, '_>, act: &Act) -> Option<Place> {
    best(said.sentence, &act.range, act)
}

/// A place that the words right about the act give.
pub(super) fn close(sentence: &Sentence<'_>, act: &Act) -> Option<Place> {
    let words = &act.trigger.words;
    let near = words.start.saturating_sub(3).max(act.range.start)..(words.end + 8).min(act.range.end);
    best(sentence, &near, act)
}

/// The scene that one of the next two sentences gives to what this one tells without a place.
pub(super) fn nearby(doc: &Document<'_>, nth: usize) -> Option<Place> {
    doc.sentences.iter().skip(nth + 1).take(2).find_map(|s| {
        let listed = |i: usize| {
            ["verbs weak", "verbs strong", "nouns strong"]
                .iter()
                .any(|l| WORDS.section(l).at(&s.tokens, i).is_some())
        };
        let act = (0..s.tokens.len()).find(|&i| listed(i))?;
        let hit = s.places.iter().find(|hit| {
            let token = s.token_at(hit.range.start);
            let level = hit.place.level == PlaceLevel::City || hit.place.name.contains(" of ");
            level
                && hit.use_ == PlaceUse::Location
                && token > act
                && role(s, hit, token, &(act..act + 1)) == Some(0)
        })?;
        Some(hit.place.clone())
    })
}

/// Whether the words put the act only near the place ("outside Arn"), so that another name may be more exact.
pub(super) fn about(sentence: &Sentence<'_>, place: &Place) -> bool {
    let mut named = sentence.places.iter().filter(|hit| hit.place.name == place.name).peekable();
    named.peek().is_some() && named.all(|hit| hit.preposition.is_some_and(is_about))
}

fn is_about(preposition: &str) -> bool {
    matches!(preposition, "near" | "outside" | "around")
}

fn best(sentence: &Sentence<'_>, range: &Range<usize>, act: &Act) -> Option<Place> {
    let words = &act.trigger.words;
    let ranked = sentence.places.iter().filter_map(|hit| {
        let token = sentence.token_at(hit.range.start);
        let role = range.contains(&token).then(|| role(sentence, hit, token, words)).flatten()?;
        let size = match hit.place.level {
            PlaceLevel::City => 0,
            PlaceLevel::Site => 1,
            PlaceLevel::Region => 2,
            PlaceLevel::Country => 3,
        };
        let before = usize::from(token < words.start) * 4;
        Some(((size, role, token.abs_diff(words.start) + before), hit))
    });
    let (_, hit) = ranked.min_by_key(|(rank, _)| *rank)?;
    let place = match capital(sentence, hit) {
        Some(capital) => capital,
        None => frame::city_of(hit.place.clone()),
    };
    Some(place)
}

/// How a place stands to the act at `words`: 0 as its object or by a preposition, 1 loosely; `None` if it is not the scene.
fn role(sentence: &Sentence<'_>, hit: &PlaceHit, token: usize, words: &Range<usize>) -> Option<u8> {
    let tokens = &sentence.tokens;
    let preposition = hit.preposition.unwrap_or_default();
    let venue = tokens[token.saturating_sub(4)..token].iter().any(|t| VENUES.contains(&t.low.as_str()));
    let capital = capital(sentence, hit).is_some();
    if hit.use_ == PlaceUse::Demonym && (venue || !capital) {
        return None;
    }
    let named = sentence.name_at(token);
    if !capital && named.is_some_and(|n| n.actor.role == ActorRole::Person || n.stands == Stands::Media) {
        return None;
    }
    let end = sentence.token_at(hit.range.end.saturating_sub(1)) + 1;
    let after = token >= words.end;
    if !after && other_half(sentence, end, words) {
        return None;
    }
    // "Raid on camp before Arn talks": the place is the talks'.
    if after && tokens.get(end).is_some_and(|t| t.is(&days::TALKS)) {
        return None;
    }
    // "victims from A, where shells hit the market".
    let where_ = tokens.get(end).is_some_and(|t| t.low == ",")
        && tokens.get(end + 1).is_some_and(|t| t.low == "where")
        && words.start > end + 1;
    // "the toll from the Arn drone attack": the town is the attack's, whatever word leads.
    let names_it = hit.place.level == PlaceLevel::City
        && hit.government.is_none()
        && words.start >= end
        && words.start <= end + 2
        && tokens[end..words.start].iter().all(|t| !t.punct && !crate::read::text::is_stop_word(&t.low));
    if where_ || names_it {
        return Some(0);
    }
    // "fired from A", "by A's army", "talks in A", "told reporters in A", "officials in A said".
    let told = tokens.get(end..(end + 3).min(tokens.len())).is_some_and(|next| {
        next.iter()
            .take_while(|t| !t.punct)
            .any(|t| t.is(&["said", "says", "say", "told", "announced", "reported", "warned", "claimed"]))
    });
    // "pro-Nova": a leaning, no place.
    if tokens[token].joined && token > 0 && tokens[token - 1].is(&["pro", "anti", "non"]) {
        return None;
    }
    let source = matches!(preposition, "from" | "by" | "with" | "between")
        || token > 0 && tokens[token - 1].is(&["from", "by", "with"]);
    let possessor = tokens.get(end).is_some_and(|t| t.low == "'s") && hit.government.is_some();
    if source || venue || told || preposition == "to" || acts_itself(sentence, hit, token, end) {
        return None;
    }
    let dateline = end < 8
        && tokens[..end].iter().all(|t| t.cap || t.punct || t.is(&["near"]))
        && tokens
            .get(end..(end + 6).min(tokens.len()))
            .is_some_and(|next| next.iter().take_while(|t| t.cap || t.punct).any(|t| t.is(&["—", ")", ":"])));
    if dateline {
        return None;
    }
    if capital {
        return Some(0);
    }
    let acting = named.is_some_and(|n| n.stands == Stands::Actor);
    // "the Arn bar shooting": a place's name before the attack stands beside it, or beside what was hit.
    let between = tokens.get(end..words.start).unwrap_or_default();
    let beside = !after && between.len() < 3 && between.iter().all(|t| !t.punct);
    let site = beside && between.iter().any(|t| WORDS.section("military targets").has(&t.low));
    match hit.use_ {
        PlaceUse::Location if !acting || after => Some(0),
        PlaceUse::Location => Some(2),
        // "Gulf leaders agreed": a region in whose name somebody acts.
        _ if hit.place.level == PlaceLevel::Region
            && hit.preposition.is_none()
            && token.abs_diff(words.start) > 3
            && tokens.get(end).is_some_and(|t| {
                !t.punct
                    && !t.cap
                    && (!crate::read::text::is_stop_word(&t.low) || t.is(&["has", "have", "is"]))
            }) =>
        {
            None
        }
        _ if site => Some(1),
        // A country or capital before the act does it; after it, it is hit.
        _ if hit.government.is_some() => {
            let of = after
                && preposition == "of"
                && tokens[token.saturating_sub(3)..token].iter().any(|t| {
                    t.is(&[
                        "areas", "parts", "regions", "cities", "towns", "north", "south", "east", "west",
                        "coast",
                    ])
                });
            if of {
                return Some(1);
            }
            let close = after
                && token - words.end <= 5
                && !tokens[words.end..token].iter().any(|t| t.is(&["that", "which"]));
            (close && (!possessor || preposition == "of")).then_some(1)
        }
        _ if after || beside || hit.place.level == PlaceLevel::City => Some(1),
        _ => None,
    }
}

/// "… as Arn points at the rebels": a capital that does something stands for its government.
fn acts_itself(sentence: &Sentence<'_>, hit: &PlaceHit, token: usize, end: usize) -> bool {
    let tokens = &sentence.tokens;
    let opens =
        token > 0 && (tokens[token - 1].punct || tokens[token - 1].is(&["as", "while", "but", "and"]));
    let verb = tokens.get(end).is_some_and(|t| {
        !t.punct
            && !t.cap
            && t.low.ends_with('s')
            && t.low.len() > 3
            && !crate::read::text::is_stop_word(&t.low)
    });
    let attack = |i: usize| {
        ["verbs weak", "verbs strong", "nouns weak", "nouns strong", "weapons", "military targets"]
            .iter()
            .any(|l| WORDS.section(l).at(tokens, i).is_some())
    };
    sentence.title && hit.place.level == PlaceLevel::City && opens && verb && !attack(end)
}

/// "Talks open in Arn as shells hit Goma": a headline's other half ends before the act.
fn other_half(sentence: &Sentence<'_>, end: usize, words: &Range<usize>) -> bool {
    let between = sentence.tokens.get(end..words.start).unwrap_or_default();
    sentence.title && between.iter().any(|t| t.is(&["as", "while", "amid"]))
}

/// Before a place, these say that people met or spoke there.
const VENUES: &[&str] = &[
    "talks",
    "meeting",
    "summit",
    "negotiations",
    "said",
    "reporters",
    "officials",
    "conference",
    "officers",
    "embassy",
    "speaking",
    "parliament",
    "court",
    "meet",
    "met",
    "meets",
    "gathered",
    "gather",
    "convene",
    "convened",
];

/// "the Egyptian capital": the city meant.
fn capital(sentence: &Sentence<'_>, hit: &PlaceHit) -> Option<Place> {
    let end = sentence.token_at(hit.range.end.saturating_sub(1)) + 1;
    let says = sentence.tokens.get(end).is_some_and(|t| t.low == "capital")
        || sentence.tokens.get(end).is_some_and(|t| t.low == "'s")
            && sentence.tokens.get(end + 1).is_some_and(|t| t.low == "capital");
    // "outside the capital" is another town.
    if hit.preposition.is_some_and(is_about) {
        return None;
    }
    if !says || hit.place.level != PlaceLevel::Country {
        return None;
    }
    let country = crate::read::gazetteer::country_by_code(hit.place.country.as_deref()?)?;
    let mut place = frame::known_place(country.capital)?;
    place.literal = sentence.text.get(hit.range.start..sentence.tokens.get(end)?.end())?.to_owned();
    Some(place)
}

/// Whose war it is: the land or region that a sentence on a campaign names, or else most of the article.
pub(super) fn land(doc: &Document<'_>, sentence: &Sentence<'_>) -> Option<Place> {
    let lands = |s: &Sentence<'_>| -> Vec<Place> {
        let wide = |p: &&PlaceHit| p.use_ != PlaceUse::Demonym && p.place.level == PlaceLevel::Region;
        s.places.iter().filter(wide).map(|p| p.place.clone()).collect()
    };
    let all: Vec<Place> = doc.sentences.iter().flat_map(lands).collect();
    let often = |p: &Place| all.iter().filter(|q| q.name == p.name).count();
    let here = lands(sentence).into_iter().next();
    let wide = here.or_else(|| all.iter().max_by_key(|p| often(p)).cloned());
    wide.or_else(|| country(doc, sentence))
}

/// The one region that a headline names: where what the text tells without a place is.
pub(super) fn theatre(doc: &Document<'_>) -> Option<Place> {
    let title = doc.sentences.first().filter(|s| s.title)?;
    let narrow = |hit: &&PlaceHit| hit.use_ != PlaceUse::Demonym && hit.place.level != PlaceLevel::Country;
    let mut named = title.places.iter().filter(narrow);
    let first = named.next().filter(|hit| hit.place.level == PlaceLevel::Region)?;
    named.next().is_none().then(|| first.place.clone())
}

/// The country that a sentence on a campaign names as where it is, or that the headline does.
fn country(doc: &Document<'_>, sentence: &Sentence<'_>) -> Option<Place> {
    let named = |s: &Sentence<'_>| {
        let mut hits = s.places.iter();
        let led = |hit: &&PlaceHit| {
            hit.use_ != PlaceUse::Demonym
                && hit.place.level == PlaceLevel::Country
                && hit.preposition.is_some_and(|p| matches!(p, "in" | "on" | "across" | "over"))
        };
        hits.find(led).map(|hit| hit.place.clone())
    };
    named(sentence).or_else(|| doc.sentences.iter().find(|s| s.title).and_then(named))
}

/// "stormed the presidential palace": it stands in the capital of the country that the sentence or article names.
fn palace(doc: &Document<'_>, sentence: &Sentence<'_>, range: &Range<usize>) -> Option<Place> {
    let tokens = &sentence.tokens;
    let named = range.clone().any(|i| {
        tokens[i].is(&["palace", "parliament"])
            && tokens[range.start..i].iter().rev().take(3).any(|t| t.low == "the")
            && tokens.get(i + 1).is_none_or(|t| t.low != "of")
    });
    let one = |s: &Sentence<'_>| {
        let mut codes: Vec<&str> = s.places.iter().filter_map(|p| p.place.country.as_deref()).collect();
        codes.dedup();
        (codes.len() == 1).then(|| codes[0].to_owned())
    };
    let most = || {
        let all: Vec<&str> = doc
            .sentences
            .iter()
            .flat_map(|s| s.places.iter().filter_map(|p| p.place.country.as_deref()))
            .collect();
        all.iter().max_by_key(|c| all.iter().filter(|d| d == c).count()).map(|c| (*c).to_owned())
    };
    let code = named.then(|| one(sentence).or_else(most))??;
    frame::known_place(crate::read::gazetteer::country_by_code(&code)?.capital)
}

//! When and where an encounter takes place, by the words around it.

use std::ops::Range;

use super::WORDS;
use super::mood::Mood;
use super::part::{self, Part};
use crate::model::{Actor, Place, PlaceLevel, When};
use crate::read::dates::{DateRole, Direction};
use crate::read::document::{Document, Sentence};
use crate::read::frame;
use crate::read::gazetteer;
use crate::read::names::Stands;
use crate::read::places::{self, PlaceUse};
use crate::read::text;

/// The day that the words give an encounter, in the direction in which it lies.
pub fn when(doc: &Document<'_>, sentence: &Sentence<'_>, told: &Part, at: usize, mood: Mood) -> Option<When> {
    let part = &told.range;
    let found = match mood {
        Mood::Planned | Mood::Maybe => {
            frame::when(doc, sentence, part, at, true).or_else(|| opening(doc, sentence, part))
        }
        Mood::Off => owned(doc, sentence, at)
            .or_else(|| frame::planned_day(doc, sentence, part, at))
            .or_else(|| unheld(doc, sentence)),
        // "will not see B on Friday"
        Mood::Denied
            if sentence.tokens[at.saturating_sub(5)..at].iter().any(|t| t.is(&["will", "won't"])) =>
        {
            frame::planned_day(doc, sentence, part, at)
        }
        _ => frame::when(doc, sentence, part, at, false).filter(|w| w.from <= doc.day()),
    };
    found.filter(|w| !w.literal.is_empty() && own(doc, sentence, told, at, w))
}

/// Whether a day is the encounter's, and not that of words said of it or of another encounter that stands nearer.
fn own(doc: &Document<'_>, sentence: &Sentence<'_>, told: &Part, at: usize, when: &When) -> bool {
    let hits = [Direction::Past, Direction::Future].map(|d| doc.dates(sentence, d));
    let Some(hit) = hits.iter().flat_map(|h| h.iter()).find(|h| h.when == *when) else { return true };
    let token = sentence.token_at(hit.range.start);
    if told.range.contains(&token) {
        return true;
    }
    let nearer = (0..sentence.tokens.len()).any(|i| {
        i.abs_diff(at) > 1 && i.abs_diff(token) <= at.abs_diff(token) && part::is_encounter(sentence, i)
    });
    // "The call followed the release on Friday": that day is the release's.
    let between = at..at.max(token);
    let follows = sentence.tokens[between]
        .iter()
        .any(|t| t.is(&["followed", "follows", "following", "after", "before", "since"]));
    !follows && token >= told.floor && (token < told.ceiling || !told.parted) && !nearer
}

/// "Thursday's summit": the day that an encounter to come is named by.
fn owned(doc: &Document<'_>, sentence: &Sentence<'_>, at: usize) -> Option<When> {
    let tokens = &sentence.tokens;
    let hits = doc.dates(sentence, Direction::Future);
    let mut hits = hits.iter().filter(|h| {
        let end = sentence.token_at(h.range.end.saturating_sub(1)) + 1;
        end < at && at - end <= 4 && tokens[end].low == "'s" && h.when.from >= doc.day()
    });
    hits.next().map(|h| h.when.clone())
}

/// "which were to have begun on Thursday": the day that will not be.
fn unheld(doc: &Document<'_>, sentence: &Sentence<'_>) -> Option<When> {
    let tokens = &sentence.tokens;
    let hits = doc.dates(sentence, Direction::Future);
    let mut hits = hits.iter().filter(|h| {
        let token = sentence.token_at(h.range.start);
        let was = (token.saturating_sub(9)..token).find(|&i| {
            tokens[i].is(&["was", "were"])
                && tokens.get(i + 1).is_some_and(|t| t.is(&["to", "due", "set", "scheduled", "planned"]))
        });
        h.role == DateRole::At && was.is_some()
    });
    hits.next().map(|h| h.when.clone())
}

/// "from March 16": the first day of talks to come.
fn opening(doc: &Document<'_>, sentence: &Sentence<'_>, part: &Range<usize>) -> Option<When> {
    let hits = doc.dates(sentence, Direction::Future);
    let mut hits = hits.iter().filter(|h| {
        h.role == DateRole::Since
            && h.when.from >= doc.day()
            && part.contains(&sentence.token_at(h.range.start))
    });
    hits.next().map(|h| h.when.clone())
}

/// "talks in Lima", "met at Lima": the place right after the words.
pub fn bound(sentence: &Sentence<'_>, end: usize) -> Option<Place> {
    let tokens = &sentence.tokens;
    let preposed = tokens.get(end).is_some_and(|t| t.is(&["in", "at"]));
    let hit = sentence.places.iter().find(|p| {
        let first = sentence.token_at(p.range.start);
        preposed && (first == end + 1 || first == end + 2 && tokens[end + 1].low == "the")
    })?;
    let after = sentence.token_at(hit.range.end.saturating_sub(1)) + 1;
    let whole = tokens.get(after).is_none_or(|t| t.low != "'s" && !t.joined && t.low != "capital");
    let exact = hit.place.level < PlaceLevel::Country
        || !sentence.places.iter().any(|p| {
            let first = sentence.token_at(p.range.start);
            p.place.country == hit.place.country && p.place.level < PlaceLevel::Country && first > after
        });
    (hit.use_ == PlaceUse::Location
        && whole
        && exact
        && !built(sentence, after)
        && !paired(sentence, &hit.range))
    .then(|| frame::city_of(hit.place.clone()))
}

/// Whether a place begins at a token or right after an article and its kind ("the Peruvian port of Callao").
pub fn named(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    sentence.places.iter().any(|p| {
        let first = sentence.token_at(p.range.start);
        let lead = tokens.get(at..first).unwrap_or_default();
        p.use_ != PlaceUse::Demonym && first >= at && first < at + 6 && lead.iter().all(|t| !t.punct)
    })
}

/// The houses of the world, which sit in New York.
pub const WORLD: &[&str] = &["security council", "general assembly"];

/// Where the house of the world sits, if no other place is told.
pub fn seat(house: &Actor) -> Option<Place> {
    let here = WORLD.iter().any(|world| text::fold(&format!("un {world}")) == house.key);
    let found = here.then(|| places::find("in New York")).and_then(|hits| hits.into_iter().next());
    found.map(|hit| Place { literal: house.literal.clone(), ..hit.place })
}

/// A parliament sits in the capital that the report comes from, where it speaks of no other country.
pub fn home(doc: &Document<'_>, sentence: &Sentence<'_>, house: &Actor) -> Option<Place> {
    let place = frame::dateline(doc)?;
    let capital = gazetteer::capital_of(&place.name)?;
    let own = |country: &Option<String>| country.as_deref().is_none_or(|code| code == capital.code);
    let plain = house
        .name
        .to_lowercase()
        .rsplit(' ')
        .next()
        .is_some_and(|last| WORDS.section("houses national").has(last))
        || house.country.is_some();
    let here = sentence.places.iter().all(|p| own(&p.place.country));
    (plain && here && own(&house.country)).then_some(place)
}

/// "that was to open in Lima will instead be held in Quito": the place that holds.
fn instead(sentence: &Sentence<'_>, at: usize) -> Option<Place> {
    let tokens = &sentence.tokens;
    let word = (at..tokens.len()).take(24).find(|&i| tokens[i].low == "instead")?;
    let hit = sentence.places.iter().find(|p| {
        let first = sentence.token_at(p.range.start);
        let plain = p.use_ != PlaceUse::Demonym && first > word && first < word + 7;
        plain && tokens[word..first].iter().any(|t| t.is(&["in", "to", "at"]))
    })?;
    Some(frame::city_of(hit.place.clone()))
}

/// "Lima to host talks between A and B": the city that is their host.
pub fn host(sentence: &Sentence<'_>, at: usize) -> Option<Place> {
    let tokens = &sentence.tokens;
    let verb =
        (at.saturating_sub(7)..at).rev().find(|&i| tokens[i].is(&["host", "hosts", "hosted", "hosting"]))?;
    let light = |i: usize| tokens[i].is(&["to", "will", "is", "has", "again", "also"]);
    let end = (0..verb).rev().find(|&i| !light(i))? + 1;
    let hit = sentence.places.iter().find(|p| sentence.token_at(p.range.end.saturating_sub(1)) + 1 == end)?;
    (hit.place.level < PlaceLevel::Country && hit.use_ != PlaceUse::Demonym)
        .then(|| frame::city_of(hit.place.clone()))
}

/// "moved the summit from Lima to Quito": the new place.
pub fn moved_to(sentence: &Sentence<'_>, at: usize) -> Option<Place> {
    let tokens = &sentence.tokens;
    if let Some(place) = instead(sentence, at) {
        return Some(place);
    }
    let verb = (at.saturating_sub(8)..(at + 18).min(tokens.len()))
        .take_while(|&i| i < at || tokens[i].low != ";")
        .find(|&i| WORDS.section("moved").at(tokens, i).is_some())?;
    let hit = sentence.places.iter().find(|p| {
        let first = sentence.token_at(p.range.start);
        let near = first > verb && first < verb.max(at) + 14;
        near && p.use_ == PlaceUse::Location && tokens[first - 1].low == "to"
    })?;
    Some(frame::city_of(hit.place.clone()))
}

/// "flew in from Lima, where she met B": the place that the clause is told of.
pub fn left(sentence: &Sentence<'_>, before: Range<usize>) -> Option<Place> {
    let tokens = &sentence.tokens;
    let of = before.rev().take(9).find(|&i| tokens[i].low == "where")?;
    let comma = of.checked_sub(1).filter(|&i| tokens[i].low == ",").unwrap_or(of);
    let mut places = sentence.places.iter().filter(|p| p.use_ != PlaceUse::Demonym);
    let hit = places.find(|p| sentence.token_at(p.range.end.saturating_sub(1)) + 1 == comma)?;
    Some(frame::city_of(hit.place.clone()))
}

/// "and offered aid for", ", who pledged": where something else is told after the words.
fn else_told(sentence: &Sentence<'_>, from: usize, to: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    (from..to).find(|&i| {
        let next = tokens.get(i + 1);
        tokens[i].low == "and" && next.is_some_and(|t| t.low.ends_with("ed") && !t.cap)
            || tokens[i].low == "," && next.is_some_and(|t| t.is(&["who", "whose"]))
    })
}

/// "the Kenya–Uganda dispute": a place bound to another by a dash is none.
fn paired(sentence: &Sentence<'_>, range: &Range<usize>) -> bool {
    const DASH: &[char] = &['-', '–', '—'];
    let after = sentence.text.get(range.end..).unwrap_or_default();
    let before = sentence.text.get(..range.start).unwrap_or_default();
    after.strip_prefix(DASH).is_some_and(|rest| rest.starts_with(char::is_alphabetic))
        || before.strip_suffix(DASH).is_some_and(|rest| rest.ends_with(char::is_alphabetic))
}

/// "the San Telmo palace": a building, not the town whose name it bears.
fn built(sentence: &Sentence<'_>, after: usize) -> bool {
    sentence.tokens.get(after).is_some_and(|t| WORDS.section("buildings").has(&t.low))
}

/// The place that the words give an encounter.
pub fn place(doc: &Document<'_>, sentence: &Sentence<'_>, part: &Range<usize>, at: usize) -> Option<Place> {
    capital(sentence, part)
        .or_else(|| frame::here(doc, sentence, part))
        .or_else(|| nearest(sentence, part, at))
}

/// The most exact place near the words that a preposition shows to be one, and that is not what they speak of.
fn nearest(sentence: &Sentence<'_>, part: &Range<usize>, at: usize) -> Option<Place> {
    let tokens = &sentence.tokens;
    // "met to discuss the fighting in Nova": what is discussed may be elsewhere.
    let matter = (at + 1..part.end).find(|&i| {
        tokens[i].low == "to" && WORDS.section("matters").has(tokens.get(i + 1).map_or("", |t| &t.low))
    });
    let other = else_told(sentence, at + 1, part.end.max(at + 1).min(tokens.len()));
    let mut best: Option<((bool, PlaceLevel, usize), Place)> = None;
    for hit in &sentence.places {
        let token = sentence.token_at(hit.range.start);
        let visited = token > 0 && tokens[token - 1].is(&["visit", "visits", "visited", "visiting"])
            || token > 1
                && tokens[token - 1].low == "for"
                && tokens[token - 2]
                    .is(&["left", "leaves", "leave", "leaving", "bound", "departed", "departs"]);
        // "In Lima, the council will meet"
        let last = sentence.token_at(hit.range.end.saturating_sub(1)) + 1;
        let fronted = token == 1 && tokens[0].low == "in" && tokens.get(last).is_some_and(|t| t.low == ",");
        let acting =
            !fronted && sentence.name_at(token).is_some_and(|n| n.stands == Stands::Actor) && !visited;
        let usable = match hit.use_ {
            PlaceUse::Location => frame::located(sentence, token),
            // "Lima: Envoys meet at last"
            PlaceUse::Bare => {
                visited || sentence.title && token == 0 && tokens.get(1).is_some_and(|t| t.low == ":")
            }
            PlaceUse::Demonym => false,
        };
        let before =
            (token.saturating_sub(4)..token).rev().find(|&i| !tokens[i].cap && tokens[i].low != "the");
        let of_matter = before.is_some_and(|i| {
            i > 0
                && tokens[i].is(&["in", "at", "of"])
                && WORDS.section("nouns matter").at(tokens, i - 1).is_some()
        });
        let headed = sentence.title && token == 0 && tokens.get(1).is_some_and(|t| t.low == ":");
        let outside = !headed && !part.contains(&token) || matter.is_some_and(|m| token > m);
        // "visited Nova, and its report is due at a meeting": told in a clause before.
        let earlier = token < at
            && (token..at)
                .any(|i| tokens[i].low == "," && tokens.get(i + 1).is_some_and(|t| t.is(&["and", "but"])));
        let outside = outside || earlier && part.contains(&token) && !headed;
        // "The two met a day before talks in Nova", "as B headed to Nova for talks": another encounter's.
        let of_another = outside
            && (0..tokens.len()).any(|i| {
                i.abs_diff(at) > 1
                    && i.abs_diff(token) < at.abs_diff(token)
                    && part::is_encounter(sentence, i)
            });
        // "at Congo's request"
        let owns = hit.place.level == PlaceLevel::Country
            && tokens.get(last).is_some_and(|t| t.low == "'s")
            && !tokens[last..].iter().take(4).any(|t| t.is(&["capital", "city", "port", "town"]));
        let beyond =
            owns || other.is_some_and(|i| token > i) || built(sentence, last) || paired(sentence, &hit.range);
        if beyond
            || of_another
            || !usable
            || acting
            || earlier && at - token > 6
            || of_matter
            || matter.is_some_and(|m| token > m && part.contains(&token))
        {
            continue;
        }
        let rank = (outside, hit.place.level, token.abs_diff(at) + usize::from(token < at) * 4);
        if best.as_ref().is_none_or(|(r, _)| rank < *r) {
            best = Some((rank, hit.place.clone()));
        }
    }
    best.filter(|(rank, _)| !rank.0 || rank.2 < 14).map(|(_, p)| frame::city_of(p))
}

/// "in the Mauritanian capital", "in Uruguay's capital", "in the Omani capital Muscat": the city meant.
fn capital(sentence: &Sentence<'_>, part: &Range<usize>) -> Option<Place> {
    let tokens = &sentence.tokens;
    part.clone().filter(|&i| tokens[i].low == "capital").find_map(|i| {
        let hit = sentence.places.iter().rfind(|p| {
            let last = sentence.token_at(p.range.end.saturating_sub(1)) + 1;
            last <= i && i - last <= 1 && tokens[last..i].iter().all(|t| t.low == "'s")
        })?;
        let first = sentence.token_at(hit.range.start);
        let inside = tokens[..first]
            .iter()
            .rev()
            .find(|t| t.low != "the")
            .is_some_and(|t| t.is(&["in", "to", "into", "outside"]));
        let country = gazetteer::country_by_code(hit.place.country.as_deref()?).filter(|_| inside)?;
        let named = sentence.places.iter().find(|p| {
            let first = sentence.token_at(p.range.start);
            first > i && first <= i + 2 && p.use_ != PlaceUse::Demonym
        });
        if let Some(named) = named {
            return Some(named.place.clone());
        }
        let found = places::find(&format!("in {}", country.capital)).into_iter().next()?;
        Some(Place { literal: sentence.slice(first, i + 1).to_owned(), ..found.place })
    })
}

/// A place right before an encounter's noun ("the Geneva talks").
pub fn site(sentence: &Sentence<'_>, noun: &Range<usize>, head: usize) -> Option<Place> {
    let hit = sentence.places.iter().rfind(|p| {
        let first = sentence.token_at(p.range.start);
        p.use_ != PlaceUse::Demonym
            && noun.start <= first
            && first < head
            && p.place.level < PlaceLevel::Country
    })?;
    let token = sentence.token_at(hit.range.end.saturating_sub(1)) + 1;
    let owner = sentence.tokens.get(token).is_some_and(|t| t.low == "'s" || t.joined)
        || sentence.tokens.get(sentence.token_at(hit.range.start)).is_some_and(|t| t.joined);
    (!owner).then(|| frame::city_of(hit.place.clone()))
}

//! Places named in a sentence, and how they are used.
//!
//! A sentence comes in, with what the document says elsewhere; places go out with literal byte ranges. A
//! town whose name is also a word or a surname counts only where the sentence shows that a place is meant.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

/// What the words around a name say.
mod around;
/// Which place is meant.
mod sense;
/// Places of no gazetteer.
mod unknown;

use sense::{APPOSED, ASKED_CLASS, MAIN_COUNTRY, choose, lies_in, tells_country};

use super::gazetteer::{self, Class, Sense};
use super::place_words::*;
use super::text::{self, Token, TokenKind};
use crate::model::{Place, PlaceLevel};

/// How a sentence uses a place's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceUse {
    /// Where something is or happens ("in Kyiv", "Kyiv region", "Miami, Florida").
    Location,
    /// A people's or nation's adjective or noun ("Russian", "Iranians", "Iran-backed").
    Demonym,
    /// Neither: subject, object or attribute; may stand for a government ("Moscow said").
    Bare,
}

/// One place named in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceHit {
    /// Bytes of the name in the sentence, with a class word ("Kyiv region"), without preposition.
    pub range: Range<usize>,
    /// The place, resolved where the gazetteer knows it.
    pub place: Place,
    /// How the sentence uses it.
    pub use_: PlaceUse,
    /// The preposition that governs it ("in", "on", "of"), in lower case.
    pub preposition: Option<&'static str>,
    /// Inhabitants, 0 where unknown.
    pub population: u32,
    /// ISO code of the country whose government the word may stand for: countries, capitals, seats.
    pub government: Option<&'static str>,
}

/// What a document says elsewhere, to tell places of one name apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Context {
    /// ISO codes of the countries that the document names.
    countries: BTreeSet<&'static str>,
    /// ISO code of the country that most sentences name, if one stands out: the article is about it.
    main: Option<&'static str>,
    /// Folded last words of longer names ("Blake Harrow"): alone they mean that person or body.
    surnames: HashSet<String>,
    /// Towns that some sentence shows to be places ("in Arn"): the others mean the same by the name.
    towns: BTreeSet<String>,
}

impl Context {
    /// The countries that all sentences name, by name, people, capital or seat, and the surnames in them.
    fn of(scans: &[Scan<'_>]) -> Context {
        let mut context = Context::default();
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        for scan in scans {
            scan.countries.iter().for_each(|c| *counts.entry(c).or_default() += 1);
            context.countries.extend(&scan.countries);
            if !scan.title_case {
                context.surnames.extend(scan.surnames());
            }
        }
        let top = counts.values().copied().max().unwrap_or_default();
        let mut leaders = counts.iter().filter(|(_, n)| **n == top);
        context.main = leaders.next().map(|(c, _)| *c).filter(|_| leaders.next().is_none());
        context
    }
}

/// The places named in one sentence alone, in order, not overlapping.
pub fn find(text: &str) -> Vec<PlaceHit> {
    Scan::new(text, &text::words(text)).hits(&Context::default())
}

/// The places named in each sentence of a document, which tells places of one name apart; words come with it.
pub(super) fn find_all<'t>(sentences: impl Iterator<Item = (&'t str, &'t [Token])>) -> Vec<Vec<PlaceHit>> {
    let scans: Vec<Scan<'t>> = sentences.map(|(text, words)| Scan::new(text, words)).collect();
    let mut context = Context::of(&scans);
    let mut all: Vec<Vec<PlaceHit>> = scans.iter().map(|scan| scan.hits(&context)).collect();
    let shown = |hit: &&PlaceHit| {
        hit.place.level == PlaceLevel::City
            && hit.use_ == PlaceUse::Location
            && hit.preposition.is_none_or(|p| STRONG.contains(&p) || p == "of")
            && hit.place.literal.chars().count() > 2
    };
    context.towns = all.iter().flatten().filter(shown).map(|hit| hit.place.literal.clone()).collect();
    for (scan, hits) in scans.iter().zip(&mut all) {
        let missing = |town: &String| {
            scan.text.contains(town.as_str()) && !hits.iter().any(|hit| hit.place.literal == *town)
        };
        if context.towns.iter().any(missing) {
            *hits = scan.hits(&context);
        }
    }
    all
}

/// Whether a word names a site that each town has, as its market or its station.
pub(super) fn is_town_site(lower: &str) -> bool {
    TOWN_SITES.contains(&lower)
}

/// A word, a part of a hyphenated word, or a sign.
struct Piece<'t> {
    text: &'t str,
    range: Range<usize>,
    is_word: bool,
    capital: bool,
}

/// A run of pieces that the gazetteer knows.
struct Found {
    start: usize,
    end: usize,
    senses: Vec<&'static Sense>,
}

/// What stands before a name.
#[derive(Default)]
struct Before {
    preposition: Option<&'static str>,
    /// "city of", "region of", or a direction: the name can only be a place.
    class_word: Option<&'static str>,
    direction: bool,
}

/// What in the sentence and document speaks for a place.
struct Evidence {
    /// A preposition, class word, direction or coordination.
    located: bool,
    /// One that no person's name follows.
    strong: bool,
    /// The wider place follows after a comma.
    apposed: bool,
    /// Its country is named in the sentence or document, or it is a capital.
    country_named: bool,
}

struct Scan<'t> {
    text: &'t str,
    pieces: Vec<Piece<'t>>,
    /// The longest known name that starts at each piece.
    found: Vec<Option<Found>>,
    /// ISO codes of the countries that the sentence names in any way.
    countries: BTreeSet<&'static str>,
    title_case: bool,
    /// All its words are in capitals.
    shouts: bool,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, tokens: &[Token]) -> Scan<'t> {
        let title_case = is_title_case(tokens);
        let shouts = tokens.iter().filter(|t| t.is_word() && t.lower.len() > 1).all(|t| t.all_caps);
        let mut pieces = Vec::with_capacity(tokens.len() + 4);
        for token in tokens {
            let word = &text[token.range.clone()];
            if token.kind != TokenKind::Word || !word.contains(['-', '‐', '‑']) {
                let (is_word, capital) = (token.is_word(), token.capitalised);
                pieces.push(Piece { text: word, range: token.range.clone(), is_word, capital });
                continue;
            }
            let mut start = token.range.start;
            for part in word.split_inclusive(['-', '‐', '‑']) {
                let bare = part.trim_end_matches(['-', '‐', '‑']);
                let capital = bare.starts_with(char::is_uppercase);
                pieces.push(Piece { text: bare, range: start..start + bare.len(), is_word: true, capital });
                start += part.len();
            }
        }
        let mut scan =
            Scan { text, pieces, found: Vec::new(), countries: BTreeSet::new(), title_case, shouts };
        scan.found = (0..scan.pieces.len()).map(|at| scan.match_at(at)).collect();
        scan.countries = scan.named_countries();
        scan
    }

    /// The places, in order, not overlapping.
    fn hits(&self, context: &Context) -> Vec<PlaceHit> {
        let mut hits: Vec<PlaceHit> = Vec::new();
        let mut at = 0;
        while at < self.pieces.len() {
            let known = self.found[at].as_ref().and_then(|found| {
                let hit = self.known(found, context, hits.last())?;
                Some((hit, found.end))
            });
            let hit =
                self.waters(at).or(known).or_else(|| self.unknown(at)).or_else(|| self.town(at, context));
            match hit {
                Some((mut hit, end)) => {
                    // An article that belongs to the place before.
                    if hits.last().is_some_and(|last| hit.range.start < last.range.end) {
                        hit.range.start = self.pieces[at].range.start;
                        let literal = self.text[hit.range.clone()].to_owned();
                        if hit.place.name == hit.place.literal {
                            hit.place.name.clone_from(&literal);
                        }
                        hit.place.literal = literal;
                    }
                    hits.push(hit);
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
        hits
    }

    fn word(&self, at: usize) -> Option<&Piece<'t>> {
        self.pieces.get(at).filter(|piece| piece.is_word)
    }

    fn is(&self, at: usize, text: &str) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.text == text)
    }

    /// Whether a hyphen, and nothing else, parts this piece from the one before it.
    fn hyphen_before(&self, at: usize) -> bool {
        at > 0
            && at < self.pieces.len()
            && matches!(
                &self.text[self.pieces[at - 1].range.end..self.pieces[at].range.start],
                "-" | "‐" | "‑"
            )
    }

    /// The longest known name that starts here.
    fn match_at(&self, start: usize) -> Option<Found> {
        let first = self.word(start).filter(|piece| piece.capital)?;
        if let Some(sense) = gazetteer::exact(first.text) {
            return Some(Found { start, end: start + 1, senses: vec![sense] });
        }
        if let Some(senses) = self.state(start) {
            return Some(Found { start, end: start + 1, senses });
        }
        // "N. Korea", "S. Sudan"
        let side = match first.text {
            "N" | "N." => Some("North"),
            "S" | "S." => Some("South"),
            _ => None,
        };
        if let Some(side) = side {
            let next = start + 1 + usize::from(self.is(start + 1, "."));
            let name = self.word(next).filter(|p| p.capital && next > start + 1 || first.text.len() > 1)?;
            let senses: Vec<_> = gazetteer::senses_of(&gazetteer::key_of(&format!("{side} {}", name.text)))
                .filter(|s| s.class == Class::Country)
                .collect();
            return (!senses.is_empty()).then_some(Found { start, end: next + 1, senses });
        }
        let mut key = gazetteer::piece_key(first.text);
        let longest = gazetteer::longest(&key);
        if longest == 0 {
            return None;
        }
        let mut found = None;
        let (mut end, mut words) = (start + 1, 1);
        loop {
            let last = &self.pieces[end - 1];
            let senses: Vec<_> = gazetteer::senses_of(&key)
                .filter(|s| last.capital || s.class == Class::Area || s.name.ends_with("City"))
                .collect();
            if !(senses.is_empty() || words == 1 && is_never_a_place(first.text)) {
                found = Some(Found { start, end, senses });
            }
            if words == longest {
                break;
            }
            let Some(next) = self.word(end) else { break };
            let next_key = gazetteer::piece_key(next.text);
            end += 1;
            if next_key.is_empty() || gazetteer::is_article(&next_key) {
                continue;
            }
            key.push(' ');
            key.push_str(&next_key);
            words += 1;
        }
        found
    }

    fn named_countries(&self) -> BTreeSet<&'static str> {
        let mut countries = BTreeSet::new();
        let mut at = 0;
        while at < self.pieces.len() {
            let Some(found) = &self.found[at] else {
                at += 1;
                continue;
            };
            let first = found.senses[0];
            let names_country = match first.class {
                Class::Country => !first.is_personal || self.before(at).preposition.is_some(),
                Class::People | Class::Seat | Class::Area => true,
                Class::City => first.is_capital,
                Class::Division => self.state(at).is_some(),
            };
            countries.extend(first.country.filter(|_| names_country));
            at = found.end;
        }
        countries
    }

    /// Last words of runs of capitalised words that are no known places.
    fn surnames(&self) -> Vec<String> {
        let mut surnames = Vec::new();
        for at in 1..self.pieces.len() {
            let (Some(before), Some(last)) = (self.word(at - 1), self.word(at)) else { continue };
            let runs = before.capital && last.capital && !self.word(at + 1).is_some_and(|next| next.capital);
            if runs
                && !text::is_stop_word(&before.text.to_lowercase())
                && !is_direction(before.text)
                && !is_class_word(last.text)
                && self.found[at - 1].as_ref().is_none_or(|found| {
                    let first = found.senses[0];
                    let town = matches!(first.class, Class::City | Class::Division) && !first.is_capital;
                    found.end == at && (first.is_personal || town)
                })
            {
                surnames.push(text::fold(last.text));
            }
        }
        surnames
    }

    /// The hit for a known name; `None` if the sentence means something else by it.
    fn known(&self, found: &Found, context: &Context, last: Option<&PlaceHit>) -> Option<PlaceHit> {
        let Found { start, mut end, .. } = *found;
        let before = self.before(start);
        let class_after = self.class_after(end);
        let apposed = self.apposed(end).or_else(|| self.owner(start));
        let wants_region = class_after == Some("region") || before.class_word == Some("region");
        let wants_city = before.class_word == Some("city");
        let other = self.elsewhere(found);
        let sense = choose(&found.senses, |s| {
            let mut score = f64::from(s.population.max(1)).ln() + if s.is_capital { 4.0 } else { 0.0 };
            score += s.country.map_or(0.0, |c| {
                if self.countries.contains(c) {
                    3.0
                } else if context.countries.contains(c) {
                    2.0
                } else {
                    0.0
                }
            });
            if s.country.is_some() && s.country == context.main {
                score += MAIN_COUNTRY;
            }
            if apposed.is_some_and(|outer| lies_in(s, outer)) {
                score += APPOSED;
            }
            match s.class {
                Class::Division | Class::Area if wants_region => score + ASKED_CLASS,
                Class::City if wants_city => score + ASKED_CLASS,
                _ => score,
            }
        })?;
        // "Council for Security and Trade in Arn": a part of the council's name.
        let of_body = start > 2
            && !self.title_case
            && self.is(start - 1, "in")
            && self
                .word(start - 2)
                .is_some_and(|p| p.capital && MATTERS.contains(&p.text.to_ascii_lowercase().as_str()));
        let apposed_here = other.is_some() || apposed.is_some_and(|outer| lies_in(sense, outer));
        let coordinated = last.filter(|hit| {
            hit.use_ == PlaceUse::Location
                && level(sense.class) == hit.place.level
                && self.joins(hit.range.end, start)
        });
        let preposition =
            before.preposition.filter(|_| !of_body).or(coordinated.and_then(|hit| hit.preposition));
        let hyphenated = self.hyphen_before(end) && self.word(end).is_some_and(|next| !next.capital);
        let located = before.class_word.is_some()
            || before.direction
            || class_after.is_some() && sense.class != Class::People
            || apposed_here
            || coordinated.is_some()
            || sense.class == Class::City && self.has_site(start, end)
            || preposition.is_some_and(|p| p != "of" && !ACTOR_PREPOSITIONS.contains(&p));
        let strong = before.class_word.is_some()
            || apposed_here
            || class_after == Some("region")
            || preposition.is_some_and(|p| STRONG.contains(&p));
        let evidence = Evidence {
            located,
            strong,
            apposed: apposed_here,
            country_named: sense.is_capital
                || sense.country.is_some_and(|c| self.countries.contains(c) || context.countries.contains(c)),
        };
        if !self.is_meant(found, sense, context, &evidence) {
            return None;
        }
        let use_ = match sense.class {
            Class::People => PlaceUse::Demonym,
            _ if hyphenated => PlaceUse::Demonym,
            _ if located => PlaceUse::Location,
            _ => PlaceUse::Bare,
        };
        let names_more = self.word(end + 1).is_some_and(|next| next.capital);
        if class_after == Some("region")
            && matches!(sense.class, Class::Division | Class::Area)
            && !names_more
        {
            end += 1;
        }
        let range = self.pieces[self.with_article(start)].range.start..self.pieces[end - 1].range.end;
        let sure = apposed_here || evidence.country_named || tells_country(sense, &found.senses);
        let place = Place {
            name: sense.name.to_owned(),
            country: other.or(sense.country.filter(|_| sure)).map(str::to_owned),
            region: (!sense.region.is_empty() && other.is_none() && sure).then(|| sense.region.to_owned()),
            level: level(sense.class),
            literal: self.text[range.clone()].to_owned(),
        };
        let governs = match sense.class {
            Class::Country | Class::Seat => true,
            Class::City => sense.is_capital,
            _ => false,
        };
        let government = sense.country.filter(|_| governs);
        Some(PlaceHit { range, place, use_, preposition, population: sense.population, government })
    }

    /// Whether the sentence means the place, not a person, a body or a common word.
    fn is_meant(&self, found: &Found, sense: &Sense, context: &Context, evidence: &Evidence) -> bool {
        let Evidence { located, strong, apposed, country_named } = *evidence;
        let single = found.end == found.start + 1;
        let capital_before = self.name_before(found.start);
        let capital_after = self.name_after(found.end);
        match sense.class {
            Class::People | Class::Seat => return true,
            Class::Country => {
                let person = capital_after && !strong || capital_before && !located;
                return !(sense.is_personal && person && !self.title_case);
            }
            Class::Area => return !(single && capital_before && !located),
            Class::City | Class::Division => {}
        }
        if single && (capital_before || capital_after && sense.is_personal) && !self.title_case {
            return false;
        }
        let word = self.pieces[found.start].text;
        let acronym = single && !self.shouts && text::words(word).first().is_some_and(|t| t.all_caps);
        let first_name = single && capital_after && !sense.is_capital && sense.population < 1_000_000;
        // An acronym that only sounds like a capital names an agency or a party.
        let respelt_acronym = acronym && sense.name.to_uppercase() != word;
        if acronym && !sense.is_capital || respelt_acronym || first_name && !self.title_case {
            return false;
        }
        let surname = single && context.surnames.contains(&text::fold(word));
        if surname && !strong && sense.population < 1_000_000 {
            return false;
        }
        // A spelling that only sounds like a small town's is more likely another name.
        let respelt = single && !sense.name.to_lowercase().contains(&word.to_lowercase());
        if respelt && !country_named && sense.population < 100_000 {
            return false;
        }
        if single && sense.class == Class::City && context.towns.contains(word) {
            return true;
        }
        if sense.is_word {
            let known = sense.population >= 100_000 || country_named && !single;
            return strong && found.start != 0 && known || apposed;
        }
        if sense.is_personal && single && !sense.is_capital {
            return strong || located && country_named && sense.population >= 300_000;
        }
        if sense.class == Class::Division {
            return located || !single || country_named || sense.country == Some("US");
        }
        if sense.is_capital || sense.population >= 500_000 {
            return true;
        }
        match (located, country_named) {
            (true, true) => true,
            (true, false) => strong && word.len() > 3 || sense.population >= 50_000,
            (false, true) => sense.population >= 30_000 && word.len() > 3,
            (false, false) => sense.population >= 150_000 && word.len() > 3,
        }
    }
}

fn level(class: Class) -> PlaceLevel {
    match class {
        Class::Country | Class::People => PlaceLevel::Country,
        Class::Area | Class::Division => PlaceLevel::Region,
        Class::City => PlaceLevel::City,
        Class::Seat => PlaceLevel::Site,
    }
}

fn level_of(class: &str) -> PlaceLevel {
    match class {
        "region" => PlaceLevel::Region,
        "city" => PlaceLevel::City,
        _ => PlaceLevel::Site,
    }
}

/// Whether most words carry capitals, so that a capital says nothing.
fn is_title_case(tokens: &[Token]) -> bool {
    let content = tokens.iter().filter(|t| t.is_word() && !text::is_stop_word(&t.lower));
    let (all, capital) =
        content.fold((0, 0), |(all, capital), t| (all + 1, capital + usize::from(t.capitalised)));
    all >= 4 && capital * 10 >= all * 9
}

#[cfg(test)]
mod tests;

//! Places named in a sentence, and how they are used.
//!
//! A sentence comes in, with what the document says elsewhere; places go out with literal byte ranges. A
//! town whose name is also a word or a surname counts only where the sentence shows that a place is meant.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

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

    /// "Gulf of Arn", "Bay of Arn": a stretch of water that goes by the name of a place.
    fn waters(&self, start: usize) -> Option<(PlaceHit, usize)> {
        let water = self.word(start).is_some_and(|p| p.capital && WATERS.contains(&p.text));
        let named = water && self.is(start + 1, "of") && self.word(start + 2).is_some_and(|p| p.capital);
        if !named || self.found[start].is_some() {
            return None;
        }
        let end = self.found[start + 2].as_ref().map_or(start + 3, |found| found.end);
        let range = self.pieces[start].range.start..self.pieces[end - 1].range.end;
        let literal = self.text[range.clone()].to_owned();
        let place =
            Place { name: literal.clone(), country: None, region: None, level: PlaceLevel::Region, literal };
        let preposition = self.before(start).preposition;
        let hit =
            PlaceHit { range, place, use_: PlaceUse::Location, preposition, population: 0, government: None };
        Some((hit, end))
    }

    /// A town that another sentence of the document shows to be one, and that the gazetteer lacks.
    fn town(&self, at: usize, context: &Context) -> Option<(PlaceHit, usize)> {
        let piece = self.word(at).filter(|p| p.capital && context.towns.contains(p.text))?;
        let beside = self.name_before(at) || self.name_after(at + 1);
        if beside || context.surnames.contains(&text::fold(piece.text)) {
            return None;
        }
        let literal = piece.text.to_owned();
        let place =
            Place { name: literal.clone(), country: None, region: None, level: PlaceLevel::City, literal };
        let preposition = self.before(at).preposition;
        let located = preposition.is_some_and(|p| STRONG.contains(&p)) || self.has_site(at, at + 1);
        let use_ = if located { PlaceUse::Location } else { PlaceUse::Bare };
        let range = piece.range.clone();
        Some((PlaceHit { range, place, use_, preposition, population: 0, government: None }, at + 1))
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
                Class::Division => false,
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

    fn before(&self, start: usize) -> Before {
        let mut before = Before::default();
        let mut at = start;
        while at > 0 {
            at -= 1;
            let Some(piece) = self.word(at) else { break };
            let lower = piece.text.to_ascii_lowercase();
            let class_word = class_of(&lower).filter(|_| at + 1 < start && self.is(at + 1, "of"));
            if let Some(class) = class_word {
                before.class_word.get_or_insert(class);
                before.preposition = None;
            } else if let Some(preposition) = PREPOSITIONS.iter().find(|p| **p == lower) {
                if before.preposition.is_none() {
                    before.preposition = Some(*preposition);
                }
                // "of" may belong to a class word or direction before it.
                if *preposition != "of" {
                    break;
                }
            } else if is_direction(&lower) {
                before.direction = true;
                if before.preposition == Some("of") {
                    before.preposition = Some("near");
                }
            } else if !(lower == "the" || lower == "a" || MODIFIERS.contains(&lower.as_str())) {
                // The people's adjective before a class word: "the Ukrainian city of".
                let people = before.class_word.is_some() && gazetteer::demonym(piece.text).is_some();
                if !people {
                    break;
                }
            }
        }
        before
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
        let apposed_here = other.is_some() || apposed.is_some_and(|outer| lies_in(sense, outer));
        let coordinated = last.filter(|hit| {
            hit.use_ == PlaceUse::Location
                && level(sense.class) == hit.place.level
                && self.joins(hit.range.end, start)
        });
        let preposition = before.preposition.or(coordinated.and_then(|hit| hit.preposition));
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
        let place = Place {
            name: sense.name.to_owned(),
            country: other.or(sense.country).map(str::to_owned),
            region: (!sense.region.is_empty() && other.is_none()).then(|| sense.region.to_owned()),
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
        // "SANA" is no way to write Sanaa.
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

    /// A capitalised word right before, which makes the name a part of a longer one.
    fn name_before(&self, start: usize) -> bool {
        let Some(at) = self.with_article(start).checked_sub(1) else { return false };
        let Some(piece) = self.word(at).filter(|piece| piece.capital) else { return false };
        let lower = piece.text.to_ascii_lowercase();
        !(text::is_stop_word(&lower)
            || piece.text.starts_with(['\'', '’'])
            || is_direction(&lower)
            || is_class_word(&lower)
            || self.hyphen_before(start)
            || at == 0 && is_verb_like(&lower)
            || is_never_a_place(piece.text)
            || gazetteer::demonym(piece.text).is_some()
            || gazetteer::exact(piece.text).is_some()
            || gazetteer::country(piece.text).is_some())
    }

    /// A capitalised word right after that is no body's, office's or place's.
    fn name_after(&self, end: usize) -> bool {
        self.word(end).is_some_and(|piece| {
            let lower = piece.text.to_ascii_lowercase();
            piece.capital
                && !self.hyphen_before(end)
                && !piece.text.starts_with(['\'', '’'])
                && !is_class_word(&lower)
                && !BODY_WORDS.contains(&lower.as_str())
                && gazetteer::exact(piece.text).is_none()
                && gazetteer::demonym(piece.text).is_none()
        })
    }

    /// Whether a site in the town is named by it: "Arn market", "Arn's main bus station", "the market of Arn".
    fn has_site(&self, start: usize, end: usize) -> bool {
        let site = |at: usize| {
            self.word(at)
                .is_some_and(|p| !p.capital && TOWN_SITES.contains(&p.text.to_ascii_lowercase().as_str()))
        };
        let possessed = self.word(end).is_some_and(|p| matches!(p.text, "'s" | "’s"));
        let from = end + usize::from(possessed);
        let after = (from..from + 3)
            .take_while(|at| self.word(*at).is_some_and(|p| !p.capital && !text::is_stop_word(p.text)))
            .any(site);
        let before = start.checked_sub(2).is_some_and(|at| self.is(start - 1, "of") && site(at));
        after || before
    }

    /// "region", "city" or "site" if the word after the name says so.
    fn class_after(&self, end: usize) -> Option<&'static str> {
        let piece = self.word(end).filter(|_| !self.hyphen_before(end))?;
        let lower = piece.text.to_ascii_lowercase();
        class_of(&lower).filter(|class| *class == "region" || *class == "city" && lower != "port")
    }

    /// The wider place before a name: "Nova's Arn", "the Novan town of Arn".
    fn owner(&self, start: usize) -> Option<&[&'static Sense]> {
        let mut at = start;
        let mut class = false;
        while let Some(piece) = at.checked_sub(1).and_then(|k| self.pieces.get(k)) {
            let lower = piece.text.to_ascii_lowercase();
            let kind = class_of(&lower).is_some() || lower == "capital";
            let skips = kind || is_direction(&lower) || matches!(lower.as_str(), "of" | "'s" | "’s" | "main" | "second");
            if !skips || piece.capital {
                break;
            }
            class |= kind || lower.ends_with('s') && !piece.is_word || lower.ends_with("'s") || lower.ends_with("’s");
            at -= 1;
        }
        let outer = self.found[..at].iter().flatten().find(|found| found.end == at)?;
        let wide = matches!(outer.senses[0].class, Class::Country | Class::People);
        (class && wide).then_some(outer.senses.as_slice())
    }

    /// The country that the words beside a town put it in, where the gazetteer knows only towns of its name elsewhere.
    fn elsewhere(&self, found: &Found) -> Option<&'static str> {
        let towns = found.senses.iter().all(|s| matches!(s.class, Class::City | Class::Division) && !s.is_capital);
        let behind = || {
            let outer = self.apposed(found.end)?;
            let same = |f: &&Found| std::ptr::eq(f.senses.as_slice(), outer);
            let end = self.found.iter().flatten().find(same)?.end;
            // "After the attack in Arn, Nova said": no place of Nova's.
            let ends = match self.pieces.get(end) {
                None => true,
                Some(next) if next.text == "," => self.pieces.get(end + 1).is_some_and(|p| p.is_word && !p.capital),
                Some(next) => !next.is_word || self.is(found.end, "in") || matches!(next.text, "on" | "at"),
            };
            ends.then_some(outer)
        };
        let outer = self.owner(found.start).or_else(behind)?;
        let country = outer.first().filter(|o| matches!(o.class, Class::Country | Class::People))?.country?;
        (towns && found.senses.iter().all(|s| s.country != Some(country))).then_some(country)
    }

    /// The wider place after a comma or "in": "Miami, Florida", "Sumy, in eastern Ukraine", "Arn in Nova".
    fn apposed(&self, end: usize) -> Option<&[&'static Sense]> {
        if !self.is(end, ",") && !self.is(end, "in") {
            return None;
        }
        let mut at = end + usize::from(self.is(end, ","));
        while self.word(at).is_some_and(|p| {
            let lower = p.text.to_ascii_lowercase();
            matches!(lower.as_str(), "in" | "the") || is_direction(&lower)
        }) {
            at += 1;
        }
        let outer = self.found.get(at)?.as_ref()?;
        let ends = self.pieces.get(outer.end).is_none_or(|piece| piece.text != "'s" && piece.text != "’s");
        ends.then_some(outer.senses.as_slice())
    }

    /// Whether only commas and "and" part a name that ends at byte `from` from piece `start`.
    fn joins(&self, from: usize, start: usize) -> bool {
        let between: Vec<_> =
            self.pieces[..start].iter().rev().take_while(|piece| piece.range.start >= from).collect();
        !between.is_empty()
            && between.len() <= 2
            && between.iter().all(|p| matches!(p.text, "," | "and" | "or" | "&"))
    }

    /// The piece at which the name starts with its Arabic article ("al-Shadadi").
    fn with_article(&self, start: usize) -> usize {
        let article = start > 0
            && self.word(start - 1).is_some_and(|piece| {
                let lower = piece.text.to_ascii_lowercase();
                (matches!(lower.as_str(), "al" | "el") || gazetteer::is_article(&lower) && lower != "the")
                    && (self.hyphen_before(start) || piece.capital && matches!(lower.as_str(), "al" | "el"))
            });
        start - usize::from(article)
    }

    /// A place that the gazetteer does not know, where the words around it say that it is one.
    fn unknown(&self, start: usize) -> Option<(PlaceHit, usize)> {
        let first = self.word(start).filter(|piece| piece.capital && !is_never_a_place(piece.text))?;
        if gazetteer::demonym(first.text).is_some() {
            return None;
        }
        if start > 0
            && self.word(start - 1).is_some_and(|p| p.capital && !text::is_stop_word(&p.text.to_lowercase()))
        {
            return None;
        }
        let mut end = start + 1;
        // "Saint Aldo's Island": a possessive goes on if the word after it ends the name.
        let possessive = |at: usize| {
            at == start + 2
                && self.word(at).is_some_and(|p| p.text.starts_with(['\'', '’']))
                && self.word(at + 1).is_some_and(|p| p.capital && is_class_word(p.text))
        };
        while end < start + 5
            && (self.word(end).is_some_and(|p| p.capital && !p.text.starts_with(['\'', '’']))
                || possessive(end))
        {
            end += 1;
        }
        let before = self.before(start);
        let located =
            before.preposition.is_some_and(|p| STRONG.contains(&p) || matches!(p, "on" | "from" | "to"));
        let last = self.pieces[end - 1].text.to_ascii_lowercase();
        let (level, end) = if let Some(class) = before.class_word {
            (level_of(class), end)
        } else if !located || self.title_case {
            return None;
        } else if end > start + 1 && SITES.contains(&last.as_str()) {
            (PlaceLevel::Site, end)
        } else if let Some(after) = self.word(end).map(|piece| piece.text.to_ascii_lowercase()) {
            if SITES.contains(&after.as_str()) {
                (PlaceLevel::Site, end + 1)
            } else {
                // "the Andean town of Arn": the name before the class word is an adjective.
                let class = class_of(&after).filter(|_| !self.is(end + 1, "of"))?;
                (level_of(class), if class == "region" { end + 1 } else { end })
            }
        } else {
            return None;
        };
        let range = self.pieces[self.with_article(start)].range.start..self.pieces[end - 1].range.end;
        let literal = self.text[range.clone()].to_owned();
        let place = Place { name: literal.clone(), country: None, region: None, level, literal };
        let use_ = PlaceUse::Location;
        Some((
            PlaceHit { range, place, use_, preposition: before.preposition, population: 0, government: None },
            end,
        ))
    }
}

/// Score of a place in the country that the article is about: as much as thirty times the inhabitants.
const MAIN_COUNTRY: f64 = 3.5;
/// Scores of a sense that lies in the place apposed, or is of the class that the words ask for.
const APPOSED: f64 = 100.0;
const ASKED_CLASS: f64 = 300.0;

/// The sense with the highest score among those that the class rules leave.
fn choose(senses: &[&'static Sense], score: impl Fn(&Sense) -> f64) -> Option<&'static Sense> {
    // What the words beside the name ask for leaves the rest out.
    let top = senses.iter().map(|s| score(s)).max_by(f64::total_cmp)?;
    let asked: Vec<_> = match top {
        top if top >= ASKED_CLASS => senses.iter().filter(|s| score(s) >= ASKED_CLASS).collect(),
        top if top >= APPOSED => senses.iter().filter(|s| score(s) >= APPOSED).collect(),
        _ => senses.iter().collect(),
    };
    let first = *asked.first()?;
    let best_of = |class: Class| {
        let scored = asked.iter().filter(|s| s.class == class).map(|s| (score(s), **s));
        scored.max_by(|a, b| a.0.total_cmp(&b.0))
    };
    if matches!(first.class, Class::Country | Class::People | Class::Seat) {
        return Some(first);
    }
    let city = best_of(Class::City).map(|found| found.1);
    if let Some(area) = best_of(Class::Area).map(|found| found.1) {
        return Some(city.filter(|city| city.is_capital).unwrap_or(area));
    }
    let division = best_of(Class::Division);
    match (city, division) {
        (Some(city), Some((_, division))) => {
            let same = city.country == division.country;
            let stands_out = city.is_capital
                || same && city.region == division.name
                || u64::from(city.population) * 4 >= u64::from(division.population);
            Some(if stands_out { city } else { division })
        }
        (city, division) => city.or(division.map(|found| found.1)),
    }
}

/// Whether a city or division lies in one of the places that a following name may mean.
fn lies_in(sense: &Sense, outer: &[&'static Sense]) -> bool {
    outer.iter().any(|o| match (sense.class, o.class) {
        (Class::City | Class::Division | Class::Area, Class::Country | Class::People) => {
            sense.country == o.country
        }
        (Class::City, Class::Division | Class::Area) => {
            sense.country == o.country && gazetteer::is_region_of(&gazetteer::key_of(o.name), sense)
        }
        _ => false,
    })
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

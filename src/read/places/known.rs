//! Places that the gazetteer knows: which one a name means, and whether the sentence means a place by it at all.
//!
//! A name found comes in, with what the document says elsewhere and the place named before it; the place goes out,
//! or nothing where the words show a person, a body or a common word.

use super::super::gazetteer::{Class, Sense};
use super::super::place_words::*;
use super::super::text;
use super::pieces::{Found, Scan};
use super::sense::{APPOSED, ASKED_CLASS, MAIN_COUNTRY, choose, lies_in, tells_country};
use super::{Context, PlaceHit, PlaceUse};
use crate::model::{Place, PlaceLevel};

/// What in the sentence and document speaks for a place.
struct Evidence {
    /// A preposition, class word, direction or coordination.
    located: bool,
    /// One that no person's name follows.
    strong: bool,
    /// The wider place stands beside it ("Arn, Nova", "Nova's Arn").
    apposed: bool,
    /// Its country is named in the sentence or document, or it is a capital.
    country_named: bool,
}

impl Scan<'_> {
    /// The hit for a known name; `None` if the sentence means something else by it.
    pub(super) fn known(
        &self,
        found: &Found,
        context: &Context,
        last: Option<&PlaceHit>,
    ) -> Option<PlaceHit> {
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

/// The level of the places of a class.
fn level(class: Class) -> PlaceLevel {
    match class {
        Class::Country | Class::People => PlaceLevel::Country,
        Class::Area | Class::Division => PlaceLevel::Region,
        Class::City => PlaceLevel::City,
        Class::Seat => PlaceLevel::Site,
    }
}

//! Which of the places of one name is meant.

use super::super::gazetteer::{self, Class, Sense};

/// Score of a place in the country that the article is about: as much as thirty times the inhabitants.
pub(super) const MAIN_COUNTRY: f64 = 3.5;
/// Scores of a sense that lies in the place apposed, or is of the class that the words ask for.
pub(super) const APPOSED: f64 = 100.0;
pub(super) const ASKED_CLASS: f64 = 300.0;
/// A town of so many inhabitants is meant wherever its name stands.
const LARGE: u32 = 500_000;
/// How many times larger than its namesakes a town is that is meant by the name alone.
const STANDS_OUT: u64 = 4;

/// The sense with the highest score among those that the class rules leave.
pub(super) fn choose(senses: &[&'static Sense], score: impl Fn(&Sense) -> f64) -> Option<&'static Sense> {
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

/// Whether a town's name alone tells its country: no other country has a town of that name nearly as large.
pub(super) fn tells_country(sense: &Sense, senses: &[&'static Sense]) -> bool {
    let rival = |other: &&&Sense| other.class == Class::City && other.country != sense.country;
    let largest = senses.iter().filter(rival).map(|rival| rival.population).max().unwrap_or_default();
    sense.class != Class::City
        || sense.population >= LARGE
        || u64::from(sense.population) > u64::from(largest) * STANDS_OUT
}

/// Whether a city or division lies in one of the places that a following name may mean.
pub(super) fn lies_in(sense: &Sense, outer: &[&'static Sense]) -> bool {
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

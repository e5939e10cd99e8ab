//! The time zone of a city, by its name as a reader types it.
//!
//! `lexicon/zones.tsv` says a country's zone, and those of divisions and towns that differ from it.

use chrono_tz::Tz;
use foldhash::HashMap;

use super::gazetteer::{self, Class, Sense};

/// A city that a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct City {
    /// Its usual English name.
    pub name: &'static str,
    /// Its first-level division; empty if none is known.
    pub region: &'static str,
    /// Its country.
    pub country: &'static str,
    /// Its people; a few thousand where the gazetteer does not know.
    pub population: u32,
    /// Its time zone.
    pub zone: Tz,
}

/// The cities of this name, the likeliest first: capitals, then by size.
///
/// A country or division may follow, after a comma: "Springfield, Missouri".
pub fn cities(name: &str) -> Vec<City> {
    let (name, within) = name.split_once(',').unwrap_or((name, ""));
    let within = gazetteer::key(within.trim());
    gazetteer::senses_of(&gazetteer::key_of(name.trim()))
        .filter(|sense| sense.class == Class::City && (within.is_empty() || lies_in(sense, &within)))
        .filter_map(|sense| {
            Some(City {
                name: sense.name,
                region: sense.region,
                country: gazetteer::country_by_code(sense.country?)?.name,
                population: sense.population,
                zone: sense.zone.parse().ok()?,
            })
        })
        .collect()
}

fn lies_in(sense: &Sense, within: &str) -> bool {
    let country = sense.country.and_then(gazetteer::country_by_code);
    gazetteer::is_region_of(within, sense)
        || country.is_some_and(|country| gazetteer::key(country.name) == within)
}

/// What `zones.tsv` says, by country, division and city.
pub(super) struct Zones(HashMap<&'static str, &'static str>);

impl Zones {
    pub(super) fn read() -> Zones {
        let lines = include_str!("../../lexicon/zones.tsv").lines().filter(|line| !line.starts_with('#'));
        Zones(lines.filter_map(|line| line.split_once('\t')).collect())
    }

    /// The zone of a city, by the codes that it stands under and its name there; empty if none is known.
    pub(super) fn of(&self, country: &str, division: &str, city: &str) -> &'static str {
        let places =
            [format!("{country}.{division}.{city}"), format!("{country}.{division}"), country.to_owned()];
        places.iter().find_map(|place| self.0.get(place.as_str()).copied()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zones(name: &str) -> Vec<Tz> {
        cities(name).iter().map(|city| city.zone).collect()
    }

    #[test]
    fn every_zone_of_the_table_is_one_that_there_is() {
        let zones = Zones::read();
        assert!(zones.0.len() > 500);
        for (place, zone) in &zones.0 {
            assert!(zone.parse::<Tz>().is_ok(), "{place}: {zone}");
        }
    }

    #[test]
    fn a_city_is_found_by_any_usual_spelling() {
        for name in ["Lviv", "lviv", "L'viv", "Львів", "Kyiv", "Kiev", "kiev"] {
            assert_eq!(zones(name), [Tz::Europe__Kyiv], "{name}");
        }
        assert_eq!(zones("Kathmandu")[0], Tz::Asia__Kathmandu);
        assert_eq!(zones("Nairobi")[0], Tz::Africa__Nairobi);
    }

    #[test]
    fn a_division_or_town_may_have_clocks_of_its_own() {
        assert_eq!(zones("Vladivostok"), [Tz::Asia__Vladivostok]);
        assert_eq!(zones("Darwin")[0], Tz::Australia__Darwin);
        assert_eq!(zones("Dallas")[0], Tz::America__Chicago);
        assert_eq!(zones("El Paso, Texas"), [Tz::America__Denver]);
    }

    #[test]
    fn a_name_of_several_cities_gives_all_and_what_follows_it_tells_them_apart() {
        let all = cities("Birmingham");
        assert!(all.len() >= 2 && all[0].country == "United Kingdom", "{all:?}");
        assert!(all.windows(2).all(|pair| pair[0].population >= pair[1].population), "{all:?}");
        assert_eq!(zones("Birmingham, Alabama"), [Tz::America__Chicago]);
        assert_eq!(zones("Birmingham, UK"), [Tz::Europe__London]);
        assert!(zones("Birmingham, Bavaria").is_empty());
    }

    #[test]
    fn what_is_no_city_gives_none() {
        assert!(["", ",", "France", "UTC+2", "🏙", "<b>&\u{202e}"].iter().all(|name| cities(name).is_empty()));
    }
}

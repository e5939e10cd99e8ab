//! Facts of countries, divisions, cities, seas and seats of government, from the embedded `lexicon/`.
//!
//! Names come in as written, in any usual transliteration; facts go out. The tables are parsed once, at
//! first use. Sources and licences are in `lexicon/README.md`.

use std::borrow::Cow;
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::zones::Zones;

/// A country or territory with a code of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code.
    pub code: &'static str,
    /// Usual English name.
    pub name: &'static str,
    /// Capital, or empty for a territory or city state.
    pub capital: &'static str,
}

/// What the gazetteer holds a name to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// A country by its name.
    Country,
    /// A country by its people or adjective.
    People,
    /// A seat of a government.
    Seat,
    /// A wide, natural, historic or contested area.
    Area,
    /// A first-level division.
    Division,
    /// A city, town or village.
    City,
}

/// One thing that a name may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sense {
    /// Usual English name.
    pub name: &'static str,
    /// What it is.
    pub class: Class,
    /// ISO code of its country; `None` where it lies in several or none.
    pub country: Option<&'static str>,
    /// First-level division that it lies in; empty if none is known.
    pub region: &'static str,
    /// IANA name of a city's time zone; empty if none is known.
    pub zone: &'static str,
    /// Inhabitants; 0 where unknown.
    pub population: u32,
    /// It is also a common English word.
    pub is_word: bool,
    /// It is also a common personal name.
    pub is_personal: bool,
    /// It is its country's capital, or stands for its government.
    pub is_capital: bool,
}

/// The country of this name, short form or ISO code as written in news.
pub fn country(name: &str) -> Option<&'static Country> {
    if let Some(code) = TABLES.exact.get(name) {
        return country_by_code(code);
    }
    let found = senses_of(&key_of(name)).find(|s| s.class == Class::Country);
    found.and_then(|s| s.country).or_else(|| is_code(name).then_some(name)).and_then(country_by_code)
}

/// The country with this ISO 3166-1 alpha-2 code.
pub fn country_by_code(code: &str) -> Option<&'static Country> {
    TABLES.by_code.get(code).map(|&at| &TABLES.countries[at])
}

/// The country whose people or things this word names ("Russian", "Britons", "South Korean").
pub fn demonym(word: &str) -> Option<&'static Country> {
    let code = senses_of(&key_of(word)).find(|s| s.class == Class::People)?.country?;
    country_by_code(code)
}

/// The country whose capital this is, in any usual spelling.
pub fn capital_of(city: &str) -> Option<&'static Country> {
    let code = senses_of(&key_of(city)).find(|s| s.class == Class::City && s.is_capital)?.country?;
    country_by_code(code)
}

/// The country whose government this seat stands for ("Kremlin", "White House").
pub fn seat(name: &str) -> Option<&'static Country> {
    let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let code = senses_of(&key_of(name)).find(|s| s.class == Class::Seat)?.country?;
    country_by_code(code)
}

/// Whether the gazetteer knows a place of this name, of whatever class; peoples are none.
pub fn is_place_name(name: &str) -> bool {
    TABLES.exact.contains_key(name) || senses_of(&key_of(name)).any(|s| s.class != Class::People)
}

/// The form in which spellings of one place name compare equal ("Kiev", "Kyiv"; "Jabalya", "Jabaliya").
///
/// Of a known name it is the usual name's form, so exonyms and old names join too.
pub fn key(name: &str) -> String {
    key_of(usual(name).unwrap_or(name))
}

/// The usual name of the place that this name means ("Kyiv" of "Kiev"), in any usual spelling.
pub fn usual(name: &str) -> Option<&'static str> {
    if let Some(country) = TABLES.exact.get(name).and_then(|code| country_by_code(code)) {
        return Some(country.name);
    }
    senses_of(&key_of(name)).find(|s| s.class != Class::People).map(|sense| sense.name)
}

/// What this key may mean, countries first, then cities by size and so on down.
pub(super) fn senses_of(key: &str) -> impl Iterator<Item = &'static Sense> + use<> {
    TABLES.index.get(key).into_iter().flatten().map(|&at| &TABLES.senses[at as usize])
}

/// The country that a short form names as it is written: "US", "U.K.", never "us".
pub(super) fn exact(written: &str) -> Option<&'static Sense> {
    let code = TABLES.exact.get(written)?;
    senses_of(&key_of(country_by_code(code)?.name)).find(|s| s.class == Class::Country)
}

/// The most words of a known name that begins with a word of this key; 0 if none does.
pub(super) fn longest(first: &str) -> usize {
    TABLES.longest.get(first).copied().unwrap_or(0).into()
}

/// Whether this division of the country has this key.
pub(super) fn is_region_of(key: &str, sense: &Sense) -> bool {
    !sense.region.is_empty() && key_of(sense.region) == key
}

/// The comparable form of a name's words, in order, the Arabic article left out.
pub(super) fn key_of(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for piece in name.split([' ', '-', '‑', '\u{a0}']) {
        let word = piece_key(piece);
        if word.is_empty() || is_article(&word) && !name.ends_with(piece) {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&word);
    }
    key
}

/// The Arabic article, whose spelling and presence differ between transliterations.
pub(super) fn is_article(key: &str) -> bool {
    matches!(key, "al" | "ar" | "as" | "ash" | "ad" | "az")
}

/// One word in the form in which transliterations agree: Younis and Yunus do not, Younis and Yunis do.
pub(super) fn piece_key(word: &str) -> String {
    let ascii: Cow<str> = if word.is_ascii() { word.into() } else { any_ascii::any_ascii(word).into() };
    let mut key: Vec<u8> = Vec::with_capacity(ascii.len());
    for c in ascii.bytes() {
        let c = match c.to_ascii_lowercase() {
            b'q' => b'k',
            b'y' => b'i',
            c if c.is_ascii_alphanumeric() => c,
            _ => continue,
        };
        let Some(last) = key.last_mut() else {
            // "Ian" is not "Yan": an initial y is a consonant.
            key.push(if c == b'i' && word.starts_with(['y', 'Y']) { b'y' } else { c });
            continue;
        };
        match (*last, c) {
            (b'o', b'o' | b'u') => *last = b'u',
            (b'e', b'e') => *last = b'i',
            (b'c', b'k') => *last = b'k',
            (b'a', b'i') => {
                *last = b'e';
                key.push(b'i');
            }
            (l, c) if l == c && c.is_ascii_alphabetic() => {}
            _ => key.push(c),
        }
    }
    if key.len() > 3 && key.ends_with(b"h") && matches!(key[key.len() - 2], b'a' | b'e' | b'i' | b'o' | b'u')
    {
        key.pop();
    }
    String::from_utf8(key).unwrap_or_default()
}

fn is_code(name: &str) -> bool {
    name.len() == 2 && name.bytes().all(|b| b.is_ascii_uppercase())
}

/// Capitals, by country, then by key of the city.
type Capitals = HashMap<&'static str, HashMap<String, &'static str>>;

struct Tables {
    countries: Vec<Country>,
    by_code: HashMap<&'static str, usize>,
    /// Short forms in capitals, as written, to codes.
    exact: HashMap<&'static str, &'static str>,
    senses: Vec<Sense>,
    index: HashMap<String, Vec<u32>>,
    longest: HashMap<String, u8>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

/// Countries that are also given names or common words.
const PERSONAL_COUNTRIES: [&str; 4] = ["Israel", "Jordan", "Chad", "Georgia"];

impl Tables {
    fn read() -> Tables {
        let mut tables = Tables {
            countries: Vec::new(),
            by_code: HashMap::new(),
            exact: HashMap::new(),
            senses: Vec::new(),
            index: HashMap::with_capacity(110_000),
            longest: HashMap::with_capacity(80_000),
        };
        let capitals = tables.read_countries();
        tables.read_named("seats", include_str!("../../lexicon/seats.tsv"), Class::Seat);
        tables.read_named("regions", include_str!("../../lexicon/regions.tsv"), Class::Area);
        let names = Names::read();
        let divisions = tables.read_divisions();
        tables.read_cities(&divisions, &names, &capitals);
        tables.sort();
        tables
    }

    /// Reads countries and peoples; returns the capitals.
    fn read_countries(&mut self) -> Capitals {
        let mut capitals = Capitals::default();
        for [code, name, others, peoples, cities] in rows(include_str!("../../lexicon/countries.tsv")) {
            self.by_code.insert(code, self.countries.len());
            let capital = cities.split('|').next().unwrap_or_default();
            self.countries.push(Country { code, name, capital });
            let sense = self.add(Sense {
                is_personal: PERSONAL_COUNTRIES.contains(&name),
                ..Sense::new(name, Class::Country, Some(code))
            });
            self.index(name, sense);
            for other in parts(others) {
                if other.len() <= 8 && other.chars().all(|c| c.is_uppercase() || c == '.') {
                    self.exact.insert(other, code);
                } else {
                    self.index(other, sense);
                }
            }
            let people = self.add(Sense::new(name, Class::People, Some(code)));
            for people_name in parts(peoples) {
                self.index(people_name, people);
                if !people_name.ends_with(['s', 'h', 'e']) || people_name.ends_with("ede") {
                    self.index(&format!("{people_name}s"), people);
                }
            }
            capitals.insert(code, parts(cities).map(|city| (key_of(city), city)).collect());
        }
        capitals
    }

    fn read_named(&mut self, file: &str, text: &'static str, class: Class) {
        for [name, second, third, ..] in rows(text) {
            // Seats have no other names: their second column is the country.
            let (others, country) = if file == "seats" { ("", second) } else { (second, third) };
            let country = (!country.is_empty()).then_some(country);
            let sense = self.add(Sense::new(name, class, country));
            self.index(name, sense);
            for other in parts(others) {
                self.index(other, sense);
            }
        }
    }

    fn read_divisions(&mut self) -> HashMap<(&'static str, &'static str), (&'static str, u32)> {
        let mut divisions = HashMap::new();
        for [country, code, name, ..] in rows(include_str!("../../lexicon/divisions.tsv")) {
            let sense = self.add(Sense::new(name, Class::Division, Some(country)));
            self.index(name, sense);
            divisions.insert((country, code), (name, sense));
        }
        divisions
    }

    fn read_cities(
        &mut self,
        divisions: &HashMap<(&'static str, &'static str), (&'static str, u32)>,
        names: &Names,
        capitals: &Capitals,
    ) {
        let (mut country, mut admin, mut region, mut division) = ("", "", "", None);
        let zones = Zones::read();
        let mut named = HashSet::new();
        for line in include_str!("../../lexicon/cities.tsv").lines().filter(|l| !l.starts_with('#')) {
            if let Some(group) = line.strip_prefix('@').and_then(|group| group.split_once('.')) {
                (country, admin) = group;
                division = divisions.get(&group).map(|d| d.1);
                region = divisions.get(&group).map_or("", |d| d.0);
                continue;
            }
            let mut fields = line.split('\t');
            let written = fields.next().unwrap_or_default();
            let population = fields.next().and_then(|n| n.parse().ok()).unwrap_or(0u32).saturating_mul(1000);
            let others = fields.next().unwrap_or_default();
            let flags = fields.next().unwrap_or_default();
            if let Some(division) = division {
                let sum = &mut self.senses[division as usize].population;
                *sum = sum.saturating_add(population);
            }
            let key = key_of(written);
            let usual = names.usual.get(country).and_then(|usual| usual.get(&key)).copied();
            let first_of_name = usual.is_none_or(|at| named.insert(at));
            let name = usual.filter(|_| first_of_name).map_or(written, |at| names.rows[at].1);
            let name_key = if name == written { key.clone() } else { key_of(name) };
            let is_capital = capitals.get(country).is_some_and(|cities| cities.contains_key(&name_key));
            let sense = self.add(Sense {
                region,
                zone: zones.of(country, admin, written),
                population,
                is_word: flags.contains('w') && !is_capital,
                is_personal: flags.contains('n'),
                is_capital,
                ..Sense::new(name, Class::City, Some(country))
            });
            if name_key != key {
                self.index_key(name_key, sense);
            }
            self.index_key(key, sense);
            let usual_others = usual.filter(|_| first_of_name).map_or("", |at| names.rows[at].2);
            for other in parts(others).chain(parts(usual_others)) {
                self.index(other, sense);
            }
        }
        // Named by hand, but too small for the table or spelt otherwise there.
        let missing =
            names.rows.iter().enumerate().filter(|(at, _)| !named.contains(at)).map(|(_, row)| *row);
        let capital_rows =
            capitals.iter().flat_map(|(country, cities)| cities.values().map(|name| (*country, *name, "")));
        for (country, name, others) in missing.chain(capital_rows) {
            let key = key_of(name);
            let is_known = |at: &u32| {
                let sense = &self.senses[*at as usize];
                sense.class == Class::City && sense.country == Some(country)
            };
            if self.index.get(&key).is_some_and(|senses| senses.iter().any(is_known)) {
                continue;
            }
            let sense = self.add(Sense {
                is_capital: capitals.get(country).is_some_and(|cities| cities.contains_key(&key)),
                zone: zones.of(country, "", ""),
                population: 5000,
                ..Sense::new(name, Class::City, Some(country))
            });
            self.index(name, sense);
            for other in parts(others) {
                self.index(other, sense);
            }
        }
    }

    fn add(&mut self, sense: Sense) -> u32 {
        self.senses.push(sense);
        (self.senses.len() - 1) as u32
    }

    fn index(&mut self, name: &str, sense: u32) {
        self.index_key(key_of(name), sense);
    }

    fn index_key(&mut self, key: String, sense: u32) {
        let Some(first) = key.split(' ').next().filter(|first| !first.is_empty()) else { return };
        let words = key.bytes().filter(|b| *b == b' ').count().min(7) as u8 + 1;
        match self.longest.get_mut(first) {
            Some(longest) => *longest = words.max(*longest),
            None => {
                self.longest.insert(first.to_owned(), words);
            }
        }
        let senses = self.index.entry(key).or_default();
        if !senses.contains(&sense) {
            senses.push(sense);
        }
    }

    /// The likeliest sense first.
    fn sort(&mut self) {
        let senses = &self.senses;
        let rank = |at: u32| {
            let sense = &senses[at as usize];
            let class = match sense.class {
                Class::Country => 0,
                Class::People => 1,
                Class::Seat => 2,
                Class::City if sense.is_capital => 3,
                Class::Area => 4,
                Class::City | Class::Division => 5,
            };
            (class, std::cmp::Reverse(sense.population), sense.class == Class::Division)
        };
        for found in self.index.values_mut().filter(|found| found.len() > 1) {
            found.sort_by_key(|&at| rank(at));
        }
    }
}

impl Sense {
    fn new(name: &'static str, class: Class, country: Option<&'static str>) -> Sense {
        Sense {
            name,
            class,
            country,
            region: "",
            zone: "",
            population: 0,
            is_word: false,
            is_personal: false,
            is_capital: false,
        }
    }
}

/// Usual names, by country, then by key of any of the city's names.
struct Names {
    rows: Vec<(&'static str, &'static str, &'static str)>,
    usual: HashMap<&'static str, HashMap<String, usize>>,
}

impl Names {
    fn read() -> Names {
        let mut names = Names { rows: Vec::new(), usual: HashMap::new() };
        for [country, name, others, ..] in rows(include_str!("../../lexicon/names.tsv")) {
            for other in parts(others).chain([name]) {
                names.usual.entry(country).or_default().insert(key_of(other), names.rows.len());
            }
            names.rows.push((country, name, others));
        }
        names
    }
}

/// The fields of each line; missing ones are empty.
fn rows(text: &'static str) -> impl Iterator<Item = [&'static str; 5]> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        let mut row = [""; 5];
        for (field, value) in row.iter_mut().zip(line.split('\t')) {
            *field = value;
        }
        row
    })
}

fn parts(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split('|').filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests;

//! Facts of countries, divisions, cities, seas and seats of government, from the embedded `lexicon/`.
//!
//! Names come in as written, in any usual transliteration; facts go out. The tables are parsed once.

/// A country or territory with a code of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code.
    pub code: &'static str,
    /// Usual English name.
    pub name: &'static str,
    /// Capital, or empty.
    pub capital: &'static str,
    /// Inhabitants.
    pub population: u32,
}

/// The country of this name, short form or ISO code as written in news.
pub fn country(_name: &str) -> Option<&'static Country> {
    None
}

/// The country with this ISO 3166-1 alpha-2 code.
pub fn country_by_code(_code: &str) -> Option<&'static Country> {
    None
}

/// The country whose people or things this word names ("Russian", "Briton").
pub fn demonym(_word: &str) -> Option<&'static Country> {
    None
}

/// The country whose capital this is, in any usual spelling.
pub fn capital_of(_city: &str) -> Option<&'static Country> {
    None
}

/// The country whose government this seat stands for ("the Kremlin").
pub fn seat(_name: &str) -> Option<&'static Country> {
    None
}

/// Whether the gazetteer knows a place of this name, of whatever kind.
pub fn is_place_name(_name: &str) -> bool {
    false
}

/// The form in which two spellings of one place name compare equal.
pub fn key(name: &str) -> String {
    super::text::fold(name)
}

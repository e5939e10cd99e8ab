//! Whether two places may be one: the same, or one within the other.

use crate::model::{Place, PlaceLevel};

/// 1 the same place, less for one within the other, `None` for two places.
pub(super) fn nearness(a: &Place, b: &Place) -> Option<f32> {
    let same = |x: &str, y: &str| fold(x) == fold(y);
    if same(&a.name, &b.name) {
        return Some(1.0);
    }
    if let (Some(x), Some(y)) = (&a.country, &b.country)
        && x != y
    {
        return None;
    }
    let (small, large) = if a.level <= b.level { (a, b) } else { (b, a) };
    let within =
        |region: &str| small.region.as_deref().is_some_and(|r| same(r, region) || same_region(r, region));
    match (small.level, large.level) {
        (PlaceLevel::Country, PlaceLevel::Country) => None,
        // "Menta checkpoint" is in Menta.
        (PlaceLevel::Site, PlaceLevel::City) if fold(&small.name).starts_with(&(fold(&large.name) + " ")) => {
            Some(1.0)
        }
        (PlaceLevel::Site, PlaceLevel::Site | PlaceLevel::City) => Some(0.5),
        (PlaceLevel::City, PlaceLevel::City) => None,
        (PlaceLevel::Site | PlaceLevel::City, PlaceLevel::Region) => {
            if within(&large.name) || same_region(&small.name, &large.name) {
                Some(0.9)
            } else if small.region.is_some() {
                None
            } else {
                Some(0.3)
            }
        }
        (PlaceLevel::Region, PlaceLevel::Region) => same_region(&a.name, &b.name).then_some(1.0),
        (_, PlaceLevel::Country) => Some(if small.country.is_some() { 0.6 } else { 0.4 }),
        _ => Some(0.4),
    }
}

/// Whether two places of one name lie in two countries.
pub(super) fn are_namesakes(a: &Place, b: &Place) -> bool {
    fold(&a.name) == fold(&b.name) && a.country.is_some() && b.country.is_some() && a.country != b.country
}

/// Regions are called many ways: "Kherson Region", "Khersonska Oblast", "Kherson".
fn same_region(a: &str, b: &str) -> bool {
    const RANKS: [&str; 12] = [
        "region",
        "oblast",
        "province",
        "governorate",
        "state",
        "district",
        "prefecture",
        "county",
        "department",
        "krai",
        "of",
        "city",
    ];
    let bare = |name: &str| -> Vec<String> {
        let name = fold(name);
        name.split_whitespace().filter(|w| !RANKS.contains(w)).map(str::to_owned).collect()
    };
    let (a, b) = (bare(a), bare(b));
    !a.is_empty() && a == b
}

fn fold(name: &str) -> String {
    any_ascii::any_ascii(name).to_lowercase().replace(['-', '\''], " ").trim().to_owned()
}

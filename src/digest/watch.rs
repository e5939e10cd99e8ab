//! Whether a development is about somebody or some place that the owner watches.

use crate::model::{ActorRole, Development, Watched};

/// An actor or the place bears a watched name, or is of a watched country.
pub(super) fn is_watched(development: &Development, watched: &[Watched]) -> bool {
    watched.iter().any(|watched| {
        let of = |country: &Option<String>| watched.country.is_some() && *country == watched.country;
        let mut actors = development.actors.iter().chain(&development.speaker);
        let acts = actors.any(|actor| {
            names(&actor.name, &watched.name) || actor.role == ActorRole::Country && of(&actor.country)
        });
        let is_there = development.place.as_ref().is_some_and(|place| {
            let region = place.region.as_deref().unwrap_or_default();
            [&place.name, region].into_iter().any(|name| names(name, &watched.name)) || of(&place.country)
        });
        acts || is_there
    })
}

/// Whether a name has all words of another, in a row: "Amara Tolen" has "Tolen".
fn names(name: &str, part: &str) -> bool {
    let fold = |text: &str| -> Vec<String> {
        let plain = any_ascii::any_ascii(text).to_lowercase();
        plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let (name, part) = (fold(name), fold(part));
    !part.is_empty() && name.windows(part.len()).any(|words| words == part)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_name_is_watched_by_its_words() {
        for (name, part) in
            [("Amara Tolen", "tolen"), ("Constanţa", "Constanta"), ("Chaco Front", "Chaco Front")]
        {
            assert!(names(name, part), "{name}, {part}");
        }
        for (name, part) in [("Amara Tolenova", "Tolen"), ("Front", "Chaco Front"), ("Front", "")] {
            assert!(!names(name, part), "{name}, {part}");
        }
    }
}

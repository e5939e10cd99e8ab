//! Whether a development is about somebody, some place or some matter that is watched, muted or a topic.

use crate::model::{ActorRole, Development, History, Watched};

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

/// Whether a development's sentences, actors or place have one of these words or phrases, whole words alone.
pub(super) fn has_word(history: &History, words: &[String]) -> bool {
    if words.is_empty() {
        return false;
    }
    let development = &history.development;
    let actors = development.actors.iter().chain(&development.speaker).map(|actor| actor.name.as_str());
    let place =
        development.place.iter().flat_map(|place| [Some(place.name.as_str()), place.region.as_deref()]);
    let sentences = history.reports.iter().map(|report| report.mention.evidence.as_str());
    let texts: Vec<Vec<String>> = actors.chain(place.flatten()).chain(sentences).map(fold).collect();
    words.iter().map(|word| fold(word)).any(|word| texts.iter().any(|text| holds(text, &word)))
}

/// Whether a name has all words of another, in a row and in any usual spelling: "Amara Tolen" has "Толен".
fn names(name: &str, part: &str) -> bool {
    holds(&spellings(name), &spellings(part))
}

/// The words of a name in the form in which transliterations agree: "Zelenskyy" and "Зеленський".
fn spellings(name: &str) -> Vec<String> {
    // A soft sign, or an apostrophe.
    let latin = any_ascii::any_ascii(name).replace('\'', "");
    let alike = |word: String| {
        let mut letters: Vec<char> = word.replace("kh", "h").replace(['y', 'j'], "i").chars().collect();
        letters.dedup_by(|next, last| next == last && next.is_alphabetic());
        letters.into_iter().collect()
    };
    fold(&latin).into_iter().map(alike).collect()
}

fn holds(words: &[String], part: &[String]) -> bool {
    !part.is_empty() && words.windows(part.len()).any(|some| some == part)
}

/// The words of a text in plain small letters.
fn fold(text: &str) -> Vec<String> {
    let plain = any_ascii::any_ascii(text).to_lowercase();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_name_is_watched_by_its_words_in_any_usual_spelling() {
        for (name, part) in [
            ("Amara Tolen", "tolen"),
            ("Constanţa", "Constanta"),
            ("Chaco Front", "Chaco Front"),
            ("Amara Tolen", "Толен"),
            ("Volodymyr Zelenskyy", "Зеленський"),
            ("Volodymyr Zelensky", "Зеленский"),
            ("Cote d'Ivoire", "Côte d’Ivoire"),
        ] {
            assert!(names(name, part), "{name}, {part}");
        }
        for (name, part) in [("Amara Tolenova", "Tolen"), ("Front", "Chaco Front"), ("Front", "")] {
            assert!(!names(name, part), "{name}, {part}");
        }
    }
}

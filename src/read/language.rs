//! The language of a text, also of a headline alone.
//!
//! A script other than Latin tells by itself. Of Latin script the small words tell, those of one language
//! against those of English; words that are English as well tell nothing, nor do particles within a name
//! ("Rio de Janeiro"). What is not told is read: no English headline is lost for the names in it.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::ordinary::ordinary;

/// Letters that are looked at; what comes after is of the same language.
const LETTERS: usize = 4000;
/// Words in lower case from which on a text without any English one is told to be of no known language.
const ENOUGH: usize = 4;
/// The code of a language that is not known.
const UNKNOWN: &str = "und";

/// Particles that stand within names.
const PARTICLES: &[&str] = &[
    "de", "da", "do", "di", "du", "des", "dos", "das", "del", "della", "la", "le", "el", "los", "las", "y",
    "e", "der", "den", "van", "von", "zu", "ter", "ten", "al", "bin", "ibn", "d", "l", "af", "av", "of",
];

struct Languages {
    /// Code and English name, in the order of the list.
    names: Vec<(&'static str, &'static str)>,
    /// A small word to the languages that have it, by their place in `names`.
    words: HashMap<&'static str, Vec<usize>>,
}

static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| {
    let mut languages = Languages { names: vec![], words: HashMap::new() };
    for line in include_str!("../../lexicon/languages.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(code), Some(name)) = (fields.next(), fields.next()) else { continue };
        for word in fields.next().unwrap_or_default().split(' ').filter(|word| !word.is_empty()) {
            languages.words.entry(word).or_default().push(languages.names.len());
        }
        languages.names.push((code, name));
    }
    languages
});

/// Whether articles in the language of that code are read.
pub fn is_read(code: &str) -> bool {
    code == "en"
}

/// The English name of a language; of an unknown one what to call it.
pub fn name(code: &str) -> &str {
    LANGUAGES.names.iter().find(|(known, _)| *known == code).map_or("another language", |(_, name)| name)
}

/// The ISO 639-1 code of an article's language, `und` for one that is none of those known; `None` if too
/// little is said to tell.
pub fn tell(title: Option<&str>, text: &str) -> Option<&'static str> {
    let all = format!("{}\n{text}", title.unwrap_or_default());
    let end = all.char_indices().nth(LETTERS).map_or(all.len(), |(at, _)| at);
    let all = &all[..end];
    let letters = all.chars().filter(|c| c.is_alphabetic());
    let (latin, other) = letters.fold((0, 0), |(latin, other), c| match is_latin(c) {
        true => (latin + 1, other),
        false => (latin, other + 1),
    });
    if other > latin { Some(by_script(all)) } else { by_words(all) }
}

fn is_latin(c: char) -> bool {
    c.is_ascii() || ('\u{c0}'..='\u{24f}').contains(&c) || ('\u{1e00}'..='\u{1eff}').contains(&c)
}

fn by_script(text: &str) -> &'static str {
    let name = whatlang::detect_lang(text).map(|lang| lang.eng_name());
    LANGUAGES.names.iter().find(|(_, known)| Some(*known) == name).map_or(UNKNOWN, |(code, _)| code)
}

fn by_words(text: &str) -> Option<&'static str> {
    let shouted = !text.chars().any(char::is_lowercase);
    let words: Vec<&str> = text.split_whitespace().flat_map(pieces).collect();
    // By language: small words that English has not; for English those that no other has.
    let mut own = vec![0; LANGUAGES.names.len()];
    // All that a language has: tells it from its sisters.
    let mut all = own.clone();
    let (mut lower, mut english) = (0, 0);
    let mut accented = false;
    for (at, word) in words.iter().enumerate() {
        let small = word.to_lowercase();
        let is_lower = shouted || !word.starts_with(char::is_uppercase);
        let of = LANGUAGES.words.get(small.as_str()).map_or(&[][..], Vec::as_slice);
        of.iter().for_each(|&language| all[language] += 1);
        if of == [0] {
            own[0] += 1;
        }
        if !is_lower || within_name(&words, at) {
            continue;
        }
        if small.len() > 1 {
            lower += 1;
            english += usize::from(small.is_ascii() && ordinary(&small));
        }
        accented |= !small.is_ascii();
        if !ordinary(&small) && !of.contains(&0) {
            of.iter().for_each(|&language| own[language] += 1);
        }
    }
    let foreign = (1..own.len()).max_by_key(|&i| (own[i], all[i], std::cmp::Reverse(i)))?;
    let (ours, theirs) = (own[0], own[foreign] + usize::from(accented && own[foreign] > 0));
    let little_english = english * 2 < lower;
    match theirs {
        0 if ours == 0 && lower >= ENOUGH && english == 0 => Some(UNKNOWN),
        0 if ours == 0 => None,
        _ if ours > theirs => Some("en"),
        _ if theirs > ours && (theirs > 1 || little_english) => Some(LANGUAGES.names[foreign].0),
        _ => None,
    }
}

/// The words of what stands between two spaces: "l'accord" is two, but "a.m." and the end of "minister's" none.
fn pieces(chunk: &str) -> impl Iterator<Item = &str> {
    let mut before = None;
    let mut parts = chunk.split_inclusive(|c: char| !c.is_alphabetic());
    std::iter::from_fn(move || {
        loop {
            let part = parts.next()?;
            let word = part.trim_end_matches(|c: char| !c.is_alphabetic());
            let (ends, opens) = (part[word.len()..].chars().next(), before);
            before = ends;
            let letters = word.chars().count();
            let ending = matches!(opens, Some('\'' | '’')) && letters < 3;
            // "a.m.", "news.example.com".
            let dotted = matches!(opens, Some('.' | '/' | '@')) || letters == 1 && ends == Some('.');
            if !word.is_empty() && !ending && !dotted {
                return Some(word);
            }
        }
    })
}

/// Whether a word is a particle between capitals: "Lula da Silva", "Mar del Plata".
fn within_name(words: &[&str], at: usize) -> bool {
    let particle = |word: &&&str| PARTICLES.contains(*word);
    let capital = |word: Option<&&str>| word.is_some_and(|word| word.starts_with(char::is_uppercase));
    PARTICLES.contains(&words[at])
        && capital(words[..at].iter().rev().find(|word| !particle(word)))
        && capital(words[at + 1..].iter().find(|word| !particle(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headline(text: &str) -> Option<&'static str> {
        tell(Some(text), "")
    }

    #[test]
    fn a_headline_tells_its_language() {
        for (text, code) in [
            ("El presidente Quispe se reúne con el canciller Vidal en Lima", "es"),
            ("Al menos cinco muertos en un ataque con drones contra el puerto", "es"),
            ("Le président rencontre son homologue à Genève", "fr"),
            ("Une frappe de drones fait cinq morts dans le port", "fr"),
            ("Ministra reúne-se com sindicatos em Lisboa para discutir a greve", "pt"),
            ("Drohnenangriff auf den Hafen: mindestens fünf Tote", "de"),
            ("Il ministro degli Esteri incontra il collega a Roma", "it"),
            ("Minister spotka się z przywódcą w Krakowie", "pl"),
            ("Bakan, mevkidaşı ile görüştü ve anlaşma imzaladı", "tr"),
            ("Premiärministern träffar sin kollega och talar om fisket", "sv"),
            ("Президент встретился с премьер-министром в Лиме", "ru"),
            ("Президент зустрівся з прем'єр-міністром у Лімі, кажуть їхні речники", "uk"),
            ("الرئيس يلتقي رئيس الوزراء في المدينة", "ar"),
            ("首相は大統領と会談した", "ja"),
        ] {
            assert_eq!(headline(text), Some(code), "{text}");
        }
    }

    #[test]
    fn foreign_names_make_no_english_headline_foreign() {
        for text in [
            "Quispe meets Vidal",
            "Quispe, Vidal meet in Rio de Janeiro",
            "President Inácio da Cruz visits Mar del Plata",
            "Ursula von der Heyden meets José María de la Peña in São Paulo",
            "Attack on Côte d'Ivoire kills five",
            "Drones hit Nouadhibou, Ould Cheikh says",
            "Le Havre dockers strike",
            "Los Andes bus crash kills 12",
            "Xi, Åkerström and Pham Van Dong hold talks",
            "KILLED IN RIO DE JANEIRO: FIVE POLICE OFFICERS",
            "Quispe And Vidal Hold Talks On Fishing Rights In Bío Bío",
            "Fiancé of Beyazıt’s minister held in café raid",
            "Al-Nur, al-Din in El Fasher talks",
            "No deal, Quispe tells Die Woche",
        ] {
            let told = headline(text);
            assert!(told.is_none_or(is_read), "{text}: {told:?}");
        }
    }

    #[test]
    fn most_of_a_text_decides() {
        let english = "The minister said on Monday that the port would stay shut. \"No es posible\", he said of \
                       the plan, which had been agreed with the city.";
        assert_eq!(tell(Some("«No es posible en este puerto»"), english), Some("en"));
        let french =
            "Le ministre a déclaré lundi que le port resterait fermé, selon le quotidien de la ville.";
        assert_eq!(tell(Some("Port news"), french), Some("fr"));
    }

    #[test]
    fn a_text_without_an_english_word_is_of_some_other_language() {
        assert_eq!(headline("Rais akutana waziri mkuu mjini kujadili bandari"), Some(UNKNOWN));
        assert_eq!((name(UNKNOWN), name("fr")), ("another language", "French"));
    }

    #[test]
    fn too_little_tells_nothing() {
        for text in ["", "2027", "Quispe", "Quispe – Vidal 2:1"] {
            assert_eq!(headline(text), None, "{text}");
        }
    }
}

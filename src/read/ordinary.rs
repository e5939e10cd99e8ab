//! Ordinary English words: a capital on one of them does not make it a name.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::scan::NAMES;

/// Ordinary words; the value tells whether it is one of the rarer.
static ORDINARY: LazyLock<HashMap<&'static str, bool>> = LazyLock::new(|| {
    let mut rare = false;
    let lines = include_str!("../../lexicon/ordinary.txt").lines().filter(|l| !l.starts_with('#'));
    lines
        .map(|line| {
            rare |= line == "[rare]";
            (line, rare)
        })
        .collect()
});

/// Whether a lower-case word is an ordinary English word, in any regular inflection.
pub fn ordinary(low: &str) -> bool {
    const ENDINGS: &[(&str, &str)] = &[
        ("ies", "y"),
        ("ied", "y"),
        ("es", "e"),
        ("es", ""),
        ("s", ""),
        ("ed", "e"),
        ("ed", ""),
        ("ing", "e"),
        ("ing", ""),
        ("ly", ""),
        ("ness", ""),
    ];
    ORDINARY.contains_key(low)
        || ENDINGS.iter().any(|(end, instead)| {
            low.strip_suffix(end).is_some_and(|stem| {
                let noun = || stem.strip_suffix("ness").is_some_and(|s| ORDINARY.contains_key(s));
                stem.len() >= 3
                    && (ORDINARY.contains_key(stem)
                        || noun()
                        || ORDINARY.contains_key(format!("{stem}{instead}").as_str()))
            })
        })
}

/// Whether a word is in capitals only where a headline's style puts it there.
pub fn styled(low: &str) -> bool {
    ordinary(low) && !rare(low) && !NAMES.section("offices").has(low) && !NAMES.section("bodies").has(low)
}

/// Whether a lower-case word is an ordinary, but rarer one.
pub fn rare(low: &str) -> bool {
    ORDINARY.get(low) == Some(&true)
}

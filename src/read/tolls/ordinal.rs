//! Ordinal numbers: "the fourth to die" makes four.

/// The number that an ordinal stands for, from the second on: "fourth", "22nd".
pub(super) fn ordinal(lower: &str) -> Option<u32> {
    if let Some(at) = ORDINALS.iter().position(|word| *word == lower) {
        return Some(at as u32 + 2);
    }
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &lower[digits.len()..];
    matches!(suffix, "st" | "nd" | "rd" | "th").then(|| digits.parse().ok()).flatten().filter(|n| *n > 1)
}

const ORDINALS: [&str; 19] = [
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

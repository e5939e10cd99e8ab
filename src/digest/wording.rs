//! The words of an item: evidence as it can stand alone, on one line, safe to show.

use chrono::Datelike;

use crate::model::{Mention, When};

/// Evidence as it can stand alone: cleaned, without a word that ties it to the sentence before, and with the
/// speaker's name for the pronoun that says it.
pub(super) fn sentence(mention: &Mention) -> String {
    let text = clean(&mention.evidence, 700);
    let ties = [
        "But ",
        "And ",
        "Meanwhile, ",
        "However, ",
        "Also, ",
        "Moreover, ",
        "Still, ",
        "In addition, ",
        "By contrast, ",
    ];
    let text = match ties.iter().find_map(|tie| text.strip_prefix(tie)) {
        Some(rest) => {
            let mut letters = rest.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
        }
        None => text,
    };
    let says =
        ["said", "says", "told", "added", "adds", "noted", "stressed", "warned", "insisted", "also", "wrote"];
    match (text.split_once(' '), &mention.speaker) {
        (Some(("He" | "She" | "They", rest)), Some(speaker))
            if says.contains(&rest.split(' ').next().unwrap_or_default()) =>
        {
            format!("{} {rest}", clean(&speaker.name, 80))
        }
        _ => text,
    }
}

/// Whether a sentence leans on the one before it: "He met …", "The meeting came as …".
pub(super) fn dangles(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut words = text.split(' ');
    let first = words.next().unwrap_or_default();
    let third = words.nth(1).unwrap_or_default();
    ["he", "she", "it", "they", "this", "that", "those", "these", "his", "her", "its", "their"]
        .contains(&first)
        || first == "the" && ["came", "come", "comes", "follow", "followed", "follows"].contains(&third)
}

/// Whether a text has a day's date in figures: "Jan. 22", "22 January".
pub(super) fn says_date(text: &str, when: &When) -> bool {
    let month = when.from.format("%b").to_string().to_lowercase();
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let is_month = |word: &str| word.starts_with(&month);
    let is_day = |word: &str| {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        digits.parse() == Ok(when.from.day())
    };
    words
        .windows(2)
        .any(|pair| is_month(&pair[0]) && is_day(&pair[1]) || is_day(&pair[0]) && is_month(&pair[1]))
}

/// Text from outside on one line: no control characters, none that turn the direction of what follows, and
/// at most `max` characters, cut at a word.
pub(super) fn clean(text: &str, max: usize) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|&c| !turns(c)).collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(max) else { return line };
    let cut = line[..end].rfind(' ').filter(|&space| space > end / 2).unwrap_or(end);
    format!("{}…", line[..cut].trim_end())
}

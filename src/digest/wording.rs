//! The words of an item: evidence as it can stand alone, on one line, safe to show.
//!
//! A sentence is changed by rules of English only where it leans on what is around it: a dateline, a label or a
//! word that ties it to the sentence before goes; the pronoun of who speaks becomes the name; a quotation that
//! began or ends outside gets the mark that it lacks. All else stays as written.

use std::sync::LazyLock;

use chrono::Datelike;
use regex::Regex;

use crate::model::{Actor, Mention, When};

/// A pattern that is part of the program.
macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).expect("a pattern"));
    };
}

// "KARO, Kenya (AP) — ", "Geneva (Reuters) - ": capitals, or an agency in brackets.
pattern!(
    DATELINE,
    r"(?x)^(?:
      \p{Lu}[\p{Lu}.'’\ -]{2,}(?:,\ ?[\p{L}.\ ]{2,30})? (?:\ ?(?:—|--) | \ ?\([\p{L}\ /.]{2,40}\)\ ?(?:—|–|--?)) |
      \p{Lu}[\p{L}.,'’\ -]{2,40}\ \((?:AP|AFP|Reuters|dpa|UPI|TASS|Xinhua|ANSA|EFE)\)\ ?(?:—|–|--?)
    )\ ?"
);
// "BREAKING: ", "UPDATE 2-", "Live: ".
pattern!(
    LABEL,
    r"^(?i:breaking(?: news)?|update(?: \d+)?|updated|exclusive|live(?: updates)?|watch|video|analysis|explainer|just in|developing|factbox|opinion|in pictures|photos)(?: ?[:|–—]|-| - ) ?"
);
// Words that tie a sentence to the one before.
pattern!(
    TIE,
    r"^(?:(?:But|And|Meanwhile),? |(?:Yet|So|Then|Also|Still|However|Moreover|Furthermore|Additionally|Nevertheless|Nonetheless|Instead|Besides|Likewise|Similarly|Therefore|Thus|Hence|Consequently|Accordingly|Separately|Elsewhere|In addition|In turn|In response|In contrast|By contrast|By comparison|As a result|At the same time|On the other hand|For (?:his|her|their|its) part), )"
);
pattern!(
    SPEAKS,
    r"(?x)^(?:also|later|then|further|repeatedly|earlier|again|has|had|have|further)?\ ?
      (?:said|says|say|told|tells|adds?|added|notes?|noted|stress(?:es|ed)|warn(?:s|ed)|insist(?:s|ed)|wrote|writes|
      argue[sd]|claim(?:s|ed)|announce[sd]|declare[sd]|call(?:s|ed)\ (?:for|on|it|the)|urge[sd]|vow(?:s|ed)|pledge[sd]|promise[sd]|
      den(?:ies|ied)|confirm(?:s|ed)|posted|explain(?:s|ed)|accuse[sd]|critici[sz]e[sd]|condemn(?:s|ed)|
      praise[sd]|suggest(?:s|ed)|repeat(?:s|ed)|reiterate[sd]|emphasi[sz]e[sd]|point(?:s|ed)\ out|stated|states|
      thank(?:s|ed)|describe[sd]|predict(?:s|ed)|conclude[sd]|continue[sd]|recalled|asked|asks|tweeted)\b"
);
pattern!(PRONOUN, r"\b([Hh]e|[Ss]he|They) ");
pattern!(
    DAY,
    r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:today|tonight|yesterday|tomorrow)\b|\blast night\b"
);

/// Evidence as it can stand alone: cleaned, without what ties it to the text around it, and with the speaker's
/// name for the pronoun that says it.
pub(super) fn sentence(mention: &Mention, outlet: &str) -> String {
    let mut text = clean(&mention.evidence, 700);
    for pattern in [&*LABEL, &*DATELINE, &*TIE] {
        if let Some(found) = pattern.find(&text).filter(|found| text[found.end()..].trim().contains(' ')) {
            text = text[found.end()..].trim_start().to_owned();
        }
    }
    text = without_outlet(text, outlet);
    if let Some(speaker) = &mention.speaker {
        text = with_speaker(text, &clean(&speaker.name, 80));
    }
    capital(with_both_marks(text))
}

/// A headline's " - The Outlet" at its end is no part of it.
fn without_outlet(text: String, outlet: &str) -> String {
    let Some((headline, name)) =
        [" - ", " | ", " — ", " – "].iter().filter_map(|s| text.rsplit_once(s)).next()
    else {
        return text;
    };
    let same = !outlet.is_empty() && name.trim().eq_ignore_ascii_case(outlet.trim());
    if same && headline.contains(' ') { headline.trim_end().to_owned() } else { text }
}

/// The name for the first pronoun that says something, unless the sentence names the speaker.
fn with_speaker(text: String, name: &str) -> String {
    let surname = name.rsplit(' ').next().unwrap_or_default();
    if name.is_empty() || text.contains(surname) {
        return text;
    }
    let quoted = quoted(&text);
    let says = PRONOUN.find_iter(&text).find(|pronoun| {
        !quoted.iter().any(|range| range.contains(&pronoun.start()))
            && SPEAKS.is_match(&text[pronoun.end()..])
    });
    match says {
        Some(pronoun) => format!("{}{name} {}", &text[..pronoun.start()], &text[pronoun.end()..]),
        None => text,
    }
}

/// The stretches of a text that stand in quotation marks.
fn quoted(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('“' | '„', None) | ('"', None) => open = Some(at),
            ('”' | '"', Some(start)) => {
                ranges.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    ranges
}

/// The mark that a quotation lacks which began in the sentence before, or ends in the next.
fn with_both_marks(text: String) -> String {
    let count = |mark: char| text.matches(mark).count();
    let curly = (count('“') + count('„'), count('”'));
    if curly.0 == curly.1 + 1 && text.rfind(['“', '„']) > text.rfind('”') {
        return format!("{text}”");
    }
    if curly.1 == curly.0 + 1 && (curly.0 == 0 || text.find('”') < text.find(['“', '„'])) {
        return format!("“{text}");
    }
    if count('"') != 1 {
        return text;
    }
    let at = text.find('"').unwrap_or_default();
    let opens = text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '['));
    if opens { format!("{text}\"") } else { format!("\"{text}") }
}

/// The text with a capital at its head.
fn capital(text: String) -> String {
    // "iPhone", "al-Shabaab", "d'Artois": a name's small letter stays.
    let first = text.split(' ').next().unwrap_or_default();
    if first.chars().skip(1).any(char::is_uppercase) {
        return text;
    }
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Whether a sentence leans on the one before it: "He met …", "The meeting came as …", "…, she said."
pub(super) fn dangles(text: &str, speaker: Option<&Actor>) -> bool {
    let low = text.to_lowercase();
    let mut words = low.split(' ');
    let first = words.next().unwrap_or_default();
    let third = words.nth(1).unwrap_or_default();
    let said =
        |by: &str| [".", ",", " on ", " in "].iter().any(|end| low.contains(&format!(", {by} said{end}")));
    ["he", "she", "it", "they", "this", "that", "those", "these", "his", "her", "its", "their", "the two"]
        .contains(&first)
        || first == "the" && ["came", "come", "comes", "follow", "followed", "follows"].contains(&third)
        || speaker.is_none() && (said("he") || said("she"))
}

/// Whether a text names a day ("on Thursday", "yesterday") that the words of `when` do not explain.
pub(super) fn names_day(text: &str, when: Option<&When>) -> bool {
    let explains = |day: &str| {
        when.is_some_and(|when| {
            when.literal.to_lowercase().contains(day)
                || when.from.format("%A").to_string().eq_ignore_ascii_case(day)
        })
    };
    DAY.find_iter(text).any(|day| !explains(&day.as_str().to_lowercase()))
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
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|&c| !turns(c)).collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(max) else { return line };
    let cut = line[..end].rfind(' ').filter(|&space| space > end / 2).unwrap_or(end);
    format!("{}…", line[..cut].trim_end())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::model::{ActorRole, Kind, Precision, Status};

    fn morn() -> Actor {
        Actor {
            name: "Ada Morn".into(),
            key: "morn".into(),
            role: ActorRole::Person,
            country: None,
            literal: "she".into(),
        }
    }

    fn shown(evidence: &str, speaker: Option<Actor>) -> String {
        let mention = Mention {
            kind: Kind::STATEMENT,
            status: Status::Occurred,
            actors: vec![],
            speaker,
            when: None,
            place: None,
            killed: None,
            wounded: None,
            campaign: false,
            quote: None,
            evidence: evidence.into(),
            prominent: true,
            background: false,
            words: vec![],
            rule: String::new(),
            score: 1.0,
        };
        sentence(&mention, "Bay Radio")
    }

    #[test]
    fn datelines_labels_and_the_outlets_name_are_no_part_of_the_sentence() {
        for evidence in [
            "KARO, Kenya (AP) — Drones hit the port.",
            "KARO — Drones hit the port.",
            "Port Karo (Reuters) - Drones hit the port.",
            "BREAKING: Drones hit the port.",
            "UPDATE 2-Drones hit the port.",
            "Drones hit the port. | Bay Radio",
            "Drones hit the port. - Bay Radio",
        ] {
            assert_eq!(shown(evidence, None), "Drones hit the port.");
        }
        for whole in ["NATO - EU talks end", "Live fire hit the port.", "The port - once busy - is shut."] {
            assert_eq!(shown(whole, None), whole);
        }
    }

    #[test]
    fn what_ties_a_sentence_to_the_one_before_goes() {
        for evidence in [
            "Meanwhile, drones hit the port.",
            "But drones hit the port.",
            "As a result, drones hit the port.",
        ] {
            assert_eq!(shown(evidence, None), "Drones hit the port.");
        }
        for whole in ["Thenford lost its bridge.", "So far, two are dead.", "Instead of talks, drones came."]
        {
            assert_eq!(shown(whole, None), whole);
        }
    }

    #[test]
    fn the_pronoun_that_speaks_becomes_the_name() {
        let said = |evidence| shown(evidence, Some(morn()));
        assert_eq!(said("She said the port stays open."), "Ada Morn said the port stays open.");
        assert_eq!(said("\"He said no,\" she told Bay Radio."), "\"He said no,\" Ada Morn told Bay Radio.");
        assert_eq!(said("The port, she also said, stays open."), "The port, Ada Morn also said, stays open.");
        // Who was hit is somebody else.
        assert_eq!(said("He was hit, Ada Morn said."), "He was hit, Ada Morn said.");
        assert_eq!(shown("She said so.", None), "She said so.");
    }

    #[test]
    fn a_quotation_that_goes_on_elsewhere_has_both_marks() {
        for (evidence, whole) in [
            ("\"We stay.", "\"We stay.\""),
            ("We stay,\" Morn said.", "\"We stay,\" Morn said."),
            ("“We stay.", "“We stay.”"),
            ("We stay,” Morn said.", "“We stay,” Morn said."),
            ("\"We stay,\" Morn said.", "\"We stay,\" Morn said."),
        ] {
            assert_eq!(shown(evidence, None), whole);
        }
    }

    #[test]
    fn a_day_by_name_needs_a_date_beside_it() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 12).unwrap();
        let when = When { from: day, to: day, precision: Precision::Day, literal: "on Thursday".into() };
        assert!(names_day("They met on Thursday.", None));
        assert!(!names_day("They met on Thursday.", Some(&when)));
        assert!(names_day("They met on Thursday, Morn said on Friday.", Some(&when)));
        assert!(!names_day("Sundays River flooded.", None));
    }

    #[test]
    fn a_sentence_whose_speaker_nobody_knows_dangles() {
        assert!(dangles("Talks begin in Corvel, he said.", None));
        assert!(!dangles("Talks begin in Corvel, he said.", Some(&morn())));
        assert!(dangles("They met in Corvel.", None));
        assert!(!dangles("Talks begin in Corvel.", None));
    }
}

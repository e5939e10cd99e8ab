//! A text's sentences, with datelines kept apart.
//!
//! Text comes in as an article has it; byte ranges into that same text go out. Every letter and digit
//! lies in a sentence or in its dateline; nothing is changed or dropped.

use std::ops::Range;

use super::text::{char_at, is_all_caps};

/// One sentence, headline or list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in the text, without bullet, dateline and surrounding white space.
    pub range: Range<usize>,
    /// Place, date and agency before it ("KYIV, Nov 3 (Agency)"), without the dash.
    pub dateline: Option<Range<usize>>,
    /// It is the first of its line or paragraph.
    pub starts_paragraph: bool,
}

/// The sentences of a text, in order.
///
/// Lines end sentences, so headlines without a full stop part; lines of a hard-wrapped sentence join.
pub fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    for block in blocks(text) {
        let (dateline, mut start) = match dateline(&text[block.clone()]) {
            Some((line, body)) => {
                (Some(block.start + line.start..block.start + line.end), block.start + body)
            }
            None => (None, block.start),
        };
        let mut dateline = dateline;
        let mut first = true;
        let mut push = |range: Range<usize>| {
            if let Some(range) = trimmed(text, range) {
                found.push(Sentence { range, dateline: dateline.take(), starts_paragraph: first });
                first = false;
            }
        };
        for end in boundaries(&text[start..block.end]).into_iter().map(|at| start + at).collect::<Vec<_>>() {
            push(start..end);
            start = end;
        }
        push(start..block.end);
        if let Some(line) = dateline {
            found.push(Sentence { range: line, dateline: None, starts_paragraph: true });
        }
    }
    found
}

/// Lines, with the lines of a hard-wrapped sentence joined and bullets left out.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push(at..at + line.len());
        at += line.len();
    }
    let content: Vec<Option<Range<usize>>> = lines.into_iter().map(|line| trimmed(text, line)).collect();
    let wrap = wrap_width(text, &content);
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    for line in content {
        let Some(line) = line else {
            blocks.extend(open.take());
            continue;
        };
        open = match open {
            Some(before) if continues(&text[before.clone()], &text[line.clone()], wrap) => {
                Some(before.start..line.end)
            }
            before => {
                blocks.extend(before);
                Some(line)
            }
        };
    }
    blocks.extend(open);
    for block in &mut blocks {
        block.start += bullet_len(&text[block.clone()]);
    }
    blocks
}

/// The column at which the text is hard-wrapped: its longest line, if lines break within sentences.
fn wrap_width(text: &str, lines: &[Option<Range<usize>>]) -> Option<usize> {
    let width = lines.iter().flatten().map(|l| l.len()).max()?;
    let breaks_inside = lines.windows(2).any(|pair| match pair {
        [Some(a), Some(b)] => is_unfinished(&text[a.clone()]) && starts_lower(&text[b.clone()]),
        _ => false,
    });
    (breaks_inside && (40..=120).contains(&width)).then_some(width)
}

fn continues(before: &str, line: &str, wrap: Option<usize>) -> bool {
    if !is_unfinished(before) || bullet_len(line) > 0 {
        return false;
    }
    let last = before.rsplit(|c: char| !c.is_alphanumeric() && c != '\'').next().unwrap_or_default();
    if starts_lower(line) || before.ends_with(',') || OPEN_ENDS.contains(&last) {
        return true;
    }
    let last_line = before.rsplit('\n').next().unwrap_or(before).len();
    let word = line.split_whitespace().next().map_or(0, str::len);
    wrap.is_some_and(|width| last_line + 1 + word > width)
}

/// Words that no headline ends with.
const OPEN_ENDS: [&str; 14] =
    ["the", "a", "an", "of", "and", "or", "to", "in", "with", "for", "from", "by", "at", "that"];

fn is_unfinished(line: &str) -> bool {
    let end = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
    !end.ends_with(['.', '!', '?', '…', ':', ';', '。']) && !line.is_empty()
}

fn starts_lower(line: &str) -> bool {
    line.chars().next().is_some_and(char::is_lowercase)
}

fn bullet_len(line: &str) -> usize {
    let mut chars = line.char_indices();
    let Some((_, first)) = chars.next() else { return 0 };
    let mark = if matches!(first, '•' | '*' | '-' | '–' | '—' | '▪' | '●' | '·' | '‣' | '◦') {
        first.len_utf8()
    } else {
        return 0;
    };
    let rest = &line[mark..];
    if rest.starts_with(char::is_whitespace) { line.len() - rest.trim_start().len() } else { 0 }
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let piece = &text[range.clone()];
    let start = range.start + piece.len() - piece.trim_start().len();
    let end = range.start + piece.trim_end().len();
    (start < end).then_some(start..end)
}

/// Place, date and agency before a report's first sentence, and where the sentence starts.
fn dateline(block: &str) -> Option<(Range<usize>, usize)> {
    let mut cut = block.len().min(90);
    while !block.is_char_boundary(cut) {
        cut -= 1;
    }
    let head = &block[..cut];
    let (end, body) = [" — ", " – ", " -- ", " - ", ") — ", ")— ", "—", "/. "]
        .iter()
        .filter_map(|dash| {
            let at = head.find(dash)?;
            let keeps = dash.len() - dash.trim_start_matches([')', '/']).len();
            Some((at + keeps, at + dash.len()))
        })
        .min()?;
    let line = head[..end].trim_end();
    let agency = line.ends_with(')') && line.contains('(') || line.ends_with('/');
    let place = line.split(['(', '/']).next().unwrap_or_default();
    let mut words = place.split_whitespace().peekable();
    let first = words.peek()?.trim_matches(|c: char| !c.is_alphanumeric());
    let shouted = is_all_caps(first)
        && first.len() >= 3
        && !matches!(first, "FILE" | "EDITOR'S" | "UPDATE" | "BREAKING");
    let named = place.split_whitespace().count() <= 8
        && place.split_whitespace().all(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    let starts_anew = block[body..].trim_start().starts_with(|c: char| !c.is_lowercase());
    let dated = place.contains(',') || shouted && place.split_whitespace().all(is_all_caps);
    (named && starts_anew && (agency || shouted && dated)).then_some((0..line.len(), body))
}

/// Where sentences of one block end, apart from the last.
fn boundaries(block: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut from = 0;
    while let Some(found) = block[from..].find(['.', '!', '?', '…', '。']) {
        let at = from + found;
        let mut end = at;
        while let Some(c) = char_at(block, end).filter(|c| matches!(c, '.' | '!' | '?' | '…' | '。')) {
            end += c.len_utf8();
        }
        from = end;
        while let Some(c) =
            char_at(block, end).filter(|c| matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»'))
        {
            end += c.len_utf8();
        }
        if ends_sentence(block, at, from, end) {
            ends.push(end);
            from = end;
        }
    }
    ends
}

/// Whether the stop at `at`, with the closing signs up to `end`, ends a sentence.
fn ends_sentence(block: &str, at: usize, stop_end: usize, end: usize) -> bool {
    let rest = &block[end..];
    let next = rest.trim_start();
    let Some(first) = next.chars().next() else { return false };
    let next_word = next
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .next()
        .unwrap_or_default();
    if rest.len() == next.len() {
        // A lost space between paragraphs: "… he said.The ministry …".
        let before = block[..at].bytes().rev().take_while(u8::is_ascii_lowercase).count();
        let word = next_word.len() > 2
            && next_word.chars().skip(1).all(char::is_lowercase)
            && next.strip_prefix(next_word).is_some_and(|rest| rest.starts_with([' ', ',', '\'', '’', '-']))
            && !block[..at].rsplit(char::is_whitespace).next().unwrap_or_default().contains(['/', '@', '.']);
        let closed = block[..at].ends_with(')')
            || block[..at].ends_with(|c: char| c.is_ascii_digit()) && is_starter(next_word);
        return (before >= 3 || closed) && first.is_uppercase() && (is_starter(next_word) || word);
    }
    if first.is_lowercase() || matches!(first, ',' | ';' | ':' | '-' | '–' | '—') {
        return false;
    }
    let only_point = &block[at..stop_end] == ".";
    if !only_point || end > stop_end {
        return true;
    }
    let word_start =
        block[..at].rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '‘' | '/'));
    let word = match word_start {
        Some(at_sign) => &block[at_sign + char_at(block, at_sign).map_or(1, char::len_utf8)..at],
        None => &block[..at],
    };
    let lower = word.to_lowercase();
    if TITLES.contains(&lower.as_str()) {
        return false;
    }
    if MONTHS.contains(&lower.as_str()) || matches!(lower.as_str(), "no" | "nos" | "art" | "sec") {
        // "no." ends a sentence as an answer, but not before a figure.
        return !first.is_ascii_digit();
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let initials = letters > 0 && word.split('.').all(|part| part.chars().count() <= 1);
    if initials || LATE.contains(&lower.as_str()) {
        return is_starter(next_word) && word != "I";
    }
    // "1. First item" at the start of a block is a list number.
    !(word_start.is_none() && word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()))
}

fn is_starter(word: &str) -> bool {
    STARTERS.contains(&word)
}

/// Abbreviations that a name follows.
const TITLES: [&str; 33] = [
    "mr", "mrs", "ms", "dr", "gen", "sen", "rep", "gov", "prof", "lt", "col", "maj", "sgt", "capt", "adm",
    "rev", "st", "hon", "pres", "cmdr", "brig", "cpl", "pvt", "fr", "msgr", "amb", "sec-gen", "vs", "supt",
    "insp", "mt", "lieut", "messrs",
];

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];

/// Abbreviations that may end a sentence.
const LATE: [&str; 17] = [
    "inc", "corp", "co", "ltd", "jr", "sr", "etc", "a.m", "p.m", "bros", "u.s", "u.k", "u.n", "e.u", "d.c",
    "est", "dept",
];

/// Words that begin sentences and seldom follow an abbreviation within one.
const STARTERS: [&str; 60] = [
    "The",
    "A",
    "An",
    "In",
    "On",
    "At",
    "He",
    "She",
    "It",
    "They",
    "We",
    "But",
    "And",
    "This",
    "That",
    "These",
    "Those",
    "His",
    "Her",
    "Their",
    "Its",
    "There",
    "As",
    "After",
    "When",
    "While",
    "If",
    "For",
    "With",
    "However",
    "Meanwhile",
    "Also",
    "Both",
    "Some",
    "Many",
    "Most",
    "According",
    "Earlier",
    "Last",
    "No",
    "One",
    "Two",
    "What",
    "Who",
    "Asked",
    "Since",
    "Until",
    "So",
    "Then",
    "Under",
    "During",
    "Despite",
    "Although",
    "Though",
    "From",
    "By",
    "You",
    "Our",
    "Its",
    "Before",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|s| &text[s.range]).collect()
    }

    #[test]
    fn titles_initials_months_and_numbers_do_not_end_a_sentence() {
        let text = "Gen. J. R. Harrow met Mr. Ostrow on Jan. 22. They agreed on No. 4 of 2.5 points. Done.";
        assert_eq!(
            split(text),
            ["Gen. J. R. Harrow met Mr. Ostrow on Jan. 22.", "They agreed on No. 4 of 2.5 points.", "Done."]
        );
    }

    #[test]
    fn the_point_of_u_s_ends_a_sentence_only_before_a_new_one() {
        assert_eq!(split("The U.S. President spoke in the U.S. The crowd left.").len(), 2);
    }

    #[test]
    fn headlines_without_a_full_stop_part_at_the_line() {
        assert_eq!(split("Harrow meets Ostrow\nTalks in Velmora end\n").len(), 2);
    }

    #[test]
    fn hard_wrapped_lines_of_one_sentence_join() {
        let text = "The ministers of both countries met on the shore of the lake and\nagreed to meet again in \
                    the spring, the spokesman of Minister\nOstrow said.\n\nThe end.";
        assert_eq!(split(text).len(), 2);
    }

    #[test]
    fn a_dateline_is_kept_apart_from_its_sentence() {
        let text = "VELMORA, Nov 3 (Agency) — Two ministers met.";
        let found = sentences(text);
        assert_eq!(&text[found[0].range.clone()], "Two ministers met.");
        assert_eq!(&text[found[0].dateline.clone().unwrap()], "VELMORA, Nov 3 (Agency)");
    }

    #[test]
    fn a_dash_within_a_sentence_makes_no_dateline() {
        assert!(sentences("Ostrow — a former mayor — left.")[0].dateline.is_none());
        assert!(sentences("Harrow said the talks - the third round - failed.")[0].dateline.is_none());
    }

    #[test]
    fn closing_quotes_stay_with_their_sentence() {
        assert_eq!(
            split("\"We go.\" He left. \"Why?\" she asked."),
            ["\"We go.\"", "He left.", "\"Why?\" she asked."]
        );
    }

    proptest! {
        #[test]
        fn sentences_cover_every_letter_in_order(text in "(\\PC|[ .\n?!\"—()-]|[A-Za-z]){0,120}") {
            let mut covered = vec![false; text.len()];
            let mut last = 0;
            for s in sentences(&text) {
                for range in s.dateline.into_iter().chain([s.range]) {
                    prop_assert!(range.start >= last && text.get(range.clone()).is_some());
                    last = range.end;
                    covered[range].fill(true);
                }
            }
            for (at, c) in text.char_indices() {
                prop_assert!(covered[at] || !c.is_alphanumeric(), "{at} {c:?} in {text:?}");
            }
        }
    }
}

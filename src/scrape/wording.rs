//! What tells a text from other texts, however it is set: whether it is new, edited, or another outlet's copy.
//!
//! A copy is told by winnowing (Schleimer, Wilkerson, Aiken: "Winnowing: local algorithms for document
//! fingerprinting", 2003) over runs of four words: of each window of runs the least hash is kept as a print. A
//! cut text keeps the prints of what is left of it, and a dateline or credit line touches a few of them only.
//! What is quoted does not count: two writers may quote one speech.

use std::hash::Hasher as _;

use siphasher::sip::SipHasher13;

use crate::model::Wording;

use super::dates;

/// Words in a run.
const RUN: usize = 4;
/// Runs of which one print is kept at least.
const WINDOW: usize = 6;
/// Words that prints are taken of: an outlet's own words before a copy leave most of it within them.
const MOST_WORDS: usize = 600;
/// Texts of fewer words, quotes aside, are alike by chance.
const LEAST_WORDS: usize = 20;
/// Longest line that may be a stamp, in words.
const STAMP_WORDS: usize = 16;

/// The wording of an article.
pub fn of(title: Option<&str>, text: &str) -> Wording {
    let (prints, sentences) = prints(text).into_iter().unzip();
    Wording { essence: essence(title.unwrap_or_default(), text), prints, sentences }
}

/// One hash of all words; the same after an edit that says nothing: of typography, or of a stamp.
fn essence(title: &str, text: &str) -> i64 {
    let mut hasher = SipHasher13::new();
    let mut put = |words: &[String]| {
        for word in words {
            hasher.write(word.as_bytes());
            hasher.write_u8(b' ');
        }
    };
    let title = words(title);
    let is_update = |word: &&String| matches!(word.as_str(), "update" | "updated" | "upd");
    let marks = title
        .first()
        .filter(is_update)
        .map_or(0, |_| 1 + title.iter().skip(1).take_while(|word| is_number(word)).take(1).count());
    put(&title[marks..]);
    put(&["\n".to_owned()]);
    text.lines().filter(|line| !is_stamp(line)).for_each(|line| put(&words(line)));
    hasher.finish().cast_signed()
}

/// The prints of a text, the least first, each with its sentence; none of a text too short to have any that tell.
fn prints(text: &str) -> Vec<(i64, usize)> {
    let (mut words, mut sentences): (Vec<String>, Vec<usize>) = Default::default();
    let mut number = 0;
    for line in text.lines() {
        for sentence in unquoted(line).split_inclusive(['.', '?', '!']) {
            words.extend(self::words(sentence));
            sentences.resize(words.len(), number);
            number += 1;
        }
        if words.len() >= MOST_WORDS {
            break;
        }
    }
    words.truncate(MOST_WORDS);
    if words.len() < LEAST_WORDS {
        return Vec::new();
    }
    let runs: Vec<(i64, usize)> = words.windows(RUN).map(hash).zip(sentences).collect();
    let mut prints: Vec<(i64, usize)> =
        runs.windows(WINDOW).filter_map(|window| window.iter().min().copied()).collect();
    prints.sort_unstable();
    prints.dedup_by_key(|(print, _)| *print);
    prints
}

fn hash(run: &[String]) -> i64 {
    let mut hasher = SipHasher13::new();
    for word in run {
        hasher.write(word.as_bytes());
        hasher.write_u8(b' ');
    }
    hasher.finish().cast_signed()
}

/// Words in lower case: what does not change with typography.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let bare = parts.map(|word| word.replace(['\'', '’'], "").to_lowercase());
    bare.filter(|word| !word.is_empty()).collect()
}

/// A paragraph without what stands in double quotes.
fn unquoted(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, quote)) = rest.split_once(['"', '“', '«', '„']) {
        out.push_str(before);
        out.push(' ');
        rest = quote;
        if let Some((_, after)) = quote.split_once(['"', '”', '»', '“']) {
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// Words of a line that says when, not what: "Updated 3 March 2031, 14:05 GMT", "4 min read".
const STAMPS: &str = "update updated updates published posted modified edited revised created first last on at by the \
    ago read reading min mins minute minutes hour hours hr hrs day days just now share shares comment comments view \
    views am pm a m p gmt utc bst est edt cst cdt mst mdt pst pdt cet cest eet eest msk ist jst kst aest time today \
    yesterday local et uk us st nd rd th of and date";
/// Of these the words that make a line a stamp.
const MARKS: &str =
    "updated update published posted modified edited revised ago read comments comment shares views";
fn is_stamp(line: &str) -> bool {
    let words = words(line);
    if words.is_empty() || words.len() > STAMP_WORDS {
        return false;
    }
    let is = |list: &str, word: &str| list.split(' ').any(|known| known == word);
    let is_calendar =
        |word: &str| dates::month(word, Some("en")).is_some() || word.parse::<chrono::Weekday>().is_ok();
    let is_known = |word: &String| is_number(word) || is(STAMPS, word) || is_calendar(word);
    let is_marked = words.iter().any(|word| is(MARKS, word));
    // A clock's time beside a date.
    let is_clock = line.contains(':') && words.iter().any(|word| is_calendar(word));
    (is_marked || is_clock) && words.iter().all(is_known)
}

/// `5`, `2031`, `3rd`, `5m`, `1130am`.
fn is_number(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < word.len() && matches!(rest, "" | "st" | "nd" | "rd" | "th" | "h" | "m" | "d" | "am" | "pm")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Invented, of two hundred words.
    const REPORT: &str = "The harbour council of Karo agreed on Sunday to rebuild the northern pier, which a storm had broken in \
        January, before the fishing season begins in May.\n\
        Its chairwoman, Ilse Brandvold, told reporters after six hours of debate that the work would cost nine million \
        crowns, two million more than engineers had first reckoned, and that half of it would come from the capital.\n\
        \"Nobody here has forgotten the winter of the broken boats, and nobody wants to live through another one like \
        it, whatever it costs us,\" she said.\n\
        Fishermen had blocked the road to the ferry for three days in protest against the delay. They lifted the \
        blockade on Sunday evening, their spokesman Edvin Holt said, but would be back if no crane stood on the \
        quay by Easter.\n\
        The storm of 14 January killed two people and sank eleven boats. Insurers have so far paid for four of them; \
        the owners of the others went to court last week.\n\
        A first tender in February had found no builder. The council now means to give the work to a firm from the \
        neighbouring island, which built the lighthouse at Tarn and has two floating cranes of its own.";

    /// The same event by another writer, who quotes the same words.
    const OTHER: &str = "Karo will have its northern pier back by May. After a long debate the town's harbour council voted on Sunday \
        for repairs worth nine million crowns, ending a protest by fishermen who had closed the ferry road since \
        Thursday.\n\
        \"Nobody here has forgotten the winter of the broken boats, and nobody wants to live through another one like \
        it, whatever it costs us,\" chairwoman Ilse Brandvold said.\n\
        The capital pays half. A company with floating cranes from the next island is expected to do the job, since \
        no local builder applied when the contract was put out last month. Eleven boats went down and two men died \
        when the January storm hit; seven owners are suing their insurers.";

    fn shared(a: &str, b: &str) -> bool {
        of(None, a).is_copy_of(&of(None, b).prints)
    }

    #[test]
    fn a_copy_is_told_however_an_outlet_dresses_it() {
        let cut: String = REPORT.lines().take(2).collect::<Vec<_>>().join("\n");
        let dressed = [
            format!("KARO, March 2 (Meridian Wire) - {REPORT}"),
            format!(
                "{REPORT}\n(Reporting by Ada Morn; editing by Bo Lind)\nCopyright 2031 Meridian Wire. All rights reserved."
            ),
            format!(
                "Good morning. Here is what the islands talk about today, from our colleagues at the wire.\n{cut}"
            ),
            REPORT
                .replace("Sunday", "SUNDAY")
                .replace('"', "”")
                .replace("crowns", "kroner")
                .replace("which ", "that "),
            REPORT.lines().skip(1).collect::<Vec<_>>().join("\n"),
            cut,
        ];
        for copy in &dressed {
            assert!(shared(copy, REPORT) && shared(REPORT, copy), "{copy}");
        }
    }

    #[test]
    fn another_writer_s_report_of_one_event_is_no_copy_though_it_quotes_the_same_words() {
        assert!(!shared(OTHER, REPORT));
        let next = REPORT.lines().last().unwrap().to_owned() + OTHER;
        assert!(!shared(&next, REPORT), "a paragraph of background taken over makes no copy");
    }

    #[test]
    fn a_long_sentence_under_all_of_an_outlet_s_short_texts_makes_no_copies_of_them() {
        const FOOTER: &str = "This text was written with the help of the coast watch and its readers, who send us what \
            they see from their windows and boats, and whom we ask to go on doing so by post, by telephone or at \
            our office on the old quay.";
        let [first, .., last] = REPORT.lines().collect::<Vec<_>>()[..] else { panic!("{REPORT}") };
        let (first, last) = (format!("{first}\n{FOOTER}"), format!("{last}\n{FOOTER}"));
        assert!(!shared(&first, &last) && !shared(&last, &first));
        let dressed = format!("KARO, March 2 (Meridian Wire) - {first}");
        assert!(shared(&dressed, &first), "a short text that another outlet has is a copy still");
    }

    #[test]
    fn a_short_text_has_no_prints() {
        assert!(prints("The mayor opened the pier.").is_empty());
        let quote =
            format!("She said: \"{}\"", "Nobody here has forgotten the winter of the boats. ".repeat(5));
        assert!(prints(&quote).is_empty(), "nor has one that only quotes");
    }

    #[test]
    fn a_stamp_is_no_part_of_what_a_text_says() {
        let said = |title: &str, text: &str| of(Some(title), text).essence;
        let first = said("Pier opens", "The pier’s open.\nFive boats moored.");
        for (title, text) in [
            ("Pier Opens", "The pier's open. \nFive boats moored"),
            (
                "UPDATE 2-Pier opens",
                "Updated at 14:05 GMT on March 3, 2031\nThe pier’s open.\nFive boats moored.",
            ),
            (
                "Pier opens",
                "3 March 2031, 14:05\nThe pier’s open.\nFive boats moored.\nLast updated 5 minutes ago",
            ),
            (
                "Pier opens",
                "4 min read\nThe pier’s open.\nPublished: Mon 3rd Mar, 11:30am\nFive boats moored.\n12 comments",
            ),
        ] {
            assert_eq!(said(title, text), first, "{title}: {text}");
        }
        for (title, text) in [
            ("Pier opens", "The pier’s open.\nSix boats moored."),
            ("Pier opens late", "The pier’s open.\nFive boats moored."),
            ("Pier opens", "The pier’s open.\nFive boats moored.\nUpdated: two drowned"),
            ("Pier opens", "The pier’s open.\nFive boats moored.\n7"),
            ("Pier opens", "The pier’s open.\nFive boats moored.\n5 March"),
        ] {
            assert_ne!(said(title, text), first, "{title}: {text}");
        }
    }
}

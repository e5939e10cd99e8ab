//! When and how something was said, by its wording: before the news, as a position long held, in which quotation.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::phrases::{has, pattern};

/// What somebody said before the news: "has warned", "said last week", "in a speech last month".
pub(super) fn is_said_before(text: &str) -> bool {
    const SAID: &str = r"(?:said|insisted|argued|maintained|demanded|called|claimed|warned|vowed|stated|rejected|ruled|refused|opposed|stressed|accused|blamed|denied|pledged|promised|threatened|urged|condemned|branded|described|dismissed|acknowledged|admitted|told|suggested|hinted|indicated|signal(?:l)?ed|expressed|offered|labell?ed)";
    const ONCE: &str = r"(?:last (?:week|month|year|spring|summer|autumn|fall|winter)|(?:days?|weeks?|months?|years?) (?:ago|earlier|before))";
    static DATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)\b{SAID} (?:\w+ ){{0,3}}(?:earlier|previously|before|{ONCE})\b|\b{ONCE},? (?:\w+ ){{0,2}}{SAID}\b|\bin an? (?:\w+ ){{0,2}}(?:speech|interview|letter|address|article|statement|post) (?:\w+ ){{0,2}}{ONCE}\b"
        ))
    });
    static PERFECT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)\b(?:has|have|had|’ve|'ve) (?:\w+ly |also |long |often |always |already |since |previously |earlier )?{SAID}\b"
        ))
    });
    // "Earlier on Thursday" is of the news; "no group has claimed it" is of nobody.
    static ASIDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\bearlier (?:on (?:mon|tues|wednes|thurs|fri|satur|sun)day|in the day|today|that day)\b|\bno(?:body| one| group| side)\b[^,;.]{0,60}",
        )
    });
    static PLAIN: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(&format!(r"(?i)\b{SAID}\b")));
    let (Some(aside), Some(perfect)) = (ASIDE.as_ref(), PERFECT.as_ref()) else { return false };
    let text = unquoted(text);
    let text = aside.replace_all(&text, "");
    if has(&DATED, &text) {
        return true;
    }
    // "Who had called it a lie, said on Wednesday": the news is what was said.
    perfect.is_match(&text) && !has(&PLAIN, &perfect.replace_all(&text, ""))
}

/// A position held for long, recalled beside the news.
pub(super) fn is_standing(text: &str) -> bool {
    static STANDING: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let often = r"(?:repeatedly|consistently|previously|long|always|often|in the past|for (?:months|years|weeks))";
        let said = r"(?:said|insisted|argued|maintained|demanded|called|claimed|warned|vowed|stated|rejected|ruled|refused|opposed|stressed)";
        let last = r"last (?:week|month|year|spring|summer|autumn|fall|winter)";
        pattern(&format!(
            r"(?i)\b(?:has|have|had|’ve|'ve) (?:{often} \w+(?:ed|aid|old|eld|en)|{said} {often}|insisted|maintained)\b|\b{last} {said}\b|\b{said} {last}\b|\b(?:has|have) (?:\w+ )?been (?:labell?ed|called|described|branded|dismissed|condemned|denounced) (?:\S+ ){{0,2}}by\b"
        ))
    });
    has(&STANDING, &unquoted(text))
}

/// The text without what it quotes at length: those words tell nothing of when they were said.
fn unquoted(text: &str) -> Cow<'_, str> {
    static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| pattern("[“\"][^“”\"]{20,}(?:[”\"]|$)"));
    QUOTED.as_ref().map_or(Cow::Borrowed(text), |quoted| quoted.replace_all(text, "“”"))
}

/// Both texts hold one run of words of this quotation: all of it, or five in a row.
pub(super) fn quotes_alike(quote: &str, text: &str) -> bool {
    let (quote, text) = (plain(quote), plain(text));
    let run = quote.len().min(5);
    run >= 4 && quote.windows(run).any(|some| text.windows(run).any(|other| some == other))
}

/// The text quotes a sentence or the better part of one, as far as it has it.
pub(super) fn quotes_at_length(text: &str) -> bool {
    const LONG: usize = 5;
    // A quotation may have begun in the sentence before, or end in the next.
    static RUN: LazyLock<Option<Regex>> =
        LazyLock::new(|| pattern("[“\"]([^“”\"]+)(?:[”\"]|$)|^([^“”\"]+)[,.!?]?[”\"]"));
    let Some(run) = RUN.as_ref() else { return false };
    run.captures_iter(text)
        .any(|c| c.get(1).or(c.get(2)).is_some_and(|words| plain(words.as_str()).len() >= LONG))
}

/// What a text quotes, each quotation in its folded words.
fn quotations(text: &str) -> Vec<Vec<String>> {
    static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern("[“\"]([^”\"]{8,})[”\"]|(?:^|[ (])[‘']([^’']{8,}(?:’\\w[^’']*)?)[’'](?:$|[^\\w])")
    });
    let Some(quoted) = QUOTED.as_ref() else { return vec![] };
    quoted.captures_iter(text).filter_map(|c| Some(plain(c.get(1).or(c.get(2))?.as_str()))).collect()
}

/// The stems of each short phrase that a text quotes, where they are two or more.
pub(super) fn phrases_of<'a>(text: &str, stems: &'a [String]) -> impl Iterator<Item = Vec<&'a String>> {
    const SHORT: usize = 8;
    quotations(text).into_iter().filter(|words| (3..=SHORT).contains(&words.len())).filter_map(move |words| {
        let quoted: Vec<&String> =
            stems.iter().filter(|stem| words.iter().any(|word| is_of(word, stem))).collect();
        (quoted.len() >= 2).then_some(quoted)
    })
}

/// The stem is of this word, its last letter perhaps another: "carri" of "carry".
pub(super) fn is_of(word: &str, stem: &str) -> bool {
    const LONG: usize = 4;
    let end = if stem.chars().count() > LONG { stem.char_indices().next_back() } else { None };
    word.starts_with(stem) || end.is_some_and(|(end, _)| word.starts_with(&stem[..end]))
}

/// Both quote the same three words or more.
pub(super) fn share_a_quote(a: &str, b: &str) -> bool {
    let (a, b) = (quotations(a), quotations(b));
    let within =
        |few: &[String], many: &[String]| few.len() >= 3 && many.windows(few.len()).any(|w| w == few);
    a.iter().any(|x| b.iter().any(|y| within(x, y) || within(y, x)))
}

/// The words of a text, folded.
fn plain(text: &str) -> Vec<String> {
    let text = any_ascii::any_ascii(text).to_lowercase().replace('\'', "");
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// What somebody holds, told in the present beside news that is told in the past.
pub(super) fn is_held(text: &str) -> bool {
    static HOLDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(r"\b(?:says?|den(?:y|ies)|insists?|maintains?|argues?|accuses?|believes?|blames?)\b")
    });
    static PAST: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:said|told|warned|called|vowed|announced|added|claimed|accused|urged|denied|rejected|insisted|demanded|promised|declared|confirmed|stated|dismissed|blamed|argued|asked|wrote|described|pledged|threatened|condemned|acknowledged|admitted|reported)\b",
        )
    });
    has(&HOLDS, text) && !has(&PAST, text) && !quotes_at_length(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_before_is_told_by_its_verb() {
        for text in [
            "Tolen has warned that the bridge may stay shut",
            "Brin said in Vard last month that the ferry was safe",
            "In an interview two weeks ago Brin praised the ferry",
        ] {
            assert!(is_said_before(text), "{text}");
        }
        for text in [
            "Tolen said earlier on Thursday that the bridge would open",
            "Brin, who had called the plan a lie, said on Wednesday that he would read it",
            "No group has claimed the raid, which Tolen called cruel",
            "Tolen said that the men behind the raid two weeks ago were known",
        ] {
            assert!(!is_said_before(text), "{text}");
        }
    }

    #[test]
    fn what_is_held_is_no_news() {
        assert!(is_held("Valdia says that the bridge is its own, which Ostrova denies"));
        assert!(!is_held("Valdia, which says that the bridge is its own, rejected the plan"));
        assert!(is_standing("The ferry has been labelled a threat by Ostrova"));
        assert!(is_standing("the bridge, which the army last week claimed to hold"));
    }

    #[test]
    fn a_short_quotation_is_known_by_both_its_marks() {
        assert!(share_a_quote(
            "Tolen, Brin ‘a Short Walk’ Apart, They Say",
            "They were “a short walk” apart, both said"
        ));
        assert!(!share_a_quote("They were a short walk apart", "“A short walk,” she said"));
    }

    #[test]
    fn a_position_held_for_long_is_no_news() {
        assert!(is_standing("Tolen has repeatedly said that the bridge stays shut"));
        assert!(is_standing("Brin, who has insisted on a full withdrawal"));
        assert!(is_standing("The skippers have long appealed for a second ferry"));
        assert!(!is_standing("Tolen has said that the bridge will reopen"));
        assert!(!is_standing(
            "“We heed those who have repeatedly asked for a second ferry,” said Brin on Monday"
        ));
    }

    #[test]
    fn a_quoted_phrase_is_known_by_its_stems() {
        let stems: Vec<String> = ["carri", "ferri", "burden", "tolen"].map(str::to_owned).to_vec();
        let text = "Tolen said that the ferry had “carried the burden alone”";
        let phrases: Vec<Vec<&String>> = phrases_of(text, &stems).collect();
        assert_eq!(phrases, [[&stems[0], &stems[2]]]);
        assert_eq!(phrases_of("Tolen spoke of “a ferry”", &stems).count(), 0);
        assert!(is_of("ferry", "ferri") && !is_of("fern", "ferri"));
    }

    #[test]
    fn one_quotation_is_known_by_a_run_of_its_words() {
        assert!(quotes_alike("No boat of ours was there", "Brin: ‘No Boat of Ours Was There’"));
        assert!(!quotes_alike("No boat of ours was there", "“No boat is safe,” Brin said"));
    }
}

//! Lines within an article's text that are no part of it: newsletters, related articles, rights, contacts.
//!
//! The extractor tells what stands around a text; these stand between its paragraphs, marked up as they are.

use std::sync::LazyLock;

use regex::Regex;

/// Words of the longest line that is looked at; a paragraph of news has more.
const MOST_WORDS: usize = 45;
/// Words of the longest line that names another article.
const MOST_LEADING: usize = 25;

/// Whether a line is none of the article's.
pub fn is_boilerplate(line: &str) -> bool {
    static ASKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let asks = [
            r"\b(sign(ing)? up|subscribe)\b.*\b(newsletters?|inbox|updates|alerts|e-?mails?|daily|free)\b",
            r"\bnewsletters?\b.*\b(sign up|subscribe|inbox|delivered)\b",
            r"\byour inbox\b",
            r"thanks for signing up|error processing your (subscription|request)",
            r"\bfollow (us|me|him|her|them|@\w+|[\w’'. ]{3,30}) on (twitter|facebook|instagram|telegram|x\b|social)",
            r"\bfollow @\w+",
            r"\b(may|can) be reached at\b|\b(reach|contact|e-?mail)\b.*@\w+\.(com|org|net)\b",
            r"\bshare (it|this)( \w+)? with (a friend|your)|like this story\?|have a tip\?",
            r"^(©|copyright\b)|\ball rights reserved\b",
            r"\bdownload (the|our) app\b|\baccept (all )?cookies\b",
        ];
        // A word's end by ASCII alone: by Unicode it takes ten times as long.
        Regex::new(&format!("(?i){}", asks.join("|").replace(r"\b", r"(?-u:\b)"))).ok()
    });
    static LEADS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)^(related|read more|see also|more from|more on|don.t miss|read also|also read|read next|watch|must read|recommended|you may also like|photos?|image credits?)\s*([:|]|$)|^also on \w+\.\w+",
        )
        .ok()
    });
    let words = line.split(' ').take(MOST_WORDS + 1).count();
    let has = |regex: &Option<Regex>| regex.as_ref().is_some_and(|regex| regex.is_match(line));
    words <= MOST_LEADING && has(&LEADS) || words <= MOST_WORDS && has(&ASKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_asks_of_the_reader_is_no_news() {
        for line in [
            "Sign up for our free newsletter and never miss a storm.",
            "Get the harbour's news in your inbox every morning.",
            "Follow Ada Morn on Twitter @adamorn.",
            "Ada Morn may be reached at ada@bay.example.",
            "Related: Pier closed after the storm",
            "Also on bay.com Fishermen end their blockade",
            "© 2031 Bay News. All rights reserved.",
            "READ MORE | The winter of the broken boats",
        ] {
            assert!(is_boilerplate(line), "{line}");
        }
    }

    #[test]
    fn news_of_such_things_stays() {
        for line in [
            "Related charges were dropped on Tuesday, the court said.",
            "Watch officers saw the boat sink at dawn.",
            "The minister asked people to follow the orders of the coast guard on the radio.",
            "The court ruled that the singer holds the copyright to all nine songs.",
            "He signed up for the army in March and was sent to the island.",
        ] {
            assert!(!is_boilerplate(line), "{line}");
        }
    }
}

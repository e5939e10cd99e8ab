//! What takes back or corrects what was told: a report withdrawn, a count lowered; and counts of many attacks.

use std::sync::LazyLock;

use regex::Regex;

use super::TollField;
use crate::model::Toll;

/// Matches nowhere if a pattern is broken; the tests below hold each of them.
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

/// The text says that an event that was reported did not happen, or was no such event.
pub(super) fn is_withdrawn(text: &str) -> bool {
    static WITHDRAWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        const EVENT: &str = r"(?:attacks?|strikes?|raids?|shelling|bombing|bombardment|blasts?|explosions?|shootings?|ambush|incidents?|meetings?|talks|calls?|conversations?|visits?)";
        const REPORT: &str =
            r"(?:reports?|story|stories|accounts?|claims?|article|alert|statements?|announcements?)";
        pattern(&[
            format!(r"(?i)\b(?:withdr[ae]ws?|withdrew|withdrawn|withdrawing|retract(?:s|ed|ing)?|(?:takes?|took) back|rescind(?:s|ed)?) (?:its|his|her|their|an?|the|that|earlier|previous)\b[^.;]{{0,30}}\b{REPORT}\b"),
            format!(r"\b{REPORT}\b[^.;]{{0,80}}\b(?:has|have|had|was|were|is|are) (?:been )?(?:withdrawn|retracted)\b"),
            format!(r"\bno such {EVENT}\b"),
            format!(r"\b{EVENT}\b[^.;]{{0,60}}\b(?:never (?:took place|happened|occurred)|(?:did not|didn['’]t|had not|has not) (?:take place|taken place|happen(?:ed)?|occur(?:red)?))\b"),
            format!(r"\bno {EVENT} (?:had |has )?(?:taken place|took place|happened|occurred)\b"),
            format!(r"\b{REPORT}\b[^.;]{{0,90}}\b(?:was|were|is|are|proved|turned out)(?: to (?:be|have been))? (?:wrong|false|untrue|unfounded|incorrect|mistaken|erroneous|inaccurate|fabricated)\b"),
            r"\b(?:wrongly|falsely|erroneously|mistakenly|incorrectly) (?:reported|said|stated)\b".to_owned(),
            r"\breported to have been\b[^.;]{0,60}\b(?:in fact|actually|instead)\b".to_owned(),
            r"\b(?:was|were|had been|been) (?:in fact |actually )(?:been )?(?:damaged|caused|destroyed|killed|set off) by an? (?:gas|accident\w*|short circuit|fire|fault)\b".to_owned(),
        ]
        .join("|"))
    });
    WITHDRAWN.as_ref().is_some_and(|p| p.is_match(text))
}

/// The text calls the report of an event made up.
pub(super) fn is_dismissed(text: &str) -> bool {
    static DISMISSED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:called|calls|dismiss(?:es|ed)|describ(?:es|ed)|brand(?:s|ed)|reject(?:s|ed)) (?:an?|the|any|all|press|media|those|such)? ?(?:\S+ ){0,2}(?:reports?|stor(?:y|ies)|accounts?|claims?|article|rumours?|rumors?|suggestions?)\b[^.;]{0,140}\b(?:fiction|fantasy|fabricat(?:ed|ions?)|inventions?|invented|a lie|lies|fake|false|untrue|nonsense|unfounded|baseless)\b",
        )
    });
    DISMISSED.as_ref().is_some_and(|p| p.is_match(text))
}

/// The report of an event is withdrawn, or called made up.
pub(super) fn is_taken_back(text: &str) -> bool {
    is_withdrawn(text) || is_dismissed(text)
}

/// An attack that is spoken of as known: who denies it, condemns it, mourns its victims.
pub(super) fn is_spoken_of(text: &str) -> bool {
    static SPOKEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:den(?:y|ies|ied|ying)|condemn(?:s|ed|ing)?|deplor(?:es|ed)|denounc(?:es|ed|ing)|mourn(?:s|ed|ing)?|disown(?:s|ed)?|commemorat\w+)\b[^.;]{0,60}\b(?:attacks?|strikes?|raids?|shelling|bombings?|shootings?|blasts?|killings?|massacre|ambush|assault|(?:rocket|mortar|sniper|artillery) fire|gunfire)\b",
        )
    });
    SPOKEN.as_ref().is_some_and(|p| p.is_match(text))
}

/// The count that the text lowers a toll to, and which toll it is.
pub(super) fn lowered(text: &str) -> Option<(TollField, Toll)> {
    static LOWERED: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        const VERB: &str = r"(?:lower(?:s|ed)|revis(?:es|ed)|cuts?|reduc(?:es|ed)|correct(?:s|ed)|downgrad(?:es|ed)|scal(?:es|ed) (?:back|down)|br(?:ings|ought) down)";
        const COUNT: &str = r"(?:counts?|tolls?|tally|(?:figures?|numbers?|estimates?) (?:of|for) (?:the )?(?:dead|deaths|killed|victims|fatalities|casualties|wounded|injured))";
        const N: &str = r"([\w-]+)";
        [
            format!(r"(?i)\b{VERB}\b[^.;]{{0,40}}\b{COUNT}\b[^.;]{{0,80}}?\bfrom {N}\b[^.;]{{0,20}}?\bto {N}\b"),
            format!(r"(?i)\b{COUNT}\b[^.;]{{0,60}}\b{VERB}\b[^.;]{{0,30}}?\bfrom {N}\b[^.;]{{0,20}}?\bto {N}\b"),
            format!(r"(?i)\b(?:{VERB} (?:\S+ ){{0,3}}{COUNT}|{COUNT}[^.;]{{0,60}}\b{VERB})\b[^.;]{{0,60}}?\bto {N}\b[^.;]{{0,10}}?\bfrom {N}\b"),
        ]
        .iter()
        .filter_map(|p| pattern(p))
        .collect()
    });
    for (at, found) in LOWERED.iter().enumerate().filter_map(|(at, p)| Some((at, p.captures(text)?))) {
        let (first, second) = (found.get(1)?.as_str(), found.get(2)?.as_str());
        let (from, to) = if at == 2 { (second, first) } else { (first, second) };
        if let (Some(from), Some(value)) = (number(from), number(to))
            && value < from
        {
            let lower = text.to_lowercase();
            let hurt = ["wounded", "injured", "hurt"].iter().any(|w| lower.contains(w));
            let dead = ["dead", "death", "died", "killed", "toll"].iter().any(|w| lower.contains(w));
            let field = if hurt && !dead { TollField::Wounded } else { TollField::Killed };
            return Some((field, Toll { value, at_least: false, literal: to.to_owned() }));
        }
    }
    instead(text)
}

/// "Fifteen people, and not 17, were killed": the count that holds, with the one it takes the place of.
fn instead(text: &str) -> Option<(TollField, Toll)> {
    static INSTEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        const N: &str = r"(\d[\d,]*|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?)";
        pattern(&format!(
            r"(?i)\b{N}(?: [\w-]+){{0,3}},? (?:and )?not {N}\b[^.;]{{0,60}}\b(?:(killed|died|dead|lost)|(?:wounded|injured|hurt))\b"
        ))
    });
    let found = INSTEAD.as_ref()?.captures(text)?;
    let (now, was) = (found.get(1)?.as_str(), found.get(2)?.as_str());
    let value = number(now).filter(|now| number(was).is_some_and(|was| *now < was))?;
    let field = if found.get(3).is_some() { TollField::Killed } else { TollField::Wounded };
    Some((field, Toll { value, at_least: false, literal: now.to_owned() }))
}

/// The text says that a toll is lower than it was, without both numbers beside it: "bringing the toll down to 11".
pub(super) fn is_lowering(text: &str) -> bool {
    static DOWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        const COUNT: &str =
            r"(?:counts?|tolls?|tally|number of (?:\w+ ){0,2}(?:dead|deaths|killed|victims|wounded|injured))";
        pattern(&format!(
            r"(?i)\b{COUNT}\b[^.;]{{0,80}}\bdown (?:to|from|by)\b|\b(?:wrongly|mistakenly|twice) (?:counted|included|listed)\b|\bcounted twice\b"
        ))
    });
    DOWN.as_ref().is_some_and(|p| p.is_match(text))
}

/// The deaths of many attacks in one count: "since the offensive began", "over the past week".
pub(super) fn is_cumulative(text: &str) -> bool {
    static SUM: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\bsince (?:the |an? |\w+['’]s? )?(?:\w+ ){0,4}(?:began|begins|started|broke out|erupted|overthrow|ouster|coup|invasion|offensive|outbreak|fell|last (?:week|month|year)|(?:january|february|march|april|may|june|july|august|september|october|november|december)|\d{4})\b|\b(?:over|in|during|for|within) the (?:past|last) (?:\w+ )?(?:days?|weeks?|months?|years?|decades?|fortnight)\b|\b(?:so far )?this (?:year|month)\b|\b(?:dozens|hundreds|scores|thousands|tens of thousands|a (?:series|string|wave|spate|surge)) of (?:\w+ ){0,2}(?:attacks|bombings|strikes|raids|assaults|killings|ambushes|shootings)\b|\bstepped up (?:\w+ )?(?:attacks|strikes|raids)\b|\b(?:first|second|third|fourth|fifth|sixth|\d+(?:st|nd|rd|th)) (?:week|month|year) of (?:the )?(?:war|fighting|conflict|offensive)\b",
        )
    });
    // "The deadliest raid since the war began" is one raid.
    static ONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:most|first|second|third|fourth|latest|last|only|\w{3,}est)\b (?:\S+ ){0,5}(?:attacks?|strikes?|raids?|bombings?|shootings?|assaults?|ambush|massacre|barrage|bombardment)\b",
        )
    });
    let is = |pattern: &LazyLock<Option<Regex>>| pattern.as_ref().is_some_and(|p| p.is_match(text));
    is(&SUM) && !is(&ONE)
}

/// A number in figures or in words, up to ninety-nine in words.
pub(super) fn number(text: &str) -> Option<u32> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let text = text.to_lowercase();
    if let Ok(value) = text.replace(',', "").parse() {
        return Some(value);
    }
    let of = |words: &[&str], word: &str| {
        words.iter().position(|w| *w == word).and_then(|n| u32::try_from(n).ok())
    };
    let tens = |word: &str| of(&TENS, word).map(|n| (n + 2) * 10);
    match text.split_once('-') {
        Some((ten, one)) => Some(tens(ten)? + of(&ONES, one)?),
        None => of(&ONES, &text).or_else(|| tens(&text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_withdrawn_in_many_words() {
        for text in [
            "The Lisse Herald retracted its report that drones had hit the ferry",
            "The report of a raid on Marovka has been withdrawn",
            "No such attack took place, the governor said",
            "The shelling of the mill never happened",
            "An earlier report of a blast at the quay was false",
            "The paper had wrongly reported a raid on the mill",
        ] {
            assert!(is_withdrawn(text), "{text}");
        }
        for text in [
            "Tolen withdraws her troops after the reported raid",
            "Brin denies that his forces carried out the attack",
            "The reports of the raid were detailed",
        ] {
            assert!(!is_withdrawn(text), "{text}");
        }
    }

    #[test]
    fn a_report_is_called_made_up() {
        assert!(is_dismissed("The palace called a report that Tolen had met Brin in Lisse “pure fiction”"));
        assert!(is_dismissed("Brin dismissed media reports of secret talks as fake"));
        assert!(!is_dismissed("Tolen called the talks with Brin useful"));
    }

    #[test]
    fn a_count_is_lowered_from_and_to() {
        let killed = |value, literal: &str| {
            Some((TollField::Killed, Toll { value, at_least: false, literal: literal.into() }))
        };
        assert_eq!(
            lowered("The hospital lowered its toll for Marovka from 14 to twelve"),
            killed(12, "twelve")
        );
        assert_eq!(lowered("The number of dead was revised to 21 from twenty-three"), killed(21, "21"));
        assert_eq!(
            lowered("Nineteen people, and not 22, were killed in the raid on Marovka"),
            killed(19, "Nineteen")
        );
        assert_eq!(lowered("Nine were killed and not 7 but all of the boats sank"), None);
        assert_eq!(lowered("The toll was revised from 14 to 16"), None);
        assert_eq!(lowered("Brin cut the number of ferries from nine to five a day after four died"), None);
    }

    #[test]
    fn a_toll_goes_down() {
        assert!(is_lowering("The toll from the raid stands at 11, down from 13"));
        assert!(is_lowering("Two were found alive, bringing the toll down to 11"));
        assert!(!is_lowering("Drones came down on Marovka, bringing the toll to 11"));
    }

    #[test]
    fn a_count_of_many_attacks_is_none_of_one() {
        for text in [
            "More than 900 have been killed since the offensive began",
            "Raids killed sixty over the past week",
            "Hundreds of attacks have hit the islands",
        ] {
            assert!(is_cumulative(text), "{text}");
        }
        for text in ["Drones killed nine on Monday", "It was the deadliest raid since the war's first winter"]
        {
            assert!(!is_cumulative(text), "{text}");
        }
    }
}

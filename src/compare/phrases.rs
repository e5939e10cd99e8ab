//! What the wording of a report says of its event beyond the frame: moved, by phone, still dying, long held.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};
use regex::Regex;

use super::{Context, TollField, days, revise};
use crate::model::{Mention, Precision, Shape, Status, Toll, When};

/// Matches nowhere if a pattern is broken; the tests below hold each of them.
pub(super) fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

/// The text has it.
pub(super) fn has(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|p| p.is_match(text))
}

/// The mention as it is meant: what is moved is still planned, and a plan that changes lies ahead.
pub(super) fn as_meant(mut mention: Mention, at: &Context) -> Mention {
    if mention.kind.spec().shape == Shape::Speech {
        return mention;
    }
    let parties = mention.kind.spec().shape == Shape::Parties;
    if revise::is_withdrawn(&mention.evidence) || parties && revise::is_dismissed(&mention.evidence) {
        mention.status = Status::Denied;
        mention.background = false;
    }
    if mention.kind.spec().tolls() {
        counted(&mut mention);
    }
    unmoored(&mut mention, at);
    if !mention.kind.spec().plans {
        return mention;
    }
    // "Was planned for Friday" is no history where the news is that it is off.
    if mention.status == Status::Cancelled && mention.prominent {
        mention.background = false;
    }
    let text = mention.evidence.as_str();
    let moved = is_moved(text);
    if moved
        && (mention.status == Status::Occurred || mention.status == Status::Cancelled && is_moved_to(text))
    {
        mention.status = Status::Planned;
    }
    // "A fourth round has been pencilled in" lies ahead, whatever tense its sentence has.
    if mention.background && round(text, false).is_some() && round(text, true).is_none() {
        (mention.status, mention.background) = (Status::Planned, false);
    }
    if mention.background {
        return mention;
    }
    if moved && let Some(day) = new_day(&mention.evidence, at.day()) {
        let literal = day.format("%A").to_string();
        mention.when = Some(When { from: day, to: day, precision: Precision::Day, literal });
    } else if (moved || mention.status == Status::Cancelled)
        && let Some(when) = &mut mention.when
        && weekday(&when.literal).is_some()
        && (1..7).contains(&(at.day() - when.to).num_days())
    {
        (when.from, when.to) = (days(when.from, 7), days(when.to, 7));
    } else if moved && mention.when.as_ref().is_some_and(|when| is_of_the_old_plan(text, &when.literal)) {
        mention.when = None;
    }
    mention
}

/// "A meeting that had been planned for Friday": the day on which it is not.
fn is_of_the_old_plan(text: &str, day: &str) -> bool {
    let plan = r"(?:planned|scheduled|due|set|fixed|meant|arranged|expected|slated)";
    let was = r"(?:had (?:\w+ )?been|was|were|originally|initially|previously|first)";
    !day.is_empty()
        && pattern(&format!(r"(?i)\b{was} (?:\w+ )?{plan}\b[^,;.]{{0,30}}\b{}\b", regex::escape(day)))
            .is_some_and(|old| old.is_match(text))
}

/// The tolls as they are meant: the lower count where one is lowered, none where many attacks are counted.
fn counted(mention: &mut Mention) {
    if let Some((field, toll)) = revise::lowered(&mention.evidence) {
        match field {
            TollField::Killed => mention.killed = Some(toll),
            TollField::Wounded => mention.wounded = Some(toll),
        }
    } else if let Some((value, literal)) = counted_death(&mention.evidence)
        && mention.killed.as_ref().is_none_or(|t| t.value < value)
    {
        mention.killed = Some(Toll { value, at_least: false, literal });
    } else if !mention.campaign && revise::is_cumulative(&mention.evidence) {
        (mention.killed, mention.wounded) = (None, None);
        mention.background |= !mention.prominent;
    }
}

/// A day that counts from another event of the text ("four days later") is none that is known.
fn unmoored(mention: &mut Mention, at: &Context) {
    let Some(when) = &mention.when else { return };
    let literal = when.literal.to_lowercase();
    let counts = ["same", "next day", "following", "later", "day before", "earlier"];
    let elsewhere = counts.iter().any(|c| literal.contains(c));
    let ahead = when.from > at.day();
    if mention.status == Status::Occurred && (ahead || elsewhere && when.to >= at.day()) {
        mention.when = None;
        mention.background |= !mention.prominent;
    }
}

/// A meeting is put off or brought forward.
pub(super) fn is_moved(text: &str) -> bool {
    static MOVED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let meeting = r"(?:talks|meeting|summit|visit|trip|session|round|negotiations|consultations)";
        let moved = r"(?:moved|pushed|put|postponed|rescheduled|delayed|deferred|shifted|brought forward)";
        let when = r"(?:(?:back|off|forward) )?(?:from|to|until|till|by|for)";
        let instead = r"\b(?:will|would|is to|are to|to) (?:now )?instead (?:be held|take place|meet|open)\b";
        let of_it = r"(?:shift|shifts|shifted|moved|relocates?|relocated|transfers?|transferred|postponed|rescheduled|delayed|put off|put back|pushed back) (?:by \S+ \S+ )?(?:an?|the|its|their|his|her|\S+['’]s) (?:\S+ ){0,3}";
        pattern(&format!(
            r"(?i)\b{meeting}\b(?:[^.;]{{0,90}})\b{moved} {when}\b|\b(?:moves?|pushes|postpones?|reschedules?|delays?|puts (?:off|back)) (?:\S+ ){{0,4}}{meeting}\b|\b{meeting}\b[^.;]{{0,60}}\b(?:postponed|rescheduled|put off|put back)\b|{instead}|\b{of_it}{meeting}\b"
        ))
    });
    has(&MOVED, text)
}

/// It is moved to a time that is given: it is not off.
fn is_moved_to(text: &str) -> bool {
    static TO: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let time = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|next|january|february|march|april|may|june|july|august|september|october|november|december|\d)";
        pattern(&format!(
            r"(?i)\b(?:put off|put back|pushed back|postponed|delayed|deferred|moved|shifted|rescheduled|brought forward)(?: from \S+)? (?:by (?:an?|\w+) (?:hour|day|week|month|fortnight)s?\b|(?:to|until|till|for) (?:the )?{time})"
        ))
    });
    has(&TO, text)
}

/// The days by which a plan is put off (above 0) or brought forward, and the words that say so.
pub(super) fn shift(text: &str) -> Option<(i64, String)> {
    static SHIFT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let span = r"(an?|\w+) (day|week|fortnight)s?";
        let late = r"(?:postpon|delay|deferr|put(?:s|ting)? (?:off|back)|push(?:e[sd]|ing)? back|mov(?:e[sd]?|ing) back|slip)";
        let early = r"(?:brought|bring(?:s|ing)?|mov(?:e[sd]?|ing)) forward";
        let plan = r"(?:than|as) (?:\w+ )?(?:planned|scheduled|expected|announced|intended)";
        pattern(&format!(
            r"(?i)\b(?:(?:{late}\w*|({early})) (?:[^,.;]{{0,60}} )?by {span}|{span} (?:later|(earlier|sooner)) {plan})\b"
        ))
    });
    let found = SHIFT.as_ref()?.captures(text)?;
    let word = |i: usize| found.get(i).map(|m| m.as_str().to_lowercase());
    let (count, unit) = (word(2).or(word(4))?, word(3).or(word(5))?);
    let count = if count == "a" || count == "an" { 1 } else { i64::from(revise::number(&count)?) };
    let days = match unit.as_str() {
        "day" => 1,
        "week" => 7,
        _ => 14,
    };
    let sooner = found.get(1).is_some() || found.get(6).is_some();
    Some((if sooner { -count * days } else { count * days }, found.get(0)?.as_str().to_owned()))
}

/// A plan that is spoken of as past: "had been due to meet", "was to have opened".
pub(super) fn was_planned(text: &str) -> bool {
    static WAS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:had been|were to have|was to have|should have|were due|was due|were supposed|was supposed|had) (?:\w+ly )?(?:due|scheduled|planned|expected|set|supposed|been|opened|met|to)\b",
        )
    });
    has(&WAS, text)
}

/// The weekday to which a meeting is moved, as the next such day.
fn new_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    static TO: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:to|until|till) (?:next |the following )?((?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
        )
    });
    let wanted = weekday(TO.as_ref()?.captures(text)?.get(1)?.as_str())?;
    (0..7).map(|ahead| days(today, ahead)).find(|day| day.weekday() == wanted)
}

fn weekday(text: &str) -> Option<Weekday> {
    text.split_whitespace().find_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphabetic());
        (word.len() >= 6).then(|| word.parse().ok()).flatten()
    })
}

/// The parties spoke by phone: "held a call", not "called off".
pub(super) fn is_by_phone(text: &str) -> bool {
    static PHONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:tele)?phone(?:d|s)?\b|\b(?:an?|the|their|his|her|video|conference|minute|hour|long|hold|held|holds) calls?\b|\bcalls? (?:with|between)\b|\bin (?:\w+ )?call\b",
        )
    });
    has(&PHONE, text)
}

/// More have died of an attack that is known: the day beside it may be that of the report.
pub(super) fn more_died(text: &str) -> bool {
    static MORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\bdeath toll\b|\btoll (?:\S+ ){0,8}(?:rises?|risen|rose|climbs?|climbed|reach(?:es|ed)|now|at|to)\b|\b(?:more|another|further|second|third|fourth|fifth|sixth) (?:\S+ ){0,7}(?:dies?|died|dead|bod(?:y|ies)|succumb\w*)\b|\b(?:wounded|injured|hurt|maimed) (?:in|when|by|during|on)\b[^.;]{0,80}\bdied\b|\btoll (?:in|of) \S+ is \d|\btoll is\b|\bclaim(?:s|ed|ing) another (?:\w+ )?(?:victim|life)\b|\b(?:has|have) (?:now |since )?died\b|\b(?:number of (?:the )?dead|of (?:his|her|their|the) (?:wounds|burns|injuries)|of the (?:wounded|injured))\b|\b(?:bringing|brings|raising|raises|taking|takes|lifting|pushing|doubling|tripling) (?:the|that|its) (?:\w+ ){0,2}(?:toll|number|dead|count|tally|total)\b|\bnumber of (?:people |those |civilians |the )?(?:killed|dead|deaths|victims)\b[^.;]{0,90}\b(?:ris|rose|climb|grow|grew|reach|jump|increas)\w*|\bnow (?:say|says|known|believed|confirmed|put|stands?|reached)\b[^.;]{0,60}\b(?:died|dead|killed|deaths)\b|\b(?:an?|the) (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\d+(?:st|nd|rd|th)) (?:\w+ )?(?:victim|person|man|woman|child|civilian|soldier|\w+)\b[^.;]{0,90}?\b(?:dies|died|succumb\w*)\b",
        )
    });
    has(&MORE, text)
}

/// Deaths told as of before the report's day: "46 people had died".
pub(super) fn had_died(text: &str) -> bool {
    static HAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(r"(?i)\bhad (?:\w+ ){0,2}(?:died|killed|perished|lost|claimed|left|risen|reached)\b")
    });
    has(&HAD, text)
}

/// The count of dead that an ordinal tells: "an eighth victim has died".
pub(super) fn counted_death(text: &str) -> Option<(u32, String)> {
    const ORDINALS: [&str; 11] = [
        "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ];
    static NTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:an?|the) (second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|(\d+)(?:st|nd|rd|th)) (?:\w+ )?(?:victim|person|man|woman|child|boy|girl|civilian|soldier|\w+(?:man|er|or|ist))\b[^.;]{0,90}?\b(?:dies|died|succumb\w*)\b",
        )
    });
    let found = NTH.as_ref()?.captures(text)?;
    let literal = found.get(1)?.as_str().to_owned();
    let value = match found.get(2) {
        Some(digits) => digits.as_str().parse().ok()?,
        None => {
            let at = ORDINALS.iter().position(|o| o.eq_ignore_ascii_case(&literal))?;
            u32::try_from(at).ok()? + 2
        }
    };
    Some((value, literal))
}

/// The text tells how a campaign of many attacks began: "launched an offensive", "Operation Dawn started".
pub(super) fn opens_campaign(text: &str) -> bool {
    static OPENS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        const MANY: &str = r"(?:offensive|invasion|campaign|onslaught|(?:ground|military|air) operation)";
        pattern(&format!(
            r#"(?i)\b(?:launch|launche[sd]|launching|beg[ai]n|begins|beginning|start(?:s|ed)?|open(?:s|ed)?|mount(?:s|ed)?) (?:an?|the|its|their|his) (?:\S+ ){{0,4}}{MANY}\b|\b{MANY} (?:\S+ ){{0,6}}(?:began|begins|started|got under way)\b|\boperation ["“‘']?[A-Z](?:\S+ ){{1,5}}(?:began|begins|started|opened)\b"#
        ))
    });
    has(&OPENS, text)
}

/// Deaths beside those that are known, told without a total: "two more have died", "three of the wounded died".
pub(super) fn further_deaths(text: &str) -> Option<(u32, String)> {
    static FURTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        const DIES: &str = r"(?:(?:have|has) (?:now |since )?)?(?:dies?|died|succumb(?:s|ed)?)\b";
        pattern(&format!(
            r"(?i)\b(\w+) (?:more|further|additional) bod(?:y|ies)\b|\bclaim(?:s|ed|ing) (another) (?:\w+ )?(?:victim|life)\b|\b(\w+) (?:more|others?|further|additional)\b(?: \w+){{0,3}} {DIES}|\banother (\w+)(?: \w+){{0,3}} {DIES}|\b(\w+) of (?:the|those) (?:\w+ )?(?:wounded|injured|hurt|survivors)\b[^.;]{{0,60}}? {DIES}|\b(\w+) more (?:of )?(?:the |those )?(?:\w+ ){{0,3}}(?:wounded|injured|hurt|maimed)\b[^.;]{{0,80}}? {DIES}|\b(\w+) (?:people|persons|\w+s) (?:wounded|injured|hurt) (?:in|by|when|on|during)\b[^.;]{{0,60}}? {DIES}"
        ))
    });
    let found = FURTHER.as_ref()?.captures(text)?;
    let word = (1..found.len()).find_map(|i| found.get(i))?.as_str();
    let one = word.eq_ignore_ascii_case("another");
    let value = if one { Some(1) } else { revise::number(word) }.filter(|n| (1..60).contains(n))?;
    Some((value, word.to_owned()))
}

/// Which of a row it is: "the second round", "a fourth session"; `over`: not one that is still to come.
pub(super) fn round(text: &str, over: bool) -> Option<usize> {
    const NTH: [&str; 7] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh"];
    static ROUND: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(first|second|third|fourth|fifth|sixth|seventh) (?:and (?:last|final) )?(?:round|(?:\S+ ){0,2}(?:talks|negotiations|session|meeting|encounter))\b( (?:is |was |has been |had been )?(?:set|due|planned|scheduled|expected|pencilled|to be)\b)?",
        )
    });
    let found = ROUND.as_ref()?.captures(text)?;
    if over && found.get(2).is_some() {
        return None;
    }
    let found = found.get(1)?.as_str().to_lowercase();
    NTH.iter().position(|n| *n == found).map(|at| at + 1)
}

/// An event of an older year, that stands in the text as a bare number.
pub(super) fn is_of_an_older_year(text: &str, this: i32) -> bool {
    static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:the|in|of|since|from|january|february|march|april|may|june|july|august|september|october|november|december),? ((?:19|20)\d\d)\b",
        )
    });
    let Some(pattern) = YEAR.as_ref() else { return false };
    pattern
        .captures_iter(text)
        .filter_map(|found| found.get(1)?.as_str().parse::<i32>().ok())
        .any(|year| year < this)
}

/// The text has this name, in whole words; transliterations aside.
pub(super) fn names(text: &str, name: &str) -> bool {
    let fold = |text: &str| -> String {
        let text = any_ascii::any_ascii(text).to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        format!(" {} ", words.join(" "))
    };
    let name = fold(name);
    name.len() > 4 && fold(text).contains(&name)
}

/// The talks are where something was said or agreed: "reaffirm the truce at talks in Vard".
pub(super) fn is_beside(text: &str) -> bool {
    static BESIDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:at|during|in|after|following) (?:(?:the|their|recent|latest) ){0,2}(?:talks|meeting|negotiations|summit)\b",
        )
    });
    has(&BESIDE, text)
}

/// The event stands behind the news of its sentence: "said after nine hours of talks".
pub(super) fn is_told_in_passing(text: &str) -> bool {
    static PASSING: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:after|following|before|ahead of|since|during|amid|despite|in spite of)\b[^,;]{0,40}\b(?:talks|meeting|summit|visit|session|negotiations|call|attack|attacks|strike|strikes|raid|shelling|bombing)\b",
        )
    });
    has(&PASSING, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meeting_is_moved_in_many_words() {
        for text in [
            "The talks in Lisse have been moved from Monday to Wednesday",
            "The ministers' meeting was put back to Friday because of fog",
            "Fog pushes summit in Lisse to Friday",
            "The talks, which were to open here, will instead be held in Vard",
            "Northern leaders moved a planned summit on fishing from the island to Vard",
            "The quake led Vard to put off by six days a meeting of the two sides",
            "The summit has been postponed",
        ] {
            assert!(is_moved(text), "{text}");
        }
        for text in ["Tolen moved to Lisse after the talks", "The two put off no decision", "Talks opened"] {
            assert!(!is_moved(text), "{text}");
        }
    }

    #[test]
    fn the_day_of_an_old_plan_is_not_the_new_one() {
        let old = "The quake led Vard to put off a meeting that had been planned for Friday";
        assert!(is_of_the_old_plan(old, "Friday"));
        assert!(is_of_the_old_plan("The talks, originally due on 3 May, were put back", "3 May"));
        assert!(!is_of_the_old_plan("The talks were put off and will now open on Friday", "Friday"));
    }

    #[test]
    fn a_plan_is_shifted_by_days() {
        let days = |text| shift(text).map(|(days, _)| days);
        assert_eq!(days("The envoys will come two days later than planned"), Some(2));
        assert_eq!(days("Fog puts off the talks in Lisse by a week"), Some(7));
        assert_eq!(days("The talks in Lisse were postponed by a week"), Some(7));
        assert_eq!(days("The summit was brought forward by three days"), Some(-3));
        assert_eq!(days("They met two days later"), None);
    }

    #[test]
    fn what_is_said_at_talks_is_told_beside_them() {
        assert!(is_beside("Tolen, Brin reaffirm the truce at talks in Vard"));
        assert!(!is_beside("Tolen and Brin open talks in Vard"));
    }

    #[test]
    fn a_call_is_by_phone_and_calling_off_is_not() {
        for text in
            ["Tolen held a call with Brin", "The two spoke by telephone", "Tolen, Brin hold phone call"]
        {
            assert!(is_by_phone(text), "{text}");
        }
        for text in ["Her visit was called off", "The two called a truce", "Tolen calls for calm"] {
            assert!(!is_by_phone(text), "{text}");
        }
    }

    #[test]
    fn later_deaths_are_told_in_many_words() {
        for text in [
            "Two more miners have died, bringing the number of dead to nine",
            "Toll from the raid on Marovka climbs to nine",
            "A fourth person dies of wounds",
        ] {
            assert!(more_died(text), "{text}");
        }
        assert!(!more_died("Drones hit Marovka at dawn, killing four"));
    }

    #[test]
    fn a_campaign_opens_in_many_words() {
        for text in [
            "The army launched a major ground offensive in the hills on Monday",
            "Operation Long Night started with tanks at dawn",
            "Brin's forces opened their long-awaited campaign against the islands",
        ] {
            assert!(opens_campaign(text), "{text}");
        }
        assert!(!opens_campaign("Jets launched an attack on Marovka"));
    }

    #[test]
    fn further_deaths_are_counted_without_a_total() {
        let more = |text| further_deaths(text).map(|(n, _)| n);
        assert_eq!(more("Two more miners have died after the Marovka raid"), Some(2));
        assert_eq!(more("Three of the wounded died in hospital overnight"), Some(3));
        assert_eq!(more("Another four people died on Friday of their burns"), Some(4));
        assert_eq!(more("Two people injured in Monday's shelling have died"), Some(2));
        assert_eq!(more("Drones hit Marovka at dawn, killing four"), None);
    }

    #[test]
    fn an_ordinal_counts_the_dead() {
        assert_eq!(counted_death("A fifth miner, aged 23, has died of his burns").map(|c| c.0), Some(5));
        assert_eq!(counted_death("He died on the second day of the truce"), None);
        assert!(more_died("The number of people killed when a drone hit the ferry has risen to nine"));
        assert!(more_died("The mill at Marovka, where nine people are now known to have died"));
    }

    #[test]
    fn a_round_is_one_of_a_row() {
        assert_eq!(round("The second round of talks opened in Lisse", true), Some(2));
        assert_eq!(round("They sat down for their first direct talks", true), Some(1));
        assert_eq!(round("Talks opened in Lisse", true), None);
        assert_eq!(round("Lisse talks end; second round set for May", true), None);
    }
}

//! Killed and wounded named in a sentence.
//!
//! A sentence comes in; the numbers of its dead and hurt go out. Vague words ("dozens", "several") give
//! no toll, a part ("including three children") is none, and of "rose to 26 from 23" only 26 is one.

use std::ops::Range;

use super::numbers::{self, Bound, NumberHit, NumberKind};
use super::text::{self, Token};
use crate::model::Toll;

/// One toll named in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TollHit {
    /// Bytes of the number, or of the person or persons it counts.
    pub range: Range<usize>,
    /// The number, with its literal words.
    pub toll: Toll,
    /// It sums up a war or a span of time, not one event ("since the war began").
    pub cumulative: bool,
}

/// The tolls named in a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tolls {
    /// Killed; the first is the sentence's own, the current one.
    pub killed: Vec<TollHit>,
    /// Wounded; as with the killed.
    pub wounded: Vec<TollHit>,
    /// It says that nobody was killed or hurt ("no casualties").
    pub none: bool,
}

/// The tolls of one sentence.
pub fn find(text: &str) -> Tolls {
    find_in(text, &text::words(text))
}

/// As [`find`], from the sentence's words.
pub(super) fn find_in(text: &str, tokens: &[Token]) -> Tolls {
    let telling = |t: &Token| harm(&t.lower).is_some() || t.is_any(TELLING);
    if !tokens.iter().any(telling) {
        return Tolls::default();
    }
    let scan = Scan { text, groups: groups(tokens), cumulative: is_cumulative(tokens), tokens };
    let mut tolls = Tolls { none: scan.says_none(), ..Tolls::default() };
    tolls.killed.extend(scan.ordinal_death());
    let mut taken = vec![false; scan.groups.len()];
    // "toll rose to 26" is the current number, whatever else the sentence tells: it comes first.
    for pass in [Pass::Toll, Pass::Rest] {
        for (at, token) in tokens.iter().enumerate() {
            let Some(harm) = scan
                .harm_at(at, &token.lower)
                .filter(|harm| (harm.form == Form::Toll) == (pass == Pass::Toll))
            else {
                continue;
            };
            let Some(group) = scan.counted(at, harm).filter(|group| !taken[*group]) else {
                let one = scan.one(at, harm);
                if let Some(hit) = one {
                    if harm.kills { tolls.killed.push(hit) } else { tolls.wounded.push(hit) }
                }
                continue;
            };
            taken[group] = true;
            if let Some(hit) = scan.hit(group, harm.kills) {
                if harm.kills { tolls.killed.push(hit) } else { tolls.wounded.push(hit) }
            }
        }
    }
    tolls
}

/// Words that tell of dead and hurt without being a harm word.
const TELLING: &[&str] =
    &["casualties", "casualty", "victims", "bodies", "treated", "hospital", "hospitalised", "hospitalized"];

/// What one is in hospital for without having been attacked.
const ILLNESSES: [&str; 12] = [
    "virus",
    "disease",
    "fever",
    "ebola",
    "cholera",
    "malaria",
    "measles",
    "flu",
    "influenza",
    "infection",
    "poisoning",
    "symptoms",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    Toll,
    Rest,
}

/// A word that tells of killed or wounded.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Harm {
    kills: bool,
    form: Form,
}

/// How such a word stands to its number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "killed": the number follows, or stands before if passive.
    Either,
    /// "killing", "kills": the number follows.
    Active,
    /// "dead", "died", "fatalities": the number stands before.
    After,
    /// "deaths", "lives": "12 deaths", "the deaths of 12".
    Noun,
    /// "toll": the number follows "to", "at", "of".
    Toll,
    /// "treated", "in hospital": the number stands before.
    Care,
}

fn harm(lower: &str) -> Option<Harm> {
    let (kills, form) = match lower {
        "killed" | "murdered" | "slain" | "massacred" | "martyred" => (true, Form::Either),
        "killing" | "kills" | "kill" | "murdering" => (true, Form::Active),
        "dead" | "died" | "dies" | "die" | "perished" | "fatalities" => (true, Form::After),
        "deaths" | "lives" | "death" => (true, Form::Noun),
        "toll" => (true, Form::Toll),
        "wounded" | "injured" | "hurt" => (false, Form::Either),
        "wounding" | "injuring" | "injures" | "injure" | "wounds" | "wound" | "hurting" | "hurts" => {
            (false, Form::Active)
        }
        "injuries" => (false, Form::Noun),
        "hospitalised" | "hospitalized" | "treated" => (false, Form::After),
        _ => return None,
    };
    Some(Harm { kills, form })
}

/// Persons that a sentence counts.
struct Group {
    /// Its tokens.
    span: Range<usize>,
    /// Tokens to show: the number with its bound, or the persons.
    shown: Range<usize>,
    value: Option<u32>,
    at_least: bool,
    /// Of another number: "including three", "three of them".
    is_part: bool,
    /// "others", "another": beside some already told.
    is_rest: bool,
    /// Told by a number, not by an article.
    is_number: bool,
}

struct Scan<'t> {
    text: &'t str,
    tokens: &'t [Token],
    groups: Vec<Group>,
    cumulative: bool,
}

impl Scan<'_> {
    fn word(&self, at: usize) -> &str {
        word(self.tokens, at)
    }

    fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |at| self.word(at))
    }

    /// What the word at `at` says of killed or wounded; "the number of dead" is as good as "toll".
    fn harm_at(&self, at: usize, lower: &str) -> Option<Harm> {
        // "20 feared dead": nobody has counted them.
        if matches!(self.before(at), "feared" | "presumed" | "believed") {
            return None;
        }
        if lower == "number" || lower == "total" {
            let told = (at + 1..at + 8).find_map(|i| harm(self.word(i)))?;
            return Some(Harm { kills: told.kills, form: Form::Toll });
        }
        if lower == "death" && self.before(at) == "to" {
            // "hacked to death at least 12", "12 had been put to death"; a court sentences to it.
            let done = at.checked_sub(2).is_some_and(|i| TO_DEATH.contains(&self.word(i)));
            return done.then_some(Harm { kills: true, form: Form::After });
        }
        if lower == "bodies" {
            return Some(Harm { kills: true, form: Form::Noun });
        }
        self.in_care(at, lower).or_else(|| harm(lower))
    }

    /// "12 are being treated", "12 people are in hospital": the hurt, unless it is for an illness.
    fn in_care(&self, at: usize, lower: &str) -> Option<Harm> {
        let told = match lower {
            "treated" | "hospitalised" | "hospitalized" => self.is_passive(at),
            "hospital" => {
                self.before(at) == "in"
                    && at.checked_sub(2).is_some_and(|i| {
                        matches!(self.word(i), "are" | "were" | "remain" | "remained" | "still")
                    })
            }
            _ => false,
        };
        let ill = self.tokens.iter().any(|t| t.is_any(&ILLNESSES));
        (told && !ill).then_some(Harm { kills: false, form: Form::Care })
    }

    /// The group that the harm word at `at` counts.
    fn counted(&self, at: usize, harm: Harm) -> Option<usize> {
        let next = self.word(at + 1);
        // "killed or wounded 12", "killed and injured": one number for both says neither.
        if matches!(next, "or" | "and" | "/")
            && self::harm(self.word(at + 2)).is_some_and(|other| other.kills != harm.kills)
            || matches!(self.before(at), "or" | "/") && at >= 2 && self::harm(self.word(at - 2)).is_some()
        {
            return None;
        }
        match harm.form {
            Form::Active => (!self.is_hypothetical(at)).then(|| self.following(at)).flatten(),
            Form::Care => self.preceding(at, 5),
            Form::After if matches!(self.before(at), "shot" | "stabbed" | "to") => {
                self.following(at).or_else(|| self.preceding(at, 12))
            }
            Form::After => self.revised(at).or_else(|| self.colon(at)).or_else(|| self.preceding(at, 12)),
            Form::Toll => self.toll(at),
            Form::Noun if next == "of" => self.following(at + 1),
            Form::Noun if self.word(at + 1) == "to" => self.following(at + 1),
            Form::Noun => self.preceding(at, 3),
            // "Two people wounded on Monday have died": they count among the dead, not the wounded.
            Form::Either if !harm.kills && self.died_since(at) => None,
            Form::Either => {
                if self.is_passive(at) {
                    return self.preceding(at, 16);
                }
                // "Two killed, five hurt": a number right before is not the subject of the verb.
                let beside = self.preceding(at, 0).filter(|group| self.groups[*group].is_number);
                self.colon(at).or(beside).or_else(|| self.following(at)).or_else(|| self.preceding(at, 16))
            }
        }
    }

    /// The group right after `at`, past adverbs.
    fn following(&self, at: usize) -> Option<usize> {
        let mut from = at + 1;
        while from < at + 4 && (FILLERS.contains(&self.word(from)) || self.word(from).ends_with("ly")) {
            from += 1;
        }
        let group = self.groups.iter().position(|group| group.span.start == from)?;
        (!self.groups[group].is_part).then_some(group)
    }

    /// The last group that ends before `at` with at most `gap` words between, none of them another harm.
    fn preceding(&self, at: usize, gap: usize) -> Option<usize> {
        for (index, group) in self.groups.iter().enumerate().rev().filter(|(_, group)| group.span.end <= at) {
            let between = &self.tokens[group.span.end..at];
            let parts = self.groups[index + 1..].iter().filter(|g| g.span.end <= at && g.is_part);
            let asides: usize = parts.map(|g| g.span.len() + 2).sum();
            let breaks = |at: usize| match word(between, at) {
                "among" => word(between, at + 1) != "them",
                ";" | ":" | "said" | "\"" | "”" | "“" | "after" => true,
                other => self::harm(other).is_some(),
            };
            if between.len() > gap + asides || (0..between.len()).any(breaks) {
                return None;
            }
            if !group.is_part {
                return Some(index);
            }
        }
        None
    }

    /// "cut its count from 11 dead to nine": the number after "to" holds now.
    fn revised(&self, at: usize) -> Option<usize> {
        let from = at.checked_sub(2).filter(|i| self.word(*i) == "from")?;
        let counted = self.groups.iter().any(|g| g.span.contains(&(from + 1)) && g.is_number);
        (counted && self.word(at + 1) == "to").then(|| self.following(at + 1)).flatten()
    }

    /// "The mayor was badly wounded": a singular verb counts one, if its subject is one person.
    fn one(&self, at: usize, harm: Harm) -> Option<TollHit> {
        let mut first = at;
        while first > 0 && (self.before(first).ends_with("ly") || FILLERS.contains(&self.before(first))) {
            first -= 1;
        }
        if harm.form != Form::Either || !matches!(self.before(first), "was" | "is") {
            return None;
        }
        let start = (0..first - 1).rev().find(|i| {
            matches!(self.word(*i), ";" | "and" | "but" | "when" | "after" | "while" | "that" | "said")
        });
        let start = start.map_or(0, |i| i + 1);
        let subject = &self.tokens[start..first - 1];
        let noun = subject.iter().take_while(|t| !t.is_any(&["of", "who", "in", "at"]));
        let mut noun = noun.take_while(|t| ordinal(&t.lower).is_none());
        let one = |t: &Token| {
            is_person(&t.lower) && !is_plural(&t.lower) && !GROUPS.contains(&t.lower.as_str())
                || OFFICES.contains(&t.lower.as_str())
        };
        let other =
            subject.iter().any(|t| t.is_any(&["who", "which", "nobody", "one", "no", "each", "every", "by"]));
        if other || !noun.any(one) {
            return None;
        }
        let range = self.tokens[first - 1].range.start..self.tokens[at].range.end;
        let toll = Toll { value: 1, at_least: false, literal: self.text[range.clone()].to_owned() };
        Some(TollHit { range, toll, cumulative: self.cumulative })
    }

    /// "Dead: 4".
    fn colon(&self, at: usize) -> Option<usize> {
        (self.word(at + 1) == ":").then(|| self.following(at + 1)).flatten()
    }

    /// "death toll (from the attack) has risen to 26 from 23", "bringing to nine the number of dead".
    fn toll(&self, at: usize) -> Option<usize> {
        let until = (at + 32).min(self.tokens.len());
        let raised = (at.saturating_sub(6)..at)
            .filter(|i| self.word(*i) == "to" && RAISES.contains(&self.before(*i)))
            .find_map(|i| self.following(i));
        let after = (at + 1..until)
            .take_while(|i| !matches!(self.word(*i), ";" | "."))
            .filter(|i| TOLL_LINKS.contains(&self.word(*i)))
            .find_map(|i| self.following(i));
        raised.or(after)
    }

    /// Whether those hurt, told by the word at `at`, are said to have died since.
    fn died_since(&self, at: usize) -> bool {
        !self.is_passive(at)
            && (at + 1..(at + 24).min(self.tokens.len()))
                .take_while(|i| !matches!(self.word(*i), "," | ";" | "and" | "but" | "while"))
                .take_while(|i| !self.groups.iter().any(|g| g.span.contains(i) && g.value.is_some()))
                .any(|i| matches!(self.word(i), "died" | "dies" | "succumbed"))
    }

    /// "A fourth person has died": the ordinal is the running total.
    fn ordinal_death(&self) -> Option<TollHit> {
        (0..self.tokens.len()).find_map(|at| {
            let value = ordinal(self.word(at)).filter(|_| matches!(self.before(at), "a" | "an" | "the"))?;
            let noun = (at + 1..at + 4).find(|i| is_person(self.word(*i)) && !is_plural(self.word(*i)))?;
            let until = (noun + 1..(noun + 20).min(self.tokens.len()))
                .take_while(|i| !matches!(self.word(*i), ";" | "and" | "but" | "who"))
                .find(|i| {
                    self.harm_at(*i, self.word(*i)).is_some_and(|h| h.kills) || self.word(*i) == "succumbed"
                })?;
            let told = match self.word(until) {
                "killed" => self.is_passive(until),
                "died" | "dies" | "succumbed" | "dead" => true,
                "die" => self.before(until) == "to",
                _ => false,
            };
            let range = self.tokens[at - 1].range.start..self.tokens[noun].range.end;
            let toll = Toll { value, at_least: false, literal: self.text[range.clone()].to_owned() };
            told.then_some(TollHit { range, toll, cumulative: self.cumulative })
        })
    }

    fn is_passive(&self, at: usize) -> bool {
        let mut back = at;
        while back > 0 && (self.before(back).ends_with("ly") || FILLERS.contains(&self.before(back))) {
            back -= 1;
        }
        PASSIVE.contains(&self.before(back))
    }

    fn is_hypothetical(&self, at: usize) -> bool {
        matches!(self.word(at), "kill" | "wound" | "hurt" | "injure")
            && matches!(
                self.before(at),
                "to" | "could"
                    | "would"
                    | "will"
                    | "can"
                    | "may"
                    | "might"
                    | "must"
                    | "should"
                    | "not"
                    | "n't"
                    | "or"
            )
    }

    fn says_none(&self) -> bool {
        let said = |at: usize, words: &[&str]| words.iter().enumerate().all(|(i, w)| self.word(at + i) == *w);
        (0..self.tokens.len()).any(|at| {
            let hurt = |from: usize| (from..from + 6).any(|i| harm(self.word(i)).is_some());
            match self.word(at) {
                "no" | "without" | "any" => {
                    let clear = self.word(at) != "any"
                        || (at >= 1
                            && (at.saturating_sub(4)..at)
                                .any(|i| matches!(self.word(i), "not" | "without" | "no")));
                    let noun = |i: usize| {
                        matches!(
                            self.word(i),
                            "casualties"
                                | "injuries"
                                | "deaths"
                                | "fatalities"
                                | "victims"
                                | "casualty"
                                | "wounded"
                                | "dead"
                        )
                    };
                    clear
                        && (noun(at + 1)
                            || noun(at + 2) && !matches!(self.word(at + 1), "fewer" | "less" | "more")
                            || said(at, &["no", "one"]) && hurt(at + 2))
                }
                "nobody" | "none" => hurt(at + 1),
                _ => false,
            }
        })
    }

    fn hit(&self, group: usize, kills: bool) -> Option<TollHit> {
        let group = &self.groups[group];
        // "three others were killed": how many in all, the sentence does not say here.
        let value = group.value.filter(|_| !(kills && group.is_rest))?;
        let range = self.tokens[group.shown.start].range.start..self.tokens[group.shown.end - 1].range.end;
        let toll = Toll { value, at_least: group.at_least, literal: self.text[range.clone()].to_owned() };
        Some(TollHit { range, toll, cumulative: self.cumulative })
    }
}

/// All groups of persons, in order.
fn groups(tokens: &[Token]) -> Vec<Group> {
    let numbers = numbers::find_in(tokens);
    let mut groups: Vec<Group> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let number = numbers.iter().find(|(span, _)| span.start == at);
        let headline =
            at == 0 && is_person(word(tokens, 0)) && !is_plural(word(tokens, 0)) && tokens[0].capitalised;
        let group = match number {
            // "Woman killed in raid": a headline leaves the article out.
            None if headline
                && (harm(word(tokens, 1)).is_some() || matches!(word(tokens, 1), "shot" | ",")) =>
            {
                Some(grown(tokens, 0, 1))
            }
            Some((span, hit)) if hit.kind == NumberKind::Count => counted_group(tokens, span.clone(), hit),
            Some((span, hit)) if hit.kind == NumberKind::Age && at > 0 && is_one(word(tokens, at - 1)) => {
                Some(single_group(tokens, at - 1, span.end))
            }
            _ if is_one(word(tokens, at)) => named_group(tokens, at),
            _ => None,
        };
        match group {
            Some(group) => {
                at = group.span.end.max(at + 1);
                groups.push(group);
            }
            None => at = number.map_or(at + 1, |(span, _)| span.end.max(at + 1)),
        }
    }
    groups
}

/// "at least three Velmoran soldiers", or a number that nothing follows.
fn counted_group(tokens: &[Token], span: Range<usize>, hit: &NumberHit) -> Option<Group> {
    // "a girl of nine", "a mother of three": an age, or children, but nobody counted.
    let of_one = span.start >= 2
        && word(tokens, span.start - 1) == "of"
        && AGED.contains(&word(tokens, span.start - 2));
    if of_one && !is_person(word(tokens, span.end)) {
        return None;
    }
    let mut end = span.end;
    let mut is_rest = false;
    for at in span.end..(span.end + 6).min(tokens.len()) {
        let lower = word(tokens, at);
        is_rest |= matches!(lower, "other" | "others" | "more" | "additional" | "further");
        if is_person(lower) {
            end = at + 1;
            break;
        }
        if !tokens[at].is_word()
            || harm(lower).is_some()
            || text::is_stop_word(lower) && !matches!(lower, "other" | "more" | "further")
        {
            break;
        }
        if THINGS.contains(&lower) {
            return None;
        }
    }
    let before = span.start.checked_sub(1).map_or("", |at| word(tokens, at));
    is_rest |= matches!(before, "another" | "further" | "additional");
    let next = word(tokens, end);
    let of = match (next, word(tokens, end + 1), word(tokens, end + 2)) {
        ("of", "them" | "whom" | "these" | "those", verb) => !PASSIVE.contains(&verb) && harm(verb).is_none(),
        // "One of the dead was a boy", but "four of the attackers were killed".
        ("of", "the", noun) => harm(noun).is_some() || noun == "victims",
        _ => false,
    };
    let is_part = of || leads_part(tokens, span.start);
    let value = hit
        .value
        .filter(|_| hit.bound != Bound::AtMost)
        .and_then(|n| u32::try_from(n).ok())
        .filter(|n| *n > 0);
    let mut group = Group {
        span: span.start..end,
        shown: span.clone(),
        value,
        at_least: hit.bound == Bound::AtLeast,
        is_part,
        is_rest,
        is_number: true,
    };
    // "Three soldiers and two civilians" are five.
    if end > span.end
        && let Some((more, last)) = joined(tokens, &group.span)
        && let Some(value) = group.value
    {
        group.value = Some(value.saturating_add(more));
        group.span.end = last;
        group.shown.end = last;
    }
    Some(group)
}

/// "a 17-year-old (boy)".
fn single_group(tokens: &[Token], start: usize, age_end: usize) -> Group {
    let mut end = age_end;
    while end < age_end + 3
        && end < tokens.len()
        && tokens[end].is_word()
        && !text::is_stop_word(word(tokens, end))
    {
        end += 1;
        if is_person(word(tokens, end - 1)) {
            break;
        }
    }
    if !is_person(word(tokens, end - 1)) {
        end = age_end;
    }
    grown(tokens, start, end)
}

/// "a woman", "a young soldier and her son".
fn named_group(tokens: &[Token], start: usize) -> Option<Group> {
    let noun = (start + 1..(start + 5).min(tokens.len()))
        .take_while(|at| {
            tokens[*at].is_word() && (*at == start + 1 || !text::is_stop_word(word(tokens, at - 1)))
        })
        .find(|at| is_person(word(tokens, *at)) && !word(tokens, *at).ends_with("people"))?;
    // "a fourth man" is one of four: an ordinal death tells the total.
    if ordinal(word(tokens, start + 1)).is_some() {
        return None;
    }
    if matches!(word(tokens, noun + 1), "'s") || text::is_stop_word(word(tokens, start + 1)) {
        return None;
    }
    Some(grown(tokens, start, noun + 1))
}

/// One person, with those that "and her son", "and his two daughters" add.
fn grown(tokens: &[Token], start: usize, first_end: usize) -> Group {
    let (mut value, mut end) = (1u32, first_end);
    while let Some((more, last)) = joined(tokens, &(start..end)) {
        value = value.saturating_add(more);
        end = last;
    }
    let is_part = leads_part(tokens, start);
    let is_rest = word(tokens, start) == "another";
    Group {
        span: start..end,
        shown: start..end,
        value: Some(value),
        at_least: false,
        is_part,
        is_rest,
        is_number: false,
    }
}

/// How many "and her son", "and two civilians" add to the group before, and where they end.
fn joined(tokens: &[Token], group: &Range<usize>) -> Option<(u32, usize)> {
    let start = group.end + 1;
    let number = numbers::find_in(&tokens[start.min(tokens.len())..(start + 4).min(tokens.len())]);
    let number = number.first().filter(|(_, hit)| hit.kind == NumberKind::Count);
    let leads = matches!(word(tokens, start), "his" | "her" | "their" | "a" | "an" | "one")
        || number.is_some_and(|(span, _)| span.start == 0);
    if word(tokens, group.end) != "and" || !leads {
        return None;
    }
    let noun = (start + 1..(start + 6).min(tokens.len()))
        .take_while(|at| harm(word(tokens, *at)).is_none() && tokens[*at].is_word())
        .find(|at| is_person(word(tokens, *at)))?;
    let end = noun + 1;
    // "killed six people and two others were hurt": the second are the subject of what follows.
    let led_by_harm =
        (1..3).any(|back| group.start >= back && harm(word(tokens, group.start - back)).is_some());
    if led_by_harm && (harm(word(tokens, end)).is_some() || PASSIVE.contains(&word(tokens, end))) {
        return None;
    }
    let count = number.and_then(|(_, hit)| hit.value).and_then(|n| u32::try_from(n).ok());
    // "and her children": how many, the sentence does not say.
    let is_one = number.is_none() && !is_plural(word(tokens, noun));
    let is_rest = matches!(word(tokens, noun), "other" | "others");
    count.or(is_one.then_some(1)).filter(|_| !is_rest).map(|n| (n, end))
}

/// Whether the words before make the group a part of one already told.
fn leads_part(tokens: &[Token], start: usize) -> bool {
    let before = |n: usize| start.checked_sub(n).map_or("", |at| word(tokens, at));
    let leads =
        |n: usize| matches!(before(n), "including" | "includes" | "included" | "include" | "among" | "whom");
    // "including a boy and two girls": the whole list is a part.
    let listed = matches!(before(1), "and" | ",")
        && (2..9).take_while(|n| !matches!(before(*n), "" | ";") && harm(before(*n)).is_none()).any(leads);
    // "one of them a girl", "three people, a girl among them"
    let beside = matches!(before(1), "them" | "whom") && before(2) == "of";
    let among = (start + 1..start + 7)
        .take_while(|at| {
            !matches!(word(tokens, *at), "" | "," | ";" | "and") && harm(word(tokens, *at)).is_none()
        })
        .any(|at| word(tokens, at) == "among" && matches!(word(tokens, at + 1), "them" | "the"));
    leads(1)
        || leads(2)
        || beside
        || among
        || before(2) == "among" && before(1) == "them"
        || listed
        || before(1) == "from" && tokens_have_toll(tokens, start)
}

/// "rose to 26 from 23": the number after "from" is the old one.
fn tokens_have_toll(tokens: &[Token], start: usize) -> bool {
    tokens[..start]
        .iter()
        .any(|t| matches!(t.lower.as_str(), "toll" | "rose" | "risen" | "climbed" | "rises" | "number"))
}

fn is_cumulative(tokens: &[Token]) -> bool {
    let span = tokens.iter().enumerate().any(|(at, t)| {
        // "since May 2, when shells killed five": those five are of one day.
        let one_day = (at + 1..at + 7).any(|i| word(tokens, i) == "," && word(tokens, i + 1) == "when");
        // "the heaviest attack since the war began, killing nine": those nine are of one attack.
        let measured = tokens[at.saturating_sub(8)..at].iter().any(|t| {
            t.lower.ends_with("iest")
                || t.is_any(&["worst", "biggest", "largest", "greatest", "first", "fiercest", "most"])
        });
        t.is("since")
            && !one_day
            && !measured
            && (at + 1..at + 7).any(|i| {
                matches!(
                    word(tokens, i),
                    "war"
                        | "began"
                        | "start"
                        | "started"
                        | "beginning"
                        | "invasion"
                        | "conflict"
                        | "ceasefire"
                        | "truce"
                        | "launched"
                        | "outbreak"
                ) || word(tokens, i).len() == 4 && word(tokens, i).bytes().all(|b| b.is_ascii_digit())
                    || super::dates::is_month(word(tokens, i))
            })
    });
    let phrase = tokens.windows(2).any(|pair| {
        matches!(
            (pair[0].lower.as_str(), pair[1].lower.as_str()),
            ("this", "year")
                | ("last", "year")
                | ("per", "year")
                | ("a", "year")
                | ("two", "years")
                | ("three", "years")
        )
    });
    span || phrase
}

/// What is done to death.
const TO_DEATH: [&str; 10] =
    ["hacked", "beaten", "stoned", "burned", "burnt", "shot", "stabbed", "put", "bludgeoned", "clubbed"];

/// The number that an ordinal stands for, from the second on: "fourth", "22nd".
fn ordinal(lower: &str) -> Option<u32> {
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

/// After these, "of" and a number tell an age or a number of children.
const AGED: [&str; 22] = [
    "girl", "boy", "man", "woman", "child", "baby", "toddler", "teenager", "youth", "mother", "father",
    "son", "daughter", "pupil", "student", "girls", "boys", "children", "sister", "brother", "widow",
    "parent",
];

/// Singular words for several.
const GROUPS: [&str; 8] = ["crew", "family", "couple", "team", "staff", "police", "personnel", "pair"];

/// Offices that one person holds.
const OFFICES: [&str; 16] = [
    "mayor",
    "governor",
    "minister",
    "president",
    "general",
    "colonel",
    "commander",
    "captain",
    "judge",
    "senator",
    "deputy",
    "journalist",
    "reporter",
    "leader",
    "bishop",
    "chief",
];

/// Verbs that raise a toll "to nine the number of dead".
const RAISES: [&str; 9] =
    ["bringing", "brings", "brought", "raising", "raises", "raised", "taking", "pushing", "lifting"];

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.lower.as_str())
}

fn is_one(lower: &str) -> bool {
    matches!(lower, "a" | "an" | "another")
}

fn is_plural(lower: &str) -> bool {
    lower.ends_with('s') || matches!(lower, "children" | "men" | "women" | "people" | "police" | "personnel")
}

fn is_person(lower: &str) -> bool {
    let singular = lower.strip_suffix('s').unwrap_or(lower);
    PERSONS.contains(&singular)
        || PERSONS.contains(&lower)
        || (lower.ends_with("men") || lower.ends_with("man") || lower.ends_with("women")) && lower.len() > 4
        || (singular.ends_with("boy") || singular.ends_with("girl")) && singular.len() > 5
}

/// Those who may be counted among killed and wounded; singular.
const PERSONS: &[&str] = &[
    "people",
    "person",
    "civilian",
    "soldier",
    "troop",
    "child",
    "children",
    "woman",
    "women",
    "man",
    "men",
    "boy",
    "girl",
    "baby",
    "infant",
    "toddler",
    "teenager",
    "teen",
    "student",
    "pupil",
    "teacher",
    "worker",
    "employee",
    "staff",
    "resident",
    "villager",
    "local",
    "passenger",
    "driver",
    "pedestrian",
    "police",
    "officer",
    "cop",
    "guard",
    "medic",
    "doctor",
    "nurse",
    "paramedic",
    "rescuer",
    "firefighter",
    "journalist",
    "reporter",
    "militant",
    "fighter",
    "rebel",
    "insurgent",
    "terrorist",
    "combatant",
    "member",
    "commander",
    "victim",
    "other",
    "national",
    "citizen",
    "foreigner",
    "tourist",
    "pilgrim",
    "worshipper",
    "worshiper",
    "protester",
    "demonstrator",
    "refugee",
    "migrant",
    "prisoner",
    "hostage",
    "crew",
    "sailor",
    "marine",
    "pilot",
    "peacekeeper",
    "personnel",
    "servicemen",
    "farmer",
    "mother",
    "father",
    "son",
    "daughter",
    "brother",
    "sister",
    "wife",
    "husband",
    "couple",
    "Palestinian",
    "trooper",
];

/// What is counted near harm words without being persons.
const THINGS: [&str; 30] = [
    "drones",
    "missiles",
    "rockets",
    "buildings",
    "houses",
    "homes",
    "vehicles",
    "cars",
    "tanks",
    "bombs",
    "shells",
    "strikes",
    "attacks",
    "apartments",
    "cows",
    "sheep",
    "cattle",
    "animals",
    "dogs",
    "horses",
    "regions",
    "cities",
    "towns",
    "villages",
    "countries",
    "days",
    "floors",
    "rounds",
    "shots",
    "times",
];

/// Words between a harm verb and its number that change nothing.
const FILLERS: [&str; 12] =
    ["also", "the", "another", "off", "up", "dead", "in", "all", "reported", "confirmed", "further", "still"];

const PASSIVE: [&str; 16] = [
    "was",
    "were",
    "been",
    "being",
    "be",
    "are",
    "is",
    "get",
    "got",
    "getting",
    "left",
    "reported",
    "feared",
    "believed",
    "found",
    "confirmed",
];

/// Words between "toll" and its number.
const TOLL_LINKS: [&str; 18] = [
    "to",
    "at",
    "of",
    "reached",
    "reaches",
    "hit",
    "hits",
    "passed",
    "surpassed",
    "topped",
    "tops",
    "is",
    "was",
    "stands",
    ":",
    "exceeds",
    "exceeded",
    "now",
];

#[cfg(test)]
mod tests;

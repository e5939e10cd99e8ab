//! Killed and wounded named in a sentence.
//!
//! A sentence comes in; the numbers of its dead and hurt go out. Vague words ("dozens", "several") give
//! no toll, a part ("including three children") is none, and of "rose to 26 from 23" only 26 is one.

use std::ops::Range;

use super::text::{self, Token, word};
use crate::model::Toll;

/// Words that tell of dead and hurt by what stands beside them.
mod beside;
/// Who may be counted.
mod counted;
/// Numbers of persons.
mod groups;
/// Words that tell of killed and wounded.
mod harm;
/// Ordinal numbers.
mod ordinal;
/// The one person that a verb tells of.
mod single;
/// Tolls of a war or a span of time.
mod span;

use counted::{BODIES, is_person};
use groups::{Group, groups};
use harm::{FILLERS, Form, Harm, ILLNESSES, PASSIVE, RAISES, TELLING, TO_DEATH, TOLL_LINKS, harm};
use span::{is_cumulative, is_long};

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
    /// Dead beside those already told ("two more have died").
    pub further: Vec<TollHit>,
    /// It speaks of fighting that lasted for days or weeks ("two weeks of fighting").
    pub long: bool,
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
        return Tolls { long: is_long(tokens), ..Tolls::default() };
    }
    let scan = Scan { text, groups: groups(tokens), cumulative: is_cumulative(tokens), tokens };
    let mut tolls = Tolls { none: scan.says_none(), long: is_long(tokens), ..Tolls::default() };
    tolls.killed.extend(scan.ordinal_death());
    let mut taken = vec![false; scan.groups.len()];
    if let Some(part) = scan.fatal_part() {
        taken[part] = true;
        tolls.killed.extend(scan.hit(part));
    }
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
                let one = scan.beside(at, harm).or_else(|| scan.one(at, harm));
                if let Some(hit) = one.or_else(|| scan.one_object(at, harm)) {
                    if harm.kills { tolls.killed.push(hit) } else { tolls.wounded.push(hit) }
                }
                continue;
            };
            taken[group] = true;
            let Some(mut hit) = scan.hit(group) else { continue };
            // Those still in care are fewer than were hurt.
            hit.toll.at_least |= harm.form == Form::Care && scan.lasts(at);
            match harm.kills {
                // "three others were killed": how many in all, the sentence does not say here.
                true if scan.groups[group].is_rest => tolls.further.push(hit),
                true => tolls.killed.push(hit),
                false => tolls.wounded.push(hit),
            }
        }
    }
    scan.listed(&mut tolls, &mut taken);
    if tolls.killed.is_empty() {
        tolls.killed.extend(scan.shot_and_died());
    }
    tolls
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    Toll,
    Rest,
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
        // "The cook and eight scouts were not hurt".
        if matches!(self.before(at), "feared" | "presumed" | "believed" | "not" | "never" | "n't") {
            return None;
        }
        // "The dead now number 33", "the wounded numbered forty".
        if matches!(lower, "number" | "numbers" | "numbered")
            && let Some(told) = (1..4).filter_map(|back| harm(self.word(at.checked_sub(back)?))).next()
        {
            return Some(Harm { kills: told.kills, form: Form::Active });
        }
        let counts = matches!(lower, "count" | "tally") && self.word(at + 1) == "of";
        if lower == "number" || lower == "total" || counts {
            let told = (at + 1..at + 8).find_map(|i| match self.word(i) {
                "victims" => Some(Harm { kills: true, form: Form::Noun }),
                other => harm(other).filter(|h| h.form != Form::Lost),
            })?;
            return Some(Harm { kills: told.kills, form: Form::Toll });
        }
        if lower == "death" && self.before(at) == "to" {
            // "hacked to death at least 12", "12 had been put to death"; a court sentences to it.
            let done = at.checked_sub(2).is_some_and(|i| TO_DEATH.contains(&self.word(i)));
            return done.then_some(Harm { kills: true, form: Form::After });
        }
        if lower == "life" && self.before(at) == "the" && self.word(at + 1) == "of" {
            let taken = at.checked_sub(2).is_some_and(|i| {
                matches!(
                    self.word(i),
                    "claimed" | "claims" | "claiming" | "cost" | "costing" | "took" | "taken"
                )
            });
            return taken.then_some(Harm { kills: true, form: Form::Noun });
        }
        let care = |i: usize| {
            matches!(self.word(i), "hospital" | "hospitals" | "clinic" | "doctors" | "medics" | "surgeons")
        };
        if lower == "treated" && !self.is_passive(at) && (at.saturating_sub(6)..at).any(care) {
            let ill = self.tokens.iter().any(|t| t.is_any(&ILLNESSES));
            return (!ill).then_some(Harm { kills: false, form: Form::Active });
        }
        // "sent 80 to hospital"
        let to_hospital = |i: usize| self.word(i) == "hospital" && self.before(i) == "to";
        if matches!(lower, "sent" | "sending" | "sends") && (at + 2..at + 7).any(to_hospital) {
            return Some(Harm { kills: false, form: Form::Active });
        }
        self.deadly(at, lower).or_else(|| self.in_care(at, lower)).or_else(|| harm(lower))
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
            Form::Fell => self.preceding(at, 2).filter(|group| self.counts_persons(*group)),
            Form::Persons => {
                let found = if self.is_passive(at) { self.preceding(at, 6) } else { self.following(at) };
                found.filter(|group| self.counts_persons(*group))
            }
            Form::Lost => {
                let reach = if self.word(at).starts_with("cost") { at + 6 } else { at + 3 };
                self.groups.iter().position(|g| {
                    (at + 1..reach).contains(&g.span.start)
                        && g.is_number
                        && !g.is_part
                        && is_person(self.word(g.span.end - 1))
                })
            }
            Form::After if matches!(self.before(at), "shot" | "stabbed" | "to") => {
                self.following(at).or_else(|| self.preceding(at, 12))
            }
            Form::After => {
                let found = self.revised(at).or_else(|| self.colon(at)).or_else(|| self.now(at));
                found.or_else(|| self.preceding(at, 12))
            }
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
                let after = self.colon(at).or(beside).or_else(|| self.following(at));
                // "a bomb that killed his driver": whoever stands before did it.
                after.or_else(|| self.object(at).is_none().then(|| self.preceding(at, 16)).flatten())
            }
        }
    }

    fn counts_persons(&self, group: usize) -> bool {
        let span = &self.groups[group].span;
        span.clone().any(|i| is_person(self.word(i)))
    }

    /// The group right after `at`, past adverbs.
    fn following(&self, at: usize) -> Option<usize> {
        let mut from = at + 1;
        // "killing its crew of four"
        if matches!(self.word(from), "a" | "its" | "the" | "their" | "his" | "her")
            && BODIES.contains(&self.word(from + 1))
            && self.word(from + 2) == "of"
        {
            from += 3;
        }
        // "killing himself and six others"
        if matches!(self.word(from), "himself" | "herself" | "themselves") && self.word(from + 1) == "and" {
            from += 2;
        }
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
                other => self::harm(other).is_some_and(|h| h.form != Form::Lost),
            };
            if between.len() > gap + asides || (0..between.len()).any(breaks) {
                return None;
            }
            if !group.is_part {
                // "25 Velmorans and 8 Ostrovian sailors were killed": the first are meant first.
                let first = index.checked_sub(1).filter(|i| {
                    let other = &self.groups[*i];
                    other.is_number
                        && !other.is_part
                        && other.span.end + 1 == group.span.start
                        && self.word(other.span.end) == "and"
                        && groups::two_sides(self.tokens, other.span.clone(), group.span.clone())
                });
                return Some(first.unwrap_or(index));
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

    /// "killing six in one raid, nine in an attack on a bus and two in the shelling of a mill": the verb counts all.
    fn listed(&self, tolls: &mut Tolls, taken: &mut [bool]) {
        for (index, group) in self.groups.iter().enumerate().skip(1) {
            let led = matches!(self.before(group.span.start), "," | "and");
            let item =
                led && group.is_number && matches!(self.word(group.span.end), "in" | "at" | "near" | "when");
            let Some(from) = (0..index).rev().find(|i| !self.groups[*i].is_part).filter(|i| taken[*i]) else {
                continue;
            };
            let between = self.groups[from].span.end..group.span.start;
            let harmed = between.clone().any(|i| harm(self.word(i)).is_some());
            let of_dead = tolls.killed.iter().any(|hit| {
                hit.range.start >= self.tokens[self.groups[from].span.start].range.start
                    && hit.range.end <= self.tokens[self.groups[from].span.end - 1].range.end
            });
            if item && !taken[index] && !group.is_part && !harmed && of_dead && between.len() < 16 {
                taken[index] = true;
                tolls.killed.extend(self.hit(index));
            }
        }
    }

    /// "with the dead now six": the count follows.
    fn now(&self, at: usize) -> Option<usize> {
        // "Arn: dead pass 150"
        let passes =
            matches!(self.word(at + 1), "pass" | "passes" | "passed" | "top" | "tops" | "reach" | "reaches");
        if passes && self.word(at) == "dead" {
            return self.following(at + 1);
        }
        // "put the dead of the raid at 14", "the dead of Arn are now 19"
        let the = self.before(at) == "the";
        let puts = at >= 2 && matches!(self.word(at - 2), "put" | "puts" | "placed" | "places" | "numbered");
        let later = (at + 1..at + 10).find(|i| {
            self.word(*i) == "at" && puts
                || self.word(*i) == "now" && *i > at + 1 && matches!(self.before(*i), "are" | "is" | "number")
        });
        if let Some(from) = later.filter(|_| the && self.word(at) == "dead")
            && let Some(group) = self.following(from)
        {
            return Some(group);
        }
        let said = the && matches!(self.word(at + 1), "now" | "at" | "stood" | "stands");
        let from = if self.word(at + 2) == "at" { at + 2 } else { at + 1 };
        said.then(|| self.following(from)).flatten()
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
        // "put at 12 on Monday, now stands at 15"
        let now = (at + 1..until)
            .take_while(|i| !matches!(self.word(*i), ";" | "."))
            .filter(|i| matches!(self.word(*i), "now" | "stands"))
            .find_map(|i| {
                (i..i + 4)
                    .filter(|j| matches!(self.word(*j), "now" | "at" | "is"))
                    .find_map(|j| self.following(j))
            });
        let after = (at + 1..until)
            .take_while(|i| !matches!(self.word(*i), ";" | "."))
            .filter(|i| TOLL_LINKS.contains(&self.word(*i)))
            .find_map(|i| self.following(i));
        raised.or(now).or(after)
    }

    /// Whether those hurt, told by the word at `at`, are said to have died since.
    fn died_since(&self, at: usize) -> bool {
        !self.is_passive(at)
            && (at + 1..(at + 24).min(self.tokens.len()))
                .take_while(|i| {
                    let word = self.word(*i);
                    !(matches!(word, ";" | "and" | "but" | "while")
                        || word == "," && self.turns_to_others(i + 1))
                })
                .take_while(|i| !self.groups.iter().any(|g| g.span.contains(i) && g.value.is_some()))
                .any(|i| matches!(self.word(i), "died" | "dies" | "die" | "succumbed"))
    }

    /// Whether a clause begins here that is about others: "two wounded, who died" still is about those.
    fn turns_to_others(&self, at: usize) -> bool {
        matches!(self.word(at), "including" | "among" | "one" | "as" | "when" | "where" | "after")
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

    fn hit(&self, group: usize) -> Option<TollHit> {
        let group = &self.groups[group];
        // "claims 30 lives a week": how fast, not how many.
        let rate = |at: usize| {
            matches!(self.word(at), "a" | "per" | "each" | "every")
                && matches!(self.word(at + 1), "day" | "week" | "month" | "night" | "hour")
                && !matches!(self.word(at + 2), "after" | "before" | "later" | "earlier" | "ago" | "since")
        };
        let next = group.span.end..group.span.end + 3;
        if next.into_iter().take_while(|i| self.tokens.get(*i).is_some_and(Token::is_word)).any(rate) {
            return None;
        }
        let value = group.value?;
        let range = self.tokens[group.shown.start].range.start..self.tokens[group.shown.end - 1].range.end;
        let toll = Toll { value, at_least: group.at_least, literal: self.text[range.clone()].to_owned() };
        Some(TollHit { range, toll, cumulative: self.cumulative })
    }
}

#[cfg(test)]
mod tests;

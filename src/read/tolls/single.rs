//! The one person that a verb tells of, and those told beside: "killed the mayor and two of his bodyguards".

use std::ops::Range;

use super::super::text::{self, Token};
use super::counted::{GROUPS, OFFICES, is_person, is_plural};
use super::harm::{FILLERS, Form, Harm};
use super::ordinal::ordinal;
use super::{Scan, TollHit};
use crate::model::Toll;

/// "The second mate", "the third engineer": a rank, and no count.
fn second_in_rank(subject: &[Token]) -> bool {
    const RANKS: [&str; 7] = ["mate", "officer", "engineer", "secretary", "lieutenant", "pilot", "deputy"];
    subject.iter().take(2).any(|t| t.is_any(&["the", "its"]))
        && subject.windows(2).take(3).any(|w| ordinal(&w[0].lower).is_some() && w[1].is_any(&RANKS))
}

impl Scan<'_> {
    /// "killed the mayor", "killing his driver": where the object of the verb at `at` ends, if it has one that no
    /// number counts.
    pub(super) fn object(&self, at: usize) -> Option<usize> {
        const LEADS: [&str; 9] = ["the", "a", "an", "his", "her", "its", "their", "one", "another"];
        // "killed Colonel Brin"
        let rank = OFFICES.contains(&self.word(at + 1)) && self.tokens[at + 1].capitalised;
        if rank && self.tokens.get(at + 2).is_some_and(|t| t.capitalised && t.is_word()) {
            return Some(at + 1);
        }
        let led = LEADS.contains(&self.word(at + 1));
        let noun = at + 2..at + 7;
        led.then(|| noun.into_iter().find(|i| is_person(self.word(*i)) || OFFICES.contains(&self.word(*i))))
            .flatten()
            .or_else(|| led.then_some(at + 2))
    }

    /// "killing the commander of the garrison": one, if the object is one person.
    pub(super) fn one_object(&self, at: usize, harm: Harm) -> Option<TollHit> {
        let shot = harm.form == Form::After
            && matches!(self.before(at), "shot" | "stabbed" | "shoot" | "shoots")
            && !matches!(at.checked_sub(2).map_or("", |i| self.word(i)), "was" | "were" | "been");
        let active = shot
            || harm.form == Form::Active && !self.is_hypothetical(at)
            || harm.form == Form::Either && !self.is_passive(at);
        let mut end = self.object(at).filter(|_| active)?;
        // "the deputy governor"
        while end > at + 1 && OFFICES.contains(&self.word(end + 1)) {
            end += 1;
        }
        let between = &self.tokens[at + 1..=end.min(self.tokens.len() - 1)];
        let rank = end == at + 1;
        let noun = self.word(end);
        let one = (is_person(noun) || OFFICES.contains(&noun))
            && !is_plural(noun)
            && !GROUPS.contains(&noun)
            && between.iter().all(|t| t.is_word())
            && !between.iter().any(|t| t.is_any(&["of", "by", "in", "and", "at", "with"]))
            // "the village headman's house", "a police station"
            && !matches!(self.word(end + 1), "'s" | ",")
            && (rank
                || !self.tokens.get(end + 1).is_some_and(|t| {
                    t.is_word() && !text::is_stop_word(&t.lower) && !t.lower.ends_with("ly")
                }));
        let mut hit = one.then(|| self.single(at + 1..end + 1))?;
        // "and two of his bodyguards"
        let with = self.groups.iter().find(|g| g.span.start > end && g.span.start < end + 7 && g.is_number);
        let his = with.filter(|g| {
            self.before(g.span.start) == "and"
                && self.word(g.span.end) == "of"
                && matches!(self.word(g.span.end + 1), "his" | "her" | "its" | "their")
        });
        // "the mayor of Arn and his driver"
        let his = his.or_else(|| {
            self.groups.iter().find(|g| {
                g.span.start > end + 2
                    && g.span.start < end + 8
                    && !g.is_number
                    && self.word(end + 1) == "of"
                    && self.before(g.span.start) == "and"
                    && matches!(self.word(g.span.start), "his" | "her")
            })
        });
        match his.and_then(|g| g.value) {
            Some(more) => hit.toll.value = hit.toll.value.saturating_add(more),
            None if self.word(end + 1) == "and" => return None,
            None => {}
        }
        Some(hit)
    }

    /// "Brin, who was shot at his gate on Sunday, died on Wednesday": one, hit and dead since.
    pub(super) fn shot_and_died(&self) -> Option<TollHit> {
        let at = (1..self.tokens.len()).find(|at| {
            matches!(self.word(*at), "shot" | "stabbed" | "hit" | "wounded" | "injured" | "hurt")
                && (matches!(self.before(*at), "was" | "is")
                    || self.before(*at).ends_with("ly") && *at > 1 && self.word(at - 2) == "was")
        })?;
        let until = (at + 40).min(self.tokens.len());
        let counted = |i: usize| self.groups.iter().any(|g| g.is_number && g.span.contains(&i));
        let died = (at + 1..until)
            .take_while(|i| !matches!(self.word(*i), ";" | "but" | "while") && !counted(*i))
            .find(|i| matches!(self.word(*i), "died" | "dies" | "succumbed"))?;
        let led = matches!(self.before(died), "," | "and" | "has" | "later" | "since" | "then")
            && self.word(died + 1) != "in";
        led.then(|| self.single(at..died + 1))
    }

    fn single(&self, span: Range<usize>) -> TollHit {
        let range = self.tokens[span.start].range.start..self.tokens[span.end - 1].range.end;
        let toll = Toll { value: 1, at_least: false, literal: self.text[range.clone()].to_owned() };
        TollHit { range, toll, cumulative: self.cumulative }
    }

    /// "died together with four of his staff": one more than those beside.
    pub(super) fn beside(&self, at: usize, harm: Harm) -> Option<TollHit> {
        let dies =
            harm.kills && (matches!(self.word(at), "died" | "dies" | "perished") || self.is_passive(at));
        let with = (at + 1..at + 8).find(|i| {
            self.word(*i) == "with" && matches!(self.before(*i), "together" | "along")
                || self.word(*i) == "alongside"
        });
        let group = self.groups.iter().find(|g| with.is_some_and(|with| g.span.start == with + 1))?;
        let value = group.value.filter(|_| dies)?.saturating_add(1);
        let range = self.tokens[group.shown.start].range.start..self.tokens[group.shown.end - 1].range.end;
        let toll = Toll { value, at_least: group.at_least, literal: self.text[range.clone()].to_owned() };
        Some(TollHit { range, toll, cumulative: self.cumulative })
    }

    /// "The mayor was badly wounded": a singular verb counts one, if its subject is one person.
    pub(super) fn one(&self, at: usize, harm: Harm) -> Option<TollHit> {
        let mut first = at;
        while first > 0 && (self.before(first).ends_with("ly") || FILLERS.contains(&self.before(first))) {
            first -= 1;
        }
        // "was shot dead"
        let shot = harm.form == Form::After && matches!(self.before(first), "shot" | "stabbed");
        first -= usize::from(shot);
        if harm.form != Form::Either && !shot || !matches!(self.before(first), "was" | "is") {
            return None;
        }
        let start = (0..first - 1).rev().find(|i| {
            matches!(self.word(*i), ";" | "and" | "but" | "when" | "after" | "while" | "that" | "said")
        });
        let start = start.map_or(0, |i| i + 1);
        let subject = &self.tokens[start..first - 1];
        let noun = subject.iter().take_while(|t| !t.is_any(&["of", "who", "in", "at"]));
        let mut noun = noun.take_while(|t| ordinal(&t.lower).is_none() || second_in_rank(subject));
        let one = |t: &Token| {
            is_person(&t.lower) && !is_plural(&t.lower) && !GROUPS.contains(&t.lower.as_str())
                || OFFICES.contains(&t.lower.as_str())
                || second_in_rank(subject)
        };
        let other =
            subject.iter().any(|t| t.is_any(&["who", "which", "nobody", "one", "no", "each", "every", "by"]));
        if other || !noun.any(one) {
            return None;
        }
        Some(self.single(first - 1..at + 1))
    }
}

//! What tells of dead and hurt by what stands beside it: "fell", "fatally shot", "on the wards", "a fourth person has
//! died".

use super::counted::{is_person, is_plural};
use super::harm::{FELL_ON, Form, Harm, ILLNESSES, KILLS_WITH, harm};
use super::ordinal::ordinal;
use super::{Scan, TollHit};
use crate::model::Toll;

impl Scan<'_> {
    /// Words that kill by what stands beside them: "fatally shot", "fell", "cut down", "lost their lives".
    pub(super) fn deadly(&self, at: usize, lower: &str) -> Option<Harm> {
        let next = self.word(at + 1);
        let kills = |form| Some(Harm { kills: true, form });
        let fatal = matches!(self.before(at), "fatally" | "mortally");
        if fatal && matches!(lower, "shot" | "stabbed" | "wounded" | "injured" | "hit" | "hurt") {
            return kills(Form::Either);
        }
        if KILLS_WITH.contains(&(lower, next)) {
            return kills(Form::Persons);
        }
        // "Two marines were hit."
        if lower == "hit"
            && self.is_passive(at)
            && matches!(next, "" | "." | "," | "and" | "by" | "in" | "when" | "as")
        {
            return Some(Harm { kills: false, form: Form::Fell });
        }
        if lower == "fell" && !FELL_ON.contains(&next) {
            return kills(Form::Fell);
        }
        // "three have now lost their lives"
        let lives = matches!(next, "their" | "his" | "her") && matches!(self.word(at + 2), "life" | "lives");
        if lower == "lost" && lives {
            return kills(Form::After);
        }
        if lower == "bodies" {
            return kills(Form::Noun);
        }
        None
    }

    /// "shot 12 people, eight of them fatally": those eight are dead, the others are not.
    pub(super) fn fatal_part(&self) -> Option<usize> {
        let at = (0..self.tokens.len()).find(|at| {
            matches!(self.word(*at), "fatally" | "mortally")
                && !self
                    .tokens
                    .get(at + 1)
                    .is_some_and(|t| harm(&t.lower).is_some() || t.is_any(&["shot", "stabbed", "hit"]))
        })?;
        let (index, group) = self.groups.iter().enumerate().rfind(|(_, g)| g.span.end <= at)?;
        let between = &self.tokens[group.span.end..at];
        (between.len() <= 2 && between.iter().all(|t| t.is_any(&["of", "them", "whom"]))).then_some(index)
    }

    /// "12 are being treated", "12 people are in hospital": the hurt, unless it is for an illness.
    pub(super) fn in_care(&self, at: usize, lower: &str) -> Option<Harm> {
        let told = match lower {
            "treated" | "hospitalised" | "hospitalized" => self.is_passive(at),
            // "six needed treatment", "six suffered burns"
            "treatment" => {
                matches!(
                    self.before(at),
                    "needed" | "need" | "received" | "receiving" | "required" | "requiring" | "undergoing"
                )
            }
            "wounds" | "injuries" | "burns" => (at.saturating_sub(2)..at)
                .any(|i| matches!(self.word(i), "suffered" | "suffers" | "suffer" | "sustained" | "sustain")),
            "ward" | "wards" => (at.saturating_sub(5)..at)
                .any(|i| matches!(self.word(i), "are" | "were" | "remain" | "remained" | "still" | "on")),
            "hospital" => {
                let brought = self.before(at) == "to"
                    && at.checked_sub(2).is_some_and(|i| {
                        matches!(self.word(i), "taken" | "rushed" | "brought" | "admitted" | "evacuated")
                    });
                brought
                    || self.before(at) == "in"
                        && at.checked_sub(2).is_some_and(|i| {
                            matches!(self.word(i), "are" | "were" | "remain" | "remained" | "still")
                        })
            }
            _ => false,
        };
        let ill = self.tokens.iter().any(|t| t.is_any(&ILLNESSES));
        (told && !ill).then_some(Harm { kills: false, form: Form::Care })
    }

    /// "are still being treated", "remain in hospital".
    pub(super) fn lasts(&self, at: usize) -> bool {
        let still = |i: usize| matches!(self.word(i), "still" | "remain" | "remains" | "remained");
        (at.saturating_sub(5)..at).any(still)
    }

    /// "A fourth person has died": the ordinal is the running total.
    pub(super) fn ordinal_death(&self) -> Option<TollHit> {
        (0..self.tokens.len()).find_map(|at| {
            let led = at == 0 || matches!(self.before(at), "a" | "an" | "the" | "its" | "their");
            let value = ordinal(self.word(at)).filter(|_| led)?;
            // "he is the thirteenth dead"
            let nth = matches!(self.word(at + 1), "dead" | "death" | "fatality")
                && at >= 2
                && matches!(self.word(at - 2), "is" | "was" | "became" | "becomes" | "becoming" | "as");
            if nth {
                let range = self.tokens[at].range.start..self.tokens[at + 1].range.end;
                let toll = Toll { value, at_least: false, literal: self.text[range.clone()].to_owned() };
                return Some(TollHit { range, toll, cumulative: self.cumulative });
            }
            let noun = (at + 1..at + 4).find(|i| is_person(self.word(*i)) && !is_plural(self.word(*i)))?;
            let range = self.tokens[at.saturating_sub(1)].range.start..self.tokens[noun].range.end;
            let toll = Toll { value, at_least: false, literal: self.text[range.clone()].to_owned() };
            let hit = TollHit { range, toll, cumulative: self.cumulative };
            // "died on Sunday, becoming its third victim"
            let becomes =
                |i: usize| matches!(self.word(i), "becoming" | "became" | "becomes" | "claimed" | "claims");
            if self.word(noun) == "victim" && (at.saturating_sub(3)..at).any(becomes) {
                return Some(hit);
            }
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
            told.then_some(hit)
        })
    }
}

//! Parties of several words: "the head of the Harbour Union", "her counterpart, Ana Quispe".

use super::WORDS;
use super::cast::Cast;
use super::party::{GOVERN, Party, Sort};
use crate::model::ActorRole;

impl Cast<'_, '_> {
    /// "the head of the Harbour Union" is one party, and so is "officials from Kenya".
    pub(super) fn join_heads(&mut self) {
        let tokens = &self.sentence.tokens;
        let mut i = 0;
        while i + 1 < self.parties.len() {
            let (a, b) = (&self.parties[i], &self.parties[i + 1]);
            let between = tokens.get(a.last..b.first).unwrap_or_default();
            // "his counterpart at Lake Mining"
            let of = between.first().is_some_and(|t| {
                t.is(&["of", "from", "for"])
                    || t.low == "at"
                        && !a.plural
                        && tokens[a.last - 1].is(&["counterpart", "executive", "director", "chairman"])
            }) && between.len() <= 5
                && between.iter().skip(1).all(|t| !t.punct || t.low == "'s");
            let possessed = b.sort == Sort::Role
                && between.len() <= 5
                && between.first().is_some_and(|t| t.low == "'s")
                && between.iter().skip(1).all(|t| !t.punct && !GOVERN.contains(&t.low.as_str()))
                && a.actors.iter().all(|x| x.role != ActorRole::Person);
            if a.sort == Sort::Role && of && b.sort != Sort::Before {
                let mut joined = Party { first: a.first, last: b.last, plural: a.plural, ..b.clone() };
                if let Some(actor) = joined.actors.first_mut() {
                    self.sentence.slice(a.first, b.last).clone_into(&mut actor.literal);
                }
                if b.sort == Sort::Named && b.actors.first().is_some_and(|x| x.role == ActorRole::Person) {
                    i += 1;
                    continue;
                }
                // "negotiators for Kenya and for the Lake Front"
                let word = between.first().map(|t| t.low.clone()).unwrap_or_default();
                let role = self.parties.get(i + 2).is_some_and(|c| {
                    c.sort == Sort::Role && self.parties.get(i + 3).is_some_and(|d| d.first == c.last)
                });
                let next = i + 2 + usize::from(role);
                let more = self.parties.get(next).filter(|c| {
                    let gap = tokens.get(b.last..c.first).unwrap_or_default();
                    let again = gap.len() <= 5 && gap.first().is_some_and(|t| t.low == "and");
                    again && gap.get(1).is_some_and(|t| t.low == word) && c.sort == Sort::Named
                });
                let taken = if more.is_some() { next + 1 - i } else { 2 };
                if let Some(more) = more {
                    joined.actors.extend(more.actors.iter().cloned());
                    joined.last = more.last;
                    joined.plural = true;
                }
                self.parties.splice(i..i + taken, [joined]);
            } else if possessed {
                let mut joined = Party { first: a.first, last: b.last, plural: b.plural, ..a.clone() };
                if let Some(actor) = joined.actors.first_mut() {
                    self.sentence.slice(a.first, b.last).clone_into(&mut actor.literal);
                }
                self.parties.splice(i..i + 2, [joined]);
            } else if between.is_empty()
                && b.sort == Sort::Role
                && a.sort == Sort::Named
                && !tokens[b.first].joined
                && a.actors.iter().all(|x| x.role != ActorRole::Person)
            {
                // "Kenya negotiators"; "Kenya rebels" do not act for it.
                let against = WORDS.section("nouns against").at(tokens, b.first).is_some()
                    && a.actors.iter().all(|x| x.role == ActorRole::Country);
                if against {
                    let mut joined = Party { first: a.first, ..b.clone() };
                    if let (Some(actor), Some(home)) = (joined.actors.first_mut(), a.actors.first()) {
                        self.sentence.slice(a.first, b.last).clone_into(&mut actor.literal);
                        actor.country.clone_from(&home.country);
                    }
                    self.parties.splice(i..i + 2, [joined]);
                    continue;
                }
                // "the Lake Union chief Ana Quispe" is one person.
                let holder = self.parties.get(i + 2).filter(|c| {
                    !b.plural
                        && c.first == b.last
                        && c.sort == Sort::Named
                        && c.actors.iter().all(|x| x.role == ActorRole::Person)
                });
                if let Some(holder) = holder {
                    let joined = Party { first: a.first, ..holder.clone() };
                    self.parties.splice(i..i + 3, [joined]);
                    continue;
                }
                let joined = Party { first: a.first, last: b.last, plural: b.plural, ..a.clone() };
                self.parties.splice(i..i + 2, [joined]);
            } else if between.is_empty()
                && a.sort == Sort::Role
                && b.sort == Sort::Named
                && !a.plural
                && b.actors.iter().all(|x| x.role == ActorRole::Person)
            {
                // "union chief Weir"
                let mut joined = Party { first: a.first, last: b.last, ..b.clone() };
                if let Some(actor) = joined.actors.first_mut() {
                    self.sentence.slice(a.first, b.last).clone_into(&mut actor.literal);
                }
                self.parties.splice(i..i + 2, [joined]);
            } else {
                i += 1;
            }
        }
    }

    /// "her counterpart, Ana Quispe", "Tom Ferro, the foreign minister,": an office and its holder are one.
    pub(super) fn join_appositions(&mut self) {
        let tokens = &self.sentence.tokens;
        let person = |p: &Party| {
            p.sort == Sort::Named && p.actors.first().is_some_and(|a| a.role == ActorRole::Person)
        };
        let mut i = 0;
        while i + 1 < self.parties.len() {
            let (a, b) = (&self.parties[i], &self.parties[i + 1]);
            let comma = tokens.get(a.last).is_some_and(|t| t.low == ",");
            let near = tokens.get(a.last + 1..b.first).is_some_and(|ts| {
                ts.len() <= 2 && ts.iter().all(|t| !t.punct && !t.is(&["and", "with", "by"]))
            });
            let closed =
                tokens.get(b.last).is_none_or(|t| t.punct && t.low != "'s" || t.is(&["who", "whose"]));
            let office = |p: &Party| {
                p.sort == Sort::Role
                    || p.actors
                        .first()
                        .is_some_and(|a| a.role != ActorRole::Person && a.literal.contains(' '))
            };
            // "In a call with his counterpart, Okada said": the name after the comma is another.
            let fronted = a.sort == Sort::Role
                && tokens[0].is(&["in", "during", "at", "after", "on", "following"])
                && !tokens[..a.last].iter().any(|t| t.low == ",")
                && tokens.get(b.last).is_some_and(|t| !t.punct && !t.is(&["and", "of"]));
            let after = !person(a) && office(a) && !a.plural && person(b) && !fronted;
            let ahead = person(a) && !person(b) && office(b) && !b.plural && closed;
            if comma && near && (after || ahead) {
                let (who, what) = if after { (b, a) } else { (a, b) };
                let mut joined = Party { first: a.first, last: b.last, ..who.clone() };
                if let (Some(actor), Some(side)) = (joined.actors.first_mut(), what.actors.first())
                    && actor.country.is_none()
                {
                    actor.country.clone_from(&side.country);
                }
                self.parties.splice(i..i + 2, [joined]);
            }
            i += 1;
        }
    }
}

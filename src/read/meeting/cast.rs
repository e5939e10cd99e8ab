//! The parties of one sentence: which are listed together, which is the subject of a verb, which a preposition governs.
//!
//! A sentence and the thread of its article come in; its parties go out in order, those of several words joined.

use super::WORDS;
use super::party::{self, DETERMINERS, GOVERN, Party, Sort, before, modifies, verbal};
use super::thread::Thread;
use crate::model::Actor;
use crate::read::document::Sentence;

/// The parties of one sentence, in order.
pub struct Cast<'s, 'a> {
    /// The sentence.
    pub sentence: &'s Sentence<'a>,
    /// Its parties.
    pub parties: Vec<Party>,
    /// Those who met in what was told before.
    pub pair: Vec<Actor>,
    /// Those of them who are told to have met.
    pub met: Vec<Actor>,
    /// The houses that the article has named in full.
    pub houses: Vec<Actor>,
    /// Whom "his" and "her" mean, by the token.
    owners: Vec<Party>,
}

/// Words between two parties of one list.
const LINKS: &[&str] =
    &[",", "and", "plus", "&", "the", "a", "an", "his", "her", "their", "both", "as", "well"];

impl<'s, 'a> Cast<'s, 'a> {
    /// Finds the parties of a sentence.
    pub fn of(sentence: &'s Sentence<'a>, thread: &Thread) -> Cast<'s, 'a> {
        let tokens = &sentence.tokens;
        let mut parties: Vec<Party> = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match party::find(sentence, at, thread) {
                Some(party) => {
                    at = party.last.max(at + 1);
                    parties.push(party);
                }
                None => at += 1,
            }
        }
        let owners = (0..tokens.len())
            .filter(|&i| tokens[i].is(&["his", "her", "him"]) && !tokens[i].quoted)
            .filter_map(|i| {
                let who = before::he(sentence, i, thread)?;
                Some(Party { first: i, last: i + 1, actors: vec![who], sort: Sort::Before, plural: false })
            });
        let owners = owners.collect();
        let (pair, met, houses) = (thread.pair.clone(), thread.met.clone(), thread.houses.clone());
        let mut cast = Cast { sentence, parties, pair, met, houses, owners };
        cast.join_heads();
        cast.join_appositions();
        cast
    }

    /// The parties listed from a token on, going right, and where the list ends; modifiers may come first.
    pub fn right(&self, from: usize) -> (Vec<&Party>, usize) {
        let tokens = &self.sentence.tokens;
        let mut list: Vec<&Party> = Vec::new();
        let mut at = from;
        for party in self.parties.iter().filter(|p| p.last > from) {
            if party.first < at {
                break;
            }
            let gap = &tokens[at..party.first];
            let fits = if list.is_empty() {
                gap.len() <= 6 && gap.iter().all(|t| modifies(t))
            } else {
                let linked = gap.iter().any(|t| t.is(&["and", ",", "plus", "&"])) || gap.is_empty();
                linked && gap.len() <= 6 && gap.iter().all(|t| t.low == "," || t.is(LINKS) || modifies(t))
            };
            if !fits {
                break;
            }
            list.push(party);
            at = party.last;
            // A possessor is none of the list: "met Okada's envoy".
            if tokens.get(at).is_some_and(|t| t.low == "'s") {
                at += 1;
            }
        }
        (list, at)
    }

    /// The parties that are the subject of what stands at `before`; nothing left of `floor` is looked at.
    pub fn subject(&self, before: usize, floor: usize) -> Vec<&Party> {
        if let Some(whom) = self.antecedent(before) {
            return whom;
        }
        // "A, who met B on Sunday, told": the verb after the aside is A's.
        let tokens = &self.sentence.tokens;
        let close = before.checked_sub(1).filter(|&i| tokens[i].low == ",");
        let who =
            close.and_then(|c| (floor.max(c.saturating_sub(40))..c).rev().find(|&i| tokens[i].low == "who"));
        if let Some(whom) =
            who.filter(|&i| i > 0 && tokens[i - 1].low == ",").and_then(|i| self.antecedent(i + 1))
        {
            return whom;
        }
        // A name in brackets is short for the one before it.
        let short = |p: &Party| p.first > 0 && tokens[p.first - 1].low == "(";
        let fits = |p: &&Party| {
            p.last <= before && p.first >= floor && !short(p) && !self.governed(p) && !self.owns(p)
        };
        let Some(last) = self.parties.iter().rposition(|p| fits(&p)) else { return Vec::new() };
        // "A met B and will see C": B is the first verb's object.
        let joined = before > 0 && tokens[before - 1].is(&["and", "then", "but"]);
        let verb = (floor..self.parties[last].first)
            .rev()
            .take(9)
            .take_while(|&i| self.parties[last].first - i <= 4 || self.at(i).is_none())
            .find(|&i| ["verbs meet", "verbs host"].iter().any(|s| WORDS.section(s).at(tokens, i).is_some()));
        if let Some(verb) = verb.filter(|_| joined) {
            return self.subject(verb, floor);
        }
        let mut first = last;
        while first > 0 {
            let (a, b) = (&self.parties[first - 1], &self.parties[first]);
            let gap = self.sentence.tokens.get(a.last..b.first).unwrap_or_default();
            let linked = gap.iter().any(|t| t.is(&["and", "plus", "&", ","])) || gap.is_empty();
            let listed =
                linked && gap.len() <= 6 && gap.iter().all(|t| t.low == "," || t.is(LINKS) || modifies(t));
            if !listed || a.first < floor {
                break;
            }
            first -= 1;
        }
        // "In Lima, A and B": the place is none of the list.
        let sited = |p: &Party| tokens[..p.first].last().is_some_and(|t| t.is(&["in", "at", "near", "from"]));
        if first < last
            && sited(&self.parties[first])
            && tokens.get(self.parties[first].last).is_some_and(|t| t.low == ",")
        {
            first += 1;
        }
        // "with A, B and C": the first of the list tells what governs it.
        if self.governed(&self.parties[first]) {
            return Vec::new();
        }
        self.parties[first..=last].iter().filter(|p| !self.owns(p)).collect()
    }

    /// "with A and B, who will meet": those right before a relative clause whose verb stands at `before`.
    fn antecedent(&self, before: usize) -> Option<Vec<&Party>> {
        let tokens = &self.sentence.tokens;
        let who = before.checked_sub(1).filter(|&i| tokens[i].low == "who")?;
        let comma = usize::from(who > 0 && tokens[who - 1].low == ",");
        let last = self.parties.iter().rposition(|p| p.last + comma == who)?;
        let mut first = last;
        while first > 0 && !self.parties[last].plural {
            let (a, b) = (&self.parties[first - 1], &self.parties[first]);
            let gap = tokens.get(a.last..b.first).unwrap_or_default();
            if !gap.iter().any(|t| t.is(&["and", "&"])) || !gap.iter().all(|t| t.is(LINKS)) || comma == 0 {
                break;
            }
            first -= 1;
        }
        Some(self.parties[first..=last].iter().collect())
    }

    /// Whom a possessive pronoun at a token means.
    pub fn his(&self, token: usize) -> Option<&Party> {
        self.owners.iter().find(|p| p.first == token)
    }

    /// The party that a token belongs to.
    pub fn at(&self, token: usize) -> Option<&Party> {
        self.parties.iter().find(|p| p.first <= token && token < p.last)
    }

    /// Whether a preposition stands before a party.
    fn governed(&self, party: &Party) -> bool {
        let tokens = &self.sentence.tokens;
        if tokens[party.first].is(&["he", "she", "they"]) {
            return false;
        }
        let told = tokens[..party.first].iter().rev().find(|t| !t.is(DETERMINERS));
        if told.is_some_and(|t| t.is(&["told", "tells", "informed", "asked", "urged"])) {
            return true;
        }
        let before = tokens[..party.first]
            .iter()
            .rev()
            .take(5)
            .find(|t| !t.is(DETERMINERS) && (t.cap || !modifies(t) || verbal(t)));
        // "the delegation, led by Okada, will meet": its head meets for it.
        let head = tokens[..party.first].iter().rev().take(6).skip_while(|t| t.low != "by").nth(1);
        let heads = head.is_some_and(|t| t.is(&["led", "headed", "chaired"]));
        // "On the margins A and B held talks"
        let opens = party.first > 1
            && WORDS.section("nouns measure").has(tokens[party.first - 1].low.trim_end_matches('s'))
            && tokens[..party.first].iter().take(1).any(|t| t.is(&["on", "at", "in"]))
            && party.first < 5;
        !opens && before.is_some_and(|t| t.is(GOVERN)) && !(heads && before.is_some_and(|t| t.low == "by"))
    }

    /// Whether a party is the owner of what follows.
    fn owns(&self, party: &Party) -> bool {
        self.sentence.tokens.get(party.last).is_some_and(|t| t.low == "'s")
    }
}

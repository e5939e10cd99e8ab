//! What the sentences of an article tell of one attack, put together.

use std::ops::Range;

use super::parties::Sides;
use super::{WORDS, follow};
use crate::model::{Mention, PlaceLevel};
use crate::read::document::{Document, Sentence};
use crate::read::frame;

/// An attack as told so far.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub mention: Mention,
    /// The sentence that told it last, counted from the start.
    pub at: usize,
    /// How much its evidence tells.
    pub fullness: (bool, usize, bool),
    /// Its place is only near ("outside the town").
    pub about: bool,
    /// Who attacked whom.
    pub sides: Sides,
    /// It is only referred to ("anger over the shelling"): what tells it says whether it is news.
    pub oblique: bool,
    /// It only speaks again of what was told: "the attack", without a place of its own.
    pub again: bool,
    /// It tells those harmed and not by what.
    pub harm: bool,
    /// It is only named in a sentence on something else: it adds to what is told, and tells nothing new.
    pub alluded: bool,
    /// The words set it apart from the one told before.
    pub apart: bool,
    /// It is a campaign with its cumulative toll.
    pub campaign: bool,
    /// The kinds of arms that the words name.
    pub arms: Arms,
    /// A noun that nothing points back with ("air strikes on the port"): told for the first time.
    pub indefinite: bool,
}

/// Kinds of arms, a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Arms(u8);

impl Arms {
    const KINDS: [&str; 5] = ["air arms", "rocket arms", "gun arms", "ground arms", "planted arms"];

    /// Those that a stretch of a sentence names.
    pub fn of(sentence: &Sentence<'_>, range: &Range<usize>) -> Arms {
        let named = |kind: &str| WORDS.section(kind).any(&sentence.tokens, range.clone());
        let bits = Self::KINDS.iter().enumerate().filter(|(_, kind)| named(kind));
        Arms(bits.fold(0, |all, (at, _)| all | 1 << at))
    }

    /// Both name arms, and none in common.
    fn other_than(self, other: Arms) -> bool {
        self.0 != 0 && other.0 != 0 && self.0 & other.0 == 0
    }
}

/// Adds what a sentence tells: to the attack that it tells of, or as one more.
pub(super) fn add(told: &mut Vec<Told>, doc: &Document<'_>, mut new: Told) {
    if new.harm && told.last().is_some_and(|last| divides(last, &new)) {
        return;
    }
    let last = told.len().saturating_sub(1);
    // Dead told without a day are of the day's attacks, or of the one told just before, not of one of days ago.
    let undated = new.mention.killed.is_some() && !dated(&new.mention);
    let old = |m: &Mention| m.when.as_ref().is_some_and(|w| (doc.day() - w.to).num_days() > 1);
    let fits = |i: usize, known: &Told| i == last || !(undated && old(&known.mention));
    // Dead without a place are of the town that the sentence before has moved on to.
    let unplaced = new.mention.killed.is_some() && new.mention.place.is_none() && !new.campaign;
    let before = new.at.checked_sub(1).filter(|_| unplaced && !new.mention.background);
    let moved = |known: &Told| {
        before
            .filter(|before| *before > known.at)
            .and_then(|before| follow::scene_of(&doc.sentences[before], known))
    };
    let known = told
        .iter()
        .enumerate()
        .filter(|(i, known)| fits(*i, known) && moved(known).is_none())
        .filter_map(|(i, known)| Some((closeness(known, &new)?, i)))
        .max();
    let again = new.again.then(|| told.len().checked_sub(1)).flatten();
    match known.map(|(_, i)| i).or(again) {
        Some(i) => join(&mut told[i], new),
        None if new.alluded => {}
        None => {
            new.mention.place = new.mention.place.take().or_else(|| told.last().and_then(moved));
            told.push(new);
        }
    }
}

/// "Four died in A, two in B": what a sentence on the dead adds to an attack told just before is its toll by places.
fn divides(last: &Told, new: &Told) -> bool {
    let (whole, part) = (&last.mention.killed, &new.mention.killed);
    !dated(&new.mention) && !last.campaign && matches!((whole, part), (Some(w), Some(p)) if p.value < w.value)
}

/// Whether the words set an attack apart from the one told before: "troops also shelled", "in a separate raid".
pub(super) fn apart(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    at > 0 && tokens[at - 1].low == "also"
        || tokens[..at]
            .iter()
            .rev()
            .take(12)
            .any(|t| t.is(&["separate", "separately", "elsewhere", "another", "meanwhile"]))
}

/// How well two tellings fit as one attack: by the same place, toll and day; `None` if they are two.
fn closeness(a: &Told, b: &Told) -> Option<(bool, bool, bool)> {
    let (x, y) = (&a.mention, &b.mention);
    let other_side = a.sides.against(&b.sides);
    let apart = (a.apart != b.apart) && x.place.is_none() != y.place.is_none();
    // Two exact numbers of dead, both told in full sentences, are of two attacks.
    let other_toll = match (&x.killed, &y.killed) {
        (Some(p), Some(q)) => {
            p.value != q.value && a.fullness.2 && b.fullness.2 && !b.again && !p.at_least && !q.at_least
        }
        _ => false,
    };
    let one = a.campaign == b.campaign
        && (x.background == y.background
            || a.oblique
            || b.oblique
            || x.background && bare(x)
            || y.background && bare(y)
            || a.alluded
            || b.alluded
            || same_dead(x, y))
        && !other_side
        && !apart
        && !(wide(x) && wide(y) && another_of_the_day(a, b))
        && !other_toll
        && (frame::places_agree(x.place.as_ref(), y.place.as_ref()) || neighbours(a, b))
        && frame::days_agree(x.when.as_ref(), y.when.as_ref());
    let place = |m: &Mention| m.place.as_ref().map(|p| p.name.clone());
    one.then(|| {
        (
            place(x).is_some() && place(x) == place(y),
            x.killed.is_some() && x.killed == y.killed,
            dated(x) && dated(y),
        )
    })
}

/// Where only a region is told, on one day many attacks may be: with other arms, or with dead of its own, a later
/// sentence tells another one.
fn another_of_the_day(known: &Told, new: &Told) -> bool {
    let (x, y) = (&known.mention, &new.mention);
    let harmed = y.killed.is_some() || y.wounded.is_some();
    let unlike = x.killed.as_ref().is_none_or(|p| y.killed.as_ref().is_some_and(|q| p.value != q.value));
    let first = new.indefinite && harmed && unlike && known.fullness.2;
    // "21 people were killed on Tuesday", far from what was told: the day's dead.
    let of_the_day = new.harm && dated(y) && unlike && new.at > known.at + 2;
    !y.prominent && !new.again && !known.campaign && (known.arms.other_than(new.arms) || first || of_the_day)
}

/// No town tells where it was.
fn wide(m: &Mention) -> bool {
    m.place.as_ref().is_none_or(|p| p.level > PlaceLevel::City)
}

/// The headline's dead are those that the body tells of an older day.
fn same_dead(x: &Mention, y: &Mention) -> bool {
    x.killed.as_ref().zip(y.killed.as_ref()).is_some_and(|(p, q)| p.value == q.value && p.value > 2)
        && (!dated(x) || !dated(y))
}

/// "outside Arn", and then a village's name: one of them may be only near the other.
fn neighbours(a: &Told, b: &Told) -> bool {
    let country = |t: &Told| t.mention.place.as_ref().and_then(|p| p.country.clone());
    (a.about || b.about) && a.fullness.0 && b.fullness.0 && country(a) == country(b)
}

/// Only that there was an attack ("talks put off after raid").
fn bare(m: &Mention) -> bool {
    m.place.is_none() && !dated(m) && m.killed.is_none() && m.wounded.is_none()
}

fn dated(m: &Mention) -> bool {
    m.when.as_ref().is_some_and(|w| !w.literal.is_empty())
}

/// How much a mention tells: prominence (an item of a list has little), facts, and the body before the headline, which leaves out what a
/// sentence says.
pub(super) fn fullness(m: &Mention, title: bool, listed: bool) -> (bool, usize, bool) {
    let facts = [m.place.is_some(), dated(m), m.killed.is_some(), m.wounded.is_some()];
    (m.prominent && !listed, facts.iter().filter(|f| **f).count().saturating_sub(listed.into()), !title)
}

/// Puts a second telling into the first; the fuller one is the evidence.
fn join(known: &mut Told, new: Told) {
    let swap = new.fullness > known.fullness && !new.again;
    let (mut best, mut rest) = if swap { (new, known.clone()) } else { (known.clone(), new) };
    if rest.sides.attacker.is_some() && best.sides.attacker.is_none() {
        std::mem::swap(&mut best.mention.actors, &mut rest.mention.actors);
        best.sides.attacker = rest.sides.attacker.take();
    }
    best.sides.target = best.sides.target.take().or(rest.sides.target.take());
    if best.oblique != rest.oblique {
        let background = if best.oblique { rest.mention.background } else { best.mention.background };
        best.mention.background = background;
        rest.mention.background = background;
        best.oblique = false;
    }
    if best.about && !rest.about && rest.mention.place.is_some() {
        best.mention.place = rest.mention.place.clone();
        best.about = false;
    }
    // Of a toll by places, none is the scene of the whole.
    let part = |x: &Mention, y: &Mention| {
        x.killed.as_ref().zip(y.killed.as_ref()).is_some_and(|(p, q)| p.value < q.value) && !dated(x)
    };
    if best.mention.place.is_some() && part(&rest.mention, &best.mention) {
        rest.mention.place = None;
    }
    // A place told by the way, without a day or dead, is no closer scene.
    let fresh = rest.fullness.0
        || dated(&rest.mention)
        || rest.mention.killed.is_some()
        || rest.mention.wounded.is_some();
    if (rest.again || !fresh) && best.mention.place.is_some() {
        rest.mention.place = None;
    }
    // "The assault" spoken of later is dated by what is said of it.
    if rest.again && best.mention.when.is_some() {
        rest.mention.when = None;
    }
    best.at = best.at.max(rest.at);
    frame::take_in(&mut best.mention, rest.mention);
    *known = best;
}

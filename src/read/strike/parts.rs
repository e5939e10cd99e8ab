//! A sentence cut where one act may end and another begin, and its acts told apart.
//!
//! "Shells hit A on Monday, and on Friday jets bombed B, killing six" tells two; "two were killed when a shell hit a
//! bunker" tells one. A part that comes "a week after" what it follows tells an earlier one.

use std::ops::Range;

use chrono::{Days, NaiveDate};

use super::acts::{Said, Trigger};
use super::{WORDS, scene, unarmed};
use crate::model::{Precision, When};
use crate::read::dates::{DateHit, DateRole, Direction};
use crate::read::document::Document;
use crate::read::frame;
use crate::read::tolls::TollHit;

/// How a part stands to what goes before it in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// It opens the sentence, or gives cause or time of the same event ("when", "after").
    Same,
    /// It stands beside ("and", "while", ";").
    Beside,
    /// It stands apart (";").
    Apart,
    /// It happened on the day named right before it ("on Monday, when").
    On,
    /// It came so many days before ("a week after"); `None` where the words give months or years.
    Earlier(Option<u64>),
}

/// One act told in a sentence.
#[derive(Debug, Clone)]
pub(super) struct Act {
    /// Its part of the sentence.
    pub range: Range<usize>,
    /// The word that tells it.
    pub trigger: Trigger,
    /// It is told to have come before what the rest of the sentence tells.
    pub earlier: bool,
    /// The day that "a day after" gives.
    pub day: Option<When>,
    /// It is the only one in the sentence.
    pub sole: bool,
    /// It is one of a list ("killing six in one raid and two in an attack on a bus").
    pub listed: bool,
}

struct Part {
    range: Range<usize>,
    link: Link,
    trigger: Option<Trigger>,
}

/// The acts that a sentence tells, in order.
pub(super) fn acts(doc: &Document<'_>, said: &Said<'_, '_>, triggers: Vec<Trigger>) -> Vec<Act> {
    let sentence = said.sentence;
    let mut parts: Vec<Part> = Vec::new();
    for (range, link) in cut(said) {
        let mine = triggers.iter().filter(|t| range.contains(&t.words.start));
        let real = mine.filter(|t| !unarmed::is_none(said, t, &range));
        let trigger = real.cloned().reduce(|a, b| if b.score > a.score { b } else { a });
        parts.push(Part { range, link, trigger });
    }
    if parts.iter().all(|p| p.trigger.is_none()) {
        return Vec::new();
    }
    let days = doc.dates(sentence, Direction::Past);
    let mut acts: Vec<Act> = Vec::new();
    let mut lead = 0;
    for part in parts {
        let Part { range, link, trigger } = part;
        let Some(trigger) = trigger else {
            // What a part without an act adds belongs to the act before it.
            if let Some(act) = acts.last_mut().filter(|_| !matches!(link, Link::Earlier(_) | Link::Apart)) {
                act.range.end = range.end;
            }
            continue;
        };
        let mut new =
            Act { range: range.clone(), trigger, earlier: false, day: None, sole: false, listed: false };
        if let Link::Earlier(days_before) = link {
            new.earlier = true;
            new.day = days_before.and_then(|n| earlier_day(doc, said, days, &range, n));
        }
        let mut anew = new.earlier;
        if link == Link::On {
            let day = days.iter().rfind(|h| {
                let end = sentence.token_at(h.range.end.saturating_sub(1)) + 1;
                end <= range.start && end + 3 > range.start
            });
            new.day = day.map(|h| h.when.clone());
            anew = new.day.is_some();
        }
        match acts.last_mut() {
            Some(last) if !anew && !distinct(said, days, last, &new, link) => {
                last.range.end = range.end;
                if new.trigger.score > last.trigger.score {
                    last.trigger = new.trigger;
                }
            }
            Some(_) => acts.push(new),
            None => {
                if !new.earlier {
                    new.range.start = lead;
                }
                acts.push(new);
            }
        }
        lead = acts.last().map_or(0, |a| a.range.end);
    }
    let mut acts: Vec<Act> = acts.into_iter().flat_map(|act| listed(said, act, &triggers)).collect();
    // "... and four in the shelling of a mill": the last of a list.
    let counted = |act: &Act| {
        let heads = |t: &TollHit| said.sentence.token_at(t.range.start) == act.range.start;
        act.trigger.noun() && said.tolls.killed.iter().any(heads)
    };
    acts.iter_mut().skip(1).filter(|act| counted(act)).for_each(|act| act.listed = true);
    if let [only] = acts.as_mut_slice() {
        only.sole = true;
    }
    acts
}

/// "Killing six in one strike, nine in an attack on a bus and two in the shelling of a mill": one act each.
fn listed(said: &Said<'_, '_>, act: Act, triggers: &[Trigger]) -> Vec<Act> {
    let starts = said.tolls.killed.iter().map(|t| said.sentence.token_at(t.range.start));
    let mut starts: Vec<usize> = starts.filter(|at| act.range.contains(at)).collect();
    starts.sort_unstable();
    let ends = starts.iter().copied().skip(1).chain([act.range.end]);
    let items: Vec<(Range<usize>, Option<&Trigger>)> = starts
        .iter()
        .zip(ends)
        .map(|(from, to)| {
            let mine = triggers.iter().find(|t| t.noun() && t.words.start > *from && t.words.start < to);
            (*from..to, mine)
        })
        .collect();
    if items.len() < 2 || items.iter().any(|(_, trigger)| trigger.is_none()) {
        return vec![act];
    }
    let first = act.range.start;
    let item = |(at, (range, trigger)): (usize, (Range<usize>, Option<&Trigger>))| {
        let range = if at == 0 { first..range.end } else { range };
        trigger.map(|t| Act { range, trigger: t.clone(), listed: true, ..act.clone() })
    };
    items.into_iter().enumerate().filter_map(item).collect()
}

/// The tolls of an act: those in its part, or all if it is the only one.
pub(super) fn tolls_of<'t>(said: &Said<'_, '_>, act: &Act, tolls: &'t [TollHit]) -> Vec<&'t TollHit> {
    let inside = |t: &&TollHit| act.range.contains(&said.sentence.token_at(t.range.start));
    tolls.iter().filter(|t| act.sole && !act.earlier || inside(t)).collect()
}

/// Which of the dead a relative clause gives to the attack: "the raid on the port, in which nine died".
pub(super) fn related(said: &Said<'_, '_>, act: &Act, killed: &[&TollHit]) -> Option<usize> {
    let tokens = &said.sentence.tokens;
    let attack = |i: &usize| {
        ["nouns strong", "nouns weak"].iter().any(|list| WORDS.section(list).at(tokens, *i).is_some())
    };
    let from = act.range.start + 1;
    let which =
        (from..act.range.end).filter(|i| (i.saturating_sub(9)..*i).any(|i| attack(&i))).find(|&i| {
            let takes = tokens.get(i + 1).is_some_and(|t| t.is(&["killed", "cost", "claimed", "left"]));
            tokens[i].low == "which" && tokens[i - 1].low == "in" || tokens[i].is(&["which", "that"]) && takes
        })?;
    killed.iter().position(|t| {
        let at = said.sentence.token_at(t.range.start);
        at > which && at < which + 8
    })
}

/// Whether two neighbouring parts tell two acts.
fn distinct(said: &Said<'_, '_>, days: &[DateHit], a: &Act, b: &Act, link: Link) -> bool {
    let sentence = said.sentence;
    let own = |act: &Act| {
        let inside = |t: &TollHit| act.range.contains(&sentence.token_at(t.range.start));
        said.tolls.killed.iter().chain(&said.tolls.wounded).any(inside)
    };
    let day = |act: &Act| {
        days.iter()
            .find(|h| {
                h.role == DateRole::At
                    && h.when.precision == Precision::Day
                    && act.range.contains(&sentence.token_at(h.range.start))
            })
            .map(|h| h.when.clone())
    };
    let places = (scene::in_part(said, a), scene::in_part(said, b));
    let other_place = places.0.is_some()
        && places.1.is_some()
        && !frame::places_agree(places.0.as_ref(), places.1.as_ref());
    let (day_a, day_b) = (day(a), day(b));
    let other_day = day_a.is_some() && day_b.is_some() && !frame::days_agree(day_a.as_ref(), day_b.as_ref());
    let own_tolls = own(a) && own(b);
    let beside = matches!(link, Link::Beside | Link::Apart);
    let acts = !a.trigger.harm() && !b.trigger.harm();
    other_place && (other_day || beside && own_tolls)
        || other_day && (own_tolls || acts)
        || beside && own_tolls && acts
}

/// Where a sentence may pass from one act to another.
fn cut(said: &Said<'_, '_>) -> Vec<(Range<usize>, Link)> {
    let tokens = &said.sentence.tokens;
    let mut parts: Vec<(Range<usize>, Link)> = Vec::new();
    let (mut start, mut link) = (0, Link::Same);
    let mut push = |start: &mut usize, end: usize, link: &mut Link, next: Link| {
        if end > *start {
            parts.push((*start..end, *link));
        }
        *start = end + 1;
        *link = next;
    };
    for at in 0..tokens.len() {
        let token = &tokens[at];
        if token.punct {
            if token.is(&[";", "—", ":", "•"]) {
                push(&mut start, at, &mut link, Link::Apart);
            }
        } else if token.is(&["while", "whereas", "but", "and"]) {
            push(&mut start, at, &mut link, Link::Beside);
        } else if token.is(&["after", "since"]) {
            let next = gap(said, at).map_or(Link::Same, Link::Earlier);
            push(&mut start, at, &mut link, next);
        } else if token.low == "when" && at > 1 && tokens[at - 1].low == "," {
            push(&mut start, at, &mut link, Link::On);
        } else if token.is(&["when", "before", "following", "amid", "because", "until", "despite"]) {
            push(&mut start, at, &mut link, Link::Same);
        }
    }
    push(&mut start, tokens.len(), &mut link, Link::Same);
    parts
}

/// How long before "after" or "since" says that the next part came: days, or `None` for months and years.
fn gap(said: &Said<'_, '_>, at: usize) -> Option<Option<u64>> {
    let tokens = &said.sentence.tokens;
    let unit = tokens.get(at.checked_sub(1)?)?;
    let each = match unit.low.as_str() {
        "hour" | "hours" | "minutes" => return Some(Some(0)),
        "day" | "days" => 1,
        "week" | "weeks" => 7,
        "month" | "months" | "year" | "years" | "decade" | "decades" => return Some(None),
        _ => return None,
    };
    let number = at.checked_sub(2).and_then(|i| tokens.get(i)).map_or("", |t| t.low.as_str());
    // "put back a week after the raid": how long it was put back.
    if at.checked_sub(3).and_then(|i| tokens.get(i)).is_some_and(|t| t.is(&["back", "by", "for"])) {
        return None;
    }
    let n = match number {
        "a" | "one" | "the" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "several" | "few" => 3,
        digits => digits.parse().unwrap_or(2),
    };
    Some(Some(n * each))
}

fn earlier_day(
    doc: &Document<'_>,
    said: &Said<'_, '_>,
    days: &[DateHit],
    range: &Range<usize>,
    back: u64,
) -> Option<When> {
    let own = days.iter().rfind(|h| {
        h.role == DateRole::At
            && h.relative_to_event.is_none()
            && !h.ahead
            && h.when.precision == Precision::Day
            && h.when.to <= doc.day()
            && said.sentence.token_at(h.range.start) < range.start
    });
    let from: NaiveDate = own.map_or(doc.day(), |h| h.when.to);
    let day = from.checked_sub_days(Days::new(back))?;
    let first = range.start.saturating_sub(3);
    let literal = said.sentence.slice(first, range.start).to_owned();
    Some(When { from: day, to: day, precision: Precision::Day, literal })
}

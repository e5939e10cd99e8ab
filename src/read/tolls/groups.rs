//! The persons that a sentence counts: by a number, by an article, by a list.

use std::ops::Range;

use super::super::numbers::{self, Bound, NumberHit, NumberKind};
use super::super::text::{self, Token, word};
use super::counted::{AGED, BODIES, GROUPS, THINGS, is_one, is_person, is_plural};
use super::harm::{Form, PASSIVE, harm};
use super::ordinal::ordinal;

/// Persons that a sentence counts.
pub(super) struct Group {
    /// Its tokens.
    pub span: Range<usize>,
    /// Tokens to show: the number with its bound, or the persons.
    pub shown: Range<usize>,
    pub value: Option<u32>,
    pub at_least: bool,
    /// Of another number: "including three", "three of them".
    pub is_part: bool,
    /// "others", "another": beside some already told.
    pub is_rest: bool,
    /// Told by a number, not by an article.
    pub is_number: bool,
}

/// All groups of persons, in order.
pub(super) fn groups(tokens: &[Token]) -> Vec<Group> {
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
            Some((span, hit))
                if hit.kind == NumberKind::Age
                    && at > 0
                    && harm(word(tokens, at - 1))
                        .is_some_and(|h| h.form == Form::Active || h.form == Form::Either) =>
            {
                Some(single_group(tokens, at, span.end))
            }
            Some((span, hit)) if hit.kind == NumberKind::Age && at > 0 && is_one(word(tokens, at - 1)) => {
                Some(single_group(tokens, at - 1, span.end))
            }
            _ if is_one(word(tokens, at)) => named_group(tokens, at),
            // "his wife and a bodyguard"
            _ if matches!(word(tokens, at), "his" | "her")
                && is_person(word(tokens, at + 1))
                && !is_plural(word(tokens, at + 1))
                && !GROUPS.contains(&word(tokens, at + 1)) =>
            {
                Some(grown(tokens, at, at + 2))
            }
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
pub(super) fn counted_group(tokens: &[Token], span: Range<usize>, hit: &NumberHit) -> Option<Group> {
    // "a girl of nine", "a mother of three": an age, or children, but nobody counted.
    let of_one = span.start >= 2
        && word(tokens, span.start - 1) == "of"
        && AGED.contains(&word(tokens, span.start - 2));
    if of_one && !is_person(word(tokens, span.end)) {
        return None;
    }
    // "four cousins, ages 9 to 11"
    let before = span.start.checked_sub(1).map_or("", |at| word(tokens, at));
    if matches!(before, "ages" | "aged" | "age") {
        return None;
    }
    let mut end = span.end;
    let mut is_rest = false;
    for at in span.end..(span.end + 6).min(tokens.len()) {
        let lower = word(tokens, at);
        is_rest |= matches!(lower, "other" | "others" | "more" | "additional" | "further");
        if is_person(lower) {
            end = at + 1;
            // "police officers"
            end += usize::from(lower == "police" && is_person(word(tokens, end)));
            break;
        }
        if !tokens[at].is_word()
            || harm(lower).is_some()
            || text::is_stop_word(lower) && !matches!(lower, "other" | "more" | "further")
        {
            break;
        }
        // "in one strike": what is counted are things.
        let one = || THINGS.iter().any(|things| things.strip_suffix('s') == Some(lower));
        if THINGS.contains(&lower) || at == span.end && hit.value == Some(1) && one() {
            return None;
        }
    }
    end = of_one_body(tokens, end);
    let before = span.start.checked_sub(1).map_or("", |at| word(tokens, at));
    is_rest |= matches!(before, "another" | "further" | "additional");
    // "killing himself and six others": those six are all that is counted.
    let beside_himself = before == "and"
        && span.start >= 2
        && matches!(word(tokens, span.start - 2), "himself" | "herself" | "themselves" | "itself");
    is_rest &= !beside_himself;
    let next = word(tokens, end);
    let of = match (next, word(tokens, end + 1), word(tokens, end + 2)) {
        // "three of them have since died"
        ("of", "them" | "whom", "has" | "have" | "had")
            if (end + 3..end + 5).any(|at| matches!(word(tokens, at), "died" | "succumbed")) =>
        {
            false
        }
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
    // "25 Velmorans and 8 sailors": a nation is counted like persons.
    if end == span.end
        && hit.value.is_some()
        && tokens.get(end).is_some_and(|t| t.capitalised && t.is_word() && t.lower.ends_with('s'))
        && matches!(word(tokens, end + 1), "and" | "," | "were" | "have" | "had" | "died" | "are")
    {
        end += 1;
        group.span.end = end;
    }
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

/// "five sailors of one crew": where the body ends that those counted are of; it is no count by itself.
fn of_one_body(tokens: &[Token], end: usize) -> usize {
    let led = matches!(word(tokens, end + 1), "a" | "an" | "one" | "the" | "his" | "her" | "their" | "its");
    // "six of the 40 passengers"
    let from = (end + 2).min(tokens.len());
    let number = numbers::find_in(&tokens[from..(from + 3).min(tokens.len())]);
    if led
        && word(tokens, end) == "of"
        && let Some((span, _)) =
            number.first().filter(|(s, hit)| s.start == 0 && hit.kind == NumberKind::Count)
        && let Some(noun) =
            (from + span.end..(from + span.end + 3).min(tokens.len())).find(|at| is_person(word(tokens, *at)))
    {
        return noun + 1;
    }
    let led = led || word(tokens, end + 1) == "the" && word(tokens, end + 2) == "same";
    if !matches!(word(tokens, end), "of" | "from") || !led {
        return end;
    }
    let noun = (end + 2..(end + 5).min(tokens.len()))
        .take_while(|at| tokens[*at].is_word() && harm(word(tokens, *at)).is_none())
        .find(|at| BODIES.contains(&word(tokens, *at)));
    noun.map_or(end, |at| at + 1)
}

/// "a 17-year-old (boy)".
pub(super) fn single_group(tokens: &[Token], start: usize, age_end: usize) -> Group {
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
        // "11-year-old Ama Tolen"
        let named = |at: &usize| tokens.get(*at).is_some_and(|t| t.capitalised && t.is_word());
        end = age_end + (age_end..age_end + 3).take_while(named).count();
    }
    grown(tokens, start, end)
}

/// "a woman", "a young soldier and her son".
pub(super) fn named_group(tokens: &[Token], start: usize) -> Option<Group> {
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
pub(super) fn grown(tokens: &[Token], start: usize, first_end: usize) -> Group {
    let two = first_end > start && matches!(word(tokens, first_end - 1), "couple" | "pair");
    let (mut value, mut end) = (if two { 2u32 } else { 1 }, first_end);
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
pub(super) fn joined(tokens: &[Token], group: &Range<usize>) -> Option<(u32, usize)> {
    let start = group.end + 1;
    let number = numbers::find_in(&tokens[start.min(tokens.len())..(start + 4).min(tokens.len())]);
    let number = number.first().filter(|(_, hit)| hit.kind == NumberKind::Count);
    // "25 Velmorans and 8 Ostrovian sailors": each side has its own dead.
    if two_sides(tokens, group.clone(), start..start + 5) {
        return None;
    }
    let leads = matches!(word(tokens, start), "his" | "her" | "their" | "a" | "an" | "one" | "the")
        || number.is_some_and(|(span, _)| span.start == 0);
    if word(tokens, group.end) != "and" || !leads {
        return None;
    }
    let noun = (start + 1..(start + 6).min(tokens.len()))
        .take_while(|at| harm(word(tokens, *at)).is_none() && tokens[*at].is_word())
        .find(|at| is_person(word(tokens, *at)))?;
    let mut end = noun + 1;
    // "the rebel commander"
    while number.is_none() && end < noun + 3 && is_person(word(tokens, end)) {
        end += 1;
    }
    // "killed six people and two others were hurt": the second are the subject of what follows.
    let led_by_harm =
        (1..3).any(|back| group.start >= back && harm(word(tokens, group.start - back)).is_some());
    if led_by_harm && (harm(word(tokens, end)).is_some() || PASSIVE.contains(&word(tokens, end))) {
        return None;
    }
    // "killed six and the driver fled": only a subject may end with one that "the" names.
    let verb = word(tokens, end);
    if word(tokens, start) == "the" && (led_by_harm || !PASSIVE.contains(&verb) && harm(verb).is_none()) {
        return None;
    }
    let count = number.and_then(|(_, hit)| hit.value).and_then(|n| u32::try_from(n).ok());
    // "and her children": how many, the sentence does not say.
    let is_one = number.is_none() && !is_plural(word(tokens, noun));
    let is_rest = matches!(word(tokens, noun), "other" | "others");
    count.or(is_one.then_some(1)).filter(|_| !is_rest).map(|n| (n, end))
}

/// Whether two groups are of two nations.
pub(super) fn two_sides(tokens: &[Token], a: Range<usize>, b: Range<usize>) -> bool {
    let nation = |range: Range<usize>| {
        let mut from = tokens.get(range).into_iter().flatten();
        from.find(|t| t.capitalised && t.is_word() && !matches!(t.lower.as_str(), "at" | "some" | "the"))
    };
    let end = (b.start..b.end.min(tokens.len()))
        .find(|at| harm(word(tokens, *at)).is_some() || PASSIVE.contains(&word(tokens, *at)));
    let b = b.start.min(tokens.len())..end.unwrap_or(b.end).min(tokens.len());
    let a = a.start + usize::from(a.start == 0)..a.end;
    nation(a).zip(nation(b)).is_some_and(|(x, y)| x.lower != y.lower)
}

/// Whether the words before make the group a part of one already told.
pub(super) fn leads_part(tokens: &[Token], start: usize) -> bool {
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
    // "Fifteen people, not 12"
    before(1) == "not"
        || leads(1)
        || leads(2)
        || beside
        || among
        || before(2) == "among" && before(1) == "them"
        || listed
        || before(1) == "from" && tokens_have_toll(tokens, start)
}

/// "rose to 26 from 23": the number after "from" is the old one.
pub(super) fn tokens_have_toll(tokens: &[Token], start: usize) -> bool {
    tokens[..start]
        .iter()
        .any(|t| matches!(t.lower.as_str(), "toll" | "rose" | "risen" | "climbed" | "rises" | "number"))
}

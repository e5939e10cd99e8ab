//! Numbers named in a sentence, in words and figures, and what they count.
//!
//! A sentence comes in; every number in it goes out with its literal range, its value, the words that
//! bound it, and what it tells: only a `NumberKind::Count` says how many.

use std::ops::Range;

use super::text::{self, Token, TokenKind, word};

/// What a number tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberKind {
    /// How many of something.
    Count,
    /// Years lived ("a 17-year-old").
    Age,
    /// A calendar year or a day of a month.
    Date,
    /// A time of day.
    Time,
    /// A sum of money.
    Money,
    /// A share.
    Percent,
    /// A length, weight, speed or span of time.
    Measure,
    /// A rank or a name ("third", "No. 10").
    Label,
}

/// How a number bounds the true one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// The number itself.
    Exact,
    /// "at least", "more than", "no fewer than".
    AtLeast,
    /// "up to", "fewer than".
    AtMost,
    /// "about", "some", "nearly".
    About,
}

/// One number in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberHit {
    /// Bytes of the number with the words that bound it ("at least three").
    pub range: Range<usize>,
    /// The number, for a range its lower end; `None` if the word is vague ("dozens").
    pub value: Option<u64>,
    /// Upper end of a range.
    pub upper: Option<u64>,
    /// How it bounds the true number.
    pub bound: Bound,
    /// What it tells.
    pub kind: NumberKind,
}

/// The numbers of one sentence, in order, not overlapping.
pub fn find(text: &str) -> Vec<NumberHit> {
    find_in(&text::words(text)).into_iter().map(|(_, hit)| hit).collect()
}

/// As [`find`], from tokens; each with the tokens it spans.
pub(super) fn find_in(tokens: &[Token]) -> Vec<(Range<usize>, NumberHit)> {
    let mut hits: Vec<(Range<usize>, NumberHit)> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(number) = Number::at(tokens, at) else {
            at += 1;
            continue;
        };
        let (upper, end) = upper_end(tokens, at, &number);
        let free_from = hits.last().map_or(0, |(span, _)| span.end);
        let (mut bound, start) = bound_before(tokens, at, free_from);
        let is_more = word(tokens, end) == "or" && word(tokens, end + 1) == "more";
        let end_with_more = if is_more { end + 2 } else { end };
        if is_more {
            bound = Bound::AtLeast;
        }
        let kind = number.kind.unwrap_or_else(|| kind_in_place(tokens, at, end, &number));
        let range = tokens[start].range.start..tokens[end_with_more - 1].range.end;
        hits.push((start..end_with_more, NumberHit { range, value: number.value, upper, bound, kind }));
        at = end_with_more;
    }
    hits
}

/// A number without the words around it.
struct Number {
    end: usize,
    value: Option<u64>,
    /// What its own form says it is.
    kind: Option<NumberKind>,
    /// It is written as a bare figure.
    is_figure: bool,
}

impl Number {
    fn at(tokens: &[Token], at: usize) -> Option<Number> {
        let token = tokens.get(at)?;
        match token.kind {
            TokenKind::Number => Some(Number::figure(tokens, at)),
            TokenKind::Word => Number::words(tokens, at),
            TokenKind::Punct => None,
        }
    }

    fn figure(tokens: &[Token], at: usize) -> Number {
        let lower = tokens[at].lower.as_str();
        let digits = lower.trim_end_matches(|c: char| !c.is_ascii_digit());
        let figure = lower
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.' | ':')))
            .unwrap_or(lower.len());
        let (figure, suffix) = lower.split_at(figure);
        let labelled = |kind| Number { end: at + 1, value: None, kind: Some(kind), is_figure: true };
        let value = decimal(figure, 1);
        match suffix {
            "" if figure.contains(':') => labelled(NumberKind::Time),
            "st" | "nd" | "rd" | "th" => Number { value, ..labelled(NumberKind::Label) },
            "am" | "pm" => labelled(NumberKind::Time),
            "" => match scale(word(tokens, at + 1)) {
                Some(by) if by > 12 => {
                    Number { end: at + 2, value: decimal(figure, by), kind: None, is_figure: false }
                }
                _ => Number { end: at + 1, value, kind: None, is_figure: !digits.contains(',') },
            },
            "m" | "mn" | "bn" | "b" | "k" | "tn" => {
                let by = match suffix {
                    "k" => 1_000,
                    "m" | "mn" => 1_000_000,
                    "tn" => 1_000_000_000_000,
                    _ => 1_000_000_000,
                };
                Number { end: at + 1, value: decimal(figure, by), kind: None, is_figure: false }
            }
            _ if is_age(suffix) => Number { value, ..labelled(NumberKind::Age) },
            "s" => labelled(NumberKind::Date),
            _ => labelled(NumberKind::Measure),
        }
    }

    fn words(tokens: &[Token], at: usize) -> Option<Number> {
        let first = tokens[at].lower.as_str();
        let number = |end, value| Some(Number { end, value, kind: None, is_figure: false });
        if let Some(age) = first.find("-year").filter(|cut| is_age(&first[*cut..])) {
            let value = unit(&first[..age]);
            return Some(Number {
                end: at + 1,
                value: Some(value?),
                kind: Some(NumberKind::Age),
                is_figure: false,
            });
        }
        if ORDINALS.contains(&first) {
            return Some(Number {
                end: at + 1,
                value: None,
                kind: Some(NumberKind::Label),
                is_figure: false,
            });
        }
        match (first, word(tokens, at + 1), word(tokens, at + 2)) {
            ("half", "a", "dozen") => return number(at + 3, Some(6)),
            ("a", "number", "of") => return number(at + 2, None),
            ("a", "few" | "handful", _) | ("a", "couple", "of") => return number(at + 2, None),
            ("a" | "an", next, _) => {
                // "a hundred", "a dozen"; a plain article is no number.
                return scale(next).and_then(|by| number(at + 2, Some(by)));
            }
            _ => {}
        }
        if first == "one" && at > 0 && matches!(word(tokens, at - 1), "no" | "any" | "every" | "some") {
            return None;
        }
        if VAGUE.contains(&first) {
            let mut end = at + 1;
            // "tens of thousands" is as vague as its first word.
            while word(tokens, end) == "of" && VAGUE.contains(&word(tokens, end + 1)) {
                end += 2;
            }
            return number(end, None);
        }
        // A sum of words: (hundreds) then scales, "and" only after a scale.
        let (mut total, mut part, mut end) = (0u64, unit(first)?, at + 1);
        loop {
            let next = word(tokens, end);
            if let Some(by) = scale(next) {
                if by >= 1000 {
                    total = total.saturating_add(part.saturating_mul(by));
                    part = 0;
                } else {
                    part = part.saturating_mul(by);
                }
                end += 1;
            } else if let Some(more) =
                unit(next).filter(|n| *n < 100 && (part == 0 || part % 100 == 0) && part + total > 0)
            {
                part += more;
                end += 1;
            } else if next == "and"
                && scale(word(tokens, end - 1)).is_some_and(|by| by >= 100)
                && unit(word(tokens, end + 1)).is_some()
                && scale(word(tokens, end + 2)).is_none()
            {
                end += 1;
            } else {
                break;
            }
        }
        number(end, Some(total.saturating_add(part)))
    }
}

/// The upper end of "10-12", "10 to 12" and "between 10 and 12", and where the expression ends.
fn upper_end(tokens: &[Token], at: usize, lower: &Number) -> (Option<u64>, usize) {
    let none = (None, lower.end);
    let Some(low) = lower.value.filter(|_| lower.kind.is_none()) else { return none };
    let joins = match word(tokens, lower.end) {
        "-" | "–" | "—" => {
            let touches = |a: usize, b: usize| tokens[a].range.end == tokens[b].range.start;
            lower.end + 1 < tokens.len()
                && touches(lower.end - 1, lower.end)
                && touches(lower.end, lower.end + 1)
        }
        // "risen by three to 15", "raised from three to 15"; but "From three to 15 died"
        "to" => match at.checked_sub(1).map(|i| word(tokens, i)) {
            Some("from") => at == 1 || matches!(word(tokens, at - 2), "," | ";" | "and" | "that"),
            Some("by") => false,
            _ => true,
        },
        "and" => at > 0 && word(tokens, at - 1) == "between",
        "or" => true,
        _ => false,
    };
    let high = joins.then(|| Number::at(tokens, lower.end + 1)).flatten();
    match high {
        Some(Number { end, value: Some(high), kind: None, .. }) if high > low => (Some(high), end),
        _ => none,
    }
}

/// The words before a number that bound it, and where they start.
fn bound_before(tokens: &[Token], at: usize, free_from: usize) -> (Bound, usize) {
    for (words, bound) in BOUNDS {
        let Some(start) = at.checked_sub(words.len()).filter(|start| *start >= free_from) else { continue };
        if words.iter().zip(&tokens[start..at]).all(|(word, token)| token.lower == *word) {
            return (*bound, start);
        }
    }
    (Bound::Exact, at)
}

/// What a number tells by the words beside it.
fn kind_in_place(tokens: &[Token], start: usize, end: usize, number: &Number) -> NumberKind {
    let before = start.checked_sub(1).map_or("", |at| word(tokens, at));
    let two_before = start.checked_sub(2).map_or("", |at| word(tokens, at));
    let (next, second) = (word(tokens, end), word(tokens, end + 1));
    if matches!(before, "$" | "€" | "£" | "¥" | "₴" | "us$" | "usd" | "eur") || CURRENCIES.contains(&next)
    {
        return NumberKind::Money;
    }
    if matches!(next, "%" | "percent" | "pct") || next == "per" && second == "cent" {
        return NumberKind::Percent;
    }
    if matches!(next, "a.m." | "p.m." | "am" | "pm" | "o'clock" | "gmt") {
        return NumberKind::Time;
    }
    if matches!(next, "year-old" | "year-olds" | "yo")
        || next.starts_with("year") && second.starts_with("old")
    {
        return NumberKind::Age;
    }
    let aged = before == "aged" || before == "age";
    let is_small = number.value.is_some_and(|n| n < 110);
    // "Ostrow, 43, said": an age stands between commas after a name.
    let name_before = before == "," && start >= 2 && tokens[start - 2].capitalised && two_before != ",";
    if aged || is_small && name_before && (next == "," || next == ".") {
        return NumberKind::Age;
    }
    // "The dead now number eleven" counts; "number eleven" is a label.
    let counts = matches!(
        two_before,
        "now" | "dead" | "wounded" | "injured" | "deaths" | "casualties" | "victims" | "who" | "they"
    );
    if (before == "." && matches!(two_before, "no" | "nos"))
        || before == "number" && !counts
        || matches!(before, "#" | "article" | "chapter")
    {
        return NumberKind::Label;
    }
    if number.is_figure {
        let is_month = |word: &str| super::dates::is_month(word);
        let month_near = is_month(before) || before == "." && is_month(two_before) || is_month(next);
        if month_near && number.value.is_some_and(|n| n <= 31) {
            return NumberKind::Date;
        }
        let is_year = number.value.is_some_and(|n| (1900..2100).contains(&n));
        let counts = next == "people" || next.len() > 3 && next.ends_with('s') && !is_month(next);
        if is_year && !counts {
            return NumberKind::Date;
        }
    }
    if MEASURES.contains(&next) || next == "-" && MEASURES.contains(&second) {
        return NumberKind::Measure;
    }
    NumberKind::Count
}

fn is_age(suffix: &str) -> bool {
    suffix.starts_with("-year-old") || suffix.starts_with("-month-old") || suffix == "yo"
}

/// The value of a figure with thousands' commas and decimals, times `by`.
fn decimal(figure: &str, by: u64) -> Option<u64> {
    let plain: String = figure.chars().filter(|c| *c != ',').collect();
    if !plain.contains('.') {
        return plain.parse::<u64>().ok()?.checked_mul(by);
    }
    let value = plain.parse::<f64>().ok()? * by as f64;
    (value.fract().abs() < 1e-6 && value < 1e15).then_some(value.round() as u64)
}

/// The value of a number word below a hundred ("six", "twenty-six").
fn unit(word: &str) -> Option<u64> {
    let (tens, ones) = word.split_once('-').unwrap_or((word, ""));
    let value = |word: &str| UNITS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    match (value(tens)?, ones) {
        (n, "") => Some(n),
        (n, ones) if n >= 20 => value(ones).filter(|ones| *ones < 10).map(|ones| n + ones),
        _ => None,
    }
}

fn scale(word: &str) -> Option<u64> {
    match word {
        "dozen" => Some(12),
        "hundred" => Some(100),
        "thousand" => Some(1_000),
        "million" | "mln" => Some(1_000_000),
        "billion" | "bln" => Some(1_000_000_000),
        "trillion" => Some(1_000_000_000_000),
        _ => None,
    }
}

const UNITS: [(&str, u64); 28] = [
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

const VAGUE: [&str; 10] = [
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "tens",
    "millions",
    "several",
    "many",
    "numerous",
    "multiple",
];

const ORDINALS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// Longer ones first.
const BOUNDS: &[(&[&str], Bound)] = &[
    (&["no", "fewer", "than"], Bound::AtLeast),
    (&["no", "less", "than"], Bound::AtLeast),
    (&["not", "less", "than"], Bound::AtLeast),
    (&["no", "more", "than"], Bound::AtMost),
    (&["at", "least"], Bound::AtLeast),
    (&["more", "than"], Bound::AtLeast),
    (&["greater", "than"], Bound::AtLeast),
    (&["upwards", "of"], Bound::AtLeast),
    (&["well", "over"], Bound::AtLeast),
    (&["over"], Bound::AtLeast),
    (&["up", "to"], Bound::AtMost),
    (&["as", "many", "as"], Bound::AtMost),
    (&["at", "most"], Bound::AtMost),
    (&["fewer", "than"], Bound::AtMost),
    (&["less", "than"], Bound::AtMost),
    (&["an", "estimated"], Bound::About),
    (&["close", "to"], Bound::About),
    (&["about"], Bound::About),
    (&["around"], Bound::About),
    (&["some"], Bound::About),
    (&["nearly"], Bound::About),
    (&["almost"], Bound::About),
    (&["roughly"], Bound::About),
    (&["approximately"], Bound::About),
    (&["between"], Bound::Exact),
];

const CURRENCIES: [&str; 16] = [
    "dollars", "dollar", "euros", "euro", "pounds", "pound", "rubles", "roubles", "hryvnias", "hryvnia",
    "yuan", "yen", "rupees", "cents", "usd", "eur",
];

const MEASURES: [&str; 54] = [
    "km",
    "kilometers",
    "kilometres",
    "kilometer",
    "kilometre",
    "miles",
    "mile",
    "meters",
    "metres",
    "meter",
    "metre",
    "feet",
    "foot",
    "inches",
    "yards",
    "kg",
    "kilograms",
    "kilogram",
    "tons",
    "tonnes",
    "ton",
    "tonne",
    "mph",
    "kph",
    "degrees",
    "barrels",
    "hectares",
    "acres",
    "litres",
    "liters",
    "hours",
    "hour",
    "minutes",
    "minute",
    "seconds",
    "days",
    "day",
    "weeks",
    "week",
    "months",
    "month",
    "years",
    "year",
    "decades",
    "decade",
    "centuries",
    "times",
    "points",
    "megawatts",
    "mw",
    "gigawatts",
    "sq",
    "square",
    "cm",
];

#[cfg(test)]
mod tests;

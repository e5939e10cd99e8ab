//! Date texts of feeds and pages to instants: right, or none.
//!
//! Reads RFC 3339 and its kin, RFC 2822 and what publishers make of it: zone names, `GMT+0200`, no zone
//! (taken as UTC), no time (midnight), two-digit years, week days wrong or missing, month names of other
//! languages. A text that leaves the day open gives `None`: a wrong date is worse than none. What a page leaves
//! open, its owner can say by a `Style`.

use chrono::format::{Parsed, StrftimeItems, parse_and_remainder};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

mod months;

pub use months::{is_known as knows_language, languages, named as month};

/// How a page writes its dates, where its texts leave something open.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style<'a> {
    /// The signs of `strftime`; month names may be of any known language.
    pub format: Option<&'a str>,
    /// The language of its month names.
    pub language: Option<&'a str>,
    /// The zone of times that name none; `None`: UTC.
    pub zone: Option<Tz>,
}

/// The instant that `text` names.
pub fn parse(text: &str) -> Option<DateTime<Utc>> {
    parse_as(text, Style::default())
}

/// The instant that `text` names on a page that writes its dates so.
pub fn parse_as(text: &str, style: Style<'_>) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if text.len() < 6 || text.len() > 80 {
        return None;
    }
    if let Some(format) = style.format {
        return believable(formatted(text, format, style)?);
    }
    if let Ok(date) = DateTime::parse_from_rfc3339(text) {
        return believable(date.to_utc());
    }
    if let Ok(date) = DateTime::parse_from_rfc2822(text) {
        return believable(date.to_utc());
    }
    believable(numeric(text, style).or_else(|| worded(text, style))?)
}

/// By the page's own format; what follows the date is left alone.
fn formatted(text: &str, format: &str, style: Style<'_>) -> Option<DateTime<Utc>> {
    let text = months::in_english(text, style.language);
    let mut parsed = Parsed::new();
    parse_and_remainder(&mut parsed, &text, StrftimeItems::new(format)).ok()?;
    if let Ok(date) = parsed.to_datetime() {
        return Some(date.to_utc());
    }
    let date = parsed.to_naive_date().ok()?;
    match parsed.to_naive_time() {
        Ok(time) => at(date, Some(time), "", style),
        Err(_) => at(date, None, "", style),
    }
}

/// Before the web, or centuries ahead: a broken clock or a placeholder.
fn believable(date: DateTime<Utc>) -> Option<DateTime<Utc>> {
    use chrono::Datelike;
    (1990..2200).contains(&date.year()).then_some(date)
}

/// `2003-12-31`, `2003-12-31 10:14:55 +02:00`, `20031231T101455Z`, `31.12.2003 10:14`.
fn numeric(text: &str, style: Style<'_>) -> Option<DateTime<Utc>> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (date, rest) = match digits {
        4 => {
            let separator = text.as_bytes().get(4).copied().filter(|b| b"-/.".contains(b))? as char;
            let mut parts = text[5..].splitn(2, separator);
            let month = parts.next()?.trim().parse().ok()?;
            let rest = parts.next()?;
            let end = rest.bytes().take_while(u8::is_ascii_digit).count();
            let day = rest[..end].parse().ok()?;
            (NaiveDate::from_ymd_opt(text[..4].parse().ok()?, month, day)?, &rest[end..])
        }
        8 => {
            let date = NaiveDate::from_ymd_opt(
                text[..4].parse().ok()?,
                text[4..6].parse().ok()?,
                text[6..8].parse().ok()?,
            )?;
            (date, &text[8..])
        }
        // With dots the day always comes first; with slashes it depends on the country.
        1 | 2 if text[digits..].starts_with('.') => {
            let (month, rest) = text[digits + 1..].split_once('.')?;
            let end = rest.bytes().take_while(u8::is_ascii_digit).count();
            let year = (end == 4).then(|| rest[..end].parse().ok()).flatten()?;
            let date = NaiveDate::from_ymd_opt(year, month.parse().ok()?, text[..digits].parse().ok()?)?;
            (date, &rest[end..])
        }
        _ => return None,
    };
    let rest = rest.trim_start_matches(|c: char| c == 'T' || c == 't' || c == ',' || c.is_whitespace());
    let (time, zone) = clock(rest)?;
    at(date, time, zone, style)
}

/// `Thu, 1 Jan 2004 19:48:21 GMT`, `January 1, 2004`, `Thu Jan  1 19:48:21 2004`.
fn worded(text: &str, style: Style<'_>) -> Option<DateTime<Utc>> {
    let mut day = None;
    let mut month = None;
    let mut year = None;
    let mut time = None;
    let mut zone: Option<String> = None;
    for token in text.split([' ', ',', '\t', '\n', '\r', '\u{a0}']).filter(|token| !token.is_empty()) {
        let word = token.trim_end_matches('.');
        if token.contains(':') && time.is_none() {
            let (found, rest) = clock(token)?;
            time = found;
            if !rest.is_empty() {
                zone = Some(rest.to_owned());
            }
        } else if let Ok(number) = ordinal(word).parse::<i32>()
            && !token.starts_with(['+', '-'])
        {
            match (day, number) {
                (None, 1..=31) => day = Some(number as u32),
                _ if year.is_none() => year = Some(full_year(number, word.len())?),
                _ => return None,
            }
        } else if let Some((d, m, y)) = dashed(word, style.language) {
            (day, month, year) = (Some(d), Some(m), Some(y));
        } else if let Some(found) = months::named(word, style.language) {
            month = month.or(Some(found));
        } else if let Some(is_afternoon) = time.and(half(word)) {
            time = Some(twelve_hours(time?, is_afternoon)?);
        } else if time.is_some() || token.starts_with(['+', '-']) {
            // What follows a time is its zone; the first one counts.
            zone = zone.or(Some(token.to_owned()));
        }
    }
    let date = NaiveDate::from_ymd_opt(year?, month?, day?)?;
    at(date, time, zone.as_deref().unwrap_or_default(), style)
}

/// `01-Jan-2004`.
fn dashed(word: &str, language: Option<&str>) -> Option<(u32, u32, i32)> {
    let mut parts = word.split(['-', '/']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Some((day.parse().ok()?, months::named(month, language)?, full_year(year.parse().ok()?, year.len())?))
}

fn full_year(number: i32, digits: usize) -> Option<i32> {
    match digits {
        4 => Some(number),
        2 if number < 70 => Some(2000 + number),
        2 => Some(1900 + number),
        _ => None,
    }
}

/// The time of day at the start of `text`, if there is one, and what follows it.
fn clock(text: &str) -> Option<(Option<NaiveTime>, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(text.len());
    let (time, rest) = (&text[..end], text[end..].trim());
    if time.is_empty() {
        return rest.is_empty().then_some((None, ""));
    }
    let time = time.split('.').next()?;
    let mut parts = time.split(':');
    let (hour, minute) = match parts.next()? {
        packed if packed.len() == 6 || packed.len() == 4 => {
            let second = packed.get(4..6).map_or(Some(0), |s| s.parse().ok())?;
            let time =
                NaiveTime::from_hms_opt(packed[..2].parse().ok()?, packed[2..4].parse().ok()?, second)?;
            return Some((Some(time), rest));
        }
        hour => (hour.parse().ok()?, parts.next()?.parse().ok()?),
    };
    let second: u32 = parts.next().map_or(Some(0), |s| s.parse().ok())?;
    Some((Some(NaiveTime::from_hms_opt(hour, minute, second.min(59))?), rest))
}

/// Whether `am` or `p.m.` is the afternoon.
fn half(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "am" | "a.m" => Some(false),
        "pm" | "p.m" => Some(true),
        _ => None,
    }
}

/// `3rd`, `1º` and `28-` without what follows the number.
fn ordinal(word: &str) -> &str {
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending));
    bare.unwrap_or(word.trim_end_matches(['-', 'º', 'ª']))
}

fn twelve_hours(time: NaiveTime, is_afternoon: bool) -> Option<NaiveTime> {
    use chrono::Timelike;
    let hour = match (time.hour(), is_afternoon) {
        (12, false) => 0,
        (hour @ 1..=11, true) => hour + 12,
        (hour, _) => hour,
    };
    time.with_hour(hour)
}

/// The offset that a zone's text names; an unknown name is no zone.
fn zone_of(text: &str) -> Option<FixedOffset> {
    let text = text.trim().trim_matches(['(', ')']);
    let upper = text.to_ascii_uppercase();
    let upper = upper.strip_prefix("ETC/").unwrap_or(&upper);
    for prefix in ["GMT", "UTC", "UT", "Z"] {
        if let Some(rest) = upper.strip_prefix(prefix)
            && (rest.is_empty() || rest.starts_with(['+', '-']))
        {
            return offset(rest);
        }
    }
    if let Some((_, hours)) = ZONES.iter().find(|(name, _)| *name == upper) {
        return FixedOffset::east_opt((hours * 3600.0) as i32);
    }
    offset(upper)
}

/// `+02:00`, `-0530`, `+2`; nothing is UTC.
fn offset(text: &str) -> Option<FixedOffset> {
    if text.is_empty() {
        return FixedOffset::east_opt(0);
    }
    let sign = match text.as_bytes()[0] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = match digits.len() {
        1 | 2 => (digits.parse().ok()?, 0),
        _ => {
            let cut = digits.len() - 2;
            (digits[..cut].parse().ok()?, digits[cut..].parse().ok()?)
        }
    };
    (hours <= 14 && minutes < 60).then_some(())?;
    FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60))
}

/// A day alone is that day in UTC wherever the page is: midnight elsewhere would lie on another.
fn at(date: NaiveDate, time: Option<NaiveTime>, zone: &str, style: Style<'_>) -> Option<DateTime<Utc>> {
    let local = date.and_time(time.unwrap_or(NaiveTime::MIN));
    match style.zone.filter(|_| time.is_some() && zone.is_empty()) {
        Some(zone) => zone.from_local_datetime(&local).earliest().map(|date| date.to_utc()),
        None => zone_of(zone)?.from_local_datetime(&local).single().map(|date| date.to_utc()),
    }
}

/// Zone names that publishers write, as hours east of Greenwich; names of more than one zone are left out.
const ZONES: [(&str, f64); 25] = [
    ("EST", -5.0),
    ("EDT", -4.0),
    ("CDT", -5.0),
    ("MST", -7.0),
    ("MDT", -6.0),
    ("PST", -8.0),
    ("PDT", -7.0),
    ("AKST", -9.0),
    ("AKDT", -8.0),
    ("HST", -10.0),
    ("WET", 0.0),
    ("WEST", 1.0),
    ("CET", 1.0),
    ("CEST", 2.0),
    ("MEZ", 1.0),
    ("MESZ", 2.0),
    ("EET", 2.0),
    ("EEST", 3.0),
    ("MSK", 3.0),
    ("JST", 9.0),
    ("KST", 9.0),
    ("AEST", 10.0),
    ("AEDT", 11.0),
    ("NZST", 12.0),
    ("NZDT", 13.0),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        parse(text).map(|date| date.format("%Y-%m-%dT%H:%M:%SZ").to_string())
    }

    #[test]
    fn dates_are_read_as_publishers_write_them() {
        for (text, expected) in [
            ("2026-03-01T10:14:55Z", "2026-03-01T10:14:55Z"),
            ("2026-03-01T10:14:55.123+02:00", "2026-03-01T08:14:55Z"),
            ("2026-03-01 10:14:55", "2026-03-01T10:14:55Z"),
            ("2026-03-01T10:14+0200", "2026-03-01T08:14:00Z"),
            ("2026-03-01", "2026-03-01T00:00:00Z"),
            ("2026/3/1 10:14", "2026-03-01T10:14:00Z"),
            ("20260301T101455Z", "2026-03-01T10:14:55Z"),
            ("Sun, 01 Mar 2026 10:14:55 GMT", "2026-03-01T10:14:55Z"),
            ("Mon, 1 Mar 2026 10:14:55 EST", "2026-03-01T15:14:55Z"),
            ("Sun, 01 Mar 2026 10:14:55 GMT+0200", "2026-03-01T08:14:55Z"),
            ("Sun, 01 March 26 10:14 CEST", "2026-03-01T08:14:00Z"),
            ("Sun Mar  1 10:14:55 2026", "2026-03-01T10:14:55Z"),
            ("March 1, 2026", "2026-03-01T00:00:00Z"),
            ("March 1, 2026 3:05 PM", "2026-03-01T15:05:00Z"),
            ("Sunday, March 1st, 2026 at 3:05 p.m.", "2026-03-01T15:05:00Z"),
            ("01-Mar-2026 10:14:55", "2026-03-01T10:14:55Z"),
            ("1. März 2026, 10:14", "2026-03-01T10:14:00Z"),
            ("1 березня 2026 10:14", "2026-03-01T10:14:00Z"),
            ("1.3.2026", "2026-03-01T00:00:00Z"),
            ("01.03.2026, 10:14", "2026-03-01T10:14:00Z"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_leaves_the_day_open_is_no_date() {
        for text in
            ["", "yesterday", "2026", "March 2026", "01/02/2026", "31 Feb 2026", "Sun, 01 Mar 2026 10:14 XYZ"]
        {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("Thu, 01 Jan 1970 00:00:00 GMT"), None);
    }

    #[test]
    fn what_a_page_leaves_open_its_style_says() {
        let read = |text: &str, style: Style| parse_as(text, style).map(|date| date.to_rfc3339());
        let kyiv = Style { zone: Some(chrono_tz::Europe::Kyiv), ..Style::default() };
        assert_eq!(read("2026-03-01 10:14", kyiv).as_deref(), Some("2026-03-01T08:14:00+00:00"));
        assert_eq!(read("2026-03-01 10:14 +0100", kyiv).as_deref(), Some("2026-03-01T09:14:00+00:00"));
        assert_eq!(read("1 березня 2026", kyiv).as_deref(), Some("2026-03-01T00:00:00+00:00"), "a day alone");
        let slashes = Style { format: Some("%d/%m/%Y %H:%M"), ..kyiv };
        assert_eq!(read("01/02/2026 10:14 | 3 min", slashes).as_deref(), Some("2026-02-01T08:14:00+00:00"));
        assert_eq!(read("2026-03-01", slashes), None, "another format than said");
        let words = Style { format: Some("%d de %B de %Y"), language: Some("es"), zone: None };
        assert_eq!(read("1 de marzo de 2026", words).as_deref(), Some("2026-03-01T00:00:00+00:00"));
    }

    #[test]
    fn a_month_that_means_two_is_told_by_the_language() {
        let month = |language| {
            parse_as("5 listopada 2026", Style { language, ..Style::default() })
                .map(|date| date.format("%m").to_string())
        };
        assert_eq!(month(None), None);
        assert_eq!(month(Some("pl")).as_deref(), Some("11"));
        assert_eq!(month(Some("hr")).as_deref(), Some("10"));
    }
}

//! One page of a list: what was found as lines, and the buttons that turn it.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use teloxide::types::InlineKeyboardButton;
use teloxide::utils::html::escape;
use url::Url;

use super::zone;
use crate::bot::call::Call;
use crate::digest::parts;
use crate::locale::Language;
use crate::model::{Change, Development, Precision, Status, When};
use crate::store::search::{Found, Page, Source};

/// What a page holds.
pub(super) const SIZE: i64 = 5;
/// Links of one item; the other outlets are counted.
const LINKS: usize = 3;
/// Changes of one item; the last count.
const CHANGES: usize = 3;
/// Bytes of a link that is still shown as one.
const MAX_URL: usize = 1500;

/// What is before a page, of pages that hold `size` each; page 1 is the first.
pub(super) fn skip(page: i64, size: i64) -> i64 {
    (page.clamp(1, 1_000_000) - 1) * size
}

/// The pages of a list.
pub(super) fn pages(total: i64, size: i64) -> i64 {
    ((total + size - 1) / size).max(1)
}

/// The page under its heading, which is Telegram HTML, within Telegram's limits.
pub(super) fn html(call: &Call, heading: &str, page: &Page, number: i64) -> String {
    let pages = pages(page.total, SIZE);
    let heading = match pages {
        1 => heading.to_owned(),
        _ => format!(
            "{heading} · {}",
            call.say("browse-page", &[("page", number.into()), ("pages", pages.into())])
        ),
    };
    let mut text = String::new();
    // The longer what was found, the less of each.
    for room in [500, 240, 110] {
        let items = page.found.iter().map(|found| item(call, found, room));
        text = std::iter::once(heading.clone()).chain(items).collect::<Vec<_>>().join("\n\n");
        if parts::split(&text).len() == 1 {
            break;
        }
    }
    text
}

/// Buttons to the first page, the one before, the next and the last, as far as there are any.
pub(super) fn buttons(what: &str, id: i64, page: i64, total: i64, size: i64) -> Vec<InlineKeyboardButton> {
    let pages = pages(total, size);
    let to = |sign: &str, page: i64| InlineKeyboardButton::callback(sign, format!("b:{what}:{id}:{page}"));
    let mut row = Vec::new();
    if page > 2 {
        row.push(to("⏮ 1", 1));
    }
    if page > 1 {
        row.push(to(&format!("◀️ {}", page - 1), page - 1));
    }
    if page < pages {
        row.push(to(&format!("{} ▶️", page + 1), page + 1));
    }
    if page + 1 < pages {
        row.push(to(&format!("{pages} ⏭"), pages));
    }
    row
}

fn item(call: &Call, found: &Found, room: usize) -> String {
    match found {
        Found::Development(facts, sources, changes) => development(call, facts, sources, changes, room),
        Found::Article { title, published, source } => {
            let day = moment(call, *published);
            let title = escape(&cut(title, room));
            format!("📰 <b>{day}</b> · {title}\n{}", links(call, std::slice::from_ref(source)))
        }
    }
}

/// "💥 Mon 3 Mar · Two drones hit … / Killed: 5 → 7 / 3 sources: …".
fn development(
    call: &Call,
    facts: &Development,
    sources: &[Source],
    changes: &[Change],
    room: usize,
) -> String {
    let language = call.language;
    let sign = match facts.status {
        Status::Cancelled | Status::Denied => "⏹ ",
        Status::Planned => "📅 ",
        Status::Occurred => "",
    };
    let known = facts.when.as_ref().and_then(|when| span(call, when));
    let day = known.unwrap_or_else(|| moment(call, facts.first_reported));
    let icon = &facts.kind.spec().icon;
    let mut text = format!("{sign}{icon} <b>{}</b> · {}", escape(&day), escape(&cut(&facts.summary, room)));
    for change in changes.iter().skip(changes.len().saturating_sub(CHANGES)) {
        let value = |value: &str| escape(&cut(&self::value(language, &change.field, value), room / 8 + 10));
        let field = escape(&known_as(language, "digest-field", &change.field));
        text.push_str(&format!(
            "\n   {field}: <s>{}</s> → <b>{}</b>",
            value(&change.was),
            value(&change.now)
        ));
    }
    format!("{text}\n{}", links(call, sources))
}

/// "3 sources: Wire, Post, Ledger +1", with links.
fn links(call: &Call, sources: &[Source]) -> String {
    let shown: Vec<String> = sources.iter().take(LINKS).map(link).collect();
    let rest = match sources.len().saturating_sub(LINKS) {
        0 => String::new(),
        more => format!(" +{more}"),
    };
    let count = call.say("digest-sources", &[("n", sources.len().into())]);
    format!("<i>{count}:</i> {}{rest}", shown.join(", "))
}

fn link(source: &Source) -> String {
    let name = escape(&cut(&source.outlet, 40));
    let url = Url::parse(&source.url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    match url.map(|url| escape(url.as_str())).filter(|url| url.len() <= MAX_URL) {
        Some(url) => format!("<a href=\"{url}\">{name}</a>"),
        None => name,
    }
}

/// A day or days in words, as exactly as they are known; `None` where that is a year.
fn span(call: &Call, when: &When) -> Option<String> {
    let day = |day: NaiveDate| self::day(call, day);
    match when.precision {
        Precision::Day | Precision::Week if when.from == when.to => Some(day(when.from)),
        Precision::Day | Precision::Week => Some(format!("{} – {}", day(when.from), day(when.to))),
        Precision::Month => Some(call.language.day(when.from, &call.language.text("digest-month", &[]))),
        Precision::Year => None,
    }
}

/// The day of an instant in the chat's zone.
pub(super) fn moment(call: &Call, at: DateTime<Utc>) -> String {
    day(call, at.with_timezone(&zone(call)).date_naive())
}

/// A day, with the year where it is another one.
fn day(call: &Call, day: NaiveDate) -> String {
    let today = call.service.app.clock.now().with_timezone(&zone(call)).date_naive();
    let pattern = if day.year() == today.year() { "digest-day" } else { "digest-date" };
    call.language.day(day, &call.language.text(pattern, &[]))
}

/// A value of a change: a status or a date in words, all else as its report has it.
fn value(language: Language, field: &str, value: &str) -> String {
    if value == "unknown" {
        return language.text("digest-unknown", &[]);
    }
    match (field, value.parse::<NaiveDate>()) {
        ("status", _) => known_as(language, "digest-status", value),
        (_, Ok(day)) => language.day(day, &language.text("digest-day", &[])),
        _ => value.to_owned(),
    }
}

/// What the language calls a name of the database; the name itself where it has no word for it.
fn known_as(language: Language, family: &str, name: &str) -> String {
    let key = format!("{family}-{name}");
    if Language::En.has(&key) { language.text(&key, &[]) } else { name.to_owned() }
}

/// Text from outside on one line, at most so many of Telegram's units long, without what would turn what follows.
pub(super) fn cut(text: &str, most: usize) -> String {
    let turns =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !turns(*c)).collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut units = 0;
    let end = line.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > most
    });
    let Some((end, _)) = end else { return line };
    let end = line[..end].rfind(' ').filter(|space| *space > end / 2).unwrap_or(end);
    format!("{}…", line[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_ends_at_a_word_and_keeps_to_telegrams_units() {
        assert_eq!(cut("two words\nhere", 20), "two words here");
        assert_eq!(cut("two words here", 10), "two words…");
        assert_eq!(cut(&"😀".repeat(10_000), 10).encode_utf16().count(), 11);
        assert_eq!(cut("\u{202e}turned\u{0}", 10), "turned");
    }

    #[test]
    fn a_page_has_buttons_only_to_pages_that_there_are() {
        let labels = |page, total| -> Vec<String> {
            buttons("f", 7, page, total, SIZE).into_iter().map(|button| button.text).collect()
        };
        assert_eq!(labels(1, 5), [""; 0]);
        assert_eq!(labels(1, 6), ["2 ▶️"]);
        assert_eq!(labels(2, 16), ["◀️ 1", "3 ▶️", "4 ⏭"]);
        assert_eq!(labels(4, 16), ["⏮ 1", "◀️ 3"]);
    }
}

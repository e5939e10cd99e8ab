//! A digest in words: what its templates lay out, in the reader's language and zone.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Serialize;

use super::{Badge, Digest, Item, Link, Mark, Notice, Totals, Withdrawn};
use crate::locale::{Args, Language};
use crate::model::{Kind, Precision, When};

/// Links shown with an item; the others are counted.
const LINKS: usize = 3;
/// Bytes of a link that is still shown as one.
const MAX_URL: usize = 2000;

#[derive(Serialize)]
pub(super) struct View {
    alert: bool,
    date: String,
    /// The hour at which an alert was compiled.
    at: String,
    from: String,
    to: String,
    zone: &'static str,
    /// Which editions did not come and are made up for, or nothing.
    covers: String,
    totals: Totals,
    notice: Option<&'static str>,
    withdrawn: Vec<WithdrawnView>,
    restored: Vec<WithdrawnView>,
    keys: Vec<ItemView>,
    sections: Vec<Section>,
    coming_up: Vec<ItemView>,
    /// "A – B (last: 3 Mar); C – D (last: 1 Mar)", or nothing.
    unchanged: String,
    more: usize,
}

#[derive(Serialize)]
struct Section {
    icon: &'static str,
    title: String,
    items: Vec<ItemView>,
}

#[derive(Serialize)]
struct ItemView {
    id: i64,
    icon: &'static str,
    badge: String,
    text: String,
    place: Option<String>,
    when: Option<String>,
    published: Option<String>,
    seen: String,
    changes: Vec<ChangeView>,
    disputes: Vec<DisputeView>,
    origins: usize,
    links: Vec<LinkView>,
    more_links: usize,
    history: Vec<EarlierView>,
    /// The address of every source that is named, once.
    urls: Vec<String>,
}

#[derive(Serialize)]
struct ChangeView {
    field: String,
    was: String,
    now: String,
    source: Option<LinkView>,
}

#[derive(Serialize)]
struct DisputeView {
    field: String,
    low: u32,
    low_source: LinkView,
    high: u32,
    high_source: LinkView,
}

#[derive(Serialize)]
struct EarlierView {
    day: String,
    text: String,
}

#[derive(Serialize)]
struct WithdrawnView {
    text: String,
    told: String,
    why: Option<String>,
    links: Vec<LinkView>,
}

#[derive(Serialize)]
struct LinkView {
    outlet: String,
    /// `None` where it is no address that a reader could open.
    url: Option<String>,
}

/// The words of one digest.
pub(super) fn view(digest: &Digest) -> View {
    let words = Words { digest, language: digest.language };
    let item = |item: &Item| words.item(item);
    let mut sections: Vec<(&Kind, Section)> = Vec::new();
    for told in digest.items.iter().filter(|item| !item.key) {
        match sections.last_mut() {
            Some((kind, section)) if *kind == &told.kind => section.items.push(item(told)),
            _ => {
                let section = Section {
                    icon: &told.kind.spec().icon,
                    title: words.kind(&told.kind),
                    items: vec![item(told)],
                };
                sections.push((&told.kind, section));
            }
        }
    }
    let judged = |judged: &[Withdrawn]| {
        let view = judged.iter().map(|judged| WithdrawnView {
            text: judged.text.clone(),
            told: words.day(judged.told),
            why: judged.why.clone(),
            links: judged.links.iter().take(LINKS).map(link).collect(),
        });
        view.collect()
    };
    let unchanged = digest.unchanged.iter().map(|story| {
        words.say(
            "digest-unchanged-story",
            &[("name", story.name.as_str().into()), ("day", words.day(story.last).into())],
        )
    });
    View {
        alert: digest.alert,
        date: words.pattern("digest-date", digest.edition),
        at: words.moment(digest.window.1),
        from: words.day_and_hour(digest.window.0),
        to: words.day_and_hour(digest.window.1),
        zone: digest.zone.name(),
        covers: words.covers(),
        totals: digest.totals,
        notice: digest.notice().filter(|_| !digest.alert).map(|notice| match notice {
            Notice::NothingNew => "nothing_new",
            Notice::Unreachable => "unreachable",
            Notice::Unread => "unread",
            Notice::NoSources => "no_sources",
        }),
        withdrawn: judged(&digest.withdrawn),
        restored: judged(&digest.restored),
        keys: digest.items.iter().filter(|item| item.key).map(item).collect(),
        sections: sections.into_iter().map(|(_, section)| section).collect(),
        coming_up: digest.coming_up.iter().map(item).collect(),
        unchanged: unchanged.collect::<Vec<_>>().join("; "),
        more: digest.more,
    }
}

/// Says things as one digest says them.
struct Words<'a> {
    digest: &'a Digest,
    language: Language,
}

impl Words<'_> {
    fn say(&self, key: &str, args: Args<'_>) -> String {
        self.language.text(key, args)
    }

    /// Which editions did not come: by their days, or also by their hours where a day has several.
    fn covers(&self) -> String {
        let covers = &self.digest.covers;
        let (Some(first), Some(last)) = (covers.first(), covers.last()) else { return String::new() };
        let day = |at: &DateTime<Utc>| at.with_timezone(&self.digest.zone).date_naive();
        let mut days: Vec<NaiveDate> = covers.iter().map(day).collect();
        days.push(self.digest.edition);
        let one_a_day = days.is_sorted_by(|earlier, later| earlier < later);
        let named = |at: &DateTime<Utc>| if one_a_day { self.day(day(at)) } else { self.day_and_hour(*at) };
        self.say(
            "digest-covers",
            &[("n", covers.len().into()), ("first", named(first).into()), ("last", named(last).into())],
        )
    }

    fn item(&self, item: &Item) -> ItemView {
        let shown = item.origins.clamp(1, LINKS).min(item.links.len());
        let changes: Vec<ChangeView> = item
            .changes
            .iter()
            .map(|change| ChangeView {
                field: self.field(&change.field),
                was: self.value(&change.field, &change.was),
                now: self.value(&change.field, &change.now),
                source: change.source.as_ref().map(link),
            })
            .collect();
        let disputes: Vec<DisputeView> = item
            .disputes
            .iter()
            .map(|dispute| DisputeView {
                field: self.field(&dispute.field),
                low: dispute.low.0,
                low_source: link(&dispute.low.1),
                high: dispute.high.0,
                high_source: link(&dispute.high.1),
            })
            .collect();
        let links: Vec<LinkView> = item.links.iter().take(shown).map(link).collect();
        let named = links
            .iter()
            .chain(changes.iter().filter_map(|change| change.source.as_ref()))
            .chain(disputes.iter().flat_map(|dispute| [&dispute.low_source, &dispute.high_source]));
        let mut urls: Vec<String> = Vec::new();
        for url in named.filter_map(|link| link.url.as_ref()) {
            if !urls.contains(url) {
                urls.push(url.clone());
            }
        }
        ItemView {
            id: item.development.0,
            icon: &item.kind.spec().icon,
            badge: badge(item),
            text: item.text.clone(),
            place: item.place.clone(),
            when: item.when.as_ref().map(|when| self.days(when)),
            published: item.published.map(|day| self.day(day)),
            seen: self.moment(item.first_seen),
            changes,
            disputes,
            origins: item.origins,
            more_links: item.origins.saturating_sub(shown),
            links,
            history: item
                .history
                .iter()
                .map(|earlier| EarlierView { day: self.day(earlier.day), text: earlier.text.clone() })
                .collect(),
            urls,
        }
    }

    /// The heading of a kind's section; a kind without its own is named as it is.
    fn kind(&self, kind: &Kind) -> String {
        self.known("digest-kind", kind.as_str()).unwrap_or_else(|| {
            let heading = &kind.spec().heading;
            if heading.is_empty() { capital(kind.as_str()) } else { heading.clone() }
        })
    }

    fn field(&self, field: &str) -> String {
        self.known("digest-field", field).unwrap_or_else(|| capital(field))
    }

    /// A value of a change: a status or a date in words, anything else as its report has it.
    fn value(&self, field: &str, value: &str) -> String {
        if value == "unknown" {
            return self.say("digest-unknown", &[]);
        }
        match field {
            "status" => self.known("digest-status", value).unwrap_or_else(|| value.to_owned()),
            "date" => self.date(value).unwrap_or_else(|| value.to_owned()),
            _ => value.to_owned(),
        }
    }

    /// The message of a name that the database has, if there is one.
    fn known(&self, family: &str, name: &str) -> Option<String> {
        let key = format!("{family}-{name}");
        Language::En.has(&key).then(|| self.say(&key, &[]))
    }

    /// "2026-03-12", "2026-03-12 to 2026-03-14" or "2026-03" in words.
    fn date(&self, value: &str) -> Option<String> {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        match value.split_once(" to ") {
            Some((from, to)) => Some(self.span(day(from)?, day(to)?)),
            None => day(value)
                .map(|day| self.day(day))
                .or_else(|| Some(self.pattern("digest-month", day(&format!("{value}-01"))?))),
        }
    }

    fn pattern(&self, key: &str, day: NaiveDate) -> String {
        self.language.day(day, &self.say(key, &[]))
    }

    fn day(&self, day: NaiveDate) -> String {
        self.pattern("digest-day", day)
    }

    fn span(&self, from: NaiveDate, to: NaiveDate) -> String {
        if from == to { self.day(from) } else { format!("{} – {}", self.day(from), self.day(to)) }
    }

    /// A day or span of days, as exactly as it is known.
    fn days(&self, when: &When) -> String {
        match when.precision {
            Precision::Month => self.pattern("digest-month", when.from),
            Precision::Year => when.from.format("%Y").to_string(),
            Precision::Day | Precision::Week => self.span(when.from, when.to),
        }
    }

    /// An instant in the reader's zone: the hour alone on the day of the edition.
    fn moment(&self, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&self.digest.zone);
        match local.date_naive() {
            day if day == self.digest.edition => local.format("%H:%M").to_string(),
            _ => self.day_and_hour(at),
        }
    }

    /// An instant in the reader's zone, with a week day that can only be one day.
    fn day_and_hour(&self, at: DateTime<Utc>) -> String {
        let zone = self.digest.zone;
        let near = (self.digest.edition - at.with_timezone(&zone).date_naive()).abs() < TimeDelta::days(4);
        let pattern = if near { "%a %H:%M".to_owned() } else { self.say("digest-moment", &[]) };
        self.language.moment(at, zone, &pattern)
    }
}

fn link(link: &Link) -> LinkView {
    let url = url::Url::parse(&link.url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let url = url.map(String::from).filter(|url| url.len() <= MAX_URL);
    LinkView { outlet: link.outlet.clone(), url }
}

fn badge(item: &Item) -> String {
    let badge = match item.badge {
        Badge::New => "🆕",
        Badge::Update => "🔄",
        Badge::Cancelled => "⏹",
        Badge::Planned => "",
    };
    let marks = item.marks.iter().map(|mark| match mark {
        Mark::Confirmed => "✅",
        Mark::OneSource => "⚠️",
        Mark::Disputed => "❗",
    });
    std::iter::once(badge).chain(marks).collect()
}

/// A name from the database as a label: `car_race` is "Car race".
fn capital(name: &str) -> String {
    let mut letters = name.chars().map(|c| if c == '_' { ' ' } else { c });
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

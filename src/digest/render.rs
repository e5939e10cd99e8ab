//! A digest to text, by templates: Telegram's HTML and plain text for the terminal.
//!
//! The templates only lay out: dates, badges and counts come to them as words in the reader's zone. What they
//! print is escaped by default. They are compiled in; a folder may replace them by files of the same name. A
//! blank line is where a message may be split.

use std::path::Path;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use super::{Badge, Digest, Dispute, Item, ItemChange, Link, Mark, Notice, Totals};
use crate::model::{DevelopmentId, Kind, Precision, When};

/// Links shown with an item; the others are counted.
const LINKS: usize = 3;
/// Bytes of a link that is still shown as one.
const MAX_URL: usize = 2000;

const BUILT_IN: [(&str, &str); 2] = [
    ("digest.html", include_str!("../../templates/digest.html")),
    ("digest.txt", include_str!("../../templates/digest.txt")),
];

/// The templates, read and compiled.
pub struct Templates(Environment<'static>);

impl Templates {
    /// The built-in templates, or those of the same name in `folder`.
    ///
    /// Fails if a file of the folder can't be read or is no template.
    pub fn load(folder: Option<&Path>) -> anyhow::Result<Templates> {
        let mut environment = Environment::new();
        environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_formatter(|out, state, value| match state.auto_escape() {
            AutoEscape::Html if !value.is_safe() => Ok(out.write_str(&escape(&value.to_string()))?),
            _ => Ok(out.write_str(&value.to_string())?),
        });
        for (name, built_in) in BUILT_IN {
            let own = folder.map(|folder| folder.join(name)).filter(|path| path.exists());
            let source = match &own {
                Some(path) => std::fs::read_to_string(path)
                    .with_context(|| format!("reading template {}", path.display()))?,
                None => built_in.to_owned(),
            };
            environment
                .add_template_owned(name, source)
                .with_context(|| format!("compiling template {name}"))?;
        }
        Ok(Templates(environment))
    }

    /// Telegram HTML, of any length.
    pub fn html(&self, digest: &Digest) -> anyhow::Result<String> {
        self.render("digest.html", digest)
    }

    /// Plain text.
    pub fn text(&self, digest: &Digest) -> anyhow::Result<String> {
        self.render("digest.txt", digest)
    }

    fn render(&self, name: &str, digest: &Digest) -> anyhow::Result<String> {
        let template = self.0.get_template(name).with_context(|| format!("finding template {name}"))?;
        let text = template
            .render(Value::from(Serde(view(digest))))
            .map_err(|error| anyhow::anyhow!("{error:#}"))
            .with_context(|| format!("rendering template {name}"))?;
        Ok(text.trim().to_owned())
    }
}

/// Problems of the templates, each with the template's name: a sample is rendered, and its tags are looked at.
pub fn check(folder: Option<&Path>) -> Vec<String> {
    let templates = match Templates::load(folder) {
        Ok(templates) => templates,
        Err(error) => return vec![format!("{error:#}")],
    };
    let mut problems = Vec::new();
    for sample in [sample(), Digest { items: vec![], coming_up: vec![], ..sample() }] {
        match templates.html(&sample) {
            Err(error) => problems.push(format!("{error:#}")),
            Ok(html) => problems.extend(super::parts::unknown_tags(&html).into_iter().map(|tag| {
                format!(
                    "template digest.html: Telegram does not take the tag {tag}; use b, i, u, s, a, code, pre \
                     or blockquote"
                )
            })),
        }
        problems.extend(templates.text(&sample).err().map(|error| format!("{error:#}")));
    }
    problems.dedup();
    problems
}

/// A digest that has one of everything.
fn sample() -> Digest {
    let link =
        Link { outlet: "Sample & Co".to_owned(), url: "https://news.example/1".to_owned(), origin: None };
    let at = DateTime::UNIX_EPOCH;
    let item = Item {
        development: DevelopmentId(1),
        kind: Kind::STRIKE,
        key: true,
        planned: false,
        badge: Badge::Update,
        marks: vec![Mark::OneSource],
        text: "A sample of <text>".to_owned(),
        place: Some("Somewhere".to_owned()),
        when: None,
        changes: vec![ItemChange {
            field: "killed".to_owned(),
            was: "1".to_owned(),
            now: "2".to_owned(),
            source: Some(link.clone()),
        }],
        disputes: vec![Dispute {
            field: "wounded".to_owned(),
            low: (1, link.clone()),
            high: (2, link.clone()),
        }],
        origins: 5,
        links: vec![link],
        first_seen: at,
        rank: 1.0,
        told_changes: vec![],
        with: vec![],
    };
    Digest {
        edition: at.date_naive(),
        subscriber: None,
        window: (at, at),
        zone: Tz::UTC,
        totals: Totals { new: 1, updated: 1, articles: 2, outlets: 2, sources: 2, unreachable: 1 },
        items: vec![item.clone(), Item { key: false, ..item.clone() }],
        coming_up: vec![item],
        more: 1,
    }
}

/// Text as Telegram's HTML shows it as it is, in attributes too.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A digest in words.
#[derive(Serialize)]
struct View {
    date: String,
    from: String,
    to: String,
    zone: &'static str,
    totals: Totals,
    notice: Option<&'static str>,
    keys: Vec<ItemView>,
    sections: Vec<Section>,
    coming_up: Vec<ItemView>,
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
    seen: String,
    changes: Vec<ChangeView>,
    disputes: Vec<DisputeView>,
    origins: usize,
    links: Vec<LinkView>,
    more_links: usize,
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
struct LinkView {
    outlet: String,
    /// `None` where it is no address that a reader could open.
    url: Option<String>,
}

fn view(digest: &Digest) -> View {
    let zone = digest.zone;
    let item = |item: &Item| item_view(item, digest);
    let mut sections: Vec<(&Kind, Section)> = Vec::new();
    for told in digest.items.iter().filter(|item| !item.key) {
        match sections.last_mut() {
            Some((kind, section)) if *kind == &told.kind => section.items.push(item(told)),
            _ => {
                let (icon, title) = section_title(&told.kind);
                sections.push((&told.kind, Section { icon, title, items: vec![item(told)] }));
            }
        }
    }
    View {
        date: digest.edition.format("%a %-d %b %Y").to_string(),
        from: day_and_hour(digest.window.0, digest.edition, zone),
        to: day_and_hour(digest.window.1, digest.edition, zone),
        zone: zone.name(),
        totals: digest.totals,
        notice: digest.notice().map(|notice| match notice {
            Notice::NothingNew => "nothing_new",
            Notice::Unreachable => "unreachable",
            Notice::NoSources => "no_sources",
        }),
        keys: digest.items.iter().filter(|item| item.key).map(item).collect(),
        sections: sections.into_iter().map(|(_, section)| section).collect(),
        coming_up: digest.coming_up.iter().map(item).collect(),
        more: digest.more,
    }
}

fn item_view(item: &Item, digest: &Digest) -> ItemView {
    let shown = item.origins.clamp(1, LINKS);
    ItemView {
        id: item.development.0,
        icon: section_title(&item.kind).0,
        badge: badge(item),
        text: item.text.clone(),
        place: item.place.clone(),
        when: item.when.as_ref().map(days),
        seen: moment(item.first_seen, digest.edition, digest.zone),
        changes: item
            .changes
            .iter()
            .map(|change| ChangeView {
                field: label(&change.field),
                was: value(&change.was),
                now: value(&change.now),
                source: change.source.as_ref().map(link),
            })
            .collect(),
        disputes: item
            .disputes
            .iter()
            .map(|dispute| DisputeView {
                field: label(&dispute.field),
                low: dispute.low.0,
                low_source: link(&dispute.low.1),
                high: dispute.high.0,
                high_source: link(&dispute.high.1),
            })
            .collect(),
        origins: item.origins,
        links: item.links.iter().take(shown).map(link).collect(),
        more_links: item.origins.saturating_sub(shown.min(item.links.len())),
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

/// The icon and heading of a kind's section; a kind without its own is named as it is.
fn section_title(kind: &Kind) -> (&'static str, String) {
    let spec = kind.spec();
    let heading = if spec.heading.is_empty() { label(kind.as_str()) } else { spec.heading.clone() };
    (&spec.icon, heading)
}

/// A name from the database as a label: `killed` is "Killed".
fn label(name: &str) -> String {
    let name = if name == "actors" { "who" } else { name };
    let mut letters = name.chars().map(|c| if c == '_' { ' ' } else { c });
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A value of a change; a date in words.
fn value(value: &str) -> String {
    value.parse::<NaiveDate>().map_or_else(|_| value.to_owned(), |date| date.format("%a %-d %b").to_string())
}

/// An instant in the reader's zone: the hour alone on the day of the edition.
fn moment(at: DateTime<Utc>, edition: NaiveDate, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    match local.date_naive() {
        day if day == edition => local.format("%H:%M").to_string(),
        _ => day_and_hour(at, edition, zone),
    }
}

/// An instant in the reader's zone, with a week day that can only be one day.
fn day_and_hour(at: DateTime<Utc>, edition: NaiveDate, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    let near = (edition - local.date_naive()).abs() < TimeDelta::days(4);
    local.format(if near { "%a %H:%M" } else { "%-d %b %H:%M" }).to_string()
}

/// A day or span of days, as exactly as it is known.
fn days(when: &When) -> String {
    let (from, to) = (when.from, when.to);
    match when.precision {
        Precision::Month => from.format("%b %Y").to_string(),
        Precision::Year => from.format("%Y").to_string(),
        Precision::Day | Precision::Week if from == to => from.format("%a %-d %b").to_string(),
        Precision::Day | Precision::Week => {
            format!("{} – {}", from.format("%a %-d %b"), to.format("%a %-d %b"))
        }
    }
}

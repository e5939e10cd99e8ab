//! What a development keeps of its reports: prints, by which a text is known again, and those of the last instant.

use super::{Context, Known, Report, TollField};
use crate::model::{Change, Development, Mention, Telling, When};

/// Prints that a development keeps.
const PRINTS: usize = 400;
/// Articles that a development keeps.
const ARTICLES: usize = 200;
/// Days for which the same text is the same report.
const DAYS: i64 = 3;

/// Takes each report into the memory of its development.
pub(super) fn tell(reports: &mut [Report], known: &[Known], mentions: &[Mention], at: &Context) {
    let article =
        print_of(mentions.iter().map(print).chain([mixed(&at.outlet), at.published.timestamp() as u64]));
    let weight = mentions.iter().map(weight).sum();
    for report in reports {
        let prior = known.iter().map(|k| &k.facts).find(|facts| facts.id == report.facts.id);
        let telling = Telling {
            article,
            weight,
            outlet: at.outlet.clone(),
            published: at.published,
            evidence: report.mention.evidence.clone(),
            lowered: report.changes.iter().filter(|c| is_lower(c)).map(|c| c.field.clone()).collect(),
            mentions: report.mentions.clone(),
        };
        keep(&mut report.facts, prior, telling);
    }
}

fn is_lower(change: &Change) -> bool {
    let number = |text: &str| text.parse::<u32>().ok();
    TollField::parse(&change.field).is_some()
        && matches!((number(&change.was), number(&change.now)), (Some(was), Some(now)) if now < was)
}

/// Takes a telling into the memory that a development had before it.
pub(super) fn keep(facts: &mut Development, prior: Option<&Development>, telling: Telling) {
    let mut memory = prior.map(|p| p.memory.clone()).unwrap_or_default();
    if memory.latest.first().is_none_or(|t| t.published != telling.published) {
        memory.latest.clear();
        memory.before = prior.map(|p| {
            let mut before = p.clone();
            before.memory.latest.clear();
            before.memory.before = None;
            Box::new(before)
        });
    }
    for print in telling.mentions.iter().map(print) {
        if !memory.prints.contains(&print) {
            memory.prints.push(print);
        }
    }
    memory.articles.push(telling.article);
    let surplus = memory.prints.len().saturating_sub(PRINTS);
    memory.prints.drain(..surplus);
    let surplus = memory.articles.len().saturating_sub(ARTICLES);
    memory.articles.drain(..surplus);
    memory.latest.push(telling);
    facts.memory = memory;
}

/// The development was told in these very words days ago at most.
pub(super) fn has_told(facts: &Development, mention: &Mention, at: &Context) -> bool {
    let lately = (at.published - facts.last_reported).num_days().abs() <= DAYS;
    lately && facts.memory.prints.contains(&print(mention))
}

/// A number for what a mention tells: the same words of the same event give the same.
pub(super) fn print(mention: &Mention) -> u64 {
    let day = |when: &When| format!("{} {} {}", when.from, when.to, when.literal);
    let parts = [
        mention.kind.as_str().to_owned(),
        mention.status.as_str().to_owned(),
        mention.evidence.clone(),
        format!("{} {}", mention.prominent, mention.background),
        mention.when.as_ref().map(day).unwrap_or_default(),
        mention.place.as_ref().map(|p| p.name.clone()).unwrap_or_default(),
        format!(
            "{:?} {:?}",
            mention.killed.as_ref().map(|t| t.value),
            mention.wounded.as_ref().map(|t| t.value)
        ),
        mention.speaker.as_ref().map(|s| s.key.clone()).unwrap_or_default(),
        // One sentence may tell of several calls of one person.
        mention.actors.iter().map(|a| a.key.as_str()).collect::<Vec<_>>().join(" "),
    ];
    print_of(parts.iter().map(|part| mixed(part)))
}

fn print_of(parts: impl Iterator<Item = u64>) -> u64 {
    parts.fold(0xcbf2_9ce4_8422_2325, |print, part| {
        (print ^ part).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
    })
}

/// FNV-1a: it is stored, so it must be the same with the next compiler.
fn mixed(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |print, byte| {
        (print ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// How much a mention tells.
fn weight(mention: &Mention) -> u32 {
    let has = [
        mention.place.is_some(),
        mention.when.as_ref().is_some_and(|w| !w.literal.is_empty()),
        mention.killed.is_some(),
        mention.wounded.is_some(),
        mention.prominent,
    ];
    let has = has.iter().filter(|h| **h).count() + mention.actors.len();
    u32::try_from(has).unwrap_or(u32::MAX)
}

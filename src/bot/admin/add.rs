//! /sources add: finds out what an address is, shows what it would collect, and saves it once that is confirmed.

use super::{Answer, confirm, later, record, shortened};
use crate::app::discover::{self, Address, Found};
use crate::bot::call::Call;
use crate::model::Selectors;
use crate::store::proposals::{self, Proposal};
use crate::store::sources::{self, NewSource};

/// Entries that are shown before it is saved.
const SHOWN: usize = 5;

/// Looks what is at `ADDRESS [NAME]`.
pub(super) async fn propose(call: &Call, words: &str) {
    let (address, name) = words.split_once(' ').unwrap_or((words, ""));
    let (address, name) = (address.to_owned(), name.to_owned());
    let asker = call.clone();
    later(call, async move { look(&asker, &address, name).await }).await;
}

async fn look(call: &Call, address: &str, name: String) -> anyhow::Result<Answer> {
    let app = &call.service.app;
    let found = match Address::parse(address) {
        Ok(address) => discover::discover(app, &address, None, Selectors::default()).await,
        Err(why) => Err(why),
    };
    let found = match found {
        Ok(found) => found,
        Err(why) => return Ok((call.say("admin-not-found", &[("why", shortened(&why, 600).into())]), None)),
    };
    let same = sources::same(&app.db, found.url.as_str(), found.kind, Some(&found.selectors)).await?;
    if let Some(known) = same.first() {
        return Ok((call.say("admin-source-known", &[("name", known.name.as_str().into())]), None));
    }
    let name = if name.is_empty() { discover::name(app, &found).await } else { shortened(&name, 60) };
    if !sources::named(&app.db, std::slice::from_ref(&name)).await?.is_empty() {
        return Ok((call.say("admin-name-taken", &[("name", name.into())]), None));
    }
    let text = shown(call, &found, &name);
    let source = NewSource {
        outlet: name.clone(),
        name,
        url: found.url.into(),
        kind: found.kind,
        selectors: found.selectors,
    };
    let id = proposals::make(&app.db, &Proposal::Source(Box::new(source)), app.clock.now()).await?;
    Ok((text, confirm(call, "admin-add-it", id)))
}

fn shown(call: &Call, found: &Found, name: &str) -> String {
    let entries = &found.listing.entries;
    let newest = entries.iter().filter_map(|entry| entry.published).max();
    let newest = newest.map_or("?".to_owned(), |at| at.format("%Y-%m-%d %H:%M UTC").to_string());
    let args = [
        ("name", name.into()),
        ("kind", call.language.text(&format!("admin-kind-{}", found.kind.as_str()), &[]).into()),
        ("url", shortened(found.url.as_str(), 300).into()),
        ("entries", entries.len().into()),
        ("newest", newest.into()),
    ];
    let mut text = call.say("admin-would-collect", &args);
    for entry in entries.iter().take(SHOWN) {
        let words = entry.title.as_deref().or(entry.summary.as_deref()).unwrap_or("…");
        let words = shortened(words.lines().next().unwrap_or_default(), 100);
        text.push_str(&format!("\n• {}", crate::locale::escape(&words)));
    }
    text
}

/// Saves what was confirmed.
pub(super) async fn add(call: &Call, source: &NewSource) -> anyhow::Result<()> {
    let app = &call.service.app;
    // Somebody else may have added it while this one was looked at.
    if !sources::same(&app.db, &source.url, source.kind, Some(&source.selectors)).await?.is_empty() {
        return call.stale().await;
    }
    let name = || [("name", source.name.as_str().into())];
    if !sources::add(&app.db, source, true, app.clock.now()).await? {
        call.show(&call.say("admin-name-taken", &name()), None).await;
        return Ok(());
    }
    record(call, "add", format!("{} {}", source.name, source.url)).await?;
    call.show(&call.say("admin-added", &name()), None).await;
    Ok(())
}

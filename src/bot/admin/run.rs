//! /run: reads all sources now.

use super::{later, record, shortened};
use crate::app::scrape::{self, List, SourceReport};
use crate::bot::call::Call;
use crate::locale::Language;

/// Sources that a result names; the rest are counted.
const NAMED: usize = 15;

/// Reads all sources now: answers at once, works on in the background, and edits the result in.
pub(super) async fn run(call: &Call) -> anyhow::Result<()> {
    let Ok(turn) = call.service.scraping.clone().try_lock_owned() else {
        call.reply(&call.say("admin-reading-already", &[])).await;
        return Ok(());
    };
    record(call, "run", "").await?;
    let asker = call.clone();
    later(call, async move {
        let _turn = turn;
        let reports = scrape::pass(&asker.service.app, &[]).await?;
        Ok((summary(asker.language, &reports), None))
    })
    .await;
    Ok(())
}

/// "✅ 12 of 12 sources read: 30 new entries, 28 articles stored.", and the ones that failed.
pub(super) fn summary(language: Language, reports: &[SourceReport]) -> String {
    if reports.is_empty() {
        return language.html("admin-nothing-to-read", &[]);
    }
    let failed: Vec<(&str, &str)> =
        reports.iter().filter_map(|r| Some((r.name.as_str(), r.list.as_ref().err()?.as_str()))).collect();
    let new: u64 = reports
        .iter()
        .map(|report| match report.list {
            Ok(List::Read { new, .. }) => new,
            _ => 0,
        })
        .sum();
    let stored: usize = reports.iter().map(|report| report.pages.stored).sum();
    let pages_failed: usize = reports.iter().map(|report| report.pages.failed).sum();
    let overtaken = reports.iter().filter(|report| matches!(report.list, Ok(List::Overtaken))).count();
    let put_off = reports.iter().filter(|report| matches!(report.list, Ok(List::PutOff(_)))).count();
    let args = [
        ("sign", if failed.is_empty() { "✅" } else { "⚠️" }.into()),
        ("read", (reports.len() - failed.len() - put_off - overtaken).into()),
        ("of", reports.len().into()),
        ("new", new.into()),
        ("stored", stored.into()),
        ("failed", pages_failed.into()),
    ];
    let mut text = language.html("admin-pass", &args);
    if overtaken > 0 {
        text.push_str(&format!("\n{}", language.html("admin-overtaken", &[("n", overtaken.into())])));
    }
    if put_off > 0 {
        text.push_str(&format!("\n{}", language.html("admin-put-off", &[("n", put_off.into())])));
    }
    for (name, error) in failed.iter().take(NAMED) {
        let args = [("name", shortened(name, 40).into()), ("error", shortened(error, 60).into())];
        text.push_str(&format!("\n{}", language.html("admin-pass-failed", &args)));
    }
    if failed.len() > NAMED {
        let more = [("n", (failed.len() - NAMED).into())];
        text.push_str(&format!("\n{}", language.html("admin-more-sources", &more)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::scrape::Pages;
    use crate::digest::parts;

    #[test]
    fn a_result_of_ten_thousand_failing_sources_is_one_message() {
        let report = SourceReport {
            name: "<&>".repeat(50),
            list: Err("<&>".repeat(500)),
            pages: Pages { tried: 1, stored: 0, failed: 1 },
            failures: Vec::new(),
        };
        let text = summary(Language::En, &vec![report; 10_000]);
        assert!(
            parts::visible_units(&text) <= parts::MAX_UNITS && text.len() <= parts::MAX_BYTES,
            "{}",
            text.len()
        );
        assert!(text.contains("and 9985 more"));
    }
}

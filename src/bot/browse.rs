//! /latest: what is known now.

use super::Call;

/// What is new since the chat's last digest.
pub(super) async fn latest(call: &Call) -> anyhow::Result<()> {
    for part in parts(call).await? {
        call.reply(&part).await;
    }
    Ok(())
}

async fn parts(_call: &Call) -> anyhow::Result<Vec<String>> {
    Ok(vec!["Nothing new.".into()])
}

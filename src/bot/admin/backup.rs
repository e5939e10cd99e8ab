//! /backup: the whole database as one file, sent to the admin if Telegram takes one so large.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use anyhow::Context as _;
use teloxide::types::InputFile;

use super::health::bytes;
use super::{Answer, later, record};
use crate::bot::call::Call;
use crate::deliver::telegram;
use crate::locale::escape;
use crate::store::{backup, explain};

/// Bytes that a bot may send as one file: 50 MB, less what goes with it.
const LARGEST: u64 = 49_000_000;

/// Backups that could not be sent, and are kept.
const KEPT: usize = 3;

/// Writes the database to a file and sends it; one at a time.
pub(super) async fn backup(call: &Call) -> anyhow::Result<()> {
    let Ok(turn) = call.service.backing_up.clone().try_lock_owned() else {
        call.reply(&call.say("admin-backing-up-already", &[])).await;
        return Ok(());
    };
    let asker = call.clone();
    later(call, async move {
        let _turn = turn;
        // What is missing, and the mend, are the admin's to know.
        made(&asker).await.or_else(|error| {
            let why = explain(&error);
            tracing::error!("a backup failed: {why}");
            let why = escape(&why).into_owned();
            Ok((format!("{}\n{why}", asker.say("admin-backup-failed", &[])), None))
        })
    })
    .await;
    Ok(())
}

async fn made(call: &Call) -> anyhow::Result<Answer> {
    let app = &call.service.app;
    let folder = app.config.data_dir.join("backups");
    let name = format!("tidings-{}.backup", app.clock.now().format("%Y-%m-%dT%H%M%SZ"));
    let file = folder.join(&name);
    private_folder(&folder)?;
    keep_last(&folder).with_context(|| format!("looking after {}", folder.display()))?;
    let size = backup::write(&app.db, app.config.database_url.as_ref(), &file, false).await?;
    let said = |key: &str| {
        let path = file.display().to_string();
        call.say(key, &[("name", name.as_str().into()), ("size", bytes(size).into()), ("path", path.into())])
    };
    record(call, "backup", format!("{name}, {}", bytes(size))).await?;
    if size > LARGEST {
        return Ok((said("admin-backup-too-large"), None));
    }
    let document = InputFile::file(&file).file_name(name.clone());
    let caption = call.say("admin-backup-caption", &[]);
    app.sends_beside();
    let sent = telegram::send_file(&call.service.bot, call.chat_id, call.thread, document, &caption).await;
    if call.outcome(sent).await.is_none() {
        return Ok((said("admin-backup-kept"), None));
    }
    std::fs::remove_file(&file).with_context(|| format!("removing {}", file.display()))?;
    Ok((said("admin-backup-sent"), None))
}

/// Removes what was left here before, but for the last few: what could not be sent is to be fetched, not to fill the disk.
fn keep_last(folder: &Path) -> std::io::Result<()> {
    let mut left = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        // One that was broken off is of no use. Nothing else here is ours.
        if name.starts_with("tidings-") && name.contains(".part-") {
            std::fs::remove_file(path)?;
        } else if name.starts_with("tidings-") && (name.ends_with(".backup") || name.ends_with(".dump")) {
            left.push(path);
        }
    }
    // By their times, which are their names.
    left.sort();
    let old = left.len().saturating_sub(KEPT - 1);
    left.iter().take(old).try_for_each(std::fs::remove_file)
}

/// Readers' chats are in it: nobody else on the machine is to read it.
fn private_folder(folder: &Path) -> anyhow::Result<()> {
    let doing = || format!("making the folder {}", folder.display());
    std::fs::create_dir_all(folder).with_context(doing)?;
    std::fs::set_permissions(folder, PermissionsExt::from_mode(0o700)).with_context(doing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_backups_that_could_not_be_sent_the_last_ones_are_kept_and_nothing_else_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        let days = ["01T", "02T", "03T"].map(|day| format!("tidings-2031-03-{day}080000Z.backup"));
        let others =
            ["tidings-2031-02-01T080000Z.dump", "tidings-2031-03-04T080000Z.backup.part-7", "mine.backup"];
        for name in days.iter().map(String::as_str).chain(others) {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        keep_last(folder.path()).unwrap();
        let mut left: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
        left.sort();
        // One more is about to be written.
        assert_eq!(left, ["mine.backup", days[1].as_str(), days[2].as_str()]);
    }
}

//! /backup: the whole database as one file, sent to the admin if Telegram takes one so large.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use anyhow::Context as _;
use chrono::NaiveDateTime;
use teloxide::types::InputFile;

use super::health::bytes;
use super::{Answer, later, record};
use crate::bot::call::Call;
use crate::deliver::telegram;
use crate::locale::escape;
use crate::store::{backup, explain};

/// Bytes that a bot may send as one file: 50 MB, less what goes with it.
const LARGEST: u64 = 49_000_000;

/// A backup's name, by its time.
const NAME: &str = "tidings-%Y-%m-%dT%H%M%SZ.backup";

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
    let name = app.clock.now().format(NAME).to_string();
    let file = folder.join(&name);
    private_folder(&folder)?;
    let looking = || format!("looking after {}", folder.display());
    let size = backup::write(&app.db, app.config.database_url.as_ref(), &file, false).await?;
    let said = |key: &str| {
        let path = file.display().to_string();
        call.say(key, &[("name", name.as_str().into()), ("size", bytes(size).into()), ("path", path.into())])
    };
    record(call, "backup", format!("{name}, {}", bytes(size))).await?;
    if size > LARGEST {
        keep_last(&folder).with_context(looking)?;
        return Ok((said("admin-backup-too-large"), None));
    }
    let document = InputFile::file(&file).file_name(name.clone());
    let caption = call.say("admin-backup-caption", &[]);
    app.sends_beside();
    let sent = telegram::send_file(&call.service.bot, call.chat_id, call.thread, document, &caption).await;
    if call.outcome(sent).await.is_none() {
        keep_last(&folder).with_context(looking)?;
        return Ok((said("admin-backup-kept"), None));
    }
    std::fs::remove_file(&file).with_context(|| format!("removing {}", file.display()))?;
    Ok((said("admin-backup-sent"), None))
}

/// Removes what could not be sent and was not fetched, but for the last few: it is not to fill the disk. The owner may
/// keep backups of his own here: nothing is touched that does not bear a name of ours.
fn keep_last(folder: &Path) -> std::io::Result<()> {
    let mut left = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let (whole, broken_off) = name.split_once(".part-").map_or((name, false), |(whole, _)| (whole, true));
        match NaiveDateTime::parse_from_str(whole, NAME) {
            Ok(_) if broken_off => std::fs::remove_file(path)?,
            Ok(at) => left.push((at, path)),
            Err(_) => {}
        }
    }
    left.sort();
    let old = left.len().saturating_sub(KEPT);
    left.iter().take(old).try_for_each(|(_, path)| std::fs::remove_file(path))
}

/// Readers' chats are in it: nobody else on the machine is to read it.
fn private_folder(folder: &Path) -> anyhow::Result<()> {
    let doing = || format!("making the folder {}", folder.display());
    std::fs::create_dir_all(folder).with_context(doing)?;
    std::fs::set_permissions(folder, PermissionsExt::from_mode(0o700)).with_context(doing)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn of_backups_that_could_not_be_sent_the_last_ones_are_kept_and_nothing_else_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        let ours = ["02T", "03T", "04T", "05T"].map(|day| format!("tidings-2031-03-{day}080000Z.backup"));
        let owners = [
            "mine.backup",
            "tidings-1.backup",
            "tidings-1.backup.part-7",
            "tidings-2031-03-01.backup",
            "tidings-2031-03-01T080000Z.backup.gz",
            "tidings-before-2031.dump",
        ];
        let broken_off = "tidings-2031-03-06T080000Z.backup.part-7";
        for name in ours.iter().map(String::as_str).chain(owners).chain([broken_off]) {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        keep_last(folder.path()).unwrap();
        let left: BTreeSet<String> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(left, ours[1..].iter().cloned().chain(owners.map(String::from)).collect());
    }
}

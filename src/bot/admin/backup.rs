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
use crate::store::backup;

/// Bytes that a bot may send as one file: 50 MB, less what goes with it.
const LARGEST: u64 = 49_000_000;

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
            tracing::error!("a backup failed: {error:#}");
            let why = escape(&format!("{error:#}")).into_owned();
            Ok((format!("{}\n{why}", asker.say("admin-backup-failed", &[])), None))
        })
    })
    .await;
    Ok(())
}

async fn made(call: &Call) -> anyhow::Result<Answer> {
    let app = &call.service.app;
    let folder = app.config.data_dir.join("backups");
    let name = format!("tidings-{}.dump", app.clock.now().format("%Y-%m-%dT%H%M%SZ"));
    let file = folder.join(&name);
    private_folder(&folder)?;
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

/// Readers' chats are in it: nobody else on the machine is to read it.
fn private_folder(folder: &Path) -> anyhow::Result<()> {
    let doing = || format!("making the folder {}", folder.display());
    std::fs::create_dir_all(folder).with_context(doing)?;
    std::fs::set_permissions(folder, PermissionsExt::from_mode(0o700)).with_context(doing)
}

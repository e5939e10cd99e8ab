//! The data folder: who works on it, and whether this user may.

use std::fs::{File, TryLockError};
use std::io::ErrorKind::{AlreadyExists, NotADirectory, NotFound};
use std::io::{Read, Seek, Write};
use std::path::Path;

use anyhow::{Context, anyhow, bail};

use crate::config::denied;

/// Held by a command that has a data folder for itself, as long as it works; ends with its process.
#[derive(Debug)]
pub struct RunLock(File);

impl RunLock {
    /// Takes the lock of `data_dir`, which is made where missing, for a command: `run`, or `restore`.
    ///
    /// # Errors
    /// Another process holds it: named by its command and number. Or the folder is another user's.
    pub fn take(data_dir: &Path, command: &str) -> anyhow::Result<RunLock> {
        make(data_dir)?;
        let path = data_dir.join("run.lock");
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(|error| refused(&path, &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let (other, number) = holder(&mut file)?;
                let mend = match other.as_str() {
                    "run" => "stop it first, or set TIDINGS_DATA to another folder",
                    _ => "wait for its end",
                };
                bail!(
                    "`tidings {other}` already works on the data folder {} (process {number}): {mend}",
                    data_dir.display(),
                );
            }
            Err(TryLockError::Error(error)) => return Err(error).context("locking the data folder"),
        }
        file.set_len(0).context("writing who runs")?;
        file.rewind().context("writing who runs")?;
        write!(file, "{command} {}", std::process::id()).context("writing who runs")?;
        Ok(RunLock(file))
    }
}

impl Drop for RunLock {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// The command and the number of the process that holds a lock.
fn holder(file: &mut File) -> anyhow::Result<(String, String)> {
    let mut text = String::new();
    file.read_to_string(&mut text).context("reading who runs")?;
    // Older versions write the number alone.
    let (command, number) = text.trim().split_once(' ').unwrap_or(("run", text.trim()));
    Ok((command.to_owned(), number.to_owned()))
}

/// Makes the data folder where it is missing, and sees that files can be made in it.
///
/// # Errors
/// They can't: with whose the folder is, and the mend.
pub fn check_folder(data_dir: &Path) -> anyhow::Result<()> {
    make(data_dir)?;
    let path = data_dir.join(format!("check-{}", std::process::id()));
    let made = File::create(&path).and_then(|_| std::fs::remove_file(&path));
    made.map_err(|error| refused(data_dir, &error))
}

fn make(data_dir: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(data_dir).map_err(|error| match error.kind() {
        NotFound | NotADirectory | AlreadyExists => {
            anyhow!(
                "no way to {}: {error}: set TIDINGS_DATA to a folder that can be made",
                data_dir.display()
            )
        }
        _ => refused(data_dir, &error),
    })
}

/// What can't be made or opened, with whose it is where that is the reason.
pub(super) fn refused(path: &Path, error: &std::io::Error) -> anyhow::Error {
    match denied(path, error) {
        Some(whose) => anyhow!(whose),
        None => anyhow!("no way to {}: {error}", path.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_command_on_one_data_folder_is_refused_until_the_first_ends() {
        let folder = tempfile::tempdir().unwrap();
        for (command, mend) in [("run", "stop it first"), ("restore", "wait for its end")] {
            let first = RunLock::take(folder.path(), command).unwrap();
            let error = RunLock::take(folder.path(), "restore").unwrap_err().to_string();
            assert!(error.starts_with(&format!("`tidings {command}` already works")), "{error}");
            assert!(error.contains(&std::process::id().to_string()) && error.contains(mend), "{error}");
            assert!(error.contains(&folder.path().display().to_string()), "{error}");
            drop(first);
        }
    }

    #[test]
    fn a_folder_in_which_no_file_can_be_made_is_found_and_another_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        check_folder(&folder.path().join("data")).unwrap();
        assert_eq!(std::fs::read_dir(folder.path().join("data")).unwrap().count(), 0);
        assert!(check_folder(Path::new("/dev/null/data")).is_err());
    }
}

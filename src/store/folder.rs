//! One `run` per data folder.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use anyhow::{Context, bail};

/// Held by `run` as long as it works on a data folder; ends with its process.
#[derive(Debug)]
pub struct RunLock(File);

impl RunLock {
    /// Takes the lock of `data_dir`, which is made where missing.
    ///
    /// # Errors
    /// Another process holds it: named by its number.
    pub fn take(data_dir: &Path) -> anyhow::Result<RunLock> {
        std::fs::create_dir_all(data_dir)
            .with_context(|| format!("making the data folder {}", data_dir.display()))?;
        let path = data_dir.join("run.lock");
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .with_context(|| format!("opening {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut number = String::new();
                file.read_to_string(&mut number).context("reading who runs")?;
                bail!(
                    "`tidings run` already works on the data folder {} (process {}): stop it first, or set \
                     TIDINGS_DATA to another folder",
                    data_dir.display(),
                    number.trim()
                );
            }
            Err(TryLockError::Error(error)) => return Err(error).context("locking the data folder"),
        }
        file.set_len(0).context("writing who runs")?;
        file.rewind().context("writing who runs")?;
        write!(file, "{}", std::process::id()).context("writing who runs")?;
        Ok(RunLock(file))
    }
}

impl Drop for RunLock {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_on_one_data_folder_is_refused_until_the_first_ends() {
        let folder = tempfile::tempdir().unwrap();
        let first = RunLock::take(folder.path()).unwrap();
        let error = RunLock::take(folder.path()).unwrap_err().to_string();
        assert!(error.contains(&std::process::id().to_string()), "{error}");
        assert!(error.contains(&folder.path().display().to_string()), "{error}");
        drop(first);
        RunLock::take(folder.path()).unwrap();
    }
}

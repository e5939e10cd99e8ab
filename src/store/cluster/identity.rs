//! Whom the server runs as: Postgres refuses root, so root drops to another user.

use std::os::unix::fs::{MetadataExt, PermissionsExt, lchown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};

use super::programs;
use crate::config::user;
use crate::store::folder::refused;

/// The user that the server's programs run as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its number, which owns the cluster's files.
    pub uid: u32,
    /// Set where we are root and drop to this user.
    drop_to: Option<(String, u32)>,
}

impl Identity {
    /// Ourselves; as root whose the server's folder is already, else `postgres`, or `nobody` where there is no such
    /// user.
    ///
    /// # Errors
    /// Root on a machine with neither user; or the folder is another user's than ours.
    pub fn choose(folder: &Path) -> anyhow::Result<Identity> {
        let uid = rustix::process::geteuid();
        if !uid.is_root() {
            if let Ok(there) = folder.metadata() {
                // Whoever made it: root has the server run as another user.
                let above = folder.parent().and_then(|above| above.metadata().ok());
                let maker = user(above.filter(|above| above.uid() == 0).map_or(there.uid(), |_| 0));
                ensure!(
                    there.uid() == uid.as_raw(),
                    "the database in {} belongs to the user {maker}, and you are {}: run as that user (sudo -u {maker} \
                     …), or set TIDINGS_DATA to another folder",
                    folder.display(),
                    user(uid.as_raw())
                );
            }
            return Ok(Identity { uid: uid.as_raw(), drop_to: None });
        }
        // A service of another user works on it at other times: root must not take it from that.
        if let Ok(there) = folder.metadata()
            && there.uid() != 0
        {
            let name = user(there.uid());
            return Ok(Identity { uid: there.uid(), drop_to: Some((name, there.gid())) });
        }
        for name in ["postgres", "nobody"] {
            if let (Some(uid), Some(gid)) = (id("-u", name), id("-g", name)) {
                return Ok(Identity { uid, drop_to: Some((name.to_owned(), gid)) });
            }
        }
        bail!(
            "PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody` to run it as: add one"
        )
    }

    /// `program`, to be run as this user in `folder`, apart from our terminal's signals.
    ///
    /// std drops root's supplementary groups with the user.
    pub fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = programs::command(program);
        command.current_dir(folder).env("LC_ALL", "C").stdin(Stdio::null()).process_group(0);
        if let Some((_, gid)) = &self.drop_to {
            command.uid(self.uid).gid(*gid);
        }
        command
    }

    /// Hands `path` to this user.
    ///
    /// # Errors
    /// The file system refuses.
    pub fn own(&self, path: &Path) -> anyhow::Result<()> {
        if let Some((name, gid)) = &self.drop_to {
            lchown(path, Some(self.uid), Some(*gid))
                .with_context(|| format!("handing {} to the user {name}", path.display()))?;
        }
        Ok(())
    }

    /// Makes a folder that this user alone may enter.
    ///
    /// # Errors
    /// One is there already and is not this user's alone, or it can't be made.
    pub fn private_folder(&self, path: &Path) -> anyhow::Result<()> {
        match std::fs::create_dir(path) {
            Ok(()) => {
                std::fs::set_permissions(path, PermissionsExt::from_mode(0o700))
                    .with_context(|| format!("closing {} to others", path.display()))?;
                self.own(path)
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                // Somebody else could have made a folder of this name in a shared place, to listen in.
                let there =
                    path.symlink_metadata().with_context(|| format!("looking at {}", path.display()))?;
                ensure!(
                    there.is_dir() && there.uid() == self.uid && there.mode() & 0o077 == 0,
                    "{} is not a folder of the user {} alone, but one of {}: remove it, run as that user, or set \
                     TIDINGS_DATA to another folder",
                    path.display(),
                    user(self.uid),
                    user(there.uid())
                );
                Ok(())
            }
            Err(error) => Err(refused(path, &error)),
        }
    }

    /// Checks that this user can get into `folder`.
    ///
    /// # Errors
    /// It cannot: a folder above is closed to it, or root may not change users here.
    pub fn check_reach(&self, folder: &Path) -> anyhow::Result<()> {
        let Some((name, _)) = &self.drop_to else { return Ok(()) };
        let status = self
            .command(Path::new("/bin/sh"), Path::new("/"))
            .args(["-c", "cd -- \"$1\"", "sh"])
            .arg(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .with_context(|| {
                format!(
                    "running as the user {name}: PostgreSQL refuses to run as root, and root may not change to \
                     {name} here; run tidings as an ordinary user, or set DATABASE_URL"
                )
            })?;
        ensure!(
            status.success(),
            "the data folder {} cannot be reached by the user {name}, whom the database server runs as \
             (PostgreSQL refuses to run as root): set TIDINGS_DATA to an open place such as /var/lib/tidings, or \
             let others pass through the folders above it (chmod o+x)",
            folder.display()
        );
        Ok(())
    }
}

/// A user's number or group, by the system's own `id`: users are not only in /etc/passwd.
fn id(flag: &str, user: &str) -> Option<u32> {
    let output = programs::command("id").args([flag, user]).stderr(Stdio::null()).output().ok()?;
    std::str::from_utf8(&output.stdout).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_works_as_the_user_whose_the_folder_is_and_others_as_themselves() {
        let folder = tempfile::tempdir().unwrap();
        let ourselves = rustix::process::geteuid();
        let expected = if ourselves.is_root() {
            std::os::unix::fs::chown(folder.path(), Some(12_345), Some(54_321)).unwrap();
            (12_345, Some(54_321))
        } else {
            (ourselves.as_raw(), None)
        };
        let chosen = Identity::choose(folder.path()).unwrap();
        assert_eq!((chosen.uid, chosen.drop_to.map(|(_, gid)| gid)), expected);
    }
}

//! Whose a file is that this user may not have: what is run by a service is another user's.

use std::io::{Error, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Why the system refuses `path` to this user, and the mend; `None`: it fails for another reason.
pub fn denied(path: &Path, error: &Error) -> Option<String> {
    if error.kind() != ErrorKind::PermissionDenied {
        return None;
    }
    let path = std::path::absolute(path).ok()?;
    // What stands in a closed folder can't be looked at, nor what is not there.
    let (shut, owner) = path.ancestors().find_map(|path| Some((path, path.metadata().ok()?.uid())))?;
    let me = rustix::process::geteuid().as_raw();
    let (shut_name, path_name) = (shut.display(), path.display());
    // A folder is told with what is to be had in it.
    let within = if shut == path { String::new() } else { format!("no way to {path_name}: ") };
    let (me_name, owner_name) = (user(me), user(owner));
    let whose = format!("{within}{shut_name} belongs to the user {owner_name}");
    Some(if owner == me {
        format!("{whose}, as you are, and is closed all the same: open it (chmod u+rwX {shut_name})")
    } else if shut == path {
        let all = if shut.is_dir() { "-R " } else { "" };
        format!(
            "{whose}, and you are {me_name}: run as that user (sudo -u {owner_name} …), or give it to yours \
             (sudo chown {all}{me_name} {shut_name})"
        )
    } else {
        // What else is in there is none of ours to give away.
        format!(
            "{whose}, and you are {me_name}: run as that user (sudo -u {owner_name} …), or name another place"
        )
    })
}

/// A user's name, as far as the machine's own list has it; else its number.
pub fn user(uid: u32) -> String {
    let list = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let known = list.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
    });
    known.unwrap_or_else(|| uid.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_is_told_with_its_owner_and_the_mend() {
        let folder = tempfile::tempdir().unwrap();
        let refused = Error::from(ErrorKind::PermissionDenied);
        let place = folder.path().display().to_string();
        let (me, them) = (user(rustix::process::geteuid().as_raw()), "12345");
        let told = denied(&folder.path().join("data"), &refused).unwrap();
        assert!(
            told.contains(&format!("no way to {place}/data: {place} belongs to the user {me}")),
            "{told}"
        );
        if rustix::process::geteuid().is_root() {
            std::os::unix::fs::chown(folder.path(), Some(12_345), None).unwrap();
            let told = denied(folder.path(), &refused).unwrap();
            let mend = format!(
                "run as that user (sudo -u {them} …), or give it to yours (sudo chown -R root {place})"
            );
            assert!(told.contains(&mend), "{told}");
        }
        assert_eq!(denied(folder.path(), &Error::from(ErrorKind::NotFound)), None);
    }
}

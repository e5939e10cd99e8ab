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
    Some(words(&path, shut, owner, rustix::process::geteuid().as_raw()))
}

/// That the way to `path` ends at `shut`, which belongs to `owner`.
fn words(path: &Path, shut: &Path, owner: u32, me: u32) -> String {
    let (shut_name, path_name) = (shut.display(), path.display());
    // A folder is told with what is to be had in it.
    let within = if shut == path { String::new() } else { format!("no way to {path_name}: ") };
    let (me_name, owner_name) = (user(me), user(owner));
    let whose = format!("{within}{shut_name} belongs to the user {owner_name}");
    if owner == me {
        return format!("{whose}, as you are, and is closed all the same: open it (chmod u+rwX {shut_name})");
    }
    let mend = format!("{whose}, and you are {me_name}: run as that user (sudo -u {owner_name} …), or");
    // A folder is not given away: with all in it, it may be a service's.
    match (shut == path, shut.is_dir()) {
        (true, true) => format!("{mend} set TIDINGS_DATA to a folder of your own"),
        (true, false) => format!("{mend} give it to yours (sudo chown {me_name} {shut_name})"),
        (false, _) => format!("{mend} name another place"),
    }
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
        let me = rustix::process::geteuid().as_raw();
        let told = denied(&folder.path().join("data"), &refused).unwrap();
        let whose = format!("no way to {place}/data: {place} belongs to the user {}", user(me));
        assert!(told.contains(&whose) && told.ends_with(&format!("(chmod u+rwX {place})")), "{told}");
        assert_eq!(denied(folder.path(), &Error::from(ErrorKind::NotFound)), None);
    }
    #[test]
    fn a_file_of_another_user_may_be_given_away_and_a_folder_not() {
        let folder = tempfile::tempdir().unwrap();
        let (place, file) = (folder.path(), folder.path().join("tidings.toml"));
        std::fs::write(&file, "").unwrap();
        let (them, me) = (12_345, 54_321);
        let common = "belongs to the user 12345, and you are 54321: run as that user (sudo -u 12345 …), or";
        for (path, shut, mend) in [
            (
                file.as_path(),
                file.as_path(),
                format!("give it to yours (sudo chown 54321 {})", file.display()),
            ),
            (place, place, "set TIDINGS_DATA to a folder of your own".to_owned()),
            (&place.join("data"), place, "name another place".to_owned()),
        ] {
            let told = words(path, shut, them, me);
            assert!(told.ends_with(&format!("{} {common} {mend}", shut.display())), "{told}");
        }
    }
}

//! The server programs of the machine: where they are, which version, and how to get them.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::config::SECRETS;

/// One installed version of Postgres' server programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programs {
    /// The folder with `postgres` and `initdb`.
    pub bin: PathBuf,
    /// The major version: 15 of 15.4.
    pub major: u32,
}

/// Folders of versions that no `PATH` names, as systems lay them: `{}` is the version.
const HOMES: [&str; 9] = [
    "/usr/lib/postgresql/{}/bin",   // Debian, Ubuntu
    "/usr/pgsql-{}/bin",            // Fedora and Red Hat, from postgresql.org
    "/usr/libexec/postgresql{}",    // Alpine
    "/usr/lib/postgresql{}/bin",    // openSUSE
    "/usr/lib64/postgresql-{}/bin", // Gentoo
    "/opt/homebrew/opt/postgresql@{}/bin",
    "/usr/local/opt/postgresql@{}/bin", // Homebrew on Intel
    "/Library/PostgreSQL/{}/bin",
    "/Applications/Postgres.app/Contents/Versions/{}/bin",
];

/// The oldest version that has all we use (`drop database … with (force)`).
const OLDEST: u32 = 13;

/// `program`, to be run without what is secret in our environment: other programs run as other users, and the files
/// and logs that they write are theirs. All that is started here is started by this.
pub(in crate::store) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for secret in SECRETS {
        command.env_remove(secret);
    }
    command
}

/// Finds the programs: of the major version `wanted` if there is a folder of that version already.
///
/// `PG_BIN`, where set, is the only place looked at; otherwise `PATH`, then the usual homes, newest first.
///
/// # Errors
/// None there, too old, or none of the version that made the folder: with the command that mends it.
pub fn find(wanted: Option<u32>) -> anyhow::Result<Programs> {
    let pg_bin = std::env::var_os("PG_BIN").filter(|bin| !bin.is_empty());
    choose(pg_bin, &places(std::env::var_os("PATH")), wanted)
}

/// Finds a client program (`pg_dump`, `psql`) for a server of this major version: its own version first, else a
/// newer one.
///
/// It is looked for where [`find`] looks.
///
/// # Errors
/// None there, or older ones only: with the command that mends it.
pub fn find_client(name: &str, server: u32) -> anyhow::Result<PathBuf> {
    let pg_bin = std::env::var_os("PG_BIN").filter(|bin| !bin.is_empty()).map(PathBuf::from);
    choose_client(name, pg_bin.into_iter().chain(places(std::env::var_os("PATH"))), server)
}

fn choose_client(name: &str, places: impl Iterator<Item = PathBuf>, server: u32) -> anyhow::Result<PathBuf> {
    let found: Vec<(u32, PathBuf)> = places
        .map(|place| place.join(name))
        .filter_map(|program| Some((version(&program)?, program)))
        .collect();
    let able = found.iter().filter(|(major, _)| *major >= server).min_by_key(|(major, _)| *major);
    match (able, found.iter().max_by_key(|(major, _)| *major)) {
        (Some((_, program)), _) => Ok(program.clone()),
        (None, Some((newest, program))) => bail!(
            "the database server is PostgreSQL {server}, and {name} refuses servers newer than itself: {} is of \
             version {newest}; install the client programs of version {server}, or name their folder in PG_BIN",
            program.display()
        ),
        (None, None) => bail!(
            "{name} is not on this machine: install PostgreSQL's client programs of version {server} or newer (the \
             package is called postgresql-client-{server}, postgresql-client or postgresql{server}), or name their \
             folder in PG_BIN"
        ),
    }
}

/// Chooses among `places`; a `pg_bin` overrules them.
pub(super) fn choose(
    pg_bin: Option<OsString>,
    places: &[PathBuf],
    wanted: Option<u32>,
) -> anyhow::Result<Programs> {
    let found: Vec<Programs> = match &pg_bin {
        Some(bin) => {
            let bin = Path::new(bin);
            let found = look(bin).with_context(|| {
                format!("PG_BIN is {}, but there is no working `postgres` with `initdb` in it", bin.display())
            })?;
            vec![found]
        }
        None => places.iter().filter_map(|bin| look(bin)).filter(|found| found.major >= OLDEST).collect(),
    };
    let Some(first) = found.first() else {
        bail!(
            "PostgreSQL's server programs (`postgres` and `initdb`, version {OLDEST} or newer) are not on this \
             machine: install them with `{}`, or name their folder in PG_BIN, or set DATABASE_URL to a server \
             that runs elsewhere",
            install_command()
        );
    };
    let Some(wanted) = wanted else { return Ok(first.clone()) };
    found.iter().find(|found| found.major == wanted).cloned().with_context(|| {
        let have = first.major;
        format!(
            "PostgreSQL {wanted} made this database, but the programs found are of version {have} ({}). Either \
             install version {wanted} again beside it (PG_BIN may name its folder), or upgrade the folder with \
             both installed: `initdb` a new one with version {have}, then `pg_upgrade`, see \
             https://www.postgresql.org/docs/{have}/pgupgrade.html",
            first.bin.display()
        )
    })
}

/// The folder's programs, if both are there and the server tells its version.
fn look(bin: &Path) -> Option<Programs> {
    let bin = std::path::absolute(bin).ok()?;
    if !bin.join("initdb").is_file() || !bin.join("postgres").is_file() {
        return None;
    }
    let major = version(&bin.join("postgres"))?;
    Some(Programs { bin, major })
}

/// The major version that a program tells.
fn version(program: &Path) -> Option<u32> {
    let output = command(program).arg("--version").env("LC_ALL", "C").output().ok()?;
    major(std::str::from_utf8(&output.stdout).ok()?)
}

/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` is 15, `17beta1` is 17.
fn major(version: &str) -> Option<u32> {
    let number = version.split_once("PostgreSQL)")?.1.trim_start();
    let digits = number.find(|c: char| !c.is_ascii_digit()).map_or(number, |end| &number[..end]);
    digits.parse().ok()
}

fn places(path: Option<OsString>) -> Vec<PathBuf> {
    let mut places: Vec<PathBuf> = path.iter().flat_map(std::env::split_paths).collect();
    for version in (OLDEST..=30).rev() {
        places.extend(HOMES.iter().map(|home| PathBuf::from(home.replace("{}", &version.to_string()))));
    }
    places.push(PathBuf::from("/usr/local/pgsql/bin"));
    places.push(PathBuf::from("/usr/local/bin"));
    places
}

/// The command that installs the programs on this system.
fn install_command() -> &'static str {
    const COMMANDS: [(&str, &str); 7] = [
        // Debian's package would also make and start a cluster of its own.
        (
            "apt-get",
            "sudo sh -c 'apt-get update && apt-get install -y postgresql-common && echo create_main_cluster = false \
             >> /etc/postgresql-common/createcluster.conf && apt-get install -y postgresql'",
        ),
        ("dnf", "sudo dnf install -y postgresql-server"),
        ("apk", "sudo apk add postgresql"),
        ("pacman", "sudo pacman -S --noconfirm postgresql"),
        ("zypper", "sudo zypper install -y postgresql-server"),
        ("brew", "brew install postgresql@17"),
        ("port", "sudo port install postgresql17-server"),
    ];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let has = |program: &str| std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    COMMANDS.iter().find(|(manager, _)| has(manager)).map_or(
        "the system's package manager (the package is called postgresql or postgresql-server)",
        |found| found.1,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_releases_and_betas() {
        assert_eq!(major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 17beta1\n"), Some(17));
        assert_eq!(major("something else"), None);
    }

    #[test]
    fn a_program_is_started_without_secrets() {
        let command = command("true");
        for secret in SECRETS {
            assert!(
                command.get_envs().any(|pair| pair == (OsStr::new(secret), None)),
                "{secret} is handed on"
            );
        }
    }

    #[test]
    fn missing_programs_are_told_with_the_command_that_installs_them() {
        let error = choose(None, &[PathBuf::from("/nonexistent")], None).unwrap_err().to_string();
        assert!(error.contains(install_command()), "{error}");
        assert!(error.contains("PG_BIN") && error.contains("DATABASE_URL"), "{error}");
    }

    #[test]
    fn a_dump_is_made_by_a_program_as_new_as_the_server_or_the_mend_is_told() {
        let here = find_client("pg_dump", OLDEST).unwrap();
        let (major, folder) = (version(&here).unwrap(), here.parent().unwrap().to_owned());
        let places = || [PathBuf::from("/nonexistent"), folder.clone()].into_iter();
        assert_eq!(choose_client("pg_dump", places(), major).unwrap(), here);
        assert_eq!(choose_client("pg_dump", places(), major - 1).unwrap(), here);
        let error = choose_client("pg_dump", places(), 99).unwrap_err().to_string();
        assert!(error.contains("is PostgreSQL 99") && error.contains("PG_BIN"), "{error}");
        let error = choose_client("pg_dump", [PathBuf::from("/nonexistent")].into_iter(), 15)
            .unwrap_err()
            .to_string();
        assert!(error.contains("postgresql-client-15"), "{error}");
    }

    #[test]
    fn a_wrong_pg_bin_is_named() {
        let error = choose(Some("/nonexistent/bin".into()), &[], None).unwrap_err().to_string();
        assert!(error.contains("PG_BIN is /nonexistent/bin"), "{error}");
    }

    #[test]
    fn a_folder_of_another_version_is_told_with_the_way_to_upgrade() {
        let here = find(None).unwrap();
        let error = choose(None, std::slice::from_ref(&here.bin), Some(9)).unwrap_err().to_string();
        assert!(error.contains("PostgreSQL 9 made this database"), "{error}");
        assert!(error.contains("pg_upgrade"), "{error}");
        assert_eq!(choose(None, std::slice::from_ref(&here.bin), Some(here.major)).unwrap(), here);
    }
}

//! A database from one file that [`crate::store::backup`] wrote, on whatever server and under whatever owner's name.
//!
//! The file is checked before anything is touched: that it can be read to its end, that it is Tidings', and that no
//! newer version wrote it. It is put in place in one transaction; whatever fails leaves what was.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, bail, ensure};
use sqlx::PgPool;
use tokio::io::AsyncWriteExt;

use super::backup::{VERSIONS, client, created, find, own_tables, run};
use super::cluster::programs;
use super::connect::migrate;
use super::process::someone_runs;
use crate::config::Secret;

/// What is dropped before a backup is put in its place; the rest that migrations make goes with its table.
const KINDS: [&str; 3] = ["view", "table", "function"];

/// What a restored database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    /// Sources, without removed ones.
    pub sources: i64,
    /// Articles.
    pub articles: i64,
    /// Developments.
    pub developments: i64,
    /// Chats and forum topics.
    pub subscribers: i64,
    /// Editions.
    pub digests: i64,
}

/// Puts what `file` holds into the database of `db` and brings its schema up to date; `replace`: in the place of what
/// is there. `url` is that of `DATABASE_URL`, if it is set.
///
/// # Errors
/// Each with its mend, and nothing has changed: the file can't be read to its end, is not Tidings', or is of a newer
/// version; the database holds something, or is being worked on.
pub async fn restore(
    db: &PgPool,
    url: Option<&Secret>,
    file: &Path,
    replace: bool,
) -> anyhow::Result<Restored> {
    let programs = Programs { restore: find("pg_restore", db).await?, psql: find("psql", db).await? };
    let versions = check_file(&programs, file).await?;
    ensure!(
        !someone_runs(db).await?,
        "`tidings run` works on this database: stop it first, wherever it runs"
    );
    check_database(db, replace).await?;
    put(&programs, db, url, file, &lacking(&versions)).await?;
    migrate(db).await?;
    sqlx::raw_sql("analyze").execute(db).await.context("taking the restored database's measure")?;
    count(db).await
}

struct Programs {
    restore: PathBuf,
    psql: PathBuf,
}

impl Programs {
    /// `pg_restore` on a file, with no server.
    fn reading(&self, file: &Path, arguments: &[&str]) -> tokio::process::Command {
        let mut command = tokio::process::Command::from(programs::command(&self.restore));
        command.env("LC_ALL", "C").args(arguments).arg(file);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        command
    }
}

/// Gives the migrations that made the file's schema.
async fn check_file(programs: &Programs, file: &Path) -> anyhow::Result<Vec<(i64, String)>> {
    let name = file.display();
    let metadata = file.metadata().with_context(|| format!("opening {name}"))?;
    ensure!(metadata.is_file(), "{name} is not a file");
    let list = run(programs.reading(file, &["--list"]), &programs.restore).await.with_context(|| {
        format!("{name} is not a backup that can be read here: name a whole file that `tidings backup` wrote")
    })?;
    let list = String::from_utf8_lossy(&list);
    let has = |table: &str| list.lines().any(|line| line.contains(&format!(" TABLE public {table} ")));
    ensure!(
        [VERSIONS, "source", "article", "development", "subscriber", "delivery"].into_iter().all(has),
        "{name} is a backup of another database, not one of Tidings"
    );
    let versions = ["--data-only", "--schema=public", "--table=_sqlx_migrations", "--file=-"];
    let rows = run(programs.reading(file, &versions), &programs.restore)
        .await
        .with_context(|| format!("{name} is cut off or damaged: take another backup"))?;
    let found = migrations_of(&String::from_utf8_lossy(&rows));
    check_versions(&found).with_context(|| format!("{name} can't be restored by this version"))?;
    // All of it: the list is at the head, and a file that was cut off has it.
    run(programs.reading(file, &["--file=/dev/null"]), &programs.restore)
        .await
        .with_context(|| format!("{name} is cut off or damaged: take another backup"))?;
    Ok(found)
}

/// Versions and checksums, in hexadecimal, from rows as `pg_dump` writes them.
fn migrations_of(rows: &str) -> Vec<(i64, String)> {
    let mut lines = rows.lines().skip_while(|line| !line.starts_with("COPY "));
    let head = lines.next().unwrap_or_default();
    let columns =
        head.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(names, _)| names);
    let columns: Vec<&str> = columns.split(", ").collect();
    let place = |name: &str| columns.iter().position(|column| *column == name);
    let (Some(version), Some(checksum)) = (place("version"), place("checksum")) else { return Vec::new() };
    lines
        .take_while(|line| *line != "\\.")
        .filter_map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let checksum = fields.get(checksum)?.trim_start_matches("\\\\x");
            Some((fields.get(version)?.parse().ok()?, checksum.to_owned()))
        })
        .collect()
}

/// That this program made such a schema, or may bring it up to date.
fn check_versions(found: &[(i64, String)]) -> anyhow::Result<()> {
    ensure!(!found.is_empty(), "it does not say which version made it");
    for (version, checksum) in found {
        let known = sqlx::migrate!().iter().find(|known| known.version == *version);
        let Some(known) = known else {
            bail!("a newer Tidings made it (migration {version}): use that version or a newer one");
        };
        ensure!(
            hexadecimal(&known.checksum) == *checksum,
            "another Tidings made it (its migration {version} differs): use that one"
        );
    }
    Ok(())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The statements that bring a schema of the versions `found` up to date.
///
/// They are done in the transaction that puts the file in place: what can't be brought up to date must not replace
/// what works.
fn lacking(found: &[(i64, String)]) -> String {
    let mut script = String::new();
    for migration in sqlx::migrate!().iter() {
        if found.iter().any(|(version, _)| *version == migration.version) {
            continue;
        }
        script += &format!(
            "{}\n;\ninsert into public._sqlx_migrations (version, description, success, checksum, execution_time)\n\
             values ({}, '{}', true, '\\x{}', 0);\n",
            migration.sql.as_str(),
            migration.version,
            migration.description.replace('\'', "''"),
            hexadecimal(&migration.checksum)
        );
    }
    script
}

/// That the database is empty, or Tidings' own and to be replaced.
async fn check_database(db: &PgPool, replace: bool) -> anyhow::Result<()> {
    let own = own_tables();
    let there = sqlx::query_scalar!(
        r#"select relname::text as "name!" from pg_class
           where relnamespace = 'public'::regnamespace and relname::text = any($1)"#,
        &own,
    )
    .fetch_all(db)
    .await
    .context("looking what is in the database")?;
    if there.is_empty() {
        return Ok(());
    }
    ensure!(
        there.iter().any(|name| name == VERSIONS) && there.iter().any(|name| name == "subscriber"),
        "the database has tables of another program ({}): name an empty database",
        there.join(", ")
    );
    let rows: Vec<(i64, String)> =
        sqlx::query_as("select version, encode(checksum, 'hex') from public._sqlx_migrations")
            .fetch_all(db)
            .await
            .context("reading the version of the database")?;
    check_versions(&rows).context("the database that is there is not to be replaced by this version")?;
    let held = count(db).await?;
    let empty = Restored { sources: 0, articles: 0, developments: 0, subscribers: 0, digests: 0 };
    ensure!(
        replace || held == empty,
        "the database holds {} sources, {} articles and {} subscribers: say --replace to put the backup in their \
         place, or name another database",
        held.sources,
        held.articles,
        held.subscribers
    );
    Ok(())
}

/// Drops what is there, reads the file and does what is to come `after` it, in one transaction: `psql` commits only what
/// was read to its end.
async fn put(
    programs: &Programs,
    db: &PgPool,
    url: Option<&Secret>,
    file: &Path,
    after: &str,
) -> anyhow::Result<()> {
    let doing = || format!("restoring {}; the database is as it was", file.display());
    let mut psql = client(&programs.psql, db, url);
    psql.args(["--no-psqlrc", "--no-password", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"]);
    psql.stdin(Stdio::piped());
    let mut psql = psql.spawn().with_context(doing)?;
    let script = ["--no-owner", "--no-privileges", "--no-comments", "--schema=public", "--file=-"];
    let mut reading = programs.reading(file, &script).spawn().with_context(doing)?;
    let (Some(mut to), Some(mut from)) = (psql.stdin.take(), reading.stdout.take()) else {
        bail!("{}: no way to psql", doing());
    };
    let mut before = "begin;\nset lock_timeout = '1min';\n".to_owned();
    // No cascade: what others hung on our tables would go with them.
    for kind in KINDS {
        let names = if kind == "table" { own_tables() } else { created(kind) };
        let names: Vec<String> = names.iter().map(|name| format!("public.{name}")).collect();
        before += &format!("drop {kind} if exists {};\n", names.join(", "));
    }
    // The file's script looks for no names in any schema; migrations do.
    let after = format!("\nreset search_path;\n{after}commit;\n");
    let feed = async {
        to.write_all(before.as_bytes()).await?;
        tokio::io::copy(&mut from, &mut to).await?;
        drop(from);
        let read = reading.wait_with_output().await?;
        if read.status.success() {
            to.write_all(after.as_bytes()).await?;
        }
        // Closed: without its commit the transaction comes to nothing.
        drop(to);
        std::io::Result::Ok(read)
    };
    let (read, written) = tokio::join!(feed, psql.wait_with_output());
    let written = written.with_context(doing)?;
    if !written.status.success() {
        let said = String::from_utf8_lossy(&written.stderr);
        bail!("{}: psql failed ({}): {}", doing(), written.status, said.trim());
    }
    let read = read.with_context(doing)?;
    let said = String::from_utf8_lossy(&read.stderr);
    ensure!(read.status.success(), "{}: pg_restore failed ({}): {}", doing(), read.status, said.trim());
    Ok(())
}

async fn count(db: &PgPool) -> anyhow::Result<Restored> {
    // Not checked at compile time: in a database of any version.
    let (sources, articles, developments, subscribers, digests) = sqlx::query_as(
        "select (select count(*) from public.source where removed_at is null),
                (select count(*) from public.article), (select count(*) from public.development),
                (select count(*) from public.subscriber), (select count(*) from public.digest)",
    )
    .fetch_one(db)
    .await
    .context("counting what is in the database")?;
    Ok(Restored { sources, articles, developments, subscribers, digests })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_a_dump_and_a_newer_or_a_foreign_one_is_refused() {
        let own: Vec<(i64, String)> =
            sqlx::migrate!().iter().map(|m| (m.version, hexadecimal(&m.checksum))).collect();
        let rows: String = own
            .iter()
            .map(|(version, sum)| format!("{version}\tstart\t2031-03-03 00:00:00+00\tt\t\\\\x{sum}\t12\n"))
            .collect();
        let dump = format!(
            "SET x;\nCOPY public._sqlx_migrations (version, description, installed_on, success, checksum, \
             execution_time) FROM stdin;\n{rows}\\.\n\nnot a row\n"
        );
        assert_eq!(migrations_of(&dump), own);
        check_versions(&own).unwrap();
        check_versions(&own[..1]).unwrap();
        let newer = [own.clone(), vec![(9_999, String::new())]].concat();
        assert!(check_versions(&newer).unwrap_err().to_string().contains("newer Tidings"));
        let foreign = [(own[0].0, "00".to_owned())];
        assert!(check_versions(&foreign).unwrap_err().to_string().contains("another Tidings"));
        assert!(check_versions(&migrations_of("nothing of the kind")).is_err());
    }

    #[test]
    fn all_that_migrations_create_is_dropped_or_goes_with_its_table() {
        for migration in sqlx::migrate!().iter() {
            assert!(!migration.no_tx, "migration {} can't be undone", migration.version);
            let made = migration.sql.as_str().lines().filter_map(|line| line.trim().strip_prefix("create "));
            for made in made {
                let kind = made.strip_prefix("unique ").unwrap_or(made).split(' ').next().unwrap();
                let known = ["index", "trigger"].contains(&kind) || KINDS.contains(&kind);
                assert!(
                    known,
                    "migration {}: {made}: restoring leaves it, and fails on it",
                    migration.version
                );
            }
        }
        for kind in KINDS {
            assert!(!created(kind).is_empty(), "no {kind} is dropped");
        }
        for function in created("function") {
            assert!(function.ends_with("()"), "{function} is not dropped by this name");
        }
    }

    #[test]
    fn what_an_older_version_lacks_is_added_and_no_more() {
        let all: Vec<(i64, String)> =
            sqlx::migrate!().iter().map(|migration| (migration.version, String::new())).collect();
        assert_eq!(lacking(&all), "");
        let script = lacking(&all[..all.len() - 1]);
        assert_eq!(script.matches("insert into public._sqlx_migrations").count(), 1, "{script}");
    }
}

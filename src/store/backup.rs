//! The database as one file, by Postgres' own `pg_dump`: to be put back by [`crate::store::restore`].

use std::ffi::OsStr;
use std::fs::File;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, anyhow, bail};
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use tokio::process::Command;
use url::Url;

use super::cluster::{self, programs};
use super::connect::Database;
use crate::config::Secret;

/// The table in which a schema's version stands.
pub(super) const VERSIONS: &str = "_sqlx_migrations";

/// Opens a database that is there, its schema as it is: unlike [`super::connect`] it makes none.
///
/// # Errors
/// There is none, or nothing of Tidings in it; the server can't be reached or started.
pub async fn connect(url: Option<&Secret>, data_dir: &Path) -> anyhow::Result<Database> {
    let none = |place: &str| {
        anyhow!(
            "there is no Tidings database in {place}; set TIDINGS_DATA or DATABASE_URL as the service has it"
        )
    };
    if url.is_none() && !cluster::is_made(data_dir) {
        return Err(none(&data_dir.display().to_string()));
    }
    let database = super::connect(url, data_dir).await?;
    // Not checked at compile time: in a database of any kind.
    let there = sqlx::query_scalar(
        "select to_regclass('public._sqlx_migrations') is not null and to_regclass('public.subscriber') is not null",
    )
    .fetch_one(&database.pool)
    .await
    .context("looking what is in the database");
    if there.as_ref().is_ok_and(|there| *there) {
        return Ok(database);
    }
    let place = database.place();
    database.close().await?;
    there.and_then(|_: bool| Err(none(&place)))
}

/// Writes the whole database of `db` to `file`: all of it or nothing, and for the owner's eyes alone, since readers'
/// chats are in it. Gives the file's bytes. `url` is that of `DATABASE_URL`, if it is set.
///
/// # Errors
/// The file is there and is not to be replaced; no `pg_dump` that is as new as the server, or it fails: each with its
/// mend.
pub async fn write(db: &PgPool, url: Option<&Secret>, file: &Path, replace: bool) -> anyhow::Result<u64> {
    let taken = || bail!("{} is there already: name another file, or say --force", file.display());
    if !replace && file.exists() {
        return taken();
    }
    let unfinished = Unfinished::beside(file)?;
    dump(db, url, &unfinished.0).await?;
    let doing = || format!("writing {}", file.display());
    let written = File::open(&unfinished.0).with_context(doing)?;
    written.sync_all().with_context(doing)?;
    // Another backup may have finished meanwhile.
    if !replace && file.exists() {
        return taken();
    }
    std::fs::rename(&unfinished.0, file).with_context(doing)?;
    Ok(written.metadata().with_context(doing)?.len())
}

/// A file under a temporary name; it goes when it is dropped before it got its own.
struct Unfinished(PathBuf);

impl Unfinished {
    fn beside(file: &Path) -> anyhow::Result<Unfinished> {
        let mut name =
            file.file_name().with_context(|| format!("{} is no file's name", file.display()))?.to_owned();
        name.push(format!(".part-{}", std::process::id()));
        let part = file.with_file_name(name);
        File::options().write(true).create(true).truncate(true).mode(0o600).open(&part).with_context(
            || format!("making {}: is its folder there, and may you write to it?", part.display()),
        )?;
        Ok(Unfinished(part))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // It has its own name by now, or is half written.
        let _ = std::fs::remove_file(&self.0);
    }
}

async fn dump(db: &PgPool, url: Option<&Secret>, to: &Path) -> anyhow::Result<()> {
    let program = find("pg_dump", db).await?;
    let mut command = client(&program, db, url);
    command.args(["--format=custom", "--no-password"]);
    command.args(others(db).await?.iter().map(|name| format!("--exclude-table={name}")));
    command.arg("--file").arg(to);
    run(command, &program).await.map(drop)
}

/// Tables of other programs in the same database: a backup is of Tidings alone.
async fn others(db: &PgPool) -> anyhow::Result<Vec<String>> {
    let own: Vec<String> = own_tables().into_iter().chain(created("view")).collect();
    let known: Vec<i64> = sqlx::migrate!().iter().map(|migration| migration.version).collect();
    // Not checked at compile time: in a database of any version. One that a newer version changed may have tables of
    // Tidings that this one does not know; nothing is left out there.
    sqlx::query_scalar(
        "select format('%I.%I', schema.nspname, other.relname)
         from pg_class other join pg_namespace schema on schema.oid = other.relnamespace
         where other.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
           and schema.nspname !~ '^pg_' and schema.nspname <> 'information_schema'
           and not (schema.nspname = 'public' and other.relname::text = any($1))
           and not exists (
               select from pg_depend link join pg_class own on own.oid = link.refobjid
               where link.classid = 'pg_class'::regclass and link.objid = other.oid
                 and link.refclassid = 'pg_class'::regclass and link.deptype in ('a', 'i')
                 and own.relnamespace = 'public'::regnamespace and own.relname::text = any($1))
           and not exists (select from public._sqlx_migrations where version <> all($2))",
    )
    .bind(own)
    .bind(known)
    .fetch_all(db)
    .await
    .context("looking what else is in the database")
}

/// The tables of every version up to this one.
pub(super) fn own_tables() -> Vec<String> {
    std::iter::once(VERSIONS.to_owned()).chain(created("table")).collect()
}

/// The names of what the migrations create of one kind.
pub(super) fn created(kind: &str) -> Vec<String> {
    let create = format!("create {kind} ");
    let mut names = Vec::new();
    for migration in sqlx::migrate!().iter() {
        let lines = migration.sql.as_str().lines().filter_map(|line| line.strip_prefix(create.as_str()));
        let lines = lines.map(|rest| rest.strip_prefix("if not exists ").unwrap_or(rest));
        names.extend(lines.filter_map(|rest| rest.split_whitespace().next()).map(str::to_owned));
    }
    names
}

/// Finds a client program for the server of `db`.
pub(super) async fn find(name: &'static str, db: &PgPool) -> anyhow::Result<PathBuf> {
    let number = sqlx::query_scalar!(r#"select current_setting('server_version_num')::integer as "number!""#)
        .fetch_one(db)
        .await
        .context("asking the database server for its version")?;
    let major = u32::try_from(number / 10_000).unwrap_or(0);
    tokio::task::spawn_blocking(move || programs::find_client(name, major))
        .await
        .with_context(|| format!("looking for {name}"))?
}

/// A client program that reaches the database of `db`, with nothing secret among the arguments, which every user of
/// the machine can read.
pub(super) fn client(program: &Path, db: &PgPool, url: Option<&Secret>) -> Command {
    let options = db.connect_options();
    let mut command = Command::from(programs::command(program));
    let host: &OsStr = options.get_socket().map_or(options.get_host().as_ref(), |socket| socket.as_os_str());
    command.env("PGHOST", host);
    command.env("PGPORT", options.get_port().to_string());
    command.env("PGUSER", options.get_username());
    command.env("PGDATABASE", options.get_database().unwrap_or(options.get_username()));
    command.env("PGSSLMODE", ssl_mode(&options)).env("LC_ALL", "C");
    for (variable, value) in url.map(from_url).unwrap_or_default() {
        command.env(variable, value);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

/// Runs a program to its end; gives what it wrote to stdout, where that is kept.
pub(super) async fn run(mut command: Command, program: &Path) -> anyhow::Result<Vec<u8>> {
    let output = command.output().await.with_context(|| format!("running {}", program.display()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{} failed ({}): {}", program.display(), output.status, said.trim());
    }
    Ok(output.stdout)
}

/// What an address says that connections don't tell again, by the variables that `pg_dump` knows.
fn from_url(url: &Secret) -> Vec<(&'static str, String)> {
    let Ok(url) = Url::parse(&url.0) else { return Vec::new() };
    let password = url.password().map(|password| ("password".to_owned(), decoded(password)));
    url.query_pairs()
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .chain(password)
        .filter_map(|(key, value)| {
            let variable = match key.as_str() {
                "password" => "PGPASSWORD",
                "sslrootcert" | "ssl-root-cert" | "ssl-ca" => "PGSSLROOTCERT",
                "sslcert" | "ssl-cert" => "PGSSLCERT",
                "sslkey" | "ssl-key" => "PGSSLKEY",
                _ => return None,
            };
            Some((variable, value))
        })
        .collect()
}

/// A password as it stands in an address, with its `%40` and the like made out.
fn decoded(text: &str) -> String {
    // A form's value is written so too, but that a plus is a blank there.
    let form = format!("p={}", text.replace('+', "%2B"));
    url::form_urlencoded::parse(form.as_bytes())
        .next()
        .map_or_else(String::new, |(_, value)| value.into_owned())
}

fn ssl_mode(options: &PgConnectOptions) -> &'static str {
    match options.get_ssl_mode() {
        PgSslMode::Disable => "disable",
        PgSslMode::Allow => "allow",
        PgSslMode::Prefer => "prefer",
        PgSslMode::Require => "require",
        PgSslMode::VerifyCa => "verify-ca",
        PgSslMode::VerifyFull => "verify-full",
    }
}

/// Bytes that the database takes on its disk.
///
/// # Errors
/// The database fails.
pub async fn size(db: &PgPool) -> anyhow::Result<i64> {
    sqlx::query_scalar!(r#"select pg_database_size(current_database()) as "bytes!""#)
        .fetch_one(db)
        .await
        .context("measuring the database")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_of_the_schema_is_known_by_its_name() {
        let tables = own_tables();
        for table in ["source", "article_version", "print", "told", "proposal", "asked", VERSIONS] {
            assert!(tables.iter().any(|name| name == table), "{table} is not in {tables:?}");
        }
    }

    #[test]
    fn a_password_reaches_pg_dump_as_it_is_meant_and_nothing_else_does() {
        let url = "postgres://me:p%40ss+w%2Brd@db.example/news?sslmode=require&sslrootcert=/ca.pem&x=1";
        let told = from_url(&Secret(url.into()));
        assert_eq!(told, [("PGSSLROOTCERT", "/ca.pem".into()), ("PGPASSWORD", "p@ss+w+rd".into())]);
        assert_eq!(from_url(&Secret("postgres://me@db.example/news".into())), []);
    }
}

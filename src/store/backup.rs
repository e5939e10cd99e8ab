//! The database as one file, by Postgres' own `pg_dump`: to be put back with `pg_restore`.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, bail};
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use url::Url;

use super::cluster::programs;
use crate::config::Secret;

/// Writes the whole database of `db`, compressed, to a new file; `url` is that of `DATABASE_URL`, if it is set.
///
/// # Errors
/// No `pg_dump` that is as new as the server, or it fails: each with its mend. Nothing is left of the file then.
pub async fn dump(db: &PgPool, url: Option<&Secret>, to: &Path) -> anyhow::Result<()> {
    let number = sqlx::query_scalar!(r#"select current_setting('server_version_num')::integer as "number!""#)
        .fetch_one(db)
        .await
        .context("asking the database server for its version")?;
    let major = u32::try_from(number / 10_000).unwrap_or(0);
    let program = tokio::task::spawn_blocking(move || programs::find_dump(major))
        .await
        .context("looking for pg_dump")??;
    let options = db.connect_options();
    let mut command = tokio::process::Command::new(&program);
    command.args(["--format=custom", "--no-password", "--file"]).arg(to);
    // Nothing secret among the arguments, which every user of the machine can read.
    let host: &OsStr = options.get_socket().map_or(options.get_host().as_ref(), |socket| socket.as_os_str());
    command.env("PGHOST", host);
    command.env("PGPORT", options.get_port().to_string());
    command.env("PGUSER", options.get_username());
    command.env("PGDATABASE", options.get_database().unwrap_or(options.get_username()));
    command.env("PGSSLMODE", ssl_mode(&options)).env("LC_ALL", "C");
    for (variable, value) in url.map(from_url).unwrap_or_default() {
        command.env(variable, value);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true);
    let doing = || format!("running {}", program.display());
    let output = command.stderr(Stdio::piped()).output().await.with_context(doing)?;
    if !output.status.success() {
        // It may be half written.
        let _ = std::fs::remove_file(to);
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{} failed ({}): {}", program.display(), output.status, said.trim());
    }
    Ok(())
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
    fn a_password_reaches_pg_dump_as_it_is_meant_and_nothing_else_does() {
        let url = "postgres://me:p%40ss+w%2Brd@db.example/news?sslmode=require&sslrootcert=/ca.pem&x=1";
        let told = from_url(&Secret(url.into()));
        assert_eq!(told, [("PGSSLROOTCERT", "/ca.pem".into()), ("PGPASSWORD", "p@ss+w+rd".into())]);
        assert_eq!(from_url(&Secret("postgres://me@db.example/news".into())), []);
    }
}

//! `DATABASE_URL`: how it is read, and what is wrong where it leads to no database, with the mend.

use std::io::ErrorKind;
use std::time::Duration;

use anyhow::{anyhow, bail};
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use url::Url;

use super::trouble::{self, plain};
use crate::config::Secret;

/// How an address is written; readers copy passwords as they are, and most made-up ones hold such a sign.
const WRITTEN: &str = "write postgres://user:password@host:5432/database, and the signs @ : / ? # % $ ' \" \\ of a \
                       password as %40 %3A %2F %3F %23 %25 %24 %27 %22 %5C";

/// The settings that sqlx reads behind the `?` of an address; of others it takes no notice, and logs them.
const SETTINGS: [&str; 17] = [
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "sslcert",
    "ssl-cert",
    "sslkey",
    "ssl-key",
    "statement-cache-capacity",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
];

/// Reads an address.
///
/// # Errors
/// It can't be read, or has a setting that is not taken: no part of it is told that may be a password's.
pub(super) fn parse(url: &Secret) -> anyhow::Result<PgConnectOptions> {
    let Secret(url) = url;
    // Such a sign ends the host. One in a password makes another host of what is before it, and what is behind it
    // would be told as a database, or as a setting that nobody knows.
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    if rest.split_once(['/', '?', '#']).is_some_and(|(_, behind)| behind.contains('@')) {
        bail!("DATABASE_URL has a /, ? or # before an @: {WRITTEN}");
    }
    if url.contains('#') {
        bail!("DATABASE_URL holds a #, which ends an address: {WRITTEN}");
    }
    let settings = Url::parse(url).ok();
    let mut behind_password = false;
    for (name, _) in settings.iter().flat_map(Url::query_pairs) {
        // A slip in sslmode would leave the way open.
        if !SETTINGS.contains(&&*name) && name != "options" && !name.starts_with("options[") {
            // An & in a password makes a name of what is behind it.
            let what = if behind_password { "a setting".to_owned() } else { format!("{name}=") };
            bail!(
                "DATABASE_URL has {what} behind its ? that Tidings does not take: leave it out (an & of a password is \
                 written %26); it takes {}, options",
                SETTINGS.join(", ")
            );
        }
        behind_password |= name == "password";
    }
    url.parse::<PgConnectOptions>().map_err(|error| {
        // sqlx wraps it several times over.
        let error = anyhow::Error::from(error);
        let why = error.root_cause().to_string();
        if why.contains("ssl_mode") {
            return anyhow!(
                "DATABASE_URL has an sslmode that there is not: it is disable, allow, prefer, require, verify-ca or \
                 verify-full"
            );
        }
        anyhow!("DATABASE_URL can't be read ({why}): {WRITTEN}")
    })
}

/// The socket's folder, or host and port.
pub(super) fn place(options: &PgConnectOptions) -> String {
    options.get_socket().map_or_else(
        || format!("{}:{}", options.get_host(), options.get_port()),
        |socket| socket.display().to_string(),
    )
}

/// Connects once, for an error that says what is wrong where a pool would only say that time is up.
///
/// # Errors
/// No connection comes about: with what is wrong, where, and the mend.
pub(super) async fn reach(options: &PgConnectOptions, patience: Duration) -> anyhow::Result<()> {
    let refused = |why: String| anyhow!("the database {}: {why}", whole(options));
    match tokio::time::timeout(patience, PgConnection::connect_with(options)).await {
        Ok(Ok(connection)) => {
            // It answered; that it says goodbye is not asked for.
            let _ = connection.close().await;
            Ok(())
        }
        Ok(Err(error)) => Err(refused(format!("{}: {}", plain(&error), mend(options, &error)))),
        Err(_) => Err(refused(format!(
            "no answer within {} s: see that its server runs, and that no firewall is between",
            patience.as_secs()
        ))),
    }
}

/// What a role lacks that may connect and may not make tables; `None`: it is another error.
pub(super) fn closed(options: &PgConnectOptions, error: &sqlx::Error) -> Option<anyhow::Error> {
    let refused = error.as_database_error()?;
    (refused.code()? == "42501").then(|| {
        anyhow!(
            "the database {}: {}: if it is for Tidings alone, give it to the role, as its superuser: alter database {} \
             owner to {role}; if it is another's, name one of the role's own in DATABASE_URL",
            whole(options),
            refused.message(),
            quoted(database(options)),
            role = quoted(options.get_username()),
        )
    })
}

/// That a database's encoding lacks signs; `None`: it is another error.
pub(super) fn narrow(options: &PgConnectOptions, error: &sqlx::Error) -> Option<anyhow::Error> {
    let refused = error.as_database_error()?;
    (refused.code()? == "22P05").then(|| {
        anyhow!(
            "the database {}: {}: make one that holds all signs, as its superuser: create database … owner {} \
             encoding 'UTF8' template template0; and name it in DATABASE_URL",
            whole(options),
            refused.message(),
            quoted(options.get_username()),
        )
    })
}

/// "news as reader on db.example:5432".
fn whole(options: &PgConnectOptions) -> String {
    format!("{} as {} on {}", database(options), options.get_username(), place(options))
}

fn database(options: &PgConnectOptions) -> &str {
    options.get_database().unwrap_or_else(|| options.get_username())
}

/// What mends that no connection comes about.
fn mend(options: &PgConnectOptions, error: &sqlx::Error) -> String {
    let role = quoted(options.get_username());
    match error {
        sqlx::Error::Database(refused) => match refused.code().as_deref().unwrap_or_default() {
            "28P01" => format!(
                "set user and password right in DATABASE_URL (the signs @ : / ? # % $ ' \" \\ are written %40 %3A %2F \
                 %3F %23 %25 %24 %27 %22 %5C), or make the role: create role {role} login password '…'"
            ),
            "28000" => format!(
                "make the role if there is none (create role {role} login password '…'), and let it in from here by \
                 the server's pg_hba.conf"
            ),
            "3D000" => {
                format!(
                    "make it, as its superuser: create database {} owner {role}",
                    quoted(database(options))
                )
            }
            "42501" => format!("grant connect on database {} to {role}", quoted(database(options))),
            "57P03" => "try again in a moment".to_owned(),
            _ => trouble::of(error)
                .map_or_else(|| "set DATABASE_URL right".to_owned(), |trouble| trouble.to_string()),
        },
        sqlx::Error::Tls(why) if why.to_string().contains("does not support TLS") => {
            "let it speak TLS, or take sslmode out of DATABASE_URL".to_owned()
        }
        sqlx::Error::Tls(_) => {
            "in DATABASE_URL, sslrootcert=FILE names the authority of its certificate, and \
                                sslmode=require takes any"
                .to_owned()
        }
        sqlx::Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => {
            "start its server, or set host and port right in DATABASE_URL".to_owned()
        }
        sqlx::Error::Io(error) if error.kind() == ErrorKind::NotFound && options.get_socket().is_some() => {
            "there is no socket of a server: start it, or set the folder right in DATABASE_URL".to_owned()
        }
        _ => "see that its server runs, and that host and port are right in DATABASE_URL".to_owned(),
    }
}

/// A name as SQL takes it, whatever is in it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_a_password_breaks_is_refused_without_showing_it() {
        for url in [
            "postgres://news:s3#cr3t@db.example/news",
            "postgres://news:12#cr3t@db.example/news",
            "postgres://news:s3/cr3t@db.example/news",
            "postgres://news:12/cr3t@db.example/news",
            "postgres://news:s3?cr3t@db.example/news",
            "postgres://news:12?cr3t@db.example/news",
            "postgres://news:s@3?cr3t@db.example/news",
            "postgres://news:s@3/cr3t@db.example/news",
            "postgres:///news?user=news&password=s3#cr3t",
            "postgres://news:s3cr3t@db.example:cr3t/news",
        ] {
            let error = format!("{:#}", parse(&Secret(url.into())).unwrap_err());
            assert!(error.starts_with("DATABASE_URL ") && error.contains("%23"), "{url}: {error}");
            assert!(!error.contains("cr3t"), "{error}");
        }
    }

    #[test]
    fn a_setting_that_is_not_taken_is_refused_without_its_value() {
        let url = "postgres://news:s3cr3t@db.example/news?sslmod=verify-full&passwd=s3cr3t";
        let error = parse(&Secret(url.into())).unwrap_err().to_string();
        assert!(
            error.contains("sslmod=") && error.contains("sslmode,") && !error.contains("cr3t"),
            "{error}"
        );
        let never = "postgres://news:s3cr3t@db.example/news?sslmode=never";
        let error = parse(&Secret(never.into())).unwrap_err().to_string();
        assert!(error.contains("verify-full") && !error.contains("cr3t"), "{error}");
        let split = "postgres:///news?user=news&password=s3&cr3t";
        let error = parse(&Secret(split.into())).unwrap_err().to_string();
        assert!(error.contains("%26") && !error.contains("cr3t"), "{error}");
        let known =
            "postgres://db/news?sslmode=verify-full&sslrootcert=/ca.pem&options[search_path]=news&port=5433";
        parse(&Secret(known.into())).unwrap();
    }

    /// What a server refuses with this code.
    #[derive(Debug)]
    struct Refusal(&'static str);

    impl std::fmt::Display for Refusal {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("refused")
        }
    }

    impl std::error::Error for Refusal {}

    impl sqlx::error::DatabaseError for Refusal {
        fn message(&self) -> &str {
            "refused"
        }

        fn code(&self) -> Option<std::borrow::Cow<'_, str>> {
            Some(self.0.into())
        }

        fn as_error(&self) -> &(dyn std::error::Error + Send + Sync + 'static) {
            self
        }

        fn as_error_mut(&mut self) -> &mut (dyn std::error::Error + Send + Sync + 'static) {
            self
        }

        fn into_error(self: Box<Self>) -> Box<dyn std::error::Error + Send + Sync + 'static> {
            self
        }

        fn kind(&self) -> sqlx::error::ErrorKind {
            sqlx::error::ErrorKind::Other
        }
    }

    #[test]
    fn a_server_that_refuses_is_mended_by_what_it_lacks() {
        let options = parse(&Secret("postgres://news@db.example/news".into())).unwrap();
        for (code, words) in [
            ("53100", "free space"),
            ("53300", "max_connections"),
            ("57P03", "in a moment"),
            ("28P01", "password"),
            ("08P01", "see that its server runs"),
            ("XX000", "set DATABASE_URL right"),
        ] {
            let mend = mend(&options, &sqlx::Error::Database(Box::new(Refusal(code))));
            assert!(mend.contains(words), "{code}: {mend}");
        }
    }

    #[test]
    fn addresses_of_every_form_are_read() {
        for (url, where_it_is) in [
            ("postgres://news:p%23ss@db.example/news", "news as news on db.example:5432"),
            ("postgres://news:p@ss@db.example:6000/news", "news as news on db.example:6000"),
            ("postgres://news@%2Frun%2Fpostgresql/tidings", "tidings as news on /run/postgresql"),
            ("postgres:///news?host=/run/postgresql&user=me&password=a%40b", "news as me on /run/postgresql"),
        ] {
            assert_eq!(whole(&parse(&Secret(url.into())).unwrap()), where_it_is);
        }
    }
}

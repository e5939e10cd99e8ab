//! `tidings check`: configuration, database, token, templates and sources; a line each, with its mend.

use anyhow::{Result, bail};
use teloxide::requests::Requester;
use teloxide::{ApiError, RequestError};
use tidings::app::disk::Disk;
use tidings::app::health::{Port, answers};
use tidings::app::scrape::{self, NoLook};
use tidings::app::{App, read};
use tidings::config::{Config, Environment};
use tidings::deliver::telegram;
use tidings::digest::render;
use tidings::model::Listing;
use tidings::store::{self, sources};
use url::Url;

use super::count;

/// Signs of most tokens behind their colon.
const KEY: usize = 35;

/// What was found so far.
#[derive(Default)]
struct Findings {
    problems: usize,
}

impl Findings {
    fn good(&mut self, what: &str, detail: impl std::fmt::Display) {
        say(&format!("ok       {what}: {detail}"));
    }

    fn note(&mut self, what: &str, detail: impl std::fmt::Display) {
        say(&format!("note     {what}: {detail}"));
    }

    fn problem(&mut self, what: &str, detail: impl std::fmt::Display) {
        say(&format!("problem  {what}: {detail}"));
        self.problems += 1;
    }
}

/// A line on stdout; nobody left to read it is no fault of what is checked.
fn say(line: &str) {
    let _ = super::print_line(line);
}

/// Checks everything and prints a line each; fails if there is a problem.
pub async fn run(environment: &Environment) -> Result<()> {
    let mut findings = Findings::default();
    let (config, problems) = Config::examine(environment, true);
    match &config {
        Some(config) if !config.has_file && config.file_is_right => {
            findings.note("configuration", "no tidings.toml in this folder: the usual settings hold");
        }
        Some(_) if problems.is_empty() => findings.good("configuration", "every key and variable is right"),
        Some(config) if config.file_is_right => {
            findings.good("configuration", "every key of the file is right")
        }
        _ => {}
    }
    let wrong = |key: &str| problems.iter().any(|problem| problem.key.starts_with(key));
    let (some, admins) = (wrong("source"), wrong("admins"));
    for problem in problems {
        findings.problem(&problem.key, problem.what);
    }
    // What is right is checked all the same: one run tells all that is wrong.
    if let Some(config) = config {
        let of_file = match config.file_is_whole {
            false => OfFile::None,
            true if some => OfFile::Some,
            true => OfFile::All,
        };
        if config.admins.is_empty() && config.file_is_whole && !admins {
            findings.note("admins", "is empty; the bot tells your user id on /whoami: admins = [12345]");
        }
        check(config, of_file, &mut findings).await;
    }
    match findings.problems {
        0 => Ok(()),
        1 => bail!("there is a problem"),
        many => bail!("there are {many} problems"),
    }
}

/// The sources of the file that can be looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OfFile {
    All,
    /// Those whose keys are right.
    Some,
    /// The file can't be read: what it says of sources and hosts is not known, and would be found wrong.
    None,
}

async fn check(config: Config, of_file: OfFile, findings: &mut Findings) {
    match store::check_folder(&config.data_dir) {
        Ok(()) => findings.good("data", format_args!("in {}", config.data_dir.display())),
        Err(error) => findings.problem("data", store::explain(&error)),
    }
    token(&config, findings).await;
    health(&config, findings).await;
    if let Some(folder) = &config.templates
        && !["digest.html", "digest.txt"].iter().any(|name| folder.join(name).exists())
    {
        let words =
            format!("neither digest.html nor digest.txt is in {}: the built-in ones hold", folder.display());
        findings.note("templates", words);
    }
    let wrong = render::check(config.templates.as_deref());
    for problem in &wrong {
        findings.problem("templates", problem);
    }
    if wrong.is_empty() {
        findings.good("templates", "a sample digest renders");
    }
    let database = match store::open(config.database_url.as_ref(), &config.data_dir).await {
        Ok(database) => database,
        Err(error) => {
            findings.problem("database", store::explain(&error));
            return findings.note("sources", "they are looked at once the database can be reached");
        }
    };
    findings.good("database", format_args!("in {}, its schema is current", database.place()));
    if let Some(disk) = Disk::of(&config).filter(|disk| disk.is_low()) {
        let mb = disk.free / 1_000_000;
        findings.problem("disk", format_args!("only {mb} MB are free where the data folder is: make room"));
    }
    match App::new(config.into(), database.pool.clone()) {
        Ok(_) if of_file == OfFile::None => {
            findings.note("sources", "they are looked at once the configuration can be read");
        }
        Ok(app) => check_sources(&app, of_file == OfFile::All, findings).await,
        Err(error) => findings.problem("HTTP", store::explain(&error)),
    }
    if let Err(error) = database.close().await {
        findings.problem("database", store::explain(&error));
    }
}

async fn token(config: &Config, findings: &mut Findings) {
    let Some(account) = &config.telegram else { return };
    let bot = match telegram::account(&account.token.0, account.api_url.as_ref()) {
        Ok(bot) => bot,
        Err(error) => return findings.problem("TELOXIDE_API_URL", store::explain(&error)),
    };
    let mend = telegram::mend(&bot);
    match bot.get_me().await {
        Ok(me) => findings.good("TELOXIDE_TOKEN", format_args!("@{}", me.username())),
        Err(RequestError::Api(ApiError::InvalidToken)) => {
            let signs = account.token.0.split_once(':').map_or(0, |(_, key)| key.len());
            let hint = match signs {
                KEY => String::new(),
                _ => format!(" ({} behind its colon, where most have {KEY})", count(signs, "sign", "signs")),
            };
            findings.problem(
                "TELOXIDE_TOKEN",
                format_args!(
                    "Telegram refuses it{hint}; copy all of it from @BotFather (/mybots, API Token){mend}"
                ),
            );
        }
        Err(error) => findings.problem(
            "Telegram",
            format_args!(
                "{} {}: {}{}",
                place(&bot.api_url()),
                match &error {
                    RequestError::Network(_) => "can't be asked from here",
                    _ => "does not answer as it should",
                },
                telegram::describe(&error),
                match (mend, &error) {
                    ("", RequestError::Network(_)) => {
                        "; look at the network, its DNS, and HTTPS_PROXY if you have one"
                    }
                    (mend, _) => mend,
                }
            ),
        ),
    }
}

/// "127.0.0.1:8081"; of Telegram's own, the host alone.
fn place(url: &Url) -> String {
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}{port}", url.host_str().unwrap_or_default())
}

/// That `[health]` can have its port, unless Tidings is at work and has it.
async fn health(config: &Config, findings: &mut Findings) {
    let Some(address) = config.health else { return };
    match Port::open(address).await {
        Ok(_) => findings.good("health", format_args!("{address} is free")),
        Err(_) if answers(address).await => {
            findings.good("health", format_args!("`tidings run` is at work and answers at {address}"));
        }
        Err(error) => findings.problem("health", store::explain(&error)),
    }
}

/// Reads the sources of the file as it is, and those that `run` would read beside them; stores none of them.
async fn check_sources(app: &App, all: bool, findings: &mut Findings) {
    let mut checked = match scrape::preview_configured(app).await {
        Ok(checked) => checked,
        Err(error) => return findings.problem("sources", store::explain(&error)),
    };
    match beside_the_file(app).await {
        Ok(beside) => checked.extend(beside),
        Err(error) => findings.problem("sources", store::explain(&error)),
    }
    if checked.is_empty() && all {
        findings.problem(
            "sources",
            "there are none to read: `tidings sources add ADDRESS` adds one, `tidings sources resume NAME` ends a \
             pause",
        );
    }
    for (name, listing) in checked {
        match listing {
            Ok(listing) => findings.good(&name, count(listing.entries.len(), "entry", "entries")),
            Err(NoLook::Early(words)) => findings.note(&name, words),
            Err(NoLook::Away(error) | NoLook::NoList(error)) => findings.problem(&name, error),
        }
    }
    match scrape::names_taken(app).await {
        Ok(taken) => taken.iter().for_each(|name| findings.problem(name, scrape::NAME_TAKEN)),
        Err(error) => findings.problem("sources", store::explain(&error)),
    }
    match scrape::added_twice(app).await {
        Ok(twice) => twice.iter().for_each(|(name, other)| {
            findings.note(
                name,
                format_args!(
                    "{other:?}, which a command added, is the same list; `tidings sources remove {other:?}`"
                ),
            );
        }),
        Err(error) => findings.problem("sources", store::explain(&error)),
    }
    match read::not_read(&app.db, app.clock.now()).await {
        Ok(lines) => lines.iter().for_each(|line| findings.note("language", line)),
        Err(error) => findings.problem("database", store::explain(&error)),
    }
}

/// What the sources give that were added by commands, and without a file those of the one that was read last; without
/// those that are paused.
async fn beside_the_file(app: &App) -> Result<Vec<(String, Result<Listing, NoLook>)>> {
    let health = sources::health(&app.db, app.clock.now()).await?;
    let beside = |configured: bool| !configured || !app.config.has_file;
    let names: Vec<String> =
        health.into_iter().filter(|s| beside(s.configured) && !s.paused).map(|source| source.name).collect();
    match names.is_empty() {
        true => Ok(Vec::new()),
        false => scrape::check(app, &names).await,
    }
}

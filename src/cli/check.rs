//! `tidings check`: configuration, database, token, templates and sources; a line each, with its mend.

use anyhow::{Result, bail};
use teloxide::requests::Requester;
use teloxide::{ApiError, RequestError};
use tidings::app::disk::Disk;
use tidings::app::scrape::{self, NoLook};
use tidings::app::{App, read};
use tidings::config::{Config, Environment};
use tidings::deliver::telegram;
use tidings::digest::render;
use tidings::model::Listing;
use tidings::store::{self, sources};

use super::count;

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
    if problems.is_empty() {
        match config.as_ref().filter(|config| !config.has_file) {
            None => findings.good("configuration", "every key and variable is right"),
            Some(_) => {
                findings.good("configuration", "no tidings.toml in this folder: the usual settings hold")
            }
        }
    }
    let all_sources = !problems.iter().any(|problem| problem.key.starts_with("source"));
    for problem in problems {
        findings.problem(&problem.key, problem.what);
    }
    // What is right is checked all the same: one run tells all that is wrong.
    if let Some(config) = config {
        check(config, all_sources, &mut findings).await;
    }
    match findings.problems {
        0 => Ok(()),
        1 => bail!("there is a problem"),
        many => bail!("there are {many} problems"),
    }
}

/// `all_sources`: none of the file is left out, since its keys are wrong.
async fn check(config: Config, all_sources: bool, findings: &mut Findings) {
    findings.good("data", format_args!("in {}", config.data_dir.display()));
    if config.admins.is_empty() {
        findings.note("admins", "is empty; the bot tells your user id on /whoami: admins = [12345]");
    }
    token(&config, findings).await;
    let wrong = render::check(config.templates.as_deref());
    for problem in &wrong {
        findings.problem("templates", problem);
    }
    if wrong.is_empty() {
        findings.good("templates", "a sample digest renders");
    }
    let database = match store::open(config.database_url.as_ref(), &config.data_dir).await {
        Ok(database) => database,
        Err(error) => return findings.problem("database", format_args!("{error:#}")),
    };
    findings.good("database", "its schema is current");
    if let Some(disk) = Disk::of(&config).filter(|disk| disk.is_low()) {
        let mb = disk.free / 1_000_000;
        findings.problem("disk", format_args!("only {mb} MB are free where the data folder is: make room"));
    }
    match App::new(config.into(), database.pool.clone()) {
        Ok(app) => check_sources(&app, all_sources, findings).await,
        Err(error) => findings.problem("HTTP", format_args!("{error:#}")),
    }
    if let Err(error) = database.close().await {
        findings.problem("database", format_args!("{error:#}"));
    }
}

async fn token(config: &Config, findings: &mut Findings) {
    let Some(account) = &config.telegram else { return };
    let bot = match telegram::account(&account.token.0, account.api_url.as_ref()) {
        Ok(bot) => bot,
        Err(error) => return findings.problem("TELOXIDE_API_URL", format_args!("{error:#}")),
    };
    let mend = telegram::mend(&bot);
    match bot.get_me().await {
        Ok(me) => findings.good("TELOXIDE_TOKEN", format_args!("@{}", me.username())),
        Err(RequestError::Api(ApiError::InvalidToken)) => findings.problem(
            "TELOXIDE_TOKEN",
            format_args!(
                "Telegram refuses it; copy it again from @BotFather (/mybots, API Token){}{}",
                if mend.is_some() { "; " } else { "" },
                mend.unwrap_or_default()
            ),
        ),
        Err(error) => findings.problem(
            "Telegram",
            format_args!(
                "can't be asked: {}; {}",
                telegram::describe(&error),
                mend.unwrap_or("is there a way to it from here?")
            ),
        ),
    }
}

/// Reads the sources of the file as it is, and those that were added by commands; stores none of them.
async fn check_sources(app: &App, all: bool, findings: &mut Findings) {
    let mut checked = match scrape::preview_configured(app).await {
        Ok(checked) => checked,
        Err(error) => return findings.problem("sources", format_args!("{error:#}")),
    };
    match added(app).await {
        Ok(added) => checked.extend(added),
        Err(error) => findings.problem("sources", format_args!("{error:#}")),
    }
    if checked.is_empty() && all {
        findings.problem(
            "sources",
            "there are none to read: `tidings sources add ADDRESS` adds one, `tidings sources resume NAME` ends a pause",
        );
    }
    for (name, listing) in checked {
        match listing {
            Ok(listing) => findings.good(&name, count(listing.entries.len(), "entry", "entries")),
            Err(NoLook::Early(words)) => findings.note(&name, words),
            Err(NoLook::Away(error) | NoLook::NoList(error)) => findings.problem(&name, error),
        }
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
        Err(error) => findings.problem("sources", format_args!("{error:#}")),
    }
    match read::not_read(&app.db, app.clock.now()).await {
        Ok(lines) => lines.iter().for_each(|line| findings.note("language", line)),
        Err(error) => findings.problem("database", format_args!("{error:#}")),
    }
}

/// What the sources give that were added by commands and are not paused.
async fn added(app: &App) -> Result<Vec<(String, Result<Listing, NoLook>)>> {
    let health = sources::health(&app.db, app.clock.now()).await?;
    let names: Vec<String> =
        health.into_iter().filter(|s| !s.configured && !s.paused).map(|source| source.name).collect();
    match names.is_empty() {
        true => Ok(Vec::new()),
        false => scrape::check(app, &names).await,
    }
}

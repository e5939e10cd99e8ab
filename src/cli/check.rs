//! `tidings check`: configuration, database, token, templates and sources; a line each, with its mend.

use anyhow::{Result, bail};
use teloxide::requests::Requester;
use teloxide::{ApiError, RequestError};
use tidings::app::{App, read, scrape};
use tidings::config::{Config, Environment};
use tidings::deliver::telegram;
use tidings::digest::render;
use tidings::store;

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
    match Config::load(environment, true) {
        Ok(config) => check(config, &mut findings).await,
        Err(problems) => {
            for problem in problems.0 {
                findings.problem(&problem.key, problem.what);
            }
            // Without the token alone, the rest can be checked as it stands.
            if let Ok(config) = Config::load(environment, false) {
                check(config, &mut findings).await;
            }
        }
    }
    match findings.problems {
        0 => Ok(()),
        1 => bail!("there is a problem"),
        many => bail!("there are {many} problems"),
    }
}

async fn check(config: Config, findings: &mut Findings) {
    findings.good("configuration", format_args!("data in {}", config.data_dir.display()));
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
    match App::new(config.into(), database.pool.clone()) {
        Ok(app) => sources(&app, findings).await,
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
    match bot.get_me().await {
        Ok(me) => findings.good("TELOXIDE_TOKEN", format_args!("@{}", me.username())),
        Err(RequestError::Api(ApiError::InvalidToken)) => findings.problem(
            "TELOXIDE_TOKEN",
            "Telegram refuses it; copy it again from @BotFather (/mybots, API Token)",
        ),
        Err(error) => findings.problem(
            "Telegram",
            format_args!("can't be asked: {}; is there a way to it from here?", telegram::describe(&error)),
        ),
    }
}

async fn sources(app: &App, findings: &mut Findings) {
    let synced = match app.config.sources.is_empty() {
        // A folder without the owner's file must not look like a file without sources.
        true => Ok(()),
        false => scrape::sync_sources(app).await,
    };
    let checked = match synced {
        Ok(()) => scrape::check(app, &[]).await,
        Err(error) => Err(error),
    };
    match checked {
        Ok(checked) if checked.is_empty() => findings.problem(
            "sources",
            "there are none; add a [[source]] to the configuration, or `tidings sources add NAME URL`",
        ),
        Ok(checked) => {
            for (name, listing) in checked {
                match listing {
                    Ok(listing) => findings.good(&name, format_args!("{} entries", listing.entries.len())),
                    Err(error) => findings.problem(&name, error),
                }
            }
        }
        Err(error) => findings.problem("sources", format_args!("{error:#}")),
    }
    match read::not_read(&app.db, app.clock.now()).await {
        Ok(lines) => lines.iter().for_each(|line| findings.note("language", line)),
        Err(error) => findings.problem("database", format_args!("{error:#}")),
    }
}

//! `tidings demo`: the whole pipeline on the bundled newsroom, a digest a day.

use anyhow::{Context, Result, anyhow};
use serde_json::Value;
use teloxide::requests::Requester;
use tidings::config::{Config, Environment};
use tidings::deliver::telegram;
use tidings::demo::Demo;
use tidings::digest::render::Templates;
use tidings::store;

/// The chat of the invented subscriber, where nothing is sent.
const NOBODY: i64 = 1;

/// Runs the whole pipeline on the bundled newsroom.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Also send each digest to this chat by Telegram; TELOXIDE_TOKEN is needed.
    #[arg(long, value_name = "CHAT", allow_negative_numbers = true, value_parser = super::chat)]
    send: Option<i64>,
    /// Print one JSON array of the digests.
    #[arg(long)]
    json: bool,
}

/// Prints each day's digest on stdout as it is compiled, or all of them as JSON at the end.
pub async fn run(args: Args, environment: &Environment) -> Result<()> {
    let config = Config::without_file(environment, args.send.is_some())?;
    if args.send.is_some() {
        let account = config.telegram.as_ref().context("TELOXIDE_TOKEN is not set")?;
        let bot = telegram::account(&account.token.0, account.api_url.as_ref())?;
        // Asked first: eight digests that cannot be sent help nobody.
        bot.get_me().await.map_err(|error| {
            let mend = telegram::mend(&bot);
            anyhow!("Telegram does not take TELOXIDE_TOKEN: {}{mend}", telegram::describe(&error))
        })?;
    }
    eprintln!("Starting the newsroom and a scratch database ...");
    let beside = store::connect(config.database_url.as_ref(), &config.data_dir).await?;
    let result = match Demo::start(&config, &beside, args.send.unwrap_or(NOBODY)).await {
        Ok(mut demo) => {
            let result = days(&mut demo, &args, &config).await;
            result.and(demo.close().await)
        }
        Err(error) => Err(error),
    };
    result.and(beside.close().await)
}

async fn days(demo: &mut Demo, args: &Args, config: &Config) -> Result<()> {
    let templates = Templates::load(config.templates.as_deref())?;
    let mut all: Vec<Value> = Vec::new();
    while let Some(digest) = demo.next_edition(|step| eprintln!("{step}")).await? {
        if args.json {
            all.push(digest.to_json().context("writing a digest as JSON")?);
        } else {
            super::print(&format!("{}\n\n", templates.text(&digest)?.trim_end()))?;
        }
        if let Some(chat) = args.send {
            let sent = demo.send().await?;
            eprintln!("{} sent to {chat}", super::count(sent, "message", "messages"));
        }
    }
    if args.json {
        super::print(&format!(
            "{}\n",
            serde_json::to_string_pretty(&all).context("writing digests as JSON")?
        ))?;
    }
    eprintln!("That was the demo. Its links led to servers of its own, which end with it.");
    Ok(())
}

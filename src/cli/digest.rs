//! `tidings digest`: what an edition tells, as text, Telegram HTML or JSON.

use anyhow::{Context, Result, bail};
use chrono::{Days, NaiveDate};
use serde_json::Value;
use tidings::app::{App, digest as editions};
use tidings::config::{Config, Environment};
use tidings::digest::Digest;
use tidings::digest::render::Templates;
use tidings::schedule::Edition;
use tidings::store::subscribers::{self, State};

/// Shows a digest. Without a subscriber: the default edition, which is neither frozen nor sent.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The edition of this day (YYYY-MM-DD) instead of the last 24 hours.
    #[arg(long, value_name = "DAY", value_parser = day, conflicts_with = "subscriber")]
    date: Option<NaiveDate>,
    /// Compile the editions of this chat that are due; they are sent as usual. Its number is shown by /whoami in the
    /// chat, and by /subscribers.
    #[arg(long, value_name = "CHAT", allow_negative_numbers = true, value_parser = super::chat)]
    subscriber: Option<i64>,
    /// Of a forum, the topic that is subscribed: the second number that /subscribers shows.
    #[arg(long, value_name = "TOPIC", requires = "subscriber")]
    topic: Option<i32>,
    /// Neither freeze nor send: show what is new to the subscriber now.
    #[arg(long)]
    dry_run: bool,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// Plain text.
    Text,
    /// Telegram HTML.
    Html,
    /// A JSON array.
    Json,
}

fn day(text: &str) -> Result<NaiveDate, &'static str> {
    text.parse().map_err(|_| "it takes a day, such as 2031-03-06")
}

/// Prints the digest on stdout.
pub async fn run(args: Args, environment: &Environment) -> Result<()> {
    let config = Config::load(environment, false)?;
    let output = super::with_app(config, async |app, _| {
        let digests = digests(app, &args).await?;
        print(app, args.format, &digests)
    })
    .await?;
    super::print(&output)
}

async fn digests(app: &App, args: &Args) -> Result<Vec<Digest>> {
    let now = app.clock.now();
    if let Some(chat) = args.subscriber {
        let subscriber = of_chat(app, chat, args.topic).await?;
        if args.dry_run {
            return Ok(vec![editions::latest(app, Some(subscriber), None, now).await?]);
        }
        let outcome = editions::compile_due_of(app, subscriber, now).await?;
        if outcome.busy {
            bail!("another process is compiling editions; try again in a moment");
        }
        if !outcome.failed.is_empty() {
            bail!("not compiled: {}", outcome.failed.join("; "));
        }
        let mut digests = Vec::new();
        for id in outcome.compiled {
            digests.extend(editions::frozen(app, id).await?);
        }
        if let (true, Some(next)) = (digests.is_empty(), editions::next_edition(app, subscriber, now).await?)
        {
            eprintln!("no edition of chat {chat} is due before {}", next.at);
        }
        return Ok(digests);
    }
    let Some(date) = args.date else { return Ok(vec![editions::latest(app, None, None, now).await?]) };
    let schedule = &app.config.schedule;
    let on = |date| Edition::on(date, schedule.digest, schedule.zone).at;
    let from = on(date.checked_sub_days(Days::new(1)).context("--date is out of range")?);
    let to = on(date).min(now);
    if to <= from {
        bail!("the edition of {date} is still to come");
    }
    if now < on(date) {
        eprintln!("the edition of {date} is complete at {} only", on(date).format("%Y-%m-%d %H:%M UTC"));
    }
    Ok(vec![editions::preview(app, &editions::Reader::default_of(app), (from, to)).await?])
}

/// The subscriber that a chat is, or one of its topics.
async fn of_chat(app: &App, chat: i64, topic: Option<i32>) -> Result<i64> {
    let known: Vec<i64> = subscribers::of_chat(&app.db, chat).await?.into_iter().map(|(id, _)| id).collect();
    if known.is_empty() {
        bail!(
            "chat {chat} is not subscribed: /whoami in the chat shows its number, /subscribers those of all"
        );
    }
    let mut active = subscribers::these(&app.db, &known).await?;
    active.retain(|subscriber| subscriber.state == State::Active);
    // The chat itself, where it is subscribed; else the one topic that is.
    let wanted = match (topic, &active[..]) {
        (_, []) => bail!("chat {chat} is no longer subscribed: /start in it subscribes it again"),
        (Some(topic), _) => topic,
        (None, [only]) => only.thread_id,
        (None, _) => 0,
    };
    if let Some(subscriber) = active.iter().find(|subscriber| subscriber.thread_id == wanted) {
        return Ok(subscriber.id);
    }
    let mut topics: Vec<i32> = active.iter().map(|subscriber| subscriber.thread_id).collect();
    if topics == [0] {
        bail!("chat {chat} is subscribed as a whole, not by topics: leave --topic out");
    }
    topics.sort_unstable();
    let topics = topics.iter().map(i32::to_string).collect::<Vec<_>>().join(" or --topic ");
    match topic {
        Some(topic) => bail!("topic {topic} of chat {chat} is not subscribed: say --topic {topics}"),
        None => bail!("chat {chat} is subscribed by topics: say which one, --topic {topics}"),
    }
}

fn print(app: &App, format: Format, digests: &[Digest]) -> Result<String> {
    let templates = Templates::load(app.config.templates.as_deref())?;
    let texts: Vec<String> = match format {
        Format::Json => {
            let json: Vec<Value> = digests.iter().map(Digest::to_json).collect::<Result<_, _>>()?;
            return Ok(format!("{}\n", serde_json::to_string_pretty(&json)?));
        }
        Format::Text => digests.iter().map(|digest| templates.text(digest)).collect::<Result<_>>()?,
        Format::Html => digests.iter().map(|digest| templates.html(digest)).collect::<Result<_>>()?,
    };
    Ok(texts.iter().map(|text| format!("{text}\n")).collect::<Vec<_>>().join("\n"))
}

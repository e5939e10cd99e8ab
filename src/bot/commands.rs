//! The commands, and what a text is to this bot.
//!
//! What each does is said in `locales/`, as `command-NAME`.

use teloxide::types::BotCommand;
use teloxide::utils::command::{BotCommands, ParseError};

use crate::locale::Language;

/// What everyone may ask.
#[derive(BotCommands, Debug, Clone, PartialEq, Eq)]
#[command(rename_rule = "lowercase")]
pub(super) enum ReaderCommand {
    Start(String),
    Subscribe(String),
    Settings,
    Zone(String),
    Watch(String),
    Mute(String),
    Latest,
    Digest,
    Search(String),
    Story(String),
    Timeline(String),
    Upcoming,
    Chart,
    Outlets,
    Export,
    Forget,
    Stop,
    Whoami,
    Help,
}

/// What only the owner's admins may ask.
#[derive(BotCommands, Debug, Clone, PartialEq, Eq)]
#[command(rename_rule = "snake_case")]
pub(super) enum AdminCommand {
    Sources(String),
    Run,
    Preview(String),
    DigestNow,
    Stats,
    Health,
    Subscribers(String),
    Broadcast(String),
    MuteStory(String),
    Correct(String),
    Logs,
    Backup,
    Ban(String),
    Unban(String),
    Audit,
}

/// What a text is to this bot.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Parsed {
    Reader(ReaderCommand),
    Admin(AdminCommand),
    /// A command to another bot, by name.
    NotMine,
    /// No command of this bot.
    Unknown,
}

/// What follows a reader's command is one line; an admin's words to all keep their lines.
pub(super) fn parse(text: &str, username: &str) -> Parsed {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim();
    let (command, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let rest = rest.trim().lines().map(line).collect::<Vec<_>>().join("\n");
    let lines = format!("{command} {rest}");
    match (ReaderCommand::parse(&line(text), username), AdminCommand::parse(lines.trim(), username)) {
        (Ok(command), _) => Parsed::Reader(command),
        (_, Ok(command)) => Parsed::Admin(command),
        (Err(ParseError::WrongBotName(_)), _) => Parsed::NotMine,
        _ => Parsed::Unknown,
    }
}

/// The readers' commands, described in a language.
pub(super) fn for_readers(language: Language) -> Vec<BotCommand> {
    described(ReaderCommand::bot_commands(), language)
}

/// The admins' own commands, described in a language.
pub(super) fn for_admins(language: Language) -> Vec<BotCommand> {
    described(AdminCommand::bot_commands(), language)
}

fn described(commands: Vec<BotCommand>, language: Language) -> Vec<BotCommand> {
    let described = |command: BotCommand| {
        let name = command.command.trim_start_matches('/').to_owned();
        let description = language.text(&format!("command-{name}"), &[]);
        BotCommand::new(name, description)
    };
    commands.into_iter().map(described).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_may_name_the_bot_and_another_bots_command_is_left_alone() {
        assert_eq!(parse("/latest", "tidings_bot"), Parsed::Reader(ReaderCommand::Latest));
        assert_eq!(parse("/latest@tidings_bot", "tidings_bot"), Parsed::Reader(ReaderCommand::Latest));
        assert_eq!(parse("/latest@other_bot", "tidings_bot"), Parsed::NotMine);
        assert_eq!(
            parse("/sources@tidings_bot", "tidings_bot"),
            Parsed::Admin(AdminCommand::Sources("".into()))
        );
        assert_eq!(parse("/weather", "tidings_bot"), Parsed::Unknown);
        assert_eq!(parse("hello", "tidings_bot"), Parsed::Unknown);
    }

    #[test]
    fn what_follows_a_command_is_its_own() {
        assert_eq!(
            parse("/start topic_x", "tidings_bot"),
            Parsed::Reader(ReaderCommand::Start("topic_x".into()))
        );
        assert_eq!(
            parse("/subscribe 07:30 Europe/Kyiv", "tidings_bot"),
            Parsed::Reader(ReaderCommand::Subscribe("07:30 Europe/Kyiv".into()))
        );
        assert_eq!(
            parse("/subscribe", "tidings_bot"),
            Parsed::Reader(ReaderCommand::Subscribe(String::new()))
        );
    }

    #[test]
    fn an_admins_words_keep_their_lines_and_a_readers_are_one() {
        assert_eq!(
            parse(" /broadcast\nGood  news:\n\nmore of it ", "tidings_bot"),
            Parsed::Admin(AdminCommand::Broadcast("Good news:\n\nmore of it".into()))
        );
        assert_eq!(
            parse("/subscribe\n07:30\nEurope/Kyiv", "tidings_bot"),
            Parsed::Reader(ReaderCommand::Subscribe("07:30 Europe/Kyiv".into()))
        );
    }

    #[test]
    fn every_command_keeps_to_telegrams_limits_in_every_language() {
        for language in Language::ALL {
            let all = for_readers(language).into_iter().chain(for_admins(language));
            for BotCommand { command: name, description } in all {
                assert!((1..=32).contains(&name.len()), "{name}");
                let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
                assert!(name.bytes().all(allowed), "{name}");
                assert!((3..=256).contains(&description.chars().count()), "{name}");
                assert!(!description.starts_with("command-"), "{name} is not described");
            }
        }
    }
}

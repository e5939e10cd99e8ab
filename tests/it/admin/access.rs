//! That what is for admins is for them alone: every command and button, from everybody else, everywhere.
//!
//! The commands are those of the menu that admins get, which is made of the enum itself; the buttons are those of
//! the table by which they are read. So a new one is asked for here too.

use chrono::TimeDelta;
use serde_json::json;
use tidings::store::subscribers::State;

use super::{acts, development, one, source, story};
use crate::bot::Running;
use crate::setup::ADMIN;

const REFUSED: &str = "for this bot's admins";
/// A group of which the admin is a member.
const GROUP: i64 = -ADMIN;
/// A channel that the bot may write to.
const CHANNEL: i64 = -1_000_000_000_009;
/// As whom Telegram shows the admins of a group who stay anonymous.
const ANONYMOUS: i64 = 1_087_968_824;

/// Nothing was done.
const UNTOUCHED: &str = "select not exists (select from audit) and not exists (select from ban)
    and coalesce((select bool_and(settled_at is null) from proposal), true)
    and coalesce((select bool_and(muted_at is null) from story), true)
    and (select bool_and(not paused and removed_at is null) from source)
    and not exists (select from delivery)
    and coalesce((select bool_and(withdrawn_at is null) from development), true)";

/// The admins' commands, by the menus.
fn commands(bot: &Running) -> Vec<String> {
    let telegram = &bot.setup.telegram;
    let readers = telegram.menu("default").unwrap();
    let all = telegram.menu(&format!("chat {ADMIN}")).unwrap();
    all.into_iter().filter(|name| !readers.contains(name)).collect()
}

#[tokio::test]
async fn every_admin_command_and_button_is_refused_to_others_everywhere_and_changes_nothing() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    let (courier, story) =
        (source(&bot, "Courier", "http://127.0.0.1:1/").await, story(&bot, "{PY}", "Pilar").await);
    let wrong = development(&bot, "They met.").await;
    bot.ask(6, "/start").await;
    bot.ask(ADMIN, &format!("/correct {wrong} It was denied.")).await;
    let proposal: i64 = one(&bot, "select proposal_id from proposal").await;

    let commands = commands(&bot);
    let named = [
        "sources",
        "run",
        "preview",
        "digest_now",
        "stats",
        "health",
        "subscribers",
        "broadcast",
        "mute_story",
        "correct",
        "logs",
        "backup",
        "ban",
        "unban",
        "audit",
    ];
    assert_eq!(commands, named, "the admins' menu has them, and the readers' none of them");
    let help = bot.ask(5, "/help").await;
    for command in commands {
        assert!(!help.contains(&format!("/{command}")), "{command}");
        for words in ["", " 6", " add http://127.0.0.1:1/", " 1 because"] {
            for chat in [5, GROUP] {
                bot.setup.pass(TimeDelta::seconds(3));
                let answer = bot.ask_in(chat, 5, &format!("/{command}{words}")).await;
                assert!(answer.contains(REFUSED), "/{command}{words}: {answer}");
            }
        }
    }

    bot.ask_in(GROUP, ADMIN, "/sources").await;
    let shown = [(GROUP, telegram.newest(GROUP).id), (5, telegram.newest(5).id)];
    let verbs: Vec<&str> = tidings::bot::admin_buttons().collect();
    assert!(verbs.len() > 10);
    for verb in verbs.iter().copied().chain(["unknown", ""]) {
        for id in [courier, story, proposal, 0] {
            for (chat, message) in shown {
                bot.setup.pass(TimeDelta::seconds(3));
                let said = telegram.press_old(chat, 5, message, &format!("a:{verb}:{id}")).await;
                assert!(
                    said.as_deref().is_some_and(|said| said.contains(REFUSED)),
                    "a:{verb}:{id}: {said:?}"
                );
            }
        }
    }
    assert!(one::<bool>(&bot, UNTOUCHED).await);
    assert_eq!(bot.state(6).await, Some(State::Active));

    // The same buttons do something for the admin, so they were refused for who pressed them.
    for data in [format!("a:pause:{courier}"), format!("a:mute:{story}"), format!("a:yes:{proposal}")] {
        assert_eq!(bot.press_old(ADMIN, &data).await, None, "{data}");
    }
    assert_eq!(acts(&bot).await, ["pause", "mute_story", "correct"]);
    bot.end().await;
}

#[tokio::test]
async fn what_comes_by_a_channel_from_a_nameless_admin_or_in_an_admins_name_is_no_admins_command() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    source(&bot, "Courier", "http://127.0.0.1:1/").await;
    bot.ask(5, "/whoami").await;
    let user = |id: i64| json!({ "id": id, "is_bot": id == ANONYMOUS, "first_name": "Somebody" });
    let chat = |id: i64| json!({ "id": id, "type": "channel", "title": "Channel" });
    for command in commands(&bot) {
        let text = format!("/{command} 1 because");
        bot.setup.pass(TimeDelta::seconds(10));
        // A channel's post has no author at all.
        let before = telegram.texts(CHANNEL).len();
        telegram.post(CHANNEL, &text);
        let answers = telegram.messages(CHANNEL, before + 1).await;
        assert!(answers[before].text.contains(REFUSED), "{text} in a channel: {}", answers[before].text);

        // In a group: who stays anonymous, who writes as a channel, who answers or passes on what an admin wrote.
        let admins = json!({ "message_id": 1, "date": 1_700_000_000, "from": user(ADMIN), "text": "/sources",
            "chat": { "id": GROUP, "type": "group", "title": "Group" } });
        let origin = json!({ "type": "user", "date": 1_700_000_000, "sender_user": user(ADMIN) });
        for fields in [
            json!({ "from": user(ANONYMOUS), "sender_chat": chat(GROUP), "text": text }),
            json!({ "from": user(136_817_688), "sender_chat": chat(CHANNEL), "text": text }),
            json!({ "from": user(5), "reply_to_message": admins, "text": text }),
        ] {
            bot.setup.pass(TimeDelta::seconds(10));
            let before = telegram.texts(GROUP).len();
            telegram.message(GROUP, fields.clone());
            let answers = telegram.messages(GROUP, before + 1).await;
            assert!(answers[before].text.contains(REFUSED), "{fields}: {}", answers[before].text);
        }
        // What is passed on is nobody's command: neither a reader's who has it of an admin …
        let before = telegram.texts(5).len();
        telegram.message(5, json!({ "from": user(5), "forward_origin": origin, "text": text }));
        let answers = telegram.messages(5, before + 1).await;
        assert!(answers[before].text.contains("/help"), "{}", answers[before].text);
        // … nor an admin's, whom somebody sent it to.
        let origin = json!({ "type": "user", "date": 1_700_000_000, "sender_user": user(5) });
        let before = telegram.texts(ADMIN).len();
        telegram.message(ADMIN, json!({ "from": user(ADMIN), "forward_origin": origin, "text": text }));
        let answers = telegram.messages(ADMIN, before + 1).await;
        assert!(answers[before].text.contains("/help"), "{text}: {}", answers[before].text);
    }
    assert!(one::<bool>(&bot, UNTOUCHED).await);
    assert_eq!(one::<i64>(&bot, "select count(*) from proposal").await, 0);
    bot.end().await;
}

//! Subscribing, what is no command, and what is refused.

use chrono::TimeDelta;
use tidings::locale::Language;

use super::{Album, FORUM, GROUP, LANGUAGES, READER};

const TOPICS: &str = r#"
    [[topic]]
    name = "Grain & ports"
    words = ["grain"]
"#;

#[tokio::test]
async fn a_reader_subscribes_asks_for_help_and_stops() {
    for language in LANGUAGES {
        walk(language).await;
    }
}

async fn walk(language: Language) {
    let mut album = Album::open(language, TOPICS).await;
    album.heading("Before a subscription");
    for words in ["Hello", "/help", "/whoami", "/stop"] {
        album.ask(words).await;
    }
    album.heading("Wrong arguments");
    for words in
        ["/subscribe 25:00", "/subscribe Hogwarts", "/subscribe 1 2 3 4 5", "/subscribe 07:30 Birmingham"]
    {
        album.ask(words).await;
    }
    album.press("z:America/Chicago:0730").await;
    album.go(6, 6);
    album.heading("Subscribing");
    album.ask("/start").await;
    album.ask("/subscribe 07:30 19:00 Lviv").await;
    album.ask("/start").await;
    album
        .run(
            "insert into source (name, url, type, outlet, next_check_at, created_at)
               values ('S', 'https://s.example', 'feed', 'S', '2027-01-01', '2026-03-01')",
        )
        .await;
    album.ask("/start topic_grain-ports").await;
    album.ask("/start topic_gone").await;
    album.heading("Where the clocks are");
    for words in ["/zone Hogwarts", "/zone Kathmandu", "/zone"] {
        album.ask(words).await;
    }
    album.reply("Tórshavn").await;
    let before = album.messages().len();
    album.note("▷ 📍 95.0, 200.0");
    album.bot.setup.telegram.share_location(6, 6, 95.0, 200.0);
    album.answers(before, 1).await;
    album.bot.setup.pass(TimeDelta::hours(2));
    album.ask("/subscribe").await;
    album.heading("An end");
    album.ask("/stop").await;
    album.ask("/stop").await;

    album.heading("A group, before its admin");
    album.go(GROUP, READER);
    let before = album.messages().len();
    album.bot.setup.telegram.standing(GROUP, READER, "left", "member");
    album.answers(before, 1).await;
    album.press("s:on").await;
    album.ask("/subscribe 07:30").await;
    album.heading("A group, with its admin");
    album.bot.setup.telegram.role(GROUP, READER, "administrator");
    for words in ["/subscribe 07:30 Lviv", "/zone", "/watch", "/mute", "/whoami"] {
        album.ask(words).await;
    }
    album.go(FORUM, READER);
    album.heading("A topic of a forum, and a channel");
    let before = album.messages().len();
    album.note("▷ /whoami");
    album.bot.setup.telegram.say_in_topic(FORUM, 9, READER, "/whoami");
    album.answers(before, 1).await;
    album.go(-1_000_000_000_006, READER);
    album.note("▷ /whoami");
    album.bot.setup.telegram.post(-1_000_000_000_006, "/whoami");
    album.answers(0, 1).await;

    album.heading("What is refused");
    album.go(READER, READER);
    album.ask("/stats").await;
    album.press_old("a:logs:0").await;
    album.press_old("b:f:1:1").await;
    album.run("alter table story rename to elsewhere").await;
    album.ask("/story").await;
    album.press_old("b:l:0:1").await;
    for n in 0..30 {
        album.bot.setup.telegram.say(7, 7, if n < 20 { "/whoami" } else { "/help" });
    }
    album.heading("Too much at once");
    album.go(7, 7);
    album.bot.setup.telegram.messages(7, 21).await;
    let messages = album.messages();
    let told =
        messages.iter().find(|message| !message.text.contains('7') || !message.text.contains("\n")).unwrap();
    album.note(&super::draw(told, false));
    album.close("reader").await;
}

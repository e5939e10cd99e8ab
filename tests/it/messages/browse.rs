//! What readers look up, and what is their own.

use tidings::app::digest;
use tidings::locale::Language;

use super::{Album, FORUM, LANGUAGES, world};

#[tokio::test]
async fn a_reader_looks_things_up_where_there_is_little() {
    for language in LANGUAGES {
        light(language).await;
    }
}

#[tokio::test]
async fn a_reader_looks_things_up_on_a_day_full_of_news() {
    for language in LANGUAGES {
        long(language).await;
    }
}

async fn light(language: Language) {
    let mut album = Album::open(language, "").await;
    album.heading("Without a subscription, without news");
    for words in [
        "/latest",
        "/digest",
        "/search",
        "/search nowhere",
        "/story",
        "/story zebra",
        "/timeline",
        "/timeline Nobody",
        "/upcoming",
        "/chart",
        "/outlets",
        "/export",
        "/start story_999",
        "/story %",
    ] {
        album.ask(words).await;
    }
    album.heading("With a subscription, without news");
    album.ask("/start").await;
    album.ask("/digest").await;
    album
        .run(
            "insert into source (name, url, type, outlet, next_check_at, checked_at, succeeded_at, created_at)
             values ('Wire', 'https://wire.example/feed', 'feed', 'Wire', '2026-03-12T06:10Z',
                     '2026-03-12T05:55Z', '2026-03-12T05:55Z', '2026-02-01')",
        )
        .await;
    for words in ["/latest", "/export", "/forget"] {
        album.ask(words).await;
    }
    album.press("b:k:0:0").await;
    album.ask("/forget").await;
    album.press("b:x:0:0").await;
    album.close("browse_light").await;
}

async fn long(language: Language) {
    let mut album = Album::open(language, "").await;
    world::full_day(&album).await;
    album.heading("The latest");
    album.ask("/latest").await;
    album.press_first_for("b:e:", 1).await;
    album.press_first("b:e:").await;
    album.heading("Lists");
    album.ask("/search grain").await;
    album.press_first("b:f:").await;
    album.press_first("b:f:").await;
    album.ask("/timeline Arlund").await;
    album.press_first("b:t:").await;
    album.ask("/upcoming").await;
    album.ask("/outlets").await;
    album.ask("/chart").await;
    album.heading("Stories");
    album.ask("/story").await;
    album.press_first("b:l:0:2").await;
    album.press_first("b:l:0:1").await;
    album.press("b:s:2:1").await;
    album.press_old("b:w:2:1").await;
    album.press_old("m:2").await;
    album.ask("/story Tessaly").await;
    album.heading("A story, watched and muted");
    album.ask("/subscribe 08:00 Europe/Berlin").await;
    album.ask("/start story_1").await;
    album.press("b:w:1:1").await;
    album.press("b:v:1:1").await;
    album.press_for("m:1", 1).await;
    album.press("m:1:0").await;
    album.press("m:1:1").await;
    album.press_old("m:1").await;
    album.ask("/settings").await;
    album.press("s:r").await;
    album.heading("The digest again");
    album.bot.setup.pass(chrono::TimeDelta::hours(1));
    let now = album.bot.setup.now();
    let outcome = digest::compile_due(&album.bot.setup.app, now).await.unwrap();
    assert!(outcome.failed.is_empty(), "{outcome:?}");
    album.ask("/digest").await;
    album.press_first_for("b:d:", 1).await;
    album.heading("In a topic of a forum");
    album.go(FORUM, 5);
    album.bot.setup.telegram.role(FORUM, 5, "administrator");
    for words in ["/subscribe 07:30 Lviv", "/export", "/forget"] {
        album.note(&format!("▷ {words}"));
        let before = album.messages().len();
        album.bot.setup.telegram.say_in_topic(FORUM, 9, 5, words);
        album.answers(before, 1).await;
    }
    album.close("browse_long").await;
}

//! What admins see: every command with right and wrong arguments, and its buttons.

use chrono::TimeDelta;
use tidings::locale::Language;

use super::{ADMIN, Album, GROUP, LANGUAGES, world};
use crate::scrape::{Site, feed, item, page};

#[tokio::test]
async fn an_admin_of_a_new_bot_looks_around() {
    for language in LANGUAGES {
        light(language).await;
    }
}

#[tokio::test]
async fn an_admin_of_a_large_bot_looks_around() {
    for language in LANGUAGES {
        long(language).await;
    }
}

async fn light(language: Language) {
    let mut album = Album::open(language, "").await;
    album.go(ADMIN, ADMIN);
    album.heading("Nothing there yet");
    for words in [
        "/help",
        "/whoami",
        "/audit",
        "/sources",
        "/run",
        "/preview",
        "/digest_now",
        "/stats",
        "/health",
        "/subscribers",
        "/broadcast",
        "/broadcast Hello",
        "/mute_story",
        "/correct",
        "/audit",
        "/ban",
        "/unban",
    ] {
        album.ask(words).await;
    }
    album.heading("Wrong arguments");
    for words in [
        "/sources delete",
        "/sources add ftp://a.example",
        "/preview Reader",
        "/preview 12345",
        "/subscribers nobody",
        "/mute_story grain",
        "/correct 99 It was denied.",
        "/ban 77",
        "/unban 12345",
    ] {
        album.ask(words).await;
    }
    album.heading("What fails");
    album.run("insert into source (name, url, type, outlet, next_check_at, created_at)
               values ('Courier', 'http://127.0.0.1:1/feed', 'feed', 'Courier', '2026-03-12T09:00Z', '2026-03-01')").await;
    album.ask("/run").await;
    album.run("alter table report rename to elsewhere").await;
    album.ask("/preview").await;
    album.heading("Not in a group");
    album.go(GROUP, ADMIN);
    album.ask("/logs").await;
    album.close("admin_light").await;
}

async fn long(language: Language) {
    let mut album = Album::open(language, "").await;
    world::full_day(&album).await;
    sources(&mut album).await;
    sources_read(&mut album).await;
    album.heading("What readers get");
    album.ask("/start").await;
    album.ask_for("/preview", 3).await;
    album.ask_for(&format!("/preview {ADMIN}"), 3).await;
    album.ask("/digest_now").await;
    album.ask("/digest_now").await;
    subscribers(&mut album).await;
    news(&mut album).await;
    rest(&mut album).await;
    album.close("admin_long").await;
}

async fn sources(album: &mut Album) {
    album.go(ADMIN, ADMIN);
    for (n, outlet) in world::outlets().iter().enumerate() {
        let state = match n {
            1 => "paused = true",
            2 => "failures = 7, failing_since = '2026-03-09', last_error = 'HTTP 503 Service Unavailable'",
            3 => "succeeded_at = null, checked_at = null",
            4 => "silent_since = '2026-03-04'",
            5 => "origin = 'config'",
            6 => "moved_to = 'https://www.saleh.example/feed', moved_seen = 9, moved_since = '2026-03-01'",
            7 => "type = 'channel'",
            8 => "type = 'listing'",
            _ => "type = 'sitemap'",
        };
        album
            .run(&format!(
                "insert into source (name, url, type, outlet, next_check_at, checked_at, succeeded_at, created_at)
                 values ('{outlet}', 'https://paper.example/{n}/feed.xml', 'feed', '{outlet}', '2026-03-12T09:00Z',
                         '2026-03-12T05:30Z', '2026-03-12T05:30Z', '2026-02-01')
                 on conflict on constraint source_name_key do nothing;
                 update source set {state} where name = '{outlet}'"
            ))
            .await;
    }
    album.heading("Forty sources");
    album.ask("/sources").await;
    album.press("a:sources:1:").await;
    album.press("a:sources:0:").await;
    for id in [3, 4, 5, 6, 7, 8] {
        album.press(&format!("a:source:{id}")).await;
        album.press("a:sources:0").await;
    }
    album.press("a:source:2").await;
    for data in ["a:pause:2", "a:resume:2", "a:remove:2", "a:source:2", "a:remove:2", "a:removed:2"] {
        album.press(data).await;
    }
    album.press_old("a:pause:2").await;
}

/// Adding a source, and reading all.
async fn sources_read(album: &mut Album) {
    let site = Site::start().await;
    let link = site.url("/pier");
    let titles = [
        "Pier &amp;lt; ferry opens",
        "Storm nears the outer islands",
        "Fish market moves to the northern quay",
    ];
    let items: Vec<String> = titles
        .iter()
        .enumerate()
        .map(|(n, title)| item(title, &format!("{link}{n}"), "Thu, 12 Mar 2026 05:00:00 GMT"))
        .collect();
    site.answer("/rss", feed(&items));
    (0..3).for_each(|n| site.answer(&format!("/pier{n}"), page("Pier opens")));
    album.heading("A new source");
    album.ask(&format!("/sources add {} Harbour News", site.url("/rss"))).await;
    album.press_first("a:no:").await;
    album.ask(&format!("/sources add {} Tessaly Post", site.url("/rss"))).await;
    album.ask(&format!("/sources add {} Harbour News", site.url("/rss"))).await;
    album.press_first("a:yes:").await;
    album.ask(&format!("/sources add {}", site.url("/rss"))).await;
}

async fn subscribers(album: &mut Album) {
    for chat in 101..=123 {
        album.bot.setup.queue(chat, &[]).await;
    }
    album
        .run(
            "update subscriber set title = 'Port & Co, the harbour pilots of Anstruther' where chat_id = 122;
             update subscriber set title = 'Ada', state = 'stopped' where chat_id = 121;
             update subscriber set state = 'gone', state_reason = 'Forbidden: bot was blocked by the user'
             where chat_id = 120;
             update subscriber set chat_id = -1000000000005, thread_id = 9, title = 'Newsroom' where chat_id = 119",
        )
        .await;
    album.heading("Subscribers");
    album.ask("/subscribers").await;
    album.press("a:subscribers:1:").await;
    album.press("a:subscribers:2:").await;
    album.ask("/subscribers nobody").await;
    album
        .ask_for("/broadcast\nDigests will come an hour later tomorrow:\n\n• the <server> moves & rests", 2)
        .await;
    album.press_first("a:no:").await;
    album.ask_for("/broadcast Digests will come an hour later tomorrow.", 2).await;
    album.press_first("a:yes:").await;
    album.press_old("a:yes:9").await;
    album.ask("/ban 121").await;
    for words in ["/ban 121", "/ban", "/unban 121", "/unban 121"] {
        album.ask(words).await;
    }
}

async fn news(album: &mut Album) {
    album.heading("Stories and corrections");
    album.ask("/mute_story arlund").await;
    album.press("a:mute:1").await;
    album.ask("/mute_story").await;
    album.press("a:unmute:1").await;
    album.ask("/mute_story 99").await;
    album.ask("/correct 2 The depot is in another country.").await;
    album.press_first("a:yes:").await;
    for words in ["/correct 2 Again", "/correct 2 undo", "/correct 2 undo"] {
        album.ask(words).await;
    }
}

async fn rest(album: &mut Album) {
    album.heading("How it fares");
    album.bot.setup.pass(TimeDelta::minutes(40));
    album.ask("/stats").await;
    album.ask("/health").await;
    album.ask("/audit").await;
    album.ask("/backup").await;
    album.bot.setup.telegram.refuse_next("senddocument", 413, "Request Entity Too Large");
    album.ask("/backup").await;
}

//! What comes without being asked for: digests, alerts, corrections, words to all, troubles of sources.

use std::sync::atomic::AtomicBool;

use chrono::TimeDelta;
use tidings::app::deliver::Courier;
use tidings::app::digest;
use tidings::app::disk::{Disk, Watch};
use tidings::bot::alert;
use tidings::locale::Language;
use tidings::store::Process;
use tokio::sync::watch;

use super::{ADMIN, Album, LANGUAGES, READER, world};

#[tokio::test]
async fn digests_alerts_and_troubles_come_by_themselves() {
    for language in LANGUAGES {
        walk(language).await;
    }
}

async fn walk(language: Language) {
    let mut album = Album::open(language, "").await;
    for chat in [READER, ADMIN] {
        album.go(chat, chat);
        album.ask("/subscribe 08:00 Berlin").await;
        album.press("s:").await;
        album.press("s:l").await;
        album.press(&format!("s:l:{}", language.code())).await;
    }
    album.shown.clear();
    album.go(READER, READER);
    world::full_day(&album).await;
    album.heading("A day full of news");
    edition(&mut album, 1).await;
    album.press_first_for("b:d:", 1).await;
    album.heading("What was told was wrong");
    album.go(ADMIN, ADMIN);
    album.look().await;
    album.shown.truncate(album.shown.find("##### What was told").unwrap());
    album.heading("What was told was wrong");
    album.run("update source set checked_at = '2026-03-13T06:00Z', succeeded_at = '2026-03-13T06:00Z'").await;
    album.ask("/correct 2 The depot is in another country.").await;
    album.press_first("a:yes:").await;
    album.go(READER, READER);
    edition(&mut album, 24).await;
    album.heading("Nothing new");
    album.run("update source set checked_at = '2026-03-14T06:00Z', succeeded_at = '2026-03-14T06:00Z'").await;
    edition(&mut album, 24).await;
    album.heading("Sources that could not be read");
    edition(&mut album, 24).await;

    album.heading("To admins: sources");
    album.go(ADMIN, ADMIN);
    album.look().await;
    album.shown.truncate(album.shown.find("##### To admins").unwrap());
    album.heading("To admins: sources");
    for (state, name) in [
        (
            "failures = 9, failing_since = '2026-03-12', last_error = 'HTTP 503 Service Unavailable'",
            "Corvel Post",
        ),
        ("silent_since = '2026-03-08', checked_at = '2026-03-15'", "Bay Radio"),
        ("told = 'failing'", "Harbour Wire"),
        ("told = 'silent'", "The Meridian"),
    ] {
        album
            .run(&format!(
                "insert into source (name, url, type, outlet, next_check_at, checked_at, succeeded_at, created_at)
                 values ('{name}', 'https://{}.example', 'feed', '{name}', '2026-03-15T06:10Z', '2026-03-15T05:55Z',
                         '2026-03-15T05:55Z', '2026-02-01');
                 update source set {state} where name = '{name}'",
                name.len()
            ))
            .await;
    }
    let bot = album.bot.setup.telegram.bot();
    assert_eq!(alert::tell_admins(&album.bot.setup.app, &bot).await.unwrap(), 4);
    album.look().await;
    album.heading("To admins: the disk");
    let watch = Watch::default();
    for free in [4_000_000_000, 40_000_000_000] {
        let disk = Disk { free, total: 100_000_000_000 };
        alert::tell_of_disk(&album.bot.setup.app, &bot, &watch, disk).await.unwrap();
    }
    album.look().await;
    album.heading("To admins: templates");
    let told = AtomicBool::default();
    for faults in
        [&["rendering template digest.html: undefined value (in digest.html:3)".to_owned()][..], &[]]
    {
        alert::tell_of_templates(&album.bot.setup.app, &bot, &told, faults).await.unwrap();
    }
    album.look().await;
    album.close("unasked").await;
}

/// What the edition after so many hours brings.
async fn edition(album: &mut Album, hours: i64) {
    let setup = &album.bot.setup;
    setup.pass(TimeDelta::hours(hours) + TimeDelta::seconds(1));
    let outcome = digest::compile_due(&setup.app, setup.now()).await.unwrap();
    assert!(outcome.failed.is_empty() && !outcome.compiled.is_empty(), "{outcome:?}");
    let now = setup.now();
    let process = Process::register(&setup.app.db).await.unwrap();
    let courier = Courier::new(setup.app.clone(), setup.telegram.bot(), process.number());
    for _ in 0..10 {
        courier.deliver_due(&watch::channel(false).1).await.unwrap();
        setup.pass(TimeDelta::seconds(2));
    }
    setup.app.clock.set(now);
    album.look().await;
}

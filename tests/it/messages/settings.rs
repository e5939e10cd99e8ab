//! /settings with all its menus and questions.

use tidings::locale::Language;

use super::{Album, LANGUAGES, READER};

const TOPICS: &str = r#"
    [[topic]]
    name = "Grain & ports"
    words = ["grain"]
    [[topic]]
    name = "Чорне море"
    words = ["black sea"]
"#;

#[tokio::test]
async fn a_chat_is_set_by_buttons() {
    for language in LANGUAGES {
        light(language).await;
        long(language).await;
    }
}

async fn light(language: Language) {
    let mut album = Album::open(language, TOPICS).await;
    album.heading("Not subscribed");
    for words in ["/settings", "/watch Geneva"] {
        album.ask(words).await;
    }
    album.press("s:on").await;
    album.heading("Times");
    for data in ["s:t", "s:t:+", "s:t:+:19", "s:t:+:19:45", "s:t", "s:t:-:0800"] {
        album.press(data).await;
    }
    album.press_old("s:t:-:1945").await;
    album.press("s:t:+").await;
    album.press("s:t").await;
    album.press("s:").await;
    album.heading("Time zone");
    for region in ["europe", "middle-east", "africa", "asia", "oceania", "north-america", "south-america"] {
        album.press("s:z").await;
        album.press(&format!("s:z:{region}")).await;
    }
    album.press("s:z").await;
    album.press_for("s:z:?", 1).await;
    album.reply("Lviv").await;
    album.ask("/settings").await;
    album.heading("Days and kinds");
    for data in
        ["s:d", "s:d:6:0", "s:d:7:0", "s:", "s:k", "s:k:statement:0", "s:k:meeting:0", "s:k:agreement:0"]
    {
        album.press(data).await;
    }
    album.press("s:k:strike:0").await;
    album.press("s:").await;
    album.heading("Topics, sources, sound");
    for data in ["s:p", "s:p:grain-ports:1", "s:", "s:m", "s:m:3", "s:s:1"] {
        album.press(data).await;
    }
    album.heading("Quiet hours, alerts, chart, language");
    for data in [
        "s:q",
        "s:q:+",
        "s:q:+2100",
        "s:q:2100-0600",
        "s:q",
        "s:",
        "s:a",
        "s:a:1",
        "s:a",
        "s:a:3",
        "s:c",
        "s:c:7",
    ] {
        album.press(data).await;
    }
    let (other, own) = (Language::De, language);
    album.press("s:l").await;
    album.press(&format!("s:l:{}", other.code())).await;
    album.press("s:l").await;
    album.press(&format!("s:l:{}", own.code())).await;
    album.heading("Names and stories");
    album.press("s:n").await;
    album.press_for("s:n:w", 1).await;
    album.reply("Ada Morn").await;
    album.press("s:n").await;
    album.press_for("s:n:m", 1).await;
    album.reply("Port Saleh").await;
    album.press("s:n").await;
    album.press_old("s:n:999").await;
    album.ask("/watch 🇺🇦🔥").await;
    album.ask("/settings").await;
    album.press("s:r").await;
    album.press("s:").await;
    album.press("s:x").await;
    album.press_old("m:999").await;
    album.ask("/stop").await;
    album.ask("/settings").await;
    album.close("settings_light").await;
}

#[tokio::test]
async fn in_every_language_the_buttons_of_the_settings_fit_a_phone() {
    for language in Language::ALL {
        let mut album = Album::open(language, TOPICS).await;
        album.ask("/start").await;
        album.press("s:").await;
        for section in ["t", "z", "d", "k", "p", "m", "n", "q", "a", "c", "l"] {
            album.press(&format!("s:{section}")).await;
            album.press("s:").await;
        }
        album.bot.end().await;
    }
}

async fn long(language: Language) {
    let topics: String = (1..=12)
        .map(|n| {
            format!(
                "[[topic]]\nname = \"Harbours, pilots and the price of grain {n}\"\nwords = [\"grain\"]\n"
            )
        })
        .collect();
    let mut album = Album::open(language, &topics).await;
    album.ask("/subscribe 06:15 12:30 19:45 22:00 Buenos Aires").await;
    album
        .run(
            "insert into story (name, parties, place, started_at, last_at)
             select 'Federation of the Eastern Bay Islands – United Provinces ' || n,
                    array['Federation of the Eastern Bay Islands', 'United Provinces ' || n], 'Port Saleh',
                    '2026-03-01', '2026-03-11' from generate_series(1, 12) n;
             insert into choice (subscriber_id, stance, name, created_at)
             select 1, case when n % 3 = 0 then 'muted' else 'watched' end,
                    'Deputy Minister for Harbours and Fisheries No. ' || n, '2026-03-12'
             from generate_series(1, 27) n;
             insert into choice (subscriber_id, stance, story_id, created_at)
             select 1, 'muted', n, '2026-03-12' from generate_series(1, 12) n",
        )
        .await;
    album.heading("Many choices");
    for data in [
        "s:",
        "s:p",
        "s:p:harbours-pilots-and-the-price-of-grain-1:1",
        "s:p:harbours-pilots-and-the-price-of-grain-2:1",
    ] {
        album.press(data).await;
    }
    for data in ["s:", "s:n", "s:", "s:r"] {
        album.press(data).await;
    }
    album.heading("Too many");
    album.run("insert into choice (subscriber_id, stance, name, created_at) values (1, 'watched', 'one more', '2026-03-12')").await;
    album.ask("/watch Geneva").await;
    album.ask("/settings").await;
    album.press("s:t").await;
    album.press_old("s:t:+:23:30").await;
    album.press_old("m:1").await;
    album.go(READER, READER);
    album.close("settings_long").await;
}

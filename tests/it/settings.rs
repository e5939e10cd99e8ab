//! What a chat chooses, by commands and by buttons, through real teloxide and a Bot API of our own.

use chrono::{NaiveTime, TimeDelta, Weekday};
use chrono_tz::Tz;
use tidings::app::digest;
use tidings::clock::Clock;
use tidings::deliver::telegram::{self, Manner};
use tidings::locale::Language;
use tidings::store::subscribers::{self, Stance, State};

use crate::bot::Running;
use crate::fake_telegram::File;
use crate::setup::{ADMIN, Setup};

const STALE: &str = "This button is out of date. Please give the command again.";
/// A forum.
const FORUM: i64 = -1_000_000_000_005;

const TOPICS: &str = r#"
    [[topic]]
    name = "Grain & ports"
    words = ["grain"]
    [[topic]]
    name = "<b>Чорне море"
    words = ["black sea"]
"#;

async fn with_topics() -> Running {
    let clock = Clock::manual("2026-03-01T06:00:00Z".parse().unwrap());
    Running::with(Setup::configured(clock, TOPICS).await)
}

async fn times(bot: &Running, chat: i64) -> Vec<String> {
    bot.subscriber(chat).await.slots.iter().map(|(_, at)| at.format("%H:%M").to_string()).collect()
}

/// A story of the database.
async fn story(bot: &Running, parties: &[&str], place: Option<&str>) -> i64 {
    sqlx::query_scalar(
        "insert into story (name, parties, place, started_at, last_at)
         values (array_to_string($1, ' – '), $1, $2, now(), now()) returning story_id",
    )
    .bind(parties.iter().map(|party| (*party).to_owned()).collect::<Vec<_>>())
    .bind(place)
    .fetch_one(&bot.setup.app.db)
    .await
    .unwrap()
}

#[tokio::test]
async fn a_reader_is_set_up_and_mutes_a_story_in_under_ten_taps() {
    let bot = Running::new().await;
    let story = story(&bot, &["Chaco Front", "Paraguay"], Some("Montevideo")).await;
    let mut taps = 1;
    bot.ask(5, "/start").await;
    let way = ["s:t:0800", "s:t:0800:07", "s:t:0800:07:30", "s:z", "s:z:europe", "z:Europe/Kyiv"];
    for data in way {
        assert_eq!(bot.press(5, data).await, None, "{data}");
        taps += 1;
    }
    let digest = bot.newest(5);
    assert!(
        digest.text.contains("Times: 07:30\n") && digest.text.contains("Time zone: Europe/Kyiv (08:00)"),
        "{digest:?}"
    );
    bot.press_old(5, &format!("m:{story}")).await;
    taps += 1;
    assert!(taps < 10, "{taps} taps");
    let reader = bot.subscriber(5).await;
    assert_eq!((reader.zone, reader.choices.stories), (Tz::Europe__Kyiv, vec![(Stance::Muted, story)]));
    assert_eq!(times(&bot, 5).await, ["07:30"]);
    assert!(bot.newest(5).text.contains("no more of this story: Chaco Front – Paraguay (Montevideo)"));
    bot.end().await;
}

#[tokio::test]
async fn settings_of_a_chat_without_digests_offer_to_send_them() {
    let bot = Running::new().await;
    for command in ["/settings", "/watch Kisumu", "/mute Kisumu"] {
        assert!(bot.ask(5, command).await.contains("gets no digests yet"), "{command}");
    }
    assert_eq!(bot.press_old(5, "s:m:3").await, None);
    assert_eq!(bot.state(5).await, None, "a choice alone subscribes nobody");
    bot.press(5, "s:on").await;
    assert!(bot.newest(5).text.contains("Settings of this chat\n🕗 Times: 08:00\n📅 Days: every day"));
    assert_eq!(bot.state(5).await, Some(State::Active));

    bot.ask(5, "/stop").await;
    assert!(bot.ask(5, "/settings").await.contains("No digests are sent here now"));
    bot.press(5, "s:m").await;
    bot.press(5, "s:m:2").await;
    assert_eq!(bot.state(5).await, Some(State::Stopped), "a choice brings no digests back");
    bot.press(5, "s:on").await;
    assert_eq!(bot.state(5).await, Some(State::Active));
    assert_eq!(bot.subscriber(5).await.choices.min_sources, 2);
    bot.end().await;
}

#[tokio::test]
async fn times_are_added_changed_and_taken_away_by_tapping() {
    let bot = Running::new().await;
    bot.ask(5, "/start").await;
    bot.ask(5, "/settings").await;
    for data in ["s:t", "s:t:+", "s:t:+:19", "s:t:+:19:45"] {
        assert_eq!(bot.press(5, data).await, None, "{data}");
    }
    assert_eq!(times(&bot, 5).await, ["08:00", "19:45"]);
    assert_eq!(bot.press_old(5, "s:t:+:19:45").await, None);
    assert_eq!(times(&bot, 5).await, ["08:00", "19:45"], "pressed twice, added once");
    for data in ["s:t:+:21:00", "s:t:+:22:15"] {
        bot.press_old(5, data).await;
    }
    assert!(bot.press_old(5, "s:t:+:23:30").await.unwrap().contains("4 digests a day at most"));
    assert!(!bot.newest(5).data().contains(&"s:t:+"), "a fifth is not offered");

    bot.press(5, "s:t:0800").await;
    bot.press(5, "s:t:0800:06").await;
    bot.press(5, "s:t:0800:06:15").await;
    assert_eq!(times(&bot, 5).await, ["06:15", "19:45", "21:00", "22:15"]);
    bot.press(5, "s:t").await;
    for data in ["s:t:-:1945", "s:t:-:2100", "s:t:-:2215"] {
        assert_eq!(bot.press(5, data).await, None, "{data}");
    }
    assert_eq!(bot.press_old(5, "s:t:-:2215").await.as_deref(), Some(STALE));
    assert!(bot.press_old(5, "s:t:-:0615").await.unwrap().contains("One time has to stay"));
    for data in ["s:t:2215", "s:t:2215:07", "s:t:2215:07:00", "s:t:+:25", "s:t:+:25:00", "s:t:a:b:c:d"] {
        assert_eq!(bot.press_old(5, data).await.as_deref(), Some(STALE), "{data}");
    }
    assert_eq!(times(&bot, 5).await, ["06:15"]);
    bot.end().await;
}

#[tokio::test]
async fn a_time_that_has_passed_today_holds_from_tomorrow_on() {
    let bot = Running::new().await;
    bot.ask(5, "/subscribe 08:00 Europe/Berlin").await;
    bot.setup.pass(TimeDelta::hours(3));
    let app = &bot.setup.app;
    assert_eq!(digest::compile_due(app, app.clock.now()).await.unwrap().compiled.len(), 1);

    // It is ten in Berlin: 09:30 is over, 11:00 is still to come.
    bot.ask(5, "/settings").await;
    for data in ["s:t", "s:t:+", "s:t:+:09", "s:t:+:09:30"] {
        bot.press(5, data).await;
    }
    assert_eq!(digest::compile_due(app, app.clock.now()).await.unwrap().compiled.len(), 0);
    let answer = bot.ask(5, "/subscribe 08:00 11:00").await;
    assert!(answer.contains("08:00, 11:00") && answer.contains("Sunday, 1 March, 11:00"), "{answer}");
    // Its slot had no digest today.
    for time in ["08:00", "08:00 12:00"] {
        bot.ask(5, &format!("/subscribe {time}")).await;
    }
    bot.setup.pass(TimeDelta::hours(3));
    assert_eq!(digest::compile_due(app, app.clock.now()).await.unwrap().compiled.len(), 1);
    // Where a zone is chosen in which the day is older.
    assert!(bot.ask(5, "/zone Tokyo").await.contains("Monday, 2 March, 08:00"));
    assert_eq!(digest::compile_due(app, app.clock.now()).await.unwrap().compiled.len(), 0);
    bot.end().await;
}

#[tokio::test]
async fn subscribe_takes_a_city_and_asks_which_of_several_is_meant() {
    let bot = Running::new().await;
    let answer = bot.ask(5, "/subscribe 07:30 Lviv").await;
    assert!(answer.contains("every day at 07:30 (Europe/Kyiv)"), "{answer}");
    let answer = bot.ask(5, "/subscribe 7:30 19 new york").await;
    assert!(answer.contains("every day at 07:30, 19:00 (America/New_York)"), "{answer}");

    let answer = bot.ask(6, "/subscribe 07:30 20:00 Birmingham").await;
    assert!(answer.contains("several places called “Birmingham”"), "{answer}");
    assert_eq!(bot.state(6).await, None);
    let buttons = bot.newest(6).buttons;
    assert!(buttons[0][0].text.starts_with("Birmingham, England, United Kingdom"), "{buttons:?}");
    assert!(buttons[1][0].text.contains("Alabama"), "{buttons:?}");
    for _ in 0..2 {
        bot.press_old(6, "z:America/Chicago:0730,2000").await;
        let text = bot.newest(6).text;
        assert!(text.contains("every day at 07:30, 20:00 (America/Chicago)"), "{text}");
    }
    for data in ["z:Mars/Phobos", "z:America/Chicago:0730,99", "z:", "z"] {
        assert_eq!(bot.press_old(6, data).await.as_deref(), Some(STALE), "{data}");
    }
    let answer = bot.ask(6, "/subscribe Birmingham, UK").await;
    assert!(answer.contains("07:30, 20:00 (Europe/London)"), "times stay: {answer}");
    bot.end().await;
}

#[tokio::test]
async fn a_zone_is_set_by_a_city_typed_or_asked_for_or_a_place_shared() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    bot.ask(5, "/subscribe 07:30").await;
    let answer = bot.ask(5, "/zone kathmandu").await;
    assert!(answer.contains("Your time zone is Asia/Kathmandu, where it is 11:45."), "{answer}");
    assert!(bot.ask(5, "/zone Hogwarts").await.contains("no city and no time zone “Hogwarts”"));

    bot.ask(5, "/settings").await;
    bot.press(5, "s:z").await;
    bot.press(5, "s:z:?").await;
    let question = bot.newest(5);
    assert!(question.asks, "{question:?}");
    telegram.answer(5, 5, &question, "Tórshavn");
    let count = telegram.texts(5).len();
    assert!(telegram.messages(5, count + 1).await[count].text.contains("Atlantic/Faroe"));

    telegram.share_location(5, 5, -31.55, 159.08);
    assert!(telegram.messages(5, count + 2).await[count + 1].text.contains("Australia/Lord_Howe"));
    telegram.share_location(5, 5, 95.0, 200.0);
    assert!(telegram.messages(5, count + 3).await[count + 2].text.contains("no time zone for that place"));
    assert_eq!(bot.subscriber(5).await.zone, Tz::Australia__Lord_Howe);
    assert_eq!(times(&bot, 5).await, ["07:30"]);

    // Who is not subscribed yet is by a zone, and every zone that is offered can be had.
    bot.ask(6, "/zone Lviv").await;
    assert_eq!(bot.subscriber(6).await.zone, Tz::Europe__Kyiv);
    bot.ask(6, "/settings").await;
    for region in ["europe", "middle-east", "africa", "asia", "oceania", "north-america", "south-america"] {
        bot.press_old(6, "s:z").await;
        bot.press(6, &format!("s:z:{region}")).await;
        let menu = bot.newest(6);
        let zone = menu.data()[1].to_owned();
        bot.press(6, &zone).await;
        assert_eq!(format!("z:{}", bot.subscriber(6).await.zone.name()), zone);
    }
    bot.end().await;
}

#[tokio::test]
async fn every_choice_has_its_buttons_and_none_does_twice_what_it_did_once() {
    let bot = with_topics().await;
    bot.ask(5, "/start").await;
    bot.ask(5, "/settings").await;
    for (menu, button, words) in [
        ("s:d", "s:d:6:0", None),
        ("s:k", "s:k:statement:0", None),
        ("s:p", "s:p:grain-ports:1", None),
        ("s:m", "s:m:3", Some("3 or more")),
        ("s:q", "s:q:2300-0800", Some("Quiet hours: 23:00–08:00")),
        ("s:a", "s:a:1", Some("one a day at most")),
        ("s:c", "s:c:7", Some("Chart of the week: Sunday")),
        ("s:l", "s:l:en", Some("Language: English")),
    ] {
        assert_eq!(bot.press(5, menu).await, None, "{menu}");
        let message = bot.newest(5).id;
        assert_eq!(bot.press(5, button).await, None, "{button}");
        let once = bot.subscriber(5).await;
        bot.setup.pass(TimeDelta::seconds(3));
        assert_eq!(bot.setup.telegram.press_old(5, 5, message, button).await, None, "{button}");
        assert_eq!(bot.subscriber(5).await, once, "{button} pressed twice");
        if let Some(words) = words {
            assert!(bot.newest(5).text.contains(words), "{words}: {}", bot.newest(5).text);
        } else {
            bot.press(5, "s:").await;
        }
    }
    bot.press(5, "s:s:1").await;
    let choices = bot.subscriber(5).await.choices;
    let hour = |h| NaiveTime::from_hms_opt(h, 0, 0).unwrap();
    use Weekday::*;
    assert_eq!(choices.days, [Mon, Tue, Wed, Thu, Fri, Sun]);
    assert_eq!(choices.kinds, ["meeting", "strike", "agreement"]);
    assert_eq!(choices.topics, ["Grain & ports"]);
    assert_eq!((choices.min_sources, choices.alerts, choices.silent), (3, 1, true));
    assert_eq!(choices.quiet, Some((hour(23), hour(8))));
    assert_eq!((choices.chart_day, choices.language), (Some(Sun), Some(Language::En)));
    let text = bot.newest(5).text;
    assert!(
        text.contains("on Mon, Tue, Wed, Thu, Fri, Sun") && text.contains("Topics: Grain & ports"),
        "{text}"
    );

    // Hours of one's own.
    for data in ["s:q", "s:q:+", "s:q:+2100", "s:q:2100-0600"] {
        assert_eq!(bot.press(5, data).await, None, "{data}");
    }
    assert_eq!(bot.subscriber(5).await.choices.quiet, Some((hour(21), hour(6))));
    for data in ["s:y:1", "s:d:9:1", "s:p:gone:1", "s:k:rumour:1", "s:m:4", "s:q:+99", "s:m:+", "s:l:tlh"] {
        assert_eq!(bot.press_old(5, data).await.as_deref(), Some(STALE), "{data}");
    }
    for kind in ["meeting", "strike"] {
        bot.press_old(5, &format!("s:k:{kind}:0")).await;
    }
    assert!(bot.press_old(5, "s:k:agreement:0").await.unwrap().contains("One has to stay"));
    assert_eq!(bot.subscriber(5).await.choices.kinds, ["agreement"]);

    bot.press_old(5, "s:").await;
    bot.press(5, "s:x").await;
    let closed = bot.newest(5);
    assert!(
        closed.buttons.is_empty() && closed.text.contains("To change them again: /settings"),
        "{closed:?}"
    );
    assert_eq!(bot.setup.telegram.texts(5).len(), 2, "all of it in one message");
    bot.end().await;
}

#[tokio::test]
async fn topics_are_not_offered_where_there_are_none() {
    let bot = Running::new().await;
    bot.ask(5, "/start").await;
    bot.ask(5, "/settings").await;
    let menu = bot.newest(5);
    assert!(!menu.data().contains(&"s:p") && !menu.text.contains("Topics"), "{menu:?}");
    bot.end().await;
}

#[tokio::test]
async fn a_link_to_a_topic_subscribes_and_sets_it() {
    let bot = with_topics().await;
    let answer = bot.ask(5, "/start topic_grain-ports").await;
    assert!(answer.contains("The first one") && answer.contains("You follow: Grain & ports"), "{answer}");
    assert_eq!(bot.subscriber(5).await.choices.topics, ["Grain & ports"]);
    let answer = bot.ask(5, "/start topic_b-chorne-more").await;
    assert!(answer.contains("You follow: Grain & ports, <b>Чорне море"), "{answer}");
    bot.ask(5, "/start topic_grain-ports").await;
    assert_eq!(bot.subscriber(5).await.choices.topics.len(), 2, "followed once");
    let answer = bot.ask(6, "/start topic_gone").await;
    assert!(answer.contains("not there any more"), "{answer}");
    assert_eq!(bot.state(6).await, Some(State::Active));
    bot.end().await;
}

#[tokio::test]
async fn a_group_has_the_language_of_who_subscribed_it_until_one_is_chosen() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    for (user, language) in [(6, "uk"), (7, "de")] {
        telegram.speaks(user, language);
        telegram.role(-5, user, "administrator");
        bot.ask_in(-5, user, "/subscribe 07:30 Lviv").await;
        assert_eq!(bot.subscriber(-5).await.language(), Language::Uk);
    }
    assert!(bot.ask_in(-5, 6, "/settings").await.contains("Мова: Українська"));
    telegram.press(-5, 6, "s:l").await;
    telegram.press(-5, 6, "s:l:fr").await;
    assert_eq!(bot.subscriber(-5).await.language(), Language::Fr);
    bot.end().await;
}

#[tokio::test]
async fn the_language_is_telegrams_or_the_chats_own_and_changes_at_once() {
    let bot = Running::new().await;
    bot.setup.telegram.speaks(5, "de-AT");
    let answer = bot.ask(5, "/start").await;
    assert!(answer.contains("Sonntag, 1 März, 08:00"), "{answer}");
    bot.ask(5, "/settings").await;
    for (language, day) in [("uk", "Неділя"), ("fr", "Dimanche"), ("auto", "Sonntag")] {
        bot.press(5, "s:l").await;
        bot.press(5, &format!("s:l:{language}")).await;
        bot.press(5, "s:d").await;
        let days: Vec<_> = bot.newest(5).buttons.into_iter().flatten().map(|button| button.text).collect();
        assert!(days.iter().any(|text| text.contains(day)), "{language}: {days:?}");
        bot.press(5, "s:").await;
    }
    assert_eq!(bot.subscriber(5).await.choices.language, None);
    bot.end().await;
}

#[tokio::test]
async fn digests_come_in_the_language_of_their_readers_telegram_until_another_is_chosen() {
    let bot = Running::new().await;
    let (app, telegram) = (&bot.setup.app, &bot.setup.telegram);
    telegram.speaks(5, "de-AT");
    telegram.speaks(6, "fr");
    telegram.role(-5, 6, "administrator");
    assert!(bot.ask(5, "/latest").await.contains("Es sind noch keine Quellen eingerichtet"));
    bot.ask(5, "/start").await;
    bot.press_old(5, "s:c:7").await;
    bot.ask_in(-5, 6, "/start").await;
    let languages = async || {
        bot.setup.pass(TimeDelta::days(1));
        let mut languages = Vec::new();
        for id in digest::compile_due(app, app.clock.now()).await.unwrap().compiled {
            languages.push(digest::frozen(app, id).await.unwrap().unwrap().language);
        }
        languages
    };
    assert_eq!(languages().await, [Language::De, Language::Fr], "a group's is that of who subscribed it");
    let caption: String = sqlx::query_scalar("select body from delivery where picture is not null")
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert!(caption.contains("Die letzten 7 Tage"), "{caption}");
    // Telegram's language changes, and a chosen one stands above it.
    telegram.speaks(5, "uk");
    bot.ask(5, "/subscribe 08:00").await;
    assert_eq!(languages().await, [Language::Uk, Language::Fr]);
    bot.ask(5, "/settings").await;
    bot.press_old(5, "s:l:fr").await;
    assert_eq!(languages().await, [Language::Fr, Language::Fr]);
    bot.end().await;
}

#[tokio::test]
async fn a_week_day_that_is_turned_on_brings_no_digest_of_a_time_that_has_passed() {
    let bot = Running::new().await;
    let app = &bot.setup.app;
    let compiled = async || digest::compile_due(app, app.clock.now()).await.unwrap().compiled.len();
    bot.ask(5, "/subscribe 08:00 Europe/Berlin").await;
    bot.ask(5, "/settings").await;
    for day in ["s:d:1:0", "s:d:2:0"] {
        bot.press_old(5, day).await;
    }
    // Sunday's digest; then it is nine on Monday.
    bot.setup.pass(TimeDelta::hours(2));
    assert_eq!(compiled().await, 1);
    bot.setup.pass(TimeDelta::days(1));
    assert_eq!(compiled().await, 0);
    for day in ["s:d:1:1", "s:d:2:1"] {
        bot.press_old(5, day).await;
        assert_eq!(compiled().await, 0, "{day}");
    }
    bot.setup.pass(TimeDelta::hours(22));
    assert_eq!(compiled().await, 0);
    // On Tuesday before its time.
    for day in ["s:d:2:0", "s:d:2:1"] {
        bot.press_old(5, day).await;
    }
    bot.setup.pass(TimeDelta::hours(1));
    assert_eq!(compiled().await, 1);
    bot.end().await;
}

#[tokio::test]
async fn names_are_watched_and_muted_and_taken_off_the_list() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    bot.ask(5, "/start").await;
    assert!(bot.ask(5, "/watch Chaco   Front").await.contains("Watched from now on: Chaco Front"));
    assert!(bot.ask(5, "/mute chaco front").await.contains("Muted from now on: chaco front"));
    assert_eq!(bot.subscriber(5).await.choices.names, [(Stance::Muted, "Chaco Front".to_owned())]);
    bot.ask(5, "/watch").await;
    let question = bot.newest(5);
    assert!(question.asks && question.text.contains("Whom or what shall I watch?"), "{question:?}");
    telegram.answer(5, 5, &question, "Kisumu");
    telegram.messages(5, 5).await;

    assert!(bot.ask(5, "/settings").await.contains("Watched: Kisumu\n🔇 Muted: Chaco Front"));
    bot.press(5, "s:n").await;
    let menu = bot.newest(5);
    assert_eq!(menu.buttons[1][0].text, "✕ 👁 Kisumu");
    let (front, kisumu) = (menu.buttons[0][0].data.clone(), menu.buttons[1][0].data.clone());
    assert_eq!(bot.press(5, &front).await, None);
    assert_eq!(bot.press_old(5, &front).await.as_deref(), Some(STALE));
    // What is another chat's stays.
    bot.ask(6, "/start").await;
    assert_eq!(bot.press_old(6, &kisumu).await.as_deref(), Some(STALE));
    assert_eq!(bot.subscriber(5).await.choices.names, [(Stance::Watched, "Kisumu".to_owned())]);
    bot.press(5, "s:n:m").await;
    assert!(bot.newest(5).asks && bot.newest(5).text.contains("leave out"));
    bot.end().await;
}

#[tokio::test]
async fn a_name_is_bounded_and_nothing_in_it_is_markup() {
    let bot = Running::new().await;
    bot.ask(5, "/start").await;
    let answer = bot.ask(5, "/watch \u{202e}<b>&</b>\u{200f} <script>").await;
    assert!(answer.ends_with("Watched from now on: <b>&</b> <script>"), "{answer:?}");
    for name in ["🇺🇦🔥", "\u{202e}\u{200f}", &"x".repeat(61), &"<".repeat(3_000), &"ж".repeat(4_000)]
    {
        assert!(bot.ask(5, &format!("/mute {name}")).await.contains("60 characters at most"), "{name}");
    }
    assert_eq!(bot.subscriber(5).await.choices.names.len(), 1);
    bot.ask(5, "/settings").await;
    assert!(bot.newest(5).text.contains("Watched: <b>&</b> <script>\n"));
    bot.press(5, "s:n").await;
    assert_eq!(bot.newest(5).buttons[0][0].text, "✕ 👁 <b>&</b> <script>");
    for words in ["<b>&\u{202e}", &"&".repeat(4_000), "🏙🏙"] {
        let answer = bot.ask(5, &format!("/zone {words}")).await;
        assert!(answer.contains("no city and no time zone"), "{answer}");
    }

    for i in 1..40 {
        bot.setup.pass(TimeDelta::seconds(3));
        bot.ask(5, &format!("/watch Name {i} {}", "ж".repeat(48))).await;
    }
    assert!(bot.ask(5, "/watch One more").await.contains("40 names and stories at most"));
    bot.ask(5, "/settings").await;
    assert!(bot.newest(5).text.contains(" +36\n"));
    bot.press(5, "s:n").await;
    assert_eq!(bot.newest(5).buttons.len(), 42);
    bot.end().await;
}

#[tokio::test]
async fn a_story_is_muted_by_its_button_and_heard_of_again() {
    let bot = Running::new().await;
    let story = story(&bot, &[], Some("<Kisumu>")).await;
    let mute = format!("m:{story}");
    bot.ask(5, "/help").await;
    assert!(bot.press_old(5, &mute).await.unwrap().contains("Subscribe first"));
    bot.ask(5, "/start").await;
    for data in ["m:0", "m:", "m:999999", "m:x"] {
        assert!(bot.press_old(5, data).await.unwrap().contains("not there any more"), "{data}");
    }
    assert_eq!(bot.press_old(5, &mute).await, None);
    assert!(bot.newest(5).text.ends_with("no more of this story: <Kisumu>"), "{:?}", bot.newest(5));
    assert!(bot.press_old(5, &mute).await.unwrap().contains("muted already"));
    for _ in 0..2 {
        bot.press_old(5, &format!("{mute}:0")).await;
        assert_eq!(bot.subscriber(5).await.choices.stories, []);
        assert!(bot.newest(5).text.contains("You are told of this story again"));
    }
    bot.press(5, &format!("{mute}:1")).await;
    assert_eq!(bot.subscriber(5).await.choices.stories, [(Stance::Muted, story)]);

    assert!(bot.ask(5, "/settings").await.contains("Muted: <Kisumu>"));
    bot.press(5, "s:r").await;
    let off = bot.newest(5).buttons[0][0].clone();
    assert_eq!(off.text, "✕ <Kisumu>");
    bot.press(5, &off.data).await;
    assert!(bot.newest(5).text.contains("No story is muted"));
    assert_eq!(bot.press_old(5, &off.data).await.as_deref(), Some(STALE));
    assert_eq!(bot.subscriber(5).await.choices.stories, []);
    bot.end().await;
}

#[tokio::test]
async fn a_button_of_long_ago_lifts_no_mute_and_drops_no_watch_that_was_chosen_since() {
    let bot = Running::new().await;
    let story = story(&bot, &[], Some("Kisumu")).await;
    bot.ask(5, "/start").await;
    let (unwatch, undo) = (format!("b:v:{story}:1"), format!("m:{story}:0"));
    for (choose, stale, stance) in
        [(format!("b:w:{story}:1"), &undo, Stance::Watched), (format!("m:{story}"), &unwatch, Stance::Muted)]
    {
        bot.press_old(5, &choose).await;
        bot.press_old(5, stale).await;
        assert_eq!(bot.subscriber(5).await.choices.stories, [(stance, story)]);
    }
    bot.press_old(5, &undo).await;
    assert_eq!(bot.subscriber(5).await.choices.stories, []);
    bot.end().await;
}

#[tokio::test]
async fn in_a_group_its_admins_alone_change_what_it_gets() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    telegram.role(-5, 6, "administrator");
    let changes = [
        "/start",
        "/subscribe 07:30",
        "/stop",
        "/settings",
        "/zone Lviv",
        "/watch Kisumu",
        "/mute Kisumu",
        "/zone",
    ];
    for command in changes {
        assert!(bot.ask_in(-5, 7, command).await.contains("Only admins of this group"), "{command}");
    }
    assert_eq!(bot.state(-5).await, None);
    bot.ask_in(-5, 6, "/subscribe 07:30 Lviv").await;
    bot.ask_in(-5, 6, "/settings").await;
    let before = bot.subscriber(-5).await;
    let menu = bot.newest(-5);
    for data in ["s:", "s:m:3", "s:s:1", "s:t:+:09:00", "z:Asia/Tokyo", "s:on", "m:1", "s:x", "s:n:1"] {
        let refused = telegram.press_old(-5, 7, menu.id, data).await;
        assert!(refused.unwrap().contains("Only admins of this group"), "{data}");
    }
    assert_eq!((bot.subscriber(-5).await, bot.newest(-5)), (before, menu), "nothing was changed or shown");
    assert_eq!(telegram.press(-5, 6, "s:s:1").await, None);
    assert_eq!(telegram.press(-5, ADMIN, "s:m").await, None, "the bot's own admins may, too");
    assert!(bot.subscriber(-5).await.choices.silent);

    // An admin who writes as the group.
    let group = serde_json::json!({ "id": -5, "type": "group", "title": "Group" });
    let bot_of_groups = serde_json::json!({ "id": 1_087_968_824, "is_bot": true, "first_name": "Group" });
    let count = telegram.texts(-5).len();
    telegram.message(
        -5,
        serde_json::json!({ "from": bot_of_groups, "sender_chat": group, "text": "/watch Kisumu" }),
    );
    assert!(telegram.messages(-5, count + 1).await[count].text.contains("Watched from now on"));
    // A question would open everybody's field in a group.
    bot.ask_in(-5, 6, "/zone").await;
    assert!(!bot.newest(-5).asks && bot.newest(-5).text.contains("/zone Lviv"));
    bot.end().await;
}

#[tokio::test]
async fn a_forum_topic_has_settings_of_its_own() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    telegram.role(FORUM, 6, "creator");
    for (count, topic, command) in
        [(1, 9, "/subscribe 07:30"), (2, 10, "/subscribe 19:00"), (3, 9, "/settings")]
    {
        telegram.say_in_topic(FORUM, topic, 6, command);
        assert_eq!(telegram.messages(FORUM, count).await[count - 1].thread, topic);
    }
    telegram.press(FORUM, 6, "s:s:1").await;
    let row = |topic| subscribers::by_chat(&bot.setup.app.db, FORUM, topic);
    assert!(row(9).await.unwrap().unwrap().choices.silent);
    assert!(!row(10).await.unwrap().unwrap().choices.silent);
    bot.end().await;
}

#[tokio::test]
async fn a_picture_arrives_to_the_byte_with_its_caption() {
    let setup = Setup::new().await;
    let bot = setup.telegram.bot();
    let picture = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0, 255, 13, 10].repeat(1000)].concat();
    telegram::send_picture(&bot, 5, 0, picture.clone(), "<b>The week</b>", &Manner::default()).await;
    let message = setup.telegram.newest(5);
    assert_eq!(message.text, "The week");
    assert_eq!(message.file, Some(File { name: "tidings.png".into(), bytes: picture.clone() }));
    let long = "x".repeat(1025);
    let answer = telegram::send_picture(&bot, 5, 0, picture, &long, &Manner::default()).await;
    assert!(format!("{answer:?}").contains("caption is too long"), "{answer:?}");
    let answer = telegram::send_picture(&bot, 5, 0, b"no picture".to_vec(), "x", &Manner::default()).await;
    assert!(format!("{answer:?}").contains("IMAGE_PROCESS_FAILED"), "{answer:?}");
}

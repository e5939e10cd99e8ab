//! What readers look up, by commands and by buttons, through real teloxide and a Bot API of our own.

use chrono::{TimeDelta, Weekday};
use futures::future::join_all;
use tidings::app::deliver::Courier;
use tidings::app::digest;
use tidings::clock::Clock;
use tidings::store::subscribers::Subscription;
use tidings::store::{Process, search, subscribers, told};
use tokio::sync::watch;

use crate::bot::Running;
use crate::editions::{store, strike};
use crate::fake_telegram::BOT;
use crate::setup::Setup;
use crate::stories::read;
use crate::support;

const STALE: &str = "This button is out of date. Please give the command again.";

/// A bot that has read what these headlines tell, on the 20th of March 2031.
async fn with(articles: &[(&str, &str)]) -> Running {
    let setup = Setup::on(Clock::manual("2031-03-20T06:00:00Z".parse().unwrap())).await;
    read(&setup.app.db, articles).await;
    Running::with(setup)
}

/// A war of seven raids, and two ministers.
async fn a_war() -> Running {
    let towns = ["Odesa", "Kharkiv", "Lviv", "Poltava", "Sumy", "Dnipro", "Chernihiv"];
    let raids: Vec<(String, String)> = towns
        .iter()
        .zip(10..)
        .map(|(town, day)| {
            (format!("2031-03-{day}"), format!("Russian drones strike grain port of {town}, killing {day}"))
        })
        .collect();
    let mut articles: Vec<(&str, &str)> =
        raids.iter().map(|(day, title)| (day.as_str(), title.as_str())).collect();
    articles.push(("2031-03-18", "Norwegian and Icelandic ministers to meet in Oslo on March 25"));
    with(&articles).await
}

#[tokio::test]
async fn search_finds_developments_newest_first_and_turns_pages_in_place() {
    let bot = a_war().await;
    let answer = bot.ask(5, "/search grain").await;
    assert!(answer.contains("grain: 7 results · page 1 of 2"), "{answer}");
    let (newest, older) = (answer.find("Chernihiv"), answer.find("Dnipro"));
    assert!(newest.is_some() && newest < older, "{answer}");
    assert!(answer.contains("💥 Sun 16 Mar") && !answer.contains("Odesa"), "{answer}");
    let next = bot.newest(5).data()[0].to_owned();
    assert!(next.len() <= 64);
    let before = bot.setup.telegram.texts(5).len();
    assert_eq!(bot.press(5, &next).await, None);
    let page = bot.newest(5);
    assert!(page.text.contains("Odesa") && page.text.contains("page 2 of 2"), "{}", page.text);
    assert!(page.raw.contains("<a href=\"https://news.example/0?a=1&amp;b=2\">Outlet 0</a>"), "{}", page.raw);
    assert_eq!(bot.press_old(5, &next).await, None, "pressed twice, it shows the same");
    assert_eq!((bot.newest(5).text, bot.setup.telegram.texts(5).len()), (page.text, before));
    bot.end().await;
}

#[tokio::test]
async fn an_article_that_brought_no_development_is_found_by_its_words() {
    let bot = with(&[("2031-03-10", "How to bake <b>rye</b> bread & eat it")]).await;
    let answer = bot.ask(5, "/search rye").await;
    assert!(answer.contains("📰 Mon 10 Mar") && answer.contains("<b>rye</b> bread & eat it"), "{answer}");
    bot.end().await;
}

#[tokio::test]
async fn of_very_many_results_a_thousand_are_counted_and_the_newest_come_first() {
    let bot = with(&[]).await;
    let db = &bot.setup.app.db;
    let written = "with stored as (
             insert into article (url, outlet, published_at, first_seen_at)
             select 'https://wire.example/' || n, 'Wire', timestamptz '2031-03-01' + n * interval '1 min', '2031-03-01'
             from generate_series(1, 1500) n returning article_id, url)
         insert into article_version (article_id, version, title, text, text_kind, fetched_at)
         select article_id, 1, 'Officials said ' || url, '', 'page', '2031-03-01' from stored";
    sqlx::query(written).execute(db).await.unwrap();
    let answer = bot.ask(5, "/search officials").await;
    assert!(answer.contains("officials: more than 1000 results · page 1 of 201"), "{answer}");
    assert!(answer.contains("wire.example/1500") && answer.contains("wire.example/1496"), "{answer}");
    let last = bot.newest(5).data().last().unwrap().to_string();
    assert_eq!(bot.press(5, &last).await, None);
    let page = bot.newest(5).text;
    assert!(page.contains("page 201 of 201") && page.contains("wire.example/500"), "{page}");
    bot.end().await;
}

#[tokio::test]
async fn lookups_that_take_too_long_are_ended_and_leave_the_others_their_connections() {
    let bot = a_war().await;
    // Whoever reads developments waits for this.
    let mut lock = bot.setup.app.db.begin().await.unwrap();
    sqlx::query("lock table development in access exclusive mode").execute(&mut *lock).await.unwrap();
    let questions = [
        "/search grain",
        "/timeline Odesa",
        "/upcoming",
        "/story Odesa",
        "/story",
        "/search port",
        "/search oslo",
    ];
    let asked = join_all((5..).zip(questions).map(|(chat, question)| bot.ask(chat, question)));
    let waiting = async {
        let mut most = 0;
        loop {
            let waiting = "select count(*) from pg_stat_activity
                           where datname = current_database() and wait_event_type = 'Lock'";
            most = most.max(sqlx::query_scalar::<_, i64>(waiting).fetch_one(&mut *lock).await.unwrap());
            assert!(most <= 4, "of the ten connections {most} wait");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    let said = tokio::select! { said = asked => said, () = waiting => unreachable!() };
    assert!(said.iter().all(|said| said.contains("takes too long to look up")), "{said:?}");
    lock.rollback().await.unwrap();
    assert!(bot.ask(5, "/search grain").await.contains("7 results"), "as soon as it can be read again");
    bot.end().await;
}

#[tokio::test]
async fn hostile_words_are_looked_for_as_words() {
    let bot = a_war().await;
    let long = format!("/search {}", "word ".repeat(2000));
    let quotes = "/search \"'; drop table development; --";
    for text in ["/search <script>alert(1)</script>", "/search 100%", quotes, &long, "/search grain:*|&!("] {
        let answer = bot.ask(5, text).await;
        assert!(answer.starts_with("🔎") && !answer.contains("Something went wrong"), "{text}: {answer}");
    }
    for text in ["/search", "/search %", "/search \u{202e}", "/search 😀😀"] {
        assert!(bot.ask(6, text).await.contains("/search grain port"), "{text}");
    }
    assert!(bot.ask(7, "/search nowhere").await.contains("Nothing found for “nowhere”"));
    assert!(bot.ask(7, "/timeline <script>").await.contains("“<script>”"));
    assert!(bot.ask(7, "/story zzz'\"%").await.contains("No story with"));
    bot.end().await;
}

#[tokio::test]
async fn a_question_of_another_chat_and_one_of_long_ago_are_stale() {
    let bot = a_war().await;
    bot.ask(5, "/search grain").await;
    let next = bot.newest(5).data()[0].to_owned();
    bot.ask(6, "/search nothing").await;
    assert_eq!(bot.press_old(6, &next).await.as_deref(), Some(STALE), "another chat's");
    for forged in ["b:f:1", "b:f:x:1", "b:f:1:99999999999999999999", "b:?:1:1", "b:", "b:f:999:1"] {
        assert_eq!(bot.press_old(5, forged).await.as_deref(), Some(STALE), "{forged}");
    }
    let far = next.rsplit_once(':').unwrap().0.to_owned() + ":77";
    assert_eq!(bot.press_old(5, &far).await.as_deref(), Some(STALE), "no such page");
    for n in 0..40 {
        bot.setup.pass(TimeDelta::seconds(3));
        bot.ask(5, &format!("/search word{n}")).await;
    }
    assert_eq!(bot.press_old(5, &next).await.as_deref(), Some(STALE), "long ago");
    bot.end().await;
}

#[tokio::test]
async fn stories_are_buttons_and_one_opens_from_its_beginning() {
    let bot = a_war().await;
    bot.ask(5, "/start").await;
    bot.ask(5, "/story").await;
    let list = bot.newest(5);
    assert_eq!(list.buttons[0][0].text, "Russia – Ukraine · 7", "{list:?}");
    let open = list.data()[0].to_owned();
    bot.press(5, &open).await;
    let story = bot.newest(5);
    assert_eq!(story.id, list.id, "in place");
    assert!(story.text.starts_with("🧵 Russia – Ukraine\nSince Mon 10 Mar"), "{}", story.text);
    assert!(story.text.find("Odesa") < story.text.find("Kharkiv") && !story.text.contains("Dnipro"));

    let id = open.split(':').nth(2).unwrap().to_owned();
    assert!(story.data().contains(&format!("m:{id}").as_str()), "{story:?}");
    let watch = format!("b:w:{id}:1");
    for _ in 0..2 {
        bot.setup.pass(TimeDelta::seconds(3));
        bot.setup.telegram.press_old(5, 5, story.id, &watch).await;
    }
    assert_eq!(bot.subscriber(5).await.choices.stories.len(), 1);
    bot.press(5, &format!("b:v:{id}:1")).await;
    assert!(bot.subscriber(5).await.choices.stories.is_empty());

    let answer = bot.ask(6, &format!("/start story_{id}")).await;
    assert!(answer.contains("Russia – Ukraine"), "{answer}");
    assert_eq!(bot.state(6).await, None, "a look at a story is no subscription");
    assert!(bot.press(6, &watch).await.unwrap().contains("Subscribe first"));
    assert!(bot.ask(6, "/start story_999").await.contains("not there any more"));
    assert!(bot.ask(6, "/story Ukraine").await.contains("Since Mon 10 Mar"), "one that is found is opened");
    assert!(bot.ask(6, "/story zebra").await.contains("No story with “zebra”"));
    bot.end().await;
}

#[tokio::test]
async fn a_change_stands_in_a_timeline_as_was_and_now() {
    let bot = with(&[
        ("2031-03-03", "Drones strike port of Constanta, killing two"),
        ("2031-03-04", "Death toll of drone strike on Constanta rises to five"),
    ])
    .await;
    let answer = bot.ask(5, "/timeline Constanta").await;
    assert!(answer.contains("Constanta, the newest first: 1 development"), "{answer}");
    assert!(bot.newest(5).raw.contains("Killed: <s>2</s> → <b>5</b>"), "{}", bot.newest(5).raw);
    assert!(answer.contains("2 sources: "), "{answer}");
    bot.end().await;
}

#[tokio::test]
async fn a_country_is_found_by_any_of_its_names() {
    let bot = a_war().await;
    for name in ["Ukraine", "ukrainian", "Russia"] {
        let answer = bot.ask(5, &format!("/timeline {name}")).await;
        assert!(answer.contains("7 developments · page 1 of 2"), "{name}: {answer}");
    }
    assert!(bot.ask(5, "/timeline Kharkov").await.contains("Kharkiv"));
    assert!(bot.ask(5, "/timeline").await.contains("/timeline Geneva"));
    assert!(bot.ask(5, "/timeline Nobody Known").await.contains("I know of nothing with “Nobody Known”"));
    bot.end().await;
}

#[tokio::test]
async fn upcoming_lists_what_is_planned_until_its_day_is_over() {
    let bot = a_war().await;
    let answer = bot.ask(5, "/upcoming").await;
    assert!(answer.contains("Coming up: 1 plan") && answer.contains("📅 🤝 Tue 25 Mar"), "{answer}");
    bot.setup.pass(TimeDelta::days(6));
    assert!(bot.ask(5, "/upcoming").await.contains("Nothing is planned"));
    bot.end().await;
}

#[tokio::test]
async fn the_week_comes_as_a_picture_in_any_chat() {
    let bot = a_war().await;
    bot.ask_in(-5, 6, &format!("/chart@{BOT}")).await;
    let message = bot.newest(-5);
    let png = &message.file.as_ref().unwrap().bytes;
    assert!(png.starts_with(b"\x89PNG"), "no picture");
    assert!(message.text.contains("The last 7 days: 4 developments\n45 killed"), "{}", message.text);
    bot.end().await;
}

#[tokio::test]
async fn outlets_are_listed_by_what_they_report() {
    let bot = with(&[("2031-03-19", "Drones strike port of Constanta, killing two")]).await;
    let answer = bot.ask(5, "/outlets").await;
    assert!(answer.contains("• Outlet 0\n   1 article, 1 development, last seen Thu 07:00"), "{answer}");
    bot.setup.pass(TimeDelta::days(8));
    assert!(bot.ask(5, "/outlets").await.contains("Nothing was reported"));
    bot.end().await;
}

#[tokio::test]
async fn the_last_digest_comes_again_as_it_was_sent() {
    let bot = Running::new().await;
    assert!(bot.ask(5, "/digest").await.contains("No digests are sent here"));
    bot.ask(5, "/start").await;
    assert!(bot.ask(5, "/digest").await.contains("No digest was sent here yet"));
    bot.setup.queue(5, &["<b>old</b>"]).await;
    bot.setup.pass(TimeDelta::days(1));
    bot.setup.queue(5, &["<b>Digest</b> &amp; more"]).await;
    assert_eq!(bot.ask(5, "/digest").await, "Digest & more");
    assert_eq!(bot.newest(5).raw, "<b>Digest</b> &amp; more");
    bot.end().await;
}

#[tokio::test]
async fn what_found_no_room_in_a_digest_is_behind_its_button() {
    let bot = Running::new().await;
    let app = &bot.setup.app;
    bot.ask(5, "/start").await;
    for n in 1..=20 {
        store(&app.db, &mut strike(n, bot.setup.now() - TimeDelta::hours(1))).await;
    }
    bot.ask(5, "/latest").await;
    let latest = bot.newest(5);
    assert_eq!(latest.buttons[0][0].text, "➕ More (8)");
    bot.press(5, latest.data()[0]).await;
    assert!(
        bot.newest(5).text.starts_with("➕ Also new: 8 developments · page 1 of 2"),
        "{:?}",
        bot.newest(5)
    );

    bot.setup.pass(TimeDelta::minutes(65));
    deliver_edition(&bot).await;
    let sent = bot.newest(5);
    assert_eq!(sent.buttons[0][0].text, "➕ More (8)");
    let more = sent.data()[0].to_owned();
    bot.press(5, &more).await;
    let page = bot.newest(5);
    assert!(page.id > sent.id, "the digest stays as it is");
    let next = page.data()[0].to_owned();
    bot.press(5, &next).await;
    let turned = bot.newest(5);
    assert!(turned.id == page.id && turned.text.contains("page 2 of 2"), "{turned:?}");
    let told = |n: i64| {
        [&sent.text, &page.text, &turned.text].iter().any(|text| text.contains(&format!("Strike {n} hit")))
    };
    assert!((1..=20).all(told), "each is told in one place or the other");
    bot.ask(5, "/digest").await;
    assert_eq!(bot.newest(5).data(), [more.as_str()]);
    bot.ask(6, "/start").await;
    assert_eq!(bot.press_old(6, &more).await.as_deref(), Some(STALE), "another chat's");
    bot.end().await;
}

/// Compiles the one edition that is due, and sends it.
async fn deliver_edition(bot: &Running) {
    let app = &bot.setup.app;
    assert_eq!(digest::compile_due(app, bot.setup.now()).await.unwrap().compiled.len(), 1);
    let process = Process::register(&app.db).await.unwrap();
    let courier = Courier::new(app.clone(), bot.setup.telegram.bot(), process.number());
    // What the bot answered just now takes of the pace: the courier waits for its turn.
    for _ in 0..10 {
        courier.deliver_due(&watch::channel(false).1).await.unwrap();
        bot.setup.pass(TimeDelta::seconds(2));
    }
    assert!(
        bot.setup.outbox().await.iter().all(|(state, _)| state == "sent"),
        "{:?}",
        bot.setup.outbox().await
    );
}

#[tokio::test]
async fn what_found_no_room_is_no_button_where_several_read() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    telegram.role(-5, 6, "administrator");
    bot.ask_in(-5, 6, "/subscribe 08:00 Europe/Berlin").await;
    for n in 1..=20 {
        store(&bot.setup.app.db, &mut strike(n, bot.setup.now() - TimeDelta::hours(1))).await;
    }
    let latest = bot.ask_in(-5, 7, "/latest").await;
    assert!(latest.ends_with("\n\n+8 more") && bot.newest(-5).buttons.is_empty(), "{latest}");
    bot.setup.pass(TimeDelta::minutes(65));
    deliver_edition(&bot).await;
    let sent = bot.newest(-5);
    assert!(sent.text.ends_with("\n\n+8 more: /latest") && sent.buttons.is_empty(), "{sent:?}");
    // Each in the group may ask for it.
    for user in [6, 7] {
        let asked = bot.ask_in(-5, user, "/latest").await;
        assert_eq!(asked.matches("hit a port").count(), 8, "{asked}");
    }
    assert!(bot.ask_in(-5, 7, "/digest").await.ends_with("+8 more: /latest"));
    bot.end().await;
}

#[tokio::test]
async fn what_found_no_room_is_counted_in_a_channel_without_a_command_that_its_readers_can_t_write() {
    const CHANNEL: i64 = -1_000_000_000_009;
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    telegram.post(CHANNEL, "/subscribe 08:00 Europe/Berlin");
    telegram.messages(CHANNEL, 1).await;
    for n in 1..=20 {
        store(&bot.setup.app.db, &mut strike(n, bot.setup.now() - TimeDelta::hours(1))).await;
    }
    bot.setup.pass(TimeDelta::minutes(65));
    deliver_edition(&bot).await;
    assert!(bot.newest(CHANNEL).text.ends_with("\n\n+8 more"), "{:?}", bot.newest(CHANNEL));
    let before = telegram.texts(CHANNEL).len();
    telegram.post(CHANNEL, "/digest");
    let again = telegram.messages(CHANNEL, before + 1).await.swap_remove(before).text;
    assert!(again.ends_with("\n\n+8 more"), "{again}");
    bot.end().await;
}

#[tokio::test]
async fn what_was_taken_back_or_merged_is_not_behind_the_button() {
    let bot = Running::new().await;
    for n in 1..=20 {
        store(&bot.setup.app.db, &mut strike(n, bot.setup.now() - TimeDelta::hours(1))).await;
    }
    bot.ask(5, "/latest").await;
    let latest = bot.newest(5);
    let told =
        |text: &str| (1..=20).filter(|n| text.contains(&format!("Strike {n} hit"))).collect::<Vec<i64>>();
    let shown = told(&latest.text);
    let left: Vec<i64> = (1..=20).filter(|n| !shown.contains(n)).collect();
    for (change, n) in [("withdrawn_at = now()", left[0]), ("merged_into = 1", left[1])] {
        let update =
            format!("update development set {change} where facts ->> 'summary' like 'Strike {n} hit%'");
        let changed = sqlx::query(sqlx::AssertSqlSafe(update)).execute(&bot.setup.app.db).await.unwrap();
        assert_eq!(changed.rows_affected(), 1, "{change}");
    }
    bot.press(5, latest.data()[0]).await;
    let first = bot.newest(5);
    assert!(first.text.starts_with("➕ Also new: 6 developments · page 1 of 2"), "{first:?}");
    bot.press(5, first.data()[0]).await;
    let mut rest = [told(&first.text), told(&bot.newest(5).text)].concat();
    rest.sort_unstable();
    assert_eq!(rest, left[2..]);
    bot.end().await;
}

#[tokio::test]
async fn a_button_to_hundreds_holds_what_fits_and_its_numbers_are_no_words() {
    let bot = Running::new().await;
    for n in 1..=150 {
        store(&bot.setup.app.db, &mut strike(n, bot.setup.now() - TimeDelta::hours(1))).await;
    }
    bot.ask(5, "/latest").await;
    let latest = bot.newest(5);
    assert_eq!(latest.buttons[0][0].text, "➕ More (100)");
    let more = latest.data()[0].to_owned();
    for what in ["f", "t", "l"] {
        let forged = more.replacen("b:e:", &format!("b:{what}:"), 1).replace(":0", ":1");
        assert_eq!(bot.press_old(5, &forged).await.as_deref(), Some(STALE), "{forged}");
    }
    bot.ask(5, "/search 1 2 3").await;
    let asked: i64 =
        sqlx::query_scalar("select max(asked_id) from asked").fetch_one(&bot.setup.app.db).await.unwrap();
    let forged = format!("b:e:{asked}:1");
    assert_eq!(bot.press_old(5, &forged).await.as_deref(), Some(STALE), "words are no numbers");
    // What can't be remembered costs the button alone.
    sqlx::query("drop table asked").execute(&bot.setup.app.db).await.unwrap();
    assert!(bot.ask(5, "/latest").await.contains("Strike"));
    assert!(bot.newest(5).buttons.is_empty());
    bot.end().await;
}

#[tokio::test]
async fn an_export_holds_the_choices_and_what_was_told() {
    let bot = Running::new().await;
    assert!(bot.ask(5, "/export").await.contains("I know nothing of this chat"));
    bot.ask(5, "/subscribe 07:30 Europe/Kyiv").await;
    bot.setup.queue(5, &["<b>told</b>"]).await;
    bot.ask(5, "/export").await;
    let message = bot.newest(5);
    assert!(message.text.contains("The settings of this chat"), "{}", message.text);
    let file = message.file.unwrap();
    assert_eq!(file.name, "tidings.json");
    let document: serde_json::Value = serde_json::from_slice(&file.bytes).unwrap();
    assert_eq!(document["subscription"]["times"], serde_json::json!(["07:30"]));
    assert_eq!(document["subscription"]["zone"], "Europe/Kyiv");
    assert_eq!(document["choices"]["min_sources"], 1);
    assert_eq!(document["digests"][0]["messages"], serde_json::json!(["<b>told</b>"]));
    assert_eq!(document["digests"][0]["date"], "2026-03-01");
    bot.end().await;
}

#[tokio::test]
async fn forget_asks_first_and_then_nothing_is_left() {
    let bot = Running::new().await;
    bot.ask(5, "/start").await;
    bot.setup.queue(5, &["told"]).await;
    bot.ask(5, "/search grain").await;
    bot.ask(5, "/forget").await;
    let question = bot.newest(5).id;
    bot.press(5, "b:k:0:0").await;
    assert!(bot.newest(5).text.contains("stays as it was") && bot.state(5).await.is_some());
    bot.ask(5, "/forget").await;
    assert_ne!(bot.newest(5).id, question);
    bot.press(5, "b:x:0:0").await;
    assert!(bot.newest(5).text.contains("I know nothing of this chat"), "{}", bot.newest(5).text);
    assert_eq!(bot.state(5).await, None);
    for table in ["digest", "delivery", "edition_slot", "asked"] {
        let left: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}")))
            .fetch_one(&bot.setup.app.db)
            .await
            .unwrap();
        assert_eq!(left, 0, "{table}");
    }
    assert_eq!(bot.press_old(5, "b:x:0:0").await, None, "pressed twice");
    bot.end().await;
}

#[tokio::test]
async fn only_a_groups_admins_may_have_it_forgotten() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    telegram.role(-5, 6, "administrator");
    bot.ask_in(-5, 6, "/subscribe 07:30").await;
    assert!(bot.ask_in(-5, 7, "/forget").await.contains("Only admins"));
    bot.ask_in(-5, 6, "/forget").await;
    assert!(telegram.press(-5, 7, "b:x:0:0").await.unwrap().contains("Only admins"));
    assert!(bot.state(-5).await.is_some());
    telegram.press(-5, 6, "b:x:0:0").await;
    assert_eq!(bot.state(-5).await, None);
    bot.end().await;
}

#[tokio::test]
async fn what_a_forum_asked_stays_for_the_topics_that_are_left() {
    let setup = Setup::new().await;
    let db = &setup.app.db;
    for topic in [0, 4] {
        let wish = Subscription { thread_id: topic, ..support::daily(-5, "07:30", chrono_tz::UTC) };
        subscribers::subscribe(db, &wish, setup.now()).await.unwrap();
    }
    search::ask(db, -5, "grain", setup.now()).await.unwrap();
    let asked =
        async || -> i64 { sqlx::query_scalar("select count(*) from asked").fetch_one(db).await.unwrap() };
    assert!(told::forget(db, -5, 4).await.unwrap());
    assert_eq!(asked().await, 1);
    assert!(told::forget(db, -5, 0).await.unwrap());
    assert_eq!(asked().await, 0);
}

#[tokio::test]
async fn the_chart_comes_with_the_first_edition_of_its_day() {
    let setup = Setup::new().await;
    let subscriber = setup.queue(5, &[]).await;
    let mut choices = subscriber.choices.clone();
    choices.chart_day = Some(Weekday::Mon);
    subscribers::choose(&setup.app.db, subscriber.id, &choices, setup.now()).await.unwrap();
    sqlx::query("delete from digest").execute(&setup.app.db).await.unwrap();
    sqlx::query("insert into edition_slot (subscriber_id, slot, at) values ($1, 1, '12:00')")
        .bind(subscriber.id)
        .execute(&setup.app.db)
        .await
        .unwrap();
    // Sunday's editions, Monday's two, and Tuesday's first.
    for hours in [1, 7, 17, 7, 17] {
        setup.pass(TimeDelta::hours(hours) + TimeDelta::minutes(5));
        let outcome = digest::compile_due(&setup.app, setup.now()).await.unwrap();
        assert!(outcome.failed.is_empty(), "{outcome:?}");
    }
    assert_eq!(pictures(&setup).await, [("2026-03-02".to_owned(), 0)]);
    // The next week's takes the place of the one that was sent.
    sqlx::query("update delivery set state = 'sent'").execute(&setup.app.db).await.unwrap();
    setup.pass(TimeDelta::days(6));
    digest::compile_due(&setup.app, setup.now()).await.unwrap();
    let kept: Vec<String> = sqlx::query_scalar(
        "select d.local_date::text from delivery p join digest d using (digest_id) where p.picture is not null",
    )
    .fetch_all(&setup.app.db)
    .await
    .unwrap();
    assert_eq!(kept, ["2026-03-09"]);
}

#[tokio::test]
async fn the_chart_of_a_day_without_digests_comes_with_the_next_digest() {
    let setup = Setup::new().await;
    let subscriber = setup.queue(5, &[]).await;
    let mut choices = subscriber.choices.clone();
    (choices.chart_day, choices.days) = (Some(Weekday::Tue), vec![Weekday::Mon, Weekday::Thu, Weekday::Fri]);
    subscribers::choose(&setup.app.db, subscriber.id, &choices, setup.now()).await.unwrap();
    let mut digests = 0;
    for _ in 0..8 {
        setup.pass(TimeDelta::days(1));
        digests += digest::compile_due(&setup.app, setup.now()).await.unwrap().compiled.len();
    }
    assert_eq!(digests, 3);
    assert_eq!(pictures(&setup).await, [("2026-03-05".to_owned(), 0)]);
}

/// Day and slot of the editions that end with a picture.
async fn pictures(setup: &Setup) -> Vec<(String, i16)> {
    sqlx::query_as(
        "select d.local_date::text, d.slot from delivery p join digest d using (digest_id)
         where p.picture is not null and p.part = (select max(part) from delivery q where q.digest_id = d.digest_id)",
    )
    .fetch_all(&setup.app.db)
    .await
    .unwrap()
}

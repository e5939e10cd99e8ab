//! What admins do from Telegram, and that nobody else can, through real teloxide and a Bot API of our own.

use chrono::TimeDelta;
use tidings::app::deliver::Courier;
use tidings::app::digest;
use tidings::app::disk::{Disk, Watch};
use tidings::app::journal::Journal;
use tidings::bot::alert::tell_of_disk;
use tidings::clock::Clock;
use tidings::store::Process;
use tidings::store::subscribers::State;
use tokio::sync::watch;
use tracing_subscriber::layer::SubscriberExt as _;

use crate::bot::Running;
use crate::editions::{store, strike};
use crate::fake_telegram::Fault;
use crate::scrape::{Site, feed, item, page};
use crate::setup::{ADMIN, Setup};

mod access;

const STALE: &str = "This button is out of date. Please give the command again.";
/// A group of which the admin is a member.
const GROUP: i64 = -ADMIN;

async fn one<T>(bot: &Running, sql: &str) -> T
where
    T: Send + Unpin + for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
{
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    sqlx::query_scalar(sql).fetch_one(&bot.setup.app.db).await.unwrap()
}

async fn run(bot: &Running, sql: &str) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&bot.setup.app.db).await.unwrap();
}

/// A source of the database, by its name; from the configuration if it is so called.
async fn source(bot: &Running, name: &str, url: &str) -> i64 {
    let origin = if name == "Configured" { "config" } else { "command" };
    sqlx::query_scalar(
        "insert into source (name, url, type, outlet, origin, next_check_at, created_at)
         values ($1, $2, 'feed', $1, $3, $4, $4) returning source_id",
    )
    .bind(name)
    .bind(url)
    .bind(origin)
    .bind(bot.setup.now())
    .fetch_one(&bot.setup.app.db)
    .await
    .unwrap()
}

async fn story(bot: &Running, parties: &str, place: &str) -> i64 {
    one(
        bot,
        &format!(
            "insert into story (name, parties, place, started_at, last_at)
             values (array_to_string('{parties}'::text[], ' – '), '{parties}', '{place}', '2026-02-01', '2026-02-28') returning story_id"
        ),
    )
    .await
}

async fn development(bot: &Running, summary: &str) -> i64 {
    one(
        bot,
        &format!(
            "insert into development (kind, status, facts, keys, first_reported_at, last_reported_at, found_at)
             values ('meeting', 'occurred', '{{\"summary\": \"{summary}\"}}', '{{}}', now(), now(), '2020-01-01')
             returning development_id"
        ),
    )
    .await
}

/// What was recorded of the admin's acts, in their order.
async fn acts(bot: &Running) -> Vec<String> {
    sqlx::query_scalar("select act from audit where admin = $1 order by audit_id")
        .bind(ADMIN)
        .fetch_all(&bot.setup.app.db)
        .await
        .unwrap()
}

/// The data of the first button whose data begins so.
fn button(bot: &Running, begins: &str) -> String {
    let newest = bot.newest(ADMIN);
    newest
        .data()
        .into_iter()
        .find(|data| data.starts_with(begins))
        .unwrap_or_else(|| panic!("{newest:?}"))
        .into()
}

async fn deliver(bot: &Running) {
    let process = Process::register(&bot.setup.app.db).await.unwrap();
    let courier = Courier::new(bot.setup.app.clone(), bot.setup.telegram.bot(), process.number());
    // At Telegram's rates: what is left waits for the clock.
    for _ in 0..5 {
        courier.deliver_due(&watch::channel(false).1).await.unwrap();
        bot.setup.pass(TimeDelta::seconds(2));
    }
}

#[tokio::test]
async fn a_source_is_paused_resumed_and_removed_by_its_buttons_each_once() {
    let bot = Running::new().await;
    for n in 0..10 {
        source(&bot, &format!("Gazette {n}"), &format!("http://127.0.0.1:1/{n}")).await;
    }
    let id = source(&bot, "<b>Courier", "http://127.0.0.1:1/rss?a=1&b").await;
    assert!(bot.ask(ADMIN, "/sources").await.contains("Gazette 7"));
    assert!(!bot.newest(ADMIN).text.contains("Courier"), "eight a page");
    assert_eq!(bot.press(ADMIN, "a:sources:1:").await, None);
    assert!(bot.newest(ADMIN).text.contains("<b>Courier"));
    bot.press(ADMIN, &format!("a:source:{id}")).await;
    assert!(bot.newest(ADMIN).text.contains("http://127.0.0.1:1/rss?a=1&b"));

    let paused = "select paused from source where name = '<b>Courier'";
    let pause = format!("a:pause:{id}");
    bot.press(ADMIN, &pause).await;
    assert!(one::<bool>(&bot, paused).await && bot.newest(ADMIN).text.starts_with("⏸"));
    assert_eq!(bot.press_old(ADMIN, &pause).await, None, "a second press shows it as it is");
    bot.press(ADMIN, &format!("a:resume:{id}")).await;
    assert!(!one::<bool>(&bot, paused).await);

    bot.press(ADMIN, &format!("a:remove:{id}")).await;
    assert!(bot.newest(ADMIN).text.contains("Remove <b>Courier? Its articles stay."));
    bot.press(ADMIN, &format!("a:source:{id}")).await;
    assert!(!one::<bool>(&bot, "select bool_or(removed_at is not null) from source").await, "called off");
    bot.press(ADMIN, &format!("a:remove:{id}")).await;
    bot.press(ADMIN, &format!("a:removed:{id}")).await;
    assert!(bot.newest(ADMIN).text.contains("<b>Courier is removed"));
    for verb in ["removed", "remove", "pause", "resume", "check", "source"] {
        assert_eq!(bot.press_old(ADMIN, &format!("a:{verb}:{id}")).await.as_deref(), Some(STALE), "{verb}");
    }
    assert_eq!(acts(&bot).await, ["pause", "resume", "remove"]);
    bot.press(ADMIN, "a:sources:0").await;
    assert!(bot.newest(ADMIN).text.contains("Gazette 0"));
    bot.end().await;
}

#[tokio::test]
async fn a_source_of_the_configuration_is_changed_there_alone() {
    let bot = Running::new().await;
    let id = source(&bot, "Configured", "http://127.0.0.1:1/").await;
    bot.ask(ADMIN, "/sources").await;
    bot.press(ADMIN, &format!("a:source:{id}")).await;
    let shown = bot.newest(ADMIN);
    assert!(shown.text.contains("from the configuration"), "{shown:?}");
    assert_eq!(shown.data(), [format!("a:check:{id}"), "a:sources:0".into()]);
    for verb in ["pause", "remove", "removed"] {
        assert_eq!(bot.press_old(ADMIN, &format!("a:{verb}:{id}")).await.as_deref(), Some(STALE), "{verb}");
    }
    assert!(acts(&bot).await.is_empty());
    bot.end().await;
}

#[tokio::test]
async fn a_source_is_looked_at_before_it_is_added_and_added_once() {
    // A clock that runs: one host is asked a second at most.
    let clock = Clock::simulated("2031-03-04T12:00:00Z".parse().unwrap(), 100.0);
    let bot = Running::with(Setup::on(clock).await);
    let telegram = &bot.setup.telegram;
    let site = Site::start().await;
    let link = site.url("/pier");
    site.answer("/rss", feed(&[item("Pier &amp;lt; ferry", &link, "Tue, 04 Mar 2031 08:00:00 GMT")]));
    site.answer("/pier", page("Pier opens"));

    for words in ["add", "pause Courier", "http://127.0.0.1:1/"] {
        assert!(
            bot.ask(ADMIN, &format!("/sources {words}")).await.contains("/sources add https://"),
            "{words}"
        );
    }
    bot.ask(ADMIN, "/sources add ftp://127.0.0.1/").await;
    telegram.edited(ADMIN, "can't be fetched").await;
    assert!(bot.ask(ADMIN, &format!("/sources add {}", site.url("/rss"))).await.contains("One moment"));
    let shown = telegram.edited(ADMIN, "1 entry").await;
    assert!(shown.text.contains("News · feed") && shown.text.contains("• Pier < ferry"), "{shown:?}");
    assert_eq!(one::<i64>(&bot, "select count(*) from source").await, 0, "nothing is saved yet");

    let yes = button(&bot, "a:yes:");
    bot.press(ADMIN, &yes).await;
    telegram.edited(ADMIN, "News is added").await;
    assert_eq!(bot.press_old(ADMIN, &yes).await.as_deref(), Some(STALE));
    assert_eq!(acts(&bot).await, ["add"]);
    bot.ask(ADMIN, &format!("/sources add {}", site.url("/rss"))).await;
    telegram.edited(ADMIN, "a source already: News").await;

    // Read at once, with its page.
    bot.ask(ADMIN, "/sources").await;
    let id: i64 = one(&bot, "select source_id from source").await;
    bot.press(ADMIN, &format!("a:source:{id}")).await;
    bot.press(ADMIN, &format!("a:check:{id}")).await;
    let read = telegram.edited(ADMIN, "1 of 1 sources read").await;
    assert!(
        read.text.contains("✅ News") && read.text.contains("1 new entries, 1 articles stored"),
        "{read:?}"
    );
    assert_eq!(acts(&bot).await, ["add", "check"]);
    bot.end().await;
}

#[tokio::test]
async fn a_preview_is_neither_kept_nor_sent_and_a_digest_comes_once_when_it_is_asked_for() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    bot.ask(ADMIN, "/preview").await;
    telegram.edited(ADMIN, "What a new subscriber would get now").await;
    assert!(bot.ask(ADMIN, "/preview Reader").await.contains("/preview 12345"));
    assert!(bot.ask(ADMIN, "/preview 5").await.contains("No chat 5 ever subscribed"));
    bot.ask(5, "/start").await;
    bot.ask(ADMIN, "/preview 5").await;
    telegram.edited(ADMIN, "What 5 would get now").await;
    assert_eq!(one::<i64>(&bot, "select count(*) from digest").await, 0);
    assert_eq!(telegram.texts(5).len(), 1, "nothing but the answer to /start");

    assert!(bot.ask(ADMIN, "/digest_now").await.contains("/start subscribes it"));
    bot.ask(ADMIN, "/start").await;
    bot.ask(ADMIN, "/digest_now").await;
    telegram.edited(ADMIN, "on its way").await;
    bot.ask(ADMIN, "/digest_now").await;
    telegram.edited(ADMIN, "in this very minute already").await;
    assert_eq!(one::<i64>(&bot, "select count(*) from digest").await, 1);
    let before = telegram.texts(ADMIN).len();
    deliver(&bot).await;
    assert_eq!(telegram.texts(ADMIN).len(), before + 1);

    // The edition of the day comes all the same, from where this one ended.
    bot.setup.pass(TimeDelta::hours(2));
    let outcome = digest::compile_due(&bot.setup.app, bot.setup.now()).await.unwrap();
    assert_eq!(outcome.compiled.len(), 2);
    let follows = "select max(window_from) = min(window_to) from digest
                   where subscriber_id = (select subscriber_id from subscriber where chat_id = 77)";
    assert!(one::<bool>(&bot, follows).await);
    // Who comes back is promised no more than what is new since then.
    bot.ask(ADMIN, "/stop").await;
    let back = bot.ask(ADMIN, "/start").await;
    assert!(back.contains("The next one: ") && !back.contains("24 hours"), "{back}");
    assert_eq!(acts(&bot).await, ["digest_now"]);
    bot.end().await;
}

#[tokio::test]
async fn a_preview_gives_the_numbers_that_other_commands_ask_for() {
    // A clock that runs: messages to one chat are a second apart.
    let clock = Clock::simulated("2026-03-01T06:00:00Z".parse().unwrap(), 20.0);
    let bot = Running::with(Setup::on(clock).await);
    let mut struck = strike(1, bot.setup.now() - TimeDelta::hours(1));
    store(&bot.setup.app.db, &mut struck).await;
    bot.ask(ADMIN, "/preview").await;
    let shown = bot.setup.telegram.messages(ADMIN, 2).await;
    assert!(shown[0].text.contains("Strike 1 hit a port."), "{shown:?}");
    let number = struck.development.id.0;
    assert!(shown[1].text.contains(&format!("#{number} (story –) Strike 1 hit a port.")), "{shown:?}");
    bot.end().await;
}

#[tokio::test]
async fn who_was_told_of_what_is_wrong_is_told_so_in_the_next_digest() {
    let bot = Running::new().await;
    let app = &bot.setup.app;
    let compile = async || {
        let compiled = digest::compile_due(app, bot.setup.now()).await.unwrap().compiled;
        assert_eq!(compiled.len(), 1);
        digest::frozen(app, compiled[0]).await.unwrap().unwrap()
    };
    bot.ask(5, "/start").await;
    let mut struck = strike(1, bot.setup.now() - TimeDelta::hours(1));
    store(&app.db, &mut struck).await;
    bot.setup.pass(TimeDelta::hours(2));
    assert_eq!(compile().await.items.len(), 1);

    let answer = bot.ask(ADMIN, &format!("/correct {} It was a drill.", struck.development.id.0)).await;
    assert!(answer.contains("told to 1 subscriber."), "{answer}");
    bot.press(ADMIN, &button(&bot, "a:yes:")).await;
    bot.setup.pass(TimeDelta::hours(24));
    let next = compile().await;
    assert_eq!(next.withdrawn[0].why.as_deref(), Some("It was a drill."));
    bot.end().await;
}

#[tokio::test]
async fn stats_and_health_tell_what_there_is_and_what_is_wrong() {
    let bot = Running::new().await;
    run(
        &bot,
        "insert into article (url, outlet, published_at, first_seen_at)
         values ('http://a.example/1', 'A', '2026-02-28T20:00Z', '2026-02-28T20:00Z')",
    )
    .await;
    run(
        &bot,
        "insert into development (kind, status, facts, keys, first_reported_at, last_reported_at, found_at)
         select 'strike', 'occurred', '{}', '{}', '2026-02-28', '2026-02-28', '2026-02-28' from generate_series(1, 3)",
    )
    .await;
    let answer = bot.ask(ADMIN, "/stats").await;
    assert!(answer.contains("Articles a day (UTC): Sat 1"), "{answer}");
    assert!(answer.contains("Developments in 7 days: 💥 Strikes 3"), "{answer}");

    let sick = bot.ask(ADMIN, "/health").await;
    assert!(sick.contains("✅ Database: ") && sick.contains("MB"), "{sick}");
    assert!(sick.contains("⚠️ Last source read: never"), "{sick}");
    assert!(sick.contains("⚠️ Articles to be read: 1, the oldest for 10 h"), "{sick}");
    assert!(sick.contains("✅ Telegram is asked for updates"), "{sick}");
    run(&bot, "update article set read_version = 1").await;
    run(
        &bot,
        "insert into source (name, url, type, outlet, next_check_at, created_at, succeeded_at)
         values ('S', 'http://a.example', 'feed', 'S', '2026-03-02', '2026-03-01', '2026-03-01T05:55Z')",
    )
    .await;
    bot.setup.queue(6, &["one"]).await;
    bot.setup.pass(TimeDelta::minutes(20));
    let well = bot.ask(ADMIN, "/health").await;
    assert!(well.contains("✅ Last source read: 25 min ago"), "{well}");
    assert!(well.contains("✅ Articles to be read: 0\n"), "{well}");
    assert!(well.contains("⚠️ Messages waiting: 1, the oldest for 20 min"), "{well}");
    bot.end().await;
}

#[tokio::test]
async fn subscribers_are_found_by_words_a_page_at_a_time() {
    let bot = Running::new().await;
    assert!(bot.ask(ADMIN, "/subscribers").await.contains("Nobody has subscribed"));
    for chat in 101..=123 {
        bot.setup.queue(chat, &[]).await;
    }
    run(&bot, "update subscriber set title = '<b>Port & Co' where chat_id in (105, 106)").await;
    run(&bot, "update subscriber set state = 'gone', state_reason = 'blocked <me>' where chat_id = 106")
        .await;
    let answer = bot.ask(ADMIN, "/subscribers").await;
    assert!(
        answer.starts_with("23 subscribers") && answer.contains("✅ ? · 123 · 08:00 Europe/Berlin"),
        "{answer}"
    );
    bot.press(ADMIN, "a:subscribers:1:").await;
    bot.press(ADMIN, "a:subscribers:2:").await;
    let last = bot.newest(ADMIN).text;
    assert!(last.contains("🚫 <b>Port & Co · 106 · 08:00 Europe/Berlin · gone: blocked <me>"), "{last}");
    let found = bot.ask(ADMIN, "/subscribers port berlin").await;
    assert!(found.starts_with("2 subscribers") && found.contains("105"), "{found}");
    assert!(bot.ask(ADMIN, "/subscribers 106 stopped").await.contains("No subscribers"));
    let many = format!("/subscribers {}", "ж".repeat(200));
    assert!(bot.ask(ADMIN, &many).await.contains("No subscribers"), "too much for a button, and no trouble");
    assert!(bot.ask_in(GROUP, ADMIN, "/subscribers").await.contains("in our private chat"));
    bot.end().await;
}

#[tokio::test]
async fn words_to_all_are_shown_first_and_go_through_the_outbox_once() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    assert!(bot.ask(ADMIN, "/broadcast").await.contains("/broadcast Digests"));
    assert!(bot.ask(ADMIN, "/broadcast Hello").await.contains("nobody"));
    bot.setup.queue(5, &["a digest"]).await;
    bot.setup.queue(6, &[]).await;
    bot.setup.queue(7, &[]).await;
    run(&bot, "update subscriber set state = 'stopped' where chat_id = 7").await;

    let before = telegram.texts(ADMIN).len();
    telegram.say(ADMIN, ADMIN, "/broadcast\n<b>Digests</b> & more\n\ncome  later.");
    let shown = telegram.messages(ADMIN, before + 2).await;
    assert_eq!(shown[before].text, "<b>Digests</b> & more\n\ncome later.");
    assert!(shown[before + 1].text.contains("Send this to 2 subscribers?"));
    let waiting = "select count(*) from delivery where digest_id is null";
    assert_eq!(one::<i64>(&bot, waiting).await, 0);

    let (yes, no) = (button(&bot, "a:yes:"), button(&bot, "a:no:"));
    let message = bot.newest(ADMIN).id;
    let (first, second) =
        tokio::join!(telegram.press(ADMIN, ADMIN, &yes), telegram.press_old(ADMIN, ADMIN, message, &yes));
    let shown = [first.as_deref(), second.as_deref()];
    assert!(shown.contains(&None) && shown.contains(&Some(STALE)), "{shown:?}");
    assert_eq!(bot.press_old(ADMIN, &no).await.as_deref(), Some(STALE));
    assert_eq!(one::<i64>(&bot, waiting).await, 2);
    assert!(bot.newest(ADMIN).text.contains("On its way to 2 subscribers"));
    assert_eq!(acts(&bot).await, ["broadcast"]);

    deliver(&bot).await;
    assert_eq!(telegram.texts(5), ["a digest", "<b>Digests</b> & more\n\ncome later."]);
    assert_eq!((telegram.texts(6).len(), telegram.texts(7).len()), (1, 0));

    // Called off, or too old to be meant.
    bot.ask(ADMIN, "/broadcast Never mind").await;
    telegram.edited(ADMIN, "Send this to 2 subscribers?").await;
    bot.press(ADMIN, &button(&bot, "a:no:")).await;
    assert!(bot.newest(ADMIN).text.contains("Called off"));
    let count = telegram.texts(ADMIN).len();
    telegram.say(ADMIN, ADMIN, "/broadcast Old words");
    telegram.messages(ADMIN, count + 2).await;
    bot.setup.pass(TimeDelta::hours(25));
    assert_eq!(bot.press(ADMIN, &button(&bot, "a:yes:")).await.as_deref(), Some(STALE));
    assert_eq!(one::<i64>(&bot, waiting).await, 2);
    bot.end().await;
}

#[tokio::test]
async fn words_to_all_keep_the_layout_that_the_admin_gave_them() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    bot.setup.queue(5, &[]).await;
    let before = telegram.texts(ADMIN).len();
    telegram.message(
        ADMIN,
        serde_json::json!({
            "from": { "id": ADMIN, "is_bot": false, "first_name": "R" },
            "text": "/broadcast Read <this> 🌊: rules\n\nand more",
            "entities": [
                { "type": "bot_command", "offset": 0, "length": 10 },
                { "type": "bold", "offset": 11, "length": 11 },
                { "type": "text_link", "offset": 27, "length": 5, "url": "https://rules.example/?a=1&b=2" },
            ],
        }),
    );
    let shown = telegram.messages(ADMIN, before + 2).await;
    let laid_out =
        "<b>Read &lt;this&gt;</b> 🌊: <a href=\"https://rules.example/?a=1&b=2\">rules</a>\n\nand more";
    assert_eq!(shown[before].raw, laid_out);
    bot.press(ADMIN, &button(&bot, "a:yes:")).await;
    deliver(&bot).await;
    assert_eq!(telegram.newest(5).raw, laid_out);
    bot.end().await;
}

#[tokio::test]
async fn a_story_is_muted_for_all_by_words_or_number_and_told_again() {
    let bot = Running::new().await;
    let id = story(&bot, "{Chaco Front,Paraguay}", "Montevideo").await;
    story(&bot, "{Iceland,Norway}", "Tórshavn").await;
    assert!(bot.ask(ADMIN, "/mute_story").await.contains("/mute_story grain port"));
    assert!(bot.ask(ADMIN, "/mute_story grain").await.contains("No story “grain”"));
    assert!(bot.ask(ADMIN, "/mute_story 999").await.contains("No story “999”"));
    let found = bot.ask(ADMIN, "/mute_story montevideo front").await;
    assert!(
        found.contains(&format!("🔔 #{id} Chaco Front – Paraguay (Montevideo) · 0 developments")),
        "{found}"
    );
    assert!(!found.contains("Iceland"), "{found}");
    let muted = format!("select muted_at is not null from story where story_id = {id}");
    let mute = format!("a:mute:{id}");
    bot.press(ADMIN, &mute).await;
    assert!(one::<bool>(&bot, &muted).await && bot.newest(ADMIN).text.contains("muted for all"));
    bot.press_old(ADMIN, &mute).await;
    assert!(bot.ask(ADMIN, "/mute_story").await.contains("Chaco Front"), "the muted ones");
    bot.press(ADMIN, &format!("a:unmute:{id}")).await;
    assert!(!one::<bool>(&bot, &muted).await);
    bot.ask(ADMIN, &format!("/mute_story {id}")).await;
    bot.ask(ADMIN, &format!("/mute_story {id} undo")).await;
    assert_eq!(acts(&bot).await, ["mute_story", "unmute_story", "mute_story", "unmute_story"]);
    bot.end().await;
}

#[tokio::test]
async fn a_development_is_marked_as_wrong_once_confirmed_and_the_mark_taken_back() {
    let bot = Running::new().await;
    let id = development(&bot, "They <met> & left.").await;
    for words in ["", " 1", " grain is wrong"] {
        assert!(
            bot.ask(ADMIN, &format!("/correct{words}")).await.contains("/correct 12 The ministry"),
            "{words}"
        );
    }
    assert!(bot.ask(ADMIN, "/correct 999 wrong").await.contains("no development #999"));
    let answer = bot.ask(ADMIN, &format!("/correct #{id} The ministry\nhas denied it <b>.")).await;
    assert!(answer.contains("“They <met> & left.”") && answer.contains("told to 0 subscribers"), "{answer}");
    let why = "select withdrawn_why from development where withdrawn_at is not null";
    let marked = "select count(*) from development where withdrawn_at is not null";
    assert_eq!(one::<i64>(&bot, marked).await, 0);
    let yes = button(&bot, "a:yes:");
    bot.press(ADMIN, &yes).await;
    assert_eq!(one::<String>(&bot, why).await, "The ministry\nhas denied it <b>.");
    assert!(bot.newest(ADMIN).text.contains("is marked as wrong"));
    assert_eq!(bot.press_old(ADMIN, &yes).await.as_deref(), Some(STALE));
    assert!(bot.ask(ADMIN, &format!("/correct {id} again")).await.contains("marked as wrong already"));
    assert!(bot.ask(ADMIN, &format!("/correct {id} undo")).await.contains("no longer marked"));
    assert_eq!(one::<i64>(&bot, marked).await, 0);
    assert!(bot.ask(ADMIN, &format!("/correct {id} undo")).await.contains("is not marked"));
    assert_eq!(acts(&bot).await, ["correct", "correct_undo"]);
    bot.end().await;
}

#[tokio::test]
async fn what_was_merged_before_its_correction_is_confirmed_is_marked_where_it_is_told() {
    let bot = Running::new().await;
    let (kept, merged) = (development(&bot, "They met.").await, development(&bot, "They met again.").await);
    bot.ask(ADMIN, &format!("/correct {merged} They did not meet.")).await;
    sqlx::query("update development set merged_into = $1 where development_id = $2")
        .bind(kept)
        .bind(merged)
        .execute(&bot.setup.app.db)
        .await
        .unwrap();
    bot.press(ADMIN, &button(&bot, "a:yes:")).await;
    let marked = "select development_id from development where withdrawn_at is not null";
    assert_eq!(one::<i64>(&bot, marked).await, kept);
    assert!(bot.newest(ADMIN).text.contains(&format!("#{kept}")));
    bot.end().await;
}

#[tokio::test]
async fn logs_show_the_last_errors_without_secrets_and_only_in_private() {
    let bot = Running::new().await;
    let layer = Journal::new(bot.setup.app.clock.clone());
    let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(layer));
    for n in 0..12 {
        tracing::warn!(n, "a part was not <delivered>");
    }
    tracing::error!("the database postgres://me:hidden@db.example/news is away");
    drop(guard);
    let answer = bot.ask(ADMIN, "/logs").await;
    assert!(
        answer.contains("❌ 1 Mar 07:00:00 the database postgres://***@db.example/news is away"),
        "{answer}"
    );
    assert!(answer.contains("a part was not <delivered> n=11") && !answer.contains("n=1 "), "{answer}");
    bot.press(ADMIN, "a:logs:1:").await;
    assert!(bot.newest(ADMIN).text.contains("n=1"));
    assert!(bot.ask_in(GROUP, ADMIN, "/logs").await.contains("in our private chat"));
    bot.end().await;
}

#[tokio::test]
async fn a_backup_comes_as_a_file_that_pg_restore_can_read_to_the_admin_alone() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    assert!(bot.ask_in(GROUP, ADMIN, "/backup").await.contains("in our private chat"));
    assert!(bot.ask(ADMIN, "/backup").await.contains("One moment"));
    telegram.edited(ADMIN, "✅ tidings-2026-03-01T060000Z.backup").await;
    let file = telegram.newest(ADMIN).file.unwrap();
    assert_eq!(file.name, "tidings-2026-03-01T060000Z.backup");
    assert!(file.bytes.starts_with(b"PGDMP"));
    let kept = std::fs::read_dir(bot.setup.app.config.data_dir.join("backups")).unwrap().count();
    assert_eq!(kept, 0, "what was sent is not kept");
    assert_eq!(acts(&bot).await, ["backup"]);

    // Where Telegram takes it not, it stays, and the admin is told where.
    telegram.refuse_next("senddocument", 413, "Request Entity Too Large");
    bot.setup.pass(TimeDelta::minutes(1));
    bot.ask(ADMIN, "/backup").await;
    let told = telegram.edited(ADMIN, "could not be sent").await;
    assert!(told.text.contains("backups/tidings-2026-03-01T060100Z.backup"), "{told:?}");
    bot.end().await;
}

#[tokio::test]
async fn who_is_banned_is_passed_over_until_the_ban_is_lifted() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    for words in ["/ban", "/ban Reader", "/unban", "/unban 1 2"] {
        assert!(bot.ask(ADMIN, words).await.contains("ban 12345"), "{words}");
    }
    assert!(bot.ask(ADMIN, &format!("/ban {ADMIN}")).await.contains("admins can't be banned"));
    bot.ask(5, "/start").await;
    assert!(bot.ask(ADMIN, "/ban 5").await.contains("5 is banned"));
    assert!(bot.ask(ADMIN, "/ban 5").await.contains("banned already"));
    assert_eq!(bot.state(5).await, Some(State::Stopped));
    assert!(bot.ask(ADMIN, "/ban").await.contains("🚫 5 Reader, since 1 Mar 2026"));

    // Not in private, however much they write, and not in a group either; the group's others are answered.
    for _ in 0..30 {
        telegram.say(5, 5, "/start");
    }
    telegram.say(GROUP, 5, "/whoami");
    assert!(bot.ask_in(GROUP, 6, "/whoami").await.contains("user id: 6"));
    assert_eq!(telegram.texts(5).len(), 1);

    // A group stays banned as a supergroup, and what an admin says counts there.
    let supergroup = -1_000_000_000_005;
    bot.ask(ADMIN, &format!("/ban {GROUP}")).await;
    telegram.message(GROUP, serde_json::json!({ "migrate_to_chat_id": supergroup }));
    assert!(bot.ask_in(GROUP, ADMIN, "/whoami").await.contains("You are an admin"));
    telegram.say(supergroup, 6, "/whoami");
    assert!(bot.ask_in(supergroup, ADMIN, "/whoami").await.contains("You are an admin"));

    bot.setup.pass(TimeDelta::minutes(5));
    assert_eq!(telegram.texts(5).len(), 1);
    assert!(bot.ask(ADMIN, "/unban 5").await.contains("may use the bot again"));
    assert!(bot.ask(ADMIN, "/unban 5").await.contains("is not banned"));
    assert!(bot.ask(5, "/start").await.contains("The first one"));
    assert_eq!(acts(&bot).await, ["ban", "ban", "unban"]);
    bot.end().await;
}

#[tokio::test]
async fn the_audit_shows_the_last_acts_page_by_page() {
    let bot = Running::new().await;
    assert!(bot.ask(ADMIN, "/audit").await.contains("nothing yet"));
    for id in 101..=112 {
        bot.setup.pass(TimeDelta::seconds(3));
        bot.ask(ADMIN, &format!("/ban {id}")).await;
    }
    bot.ask_in(GROUP, ADMIN, "/unban 101").await;
    let answer = bot.ask(ADMIN, "/audit").await;
    assert!(answer.starts_with(&format!("1 Mar 2026 07:00 · {ADMIN} ({GROUP}) · unban 101")), "{answer}");
    assert!(answer.contains("· ban 112") && !answer.contains("· ban 103"), "{answer}");
    bot.press(ADMIN, "a:audit:1:").await;
    assert!(bot.newest(ADMIN).text.contains("· ban 103"));
    assert!(bot.ask_in(GROUP, ADMIN, "/audit").await.contains("in our private chat"));
    bot.end().await;
}

#[tokio::test]
async fn a_full_disk_is_told_once_telegram_and_database_let_it_be_told() {
    let setup = Setup::new().await;
    let (watch, bot) = (Watch::default(), setup.telegram.bot());
    let disk = |gb: u64| Disk { free: gb * 1_000_000_000, total: 100_000_000_000 };
    setup.telegram.once(ADMIN, Fault::RetryAfter(60));
    assert!(tell_of_disk(&setup.app, &bot, &watch, disk(4)).await.is_err());
    assert_eq!(setup.telegram.texts(ADMIN).len(), 0);
    sqlx::query("alter table subscriber rename to elsewhere").execute(&setup.app.db).await.unwrap();
    for _ in 0..2 {
        tell_of_disk(&setup.app, &bot, &watch, disk(4)).await.unwrap();
    }
    let told = setup.telegram.texts(ADMIN);
    assert!(told.len() == 1 && told[0].contains("4.0 GB of 100.0 GB are free"), "{told:?}");
}

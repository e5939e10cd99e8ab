//! Conversations with the bot, through real teloxide and a Bot API of our own.

use std::time::Duration;

use chrono::TimeDelta;
use tidings::store::subscribers::{self, State, Subscriber};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::fake_telegram::{BOT, Fault, Message};
use crate::setup::{ADMIN, Setup};

/// A forum.
const FORUM: i64 = -1_000_000_000_005;

/// A bot that answers, until it is told to stop.
pub struct Running {
    pub setup: Setup,
    stop: watch::Sender<bool>,
    task: JoinHandle<anyhow::Result<()>>,
}

impl Running {
    pub async fn new() -> Running {
        Running::with(Setup::new().await)
    }

    pub fn with(setup: Setup) -> Running {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(tidings::bot::run(setup.app.clone(), setup.telegram.bot(), stopped));
        Running { setup, stop, task }
    }

    /// Says something in a private chat and waits for the answer.
    pub async fn ask(&self, user: i64, text: &str) -> String {
        self.ask_in(user, user, text).await
    }

    pub async fn ask_in(&self, chat: i64, user: i64, text: &str) -> String {
        let telegram = &self.setup.telegram;
        let before = telegram.texts(chat).len();
        telegram.say(chat, user, text);
        telegram.messages(chat, before + 1).await.swap_remove(before).text
    }

    /// Presses a button that a private chat shows; the words shown over it. The clock lets readers press on.
    pub async fn press(&self, user: i64, data: &str) -> Option<String> {
        self.setup.pass(TimeDelta::seconds(3));
        self.setup.telegram.press(user, user, data).await
    }

    /// Presses what the newest message of a private chat may no longer show.
    pub async fn press_old(&self, user: i64, data: &str) -> Option<String> {
        self.setup.pass(TimeDelta::seconds(3));
        let message = self.newest(user).id;
        self.setup.telegram.press_old(user, user, message, data).await
    }

    /// The newest message of a chat.
    pub fn newest(&self, chat: i64) -> Message {
        self.setup.telegram.newest(chat)
    }

    /// A chat's row.
    pub async fn subscriber(&self, chat: i64) -> Subscriber {
        subscribers::by_chat(&self.setup.app.db, chat, 0).await.unwrap().unwrap()
    }

    pub async fn state(&self, chat: i64) -> Option<State> {
        subscribers::by_chat(&self.setup.app.db, chat, 0).await.unwrap().map(|s| s.state)
    }

    pub async fn end(self) {
        self.stop.send_replace(true);
        self.task.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn start_says_what_comes_when_and_that_there_are_no_sources_yet() {
    let bot = Running::new().await;
    let answer = bot.ask(5, "/start").await;
    assert!(answer.contains("every day at 08:00 (Europe/Berlin)"), "{answer}");
    assert!(answer.contains("The first one: Sunday, 1 March, 08:00"), "{answer}");
    assert!(answer.contains("no sources yet"), "{answer}");
    assert_eq!(bot.state(5).await, Some(State::Active));

    sqlx::query(
        "insert into source (name, url, type, outlet, next_check_at, created_at)
         values ('Courier', 'https://courier.example/feed', 'feed', 'Courier', now(), now())",
    )
    .execute(&bot.setup.app.db)
    .await
    .unwrap();
    let answer = bot.ask(6, "/start welcome").await;
    assert!(!answer.contains("no sources"), "{answer}");
    bot.end().await;
}

/// A table that answers each query as a server does that starts up, and counts them.
async fn ail(db: &sqlx::PgPool, table: &str) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "create sequence tries;
         alter table {table} rename to kept;
         create function starting() returns setof kept language plpgsql as $$ begin
             perform nextval('tries');
             raise 'the database system is starting up' using errcode = 'cannot_connect_now';
         end $$;
         create view {table} as select * from starting()",
    )))
    .execute(db)
    .await
    .unwrap();
}

async fn tried(db: &sqlx::PgPool) {
    until(db, "select is_called from tries").await;
}

/// Waits until the database says so.
async fn until(db: &sqlx::PgPool, asked: &'static str) {
    let says = async { while !sqlx::query_scalar::<_, bool>(asked).fetch_one(db).await.unwrap() {} };
    tokio::time::timeout(Duration::from_secs(30), says).await.expect(asked);
}

async fn recover(db: &sqlx::PgPool, table: &str) {
    let back = format!("drop view {table}; drop function starting; alter table kept rename to {table}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(back)).execute(db).await.unwrap();
}

/// Cuts the connection with which a process holds its one job, and waits until it has the job by another.
async fn lose_the_job(db: &sqlx::PgPool) {
    sqlx::raw_sql(
        "create view job as select pid from pg_locks where locktype = 'advisory'
             and database = (select oid from pg_database where datname = current_database());
         create table lost as select pid from job;",
    )
    .execute(db)
    .await
    .unwrap();
    let lose = "select count(pg_terminate_backend(pid)) from lost";
    assert_eq!(sqlx::query_scalar::<_, i64>(lose).fetch_one(db).await.unwrap(), 1);
    until(db, "select exists (select from job where pid not in (select pid from lost))").await;
}

#[tokio::test]
async fn a_command_that_comes_while_the_database_is_in_trouble_is_answered_after_it() {
    for (who, table) in [(5, "ban"), (5, "subscriber"), (ADMIN, "subscriber")] {
        let bot = Running::new().await;
        let (db, telegram) = (&bot.setup.app.db, &bot.setup.telegram);
        ail(db, table).await;
        telegram.say(who, who, "/whoami");
        tried(db).await;
        recover(db, table).await;
        assert!(telegram.messages(who, 1).await[0].text.contains(&who.to_string()));
        bot.end().await;
    }
}

#[tokio::test]
async fn a_command_whose_asker_the_database_cannot_tell_when_the_job_is_lost_is_taken_anew_and_answered_once()
{
    let bot = Running::new().await;
    bot.ask(5, "/whoami").await;
    let (db, telegram) = (&bot.setup.app.db, &bot.setup.telegram);
    ail(db, "subscriber").await;
    telegram.say(5, 5, "/whoami");
    telegram.say(5, 5, "/help");
    tried(db).await;
    lose_the_job(db).await;
    recover(db, "subscriber").await;
    let updates = &bot.setup.app.counts.updates;
    let texts: Vec<String> = telegram.messages(5, 3).await.into_iter().map(|message| message.text).collect();
    assert!(texts[1].contains("user id: 5") && texts[2].contains("/subscribe"), "{texts:?}");
    assert_eq!(updates.get(), 5, "each of the two was taken twice");
    bot.ask(6, "/whoami").await;
    assert_eq!(telegram.texts(5).len(), 3, "{:?}", telegram.texts(5));
    bot.end().await;
}

#[tokio::test]
async fn subscribe_sets_time_and_zone_and_a_later_one_changes_them() {
    let bot = Running::new().await;
    let answer = bot.ask(5, "/subscribe 07:30 europe/kyiv").await;
    assert!(answer.contains("every day at 07:30 (Europe/Kyiv)"), "{answer}");
    assert!(answer.contains("Monday, 2 March, 07:30"), "07:30 in Kyiv is over today: {answer}");

    let answer = bot.ask(5, "/subscribe 19").await;
    assert!(answer.contains("every day at 19:00 (Europe/Kyiv)"), "{answer}");
    let answer = bot.ask(5, "/subscribe America/New_York").await;
    assert!(answer.contains("every day at 19:00 (America/New_York)"), "{answer}");
    let answer = bot.ask(5, "/start").await;
    assert!(
        answer.contains("every day at 19:00 (America/New_York)"),
        "/start keeps what was chosen: {answer}"
    );
    bot.end().await;
}

#[tokio::test]
async fn a_wrong_time_or_zone_is_answered_with_the_mend_and_changes_nothing() {
    let bot = Running::new().await;
    let answer = bot.ask(5, "/subscribe 25:00").await;
    assert!(answer.contains("“25:00”") && answer.contains("/subscribe 07:30 Lviv"), "{answer}");
    let answer = bot.ask(5, "/subscribe 07:30 UTC+2").await;
    assert!(answer.contains("“UTC+2”") && answer.contains("Europe/Kyiv"), "{answer}");
    let answer = bot.ask(5, "/subscribe 07:30 <script>&\u{202e}").await;
    assert!(answer.contains("“<script>&"), "{answer}");
    assert_eq!(bot.state(5).await, None);
    bot.end().await;
}

#[tokio::test]
async fn stop_ends_the_digests_and_start_brings_them_back_as_chosen() {
    let bot = Running::new().await;
    assert!(bot.ask(5, "/stop").await.contains("No digests are sent here anyway"));
    bot.ask(5, "/subscribe 19:00 Asia/Kathmandu").await;
    assert!(bot.ask(5, "/stop").await.contains("No more digests"));
    assert_eq!(bot.state(5).await, Some(State::Stopped));
    let back = bot.ask(5, "/start").await;
    assert!(back.contains("19:00 (Asia/Kathmandu)") && back.contains("The first one: "), "{back}");
    assert_eq!(bot.state(5).await, Some(State::Active));
    bot.end().await;
}

#[tokio::test]
async fn latest_answers_without_a_subscription() {
    let bot = Running::new().await;
    let answer = bot.ask(5, "/latest").await;
    assert!(answer.contains("No sources are set up yet."), "{answer}");
    assert_eq!(bot.state(5).await, None);
    bot.end().await;
}

#[tokio::test]
async fn whoami_shows_the_ids_that_a_configuration_asks_for() {
    let bot = Running::new().await;
    let answer = bot.ask(5, "/whoami").await;
    assert!(answer.contains("Your user id: 5") && !answer.contains("admin"), "{answer}");
    assert!(bot.ask(ADMIN, "/whoami").await.contains("You are an admin"));
    let answer = bot.ask_in(-5, 6, "/whoami").await;
    assert!(answer.contains("user id: 6") && answer.contains("This chat: -5"), "{answer}");
    bot.end().await;
}

#[tokio::test]
async fn help_shows_admin_commands_to_admins_alone_and_so_do_the_menus() {
    let bot = Running::new().await;
    let answer = bot.ask(5, "/help").await;
    assert!(answer.contains("/subscribe") && !answer.contains("/stats"), "{answer}");
    assert!(bot.ask(ADMIN, "/help").await.contains("/stats"));
    bot.setup.telegram.called("setmycommands", 14).await;
    let menu = |scope: &str| bot.setup.telegram.menu(scope).unwrap();
    assert!(menu("default").contains(&"latest".into()) && !menu("default").contains(&"run".into()));
    assert!(menu(&format!("chat {ADMIN}")).contains(&"run".into()));
    bot.end().await;
}

#[tokio::test]
async fn admin_commands_are_refused_to_others_by_user_id_in_every_chat() {
    let bot = Running::new().await;
    for command in ["/sources", "/run", "/stats"] {
        assert!(bot.ask(5, command).await.contains("for this bot's admins"), "{command}");
        assert!(bot.ask_in(-ADMIN, 5, command).await.contains("for this bot's admins"), "{command}");
        assert!(!bot.ask_in(-6, ADMIN, command).await.contains("for this bot's admins"), "{command}");
    }
    bot.end().await;
}

#[tokio::test]
async fn stats_count_what_there_is() {
    let bot = Running::new().await;
    bot.ask(5, "/start").await;
    bot.setup.queue(6, &["one", "two"]).await;
    let answer = bot.ask(ADMIN, "/stats").await;
    assert!(answer.contains("Subscribers: 2\n") && answer.contains("Messages waiting: 2\n"), "{answer}");
    bot.end().await;
}

#[tokio::test]
async fn sources_shows_how_each_fares_with_names_escaped() {
    let bot = Running::new().await;
    assert!(bot.ask(ADMIN, "/sources").await.contains("No sources yet"));
    sqlx::query(
        "insert into source (name, url, type, outlet, next_check_at, created_at, succeeded_at, failures, last_error)
         select name, 'http://127.0.0.1:1/' || name, 'feed', name, $1, $1, succeeded_at, failures, last_error
         from (values ('Courier', $1 - interval '5 minutes', 0, null),
                      ('<b>Herald & Co', null, 3, 'HTTP 404 <not found>')) s (name, succeeded_at, failures, last_error)",
    )
    .bind(bot.setup.now())
    .execute(&bot.setup.app.db)
    .await
    .unwrap();
    let answer = bot.ask(ADMIN, "/sources").await;
    assert!(answer.contains("✅ Courier · feed\nread 5 min ago · 0 articles"), "{answer}");
    assert!(answer.contains("⚠️ <b>Herald & Co · feed\nnever read"), "{answer}");
    assert!(answer.contains("3 failures in a row, next try in 0 min: HTTP 404 <not found>"), "{answer}");
    bot.end().await;
}

#[tokio::test]
async fn run_answers_at_once_and_edits_its_result_in() {
    let bot = Running::new().await;
    sqlx::query(
        "insert into source (name, url, type, outlet, next_check_at, created_at)
         values ('Courier', 'http://127.0.0.1:1/feed', 'feed', 'Courier', $1 + interval '1 hour', $1)",
    )
    .bind(bot.setup.now())
    .execute(&bot.setup.app.db)
    .await
    .unwrap();
    bot.ask(ADMIN, "/run").await;
    let result = bot.setup.telegram.edited(ADMIN, "sources read").await.text;
    assert!(result.contains("0 of 1 sources read") && result.contains("Courier:"), "{result}");
    assert_eq!(bot.setup.telegram.texts(ADMIN).len(), 1);
    bot.end().await;
}

#[tokio::test]
async fn menus_are_described_in_every_language() {
    let bot = Running::new().await;
    bot.setup.telegram.called("setmycommands", 14).await;
    for language in ["", "en", "uk", "ru", "de", "es", "fr"] {
        let menu = bot.setup.telegram.described_menu("default", language).unwrap();
        assert!(menu.iter().any(|(name, _)| name == "settings"), "{language}: {menu:?}");
    }
    bot.end().await;
}

#[tokio::test]
async fn a_flood_from_one_reader_is_told_once_to_wait_and_slows_nobody() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    for _ in 0..60 {
        telegram.say(5, 5, "/whoami");
    }
    assert!(bot.ask(6, "/whoami").await.contains("user id: 6"), "others are answered meanwhile");
    telegram.messages(5, 21).await;
    bot.setup.pass(TimeDelta::minutes(2));
    // Handled after the whole flood: what was passed over never comes.
    bot.ask(5, "/help").await;
    let texts = telegram.texts(5);
    assert_eq!(texts.iter().filter(|text| text.contains("user id: 5")).count(), 20);
    let waits: Vec<_> = texts.iter().filter(|text| text.contains("That was a lot at once")).collect();
    assert_eq!(waits.len(), 1, "{texts:?}");
    assert!(waits[0].contains("wait 4 seconds"), "{waits:?}");
    assert_eq!(texts.len(), 22);
    bot.end().await;
}

#[tokio::test]
async fn a_group_is_greeted_once_by_who_added_the_bot_and_a_private_chat_is_not() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    telegram.membership(5, "member");
    telegram.standing(-5, 6, "left", "member");
    let greeting = telegram.messages(-5, 1).await.swap_remove(0);
    assert!(greeting.text.contains("/subscribe 07:30 Lviv"), "{greeting:?}");
    telegram.standing(-5, 6, "member", "administrator");
    assert!(bot.ask_in(-5, 6, "/whoami").await.contains("This chat: -5"));
    bot.ask(5, "/whoami").await;
    assert_eq!((telegram.texts(-5).len(), telegram.texts(5).len()), (2, 1));

    // The button of the greeting is for the group's admins.
    assert!(telegram.press(-5, 6, "s:on").await.unwrap().contains("Only admins of this group"));
    assert_eq!(bot.state(-5).await, None);
    telegram.role(-5, 6, "creator");
    assert_eq!(telegram.press(-5, 6, "s:on").await, None);
    assert_eq!(bot.state(-5).await, Some(State::Active));
    bot.end().await;
}

#[tokio::test]
async fn what_is_no_command_gets_a_hint_in_private_and_silence_in_groups() {
    let bot = Running::new().await;
    for text in ["hello", "/weather", "/"] {
        assert!(bot.ask(5, text).await.contains("/help"), "{text}");
    }
    bot.setup.telegram.message(
        5,
        serde_json::json!({ "from": { "id": 5, "is_bot": false, "first_name": "R" },
        "dice": { "emoji": "🎲", "value": 3 } }),
    );
    assert!(bot.setup.telegram.messages(5, 4).await[3].text.contains("/help"), "what is no text at all");
    assert_eq!(bot.press(5, "h").await, None);
    assert!(bot.newest(5).text.contains("/subscribe –"), "its button shows the commands in its place");
    assert_eq!(
        bot.press_old(5, "x:1").await.as_deref(),
        Some("This button is out of date. Please give the command again.")
    );
    let telegram = &bot.setup.telegram;
    for text in ["hello", "/weather", "/latest@another_bot"] {
        telegram.say(-5, 6, text);
    }
    // The group's updates are handled in order: this answer is the first.
    assert!(bot.ask_in(-5, 6, &format!("/whoami@{BOT}")).await.contains("This chat: -5"));
    assert_eq!(telegram.texts(-5).len(), 1);
    bot.end().await;
}

#[tokio::test]
async fn a_forum_topic_subscribes_for_itself_and_is_answered_there() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    telegram.role(FORUM, 6, "administrator");
    telegram.say_in_topic(FORUM, 9, 6, &format!("/subscribe@{BOT} 07:30 Europe/Kyiv"));
    assert_eq!(telegram.messages(FORUM, 1).await[0].thread, 9);
    let topic = subscribers::by_chat(&bot.setup.app.db, FORUM, 9).await.unwrap();
    assert_eq!(topic.unwrap().state, State::Active);
    assert_eq!(bot.state(FORUM).await, None);
    bot.end().await;
}

#[tokio::test]
async fn a_channel_subscribes_by_a_post() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    telegram.post(-1_000_000_000_009, "/subscribe 07:30");
    assert!(telegram.messages(-1_000_000_000_009, 1).await[0].text.contains("07:30"));
    telegram.post(-1_000_000_000_009, "/stats");
    assert!(telegram.messages(-1_000_000_000_009, 2).await[1].text.contains("for this bot's admins"));
    bot.end().await;
}

#[tokio::test]
async fn who_blocks_the_bot_is_gone_until_they_start_it_again() {
    let bot = Running::new().await;
    bot.ask(5, "/start").await;
    bot.setup.telegram.membership(5, "kicked");
    bot.setup.telegram.membership(5, "member");
    // A chat's updates are handled in order: once this is answered, both are done.
    bot.ask(5, "/whoami").await;
    assert_eq!(bot.state(5).await, Some(State::Gone));
    bot.setup.pass(TimeDelta::days(2));
    assert!(bot.ask(5, "/start").await.contains("The first one"));
    assert_eq!(bot.state(5).await, Some(State::Active));
    bot.end().await;
}

#[tokio::test]
async fn a_group_that_becomes_a_supergroup_stays_subscribed() {
    let bot = Running::new().await;
    bot.setup.telegram.role(-5, 6, "creator");
    bot.ask_in(-5, 6, "/subscribe 07:30").await;
    bot.setup.telegram.message(-5, serde_json::json!({ "migrate_to_chat_id": FORUM }));
    bot.ask_in(-5, 6, "/whoami").await;
    assert_eq!(bot.state(-5).await, None);
    assert_eq!(bot.state(FORUM).await, Some(State::Active));
    bot.end().await;
}

#[tokio::test]
async fn a_reply_that_finds_the_bot_blocked_marks_the_chat_as_gone() {
    let bot = Running::new().await;
    bot.ask(5, "/start").await;
    bot.setup.telegram.once(5, Fault::BLOCKED);
    bot.setup.telegram.say(5, 5, "/help");
    bot.ask(5, "/whoami").await;
    assert_eq!(bot.state(5).await, Some(State::Gone));
    bot.end().await;
}

#[tokio::test]
async fn a_wrong_token_is_an_error_that_names_the_variable() {
    let setup = Setup::new().await;
    let bot = tidings::deliver::telegram::account("1:wrong", Some(&setup.telegram.url)).unwrap();
    let (_stop, stopped) = watch::channel(false);
    let error = tidings::bot::run(setup.app.clone(), bot, stopped).await.unwrap_err();
    assert!(error.to_string().contains("TELOXIDE_TOKEN"), "{error:#}");
    assert!(!format!("{error:?}").contains("1:wrong"));
}

#[tokio::test]
async fn a_telegram_in_trouble_is_waited_for() {
    let setup = Setup::new().await;
    setup.telegram.refuse_next("getme", 500, "Internal Server Error");
    setup.telegram.refuse_next("setmycommands", 400, "Bad Request: no");
    setup.telegram.refuse_next("getupdates", 429, "Too Many Requests: retry after 1");
    setup.telegram.set_webhook();
    let bot = Running::with(setup);
    assert!(bot.ask(5, "/whoami").await.contains("user id: 5"));
    assert_eq!(bot.setup.telegram.calls("deletewebhook"), 1);
    bot.end().await;
}

#[tokio::test]
async fn a_second_poller_is_outlasted() {
    let bot = Running::new().await;
    let telegram = bot.setup.telegram.clone();
    telegram.called("getupdates", 1).await;
    // Another program asks once: the bot's request is ended with 409.
    let other = teloxide::requests::Requester::get_updates(&telegram.bot());
    other.await.unwrap();
    assert!(bot.ask(5, "/whoami").await.contains("user id: 5"));
    bot.end().await;
}

#[tokio::test]
async fn of_two_processes_on_one_database_one_polls() {
    let bot = Running::new().await;
    bot.ask(5, "/whoami").await;
    let telegram = &bot.setup.telegram;
    let (stop, stopped) = watch::channel(false);
    let other = tokio::spawn(tidings::bot::run(bot.setup.app.clone(), telegram.bot(), stopped));
    telegram.called("setmycommands", 28).await;
    for _ in 0..5 {
        bot.ask(5, "/whoami").await;
    }
    assert_eq!(telegram.conflicts(), 0);
    stop.send_replace(true);
    other.await.unwrap().unwrap();
    bot.end().await;
}

#[tokio::test]
async fn what_is_under_way_when_the_poller_loses_its_job_is_done_once() {
    let bot = Running::new().await;
    bot.ask(5, "/whoami").await;
    let (telegram, db) = (&bot.setup.telegram, &bot.setup.app.db);
    let mut held = db.begin().await.unwrap();
    sqlx::query("lock table subscriber in exclusive mode").execute(&mut *held).await.unwrap();
    telegram.say(5, 5, "/subscribe 07:30");
    until(db, "select exists (select from pg_locks where relation = 'subscriber'::regclass and not granted)")
        .await;
    lose_the_job(db).await;
    let asked = telegram.calls("getupdates");
    telegram.called("getupdates", asked + 1).await;
    held.commit().await.unwrap();
    telegram.messages(5, 2).await;
    bot.ask(6, "/whoami").await;
    bot.ask(5, "/help").await;
    assert_eq!(telegram.texts(5).len(), 3, "{:?}", telegram.texts(5));
    assert_eq!(telegram.conflicts(), 0);
    bot.end().await;
}

#[tokio::test]
async fn a_chat_whose_answers_take_long_holds_up_nobody_else() {
    let bot = Running::new().await;
    bot.setup.telegram.once(5, Fault::BadGateway);
    bot.setup.telegram.say(5, 5, "/help");
    bot.setup.telegram.called("sendmessage", 1).await;
    let asked = std::time::Instant::now();
    assert!(bot.ask(6, "/whoami").await.contains("user id: 6"));
    assert!(asked.elapsed() < std::time::Duration::from_secs(8), "a server error costs teloxide ten seconds");
    bot.task.abort();
}

#[tokio::test]
async fn a_stop_ends_the_waiting_for_updates_and_acknowledges_what_was_taken() {
    let bot = Running::new().await;
    bot.ask(5, "/whoami").await;
    let telegram = bot.setup.telegram.clone();
    bot.end().await;
    telegram.drained().await;
}

#[tokio::test]
async fn a_stop_while_telegram_is_away_is_heeded() {
    let setup = Setup::new().await;
    for _ in 0..100 {
        setup.telegram.refuse_next("getme", 403, "Forbidden: not now");
    }
    let bot = Running::with(setup);
    bot.setup.telegram.called("getme", 1).await;
    bot.end().await;
}

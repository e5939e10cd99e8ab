//! Delivery: every part arrives, in order, whatever Telegram answers and whoever dies meanwhile.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use tidings::app::deliver::{Courier, Summary};
use tidings::clock::Clock;
use tidings::deliver::outbox::LEASE;
use tidings::store::deliveries::{self, Claim, Claimed};
use tidings::store::subscribers::{self, State, Subscriber};
use tidings::store::{Process, times};
use tokio::sync::watch;

use crate::fake_telegram::Fault;
use crate::setup::Setup;

/// A courier of a live process.
pub async fn courier(setup: &Setup) -> (Courier, Process) {
    let process = Process::register(&setup.app.db).await.unwrap();
    (Courier::new(setup.app.clone(), setup.telegram.bot(), process.number()), process)
}

/// Delivers what can go now.
pub async fn deliver(courier: &Courier) -> Summary {
    courier.deliver_due(&watch::channel(false).1).await.unwrap()
}

/// Delivers, moving the clock to when more is due, until nothing is open or the time has come.
pub async fn deliver_for(setup: &Setup, courier: &Courier, time: TimeDelta) {
    let end = setup.now() + time;
    while let Some(next) = deliver(courier).await.next.filter(|next| *next <= end) {
        setup.app.clock.set(next);
    }
}

/// A claim of one part in the name of a process, at no pace.
async fn claim(setup: &Setup, process: i32, now: DateTime<Utc>) -> Option<Claimed> {
    let none = TimeDelta::zero();
    let claim = Claim {
        process,
        busy: &[],
        most: 1,
        leased_until: now + LEASE,
        every: none,
        saved: none,
        beside: none,
        debt: none,
        person_rests: none,
        group_rests: none,
    };
    deliveries::claim(&setup.app.db, &claim, now).await.unwrap().pop()
}

async fn states(setup: &Setup) -> Vec<String> {
    setup.outbox().await.into_iter().map(|(state, _)| state).collect()
}

/// Lets a chat choose quiet hours, from and to full hours.
async fn choose_quiet(setup: &Setup, chat: &Subscriber, hours: Option<(u32, u32)>) {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let mut choices = chat.choices.clone();
    choices.quiet = hours.map(|(from, to)| (hour(from), hour(to)));
    subscribers::choose(&setup.app.db, chat.id, &choices, setup.now()).await.unwrap();
}

#[tokio::test]
async fn in_quiet_hours_that_begin_while_parts_wait_nothing_is_sent_and_then_all() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    let five = setup.queue(5, &["one", "two"]).await;
    setup.queue(6, &["six"]).await;
    // It is seven in Berlin.
    choose_quiet(&setup, &five, Some((22, 9))).await;
    let end = setup.now() + TimeDelta::hours(2);
    deliver_for(&setup, &courier, TimeDelta::minutes(119)).await;
    assert_eq!((setup.telegram.texts(5).len(), setup.telegram.texts(6).len()), (0, 1));
    assert_eq!(deliver(&courier).await.next, Some(end));
    setup.app.clock.set(end);
    deliver_for(&setup, &courier, TimeDelta::minutes(1)).await;
    assert_eq!(setup.telegram.texts(5), ["one", "two"]);
}

#[tokio::test]
async fn parts_in_quiet_hours_use_up_neither_turns_nor_attempts() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    setup.queue_for_all(50, 2).await;
    sqlx::query("update subscriber set quiet_from = '22:00', quiet_to = '09:00'")
        .execute(&setup.app.db)
        .await
        .unwrap();
    setup.queue(51, &["awake"]).await;
    let pace = async || deliveries::next_turn(&setup.app.db, setup.now()).await.unwrap();

    // The clock stands still: there is a turn for one.
    assert_eq!(deliver(&courier).await.sent, 1);
    assert_eq!(setup.telegram.order(), [51]);
    assert!(pace().await.unwrap() < setup.now() + TimeDelta::milliseconds(35));
    let tried: i64 = sqlx::query_scalar("select sum(attempts) from delivery where state = 'waiting'")
        .fetch_one(&setup.app.db)
        .await
        .unwrap();
    assert_eq!(tried, 0);
    let progress = deliveries::progress(&setup.app.db, setup.now()).await.unwrap();
    assert_eq!((progress.waiting, progress.due), (100, 0), "they are not looked at again and again");
}

#[tokio::test]
async fn chats_in_quiet_hours_are_put_off_together_and_not_one_after_another() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    setup.queue_for_all(300, 2).await;
    let count = "create table turn ();
                 create function note() returns trigger language plpgsql as
                     $$ begin insert into turn default values; return new; end $$;
                 create trigger note after update on pace for each row execute function note();
                 update subscriber set quiet_from = '22:00', quiet_to = '09:00'";
    sqlx::raw_sql(count).execute(&setup.app.db).await.unwrap();
    assert_eq!(deliver(&courier).await.next, Some(setup.now() + TimeDelta::hours(3)));
    let turns: i64 = sqlx::query_scalar("select count(*) from turn").fetch_one(&setup.app.db).await.unwrap();
    assert!(turns <= 4, "the pace was written {turns} times");
    setup.pass(TimeDelta::hours(3));
    deliver_for(&setup, &courier, TimeDelta::minutes(1)).await;
    assert_eq!(setup.telegram.order().len(), 600);
}

#[tokio::test]
async fn a_quiet_topic_of_a_forum_lets_the_others_wait_for_nothing() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    let quiet = setup.queue_in_topic(-1_000_000_000_005, 1, &["quiet"]).await;
    setup.queue_in_topic(-1_000_000_000_005, 2, &["awake"]).await;
    choose_quiet(&setup, &quiet, Some((22, 9))).await;
    // The clock stands still: the chat has not rested.
    assert_eq!(deliver(&courier).await.sent, 1);
    assert_eq!(setup.telegram.texts(-1_000_000_000_005), ["awake"]);
}

#[tokio::test]
async fn quiet_hours_that_an_older_version_noted_as_an_error_end_with_their_change_too() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    let five = setup.queue(5, &["one", "two"]).await;
    choose_quiet(&setup, &five, Some((22, 9))).await;
    let older = "update delivery set error = 'quiet hours', not_before = not_before + interval '2 hours'";
    sqlx::query(older).execute(&setup.app.db).await.unwrap();
    choose_quiet(&setup, &five, None).await;
    deliver_for(&setup, &courier, TimeDelta::seconds(5)).await;
    assert_eq!(setup.telegram.texts(5), ["one", "two"]);
}

#[tokio::test]
async fn quiet_hours_that_are_changed_hold_what_waits_until_their_new_end() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    let five = setup.queue(5, &["one"]).await;
    let start = setup.now();
    let waits_for = async |hours| {
        let next = deliver(&courier).await.next;
        assert_eq!((next, setup.telegram.texts(5).len()), (Some(start + TimeDelta::hours(hours)), 0));
    };
    // It is seven in Berlin.
    choose_quiet(&setup, &five, Some((22, 12))).await;
    waits_for(5).await;
    choose_quiet(&setup, &five, Some((22, 9))).await;
    waits_for(2).await;
    choose_quiet(&setup, &five, Some((22, 14))).await;
    waits_for(7).await;
    // It is three in the afternoon in Tokyo, and six in London.
    times::set(&setup.app.db, five.id, Tz::Europe__London, &[], setup.now()).await.unwrap();
    waits_for(8).await;
    times::set(&setup.app.db, five.id, Tz::Asia__Tokyo, &[], setup.now()).await.unwrap();
    deliver(&courier).await;
    assert_eq!(setup.telegram.texts(5), ["one"]);
}

#[tokio::test]
async fn who_gives_up_quiet_hours_shortens_no_other_wait() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    let (flooded, refused) = (setup.queue(5, &["one", "two"]).await, setup.queue(6, &["one", "two"]).await);
    setup.telegram.once(5, Fault::RetryAfter(600));
    setup.telegram.once(6, Fault::Refuse(400, "Bad Request: no"));
    deliver_for(&setup, &courier, TimeDelta::seconds(5)).await;
    for chat in [&flooded, &refused] {
        choose_quiet(&setup, chat, Some((22, 9))).await;
        choose_quiet(&setup, chat, None).await;
    }
    let progress = deliveries::progress(&setup.app.db, setup.now()).await.unwrap();
    assert_eq!((progress.waiting, progress.due), (4, 0), "what is behind a part waits with it");
    deliver_for(&setup, &courier, TimeDelta::seconds(50)).await;
    assert_eq!(setup.telegram.calls("sendmessage"), 2);
    deliver_for(&setup, &courier, TimeDelta::minutes(11)).await;
    for chat in [5, 6] {
        assert_eq!(setup.telegram.texts(chat), ["one", "two"]);
    }
}

#[tokio::test]
async fn parts_of_a_chat_arrive_in_order_at_its_rate_and_once() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    setup.queue(5, &["<b>one</b>", "two", "three"]).await;
    setup.queue(5, &["four"]).await;
    let start = setup.now();

    deliver_for(&setup, &courier, TimeDelta::minutes(1)).await;
    assert_eq!(setup.telegram.texts(5), ["one", "two", "three", "four"]);
    assert!(setup.now() - start >= TimeDelta::seconds(3));
    assert_eq!(states(&setup).await, ["sent"; 4]);
    assert_eq!(deliver(&courier).await, Summary::default());
}

#[tokio::test]
async fn a_group_is_written_to_at_most_twenty_times_a_minute() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    setup.queue(-5, &["part"; 25]).await;
    deliver_for(&setup, &courier, TimeDelta::seconds(59)).await;
    assert_eq!(setup.telegram.texts(-5).len(), 20);
}

#[tokio::test]
async fn a_digest_goes_to_the_forum_topic_that_subscribed() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    setup.queue_in_topic(-1_000_000_000_005, 9, &["news"]).await;
    deliver(&courier).await;
    assert_eq!(setup.telegram.messages(-1_000_000_000_005, 1).await[0].thread, 9);
}

#[tokio::test]
async fn on_a_running_clock_one_pass_delivers_whole_digests_at_telegrams_rates() {
    let setup = Setup::on(Clock::system()).await;
    let (courier, _process) = courier(&setup).await;
    for chat in 1..=20 {
        setup.queue(chat, &["one", "two"]).await;
    }
    let summary = courier.deliver_all(&watch::channel(false).1).await.unwrap();
    assert_eq!((summary.sent, summary.next), (40, None));
    let order = setup.telegram.order();
    let mut first: Vec<i64> = order[..20].to_vec();
    first.sort_unstable();
    assert_eq!(first, (1..=20).collect::<Vec<_>>(), "while a chat rests, others are served: {order:?}");
}

#[tokio::test]
async fn a_flood_wait_of_twelve_hours_delays_no_other_chat() {
    let setup = Setup::new().await;
    let (courier, process) = courier(&setup).await;
    setup.queue(5, &["for five"]).await;
    setup.queue(6, &["for six", "and more"]).await;
    setup.telegram.once(5, Fault::RetryAfter(43_200));

    deliver_for(&setup, &courier, TimeDelta::minutes(1)).await;
    assert_eq!(setup.telegram.texts(6), ["for six", "and more"]);
    assert_eq!(setup.telegram.texts(5), [""; 0]);

    // The wait is in the database: another process keeps to it.
    drop((courier, process));
    let (courier, _process) = self::courier(&setup).await;
    deliver(&courier).await;
    assert_eq!(setup.telegram.texts(5), [""; 0]);
    setup.pass(TimeDelta::hours(12) + TimeDelta::seconds(2));
    deliver(&courier).await;
    assert_eq!(setup.telegram.texts(5), ["for five"]);
}

#[tokio::test]
async fn a_part_whose_process_died_while_sending_is_sent_by_the_next() {
    let setup = Setup::new().await;
    setup.queue(5, &["one", "two"]).await;
    let dead = Process::register(&setup.app.db).await.unwrap();
    let number = dead.number();
    claim(&setup, number, setup.now()).await.unwrap();

    let (courier, _process) = courier(&setup).await;
    assert_eq!(deliver(&courier).await.sent, 0, "its process lives");
    drop(dead);
    while sqlx::query_scalar("select exists (select from live_process where number = $1)")
        .bind(number)
        .fetch_one(&setup.app.db)
        .await
        .unwrap()
    {
        tokio::task::yield_now().await;
    }
    assert_eq!(deliver(&courier).await.sent, 0, "it may have lost its connection alone");
    setup.pass(TimeDelta::seconds(20));
    deliver_for(&setup, &courier, TimeDelta::minutes(1)).await;
    assert_eq!(setup.telegram.texts(5), ["one", "two"]);
}

#[tokio::test]
async fn a_part_of_a_live_process_that_hangs_is_sent_when_its_lease_lapses() {
    let setup = Setup::new().await;
    setup.queue(5, &["one"]).await;
    let hung = Process::register(&setup.app.db).await.unwrap();
    let now = setup.now();
    claim(&setup, hung.number(), now).await.unwrap();

    let (courier, _process) = courier(&setup).await;
    assert_eq!(deliver(&courier).await.next, Some(now + LEASE));
    setup.app.clock.set(now + LEASE);
    assert_eq!(deliver(&courier).await.sent, 1);
}

#[tokio::test]
async fn a_hundred_crashes_never_park_a_part() {
    let setup = Setup::new().await;
    setup.queue(5, &["one"]).await;
    for _ in 0..100 {
        claim(&setup, 1, setup.now()).await.unwrap();
        // So long nobody takes a process for gone.
        setup.pass(TimeDelta::seconds(20));
    }
    let (courier, _process) = courier(&setup).await;
    assert_eq!(deliver(&courier).await.sent, 1);
}

#[tokio::test]
async fn two_processes_share_the_outbox_without_doubling_a_part() {
    let setup = Setup::new().await;
    for chat in 1..=20 {
        setup.queue(chat, &["one", "two"]).await;
    }
    let (one, _first) = courier(&setup).await;
    let (other, _second) = courier(&setup).await;
    let end = setup.now() + TimeDelta::minutes(1);
    while setup.now() < end {
        tokio::join!(deliver(&one), deliver(&other));
        setup.pass(TimeDelta::milliseconds(100));
    }
    for chat in 1..=20 {
        assert_eq!(setup.telegram.texts(chat), ["one", "two"]);
    }
}

#[tokio::test]
async fn who_blocked_the_bot_is_gone_and_gets_nothing_more() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    for (chat, fault) in [(5, Fault::BLOCKED), (-6, Fault::KICKED), (7, Fault::NOT_FOUND)] {
        setup.queue(chat, &["one", "two"]).await;
        setup.telegram.always(chat, fault);
    }
    deliver_for(&setup, &courier, TimeDelta::minutes(1)).await;
    assert_eq!(setup.telegram.calls("sendmessage"), 3);
    for chat in [5, -6, 7] {
        let subscriber = subscribers::by_chat(&setup.app.db, chat, 0).await.unwrap().unwrap();
        assert_eq!(subscriber.state, State::Gone);
    }
    assert_eq!(states(&setup).await, ["dropped"; 6]);
}

#[tokio::test]
async fn a_group_that_became_a_supergroup_gets_its_digest_there() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    let before = setup.queue(-5, &["one", "two"]).await;
    setup.telegram.always(-5, Fault::Migrated(-1_000_000_000_005));
    deliver_for(&setup, &courier, TimeDelta::minutes(1)).await;
    assert_eq!(setup.telegram.texts(-1_000_000_000_005), ["one", "two"]);
    let after = subscribers::by_chat(&setup.app.db, -1_000_000_000_005, 0).await.unwrap().unwrap();
    assert_eq!(after.id, before.id);
    assert!(subscribers::by_chat(&setup.app.db, -5, 0).await.unwrap().is_none());
}

#[tokio::test]
async fn a_supergroup_that_subscribed_already_takes_over_what_waits_for_the_old_group() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    setup.queue(-5, &["old one", "old two"]).await;
    setup.queue(-1_000_000_000_005, &["new"]).await;
    setup.telegram.always(-5, Fault::Migrated(-1_000_000_000_005));
    deliver_for(&setup, &courier, TimeDelta::minutes(1)).await;
    let mut texts = setup.telegram.texts(-1_000_000_000_005);
    assert!(
        texts.iter().position(|t| t == "old one") < texts.iter().position(|t| t == "old two"),
        "{texts:?}"
    );
    texts.sort();
    assert_eq!(texts, ["new", "old one", "old two"]);
    let old = subscribers::by_chat(&setup.app.db, -5, 0).await.unwrap().unwrap();
    assert_eq!(old.state, State::Gone);
}

#[tokio::test]
async fn a_refused_part_is_parked_with_the_reason_and_the_next_one_goes() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    let long = "x".repeat(4097);
    setup.queue(5, &[&long, "two"]).await;
    deliver_for(&setup, &courier, TimeDelta::hours(3)).await;
    assert_eq!(setup.telegram.texts(5), ["two"]);
    let outbox = setup.outbox().await;
    assert_eq!(outbox[0], ("parked".into(), Some("Bad Request: message is too long".into())));
    assert_eq!(outbox[1].0, "sent");
}

#[tokio::test]
async fn a_closed_topic_is_tried_four_times_and_not_for_every_part() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    setup.queue(-5, &["one", "two", "three"]).await;
    setup.telegram.always(-5, Fault::Refuse(400, "Bad Request: TOPIC_CLOSED"));
    deliver_for(&setup, &courier, TimeDelta::hours(3)).await;
    assert_eq!(setup.telegram.calls("sendmessage"), 4);
    assert_eq!(
        setup.outbox().await,
        vec![("parked".to_owned(), Some("Bad Request: TOPIC_CLOSED".to_owned())); 3]
    );
}

#[tokio::test]
async fn rights_that_come_back_in_time_cost_nothing() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    setup.queue(-5, &["one"]).await;
    setup
        .telegram
        .once(-5, Fault::Refuse(400, "Bad Request: not enough rights to send text messages to the chat"));
    deliver_for(&setup, &courier, TimeDelta::minutes(2)).await;
    assert_eq!(setup.telegram.texts(-5), ["one"]);
}

#[tokio::test]
async fn what_telegram_cannot_parse_is_sent_as_plain_text_at_once() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    setup.queue(5, &["<b>Talks &amp; tolls <a href=\"https://a.example/1\">Courier</a>"]).await;
    assert_eq!(deliver(&courier).await.sent, 1);
    assert_eq!(setup.telegram.texts(5), ["Talks & tolls Courier (https://a.example/1)"]);
}

#[tokio::test]
async fn a_message_whose_answer_was_lost_comes_twice_rather_than_never() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    setup.queue(5, &["one", "two"]).await;
    setup.telegram.once(5, Fault::LostAnswer);
    deliver_for(&setup, &courier, TimeDelta::minutes(1)).await;
    assert_eq!(setup.telegram.texts(5), ["one", "one", "two"]);
}

#[tokio::test]
async fn an_answer_that_is_no_json_and_a_wrong_token_are_outlasted() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    setup.queue(5, &["one"]).await;
    for _ in 0..10 {
        setup.telegram.once(5, Fault::Garbage);
        setup.telegram.once(5, Fault::Refuse(401, "Unauthorized"));
    }
    deliver_for(&setup, &courier, TimeDelta::hours(3)).await;
    assert_eq!(setup.telegram.texts(5), ["one"]);
}

#[tokio::test]
async fn a_server_error_leaves_the_part_waiting_and_other_chats_go_on_meanwhile() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    setup.queue(5, &["one"]).await;
    setup.telegram.once(5, Fault::BadGateway);
    let delivering = tokio::spawn({
        let courier = courier.clone();
        async move { deliver(&courier).await }
    });
    setup.telegram.called("sendmessage", 1).await;
    setup.queue(6, &["for six"]).await;
    setup.pass(TimeDelta::seconds(1));
    setup.telegram.messages(6, 1).await;
    assert!(!delivering.is_finished(), "five's answer is not there yet");
    let summary = delivering.await.unwrap();
    assert_eq!((summary.sent, summary.later), (1, 1));
    assert_eq!(states(&setup).await, ["waiting", "sent"]);
}

#[tokio::test]
async fn a_hundred_answers_that_come_all_at_once_are_all_recorded() {
    let setup = Setup::configured(Clock::system(), "[telegram]\npaid_broadcast = true\n").await;
    setup.queue_for_all(120, 1).await;
    setup.telegram.hold_answers_after(0);
    let (courier, _process) = courier(&setup).await;
    let stop = watch::channel(false).1;
    let delivering = tokio::spawn(async move { courier.deliver_all(&stop).await });
    setup.telegram.held(120).await;
    setup.telegram.release_answers();
    assert_eq!(delivering.await.unwrap().unwrap().sent, 120);
}

#[tokio::test]
async fn nothing_new_is_claimed_after_the_stop_signal() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    setup.queue(5, &["one"]).await;
    let summary = courier.deliver_due(&watch::channel(true).1).await.unwrap();
    assert_eq!(summary.sent, 0);
    assert_eq!(states(&setup).await, ["waiting"]);
}

#[tokio::test]
async fn who_said_stop_gets_nothing_and_starts_anew_when_coming_back() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    let first = setup.queue(5, &["one"]).await;
    assert!(subscribers::stop(&setup.app.db, 5, 0).await.unwrap());
    assert!(!subscribers::stop(&setup.app.db, 5, 0).await.unwrap());
    assert_eq!(deliver(&courier).await, Summary::default());

    setup.pass(TimeDelta::days(3));
    let again = setup.queue(5, &["two"]).await;
    assert_eq!((again.id, again.state), (first.id, State::Active));
    assert_eq!(again.subscribed_at, setup.now());
    deliver(&courier).await;
    assert_eq!(setup.telegram.texts(5), ["two"]);
}

#[tokio::test]
async fn an_edition_compiled_while_its_chat_stopped_is_not_sent_days_later() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    setup.queue(5, &["old"]).await;
    let stopped = "update subscriber set state = 'stopped'";
    sqlx::query(stopped).execute(&setup.app.db).await.unwrap();
    setup.pass(TimeDelta::days(3));
    setup.queue(5, &["new"]).await;
    deliver_for(&setup, &courier, TimeDelta::minutes(1)).await;
    assert_eq!(setup.telegram.texts(5), ["new"]);
}

#[tokio::test]
async fn who_comes_back_after_the_lease_lapsed_does_not_free_what_another_sends() {
    let setup = Setup::new().await;
    setup.queue(5, &["one", "two"]).await;
    let (db, now) = (&setup.app.db, setup.now());
    let late = claim(&setup, 1, now).await.unwrap();
    let then = now + LEASE * 2;
    let again = claim(&setup, 2, then).await.unwrap();
    assert_eq!(again.id, late.id);
    deliveries::retry(db, &late, then, "late", true).await.unwrap();
    deliveries::release(db, &late).await.unwrap();
    deliveries::park(db, &late, "late", true).await.unwrap();
    assert_eq!(states(&setup).await, ["sending", "waiting"]);
    deliveries::park(db, &again, "refused", true).await.unwrap();
    assert_eq!(states(&setup).await, ["parked", "parked"]);
}

#[tokio::test]
async fn a_lost_supergroup_that_the_group_moves_to_comes_back_as_a_new_subscriber() {
    let setup = Setup::new().await;
    let db = &setup.app.db;
    setup.queue(-5, &["one"]).await;
    setup.queue(-6, &["two"]).await;
    subscribers::mark_gone(db, -6, "removed").await.unwrap();
    setup.pass(TimeDelta::days(60));
    subscribers::move_chat(db, -5, -6, setup.now()).await.unwrap();
    let there = subscribers::by_chat(db, -6, 0).await.unwrap().unwrap();
    assert_eq!((there.state, there.subscribed_at), (State::Active, setup.now()));
}

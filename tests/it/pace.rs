//! The pace: one bot's over all processes, and never in the way of an answer to a command.

use chrono::TimeDelta;
use tidings::clock::Clock;
use tidings::store::deliveries;
use tokio::sync::watch;

use crate::bot::Running;
use crate::deliver::{courier, deliver, deliver_for};
use crate::fake_telegram::Fault;
use crate::setup::Setup;

/// A group with topics.
const FORUM: i64 = -1_000_000_000_005;

#[tokio::test]
async fn a_command_is_answered_at_once_while_thousands_of_parts_wait_and_the_outbox_yields() {
    let bot = Running::new().await;
    let setup = &bot.setup;
    setup.queue_for_all(3000, 1).await;
    setup.telegram.measure_rates(setup.app.clock.clone());
    let (courier, _process) = courier(setup).await;
    deliver_for(setup, &courier, TimeDelta::seconds(5)).await;
    let (sent, next) = (setup.telegram.order().len(), deliver(&courier).await.next.unwrap());
    assert!((146..=147).contains(&sent), "{sent}");

    // Between two parts. The clock stands still until the answer is there: it waits for none of them.
    setup.app.clock.set(next - TimeDelta::milliseconds(17));
    assert!(bot.ask(4000, "/whoami").await.contains("4000"));
    assert_eq!(setup.telegram.order().len(), sent + 1);

    let asked = setup.now();
    while setup.now() < asked + TimeDelta::seconds(5) {
        setup.app.clock.set(deliver(&courier).await.next.unwrap());
    }
    let after = setup.telegram.order().len() - sent;
    assert!((146..=148).contains(&after), "the answer took the place of a part: {after}");
    assert!(setup.telegram.most_in_a_second() <= 30, "{}", setup.telegram.most_in_a_second());
    bot.end().await;
}

#[tokio::test]
async fn a_crowd_of_commands_holds_up_the_outbox_for_a_second_at_most() {
    let bot = Running::new().await;
    let setup = &bot.setup;
    setup.queue_for_all(100, 1).await;
    let (courier, _process) = courier(setup).await;
    for user in 4000..4100 {
        bot.ask(user, "/whoami").await;
    }
    let held = deliver(&courier).await.next.unwrap() - setup.now();
    assert!(held >= TimeDelta::seconds(1) && held < TimeDelta::milliseconds(1100), "{held}");
    deliver_for(setup, &courier, TimeDelta::seconds(6)).await;
    assert_eq!(setup.telegram.order().len(), 200);
    bot.end().await;
}

#[tokio::test]
async fn a_steady_stream_of_commands_leaves_the_outbox_a_part_a_second() {
    let setup = Setup::new().await;
    setup.queue_for_all(20, 1).await;
    let (courier, _process) = courier(&setup).await;
    for second in 1..=10 {
        (0..40).for_each(|_| setup.app.sends_beside());
        deliver_for(&setup, &courier, TimeDelta::milliseconds(1100)).await;
        assert!(setup.telegram.order().len() >= second, "after {second} s: {:?}", setup.telegram.order());
        setup.pass(TimeDelta::milliseconds(100));
    }
}

#[tokio::test]
async fn an_answer_that_telegram_holds_back_for_a_moment_comes_after_it() {
    let bot = Running::new().await;
    bot.setup.telegram.once(5, Fault::RetryAfter(1));
    assert!(bot.ask(5, "/whoami").await.contains('5'));
    bot.end().await;
}

#[tokio::test]
async fn two_replicas_together_keep_telegrams_rates_and_use_them() {
    let setup = Setup::new().await;
    setup.queue_for_all(150, 2).await;
    for thread in 1..=4 {
        setup.queue_in_topic(FORUM, thread, &["one", "two"]).await;
    }
    setup.telegram.keep_rates(setup.app.clock.clone());
    let ((one, _first), (other, _second)) = (courier(&setup).await, courier(&setup).await);
    let start = setup.now();
    loop {
        let (one, other) = tokio::join!(deliver(&one), deliver(&other));
        let Some(next) = one.next.into_iter().chain(other.next).min() else { break };
        setup.app.clock.set(next);
    }
    assert_eq!((setup.telegram.order().len(), setup.telegram.floods()), (308, 0));
    // Eight messages to one group, three seconds apart: its topics share its rate.
    assert_eq!(setup.telegram.texts(FORUM).len(), 8);
    let took = setup.now() - start;
    assert!(took >= TimeDelta::seconds(21) && took < TimeDelta::seconds(33), "{took}");
    assert_eq!(setup.telegram.most_in_a_second(), 30);
}

#[tokio::test]
async fn on_running_clocks_two_replicas_send_together_what_one_may_send() {
    let setup = Setup::on(Clock::system()).await;
    setup.queue_for_all(90, 1).await;
    setup.telegram.measure_rates(setup.app.clock.clone());
    let ((one, _first), (other, _second)) = (courier(&setup).await, courier(&setup).await);
    let stop = watch::channel(false).1;
    let start = setup.now();
    let (one, other) = tokio::join!(one.deliver_all(&stop), other.deliver_all(&stop));
    assert_eq!(one.unwrap().sent + other.unwrap().sent, 90);
    let took = setup.now() - start;
    assert!(took > TimeDelta::milliseconds(88 * 34), "{took}");
}

#[tokio::test]
async fn where_all_chats_are_told_to_wait_a_moment_the_whole_bot_waits() {
    let setup = Setup::new().await;
    setup.queue_for_all(20, 1).await;
    (1..=20).for_each(|chat| setup.telegram.once(chat, Fault::RetryAfter(5)));
    let (courier, _process) = courier(&setup).await;
    deliver_for(&setup, &courier, TimeDelta::seconds(5)).await;
    assert_eq!(setup.telegram.calls("sendmessage"), 3);
    deliver_for(&setup, &courier, TimeDelta::minutes(2)).await;
    assert_eq!(setup.telegram.order().len(), 20);
}

#[tokio::test]
async fn hundreds_of_long_flood_waits_delay_no_other_chat() {
    let setup = Setup::new().await;
    setup.queue_for_all(300, 3).await;
    (1..=200).for_each(|chat| setup.telegram.once(chat, Fault::RetryAfter(43_200)));
    let (courier, _process) = courier(&setup).await;
    deliver_for(&setup, &courier, TimeDelta::seconds(20)).await;
    let sent = setup.telegram.order();
    assert_eq!((sent.len(), sent.iter().min()), (300, Some(&201)));
    // What waits is not looked through again and again: the parts behind the first wait as long.
    let progress = deliveries::progress(&setup.app.db, setup.now()).await.unwrap();
    assert_eq!((progress.waiting, progress.due), (600, 0));
    deliver_for(&setup, &courier, TimeDelta::hours(13)).await;
    assert_eq!(setup.telegram.order().len(), 900);
}

#[tokio::test]
async fn with_paid_broadcasts_a_thousand_a_second_may_go() {
    let tables = "[telegram]\npaid_broadcast = true\n";
    let setup = Setup::configured(Clock::manual("2026-03-01T06:00:00Z".parse().unwrap()), tables).await;
    setup.queue_for_all(600, 1).await;
    setup.telegram.keep_rates(setup.app.clock.clone());
    let (courier, _process) = courier(&setup).await;
    let start = setup.now();
    deliver_for(&setup, &courier, TimeDelta::seconds(10)).await;
    assert_eq!((setup.telegram.order().len(), setup.telegram.floods()), (600, 0));
    assert!(setup.now() - start < TimeDelta::milliseconds(700), "{}", setup.now() - start);
}

#[tokio::test]
async fn a_clock_that_was_put_back_does_not_hold_the_outbox() {
    let setup = Setup::new().await;
    setup.queue_for_all(2, 1).await;
    let hold = setup.now() + TimeDelta::hours(1);
    deliveries::hold(&setup.app.db, hold).await.unwrap();
    let (courier, _process) = courier(&setup).await;
    deliver_for(&setup, &courier, TimeDelta::seconds(1)).await;
    assert_eq!(setup.telegram.order().len(), 2);
}

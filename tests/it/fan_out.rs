//! Digests to very many chats at Telegram's pace, and through connections that are cut.

use std::time::Instant;

use chrono::TimeDelta;
use tidings::clock::Clock;
use tokio::sync::watch;

use crate::deliver::{courier, deliver_for};
use crate::fake_telegram::{Fault, Weather};
use crate::setup::Setup;

/// What so many chats cost, on a clock that is moved; one of them has to wait for twelve hours.
async fn fan_out(chats: i64) -> String {
    let setup = Setup::new().await;
    setup.queue_for_all(chats, 1).await;
    setup.telegram.forget_messages();
    setup.telegram.keep_rates(setup.app.clock.clone());
    setup.telegram.once(1, Fault::RetryAfter(43_200));
    let (courier, _process) = courier(&setup).await;
    let (start, started) = (setup.now(), Instant::now());
    deliver_for(&setup, &courier, TimeDelta::hours(11)).await;
    let (took, real) = (setup.now() - start, started.elapsed());

    let order = setup.telegram.order();
    let mut once: Vec<i64> = order.clone();
    once.sort_unstable();
    assert!(once.into_iter().eq(2..=chats), "each other chat once");
    let used = (chats - 1) as f64 / took.as_seconds_f64() / 30.0;
    assert!(used >= 0.97, "{used} of the rate");
    assert_eq!(setup.telegram.floods(), 0, "only the one chat was told to wait");
    assert!(setup.telegram.most_in_a_second() <= 30);

    deliver_for(&setup, &courier, TimeDelta::hours(13)).await;
    assert_eq!(setup.telegram.order().len(), chats as usize);
    let (most, peak) = (setup.telegram.most_in_a_second(), peak_memory());
    format!(
        "{chats} chats in {} s of simulated time: {:.1} % of 30/s, {most} in a second at most, no 429; in {:.0} s of \
         real time, peak memory {peak} MB",
        took.num_seconds(),
        used * 100.0,
        real.as_secs_f64(),
    )
}

/// Two parts each to so many chats, of which one in twenty is taken and its connection cut.
async fn cut_connections(chats: i64) -> String {
    let setup = Setup::new().await;
    setup.queue_for_all(chats, 2).await;
    setup.telegram.weather(Weather { seed: 6, lost_answers: 0.05, ..Weather::default() });
    let (courier, _process) = courier(&setup).await;
    deliver_for(&setup, &courier, TimeDelta::hours(11)).await;

    let (lost, mut doubled) = (setup.telegram.lost_answers(), 0);
    for chat in 1..=chats {
        let mut texts = setup.telegram.texts(chat);
        let came = texts.len();
        texts.dedup();
        assert_eq!(texts, ["part 1", "part 2"], "chat {chat}");
        doubled += came - 2;
    }
    assert_eq!(doubled, lost, "what came twice are the messages whose answers were lost");
    assert!(setup.outbox().await.iter().all(|(state, _)| state == "sent"));
    let share = lost as f64 / setup.telegram.order().len() as f64;
    assert!((0.02..0.08).contains(&share), "{share}");
    format!("{} parts: {lost} answers lost, 0 parts lost, {doubled} messages came once more", chats * 2)
}

/// The process's peak memory, in MB.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1000
}

#[tokio::test]
async fn a_fan_out_uses_telegrams_rate_and_one_chats_twelve_hours_delay_nobody() {
    fan_out(300).await;
}

#[tokio::test]
#[ignore = "takes minutes: cargo test --test it -- --ignored --nocapture a_fan_out_to_a_hundred_thousand"]
async fn a_fan_out_to_a_hundred_thousand_chats_uses_telegrams_rate_in_little_memory() {
    println!("{}", fan_out(100_000).await);
    assert!(peak_memory() < 150, "{} MB", peak_memory());
}

#[tokio::test]
async fn of_messages_whose_answers_are_lost_none_is_lost_and_as_many_come_twice() {
    cut_connections(150).await;
}

#[tokio::test]
#[ignore = "takes minutes: cargo test --test it -- --ignored --nocapture of_twenty_thousand"]
async fn of_twenty_thousand_messages_one_in_twenty_unanswered_none_is_lost() {
    println!("{}", cut_connections(10_000).await);
}

#[tokio::test]
#[ignore = "says what the machine can do: cargo test --test it -- --ignored --nocapture as_fast_as_this_machine"]
async fn on_a_running_clock_paid_broadcasts_go_as_fast_as_this_machine_sends() {
    let setup = Setup::configured(Clock::system(), "[telegram]\npaid_broadcast = true\n").await;
    setup.queue_for_all(10_000, 1).await;
    setup.telegram.forget_messages();
    setup.telegram.measure_rates(setup.app.clock.clone());
    let (courier, _process) = courier(&setup).await;
    let started = Instant::now();
    let summary = courier.deliver_all(&watch::channel(false).1).await.unwrap();
    assert_eq!(summary.sent, 10_000);
    let (rate, most) = (10_000.0 / started.elapsed().as_secs_f64(), setup.telegram.most_in_a_second());
    println!("{rate:.0} messages a second, {most} in a second at most");
    assert!(most <= 1000);
}

//! Every answer that Telegram gives to a message, as real teloxide tells it, and what it is taken for.

use std::time::Duration;

use chrono::TimeDelta;
use futures::future::join_all;
use tidings::deliver::outbox::Answer;
use tidings::deliver::telegram::{self, Manner};

use crate::deliver::{courier, deliver_for};
use crate::fake_telegram::{FakeTelegram, Fault};
use crate::setup::Setup;

/// What each answer is taken for, but for those without one.
fn answers() -> Vec<(Fault, Answer)> {
    let gone = [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (403, "Forbidden: bot was kicked from the group chat"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (403, "Forbidden: bot was kicked from the channel chat"),
        (403, "Forbidden: bot is not a member of the supergroup chat"),
        (403, "Forbidden: bot is not a member of the channel chat"),
        (403, "Forbidden: the group chat was deleted"),
        (403, "Forbidden: bot can't initiate conversation with a user"),
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: user not found"),
        (400, "Bad Request: PEER_ID_INVALID"),
    ];
    let chat_refused = [
        (400, "Bad Request: not enough rights to send text messages to the chat"),
        (400, "Bad Request: not enough rights to send photos to the chat"),
        (400, "Bad Request: have no rights to send a message"),
        (400, "Bad Request: need administrator rights in the channel chat"),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
        (400, "Bad Request: CHAT_RESTRICTED"),
        (400, "Bad Request: message thread not found"),
        (400, "Bad Request: TOPIC_CLOSED"),
        (400, "Bad Request: TOPIC_DELETED"),
        // It moved, and Telegram does not say where to.
        (400, "Bad Request: group chat was upgraded to a supergroup chat"),
        (403, "Forbidden: bot can't send messages to bots"),
        (403, "Forbidden: something that is new to us"),
    ];
    let part_refused = [
        (400, "Bad Request: message is too long"),
        (400, "Bad Request: message text is empty"),
        (400, "Bad Request: message caption is too long"),
        (400, "Bad Request: IMAGE_PROCESS_FAILED"),
        (400, "Bad Request: something that is new to us"),
        (413, "Request Entity Too Large"),
    ];
    // In teloxide's words, where it has its own.
    let unknown = [
        (401, "Unauthorized", "Invalid bot token"),
        (404, "Not Found", "Invalid bot token"),
        (500, "Internal Server Error", "Internal Server Error"),
    ];
    let unknown =
        unknown.map(|(code, words, told)| (Fault::Refuse(code, words), Answer::Unknown(told.into())));
    let table = |rows: &[(u16, &'static str)], answer: fn(String) -> Answer| {
        rows.iter().map(|(code, words)| (Fault::Refuse(*code, words), answer((*words).into()))).collect()
    };
    let tables: [Vec<_>; 5] = [
        vec![
            (Fault::RetryAfter(7), Answer::RetryAfter(7)),
            (Fault::RetryAfter(43_200), Answer::RetryAfter(43_200)),
            (Fault::Refuse(429, "Too Many Requests: retry after 43838"), Answer::RetryAfter(43_838)),
            (Fault::Migrated(-1_000_000_000_005), Answer::MovedTo(-1_000_000_000_005)),
        ],
        table(&gone, Answer::Gone),
        table(&chat_refused, Answer::ChatRefused),
        table(&part_refused, Answer::PartRefused),
        unknown.into(),
    ];
    tables.into_iter().flatten().collect()
}

/// What has no answer of Telegram's, in our words.
const SILENCE: [(Fault, &str); 4] = [
    (Fault::BadGateway, "an answer that is no JSON"),
    (Fault::Garbage, "an answer that is no JSON"),
    (Fault::LostAnswer, "connection lost"),
    (Fault::Silence, "no answer in time"),
];

#[tokio::test]
async fn each_answer_of_telegrams_to_a_message_and_to_a_picture_is_taken_for_what_it_is() {
    let telegram = FakeTelegram::start().await;
    // teloxide waits ten seconds after a server's error.
    let bot = telegram.hasty_bot(Duration::from_secs(12));
    let unknown = SILENCE.map(|(fault, words)| (fault, Answer::Unknown(words.into())));
    let cases = answers().into_iter().chain(unknown);
    let (bot, fake) = (&bot, &telegram);
    let tried = cases.zip(1..).map(|((fault, expected), chat)| async move {
        fake.always(chat, fault);
        let manner = Manner::default();
        let (text, picture) = tokio::join!(
            telegram::send(bot, chat, 0, "<b>News</b>", &manner),
            telegram::send_picture(bot, chat, 0, png(), "<b>News</b>", &manner),
        );
        assert_eq!(text, expected, "{fault:?}");
        assert_eq!(picture, expected, "{fault:?}, of a picture");
    });
    join_all(tried).await;
    assert_eq!(telegram::send(bot, 999, 0, "<b>News</b>", &Manner::default()).await, sent(&telegram, 999));
    let no_server = tidings::deliver::telegram::account("1:t", Some(&"http://127.0.0.1:1".parse().unwrap()));
    let answer = telegram::send(&no_server.unwrap(), 5, 0, "News", &Manner::default()).await;
    assert_eq!(answer, Answer::Unknown("no connection".into()));
}

#[tokio::test]
async fn what_telegram_cannot_parse_comes_as_plain_text_be_it_a_message_or_a_caption() {
    let telegram = FakeTelegram::start().await;
    let (bot, manner) = (telegram.bot(), Manner::default());
    let html = "<b>Talks &amp; tolls <a href=\"https://a.example/1\">Courier</a>";
    let plain = "Talks & tolls Courier (https://a.example/1)";
    let answer = telegram::send(&bot, 5, 0, html, &manner).await;
    assert_eq!(answer, sent(&telegram, 5));
    let answer = telegram::send_picture(&bot, 6, 0, png(), html, &manner).await;
    assert_eq!(answer, sent(&telegram, 6));
    assert_eq!((telegram.newest(5).raw, telegram.newest(6).raw), (plain.into(), plain.into()));
    assert_eq!(telegram.newest(6).file.unwrap().bytes, png());
    assert_eq!((telegram.calls("sendmessage"), telegram.calls("sendphoto")), (2, 2));

    // An address that does not fit below a picture is left out.
    let long = format!("<b>Talks <a href=\"https://a.example/{}\">Courier</a>", "x".repeat(1024));
    telegram::send_picture(&bot, 6, 0, png(), &long, &manner).await;
    assert_eq!(telegram.newest(6).text, "Talks Courier");
}

#[tokio::test]
async fn what_becomes_of_a_part_follows_from_the_answer() {
    let setup = Setup::new().await;
    let (courier, _process) = courier(&setup).await;
    let mut expected = Vec::new();
    for ((fault, answer), chat) in answers().into_iter().zip(1..) {
        setup.queue(chat, &["one", "two"]).await;
        setup.telegram.always(chat, fault);
        let (state, error) = match answer {
            Answer::Gone(words) => ("dropped", words),
            Answer::ChatRefused(words) | Answer::PartRefused(words) => ("parked", words),
            Answer::Unknown(words) if !words.starts_with("Internal") => ("waiting", words),
            // Short waits, moves again and again, and errors after which teloxide waits: elsewhere.
            _ => {
                setup.telegram.always(chat, Fault::RetryAfter(43_200));
                ("waiting", "flood wait".into())
            }
        };
        expected.push((fault, (state.to_owned(), Some(error))));
    }
    deliver_for(&setup, &courier, TimeDelta::hours(2)).await;
    let outbox = setup.outbox().await;
    for (first, (fault, expected)) in outbox.into_iter().step_by(2).zip(expected) {
        assert_eq!(first, expected, "{fault:?}");
    }
}

/// The answer to the newest message of a chat.
fn sent(telegram: &FakeTelegram, chat: i64) -> Answer {
    Answer::Sent(telegram.newest(chat).id)
}

/// What begins like a picture.
fn png() -> Vec<u8> {
    b"\x89PNG\r\n\x1a\n".to_vec()
}

//! Telegram gives an update twice, and the bot acts on it once.

use crate::bot::Running;
use crate::fake_telegram::Weather;
use crate::setup::ADMIN;

#[tokio::test]
async fn an_update_that_comes_twice_is_answered_once_and_words_to_all_go_out_once() {
    let bot = Running::new().await;
    let telegram = &bot.setup.telegram;
    telegram.weather(Weather { doubled_updates: 1.0, ..Weather::default() });
    bot.ask(5, "/subscribe 07:00 Europe/Berlin").await;
    bot.ask(ADMIN, "/broadcast Hello").await;
    let question = telegram.messages(ADMIN, 2).await.swap_remove(1);
    let confirm = question.data().into_iter().find(|data| data.starts_with("a:y")).map(str::to_owned);
    let confirm = confirm.unwrap_or_else(|| panic!("{question:?}"));
    bot.press(ADMIN, &confirm).await;
    // A chat's updates are handled in their order: what came twice came before these.
    telegram.drained().await;
    assert!(bot.ask(5, "/whoami").await.contains('5'));
    assert!(bot.ask(ADMIN, "/whoami").await.contains("77"));
    assert_eq!((telegram.texts(5).len(), telegram.texts(ADMIN).len()), (2, 3));
    assert_eq!(bot.setup.outbox().await.len(), 1);
    bot.end().await;
}

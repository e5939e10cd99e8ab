//! One part out, one answer back; the only place that knows Telegram's words.
//!
//! teloxide types some of Telegram's errors, misses others, and changes with Telegram; so every error is
//! judged by its text here. `RetryAfter` and `MigrateToChatId` are told apart first: they are parameters of the
//! answer, whatever its text. Nothing here retries; what a `Answer` means for a part is `outbox`'s to say.

use std::time::Duration;

use anyhow::Context;
use teloxide::payloads::{
    AnswerCallbackQuerySetters, EditMessageTextSetters, SendDocumentSetters, SendMessageSetters,
    SendPhotoSetters,
};
use teloxide::requests::Requester;
use teloxide::types::{
    CallbackQueryId, ChatId, ForceReply, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message,
    MessageId, ParseMode, ThreadId,
};
use teloxide::{ApiError, Bot, RequestError};
use url::Url;

use super::outbox::Answer;

/// How long sending a file may take.
const UPLOAD: Duration = Duration::from_secs(600);

/// The bot's account behind its own HTTP client, which gives up 17 s after asking.
///
/// # Errors
/// `api_url` cannot be a base for paths, or the TLS set-up fails.
pub fn account(token: &str, api_url: Option<&Url>) -> anyhow::Result<Bot> {
    let client = teloxide::net::default_reqwest_settings()
        // A redirect would carry the token elsewhere.
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .context("setting up the HTTP client for Telegram")?;
    let bot = Bot::with_client(token, client);
    match api_url {
        None => Ok(bot),
        Some(url) if url.cannot_be_a_base() => {
            anyhow::bail!(
                "TELOXIDE_API_URL is no server's address: {url}; give one like https://api.telegram.org"
            )
        }
        Some(url) => Ok(bot.set_api_url(url.clone())),
    }
}

/// What an owner can do where a server of his own does not answer as Telegram would, to be put behind what is wrong;
/// nothing where Telegram itself is asked.
pub fn mend(bot: &Bot) -> &'static str {
    if bot.api_url().as_str().trim_end_matches('/') == teloxide::net::TELEGRAM_API_URL {
        return "";
    }
    "; see that TELOXIDE_API_URL is right and that a Bot API server runs there, or leave it out to ask Telegram itself"
}

/// How a message comes.
#[derive(Debug, Clone, Default)]
pub struct Manner {
    /// Buttons below it.
    pub keyboard: Option<InlineKeyboardMarkup>,
    /// Without a sound.
    pub silent: bool,
    /// Faster than thirty a second, for Stars of the bot's account.
    pub paid: bool,
}

/// Sends Telegram HTML to a chat (`thread` 0) or a forum topic.
///
/// What Telegram can't parse is sent again as plain text at once, so that a slip in the markup never costs a
/// reader the news.
pub async fn send(bot: &Bot, chat_id: i64, thread: i32, html: &str, manner: &Manner) -> Answer {
    let answer = classify(message(bot, chat_id, thread, html, manner).parse_mode(ParseMode::Html).await);
    match answer {
        Err(Unparsable(reason)) => {
            tracing::error!(chat_id, reason, "Telegram can't parse a message: sending it as plain text");
            refused_or(classify(message(bot, chat_id, thread, &plain(html, 4096), manner).await))
        }
        Ok(answer) => answer,
    }
}

/// Sends a question in Telegram HTML; the reader's own program opens the field for the answer, which comes as a
/// reply to it.
pub async fn ask(bot: &Bot, chat_id: i64, thread: i32, html: &str) -> Answer {
    let request = message(bot, chat_id, thread, html, &Manner::default()).parse_mode(ParseMode::Html);
    refused_or(classify(request.reply_markup(ForceReply::new()).await))
}

/// Sends a picture with a caption of Telegram HTML, 1,024 visible units at most.
///
/// A caption that Telegram can't parse is sent as plain text, as [`send`] does.
pub async fn send_picture(
    bot: &Bot,
    chat_id: i64,
    thread: i32,
    png: Vec<u8>,
    caption: &str,
    manner: &Manner,
) -> Answer {
    let photo = InputFile::memory(png).file_name("tidings.png");
    let request = |caption: &str| {
        let mut request = bot.send_photo(ChatId(chat_id), photo.clone()).caption(caption);
        request.message_thread_id = thread_id(thread);
        request.reply_markup = manner.keyboard.clone().map(Into::into);
        request.allow_paid_broadcast = manner.paid.then_some(true);
        request.disable_notification(manner.silent)
    };
    match classify(request(caption).parse_mode(ParseMode::Html).await) {
        Err(Unparsable(reason)) => {
            tracing::error!(chat_id, reason, "Telegram can't parse a caption: sending it as plain text");
            refused_or(classify(request(&plain(caption, 1024)).await))
        }
        Ok(answer) => answer,
    }
}

/// Sends a file with a caption of Telegram HTML, 1,024 visible units at most.
pub async fn send_file(bot: &Bot, chat_id: i64, thread: i32, file: InputFile, caption: &str) -> Answer {
    // A large file takes longer than a message may.
    let client = teloxide::net::default_reqwest_settings()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(UPLOAD)
        .build();
    let bot = match client {
        Ok(client) => Bot::with_client(bot.token(), client).set_api_url(bot.api_url()),
        Err(_) => bot.clone(),
    };
    let mut request = bot.send_document(ChatId(chat_id), file).caption(caption).parse_mode(ParseMode::Html);
    request.message_thread_id = thread_id(thread);
    refused_or(classify(request.await))
}

/// Puts new Telegram HTML and buttons into a message that was sent; that they are there already is well too.
pub async fn edit(
    bot: &Bot,
    chat_id: i64,
    message_id: i32,
    html: &str,
    keyboard: Option<InlineKeyboardMarkup>,
) -> Answer {
    let mut request = bot.edit_message_text(ChatId(chat_id), MessageId(message_id), html);
    request.reply_markup = keyboard;
    let request = request.parse_mode(ParseMode::Html).link_preview_options(no_preview());
    match refused_or(classify(request.await)) {
        Answer::PartRefused(reason) if reason.contains("message is not modified") => Answer::Sent(message_id),
        answer => answer,
    }
}

/// Ends the waiting of who pressed a button; `text`, if any, is shown for a moment, as a box if it is to `stay`.
pub async fn toast(bot: &Bot, query: &CallbackQueryId, text: Option<&str>, stay: bool) {
    let mut request = bot.answer_callback_query(query.clone()).show_alert(stay);
    request.text = text.map(|text| text.chars().take(200).collect());
    if let Err(error) = request.await {
        // Telegram forgets a press after some minutes, and the button has done its work.
        tracing::debug!(error = describe(&error), "answering a button");
    }
}

/// What Telegram said to a request, without the token that errors of the HTTP client carry in their URL.
pub fn describe(error: &RequestError) -> String {
    match error {
        RequestError::Api(ApiError::Unknown(text)) => text.clone(),
        RequestError::Api(error) => error.to_string(),
        RequestError::Network(error) if error.is_timeout() => "no answer in time".into(),
        RequestError::Network(error) if error.is_connect() => "no connection".into(),
        RequestError::Network(_) => "connection lost".into(),
        // The raw text is a proxy's or server's error page: nothing of use, and of any length.
        RequestError::InvalidJson { .. } => "an answer that is no JSON".into(),
        RequestError::Io(error) => error.to_string(),
        error @ (RequestError::RetryAfter(_) | RequestError::MigrateToChatId(_)) => error.to_string(),
    }
}

/// What an error means for the chat it was about.
pub fn judge(error: &RequestError) -> Answer {
    refused_or(classify(Err(error.clone())))
}

fn message(
    bot: &Bot,
    chat_id: i64,
    thread: i32,
    text: &str,
    manner: &Manner,
) -> teloxide::requests::JsonRequest<teloxide::payloads::SendMessage> {
    let mut request = bot.send_message(ChatId(chat_id), text).link_preview_options(no_preview());
    request.message_thread_id = thread_id(thread);
    request.reply_markup = manner.keyboard.clone().map(Into::into);
    request.allow_paid_broadcast = manner.paid.then_some(true);
    if manner.silent { request.disable_notification(true) } else { request }
}

fn thread_id(thread: i32) -> Option<ThreadId> {
    (thread != 0).then_some(ThreadId(MessageId(thread)))
}

fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

/// The markup was refused; the text may still pass.
struct Unparsable(String);

/// What can't be sent otherwise is refused.
fn refused_or(answer: Result<Answer, Unparsable>) -> Answer {
    answer.unwrap_or_else(|Unparsable(reason)| Answer::PartRefused(reason))
}

fn classify(result: Result<Message, RequestError>) -> Result<Answer, Unparsable> {
    let error = match result {
        Ok(message) => return Ok(Answer::Sent(message.id.0)),
        Err(RequestError::RetryAfter(wait)) => return Ok(Answer::RetryAfter(wait.seconds())),
        Err(RequestError::MigrateToChatId(chat)) => return Ok(Answer::MovedTo(chat.0)),
        Err(error) => error,
    };
    let text = describe(&error);
    if !matches!(error, RequestError::Api(_)) {
        return Ok(Answer::Unknown(text));
    }
    let says = |words: &[&str]| words.iter().any(|w| text.contains(w));
    if says(&["can't parse entities"]) {
        return Err(Unparsable(text));
    }
    if let Some(seconds) = retry_after(&text) {
        return Ok(Answer::RetryAfter(seconds));
    }
    Ok(if says(GONE) {
        Answer::Gone(text)
    } else if text.starts_with("Forbidden") || says(CHAT_REFUSED) {
        Answer::ChatRefused(text)
    } else if text.starts_with("Bad Request") || says(&["Request Entity Too Large"]) {
        Answer::PartRefused(text)
    } else {
        // 401, 404 and 409 speak of the token or the bot, 5xx of the server: never of this part.
        Answer::Unknown(text)
    })
}

/// The chat is lost to the bot until somebody there brings it back.
const GONE: &[&str] = &[
    "bot was blocked by the user",
    "user is deactivated",
    "USER_DEACTIVATED",
    "bot was kicked from",
    "bot is not a member of",
    "the group chat was deleted",
    "group chat was deactivated",
    "group is deactivated",
    "chat not found",
    "user not found",
    "PEER_ID_INVALID",
    "bot can't initiate conversation with a user",
];

/// The chat or topic is there, but closed to the bot as things stand.
const CHAT_REFUSED: &[&str] = &[
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "CHAT_WRITE_FORBIDDEN",
    "CHAT_SEND_PLAIN_FORBIDDEN",
    "CHAT_RESTRICTED",
    "CHANNEL_PRIVATE",
    "message thread not found",
    "TOPIC_CLOSED",
    "TOPIC_DELETED",
    "upgraded to a supergroup",
];

/// A flood wait told in words only ("Too Many Requests: retry after 5").
fn retry_after(text: &str) -> Option<u32> {
    text.split_once("Too Many Requests: retry after ")?.1.trim().parse().ok()
}

/// The text of Telegram HTML, with the links' addresses written out where they fit into so many units.
fn plain(html: &str, longest: usize) -> String {
    let with_links = strip(html, true);
    if with_links.encode_utf16().count() <= longest { with_links } else { strip(html, false) }
}

fn strip(html: &str, links: bool) -> String {
    let mut text = String::with_capacity(html.len());
    let mut href = None;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&unescape(&rest[..at]));
        let after = &rest[at + 1..];
        // A "<" that opens no tag is what Telegram stumbled over: keep it.
        let Some(end) =
            after.find('>').filter(|_| after.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()))
        else {
            text.push('<');
            rest = after;
            continue;
        };
        let tag = &after[..end];
        if let Some(url) = tag.strip_prefix("a href=\"").and_then(|u| u.strip_suffix('"')) {
            href = Some(unescape(url));
        } else if tag == "/a"
            && let Some(url) = href.take()
            && links
        {
            text.push_str(" (");
            text.push_str(&url);
            text.push(')');
        }
        rest = &after[end + 1..];
    }
    text.push_str(&unescape(rest));
    text
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What teloxide makes of Telegram's text, judged.
    fn judged(description: &str) -> Answer {
        let error: ApiError = serde_json::from_value(serde_json::json!(description)).unwrap();
        judge(&RequestError::Api(error))
    }

    #[test]
    fn a_chat_that_is_lost_is_known_by_telegrams_words() {
        for text in [
            "Forbidden: bot was blocked by the user",
            "Forbidden: user is deactivated",
            "Forbidden: bot was kicked from the group chat",
            "Forbidden: bot was kicked from the supergroup chat",
            "Forbidden: bot was kicked from the channel chat",
            "Unauthorized: bot was kicked from a chat",
            "Forbidden: bot is not a member of the supergroup chat",
            "Forbidden: bot is not a member of the channel chat",
            "Forbidden: the group chat was deleted",
            "Bad Request: chat not found",
        ] {
            assert_eq!(judged(text), Answer::Gone(text.into()));
        }
    }

    #[test]
    fn missing_rights_and_closed_topics_are_the_chats_not_the_parts() {
        for text in [
            "Bad Request: not enough rights to send text messages to the chat",
            "Bad Request: have no rights to send a message",
            "Bad Request: need administrator rights in the channel chat",
            "Bad Request: CHAT_WRITE_FORBIDDEN",
            "Bad Request: message thread not found",
            "Bad Request: TOPIC_CLOSED",
            "Forbidden: something new",
        ] {
            assert_eq!(judged(text), Answer::ChatRefused(text.into()));
        }
    }

    #[test]
    fn any_other_bad_request_is_the_parts() {
        for text in
            ["Bad Request: message is too long", "Bad Request: message text is empty", "Bad Request: news"]
        {
            assert_eq!(judged(text), Answer::PartRefused(text.into()));
        }
    }

    #[test]
    fn a_wrong_token_and_a_sick_server_are_never_held_against_a_part() {
        for text in
            ["Unauthorized", "Not Found", "Internal Server Error", "Bad Gateway", "Conflict: terminated"]
        {
            assert!(matches!(judged(text), Answer::Unknown(_)), "{text}");
        }
    }

    #[test]
    fn a_flood_wait_is_read_from_the_words_too() {
        assert_eq!(judged("Too Many Requests: retry after 43838"), Answer::RetryAfter(43_838));
    }

    #[test]
    fn plain_text_keeps_the_words_the_links_and_a_stray_bracket() {
        let html = "<b>Talks</b> &amp; tolls: 3 < 5 <a href=\"https://a.example/?x=1&amp;y=2\">Courier</a>";
        assert_eq!(plain(html, 4096), "Talks & tolls: 3 < 5 Courier (https://a.example/?x=1&y=2)");
    }

    #[test]
    fn plain_text_drops_the_addresses_where_they_would_not_fit() {
        let html = format!("<a href=\"https://a.example/{}\">Courier</a>", "x".repeat(4096));
        assert_eq!(plain(&html, 4096), "Courier");
    }

    #[test]
    fn a_server_of_the_owners_own_is_told_from_telegrams() {
        let mended =
            |url: Option<&str>| mend(&account("1:t", url.map(|url| url.parse().unwrap()).as_ref()).unwrap());
        assert_eq!(mended(None), "");
        assert_eq!(mended(Some("https://api.telegram.org/")), "");
        for own in ["http://127.0.0.1:8081", "https://api.telegram.org/bot"] {
            assert!(mended(Some(own)).starts_with("; see that TELOXIDE_API_URL"), "{own}");
        }
    }

    #[test]
    fn an_address_without_paths_is_refused_by_name() {
        let error = account("1:t", Some(&Url::parse("mailto:bot@example.org").unwrap())).unwrap_err();
        assert!(error.to_string().contains("TELOXIDE_API_URL"), "{error}");
    }
}

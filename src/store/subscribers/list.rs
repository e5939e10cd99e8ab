//! Subscribers as admins look for them.

use anyhow::Context;
use chrono::NaiveTime;
use sqlx::PgPool;

/// A subscriber as a list for admins has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The chat's name.
    pub title: String,
    /// Telegram's id of the chat.
    pub chat_id: i64,
    /// The forum topic; 0: the chat itself.
    pub thread_id: i32,
    /// IANA name of its zone.
    pub zone: String,
    /// Local times of its editions.
    pub times: Vec<NaiveTime>,
    /// `active`, `stopped` or `gone`.
    pub state: String,
    /// Why it is so, if that is known.
    pub reason: Option<String>,
    /// How many there are in the whole list.
    pub of: i64,
}

/// Subscribers whose title, id, zone or state have all these words, active ones first; of all, if there are none.
///
/// # Errors
/// The database fails.
pub async fn search(db: &PgPool, words: &str, skip: i64, limit: i64) -> anyhow::Result<Vec<Listed>> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    sqlx::query_as!(
        Listed,
        r#"select title, chat_id, thread_id, zone, state, state_reason as reason, count(*) over () as "of!",
                  array(select e.at from edition_slot e where e.subscriber_id = s.subscriber_id
                        order by e.at) as "times!"
           from subscriber s
           where not exists (
               select from unnest($1::text[]) as w (word)
               where strpos(lower(concat_ws(' ', title, chat_id, zone, state)), w.word) = 0)
           order by array_position(array['active', 'stopped', 'gone'], state), subscriber_id desc
           offset $2 limit $3"#,
        &words,
        skip,
        limit,
    )
    .fetch_all(db)
    .await
    .context("looking for subscribers")
}

//! What found no room in a digest: frozen with it, for who asks for more.

use anyhow::{Context, Result};
use sqlx::PgPool;

/// What a digest left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The digest.
    pub digest: i64,
    /// How many developments.
    pub count: i64,
    /// The language of its labels.
    pub language: String,
    /// Whether it goes to one person alone.
    pub private: bool,
    /// Whether it goes to a channel, where nobody who reads it can write.
    pub broadcast: bool,
}

/// What the digest that ends with this message left out; `None`: nothing, or it does not end with it.
pub async fn left_out(db: &PgPool, delivery: i64) -> Result<Option<Left>> {
    sqlx::query_as!(
        Left,
        r#"select d.digest_id as digest, jsonb_array_length(d.content -> 'rest')::bigint as "count!",
                  coalesce(d.content ->> 'language', '') as "language!", s.chat_id > 0 as "private!", s.broadcast
           from delivery p join digest d using (digest_id)
           join subscriber s on s.subscriber_id = d.subscriber_id
           where p.delivery_id = $1 and p.picture is null
             and jsonb_array_length(coalesce(d.content -> 'rest', '[]')) > 0
             and not exists (select from delivery q
                             where q.digest_id = p.digest_id and q.part > p.part and q.picture is null)"#,
        delivery
    )
    .fetch_optional(db)
    .await
    .with_context(|| format!("looking for what the digest of delivery {delivery} left out"))
}

/// The developments that a digest of this chat left out.
pub async fn of(db: &PgPool, digest: i64, chat_id: i64, thread_id: i32) -> Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"select r.id::bigint as "id!"
         from digest d join subscriber s using (subscriber_id)
         cross join jsonb_array_elements_text(coalesce(d.content -> 'rest', '[]')) with ordinality as r (id, place)
         where d.digest_id = $1 and s.chat_id = $2 and s.thread_id = $3
         order by r.place"#,
        digest,
        chat_id,
        thread_id
    )
    .fetch_all(db)
    .await
    .with_context(|| format!("reading what digest {digest} left out"))
}

//! What is older than the owner wants to keep, and nothing open needs: it goes, in small batches.
//!
//! Each function drops one batch in a transaction of its own, so that nobody waits for long. In comes the instant
//! before which all is old, or the present one; things are taken from the oldest on. The order in which they are called
//! matters: a development holds what tells it (reports, and what readers were told of it), reports hold articles, and
//! entries that a list still names hold theirs, or it would come again.

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{PgPool, Postgres, Transaction};

use super::developments::READER_LOCK;

/// Developments dropped in one go, at most.
const DEVELOPMENTS: i64 = 10;
/// What subscribers were told of developments that are dropped in one go, in rows: no further one begins above it.
const TOLD: i64 = 20_000;
/// Editions thinned out in one go: each with all that it told.
const EDITIONS: i64 = 100;
/// A list of items may be that of further editions for as long as they are being compiled.
const IN_USE: TimeDelta = TimeDelta::days(1);
/// Other things dropped in one go.
const BATCH: i64 = 500;

/// One batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swept<Place = DateTime<Utc>> {
    /// How many were done.
    pub done: u64,
    /// Where the next batch begins; `None`: nothing is left.
    pub next: Option<Place>,
}

impl Swept {
    fn up_to(last: Option<DateTime<Utc>>, done: usize, of: i64) -> Swept {
        let full = i64::try_from(done).is_ok_and(|done| done >= of);
        Swept { done: done as u64, next: last.filter(|_| full) }
    }

    fn of(done: u64) -> Swept {
        let full = i64::try_from(done).is_ok_and(|done| done >= BATCH);
        Swept { done, next: full.then_some(DateTime::UNIX_EPOCH) }
    }
}

/// Begins a transaction in which no article is compared: what it would hold on to may be what goes.
pub(super) async fn begin(db: &PgPool) -> Result<Transaction<'static, Postgres>> {
    let mut tx = db.begin().await.context("beginning to drop")?;
    sqlx::query!("select pg_advisory_xact_lock($1) as lock", READER_LOCK)
        .fetch_one(&mut *tx)
        .await
        .context("waiting for the reader")?;
    Ok(tx)
}

/// A subscriber to whom an edition is owed.
#[derive(Debug, Clone)]
pub struct Owed {
    /// Who.
    pub subscriber_id: i64,
    /// The zone of their editions, as it is stored.
    pub zone: String,
}

/// To whom an edition is still owed whose window begins `before`: after a long stop all of it is yet to be told.
pub async fn owed(db: &PgPool, before: DateTime<Utc>) -> Result<Vec<Owed>> {
    sqlx::query_as!(
        Owed,
        "select s.subscriber_id, s.zone from subscriber s
         where s.state = 'active' and exists (select from edition_slot e where e.subscriber_id = s.subscriber_id
                                              and e.due_at < 'infinity')
           and s.subscribed_at - interval '1 day' < $1
           and coalesce((select d.window_from from digest d
                         where d.subscriber_id = s.subscriber_id and d.slot >= 0
                         order by d.window_to desc limit 1), '-infinity') < $1
         order by s.subscriber_id",
        before
    )
    .fetch_all(db)
    .await
    .context("looking whether old editions are owed")
}

/// Developments that are over, with their reports, changes and tolls and what was told of them; and those that were
/// merged into them.
///
/// Over is what nobody reported, was told of, or marked as wrong since `before`, and is not planned for a later day.
pub async fn developments(db: &PgPool, before: DateTime<Utc>, from: DateTime<Utc>) -> Result<Swept> {
    let doing = "dropping developments that are over";
    // An article that is compared just now may belong to one of them.
    let mut tx = begin(db).await?;
    let over = sqlx::query!(
        r#"with over as (
         select d.development_id, d.found_at from development d
         where d.merged_into is null and d.found_at >= $2 and d.found_at < $1 and d.last_reported_at < $1
           and not (d.status = 'planned' and coalesce(d.date_to >= $3, false))
           and (d.withdrawn_at is null or d.withdrawn_at < $1)
           and not exists (
               select from development m join report r using (development_id)
               where (m.development_id = d.development_id or m.merged_into = d.development_id)
                 and (r.found_at >= $1 or r.reported_at >= $1))
           and not exists (
               select from development m join told t using (development_id) join digest g using (digest_id)
               where (m.development_id = d.development_id or m.merged_into = d.development_id)
                 and g.compiled_at >= $1)
         order by d.found_at, d.development_id limit $4),
         -- Where all readers were told many changes, it is few in one go.
         sized as (
             select development_id, found_at, count(*) over () as found,
                    coalesce(sum(told) over (order by found_at, development_id
                                             rows between unbounded preceding and 1 preceding), 0) as before_it
             from over o cross join lateral (
                 select count(*) as told from development m join told t using (development_id)
                 where m.development_id = o.development_id or m.merged_into = o.development_id) t)
         select development_id, found_at, found as "found!" from sized where before_it < $5::bigint
         order by found_at, development_id"#,
        before,
        from,
        before.date_naive(),
        DEVELOPMENTS,
        TOLD,
    )
    .fetch_all(&mut *tx)
    .await
    .context("looking for developments that are over")?;
    let roots: Vec<i64> = over.iter().map(|row| row.development_id).collect();
    let ids = sqlx::query_scalar!(
        "select development_id from development where development_id = any($1) or merged_into = any($1)",
        &roots
    )
    .fetch_all(&mut *tx)
    .await
    .context("looking for what was merged into developments that are over")?;
    let reports = sqlx::query_scalar!("select report_id from report where development_id = any($1)", &ids)
        .fetch_all(&mut *tx)
        .await
        .context(doing)?;
    sqlx::query!("delete from told where development_id = any($1)", &ids)
        .execute(&mut *tx)
        .await
        .context("dropping what was told of developments that are over")?;
    sqlx::query!("delete from toll where development_id = any($1) or report_id = any($2)", &ids, &reports)
        .execute(&mut *tx)
        .await
        .context("dropping the tolls of developments that are over")?;
    sqlx::query!("delete from change where development_id = any($1) or report_id = any($2)", &ids, &reports)
        .execute(&mut *tx)
        .await
        .context("dropping the changes of developments that are over")?;
    sqlx::query!("delete from report where report_id = any($1)", &reports)
        .execute(&mut *tx)
        .await
        .context("dropping the reports of developments that are over")?;
    sqlx::query!("delete from development where development_id = any($1)", &ids)
        .execute(&mut *tx)
        .await
        .context(doing)?;
    tx.commit().await.context(doing)?;
    let more = over.last().filter(|last| last.found > over.len() as i64 || last.found >= DEVELOPMENTS);
    Ok(Swept { done: over.len() as u64, next: more.map(|last| last.found_at) })
}

/// Stories without developments that were last reported of before then, with the choices of chats about them.
pub async fn stories(db: &PgPool, before: DateTime<Utc>) -> Result<Swept> {
    let doing = "dropping stories that are over";
    // A development may be on its way into one.
    let mut tx = begin(db).await?;
    let ids = sqlx::query_scalar!(
        "select story_id from story s
         where last_at < $1 and not exists (select from development d where d.story_id = s.story_id)
         order by last_at limit $2",
        before,
        BATCH
    )
    .fetch_all(&mut *tx)
    .await
    .context("looking for stories that are over")?;
    sqlx::query!("delete from choice where story_id = any($1)", &ids)
        .execute(&mut *tx)
        .await
        .context(doing)?;
    sqlx::query!("delete from story where story_id = any($1)", &ids)
        .execute(&mut *tx)
        .await
        .context(doing)?;
    tx.commit().await.context(doing)?;
    Ok(Swept::of(ids.len() as u64))
}

/// Thins old editions out, the oldest first, but never a subscriber's last one: their messages go.
///
/// What they told that older ones had told before counts as told by them alone from then on: so a development that
/// goes on for years keeps one old edition of each subscriber, and not all.
pub async fn thin_digests(db: &PgPool, before: DateTime<Utc>, from: DateTime<Utc>) -> Result<Swept> {
    let doing = "thinning old editions out";
    // What an edition told may be on its way to what it was merged into.
    let mut tx = begin(db).await?;
    let old = sqlx::query!(
        "select d.digest_id, d.compiled_at from digest d
         where d.compiled_at < $1 and d.compiled_at >= $2
           and exists (select from digest n where n.subscriber_id = d.subscriber_id and n.slot >= 0
                         and n.window_to > d.window_to)
           and exists (select from delivery p where p.digest_id = d.digest_id)
           and not exists (select from delivery p
                           where p.digest_id = d.digest_id and p.state in ('waiting', 'sending'))
         order by d.compiled_at limit $3",
        before,
        from,
        EDITIONS
    )
    .fetch_all(&mut *tx)
    .await
    .context("looking for old editions")?;
    let ids: Vec<i64> = old.iter().map(|row| row.digest_id).collect();
    // Only to one that has an item of its own, by which it could be taken back.
    sqlx::query!(
        r#"with shown as (
               select e.digest_id, l.development_id::bigint as development_id
               from edition e
               cross join lateral jsonb_object_keys(e.lines) as l (development_id)
               where e.digest_id = any($1)),
           last as (
               select t.subscriber_id, t.development_id, max(t.digest_id) as digest_id
               from told t join shown using (digest_id, development_id)
               where t.change_id >= 0
               group by t.subscriber_id, t.development_id)
           update told t set digest_id = l.digest_id
           from last l
           where t.subscriber_id = l.subscriber_id and t.development_id = l.development_id and t.change_id >= 0
             and t.digest_id < l.digest_id"#,
        &ids
    )
    .execute(&mut *tx)
    .await
    .context("passing on what old editions told to later ones")?;
    sqlx::query!("delete from delivery where digest_id = any($1)", &ids)
        .execute(&mut *tx)
        .await
        .context(doing)?;
    tx.commit().await.context(doing)?;
    Ok(Swept::up_to(old.last().map(|row| row.compiled_at), old.len(), EDITIONS))
}

/// The next list of items, behind the place on, whose editions were all thinned out; from it goes what counts no longer
/// as told by any of them: as the years go, ever less of what they told is open.
pub async fn strip_lists(
    db: &PgPool,
    before: DateTime<Utc>,
    (from, behind): (DateTime<Utc>, i64),
) -> Result<Swept<(DateTime<Utc>, i64)>> {
    let doing = "dropping items of old editions";
    // One list may be that of every reader: it is looked at while articles are compared.
    let old = sqlx::query!(
        r#"with list as materialized (
               select item_list_id, lines, compiled_at from item_list
               where compiled_at < $1 and (compiled_at, item_list_id) > ($2, $3)
               order by compiled_at, item_list_id limit 1),
           held as materialized (
               select array(select distinct t.development_id from digest d join told t using (digest_id)
                            where d.item_list_id = l.item_list_id) as ids
               from list l)
           select l.item_list_id, l.compiled_at,
                  exists (select from jsonb_object_keys(l.lines) as k (id) where k.id::bigint <> all(h.ids))
                  and not exists (select from digest d cross join lateral (
                                      select from delivery p where p.digest_id = d.digest_id limit 1) p
                                  where d.item_list_id = l.item_list_id) as "goes!"
           from list l cross join held h"#,
        before,
        from,
        behind
    )
    .fetch_optional(db)
    .await
    .context("looking for lists of items that are old")?;
    let Some(old) = old else { return Ok(Swept { done: 0, next: None }) };
    let next = Some((old.compiled_at, old.item_list_id));
    if !old.goes {
        return Ok(Swept { done: 0, next });
    }
    // As in thinning them out.
    let mut tx = begin(db).await?;
    let stripped = sqlx::query!(
        r#"with held as materialized (
               select array(select distinct t.development_id from digest d join told t using (digest_id)
                            where d.item_list_id = $1) as ids),
           cut as (
               select l.items || coalesce((
                   select jsonb_object_agg(list, coalesce((
                       select jsonb_agg(item order by place)
                       from jsonb_array_elements(l.items -> list) with ordinality as i (item, place)
                       where (item ->> 'development')::bigint = any(h.ids)
                          or exists (select from jsonb_array_elements(item -> 'with') as w (other)
                                     where (other ->> 0)::bigint = any(h.ids))), '[]'))
                   from unnest(array['items', 'coming_up']) as list), '{}') as items
               from item_list l cross join held h where l.item_list_id = $1)
           update item_list l
           set items = c.items, lines = coalesce((
               select jsonb_object_agg(i.item ->> 'development', i.item ->> 'text')
               from jsonb_array_elements((c.items -> 'items') || (c.items -> 'coming_up')) as i (item)), '{}')
           from cut c where l.item_list_id = $1 and l.items <> c.items"#,
        old.item_list_id
    )
    .execute(&mut *tx)
    .await
    .context(doing)?;
    tx.commit().await.context(doing)?;
    Ok(Swept { done: stripped.rows_affected(), next })
}

/// Lists of items that no edition has any more: also a young one, of a chat that was forgotten.
pub async fn lists(db: &PgPool, now: DateTime<Utc>) -> Result<Swept> {
    let gone = sqlx::query!(
        "delete from item_list where item_list_id in (
             select l.item_list_id from item_list l
             where l.compiled_at < $1 and not exists (select from digest d where d.item_list_id = l.item_list_id)
             order by l.compiled_at limit $2)",
        now - IN_USE,
        BATCH
    )
    .execute(db)
    .await
    .context("dropping lists of items that no edition has")?;
    Ok(Swept::of(gone.rows_affected()))
}

/// Editions that told nothing which is left, with their messages; never a subscriber's last one, by whose window the
/// next one goes on, nor one that is still to be sent.
pub async fn digests(db: &PgPool, before: DateTime<Utc>, from: DateTime<Utc>) -> Result<Swept> {
    let doing = "dropping old editions";
    // As in thinning them out.
    let mut tx = begin(db).await?;
    let gone = sqlx::query!(
        r#"with old as (
               select d.digest_id from digest d
               where d.compiled_at < $1 and d.compiled_at >= $2
                 and exists (select from digest n where n.subscriber_id = d.subscriber_id and n.slot >= 0
                               and n.window_to > d.window_to)
                 and not exists (select from delivery p
                                 where p.digest_id = d.digest_id and p.state in ('waiting', 'sending'))
                 and not exists (select from told t where t.digest_id = d.digest_id)
               order by d.compiled_at limit $3),
           gone as (delete from digest where digest_id in (select digest_id from old) returning compiled_at)
           select count(*) as "n!", max(compiled_at) as last from gone"#,
        before,
        from,
        BATCH
    )
    .fetch_one(&mut *tx)
    .await
    .context(doing)?;
    tx.commit().await.context(doing)?;
    Ok(Swept::up_to(gone.last, usize::try_from(gone.n).unwrap_or(0), BATCH))
}

/// Admins' words to all, once they were sent.
pub async fn broadcasts(db: &PgPool, before: DateTime<Utc>) -> Result<Swept> {
    sqlx::query!(
        "delete from delivery where delivery_id in (
             select delivery_id from delivery
             where digest_id is null and not_before < $1 and state not in ('waiting', 'sending')
             order by not_before limit $2)",
        before,
        BATCH
    )
    .execute(db)
    .await
    .map(|done| Swept::of(done.rows_affected()))
    .context("dropping old words to all")
}

/// Entries that their source's list names no more; of a list that is unchanged, those that it named when it was read.
pub async fn entries(db: &PgPool, before: DateTime<Utc>) -> Result<Swept> {
    sqlx::query!(
        "delete from entry where entry_id in (
             select e.entry_id from source s join entry e using (source_id)
             where e.seen_at < $1 and e.listed_on < $2 and (e.listed_on < s.listed_on or s.removed_at < $1)
             limit $3)",
        before,
        before.date_naive(),
        BATCH
    )
    .execute(db)
    .await
    .map(|done| Swept::of(done.rows_affected()))
    .context("dropping entries that are no longer listed")
}

/// Articles, with their texts, that were read and that neither a report nor an entry refers to.
pub async fn articles(db: &PgPool, before: DateTime<Utc>, from: DateTime<Utc>) -> Result<Swept> {
    let doing = "dropping old articles";
    let mut tx = db.begin().await.context(doing)?;
    // What another transaction is just storing a version of is not waited for.
    let old = sqlx::query!(
        "select a.article_id, a.first_seen_at from article a
         where a.first_seen_at < $1 and a.first_seen_at >= $2 and a.read_version = a.version
           and not exists (select from report r where r.article_id = a.article_id)
           and not exists (select from entry e where e.article_id = a.article_id)
         order by a.first_seen_at limit $3
         for update skip locked",
        before,
        from,
        BATCH
    )
    .fetch_all(&mut *tx)
    .await
    .context("looking for old articles")?;
    let ids: Vec<i64> = old.iter().map(|row| row.article_id).collect();
    sqlx::query!("delete from print where article_id = any($1)", &ids)
        .execute(&mut *tx)
        .await
        .context(doing)?;
    sqlx::query!("delete from article_version where article_id = any($1)", &ids)
        .execute(&mut *tx)
        .await
        .context(doing)?;
    sqlx::query!("delete from article where article_id = any($1)", &ids)
        .execute(&mut *tx)
        .await
        .context(doing)?;
    tx.commit().await.context(doing)?;
    Ok(Swept::up_to(old.last().map(|row| row.first_seen_at), old.len(), BATCH))
}

/// Origins of which no text is left.
pub async fn origins(db: &PgPool, before: DateTime<Utc>) -> Result<Swept> {
    sqlx::query!(
        "delete from origin where origin_id in (
             select origin_id from origin o
             where first_seen_at < $1
               and not exists (select from article_version v where v.origin_id = o.origin_id)
             order by origin_id limit $2)",
        before,
        BATCH
    )
    .execute(db)
    .await
    .map(|done| Swept::of(done.rows_affected()))
    .context("dropping origins")
}

/// What admins did and were shown, and what readers asked for.
pub async fn acts(db: &PgPool, before: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "with a as (delete from audit where at < $1), p as (delete from proposal where made_at < $1)
         delete from asked where asked_at < $1",
        before
    )
    .execute(db)
    .await
    .map(drop)
    .context("dropping what admins did long ago")
}

/// Notes since when chats are stopped or gone; gives those that are so since before `before`.
pub async fn left(db: &PgPool, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<Vec<i64>> {
    // Noted here and not where a chat leaves: older processes that share the database do not know of it.
    sqlx::query!(
        "update subscriber set left_at = case when state <> 'active' then $1::timestamptz end
         where (state <> 'active') <> (left_at is not null)",
        now
    )
    .execute(db)
    .await
    .context("noting which chats left")?;
    sqlx::query_scalar!(
        "select subscriber_id from subscriber
         where state <> 'active' and greatest(left_at, subscribed_at) < $1 order by subscriber_id",
        before
    )
    .fetch_all(db)
    .await
    .context("looking for chats that left long ago")
}

/// Forgets a chat that left, with its choices, editions and questions; `false` if it came back.
pub async fn forget(db: &PgPool, subscriber: i64, before: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query!(
        "with gone as (
             delete from subscriber
             where subscriber_id = $1 and state <> 'active' and greatest(left_at, subscribed_at) < $2
             returning chat_id, subscriber_id),
         asked as (
             delete from asked where chat_id in (select chat_id from gone)
               and not exists (select from subscriber o, gone
                               where o.chat_id = gone.chat_id and o.subscriber_id <> gone.subscriber_id))
         select from gone",
        subscriber,
        before
    )
    .fetch_all(db)
    .await
    .with_context(|| format!("forgetting subscriber {subscriber}"))?;
    Ok(!done.is_empty())
}

//! The times of day at which a chat gets its editions, each a slot.

use anyhow::Context;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use sqlx::{PgConnection, PgPool};

use super::deliveries;

/// Sets the times of a subscriber's editions, and the zone of all of them.
///
/// A time that is changed for another stays the same edition of the day; one that has passed today holds from
/// tomorrow on. In another zone, what waits for the end of quiet hours waits for that of the new ones.
///
/// # Errors
/// The database fails.
pub async fn set(
    db: &PgPool,
    id: i64,
    zone: Tz,
    times: &[NaiveTime],
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let doing = || format!("setting the times of subscriber {id}");
    let mut tx = db.begin().await.with_context(doing)?;
    let before = sqlx::query_scalar!("select zone from subscriber where subscriber_id = $1 for update", id)
        .fetch_one(&mut *tx)
        .await
        .with_context(doing)?;
    sqlx::query!("update subscriber set zone = $2 where subscriber_id = $1", id, zone.name())
        .execute(&mut *tx)
        .await
        .with_context(doing)?;
    let moved = before != zone.name();
    write(&mut tx, id, (zone, moved), times, now).await.with_context(doing)?;
    tx.commit().await.with_context(doing)
}

/// Lets no time of a subscriber be owed that has passed by its clocks.
pub(super) async fn let_pass(
    tx: &mut PgConnection,
    id: i64,
    zone: Tz,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let local = now.with_timezone(&zone).naive_local();
    sqlx::query!(
        "update edition_slot set passed = greatest(passed, case when at <= $2 then $3 else $4::date end)
         where subscriber_id = $1",
        id,
        local.time(),
        local.date(),
        local.date() - Days::new(1),
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Writes times: those that stay keep their slots, changed ones take the slots that come free.
pub(super) async fn write(
    tx: &mut PgConnection,
    id: i64,
    (zone, moved): (Tz, bool),
    times: &[NaiveTime],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let local = now.with_timezone(&zone).naive_local();
    let yesterday = local.date() - Days::new(1);
    let held = sqlx::query!("select slot, at from edition_slot where subscriber_id = $1 order by slot", id)
        .fetch_all(&mut *tx)
        .await?;
    // A slot that had its edition today is not taken up again: the new one would have to wait for tomorrow.
    let used = sqlx::query_scalar!(
        "select distinct slot from digest where subscriber_id = $1 and local_date >= $2",
        id,
        yesterday
    )
    .fetch_all(&mut *tx)
    .await?;
    let leaving = held.iter().filter(|row| !times.contains(&row.at)).map(|row| row.slot);
    let fresh = (0..).filter(|slot| !used.contains(slot) && held.iter().all(|row| row.slot != *slot));
    let mut free = leaving.chain(fresh);
    let mut slots: Vec<i16> = Vec::new();
    for at in times {
        let kept = held.iter().find(|row| row.at == *at).map(|row| row.slot);
        slots.extend(kept.or_else(|| free.next()));
    }
    // The last day on which the time lies behind the chat's clocks.
    let passed: Vec<NaiveDate> =
        times.iter().map(|at| if *at <= local.time() { local.date() } else { yesterday }).collect();
    sqlx::query!("delete from edition_slot where subscriber_id = $1 and slot <> all ($2)", id, &slots)
        .execute(&mut *tx)
        .await?;
    sqlx::query!(
        "insert into edition_slot as e (subscriber_id, slot, at, passed)
         select $1, slot, at, passed from unnest($2::smallint[], $3::time[], $4::date[]) c (slot, at, passed)
         on conflict (subscriber_id, slot) do update set at = excluded.at, passed = excluded.passed
         where e.at <> excluded.at or $5",
        id,
        &slots,
        times,
        &passed,
        moved,
    )
    .execute(&mut *tx)
    .await?;
    if moved {
        // Its quiet hours are at other instants now.
        deliveries::wake(tx, id, now).await?;
    }
    Ok(())
}

//! The accounts of a trial: what was to arrive and what arrived, what was in flight at each kill, and whether
//! everything stored fits together.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use sqlx::{ConnectOptions, PgPool};
use url::Url;

use super::news::{A_DAY, SOURCES};
use super::world::{Course, World};

/// What was in flight, kill by kill.
#[derive(Default)]
pub struct Ledger {
    /// Parts in flight at a kill, with the attempt that was cut off.
    in_flight: BTreeSet<(i64, i32)>,
}

/// How a trial came out.
#[derive(Debug)]
pub struct Accounts {
    pub parts: usize,
    /// Messages in the longest digest, and in the middle one.
    pub in_a_digest: (usize, usize),
    pub doubled: usize,
    pub in_flight: usize,
}

impl fmt::Display for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Accounts { parts, in_a_digest: (longest, middle), doubled, in_flight } = self;
        write!(
            f,
            "{parts} messages ({middle} a digest in the middle, {longest} at most), 0 lost or parked, {in_flight} in \
             flight at kills, {doubled} came twice"
        )
    }
}

/// The name by which one program uses the database.
pub struct User {
    name: String,
    /// Its way there.
    pub url: Url,
}

impl User {
    pub async fn new(db: &PgPool, which: &str) -> User {
        let mut url = db.connect_options().to_url_lossy();
        let name = format!("{which}_{}", &url.path()[1..]);
        let role = format!("create role \"{name}\" superuser login");
        sqlx::raw_sql(sqlx::AssertSqlSafe(role)).execute(db).await.unwrap();
        url.set_username(&name).unwrap();
        User { name, url }
    }

    /// The number in leases of the process that works by this name; none before it has one.
    pub async fn number(&self, db: &PgPool) -> Option<i32> {
        let number = "select number from live_process join pg_locks on objid::bigint = number
                      join pg_stat_activity using (pid) where locktype = 'advisory' and usename::text = $1";
        sqlx::query_scalar(number).bind(&self.name).fetch_optional(db).await.unwrap()
    }

    /// Waits until the server has noticed that a killed program is gone.
    pub async fn is_gone(&self, db: &PgPool) {
        let there = "select exists (select from pg_stat_activity where usename::text = $1)";
        while sqlx::query_scalar::<_, bool>(there).bind(&self.name).fetch_one(db).await.unwrap() {
            tokio::task::yield_now().await;
        }
    }

    pub async fn end(self, db: &PgPool) {
        let role = format!("drop role \"{}\"", self.name);
        sqlx::raw_sql(sqlx::AssertSqlSafe(role)).execute(db).await.unwrap();
    }
}

/// Keeps a trace of each part that one process takes over from another, with the attempt that was cut off. Here the
/// clock is so fast that a survivor may have done so before [`Ledger::killed`] looks.
const TRACE: &str = "
    create table taken_over (number integer, delivery_id bigint, attempts integer);
    create function trace_taken_over() returns trigger language plpgsql as $$
    begin
        insert into taken_over values (old.leased_by, old.delivery_id, old.attempts);
        return null;
    end $$;
    create trigger trace_taken_over after update on delivery for each row
        when (old.state = 'sending' and new.state = 'sending') execute function trace_taken_over()";

impl Ledger {
    /// One for processes that live on while another is killed.
    pub async fn of_replicas(db: &PgPool) -> Ledger {
        sqlx::raw_sql(TRACE).execute(db).await.unwrap();
        Ledger::default()
    }

    /// Notes what was taken over from the processes of these numbers, which were killed.
    pub async fn taken_over(&mut self, killed: &[i32], db: &PgPool) {
        let taken_over = "select delivery_id, attempts from taken_over where number = any($1)";
        let taken_over: Vec<(i64, i32)> =
            sqlx::query_as(taken_over).bind(killed).fetch_all(db).await.unwrap();
        self.in_flight.extend(taken_over);
    }

    /// Notes what killed processes had in flight, once they are gone: what is being sent in the name of nobody alive.
    pub async fn killed(&mut self, db: &PgPool) -> usize {
        let sending = "select delivery_id, attempts from delivery where state = 'sending'
                       and not exists (select from live_process where number = leased_by)";
        let before = self.in_flight.len();
        let sending: Vec<(i64, i32)> = sqlx::query_as(sending).fetch_all(db).await.unwrap();
        self.in_flight.extend(sending);
        self.in_flight.len() - before
    }

    /// Asserts that nothing was lost or parked, that each chat got its parts in order, and that what came twice was
    /// in flight at a kill.
    pub async fn settle(&self, world: &World, db: &PgPool) -> Accounts {
        let rows: Vec<(i64, i64, String, String)> = sqlx::query_as(
            "select delivery_id, chat_id, body, delivery.state from delivery join subscriber using (subscriber_id)
             order by delivery_id",
        )
        .fetch_all(db)
        .await
        .unwrap();
        let unsent: Vec<_> = rows.iter().filter(|row| row.3 != "sent").collect();
        assert!(unsent.is_empty(), "{} parts are not sent, as {:?}", unsent.len(), unsent[0]);
        let mut expected: BTreeMap<i64, Vec<(i64, &str)>> = BTreeMap::new();
        for (id, chat, body, _) in &rows {
            expected.entry(*chat).or_default().push((*id, body));
        }
        let mut doubled = 0;
        for (chat, parts) in &expected {
            let mut got = world.telegram.messages(*chat, 1).await;
            // What admins are told of a small disk is no digest.
            got.retain(|message| !message.raw.contains("The disk of the data folder"));
            let mut times: HashMap<&str, usize> = HashMap::new();
            let mut first: Vec<&str> = Vec::new();
            for message in &got {
                let times = times.entry(&message.raw).or_default();
                *times += 1;
                if *times == 1 {
                    first.push(&message.raw);
                }
            }
            let bodies: Vec<&str> = parts.iter().map(|(_, body)| *body).collect();
            assert_eq!(first.len(), bodies.len(), "chat {chat}: parts lost, or of no digest");
            assert_eq!(first, bodies, "chat {chat}: in another order");
            for (id, body) in parts {
                let again = times[body] - 1;
                let kills = self.in_flight.range((*id, 0)..=(*id, i32::MAX)).count();
                assert!(again <= kills, "part {id} came {again} times more, in flight at {kills} kills");
                doubled += again;
            }
        }
        let mut digests: Vec<i64> = sqlx::query_scalar("select count(*) from delivery group by digest_id")
            .fetch_all(db)
            .await
            .unwrap();
        digests.sort_unstable();
        let middle = digests[digests.len() / 2] as usize;
        let longest = *digests.last().unwrap() as usize;
        Accounts {
            parts: rows.len(),
            in_a_digest: (longest, middle),
            doubled,
            in_flight: self.in_flight.len(),
        }
    }
}

/// What must never be found, as queries that count it.
const HALF_WRITTEN: [(&str, &str); 11] = [
    (
        "digests without all their parts",
        r"select count(*) from digest d where (select array_agg(part::int order by part) from delivery p
              where p.digest_id = d.digest_id) is distinct from
              (select array_agg(n) from generate_series(1, coalesce((select
                  substring(body from '\((?:\d+)/(\d+)\)$')::int from delivery p where p.digest_id = d.digest_id
                  and part = 1), 1)) n)",
    ),
    (
        "editions compiled twice",
        "select count(*) from (select from digest group by subscriber_id, local_date having count(*) > 1) twice",
    ),
    (
        "developments told as new twice",
        "select count(*) from (
             select from digest join edition e using (digest_id), jsonb_array_elements(e.content -> 'items') item
             where item ->> 'badge' = 'new' group by subscriber_id, item ->> 'development' having count(*) > 1) twice",
    ),
    (
        "items that do not count as told",
        "select count(*) from digest d join edition e using (digest_id),
                 jsonb_array_elements(e.content -> 'items') item
             where not exists (select from told t where t.subscriber_id = d.subscriber_id and t.change_id = 0
                 and t.development_id = (item ->> 'development')::bigint)",
    ),
    ("editions without a list of items", "select count(*) from digest where item_list_id is null"),
    (
        "lists of items without an edition",
        "select count(*) from item_list l
             where not exists (select from digest d where d.item_list_id = l.item_list_id)",
    ),
    ("reports without a mention", "select count(*) from report where mention = '{}' or evidence = ''"),
    (
        "reports of articles that are not read",
        "select count(*) from report r join article a using (article_id)
             where a.read_version is null or r.version > a.read_version",
    ),
    (
        "developments without a report",
        "select count(*) from development d where not background and merged_into is null
             and not exists (select from report r where r.development_id = d.development_id)",
    ),
    (
        "articles without their version",
        "select count(*) from article a where not exists (select from article_version v
             where v.article_id = a.article_id and v.version = a.version)",
    ),
    ("pages that were had and are not there", "select count(*) from entry where page_state = 'had' and article_id is null"),
];

/// Asserts that nothing is half-written, that each reader has an edition a day, and that validators are not ahead of
/// the entries that they vouch for.
pub async fn fits_together(world: &World, course: &Course, db: &PgPool) {
    for (what, query) in HALF_WRITTEN {
        let count: i64 = sqlx::query_scalar(query).fetch_one(db).await.unwrap();
        assert_eq!(count, 0, "{what}");
    }
    let digests: i64 = sqlx::query_scalar("select count(*) from digest").fetch_one(db).await.unwrap();
    assert_eq!(digests, world.readers * (course.day as i64 + 1), "editions");
    let lists: Vec<(Option<String>, i64)> = sqlx::query_as(
        "select etag, (select count(*) from entry e where e.source_id = s.source_id) from source s",
    )
    .fetch_all(db)
    .await
    .unwrap();
    let whole = ((course.day + 1) * A_DAY / SOURCES) as i64;
    for (etag, entries) in lists {
        assert!(
            entries == whole || etag != Some(world.news.etag()),
            "a validator of {entries} entries vouches for {whole}"
        );
    }
    let articles: i64 = sqlx::query_scalar("select count(*) from article").fetch_one(db).await.unwrap();
    assert_eq!(articles as usize, (course.day + 1) * A_DAY, "articles");
}

//! What comparing one article costs with ever more developments in store.
//!
//! `cargo bench --bench compare` fills a scratch database with 10 000, 100 000 and 1 000 000 developments (or as
//! many as the numbers given: `-- 1000 20000`), each with its article, report and tolls, 1000 in a month, a fifth of
//! them with one actor. Then it reads and compares the same new articles of the last month with each, as `tidings
//! run` does, one mention an article. It needs what Tidings needs: `DATABASE_URL`, or Postgres' programs for a
//! private server in a temporary folder. The million takes some 4 GB and a quarter of an hour.

#![expect(clippy::print_stdout, reason = "it prints its figures")]

use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use chrono::{Days, Months, NaiveDate, NaiveTime};
use serde_json::{Value, json};
use sqlx::PgPool;
use tidings::app::read::{Outcome, read_next};
use tidings::clock::Clock;
use tidings::compare;
use tidings::config::Secret;
use tidings::model::{Article, Kind, Mention};
use tidings::store::developments::{self as store, Replayed};

/// Developments a month.
const DENSITY: usize = 1000;
/// Articles that are compared untimed, before those that are timed.
const WARM: usize = 60;
/// Articles that are timed.
const TIMED: usize = 400;
/// The actor in a fifth of all developments.
const HUB: Country = ("Brazil", "Brazilian");

#[tokio::main]
async fn main() -> Result<()> {
    let asked = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let mut sizes =
        asked.map(|n| n.parse().context("how many developments?")).collect::<Result<Vec<usize>>>()?;
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000, 1_000_000];
    }
    // The server's user has to be able to enter it.
    let folder = tempfile::Builder::new().prefix("tidings-bench-").tempdir()?;
    std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755))?;
    let url = std::env::var("DATABASE_URL").ok().map(Secret);
    let beside = tidings::store::connect(url.as_ref(), folder.path()).await?;

    println!(
        "milliseconds an article          search         whole  whole: mean   p95   with the frequent actor"
    );
    let mut first = None;
    for size in sizes {
        let scratch = tidings::store::scratch(&beside).await?;
        let started = Instant::now();
        fill(&scratch.pool, size).await?;
        let filled = started.elapsed();
        let figures = measure(&scratch.pool).await?;
        let base = *first.get_or_insert((figures.search, figures.whole, figures.mean));
        println!(
            "{size:>9} developments {:>6.2} (×{:.2}) {:>6.2} (×{:.2}) {:>5.2} (×{:.2}) {:>5.2} {:>6.2}   \
             {:.0} candidates, {} linked; filled in {:.0} s, {}",
            figures.search,
            figures.search / base.0,
            figures.whole,
            figures.whole / base.1,
            figures.mean,
            figures.mean / base.2,
            figures.slowest,
            figures.hub,
            figures.candidates,
            figures.linked,
            filled.as_secs_f64(),
            figures.size,
        );
        scratch.close().await?;
    }
    beside.close().await
}

/// Medians in milliseconds, unless named otherwise.
struct Figures {
    /// Finding the candidates.
    search: f64,
    /// All: claiming, reading, finding, comparing, storing.
    whole: f64,
    mean: f64,
    /// 95 of 100 take less.
    slowest: f64,
    /// The whole, of articles about the frequent actor.
    hub: f64,
    /// Candidates an article, on average.
    candidates: f64,
    /// Articles that told of a known development.
    linked: i64,
    /// What the database takes on disk.
    size: String,
}

/// Reads and compares new articles of the last month, one after the other.
async fn measure(db: &PgPool) -> Result<Figures> {
    let mut invented = Invented::seeded(7);
    let mut articles = Vec::new();
    for n in 0..WARM + TIMED {
        let day = last_month() + Days::new(27);
        let (article, mention) = invented.article(day, n, n)?;
        articles.push((article, mention));
    }
    let now = articles[0].0.published;
    let mut search = Vec::new();
    let mut candidates = 0;
    for (article, mention) in &articles {
        let keys = compare::keys(mention, article.published);
        let mut connection = db.acquire().await?;
        let started = Instant::now();
        candidates += store::candidates(&mut connection, &keys, 0).await?.len();
        search.push(started.elapsed());
    }
    let replayed: Vec<Replayed> = articles
        .iter()
        .enumerate()
        .map(|(n, (article, _))| Replayed {
            id: format!("timed-{n}"),
            outlet: article.outlet.clone(),
            published: article.published,
            title: None,
            text: article.text.clone(),
            language: Some("en".to_owned()),
        })
        .collect();
    store::insert_replayed(db, &replayed, now).await?;
    let before: i64 = sqlx::query_scalar("select count(*) from development").fetch_one(db).await?;
    let (mut whole, mut hub) = (Vec::new(), Vec::new());
    for (article, _) in &articles {
        let started = Instant::now();
        let outcome = read_next(db, &Default::default(), &Clock::manual(now)).await?;
        let took = started.elapsed();
        ensure!(
            matches!(outcome, Outcome::Read { mentions: 1.., .. }),
            "nothing was read in {:?}",
            article.text
        );
        whole.push(took);
        if article.text.contains(HUB.0) || article.text.contains(HUB.1) {
            hub.push(took);
        }
    }
    let after: i64 = sqlx::query_scalar("select count(*) from development").fetch_one(db).await?;
    let size = sqlx::query_scalar("select pg_size_pretty(pg_database_size(current_database()))")
        .fetch_one(db)
        .await?;
    let (search, whole) = (&mut search[WARM..], &mut whole[WARM..]);
    search.sort_unstable();
    whole.sort_unstable();
    hub.sort_unstable();
    Ok(Figures {
        search: milliseconds(search[TIMED / 2]),
        whole: milliseconds(whole[TIMED / 2]),
        mean: milliseconds(whole.iter().sum::<Duration>()) / TIMED as f64,
        slowest: milliseconds(whole[TIMED * 95 / 100]),
        hub: milliseconds(hub[hub.len() / 2]),
        candidates: candidates as f64 / articles.len() as f64,
        linked: articles.len() as i64 - (after - before),
        size,
    })
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The first day of the last month that the store knows.
fn last_month() -> NaiveDate {
    NaiveDate::from_ymd_opt(2030, 6, 1).unwrap_or_default()
}

/// Fills the store with `size` developments, `DENSITY` in each month up to the last.
async fn fill(db: &PgPool, size: usize) -> Result<()> {
    let months = size.div_ceil(DENSITY);
    let mut invented = Invented::seeded(1);
    for month in 0..months {
        let first = last_month() - Months::new(u32::try_from(months - 1 - month)?);
        let mut rows = Vec::with_capacity(DENSITY);
        for n in 0..DENSITY.min(size - month * DENSITY) {
            let day = first + Days::new(n as u64 * 27 / DENSITY as u64);
            rows.push(row(month * DENSITY + n + 1, &mut invented, day)?);
        }
        insert(db, &Value::Array(rows)).await.with_context(|| format!("filling month {month}"))?;
    }
    for table in ["article", "development", "report"] {
        let id = format!("{table}_id");
        let sql = format!(
            "select setval(pg_get_serial_sequence('{table}', '{id}'), (select max({id}) from {table}))"
        );
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(db).await?;
    }
    // As the server does by itself, sooner or later.
    sqlx::query("vacuum analyze").execute(db).await?;
    Ok(())
}

/// One development, found by reading an invented article as the first of it.
fn row(id: usize, invented: &mut Invented, day: NaiveDate) -> Result<Value> {
    let (article, mention) = invented.article(day, id, id * 37 % 1080)?;
    let at = compare::Context { published: article.published, outlet: article.outlet.clone() };
    let report = compare::article(&[mention], &at, vec![]).reports.pop().context("no report")?;
    let tolls: Vec<Value> = report
        .tolls
        .iter()
        .map(|(field, toll)| json!({"field": field.as_str(), "value": toll.value}))
        .collect();
    Ok(json!({
        "id": id,
        "outlet": article.outlet,
        "text": article.text,
        "published": article.published,
        "kind": report.facts.kind,
        "status": report.facts.status,
        "day": day,
        "keys": compare::keys_of(&report.facts),
        "facts": report.facts,
        "mention": report.mention,
        "evidence": report.mention.evidence,
        "tolls": tolls,
    }))
}

async fn insert(db: &PgPool, rows: &Value) -> Result<()> {
    let statements = [
        "insert into article (article_id, url, outlet, published_at, first_seen_at, version, read_version, read_at)
         overriding system value
         select id, 'bench:' || id, outlet, published, published, 1, 1, published
         from jsonb_to_recordset($1) as r (id bigint, outlet text, published timestamptz)",
        "insert into article_version (article_id, version, text, text_kind, language, fetched_at)
         select id, 1, text, 'page', 'en', published
         from jsonb_to_recordset($1) as r (id bigint, text text, published timestamptz)",
        "insert into development (development_id, kind, status, date_from, date_to, facts, keys,
                                  first_reported_at, last_reported_at, found_at)
         overriding system value
         select id, kind, status, day, day, facts, array(select jsonb_array_elements_text(keys)),
                published, published, published
         from jsonb_to_recordset($1) as r (id bigint, kind text, status text, day date, facts jsonb, keys jsonb,
                                           published timestamptz)",
        "insert into report (report_id, development_id, article_id, version, relation, evidence, mention, why, score,
                             reported_at, found_at)
         overriding system value
         select id, id, id, 1, 'new', evidence, mention, 'nothing like it was known', 0, published, published
         from jsonb_to_recordset($1) as r (id bigint, evidence text, mention jsonb, published timestamptz)",
        "insert into toll (development_id, outlet, field, value, at_least, report_id)
         select r.id, r.outlet, t.field, t.value, false, r.id
         from jsonb_to_recordset($1) as r (id bigint, outlet text, tolls jsonb),
              jsonb_to_recordset(r.tolls) as t (field text, value integer)",
    ];
    let mut tx = db.begin().await?;
    for statement in statements {
        sqlx::query(statement).bind(rows).execute(&mut *tx).await?;
    }
    Ok(tx.commit().await?)
}

/// Name and adjective.
type Country = (&'static str, &'static str);

const COUNTRIES: [Country; 20] = [
    ("Ghana", "Ghanaian"),
    ("Peru", "Peruvian"),
    ("Norway", "Norwegian"),
    ("Kenya", "Kenyan"),
    ("Vietnam", "Vietnamese"),
    ("Bolivia", "Bolivian"),
    ("Poland", "Polish"),
    ("Algeria", "Algerian"),
    ("Nepal", "Nepalese"),
    ("Chile", "Chilean"),
    ("Egypt", "Egyptian"),
    ("Mongolia", "Mongolian"),
    ("Uganda", "Ugandan"),
    ("Hungary", "Hungarian"),
    ("Indonesia", "Indonesian"),
    ("Zambia", "Zambian"),
    ("Uruguay", "Uruguayan"),
    ("Finland", "Finnish"),
    ("Morocco", "Moroccan"),
    ("Thailand", "Thai"),
];
const CITIES: [&str; 20] = [
    "Accra",
    "Lima",
    "Oslo",
    "Nairobi",
    "Hanoi",
    "Cusco",
    "Krakow",
    "Oran",
    "Pokhara",
    "Valparaiso",
    "Aswan",
    "Bergen",
    "Kampala",
    "Debrecen",
    "Surabaya",
    "Lusaka",
    "Salto",
    "Tampere",
    "Fez",
    "Phuket",
];
const TOPICS: [&str; 24] = [
    "fisheries",
    "railways",
    "electricity",
    "vaccination",
    "irrigation",
    "refugees",
    "customs",
    "telecommunications",
    "earthquake relief",
    "deforestation",
    "copper mining",
    "satellites",
    "wheat exports",
    "border crossings",
    "scholarships",
    "hydropower",
    "aviation",
    "prisoners",
    "fertiliser",
    "coastal patrols",
    "insurance",
    "agriculture",
    "shipbuilding",
    "visas",
];
const TARGETS: [&str; 8] = [
    "fuel depot",
    "barracks",
    "power station",
    "market",
    "police station",
    "bus station",
    "warehouse",
    "radar station",
];
const SYLLABLES: [&str; 24] = [
    "bel", "dor", "gan", "hul", "jes", "kam", "lor", "mir", "nad", "ost", "pel", "quin", "rav", "sel", "tor",
    "ul", "ver", "wen", "yar", "zol", "ek", "ami", "osh", "und",
];

/// Invented news, the same for the same seed.
struct Invented(u64);

impl Invented {
    fn seeded(seed: u64) -> Invented {
        Invented(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn name(&mut self) -> String {
        let mut word = |syllables: usize| {
            let word: String = (0..syllables).map(|_| self.one(&SYLLABLES)).collect();
            word[..1].to_uppercase() + &word[1..]
        };
        format!("{} {}", word(2), word(3))
    }

    /// An article of that day and minute with its one mention: a meeting, a strike or a statement by turns.
    fn article(&mut self, day: NaiveDate, turn: usize, minute: usize) -> Result<(Article, Mention)> {
        let text = self.text(day, turn);
        let published =
            day.and_time(NaiveTime::MIN).and_utc() + chrono::TimeDelta::minutes(i64::try_from(minute)?);
        let outlet = format!("Outlet {}", self.below(40));
        let article = Article { outlet, title: None, text, published };
        let kind = [Kind::MEETING, Kind::STRIKE, Kind::STATEMENT][turn % 3].clone();
        let mention = tidings::read::read(&article).into_iter().find(|m| m.kind == kind);
        let mention = mention.with_context(|| format!("no {kind} was read in {:?}", article.text))?;
        Ok((article, mention))
    }

    fn text(&mut self, day: NaiveDate, turn: usize) -> String {
        let weekday = day.format("%A");
        let first = if self.below(5) == 0 { HUB } else { self.one(&COUNTRIES) };
        let second = loop {
            let country = self.one(&COUNTRIES);
            if country != first {
                break country;
            }
        };
        let (city, topic, other) = (self.one(&CITIES), self.one(&TOPICS), self.one(&TOPICS));
        match turn % 3 {
            0 => format!(
                "{}'s foreign minister, {}, met his {} counterpart, {}, in {city} on {weekday} to discuss {topic} \
                 and {other}.",
                first.0,
                self.name(),
                second.1,
                self.name(),
            ),
            1 => format!(
                "A drone strike by {} forces on a {} in {city} killed {} people on {weekday}, {} officials said.",
                first.1,
                self.one(&TARGETS),
                3 + self.below(60),
                second.1,
            ),
            _ => format!(
                "{}'s president, {}, said on {weekday} that {topic} and {other} would need new rules within {} months.",
                first.0,
                self.name(),
                2 + self.below(30),
            ),
        }
    }
}

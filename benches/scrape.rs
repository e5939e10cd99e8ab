//! How fast feeds and pages are read, and what putting a text beside those in store costs.
//!
//! `cargo bench --bench scrape -- FILE…` reads files round after round, all that end in `.html` or `.html.gz` as pages
//! and the others as feeds. Of articles in a `.jsonl` (as `tidings replay` takes them) it tells which are copies of one
//! another, and how many copies of them are found that an outlet cut or touched up. Without files it reads pages and a
//! feed of the bundled newsroom's stories. Then it stores new articles, every other one a copy, in scratch databases
//! that hold 1 000, 10 000 and 100 000 articles of the last month. It needs what Tidings needs: `DATABASE_URL`, or
//! Postgres' programs for a private server. `--no-store` leaves that out. Time is the process' own where the system
//! tells it: pages are read on threads of their own.

#![expect(clippy::print_stdout, reason = "it prints its figures")]

use std::hint::black_box;
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgPool;
use tidings::config::Secret;
use tidings::demo::newsroom::{Newsroom, Story};
use tidings::model::Wording;
use tidings::scrape::{article, feed, wording};
use tidings::store::articles::{self, Claim, NewArticle, PageState, TextKind};
use url::Url;

/// Rounds are made until so much time has gone, three at least.
const ENOUGH: Duration = Duration::from_secs(5);
/// Articles in store when new ones come.
const SIZES: [i64; 3] = [1_000, 10_000, 100_000];
/// Articles that are stored and timed.
const TIMED: usize = 400;

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let files = arguments.iter().filter(|argument| !argument.starts_with("--"));
    let (mut pages, mut feeds) = (Vec::new(), Vec::new());
    for file in files {
        let bytes = bytes(file).with_context(|| format!("reading {file}"))?;
        if file.ends_with(".jsonl") {
            copies(&String::from_utf8(bytes)?)?;
            continue;
        }
        let is_page = file.ends_with(".html") || file.ends_with(".html.gz");
        if is_page { &mut pages } else { &mut feeds }.push(bytes);
    }
    let stories = Newsroom::bundled()?.stories;
    ensure!(!stories.is_empty(), "no stories");
    if pages.is_empty() && feeds.is_empty() {
        let items: String = stories
            .iter()
            .map(|s| {
                format!("<item><title>{}</title><description>{}</description></item>", s.title, s.summary)
            })
            .collect();
        feeds.push(
            format!("<rss version='2.0'><channel><title>News</title>{items}</channel></rss>").into_bytes(),
        );
        let page = |s: &Story| {
            let paragraphs: String = s.paragraphs().map(|paragraph| format!("<p>{paragraph}</p>")).collect();
            format!("<html><body><article><h1>{}</h1>{paragraphs}</article></body></html>", s.title)
                .into_bytes()
        };
        pages.extend(stories.iter().map(page));
    }
    let url = Url::parse("https://news.example/2031/03/pier")?;
    rounds("page", &pages, |bytes| {
        let _ = black_box(article::extract(bytes, None, Some(&url), DateTime::UNIX_EPOCH));
    });
    rounds("feed", &feeds, |bytes| {
        let _ = black_box(feed::parse(bytes, None, Some(&url)));
    });
    let texts: Vec<Vec<u8>> = stories.iter().map(|story| story.text.clone().into_bytes()).collect();
    rounds("wording of text", &texts, |bytes| {
        black_box(wording::of(None, &String::from_utf8_lossy(bytes)));
    });
    if arguments.iter().all(|argument| argument != "--no-store") { stored().await } else { Ok(()) }
}

/// Times `work` on each of `inputs`, round after round.
fn rounds(what: &str, inputs: &[Vec<u8>], work: impl Fn(&[u8])) {
    if inputs.is_empty() {
        return;
    }
    let (mut rounds, mut all) = (0u32, Duration::ZERO);
    while rounds < 3 || all < ENOUGH {
        let before = used();
        inputs.iter().for_each(|bytes| work(bytes));
        (rounds, all) = (rounds + 1, all + (used() - before));
    }
    let length: usize = inputs.iter().map(Vec::len).sum();
    let round = all.as_secs_f64() / f64::from(rounds);
    println!(
        "ms/{what} {:.3} on average of {rounds} rounds over {}, {:.1} MB/s",
        round * 1e3 / inputs.len() as f64,
        inputs.len(),
        length as f64 / 1e6 / round
    );
}

/// Tells copies among articles, and of each the copies that outlets make.
fn copies(lines: &str) -> Result<()> {
    let articles: Vec<Value> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let text = |article: &Value| article["text"].as_str().unwrap_or_default().to_owned();
    let told: Vec<(String, Wording)> =
        articles.iter().map(|article| (text(article), wording::of(None, &text(article)))).collect();
    let told: Vec<&(String, Wording)> =
        told.iter().filter(|(_, wording)| !wording.prints.is_empty()).collect();
    let pairs = told.iter().enumerate().flat_map(|(at, a)| told[..at].iter().map(move |b| (&a.1, &b.1)));
    let (mut all, mut same) = (0, 0);
    for (a, b) in pairs {
        (all, same) = (all + 1, same + usize::from(a.is_copy_of(&b.prints)));
    }
    println!("copies {same} of {all} pairs of {} texts", told.len());
    for at in 0..dressed("").len() {
        let is_found = |known: &&&(String, Wording)| {
            let (_, copy) = &dressed(&known.0)[at];
            let copy = wording::of(None, copy);
            copy.is_copy_of(&known.1.prints) && copy.keys().iter().any(|key| known.1.keys().contains(key))
        };
        println!(
            "found {} of {} copies {}",
            told.iter().filter(is_found).count(),
            told.len(),
            dressed("")[at].0
        );
    }
    Ok(())
}

/// What outlets make of an agency's text.
fn dressed(text: &str) -> [(&'static str, String); 6] {
    const INTRO: &str = "Our readers on the coast have asked what is known so far and here is what the agency writes about it today. ";
    let cut = |most: usize| text.split_inclusive(' ').take(most).collect::<String>();
    let half = cut(text.split(' ').count() / 2);
    let edited = |text: &str| {
        let words = text.split(' ').enumerate();
        words.map(|(at, word)| if at % 10 == 9 { "another" } else { word }).collect::<Vec<_>>().join(" ")
    };
    let dateline = "KARO, March 2 (Wire) -";
    [
        (
            "with dateline and credit",
            format!("{dateline} {text}\n(Reporting by Ada Morn; editing by Bo Lind)"),
        ),
        ("cut to half", half.clone()),
        ("cut to 60 words", cut(60)),
        ("behind 63 words of another's", INTRO.repeat(3) + text),
        ("with each tenth word changed", edited(text)),
        ("cut to half, with dateline, each tenth word changed", format!("{dateline} {}", edited(&half))),
    ]
}

/// Processor time of this process, its ended threads included; where the system does not tell it, time on the wall.
fn used() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let stat = std::fs::read_to_string("/proc/self/stat").ok();
    // Behind the name, which may hold anything: utime and stime, in hundredths of a second.
    let ticks = stat.and_then(|stat| {
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
    });
    ticks.map_or_else(|| START.elapsed(), |ticks| Duration::from_millis(ticks * 10))
}

fn bytes(file: &str) -> Result<Vec<u8>> {
    let raw = std::fs::read(file)?;
    if !raw.starts_with(&[0x1f, 0x8b]) {
        return Ok(raw);
    }
    let mut bytes = Vec::new();
    flate2::read::MultiGzDecoder::new(&raw[..]).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What storing an article costs with ever more articles in store.
async fn stored() -> Result<()> {
    // The server's user has to be able to enter it.
    let folder = tempfile::Builder::new().prefix("tidings-bench-").tempdir()?;
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755))?;
    let url = std::env::var("DATABASE_URL").ok().map(Secret);
    let beside = tidings::store::connect(url.as_ref(), folder.path()).await?;
    for size in SIZES {
        let scratch = tidings::store::scratch(&beside).await?;
        let now = DateTime::UNIX_EPOCH;
        fill(&scratch.pool, size, now).await?;
        let mut took = Vec::new();
        for at in 0..TIMED {
            let article = invented(at, now);
            let entry: i64 = sqlx::query_scalar(
                "insert into entry (source_id, key, seen_at, page_not_before)
                 select source_id, $2::text, $1, $1 from source returning entry_id",
            )
            .bind(now)
            .bind(at.to_string())
            .fetch_one(&scratch.pool)
            .await?;
            let started = Instant::now();
            articles::store(
                &scratch.pool,
                Claim { entry_id: entry, revision: 0 },
                &article,
                &PageState::Had,
                now,
            )
            .await?;
            took.push(started.elapsed());
        }
        took.sort_unstable();
        let origins: i64 =
            sqlx::query_scalar("select count(distinct origin_id) from article_version v join article a using (article_id) where a.key is not null")
                .fetch_one(&scratch.pool)
                .await?;
        ensure!(origins == TIMED as i64 / 2, "{origins} origins of {} texts", TIMED / 2);
        println!(
            "ms/article {:.2} in the middle, {:.2} of 95 in 100, to store and to find its copies beside {size}",
            took[TIMED / 2].as_secs_f64() * 1e3,
            took[TIMED * 95 / 100].as_secs_f64() * 1e3,
        );
        scratch.close().await?;
    }
    beside.close().await
}

/// Articles of the last thirty days, half of them with a phrase that all their texts have.
async fn fill(db: &PgPool, size: i64, now: DateTime<Utc>) -> Result<()> {
    let mut tx = db.begin().await?;
    for statement in [
        "insert into source (name, url, type, outlet, next_check_at, created_at) select 's', 'u', 'feed', 's', $2, $2 where $1 > 0",
        "insert into origin (first_seen_at) select $2 from generate_series(1, $1)",
        "insert into article (url, outlet, published_at, first_seen_at)
         select 'bench:' || n, 'Outlet ' || n % 50, $2, $2 from generate_series(1, $1) n",
        "insert into article_version (article_id, version, origin_id, text, text_kind, fetched_at, essence, prints)
         select article_id, 1, article_id, '', 'page', $2 - interval '30 days' * article_id / ($1 + 1), article_id,
                (select array_agg(print order by print) from (
                     select (random() * 9e18)::bigint + n * article_id * 0 as print from generate_series(1, 150) n
                     union all select -9 where article_id % 2 = 0) prints)
         from article",
        "insert into print select unnest(prints[:16]), fetched_at, article_id, version from article_version where $1 > 0 and $2 is not null",
    ] {
        sqlx::query(statement).bind(size).bind(now).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    sqlx::raw_sql("analyze").execute(db).await?;
    Ok(())
}

/// An article of three hundred invented words; each second one is the one before it with another dateline.
fn invented(at: usize, now: DateTime<Utc>) -> NewArticle {
    let mut seed = (at / 2) as u64 + 1;
    let mut word = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("word{}", seed >> 52)
    };
    let words: Vec<String> = (0..300).map(|_| word()).collect();
    let text = format!("KARO, Outlet {at} - {}", words.join(" "));
    NewArticle {
        url: format!("https://o{at}.example/"),
        key: format!("o{at}.example/"),
        outlet: format!("New outlet {at}"),
        title: Some(format!("Title {at}")),
        wording: wording::of(None, &text),
        text,
        kind: TextKind::Page,
        language: Some("en".to_owned()),
        author: None,
        published_at: now,
    }
}

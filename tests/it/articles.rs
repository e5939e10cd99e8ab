//! What is one article, one version of it, one text: in a real store, with texts as outlets set them.

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::join_all;
use sqlx::PgPool;
use tidings::scrape::{canonical, wording};
use tidings::store::Database;
use tidings::store::articles::{self, Claim, NewArticle, PageState, Stored, TextKind};
use url::Url;

use crate::support;

const TEXT: &str = "The harbour council of Karo agreed on Sunday to rebuild the northern pier, which a storm had broken in \
    January, before the fishing season begins in May.\n\
    Its chairwoman, Ilse Brandvold, told reporters after six hours of debate that the work would cost nine million \
    crowns, two million more than engineers had first reckoned, and that half of it would come from the capital.\n\
    Fishermen had blocked the road to the ferry for three days in protest against the delay.";

#[tokio::test]
async fn twenty_outlets_copies_of_one_agency_text_are_one_origin() {
    let newsroom = Newsroom::open().await;
    let stored = join_all((0..20).map(|at| {
        let cut = TEXT.lines().take(2 + at % 2).collect::<Vec<_>>().join("\n");
        let text = match at % 4 {
            0 => format!("KARO, March 2 (Meridian Wire) - {cut}"),
            1 => format!("{cut}\n(Reporting by Ada Morn; editing by Bo Lind)"),
            2 => cut.replace("crowns", "kroner").replace("northern", "north"),
            _ => format!("Read more of this on our website tonight.\n{}", cut.to_uppercase()),
        };
        let report = Report {
            outlet: format!("Outlet {at}"),
            url: format!("https://o{at}.example/pier"),
            text,
            ..Report::default()
        };
        newsroom.store(report)
    }))
    .await;
    assert_eq!(stored, [Stored::New; 20]);
    assert_eq!(newsroom.origins().await, 1);
    newsroom.close().await;
}

#[tokio::test]
async fn reports_of_one_event_by_two_writers_are_two_origins() {
    let newsroom = Newsroom::open().await;
    let other = "Karo will have its northern pier back by May. After a long debate the town's harbour council voted on Sunday \
        for repairs worth nine million crowns, ending a protest by fishermen who had closed the ferry road. The capital \
        pays half of it, chairwoman Ilse Brandvold said.";
    newsroom.store(Report::default()).await;
    let report = Report {
        outlet: "Ledger".into(),
        url: "https://ledger.example/1".into(),
        text: other.into(),
        ..Report::default()
    };
    newsroom.store(report).await;
    assert_eq!(newsroom.origins().await, 2);
    newsroom.close().await;
}

#[tokio::test]
async fn an_edit_of_a_stamp_makes_no_version_and_one_of_a_number_does() {
    let newsroom = Newsroom::open().await;
    let edited =
        |text: String, title: &str| newsroom.store(Report { text, title: title.into(), ..Report::default() });
    assert_eq!(edited(TEXT.into(), "Pier").await, Stored::New);
    assert_eq!(edited(format!("Updated 3 March 2031, 14:05 GMT\n{TEXT}"), "Pier").await, Stored::Known);
    assert_eq!(edited(format!("{TEXT}\nLast updated 5 minutes ago"), "UPDATE 1-Pier").await, Stored::Known);
    assert_eq!(edited(TEXT.replace("nine million", "ten million"), "Pier").await, Stored::Version);
    assert_eq!(newsroom.origins().await, 1, "an edited text is still its own");
    newsroom.close().await;
}

#[tokio::test]
async fn a_twin_for_phones_is_the_same_article_and_is_not_fetched() {
    let newsroom = Newsroom::open().await;
    let store = |url: &str| newsroom.store(Report { url: url.into(), ..Report::default() });
    assert_eq!(store("https://www.bay.example/2031/pier").await, Stored::New);
    for twin in ["https://m.bay.example/2031/pier", "https://www.bay.example/amp/2031/pier?utm_source=x"] {
        assert!(newsroom.attach(twin).await, "{twin}");
        assert_eq!(store(twin).await, Stored::Known, "{twin}");
    }
    assert!(!newsroom.attach("https://www.bay.example/2031/pier-2").await);
    assert_eq!(newsroom.urls().await, ["https://www.bay.example/2031/pier"]);
    newsroom.close().await;
}

#[tokio::test]
async fn an_article_that_its_outlet_lists_anew_is_the_same_article() {
    let newsroom = Newsroom::open().await;
    let store = |url: &str, outlet: &str, days: i64| {
        let published = newsroom.now + TimeDelta::days(days);
        newsroom.store(Report { url: url.into(), outlet: outlet.into(), published, ..Report::default() })
    };
    assert_eq!(store("https://bay.example/2031/03/01/pier", "Bay News", 0).await, Stored::New);
    assert_eq!(store("https://bay.example/2031/03/04/pier", "Bay News", 3).await, Stored::Known);
    assert_eq!(
        store("https://coast.example/pier", "Coast Post", 3).await,
        Stored::New,
        "another outlet's is its own"
    );
    let (published, articles): (DateTime<Utc>, i64) =
        sqlx::query_as("select min(published_at), count(*) from article where outlet = 'Bay News'")
            .fetch_one(newsroom.db())
            .await
            .unwrap();
    assert_eq!((published, articles), (newsroom.now, 1));
    newsroom.close().await;
}

#[tokio::test]
async fn a_headline_without_a_text_is_another_day_s_where_it_comes_again() {
    let newsroom = Newsroom::open().await;
    for url in ["https://bay.example/1", "https://bay.example/2"] {
        let report = Report {
            url: url.into(),
            title: "The day in brief".into(),
            text: "All of it.".into(),
            ..Report::default()
        };
        assert_eq!(newsroom.store(report).await, Stored::New);
    }
    newsroom.close().await;
}

/// A report as a source brings it.
struct Report {
    outlet: String,
    url: String,
    title: String,
    text: String,
    published: DateTime<Utc>,
}

impl Default for Report {
    fn default() -> Report {
        Report {
            outlet: "Bay News".into(),
            url: "https://bay.example/pier".into(),
            title: "Pier to be rebuilt".into(),
            text: TEXT.into(),
            published: "2031-03-02T12:00:00Z".parse().unwrap(),
        }
    }
}

/// A store with one source.
struct Newsroom {
    database: Database,
    now: DateTime<Utc>,
}

impl Newsroom {
    async fn open() -> Newsroom {
        let database = support::database().await;
        let now = Report::default().published;
        sqlx::query(
            "insert into source (name, url, type, outlet, next_check_at, created_at) values ('s', 'u', 'feed', 's', $1, $1)",
        )
        .bind(now)
        .execute(&database.pool)
        .await
        .unwrap();
        Newsroom { database, now }
    }

    fn db(&self) -> &PgPool {
        &self.database.pool
    }

    /// Each report has an entry of its own.
    async fn store(&self, report: Report) -> Stored {
        let entry = self.entry().await;
        let article = NewArticle {
            key: canonical::key_of(&report.url),
            wording: wording::of(Some(&report.title), &report.text),
            url: report.url,
            outlet: report.outlet,
            title: Some(report.title),
            text: report.text,
            kind: TextKind::Page,
            language: Some("en".into()),
            author: None,
            published_at: report.published,
        };
        articles::store(self.db(), entry, &article, &PageState::Had, self.now).await.unwrap()
    }

    async fn attach(&self, url: &str) -> bool {
        let url = Url::parse(url).unwrap();
        let entry = self.entry().await;
        articles::attach(self.db(), entry, canonical::normal(&url).as_str(), &canonical::key(&url))
            .await
            .unwrap()
    }

    async fn entry(&self) -> Claim {
        let entry_id = sqlx::query_scalar(
            "insert into entry (source_id, key, seen_at, page_not_before)
             select source_id, gen_random_uuid()::text, $1, $1 from source returning entry_id",
        )
        .bind(self.now)
        .fetch_one(self.db())
        .await
        .unwrap();
        Claim { entry_id, revision: 0 }
    }

    async fn origins(&self) -> i64 {
        sqlx::query_scalar(
            "select count(distinct origin_id) from article_version where origin_id is not null",
        )
        .fetch_one(self.db())
        .await
        .unwrap()
    }

    async fn urls(&self) -> Vec<String> {
        sqlx::query_scalar("select url from article order by url").fetch_all(self.db()).await.unwrap()
    }

    async fn close(self) {
        self.database.close().await.unwrap();
    }
}

//! Results are on stdout and nothing else is, however much is logged.

use serde_json::Value;
use sqlx::ConnectOptions as _;
use tidings::clock::Clock;
use tidings::store::subscribers::{self, Subscription};

use super::program::Place;
use crate::cluster::{made_folder, server_pid};
use crate::support;

const PAGE: &str = "<!doctype html><html lang='en'><head><title>Pier opens</title></head><body><article>
    <h1>Pier opens</h1><p>The new pier of Port Saleh opened on Monday after two years of work, the harbour
    office said, and the first ferry left an hour later with 300 people on board.</p><p>The old pier is to be
    taken down in spring, when the last of the fishing boats have moved to the new one.</p></article></body></html>";
const FEED: &str = "<rss version='2.0'><channel><title>Bay</title><item><title>Pier opens</title>
    <link>https://bay.example/pier</link><guid>1</guid></item></channel></rss>";
const REPLAY: &str = r#"{"id":"1","date":"2031-03-03","outlet":"Bay","title":null,
    "text":"A drone strike on a fuel depot in Villa Hayes killed four people on Monday, the army said."}"#;

#[tokio::test]
async fn stdout_holds_results_alone_however_much_is_logged() {
    let data = made_folder().await;
    let place = Place::new().with("TIDINGS_DATA", data.to_str().unwrap()).with("RUST_LOG", "trace");
    let folder = place.folder.path();
    std::fs::write(folder.join("page.html"), PAGE).unwrap();
    std::fs::write(folder.join("feed.xml"), FEED).unwrap();
    std::fs::write(folder.join("news.jsonl"), REPLAY.replace('\n', " ")).unwrap();
    let mut logged = 0;
    for (arguments, lines) in [
        (&["extract", "page.html"][..], 1),
        (&["feed", "feed.xml", "page.html"], 2),
        (&["replay", "news.jsonl", "--json"], 1),
        (&["digest", "--format", "json"], 1),
    ] {
        let ended = place.run(arguments).await;
        assert!(ended.status.success(), "{arguments:?}: {}", ended.stderr);
        logged += ended.stderr.lines().count();
        let found: Vec<Value> = serde_json::Deserializer::from_str(&ended.stdout)
            .into_iter()
            .collect::<Result<_, _>>()
            .unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", ended.stdout));
        assert_eq!(found.len(), lines, "{}", ended.stdout);
    }
    assert!(logged > 20, "only {logged} lines were logged: this proves nothing");
    assert_eq!(server_pid(&data), None, "a database server is left behind");
}

#[tokio::test]
async fn a_subscriber_is_named_by_its_chats_number_and_one_of_a_forum_by_its_topic_too() {
    let database = support::database().await;
    for (chat_id, thread_id) in [(77, 0), (78, 0), (-1005, 3), (-1005, 4)] {
        let wish = Subscription { thread_id, ..support::daily(chat_id, "00:00", chrono_tz::UTC) };
        subscribers::subscribe(&database.pool, &wish, Clock::system().now()).await.unwrap();
    }
    subscribers::stop(&database.pool, 78, 0).await.unwrap();
    let place = Place::new().with("DATABASE_URL", database.pool.connect_options().to_url_lossy().as_str());
    let digest = async |chat: &[&str]| {
        let arguments = [&["digest", "--dry-run", "--format", "json"], chat].concat();
        place.run(&arguments).await
    };
    for chat in [&["--subscriber", "77"][..], &["--subscriber", "-1005", "--topic", "4"]] {
        let shown = digest(chat).await;
        assert!(shown.status.success() && shown.stdout.contains("\"items\""), "{chat:?}: {}", shown.stderr);
    }
    let forum = digest(&["--subscriber", "-1005"]).await;
    forum.assert_failed(&["chat -1005 is subscribed by topics", "--topic 3 or --topic 4"]);
    for (chat, words) in [
        (
            &["--subscriber", "-1005", "--topic", "9"][..],
            "topic 9 of chat -1005 is not subscribed: say --topic 3 or",
        ),
        (
            &["--subscriber", "77", "--topic", "9"],
            "chat 77 is subscribed as a whole, not by topics: leave --topic out",
        ),
        (&["--subscriber", "78"], "chat 78 is no longer subscribed"),
        (
            &["--subscriber", "5"],
            "chat 5 is not subscribed: /whoami in the chat shows its number, /subscribers",
        ),
    ] {
        digest(chat).await.assert_failed(&[words]);
    }
    assert_eq!(digest(&["--topic", "4"]).await.status.code(), Some(2));
    database.close().await.unwrap();
}

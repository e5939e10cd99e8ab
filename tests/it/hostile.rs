//! Servers that mean harm: each costs a bounded time and memory and ends in a clear error, and the others go on.

use std::io::Write as _;
use std::time::{Duration, Instant};

use tidings::app::scrape::{self, List};

use crate::scrape::{Answer, Newsroom, Site, body, feed, item, page, redirect, report};

const DATE: &str = "Tue, 04 Mar 2031 08:00:00 GMT";

/// So many bytes of white space in a thousandth of them.
fn bomb(length: usize) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let megabyte = vec![b' '; 1 << 20];
    (0..length >> 20).for_each(|_| packed.write_all(&megabyte).unwrap());
    packed.finish().unwrap()
}

fn head(lines: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n{lines}").into_bytes()
}

#[tokio::test]
async fn a_hostile_server_costs_little_and_the_other_sources_go_on() {
    let site = Site::start().await;
    let chunk = [b"10000\r\n".as_slice(), &[b' '; 0x10000], b"\r\n"].concat();
    let port = site.host().rsplit_once(':').unwrap().1.to_owned();
    let cases: Vec<(&str, Answer, &str)> = vec![
        (
            "gzip-bomb",
            body("application/xml", &bomb(200 << 20)).with("Content-Encoding: gzip"),
            "body over 1 MB",
        ),
        (
            "packed-twice",
            body("application/xml", &bomb(50 << 20)).with("Content-Encoding: gzip, gzip"),
            "this is not a feed",
        ),
        (
            "half-packed",
            body("application/xml", b"\x1f\x8b\x08half").with("Content-Encoding: gzip"),
            "the body is damaged",
        ),
        (
            "endless",
            Answer::Pour(head("Connection: close\r\n\r\n"), vec![b' '; 65_536], Duration::ZERO),
            "body over 1 MB",
        ),
        (
            "endless-chunks",
            Answer::Pour(head("Transfer-Encoding: chunked\r\n\r\n"), chunk, Duration::ZERO),
            "body over 1 MB",
        ),
        ("fifty-megabytes", body("application/xml", &vec![b' '; 50 << 20]), "body over 1 MB"),
        (
            "a-byte-a-while",
            Answer::Pour(head("Connection: close\r\n\r\n"), b" ".to_vec(), Duration::from_millis(100)),
            "timed out after 3 s",
        ),
        (
            "a-head-a-byte-a-while",
            Answer::Pour(head("X-Slow: "), b"a".to_vec(), Duration::from_millis(100)),
            "timed out after",
        ),
        (
            "an-endless-head",
            Answer::Pour(head(""), b"X-More: more\r\n".repeat(100), Duration::ZERO),
            "the connection broke",
        ),
        (
            "an-endless-line",
            Answer::Pour(head("X-More: "), vec![b'a'; 65_536], Duration::ZERO),
            "the connection broke",
        ),
        ("silent", Answer::Pour(Vec::new(), Vec::new(), Duration::from_secs(1)), "timed out after"),
        ("cut-short", Answer::Whole(head("Content-Length: 1000\r\n\r\n<rss>")), "the body is damaged"),
        ("not-http", Answer::Whole(b"SSH-2.0-OpenSSH_9.9\r\n".to_vec()), "the connection broke"),
        ("a-loop", redirect("/a-loop"), "redirected more than 5 times"),
        ("to-loopback", redirect("http://127.0.0.1:9/feed"), "address 127.0.0.1 is private"),
        ("to-loopback-as-number", redirect("http://2130706433:9/feed"), "address 127.0.0.1 is private"),
        (
            "to-loopback-as-six",
            redirect("http://[::ffff:127.0.0.1]:9/feed"),
            "address ::ffff:127.0.0.1 is private",
        ),
        (
            "to-metadata",
            redirect("http://169.254.169.254/latest/meta-data"),
            "address 169.254.169.254 is private",
        ),
        ("to-loopback-by-name", redirect(&format!("http://localhost:{port}/good")), "address "),
        ("to-a-file", redirect("file:///etc/passwd"), "file: addresses can't be fetched"),
        ("to-nowhere", redirect("http://["), "redirected to something that is no URL"),
        ("to-silence", redirect("/silent"), "timed out after"),
    ];
    let names: Vec<&str> = cases.iter().map(|(name, ..)| *name).chain(["good"]).collect();
    for (name, answer, _) in &cases {
        site.answer(&format!("/{name}"), answer.clone());
    }
    site.answer("/good", feed(&[item("Pier opens", &site.url("/pier"), DATE)]));
    site.answer("/pier", page("Pier opens"));
    let newsroom = Newsroom::open(&site, &names).await;

    let start = Instant::now();
    let reports = scrape::pass(&newsroom.app, &[]).await.unwrap();
    let took = start.elapsed();
    // Two rounds of at most ten seconds: sixteen are read at a time.
    assert!(took < Duration::from_secs(20), "{took:?}");
    for (name, _, words) in &cases {
        let error = report(&reports, name).list.as_ref().unwrap_err();
        assert!(error.starts_with(words), "{name}: {error}");
        assert!(!error.contains("http://"), "an address may hold a key: {error}");
    }
    let good = report(&reports, "good");
    assert_eq!((&good.list, good.pages.stored), (&Ok(List::Read { entries: 1, new: 1 }), 1));
    newsroom.close().await;
}

#[tokio::test]
async fn a_hostile_robots_txt_is_cut_or_waited_for_and_no_longer() {
    let (endless, dripping, good) = (Site::start().await, Site::start().await, Site::start().await);
    let rules = b"User-agent: *\nDisallow: /private/\n".to_vec();
    endless.answer(
        "/robots.txt",
        Answer::Pour(
            [head("Connection: close\r\n\r\n"), rules].concat(),
            b"Allow: /\n".repeat(7_000),
            Duration::ZERO,
        ),
    );
    let slow = Duration::from_millis(100);
    dripping.answer("/robots.txt", Answer::Pour(head("Connection: close\r\n\r\n"), b"#".to_vec(), slow));
    for site in [&endless, &dripping, &good] {
        site.answer("/feed", feed(&[]));
    }
    let newsroom =
        Newsroom::open_all(&[(&endless, "endless"), (&dripping, "dripping"), (&good, "good")], "/feed").await;
    let reports = scrape::pass(&newsroom.app, &[]).await.unwrap();
    assert_eq!(report(&reports, "endless").list, Ok(List::Read { entries: 0, new: 0 }));
    assert_eq!(report(&reports, "good").list, Ok(List::Read { entries: 0, new: 0 }));
    let error = report(&reports, "dripping").list.as_ref().unwrap_err();
    assert!(error.contains("robots.txt") && error.ends_with("timed out after 3 s"), "{error}");
    assert_eq!(dripping.requests("/feed").len(), 0);
    newsroom.close().await;
}

#[tokio::test]
async fn an_article_page_that_drips_costs_its_own_text_alone() {
    let site = Site::start().await;
    let links = ["/slow", "/pier"].map(|path| item(&format!("Report of {path}"), &site.url(path), DATE));
    site.answer("/feed", feed(&links));
    let slow = Duration::from_millis(100);
    site.answer("/slow", Answer::Pour(head("Connection: close\r\n\r\n"), b"<".to_vec(), slow));
    site.answer("/pier", page("Pier opens"));
    let newsroom = Newsroom::open(&site, &["feed"]).await;
    let reports = scrape::pass(&newsroom.app, &[]).await.unwrap();
    assert_eq!((reports[0].pages.stored, reports[0].pages.failed), (2, 1));
    let mut kinds: Vec<String> = newsroom.versions().await.into_iter().map(|(_, kind, _)| kind).collect();
    kinds.sort();
    assert_eq!(kinds, ["page", "summary"]);
    newsroom.close().await;
}

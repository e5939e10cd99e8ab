//! What the command line tells of sources, where it is easily told wrong: names, addresses, failures that are none.

use crate::scrape::{Site, body, feed, item, page, status};
use crate::sources::{assert_said, html, place, run, sitemaps};

const DATE: &str = "Tue, 04 Mar 2031 08:00:00 GMT";

#[tokio::test]
async fn an_address_without_a_scheme_is_tried_without_encryption_too() {
    let site = Site::start().await;
    site.answer("/rss", feed(&[item("Storm nears", &site.url("/storm"), DATE)]));
    let place = place(&site, "").await;
    let address = format!("{}/rss", site.host());
    let added = run(&place, &["sources", "add", &address, "--yes"]).await;
    assert_said(&added.stdout, &[&format!("feed {} (by what it gives)", site.url("/rss")), "added News"]);
    let secure = place.run(&["sources", "add", &format!("https://{address}"), "--yes"]).await;
    secure.assert_failed(&["could not connect"]);
}

#[tokio::test]
async fn a_list_without_a_title_is_called_as_its_site_calls_itself() {
    let site = Site::start().await;
    site.answer("/rss", body("application/rss+xml", b"<rss><channel></channel></rss>"));
    let place = place(&site, "").await;
    let look = async |path: &str| run(&place, &["sources", "add", &site.url(path), "--dry-run"]).await.stdout;
    assert_said(&look("/rss").await, &["127.0.0.1: 0 entries"]);
    let home = "<html><head><title>Bay Post | Front page</title><meta property='og:site_name' content='Bay Post'></head>";
    site.answer("/", html(home));
    assert_said(&look("/rss").await, &["Bay Post: 0 entries"]);
    let release = |at: u32| {
        format!("<li class=release><h3><a href='/p{at}'>The harbour opens its pier number {at}</a></h3></li>")
    };
    let releases: String = (1..=3).map(release).collect();
    site.answer("/press", html(&format!("{home}<body><ul>{releases}</ul></body></html>")));
    assert_said(&look("/press").await, &["Bay Post: "]);
}

#[tokio::test]
async fn a_sitemap_shows_when_its_pages_were_changed_and_whose_it_is() {
    let site = Site::start().await;
    sitemaps(&site);
    let changed = "<urlset><url><loc>/a</loc><lastmod>2031-03-04T07:00:00Z</lastmod></url><url><loc>/b</loc></url></urlset>";
    site.answer("/changed.xml", body("application/xml", changed.as_bytes()));
    let news = "<urlset><url><loc>/a</loc><news:news><news:publication><news:name>Bay Post</news:name></news:publication>
                <news:title>Storm nears</news:title></news:news></url></urlset>";
    site.answer("/news.xml", body("application/xml", news.as_bytes()));
    let place = place(&site, "").await;
    let look = async |path: &str| run(&place, &["sources", "add", &site.url(path), "--dry-run"]).await.stdout;
    let shown = look("/changed.xml").await;
    assert_said(
        &shown,
        &["2 entries, last changed 2031-03-04 07:00", "  2031-03-04 07:00  (no headline)", "  no date"],
    );
    assert_said(&look("/news.xml").await, &["Bay Post: 1 entry, no dates"]);
}

#[tokio::test]
async fn a_pass_of_which_a_source_fails_fails_and_tells_how_many() {
    let site = Site::start().await;
    site.answer("/rss", feed(&[item("Storm nears", &site.url("/storm"), DATE)]));
    site.answer("/storm", page("Storm nears"));
    site.answer("/gone", feed(&[]));
    let place = place(&site, "").await;
    for (path, name) in [("/rss", "Bay"), ("/gone", "Gone")] {
        run(&place, &["sources", "add", &site.url(path), "--name", name, "--yes"]).await;
    }
    site.answer("/gone", status("404 Not Found"));
    let fetched = place.run(&["fetch"]).await;
    fetched.assert_failed(&["1 of 2 sources failed", "1 article read and compared"]);
    let lines = ["Bay: 1 entry, 1 new; 1 of 1 page read, 1 article stored", "Gone: failed: 404 Not Found"];
    assert_said(&fetched.stdout, &lines);
    place.run(&["sources", "check"]).await.assert_failed(&["1 of 2 sources failed"]);
}

#[tokio::test]
async fn a_page_that_can_t_be_had_is_named_with_its_error() {
    let site = Site::start().await;
    let items =
        [item("Storm nears", &site.url("/storm"), DATE), item("Pier opens", &site.url("/pier"), DATE)];
    site.answer("/rss", feed(&items));
    site.answer("/storm", page("Storm nears"));
    site.answer("/pier", status("410 Gone"));
    let place = place(&site, "").await;
    run(&place, &["sources", "add", &site.url("/rss"), "--name", "Bay", "--yes"]).await;
    let fetched = run(&place, &["fetch"]).await.stdout;
    assert_said(
        &fetched,
        &["Bay: 2 entries, 2 new; 1 of 2 pages read", &format!("\n  {}: 410 Gone\n", site.url("/pier"))],
    );
}

#[tokio::test]
async fn a_host_that_is_to_be_left_alone_for_now_is_no_problem_of_its_source() {
    let site = Site::start().await;
    site.answer("/a", feed(&[]));
    site.answer("/b", feed(&[]));
    let place = place(&site, "").await;
    for (path, name) in [("/a", "A"), ("/b", "B")] {
        run(&place, &["sources", "add", &site.url(path), "--name", name, "--yes"]).await;
    }
    site.answer("/robots.txt", body("text/plain", b"User-agent: *\nCrawl-delay: 600\n"));
    let checked = run(&place, &["sources", "check"]).await.stdout;
    assert_said(
        &checked,
        &["A: 0 entries", &format!("B: not asked: {} is not to be asked before ", site.host())],
    );
    let all = place.run(&["check"]).await.stdout;
    assert_said(
        &all,
        &["ok       A: 0 entries", &format!("note     B: {} is not to be asked before ", site.host())],
    );
    let fetched = run(&place, &["fetch", "A", "B"]).await.stdout;
    assert_said(&fetched, &["A: 0 entries, 0 new", "B: not asked: its host is to be left alone until "]);
}

#[tokio::test]
async fn one_address_that_is_read_in_two_ways_is_two_sources_for_export_and_import() {
    let site = Site::start().await;
    sitemaps(&site);
    let first = place(&site, "").await;
    let map = site.url("/sitemap.xml");
    for (name, pattern) in [("World", "/world/"), ("Sport", "/sport/")] {
        run(&first, &["sources", "add", &map, "--name", name, "--include", pattern, "--yes"]).await;
    }
    let again = first.run(&["sources", "add", &map, "--include", "/sport/", "--yes"]).await;
    again.assert_failed(&["is a source already: \"Sport\""]);
    let whole = run(&first, &["sources", "add", &map, "--yes"]).await.stdout;
    assert_said(&whole, &["added 127.0.0.1"]);
    let exported = run(&first, &["sources", "export"]).await.stdout;

    let second = place(&site, "").await;
    std::fs::write(second.folder.path().join("sources.opml"), &exported).unwrap();
    run(&second, &["sources", "import", "sources.opml"]).await;
    assert_eq!(run(&second, &["sources", "export"]).await.stdout, exported);
    let known = run(&second, &["sources", "import", "sources.opml"]).await.stdout;
    assert_said(&known, &["known  World: ", "known  Sport: "]);
}

#[tokio::test]
async fn a_list_that_the_file_and_a_command_name_is_pointed_out() {
    let site = Site::start().await;
    site.answer("/rss", feed(&[item("Storm nears", &site.url("/storm"), DATE)]));
    let place = place(&site, "").await;
    run(&place, &["sources", "add", &site.url("/rss"), "--name", "Added", "--yes"]).await;
    let own = format!("[[source]]\nname = \"File\"\nurl = \"{}\"\n", site.url("/rss"));
    place.configure(&format!("allow_hosts = [\"{}\"]\n{own}", site.host()));
    for _ in 0..2 {
        let checked = place.run(&["check"]).await.stdout;
        assert_eq!(checked.matches("is the same list").count(), 1, "{checked}");
        assert_said(&checked, &["note     File: \"Added\", which a command added, is the same list"]);
        run(&place, &["sources"]).await;
    }
    run(&place, &["sources", "remove", "Added"]).await;
    place.configure(&format!("allow_hosts = [\"{}\"]\n{}", site.host(), own.replace("File", "Renamed")));
    let checked = place.run(&["check"]).await.stdout;
    assert!(!checked.contains("is the same list"), "no command added what the file called so: {checked}");
}

#[tokio::test]
async fn without_a_file_the_sources_of_the_last_one_are_looked_at_as_they_are_read() {
    let site = Site::start().await;
    let place = place(&site, "[[source]]\nname = \"Pier\"\nurl = \"https://pier.example/rss\"\n").await;
    assert_said(&run(&place, &["sources"]).await.stdout, &["Pier"]);
    let checked = place.without_file().run(&["check"]).await.stdout;
    assert_said(&checked, &["no tidings.toml in this folder", "  Pier: "]);
    assert!(!checked.contains("there are none to read"), "{checked}");
}

#[tokio::test]
async fn a_source_of_the_file_that_has_a_command_s_name_is_a_problem_for_check_too() {
    let site = Site::start().await;
    for path in ["/rss", "/other"] {
        site.answer(path, feed(&[item("Storm nears", &site.url("/storm"), DATE)]));
    }
    let place = place(&site, "").await;
    run(&place, &["sources", "add", &site.url("/rss"), "--name", "Gazette", "--yes"]).await;
    let own = format!("[[source]]\nname = \"Gazette\"\nurl = \"{}\"\n", site.url("/other"));
    place.configure(&format!("allow_hosts = [\"{}\"]\n{own}", site.host()));
    let checked = place.run(&["check"]).await;
    let problem = "problem  Gazette: a command added another source of this name";
    assert_eq!(checked.stdout.matches(problem).count(), 1, "{}", checked.stdout);
    run(&place, &["sources", "remove", "Gazette"]).await;
    let checked = place.run(&["check"]).await;
    assert!(!checked.stdout.contains(problem), "{}", checked.stdout);
}

#[tokio::test]
async fn a_list_whose_title_is_another_source_s_name_is_offered_with_its_host_or_path() {
    let site = Site::start().await;
    site.answer("/rss", feed(&[]));
    site.answer("/sport", feed(&[]));
    site.answer("/world", feed(&[]));
    let place = place(&site, "").await;
    let add = async |path: &str| run(&place, &["sources", "add", &site.url(path), "--yes"]).await.stdout;
    assert_said(&add("/rss").await, &["added News\n"]);
    assert_said(&add("/sport").await, &["added News (127.0.0.1)\n"]);
    assert_said(&add("/world").await, &["added News (127.0.0.1/world)\n"]);
}

#[tokio::test]
async fn of_a_list_that_is_a_source_already_the_home_page_is_not_asked() {
    let site = Site::start().await;
    site.answer("/rss", body("application/rss+xml", b"<rss><channel></channel></rss>"));
    let place = place(&site, "").await;
    run(&place, &["sources", "add", &site.url("/rss"), "--name", "Bay", "--yes"]).await;
    let again = place.run(&["sources", "add", &site.url("/rss"), "--yes"]).await;
    again.assert_failed(&["is a source already: \"Bay\""]);
    assert_eq!(site.requests("/").len(), 0);
}

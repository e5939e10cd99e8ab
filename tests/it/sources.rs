//! Sources of every type against a local server: found, shown, saved, read page by page, exchanged.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tidings::app::scrape::{self, List};
use tidings::model::{Selectors, SourceType};

use crate::cluster::made_folder;
use crate::end_to_end::program::{Ended, Place};
use crate::scrape::{Answer, Newsroom, Site, body, feed, item, page, status};

const NOW: &str = "2031-03-04T12:00:00Z";
const DATE: &str = "Tue, 04 Mar 2031 08:00:00 GMT";

pub fn html(text: &str) -> Answer {
    body("text/html; charset=utf-8", text.as_bytes())
}

fn gzip(text: &str) -> Answer {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    body("application/x-gzip", &packed.finish().unwrap())
}

fn home(site: &Site) -> Answer {
    html(&format!(
        "<!doctype html><html><head><title>Bay Post</title>
         <link rel=alternate type='application/rss+xml' title='Bay Post: comments' href='/comments'>
         <link rel=alternate type='application/rss+xml' href='{}'></head><body>Hello</body></html>",
        site.url("/rss")
    ))
}

fn press() -> Answer {
    let story = |at: u32, title: &str| {
        format!(
            "<li class=release><h3><a href='/p{at}'>{title}</a></h3><time datetime='2031-03-04'>today</time></li>"
        )
    };
    let stories: String = (1..)
        .zip([
            "The harbour opens its northern pier",
            "The harbour names a new master",
            "Ferries to run every hour",
        ])
        .map(|(at, title)| story(at, title))
        .collect();
    html(&format!(
        "<html><head><title>Port Authority</title></head><body><ul class=press>{stories}</ul></body></html>"
    ))
}

/// An index of one gzipped news sitemap and one of long ago.
pub fn sitemaps(site: &Site) {
    site.answer(
        "/sitemap.xml",
        body(
            "application/xml",
            b"<sitemapindex><sitemap><loc>/2029.xml</loc><lastmod>2029-12-31</lastmod></sitemap>
              <sitemap><loc>/news.xml.gz</loc><lastmod>2031-03-04T11:00:00Z</lastmod></sitemap></sitemapindex>",
        ),
    );
    let news = |path: &str, date: &str, title: &str| {
        format!(
            "<url><loc>{}</loc><news:news><news:publication_date>{date}</news:publication_date>
             <news:title>{title}</news:title></news:news></url>",
            site.url(path)
        )
    };
    site.answer(
        "/news.xml.gz",
        gzip(&format!(
            "<urlset>{}{}{}</urlset>",
            news("/world/pier", "2031-03-04T08:00:00Z", "Pier opens"),
            news("/sport/cup", "2031-03-04T08:00:00Z", "Cup won"),
            news("/world/old", "2031-02-04T08:00:00Z", "Long ago")
        )),
    );
}

/// Posts of these numbers, oldest first as a channel has them, with a link to those before.
fn channel(posts: &[(u32, String)]) -> Answer {
    let first = posts.first().map_or(1, |(number, _)| *number);
    let older = format!(
        "<a class='tme_messages_more js-messages_more' href='/s/karowire?before={first}' data-before='{first}'></a>"
    );
    let posts: String = posts
        .iter()
        .map(|(number, inner)| {
            format!(
                "<div class='tgme_widget_message_wrap'><div class='tgme_widget_message' data-post='karowire/{number}'>{inner}
                 <a class='tgme_widget_message_date' href='https://t.me/karowire/{number}'>
                 <time datetime='2031-03-04T{:02}:{:02}:00+00:00'></time></a></div></div>",
                number / 60 % 12,
                number % 60
            )
        })
        .collect();
    html(&format!(
        "<html><body><div class='tgme_channel_info'><div class='tgme_channel_info_header_title'>Karo Wire</div></div>
         {}{posts}</body></html>",
        if first > 1 { older } else { String::new() }
    ))
}

fn post(words: &str) -> String {
    format!("<div class='tgme_widget_message_text js-message_text'>{words}</div>")
}

fn posts(numbers: std::ops::RangeInclusive<u32>) -> Answer {
    channel(
        &numbers
            .map(|number| (number, post(&format!("Report number {number} of the wire."))))
            .collect::<Vec<_>>(),
    )
}

/// The program with a data folder of its own, which may ask this site.
pub async fn place(site: &Site, more: &str) -> Place {
    let data = made_folder().await;
    let place = Place::new().with("TIDINGS_DATA", data.to_str().unwrap()).with("TIDINGS_NOW", NOW);
    place.configure(&format!("allow_hosts = [\"{}\"]\n{more}", site.host()));
    place
}

pub async fn run(place: &Place, arguments: &[&str]) -> Ended {
    let ended = place.run(arguments).await;
    assert!(ended.status.success(), "{arguments:?}: {}{}", ended.stdout, ended.stderr);
    ended
}

#[track_caller]
pub fn assert_said(said: &str, words: &[&str]) {
    for word in words {
        assert!(said.contains(word), "{word:?} is not in: {said}");
    }
}

#[tokio::test]
async fn an_address_is_told_by_what_it_gives_shown_and_then_saved() {
    let site = Site::start().await;
    site.answer("/rss", feed(&[item("Storm nears", &site.url("/storm"), DATE)]));
    site.answer("/storm", page("Storm nears"));
    site.answer("/", home(&site));
    site.answer("/comments", feed(&[item("First!", &site.url("/c1"), DATE)]));
    site.answer("/press", press());
    sitemaps(&site);
    site.answer("/s/karowire", posts(1..=2));
    let place = place(&site, "").await;

    let cases = [
        ("/", "/rss", "feed", "News: 1 entry, newest 2031-03-04 08:00", "Storm nears"),
        (
            "/press",
            "/press",
            "listing",
            "Port Authority: 3 entries, newest 2031-03-04 00:00",
            "Ferries to run every hour",
        ),
        (
            "/sitemap.xml",
            "/sitemap.xml",
            "sitemap",
            "127.0.0.1: 2 entries, newest 2031-03-04 08:00",
            "Pier opens",
        ),
        ("/s/karowire", "/s/karowire", "channel", "Karo Wire: 2 entries", "Report number 2 of the wire."),
    ];
    for (given, found, kind, list, entry) in cases {
        let address = site.url(given);
        let shown = run(&place, &["sources", "add", &address, "--dry-run"]).await;
        assert_said(&shown.stdout, &[&format!("{kind} {}", site.url(found)), list, entry]);
        assert_said(&shown.stderr, &["nothing is saved"]);
    }
    let asked = place.run(&["sources", "add", &site.url("/rss")]).await;
    asked.assert_failed(&["not saved", "--yes"]);
    assert_eq!(run(&place, &["sources"]).await.stdout, "", "a look saves nothing");

    for (given, _, _, _, _) in cases {
        let address = site.url(given);
        run(&place, &["sources", "add", &address, "--yes"]).await;
    }
    let listed = run(&place, &["sources"]).await.stdout;
    assert_said(
        &listed,
        &["News (feed) ", "Port Authority (listing) ", "127.0.0.1 (sitemap) ", "Karo Wire (channel) "],
    );
    assert!(!listed.contains("unverified"), "each was read before it was saved: {listed}");
    let again = place.run(&["sources", "add", &site.url("/"), "--yes"]).await;
    again.assert_failed(&["is a source already: \"News\""]);
    let fetched = run(&place, &["fetch"]).await.stdout;
    let new = [
        "News: 1 entry, 1 new",
        "Port Authority: 3 entries, 3 new",
        "127.0.0.1: 2 entries, 2 new",
        "Karo Wire: 2 entries, 2 new; 2 of 2 pages read, 2 articles stored",
    ];
    assert_said(&fetched, &new);
}

#[tokio::test]
async fn what_is_no_source_is_refused_with_the_reason_and_the_mend() {
    let site = Site::start().await;
    site.answer("/page", html("<!doctype html><html><body><p>Words alone.</p></body></html>"));
    site.answer("/press", press());
    site.answer("/nobody", html("<html><div class='tgme_page'>Contact @nobody</div></html>"));
    let place = place(&site, "").await;
    let (page, press) = (site.url("/page"), site.url("/press"));
    let (nobody, gone) = (site.url("/nobody"), site.url("/gone"));
    site.answer("/rss", feed(&[item("Storm nears", &site.url("/storm"), DATE)]));
    let rss = site.url("/rss");
    let cases: [(&[&str], &[&str]); 8] = [
        (&[&rss, "--date", "time"], &["is a feed: what is said of items is for listings", "--type listing"]),
        (&[&rss, "--pages", "3"], &["is a feed: --pages is for channels", "--next"]),
        (&[&page], &["is a page without a feed", "--item"]),
        (&[&gone], &["404 Not Found"]),
        (&[&nobody, "--type", "channel"], &["no posts are shown", "t.me/s/NAME"]),
        (&[&press, "--item", "li.gone"], &["item = \"li.gone\" matches nothing on the page"]),
        (&[&press, "--item", "li.release", "--date", "h3"], &["date = \"h3\"", "date_format"]),
        (
            &[&press, "--item", "li.release", "--date-format", "%d/%m/%Y"],
            &["--date-format says how dates are written", "add --date"],
        ),
    ];
    for (arguments, words) in cases {
        let arguments = [&["sources", "add"], arguments, &["--yes"]].concat();
        place.run(&arguments).await.assert_failed(words);
    }
    assert_eq!(run(&place, &["sources"]).await.stdout, "");
}

#[tokio::test]
async fn sources_of_the_file_are_read_only_and_those_of_commands_are_managed() {
    let site = Site::start().await;
    site.answer("/rss", feed(&[item("Storm nears", &site.url("/storm"), DATE)]));
    site.answer("/file", feed(&[]));
    let own = format!("[[source]]\nname = \"File\"\nurl = \"{}\"\n", site.url("/file"));
    let place = place(&site, &own).await;
    run(&place, &["sources", "add", &site.url("/rss"), "--name", "Bay", "--outlet", "Bay Post", "--yes"])
        .await;
    for action in ["pause", "resume", "remove"] {
        let refused = place.run(&["sources", action, "Bay", "File"]).await;
        refused.assert_failed(&["\"File\" comes from the configuration", "[[source]]"]);
        let refused = place.run(&["sources", action, "Nobody"]).await;
        refused.assert_failed(&["there is no source \"Nobody\"", "`tidings sources` lists them"]);
    }
    run(&place, &["sources", "pause", "Bay"]).await;
    assert_said(&run(&place, &["sources"]).await.stdout, &["Bay (feed) ", ": paused"]);
    run(&place, &["sources", "resume", "Bay"]).await;
    assert!(!run(&place, &["sources"]).await.stdout.contains("paused"));
    run(&place, &["sources", "remove", "Bay"]).await;
    let left = run(&place, &["sources"]).await.stdout;
    assert!(left.starts_with("File (feed, from the configuration") && left.lines().count() == 1, "{left}");
}

#[tokio::test]
async fn sources_go_out_and_come_in_as_opml_and_are_unverified_until_they_are_read() {
    let site = Site::start().await;
    site.answer("/rss", feed(&[item("Storm nears", &site.url("/storm"), DATE)]));
    site.answer("/press", press());
    let first = place(&site, "").await;
    run(&first, &["sources", "add", &site.url("/rss"), "--name", "Bay \"Post\" & Sons", "--yes"]).await;
    let press = site.url("/press");
    run(&first, &["sources", "add", &press, "--outlet", "Port", "--exclude", "/p3$", "--yes"]).await;
    let exported = run(&first, &["sources", "export"]).await.stdout;
    assert_said(
        &exported,
        &["<opml version=\"2.0\"", "Bay &quot;Post&quot; &amp; Sons", "xmlUrl=", "type=\"link\""],
    );

    let second = place(&site, "").await;
    let file = second.folder.path().join("sources.opml");
    std::fs::write(&file, &exported).unwrap();
    let file = file.to_str().unwrap();
    run(&second, &["sources", "import", file, "--dry-run"]).await;
    assert_eq!(run(&second, &["sources"]).await.stdout, "", "a look saves nothing");
    let imported = run(&second, &["sources", "import", file]).await;
    assert_said(&imported.stdout, &["new    Bay \"Post\" & Sons (feed)", "new    Port Authority (listing)"]);
    assert_eq!(run(&second, &["sources", "export"]).await.stdout, exported);
    let again = run(&second, &["sources", "import", file]).await;
    assert_eq!(again.stdout.matches("known").count(), 2, "{}", again.stdout);

    let listed = run(&second, &["sources"]).await.stdout;
    assert_eq!(listed.matches(", unverified)").count(), 2, "{listed}");
    let checked = run(&second, &["sources", "check"]).await.stdout;
    assert_said(&checked, &["Port Authority: 2 entries", "Bay \"Post\" & Sons: 1 entry"]);
    assert!(!run(&second, &["sources"]).await.stdout.contains("unverified"));

    let wrong = exported.replace("/p3$", "(");
    std::fs::write(second.folder.path().join("wrong.opml"), wrong.replace(&press, &site.url("/other")))
        .unwrap();
    let left = run(&second, &["sources", "import", "wrong.opml"]).await.stdout;
    assert_said(&left, &["known  Bay", &format!("left   {}: ", site.url("/other")), "exclude"]);

    std::fs::write(second.folder.path().join("list.txt"), "not OPML").unwrap();
    second.run(&["sources", "import", "list.txt"]).await.assert_failed(&["list.txt", "this is not OPML"]);
}

#[tokio::test]
async fn the_catalogue_is_off_until_one_command_turns_it_on_unverified() {
    let site = Site::start().await;
    let place = place(&site, "").await;
    let shown = run(&place, &["sources", "add", "--catalogue", "--dry-run"]).await.stdout;
    assert_said(&shown, &["BBC News: World (feed, unverified) https://"]);
    assert_eq!(run(&place, &["sources"]).await.stdout, "", "it is off by default");
    let refused = place.run(&["sources", "add", "--catalogue", "--item", "li", "--yes"]).await;
    assert!(
        !refused.status.success() && refused.stderr.contains("cannot be used with"),
        "{}",
        refused.stderr
    );
    run(&place, &["sources", "add", "--catalogue", "--yes"]).await;
    let listed = run(&place, &["sources"]).await.stdout;
    assert_eq!(listed.lines().count(), shown.lines().count());
    assert!(listed.lines().all(|line| line.contains(", unverified)")), "{listed}");
    assert_eq!(
        run(&place, &["sources", "add", "--catalogue", "--yes"]).await.stdout,
        "",
        "there is none left"
    );
}

#[tokio::test]
async fn a_look_at_everything_tells_what_is_wrong_in_the_file_and_at_the_sources() {
    let site = Site::start().await;
    site.answer("/press", press());
    site.answer("/rss", feed(&[item("Storm nears", &site.url("/storm"), DATE)]));
    let own = format!(
        "colour = \"red\"\n[[source]]\nname = \"Port\"\nurl = \"{}\"\ntype = \"listing\"\nitem = \"li.gone\"\n\
         [[source]]\nname = \"Bay\"\nurl = \"{}\"\ndate = \"time\"\n\
         [[source]]\nname = \"Odd\"\nurl = \"{}\"\ntype = \"rss\"\npages = 0\ninclude = [\"(\"]\ndate_format = \"%Q\"\n\
         [[source]]\nname = \"Undated\"\nurl = \"{}\"\ntype = \"listing\"\nitem = \"li\"\ndate_format = \"%d\"\n",
        site.url("/press"),
        site.url("/rss"),
        site.url("/gone"),
        site.url("/press")
    );
    let place = place(&site, &own).await;
    let checked = place.run(&["check"]).await;
    assert_eq!(checked.status.code(), Some(1));
    assert_said(
        &checked.stdout,
        &[
            "problem  colour (line 2): is not a known key; known here: ",
            "problem  source[2].type (\"Bay\", line 8): is feed, but date is for listings",
            "problem  source[3].type (\"Odd\", line 15): \"rss\" is wrong; it takes \"feed\", \"listing\", \"sitemap\" or \"channel\"",
            "problem  source[3].pages (\"Odd\", line 16): 0 is wrong; it takes a number of pages",
            "problem  source[3].include (\"Odd\", line 17): ",
            "problem  source[3].date_format (\"Odd\", line 18): \"%Q\" is wrong",
            "problem  TELOXIDE_TOKEN: is not set",
            "problem  source[4].date_format (\"Undated\", line 24): says how dates are written, but `date`",
            "problem  Port: item = \"li.gone\" matches nothing on the page; has the page changed?",
        ],
    );
    for left in ["Bay", "Odd", "Undated"] {
        let read = checked.stdout.contains(&format!("  {left}: "));
        assert!(!read, "its keys are wrong, and so would be what is read by them: {}", checked.stdout);
    }
}

#[tokio::test]
async fn a_problem_of_something_called_a_source_hides_no_lack_of_sources() {
    let site = Site::start().await;
    let place = place(&site, "[[topic]]\nname = \"Open source\"\ncolour = 1\n").await;
    let checked = place.run(&["check"]).await;
    assert_said(
        &checked.stdout,
        &["problem  topic[1].colour (\"Open source\", line 4): ", "problem  sources: there are none to read"],
    );
}

/// The newsroom's one source as this type.
async fn open(site: &Site, name: &str, kind: SourceType, selectors: Selectors) -> Newsroom {
    let mut newsroom = Newsroom::open(site, &[name]).await;
    let mut config = (*newsroom.app.config).clone();
    config.sources[0].kind = kind;
    config.sources[0].selectors = selectors;
    newsroom.app.config = Arc::new(config);
    scrape::sync_sources(&newsroom.app).await.unwrap();
    newsroom
}

async fn pass(newsroom: &Newsroom) -> Result<List, String> {
    scrape::pass(&newsroom.app, &[]).await.unwrap().remove(0).list
}

#[tokio::test]
async fn a_busy_channel_is_followed_back_to_what_is_known() {
    let site = Site::start().await;
    site.answer("/s/karowire", posts(101..=120));
    site.answer("/s/karowire?before=101", posts(81..=100));
    site.answer("/s/karowire?before=81", posts(61..=80));
    site.answer("/s/karowire?before=61", posts(41..=60));
    let newsroom = open(&site, "s/karowire", SourceType::Channel, Selectors::default()).await;
    assert_eq!(pass(&newsroom).await, Ok(List::Read { entries: 60, new: 50 }), "a first look is bounded");
    assert_eq!(site.requests("/s/karowire?before=61").len(), 0);

    site.answer("/s/karowire", posts(151..=170));
    site.answer("/s/karowire?before=151", posts(131..=150));
    site.answer("/s/karowire?before=131", posts(111..=130));
    site.answer("/s/karowire?before=111", posts(91..=110));
    newsroom.pass_time(TimeDelta::minutes(15));
    assert_eq!(pass(&newsroom).await, Ok(List::Read { entries: 60, new: 50 }));
    assert_eq!(site.requests("/s/karowire?before=111").len(), 0, "what lies behind is known");
    assert_eq!(newsroom.urls().await.len(), 100);

    newsroom.pass_time(TimeDelta::minutes(15));
    assert_eq!(pass(&newsroom).await, Ok(List::Read { entries: 20, new: 0 }));
    assert_eq!(site.requests("/s/karowire?before=151").len(), 1, "one page is enough where nothing is new");
    newsroom.close().await;
}

#[tokio::test]
async fn a_channel_s_posts_are_articles_and_an_edited_one_is_read_again() {
    let site = Site::start().await;
    let forwarded = "<div class='tgme_widget_message_forwarded_from'>Forwarded from
        <a class='tgme_widget_message_forwarded_from_name' href='https://t.me/varna/5'>Varna Port</a></div>";
    let talks = "<b>Talks end in Varna</b><br><br>No deal was reached, the envoy said.";
    let show = |rain: &str| {
        channel(&[
            (1, post(rain)),
            (2, format!("{forwarded}{}", post(talks))),
            (3, "<div class='tgme_widget_message_photo_wrap'></div>".to_owned()),
        ])
    };
    site.answer("/s/karowire", show("Rain closes four roads in Karo."));
    let newsroom = open(&site, "s/karowire", SourceType::Channel, Selectors::default()).await;
    assert_eq!(pass(&newsroom).await, Ok(List::Read { entries: 2, new: 2 }));
    let stored = "select url, title, text, author, published_at::text, version
                  from article join article_version using (article_id, version) order by url";
    type Stored = (String, Option<String>, String, Option<String>, String, i32);
    let articles: Vec<Stored> = sqlx::query_as(stored).fetch_all(&newsroom.app.db).await.unwrap();
    let [rain, talks] = articles.as_slice() else { panic!("{articles:?}") };
    assert_eq!(
        (rain.0.as_str(), rain.2.as_str()),
        ("https://t.me/karowire/1", "Rain closes four roads in Karo.")
    );
    assert!(rain.4.starts_with("2031-03-04 00:01:00"), "{}", rain.4);
    assert_eq!(
        (talks.1.as_deref(), talks.3.as_deref()),
        (Some("Talks end in Varna"), Some("forwarded from Varna Port"))
    );
    assert_eq!(talks.2, "No deal was reached, the envoy said.");

    site.answer("/s/karowire", show("Rain closes nine roads in Karo."));
    newsroom.pass_time(TimeDelta::hours(2));
    assert_eq!(pass(&newsroom).await, Ok(List::Read { entries: 2, new: 1 }));
    let articles: Vec<Stored> = sqlx::query_as(stored).fetch_all(&newsroom.app.db).await.unwrap();
    assert_eq!((articles[0].2.as_str(), articles[0].5), ("Rain closes nine roads in Karo.", 2));
    assert_eq!((articles.len(), articles[1].5), (2, 1));
    newsroom.close().await;
}

#[tokio::test]
async fn an_index_of_sitemaps_is_read_with_its_gzipped_parts_by_patterns() {
    let site = Site::start().await;
    sitemaps(&site);
    site.answer("/world/pier", page("Pier opens"));
    let selectors = Selectors { include: vec!["/world/".into()], ..Selectors::default() };
    let newsroom = open(&site, "sitemap.xml", SourceType::Sitemap, selectors).await;
    assert_eq!(pass(&newsroom).await, Ok(List::Read { entries: 1, new: 1 }));
    assert_eq!(newsroom.urls().await, [site.url("/world/pier")]);
    assert_eq!(site.requests("/2029.xml").len(), 0, "nothing new can be in it");

    site.answer("/news.xml.gz", status("503 Service Unavailable"));
    let failed = pass(&newsroom).await.unwrap_err();
    assert_eq!(failed, "sitemap /news.xml.gz: 503 Service Unavailable");

    let index = "<sitemapindex><sitemap><loc>/more.xml</loc></sitemap></sitemapindex>";
    site.answer("/news.xml.gz", gzip(index));
    let failed = pass(&newsroom).await.unwrap_err();
    assert_eq!(failed, "sitemap /news.xml.gz is an index again; name one of its parts as a source");
    newsroom.close().await;
}

#[tokio::test]
async fn a_listing_s_pages_are_followed_to_what_is_known_and_no_further_than_allowed() {
    let site = Site::start().await;
    let list = |numbers: std::ops::Range<u32>, next: Option<&str>| {
        let items: String =
            numbers.rev().map(|at| format!("<div class=n><a href='/r{at}'>Report {at}</a></div>")).collect();
        let next = next.map_or(String::new(), |next| format!("<a rel=next href='{next}'>Older</a>"));
        html(&format!("<html><body>{items}{next}</body></html>"))
    };
    site.answer("/list", list(20..30, Some("?page=2")));
    site.answer("/list?page=2", list(10..20, Some("?page=3")));
    site.answer("/list?page=3", list(0..10, None));
    let selectors = Selectors {
        item: Some(".n".into()),
        next: Some("a[rel=next]".into()),
        pages: Some(2),
        ..Selectors::default()
    };
    let newsroom = open(&site, "list", SourceType::Listing, selectors).await;
    assert_eq!(pass(&newsroom).await, Ok(List::Read { entries: 20, new: 20 }));
    assert_eq!(site.requests("/list?page=3").len(), 0, "two pages are allowed");
    assert_eq!(pass(&newsroom).await, Ok(List::Read { entries: 10, new: 0 }));
    assert_eq!(site.requests("/list?page=2").len(), 1, "what lies behind is known");

    site.answer("/list", list(35..45, Some("?page=2")));
    site.answer("/list?page=2", status("500 Oops"));
    let failed = pass(&newsroom).await.unwrap_err();
    assert_eq!(failed, "page 2: 500 Internal Server Error", "what is on it would be passed over");
    newsroom.close().await;
}

#[tokio::test]
async fn a_source_that_is_removed_while_it_is_checked_is_asked_for_no_further_page() {
    let site = Site::start().await;
    site.answer("/robots.txt", body("text/plain", b"User-agent: *\nCrawl-delay: 20\n"));
    site.answer("/s/karowire", posts(101..=120));
    site.answer("/s/karowire?before=101", posts(81..=100));
    let newsroom = open(&site, "s/karowire", SourceType::Channel, Selectors::default()).await;
    let remove = async {
        while site.requests("/s/karowire").is_empty() {
            tokio::task::yield_now().await;
        }
        let removing = sqlx::query("update source set removed_at = created_at");
        removing.execute(&newsroom.app.db).await.unwrap();
        newsroom.pass_time(TimeDelta::minutes(1));
    };
    // On a clock that stands still, the turn of a page after it never comes.
    let checked = async { tokio::join!(pass(&newsroom), remove).0 };
    let list = tokio::time::timeout(Duration::from_secs(20), checked).await.expect("it is asked for more");
    assert_eq!(list, Ok(List::Overtaken));
    assert_eq!(site.requests("/s/karowire?before=101").len(), 0);
    newsroom.close().await;
}

#[tokio::test]
async fn a_database_in_trouble_between_two_pages_is_no_failure_of_the_source() {
    let site = Site::start().await;
    site.answer("/s/karowire", posts(101..=120));
    site.answer("/s/karowire?before=101", posts(81..=100));
    site.answer("/s/karowire?before=81", posts(61..=80));
    let newsroom = open(&site, "s/karowire", SourceType::Channel, Selectors::default()).await;
    pass(&newsroom).await.unwrap();
    let no_memory = "alter table entry rename to kept;
        create function no_memory() returns setof kept language plpgsql as
            $$ begin raise 'out of memory' using errcode = '53200'; end $$;
        create view entry as select * from no_memory()";
    sqlx::raw_sql(no_memory).execute(&newsroom.app.db).await.unwrap();
    newsroom.pass_time(TimeDelta::days(1));
    assert_eq!(scrape::scrape_due(&newsroom.app).await.unwrap(), 1);
    let mended = "drop view entry; alter table kept rename to entry";
    sqlx::raw_sql(mended).execute(&newsroom.app.db).await.unwrap();
    let asked = ["/s/karowire", "/s/karowire?before=101"].map(|page| site.requests(page).len());
    assert_eq!(asked, [2, 1], "whether its last entry is known was not to be had");
    let health = newsroom.health().await.remove(0);
    assert_eq!((health.failures, health.last_error), (0, None));
    newsroom.close().await;
}

#[tokio::test]
async fn a_page_that_changed_fails_by_the_selector_that_finds_nothing() {
    let site = Site::start().await;
    site.answer("/press", press());
    let selectors = Selectors {
        item: Some("li.release".into()),
        title: Some("h3".into()),
        date: Some("time".into()),
        ..Selectors::default()
    };
    let newsroom = open(&site, "press", SourceType::Listing, selectors).await;
    assert_eq!(pass(&newsroom).await, Ok(List::Read { entries: 3, new: 3 }));
    site.answer("/press", html("<ul><li class=release><h2><a href='/p4'>Fares rise</a></h2></li></ul>"));
    let failed = pass(&newsroom).await.unwrap_err();
    assert_eq!(failed, "title = \"h3\" matches in no item of 1; has the page changed?");
    site.answer("/press", html("<ul><li class=item><h3><a href='/p4'>Fares rise</a></h3></li></ul>"));
    let failed = pass(&newsroom).await.unwrap_err();
    assert_eq!(failed, "item = \"li.release\" matches nothing on the page; has the page changed?");
    newsroom.close().await;
}

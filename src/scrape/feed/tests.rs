use super::*;

fn read(document: &str) -> Listing {
    parse(document.as_bytes(), None, None).unwrap()
}

#[test]
fn an_rss_feed_gives_its_items_in_order() {
    let listing = read(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Karo Courier</title>
         <image><title>Logo</title></image>
         <item><title>Talks &amp; tea</title><link>https://courier.example/1</link><guid isPermaLink='false'>n1</guid>
         <pubDate>Sun, 01 Mar 2026 10:14:55 GMT</pubDate><description>&lt;p&gt;They met.&lt;/p&gt;</description></item>
         <item><title><![CDATA[Rain]]></title><guid>https://courier.example/2</guid></item></channel></rss>",
    );
    assert_eq!(listing.title.as_deref(), Some("Karo Courier"));
    let [first, second] = listing.entries.as_slice() else { panic!("{listing:?}") };
    assert_eq!((first.id.as_str(), first.title.as_deref()), ("n1", Some("Talks & tea")));
    assert_eq!(first.summary.as_deref(), Some("They met."));
    assert_eq!(first.published.unwrap().to_rfc3339(), "2026-03-01T10:14:55+00:00");
    assert_eq!(second.link.as_deref(), Some("https://courier.example/2"));
}

#[test]
fn an_atom_feed_gives_the_page_s_link_and_falls_back_on_updated() {
    let listing = read(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://wire.example/a/'><title>Wire</title>
         <entry><id>urn:1</id><title type='html'>A &amp;lt;b&amp;gt;</title><link rel='enclosure' href='x.mp3'/>
         <link rel='self' href='1.atom'/><link href='1.html'/><updated>2026-03-01T10:00:00Z</updated>
         <source><title>Elsewhere</title><updated>2020-01-01T00:00:00Z</updated></source>
         <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>One</p><p>two</p></div></content></entry></feed>",
    );
    let entry = &listing.entries[0];
    assert_eq!(entry.title.as_deref(), Some("A <b>"));
    assert_eq!(entry.link.as_deref(), Some("https://wire.example/a/1.html"));
    assert_eq!(entry.summary.as_deref(), Some("One two"));
    assert_eq!(entry.published.unwrap().to_rfc3339(), "2026-03-01T10:00:00+00:00");
}

#[test]
fn a_json_feed_is_read_too() {
    let listing = parse(
        br#"{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[
            {"id":7,"url":"/7","title":"T","content_html":"<p>Body</p>","date_published":"2026-03-01T10:00:00Z"}]}"#,
        None,
        Some(&Url::parse("https://j.example/feed").unwrap()),
    )
    .unwrap();
    let entry = &listing.entries[0];
    assert_eq!((entry.id.as_str(), entry.link.as_deref()), ("7", Some("https://j.example/7")));
    assert_eq!(entry.summary.as_deref(), Some("Body"));
}

#[test]
fn one_broken_item_does_not_cost_the_others() {
    let listing = read(
        "<rss><channel><item><title>A & B < C</title><link>https://x.example/1?a=1&b=2<description>no end\u{1}
         </item><item><title>Second <b>bold</title><link>https://x.example/2</link></item>
         <item><title>Third</title><link>https://x.example/3</link></channel>",
    );
    let titles: Vec<_> = listing.entries.iter().map(|entry| entry.title.as_deref().unwrap()).collect();
    assert_eq!(titles, ["A & B < C", "Second bold", "Third"]);
    assert_eq!(listing.entries[0].link.as_deref(), Some("https://x.example/1?a=1&b=2"));
}

#[test]
fn items_of_one_id_are_told_apart_in_whatever_order_they_stand() {
    let item = |name: &str| format!("<item><guid>x</guid><link>https://x.example/{name}</link></item>");
    let ids = |items: &[&str]| -> Vec<String> {
        let items: String = items.iter().map(|name| item(name)).collect();
        read(&format!("<rss><channel>{items}</channel></rss>")).entries.into_iter().map(|e| e.id).collect()
    };
    let (first, second) = (ids(&["a", "b"]), ids(&["c", "b", "a"]));
    assert_ne!(first[0], first[1]);
    assert_eq!((&first[0], &first[1]), (&second[2], &second[1]));
    assert_eq!(ids(&["a", "a"]).len(), 1, "the same item twice");
}

#[test]
fn ids_links_and_titles_have_bounds() {
    let (id, path, title) = ("i".repeat(5_000), "p".repeat(5_000), "t ".repeat(5_000));
    let listing = read(&format!(
        "<rss><channel><item><guid isPermaLink='false'>{id}</guid><link>https://x.example/{path}</link>
         <title>{title}</title></item></channel></rss>"
    ));
    let entry = &listing.entries[0];
    assert_eq!((entry.id.len(), &entry.link), (16, &None));
    assert!(entry.title.as_ref().unwrap().len() < 510);
}

#[test]
fn tags_without_ends_take_no_longer_than_others() {
    let open = "<x></y>".repeat(100_000);
    let item = "<item><title>A</title></item>";
    assert_eq!(read(&format!("<rss><channel>{item}{open}{item}</channel></rss>")).entries.len(), 1);
}

#[test]
fn what_is_no_feed_is_an_error_and_not_an_empty_list() {
    let error = |text: &str| parse(text.as_bytes(), None, None).unwrap_err();
    assert_eq!(error("  \n"), FeedError::Empty);
    assert_eq!(error("<!doctype html><html><body>Hi</body></html>"), FeedError::Page);
    assert_eq!(error("%PDF-1.4"), FeedError::NotAFeed);
    assert_eq!(error("{\"a\":1}"), FeedError::NotAFeed);
    assert_eq!(error("<rss><channel><item-list><item"), FeedError::Damaged);
    assert!(matches!(error("{\"items\": ["), FeedError::Json(_)));
    assert!(read("<rss><channel><title>Quiet</title></channel></rss>").entries.is_empty());
}

//! Hostile pages and feeds, read by the real program: each ends in a clear error or a bounded result, in time, and in
//! little memory. The system itself refuses it more of either.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::support;

/// The most memory that one run may ask for, in MB, a page's stack and all.
const MEMORY: u32 = 200;
/// The most processor time of one run, in seconds; a page's own limit is this on the wall.
const SECONDS: u32 = 10;

#[test]
fn a_page_of_many_tags_is_refused_before_it_is_parsed() {
    let deep = "the page's tags nest more than 500 deep";
    let many = "the page has more than 15000 elements";
    let lines = extract(&[
        ("nested.html", "<div>".repeat(100_000).into()),
        ("nested-otherwise.html", "<b><i></b></p>".repeat(100_000).into()),
        ("tables.html", "<table><tr><td>".repeat(100_000).into()),
        // A script to whoever does not see that a frame's content is no markup.
        ("hidden.html", format!("<iframe><script></iframe>{}", "<div>".repeat(100_000)).into()),
        ("links.html", links(100_000).into()),
        ("paragraphs.html", "<p>".repeat(600_000).into()),
        ("breaks.html", "<br>".repeat(400_000).into()),
        ("signs.html", "<".repeat(2_000_000).into()),
        ("cells.html", format!("<table>{}", "<tr><td>x".repeat(200_000)).into()),
        (
            "attributes.html",
            format!("<p {}>", (0..150_000).map(|at| format!("a{at} ")).collect::<String>()).into(),
        ),
        // Each is opened anew in each paragraph.
        ("bold.html", reopened("b", 200, 1_000)),
        ("fonts.html", reopened("font", 20, 14_000)),
        ("bolder.html", reopened("b", 400, 9_990)),
        ("ended-breaks.html", "</br>".repeat(400_000).into()),
        ("ended-paragraphs.html", "</p>".repeat(500_000).into()),
        ("walls.html", "<div><marquee></div></marquee>".repeat(7_000).into()),
        ("items.html", "<li><dd>".repeat(7_000).into()),
    ]);
    let wide = "a tag of the page has more than 500 attributes";
    let expected = [
        deep, deep, deep, deep, many, many, many, many, many, wide, many, many, many, many, many, deep, many,
    ];
    assert_eq!(errors(&lines), expected);
}

#[test]
fn a_page_that_is_too_long_is_refused_before_it_is_read() {
    let lines = extract(&[
        ("divs.html", "<div>".repeat(10_000_000).into()),
        ("line.html", "word ".repeat(4_000_000).into()),
        ("bomb.html.gz", gzip(&vec![b' '; 50 << 20])),
    ]);
    assert_eq!(errors(&lines), ["over 2 MB"; 3]);
}

#[test]
fn the_longest_pages_that_are_read_stay_within_bounds() {
    let paragraph =
        "<p>Boats may moor there again from Friday on, the harbour office said, and asked for patience.</p>";
    let lines = extract(&[
        ("paragraphs.html", format!("<article>{}", paragraph.repeat(14_000)).into()),
        ("line.html", format!("<article><p>{}", "Boats, and more of them. ".repeat(80_000)).into()),
        ("links.html", format!("<article>{}", links(14_900)).into()),
        ("options.html", format!("<select>{}", "<option>x".repeat(14_900)).into()),
        ("inline.html", "<p><b>x</b></p>".repeat(7_400).into()),
        ("bold.html", reopened("b", 3, 3_740)),
        ("comments.html", "<!--".repeat(500_000).into()),
        ("scripts.html", "<script type='application/ld+json'>{".repeat(25_000).into()),
        ("entities.html", "&amp;".repeat(400_000).into()),
        ("words.html", "Ã©â€".repeat(200_000).into()),
    ]);
    assert!(lines[0]["text"].as_str().unwrap().len() > 1_000_000, "{}", lines[0]);
}

#[test]
fn noise_is_told_from_text() {
    let mut noise = noise();
    let random: Vec<u8> = (0..1 << 20).map(|_| noise() as u8).collect();
    let invalid = page().replace("harbour", "harb\u{e9}ur").chars().map(|c| c as u8).collect::<Vec<u8>>();
    let declared = [b"<meta charset=utf-8>".as_slice(), &invalid].concat();
    let lines = extract(&[("random.html", random), ("invalid.html", declared), ("empty.html", vec![])]);
    let damaged = "not text: more than 0.1 % of its characters are damaged";
    assert_eq!(errors(&lines), [damaged, damaged, "the page has hardly any text"]);
}

#[test]
fn a_page_that_breaks_off_gives_what_there_is_or_an_error() {
    let (page, mut noise) = (page().into_bytes(), noise());
    let files: Vec<(String, Vec<u8>)> =
        (0..100).map(|at| (format!("{at}.html"), page[..noise() as usize % page.len()].to_vec())).collect();
    let files: Vec<(&str, Vec<u8>)> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let lines = extract(&files);
    let texts: Vec<&str> = lines.iter().filter_map(|line| line["text"].as_str()).collect();
    let whole = "it’s open – at last";
    assert!(
        texts.iter().any(|text| text.contains(whole)) && texts.len() < lines.len(),
        "{} texts",
        texts.len()
    );
    // What stands before the break is read as it was written.
    assert!(texts.iter().all(|text| !text.contains('â')), "{texts:?}");
}

#[test]
fn hostile_feeds_stay_within_bounds() {
    let lines: String =
        (1..10).map(|at| format!("<!ENTITY e{at} \"{}\">", format!("&e{};", at - 1).repeat(10))).collect();
    let bomb = format!(
        "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY e0 'ha'>{lines}]>
         <rss version='2.0'><channel><title>&e9;</title><item><title>&e9;</title><link>http://x.example/</link></item></channel></rss>"
    );
    let item = |at: u32| format!("<item><title>Report {at}</title><link>http://x.example/{at}</link></item>");
    let feed =
        format!("<rss version='2.0'><channel>{}</channel></rss>", (0..100_000).map(item).collect::<String>());
    let cut = feed.replace("</item>", "");
    let lines = run(
        "feed",
        &[
            ("bomb.xml", bomb.into()),
            ("entries.xml", feed.into()),
            ("cut.xml", cut.into()),
            ("nested.xml", "<a>".repeat(2_000_000).into()),
            ("types.xml", "<!doctype[>".repeat(180_000).into()),
            ("bomb.xml.gz", gzip(&vec![b' '; 50 << 20])),
        ],
    );
    assert!(lines[0].to_string().len() < 1_000, "{}", lines[0]);
    let entries = lines[1]["entries"].as_array().unwrap();
    assert!((1_000..=100_000).contains(&entries.len()), "{} entries", entries.len());
    assert_eq!(entries[0]["title"], "Report 0");
    let none = "this is not a feed (RSS, Atom or JSON Feed)";
    assert_eq!(errors(&lines[3..]), [none, none, "over 10 MB"]);
}

fn extract(files: &[(&str, Vec<u8>)]) -> Vec<Value> {
    run("extract", files)
}

/// What the program says of each file, one run a file; one that asks for more than its bounds dies of it.
fn run(command: &str, files: &[(&str, Vec<u8>)]) -> Vec<Value> {
    let folder = support::folder();
    let outcome = |(name, bytes): &(&str, Vec<u8>)| {
        let file: PathBuf = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let limits = format!("ulimit -d {} && ulimit -t {SECONDS} && exec \"$@\"", MEMORY * 1024);
        let program = ["sh", env!("CARGO_BIN_EXE_tidings"), command];
        let done = Command::new("sh").args(["-c", &limits]).args(program).arg(&file).output().unwrap();
        let errors = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{name}: {} {errors}", done.status);
        serde_json::from_slice(&done.stdout).unwrap()
    };
    files.iter().map(outcome).collect()
}

fn errors(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["error"].as_str().unwrap_or("no error")).collect()
}

fn links(count: usize) -> String {
    "<a href=/>x</a> ".repeat(count)
}

/// Paragraphs behind so many elements that are not ended.
fn reopened(name: &str, count: usize, paragraphs: usize) -> Vec<u8> {
    let tags: String = (0..count).map(|at| format!("<{name} id={at}>")).collect();
    format!("<p>{tags}x{}", "<p>x".repeat(paragraphs)).into()
}

fn page() -> String {
    let paragraph = "<p>The mayor opened the northern pier on Tuesday, two years after a storm had broken it: “it’s open – at last”, \
                     she told the builders in the harbour, who had worked through the winter.</p>";
    format!(
        "<html><head><meta charset=utf-8><title>Pier opens</title></head><body><article><h1>Pier opens</h1>{}</article></body></html>",
        paragraph.repeat(20)
    )
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// Numbers without a pattern, the same each time.
fn noise() -> impl FnMut() -> u32 {
    let mut state = 7u64;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u32
    }
}

//! A robots.txt in any bytes: what its first line asks for is judged by the rest, and at once.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tidings::scrape::robots::Rules;
use url::Url;

fuzz_target!(|bytes: &[u8]| {
    let (path, text) = bytes.split_at(bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0));
    let Ok(site) = Url::parse("https://news.example/") else { return };
    let Ok(url) = site.join(&String::from_utf8_lossy(path)) else { return };
    let rules = Rules::parse(text);
    let _ = rules.allow(&url);
    let _ = rules.delay();
});

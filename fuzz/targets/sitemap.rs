//! A sitemap, plain or gzip, in any bytes: addresses or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tidings::scrape::sitemap;
use url::Url;

fuzz_target!(|bytes: &[u8]| {
    let Ok(url) = Url::parse("https://news.example/sitemap.xml") else { return };
    let Ok(now) = "2031-03-04T12:00:00Z".parse() else { return };
    let _ = sitemap::parse(bytes, None, &url, now);
});

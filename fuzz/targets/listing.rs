//! A listing page in any bytes, read by fixed selectors: entries or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tidings::model::Selectors;
use tidings::scrape::listing;
use url::Url;

fuzz_target!(|bytes: &[u8]| {
    let Ok(url) = Url::parse("https://news.example/latest") else { return };
    let selectors = Selectors { item: Some("li, article, div".into()), date: Some("time".into()), ..Selectors::default() };
    let _ = listing::parse(bytes, None, &url, &selectors);
});

//! An article's page in any bytes: an article or an error, within its time.
#![no_main]

use std::process::abort;
use std::thread;

use libfuzzer_sys::fuzz_target;
use tidings::scrape::article;
use url::Url;

fuzz_target!(
    // The extractor works on a thread of its own, where a panic is an error of the page and no crash.
    init: std::panic::set_hook(Box::new(|panic| {
        eprintln!("{panic}");
        if thread::current().name() != Some("page") {
            abort();
        }
    })),
    |bytes: &[u8]| {
        let url = Url::parse("https://news.example/2031/03/pier").ok();
        let _ = article::extract(bytes, None, url.as_ref(), std::time::UNIX_EPOCH.into());
    }
);

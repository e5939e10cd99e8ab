//! Any bytes as what an address may turn out to be: a channel's page, a page that leads to a feed, an OPML file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tidings::scrape::{channel, discover, opml};
use url::Url;

fuzz_target!(|bytes: &[u8]| {
    let Ok(url) = Url::parse("https://t.me/s/karowire") else { return };
    let _ = channel::parse(bytes, None, &url);
    let _ = discover::look(bytes, None, &url);
    let _ = opml::parse(bytes);
});

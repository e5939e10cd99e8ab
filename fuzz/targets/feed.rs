//! A feed in any bytes: entries or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tidings::scrape::feed;

fuzz_target!(|bytes: &[u8]| {
    let _ = feed::parse(bytes, None, None);
});

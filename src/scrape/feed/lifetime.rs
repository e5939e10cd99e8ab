//! How long a feed says that it holds: RSS `ttl`, and `updatePeriod` with `updateFrequency`.

use std::sync::LazyLock;
use std::time::Duration;

use regex::Regex;

use crate::scrape::decode;

/// Bytes of a feed in which its head is looked for.
const HEAD: usize = 32 << 10;

#[expect(clippy::expect_used, reason = "constants that a test uses")]
static ELEMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)<(?:\w+:)?(ttl|updatePeriod|updateFrequency|item|entry)\b[^>]*>\s*(\w*)").expect("valid")
});

/// The time for which a feed says that it need not be asked for again, by its head; none is most feeds' answer.
pub fn lifetime(bytes: &[u8], content_type: Option<&str>) -> Option<Duration> {
    let head = decode::decode(&bytes[..bytes.len().min(HEAD)], content_type).text;
    let (mut ttl, mut period, mut frequency) = (None, None, 1);
    for found in ELEMENT.captures_iter(&head) {
        let value = found[2].to_ascii_lowercase();
        match found[1].to_ascii_lowercase().as_str() {
            "ttl" => ttl = value.parse::<u32>().ok().map(|minutes| minutes.saturating_mul(60)),
            "updateperiod" => period = seconds(&value),
            "updatefrequency" => frequency = value.parse().unwrap_or(1).max(1),
            // What stands in an item is about the item.
            _ => break,
        }
    }
    let seconds = ttl.or(period.map(|period| period / frequency))?;
    Some(Duration::from_secs(seconds.into()))
}

fn seconds(period: &str) -> Option<u32> {
    Some(match period {
        "hourly" => 3_600,
        "daily" => 86_400,
        "weekly" => 604_800,
        "monthly" => 2_592_000,
        "yearly" => 31_536_000,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(head: &str) -> Option<u64> {
        let feed = format!("<rss><channel>{head}<item><ttl>9</ttl></item></channel></rss>");
        let utf_16: Vec<u8> =
            std::iter::once(0xfeff).chain(feed.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(lifetime(&utf_16, None), lifetime(feed.as_bytes(), None));
        lifetime(feed.as_bytes(), None).map(|time| time.as_secs() / 60)
    }

    #[test]
    fn a_feed_says_how_long_it_holds_in_minutes_or_by_its_period() {
        assert_eq!(minutes("<title>News</title><ttl> 45 </ttl>"), Some(45));
        let often = "<sy:updatePeriod>\n hourly </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>";
        assert_eq!(minutes(often), Some(15));
        assert_eq!(minutes("<sy:updatePeriod>daily</sy:updatePeriod>"), Some(1_440));
    }

    #[test]
    fn what_makes_no_sense_or_stands_in_an_item_says_nothing() {
        assert_eq!(minutes(""), None);
        assert_eq!(minutes("<ttl>soon</ttl>"), None);
        assert_eq!(minutes("<sy:updatePeriod>often</sy:updatePeriod>"), None);
        assert_eq!(
            minutes("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>"),
            Some(60)
        );
    }
}

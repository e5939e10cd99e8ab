//! robots.txt: which addresses of a host we may ask for, and how often (RFC 9309).

use std::time::Duration;

use robotxt::Robots;
use url::Url;

/// The name that robots.txt files may call us by.
pub const AGENT: &str = "tidings";

/// Bytes of a robots.txt that are read; the standard asks for 500 KiB at least.
pub const MAX_BYTES: usize = robotxt::BYTE_LIMIT;

/// What a host's robots.txt says to us.
#[derive(Debug, Clone)]
pub struct Rules(Robots);

impl Rules {
    /// Reads a robots.txt; lines that make no sense are passed over.
    pub fn parse(text: &[u8]) -> Rules {
        Rules(Robots::parse(text, AGENT))
    }

    /// A host without a robots.txt allows everything.
    pub fn none() -> Rules {
        Rules(Robots::allow_all())
    }

    /// Whether we may ask for `url`, by its path and query.
    pub fn allow(&self, url: &Url) -> bool {
        self.0.is_url_allowed(url)
    }

    /// The time it wants between two requests.
    pub fn delay(&self) -> Option<Duration> {
        self.0.crawl_delay()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(text: &str, path: &str) -> bool {
        Rules::parse(text.as_bytes()).allow(&Url::parse("https://news.example").unwrap().join(path).unwrap())
    }

    #[test]
    fn rules_for_us_by_name_come_before_those_for_all() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: Tidings\nDisallow: /search\nCrawl-delay: 2.5\n";
        assert!(allowed(text, "/world/1"));
        assert!(!allowed(text, "/search?q=x"));
        assert_eq!(Rules::parse(text.as_bytes()).delay(), Some(Duration::from_millis(2_500)));
        assert!(!allowed("User-agent: *\nDisallow: /", "/world/1"));
        assert!(allowed("User-agent: otherbot\nDisallow: /", "/world/1"));
    }

    #[test]
    fn the_longest_rule_that_fits_decides_wildcards_included() {
        let text = "User-agent: *\nDisallow: /feed\nAllow: /feed/world\nDisallow: /*.php$\n";
        assert!(!allowed(text, "/feed/sport"));
        assert!(allowed(text, "/feed/world/rss.xml"));
        assert!(!allowed(text, "/a/b.php"));
        assert!(allowed(text, "/a/b.php?id=1"));
    }

    #[test]
    fn what_is_no_robots_txt_allows_everything() {
        assert!(allowed("<!doctype html><title>Not found</title>", "/world/1"));
        assert!(allowed("", "/world/1"));
        let noise: Vec<u8> = (0..50_000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(Rules::parse(&noise).allow(&Url::parse("https://news.example/world/1").unwrap()));
    }

    #[test]
    fn a_rule_of_a_thousand_wildcards_is_judged_at_once() {
        let text = format!("User-agent: *\nDisallow: /{}b$\n", "*a".repeat(1_000));
        assert!(allowed(&text, &format!("/{}", "a".repeat(1_900))));
    }
}

//! What an answer's headers say: what to recognise its body by, how long it holds, when to come again.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{self, HeaderMap, HeaderName};

/// What a server gave to recognise a body by, sent back the next time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag` header.
    pub etag: Option<String>,
    /// The `Last-Modified` header.
    pub last_modified: Option<String>,
}

impl Validators {
    /// Those of an answer.
    pub fn of(headers: &HeaderMap) -> Validators {
        Validators { etag: text(headers, header::ETAG), last_modified: text(headers, header::LAST_MODIFIED) }
    }
}

/// A header's value as text.
pub fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// When the server wants to be asked again, by `Retry-After`: in so many seconds, or at an instant.
pub fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let value = text(headers, header::RETRY_AFTER)?;
    match value.trim().parse::<u32>() {
        Ok(seconds) => now.checked_add_signed(TimeDelta::seconds(seconds.into())),
        Err(_) => DateTime::parse_from_rfc2822(value.trim()).ok().map(|at| at.to_utc()),
    }
}

/// How much longer the answer holds, by `Cache-Control: max-age` and `Age`.
pub fn fresh_for(headers: &HeaderMap) -> Option<Duration> {
    let value = text(headers, header::CACHE_CONTROL)?.to_ascii_lowercase();
    let mut directives = value.split(',').map(str::trim);
    if directives.clone().any(|directive| matches!(directive, "no-cache" | "no-store")) {
        return None;
    }
    let age = directives.find_map(|directive| directive.strip_prefix("max-age="))?;
    let age: u32 = age.trim_matches('"').parse().ok()?;
    let spent = text(headers, header::AGE).and_then(|age| age.trim().parse::<u32>().ok()).unwrap_or(0);
    Some(Duration::from_secs(age.saturating_sub(spent).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn retry_after_is_told_in_seconds_or_as_a_date() {
        let now: DateTime<Utc> = "2031-03-04T12:00:00Z".parse().unwrap();
        let after = |value: &str| retry_after(&headers(&[("retry-after", value)]), now);
        assert_eq!(after("120"), Some(now + TimeDelta::minutes(2)));
        assert_eq!(after("Tue, 04 Mar 2031 14:00:00 GMT"), Some(now + TimeDelta::hours(2)));
        assert_eq!(after("soon"), None);
        assert_eq!(after("99999999999999999999"), None);
    }

    #[test]
    fn an_answer_holds_as_long_as_its_cache_control_says_less_its_age() {
        let fresh = |pairs: &[(&str, &str)]| fresh_for(&headers(pairs)).map(|time| time.as_secs());
        assert_eq!(fresh(&[("cache-control", "public, max-age=600")]), Some(600));
        assert_eq!(fresh(&[("cache-control", "Max-Age=600"), ("age", "450")]), Some(150));
        assert_eq!(fresh(&[("cache-control", "max-age=600"), ("age", "900")]), Some(0));
        assert_eq!(fresh(&[("cache-control", "max-age=600, no-cache")]), None);
        assert_eq!(fresh(&[("cache-control", "max-age=forever")]), None);
        assert_eq!(fresh(&[]), None);
    }
}
